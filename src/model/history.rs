//! History: what became of lists, items and values from one snapshot to the next.
//!
//! Must not know how it is computed nor how it is shown.

use super::difference::{DiffSide, Judgement};
use super::law::Day;
use super::uniformity::ReferenceFrom;

/// A snapshot, as history tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Its number.
    pub number: u32,
    /// The day, as `2026-11-01`.
    pub day: String,
    /// Day and time in UTC, as `2026-11-01 08:30:00Z`.
    pub time: String,
    /// What the user said of it.
    pub message: String,
    /// What of the yardstick (`profile`, `vocabulary`, `rules`) was another one when it was made. All snapshots are read by that of today.
    pub other: Vec<&'static str>,
}

/// What became of an item of a region from one snapshot to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fared {
    /// It came.
    Added,
    /// It went.
    Dropped,
    /// It goes on under another code.
    Recoded,
    /// It says something else.
    Changed,
    /// It says the same in another way.
    Notation,
}

impl Fared {
    /// All of them, in the order of [`Tally`].
    pub const ALL: [Fared; 5] = [
        Fared::Added,
        Fared::Dropped,
        Fared::Recoded,
        Fared::Changed,
        Fared::Notation,
    ];

    /// The word of the wire formats and of the message files.
    pub fn word(self) -> &'static str {
        match self {
            Fared::Added => "added",
            Fared::Dropped => "dropped",
            Fared::Recoded => "recoded",
            Fared::Changed => "changed",
            Fared::Notation => "notation",
        }
    }
}

/// How many items fared how, in the order of [`Fared`].
pub type Tally = [usize; 5];

/// An item of a region of which something is otherwise than in the snapshot before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemChange {
    /// The region's id.
    pub region: String,
    /// The code; of what was recoded the new one.
    pub code: String,
    /// The name.
    pub name: String,
    /// The case, where it is one handling item of several.
    pub handling: Option<String>,
    /// Whether this is an item of the directory.
    pub directory: bool,
    /// What became of it.
    pub fared: Fared,
    /// The code that it had before, where it was recoded.
    pub from: Option<String>,
    /// The elements that say something else; of other notation those that are written otherwise.
    pub elements: Vec<String>,
}

/// A region that a state has and the one before or after it does not: its items are not told one by one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegionChange {
    /// The region's id.
    pub region: String,
    /// The region's name.
    pub name: String,
    /// Whether it came; else it went.
    pub came: bool,
    /// Its rows.
    pub rows: usize,
}

/// What is otherwise from one state of the lists to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Items of regions that both states have, by region, code and name; those of the directory last.
    pub items: Vec<ItemChange>,
    /// Regions that only one of them has, by id.
    pub regions: Vec<RegionChange>,
}

/// A region in one snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionMoment {
    /// Which of [`Log::regions`].
    pub region: usize,
    /// The share of its cells that deviate, as `tongban report` gives it.
    pub index: f64,
    /// What became of its items since the snapshot before.
    pub tally: Tally,
}

/// One snapshot among others.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The snapshot.
    pub moment: Moment,
    /// Rows.
    pub rows: usize,
    /// Items that at least two regions handle.
    pub items: usize,
    /// The uniformity index; `None` where no two regions speak of one item.
    pub index: Option<f64>,
    /// What became of items since the snapshot before, over all regions.
    pub tally: Tally,
    /// The same of the directory's items.
    pub directory: Tally,
    /// Which items and regions.
    pub changes: Changes,
    /// The regions that it has.
    pub regions: Vec<RegionMoment>,
    /// The index of each of [`Log::elements`]; `None` where no two regions speak.
    pub elements: Vec<Option<f64>>,
}

/// What a log is told by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogBy {
    /// One index for all.
    #[default]
    All,
    /// One for each element.
    Element,
    /// One for each region.
    Region,
    /// Every item that changed.
    Item,
}

/// All snapshots (`tongban log`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// The snapshots, the oldest first.
    pub entries: Vec<LogEntry>,
    /// Ids and names of all regions that there were, sorted.
    pub regions: Vec<(String, String)>,
    /// The ids of the elements, in the order of the profile.
    pub elements: Vec<String>,
    /// What is shown.
    pub by: LogBy,
    /// How many variances of today were laid to all snapshots.
    pub variances: usize,
    /// How many decisions on pairs of today.
    pub decisions: usize,
}

/// What happened to an item in a region.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// It came, or was there from the first snapshot on.
    Came,
    /// It went.
    Went,
    /// It got another code.
    Recoded {
        /// The old code.
        from: String,
        /// The new code.
        to: String,
    },
    /// The region divides the item no longer into this case, or anew.
    Case {
        /// The case.
        case: String,
        /// Whether it came; else it went.
        came: bool,
    },
    /// An element says something else.
    Changed {
        /// The case, where the item is looked at whole and the region divides it.
        handling: Option<String>,
        /// The element's id.
        element: String,
        /// How the new value stands to the old one. Verdict `notation`: only written otherwise.
        judgement: Judgement,
        /// Before and after.
        sides: Box<[DiffSide; 2]>,
    },
}

/// The life of an item in one region.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionLife {
    /// The region's id.
    pub id: String,
    /// The region's name.
    pub name: String,
    /// Whether this is the directory.
    pub directory: bool,
    /// What happened, each with the number of its snapshot in [`Life::moments`]; the oldest first.
    pub events: Vec<(usize, Happening)>,
}

/// The life of an item, or of one case of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemLife {
    /// The code; the last one where it had several.
    pub code: String,
    /// The name.
    pub name: String,
    /// The case of the handling item; `None` where the item is looked at whole.
    pub handling: Option<String>,
    /// The regions that have or had it, by id; the directory first.
    pub regions: Vec<RegionLife>,
}

/// The life of the items of a code or name (`tongban log --item`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Life {
    /// The snapshots, the oldest first.
    pub moments: Vec<Moment>,
    /// The items.
    pub items: Vec<ItemLife>,
}

/// What a region says of an element, and since when.
#[derive(Clone, Debug, PartialEq)]
pub struct BlameLine {
    /// The region's id.
    pub id: String,
    /// The region's name.
    pub name: String,
    /// Whether this is the directory.
    pub directory: bool,
    /// What it says in the latest snapshot; `None` where it does not have the item any more.
    pub now: Option<DiffSide>,
    /// Since which snapshot it says so, or does not have the item.
    pub since: usize,
    /// What it said before, if it had the item.
    pub before: Option<DiffSide>,
    /// How what it says stands to what it said before.
    pub judgement: Option<Judgement>,
    /// Cases that went and cases that came with it, where the item is looked at whole: the value is otherwise because of them.
    pub cases: [Vec<String>; 2],
    /// Whether it deviates from the reference today.
    pub deviates: bool,
}

/// How regions stand to each other for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accord {
    /// Fewer than two of them speak.
    Single,
    /// All that speak say the same.
    Uniform,
    /// They do not.
    Split,
}

impl Accord {
    /// All of them.
    pub const ALL: [Accord; 3] = [Accord::Single, Accord::Uniform, Accord::Split];

    /// The word of the wire formats and of the message files.
    pub fn word(self) -> &'static str {
        match self {
            Accord::Single => "single",
            Accord::Uniform => "uniform",
            Accord::Split => "split",
        }
    }
}

/// Snapshots one after the other in which regions stand to each other alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// How.
    pub accord: Accord,
    /// The first snapshot.
    pub from: usize,
    /// The last.
    pub to: usize,
    /// Of a split, the regions that made it: those that deviate and said something else, or nothing, before.
    pub by: Vec<String>,
}

/// Who says what of one element of one item, and since when.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemBlame {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// What regions are held against in the latest snapshot, and where it comes from: the directory where it speaks, else more than half of
    /// the regions.
    pub reference: (ReferenceFrom, Option<String>),
    /// The regions, by id; the directory first.
    pub lines: Vec<BlameLine>,
    /// How they stood to each other, the oldest first.
    pub phases: Vec<Phase>,
}

/// Who says what, and since when (`tongban blame`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blame {
    /// The snapshots, the oldest first.
    pub moments: Vec<Moment>,
    /// The element's id.
    pub element: String,
    /// The items.
    pub items: Vec<ItemBlame>,
}

/// An item that became more uniform from one snapshot to another, or less.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// Its index then and now; `None` where it is not compared.
    pub index: [Option<f64>; 2],
    /// The elements in which it became more uniform.
    pub converged: Vec<String>,
    /// The elements in which it became less.
    pub diverged: Vec<String>,
}

/// Two snapshots (`tongban log --between`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Convergence {
    /// The two.
    pub moments: [Moment; 2],
    /// The index of each.
    pub index: [Option<f64>; 2],
    /// How many items are compared in both.
    pub compared: usize,
    /// The items whose index is another one, those that diverged most first.
    pub items: Vec<Drift>,
}

/// An item that a region has not changed for long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StaleItem {
    /// Which of [`Stale::moments`] it last changed or came in; `None` where it is as it was in the first snapshot.
    pub since: Option<usize>,
    /// The region's id.
    pub region: String,
    /// The region's name.
    pub region_name: String,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

/// Items that were not changed since a day (`tongban log --stale`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// The snapshots, the oldest first.
    pub moments: Vec<Moment>,
    /// The day, as `2026-11-01`.
    pub day: String,
    /// Whether the day is before the first snapshot: what was changed between the two is not known.
    pub unknown: bool,
    /// How many items of regions there are in the latest snapshot.
    pub all: usize,
    /// Those that were not changed since, the longest first.
    pub items: Vec<StaleItem>,
}

/// What became of a law that an item rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LawFate {
    /// There is a newer text.
    Amended,
    /// It is no longer in force.
    Repealed,
}

impl LawFate {
    /// All of them.
    pub const ALL: [LawFate; 2] = [LawFate::Amended, LawFate::Repealed];

    /// The word of the wire formats and of the message files.
    pub fn word(self) -> &'static str {
        match self {
            LawFate::Amended => "amended",
            LawFate::Repealed => "repealed",
        }
    }
}

/// An item of a region that rests on a law that was changed later than the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutdatedBasis {
    /// The region's id.
    pub region: String,
    /// The region's name.
    pub region_name: String,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// How it cites the law: 《title》 and place, as its rows have them.
    pub citations: Vec<String>,
    /// The canonical title of the law.
    pub law: String,
    /// What became of it.
    pub fate: LawFate,
    /// Since when that counts.
    pub day: Day,
    /// The law that repealed it.
    pub by: Option<String>,
}

/// Items whose basis changed after they did (`tongban log --stale-basis`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaleBasis {
    /// The snapshots, the oldest first.
    pub moments: Vec<Moment>,
    /// How many items of regions there are in the latest snapshot.
    pub all: usize,
    /// Each with which of the moments the item last changed or came in; `None` where it is as it was in the first snapshot.
    pub items: Vec<(Option<usize>, OutdatedBasis)>,
}

/// One of the things that history tells.
#[derive(Clone, Debug, PartialEq)]
pub enum History {
    /// All snapshots.
    Log(Log),
    /// One item.
    Life(Life),
    /// One element of one item.
    Blame(Blame),
    /// Two snapshots.
    Convergence(Convergence),
    /// What was not changed for long.
    Stale(Stale),
    /// What was not changed since its basis was.
    StaleBasis(StaleBasis),
}

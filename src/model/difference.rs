//! Differences (差异): what a comparison says about two values, and about two regions.
//!
//! Must not know how values are compared nor how differences are shown.

use super::catalogue::{Place, Quote};
use super::folded::Folded;
use super::pairing::{Pairing, Waiting};
use super::within::Within;

/// How two values of an element stand to each other (design page, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// The same, to the letter.
    Same,
    /// Written otherwise, means the same.
    Notation,
    /// Differs only as the level of the body makes it.
    Level,
    /// At least one side says nothing.
    Missing,
    /// At least one side could not be read, or is cut off.
    Unknown,
    /// Means something else.
    Substantive,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 6] = [
        Verdict::Same,
        Verdict::Notation,
        Verdict::Level,
        Verdict::Missing,
        Verdict::Unknown,
        Verdict::Substantive,
    ];

    /// The word of the wire formats.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Notation => "notation",
            Verdict::Level => "level",
            Verdict::Missing => "missing",
            Verdict::Unknown => "unknown",
            Verdict::Substantive => "substantive",
        }
    }
}

/// One thing that is there on both sides, but otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Change {
    /// What it is about (a material's name, `title` …); empty where the value as a whole is meant.
    pub what: String,
    /// The left side.
    pub from: String,
    /// The right side.
    pub to: String,
    /// How the right side stands to the left, where that can be told.
    pub relation: Option<Relation>,
    /// By how much, in words of the field: `10个工作日`, `30元`.
    pub by: Option<String>,
}

/// How the right side stands to the left, as the applicant meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// Fewer may apply: whoever fulfils the right side fulfils the left.
    Stricter,
    /// More may apply.
    Looser,
    /// Each side admits some whom the other does not.
    Overlapping,
    /// The right side asks for everything that the left does, and more.
    More,
    /// The right side asks for less.
    Fewer,
    /// It takes longer.
    Longer,
    /// It takes less time.
    Shorter,
    /// It costs more.
    Dearer,
    /// It costs less.
    Cheaper,
}

impl Relation {
    /// All of them.
    pub const ALL: [Relation; 9] = [
        Relation::Stricter,
        Relation::Looser,
        Relation::Overlapping,
        Relation::More,
        Relation::Fewer,
        Relation::Longer,
        Relation::Shorter,
        Relation::Dearer,
        Relation::Cheaper,
    ];

    /// The word of the wire formats and of the message files.
    pub fn word(self) -> &'static str {
        match self {
            Relation::Stricter => "stricter",
            Relation::Looser => "looser",
            Relation::Overlapping => "overlapping",
            Relation::More => "more",
            Relation::Fewer => "fewer",
            Relation::Longer => "longer",
            Relation::Shorter => "shorter",
            Relation::Dearer => "dearer",
            Relation::Cheaper => "cheaper",
        }
    }

    /// The same, seen from the other side.
    pub fn back(self) -> Relation {
        match self {
            Relation::Stricter => Relation::Looser,
            Relation::Looser => Relation::Stricter,
            Relation::Overlapping => Relation::Overlapping,
            Relation::More => Relation::Fewer,
            Relation::Fewer => Relation::More,
            Relation::Longer => Relation::Shorter,
            Relation::Shorter => Relation::Longer,
            Relation::Dearer => Relation::Cheaper,
            Relation::Cheaper => Relation::Dearer,
        }
    }
}

/// Why a verdict was reached, as data; the wording is in the message files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Nothing to say beyond the detail.
    Plain,
    /// The texts are equal as far as they go, and both are cut off.
    CutOffAlike,
    /// One or both texts are cut off.
    CutOff,
    /// The texts say the same but for words that follow the level of the body.
    LevelWords,
    /// What differs is a form that goes with the body's own scope (跨省 against 省内).
    LevelScope,
    /// One side says more of the same thing (a form, a document number) that the other leaves open.
    MoreDetail,
    /// The same parts in another order.
    Order,
    /// The texts differ in a word that turns the meaning (可以/应当, 或/和 …).
    Flip,
    /// One side says a bare 天 or 日, the other which days it means.
    DayUnsaid,
    /// One or both sides could not be read as the kind of the element.
    Unreadable,
    /// Codes of different systems, which cannot be held against each other.
    OtherSystem,
}

impl Why {
    /// All of them.
    pub const ALL: [Why; 11] = [
        Why::Plain,
        Why::CutOffAlike,
        Why::CutOff,
        Why::LevelWords,
        Why::LevelScope,
        Why::MoreDetail,
        Why::Order,
        Why::Flip,
        Why::DayUnsaid,
        Why::Unreadable,
        Why::OtherSystem,
    ];

    /// The word of the wire formats and of the message files.
    pub fn word(self) -> &'static str {
        match self {
            Why::Plain => "plain",
            Why::CutOffAlike => "cut-off-alike",
            Why::CutOff => "cut-off",
            Why::LevelWords => "level-words",
            Why::LevelScope => "level-scope",
            Why::MoreDetail => "more-detail",
            Why::Order => "order",
            Why::Flip => "flip",
            Why::DayUnsaid => "day-unsaid",
            Why::Unreadable => "unreadable",
            Why::OtherSystem => "other-system",
        }
    }
}

/// The typed difference of two values, from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Detail {
    /// Only on the right.
    pub added: Vec<String>,
    /// Only on the left.
    pub removed: Vec<String>,
    /// On both sides, but otherwise.
    pub changed: Vec<Change>,
}

/// Verdict, detail and reason of one comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// How they stand.
    pub verdict: Verdict,
    /// In what.
    pub detail: Detail,
    /// Why.
    pub why: Why,
    /// How the right side stands to the left as a whole, where that can be told.
    pub relation: Option<Relation>,
}

impl Judgement {
    /// The same, seen from the other side.
    #[must_use]
    pub fn back(&self) -> Judgement {
        let detail = &self.detail;
        let changed = detail.changed.iter().map(|change| Change {
            what: change.what.clone(),
            from: change.to.clone(),
            to: change.from.clone(),
            relation: change.relation.map(Relation::back),
            by: change.by.clone(),
        });
        Judgement {
            detail: Detail {
                added: detail.removed.clone(),
                removed: detail.added.clone(),
                changed: changed.collect(),
            },
            relation: self.relation.map(Relation::back),
            ..*self
        }
    }
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffSide {
    /// The raw text; several rows of a divided item line by line.
    pub raw: Quote,
    /// The canonical spelling of the normal form.
    pub normal: String,
    /// Where it stands (the first row of a divided item).
    pub place: Place,
}

/// What differs in one element of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// How the rows of its item came together where no common code did it.
    pub pairing: Option<Pairing>,
    /// The region's id, where two states of several regions are compared; else empty.
    pub region: String,
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case of the handling item; `None` where the item is compared whole.
    pub handling: Option<String>,
    /// The item's name.
    pub name: String,
    /// The element's id.
    pub element: String,
    /// Verdict, detail, reason.
    pub judgement: Judgement,
    /// The left side.
    pub left: DiffSide,
    /// The right side.
    pub right: DiffSide,
    /// What was folded on the left and on the right; empty unless it was asked for.
    pub folds: [Vec<Folded>; 2],
}

/// An item, or a case of one, that only one side has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OneSided {
    /// The region's id, where two states of several regions are compared; else empty.
    pub region: String,
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case, where the other side has the item but not the case.
    pub handling: Option<String>,
    /// The name.
    pub name: String,
    /// Its rows.
    pub rows: usize,
}

/// An item that one side divides into handling items and the other does not, or into none of the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Divided {
    /// The region's id, where two states of several regions are compared; else empty.
    pub region: String,
    /// The item's code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Rows on the left.
    pub left_rows: usize,
    /// Rows on the right.
    pub right_rows: usize,
    /// Whether other handling items of it paired, and the rows are those that did not.
    pub rest: bool,
}

/// One of two regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffItem {
    /// The region's id.
    pub id: String,
    /// The region's name.
    pub name: String,
    /// Rows read.
    pub rows: usize,
    /// Items they make.
    pub items: usize,
    /// Rows that repeat an earlier row of the same item, case and body.
    pub duplicates: usize,
}

/// One region against another.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionDiff {
    /// The left side.
    pub left: DiffItem,
    /// The right side.
    pub right: DiffItem,
    /// Whether the sides are two states of several regions, and each is compared with itself.
    pub by_region: bool,
    /// Items that both have.
    pub items_compared: usize,
    /// Of these, items without any substantive difference.
    pub items_alike: usize,
    /// Comparisons of an element, by verdict, in the order of [`Verdict`].
    pub verdicts: [usize; 6],
    /// Of those that are `same` the ones of which neither side says anything.
    pub both_blank: usize,
    /// Everything that is not `same`, in the order of items, cases and elements.
    pub differences: Vec<Difference>,
    /// Only on the left.
    pub only_left: Vec<OneSided>,
    /// Only on the right.
    pub only_right: Vec<OneSided>,
    /// Divided differently.
    pub divided: Vec<Divided>,
    /// Elements in which bodies of one side differ among themselves (`region` 0 is the left): what is compared there is all of them
    /// together.
    pub within: Vec<Within>,
    /// Pairs of items that may be one and wait for a person (`tongban match`).
    pub waiting: Waiting,
}

impl RegionDiff {
    /// Two sides of which nothing is compared yet.
    pub fn between([left, right]: [DiffItem; 2]) -> RegionDiff {
        RegionDiff {
            left,
            right,
            by_region: false,
            items_compared: 0,
            items_alike: 0,
            verdicts: [0; 6],
            both_blank: 0,
            differences: Vec::new(),
            only_left: Vec::new(),
            only_right: Vec::new(),
            divided: Vec::new(),
            within: Vec::new(),
            waiting: Waiting::default(),
        }
    }
}

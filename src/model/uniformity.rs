//! Uniformity: what a comparison of N regions says of items and elements.
//!
//! Must not know how it is computed nor how it is shown.

use super::burden::Burden;
use super::catalogue::Place;
use super::cells::Cells;
use super::difference::Judgement;
use super::pairing::{Pairing, Waiting};
use super::variance::VarianceUse;
use super::within::Within;

/// What the law says of a difference in an element (profile: `policy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It should be alike.
    Usual,
    /// It must be alike by law: a difference is an error.
    MustEqual,
    /// Less is allowed: a difference is a disparity, never a violation (优化营商环境条例 art. 36).
    Disparity,
}

impl Standing {
    /// All of them.
    pub const ALL: [Standing; 3] = [Standing::Usual, Standing::MustEqual, Standing::Disparity];

    /// The word of the wire formats and of the message files (`standing-…`).
    pub fn word(self) -> &'static str {
        match self {
            Standing::Usual => "usual",
            Standing::MustEqual => "must-equal",
            Standing::Disparity => "disparity",
        }
    }
}

/// How the regions that speak stand to each other in one element of one item; copies of other lists (see [`RegionIndex::copy_of`]) are
/// not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// All say the same.
    Uniform,
    /// Most say the same, some do not.
    Outliers,
    /// No majority.
    Split,
    /// Fewer than two regions speak.
    Single,
}

impl Class {
    /// All of them.
    pub const ALL: [Class; 4] = [Class::Uniform, Class::Outliers, Class::Split, Class::Single];

    /// The word of the wire formats.
    pub fn word(self) -> &'static str {
        match self {
            Class::Uniform => "uniform",
            Class::Outliers => "outliers",
            Class::Split => "split",
            Class::Single => "single",
        }
    }
}

/// Where a reference comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReferenceFrom {
    /// The basic directory.
    Directory,
    /// More than half of the regions that speak.
    Majority,
    /// A named region.
    Region,
    /// There is none.
    None,
}

impl ReferenceFrom {
    /// All of them.
    pub const ALL: [ReferenceFrom; 4] = [
        ReferenceFrom::Directory,
        ReferenceFrom::Majority,
        ReferenceFrom::Region,
        ReferenceFrom::None,
    ];

    /// The word of the wire formats.
    pub fn word(self) -> &'static str {
        match self {
            ReferenceFrom::Directory => "directory",
            ReferenceFrom::Majority => "majority",
            ReferenceFrom::Region => "region",
            ReferenceFrom::None => "none",
        }
    }
}

/// The value that regions are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The canonical spelling; `None` without a reference, and where nobody asks.
    pub normal: Option<String>,
    /// Where it comes from.
    pub from: ReferenceFrom,
    /// A region that says just that; `None` for the directory, and without a reference.
    pub side: Option<usize>,
    /// Regions that say so or only add detail to it, and regions that speak.
    pub support: (usize, usize),
}

/// Regions that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The canonical spelling; empty where regions agree and nobody asks what they say.
    pub normal: String,
    /// The regions, in the order of the report.
    pub regions: Vec<usize>,
    /// The one of them that says just that; the others say it otherwise, or more, or less.
    pub named: usize,
    /// Where it says so; nowhere where regions agree and nobody asks.
    pub place: Place,
    /// Where each of them says so, where regions differ or deviate; empty where nobody asks.
    pub places: Vec<Place>,
    /// How it differs from the reference, or without one from the first group.
    pub judgement: Judgement,
}

/// One element of one item over all regions.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementReport {
    /// The element's id.
    pub element: String,
    /// The class.
    pub class: Class,
    /// The reference.
    pub reference: Reference,
    /// Regions that speak, by what they say; the largest group first.
    pub groups: Vec<Group>,
    /// Regions that handle the item and say nothing.
    pub missing: Vec<usize>,
    /// Regions whose text could not be read, is cut off, or cannot be judged beside what others say.
    pub unknown: Vec<usize>,
    /// Those of the unknown that say less than others that contradict each other: they support none of them, and deviate from none.
    pub less: Vec<usize>,
    /// Regions that deviate from the reference, without those that a variance allows.
    pub deviating: Vec<usize>,
    /// Regions that deviate under a variance in force, and which of [`Uniformity::variances`] it is.
    pub allowed: Vec<(usize, usize)>,
    /// Where the law wants the element alike: regions that deviate under the same law, or without a reference contradict another.
    pub must_equal: Vec<usize>,
    /// The same of regions whose legal basis is another one, or not told: their difference is no proof, the basis is to be looked at
    /// first.
    pub other_law: Vec<usize>,
    /// Regions whose bodies contradict each other in it (see [`Within`]): what stands here is all of them together, and how it differs from
    /// what others say is not told.
    pub bodies_differ: Vec<usize>,
    /// How many groups share the first place, where that is why there is no reference; 0 where there is one, or nothing to compare.
    pub tied: usize,
    /// Groups that hold notations or level words folded together: how many regions wrote otherwise.
    pub notation: usize,
    /// The same for level words.
    pub level: usize,
    /// 1 − largest group ÷ regions that speak, of the regions that count: neither copies nor those that a variance allows; 0 where
    /// fewer than two of them speak.
    pub index: f64,
}

impl ElementReport {
    /// Whether regions say the same as each other and all of them otherwise than the directory: the index is 0, and nobody is in line.
    pub fn against_directory(&self) -> bool {
        let off = |side: &usize| self.deviating.contains(side) || self.allowed.iter().any(|(known, _)| known == side);
        let mut speaking = self.groups.iter().flat_map(|group| &group.regions);
        self.reference.from == ReferenceFrom::Directory
            && matches!(self.class, Class::Uniform | Class::Single)
            && !self.deviating.is_empty()
            && speaking.clone().count() > 1
            && speaking.all(off)
    }

    /// The class in the message files (`class-…`).
    pub fn class_word(&self) -> &'static str {
        match self.against_directory() {
            true => "against-directory",
            false => self.class.word(),
        }
    }

    /// What is said of the regions that tell nothing that can be held against the others: a code is always read, and only never held
    /// against one of another system.
    fn says_unknown(&self) -> &'static str {
        match self.element == "code" {
            true => "says-other-system",
            false => "says-unknown",
        }
    }

    /// The regions that say nothing, that could not be read or judged, and that only say less than others, each list with its key in the
    /// message files; none is in two of them.
    pub fn silent(&self) -> [(Vec<usize>, &'static str); 3] {
        let unknown = self.unknown.iter().filter(|side| !self.less.contains(side));
        [
            (self.missing.clone(), "says-missing"),
            (unknown.copied().collect(), self.says_unknown()),
            (self.less.clone(), "says-less"),
        ]
    }
}

/// One item, or one case of an item, over all regions.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemReport {
    /// The code; empty where it has none.
    pub code: String,
    /// The case of the handling item; `None` where the item is compared whole.
    pub handling: Option<String>,
    /// The code of the handling item (业务办理项编码), where all regions that give one give the same.
    pub handling_code: Option<String>,
    /// The name.
    pub name: String,
    /// Whether its cells count in the figures of elements and regions and in the index; a case of an item that is compared whole, for not
    /// every region divides it, only informs: what it says is in the whole already.
    pub counted: bool,
    /// Weighted mean of its elements.
    pub index: f64,
    /// Elements in the order of the profile.
    pub elements: Cells,
    /// Regions that have it.
    pub present: Vec<usize>,
    /// Regions of the comparison that do not have it.
    pub absent: Vec<usize>,
    /// Regions that divide it into handling items where others do not, with their rows.
    pub divided: Vec<(usize, usize)>,
    /// Whether it is what is left of an item of which other handling items paired, and `divided` tells the rows of it.
    pub rest: bool,
    /// Whether the basic directory has it; `None` without a directory.
    pub in_directory: Option<bool>,
    /// How its rows came together where no common code did it.
    pub pairing: Option<Pairing>,
    /// What an applicant bears in each region, in the order of the report; `None` where a region does not have the item.
    pub burdens: Vec<Option<Burden>>,
    /// Regions that have the least, or share it, in every measure that at least two regions give; empty where none has.
    pub best: Vec<usize>,
}

/// An element over all items.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementIndex {
    /// The element's id.
    pub element: String,
    /// Mean over the items in which at least two regions speak.
    pub index: f64,
    /// Cells in which at least two regions speak.
    pub cells: usize,
    /// Cells in which at least one region deviates.
    pub deviating: usize,
    /// What the law says of a difference in it.
    pub standing: Standing,
}

/// A region over all items.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionIndex {
    /// The region's id.
    pub id: String,
    /// The region's name.
    pub name: String,
    /// Rows read.
    pub rows: usize,
    /// Items they make.
    pub items: usize,
    /// Weighted share of its cells that deviate from the reference. Cells without a reference are in neither part: see `open`.
    pub index: f64,
    /// Cells in which it is held against a reference.
    pub cells: usize,
    /// Cells in which regions differ and none of them has the reference (a tie): nobody deviates, and nobody is in line.
    pub open: usize,
    /// How its rows are accounted for.
    pub accounting: Accounting,
    /// Cells in which it deviates though the law wants them alike.
    pub must_equal: usize,
    /// The region whose list this one repeats, where lists were held against each other and it is not counted again.
    pub copy_of: Option<usize>,
    /// The same where it is counted all the same: a hint.
    pub looks_like: Option<usize>,
    /// What an applicant bears in it, summed over the items that at least two regions handle and of which its list says it. An item
    /// that some regions divide counts once, as a whole.
    pub burden: Burden,
    /// What would be saved in it if it asked, for each of these items and each measure by itself, for the least that any region asks
    /// for; only where at least one other region gives the measure, too.
    pub saving: Burden,
    /// In how many elements of its items bodies of its own differ in substance.
    pub within: usize,
}

/// What became of every row of a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounting {
    /// Compared with another region.
    pub compared: usize,
    /// Compared as part of an item that others do not divide.
    pub divided: usize,
    /// No other region has the item or the case.
    pub only_here: usize,
    /// Repeats an earlier row of the same item, case and body.
    pub duplicate: usize,
}

/// What it would bring to put one region into line on one element.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// The region.
    pub region: usize,
    /// The element's id.
    pub element: String,
    /// By how much the overall index falls; zero or below where the reference is in the minority.
    pub delta: f64,
    /// In how many cells.
    pub cells: usize,
}

/// N regions side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Uniformity {
    /// The regions, sorted by id.
    pub regions: Vec<RegionIndex>,
    /// Rows of the directory; 0 without one.
    pub directory_rows: usize,
    /// Items, the least uniform first.
    pub items: Vec<ItemReport>,
    /// Elements in the order of the profile.
    pub elements: Vec<ElementIndex>,
    /// Items that at least two regions handle.
    pub items_compared: usize,
    /// Of these, items in which no cell deviates.
    pub items_uniform: usize,
    /// Handling items (办理项) that these are compared by, an item that is compared whole as one.
    pub units_compared: usize,
    /// Of these, those with a cell that deviates.
    pub units_deviating: usize,
    /// Cells in which at least two regions speak.
    pub cells: usize,
    /// Of these, cells that deviate.
    pub cells_deviating: usize,
    /// Of these, cells in which regions differ and there is no reference.
    pub cells_open: usize,
    /// Weighted mean over all cells.
    pub index: f64,
    /// Comparisons that differ only by notation: counted apart, never in the index.
    pub notation: usize,
    /// Comparisons that differ only as the level of the body makes it.
    pub level: usize,
    /// Cells that deviate though the law wants them alike; of an item that is compared whole also those of its cases, where the whole
    /// does not show it.
    pub cells_must_equal: usize,
    /// The variances, and what each took out.
    pub variances: Vec<VarianceUse>,
    /// What putting a region into line on an element would bring, the most first.
    pub gains: Vec<Gain>,
    /// The years of the lists, where they say: region and years. Lists of different years differ for other reasons, too.
    pub years: Vec<(usize, Vec<u16>)>,
    /// Codes and names of directory items that no region handles.
    pub unhandled: Vec<(String, String)>,
    /// Elements in which bodies of one region differ among themselves, by region and item.
    pub within: Vec<Within>,
    /// Pairs of items that may be one and wait for a person (`tongban match`).
    pub waiting: Waiting,
}

impl Uniformity {
    /// Items with the elements in which all regions say the same and the directory does not; of those that count, in their order.
    pub fn against_directory(&self) -> impl Iterator<Item = (&ItemReport, Vec<&ElementReport>)> {
        self.items.iter().filter(|item| item.counted).filter_map(|item| {
            let cells = item.elements.iter().filter(|cell| cell.against_directory());
            let cells: Vec<&ElementReport> = cells.collect();
            (!cells.is_empty()).then_some((item, cells))
        })
    }
}

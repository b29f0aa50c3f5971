//! What became of the articles of a law from one version to the next, which citations that touches, and what rests on which law.
//!
//! Must not know how it was found, nor how it is shown.

use super::{ArticleText, Citation, Day, Lack, Level, Place};

/// What became of an article from the old version to the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// The same text under the same number; punctuation and width do not count.
    Same,
    /// The same text under another number.
    Renumbered,
    /// Another text, under the same number or another one.
    Changed,
    /// One article became several.
    Split,
    /// Several articles became one.
    Merged,
    /// Only the new version has it.
    New,
    /// Only the old version has it.
    Gone,
}

impl Fate {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Fate; 7] = [
        Fate::Changed,
        Fate::Renumbered,
        Fate::Split,
        Fate::Merged,
        Fate::Gone,
        Fate::New,
        Fate::Same,
    ];

    /// The word in data and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Same => "same",
            Fate::Renumbered => "renumbered",
            Fate::Changed => "changed",
            Fate::Split => "split",
            Fate::Merged => "merged",
            Fate::New => "new",
            Fate::Gone => "gone",
        }
    }
}

/// One step of the alignment of two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleChange {
    /// What happened.
    pub fate: Fate,
    /// The articles of the old version: none for [`Fate::New`], several for [`Fate::Merged`].
    pub old: Vec<ArticleText>,
    /// The articles of the new version: none for [`Fate::Gone`], several for [`Fate::Split`].
    pub new: Vec<ArticleText>,
    /// How alike the two sides are, 0 to 1; 0 where one is missing.
    pub similarity: f64,
    /// The two sides differ in the numbers of the articles that they refer to and in nothing else.
    pub references_only: bool,
}

impl ArticleChange {
    /// Whether the number changed, too.
    pub fn moved(&self) -> bool {
        let numbers = |side: &[ArticleText]| side.iter().map(|one| one.article).collect::<Vec<_>>();
        !self.old.is_empty() && !self.new.is_empty() && numbers(&self.old) != numbers(&self.new)
    }
}

/// One of two versions that are held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// The day of the version.
    pub day: Option<Day>,
    /// The day from which it is in force.
    pub in_force: Option<Day>,
    /// The file that it was read from: below the library's folder, or as it was named.
    pub file: String,
    /// How many articles it has.
    pub articles: usize,
    /// What is missing in it.
    pub lacks: Vec<Lack>,
}

/// Where a citation stands, and whose item it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The id of the region.
    pub region: String,
    /// Its name; empty where it has none.
    pub region_name: String,
    /// The body (实施主体).
    pub body: String,
    /// The code of the item; empty where it has none.
    pub code: String,
    /// The name of the item.
    pub name: String,
    /// The handling item.
    pub handling: Option<String>,
    /// The id of the element that it stands in.
    pub element: String,
    /// The cell.
    pub place: Place,
    /// The citation.
    pub citation: Citation,
    /// The words of the cell that cite: from the title to the article where they stand near each other.
    pub written: String,
}

/// How an amendment touches a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Touch {
    /// The cited article is gone.
    Gone,
    /// It became several.
    Split,
    /// It became one with others.
    Merged,
    /// Its text changed.
    Changed,
    /// Its text stands somewhere else now.
    Renumbered,
    /// The law is cited as a whole, or by a part that is not numbered in articles.
    Whole,
    /// The article changed, but not the paragraph or subparagraph that is cited.
    Elsewhere,
    /// The citation is of the new version already: by its quotation, its year, or a number that only the new version has.
    Current,
    /// Neither version has the article.
    NoSuchPlace,
    /// One of the two texts is not whole and has no such article: nothing can be said.
    Unknown,
    /// The cited text is the same under the same number.
    Same,
}

impl Touch {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Touch; 11] = [
        Touch::Gone,
        Touch::Split,
        Touch::Merged,
        Touch::Changed,
        Touch::Renumbered,
        Touch::Whole,
        Touch::Elsewhere,
        Touch::NoSuchPlace,
        Touch::Unknown,
        Touch::Current,
        Touch::Same,
    ];

    /// The word in data and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Touch::Gone => "gone",
            Touch::Split => "split",
            Touch::Merged => "merged",
            Touch::Changed => "changed",
            Touch::Renumbered => "renumbered",
            Touch::Whole => "whole-law",
            Touch::Elsewhere => "untouched-part",
            Touch::Current => "current",
            Touch::NoSuchPlace => "no-such-place",
            Touch::Unknown => "unknown",
            Touch::Same => "same",
        }
    }

    /// Whether somebody must look at the citation.
    pub fn is_touched(self) -> bool {
        matches!(
            self,
            Touch::Gone | Touch::Split | Touch::Merged | Touch::Changed | Touch::Renumbered
        )
    }
}

/// A citation that was held against an amendment.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// Where it stands.
    pub passage: Passage,
    /// How it is touched.
    pub touch: Touch,
    /// The step of the alignment, by its number in [`LawImpact::changes`].
    pub change: Option<usize>,
    /// What to cite instead: title and quotation are those of the citation, the numbers are of the new version. None where the numbers
    /// stay, or there is nothing to cite.
    pub instead: Vec<Citation>,
    /// The cited text in the old version.
    pub old: String,
    /// What stands for it in the new version.
    pub new: String,
}

/// What an amendment of a law touches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LawImpact {
    /// The canonical title.
    pub title: String,
    /// The title as the new version has it.
    pub full: String,
    /// The old version.
    pub old: Edition,
    /// The new version.
    pub new: Edition,
    /// The alignment, in the order of the old articles; new ones stand behind the article that they follow.
    pub changes: Vec<ArticleChange>,
    /// Rows of lists that were read; none where only the two versions were asked for.
    pub rows: Option<usize>,
    /// The citations, those first that are touched most. One that names a range of articles stands there once for each of them.
    pub cited: Vec<Touched>,
}

impl Edition {
    /// Whether articles are missing in the text.
    pub fn has_gaps(&self) -> bool {
        has_gaps(&self.lacks)
    }
}

/// Whether articles are missing in a text that lacks something.
pub fn has_gaps(lacks: &[Lack]) -> bool {
    lacks.iter().any(|lack| !matches!(lack, Lack::Twice(_)))
}

impl LawImpact {
    /// How many steps of the alignment are of a kind.
    pub fn count(&self, fate: Fate) -> usize {
        self.changes.iter().filter(|change| change.fate == fate).count()
    }

    /// How many citations are touched in a way.
    pub fn touched(&self, touch: Touch) -> usize {
        self.cited.iter().filter(|cited| cited.touch == touch).count()
    }
}

/// A law by what rests on it.
#[derive(Clone, Debug, PartialEq)]
pub struct LawUse {
    /// The canonical title; a document number where only that is given.
    pub title: String,
    /// Its rank, where a library tells it.
    pub level: Option<Level>,
    /// Whether the library has it; none without a library.
    pub known: Option<bool>,
    /// The law that repealed it, where a library tells it; empty where it tells only that.
    pub repealed: Option<String>,
    /// Items that rest on it.
    pub items: usize,
    /// Regions whose items rest on it, by their number in [`LawItems::regions`].
    pub regions: Vec<usize>,
    /// Citations of it.
    pub citations: usize,
}

/// An item of a region that names no law.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseless {
    /// The region, by its number in [`LawItems::regions`].
    pub region: usize,
    /// The body (实施主体).
    pub body: String,
    /// The code of the item; empty where it has none.
    pub code: String,
    /// The name of the item.
    pub name: String,
    /// The handling item.
    pub handling: Option<String>,
    /// Where the basis should stand.
    pub place: Place,
    /// What stands there instead; empty where nothing does.
    pub text: String,
}

/// Regions that base an item on the same laws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasisGroup {
    /// The laws of the whole country, canonical titles, sorted.
    pub laws: Vec<String>,
    /// The regions, by their number in [`LawItems::regions`].
    pub regions: Vec<usize>,
}

/// An item that regions base on different laws.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferingBasis {
    /// The code of the item; empty where it has none.
    pub code: String,
    /// The name of the item.
    pub name: String,
    /// The regions by what they cite, those with the most regions first.
    pub groups: Vec<BasisGroup>,
    /// Laws of a place of its own (地方性法规, 地方政府规章), each with the region that cites it.
    pub local: Vec<(usize, String)>,
}

impl DifferingBasis {
    /// Whether the laws of the whole country differ, and not only those of places.
    pub fn is_national(&self) -> bool {
        self.groups.len() > 1
    }
}

/// What is asked of the basis of all items.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LawQuestion {
    /// Which laws items rest on.
    #[default]
    Laws,
    /// What rests on a law, or on an article of it (in the words of a citation: 第十二条).
    Law {
        /// The canonical title.
        title: String,
        /// The place in it; empty for the whole law.
        place: String,
    },
    /// Which items name no law.
    None,
    /// Which items regions base on different laws.
    Differing,
}

/// The basis of all items, looked at from the laws.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LawItems {
    /// What was asked.
    pub question: LawQuestion,
    /// The regions: id, name.
    pub regions: Vec<(String, String)>,
    /// Regions whose lists have no column of the basis, by their number: nothing is said of the basis of their items.
    pub silent: Vec<usize>,
    /// Rows that were read.
    pub rows: usize,
    /// Items that were read.
    pub items: usize,
    /// The laws, those first that the most items rest on.
    pub laws: Vec<LawUse>,
    /// The citations of the law that is asked for.
    pub cited: Vec<Passage>,
    /// Items without a basis.
    pub none: Vec<Baseless>,
    /// Items that regions base on different laws: laws of the whole country first.
    pub differing: Vec<DifferingBasis>,
}

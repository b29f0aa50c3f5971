//! What is said of the citations of a catalogue that were held against law texts.
//!
//! Must not know how it was found, nor how it is shown.

use super::{Article, Citation, Day, FieldId, Level, RegionId, RowId};

/// What became of one citation. Nothing is called wrong that could not be looked up: see [`Ruling::Unverifiable`].
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling {
    /// The law has the article (and the paragraph), and the quoted text, if any, stands there.
    Confirmed,
    /// The version that counts has no such article, and what an older one had under the number stands nowhere in it; or no version has
    /// such a paragraph (款) or subparagraph (项) of the article.
    NoSuchPlace {
        /// The highest number that it has at that rank: articles of the law, paragraphs of the article …
        last: Article,
        /// Which rank is missing: `article`, `paragraph`, `item`.
        rank: &'static str,
    },
    /// The quoted text (or, without one, the text that stood there in an older version) now stands in another article.
    Renumbered {
        /// The article in which it stands now.
        to: Article,
        /// The version that has it there.
        version: Option<Day>,
        /// The version in which it stood where it is cited.
        from: Option<Day>,
        /// How alike the two texts are, 0 to 1.
        similarity: f64,
    },
    /// The quotation is that of an older version: the article was changed since.
    Changed {
        /// The day from which the new text counts: in force, else made.
        since: Option<Day>,
        /// How alike the quotation and the new text are, 0 to 1.
        similarity: f64,
        /// The text that is in force; empty where nothing took the place of the old one: what has its number now is another matter.
        text: String,
    },
    /// The quotation is of this article, but not word for word.
    Misquoted {
        /// How alike they are, 0 to 1.
        similarity: f64,
        /// The text that is in force.
        text: String,
    },
    /// The quotation stands in another article of the same version, or in another part of the article that is cited.
    OtherArticle {
        /// That article.
        article: Article,
        /// Its paragraph (款); only where the article is the one that is cited.
        paragraph: Option<u32>,
        /// Its subparagraph (项); only where the citation names one.
        item: Option<u32>,
        /// How alike they are, 0 to 1.
        similarity: f64,
    },
    /// The law is no longer in force.
    Repealed {
        /// From which day.
        day: Option<Day>,
        /// By which law, where the library says so.
        by: Option<String>,
    },
    /// There is proof that another law is meant.
    WrongTitle {
        /// The titles that are meant, the nearest first.
        nearest: Vec<String>,
        /// The article in which the quoted text stands there.
        found: Option<Article>,
        /// Whether there is a law of the title that is cited: then only the quotation is of another one.
        exists: bool,
    },
    /// Several laws may be meant.
    Ambiguous {
        /// Their titles.
        titles: Vec<String>,
    },
    /// Nothing can be said.
    Unverifiable(Unverifiable),
}

impl Ruling {
    /// The word in data and JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Ruling::Confirmed => "confirmed",
            Ruling::NoSuchPlace { .. } => "no-such-place",
            Ruling::Renumbered { .. } => "renumbered",
            Ruling::Changed { .. } => "changed",
            Ruling::Misquoted { .. } => "misquoted",
            Ruling::OtherArticle { .. } => "other-article",
            Ruling::Repealed { .. } => "repealed",
            Ruling::WrongTitle { .. } => "wrong-title",
            Ruling::Ambiguous { .. } => "ambiguous-title",
            Ruling::Unverifiable(_) => "unverifiable",
        }
    }

    /// Whether something is wrong with the citation.
    pub fn is_wrong(&self) -> bool {
        !matches!(self, Ruling::Confirmed | Ruling::Unverifiable(_))
    }
}

/// Why nothing can be said of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unverifiable {
    /// The law is not in the library; titles that look alike.
    NotInLibrary(Vec<String>),
    /// The text of the law is not whole, or does not tell its paragraphs and entries apart for certain.
    Incomplete,
    /// No version of the library was in force on the day that is asked for.
    NoVersion,
    /// The law is named without an article, and is in force as far as is known.
    NoPlace,
    /// The article is there, but what follows the citation stands nowhere in the library: a paraphrase, words of the item, or a text of a
    /// version that the library does not have.
    NoSuchText,
}

impl Unverifiable {
    /// The word in data and JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Unverifiable::NotInLibrary(_) => "not-in-library",
            Unverifiable::Incomplete => "incomplete-text",
            Unverifiable::NoVersion => "no-version",
            Unverifiable::NoPlace => "no-place",
            Unverifiable::NoSuchText => "no-such-text",
        }
    }
}

/// What else is said of a citation, beside its ruling.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// The document number is another law's, or none that this law ever had.
    NumberContradicts {
        /// As cited.
        given: String,
        /// Those of the library.
        known: Vec<String>,
    },
    /// The label (【行政法规】) is not the law's rank.
    LevelWrong {
        /// As cited.
        said: String,
        /// As it is.
        is: Level,
    },
    /// A permit (行政许可) rests on what may not set one up (行政许可法 art. 14 to 17).
    MayNotSetUp {
        /// What it rests on.
        level: Level,
    },
    /// No article is named.
    NoArticle,
    /// A local regulation of another place.
    OtherRegion {
        /// The place.
        place: String,
    },
    /// The same catalogue cites the law in another version, too.
    OtherVersion {
        /// The years of the versions that are cited.
        years: Vec<u32>,
    },
}

impl Remark {
    /// Whether something is wrong with the citation, rather than merely incomplete or inconsistent.
    pub fn is_wrong(&self) -> bool {
        !matches!(self, Remark::NoArticle | Remark::OtherVersion { .. })
    }

    /// The word in data and JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Remark::NumberContradicts { .. } => "number-contradicts",
            Remark::LevelWrong { .. } => "level-wrong",
            Remark::MayNotSetUp { .. } => "may-not-set-up",
            Remark::NoArticle => "no-article",
            Remark::OtherRegion { .. } => "other-region",
            Remark::OtherVersion { .. } => "other-version",
        }
    }
}

/// One citation of a catalogue, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The row.
    pub row: RowId,
    /// The field of the profile that the citation stands in.
    pub field: FieldId,
    /// Its region.
    pub region: RegionId,
    /// The citation.
    pub citation: Citation,
    /// The version that it was held against: none where the law is not known.
    pub version: Option<Day>,
    /// What became of it.
    pub ruling: Ruling,
    /// What else there is to say.
    pub remarks: Vec<Remark>,
}

/// All citations of a catalogue, in the order of its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LawCheck {
    /// How many laws there are in the library.
    pub laws: usize,
    /// The day for which was asked; none for the newest versions.
    pub as_of: Option<Day>,
    /// The citations.
    pub cited: Vec<Cited>,
    /// Rows without any citation.
    pub without: usize,
}

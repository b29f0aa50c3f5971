//! Pairing: how rows without a common code came to be one item, and what a person decided about it.
//!
//! Must not know how names are compared nor files.

/// Why rows without a common code are one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PairedBy {
    /// A person said so (`matches.csv`).
    Decision,
    /// The canonical names are equal.
    Name,
    /// The names are alike above the threshold.
    Similarity,
}

impl PairedBy {
    /// The word of the wire formats and of the message files (`paired-…`).
    pub fn word(self) -> &'static str {
        match self {
            PairedBy::Decision => "decision",
            PairedBy::Name => "name",
            PairedBy::Similarity => "similarity",
        }
    }
}

/// How an item came together where codes did not do it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pairing {
    /// Why.
    pub by: PairedBy,
    /// How sure, from 0 to 1; a person's decision is 1.
    pub confidence: f64,
}

/// Two items of different regions that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Code and name on one side.
    pub left: (String, String),
    /// The region of that side.
    pub left_region: usize,
    /// Code and name on the other.
    pub right: (String, String),
    /// The region of that side.
    pub right_region: usize,
    /// Why, and how sure.
    pub pairing: Pairing,
    /// Whether it was taken: above the threshold, or decided.
    pub taken: bool,
}

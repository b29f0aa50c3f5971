//! Pairing: how rows without a common code came to be one item, and what a person decided about it.
//!
//! Must not know how names are compared nor files.

use super::catalogue::RowId;

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
    /// All of them.
    pub const ALL: [PairedBy; 3] = [PairedBy::Decision, PairedBy::Name, PairedBy::Similarity];

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

/// What speaks for two items being one, or against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairingNote {
    /// The canonical names are equal.
    SameName,
    /// The names differ in level words alone.
    Level,
    /// The names are equal but for words that mean the same (许可 and 审批), idle words, the order of words in brackets.
    Wording,
    /// The names are alike; these characters stand on one side only.
    Alike(String, String),
    /// The item types are equal.
    SameType,
    /// The item types differ.
    OtherType,
    /// The codes are of one system and differ.
    OtherCode,
    /// The codes are equal, and a person held apart others that have it.
    SameCode,
    /// The legal basis (law and article) and the papers are equal.
    SameGrounds,
    /// The articles of the legal basis and the papers are equal; the paragraphs are not, or one side does not say them.
    SameArticles,
    /// They are handling items of one item, called otherwise.
    OneItem,
    /// Another item is as likely.
    Several,
}

impl PairingNote {
    /// The word of the message files (`pairing-…`).
    pub fn word(&self) -> &'static str {
        match self {
            PairingNote::SameName => "same-name",
            PairingNote::Level => "level",
            PairingNote::Wording => "wording",
            PairingNote::Alike(..) => "alike",
            PairingNote::SameType => "same-type",
            PairingNote::OtherType => "other-type",
            PairingNote::OtherCode => "other-code",
            PairingNote::SameCode => "same-code",
            PairingNote::SameGrounds => "same-grounds",
            PairingNote::SameArticles => "same-articles",
            PairingNote::OneItem => "one-item",
            PairingNote::Several => "several",
        }
    }
}

/// Two items of different regions that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Code and name on one side.
    pub left: (String, String),
    /// The region of that side; `None` for the directory.
    pub left_region: Option<usize>,
    /// Its first row there.
    pub left_row: RowId,
    /// Code and name on the other.
    pub right: (String, String),
    /// The region of that side; `None` for the directory.
    pub right_region: Option<usize>,
    /// Its first row there.
    pub right_row: RowId,
    /// Why, and how sure.
    pub pairing: Pairing,
    /// What speaks for it and against it.
    pub notes: Vec<PairingNote>,
    /// Whether it was taken: above the threshold, or decided.
    pub taken: bool,
}

/// Pairs that are proposed and wait for a person: those that `tongban match` lists as open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// All of them.
    pub open: usize,
    /// One name under other codes of one system.
    pub other_code: usize,
    /// Other names on the same legal basis (the articles at least) with the same papers.
    pub same_grounds: usize,
}

impl Waiting {
    /// Counts what waits among proposals.
    pub fn of(proposals: &[Proposal]) -> Waiting {
        let mut waiting = Waiting::default();
        for proposal in proposals.iter().filter(|proposal| !proposal.taken) {
            let says = |note: PairingNote| proposal.notes.contains(&note);
            let grounds = says(PairingNote::SameGrounds) || says(PairingNote::SameArticles);
            let named_alike = says(PairingNote::SameName) || proposal.left.1 == proposal.right.1;
            waiting.open += 1;
            if named_alike && says(PairingNote::OtherCode) {
                waiting.other_code += 1;
            } else if grounds && !named_alike {
                waiting.same_grounds += 1;
            }
        }
        waiting
    }
}

//! Burden (办事负担): what an applicant bears to have an item handled, as numbers: the most that the list may ask for.
//!
//! `compare::burden` documents how each is counted, and on what ground.
//!
//! Must not know how they are counted nor how they are shown.

/// What is counted of an applicant's burden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Papers that must be handed in, at once or later (容缺后补); a paper of which the list knows several cases counts once.
    Materials,
    /// Originals among them that the office keeps, in 份 or 套 as the list counts them.
    Originals,
    /// Copies among them, in 份 or 套 as the list counts them.
    Copies,
    /// Papers among them that government itself issues (来源渠道: 政府部门核发).
    Issued,
    /// Steps of the procedure without special ones.
    Steps,
    /// Promised working days, else statutory ones.
    Days,
    /// Visits in person (到办事现场次数).
    Visits,
    /// Fees, in fen (分).
    Fee,
}

impl Measure {
    /// All of them, in the order of [`Burden`].
    pub const ALL: [Measure; 8] = [
        Measure::Materials,
        Measure::Originals,
        Measure::Copies,
        Measure::Issued,
        Measure::Steps,
        Measure::Days,
        Measure::Visits,
        Measure::Fee,
    ];

    /// The word of the wire formats and of the message files (`burden-…`).
    pub fn word(self) -> &'static str {
        match self {
            Measure::Materials => "materials",
            Measure::Originals => "originals",
            Measure::Copies => "copies",
            Measure::Issued => "issued",
            Measure::Steps => "steps",
            Measure::Days => "days",
            Measure::Visits => "visits",
            Measure::Fee => "fee",
        }
    }
}

/// The burden of one item in one region. What a list does not say is not known, and never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Burden {
    /// The measures that are known, a bit for each.
    known: u8,
    /// The measures; 0 where one is not known.
    counts: [u64; 8],
}

impl Burden {
    /// A measure; `None` where the list does not say.
    pub fn get(&self, measure: Measure) -> Option<u64> {
        (self.known >> measure as u8 & 1 == 1).then_some(self.counts[measure as usize])
    }

    /// Puts a measure in.
    pub fn set(&mut self, measure: Measure, value: Option<u64>) {
        self.counts[measure as usize] = value.unwrap_or(0);
        let bit = 1 << measure as u8;
        match value {
            Some(_) => self.known |= bit,
            None => self.known &= !bit,
        }
    }
}

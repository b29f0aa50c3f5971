//! A person's decisions on which items are one (`matches.csv`): data. They win over everything that is worked out, and are replayed.
//!
//! Must not know files.

use crate::model::Place;

/// One decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The region's id or name on one side; `None` for every region.
    pub left_region: Option<String>,
    /// The item's code or name there.
    pub left: String,
    /// The region's id or name on the other side; `None` for every region.
    pub right_region: Option<String>,
    /// The item's code or name there.
    pub right: String,
    /// Whether they are one item.
    pub same: bool,
    /// Where it is written.
    pub place: Place,
}

/// All decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// In the order of the file.
    pub all: Vec<Decision>,
}

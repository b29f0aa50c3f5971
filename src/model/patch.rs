//! Patches: the least that must change to bring a region into line (`tongban align`).
//!
//! Must not know how they are worked out nor how they are written.

use super::burden::Measure;
use super::catalogue::Place;

/// One change of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchLine {
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// The item's name.
    pub name: String,
    /// The element's id.
    pub element: String,
    /// What the cell says, to the letter.
    pub from: String,
    /// What it should say.
    pub to: String,
    /// Where the cell stands.
    pub place: Place,
    /// What an applicant saves by it; a negative number is what it costs more.
    pub saving: Vec<(Measure, i64)>,
}

/// The changes that bring a region into line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// The region's id and name.
    pub region: (String, String),
    /// The changes, in the order of the region's rows.
    pub lines: Vec<PatchLine>,
}

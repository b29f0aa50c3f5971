//! Variances (合理差异): differences that are allowed, with their legal ground.
//!
//! Must not know files nor the clock: whether one has expired comes in as data.

use super::catalogue::Place;

/// A difference that is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variance {
    /// The region's id or name; `None` for all.
    pub region: Option<String>,
    /// The item's code or name; `None` for all.
    pub item: Option<String>,
    /// The element's id; `None` for all.
    pub element: Option<String>,
    /// The legal ground.
    pub ground: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds (`2026-12-31`).
    pub expires: Option<String>,
    /// Whether that day has passed: it no longer holds, and is told.
    pub expired: bool,
    /// Where it is written.
    pub place: Place,
}

/// A variance, and what it took out of the index (or, expired, would have).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VarianceUse {
    /// The variance.
    pub variance: Variance,
    /// Cells of a region that deviate and fall under it.
    pub cells: usize,
}

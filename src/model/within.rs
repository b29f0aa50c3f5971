//! Differences within a region (区内差异): its bodies handle the same case of the same item, and not alike.
//!
//! Must not know how they are found nor how they are shown.

use super::catalogue::Place;

/// One element of one item in which bodies of one region differ in substance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The region; in a comparison of two sides the side.
    pub region: usize,
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// The item's name.
    pub name: String,
    /// The element's id.
    pub element: String,
    /// What the bodies say, the most frequent first; bodies that say nothing or cannot be read are not among them.
    pub groups: Vec<BodyGroup>,
}

impl Within {
    /// The non-uniformity index: one, less the share of the bodies in the largest group.
    pub fn index(&self) -> f64 {
        let bodies = || self.groups.iter().map(|group| group.bodies.len());
        let largest = bodies().max().unwrap_or(0);
        // No count of bodies is too large for a double.
        1.0 - largest as f64 / bodies().sum::<usize>().max(1) as f64
    }
}

/// Bodies of one region that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyGroup {
    /// Their names, or their codes where they have no names, sorted.
    pub bodies: Vec<String>,
    /// The canonical spelling.
    pub normal: String,
    /// Where one of them says so.
    pub place: Place,
}

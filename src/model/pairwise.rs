//! Handling for each other (跨省通办): whether an item can be handled by one region for another, and what stands in the way.
//!
//! Must not know how it is computed nor how it is shown.

/// One item between two regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairItem {
    /// The item's code; empty where it has none.
    pub code: String,
    /// The case of the handling item.
    pub handling: Option<String>,
    /// The item's name.
    pub name: String,
    /// The two regions.
    pub regions: (usize, usize),
    /// The elements that block it; empty where it can be handled.
    pub blocked: Vec<String>,
    /// The elements of which it cannot be told: at least one side says nothing or could not be read.
    pub unknown: Vec<String>,
}

/// Every pair of regions and every item that both have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairwise {
    /// The ids and names of the regions.
    pub regions: Vec<(String, String)>,
    /// The items, by pair of regions.
    pub items: Vec<PairItem>,
}

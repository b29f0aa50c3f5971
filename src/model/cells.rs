//! The cells of an item: what is said of each of its elements. A cell that says the same of several items is kept once: most say no
//! more than that all regions agree.
//!
//! Must not know how they are computed nor how they are shown.

use std::iter::Map;
use std::slice::Iter;
use std::sync::Arc;

use super::uniformity::ElementReport;

/// The cells of an item, in the order of the profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells(Box<[Arc<ElementReport>]>);

/// The cells of an item, one after the other.
pub type CellsIter<'c> = Map<Iter<'c, Arc<ElementReport>>, fn(&Arc<ElementReport>) -> &ElementReport>;

impl Cells {
    /// The cells, one after the other.
    pub fn iter(&self) -> CellsIter<'_> {
        self.0.iter().map(Arc::as_ref)
    }
}

impl<'c> IntoIterator for &'c Cells {
    type Item = &'c ElementReport;
    type IntoIter = CellsIter<'c>;

    fn into_iter(self) -> CellsIter<'c> {
        self.iter()
    }
}

impl From<Vec<Arc<ElementReport>>> for Cells {
    fn from(cells: Vec<Arc<ElementReport>>) -> Cells {
        Cells(cells.into())
    }
}

impl From<Vec<ElementReport>> for Cells {
    fn from(cells: Vec<ElementReport>) -> Cells {
        Cells(cells.into_iter().map(Arc::new).collect())
    }
}

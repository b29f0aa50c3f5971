//! Only: which items and cells of N regions are shown. Every format asks here, so that all of them show the same.
//!
//! Must not know a format.

use super::{Style, show};
use crate::model::{ElementReport, ItemReport, Uniformity};

/// What of N regions is shown. Names were looked up before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Only<'a> {
    /// Only this element, by its id.
    pub element: Option<&'a str>,
    /// Only where this region differs, by its place in [`Uniformity::regions`].
    pub region: Option<usize>,
    /// Only items whose index is at least this.
    pub min_index: f64,
}

impl Only<'_> {
    /// Whether anything is left out.
    pub fn any(&self) -> bool {
        *self != Only::default()
    }

    /// Whether a cell is among those asked for: of the element, and one in which the region differs.
    pub(super) fn takes(&self, cell: &ElementReport) -> bool {
        self.element.is_none_or(|wanted| cell.element == wanted)
            && self.region.is_none_or(|side| show::differs(cell, side))
    }

    /// Whether a cell is listed: one of those asked for in which regions differ, and of an item that was asked for by name any.
    pub(super) fn lists(&self, by_name: bool, cell: &ElementReport) -> bool {
        (by_name || show::deviates(cell)) && self.takes(cell)
    }
}

/// What a report of N regions is listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Items, the least uniform first.
    #[default]
    Item,
    /// Regions, the one that deviates most first.
    Region,
    /// Elements, the least uniform first.
    Element,
}

impl By {
    /// The word of the command line.
    pub fn word(self) -> &'static str {
        match self {
            By::Item => "item",
            By::Region => "region",
            By::Element => "element",
        }
    }

    /// What a word of the command line stands for.
    pub fn of_word(word: &str) -> Option<By> {
        [By::Item, By::Region, By::Element]
            .into_iter()
            .find(|by| by.word() == word)
    }
}

impl Style<'_> {
    /// Whether an item is among those asked for.
    pub fn shows(&self, item: &ItemReport) -> bool {
        let only = &self.only;
        self.takes(item)
            && (only.element.is_none() && only.region.is_none()
                || item.elements.iter().any(|cell| self.shows_cell(cell)))
    }

    /// The same before it is asked which cells are shown: for shares of all items.
    pub(super) fn takes(&self, item: &ItemReport) -> bool {
        self.item
            .is_none_or(|wanted| item.code == wanted || item.name.contains(wanted))
            && item.index >= self.only.min_index
    }

    /// Whether a cell is among those asked for: of the element, and one in which the region differs.
    pub fn shows_cell(&self, cell: &ElementReport) -> bool {
        self.only.takes(cell)
    }

    /// The cells of an item that are listed: those to look at, and of an item that was asked for by name all.
    pub(super) fn listed<'r>(&self, item: &'r ItemReport) -> impl Iterator<Item = &'r ElementReport> {
        item.elements
            .iter()
            .filter(|cell| self.only.lists(self.item.is_some(), cell))
    }

    /// The items that are listed.
    pub(super) fn items<'r>(&self, report: &'r Uniformity) -> Vec<&'r ItemReport> {
        let listed = |item: &&ItemReport| self.shows(item) && self.listed(item).next().is_some();
        report.items.iter().filter(listed).collect()
    }

    /// The regions that are listed.
    pub(super) fn sides(&self, report: &Uniformity) -> Vec<usize> {
        let wanted = |side: &usize| self.only.region.is_none_or(|only| only == *side);
        (0..report.regions.len()).filter(wanted).collect()
    }
}

//! Heat: how far one region stands off in one item, or in one element over all items. What heat maps are drawn from.
//!
//! Must not know how it is shown.

use super::uniformity::{ElementReport, ItemReport, ReferenceFrom, Uniformity};

/// How often a region deviates, of how many cells. A cell is one element of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    /// Cells in which it is held against a reference.
    pub held: usize,
    /// Of these, cells in which it deviates and nothing allows it.
    pub deviating: usize,
    /// Of these, cells in which it deviates and a variance allows it.
    pub allowed: usize,
    /// Cells in which regions differ and no reference tells which of them deviates.
    pub open: usize,
    /// Cells in which it says nothing and other regions do.
    pub missing: usize,
}

/// What one spot of a heat map says, whatever draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// There is nothing to hold the region against.
    Silent,
    /// Nothing differs.
    Alike,
    /// It differs only where a variance allows it.
    Allowed,
    /// It differs nowhere, and says nothing where others do ([`Heat::missing`]): no agreement.
    Blank,
    /// It deviates, or regions differ and nothing tells which of them does ([`Heat::figure`]).
    Differs,
}

impl Heat {
    /// The share of its cells that deviate, from 0 to 1; 0 where nothing is held against a reference.
    pub fn share(self) -> f64 {
        match self.held {
            0 => 0.0,
            held => self.deviating as f64 / held as f64,
        }
    }

    /// The cells in which it stands off, as every map shows them: those in which it deviates, and after ≠ those in which regions differ
    /// without a reference; empty where there are none.
    pub fn figure(self) -> String {
        match (self.deviating, self.open) {
            (0, 0) => String::new(),
            (0, open) => format!("≠{open}"),
            (deviating, 0) => deviating.to_string(),
            (deviating, open) => format!("{deviating}≠{open}"),
        }
    }

    /// What a map shows for it.
    pub fn mark(self) -> Mark {
        match (self.differing(), self.allowed, self.missing, self.compared()) {
            (1.., _, _, _) => Mark::Differs,
            (0, 1.., _, _) => Mark::Allowed,
            (0, 0, 1.., _) => Mark::Blank,
            (0, 0, 0, 0) => Mark::Silent,
            (0, 0, 0, _) => Mark::Alike,
        }
    }

    /// The sign of a spot as every map shows it; `alike` where nothing differs (a sheet has the number 0 there).
    pub fn sign(self, alike: &str) -> String {
        match self.mark() {
            Mark::Silent => "∅".to_owned(),
            Mark::Blank => format!("∅{}", self.missing),
            Mark::Alike => alike.to_owned(),
            Mark::Allowed => "○".to_owned(),
            Mark::Differs => self.figure(),
        }
    }

    /// Cells in which it stands off: it deviates, or regions differ and nothing tells which of them does.
    pub fn differing(self) -> usize {
        self.deviating + self.open
    }

    /// Cells in which there is something to hold it against.
    pub fn compared(self) -> usize {
        self.held + self.open
    }
}

fn add(cell: &ElementReport, regions: &mut [Heat]) {
    let sides = cell.groups.iter().flat_map(|group| &group.regions);
    for &side in sides {
        let allowed = cell.allowed.iter().any(|(known, _)| *known == side);
        if cell.reference.from != ReferenceFrom::None {
            regions[side].held += 1;
        } else if cell.index > 0.0 && !allowed {
            regions[side].open += 1;
        }
    }
    for &side in &cell.deviating {
        regions[side].deviating += 1;
    }
    for &(side, _) in &cell.allowed {
        regions[side].allowed += 1;
    }
    let others = cell.missing.iter().filter(|_| !cell.groups.is_empty());
    for &side in others {
        regions[side].missing += 1;
    }
}

impl ItemReport {
    /// Each of so many regions over those elements of the item that are shown.
    pub fn heat(&self, regions: usize, shows: impl Fn(&ElementReport) -> bool) -> Vec<Heat> {
        let mut heat = vec![Heat::default(); regions];
        for cell in self.elements.iter().filter(|cell| shows(cell)) {
            add(cell, &mut heat);
        }
        heat
    }
}

impl Uniformity {
    /// Each element, in the order of [`Uniformity::elements`], over all items that are taken: its regions.
    pub fn heat(&self, takes: impl Fn(&ItemReport) -> bool) -> Vec<Vec<Heat>> {
        let mut heat = vec![vec![Heat::default(); self.regions.len()]; self.elements.len()];
        for item in self.items.iter().filter(|item| item.counted && takes(item)) {
            for (cell, regions) in item.elements.iter().zip(&mut heat) {
                add(cell, regions);
            }
        }
        heat
    }
}

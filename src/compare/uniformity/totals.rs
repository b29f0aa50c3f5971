//! Sums over all items: where every row went, and what the cells add up to by region, by element and overall.
//!
//! Must not know how values compare.

use super::{comparable, differs, is_allowed};
use crate::compare::identity::{Item, Unit};
use crate::model::{ItemReport, ReferenceFrom, RegionIndex};
use crate::profile::Element;

/// Where every row of an item went.
pub(super) fn account(item: &Item, regions: &mut [RegionIndex]) {
    for (side, region) in regions.iter_mut().enumerate() {
        let rows = &item.rows[side];
        region.rows += rows.len() + item.duplicates[side].len();
        region.items += usize::from(!rows.is_empty());
        region.accounting.duplicate += item.duplicates[side].len();
        for row in rows {
            let with_others = |unit: &&Unit| {
                item.counts(unit)
                    && unit.rows[side].contains(row)
                    && unit
                        .rows
                        .iter()
                        .enumerate()
                        .any(|(at, rows)| at != side && !rows.is_empty())
            };
            let mut units = item.units.iter().filter(with_others);
            let slot = match (units.clone().any(|unit| !unit.union.contains(&true)), units.next()) {
                (true, _) => &mut region.accounting.compared,
                (false, Some(_)) => &mut region.accounting.divided,
                (false, None) => &mut region.accounting.only_here,
            };
            *slot += 1;
        }
    }
}

#[derive(Clone, Copy, Default)]
pub(super) struct ElementTotal {
    pub sum: f64,
    pub cells: usize,
    pub deviating: usize,
}

#[derive(Clone, Copy, Default)]
pub(super) struct RegionTotal {
    /// Weight of the cells in which it deviates, and of all in which it is held against a reference.
    pub weights: (f64, f64),
    pub cells: usize,
    pub open: usize,
    pub must_equal: usize,
}

pub(super) struct Totals {
    pub regions: Vec<RegionTotal>,
    pub elements: Vec<ElementTotal>,
    pub overall: (f64, f64),
    pub notation: usize,
    pub level: usize,
    pub open: usize,
    pub must_equal: usize,
}

impl Totals {
    pub(super) fn new(regions: usize, elements: usize) -> Self {
        Totals {
            regions: vec![RegionTotal::default(); regions],
            elements: vec![ElementTotal::default(); elements],
            overall: (0.0, 0.0),
            notation: 0,
            level: 0,
            open: 0,
            must_equal: 0,
        }
    }

    /// What must be equal by law and is not in a case that only informs, and is not told of the item as a whole.
    pub(super) fn add_bound(&mut self, report: &ItemReport, whole: Option<&ItemReport>) {
        for (at, cell) in report.elements.iter().enumerate() {
            let whole = whole.and_then(|whole| whole.elements.iter().nth(at));
            let told = whole.map_or(&[][..], |cell| &cell.must_equal);
            self.must_equal += usize::from(!cell.must_equal.is_empty() && told.is_empty());
            for &side in cell.must_equal.iter().filter(|side| !told.contains(side)) {
                self.regions[side].must_equal += 1;
            }
        }
    }

    pub(super) fn add(&mut self, report: &ItemReport, elements: &[&Element], copied: &[bool]) {
        for ((cell, element), total) in report.elements.iter().zip(elements).zip(&mut self.elements) {
            self.notation += cell.notation;
            self.level += cell.level;
            // A region that alone speaks can break the law of the directory, too.
            self.must_equal += usize::from(!cell.must_equal.is_empty());
            for &side in &cell.must_equal {
                self.regions[side].must_equal += 1;
            }
            if !comparable(cell, copied) {
                continue;
            }
            total.sum += cell.index;
            total.cells += 1;
            total.deviating += usize::from(differs(cell));
            self.overall.0 += element.weight * cell.index;
            self.overall.1 += element.weight;
            let open = cell.reference.from == ReferenceFrom::None;
            self.open += usize::from(open && differs(cell));
            let speaking = cell.groups.iter().flat_map(|group| &group.regions);
            for &side in speaking.filter(|&&side| !is_allowed(cell, side)) {
                let region = &mut self.regions[side];
                if open {
                    region.open += usize::from(differs(cell));
                } else {
                    region.cells += 1;
                    region.weights.1 += element.weight;
                }
            }
            for &side in &cell.deviating {
                self.regions[side].weights.0 += element.weight;
            }
        }
    }
}

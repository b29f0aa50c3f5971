//! Plain cells: all regions that speak say the same, and no directory is there to say otherwise. Nearly all cells are, and many say no
//! more than another: such a cell is worked out once and kept once.
//!
//! Must not know how values compare.

use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::Work;
use crate::compare::identity::{Item, Unit};
use crate::model::{ElementReport, Value};

/// So many cells are remembered before the memory starts anew.
const MOST: usize = 1 << 12;

/// Cells that were met, by all that tells them from each other.
#[derive(Default)]
pub(super) struct Known {
    cells: HashTable<(Box<[u32]>, Arc<ElementReport>)>,
    /// The key of the cell that is looked at.
    key: Vec<u32>,
}

/// What a region does in a plain cell.
const ABSENT: u32 = 0;
const SPEAKS: u32 = 1;
const SAYS_NOTHING: u32 = 2;
const NOT_UNDERSTOOD: u32 = 3;

impl Work<'_> {
    /// A cell of a unit: a known one, where it says the same.
    pub(super) fn known(
        &self,
        known: &mut Known,
        (at, item): (usize, &Item),
        unit: &Unit,
        nth: usize,
    ) -> Arc<ElementReport> {
        let cell = || Arc::new(self.cell((at, item), unit, nth));
        if !self.is_plain(&mut known.key, item, unit, nth) {
            return cell();
        }
        let hash = FixedState::default().hash_one(&known.key);
        if let Some((_, found)) = known.cells.find(hash, |(key, _)| **key == *known.key) {
            return Arc::clone(found);
        }
        let found = cell();
        if known.cells.len() >= MOST {
            known.cells.clear();
        }
        let new = (known.key.as_slice().into(), Arc::clone(&found));
        let hash_of = |(key, _): &(Box<[u32]>, _)| FixedState::default().hash_one(&**key);
        known.cells.insert_unique(hash, new, hash_of);
        found
    }

    /// Whether a cell is plain, and what tells it from other plain ones: its element, what is told of what it says, in how many ways it
    /// is written, and what each region does. A cell that tells its place is like no other.
    fn is_plain(&self, key: &mut Vec<u32>, item: &Item, unit: &Unit, nth: usize) -> bool {
        let telling = self.told.of(item);
        if telling.places || item.directory.is_some() || unit.union.contains(&true) {
            return false;
        }
        let (id, _) = self.elements[nth];
        let mut meaning = None;
        key.clear();
        for rows in &unit.rows {
            let row = match *rows.as_slice() {
                [] => {
                    key.push(ABSENT);
                    continue;
                }
                [row] => row,
                _ => return false,
            };
            let form = self.forms.id(row, id);
            let own = self.forms.meaning(form);
            if meaning == Some(own) {
                key.push(SPEAKS);
                continue;
            }
            match self.forms.value(form) {
                Value::Empty => key.push(SAYS_NOTHING),
                value if !value.speaks() => key.push(NOT_UNDERSTOOD),
                _ if meaning.is_some() => return false,
                _ => {
                    meaning = Some(own);
                    key.push(SPEAKS);
                }
            }
        }
        let said = meaning.filter(|_| telling.values).unwrap_or(u32::MAX);
        let written = u32::try_from(self.notations(unit, nth)).unwrap_or(u32::MAX);
        key.extend([u32::try_from(nth).unwrap_or(u32::MAX), said, written]);
        true
    }
}

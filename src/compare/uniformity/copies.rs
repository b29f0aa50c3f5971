//! Copies: lists that repeat another list to the letter, as a county's that was taken over from its city's. Their agreement is no second
//! voice.
//!
//! Must not know normal forms: what two regions wrote themselves is never equal to the letter all along, what it means may well be.

use std::collections::HashMap;
use std::hash::BuildHasher;

use rayon::prelude::*;

use crate::compare::identity::{Item, Unit};
use crate::model::{Catalogue, RowId};
use crate::normalise::Kind;
use crate::profile::Element;

/// Of a hundred items that both lists have, so many must be equal to the letter in everything that is written freely.
pub const SHARE: usize = 95;

/// Fewer items in common than this prove nothing.
pub const LEAST: usize = 20;

/// Of each side the side whose list it repeats: the first one in the order of sides, and never one that is a copy itself.
///
/// Measured over the cases of items that both have: basis, audience, conditions, materials, procedure, times, fees and result must all be
/// equal to the letter; names, codes and types are alike by law and tell nothing, and an item counts only where conditions,
/// materials or procedure say something.
pub(super) fn copies(catalogue: &Catalogue, elements: &[&Element], items: &[Item], count: usize) -> Vec<Option<usize>> {
    let mut roots = vec![None; count];
    if count < 2 {
        return roots;
    }
    let prints = Prints::of(catalogue, elements);
    let units: Vec<Vec<(u64, usize)>> = items
        .par_iter()
        .flat_map_iter(|item| &item.units)
        .map(|unit| prints.unit(catalogue, unit))
        .collect();
    // How often each list says what an earlier one does, the first of those that say it; so N lists cost no N² pairs.
    let mut equal: Vec<HashMap<usize, usize>> = vec![HashMap::new(); count];
    for unit in &units {
        let mut alike = unit.clone();
        alike.sort_unstable();
        for group in alike.chunk_by(|(one, _), (other, _)| one == other) {
            for (_, side) in &group[1..] {
                *equal[*side].entry(group[0].1).or_default() += 1;
            }
        }
    }
    // The likeliest of them is held against the list item by item.
    let likeliest: Vec<Option<usize>> = equal
        .iter()
        .map(|equal| {
            let enough = equal.iter().filter(|(_, count)| **count * 2 >= LEAST);
            let most = enough.max_by_key(|(side, count)| (**count, std::cmp::Reverse(**side)));
            most.map(|(&side, _)| side)
        })
        .collect();
    let mut seen = vec![(0, 0); count];
    for unit in &units {
        for &(print, side) in unit {
            let Some(source) = likeliest[side] else { continue };
            if let Ok(theirs) = unit.binary_search_by_key(&source, |(_, side)| *side) {
                seen[side].0 += usize::from(unit[theirs].0 == print);
                seen[side].1 += 1;
            }
        }
    }
    for side in 0..count {
        let (same, shared) = seen[side];
        if let Some(source) = likeliest[side]
            && shared >= LEAST
            && same * 100 >= shared * SHARE
        {
            // Sources come first, so theirs is known.
            roots[side] = Some(roots[source].unwrap_or(source));
        }
    }
    roots
}

/// What tells one freely written item from another.
struct Prints {
    /// By field: whether it is compared to the letter, and whether it alone is evidence.
    fields: Vec<(bool, bool)>,
    /// By text: whether it is blank.
    blank: Vec<bool>,
    hasher: foldhash::fast::FixedState,
}

impl Prints {
    fn of(catalogue: &Catalogue, elements: &[&Element]) -> Prints {
        let mut fields = Vec::new();
        for element in elements {
            let free = !matches!(element.kind, Kind::Name | Kind::Code | Kind::Choice);
            let telling = matches!(element.kind, Kind::Clauses | Kind::Materials | Kind::Steps);
            for (_, field) in element.fields.iter().filter(|_| free) {
                if fields.len() <= field.index() {
                    fields.resize(field.index() + 1, (false, false));
                }
                fields[field.index()].0 = true;
                fields[field.index()].1 |= telling;
            }
        }
        Prints {
            fields,
            blank: catalogue.texts.iter().map(|text| text.trim().is_empty()).collect(),
            hasher: foldhash::fast::FixedState::with_seed(0),
        }
    }

    /// The sides that say something in an item, in their order, each with a number that stands for what it says to the letter.
    fn unit(&self, catalogue: &Catalogue, unit: &Unit) -> Vec<(u64, usize)> {
        let sides = unit.rows.iter().enumerate().filter(|(_, rows)| !rows.is_empty());
        sides
            .filter_map(|(side, rows)| Some((self.rows(catalogue, rows)?, side)))
            .collect()
    }

    fn rows(&self, catalogue: &Catalogue, rows: &[RowId]) -> Option<u64> {
        let (mut said, mut evidence) = (Vec::new(), false);
        for &row in rows {
            for cell in catalogue.cells(row) {
                let Some(&(true, telling)) = self.fields.get(cell.field.index()) else {
                    continue;
                };
                if !self.blank[cell.text.index()] {
                    said.push((cell.field, cell.shape, cell.text));
                    evidence |= telling;
                }
            }
        }
        // The order of columns is no difference.
        said.sort_unstable();
        evidence.then(|| self.hasher.hash_one(&said))
    }
}

//! Two states of all lists, region by region: which items came, went and changed.
//!
//! Must not know when the states were.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::rows::{Together, again, code, words};
use super::{Lens, is_other};
use crate::compare::Names;
use crate::compare::identity::{self, Decisions, Item};
use crate::forms::Forms;
use crate::model::{
    Catalogue, Cell, Drift, Fared, ItemChange, ItemReport, Region, RowId, Shape, StaleItem, Uniformity,
};
use crate::profile::Profile;

/// What became of the items of all regions from one state to the next, by region, code and name. The directory is no region.
pub fn changes(before: &Catalogue, after: &Catalogue, profile: &Profile, decisions: &Decisions) -> Vec<ItemChange> {
    let (left, right) = (by_region(before), by_region(after));
    let ids: BTreeSet<&str> = left.keys().chain(right.keys()).copied().collect();
    let nothing = (None, Vec::new());
    let mut changes = Vec::new();
    for id in ids {
        let left = left.get(id).unwrap_or(&nothing);
        let right = right.get(id).unwrap_or(&nothing);
        let Some(region) = right.0.or(left.0) else { continue };
        let [left, right] = touched((before, &left.1), (after, &right.1), profile);
        if left.is_empty() && right.is_empty() {
            continue;
        }
        let mut together = Together::default();
        let tables = [together.tables_of(before), together.tables_of(after)];
        together.state(before, tables[0], region, &left);
        together.state(after, tables[1], region, &right);
        of_region(id, &together.catalogue, profile, decisions, &mut changes);
    }
    changes.sort();
    changes
}

type Rows<'a> = (Option<&'a Region>, Vec<RowId>);

fn by_region(catalogue: &Catalogue) -> BTreeMap<&str, Rows<'_>> {
    let mut regions: BTreeMap<&str, Rows<'_>> = BTreeMap::new();
    for row in catalogue.row_ids() {
        let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
        if !region.directory {
            let known = regions.entry(&region.id).or_default();
            known.0.get_or_insert(region);
            known.1.push(row);
        }
    }
    regions
}

/// The rows that are not in both states to the letter, and all others of their items.
fn touched(before: (&Catalogue, &[RowId]), after: (&Catalogue, &[RowId]), profile: &Profile) -> [Vec<RowId>; 2] {
    let mut known: HashMap<u64, Vec<RowId>> = HashMap::new();
    for &row in before.1 {
        known.entry(hash(before.0, row)).or_default().push(row);
    }
    let mut other = [Vec::new(), Vec::new()];
    for &row in after.1 {
        let same = known.get_mut(&hash(after.0, row)).and_then(|rows| {
            let at = rows
                .iter()
                .position(|&old| cells(before.0, old).eq(cells(after.0, row)))?;
            Some(rows.swap_remove(at))
        });
        if same.is_none() {
            other[1].push(row);
        }
    }
    other[0].extend(known.into_values().flatten());
    if other.iter().all(Vec::is_empty) {
        return other;
    }
    let mut wanted: HashSet<String> = HashSet::new();
    for (side, lists) in [(0, before.0), (1, after.0)] {
        wanted.extend(other[side].iter().flat_map(|&row| words(lists, profile, row)));
    }
    [before, after].map(|(lists, rows)| {
        let of_them = |row: &&RowId| words(lists, profile, **row).iter().any(|word| wanted.contains(word));
        rows.iter().filter(of_them).copied().collect()
    })
}

/// The cells of a row by field: columns may have moved.
fn cells(catalogue: &Catalogue, row: RowId) -> impl Iterator<Item = (u16, Shape, &str)> {
    let mut cells: Vec<&Cell> = catalogue.cells(row).iter().collect();
    cells.sort_by_key(|cell| cell.field);
    cells
        .into_iter()
        .map(|cell| (cell.field.0, cell.shape, catalogue.texts.get(cell.text)))
        .filter(|(_, _, text)| !text.trim().is_empty())
}

fn hash(catalogue: &Catalogue, row: RowId) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    cells(catalogue, row).for_each(|cell| cell.hash(&mut hasher));
    hasher.finish()
}

/// Side 0 of a catalogue against side 1.
fn of_region(region: &str, lists: &Catalogue, profile: &Profile, decisions: &Decisions, found: &mut Vec<ItemChange>) {
    let sides = [Some(0), Some(1)];
    let forms = Forms::of(lists, profile);
    let items = identity::items(lists, &forms, profile, &sides, 2, decisions).items;
    let names = Names::of(lists, &forms, profile, &sides, 2);
    let lens = Lens {
        catalogue: lists,
        forms: &forms,
        profile,
        names: &names,
    };
    let of = |item: &Item, fared| ItemChange {
        region: region.to_owned(),
        code: item.code.clone(),
        name: item.name.clone(),
        fared,
        from: None,
        elements: Vec::new(),
    };
    let (mut went, mut came): (Vec<&Item>, Vec<&Item>) = (Vec::new(), Vec::new());
    for item in &items {
        match (item.rows[0].is_empty(), item.rows[1].is_empty()) {
            (true, true) => {}
            (false, true) => went.push(item),
            (true, false) => came.push(item),
            (false, false) => found.extend(between(&lens, item, item, of(item, Fared::Changed))),
        }
    }
    // What went and what came is one item with another code where name and body say so, and nothing else has them.
    let known = |list: &[&Item], side: usize| {
        let mut known: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (at, item) in list.iter().enumerate() {
            if let Some(key) = again(lists, profile, &item.rows[side]) {
                known.entry(key).or_default().push(at);
            }
        }
        known
    };
    let old = known(&went, 0);
    let mut gone_on = HashSet::new();
    for (key, at) in known(&came, 1) {
        let (&[new], Some(&[before])) = (at.as_slice(), old.get(&key).map(Vec::as_slice)) else {
            continue;
        };
        let change = of(came[new], Fared::Changed);
        found.extend(between(&lens, went[before], came[new], change));
        gone_on.insert((0, before));
        gone_on.insert((1, new));
    }
    for (side, list, fared) in [(0, &went, Fared::Dropped), (1, &came, Fared::Added)] {
        let rest = list
            .iter()
            .enumerate()
            .filter(|(at, _)| !gone_on.contains(&(side, *at)));
        found.extend(rest.map(|(_, item)| of(item, fared)));
    }
}

/// What became of an item that both states have: of `old` on side 0, `new` on side 1.
fn between(lens: &Lens<'_>, old: &Item, new: &Item, change: ItemChange) -> Option<ItemChange> {
    let code_of = |rows: &[RowId]| {
        rows.first()
            .map_or_else(String::new, |&row| code(lens.catalogue, lens.profile, row))
    };
    let (from, to) = (code_of(&old.rows[0]), code_of(&new.rows[1]));
    let recoded = from != to && !from.is_empty() && !to.is_empty();
    let (mut other, mut notation): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
    let mut cases = false;
    let one = std::ptr::eq(old, new);
    for unit in new.units.iter().filter(|unit| new.counts(unit)) {
        let before = match one {
            true => Some(unit),
            false => old.units.iter().find(|known| known.case == unit.case),
        };
        let left = before.map_or(&[][..], |unit| &unit.rows[0]);
        let right = &unit.rows[1];
        let (Some(before), false, false) = (before, left.is_empty(), right.is_empty()) else {
            cases |= left.is_empty() != right.is_empty();
            continue;
        };
        for (at, (element, _)) in lens.elements().enumerate() {
            match lens.change((0, (before, left)), (1, (unit, right)), element) {
                Some((judgement, _)) if is_other(&judgement) => _ = other.insert(at),
                Some(_) => _ = notation.insert(at),
                None => {}
            }
        }
    }
    let fared = match (recoded, cases || !other.is_empty(), notation.is_empty()) {
        (true, _, _) => Fared::Recoded,
        (_, true, _) => Fared::Changed,
        (_, _, false) => Fared::Notation,
        _ => return None,
    };
    let ids: Vec<String> = lens.elements().map(|(_, element)| element.id.clone()).collect();
    let named = if fared == Fared::Notation { notation } else { other };
    Some(ItemChange {
        code: if recoded { to } else { change.code },
        fared,
        from: recoded.then_some(from),
        elements: named.into_iter().map(|at| ids[at].clone()).collect(),
        ..change
    })
}

/// The items that became more or less uniform from one report to another, those that diverged most first; and how many are compared in
/// both.
pub fn converged(before: &Uniformity, after: &Uniformity) -> (Vec<Drift>, usize) {
    let regions = |item: &ItemReport| item.present.len() > 1;
    let key = |item: &ItemReport| {
        let name = if item.code.is_empty() {
            item.name.clone()
        } else {
            item.code.clone()
        };
        (name, item.handling.clone())
    };
    let counted = |report: &'_ Uniformity| -> BTreeMap<(String, Option<String>), usize> {
        let items = report.items.iter().enumerate();
        let items = items.filter(|(_, item)| item.counted && regions(item));
        items.map(|(at, item)| (key(item), at)).collect()
    };
    let (old, new) = (counted(before), counted(after));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let (mut drifts, mut both) = (Vec::new(), 0);
    for key in keys {
        let then = old.get(key).map(|&at| &before.items[at]);
        let now = new.get(key).map(|&at| &after.items[at]);
        let (Some(then), Some(now)) = (then, now) else {
            continue;
        };
        both += 1;
        let (mut converged, mut diverged) = (Vec::new(), Vec::new());
        for cell in &now.elements {
            let Some(old) = then.elements.iter().find(|old| old.element == cell.element) else {
                continue;
            };
            match cell.index.total_cmp(&old.index) {
                std::cmp::Ordering::Less => converged.push(cell.element.clone()),
                std::cmp::Ordering::Greater => diverged.push(cell.element.clone()),
                std::cmp::Ordering::Equal => {}
            }
        }
        if then.index != now.index || !converged.is_empty() || !diverged.is_empty() {
            drifts.push(Drift {
                code: now.code.clone(),
                name: now.name.clone(),
                handling: now.handling.clone(),
                index: [Some(then.index), Some(now.index)],
                converged,
                diverged,
            });
        }
    }
    let by = |drift: &Drift| drift.index[1].unwrap_or(0.0) - drift.index[0].unwrap_or(0.0);
    drifts.sort_by(|a, b| {
        let key = |drift: &Drift| (drift.code.clone(), drift.name.clone(), drift.handling.clone());
        by(b).total_cmp(&by(a)).then_with(|| key(a).cmp(&key(b)))
    });
    (drifts, both)
}

/// When each item of each region of the last state changed or came, and how many there are. `steps` are the changes into each state; the
/// first has none.
pub fn stale(last: &Uniformity, steps: &[&[ItemChange]]) -> Vec<StaleItem> {
    let key = |code: &str, name: &str| if code.is_empty() { name } else { code }.to_owned();
    let mut since: HashMap<(String, String), usize> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        for change in step.iter().filter(|change| change.fared != Fared::Notation) {
            since.insert((change.region.clone(), key(&change.code, &change.name)), at);
        }
    }
    let mut items = BTreeSet::new();
    for item in &last.items {
        for region in item.present.iter().filter_map(|&side| last.regions.get(side)) {
            let known = since.get(&(region.id.clone(), key(&item.code, &item.name)));
            items.insert(StaleItem {
                since: known.copied(),
                region: region.id.clone(),
                region_name: region.name.clone(),
                code: item.code.clone(),
                name: item.name.clone(),
            });
        }
    }
    items.into_iter().collect()
}

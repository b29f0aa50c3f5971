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
    Catalogue, Cell, Changes, Drift, Fared, ItemChange, ItemReport, Region, RegionChange, RowId, Shape, StaleItem,
    Uniformity,
};
use crate::profile::Profile;

/// What became of the items of all regions, and of the directory, from one state to the next.
pub fn changes(before: &Catalogue, after: &Catalogue, profile: &Profile, decisions: &Decisions) -> Changes {
    let (left, right) = (by_region(before), by_region(after));
    let keys: BTreeSet<_> = left.keys().chain(right.keys()).copied().collect();
    let mut changes = Changes::default();
    for key in keys {
        let (left, right, region) = match (left.get(&key), right.get(&key)) {
            (Some(left), Some(right)) => (&left.1, &right.1, right.0),
            // A directory that came or went is told item by item: it has no name of its own.
            (Some(left), None) if key.0 => (&left.1, &Vec::new(), left.0),
            (None, Some(right)) if key.0 => (&Vec::new(), &right.1, right.0),
            (one, other) => {
                if let Some((region, rows)) = one.or(other) {
                    changes.regions.push(RegionChange {
                        region: region.id.to_string(),
                        name: region.name.clone(),
                        came: other.is_some(),
                        rows: rows.len(),
                    });
                }
                continue;
            }
        };
        let [left, right] = touched((before, left), (after, right), profile);
        if left.is_empty() && right.is_empty() {
            continue;
        }
        let mut together = Together::default();
        let tables = [together.tables_of(before), together.tables_of(after)];
        together.state(before, tables[0], region, &left);
        together.state(after, tables[1], region, &right);
        of_region(region, &together.catalogue, profile, decisions, &mut changes.items);
    }
    changes.items.sort();
    changes.items.sort_by_key(|change| change.directory);
    changes
}

type Rows<'a> = (&'a Region, Vec<RowId>);

/// The rows of each region, the directory as one of them whatever its id.
fn by_region(catalogue: &Catalogue) -> BTreeMap<(bool, &str), Rows<'_>> {
    let mut regions: BTreeMap<(bool, &str), Rows<'_>> = BTreeMap::new();
    for row in catalogue.row_ids() {
        let region = &catalogue.regions[catalogue.rows[row.index()].region.index()];
        let key = match region.directory {
            true => (true, ""),
            false => (false, &*region.id),
        };
        regions.entry(key).or_insert_with(|| (region, Vec::new())).1.push(row);
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
fn of_region(
    region: &Region,
    lists: &Catalogue,
    profile: &Profile,
    decisions: &Decisions,
    found: &mut Vec<ItemChange>,
) {
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
        region: region.id.to_string(),
        code: item.code.clone(),
        name: item.name.clone(),
        handling: None,
        directory: region.directory,
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

/// What became of an item that both states have: of `old` on side 0, `new` on side 1. Each handling item is told on its own, except that a
/// new code is one of the whole item.
fn between(lens: &Lens<'_>, old: &Item, new: &Item, change: ItemChange) -> Vec<ItemChange> {
    let code_of = |rows: &[RowId]| {
        rows.first()
            .map_or_else(String::new, |&row| code(lens.catalogue, lens.profile, row))
    };
    let (from, to) = (code_of(&old.rows[0]), code_of(&new.rows[1]));
    let recoded = from != to && !from.is_empty() && !to.is_empty();
    let ids: Vec<&String> = lens.elements().map(|(_, element)| &element.id).collect();
    let named = |at: &BTreeSet<usize>| at.iter().map(|&at| ids[at].clone()).collect::<Vec<String>>();
    let of = |case: Option<&String>, fared, elements| ItemChange {
        handling: case.cloned(),
        fared,
        elements,
        ..change.clone()
    };
    let mut found = Vec::new();
    let mut all: BTreeSet<usize> = BTreeSet::new();
    let one = std::ptr::eq(old, new);
    for unit in new.units.iter().filter(|unit| new.goes_on(unit)) {
        let case = unit.case.as_ref();
        let before = match one {
            true => Some(unit),
            false => old.units.iter().find(|known| known.case == unit.case),
        };
        let left = before.map_or(&[][..], |unit| &unit.rows[0]);
        let right = &unit.rows[1];
        let (Some(before), false, false) = (before, left.is_empty(), right.is_empty()) else {
            match (left.is_empty(), right.is_empty()) {
                (true, false) => found.push(of(case, Fared::Added, Vec::new())),
                (false, true) => found.push(of(case, Fared::Dropped, Vec::new())),
                _ => {}
            }
            continue;
        };
        let (mut other, mut notation): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
        for (at, (element, _)) in lens.elements().enumerate() {
            match lens.change((0, (before, left)), (1, (unit, right)), element) {
                Some((judgement, _)) if is_other(&judgement) => _ = other.insert(at),
                Some(_) => _ = notation.insert(at),
                None => {}
            }
        }
        match (recoded, other.is_empty(), notation.is_empty()) {
            (true, ..) => all.extend(other),
            (false, false, _) => found.push(of(case, Fared::Changed, named(&other))),
            (false, true, false) => found.push(of(case, Fared::Notation, named(&notation))),
            _ => {}
        }
    }
    if !one {
        let gone = old
            .units
            .iter()
            .filter(|unit| old.goes_on(unit) && !unit.rows[0].is_empty());
        let gone = gone.filter(|unit| !new.units.iter().any(|known| known.case == unit.case));
        found.extend(gone.map(|unit| of(unit.case.as_ref(), Fared::Dropped, Vec::new())));
    }
    if recoded {
        found.push(ItemChange {
            code: to,
            fared: Fared::Recoded,
            from: Some(from),
            elements: named(&all),
            ..change
        });
    }
    found
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
pub fn stale(last: &Uniformity, steps: &[&Changes]) -> Vec<StaleItem> {
    let key = |code: &str, name: &str| if code.is_empty() { name } else { code }.to_owned();
    let mut since: HashMap<(String, String), usize> = HashMap::new();
    // A region that was not there before came with all that it has.
    let mut came: HashMap<&str, usize> = HashMap::new();
    for (at, step) in steps.iter().enumerate() {
        came.extend(
            step.regions
                .iter()
                .filter(|region| region.came)
                .map(|region| (&*region.region, at)),
        );
        let told = step.items.iter().filter(|change| !change.directory);
        for change in told.filter(|change| change.fared != Fared::Notation) {
            since.insert((change.region.clone(), key(&change.code, &change.name)), at);
        }
    }
    let mut items = BTreeSet::new();
    for item in &last.items {
        for region in item.present.iter().filter_map(|&side| last.regions.get(side)) {
            let known = since.get(&(region.id.clone(), key(&item.code, &item.name)));
            items.insert(StaleItem {
                since: known.copied().max(came.get(&*region.id).copied()),
                region: region.id.clone(),
                region_name: region.name.clone(),
                code: item.code.clone(),
                name: item.name.clone(),
            });
        }
    }
    items.into_iter().collect()
}

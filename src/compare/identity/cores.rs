//! What 是 makes one item, and what of the items that carry the same codes cannot go with it: two rows of one region are not made one
//! item by the way.
//!
//! Must not know how a decision finds its rows, nor how groups are parted.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::group::Groups;

/// The rows of one side that were put into one group by their own code or name.
pub(super) type Atom = (u16, u32);

/// The regions of the rows of each atom: a side may hold several.
pub(super) type Regions = BTreeMap<Atom, BTreeSet<usize>>;

/// What decisions make one.
#[derive(Clone, Debug, Default)]
pub(super) struct Core {
    pub atoms: BTreeSet<Atom>,
    /// The decisions.
    pub by: Vec<usize>,
    /// Where it cannot be: the atoms that are in one region.
    pub twice: BTreeSet<Atom>,
}

/// What goes together by decisions (two atoms and the number of the decision): what can be one item, and what cannot. Several atoms of
/// one region are one only where a decision says so of them, and not by way of another region.
pub(super) fn of(same: impl Iterator<Item = (Atom, Atom, usize)>, regions: &Regions) -> (Vec<Core>, Vec<Core>) {
    let mut next: BTreeMap<Atom, BTreeMap<Atom, usize>> = BTreeMap::new();
    let mut by: BTreeMap<Atom, BTreeSet<usize>> = BTreeMap::new();
    for (left, right, decision) in same {
        for (from, to) in [(left, right), (right, left)] {
            next.entry(from).or_default().entry(to).or_insert(decision);
            by.entry(from).or_default().insert(decision);
        }
    }
    let reached = |from: Atom, within: &dyn Fn(Atom) -> bool| {
        let mut seen = BTreeSet::from([from]);
        let mut way = vec![from];
        while let Some(at) = way.pop() {
            for &to in next.get(&at).into_iter().flat_map(BTreeMap::keys) {
                if within(to) && seen.insert(to) {
                    way.push(to);
                }
            }
        }
        seen
    };
    let mut seen: BTreeSet<Atom> = BTreeSet::new();
    let (mut good, mut colliding) = (Vec::new(), Vec::new());
    for &first in next.keys() {
        if seen.contains(&first) {
            continue;
        }
        let atoms = reached(first, &|_| true);
        seen.extend(&atoms);
        let decisions: BTreeSet<usize> = atoms
            .iter()
            .flat_map(|atom| by.get(atom).into_iter().flatten().copied())
            .collect();
        let mut core = Core {
            atoms,
            by: decisions.into_iter().collect(),
            twice: BTreeSet::new(),
        };
        for (_, here) in by_region(&core.atoms, regions) {
            let Some(&first) = here.first() else { continue };
            if reached(first, &|to| here.contains(&to)) != here {
                core.twice.extend(here);
            }
        }
        match core.twice.is_empty() {
            true => good.push(core),
            false => colliding.push(core),
        }
    }
    (good, colliding)
}

fn by_region(atoms: &BTreeSet<Atom>, regions: &Regions) -> BTreeMap<usize, BTreeSet<Atom>> {
    let mut out: BTreeMap<usize, BTreeSet<Atom>> = BTreeMap::new();
    for atom in atoms {
        for &region in regions.get(atom).into_iter().flatten() {
            out.entry(region).or_default().insert(*atom);
        }
    }
    out
}

/// Which sides of a group that a code made are to be parted.
#[derive(Default)]
pub(super) struct Against {
    /// By group.
    pub pairs: BTreeMap<u32, Vec<(u16, u16)>>,
    /// What does not go with a core, known by one of its atoms, though it carries a code of it.
    pub left_out: Vec<(Atom, BTreeSet<Atom>)>,
}

/// Works out what is to be parted: what 否 says (`not`), and what 是 says by the way. What hangs on a core by its code stays with it but
/// where a region would then be there twice, or a 否 would be broken.
pub(super) fn against(not: &[(Atom, Atom)], cores: &[Core], regions: &Regions) -> Against {
    let mut out = Against::default();
    for (left, right) in not.iter().filter(|(left, right)| left.1 == right.1) {
        out.pairs.entry(left.1).or_default().push((left.0, right.0));
    }
    let refused = |one: Atom, other: Atom| not.contains(&(one, other)) || not.contains(&(other, one));
    let empty = BTreeSet::new();
    let of = |atom: &Atom| regions.get(atom).unwrap_or(&empty);
    for core in cores {
        let origins: BTreeSet<u32> = core.atoms.iter().map(|atom| atom.1).collect();
        let hanging: Vec<Atom> = regions
            .keys()
            .filter(|atom| origins.contains(&atom.1) && !core.atoms.contains(atom))
            .copied()
            .collect();
        // What another core holds goes with all of it or not at all.
        let whole = |atom: Atom| {
            let held = cores.iter().find(|other| other.atoms.contains(&atom));
            held.map_or_else(|| vec![atom], |held| held.atoms.iter().copied().collect())
        };
        let contradicts = |atom: Atom| {
            let own = whole(atom);
            let others = core.atoms.iter().chain(&hanging).copied();
            others.filter(|other| !own.contains(other)).any(|other| {
                own.iter()
                    .any(|&mine| (mine.1 != other.1 && !of(&mine).is_disjoint(of(&other))) || refused(mine, other))
            })
        };
        let left_out: BTreeSet<Atom> = hanging.iter().copied().filter(|&atom| contradicts(atom)).collect();
        for atom in &left_out {
            let held = core.atoms.iter().filter(|held| held.1 == atom.1);
            out.pairs
                .entry(atom.1)
                .or_default()
                .extend(held.map(|held| (held.0, atom.0)));
        }
        if let (Some(&first), false) = (core.atoms.first(), left_out.is_empty()) {
            out.left_out.push((first, left_out));
        }
    }
    out
}

/// Holds cores against the groups as they are after parting (`now` gives where an atom went): those that would still make one item of
/// several of one region, by way of each other, or of what is held apart, are not applied.
pub(super) fn fit(
    cores: Vec<Core>,
    now: &dyn Fn(Atom) -> u32,
    groups: &Groups,
    regions: &Regions,
) -> (Vec<Core>, Vec<Core>) {
    // The cores that meet in a group, by the first of them.
    let mut first: Vec<usize> = (0..cores.len()).collect();
    let mut at_group: HashMap<u32, usize> = HashMap::default();
    for (at, core) in cores.iter().enumerate() {
        for &atom in &core.atoms {
            let met = *at_group.entry(now(atom)).or_insert(at);
            let (one, other) = (first[met], first[at]);
            first
                .iter_mut()
                .filter(|root| **root == one.max(other))
                .for_each(|root| *root = one.min(other));
        }
    }
    let mut kept = Vec::new();
    let mut dropped = Vec::new();
    let mut meeting: BTreeMap<usize, Vec<Core>> = BTreeMap::new();
    for (root, core) in first.into_iter().zip(cores) {
        meeting.entry(root).or_default().push(core);
    }
    for (_, cores) in meeting {
        let numbers: BTreeSet<u32> = cores
            .iter()
            .flat_map(|core| &core.atoms)
            .map(|&atom| now(atom))
            .collect();
        let all: BTreeSet<Atom> = regions
            .keys()
            .copied()
            .filter(|&atom| numbers.contains(&now(atom)))
            .collect();
        let mut twice: BTreeSet<Atom> = BTreeSet::new();
        for (_, here) in by_region(&all, regions) {
            let one_core = cores.iter().any(|core| core.atoms.is_superset(&here));
            if here.len() > 1 && !one_core {
                twice.extend(here);
            }
        }
        let apart = groups.held_apart(numbers.iter().filter_map(|&at| groups.get(at as usize)));
        if twice.is_empty() && !apart {
            kept.extend(cores);
            continue;
        }
        let by: BTreeSet<usize> = cores.iter().flat_map(|core| core.by.iter().copied()).collect();
        dropped.push(Core {
            by: by.into_iter().collect(),
            twice: if twice.is_empty() { all } else { twice },
            ..Core::default()
        });
    }
    (kept, dropped)
}

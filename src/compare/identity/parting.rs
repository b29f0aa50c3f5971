//! Parting: what a common code put into one group and a person holds apart. Who of the others goes with whom is told by names and types;
//! where they do not tell, by nothing: it stays alone, and a person is asked.
//!
//! Must not know where the decisions come from.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::cores::{Atom, Core};
use super::group::{Group, Groups};
use super::join::UNCLEAR;
use super::keys::{Key, Keys};
use super::similar::{MARGIN, propose};
use super::wording;
use crate::model::{PairedBy, Pairing, PairingNote, Proposal, TextPool};

/// What an equal type is worth beside the likeness of names.
const SAME_TYPE: f64 = 0.1;

/// Shares out the sides of each group so that no two are together that are `against` each other. Gives where each side of a parted group
/// went.
pub(super) fn part(
    against: &BTreeMap<u32, Vec<(u16, u16)>>,
    cores: &[Core],
    keys: &Keys,
    groups: &mut Groups,
    proposals: &mut Vec<Proposal>,
) -> HashMap<Atom, u32> {
    let mut moved: HashMap<Atom, u32> = HashMap::default();
    for (&origin, against) in against {
        let Some(group) = groups.list[origin as usize].take() else {
            continue;
        };
        let core = |side: u16| cores.iter().position(|core| core.atoms.contains(&(side, origin)));
        let shared = Sharing {
            group: &group,
            pool: &keys.pool,
            against,
        }
        .parts(&core);
        let mut numbers: Vec<u32> = Vec::new();
        for (at, part) in shared.parts.iter().enumerate() {
            let number = if at == 0 {
                origin
            } else {
                u32::try_from(groups.list.len()).unwrap_or(u32::MAX)
            };
            numbers.push(number);
            let mut rows = group.rows.clone();
            rows.retain(|key| part.contains(&key.side));
            for key in &mut rows {
                key.origin = number;
                moved.insert((key.side, origin), number);
            }
            let new = Some(Group { rows, pairing: None });
            if at == 0 {
                groups.list[origin as usize] = new;
            } else {
                groups.list.push(new);
            }
        }
        let unclear = Pairing {
            by: PairedBy::Similarity,
            confidence: UNCLEAR,
        };
        for (one, other) in shared.unclear {
            // A person is asked, and no name decides it by the way.
            let (one, other) = (numbers[one], numbers[other]);
            groups.apart.insert((one.min(other), one.max(other)));
            let pair = [one, other].map(|at| groups.get(at as usize));
            if let [Some(one), Some(other)] = pair {
                let notes = vec![PairingNote::SameCode, PairingNote::Several];
                proposals.extend(propose(&keys.pool, [one, other], unclear, notes, false));
            }
        }
    }
    moved
}

struct Sharing<'a> {
    group: &'a Group,
    pool: &'a TextPool,
    against: &'a [(u16, u16)],
}

/// The parts of a group.
struct Shared {
    parts: Vec<BTreeSet<u16>>,
    /// Pairs of parts of which nothing tells whether they are one.
    unclear: Vec<(usize, usize)>,
}

type Part = BTreeSet<u16>;

impl Sharing<'_> {
    fn hostile(&self, one: &Part, other: &Part) -> bool {
        let between = |l: &u16, r: &u16| one.contains(l) && other.contains(r);
        self.against.iter().any(|(l, r)| between(l, r) || between(r, l))
    }

    /// `core` gives the core that a side is in.
    fn parts(&self, core: &dyn Fn(u16) -> Option<usize>) -> Shared {
        let sides: BTreeSet<u16> = self.group.rows.iter().map(|key| key.side).collect();
        let mut by_core: BTreeMap<(Option<usize>, u16), Part> = BTreeMap::new();
        for side in sides {
            let core = core(side);
            let alone = if core.is_some() { 0 } else { side };
            by_core.entry((core, alone)).or_default().insert(side);
        }
        let spoken = |part: &Part| self.against.iter().any(|(l, r)| part.contains(l) || part.contains(r));
        let (spoken, free): (Vec<Part>, Vec<Part>) = by_core.into_values().partition(spoken);
        let mut parts = self.nearest(self.twins(spoken));
        parts.sort();
        // Of the others each goes to those that it is most like, if it is clear which.
        let mut joined = parts.clone();
        let mut undecided: Vec<(Part, Vec<usize>)> = Vec::new();
        for part in free {
            let scores: Vec<f64> = parts.iter().map(|other| self.score(&part, other)).collect();
            let best = scores.iter().copied().fold(0.0, f64::max);
            let as_likely: Vec<usize> = (0..parts.len()).filter(|&at| best - scores[at] < MARGIN).collect();
            match as_likely.as_slice() {
                [one] => joined[*one].extend(&part),
                _ => undecided.push((part, as_likely)),
            }
        }
        let mut unclear: BTreeSet<(usize, usize)> = BTreeSet::new();
        if !undecided.is_empty() {
            // They have one code, and nothing is against it.
            let rest = joined.len();
            joined.push(undecided.iter().flat_map(|(part, _)| part.iter().copied()).collect());
            unclear.extend(
                undecided
                    .iter()
                    .flat_map(|(_, others)| others.iter().map(|&other| (other, rest))),
            );
        }
        Shared {
            parts: joined,
            unclear: unclear.into_iter().collect(),
        }
    }

    /// Parts that the same others are against are one: the code says so, and nobody else tells them apart.
    fn twins(&self, parts: Vec<Part>) -> Vec<Part> {
        let mut by_foes: BTreeMap<Vec<usize>, Part> = BTreeMap::new();
        for part in &parts {
            let foes = parts.iter().enumerate().filter(|(_, other)| self.hostile(part, other));
            let foes: Vec<usize> = foes.map(|(at, _)| at).collect();
            by_foes.entry(foes).or_default().extend(part);
        }
        by_foes.into_values().collect()
    }

    /// Joins of the parts that may be one those that are most like each other, the most alike first, where neither has another that it is
    /// as like and that cannot be with both.
    fn nearest(&self, mut parts: Vec<Part>) -> Vec<Part> {
        loop {
            parts.sort();
            let mut best: Option<(f64, usize, usize)> = None;
            for one in 0..parts.len() {
                for other in one + 1..parts.len() {
                    if self.hostile(&parts[one], &parts[other]) {
                        continue;
                    }
                    let score = self.score(&parts[one], &parts[other]);
                    let rival = |of: usize, with: usize| {
                        (0..parts.len()).any(|third| {
                            third != of
                                && third != with
                                && self.hostile(&parts[third], &parts[with])
                                && !self.hostile(&parts[third], &parts[of])
                                && score - self.score(&parts[third], &parts[of]) < MARGIN
                        })
                    };
                    let clear = !rival(one, other) && !rival(other, one);
                    if clear && best.is_none_or(|(known, ..)| score > known) {
                        best = Some((score, one, other));
                    }
                }
            }
            let Some((_, one, other)) = best else { return parts };
            let taken = parts.remove(other);
            parts[one].extend(taken);
        }
    }

    /// How like the names of some sides are to those of others, from 0 to 1, and whether their types are equal.
    fn score(&self, one: &Part, other: &Part) -> f64 {
        let rows = |part: &Part| {
            let rows = self.group.rows.iter().filter(|key| part.contains(&key.side));
            rows.collect::<Vec<&Key>>()
        };
        let (ones, others) = (rows(one), rows(other));
        let pairs = |key: &Key| wording::pairs(self.pool.get(key.name));
        let mut likeness: f64 = 0.0;
        let mut same_type = false;
        for one in &ones {
            for other in &others {
                likeness = likeness.max(match one.name == other.name {
                    true => 1.0,
                    false => wording::alike(&pairs(one), &pairs(other)),
                });
                same_type |= one.kind == other.kind && one.kind != TextPool::EMPTY;
            }
        }
        likeness + if same_type { SAME_TYPE } else { 0.0 }
    }
}

//! Cases (业务办理项) of one item that nothing brought together and that may be one all the same: a person is asked. None is ever taken.
//!
//! Must not know how rows came to be one item, and brings none together.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cases::{Cases, Naming};
use super::group::{Group, Groups, case_of};
use super::join::{MOST, UNCLEAR};
use super::keys::{DIRECTORY, Key};
use super::wording;
use crate::model::{PairedBy, Pairing, PairingNote, Proposal, RowId, TextPool};

/// How sure a pair is whose names have nothing in common, and how much more one is whose names are equal.
const NOTHING: f64 = 0.3;
const EQUAL: f64 = 0.4;
/// The share of characters in pairs that two cases have in common before they are asked about although others are left.
const ALIKE: f64 = 0.3;

/// One case over the sides that have it.
struct Case {
    sides: BTreeSet<usize>,
    /// The first row, and how the case is called there.
    first: (RowId, usize, String),
    pairs: Vec<(char, char)>,
    turning: Vec<String>,
    rows: Vec<RowId>,
}

/// Pairs of cases that no side has both of, whose names do not contradict each other: those that are most alike, and
/// those that can be nothing else.
pub(super) fn proposals(groups: &Groups, pool: &TextPool, naming: &Naming<'_>, sides: usize) -> Vec<Proposal> {
    let all: Vec<&Group> = groups.each().map(|(_, group)| group).collect();
    all.into_par_iter()
        .flat_map_iter(|group| of_group(group, pool, naming, sides))
        .collect()
}

fn of_group(group: &Group, pool: &TextPool, naming: &Naming<'_>, sides: usize) -> Vec<Proposal> {
    let found = found(group, pool, naming, sides);
    let may_be = |one: &Case, other: &Case| {
        one.sides.is_disjoint(&other.sides) && naming.may_be((&one.rows, &one.turning), (&other.rows, &other.turning))
    };
    let pairs = (0..found.len()).flat_map(|one| (one + 1..found.len()).map(move |other| (one, other)));
    let pairs: Vec<(usize, usize, f64)> = pairs
        .filter(|&(one, other)| may_be(&found[one], &found[other]))
        .map(|(one, other)| (one, other, wording::alike(&found[one].pairs, &found[other].pairs)))
        .collect();
    // Whether no other is more like a case, and how many are as much.
    let beside = |at: usize, alike: f64| {
        let own = pairs.iter().filter(move |(one, other, _)| *one == at || *other == at);
        let first = own.clone().all(|(.., other)| *other <= alike);
        (first, own.filter(|(.., other)| *other >= alike).count())
    };
    let lone = |at: usize| {
        pairs
            .iter()
            .filter(|(one, other, _)| *one == at || *other == at)
            .count()
            == 1
    };
    let asked = pairs.iter().filter_map(|&(one, other, alike)| {
        let both = [one, other].map(|at| beside(at, alike));
        let nearest = alike >= ALIKE && both.iter().all(|(first, _)| *first);
        let several = both.iter().any(|(_, count)| *count > 1);
        (nearest || (lone(one) && lone(other))).then_some((one, other, alike, several))
    });
    asked
        .take(MOST)
        .filter_map(|(one, other, alike, several)| {
            let (left, right) = (&found[one], &found[other]);
            let said = |case: &Case| {
                let key = group.rows.iter().find(|key| key.row == case.first.0)?;
                Some((pool.get(key.code).to_owned(), called(key, &case.first.2, pool)))
            };
            let mut notes = vec![PairingNote::OneItem];
            notes.extend(several.then_some(PairingNote::Several));
            let (told, other_told) = (said(left)?, said(right)?);
            Some(Proposal {
                left: told,
                left_region: Some(left.first.1),
                left_row: left.first.0,
                right: other_told,
                right_region: Some(right.first.1),
                right_row: right.first.0,
                pairing: Pairing {
                    by: PairedBy::Similarity,
                    confidence: if several { UNCLEAR } else { NOTHING + EQUAL * alike },
                },
                notes,
                taken: false,
            })
        })
        .collect()
}

/// Item and case, as a decision finds it again.
fn called(key: &Key, case: &str, pool: &TextPool) -> String {
    match key.case == TextPool::EMPTY {
        true => pool.get(key.name).to_owned(),
        false => format!("{}（{case}）", pool.get(key.bare)),
    }
}

/// The cases of an item that some sides have and others do not; none where less than two sides have cases.
fn found(group: &Group, pool: &TextPool, naming: &Naming<'_>, sides: usize) -> Vec<Case> {
    let mut count = vec![0_usize; sides];
    let listed = || group.rows.iter().filter(|key| key.side != DIRECTORY);
    for key in listed() {
        count[usize::from(key.side)] += 1;
    }
    let with_rows = count.iter().filter(|count| **count > 0).count();
    if with_rows < 2 || count.iter().all(|count| *count < 2) {
        return Vec::new();
    }
    let mut rows: Vec<&Key> = listed().collect();
    rows.sort_unstable_by_key(|key| key.row);
    let mut own: Vec<Cases> = vec![Vec::new(); sides];
    for key in rows {
        let side = usize::from(key.side);
        own[side].push((key.row, case_of(key, count[side] > 1, pool)));
    }
    let names = group.names(pool);
    let mut aligned = own.clone();
    naming.align(&mut aligned, &names);
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for (side, (own, aligned)) in own.into_iter().zip(aligned).enumerate() {
        for ((row, own), (_, label)) in own.into_iter().zip(aligned) {
            let (Some(own), Some(label)) = (own, label) else {
                continue;
            };
            let case = cases.entry(label).or_insert_with(|| {
                let loose = naming.shortest(&own, side, &names);
                Case {
                    sides: BTreeSet::new(),
                    pairs: wording::pairs(&loose),
                    turning: naming.turning(&own, side, &names),
                    first: (row, side, own),
                    rows: Vec::new(),
                }
            });
            case.sides.insert(side);
            case.rows.push(row);
        }
    }
    let mut cases: Vec<Case> = cases
        .into_values()
        .filter(|case| case.sides.len() < with_rows)
        .collect();
    cases.sort_by(|a, b| (a.first.1, &a.first.2).cmp(&(b.first.1, &b.first.2)));
    cases
}

//! The units of comparison of one item: the item as a whole, or its cases and what is left of them (design page, section 4, point 2).
//!
//! Must not know how rows came to be one item.

use std::collections::BTreeMap;

use super::Unit;
use super::cases::Naming;
use crate::model::RowId;

/// The units of comparison: the whole item where no side divides it; else one per case, and one over the whole item where some
/// sides divide it and others do not, or divide it into cases that nobody else has.
pub(super) fn units(cases: &[Vec<(RowId, Option<String>)>]) -> Vec<Unit> {
    let sides = cases.len();
    let differ = |rows: &Vec<(RowId, Option<String>)>| rows.windows(2).any(|pair| pair[0].1 != pair[1].1);
    let divides: Vec<bool> = cases.iter().map(differ).collect();
    let whole = |union: Vec<bool>| Unit {
        case: None,
        rows: cases
            .iter()
            .map(|rows| rows.iter().map(|(row, _)| *row).collect())
            .collect(),
        union,
        rest: false,
    };
    if !divides.contains(&true) {
        // The case is only named where all rows are of the same one; one row pairs with one row whatever they are called.
        let mut names = cases.iter().flatten().map(|(_, case)| case);
        let first = names.next().cloned().flatten();
        let case = first.filter(|first| names.all(|case| case.as_ref() == Some(first)));
        return vec![Unit {
            case,
            ..whole(vec![false; sides])
        }];
    }
    let mut by_case: BTreeMap<&str, Unit> = BTreeMap::new();
    for (side, rows) in cases.iter().enumerate().filter(|(side, _)| divides[*side]) {
        for (row, case) in rows {
            let unit = by_case
                .entry(case.as_deref().unwrap_or_default())
                .or_insert_with_key(|case| Unit {
                    case: (!case.is_empty()).then(|| (*case).to_owned()),
                    rows: vec![Vec::new(); sides],
                    union: vec![false; sides],
                    rest: false,
                });
            unit.rows[side].push(*row);
        }
    }
    // A side that divides the item into cases that nobody else has can only be held against the others whole.
    let mut undivided = false;
    // A side with one row that is one of the cases has that case only; any other single row stands for the whole item.
    for (side, rows) in cases
        .iter()
        .enumerate()
        .filter(|(side, rows)| !divides[*side] && !rows.is_empty())
    {
        let case = rows.first().and_then(|(_, case)| case.as_deref());
        match case.and_then(|case| by_case.get_mut(case)) {
            Some(unit) => unit.rows[side].extend(rows.iter().map(|(row, _)| *row)),
            None => undivided = true,
        }
    }
    let there = |rows: &&Vec<RowId>| !rows.is_empty();
    let shares = |side: usize| {
        let mut own = by_case.values().filter(|unit| !unit.rows[side].is_empty());
        own.any(|unit| unit.rows.iter().filter(there).count() > 1)
    };
    let several = cases.iter().filter(|rows| !rows.is_empty()).count() > 1;
    undivided |= several && (0..sides).any(|side| divides[side] && !shares(side));
    let mut units: Vec<Unit> = Vec::new();
    if undivided {
        units.push(whole(divides));
    }
    units.extend(by_case.into_values());
    units
}

/// What is left where some cases of an item paired: the cases of two or more sides that no other side has, and that may be one all the
/// same, as one unit. Without it one pair would hide all that the others say.
pub(super) fn rest(units: &[Unit], naming: &Naming<'_>, names: &[&str]) -> Option<Unit> {
    let sides = units.first()?.rows.len();
    if units.iter().any(|unit| unit.union.contains(&true)) {
        return None;
    }
    let alone: Vec<(usize, &Vec<RowId>, Vec<String>)> = units
        .iter()
        .filter_map(|unit| {
            let mut there = (0..sides).filter(|&side| !unit.rows[side].is_empty());
            let (Some(side), None) = (there.next(), there.next()) else {
                return None;
            };
            let case = unit.case.as_deref().unwrap_or_default();
            Some((side, &unit.rows[side], naming.turning(case, side, names)))
        })
        .collect();
    let mut rest = Unit {
        case: None,
        rows: vec![Vec::new(); sides],
        union: vec![false; sides],
        rest: true,
    };
    for (side, rows, turning) in &alone {
        let mut others = alone.iter().filter(|(other, ..)| other != side);
        if others.any(|(_, other, turns)| naming.may_be((rows, turning), (other, turns))) {
            rest.rows[*side].extend(*rows);
            rest.union[*side] = true;
        }
    }
    rest.rows.iter_mut().for_each(|rows| rows.sort_unstable());
    rest.union.contains(&true).then_some(rest)
}

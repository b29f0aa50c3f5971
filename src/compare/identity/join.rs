//! Joining: groups of rows that are one item without a common code come together, by the code of the national directory, by their
//! names, by their names without the words that say nothing. Wrong pairs are worse than missed ones: where it is not clear which of
//! several is meant, all of them stay alone.
//!
//! Must not know similarity.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::group::{Group, Groups};
use super::keys::Key;
use super::similar::propose;
use crate::model::{PairedBy, Pairing, PairingNote, Proposal, TextId, TextPool};

/// One way of finding names equal.
pub(super) struct Pass {
    /// Why.
    pub by: PairedBy,
    /// How sure, where the item types are equal too.
    pub confidence: f64,
    /// What is said of it.
    pub note: PairingNote,
    /// Whether pairs that are taken are told of.
    pub told: bool,
}

/// What a type costs that one side does not say, or that the sides say otherwise.
const TYPE_UNSAID: f64 = 0.02;
const TYPE_DIFFERS: f64 = 0.08;
/// What it costs that there are several items of the name, told apart by type, body or case.
const SEVERAL: f64 = 0.03;

/// How the types of groups stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Types {
    Same,
    Unsaid,
    Differ,
}

pub(super) fn types<'g>(groups: impl Iterator<Item = &'g Group>) -> Types {
    let mut common: Option<Vec<TextId>> = None;
    let mut unsaid = false;
    for group in groups {
        let mut kinds: Vec<TextId> = group.rows.iter().map(|key| key.kind).collect();
        kinds.retain(|kind| *kind != TextPool::EMPTY);
        if kinds.is_empty() {
            unsaid = true;
            continue;
        }
        match &mut common {
            None => common = Some(kinds),
            Some(common) => common.retain(|kind| kinds.contains(kind)),
        }
    }
    match common {
        Some(common) if common.is_empty() => Types::Differ,
        Some(_) if !unsaid => Types::Same,
        _ => Types::Unsaid,
    }
}

/// Lists of different provinces meet at the code of the national directory; several items under one national code are told apart by
/// name.
pub(super) fn by_national_code(groups: &mut Groups, pool: &TextPool) {
    let mut by_code: HashMap<TextId, Vec<usize>> = HashMap::default();
    for (at, group) in groups.each() {
        for key in group.rows.iter().filter(|key| key.national != TextPool::EMPTY) {
            let found = by_code.entry(key.national).or_default();
            if found.last() != Some(&at) {
                found.push(at);
            }
        }
    }
    let mut several: Vec<(&str, Vec<usize>)> = by_code
        .into_iter()
        .filter(|(_, found)| found.len() > 1)
        .map(|(code, found)| (pool.get(code), found))
        .collect();
    several.sort_unstable();
    for (_, found) in several {
        let mut found: Vec<usize> = found.into_iter().filter(|&at| groups.get(at).is_some()).collect();
        sort(&mut found, groups, pool);
        if whole(groups, &found) {
            merge_all(groups, &found, None);
            continue;
        }
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in found {
            by_name
                .entry(groups.get(at).map_or("", |group| group.name(pool)))
                .or_default()
                .push(at);
        }
        for same in by_name.into_values() {
            if whole(groups, &same) {
                merge_all(groups, &same, None);
            }
        }
    }
}

/// Groups that have a name in common become one where each side has it once; else they are told apart by type, then by body, then by
/// case. `name` gives what must be equal of a row's name. What stays unclear is proposed.
pub(super) fn by_name(
    groups: &mut Groups,
    pool: &TextPool,
    pass: &Pass,
    name: &dyn Fn(&Key) -> TextId,
    proposals: &mut Vec<Proposal>,
) {
    let mut by_name: HashMap<TextId, Vec<usize>> = HashMap::default();
    // What every side has already takes part in nothing.
    for (at, group) in groups.each().filter(|(_, group)| group.sides() < groups.every) {
        for key in &group.rows {
            let name = name(key);
            let found = by_name.entry(name).or_default();
            if name != TextPool::EMPTY && found.last() != Some(&at) {
                found.push(at);
            }
        }
    }
    let mut several: Vec<(&str, Vec<usize>)> = by_name
        .into_iter()
        .filter(|(_, found)| found.len() > 1)
        .map(|(name, found)| (pool.get(name), found))
        .collect();
    several.sort_unstable();
    for (_, mut found) in several {
        found.retain(|&at| groups.get(at).is_some());
        sort(&mut found, groups, pool);
        settle(groups, pool, pass, found, proposals);
    }
}

fn settle(groups: &mut Groups, pool: &TextPool, pass: &Pass, found: Vec<usize>, proposals: &mut Vec<Proposal>) {
    if found.len() < 2 {
        return;
    }
    let mut left = found;
    for (step, told_apart) in [nothing, by_type, by_body, by_case].into_iter().enumerate() {
        let mut parts: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for &at in &left {
            if let Some(group) = groups.get(at) {
                parts.entry(told_apart(group, pool)).or_default().push(at);
            }
        }
        let parts: Vec<(bool, Vec<usize>)> = parts
            .into_iter()
            .map(|(key, part)| (step > 0 && key.iter().any(|text| text.is_empty()), part))
            .collect();
        for (unsaid, part) in parts {
            let types = types(part.iter().filter_map(|&at| groups.get(at)));
            if unsaid
                || part.len() < 2
                || (types == Types::Differ && pass.by == PairedBy::Similarity)
                || !whole(groups, &part)
            {
                continue;
            }
            let less = match types {
                Types::Same => 0.0,
                Types::Unsaid => TYPE_UNSAID,
                Types::Differ => TYPE_DIFFERS,
            };
            let several = if step > 0 { SEVERAL } else { 0.0 };
            let pairing = Pairing {
                by: pass.by,
                confidence: pass.confidence - less - several,
            };
            merge_told(groups, pool, pass, &part, pairing, proposals);
        }
        left.retain(|&at| groups.get(at).is_some());
        if left.len() < 2 {
            return;
        }
    }
    for part in held_alike(groups, &left) {
        let types = types(part.iter().filter_map(|&at| groups.get(at)));
        if types == Types::Differ {
            continue;
        }
        let less = if types == Types::Unsaid { TYPE_UNSAID } else { 0.0 };
        let pairing = Pairing {
            by: pass.by,
            confidence: pass.confidence - less - SEVERAL,
        };
        merge_told(groups, pool, pass, &part, pairing, proposals);
    }
    left.retain(|&at| groups.get(at).is_some());
    // A name that many have says nothing, and nobody would go through all pairs of them.
    let pairs = left
        .iter()
        .enumerate()
        .flat_map(|(at, one)| left[at + 1..].iter().map(move |other| (*one, *other)));
    for (one, other) in pairs.take(MOST) {
        let (Some(one), Some(other)) = (groups.get(one), groups.get(other)) else {
            continue;
        };
        if groups.fit([one, other].into_iter()) {
            let pairing = Pairing {
                by: pass.by,
                confidence: UNCLEAR,
            };
            let mut notes = vec![pass.note.clone()];
            notes.extend((left.len() > 2).then_some(PairingNote::Several));
            proposals.extend(propose(pool, [one, other], pairing, notes, false));
        }
    }
}

/// How sure a pair is that is only proposed, for another one is as likely.
pub(super) const UNCLEAR: f64 = 0.5;
/// Pairs of groups of one name that are looked at for a proposal.
pub(super) const MOST: usize = 64;

fn nothing<'p>(_: &Group, _: &'p TextPool) -> Vec<&'p str> {
    Vec::new()
}

fn texts<'p>(group: &Group, pool: &'p TextPool, of: impl Fn(&Key) -> TextId) -> Vec<&'p str> {
    let mut texts: Vec<&str> = group.rows.iter().map(|key| pool.get(of(key))).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn by_type<'p>(group: &Group, pool: &'p TextPool) -> Vec<&'p str> {
    texts(group, pool, |key| key.kind)
}

/// By the end of the body's name, without its place: bodies of two places have one only where their names say so.
fn by_body<'p>(group: &Group, pool: &'p TextPool) -> Vec<&'p str> {
    let mut said = by_type(group, pool);
    said.extend(texts(group, pool, |key| key.body).into_iter().map(department));
    said
}

fn by_case<'p>(group: &Group, pool: &'p TextPool) -> Vec<&'p str> {
    let mut said = by_type(group, pool);
    said.extend(texts(group, pool, |key| key.case));
    said
}

/// A body's name without the place in front: 教育局 of 甲市教育局.
fn department(body: &str) -> &str {
    let place = ['省', '市', '县', '区', '州', '旗', '盟'];
    let mut ends = body.char_indices().rev().filter(|(_, c)| place.contains(c));
    ends.find_map(|(at, c)| {
        let rest = &body[at + c.len_utf8()..];
        rest.chars().nth(1).map(|_| rest)
    })
    .unwrap_or(body)
}

fn whole(groups: &Groups, found: &[usize]) -> bool {
    found.len() > 1 && groups.fit(found.iter().filter_map(|&at| groups.get(at)))
}

/// Of groups that could be one but for what a person holds apart those that the same others are held apart from: nothing tells them apart.
/// Who may go with either of two that are held apart goes with neither by chance.
fn held_alike(groups: &Groups, found: &[usize]) -> Vec<Vec<usize>> {
    let of = |at: usize| groups.get(at);
    if groups.apart.is_empty() || !groups.fit_but_for_decisions(found.iter().filter_map(|&at| of(at))) {
        return Vec::new();
    }
    let mut by_foes: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for &at in found {
        let foes = found
            .iter()
            .filter(|&&other| other != at && groups.held_apart([of(at), of(other)].into_iter().flatten()));
        by_foes.entry(foes.copied().collect()).or_default().push(at);
    }
    by_foes.into_values().filter(|part| part.len() > 1).collect()
}

fn merge_told(
    groups: &mut Groups,
    pool: &TextPool,
    pass: &Pass,
    part: &[usize],
    pairing: Pairing,
    proposals: &mut Vec<Proposal>,
) {
    if let (true, [first, others @ ..]) = (pass.told, part) {
        proposals.extend(others.iter().filter_map(|&other| {
            let pair = [groups.get(*first)?, groups.get(other)?];
            propose(pool, pair, pairing, vec![pass.note.clone()], true)
        }));
    }
    merge_all(groups, part, Some(pairing));
}

fn merge_all(groups: &mut Groups, found: &[usize], pairing: Option<Pairing>) {
    if let [first, others @ ..] = found {
        for &other in others {
            groups.merge(*first, other, pairing);
        }
    }
}

/// In an order that does not depend on that of the inputs.
pub(super) fn sort(found: &mut [usize], groups: &Groups, pool: &TextPool) {
    found.sort_by_cached_key(|&at| {
        groups.get(at).map(|group| {
            let first = group.first_row(pool);
            let case = first.map(|key| (pool.get(key.case).to_owned(), pool.get(key.kind).to_owned()));
            (
                group.first_side(),
                group.code(pool).to_owned(),
                group.name(pool).to_owned(),
                case,
            )
        })
    });
}

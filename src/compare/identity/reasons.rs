//! Reasons to ask: items that nothing joined and that may be one all the same. One name under other codes of one system; another name
//! on the same legal basis with the same papers. They are proposed, and never taken: a code that is given out says that they are two, and
//! what one law wants of all its items is alike.
//!
//! Must not know how groups are joined, and joins none.

use std::collections::BTreeSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use super::Lists;
use super::group::{Group, Groups};
use super::join::{MOST, Types, UNCLEAR, sort, types};
use super::keys::{DIRECTORY, Keys};
use super::similar::propose;
use super::wording::{Loose, Wording, within};
use crate::forms::Forms;
use crate::model::{Citation, ElementId, PairedBy, Pairing, PairingNote, Proposal, RowId, TextId, TextPool, Value};
use crate::normalise::Kind;

/// How sure a pair of one name is that carries other codes of one system, and one of the same basis and papers. Neither is ever taken.
const OTHER_CODE: f64 = 0.75;
const SAME_GROUNDS: f64 = 0.7;
/// What it costs that a side does not say its type, that there is but one paper, that the codes of one system differ.
const TYPE_UNSAID: f64 = 0.02;
const ONE_PAPER: f64 = 0.1;
/// What it costs that only the articles are equal, not the paragraphs.
const BY_ARTICLE: f64 = 0.05;
const OTHER_CODE_TOO: f64 = 0.1;

/// Adds the pairs to what is proposed already. Of the papers it asks only where they are worked out already: `diff` works out what it
/// needs row by row.
pub(super) fn propose_all(
    lists: &Lists<'_>,
    forms: &Forms,
    keys: &Keys,
    groups: &Groups,
    proposals: &mut Vec<Proposal>,
) {
    let open: Vec<usize> = groups
        .each()
        .filter(|(_, group)| group.sides() < groups.every)
        .map(|(at, _)| at)
        .collect();
    let pool = &keys.pool;
    same_name(groups, pool, &open, proposals);
    let of_kind = |kind| {
        let mut elements = lists.profile.compared();
        elements.find_map(|(id, element)| (element.kind == kind && forms.ready(id)).then_some(id))
    };
    if let (Some(basis), Some(papers)) = (of_kind(Kind::Citations), of_kind(Kind::Materials)) {
        let grounds = Grounds { forms, basis, papers };
        same_grounds(lists, &grounds, groups, pool, &open, proposals);
    }
}

/// Whether groups carry other codes of one system, and nothing else holds them apart: no side has both, and nobody said so.
fn other_code(groups: &Groups, pair: [&Group; 2]) -> bool {
    !groups.fit(pair.into_iter()) && apart_by_codes_at_most(groups, pair)
}

fn apart_by_codes_at_most(groups: &Groups, [one, other]: [&Group; 2]) -> bool {
    let shared = |side: u16| other.rows.iter().any(|key| key.side == side);
    !one.rows.iter().any(|key| shared(key.side)) && !groups.held_apart([one, other].into_iter())
}

/// Pairs of the groups of one bucket that may be asked about, in an order that does not depend on that of the inputs, and whether no
/// side has two of them. A bucket that many share says nothing.
fn pairs<'g>(
    groups: &'g Groups,
    pool: &TextPool,
    mut bucket: Vec<usize>,
    fits: impl Fn([&Group; 2]) -> bool,
) -> (Vec<[&'g Group; 2]>, bool) {
    sort(&mut bucket, groups, pool);
    let bucket: Vec<&Group> = bucket.into_iter().filter_map(|at| groups.get(at)).collect();
    let all = bucket
        .iter()
        .enumerate()
        .flat_map(|(at, one)| bucket[at + 1..].iter().map(move |other| [*one, *other]));
    let found: Vec<[&Group; 2]> = all.take(MOST).filter(|pair| fits(*pair)).collect();
    let mut sides: HashSet<u16> = HashSet::default();
    let asked = |group: &&&Group| found.iter().flatten().any(|other| std::ptr::eq(**group, *other));
    let alone = bucket.iter().filter(asked).all(|group| {
        let own: HashSet<u16> = group.rows.iter().map(|key| key.side).collect();
        own.into_iter().all(|side| sides.insert(side))
    });
    (found, alone)
}

/// One name, and codes of one system that differ.
fn same_name(groups: &Groups, pool: &TextPool, open: &[usize], proposals: &mut Vec<Proposal>) {
    let mut by_name: HashMap<TextId, Vec<usize>> = HashMap::default();
    for &at in open {
        for key in groups.get(at).iter().flat_map(|group| &group.rows) {
            let found = by_name.entry(key.name).or_default();
            if key.name != TextPool::EMPTY && found.last() != Some(&at) {
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
    for (_, bucket) in several {
        let fits = |pair: [&Group; 2]| types(pair.into_iter()) != Types::Differ && other_code(groups, pair);
        let (found, alone) = pairs(groups, pool, bucket, fits);
        for pair in found {
            let pairing = pairing(alone, OTHER_CODE - unsaid(types(pair.into_iter())));
            let mut notes = vec![PairingNote::SameName, PairingNote::OtherCode];
            notes.extend((!alone).then_some(PairingNote::Several));
            proposals.extend(propose(pool, pair, pairing, notes, false));
        }
    }
}

fn unsaid(kinds: Types) -> f64 {
    if kinds == Types::Unsaid { TYPE_UNSAID } else { 0.0 }
}

fn pairing(alone: bool, confidence: f64) -> Pairing {
    Pairing {
        by: PairedBy::Similarity,
        confidence: if alone { confidence } else { UNCLEAR },
    }
}

/// What law and papers an item stands on.
struct Grounds<'a> {
    forms: &'a Forms,
    basis: ElementId,
    papers: ElementId,
}

impl Grounds<'_> {
    /// Numbers for the places in laws and the names of the papers of some rows, and for the articles alone (第五十一条 of 第五十一条第一款);
    /// none where either is not said, or not for certain.
    fn of(&self, rows: &[RowId]) -> Vec<Ground> {
        let number = |told: (BTreeSet<String>, &BTreeSet<String>)| FixedState::with_seed(0).hash_one(told);
        let places = self.entries(rows, self.basis, &Value::entries);
        let articles = self.entries(rows, self.basis, &articles);
        let Some(papers) = self.entries(rows, self.papers, &Value::entries) else {
            return Vec::new();
        };
        let both = [(false, places), (true, articles)].into_iter();
        both.filter_map(|(by_article, basis)| {
            Some(Ground {
                by_article,
                number: number((basis?, &papers)),
                one_paper: papers.len() == 1,
            })
        })
        .collect()
    }

    fn entries(
        &self,
        rows: &[RowId],
        element: ElementId,
        of: &dyn Fn(&Value) -> Vec<String>,
    ) -> Option<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        for &row in rows {
            match self.forms.get(row, element) {
                Value::Empty => {}
                value @ (Value::Citations(_) | Value::Materials(_)) => all.extend(of(value)),
                _ => return None,
            }
        }
        (!all.is_empty()).then_some(all)
    }
}

/// What some rows stand on, as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Ground {
    /// Whether paragraphs are left out.
    by_article: bool,
    number: u64,
    one_paper: bool,
}

/// The laws and articles of a basis; a law without an article says too little.
fn articles(value: &Value) -> Vec<String> {
    let Value::Citations(citations) = value else {
        return Vec::new();
    };
    let cited = citations.iter().map(|citation| Citation {
        paragraph: None,
        item: None,
        point: None,
        said: None,
        ..citation.clone()
    });
    match citations.iter().all(|citation| citation.article.is_some()) {
        true => cited.map(|citation| citation.to_string()).collect(),
        false => Vec::new(),
    }
}

/// The first word of a name, without what says nothing: what the item is about.
fn head(loose: &Loose) -> Vec<char> {
    loose.text.chars().take(2).collect()
}

/// Other names on the same basis with the same papers. A name that says what the other does not, and the other way round (设立, 变更), is
/// another item.
fn same_grounds(
    lists: &Lists<'_>,
    grounds: &Grounds<'_>,
    groups: &Groups,
    pool: &TextPool,
    open: &[usize],
    proposals: &mut Vec<Proposal>,
) {
    let read = |&at: &usize| {
        let mut by_side: HashMap<u16, Vec<RowId>> = HashMap::default();
        for key in groups.get(at).iter().flat_map(|group| &group.rows) {
            by_side.entry(key.side).or_default().push(key.row);
        }
        let mut found: Vec<Ground> = by_side.values().flat_map(|rows| grounds.of(rows)).collect();
        found.sort_unstable();
        found.dedup();
        (at, found)
    };
    let read: Vec<(usize, Vec<Ground>)> = open.par_iter().map(read).collect();
    let mut by_grounds: HashMap<Ground, Vec<usize>> = HashMap::default();
    for (at, found) in read {
        for ground in found {
            by_grounds.entry(ground).or_default().push(at);
        }
    }
    let mut several: Vec<(Ground, Vec<usize>)> = by_grounds.into_iter().collect();
    several.retain(|(_, bucket)| bucket.len() > 1);
    // Those that are equal to the paragraph first.
    several.sort_unstable_by_key(|(ground, _)| *ground);
    if several.is_empty() {
        return;
    }
    let wording = Wording::new(&lists.profile.vocabulary, lists.names().into_iter());
    let mut known: HashMap<(RowId, RowId), usize> = HashMap::default();
    for (at, proposal) in proposals.iter().enumerate() {
        known.entry((proposal.left_row, proposal.right_row)).or_insert(at);
    }
    let loose = |group: &Group| {
        let first = group.first_row(pool)?;
        let side = (first.side != DIRECTORY).then_some(usize::from(first.side));
        Some(wording.loose(pool.get(first.bare), side))
    };
    for (ground, bucket) in several {
        let fits = |pair: [&Group; 2]| {
            if types(pair.into_iter()) == Types::Differ || !apart_by_codes_at_most(groups, pair) {
                return false;
            }
            let [Some(one), Some(other)] = pair.map(&loose) else {
                return false;
            };
            (within(&one.turning, &other.turning) || within(&other.turning, &one.turning))
                && (!ground.by_article || head(&one) == head(&other))
        };
        let (found, alone) = pairs(groups, pool, bucket, fits);
        for pair in found {
            let mut confidence = SAME_GROUNDS - unsaid(types(pair.into_iter()));
            let reason = match ground.by_article {
                true => PairingNote::SameArticles,
                false => PairingNote::SameGrounds,
            };
            let mut notes = vec![reason.clone()];
            if ground.by_article {
                confidence -= BY_ARTICLE;
            }
            if ground.one_paper {
                confidence -= ONE_PAPER;
            }
            if other_code(groups, pair) {
                confidence -= OTHER_CODE_TOO;
                notes.push(PairingNote::OtherCode);
            }
            notes.extend((!alone).then_some(PairingNote::Several));
            let Some(new) = propose(pool, pair, pairing(alone, confidence), notes, false) else {
                continue;
            };
            match known.get(&(new.left_row, new.right_row)) {
                // One more reason for what is asked already.
                Some(&at) => {
                    let asked = &mut proposals[at];
                    let weaker = ground.by_article && asked.notes.contains(&PairingNote::SameGrounds);
                    if !weaker && !asked.notes.contains(&reason) {
                        asked.notes.insert(1.min(asked.notes.len()), reason);
                    }
                    if asked.pairing.confidence < new.pairing.confidence {
                        asked.pairing.confidence = new.pairing.confidence;
                    }
                }
                None => {
                    known.insert((new.left_row, new.right_row), proposals.len());
                    proposals.push(new);
                }
            }
        }
    }
}

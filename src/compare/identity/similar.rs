//! Similarity: items of which no name is equal, and which of them are taken for one. Pairs that differ in a word or a figure that makes
//! another item are not even proposed; what is taken must be far ahead of the next best on both sides.
//!
//! Must not know codes nor how names are folded.

use foldhash::HashMap;
use rayon::prelude::*;

use super::group::{Group, Groups};
use super::join::{Types, types};
use super::keys::{DIRECTORY, Key};
use super::wording::{self, Loose};
use crate::model::{PairedBy, Pairing, PairingNote, Proposal, TextId, TextPool};

/// From which likeness on (Dice over pairs of characters) a pair is proposed, and taken.
const PROPOSED: f64 = 0.6;
const TAKEN: f64 = 0.9;
/// How far the best must be ahead of the next.
pub(super) const MARGIN: f64 = 0.05;
/// Characters that may stand on one side only where a pair is taken.
const FEW: usize = 1;
/// Characters of a name that can be held against others.
const SHORTEST: usize = 4;
/// Names that share a pair of characters, above which it tells nothing.
const FREQUENT: usize = 200;
/// Candidates that are kept of each, and proposals.
const KEPT: usize = 16;
const SHOWN: usize = 3;

/// A group as it is held against others.
struct Entry<'a> {
    at: usize,
    loose: &'a Loose,
    pairs: Vec<(char, char)>,
}

/// Takes and proposes pairs. `loose` gives the folded name of a row.
pub(super) fn by_similarity<'a>(
    groups: &mut Groups,
    pool: &TextPool,
    open: &[usize],
    loose: &(dyn Fn(&Key) -> Option<&'a Loose> + Sync),
    proposals: &mut Vec<Proposal>,
) {
    let entries: Vec<Entry<'a>> = open
        .iter()
        .filter_map(|&at| {
            let loose = loose(groups.get(at)?.first_row(pool)?)?;
            let long = loose.text.chars().count() >= SHORTEST;
            long.then(|| Entry {
                at,
                loose,
                pairs: wording::pairs(&loose.text),
            })
        })
        .collect();
    let found = candidates(&entries, groups);
    let mut best: Vec<Vec<(f64, usize)>> = vec![Vec::new(); entries.len()];
    for &(score, one, other) in &found {
        for (of, with) in [(one, other), (other, one)] {
            if best[of].len() < KEPT {
                best[of].push((score, with));
            }
        }
    }
    // The next best that competes for the same side.
    let ahead = |groups: &Groups, score: f64, of: usize, with: usize| {
        let rivals = best[of].iter().filter(|(_, rival)| *rival != with);
        let next = rivals
            .filter(|(_, rival)| {
                let both = [entries[*rival].at, entries[with].at].map(|at| groups.get(at));
                match both {
                    [Some(one), Some(other)] => !groups.fit([one, other].into_iter()),
                    _ => false,
                }
            })
            .map(|(score, _)| *score)
            .fold(0.0, f64::max);
        score - next
    };
    let mut judged: Vec<(bool, f64, usize, usize, PairingNote)> = Vec::new();
    for &(score, one, other) in &found {
        let margin = ahead(groups, score, one, other).min(ahead(groups, score, other, one));
        let (left, right) = wording::apart(&entries[one].loose.text, &entries[other].loose.text);
        let added = left.is_empty() || right.is_empty();
        let equal = left.is_empty() && right.is_empty();
        let few = left.chars().count() + right.chars().count() <= FEW;
        let both = [entries[one].at, entries[other].at].map(|at| groups.get(at));
        let same_type = types(both.into_iter().flatten()) == Types::Same;
        let take = score >= TAKEN && margin >= MARGIN && added && few && same_type;
        let rank = |of: usize, with: usize| best[of].iter().position(|(_, other)| *other == with);
        let shown = [rank(one, other), rank(other, one)]
            .iter()
            .all(|rank| rank.is_some_and(|rank| rank < SHOWN));
        // Equal names that stayed apart are a question already, but for those that only another word of the same meaning keeps apart.
        let asked = equal && !take && both.iter().flatten().count() == 2 && one_name(both);
        if (take || shown) && !asked {
            let note = match (equal, one_name(both)) {
                (true, true) => PairingNote::SameName,
                (true, false) => PairingNote::Wording,
                _ => PairingNote::Alike(left, right),
            };
            judged.push((take, score, one, other, note));
        }
    }
    // Where a group went that was taken into another.
    let mut went: HashMap<usize, usize> = HashMap::default();
    for (take, score, one, other, note) in judged {
        let root = |went: &HashMap<usize, usize>, mut at: usize| {
            while let Some(&next) = went.get(&at) {
                at = next;
            }
            at
        };
        let (left, right) = (root(&went, entries[one].at), root(&went, entries[other].at));
        let (Some(one), Some(other)) = (groups.get(left), groups.get(right)) else {
            continue;
        };
        if left == right || !groups.fit([one, other].into_iter()) {
            continue;
        }
        let pairing = Pairing {
            by: PairedBy::Similarity,
            confidence: if take { score.min(0.9) } else { score.min(0.85) },
        };
        proposals.extend(propose(pool, [one, other], pairing, vec![note], take));
        if take {
            groups.merge(left, right, Some(pairing));
            went.insert(right, left);
        }
    }
}

/// Whether groups have a name in common.
fn one_name(groups: [Option<&Group>; 2]) -> bool {
    let [Some(one), Some(other)] = groups else { return false };
    let named = |key: &&Key| key.name != TextPool::EMPTY;
    let mut names = one.rows.iter().filter(named);
    names.any(|key| other.rows.iter().any(|theirs| theirs.name == key.name))
}

/// What names are looked up by: the words that make another item, and a pair of neighbouring characters.
type Telling<'a> = (&'a [String], (char, char));

/// Pairs of entries that may be one, the most alike first. Only those are looked at that have the same turning words and share one of
/// their rarest pairs of characters: of two names that are alike enough at least one of so many must be common to both.
fn candidates(entries: &[Entry<'_>], groups: &Groups) -> Vec<(f64, usize, usize)> {
    let mut frequency: HashMap<Telling<'_>, usize> = HashMap::default();
    for entry in entries {
        for &pair in &entry.pairs {
            *frequency.entry((&entry.loose.turning, pair)).or_default() += 1;
        }
    }
    let telling: Vec<Vec<(char, char)>> = entries
        .iter()
        .map(|entry| {
            let rarity = |pair: &(char, char)| (frequency.get(&(&entry.loose.turning[..], *pair)).copied(), *pair);
            let mut pairs = entry.pairs.clone();
            pairs.sort_unstable_by_key(rarity);
            let common = (PROPOSED / (2.0 - PROPOSED) * pairs.len() as f64).ceil() as usize;
            pairs.truncate(pairs.len() + 1 - common.clamp(1, pairs.len().max(1)));
            pairs.dedup();
            pairs
        })
        .collect();
    let mut holding: HashMap<Telling<'_>, Vec<usize>> = HashMap::default();
    for (at, (entry, telling)) in entries.iter().zip(&telling).enumerate() {
        for &pair in telling {
            holding.entry((&entry.loose.turning, pair)).or_default().push(at);
        }
    }
    let mut found: Vec<(f64, usize, usize)> = telling
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, telling)| {
            let entry = &entries[at];
            let lists = telling
                .iter()
                .filter_map(|pair| holding.get(&(&entry.loose.turning[..], *pair)));
            let mut others: Vec<usize> = lists
                .filter(|list| list.len() <= FREQUENT)
                .flat_map(|list| list.iter().copied().filter(|&other| other > at))
                .collect();
            others.sort_unstable();
            others.dedup();
            let scored = others.into_iter().map(move |other| {
                let score = wording::alike(&entry.pairs, &entries[other].pairs);
                (score, at, other)
            });
            scored
                .filter(|&(score, one, other)| {
                    score >= PROPOSED
                        && match [one, other].map(|at| groups.get(entries[at].at)) {
                            [Some(one), Some(other)] => groups.fit([one, other].into_iter()),
                            _ => false,
                        }
                })
                .collect::<Vec<_>>()
        })
        .collect();
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    found
}

/// Two groups as a proposal: each as its first side has it.
pub(super) fn propose(
    pool: &TextPool,
    pair: [&Group; 2],
    pairing: Pairing,
    mut notes: Vec<PairingNote>,
    taken: bool,
) -> Option<Proposal> {
    let mut pair = pair;
    pair.sort_by_key(|group| group.first_side());
    notes.extend(match types(pair.into_iter()) {
        Types::Same => Some(PairingNote::SameType),
        Types::Differ => Some(PairingNote::OtherType),
        Types::Unsaid => None,
    });
    let told = pair.map(|group| {
        let first = group.first_row(pool)?;
        let text = |id: TextId| pool.get(id).to_owned();
        let region = (first.side != DIRECTORY).then_some(usize::from(first.side));
        Some(((text(first.code), text(first.name)), region, first.row))
    });
    let [
        Some((left, left_region, left_row)),
        Some((right, right_region, right_row)),
    ] = told
    else {
        return None;
    };
    Some(Proposal {
        left,
        left_region,
        left_row,
        right,
        right_region,
        right_row,
        pairing,
        notes,
        taken,
    })
}

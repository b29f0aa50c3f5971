//! Two procedures.
//!
//! Must not know how they were read. Steps are matched by name; those that stand apart have no place in the order. Who takes a step is
//! not known here.

use std::collections::{HashMap, VecDeque};

use super::{alike, change, durations, judgement};
use crate::model::{Change, Detail, Judgement, Relation, Step, Verdict, Why};

/// The steps that both have, by their places, and which of the right side are left over.
fn pairs(left: &[Step], right: &[Step]) -> (Vec<(usize, usize)>, Vec<bool>) {
    let mut by_name: HashMap<&str, [VecDeque<usize>; 2]> = HashMap::new();
    for (at, step) in right.iter().enumerate() {
        by_name.entry(&step.name).or_default()[usize::from(step.apart)].push_back(at);
    }
    let (mut pairs, mut left_over) = (Vec::new(), vec![true; right.len()]);
    let mut open: Vec<usize> = (0..left.len()).collect();
    // First those that stand at the same kind of place, then one in the order and one apart.
    for other in [false, true] {
        open.retain(|&at| {
            let step = &left[at];
            let found = by_name.get_mut(step.name.as_str());
            let found = found.and_then(|places| places[usize::from(step.apart != other)].pop_front());
            if let Some(found) = found {
                pairs.push((at, found));
                left_over[found] = false;
            }
            found.is_none()
        });
    }
    pairs.sort_unstable();
    (pairs, left_over)
}

/// Steps added and dropped, their order, and the days of those that both have.
pub(super) fn compare(left: &[Step], right: &[Step]) -> Judgement {
    let mut detail = Detail::default();
    let (mut open, mut unsaid, mut differs) = (false, false, false);
    let (mut days_left, mut days_right) = (Vec::new(), Vec::new());
    let (pairs, left_over) = pairs(left, right);
    for &(l, r) in &pairs {
        // Only one side says where in the order it stands.
        open |= left[l].apart != right[r].apart;
        match (&left[l].days, &right[r].days) {
            (Some(from), Some(to)) => {
                let judgement = durations::compare(from, to);
                open |= judgement.why == Why::MoreDetail;
                unsaid |= judgement.verdict == Verdict::Unknown;
                differs |= judgement.verdict == Verdict::Substantive;
                if let Some(first) = judgement.detail.changed.into_iter().next() {
                    detail.changed.push(Change {
                        relation: first.relation,
                        by: first.by,
                        ..change(&left[l].name, from, to)
                    });
                }
            }
            (None, None) => {}
            (Some(days), None) => days_left.push(change(&left[l].name, days, "未载明")),
            (None, Some(days)) => days_right.push(change(&right[r].name, "未载明", days)),
        }
    }
    // Days that only one side gives are more detail; where each gives days that the other has not, they have moved.
    if days_left.is_empty() || days_right.is_empty() {
        open |= !(days_left.is_empty() && days_right.is_empty());
    } else {
        differs = true;
        detail.changed.append(&mut days_left);
        detail.changed.append(&mut days_right);
    }
    let relations: Vec<Option<Relation>> = detail.changed.iter().map(|change| change.relation).collect();
    let mut relation = relations.first().copied().flatten();
    relation = relation.filter(|_| relations.iter().all(|other| *other == relation));
    let mut kept = vec![true; left.len()];
    pairs.iter().for_each(|&(l, _)| kept[l] = false);
    let name = |step: &Step| step.name.clone();
    let removed: Vec<&Step> = left
        .iter()
        .zip(&kept)
        .filter_map(|(step, gone)| gone.then_some(step))
        .collect();
    let added: Vec<&Step> = right
        .iter()
        .zip(&left_over)
        .filter_map(|(step, new)| new.then_some(step))
        .collect();
    detail.removed = removed.iter().map(|step| name(step)).collect();
    detail.added = added.iter().map(|step| name(step)).collect();
    // A side that names no special procedure at all says nothing of them.
    let silent = |steps: &[Step]| !steps.iter().any(|step| step.special);
    let no_more =
        |steps: &[&Step], other: &[Step]| steps.is_empty() || (steps.iter().all(|step| step.apart) && silent(other));
    let same_steps = no_more(&removed, right) && no_more(&added, left);
    open |= same_steps && !(removed.is_empty() && added.is_empty());
    if !same_steps {
        relation = match (removed.is_empty(), added.is_empty()) {
            (true, false) => Some(Relation::More),
            (false, true) => Some(Relation::Fewer),
            _ => None,
        };
    }
    // What stands apart on one side has no place to compare.
    let placed: Vec<(usize, usize)> = pairs
        .into_iter()
        .filter(|&(l, r)| !left[l].apart && !right[r].apart)
        .collect();
    let turned = placed.windows(2).any(|two| two[0].1 > two[1].1);
    if turned {
        let mut back = placed.clone();
        back.sort_unstable_by_key(|&(_, r)| r);
        let list = |steps: Vec<String>| steps.join("→");
        let from = list(placed.iter().map(|&(l, _)| name(&left[l])).collect());
        let to = list(back.iter().map(|&(_, r)| name(&right[r])).collect());
        detail.changed.push(change("", from, to));
        relation = relation.filter(|_| !same_steps);
    }
    let why = match (turned && same_steps && !differs, unsaid && !differs && same_steps) {
        (true, _) => Why::Order,
        (_, true) => Why::DayUnsaid,
        _ => Why::Plain,
    };
    if turned || differs || !same_steps {
        Judgement {
            relation,
            ..judgement(Verdict::Substantive, why, detail)
        }
    } else if unsaid {
        judgement(Verdict::Unknown, why, detail)
    } else {
        Judgement {
            detail,
            ..alike(if open { Why::MoreDetail } else { Why::Plain })
        }
    }
}

//! Two sets of legal bases.
//!
//! Must not know the laws themselves.

use std::collections::BTreeMap;

use super::{alike, change, judgement, pair_up};
use crate::model::{Citation, Detail, Judgement, Verdict, Why};

/// A document number that only one side gives is more detail; two different ones contradict each other.
pub(super) fn compare(left: &[Citation], right: &[Citation]) -> Judgement {
    type Keys = BTreeMap<String, Option<String>>;
    let keys = |citations: &[Citation]| -> Keys {
        citations
            .iter()
            .map(|citation| (citation.to_string(), citation.number.clone()))
            .collect()
    };
    let (l, r) = (keys(left), keys(right));
    let mut detail = Detail::default();
    let (mut removed, mut added): (Vec<&Citation>, Vec<&Citation>) = (Vec::new(), Vec::new());
    for (key, number) in &l {
        match (r.get(key), number) {
            (Some(Some(other)), Some(number)) if other != number => {
                detail.changed.push(change(key, number, other));
            }
            (Some(_), _) => {}
            (None, _) => removed.extend(left.iter().find(|citation| citation.to_string() == *key)),
        }
    }
    added.extend(right.iter().filter(|citation| !l.contains_key(&citation.to_string())));
    pair_up(
        &mut removed,
        &mut added,
        |from, to| from.title == to.title,
        |from, to| detail.changed.push(change(format!("《{}》", from.title), from, to)),
    );
    detail.removed = removed.into_iter().map(ToString::to_string).collect();
    detail.added = added.into_iter().map(ToString::to_string).collect();
    if detail == Detail::default() {
        alike(Why::MoreDetail)
    } else {
        judgement(Verdict::Substantive, Why::Plain, detail)
    }
}

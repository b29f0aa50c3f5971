//! Two time limits.
//!
//! Must not know which of them is the law's.

use super::{changed, judgement};
use crate::model::{Duration, Judgement, Relation, Verdict, Why};

/// Different amounts or units; units are never converted.
pub(super) fn compare(left: &Duration, right: &Duration) -> Judgement {
    let mut judgement = judgement(Verdict::Substantive, Why::Plain, changed(left, right));
    let (relation, by) = longer(left, right);
    judgement.relation = relation;
    for change in &mut judgement.detail.changed {
        (change.relation, change.by) = (relation, by.clone());
    }
    judgement
}

/// Which of two limits is longer, and by how much: only where unit and start are the same.
pub(super) fn longer(left: &Duration, right: &Duration) -> (Option<Relation>, Option<String>) {
    if left.start != right.start {
        return (None, None);
    }
    match (left.span, right.span) {
        (Some(_), None) => (Some(Relation::Longer), None),
        (None, Some(_)) => (Some(Relation::Shorter), None),
        (Some(l), Some(r)) if left.unit == right.unit || left.immediate() || right.immediate() => {
            let unit = if left.immediate() { right.unit } else { left.unit };
            let (relation, more, less) = if r.high >= l.high && r.low >= l.low {
                (Relation::Longer, r, l)
            } else if r.high <= l.high && r.low <= l.low {
                (Relation::Shorter, l, r)
            } else {
                return (Some(Relation::Overlapping), None);
            };
            let exact = more.low == more.high && less.low == less.high;
            let by = exact.then(|| format!("{}{}", more.high.minus(less.high), unit.spelling()));
            (Some(relation), by)
        }
        _ => (None, None),
    }
}

//! Two procedures.
//!
//! Must not know how they were read.

use super::{alike, change, judgement, pair_up};
use crate::model::{Detail, Judgement, Step, Verdict, Why};

pub(super) fn compare(left: &[Step], right: &[Step]) -> Judgement {
    let mut detail = Detail::default();
    let mut open = false;
    let names = |steps: &[Step]| steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>();
    let (l, r) = (names(left), names(right));
    if l == r {
        for (from, to) in left.iter().zip(right) {
            match (&from.days, &to.days) {
                (Some(a), Some(b)) if a.to_string() != b.to_string() => detail.changed.push(change(&from.name, a, b)),
                (Some(_), None) | (None, Some(_)) => open = true,
                _ => {}
            }
        }
        return if detail.changed.is_empty() {
            alike(if open { Why::MoreDetail } else { Why::Plain })
        } else {
            judgement(Verdict::Substantive, Why::Plain, detail)
        };
    }
    let mut removed: Vec<&String> = l.iter().collect();
    let mut added: Vec<&String> = r.iter().collect();
    pair_up(&mut removed, &mut added, |l, r| l == r, |_, _| {});
    let why = if removed.is_empty() && added.is_empty() {
        detail.changed.push(change("", l.join("→"), r.join("→")));
        Why::Order
    } else {
        Why::Plain
    };
    detail.removed = removed.into_iter().cloned().collect();
    detail.added = added.into_iter().cloned().collect();
    judgement(Verdict::Substantive, why, detail)
}

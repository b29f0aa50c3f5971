//! Two sets of charges.
//!
//! Must not know how they were read.

use super::{change, changed, judgement, pair_up};
use crate::model::{Detail, FeeItem, Fees, Judgement, Value, Verdict, Why};

pub(super) fn compare(left: &Fees, right: &Fees) -> Judgement {
    let (Fees::Charged(l), Fees::Charged(r)) = (left, right) else {
        let spell = |fees: &Fees| Value::Fees(fees.clone()).canonical();
        return judgement(Verdict::Substantive, Why::Plain, changed(spell(left), spell(right)));
    };
    // One side says only that something is charged: it may be the same charge.
    if l.is_empty() || r.is_empty() {
        return judgement(Verdict::Missing, Why::MoreDetail, Detail::default());
    }
    let mut removed: Vec<&FeeItem> = l.iter().collect();
    let mut added: Vec<&FeeItem> = r.iter().collect();
    let mut detail = Detail::default();
    pair_up(&mut removed, &mut added, |l, r| l == r, |_, _| {});
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.name == r.name && l.per == r.per,
        |l, r| detail.changed.push(change(&l.name, l, r)),
    );
    detail.removed = removed.into_iter().map(ToString::to_string).collect();
    detail.added = added.into_iter().map(ToString::to_string).collect();
    judgement(Verdict::Substantive, Why::Plain, detail)
}

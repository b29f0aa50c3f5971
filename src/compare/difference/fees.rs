//! Two sets of charges.
//!
//! Must not know how they were read.

use super::{alike, change, changed, citations, judgement, pair_up};
use crate::model::{Change, Detail, FeeItem, Fees, Judgement, Reduction, Relation, Span, Value, Verdict, Why};

/// One that says only that something is charged leaves open what the other says: neither the same nor different. A basis, a name or an
/// open 减免 that only one side gives is more detail; who pays less on one side only is a difference.
pub(super) fn compare(left: &Fees, right: &Fees) -> Judgement {
    let spell = |fees: &Fees| Value::Fees(fees.clone()).canonical();
    let whole = || vec![change("", spell(left), spell(right))];
    let (l, r) = match (left, right) {
        (Fees::Charged(l), Fees::Charged(r)) => (l, r),
        _ => {
            let dearer = matches!(left, Fees::None);
            let relation = if dearer { Relation::Dearer } else { Relation::Cheaper };
            let mut changed = whole();
            changed[0].relation = Some(relation);
            return judged(
                Detail {
                    changed,
                    ..Detail::default()
                },
                Some(relation),
            );
        }
    };
    let bare = |items: &[FeeItem]| items.iter().all(FeeItem::is_bare);
    if bare(l) != bare(r) {
        return judgement(Verdict::Missing, Why::MoreDetail, changed(spell(left), spell(right)));
    }
    let mut removed: Vec<&FeeItem> = l.iter().collect();
    let mut added: Vec<&FeeItem> = r.iter().collect();
    if let ([one], [other]) = (l.as_slice(), r.as_slice())
        && one.name.is_empty() != other.name.is_empty()
        && (is_charge(&one.name) || is_charge(&other.name))
        && one.amount.is_some()
        && (one.amount, &one.per) == (other.amount, &other.per)
    {
        // One side names the charge, the other does not.
        removed.clear();
        added.clear();
        let mut changes = Vec::new();
        beside(one, other, &mut changes);
        return finish(changes, &[], &[]);
    }
    let mut changes = Vec::new();
    pair_up(&mut removed, &mut added, |l, r| l == r, |_, _| {});
    pair_up(
        &mut removed,
        &mut added,
        |l, r| (&l.name, &l.per, l.amount, &l.text) == (&r.name, &r.per, r.amount, &r.text),
        |l, r| beside(l, r, &mut changes),
    );
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.name == r.name && l.per == r.per,
        |l, r| {
            if l.follows_document() && r.follows_document() {
                beside(l, r, &mut changes);
                return;
            }
            changes.push(priced(l, r));
            beside(l, r, &mut changes);
        },
    );
    finish(changes, &removed, &added)
}

/// Whether this names a charge (工本费) and not a case, a cap or a condition of one (首次申领, 不超过, 减半征收).
fn is_charge(name: &str) -> bool {
    static CONDITIONS: [&str; 18] = [
        "超过", "最高", "最低", "上限", "下限", "封顶", "押金", "减", "免", "优惠", "首次", "补办", "补领", "补证",
        "换证", "换领", "加急", "逾期",
    ];
    let plain = |name: &str| {
        name.ends_with(['费', '税']) && !name.contains(|c: char| "（：%".contains(c) || c.is_ascii_digit())
    };
    name.split('，').all(plain) && !CONDITIONS.iter().any(|word| name.contains(word))
}

fn finish(changed: Vec<Change>, removed: &[&FeeItem], added: &[&FeeItem]) -> Judgement {
    let spell = |items: &[&FeeItem]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
    let detail = Detail {
        removed: spell(removed),
        added: spell(added),
        changed,
    };
    if detail == Detail::default() {
        return alike(Why::MoreDetail);
    }
    let mut relations = detail.changed.iter().map(|change| change.relation);
    // One charge more makes it dearer; a cap, a free case or a remark more need not.
    let certain = |items: &[&FeeItem]| {
        let paid = |item: &FeeItem| item.amount.is_some_and(|amount| !amount.low.is_zero());
        items.iter().all(|item| is_charge(&item.name) && paid(item))
    };
    let more = (!added.is_empty()).then(|| certain(added).then_some(Relation::Dearer));
    let fewer = (!removed.is_empty()).then(|| certain(removed).then_some(Relation::Cheaper));
    let first = relations.next().or(more).or(fewer).flatten();
    let agree = relations.chain(more).chain(fewer).all(|relation| relation == first);
    judged(detail, first.filter(|_| agree))
}

fn judged(detail: Detail, relation: Option<Relation>) -> Judgement {
    Judgement {
        relation,
        ..judgement(Verdict::Substantive, Why::Plain, detail)
    }
}

/// The charge itself differs.
fn priced(left: &FeeItem, right: &FeeItem) -> Change {
    let mut change = change(&left.name, left.charge(), right.charge());
    if let (Some(l), Some(r)) = (left.amount, right.amount) {
        change.relation = if l.low <= r.low && l.high <= r.high {
            Some(Relation::Dearer)
        } else if l.low >= r.low && l.high >= r.high {
            Some(Relation::Cheaper)
        } else {
            None
        };
        let exact = |span: Span| span.low == span.high;
        if exact(l) && exact(r) {
            let by = l.low.max(r.low).minus(l.low.min(r.low));
            change.by = Some(format!("{by}元"));
        }
    }
    change
}

/// What stands beside two charges: who pays less, and on what basis.
fn beside(left: &FeeItem, right: &FeeItem, changes: &mut Vec<Change>) {
    let concrete = |item: &FeeItem| -> Vec<Reduction> {
        let all = item.reductions.iter().filter(|reduction| !reduction.is_open());
        all.cloned().collect()
    };
    let (l, r) = (concrete(left), concrete(right));
    let open = |item: &FeeItem| item.reductions.iter().any(Reduction::is_open);
    // 减免 without more leaves open who pays how much.
    let left_open = (l.is_empty() && open(left)) || (r.is_empty() && open(right));
    if l != r && !left_open {
        let spell = |reductions: &[Reduction]| match reductions {
            [] => "无减免".to_owned(),
            all => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("，"),
        };
        let within = |inner: &[Reduction], outer: &[Reduction]| inner.iter().all(|one| outer.contains(one));
        let mut change = change("", spell(&l), spell(&r));
        change.relation = if within(&l, &r) {
            Some(Relation::Cheaper)
        } else {
            within(&r, &l).then_some(Relation::Dearer)
        };
        changes.push(change);
    }
    let (l, r) = (&left.basis, &right.basis);
    if l == r || l.is_empty() || r.is_empty() {
        return;
    }
    let judged = citations::compare(l, r);
    let detail = &judged.detail;
    // A document that only one side adds to the same ones is more detail, too.
    let only_more = detail.changed.is_empty() && (detail.added.is_empty() || detail.removed.is_empty());
    if judged.verdict == Verdict::Substantive && !only_more {
        let spell = |item: &FeeItem| FeeItem::following(&item.basis);
        changes.push(change("", spell(left), spell(right)));
    }
}

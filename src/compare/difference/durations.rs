//! Two time limits.
//!
//! Must not know which of them is the law's. Units are never converted: between two units no limit is said to be the longer one.
//!
//! * A bare 天 or 日 against as many 工作日 or 自然日 is `unknown`: one of the two it means, and nobody said which. By 行政许可法 art. 82
//!   it means working days, but only for permits, and not everything is one. Against another number of days it is a difference either
//!   way.
//! * What the law itself does not count (行政许可法 arts. 32, 45) makes no difference, named or not. What else is not counted (公示) does,
//!   also where only one side names it: its limit is the longer one.
//! * That a limit may be made longer, or runs only with complete papers, leaves the limit what it is: more detail, and named. Two
//!   different extensions are a difference.

use super::{alike, change, judgement};
use crate::model::{Change, Detail, Duration, Judgement, Relation, TimeUnit, Verdict, Why};

/// Amount, unit, start and exclusions; a change for each of them that differs.
pub(super) fn compare(left: &Duration, right: &Duration) -> Judgement {
    let mut detail = Detail::default();
    // 即办 and 无期限 run from nothing.
    let fixed = |duration: &Duration| duration.span.is_none() || duration.immediate();
    let starts_differ = left.start != right.start && !fixed(left) && !fixed(right);
    let amounts_differ = (left.span, left.unit) != (right.span, right.unit);
    let (relation, by) = if amounts_differ {
        longer(left, right)
    } else {
        (None, None)
    };
    if amounts_differ {
        let amount = |duration: &Duration| Duration {
            start: duration.start.clone().filter(|_| !starts_differ),
            excludes: Vec::new(),
            ..duration.clone()
        };
        detail.changed.push(Change {
            relation,
            by,
            ..change("", amount(left), amount(right))
        });
    }
    if starts_differ {
        let start = |duration: &Duration| duration.start.clone().unwrap_or_else(|| "受理之日".to_owned());
        detail.changed.push(change("起算", start(left), start(right)));
    }
    if left.excludes != right.excludes && !fixed(left) && !fixed(right) {
        let excludes = |duration: &Duration| match duration.excludes.as_slice() {
            [] => "未载明".to_owned(),
            all => all.join("、"),
        };
        // The more is not counted, the longer it takes.
        let within = |inner: &Duration, outer: &Duration| inner.excludes.iter().all(|one| outer.excludes.contains(one));
        let relation = if within(left, right) {
            Some(Relation::Longer)
        } else {
            within(right, left).then_some(Relation::Shorter)
        };
        detail.changed.push(Change {
            relation,
            ..change("不含", excludes(left), excludes(right))
        });
    }
    // How long it may be made longer differs where both say it, and not only by days that one leaves unsaid.
    let by = |duration: &Duration| duration.extension.flatten();
    if let (Some(l), Some(r)) = (by(left), by(right))
        && l != r
        && !(l.0 == r.0 && day_unsaid(l.1, r.1))
    {
        let spell = |(span, unit)| Duration::of(span, unit);
        detail.changed.push(change("延长", spell(l), spell(r)));
    }
    let unsaid = amounts_differ && day_unsaid(left.unit, right.unit);
    if detail.changed.is_empty() {
        let named = left.excludes != right.excludes || left.uncounted != right.uncounted;
        let mut changed = Vec::new();
        if left.extension != right.extension {
            let said = |duration: &Duration| match duration.extension {
                None => "未载明".to_owned(),
                Some(None) => "可延长".to_owned(),
                Some(Some((span, unit))) => format!("可延长{}", Duration::of(span, unit)),
            };
            changed.push(change("延长", said(left), said(right)));
        }
        if left.complete != right.complete {
            let said = |duration: &Duration| if duration.complete { "材料齐全" } else { "未载明" };
            changed.push(change("条件", said(left), said(right)));
        }
        let more = named || !changed.is_empty();
        return Judgement {
            detail: Detail {
                changed,
                ..Detail::default()
            },
            ..alike(if more { Why::MoreDetail } else { Why::Plain })
        };
    }
    let verdict = if unsaid && left.span == right.span && detail.changed.len() == 1 {
        Verdict::Unknown
    } else {
        Verdict::Substantive
    };
    let why = if unsaid { Why::DayUnsaid } else { Why::Plain };
    let relation = match detail.changed.as_slice() {
        [only] => only.relation,
        _ => None,
    };
    Judgement {
        relation,
        ..judgement(verdict, why, detail)
    }
}

/// Whether one side leaves open which days it means and the other does not.
fn day_unsaid(left: TimeUnit, right: TimeUnit) -> bool {
    let said = |unit| matches!(unit, TimeUnit::WorkingDay | TimeUnit::CalendarDay);
    (left == TimeUnit::Day && said(right)) || (right == TimeUnit::Day && said(left))
}

/// Which of two limits is longer, and by how much: only where the unit is the same or does not matter, and both run from the same
/// event.
fn longer(left: &Duration, right: &Duration) -> (Option<Relation>, Option<String>) {
    let (Some(l), Some(r)) = (left.span, right.span) else {
        let relation = match (left.span, right.span) {
            (Some(_), None) => Some(Relation::Longer),
            (None, Some(_)) => Some(Relation::Shorter),
            _ => None,
        };
        return (relation, None);
    };
    if left.immediate() != right.immediate() {
        let (relation, span, unit) = if left.immediate() {
            (Relation::Longer, r, right.unit)
        } else {
            (Relation::Shorter, l, left.unit)
        };
        let by = (span.low == span.high && unit != TimeUnit::SameDay).then(|| Duration::of(span, unit).to_string());
        return (Some(relation), by);
    }
    if left.start != right.start {
        return (None, None);
    }
    // Hours and minutes are one unit in two spellings.
    let clock = |unit| matches!(unit, TimeUnit::Hour | TimeUnit::Minute);
    if left.unit != right.unit && !(clock(left.unit) && clock(right.unit)) {
        // 当日 ends before a day that is counted from the next.
        let relation = match (left.unit, right.unit) {
            (TimeUnit::SameDay, unit) if !clock(unit) => Some(Relation::Longer),
            (unit, TimeUnit::SameDay) if !clock(unit) => Some(Relation::Shorter),
            _ => None,
        };
        return (relation, None);
    }
    let (l, r) = (left.minutes(), right.minutes());
    let (relation, more, less) = if r.high >= l.high && r.low >= l.low {
        (Relation::Longer, r, l)
    } else if r.high <= l.high && r.low <= l.low {
        (Relation::Shorter, l, r)
    } else {
        return (Some(Relation::Overlapping), None);
    };
    let exact = more.low == more.high && less.low == less.high;
    let unit = if clock(left.unit) { TimeUnit::Minute } else { left.unit };
    let by = || Duration::of(crate::model::Span::exactly(more.high.minus(less.high)), unit).to_string();
    (Some(relation), exact.then(by))
}

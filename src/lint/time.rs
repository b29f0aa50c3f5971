//! Family TIM: time limits.
//!
//! Must not convert units into each other: that is never certain.

use super::{RowView, Sink, start_of};
use crate::forms;
use crate::model::{Amount, Duration, ElementId, Fix, Shape, Span, TimeUnit, UnknownWhy, Value};

/// TIM001: the promised limit is longer than the statutory one, in the same unit (优化营商环境条例 art. 36).
pub(super) fn promise_longer(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Some(statutory), Some(promised)) = (
        view.duration(view.known.statutory_time),
        view.duration(view.known.promised_time),
    ) else {
        return;
    };
    let (Some(law), Some(promise)) = (statutory.span, promised.span) else {
        return;
    };
    if statutory.unit == promised.unit && promise.high > law.high && !statutory.immediate() {
        let args = vec![("promised", promised.to_string()), ("statutory", statutory.to_string())];
        sink.report(view, "promised_time", args);
    }
}

/// Whether a limit is certainly longer than one working day.
fn beyond_a_day(duration: &Duration) -> bool {
    let Some(Span { high, .. }) = duration.span else {
        return true;
    };
    match duration.unit {
        TimeUnit::WorkingDay | TimeUnit::CalendarDay | TimeUnit::Day => high > Amount::whole(1),
        TimeUnit::Week | TimeUnit::Month | TimeUnit::Year => !high.is_zero(),
        TimeUnit::Hour | TimeUnit::Minute | TimeUnit::SameDay => false,
    }
}

/// TIM002: 即办件 with a limit of days, or 承诺件 that is done on the spot.
pub(super) fn case_type(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Some(case), Some(promised)) = (
        view.choice(view.known.case_type),
        view.duration(view.known.promised_time),
    ) else {
        return;
    };
    let wrong = match case.code.as_str() {
        "1" => beyond_a_day(promised),
        "2" => promised.immediate(),
        _ => false,
    };
    if wrong {
        sink.report(
            view,
            "promised_time",
            vec![("case", case.name.clone()), ("promised", promised.to_string())],
        );
    }
}

/// The statutory limit of a permit in working days. A bare 天 or 日 of a permit is a working day (行政许可法 art. 82).
fn permit_days<'a>(view: &RowView<'a>) -> Option<(&'a Duration, Amount)> {
    let statutory = view.duration(view.known.statutory_time).filter(|_| view.is_permit())?;
    let days = matches!(statutory.unit, TimeUnit::WorkingDay | TimeUnit::Day);
    statutory.span.filter(|_| days).map(|span| (statutory, span.high))
}

/// TIM003: a permit's statutory limit is over 20 and up to 45 working days, which only a special provision allows
/// (行政许可法 art. 42).
pub(super) fn over_twenty(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some((statutory, days)) = permit_days(view)
        && days > Amount::whole(20)
        && days <= Amount::whole(45)
    {
        sink.report(view, "statutory_time", vec![("statutory", statutory.to_string())]);
    }
}

/// TIM004: a permit's statutory limit is over 45 working days: longer than even joint handling may take
/// (行政许可法 art. 42).
pub(super) fn over_forty_five(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some((statutory, days)) = permit_days(view)
        && days > Amount::whole(45)
    {
        sink.report(view, "statutory_time", vec![("statutory", statutory.to_string())]);
    }
}

fn limits(view: &RowView<'_>) -> [(&'static str, Option<ElementId>); 2] {
    [
        ("statutory_time", view.known.statutory_time),
        ("promised_time", view.known.promised_time),
    ]
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// TIM005: the unit is missing, or a bare 天 or 日 leaves open which days are meant (行政许可法 art. 82).
pub(super) fn bare_day(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, element) in limits(view) {
        let text = match view.value(element) {
            Value::Duration(duration) if duration.unit == TimeUnit::Day => view.quote(element),
            Value::Unknown(UnknownWhy::Unreadable, text) if is_number(text) => text.clone(),
            _ => continue,
        };
        let fix = working_days(view, element, &text);
        sink.report_with(view, id, vec![("text", start_of(&text, 40))], fix);
    }
}

/// The limit of a permit in working days, where it stands in one cell: 行政许可法 art. 82 counts no others. Not a matter of notation,
/// for whoever wrote it may have meant others.
fn working_days(view: &RowView<'_>, element: Option<ElementId>, text: &str) -> Option<Fix> {
    let cell = forms::main_cell(view.catalogue, view.profile, view.row(), element?)?;
    let raw = view.catalogue.texts.get(cell.text);
    let days = raw
        .trim()
        .trim_end_matches(['天', '日'])
        .trim_end_matches('个')
        .trim_end();
    let whole = !days.is_empty() && days.len() < 4 && days.bytes().all(|b| b.is_ascii_digit());
    let alone = raw == text || raw.trim() == text;
    (view.is_permit() && cell.shape == Shape::Text && alone && whole).then(|| Fix {
        text: format!("{days}个工作日"),
        safe: false,
    })
}

/// Steps that come before or after what the promise counts.
const OUTSIDE: [&str; 4] = ["送达", "公示", "公告", "补正"];

/// TIM006: the steps take longer together than the promise (优化营商环境条例 art. 36).
pub(super) fn steps_sum(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Value::Steps(steps), Some(promised)) = (
        view.value(view.known.procedure),
        view.duration(view.known.promised_time),
    ) else {
        return;
    };
    let Some(promise) = promised.span else { return };
    let mut sum = Amount::whole(0);
    for step in steps {
        if step.special || OUTSIDE.iter().any(|word| step.name.contains(word)) {
            continue;
        }
        let Some(days) = &step.days else { continue };
        let Some(span) = days.span else { return };
        if days.unit != promised.unit && !span.high.is_zero() {
            return;
        }
        sum = sum.plus(span.high);
    }
    if sum > promise.high {
        let sum = Duration {
            span: Some(Span::exactly(sum)),
            ..promised.clone()
        };
        sink.report(
            view,
            "procedure",
            vec![("sum", sum.to_string()), ("promised", promised.to_string())],
        );
    }
}

/// TIM007: a permit without a statutory limit: the law always sets one (行政许可法 art. 42).
pub(super) fn no_limit(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if !view.is_permit() || !view.carries(view.known.statutory_time) {
        return;
    }
    let none = match view.value(view.known.statutory_time) {
        Value::Empty => true,
        Value::Duration(duration) => duration.span.is_none_or(|span| span.high.is_zero()),
        _ => false,
    };
    if none {
        sink.report(view, "statutory_time", Vec::new());
    }
}

/// TIM008: a text stands where a limit should, and none can be read from it.
pub(super) fn unreadable(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, element) in limits(view) {
        if let Value::Unknown(_, text) = view.value(element)
            && !is_number(text)
        {
            sink.report(view, id, vec![("text", start_of(text, 40))]);
        }
    }
}

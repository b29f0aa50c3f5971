//! Family TIM: time limits.
//!
//! Must not convert units into each other: that is never certain.

use super::{RowView, Sink, start_of};
use crate::forms;
use crate::model::{Amount, Duration, ElementId, Fix, Shape, Span, TimeUnit, UnknownWhy, Value};
use crate::normalise::{citations, duration, number};

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

/// What joint handling may take, in working days (行政许可法 art. 42): beyond it TIM004 speaks.
const JOINT: i64 = 45;

/// TIM003: a permit's statutory limit is over 20 and up to 45 working days, which only a special provision allows
/// (行政许可法 art. 42).
pub(super) fn over_twenty(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some((statutory, days)) = permit_days(view)
        && days > Amount::whole(i64::from(sink.threshold()))
        && days <= Amount::whole(JOINT)
        // The special provision is named where it should be.
        && !view
            .said(view.known.field.statutory_note)
            .is_some_and(|note| citations::parse(note).iter().any(|citation| citation.article.is_some()))
    {
        let args = vec![
            ("statutory", statutory.to_string()),
            ("limit", sink.threshold().to_string()),
        ];
        sink.report(view, "statutory_time", args);
    }
}

/// TIM004: a permit's statutory limit is over 45 working days: longer than even joint handling may take
/// (行政许可法 art. 42).
pub(super) fn over_forty_five(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some((statutory, days)) = permit_days(view)
        && days > Amount::whole(i64::from(sink.threshold()))
    {
        let args = vec![
            ("statutory", statutory.to_string()),
            ("limit", sink.threshold().to_string()),
        ];
        sink.report(view, "statutory_time", args);
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
            // No days at all are the same in every unit.
            Value::Duration(duration) if duration.span.is_some_and(|span| span.high.is_zero()) => continue,
            Value::Unknown(_, text) if text.bytes().all(|b| b == b'0') => continue,
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
    let days = number::whole(days).filter(|days| (1..1000).contains(days))?;
    let alone = raw == text || raw.trim() == text;
    (view.is_permit() && cell.shape == Shape::Text && alone).then(|| Fix {
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

/// The limits with the notes that explain them.
fn noted<'a>(view: &RowView<'a>) -> impl Iterator<Item = (&'static str, Option<ElementId>, &'a str)> + use<'a> {
    let fields = &view.known.field;
    let notes = [view.said(fields.statutory_note), view.said(fields.promised_note)];
    let limits = limits(view).into_iter().zip(notes);
    limits.filter_map(|((id, element), note)| Some((id, element, note?)))
}

/// TIM009: the limit says another number than the note that explains it (domain handbook 48).
pub(super) fn against_note(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, element, note) in noted(view) {
        let (Some(limit), Some(said)) = (
            view.duration(element),
            duration::parse(note, None, &view.profile.vocabulary.time),
        ) else {
            continue;
        };
        let units = [limit.unit, said.unit];
        // A bare 日 may mean either kind of day, and other units are not compared.
        let days = |unit: &TimeUnit| matches!(unit, TimeUnit::WorkingDay | TimeUnit::Day);
        let comparable = limit.unit == said.unit || units.iter().all(days);
        // A limit that runs from another event is another limit.
        if comparable && limit.span != said.span && limit.span.is_some() && said.span.is_some() && said.start.is_none()
        {
            sink.report(
                view,
                id,
                vec![("limit", limit.to_string()), ("note", start_of(note, 60))],
            );
        }
    }
}

/// Words by which a limit takes something in.
const INCLUDING: [&str; 4] = ["包括", "含", "计入", "计算在内"];

/// One character of each of them: nearly every text is passed over here.
const IN_INCLUDING: [char; 3] = ['括', '含', '计'];

/// The special procedure that a text counts into the limit: 20个工作日（含专家评审）.
fn counted_in<'a>(text: &'a str, names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if !text.contains(IN_INCLUDING) {
        return None;
    }
    for piece in text.split(['，', ',', '。', '；', ';', '（', '）', '(', ')', '\n']) {
        let includes = INCLUDING.iter().any(|word| {
            piece.match_indices(word).any(|(at, _)| {
                let before = piece[..at].trim_end_matches('包');
                !["不", "未", "不再", "不予"].iter().any(|not| before.ends_with(not))
            })
        });
        if includes && let Some(name) = names.clone().find(|name| piece.contains(name)) {
            return Some(name);
        }
    }
    None
}

/// TIM010: the limit of a permit counts what the law leaves out of it: hearing, test, review by experts … (行政许可法 art. 45).
pub(super) fn special_counted(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if !view.is_permit() {
        return;
    }
    let vocabulary = &view.profile.vocabulary;
    let fields = &view.known.field;
    let names = vocabulary.step_words.uncounted_by_law.iter().map(String::as_str);
    let texts = [
        ("statutory_time", fields.statutory_time),
        ("statutory_time", fields.statutory_note),
        ("promised_time", fields.promised_time),
        ("promised_time", fields.promised_note),
    ];
    for (id, field) in texts {
        if let Some(text) = view.said(field)
            && let Some(name) = counted_in(text, names.clone())
        {
            sink.report(
                view,
                id,
                vec![("special", name.to_owned()), ("text", start_of(text, 60))],
            );
        }
    }
}

/// TIM011: the promise is no shorter than the law (domain handbook 53). What is done within a day leaves nothing to shorten.
pub(super) fn not_shortened(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Some(statutory), Some(promised)) = (
        view.duration(view.known.statutory_time).filter(|_| view.is_permit()),
        view.duration(view.known.promised_time),
    ) else {
        return;
    };
    let same = (statutory.span, statutory.unit) == (promised.span, promised.unit);
    if same && promised.span.is_some() && beyond_a_day(promised) {
        sink.report(view, "promised_time", vec![("limit", promised.to_string())]);
    }
}

/// Steps that hand the result over (行政许可法 art. 44).
const DELIVERY: [&str; 2] = ["送达", "颁证"];

/// TIM012: the result of a permit is handed over later than the law allows (行政许可法 art. 44).
pub(super) fn delivery(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Value::Steps(steps) = view.value(view.known.procedure) else {
        return;
    };
    if !view.is_permit() {
        return;
    }
    let most = Amount::whole(i64::from(sink.threshold()));
    for step in steps.iter().filter(|step| DELIVERY.contains(&step.name.as_str())) {
        // By art. 82 its days are working days; calendar days are not converted.
        let late = step.days.as_ref().filter(|days| {
            matches!(days.unit, TimeUnit::WorkingDay | TimeUnit::Day) && days.span.is_some_and(|span| span.high > most)
        });
        if let Some(days) = late {
            let args = vec![("step", step.name.clone()), ("days", days.to_string())];
            sink.report(view, "procedure", args);
        }
    }
}

/// TIM013: 即办件 that is decided after the review, or 承诺件 that is decided at once (domain handbook 46).
pub(super) fn review_type(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Some(case), Some(review)) = (view.choice(view.known.case_type), view.choice(view.known.review_type)) else {
        return;
    };
    let wrong = matches!(
        (case.code.as_str(), review.code.as_str()),
        ("1", "前审后批") | ("2", "即审即办")
    );
    if wrong {
        let args = vec![("case", case.name.clone()), ("review", review.name.clone())];
        sink.report(view, "review_type", args);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_passed_over() {
        assert!(INCLUDING.iter().all(|word| word.contains(IN_INCLUDING)));
    }
}

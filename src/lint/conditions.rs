//! Family CON: conditions (受理条件).
//!
//! Must not know which conditions an item may have by law.

use super::vague::{self, Spot};
use super::{RowView, Sink, start_of};
use crate::model::{Clauses, UnknownWhy, Value};

fn clauses<'a>(view: &RowView<'a>) -> Option<&'a Clauses> {
    match view.value(view.known.conditions) {
        Value::Clauses(clauses) => Some(clauses),
        _ => None,
    }
}

/// One finding for every clause with a vague phrase of one of the kinds.
fn report_vague(view: &RowView<'_>, sink: &mut Sink<'_>, kinds: &[&str]) {
    let Some(clauses) = clauses(view) else { return };
    for clause in &clauses.items {
        if let Some(words) = vague::find(Spot::Conditions, &clause.text, kinds) {
            let args = vec![("words", words.to_owned()), ("clause", start_of(&clause.text, 60))];
            sink.report(view, "conditions", args);
        }
    }
}

/// CON001: a condition leaves open what is asked (京24 31, 粤29, 豫28, 沪24).
pub(super) fn catch_all(view: &RowView<'_>, sink: &mut Sink<'_>) {
    report_vague(view, sink, &vague::OPEN);
}

/// CON002: there are no conditions where there must be some, or they say nothing.
pub(super) fn empty(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.conditions;
    if !view.has_column(field) {
        return;
    }
    let text = match view.value(view.known.conditions) {
        // 无 may mean that there are none; a permit always has conditions (行政许可法 art. 30).
        Value::Empty if view.is_permit() || view.text(field).is_none() => view.text(field).unwrap_or("").to_owned(),
        Value::Unknown(UnknownWhy::Refers, text) => text.clone(),
        Value::Clauses(clauses) if !clauses.items.is_empty() => {
            let vacuous = &view.profile.vocabulary.vacuous_conditions;
            if !clauses.items.iter().all(|clause| vacuous.contains(&clause.text)) {
                return;
            }
            clauses
                .items
                .iter()
                .map(|clause| clause.text.as_str())
                .collect::<Vec<_>>()
                .join("；")
        }
        _ => return,
    };
    let text = if text.is_empty() {
        "empty".to_owned()
    } else {
        start_of(&text, 40)
    };
    sink.report(view, "conditions", vec![("text", text)]);
}

/// CON003: the text stops before its end.
pub(super) fn cut_off(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if view.value(view.known.conditions).cut_off() {
        let text = view.quote(view.known.conditions);
        let text = text.trim_end();
        let from = text.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
        sink.report(view, "conditions", vec![("end", start_of(&text[from..], 30))]);
    }
}

/// CON004: only enterprises of the place may apply (行政许可法 art. 15).
pub(super) fn local_only(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(clauses) = clauses(view) else { return };
    for clause in &clauses.items {
        let Some(words) = vague::find(Spot::Conditions, &clause.text, &["local"]) else {
            continue;
        };
        // 不得限定本地企业 says the contrary.
        let before = clause.text.split(words).next().unwrap_or_default();
        if !["不得", "不限", "非", "禁止", "不能"]
            .iter()
            .any(|word| before.contains(word))
        {
            let args = vec![("words", words.to_owned()), ("clause", start_of(&clause.text, 60))];
            sink.report(view, "conditions", args);
        }
    }
}

/// CON005: a condition gives no measure (良好, 足够).
pub(super) fn unmeasurable(view: &RowView<'_>, sink: &mut Sink<'_>) {
    report_vague(view, sink, &["unmeasurable"]);
}

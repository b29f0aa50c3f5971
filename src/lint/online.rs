//! Family ONL: handling online and visits in person.
//!
//! Must not know addresses or systems.

use super::{RowView, Sink};
use crate::model::{UnknownWhy, Value};
use crate::normalise::fold;

/// ONL001: fully online, and still a visit is asked for.
pub(super) fn online_visits(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Value::Choices(depth), Value::Count(visits)) =
        (view.value(view.known.online_depth), view.value(view.known.visits))
    else {
        return;
    };
    if *visits > 0
        && let Some(depth) = depth.iter().find(|depth| depth.code == "IV")
    {
        sink.report(
            view,
            "visits",
            vec![("depth", depth.name.clone()), ("visits", visits.to_string())],
        );
    }
}

/// ONL002: the number of visits is no number.
pub(super) fn visits(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Value::Unknown(UnknownWhy::Unreadable, text) = view.value(view.known.visits)
        && !view.profile.vocabulary.visit_words.contains(&fold::spelling(text))
    {
        sink.report(view, "visits", vec![("text", text.clone())]);
    }
}

/// ONL003: a visit is asked for and no reason is given, in a list that has a column for it.
pub(super) fn reason(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.visit_reason;
    if let Value::Count(visits @ 1..) = view.value(view.known.visits)
        && view.has_column(field)
        && view.said(field).is_none()
    {
        sink.report(view, "visits", vec![("visits", visits.to_string())]);
    }
}

//! Family RES: what an applicant receives (办理结果).
//!
//! Must not know which result goes with which item.

use super::pattern::Pattern;
use super::{RowView, Sink, start_of};
use crate::model::{Outcome, Value};
use crate::normalise::fold;

/// RES001: a permit without a result: it ends in a document (行政许可法 art. 38, 39).
pub(super) fn none(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if view.has_column(view.known.field.result) && *view.value(view.known.result) == Value::Empty && view.is_permit() {
        sink.report(view, "result", Vec::new());
    }
}

fn outcomes<'a>(view: &RowView<'a>) -> &'a [Outcome] {
    match view.value(view.known.result) {
        Value::Outcomes(outcomes) => outcomes,
        _ => &[],
    }
}

/// RES002: a result is named and its type is not, in a list that has a column for it (domain handbook 71).
pub(super) fn no_type(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    if let Some(outcome) = outcomes(view).iter().find(|outcome| outcome.kind.is_none())
        && view.has_column(fields.result_type)
        && view.said(fields.result_type).is_none()
        // 无 is an answer there: nothing is handed over.
        && view.text(fields.result_type).is_none()
    {
        sink.report(view, "result", vec![("name", outcome.name.clone())]);
    }
}

/// The types of the list `result-type` that are licences, and those that are written replies; 出证办结, 出文办结 and 审批办结 are
/// Zhejiang's words.
const LICENCES: [&str; 2] = ["证照", "出证办结"];
const REPLIES: [&str; 3] = ["批文", "出文办结", "审批办结"];

/// RES003: the type of a result is another than its name says: a licence that is called a reply, or the other way round (domain
/// handbook 71).
pub(super) fn wrong_type(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let [outcome] = outcomes(view) else { return };
    let Some(kind) = &outcome.kind else { return };
    // 取水许可证（正本、副本）: brackets say which copy or case.
    let name = outcome.name.split('（').next().unwrap_or_default();
    let words = &view.profile.vocabulary.guide;
    let ends = |words: &[String]| words.iter().any(|word| name.ends_with(word.as_str()));
    let (licence, reply) = (ends(&words.licence) && !ends(&words.no_licence), ends(&words.reply));
    let wrong = (licence && REPLIES.contains(&kind.as_str())) || (reply && LICENCES.contains(&kind.as_str()));
    // 许可证或不予许可决定书: one of two papers.
    if wrong && !name.contains(['或', '/', '、', '及', '和']) {
        let args = vec![("name", outcome.name.clone()), ("kind", kind.clone())];
        sink.report(view, "result", args);
    }
}

/// A name with blanks to be filled in, or with the words of a single decision: 关于拟同意在XX寺内新建….
static ONE_CASE: Pattern =
    Pattern::of(r"^《?关于.*(?:[Xx×]{2,}|[*＊]{2,}|某+|[○〇]{2,}|_{2,}|\.{3,}|…|拟同意|拟予|拟不)");

/// RES004: the name of the result is that of a single decision (domain handbook 72).
pub(super) fn one_case(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let single = |outcome: &&Outcome| ONE_CASE.is_match(&fold::half(&outcome.name));
    if let Some(outcome) = outcomes(view)
        .iter()
        .filter(|outcome| outcome.name.contains("关于"))
        .find(single)
    {
        sink.report(view, "result", vec![("name", start_of(&outcome.name, 40))]);
    }
}

/// RES005: a result is named and there is no sample of it, in a list that has a column for samples (domain handbook 71).
pub(super) fn no_sample(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.result_sample;
    if view.has_column(field)
        && view.said(field).is_none()
        && let Some(outcome) = outcomes(view).iter().find(|outcome| !outcome.name.is_empty())
    {
        sink.report(view, "result_sample", vec![("name", outcome.name.clone())]);
    }
}

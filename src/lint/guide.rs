//! Family CTC, beside the telephones: what else a guide tells applicants: topics, place, office hours, questions, quota.
//!
//! Must not know where offices are nor which topics there are.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use rayon::prelude::*;

use super::pattern::Pattern;
use super::{Lists, RowView, Sink, start_of};
use crate::model::{Choice, FieldId, Shape, TextId, Value};
use crate::normalise::fold;

/// The codes of the list `audience`: persons, and those who are organisations for certain. 行政机关 may have topics or not.
const PERSON: &str = "1";
const ORGANISATIONS: [&str; 5] = ["2", "3", "4", "5", "9"];
const BODY: &str = "6";

/// Who may apply, where all of them are on the list: persons, organisations, public bodies.
fn audience(view: &RowView<'_>) -> Option<(bool, bool, bool)> {
    let Value::Choices(audience) = view.value(view.known.audience) else {
        return None;
    };
    let has = |code: &str| audience.iter().any(|choice: &Choice| choice.code == code);
    let known = audience.iter().all(|choice| !choice.code.is_empty());
    known.then(|| (has(PERSON), ORGANISATIONS.iter().any(|code| has(code)), has(BODY)))
}

/// CTC005: persons or organisations may apply, and the list files the item under none of their topics (domain handbook 73).
pub(super) fn topic_missing(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    if !view.has_column(fields.topic_person) && !view.has_column(fields.topic_corp) {
        return;
    }
    let Some((person, organisation, _)) = audience(view) else {
        return;
    };
    let wanted = [
        ("topic_person", fields.topic_person, person, "自然人"),
        ("topic_corp", fields.topic_corp, organisation, "法人"),
    ];
    for (id, field, applies, who) in wanted {
        if applies && view.has_column(field) && view.said(field).is_none() {
            sink.report(view, id, vec![("who", who.to_owned())]);
        }
    }
}

/// CTC006: a topic of those who may not apply (domain handbook 73).
pub(super) fn topic_for_nobody(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let (of_persons, of_organisations) = (view.said(fields.topic_person), view.said(fields.topic_corp));
    if of_persons.is_none() && of_organisations.is_none() {
        return;
    }
    let Some((person, organisation, body)) = audience(view) else {
        return;
    };
    let found = [
        ("topic_person", of_persons.filter(|_| !person), "自然人"),
        (
            "topic_corp",
            of_organisations.filter(|_| !organisation && !body),
            "法人",
        ),
    ];
    for (id, topic, who) in found {
        if let Some(topic) = topic {
            sink.report(view, id, vec![("who", who.to_owned()), ("topic", start_of(topic, 40))]);
        }
    }
}

/// The text of a field, of records and lists all their texts.
fn whole(view: &RowView<'_>, field: Option<FieldId>) -> Option<String> {
    let said = view.said(field)?;
    Some(match view.shape(field) {
        Shape::Text => said.to_owned(),
        _ => said.chars().map(|c| if c.is_control() { '，' } else { c }).collect(),
    })
}

fn has_word(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// The number of a room behind a floor or a building: 大厦2215, 3楼305-313.
static ROOM: Pattern = Pattern::of(r"[楼层厦座厅栋心]\s*[A-Za-z]?-?\d{3,4}");

/// CTC007: an address without the counter or the room (domain handbook 75).
pub(super) fn place_not_exact(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(text) = whole(view, view.known.field.place) else {
        return;
    };
    let words = &view.profile.vocabulary.guide;
    let counter = match view.value(view.known.channel) {
        Value::Choices(channels) => channels
            .iter()
            .any(|channel| channel.code.is_empty() || channel.code == "1"),
        _ => true,
    };
    let half = fold::half(&text);
    if counter
        && !has_word(&half, &words.exact_place)
        && !has_word(&half, &words.nowhere)
        && has_word(&half, &words.address)
        && !ROOM.is_match(&half)
    {
        sink.report(view, "place", vec![("place", start_of(&text, 40))]);
    }
}

/// A time of the day: 9:00, 9时, 上午9点.
static CLOCK: Pattern = Pattern::of(r"\d{1,2}\s*[:：.时點点]");

/// CTC008: office hours that do not say on which days (domain handbook 75).
pub(super) fn hours_without_days(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(text) = whole(view, view.known.field.time) else {
        return;
    };
    let half = fold::half(&text);
    if !has_word(&half, &view.profile.vocabulary.guide.days) && CLOCK.is_match(&half) {
        sink.report(view, "time", vec![("time", start_of(&text, 40))]);
    }
}

/// CTC009: a permit without questions and answers, in a list that has a column for them (domain handbook 76).
pub(super) fn no_questions(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.qa;
    if view.is_permit() && view.has_column(field) && view.said(field).is_none() {
        sink.report(view, "qa", Vec::new());
    }
}

/// What stays of a web page in a text that was copied from it.
static MARKUP: LazyLock<Pattern> = LazyLock::new(|| {
    let tags =
        "p|br|div|span|a|b|i|u|strong|em|font|table|tbody|thead|tr|td|th|ul|ol|li|img|style|script|input|h[1-6]|o:p";
    Pattern::new(Cow::Owned(format!(
        r#"(?i)javascript:\s*[a-z;]*(?:\(0\))?;?|</?(?:{tags})(?:\s[^<>]{{0,200}})?\s*/?>|&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|middot|emsp|ensp|#\d{{2,5}}|#x[0-9a-f]{{2,4}});|void\(0\)"#
    )))
});

/// What of markup a text holds.
fn markup_in(text: &str) -> Option<&str> {
    // One look at the bytes: nearly every text has none of these.
    let mut before = 0;
    let may = text.bytes().any(|byte| {
        let found = match byte {
            b'<' | b'&' => true,
            b':' => before == b't' || before == b'T',
            b'0' => before == b'(',
            _ => false,
        };
        before = byte;
        found
    });
    may.then(|| MARKUP.find(text)).flatten().map(|found| found.as_str())
}

/// CTC010: markup of a web page in a text: 年javascript:void(0)满十八周岁 (domain handbook 76). Every distinct text is looked at once;
/// rows are gone through only where there is something to be found.
pub(super) fn markup(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let texts = &lists.catalogue.texts;
    let found: Vec<(TextId, &str)> = (0..texts.len() as u64)
        .into_par_iter()
        .map(TextId::at)
        .filter_map(|id| Some((id, markup_in(texts.get(id))?)))
        .collect();
    if found.is_empty() {
        return;
    }
    let found: HashMap<TextId, &str, foldhash::fast::FixedState> = found.into_iter().collect();
    for view in lists.rows().filter(|view| !view.in_directory()) {
        for cell in lists.catalogue.cells(view.row()) {
            let Some(found) = found.get(&cell.text) else { continue };
            // Columns that nobody judges may hold whole pages.
            let field = lists.profile.fields.get(cell.field.index());
            if let Some(field) = field.filter(|field| !field.extra) {
                sink.report(&view, field.id.clone(), vec![("found", (*found).to_owned())]);
            }
        }
    }
}

/// Whether a text demands something and names no ground for it.
fn groundless(view: &RowView<'_>, field: Option<FieldId>) -> Option<String> {
    let text = whole(view, field)?;
    let vocabulary = &view.profile.vocabulary;
    let words = &vocabulary.guide;
    let nothing = vocabulary.answers(&text) == Some(false) || has_word(&text, &words.no_demand);
    let bare = nothing || has_word(&text, &words.cites) || vocabulary.only_refers(&text);
    (!bare).then(|| start_of(&text, 40))
}

/// CTC011: a quota without its ground (条例 43; domain handbook 77).
pub(super) fn quota_without_basis(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some(text) = groundless(view, view.known.field.quota) {
        sink.report(view, "quota", vec![("text", text)]);
    }
}

/// CTC012: an intermediary service without its ground (条例 43; domain handbook 77).
pub(super) fn intermediary_without_basis(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some(text) = groundless(view, view.known.field.intermediary) {
        sink.report(view, "intermediary", vec![("text", text)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_what_looks_like_it() {
        for (text, found) in [
            ("年javascript:void(0)满十八周岁", Some("javascript:void(0)")),
            ("身份证<br/>户口簿", Some("<br/>")),
            ("<p style=\"color:red\">条件", Some("<p style=\"color:red\">")),
            ("符合&nbsp;条件", Some("&nbsp;")),
            ("http://a.gov.cn/?a=1&b=2;c", None),
            ("面积<100平方米且>50", None),
            ("《关于<办法>的通知》", None),
            ("R&D 投入", None),
        ] {
            assert_eq!(markup_in(text), found, "{text}");
        }
    }
}

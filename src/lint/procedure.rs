//! Family PRO: the procedure (办理流程) and the review (审查标准).
//!
//! Must not know which steps one item takes, nor hold the name of a division.

use std::collections::HashMap;

use super::{RowView, Sink, start_of};
use crate::model::{Amount, Shape, Step, TimeUnit, UnknownWhy, Value, decode_list};
use crate::normalise::divisions::{DivisionLevel, Standing, level, padded};
use crate::normalise::vocabulary::key;
use crate::normalise::{enumerate, fold};

fn steps<'a>(view: &RowView<'a>) -> &'a [Step] {
    match view.value(view.known.procedure) {
        Value::Steps(steps) => steps,
        _ => &[],
    }
}

/// PRO001: the procedure of a permit leaves out a stage that the law has (行政许可法 ch. 4, domain handbook 55).
pub(super) fn incomplete(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let flow: Vec<&Step> = steps(view).iter().filter(|step| !step.apart).collect();
    let vocabulary = &view.profile.vocabulary;
    let stages = &vocabulary.step_words.stages;
    let is = |step: &Step, words: &[String]| words.iter().any(|word| step.name.contains(word.as_str()));
    let has = |words: &[String]| flow.iter().any(|step| is(step, words));
    if flow.is_empty() || stages.iter().all(|stage| has(&stage.words)) || !view.is_permit() {
        return;
    }
    // A step under a name of the office's own may be the one that seems to be missing.
    let known = |step: &Step| {
        vocabulary.steps.contains_key(&key(&step.name)) || stages.iter().any(|stage| is(step, &stage.words))
    };
    if !flow.iter().all(|step| known(step)) {
        return;
    }
    let at_once = view.choice(view.known.case_type).is_some_and(|case| case.code == "1")
        || view
            .duration(view.known.promised_time)
            .is_some_and(|promised| promised.immediate());
    let missing: Vec<&str> = stages
        .iter()
        .filter(|stage| !(at_once && stage.spared || has(&stage.words)))
        .map(|stage| stage.name.as_str())
        .collect();
    if !missing.is_empty() {
        let args = vec![
            ("missing", missing.join("；")),
            ("procedure", Step::spelling(steps(view))),
        ];
        sink.report(view, "procedure", args);
    }
}

/// Whether a text is nothing but a link, or the name of a file with a picture.
fn is_link(text: &str, view: &RowView<'_>) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let words = &view.profile.vocabulary.step_words.pictures;
    let file = || {
        words
            .iter()
            .any(|word| word.starts_with('.') && text.ends_with(word.as_str()))
    };
    !text.contains(char::is_whitespace) && (text.starts_with("http://") || text.starts_with("https://") || file())
}

/// PRO002: the procedure is only a picture, a link, or 见流程图 (domain handbook 56).
pub(super) fn picture(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let refers = matches!(view.value(view.known.procedure), Value::Unknown(UnknownWhy::Refers, _));
    if let Some(text) = view.said(view.known.field.procedure)
        && (refers || is_link(text, view))
    {
        sink.report(view, "procedure", vec![("text", start_of(text, 40))]);
    }
}

/// PRO003: somebody is to go out and look, and the promise leaves hardly time for it (domain handbook 57).
pub(super) fn short_for_visit(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let words = &view.profile.vocabulary.step_words.on_site;
    // A special procedure with a column of its own is not counted into the promise.
    let Some(visit) = steps(view)
        .iter()
        .find(|step| !step.apart && words.contains(&step.name))
    else {
        return;
    };
    let Some(promised) = view.duration(view.known.promised_time) else {
        return;
    };
    let left_out = |what: &String| ["现场", "踏勘", "勘"].iter().any(|word| what.contains(word));
    let days = matches!(
        promised.unit,
        TimeUnit::WorkingDay | TimeUnit::Day | TimeUnit::CalendarDay
    );
    let short = promised
        .span
        .is_some_and(|span| span.high < Amount::whole(i64::from(sink.threshold())));
    if days && short && !promised.excludes.iter().chain(&promised.uncounted).any(left_out) {
        let args = vec![("step", visit.name.clone()), ("promised", promised.to_string())];
        sink.report(view, "promised_time", args);
    }
}

/// The pieces of a text that a reader takes for one statement each.
fn statements(text: &str) -> Vec<String> {
    let half = fold::half(text);
    enumerate::entries(&half)
        .iter()
        .flat_map(|entry| fold::split_outside(entry.text, &['；', ';', '。', '\n']))
        .map(enumerate::bare)
        .collect()
}

/// PRO004: the same text stands several times in the review standards or in the procedure (domain handbook 58).
pub(super) fn repeated(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let long = usize::try_from(sink.threshold()).unwrap_or(usize::MAX);
    for (id, field) in [("review_std", fields.review_std), ("procedure", fields.procedure)] {
        let Some(text) = view.said(field) else { continue };
        let said = match view.shape(field) {
            Shape::Text => statements(text),
            Shape::List => decode_list(text).iter().flat_map(|entry| statements(entry)).collect(),
            // One step may stand twice with different days or offices.
            Shape::Table => view
                .records(field)
                .iter()
                .map(|record| {
                    record
                        .iter()
                        .map(|(_, text)| text.trim())
                        .collect::<Vec<_>>()
                        .join("，")
                })
                .collect(),
        };
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for statement in &said {
            if fold::says_more_than(statement, long) {
                *seen.entry(statement).or_default() += 1;
            }
        }
        let most = said
            .iter()
            .find(|statement| seen.get(statement.as_str()).is_some_and(|&n| n > 1));
        if let Some(statement) = most {
            let times = seen.get(statement.as_str()).copied().unwrap_or_default();
            let args = vec![("text", start_of(statement, 40)), ("count", times.to_string())];
            sink.report(view, id, args);
        }
    }
}

/// Ends of names of authorities.
const OFFICES: [&str; 4] = ["局", "委员会", "人民政府", "厅"];

/// One character of each of them: nearly every text is passed over here.
const IN_OFFICES: [char; 4] = ['局', '委', '府', '厅'];

/// The longest name of an authority, in characters.
const LONGEST_OFFICE: usize = 24;

/// So many authorities of each kind are looked at in one text.
const MOST_OFFICES: usize = 100;

/// The longest name of a division, in characters: 双江拉祜族佤族布朗族傣族自治县.
const LONGEST_DIVISION: usize = 15;

/// The division in whose name an authority goes by: 灵山县 of 钦州市灵山县水利局, with its codes, and whether 由 stands before it. `None`
/// where it is the one that the list is of (`own`), as it nearly always is.
fn division_of(office: &str, own: &str, view: &RowView<'_>) -> Option<(String, Vec<&'static str>, bool)> {
    let ends = office.char_indices().filter(|&(at, c)| match c {
        // 市场监督管理局 is of no 市.
        '市' => !office[at..].starts_with("市场"),
        _ => matches!(c, '省' | '州' | '盟' | '县' | '区' | '旗'),
    });
    // The last division of the name is whose authority it is.
    for (end, c) in ends.collect::<Vec<_>>().into_iter().rev() {
        let head = &office[..end + c.len_utf8()];
        if head.ends_with(own) {
            return None;
        }
        let starts: Vec<usize> = head.char_indices().map(|(at, _)| at).collect();
        let from = starts.len().saturating_sub(LONGEST_DIVISION);
        // The longest name first; shorter than three characters it is mostly another word (城区, 矿区).
        for &start in starts.get(from..starts.len().saturating_sub(2)).unwrap_or_default() {
            let name = &head[start..];
            let codes = view.profile.division_by_name(name);
            if !codes.is_empty() {
                return Some((name.to_owned(), codes, head[..start].ends_with('由')));
            }
        }
    }
    None
}

/// Whether a division is there today: of names and codes that were given up nobody knows whose they are now.
fn is_live(code: &str, view: &RowView<'_>) -> bool {
    matches!(view.profile.divisions().standing(code), Some(Standing::Live(_)))
}

/// The code of the division that the list of a row is of.
fn region(view: &RowView<'_>) -> Option<String> {
    let said = view.said(view.known.field.region_code).and_then(padded);
    said.or_else(|| padded(view.region_id()))
}

/// PRO005: a text names an authority of another place: of another division of the same kind, or as the one that handles the item
/// (由…实施), of a division above (domain handbook 59).
pub(super) fn other_place(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let texts = [
        ("procedure", fields.procedure),
        ("review_std", fields.review_std),
        ("conditions", fields.conditions),
        ("statutory_time", fields.statutory_note),
        ("promised_time", fields.promised_note),
        ("body", fields.body),
    ];
    let named = texts.into_iter().filter_map(|(id, field)| {
        let text = view.text(field).filter(|text| text.contains(IN_OFFICES))?;
        view.said(field).map(|_| (id, text))
    });
    let named: Vec<(&str, &str)> = named.collect();
    if named.is_empty() {
        return;
    }
    let Some(own) = region(view).filter(|own| level(own) <= DivisionLevel::County && is_live(own, view)) else {
        return;
    };
    for (id, text) in named {
        if let Some((office, other)) = foreign_office(text, &own, view) {
            let own = view.profile.division_name(&own).unwrap_or_default();
            let args = vec![("office", office), ("division", other), ("region", own)];
            sink.report(view, id, args);
        }
    }
}

/// The first authority in a text that is of another place, and its division.
fn foreign_office(text: &str, own: &str, view: &RowView<'_>) -> Option<(String, String)> {
    let kind = level(own);
    let name = view.profile.divisions().names_of(own).last()?.name;
    let digits = |level| match level {
        DivisionLevel::Province => 2,
        DivisionLevel::City => 4,
        _ => 6,
    };
    let offices = OFFICES
        .iter()
        .flat_map(|end| text.match_indices(end).take(MOST_OFFICES));
    for (at, end) in offices {
        let before = &text[..at];
        let run = before
            .char_indices()
            .rev()
            .take(LONGEST_OFFICE)
            .take_while(|(_, c)| fold::is_han(*c));
        let Some((from, _)) = run.last() else { continue };
        let office = &text[from..at + end.len()];
        let Some((division, codes, handles)) = division_of(office, name, view) else {
            continue;
        };
        let after = &text[at + end.len()..];
        let handles = handles && (after.starts_with("实施") || after.starts_with("负责实施"));
        let other = |code: &str| {
            let code = padded(code).unwrap_or_default();
            let theirs = level(&code);
            let same_kind = theirs == kind && code.get(..digits(kind)) != own.get(..digits(kind));
            // What lies within the region handles its items in its name.
            (same_kind || handles && theirs < kind) && is_live(&code, view)
        };
        if codes.iter().all(|code| other(code)) {
            return Some((office[office.find(&division)?..].to_owned(), division));
        }
    }
    None
}

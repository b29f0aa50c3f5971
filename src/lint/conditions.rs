//! Family CON: conditions (受理条件).
//!
//! Must not know which conditions an item may have by law.

use super::pattern::Pattern;
use super::vague::{self, Spot};
use super::{RowView, Sink, start_of};
use crate::model::{Clauses, Material, Shape, UnknownWhy, Value};
use crate::normalise::vocabulary::key;
use crate::normalise::{enumerate, fold};

fn clauses<'a>(view: &RowView<'a>) -> Option<&'a Clauses> {
    match view.value(view.known.conditions) {
        Value::Clauses(clauses) => Some(clauses),
        _ => None,
    }
}

/// The clauses of conditions that have a vague phrase somewhere.
fn vague_clauses<'a>(view: &RowView<'a>) -> Option<&'a Clauses> {
    clauses(view).filter(|_| view.vague_conditions())
}

/// One finding for every clause with a vague phrase of one of the kinds.
fn report_vague(view: &RowView<'_>, sink: &mut Sink<'_>, kinds: &[&str]) {
    let Some(clauses) = vague_clauses(view) else { return };
    for clause in &clauses.items {
        if let Some(words) = vague::find(Spot::Conditions, &clause.text, kinds) {
            let said = in_words(view, &clause.text, words);
            let clause = said.as_deref().unwrap_or(&clause.text);
            let args = vec![("words", words.to_owned()), ("clause", start_of(clause, 60))];
            sink.report(view, "conditions", args);
        }
    }
}

/// The sentence of the cell that a clause was read from, where its normal form is worded otherwise (年满18周岁 is 18周岁以上) and only one
/// sentence holds the words.
fn in_words(view: &RowView<'_>, clause: &str, words: &str) -> Option<String> {
    let field = view.known.field.conditions;
    let text = view.raw(field).filter(|_| view.shape(field) == Shape::Text)?;
    if fold::spelling(text).contains(clause) {
        return None;
    }
    let half = fold::half(text);
    let entries = enumerate::entries(&half);
    let mut said = entries
        .iter()
        .flat_map(|entry| fold::split_outside(entry.text, &['；', ';', '。']))
        .map(fold::spelling)
        .filter(|sentence| sentence.contains(words));
    said.next().filter(|_| said.next().is_none())
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
            let words = &view.profile.vocabulary;
            let vacuous = |text: &String| {
                // 直接申请 is to other items what 无 is: everybody may apply.
                words.vacuous_conditions.contains(text) || (view.is_permit() && words.open_conditions.contains(text))
            };
            if !clauses.items.iter().all(|clause| vacuous(&clause.text)) {
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
    let Some(clauses) = vague_clauses(view) else { return };
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

/// A demand for a paper in one of its forms, at the end of a part of a sentence: 身份证原件及复印件一份, 户口簿复印件.
static FORM: Pattern = Pattern::of(
    "\\p{Han}{2,20}[）》”]?(原件|复印件)(([和及与或、]|以及)(原件|复印件))?(各?([一二两三]|[0-9]{1,2})[份张])?($|[，；。（）])",
);

/// Where the paper is not asked from the applicant.
const NOT_ASKED: [&str; 6] = ["无需", "无须", "不需", "不再", "不必", "免于"];

/// CON006: a material stands among the conditions: 身份证复印件, 申请表.
pub(super) fn material(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(clauses) = clauses(view) else { return };
    let materials = &view.profile.vocabulary.materials;
    for clause in &clauses.items {
        let text = clause.text.as_str();
        let words = FORM.find(text).map(|found| found.as_str());
        // A clause that is the name of a paper and nothing else.
        let named = || (text.len() <= 60 && materials.contains_key(&key(text))).then_some(text);
        if let Some(words) = words.or_else(named)
            && !NOT_ASKED.iter().any(|word| text.contains(word))
        {
            let words = words.trim_end_matches(['，', '；', '。', '（', '）']);
            let paper = |verb: &str| words.rsplit(verb).next().unwrap_or(words);
            let words = ["提交", "提供", "出具", "递交", "携带"]
                .map(paper)
                .into_iter()
                .min_by_key(|paper| paper.len())
                .unwrap_or(words);
            let args = vec![("words", words.to_owned()), ("clause", start_of(text, 60))];
            sink.report(view, "conditions", args);
        }
    }
}

/// What is handed in, up to the end of that part of the sentence.
static HANDED_IN: Pattern = Pattern::of("(提交|提供|递交|出示|交验|携带)([\\p{Han}、“”]{2,60})($|[^\\p{Han}、“”])");

/// Whether a material of the list can be meant by a paper: they have two letters in common beside those of every paper. A list
/// that says more or less of the same paper is no contradiction.
fn mentions(material: &Material, paper: &str) -> bool {
    const COMMON: &str = "证明书件材料申请表复印原的有效合法居民本人单位";
    let letters: Vec<char> = paper.chars().collect();
    let names = material.or.iter().chain([&material.name]).chain(&material.remark);
    let names: Vec<&String> = names.collect();
    letters.windows(2).any(|pair| {
        let piece: String = pair.iter().collect();
        !pair.iter().all(|c| COMMON.contains(*c)) && names.iter().any(|name| name.contains(&piece))
    })
}

/// CON007: the conditions ask for a paper that the list of materials does not have. Only papers that the vocabulary knows.
pub(super) fn not_among_materials(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(clauses) = clauses(view) else { return };
    let known = &view.profile.vocabulary.materials;
    for clause in &clauses.items {
        let Some(found) = HANDED_IN.captures(&clause.text) else {
            continue;
        };
        if clause.text.contains('或') || NOT_ASKED.iter().any(|word| clause.text.contains(word)) {
            continue;
        }
        let papers = found.get(2).map_or("", |papers| papers.as_str());
        let papers = papers.split(['、', '和', '及', '与']).map(|paper| {
            let paper = ["本人", "有效", "合法", "的", "其"]
                .iter()
                .fold(paper, |paper, word| paper.trim_start_matches(word));
            ["等", "原件", "复印件"]
                .iter()
                .fold(paper, |paper, word| paper.trim_end_matches(word))
        });
        for paper in papers {
            let Some(name) = known.get(&key(paper)) else { continue };
            let Value::Materials(materials) = view.value(view.known.materials) else {
                return;
            };
            if !materials.is_empty()
                && !materials
                    .iter()
                    .any(|material| mentions(material, name) || mentions(material, paper))
            {
                let args = vec![("words", paper.to_owned()), ("clause", start_of(&clause.text, 60))];
                sink.report(view, "conditions", args);
            }
        }
    }
}

/// The applicant must come himself.
static IN_PERSON: Pattern = Pattern::of(
    "(须|需|应|应当|必须)(由)?本人(亲自)?(到|前往|现场|当面|亲自)[^，。；]{0,12}|本人亲自[^，。；]{0,12}(办理|申请|提出|提交|领取)|(不得|不能|不可|不予|不接受)(委托|代办|由他人代)[^，。；]{0,8}",
);

/// Words that leave another way: an agent, a guardian, a video.
const OTHER_WAY: [&str; 8] = [
    "可以委托",
    "可委托",
    "委托代理人",
    "监护人",
    "代为",
    "视频",
    "网上",
    "邮寄",
];

/// CON008: the conditions ask for the applicant himself, and another column allows an agent or wants no visit.
pub(super) fn in_person(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(clauses) = clauses(view) else { return };
    let texts = || clauses.items.iter().map(|clause| clause.text.as_str());
    let mut found = texts().filter_map(|text| IN_PERSON.find(text));
    let Some(words) = found.next().map(|found| found.as_str()) else {
        return;
    };
    // What one clause demands, another may take back: 可以委托….
    if texts().any(|text| OTHER_WAY.iter().any(|word| text.contains(word))) {
        return;
    }
    let agent = view.said(view.known.field.agent);
    let steps = view.text(view.known.field.procedure).unwrap_or_default();
    let (reason, other) = if agent.is_some_and(|text| text.starts_with(['是', '1']) || text.starts_with("支持")) {
        ("agent", String::new())
    } else if let Some(paper) = agents_paper(view) {
        ("material", paper)
    } else if let Some(word) = ["委托代理人", "代办", "受托人"]
        .iter()
        .find(|word| steps.contains(**word))
    {
        ("procedure", (*word).to_owned())
    } else if *view.value(view.known.visits) == Value::Count(0) {
        ("visits", String::new())
    } else {
        return;
    };
    let args = vec![
        ("words", words.to_owned()),
        ("reason", reason.to_owned()),
        ("other", other),
    ];
    sink.report(view, "conditions", args);
}

/// The material that only an agent hands in, where there is one.
fn agents_paper(view: &RowView<'_>) -> Option<String> {
    let Value::Materials(materials) = view.value(view.known.materials) else {
        return None;
    };
    let of_agent = |material: &&Material| {
        ["委托书", "代理人", "代办人", "受托人", "被委托人"]
            .iter()
            .any(|word| material.name.contains(word))
    };
    materials.iter().find(of_agent).map(|material| material.name.clone())
}

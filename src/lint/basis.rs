//! Family BAS: legal bases (设定依据).
//!
//! Must not know which laws exist or what they say: that is the law library's.

use std::sync::LazyLock;

use regex::Regex;

use super::{RowView, Sink, start_of};
use crate::model::{Citation, Fix, Shape, Value};

/// The text of the basis as it stands in the file, with the field that it stands in.
fn raw<'a>(view: &RowView<'a>) -> Option<(&'static str, &'a str)> {
    let fields = &view.known.field;
    [("basis", fields.basis), ("legal_bases", fields.legal_bases)]
        .into_iter()
        .find_map(|(id, field)| view.said(field).map(|text| (id, text)))
}

fn citations<'a>(view: &RowView<'a>) -> &'a [Citation] {
    match view.value(view.known.basis) {
        Value::Citations(citations) => citations,
        _ => &[],
    }
}

/// BAS001: no basis (domain handbook 12).
pub(super) fn none(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if view.carries(view.known.basis) && *view.value(view.known.basis) == Value::Empty {
        sink.report(view, "basis", Vec::new());
    }
}

/// What has articles to be named, by the end of its title. Notices and decisions are numbered in other ways.
const WITH_ARTICLES: [&str; 7] = ["法", "条例", "办法", "规定", "规则", "细则", "规程"];

/// BAS002: a law is named without its article, or the decision that amended it stands for it (domain handbook 12, 19).
pub(super) fn no_article(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let wanted = |citation: &&Citation| {
        let title = citation.title.split('（').next().unwrap_or_default();
        let law = WITH_ARTICLES.iter().any(|end| title.ends_with(end)) && !title.ends_with("做法");
        let amending = title.contains("关于修改") && title.ends_with("决定");
        citation.article.is_none() && citation.item.is_none() && (law || amending)
    };
    let mut titles: Vec<&str> = citations(view)
        .iter()
        .filter(wanted)
        .map(|citation| citation.title.as_str())
        .collect();
    // Some other citation of the same law may have it.
    titles.retain(|title| {
        !citations(view)
            .iter()
            .any(|other| other.title == *title && other.article.is_some())
    });
    titles.dedup();
    if !titles.is_empty() {
        sink.report(
            view,
            "basis",
            vec![("titles", format!("《{}》", titles.join("》、《")))],
        );
    }
}

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(\p{Han}{1,20})\s*[\[［【(（{]\s*((?:19|20)\d{2})\s*[\]］】)）}]\s*第?\s*(\d{1,5})\s*号").ok()
});

/// BAS003: the year of a document number is not in 〔〕 (GB/T 9704).
pub(super) fn number_brackets(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Some((field, text)), Some(pattern)) = (raw(view), NUMBER.as_ref()) else {
        return;
    };
    // The number of an order has no brackets at all: 国家发展改革委令2016年第44号.
    let wrong = |found: &regex::Captures<'_>| {
        found.get(1).is_some_and(|issuer| {
            !["令", "公告", "通告"]
                .iter()
                .any(|word| issuer.as_str().ends_with(word))
        })
    };
    let right = |found: &regex::Captures<'_>| {
        let part = |n| found.get(n).map_or("", |part| part.as_str());
        format!("{}〔{}〕{}号", part(1), part(2), part(3))
    };
    let Some(first) = pattern.captures_iter(text).find(wrong) else {
        return;
    };
    let in_file = view.profile.field(field);
    let of_text = view.raw(in_file).filter(|_| view.shape(in_file) == Shape::Text);
    let fix = of_text.map(|text| {
        let all = |found: &regex::Captures<'_>| {
            if wrong(found) {
                right(found)
            } else {
                found.get(0).map_or("", |all| all.as_str()).to_owned()
            }
        };
        let text = pattern.replace_all(text, all).into_owned();
        Fix { text, safe: true }
    });
    let found = first.get(0).map_or("", |all| all.as_str()).to_owned();
    sink.report_with(view, field, vec![("found", found), ("right", right(&first))], fix);
}

/// Whether the letters of one text stand in another in the same order.
fn within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// BAS004: one record writes a law's number, or the name that goes with a number, in two ways.
pub(super) fn varying(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let citations = citations(view);
    for (at, one) in citations.iter().enumerate() {
        let Some(number) = &one.number else { continue };
        for other in citations.iter().skip(at + 1).take(100) {
            let Some(other_number) = &other.number else { continue };
            let (short, long) = if one.title.len() < other.title.len() {
                (&one.title, &other.title)
            } else {
                (&other.title, &one.title)
            };
            let near = long.chars().count() <= short.chars().count() + 4 && within(short, long);
            let (a, b) = if one.title == other.title && number != other_number {
                (format!("《{}》{number}", one.title), other_number.clone())
            } else if number == other_number && one.title != other.title && near {
                (format!("{number}《{}》", one.title), format!("《{}》", other.title))
            } else {
                continue;
            };
            sink.report(view, "basis", vec![("one", a), ("other", b)]);
            return;
        }
    }
}

/// How the title of a mere document ends.
const DOCUMENT: [&str; 14] = [
    "通知", "意见", "通告", "函", "复函", "纪要", "方案", "请示", "批复", "解答", "指南", "规划", "清单", "目录",
];

/// Whether a citation is certainly of a document that makes no law (规范性文件).
fn is_document(citation: &Citation) -> bool {
    let title = citation.title.split('（').next().unwrap_or_default();
    let law = ["法", "条例"].iter().any(|end| title.ends_with(end)) && !title.ends_with("办法");
    // 国务院决定 may set up permits (行政许可法 art. 14).
    let decision = title.ends_with("决定") && title.contains("国务院");
    let numbered = citation.number.as_ref().is_some_and(|number| number.contains('〔'));
    !law && !decision && (DOCUMENT.iter().any(|end| title.ends_with(end)) || numbered)
}

/// BAS005: a permit rests on nothing but documents (行政许可法 art. 14, 15, 17).
pub(super) fn documents_only(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let citations = citations(view);
    if view.is_permit() && !citations.is_empty() && citations.iter().all(is_document) {
        let first = citations
            .first()
            .map(|citation| citation.title.clone())
            .unwrap_or_default();
        sink.report(view, "basis", vec![("title", first)]);
    }
}

/// BAS006: a 《 without its 》, or the other way round.
pub(super) fn title_marks(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some((field, text)) = raw(view) else { return };
    let mut open: Vec<usize> = Vec::new();
    let mut wrong = None;
    for (at, c) in text.char_indices() {
        match c {
            '《' => open.push(at),
            '》' if open.pop().is_none() => wrong = wrong.or(Some(at)),
            _ => {}
        }
    }
    if let Some(at) = wrong.or(open.first().copied()) {
        let from = text[..at].char_indices().rev().nth(14).map_or(0, |(at, _)| at);
        sink.report(view, field, vec![("near", start_of(&text[from..], 30))]);
    }
}

/// BAS007: the text names no law at all: 按照上级规定, 根据有关规定.
pub(super) fn no_law(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Value::Unknown(_, text) = view.value(view.known.basis) else {
        return;
    };
    sink.report(view, "basis", vec![("text", start_of(text, 40))]);
}

//! Family BAS: legal bases (设定依据).
//!
//! Must not know which laws exist or what they say: that is the law library's.

use super::pattern::Pattern;
use super::{RowView, Sink, start_of};
use crate::model::{Citation, Fix, Shape, Value};
use crate::normalise::{citations as cited, number};

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
    // Of a text that stops before the number of the article (《水法》第), the law can be read all the same.
    let cut = match view.value(view.known.basis) {
        Value::Unknown(_, text) => cited::parse(text),
        _ => Vec::new(),
    };
    let all = || citations(view).iter().chain(&cut);
    let wanted = |citation: &&Citation| {
        let title = citation.title.split('（').next().unwrap_or_default();
        let law = WITH_ARTICLES.iter().any(|end| title.ends_with(end)) && !title.ends_with("做法");
        let amending = title.contains("关于修改") && title.ends_with("决定");
        citation.article.is_none() && citation.item.is_none() && (law || amending)
    };
    let mut titles: Vec<&str> = all().filter(wanted).map(|citation| citation.title.as_str()).collect();
    // Some other citation of the same law may have it.
    titles.retain(|title| !all().any(|other| other.title == *title && other.article.is_some()));
    titles.dedup();
    if !titles.is_empty() {
        sink.report(
            view,
            "basis",
            vec![("titles", format!("《{}》", titles.join("》、《")))],
        );
    }
}

static NUMBER: Pattern =
    Pattern::of(r"(\p{Han}{1,20})\s*[\[［【(（{]\s*((?:19|20)\d{2})\s*[\]］】)）}]\s*第?\s*(\d{1,5})\s*号");

/// BAS003: the year of a document number is not in 〔〕 (GB/T 9704).
pub(super) fn number_brackets(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some((field, text)) = raw(view) else { return };
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
    let Some(first) = NUMBER.captures_iter(text).find(wrong) else {
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
        let text = NUMBER.replace_all(text, all).into_owned();
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
    if !citations.is_empty() && citations.iter().all(is_document) && view.is_permit() {
        let first = citations.first().map(Citation::named).unwrap_or_default();
        sink.report(view, "basis", vec![("title", first)]);
    }
}

/// What a basis is by its rank (立法法 2023 art. 98 to 103), as far as its title and number say it for certain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Law,
    /// Administrative regulations (行政法规), and decisions of the State Council.
    Regulation,
    /// Local regulations and rules of ministries and governments: which of them goes first, the law does not say.
    Rule,
    Document,
}

fn rank(view: &RowView<'_>, citation: &Citation) -> Option<Rank> {
    let title = citation.title.split('（').next().unwrap_or_default();
    let number = citation.number.as_deref().unwrap_or_default();
    let order = number.contains("令第") || number.contains("令〔") || number.contains("年第");
    let local = || is_local(view, title);
    if number.contains("国务院令") {
        Some(Rank::Regulation)
    } else if number.contains("主席令") || (title.ends_with('法') && !title.ends_with("办法") && !local()) {
        Some(Rank::Law)
    } else if order && number.contains('令') {
        Some(Rank::Rule)
    } else if title.ends_with("条例") {
        Some(if local() { Rank::Rule } else { Rank::Regulation })
    } else if is_document(citation) {
        Some(Rank::Document)
    } else {
        None
    }
}

/// Whether a title begins with the name of a province or city: 四川省…条例, 广州市…办法.
fn is_local(view: &RowView<'_>, title: &str) -> bool {
    let ends = ["省", "市", "自治区", "自治州", "自治县", "特区"];
    let head: String = title.chars().take(12).collect();
    let named = ends.iter().any(|end| head.contains(end));
    // 城市, 市场 and 市政 are no names of places.
    named
        && head.char_indices().any(|(at, c)| {
            let name = &head[..at + c.len_utf8()];
            ends.iter().any(|end| name.ends_with(end))
                && (name.ends_with("特区") || !view.profile.divisions().by_name(name).is_empty())
        })
}

/// BAS008: the bases do not go from the highest rank to the lowest.
pub(super) fn order(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let citations = citations(view);
    if citations.len() < 2 {
        return;
    }
    let Some((field, text)) = raw(view) else { return };
    // The normal form is a set: where a law stands is looked up in the text.
    let mut placed: Vec<(usize, Rank, &Citation)> = Vec::new();
    for citation in citations {
        let Some(rank) = rank(view, citation) else { continue };
        let title = citation.title.as_str();
        let marked = [format!("《{title}"), format!("《中华人民共和国{title}")];
        let at = marked.iter().filter_map(|title| text.find(title.as_str())).min();
        if let Some(at) = at.or_else(|| text.find(title)) {
            placed.push((at, rank, citation));
        }
    }
    placed.sort_unstable();
    let fall = placed.windows(2).find(|pair| pair[0].1 > pair[1].1);
    if let Some([(_, _, before), (_, _, after)]) = fall {
        let args = vec![("before", before.named()), ("after", after.title.clone())];
        sink.report(view, field, args);
    }
}

/// The head of an article in quoted text: 第五条, not 第五条规定的….
static HEAD: Pattern = Pattern::of(
    r"(?:^|[。；”\s])第\s*([0-9〇零一二三四五六七八九十百千]{1,7})\s*条(?:之([一二三四五六七八九十]))?(.?)",
);

/// What follows the number of an article that is only mentioned.
const MENTIONED: &str = "规所的第至和或及、，以中之外情限定列款项与到或）)》等";

/// BAS009: the quoted text is that of other articles than the ones that are named.
pub(super) fn other_article(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let all = citations(view);
    for citation in all {
        let (Some(quote), Some(article)) = (&citation.quote, citation.article) else {
            continue;
        };
        let heads: Vec<u64> = HEAD
            .captures_iter(quote)
            .filter(|found| {
                found
                    .get(3)
                    .is_none_or(|next| !MENTIONED.contains(next.as_str()) || next.is_empty())
            })
            .filter_map(|found| number::whole(found.get(1)?.as_str()))
            .collect();
        let named = |head: &u64| {
            let of_law = all.iter().filter(|other| other.title == citation.title);
            of_law
                .filter_map(|other| Some((other.article?.number, other.to)))
                .any(|(from, to)| (u64::from(from)..=u64::from(to.map_or(from, |to| to.number))).contains(head))
        };
        // A quotation that holds what is named, and more, is no mistake.
        if let Some(other) = heads.first().filter(|_| !heads.iter().any(named)) {
            let args = vec![
                ("title", citation.title.clone()),
                ("article", article.to_string()),
                ("quoted", format!("第{other}条")),
            ];
            sink.report(view, "basis", args);
        }
    }
}

/// Whether a citation is certainly of rules that a department of the State Council made: its number is of an order, and not of
/// the State Council's, the president's, an assembly's or a government's.
fn is_ministry_rule(citation: &Citation) -> bool {
    let title = citation.title.split('（').next().unwrap_or_default();
    let law = ["法", "条例"].iter().any(|end| title.ends_with(end)) && !title.ends_with("办法");
    let issuer = citation.number.as_deref().and_then(|number| number.split('令').next());
    let ministry = |issuer: &str| {
        !["国务院", "中央军委", "主席"].contains(&issuer)
            && ["部", "委", "委员会", "总局", "署", "局", "总署", "会", "行"]
                .iter()
                .any(|end| issuer.ends_with(end))
            && !["人民", "省", "市", "自治", "人大", "常委会"]
                .iter()
                .any(|word| issuer.contains(word))
    };
    let order = citation.number.as_deref().is_some_and(|number| number.contains('令'));
    !law && order && issuer.is_some_and(ministry)
}

/// BAS010: a permit rests on rules of ministries only (行政许可法 art. 14 to 17).
pub(super) fn ministry_rules_only(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let citations = citations(view);
    let low = |citation: &Citation| is_ministry_rule(citation) || is_document(citation);
    if view.is_permit()
        && citations.iter().all(low)
        && let Some(rule) = citations.iter().find(|citation| is_ministry_rule(citation))
    {
        sink.report(view, "basis", vec![("title", rule.named())]);
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
    // A text that stops after 第 is of no use as a value, but the law is named.
    if cited::parse(text).is_empty() {
        sink.report(view, "basis", vec![("text", start_of(text, 40))]);
    }
}

//! Citations: which legal bases (设定依据) a text names: law, document number, article, paragraph, subparagraph, quoted text.
//!
//! Must not know which laws exist, what they say or which are in force (that is `law`), nor judge a basis (that is `lint`).
//!
//! One pass over the folded text ([`scan`]); whatever is looked at twice (a title, a note, the words before 第X条) has a greatest
//! length, so that no text costs more than its length. A quoted article is passed over: what it cites is no basis of the item.

use std::collections::HashMap;

use super::{Parts, Role, fold, number};

use crate::model::{Article, Citation, UnknownWhy, Value};

mod clauses;
mod notes;
mod numbers;
mod quotes;
mod records;
mod scan;
#[cfg(test)]
mod tests;
mod titles;
mod unmarked;
mod words;

use clauses::names_place;
pub use numbers::document_number;
pub use records::from_records;
use scan::Scanner;
pub use titles::title;

/// The longest title and note, in bytes.
const LONGEST_TITLE: usize = 480;
const LONGEST_NOTE: usize = 3000;
/// The most characters of a run of words before or behind something.
const LONGEST_RUN: usize = 60;
/// The most numbers of one list (第（三）（五）…项) or written-out range.
const MOST_NUMBERS: usize = 40;
/// Quotation marks keep their direction in characters of their own, for `fold::half` makes them all alike.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

const COUNTRY: &str = "中华人民共和国";
/// Words in front of a law or issuer that do not belong to its name.
const VERBS: &str = "根据 依据 依照 按照 违反 符合 适用 参照 遵守 遵照 执行 贯彻 具备 属于 履行 涉及";

/// Looked up at every character; the seed is the process's own, for keys are other people's text.
type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// Reads the columns of one row: a set, sorted.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let records = parts.records();
    let entries = parts.entries(Role::Value);
    if records.is_empty() && entries.iter().any(|text| cut_off(text)) {
        return Value::Unknown(UnknownWhy::Unreadable, fold::spelling(&entries.join("；")));
    }
    let mut found = if records.is_empty() {
        finish(entries.iter().flat_map(|text| parse(text)).collect())
    } else {
        from_records(&records)
    };
    if found.is_empty() {
        let text = entries.join("；");
        return if text.is_empty() {
            Value::Empty
        } else if parts.vocabulary.only_refers(&text) {
            Value::Unknown(UnknownWhy::Refers, fold::spelling(&text))
        } else {
            Value::Unknown(UnknownWhy::Unreadable, fold::spelling(&text))
        };
    }
    for citation in &mut found {
        let Some(docno) = &citation.number else { continue };
        if let Some(named) = numbers::with_issuers(docno, &parts.vocabulary.issuers) {
            if citation.title == *docno {
                citation.title.clone_from(&named);
            }
            citation.number = Some(named);
        }
    }
    found.sort();
    found.dedup();
    Value::Citations(found)
}

/// All legal bases named in a text, in order, duplicates removed. The quoted text of an article stands in `quote` (of articles
/// quoted together, with the first). Left out is what is cited inside a quotation, and a law without an article where the same
/// text also names its article. A document number that is given once holds for the law in the whole text.
pub fn parse(text: &str) -> Vec<Citation> {
    let directed: String = text
        .chars()
        .map(|c| match c {
            '“' | '「' | '『' => OPEN,
            '”' | '」' | '』' => CLOSE,
            _ => c,
        })
        .collect();
    let half = fold::half(&directed);
    let mut scanner = Scanner::new(&half);
    scanner.run();
    finish(scanner.found)
}

/// An article as laws write it: 第三百零七条之一.
pub fn article_in_words(article: Article) -> String {
    let number = number::in_chinese;
    let of = match article.of {
        0 => String::new(),
        of => format!("之{}", number(of)),
    };
    format!("第{}条{of}", number(article.number))
}

/// A citation as laws write it: `《文物保护法》第三十一条第二款第（三）项`.
pub fn in_words(citation: &Citation) -> String {
    citation.named() + &place_in_words(citation)
}

/// The place in a law as laws write it: `第三十一条第二款第（三）项`.
pub fn place_in_words(citation: &Citation) -> String {
    let number = number::in_chinese;
    let article = article_in_words;
    let mut out = String::new();
    out += citation.part.as_deref().unwrap_or_default();
    out += &citation.article.map(article).unwrap_or_default();
    out += &citation.to.map(|to| format!("至{}", article(to))).unwrap_or_default();
    out += &citation
        .paragraph
        .map(|n| format!("第{}款", number(n)))
        .unwrap_or_default();
    out += &citation
        .item
        .map(|n| format!("第（{}）项", number(n)))
        .unwrap_or_default();
    out += &citation.point.map(|n| format!("第{n}目")).unwrap_or_default();
    out
}

/// Whether a text stops in the middle of a place (第七) or of a title.
fn cut_off(text: &str) -> bool {
    let half = fold::half(text);
    let text = half.trim_end();
    let (before, _) = words::tail(text, 9, |c| c.is_ascii_digit() || number::is_chinese_digit(c));
    if before.ends_with('第') {
        return true;
    }
    // A forgotten mark hides nothing where all behind it can be read: 《A办法第三条, （国务院令第426号.
    fold::left_open(text).is_some_and(|at| {
        let rest = text.get(at..).unwrap_or_default();
        let inner = rest.trim_start_matches(['《', '(', '[', '【', '<']);
        let read = unmarked::is_law(inner) || document_number(inner).is_some() || !parse(rest).is_empty();
        inner.len() <= LONGEST_NOTE && !read
    })
}

/// A law without a place in it.
fn law(title: &str, number: Option<String>) -> Citation {
    let (article, to, paragraph, item, point) = (None, None, None, None, None);
    Citation {
        title: title.to_owned(),
        part: None,
        article,
        to,
        paragraph,
        item,
        point,
        said: None,
        version: None,
        number,
        label: None,
        quote: None,
    }
}

fn unmark(text: &str) -> String {
    text.replace(OPEN, "“").replace(CLOSE, "”")
}

/// Takes duplicates out, and spreads what is said of a law or a place only once.
fn finish(found: Vec<Citation>) -> Vec<Citation> {
    let mut laws: Map<String, (Option<String>, bool, Option<u32>)> = Map::default();
    for citation in &found {
        let known = laws.entry(citation.title.clone()).or_default();
        known.0 = known.0.take().or_else(|| citation.number.clone());
        known.1 |= names_place(citation);
        known.2 = known.2.or(citation.version);
    }
    let mut seen: Map<Citation, usize> = Map::default();
    let mut out: Vec<Citation> = Vec::new();
    for mut citation in found {
        let (number, named_exactly, version) = laws.get(&citation.title).cloned().unwrap_or_default();
        if named_exactly && !names_place(&citation) {
            continue;
        }
        citation.number = citation.number.take().or(number);
        citation.version = citation.version.or(version);
        let (label, quote) = (citation.label.take(), citation.quote.take());
        let at = *seen.entry(citation.clone()).or_insert(out.len());
        match out.get_mut(at) {
            Some(first) => {
                first.label = first.label.take().or(label);
                first.quote = first.quote.take().or(quote);
            }
            None => out.push(Citation {
                label,
                quote,
                ..citation
            }),
        }
    }
    out
}

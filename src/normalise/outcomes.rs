//! Outcomes: the results of handling, by name and type (办理结果, 结果名称, 结果类型).
//!
//! Must not know which results a type allows.

use crate::model::{Outcome, Value};

use super::{Parts, Role, Vocabulary, enumerate, fold, names, numerals};

/// Reads the columns of one row: the names from one text or several entries; the type belongs to all of them.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let names = parts.entries(Role::Value);
    let kind = kind_of(parts);
    if kind.is_none()
        && let Some(unknown) = parts.refers(&names)
    {
        return unknown;
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for text in &names {
        let named = named(text, parts.vocabulary);
        outcomes.reserve_exact(named.len());
        outcomes.extend(named.into_iter().map(|name| outcome(name, kind.as_deref(), parts)));
    }
    if outcomes.is_empty() && kind.is_some() {
        outcomes.push(Outcome {
            name: String::new(),
            kind,
        });
    }
    outcomes.sort();
    outcomes.dedup();
    if outcomes.is_empty() {
        Value::Empty
    } else {
        Value::Outcomes(outcomes)
    }
}

/// Whether the columns of one row are read as something that can be compared.
pub(super) fn speaks(parts: &Parts<'_>) -> bool {
    let names = parts.entries(Role::Value);
    let says = |text: &String| !named(text, parts.vocabulary).is_empty();
    kind_of(parts).is_some() || parts.refers(&names).is_none() && names.iter().any(says)
}

fn kind_of(parts: &Parts<'_>) -> Option<String> {
    parts.text(Role::Type).and_then(|kind| type_of(kind, parts))
}

/// The names in a text, folded.
fn named(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let half = fold::half(text);
    let half = enumerate::spread(&half, is_paper);
    let said = |text: &str| {
        let name = name(text, vocabulary);
        (!name.is_empty() && !vocabulary.is_empty_word(&name)).then_some(name)
    };
    let strong: Vec<(&str, String)> = enumerate::entries(&half)
        .iter()
        .flat_map(|entry| fold::split_outside(entry.text, &['；', ';']))
        .filter_map(|text| Some((text, said(text)?)))
        .collect();
    // 、 and 和 only divide where nothing stronger does.
    if let [(only, _)] = strong.as_slice() {
        let pieces: Vec<&str> = fold::split_outside(only, &['、', '，', ','])
            .into_iter()
            .flat_map(|piece| both(piece, &['和', '及', '与']))
            .collect();
        if pieces != [*only] {
            return pieces.into_iter().filter_map(said).collect();
        }
    }
    strong.into_iter().map(|(_, name)| name).collect()
}

/// The type by the code list, several in its order; what is on no list is kept.
fn type_of(text: &str, parts: &Parts<'_>) -> Option<String> {
    let spelt = fold::spelling(text);
    let Some(list) = parts.list else { return Some(spelt) };
    let find = |text: &str| list.find(text, parts.dialect);
    let mut found: Vec<usize> = match find(text) {
        Some(at) => vec![at],
        None => {
            let pieces = fold::split_outside(&spelt, &['、', '，', ',', '；', '^', '|', '/']);
            let found: Option<Vec<usize>> = pieces.into_iter().map(find).collect();
            match found {
                Some(found) => found,
                None => return Some(spelt).filter(|_| !parts.vocabulary.only_refers(text)),
            }
        }
    };
    found.sort_unstable();
    found.dedup();
    let names: Vec<&str> = found.iter().map(|&at| list.values[at].1.as_str()).collect();
    Some(names.join("、"))
}

/// One result; where no column gives its type, a name that is a type of the list, or has one in brackets behind it, says it.
fn outcome(mut name: String, kind: Option<&str>, parts: &Parts<'_>) -> Outcome {
    let mut kind = kind.map(str::to_owned);
    let values = parts.list.map_or(&[][..], |list| &list.values);
    // By the list's own words only: 批复 is a type and the name of a paper.
    let is_type = |text: &str| {
        values
            .iter()
            .find(|(code, own)| own == text || code == text)
            .map(|(_, own)| own.clone())
    };
    if let Some(own) = is_type(&name) {
        if kind.is_none() || kind.as_ref() == Some(&own) {
            (name, kind) = (String::new(), Some(own));
        }
    } else if let Some((front, bracket)) = names::last_bracket(&name)
        && let Some(own) = is_type(&names::case_name(bracket))
        && (kind.is_none() || kind.as_ref() == Some(&own))
    {
        (name, kind) = (front.to_owned(), Some(own));
    }
    Outcome { name, kind }
}

/// What a paper is called at the end: only between two papers is 和 a list.
const PAPERS: [&str; 16] = [
    "证",
    "书",
    "执照",
    "批文",
    "批复",
    "文件",
    "决定",
    "意见",
    "公告",
    "报告",
    "许可",
    "备案表",
    "登记表",
    "回执",
    "通知单",
    "函",
];

fn is_paper(text: &str) -> bool {
    let text = text.trim().trim_end_matches('》');
    let text = names::last_bracket(text).map_or(text, |(front, _)| front.trim_end_matches('》'));
    PAPERS.iter().any(|paper| text.ends_with(paper))
}

/// Divides at a word between papers.
fn both<'a>(text: &'a str, words: &[char]) -> Vec<&'a str> {
    let parts = fold::split_outside(text, words);
    if parts.len() > 1 && parts.iter().all(|part| is_paper(part)) {
        parts
    } else {
        vec![text]
    }
}

/// Folded, without the title marks around the name: 《取水许可证》（正本、副本） is 取水许可证（正本、副本）. Where one paper or another is
/// given, their order says nothing.
fn name(text: &str, vocabulary: &Vocabulary) -> String {
    let bare = enumerate::bare(text);
    let bare = numerals::fold(&bare, &vocabulary.measures);
    let mut either: Vec<String> = both(&bare, &['或'])
        .into_iter()
        .map(|part| one(&enumerate::bare(part.trim_start_matches('者'))))
        .collect();
    either.sort();
    either.dedup();
    either.join("或")
}

fn one(name: &str) -> String {
    let unmarked = name.strip_prefix('《').and_then(|rest| rest.split_once('》'));
    let name = match unmarked {
        Some((inner, behind)) if !inner.contains('《') && (behind.is_empty() || behind.starts_with('（')) => {
            format!("{inner}{behind}")
        }
        _ => name.to_owned(),
    };
    match names::last_bracket(&name) {
        Some((front, bracket)) if is_both_copies(&names::case_name(bracket)) => format!("{front}（正本、副本）"),
        _ => name,
    }
}

fn is_both_copies(text: &str) -> bool {
    matches!(
        text,
        "正本、副本"
            | "副本、正本"
            | "正副本"
            | "正、副本"
            | "正本和副本"
            | "副本和正本"
            | "正本及副本"
            | "含正副本"
            | "正本，副本"
            | "正本/副本"
    )
}

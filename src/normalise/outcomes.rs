//! Outcomes: the results of handling, by name and type (办理结果, 结果名称, 结果类型).
//!
//! Must not know which results a type allows.

use crate::model::{Outcome, Value};

use super::{Parts, Role, Vocabulary, enumerate, fold, names, numerals};

/// Reads the columns of one row: the names from one text or several entries; the type belongs to all of them.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let names = parts.entries(Role::Value);
    let kind = parts.text(Role::Type).and_then(|kind| type_of(kind, parts));
    if kind.is_none()
        && let Some(unknown) = parts.refers(&names)
    {
        return unknown;
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for text in &names {
        let half = fold::half(text);
        let half = enumerate::spread(&half, is_paper);
        let says = |text: &&str| {
            let name = name(text, parts.vocabulary);
            !name.is_empty() && !parts.vocabulary.is_empty_word(&name)
        };
        let strong: Vec<&str> = enumerate::entries(&half)
            .iter()
            .flat_map(|entry| fold::split_outside(entry.text, &['；', ';']))
            .filter(says)
            .collect();
        // 、 and 和 only divide where nothing stronger does.
        let pieces = match strong.as_slice() {
            [only] => fold::split_outside(only, &['、', '，', ','])
                .into_iter()
                .flat_map(|piece| both(piece, &['和', '及', '与']))
                .filter(says)
                .collect(),
            _ => strong,
        };
        outcomes.extend(pieces.into_iter().map(|piece| outcome(piece, kind.as_deref(), parts)));
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
fn outcome(piece: &str, kind: Option<&str>, parts: &Parts<'_>) -> Outcome {
    let mut name = name(piece, parts.vocabulary);
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

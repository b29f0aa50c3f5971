//! Steps: the procedure as an ordered list of canonical step names with their days (办理流程, 办理环节).
//!
//! Must not know which steps a procedure ought to have.

use crate::model::{Duration, Step, Value};

use super::vocabulary::{Vocabulary, key};
use super::{Parts, Role, duration, enumerate, fold};

const ARROWS: [&str; 12] = ["→", "➔", "➜", "⇒", "⟶", "➡", "—>", "->", "=>", "–>", "--", "↓"];

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let records = parts.records();
    if !records.is_empty() {
        return from_records(&records, parts.vocabulary);
    }
    let entries = parts.entries(Role::Value);
    parts
        .refers(&entries)
        .unwrap_or_else(|| parse(&entries, parts.vocabulary))
}

/// Reads one text or several entries. `Empty` when no step is found.
fn parse(texts: &[String], vocabulary: &Vocabulary) -> Value {
    let mut steps: Vec<Step> = Vec::new();
    for text in texts {
        for piece in pieces(text, vocabulary) {
            for step in named(&piece, None, vocabulary) {
                if steps.last() != Some(&step) {
                    steps.push(step);
                }
            }
        }
    }
    if steps.is_empty() {
        Value::Empty
    } else {
        Value::Steps(steps)
    }
}

/// Reads records of the fields name, days, unit, special.
fn from_records(records: &[Vec<(String, String)>], vocabulary: &Vocabulary) -> Value {
    let mut steps = Vec::new();
    for record in records {
        let field = |name: &str| {
            record
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, text)| text.as_str())
        };
        let days = field("days").and_then(|days| duration::parse(days, field("unit"), &vocabulary.immediate));
        if let Some(name) = field("name") {
            steps.extend(named(name, days, vocabulary));
        }
    }
    if steps.is_empty() {
        Value::Empty
    } else {
        Value::Steps(steps)
    }
}

fn pieces(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let half = fold::half(text);
    let mut unified = half;
    for arrow in ARROWS {
        if unified.contains(arrow) {
            unified = unified.replace(arrow, "\n");
        }
    }
    let says = |text: &&str| {
        let bare = enumerate::bare(text);
        !bare.is_empty() && !vocabulary.is_empty_word(&bare)
    };
    let strong: Vec<&str> = enumerate::entries(&unified)
        .iter()
        .flat_map(|entry| fold::split_outside(entry.text, &['；', ';', '。']))
        .filter(says)
        .collect();
    // 、 only divides where nothing stronger does.
    match strong.as_slice() {
        // 受理 审查 决定: blanks divide known steps only, for they also stand inside words.
        [only] if only.contains(' ') && only.split(' ').all(|word| vocabulary.steps.contains_key(&key(word))) => {
            owned(only.split(' ').collect())
        }
        [only] => owned(fold::split_outside(only, &['、', '，', ',', '/', '-', '>', '～', '~'])),
        _ => owned(strong),
    }
}

fn owned(pieces: Vec<&str>) -> Vec<String> {
    pieces.into_iter().map(str::to_owned).collect()
}

/// `受理（1个工作日）`, `受理：1个工作日`, `受理 1个工作日`, or a bare name.
fn named(text: &str, days: Option<Duration>, vocabulary: &Vocabulary) -> Vec<Step> {
    let text = enumerate::bare(text);
    if text.is_empty() || vocabulary.is_empty_word(&text) {
        return Vec::new();
    }
    let limit = |text: &str| duration::parse(text, None, &vocabulary.immediate);
    let mut name = text.as_str();
    let mut days = days;
    if days.is_none() {
        if let Some((before, bracket)) = super::names::last_bracket(&text)
            && let Some(found) = limit(fold::unwrap_brackets(bracket))
        {
            (name, days) = (before, Some(found));
        } else if let Some((before, after)) = text.split_once('：')
            && let Some(found) = limit(after)
        {
            (name, days) = (before, Some(found));
        } else if let Some(at) = text.find(|c: char| c.is_ascii_digit()).filter(|&at| at > 0)
            && let Some(found) = limit(&text[at..])
            && ends_in_unit(&text)
        {
            (name, days) = (text[..at].trim_end_matches(['，', '（']), Some(found));
        }
    }
    let name = fold::spelling(name);
    if name.is_empty() {
        return Vec::new();
    }
    let parts = vocabulary.steps.get(&key(&name)).cloned().unwrap_or_else(|| vec![name]);
    let last = parts.len() - 1;
    parts
        .into_iter()
        .enumerate()
        .map(|(at, name)| Step {
            special: vocabulary.special_steps.contains(&name),
            name,
            // The time of several steps in one word is that until the last of them.
            days: days.clone().filter(|_| at == last),
        })
        .collect()
}

fn ends_in_unit(text: &str) -> bool {
    ["工作日", "自然日", "日", "天", "月", "小时"]
        .iter()
        .any(|unit| text.ends_with(unit))
}

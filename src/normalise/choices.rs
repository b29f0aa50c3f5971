//! Choices: values of a code list, one or several, in the dialects of regional systems.
//!
//! Must not know which list belongs to which element.

use crate::model::{Choice, UnknownWhy, Value};

use super::vocabulary::CodeList;
use super::{Parts, Role, fold};

fn choice(list: &CodeList, at: usize) -> Choice {
    let (code, name) = &list.values[at];
    Choice {
        code: code.clone(),
        name: name.clone(),
    }
}

/// Reads one choice from the columns of one row.
pub(super) fn read_one(parts: &Parts<'_>) -> Value {
    one(
        parts.text(Role::Value),
        parts.text(Role::Text),
        parts.list,
        parts.dialect,
    )
}

/// Reads several choices from the columns of one row.
pub(super) fn read_several(parts: &Parts<'_>) -> Value {
    several(&parts.entries(Role::Value), parts.list, parts.dialect, &|text| {
        parts.vocabulary.is_empty_word(text)
    })
}

/// One choice. The written-out text wins over the code, for codes differ between systems. A text that is on no list is
/// kept and reported, never dropped.
fn one(value: Option<&str>, text: Option<&str>, list: Option<&CodeList>, dialect: Option<&str>) -> Value {
    let Some(list) = list else {
        return match text.or(value) {
            Some(text) => Value::Text(fold::spelling(text)),
            None => Value::Empty,
        };
    };
    for (candidate, dialect) in [(text, None), (value, dialect)] {
        if let Some(at) = candidate.and_then(|candidate| list.find(candidate, dialect)) {
            return Value::Choice(choice(list, at));
        }
    }
    match value.or(text) {
        Some(text) => Value::Unknown(UnknownWhy::Unreadable, fold::spelling(text)),
        None => Value::Empty,
    }
}

/// What stands between two choices.
pub(super) const SEPARATORS: [char; 9] = ['、', ',', '，', ';', '；', '|', '^', '/', '\n'];

/// Several choices, from a list or from one text with any separator. A whole text that is one entry is not split, so
/// 镇（乡、街道）级 stays one.
fn several(texts: &[String], list: Option<&CodeList>, dialect: Option<&str>, empty: &dyn Fn(&str) -> bool) -> Value {
    let mut found: Vec<(usize, Choice)> = Vec::new();
    let mut add = |piece: &str| {
        let piece = piece.trim();
        if piece.is_empty() || empty(piece) {
            return;
        }
        // 公民、法人和其他组织: a word between two choices, if both are of the list.
        if let Some(list) = list
            && list.find(piece, dialect).is_none()
        {
            for joint in ['和', '及', '与', '或'] {
                if let Some((left, right)) = piece.split_once(joint) {
                    let parts = [left.trim(), right.trim()];
                    let known = |part: &&str| {
                        list.find(part, dialect).is_some() || list.groups.contains_key(&super::vocabulary::key(part))
                    };
                    if parts.iter().all(known) {
                        for part in parts {
                            match list.find(part, dialect) {
                                Some(at) => found.push((at, choice(list, at))),
                                None => found.extend(
                                    list.groups[&super::vocabulary::key(part)]
                                        .iter()
                                        .map(|&at| (at, choice(list, at))),
                                ),
                            }
                        }
                        return;
                    }
                }
            }
        }
        let known = list.and_then(|list| list.find(piece, dialect).map(|at| (list, at)));
        if let Some((list, at)) = known {
            found.push((at, choice(list, at)));
        } else if let Some((list, members)) = list.and_then(|list| {
            list.groups
                .get(&super::vocabulary::key(piece))
                .map(|members| (list, members))
        }) {
            found.extend(members.iter().map(|&at| (at, choice(list, at))));
        } else {
            found.push((
                usize::MAX,
                Choice {
                    code: String::new(),
                    name: piece.to_owned(),
                },
            ));
        }
    };
    for text in texts {
        let whole = fold::spelling(text);
        if list.is_some_and(|list| list.find(&whole, dialect).is_some()) {
            add(&whole);
        } else {
            for piece in fold::split_outside(&fold::half(text), &SEPARATORS) {
                add(&super::enumerate::bare(piece));
            }
        }
    }
    found.sort();
    found.dedup();
    if found.is_empty() {
        Value::Empty
    } else {
        Value::Choices(found.into_iter().map(|(_, choice)| choice).collect())
    }
}

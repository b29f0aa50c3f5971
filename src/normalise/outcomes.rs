//! Outcomes: the results of handling, by name and type (办理结果, 结果名称, 结果类型).
//!
//! Must not know which results a type allows.

use crate::model::{Outcome, Value};

use super::vocabulary::CodeList;
use super::{Parts, Role, enumerate, fold};

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    parse(
        &parts.entries(Role::Value),
        parts.text(Role::Type),
        parts.list,
        &|text| parts.vocabulary.is_empty_word(text),
    )
}

/// Reads the names from one text or several entries; the type belongs to all of them.
fn parse(names: &[String], kind: Option<&str>, list: Option<&CodeList>, empty: &dyn Fn(&str) -> bool) -> Value {
    let kind = kind.map(
        |kind| match list.and_then(|list| list.find(kind, None).map(|at| &list.values[at].1)) {
            Some(name) => name.clone(),
            None => fold::spelling(kind),
        },
    );
    let mut outcomes: Vec<Outcome> = Vec::new();
    for text in names {
        let half = fold::half(text);
        let says = |text: &&str| {
            let name = name(text);
            !name.is_empty() && !empty(&name)
        };
        let strong: Vec<&str> = enumerate::entries(&half)
            .iter()
            .flat_map(|entry| fold::split_outside(entry.text, &['；', ';']))
            .filter(says)
            .collect();
        // 、 only divides where nothing stronger does.
        let pieces = match strong.as_slice() {
            [only] => fold::split_outside(only, &['、', '，', ','])
                .into_iter()
                .filter(says)
                .collect(),
            _ => strong,
        };
        outcomes.extend(pieces.into_iter().map(|piece| Outcome {
            name: name(piece),
            kind: kind.clone(),
        }));
    }
    if outcomes.is_empty()
        && let Some(kind) = kind
    {
        outcomes.push(Outcome {
            name: String::new(),
            kind: Some(kind),
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

/// Folded, without the title marks around the whole name: 《取水许可证》 is 取水许可证.
fn name(text: &str) -> String {
    let name = enumerate::bare(text);
    match name.strip_prefix('《').and_then(|name| name.strip_suffix('》')) {
        Some(inner) if !inner.contains('《') => inner.to_owned(),
        _ => name,
    }
}

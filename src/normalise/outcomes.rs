//! Outcomes: the results of handling, by name and type (办理结果, 结果名称, 结果类型).
//!
//! Must not know which results a type allows.

use crate::model::{Outcome, Value};

use super::vocabulary::CodeList;
use super::{enumerate, fold};

/// Reads the names from one text or several entries; the type belongs to all of them.
pub(super) fn parse(names: &[String], kind: Option<&str>, list: Option<&CodeList>) -> Value {
    let kind = kind.map(|kind| match list.and_then(|list| list.find(kind, None).map(|at| &list.values[at].1)) {
        Some(name) => name.clone(),
        None => fold::spelling(kind),
    });
    let mut outcomes: Vec<Outcome> = Vec::new();
    for text in names {
        let half = fold::half(text);
        let entries = enumerate::entries(&half);
        let single = entries.len() == 1;
        for entry in entries {
            let separators: &[char] = if single { &['；', ';', '、', '，'] } else { &['；', ';'] };
            for piece in fold::split_outside(entry.text, separators) {
                let name = name(piece);
                if !name.is_empty() {
                    outcomes.push(Outcome { name, kind: kind.clone() });
                }
            }
        }
    }
    if outcomes.is_empty()
        && let Some(kind) = kind
    {
        outcomes.push(Outcome { name: String::new(), kind: Some(kind) });
    }
    outcomes.sort();
    outcomes.dedup();
    if outcomes.is_empty() { Value::Empty } else { Value::Outcomes(outcomes) }
}

/// Folded, without the title marks around the whole name: 《取水许可证》 is 取水许可证.
fn name(text: &str) -> String {
    let name = enumerate::bare(text);
    match name.strip_prefix('《').and_then(|name| name.strip_suffix('》')) {
        Some(inner) if !inner.contains('《') => inner.to_owned(),
        _ => name,
    }
}

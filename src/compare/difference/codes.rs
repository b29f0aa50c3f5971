//! Two codes of one item.
//!
//! Must not know what the parts stand for in words.

use super::{change, changed, judgement};
use crate::model::{Change, Code, CodeParts, Detail, Judgement, Verdict, Why};

type Pick = for<'a> fn(&CodeParts<'a>) -> Option<&'a str>;

/// The parts of a basic code, as a report names them (GB/T 39554.1-2020).
const PARTS: [(&str, Pick); 6] = [
    ("目录区划", |parts| parts.region),
    ("事项类型", |parts| parts.item_type),
    ("业务指导部门", |parts| parts.department),
    ("主项", |parts| parts.main),
    ("子项", |parts| parts.sub),
    ("业务办理项", |parts| parts.handling),
];

/// Codes whose basic part differs; which part it is can be told within one system.
pub(super) fn compare(left: &Code, right: &Code) -> Judgement {
    let one_system = left.system() == right.system() || (left.is_standard() && right.is_standard());
    let (l, r) = (left.parts(), right.parts());
    let mut changes: Vec<Change> = PARTS
        .iter()
        // Handling codes number their cases as each body likes.
        .filter(|(name, _)| *name != "业务办理项" || !left.is_standard())
        .filter_map(|(name, pick)| {
            let (from, to) = (pick(&l)?, pick(&r)?);
            (from != to).then(|| change(name, from, to))
        })
        .collect();
    if !one_system || changes.is_empty() {
        return judgement(Verdict::Substantive, Why::Plain, changed(left.basic(), right.basic()));
    }
    changes.insert(0, change("", left.basic(), right.basic()));
    let detail = Detail {
        changed: changes,
        ..Detail::default()
    };
    judgement(Verdict::Substantive, Why::Plain, detail)
}

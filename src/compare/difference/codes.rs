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

/// Whose directory a code is of: two of one province are of one system, whatever their shape, as identity has it.
fn system(code: &Code) -> &str {
    code.parts().region.unwrap_or_else(|| code.system())
}

/// What of a code that carries the division or the body in front does not go with them: those differ by law.
fn own(code: &Code) -> Option<&str> {
    match code {
        // Division 6, hyphen, body 3, hyphen; body 10, hyphen.
        Code::Hubei(code) | Code::Gansu(code) => code.get(11..),
        // Organisation 9 and division 6 at the end.
        Code::BeijingLicence(code) => code.get(..9),
        _ => None,
    }
}

/// Codes whose basic part differs; which part it is can be told within one system. Codes of two systems cannot be held against each
/// other: each directory gives out its own.
pub(super) fn compare(left: &Code, right: &Code) -> Judgement {
    if system(left) != system(right) {
        let detail = changed(left.basic(), right.basic());
        return judgement(Verdict::Unknown, Why::OtherSystem, detail);
    }
    if let (Some(l), Some(r)) = (own(left), own(right))
        && l == r
    {
        let detail = changed(left.basic(), right.basic());
        return judgement(Verdict::Level, Why::LevelWords, detail);
    }
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

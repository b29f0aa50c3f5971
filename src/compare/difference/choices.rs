//! Two sets of values of a code list.
//!
//! Must not know the lists.

use super::judgement;
use crate::model::{Choice, Detail, Judgement, Relation, Verdict, Why};

/// As the applicant meets it: a side that has all values of the other and more is looser.
pub(super) fn compare(left: &[Choice], right: &[Choice]) -> Judgement {
    let beyond = |these: &[Choice], those: &[Choice]| -> Vec<String> {
        let only = these.iter().filter(|choice| !those.contains(choice));
        only.map(|choice| choice.name.clone()).collect()
    };
    let (added, removed) = (beyond(right, left), beyond(left, right));
    let relation = match (added.is_empty(), removed.is_empty()) {
        (false, true) => Some(Relation::Looser),
        (true, false) => Some(Relation::Stricter),
        (false, false) => Some(Relation::Overlapping),
        (true, true) => None,
    };
    let verdict = if relation.is_some() {
        Verdict::Substantive
    } else {
        Verdict::Notation
    };
    let detail = Detail {
        added,
        removed,
        changed: Vec::new(),
    };
    Judgement {
        relation,
        ..judgement(verdict, Why::Plain, detail)
    }
}

//! Two names.
//!
//! Must not know which rows they belong to.

use super::{Context, alike, changed, judgement};
use crate::model::{Judgement, Name, Verdict, Why};

/// A level suffix follows the body; a remark on policy is no part of the name, and is told.
pub(super) fn compare(left: &Name, right: &Name, context: &Context<'_>) -> Judgement {
    let (l, r) = (left.to_string(), right.to_string());
    let (left_bare, right_bare) = (left.bare(), right.bare());
    if left_bare != right_bare && !context.level_equal(&left_bare, &right_bare) {
        return judgement(Verdict::Substantive, Why::Plain, changed(l, r));
    }
    if left_bare != right_bare || left.level != right.level {
        return judgement(Verdict::Level, Why::LevelWords, changed(l, r));
    }
    Judgement {
        detail: changed(l, r),
        ..alike(Why::MoreDetail)
    }
}

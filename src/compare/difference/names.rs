//! Two names.
//!
//! Must not know which rows they belong to.

use super::{Context, changed, judgement};
use crate::model::{Judgement, Name, Verdict, Why};

pub(super) fn compare(left: &Name, right: &Name, context: &Context<'_>) -> Judgement {
    let (l, r) = (left.to_string(), right.to_string());
    if context.level_equal(&l, &r) {
        return judgement(Verdict::Level, Why::LevelWords, changed(l, r));
    }
    judgement(Verdict::Substantive, Why::Plain, changed(l, r))
}

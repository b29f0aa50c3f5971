//! Two sets of results.
//!
//! Must not know how they were read.

use super::{Context, alike, change, judgement, pair_up};
use crate::model::{Detail, Judgement, Outcome, Verdict, Why};

pub(super) fn compare(left: &[Outcome], right: &[Outcome], context: &Context<'_>) -> Judgement {
    let mut removed: Vec<&Outcome> = left.iter().collect();
    let mut added: Vec<&Outcome> = right.iter().collect();
    let mut detail = Detail::default();
    let mut open = false;
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.name == r.name,
        |l, r| match (&l.kind, &r.kind) {
            (Some(a), Some(b)) if a != b => detail.changed.push(change(&l.name, a, b)),
            (Some(_), None) | (None, Some(_)) => open = true,
            _ => {}
        },
    );
    let mut level = Vec::new();
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.kind == r.kind && context.level_equal(&l.name, &r.name),
        |l, r| level.push(change("level", l, r)),
    );
    detail.removed = removed.into_iter().map(ToString::to_string).collect();
    detail.added = added.into_iter().map(ToString::to_string).collect();
    if detail == Detail::default() {
        return if level.is_empty() {
            alike(if open { Why::MoreDetail } else { Why::Plain })
        } else {
            judgement(
                Verdict::Level,
                Why::LevelWords,
                Detail {
                    changed: level,
                    ..Detail::default()
                },
            )
        };
    }
    detail.changed.extend(level);
    judgement(Verdict::Substantive, Why::Plain, detail)
}

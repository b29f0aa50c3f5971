//! Two lists of materials.
//!
//! Must not know how they were read.

use super::{Context, alike, change, judgement, pair_up};
use crate::compare::level;
use crate::model::{Change, Detail, Judgement, Material, Verdict, Why};

/// Attributes that only one side states are more detail; attributes that both state otherwise are a difference.
fn attributes(left: &Material, right: &Material, changes: &mut Vec<Change>) -> bool {
    let mut open = false;
    let name = &left.name;
    let mut compare = |l: Option<String>, r: Option<String>| match (l, r) {
        (Some(l), Some(r)) if l != r => changes.push(change(name, l, r)),
        (Some(_), None) | (None, Some(_)) => open = true,
        _ => {}
    };
    let form = |m: &Material| {
        (!m.form.unsaid()).then(|| {
            let words = [
                (m.form.original, "原件"),
                (m.form.copy, "复印件"),
                (m.form.electronic, "电子件"),
            ];
            words
                .iter()
                .filter(|(on, _)| *on)
                .map(|(_, word)| *word)
                .collect::<Vec<_>>()
                .join("、")
        })
    };
    compare(form(left), form(right));
    let copies = |n: Option<u32>, word: &str| n.map(|n| format!("{word}{n}份"));
    compare(copies(left.originals, "原件"), copies(right.originals, "原件"));
    compare(copies(left.copies, "复印件"), copies(right.copies, "复印件"));
    // What is not said to be optional is required.
    let need = |m: &Material| match m.necessity {
        None | Some(crate::model::Necessity::Required) => Some("必要".to_owned()),
        Some(crate::model::Necessity::Optional) => Some("非必要".to_owned()),
        Some(crate::model::Necessity::Later) => Some("容缺后补".to_owned()),
    };
    compare(need(left), need(right));
    compare(left.when.clone(), right.when.clone());
    open
}

pub(super) fn compare(left: &[Material], right: &[Material], context: &Context<'_>) -> Judgement {
    let mut removed: Vec<&Material> = left.iter().collect();
    let mut added: Vec<&Material> = right.iter().collect();
    let mut detail = Detail::default();
    let mut open = false;
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.name == r.name && l.remark == r.remark,
        |l, r| open |= attributes(l, r, &mut detail.changed),
    );
    // The same paper with another remark: what it must contain differs.
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.name == r.name,
        |l, r| {
            open |= attributes(l, r, &mut detail.changed);
            detail.changed.push(change(&l.name, l, r));
        },
    );
    let mut level = Vec::new();
    let mut why = Why::LevelWords;
    pair_up(
        &mut removed,
        &mut added,
        |l, r| context.level_equal(&l.to_string(), &r.to_string()),
        |l, r| level.push(change("level", l, r)),
    );
    pair_up(
        &mut removed,
        &mut added,
        |l, r| level::same_form_other_scope(&l.name, &r.name, context.vocabulary),
        |l, r| {
            why = Why::LevelScope;
            level.push(change("level", l, r));
        },
    );
    detail.removed = removed.into_iter().map(ToString::to_string).collect();
    detail.added = added.into_iter().map(ToString::to_string).collect();
    if detail == Detail::default() {
        return if level.is_empty() {
            alike(if open { Why::MoreDetail } else { Why::Order })
        } else {
            judgement(
                Verdict::Level,
                why,
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

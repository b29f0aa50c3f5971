//! Two lists of conditions.
//!
//! Must not know how they were read.

use super::{Context, alike, change, changed, judgement, pair_up};
use crate::compare::level;
use crate::model::{Clause, Clauses, Cut, Detail, Judgement, Value, Verdict, Why};
use crate::normalise::Vocabulary;

pub(super) fn compare(left: &Clauses, right: &Clauses, context: &Context<'_>) -> Judgement {
    // A list that may go on is only judged where it is equal.
    if left.cut == Cut::Suspected || right.cut == Cut::Suspected {
        return judgement(
            Verdict::Unknown,
            Why::CutOff,
            changed(
                Value::Clauses(left.clone()).canonical(),
                Value::Clauses(right.clone()).canonical(),
            ),
        );
    }
    let mut removed: Vec<&Clause> = left.items.iter().collect();
    let mut added: Vec<&Clause> = right.items.iter().collect();
    let mut detail = Detail::default();
    pair_up(&mut removed, &mut added, |l, r| l.text == r.text, |_, _| {});
    if left.connector != right.connector {
        detail.changed.push(change("", connector(left), connector(right)));
    }
    if removed.is_empty() && added.is_empty() && detail.changed.is_empty() {
        let order = left
            .items
            .iter()
            .map(|c| &c.text)
            .ne(right.items.iter().map(|c| &c.text));
        return alike(if order { Why::Order } else { Why::Plain });
    }
    let substantive = !detail.changed.is_empty();
    let mut level = Vec::new();
    pair_up(
        &mut removed,
        &mut added,
        |l, r| context.level_equal(&l.text, &r.text),
        |l, r| level.push(change("level", &l.text, &r.text)),
    );
    if removed.is_empty() && added.is_empty() && !substantive {
        return judgement(
            Verdict::Level,
            Why::LevelWords,
            Detail {
                changed: level,
                ..Detail::default()
            },
        );
    }
    let mut flipped = substantive;
    // The most alike first, so that each clause meets its own counterpart.
    for wanted in [0.8, 0.6] {
        pair_up(
            &mut removed,
            &mut added,
            |l, r| level::similarity(&l.text, &r.text) >= wanted,
            |l, r| {
                flipped |= flips(&l.text, &r.text, context.vocabulary);
                detail.changed.push(change("", &l.text, &r.text));
            },
        );
    }
    detail.changed.extend(level);
    detail.removed = removed.into_iter().map(|clause| clause.text.clone()).collect();
    detail.added = added.into_iter().map(|clause| clause.text.clone()).collect();
    judgement(
        Verdict::Substantive,
        if flipped { Why::Flip } else { Why::Plain },
        detail,
    )
}

fn connector(clauses: &Clauses) -> &'static str {
    match clauses.connector {
        crate::model::Connector::All => "全部条件",
        crate::model::Connector::Any => "条件之一",
    }
}

/// Whether the texts differ in a word that turns the meaning: it stands in one and not in the other, and its opposite the
/// other way round.
fn flips(left: &str, right: &str, vocabulary: &Vocabulary) -> bool {
    let only = |words: &[String], one: &str, other: &str| {
        words
            .iter()
            .any(|word| one.matches(word.as_str()).count() > other.matches(word.as_str()).count())
    };
    vocabulary
        .flips
        .iter()
        .any(|(a, b)| (only(a, left, right) && only(b, right, left)) || (only(b, left, right) && only(a, right, left)))
}

//! Whether a change is worse for the applicant, and the part of it that is not.
//!
//! Must not know rows, regions or how values are written. What cannot be told is not taken for harmless.

use crate::compare::level::similarity;
use crate::compare::{Context, burden, judge};
use crate::model::{Choice, Clauses, Connector, Effect, Judgement, Material, Measure, Relation, Value, Verdict};
use crate::normalise::{Kind, Vocabulary};

/// What a change does to the applicant that is bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    /// Nothing.
    None,
    /// It asks for more, takes longer, costs more, or lets fewer apply.
    Worse,
    /// It cannot be told.
    Unclear,
}

/// What it does to the applicant, good or bad, when the second value takes the place of the first.
pub(super) fn effect(kind: Kind, from: &Value, to: &Value, judgement: &Judgement, vocabulary: &Vocabulary) -> Effect {
    let better = |relation: Relation| {
        matches!(
            relation,
            Relation::Fewer | Relation::Looser | Relation::Shorter | Relation::Cheaper
        )
    };
    let changed = || judgement.detail.changed.iter().filter_map(|change| change.relation);
    // A paper that falls away is one fewer also where nobody can count it (非必要).
    let dropped = || matches!(kind, Kind::Materials | Kind::Steps) && !judgement.detail.removed.is_empty();
    match harm(kind, from, to, judgement, vocabulary) {
        Harm::Worse => Effect::Worse,
        Harm::Unclear => Effect::Unclear,
        Harm::None if judgement.relation.into_iter().chain(changed()).any(better) => Effect::Better,
        Harm::None if dropped() || !burden::saved(from, to, vocabulary).is_empty() => Effect::Better,
        Harm::None => Effect::Equal,
    }
}

/// Names of papers that share less than this have nothing to do with each other: one is no other name of the other.
const UNRELATED: f64 = 0.2;

/// What it does to the applicant when the second value takes the place of the first. `judgement` is of the first against the second.
pub(super) fn harm(kind: Kind, from: &Value, to: &Value, judgement: &Judgement, vocabulary: &Vocabulary) -> Harm {
    let worse = |relation: Relation| {
        matches!(
            relation,
            Relation::More | Relation::Stricter | Relation::Longer | Relation::Dearer
        )
    };
    let any_worse = judgement
        .detail
        .changed
        .iter()
        .filter_map(|change| change.relation)
        .any(worse);
    let saved = burden::saved(from, to, vocabulary);
    let originals = saved
        .iter()
        .find(|(of, _)| *of == Measure::Originals)
        .map_or(0, |(_, saved)| *saved);
    // A copy in the place of an original asks for less.
    let spared = |&(of, saved): &(Measure, i64)| match of {
        Measure::Copies => saved.saturating_add(originals.max(0)) >= 0,
        _ => saved >= 0,
    };
    if !saved.iter().all(spared) {
        return Harm::Worse;
    }
    let by_relation = |good: Relation| match judgement.relation {
        Some(relation) if relation == good => Harm::None,
        Some(relation) if worse(relation) => Harm::Worse,
        _ if any_worse => Harm::Worse,
        _ => Harm::Unclear,
    };
    match kind {
        // What an item is called, what it rests on and what it ends in asks nothing of the applicant.
        Kind::Name | Kind::Code | Kind::Choice | Kind::Citations | Kind::Outcomes | Kind::Count => Harm::None,
        // Free words may say anything.
        Kind::Text => Harm::Unclear,
        Kind::Materials if any_worse || !judgement.detail.added.is_empty() => Harm::Worse,
        // A paper under another name, in another form or from elsewhere is as many papers as before, and may be harder to come by.
        Kind::Materials if judgement.detail.changed.iter().any(|change| change.relation.is_none()) => Harm::Unclear,
        Kind::Materials => Harm::None,
        Kind::Steps if any_worse || !judgement.detail.added.is_empty() => Harm::Worse,
        Kind::Steps => {
            let unclear = |change: &crate::model::Change| change.relation.is_none() && !change.what.is_empty();
            match judgement.detail.changed.iter().any(unclear) {
                true => Harm::Unclear,
                false => Harm::None,
            }
        }
        Kind::Choices => match judgement.relation {
            Some(Relation::Looser) => Harm::None,
            _ => Harm::Worse,
        },
        Kind::Clauses => by_relation(Relation::Looser),
        Kind::Duration => by_relation(Relation::Shorter),
        Kind::Fees => by_relation(Relation::Cheaper),
    }
}

/// The part of a change that is not worse for the applicant: what the first value becomes. `None` where there is none that means
/// anything by itself.
pub(super) fn harmless_part(kind: Kind, from: &Value, to: &Value, context: &Context<'_>) -> Option<Value> {
    let part = match (from, to) {
        (Value::Materials(mine), Value::Materials(theirs)) => Value::Materials(papers(mine, theirs, context)?),
        (Value::Choices(mine), Value::Choices(theirs)) => Value::Choices(both(mine, theirs)),
        (Value::Clauses(mine), Value::Clauses(theirs)) => Value::Clauses(conditions(mine, theirs, context)?),
        _ => return None,
    };
    let judgement = judge(from, &part, context);
    let better = judgement.verdict == Verdict::Substantive
        && harm(kind, from, &part, &judgement, context.vocabulary) == Harm::None;
    better.then_some(part)
}

/// Our papers, those that both ask for in the milder form, without those that only we ask for. One that may be another name of a
/// paper that only they ask for stays: without it the applicant's papers would not be complete.
fn papers(mine: &[Material], theirs: &[Material], context: &Context<'_>) -> Option<Vec<Material>> {
    let within = |one: &Material, other: &Material| one.names().all(|name| other.names().any(|known| known == name));
    let same = |a: &Material, b: &Material| (&a.name, &a.or) == (&b.name, &b.or);
    let only_theirs: Vec<&Material> = theirs
        .iter()
        .filter(|their| !mine.iter().any(|own| same(own, their)))
        .collect();
    let mut papers: Vec<Material> = Vec::new();
    for own in mine {
        let their = theirs.iter().find(|their| same(own, their));
        // Where they take other papers instead, too, that is milder.
        match their.or_else(|| only_theirs.iter().copied().find(|their| within(own, their))) {
            Some(their) => {
                let one = |material: &Material| Value::Materials(vec![material.clone()]);
                let judgement = judge(&one(own), &one(their), context);
                let milder = judgement.verdict == Verdict::Substantive
                    && harm(Kind::Materials, &one(own), &one(their), &judgement, context.vocabulary) == Harm::None;
                let paper = if milder { their } else { own };
                // One of theirs may stand for several of ours.
                if !milder || !papers.iter().any(|known| same(known, paper)) {
                    papers.push(paper.clone());
                }
            }
            None => {
                let related =
                    |their: &&Material| within(their, own) || similarity(&own.title(), &their.title()) >= UNRELATED;
                if only_theirs.iter().any(related) {
                    papers.push(own.clone());
                }
            }
        }
    }
    (!papers.is_empty()).then_some(papers)
}

/// Everybody who may apply here or there.
fn both(mine: &[Choice], theirs: &[Choice]) -> Vec<Choice> {
    let mut all: Vec<Choice> = mine.iter().chain(theirs).cloned().collect();
    all.sort();
    all.dedup();
    all
}

/// Our conditions, each that differs in a number alone in the looser wording, and without those that only we make where they make none
/// that we do not. Only of plain lists of which all must hold.
fn conditions(mine: &Clauses, theirs: &Clauses, context: &Context<'_>) -> Option<Clauses> {
    let plain = |clauses: &Clauses| {
        clauses.connector == Connector::All && !clauses.ordered() && clauses.items.iter().all(|item| item.depth == 0)
    };
    if !plain(mine) || !plain(theirs) {
        return None;
    }
    let detail = judge(&Value::Clauses(mine.clone()), &Value::Clauses(theirs.clone()), context).detail;
    let mut part = mine.clone();
    for change in &detail.changed {
        if change.relation == Some(Relation::Looser)
            && let Some(own) = part.items.iter_mut().find(|item| item.text == change.from)
        {
            own.text.clone_from(&change.to);
        }
    }
    if detail.added.is_empty() {
        part.items.retain(|item| !detail.removed.contains(&item.text));
    }
    (!part.items.is_empty()).then_some(part)
}

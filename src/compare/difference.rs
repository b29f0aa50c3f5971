//! Two values of one element: the same, written otherwise, different by level, different in substance, or not to be judged.
//!
//! Must not know rows or regions; what it needs of them is in [`Context`].

use std::collections::BTreeMap;

use crate::model::{
    Change, Citation, Clause, Clauses, Cut, Detail, FeeItem, Fees, Judgement, Material, Name, Outcome, Step, Value,
    Verdict, Why,
};
use crate::normalise::Vocabulary;

use super::level;

/// What a comparison knows beyond the two values.
pub struct Context<'a> {
    /// Level words and words that turn the meaning.
    pub vocabulary: &'a Vocabulary,
    /// Names of the left region and its bodies, the longest first.
    pub left: &'a [String],
    /// The same of the right.
    pub right: &'a [String],
}

impl Context<'_> {
    fn left_level(&self, text: &str) -> String {
        level::fold(text, self.left, self.vocabulary)
    }

    fn right_level(&self, text: &str) -> String {
        level::fold(text, self.right, self.vocabulary)
    }

    /// Whether two texts differ only in words that follow the level or the place of the body.
    fn level_equal(&self, left: &str, right: &str) -> bool {
        left != right && self.left_level(left) == self.right_level(right)
    }
}

fn judgement(verdict: Verdict, why: Why, detail: Detail) -> Judgement {
    Judgement { verdict, detail, why }
}

fn alike(why: Why) -> Judgement {
    judgement(Verdict::Notation, why, Detail::default())
}

fn changed(from: impl ToString, to: impl ToString) -> Detail {
    Detail {
        changed: vec![change("", from, to)],
        ..Detail::default()
    }
}

fn change(what: impl ToString, from: impl ToString, to: impl ToString) -> Change {
    Change {
        what: what.to_string(),
        from: from.to_string(),
        to: to.to_string(),
    }
}

/// Compares two values. Equal values are `notation`: whether they are also the same to the letter is for the caller, who has the
/// raw texts.
pub fn judge(left: &Value, right: &Value, context: &Context<'_>) -> Judgement {
    match (left, right) {
        (Value::Empty, Value::Empty) => return alike(Why::Plain),
        (Value::Empty, _) | (_, Value::Empty) => {
            return judgement(Verdict::Missing, Why::Plain, Detail::default());
        }
        (Value::Unknown(..), _) | (_, Value::Unknown(..)) => {
            return judgement(
                Verdict::Unknown,
                Why::Unreadable,
                changed(left.spelling(), right.spelling()),
            );
        }
        _ => {}
    }
    if left.cut_off() || right.cut_off() {
        return cut_off(left, right, context);
    }
    if left == right || left.canonical() == right.canonical() && same_kind(left, right) {
        return alike(Why::Plain);
    }
    match (left, right) {
        (Value::Name(left), Value::Name(right)) => names(left, right, context),
        (Value::Citations(left), Value::Citations(right)) => citations(left, right),
        (Value::Clauses(left), Value::Clauses(right)) => clauses(left, right, context),
        (Value::Materials(left), Value::Materials(right)) => materials(left, right, context),
        (Value::Steps(left), Value::Steps(right)) => steps(left, right),
        (Value::Fees(left), Value::Fees(right)) => fees(left, right),
        (Value::Outcomes(left), Value::Outcomes(right)) => outcomes(left, right, context),
        (Value::Choices(left), Value::Choices(right)) => {
            let names = |choices: &[crate::model::Choice]| choices.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
            set(&names(left), &names(right))
        }
        (Value::Several(_), _) | (_, Value::Several(_)) => set(&several(left), &several(right)),
        (Value::Text(left), Value::Text(right)) if context.level_equal(left, right) => {
            judgement(Verdict::Level, Why::LevelWords, changed(left, right))
        }
        _ => judgement(
            Verdict::Substantive,
            Why::Plain,
            changed(left.canonical(), right.canonical()),
        ),
    }
}

fn same_kind(left: &Value, right: &Value) -> bool {
    std::mem::discriminant(left) == std::mem::discriminant(right)
}

fn several(value: &Value) -> Vec<String> {
    match value {
        Value::Several(values) => values.iter().map(Value::canonical).collect(),
        value => vec![value.canonical()],
    }
}

/// A text that stops before its end is never guessed; what can be seen of it is told.
fn cut_off(left: &Value, right: &Value, context: &Context<'_>) -> Judgement {
    let (l, r) = (left.canonical(), right.canonical());
    if l == r {
        return judgement(Verdict::Unknown, Why::CutOffAlike, Detail::default());
    }
    let why = if context.level_equal(&l, &r) {
        Why::LevelWords
    } else {
        Why::CutOff
    };
    judgement(Verdict::Unknown, why, changed(l, r))
}

fn set(left: &[String], right: &[String]) -> Judgement {
    let added: Vec<String> = right.iter().filter(|name| !left.contains(name)).cloned().collect();
    let removed: Vec<String> = left.iter().filter(|name| !right.contains(name)).cloned().collect();
    let verdict = if added.is_empty() && removed.is_empty() {
        Verdict::Notation
    } else {
        Verdict::Substantive
    };
    judgement(
        verdict,
        Why::Plain,
        Detail {
            added,
            removed,
            changed: Vec::new(),
        },
    )
}

fn names(left: &Name, right: &Name, context: &Context<'_>) -> Judgement {
    let (l, r) = (left.to_string(), right.to_string());
    if context.level_equal(&l, &r) {
        return judgement(Verdict::Level, Why::LevelWords, changed(l, r));
    }
    judgement(Verdict::Substantive, Why::Plain, changed(l, r))
}

/// A document number that only one side gives is more detail; two different ones contradict each other.
fn citations(left: &[Citation], right: &[Citation]) -> Judgement {
    type Keys = BTreeMap<String, Option<String>>;
    let keys = |citations: &[Citation]| -> Keys {
        citations
            .iter()
            .map(|citation| (citation.to_string(), citation.number.clone()))
            .collect()
    };
    let (l, r) = (keys(left), keys(right));
    let mut detail = Detail::default();
    let (mut removed, mut added): (Vec<&Citation>, Vec<&Citation>) = (Vec::new(), Vec::new());
    for (key, number) in &l {
        match (r.get(key), number) {
            (Some(Some(other)), Some(number)) if other != number => {
                detail.changed.push(change(key, number, other));
            }
            (Some(_), _) => {}
            (None, _) => removed.extend(left.iter().find(|citation| citation.to_string() == *key)),
        }
    }
    added.extend(right.iter().filter(|citation| !l.contains_key(&citation.to_string())));
    pair_up(
        &mut removed,
        &mut added,
        |from, to| from.title == to.title,
        |from, to| detail.changed.push(change(format!("《{}》", from.title), from, to)),
    );
    detail.removed = removed.into_iter().map(ToString::to_string).collect();
    detail.added = added.into_iter().map(ToString::to_string).collect();
    if detail == Detail::default() {
        alike(Why::MoreDetail)
    } else {
        judgement(Verdict::Substantive, Why::Plain, detail)
    }
}

/// Takes pairs out of two lists, in their order, and hands them on.
fn pair_up<T: Copy>(left: &mut Vec<T>, right: &mut Vec<T>, alike: impl Fn(T, T) -> bool, mut found: impl FnMut(T, T)) {
    left.retain(|&l| match right.iter().position(|&r| alike(l, r)) {
        Some(at) => {
            found(l, right.remove(at));
            false
        }
        None => true,
    });
}

fn clauses(left: &Clauses, right: &Clauses, context: &Context<'_>) -> Judgement {
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

fn materials(left: &[Material], right: &[Material], context: &Context<'_>) -> Judgement {
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

fn steps(left: &[Step], right: &[Step]) -> Judgement {
    let mut detail = Detail::default();
    let mut open = false;
    let names = |steps: &[Step]| steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>();
    let (l, r) = (names(left), names(right));
    if l == r {
        for (from, to) in left.iter().zip(right) {
            match (&from.days, &to.days) {
                (Some(a), Some(b)) if a.to_string() != b.to_string() => detail.changed.push(change(&from.name, a, b)),
                (Some(_), None) | (None, Some(_)) => open = true,
                _ => {}
            }
        }
        return if detail.changed.is_empty() {
            alike(if open { Why::MoreDetail } else { Why::Plain })
        } else {
            judgement(Verdict::Substantive, Why::Plain, detail)
        };
    }
    let mut removed: Vec<&String> = l.iter().collect();
    let mut added: Vec<&String> = r.iter().collect();
    pair_up(&mut removed, &mut added, |l, r| l == r, |_, _| {});
    let why = if removed.is_empty() && added.is_empty() {
        detail.changed.push(change("", l.join("→"), r.join("→")));
        Why::Order
    } else {
        Why::Plain
    };
    detail.removed = removed.into_iter().cloned().collect();
    detail.added = added.into_iter().cloned().collect();
    judgement(Verdict::Substantive, why, detail)
}

fn fees(left: &Fees, right: &Fees) -> Judgement {
    let (Fees::Charged(l), Fees::Charged(r)) = (left, right) else {
        let spell = |fees: &Fees| Value::Fees(fees.clone()).canonical();
        return judgement(Verdict::Substantive, Why::Plain, changed(spell(left), spell(right)));
    };
    // One side says only that something is charged: it may be the same charge.
    if l.is_empty() || r.is_empty() {
        return judgement(Verdict::Missing, Why::MoreDetail, Detail::default());
    }
    let mut removed: Vec<&FeeItem> = l.iter().collect();
    let mut added: Vec<&FeeItem> = r.iter().collect();
    let mut detail = Detail::default();
    pair_up(&mut removed, &mut added, |l, r| l == r, |_, _| {});
    pair_up(
        &mut removed,
        &mut added,
        |l, r| l.name == r.name && l.per == r.per,
        |l, r| detail.changed.push(change(&l.name, l, r)),
    );
    detail.removed = removed.into_iter().map(ToString::to_string).collect();
    detail.added = added.into_iter().map(ToString::to_string).collect();
    judgement(Verdict::Substantive, Why::Plain, detail)
}

fn outcomes(left: &[Outcome], right: &[Outcome], context: &Context<'_>) -> Judgement {
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

//! Two values of one element, one file for each kind: the same, written otherwise, different by level, different in substance, or not to be judged.
//!
//! Must not know rows or regions; what it needs of them is in [`Context`].

mod choices;
mod citations;
mod clauses;
mod codes;
mod durations;
mod fees;
mod materials;
mod names;
mod outcomes;
mod steps;

use crate::model::{Change, Detail, Judgement, Value, Verdict, Why};
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
    /// Whether both sides are known to be bodies of one level: then 省级 against 市级 is no matter of level.
    pub one_level: bool,
}

impl Context<'_> {
    fn left_level(&self, text: &str) -> String {
        level::fold(text, self.left, self.vocabulary, self.one_level)
    }

    fn right_level(&self, text: &str) -> String {
        level::fold(text, self.right, self.vocabulary, self.one_level)
    }

    /// Whether two texts differ only in words that follow the level or the place of the body.
    fn level_equal(&self, left: &str, right: &str) -> bool {
        left != right && self.left_level(left) == self.right_level(right)
    }
}

fn judgement(verdict: Verdict, why: Why, detail: Detail) -> Judgement {
    Judgement {
        verdict,
        detail,
        why,
        relation: None,
    }
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
        relation: None,
        by: None,
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
    // What a limit does not count by law, and document numbers, which may contradict each other, are no part of a spelling.
    let spelt_whole = same_kind(left, right) && !matches!(left, Value::Duration(_) | Value::Citations(_));
    if left == right {
        return alike(Why::Plain);
    }
    if spelt_whole && left.canonical() == right.canonical() {
        let order = matches!(left, Value::Clauses(_)) && left.spelling() != right.spelling();
        return alike(if order { Why::Order } else { Why::Plain });
    }
    match (left, right) {
        (Value::Name(left), Value::Name(right)) => names::compare(left, right, context),
        (Value::Citations(left), Value::Citations(right)) => citations::compare(left, right),
        (Value::Clauses(left), Value::Clauses(right)) => clauses::compare(left, right, context),
        (Value::Materials(left), Value::Materials(right)) => materials::compare(left, right, context),
        (Value::Steps(left), Value::Steps(right)) => steps::compare(left, right),
        (Value::Duration(left), Value::Duration(right)) => durations::compare(left, right),
        (Value::Fees(left), Value::Fees(right)) => fees::compare(left, right),
        (Value::Outcomes(left), Value::Outcomes(right)) => outcomes::compare(left, right, context),
        (Value::Choices(left), Value::Choices(right)) => choices::compare(left, right),
        (Value::Code(left), Value::Code(right)) => codes::compare(left, right),
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

//! Two lists of conditions: the same, stricter, looser, overlapping, or other.
//!
//! Must not know how they were read. A relation is only told where it follows from the structure (a clause more in a list of which all
//! must hold) or from two intervals in otherwise equal words; never from a likeness of words.

use std::collections::{HashMap, HashSet};

use super::{Context, alike, change, changed, judgement};
use crate::compare::level;
use crate::model::{Change, Clauses, Connector, Cut, Detail, Judgement, Relation, Value, Verdict, Why};
use crate::normalise::Vocabulary;
use crate::normalise::thresholds::{self, Lie};

/// So many clauses of a side are looked through for a counterpart in other words; of longer lists the rest is told as added and
/// removed. Equal clauses and other thresholds are found whatever the length.
const LOOKED_THROUGH: usize = 200;

/// A clause, with the choice that it is a part of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Item<'a> {
    text: &'a str,
    of: Connector,
    /// What introduces the choice; empty on the outermost level.
    under: &'a str,
    /// How many parts of the list that it stands in must hold.
    list: Connector,
}

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
    let vocabulary = context.vocabulary;
    let (mut removed, mut added) = (items(left), items(right));
    take_equal(&mut removed, &mut added, vocabulary);
    let mut detail = Detail::default();
    let mut relations = Vec::new();
    let mut flipped = false;
    if left.connector != right.connector && !left.items.is_empty() && !right.items.is_empty() {
        let relation = loosest(left.connector, right.connector);
        // With other clauses too, which of the two lists admits more cannot be told.
        relations.push(relation.filter(|_| removed.is_empty() && added.is_empty()));
        detail.changed.push(Change {
            relation,
            ..change("", connector(left.connector), connector(right.connector))
        });
        flipped = true;
    }
    if removed.is_empty() && added.is_empty() && detail.changed.is_empty() {
        let texts = |clauses: &Clauses| clauses.items.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
        let ordered = left.ordered() && right.ordered() && texts(left) != texts(right);
        if ordered {
            return judgement(
                Verdict::Substantive,
                Why::Order,
                changed(
                    Value::Clauses(left.clone()).spelling(),
                    Value::Clauses(right.clone()).spelling(),
                ),
            );
        }
        return alike(Why::Order);
    }
    let mut levels = Vec::new();
    take_pairs(
        &mut removed,
        &mut added,
        |item| placed(item, |text| context.left_level(text)),
        |item| placed(item, |text| context.right_level(text)),
        |l, r| levels.push(change("level", l.text, r.text)),
    );
    if removed.is_empty() && added.is_empty() && detail.changed.is_empty() {
        return judgement(
            Verdict::Level,
            Why::LevelWords,
            Detail {
                changed: levels,
                ..Detail::default()
            },
        );
    }
    let mut counterpart = |l: Item<'_>, r: Item<'_>| {
        let relation = other_thresholds(l.text, r.text, vocabulary).or_else(|| joined(l.text, r.text, vocabulary));
        let relation = if l.of == r.of { relation } else { None };
        let turned = flip(l.text, r.text, vocabulary);
        flipped |= turned.is_some();
        relations.push(relation);
        detail.changed.push(Change {
            relation,
            ..change(turned.unwrap_or_default(), l.text, r.text)
        });
    };
    // The same words with another number first, then the most alike.
    let measures = &vocabulary.measures;
    let rest = |item: &Item<'_>| thresholds::split(item.text, measures).0;
    take_pairs(&mut removed, &mut added, rest, rest, &mut counterpart);
    for (l, r) in most_alike(&mut removed, &mut added) {
        counterpart(l, r);
    }
    relations.extend(added.iter().map(|item| one_more(item, vocabulary)));
    relations.extend(
        removed
            .iter()
            .map(|item| one_more(item, vocabulary).map(Relation::back)),
    );
    // No condition at all is looser than any.
    if left.items.is_empty() || right.items.is_empty() {
        relations = vec![Some(if left.items.is_empty() {
            Relation::Stricter
        } else {
            Relation::Looser
        })];
    }
    detail.changed.extend(levels);
    detail.removed = removed.into_iter().map(|item| item.text.to_owned()).collect();
    detail.added = added.into_iter().map(|item| item.text.to_owned()).collect();
    Judgement {
        relation: together(&relations),
        ..judgement(
            Verdict::Substantive,
            if flipped { Why::Flip } else { Why::Plain },
            detail,
        )
    }
}

/// The clauses, each with its list.
fn items(clauses: &Clauses) -> Vec<Item<'_>> {
    let mut path: Vec<(&str, Connector)> = vec![("", clauses.connector)];
    let mut items = Vec::with_capacity(clauses.items.len());
    for clause in &clauses.items {
        path.truncate(usize::from(clause.depth) + 1);
        let (under, list) = path.last().copied().unwrap_or(("", clauses.connector));
        items.push(Item {
            text: &clause.text,
            of: clause.of,
            under,
            list,
        });
        path.push((&clause.text, clause.of));
    }
    items
}

/// A clause where it stands: one that moved under a choice says something else, whatever its level words.
fn placed(item: &Item<'_>, level: impl Fn(&str) -> String) -> String {
    format!("{}\n{:?}\n{}", level(item.under), item.of, level(item.text))
}

/// Takes out what both sides have, however often, and what one side says twice.
fn take_equal(left: &mut Vec<Item<'_>>, right: &mut Vec<Item<'_>>, vocabulary: &Vocabulary) {
    let text = |text: &str| thresholds::in_months(text, &vocabulary.measures).into_owned();
    // The outermost connector is a difference of its own.
    let key = |item: &Item<'_>| (text(item.text), item.of, text(item.under));
    let (here, there): (HashSet<_>, HashSet<_>) = (left.iter().map(key).collect(), right.iter().map(key).collect());
    let (mut once, mut other) = (HashSet::new(), HashSet::new());
    left.retain(|item| !there.contains(&key(item)) && once.insert(key(item)));
    right.retain(|item| !here.contains(&key(item)) && other.insert(key(item)));
}

/// Takes out the pairs of clauses that are equal in some form, in their order.
fn take_pairs<'l, 'r>(
    left: &mut Vec<Item<'l>>,
    right: &mut Vec<Item<'r>>,
    left_form: impl Fn(&Item<'l>) -> String,
    right_form: impl Fn(&Item<'r>) -> String,
    mut found: impl FnMut(Item<'l>, Item<'r>),
) {
    let mut forms: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, item) in right.iter().enumerate().rev() {
        forms.entry(right_form(item)).or_default().push(at);
    }
    let mut taken = vec![false; right.len()];
    left.retain(|item| {
        let Some(at) = forms.get_mut(&left_form(item)).and_then(Vec::pop) else {
            return true;
        };
        taken[at] = true;
        found(*item, right[at]);
        false
    });
    let mut taken = taken.into_iter();
    right.retain(|_| !taken.next().unwrap_or_default());
}

/// Takes out the pairs that are alike, the most alike first, the same pairs from either side.
fn most_alike<'l, 'r>(left: &mut Vec<Item<'l>>, right: &mut Vec<Item<'r>>) -> Vec<(Item<'l>, Item<'r>)> {
    let pairs = |items: &[Item<'_>]| {
        let few = items.iter().take(LOOKED_THROUGH);
        few.map(|item| level::pairs(item.text)).collect::<Vec<_>>()
    };
    let (l, r) = (pairs(left), pairs(right));
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (i, one) in l.iter().enumerate() {
        for (j, other) in r.iter().enumerate() {
            // Texts of very unlike lengths cannot be that alike; most pairs are told apart by this alone.
            let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
            if short * 7 < long * 3 {
                continue;
            }
            let score = level::alike(one, other);
            if score >= 0.6 {
                alike.push((score, i, j));
            }
        }
    }
    let texts = |&(_, i, j): &(f64, usize, usize)| {
        let (l, r) = (left[i].text, right[j].text);
        if l <= r { (l, r) } else { (r, l) }
    };
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| texts(a).cmp(&texts(b))));
    let (mut used_left, mut used_right) = (vec![false; left.len()], vec![false; right.len()]);
    let mut found = Vec::new();
    for (_, i, j) in alike {
        if !used_left[i] && !used_right[j] {
            (used_left[i], used_right[j]) = (true, true);
            found.push((i, j));
        }
    }
    found.sort_unstable();
    let out = found.into_iter().map(|(i, j)| (left[i], right[j])).collect();
    let mut used = used_left.into_iter();
    left.retain(|_| !used.next().unwrap_or_default());
    let mut used = used_right.into_iter();
    right.retain(|_| !used.next().unwrap_or_default());
    out
}

fn connector(connector: Connector) -> String {
    match connector {
        Connector::All => "全部条件".to_owned(),
        Connector::AtLeast(n) => format!("条件中的{n}项以上"),
        Connector::Any => "条件之一".to_owned(),
    }
}

/// Of one list, fewer parts that must hold admit more.
fn loosest(left: Connector, right: Connector) -> Option<Relation> {
    // In the order of the type: all, so many, one. More of so many is stricter.
    match (left, right) {
        (Connector::AtLeast(l), Connector::AtLeast(r)) if l < r => Some(Relation::Stricter),
        (l, r) if l < r => Some(Relation::Looser),
        (Connector::AtLeast(_), Connector::AtLeast(_)) => Some(Relation::Looser),
        _ => Some(Relation::Stricter),
    }
}

/// What one clause more does.
fn one_more(item: &Item<'_>, vocabulary: &Vocabulary) -> Option<Relation> {
    let holds = |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
    // 没有受过行政处罚 demands something of the applicant; 未达标的，处以罚款 does not.
    let clean = |part: &str| {
        let record = vocabulary
            .record
            .iter()
            .filter_map(|word| part.find(word.as_str()))
            .min();
        record.is_some_and(|at| holds(&vocabulary.negation, &part[..at]) && !part[..at].contains('的'))
    };
    let unclear = |text: &str| {
        text.split('，').any(|part| {
            let mut words = vocabulary
                .unclear_direction
                .iter()
                .filter(|word| part.contains(word.as_str()));
            let clean = clean(part);
            words.any(|word| !(clean && vocabulary.record.contains(word)))
        })
    };
    if unclear(item.text) || unclear(item.under) {
        return None;
    }
    Some(match item.list {
        Connector::All => Relation::Stricter,
        Connector::AtLeast(_) | Connector::Any => Relation::Looser,
    })
}

/// How two texts stand that are the same words around other intervals. A condition on the applicant is stricter where it admits fewer
/// numbers; in a sentence that is negated, or that only says when another demand holds (…的，应当), nothing is told.
fn other_thresholds(left: &str, right: &str, vocabulary: &Vocabulary) -> Option<Relation> {
    let (rest, here) = thresholds::split(left, &vocabulary.measures);
    let (other, there) = thresholds::split(right, &vocabulary.measures);
    if rest != other || here.len() != there.len() || here.is_empty() {
        return None;
    }
    let plain = without(&rest, &vocabulary.not_negation);
    let holds = |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
    if holds(&vocabulary.unclear_direction, &plain) {
        return None;
    }
    let mut relations = Vec::new();
    let mut holes = here.iter().zip(&there);
    let mut parts = plain.split('，').peekable();
    while let Some(part) = parts.next() {
        let count = part.matches(thresholds::HOLE).count();
        let condition = parts.peek().is_some() && part.ends_with(['的', '时', '后']);
        for (one, two) in holes.by_ref().take(count) {
            let lie = one.lie(two)?;
            if lie == Lie::Same {
                continue;
            }
            if condition || holds(&vocabulary.negation, part) {
                return None;
            }
            relations.push(Some(match lie {
                Lie::Inside => Relation::Stricter,
                Lie::Outside => Relation::Looser,
                Lie::Same | Lie::Across => Relation::Overlapping,
            }));
        }
    }
    together(&relations)
}

/// How two texts stand that are the same words joined by 或 here and by 和 there: whoever has the one and the other has one of them.
/// Told of conditions on the applicant alone, as with intervals.
fn joined(left: &str, right: &str, vocabulary: &Vocabulary) -> Option<Relation> {
    let holds = |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
    let plain = without(left, &vocabulary.not_negation);
    if holds(&vocabulary.unclear_direction, &plain) || holds(&vocabulary.negation, &plain) {
        return None;
    }
    let condition = |text: &str| {
        text.split('，')
            .rev()
            .skip(1)
            .any(|part| part.ends_with(['的', '时', '后']))
    };
    if condition(left) || condition(right) {
        return None;
    }
    let either = |text: &str| text.replace("或者", "或");
    let all = |text: &str| {
        ["以及", "并且", "及", "与", "且"]
            .iter()
            .fold(text.to_owned(), |text, word| text.replace(word, "和"))
    };
    let (left, right) = (all(&either(left)), all(&either(right)));
    let as_or = |text: &str| text.replace('和', "或");
    let count = |text: &str, joint: char| text.matches(joint).count();
    // One joint alone: of several none is known to go with which words.
    let one = |a: &str, b: &str| count(a, '或') == count(b, '或') + 1 && count(b, '和') == count(a, '和') + 1;
    match as_or(&left) == as_or(&right) {
        true if one(&right, &left) => Some(Relation::Looser),
        true if one(&left, &right) => Some(Relation::Stricter),
        _ => None,
    }
}

/// Several changes as one: they all point one way, or each side admits some whom the other does not.
fn together(relations: &[Option<Relation>]) -> Option<Relation> {
    let first = (*relations.first()?)?;
    relations.iter().try_fold(first, |all, one| {
        let one = (*one)?;
        Some(if one == all { all } else { Relation::Overlapping })
    })
}

fn without(text: &str, words: &[String]) -> String {
    let mut text = text.to_owned();
    for word in words {
        if text.contains(word.as_str()) {
            text = text.replace(word.as_str(), "");
        }
    }
    text
}

/// The words, if any, by which one text turns the meaning of the other: `可以/应当`; `—/不` where one side has nothing in its place.
fn flip(left: &str, right: &str, vocabulary: &Vocabulary) -> Option<String> {
    // 没有 is 无, and no 有.
    let plain = |text: &str| text.replace("没有", "无");
    let (l, r) = around_difference(&plain(left), &plain(right));
    // A word counts where one side has it more often than the other.
    let only = |words: &[String], one: &str, other: &str| {
        words
            .iter()
            .find(|word| one.matches(word.as_str()).count() > other.matches(word.as_str()).count())
            .cloned()
    };
    for (a, b) in &vocabulary.flips {
        for (one, two) in [(a, b), (b, a)] {
            if let (Some(here), Some(there)) = (only(one, &l, &r), only(two, &r, &l)) {
                return Some(format!("{here}/{there}"));
            }
        }
    }
    let (l, r) = (
        without(&l, &vocabulary.not_negation),
        without(&r, &vocabulary.not_negation),
    );
    let bare = |text: &str| without(text, &vocabulary.negation);
    if level::similarity(&bare(&l), &bare(&r)) < 0.9 && bare(&l) != bare(&r) {
        return None;
    }
    match (only(&vocabulary.negation, &l, &r), only(&vocabulary.negation, &r, &l)) {
        (Some(here), None) => Some(format!("{here}/—")),
        (None, Some(there)) => Some(format!("—/{there}")),
        _ => None,
    }
}

/// What differs, with three characters around it: 可 in 许可证 far away from a difference turns nothing.
fn around_difference(left: &str, right: &str) -> (String, String) {
    let (l, r): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let start = l.iter().zip(&r).take_while(|(a, b)| a == b).count();
    let most = l.len().min(r.len()) - start;
    let end = l
        .iter()
        .rev()
        .zip(r.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    let part = |chars: &[char]| {
        let from = start.saturating_sub(3);
        let to = (chars.len() - end + 3).min(chars.len());
        chars[from..to].iter().collect()
    };
    (part(&l), part(&r))
}

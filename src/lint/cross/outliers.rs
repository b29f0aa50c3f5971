//! Family CRO: a region that asks for more, takes longer or charges more than its peers (无差别受理).
//!
//! Must not know whether more is lawful: it is for a person to look at.

use std::collections::BTreeSet;

use super::super::{Lists, RowView, Sink, materials, start_of};
use super::peers::{Side, meaning};
use super::regions::source;
use crate::model::{Amount, Clauses, Connector, Cut, ElementId, FeeItem, Fees, Necessity, Value};

/// How many others a region is held against.
const OTHERS_ASKING: usize = 2;
const OTHERS_MEASURED: usize = 3;

/// What a value asks for, one by one; none where it cannot be taken apart.
fn asked(value: &Value) -> Option<BTreeSet<String>> {
    match value {
        Value::Materials(items) => {
            let wanted = items.iter().filter(|item| item.necessity == Necessity::Required);
            Some(wanted.map(crate::model::Material::title).collect())
        }
        Value::Clauses(Clauses {
            items,
            connector: Connector::All,
            cut: Cut::No,
        }) if items.iter().all(|clause| clause.depth == 0) => {
            Some(items.iter().map(|clause| clause.text.clone()).collect())
        }
        _ => None,
    }
}

/// Reports what only one region of three or more asks for: it asks for all that every other asks for, for more than any of them, and for
/// this besides. A paper under another name is no more than the others ask for, and is passed over.
fn only_one(lists: &Lists<'_>, sink: &mut Sink<'_>, element: Option<ElementId>, id: &'static str) {
    let pick = meaning(lists, element, |value| {
        asked(value).is_some_and(|asked| !asked.is_empty())
    });
    for group in &lists.peers().groups {
        for unit in group
            .units(&pick)
            .into_iter()
            .map(|unit| unit.sides)
            .filter(|unit| unit.len() > OTHERS_ASKING)
        {
            let sets: Vec<(Side, BTreeSet<String>)> = unit
                .iter()
                .filter_map(|side| Some((*side, asked(lists.row(side.row).value(element))?)))
                .collect();
            let Some((longest, own)) = sets.iter().max_by_key(|(_, set)| set.len()) else {
                continue;
            };
            let others = || {
                sets.iter()
                    .filter(|(side, _)| side.region != longest.region)
                    .map(|(_, set)| set)
            };
            let more = others().all(|set| set.len() < own.len());
            let all_of_theirs = others()
                .cloned()
                .reduce(|a, b| a.intersection(&b).cloned().collect())
                .is_some_and(|common| !common.is_empty() && common.is_subset(own));
            let extra: Vec<&str> = own
                .iter()
                .filter(|one| !others().any(|set| set.contains(*one)))
                .map(String::as_str)
                .collect();
            if more && all_of_theirs && !extra.is_empty() {
                let view = lists.row(longest.row);
                let in_words = |one: &&str| match id {
                    "materials" => materials::in_words(&view, one),
                    _ => (*one).to_owned(),
                };
                let extra: Vec<String> = extra.iter().map(in_words).collect();
                let args = vec![
                    ("extra", start_of(&extra.join("；"), 100)),
                    ("others", others().count().to_string()),
                ];
                sink.report(&view, id, args);
            }
        }
    }
}

/// CRO013: a material that only one region asks for (domain handbook 81).
pub(in crate::lint) fn material(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    only_one(lists, sink, lists.known.materials, "materials");
}

/// CRO014: a condition that only one region has (domain handbook 81).
pub(in crate::lint) fn condition(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    only_one(lists, sink, lists.known.conditions, "conditions");
}

/// Reports who is above the median of the others by more than the rule allows. `measure` gives the number, and the unit in which
/// alone numbers can be held against each other.
fn above<'a, U: PartialEq>(
    lists: &Lists<'a>,
    sink: &mut Sink<'_>,
    (element, id): (Option<ElementId>, &'static str),
    measure: impl Fn(&'a Value) -> Option<(Amount, U)>,
    too_much: impl Fn(Amount, Amount) -> bool,
) {
    let pick = meaning(lists, element, Value::speaks);
    for group in &lists.peers().groups {
        for unit in group
            .units(&pick)
            .into_iter()
            .map(|unit| unit.sides)
            .filter(|unit| unit.len() > OTHERS_MEASURED)
        {
            let value = |side: &Side| lists.forms.any(side.row, element.unwrap_or(ElementId(0)));
            let measured: Vec<(&Side, Amount, U)> = unit
                .iter()
                .filter_map(|side| measure(value(side)).map(|(amount, per)| (side, amount, per)))
                .collect();
            for (side, own, per) in &measured {
                let mut others: Vec<(Amount, &Side)> = measured
                    .iter()
                    .filter(|(other, _, unit)| other.region != side.region && unit == per)
                    .map(|(other, amount, _)| (*amount, *other))
                    .collect();
                others.sort_by_key(|(amount, other)| (*amount, other.row));
                // Of an even number the higher one in the middle.
                let Some(&(median, peer)) = others.get(others.len() / 2) else {
                    continue;
                };
                if others.len() < OTHERS_MEASURED || !too_much(*own, median) {
                    continue;
                }
                let (view, peer) = (lists.row(side.row), lists.row(peer.row));
                let spelling = |view: &RowView<'_>| start_of(&view.value(element).spelling(), 40);
                let mut args = vec![("own", spelling(&view)), ("other", spelling(&peer))];
                args.extend(source(&peer));
                sink.report(&view, id, args);
            }
        }
    }
}

/// CRO015: a promised limit far above the median of the others (domain handbook 82; 条例 36: shorter ones are lawful).
pub(in crate::lint) fn slow(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let times = i64::from(sink.threshold());
    let measure = |value: &Value| match value {
        Value::Duration(limit) => Some((limit.span?.high, limit.unit)),
        _ => None,
    };
    let too_much = |own: Amount, median: Amount| !median.is_zero() && own > median.times(times);
    above(
        lists,
        sink,
        (lists.known.promised_time, "promised_time"),
        measure,
        too_much,
    );
}

/// CRO016: a fee far above the median of the others (domain handbook 82).
pub(in crate::lint) fn dear(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let times = i64::from(sink.threshold());
    let measure = |value: &Value| match value {
        Value::Fees(Fees::Charged(items)) => match items.as_slice() {
            [
                FeeItem {
                    amount: Some(amount),
                    per,
                    ..
                },
            ] => Some((amount.high, per.clone())),
            _ => None,
        },
        _ => None,
    };
    above(lists, sink, (lists.known.fees, "fees"), measure, |own, median| {
        own > median.times(times)
    });
}

/// CRO017: more visits than the median of the others (domain handbook 82).
pub(in crate::lint) fn visits(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let more = Amount::whole(i64::from(sink.threshold()));
    let measure = |value: &Value| match value {
        Value::Count(visits) => Some((Amount::whole(i64::from(*visits)), ())),
        _ => None,
    };
    above(lists, sink, (lists.known.visits, "visits"), measure, |own, median| {
        own >= median.plus(more)
    });
}

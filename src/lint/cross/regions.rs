//! Family CRO: region against region, in what the law wants to be the same (四级四同), and in what is handled at all.
//!
//! Must not know what a divided item says as a whole: that is compare's. Here only the same handling item is held against its like.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::super::{Lists, RowView, Sink, fee, start_of};
use super::peers::{deviants, meaning};
use super::{Item, place, stem};
use crate::model::{Duration, RegionId, RowId, Value};
use crate::normalise::divisions::{self, DivisionLevel};

/// Whether two names may be of one item: one is the other with something behind it.
fn may_be_same(a: &str, b: &str) -> bool {
    let (a, b) = (stem(a), stem(b));
    a.starts_with(b) || b.starts_with(a)
}

/// How many names of one code are told apart: more help nobody.
const NAMES: usize = 20;

/// CRO003: one code stands for items of several names, in a region or between regions (四级四同).
pub(in crate::lint) fn several_names(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let directory = Item::of_directory(lists);
    let mut names: HashMap<&str, Vec<&Item<'_>>> = HashMap::new();
    let mut told: HashSet<(RegionId, &str, &str)> = HashSet::new();
    for item in directory
        .iter()
        .chain(lists.items())
        .filter(|item| !item.name().is_empty())
    {
        let known = names.entry(item.code.basic()).or_default();
        if known.len() >= NAMES || known.iter().any(|other| may_be_same(other.name(), item.name())) {
            continue;
        }
        if let Some(first) = known.first()
            && told.insert((item.region, item.code.basic(), stem(item.name())))
        {
            let [file, row] = place(&first.view(lists));
            let args = vec![
                ("code", item.code.basic().to_owned()),
                ("name", item.name().to_owned()),
                ("other", first.name().to_owned()),
                file,
                row,
            ];
            sink.report(&item.view(lists), "name", args);
        }
        // What the directory says stays the measure; between lists every name is told once.
        if known.len() < NAMES && !known.first().is_some_and(|first| first.view(lists).in_directory()) {
            known.push(item);
        }
    }
}

/// Where the other value stands: the name of its region, file and row.
pub(super) fn source(view: &RowView<'_>) -> [(&'static str, String); 3] {
    let region = &view.catalogue.regions[view.region().index()];
    let name = if region.directory { "基本目录" } else { &region.name };
    let [file, row] = place(view);
    [("peer", name.to_owned()), file, row]
}

/// The national laws among the legal bases of a row, by title. Local regulations beside them may differ by nature.
fn laws<'a>(view: &RowView<'a>) -> BTreeSet<&'a str> {
    match view.value(view.known.basis) {
        Value::Citations(citations) => {
            let titles = citations.iter().map(|citation| citation.title.as_str());
            titles.filter(|title| !fee::is_local(title)).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Whether two rows are of one type and rest on the same laws.
fn under_one_law(a: &RowView<'_>, b: &RowView<'_>) -> bool {
    let laws_of_a = laws(a);
    !laws_of_a.is_empty() && laws_of_a == laws(b) && a.value(a.known.kind) == b.value(b.known.kind)
}

/// Reports limits that differ in number, of the same unit; `one_law` says whether those under one law are meant or the rest.
fn limits(lists: &Lists<'_>, sink: &mut Sink<'_>, one_law: bool) {
    let limited = |value: &Value| matches!(value, Value::Duration(Duration { span: Some(_), .. }));
    let pick = meaning(lists, lists.known.statutory_time, limited);
    for group in &lists.peers().groups {
        for unit in group.units(&pick) {
            let Some((reference, others)) = deviants(&unit, group.said_in_directory(lists, &pick)) else {
                continue;
            };
            let other = lists.row(reference.row);
            for side in others {
                let view = lists.row(side.row);
                let of = |view: &RowView<'_>| view.duration(view.known.statutory_time).map(|d| (d.unit, d.span));
                let (Some(own), Some(theirs)) = (of(&view), of(&other)) else {
                    continue;
                };
                // Working days and calendar days may be the same time.
                if own.0 != theirs.0 || own.1 == theirs.1 || under_one_law(&view, &other) != one_law {
                    continue;
                }
                let spelling = |view: &RowView<'_>| view.value(view.known.statutory_time).spelling();
                let mut args = vec![("own", spelling(&view)), ("other", spelling(&other))];
                args.extend(source(&other));
                sink.report(&view, "statutory_time", args);
            }
        }
    }
}

/// CRO008: other statutory limits under the same law (四同; domain handbook 79).
pub(in crate::lint) fn limit_under_one_law(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    limits(lists, sink, true);
}

/// CRO009: other statutory limits, where the lists do not show that the law is the same.
pub(in crate::lint) fn limit(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    limits(lists, sink, false);
}

/// CRO010: other types of one item (四同; domain handbook 79).
pub(in crate::lint) fn kind(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let pick = meaning(lists, lists.known.kind, |value| matches!(value, Value::Choice(_)));
    for group in &lists.peers().groups {
        for unit in group.units(&pick) {
            let Some((reference, others)) = deviants(&unit, group.said_in_directory(lists, &pick)) else {
                continue;
            };
            let other = lists.row(reference.row);
            for side in others {
                let view = lists.row(side.row);
                let spelling = |view: &RowView<'_>| view.value(view.known.kind).spelling();
                let mut args = vec![("own", spelling(&view)), ("other", spelling(&other))];
                args.extend(source(&other));
                sink.report(&view, "type", args);
            }
        }
    }
}

/// The number of the empty set of laws: a list that cites only local regulations says nothing of the national ones.
const NO_LAWS: u32 = 0;

/// CRO011: other national laws behind one item (四同; domain handbook 79).
pub(in crate::lint) fn basis(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    // A number for every set of laws, and for every meaning of an element the number of its laws.
    let sets: RefCell<HashMap<BTreeSet<&str>, u32>> = RefCell::new([(BTreeSet::new(), NO_LAWS)].into_iter().collect());
    let known: RefCell<HashMap<u32, u32>> = RefCell::default();
    let cited = meaning(lists, lists.known.basis, |value| matches!(value, Value::Citations(_)));
    let pick = |row: RowId| {
        let says = cited(row)?;
        let set = *known.borrow_mut().entry(says).or_insert_with(|| {
            let mut sets = sets.borrow_mut();
            let next = u32::try_from(sets.len()).unwrap_or(u32::MAX);
            *sets.entry(laws(&lists.row(row))).or_insert(next)
        });
        (set != NO_LAWS).then_some(set)
    };
    for group in &lists.peers().groups {
        for unit in group.units(pick) {
            let Some((reference, others)) = deviants(&unit, group.said_in_directory(lists, pick)) else {
                continue;
            };
            let other = lists.row(reference.row);
            let theirs = laws(&other);
            for side in others {
                let view = lists.row(side.row);
                let own = laws(&view);
                let list = |from: &BTreeSet<&str>, without: &BTreeSet<&str>| {
                    let titles: Vec<String> = from.difference(without).map(|title| format!("《{title}》")).collect();
                    if titles.is_empty() {
                        "—".to_owned()
                    } else {
                        start_of(&titles.join("、"), 100)
                    }
                };
                let mut args = vec![("own", list(&own, &theirs)), ("other", list(&theirs, &own))];
                args.extend(source(&other));
                sink.report(&view, "basis", args);
            }
        }
    }
}

/// The level of a region by its code: provinces are held against provinces, cities against cities. Regions without a code are one group.
fn level(lists: &Lists<'_>, region: RegionId) -> Option<DivisionLevel> {
    let id = &lists.catalogue.regions.get(region.index())?.id;
    divisions::padded(id).map(|code| divisions::level(&code))
}

/// How many regions make peers: of two, neither is the rule.
const PEERS: usize = 3;

/// CRO012: a region lacks an item that most regions of its level have (京办法 5: items are set up in the directory and handled by all;
/// domain handbook 80).
pub(in crate::lint) fn lacking(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let peers = lists.peers();
    let mut levels: BTreeMap<Option<DivisionLevel>, BTreeSet<RegionId>> = BTreeMap::new();
    for &region in &peers.regions {
        levels.entry(level(lists, region)).or_default().insert(region);
    }
    let share = sink.threshold() as usize;
    let mut first: HashMap<RegionId, RowId> = HashMap::new();
    for row in lists.catalogue.row_ids() {
        first.entry(lists.catalogue.rows[row.index()].region).or_insert(row);
    }
    for regions in levels.into_values().filter(|regions| regions.len() >= PEERS) {
        let mut having: BTreeMap<&str, (BTreeSet<RegionId>, usize)> = BTreeMap::new();
        let mut named: HashSet<(RegionId, &str)> = HashSet::new();
        for (at, group) in peers.groups.iter().enumerate() {
            let has: BTreeSet<RegionId> = group.regions().intersection(&regions).copied().collect();
            named.extend(has.iter().map(|&region| (region, group.name)));
            having.entry(group.code).or_insert((BTreeSet::new(), at)).0.extend(has);
        }
        for &region in &regions {
            let others = regions.len() - 1;
            let usual = having.values().filter(|(has, _)| {
                let with = has.len() - usize::from(has.contains(&region));
                with >= PEERS - 1 && with * 100 >= share * others
            });
            let usual: Vec<&(BTreeSet<RegionId>, usize)> = usual.collect();
            let lacks = |(has, at): &&(BTreeSet<RegionId>, usize)| {
                let name = peers.groups.get(*at).map_or("", |group| group.name);
                !has.contains(&region) && !named.contains(&(region, name))
            };
            let lacking: Vec<_> = usual.iter().copied().filter(|entry| lacks(entry)).collect();
            // Who lacks more than half of it has handed in a part of the list, or another list.
            if lacking.len() * 2 > usual.len() {
                continue;
            }
            for (has, at) in lacking {
                let Some(group) = peers.groups.get(*at) else { continue };
                let args = vec![
                    ("name", group.name.to_owned()),
                    ("code", group.code.to_owned()),
                    ("with", has.len().to_string()),
                    ("others", others.to_string()),
                ];
                if let Some(&row) = first.get(&region) {
                    sink.report_missing(&lists.row(row), group.code.into(), args);
                }
            }
        }
    }
}

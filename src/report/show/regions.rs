//! Showing N regions: the lines that every report begins with, which cells and regions stand off, and what a group says.
//!
//! Must not know a format.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Style, burden};
use super::{QUOTED, detail, shorten};
use crate::model::{
    Class, Detail, ElementReport, Judgement, Reference, ReferenceFrom, RegionIndex, SEVERAL, Standing, Uniformity,
    VarianceUse,
};

/// The reference in words: its value and where it comes from.
pub(in crate::report) fn reference(reference: &Reference, style: &Style<'_>) -> String {
    let (said, all) = reference.support;
    let args = [("said", said.to_string()), ("all", all.to_string())];
    style.with(&format!("reference-{}", reference.from.word()), &args)
}

/// The names of regions, with their ids where there is room.
pub(in crate::report) fn regions(sides: &[usize], report: &Uniformity) -> String {
    sides
        .iter()
        .map(|&side| region(&report.regions[side]))
        .collect::<Vec<_>>()
        .join("、")
}

/// The name of a region, or its id where it has none of its own.
pub(in crate::report) fn region(region: &RegionIndex) -> String {
    if region.name.is_empty() {
        region.id.clone()
    } else {
        region.name.clone()
    }
}

/// An index with three places.
pub(in crate::report) fn index(value: f64) -> String {
    format!("{value:.3}")
}

/// Whether a cell is one to look at: regions differ and no variance allows it, or all of them differ from the directory.
pub(in crate::report) fn deviates(cell: &ElementReport) -> bool {
    cell.index > 0.0 || !cell.deviating.is_empty()
}

/// The regions that differ in a cell: from the reference, also where that is allowed; and where there is none to tell who is right, all
/// that speak.
pub(in crate::report) fn differing(cell: &ElementReport) -> Vec<usize> {
    let open = cell.reference.from == ReferenceFrom::None && cell.groups.len() > 1;
    let mut sides = cell.deviating.clone();
    sides.extend(cell.allowed.iter().map(|(side, _)| *side));
    sides.extend(cell.groups.iter().filter(|_| open).flat_map(|group| &group.regions));
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// Whether a region differs in a cell.
pub(in crate::report) fn differs(cell: &ElementReport, side: usize) -> bool {
    differing(cell).contains(&side)
}

/// How many variances, copies or years the lines at the head of a report name one by one.
const NAMED: usize = 8;

/// A number for a message that says nothing of none.
fn or_no(count: usize) -> String {
    match count {
        0 => "no".to_owned(),
        count => count.to_string(),
    }
}

/// Items in which nothing deviates, but something cannot be judged: a text that is cut off, days of no kind.
fn unsure(report: &Uniformity) -> usize {
    let mut items: BTreeMap<(&str, &str), (bool, bool)> = BTreeMap::new();
    for item in report.items.iter().filter(|item| item.present.len() > 1) {
        let (odd, unknown) = items.entry((&item.code, &item.name)).or_default();
        *odd |= item.elements.iter().any(|cell| deviates(cell) || cell.groups.len() > 1);
        *unknown |= item.elements.iter().any(|cell| !cell.unknown.is_empty());
    }
    items.values().filter(|(odd, unknown)| !odd && *unknown).count()
}

/// The items that are alike in every element and yet do not ask the same of an applicant: what is counted there (到办事现场次数) is not
/// among the elements, and nothing else in a report tells it.
fn burdened(report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let mut items: BTreeMap<(&str, &str), (bool, Vec<String>)> = BTreeMap::new();
    for item in report.items.iter().filter(|item| item.present.len() > 1) {
        let (odd, parts) = items.entry((&item.code, &item.name)).or_default();
        *odd |= item.elements.iter().any(|cell| deviates(cell) || cell.groups.len() > 1);
        parts.extend(burden::differing(item, style).into_iter().filter(|_| item.counted));
        parts.dedup();
    }
    let alike = items.into_iter().filter(|(_, (odd, parts))| !odd && !parts.is_empty());
    alike
        .map(|((_, name), (_, parts))| format!("{name}（{}）", parts.join("，")))
        .collect()
}

/// The lines that a report begins with: name and value.
pub(in crate::report) fn summary(report: &Uniformity, style: &Style<'_>) -> Vec<(String, String)> {
    let sum = |of: fn(&RegionIndex) -> usize| report.regions.iter().map(of).sum::<usize>().to_string();
    let names: Vec<String> = report.regions.iter().take(NAMED).map(region).collect();
    let mut regions = names.join("、");
    regions.push_str(&and_more(report.regions.len(), style));
    let directory = if report.directory_rows > 0 {
        style.with("summary-directory", &[("rows", report.directory_rows.to_string())])
    } else {
        String::new()
    };
    let line = |key: &str, args: &[(&str, String)]| (style.text(key), style.with(&format!("{key}-value"), args));
    let mut lines = vec![
        line(
            "summary-regions",
            &[
                ("count", report.regions.len().to_string()),
                ("names", regions),
                ("directory", directory),
            ],
        ),
        line(
            "summary-rows",
            &[
                ("rows", sum(|r| r.rows)),
                ("compared", sum(|r| r.accounting.compared)),
                ("divided", sum(|r| r.accounting.divided)),
                ("only", sum(|r| r.accounting.only_here)),
                ("duplicate", sum(|r| r.accounting.duplicate)),
            ],
        ),
        line(
            "summary-compared",
            &[
                ("items", report.items_compared.to_string()),
                ("units", report.units_compared.to_string()),
                ("cells", report.cells.to_string()),
            ],
        ),
        line(
            "summary-uniform",
            &[
                ("items", report.items_uniform.to_string()),
                ("unsure", or_no(unsure(report))),
            ],
        ),
        line(
            "summary-deviating",
            &[
                ("items", (report.items_compared - report.items_uniform).to_string()),
                ("units", report.units_deviating.to_string()),
                ("cells", report.cells_deviating.to_string()),
            ],
        ),
        line("summary-index", &[("index", index(report.index))]),
        line(
            "summary-notation",
            &[
                ("notation", report.notation.to_string()),
                ("level", report.level.to_string()),
            ],
        ),
    ];
    let bound = report.elements.iter().filter(|e| e.standing == Standing::MustEqual);
    let bound: Vec<&str> = bound.map(|element| style.element(&element.element)).collect();
    if !bound.is_empty() {
        let count = report.cells_must_equal;
        let cells = || {
            report
                .items
                .iter()
                .flat_map(|item| item.elements.iter().zip(&report.elements))
        };
        let bound_cells = || cells().filter(|(_, element)| element.standing == Standing::MustEqual);
        let compared = bound_cells().any(|(cell, _)| cell.class != Class::Single);
        let unknown = bound_cells().filter(|(cell, _)| !cell.unknown.is_empty()).count();
        let counted = report.items.iter().filter(|item| item.counted);
        let other_law = |cell: &&ElementReport| cell.must_equal.is_empty() && !cell.other_law.is_empty();
        let other = counted.flat_map(|item| &item.elements).filter(other_law).count();
        let any = match (count, compared) {
            (1.., _) => "yes",
            (0, true) if other > 0 => "look",
            (0, true) => "no",
            (0, false) => "none",
        };
        let args = [
            ("any", any.to_owned()),
            ("other", or_no(other)),
            ("unknown", or_no(unknown)),
            ("count", count.to_string()),
            ("elements", bound.join("、")),
        ];
        lines.push(line("summary-must-equal", &args));
    }
    let against: Vec<usize> = report.against_directory().map(|(_, cells)| cells.len()).collect();
    if !against.is_empty() {
        let args = [
            ("items", against.len().to_string()),
            ("cells", against.iter().sum::<usize>().to_string()),
        ];
        lines.push(line("summary-against", &args));
    }
    if report.cells_open > 0 {
        lines.push(line("summary-open", &[("count", report.cells_open.to_string())]));
    }
    let burdened = burdened(report, style);
    if !burdened.is_empty() {
        let list = burdened.iter().take(NAMED).map(|text| shorten(text, QUOTED));
        let list = format!(
            "{}{}",
            list.collect::<Vec<_>>().join("；"),
            and_more(burdened.len(), style)
        );
        let args = [("count", burdened.len().to_string()), ("list", list)];
        lines.push(line("summary-burden", &args));
    }
    lines.extend(conditions(report, style));
    lines
}

/// What is to be known before a report is believed: what is allowed, which lists are copies, of which years they are.
fn conditions(report: &Uniformity, style: &Style<'_>) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, all: Vec<String>| {
        let more = and_more(all.len(), style);
        let named = all.into_iter().take(NAMED);
        let more = Some(more).filter(|more| !more.is_empty());
        lines.extend(named.chain(more).map(|value| (style.text(key), value)));
    };
    let copies = report.regions.iter().filter_map(|copy| {
        let args = [
            ("region", region(copy)),
            ("source", region(&report.regions[copy.copy_of?])),
        ];
        Some(style.with("summary-copies-value", &args))
    });
    add("summary-copies", copies.collect());
    let used = report.variances.iter().map(|used| variance(used, style));
    add("summary-variances", used.collect());
    let distinct: BTreeSet<u16> = report
        .years
        .iter()
        .flat_map(|(_, years)| years.iter().copied())
        .collect();
    if distinct.len() > 1 {
        let of_region = |(side, years): &(usize, Vec<u16>)| {
            let years: Vec<String> = years.iter().map(u16::to_string).collect();
            let args = [("region", region(&report.regions[*side])), ("years", years.join("、"))];
            style.with("summary-years-one", &args)
        };
        let all: Vec<String> = report.years.iter().take(NAMED).map(of_region).collect();
        let years = format!("{}{}", all.join("、"), and_more(report.years.len(), style));
        add(
            "summary-years",
            vec![style.with("summary-years-value", &[("years", years)])],
        );
    }
    lines
}

/// That there are more than are named; nothing where there are not.
fn and_more(count: usize, style: &Style<'_>) -> String {
    match count.saturating_sub(NAMED) {
        0 => String::new(),
        more => style.with("and-more", &[("count", more.to_string())]),
    }
}

/// A variance in words: where, on what ground, who answers for it, and what it took out.
fn variance(used: &VarianceUse, style: &Style<'_>) -> String {
    let variance = &used.variance;
    let element = variance.element.as_deref().map(|id| style.element(id).to_owned());
    let what: Vec<String> = [variance.region.clone(), variance.item.clone(), element]
        .into_iter()
        .flatten()
        .collect();
    let args = [
        ("expired", if variance.expired { "yes" } else { "no" }.to_owned()),
        ("expires", variance.expires.clone().unwrap_or_else(|| "none".to_owned())),
        ("cells", used.cells.to_string()),
        ("what", what.join(" ")),
        ("ground", shorten(&variance.ground, QUOTED)),
        ("owner", variance.owner.clone()),
    ];
    style.with("summary-variances-value", &args)
}

/// Values up to this length are shown whole where there is no reference to hold them against.
const SHORT: usize = 60;

/// Whether there is a difference to tell of a group: not of the first one where there is no reference; nor of the answers of several
/// handling items or bodies that are taken together, which are alternatives and neither added nor dropped.
pub(in crate::report) fn tells_difference(cell: &ElementReport, at: usize) -> bool {
    let group = &cell.groups[at];
    let several = |text: &str| text.contains(SEVERAL);
    group.judgement.detail != Detail::default()
        && (cell.reference.from != ReferenceFrom::None || at > 0)
        && !several(&group.normal)
        && !cell.reference.normal.as_deref().is_some_and(several)
}

/// A difference from what is no reference: nobody asks for more, is stricter or dearer.
pub(in crate::report) fn neutral(judgement: &Judgement) -> Judgement {
    let mut judgement = judgement.clone();
    judgement.relation = None;
    for change in &mut judgement.detail.changed {
        (change.relation, change.by) = (None, None);
    }
    judgement
}

/// How a group is shown: its value where it is the reference, else how it differs.
pub(in crate::report) fn group_lines(cell: &ElementReport, at: usize, whole: bool, style: &Style<'_>) -> Vec<String> {
    let group = &cell.groups[at];
    let most = if whole { usize::MAX } else { 120 };
    let is_reference =
        cell.reference.from != ReferenceFrom::None && cell.reference.normal.as_deref() == Some(&group.normal);
    if is_reference || !tells_difference(cell, at) {
        return vec![shorten(&group.normal, most)];
    }
    let open = cell.reference.from == ReferenceFrom::None;
    // What is short is read whole; of long lists nobody finds the one thing that differs.
    if open && group.normal.chars().count() <= SHORT {
        return vec![group.normal.clone()];
    }
    let mut lines = match open {
        true => detail(&neutral(&group.judgement), style),
        false => detail(&group.judgement, style),
    };
    if open {
        lines.insert(0, style.text("against-first"));
    }
    if whole {
        lines.insert(0, group.normal.clone());
    }
    lines
}

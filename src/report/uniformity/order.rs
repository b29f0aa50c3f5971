//! The order of a report of N regions (`--by`), for every format that lists it: by item, by region or by element, the worst first; and
//! what is to be said of one region and of one element.
//!
//! Must not know a format.

use std::cmp::Reverse;

use super::super::{By, Style, burden, show};
use super::notes;
use crate::model::{ElementIndex, ElementReport, ItemReport, Measure, ReferenceFrom, Standing, Uniformity};

/// How many elements and gains are named in a line at most.
const NAMED: usize = 5;

/// A cell with its item.
pub(super) type Listed<'r> = (&'r ItemReport, &'r ElementReport);

/// The regions that are listed, the one that deviates most first.
pub(super) fn regions(report: &Uniformity, style: &Style<'_>) -> Vec<usize> {
    let index = |side: usize| report.regions[side].index;
    let mut sides = style.sides(report);
    sides.sort_by(|&a, &b| index(b).total_cmp(&index(a)).then(a.cmp(&b)));
    sides
}

/// The elements that are listed, the least uniform first.
pub(super) fn elements<'r>(report: &'r Uniformity, style: &Style<'_>) -> Vec<&'r ElementIndex> {
    let mut elements: Vec<&ElementIndex> = report.elements.iter().collect();
    elements.retain(|element| style.only.element.is_none_or(|only| only == element.element));
    elements.sort_by(|a, b| b.index.total_cmp(&a.index));
    elements
}

/// The cells of one element that are listed, the least uniform first.
pub(super) fn of_element<'r>(element: &str, items: &[&'r ItemReport], style: &Style<'_>) -> Vec<Listed<'r>> {
    let cell = |item: &'r ItemReport| style.listed(item).find(|cell| cell.element == element);
    let mut cells: Vec<Listed<'r>> = items.iter().filter_map(|item| Some((*item, cell(item)?))).collect();
    cells.sort_by(|(_, a), (_, b)| b.index.total_cmp(&a.index));
    cells
}

/// The cells that are listed: by element where that is asked for, else item by item.
pub(super) fn cells<'r>(report: &'r Uniformity, style: &Style<'_>) -> Vec<Listed<'r>> {
    let items = style.items(report);
    match style.by {
        By::Element => elements(report, style)
            .into_iter()
            .flat_map(|element| of_element(&element.element, &items, style))
            .collect(),
        By::Item | By::Region => items
            .into_iter()
            .flat_map(|item| style.listed(item).map(move |cell| (item, cell)))
            .collect(),
    }
}

/// What is said of one region.
pub(super) struct RegionBlock<'r> {
    /// Its index and its place among all regions.
    pub(super) rank: String,
    /// In how much it differs, in which elements, what would be gained and saved.
    pub(super) lines: Vec<String>,
    /// The items in which it differs, with the elements; most elements first.
    pub(super) items: Vec<(&'r ItemReport, Vec<&'r str>)>,
}

/// What is to be said of a region, out of the items that are listed.
pub(super) fn region<'r>(
    side: usize,
    items: &[&'r ItemReport],
    report: &'r Uniformity,
    style: &Style<'_>,
) -> RegionBlock<'r> {
    let region = &report.regions[side];
    // Where it differs, by item; and how often in each element.
    let mut odd: Vec<(&ItemReport, Vec<&str>)> = Vec::new();
    let mut open = 0;
    let mut often: Vec<(&str, usize)> = report
        .elements
        .iter()
        .map(|known| (known.element.as_str(), 0))
        .collect();
    for item in items.iter().filter(|item| item.counted) {
        let cells = style.listed(item).filter(|cell| show::differs(cell, side));
        let cells = cells.inspect(|cell| open += usize::from(cell.reference.from == ReferenceFrom::None));
        let elements: Vec<&str> = cells.map(|cell| cell.element.as_str()).collect();
        for (element, count) in &mut often {
            *count += usize::from(elements.contains(element));
        }
        if !elements.is_empty() {
            odd.push((item, elements));
        }
    }
    odd.sort_by_key(|(_, elements)| Reverse(elements.len()));
    often.retain(|(_, count)| *count > 0);
    often.sort_by_key(|(_, count)| Reverse(*count));

    // Among all regions, also where only one is asked for; regions that deviate as much share a place.
    let before = report.regions.iter().filter(|other| other.index > region.index);
    let args = [
        ("index", show::index(region.index)),
        ("rank", (before.count() + 1).to_string()),
        ("count", report.regions.len().to_string()),
    ];
    let rank = style.with("region-rank", &args);
    let args = [
        ("cells", often.iter().map(|(_, count)| count).sum::<usize>().to_string()),
        ("items", odd.len().to_string()),
        ("open", open.to_string()),
        ("must", region.must_equal.to_string()),
        ("law", if region.must_equal > 0 { "yes" } else { "no" }.to_owned()),
    ];
    let mut lines = vec![style.with("region-differs", &args)];
    let named = often
        .iter()
        .map(|(element, count)| format!("{} {count}", style.element(element)));
    lines.extend(listed("region-elements", named.collect(), style));
    let gains = report.gains.iter().filter(|gain| gain.region == side);
    let gains = gains.map(|gain| notes::gain(gain, report, style));
    lines.extend(listed("region-gains", gains.collect(), style));
    let saved = Measure::ALL.into_iter().filter_map(|measure| {
        let saved = region.saving.get(measure).filter(|saved| *saved > 0)?;
        let name = burden::name(measure, style);
        Some(format!("{name} {}", burden::text(measure, Some(saved), style)))
    });
    lines.extend(listed("region-saving", saved.collect(), style));
    RegionBlock {
        rank,
        lines,
        items: odd,
    }
}

/// A line that names the first entries and says how many more there are.
fn listed(key: &str, entries: Vec<String>, style: &Style<'_>) -> Option<String> {
    let named: Vec<String> = entries.iter().take(NAMED).cloned().collect();
    let mut list = named.join(&style.text("note-joint"));
    if let Some(more) = notes::more(entries.len(), NAMED, style) {
        list.push_str(&more);
    }
    (!entries.is_empty()).then(|| style.with(key, &[("list", list)]))
}

/// What is said of one element over all items: its figures, and what the law says.
pub(super) fn element(element: &ElementIndex, style: &Style<'_>) -> (String, Option<String>) {
    let args = [
        ("index", show::index(element.index)),
        ("cells", element.cells.to_string()),
        ("deviating", element.deviating.to_string()),
    ];
    let law = (element.standing != Standing::Usual).then(|| notes::standing_text(element.standing, style));
    (style.with("element-rank", &args), law)
}

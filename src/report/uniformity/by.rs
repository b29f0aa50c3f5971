//! N regions for a terminal, listed by region or by element (`--by`): a block for each, the worst first.
//!
//! Must not compute beyond counting what is listed.

use std::io::{self, Write};

use super::super::escape::terminal;
use super::super::table::{bold, heading, more, plain, table};
use super::super::{Style, burden, show};
use super::{heat, notes, table as items_table};
use crate::model::{ElementIndex, ItemReport, Measure, ReferenceFrom, RegionIndex, Standing, Uniformity};

/// How many items a block lists at most; `--top` can make it shorter.
const WORST: usize = 10;

/// How many elements and gains a block names at most.
const NAMED: usize = 5;

/// A block for each region.
pub(super) fn regions(
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "\n{}", heading(&style.text("heat-elements-title"), style))?;
    heat::elements(report, style, out)?;
    let index = |side: usize| report.regions[side].index;
    let mut ranked = style.sides(report);
    ranked.sort_by(|&a, &b| index(b).total_cmp(&index(a)).then(a.cmp(&b)));
    for &side in ranked.iter().take(style.top) {
        // Among all regions, also where only one is asked for; regions that deviate as much share a place.
        let before = report.regions.iter().filter(|other| other.index > index(side));
        region(side, before.count() + 1, items, report, style, out)?;
    }
    more(ranked.len(), style, out)
}

fn region(
    side: usize,
    rank: usize,
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let region: &RegionIndex = &report.regions[side];
    // Where it differs, by item; and how often in each element.
    let mut odd: Vec<(&ItemReport, Vec<&str>)> = Vec::new();
    let mut open = 0;
    let mut often: Vec<(&str, usize)> = report
        .elements
        .iter()
        .map(|known| (known.element.as_str(), 0))
        .collect();
    for item in items {
        if !item.counted {
            continue;
        }
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
    odd.sort_by_key(|(_, elements)| std::cmp::Reverse(elements.len()));
    often.retain(|(_, count)| *count > 0);
    often.sort_by_key(|(_, count)| std::cmp::Reverse(*count));

    let args = [
        ("index", show::index(region.index)),
        ("rank", rank.to_string()),
        ("count", report.regions.len().to_string()),
    ];
    let title = heading(&format!("■ {} {}", region.id, region.name), style);
    writeln!(out, "\n{title}  {}", style.with("region-rank", &args))?;
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
    lines.extend(listed(
        "region-gains",
        gains.map(|gain| notes::gain(gain, report, style)).collect(),
        style,
    ));
    let saved = Measure::ALL.into_iter().filter_map(|measure| {
        let saved = region.saving.get(measure).filter(|saved| *saved > 0)?;
        let name = burden::name(measure, style);
        Some(format!("{name} {}", burden::text(measure, Some(saved), style)))
    });
    lines.extend(listed("region-saving", saved.collect(), style));
    for line in lines {
        writeln!(out, "  {}", terminal(&line))?;
    }
    if odd.is_empty() {
        return Ok(());
    }
    let most = style.top.min(WORST);
    let mut worst = table(style, &["col-item", "col-deviating", "col-element"]);
    for (item, elements) in odd.iter().take(most) {
        let name = show::item_name(&item.name, item.handling.as_deref());
        let elements: Vec<&str> = elements.iter().map(|element| style.element(element)).collect();
        worst.add_row(vec![
            plain(&format!("{} {name}", item.code)),
            plain(&elements.len().to_string()).set_alignment(comfy_table::CellAlignment::Right),
            plain(&elements.join("、")),
        ]);
    }
    writeln!(out, "{}", worst.trim_fmt())?;
    rest(odd.len(), most, style, out)
}

/// A line that names the first entries and says how many more there are.
fn listed(key: &str, entries: Vec<String>, style: &Style<'_>) -> Option<String> {
    let mut list = entries
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(&style.text("note-joint"));
    if let Some(more) = notes::more(entries.len(), NAMED, style) {
        list.push_str(&more);
    }
    (!entries.is_empty()).then(|| style.with(key, &[("list", list)]))
}

fn rest(count: usize, shown: usize, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match notes::more(count, shown, style) {
        Some(more) => writeln!(out, "  {more}"),
        None => Ok(()),
    }
}

/// A block for each element.
pub(super) fn elements(
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "\n{}", heading(&style.text("heat-elements-title"), style))?;
    heat::elements(report, style, out)?;
    let mut ranked: Vec<&ElementIndex> = report.elements.iter().collect();
    ranked.retain(|element| style.only.element.is_none_or(|only| only == element.element));
    ranked.sort_by(|a, b| b.index.total_cmp(&a.index));
    for element in ranked.iter().take(style.top) {
        self::element(element, items, report, style, out)?;
    }
    more(ranked.len(), style, out)
}

fn element(
    element: &ElementIndex,
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let args = [
        ("index", show::index(element.index)),
        ("cells", element.cells.to_string()),
        ("deviating", element.deviating.to_string()),
    ];
    let title = heading(&format!("■ {}", style.element(&element.element)), style);
    writeln!(out, "\n{title}  {}", style.with("element-rank", &args))?;
    if element.standing != Standing::Usual {
        writeln!(out, "  {}", notes::standing_text(element.standing, style))?;
    }
    let cell_of = |item: &&'_ ItemReport| style.listed(item).find(|cell| cell.element == element.element).cloned();
    let mut odd: Vec<_> = items.iter().filter_map(|item| Some((*item, cell_of(item)?))).collect();
    odd.sort_by(|(_, a), (_, b)| b.index.total_cmp(&a.index));
    if odd.is_empty() {
        return Ok(());
    }
    let most = style.top.min(WORST);
    let headers = ["col-item", "col-index", "col-says", "col-regions", "col-reference"];
    let mut worst = table(style, &headers);
    for (item, cell) in odd.iter().take(most) {
        let name = show::item_name(&item.name, item.handling.as_deref());
        let heads = [
            bold(&format!("{} {name}", item.code), style),
            plain(&show::index(cell.index)),
        ];
        items_table::add_cell(&mut worst, heads, cell, report, style);
    }
    writeln!(out, "{}", worst.trim_fmt())?;
    rest(odd.len(), most, style, out)
}

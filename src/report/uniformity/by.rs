//! N regions for a terminal, listed by region or by element (`--by`): a block for each, the worst first.
//!
//! Must not compute beyond counting what is listed.

use std::io::{self, Write};

use super::super::escape::terminal;
use super::super::table::{bold, heading, more, plain, table};
use super::super::{Style, show};
use super::{heat, notes, order, table as items_table};
use crate::model::{ElementIndex, ItemReport, Uniformity};

/// How many items a block lists at most; `--top` can make it shorter.
pub(super) const WORST: usize = 10;

/// A block for each region.
pub(super) fn regions(
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "\n{}", heading(&style.text("heat-elements-title"), style))?;
    heat::elements(report, style, out)?;
    let ranked = order::regions(report, style);
    for &side in ranked.iter().take(style.top) {
        region(side, items, report, style, out)?;
    }
    more(ranked.len(), style, out)
}

fn region(
    side: usize,
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let block = order::region(side, items, report, style);
    let region = &report.regions[side];
    let title = heading(&format!("■ {} {}", region.id, region.name), style);
    writeln!(out, "\n{title}  {}", block.rank)?;
    for line in &block.lines {
        writeln!(out, "  {}", terminal(line))?;
    }
    if block.items.is_empty() {
        return Ok(());
    }
    let most = style.top.min(WORST);
    let mut worst = table(style, &["col-item", "col-deviating", "col-element"]);
    for (item, elements) in block.items.iter().take(most) {
        let name = show::item_name(&item.name, item.handling.as_deref());
        let elements: Vec<&str> = elements.iter().map(|element| style.element(element)).collect();
        worst.add_row(vec![
            plain(&format!("{} {name}", item.code)),
            plain(&elements.len().to_string()).set_alignment(comfy_table::CellAlignment::Right),
            plain(&elements.join("、")),
        ]);
    }
    writeln!(out, "{}", worst.trim_fmt())?;
    rest(block.items.len(), most, style, out)
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
    let ranked = order::elements(report, style);
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
    let (rank, law) = order::element(element, style);
    let title = heading(&format!("■ {}", style.element(&element.element)), style);
    writeln!(out, "\n{title}  {rank}")?;
    if let Some(law) = law {
        writeln!(out, "  {law}")?;
    }
    let odd = order::of_element(&element.element, items, style);
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

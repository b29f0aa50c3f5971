//! N regions for a terminal: where they differ at a glance, then which item, which element, who says what, against what.
//!
//! Must not compute. Every text from the data goes through [`terminal`], in `super::super::table` or here.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Color, Table};

use super::super::escape::terminal;
use super::super::table::{bold, heading, plain, table, tinted, write_summary};
use super::super::{By, Style, burden, show, within};
use super::coverage::{Uncovered, coverage};
use super::{by, heat, notes, rows};
use crate::model::{Class, ElementReport, ItemReport, ReferenceFrom, Standing, Uniformity};

/// How many entries the lists at the end have at most; `--top` can make them shorter.
const LISTED: usize = 20;

/// Writes N regions.
pub(in super::super) fn write(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_summary(&show::summary(report, style), style, out)?;
    if let Some(only) = notes::only(report, style) {
        writeln!(out, "{}", terminal(&only))?;
    }
    let items = style.items(report);
    if items.is_empty() {
        let key = match (style.item.is_some(), style.only.any(), report.items_compared) {
            (true, false, _) => "report-no-such-item",
            (false, false, 0) => "report-nothing-to-compare",
            (_, true, _) => "report-nothing-such",
            (false, false, _) => "report-nothing",
        };
        writeln!(out, "\n{}", style.text(key))?;
    } else {
        match style.by {
            By::Item => by_item(&items, report, style, out)?,
            By::Region => by::regions(&items, report, style, out)?,
            By::Element => by::elements(&items, report, style, out)?,
        }
    }
    let regions: Vec<String> = report.regions.iter().map(show::region).collect();
    within::table(&report.within, &regions, style, out)?;
    // What follows is of all items: with a filter it is not asked for.
    if style.item.is_none() && !style.only.any() && style.by == By::Item {
        write_elements(report, style, out)?;
        write_regions(report, style, out)?;
        let gains: Vec<String> = report
            .gains
            .iter()
            .map(|gain| notes::gain(gain, report, style))
            .collect();
        let against = notes::against_directory(report, style);
        write_list("report-against", &against, style.top.min(LISTED), style, out)?;
        write_list("report-gains", &gains, style.top.min(10), style, out)?;
        write_coverage(report, style, out)?;
    }
    Ok(())
}

fn by_item(items: &[&ItemReport], report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    // Of one item the table below says as much.
    if items.len() > 1 {
        writeln!(out, "\n{}", heading(&style.text("heat-items-title"), style))?;
        heat::items(items, report, style, out)?;
    }
    for item in items.iter().take(style.top) {
        write_item(item, report, style, out)?;
    }
    if items.len() > style.top {
        let count = (items.len() - style.top).to_string();
        writeln!(out, "\n{}", style.with("report-more-items", &[("count", count)]))?;
    }
    Ok(())
}

fn write_item(item: &ItemReport, report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("■ {}", show::item_title(item));
    let index = style.with("item-index", &[("index", show::index(item.index))]);
    writeln!(out, "\n{}  {index}", heading(&title, style))?;
    // An item that was asked for has its burden as a table.
    let whole = style.item.is_some();
    let burden = notes::burden(item, report, style).filter(|_| !whole);
    for line in notes::item(item, report, style).into_iter().chain(burden) {
        writeln!(out, "  {}", terminal(&line))?;
    }
    let headers = ["col-element", "col-class", "col-says", "col-regions", "col-reference"];
    let mut table = table(style, &headers);
    for cell in style.listed(item) {
        let heads = [
            bold(style.element(&cell.element), style),
            tinted(&notes::class(cell, report, style).join("\n"), class_color(cell), style),
        ];
        add_cell(&mut table, heads, cell, report, style);
    }
    writeln!(out, "{}", table.trim_fmt())?;
    match whole {
        true => burden::table(item, report, style, out),
        false => Ok(()),
    }
}

/// Red: it must be alike, or no two say the same.
fn class_color(cell: &ElementReport) -> Color {
    match cell.class {
        _ if !cell.must_equal.is_empty() => Color::Red,
        Class::Outliers => Color::Yellow,
        _ if cell.against_directory() => Color::Yellow,
        Class::Uniform => Color::Green,
        Class::Split => Color::Red,
        Class::Single => Color::Grey,
    }
}

/// The rows of a cell: a row for each group, then for what is not said. The two cells at the left stand in the first row only.
pub(super) fn add_cell(
    table: &mut Table,
    heads: [comfy_table::Cell; 2],
    cell: &ElementReport,
    report: &Uniformity,
    style: &Style<'_>,
) {
    let whole = style.item.is_some();
    let mut heads = Some(heads);
    let mut reference = Some(notes::reference(cell, style).join("\n"));
    let mut add = |says: comfy_table::Cell, sides: &[usize]| {
        let [first, second] = heads.take().unwrap_or_else(|| [plain(""), plain("")]);
        let reference = plain(&reference.take().unwrap_or_default());
        table.add_row(vec![
            first,
            second,
            says,
            plain(&notes::regions(sides, report, style)),
            reference,
        ]);
    };
    for (at, group) in cell.groups.iter().enumerate() {
        let lines = show::group_lines(cell, at, whole, style).join("\n");
        let odd = rows::is_odd(cell, group) && cell.reference.from != ReferenceFrom::None;
        let says = if odd {
            tinted(&lines, Color::Yellow, style)
        } else {
            plain(&lines)
        };
        add(says, &group.regions);
    }
    for (says, sides) in notes::besides(cell, report, style) {
        add(tinted(&says, Color::DarkGrey, style), &sides);
    }
}

fn right(text: &str) -> comfy_table::Cell {
    plain(text).set_alignment(CellAlignment::Right)
}

fn write_elements(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", heading(&style.text("report-by-element"), style))?;
    let law = report
        .elements
        .iter()
        .any(|element| element.standing != Standing::Usual);
    let mut headers = vec!["col-element", "col-index", "col-cells", "col-deviating"];
    headers.extend(law.then_some("col-standing"));
    let mut elements = table(style, &headers);
    for element in &report.elements {
        let mut row = vec![
            plain(style.element(&element.element)),
            right(&show::index(element.index)),
            right(&element.cells.to_string()),
            right(&element.deviating.to_string()),
        ];
        row.extend(law.then(|| plain(&notes::standing_text(element.standing, style))));
        elements.add_row(row);
    }
    writeln!(out, "{}", elements.trim_fmt())?;
    if report.regions.len() > 1 && report.cells > 0 {
        writeln!(out, "\n{}", heading(&style.text("heat-elements-title"), style))?;
        heat::elements(report, style, out)?;
    }
    Ok(())
}

fn write_regions(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", heading(&style.text("report-by-region"), style))?;
    let law = report.regions.iter().any(|region| region.must_equal > 0);
    let mut headers = vec![
        "col-region",
        "col-index",
        "col-items",
        "col-rows",
        "col-compared",
        "col-divided",
        "col-only",
        "col-duplicate",
    ];
    headers.extend(law.then_some("col-must-equal"));
    let mut regions = table(style, &headers);
    for region in &report.regions {
        let accounting = region.accounting;
        let mut row = vec![
            plain(&format!("{} {}", region.id, region.name)),
            right(&show::index(region.index)),
        ];
        let counts = [
            region.items,
            region.rows,
            accounting.compared,
            accounting.divided,
            accounting.only_here,
            accounting.duplicate,
        ];
        row.extend(counts.map(|count| right(&count.to_string())));
        row.extend(law.then(|| right(&region.must_equal.to_string())));
        regions.add_row(row);
    }
    writeln!(out, "{}", regions.trim_fmt())?;
    let counted = || report.items.iter().filter(|item| item.counted);
    let cells = || counted().flat_map(|item| &item.elements);
    let open = cells()
        .filter(|cell| cell.class == Class::Split && cell.reference.from == ReferenceFrom::None)
        .count();
    match open {
        0 => Ok(()),
        open => writeln!(
            out,
            "{}",
            style.with("region-index-note", &[("count", open.to_string())])
        ),
    }
}

/// Lines under a title with their number, nothing where there are none.
fn write_list(title: &str, lines: &[String], most: usize, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let title = style.with(title, &[("count", lines.len().to_string())]);
    writeln!(out, "\n{}", heading(&title, style))?;
    for line in lines.iter().take(most) {
        writeln!(out, "  {}", terminal(line))?;
    }
    match notes::more(lines.len(), most, style) {
        Some(more) => writeln!(out, "  {more}"),
        None => Ok(()),
    }
}

/// How far the comparison goes, and what could not be compared.
fn write_coverage(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (key, entries) in coverage(report) {
        let line = |entry: &Uncovered<'_>| entry.line(|sides| notes::regions(sides, report, style));
        let lines: Vec<String> = entries.iter().map(line).collect();
        write_list(&format!("cover-{key}"), &lines, style.top.min(LISTED), style, out)?;
    }
    writeln!(out, "\n{}", notes::folded(report, style))
}

//! N regions in Markdown, short enough for an issue or a mail.
//!
//! Must not compute. Every text from the data goes through [`markdown`].

use std::io::{self, Write};

use super::super::escape::markdown;
use super::super::md::{header, lines, more, row};
use super::super::{By, Style, burden, show, within};
use super::by::WORST;
use super::coverage::{Uncovered, coverage};
use super::{heat, notes, order};
use crate::model::{ElementReport, ItemReport, Standing, Uniformity};

/// How many entries the lists at the end have at most; `--top` can make them shorter.
const LISTED: usize = 10;

/// Beyond so many regions a map is wider than a page.
const WIDEST: usize = 12;

/// Writes N regions.
pub(in super::super) fn write(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", style.text("report-title"))?;
    for (name, value) in show::summary(report, style) {
        writeln!(out, "- **{name}**：{}", markdown(&value))?;
    }
    if let Some(line) = notes::only(report, style) {
        writeln!(out, "- {}", markdown(&line))?;
    }
    let items = style.items(report);
    match style.by {
        By::Item => {
            for item in items.iter().take(style.top) {
                write_item(item, report, style, out)?;
            }
            more(items.len(), "report-more-items", style, out)?;
        }
        By::Region => by_region(&items, report, style, out)?,
        By::Element => by_element(&items, report, style, out)?,
    }
    let regions: Vec<String> = report.regions.iter().map(show::region).collect();
    within::md(&report.within, &regions, style, out)?;
    if style.by != By::Item {
        return Ok(());
    }
    write_elements(report, style, out)?;
    write_regions(report, style, out)?;
    let gains: Vec<String> = report
        .gains
        .iter()
        .map(|gain| notes::gain(gain, report, style))
        .collect();
    write_list("report-against", &notes::against_directory(report, style), style, out)?;
    write_list("report-gains", &gains, style, out)?;
    // What follows is of all items: with a filter it is not asked for.
    if style.item.is_some() || style.only.any() {
        return Ok(());
    }
    for (key, entries) in coverage(report) {
        let line = |entry: &Uncovered<'_>| entry.line(|sides| notes::regions(sides, report, style));
        let lines: Vec<String> = entries.iter().map(line).collect();
        write_list(&format!("cover-{key}"), &lines, style, out)?;
    }
    writeln!(out, "\n{}", notes::folded(report, style))
}

/// A block for each region, the one that deviates most first.
fn by_region(items: &[&ItemReport], report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    heat_map(report, style, out)?;
    let ranked = order::regions(report, style);
    for &side in ranked.iter().take(style.top) {
        let block = order::region(side, items, report, style);
        let region = &report.regions[side];
        let title = format!("{} {}", region.id, region.name);
        writeln!(out, "\n## {} — {}\n", markdown(&title), markdown(&block.rank))?;
        for line in &block.lines {
            writeln!(out, "- {}", markdown(line))?;
        }
        if block.items.is_empty() {
            continue;
        }
        writeln!(out)?;
        header(style, &["col-item", "col-deviating", "col-element"], out)?;
        let most = style.top.min(WORST);
        for (item, elements) in block.items.iter().take(most) {
            let elements: Vec<&str> = elements.iter().map(|element| style.element(element)).collect();
            let count = elements.len().to_string();
            row(&[item_text(item), count, markdown(&elements.join("、"))], out)?;
        }
        rest(block.items.len(), most, style, out)?;
    }
    more(ranked.len(), "and-more", style, out)
}

/// A block for each element, the least uniform first.
fn by_element(items: &[&ItemReport], report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    heat_map(report, style, out)?;
    let ranked = order::elements(report, style);
    for element in ranked.iter().take(style.top) {
        let (rank, law) = order::element(element, style);
        writeln!(
            out,
            "\n## {} — {}\n",
            markdown(style.element(&element.element)),
            markdown(&rank)
        )?;
        if let Some(law) = law {
            writeln!(out, "- {}\n", markdown(&law))?;
        }
        let odd = order::of_element(&element.element, items, style);
        if odd.is_empty() {
            continue;
        }
        let headers = ["col-item", "col-index", "col-says", "col-regions", "col-reference"];
        header(style, &headers, out)?;
        let most = style.top.min(WORST);
        for (item, cell) in odd.iter().take(most) {
            write_cell([item_text(item), show::index(cell.index)], cell, report, style, out)?;
        }
        rest(odd.len(), most, style, out)?;
    }
    more(ranked.len(), "and-more", style, out)
}

fn item_text(item: &ItemReport) -> String {
    let name = show::item_name(&item.name, item.handling.as_deref());
    markdown(&format!("{} {name}", item.code))
}

fn rest(count: usize, shown: usize, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match notes::more(count, shown, style) {
        Some(more) => writeln!(out, "\n{more}"),
        None => Ok(()),
    }
}

fn write_item(item: &ItemReport, report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let index = show::index(item.index);
    writeln!(out, "\n## {} — {index}\n", markdown(&show::item_title(item)))?;
    let mut said = notes::item(item, report, style);
    let whole = style.item.is_some();
    said.extend(notes::burden(item, report, style).filter(|_| !whole));
    for line in &said {
        writeln!(out, "- {}", markdown(line))?;
    }
    if !said.is_empty() {
        writeln!(out)?;
    }
    header(
        style,
        &["col-element", "col-class", "col-says", "col-regions", "col-reference"],
        out,
    )?;
    for cell in style.listed(item) {
        let class = lines(&notes::class(cell, report, style));
        write_cell(
            [markdown(style.element(&cell.element)), class],
            cell,
            report,
            style,
            out,
        )?;
    }
    match whole {
        true => burden::markdown_table(item, report, style, out),
        false => Ok(()),
    }
}

/// A row for each group. Unlike in a terminal each begins with the same two cells: rows of an issue are copied one by one.
fn write_cell(
    heads: [String; 2],
    cell: &ElementReport,
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let whole = style.item.is_some();
    let mut write = |says: String, sides: &[usize], reference: String| {
        let [first, second] = heads.clone();
        let regions = markdown(&notes::regions(sides, report, style));
        row(&[first, second, says, regions, reference], out)
    };
    for (at, group) in cell.groups.iter().enumerate() {
        let says = lines(&show::group_lines(cell, at, whole, style));
        write(says, &group.regions, lines(&notes::reference(cell, style)))?;
    }
    for (says, sides) in notes::besides(cell, report, style) {
        write(markdown(&says), &sides, String::new())?;
    }
    Ok(())
}

fn write_elements(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", style.text("report-by-element"))?;
    let law = report
        .elements
        .iter()
        .any(|element| element.standing != Standing::Usual);
    let mut headers = vec!["col-element", "col-index", "col-cells", "col-deviating"];
    headers.extend(law.then_some("col-standing"));
    header(style, &headers, out)?;
    for element in &report.elements {
        let mut cells = vec![
            markdown(style.element(&element.element)),
            show::index(element.index),
            element.cells.to_string(),
            element.deviating.to_string(),
        ];
        cells.extend(law.then(|| notes::standing_text(element.standing, style)));
        row(&cells, out)?;
    }
    heat_map(report, style, out)
}

/// The map element × region, where it is no wider than a page.
fn heat_map(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.regions.len() > WIDEST || report.cells == 0 {
        return Ok(());
    }
    writeln!(out, "\n## {}\n", style.text("heat-elements-title"))?;
    let sides = style.sides(report);
    let names = sides.iter().map(|&side| markdown(&show::region(&report.regions[side])));
    let names: Vec<String> = std::iter::once(style.text("col-element")).chain(names).collect();
    row(&names, out)?;
    writeln!(out, "|{}", " --- |".repeat(names.len()))?;
    for heat in heat::of_elements(report, style) {
        let mut cells = vec![markdown(style.element(heat.element))];
        cells.extend(sides.iter().map(|&side| heat.spots[side].text("")));
        row(&cells, out)?;
    }
    Ok(())
}

fn write_regions(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", style.text("report-by-region"))?;
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
    header(style, &headers, out)?;
    for region in &report.regions {
        let of = region.accounting;
        let mut cells = vec![
            markdown(&format!("{} {}", region.id, region.name)),
            show::index(region.index),
        ];
        let counts = [
            region.items,
            region.rows,
            of.compared,
            of.divided,
            of.only_here,
            of.duplicate,
        ];
        cells.extend(counts.map(|count| count.to_string()));
        cells.extend(law.then(|| region.must_equal.to_string()));
        row(&cells, out)?;
    }
    Ok(())
}

fn write_list(title: &str, list: &[String], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    let title = style.with(title, &[("count", list.len().to_string())]);
    writeln!(out, "\n## {title}\n")?;
    let most = style.top.min(LISTED);
    for line in list.iter().take(most) {
        writeln!(out, "- {}", markdown(line))?;
    }
    match notes::more(list.len(), most, style) {
        Some(more) => writeln!(out, "- {more}"),
        None => Ok(()),
    }
}

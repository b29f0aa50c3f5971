//! N regions in Markdown, short enough for an issue or a mail.
//!
//! Must not compute. Every text from the data goes through [`markdown`].

use std::io::{self, Write};

use super::super::escape::markdown;
use super::super::md::{header, lines, more, row};
use super::super::{Style, burden, show, within};
use super::{heat, notes};
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
    for item in items.iter().take(style.top) {
        write_item(item, report, style, out)?;
    }
    more(items.len(), "report-more-items", style, out)?;
    let regions: Vec<String> = report.regions.iter().map(show::region).collect();
    within::md(&report.within, &regions, style, out)?;
    write_elements(report, style, out)?;
    write_regions(report, style, out)?;
    let gains: Vec<String> = report
        .gains
        .iter()
        .map(|gain| notes::gain(gain, report, style))
        .collect();
    write_list("report-gains", &gains, style, out)
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
        write_cell(cell, report, style, out)?;
    }
    match whole {
        true => burden::markdown_table(item, report, style, out),
        false => Ok(()),
    }
}

/// A row for each group. Unlike in a terminal each names its element: rows of an issue are copied one by one.
fn write_cell(cell: &ElementReport, report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let whole = style.item.is_some();
    let element = markdown(style.element(&cell.element));
    let class = lines(&notes::class(cell, report, style));
    for (at, group) in cell.groups.iter().enumerate() {
        let says = lines(&show::group_lines(cell, at, whole, style));
        let regions = markdown(&notes::regions(&group.regions, report, style));
        let reference = lines(&notes::reference(cell, style));
        row(&[element.clone(), class.clone(), says, regions, reference], out)?;
    }
    for (says, sides) in notes::besides(cell, report, style) {
        let regions = markdown(&notes::regions(&sides, report, style));
        row(
            &[element.clone(), class.clone(), markdown(&says), regions, String::new()],
            out,
        )?;
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
        let spot = |&side: &usize| match heat.spots[side] {
            heat::Spot::Nothing => "-".to_owned(),
            heat::Spot::Whole => "=".to_owned(),
            heat::Spot::Count(0, _) => String::new(),
            heat::Spot::Count(count, _) => count.to_string(),
        };
        let mut cells = vec![markdown(style.element(heat.element))];
        cells.extend(sides.iter().map(spot));
        row(&cells, out)?;
    }
    Ok(())
}

fn write_regions(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", style.text("report-by-region"))?;
    let law = report.regions.iter().any(|region| region.must_equal > 0);
    let mut headers = vec!["col-region", "col-index", "col-items", "col-rows"];
    headers.extend(law.then_some("col-must-equal"));
    header(style, &headers, out)?;
    for region in report.regions.iter().take(style.top) {
        let mut cells = vec![
            markdown(&format!("{} {}", region.id, region.name)),
            show::index(region.index),
            region.items.to_string(),
            region.rows.to_string(),
        ];
        cells.extend(law.then(|| region.must_equal.to_string()));
        row(&cells, out)?;
    }
    more(report.regions.len(), "and-more", style, out)
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

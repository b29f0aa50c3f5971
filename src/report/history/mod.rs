//! History (`tongban log`, `tongban blame`): what is told of it, as notes, charts and tables that every format shows in its own way.
//!
//! Must not compute: what changed and who said so comes in as data.

mod chart;
mod html;
mod json;
mod pages;

use std::io::{self, Write};

use super::escape::{markdown, terminal};
use super::table::{heading, plain, table as grid};
use super::{Style, csv, md};
use crate::model::History;

pub(super) use html::{trend, write as html};
pub(super) use json::write as json;
pub(super) use json::{WireBlame, WireConvergence, WireLife, WireLog, WireStale, WireStaleBasis};

/// A history as it is shown.
struct Page {
    title: String,
    notes: Vec<String>,
    charts: Vec<Chart>,
    sheets: Vec<Sheet>,
}

/// Figures over the snapshots, the oldest first.
struct Chart {
    label: String,
    points: Vec<(u32, Option<f64>)>,
}

/// A table.
#[derive(Default)]
struct Sheet {
    title: String,
    notes: Vec<String>,
    /// What all rows have in common: the key of a column, and its text. A format without titles puts it into every row.
    common: Vec<(&'static str, String)>,
    /// The keys of the columns.
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// Whether it only stands beside the first one: what is one table has no place for it.
    aside: bool,
    /// What is said where there is no row.
    nothing: String,
}

impl Sheet {
    /// The rows that are listed, and how many more there are.
    fn shown(&self, style: &Style<'_>) -> (&[Vec<String>], usize) {
        let shown = self.rows.len().min(style.top);
        (&self.rows[..shown], self.rows.len() - shown)
    }
}

/// For a terminal.
pub(super) fn table(history: &History, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = pages::page(history, style);
    writeln!(out, "{}", heading(&page.title, style))?;
    for note in &page.notes {
        writeln!(out, "{}", terminal(note))?;
    }
    if !page.charts.is_empty() {
        writeln!(out)?;
        chart::lines(&page.charts, style, out)?;
    }
    for sheet in &page.sheets {
        writeln!(out)?;
        if !sheet.title.is_empty() {
            writeln!(out, "{}", heading(&format!("■ {}", sheet.title), style))?;
        }
        for note in &sheet.notes {
            writeln!(out, "  {}", terminal(note))?;
        }
        if sheet.rows.is_empty() {
            if !sheet.nothing.is_empty() {
                writeln!(out, "{}", terminal(&sheet.nothing))?;
            }
            continue;
        }
        let (rows, more) = sheet.shown(style);
        let mut table = grid(style, &sheet.heads);
        for row in rows {
            table.add_row(row.iter().map(|text| plain(text)));
        }
        writeln!(out, "{}", table.trim_fmt())?;
        if more > 0 {
            writeln!(out, "{}", style.with("and-more", &[("count", more.to_string())]))?;
        }
    }
    Ok(())
}

/// As Markdown.
pub(super) fn markdown_page(history: &History, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = pages::page(history, style);
    writeln!(out, "# {}\n", markdown(&page.title))?;
    for note in &page.notes {
        writeln!(out, "- {}", markdown(note))?;
    }
    for chart in &page.charts {
        writeln!(
            out,
            "- {} {}",
            markdown(&chart.label),
            chart::line(chart, usize::MAX, true)
        )?;
    }
    for sheet in &page.sheets {
        writeln!(out)?;
        if !sheet.title.is_empty() {
            writeln!(out, "## {}\n", markdown(&sheet.title))?;
        }
        for note in &sheet.notes {
            writeln!(out, "- {}", markdown(note))?;
        }
        if sheet.rows.is_empty() {
            writeln!(out, "{}", markdown(&sheet.nothing))?;
            continue;
        }
        if !sheet.notes.is_empty() {
            writeln!(out)?;
        }
        let (rows, more) = sheet.shown(style);
        md::header(style, &sheet.heads, out)?;
        for row in rows {
            let cells: Vec<String> = row
                .iter()
                .map(|text| md::lines(&text.split('\n').map(str::to_owned).collect::<Vec<_>>()))
                .collect();
            md::row(&cells, out)?;
        }
        if more > 0 {
            writeln!(out, "\n{}", style.with("and-more", &[("count", more.to_string())]))?;
        }
    }
    Ok(())
}

/// As CSV, in Chinese as all of them: the rows of all tables, each with what it has in common with its neighbours.
pub(super) fn csv(history: &History, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let page = pages::page(history, style);
    let Some(first) = page.sheets.first() else {
        return Ok(());
    };
    let common = first.common.iter().map(|(key, _)| *key);
    let own = first.heads.iter().copied().filter(|key| *key != RECKONED);
    let heads: Vec<String> = common.chain(own).map(|key| style.text(key)).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut rows = csv::Rows::new(out, &heads, style.raw_csv)?;
    for sheet in page.sheets.iter().filter(|sheet| !sheet.aside) {
        for row in &sheet.rows {
            let common = sheet.common.iter().map(|(_, text)| text.clone());
            let own = sheet.heads.iter().zip(row).filter(|(key, _)| **key != RECKONED);
            rows.row(&common.chain(own.map(|(_, text)| bare(text))).collect::<Vec<_>>())?;
        }
    }
    rows.finish()
}

/// A cell without the sign of a snapshot, which would start a formula.
fn bare(text: &str) -> String {
    match text.strip_prefix('@') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// What a program reckons itself from the figures beside it, and a spreadsheet would take for a formula.
const RECKONED: &str = "col-moved";

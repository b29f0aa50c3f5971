//! A sheet: rows of cells, from any format that has rows and columns. Finds where its tables stand and which rows are their
//! headers, and hands the rows on to [`Builder`].
//!
//! Must not know file formats, nor what columns mean beyond asking the profile.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::limits;
use super::table::{Builder, Loaded, header_score};
use crate::model::{At, Severity, Shape};
use crate::profile::Profile;

/// What every reader of a format is given.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub profile: &'a Profile,
    pub overrides: &'a BTreeMap<String, String>,
    /// The file's name in reports.
    pub file: &'a str,
}

/// How a cell came: what its format knows beyond the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Text,
    /// As a number: a code has lost its zeros.
    Number,
    /// As a date, written here as `2024-05-10`.
    Date,
}

/// One cell that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawCell<'t> {
    /// From 0.
    pub column: usize,
    pub text: Cow<'t, str>,
    pub came: Came,
}

/// A block of merged cells; its value stands in its first cell. Rows from 1, columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// Reads the rows of one sheet, in their order.
pub(super) struct Sheet<'a> {
    context: Context<'a>,
    name: Option<String>,
    /// Rows that wait for the header to be found.
    head: Vec<(At, usize, Vec<RawCell<'static>>)>,
    table: Option<Builder<'a>>,
}

impl<'a> Sheet<'a> {
    /// A sheet of this name, with all its merged blocks; no name where the format has no sheets.
    pub(super) fn new(context: Context<'a>, name: Option<String>, _merges: Vec<Merge>) -> Self {
        Sheet {
            context,
            name,
            head: Vec::new(),
            table: None,
        }
    }

    /// Takes the next row: its cells that are not blank, by column. `fields` is how many the row has where its format writes
    /// them all (CSV), else 0.
    pub(super) fn row(&mut self, loaded: &mut Loaded, at: At, fields: usize, cells: &[RawCell<'_>]) {
        if let Some(table) = &mut self.table {
            add(table, loaded, at, fields, cells);
            return;
        }
        let own = |cell: &RawCell<'_>| RawCell {
            text: Cow::Owned(cell.text.clone().into_owned()),
            ..*cell
        };
        self.head.push((at, fields, cells.iter().map(own).collect()));
        if self.head.len() >= limits::HEADER_ROWS {
            self.start(loaded);
        }
    }

    /// Ends the sheet. `Err` holds the first row's text when no header was understood.
    pub(super) fn finish(mut self, loaded: &mut Loaded) -> Result<(), String> {
        if self.table.is_none() {
            self.start(loaded);
        }
        match self.table {
            Some(table) => {
                table.finish(loaded);
                Ok(())
            }
            None => Err(self.head.first().map_or_else(String::new, |(_, _, row)| {
                texts(row).join("，").chars().take(80).collect()
            })),
        }
    }

    fn start(&mut self, loaded: &mut Loaded) {
        let Context {
            profile,
            overrides,
            file,
        } = self.context;
        let best = self
            .head
            .iter()
            .map(|(_, _, row)| header_score(profile, overrides, &texts(row)))
            .enumerate()
            // The first of the best: data may repeat header words.
            .max_by_key(|&(at, score)| (score, usize::MAX - at));
        let Some((header, _)) = best.filter(|&(_, score)| score > 0) else {
            return;
        };
        let rows = std::mem::take(&mut self.head);
        let (at, _, row) = &rows[header];
        let mut table = Builder::new(profile, overrides, file, self.name.clone(), *at, texts(row));
        for (at, fields, row) in &rows[header + 1..] {
            add(&mut table, loaded, *at, *fields, row);
        }
        self.table = Some(table);
    }
}

fn add(table: &mut Builder<'_>, loaded: &mut Loaded, at: At, fields: usize, cells: &[RawCell<'_>]) {
    let filled = cells.last().map_or(0, |cell| cell.column + 1);
    if fields > 1 && (filled > table.width() || fields < table.width()) {
        let args = vec![("found", fields.to_string()), ("expected", table.width().to_string())];
        let place = table.place(at, None);
        loaded.report("FIL003", Severity::Error, place, args);
    }
    let cells = cells
        .iter()
        .map(|cell| (cell.column, Shape::Text, Cow::Borrowed(&*cell.text), cell.came));
    table.row(loaded, at, cells);
}

/// The texts by column, with empty ones between.
fn texts(row: &[RawCell<'_>]) -> Vec<String> {
    let width = row.last().map_or(0, |cell| cell.column + 1).min(limits::COLUMNS);
    let mut texts = vec![String::new(); width];
    for cell in row {
        if let Some(slot) = texts.get_mut(cell.column) {
            cell.text.as_ref().clone_into(slot);
        }
    }
    texts
}

//! What is known of a sheet before its rows are read: merged blocks, what is hidden, what is computed. And what is said about it
//! once they were.
//!
//! Must not know file formats.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::limits;
use super::super::sheet::{Context, Merge, RawCell, Sheet};
use super::super::table::Loaded;
use crate::model::{At, Place, Severity};

/// Several of one kind: how many, and where the first is (row from 1, column from 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Several {
    pub count: u64,
    pub first: (u32, u32),
}

impl Several {
    pub(super) fn add(&mut self, row: u32, column: u32) {
        if self.count == 0 {
            self.first = (row, column);
        }
        self.count += 1;
    }

    fn args(self) -> Vec<(&'static str, String)> {
        let (row, column) = self.first;
        vec![("count", self.count.to_string()), ("cell", reference(row, column))]
    }
}

/// What is known of one sheet before its rows are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    pub hidden: bool,
    pub merges: Vec<Merge>,
    /// First and last rows of hidden runs, in order.
    pub hidden_rows: Vec<(u32, u32)>,
    /// First and last columns of hidden runs.
    pub hidden_columns: Vec<(u32, u32)>,
    pub formulas: Several,
    /// Formulas whose value was not saved.
    pub valueless: Several,
    /// Numbers of more digits than a number keeps, as they are written, by row (from 1) and column (from 0).
    pub long_numbers: BTreeMap<(u32, u32), String>,
    /// Cells whose shared string is named by what is no number.
    pub no_string: Several,
    /// Why the sheet cannot be handed to the reader of its format.
    pub unreadable: Option<String>,
}

impl Survey {
    /// Adds a hidden row. Rows come in order; what does not is no sound sheet and shows when it is read.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden_rows.last_mut() {
            Some(run) if run.1.saturating_add(1) == first => run.1 = last,
            _ => self.hidden_rows.push((first, last)),
        }
    }

    /// Adds a merged block. `Err` when there are too many.
    pub(super) fn merge(&mut self, merge: Merge) -> Result<(), String> {
        if self.merges.len() >= limits::MERGES {
            return Err(format!("more than {} merged blocks", limits::MERGES));
        }
        if merge.first_row != merge.last_row || merge.first_column != merge.last_column {
            self.merges.push(merge);
        }
        Ok(())
    }
}

/// A sheet that is being read: hands rows on in their order, and keeps what there is to say about it until it is known whether
/// the sheet is a list at all.
pub(super) struct Reading<'a> {
    context: Context<'a>,
    name: String,
    survey: Survey,
    sheet: Sheet<'a>,
    last_row: u32,
    widest: u32,
    /// The first of the hidden runs that is not behind the rows read.
    hidden_run: usize,
    hidden_rows: Several,
    outside: Several,
    errors: Vec<(u32, u32, Cow<'static, str>)>,
    /// What could not be read.
    broken: Vec<(u32, String)>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(context: Context<'a>, name: String, mut survey: Survey) -> Self {
        let merges = std::mem::take(&mut survey.merges);
        Reading {
            context,
            sheet: Sheet::new(context, Some(name.as_str().into()), merges),
            name,
            survey,
            last_row: 0,
            widest: 0,
            hidden_run: 0,
            hidden_rows: Several::default(),
            outside: Several::default(),
            errors: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Why the sheet cannot be handed to the reader of its format.
    pub(super) fn unreadable(&mut self) -> bool {
        let why = self.survey.unreadable.take();
        why.map(|why| self.broken.push((0, why))).is_some()
    }

    /// Notes what could not be read (row from 1, 0 for the sheet).
    pub(super) fn broken(&mut self, row: u32, why: String) {
        if self.broken.len() <= limits::FINDINGS {
            self.broken.push((row, why));
        }
    }

    /// Notes an error of a formula.
    pub(super) fn error(&mut self, row: u32, column: u32, error: impl Into<Cow<'static, str>>) {
        self.errors.push((row, column, error.into()));
    }

    /// Notes a formula whose value was not saved.
    pub(super) fn valueless(&mut self, row: u32, column: u32) {
        self.survey.valueless.add(row, column);
    }

    /// Whether the reading goes as far as this cell (row from 1, column from 0); notes it if not.
    pub(super) fn within(&mut self, row: u32, column: u32) -> bool {
        let within = row <= limits::SHEET_ROWS && column < limits::COLUMNS as u32;
        if !within {
            self.outside.add(row, column);
        }
        within
    }

    /// Hands on a row: its cells that are not blank. Empties `cells`.
    pub(super) fn row(&mut self, loaded: &mut Loaded, row: u32, cells: &mut Vec<RawCell<'_>>) {
        if cells.is_empty() {
            return;
        }
        if row <= self.last_row {
            self.broken(row, format!("row {row} stands after row {}", self.last_row));
            cells.clear();
            return;
        }
        self.last_row = row;
        if !cells.is_sorted_by(|a, b| a.column < b.column) {
            cells.sort_by_key(|cell| cell.column);
            let mut before = None;
            cells.retain(|cell| {
                let twice = before == Some(cell.column);
                before = Some(cell.column);
                if twice {
                    let cell = reference(row, cell.column as u32);
                    self.broken.push((row, format!("cell {cell} is there twice")));
                }
                !twice
            });
        }
        let runs = &self.survey.hidden_rows;
        while runs.get(self.hidden_run).is_some_and(|run| run.1 < row) {
            self.hidden_run += 1;
        }
        if runs.get(self.hidden_run).is_some_and(|run| run.0 <= row) {
            self.hidden_rows.add(row, 0);
        }
        if let Some(cell) = cells.last() {
            self.widest = self.widest.max(cell.column as u32 + 1);
        }
        let at = At { row, ..At::default() };
        self.sheet.row(loaded, at, 0, cells);
        cells.clear();
    }

    /// Numbers as they are written where they have more digits than a number keeps.
    pub(super) fn long_numbers(&mut self) -> BTreeMap<(u32, u32), String> {
        std::mem::take(&mut self.survey.long_numbers)
    }

    /// Ends the sheet. `Err` where it is no list, with what is to be said of it once all sheets are known.
    pub(super) fn finish(mut self, loaded: &mut Loaded) -> Result<(), Box<NotUnderstood>> {
        if self.survey.no_string.count > 0 {
            let (row, column) = self.survey.no_string.first;
            self.broken(row, format!("cell {}: no such string", reference(row, column)));
        }
        let notes = Notes {
            place: Place {
                file: self.context.file.into(),
                sheet: Some(self.name.clone().into()),
                ..Place::default()
            },
            hidden_columns: self.hidden_columns(),
            hidden: self.survey.hidden,
            hidden_rows: self.hidden_rows,
            formulas: self.survey.formulas,
            valueless: self.survey.valueless,
            outside: self.outside,
            errors: self.errors,
            broken: self.broken,
        };
        match self.sheet.finish(loaded) {
            Ok(()) => {
                notes.say(loaded);
                Ok(())
            }
            Err(header) => Err(Box::new(NotUnderstood { header, notes })),
        }
    }

    /// How many hidden columns have something in them.
    fn hidden_columns(&self) -> Several {
        let mut several = Several::default();
        for &(first, last) in &self.survey.hidden_columns {
            for column in first..last.saturating_add(1).min(self.widest) {
                several.add(1, column);
            }
        }
        several
    }
}

/// A sheet without the header of a list.
pub(super) struct NotUnderstood {
    /// Its first row; empty for a sheet without any.
    header: String,
    notes: Notes,
}

/// What there is to say about a sheet.
struct Notes {
    place: Place,
    hidden: bool,
    hidden_rows: Several,
    hidden_columns: Several,
    formulas: Several,
    valueless: Several,
    outside: Several,
    errors: Vec<(u32, u32, Cow<'static, str>)>,
    broken: Vec<(u32, String)>,
}

impl Notes {
    fn at(&self, row: u32) -> Place {
        Place {
            row,
            ..self.place.clone()
        }
    }

    fn say(&self, loaded: &mut Loaded) {
        let hidden = [
            (u64::from(self.hidden), 0, "sheet", String::new()),
            (self.hidden_rows.count, self.hidden_rows.first.0, "rows", String::new()),
            (
                self.hidden_columns.count,
                0,
                "columns",
                column_name(self.hidden_columns.first.1),
            ),
        ];
        for (count, row, what, first) in hidden.into_iter().filter(|(count, ..)| *count > 0) {
            let args = vec![
                ("what", what.to_owned()),
                ("count", count.to_string()),
                ("first", if first.is_empty() { row.to_string() } else { first }),
            ];
            loaded.report("FIL018", Severity::Warning, self.at(row), args);
        }
        if self.formulas.count > 0 {
            let place = self.at(self.formulas.first.0);
            loaded.report("FIL019", Severity::Info, place, self.formulas.args());
        }
        for (row, column, error) in &self.errors {
            let args = vec![("error", error.to_string()), ("cell", reference(*row, *column))];
            loaded.refuse("FIL014", self.at(*row), args);
        }
        self.say_unread(loaded);
    }

    /// What was not read though it may have been part of a list.
    fn say_unread(&self, loaded: &mut Loaded) {
        if self.valueless.count > 0 {
            let place = self.at(self.valueless.first.0);
            loaded.refuse("FIL030", place, self.valueless.args());
        }
        if self.outside.count > 0 {
            loaded.refuse("FIL022", self.at(self.outside.first.0), self.outside.args());
        }
        self.say_broken(loaded);
    }

    fn say_broken(&self, loaded: &mut Loaded) {
        for (row, error) in &self.broken {
            loaded.refuse("FIL012", self.at(*row), vec![("error", error.clone())]);
        }
    }
}

/// Says what is to be said about the sheets that are no lists: little beside sheets that are, everything where none is. `Err`
/// for a workbook with nothing in it.
pub(super) fn say_not_understood(
    loaded: &mut Loaded,
    understood: bool,
    sheets: Vec<NotUnderstood>,
) -> Result<(), String> {
    for NotUnderstood { header, notes } in sheets {
        let (place, args) = (notes.at(1), vec![("header", header.clone())]);
        match (header.is_empty(), understood) {
            (true, _) => notes.say_unread(loaded),
            (false, true) => {
                loaded.report("FIL013", Severity::Info, place, args);
                notes.say_broken(loaded);
            }
            (false, false) => {
                loaded.refuse("FIL001", place, args);
                notes.say(loaded);
            }
        }
    }
    if !understood && !loaded.incomplete {
        return Err("empty".to_owned());
    }
    Ok(())
}

/// `A1` from a row from 1 and a column from 0.
pub(super) fn reference(row: u32, column: u32) -> String {
    format!("{}{row}", column_name(column))
}

fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_names_of_spreadsheets() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16383, "XFD"),
        ] {
            assert_eq!(column_name(column), name);
        }
        assert!(column_name(u32::MAX).len() < 10);
    }
}

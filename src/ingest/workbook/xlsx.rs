//! XLSX and XLSM: cells are read as a stream, never as a rectangle. A sheet that names only its first and its last cell would
//! ask for half a terabyte (threats, row 8).
//!
//! Must not know what is hidden or merged: that was looked for before.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx};

use super::super::sheet::{Came, Context, RawCell};
use super::super::table::Loaded;
use super::survey::{Reading, Survey, say_not_understood};
use super::{date_text, error_text, foreign, is_percent, iso_date_text, number_text, ooxml, percent_text, yes_no};

/// Reads all sheets.
pub(super) fn read(context: Context<'_>, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    let surveys = ooxml::surveys(bytes)?;
    foreign(|| sheets(context, bytes, surveys, loaded))
}

fn sheets(context: Context<'_>, bytes: &[u8], surveys: Vec<Option<Survey>>, loaded: &mut Loaded) -> Result<(), String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let (mut understood, mut not_understood) = (false, Vec::new());
    let mut surveys = surveys.into_iter();
    for sheet in workbook.sheets_metadata().to_vec() {
        let survey = surveys.next().flatten();
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut survey = survey.unwrap_or_else(|| Survey {
            unreadable: Some("no such part".to_owned()),
            ..Survey::default()
        });
        survey.hidden = sheet.visible != SheetVisible::Visible;
        let mut reading = Reading::new(context, sheet.name.clone(), survey);
        if !reading.unreadable()
            && let Err((row, error)) = rows(&mut workbook, &sheet.name, &mut reading, loaded)
        {
            reading.broken(row, error);
        }
        match reading.finish(loaded) {
            Ok(()) => understood = true,
            Err(sheet) => not_understood.push(*sheet),
        }
    }
    say_not_understood(loaded, understood, not_understood)
}

/// Reads the rows of a sheet. `Err` says behind which row it could not go on.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    reading: &mut Reading<'_>,
    loaded: &mut Loaded,
) -> Result<(), (u32, String)> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| (0, error.to_string()))?;
    let percent: Vec<bool> = reader.styles().iter().map(percent_style).collect();
    let mut at = 0;
    let mut cells: Vec<RawCell<'_>> = Vec::new();
    while let Some((cell, style)) = reader
        .next_cell_with_style_id()
        .map_err(|error| (at, error.to_string()))?
    {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        let (text, came) = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) => (Cow::Owned(text.clone()), Came::Text),
            DataRef::SharedString(text) => (Cow::Borrowed(*text), Came::Text),
            DataRef::Int(n) => (Cow::Owned(n.to_string()), Came::Number),
            DataRef::Float(n) if percent.get(style) == Some(&true) => (Cow::Owned(percent_text(*n)), Came::Number),
            DataRef::Float(n) => {
                let written = reading.long_number(row, column).map(str::to_owned);
                (
                    Cow::Owned(written.filter(|_| n.abs() >= 1e15).unwrap_or_else(|| number_text(*n))),
                    Came::Number,
                )
            }
            DataRef::Bool(yes) => (Cow::Borrowed(yes_no(*yes)), Came::Text),
            DataRef::DateTimeIso(text) => (Cow::Owned(iso_date_text(text)), Came::Date),
            DataRef::DurationIso(text) => (Cow::Owned(text.clone()), Came::Date),
            DataRef::DateTime(date) => (Cow::Owned(date_text(date)), Came::Date),
            DataRef::Error(error) => {
                reading.error(row, column, error_text(error));
                continue;
            }
        };
        if text.trim().is_empty() || !reading.within(row, column) {
            continue;
        }
        if row != at {
            reading.row(loaded, at, &mut cells);
            at = row;
        }
        let column = column as usize;
        cells.push(RawCell {
            column,
            text,
            came,
            again: 0,
        });
    }
    reading.row(loaded, at, &mut cells);
    Ok(())
}

fn percent_style(style: &Style) -> bool {
    style
        .number_format
        .as_ref()
        .is_some_and(|format| is_percent(&format.format_code))
}

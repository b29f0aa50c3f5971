//! XLSX and XLSM: cells are read as a stream, never as a rectangle. A sheet that names only its first and its last cell would
//! ask for half a terabyte (threats, row 8).
//!
//! Must not know what is hidden or merged: that was looked for before.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::mpsc::sync_channel;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx};

use super::super::sheet::{Came, Context, RawCell, is_blank};
use super::super::table::Loaded;
use super::survey::{Reading, Survey, say_not_understood};
use super::{date_text, error_text, foreign, is_percent, iso_date_text, number_text, ooxml, percent_text, yes_no};

/// Reads all sheets.
pub(super) fn read(context: Context<'_>, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    let open = || foreign(|| Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string()));
    let (surveys, workbook) = ooxml::surveys(bytes, open)?;
    foreign(|| sheets(context, workbook, surveys, loaded))
}

fn sheets(
    context: Context<'_>,
    mut workbook: Xlsx<Cursor<&[u8]>>,
    surveys: Vec<Option<Survey>>,
    loaded: &mut Loaded,
) -> Result<(), String> {
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

/// A cell as the reader of the format gives it (row from 1, column from 0).
enum Given<'s> {
    Cell(u32, u32, Cow<'s, str>, Came),
    Error(u32, u32, Cow<'static, str>),
}

/// How many cells are handed over at a time, and how many such batches may wait.
const BATCH: usize = 2_048;
const WAITING: usize = 4;

/// Reads the rows of a sheet: the reader of the format in this thread, what becomes of its cells in another. `Err` says behind
/// which row it could not go on.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    reading: &mut Reading<'_>,
    loaded: &mut Loaded,
) -> Result<(), (u32, String)> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| (0, error.to_string()))?;
    let shown: Vec<Shown> = reader.styles().iter().map(shown_as).collect();
    let long_numbers = reading.long_numbers();
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<Given<'_>>>(WAITING);
        scope.spawn(move || {
            let (mut at, mut cells) = (0, Vec::new());
            for given in receive.into_iter().flatten() {
                match given {
                    Given::Error(row, column, error) => reading.error(row, column, error),
                    Given::Cell(row, column, text, came) => {
                        if is_blank(&text) || !reading.within(row, column) {
                            continue;
                        }
                        if row != at {
                            reading.row(loaded, at, &mut cells);
                            at = row;
                        }
                        cells.push(RawCell {
                            column: column as usize,
                            text,
                            came,
                            again: 0,
                        });
                    }
                }
            }
            reading.row(loaded, at, &mut cells);
        });
        let mut last = 0;
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let (given, end) = match reader.next_cell_with_style_id() {
                Ok(Some((cell, style))) => {
                    let (row, column) = cell.get_position();
                    let row = row.saturating_add(1);
                    last = row;
                    let shown = shown.get(style).copied().unwrap_or_default();
                    (given(row, column, cell.get_value(), shown, &long_numbers), false)
                }
                Ok(None) => (None, true),
                Err(error) => {
                    // Nobody to take it: the other side has ended, and says why itself.
                    let _ = send.send(batch);
                    return Err((last, error.to_string()));
                }
            };
            batch.extend(given);
            if end || batch.len() >= BATCH {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                if send.send(full).is_err() || end {
                    return Ok(());
                }
            }
        }
    })
}

/// What a value is as text; nothing for a blank cell.
fn given<'s>(
    row: u32,
    column: u32,
    value: &DataRef<'s>,
    shown: Shown,
    long_numbers: &BTreeMap<(u32, u32), String>,
) -> Option<Given<'s>> {
    let (text, came) = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => (Cow::Owned(text.clone()), Came::Text),
        DataRef::SharedString(text) => (Cow::Borrowed(*text), Came::Text),
        DataRef::Int(n) => (Cow::Owned(n.to_string()), Came::Number),
        DataRef::Float(n) if shown.percent => (Cow::Owned(percent_text(*n)), Came::Number),
        DataRef::Float(n) if shown.digits > 0 => (
            Cow::Owned(format!("{:0>width$}", number_text(*n), width = shown.digits)),
            Came::Number,
        ),
        DataRef::Float(n) => {
            let written = long_numbers.get(&(row, column)).filter(|_| n.abs() >= 1e15);
            let text = written.cloned().unwrap_or_else(|| number_text(*n));
            (Cow::Owned(text), Came::Number)
        }
        DataRef::Bool(yes) => (Cow::Borrowed(yes_no(*yes)), Came::Text),
        DataRef::DateTimeIso(text) => (Cow::Owned(iso_date_text(text)), Came::Date),
        DataRef::DurationIso(text) => (Cow::Owned(text.clone()), Came::Date),
        DataRef::DateTime(date) => (Cow::Owned(date_text(date)), Came::Date),
        DataRef::Error(error) => return Some(Given::Error(row, column, error_text(error).into())),
    };
    Some(Given::Cell(row, column, text, came))
}

/// How the format of a cell shows its number.
#[derive(Clone, Copy, Default)]
struct Shown {
    percent: bool,
    /// With so many digits, zeros in front: `000000000000`.
    digits: usize,
}

fn shown_as(style: &Style) -> Shown {
    let Some(format) = &style.number_format else {
        return Shown::default();
    };
    let code = &format.format_code;
    let zeros = code.len() > 1 && code.len() < 40 && code.bytes().all(|b| b == b'0');
    Shown {
        percent: is_percent(code),
        digits: if zeros { code.len() } else { 0 },
    }
}

//! Workbooks: every sheet whose header is understood is a table.
//!
//! Must not know what columns mean. Cells are read as a stream, never as a rectangle: a sheet that names only its first and
//! its last cell would ask for half a terabyte (threats, row 8).

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::limits;
use super::sheet::{Came, Context, RawCell, Sheet};
use super::table::Loaded;
use crate::model::{At, Place, Severity};

/// Reads all sheets. `Err` holds what the reader of the format said.
pub(super) fn read(context: Context<'_>, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names = workbook.sheet_names().clone();
    let mut understood = false;
    let mut not_understood: Vec<(String, String)> = Vec::new();
    for name in names {
        let place = |row| Place {
            file: context.file.to_owned(),
            sheet: Some(name.clone()),
            row,
            ..Place::default()
        };
        let mut sheet = Sheet::new(context, Some(name.clone()), Vec::new());
        if let Err(error) = rows(&mut workbook, &name, &place, &mut sheet, loaded) {
            loaded.refuse("FIL012", place(0), vec![("error", error)]);
        }
        match sheet.finish(loaded) {
            Ok(()) => understood = true,
            Err(head) if head.is_empty() => {}
            Err(head) => not_understood.push((name, head)),
        }
    }
    for (sheet, header) in not_understood {
        let place = Place {
            file: context.file.to_owned(),
            sheet: Some(sheet),
            row: 1,
            ..Place::default()
        };
        let args = vec![("header", header)];
        if understood {
            loaded.report("FIL013", Severity::Info, place, args);
        } else {
            loaded.refuse("FIL001", place, args);
        }
    }
    Ok(())
}

fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    place: &dyn Fn(u32) -> Place,
    sheet: &mut Sheet<'_>,
    loaded: &mut Loaded,
) -> Result<(), String> {
    let mut reader = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| error.to_string())?;
    let mut at = At::default();
    let mut cells: Vec<RawCell<'_>> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        let number = row.saturating_add(1);
        if number != at.row {
            if !cells.is_empty() {
                sheet.row(loaded, at, 0, &cells);
                cells.clear();
            }
            at.row = number;
        }
        let (text, came) = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) => (Cow::Owned(text.clone()), Came::Text),
            DataRef::SharedString(text) => (Cow::Borrowed(*text), Came::Text),
            DataRef::Int(n) => (Cow::Owned(n.to_string()), Came::Number),
            DataRef::Float(n) => (Cow::Owned(number_text(*n)), Came::Number),
            DataRef::Bool(yes) => (Cow::Borrowed(if *yes { "是" } else { "否" }), Came::Text),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (Cow::Owned(text.clone()), Came::Date),
            DataRef::DateTime(date) => (Cow::Owned(date.to_string()), Came::Date),
            DataRef::Error(error) => {
                loaded.refuse("FIL014", place(number), vec![("error", error.to_string())]);
                continue;
            }
        };
        let column = column as usize;
        if !text.trim().is_empty() && column < limits::COLUMNS {
            cells.push(RawCell { column, text, came });
        }
    }
    if !cells.is_empty() {
        sheet.row(loaded, at, 0, &cells);
    }
    Ok(())
}

/// Whole numbers without a point; others as short as they read back.
fn number_text(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 {
        format!("{n:.0}")
    } else {
        n.to_string()
    }
}

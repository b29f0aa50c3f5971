//! Workbooks: every sheet whose header is understood is a table.
//!
//! Must not know what columns mean. Cells are read as a stream, never as a rectangle: a sheet that names only its first and
//! its last cell would ask for half a terabyte (threats, row 8).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::limits;
use super::table::{Builder, Loaded, header_score};
use crate::model::{At, Place, Severity, Shape};
use crate::profile::Profile;

struct SheetRow {
    number: u32,
    cells: Vec<(usize, String, bool)>,
}

/// Reads all sheets. `Err` holds what the reader of the format said.
pub(super) fn read(
    profile: &Profile,
    overrides: &BTreeMap<String, String>,
    file: &str,
    bytes: &[u8],
    loaded: &mut Loaded,
) -> Result<(), String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let names = workbook.sheet_names().clone();
    let mut understood = false;
    let mut not_understood: Vec<(String, String)> = Vec::new();
    for name in names {
        let rows = match rows(&mut workbook, &name, file, loaded) {
            Ok(rows) => rows,
            Err(error) => {
                let place = Place {
                    file: file.to_owned(),
                    sheet: Some(name),
                    ..Place::default()
                };
                loaded.refuse("FIL012", place, vec![("error", error)]);
                continue;
            }
        };
        if rows.is_empty() {
            continue;
        }
        let best = rows
            .iter()
            .take(limits::HEADER_ROWS)
            .map(|row| header_score(profile, overrides, &row.texts()))
            .enumerate()
            .max_by_key(|&(at, score)| (score, usize::MAX - at));
        let Some((at, _)) = best.filter(|&(_, score)| score > 0) else {
            let head = rows
                .first()
                .map(|row| row.texts().join("，").chars().take(80).collect())
                .unwrap_or_default();
            not_understood.push((name, head));
            continue;
        };
        understood = true;
        let header = &rows[at];
        let mut table = Builder::new(
            profile,
            overrides,
            file,
            Some(name),
            At {
                row: header.number,
                line: 0,
            },
            header.texts(),
        );
        for row in &rows[at + 1..] {
            let cells = row
                .cells
                .iter()
                .map(|(at, text, numeric)| (*at, Shape::Text, Cow::Borrowed(text.as_str()), *numeric));
            table.row(
                loaded,
                At {
                    row: row.number,
                    line: 0,
                },
                cells,
            );
        }
        table.finish(loaded);
    }
    for (sheet, header) in not_understood {
        let place = Place {
            file: file.to_owned(),
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

impl SheetRow {
    /// The texts by column, with empty ones between.
    fn texts(&self) -> Vec<String> {
        let width = self.cells.last().map_or(0, |cell| cell.0 + 1).min(limits::COLUMNS);
        let mut texts = vec![String::new(); width];
        for (at, text, _) in &self.cells {
            if let Some(slot) = texts.get_mut(*at) {
                slot.clone_from(text);
            }
        }
        texts
    }
}

fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    file: &str,
    loaded: &mut Loaded,
) -> Result<Vec<SheetRow>, String> {
    let mut reader = workbook
        .worksheet_cells_reader(sheet)
        .map_err(|error| error.to_string())?;
    let mut rows: Vec<SheetRow> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        let number = row.saturating_add(1);
        let (text, numeric) = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) => (text.clone(), false),
            DataRef::SharedString(text) => ((*text).to_owned(), false),
            DataRef::Int(n) => (n.to_string(), true),
            DataRef::Float(n) => (number_text(*n), true),
            DataRef::Bool(yes) => (if *yes { "是" } else { "否" }.to_owned(), false),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), false),
            DataRef::DateTime(date) => (date.to_string(), false),
            DataRef::Error(error) => {
                let place = Place {
                    file: file.to_owned(),
                    sheet: Some(sheet.to_owned()),
                    row: number,
                    ..Place::default()
                };
                loaded.refuse("FIL014", place, vec![("error", error.to_string())]);
                continue;
            }
        };
        let column = column as usize;
        if text.trim().is_empty() || column >= limits::COLUMNS {
            continue;
        }
        match rows.last_mut() {
            Some(last) if last.number == number => last.cells.push((column, text, numeric)),
            _ => rows.push(SheetRow {
                number,
                cells: vec![(column, text, numeric)],
            }),
        }
    }
    Ok(rows)
}

/// Whole numbers without a point; others as short as they read back.
fn number_text(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 {
        format!("{n:.0}")
    } else {
        n.to_string()
    }
}

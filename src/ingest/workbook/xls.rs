//! XLS: the records of the old binary workbook are gone through before its reader opens it, for that reader lays every sheet out
//! as a rectangle and makes room for whatever a sheet claims to be. It is given the one stream that was gone through, and nothing
//! else of the container.
//!
//! Must not know other formats.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};
use cfb::{CompoundFile as Container, Version};

use super::super::limits;
use super::super::sheet::{Came, Context, Merge, RawCell};
use super::super::table::Loaded;
use super::survey::{Reading, Survey, say_not_understood};
use super::{date_text, error_text, foreign, is_percent, iso_date_text, number_text, percent_text, yes_no};

/// Reads all sheets.
pub(super) fn read(context: Context<'_>, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    let mut stream = stream(bytes).map_err(|error| error.to_string())?;
    let sheets = look_through(&mut stream)?;
    let clean = container(&stream).map_err(|error| error.to_string())?;
    drop(stream);
    foreign(|| read_sheets(context, clean, sheets, loaded))
}

/// The stream of records.
fn stream(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = Container::open(Cursor::new(bytes))?;
    let name = if file.is_stream("/Workbook") {
        "/Workbook"
    } else {
        "/Book"
    };
    let mut stream = Vec::new();
    file.open_stream(name)?
        .take(bytes.len() as u64)
        .read_to_end(&mut stream)?;
    Ok(stream)
}

/// A container with this stream alone.
fn container(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    // The reader takes a container of version 4 without short streams for an empty one.
    let mut file = Container::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fn read_sheets(
    context: Context<'_>,
    bytes: Vec<u8>,
    sheets: Vec<SheetRecords>,
    loaded: &mut Loaded,
) -> Result<(), String> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let (mut understood, mut not_understood) = (false, Vec::new());
    let known = workbook.sheets_metadata().to_vec();
    for (at, (sheet, records)) in known.iter().zip(sheets).enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut survey = records.survey;
        survey.hidden = sheet.visible != SheetVisible::Visible;
        let mut reading = Reading::new(context, sheet.name.clone(), survey);
        for (row, why) in records.broken {
            reading.broken(row, why);
        }
        // The reader knows sheets by their names alone.
        if known[..at].iter().any(|other| other.name == sheet.name) {
            reading.broken(0, "a second sheet of this name".to_owned());
        } else {
            let cells = workbook.worksheet_range(&sheet.name);
            rows(
                &cells.map_err(|error| error.to_string())?,
                &records.percent,
                &mut reading,
                loaded,
            );
        }
        match reading.finish(loaded) {
            Ok(()) => understood = true,
            Err(sheet) => not_understood.push(*sheet),
        }
    }
    say_not_understood(loaded, understood, not_understood)
}

fn rows(range: &calamine::Range<Data>, percent: &[u32], reading: &mut Reading<'_>, loaded: &mut Loaded) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut at = 0;
    let mut cells: Vec<RawCell<'_>> = Vec::new();
    for (row, column, value) in range.used_cells() {
        let (row, column) = (first_row + row as u32 + 1, first_column + column as u32);
        let number = |n: f64| {
            if percent.binary_search(&key(row - 1, column)).is_ok() {
                percent_text(n)
            } else {
                number_text(n)
            }
        };
        let (text, came) = match value {
            Data::Empty => continue,
            Data::String(text) => (Cow::Borrowed(text.as_str()), Came::Text),
            Data::Int(n) => (Cow::Owned(number(*n as f64)), Came::Number),
            Data::Float(n) => (Cow::Owned(number(*n)), Came::Number),
            Data::Bool(yes) => (Cow::Borrowed(yes_no(*yes)), Came::Text),
            Data::DateTimeIso(text) => (Cow::Owned(iso_date_text(text)), Came::Date),
            Data::DurationIso(text) => (Cow::Borrowed(text.as_str()), Came::Date),
            Data::DateTime(date) => (Cow::Owned(date_text(date)), Came::Date),
            Data::Error(error) => {
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
}

/// What the records of one sheet say.
#[derive(Default)]
struct SheetRecords {
    survey: Survey,
    /// Cells with the format of a percentage, sorted.
    percent: Vec<u32>,
    broken: Vec<(u32, String)>,
}

/// Row and column (both from 0) of a cell in one number, in the order of the sheet.
fn key(row: u32, column: u32) -> u32 {
    row << 16 | column
}

// The records that matter here (MS-XLS 2.3).
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
const SST: u16 = 0x00FC;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const COLUMN_INFO: u16 = 0x007D;
const MERGE_CELLS: u16 = 0x00E5;
const FORMULA: u16 = 0x0006;
const STRING: u16 = 0x0207;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const BOOLEAN_OR_ERROR: u16 = 0x0205;
const RK: u16 = 0x027E;
const LABEL_SST: u16 = 0x00FD;
const MUL_RK: u16 = 0x00BD;

/// What the workbook says of all its sheets.
#[derive(Default)]
struct Globals {
    sheets: Vec<usize>,
    /// The number format of each style of cells.
    styles: Vec<u16>,
    /// The number formats that are percentages, besides the built-in ones.
    percent: Vec<u16>,
    /// How many characters each shared string has.
    strings: Vec<u32>,
}

/// Goes through the records of all sheets, takes away what sheets claim to be in size, and refuses what would be too much.
fn look_through(stream: &mut [u8]) -> Result<Vec<SheetRecords>, String> {
    let globals = globals(stream)?;
    for &start in &globals.sheets {
        unclaim(stream, start)?;
    }
    let mut total = Total::default();
    globals
        .sheets
        .iter()
        .map(|&start| sheet(stream, start, &globals, &mut total))
        .collect()
}

/// The record at a place: its kind, where its data begins and ends.
fn record(stream: &[u8], at: usize) -> Result<Option<(u16, usize, usize)>, String> {
    if at == stream.len() {
        return Ok(None);
    }
    let head = stream.get(at..at + 4).ok_or("records are cut off")?;
    let (kind, start) = (u16::from_le_bytes([head[0], head[1]]), at + 4);
    let end = start + usize::from(u16::from_le_bytes([head[2], head[3]]));
    if end > stream.len() {
        return Err("records are cut off".to_owned());
    }
    Ok(Some((kind, start, end)))
}

/// All records from a place on, up to the end of their part; parts within (charts) are left out.
fn each(
    stream: &[u8],
    mut at: usize,
    mut on: impl FnMut(u16, &[u8], usize) -> Result<(), String>,
) -> Result<(), String> {
    let mut depth = 0_usize;
    while let Some((kind, start, end)) = record(stream, at)? {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => return Ok(()),
            EOF => depth -= 1,
            _ => {}
        }
        if depth <= 1 {
            on(kind, &stream[start..end], start)?;
        }
        at = end;
    }
    Ok(())
}

fn u16_at(data: &[u8], at: usize) -> Result<u16, String> {
    match data.get(at..at + 2) {
        Some(bytes) => Ok(u16::from_le_bytes([bytes[0], bytes[1]])),
        None => Err("a record is too short".to_owned()),
    }
}

fn globals(stream: &[u8]) -> Result<Globals, String> {
    let mut globals = Globals::default();
    let mut version = 0;
    let mut strings: Option<Strings> = None;
    let mut last = 0;
    each(stream, 0, |kind, data, _| {
        match kind {
            BOF => version = u16_at(data, 0)?,
            FILE_PASS if u16_at(data, 0)? != 0 => return Err("password".to_owned()),
            BOUND_SHEET => {
                let start = usize::from(u16_at(data, 0)?) | usize::from(u16_at(data, 2)?) << 16;
                if start >= stream.len() {
                    return Err("a sheet is cut off".to_owned());
                }
                globals.sheets.push(start);
            }
            XF => globals.styles.push(u16_at(data, 2)?),
            FORMAT => {
                let number = u16_at(data, 0)?;
                // The length in one byte in older versions, else in two with a byte of flags; every other byte is empty then
                // in wide characters, which does not matter for what is looked for.
                let text = data.get(if version == 0x0600 { 5 } else { 3 }..).unwrap_or_default();
                let text: String = text
                    .iter()
                    .filter(|byte| **byte != 0)
                    .map(|&byte| byte as char)
                    .collect();
                if is_percent(&text) {
                    globals.percent.push(number);
                }
            }
            SST => strings = Some(Strings::new(data)),
            CONTINUE if last == SST => {
                if let Some(strings) = &mut strings {
                    strings.pieces.push(data.to_vec());
                }
            }
            _ => {}
        }
        if kind != CONTINUE {
            last = kind;
        }
        Ok(())
    })?;
    if globals.sheets.len() > limits::XLSX_PARTS {
        return Err(format!("{} sheets > {}", globals.sheets.len(), limits::XLSX_PARTS));
    }
    globals.strings = strings.map_or_else(|| Ok(Vec::new()), Strings::lengths)?;
    Ok(globals)
}

/// The shared strings: one text over several records.
struct Strings {
    pieces: Vec<Vec<u8>>,
    piece: usize,
    at: usize,
}

impl Strings {
    fn new(data: &[u8]) -> Self {
        Strings {
            pieces: vec![data.get(8..).unwrap_or_default().to_vec()],
            piece: 0,
            at: 0,
        }
    }

    /// How many characters each string has.
    fn lengths(mut self) -> Result<Vec<u32>, String> {
        let mut lengths = Vec::new();
        while self.left() > 0 {
            let mut left = usize::from(self.u16()?);
            let mut flags = self.byte()?;
            lengths.push(left as u32);
            let runs = if flags & 8 == 0 { 0 } else { usize::from(self.u16()?) };
            let extra = if flags & 4 == 0 {
                0
            } else {
                usize::from(self.u16()?) | usize::from(self.u16()?) << 16
            };
            while left > 0 {
                // Where the characters go on in the next record, they say again how wide they are.
                if self.pieces.get(self.piece).is_some_and(|piece| piece.len() == self.at) {
                    (self.piece, self.at) = (self.piece + 1, 0);
                    flags = self.byte()?;
                }
                let width = 1 + usize::from(flags & 1);
                let there = self.pieces.get(self.piece).map_or(0, |piece| piece.len() - self.at) / width;
                if there == 0 {
                    return Err("shared strings are cut off".to_owned());
                }
                self.at += left.min(there) * width;
                left -= left.min(there);
            }
            for _ in 0..runs * 4 + extra {
                self.byte()?;
            }
        }
        Ok(lengths)
    }

    /// How many bytes there are in this piece, or the next that has any.
    fn left(&mut self) -> usize {
        while let Some(piece) = self.pieces.get(self.piece) {
            if piece.len() > self.at {
                return piece.len() - self.at;
            }
            (self.piece, self.at) = (self.piece + 1, 0);
        }
        0
    }

    fn byte(&mut self) -> Result<u8, String> {
        if self.left() == 0 {
            return Err("shared strings are cut off".to_owned());
        }
        self.at += 1;
        Ok(self.pieces[self.piece][self.at - 1])
    }

    fn u16(&mut self) -> Result<u16, String> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }
}

/// Empties what a sheet claims to be in size: the reader makes room for it, and it may be anything. And the texts of its formulas,
/// which nobody asks for and which may say anything too: the values beside them are what is read.
fn unclaim(stream: &mut [u8], start: usize) -> Result<(), String> {
    let mut claims = Vec::new();
    each(stream, start, |kind, data, at| {
        if kind == DIMENSIONS {
            claims.push(at..at + data.len());
        }
        if kind == FORMULA {
            if data.len() < 22 {
                return Err("a formula is cut off".to_owned());
            }
            claims.push(at + 20..at + 22);
        }
        Ok(())
    })?;
    for claim in claims {
        stream[claim].fill(0);
    }
    Ok(())
}

/// What the reader would hold in memory of all sheets.
#[derive(Default)]
struct Total {
    cells: u64,
    text: u64,
}

/// The rectangle around cells.
#[derive(Clone, Copy)]
struct Around {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Around {
    fn add(around: &mut Option<Around>, row: u32, column: u32) {
        let (rows, columns) = match *around {
            Some(Around { rows, columns }) => (
                (rows.0.min(row), rows.1.max(row)),
                (columns.0.min(column), columns.1.max(column)),
            ),
            None => ((row, row), (column, column)),
        };
        *around = Some(Around { rows, columns });
    }

    fn cells(around: Option<Around>) -> u64 {
        around.map_or(0, |Around { rows, columns }| {
            u64::from(rows.1 - rows.0 + 1) * u64::from(columns.1 - columns.0 + 1)
        })
    }
}

fn sheet(stream: &[u8], start: usize, globals: &Globals, total: &mut Total) -> Result<SheetRecords, String> {
    let mut sheet = SheetRecords::default();
    let (mut cells, mut formulas) = (None, None);
    let (mut last, mut last_row) = (0, 0);
    let is_percent = |style: u16| {
        let format = globals.styles.get(usize::from(style));
        format.is_some_and(|format| matches!(format, 9 | 10) || globals.percent.contains(format))
    };
    each(stream, start, |kind, data, _| {
        match kind {
            // One sheet laid over another would be changed after it was gone through.
            DIMENSIONS if data.iter().any(|byte| *byte != 0) => return Err("sheets overlap".to_owned()),
            NUMBER | LABEL | RICH_LABEL | BOOLEAN_OR_ERROR | RK | LABEL_SST | FORMULA => {
                let (row, column) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
                Around::add(&mut cells, row, column);
                last_row = row + 1;
                if matches!(kind, NUMBER | RK | FORMULA) && is_percent(u16_at(data, 4)?) {
                    sheet.percent.push(key(row, column));
                }
                if kind == FORMULA {
                    Around::add(&mut formulas, row, column);
                    sheet.survey.formulas.add(row + 1, column);
                }
                if kind == LABEL_SST {
                    let string = usize::from(u16_at(data, 6)?) | usize::from(u16_at(data, 8)?) << 16;
                    match globals.strings.get(string) {
                        Some(length) => total.text += u64::from(*length) * 3,
                        None => sheet.broken.push((row + 1, format!("no string {string}"))),
                    }
                }
            }
            MUL_RK => {
                let row = u32::from(u16_at(data, 0)?);
                let first = u16_at(data, 2)?;
                let last = u16_at(data, data.len().saturating_sub(2))?;
                if last < first || data.len() != 6 + 6 * usize::from(last - first + 1) {
                    return Err("a record of numbers has a wrong length".to_owned());
                }
                for column in first..=last {
                    Around::add(&mut cells, row, u32::from(column));
                    if is_percent(u16_at(data, 4 + 6 * usize::from(column - first))?) {
                        sheet.percent.push(key(row, u32::from(column)));
                    }
                }
            }
            // The reader takes the first record of a text alone.
            CONTINUE if last == STRING => sheet.broken.push((last_row, "a long text of a formula".to_owned())),
            ROW if u16_at(data, 12)? & 0x20 != 0 => {
                let row = u32::from(u16_at(data, 0)?) + 1;
                sheet.survey.hide_rows(row, row);
            }
            COLUMN_INFO if u16_at(data, 8)? & 1 != 0 => {
                let columns = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
                sheet.survey.hidden_columns.push(columns);
            }
            MERGE_CELLS => {
                for block in 0..usize::from(u16_at(data, 0)?) {
                    let end = |at: usize| u16_at(data, 2 + block * 8 + at * 2);
                    sheet.survey.merge(Merge {
                        first_row: u32::from(end(0)?) + 1,
                        last_row: u32::from(end(1)?) + 1,
                        first_column: usize::from(end(2)?),
                        last_column: usize::from(end(3)?),
                    })?;
                }
            }
            _ => {}
        }
        if kind != CONTINUE {
            last = kind;
        }
        Ok(())
    })?;
    sheet.percent.sort_unstable();
    total.cells += Around::cells(cells) + Around::cells(formulas);
    if total.cells > limits::XLS_CELLS {
        return Err(format!(
            "cells are spread over a rectangle of more than {}",
            limits::XLS_CELLS
        ));
    }
    if total.text > limits::XLSX_STRINGS_BYTES {
        return Err(format!("more than {} bytes of text", limits::XLSX_STRINGS_BYTES));
    }
    Ok(sheet)
}

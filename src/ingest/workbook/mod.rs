//! Workbooks: every sheet whose header is understood is a table.
//!
//! Must not know what columns mean. Nothing is asked of the readers of the formats before the file was counted and looked
//! through: they believe what it claims (threats, rows 7 to 9).

mod ods;
mod ooxml;
mod package;
mod survey;
mod tags;
mod xls;
mod xlsx;

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::panic::AssertUnwindSafe;

use calamine::{CellErrorType, ExcelDateTime};
use zip::ZipArchive;

use super::sheet::Context;
use super::table::Loaded;

/// The formats of workbooks that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Xlsx,
    Xlsm,
    /// The binary form of XLSX; not read.
    Xlsb,
    Xls,
    Ods,
    /// XLSX behind a password; not read.
    Locked,
}

impl Format {
    /// Its name in reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Xlsx | Format::Locked => "xlsx",
            Format::Xlsm => "xlsm",
            Format::Xlsb => "xlsb",
            Format::Xls => "xls",
            Format::Ods => "ods",
        }
    }
}

/// Tells a workbook by its content; `None` for everything else.
pub(super) fn kind(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
        let there = |name: &str| file.is_stream(name);
        return match (there("/EncryptedPackage"), there("/Workbook") || there("/Book")) {
            (true, _) => Some(Format::Locked),
            (false, true) => Some(Format::Xls),
            (false, false) => None,
        };
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    // What cannot be opened is most likely the workbook that its name says; reading it tells what is wrong.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Some(Format::Xlsx);
    };
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.replace('\\', "/").to_ascii_lowercase()))
        .collect();
    let there = |name: &str| names.iter().any(|part| part == name);
    if there("xl/workbook.bin") {
        return Some(Format::Xlsb);
    }
    if there("xl/workbook.xml") || there("[content_types].xml") {
        let macros = there("xl/vbaproject.bin");
        return Some(if macros { Format::Xlsm } else { Format::Xlsx });
    }
    let mut mimetype = Vec::new();
    if let Ok(part) = archive.by_name("mimetype") {
        // A mimetype that cannot be read is none.
        part.take(100).read_to_end(&mut mimetype).ok();
    }
    let ods = if mimetype.is_empty() {
        there("content.xml")
    } else {
        mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
    };
    ods.then_some(Format::Ods)
}

/// Reads all sheets. `Err` says why nothing could be read.
pub(super) fn read(context: Context<'_>, format: Format, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    match format {
        Format::Xlsx | Format::Xlsm => xlsx::read(context, bytes, loaded),
        Format::Xls => xls::read(context, bytes, loaded),
        Format::Ods => ods::read(context, bytes, loaded),
        Format::Xlsb => Err("xlsb".to_owned()),
        Format::Locked => Err("password".to_owned()),
    }
}

thread_local! {
    static FOREIGN: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs a reader that is not ours: a panic in it is reported as that file's trouble and needs no other word.
pub(super) fn is_foreign() -> bool {
    FOREIGN.get()
}

/// Runs a reader that is not ours: a panic in it must stay that file's trouble.
fn foreign<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let before = FOREIGN.replace(true);
    // After a panic nothing that was read of the file is used.
    let result = std::panic::catch_unwind(AssertUnwindSafe(run));
    FOREIGN.set(before);
    result.unwrap_or_else(|_| Err("internal".to_owned()))
}

/// A number as a spreadsheet shows it: 15 digits, from 10^15 on with an exponent.
fn number_text(n: f64) -> String {
    if n.abs() >= 1e15 {
        let text = format!("{n:.5E}");
        if let Some((digits, exponent)) = text.split_once('E') {
            return format!("{}E+{exponent}", digits.trim_end_matches('0').trim_end_matches('.'));
        }
    }
    if n.fract() == 0.0 {
        return format!("{n:.0}");
    }
    // 0.1 + 0.2 is 0.3 to everyone who looks at it.
    format!("{n:.14e}").parse::<f64>().unwrap_or(n).to_string()
}

/// A number with the format of a percentage.
fn percent_text(n: f64) -> String {
    format!("{}%", number_text(n * 100.0))
}

/// Whether a number format shows a hundredfold with `%`: one that is quoted is only a letter.
fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => {
                chars.next();
            }
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// `2024-05-10`, with the time where it has one; a time without a date, or a length of time, as `8:30`.
fn date_text(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&serial) {
        let seconds = (serial * 86_400.0).round();
        let (minutes, seconds) = ((seconds / 60.0).floor(), seconds % 60.0);
        let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
        return clock(format!("{hours:.0}:{minutes:02.0}"), seconds as u8);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let text = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return text;
    }
    clock(format!("{text} {hour:02}:{minute:02}"), second)
}

/// `2024-05-10T08:30:00` as [`date_text`] writes it.
fn iso_date_text(text: &str) -> String {
    let Some((date, time)) = text.split_once('T') else {
        return text.to_owned();
    };
    let mut time: String = time
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end_matches('Z')
        .to_owned();
    if let Some(short) = time.strip_suffix(":00").filter(|short| short.contains(':')) {
        time = short.to_owned();
    }
    if time == "00:00" {
        return date.to_owned();
    }
    format!("{date} {time}")
}

fn clock(text: String, seconds: u8) -> String {
    if seconds == 0 {
        text
    } else {
        format!("{text}:{seconds:02}")
    }
}

/// An error of a formula, as spreadsheets show it.
fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_are_as_a_spreadsheet_shows_them() {
        for (n, text) in [
            (20.0, "20"),
            (0.5, "0.5"),
            (0.1 + 0.2, "0.3"),
            (-3.25, "-3.25"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1E+15"),
            (110_001_000_000_000_000_000_000_000_001.0, "1.10001E+29"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(number_text(n), text);
        }
        assert_eq!(percent_text(0.5), "50%");
        assert_eq!(percent_text(0.07), "7%");
        assert_eq!(percent_text(0.125), "12.5%");
        assert!(is_percent("0.00%") && !is_percent("0\"%\"") && !is_percent("0\\%") && !is_percent("0"));
    }

    #[test]
    fn dates_have_a_time_only_where_they_say_one() {
        let date = |serial, is_1904| date_text(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904));
        assert_eq!(date(45_422.0, false), "2024-05-10");
        assert_eq!(date(45_422.0 - 1_462.0, true), "2024-05-10");
        assert_eq!(date(45_422.354_166_666_664, false), "2024-05-10 08:30");
        assert_eq!(date(0.354_166_666_666_666_7, false), "8:30");
        let length = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(date_text(&length), "36:00");
        assert_eq!(iso_date_text("2024-05-10"), "2024-05-10");
        assert_eq!(iso_date_text("2024-05-10T00:00:00"), "2024-05-10");
        assert_eq!(iso_date_text("2024-05-10T08:30:00.000"), "2024-05-10 08:30");
        assert_eq!(iso_date_text("2024-05-10T08:30:15Z"), "2024-05-10 08:30:15");
    }
}

//! Workbooks: every sheet whose header is understood is a table.
//!
//! Must not know what columns mean. Nothing is asked of the readers of the formats before the file was counted and looked
//! through: they believe what it claims (threats, rows 7 to 9).

mod ods;
mod ooxml;
mod package;
pub(super) mod rewrite;
mod survey;
mod tags;
mod xls;
mod xlsx;

use std::cell::Cell;
use std::panic::AssertUnwindSafe;

use calamine::{CellErrorType, ExcelDateTime};

use super::sheet::Context;
use super::table::Loaded;

/// The formats of workbooks that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Xlsx,
    Xlsm,
    Xls,
    Ods,
}

impl Format {
    /// Its name in reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Xlsm => "xlsm",
            Format::Xls => "xls",
            Format::Ods => "ods",
        }
    }
}

/// Reads all sheets. `Err` says why nothing could be read.
pub(super) fn read(context: Context<'_>, format: Format, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    match format {
        Format::Xlsx | Format::Xlsm => xlsx::read(context, bytes, loaded),
        Format::Xls => xls::read(context, bytes, loaded),
        Format::Ods => ods::read(context, bytes, loaded),
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

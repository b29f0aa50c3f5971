//! What workbooks share: bytes that do not depend on the clock, headers that stay in view, texts that stay texts, names that Excel takes
//! for sheets.
//!
//! Must not know what is written.

use std::collections::HashSet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::escape::terminal;
use super::{Style, show};

/// Excel's rows, less the header.
pub(super) const MOST: usize = 1_048_575;

/// Characters of a cell; Excel takes 32,767 units of UTF-16.
const LONGEST: usize = 10_000;

/// Characters of a sheet's name (Excel), in units of UTF-16.
const NAME: usize = 31;

/// An empty workbook for a report: a folder that is read passes over it (`ingest::is_report`).
pub(super) fn book() -> Result<Workbook, XlsxError> {
    by("tongban")
}

/// An empty workbook for a list that is read again like any other.
pub(super) fn book_of_list() -> Result<Workbook, XlsxError> {
    by("tongban export")
}

/// The clock must not be in the file: the same content gives the same bytes.
fn by(author: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_author(author));
    Ok(workbook)
}

/// Texts of several lines, from the top.
pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Of headers.
pub(super) fn bold() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00E7_E6E6))
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cells {
    Text,
    Number,
    /// Left empty, and coloured: for the answer of whoever gets the file.
    Answer,
}

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its header.
    pub(super) name: &'static str,
    /// How wide it is, in characters.
    width: f64,
    cells: Cells,
}

impl Column {
    /// A column of texts.
    pub(super) const fn text(name: &'static str, width: f64) -> Column {
        let cells = Cells::Text;
        Column { name, width, cells }
    }

    /// A column of numbers.
    pub(super) const fn number(name: &'static str, width: f64) -> Column {
        let cells = Cells::Number;
        Column { name, width, cells }
    }

    /// A column that is left for an answer.
    pub(super) const fn answer(name: &'static str, width: f64) -> Column {
        let cells = Cells::Answer;
        Column { name, width, cells }
    }
}

/// The headers in a row: bold, and they stay in view with so many columns at the left.
pub(super) fn head(sheet: &mut Worksheet, columns: &[Column], row: u32, frozen: u16) -> Result<(), XlsxError> {
    let bold = bold().set_text_wrap();
    for (at, column) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(row, at, column.name, &bold)?;
        sheet.set_column_width(at, column.width)?;
    }
    sheet.set_freeze_panes(row + 1, frozen)?;
    Ok(())
}

/// A sheet that is a list: headers, rows under each other that can be filtered, and under them what was cut.
pub(super) struct List<'s> {
    sheet: &'s mut Worksheet,
    columns: &'s [Column],
    most: usize,
    count: usize,
    wrapped: Format,
    answer: Format,
}

impl<'s> List<'s> {
    /// Sets a sheet up. So many columns at the left stay in view; no more than `most` rows are written, and the others are counted.
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        columns: &'s [Column],
        frozen: u16,
        most: usize,
    ) -> Result<Self, XlsxError> {
        head(sheet, columns, 0, frozen)?;
        Ok(List {
            sheet,
            columns,
            most,
            count: 0,
            wrapped: wrapped(),
            answer: wrapped().set_background_color(Color::RGB(0x00FF_F2CC)),
        })
    }

    /// The next row, a text for each column that is not for an answer; what is no number in a column of numbers stays a text.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), XlsxError> {
        self.count += 1;
        if self.count > self.most {
            return Ok(());
        }
        let row = row(self.count);
        let mut cells = cells.iter().map(AsRef::as_ref);
        for (at, column) in (0_u16..).zip(self.columns) {
            if column.cells == Cells::Answer {
                self.sheet.write_blank(row, at, &self.answer)?;
                continue;
            }
            let cell: &str = cells.next().unwrap_or_default();
            match cell.parse::<f64>().ok().filter(|_| column.cells == Cells::Number) {
                Some(number) => self.sheet.write_number_with_format(row, at, number, &self.wrapped)?,
                None => self
                    .sheet
                    .write_string_with_format(row, at, text(cell), &self.wrapped)?,
            };
        }
        Ok(())
    }

    /// Sets the filters, and says what was cut; gives the sheet and its last row.
    pub(super) fn finish(self, style: &Style<'_>) -> Result<(&'s mut Worksheet, u32), XlsxError> {
        let last = row(self.count.min(self.most));
        self.sheet.autofilter(0, 0, last, column(self.columns.len() - 1))?;
        cut(self.sheet, self.count, self.most, last + 2, style)?;
        Ok((self.sheet, last))
    }
}

/// Says under a list what was cut from it.
pub(super) fn cut(
    sheet: &mut Worksheet,
    count: usize,
    most: usize,
    row: u32,
    style: &Style<'_>,
) -> Result<(), XlsxError> {
    if count > most {
        let args = [("count", (count - most).to_string())];
        sheet.write_string(row, 0, style.with("and-more", &args))?;
    }
    Ok(())
}

/// A number of a row as Excel counts.
pub(super) fn row(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A number of a column as Excel counts.
pub(super) fn column(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// A text of the data as a cell takes it: invisible characters are named, what is too long is cut and says so.
pub(super) fn text(text: &str) -> String {
    show::shorten(&terminal(text), LONGEST)
}

/// The names of the sheets of a workbook, each its own.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A name that Excel takes, as near as possible to the one that is wanted: no more than 31 characters, none of `[]:*?/\`, no `'` at
    /// the ends, not the reserved `History`, and not that of another sheet in small or capital letters.
    pub(super) fn name(&mut self, wanted: &str) -> String {
        let shown = terminal(wanted);
        let plain: String = shown
            .chars()
            .map(|c| if "[]:*?/\\".contains(c) { '_' } else { c })
            .collect();
        let plain = match plain.trim_matches(|c: char| c == '\'' || c.is_whitespace()) {
            "" => "_",
            plain if plain.eq_ignore_ascii_case("history") => "History_",
            plain => plain,
        };
        let mut name = ended(plain, "");
        let mut at = 2_usize;
        while !self.taken.insert(name.to_lowercase()) {
            name = ended(plain, &format!("({at})"));
            at += 1;
        }
        name
    }
}

/// A name with an ending, cut before it so that both fit.
fn ended(name: &str, ending: &str) -> String {
    let room = NAME - ending.len();
    let mut used = 0;
    let mut out = String::new();
    for c in name.chars() {
        used += c.len_utf16();
        if used > room {
            break;
        }
        out.push(c);
    }
    // What was cut may end as no name may.
    out.truncate(out.trim_end_matches(|c: char| c == '\'' || c.is_whitespace()).len());
    out.push_str(ending);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_excel_takes() {
        let mut names = Names::default();
        let long = "很长的区域名称".repeat(10);
        let wanted = [
            ("南屏县", "南屏县"),
            ("南屏县", "南屏县(2)"),
            ("a/b:c*d?e[f]g\\h", "a_b_c_d_e_f_g_h"),
            ("ABC", "ABC"),
            ("abc", "abc(2)"),
            ("'甲'", "甲"),
            ("", "_"),
            ("  ", "_(2)"),
            ("History", "History_"),
            ("甲\u{202e}乙", "甲⟨U+202E⟩乙"),
        ];
        for (name, told) in wanted {
            assert_eq!(names.name(name), told);
        }
        let (first, second) = (names.name(&long), names.name(&long));
        assert_eq!((first.chars().count(), second.chars().count()), (31, 31));
        assert!(second.ends_with("(2)"), "{second}");
    }

    proptest::proptest! {
        /// The crate that writes workbooks refuses what Excel refuses.
        #[test]
        fn the_writer_takes_every_name(wanted in proptest::collection::vec("[\\PC'\\[\\]:*?/\\\\ aA🀄]{0,40}", 1..6)) {
            let mut names = Names::default();
            let mut workbook = book().unwrap();
            for name in &wanted {
                let told = names.name(name);
                proptest::prop_assert!(told.encode_utf16().count() <= NAME);
                workbook.add_worksheet().set_name(&told).unwrap();
            }
            proptest::prop_assert!(workbook.save_to_buffer().is_ok());
        }
    }
}

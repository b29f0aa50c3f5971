//! What workbooks share: bytes that do not depend on the clock, headers that stay in view, texts that stay texts, names that Excel takes
//! for sheets.
//!
//! Must not know what is written.

use std::collections::HashSet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::escape::terminal;
use super::show;

/// Excel's rows, less the header.
pub(super) const MOST: usize = 1_048_575;

/// Characters of a cell; Excel takes 32,767 units of UTF-16.
const LONGEST: usize = 10_000;

/// Characters of a sheet's name (Excel), in units of UTF-16.
const NAME: usize = 31;

/// An empty workbook. The clock must not be in the file: the same content gives the same bytes.
pub(super) fn book() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_creation_datetime(&created)
            .set_author("tongban"),
    );
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

/// The header: bold, and it stays in view.
pub(super) fn head(sheet: &mut Worksheet, names: &[&str], widths: &[f64]) -> Result<(), XlsxError> {
    let bold = bold();
    for (column, (name, &width)) in (0_u16..).zip(names.iter().zip(widths)) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
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

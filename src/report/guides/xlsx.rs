//! Guides as a workbook: one sheet with the columns of the CSV, that can be filtered.
//!
//! Must not compute. Texts are written as strings: nothing in the data can become a formula or a link.

use std::io::{self, Write};

use rust_xlsxwriter::XlsxError;

use super::super::sheet::{self, MOST};
use super::GuideStyle;
use super::layout::width;
use crate::model::Guides;

/// Characters of a cell in Excel, in units of UTF-16.
const LONGEST: usize = 32_767;

/// What stands at the end of a cell that Excel cannot hold.
const CUT: &str = "……（单元格放不下，全文见 CSV 或 JSON）";

/// Writes guides; several sheets where they are more than one holds.
pub(super) fn write(guides: &Guides<'_>, style: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(guides, style, MOST).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(guides: &Guides<'_>, style: &GuideStyle, most: usize) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = sheet::book_of_list()?;
    let wrapped = sheet::wrapped();
    let bold = sheet::bold().set_text_wrap();
    let headers = style.headers(guides);
    for (nth, first) in (0..guides.count.max(1)).step_by(most).enumerate() {
        let page = workbook.add_worksheet();
        page.set_name(match nth {
            0 => "办事指南".to_owned(),
            nth => format!("办事指南({})", nth + 1),
        })?;
        for (at, header) in headers.iter().enumerate() {
            let column = sheet::column(at);
            page.write_string_with_format(0, column, *header, &bold)?;
            page.set_column_width(column, width(header))?;
            page.set_column_format(column, &wrapped)?;
        }
        // The name stays in view, and so does the head.
        page.set_freeze_panes(1, 1)?;
        let last = (first + most).min(guides.count);
        for at in first..last {
            let guide = (guides.make)(at);
            let row = sheet::row(at - first + 1);
            for (at, &column) in style.columns.iter().enumerate() {
                let cell = style.cell(&guide, column);
                if !cell.is_empty() {
                    page.write_string_with_format(row, sheet::column(at), text(&cell), &wrapped)?;
                }
            }
        }
        let last = sheet::row(last - first);
        page.autofilter(0, 0, last, sheet::column(headers.len().saturating_sub(1)))?;
    }
    workbook.save_to_buffer()
}

/// A text as a cell takes it: lines stay lines, other invisible characters are named, what is too long is cut and says so.
pub(super) fn text(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(super::super::escape::terminal).collect();
    let text = lines.join("\n");
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let room = LONGEST - CUT.encode_utf16().count();
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > room
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    format!("{}{CUT}", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_what_excel_takes() {
        assert_eq!(text("甲\n乙\u{1b}"), "甲\n乙⟨U+001B⟩");
        for long in ["长".repeat(40_000), "🀄".repeat(20_000), "a".repeat(32_768)] {
            let cell = text(&long);
            assert!(
                cell.encode_utf16().count() <= LONGEST && cell.ends_with(CUT),
                "{}",
                cell.len()
            );
        }
        assert_eq!(text(&"a".repeat(32_767)).len(), 32_767);
    }
}

//! Which regions can handle which item for each other, as a workbook: a summary, regions × regions with colours, the pairs, and what
//! stands in the way of which item between which two regions, with filters. Chinese in every language, as the CSV is.
//!
//! Must not compute. Texts are written as strings: nothing in the data can become a formula or a link.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::super::Style;
use super::super::sheet::{self, Column, List};
use super::{elements, obstacles, pair_cells, region, share, summary, worst};
use crate::model::{PairSummary, Pairwise};

/// Rows of a sheet, less its header and what is said of a cut.
const MOST: usize = sheet::MOST - 8;

/// The columns of 区域对.
const PAIRS: [Column; 6] = [
    Column::text("区域一", 24.0),
    Column::text("区域二", 24.0),
    Column::number("共同事项", 10.0),
    Column::number("可以通办", 10.0),
    Column::number("不能通办", 10.0),
    Column::number("说不准", 10.0),
];

/// The columns of 不能通办.
const OBSTACLES: [Column; 11] = [
    Column::text("事项编码", 16.0),
    Column::text("业务办理项", 16.0),
    Column::text("事项名称", 36.0),
    Column::text("区域一编码", 12.0),
    Column::text("区域一", 20.0),
    Column::text("区域二编码", 12.0),
    Column::text("区域二", 20.0),
    Column::text("能否通办", 10.0),
    Column::text("不能通办的要素", 30.0),
    Column::text("说不准的要素", 30.0),
    Column::text("合理差异的要素", 30.0),
];

/// The colours of the matrix: nothing can be handled for each other, below half, below nine tenths, not all, all.
const SHADES: [u32; 5] = [0x00F8_696B, 0x00F4_B084, 0x00FF_D966, 0x00FF_F2CC, 0x00E2_EFDA];

/// Writes it.
pub(in crate::report) fn write(report: &Pairwise, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(report, &style.chinese()).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(report: &Pairwise, style: &Style<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = sheet::book()?;
    for name in ["汇总", "矩阵", "区域对", "不能通办"] {
        workbook.add_worksheet().set_name(name)?;
    }
    let [first, matrix, pairs, items] = workbook.worksheets_mut().as_mut_slice() else {
        return workbook.save_to_buffer();
    };
    write_summary(first, report, style)?;
    write_matrix(matrix, report, style)?;
    let mut list = List::new(pairs, &PAIRS, 2, MOST)?;
    for pair in worst(report) {
        list.row(&pair_cells(pair, report))?;
    }
    list.finish(style)?;
    write_obstacles(items, report, style)?;
    workbook.save_to_buffer()
}

/// The lines that every format begins with, and how often each element stands in the way.
fn write_summary(sheet: &mut Worksheet, report: &Pairwise, style: &Style<'_>) -> Result<(), XlsxError> {
    let (bold, wrapped) = (sheet::bold(), sheet::wrapped());
    for (column, width) in [(0, 30.0), (1, 80.0), (2, 10.0)] {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    for (name, value) in summary(report, style) {
        for (column, text) in [(0, name), (1, value)] {
            sheet.write_string_with_format(row, column, sheet::text(&text), &wrapped)?;
        }
        row += 1;
    }
    row += 1;
    for (column, name) in (0..).zip(super::ELEMENT_HEADS) {
        sheet.write_string_with_format(row, column, style.text(name), &bold)?;
    }
    for (row, cells) in (row + 1..).zip(obstacles(report, style)) {
        for (column, text) in (0..).zip(cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number_with_format(row, column, number, &wrapped)?,
                Err(_) => sheet.write_string_with_format(row, column, sheet::text(&text), &wrapped)?,
            };
        }
    }
    Ok(())
}

/// Which of [`SHADES`] the share of items has that two regions can handle for each other.
fn shade(pair: &PairSummary) -> usize {
    match (pair.possible, pair.both) {
        (0, 1..) => 0,
        (possible, both) if possible == both => 4,
        (possible, both) if possible * 2 < both => 1,
        (possible, both) if possible * 10 < both * 9 => 2,
        _ => 3,
    }
}

/// Regions × regions: how many of the items that both have can be handled for each other.
fn write_matrix(sheet: &mut Worksheet, report: &Pairwise, style: &Style<'_>) -> Result<(), XlsxError> {
    let bold = sheet::bold().set_text_wrap();
    let centred = Format::new().set_align(FormatAlign::Center);
    let shades = SHADES.map(|color| centred.clone().set_background_color(Color::RGB(color)));
    sheet.write_string_with_format(0, 0, style.text("pairwise-by-pair"), &bold)?;
    sheet.set_column_width(0, 30)?;
    for at in 0..report.regions.len() {
        let name = sheet::text(region(report, at));
        sheet.write_string_with_format(0, sheet::column(at + 1), &name, &bold)?;
        sheet.write_string_with_format(sheet::row(at + 1), 0, &name, &bold)?;
        sheet.write_string_with_format(sheet::row(at + 1), sheet::column(at + 1), "—", &centred)?;
        sheet.set_column_width(sheet::column(at + 1), 12)?;
    }
    for pair in &report.pairs {
        let text = share(pair.possible, pair.both, pair.unknown);
        let (left, right) = pair.regions;
        for (row, column) in [(left, right), (right, left)] {
            let (row, column) = (sheet::row(row + 1), sheet::column(column + 1));
            sheet.write_string_with_format(row, column, &text, &shades[shade(pair)])?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// A row for each item and each two regions that cannot handle it for each other, or of which it cannot be told, or only because a
/// variance allows what differs.
fn write_obstacles(sheet: &mut Worksheet, report: &Pairwise, style: &Style<'_>) -> Result<(), XlsxError> {
    let words = ["possible", "blocked", "unknown"].map(|word| (word, style.text(&format!("pairwise-{word}"))));
    let mut list = List::new(sheet, &OBSTACLES, 3, MOST)?;
    for item in &report.items {
        for pair in report.listed(item) {
            if pair.word() == "possible" && pair.allowed.is_empty() {
                continue;
            }
            let (left, right) = pair.regions;
            let id = |at: usize| report.regions.get(at).map_or("", |(id, _)| id.as_str());
            let word = words.iter().find(|(word, _)| *word == pair.word());
            list.row::<&str>(&[
                &item.code,
                item.handling.as_deref().unwrap_or_default(),
                &item.name,
                id(left),
                region(report, left),
                id(right),
                region(report, right),
                word.map_or("", |(_, text)| text.as_str()),
                &elements(report, &pair.blocked, style),
                &elements(report, &pair.unknown, style),
                &elements(report, &pair.allowed, style),
            ])?;
        }
    }
    list.finish(style)?;
    Ok(())
}

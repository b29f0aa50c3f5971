//! The sheet 矩阵 of N regions: the map item × region, with colours and figures.
//!
//! Must not compute beyond counting what is listed.

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::super::super::sheet::Column;
use super::super::super::{Style, sheet, show};
use super::super::heat;
use super::rounded;
use crate::model::{ItemReport, Mark, Uniformity};

/// The columns before those of the regions.
const COLUMNS: [Column; 4] = [
    Column::text("事项编码", 16.0),
    Column::text("业务办理项", 12.0),
    Column::text("事项名称", 36.0),
    Column::number("指数", 8.0),
];

/// The colours of a map, from nowhere to everywhere. Each spot has its number, too.
const HEAT: [u32; 5] = [0x00E2_EFDA, 0x00FF_F2CC, 0x00FF_D966, 0x00F4_B084, 0x00F8_696B];

/// The colour of what differs without a reference.
const OPEN: u32 = 0x00D9_E1F2;

/// The sheet 矩阵: item × region, a number of elements in each spot.
pub(super) fn write(
    sheet: &mut Worksheet,
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    let bold = sheet::bold().set_text_wrap();
    let wrapped = sheet::wrapped();
    let shades = HEAT.map(|color| {
        Format::new()
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(color))
    });
    let nothing = Format::new()
        .set_align(FormatAlign::Center)
        .set_font_color(Color::RGB(0x0080_8080));
    let open = Format::new()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(OPEN));
    // What the colours mean stands above them, each in its colour.
    sheet.merge_range(0, 0, 0, 3, &style.text("matrix-legend"), &wrapped)?;
    sheet.set_row_height(0, 32)?;
    for (column, (shade, meaning)) in (4..).zip(shades.iter().zip(["0", "1", "2", "3–4", "5+"])) {
        sheet.write_string_with_format(0, column, meaning, shade)?;
    }
    sheet.write_string_with_format(0, 9, "≠", &open)?;
    sheet::head(sheet, &COLUMNS, 1, 3)?;
    let sides = style.sides(report);
    for (at, &side) in sides.iter().enumerate() {
        let name = sheet::text(&show::region(&report.regions[side]));
        sheet.write_string_with_format(1, sheet::column(4 + at), name, &bold)?;
        sheet.set_column_width(sheet::column(4 + at), 9.0)?;
    }
    for (row, item) in (2..).zip(items.iter().take(most)) {
        let texts =
            [&item.code, item.handling.as_ref().unwrap_or(&String::new()), &item.name].map(|text| sheet::text(text));
        for (column, text) in (0..).zip(texts) {
            sheet.write_string_with_format(row, column, text, &wrapped)?;
        }
        sheet.write_number_with_format(row, 3, rounded(item.index), &wrapped)?;
        let spots = heat::of_item(item, report, style);
        for (at, &side) in sides.iter().enumerate() {
            let column = sheet::column(4 + at);
            match spots[side] {
                // What is a number can be sorted; what has no reference is none.
                heat::Spot::Heat(heat, dark)
                    if matches!(heat.mark(), Mark::Alike | Mark::Differs) && heat.open == 0 =>
                {
                    sheet.write_number_with_format(row, column, heat.deviating as f64, &shades[dark.min(4)])?
                }
                heat::Spot::Heat(heat, dark) if heat.mark() == Mark::Differs => sheet.write_string_with_format(
                    row,
                    column,
                    heat.figure(),
                    if dark == 0 { &open } else { &shades[dark.min(4)] },
                )?,
                spot => sheet.write_string_with_format(row, column, spot.text(""), &nothing)?,
            };
        }
    }
    let last = sheet::row(1 + items.len().min(most));
    sheet.autofilter(1, 0, last, sheet::column(3 + sides.len()))?;
    sheet::cut(sheet, items.len(), most, last + 2, style)
}

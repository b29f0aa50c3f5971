//! N regions as a workbook that is divided among people: a summary, the map item × region, the differences with filters, and a sheet for
//! each region with a column for its answer. Chinese in every language, as the CSV is.
//!
//! Must not compute beyond counting what is listed. Texts are written as strings: nothing in the data can become a formula or a link.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::super::csv::detail;
use super::super::{Style, sheet, show};
use super::rows::{About, HEADERS, NUMBERS, about, of_cell};
use super::{heat, notes};
use crate::model::{ElementReport, ItemReport, Uniformity};

/// Rows of a sheet, less its headers and what is said of a cut.
const MOST: usize = sheet::MOST - 8;

/// What a region can answer.
const ANSWERS: [&str; 3] = ["采纳", "不采纳", "说明"];

/// The headers of a region's sheet; the last two are for its answer.
const REGION_HEADERS: [&str; 17] = [
    "事项编码",
    "业务办理项",
    "事项名称",
    "要素",
    "本地说法",
    "参照值",
    "参照来源",
    "支持",
    "增加",
    "减少",
    "变化",
    "依法要求",
    "文件",
    "工作表",
    "行",
    "区域答复",
    "答复说明",
];

const REGION_WIDTHS: [f64; 17] = [
    16.0, 12.0, 26.0, 12.0, 40.0, 40.0, 10.0, 8.0, 24.0, 24.0, 30.0, 14.0, 18.0, 10.0, 6.0, 12.0, 40.0,
];

/// How wide the columns of the differences are, in characters.
const WIDTHS: [f64; 25] = [
    16.0, 12.0, 26.0, 12.0, 10.0, 10.0, 40.0, 10.0, 8.0, 20.0, 8.0, 40.0, 10.0, 24.0, 24.0, 30.0, 18.0, 10.0, 6.0,
    12.0, 24.0, 14.0, 6.0, 24.0, 10.0,
];

/// Writes N regions.
pub(in super::super) fn write(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(report, &style.chinese(), MOST).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// What the longest sheet cannot hold, in words.
pub(in super::super) fn left_out(report: &Uniformity, style: &Style<'_>) -> Option<String> {
    let items = style.items(report);
    let odd = |cell: &ElementReport| {
        cell.groups
            .iter()
            .filter(|group| about(cell, group) == About::Odd)
            .count()
    };
    let rows: usize = listed(&items, style).map(|(_, cell)| odd(cell)).sum();
    let count = rows.max(items.len());
    let args = [("shown", MOST.to_string()), ("count", count.to_string())];
    (count > MOST).then(|| style.with("rows-cut", &args))
}

fn workbook(report: &Uniformity, style: &Style<'_>, most: usize) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = sheet::book()?;
    let mut names = sheet::Names::default();
    let mut add = |workbook: &mut Workbook, name: &str| -> Result<(), XlsxError> {
        workbook.add_worksheet().set_name(names.name(name))?;
        Ok(())
    };
    let sides = style.sides(report);
    for name in ["汇总", "矩阵", "差异"] {
        add(&mut workbook, name)?;
    }
    for &side in &sides {
        add(&mut workbook, &show::region(&report.regions[side]))?;
    }
    let items = style.items(report);
    let [summary, matrix, differences, regions @ ..] = workbook.worksheets_mut().as_mut_slice() else {
        return workbook.save_to_buffer();
    };
    Summary::new(summary, style).write(report)?;
    write_matrix(matrix, &items, report, style, most)?;
    write_differences(differences, &items, report, style, most)?;
    for (sheet, &side) in regions.iter_mut().zip(&sides) {
        write_region(sheet, side, &items, report, style, most)?;
    }
    workbook.save_to_buffer()
}

/// A number of a row or column as Excel counts.
fn at(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn column(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// The sheet 汇总: blocks one under the other.
struct Summary<'a> {
    sheet: &'a mut Worksheet,
    style: &'a Style<'a>,
    row: u32,
    bold: Format,
    wrapped: Format,
}

impl<'a> Summary<'a> {
    fn new(sheet: &'a mut Worksheet, style: &'a Style<'a>) -> Self {
        Summary {
            sheet,
            style,
            row: 0,
            bold: sheet::bold(),
            wrapped: sheet::wrapped(),
        }
    }

    fn write(mut self, report: &Uniformity) -> Result<(), XlsxError> {
        let style = self.style;
        for (column, width) in [(0, 30.0), (1, 70.0)] {
            self.sheet.set_column_width(column, width)?;
        }
        self.title(&style.text("report-title"))?;
        for (name, value) in show::summary(report, style) {
            self.sheet
                .write_string_with_format(self.row, 0, sheet::text(&name), &self.wrapped)?;
            self.sheet
                .write_string_with_format(self.row, 1, sheet::text(&value), &self.wrapped)?;
            self.row += 1;
        }
        if let Some(only) = notes::only(report, style) {
            self.lines(&[only])?;
        }
        self.title(&style.text("report-by-element"))?;
        let keys = ["col-element", "col-standing", "col-index", "col-cells", "col-deviating"];
        self.headers(&keys)?;
        for element in &report.elements {
            let texts = [
                style.element(&element.element).to_owned(),
                notes::standing_text(element.standing, style),
            ];
            self.line(&texts, &[element.index, element.cells as f64, element.deviating as f64])?;
        }
        self.title(&style.text("report-by-region"))?;
        let keys = [
            "col-region",
            "col-region",
            "col-index",
            "col-must-equal",
            "col-items",
            "col-rows",
            "col-compared",
            "col-divided",
            "col-only",
            "col-duplicate",
        ];
        self.headers(&keys)?;
        for region in &report.regions {
            let of = region.accounting;
            let counts = [
                region.must_equal,
                region.items,
                region.rows,
                of.compared,
                of.divided,
                of.only_here,
                of.duplicate,
            ];
            let mut numbers = vec![region.index];
            // No count of rows is too large for a double.
            numbers.extend(counts.map(|count| count as f64));
            self.line(&[region.id.clone(), region.name.clone()], &numbers)?;
        }
        let gains = report
            .gains
            .iter()
            .take(style.top)
            .map(|gain| notes::gain(gain, report, style));
        let mut gains: Vec<String> = gains.collect();
        gains.extend(notes::more(report.gains.len(), style.top, style));
        self.block("report-gains", report.gains.len(), &gains)
    }

    fn block(&mut self, title: &str, count: usize, lines: &[String]) -> Result<(), XlsxError> {
        if lines.is_empty() {
            return Ok(());
        }
        self.title(&self.style.with(title, &[("count", count.to_string())]))?;
        self.lines(lines)
    }

    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += u32::from(self.row > 0);
        let large = Format::new().set_bold().set_font_size(13.0);
        self.sheet.write_string_with_format(self.row, 0, text, &large)?;
        self.row += 1;
        Ok(())
    }

    fn lines(&mut self, lines: &[String]) -> Result<(), XlsxError> {
        for line in lines {
            self.sheet.write_string(self.row, 0, sheet::text(line))?;
            self.row += 1;
        }
        Ok(())
    }

    fn headers(&mut self, keys: &[&str]) -> Result<(), XlsxError> {
        for (column, key) in (0..).zip(keys) {
            self.sheet
                .write_string_with_format(self.row, column, self.style.text(key), &self.bold)?;
        }
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, texts: &[String], numbers: &[f64]) -> Result<(), XlsxError> {
        for (column, text) in (0..).zip(texts) {
            self.sheet
                .write_string_with_format(self.row, column, sheet::text(text), &self.wrapped)?;
        }
        for (column, number) in (column(texts.len())..).zip(numbers) {
            self.sheet.write_number(self.row, column, rounded(*number))?;
        }
        self.row += 1;
        Ok(())
    }
}

/// Indexes have three places everywhere.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

/// The colours of a map, from nowhere to everywhere. Each spot has its number, too.
const HEAT: [u32; 5] = [0x00E2_EFDA, 0x00FF_F2CC, 0x00FF_D966, 0x00F4_B084, 0x00F8_696B];

/// The sheet 矩阵: item × region, a number of elements in each spot.
fn write_matrix(
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
    // What the colours mean stands above them, each in its colour.
    sheet.merge_range(0, 0, 0, 3, &style.text("matrix-legend"), &wrapped)?;
    sheet.set_row_height(0, 32)?;
    for (column, (shade, meaning)) in (4..).zip(shades.iter().zip(["0", "1", "2", "3–4", "5+"])) {
        sheet.write_string_with_format(0, column, meaning, shade)?;
    }
    let heads = [
        ("事项编码", 16.0),
        ("业务办理项", 12.0),
        ("事项名称", 36.0),
        ("指数", 8.0),
    ];
    for (column, (name, width)) in (0..).zip(heads) {
        sheet.write_string_with_format(1, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    let sides = style.sides(report);
    for (at, &side) in sides.iter().enumerate() {
        let name = sheet::text(&show::region(&report.regions[side]));
        sheet.write_string_with_format(1, column(4 + at), name, &bold)?;
        sheet.set_column_width(column(4 + at), 9.0)?;
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
            let column = column(4 + at);
            match spots[side] {
                heat::Spot::Nothing => sheet.write_string_with_format(row, column, "-", &nothing)?,
                heat::Spot::Whole => sheet.write_string_with_format(row, column, "=", &nothing)?,
                heat::Spot::Count(count, dark) => {
                    sheet.write_number_with_format(row, column, count as f64, &shades[dark.min(4)])?
                }
            };
        }
    }
    sheet.set_freeze_panes(2, 3)?;
    let last = at(1 + items.len().min(most));
    sheet.autofilter(1, 0, last, column(3 + sides.len()))?;
    told(sheet, items.len(), most, last + 2, style)
}

/// The sheet 差异: a row for each group of regions that differs.
fn write_differences(
    sheet: &mut Worksheet,
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    sheet::head(sheet, &HEADERS, &WIDTHS)?;
    sheet.set_freeze_panes(1, 3)?;
    let wrapped = sheet::wrapped();
    let mut count = 0;
    for (item, cell) in listed(items, style) {
        for row in of_cell(item, cell, report, style) {
            if row.about != About::Odd {
                continue;
            }
            count += 1;
            if count > most {
                continue;
            }
            for (at_column, text) in row.cells.iter().enumerate() {
                let (at, column) = (at(count), column(at_column));
                match text.parse::<f64>().ok().filter(|_| NUMBERS.contains(&at_column)) {
                    Some(number) => sheet.write_number_with_format(at, column, number, &wrapped)?,
                    None => sheet.write_string_with_format(at, column, sheet::text(text), &wrapped)?,
                };
            }
        }
    }
    let last = at(count.min(most));
    sheet.autofilter(0, 0, last, column(HEADERS.len() - 1))?;
    told(sheet, count, most, last + 2, style)
}

/// The cells that are listed, with their items.
fn listed<'r>(
    items: &[&'r ItemReport],
    style: &Style<'_>,
) -> impl Iterator<Item = (&'r ItemReport, &'r ElementReport)> {
    items
        .iter()
        .flat_map(move |item| style.listed(item).map(move |cell| (*item, cell)))
}

/// The sheet of a region: where it differs, and room for its answer.
fn write_region(
    sheet: &mut Worksheet,
    side: usize,
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    sheet::head(sheet, &REGION_HEADERS, &REGION_WIDTHS)?;
    sheet.set_freeze_panes(1, 3)?;
    let wrapped = sheet::wrapped();
    let answer = sheet::wrapped().set_background_color(Color::RGB(0x00FF_F2CC));
    let mut count = 0;
    for (item, cell) in listed(items, style) {
        let Some(group) = cell.groups.iter().find(|group| group.regions.contains(&side)) else {
            continue;
        };
        if !show::differs(cell, side) {
            continue;
        }
        count += 1;
        if count > most {
            continue;
        }
        let own = group.regions.iter().position(|region| *region == side);
        let place = own.and_then(|at| group.places.get(at));
        let standing = notes::standing_text(notes::standing(report, &cell.element), style);
        let [added, removed, changed] = detail(&group.judgement, style);
        let texts = [
            item.code.clone(),
            item.handling.clone().unwrap_or_default(),
            item.name.clone(),
            style.element(&cell.element).to_owned(),
            group.normal.clone(),
            cell.reference.normal.clone().unwrap_or_default(),
            style.text(&format!("from-{}", cell.reference.from.word())),
            format!("{}/{}", cell.reference.support.0, cell.reference.support.1),
            added,
            removed,
            changed,
            standing,
            place.map(|place| place.file.to_string()).unwrap_or_default(),
            place
                .and_then(|place| place.sheet.as_deref())
                .unwrap_or_default()
                .to_owned(),
        ];
        let row = at(count);
        for (column, text) in (0..).zip(&texts) {
            sheet.write_string_with_format(row, column, sheet::text(text), &wrapped)?;
        }
        if let Some(place) = place {
            sheet.write_number_with_format(row, column(texts.len()), place.row, &wrapped)?;
        }
        for column in [column(texts.len() + 1), column(texts.len() + 2)] {
            sheet.write_blank(row, column, &answer)?;
        }
    }
    let last = at(count.min(most));
    sheet.autofilter(0, 0, last, column(REGION_HEADERS.len() - 1))?;
    if count > 0 {
        let answers = DataValidation::new()
            .allow_list_strings(&ANSWERS)?
            .set_error_message(style.text("region-answer"))?;
        let column = column(REGION_HEADERS.len() - 2);
        sheet.add_data_validation(1, column, last, column, &answers)?;
    }
    told(sheet, count, most, last + 2, style)
}

/// Says under a list what was cut from it.
fn told(sheet: &mut Worksheet, count: usize, most: usize, row: u32, style: &Style<'_>) -> Result<(), XlsxError> {
    if let Some(more) = notes::more(count, most, style) {
        sheet.write_string(row, 0, more)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::super::super::{By, Only};
    use super::*;
    use crate::messages::{Lang, Messages};
    use crate::model::{
        Accounting, Burden, Class, Detail, Group, Judgement, Place, Reference, ReferenceFrom, RegionIndex, Verdict, Why,
    };

    fn item(at: usize) -> ItemReport {
        let group = |region: usize| Group {
            normal: format!("说法{region}"),
            regions: vec![region],
            place: Place::default(),
            places: Vec::new(),
            judgement: Judgement {
                verdict: Verdict::Substantive,
                detail: Detail::default(),
                why: Why::Plain,
                relation: None,
            },
        };
        let cell = ElementReport {
            element: "fees".to_owned(),
            class: Class::Split,
            reference: Reference {
                normal: None,
                from: ReferenceFrom::None,
                support: (1, 2),
            },
            groups: vec![group(0), group(1)],
            missing: Vec::new(),
            unknown: Vec::new(),
            deviating: Vec::new(),
            must_equal: Vec::new(),
            other_law: Vec::new(),
            allowed: Vec::new(),
            tied: 2,
            notation: 0,
            level: 0,
            index: 0.5,
        };
        ItemReport {
            code: format!("{at:012}"),
            handling: None,
            name: "某许可".to_owned(),
            index: 0.5,
            elements: vec![cell].into(),
            present: vec![0, 1],
            absent: Vec::new(),
            divided: Vec::new(),
            in_directory: None,
            pairing: None,
            burdens: Vec::new(),
            best: Vec::new(),
        }
    }

    /// What a sheet cannot hold is said in it; the other sheets have their own room.
    #[test]
    fn what_is_cut_is_said() {
        let region = |id: &str| RegionIndex {
            id: id.to_owned(),
            name: String::new(),
            rows: 5,
            items: 5,
            index: 0.0,
            accounting: Accounting::default(),
            must_equal: 0,
            copy_of: None,
            cells: 5,
            open: 0,
            looks_like: None,
            within: 0,
            burden: Burden::default(),
            saving: Burden::default(),
        };
        let report = Uniformity {
            regions: vec![region("a"), region("A")],
            directory_rows: 0,
            items: (0..5).map(item).collect(),
            elements: Vec::new(),
            items_compared: 5,
            items_uniform: 0,
            cells: 5,
            cells_deviating: 5,
            index: 0.5,
            notation: 0,
            level: 0,
            cells_must_equal: 0,
            cells_open: 0,
            within: Vec::new(),
            variances: Vec::new(),
            gains: Vec::new(),
            years: Vec::new(),
            unhandled: Vec::new(),
        };
        let messages = Messages::new(Lang::Zh, &[]);
        let elements = HashMap::new();
        let style = Style {
            messages: &messages,
            both: [&messages; 2],
            color: false,
            width: 120,
            profile: "",
            elements: &elements,
            item: None,
            only: Only::default(),
            by: By::Item,
            explain: false,
            top: 1,
            raw_csv: false,
        };
        let bytes = workbook(&report, &style, 3).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["汇总", "矩阵", "差异", "a", "A(2)"]);
        for (sheet, header, rest) in [("矩阵", 2, 2), ("差异", 1, 7), ("a", 1, 2), ("A(2)", 1, 2)] {
            let rows = book.worksheet_range(sheet).unwrap();
            let codes = rows.rows().skip(header).filter(|row| row[0].to_string().len() == 12);
            assert_eq!(codes.count(), 3, "{sheet}");
            let told = Data::String(messages.with("and-more", &[("count", rest.to_string())]));
            assert!(rows.rows().any(|row| row[0] == told), "{sheet} {rest}");
        }
        assert_eq!(left_out(&report, &style), None);
    }
}

//! N regions as a workbook that is divided among people: a summary, the map item × region, the differences with filters, what bodies of
//! one region say differently, how far the comparison goes, and a sheet for each region with a column for its answer. Chinese in every
//! language, as the CSV is.
//!
//! Must not compute beyond counting what is listed. Texts are written as strings: nothing in the data can become a formula or a link.

mod lists;
mod matrix;
mod summary;

use std::io::{self, Write};

use rust_xlsxwriter::XlsxError;

use super::super::{Style, sheet, show};
use super::rows::{self, Wanted};
use crate::model::Uniformity;

/// Rows of a sheet, less its headers and what is said of a cut.
const MOST: usize = sheet::MOST - 8;

/// Writes N regions.
pub(in crate::report) fn write(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(report, &style.chinese(), MOST).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// What the longest sheet cannot hold, in words.
pub(in crate::report) fn left_out(report: &Uniformity, style: &Style<'_>) -> Option<String> {
    let rows = rows::count(report, Wanted::Odd, style);
    let count = rows.max(style.items(report).len());
    let args = [("shown", MOST.to_string()), ("count", count.to_string())];
    (count > MOST).then(|| style.with("rows-cut", &args))
}

fn workbook(report: &Uniformity, style: &Style<'_>, most: usize) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = sheet::book()?;
    let mut names = sheet::Names::default();
    let sides = style.sides(report);
    let fixed = ["汇总", "矩阵", "差异", "区内差异", "范围与未比较"].map(str::to_owned);
    let regions = sides.iter().map(|&side| show::region(&report.regions[side]));
    for name in fixed.into_iter().chain(regions) {
        workbook.add_worksheet().set_name(names.name(&name))?;
    }
    let items = style.items(report);
    let [summary, matrix, differences, within, coverage, regions @ ..] = workbook.worksheets_mut().as_mut_slice()
    else {
        return workbook.save_to_buffer();
    };
    summary::write(summary, report, style)?;
    matrix::write(matrix, &items, report, style, most)?;
    lists::differences(differences, report, style, most)?;
    lists::within(within, report, style, most)?;
    lists::coverage(coverage, report, style, most)?;
    for (sheet, &side) in regions.iter_mut().zip(&sides) {
        lists::region(sheet, side, report, style, most)?;
    }
    workbook.save_to_buffer()
}

/// Indexes have three places everywhere.
fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::messages::{Lang, Messages};
    use crate::model::{
        Accounting, Burden, Class, Detail, ElementReport, Group, ItemReport, Judgement, Place, Reference,
        ReferenceFrom, RegionIndex, Verdict, Why,
    };
    use crate::report::{By, Only};

    fn item(at: usize) -> ItemReport {
        let group = |region: usize| Group {
            normal: format!("说法{region}"),
            regions: vec![region],
            named: region,
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
                side: None,
                support: (1, 2),
            },
            groups: vec![group(0), group(1)],
            missing: Vec::new(),
            unknown: Vec::new(),
            less: Vec::new(),
            deviating: Vec::new(),
            must_equal: Vec::new(),
            other_law: Vec::new(),
            bodies_differ: Vec::new(),
            allowed: Vec::new(),
            tied: 2,
            notation: 0,
            level: 0,
            index: 0.5,
        };
        ItemReport {
            code: format!("{at:012}"),
            handling: None,
            handling_code: None,
            counted: true,
            name: "某许可".to_owned(),
            index: 0.5,
            elements: vec![cell].into(),
            present: vec![0, 1],
            absent: Vec::new(),
            divided: Vec::new(),
            rest: false,
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
            units_compared: 5,
            units_deviating: 5,
            waiting: Default::default(),
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
            blocks: true,
            profile: "",
            elements: &elements,
            item: None,
            only: Only::default(),
            by: By::Item,
            explain: false,
            top: 1,
            raw_csv: false,
            trend: None,
        };
        let bytes = workbook(&report, &style, 3).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        assert_eq!(
            book.sheet_names(),
            ["汇总", "矩阵", "差异", "区内差异", "范围与未比较", "a", "A(2)"]
        );
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

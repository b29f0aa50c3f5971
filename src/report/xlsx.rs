//! A workbook of findings, for people who divide the work in Excel: a sheet 问题 that can be filtered, and a sheet 汇总 by rule. Chinese
//! in every language, as the CSV is.
//!
//! Must not compute. Texts are written as strings: nothing in the data can become a formula or a link.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, XlsxError};

use super::sheet::{self, Column, MOST};
use super::{LintReport, Style, cut, show, statistics};
use crate::model::Severity;

/// Which of [`show::LINT_HEADERS`] is a number, and which has the colour.
const ROW: u16 = 2;
const SEVERITY: u16 = 6;

/// How wide the columns are, in characters.
const WIDTHS: [f64; 14] = [
    24.0, 12.0, 6.0, 14.0, 9.0, 24.0, 6.0, 50.0, 10.0, 16.0, 14.0, 30.0, 50.0, 30.0,
];

/// The columns of the sheet 汇总.
const TOTALS: [Column; 8] = [
    Column::text("规则", 9.0),
    Column::text("规则名", 24.0),
    Column::text("级别", 6.0),
    Column::number("数量", 8.0),
    Column::number("可自动改", 9.0),
    Column::text("标题", 40.0),
    Column::text("依据", 50.0),
    Column::text("怎么改", 50.0),
];

/// Writes findings.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(report, &style.chinese(), MOST).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(report: &LintReport<'_>, style: &Style<'_>, most: usize) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = sheet::book()?;
    let wrapped = sheet::wrapped();
    let formats = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
        let color = match severity {
            Severity::Error => Color::RGB(0x00F8_CBAD),
            Severity::Warning => Color::RGB(0x00FF_E699),
            Severity::Info => Color::RGB(0x00DD_EBF7),
        };
        (severity, wrapped.clone().set_background_color(color))
    });
    let tinted = |severity: Severity| {
        let found = formats.iter().find(|(of, _)| *of == severity);
        found.map_or(&wrapped, |(_, format)| format)
    };

    let page = workbook.add_worksheet();
    page.set_name("问题")?;
    let columns = show::LINT_HEADERS.iter().zip(WIDTHS);
    let columns: Vec<Column> = columns.map(|(name, width)| Column::text(name, width)).collect();
    sheet::head(page, &columns, 0, 0)?;
    let written = report.findings.len().min(most);
    for (at, finding) in (1_u32..).zip(report.findings.iter().take(most)) {
        for (column, text) in (0_u16..).zip(show::lint_row(finding, report, style)) {
            match column {
                ROW => page.write_number_with_format(at, column, finding.place.row, &wrapped)?,
                SEVERITY => page.write_string_with_format(at, column, text, tinted(finding.severity))?,
                _ => page.write_string_with_format(at, column, sheet::text(&text), &wrapped)?,
            };
        }
    }
    let last = u32::try_from(written).unwrap_or(u32::MAX);
    page.autofilter(0, 0, last, u16::try_from(WIDTHS.len() - 1).unwrap_or(u16::MAX))?;

    let page = workbook.add_worksheet();
    page.set_name("汇总")?;
    sheet::head(page, &TOTALS, 0, 0)?;
    let mut at = 1;
    for counted in statistics::of(report) {
        let rule = report.rule(&counted.code);
        let severity = style.text(&format!("severity-{}", counted.severity.word()));
        let [title, _] = &counted.title;
        let texts = [
            (0, counted.code.as_str()),
            (1, &counted.name),
            (5, title),
            (6, rule.map_or("", |rule| &rule.ground)),
            (7, rule.map_or("", |rule| &rule.todo[0])),
        ];
        for (column, text) in texts {
            page.write_string_with_format(at, column, sheet::text(text), &wrapped)?;
        }
        page.write_string_with_format(at, 2, severity, tinted(counted.severity))?;
        // More than any sheet holds is still exact in a double.
        page.write_number_with_format(at, 3, counted.count as f64, &wrapped)?;
        page.write_number_with_format(at, 4, counted.fixable as f64, &wrapped)?;
        at += 1;
    }
    page.write_string(at + 1, 0, show::lint_summary(report, style))?;
    if let Some(cut) = cut(report.findings.len(), most, style) {
        page.write_string(at + 2, 0, cut)?;
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::messages::{Lang, Messages};
    use crate::model::{Catalogue, Finding, Place};

    /// Texts stay texts, and what a sheet cannot hold is said in it.
    #[test]
    fn texts_are_strings_and_what_is_cut_is_said() {
        let rules = crate::profile::rules().unwrap();
        let mut rule = rules[0].0.clone();
        rule.code = "XYZ001".to_owned();
        let messages = Messages::new(Lang::Zh, &[(rule, ["{ $text }".to_owned(), String::new()])]);
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
            only: crate::report::Only::default(),
            by: crate::report::By::Item,
            explain: false,
            top: 1,
            raw_csv: false,
            trend: None,
        };
        let long = "长".repeat(40_000);
        let texts = ["=1+1", "http://a.invalid", "\u{1b}[2J", "mailto:a@b.invalid", &long];
        let finding = |text: &&str| Finding {
            rule: "XYZ001".into(),
            severity: Severity::Error,
            args: vec![("text", (*text).to_owned())],
            place: Place {
                file: "=A1.csv".into(),
                row: 2,
                ..Place::default()
            },
            cell: None,
            region: "".into(),
            item: "".into(),
            element: "".into(),
            fix: None,
        };
        let catalogue = Catalogue::default();
        let report = LintReport {
            files: 1,
            rows: 1,
            incomplete: false,
            findings: texts.iter().map(finding).collect(),
            rules: Vec::new(),
            catalogue: &catalogue,
            names: Vec::new(),
        };
        let bytes = workbook(&report, &style, 4).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range("问题").unwrap();
        let shown: Vec<&Data> = sheet.rows().skip(1).map(|row| &row[7]).collect();
        let wanted = ["=1+1", "http://a.invalid", "⟨U+001B⟩[2J", "mailto:a@b.invalid"];
        assert_eq!(shown, wanted.map(|text| Data::String(text.to_owned())).each_ref());
        assert_eq!(sheet.get((1, 0)), Some(&Data::String("=A1.csv".to_owned())));
        assert!(book.worksheet_formula("问题").unwrap().is_empty());
        let totals = book.worksheet_range("汇总").unwrap();
        assert_eq!(totals.get((1, 3)), Some(&Data::Float(5.0)));
        let told = messages.with("findings-cut", &[("shown", "4".to_owned()), ("count", "5".to_owned())]);
        assert!(totals.rows().any(|row| row[0] == Data::String(told.clone())));
        // Excel takes no more than 32,767 characters in a cell.
        assert!(workbook(&report, &style, MOST).is_ok());
    }
}

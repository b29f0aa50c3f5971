//! The sheet 汇总 of N regions: figures in blocks one under the other.
//!
//! Must not compute.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::super::super::{Style, sheet, show};
use super::super::coverage::coverage;
use super::super::notes;
use super::rounded;
use crate::model::Uniformity;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, report: &Uniformity, style: &Style<'_>) -> Result<(), XlsxError> {
    Summary::new(sheet, style).write(report)
}

/// Blocks one under the other.
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
        let all = notes::against_directory(report, style);
        let mut against: Vec<String> = all.iter().take(style.top).cloned().collect();
        against.extend(notes::more(all.len(), style.top, style));
        self.block("report-against", all.len(), &against)?;
        let gains = report
            .gains
            .iter()
            .take(style.top)
            .map(|gain| notes::gain(gain, report, style));
        let mut gains: Vec<String> = gains.collect();
        gains.extend(notes::more(report.gains.len(), style.top, style));
        self.block("report-gains", report.gains.len(), &gains)?;
        // What was not compared is listed in a sheet of its own.
        let counted = coverage(report).into_iter().map(|(key, entries)| {
            let count = [("count", entries.len().to_string())];
            style.with(&format!("cover-{key}"), &count)
        });
        let mut lines: Vec<String> = counted.collect();
        lines.push(notes::folded(report, style));
        self.title(&style.text("html-coverage"))?;
        self.lines(&lines)
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
        for (column, number) in (sheet::column(texts.len())..).zip(numbers) {
            self.sheet.write_number(self.row, column, rounded(*number))?;
        }
        self.row += 1;
        Ok(())
    }
}

//! CSV: one row per statement, with Chinese headers, for Excel and for programs. Cells that could start a formula are guarded.
//!
//! Must not compute.

use std::io::{self, Write};

use csv::WriterBuilder;

use super::escape::guard;
use super::{Document, LintReport, Style, history, law, pairwise, patch, show, statistics, uniformity};
use crate::model::{Judgement, RegionDiff};

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => write_diff(diff, style, out),
        Document::Report(report) => uniformity::csv(report, style, out),
        Document::Lint(report) => write_lint(report, style, out),
        Document::Statistics(report) => statistics::csv(report, style, out),
        Document::Patch(report) => patch::csv(report, style, out),
        Document::Pairwise(report) => pairwise::csv(report, style, out),
        Document::LawCheck(report) => law::check::csv(report, style, out),
        Document::LawImpact(report) => law::impact::csv(report, style, out),
        Document::LawItems(report) => law::items::csv(report, style, out),
        Document::History(told) => history::csv(told, style, out),
    }
}

pub(super) struct Rows<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    raw: bool,
}

impl<'a> Rows<'a> {
    /// `raw` leaves cells as they are, also where a spreadsheet would take them for formulas.
    pub(super) fn new(out: &'a mut dyn Write, headers: &[&str], raw: bool) -> io::Result<Self> {
        // Excel ends rows with CR LF, and so does RFC 4180.
        let mut writer = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(headers).map_err(of_output)?;
        Ok(Rows { writer, raw })
    }

    pub(super) fn row(&mut self, cells: &[String]) -> io::Result<()> {
        let written = match self.raw {
            true => self.writer.write_record(cells),
            false => self
                .writer
                .write_record(cells.iter().map(|cell| guard(cell).into_owned())),
        };
        written.map_err(of_output)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// What the output says, without what `csv` puts around it: a closed pipe is known by its kind.
fn of_output(error: csv::Error) -> io::Error {
    match error.is_io_error() {
        true => match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        },
        false => error.into(),
    }
}

/// What was added, dropped and changed, a column each.
pub(super) fn detail(judgement: &Judgement, style: &Style<'_>) -> [String; 3] {
    let detail = &judgement.detail;
    let mut changed = detail
        .changed
        .iter()
        .map(|change| {
            let relation = show::relation(change.relation, change.by.as_deref(), style);
            format!("{} → {}{relation}", change.from, change.to)
        })
        .collect::<Vec<_>>();
    if detail.changed.iter().all(|change| change.relation.is_none()) && judgement.relation.is_some() {
        changed.push(show::relation(judgement.relation, None, style));
    }
    [detail.added.join("；"), detail.removed.join("；"), changed.join("；")]
}

fn write_diff(diff: &RegionDiff, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut headers = vec![
        "事项编码",
        "业务办理项",
        "事项名称",
        "要素",
        "结论",
        "左原文",
        "右原文",
        "左规范值",
        "右规范值",
        "增加",
        "减少",
        "变化",
        "说明",
        "左文件",
        "左工作表",
        "左行",
        "左列",
        "右文件",
        "右工作表",
        "右行",
        "右列",
    ];
    if diff.by_region {
        headers.push("区域");
    }
    let mut rows = Rows::new(out, &headers, style.raw_csv)?;
    for difference in diff
        .differences
        .iter()
        .filter(|difference| style.shows_difference(difference))
    {
        let judgement = &difference.judgement;
        let mut row = vec![
            difference.code.clone(),
            difference.handling.clone().unwrap_or_default(),
            difference.name.clone(),
            style
                .elements
                .get(&difference.element)
                .map_or(difference.element.clone(), |names| names[0].clone()),
            style.text(&format!("verdict-{}", judgement.verdict.word())),
            difference.left.raw.shown().to_owned(),
            difference.right.raw.shown().to_owned(),
            difference.left.normal.clone(),
            difference.right.normal.clone(),
        ];
        row.extend(detail(judgement, style));
        let mut why = vec![style.text(&format!("why-{}", judgement.why.word()))];
        why.extend(show::unsaid(difference, style));
        if style.explain {
            why.extend(show::explanation(difference, style));
        }
        why.retain(|line| !line.is_empty());
        row.push(why.join("\n"));
        for side in [&difference.left, &difference.right] {
            row.extend([
                side.place.file.to_string(),
                side.place.sheet.as_deref().unwrap_or_default().to_owned(),
                side.place.row.to_string(),
                side.place.column.to_string(),
            ]);
        }
        row.extend(diff.by_region.then(|| difference.region.clone()));
        rows.row(&row)?;
    }
    for (list, key) in [
        (&diff.only_left, "verdict-only-left"),
        (&diff.only_right, "verdict-only-right"),
    ] {
        for item in list.iter().filter(|item| style.shows_one_sided(item)) {
            let mut row = vec![
                item.code.clone(),
                item.handling.clone().unwrap_or_default(),
                item.name.clone(),
                String::new(),
                style.text(key),
            ];
            row.resize(21, String::new());
            row.extend(diff.by_region.then(|| item.region.clone()));
            rows.row(&row)?;
        }
    }
    rows.finish()
}

fn write_lint(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut rows = Rows::new(out, &show::LINT_HEADERS, style.raw_csv)?;
    for finding in &report.findings {
        rows.row(&show::lint_row(finding, report, style))?;
    }
    rows.finish()
}

/// A list: headers and rows, with nothing of a document around them. `raw` leaves cells as they are, also where a spreadsheet would take them for
/// formulas.
///
/// # Errors
/// Whatever the output says.
pub fn list(
    headers: &[&str],
    lines: impl Iterator<Item = Vec<String>>,
    raw: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = Rows::new(out, headers, raw)?;
    for line in lines {
        rows.row(&line)?;
    }
    rows.finish()
}

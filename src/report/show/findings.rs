//! Showing findings: counts, rules, and a finding as a row of a spreadsheet.
//!
//! Must not know a format.

use super::super::escape::terminal;
use super::super::{LintReport, Style};
use super::{QUOTED, shorten};
use crate::messages::Messages;
use crate::model::{Finding, Place, RuleInfo, Severity};

/// The line of the file where an editor finds it; of a workbook the row of the sheet; 1 where the whole file is meant.
pub(in crate::report) fn line(place: &Place) -> u32 {
    [place.line, place.row, 1].into_iter().find(|&n| n > 0).unwrap_or(1)
}

/// A message with what the reader of an annotation does not see: sheet, column, item.
pub(in crate::report) fn message_with_place(finding: &Finding, message: &str) -> String {
    let place = &finding.place;
    let mut said: Vec<String> = Vec::new();
    said.extend(place.sheet.iter().map(|sheet| format!("[{sheet}]:{}", place.row)));
    said.extend(
        [&place.column, &finding.item]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| text.to_string()),
    );
    match said.is_empty() {
        true => terminal(message).into_owned(),
        false => terminal(&format!("{message}（{}）", said.join("，"))).into_owned(),
    }
}

/// What is to be known of a rule: what it finds, the legal ground, a bad and a good example, what to do; a line each.
pub fn rule_help(rule: &RuleInfo, messages: &Messages) -> Vec<String> {
    let lang = messages.lang();
    let mut lines = vec![lang.pick(&rule.doc).to_owned()];
    let parts = [
        ("explain-ground", rule.ground.as_str()),
        ("explain-bad", &rule.bad),
        ("explain-good", &rule.good),
        ("explain-todo", lang.pick(&rule.todo)),
    ];
    for (key, text) in parts {
        if !text.is_empty() {
            lines.push(format!("{}: {text}", messages.text(key)));
        }
    }
    lines
}

/// How many findings there are, in a line.
pub(in crate::report) fn lint_summary(report: &LintReport<'_>, style: &Style<'_>) -> String {
    let count = |severity| report.count(severity).to_string();
    let args = [
        ("files", report.files.to_string()),
        ("rows", report.rows.to_string()),
        ("error", count(Severity::Error)),
        ("warning", count(Severity::Warning)),
        ("info", count(Severity::Info)),
    ];
    style.with("lint-summary", &args)
}

/// How many findings can be put right without a person, and how many so that a person looks them over; a line each, none for none.
pub(in crate::report) fn lint_fixable(report: &LintReport<'_>, style: &Style<'_>) -> Vec<String> {
    let count = |safe| {
        let fixed = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe == safe);
        report.findings.iter().filter(fixed).count()
    };
    [("lint-fixable", count(true)), ("lint-fixable-unsafe", count(false))]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| style.with(key, &[("count", count.to_string())]))
        .collect()
}

/// The headers of findings in a spreadsheet.
pub(in crate::report) const LINT_HEADERS: [&str; 14] = [
    "文件",
    "工作表",
    "行",
    "列",
    "规则",
    "规则名",
    "级别",
    "问题",
    "区域",
    "事项",
    "要素",
    "事项名称",
    "原文",
    "改为",
];

/// A finding as a row under [`LINT_HEADERS`].
pub(in crate::report) fn lint_row(finding: &Finding, report: &LintReport<'_>, style: &Style<'_>) -> [String; 14] {
    let place = &finding.place;
    let quoted = report.cell(finding).map_or_else(String::new, |(_, cell)| {
        report.catalogue.quotation(cell).shown().to_owned()
    });
    [
        place.file.to_string(),
        place.sheet.as_deref().unwrap_or_default().to_owned(),
        place.row.to_string(),
        place.column.to_string(),
        finding.rule.to_string(),
        report.rule_name(&finding.rule).to_owned(),
        style.text(&format!("severity-{}", finding.severity.word())),
        style.messages.finding(finding),
        finding.region.to_string(),
        finding.item.to_string(),
        finding.element.to_string(),
        shorten(report.item_name(finding), QUOTED),
        shorten(&quoted, QUOTED),
        finding
            .fix
            .as_ref()
            .map_or_else(String::new, |fix| shorten(&fix.text, QUOTED)),
    ]
}

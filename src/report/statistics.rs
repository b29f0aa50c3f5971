//! Counts of findings by rule (`lint --statistics`), in the formats of every document.
//!
//! Must not judge.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::escape::markdown;
use super::{LintReport, Style, json, show};
use crate::model::{Finding, Severity};

/// The findings of one rule, counted.
pub(super) struct Counted {
    /// The code.
    pub code: String,
    /// The name; empty where nothing is known of the rule.
    pub name: String,
    /// Title in Chinese and in English.
    pub title: [String; 2],
    /// The highest severity among its findings.
    pub severity: Severity,
    /// How many findings.
    pub count: usize,
    /// How many of them `--fix` puts right.
    pub fixable: usize,
    /// How many of them only `--fix --unsafe-fixes` puts right.
    pub fixable_unsafe: usize,
}

/// The counts, the most frequent first.
pub(super) fn of(report: &LintReport<'_>) -> Vec<Counted> {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        rules.entry(&*finding.rule).or_default().push(finding);
    }
    let fixes = |findings: &[&Finding], safe: bool| {
        let fixed = |finding: &&&Finding| finding.fix.as_ref().is_some_and(|fix| fix.safe == safe);
        findings.iter().filter(fixed).count()
    };
    let count = |(code, findings): (&str, Vec<&Finding>)| Counted {
        code: code.to_owned(),
        name: report.rule_name(code).to_owned(),
        title: report.rule(code).map(|rule| rule.title.clone()).unwrap_or_default(),
        severity: findings
            .iter()
            .map(|finding| finding.severity)
            .max()
            .unwrap_or(Severity::Info),
        count: findings.len(),
        fixable: fixes(&findings, true),
        fixable_unsafe: fixes(&findings, false),
    };
    let mut counted: Vec<Counted> = rules.into_iter().map(count).collect();
    counted.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.code.cmp(&b.code)));
    counted
}

/// As CSV.
pub(super) fn csv(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let headers = ["规则", "规则名", "级别", "数量", "可自动改", "可改（需核对）", "标题"];
    let mut rows = super::csv::Rows::new(out, &headers, style.raw_csv)?;
    for rule in of(report) {
        rows.row(&[
            rule.code,
            rule.name,
            style.text(&format!("severity-{}", rule.severity.word())),
            rule.count.to_string(),
            rule.fixable.to_string(),
            rule.fixable_unsafe.to_string(),
            rule.title.into_iter().next().unwrap_or_default(),
        ])?;
    }
    rows.finish()
}

/// As Markdown.
pub(super) fn md(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", show::lint_summary(report, style))?;
    let headers = ["col-rule", "col-severity", "col-count", "col-fixable", "col-title"];
    super::md::header(style, &headers, out)?;
    for rule in of(report) {
        let cells = [
            markdown(&rule.code),
            style.text(&format!("severity-{}", rule.severity.word())),
            rule.count.to_string(),
            rule.fixable.to_string(),
            markdown(style.messages.lang().pick(&rule.title)),
        ];
        super::md::row(&cells, out)?;
    }
    Ok(())
}

/// `tongban lint --statistics --format json`: findings by rule.
#[derive(Serialize, JsonSchema)]
pub(super) struct Wire {
    #[schemars(extend("const" = "tongban-lint-statistics/1"))]
    format: &'static str,
    summary: json::WireLintSummary,
    rules: Vec<WireCounted>,
}

#[derive(Serialize, JsonSchema)]
struct WireCounted {
    code: String,
    name: String,
    #[schemars(extend("enum" = Severity::ALL.map(Severity::word)))]
    severity: &'static str,
    count: usize,
    fixable: usize,
    fixable_unsafe: usize,
    title: String,
    title_en: String,
}

/// As the wire format `tongban-lint-statistics/1`.
pub(super) fn wire(report: &LintReport<'_>) -> Wire {
    let rule = |rule: Counted| {
        let [title, title_en] = rule.title;
        WireCounted {
            code: rule.code,
            name: rule.name,
            severity: rule.severity.word(),
            count: rule.count,
            fixable: rule.fixable,
            fixable_unsafe: rule.fixable_unsafe,
            title,
            title_en,
        }
    };
    Wire {
        format: "tongban-lint-statistics/1",
        summary: json::lint_summary(report),
        rules: of(report).into_iter().map(rule).collect(),
    }
}

//! Findings, as JSON: `tongban-lint/1`.
//!
//! Must not compute.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::super::{LintReport, Style};
use super::{WirePlace, place};
use crate::messages::Messages;
use crate::model::{Confidence, RuleInfo, Severity};

/// `tongban lint --format json`: findings.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireLint<'a> {
    #[schemars(extend("const" = "tongban-lint/1"))]
    format: &'static str,
    summary: WireLintSummary,
    #[schemars(with = "Vec<WireFinding<'a>>")]
    findings: WireFindings<'a>,
}

/// Findings are spelt out one by one while they are written: there may be millions.
struct WireFindings<'a> {
    report: &'a LintReport<'a>,
    both: [&'a Messages; 2],
}

impl Serialize for WireFindings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.report.rules.iter().map(|rule| (rule.code.as_str(), rule));
        let rules: HashMap<&str, &RuleInfo> = rules.collect();
        let [chinese, english] = self.both;
        serializer.collect_seq(self.report.findings.iter().map(|finding| {
            let rule = rules.get(&*finding.rule);
            WireFinding {
                code: &finding.rule,
                name: rule.map_or("", |rule| &rule.name),
                severity: finding.severity.word(),
                confidence: rule.map_or("high", |rule| rule.confidence.word()),
                message: chinese.finding(finding),
                message_en: english.finding(finding),
                place: place(&finding.place),
                region: &finding.region,
                item: &finding.item,
                element: &finding.element,
                fix: finding.fix.as_ref().map(|fix| fix.text.as_str()),
            }
        }))
    }
}

#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireLintSummary {
    files: usize,
    rows: usize,
    error: usize,
    warning: usize,
    info: usize,
    /// Whether something was not read.
    incomplete: bool,
}

#[derive(Serialize, JsonSchema)]
struct WireFinding<'a> {
    /// The rule's code.
    code: &'a str,
    /// The rule's name.
    name: &'a str,
    #[schemars(extend("enum" = Severity::ALL.map(Severity::word)))]
    severity: &'static str,
    #[schemars(extend("enum" = Confidence::ALL.map(Confidence::word)))]
    confidence: &'static str,
    /// In Chinese.
    message: String,
    message_en: String,
    place: WirePlace<'a>,
    region: &'a str,
    item: &'a str,
    element: &'a str,
    /// What would stand there instead (`--fix`).
    fix: Option<&'a str>,
}

/// How many findings there are.
pub(in crate::report) fn lint_summary(report: &LintReport<'_>) -> WireLintSummary {
    let count = |severity| report.count(severity);
    WireLintSummary {
        files: report.files,
        rows: report.rows,
        error: count(Severity::Error),
        warning: count(Severity::Warning),
        info: count(Severity::Info),
        incomplete: report.incomplete,
    }
}

/// Findings on the wire.
pub(super) fn wire<'a>(report: &'a LintReport<'a>, style: &Style<'a>) -> WireLint<'a> {
    WireLint {
        format: "tongban-lint/1",
        summary: lint_summary(report),
        findings: WireFindings {
            report,
            both: style.both,
        },
    }
}

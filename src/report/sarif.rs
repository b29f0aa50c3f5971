//! SARIF 2.1.0: findings for code scanning (GitHub, Azure DevOps, editors). The schema is OASIS', sarif-schema-2.1.0.
//!
//! Must not compute.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Document, LintReport, Style, show};
use crate::model::{Confidence, Finding, RuleInfo, Severity, fingerprints};

/// GitHub takes no more results in one run.
const MOST: usize = 25_000;

/// Writes findings; other documents have no form in SARIF and the command line offers none.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Document::Lint(report) = document else {
        return Ok(());
    };
    serde_json::to_writer_pretty(&mut *out, &log(report, style))?;
    out.write_all(b"\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn log(report: &LintReport, style: &Style<'_>) -> Value {
    let index: HashMap<&str, usize> = report
        .rules
        .iter()
        .enumerate()
        .map(|(at, rule)| (rule.code.as_str(), at))
        .collect();
    let prints = fingerprints(&report.findings);
    let results: Vec<Value> = report
        .findings
        .iter()
        .zip(&prints)
        .take(MOST)
        .map(|(finding, print)| result(finding, print, index.get(&*finding.rule).copied(), style))
        .collect();
    let mut invocation = json!({ "executionSuccessful": true });
    if report.findings.len() > MOST {
        let args = [
            ("shown", MOST.to_string()),
            ("count", report.findings.len().to_string()),
        ];
        invocation["toolExecutionNotifications"] =
            json!([{ "level": "warning", "message": { "text": style.with("sarif-cut", &args) } }]);
    }
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tongban",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": report.rules.iter().map(|rule| self::rule(rule, style)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results,
        }],
    })
}

fn rule(rule: &RuleInfo, style: &Style<'_>) -> Value {
    let pick = |texts: &[String; 2]| style.messages.lang().pick(texts).to_owned();
    let help = show::rule_help(rule, style.messages);
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": pick(&rule.title) },
        "fullDescription": { "text": pick(&rule.doc) },
        "help": { "text": help.join("\n"), "markdown": help.join("\n\n") },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": [rule.family()],
            "precision": match rule.confidence {
                Confidence::High => "very-high",
                Confidence::Medium => "medium",
                Confidence::Low => "low",
            },
        },
    })
}

fn result(finding: &Finding, print: &str, rule: Option<usize>, style: &Style<'_>) -> Value {
    let message = style.messages.finding(finding);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&finding.place.file) },
            "region": { "startLine": show::line(&finding.place) },
        },
    });
    if !finding.item.is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": &*finding.item, "kind": "member" }]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": show::message_with_place(finding, &message) },
        "locations": [location],
        "partialFingerprints": { "tongban/v1": print },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    result
}

/// A relative path as a URI reference: everything but letters, digits and a few marks in percent form (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

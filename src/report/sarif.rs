//! SARIF 2.1.0: findings for code scanning (GitHub, Azure DevOps, editors). The schema is OASIS', sarif-schema-2.1.0.
//!
//! Must not compute.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{LintReport, Style, cut, show};
use crate::model::{Confidence, Finding, RuleInfo, Severity, fingerprints};

/// GitHub takes no more results in one run.
pub(super) const MOST: usize = 25_000;

/// Writes findings.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
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

fn log(report: &LintReport<'_>, style: &Style<'_>) -> Value {
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
    let mut invocation = json!({ "executionSuccessful": !report.incomplete });
    let mut told = Vec::new();
    if report.incomplete {
        told.push(json!({ "level": "error", "message": { "text": style.text("incomplete") } }));
    }
    if let Some(cut) = cut(report.findings.len(), MOST, style) {
        told.push(json!({ "level": "warning", "message": { "text": cut } }));
    }
    if !told.is_empty() {
        invocation["toolExecutionNotifications"] = Value::Array(told);
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
            "properties": { "findings": report.findings.len(), "findingsWritten": results.len() },
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

/// A path as a URI: everything but letters, digits and a few marks in percent form (RFC 3986). A relative one stays relative.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    let drive = path
        .as_bytes()
        .get(1..3)
        .is_some_and(|mark| mark[0] == b':' && matches!(mark[1], b'/' | b'\\'));
    if drive {
        out.push_str("file:///");
        out.push_str(&path[..2]);
        out.push_str(&uri(&path[2..]).replacen("file://", "", 1));
        return out;
    }
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

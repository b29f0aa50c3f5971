//! GitLab code quality: a JSON array that merge requests show beside the changed lines.
//!
//! Must not compute.

use std::io::{self, Write};

use serde_json::json;

use super::{LintReport, Style, show};
use crate::model::{Severity, fingerprints};

/// Writes findings.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let prints = fingerprints(&report.findings);
    let issues: Vec<_> = report
        .findings
        .iter()
        .zip(&prints)
        .map(|(finding, print)| {
            let message = style.messages.finding(finding);
            json!({
                "description": show::message_with_place(finding, &message),
                "check_name": finding.rule,
                "fingerprint": print,
                "severity": match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                "location": { "path": &*finding.place.file, "lines": { "begin": show::line(&finding.place) } },
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    out.write_all(b"\n")
}

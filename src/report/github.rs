//! GitHub workflow commands: each finding becomes an annotation of the pull request.
//!
//! Must not compute.

use std::io::{self, Write};

use super::escape::terminal;
use super::{LintReport, Style, show};
use crate::model::Severity;

/// Writes findings.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let name = report.rule_name(&finding.rule);
        let message = style.messages.finding(finding);
        writeln!(
            out,
            "::{command} file={},line={},title={}::{}",
            property(&terminal(&finding.place.file)),
            show::line(&finding.place),
            property(&format!("{} {name}", finding.rule)),
            data(&show::message_with_place(finding, &message)),
        )?;
    }
    Ok(())
}

/// What a workflow command reads as its own marks.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

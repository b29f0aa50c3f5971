//! GitHub workflow commands: each finding becomes an annotation of the pull request.
//!
//! Must not compute.

use std::io::{self, Write};

use super::{Document, Style, show};
use crate::model::Severity;

/// Writes findings; other documents have no form here and the command line offers none.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Document::Lint(report) = document else {
        return Ok(());
    };
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let name = report.rule(&finding.rule).map_or("", |rule| rule.name.as_str());
        let message = style.messages.finding(finding);
        writeln!(
            out,
            "::{command} file={},line={},title={}::{}",
            property(&finding.place.file),
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

//! One line for each finding, `file:row:column: CODE severity message`: for `grep`, and for editors that jump to places.
//!
//! Must not compute.

use std::io::{self, Write};

use super::escape::terminal;
use super::table::{more, paint, severity_color};
use super::{LintReport, Style, show};

/// Writes findings.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings.iter().take(style.top) {
        let place = &finding.place;
        let mut at = place.file.to_string();
        if let Some(sheet) = &place.sheet {
            at.push_str(&format!("[{sheet}]"));
        }
        if place.row > 0 {
            at.push_str(&format!(":{}", place.row));
        }
        // A colon of the header would read as one of ours.
        if !place.column.is_empty() {
            at.push_str(&format!(":{}", place.column.replace(':', "：")));
        }
        let severity = style.text(&format!("severity-{}", finding.severity.word()));
        let head = paint(
            &terminal(&format!("{} {severity}", finding.rule)),
            severity_color(finding.severity),
            style,
        );
        let message = style.messages.finding(finding);
        let item = match finding.item.is_empty() {
            true => String::new(),
            false => format!("[{}] ", finding.item),
        };
        writeln!(
            out,
            "{}: {head} {}",
            terminal(&at),
            terminal(&format!("{item}{message}"))
        )?;
    }
    more(report.findings.len(), style, out)?;
    writeln!(out, "{}", show::lint_summary(report, style))
}

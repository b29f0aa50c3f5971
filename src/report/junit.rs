//! JUnit XML, which every CI server shows as test results: a suite for each file, a failed case for each finding. Hints (info) are
//! cases with a note in `system-out`: they fail nothing.
//!
//! Must not compute.

use std::io::{self, Write};

use super::escape::xml;
use super::{LintReport, Style, show};
use crate::model::Severity;

/// Writes findings.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let failures = report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Info)
        .count();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="tongban" tests="{}" failures="{failures}">"#,
        report.findings.len()
    )?;
    for findings in report.findings.chunk_by(|a, b| a.place.file == b.place.file) {
        let file = findings.first().map_or("", |finding| &*finding.place.file);
        let failures = findings
            .iter()
            .filter(|finding| finding.severity > Severity::Info)
            .count();
        writeln!(
            out,
            r#"  <testsuite name="{}" tests="{}" failures="{failures}">"#,
            xml(file),
            findings.len()
        )?;
        for finding in findings {
            let name = report.rule_name(&finding.rule);
            let message = show::message_with_place(finding, &style.messages.finding(finding));
            let place = xml(&show::place(&finding.place));
            writeln!(
                out,
                r#"    <testcase name="{}" classname="{}">"#,
                xml(&format!("{} {name} {}", finding.rule, finding.item)),
                xml(file)
            )?;
            if finding.severity > Severity::Info {
                writeln!(
                    out,
                    r#"      <failure type="{}" message="{}">{place}</failure>"#,
                    finding.severity.word(),
                    xml(&message)
                )?;
            } else {
                writeln!(
                    out,
                    "      <system-out>{}</system-out>",
                    xml(&format!("{place} {message}"))
                )?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

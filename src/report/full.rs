//! Findings in full, as compilers tell them: what, where, the text with the offending part underlined, why, and what to do.
//!
//! Must not compute. Every text from the data goes through [`terminal`].

use std::collections::HashSet;
use std::io::{self, Write};

use super::escape::terminal;
use super::table::{end_of_lint, paint, severity_color};
use super::{LintReport, Style, excerpt, show};
use crate::model::Finding;

/// Writes findings. Why and what to do stand with the first finding of a rule: below the tenth nobody reads them.
pub(super) fn write(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut told: HashSet<&str> = HashSet::new();
    for finding in report.findings.iter().take(style.top) {
        let first = told.insert(&*finding.rule);
        write_finding(finding, first, report, style, out)?;
        writeln!(out)?;
    }
    end_of_lint(report, style, out)
}

fn write_finding(
    finding: &Finding,
    first: bool,
    report: &LintReport<'_>,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let color = severity_color(finding.severity);
    let rule = report.rule(&finding.rule);
    let severity = style.text(&format!("severity-{}", finding.severity.word()));
    let head = format!("{severity} {} {}", finding.rule, report.rule_name(&finding.rule));
    let head = paint(terminal(&head).trim_end(), color, style);
    writeln!(out, "{head}: {}", terminal(&style.messages.finding(finding)))?;
    let place = &finding.place;
    let row = place.row.to_string();
    let gutter = " ".repeat(row.len());
    let mut at = place.file.to_string();
    if place.row > 0 {
        at.push_str(&format!(":{row}"));
    }
    if let Some(sheet) = &place.sheet {
        at.push_str(&format!(" [{sheet}]"));
    }
    if !place.column.is_empty() {
        at.push_str(&format!(" {}", place.column));
    }
    writeln!(out, "{gutter}--> {}", terminal(&at))?;
    if let Some((_, cell)) = report.cell(finding) {
        let text = report.catalogue.quotation(cell);
        let text = text.shown();
        let mark = rule.map_or("", |rule| rule.mark.as_str());
        let value = finding.args.iter().find(|(name, _)| *name == mark);
        let marks = value.map_or_else(Vec::new, |(_, value)| excerpt::places(text, value));
        let room = usize::from(style.width).saturating_sub(row.len() + 3);
        if let Some((line, under)) = excerpt::lines(text, &marks, room) {
            writeln!(out, "{gutter} |\n{row} | {line}")?;
            let start = under.len() - under.trim_start().len();
            writeln!(
                out,
                "{gutter} | {}{}",
                &under[..start],
                paint(&under[start..], color, style)
            )?;
        }
    }
    let mut note = |key: &str, text: &str| match text.is_empty() {
        true => Ok(()),
        false => writeln!(out, "{gutter} = {}: {}", style.text(key), terminal(text)),
    };
    let item = format!("{} {}", finding.item, report.item_name(finding));
    note("col-item", item.trim())?;
    if let Some(fix) = &finding.fix {
        note("full-fix", &show::shorten(&fix.text, 200))?;
    }
    let Some(rule) = rule.filter(|_| first) else {
        return Ok(());
    };
    let lang = style.messages.lang();
    note("full-why", first_sentence(lang.pick(&rule.doc)))?;
    note("explain-ground", &rule.ground)?;
    note("explain-todo", lang.pick(&rule.todo))
}

/// What a text begins with, up to its first full stop.
fn first_sentence(text: &str) -> &str {
    let ends = [
        text.find('。').map(|at| at + '。'.len_utf8()),
        text.find(". ").map(|at| at + 1),
    ];
    ends.into_iter().flatten().min().map_or(text, |end| &text[..end])
}

//! Markdown: the same report for an issue, a mail or a merge request.
//!
//! Must not compute. Every text from the data goes through [`markdown`].

use std::io::{self, Write};

use super::escape::markdown;
use super::table::in_region;
use super::{Document, LintReport, Style, history, law, pairwise, patch, show, statistics, uniformity, within};
use crate::model::RegionDiff;

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => write_diff(diff, style, out),
        Document::Report(report) => uniformity::md(report, style, out),
        Document::Lint(report) => write_lint(report, style, out),
        Document::Statistics(report) => statistics::md(report, style, out),
        Document::Patch(report) => patch::md(report, style, out),
        Document::Pairwise(report) => pairwise::md(report, style, out),
        Document::LawCheck(report) => law::check::md(report, style, out),
        Document::LawImpact(report) => law::impact::md(report, style, out),
        Document::LawItems(report) => law::items::md(report, style, out),
        Document::History(told) => history::markdown_page(told, style, out),
    }
}

pub(super) fn header(style: &Style<'_>, keys: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<String> = keys.iter().map(|key| style.text(key)).collect();
    writeln!(out, "| {} |", names.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(keys.len()))
}

pub(super) fn row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

pub(super) fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| markdown(line)).collect::<Vec<_>>().join("<br>")
}

pub(super) fn more(count: usize, key: &str, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match count.checked_sub(style.top) {
        Some(more) if more > 0 => writeln!(out, "\n{}", style.with(key, &[("count", more.to_string())])),
        _ => Ok(()),
    }
}

fn write_diff(diff: &RegionDiff, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# {} — {}\n",
        markdown(&diff.left.name),
        markdown(&diff.right.name)
    )?;
    header(
        style,
        &[
            "col-item",
            "col-element",
            "col-verdict",
            "col-left",
            "col-right",
            "col-difference",
        ],
        out,
    )?;
    let shown: Vec<_> = diff
        .differences
        .iter()
        .filter(|difference| style.shows_difference(difference))
        .collect();
    for difference in shown.iter().take(style.top) {
        let sides = [&difference.left, &difference.right];
        let mut detail = show::between(&difference.judgement, sides, style);
        detail.extend(show::unsaid(difference, style));
        if style.explain {
            detail.extend(show::explanation(difference, style));
        }
        let name = show::item_name(&difference.name, difference.handling.as_deref());
        row(
            &[
                markdown(&format!("{}{} {name}", in_region(&difference.region), difference.code)),
                markdown(style.element(&difference.element)),
                style.text(&format!("verdict-{}", difference.judgement.verdict.word())),
                markdown(&show::shorten(difference.left.raw.shown(), 200)),
                markdown(&show::shorten(difference.right.raw.shown(), 200)),
                lines(&detail),
            ],
            out,
        )?;
    }
    more(shown.len(), "and-more", style, out)?;
    only(diff, style, out)?;
    let sides = [diff.left.name.clone(), diff.right.name.clone()];
    within::md(&diff.within, &sides, style, out)
}

/// The items that only one side has.
fn only(diff: &RegionDiff, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (key, list, side) in [
        ("diff-only-left", &diff.only_left, &diff.left),
        ("diff-only-right", &diff.only_right, &diff.right),
    ] {
        let list: Vec<_> = list.iter().filter(|item| style.shows_one_sided(item)).collect();
        if list.is_empty() {
            continue;
        }
        let args = [("count", list.len().to_string()), ("region", side.name.clone())];
        writeln!(out, "\n## {}\n", markdown(&style.with(key, &args)))?;
        for item in list.iter().take(style.top) {
            let name = show::item_name(&item.name, item.handling.as_deref());
            writeln!(out, "- {}", markdown(format!("{} {name}", item.code).trim()))?;
        }
        more(list.len(), "and-more", style, out)?;
    }
    Ok(())
}

fn write_lint(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", show::lint_summary(report, style))?;
    header(
        style,
        &["col-place", "col-severity", "col-rule", "col-item", "col-finding"],
        out,
    )?;
    for finding in report.findings.iter().take(style.top) {
        row(
            &[
                markdown(&show::place(&finding.place)),
                style.text(&format!("severity-{}", finding.severity.word())),
                finding.rule.to_string(),
                markdown(&finding.item),
                markdown(&style.messages.finding(finding)),
            ],
            out,
        )?;
    }
    more(report.findings.len(), "and-more", style, out)
}

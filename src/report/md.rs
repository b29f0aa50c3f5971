//! Markdown: the same report for an issue, a mail or a merge request.
//!
//! Must not compute. Every text from the data goes through [`markdown`].

use std::io::{self, Write};

use super::escape::markdown;
use super::{Document, LintReport, Style, burden, pairwise, patch, show, statistics, within};
use crate::model::{RegionDiff, Uniformity};

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => write_diff(diff, style, out),
        Document::Report(report) => write_report(report, style, out),
        Document::Lint(report) => write_lint(report, style, out),
        Document::Statistics(report) => statistics::md(report, style, out),
        Document::Patch(report) => patch::md(report, style, out),
        Document::Pairwise(report) => pairwise::md(report, style, out),
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

fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| markdown(line)).collect::<Vec<_>>().join("<br>")
}

fn write_report(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", style.text("report-title"))?;
    for (name, value) in show::summary(report, style) {
        writeln!(out, "- **{name}**：{}", markdown(&value))?;
    }
    let whole = style.item.is_some();
    let shown: Vec<_> = report
        .items
        .iter()
        .filter(|item| style.shows(item) && (whole || show::item_deviates(item)))
        .collect();
    for item in shown.iter().take(style.top) {
        let name = show::item_name(&item.name, item.handling.as_deref());
        writeln!(
            out,
            "\n## {} {} — {}\n",
            markdown(&item.code),
            markdown(&name),
            show::index(item.index)
        )?;
        header(
            style,
            &["col-element", "col-class", "col-says", "col-regions", "col-reference"],
            out,
        )?;
        for cell in item.elements.iter().filter(|cell| whole || show::deviates(cell)) {
            let class = style.text(&format!("class-{}", cell.class.word()));
            for (at, group) in cell.groups.iter().enumerate() {
                row(
                    &[
                        markdown(style.element(&cell.element)),
                        class.clone(),
                        lines(&show::group_lines(cell, at, whole, style)),
                        markdown(&show::regions(&group.regions, report)),
                        markdown(&show::reference(&cell.reference, style)),
                    ],
                    out,
                )?;
            }
            for (sides, key) in [(&cell.missing, "says-missing"), (&cell.unknown, "says-unknown")] {
                if !sides.is_empty() {
                    let regions = markdown(&show::regions(sides, report));
                    let element = markdown(style.element(&cell.element));
                    row(&[element, class.clone(), style.text(key), regions, String::new()], out)?;
                }
            }
        }
        if whole {
            burden::markdown_table(item, report, style, out)?;
        }
    }
    more(shown.len(), "report-more-items", style, out)?;
    let regions: Vec<String> = report.regions.iter().map(show::region).collect();
    within::md(&report.within, &regions, style, out)?;
    writeln!(out, "\n## {}\n", style.text("report-by-element"))?;
    header(style, &["col-element", "col-index", "col-cells", "col-deviating"], out)?;
    for element in &report.elements {
        let cells = [
            markdown(style.element(&element.element)),
            show::index(element.index),
            element.cells.to_string(),
            element.deviating.to_string(),
        ];
        row(&cells, out)?;
    }
    writeln!(out, "\n## {}\n", style.text("report-by-region"))?;
    header(style, &["col-region", "col-index", "col-items", "col-rows"], out)?;
    for region in &report.regions {
        let name = markdown(&format!("{} {}", region.id, region.name));
        row(
            &[
                name,
                show::index(region.index),
                region.items.to_string(),
                region.rows.to_string(),
            ],
            out,
        )?;
    }
    Ok(())
}

fn more(count: usize, key: &str, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
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
        let mut detail = show::detail(&difference.judgement, style);
        if style.explain {
            detail.extend(show::explanation(difference, style));
        }
        let name = show::item_name(&difference.name, difference.handling.as_deref());
        row(
            &[
                markdown(&format!("{} {name}", difference.code)),
                markdown(style.element(&difference.element)),
                style.text(&format!("verdict-{}", difference.judgement.verdict.word())),
                markdown(&show::shorten(&difference.left.raw, 200)),
                markdown(&show::shorten(&difference.right.raw, 200)),
                lines(&detail),
            ],
            out,
        )?;
    }
    more(shown.len(), "and-more", style, out)?;
    let sides = [diff.left.name.clone(), diff.right.name.clone()];
    within::md(&diff.within, &sides, style, out)
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

//! Tables for a terminal: something a head of division would read.
//!
//! Must not compute. Every text from the data goes through [`escape::terminal`].

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, LineStyle, Table, TableStyle};

use super::escape::terminal;
use super::{Document, LintReport, Style, history, law, pairwise, patch, show, statistics, uniformity, within};
use crate::model::{Catalogue, Place, RegionDiff, Severity, Understood, Verdict};

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => write_diff(diff, style, out),
        Document::Report(report) => uniformity::table(report, style, out),
        Document::Lint(report) => write_lint(report, style, out),
        Document::Statistics(report) => {
            write_statistics(report, style, out)?;
            lint_summary(report, style, out)
        }
        Document::Patch(report) => patch::table(report, style, out),
        Document::Pairwise(report) => pairwise::table(report, style, out),
        Document::LawCheck(report) => law::check::table(report, style, out),
        Document::LawImpact(report) => law::impact::table(report, style, out),
        Document::LawItems(report) => law::items::table(report, style, out),
        Document::History(told) => history::table(told, style, out),
    }
}

/// A line under the header and nothing else: a new element shows by its name at the left.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::new('─', '─', '─', '─'));

pub(super) fn table(style: &Style<'_>, headers: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(STYLE)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width)
        .set_header(headers.iter().map(|key| bold(&style.text(key), style)));
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table
}

/// Escapes a text whose line breaks are our own.
///
/// A cell of a table is laid out character by character, so one without end would take as long: what is beyond some thousand
/// characters is counted, and stands in full in the other formats.
pub(super) fn clean(text: &str) -> String {
    let shown = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    if shown.len() < text.len() {
        let more = text[shown.len()..].chars().count();
        return format!("{} … (+{more})", clean(shown));
    }
    text.split('\n').map(terminal).collect::<Vec<_>>().join("\n")
}

pub(super) fn plain(text: &str) -> Cell {
    Cell::new(clean(text))
}

pub(super) fn bold(text: &str, style: &Style<'_>) -> Cell {
    let cell = plain(text);
    if style.color {
        cell.add_attribute(Attribute::Bold)
    } else {
        cell
    }
}

pub(super) fn tinted(text: &str, color: Color, style: &Style<'_>) -> Cell {
    let cell = plain(text);
    if style.color { cell.fg(color) } else { cell }
}

fn pad(text: &str, width: usize) -> String {
    let gap = width.saturating_sub(unicode_width::UnicodeWidthStr::width(text));
    format!("{text}{}", " ".repeat(gap))
}

pub(super) fn heading(text: &str, style: &Style<'_>) -> String {
    let text = terminal(text);
    if style.color {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.into_owned()
    }
}

pub(super) fn write_summary(lines: &[(String, String)], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let width = lines
        .iter()
        .map(|(name, _)| unicode_width::UnicodeWidthStr::width(name.as_str()))
        .max()
        .unwrap_or(0);
    for (name, value) in lines {
        writeln!(out, "{}  {}", heading(&pad(name, width), style), terminal(value))?;
    }
    Ok(())
}

pub(super) fn more(count: usize, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match count.checked_sub(style.top) {
        Some(more) if more > 0 => writeln!(out, "{}", style.with("and-more", &[("count", more.to_string())])),
        _ => Ok(()),
    }
}

fn verdict_color(verdict: Verdict) -> Color {
    match verdict {
        Verdict::Substantive => Color::Red,
        Verdict::Level | Verdict::Notation => Color::Cyan,
        Verdict::Missing | Verdict::Unknown => Color::DarkGrey,
        Verdict::Same => Color::Green,
    }
}

/// The region before what is said of it, where several are compared with themselves.
pub(super) fn in_region(region: &str) -> String {
    match region {
        "" => String::new(),
        region => format!("[{region}] "),
    }
}

fn write_diff(diff: &RegionDiff, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_summary(&diff_summary(diff, style), style, out)?;
    let shown: Vec<_> = diff
        .differences
        .iter()
        .filter(|difference| style.shows_difference(difference))
        .filter(|difference| style.item.is_some() || style.explain || difference.judgement.verdict != Verdict::Notation)
        .collect();
    if shown.is_empty() {
        writeln!(out, "\n{}", style.text("diff-nothing"))?;
    }
    let mut last: Option<(&str, &str, Option<&str>, &str)> = None;
    let mut items = 0_usize;
    let mut open: Option<Table> = None;
    let mut left_out = 0_usize;
    let named = diff.by_region || several_files(diff);
    for difference in shown {
        let key = (
            difference.region.as_str(),
            difference.code.as_str(),
            difference.handling.as_deref(),
            difference.name.as_str(),
        );
        if last != Some(key) {
            last = Some(key);
            items += 1;
            if let Some(table) = open.take() {
                writeln!(out, "{}", table.trim_fmt())?;
            }
            if items > style.top {
                left_out += 1;
                continue;
            }
            let name = show::item_name(&difference.name, difference.handling.as_deref());
            writeln!(
                out,
                "\n{}",
                heading(
                    &format!("■ {}{} {name}", in_region(&difference.region), difference.code),
                    style
                )
            )?;
            open = Some(table(
                style,
                &["col-element", "col-verdict", "col-left", "col-right", "col-difference"],
            ));
        }
        let Some(table) = open.as_mut() else { continue };
        let verdict = difference.judgement.verdict;
        let sides = [&difference.left, &difference.right];
        let mut detail = show::between(&difference.judgement, sides, style);
        detail.extend(show::unsaid(difference, style));
        if style.explain {
            detail.extend(show::explanation(difference, style));
        }
        let detail = detail.join("\n");
        let quoted = |side: &crate::model::DiffSide| match verdict {
            Verdict::Unknown | Verdict::Notation | Verdict::Missing => side.raw.shown().to_owned(),
            _ => side.normal.clone(),
        };
        let most = if style.item.is_some() { usize::MAX } else { 60 };
        table.add_row(vec![
            bold(style.element(&difference.element), style),
            tinted(
                &style.text(&format!("verdict-{}", verdict.word())),
                verdict_color(verdict),
                style,
            ),
            plain(&format!(
                "{}\n{}",
                show::shorten(&quoted(&difference.left), most),
                row_of(&difference.left.place, named)
            )),
            plain(&format!(
                "{}\n{}",
                show::shorten(&quoted(&difference.right), most),
                row_of(&difference.right.place, named)
            )),
            plain(&detail),
        ]);
    }
    if let Some(table) = open.take() {
        writeln!(out, "{}", table.trim_fmt())?;
    }
    if left_out > 0 {
        writeln!(
            out,
            "\n{}",
            style.with("report-more-items", &[("count", left_out.to_string())])
        )?;
    }
    let sides = [diff.left.name.clone(), diff.right.name.clone()];
    within::table(&diff.within, &sides, style, out)?;
    if style.item.is_none() {
        for item in &diff.divided {
            let args = [
                (
                    "item",
                    format!("{}{} {}", in_region(&item.region), item.code, item.name),
                ),
                ("left", item.left_rows.to_string()),
                ("right", item.right_rows.to_string()),
            ];
            let key = match item.rest {
                true => "diff-rest",
                false => "diff-divided",
            };
            writeln!(out, "{}", terminal(&style.with(key, &args)))?;
        }
        for (key, list) in [
            ("diff-only-left", &diff.only_left),
            ("diff-only-right", &diff.only_right),
        ] {
            if list.is_empty() {
                continue;
            }
            let side = if key == "diff-only-left" {
                &diff.left
            } else {
                &diff.right
            };
            let args = [("count", list.len().to_string()), ("region", side.name.clone())];
            writeln!(out, "\n{}", heading(&style.with(key, &args), style))?;
            for item in list.iter().take(10) {
                let name = show::item_name(&item.name, item.handling.as_deref());
                writeln!(
                    out,
                    "  {}",
                    terminal(&format!("{}{} {name}", in_region(&item.region), item.code))
                )?;
            }
            if list.len() > 10 {
                writeln!(
                    out,
                    "  {}",
                    style.with("and-more", &[("count", (list.len() - 10).to_string())])
                )?;
            }
        }
    }
    Ok(())
}

/// Where a row stands; `named` with its file.
fn row_of(place: &Place, named: bool) -> String {
    let file = match named {
        true => place.file.rsplit('/').next().unwrap_or_default(),
        false => "",
    };
    match &place.sheet {
        Some(sheet) if named => format!("↳ {file}[{sheet}]:{}", place.row),
        Some(sheet) => format!("↳ {sheet}:{}", place.row),
        None => format!("↳ {file}:{}", place.row),
    }
}

/// Whether the rows of a side stand in more than one file, so that a number alone does not say where.
fn several_files(diff: &RegionDiff) -> bool {
    let mut sides = [None, None];
    diff.differences.iter().any(|difference| {
        let both = [&difference.left, &difference.right].map(|side| &side.place.file);
        let known = both.into_iter().zip(&mut sides);
        known
            .into_iter()
            .any(|(file, known)| !file.is_empty() && *known.get_or_insert(file) != file)
    })
}

fn diff_summary(diff: &RegionDiff, style: &Style<'_>) -> Vec<(String, String)> {
    let side = |key: &str, side: &crate::model::DiffItem| {
        let args = [
            ("name", side.name.clone()),
            ("id", side.id.clone()),
            ("rows", side.rows.to_string()),
            ("items", side.items.to_string()),
            ("duplicates", side.duplicates.to_string()),
        ];
        (style.text(key), style.with("diff-side-value", &args))
    };
    let count = |verdict: Verdict| diff.verdicts[verdict as usize].to_string();
    let args = [
        ("items", diff.items_compared.to_string()),
        ("alike", diff.items_alike.to_string()),
        ("different", (diff.items_compared - diff.items_alike).to_string()),
        ("substantive", count(Verdict::Substantive)),
        ("level", count(Verdict::Level)),
        ("notation", count(Verdict::Notation)),
        ("missing", count(Verdict::Missing)),
        ("unknown", count(Verdict::Unknown)),
        ("same", count(Verdict::Same)),
        ("blank", diff.both_blank.to_string()),
    ];
    vec![
        side("diff-left", &diff.left),
        side("diff-right", &diff.right),
        (style.text("diff-compared"), style.with("diff-compared-value", &args)),
        (style.text("diff-cells"), style.with("diff-cells-value", &args)),
    ]
}

pub(super) fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Info => Color::Blue,
    }
}

fn write_lint(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings.iter().take(style.top) {
        let severity = style.text(&format!("severity-{}", finding.severity.word()));
        let head = format!("{severity} {} {}", finding.rule, report.rule_name(&finding.rule));
        let head = paint(&terminal(&head), severity_color(finding.severity), style);
        writeln!(out, "{}: {head}", terminal(&show::place(&finding.place)))?;
        let item = if finding.item.is_empty() {
            String::new()
        } else {
            format!("[{}] ", finding.item)
        };
        let message = style.messages.finding(finding);
        writeln!(out, "    {}", terminal(&format!("{item}{message}")))?;
    }
    end_of_lint(report, style, out)
}

/// A text of our own in bold and in a colour.
pub(super) fn paint(text: &str, color: Color, style: &Style<'_>) -> String {
    let code = match color {
        Color::Red => 31,
        Color::Yellow => 33,
        _ => 34,
    };
    match style.color {
        true => format!("\u{1b}[1;{code}m{text}\u{1b}[0m"),
        false => text.to_owned(),
    }
}

/// What stands under every list of findings: how many are not listed, how many each rule has, and how many there are.
pub(super) fn end_of_lint(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    more(report.findings.len(), style, out)?;
    if !report.findings.is_empty() {
        writeln!(out)?;
        write_statistics(report, style, out)?;
    }
    lint_summary(report, style, out)
}

fn lint_summary(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", show::lint_summary(report, style))?;
    show::lint_fixable(report, style)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

fn write_statistics(report: &LintReport<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let headers = ["col-rule", "col-severity", "col-count", "col-fixable", "col-title"];
    let mut table = table(style, &headers);
    for rule in statistics::of(report) {
        table.add_row(vec![
            plain(&rule.code),
            tinted(
                &style.text(&format!("severity-{}", rule.severity.word())),
                severity_color(rule.severity),
                style,
            ),
            plain(&rule.count.to_string()).set_alignment(CellAlignment::Right),
            plain(&rule.fixable.to_string()).set_alignment(CellAlignment::Right),
            plain(style.messages.lang().pick(&rule.title)),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// How the columns of every table of a catalogue were understood (`init`, `inspect`).
///
/// # Errors
/// Whatever the output says.
pub fn columns(
    catalogue: &Catalogue,
    titles: &dyn Fn(crate::model::FieldId) -> String,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for source in &catalogue.tables {
        let file = &catalogue.files[source.file];
        let mut name = file.name.to_string();
        if let Some(sheet) = &source.sheet {
            name.push_str(&format!(" [{sheet}]"));
        }
        let understood = source.columns.iter().filter(|column| column.field.is_some()).count();
        let header_end = (source.header_row + source.header_rows).saturating_sub(1);
        let args = [
            ("format", file.reading.format.to_owned()),
            ("encoding", file.reading.encoding.to_owned()),
            (
                "encoded",
                if file.reading.encoding.is_empty() { "no" } else { "yes" }.to_owned(),
            ),
            ("rows", source.rows.to_string()),
            ("header", rows_text(source.header_row, header_end)),
            ("headed", if source.header_rows == 0 { "no" } else { "yes" }.to_owned()),
            ("data", rows_text(header_end + 1, source.last_row)),
            ("columns", source.columns.len().to_string()),
            ("understood", understood.to_string()),
        ];
        writeln!(out, "\n{}", heading(&name, style))?;
        writeln!(out, "{}", style.with("inspect-file", &args))?;
        if let Some(dialect) = &source.dialect {
            writeln!(
                out,
                "{}",
                style.with("inspect-dialect", &[("dialect", dialect.clone())])
            )?;
        }
        let mut table = table(style, &["col-header", "col-field", "col-reason", "col-sample"]);
        for (at, column) in source.columns.iter().enumerate() {
            let reason = match &column.understood {
                Understood::Override => style.text("understood-override"),
                Understood::Sheet => style.text("understood-sheet"),
                Understood::Alias(_) => style.text("understood-alias"),
                Understood::Dialect(_) => style.text("understood-dialect"),
                Understood::Extra => style.text("understood-extra"),
                Understood::Ambiguous(could_be) => {
                    style.with("understood-ambiguous", &[("fields", could_be.join("、"))])
                }
                Understood::Second(first) => style.with("understood-second", &[("first", first.clone())]),
                Understood::No => style.text("understood-no"),
            };
            let unsure = matches!(column.understood, Understood::No | Understood::Ambiguous(_));
            let mut field = column.field.map_or_else(|| "—".to_owned(), titles);
            if let Some(nested) = &column.nested {
                field.push('.');
                field.push_str(nested);
            }
            let sample: Vec<String> = source
                .sample
                .iter()
                .filter_map(|row| row.get(at))
                .filter(|text| !text.trim().is_empty())
                .map(|text| first_line(text, SAMPLE_WIDTH))
                .collect();
            table.add_row(vec![
                plain(&column.header),
                plain(&field),
                if unsure {
                    tinted(&reason, Color::Yellow, style)
                } else {
                    plain(&reason)
                },
                plain(&sample.join("\n")),
            ]);
        }
        writeln!(out, "{}", table.trim_fmt())?;
    }
    Ok(())
}

/// Characters of one cell of a table.
const LONGEST: usize = 2_000;

/// How wide one value of a sample is shown.
const SAMPLE_WIDTH: usize = 40;

/// Rows from one to another: `3`, `3–120`.
fn rows_text(first: u32, last: u32) -> String {
    if last <= first {
        first.to_string()
    } else {
        format!("{first}–{last}")
    }
}

/// The first line of a text, cut where it is too wide.
fn first_line(text: &str, width: usize) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let mut out = String::new();
    let mut used = 0;
    for c in line.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    if out.len() < text.trim().len() {
        out.push('…');
    }
    out
}

//! Tables for a terminal: something a head of division would read.
//!
//! Must not compute. Every text from the data goes through [`escape::terminal`].

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, LineStyle, Table, TableStyle};

use super::escape::terminal;
use super::{Document, LintReport, Style, pairwise, patch, show, statistics};
use crate::model::{
    Catalogue, Class, ElementReport, ItemReport, ReferenceFrom, RegionDiff, Severity, Understood, Uniformity, Verdict,
};

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => write_diff(diff, style, out),
        Document::Report(report) => write_report(report, style, out),
        Document::Lint(report) => write_lint(report, style, out),
        Document::Statistics(report) => {
            write_statistics(report, style, out)?;
            lint_summary(report, style, out)
        }
        Document::Patch(report) => patch::table(report, style, out),
        Document::Pairwise(report) => pairwise::table(report, style, out),
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

fn tinted(text: &str, color: Color, style: &Style<'_>) -> Cell {
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

fn class_color(class: Class) -> Color {
    match class {
        Class::Uniform => Color::Green,
        Class::Outliers => Color::Yellow,
        Class::Split => Color::Red,
        Class::Single => Color::Grey,
    }
}

fn write_report(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_summary(&show::summary(report, style), style, out)?;
    let whole = style.item.is_some();
    let shown: Vec<&ItemReport> = report
        .items
        .iter()
        .filter(|item| style.shows(item) && (whole || show::item_deviates(item)))
        .collect();
    if shown.is_empty() {
        let key = match (whole, report.items_compared) {
            (true, _) => "report-no-such-item",
            (false, 0) => "report-nothing-to-compare",
            (false, _) => "report-nothing",
        };
        writeln!(out, "\n{}", style.text(key))?;
    }
    for item in shown.iter().take(style.top) {
        write_item(item, report, whole, style, out)?;
    }
    if shown.len() > style.top {
        let count = (shown.len() - style.top).to_string();
        writeln!(out, "\n{}", style.with("report-more-items", &[("count", count)]))?;
    }
    if !whole {
        write_elements(report, style, out)?;
        write_coverage(report, style, out)?;
    }
    Ok(())
}

fn write_item(
    item: &ItemReport,
    report: &Uniformity,
    whole: bool,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = show::item_name(&item.name, item.handling.as_deref());
    let title = format!("■ {} {}", item.code, name);
    let index = style.with("item-index", &[("index", show::index(item.index))]);
    writeln!(out, "\n{}  {index}", heading(&title, style))?;
    for line in item_notes(item, report, style) {
        writeln!(out, "  {}", terminal(&line))?;
    }
    let mut table = table(
        style,
        &["col-element", "col-class", "col-says", "col-regions", "col-reference"],
    );
    for cell in item.elements.iter().filter(|cell| whole || show::deviates(cell)) {
        add_cell(&mut table, cell, report, whole, style);
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// What is to be said of the item as a whole.
fn item_notes(item: &ItemReport, report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if !item.divided.is_empty() {
        let list = item
            .divided
            .iter()
            .map(|&(side, rows)| {
                let args = [
                    ("region", show::region(&report.regions[side])),
                    ("rows", rows.to_string()),
                ];
                style.with("note-divided-region", &args)
            })
            .collect::<Vec<_>>()
            .join("、");
        notes.push(style.with("note-divided", &[("list", list)]));
    }
    if item.in_directory == Some(false) {
        notes.push(style.text("note-outside-directory"));
    }
    if !item.absent.is_empty() && item.present.len() > 1 {
        notes.push(style.with("note-absent", &[("list", show::regions(&item.absent, report))]));
    }
    notes
}

fn add_cell(table: &mut Table, cell: &ElementReport, report: &Uniformity, whole: bool, style: &Style<'_>) {
    let class = style.text(&format!("class-{}", cell.class.word()));
    let reference = show::reference(&cell.reference, style);
    // Name and class stand in the first row of an element only.
    let heads = |first: bool| match first {
        true => [
            bold(style.element(&cell.element), style),
            tinted(&class, class_color(cell.class), style),
        ],
        false => [plain(""), plain("")],
    };
    for at in 0..cell.groups.len() {
        let group = &cell.groups[at];
        let first = at == 0;
        let lines = show::group_lines(cell, at, whole, style).join("\n");
        let odd = group.regions.iter().any(|side| cell.deviating.contains(side));
        let [element, class_cell] = heads(first);
        table.add_row(vec![
            element,
            class_cell,
            if odd {
                tinted(&lines, Color::Yellow, style)
            } else {
                plain(&lines)
            },
            plain(&show::regions(&group.regions, report)),
            plain(if first { &reference } else { "" }),
        ]);
    }
    for (sides, key) in [(&cell.missing, "says-missing"), (&cell.unknown, "says-unknown")] {
        if !sides.is_empty() {
            let first = cell.groups.is_empty() && (key == "says-missing" || cell.missing.is_empty());
            let [element, class_cell] = heads(first);
            table.add_row(vec![
                element,
                class_cell,
                tinted(&style.text(key), Color::DarkGrey, style),
                plain(&show::regions(sides, report)),
                plain(""),
            ]);
        }
    }
}

fn write_elements(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", heading(&style.text("report-by-element"), style))?;
    let mut elements = table(style, &["col-element", "col-index", "col-cells", "col-deviating"]);
    for element in &report.elements {
        elements.add_row(vec![
            plain(style.element(&element.element)),
            plain(&show::index(element.index)).set_alignment(CellAlignment::Right),
            plain(&element.cells.to_string()).set_alignment(CellAlignment::Right),
            plain(&element.deviating.to_string()).set_alignment(CellAlignment::Right),
        ]);
    }
    writeln!(out, "{}", elements.trim_fmt())?;
    writeln!(out, "\n{}", heading(&style.text("report-by-region"), style))?;
    let mut regions = table(
        style,
        &[
            "col-region",
            "col-index",
            "col-items",
            "col-rows",
            "col-compared",
            "col-divided",
            "col-only",
            "col-duplicate",
        ],
    );
    for region in report.regions.iter().take(style.top) {
        let count = |n: usize| plain(&n.to_string()).set_alignment(CellAlignment::Right);
        let accounting = region.accounting;
        regions.add_row(vec![
            plain(&format!("{} {}", region.id, region.name)),
            plain(&show::index(region.index)).set_alignment(CellAlignment::Right),
            count(region.items),
            count(region.rows),
            count(accounting.compared),
            count(accounting.divided),
            count(accounting.only_here),
            count(accounting.duplicate),
        ]);
    }
    writeln!(out, "{}", regions.trim_fmt())?;
    more(report.regions.len(), style, out)?;
    let cells = || report.items.iter().flat_map(|item| &item.elements);
    let open = cells()
        .filter(|cell| cell.class == Class::Split && cell.reference.from == ReferenceFrom::None)
        .count();
    if open > 0 {
        writeln!(
            out,
            "{}",
            style.with("region-index-note", &[("count", open.to_string())])
        )?;
    }
    Ok(())
}

pub(super) fn more(count: usize, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match count.checked_sub(style.top) {
        Some(more) if more > 0 => writeln!(out, "{}", style.with("and-more", &[("count", more.to_string())])),
        _ => Ok(()),
    }
}

/// Items outside the directory, items that regions lack, items that no one handles, folded notations.
fn write_coverage(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outside: Vec<&ItemReport> = report
        .items
        .iter()
        .filter(|item| item.in_directory == Some(false))
        .collect();
    let single: Vec<&ItemReport> = report
        .items
        .iter()
        .filter(|item| item.present.len() == 1 && !item.absent.is_empty() && item.in_directory != Some(false))
        .collect();
    let lacking: Vec<&ItemReport> = report
        .items
        .iter()
        .filter(|item| item.present.len() > 1 && !item.absent.is_empty())
        .collect();
    for (key, items) in [
        ("cover-outside", &outside),
        ("cover-lacking", &lacking),
        ("cover-single", &single),
    ] {
        if items.is_empty() {
            continue;
        }
        writeln!(
            out,
            "\n{}",
            heading(&style.with(key, &[("count", items.len().to_string())]), style)
        )?;
        for item in items.iter().take(style.top.min(20)) {
            let sides = if key == "cover-lacking" {
                &item.absent
            } else {
                &item.present
            };
            let name = show::item_name(&item.name, item.handling.as_deref());
            let line = format!("{} {}（{}）", item.code, name, show::regions(sides, report));
            writeln!(out, "  {}", terminal(&line))?;
        }
        let rest = items.len().saturating_sub(style.top.min(20));
        if rest > 0 {
            writeln!(out, "  {}", style.with("and-more", &[("count", rest.to_string())]))?;
        }
    }
    if !report.unhandled.is_empty() {
        let title = style.with("cover-unhandled", &[("count", report.unhandled.len().to_string())]);
        writeln!(out, "\n{}", heading(&title, style))?;
        for (code, name) in report.unhandled.iter().take(style.top.min(20)) {
            writeln!(out, "  {}", terminal(&format!("{code} {name}")))?;
        }
        let rest = report.unhandled.len().saturating_sub(style.top.min(20));
        if rest > 0 {
            writeln!(out, "  {}", style.with("and-more", &[("count", rest.to_string())]))?;
        }
    }
    let cells = || report.items.iter().flat_map(|item| &item.elements);
    let args = [
        ("notation", cells().filter(|cell| cell.notation > 0).count().to_string()),
        ("level", cells().filter(|cell| cell.level > 0).count().to_string()),
        (
            "unknown",
            cells().filter(|cell| !cell.unknown.is_empty()).count().to_string(),
        ),
        (
            "missing",
            cells().filter(|cell| !cell.missing.is_empty()).count().to_string(),
        ),
    ];
    writeln!(out, "\n{}", style.with("report-folded", &args))
}

fn verdict_color(verdict: Verdict) -> Color {
    match verdict {
        Verdict::Substantive => Color::Red,
        Verdict::Level | Verdict::Notation => Color::Cyan,
        Verdict::Missing | Verdict::Unknown => Color::DarkGrey,
        Verdict::Same => Color::Green,
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
    let mut last: Option<(&str, Option<&str>, &str)> = None;
    let mut items = 0_usize;
    let mut open: Option<Table> = None;
    let mut left_out = 0_usize;
    for difference in shown {
        let key = (
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
            writeln!(out, "\n{}", heading(&format!("■ {} {name}", difference.code), style))?;
            open = Some(table(
                style,
                &["col-element", "col-verdict", "col-left", "col-right", "col-difference"],
            ));
        }
        let Some(table) = open.as_mut() else { continue };
        let verdict = difference.judgement.verdict;
        let mut detail = show::detail(&difference.judgement, style);
        if style.explain {
            detail.extend(show::explanation(difference, style));
        }
        let detail = detail.join("\n");
        let quoted = |side: &crate::model::DiffSide| match verdict {
            Verdict::Unknown | Verdict::Notation => side.raw.clone(),
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
                row_of(&difference.left.place)
            )),
            plain(&format!(
                "{}\n{}",
                show::shorten(&quoted(&difference.right), most),
                row_of(&difference.right.place)
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
    if style.item.is_none() {
        for item in &diff.divided {
            let args = [
                ("item", format!("{} {}", item.code, item.name)),
                ("left", item.left_rows.to_string()),
                ("right", item.right_rows.to_string()),
            ];
            writeln!(out, "{}", terminal(&style.with("diff-divided", &args)))?;
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
                writeln!(out, "  {}", terminal(&format!("{} {name}", item.code)))?;
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

fn row_of(place: &crate::model::Place) -> String {
    match &place.sheet {
        Some(sheet) => format!("↳ {sheet}:{}", place.row),
        None => format!("↳ :{}", place.row),
    }
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

//! Which regions can handle which item for each other (`tongban report --pairwise`), in the formats that take it.
//!
//! Must not compute: how two regions stand in an item is asked of the model.

mod json;
mod xlsx;

use std::cmp::Reverse;
use std::io::{self, Write};

use super::escape::markdown;
use super::{Style, csv, md, show, table};
use crate::model::{PairSummary, PairTally, PairedItem, Pairwise};
use comfy_table::CellAlignment;

pub(super) use json::{schema, write as json};
pub(super) use xlsx::write as xlsx;

/// So many regions fit beside each other; more are listed pair by pair.
const MATRIX: usize = 9;

fn region(report: &Pairwise, at: usize) -> &str {
    report
        .regions
        .get(at)
        .map_or("", |(id, name)| if name.is_empty() { id } else { name })
}

fn element<'a>(report: &'a Pairwise, at: usize, style: &'a Style<'_>) -> &'a str {
    report.elements.get(at).map_or("", |element| style.element(&element.id))
}

fn elements(report: &Pairwise, list: &[usize], style: &Style<'_>) -> String {
    let names: Vec<&str> = list.iter().map(|&at| element(report, at, style)).collect();
    names.join("、")
}

/// Elements with how many pairs they stand in the way of, the most first.
fn counted(report: &Pairwise, counts: &[usize], style: &Style<'_>) -> String {
    let mut list: Vec<(usize, usize)> = counts.iter().copied().enumerate().filter(|(_, n)| *n > 0).collect();
    list.sort_by_key(|&(at, n)| (Reverse(n), at));
    let named: Vec<String> = list
        .into_iter()
        .map(|(at, n)| format!("{}×{n}", element(report, at, style)))
        .collect();
    named.join("、")
}

fn summary(report: &Pairwise, style: &Style<'_>) -> Vec<(String, String)> {
    let sum = |count: fn(&PairSummary) -> usize| report.pairs.iter().map(count).sum::<usize>().to_string();
    let line = |name: &str, value: &str, args: &[(&str, String)]| (style.text(name), style.with(value, args));
    let mut lines = vec![
        line(
            "pairwise-scope",
            "pairwise-scope-value",
            &[
                ("regions", report.regions.len().to_string()),
                ("pairs", report.pairs.len().to_string()),
                ("items", report.items.len().to_string()),
            ],
        ),
        line(
            "pairwise-result",
            "pairwise-result-value",
            &[
                ("both", sum(|pair| pair.both)),
                ("possible", sum(|pair| pair.possible)),
                ("blocked", sum(|pair| pair.blocked)),
                ("unknown", sum(|pair| pair.unknown)),
            ],
        ),
    ];
    let names = |wanted: &dyn Fn(bool, bool) -> bool| {
        let all = report.elements.iter();
        let named = all.filter(|element| wanted(element.blocks, element.said));
        let names: Vec<&str> = named.map(|element| style.element(&element.id)).collect();
        names.join("、")
    };
    for (name, list) in [
        ("pairwise-blocks", names(&|blocks, said| blocks && said)),
        ("pairwise-informs", names(&|blocks, said| !blocks && said)),
        ("pairwise-unsaid", names(&|_, said| !said)),
    ] {
        if !list.is_empty() {
            lines.push((style.text(name), list));
        }
    }
    let contained = report.elements.iter().filter(|element| element.contained);
    let contained: Vec<&str> = contained.map(|element| style.element(&element.id)).collect();
    if !contained.is_empty() {
        let list = contained.join("、");
        lines.push(line(
            "pairwise-contained",
            "pairwise-contained-value",
            &[("elements", list)],
        ));
    }
    let (in_force, expired) = report.variances;
    if in_force + expired > 0 {
        let named = counted(report, &report.allowed_by, style);
        let args = [
            ("count", in_force.to_string()),
            (
                "expired",
                if expired == 0 {
                    "no".to_owned()
                } else {
                    expired.to_string()
                },
            ),
            ("pairs", report.allowed_by.iter().sum::<usize>().to_string()),
            ("elements", if named.is_empty() { "no".to_owned() } else { named }),
        ];
        lines.push(line("pairwise-variances", "pairwise-variances-value", &args));
    }
    lines.push(line("pairwise-rule", "pairwise-rule-value", &[]));
    if let Some(only) = report.element {
        let args = [("element", element(report, only, style).to_owned())];
        lines.push(line("pairwise-listed", "pairwise-listed-value", &args));
    }
    lines
}

/// `12/17`, and how many cannot be told.
fn share(possible: usize, both: usize, unknown: usize) -> String {
    match unknown {
        0 => format!("{possible}/{both}"),
        _ => format!("{possible}/{both} ?{unknown}"),
    }
}

/// Pairs of regions, those first that can handle the smallest share for each other.
fn worst(report: &Pairwise) -> Vec<&PairSummary> {
    let mut pairs: Vec<&PairSummary> = report.pairs.iter().collect();
    pairs.sort_by(|a, b| {
        let (left, right) = (a.possible * b.both, b.possible * a.both);
        left.cmp(&right)
            .then(b.both.cmp(&a.both))
            .then(a.regions.cmp(&b.regions))
    });
    pairs
}

/// Items that not every two regions can handle for each other, those first that most pairs cannot; one that is asked for in any case.
fn hard<'a>(report: &'a Pairwise, style: &Style<'_>) -> Vec<(&'a PairedItem, PairTally)> {
    let tallies = report.items.iter().map(|item| (item, report.tally(item)));
    let mut items: Vec<(&PairedItem, PairTally)> = tallies
        .filter(|(_, tally)| style.item.is_some() || tally.possible < tally.both)
        .filter(|(_, tally)| {
            let element = report.element;
            element.is_none_or(|at| tally.blocked_by[at] + tally.unknown_by[at] > 0)
        })
        .collect();
    items.sort_by_key(|(_, tally)| (Reverse(tally.blocked), Reverse(tally.unknown)));
    items
}

/// The cells of a pair of regions in a list: both names, and counts.
fn pair_cells(pair: &PairSummary, report: &Pairwise) -> [String; 6] {
    [
        region(report, pair.regions.0).to_owned(),
        region(report, pair.regions.1).to_owned(),
        pair.both.to_string(),
        pair.possible.to_string(),
        pair.blocked.to_string(),
        pair.unknown.to_string(),
    ]
}

const PAIR_HEADS: [&str; 6] = [
    "col-region",
    "col-region",
    "pairwise-both",
    "pairwise-possible",
    "pairwise-blocked",
    "pairwise-unknown",
];
const ELEMENT_HEADS: [&str; 3] = ["col-element", "pairwise-blocked", "pairwise-unknown"];
const ITEM_HEADS: [&str; 4] = [
    "col-item",
    "pairwise-possible",
    "pairwise-blocked-by",
    "pairwise-unknown-by",
];

/// Elements that block a pair or leave one open, the most first.
fn obstacles(report: &Pairwise, style: &Style<'_>) -> Vec<[String; 3]> {
    let mut list: Vec<usize> = (0..report.elements.len())
        .filter(|&at| report.lists(at) && report.blocked_by[at] + report.unknown_by[at] > 0)
        .collect();
    list.sort_by_key(|&at| (Reverse(report.blocked_by[at]), Reverse(report.unknown_by[at]), at));
    let cells = |at: usize| {
        [
            element(report, at, style).to_owned(),
            report.blocked_by[at].to_string(),
            report.unknown_by[at].to_string(),
        ]
    };
    list.into_iter().map(cells).collect()
}

fn item_cells(item: &PairedItem, tally: &PairTally, report: &Pairwise, style: &Style<'_>) -> [String; 4] {
    [
        format!(
            "{} {}",
            item.code,
            show::item_name(&item.name, item.handling.as_deref())
        ),
        share(tally.possible, tally.both, tally.unknown),
        counted(report, &tally.blocked_by, style),
        counted(report, &tally.unknown_by, style),
    ]
}

/// As table.
pub(super) fn table(report: &Pairwise, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    table::write_summary(&summary(report, style), style, out)?;
    if report.pairs.is_empty() {
        return writeln!(out, "\n{}", style.text("report-nothing-to-compare"));
    }
    writeln!(out, "\n{}", table::heading(&style.text("pairwise-by-pair"), style))?;
    if report.regions.len() <= MATRIX && report.only.is_none() {
        writeln!(out, "{}", matrix(report, style).trim_fmt())?;
    } else {
        let mut pairs = table::table(style, &PAIR_HEADS);
        for pair in worst(report).into_iter().take(style.top) {
            pairs.add_row(pair_cells(pair, report).map(|text| table::plain(&text)));
        }
        writeln!(out, "{}", pairs.trim_fmt())?;
        table::more(report.pairs.len(), style, out)?;
    }
    let obstacles = obstacles(report, style);
    if !obstacles.is_empty() {
        writeln!(out, "\n{}", table::heading(&style.text("pairwise-by-element"), style))?;
        let mut elements = table::table(style, &ELEMENT_HEADS);
        for cells in obstacles {
            elements.add_row(cells.map(|text| table::plain(&text)));
        }
        writeln!(out, "{}", elements.trim_fmt())?;
    }
    let items = hard(report, style);
    if !items.is_empty() {
        writeln!(out, "\n{}", table::heading(&style.text("pairwise-by-item"), style))?;
        let mut rows = table::table(style, &ITEM_HEADS);
        for (item, tally) in items.iter().take(style.top) {
            rows.add_row(item_cells(item, tally, report, style).map(|text| table::plain(&text)));
        }
        writeln!(out, "{}", rows.trim_fmt())?;
        table::more(items.len(), style, out)?;
    }
    Ok(())
}

/// Regions against regions: how many of the items that both have can be handled for each other.
fn matrix(report: &Pairwise, style: &Style<'_>) -> comfy_table::Table {
    let mut matrix = table::table(style, &[]);
    let names = (0..report.regions.len()).map(|at| region(report, at));
    let heads = std::iter::once("").chain(names.clone());
    matrix.set_header(heads.map(|name| table::bold(name, style)));
    for (row, name) in names.enumerate() {
        let cell = |column: usize| {
            let key = (row.min(column), row.max(column));
            let pair = report.pairs.iter().find(|pair| pair.regions == key);
            pair.map_or("—".to_owned(), |pair| share(pair.possible, pair.both, pair.unknown))
        };
        let cells = (0..report.regions.len()).map(cell);
        let cells = cells.map(|text| table::plain(&text).set_alignment(CellAlignment::Right));
        matrix.add_row(std::iter::once(table::bold(name, style)).chain(cells));
    }
    matrix
}

/// As csv: a row for each two regions and each item that both have.
pub(super) fn csv(report: &Pairwise, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let headers = [
        "区域一编码",
        "区域一",
        "区域二编码",
        "区域二",
        "事项编码",
        "业务办理项",
        "事项名称",
        "能否通办",
        "不能通办的要素",
        "说不准的要素",
        "不同但不影响通办的要素",
        "合理差异的要素",
    ];
    let mut rows = csv::Rows::new(out, &headers, style.raw_csv)?;
    let words = ["possible", "blocked", "unknown"].map(|word| (word, style.text(&format!("pairwise-{word}"))));
    let word = |word: &str| {
        let text = words.iter().find(|(known, _)| *known == word);
        text.map_or_else(String::new, |(_, text)| text.clone())
    };
    for item in &report.items {
        for pair in report.listed(item) {
            let (left, right) = pair.regions;
            let name = |at: usize| report.regions.get(at).cloned().unwrap_or_default();
            let ((left, left_name), (right, right_name)) = (name(left), name(right));
            rows.row(&[
                left,
                left_name,
                right,
                right_name,
                item.code.clone(),
                item.handling.clone().unwrap_or_default(),
                item.name.clone(),
                word(pair.word()),
                elements(report, &pair.blocked, style),
                elements(report, &pair.unknown, style),
                elements(report, &pair.informs, style),
                elements(report, &pair.allowed, style),
            ])?;
        }
    }
    rows.finish()
}

/// As md.
pub(super) fn md(report: &Pairwise, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", style.text("pairwise-title"))?;
    for (name, value) in summary(report, style) {
        writeln!(out, "- **{name}**：{}", markdown(&value))?;
    }
    let escaped = |cells: &[String]| cells.iter().map(|cell| markdown(cell)).collect::<Vec<_>>();
    let more = |count: usize, out: &mut dyn Write| match count.checked_sub(style.top) {
        Some(more) if more > 0 => writeln!(out, "\n{}", style.with("and-more", &[("count", more.to_string())])),
        _ => Ok(()),
    };
    writeln!(out, "\n## {}\n", style.text("pairwise-by-pair"))?;
    md::header(style, &PAIR_HEADS, out)?;
    for pair in worst(report).into_iter().take(style.top) {
        md::row(&escaped(&pair_cells(pair, report)), out)?;
    }
    more(report.pairs.len(), out)?;
    writeln!(out, "\n## {}\n", style.text("pairwise-by-element"))?;
    md::header(style, &ELEMENT_HEADS, out)?;
    for cells in obstacles(report, style) {
        md::row(&escaped(&cells), out)?;
    }
    writeln!(out, "\n## {}\n", style.text("pairwise-by-item"))?;
    md::header(style, &ITEM_HEADS, out)?;
    let items = hard(report, style);
    for (item, tally) in items.iter().take(style.top) {
        md::row(&escaped(&item_cells(item, tally, report, style)), out)?;
    }
    more(items.len(), out)
}

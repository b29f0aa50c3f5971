//! Reports: what was found, as bytes. One file per output format; a new format is one file and one line in [`FORMATS`].
//!
//! Must not compute: counts, verdicts and texts come in as data.

mod burden;
mod concise;
mod csv;
pub mod escape;
mod excerpt;
mod full;
mod github;
mod gitlab;
pub mod guides;
mod history;
mod html;
mod json;
mod junit;
mod law;
mod md;
mod only;
mod pairwise;
mod patch;
mod sarif;
mod save;
mod schemas;
mod sheet;
mod show;
pub mod snapshots;
mod statistics;
mod table;
mod uniformity;
mod within;
mod xlsx;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use crate::messages::Messages;
use crate::model::{
    Catalogue, Cell, Difference, FieldId, Finding, History, LawImpact, LawItems, Log, OneSided, Pairwise, Patch,
    RegionDiff, RowId, RuleInfo, Severity, Table, TableId, Uniformity,
};

pub use self::csv::list as csv_list;
pub(crate) use self::patch::nothing as nothing_in_patch;
pub use law::check::{LawReport, Told};
pub use only::{By, Only};
pub use save::{create_by, refuse, replace, save, save_as, save_by};
pub use schemas::{WireSchema, schemas};
pub use show::rule_help;
pub use table::columns;

/// What lint found, with what is known of the rules and the lists that it was found in.
pub struct LintReport<'a> {
    /// Files read.
    pub files: usize,
    /// Rows read.
    pub rows: usize,
    /// Whether part of the input was not read.
    pub incomplete: bool,
    /// The findings, in order.
    pub findings: Vec<Finding>,
    /// The rules.
    pub rules: Vec<RuleInfo>,
    /// The lists: reports quote their cells.
    pub catalogue: &'a Catalogue,
    /// The fields that name an item, the most telling first.
    pub names: Vec<FieldId>,
}

impl LintReport<'_> {
    /// How many findings have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// What is known of a rule.
    pub fn rule(&self, code: &str) -> Option<&RuleInfo> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The name of a rule; empty where nothing is known of it.
    fn rule_name(&self, code: &str) -> &str {
        self.rule(code).map_or("", |rule| &rule.name)
    }

    /// The cell that a finding is about, in the row that it stands in. What reading finds has only its place: the cell is looked up
    /// by it.
    pub fn cell(&self, finding: &Finding) -> Option<(RowId, &Cell)> {
        let place = &finding.place;
        let (row, column) = match finding.cell {
            Some(cell) => cell,
            None if place.row == 0 || place.column.is_empty() => return None,
            None => {
                let tables = &self.catalogue.tables;
                let holds = |table: &Table| self.catalogue.files[table.file].name == place.file;
                let table = tables
                    .iter()
                    .position(|table| table.sheet == place.sheet && holds(table))?;
                let column = tables[table]
                    .columns
                    .iter()
                    .position(|column| column.header == place.column)?;
                let key = (TableId::of(table), place.row);
                let row = self
                    .catalogue
                    .rows
                    .binary_search_by_key(&key, |row| (row.table, row.at.row));
                (RowId::of(row.ok()?), u16::try_from(column).ok()?)
            }
        };
        let cells = self.catalogue.cells(row).iter();
        Some((row, cells.into_iter().find(|cell| cell.column == column)?))
    }

    /// The name of the item that a finding is about; empty where its row is not known.
    pub fn item_name(&self, finding: &Finding) -> &str {
        let row = finding.cell.map(|(row, _)| row).or_else(|| Some(self.cell(finding)?.0));
        let name = |row| self.names.iter().find_map(|&field| self.catalogue.text(row, field));
        row.and_then(name).unwrap_or_default()
    }
}

/// What is to be written.
pub enum Document<'a> {
    /// One region against another.
    Diff(&'a RegionDiff),
    /// N regions.
    Report(&'a Uniformity),
    /// Findings.
    Lint(&'a LintReport<'a>),
    /// How many findings each rule has.
    Statistics(&'a LintReport<'a>),
    /// The least that must change in one region.
    Patch(&'a Patch),
    /// Which regions can handle which item for each other.
    Pairwise(&'a Pairwise),
    /// Citations held against the law library.
    LawCheck(&'a LawReport<'a>),
    /// What an amendment of a law touches.
    LawImpact(&'a LawImpact),
    /// Which items rest on which law.
    LawItems(&'a LawItems),
    /// What became of items over the snapshots.
    History(&'a History),
}

/// The kinds of documents, as far as formats tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// [`Document::Diff`].
    Diff,
    /// [`Document::Report`].
    Report,
    /// [`Document::Lint`].
    Lint,
    /// [`Document::Statistics`].
    Statistics,
    /// [`Document::Patch`].
    Patch,
    /// [`Document::Pairwise`].
    Pairwise,
    /// [`Document::LawCheck`].
    LawCheck,
    /// [`Document::LawImpact`].
    LawImpact,
    /// [`Document::LawItems`].
    LawItems,
    /// [`Document::History`].
    History,
}

/// How it is to be written.
pub struct Style<'a> {
    /// The messages of the chosen language.
    pub messages: &'a Messages,
    /// Chinese and English, for formats that carry both.
    pub both: [&'a Messages; 2],
    /// Whether colours are wanted.
    pub color: bool,
    /// The width of the terminal, in half-width characters.
    pub width: u16,
    /// Whether block characters can be shown, which a chart is best made of.
    pub blocks: bool,
    /// The profile's id.
    pub profile: &'a str,
    /// Element id → names (Chinese, English).
    pub elements: &'a HashMap<String, [String; 2]>,
    /// Only this item, whole; by code or by a part of its name.
    pub item: Option<&'a str>,
    /// What else of N regions is shown; every format shows the same.
    pub only: Only<'a>,
    /// What a report of N regions is listed by; see [`left_out`] for the formats that have no order.
    pub by: By,
    /// Whether each difference says what was folded, and why the two texts were read so.
    pub explain: bool,
    /// How many items or findings are listed; the others are counted.
    pub top: usize,
    /// Whether the cells of a CSV are left as they are, also where a spreadsheet would take them for formulas.
    pub raw_csv: bool,
    /// The snapshots, for a page of N regions that shows the trend.
    pub trend: Option<&'a Log>,
}

impl Style<'_> {
    /// The name of an element in the chosen language.
    pub fn element<'s>(&'s self, id: &'s str) -> &'s str {
        self.elements
            .get(id)
            .map_or(id, |names| self.messages.lang().pick(names))
    }

    /// Whether a difference is of an item that is asked for.
    pub fn shows_difference(&self, difference: &Difference) -> bool {
        self.item
            .is_none_or(|wanted| difference.code == wanted || difference.name.contains(wanted))
    }

    /// Whether an item that only one side has is among those asked for.
    pub fn shows_one_sided(&self, item: &OneSided) -> bool {
        self.item
            .is_none_or(|wanted| item.code == wanted || item.name.contains(wanted))
    }

    /// The same for formats that are Chinese in every language.
    fn chinese(&self) -> Style<'_> {
        Style {
            messages: self.both[0],
            ..*self
        }
    }

    fn text(&self, key: &str) -> String {
        self.messages.text(key)
    }

    fn with(&self, key: &str, args: &[(&str, String)]) -> String {
        self.messages.with(key, args)
    }
}

/// What a format can write.
#[derive(Clone, Copy)]
enum Writer {
    /// Every document.
    Any(fn(&Document<'_>, &Style<'_>, &mut dyn Write) -> io::Result<()>),
    /// Only findings.
    Lint(fn(&LintReport<'_>, &Style<'_>, &mut dyn Write) -> io::Result<()>),
    /// Only N regions.
    Report(fn(&Uniformity, &Style<'_>, &mut dyn Write) -> io::Result<()>),
    /// Only history.
    History(fn(&History, &Style<'_>, &mut dyn Write) -> io::Result<()>),
    /// Only regions two by two.
    Pairwise(fn(&Pairwise, &Style<'_>, &mut dyn Write) -> io::Result<()>),
}

/// An output format.
#[derive(Clone, Copy)]
pub struct Format {
    /// The word of `--format`.
    pub name: &'static str,
    /// The ending of a file that is written in it when nothing else is said; empty for none.
    pub ending: &'static str,
    writers: &'static [Writer],
}

const fn format(name: &'static str, ending: &'static str, writers: &'static [Writer]) -> Format {
    Format { name, ending, writers }
}

/// The formats.
pub const FORMATS: [Format; 12] = [
    format("table", "", &[Writer::Any(table::write)]),
    format("full", "", &[Writer::Lint(full::write)]),
    format("concise", "", &[Writer::Lint(concise::write)]),
    format("csv", "csv", &[Writer::Any(csv::write)]),
    format("json", "json", &[Writer::Any(json::write)]),
    format("md", "md", &[Writer::Any(md::write)]),
    format(
        "html",
        "html",
        &[Writer::Report(html::write), Writer::History(history::html)],
    ),
    format(
        "xlsx",
        "xlsx",
        &[
            Writer::Lint(xlsx::write),
            Writer::Report(uniformity::xlsx),
            Writer::Pairwise(pairwise::xlsx),
        ],
    ),
    format("sarif", "sarif", &[Writer::Lint(sarif::write)]),
    format("github", "", &[Writer::Lint(github::write)]),
    format("gitlab", "", &[Writer::Lint(gitlab::write)]),
    format("junit", "xml", &[Writer::Lint(junit::write)]),
];

impl Format {
    /// The format of a name.
    pub fn named(name: &str) -> Option<Format> {
        FORMATS.into_iter().find(|format| format.name == name)
    }

    /// The format that a file is written in by its name.
    pub fn of_file(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        FORMATS
            .into_iter()
            .find(|format| !format.ending.is_empty() && format.ending == ending)
    }

    /// Whether it can write a kind of document.
    pub fn takes(&self, about: About) -> bool {
        self.writers.iter().any(|writer| match writer {
            Writer::Any(_) => true,
            Writer::Lint(_) => about == About::Lint,
            Writer::Report(_) => about == About::Report,
            Writer::Pairwise(_) => about == About::Pairwise,
            Writer::History(_) => about == About::History,
        })
    }

    /// Whether a report lists all items in it when nothing else is said: who reads it can fold away and filter.
    pub fn lists_all(&self) -> bool {
        self.name == "html"
    }

    /// Whether a report says in it what regions say that agree, of all items: the others name what is alike.
    pub fn tells_alike(&self) -> bool {
        self.name == "json"
    }

    /// Whether it is not for a terminal or a pipe to be read.
    pub fn binary(&self) -> bool {
        self.name == "xlsx"
    }
}

/// The formats that can write a kind of document.
pub fn formats_of(about: About) -> impl Iterator<Item = Format> {
    FORMATS.into_iter().filter(move |format| format.takes(about))
}

/// Writes a document in a format that takes it; the command line rules out the others.
///
/// # Errors
/// Whatever the output says; and when the format does not take the document.
pub fn write(format: Format, document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    for writer in format.writers {
        match (writer, document) {
            (Writer::Any(write), document) => return write(document, style, out),
            (Writer::Lint(write), Document::Lint(report)) => return write(report, style, out),
            (Writer::Report(write), Document::Report(report)) => return write(report, style, out),
            (Writer::Pairwise(write), Document::Pairwise(report)) => return write(report, style, out),
            (Writer::History(write), Document::History(history)) => return write(history, style, out),
            _ => {}
        }
    }
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// What a format cannot hold of a document, in words: some readers take only so many findings.
pub fn left_out(format: Format, document: &Document<'_>, style: &Style<'_>) -> Option<String> {
    let (count, most) = match (document, format.name) {
        (Document::Lint(report), "sarif") => (report.findings.len(), sarif::MOST),
        (Document::Lint(report), "xlsx") => (report.findings.len(), sheet::MOST),
        (Document::Report(report), "xlsx") => return uniformity::xlsx_left_out(report, style),
        // A row has two sides there, and bodies of one side are more than that.
        (Document::Diff(diff), "csv") => {
            let count = within::shown(&diff.within, style).len();
            return (count > 0).then(|| style.with("within-left-out", &[("count", count.to_string())]));
        }
        (Document::Report(report), "csv") => return uniformity::csv_uncompared(report, style),
        // Programs order it themselves; a page has both tables, and filters.
        (Document::Report(_), "json" | "html") => return (style.by != By::Item).then(|| style.text("by-left-out")),
        _ => return None,
    };
    cut(count, most, style)
}

/// That only so many of the findings were written.
fn cut(count: usize, most: usize, style: &Style<'_>) -> Option<String> {
    let args = [("shown", most.to_string()), ("count", count.to_string())];
    (count > most).then(|| style.with("findings-cut", &args))
}

//! Reports: what was found, as bytes. One file per output format; a new format is one file and one line in [`FORMATS`].
//!
//! Must not compute: counts, verdicts and texts come in as data.

mod csv;
pub mod escape;
mod github;
mod gitlab;
mod json;
mod junit;
mod md;
mod sarif;
mod save;
mod show;
mod table;

use std::collections::HashMap;
use std::io::{self, Write};

use crate::messages::Messages;
use crate::model::{Difference, Finding, ItemReport, RegionDiff, RuleInfo, Severity, Uniformity};

pub use self::csv::guides;
pub use save::{replace, save};
pub use show::rule_help;
pub use table::columns;

/// What lint found, with what is known of the rules.
pub struct LintReport {
    /// Files read.
    pub files: usize,
    /// Rows read.
    pub rows: usize,
    /// The findings, in order.
    pub findings: Vec<Finding>,
    /// The rules.
    pub rules: Vec<RuleInfo>,
}

impl LintReport {
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
}

/// What is to be written.
pub enum Document<'a> {
    /// One region against another.
    Diff(&'a RegionDiff),
    /// N regions.
    Report(&'a Uniformity),
    /// Findings.
    Lint(&'a LintReport),
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
    /// The profile's id.
    pub profile: &'a str,
    /// Element id → names (Chinese, English).
    pub elements: &'a HashMap<String, [String; 2]>,
    /// Only this item, whole; by code or by a part of its name.
    pub item: Option<&'a str>,
    /// Whether each difference says what was folded, and why the two texts were read so.
    pub explain: bool,
    /// How many items or findings are listed; the others are counted.
    pub top: usize,
}

impl Style<'_> {
    /// The name of an element in the chosen language.
    pub fn element<'s>(&'s self, id: &'s str) -> &'s str {
        self.elements
            .get(id)
            .map_or(id, |names| self.messages.lang().pick(names))
    }

    /// Whether an item is among those asked for.
    pub fn shows(&self, item: &ItemReport) -> bool {
        self.item
            .is_none_or(|wanted| item.code == wanted || item.name.contains(wanted))
    }

    /// Whether a difference is of an item that is asked for.
    pub fn shows_difference(&self, difference: &Difference) -> bool {
        self.item
            .is_none_or(|wanted| difference.code == wanted || difference.name.contains(wanted))
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

type Writer = fn(&Document<'_>, &Style<'_>, &mut dyn Write) -> io::Result<()>;

/// The formats, by the word of `--format`.
pub const FORMATS: [(&str, Writer); 8] = [
    ("table", table::write),
    ("csv", csv::write),
    ("json", json::write),
    ("md", md::write),
    ("sarif", sarif::write),
    ("github", github::write),
    ("gitlab", gitlab::write),
    ("junit", junit::write),
];

/// Writes a document in a format. An unknown format is written as a table; the command line rules it out.
///
/// # Errors
/// Whatever the output says.
pub fn write(format: &str, document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let writer = FORMATS
        .iter()
        .find(|(name, _)| *name == format)
        .map_or(FORMATS[0].1, |&(_, writer)| writer);
    writer(document, style, out)
}

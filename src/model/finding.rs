//! Findings (问题): what ingest and lint say about one place.
//!
//! Must not know the wording of messages: a finding carries the rule and its arguments.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::catalogue::{Place, RowId};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Style, hints.
    Info,
    /// Probably wrong, or unkind to the applicant.
    Warning,
    /// Breaks a rule of law or standard, or contradicts itself.
    Error,
}

impl Severity {
    /// All of them.
    pub const ALL: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Error];

    /// The word of the wire formats.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// A hint.
    Low,
    /// Likely.
    Medium,
    /// Certain.
    High,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Confidence; 3] = [Confidence::Low, Confidence::Medium, Confidence::High];

    /// The word of the wire formats.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// The text that would replace the raw text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The new text of the cell.
    pub text: String,
    /// Whether only the notation changes; else a person should look at it before it goes out.
    pub safe: bool,
}

/// What is known of a rule: data from `catalogs/rules/`, handed to whoever writes reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// `TIM001`; never reused.
    pub code: String,
    /// `promise-longer-than-statutory`.
    pub name: String,
    /// The default severity.
    pub severity: Severity,
    /// How sure its findings are.
    pub confidence: Confidence,
    /// Title in Chinese and in English.
    pub title: [String; 2],
    /// What it finds and why it matters, in Chinese and in English.
    pub doc: [String; 2],
    /// The legal ground, with the article.
    pub ground: String,
    /// A text that it finds.
    pub bad: String,
    /// The same put right.
    pub good: String,
    /// What to do, in Chinese and in English.
    pub todo: [String; 2],
    /// The number that the check compares with, where it has one; a workspace may set another.
    pub threshold: Option<Threshold>,
    /// The value of its message that is a piece of the cell's own text, to be marked where the cell is shown; empty for none.
    pub mark: String,
    /// Which of its findings can be put right without a person.
    pub fixable: Fixable,
}

impl RuleInfo {
    /// The letters of its code: the family.
    pub fn family(&self) -> &str {
        self.code.trim_end_matches(|c: char| c.is_ascii_digit())
    }
}

/// The number that a check compares with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The number.
    pub value: u32,
    /// What it counts, in Chinese and in English.
    pub unit: [String; 2],
}

/// Whether `lint --fix` puts findings of a rule right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fixable {
    /// Never: it takes a decision.
    #[default]
    No,
    /// Only with `--unsafe-fixes`.
    Unsafe,
    /// With `--fix`: the notation changes and nothing else.
    Safe,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub rule: Cow<'static, str>,
    /// The rule's severity as configured.
    pub severity: Severity,
    /// Named values for the message.
    pub args: Vec<(&'static str, String)>,
    /// Where.
    pub place: Place,
    /// The row and the number of the column that it is about, where it is about a cell that was read.
    pub cell: Option<(RowId, u16)>,
    /// The region's id; empty where the whole file is meant.
    pub region: Arc<str>,
    /// The item's code, or its name where it has none; empty where the whole file is meant.
    pub item: Arc<str>,
    /// The element's id; empty where the row or file is meant.
    pub element: Cow<'static, str>,
    /// What would put it right.
    pub fix: Option<Box<Fix>>,
}

impl Finding {
    /// The values of its message that stay when rows move: not where another row or cell stands.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let places = ["file", "row", "rows", "line", "cell", "path"];
        let values = self.args.iter().map(|(name, value)| (*name, value.as_str()));
        values.filter(move |(name, _)| !places.contains(name))
    }

    /// What the finding is known by, wherever its row moves to: rule, region, item, element, column and the values of its message; of
    /// a finding about a whole file the file's name. The same on every machine and in every version (FNV-1a, 128 bits).
    pub fn fingerprint(&self) -> u128 {
        const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        // Of the file only its name, for it may be named from elsewhere.
        let file = self.place.file.rsplit(['/', '\\']).next().unwrap_or("");
        let file = if self.item.is_empty() { file } else { "" };
        let head = [
            &*self.rule,
            &self.region,
            &self.item,
            &self.element,
            &self.place.column,
            file,
        ];
        let values = self.values().flat_map(|(name, value)| [name, value]);
        let mut hash = BASIS;
        for text in head.into_iter().chain(values) {
            // A byte that is in no text keeps "ab" + "c" apart from "a" + "bc".
            for byte in text.bytes().chain([0xFF]) {
                hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
            }
        }
        hash
    }
}

/// The fingerprints of findings in hexadecimal digits; what is found several times is numbered in order, so that none repeats.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<u128, usize> = HashMap::new();
    let prints = findings.iter().map(|finding| {
        let print = finding.fingerprint();
        let times = seen.entry(print).or_default();
        *times += 1;
        match *times {
            1 => format!("{print:032x}"),
            more => format!("{print:032x}-{more}"),
        }
    });
    prints.collect()
}

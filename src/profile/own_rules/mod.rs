//! A workspace's own rules: `[[rule]]` blocks in `rules/*.toml` beside `tongban.toml` or a profile, and in the files that a profile
//! names. Read, checked against the profile and compiled here; `lint::own` judges rows by them.
//!
//! Must not judge rows, nor hold any rule.

mod compile;
mod shape;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use regex::Regex;

use super::{Profile, SettingsSchema, catalog, own, read_profile_file, settings_schema};
use crate::error::{Error, Kind, Result};
use crate::model::{Amount, Duration, ElementId, FieldId, RuleInfo, TimeUnit, Value};

/// What a file of own rules may hold.
pub(super) fn schema() -> SettingsSchema {
    settings_schema::<shape::RulesFile>("rules", "rules/*.toml")
}

/// One rule of a workspace.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// What is said of it.
    pub info: RuleInfo,
    /// The wording of its findings in Chinese and in English, in Fluent as the shipped rules have it.
    pub message: [String; 2],
    /// What it looks at, and where its findings stand.
    pub on: Target,
    /// Which texts its patterns are held against.
    pub look: Look,
    /// What must hold for the rule to look at a row.
    pub when: Vec<(Subject, Condition)>,
    /// What must not be broken.
    pub check: Check,
    /// What `tongban rules test` runs it on.
    pub examples: Vec<Example>,
    /// The file that it stands in.
    pub file: PathBuf,
    /// The line of its `[[rule]]`.
    pub line: u32,
}

/// An element with its normal form, or a field of the file as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An element of the profile.
    Element(ElementId),
    /// A field that is no element.
    Field(FieldId),
}

impl Target {
    /// The id that findings name it by.
    pub fn id(self, profile: &Profile) -> &str {
        match self {
            Target::Element(element) => &profile.elements[element.index()].id,
            Target::Field(field) => &profile.fields[field.index()].id,
        }
    }
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The region of the list, by its id or its name.
    Region,
    /// A cell of the row.
    Cell(Target),
}

/// What must hold of something beside.
#[derive(Clone, Debug)]
pub enum Condition {
    /// One of its entries is one of these, in normal form.
    OneOf(BTreeSet<String>),
    /// It matches.
    Pattern(Regex),
    /// It does not match; what is not said does not.
    Forbidden(Regex),
    /// Something is said, or nothing.
    Said(bool),
}

/// Which texts patterns are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The text as it stands in the file.
    Raw,
    /// Its normal form.
    Normal,
    /// Either.
    Both,
}

/// The kinds of checks. What is not said is only found by `Required`.
#[derive(Clone, Debug)]
pub enum Check {
    /// No part of the text, or of an entry of its normal form, may match.
    Forbidden(Regex),
    /// The text or its normal form must match.
    Pattern(Regex),
    /// Something must be said, where the list has the column.
    Required,
    /// Every entry must be one of these, in normal form.
    Allowed(BTreeSet<String>),
    /// Where the text matches, another must match too.
    Consistent {
        /// What the text matches.
        condition: Regex,
        /// The other.
        other: Target,
        /// What the other must match, or must not.
        wanted: Condition,
    },
    /// A relation to a value or to another element must hold.
    Compare(Relation, With),
    /// No two rows of a list may say the same.
    Unique,
    /// The text is at least and at most so many characters long.
    Length(u32, u32),
}

/// Relations of amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Same,
    /// `!=`
    Other,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Relation {
    /// Whether it asks which of two is more.
    pub fn orders(self) -> bool {
        !matches!(self, Relation::Same | Relation::Other)
    }

    /// Whether it holds between two amounts; `None` where they cannot be compared.
    pub fn holds(self, left: Quantity, right: Quantity) -> Option<bool> {
        left.comparable(right).then_some(match self {
            Relation::Less => left.high < right.high,
            Relation::AtMost => left.high <= right.high,
            Relation::Same => (left.low, left.high) == (right.low, right.high),
            Relation::Other => (left.low, left.high) != (right.low, right.high),
            Relation::AtLeast => left.low >= right.low,
            Relation::More => left.low > right.low,
        })
    }
}

/// What something is compared with.
#[derive(Clone, Debug)]
pub enum With {
    /// Another element or field of the row.
    Cell(Target),
    /// An amount, and how the rule writes it.
    Limit(Quantity, String),
    /// A text in normal form.
    Text(String),
}

/// An amount of time in its unit, a number, or the number of entries of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    unit: Option<TimeUnit>,
    low: Amount,
    high: Amount,
}

impl Quantity {
    /// A number without a unit.
    pub fn number(amount: Amount) -> Quantity {
        Quantity {
            unit: None,
            low: amount,
            high: amount,
        }
    }

    /// How much a value is: a time limit, a number, or how many entries a list has. `None` where it is none of them, or there is no limit.
    pub fn of(value: &Value) -> Option<Quantity> {
        match value {
            Value::Duration(duration) => Quantity::time(duration),
            Value::Count(n) => Some(Quantity::number(Amount::whole(i64::from(*n)))),
            Value::Text(text) => Amount::parse(text).map(Quantity::number),
            Value::Materials(_)
            | Value::Steps(_)
            | Value::Citations(_)
            | Value::Outcomes(_)
            | Value::Choices(_)
            | Value::Clauses(_)
                if !value.cut_off() =>
            {
                let count = i64::try_from(value.entries().len()).unwrap_or(i64::MAX);
                Some(Quantity::number(Amount::whole(count)))
            }
            _ => None,
        }
    }

    fn time(duration: &Duration) -> Option<Quantity> {
        duration.span?;
        let span = duration.minutes();
        Some(Quantity {
            unit: Some(match duration.unit {
                TimeUnit::Hour => TimeUnit::Minute,
                unit => unit,
            }),
            low: span.low,
            high: span.high,
        })
    }

    /// Units of time are never converted; nothing is nothing in every unit.
    fn comparable(self, other: Quantity) -> bool {
        let zero = |q: Quantity| q.unit.is_some() && q.high.is_zero();
        self.unit == other.unit || (self.unit.is_some() && other.unit.is_some() && (zero(self) || zero(other)))
    }
}

/// A row that a rule must find, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule must find it.
    pub bad: bool,
    /// The region whose list it is, where the rule asks for one.
    pub region: Option<String>,
    /// The cells: id of an element or field, and text.
    pub cells: Vec<(String, String)>,
    /// The line that it stands in.
    pub line: u32,
}

/// The rules in the folders `rules/` of some folders, and in the files that a profile names. A file that is reached twice counts once.
///
/// # Errors
/// When a file cannot be read, is no TOML, or has a rule that the profile does not allow; with the line.
pub(super) fn load(folders: &[&Path], named: &[PathBuf], profile: &Profile) -> Result<Vec<OwnRule>> {
    let files = folders.iter().flat_map(|folder| own::toml_files(&folder.join("rules")));
    let files: Vec<PathBuf> = files.chain(named.iter().cloned()).collect();
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let shipped = catalog::rules()?;
    // Codes and names are taken by the shipped rules and by the rules read before.
    let mut taken: HashMap<String, String> = HashMap::new();
    for (rule, _) in &shipped {
        taken.insert(rule.code.clone(), "tongban".to_owned());
        taken.insert(rule.name.clone(), "tongban".to_owned());
    }
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut rules = Vec::new();
    for file in files {
        if !seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
            continue;
        }
        let text = read_profile_file(&file)?;
        // Editors on Windows begin a file with a mark.
        let text = text.trim_start_matches('\u{FEFF}');
        let parsed: shape::RulesFile = catalog::parse(&file.to_string_lossy(), text)?;
        let lines = Lines::of(text);
        for rule in parsed.rule {
            let maker = compile::Maker {
                profile,
                file: &file,
                lines: &lines,
            };
            let rule = maker.rule(rule)?;
            for word in [&rule.info.code, &rule.info.name] {
                let place = format!("{}:{}", crate::error::path_name(&file), rule.line);
                if let Some(first) = taken.insert(word.clone(), place) {
                    let args = vec![("name", word.clone()), ("first", first)];
                    return Err(wrong(&file, rule.line, "rule-twice", args));
                }
            }
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// The error of a line of a rule.
fn wrong(file: &Path, line: u32, reason: &'static str, args: Vec<(&'static str, String)>) -> Error {
    Error::why(Kind::BadSettings, file, reason, args).at(line)
}

/// Where the lines of a text begin: from a byte to its line in a few steps.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    fn at(&self, byte: usize) -> u32 {
        u32::try_from(self.0.partition_point(|&end| end < byte) + 1).unwrap_or(u32::MAX)
    }
}

//! The shape of a file of own rules (`rules/*.toml`), as serde reads it: a wrong key or word is its error, with the line.
//!
//! Must not know elements, regular expressions, or what a rule means.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::model::{Confidence, Severity};

/// `rules/*.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesFile {
    #[serde(default)]
    pub rule: Vec<Spanned<RuleData>>,
}

/// One `[[rule]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleData {
    pub code: Spanned<String>,
    pub name: Spanned<String>,
    pub severity: SeverityWord,
    #[serde(default)]
    pub confidence: ConfidenceWord,
    pub title: String,
    #[serde(default)]
    pub title_en: String,
    #[serde(default)]
    pub doc: String,
    #[serde(default)]
    pub doc_en: String,
    #[serde(default)]
    pub ground: String,
    #[serde(default)]
    pub todo: String,
    #[serde(default)]
    pub todo_en: String,
    pub message: Spanned<String>,
    pub message_en: Option<Spanned<String>>,
    pub on: Spanned<String>,
    #[serde(default)]
    pub when: BTreeMap<Spanned<String>, Spanned<ConditionData>>,
    #[serde(default)]
    pub text: LookWord,
    pub forbidden: Option<Spanned<String>>,
    pub pattern: Option<Spanned<String>>,
    pub required: Option<Spanned<bool>>,
    pub allowed: Option<Vec<Spanned<String>>>,
    pub consistent_with: Option<ConsistentData>,
    pub compare: Option<Spanned<CompareData>>,
    pub unique: Option<Spanned<bool>>,
    pub min_length: Option<u32>,
    pub max_length: Option<u32>,
    #[serde(default)]
    pub bad: Vec<Spanned<Cells>>,
    #[serde(default)]
    pub good: Vec<Spanned<Cells>>,
}

/// The cells of an example.
pub(super) type Cells = BTreeMap<Spanned<String>, CellData>;

/// The text of a cell; a number is written as it stands in a cell.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a text or a number")]
pub(super) enum CellData {
    Text(String),
    Whole(i64),
    Decimal(f64),
}

impl CellData {
    pub(super) fn text(&self) -> String {
        match self {
            CellData::Text(text) => text.clone(),
            CellData::Whole(n) => n.to_string(),
            CellData::Decimal(n) => n.to_string(),
        }
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum SeverityWord {
    Error,
    Warning,
    Info,
}

impl SeverityWord {
    pub(super) fn severity(self) -> Severity {
        match self {
            SeverityWord::Error => Severity::Error,
            SeverityWord::Warning => Severity::Warning,
            SeverityWord::Info => Severity::Info,
        }
    }
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum ConfidenceWord {
    Low,
    Medium,
    #[default]
    High,
}

impl ConfidenceWord {
    pub(super) fn confidence(self) -> Confidence {
        match self {
            ConfidenceWord::Low => Confidence::Low,
            ConfidenceWord::Medium => Confidence::Medium,
            ConfidenceWord::High => Confidence::High,
        }
    }
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum LookWord {
    Raw,
    Normal,
    #[default]
    Both,
}

/// What must hold of an element beside: a value, one of several, or a table of one condition.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a text, a list of texts, { pattern = … }, { forbidden = … } or { said = true }"
)]
pub(super) enum ConditionData {
    Is(String),
    OneOf(Vec<String>),
    Pattern(PatternData),
    Forbidden(ForbiddenData),
    Said(SaidData),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternData {
    pub pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForbiddenData {
    pub forbidden: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SaidData {
    pub said: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsistentData {
    #[serde(rename = "if")]
    pub condition: Spanned<String>,
    pub on: Spanned<String>,
    pub pattern: Option<Spanned<String>>,
    pub forbidden: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompareData {
    pub is: RelationWord,
    pub with: Option<Spanned<String>>,
    pub value: Option<CellData>,
}

#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationWord {
    #[serde(rename = "<")]
    Less,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = "=")]
    Same,
    #[serde(rename = "!=")]
    Other,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = ">")]
    More,
}

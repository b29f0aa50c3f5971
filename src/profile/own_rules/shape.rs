//! The shape of a file of own rules (`rules/*.toml`), as serde reads it: a wrong key or word is its error, with the line.
//!
//! Must not know elements, regular expressions, or what a rule means.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::model::{Confidence, Severity};

/// `rules/*.toml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesFile {
    #[serde(default)]
    #[schemars(with = "Vec<RuleData>")]
    pub rule: Vec<Spanned<RuleData>>,
}

/// One `[[rule]]`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleData {
    /// Its code: capitals (two, or four to eight) and one to four digits, as GZ001.
    #[schemars(with = "String")]
    pub code: Spanned<String>,
    /// Its name, in small letters with hyphens.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// How grave its findings are.
    pub severity: SeverityWord,
    /// How sure they are.
    #[serde(default)]
    pub confidence: ConfidenceWord,
    /// In a few words, in Chinese.
    pub title: String,
    /// The same in English.
    #[serde(default)]
    pub title_en: String,
    /// What it finds and why, in Chinese.
    #[serde(default)]
    pub doc: String,
    /// The same in English.
    #[serde(default)]
    pub doc_en: String,
    /// The document that it rests on.
    #[serde(default)]
    pub ground: String,
    /// What to do about a finding, in Chinese.
    #[serde(default)]
    pub todo: String,
    /// The same in English.
    #[serde(default)]
    pub todo_en: String,
    /// What a finding says, in Chinese.
    #[schemars(with = "String")]
    pub message: Spanned<String>,
    /// The same in English.
    #[schemars(with = "Option<String>")]
    pub message_en: Option<Spanned<String>>,
    /// The element or field that it looks at.
    #[schemars(with = "String")]
    pub on: Spanned<String>,
    /// What must hold of elements beside, or of the region, for the rule to look at a row.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ConditionData>")]
    pub when: BTreeMap<Spanned<String>, Spanned<ConditionData>>,
    /// Which texts patterns are held against: as they stand, in normal form, or both.
    #[serde(default)]
    pub text: LookWord,
    /// A regular expression that nothing may match.
    #[schemars(with = "Option<String>")]
    pub forbidden: Option<Spanned<String>>,
    /// A regular expression that the text must match.
    #[schemars(with = "Option<String>")]
    pub pattern: Option<Spanned<String>>,
    /// Something must be said.
    #[schemars(with = "Option<bool>")]
    pub required: Option<Spanned<bool>>,
    /// The only values.
    #[schemars(with = "Option<Vec<String>>")]
    pub allowed: Option<Vec<Spanned<String>>>,
    /// If the text matches, another element must (not) match too.
    pub consistent_with: Option<ConsistentData>,
    /// How it stands to another element, or to a number.
    #[schemars(with = "Option<CompareData>")]
    pub compare: Option<Spanned<CompareData>>,
    /// No two rows of a region may say the same.
    #[schemars(with = "Option<bool>")]
    pub unique: Option<Spanned<bool>>,
    /// The fewest characters.
    pub min_length: Option<u32>,
    /// The most characters.
    pub max_length: Option<u32>,
    /// Examples that the rule finds (`tongban rules test`).
    #[serde(default)]
    #[schemars(with = "Vec<BTreeMap<String, CellData>>")]
    pub bad: Vec<Spanned<Cells>>,
    /// Examples that it does not find.
    #[serde(default)]
    #[schemars(with = "Vec<BTreeMap<String, CellData>>")]
    pub good: Vec<Spanned<Cells>>,
}

/// The cells of an example.
pub(super) type Cells = BTreeMap<Spanned<String>, CellData>;

/// The text of a cell; a number is written as it stands in a cell.
#[derive(Deserialize, JsonSchema)]
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

#[derive(Deserialize, Clone, Copy, JsonSchema)]
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

#[derive(Deserialize, Clone, Copy, Default, JsonSchema)]
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

#[derive(Deserialize, Clone, Copy, Default, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum LookWord {
    Raw,
    Normal,
    #[default]
    Both,
}

/// What must hold of an element beside: a value, one of several, or a table of one condition.
#[derive(Deserialize, JsonSchema)]
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

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternData {
    pub pattern: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ForbiddenData {
    pub forbidden: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SaidData {
    pub said: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsistentData {
    #[serde(rename = "if")]
    #[schemars(with = "String")]
    pub condition: Spanned<String>,
    #[schemars(with = "String")]
    pub on: Spanned<String>,
    #[schemars(with = "Option<String>")]
    pub pattern: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub forbidden: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CompareData {
    pub is: RelationWord,
    #[schemars(with = "Option<String>")]
    pub with: Option<Spanned<String>>,
    pub value: Option<CellData>,
}

#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
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

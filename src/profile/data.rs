//! The shapes of the TOML files in `catalogs/`, as serde reads them.
//!
//! Must not know what they are for.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Field, PAIRWISE, POLICIES};
use crate::model::FieldId;
use crate::normalise::{KINDS, Vocabulary};

/// `catalogs/fields.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldsFile {
    pub field: Vec<FieldData>,
    #[serde(default)]
    pub ambiguous: Vec<AmbiguousData>,
    #[serde(default)]
    pub dialect: Vec<DialectData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldData {
    pub id: String,
    #[serde(default = "item")]
    pub table: String,
    pub title: String,
    pub en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that only mean the field under a header of its table: 名称 under 申请材料.
    #[serde(default)]
    pub under: Vec<String>,
    #[serde(default)]
    pub extra: bool,
}

fn item() -> String {
    "item".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmbiguousData {
    pub header: String,
    pub could_be: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DialectData {
    pub id: String,
    pub title: String,
    pub requires: Vec<String>,
    #[serde(default)]
    pub code_lists: HashMap<String, String>,
    pub columns: BTreeMap<String, String>,
}

/// `catalogs/profiles/*.toml`, or a user's own.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileFile {
    /// The name by which `--profile` and `tongban.toml` call it.
    pub id: String,
    /// Its title in Chinese.
    pub title: String,
    /// Its title in English.
    #[serde(default)]
    pub en: String,
    /// Whether it is in force, a draft, a trial.
    #[serde(default)]
    pub status: String,
    /// The document that it comes from.
    #[serde(default)]
    pub source: String,
    /// The profile that it builds on: an id, or a file from where this one stands.
    #[schemars(with = "Option<String>")]
    pub extends: Option<Spanned<String>>,
    /// The only elements of that profile that it takes over.
    #[schemars(with = "Option<Vec<String>>")]
    pub keep: Option<Vec<Spanned<String>>>,
    /// The elements of that profile that it leaves out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub drop: Vec<Spanned<String>>,
    /// Files of own rules, from where the profile stands.
    #[serde(default)]
    pub rule_files: Vec<String>,
    /// Elements that it adds, or overrides by their id.
    #[serde(default)]
    pub element: Vec<ElementData>,
    /// Which rules it switches on and off.
    #[serde(default)]
    pub lint: LintData,
}

/// Which rules a profile switches on and off.
#[derive(Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LintData {
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub select: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
}

/// One paper and its other names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MaterialData {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub issued_by_government: bool,
}

/// `[[element]]`: one of the compared properties of an item.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementData {
    /// Its id.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Its name in Chinese.
    pub title: Option<String>,
    /// Its name in English.
    pub en: Option<String>,
    /// How its text is read.
    #[schemars(with = "Option<String>", extend("enum" = KINDS.map(|(word, _)| word)))]
    pub kind: Option<Spanned<String>>,
    /// How regions may differ in it.
    #[schemars(with = "Option<String>", extend("enum" = POLICIES.map(|(word, _)| word)))]
    pub policy: Option<Spanned<String>>,
    /// Its weight in the index.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub weight: Option<Spanned<f64>>,
    /// Whether regions are compared in it.
    pub compare: Option<bool>,
    /// Whether a difference keeps regions from handling an item for each other.
    #[schemars(with = "Option<String>", extend("enum" = PAIRWISE.map(|(word, _)| word)))]
    pub pairwise: Option<Spanned<String>>,
    /// Whether it is not settled yet.
    pub draft: Option<bool>,
    /// What each of its columns contributes: role, and the id of the field.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    pub fields: Option<BTreeMap<Spanned<String>, String>>,
    /// The code list of its values.
    #[schemars(with = "Option<String>")]
    pub code_list: Option<Spanned<String>>,
    /// The document that asks for it.
    pub ground: Option<String>,
    /// What it is, in Chinese.
    pub doc: Option<String>,
    /// What it is, in English.
    pub doc_en: Option<String>,
    /// Headers by which its column is known, beside its title.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// `catalogs/codes/*.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListFile {
    pub id: String,
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "en", default)]
    _en: String,
    #[serde(rename = "source", default)]
    _source: String,
    pub value: Vec<ListValue>,
    #[serde(default)]
    pub group: Vec<ListGroup>,
    #[serde(default)]
    pub dialect: Vec<ListDialect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListValue {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(rename = "verified", default = "yes")]
    _verified: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListGroup {
    pub name: String,
    pub members: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListDialect {
    pub id: String,
    pub map: HashMap<String, String>,
}

/// What all profiles share.
pub(super) struct Shared {
    pub fields: Vec<Field>,
    pub aliases: HashMap<String, FieldId>,
    pub ambiguous: HashMap<String, Vec<String>>,
    pub nested: HashMap<String, HashMap<String, String>>,
    pub titles: HashMap<String, HashMap<String, String>>,
    pub flat: HashMap<String, (String, String)>,
    pub dialects: Vec<DialectData>,
    pub vocabulary: Vocabulary,
}

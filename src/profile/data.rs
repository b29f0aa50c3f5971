//! The shapes of the TOML files in `catalogs/`, as serde reads them.
//!
//! Must not know what they are for.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use super::Field;
use crate::model::FieldId;
use crate::normalise::Vocabulary;

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
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileFile {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub source: String,
    pub extends: Option<Spanned<String>>,
    pub keep: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub drop: Vec<Spanned<String>>,
    /// Files of own rules, from where the profile stands.
    #[serde(default)]
    pub rule_files: Vec<String>,
    #[serde(default)]
    pub element: Vec<ElementData>,
    #[serde(default)]
    pub lint: LintData,
}

/// Which rules a profile switches on and off.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct LintData {
    #[serde(default)]
    pub select: Vec<Spanned<String>>,
    #[serde(default)]
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementData {
    pub id: Spanned<String>,
    pub title: Option<String>,
    pub en: Option<String>,
    pub kind: Option<Spanned<String>>,
    pub policy: Option<Spanned<String>>,
    pub weight: Option<Spanned<f64>>,
    pub compare: Option<bool>,
    pub pairwise: Option<Spanned<String>>,
    pub draft: Option<bool>,
    pub fields: Option<BTreeMap<Spanned<String>, String>>,
    pub code_list: Option<Spanned<String>>,
    pub ground: Option<String>,
    pub doc: Option<String>,
    pub doc_en: Option<String>,
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

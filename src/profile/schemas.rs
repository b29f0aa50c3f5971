//! The shapes of the settings that people write, as JSON Schema (2020-12) for editors: from the types that read them, and for
//! vocabularies and code lists from the shipped files that they are held against.
//!
//! Must not read a file of a user's.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value as Json, json};
use toml::{Table, Value};

use super::catalog::{self, LISTS, VOCABULARY};
use super::data::ProfileFile;
use super::own_rules;
use super::written::{entry_model, merge};
use crate::error::Result;

/// The shape of one kind of settings.
pub struct SettingsSchema {
    /// Its name (`profile`, `vocabulary/materials`).
    pub name: String,
    /// The files that have it (`rules/*.toml`).
    pub files: String,
    /// The schema.
    pub schema: Schema,
}

/// The schema of a file of settings. TOML has no null: what may be left out is left out.
pub fn settings_schema<T: JsonSchema>(name: &str, files: &str) -> SettingsSchema {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    named(name, files, schema)
}

fn named(name: &str, files: &str, mut schema: Schema) -> SettingsSchema {
    schema.insert("title".to_owned(), files.into());
    SettingsSchema {
        name: name.to_owned(),
        files: files.to_owned(),
        schema,
    }
}

/// The schemas of profiles, own rules, code lists and vocabularies.
///
/// # Errors
/// When a shipped file is broken, which a test rules out.
pub fn schemas() -> Result<Vec<SettingsSchema>> {
    let mut lists = Table::new();
    for (path, text) in LISTS {
        merge(&mut lists, catalog::parse(path, text)?);
    }
    let mut schemas = vec![
        settings_schema::<ProfileFile>("profile", "profiles/*.toml"),
        own_rules::schema(),
        added("codes", "codes/*.toml", &lists),
    ];
    for (path, text) in VOCABULARY {
        schemas.push(added(
            path.trim_end_matches(".toml"),
            path,
            &catalog::parse(path, text)?,
        ));
    }
    Ok(schemas)
}

/// The schema of what adds to a shipped file: any of its keys, none that it has not.
fn added(name: &str, files: &str, model: &Table) -> SettingsSchema {
    let mut schema = Schema::default();
    schema.insert(
        "$schema".to_owned(),
        schemars::consts::meta_schemas::DRAFT2020_12.into(),
    );
    schema.insert("title".to_owned(), files.into());
    if let Json::Object(shape) = table(model) {
        for (key, value) in shape {
            schema.insert(key, value);
        }
    }
    named(name, files, schema)
}

fn table(model: &Table) -> Json {
    let property = |(key, value): (&String, &Value)| {
        let shape = match value {
            // What a code means in a dialect is named by the codes themselves.
            Value::Table(_) if key == "map" => {
                json!({ "type": "object", "additionalProperties": { "type": "string" } })
            }
            value => shape(value),
        };
        (key.clone(), shape)
    };
    let properties: Map<String, Json> = model.iter().map(property).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn shape(model: &Value) -> Json {
    match model {
        Value::Table(model) => table(model),
        Value::Array(models) => match entry_model(models) {
            Some(model) => json!({ "type": "array", "items": shape(&model) }),
            None => json!({ "type": "array" }),
        },
        Value::Integer(_) => json!({ "type": "integer" }),
        Value::Float(_) => json!({ "type": "number" }),
        Value::Boolean(_) => json!({ "type": "boolean" }),
        Value::String(_) | Value::Datetime(_) => json!({ "type": "string" }),
    }
}

/// Takes null out of a list of types or of alternatives.
fn without_null(schema: &mut Schema) {
    if let Some(Json::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if schema.get("default") == Some(&Json::Null) {
        schema.remove("default");
    }
    if let Some(Json::Array(kinds)) = schema.get_mut("anyOf") {
        kinds.retain(|kind| *kind != json!({ "type": "null" }));
        // One alternative is none.
        if let [Json::Object(only)] = kinds.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                schema.ensure_object().entry(key).or_insert(value);
            }
        }
    }
}

//! The shapes of the JSON that is written, as JSON Schema (2020-12), from the types that write it.
//!
//! Must not write a document. An object may have more keys than a schema names: fields are added to a wire format, never changed.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::{guides, history, json, law, pairwise, patch, snapshots, statistics};

/// The shape of one wire format.
pub struct WireSchema {
    /// The command that writes it, with a hyphen (`law-check`).
    pub name: &'static str,
    /// Its word in the document (`tongban-law-check/1`).
    pub format: &'static str,
    /// The schema.
    pub schema: Schema,
}

/// Makes a schema.
type Shape = fn(SchemaGenerator) -> Schema;

/// All wire formats.
pub fn schemas() -> Vec<WireSchema> {
    let schemas: [(_, _, Shape); 19] = [
        ("lint", "tongban-lint/1", of::<json::WireLint<'_>>),
        ("lint-statistics", "tongban-lint-statistics/1", of::<statistics::Wire>),
        ("diff", "tongban-diff/1", of::<json::WireDiff<'_>>),
        ("report", "tongban-report/1", of::<json::WireReport<'_>>),
        ("pairwise", "tongban-pairwise/1", pairwise::schema),
        ("patch", "tongban-patch/1", of::<patch::WirePatch<'_>>),
        ("law-check", "tongban-law-check/1", of::<law::check::Wire<'_>>),
        ("law-impact", "tongban-law-impact/1", of::<law::wire::Wire<'_>>),
        ("law-items", "tongban-law-items/1", of::<law::items::Wire<'_>>),
        ("log", "tongban-log/1", of::<history::WireLog<'_>>),
        ("life", "tongban-life/1", of::<history::WireLife<'_>>),
        ("blame", "tongban-blame/1", of::<history::WireBlame<'_>>),
        (
            "convergence",
            "tongban-convergence/1",
            of::<history::WireConvergence<'_>>,
        ),
        ("stale", "tongban-stale/1", of::<history::WireStale<'_>>),
        (
            "stale-basis",
            "tongban-stale-basis/1",
            of::<history::WireStaleBasis<'_>>,
        ),
        ("guides", "tongban-guides/1", of::<guides::WireGuides<'_>>),
        ("guide-index", "tongban-guide-index/1", of::<guides::WireIndex<'_>>),
        ("directory", "tongban-directory/1", of::<guides::WireDraft<'_>>),
        ("snapshots", "tongban-snapshots/1", of::<snapshots::WireSnapshots<'_>>),
    ];
    let schemas = schemas.into_iter().map(|(name, format, of)| {
        let mut schema = of(SchemaSettings::draft2020_12().for_serialize().into_generator());
        schema.insert("title".to_owned(), format.into());
        WireSchema { name, format, schema }
    });
    schemas.collect()
}

fn of<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<T>()
}

//! `tongban init` and `tongban inspect`: how files are understood, and a manifest for a folder of them.
//!
//! Must not judge content.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::args::{InitArgs, InspectArgs};
use super::manifest::MANIFEST;
use super::workspace::{Found, Workspace, lists_in};
use super::{Loaded, Outcome, Session, say};
use crate::error::{Error, Kind, Result};
use crate::ingest::{Source, path_name};
use crate::model::{Table, Understood};
use crate::report::{self, escape::terminal};

/// Words in a file's name that say it is the basic directory.
const DIRECTORY_WORDS: [&str; 3] = ["directory", "基本目录", "目录"];

pub(super) fn run(session: &Session, args: &InitArgs) -> Result<Outcome> {
    let manifest = args.dir.join(MANIFEST);
    if manifest.exists() && !args.force {
        return Err(Error::file(Kind::Exists, &manifest, ""));
    }
    if !args.dir.is_dir() {
        return Err(Error::file(Kind::NotFound, &args.dir, ""));
    }
    let Found { files, errors } = lists_in(&args.dir)?;
    if files.is_empty() {
        return Err(Error::file(Kind::NoLists, &args.dir, ""));
    }
    let is_directory = |path: &std::path::Path| {
        let stem = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().to_lowercase());
        DIRECTORY_WORDS.iter().any(|word| stem.contains(word))
    };
    let sources: Vec<Source> = files
        .iter()
        .map(|path| Source {
            directory: is_directory(path),
            ..Source::file(path)
        })
        .collect();
    let workspace = Workspace {
        sources,
        errors,
        words: vec![args.dir.clone()],
        ..Workspace::default()
    };
    let loaded = session.load(&workspace)?;
    let sources = workspace.sources;
    session.complain_findings(&loaded.catalogue);
    print_columns(session, &loaded)?;
    let text = manifest_text(&loaded, &sources, &args.dir);
    report::save(&manifest, text.as_bytes(), &loaded.inputs)?;
    let regions = loaded
        .catalogue
        .regions
        .iter()
        .filter(|region| !region.directory)
        .count();
    let path = path_name(&manifest);
    let counts = [
        ("path", path),
        ("regions", regions.to_string()),
        ("files", files.len().to_string()),
    ];
    say(&terminal(&session.messages.with("init-written", &counts)));
    let unknown = loaded
        .catalogue
        .tables
        .iter()
        .flat_map(|table| &table.columns)
        .find(|column| {
            matches!(column.understood, Understood::No | Understood::Ambiguous(_)) && !column.header.trim().is_empty()
        });
    if let Some(column) = unknown {
        let header = column.header.clone();
        say(&terminal(
            &session
                .messages
                .with("init-not-understood", &[("header", header.to_string())]),
        ));
    }
    say(&terminal(
        &session.messages.with("init-next", &[("path", path_name(&args.dir))]),
    ));
    Ok(session.outcome(false, &loaded))
}

pub(super) fn inspect(session: &Session, args: &InspectArgs) -> Result<Outcome> {
    let workspace = Workspace::of(std::slice::from_ref(&args.file))?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    print_columns(session, &loaded)?;
    Ok(session.outcome(false, &loaded))
}

fn print_columns(session: &Session, loaded: &Loaded) -> Result<()> {
    let elements = HashMap::new();
    let style = session.style(&elements);
    let titles = |field: crate::model::FieldId| {
        let field = &loaded.profile.fields[field.index()];
        format!("{} {}", field.title, field.id)
    };
    session.write_out(None, &loaded.inputs, false, |out| {
        report::columns(&loaded.catalogue, &titles, &style, out)
    })
}

#[derive(Serialize)]
struct ManifestOut<'a> {
    profile: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    directory: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    columns: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    directory_columns: BTreeMap<String, String>,
    region: Vec<RegionOut>,
}

#[derive(Serialize)]
struct RegionOut {
    id: String,
    name: String,
    files: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    columns: BTreeMap<String, String>,
}

/// What the headers of some tables were taken for. A header that two of the tables take for different things is left out: it is
/// understood by itself in each.
fn mapping<'t>(loaded: &Loaded, tables: impl Iterator<Item = &'t Table>) -> BTreeMap<String, String> {
    let mut mapping: BTreeMap<String, Option<String>> = BTreeMap::new();
    for column in tables.flat_map(|table| &table.columns) {
        let Some(field) = column.field.filter(|_| column.understood != Understood::Sheet) else {
            continue;
        };
        let mut id = loaded.profile.fields[field.index()].id.clone();
        if let Some(nested) = &column.nested {
            id.push('.');
            id.push_str(nested);
        }
        let known = mapping
            .entry(column.header.to_string())
            .or_insert_with(|| Some(id.clone()));
        if known.as_ref() != Some(&id) {
            *known = None;
        }
    }
    mapping
        .into_iter()
        .filter_map(|(header, id)| Some((header, id?)))
        .collect()
}

/// The manifest: regions in the order of their ids, files from where the manifest stands, and what the headers were taken for, so that
/// a header that changes later is noticed.
fn manifest_text(loaded: &Loaded, sources: &[Source], folder: &std::path::Path) -> String {
    let name = |path: &std::path::Path| path_name(path.strip_prefix(folder).unwrap_or(path));
    let tables = &loaded.catalogue.tables;
    let mut regions: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    let mut of_directory: BTreeSet<usize> = BTreeSet::new();
    for row in &loaded.catalogue.rows {
        let region = &loaded.catalogue.regions[row.region.index()];
        if region.directory {
            of_directory.insert(row.table.index());
        } else {
            let key = (region.id.to_string(), region.name.clone());
            regions.entry(key).or_default().insert(row.table.index());
        }
    }
    let columns = |of: &BTreeSet<usize>| mapping(loaded, of.iter().map(|&table| &tables[table]));
    let own: Vec<BTreeMap<String, String>> = regions.values().map(columns).collect();
    let of_directory = columns(&of_directory);
    // One mapping for all where all have the same headers.
    let alike =
        own.windows(2).all(|two| two[0] == two[1]) && (of_directory.is_empty() || own.first() == Some(&of_directory));
    let out = ManifestOut {
        profile: &loaded.profile.id,
        directory: sources
            .iter()
            .filter(|source| source.directory)
            .map(|source| name(&source.path))
            .collect(),
        columns: own.first().filter(|_| alike).cloned().unwrap_or_default(),
        directory_columns: if alike { BTreeMap::new() } else { of_directory },
        region: regions
            .into_iter()
            .zip(own)
            .map(|(((id, region), of), columns)| {
                let mut files: Vec<String> = Vec::new();
                for table in of {
                    let file = &loaded.catalogue.files[tables[table].file];
                    let file = name(std::path::Path::new(&*file.name));
                    if !files.contains(&file) {
                        files.push(file);
                    }
                }
                RegionOut {
                    id,
                    name: region,
                    files,
                    columns: if alike { BTreeMap::new() } else { columns },
                }
            })
            .collect(),
    };
    // Only strings, lists of strings and tables of strings: there is nothing that TOML could not hold.
    toml::to_string(&out).unwrap_or_default()
}

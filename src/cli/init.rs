//! `tongban init` and `tongban inspect`: how files are understood, and a manifest for a folder of them.
//!
//! Must not judge content.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::args::{InitArgs, InspectArgs};
use super::workspace::{Found, MANIFEST, Workspace, lists_in};
use super::{Loaded, Outcome, Session, say};
use crate::error::{Error, Kind, Result};
use crate::ingest::{Source, path_name};
use crate::model::Understood;
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
    let loaded = session.load(&sources, None, &errors)?;
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
            &session.messages.with("init-not-understood", &[("header", header)]),
        ));
    }
    say(&terminal(
        &session.messages.with("init-next", &[("path", path_name(&args.dir))]),
    ));
    Ok(session.outcome(false, &loaded))
}

pub(super) fn inspect(session: &Session, args: &InspectArgs) -> Result<Outcome> {
    let workspace = Workspace::of(std::slice::from_ref(&args.file))?;
    let loaded = session.load(&workspace.sources, workspace.profile.as_deref(), &workspace.errors)?;
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
    region: Vec<RegionOut>,
}

#[derive(Serialize)]
struct RegionOut {
    id: String,
    name: String,
    files: Vec<String>,
}

/// The manifest: regions in the order of their ids, files from where the manifest stands.
fn manifest_text(loaded: &Loaded, sources: &[Source], folder: &std::path::Path) -> String {
    let name = |path: &std::path::Path| path_name(path.strip_prefix(folder).unwrap_or(path));
    let mut regions: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in &loaded.catalogue.rows {
        let region = &loaded.catalogue.regions[row.region.index()];
        let file = &loaded.catalogue.files[loaded.catalogue.tables[row.table.index()].file];
        if region.directory {
            continue;
        }
        let files = regions.entry((region.id.clone(), region.name.clone())).or_default();
        let file = name(std::path::Path::new(&file.name));
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let out = ManifestOut {
        profile: &loaded.profile.id,
        directory: sources
            .iter()
            .filter(|source| source.directory)
            .map(|source| name(&source.path))
            .collect(),
        region: regions
            .into_iter()
            .map(|((id, name), files)| RegionOut { id, name, files })
            .collect(),
    };
    // Only strings and lists of strings: there is nothing that TOML could not hold.
    toml::to_string(&out).unwrap_or_default()
}

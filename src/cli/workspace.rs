//! Workspaces: from paths on the command line to the files to read, with or without a `tongban.toml`.
//!
//! Must not read lists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Kind, Result};
use crate::ingest::Source;

/// The name of the manifest.
pub(super) const MANIFEST: &str = "tongban.toml";

/// Endings of files that are taken for lists when a folder is given.
const ENDINGS: [&str; 7] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "xlsx"];

/// `tongban.toml`.
#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The profile's id, or a file.
    pub profile: Option<String>,
    /// The files of the basic directory.
    #[serde(default)]
    pub directory: Vec<String>,
    /// Headers of the directory that were not understood by themselves.
    #[serde(default)]
    pub directory_columns: BTreeMap<String, String>,
    /// Folders of law texts.
    #[serde(rename = "laws", default)]
    _laws: Option<toml::Value>,
    /// The regions.
    #[serde(default)]
    pub region: Vec<ManifestRegion>,
    /// Settings of lint.
    #[serde(default)]
    pub lint: ManifestLint,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestRegion {
    pub id: String,
    pub name: Option<String>,
    pub files: Vec<String>,
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestLint {
    #[serde(default)]
    pub select: Vec<String>,
    #[serde(default)]
    pub ignore: Vec<String>,
}

/// What is to be read.
#[derive(Default)]
pub(super) struct Workspace {
    /// The files, in a fixed order.
    pub sources: Vec<Source>,
    /// The manifest's profile.
    pub profile: Option<String>,
    /// The manifest's rules.
    pub lint: ManifestLint,
    /// Patterns of the manifest that match no file.
    pub errors: Vec<Error>,
}

impl Workspace {
    /// The files of all paths; the current folder without any.
    pub(super) fn of(paths: &[PathBuf]) -> Result<Workspace> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here[..] } else { paths };
        let mut workspace = Workspace::default();
        for path in paths {
            workspace.add(path)?;
        }
        if workspace.sources.is_empty() && workspace.errors.is_empty() {
            return Err(Error::plain(Kind::TooFewLists, ""));
        }
        Ok(workspace)
    }

    fn add(&mut self, path: &Path) -> Result<()> {
        if path.is_dir() {
            let manifest = path.join(MANIFEST);
            if manifest.is_file() {
                return self.add_manifest(&manifest);
            }
            let files = lists_in(path)?;
            if files.is_empty() {
                return Err(Error::file(Kind::NoLists, path, ""));
            }
            self.sources.extend(files.into_iter().map(Source::file));
            return Ok(());
        }
        if path.file_name().is_some_and(|name| name == MANIFEST) {
            return self.add_manifest(path);
        }
        self.sources.push(Source::file(path));
        Ok(())
    }

    fn add_manifest(&mut self, path: &Path) -> Result<()> {
        let manifest = read_manifest(path)?;
        let root = path.parent().unwrap_or(Path::new(""));
        if let Some(profile) = manifest.profile {
            // A profile of the workspace's own is named from where the manifest stands.
            self.profile = Some(if profile.ends_with(".toml") {
                root.join(profile).to_string_lossy().into_owned()
            } else {
                profile
            });
        }
        for pattern in &manifest.directory {
            for file in self.files(root, pattern) {
                self.sources.push(Source {
                    directory: true,
                    columns: manifest.directory_columns.clone(),
                    ..Source::file(file)
                });
            }
        }
        for region in manifest.region {
            let name = region.name.unwrap_or_else(|| region.id.clone());
            for pattern in &region.files {
                for file in self.files(root, pattern) {
                    self.sources.push(Source {
                        region: Some((region.id.clone(), name.clone())),
                        columns: region.columns.clone(),
                        ..Source::file(file)
                    });
                }
            }
        }
        self.lint = manifest.lint;
        Ok(())
    }

    /// The files of a pattern, sorted; a pattern that matches none is an error that does not stop the others.
    fn files(&mut self, root: &Path, pattern: &str) -> Vec<PathBuf> {
        let full = root.join(pattern);
        if full.is_file() {
            return vec![full];
        }
        // Only the pattern is one: brackets and stars in the folder's own name are meant as they are.
        let escaped = glob::Pattern::escape(&root.to_string_lossy());
        let joined = if escaped.is_empty() {
            pattern.to_owned()
        } else {
            format!("{escaped}/{pattern}")
        };
        let mut files: Vec<PathBuf> = glob::glob(&joined)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        if files.is_empty() {
            self.errors.push(Error::file(Kind::NotFound, &full, ""));
        }
        files
    }
}

/// Reads a manifest. A wrong key is an error with its line.
pub(super) fn read_manifest(path: &Path) -> Result<Manifest> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let kind = if error.kind() == std::io::ErrorKind::NotFound {
            Kind::NotFound
        } else {
            Kind::Unreadable
        };
        Error::file(kind, path, error.to_string())
    })?;
    toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        Error::line(
            Kind::BadSettings,
            path,
            u32::try_from(line).unwrap_or(0),
            error.message().to_owned(),
        )
    })
}

/// The lists that stand in a folder itself, by name.
pub(super) fn lists_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let io = |error: std::io::Error| Error::file(Kind::Unreadable, folder, error.to_string());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if path.is_file() && !hidden && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

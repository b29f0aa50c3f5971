//! Workspaces: from paths on the command line to the files to read, with or without a `tongban.toml`; `-` is standard input.
//!
//! Must not read lists.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Kind, Result};
use crate::ingest::{Encoding, Source, is_hidden, is_list_name, limits, locate, path_name, read_file};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "tongban.toml";

/// `tongban.toml`.
#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The profile's id, or a file.
    pub profile: Option<String>,
    /// The files of the basic directory.
    #[serde(default)]
    pub directory: Vec<String>,
    /// What headers mean, for all regions and the directory: the mapping that was accepted.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// The same for the directory alone.
    #[serde(default)]
    pub directory_columns: BTreeMap<String, String>,
    /// The encoding of the directory, where it is not recognised by itself.
    pub directory_encoding: Option<String>,
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
    pub encoding: Option<String>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestLint {
    #[serde(default)]
    pub select: Vec<String>,
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The file of known findings.
    pub baseline: Option<PathBuf>,
}

/// What is to be read.
#[derive(Default)]
pub(super) struct Workspace {
    /// The files, in a fixed order.
    pub sources: Vec<Source>,
    /// The manifest's profile.
    pub profile: Option<String>,
    /// Folders whose `vocabulary/` and `codes/` add to the shipped words: those of the manifests.
    pub words: Vec<PathBuf>,
    /// The manifest's rules.
    pub lint: ManifestLint,
    /// What is wanted and not there: patterns of the manifest that match no file, links that lead out of a folder.
    pub errors: Vec<Error>,
}

impl Workspace {
    /// With the files in the order of their names: which of two rows contradicts the other must not depend on the order in which the
    /// files were named.
    pub(super) fn sorted(mut self) -> Workspace {
        self.sources.sort_by(|a, b| a.path.cmp(&b.path));
        self
    }

    /// The files of all paths; the current folder without any.
    pub(super) fn of(paths: &[PathBuf]) -> Result<Workspace> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here[..] } else { paths };
        if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(stdin_twice());
        }
        let mut workspace = Workspace::default();
        for path in paths {
            workspace.add(path)?;
        }
        if workspace.sources.len() > limits::LISTS {
            return Err(too_many(&paths[0]));
        }
        if workspace.sources.is_empty() && workspace.errors.is_empty() {
            return Err(Error::plain(Kind::TooFewLists, ""));
        }
        Ok(workspace)
    }

    fn add(&mut self, path: &Path) -> Result<()> {
        if is_stdin(path) {
            self.sources.push(Source::stdin(read_stdin()?));
            return Ok(());
        }
        if path.is_dir() {
            let manifest = path.join(MANIFEST);
            if manifest.is_file() {
                return self.add_manifest(&manifest);
            }
            let found = lists_in(path)?;
            if found.files.is_empty() && found.errors.is_empty() {
                return Err(Error::file(Kind::NoLists, path, ""));
            }
            self.sources.extend(found.files.into_iter().map(Source::file));
            self.errors.extend(found.errors);
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
        let encoding = |name: &Option<String>| match name {
            None => Ok(None),
            Some(name) => Encoding::named(name).map(Some).ok_or_else(|| {
                let args = vec![("name", name.clone())];
                Error::why(Kind::BadSettings, path, "encoding", args)
            }),
        };
        let directory_encoding = encoding(&manifest.directory_encoding)?;
        for pattern in &manifest.directory {
            for file in self.files(root, pattern) {
                self.sources.push(Source {
                    directory: true,
                    columns: all_and(&manifest.columns, &manifest.directory_columns),
                    encoding: directory_encoding,
                    ..Source::file(file)
                });
            }
        }
        for region in manifest.region {
            let encoding = encoding(&region.encoding)?;
            let name = region.name.unwrap_or_else(|| region.id.clone());
            for pattern in &region.files {
                for file in self.files(root, pattern) {
                    self.sources.push(Source {
                        region: Some((region.id.clone(), name.clone())),
                        columns: all_and(&manifest.columns, &region.columns),
                        encoding,
                        ..Source::file(file)
                    });
                }
            }
        }
        self.words.push(root.to_owned());
        self.lint = manifest.lint;
        self.lint.baseline = self.lint.baseline.take().map(|file| root.join(file));
        Ok(())
    }

    /// The files of a pattern, sorted; of a folder all its lists. A pattern that matches none is an error that does not stop the
    /// others.
    fn files(&mut self, root: &Path, pattern: &str) -> Vec<PathBuf> {
        let full = root.join(pattern);
        if full.is_dir() {
            match lists_in(&full) {
                Ok(found) => {
                    self.errors.extend(found.errors);
                    if found.files.is_empty() {
                        self.errors.push(Error::file(Kind::NoLists, &full, ""));
                    }
                    return found.files;
                }
                Err(error) => {
                    self.errors.push(error);
                    return Vec::new();
                }
            }
        }
        // What is no file is said when it is read.
        if full.exists() || locate(&full).1.is_some() {
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

/// The mapping for all, and what one says for itself.
fn all_and(all: &BTreeMap<String, String>, own: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let both = all.iter().chain(own);
    both.map(|(header, id)| (header.clone(), id.clone())).collect()
}

/// Reads a manifest. A wrong key is an error with its line.
pub(super) fn read_manifest(path: &Path) -> Result<Manifest> {
    let bytes = read_file(path, limits::SETTINGS_BYTES)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let args = vec![("byte", error.valid_up_to().to_string())];
        Error::why(Kind::BadSettings, path, "settings-encoding", args)
    })?;
    // Editors on Windows begin a file with a mark.
    let text = text.trim_start_matches('\u{FEFF}');
    toml::from_str(text).map_err(|error| {
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

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The error of asking for standard input more than once.
pub(super) fn stdin_twice() -> Error {
    Error::why(Kind::Unreadable, Path::new("-"), "stdin-twice", Vec::new())
}

fn too_many(path: &Path) -> Error {
    let args = vec![("limit", limits::LISTS.to_string())];
    Error::why(Kind::Unreadable, path, "too-many-lists", args)
}

fn read_stdin() -> Result<Vec<u8>> {
    let path = Path::new("-");
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(limits::FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::file(Kind::Unreadable, path, error.to_string()))?;
    if bytes.len() as u64 > limits::FILE_BYTES {
        let args = vec![("limit", limits::FILE_BYTES.to_string())];
        return Err(Error::why(Kind::Unreadable, path, "too-large", args));
    }
    Ok(bytes)
}

/// The lists of a folder.
#[derive(Default)]
pub(super) struct Found {
    /// By path.
    pub files: Vec<PathBuf>,
    /// What may hold lists and was not looked into.
    pub errors: Vec<Error>,
}

/// The lists in a folder and in the folders in it, one per district as often as not.
pub(super) fn lists_in(folder: &Path) -> Result<Found> {
    let mut found = Found::default();
    // What the folder itself is named by may be a link; from there on links are not followed.
    let root = folder
        .canonicalize()
        .map_err(|error| Error::file(Kind::Unreadable, folder, error.to_string()))?;
    descend(folder, &root, 0, &mut found)?;
    found.files.sort();
    Ok(found)
}

fn descend(folder: &Path, root: &Path, depth: usize, found: &mut Found) -> Result<()> {
    let io = |error: std::io::Error| Error::file(Kind::Unreadable, folder, error.to_string());
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        names.push(entry.map_err(io)?.path());
    }
    names.sort();
    for path in names {
        let name = path
            .file_name()
            .map(|name| path_name(Path::new(name)))
            .unwrap_or_default();
        if is_hidden(&name) {
            continue;
        }
        let Ok(meta) = std::fs::symlink_metadata(&path) else {
            found.errors.push(Error::file(Kind::Unreadable, &path, ""));
            continue;
        };
        if meta.is_symlink() {
            // A link to what stands in the folder leads to nothing new, or in a circle.
            let inside = path.canonicalize().is_ok_and(|target| target.starts_with(root));
            if !inside && (is_list_name(&name) || path.is_dir()) {
                found.errors.push(Error::why(Kind::NotAFile, &path, "link", Vec::new()));
            }
        } else if meta.is_dir() {
            if depth >= limits::FOLDER_DEPTH {
                let args = vec![("limit", limits::FOLDER_DEPTH.to_string())];
                found.errors.push(Error::why(Kind::Unreadable, &path, "too-deep", args));
            } else if let Err(error) = descend(&path, root, depth + 1, found) {
                if found.files.len() > limits::LISTS {
                    return Err(error);
                }
                found.errors.push(error);
            }
        } else if !is_list_name(&name) || is_settings(&path, &name) {
            // Beside the lists, and none itself.
        } else if meta.is_file() {
            found.files.push(path);
            if found.files.len() > limits::LISTS {
                return Err(too_many(folder));
            }
        } else {
            found.errors.push(Error::file(Kind::NotAFile, &path, ""));
        }
    }
    Ok(())
}

/// Whether a file holds settings of ours: a manifest, words, or a profile.
fn is_settings(path: &Path, name: &str) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    let words = folder.is_some_and(|folder| folder == "vocabulary" || folder == "codes");
    name == MANIFEST || (name.to_lowercase().ends_with(".toml") && (words || is_profile(path)))
}

fn is_profile(path: &Path) -> bool {
    read_file(path, limits::SETTINGS_BYTES)
        .ok()
        .and_then(|bytes| toml::from_str::<toml::Table>(std::str::from_utf8(&bytes).ok()?).ok())
        .is_some_and(|table| ["extends", "element"].iter().any(|key| table.contains_key(*key)))
}

//! `tongban.toml`: its shape, and how it is read and found.
//!
//! Must not read lists, nor know what rules and elements there are: words are kept with their places.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Kind, Result};
use crate::ingest::{limits, read_file};
use crate::profile::{Written, profile_ids};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "tongban.toml";

/// `tongban.toml`.
#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// The profile's id, or a file.
    pub profile: Option<Spanned<String>>,
    /// The files of the basic directory.
    #[serde(default)]
    pub directory: Vec<String>,
    /// What headers mean, for all regions and the directory: the mapping that was accepted.
    #[serde(default)]
    pub columns: Columns,
    /// The same for the directory alone.
    #[serde(default)]
    pub directory_columns: Columns,
    /// The encoding of the directory, where it is not recognised by itself.
    pub directory_encoding: Option<Spanned<String>>,
    /// Folders of law texts.
    #[serde(default)]
    pub laws: LawFolders,
    /// The regions.
    #[serde(default)]
    pub region: Vec<ManifestRegion>,
    /// Settings of lint.
    #[serde(default)]
    pub lint: ManifestLint,
}

/// `laws`: one folder, or several.
#[derive(Deserialize, Debug, Default)]
#[serde(untagged)]
pub(super) enum LawFolders {
    #[default]
    None,
    One(PathBuf),
    Several(Vec<PathBuf>),
}

/// Header → what it means.
pub(super) type Columns = BTreeMap<String, Spanned<String>>;

/// `[[region]]`.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestRegion {
    pub id: String,
    pub name: Option<String>,
    pub files: Vec<String>,
    #[serde(default)]
    pub columns: Columns,
    pub encoding: Option<Spanned<String>>,
}

/// `[lint]`.
#[derive(Deserialize, Debug, Default, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestLint {
    /// The rules that run; empty for all.
    #[serde(default)]
    pub select: Vec<Spanned<String>>,
    /// The rules that do not run.
    #[serde(default)]
    pub ignore: Vec<Spanned<String>>,
    /// Rule → severity, or `off`.
    #[serde(default)]
    pub severity: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Rule → the number that it compares with.
    #[serde(default)]
    pub thresholds: BTreeMap<Spanned<String>, u32>,
    /// Findings that are not told.
    #[serde(default)]
    pub exception: Vec<Spanned<ManifestException>>,
    /// The file of known findings.
    pub baseline: Option<PathBuf>,
}

/// `[[lint.exception]]`.
#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestException {
    pub rules: Vec<Spanned<String>>,
    /// A pattern, from where the manifest stands.
    pub file: Option<Spanned<String>>,
    /// A region's id or name.
    pub region: Option<Spanned<String>>,
    /// An item's code or name.
    pub item: Option<String>,
    /// An element's id or name.
    pub element: Option<Spanned<String>>,
    pub reason: Spanned<String>,
    /// A date, as TOML writes it or as text.
    pub expires: Option<Spanned<toml::Value>>,
}

/// A manifest that was read.
#[derive(Debug, Default)]
pub(super) struct InForce {
    /// The file.
    pub path: PathBuf,
    text: String,
    /// The profile's id, or its file.
    pub profile: Option<String>,
    /// Settings of lint; the path of the baseline is as seen from here.
    pub lint: ManifestLint,
    /// Folders of law texts, as seen from here.
    pub laws: Vec<PathBuf>,
    /// The ids and names of its regions.
    pub regions: Vec<(String, String)>,
    /// What headers are said to mean.
    pub columns: Vec<Spanned<String>>,
    /// Whether all of its lists are read; else it was found above a list, or named for its settings.
    pub whole: bool,
}

impl InForce {
    /// The file with its text, for the lines of what is wrong in it.
    pub(super) fn written(&self) -> Written<'_> {
        Written::new(&self.path, &self.text)
    }

    /// Its text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the manifest stands.
    pub(super) fn root(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// The text of a file of settings.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub(super) fn read_settings(path: &Path) -> Result<String> {
    let bytes = read_file(path, limits::SETTINGS_BYTES)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let args = vec![("byte", error.valid_up_to().to_string())];
        Error::why(Kind::BadSettings, path, "settings-encoding", args)
    })?;
    // Editors on Windows begin a file with a mark.
    Ok(text.trim_start_matches('\u{FEFF}').to_owned())
}

/// Reads a manifest. The second is what the first has no more of: what is in force wherever the lists come from.
///
/// # Errors
/// When it cannot be read, or the first thing that is wrong in it, with its line.
pub(super) fn read_manifest(path: &Path) -> Result<(Manifest, InForce)> {
    let text = read_settings(path)?;
    let mut manifest: Manifest = Written::new(path, &text).parse()?;
    let mut in_force = InForce {
        path: path.to_owned(),
        text,
        lint: std::mem::take(&mut manifest.lint),
        ..InForce::default()
    };
    in_force.profile = match manifest.profile.take() {
        // A profile of the workspace's own is named from where the manifest stands.
        Some(profile) if profile.get_ref().ends_with(".toml") => {
            let file = in_force.root().join(profile.get_ref());
            Some(file.to_string_lossy().into_owned())
        }
        Some(profile) if !profile_ids().contains(&profile.get_ref().as_str()) => {
            return Err(in_force.written().unknown("profile", &profile, profile_ids()));
        }
        profile => profile.map(Spanned::into_inner),
    };
    in_force.laws = match std::mem::take(&mut manifest.laws) {
        LawFolders::None => Vec::new(),
        LawFolders::One(folder) => vec![in_force.root().join(folder)],
        LawFolders::Several(folders) => folders.iter().map(|folder| in_force.root().join(folder)).collect(),
    };
    in_force.lint.baseline = in_force.lint.baseline.take().map(|file| in_force.root().join(file));
    let names = manifest.region.iter().map(|region| {
        let name = region.name.clone().unwrap_or_else(|| region.id.clone());
        (region.id.clone(), name)
    });
    in_force.regions = names.collect();
    let own = manifest.region.iter().flat_map(|region| region.columns.values());
    let columns = manifest.columns.values().chain(manifest.directory_columns.values());
    in_force.columns = columns.chain(own).cloned().collect();
    Ok((manifest, in_force))
}

/// The manifest that a path on the command line is, or that stands in it.
pub(super) fn manifest_of(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return Some(path.join(MANIFEST)).filter(|manifest| manifest.is_file());
    }
    let is_one = path.file_name().is_some_and(|name| name == MANIFEST);
    is_one.then(|| path.to_owned())
}

/// The nearest manifest in the folder of a list or above it; named from the current folder, as the list is.
pub(super) fn nearest_manifest(path: &Path) -> Option<PathBuf> {
    // What stands before `..` is no folder above.
    let winding = path.components().any(|part| part == Component::ParentDir);
    let path = if winding {
        path.canonicalize().ok()?
    } else {
        path.to_owned()
    };
    let mut folders: Vec<PathBuf> = path.ancestors().map(Path::to_owned).collect();
    if path.is_relative() {
        let here = std::env::current_dir().ok()?;
        let above = std::iter::successors(Some(PathBuf::from("..")), |folder| Some(folder.join("..")));
        folders.extend(above.take(here.ancestors().count() - 1));
    }
    folders
        .into_iter()
        .map(|folder| folder.join(MANIFEST))
        .find(|manifest| manifest.is_file())
}

//! Snapshots as what a command reads: `@3`, `@latest`, `@-1`, `@2026-11-01`, and `FILE.db@3` of another database, wherever a path of lists
//! may stand.
//!
//! Must not know tables: that is `store`.

use std::path::{Path, PathBuf};

use super::manifest::nearest_manifest;
use crate::error::{Error, Kind, Result};
use crate::ingest::{locate, path_name};
use crate::model::Catalogue;
use crate::profile::Profile;
use crate::store::{Entry, Lists, SNAPSHOTS, Snapshots, Which, is_snapshots};

/// A snapshot that is named.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    /// The database.
    pub path: PathBuf,
    /// Which of it.
    pub which: Which,
    /// The side of a comparison that it is read for.
    pub side: u16,
}

impl Taken {
    /// The snapshot that a path on the command line names; what is there as a file is that file. Without a database before the `@` it is
    /// that of a folder, else that of the workspace in which one is.
    ///
    /// # Errors
    /// When it can only be meant for a snapshot, and is written otherwise.
    pub(super) fn named(path: &Path, folder: Option<&Path>) -> Result<Option<Taken>> {
        let Some((file, word)) = path.to_str().and_then(|text| text.rsplit_once('@')) else {
            return Ok(None);
        };
        if path.exists() || locate(path).1.is_some() {
            return Ok(None);
        }
        let Some(which) = Which::parse(word) else {
            return match file.is_empty() || is_snapshots(Path::new(file)) {
                true => Err(Error::why(Kind::UnknownName, path, "snapshot-name", Vec::new())),
                false => Ok(None),
            };
        };
        let path = match (file, folder) {
            ("", Some(folder)) => folder.join(SNAPSHOTS),
            ("", None) => database(),
            (file, _) if file.ends_with(".db") || Path::new(file).is_file() => PathBuf::from(file),
            _ => return Ok(None),
        };
        Ok(Some(Taken { path, which, side: 0 }))
    }

    /// The folder of the database.
    pub(super) fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Reads it, and gives what is told of it too.
    ///
    /// # Errors
    /// When there is no such snapshot, or the file is damaged.
    pub(super) fn read(&self, profile: &Profile) -> Result<(Catalogue, Entry)> {
        let snapshots = Snapshots::open(&self.path)?;
        let entry = snapshots.find(self.which)?;
        let catalogue = with_lists(&self.path, profile, |lists| snapshots.read(entry, lists))?;
        Ok((catalogue, entry.clone()))
    }
}

/// The files that a snapshot was made of, where they are or were: what is told of it must not be written over them.
pub(super) fn sources<'a>(database: &'a Path, entry: &'a Entry) -> impl Iterator<Item = PathBuf> + 'a {
    let inputs = entry.about.inputs.iter();
    inputs.map(|input| folder_of(database).join(&input.name))
}

/// Does something with the way in which the lists of a database are read back.
pub(super) fn with_lists<T>(path: &Path, profile: &Profile, read: impl FnOnce(Lists<'_>) -> T) -> T {
    let field = |id: &str| profile.field(id);
    read(Lists {
        field: &field,
        root: &root(path),
        labels: &profile.labels(),
    })
}

/// The database of the workspace in which one is: beside the nearest manifest, else in the current folder.
pub(super) fn database() -> PathBuf {
    let manifest = nearest_manifest(Path::new("."));
    let folder = manifest.as_deref().map_or(Path::new(""), folder_of);
    match folder == Path::new(".") {
        true => PathBuf::from(SNAPSHOTS),
        false => folder.join(SNAPSHOTS),
    }
}

/// How the files in the folder of a database begin when they are named from here: with nothing, or with the folder and `/`.
pub(super) fn root(path: &Path) -> String {
    let folder = path_name(folder_of(path));
    match folder.as_str() {
        "" | "." => String::new(),
        "/" => folder,
        folder => format!("{folder}/"),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new(""),
    }
}

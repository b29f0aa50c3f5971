//! What a workspace adds to the shipped words: files of the same name and shape in its folders `vocabulary/` and `codes/`. Lists grow by
//! their entries, single values are replaced; a key that the shipped file does not know is refused.
//!
//! Must not know what any word means.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::catalog::{self, LISTS, VOCABULARY};
use super::read_profile_file;
use super::written::{Written, merge};
use crate::error::{Error, Kind, Result};

/// The files of a workspace, by the path of the shipped file that they add to, in the order of its folders.
#[derive(Default)]
pub(super) struct Own {
    files: BTreeMap<String, Vec<(PathBuf, Table)>>,
}

impl Own {
    /// The files of some folders; a folder that is named twice counts once.
    ///
    /// # Errors
    /// When a file cannot be read, is no TOML, has a name that no shipped vocabulary has, or a key that the shipped file has not.
    pub(super) fn of<'a>(folders: impl Iterator<Item = &'a Path>) -> Result<Own> {
        let mut own = Own::default();
        let mut seen: Vec<PathBuf> = Vec::new();
        for folder in folders {
            let real = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            let real = real.canonicalize().unwrap_or_else(|_| folder.to_owned());
            if seen.contains(&real) {
                continue;
            }
            seen.push(real);
            for kind in ["codes", "vocabulary"] {
                for path in toml_files(&folder.join(kind)) {
                    own.add(kind, path)?;
                }
            }
        }
        Ok(own)
    }

    fn add(&mut self, kind: &str, path: PathBuf) -> Result<()> {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let target = format!("{kind}/{name}");
        let text = read_profile_file(&path)?;
        let table: Table = Written::new(&path, &text).parse()?;
        // A code list of the workspace's own has the shape of the others.
        let model = match shipped(&target) {
            Some(text) => catalog::parse(&target, text)?,
            None if kind == "codes" => {
                let mut all = Table::new();
                for (path, text) in LISTS {
                    merge(&mut all, catalog::parse(path, text)?);
                }
                all
            }
            None => {
                let known: Vec<&str> = VOCABULARY
                    .iter()
                    .map(|(path, _)| path.trim_start_matches("vocabulary/"))
                    .collect();
                let error = Error::file(Kind::UnknownName, &path, known.join(", "));
                return Err(error.meant(&name, known));
            }
        };
        Written::new(&path, &text).fits(&model)?;
        self.files.entry(target).or_default().push((path, table));
        Ok(())
    }

    /// A shipped file with what the workspace adds to it.
    ///
    /// # Errors
    /// When what is added has not the shape of the shipped file.
    pub(super) fn file<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let text = shipped(path).unwrap_or("");
        let Some(added) = self.files.get(path) else {
            return catalog::parse(path, text);
        };
        let mut table: Table = catalog::parse(path, text)?;
        let mut last = Path::new(path);
        for (file, own) in added {
            last = file;
            merge(&mut table, own.clone());
        }
        Value::Table(table)
            .try_into()
            .map_err(|error: toml::de::Error| Error::file(Kind::BadSettings, last, error.message().to_owned()))
    }

    /// The paths of all code lists, the shipped ones first.
    pub(super) fn lists(&self) -> Vec<String> {
        let mut paths: Vec<String> = LISTS.iter().map(|(path, _)| (*path).to_owned()).collect();
        let own = self
            .files
            .keys()
            .filter(|path| path.starts_with("codes/") && shipped(path).is_none());
        paths.extend(own.cloned());
        paths
    }
}

fn shipped(path: &str) -> Option<&'static str> {
    let mut files = VOCABULARY.iter().chain(&LISTS);
    files.find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The TOML files of a folder, sorted; none where there is no folder.
pub(super) fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

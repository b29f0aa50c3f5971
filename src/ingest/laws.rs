//! Law texts from folders of Markdown files.
//!
//! Must not know what a law text says.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use crate::error::{Error, Kind, Result};
use crate::law::{self, Library, Read};

use super::{decode, is_hidden, limits, path_name, read_file};

/// Law texts that were read.
#[derive(Default)]
pub struct Laws {
    /// The texts, in the order of folders and paths.
    pub texts: Vec<Read>,
    /// Files that are no law text (index pages, readmes).
    pub others: Vec<PathBuf>,
    /// What was not read.
    pub errors: Vec<Error>,
    /// All files, as they were before they were read, and whether they could be.
    pub files: Vec<(LawFile, bool)>,
}

impl Laws {
    /// The laws by title.
    pub fn library(self) -> Library {
        Library::of(self.texts)
    }

    fn with(mut self, files: Vec<LawFile>) -> Laws {
        let read: Vec<Result<Option<Read>>> = files
            .par_iter()
            .map(|file| Ok(law::read(&text(&file.path)?, &file.below)))
            .collect();
        for (file, read) in files.into_iter().zip(read) {
            self.files.push((file.clone(), read.is_ok()));
            match read {
                Ok(Some(read)) => self.texts.push(read),
                Ok(None) => self.others.push(file.path),
                Err(error) => self.errors.push(error),
            }
        }
        self
    }
}

/// A file of a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawFile {
    /// Where it is.
    pub path: PathBuf,
    /// Which of the folders, from 0.
    pub folder: u32,
    /// The same as seen from the folder, with `/`.
    pub below: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970; 0 where the system does not say.
    pub modified: i64,
}

/// The Markdown files of folders, by path, with what could not be looked into.
///
/// # Errors
/// When one of the folders cannot be read at all, or holds more files than the limit.
pub fn law_files(folders: &[PathBuf]) -> Result<(Vec<LawFile>, Vec<Error>)> {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for (number, folder) in (0..).zip(folders) {
        if !folder.is_dir() {
            return Err(Error::why(Kind::NotFound, folder, "laws-folder", Vec::new()));
        }
        let from = files.len();
        descend(folder, folder, "", 0, &mut files, &mut errors)?;
        files[from..].sort_by(|a: &LawFile, b: &LawFile| a.below.cmp(&b.below));
        files[from..].iter_mut().for_each(|file| file.folder = number);
    }
    Ok((files, errors))
}

/// Reads the law texts of folders, in parallel.
///
/// # Errors
/// See [`law_files`].
pub fn read_laws(folders: &[PathBuf]) -> Result<Laws> {
    let (files, errors) = law_files(folders)?;
    Ok(Laws {
        errors,
        ..Laws::default()
    }
    .with(files))
}

/// Reads law texts, in parallel.
pub fn read_law_files(files: Vec<LawFile>) -> Laws {
    Laws::default().with(files)
}

fn text(path: &Path) -> Result<String> {
    let bytes = read_file(path, limits::LAW_BYTES)?;
    match decode::decode(&bytes, None) {
        Ok(text) => Ok(text.text.into_owned()),
        Err(_) => Err(Error::why(Kind::Unreadable, path, "law-encoding", Vec::new())),
    }
}

fn descend(
    root: &Path,
    folder: &Path,
    below: &str,
    depth: usize,
    files: &mut Vec<LawFile>,
    errors: &mut Vec<Error>,
) -> Result<()> {
    let io = |error: std::io::Error| Error::file(Kind::Unreadable, folder, error.to_string());
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let Some(name) = path.file_name().map(|name| path_name(Path::new(name))) else {
            continue;
        };
        if is_hidden(&name) {
            continue;
        }
        let inner = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        match std::fs::symlink_metadata(&path) {
            Err(error) => errors.push(Error::file(Kind::Unreadable, &path, error.to_string())),
            Ok(meta) if meta.is_symlink() => {
                // A link to what stands in the folder leads to nothing new, or in a circle.
                let whole = root.canonicalize().ok().zip(path.canonicalize().ok());
                let inside = whole.is_some_and(|(root, target)| target.starts_with(root));
                if !inside && (is_text(&name) || path.is_dir()) {
                    errors.push(Error::why(Kind::NotAFile, &path, "link", Vec::new()));
                }
            }
            Ok(meta) if meta.is_dir() && depth >= limits::FOLDER_DEPTH => {
                let args = vec![("limit", limits::FOLDER_DEPTH.to_string())];
                errors.push(Error::why(Kind::Unreadable, &path, "too-deep", args));
            }
            Ok(meta) if meta.is_dir() => {
                if let Err(error) = descend(root, &path, &inner, depth + 1, files, errors) {
                    if files.len() > limits::LAWS {
                        return Err(error);
                    }
                    errors.push(error);
                }
            }
            Ok(meta) if meta.is_file() && is_text(&name) => {
                files.push(LawFile {
                    size: meta.len(),
                    modified: nanoseconds(meta.modified().ok()),
                    folder: 0,
                    path,
                    below: inner,
                });
                if files.len() > limits::LAWS {
                    let args = vec![("limit", limits::LAWS.to_string())];
                    return Err(Error::why(Kind::Unreadable, folder, "too-many-laws", args));
                }
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

fn nanoseconds(time: Option<SystemTime>) -> i64 {
    let since = |time: SystemTime| match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    };
    time.map_or(0, since)
}

/// Whether a name is that of a Markdown file.
fn is_text(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".md")
}

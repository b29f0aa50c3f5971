//! The library that law commands work on: from the index where one fits, else from the folders, with the same result.
//!
//! Must not know what a command does with it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::super::args::LawsArgs;
use super::super::workspace::Workspace;
use super::super::{Session, say};
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, LawFile, Laws, path_name};
use crate::law::{self, Found, InMemory, Library, Prints};
use crate::report::escape::terminal;
use crate::store::{Index, Stamp};

/// The name of the index.
const INDEX: &str = "tongban-laws.db";
/// From how many files on an index is recommended: fewer are read in no time.
const WORTH_IT: usize = 300;

/// A library, and the look-up of texts in all of it.
pub(in crate::cli) struct Base {
    /// The laws, with the texts that were wanted; more may be there.
    pub library: Library,
    /// Whether something of the folders could not be read.
    pub incomplete: bool,
    index: Option<Index>,
    files: Vec<LawFile>,
    /// For a look-up without an index: the library with all texts, where the one above has not, and its fingerprints.
    whole: OnceLock<(Option<Library>, Prints)>,
    /// What is said when the index turns out to be damaged.
    unsound: String,
}

impl Base {
    /// Where a quotation stands, in all laws: see [`law::find_text`].
    pub(in crate::cli) fn find_text(&self, quote: &str) -> Vec<Found> {
        if let Some(index) = &self.index
            && self.whole.get().is_none()
            && let Ok(found) = law::find_text(index, quote)
        {
            return found;
        }
        let (library, prints) = self.whole.get_or_init(|| {
            let read = self.index.is_some().then(|| {
                say(&self.unsound);
                ingest::read_law_files(self.files.clone()).library()
            });
            let prints = Prints::of(read.as_ref().unwrap_or(&self.library));
            (read, prints)
        });
        let library = library.as_ref().unwrap_or(&self.library);
        match law::find_text(&InMemory { library, prints }, quote) {
            Ok(found) => found,
        }
    }
}

/// The library of the folders that are named, else of those of the manifests, with the texts of the laws whose canonical title is
/// wanted. What could not be read is said.
pub(in crate::cli) fn library(
    session: &Session,
    workspace: &Workspace,
    args: &LawsArgs,
    wanted: impl Fn(&str) -> bool,
) -> Result<Base> {
    let folders = super::folders(&args.laws, workspace)?;
    let (files, errors) = ingest::law_files(&folders)?;
    for error in &errors {
        session.complain(error);
    }
    let path = index_path(workspace);
    let unsound = match path.try_exists() {
        Ok(false) => {
            if files.len() >= WORTH_IT {
                let args = [("count", files.len().to_string())];
                say(&session.messages.with("index-wanted", &args));
            }
            None
        }
        _ => match from_index(session, &path, &files, &wanted) {
            Ok(Some(mut base)) => {
                base.incomplete |= !errors.is_empty();
                return Ok(base);
            }
            Ok(None) => Some(stale(session, &path)),
            Err(error) => Some(unused(session, &path, &error)),
        },
    };
    if let Some(said) = unsound {
        say(&said);
    }
    let laws = session.during("progress-laws", files.len(), || ingest::read_law_files(files));
    for error in &laws.errors {
        session.complain(error);
    }
    super::any(&laws, &folders)?;
    Ok(Base {
        incomplete: !errors.is_empty() || !laws.errors.is_empty(),
        library: laws.library(),
        index: None,
        files: Vec::new(),
        whole: OnceLock::new(),
        unsound: String::new(),
    })
}

fn from_index(
    session: &Session,
    path: &Path,
    files: &[LawFile],
    wanted: impl Fn(&str) -> bool,
) -> Result<Option<Base>> {
    let mut stamps: Vec<Stamp> = files.iter().map(|file| stamp(file, true)).collect();
    let Some(index) = Index::open(path, &mut stamps)? else {
        return Ok(None);
    };
    let library = index.library(wanted)?;
    // What could not be read then is tried again: it is said in every run, and if it can be read now, the index lacks it.
    let unread = files.iter().zip(&stamps).filter(|(_, stamp)| !stamp.read);
    let unread: Vec<LawFile> = unread.map(|(file, _)| file.clone()).collect();
    let again = ingest::read_law_files(unread);
    if again.files.iter().any(|(_, read)| *read) {
        return Ok(None);
    }
    for error in &again.errors {
        session.complain(error);
    }
    let damaged = Error::why(Kind::Unreadable, path, "db-damaged", Vec::new());
    Ok(Some(Base {
        library,
        incomplete: !again.errors.is_empty(),
        index: Some(index),
        files: files.to_vec(),
        whole: OnceLock::new(),
        unsound: unused(session, path, &damaged),
    }))
}

/// That the index is of other files, or of other times.
fn stale(session: &Session, path: &Path) -> String {
    terminal(&session.messages.with("index-stale", &[("file", path_name(path))])).into_owned()
}

/// That the index cannot be used, and why.
fn unused(session: &Session, path: &Path, error: &Error) -> String {
    let reason = match error.reason() {
        Some((reason, args)) => session.messages.with(&format!("reason-{reason}"), args),
        None => error.detail().to_owned(),
    };
    let args = [("file", path_name(path)), ("reason", reason)];
    terminal(&session.messages.with("index-unused", &args)).into_owned()
}

/// Where the index is: beside the manifest, else in the current folder.
pub(super) fn index_path(workspace: &Workspace) -> PathBuf {
    let manifest = workspace.manifests.first();
    manifest.map_or_else(|| PathBuf::from(INDEX), |manifest| manifest.root().join(INDEX))
}

/// The stamps of the files that were read.
pub(super) fn stamps(laws: &Laws) -> Vec<Stamp> {
    laws.files.iter().map(|(file, read)| stamp(file, *read)).collect()
}

fn stamp(file: &LawFile, read: bool) -> Stamp {
    Stamp {
        folder: file.folder,
        below: file.below.clone(),
        size: file.size,
        modified: file.modified,
        read,
    }
}

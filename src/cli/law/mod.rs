//! `tongban law`: the law library, and citations held against it.
//!
//! Must not judge anything itself.

mod impact;
mod items;
mod lists;
mod show;

use std::path::{Path, PathBuf};

use super::args::{LawArgs, LawDo, LawsArgs};
use super::workspace::Workspace;
use super::{Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Laws};

pub(super) fn run(session: &Session, args: &LawArgs) -> Result<Outcome> {
    match &args.what {
        LawDo::Show(args) => show::run(session, args),
        LawDo::Impact(args) => impact::run(session, args),
        LawDo::Items(args) => items::run(session, args),
    }
}

/// The folders of law texts: those that are named, else those of the manifests.
pub(super) fn folders(args: &LawsArgs, workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let named = match args.laws.is_empty() {
        false => args.laws.clone(),
        true => workspace
            .manifests
            .iter()
            .flat_map(|manifest| manifest.laws.iter().cloned())
            .collect(),
    };
    match named.is_empty() {
        true => Err(Error::why(Kind::NotFound, Path::new(""), "no-laws", Vec::new())),
        false => Ok(named),
    }
}

/// Reads the law texts of folders; what could not be read is said.
pub(super) fn read(session: &Session, folders: &[PathBuf]) -> Result<Laws> {
    let laws = session.during("progress-laws", folders.len(), || ingest::read_laws(folders))?;
    for error in &laws.errors {
        session.complain(error);
    }
    Ok(laws)
}

//! `tongban law`: the law library, and citations held against it.
//!
//! Must not judge anything itself.

mod check;
mod show;

use std::path::{Path, PathBuf};

use super::args::{LawArgs, LawDo, LawsArgs};
use super::workspace::Workspace;
use super::{Loaded, Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Laws};
use crate::law::{self, Library};
use crate::model::LawCheck;

pub(super) fn run(session: &Session, args: &LawArgs) -> Result<Outcome> {
    match &args.what {
        LawDo::Check(args) => check::run(session, args),
        LawDo::Show(args) => show::run(session, args),
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

/// The laws.
pub(super) fn library(session: &Session, workspace: &Workspace, args: &LawsArgs) -> Result<Library> {
    Ok(read(session, &folders(args, workspace)?)?.library())
}

/// The citations of lists held against the law library, where there is one: lint works without.
pub(super) fn check_for_lint(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    args: &LawsArgs,
) -> Result<Option<LawCheck>> {
    let none = args.laws.is_empty() && workspace.manifests.iter().all(|manifest| manifest.laws.is_empty());
    if none {
        return Ok(None);
    }
    let library = library(session, workspace, args)?;
    let check = law::check(&loaded.catalogue, loaded.forms(), &loaded.profile, &library, args.as_of);
    Ok(Some(check))
}

/// Reads the law texts of folders; what could not be read is said.
pub(super) fn read(session: &Session, folders: &[PathBuf]) -> Result<Laws> {
    let laws = session.during("progress-laws", folders.len(), || ingest::read_laws(folders))?;
    for error in &laws.errors {
        session.complain(error);
    }
    Ok(laws)
}

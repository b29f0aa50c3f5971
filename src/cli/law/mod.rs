//! `tongban law`: the law library, and citations held against it.
//!
//! Must not judge anything itself.

mod base;
mod check;
mod find;
mod impact;
mod index;
mod items;
mod lists;
mod show;

use std::path::{Path, PathBuf};

use super::args::{LawArgs, LawDo, LawsArgs};
use super::workspace::Workspace;
use super::{Loaded, Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Laws};
use crate::law;
use crate::model::LawCheck;

pub(in crate::cli) use base::library;
pub(in crate::cli) use lists::whose;

pub(super) fn run(session: &Session, args: &LawArgs) -> Result<Outcome> {
    match &args.what {
        LawDo::Check(args) => check::run(session, args),
        LawDo::Show(args) => show::run(session, args),
        LawDo::Find(args) => find::run(session, args),
        LawDo::Index(args) => index::run(session, args),
        LawDo::Impact(args) => impact::run(session, args),
        LawDo::Items(args) => items::run(session, args),
    }
}

/// The folders of law texts: those that are named, else those of the manifests.
pub(super) fn folders(named: &[PathBuf], workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let named = match named.is_empty() {
        false => named.to_vec(),
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

/// The citations of lists held against the law library, and whether part of the library was not read.
pub(super) fn held(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    args: &LawsArgs,
) -> Result<(LawCheck, bool)> {
    // What is quoted under a wrong title is looked for in all texts.
    let base = library(session, workspace, args, |_| true)?;
    let check = session.during("progress-checking", loaded.catalogue.rows.len(), || {
        law::check(
            &loaded.catalogue,
            loaded.forms(),
            &loaded.profile,
            &base.library,
            args.as_of,
        )
    });
    Ok((check, base.incomplete))
}

/// The same where there is a library: lint works without.
pub(super) fn held_for_lint(
    session: &Session,
    workspace: &Workspace,
    loaded: &mut Loaded,
    args: &LawsArgs,
) -> Result<Option<LawCheck>> {
    let none = args.laws.is_empty() && workspace.manifests.iter().all(|manifest| manifest.laws.is_empty());
    if none {
        return Ok(None);
    }
    let (check, incomplete) = held(session, workspace, loaded, args)?;
    loaded.incomplete |= incomplete;
    Ok(Some(check))
}

/// Whether there is any law: a wrong folder must not look like a library in which nothing is wrong.
fn any(laws: &Laws, folders: &[PathBuf]) -> Result<()> {
    match (laws.texts.is_empty(), folders.first()) {
        (true, Some(folder)) => Err(Error::why(Kind::NotFound, folder, "laws-empty", Vec::new())),
        _ => Ok(()),
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

//! `tongban lint --since`: reads the earlier version of the lists, as the lists of today are read.
//!
//! Must not judge what changed: that is `lint::since`.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

use super::taken::Taken;
use super::workspace::{Workspace, is_stdin, stdin_twice};
use super::{Loaded, Session};
use crate::error::{Error, Kind, Result};
use crate::ingest::Source;

/// Reads the earlier version of the lists of a workspace.
pub(super) fn load(session: &Session, path: &Path, workspace: &Workspace) -> Result<Loaded> {
    if is_stdin(path) && workspace.sources.iter().any(|source| source.given.is_some()) {
        return Err(stdin_twice());
    }
    if !is_stdin(path) && !path.exists() && Taken::named(path, None)?.is_none() {
        return Err(Error::file(Kind::NotFound, path, ""));
    }
    let mut earlier = match Workspace::of(&[path.to_owned()]) {
        // A folder without lists is a version before the first one: everything is new.
        Err(error) if error.kind() == Kind::NoLists => Workspace::default(),
        earlier => earlier?,
    };
    if earlier.manifests.is_empty() {
        as_today(&mut earlier, workspace);
    }
    session.read(&earlier, session.load_profile(workspace)?)
}

/// Lists without a manifest are read as the lists of the same names, or as the one list there is.
fn as_today(earlier: &mut Workspace, workspace: &Workspace) {
    let name = |source: &Source| source.path.file_name().map(OsStr::to_owned);
    let by_name: HashMap<_, &Source> = workspace.sources.iter().map(|source| (name(source), source)).collect();
    let only = match workspace.sources.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    for source in &mut earlier.sources {
        let Some(like) = by_name.get(&name(source)).copied().or(only) else {
            continue;
        };
        *source = Source {
            path: source.path.clone(),
            given: source.given.take(),
            ..like.clone()
        };
    }
}

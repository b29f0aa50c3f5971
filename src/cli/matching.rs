//! `tongban match`: which items without a common code may be one.
//!
//! Must not compute.

use std::path::Path;

use super::args::MatchArgs;
use super::workspace::Workspace;
use super::{Loaded, Outcome, Session};
use crate::compare::identity::Decisions;
use crate::error::Result;

pub(super) fn run(_session: &Session, _args: &MatchArgs) -> Result<Outcome> {
    Ok(Outcome::Failed)
}

/// A person's decisions: of the named file, else of `matches.csv` in the workspace.
///
/// # Errors
/// When the file cannot be read or is wrong.
pub(super) fn decisions(
    _session: &Session,
    _workspace: &Workspace,
    _loaded: &Loaded,
    _named: Option<&Path>,
) -> Result<Decisions> {
    Ok(Decisions::default())
}

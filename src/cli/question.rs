//! What is asked of a comparison of N regions: from arguments, `matches.csv` and `variance.toml` to a [`Question`].
//!
//! Must not compute.

use super::args::QuestionArgs;
use super::workspace::Workspace;
use super::{Loaded, Session, matching};
use crate::compare::uniformity::Question;
use crate::error::Result;

/// The question of a command line.
///
/// # Errors
/// When a file of decisions or variances cannot be read or is wrong, or the reference is none.
pub(super) fn question(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    args: &QuestionArgs,
) -> Result<Question> {
    Ok(Question {
        decisions: matching::decisions(session, workspace, loaded, args.files.matches.as_deref())?,
        dedupe: args.dedupe,
        ..Question::default()
    })
}

//! `tongban align`: the least that must change to bring a region into line.
//!
//! Must not compute.

use super::args::AlignArgs;
use super::{Outcome, Session};
use crate::error::Result;

pub(super) fn run(_session: &Session, _args: &AlignArgs) -> Result<Outcome> {
    Ok(Outcome::Failed)
}

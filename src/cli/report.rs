//! `tongban report`: N regions, where the same item is handled differently.
//!
//! Must not compute.

use super::args::ReportArgs;
use super::workspace::Workspace;
use super::{Outcome, Session};
use crate::compare::uniformity;
use crate::error::Result;
use crate::report::Document;

pub(super) fn run(session: &Session, args: &ReportArgs) -> Result<Outcome> {
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace.sources, workspace.profile.as_deref(), &workspace.errors)?;
    session.complain_findings(&loaded.catalogue);
    let report = uniformity::compare(&loaded.catalogue, &loaded.forms, &loaded.profile);
    session.emit(
        &Document::Report(&report),
        &loaded,
        &args.output,
        args.item.as_deref(),
        args.top,
    )?;
    let found = args.fail_on == "substantive" && report.cells_deviating > 0;
    Ok(session.outcome(found, &loaded))
}

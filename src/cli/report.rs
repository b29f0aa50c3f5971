//! `tongban report`: N regions, where the same item is handled differently.
//!
//! Must not compute.

use super::args::ReportArgs;
use super::question::question;
use super::workspace::Workspace;
use super::{Asked, Outcome, Session};
use crate::compare::uniformity;
use crate::error::{Error, Kind, Result};
use crate::model::ItemReport;
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &ReportArgs) -> Result<Outcome> {
    let target = args
        .output
        .target(if args.pairwise { About::Pairwise } else { About::Report })?;
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let report = uniformity::compare(
        &loaded.catalogue,
        loaded.forms(),
        &loaded.profile,
        &question(session, &workspace, &loaded, &args.question)?,
    );
    if let Some(item) = &args.item
        && !report
            .items
            .iter()
            .any(|report| report.code == *item || report.name.contains(item))
    {
        return Err(Error::plain(Kind::UnknownName, item.clone()));
    }
    session.emit(
        &Document::Report(&report),
        &loaded,
        &[target],
        &Asked {
            item: args.item.as_deref(),
            explain: false,
            top: args.top,
            raw_csv: args.output.raw_csv,
        },
    )?;
    let wanted = |report: &ItemReport| {
        args.item
            .as_ref()
            .is_none_or(|item| report.code == *item || report.name.contains(item))
    };
    let found = args.fail_on == "substantive"
        && report.items.iter().filter(|item| wanted(item)).any(|item| {
            item.elements
                .iter()
                .any(|cell| !cell.deviating.is_empty() || cell.index > 0.0)
        });
    let outcome = session.outcome(found, &loaded);
    // The program ends here: the system takes the memory back at once, and we would take it piece by piece.
    std::mem::forget((report, loaded));
    Ok(outcome)
}

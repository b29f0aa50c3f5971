//! `tongban report --pairwise`: which regions can handle which item for each other.
//!
//! Must not compute.

use std::path::Path;

use super::args::{ReportArgs, Target};
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, matching, question, variances};
use crate::compare::pairwise::{self, Among};
use crate::error::{Error, Kind, Result};
use crate::report::Document;

/// What the user typed, where it is told what is wrong.
const FLAG: &str = "--pairwise";

pub(super) fn run(
    session: &Session,
    args: &ReportArgs,
    target: Target<'_>,
    workspace: &Workspace,
    loaded: &Loaded,
) -> Result<Outcome> {
    let matches = args.question.files.matches.as_deref();
    let decisions = matching::decisions(session, workspace, loaded, matches, matching::Reads::All)?;
    let among = Among {
        region: args
            .region
            .as_deref()
            .map(|name| question::region(loaded, name))
            .transpose()?,
        element: args
            .element
            .as_deref()
            .map(|name| question::element(&loaded.profile, name))
            .transpose()?,
        item: args.item.clone(),
    };
    let lists = loaded
        .catalogue
        .regions
        .iter()
        .filter(|region| !region.directory)
        .count();
    if among.region.is_none() && lists > pairwise::MOST {
        let args = vec![("count", lists.to_string()), ("most", pairwise::MOST.to_string())];
        return Err(Error::why(Kind::BadSettings, Path::new(FLAG), "pairwise-regions", args));
    }
    let variances = variances::variances(session, workspace, loaded, args.question.files.variances.as_deref())?;
    let report = pairwise::compare(
        &loaded.catalogue,
        loaded.forms(),
        &loaded.profile,
        &decisions,
        &variances,
        &among,
    );
    if let Some(item) = args.item.as_ref().filter(|_| report.items.is_empty()) {
        return Err(Error::plain(Kind::UnknownName, item.clone()));
    }
    session.emit(
        &Document::Pairwise(&report),
        loaded,
        &[target],
        &Asked {
            item: args.item.as_deref(),
            top: args.top.unwrap_or(30),
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    // What is not asked for does not fail either.
    let blocked = match report.element {
        Some(element) => report.blocked_by[element] > 0,
        None => report.pairs.iter().any(|pair| pair.blocked > 0),
    };
    let found = args.fail_on != "never" && blocked;
    Ok(session.outcome(found, loaded))
}

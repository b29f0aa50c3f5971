//! `tongban report --pairwise`: which regions can handle which item for each other.
//!
//! Must not compute.

use std::path::Path;

use super::args::{ReportArgs, Target};
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, matching};
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
    let decisions = matching::decisions(session, workspace, loaded, matches)?;
    let among = Among {
        region: args.region.as_deref().map(|name| region(loaded, name)).transpose()?,
        element: args.element.as_deref().map(|name| element(loaded, name)).transpose()?,
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
    let report = pairwise::compare(&loaded.catalogue, loaded.forms(), &loaded.profile, &decisions, &among);
    if let Some(item) = args.item.as_ref().filter(|_| report.items.is_empty()) {
        return Err(Error::plain(Kind::UnknownName, item.clone()));
    }
    session.emit(
        &Document::Pairwise(&report),
        loaded,
        &[target],
        &Asked {
            item: args.item.as_deref(),
            explain: false,
            top: args.top,
            raw_csv: args.output.raw_csv,
        },
    )?;
    let found = args.fail_on != "never" && report.pairs.iter().any(|pair| pair.blocked > 0);
    Ok(session.outcome(found, loaded))
}

/// The id of the region of an id or a name.
fn region(loaded: &Loaded, name: &str) -> Result<String> {
    let regions = || loaded.catalogue.regions.iter().filter(|region| !region.directory);
    let found = regions().find(|region| &*region.id == name || region.name == name);
    found.map(|region| region.id.to_string()).ok_or_else(|| {
        let known = regions().flat_map(|region| [&*region.id, region.name.as_str()]);
        Error::plain(Kind::UnknownName, name).meant(name, known)
    })
}

/// The id of the element of an id or a name.
fn element(loaded: &Loaded, name: &str) -> Result<String> {
    let profile = &loaded.profile;
    let found = profile.element(name).map(|at| &profile.elements[at.index()]);
    let found = found.filter(|element| element.compare);
    found.map(|element| element.id.clone()).ok_or_else(|| {
        let known = profile
            .compared()
            .flat_map(|(_, element)| [element.id.as_str(), element.title.as_str()]);
        Error::plain(Kind::UnknownName, name).meant(name, known)
    })
}

//! `tongban report`: N regions, where the same item is handled differently.
//!
//! Must not compute.

use super::args::ReportArgs;
use super::question::question;
use super::workspace::Workspace;
use super::{Asked, Outcome, Session};
use crate::compare::uniformity;
use crate::error::{Error, Kind, Result};
use crate::model::{ItemReport, Uniformity};
use crate::profile::Profile;
use crate::report::{About, By, Document, Only};

pub(super) fn run(session: &Session, args: &ReportArgs) -> Result<Outcome> {
    let target = args
        .output
        .target(if args.pairwise { About::Pairwise } else { About::Report })?;
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let element = match &args.element {
        Some(name) => Some(element(name, &loaded.profile)?),
        None => None,
    };
    let question = question(session, &workspace, &loaded, &args.question)?;
    let report = {
        let forms = session.during("progress-normalising", loaded.catalogue.rows.len(), || loaded.forms());
        let regions = loaded.catalogue.regions.len();
        session.during("progress-comparing", regions, || {
            uniformity::compare(&loaded.catalogue, forms, &loaded.profile, &question)
        })
    };
    let region = match &args.region {
        Some(name) => Some(region(name, &report)?),
        None => None,
    };
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
            only: Only {
                element: element.as_deref(),
                region,
                min_index: args.min_index,
            },
            by: By::of_word(&args.by).unwrap_or_default(),
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
    Ok(session.outcome(found, &loaded))
}

/// The id of the compared element of an id or a name.
fn element(wanted: &str, profile: &Profile) -> Result<String> {
    let names = || {
        profile
            .compared()
            .map(|(_, element)| [&element.id, &element.title, &element.en])
    };
    match names().find(|names| names.iter().any(|name| name.eq_ignore_ascii_case(wanted))) {
        Some([id, ..]) => Ok(id.clone()),
        None => {
            let known = names().flatten().map(String::as_str);
            Err(Error::plain(Kind::UnknownName, format!("--element {wanted}")).meant(wanted, known))
        }
    }
}

/// The place of the region of an id or a name. A name that several regions have stands for none of them.
fn region(wanted: &str, report: &Uniformity) -> Result<usize> {
    let regions = || report.regions.iter();
    if let Some(at) = regions().position(|region| region.id == wanted) {
        return Ok(at);
    }
    let named: Vec<usize> = (0..report.regions.len())
        .filter(|&at| report.regions[at].name == wanted)
        .collect();
    match named.as_slice() {
        &[at] => Ok(at),
        [] => {
            let known = regions().flat_map(|region| [region.id.as_str(), region.name.as_str()]);
            Err(Error::plain(Kind::UnknownName, format!("--region {wanted}")).meant(wanted, known))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|&at| report.regions[at].id.as_str()).collect();
            let detail = format!("--region {wanted}: {}", ids.join("、"));
            Err(Error::plain(Kind::UnknownName, detail))
        }
    }
}

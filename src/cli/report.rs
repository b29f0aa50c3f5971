//! `tongban report`: N regions, where the same item is handled differently.
//!
//! Must not compute.

use std::path::Path;

use super::args::ReportArgs;
use super::question;
use super::workspace::Workspace;
use super::{Asked, Outcome, Session, log, pairwise};
use crate::compare::uniformity::{self, Question, Told};
use crate::error::{Error, Kind, Result};
use crate::model::{ElementReport, ItemReport, Standing};
use crate::report::{About, By, Document, Only};

/// A number from 0 to 1; what is wrong is said in the language of the messages, as arguments are not.
fn share(text: &str) -> Result<f64> {
    let number = text.trim().parse::<f64>().ok();
    number.filter(|n| (0.0..=1.0).contains(n)).ok_or_else(|| {
        let typed = format!("--min-index {text}");
        Error::why(Kind::BadSettings, Path::new(&typed), "min-index", Vec::new())
    })
}

pub(super) fn run(session: &Session, args: &ReportArgs) -> Result<Outcome> {
    let target = args
        .output
        .target(if args.pairwise { About::Pairwise } else { About::Report })?;
    let min_index = share(&args.min_index)?;
    if args.history.is_some() && target.format.name != "html" {
        let flag = Path::new("--history");
        return Err(Error::why(Kind::BadSettings, flag, "history-html", Vec::new()));
    }
    let workspace = Workspace::of(&args.paths)?;
    let mut loaded = session.load(&workspace)?;
    loaded.inputs.extend(args.question.files.variances.clone());
    let element = args
        .element
        .as_deref()
        .map(|word| question::element(&loaded.profile, word));
    let element = element.transpose()?;
    let region = args.region.as_deref().map(|word| question::region(&loaded, word));
    let region = region.transpose()?;
    session.complain_findings(&loaded.catalogue);
    if args.pairwise {
        return pairwise::run(session, args, target, &workspace, &loaded);
    }
    let question = Question {
        told: match &args.item {
            Some(item) => Told::Item(item.clone()),
            None if target.format.tells_alike() => Told::Values,
            None => Told::Nothing,
        },
        ..question::question(session, &workspace, &loaded, &args.question)?
    };
    let report = {
        let forms = session.during("progress-normalising", loaded.catalogue.rows.len(), || loaded.forms());
        let regions = loaded.catalogue.regions.len();
        session.during("progress-comparing", regions, || {
            uniformity::compare(&loaded.catalogue, forms, &loaded.profile, &question)
        })
    };
    let side = region.and_then(|id| report.regions.iter().position(|region| region.id == id));
    let wanted = |report: &ItemReport| {
        args.item
            .as_ref()
            .is_none_or(|item| report.code == *item || report.name.contains(item))
    };
    if let Some(item) = &args.item
        && !report.items.iter().any(wanted)
    {
        let known = report.items.iter().flat_map(|known| [known.code.as_str(), &known.name]);
        return Err(Error::plain(Kind::UnknownName, item.clone()).meant(item, known));
    }
    question::tell(session, &report, question.dedupe);
    let trend = match &args.history {
        Some(named) => {
            let (log, path) = log::trend(session, &workspace, named.as_deref())?;
            loaded.inputs.push(path);
            Some(log)
        }
        None => None,
    };
    session.emit(
        &Document::Report(&report),
        &loaded,
        &[target],
        &Asked {
            item: args.item.as_deref(),
            only: Only {
                element: element.as_deref(),
                region: side,
                min_index,
            },
            by: By::of_word(&args.by).unwrap_or_default(),
            explain: false,
            top: args.top.unwrap_or(if target.format.lists_all() { 0 } else { 30 }),
            raw_csv: args.output.raw_csv,
            trend: trend.as_ref(),
        },
    )?;
    // What is not asked for does not fail either.
    let offends = |cell: &ElementReport| {
        let standing = report.elements.iter().find(|known| known.element == cell.element);
        let standing = standing.map_or(Standing::Usual, |element| element.standing);
        let sides = match args.fail_on.as_str() {
            "substantive" => uniformity::offending(cell, standing),
            "must-equal" => cell.must_equal.clone(),
            _ => Vec::new(),
        };
        element.as_ref().is_none_or(|id| *id == cell.element)
            && side.map_or(!sides.is_empty(), |side| sides.contains(&side))
    };
    let items = report.items.iter().filter(|item| wanted(item));
    let found = items.flat_map(|item| &item.elements).any(offends);
    let outcome = session.outcome(found, &loaded);
    // The program ends here: the system takes the memory back at once, and we would take it piece by piece.
    std::mem::forget((report, loaded));
    Ok(outcome)
}

//! `tongban law items`: which items rest on which law.
//!
//! Must not judge anything itself.

use super::super::args::LawItemsArgs;
use super::super::workspace::Workspace;
use super::super::{Asked, Outcome, Session};
use super::base::Base;
use super::lists;
use crate::compare::sides;
use crate::error::{Error, Kind, Result};
use crate::law::{self, Known, Lists};
use crate::model::LawQuestion;
use crate::normalise::citations;
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &LawItemsArgs) -> Result<Outcome> {
    let target = args.output.target(About::LawItems)?;
    let question = question(args)?;
    let workspace = Workspace::of_lint(&args.paths, None, false)?;
    let base = library(session, args, &workspace)?;
    let library = base.as_ref().map(|base| &base.library);
    let mut loaded = session.load(&workspace)?;
    loaded.incomplete |= base.as_ref().is_some_and(|base| base.incomplete);
    session.complain_findings(&loaded.catalogue);
    let (forms, whose) = lists::whose(session, &workspace, &loaded)?;
    let lists = Lists {
        catalogue: &loaded.catalogue,
        forms: &forms,
        profile: &loaded.profile,
        whose: &whose,
    };
    let (order, sides) = sides(&loaded.catalogue);
    let named = |&region: &usize| {
        let region = &loaded.catalogue.regions[region];
        (region.id.to_string(), region.name.clone())
    };
    let regions: Vec<(String, String)> = order.iter().map(named).collect();
    let known = Known::of(library, args.laws.as_of);
    let ask = |question| law::items(lists, &known, question, regions.clone(), &sides);
    let items = ask(question);
    if let LawQuestion::Law { title, place } = &items.question
        && items.cited.is_empty()
        && place.is_empty()
        && library.is_none_or(|library| library.law(title).is_none())
    {
        // Nobody cites it and no library has it: most likely it is spelt in another way.
        let laws = ask(LawQuestion::Laws).laws;
        let titles = laws.iter().map(|law| law.title.as_str());
        return Err(Error::plain(Kind::UnknownName, title.clone()).meant(title, titles));
    }
    session.emit(
        &Document::LawItems(&items),
        &loaded,
        &[target],
        &Asked {
            top: args.top,
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    Ok(session.outcome(false, &loaded))
}

fn question(args: &LawItemsArgs) -> Result<LawQuestion> {
    let Some(title) = &args.law else {
        return Ok(match (args.none, args.differing) {
            (true, _) => LawQuestion::None,
            (_, true) => LawQuestion::Differing,
            _ => LawQuestion::Laws,
        });
    };
    let title = citations::title(title);
    // A document number is cited in its canonical spelling, too.
    let title = match citations::document_number(&title) {
        Some(number) if !title.ends_with(['法', '例']) => number,
        _ => title,
    };
    let place = match &args.article {
        None => String::new(),
        Some(place) => {
            let place = match place.trim().parse::<u32>() {
                Ok(number) => format!("第{number}条"),
                Err(_) => place.clone(),
            };
            let read = citations::parse(&format!("《{title}》{place}"));
            let read = read.into_iter().find(|citation| citation.article.is_some());
            let read = read.ok_or_else(|| Error::plain(Kind::UnknownName, format!("--article {place} (第十二条)")))?;
            read.place()
        }
    };
    Ok(LawQuestion::Law { title, place })
}

/// The library, where one is named.
fn library(session: &Session, args: &LawItemsArgs, workspace: &Workspace) -> Result<Option<Base>> {
    if args.laws.laws.is_empty() && workspace.manifests.iter().all(|manifest| manifest.laws.is_empty()) {
        return Ok(None);
    }
    // What laws say is not asked for.
    Ok(Some(super::library(session, workspace, &args.laws, |_| false)?))
}

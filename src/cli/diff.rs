//! `tongban diff A B`: one region against another.
//!
//! Must not compute.

use std::path::Path;

use super::args::DiffArgs;
use super::workspace::{Workspace, is_stdin, stdin_twice};
use super::{Asked, Loaded, Outcome, Session, matching};
use crate::compare::{identity, pair};
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{Source, locate, path_name};
use crate::model::{Difference, Verdict};
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &DiffArgs) -> Result<Outcome> {
    let target = args.output.target(About::Diff)?;
    let mut both = Workspace::default();
    if is_stdin(&args.left) && is_stdin(&args.right) {
        return Err(stdin_twice());
    }
    for (side, name) in [(0_u16, &args.left), (1, &args.right)] {
        let one = side_of(name, args.workspace.as_deref())?;
        both.manifests.extend(one.manifests);
        both.errors.extend(one.errors);
        both.words.extend(one.words);
        both.folders.extend(one.folders);
        both.sources.extend(
            one.sources
                .into_iter()
                .filter(|s| !s.directory)
                .map(|source| Source { side, ..source }),
        );
    }
    let loaded = session.load(&both)?;
    session.complain_findings(&loaded.catalogue);
    let split: Vec<Option<usize>> = loaded
        .catalogue
        .regions
        .iter()
        .map(|region| Some(usize::from(region.side)))
        .collect();
    let titles = [
        title(&loaded, &split, 0, &path_name(&args.left)),
        title(&loaded, &split, 1, &path_name(&args.right)),
    ];
    let needed: Vec<_> = identity::needed(&loaded.profile).collect();
    let forms = Forms::as_asked(&loaded.catalogue, &loaded.profile, &needed);
    let diff = pair::compare(
        &loaded.catalogue,
        &forms,
        &loaded.profile,
        &split,
        titles,
        &matching::decisions(session, &both, &loaded, args.matches.as_deref())?,
        args.explain,
    );
    matching::tell_waiting(session, diff.waiting);
    session.emit(
        &Document::Diff(&diff),
        &loaded,
        &[target],
        &Asked {
            item: args.item.as_deref(),
            explain: args.explain,
            top: args.top,
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    let asked: Vec<&Difference> = diff
        .differences
        .iter()
        .filter(|d| {
            args.item
                .as_ref()
                .is_none_or(|item| d.code == *item || d.name.contains(item))
        })
        .collect();
    let found = match args.fail_on.as_str() {
        "substantive" => asked
            .iter()
            .any(|difference| difference.judgement.verdict == Verdict::Substantive),
        "any" => {
            !asked.is_empty() || (args.item.is_none() && !(diff.only_left.is_empty() && diff.only_right.is_empty()))
        }
        _ => false,
    };
    let outcome = session.outcome(found, &loaded);
    // The program ends here: the system takes the memory back at once, and we would take it piece by piece.
    std::mem::forget((diff, forms, loaded));
    Ok(outcome)
}

/// A path, or the id or name of a region of the workspace.
fn side_of(path: &Path, workspace: Option<&Path>) -> Result<Workspace> {
    let there = path.exists() || locate(path).1.is_some();
    if is_stdin(path) || (there && workspace.is_none()) {
        return Workspace::of(&[path.to_owned()]);
    }
    let root = workspace.unwrap_or(Path::new("."));
    if !root.join(super::manifest::MANIFEST).is_file() {
        return Err(Error::file(Kind::NotFound, path, ""));
    }
    let name = path_name(path);
    let mut whole = Workspace::of(&[root.to_owned()])?;
    let mut known: Vec<String> = Vec::new();
    whole.sources.retain(|source| match &source.region {
        Some((id, title)) => {
            known.push(format!("{id} {title}"));
            *id == name || *title == name
        }
        None => false,
    });
    if whole.sources.is_empty() {
        known.dedup();
        let error = Error::plain(Kind::UnknownName, format!("{name} ({})", known.join(", ")));
        return Err(error.meant(&name, known.iter().flat_map(|region| region.splitn(2, ' '))));
    }
    Ok(whole)
}

/// The id and name of a side: those of its region, or what was typed where it holds several.
fn title(loaded: &Loaded, sides: &[Option<usize>], side: usize, typed: &str) -> (String, String) {
    let mut regions = loaded
        .catalogue
        .regions
        .iter()
        .zip(sides)
        .filter(|(_, s)| **s == Some(side));
    match (regions.next(), regions.next()) {
        (Some((region, _)), None) => (region.id.to_string(), region.name.clone()),
        _ => (typed.to_owned(), typed.to_owned()),
    }
}

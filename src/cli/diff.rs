//! `tongban diff A B`: one region against another.
//!
//! Must not compute.

use std::path::{Path, PathBuf};

use super::args::DiffArgs;
use super::manifest::manifest_of;
use super::taken::Taken;
use super::workspace::{Workspace, is_stdin, stdin_twice};
use super::{Asked, Loaded, Outcome, Session, matching};
use crate::compare::{identity, over_time, pair};
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{Source, locate, path_name};
use crate::model::{Difference, Verdict};
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &DiffArgs) -> Result<Outcome> {
    let target = args.output.target(About::Diff)?;
    let mut both = Workspace::default();
    if is_stdin(&args.left) && args.right.as_deref().is_some_and(is_stdin) {
        return Err(stdin_twice());
    }
    let left = side_of(&args.left, args.workspace.as_deref())?;
    // A part of the lists says nothing of the others.
    let mut whole = true;
    let right = match &args.right {
        Some(name) => {
            let file = !left.snapshots.is_empty() && name.exists();
            let right = match file {
                // Lists of the workspace are of the regions that it says.
                true => Workspace::of_lint(std::slice::from_ref(name), None, false)?,
                false => side_of(name, args.workspace.as_deref())?,
            };
            whole = !right.snapshots.is_empty() || manifest_of(name).is_some();
            right
        }
        None => working(&args.left, &left)?,
    };
    let in_time = [&left, &right].iter().any(|side| !side.snapshots.is_empty());
    for (side, one) in [(0_u16, left), (1, right)] {
        both.manifests.extend(one.manifests);
        both.errors.extend(one.errors);
        both.words.extend(one.words);
        both.folders.extend(one.folders);
        both.snapshots
            .extend(one.snapshots.into_iter().map(|taken| Taken { side, ..taken }));
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
    let right = args.right.as_deref().unwrap_or(Path::new("."));
    let titles = [
        title(&loaded, &split, 0, &path_name(&args.left)),
        title(&loaded, &split, 1, &path_name(right)),
    ];
    let decisions = matching::decisions(session, &both, &loaded, args.matches.as_deref())?;
    let diff = match in_time {
        true => over_time::compare(
            &loaded.catalogue,
            &loaded.profile,
            titles,
            &decisions,
            whole,
            args.explain,
        ),
        false => {
            let needed: Vec<_> = identity::needed(&loaded.profile).collect();
            pair::compare(
                &loaded.catalogue,
                &Forms::as_asked(&loaded.catalogue, &loaded.profile, &needed),
                &loaded.profile,
                &split,
                titles,
                &decisions,
                args.explain,
            )
        }
    };
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
    std::mem::forget((diff, loaded));
    Ok(outcome)
}

/// The lists of today, in the workspace that a snapshot is of.
fn working(typed: &Path, left: &Workspace) -> Result<Workspace> {
    match left.snapshots.first() {
        Some(taken) if taken.folder().as_os_str().is_empty() => Workspace::of(&[PathBuf::from(".")]),
        Some(taken) => Workspace::of(&[taken.folder().to_owned()]),
        None => Err(Error::why(Kind::TooFewLists, typed, "diff-one-side", Vec::new())),
    }
}

/// A path, a snapshot, or the id or name of a region of the workspace.
fn side_of(path: &Path, workspace: Option<&Path>) -> Result<Workspace> {
    if let Some(taken) = Taken::named(path, workspace)? {
        let mut side = Workspace::default();
        side.take(taken)?;
        return Ok(side);
    }
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
    if let Some(entry) = loaded.taken.iter().find(|(of, _)| usize::from(*of) == side) {
        let (number, day) = (entry.1.number, entry.1.about.day());
        return (format!("@{number}"), format!("@{number} {day}"));
    }
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

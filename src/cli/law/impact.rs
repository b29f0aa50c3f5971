//! `tongban law impact`: what an amendment of a law touches.
//!
//! Must not judge anything itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::args::LawImpactArgs;
use super::super::workspace::Workspace;
use super::super::{Asked, Outcome, Session};
use super::lists;
use crate::error::{Error, Kind, Result};
use crate::ingest;
use crate::law::{self, Amendment, Library, Lists, Read};
use crate::model::{Day, Law, Version};
use crate::normalise::citations;
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &LawImpactArgs) -> Result<Outcome> {
    let target = args.output.target(About::LawImpact)?;
    let (workspace, has_lists) = workspace(&args.paths)?;
    let versions = versions(session, args, &workspace)?;
    let mut loaded = session.load(&workspace)?;
    loaded.inputs.extend(versions.files.iter().cloned());
    loaded.incomplete |= versions.incomplete;
    session.complain_findings(&loaded.catalogue);
    let amendment = Amendment {
        titles: versions.titles,
        full: versions.full,
        old: &versions.old,
        new: &versions.new,
    };
    let impact = if has_lists {
        let (forms, whose) = lists::whose(session, &workspace, &loaded)?;
        let lists = Lists {
            catalogue: &loaded.catalogue,
            forms: &forms,
            profile: &loaded.profile,
            whose: &whose,
        };
        law::impact(&amendment, Some(lists))
    } else {
        law::impact(&amendment, None)
    };
    session.emit(
        &Document::LawImpact(&impact),
        &loaded,
        &[target],
        &Asked {
            top: args.top,
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    let found = args.fail_on == "touched" && impact.cited.iter().any(|cited| cited.touch.is_touched());
    Ok(session.outcome(found, &loaded))
}

/// The lists; the settings of the current folder where none is named and none is there.
fn workspace(paths: &[PathBuf]) -> Result<(Workspace, bool)> {
    match Workspace::of_lint(paths, None, false) {
        Err(error) if paths.is_empty() && matches!(error.kind(), Kind::NoLists | Kind::TooFewLists) => {
            Ok((Workspace::settings(Path::new("."))?, false))
        }
        workspace => Ok((workspace?, true)),
    }
}

/// The two versions that are held against each other.
struct Versions {
    titles: Vec<String>,
    full: String,
    old: Version,
    new: Version,
    /// Where they were read from: not to be written over.
    files: Vec<PathBuf>,
    /// Whether part of the library was not read.
    incomplete: bool,
}

fn versions(session: &Session, args: &LawImpactArgs, workspace: &Workspace) -> Result<Versions> {
    match (&args.old, &args.new) {
        (Some(old), Some(new)) => of_files(args, old, new),
        _ => of_library(session, args, workspace),
    }
}

fn of_files(args: &LawImpactArgs, old: &Path, new: &Path) -> Result<Versions> {
    let read = |path: &Path| -> Result<Read> {
        let text = ingest::read_text(path)?;
        let none = || Error::why(Kind::Unreadable, path, "no-law-text", Vec::new());
        law::read(&text, &ingest::path_name(path))
            .filter(|read| !read.text.articles.is_empty())
            .ok_or_else(none)
    };
    let (before, after) = (read(old)?, read(new)?);
    let mut titles: Vec<String> = args.law.iter().cloned().collect();
    titles.extend([after.title.clone(), before.title.clone()]);
    Ok(Versions {
        titles,
        full: after.full.clone(),
        old: version(before),
        new: version(after),
        files: vec![old.to_owned(), new.to_owned()],
        incomplete: false,
    })
}

fn version(read: Read) -> Version {
    Version {
        day: read.day,
        in_force: read.in_force,
        history: read.history,
        lacks: read.lacks,
        repeals: read.repeals,
        files: vec![read.file],
        text: Some(Arc::new(read.text)),
    }
}

fn of_library(session: &Session, args: &LawImpactArgs, workspace: &Workspace) -> Result<Versions> {
    let laws = lists::laws(&args.laws, workspace)?;
    let title = args.law.as_deref().unwrap_or_default();
    let wanted = citations::title(title);
    let base = super::library(session, workspace, &laws, |title| title == wanted)?;
    let library = &base.library;
    let law = library.law(title).ok_or_else(|| unknown(library, title))?;
    let (old, new) = chosen(law, args)?;
    let files = [old, new].into_iter().flat_map(|version| &version.files);
    let files = files
        .flat_map(|file| laws.laws.iter().map(|folder| folder.join(&**file)))
        .collect();
    Ok(Versions {
        titles: vec![law.title.clone()],
        full: law.full.clone(),
        old: old.clone(),
        new: new.clone(),
        files,
        incomplete: base.incomplete,
    })
}

/// The versions of two days; the two newest where none is named.
fn chosen<'l>(law: &'l Law, args: &LawImpactArgs) -> Result<(&'l Version, &'l Version)> {
    let has_articles = |version: &&Version| version.text.as_ref().is_some_and(|text| !text.articles.is_empty());
    let versions: Vec<&Version> = law.versions.iter().filter(has_articles).collect();
    let wrong = |reason, day: Option<Day>| {
        let days: Vec<String> = versions
            .iter()
            .filter_map(|version| Some(version.day?.to_string()))
            .collect();
        let args = vec![
            ("title", law.title.clone()),
            ("days", days.join("、")),
            (
                "count",
                if days.is_empty() {
                    "none".to_owned()
                } else {
                    days.len().to_string()
                },
            ),
            ("day", day.map(|day| day.to_string()).unwrap_or_default()),
        ];
        Error::why(Kind::NotFound, Path::new(""), reason, args)
    };
    // A day names the version of that day, else the one that was in force on it.
    let on = |day: Day| {
        let exact = versions.iter().position(|version| version.day == Some(day));
        let in_force = |version: &&Version| version.since().is_some_and(|since| since <= day);
        exact
            .or_else(|| versions.iter().rposition(in_force))
            .ok_or_else(|| wrong("law-not-then", Some(day)))
    };
    let new = match (args.to, args.laws.as_of) {
        (Some(day), _) | (None, Some(day)) => on(day)?,
        (None, None) => versions
            .len()
            .checked_sub(1)
            .ok_or_else(|| wrong("law-one-version", None))?,
    };
    let old = match args.from {
        Some(day) => on(day)?,
        None => new.checked_sub(1).ok_or_else(|| wrong("law-one-version", None))?,
    };
    match old == new {
        true => Err(wrong("law-same-version", args.from)),
        false => Ok((versions[old], versions[new])),
    }
}

/// That the library does not have a law, with the law that repealed it or titles that are like it.
fn unknown(library: &Library, title: &str) -> Error {
    let repeal = library.repeal_of(title);
    let near = library.near(title);
    let about = match repeal {
        Some(repeal) => ("gone", format!("《{}》", repeal.by)),
        None if near.is_empty() => ("none", String::new()),
        None => ("near", near.iter().map(|title| format!("《{title}》")).collect()),
    };
    let args = vec![
        ("title", citations::title(title)),
        ("case", about.0.to_owned()),
        ("titles", about.1),
    ];
    Error::why(Kind::UnknownName, Path::new(""), "law-unknown", args)
}

//! `tongban snapshot`: the states of all lists, kept in one file.
//!
//! Must not know how they are kept: that is `store`.

mod export;
mod keep;
mod save;

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{DatabaseArgs, SnapshotArgs, SnapshotDo, SnapshotListArgs, SnapshotShowArgs};
use super::taken::{self, Taken};
use super::workspace::Workspace;
use super::{Outcome, Session};
use crate::error::{Error, Kind, Result, path_name};
use crate::profile;
use crate::report::snapshots::{self, File, Told, Yard};
use crate::store::{Digest, Entry, Snapshots, Which, Yardstick};

pub(super) fn run(session: &Session, args: &SnapshotArgs) -> Result<Outcome> {
    match &args.what {
        SnapshotDo::Save(args) => save::run(session, args),
        SnapshotDo::List(args) => list(session, args),
        SnapshotDo::Show(args) => show(session, args),
        SnapshotDo::Verify(args) => keep::verify(session, args),
        SnapshotDo::Export(args) => export::run(session, args),
        SnapshotDo::Prune(args) => keep::prune(session, args),
        SnapshotDo::Backup(args) => keep::backup(session, args),
    }
}

/// The database that is named, else that of the workspace in which one is.
fn database(named: Option<&PathBuf>) -> PathBuf {
    named.cloned().unwrap_or_else(taken::database)
}

/// The snapshot that is named, and its database: here a number may stand without `@`.
fn named(path: &Path, db: Option<&PathBuf>) -> Result<(PathBuf, Which)> {
    let text = path.to_string_lossy();
    if let Some(which) = Which::parse(text.strip_prefix('@').unwrap_or(&text)) {
        return Ok((database(db), which));
    }
    match Taken::named(path, None)? {
        Some(taken) if db.is_none() => Ok((taken.path, taken.which)),
        _ => Err(Error::why(Kind::UnknownName, path, "snapshot-name", Vec::new())),
    }
}

/// What lists are read and judged by in a workspace today, in digests.
pub(super) fn yardstick(session: &Session, workspace: &Workspace) -> Result<Yardstick> {
    let told = match &session.profile {
        Some(told) => Some(told.as_str()),
        None => workspace.profile()?,
    };
    let data = profile::data(told.unwrap_or("national-12"), &workspace.words)?;
    let [profile, vocabulary, rules] = data.map(|text| Digest::of_bytes(text.as_bytes()).to_string());
    Ok(Yardstick {
        profile,
        vocabulary,
        rules,
    })
}

/// The settings of the workspace of a database.
pub(super) fn settings(path: &Path) -> Result<Workspace> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Workspace::settings(folder)
}

fn told<'a>(entry: &'a Entry, today: &Yardstick) -> Told<'a> {
    let about = &entry.about;
    let yard = |what, digest: &'a String, today: &String| Yard {
        what,
        digest,
        current: digest == today,
    };
    let then = &about.yardstick;
    Told {
        number: entry.number,
        time: about.moment(),
        message: &about.message,
        digest: entry.digest.to_string(),
        rows: about.rows,
        regions: about.regions,
        incomplete: about.incomplete,
        tongban: &about.tongban,
        profile: &about.profile,
        yardstick: [
            yard("profile", &then.profile, &today.profile),
            yard("vocabulary", &then.vocabulary, &today.vocabulary),
            yard("rules", &then.rules, &today.rules),
        ],
        inputs: (about.inputs.iter())
            .map(|input| File {
                name: &input.name,
                size: input.size,
                sha256: &input.sha256,
            })
            .collect(),
        manifest: about.manifest.as_deref(),
    }
}

fn list(session: &Session, args: &SnapshotListArgs) -> Result<Outcome> {
    let path = database(args.database.db.as_ref());
    let opened = Snapshots::open(&path)?;
    let today = yardstick(session, &settings(&path)?)?;
    let told: Vec<Told<'_>> = opened.list().iter().map(|entry| told(entry, &today)).collect();
    write(session, &args.database, |style, out, json| match json {
        true => snapshots::list_json(&path_name(&path), &told, out),
        false => snapshots::list(&told, style, out),
    })
}

fn show(session: &Session, args: &SnapshotShowArgs) -> Result<Outcome> {
    let (path, which) = named(&args.snapshot, args.database.db.as_ref())?;
    let opened = Snapshots::open(&path)?;
    let today = yardstick(session, &settings(&path)?)?;
    let told = told(opened.find(which)?, &today);
    write(session, &args.database, |style, out, json| match json {
        true => snapshots::json(&path_name(&path), &told, out),
        false => snapshots::show(&told, style, out),
    })
}

/// Writes to standard output, as a table or as JSON.
fn write(
    session: &Session,
    args: &DatabaseArgs,
    write: impl FnOnce(&crate::report::Style<'_>, &mut dyn Write, bool) -> std::io::Result<()>,
) -> Result<Outcome> {
    let elements = std::collections::HashMap::new();
    let style = session.style(&elements);
    session.write_out(None, &[], false, |out| write(&style, out, args.format == "json"))?;
    Ok(Outcome::Clean)
}

//! `tongban snapshot verify`, `prune` and `backup`.
//!
//! Must not know how snapshots are kept.

use super::super::args::{SnapshotBackupArgs, SnapshotPruneArgs, SnapshotVerifyArgs};
use super::super::{Outcome, Session, say};
use crate::error::{Error, Kind, Result, path_name};
use crate::report::{self, escape::terminal, save_by, snapshots};
use crate::store::{Entry, Fault, Snapshots};

pub(super) fn verify(session: &Session, args: &SnapshotVerifyArgs) -> Result<Outcome> {
    let (path, which) = match &args.snapshot {
        Some(named) => {
            let (path, which) = super::named(named, args.database.db.as_ref())?;
            (path, Some(which))
        }
        None => (super::database(args.database.db.as_ref()), None),
    };
    let opened = Snapshots::open(&path)?;
    let entries: Vec<&Entry> = match which {
        Some(which) => vec![opened.find(which)?],
        None => opened.list().iter().collect(),
    };
    let faults = session.during("progress-verifying", entries.len(), || {
        opened.verify(&entries, which.is_none())
    });
    let words: Vec<String> = faults
        .iter()
        .map(|fault| match fault {
            Fault::Snapshot(number) => format!("@{number}"),
            Fault::Items => "items".to_owned(),
            Fault::Texts => "texts".to_owned(),
            Fault::File(said) => format!("file: {said}"),
        })
        .collect();
    let wire = snapshots::Verified {
        checked: entries.iter().map(|entry| entry.number).collect(),
        sound: faults.is_empty(),
        faults: words,
    };
    let count = [
        ("file", path_name(&path)),
        ("count", wire.checked.len().to_string()),
        ("faults", wire.faults.join("、")),
    ];
    let key = match wire.sound {
        true => "snapshot-sound",
        false => "snapshot-unsound",
    };
    super::write(session, &args.database, |_, out, json| match json {
        true => snapshots::json(&path_name(&path), &wire, out),
        false => writeln!(out, "{}", terminal(&session.messages.with(key, &count))),
    })?;
    Ok(match wire.sound {
        true => Outcome::Clean,
        false => Outcome::Failed,
    })
}

pub(super) fn prune(session: &Session, args: &SnapshotPruneArgs) -> Result<Outcome> {
    let path = super::database(args.database.db.as_ref());
    let mut opened = match args.dry_run {
        true => Snapshots::open(&path)?,
        false => Snapshots::open_to_write(&path)?,
    };
    let entries = opened.list();
    // With both, what either would keep is kept. The newest always is.
    let newest = entries.len().saturating_sub(args.keep.map_or(1, |keep| keep as usize));
    let old = |entry: &Entry| args.before.is_none_or(|day| entry.about.day() < day.to_string());
    let going = |(at, entry): &(usize, &Entry)| *at < newest && old(entry);
    let going: Vec<u32> = (entries.iter().enumerate().filter(going))
        .map(|(_, entry)| entry.number)
        .collect();
    let kept: Vec<u32> = entries.iter().map(|entry| entry.number).collect();
    let kept = kept.into_iter().filter(|number| !going.contains(number)).collect();
    let pruned = match args.dry_run || going.is_empty() {
        true => Default::default(),
        false => session.during("progress-writing", 1, || opened.prune(&going))?,
    };
    let wire = snapshots::Pruned {
        dry_run: args.dry_run,
        pruned: going,
        kept,
        chunks: pruned.chunks,
        texts: pruned.texts,
        bytes_before: pruned.before,
        bytes_after: pruned.after,
    };
    let numbers: Vec<String> = wire.pruned.iter().map(|number| format!("@{number}")).collect();
    let told = [
        ("numbers", numbers.join(" ")),
        ("count", numbers.len().to_string()),
        ("kept", wire.kept.len().to_string()),
        ("before", wire.bytes_before.to_string()),
        ("after", wire.bytes_after.to_string()),
    ];
    let key = match (wire.pruned.is_empty(), args.dry_run) {
        (true, _) => "snapshot-prune-none",
        (false, true) => "snapshot-prune-would",
        (false, false) => "snapshot-pruned",
    };
    super::write(session, &args.database, |_, out, json| match json {
        true => snapshots::json(&path_name(&path), &wire, out),
        false => writeln!(out, "{}", terminal(&session.messages.with(key, &told))),
    })
}

pub(super) fn backup(session: &Session, args: &SnapshotBackupArgs) -> Result<Outcome> {
    let path = super::database(args.db.as_ref());
    let opened = Snapshots::open(&path)?;
    report::refuse(&args.file, &[path])?;
    if std::fs::symlink_metadata(&args.file).is_ok() {
        return Err(Error::why(Kind::Exists, &args.file, "backup-there", Vec::new()));
    }
    session.during("progress-writing", 1, || {
        save_by(&args.file, |file| opened.backup(file))
    })?;
    let told = [("path", path_name(&args.file))];
    say(&terminal(&session.messages.with("saved", &told)));
    Ok(Outcome::Clean)
}

//! `tongban snapshot save`: reads the lists of a workspace as every command does, and keeps them.
//!
//! Must not judge.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::args::SnapshotSaveArgs;
use super::super::baseline::now;
use super::super::workspace::Workspace;
use super::super::{Loaded, Outcome, Session, say, taken};
use crate::error::{Error, Kind, Result};
use crate::ingest::{Source, path_name};
use crate::model::{Catalogue, Day, RowId};
use crate::normalise::{codes, names};
use crate::profile::Profile;
use crate::report::{create_by, escape::terminal, snapshots};
use crate::store::{About, Hasher, Input, SNAPSHOTS, Saving, Snapshots, create_snapshots};
use rayon::prelude::*;

pub(super) fn run(session: &Session, args: &SnapshotSaveArgs) -> Result<Outcome> {
    // A list of a workspace is of the region that the workspace says.
    let workspace = match args.paths.iter().any(|path| path.is_file()) {
        true => Workspace::of_lint(&args.paths, None, false)?,
        false => Workspace::of(&args.paths)?,
    };
    let time = moment(args.date)?;
    let path = match (&args.database.db, workspace.manifests.first()) {
        (Some(named), _) => named.clone(),
        (None, Some(manifest)) => manifest.root().join(SNAPSHOTS),
        (None, None) => PathBuf::from(SNAPSHOTS),
    };
    // What is in the way is said before everything is read.
    let mut latest = None;
    if std::fs::symlink_metadata(&path).is_ok() {
        let before = Snapshots::open(&path)?;
        latest = before.list().last().cloned();
    }
    let stamps = stamps(&workspace.sources);
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let unread = loaded.unread || !workspace.errors.is_empty();
    if unread {
        // Without a file its items would read as dropped.
        return Err(Error::why(Kind::Unwritable, &path, "snapshot-unread", Vec::new()));
    }
    let root = taken::root(&path);
    let (catalogue, profile) = (&loaded.catalogue, &loaded.profile);
    let inputs = inputs(&workspace.sources, &stamps, &root)?;
    let lists = catalogue.regions.iter().filter(|region| !region.directory);
    let about = About {
        time,
        message: args.message.clone(),
        tongban: env!("CARGO_PKG_VERSION").to_owned(),
        profile: profile.id.clone(),
        yardstick: super::yardstick(session, &workspace)?,
        inputs,
        manifest: workspace.manifests.first().map(|manifest| manifest.text().to_owned()),
        rows: catalogue.rows.len(),
        regions: lists.count(),
        incomplete: loaded.incomplete,
    };
    let before = latest.as_ref().map(|latest| latest.digest.to_string());
    if let Some(latest) = latest {
        let told = [
            ("now", about.regions.to_string()),
            ("before", latest.about.regions.to_string()),
            ("number", latest.number.to_string()),
            ("day", latest.about.day()),
        ];
        if about.regions < latest.about.regions {
            say(&session.messages.with("snapshot-fewer", &told));
        }
        // Snapshots stand in the order in which they were saved, whatever their days: who saves old lists afterwards should know.
        if about.time < latest.about.time {
            say(&session.messages.with("snapshot-earlier", &told));
        }
    }
    let keys = Keys::of(profile, catalogue);
    let fields: Vec<String> = profile.fields.iter().map(|field| field.id.clone()).collect();
    let rows = about.rows;
    let saving = Saving {
        catalogue,
        fields: &fields,
        root: &root,
        keys: &|row| keys.of_row(row),
        about,
    };
    let saved = session.during("progress-saving", rows, || {
        if std::fs::symlink_metadata(&path).is_err() {
            create_by(&path, create_snapshots)?;
        }
        Snapshots::open_to_write(&path)?.save(&saving)
    })?;
    let wire = snapshots::Saved {
        number: saved.number,
        digest: saved.digest.to_string(),
        rows,
        new_chunks: saved.new_chunks,
        new_texts: saved.new_texts,
    };
    let told = [
        ("file", path_name(&path)),
        ("number", saved.number.to_string()),
        ("rows", rows.to_string()),
        ("texts", saved.new_texts.to_string()),
        (
            "new",
            if before.as_ref() == Some(&wire.digest) {
                "no"
            } else {
                "yes"
            }
            .to_owned(),
        ),
    ];
    super::write(session, &args.database, |_, out, json| match json {
        true => snapshots::json(&path_name(&path), &wire, out),
        false => writeln!(out, "{}", terminal(&session.messages.with("snapshot-saved", &told))),
    })?;
    Ok(outcome(session, loaded))
}

fn outcome(session: &Session, loaded: Loaded) -> Outcome {
    let outcome = session.outcome(false, &loaded);
    // The program ends here: the system takes the memory back at once.
    std::mem::forget(loaded);
    outcome
}

/// When the snapshot is of: as told, else as the environment says (reproducible-builds.org), else now.
fn moment(date: Option<Day>) -> Result<i64> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    match (date, epoch) {
        (Some(day), _) => Ok(crate::store::days(day) * 86_400),
        (None, Some(text)) => text
            .parse()
            .map_err(|_| Error::plain(Kind::BadSettings, format!("SOURCE_DATE_EPOCH={text}"))),
        (None, None) => Ok(now()),
    }
}

/// Size and time of the last change of each file.
fn stamps(sources: &[Source]) -> Vec<Option<(u64, SystemTime)>> {
    sources.iter().map(|source| stamp(source.file_path())).collect()
}

fn stamp(path: &Path) -> Option<(u64, SystemTime)> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.len(), meta.modified().ok()?))
}

/// The files with their hashes: what was read is what is hashed, or nothing is saved.
fn inputs(sources: &[Source], stamps: &[Option<(u64, SystemTime)>], root: &str) -> Result<Vec<Input>> {
    let mut seen = BTreeSet::new();
    let files: Vec<(&Source, _)> = (sources.iter().zip(stamps))
        .filter(|(source, _)| seen.insert(source.file_path()))
        .collect();
    let input = |(source, before): &(&Source, &Option<(u64, SystemTime)>)| {
        let path = source.file_path();
        let name = path_name(path);
        let name = name.strip_prefix(root).unwrap_or(&name).to_owned();
        let mut hasher = Hasher::default();
        match &source.given {
            Some(bytes) => hasher.add(bytes),
            None => {
                let fail = |error: std::io::Error| Error::file(Kind::Unreadable, path, error.to_string());
                let mut file = File::open(path).map_err(fail)?;
                let mut piece = vec![0; 256 << 10];
                loop {
                    match file.read(&mut piece).map_err(fail)? {
                        0 => break,
                        read => hasher.add(&piece[..read]),
                    }
                }
                if stamp(path) != **before {
                    return Err(Error::why(Kind::Unreadable, path, "snapshot-moved", Vec::new()));
                }
            }
        }
        let (size, digest) = hasher.finish();
        Ok(Input {
            name,
            size,
            sha256: digest.to_string(),
        })
    };
    files.par_iter().map(input).collect()
}

/// Under what the life of an item is found: its codes, reduced to the item's own and as they stand, and its name.
struct Keys<'a> {
    catalogue: &'a Catalogue,
    profile: &'a Profile,
    codes: Vec<crate::model::FieldId>,
    names: [Option<crate::model::FieldId>; 4],
}

/// The fields of codes.
const CODES: [&str; 6] = [
    "code",
    "national_code",
    "impl_code",
    "handling_code",
    "local_code",
    "supervision_code",
];

impl<'a> Keys<'a> {
    fn of(profile: &'a Profile, catalogue: &'a Catalogue) -> Keys<'a> {
        Keys {
            catalogue,
            profile,
            codes: CODES.iter().filter_map(|id| profile.field(id)).collect(),
            names: ["name", "main_name", "sub_name", "handling_name"].map(|id| profile.field(id)),
        }
    }

    fn of_row(&self, row: RowId) -> Vec<String> {
        let vocabulary = &self.profile.vocabulary;
        let said = |field| {
            let text = self.catalogue.text(row, field)?;
            (!vocabulary.is_empty_word(text)).then_some(text)
        };
        let mut keys: Vec<String> = Vec::new();
        for text in self.codes.iter().filter_map(|&field| said(field)) {
            let code = codes::parse(text);
            keys.extend([code.basic().to_owned(), text.to_owned()]);
        }
        // By name too what has a code: an item is asked for by name, and goes on under another code.
        let [name, main, sub, case] = self.names.map(|field| said(field?));
        if let Some(name) = names::parse(vocabulary, name, main, sub, case) {
            keys.push(name.item);
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

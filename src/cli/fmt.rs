//! `tongban fmt`: lists written back in canonical notation (规范写法). The one command that writes over its inputs: only those that
//! were read to their end, only the cells that change, and only if the file then says exactly what it said before.
//!
//! Must not judge notation, nor know formats of files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::args::FmtArgs;
use super::workspace::Workspace;
use super::{Outcome, Session, say};
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{self, Change, Edited, Left, Source, limits};
use crate::model::Catalogue;
use crate::normalise::canonical::Reach;
use crate::notation::{Notation, says_the_same};
use crate::profile::Profile;
use crate::report;
use crate::report::escape::terminal;

/// What was done so far.
#[derive(Default)]
struct Done {
    files: usize,
    changed: usize,
    cells: usize,
    left: BTreeMap<Left, usize>,
    failed: bool,
}

pub(super) fn run(session: &Session, args: &FmtArgs) -> Result<Outcome> {
    let workspace = Workspace::of(&args.paths)?;
    workspace.changeable()?;
    let profile = session.load_profile(&workspace)?;
    let sources = session.as_told(&workspace, &profile)?;
    let reach = if args.vocabulary {
        Reach::Vocabulary
    } else {
        Reach::Safe
    };
    let mut done = Done {
        failed: !workspace.errors.is_empty(),
        ..Done::default()
    };
    for error in &workspace.errors {
        session.complain(error);
    }
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    for source in sources {
        // A file that is the list of two regions is one file.
        let path = source
            .file_path()
            .canonicalize()
            .unwrap_or_else(|_| source.path.clone());
        if source.given.is_none() && !seen.insert(path) {
            continue;
        }
        if let Err(error) = one(session, args, &profile, source, reach, &mut done) {
            session.complain(&error);
            done.failed = true;
        }
    }
    summary(session, args, &done);
    let found = done.changed > 0 && (args.check || args.diff);
    Ok(match done.failed {
        true => Outcome::Failed,
        false if found => Outcome::Found,
        false => Outcome::Clean,
    })
}

/// Formats one source.
fn one(
    session: &Session,
    args: &FmtArgs,
    profile: &Profile,
    source: Source,
    reach: Reach,
    done: &mut Done,
) -> Result<()> {
    let is_stdin = source.given.is_some();
    let bytes = match &source.given {
        Some(bytes) => Arc::clone(bytes),
        None => Arc::new(ingest::read_file(source.file_path(), limits::FILE_BYTES)?),
    };
    let why = |reason: &'static str| Error::why(Kind::Unwritable, &source.path, reason, Vec::new());
    // From here on the file is what was read, whatever becomes of it meanwhile.
    let held = |bytes: Arc<Vec<u8>>| Source {
        given: Some(bytes),
        ..source.clone()
    };
    let list = read(session, &held(Arc::clone(&bytes)), profile)?.ok_or_else(|| why("fmt-incomplete"))?;
    done.files += 1;
    let notation = Notation::of(&list, profile, reach);
    let edited = if notation.is_empty() {
        Edited::default()
    } else {
        let new = |row, field, text: &str| notation.of_text(row, field, text).map(str::to_owned);
        ingest::edit(&source, &bytes, profile, &list, &new, &|_, _| None)?
    };
    let written = match edited.bytes {
        Some(written) => {
            let written = Arc::new(written);
            let again = ingest::read_one(&held(Arc::clone(&written)), profile);
            let forms = |list: &Catalogue| Forms::of(list, profile);
            let same = !again.incomplete
                && says_the_same(
                    (&list, &forms(&list)),
                    (&again.catalogue, &forms(&again.catalogue)),
                    profile,
                );
            if !same {
                return Err(why("fmt-proof"));
            }
            Some(written)
        }
        None => None,
    };
    for (left, count) in edited.left {
        *done.left.entry(left).or_default() += count;
    }
    if args.diff {
        let name = ingest::path_name(&source.path);
        session.write_out(None, &[], false, |out| {
            diff(&name, &edited.changes, session.wants_color(), out)
        })?;
    }
    let dry = args.check || args.diff;
    if is_stdin && !dry {
        let bytes = written.as_ref().unwrap_or(&bytes);
        session.write_out(None, &[], false, |out| out.write_all(bytes))?;
    } else if let Some(written) = written.as_ref().filter(|_| !dry) {
        report::replace(source.file_path(), &bytes, written)?;
    }
    if written.is_some() {
        done.changed += 1;
        done.cells += edited.changes.len();
        if args.check && !args.diff {
            let args = [
                ("file", ingest::path_name(&source.path)),
                ("cells", edited.changes.len().to_string()),
            ];
            say(&terminal(&session.messages.with("fmt-file", &args)));
        }
    }
    Ok(())
}

/// Reads a list; `None` where not all of it was read, which is said.
fn read(session: &Session, source: &Source, profile: &Profile) -> Result<Option<Catalogue>> {
    let mut intake = ingest::read_one(source, profile);
    if let Some(first) = intake.errors.pop() {
        for error in &intake.errors {
            session.complain(error);
        }
        return Err(first);
    }
    session.say_guesses(&intake.catalogue);
    if intake.incomplete {
        session.complain_findings(&intake.catalogue);
        return Ok(None);
    }
    Ok(Some(intake.catalogue))
}

/// The changes, cell by cell: where, the text as it is, the text as it would be.
pub(super) fn diff(file: &str, changes: &[Change], color: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let paint = |text: &str, code: &str| {
        if color {
            format!("\u{1B}[{code}m{text}\u{1B}[0m")
        } else {
            text.to_owned()
        }
    };
    for change in changes {
        let sheet = change
            .sheet
            .as_ref()
            .map(|sheet| format!("[{sheet}]"))
            .unwrap_or_default();
        let place = format!("{file}{sheet}:{}:{}", change.at.row, change.column);
        writeln!(out, "{}", paint(&terminal(&place), "1"))?;
        for (sign, text, code) in [('-', &change.old, "31"), ('+', &change.new, "32")] {
            for line in text.split('\n') {
                writeln!(out, "{}", paint(&format!("{sign}{}", terminal(line)), code))?;
            }
        }
    }
    Ok(())
}

/// How it went, in one line, and a line for every reason why cells stay.
fn summary(session: &Session, args: &FmtArgs, done: &Done) {
    let key = if args.check || args.diff {
        "fmt-would"
    } else {
        "fmt-done"
    };
    let counts = [
        ("files", done.files.to_string()),
        ("changed", done.changed.to_string()),
        ("cells", done.cells.to_string()),
    ];
    say(&session.messages.with(key, &counts));
    for (left, count) in &done.left {
        let args = [("count", count.to_string()), ("why", left.word().to_owned())];
        say(&session.messages.with("fmt-left", &args));
    }
}

//! `tongban baseline`: the file of known findings, and how `lint` uses it.
//!
//! Must not judge: what is known and what is new is told by `lint::Baseline`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::{BaselineArgs, BaselineDo, LawsArgs};
use super::manifest::InForce;
use super::workspace::Workspace;
use super::{Outcome, Session, lint, say};
use crate::error::{Error, Kind, Result};
use crate::ingest::{path_name, read_text};
use crate::lint::{Baseline, Held, Wrong};
use crate::report::{self, escape};
use crate::store::civil;

/// Where the file is kept unless it is told. Files whose names begin so are never taken for lists.
const FILE: &str = "tongban.baseline.csv";

pub(super) fn run(session: &mut Session, args: &BaselineArgs) -> Result<Outcome> {
    let workspace = Workspace::of(&args.paths)?.sorted();
    let manifest = workspace.lint()?;
    let path = path(args.baseline.as_deref(), manifest).unwrap_or_else(|| PathBuf::from(FILE));
    let earlier = if path.exists() || args.what != BaselineDo::Write {
        read(&path, args.baseline.as_deref(), manifest)?
    } else {
        Baseline::default()
    };
    let (loaded, findings) = lint::findings(session, &workspace, &LawsArgs::default(), [&[], &[]], false)?;
    let today = today();
    match args.what {
        BaselineDo::Write => {
            let baseline = Baseline::of(&findings, &earlier);
            write(session, &path, &baseline, &loaded.inputs)?;
            let count = baseline.entries.iter().map(|entry| entry.count).sum::<usize>();
            let args = [("count", count.to_string()), ("file", path_name(&path))];
            say(&escape::terminal(&session.messages.with("baseline-written", &args)));
        }
        BaselineDo::Prune => {
            let mut baseline = earlier;
            let held = baseline.hold(findings, &today);
            let gone = baseline.prune(&held.gone);
            if gone > 0 {
                write(session, &path, &baseline, &loaded.inputs)?;
            }
            say(&session.messages.with("baseline-pruned", &[("count", gone.to_string())]));
        }
        BaselineDo::Stats => {
            let held = earlier.hold(findings, &today);
            session.write_out(None, &[], false, |out| {
                let args = numbers(&held);
                writeln!(out, "{}", session.messages.with("baseline-stats", &args))?;
                let mut by: BTreeMap<(&str, &str), usize> = BTreeMap::new();
                for entry in &earlier.entries {
                    *by.entry((&entry.rule, &entry.owner)).or_default() += entry.count;
                }
                for ((rule, owner), count) in by {
                    writeln!(out, "{}", escape::terminal(&format!("{count:>8}  {rule}  {owner}")))?;
                }
                Ok(())
            })?;
        }
    }
    // What was not read has no findings, and would be pruned as if it had been put right.
    Ok(session.outcome(false, &loaded))
}

/// The file that a command names, else the manifest.
pub(super) fn path(told: Option<&Path>, manifest: Option<&InForce>) -> Option<PathBuf> {
    let kept = manifest.and_then(|manifest| manifest.lint.baseline.as_deref());
    told.or(kept).map(Path::to_owned)
}

/// Reads the file of a baseline, that a command names or else the manifest.
pub(super) fn read(path: &Path, told: Option<&Path>, manifest: Option<&InForce>) -> Result<Baseline> {
    if !path.exists() {
        let named = manifest
            .filter(|_| told.is_none())
            .map(|manifest| path_name(&manifest.path));
        return Err(match named {
            Some(named) => Error::why(Kind::NotFound, path, "baseline-named", vec![("manifest", named)]),
            None => Error::why(Kind::NotFound, path, "baseline-none", Vec::new()),
        });
    }
    let text = read_text(path)?;
    let why = |line: u32, reason, args| Error::why(Kind::BadSettings, path, reason, args).at(line);
    let wrong = |(line, wrong): (u32, Wrong)| match wrong {
        Wrong::Header(header) => why(line, "baseline-header", vec![("header", header.to_owned())]),
        Wrong::Date(date) => why(line, "baseline-date", vec![("date", date)]),
        Wrong::Cell(header, text) => why(
            line,
            "baseline-cell",
            vec![("header", header.to_owned()), ("text", text)],
        ),
    };
    // Out of a text, all that can go wrong is a row with more or fewer cells.
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        why(u32::try_from(line).unwrap_or(u32::MAX), "baseline-ragged", Vec::new())
    };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(|cell| escape::unguard(cell).to_owned()).collect();
    let headers: Vec<String> = cells(reader.headers().map_err(broken)?);
    let mut rows = Vec::new();
    // Rows are counted as a spreadsheet shows them.
    for (row, record) in (2..).zip(reader.records()) {
        rows.push((row, cells(&record.map_err(broken)?)));
    }
    Baseline::of_rows(&headers, &rows).map_err(wrong)
}

pub(super) fn write(session: &Session, path: &Path, baseline: &Baseline, inputs: &[PathBuf]) -> Result<()> {
    let (headers, rows) = baseline.rows();
    session.write_out(Some(path), inputs, true, |out| {
        report::guides(&headers, rows.into_iter(), false, out)
    })
}

/// The figures that are told of findings held against a baseline.
pub(super) fn numbers(held: &Held) -> [(&'static str, String); 4] {
    let gone = held.gone.iter().map(|entry| entry.count).sum::<usize>();
    [
        ("known", held.known.to_string()),
        ("new", held.new.len().to_string()),
        ("expired", held.expired.len().to_string()),
        ("gone", gone.to_string()),
    ]
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
}

/// Today in UTC, as `2026-11-21`.
pub(super) fn today() -> String {
    let (year, month, day) = civil(now().div_euclid(86_400));
    format!("{year:04}-{month:02}-{day:02}")
}

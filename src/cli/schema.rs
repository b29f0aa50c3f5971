//! `tongban schema`: JSON Schema of the settings that people write and of the JSON that is written.
//!
//! Must not hold a shape: the types that read and write them do.

use std::path::Path;

use schemars::Schema;

use super::args::SchemaArgs;
use super::{Outcome, Session, manifest, variances};
use crate::error::{Error, Kind, Result};
use crate::{profile, report};

/// One schema: its name, which files or format it is of, and whether of settings.
struct Known {
    name: String,
    of: String,
    settings: bool,
    schema: Schema,
}

pub(super) fn run(session: &Session, args: &SchemaArgs) -> Result<Outcome> {
    let all = all()?;
    match &args.name {
        Some(word) => write(session, named(&all, word)?, args.output.as_deref())?,
        None => list(session, &all, args.output.as_deref())?,
    }
    Ok(Outcome::Clean)
}

/// All schemas, those of settings first.
fn all() -> Result<Vec<Known>> {
    let settings = [manifest::schema(), variances::schema()].into_iter();
    let settings = settings.chain(profile::schemas()?).map(|one| Known {
        name: one.name,
        of: one.files,
        settings: true,
        schema: one.schema,
    });
    let wire = report::schemas().into_iter().map(|one| Known {
        name: one.name.to_owned(),
        of: one.format.to_owned(),
        settings: false,
        schema: one.schema,
    });
    Ok(settings.chain(wire).collect())
}

/// The schema of a name, of a file (`tongban.toml`) or of a format (`tongban-lint/1`).
fn named<'a>(all: &'a [Known], word: &str) -> Result<&'a Known> {
    let word = word.trim();
    let is = |known: &&Known| known.name.eq_ignore_ascii_case(word) || known.of.eq_ignore_ascii_case(word);
    all.iter().find(is).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|known| known.name.as_str()).collect();
        let error = Error::plain(Kind::UnknownName, format!("{word} ({})", names.join(", ")));
        error.meant(
            word,
            all.iter().flat_map(|known| [known.name.as_str(), known.of.as_str()]),
        )
    })
}

fn write(session: &Session, known: &Known, output: Option<&Path>) -> Result<()> {
    session.write_out(output, &[], false, |out| {
        serde_json::to_writer_pretty(&mut *out, &known.schema)?;
        out.write_all(b"\n")
    })
}

fn list(session: &Session, all: &[Known], output: Option<&Path>) -> Result<()> {
    let width = all.iter().map(|known| known.name.len()).max().unwrap_or(0);
    session.write_out(output, &[], false, |out| {
        for (title, settings) in [("schema-settings", true), ("schema-wire", false)] {
            writeln!(out, "{}", session.messages.text(title))?;
            for known in all.iter().filter(|known| known.settings == settings) {
                writeln!(out, "  {:width$}  {}", known.name, known.of)?;
            }
        }
        Ok(())
    })
}

//! `tongban law show`: an article, or what is known of a law.
//!
//! Must not know files.

use std::path::Path;

use super::super::args::LawShowArgs;
use super::super::workspace::Workspace;
use super::super::{Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::normalise::citations;
use crate::report::escape::terminal;

pub(super) fn run(session: &Session, args: &LawShowArgs) -> Result<Outcome> {
    let workspace = Workspace::settings(Path::new("."))?;
    let canonical = citations::title(&args.title);
    let wanted = |title: &str| title == args.title || title == canonical;
    let library = super::library(session, &workspace, &args.laws, wanted)?.library;
    let law = library.law(&args.title).ok_or_else(|| {
        let titles = library.laws().iter().map(|law| law.title.as_str());
        Error::plain(Kind::UnknownName, args.title.clone()).meant(&args.title, titles)
    })?;
    session.write_out(None, &[], false, |out| {
        writeln!(out, "{}", terminal(&law.full))?;
        for version in &law.versions {
            let day = version.day.map(|day| day.to_string()).unwrap_or_default();
            let count = version.text.as_ref().map_or(0, |text| text.articles.len());
            writeln!(out, "{day} {count}")?;
        }
        Ok(())
    })?;
    Ok(Outcome::Clean)
}

//! `tongban law find`: the laws, versions and articles in which a quotation stands.
//!
//! Must not know how it is looked up.

use std::path::Path;

use super::super::args::LawFindArgs;
use super::super::workspace::Workspace;
use super::super::{Outcome, Session, say};
use crate::error::Result;
use crate::law::SHORTEST;
use crate::normalise::citations::article_in_words;
use crate::report::escape::terminal;

pub(super) fn run(session: &Session, args: &LawFindArgs) -> Result<Outcome> {
    let workspace = Workspace::settings(Path::new("."))?;
    let base = super::library(session, &workspace, &args.laws, |_| false)?;
    let found = base.find_text(&args.quote);
    session.write_out(None, &[], false, |out| {
        for one in &found {
            // What is nearly whole is not called whole.
            let percent = (one.share * 100.0).floor();
            let day = one.day.map(|day| day.to_string()).unwrap_or_default();
            writeln!(
                out,
                "{percent:3}% 《{}》{day} {}",
                terminal(&one.title),
                article_in_words(one.article)
            )?;
        }
        Ok(())
    })?;
    if base.incomplete {
        return Ok(Outcome::Failed);
    }
    if found.is_empty() {
        let args = [("least", SHORTEST.to_string())];
        say(&session.messages.with("law-find-nothing", &args));
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Clean)
}

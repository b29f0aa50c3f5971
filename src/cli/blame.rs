//! `tongban blame`: who says what of one element of one item, since when, and since when regions differ in it.
//!
//! Must not compute.

use super::args::BlameArgs;
use super::past::Past;
use super::{Asked, Outcome, Session, question};
use crate::compare::history;
use crate::error::{Error, Kind, Result};
use crate::model::{Blame, Catalogue, History};
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &BlameArgs) -> Result<Outcome> {
    let target = args.output.target(About::History)?;
    let past = Past::open(session, None, args.db.as_deref())?;
    let element = question::element(&past.profile, &args.element)?;
    let id = past.profile.element(&element);
    let id = id.ok_or_else(|| Error::plain(Kind::UnknownName, &*args.element))?;
    let (rows, words) = past.rows_of(&args.item)?;
    let moments = past.moments();
    let items = history::blame(rows, moments.len(), &past.profile, &words, id);
    let told = History::Blame(Blame {
        moments,
        element,
        items,
    });
    let asked = Asked {
        raw_csv: args.output.raw_csv,
        ..Asked::default()
    };
    let nothing = past.loaded(Catalogue::default(), false);
    session.emit(&Document::History(&told), &nothing, &[target], &asked)?;
    Ok(Outcome::Clean)
}

//! The life of an item: when it came to each region, what changed, when it went.
//!
//! Must not know what a moment is.

use super::Lens;
use super::line::{Lines, Stand, Strand};
use super::rows::code;
use crate::model::{Catalogue, Happening, ItemLife, RegionLife};
use crate::normalise::Kind;
use crate::profile::Profile;

/// The life of the items of a code or name, of rows whose regions have the number of their moment as side.
pub fn life(rows: Catalogue, moments: usize, profile: &Profile, asked: &[String]) -> Vec<ItemLife> {
    let lines = Lines::of(rows, moments, profile);
    let lens = Lens {
        catalogue: &lines.catalogue,
        forms: &lines.forms,
        profile,
        names: &lines.names,
    };
    let strands = lines.strands(profile, asked);
    let of = |strand: &Strand<'_>| {
        let regions = lines.regions.iter().zip(&strand.lines).filter_map(|(region, line)| {
            let events = events(&lens, line);
            (!events.is_empty()).then(|| RegionLife {
                id: region.id.to_string(),
                name: region.name.clone(),
                directory: region.directory,
                events,
            })
        });
        ItemLife {
            code: strand.item.code.clone(),
            name: strand.item.name.clone(),
            handling: strand.case.map(str::to_owned),
            regions: regions.collect(),
        }
    };
    strands.iter().map(of).collect()
}

fn events(lens: &Lens<'_>, line: &[Option<Stand<'_>>]) -> Vec<(usize, Happening)> {
    let mut events = Vec::new();
    let mut before: Option<&Stand<'_>> = None;
    for (moment, now) in line.iter().enumerate() {
        match (before, now) {
            (None, None) => {}
            (None, Some(_)) => events.push((moment, Happening::Came)),
            (Some(_), None) => events.push((moment, Happening::Went)),
            (Some(before), Some(now)) if before.same(now) => {}
            (Some(before), Some(now)) => {
                let happened = between(lens, before, now);
                events.extend(happened.into_iter().map(|happening| (moment, happening)));
            }
        }
        before = now.as_ref();
    }
    events
}

fn between(lens: &Lens<'_>, before: &Stand<'_>, now: &Stand<'_>) -> Vec<Happening> {
    let mut happened = Vec::new();
    let code_of = |stand: &Stand<'_>| {
        let first = stand.rows().first();
        first.map_or_else(String::new, |&row| code(lens.catalogue, lens.profile, row))
    };
    let (from, to) = (code_of(before), code_of(now));
    let recoded = from != to && !from.is_empty() && !to.is_empty();
    if recoded {
        happened.push(Happening::Recoded { from, to });
    }
    for (id, element) in lens.elements() {
        if recoded && element.kind == Kind::Code {
            continue;
        }
        if let Some((judgement, sides)) = lens.change(before.compared(), now.compared(), id) {
            happened.push(Happening::Changed {
                element: element.id.clone(),
                judgement,
                sides: Box::new(sides),
            });
        }
    }
    happened
}

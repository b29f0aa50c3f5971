//! The life of an item: when it came to each region, what changed, when it went.
//!
//! Must not know what a moment is.

use super::Lens;
use super::line::{Lines, Stand, Strand};
use super::rows::code;
use crate::compare::identity::{Item, Unit};
use crate::model::{Catalogue, Happening, ItemLife, RegionLife, RowId};
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
            let events = events(&lens, strand.item, line);
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

fn events(lens: &Lens<'_>, item: &Item, line: &[Option<Stand<'_>>]) -> Vec<(usize, Happening)> {
    let mut events = Vec::new();
    let mut before: Option<&Stand<'_>> = None;
    for (moment, now) in line.iter().enumerate() {
        match (before, now) {
            (None, None) => {}
            (None, Some(_)) => events.push((moment, Happening::Came)),
            (Some(_), None) => events.push((moment, Happening::Went)),
            (Some(before), Some(now)) if before.same(now) => {}
            (Some(before), Some(now)) => {
                let happened = between(lens, item, before, now);
                events.extend(happened.into_iter().map(|happening| (moment, happening)));
            }
        }
        before = now.as_ref();
    }
    events
}

fn between(lens: &Lens<'_>, item: &Item, before: &Stand<'_>, now: &Stand<'_>) -> Vec<Happening> {
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
    // Looked at whole because another region, or another time, does not divide the item: what this region divides goes case by case, so
    // that a case that went is not told as something that applicants need no longer do.
    let divided = [before, now].map(|stand| !stand.cases(item).is_empty());
    let units: Vec<(Option<&str>, Sides<'_>, Sides<'_>)> = match divided {
        [true, true] => {
            let mut both = Vec::new();
            for unit in item.units.iter().filter(|unit| !item.goes_on(unit)) {
                let case = unit.case.as_deref();
                let [left, right] = [before, now].map(|stand| (stand.side, (unit, &unit.rows[stand.side][..])));
                match (left.1.1.is_empty(), right.1.1.is_empty()) {
                    (true, true) => {}
                    (false, false) => both.push((case, left, right)),
                    (gone, _) => happened.push(Happening::Case {
                        case: case.unwrap_or_default().to_owned(),
                        came: gone,
                    }),
                }
            }
            both
        }
        _ => vec![(None, before.compared(), now.compared())],
    };
    for (id, element) in lens.elements() {
        if recoded && element.kind == Kind::Code {
            continue;
        }
        for &(case, left, right) in &units {
            if let Some((judgement, sides)) = lens.change(left, right, id) {
                happened.push(Happening::Changed {
                    handling: case.map(str::to_owned),
                    element: element.id.clone(),
                    judgement,
                    sides: Box::new(sides),
                });
            }
        }
    }
    happened
}

/// A side, and what of it is compared.
type Sides<'a> = (usize, (&'a Unit, &'a [RowId]));

//! Bodies of one region: those that handle the same case of the same item are held against each other first (区内差异), for what is
//! compared with other regions is all of them together.
//!
//! Rows of one body that contradict each other are for lint, and are united here.
//!
//! Must not know files or output.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::difference::{Context, judge};
use super::identity::{Item, Unit};
use super::{Names, side};
use crate::forms::Forms;
use crate::model::{BodyGroup, Catalogue, ElementId, FieldId, Place, RowId, Value, Verdict, Within};
use crate::normalise::codes;
use crate::profile::{Element, Profile};

/// Every element in which bodies of one side differ in substance, by side, item and element.
pub(super) fn within(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    names: &Names,
    items: &[Item],
) -> Vec<Within> {
    let work = Work {
        catalogue,
        forms,
        profile,
        names,
        codes: ["handling_code", "impl_code", "code"].map(|id| profile.field(id)),
        fields: ["body_code", "body"].map(|id| profile.field(id)),
        elements: profile.compared().collect(),
    };
    let of_item = |item: &Item| {
        let mut found = Vec::new();
        let mut seen: HashSet<RowId> = HashSet::new();
        // A row that stands for a case and for the whole item is looked at in its case.
        let cases = item.units.iter().filter(|unit| unit.case.is_some());
        for unit in cases.chain(item.units.iter().filter(|unit| unit.case.is_none())) {
            for (side, rows) in unit.rows.iter().enumerate() {
                if rows.len() > 1 && !unit.union[side] && rows.iter().all(|&row| seen.insert(row)) {
                    work.unit(item, unit, side, &mut found);
                }
            }
        }
        found
    };
    let mut found: Vec<Within> = items.par_iter().flat_map_iter(of_item).collect();
    found.sort_by_key(|within| within.region);
    found
}

/// Where bodies of a region contradict each other: all of them together ask for what no applicant meets, so that it cannot be told how the
/// region as a whole stands to others.
pub(super) struct Apart<'w>(HashSet<Cell<'w>>);

/// Code, name and case of an item, element and region.
type Cell<'w> = (&'w str, &'w str, Option<&'w str>, &'w str, usize);

impl<'w> Apart<'w> {
    pub(super) fn of(within: &'w [Within]) -> Apart<'w> {
        let cell = |one: &'w Within| {
            let Within {
                code,
                name,
                handling,
                element,
                region,
                ..
            } = one;
            (
                code.as_str(),
                name.as_str(),
                handling.as_deref(),
                element.as_str(),
                *region,
            )
        };
        Apart(within.iter().map(cell).collect())
    }

    /// Whether it is so in an element of a unit, on one side.
    pub(super) fn has(&self, item: &Item, unit: &Unit, element: &Element, side: usize) -> bool {
        let cell = (&*item.code, &*item.name, unit.case.as_deref(), &*element.id, side);
        unit.rows[side].len() > 1 && self.0.contains(&cell)
    }
}

struct Work<'a> {
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &'a Profile,
    names: &'a Names,
    codes: [Option<FieldId>; 3],
    /// Code and name of the body.
    fields: [Option<FieldId>; 2],
    elements: Vec<(ElementId, &'a Element)>,
}

/// One body, with its rows.
#[derive(Default)]
struct Body {
    names: BTreeSet<String>,
    rows: Vec<RowId>,
}

/// Bodies that say the same, by their number.
struct Said {
    values: Vec<Value>,
    bodies: Vec<usize>,
}

impl Work<'_> {
    fn unit(&self, item: &Item, unit: &Unit, side: usize, found: &mut Vec<Within>) {
        let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
        for &row in &unit.rows[side] {
            let (key, name) = self.body(row);
            let body = bodies.entry(key).or_default();
            body.names.insert(name);
            body.rows.push(row);
        }
        // What names no body may be anybody's.
        bodies.remove("");
        let bodies: Vec<Body> = bodies.into_values().collect();
        if bodies.len() < 2 {
            return;
        }
        for &(id, element) in &self.elements {
            let said = self.said(&bodies, id, side);
            if said.len() < 2 {
                continue;
            }
            let values: Vec<&Value> = said.iter().flat_map(|said| &said.values).collect();
            let groups = said.iter().map(|said| self.group(&bodies, said, id, &values));
            let groups = groups.collect();
            found.push(Within {
                region: side,
                code: item.code.clone(),
                handling: unit.case.clone(),
                name: item.name.clone(),
                element: element.id.clone(),
                groups,
            });
        }
    }

    /// What tells a body from another: its code (inside the item's code, or beside it), else its name; and how it is called.
    fn body(&self, row: RowId) -> (String, String) {
        let said = |field: Option<FieldId>| {
            let text = field.and_then(|field| self.catalogue.text(row, field));
            text.filter(|text| !self.profile.vocabulary.is_empty_word(text))
                .map(str::to_owned)
        };
        let in_code = |&field: &Option<FieldId>| codes::parse(&said(field)?).body().map(str::to_owned);
        let key = self.codes.iter().find_map(in_code);
        let key = key.or_else(|| self.fields.iter().find_map(|&field| said(field)));
        let key = key.unwrap_or_default();
        let name = said(self.fields[1]).unwrap_or_else(|| key.clone());
        (key, name)
    }

    /// The bodies by what they say. Who says nothing, cannot be read or judged, or may be cut off, is in no group.
    fn said(&self, bodies: &[Body], element: ElementId, side: usize) -> Vec<Said> {
        let mut distinct: BTreeMap<String, (Value, Vec<usize>)> = BTreeMap::new();
        for (at, body) in bodies.iter().enumerate() {
            let value = side::union(self.forms, &body.rows, element, false);
            if value.speaks() && !value.may_be_cut_off() {
                let known = distinct.entry(value.meaning().0).or_insert_with(|| (value, Vec::new()));
                known.1.push(at);
            }
        }
        let mut distinct: Vec<(String, (Value, Vec<usize>))> = distinct.into_iter().collect();
        distinct.sort_by(|(a, (_, x)), (b, (_, y))| y.len().cmp(&x.len()).then_with(|| a.cmp(b)));
        let own = self.names.of_side(side);
        let context = Context {
            vocabulary: &self.profile.vocabulary,
            left: own,
            right: own,
            one_level: self.names.one_level(side, side),
        };
        let mut said: Vec<Said> = Vec::new();
        for (_, (value, bodies)) in distinct {
            let verdict = |said: &Said| {
                said.values
                    .iter()
                    .map(|other| judge(other, &value, &context).verdict)
                    .max()
            };
            let verdicts: Vec<Option<Verdict>> = said.iter().map(verdict).collect();
            if let Some(at) = verdicts.iter().position(|verdict| *verdict < Some(Verdict::Unknown)) {
                said[at].values.push(value);
                said[at].bodies.extend(bodies);
            } else if !verdicts.contains(&Some(Verdict::Unknown)) {
                let values = vec![value];
                said.push(Said { values, bodies });
            }
        }
        said.sort_by_key(|said| (Reverse(said.bodies.len()), said.bodies.iter().min().copied()));
        said
    }

    fn group(&self, bodies: &[Body], said: &Said, element: ElementId, values: &[&Value]) -> BodyGroup {
        let mut names: Vec<String> = Vec::new();
        let mut place: Option<Place> = None;
        for body in said.bodies.iter().map(|&at| &bodies[at]) {
            names.extend(body.names.first().cloned());
            for &row in &body.rows {
                let here = side::place(self.catalogue, self.profile, row, element, values);
                if place.as_ref().is_none_or(|place| here < *place) {
                    place = Some(here);
                }
            }
        }
        names.sort();
        BodyGroup {
            bodies: names,
            normal: said.values.first().map(Value::canonical).unwrap_or_default(),
            place: place.unwrap_or_default(),
        }
    }
}

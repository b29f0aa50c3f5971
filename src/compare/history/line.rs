//! The states of items over a number of moments: in each region one side for each state that its rows were in, however often and however
//! long, so that what did not change is looked at once.
//!
//! Must not know how values compare.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::rows::{Together, again, words};
use crate::compare::Names;
use crate::compare::identity::{self, Decisions, Item, Unit};
use crate::forms::Forms;
use crate::model::{Catalogue, FieldId, RowId, Shape, TextId};
use crate::profile::Profile;

/// What a region says over the moments.
pub(super) struct RegionLine {
    pub id: Arc<str>,
    pub name: String,
    pub directory: bool,
    /// The side of its state at each moment; `None` where it has no row of these items.
    pub states: Vec<Option<usize>>,
}

/// States as sides of one catalogue.
pub(super) struct Lines {
    pub catalogue: Catalogue,
    /// The directory first, then by id.
    pub regions: Vec<RegionLine>,
    pub forms: Forms,
    pub names: Names,
    pub items: Vec<Item>,
    pub moments: usize,
}

/// What the rows of a state say, whatever their order.
type Said = Vec<Vec<(FieldId, Shape, TextId)>>;

impl Lines {
    /// Of rows whose regions have the number of their moment as side.
    pub(super) fn of(mut rows: Catalogue, moments: usize, profile: &Profile) -> Lines {
        let mut together = Together::default();
        together.catalogue.files = std::mem::take(&mut rows.files);
        together.catalogue.tables = std::mem::take(&mut rows.tables);
        let mut by_region: BTreeMap<(bool, Arc<str>), BTreeMap<usize, Vec<RowId>>> = BTreeMap::new();
        for row in rows.row_ids() {
            let region = &rows.regions[rows.rows[row.index()].region.index()];
            let line = by_region
                .entry((!region.directory, Arc::clone(&region.id)))
                .or_default();
            line.entry(usize::from(region.side)).or_default().push(row);
        }
        let mut regions = Vec::new();
        for ((list, id), line) in by_region {
            let mut states = vec![None; moments];
            let mut known: HashMap<Said, usize> = HashMap::new();
            let mut name = String::new();
            // The latest first: places are those of the last time that it was said.
            for (&moment, of_moment) in line.iter().rev() {
                let mut said: Said = of_moment.iter().map(|&row| said(&rows, row)).collect();
                said.sort_unstable();
                let region = of_moment
                    .first()
                    .map(|row| &rows.regions[rows.rows[row.index()].region.index()]);
                let (Some(region), Some(state)) = (region, states.get_mut(moment)) else {
                    continue;
                };
                if name.is_empty() {
                    name.clone_from(&region.name);
                }
                let side = known.entry(said);
                *state = Some(*side.or_insert_with(|| together.state(&rows, 0, region, of_moment)));
            }
            regions.push(RegionLine {
                id,
                name,
                directory: !list,
                states,
            });
        }
        let catalogue = together.catalogue;
        let count = catalogue.regions.len();
        let sides: Vec<Option<usize>> = (0..count).map(Some).collect();
        let forms = Forms::of(&catalogue, profile);
        // A person's decisions are on regions of one day; over time an item is known by its code.
        let items = identity::items(&catalogue, &forms, profile, &sides, count, &Decisions::default()).items;
        let names = Names::of(&catalogue, &forms, profile, &sides, count);
        Lines {
            catalogue,
            regions,
            forms,
            names,
            items,
            moments,
        }
    }

    /// The items of a code or name, each with its cases that count; what goes on under another code in a region is one with it.
    pub(super) fn strands(&self, profile: &Profile, asked: &[String]) -> Vec<Strand<'_>> {
        let is_wanted = |item: &&Item| {
            let mut rows = item.rows.iter().flatten();
            rows.any(|&row| {
                words(&self.catalogue, profile, row)
                    .iter()
                    .any(|own| asked.contains(own))
            })
        };
        let mut wanted: Vec<&Item> = self.items.iter().filter(is_wanted).collect();
        let here = |item: &Item, region: &RegionLine, moment: usize| {
            region.states[moment].filter(|&side| !item.rows[side].is_empty())
        };
        let last = |item: &Item| {
            let there = |moment: &usize| self.regions.iter().any(|region| here(item, region, *moment).is_some());
            (0..self.moments).rev().find(there)
        };
        wanted.sort_by(|a, b| {
            last(b)
                .cmp(&last(a))
                .then_with(|| (&a.code, &a.name).cmp(&(&b.code, &b.name)))
        });
        let key = |item: &Item, side: usize| again(&self.catalogue, profile, &item.rows[side]);
        // Item, region and moment that are told of another item already.
        let mut told: BTreeSet<(*const Item, usize, usize)> = BTreeSet::new();
        let mut strands = Vec::new();
        for item in wanted {
            let mut lines: Vec<Vec<Option<(usize, &Item)>>> = Vec::new();
            let mut new = false;
            for (at, region) in self.regions.iter().enumerate() {
                let own: Vec<Option<usize>> = (0..self.moments).map(|moment| here(item, region, moment)).collect();
                let keys: BTreeSet<_> = own.iter().flatten().filter_map(|&side| key(item, side)).collect();
                let goes_on = |other: &&Item| {
                    let both = |moment: usize| own[moment].is_some() && here(other, region, moment).is_some();
                    let there = |moment: usize| {
                        here(other, region, moment)
                            .is_some_and(|side| key(other, side).is_some_and(|key| keys.contains(&key)))
                    };
                    !std::ptr::eq(*other, item) && (0..self.moments).any(there) && !(0..self.moments).any(both)
                };
                let others: Vec<&Item> = match keys.is_empty() {
                    true => Vec::new(),
                    false => self.items.iter().filter(goes_on).collect(),
                };
                let mut line = Vec::with_capacity(self.moments);
                for (moment, own) in own.iter().enumerate() {
                    let mut there = others
                        .iter()
                        .filter_map(|other| Some((here(other, region, moment)?, *other)));
                    let stand = match (own, there.next(), there.next()) {
                        (&Some(side), ..) => Some((side, item)),
                        (None, Some(other), None) => Some(other),
                        _ => None,
                    };
                    if let Some((_, of)) = stand {
                        let place = (std::ptr::from_ref(of), at, moment);
                        new |= !told.contains(&place);
                        told.insert(place);
                    }
                    line.push(stand);
                }
                lines.push(line);
            }
            if new {
                strands.extend(Strand::of(item, &lines));
            }
        }
        strands
    }
}

fn said(catalogue: &Catalogue, row: RowId) -> Vec<(FieldId, Shape, TextId)> {
    let cells = catalogue.cells(row).iter();
    let mut said: Vec<_> = cells.map(|cell| (cell.field, cell.shape, cell.text)).collect();
    said.sort_unstable();
    said
}

/// Where a unit stands at a moment.
#[derive(Clone, Copy)]
pub(super) struct Stand<'a> {
    pub side: usize,
    pub unit: &'a Unit,
}

impl<'a> Stand<'a> {
    pub(super) fn rows(&self) -> &'a [RowId] {
        &self.unit.rows[self.side]
    }

    /// What is compared.
    pub(super) fn compared(&self) -> (usize, (&'a Unit, &'a [RowId])) {
        (self.side, (self.unit, self.rows()))
    }

    /// Whether it is a state of this item, and not of one that went on as it.
    pub(super) fn is_of(&self, item: &Item) -> bool {
        item.units.iter().any(|unit| std::ptr::eq(unit, self.unit))
    }

    /// The cases that this state names of an item that is looked at whole.
    pub(super) fn cases(&self, item: &'a Item) -> BTreeSet<&'a str> {
        if !(self.is_of(item) && item.divided()) {
            return BTreeSet::new();
        }
        let there = item.units.iter().filter(|unit| !unit.rows[self.side].is_empty());
        there.filter_map(|unit| unit.case.as_deref()).collect()
    }

    /// Whether another one is the same state of the same item.
    pub(super) fn same(&self, other: &Stand<'_>) -> bool {
        self.side == other.side && std::ptr::eq(self.unit, other.unit)
    }
}

/// One unit over all regions and moments.
pub(super) struct Strand<'a> {
    pub item: &'a Item,
    pub case: Option<&'a str>,
    /// By region and moment.
    pub lines: Vec<Vec<Option<Stand<'a>>>>,
}

impl<'a> Strand<'a> {
    fn of(item: &'a Item, lines: &[Vec<Option<(usize, &'a Item)>>]) -> Vec<Strand<'a>> {
        let units = item.units.iter().filter(|unit| item.goes_on(unit));
        let strand = |unit: &'a Unit| {
            let stand = |&place: &Option<(usize, &'a Item)>| {
                let (side, of) = place?;
                let unit = match std::ptr::eq(of, item) {
                    true => Some(unit),
                    false => of
                        .units
                        .iter()
                        .find(|other| of.goes_on(other) && other.case == unit.case),
                };
                let stand = Stand { side, unit: unit? };
                (!stand.rows().is_empty()).then_some(stand)
            };
            Strand {
                item,
                case: unit.case.as_deref(),
                lines: lines.iter().map(|line| line.iter().map(stand).collect()).collect(),
            }
        };
        units
            .map(strand)
            .filter(|strand| strand.lines.iter().flatten().any(Option::is_some))
            .collect()
    }
}

//! N regions side by side: groups that agree, the reference, the class, the index (`tongban report`, design page, section 5).
//!
//! Must not know files or output.

mod agreement;
mod copies;
mod gains;
mod plain;
mod reference;
mod standing;
mod totals;
pub(super) mod variance;
mod years;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::bodies::Apart;
use super::burden::Measures;
use super::difference::{Context, judge};
use super::identity::{self, Decisions, Item, Items, Unit};
use super::{Names, bodies, burden, side};
use crate::forms::{Forms, main_fields};
use crate::model::{
    Accounting, Catalogue, Class, Detail, ElementId, ElementIndex, ElementReport, FeeItem, Fees, FieldId, Group,
    ItemReport, Judgement, Place, RegionIndex, RowId, TimeUnit, Uniformity, Value, Variance, Verdict, Waiting, Why,
};
use crate::profile::{Element, Profile};
use agreement::{Relation, Voice};
use plain::Known;
use reference::{Choice, Held};
use standing::Laws;
use totals::{Totals, account};
use variance::{Rules, Where};

pub use copies::{LEAST as COPY_LEAST, SHARE as COPY_SHARE};
pub use standing::{differs, offending};

/// What regions say in one cell: those that say the same, before any group is named.
struct Said {
    value: Value,
    /// A region that says just this.
    named: usize,
    regions: Vec<usize>,
    /// Regions that only add detail to it and stand apart, for they contradict each other.
    beside: Vec<usize>,
    notation: usize,
    level: usize,
}

/// What all regions say in one cell.
#[derive(Default)]
struct Heard {
    /// The largest group first.
    said: Vec<Said>,
    missing: Vec<usize>,
    unknown: Vec<usize>,
    /// Those of the unknown that say less than others that contradict each other.
    less: Vec<usize>,
    /// A region that says what the directory says, word by word: its names may stand in the directory's words.
    lends: Option<usize>,
}

/// What regions are held against (`--reference`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReferenceChoice {
    /// The directory where it speaks, else more than half of the regions.
    #[default]
    Usual,
    /// The directory alone.
    Directory,
    /// More than half of the regions, whatever the directory says.
    Majority,
    /// The region of this id.
    Region(String),
}

/// What is told of cells in which no region differs: they are most of them, and what they say is as long as all else together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// What they say, and where.
    #[default]
    All,
    /// The same of items of this code, or with this in their name; of others nothing.
    Item(String),
    /// What they say.
    Values,
    /// Nothing but how many regions agree.
    Nothing,
}

/// What is asked of a comparison of N regions.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// What regions are held against.
    pub reference: ReferenceChoice,
    /// A person's decisions on which items are one.
    pub decisions: Decisions,
    /// Differences that are allowed.
    pub variances: Vec<Variance>,
    /// Whether a list that repeats another is counted once (`--dedupe-sources`).
    pub dedupe: bool,
    /// What is told of cells in which no region differs.
    pub told: Told,
}

impl Told {
    fn of(&self, item: &Item) -> Telling {
        let all = match self {
            Told::All => true,
            Told::Item(word) => item.code == *word || item.name.contains(word),
            Told::Values | Told::Nothing => false,
        };
        Telling {
            values: all || *self == Told::Values,
            places: all,
        }
    }
}

/// The same of one item.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Telling {
    values: bool,
    places: bool,
}

/// Compares all regions of a catalogue.
pub fn compare(catalogue: &Catalogue, forms: &Forms, profile: &Profile, question: &Question) -> Uniformity {
    let (order, sides) = super::sides(catalogue);
    let count = order.len();
    let Items {
        items,
        has_directory,
        proposals,
    } = identity::items(catalogue, forms, profile, &sides, count, &question.decisions);
    let names = Names::of(catalogue, forms, profile, &sides, count);
    let elements: Vec<(ElementId, &Element)> = profile.compared().collect();
    let compared: Vec<&Element> = elements.iter().map(|&(_, element)| element).collect();
    let mut regions: Vec<RegionIndex> = order
        .iter()
        .map(|&region| RegionIndex {
            id: catalogue.regions[region].id.to_string(),
            name: catalogue.regions[region].name.clone(),
            rows: 0,
            items: 0,
            index: 0.0,
            cells: 0,
            open: 0,
            accounting: Accounting::default(),
            must_equal: 0,
            copy_of: None,
            looks_like: None,
            burden: Default::default(),
            saving: Default::default(),
            within: 0,
        })
        .collect();
    let roots = copies::copies(catalogue, &compared, &items, count);
    for (region, &root) in regions.iter_mut().zip(&roots) {
        let slot = match question.dedupe {
            true => &mut region.copy_of,
            false => &mut region.looks_like,
        };
        *slot = root;
    }
    let copied: Vec<bool> = regions.iter().map(|region| region.copy_of.is_some()).collect();
    let called = order.iter().map(|&region| &catalogue.regions[region]);
    let called: Vec<(&str, &str)> = called.map(|region| (&*region.id, region.name.as_str())).collect();
    let rules = Rules::of(&question.variances, catalogue, profile, &items, &called);
    let within = bodies::within(catalogue, forms, profile, &names, &items);
    for found in &within {
        regions[found.region].within += 1;
    }
    let work = Work {
        catalogue,
        forms,
        profile,
        names: &names,
        elements: &elements,
        compared: &compared,
        has_directory,
        choice: Choice::of(&question.reference, regions.iter().map(|region| region.id.as_str())),
        copied: &copied,
        rules: &rules,
        measures: Measures::of(forms, profile),
        told: &question.told,
        apart: Apart::of(&within),
        quoted: compared.iter().map(|element| main_fields(element).collect()).collect(),
    };

    for item in &items {
        account(item, &mut regions);
    }
    let unhandled = items
        .iter()
        .filter(|item| item.directory.is_some() && item.rows.iter().all(Vec::is_empty))
        .map(|item| (item.code.clone(), item.name.clone()))
        .collect();
    let directory_rows = items.iter().filter(|item| item.directory.is_some()).count();
    let mut reports = work.items(items);
    burden::sum(&reports, &mut regions);
    let mut totals = Totals::new(count, elements.len());
    let mut per_item: BTreeMap<usize, bool> = BTreeMap::new();
    let (mut units_compared, mut units_deviating) = (0, 0);
    for (at, report) in &reports {
        if report.present.iter().filter(|&&side| !copied[side]).count() > 1 {
            let alike = !report.elements.iter().any(differs);
            *per_item.entry(*at).or_insert(true) &= alike;
            units_compared += usize::from(report.counted);
            units_deviating += usize::from(report.counted && !alike);
        }
        if report.counted {
            totals.add(report, &compared, &copied);
        }
    }
    // The law binds a case also where the item is compared whole, and the whole may hide what its cases contradict each other in.
    for of_item in reports.chunk_by(|(one, _), (other, _)| one == other) {
        let whole = of_item.iter().map(|(_, report)| report);
        let whole = whole
            .clone()
            .find(|report| report.counted && !report.divided.is_empty());
        for (_, report) in of_item.iter().filter(|(_, report)| !report.counted) {
            totals.add_bound(report, whole);
        }
    }
    for (region, total) in regions.iter_mut().zip(&totals.regions) {
        region.index = ratio(total.weights);
        (region.cells, region.open, region.must_equal) = (total.cells, total.open, total.must_equal);
    }
    let gains = gains::gains(&reports, &compared, totals.overall.1, &copied);
    let variances = rules.uses(&reports);
    reports.sort_by(|(_, a), (_, b)| {
        b.index
            .total_cmp(&a.index)
            .then_with(|| (&a.code, &a.name, &a.handling).cmp(&(&b.code, &b.name, &b.handling)))
    });
    Uniformity {
        regions,
        directory_rows,
        items: reports.into_iter().map(|(_, report)| report).collect(),
        elements: elements
            .iter()
            .zip(&totals.elements)
            .map(|(&(_, element), total)| ElementIndex {
                element: element.id.clone(),
                index: ratio((total.sum, total.cells as f64)),
                cells: total.cells,
                deviating: total.deviating,
                standing: standing::standing(element.policy),
            })
            .collect(),
        items_compared: per_item.len(),
        items_uniform: per_item.values().filter(|&&uniform| uniform).count(),
        units_compared,
        units_deviating,
        cells: totals.elements.iter().map(|total| total.cells).sum(),
        cells_deviating: totals.elements.iter().map(|total| total.deviating).sum(),
        index: ratio(totals.overall),
        notation: totals.notation,
        level: totals.level,
        cells_open: totals.open,
        cells_must_equal: totals.must_equal,
        variances,
        gains,
        years: years::years(catalogue, profile, &sides, count),
        unhandled,
        within,
        waiting: Waiting::of(&proposals),
    }
}

fn ratio((sum, weight): (f64, f64)) -> f64 {
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// Of a charge, whether it says more than that there is one; `None` for what is no charge.
fn names_amount(value: &Value) -> Option<bool> {
    match value {
        Value::Fees(Fees::Charged(items)) => Some(!items.iter().all(FeeItem::is_bare)),
        _ => None,
    }
}

/// Whether a variance in force lets a region differ in a cell.
fn is_allowed(cell: &ElementReport, side: usize) -> bool {
    cell.allowed.iter().any(|(known, _)| *known == side)
}

/// Whether at least two regions that count speak in a cell: what a copy says, and what a variance allows, does not.
fn comparable(cell: &ElementReport, copied: &[bool]) -> bool {
    let speaking = cell.groups.iter().flat_map(|group| &group.regions);
    let counted = speaking.filter(|&&side| !copied[side] && !is_allowed(cell, side));
    cell.class != Class::Single && counted.take(2).count() == 2
}

/// Whether a group says what the reference does.
fn agrees_with_reference(judgement: &Judgement) -> bool {
    matches!(judgement.verdict, Verdict::Same | Verdict::Notation | Verdict::Level)
}

struct Work<'a> {
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &'a Profile,
    names: &'a Names,
    elements: &'a [(ElementId, &'a Element)],
    compared: &'a [&'a Element],
    has_directory: bool,
    choice: Choice,
    copied: &'a [bool],
    rules: &'a Rules<'a>,
    measures: Measures<'a>,
    told: &'a Told,
    apart: Apart<'a>,
    /// The fields that each element is quoted from.
    quoted: Vec<Vec<FieldId>>,
}

/// How many items are compared before their reports are put in line.
const AT_ONCE: usize = 1 << 12;

impl Work<'_> {
    /// The reports of all items, in their order, each with the number of its item. An item is let go as soon as it is reported.
    fn items(&self, items: Vec<Item>) -> Vec<(usize, ItemReport)> {
        let reported = |unit: &&Unit| unit.rows.iter().any(|rows| !rows.is_empty());
        let count = items.iter().flat_map(|item| item.units.iter().filter(reported)).count();
        let mut reports = Vec::with_capacity(count);
        let mut items = items.into_iter().enumerate();
        loop {
            let wave: Vec<(usize, Item)> = items.by_ref().take(AT_ONCE).collect();
            if wave.is_empty() {
                return reports;
            }
            let of_item = |known: &mut Known, (at, item): (usize, Item)| {
                let units = item.units.iter().filter(reported);
                let reports = units.map(|unit| (at, self.unit(known, (at, &item), unit)));
                reports.collect::<Vec<_>>()
            };
            let found: Vec<Vec<(usize, ItemReport)>> = wave.into_par_iter().map_init(Known::default, of_item).collect();
            reports.extend(found.into_iter().flatten());
        }
    }

    fn unit(&self, known: &mut Known, (at, item): (usize, &Item), unit: &Unit) -> ItemReport {
        let mut elements: Vec<Arc<ElementReport>> = (0..self.elements.len())
            .map(|element| self.known(known, (at, item), unit, element))
            .collect();
        standing::judge(&mut elements, self.compared, |basis| self.laws(item, unit, basis));
        let sides = |keep: &dyn Fn(usize) -> bool| (0..unit.rows.len()).filter(|&side| keep(side)).collect::<Vec<_>>();
        let (mut sum, mut weight) = (0.0, 0.0);
        for (cell, &(_, element)) in elements.iter().zip(self.elements) {
            if comparable(cell, self.copied) {
                sum += element.weight * cell.index;
                weight += element.weight;
            }
        }
        let burdens = self.measures.unit(unit);
        ItemReport {
            code: item.code.clone(),
            handling: unit.case.clone(),
            handling_code: self.handling_code(unit),
            name: item.name.clone(),
            counted: item.counts(unit),
            index: ratio((sum, weight)),
            elements: elements.into(),
            present: sides(&|side| !unit.rows[side].is_empty()),
            absent: sides(&|side| item.lacks(unit, side)),
            divided: (0..unit.rows.len())
                .filter(|&side| unit.union[side])
                .map(|side| (side, unit.rows[side].len()))
                .collect(),
            rest: unit.rest,
            in_directory: self.has_directory.then_some(item.directory.is_some()),
            pairing: item.pairing,
            best: burden::best(&burdens),
            burdens,
        }
    }

    /// The laws that an item rests on by the element of this number.
    fn laws(&self, item: &Item, unit: &Unit, basis: usize) -> Laws {
        let (id, _) = self.elements[basis];
        let named = |rows: &[RowId]| {
            rows.iter()
                .flat_map(|&row| standing::titles(self.forms.get(row, id)))
                .collect()
        };
        let directory: BTreeSet<String> = named(item.directory.as_slice());
        let of_side = |rows: &Vec<RowId>| match rows.iter().all(|&row| *self.forms.get(row, id) == Value::Empty) {
            true => directory.clone(),
            false => named(rows),
        };
        Laws {
            sides: unit.rows.iter().map(of_side).collect(),
            directory,
        }
    }

    /// The code of the handling item that rows of a unit give, if they give one and the same.
    fn handling_code(&self, unit: &Unit) -> Option<String> {
        let field = self.profile.field("handling_code")?;
        let said = |&row: &RowId| self.catalogue.text(row, field).map(str::trim);
        let mut codes = unit.rows.iter().flatten().filter_map(said);
        let first = codes.find(|code| !self.profile.vocabulary.is_empty_word(code))?;
        codes
            .all(|code| code == first || self.profile.vocabulary.is_empty_word(code))
            .then(|| first.to_owned())
    }

    /// The value of each region, by what it says (see [`agreement`]); what the directory says, if it speaks, is held against each.
    fn said(&self, unit: &Unit, element: ElementId, directory: Option<&Value>) -> Heard {
        let whole_item = unit.union.contains(&true);
        let mut heard = Heard::default();
        let mut by_meaning: BTreeMap<String, (Value, Vec<usize>)> = BTreeMap::new();
        let mut by_number: Vec<(u32, Value, Vec<usize>)> = Vec::new();
        for (side, rows) in unit.rows.iter().enumerate() {
            let value = match rows.as_slice() {
                [] => continue,
                &[row] if !whole_item => {
                    let id = self.forms.id(row, element);
                    let meaning = self.forms.meaning(id);
                    if let Some((_, _, regions)) = by_number.iter_mut().find(|(known, ..)| *known == meaning) {
                        regions.push(side);
                        continue;
                    }
                    let value = self.forms.value(id).clone();
                    if value.speaks() {
                        by_number.push((meaning, value, vec![side]));
                        continue;
                    }
                    value
                }
                rows => side::union(self.forms, rows, element, whole_item),
            };
            match value {
                Value::Empty => heard.missing.push(side),
                value if !value.speaks() => heard.unknown.push(side),
                value => by_meaning
                    .entry(value.meaning().0)
                    .or_insert_with(|| (value, Vec::new()))
                    .1
                    .push(side),
            }
        }
        // Nearly always all say the same: there is nothing to put in order.
        if by_meaning.is_empty()
            && let [_] = by_number.as_slice()
        {
            let one = |(_, value, regions): (u32, Value, Vec<usize>)| Said {
                value,
                named: regions[0],
                regions,
                beside: Vec::new(),
                notation: 0,
                level: 0,
            };
            heard.said = by_number.into_iter().map(one).collect();
            return heard;
        }
        for (_, value, regions) in by_number {
            let slot = by_meaning
                .entry(value.meaning().0)
                .or_insert_with(|| (value, Vec::new()));
            slot.1.extend(regions);
            slot.1.sort_unstable();
        }
        let mut distinct: Vec<(Value, Vec<usize>)> = by_meaning.into_values().collect();
        // Who says that there is a charge, and not which, supports no amount that others name.
        if distinct.iter().any(|(value, _)| names_amount(value) == Some(true)) {
            distinct.retain(|(value, regions)| {
                let bare = names_amount(value) == Some(false);
                heard.missing.extend(regions.iter().filter(|_| bare));
                !bare
            });
            heard.missing.sort_unstable();
        }
        heard.lends = directory.map(Value::meaning).and_then(|(meaning, _)| {
            let same = distinct.iter().find(|(value, _)| value.meaning().0 == meaning);
            same.map(|(_, regions)| regions[0])
        });
        self.agreeing(&distinct, directory, &mut heard);
        heard
    }

    /// Puts together the regions whose values agree.
    fn agreeing(&self, distinct: &[(Value, Vec<usize>)], directory: Option<&Value>, heard: &mut Heard) {
        let voices: Vec<Voice> = distinct
            .iter()
            .map(|(value, regions)| Voice {
                weight: regions.iter().filter(|&&side| !self.copied[side]).count(),
                length: value.canonical().chars().count(),
                leaves_open: matches!(value, Value::Duration(limit) if limit.unit == TimeUnit::Day),
                may_be_cut_off: value.may_be_cut_off(),
                against_directory: directory
                    .is_some_and(|directory| !self.agrees(directory, value, regions[0], heard.lends)),
                is_reference: matches!(self.choice, Choice::Region(Some(side)) if regions.contains(&side)),
            })
            .collect();
        let verdict = |left: usize, right: usize| {
            let ((left, there), (right, here)) = (&distinct[left], &distinct[right]);
            judge(left, right, &self.context(there[0], here[0]))
        };
        let found = agreement::agree(&voices, |left, right| {
            let judged = verdict(left, right);
            match judged.verdict {
                Verdict::Substantive => Relation::Against,
                Verdict::Unknown => Relation::Open,
                Verdict::Missing => Relation::Finer,
                _ if judged.why == Why::MoreDetail => Relation::Finer,
                _ => Relation::Equal,
            }
        });
        let regions = |values: &[usize]| {
            let mut all: Vec<usize> = values.iter().flat_map(|&at| distinct[at].1.clone()).collect();
            all.sort_unstable();
            all
        };
        for group in found.groups {
            let leader = group.leader;
            let (mut notation, mut level) = (0, 0);
            for &at in group.values.iter().filter(|&&at| at != leader) {
                let count = distinct[at].1.len();
                match verdict(leader, at).verdict {
                    Verdict::Level => level += count,
                    _ => notation += count,
                }
            }
            heard.said.push(Said {
                value: distinct[leader].0.clone(),
                named: distinct[leader].1[0],
                regions: regions(&group.values),
                beside: regions(&group.beside),
                notation,
                level,
            });
        }
        heard.less = regions(&found.less);
        heard
            .unknown
            .extend(heard.less.iter().copied().chain(regions(&found.open)));
        heard.unknown.sort_unstable();
        heard
            .said
            .sort_by_key(|group| (Reverse(group.regions.len()), group.regions.first().copied()));
    }

    fn context(&self, left: usize, right: usize) -> Context<'_> {
        Context {
            vocabulary: &self.profile.vocabulary,
            left: self.names.of_side(left),
            right: self.names.of_side(right),
            one_level: self.names.one_level(left, right),
        }
    }

    fn cell(&self, (at, item): (usize, &Item), unit: &Unit, nth: usize) -> ElementReport {
        let (id, element) = self.elements[nth];
        let directory = item.directory.map(|row| directory_value(self.forms.get(row, id), unit));
        let directory = directory.filter(Value::speaks);
        let Heard {
            said,
            missing,
            unknown,
            less,
            lends,
        } = self.said(unit, id, directory.as_ref());
        let hold = |allowed: &[(usize, usize)]| {
            let counts = |side: usize| !self.copied[side] && !allowed.iter().any(|(known, _)| *known == side);
            let agrees = |value: &Value, group: &Said| self.agrees(value, &group.value, group.named, lends);
            reference::hold(self.choice, &said, directory.as_ref(), counts, agrees)
        };
        let mut held = hold(&[]);
        let class = held.class;
        let mut judgements = self.judgements(&said, &held, lends);
        let mut deviating = deviating(&said, &held, &judgements);
        // Without a reference each of the regions is one that may be allowed to differ.
        let mut candidates = deviating.clone();
        if held.against.is_none() && said.len() > 1 {
            candidates = said.iter().flat_map(|group| group.regions.iter().copied()).collect();
            candidates.sort_unstable();
        }
        let place = Where {
            item: at,
            case: unit.case.as_deref(),
            element: &element.id,
        };
        let allowed = self.rules.allowed(place, &candidates);
        if !allowed.is_empty() {
            held = hold(&allowed);
            judgements = self.judgements(&said, &held, lends);
            deviating = self::deviating(&said, &held, &judgements);
            deviating.retain(|side| !allowed.iter().any(|(known, _)| known == side));
        }
        let bodies_differ: Vec<usize> = (0..unit.rows.len())
            .filter(|&side| self.apart.has(item, unit, element, side))
            .collect();
        tell_no_direction(&said, &held, &mut judgements, &bodies_differ);
        let values: Vec<&Value> = said.iter().map(|group| &group.value).collect();
        let place = |side: usize| side::place(self.catalogue, self.profile, unit.rows[side][0], id, &values);
        let odd = said.len() > 1 || !deviating.is_empty();
        let told = self.told.of(item);
        let (spelt, placed) = (odd || told.values, odd || told.places);
        held.reference.normal = held.against.filter(|_| spelt).map(Value::canonical);
        let groups = said.iter().zip(judgements).map(|(group, judgement)| Group {
            normal: if spelt { group.value.canonical() } else { String::new() },
            regions: group.regions.clone(),
            named: group.named,
            place: if placed { place(group.named) } else { Place::default() },
            places: group
                .regions
                .iter()
                .filter(|_| placed)
                .map(|&side| place(side))
                .collect(),
            judgement,
        });
        let groups = groups.collect();
        let written = |count: fn(&Said) -> usize| said.iter().map(count).sum();
        ElementReport {
            element: element.id.clone(),
            class,
            index: held.index(),
            tied: held.tied,
            reference: held.reference,
            groups,
            missing,
            unknown,
            less,
            deviating,
            allowed,
            must_equal: Vec::new(),
            other_law: Vec::new(),
            bodies_differ,
            notation: written(|group| group.notation) + self.notations(unit, nth),
            level: written(|group| group.level),
        }
    }

    /// How each group stands to the reference, or without one to the first group.
    fn judgements(&self, said: &[Said], held: &Held<'_>, lends: Option<usize>) -> Vec<Judgement> {
        let against = held.against.or_else(|| said.first().map(|first| &first.value));
        said.iter()
            .enumerate()
            .map(|(at, group)| match against {
                Some(other) if held.against.is_some() || at > 0 => match held.named {
                    Some(named) => judge(other, &group.value, &self.context(named, group.named)),
                    None => self.beside_directory(other, &group.value, group.named, lends),
                },
                _ => Judgement {
                    verdict: Verdict::Same,
                    detail: Detail::default(),
                    why: Why::Plain,
                    relation: None,
                },
            })
            .collect()
    }

    /// How what a side says stands to the directory, which is read with the side's own names. Where a region lends its words to the
    /// directory, as in a draft (`tongban export --directory`), whoever differs from that region by level alone is in line too.
    fn beside_directory(&self, directory: &Value, said: &Value, side: usize, lends: Option<usize>) -> Judgement {
        let own = judge(directory, said, &self.context(side, side));
        match lends {
            Some(other) if own.verdict == Verdict::Substantive => judge(directory, said, &self.context(other, side)),
            _ => own,
        }
    }

    /// Whether what a side says does not contradict the directory.
    fn agrees(&self, directory: &Value, said: &Value, side: usize, lends: Option<usize>) -> bool {
        self.beside_directory(directory, said, side, lends).verdict != Verdict::Substantive
    }

    /// How many ways of writing there are beyond one for each thing that is said, over single rows.
    fn notations(&self, unit: &Unit, nth: usize) -> usize {
        let ((id, _), fields) = (self.elements[nth], &self.quoted[nth]);
        let mut raw: Vec<(u32, crate::model::Shape, crate::model::TextId)> = Vec::with_capacity(unit.rows.len());
        for rows in &unit.rows {
            let &[row] = rows.as_slice() else { continue };
            let value = self.forms.id(row, id);
            if !self.forms.value(value).speaks() {
                continue;
            }
            let cells = self.catalogue.cells(row);
            let main = fields
                .iter()
                .find_map(|&field| cells.iter().find(|cell| cell.field == field));
            if let Some(cell) = main {
                raw.push((self.forms.meaning(value), cell.shape, cell.text));
            }
        }
        raw.sort_unstable();
        raw.dedup();
        let written = raw.len();
        raw.dedup_by_key(|(meaning, ..)| *meaning);
        written - raw.len()
    }
}

/// The regions that say otherwise than the reference.
fn deviating(said: &[Said], held: &Held<'_>, judgements: &[Judgement]) -> Vec<usize> {
    let substantive = |judgement: &Judgement| held.against.is_some() && judgement.verdict == Verdict::Substantive;
    let groups = said
        .iter()
        .zip(judgements)
        .filter(|(_, judgement)| substantive(judgement));
    let mut sides: Vec<usize> = groups.flat_map(|(group, _)| group.regions.iter().copied()).collect();
    sides.sort_unstable();
    sides
}

/// Takes from judgements what is added, dropped, stricter or looser where the bodies of a region contradict each other, on either side.
fn tell_no_direction(said: &[Said], held: &Held<'_>, judgements: &mut [Judgement], bodies_differ: &[usize]) {
    if bodies_differ.is_empty() {
        return;
    }
    let apart = |group: &Said| group.regions.iter().all(|side| bodies_differ.contains(side));
    let reference = match (held.against, held.named) {
        // The directory has no bodies.
        (Some(_), None) => None,
        (Some(_), Some(named)) => said.iter().find(|group| group.regions.contains(&named)),
        (None, _) => said.first(),
    };
    let all = reference.is_some_and(apart);
    for (group, judgement) in said.iter().zip(judgements) {
        if all || apart(group) {
            (judgement.detail, judgement.relation) = (Detail::default(), None);
        }
    }
}

/// The directory names the item, not its cases.
fn directory_value(value: &Value, unit: &Unit) -> Value {
    match value {
        // A case that is called as the item is not named apart in a list either.
        Value::Name(name) if unit.case.as_ref().is_some_and(|case| *case != name.item) => {
            Value::Name(crate::model::Name {
                case: unit.case.clone(),
                ..name.clone()
            })
        }
        value => value.clone(),
    }
}

//! N regions side by side: groups that agree, the reference, the class, the index (`tongban report`, design page, section 5).
//!
//! Must not know files or output.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::burden::Measures;
use super::difference::{Context, judge};
use super::identity::{self, Decisions, Item, Items, Unit};
use super::{Names, bodies, burden, side};
use crate::forms::Forms;
use crate::model::{
    Accounting, Catalogue, Class, Detail, ElementId, ElementIndex, ElementReport, Group, ItemReport, Judgement,
    Reference, ReferenceFrom, RegionIndex, RowId, Standing, Uniformity, Value, Variance, Verdict, Why,
};
use crate::profile::{Element, Policy, Profile};

/// What regions say in one cell: those that say the same, before any group is named.
struct Said {
    value: Value,
    /// Other values that were folded in: what joins must agree with each of them.
    others: Vec<(Value, usize)>,
    regions: Vec<usize>,
    notation: usize,
    level: usize,
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
}

/// Compares all regions of a catalogue.
pub fn compare(catalogue: &Catalogue, forms: &Forms, profile: &Profile, question: &Question) -> Uniformity {
    let (order, sides) = super::sides(catalogue);
    let count = order.len();
    let Items {
        items, has_directory, ..
    } = identity::items(catalogue, forms, profile, &sides, count, &question.decisions);
    let names = Names::of(catalogue, forms, profile, &sides, count);
    let elements: Vec<(ElementId, &Element)> = profile.compared().collect();
    let work = Work {
        catalogue,
        forms,
        profile,
        names: &names,
        elements: &elements,
        has_directory,
        measures: Measures::of(forms, profile),
    };

    let mut reports: Vec<(usize, ItemReport)> = items
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, item)| {
            item.units
                .iter()
                .filter(|unit| unit.rows.iter().any(|rows| !rows.is_empty()))
                .map(|unit| (at, work.unit(item, unit)))
                .collect::<Vec<_>>()
        })
        .collect();

    let mut regions: Vec<RegionIndex> = order
        .iter()
        .map(|&region| RegionIndex {
            id: catalogue.regions[region].id.to_string(),
            name: catalogue.regions[region].name.clone(),
            rows: 0,
            items: 0,
            index: 0.0,
            accounting: Accounting::default(),
            must_equal: 0,
            copy_of: None,
            burden: Default::default(),
            saving: Default::default(),
            within: 0,
        })
        .collect();
    for item in &items {
        account(item, &mut regions);
    }
    burden::sum(&reports, &mut regions);
    let within = bodies::within(catalogue, forms, profile, &names, &items);
    for found in &within {
        regions[found.region].within += 1;
    }
    let mut totals = Totals::new(count, elements.len());
    let mut per_item: BTreeMap<usize, bool> = BTreeMap::new();
    for (at, report) in &reports {
        if report.present.len() > 1 {
            let uniform = per_item.entry(*at).or_insert(true);
            *uniform &= report
                .elements
                .iter()
                .all(|cell| cell.deviating.is_empty() && cell.groups.len() <= 1);
        }
        totals.add(report, &elements);
    }
    for (side, region) in regions.iter_mut().enumerate() {
        region.index = ratio(totals.regions[side]);
    }
    let unhandled = items
        .iter()
        .filter(|item| item.directory.is_some() && item.rows.iter().all(Vec::is_empty))
        .map(|item| (item.code.clone(), item.name.clone()))
        .collect();
    reports.sort_by(|(_, a), (_, b)| {
        b.index
            .total_cmp(&a.index)
            .then_with(|| (&a.code, &a.name, &a.handling).cmp(&(&b.code, &b.name, &b.handling)))
    });
    Uniformity {
        regions,
        directory_rows: items.iter().filter(|item| item.directory.is_some()).count(),
        items: reports.into_iter().map(|(_, report)| report).collect(),
        elements: elements
            .iter()
            .zip(&totals.elements)
            .map(|(&(_, element), total)| ElementIndex {
                element: element.id.clone(),
                index: ratio((total.sum, total.cells as f64)),
                cells: total.cells,
                deviating: total.deviating,
                standing: standing(element.policy),
            })
            .collect(),
        items_compared: per_item.len(),
        items_uniform: per_item.values().filter(|&&uniform| uniform).count(),
        cells: totals.elements.iter().map(|total| total.cells).sum(),
        cells_deviating: totals.elements.iter().map(|total| total.deviating).sum(),
        index: ratio(totals.overall),
        notation: 0,
        level: 0,
        cells_must_equal: 0,
        variances: Vec::new(),
        gains: Vec::new(),
        years: Vec::new(),
        unhandled,
        within,
    }
}

/// What the law says of a difference, by the profile's policy.
fn standing(policy: Policy) -> Standing {
    match policy {
        Policy::MustEqual => Standing::MustEqual,
        Policy::ShorterOk => Standing::Disparity,
        Policy::Equal | Policy::FewerBetter => Standing::Usual,
    }
}

fn ratio((sum, weight): (f64, f64)) -> f64 {
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// Where every row of an item went.
fn account(item: &Item, regions: &mut [RegionIndex]) {
    for (side, region) in regions.iter_mut().enumerate() {
        let rows = &item.rows[side];
        region.rows += rows.len() + item.duplicates[side].len();
        region.items += usize::from(!rows.is_empty());
        region.accounting.duplicate += item.duplicates[side].len();
        for row in rows {
            let with_others = |unit: &&Unit| {
                unit.rows[side].contains(row)
                    && unit
                        .rows
                        .iter()
                        .enumerate()
                        .any(|(at, rows)| at != side && !rows.is_empty())
            };
            let mut units = item.units.iter().filter(with_others);
            let slot = match (units.clone().any(|unit| !unit.union.contains(&true)), units.next()) {
                (true, _) => &mut region.accounting.compared,
                (false, Some(_)) => &mut region.accounting.divided,
                (false, None) => &mut region.accounting.only_here,
            };
            *slot += 1;
        }
    }
}

#[derive(Clone, Copy, Default)]
struct ElementTotal {
    sum: f64,
    cells: usize,
    deviating: usize,
}

struct Totals {
    regions: Vec<(f64, f64)>,
    elements: Vec<ElementTotal>,
    overall: (f64, f64),
}

impl Totals {
    fn new(regions: usize, elements: usize) -> Self {
        Totals {
            regions: vec![(0.0, 0.0); regions],
            elements: vec![ElementTotal::default(); elements],
            overall: (0.0, 0.0),
        }
    }

    fn add(&mut self, report: &ItemReport, elements: &[(ElementId, &Element)]) {
        for ((cell, &(_, element)), total) in report.elements.iter().zip(elements).zip(&mut self.elements) {
            if cell.class == Class::Single {
                continue;
            }
            total.sum += cell.index;
            total.cells += 1;
            total.deviating += usize::from(!cell.deviating.is_empty() || cell.groups.len() > 1);
            self.overall.0 += element.weight * cell.index;
            self.overall.1 += element.weight;
            if cell.reference.from != ReferenceFrom::None {
                for side in cell.groups.iter().flat_map(|group| &group.regions) {
                    self.regions[*side].1 += element.weight;
                }
                for side in &cell.deviating {
                    self.regions[*side].0 += element.weight;
                }
            }
        }
    }
}

struct Work<'a> {
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &'a Profile,
    names: &'a Names,
    elements: &'a [(ElementId, &'a Element)],
    has_directory: bool,
    measures: Measures<'a>,
}

impl Work<'_> {
    fn unit(&self, item: &Item, unit: &Unit) -> ItemReport {
        let elements: Vec<ElementReport> = self
            .elements
            .iter()
            .map(|&(id, element)| self.cell(item, unit, id, element))
            .collect();
        let sides = |keep: &dyn Fn(usize) -> bool| (0..unit.rows.len()).filter(|&side| keep(side)).collect::<Vec<_>>();
        let (mut sum, mut weight) = (0.0, 0.0);
        for (cell, &(_, element)) in elements.iter().zip(self.elements) {
            if cell.class != Class::Single {
                sum += element.weight * cell.index;
                weight += element.weight;
            }
        }
        let burdens = self.measures.unit(unit);
        ItemReport {
            code: item.code.clone(),
            handling: unit.case.clone(),
            name: item.name.clone(),
            index: ratio((sum, weight)),
            elements,
            present: sides(&|side| !unit.rows[side].is_empty()),
            // A side that handles the item undivided lacks none of its cases.
            absent: sides(&|side| {
                let has_it = unit.case.is_some() && item.divided() && !item.rows[side].is_empty();
                unit.rows[side].is_empty() && (!has_it || item.divides(side))
            }),
            divided: (0..unit.rows.len())
                .filter(|&side| unit.union[side])
                .map(|side| (side, unit.rows[side].len()))
                .collect(),
            in_directory: self.has_directory.then_some(item.directory.is_some()),
            pairing: item.pairing,
            best: burden::best(&burdens),
            burdens,
        }
    }

    /// The value of each region, by what it says. Values that are one number are one from the start; the others are held
    /// against each other, the most frequent first.
    fn said(&self, unit: &Unit, element: ElementId, missing: &mut Vec<usize>, unknown: &mut Vec<usize>) -> Vec<Said> {
        let whole_item = unit.union.contains(&true);
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
                Value::Empty => missing.push(side),
                value if !value.speaks() => unknown.push(side),
                value => by_meaning
                    .entry(value.meaning().0)
                    .or_insert_with(|| (value, Vec::new()))
                    .1
                    .push(side),
            }
        }
        for (_, value, regions) in by_number {
            let slot = by_meaning
                .entry(value.meaning().0)
                .or_insert_with(|| (value, Vec::new()));
            slot.1.extend(regions);
            slot.1.sort_unstable();
        }
        let mut distinct: Vec<(String, (Value, Vec<usize>))> = by_meaning.into_iter().collect();
        distinct.sort_by(|(a, (_, x)), (b, (_, y))| y.len().cmp(&x.len()).then_with(|| a.cmp(b)));
        let mut said: Vec<Said> = Vec::new();
        for (_, (value, regions)) in distinct {
            let verdict_with = |other: &Said| {
                let first = (&other.value, other.regions[0]);
                let all = std::iter::once(first).chain(other.others.iter().map(|(value, side)| (value, *side)));
                all.map(|(known, side)| judge(known, &value, &self.context(side, regions[0])).verdict)
                    .max()
            };
            let found = said
                .iter()
                .enumerate()
                .find_map(|(at, other)| match verdict_with(other) {
                    Some(verdict @ (Verdict::Same | Verdict::Notation | Verdict::Level | Verdict::Missing)) => {
                        Some((at, verdict))
                    }
                    _ => None,
                });
            // What cannot be judged against the others (a bare 20日 beside 20工作日) agrees with none of them and differs from none.
            let open = |other: &Said| !other.value.may_be_cut_off() && verdict_with(other) == Some(Verdict::Unknown);
            if found.is_none() && !value.may_be_cut_off() && said.iter().any(open) {
                unknown.extend(regions);
                continue;
            }
            match found {
                Some((at, verdict)) => {
                    let group = &mut said[at];
                    if verdict == Verdict::Level {
                        group.level += regions.len();
                    } else {
                        group.notation += regions.len();
                    }
                    group.others.push((value, regions[0]));
                    group.regions.extend(regions);
                    group.regions.sort_unstable();
                }
                None => said.push(Said {
                    value,
                    others: Vec::new(),
                    regions,
                    notation: 0,
                    level: 0,
                }),
            }
        }
        unknown.sort_unstable();
        // A text that may be cut off is good for agreeing; where it does not agree, it is not judged.
        if said.len() > 1 {
            said.retain(|group| {
                let keep = !group.value.may_be_cut_off();
                if !keep {
                    unknown.extend(&group.regions);
                }
                keep
            });
            unknown.sort_unstable();
        }
        said.sort_by_key(|group| (std::cmp::Reverse(group.regions.len()), group.regions.first().copied()));
        said
    }

    fn context(&self, left: usize, right: usize) -> Context<'_> {
        Context {
            vocabulary: &self.profile.vocabulary,
            left: self.names.of_side(left),
            right: self.names.of_side(right),
            one_level: self.names.one_level(left, right),
        }
    }

    fn cell(&self, item: &Item, unit: &Unit, id: ElementId, element: &Element) -> ElementReport {
        let (mut missing, mut unknown) = (Vec::new(), Vec::new());
        let said = self.said(unit, id, &mut missing, &mut unknown);
        let speaking: usize = said.iter().map(|group| group.regions.len()).sum();
        let largest = said.first().map_or(0, |group| group.regions.len());
        let majority = largest * 2 > speaking && speaking > 1;
        let directory = item.directory.map(|row| directory_value(self.forms.get(row, id), unit));
        let directory = directory.filter(Value::speaks);
        let plain = || Judgement {
            verdict: Verdict::Same,
            detail: Detail::default(),
            why: Why::Plain,
            relation: None,
        };
        let (reference, against): (Reference, Option<&Value>) = match (&directory, said.first()) {
            (Some(value), _) => {
                let agrees = |group: &&Said| self.agrees(value, group);
                let support = said.iter().filter(agrees).map(|group| group.regions.len()).sum();
                let normal = Some(value.canonical());
                (
                    Reference {
                        normal,
                        from: ReferenceFrom::Directory,
                        support: (support, speaking),
                    },
                    Some(value),
                )
            }
            (None, Some(first)) if majority => (
                Reference {
                    normal: Some(first.value.canonical()),
                    from: ReferenceFrom::Majority,
                    support: (largest, speaking),
                },
                Some(&first.value),
            ),
            _ => (
                Reference {
                    normal: None,
                    from: ReferenceFrom::None,
                    support: (largest, speaking),
                },
                None,
            ),
        };
        let mut deviating = Vec::new();
        let groups: Vec<Group> = said
            .iter()
            .enumerate()
            .map(|(at, group)| {
                let held_against = against.or_else(|| said.first().map(|first| &first.value));
                let judgement = match held_against {
                    Some(other) if against.is_some() || at > 0 => {
                        let left = said.first().map_or(0, |first| first.regions[0]);
                        judge(other, &group.value, &self.context(left, group.regions[0]))
                    }
                    _ => plain(),
                };
                if against.is_some() && judgement.verdict == Verdict::Substantive {
                    deviating.extend(&group.regions);
                }
                let row = unit.rows[group.regions[0]][0];
                Group {
                    normal: group.value.canonical(),
                    regions: group.regions.clone(),
                    place: side::place(self.catalogue, self.profile, row, id),
                    judgement,
                }
            })
            .collect();
        deviating.sort_unstable();
        let class = match (speaking, groups.len(), majority) {
            (0 | 1, _, _) => Class::Single,
            (_, 1, _) => Class::Uniform,
            (_, _, true) => Class::Outliers,
            _ => Class::Split,
        };
        let written = |count: fn(&Said) -> usize| said.iter().map(count).sum();
        ElementReport {
            element: element.id.clone(),
            class,
            reference,
            groups,
            missing,
            unknown,
            deviating,
            allowed: Vec::new(),
            tied: 0,
            notation: written(|group| group.notation) + self.notations(unit, id),
            level: written(|group| group.level),
            index: if speaking > 1 {
                1.0 - largest as f64 / speaking as f64
            } else {
                0.0
            },
        }
    }

    fn agrees(&self, value: &Value, group: &Said) -> bool {
        let context = self.context(group.regions[0], group.regions[0]);
        !matches!(judge(value, &group.value, &context).verdict, Verdict::Substantive)
    }

    /// How many ways of writing there are beyond one for each thing that is said, over single rows.
    fn notations(&self, unit: &Unit, element: ElementId) -> usize {
        let mut raw: Vec<(u32, crate::model::Shape, crate::model::TextId)> = Vec::new();
        let rows: Vec<RowId> = unit
            .rows
            .iter()
            .filter_map(|rows| if let [row] = rows.as_slice() { Some(*row) } else { None })
            .collect();
        for &row in &rows {
            let id = self.forms.id(row, element);
            if !self.forms.value(id).speaks() {
                continue;
            }
            let Some(cell) = crate::forms::main_cell(self.catalogue, self.profile, row, element) else {
                continue;
            };
            raw.push((self.forms.meaning(id), cell.shape, cell.text));
        }
        raw.sort_unstable();
        raw.dedup();
        let written = raw.len();
        raw.dedup_by_key(|(meaning, ..)| *meaning);
        written - raw.len()
    }
}

/// The directory names the item, not its cases.
fn directory_value(value: &Value, unit: &Unit) -> Value {
    match value {
        Value::Name(name) if unit.case.is_some() => Value::Name(crate::model::Name {
            case: unit.case.clone(),
            ..name.clone()
        }),
        value => value.clone(),
    }
}

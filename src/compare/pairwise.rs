//! Handling for each other (跨省通办): for each two regions and each item that both handle, whether one can handle it for the other
//! (`tongban report --pairwise`).
//!
//! 国办发〔2020〕35号 knows three ways: 全程网办, 异地代收代办 and 多地联办. In all of them the region where the applicant stands applies the
//! conditions and takes the papers of an item, and the region that has the power decides. So a difference stands in the way where the
//! profile says `pairwise = "blocks"`: what the item is and rests on, who may apply, under which conditions, with which papers, and what
//! comes out. Where it says `informs` (procedure, time limits, fees, the code that a province gives out) the deciding region goes by its
//! own list, and the difference is told. Where one list of papers holds the whole other (policy `fewer-better`), papers that fulfil the
//! longer list fulfil both: told, too. What a list does not say is never taken to be equal.
//!
//! A difference that a variance in force allows (`variance.toml`: it has its legal ground, an owner and a last day) is lawful and stays:
//! 国办发〔2020〕35号 leaves the power where it is, so whoever takes the papers goes by the list of the region that decides, and the variance
//! says that there is something to look up. It does not block, and is told apart from what only informs. Only a variance can say so: a
//! difference that nobody answers for blocks. What the directory and the majority say changes nothing here: two lists are held against
//! each other as they are. Lists that no region has an element
//! of do not leave everything open: the element is left out, and told.
//!
//! Must not know files or output.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::difference::{Context, judge};
use super::identity::{self, Decisions, Item, Unit};
use super::uniformity::variance::{Rules, Where};
use super::{Names, side};
use crate::forms::Forms;
use crate::model::{
    Catalogue, ElementId, PairCell, PairStand, PairSummary, PairedItem, Pairwise, PairwiseElement, Relation, Value,
    Variance, Verdict,
};
use crate::profile::{Element, Policy, Profile};

/// So many regions are held against each other at once; of more, one against all others. 400 make 79,800 pairs of every item.
pub const MOST: usize = 400;

/// What is looked at; everything without it.
#[derive(Clone, Debug, Default)]
pub struct Among {
    /// Only pairs with this region, by its id.
    pub region: Option<String>,
    /// Only what differs in this element is listed, by its id; nothing is judged by it alone.
    pub element: Option<String>,
    /// Only items of this code, or with this in their name.
    pub item: Option<String>,
}

/// Holds every two regions of a catalogue against each other.
pub fn compare(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    decisions: &Decisions,
    variances: &[Variance],
    among: &Among,
) -> Pairwise {
    let (order, sides) = super::sides(catalogue);
    let count = order.len();
    let items = identity::items(catalogue, forms, profile, &sides, count, decisions).items;
    let names = Names::of(catalogue, forms, profile, &sides, count);
    let regions: Vec<(String, String)> = order
        .iter()
        .map(|&region| &catalogue.regions[region])
        .map(|region| (region.id.to_string(), region.name.clone()))
        .collect();
    let elements: Vec<(ElementId, &Element)> = profile.compared().collect();
    let asked = among.element.as_ref();
    let asked = asked.and_then(|id| elements.iter().position(|(_, element)| element.id == *id));
    let said = said(catalogue, forms, &sides, &elements);
    let called: Vec<(&str, &str)> = regions.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let rules = Rules::of(variances, catalogue, profile, &items, &called);
    let work = Work {
        forms,
        profile,
        rules: &rules,
        names: &names,
        elements: &elements,
        said: &said,
    };
    let only = among.region.as_ref();
    let only = only.and_then(|id| regions.iter().position(|(known, _)| known == id));
    let named = |(_, item): &(usize, &Item)| {
        let among = among.item.as_ref();
        among.is_none_or(|wanted| item.code == *wanted || item.name.contains(wanted))
    };
    let mut items: Vec<PairedItem> = items
        .par_iter()
        .enumerate()
        .filter(named)
        .flat_map_iter(|(at, item)| work.item(at, item))
        .filter(|item| item.pairs(only).next().is_some())
        .collect();
    let key = |item: &PairedItem| (item.code.clone(), item.name.clone(), item.handling.clone());
    items.sort_by_cached_key(key);
    let expired = variances.iter().filter(|variance| variance.expired).count();
    let mut report = Pairwise {
        regions,
        elements: elements
            .iter()
            .zip(&said)
            .map(|(&(_, element), &said)| PairwiseElement {
                id: element.id.clone(),
                blocks: element.blocks,
                said,
                contained: element.blocks && element.policy == Policy::FewerBetter,
            })
            .collect(),
        only,
        element: asked,
        pairs: Vec::new(),
        items,
        blocked_by: vec![0; elements.len()],
        unknown_by: vec![0; elements.len()],
        allowed_by: vec![0; elements.len()],
        variances: (variances.len() - expired, expired),
    };
    sum(&mut report);
    report
}

/// Whether any list says anything of each element.
fn said(
    catalogue: &Catalogue,
    forms: &Forms,
    sides: &[Option<usize>],
    elements: &[(ElementId, &Element)],
) -> Vec<bool> {
    let lists: Vec<_> = catalogue
        .row_ids()
        .filter(|row| sides[catalogue.rows[row.index()].region.index()].is_some())
        .collect();
    let says = |element| lists.iter().any(|&row| *forms.get(row, element) != Value::Empty);
    elements.iter().map(|&(element, _)| says(element)).collect()
}

fn sum(report: &mut Pairwise) {
    let mut pairs: BTreeMap<(usize, usize), PairSummary> = BTreeMap::new();
    let (mut blocked_by, mut unknown_by) = (report.blocked_by.clone(), report.unknown_by.clone());
    let mut allowed_by = report.allowed_by.clone();
    for pair in report.items.iter().flat_map(|item| report.between(item)) {
        let summary = pairs.entry(pair.regions).or_default();
        summary.regions = pair.regions;
        summary.both += 1;
        match pair.stand() {
            PairStand::Alike | PairStand::Informs | PairStand::Allowed => summary.possible += 1,
            PairStand::Unknown => summary.unknown += 1,
            PairStand::Blocks => summary.blocked += 1,
        }
        for &element in &pair.blocked {
            blocked_by[element] += 1;
        }
        for &element in &pair.unknown {
            unknown_by[element] += 1;
        }
        for &element in &pair.allowed {
            allowed_by[element] += 1;
        }
    }
    report.pairs = pairs.into_values().collect();
    (report.blocked_by, report.unknown_by, report.allowed_by) = (blocked_by, unknown_by, allowed_by);
}

struct Work<'a> {
    forms: &'a Forms,
    profile: &'a Profile,
    rules: &'a Rules<'a>,
    names: &'a Names,
    elements: &'a [(ElementId, &'a Element)],
    said: &'a [bool],
}

/// What regions say, each thing once, with the first region that says it.
#[derive(Default)]
struct Classes {
    /// The number of the meaning where it is one row's, the value, the region.
    known: Vec<(Option<u32>, Value, usize)>,
    of: Vec<Option<u16>>,
}

impl Work<'_> {
    fn item(&self, at: usize, item: &Item) -> Vec<PairedItem> {
        let whole = |unit: &&Unit| unit.union.contains(&true);
        let mut found: Vec<PairedItem> = Vec::new();
        let mut together: BTreeSet<(u16, u16)> = BTreeSet::new();
        for unit in item.units.iter().filter(|unit| !whole(unit)) {
            let paired = self.unit((at, item), unit, Vec::new());
            if item.divided() {
                let pairs = paired.iter().flat_map(|paired| paired.pairs(None));
                together.extend(pairs.map(|(left, right)| (number(left), number(right))));
            }
            found.extend(paired);
        }
        // Two regions that share a case are held against each other in it; the item as a whole is for those that share none.
        for unit in item.units.iter().filter(whole) {
            found.extend(self.unit((at, item), unit, together.iter().copied().collect()));
        }
        found
    }

    fn unit(&self, (at, item): (usize, &Item), unit: &Unit, apart: Vec<(u16, u16)>) -> Option<PairedItem> {
        let there = (0..unit.rows.len()).filter(|&side| !unit.rows[side].is_empty());
        let present: Vec<u16> = there.map(number).collect();
        if present.len() < 2 {
            return None;
        }
        let cells = (0..self.elements.len())
            .filter(|&element| self.said[element])
            .filter_map(|element| self.cell(at, unit, element))
            .collect();
        Some(PairedItem {
            code: item.code.clone(),
            handling: unit.case.clone(),
            name: item.name.clone(),
            present,
            apart,
            cells,
        })
    }

    /// One element of a unit; `None` where all that have the unit say the same.
    fn cell(&self, item: usize, unit: &Unit, at: usize) -> Option<PairCell> {
        let (id, element) = self.elements[at];
        let classes = self.classes(unit, id);
        let open = match element.blocks {
            true => PairStand::Unknown,
            // What would only be told is not missed.
            false => PairStand::Alike,
        };
        let mut stands = Vec::new();
        for (high, (_, right, right_side)) in classes.known.iter().enumerate() {
            for (_, left, left_side) in &classes.known[..high] {
                stands.push(self.stand(element, (left, *left_side), (right, *right_side)));
            }
        }
        let all_there = (0..unit.rows.len()).all(|side| unit.rows[side].is_empty() || classes.of[side].is_some());
        let alike = stands.iter().all(|stand| *stand == PairStand::Alike);
        let uniform = alike && (all_there || open == PairStand::Alike);
        if uniform {
            return None;
        }
        let place = Where {
            item,
            case: unit.case.as_deref(),
            element: &element.id,
        };
        // Whoever says nothing does not differ.
        let speaking: Vec<usize> = (0..classes.of.len())
            .filter(|&side| classes.of[side].is_some())
            .collect();
        let allowed = match stands.contains(&PairStand::Blocks) {
            true => self.rules.allowed(place, &speaking),
            false => Vec::new(),
        };
        Some(PairCell {
            element: at,
            classes: classes.of,
            stands,
            open,
            allowed: allowed.into_iter().map(|(side, _)| number(side)).collect(),
        })
    }

    fn classes(&self, unit: &Unit, element: ElementId) -> Classes {
        let whole_item = unit.union.contains(&true);
        let mut classes = Classes::default();
        for (side, rows) in unit.rows.iter().enumerate() {
            let one = match rows.as_slice() {
                &[row] if !whole_item => Some(self.forms.id(row, element)),
                _ => None,
            };
            let meaning = one.map(|id| self.forms.meaning(id));
            let mut known = classes.known.iter();
            let found = meaning.and_then(|_| known.position(|(known, ..)| *known == meaning));
            let class = found.or_else(|| {
                let value = match one {
                    Some(id) => self.forms.value(id).clone(),
                    None => side::union(self.forms, rows, element, whole_item),
                };
                if !value.speaks() {
                    return None;
                }
                let same = classes.known.iter().position(|(_, known, _)| *known == value);
                Some(same.unwrap_or_else(|| {
                    classes.known.push((meaning, value, side));
                    classes.known.len() - 1
                }))
            });
            classes.of.push(class.map(number));
        }
        classes
    }

    fn stand(&self, element: &Element, left: (&Value, usize), right: (&Value, usize)) -> PairStand {
        let context = Context {
            vocabulary: &self.profile.vocabulary,
            left: self.names.of_side(left.1),
            right: self.names.of_side(right.1),
            one_level: self.names.one_level(left.1, right.1),
        };
        let judgement = judge(left.0, right.0, &context);
        let cut = left.0.may_be_cut_off() || right.0.may_be_cut_off();
        match judgement.verdict {
            Verdict::Same | Verdict::Notation | Verdict::Level => PairStand::Alike,
            Verdict::Substantive if !cut => {
                let within = matches!(judgement.relation, Some(Relation::More | Relation::Fewer));
                match element.blocks && !(within && element.policy == Policy::FewerBetter) {
                    true => PairStand::Blocks,
                    false => PairStand::Informs,
                }
            }
            _ if element.blocks => PairStand::Unknown,
            _ => PairStand::Alike,
        }
    }
}

/// A region, or a class of regions; there are far fewer than that.
fn number(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

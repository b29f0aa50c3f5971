//! Burden (办事负担): what an applicant bears in each region, counted from the normal forms. The number is the most that a list may
//! ask an applicant for; what it does not say is unknown, and never zero.
//!
//! * **Materials**: entries that are 必要 or 容缺后补 — the latter is accepted later, not spared. 非必要 and 信息免交 are not counted. A
//!   paper that is only needed in some cases counts: the list may ask for it. Papers of one name count once, with the larger number.
//! * **Originals, copies**: what the office keeps. An original that is only shown is none; where either will do, a copy will; what is
//!   only handed in electronically is neither. One paper of which the form or the number is left open leaves the sum open.
//! * **Issued**: papers of 政府部门核发 by their 来源渠道, else by the vocabulary; one paper of neither leaves the sum open.
//! * **Steps**: without special procedures, which only some applications meet (行政许可法 art. 45).
//! * **Days**: the promise, else the statutory limit, in working days, begun ones whole; of a span the longer. 即办 and 当日 are 0 days,
//!   for the day of the application does not count (民法典 art. 201). Calendar days, months, hours and bare 天 are not converted: how
//!   many working days they hold depends on the calendar.
//! * **Fee**: the sum of the amounts that one application meets once; amounts by weight or area, shares and spans leave it open.
//!
//! Where a region has several rows in one unit, papers and charges are united if the unit is the whole of a divided item, as they are
//! compared (six rows of three papers are the sixteen of one row elsewhere); all else, and the rows of several bodies, count by the
//! heaviest row.
//!
//! Must not know files or output.

use std::collections::HashMap;

use super::identity::Unit;
use super::side;
use crate::forms::Forms;
use crate::model::{
    Burden, ElementId, FeeItem, Fees, ItemReport, Material, Measure, Necessity, RegionIndex, RowId, TimeUnit, Value,
    ValueId,
};
use crate::normalise::Vocabulary;
use crate::profile::Profile;

/// What a charge is made for that one application meets once.
const ONCE: [&str; 12] = ["", "件", "次", "件次", "人次", "人", "户", "证", "本", "宗", "项", "卡"];

/// The source of a paper that government itself issues, as in the code list of sources.
const ISSUED: &str = "政府部门核发";

/// The elements that measures are counted from; a profile need not have them.
pub(super) struct Measures<'a> {
    forms: &'a Forms,
    vocabulary: &'a Vocabulary,
    materials: Option<ElementId>,
    procedure: Option<ElementId>,
    /// The promised limit first.
    limits: [Option<ElementId>; 2],
    visits: Option<ElementId>,
    fees: Option<ElementId>,
}

/// The largest of several counts. One that cannot be told leaves it open; what says nothing is not put in.
#[derive(Clone, Copy, Default)]
struct Most(Option<Option<u64>>);

impl Most {
    fn put(&mut self, count: Option<u64>) {
        self.0 = Some(match self.0 {
            None => count,
            Some(known) => known.zip(count).map(|(a, b)| a.max(b)),
        });
    }

    fn get(self) -> Option<u64> {
        self.0.flatten()
    }
}

impl<'a> Measures<'a> {
    pub(super) fn of(forms: &'a Forms, profile: &'a Profile) -> Measures<'a> {
        let element = |id: &str| {
            let mut ids = profile.elements.iter().map(|element| element.id.as_str());
            ids.position(|known| known == id).map(ElementId::of)
        };
        Measures {
            forms,
            vocabulary: &profile.vocabulary,
            materials: element("materials"),
            procedure: element("procedure"),
            limits: ["promised_time", "statutory_time"].map(element),
            visits: element("visits"),
            fees: element("fees"),
        }
    }

    /// The burden of a unit of comparison in each region; `None` where a region does not have it.
    pub(super) fn unit(&self, unit: &Unit) -> Vec<Option<Burden>> {
        let whole = unit.union.contains(&true);
        // Most regions say the same in one row: that is counted once.
        let mut known: Vec<([Option<ValueId>; 6], Burden)> = Vec::new();
        let burden = |rows: &Vec<RowId>| match *rows.as_slice() {
            [] => None,
            [row] => {
                let said = self.elements().map(|element| Some(self.forms.id(row, element?)));
                if let Some((_, burden)) = known.iter().find(|(other, _)| *other == said) {
                    return Some(*burden);
                }
                let burden = self.rows(rows, whole);
                known.push((said, burden));
                Some(burden)
            }
            _ => Some(self.rows(rows, whole)),
        };
        unit.rows.iter().map(burden).collect()
    }

    /// All that a burden is counted from.
    fn elements(&self) -> [Option<ElementId>; 6] {
        let [promised, statutory] = self.limits;
        [
            self.materials,
            self.procedure,
            promised,
            statutory,
            self.visits,
            self.fees,
        ]
    }

    /// The burden of the rows of one region.
    fn rows(&self, rows: &[RowId], whole: bool) -> Burden {
        let mut burden = Burden::default();
        let mut papers = [Most::default(); PAPERS.len()];
        self.united(rows, self.materials, whole, |value| {
            for (most, count) in papers.iter_mut().zip(papers_of(value, self.vocabulary)) {
                most.put(count);
            }
        });
        for (measure, most) in PAPERS.into_iter().zip(papers) {
            burden.set(measure, most.get());
        }
        let mut fee = Most::default();
        self.united(rows, self.fees, whole, |value| fee.put(fee_of(value)));
        burden.set(Measure::Fee, fee.get());
        let mut days = Most::default();
        for &row in rows {
            let mut limits = self
                .limits
                .iter()
                .flatten()
                .map(|&element| self.forms.get(row, element));
            if let Some(limit) = limits.find(|value| **value != Value::Empty) {
                days.put(days_of(limit));
            }
        }
        burden.set(Measure::Days, days.get());
        burden.set(Measure::Steps, self.heaviest(rows, self.procedure, steps_of));
        burden.set(Measure::Visits, self.heaviest(rows, self.visits, visits_of));
        burden
    }

    fn heaviest(&self, rows: &[RowId], element: Option<ElementId>, count: fn(&Value) -> Option<u64>) -> Option<u64> {
        let mut most = Most::default();
        self.united(rows, element, false, |value| most.put(count(value)));
        most.get()
    }

    /// Hands on what rows say: together, where that can be united, else one by one. What says nothing is left out.
    fn united(&self, rows: &[RowId], element: Option<ElementId>, whole: bool, mut found: impl FnMut(&Value)) {
        let Some(element) = element else { return };
        let mut said = |value: &Value| {
            if *value != Value::Empty {
                found(value);
            }
        };
        if !whole || rows.len() == 1 {
            rows.iter().for_each(|&row| said(self.forms.get(row, element)));
            return;
        }
        match side::union(self.forms, rows, element, whole) {
            Value::Several(values) => values.iter().for_each(said),
            value => said(&value),
        }
    }
}

/// What is counted of materials, in the order of [`papers_of`].
const PAPERS: [Measure; 4] = [Measure::Materials, Measure::Originals, Measure::Copies, Measure::Issued];

fn papers_of(value: &Value, vocabulary: &Vocabulary) -> [Option<u64>; 4] {
    let Value::Materials(materials) = value else {
        return [None; 4];
    };
    let mut papers: HashMap<(&str, &[String]), [Option<u64>; 3], foldhash::fast::FixedState> = HashMap::default();
    for material in materials {
        if !matches!(material.necessity, Necessity::Required | Necessity::Later) {
            continue;
        }
        let counts = [
            sheets(material, false),
            sheets(material, true),
            issued(material, vocabulary),
        ];
        papers
            .entry((&material.name, &material.or))
            .and_modify(|known| {
                for (known, count) in known.iter_mut().zip(counts) {
                    *known = known.zip(count).map(|(a, b)| a.max(b));
                }
            })
            .or_insert(counts);
    }
    let sum = |at: usize| {
        let mut counts = papers.values().map(|counts| counts[at]);
        counts.try_fold(0_u64, |sum, count| Some(sum.saturating_add(count?)))
    };
    [Some(papers.len() as u64), sum(0), sum(1), sum(2)]
}

/// Originals, or copies, of one paper that the office keeps.
fn sheets(material: &Material, copies: bool) -> Option<u64> {
    let form = material.form;
    let (wanted, number) = match copies {
        true => (form.copy, material.copies),
        // Either will do: the applicant keeps the original. One that is shown is given back.
        false => (form.original && !form.either && !form.shown, material.originals),
    };
    match (wanted, form.original || form.copy) {
        (true, _) => number.map(u64::from),
        (false, true) => Some(0),
        // Neither is said: only what is electronic is certainly no paper.
        (false, false) => (form.electronic && !form.paper).then_some(0),
    }
}

fn issued(material: &Material, vocabulary: &Vocabulary) -> Option<u64> {
    match material.source.as_deref() {
        Some(source) => Some(u64::from(source == ISSUED)),
        None => {
            let known = material
                .names()
                .all(|name| vocabulary.government_materials.contains(name));
            known.then_some(1)
        }
    }
}

fn steps_of(value: &Value) -> Option<u64> {
    let Value::Steps(steps) = value else { return None };
    let count = steps.iter().filter(|step| !step.special && !step.apart).count();
    (count > 0).then_some(count as u64)
}

fn visits_of(value: &Value) -> Option<u64> {
    match value {
        Value::Count(count) => Some(u64::from(*count)),
        _ => None,
    }
}

fn days_of(value: &Value) -> Option<u64> {
    let Value::Duration(limit) = value else { return None };
    let span = limit.span?;
    match limit.unit {
        _ if limit.immediate() => Some(0),
        TimeUnit::SameDay => Some(0),
        TimeUnit::WorkingDay => span.high.ceiling(),
        _ => None,
    }
}

fn fee_of(value: &Value) -> Option<u64> {
    let once = |item: &FeeItem| {
        let amount = item.amount.filter(|amount| amount.low == amount.high)?;
        ONCE.contains(&item.per.as_str()).then(|| amount.low.hundredths())?
    };
    match value {
        Value::Fees(Fees::None) => Some(0),
        // That something is charged, without how much.
        Value::Fees(Fees::Charged(items)) if items.is_empty() => None,
        Value::Fees(Fees::Charged(items)) => {
            let mut amounts = items.iter().map(once);
            amounts.try_fold(0_u64, |sum, amount| Some(sum.saturating_add(amount?)))
        }
        _ => None,
    }
}

/// What one value asks for by itself.
fn of(value: &Value, vocabulary: &Vocabulary) -> Burden {
    let mut burden = Burden::default();
    for (measure, count) in PAPERS.into_iter().zip(papers_of(value, vocabulary)) {
        burden.set(measure, count);
    }
    burden.set(Measure::Steps, steps_of(value));
    burden.set(Measure::Days, days_of(value));
    burden.set(Measure::Visits, visits_of(value));
    burden.set(Measure::Fee, fee_of(value));
    burden
}

/// What an applicant saves where one value of an element takes the place of another; what it costs more is negative. Only measures that
/// both values give.
pub(super) fn saved(from: &Value, to: &Value, vocabulary: &Vocabulary) -> Vec<(Measure, i64)> {
    let (from, to) = (of(from, vocabulary), of(to, vocabulary));
    let count = |burden: &Burden, measure| i64::try_from(burden.get(measure)?).ok();
    let saved = |measure| Some((measure, count(&from, measure)?.saturating_sub(count(&to, measure)?)));
    let all = Measure::ALL.into_iter().filter_map(saved);
    all.filter(|(_, saved)| *saved != 0).collect()
}

/// What each region asks for in one measure, where at least two give it.
fn given(burdens: &[Option<Burden>], measure: Measure) -> Vec<(usize, u64)> {
    let each = burdens.iter().enumerate();
    let given: Vec<(usize, u64)> = each
        .filter_map(|(side, burden)| Some((side, burden.as_ref()?.get(measure)?)))
        .collect();
    if given.len() > 1 { given } else { Vec::new() }
}

/// The regions that have the least, or share it, in every measure that at least two regions give; none where no measure can be held
/// against another region's, or where one region is lighter here and another there.
pub(super) fn best(burdens: &[Option<Burden>]) -> Vec<usize> {
    let mut best: Option<Vec<usize>> = None;
    for measure in Measure::ALL {
        let given = given(burdens, measure);
        let Some(least) = given.iter().map(|&(_, count)| count).min() else {
            continue;
        };
        let lightest = |side: &usize| given.contains(&(*side, least));
        best = Some(match best {
            None => (0..burdens.len()).filter(lightest).collect(),
            Some(best) => best.into_iter().filter(lightest).collect(),
        });
    }
    best.unwrap_or_default()
}

/// Sums up the items, each with its number: what is borne in each region, and what would be saved there were each item handled as in
/// the region that is best at it. An item that no region is [`best`] at saves nothing: whoever took the lightest of every measure from
/// another region each would ask for what nobody does, and who took one region's whole would ask for more of something.
pub(super) fn sum(reports: &[(usize, ItemReport)], regions: &mut [RegionIndex]) {
    let counted = |(_, report): &&(usize, ItemReport)| report.counted && report.present.len() > 1;
    for (_, report) in reports.iter().filter(counted) {
        for measure in Measure::ALL {
            let given = given(&report.burdens, measure);
            let best = given.iter().find(|(side, _)| report.best.contains(side));
            for (side, region) in regions.iter_mut().enumerate() {
                let Some(count) = report.burdens.get(side).copied().flatten().and_then(|b| b.get(measure)) else {
                    continue;
                };
                add(&mut region.burden, measure, count);
                if !given.is_empty() {
                    let least = best.map_or(count, |&(_, least)| least);
                    add(&mut region.saving, measure, count.saturating_sub(least));
                }
            }
        }
    }
}

fn add(burden: &mut Burden, measure: Measure, count: u64) {
    let sum = burden.get(measure).unwrap_or(0).saturating_add(count);
    burden.set(measure, Some(sum));
}

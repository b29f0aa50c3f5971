//! Aligning: the least that must change in one region's list to bring it into line with a target (`tongban align`).
//!
//! Only cells that differ in substance, and of a list in a cell only its entries that do. Nothing that is worse for the applicant unless
//! it is asked for: of a difference that is worse in part the other part is taken where it means something by itself, and what is left
//! is told. Nothing is invented where the region says nothing, and nothing is judged that could not be read.
//!
//! The best (`--to best`) is, cell by cell, the least that one region asks of the applicant: a set of papers or steps that is part of
//! ours, a shorter promise, a lower fee; never put together from several regions or items. Conditions, limits set by law and everything
//! else that is no burden have no best.
//!
//! Must not know files or output.

mod harm;
mod pieces;
mod saving;
mod write;

use std::collections::{BTreeMap, HashMap, HashSet};

use self::harm::{Harm, harm, harmless_part};
use self::saving::saving;
use self::write::Order;
use super::identity::{self, Item, Unit};
use super::uniformity::{self, Question, ReferenceChoice};
use super::{Context, Names, judge, side};
use crate::forms::{self, Forms};
use crate::model::{
    Catalogue, Cell, Duration, ElementId, ElementReport, FieldId, ItemReport, Judgement, Measure, Name, Patch,
    PatchLine, PatchReason, RowId, Standing, Value, Variance, Verdict,
};
use crate::normalise::Kind;
use crate::profile::{Element, Policy, Profile};

/// What a region is brought into line with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The basic directory.
    Directory,
    /// What more than half of the regions say; a cell that says what the directory says is left alone.
    Majority,
    /// The least burden that one region asks for.
    Best,
    /// The region of this id.
    Region(String),
}

/// What is asked for.
pub struct Asked<'a> {
    /// The id of the region.
    pub region: &'a str,
    /// The target.
    pub target: &'a Target,
    /// Only this element.
    pub element: Option<ElementId>,
    /// Only this item, by its code or a part of its name.
    pub item: Option<&'a str>,
    /// Also what is worse for the applicant.
    pub allow_worse: bool,
}

/// What the target says in a cell.
struct Goal {
    value: Value,
    /// The side whose names it bears.
    side: usize,
    /// Rows that say it.
    donors: Vec<RowId>,
    support: (usize, usize),
}

/// Works out the patch.
pub fn align(catalogue: &Catalogue, forms: &Forms, profile: &Profile, question: &Question, asked: &Asked<'_>) -> Patch {
    let question = Question {
        reference: match asked.target {
            Target::Directory => ReferenceChoice::Directory,
            Target::Majority => ReferenceChoice::Majority,
            Target::Best => ReferenceChoice::Usual,
            Target::Region(id) => ReferenceChoice::Region(id.clone()),
        },
        ..question.clone()
    };
    let report = uniformity::compare(catalogue, forms, profile, &question);
    // The sides are the regions of the report, in its order.
    let mut order: Vec<usize> = (0..catalogue.regions.len())
        .filter(|&at| !catalogue.regions[at].directory)
        .collect();
    order.sort_by_key(|&at| (&catalogue.regions[at].id, &catalogue.regions[at].name, at));
    let mut sides = vec![None; catalogue.regions.len()];
    for (side, &region) in order.iter().enumerate() {
        sides[region] = Some(side);
    }
    let of_id = |id: &str| order.iter().position(|&at| *catalogue.regions[at].id == *id);
    let mut patch = Patch {
        target: match asked.target {
            Target::Directory => "directory".to_owned(),
            Target::Majority => "majority".to_owned(),
            Target::Best => "best".to_owned(),
            Target::Region(id) => format!("region:{id}"),
        },
        ..Patch::default()
    };
    let Some(mine) = of_id(asked.region) else { return patch };
    patch.region = (report.regions[mine].id.clone(), report.regions[mine].name.clone());
    let items = identity::items(catalogue, forms, profile, &sides, order.len(), &question.decisions);
    let mut cells: HashMap<(&str, &str, Option<&str>, bool), Vec<&ItemReport>> = HashMap::new();
    for item in &report.items {
        let key = (
            item.code.as_str(),
            item.name.as_str(),
            item.handling.as_deref(),
            item.divided.is_empty(),
        );
        cells.entry(key).or_default().push(item);
    }
    let mut work = Work {
        catalogue,
        forms,
        profile,
        names: Names::of(catalogue, forms, profile, &sides, order.len()),
        variances: &question.variances,
        asked,
        mine,
        other: match asked.target {
            Target::Region(id) => of_id(id),
            _ => None,
        },
        settled: HashSet::new(),
        found: BTreeMap::new(),
        wanted: BTreeMap::new(),
        patch,
    };
    for item in items.items.iter().filter(|item| !item.rows[mine].is_empty()) {
        let wanted = |only: &str| item.code == *only || item.name.contains(only);
        if !asked.item.is_none_or(wanted) {
            continue;
        }
        work.patch.items += 1;
        // What a case says to other cases counts before what the item says as a whole.
        let whole = |unit: &&Unit| unit.union.contains(&true);
        let cases = item.units.iter().filter(|unit| !whole(unit));
        for unit in cases.chain(item.units.iter().filter(whole)) {
            let key = (
                item.code.as_str(),
                item.name.as_str(),
                unit.case.as_deref(),
                !whole(&unit),
            );
            // Two items that nothing tells apart are left alone.
            if let Some([report]) = cells.get(&key).map(Vec::as_slice)
                && !unit.rows[mine].is_empty()
            {
                work.unit(item, unit, report);
            }
        }
    }
    work.finish()
}

struct Work<'a> {
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &'a Profile,
    names: Names,
    variances: &'a [Variance],
    asked: &'a Asked<'a>,
    mine: usize,
    other: Option<usize>,
    /// Cells for which a target was found already.
    settled: HashSet<(RowId, ElementId)>,
    /// The lines by row and element: those of the patch, and those that are refused.
    found: BTreeMap<(RowId, ElementId), [Vec<PatchLine>; 2]>,
    /// What rows are to say, where the patch changes it.
    wanted: BTreeMap<(RowId, ElementId), Value>,
    patch: Patch,
}

/// One element of one unit.
#[derive(Clone, Copy)]
struct Spot<'s> {
    item: &'s Item,
    unit: &'s Unit,
    element: ElementId,
    info: &'s Element,
}

impl Work<'_> {
    fn unit(&mut self, item: &Item, unit: &Unit, report: &ItemReport) {
        let profile = self.profile;
        for (element, info) in profile.compared() {
            let asked = self.asked.element.is_none_or(|only| only == element);
            let cell = report.elements.iter().find(|cell| cell.element == info.id);
            if let (Some(cell), true) = (cell, asked) {
                let spot = Spot {
                    item,
                    unit,
                    element,
                    info,
                };
                self.cell(spot, cell);
            }
        }
    }

    fn value(&self, spot: Spot<'_>, side: usize) -> Value {
        let whole = spot.unit.union.contains(&true);
        match spot.unit.rows[side].as_slice() {
            &[row] if !whole => self.forms.get(row, spot.element).clone(),
            rows => side::union(self.forms, rows, spot.element, whole),
        }
    }

    fn context(&self, other: usize) -> Context<'_> {
        Context {
            vocabulary: &self.profile.vocabulary,
            left: self.names.of_side(self.mine),
            right: self.names.of_side(other),
            one_level: self.names.one_level(self.mine, other),
        }
    }

    fn cell(&mut self, spot: Spot<'_>, cell: &ElementReport) {
        let mine = self.value(spot, self.mine);
        let Some(goal) = self.goal(spot, cell, &mine) else {
            return;
        };
        self.patch.cells += 1;
        match &mine {
            Value::Empty => {
                self.patch.missing += 1;
                return;
            }
            // What cannot be judged beside the others (a bare 20日 beside 20工作日) is in no group.
            value if !value.speaks() || cell.unknown.contains(&self.mine) => {
                self.patch.unknown += 1;
                return;
            }
            _ => {}
        }
        let settled = |row: &RowId| self.settled.contains(&(*row, spot.element));
        let rows = spot.unit.rows[self.mine].clone();
        let some_settled = rows.iter().any(settled);
        self.settled.extend(rows.iter().map(|&row| (row, spot.element)));
        let together = cell.groups.iter().find(|group| group.regions.contains(&self.mine));
        let agrees = |group: &crate::model::Group| self.other.is_some_and(|other| group.regions.contains(&other));
        let judgement = judge(&mine, &goal.value, &self.context(goal.side));
        if judgement.verdict != Verdict::Substantive || together.is_some_and(agrees) {
            return;
        }
        if cell.allowed.iter().any(|(side, _)| *side == self.mine) || self.varies(spot) {
            self.patch.allowed += 1;
            return;
        }
        let refused = |reason| self.refusal(spot, rows[0], &goal, &judgement, reason);
        if spot.info.kind == Kind::Code {
            return self.refuse(spot, rows[0], refused(PatchReason::Identity));
        }
        let directory = self.directory(spot, &mine).filter(Value::speaks);
        let backed = |value: &Value| judge(&mine, value, &self.context(self.mine)).verdict != Verdict::Substantive;
        if *self.asked.target == Target::Majority && directory.as_ref().is_some_and(backed) {
            return self.refuse(spot, rows[0], refused(PatchReason::Directory));
        }
        let meaning = |row: RowId| self.forms.meaning(self.forms.id(row, spot.element));
        let common = rows.iter().all(|&row| meaning(row) == meaning(rows[0]));
        if some_settled || (spot.unit.union[self.mine] && !common) {
            return self.refuse(spot, rows[0], refused(PatchReason::Divided));
        }
        for row in rows {
            self.row(spot, row, &goal);
        }
    }

    /// What the target says; `None` where it says nothing that could be compared.
    fn goal(&self, spot: Spot<'_>, cell: &ElementReport, mine: &Value) -> Option<Goal> {
        let speaking: usize = cell.groups.iter().map(|group| group.regions.len()).sum();
        let support = |side: usize| {
            let own = cell.groups.iter().find(|group| group.regions.contains(&side));
            (own.map_or(0, |group| group.regions.len()), speaking)
        };
        let of_side = |side: usize| Goal {
            value: self.value(spot, side),
            side,
            donors: spot.unit.rows[side].clone(),
            support: support(side),
        };
        let mut goal = match self.asked.target {
            Target::Directory => {
                let value = self.directory(spot, mine)?;
                let agrees = |group: &&crate::model::Group| {
                    let side = group.regions[0];
                    let said = self.value(spot, side);
                    judge(&said, &value, &self.context(side)).verdict != Verdict::Substantive
                };
                let agreeing = cell.groups.iter().filter(agrees).map(|group| group.regions.len()).sum();
                Goal {
                    value,
                    side: self.mine,
                    donors: spot.item.directory.into_iter().collect(),
                    support: (agreeing, speaking),
                }
            }
            Target::Majority => {
                let largest = cell.groups.iter().max_by_key(|group| group.regions.len())?;
                if largest.regions.len() * 2 <= speaking || speaking < 2 {
                    return None;
                }
                of_side(largest.regions[0])
            }
            Target::Region(_) => of_side(self.other?),
            Target::Best => of_side(self.best(spot, cell, mine)?),
        };
        if matches!(self.asked.target, Target::Majority | Target::Best) {
            // Whoever says it in our own shape of cells is worth more than the first.
            let group = cell.groups.iter().find(|group| group.regions.contains(&goal.side))?;
            goal.donors = group
                .regions
                .iter()
                .flat_map(|&side| spot.unit.rows[side].clone())
                .collect();
        }
        if let (Value::Name(name), Value::Name(own)) = (&goal.value, mine) {
            // Which case a row is of is no matter of wording.
            goal.value = Value::Name(Name {
                case: own.case.clone(),
                ..name.clone()
            });
        }
        goal.value.speaks().then_some(goal)
    }

    fn directory(&self, spot: Spot<'_>, mine: &Value) -> Option<Value> {
        let value = self.forms.get(spot.item.directory?, spot.element);
        Some(match (value, mine) {
            (Value::Name(name), Value::Name(own)) => Value::Name(Name {
                case: own.case.clone(),
                ..name.clone()
            }),
            (value, _) => value.clone(),
        })
    }

    /// The side that asks the least: better than ours, and none is better than it; of several the one that most regions agree with.
    fn best(&self, spot: Spot<'_>, cell: &ElementReport, mine: &Value) -> Option<usize> {
        let kind = spot.info.kind;
        let burden = matches!(
            kind,
            Kind::Materials | Kind::Steps | Kind::Duration | Kind::Fees | Kind::Count
        );
        if !burden || spot.info.policy == Policy::MustEqual || !mine.speaks() {
            return None;
        }
        let better = |from: &Value, to: &Value, context: &Context<'_>| {
            let judgement = judge(from, to, context);
            let less = !saving(from, to).is_empty() || kind == Kind::Duration;
            judgement.verdict == Verdict::Substantive && less && harm(kind, from, to, &judgement) == Harm::None
        };
        let mut candidates: Vec<(usize, usize, Value)> = Vec::new();
        for group in &cell.groups {
            let side = group.regions[0];
            let value = self.value(spot, side);
            if better(mine, &value, &self.context(side)) {
                candidates.push((group.regions.len(), side, value));
            }
        }
        let beaten = |value: &Value| {
            candidates
                .iter()
                .any(|(_, side, other)| better(value, other, &self.context(*side)))
        };
        let least = candidates.iter().filter(|(_, _, value)| !beaten(value));
        least
            .max_by_key(|(count, side, _)| (*count, std::cmp::Reverse(*side)))
            .map(|(_, side, _)| *side)
    }

    /// Whether a difference is allowed here.
    fn varies(&self, spot: Spot<'_>) -> bool {
        let is = |wanted: &Option<String>, known: &[&str]| {
            wanted.as_ref().is_none_or(|wanted| known.contains(&wanted.as_str()))
        };
        let (id, name) = &self.patch.region;
        self.variances.iter().any(|variance| {
            !variance.expired
                && is(&variance.region, &[id, name])
                && is(&variance.item, &[&spot.item.code, &spot.item.name])
                && is(&variance.element, &[&spot.info.id])
        })
    }

    /// The lines of one row.
    fn row(&mut self, spot: Spot<'_>, row: RowId, goal: &Goal) {
        let mine = self.forms.get(row, spot.element).clone();
        let judgement = judge(&mine, &goal.value, &self.context(goal.side));
        if judgement.verdict != Verdict::Substantive {
            return;
        }
        let refused = |reason| self.refusal(spot, row, goal, &judgement, reason);
        let bad = match harm(spot.info.kind, &mine, &goal.value, &judgement) {
            Harm::None => None,
            _ if self.asked.allow_worse => None,
            Harm::Worse => Some(PatchReason::Worse),
            Harm::Unclear => Some(PatchReason::Unclear),
        };
        let (wanted, reason) = match bad {
            None => (Some(goal.value.clone()), PatchReason::Align),
            Some(reason) => {
                let part = harmless_part(spot.info.kind, &mine, &goal.value, &self.context(goal.side));
                let line = refused(reason);
                self.refuse(spot, row, line);
                (part, PatchReason::Part)
            }
        };
        let Some(wanted) = wanted else { return };
        let context = self.context(goal.side);
        let judgement = judge(&mine, &wanted, &context);
        let written = Order {
            catalogue: self.catalogue,
            forms: self.forms,
            profile: self.profile,
            row,
            element: spot.element,
            mine: &mine,
            wanted: &wanted,
            donors: &goal.donors,
            context: &context,
        }
        .write();
        let Some(written) = written else {
            let line = self.refusal(spot, row, goal, &judgement, PatchReason::Unwritten);
            return self.refuse(spot, row, line);
        };
        for (at, written) in written.into_iter().enumerate() {
            let line = PatchLine {
                from: written.from,
                to: written.to,
                place: self.catalogue.place(row, Some(&written.cell)),
                // Several cells of one element are saved on once.
                saving: if at == 0 {
                    spared(spot, &mine, &wanted)
                } else {
                    Vec::new()
                },
                reason,
                judgement: judgement.clone(),
                cell: (row, written.cell.field),
                texts: written.texts,
                ..self.line(spot, row, goal, &judgement)
            };
            self.found.entry((row, spot.element)).or_default()[0].push(line);
        }
        self.wanted.insert((row, spot.element), wanted);
    }

    fn refuse(&mut self, spot: Spot<'_>, row: RowId, line: PatchLine) {
        self.found.entry((row, spot.element)).or_default()[1].push(line);
    }

    fn refusal(
        &self,
        spot: Spot<'_>,
        row: RowId,
        goal: &Goal,
        judgement: &Judgement,
        reason: PatchReason,
    ) -> PatchLine {
        PatchLine {
            reason,
            saving: spared(spot, &self.value(spot, self.mine), &goal.value),
            ..self.line(spot, row, goal, judgement)
        }
    }

    fn line(&self, spot: Spot<'_>, row: RowId, goal: &Goal, judgement: &Judgement) -> PatchLine {
        let main: Option<&Cell> = forms::main_cell(self.catalogue, self.profile, row, spot.element);
        let to = goal
            .donors
            .first()
            .map(|&row| forms::quote(self.catalogue, self.profile, row, spot.element));
        PatchLine {
            code: spot.item.code.clone(),
            handling: spot.unit.case.clone(),
            name: spot.item.name.clone(),
            element: spot.info.id.clone(),
            from: forms::quote(self.catalogue, self.profile, row, spot.element),
            to: to.unwrap_or_else(|| goal.value.spelling()),
            place: self.catalogue.place(row, main),
            saving: Vec::new(),
            reason: PatchReason::Align,
            judgement: judgement.clone(),
            standing: match spot.info.policy {
                Policy::MustEqual => Standing::MustEqual,
                Policy::ShorterOk => Standing::Disparity,
                Policy::Equal | Policy::FewerBetter => Standing::Usual,
            },
            ground: spot.info.ground.clone(),
            support: goal.support,
            cell: (row, main.map_or(FieldId(u16::MAX), |cell| cell.field)),
            texts: Vec::new(),
        }
    }

    /// Refuses limits that the promise beside them would break.
    fn keep_limits(&mut self) {
        let id = |id: &str| {
            self.profile
                .element(id)
                .filter(|id| self.profile.elements[id.index()].compare)
        };
        let (Some(limit), Some(promise)) = (id("statutory_time"), id("promised_time")) else {
            return;
        };
        let rows: Vec<RowId> = self
            .wanted
            .keys()
            .filter(|(_, of)| *of == limit)
            .map(|(row, _)| *row)
            .collect();
        for row in rows {
            let after = |element: ElementId| {
                let new = self.wanted.get(&(row, element));
                new.unwrap_or_else(|| self.forms.get(row, element))
            };
            let (Value::Duration(limited), Value::Duration(promised)) = (after(limit), after(promise)) else {
                continue;
            };
            let days = |limit: &Duration| limit.span.map(|span| span.high);
            let broken = limited.unit == promised.unit
                && matches!((days(limited), days(promised)), (Some(limit), Some(promise)) if promise > limit);
            if let Some([lines, refused]) = self.found.get_mut(&(row, limit)).filter(|_| broken) {
                refused.extend(lines.drain(..).take(1).map(|line| PatchLine {
                    reason: PatchReason::Limit,
                    texts: Vec::new(),
                    ..line
                }));
            }
        }
    }

    fn finish(mut self) -> Patch {
        self.keep_limits();
        let mut patch = self.patch;
        for [lines, refused] in self.found.into_values() {
            patch.lines.extend(lines);
            patch.refused.extend(refused);
        }
        for measure in Measure::ALL {
            let of = |line: &PatchLine| {
                line.saving
                    .iter()
                    .filter(|(own, _)| *own == measure)
                    .map(|(_, n)| *n)
                    .sum::<i64>()
            };
            let sum = patch.lines.iter().map(of).fold(0_i64, i64::saturating_add);
            if sum != 0 {
                patch.saving.push((measure, sum));
            }
        }
        patch
    }
}

/// What an applicant saves. A statutory limit is waited for by nobody: only the promise is.
fn spared(spot: Spot<'_>, from: &Value, to: &Value) -> Vec<(Measure, i64)> {
    match spot.info.id.as_str() {
        "statutory_time" => Vec::new(),
        _ => saving(from, to),
    }
}

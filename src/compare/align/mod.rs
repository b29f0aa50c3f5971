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

mod answers;
mod cited;
mod goal;
mod harm;
mod lines;
mod pieces;
mod write;

use std::collections::{BTreeMap, HashMap, HashSet};

use self::answers::Answers;
use self::goal::has_best;
use super::identity::{self, Item, Unit};
use super::uniformity::{self, Question, ReferenceChoice};
use super::{Context, Names, judge, side};
use crate::forms::Forms;
use crate::model::{
    Catalogue, ElementId, ElementReport, ItemReport, Patch, PatchLine, PatchReason, RowId, Value, Variance, Verdict,
};
use crate::normalise::{Kind, Vocabulary};
use crate::profile::{Element, Profile};

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
        answers: Answers::of(catalogue, profile, order[mine]),
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
    /// The columns of the region that hold yes or no.
    answers: Answers,
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
    /// Whether it must be alike under one law, and the region rests on another one than what it is held against, or one does not tell.
    other_law: bool,
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
                    other_law: cell.other_law.contains(&self.mine),
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

    fn vocabulary(&self) -> &Vocabulary {
        &self.profile.vocabulary
    }

    fn cell(&mut self, spot: Spot<'_>, cell: &ElementReport) {
        let mine = self.value(spot, self.mine);
        let Some(goal) = self.goal(spot, cell, &mine) else {
            // Where nobody asks for less than we do, that was compared, too.
            let mut others = cell.groups.iter().flat_map(|group| &group.regions);
            let compared = *self.asked.target == Target::Best && has_best(spot.info) && mine.speaks();
            let judged = !cell.unknown.contains(&self.mine) && others.any(|&side| side != self.mine);
            self.patch.cells += usize::from(compared && judged);
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
        let refused = |reason| self.refusal(spot, rows[0], &goal, &mine, &judgement, reason);
        if spot.info.kind == Kind::Code {
            return self.refuse(spot, rows[0], refused(PatchReason::Identity));
        }
        // What an item is (行政许可, 行政确认) is no matter of how many say so.
        if spot.info.id == "type" && matches!(self.asked.target, Target::Majority | Target::Best) {
            return self.refuse(spot, rows[0], refused(PatchReason::Type));
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
        // What falls away and no more, none of its rows asks for.
        let detail = &judgement.detail;
        let drops = detail.added.is_empty() && detail.changed.is_empty() && !detail.removed.is_empty();
        if !drops && self.is_divided(spot, &goal) {
            return self.refuse(spot, rows[0], refused(PatchReason::ReferenceDivided));
        }
        for row in rows {
            self.row(spot, row, &goal);
        }
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
}

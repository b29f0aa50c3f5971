//! The lines of a patch: what is changed in a row, what is refused and why, and the sum of it.
//!
//! Must not know what a target is, nor how a text is put into the words of a cell.

use super::goal::Goal;
use super::harm::{effect, harmless_part};
use super::write::{Order, Unwritten};
use super::{Spot, Target, Work};
use crate::compare::{burden, judge};
use crate::forms;
use crate::model;
use crate::model::{
    Cell, Citation, Duration, Effect, ElementId, FieldId, Judgement, Measure, Patch, PatchLine, PatchReason, RowId,
    Shape, Standing, Value, Verdict,
};
use crate::normalise::Kind;
use crate::profile::Policy;

impl Work<'_> {
    /// The lines of one row.
    pub(super) fn row(&mut self, spot: Spot<'_>, row: RowId, goal: &Goal) {
        let mine = self.forms.get(row, spot.element).clone();
        let judgement = judge(&mine, &goal.value, &self.context(goal.side));
        if judgement.verdict != Verdict::Substantive {
            return;
        }
        let context = self.context(goal.side);
        let order = |wanted: &Value| {
            let order = Order {
                catalogue: self.catalogue,
                forms: self.forms,
                profile: self.profile,
                row,
                element: spot.element,
                mine: &mine,
                wanted,
                donors: &goal.donors,
                context: &context,
                answers: &self.answers,
            };
            order.write().map_err(|why| match why {
                Unwritten::Words => PatchReason::Unwritten,
                Unwritten::Entries => PatchReason::Entries,
            })
        };
        let bad = match self.effect(spot, row, goal, [&mine, &goal.value], &judgement) {
            Effect::Better | Effect::Equal => None,
            _ if self.asked.allow_worse => None,
            Effect::Worse => Some(PatchReason::Worse),
            Effect::Unclear => Some(PatchReason::Unclear),
        };
        let mut rest_of_it = None;
        let (wanted, reason) = match bad {
            None => (Some(goal.value.clone()), PatchReason::Align),
            Some(reason) => {
                // What --allow-worse could not write either is not offered.
                let reason = order(&goal.value).err().unwrap_or(reason);
                let part = harmless_part(spot.info.kind, &mine, &goal.value, &context);
                // What is refused is what the part leaves.
                let rest = part.as_ref().unwrap_or(&mine);
                let left = judge(rest, &goal.value, &context);
                let line = PatchLine {
                    saving: self.spared(spot, row, rest, &goal.value),
                    effect: self.effect(spot, row, goal, [rest, &goal.value], &left),
                    ..self.refusal(spot, row, goal, &mine, &left, reason)
                };
                rest_of_it = Some(line);
                (part, PatchReason::Part)
            }
        };
        let written = wanted.as_ref().map(order);
        if let Some(line) = rest_of_it {
            self.refuse(spot, row, line);
        }
        let Some((wanted, written)) = wanted.zip(written) else {
            return;
        };
        let context = self.context(goal.side);
        let judgement = judge(&mine, &wanted, &context);
        let saving = self.spared(spot, row, &mine, &wanted);
        let effect = self.effect(spot, row, goal, [&mine, &wanted], &judgement);
        let written = match written {
            Ok(written) => written,
            Err(reason) => {
                let line = self.refusal(spot, row, goal, &mine, &judgement, reason);
                let line = match reason_to(&wanted, &goal.value) {
                    Some(to) => PatchLine {
                        to: to.into(),
                        saving,
                        effect,
                        ..line
                    },
                    None => line,
                };
                return self.refuse(spot, row, line);
            }
        };
        for (at, written) in written.into_iter().enumerate() {
            let (old, new) = written.content;
            let (texts, content) = model::written(written.cell.shape, &old, &new);
            let line = PatchLine {
                from: written.from,
                to: written.to,
                place: self.catalogue.place(row, Some(&written.cell)),
                // Several cells of one element are saved on once.
                saving: if at == 0 { saving.clone() } else { Vec::new() },
                effect,
                reason,
                cell: (row, written.cell.field),
                texts,
                content,
                whole_content: (written.cell.shape, old, new),
                whole: written.whole,
                ..self.line(spot, row, goal, &judgement)
            };
            self.found.entry((row, spot.element)).or_default()[0].push(line);
        }
        self.wanted.insert((row, spot.element), wanted);
    }

    pub(super) fn refuse(&mut self, spot: Spot<'_>, row: RowId, line: PatchLine) {
        self.found.entry((row, spot.element)).or_default()[1].push(line);
    }

    /// A line that is refused: `mine` is what the region says there.
    pub(super) fn refusal(
        &self,
        spot: Spot<'_>,
        row: RowId,
        goal: &Goal,
        mine: &Value,
        judgement: &Judgement,
        reason: PatchReason,
    ) -> PatchLine {
        let line = self.line(spot, row, goal, judgement);
        // To the letter where that is what is compared; of several rows together, and where the letters are equal, what they mean.
        let letter = |row: &RowId, value: &Value| self.forms.get(*row, spot.element) == value;
        let donor = goal.donors.iter().find(|row| letter(row, &goal.value));
        let quote = |row: RowId| forms::quotation(self.catalogue, self.profile, row, spot.element);
        let from = letter(&row, mine).then(|| line.from.clone());
        let mut pairs = [
            (
                from.unwrap_or_else(|| mine.spelling().into()),
                donor.map_or_else(|| goal.value.spelling().into(), |&row| quote(row)),
            ),
            (mine.spelling().into(), goal.value.spelling().into()),
            (mine.meaning().0.into(), goal.value.meaning().0.into()),
        ]
        .into_iter();
        let (from, to) = pairs.find(|(from, to)| from.raw != to.raw).unwrap_or_default();
        PatchLine {
            from,
            to,
            reason,
            saving: self.spared(spot, row, mine, &goal.value),
            effect: self.effect(spot, row, goal, [mine, &goal.value], judgement),
            ..line
        }
    }

    /// What it does to the applicant when the second value takes the place of the first in a row.
    fn effect(
        &self,
        spot: Spot<'_>,
        row: RowId,
        goal: &Goal,
        [from, to]: [&Value; 2],
        judgement: &Judgement,
    ) -> Effect {
        match effect(spot.info.kind, from, to, judgement, self.vocabulary()) {
            Effect::Worse => Effect::Worse,
            // Another law may lay down anything. What the basic directory says is laid down by it.
            _ if *self.asked.target != Target::Directory
                && (self.is_under_another_law(spot, row, goal) || replaces_a_law(from, to)) =>
            {
                Effect::Unclear
            }
            // Where a shorter time is promised nobody waits for the limit.
            Effect::Better if self.is_waited_for(spot, row) => Effect::Better,
            Effect::Better => Effect::Equal,
            // What an item is is no burden; what another code stands for may be one.
            Effect::Equal if spot.info.kind == Kind::Choice && spot.info.id != "type" => Effect::Unclear,
            effect => effect,
        }
    }

    /// Whether a row and what it is held against are known to name different laws; where one of them names none nothing is known.
    fn is_under_another_law(&self, spot: Spot<'_>, row: RowId, goal: &Goal) -> bool {
        let basis = self.profile.element("basis");
        let told = |row: RowId| basis.is_some_and(|basis| matches!(self.forms.get(row, basis), Value::Citations(_)));
        let theirs = || goal.donors.iter().any(|&donor| told(donor));
        spot.other_law && told(row) && theirs()
    }

    /// Whether an applicant feels an element: not a limit set by law beside a promise.
    fn is_waited_for(&self, spot: Spot<'_>, row: RowId) -> bool {
        let promises = || {
            let promise = self.profile.element("promised_time");
            promise.is_some_and(|promise| *self.forms.get(row, promise) != Value::Empty)
        };
        spot.info.id != "statutory_time" || !promises()
    }

    fn line(&self, spot: Spot<'_>, row: RowId, goal: &Goal, judgement: &Judgement) -> PatchLine {
        let main: Option<&Cell> = forms::main_cell(self.catalogue, self.profile, row, spot.element);
        let to = goal
            .donors
            .first()
            .map(|&row| forms::quotation(self.catalogue, self.profile, row, spot.element));
        PatchLine {
            code: spot.item.code.clone(),
            handling: spot.unit.case.clone(),
            name: spot.item.name.clone(),
            element: spot.info.id.clone(),
            from: forms::quotation(self.catalogue, self.profile, row, spot.element),
            to: to.unwrap_or_else(|| goal.value.spelling().into()),
            place: self.catalogue.place(row, main),
            saving: Vec::new(),
            effect: Effect::Equal,
            reason: PatchReason::Align,
            judgement: judgement.clone(),
            standing: match spot.info.policy {
                Policy::MustEqual if !spot.other_law => Standing::MustEqual,
                Policy::ShorterOk => Standing::Disparity,
                Policy::MustEqual | Policy::Equal | Policy::FewerBetter => Standing::Usual,
            },
            ground: spot.info.ground.clone(),
            support: goal.support,
            cell: (row, main.map_or(FieldId(u16::MAX), |cell| cell.field)),
            texts: Vec::new(),
            content: None,
            whole_content: (Shape::Text, String::new(), String::new()),
            whole: false,
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
                    content: None,
                    ..line
                }));
            }
        }
    }

    /// The patch, in the order of the region's rows.
    pub(super) fn finish(mut self) -> Patch {
        self.keep_limits();
        let mut patch = self.patch;
        for [lines, refused] in self.found.into_values() {
            patch.lines.extend(lines);
            patch.refused.extend(refused);
        }
        patch.sum();
        patch
    }

    /// What an applicant saves. A limit set by law is waited for only where the row promises nothing.
    fn spared(&self, spot: Spot<'_>, row: RowId, from: &Value, to: &Value) -> Vec<(Measure, i64)> {
        if !self.is_waited_for(spot, row) {
            return Vec::new();
        }
        burden::saved(from, to, self.vocabulary())
    }
}

/// What a line is to say that takes only a part of what the target says.
fn reason_to(wanted: &Value, target: &Value) -> Option<String> {
    (wanted != target).then(|| wanted.spelling())
}

/// Whether a legal basis names a law in the place of another one. One that comes beside the others, or falls away, leaves them as they are.
fn replaces_a_law(from: &Value, to: &Value) -> bool {
    let (Value::Citations(from), Value::Citations(to)) = (from, to) else {
        return false;
    };
    let lacks = |all: &[Citation], other: &[Citation]| {
        let known = |title: &str| all.iter().any(|one| one.title == *title);
        other.iter().any(|one| !known(&one.title))
    };
    lacks(from, to) && lacks(to, from)
}

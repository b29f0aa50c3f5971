//! What the target says in a cell: the directory, the majority, one region, or the least burden.
//!
//! Must not know what becomes of it, nor how it is written.

use super::harm::{Harm, harm};
use super::{Spot, Target, Work};
use crate::compare::{Context, burden, judge};
use crate::model::{ElementReport, Name, ReferenceFrom, Relation, RowId, Value, Verdict, Why};
use crate::normalise::Kind;
use crate::profile::{Element, Policy};

/// What the target says in a cell.
pub(super) struct Goal {
    pub value: Value,
    /// The side whose names it bears.
    pub side: usize,
    /// Rows that say it.
    pub donors: Vec<RowId>,
    pub support: (usize, usize),
}

impl Work<'_> {
    /// What the target says; `None` where it says nothing that could be compared.
    pub(super) fn goal(&self, spot: Spot<'_>, cell: &ElementReport, mine: &Value) -> Option<Goal> {
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
                Goal {
                    value,
                    side: self.mine,
                    donors: spot.item.directory.into_iter().collect(),
                    support: cell.reference.support,
                }
            }
            Target::Majority => {
                // Who has the majority is the report's to say.
                let side = cell
                    .reference
                    .side
                    .filter(|_| cell.reference.from == ReferenceFrom::Majority)?;
                Goal {
                    support: cell.reference.support,
                    ..of_side(side)
                }
            }
            Target::Region(_) => of_side(self.other?),
            Target::Best => of_side(self.best(spot, cell, mine)?),
        };
        if matches!(self.asked.target, Target::Majority | Target::Best) {
            // Whoever says it in our own shape of cells is worth more than the first.
            let group = cell.groups.iter().find(|group| group.regions.contains(&goal.side))?;
            // Who says it in one voice says it better than who says it only in several rows together.
            if self.is_divided(spot, &goal) {
                let mut others = group.regions.iter().map(|&side| Goal {
                    support: goal.support,
                    ..of_side(side)
                });
                goal = others.find(|other| !self.is_divided(spot, other)).unwrap_or(goal);
            }
            // Who says more or less than it is in its group, too, but is no donor.
            let exact = |side: &&usize| {
                let said = self.value(spot, **side);
                judge(&said, &goal.value, &self.context(goal.side)).why != Why::MoreDetail
            };
            goal.donors = group
                .regions
                .iter()
                .filter(exact)
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

    /// Whether rows of whoever says it (several bodies, or handling items) say something else by themselves.
    pub(super) fn is_divided(&self, spot: Spot<'_>, goal: &Goal) -> bool {
        let rows = match self.asked.target {
            Target::Directory => return false,
            _ => &spot.unit.rows[goal.side],
        };
        let context = self.context(goal.side);
        let other = |row: &RowId| {
            let said = self.forms.get(*row, spot.element);
            // Which case a row is of is no matter of wording.
            let is_name = matches!(said, Value::Name(_));
            said.speaks() && !is_name && judge(said, &goal.value, &context).verdict == Verdict::Substantive
        };
        rows.len() > 1 && rows.iter().any(other)
    }

    pub(super) fn directory(&self, spot: Spot<'_>, mine: &Value) -> Option<Value> {
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
        if !has_best(spot.info) || !mine.speaks() {
            return None;
        }
        let better = |from: &Value, to: &Value, context: &Context<'_>| {
            let judgement = judge(from, to, context);
            let told = [Relation::Fewer, Relation::Looser, Relation::Shorter, Relation::Cheaper];
            let less = judgement.relation.is_some_and(|relation| told.contains(&relation))
                || !burden::saved(from, to, self.vocabulary()).is_empty();
            let harmless = || harm(kind, from, to, &judgement, self.vocabulary()) == Harm::None;
            judgement.verdict == Verdict::Substantive && less && harmless()
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
}

/// Whether an element is a burden that may differ by law, so that one of several values is the least.
pub(super) fn has_best(element: &Element) -> bool {
    let burden = matches!(
        element.kind,
        Kind::Materials | Kind::Steps | Kind::Duration | Kind::Fees | Kind::Count
    );
    burden && element.policy != Policy::MustEqual
}

//! Who says what of one element, since when, and since when regions differ.
//!
//! Must not know what a moment is.

use std::collections::BTreeSet;

use super::line::{Lines, Stand, Strand};
use super::{Lens, is_other};
use crate::compare::identity::Item;
use crate::model::{Accord, BlameLine, Catalogue, ElementId, ItemBlame, Phase, ReferenceFrom, Value, Verdict};
use crate::profile::Profile;

/// Who says what of an element of the items of a code or name, of rows whose regions have the number of their moment as side.
pub fn blame(
    rows: Catalogue,
    moments: usize,
    profile: &Profile,
    asked: &[String],
    element: ElementId,
) -> Vec<ItemBlame> {
    let lines = Lines::of(rows, moments, profile);
    let work = Work {
        lens: Lens {
            catalogue: &lines.catalogue,
            forms: &lines.forms,
            profile,
            names: &lines.names,
        },
        lines: &lines,
        element,
    };
    let strands = lines.strands(profile, asked);
    strands.iter().map(|strand| work.strand(strand)).collect()
}

struct Work<'a> {
    lens: Lens<'a>,
    lines: &'a Lines,
    element: ElementId,
}

/// What regions say at a moment.
struct Standing {
    accord: Accord,
    reference: (ReferenceFrom, Option<String>),
    /// By region.
    deviates: Vec<bool>,
}

impl Work<'_> {
    fn strand(&self, strand: &Strand<'_>) -> ItemBlame {
        let last = self.lines.moments.saturating_sub(1);
        let now = self.standing(strand, last);
        let regions = self.lines.regions.iter().zip(&strand.lines).enumerate();
        let lines = regions.filter_map(|(at, (region, line))| {
            let mut blame = self.line(strand.item, line)?;
            blame.id = region.id.to_string();
            blame.name.clone_from(&region.name);
            blame.directory = region.directory;
            blame.deviates = now.deviates[at];
            Some(blame)
        });
        ItemBlame {
            code: strand.item.code.clone(),
            name: strand.item.name.clone(),
            handling: strand.case.map(str::to_owned),
            lines: lines.collect(),
            phases: self.phases(strand),
            reference: now.reference,
        }
    }

    fn value(&self, stand: &Stand<'_>) -> Value {
        self.lens.value(stand.unit, stand.rows(), self.element)
    }

    /// What a region says today and said before; `None` where it never had the item.
    fn line(&self, item: &Item, line: &[Option<Stand<'_>>]) -> Option<BlameLine> {
        let shown = |stand: &Stand<'_>| self.lens.shown(stand.rows(), self.element, &self.value(stand));
        let now = line.last()?.as_ref();
        let mut blame = BlameLine {
            id: String::new(),
            name: String::new(),
            directory: false,
            now: now.map(shown),
            since: 0,
            before: None,
            judgement: None,
            cases: Default::default(),
            deviates: false,
        };
        let had = line.iter().flatten().next_back()?;
        let mut after = now;
        for (moment, stand) in line.iter().enumerate().rev() {
            match (stand, after) {
                (Some(earlier), Some(later)) => {
                    if earlier.same(later) {
                        continue;
                    }
                    let change = self.lens.change(earlier.compared(), later.compared(), self.element);
                    if let Some((judgement, [before, _])) = change.filter(|(judgement, _)| is_other(judgement)) {
                        blame.since = moment + 1;
                        blame.before = Some(before);
                        let cases = [earlier.cases(item), later.cases(item)];
                        // With other cases the whole says something else without anything being asked of anybody.
                        match cases[0] == cases[1] || cases.iter().any(BTreeSet::is_empty) {
                            true => blame.judgement = Some(judgement),
                            false => {
                                let only = |one: &BTreeSet<&str>, other: &BTreeSet<&str>| {
                                    one.difference(other).map(|case| (*case).to_owned()).collect()
                                };
                                blame.cases = [only(&cases[0], &cases[1]), only(&cases[1], &cases[0])];
                            }
                        }
                        return Some(blame);
                    }
                    after = stand.as_ref();
                }
                (None, None) => {}
                (Some(_), None) => {
                    blame.since = moment + 1;
                    blame.before = Some(shown(had));
                    return Some(blame);
                }
                (None, Some(_)) => {
                    blame.since = moment + 1;
                    let earlier = line[..moment].iter().flatten().next_back();
                    blame.before = earlier.map(shown);
                    return Some(blame);
                }
            }
        }
        Some(blame)
    }

    /// How regions stand to each other at a moment: groups that say the same, the reference, who deviates. As in the report: the directory
    /// where it speaks, else more than half of the regions that speak.
    fn standing(&self, strand: &Strand<'_>, moment: usize) -> Standing {
        let mut groups: Vec<(usize, Value, Vec<usize>)> = Vec::new();
        let mut directory: Option<(usize, Value)> = None;
        for (at, (region, line)) in self.lines.regions.iter().zip(&strand.lines).enumerate() {
            let Some(stand) = line.get(moment).and_then(Option::as_ref) else {
                continue;
            };
            let value = self.value(stand);
            if !value.speaks() {
                continue;
            }
            if region.directory {
                directory = Some((stand.side, value));
                continue;
            }
            let group = groups.iter_mut();
            let mut alike = group.filter(|(side, known, _)| self.agree((*side, known), (stand.side, &value)));
            match alike.next() {
                Some((_, _, regions)) => regions.push(at),
                None => groups.push((stand.side, value, vec![at])),
            }
        }
        let speaking: usize = groups.iter().map(|(_, _, regions)| regions.len()).sum();
        let accord = match (speaking, groups.len()) {
            (0 | 1, _) => Accord::Single,
            (_, 1) => Accord::Uniform,
            _ => Accord::Split,
        };
        let most = groups
            .iter()
            .find(|(_, _, regions)| regions.len() * 2 > speaking && speaking > 1);
        let (from, reference) = match (&directory, most) {
            (Some((side, value)), _) => (ReferenceFrom::Directory, Some((*side, value))),
            (None, Some((side, value, _))) => (ReferenceFrom::Majority, Some((*side, value))),
            (None, None) => (ReferenceFrom::None, None),
        };
        let mut deviates = vec![false; self.lines.regions.len()];
        if let Some(reference) = reference {
            for (side, value, regions) in &groups {
                let other = !self.agree(reference, (*side, value));
                regions.iter().for_each(|&at| deviates[at] = other);
            }
        }
        Standing {
            accord,
            reference: (from, reference.map(|(_, value)| value.canonical())),
            deviates,
        }
    }

    fn agree(&self, left: (usize, &Value), right: (usize, &Value)) -> bool {
        left.1 == right.1
            || matches!(
                self.lens.judge(left, right).verdict,
                Verdict::Same | Verdict::Notation | Verdict::Level
            )
    }

    fn phases(&self, strand: &Strand<'_>) -> Vec<Phase> {
        let mut phases: Vec<Phase> = Vec::new();
        let same = |moment: usize| {
            let mut lines = strand.lines.iter();
            lines.all(|line| match (&line[moment - 1], &line[moment]) {
                (None, None) => true,
                (Some(before), Some(now)) => before.same(now),
                _ => false,
            })
        };
        for moment in 0..self.lines.moments {
            if moment > 0 && same(moment) {
                if let Some(last) = phases.last_mut() {
                    last.to = moment;
                }
                continue;
            }
            let standing = self.standing(strand, moment);
            match phases.last_mut() {
                Some(last) if last.accord == standing.accord => last.to = moment,
                _ => phases.push(Phase {
                    accord: standing.accord,
                    from: moment,
                    to: moment,
                    by: self.by(strand, &standing, moment),
                }),
            }
        }
        phases
    }

    /// The regions that made a split: those that say something else than before and deviate; where nobody of those that deviate moved, or
    /// there is nothing to deviate from, all that moved. Of a split that was there from the start, those that deviate.
    fn by(&self, strand: &Strand<'_>, standing: &Standing, moment: usize) -> Vec<String> {
        if standing.accord != Accord::Split {
            return Vec::new();
        }
        let moved = |at: usize| {
            let line = &strand.lines[at];
            match (moment.checked_sub(1).and_then(|before| line[before]), &line[moment]) {
                (Some(before), Some(now)) if before.same(now) => false,
                (Some(before), Some(now)) => {
                    let change = self.lens.change(before.compared(), now.compared(), self.element);
                    change.is_some_and(|(judgement, _)| is_other(&judgement))
                }
                (None, Some(_)) => moment > 0,
                _ => false,
            }
        };
        let regions: Vec<usize> = (0..self.lines.regions.len())
            .filter(|&at| !self.lines.regions[at].directory || moment > 0)
            .collect();
        let who = |keep: &dyn Fn(usize) -> bool| -> Vec<String> {
            let kept = regions.iter().filter(|&&at| keep(at));
            kept.map(|&at| self.lines.regions[at].id.to_string()).collect()
        };
        let both = who(&|at| standing.deviates[at] && (moment == 0 || moved(at)));
        match both.is_empty() && moment > 0 {
            true => who(&moved),
            false => both,
        }
    }
}

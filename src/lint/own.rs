//! The rules of a workspace's own: rows judged by the checks that `profile::own_rules` compiled from its TOML.
//!
//! Must not know files, nor what any rule means. The basic directory is not looked at: it is not the office's.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use regex::Regex;

use super::{Lists, RowView, Sink, start_of};
use crate::model::{Finding, RegionId, RuleInfo, Shape, Value};
use crate::normalise::fold;
use crate::profile::own_rules::{Check, Condition, Look, OwnRule, Quantity, Relation, Subject, Target, With};

/// The longest piece that a finding marks, in characters.
const LONGEST_PIECE: usize = 60;

type Args = Vec<(&'static str, String)>;

/// A rule, and what is said of it as configured.
#[derive(Clone, Copy)]
pub(super) struct Own<'a> {
    pub rule: &'a OwnRule,
    pub info: &'a RuleInfo,
}

impl Own<'_> {
    /// Judges a row.
    pub(super) fn check_row(self, view: &RowView<'_>, findings: &mut Vec<Finding>) {
        if matches!(self.rule.check, Check::Unique) || view.in_directory() || !applies(self.rule, view) {
            return;
        }
        if let Some(args) = found(self.rule, view) {
            self.report(view, args, findings);
        }
    }

    /// Judges all rows together.
    pub(super) fn check_lists(self, lists: &Lists<'_>, findings: &mut Vec<Finding>) {
        if !matches!(self.rule.check, Check::Unique) {
            return;
        }
        let mut rows: Vec<(RowView<'_>, usize)> = Vec::new();
        // What is said → its number, and for each number the first two rows that say it.
        let mut numbers: HashMap<(RegionId, String), usize> = HashMap::new();
        let mut first: Vec<[Option<usize>; 2]> = Vec::new();
        for view in lists.rows() {
            if view.in_directory() || !applies(self.rule, &view) {
                continue;
            }
            let cell = Read::of(&view, self.rule.on);
            if !cell.said() {
                continue;
            }
            let number = *numbers.entry((view.region(), cell.canonical())).or_insert(first.len());
            match first.get_mut(number) {
                None => first.push([Some(rows.len()), None]),
                Some([_, second @ None]) => *second = Some(rows.len()),
                Some(_) => {}
            }
            rows.push((view, number));
        }
        for (at, (view, number)) in rows.iter().enumerate() {
            let [Some(one), Some(two)] = first[*number] else {
                continue;
            };
            let (place, _) = rows[if at == one { two } else { one }].0.place("");
            let mut args = Read::of(view, self.rule.on).args();
            args.extend([("file", place.file.to_string()), ("row", place.row.to_string())]);
            self.report(view, args, findings);
        }
    }

    fn report(self, view: &RowView<'_>, args: Args, findings: &mut Vec<Finding>) {
        let element = self.rule.on.id(view.profile).to_owned();
        let code = Cow::Owned(self.info.code.clone());
        Sink::named(code, self.info, findings).report(view, element, args);
    }
}

/// One cell as patterns see it.
struct Read<'v, 'a> {
    view: &'v RowView<'a>,
    target: Target,
}

impl<'v, 'a> Read<'v, 'a> {
    fn of(view: &'v RowView<'a>, target: Target) -> Read<'v, 'a> {
        Read { view, target }
    }

    /// The text as it stands, trimmed.
    fn raw(&self) -> Cow<'a, str> {
        match self.target {
            Target::Element(element) => Cow::Owned(self.view.quote(Some(element)).trim().to_owned()),
            Target::Field(field) if self.view.shape(Some(field)) == Shape::Text => {
                Cow::Borrowed(self.view.text(Some(field)).unwrap_or(""))
            }
            Target::Field(field) => {
                let cell = self.view.catalogue.cell(self.view.row(), field);
                Cow::Owned(cell.map_or_else(String::new, |cell| self.view.catalogue.quote(cell)))
            }
        }
    }

    /// Whether it says something: not blank, not 无.
    fn said(&self) -> bool {
        match self.target {
            Target::Element(element) => *self.view.value(Some(element)) != Value::Empty,
            Target::Field(field) => self.view.said(Some(field)).is_some(),
        }
    }

    /// Whether the list has a column for it.
    fn carried(&self) -> bool {
        match self.target {
            Target::Element(element) => self.view.carries(Some(element)),
            Target::Field(field) => self.view.has_column(Some(field)),
        }
    }

    /// The normal form in one line.
    fn normal(&self) -> String {
        match self.target {
            Target::Element(element) => self.view.value(Some(element)).spelling(),
            Target::Field(_) => fold::spelling(&self.raw()),
        }
    }

    /// The spelling that is equal for what means the same.
    fn canonical(&self) -> String {
        match self.target {
            Target::Element(element) => self.view.value(Some(element)).canonical(),
            Target::Field(_) => fold::spelling(&self.raw()),
        }
    }

    fn entries(&self) -> Vec<String> {
        match self.target {
            Target::Element(element) => self.view.value(Some(element)).entries(),
            Target::Field(_) if self.said() => vec![fold::spelling(&self.raw())],
            Target::Field(_) => Vec::new(),
        }
    }

    fn quantity(&self) -> Option<Quantity> {
        match self.target {
            Target::Element(element) => Quantity::of(self.view.value(Some(element))),
            Target::Field(_) => Quantity::of(&Value::Text(fold::spelling(&self.raw()))),
        }
    }

    /// Whether one of its entries is among some.
    fn has_entry_in(&self, wanted: &BTreeSet<String>) -> bool {
        if let Target::Element(element) = self.target
            && let Value::Choice(choice) = self.view.value(Some(element))
        {
            return wanted.contains(&choice.name);
        }
        self.entries().iter().any(|entry| wanted.contains(entry))
    }

    /// Whether the text or its normal form matches.
    fn matches(&self, regex: &Regex, look: Look) -> bool {
        (look != Look::Normal && regex.is_match(&self.raw())) || (look != Look::Raw && regex.is_match(&self.normal()))
    }

    /// The first piece of the text, or of an entry of its normal form, that matches.
    fn piece(&self, regex: &Regex, look: Look) -> Option<String> {
        let first = |text: &str| regex.find(text).map(|found| found.as_str().to_owned());
        let raw = || first(&self.raw());
        let normal = || self.entries().iter().find_map(|entry| first(entry));
        match look {
            Look::Raw => raw(),
            Look::Normal => normal(),
            Look::Both => raw().or_else(normal),
        }
    }

    fn args(&self) -> Args {
        vec![("value", self.raw().into_owned()), ("normal", self.normal())]
    }
}

fn applies(rule: &OwnRule, view: &RowView<'_>) -> bool {
    rule.when
        .iter()
        .all(|(subject, condition)| holds(*subject, condition, view))
}

fn holds(subject: Subject, condition: &Condition, view: &RowView<'_>) -> bool {
    let cell = match subject {
        Subject::Cell(target) => Read::of(view, target),
        Subject::Region => {
            let region = &view.catalogue.regions[view.region().index()];
            let names = [&*region.id, region.name.as_str()];
            return match condition {
                Condition::OneOf(wanted) => names.iter().any(|name| wanted.contains(*name)),
                Condition::Pattern(regex) => names.iter().any(|name| regex.is_match(name)),
                Condition::Forbidden(regex) => !names.iter().any(|name| regex.is_match(name)),
                Condition::Said(said) => *said,
            };
        }
    };
    match condition {
        Condition::OneOf(wanted) => cell.has_entry_in(wanted),
        Condition::Pattern(regex) => cell.said() && cell.matches(regex, Look::Both),
        Condition::Forbidden(regex) => !cell.said() || !cell.matches(regex, Look::Both),
        Condition::Said(said) => cell.said() == *said,
    }
}

/// The arguments of the message, where a row breaks a rule.
fn found(rule: &OwnRule, view: &RowView<'_>) -> Option<Args> {
    let cell = Read::of(view, rule.on);
    if matches!(rule.check, Check::Required) {
        return (!cell.said() && cell.carried()).then(Vec::new);
    }
    if !cell.said() {
        return None;
    }
    let with = |name: &'static str, text: String| {
        let mut args = cell.args();
        args.push((name, text));
        Some(args)
    };
    match &rule.check {
        Check::Forbidden(regex) => {
            let piece = cell.piece(regex, rule.look)?;
            with("found", start_of(&piece, LONGEST_PIECE))
        }
        Check::Pattern(regex) => (!cell.matches(regex, rule.look)).then(|| cell.args()),
        Check::Allowed(allowed) => {
            let odd = cell.entries().into_iter().find(|entry| !allowed.contains(entry))?;
            with("found", start_of(&odd, LONGEST_PIECE))
        }
        Check::Consistent {
            condition,
            other,
            wanted,
        } => {
            let beside = Read::of(view, *other);
            // What says nothing contradicts nothing; that it must be said is another rule.
            if !cell.matches(condition, rule.look) || !beside.said() || holds(Subject::Cell(*other), wanted, view) {
                return None;
            }
            with("other", beside.raw().into_owned())
        }
        Check::Compare(relation, compared) => with("other", broken(&cell, *relation, compared)?),
        Check::Length(least, most) => {
            let count = u32::try_from(cell.raw().chars().count()).unwrap_or(u32::MAX);
            if (*least..=*most).contains(&count) {
                return None;
            }
            with("count", count.to_string())
        }
        Check::Required | Check::Unique => None,
    }
}

/// What a cell is compared with, as it is written, where the relation does not hold. What cannot be compared is not judged.
fn broken(cell: &Read<'_, '_>, relation: Relation, compared: &With) -> Option<String> {
    let (held, other) = match compared {
        With::Limit(limit, written) => (relation.holds(cell.quantity()?, *limit)?, written.clone()),
        With::Text(text) => (
            (cell.canonical() == *text) == (relation == Relation::Same),
            text.clone(),
        ),
        With::Cell(target) => {
            let other = Read::of(cell.view, *target);
            if !other.said() {
                return None;
            }
            let held = if relation.orders() {
                relation.holds(cell.quantity()?, other.quantity()?)?
            } else {
                (cell.canonical() == other.canonical()) == (relation == Relation::Same)
            };
            (held, other.raw().into_owned())
        }
    };
    (!held).then_some(other)
}

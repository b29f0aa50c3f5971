//! From the shape of an own rule to the rule: names looked up in the profile, patterns compiled, values brought into normal form.
//!
//! Must not read files.

use std::collections::BTreeSet;
use std::path::Path;

use regex::{Regex, RegexBuilder};
use toml::Spanned;

use super::shape::{CellData, Cells, CompareData, ConditionData, ConsistentData, LookWord, RelationWord, RuleData};
use super::{
    Check, Condition, Example, Lines, Look, OwnRule, Profile, Quantity, Relation, Subject, Target, With, wrong,
};
use crate::error::{Error, Result};
use crate::model::{Amount, Fixable, RuleInfo, Shape, Value};
use crate::normalise::{Kind, Part, Parts, Role, fold, normalise};

/// The most memory that one compiled pattern may take, in bytes: a million states would make every row slow.
const PATTERN_BYTES: usize = 1 << 20;

/// How deep brackets of a pattern may stand in each other.
const PATTERN_DEPTH: u32 = 50;

/// The reason of an error, and the arguments of its wording.
type Why = (&'static str, Vec<(&'static str, String)>);

/// Makes the rules of one file.
pub(super) struct Maker<'a> {
    pub profile: &'a Profile,
    pub file: &'a Path,
    pub lines: &'a Lines,
}

impl Maker<'_> {
    fn wrong<T>(&self, at: &Spanned<T>, (reason, args): Why) -> Error {
        wrong(self.file, self.lines.at(at.span().start), reason, args)
    }

    /// A rule out of its block.
    pub(super) fn rule(&self, block: Spanned<RuleData>) -> Result<OwnRule> {
        let line = self.lines.at(block.span().start);
        let data = block.get_ref();
        self.names(data)?;
        let on = self.target(&data.on)?;
        let mut when = Vec::new();
        for (name, condition) in &data.when {
            let subject = self.subject(name)?;
            let condition = self.condition(subject, condition.get_ref());
            when.push((subject, condition.map_err(|why| self.wrong(name, why))?));
        }
        let check = self.check(&block, on)?;
        let known = placeholders(&check);
        let worded = |message: &Spanned<String>| {
            let wording = wording(message.get_ref(), known);
            wording.map_err(|why| self.wrong(message, why))
        };
        let message = [
            worded(&data.message)?,
            data.message_en.as_ref().map_or_else(|| worded(&data.message), worded)?,
        ];
        let mut examples = Vec::new();
        for (bad, cells) in [(true, &data.bad), (false, &data.good)] {
            for cells in cells {
                examples.push(self.example(bad, cells)?);
            }
        }
        let shown = |bad: bool| {
            let first = examples.iter().find(|example| example.bad == bad);
            first.map_or_else(String::new, |example| self.shown(example))
        };
        Ok(OwnRule {
            info: RuleInfo {
                code: data.code.get_ref().clone(),
                name: data.name.get_ref().clone(),
                severity: data.severity.severity(),
                confidence: data.confidence.confidence(),
                title: [data.title.clone(), data.title_en.clone()],
                doc: [data.doc.clone(), data.doc_en.clone()],
                ground: data.ground.clone(),
                bad: shown(true),
                good: shown(false),
                todo: [data.todo.clone(), data.todo_en.clone()],
                threshold: None,
                mark: if known.contains(&"found") { "found" } else { "" }.to_owned(),
                fixable: Fixable::No,
            },
            message,
            on,
            look: match data.text {
                LookWord::Raw => Look::Raw,
                LookWord::Normal => Look::Normal,
                LookWord::Both => Look::Both,
            },
            when,
            check,
            examples,
            file: self.file.to_owned(),
            line,
        })
    }

    /// The code and the name: own families have two letters, or four to eight, for those of tongban have three and grow.
    fn names(&self, data: &RuleData) -> Result<()> {
        let code = data.code.get_ref();
        let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = code.len() - digits.len();
        let fine = matches!(letters, 2 | 4..=8)
            && (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        if !fine {
            return Err(self.wrong(&data.code, ("rule-code", vec![("code", code.clone())])));
        }
        let name = data.name.get_ref();
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(kebab) {
            return Err(self.wrong(&data.name, ("rule-name", vec![("name", name.clone())])));
        }
        Ok(())
    }

    /// An element by id, Chinese or English name; else a field by id or header.
    fn target(&self, name: &Spanned<String>) -> Result<Target> {
        let (profile, wanted) = (self.profile, name.get_ref().as_str());
        if let Some(element) = profile.element(wanted) {
            return Ok(Target::Element(element));
        }
        let by_title = || profile.fields.iter().find(|field| field.title == wanted);
        let field = profile.field(wanted).or_else(|| profile.field(by_title()?.id.as_str()));
        field.map(Target::Field).ok_or_else(|| {
            let elements: Vec<&str> = profile.elements.iter().map(|element| element.id.as_str()).collect();
            let args = vec![("name", wanted.to_owned()), ("known", elements.join("、"))];
            self.wrong(name, ("rule-element", args))
        })
    }

    fn subject(&self, name: &Spanned<String>) -> Result<Subject> {
        if name.get_ref() == "region" {
            return Ok(Subject::Region);
        }
        self.target(name).map(Subject::Cell)
    }

    fn condition(&self, subject: Subject, data: &ConditionData) -> std::result::Result<Condition, Why> {
        let one_of = |texts: &[String]| {
            let mut all = BTreeSet::new();
            for text in texts {
                match subject {
                    Subject::Region => drop(all.insert(text.clone())),
                    Subject::Cell(target) => all.extend(self.entries(target, text)?),
                }
            }
            Ok(Condition::OneOf(all))
        };
        match data {
            ConditionData::Is(text) => one_of(std::slice::from_ref(text)),
            ConditionData::OneOf(texts) => one_of(texts),
            ConditionData::Pattern(data) => compiled(&data.pattern).map(Condition::Pattern),
            ConditionData::Forbidden(data) => compiled(&data.forbidden).map(Condition::Forbidden),
            ConditionData::Said(data) => Ok(Condition::Said(data.said)),
        }
    }

    /// The one check of a rule.
    fn check(&self, block: &Spanned<RuleData>, on: Target) -> Result<Check> {
        let data = block.get_ref();
        let pattern = |pattern: &Spanned<String>| compiled(pattern.get_ref()).map_err(|why| self.wrong(pattern, why));
        let mut checks: Vec<Check> = Vec::new();
        if let Some(regex) = &data.forbidden {
            checks.push(Check::Forbidden(pattern(regex)?));
        }
        if let Some(regex) = &data.pattern {
            checks.push(Check::Pattern(pattern(regex)?));
        }
        // `required = false` says as little as no word of it.
        checks.extend(asked(&data.required).then_some(Check::Required));
        checks.extend(asked(&data.unique).then_some(Check::Unique));
        if let Some(texts) = &data.allowed {
            let mut all = BTreeSet::new();
            for text in texts {
                all.extend(self.entries(on, text.get_ref()).map_err(|why| self.wrong(text, why))?);
            }
            checks.push(Check::Allowed(all));
        }
        if let Some(consistent) = &data.consistent_with {
            checks.push(self.consistent(consistent, block, &pattern)?);
        }
        if let Some(compare) = &data.compare {
            checks.push(self.compare(compare, on)?);
        }
        if data.min_length.is_some() || data.max_length.is_some() {
            let (least, most) = (data.min_length.unwrap_or(0), data.max_length.unwrap_or(u32::MAX));
            checks.push(Check::Length(least, most));
        }
        let count = checks.len().to_string();
        match (checks.pop(), checks.is_empty()) {
            (Some(check), true) => Ok(check),
            _ => Err(self.wrong(
                &data.code,
                (
                    "rule-check",
                    vec![("code", data.code.get_ref().clone()), ("count", count)],
                ),
            )),
        }
    }

    fn consistent(
        &self,
        data: &ConsistentData,
        block: &Spanned<RuleData>,
        pattern: &dyn Fn(&Spanned<String>) -> Result<Regex>,
    ) -> Result<Check> {
        let wanted = match (&data.pattern, &data.forbidden) {
            (Some(wanted), None) => Condition::Pattern(pattern(wanted)?),
            (None, Some(unwanted)) => Condition::Forbidden(pattern(unwanted)?),
            (both, _) => {
                let count = if both.is_some() { "2" } else { "0" }.to_owned();
                let code = block.get_ref().code.get_ref().clone();
                return Err(self.wrong(&data.on, ("rule-check", vec![("code", code), ("count", count)])));
            }
        };
        Ok(Check::Consistent {
            condition: pattern(&data.condition)?,
            other: self.target(&data.on)?,
            wanted,
        })
    }

    fn compare(&self, compare: &Spanned<CompareData>, on: Target) -> Result<Check> {
        let data = compare.get_ref();
        let relation = match data.is {
            RelationWord::Less => Relation::Less,
            RelationWord::AtMost => Relation::AtMost,
            RelationWord::Same => Relation::Same,
            RelationWord::Other => Relation::Other,
            RelationWord::AtLeast => Relation::AtLeast,
            RelationWord::More => Relation::More,
        };
        let cannot = |what: String| self.wrong(compare, ("rule-compare", vec![("what", what)]));
        let name = on.id(self.profile).to_owned();
        let with = match (&data.with, &data.value) {
            (Some(with), None) => {
                let other = self.target(with)?;
                let (left, right) = (self.measure(on), self.measure(other));
                if relation.orders() && (left.is_none() || left != right) {
                    return Err(cannot(format!("{name}、{}", with.get_ref())));
                }
                With::Cell(other)
            }
            (None, Some(value)) => self
                .limit(on, value, relation)
                .ok_or_else(|| cannot(format!("{name}、{}", value.text())))?,
            _ => return Err(cannot(format!("{name}（with / value）"))),
        };
        Ok(Check::Compare(relation, with))
    }

    /// What a value of a rule is compared as; `None` where it cannot be.
    fn limit(&self, on: Target, value: &CellData, relation: Relation) -> Option<With> {
        let text = value.text();
        let limit = match self.measure(on) {
            Some(Measure::Time) => Quantity::of(&self.value(on, &text)),
            Some(Measure::Number) => Amount::parse(&text).map(Quantity::number),
            None => None,
        };
        match limit {
            Some(limit) => Some(With::Limit(limit, text)),
            None if relation.orders() => None,
            None => Some(With::Text(match on {
                Target::Element(_) => self.value(on, &text).canonical(),
                Target::Field(_) => fold::spelling(&text),
            })),
        }
    }

    fn measure(&self, target: Target) -> Option<Measure> {
        let Target::Element(element) = target else {
            return Some(Measure::Number);
        };
        match self.profile.elements[element.index()].kind {
            Kind::Duration => Some(Measure::Time),
            Kind::Name | Kind::Code | Kind::Choice | Kind::Fees => None,
            _ => Some(Measure::Number),
        }
    }

    /// A text in the normal form of an element.
    fn value(&self, target: Target, text: &str) -> Value {
        let Target::Element(element) = target else {
            return Value::Text(fold::spelling(text));
        };
        let element = &self.profile.elements[element.index()];
        let vocabulary = &self.profile.vocabulary;
        let list = element.list.as_ref().and_then(|list| vocabulary.lists.get(list));
        let part = Part {
            role: Role::Value,
            shape: Shape::Text,
            text,
        };
        normalise(
            element.kind,
            &Parts {
                parts: &[part],
                vocabulary,
                list,
                dialect: None,
            },
        )
    }

    /// The entries of a text that a rule names, in normal form. What is not on the code list of its element is a slip.
    fn entries(&self, target: Target, text: &str) -> std::result::Result<Vec<String>, Why> {
        let value = self.value(target, text);
        let off_list = match &value {
            Value::Unknown(..) => true,
            Value::Choices(choices) => choices.iter().any(|choice| choice.code.is_empty()),
            _ => false,
        };
        let entries = value.entries();
        if off_list || entries.is_empty() {
            let args = vec![("name", target.id(self.profile).to_owned()), ("value", text.to_owned())];
            return Err(("rule-value", args));
        }
        Ok(entries)
    }

    fn example(&self, bad: bool, cells: &Spanned<Cells>) -> Result<Example> {
        let mut example = Example {
            bad,
            region: None,
            cells: Vec::new(),
            line: self.lines.at(cells.span().start),
        };
        for (name, text) in cells.get_ref() {
            match self.subject(name)? {
                Subject::Region => example.region = Some(text.text()),
                Subject::Cell(target) => {
                    example.cells.push((target.id(self.profile).to_owned(), text.text()));
                }
            }
        }
        Ok(example)
    }

    /// An example in one line, for people.
    fn shown(&self, example: &Example) -> String {
        let title = |id: &str| {
            let element = self.profile.elements.iter().find(|element| element.id == id);
            let field = || self.profile.fields.iter().find(|field| field.id == id);
            element.map_or_else(
                || field().map_or(id, |field| &field.title).to_owned(),
                |e| e.title.clone(),
            )
        };
        let cells = example.cells.iter().map(|(id, text)| format!("{}：{text}", title(id)));
        cells.collect::<Vec<_>>().join("；")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Time,
    Number,
}

fn asked(word: &Option<Spanned<bool>>) -> bool {
    word.as_ref().is_some_and(|word| *word.get_ref())
}

fn compiled(pattern: &str) -> std::result::Result<Regex, Why> {
    RegexBuilder::new(pattern)
        .size_limit(PATTERN_BYTES)
        .dfa_size_limit(PATTERN_BYTES)
        .nest_limit(PATTERN_DEPTH)
        .build()
        .map_err(|error| {
            // The last line of it says what is wrong; the others draw the place with blanks.
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            let start: String = pattern.chars().take(60).collect();
            ("rule-pattern", vec![("pattern", start), ("why", why.to_owned())])
        })
}

/// What the message of a check may name in braces.
fn placeholders(check: &Check) -> &'static [&'static str] {
    match check {
        Check::Forbidden(_) | Check::Allowed(_) => &["value", "normal", "found"],
        Check::Pattern(_) => &["value", "normal"],
        Check::Required => &[],
        Check::Consistent { .. } | Check::Compare(..) => &["value", "normal", "other"],
        Check::Unique => &["value", "normal", "file", "row"],
        Check::Length(..) => &["value", "normal", "count"],
    }
}

/// A message as Fluent writes it: `{value}` becomes `{ $value }`.
fn wording(message: &str, known: &[&str]) -> std::result::Result<String, Why> {
    let refused = |name: &str| {
        let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
        (
            "rule-message",
            vec![("name", name.to_owned()), ("known", known.join(" "))],
        )
    };
    let mut out = String::new();
    let mut rest = message.trim();
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let Some((name, behind)) = inside.filter(|(name, _)| known.contains(&name.trim())) else {
            return Err(refused(&rest[at..].chars().take(20).collect::<String>()));
        };
        out.push_str(&rest[..at]);
        out.push_str(&format!("{{ ${} }}", name.trim()));
        rest = behind;
    }
    out.push_str(rest);
    // Fluent reads a message to the end of its line.
    let out: String = out.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if out.is_empty() { Err(refused("")) } else { Ok(out) }
}

//! Normalising: from raw text to the typed normal form (规范值) of an element. Pure: no file, no clock, no error. Odd text
//! becomes [`Value::Unknown`] or stays text; it never fails.
//!
//! One file per kind; [`Kind`] is the list of kinds.

pub mod canonical;
mod choices;
pub mod citations;
mod clauses;
pub mod codes;
mod count;
pub mod divisions;
pub mod duration;
pub mod enumerate;
mod fees;
pub mod fold;
mod folds;
mod materials;
mod memo;
pub mod names;
pub mod number;
pub mod numerals;
mod outcomes;
mod scan;
mod steps;
pub mod thresholds;
pub mod vocabulary;

use crate::model::{Shape, UnknownWhy, Value, decode_list, decode_table};

pub use duration::TimeWords;
pub use folds::folded;
pub use memo::Memo;
pub use steps::{Stage, StepWords};
pub use vocabulary::{CodeList, Vocabulary};

/// What kind of thing an element is. Everything else about an element is in the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 事项名称.
    Name,
    /// 基本编码.
    Code,
    /// One value of a code list.
    Choice,
    /// Several values of a code list.
    Choices,
    /// 设定依据.
    Citations,
    /// 受理条件.
    Clauses,
    /// 申请材料.
    Materials,
    /// 办理流程.
    Steps,
    /// 时限.
    Duration,
    /// 收费.
    Fees,
    /// 办理结果.
    Outcomes,
    /// A number.
    Count,
    /// Any text.
    Text,
}

/// The kinds by the word that profiles use.
pub const KINDS: [(&str, Kind); 13] = [
    ("name", Kind::Name),
    ("code", Kind::Code),
    ("choice", Kind::Choice),
    ("choices", Kind::Choices),
    ("citations", Kind::Citations),
    ("clauses", Kind::Clauses),
    ("materials", Kind::Materials),
    ("steps", Kind::Steps),
    ("duration", Kind::Duration),
    ("fees", Kind::Fees),
    ("outcomes", Kind::Outcomes),
    ("count", Kind::Count),
    ("text", Kind::Text),
];

/// What a column contributes to its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The value itself.
    Value,
    /// The value written out where `Value` is a code.
    Text,
    /// The unit of a number.
    Unit,
    /// A remark on the value.
    Note,
    /// Records with named fields.
    Table,
    /// The standard of a fee.
    Standard,
    /// What is charged for.
    Name,
    /// The basis of a fee.
    Basis,
    /// The type of a result.
    Type,
    /// The main item of a name.
    Main,
    /// The sub-item of a name.
    Sub,
    /// The case of a name.
    Case,
    /// The implementation code.
    Impl,
    /// The handling code.
    Handling,
    /// The code of the national directory.
    National,
    /// Special procedures.
    Special,
}

/// The roles by the word that profiles use.
pub const ROLES: [(&str, Role); 16] = [
    ("value", Role::Value),
    ("text", Role::Text),
    ("unit", Role::Unit),
    ("note", Role::Note),
    ("table", Role::Table),
    ("standard", Role::Standard),
    ("name", Role::Name),
    ("basis", Role::Basis),
    ("type", Role::Type),
    ("main", Role::Main),
    ("sub", Role::Sub),
    ("case", Role::Case),
    ("impl", Role::Impl),
    ("handling", Role::Handling),
    ("national", Role::National),
    ("special", Role::Special),
];

/// One raw part of an element.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// What it contributes.
    pub role: Role,
    /// How its text is to be read.
    pub shape: Shape,
    /// The raw text.
    pub text: &'a str,
}

/// The parts of one element of one row, with what is needed to read them.
pub struct Parts<'a> {
    /// The parts.
    pub parts: &'a [Part<'a>],
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// The element's code list.
    pub list: Option<&'a CodeList>,
    /// The dialect of the code list that the table is written in.
    pub dialect: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// The text of a role, unless it says nothing.
    fn text(&self, role: Role) -> Option<&'a str> {
        self.raw(role).filter(|text| !self.vocabulary.is_empty_word(text))
    }

    /// The text of a role, unless it is blank.
    fn raw(&self, role: Role) -> Option<&'a str> {
        let part = self
            .parts
            .iter()
            .find(|part| part.role == role && part.shape == Shape::Text)?;
        (!part.text.trim().is_empty()).then_some(part.text)
    }

    /// The entries of a role: of a list, or the one text; without those that say nothing.
    fn entries(&self, role: Role) -> Vec<String> {
        let Some(part) = self.parts.iter().find(|part| part.role == role) else {
            return Vec::new();
        };
        let mut entries = match part.shape {
            Shape::Text => vec![part.text.to_owned()],
            Shape::List => decode_list(part.text),
            Shape::Table => decode_table(part.text)
                .into_iter()
                .map(|record| record.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("，"))
                .collect(),
        };
        entries.retain(|entry| !self.vocabulary.is_empty_word(entry));
        entries
    }

    /// The unknown value of entries that only point elsewhere (见附件).
    fn refers(&self, entries: &[String]) -> Option<Value> {
        match entries {
            [only] if self.vocabulary.only_refers(only) => {
                Some(Value::Unknown(UnknownWhy::Refers, fold::spelling(only)))
            }
            _ => None,
        }
    }

    /// The records of whichever part is a table.
    fn records(&self) -> Vec<Vec<(String, String)>> {
        self.parts
            .iter()
            .find(|part| part.shape == Shape::Table)
            .map_or_else(Vec::new, |part| decode_table(part.text))
    }
}

/// The normal form of one element of one row.
pub fn normalise(kind: Kind, parts: &Parts<'_>) -> Value {
    normalise_with(kind, parts, &mut Memo::default())
}

/// The same for whoever reads many: `memo` holds what was read before with the same vocabulary.
pub fn normalise_with(kind: Kind, parts: &Parts<'_>, memo: &mut Memo) -> Value {
    match kind {
        Kind::Name => names::read(parts),
        Kind::Code => codes::read(parts),
        Kind::Choice => choices::read_one(parts),
        Kind::Choices => choices::read_several(parts),
        Kind::Citations => citations::read(parts),
        Kind::Clauses => clauses::read(parts, memo),
        Kind::Materials => materials::read(parts, memo),
        Kind::Steps => steps::read(parts),
        Kind::Duration => duration::read(parts),
        Kind::Fees => fees::read(parts),
        Kind::Outcomes => outcomes::read(parts),
        Kind::Count => count::read(parts),
        Kind::Text => text(parts),
    }
}

/// Whether the normal form says something that can be compared ([`Value::speaks`]), without all that it takes to work it out.
pub fn speaks(kind: Kind, parts: &Parts<'_>, memo: &mut Memo) -> bool {
    match kind {
        Kind::Clauses => clauses::speaks(parts, memo),
        Kind::Outcomes => outcomes::speaks(parts),
        kind => normalise_with(kind, parts, memo).speaks(),
    }
}

/// Running text: folded, its entries joined.
fn text(parts: &Parts<'_>) -> Value {
    let entries = parts.entries(Role::Value);
    let spelt: Vec<String> = entries.iter().map(|entry| fold::spelling(entry)).collect();
    let text = spelt.join("；");
    if parts.vocabulary.is_empty_word(&text) {
        Value::Empty
    } else {
        Value::Text(text)
    }
}

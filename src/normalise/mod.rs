//! Normalising: from raw text to the typed normal form (规范值) of an element. Pure: no file, no clock, no error. Odd text
//! becomes [`Value::Unknown`] or stays text; it never fails.
//!
//! One file per kind; [`Kind`] is the list of kinds.

mod choices;
pub mod citations;
mod clauses;
pub mod codes;
pub mod divisions;
pub mod duration;
pub mod enumerate;
mod fees;
pub mod fold;
mod materials;
pub mod names;
pub mod number;
mod outcomes;
mod scan;
mod steps;
pub mod vocabulary;

use crate::model::{Clauses, Shape, UnknownWhy, Value, decode_list, decode_table};

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
    let vocabulary = parts.vocabulary;
    let empty = |text: &str| vocabulary.is_empty_word(text);
    let said = |words: &[String], text: &str| {
        let spelt = fold::spelling(text);
        words.contains(&spelt)
    };
    match kind {
        Kind::Name => names::parse(
            parts.text(Role::Value),
            parts.text(Role::Main),
            parts.text(Role::Sub),
            parts.text(Role::Case),
        )
        .map_or(Value::Empty, Value::Name),
        Kind::Code => [Role::Value, Role::Handling, Role::Impl, Role::National]
            .iter()
            .find_map(|&role| parts.text(role))
            .map_or(Value::Empty, |text| Value::Code(codes::parse(text))),
        Kind::Choice => choices::one(
            parts.text(Role::Value),
            parts.text(Role::Text),
            parts.list,
            parts.dialect,
        ),
        Kind::Choices => choices::several(&parts.entries(Role::Value), parts.list, parts.dialect, &empty),
        Kind::Citations => {
            let records = parts.records();
            let found = if records.is_empty() {
                parts
                    .entries(Role::Value)
                    .iter()
                    .flat_map(|text| citations::parse(text))
                    .collect()
            } else {
                citations::from_records(&records)
            };
            listed(parts, found, Value::Citations)
        }
        Kind::Clauses => {
            let entries = parts.entries(Role::Value);
            match entries.as_slice() {
                [only] if said(&vocabulary.no_conditions, only) => Value::Clauses(Clauses::default()),
                [only] if vocabulary.only_refers(only) => Value::Unknown(UnknownWhy::Refers, fold::spelling(only)),
                entries => clauses::parse(entries, &empty),
            }
        }
        Kind::Materials => {
            let records = parts.records();
            if !records.is_empty() {
                return materials::from_records(&records, vocabulary);
            }
            let Some(part) = parts.parts.iter().find(|part| part.role == Role::Value) else {
                return Value::Empty;
            };
            let entries = parts.entries(Role::Value);
            match entries.as_slice() {
                [] => Value::Empty,
                [only] if said(&vocabulary.no_materials, only) => Value::Materials(Vec::new()),
                [only] if vocabulary.only_refers(only) => Value::Unknown(UnknownWhy::Refers, fold::spelling(only)),
                [only] if part.shape == Shape::Text => materials::from_text(only, vocabulary),
                entries => materials::from_entries(entries, vocabulary),
            }
        }
        Kind::Steps => {
            let records = parts.records();
            if !records.is_empty() {
                return steps::from_records(&records, vocabulary);
            }
            let entries = parts.entries(Role::Value);
            match entries.as_slice() {
                [only] if vocabulary.only_refers(only) => Value::Unknown(UnknownWhy::Refers, fold::spelling(only)),
                entries => steps::parse(entries, vocabulary),
            }
        }
        Kind::Duration => match parts.text(Role::Value) {
            None => Value::Empty,
            Some(text) if vocabulary.only_refers(text) => Value::Unknown(UnknownWhy::Refers, fold::spelling(text)),
            Some(text) => duration::parse(text, parts.text(Role::Unit), &vocabulary.immediate).map_or_else(
                || Value::Unknown(UnknownWhy::Unreadable, fold::spelling(text)),
                Value::Duration,
            ),
        },
        Kind::Fees => fees::parse(
            &fees::Parts {
                value: parts.raw(Role::Value),
                standard: parts.raw(Role::Standard),
                name: parts.text(Role::Name),
                records: &parts.records(),
            },
            &vocabulary.no_fee,
            &vocabulary.refers,
            &empty,
        ),
        Kind::Outcomes => outcomes::parse(&parts.entries(Role::Value), parts.text(Role::Type), parts.list, &empty),
        Kind::Count => match parts.text(Role::Value) {
            None => Value::Empty,
            Some(text) => count(text).map_or_else(
                || Value::Unknown(UnknownWhy::Unreadable, fold::spelling(text)),
                Value::Count,
            ),
        },
        Kind::Text => {
            let entries = parts.entries(Role::Value);
            let text = entries
                .iter()
                .map(|entry| fold::spelling(entry))
                .collect::<Vec<_>>()
                .join("；");
            if text.is_empty() {
                Value::Empty
            } else {
                Value::Text(text)
            }
        }
    }
}

/// Sorted and without repetition; unreadable where there is text and nothing was found in it.
fn listed<T: Ord>(parts: &Parts<'_>, mut found: Vec<T>, wrap: impl Fn(Vec<T>) -> Value) -> Value {
    if found.is_empty() {
        let text = parts.entries(Role::Value).join("；");
        return if text.is_empty() {
            Value::Empty
        } else if parts.vocabulary.only_refers(&text) {
            Value::Unknown(UnknownWhy::Refers, fold::spelling(&text))
        } else {
            Value::Unknown(UnknownWhy::Unreadable, fold::spelling(&text))
        };
    }
    found.sort();
    found.dedup();
    wrap(found)
}

/// `0`, `0次`, `１次`, `一次`.
fn count(text: &str) -> Option<u32> {
    let half = fold::half(text);
    let bare = half.trim_end_matches(['次', '个', '份', '项', ' ']);
    u32::try_from(number::whole(bare)?).ok()
}

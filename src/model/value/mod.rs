//! The normal forms (规范值) of the kinds of elements, one file each, and their canonical spelling.
//!
//! Must not know how text is parsed into them (that is `normalise`) nor how two of them compare (that is `compare`).

mod amount;
mod choices;
mod citations;
mod clauses;
mod duration;
mod fees;
mod materials;
mod names;
mod outcomes;
mod steps;

use std::fmt::Display;

use super::code::Code;

pub use amount::{Amount, Span};
pub use choices::Choice;
pub use citations::{Article, Citation};
pub use clauses::{Clause, Clauses, Connector, Cut};
pub use duration::{Duration, TimeUnit};
pub use fees::{FeeItem, Fees, Reduction};
pub use materials::{Form, Material, Necessity};
pub use names::Name;
pub use outcomes::Outcome;
pub use steps::Step;

/// What parts the values of several rows that are taken together and do not say the same: each is one of several answers.
pub const SEVERAL: &str = " ｜ ";

/// Why a value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnknownWhy {
    /// The text only points elsewhere (见附件, 详见…).
    Refers,
    /// The text could not be read as its kind.
    Unreadable,
}

/// The normal form (规范值) of one element of one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// Nothing is said (empty, 无, -).
    Empty,
    /// Something is said that is not known to mean a value; the text is folded.
    Unknown(UnknownWhy, String),
    /// A name.
    Name(Name),
    /// A code.
    Code(Code),
    /// One choice of a list.
    Choice(Choice),
    /// Several, sorted.
    Choices(Vec<Choice>),
    /// Legal bases, sorted.
    Citations(Vec<Citation>),
    /// Conditions.
    Clauses(Clauses),
    /// Materials, in the order of the source.
    Materials(Vec<Material>),
    /// Steps, in their order; those named apart come last, sorted.
    Steps(Vec<Step>),
    /// A time limit.
    Duration(Duration),
    /// Charges.
    Fees(Fees),
    /// Results, sorted.
    Outcomes(Vec<Outcome>),
    /// A number.
    Count(u32),
    /// A text, folded.
    Text(String),
    /// What several rows of a divided item say where they do not agree, sorted.
    Several(Vec<Value>),
}

impl Value {
    /// Whether the value says something that can be compared.
    pub fn speaks(&self) -> bool {
        !matches!(self, Value::Empty | Value::Unknown(..)) && !self.cut_off()
    }

    /// Whether the text certainly stops before its end.
    pub fn cut_off(&self) -> bool {
        match self {
            Value::Clauses(clauses) => clauses.cut == Cut::Certain,
            Value::Several(values) => values.iter().any(Value::cut_off),
            _ => false,
        }
    }

    /// Whether the text may stop before its end: it is only good for finding it equal.
    pub fn may_be_cut_off(&self) -> bool {
        matches!(self, Value::Clauses(clauses) if clauses.cut != Cut::No)
    }

    /// The entries of a list, each by its name or text without what is said beside it; of anything else the one spelling. None where
    /// nothing is said.
    pub fn entries(&self) -> Vec<String> {
        match self {
            Value::Empty => Vec::new(),
            Value::Choices(choices) => choices.iter().map(|choice| choice.name.clone()).collect(),
            Value::Citations(items) => items.iter().map(ToString::to_string).collect(),
            Value::Clauses(clauses) => clauses.items.iter().map(|clause| clause.text.clone()).collect(),
            Value::Materials(items) => items.iter().map(Material::title).collect(),
            Value::Steps(steps) => steps.iter().map(|step| step.name.clone()).collect(),
            Value::Outcomes(items) => items.iter().map(|item| item.name.clone()).collect(),
            Value::Several(values) => values.iter().flat_map(Value::entries).collect(),
            _ => vec![self.spelling()],
        }
    }

    /// The canonical spelling: equal for values that mean the same, whatever the order of a set in the source.
    pub fn canonical(&self) -> String {
        match self {
            Value::Materials(items) if items.is_empty() => "无需提交材料".to_owned(),
            Value::Materials(items) => {
                let mut names: Vec<String> = items.iter().map(ToString::to_string).collect();
                names.sort_unstable();
                names.dedup();
                names.join("；")
            }
            Value::Citations(items) => {
                // The same article with and without a document number is one basis.
                let mut cited: Vec<String> = items.iter().map(ToString::to_string).collect();
                cited.dedup();
                cited.join("；")
            }
            Value::Clauses(clauses) => clauses.canonical(),
            _ => self.spelling(),
        }
    }

    /// What makes the value equal to another at a glance: the canonical spelling, and what is no part of it but may contradict
    /// (document numbers of laws, what a time limit does not count); and how many bytes of it are the canonical spelling.
    pub fn meaning(&self) -> (String, usize) {
        let mut meaning = self.canonical();
        let canonical = meaning.len();
        let beside: Vec<&str> = match self {
            Value::Citations(citations) => citations
                .iter()
                .filter_map(|citation| citation.number.as_deref())
                .collect(),
            Value::Duration(duration) => duration.excludes.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        for text in beside {
            meaning.push('\n');
            meaning.push_str(text);
        }
        (meaning, canonical)
    }

    /// The spelling for guides: the normal form, in the order of the source where that helps the reader.
    pub fn spelling(&self) -> String {
        fn list<T: Display>(items: &[T], separator: &str) -> String {
            items
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(separator)
        }
        match self {
            Value::Empty => String::new(),
            Value::Unknown(_, text) | Value::Text(text) => text.clone(),
            Value::Name(name) => name.to_string(),
            Value::Code(code) => code.basic().to_owned(),
            Value::Choice(choice) => choice.name.clone(),
            Value::Choices(choices) => choices.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("、"),
            Value::Citations(items) => list(items, "；"),
            Value::Clauses(clauses) => clauses.spelling(),
            Value::Materials(items) if items.is_empty() => self.canonical(),
            Value::Materials(items) => list(items, "；"),
            Value::Steps(steps) => Step::spelling(steps),
            Value::Duration(duration) => duration.to_string(),
            Value::Fees(Fees::None) => "不收费".to_owned(),
            Value::Fees(Fees::Charged(items)) if items.is_empty() => "收费".to_owned(),
            Value::Fees(Fees::Charged(items)) => list(items, "；"),
            Value::Outcomes(items) => list(items, "；"),
            Value::Count(n) => n.to_string(),
            Value::Several(values) => values.iter().map(Value::spelling).collect::<Vec<_>>().join(SEVERAL),
        }
    }
}

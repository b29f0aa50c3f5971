//! The normal form of conditions (受理条件).
//!
//! Must not know how they are read or compared.

/// One condition, without its numbering.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clause {
    /// How deep it stood in the numbering, from 0.
    pub depth: u8,
    /// The text, folded.
    pub text: String,
}

/// How many of the clauses must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Connector {
    /// All of them, or not said.
    #[default]
    All,
    /// One of them (之一).
    Any,
}

/// Whether a text was cut off by whoever collected it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Cut {
    /// It is whole.
    #[default]
    No,
    /// A first number without a second.
    Suspected,
    /// It ends in a colon, in the middle of a bracket, or after the only entry of a list with a semicolon.
    Certain,
}

/// Conditions (受理条件).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Clauses {
    /// The clauses in the order of the source. Empty: there are expressly none (无条件受理).
    pub items: Vec<Clause>,
    /// All or one of them.
    pub connector: Connector,
    /// Whether the text stops before its end.
    pub cut: Cut,
}

impl Clauses {
    /// The clauses in one line.
    pub(super) fn spelling(&self) -> String {
        if self.items.is_empty() && self.cut == Cut::No {
            return "无条件".to_owned();
        }
        let mut out = String::new();
        if self.connector == Connector::Any {
            out.push_str("符合下列条件之一：");
        }
        out.push_str(
            &self
                .items
                .iter()
                .map(|clause| clause.text.as_str())
                .collect::<Vec<_>>()
                .join("；"),
        );
        if self.cut == Cut::Certain {
            out.push('…');
        }
        out
    }
}

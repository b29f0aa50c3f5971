//! The normal form of what is charged (收费).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

use super::{Citation, Span};

/// One charge. Without a name, an amount and a text it only says that something is charged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeeItem {
    /// What is charged for; empty where only an amount is named.
    pub name: String,
    /// How much, in yuan; `None` where the text names no amount.
    pub amount: Option<Span>,
    /// Per what (件, 人次 …); empty where not said.
    pub per: String,
    /// The text of the standard, folded, where no amount could be read. `按《…》执行` where the standard is a named document, which
    /// then stands in `basis`.
    pub text: String,
    /// Who pays less, sorted.
    pub reductions: Vec<Reduction>,
    /// The documents that it rests on, sorted.
    pub basis: Vec<Citation>,
}

/// Who pays less than the standard says (减免).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reduction {
    /// Who; empty where the source only says that the charge may be reduced.
    pub who: String,
    /// How much: `免收`, `减半`, `按80%收取`; `减免` where not said.
    pub much: String,
}

impl Reduction {
    /// What a source says that names neither who nor how much.
    pub const OPEN: &'static str = "减免";

    /// Whether neither who nor how much is said.
    pub fn is_open(&self) -> bool {
        self.who.is_empty() && self.much == Self::OPEN
    }
}

impl Display for Reduction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.who, self.much)
    }
}

impl FeeItem {
    /// Whether it only says that something is charged.
    pub fn is_bare(&self) -> bool {
        self.name.is_empty() && self.amount.is_none() && self.text.is_empty()
    }

    /// Whether the standard is what a named document says.
    pub fn follows_document(&self) -> bool {
        self.amount.is_none() && !self.basis.is_empty() && self.text == Self::following(&self.basis)
    }

    /// The text of a standard that a document sets.
    pub fn following(basis: &[Citation]) -> String {
        let documents: Vec<String> = basis.iter().map(document).collect();
        format!("按{}执行", documents.join("、"))
    }

    /// The charge without who pays less and without its basis.
    pub fn charge(&self) -> String {
        let rest = match self.amount {
            Some(amount) if self.per.is_empty() => format!("{amount}元"),
            Some(amount) => format!("{amount}元/{}", self.per),
            None if self.is_bare() => "收费".to_owned(),
            None => self.text.clone(),
        };
        match self.name.as_str() {
            "" => rest,
            name => format!("{name}：{rest}"),
        }
    }
}

impl Display for FeeItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.charge())?;
        if !self.reductions.is_empty() {
            let all: Vec<String> = self.reductions.iter().map(ToString::to_string).collect();
            write!(f, "【减免：{}】", all.join("，"))?;
        }
        if !self.basis.is_empty() && !self.follows_document() {
            let all: Vec<String> = self.basis.iter().map(document).collect();
            write!(f, "【依据：{}】", all.join("、"))?;
        }
        Ok(())
    }
}

/// A citation with its document number: 《办法》（粤价〔2013〕1号）第3条.
fn document(citation: &Citation) -> String {
    let spelt = citation.to_string();
    let title = format!("《{}》", citation.title);
    match (&citation.number, spelt.strip_prefix(&title)) {
        // A number that stands for the whole document is its title.
        (Some(number), Some(place)) if *number != citation.title => format!("{title}（{number}）{place}"),
        _ => spelt,
    }
}

/// What is charged (收费).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fees {
    /// Nothing (不收费).
    None,
    /// Something; the list is empty where the source only says yes.
    Charged(Vec<FeeItem>),
}

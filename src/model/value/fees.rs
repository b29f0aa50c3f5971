//! The normal form of what is charged (收费).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display, Write as _};

use super::Span;

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeeItem {
    /// What is charged for; empty where only an amount is named.
    pub name: String,
    /// How much, in yuan; `None` where the text names no amount.
    pub amount: Option<Span>,
    /// Per what (件, 人次 …); empty where not said.
    pub per: String,
    /// The text of the standard, folded, where no amount could be read.
    pub text: String,
}

impl Display for FeeItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if !self.name.is_empty() {
            f.write_char('：')?;
        }
        match self.amount {
            Some(amount) => {
                write!(f, "{amount}元")?;
                if !self.per.is_empty() {
                    write!(f, "/{}", self.per)?;
                }
                Ok(())
            }
            None => f.write_str(&self.text),
        }
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

//! The normal form of a name (事项名称).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

/// A name in its parts (事项名称).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The item's name without the case.
    pub item: String,
    /// The main item (主项), where a column says so.
    pub main: Option<String>,
    /// The case of the handling item (业务办理项), where there is one.
    pub case: Option<String>,
}

impl Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.item)?;
        match &self.case {
            Some(case) => write!(f, "（{case}）"),
            None => Ok(()),
        }
    }
}

//! The normal form of a result of handling (办理结果).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

/// One result of handling (办理结果).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Outcome {
    /// The canonical name.
    pub name: String,
    /// Its type (证照, 批文 …), where said.
    pub kind: Option<String>,
}

impl Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.kind {
            Some(kind) if !self.name.is_empty() => write!(f, "（{kind}）"),
            Some(kind) => f.write_str(kind),
            None => Ok(()),
        }
    }
}

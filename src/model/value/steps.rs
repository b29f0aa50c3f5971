//! The normal form of the procedure (办理流程).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

use super::Duration;

/// One step of the procedure (办理环节).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    /// The canonical name.
    pub name: String,
    /// How long, where said.
    pub days: Option<Duration>,
    /// A special procedure (听证, 专家评审 …) outside the counted time, 行政许可法 art. 45.
    pub special: bool,
}

impl Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.days {
            Some(days) => write!(f, "（{days}）"),
            None => Ok(()),
        }
    }
}

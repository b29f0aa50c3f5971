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
    /// The source names it apart from the others, so its place among them is not known: a column of special procedures.
    pub apart: bool,
}

impl Step {
    /// The spelling of a procedure: 受理→审查→决定；特别程序：听证、专家评审.
    pub fn spelling(steps: &[Step]) -> String {
        let list = |apart: bool, separator: &str| {
            let steps = steps.iter().filter(|step| step.apart == apart);
            steps.map(ToString::to_string).collect::<Vec<_>>().join(separator)
        };
        let (mut spelling, apart) = (list(false, "→"), list(true, "、"));
        if !apart.is_empty() {
            spelling.push_str(if spelling.is_empty() {
                "特别程序："
            } else {
                "；特别程序："
            });
            spelling.push_str(&apart);
        }
        spelling
    }
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

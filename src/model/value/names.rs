//! The normal form of a name (事项名称).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

/// A name in its parts (事项名称).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The item's name without the case, the level and remarks.
    pub item: String,
    /// The main item (主项), where a column says so.
    pub main: Option<String>,
    /// The case of the handling item (业务办理项), where there is one.
    pub case: Option<String>,
    /// The level in brackets behind the name: （县级权限）, （县级行使） and （县级） are `县级`.
    pub level: Option<String>,
    /// Remarks on policy in brackets behind the name (据省政府令第349号，…), sorted.
    pub remarks: Vec<String>,
}

impl Name {
    /// The item's name with its level: what tells items of one list apart.
    pub fn item_at_level(&self) -> String {
        match &self.level {
            Some(level) => format!("{}（{level}）", self.item),
            None => self.item.clone(),
        }
    }

    /// Item and case alone.
    pub fn bare(&self) -> String {
        match &self.case {
            Some(case) => format!("{}（{case}）", self.item),
            None => self.item.clone(),
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.bare())?;
        for behind in self.level.iter().chain(&self.remarks) {
            write!(f, "（{behind}）")?;
        }
        Ok(())
    }
}

//! The normal form of the materials of an application (申请材料).
//!
//! Must not know how they are read or compared.

use std::fmt::{self, Display};

/// In which form a material is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Form {
    /// 原件.
    pub original: bool,
    /// 复印件.
    pub copy: bool,
    /// 电子件.
    pub electronic: bool,
}

impl Form {
    /// Whether nothing is said.
    pub fn unsaid(self) -> bool {
        self == Form::default()
    }
}

/// Whether a material must be handed in (材料必要性).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Necessity {
    /// 必要.
    Required,
    /// 非必要.
    Optional,
    /// 容缺后补: may follow later.
    Later,
}

/// One material of an application (申请材料).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Material {
    /// The canonical name.
    pub name: String,
    /// The form, where said.
    pub form: Form,
    /// Number of originals, where said.
    pub originals: Option<u32>,
    /// Number of copies, where said.
    pub copies: Option<u32>,
    /// Necessity, where said.
    pub necessity: Option<Necessity>,
    /// Where it comes from (来源渠道), where said.
    pub source: Option<String>,
    /// When it is needed, where only in some cases.
    pub when: Option<String>,
    /// What it must contain or look like, from remarks in the name.
    pub remark: Option<String>,
}

impl Material {
    /// A material of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Material {
            name: name.into(),
            form: Form::default(),
            originals: None,
            copies: None,
            necessity: None,
            source: None,
            when: None,
            remark: None,
        }
    }
}

impl Display for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        let mut said: Vec<String> = Vec::new();
        let originals = self.originals.filter(|&n| n > 0);
        let copies = self.copies.filter(|&n| n > 0);
        if self.form.original || originals.is_some() {
            said.push(originals.map_or_else(|| "原件".to_owned(), |n| format!("原件{n}份")));
        }
        if self.form.copy || copies.is_some() {
            said.push(copies.map_or_else(|| "复印件".to_owned(), |n| format!("复印件{n}份")));
        }
        if self.form.electronic {
            said.push("电子件".to_owned());
        }
        match self.necessity {
            Some(Necessity::Optional) => said.push("非必要".to_owned()),
            Some(Necessity::Later) => said.push("容缺后补".to_owned()),
            Some(Necessity::Required) | None => {}
        }
        said.extend(self.when.iter().cloned());
        said.extend(self.remark.iter().cloned());
        if !said.is_empty() {
            write!(f, "（{}）", said.join("，"))?;
        }
        Ok(())
    }
}

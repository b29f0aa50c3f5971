//! The normal form of the materials of an application (申请材料).
//!
//! Must not know how they are read or compared.

use std::fmt::{self, Display};

/// In which form a material is handed in. Nothing is said where everything is false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Form {
    /// 原件.
    pub original: bool,
    /// 复印件.
    pub copy: bool,
    /// Original or copy, whichever the applicant has (原件或复印件); only where both are true.
    pub either: bool,
    /// The original is only shown and given back (原件核验).
    pub shown: bool,
    /// The original is handed in and kept (收原件); never together with `shown`.
    pub kept: bool,
    /// 纸质.
    pub paper: bool,
    /// 电子件; with `paper`: one of the two (纸质或电子件).
    pub electronic: bool,
    /// With the applicant's stamp (加盖公章).
    pub sealed: bool,
    /// With the applicant's signature (签字).
    pub signed: bool,
}

/// Whether a material must be handed in (材料必要性). What is not said to be otherwise is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Necessity {
    /// 必要.
    #[default]
    Required,
    /// 非必要.
    Optional,
    /// 容缺后补: may follow later.
    Later,
    /// 信息免交、信用后补: known to the office already, or handed in later on the applicant's word.
    Waived,
}

impl Necessity {
    /// All of them.
    pub const ALL: [Necessity; 4] = [
        Necessity::Required,
        Necessity::Optional,
        Necessity::Later,
        Necessity::Waived,
    ];

    /// The word of the field.
    pub fn word(self) -> &'static str {
        match self {
            Necessity::Required => "必要",
            Necessity::Optional => "非必要",
            Necessity::Later => "容缺后补",
            Necessity::Waived => "信息免交、信用后补",
        }
    }
}

/// One material of an application (申请材料).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Material {
    /// The canonical name.
    pub name: String,
    /// The papers that will do instead (身份证或护照), sorted, all behind `name`; nearly always none.
    pub or: Vec<String>,
    /// The form, where said.
    pub form: Form,
    /// Number of originals, where said; never 0.
    pub originals: Option<u32>,
    /// Number of copies, where said; never 0.
    pub copies: Option<u32>,
    /// Number of sheets or sets where it is not said of what (一式三份, 照片2张); never 0.
    pub sheets: Option<u32>,
    /// The numbers count sets (套), not single papers (份, 张).
    pub sets: bool,
    /// Necessity.
    pub necessity: Necessity,
    /// Where it comes from (来源渠道), where said.
    pub source: Option<String>,
    /// Whether the applicant must come to fill it in, where said.
    pub in_person: Option<bool>,
    /// In which cases it is needed, where only in some: 变更 of 变更时提供, 委托办理 of 委托办理的.
    pub when: Option<String>,
    /// What it must contain or look like, from remarks in the name.
    pub remark: Option<String>,
}

impl Material {
    /// A material of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Material {
            name: name.into(),
            or: Vec::new(),
            form: Form::default(),
            originals: None,
            copies: None,
            sheets: None,
            sets: false,
            necessity: Necessity::Required,
            source: None,
            in_person: None,
            when: None,
            remark: None,
        }
    }

    /// The papers of which one will do: nearly always one.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.or)
    }

    /// The measure word of the numbers: 份, or 套.
    pub fn measure(&self) -> &'static str {
        if self.sets { "套" } else { "份" }
    }

    /// The name as it is spelt: alternatives joined by 或.
    pub fn title(&self) -> String {
        let mut title = self.name.clone();
        for other in &self.or {
            title.push('或');
            title.push_str(other);
        }
        title
    }
}

impl Display for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for other in &self.or {
            write!(f, "或{other}")?;
        }
        let mut said: Vec<String> = Vec::new();
        let measure = self.measure();
        let counted = |word: &str, n: Option<u32>| n.map_or_else(|| word.to_owned(), |n| format!("{word}{n}{measure}"));
        if self.form.either {
            let (original, copy) = (counted("原件", self.originals), counted("复印件", self.copies));
            said.push(format!("{original}或{copy}"));
        } else {
            if self.form.original {
                said.push(counted("原件", self.originals));
            }
            if self.form.copy {
                said.push(counted("复印件", self.copies));
            }
        }
        said.extend(self.sheets.map(|n| format!("{n}{measure}")));
        let marks = [
            (self.form.shown, "原件核验"),
            (self.form.kept, "收原件"),
            (self.form.sealed, "盖章"),
            (self.form.signed, "签字"),
        ];
        said.extend(marks.iter().filter(|(on, _)| *on).map(|(_, word)| (*word).to_owned()));
        match (self.form.paper, self.form.electronic) {
            (true, true) => said.push("纸质或电子件".to_owned()),
            (true, false) => said.push("纸质".to_owned()),
            (false, true) => said.push("电子件".to_owned()),
            (false, false) => {}
        }
        if self.necessity != Necessity::Required {
            said.push(self.necessity.word().to_owned());
        }
        said.extend(self.source.iter().map(|source| format!("来源：{source}")));
        if self.in_person == Some(true) {
            said.push("本人到场".to_owned());
        }
        said.extend(self.when.iter().map(|when| format!("仅限{when}")));
        said.extend(self.remark.iter().cloned());
        if !said.is_empty() {
            write!(f, "（{}）", said.join("，"))?;
        }
        Ok(())
    }
}

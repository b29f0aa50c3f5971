//! The normal forms (规范值) of the kinds of elements, and their canonical spelling.
//!
//! Must not know how text is parsed into them (that is `normalise`) nor how two of them compare (that is `compare`).

use std::fmt::{self, Display, Write as _};

use super::code::Code;

/// A decimal number with four places, enough for days, hours and money. `Amount(5_000)` is 0.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Amount(i64);

impl Amount {
    const ONE: i64 = 10_000;

    /// A whole number.
    pub const fn whole(n: i64) -> Self {
        Amount(n.saturating_mul(Self::ONE))
    }

    /// Reads `20`, `0.5`, `1,000.00`; at most four decimals, anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|&c| c != ',' && c != '，').collect();
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let rest = rest.trim_end_matches('0');
        if whole.is_empty() || whole.len() > 13 || rest.len() > 4 {
            return None;
        }
        if !whole.bytes().chain(rest.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let decimals: i64 = format!("{rest:0<4}").parse().ok()?;
        whole.checked_mul(Self::ONE)?.checked_add(decimals).map(Amount)
    }

    /// The number times another whole number, saturating.
    pub fn times(self, n: i64) -> Self {
        Amount(self.0.saturating_mul(n))
    }

    /// The sum, saturating.
    pub fn plus(self, other: Self) -> Self {
        Amount(self.0.saturating_add(other.0))
    }

    /// Half a unit, as in 半个月.
    pub const HALF: Amount = Amount(Self::ONE / 2);

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / Self::ONE, (self.0 % Self::ONE).abs());
        if rest == 0 {
            write!(f, "{whole}")
        } else {
            write!(f, "{whole}.{}", format!("{rest:04}").trim_end_matches('0'))
        }
    }
}

/// One amount, or from … to ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The lower end.
    pub low: Amount,
    /// The upper end; the same as `low` for one amount.
    pub high: Amount,
}

impl Span {
    /// Exactly one amount.
    pub fn exactly(amount: Amount) -> Self {
        Span {
            low: amount,
            high: amount,
        }
    }
}

impl Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high {
            self.low.fmt(f)
        } else {
            write!(f, "{}-{}", self.low, self.high)
        }
    }
}

/// The unit of a time limit. Units are never converted into each other: 60 calendar days are not 60 working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// 工作日.
    WorkingDay,
    /// 自然日.
    CalendarDay,
    /// A bare 天 or 日: the source does not say which (行政许可法 art. 82 reads working days for permits).
    Day,
    /// 周.
    Week,
    /// 个月.
    Month,
    /// 年.
    Year,
    /// 小时.
    Hour,
    /// 分钟.
    Minute,
}

impl TimeUnit {
    /// The canonical spelling.
    pub fn spelling(self) -> &'static str {
        match self {
            TimeUnit::WorkingDay => "工作日",
            TimeUnit::CalendarDay => "自然日",
            TimeUnit::Day => "日",
            TimeUnit::Week => "周",
            TimeUnit::Month => "个月",
            TimeUnit::Year => "年",
            TimeUnit::Hour => "小时",
            TimeUnit::Minute => "分钟",
        }
    }
}

/// A time limit (时限).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duration {
    /// How much; `None` means that there is no limit (无期限).
    pub span: Option<Span>,
    /// Of what.
    pub unit: TimeUnit,
    /// The event it runs from, where it is another than the acceptance of the application (受理之日).
    pub start: Option<String>,
    /// What is not counted (听证, 检验 …). By 行政许可法 art. 45 these never count, so naming them changes nothing.
    pub excludes: Vec<String>,
}

impl Duration {
    /// Whether it is done on the spot (即办).
    pub fn immediate(&self) -> bool {
        self.span.is_some_and(|span| span.high.is_zero())
    }
}

impl Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(start) = &self.start {
            write!(f, "自{start}起")?;
        }
        match self.span {
            None => f.write_str("无期限"),
            Some(_) if self.immediate() => f.write_str("即办"),
            Some(span) => write!(f, "{span}{}", self.unit.spelling()),
        }
    }
}

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

/// An article number: 第三百零七条之一 is `Article { number: 307, of: 1 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Article {
    /// The number.
    pub number: u32,
    /// 之一, 之二 …; 0 for none.
    pub of: u32,
}

impl Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}条", self.number)?;
        if self.of > 0 {
            write!(f, "之{}", self.of)?;
        }
        Ok(())
    }
}

/// One legal basis (设定依据).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Citation {
    /// The title without 《》 and without 中华人民共和国.
    pub title: String,
    /// The article.
    pub article: Option<Article>,
    /// The last article of a range (第三条至第五条).
    pub to: Option<Article>,
    /// The paragraph (款), from 1.
    pub paragraph: Option<u32>,
    /// The subparagraph (项), from 1.
    pub item: Option<u32>,
    /// The point (目), from 1.
    pub point: Option<u32>,
    /// The document number, canonical as 〔2018〕11号 or 国务院令第426号.
    pub number: Option<String>,
    /// The label in front, as in 【法律】.
    pub label: Option<String>,
    /// The quoted text of the article.
    pub quote: Option<String>,
}

impl Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "《{}》", self.title)?;
        if let Some(article) = self.article {
            article.fmt(f)?;
        }
        if let Some(to) = self.to {
            write!(f, "至{to}")?;
        }
        if let Some(n) = self.paragraph {
            write!(f, "第{n}款")?;
        }
        if let Some(n) = self.item {
            write!(f, "第（{n}）项")?;
        }
        if let Some(n) = self.point {
            write!(f, "第{n}目")?;
        }
        Ok(())
    }
}

/// One entry of a code list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Choice {
    /// The code; empty where the text is on no list.
    pub code: String,
    /// The official name, or the folded text.
    pub name: String,
}

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

/// Why a value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnknownWhy {
    /// The text only points elsewhere (见附件, 详见…).
    Refers,
    /// The text could not be read as its kind.
    Unreadable,
}

/// The normal form (规范值) of one element of one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// Nothing is said (empty, 无, -).
    Empty,
    /// Something is said that is not known to mean a value; the text is folded.
    Unknown(UnknownWhy, String),
    /// A name.
    Name(Name),
    /// A code.
    Code(Code),
    /// One choice of a list.
    Choice(Choice),
    /// Several, sorted.
    Choices(Vec<Choice>),
    /// Legal bases, sorted.
    Citations(Vec<Citation>),
    /// Conditions.
    Clauses(Clauses),
    /// Materials, in the order of the source.
    Materials(Vec<Material>),
    /// Steps, in their order.
    Steps(Vec<Step>),
    /// A time limit.
    Duration(Duration),
    /// Charges.
    Fees(Fees),
    /// Results, sorted.
    Outcomes(Vec<Outcome>),
    /// A number.
    Count(u32),
    /// A text, folded.
    Text(String),
    /// What several rows of a divided item say where they do not agree, sorted.
    Several(Vec<Value>),
}

impl Value {
    /// Whether the value says something that can be compared.
    pub fn speaks(&self) -> bool {
        !matches!(self, Value::Empty | Value::Unknown(..)) && !self.cut_off()
    }

    /// Whether the text certainly stops before its end.
    pub fn cut_off(&self) -> bool {
        match self {
            Value::Clauses(clauses) => clauses.cut == Cut::Certain,
            Value::Several(values) => values.iter().any(Value::cut_off),
            _ => false,
        }
    }

    /// Whether the text may stop before its end: it is only good for finding it equal.
    pub fn may_be_cut_off(&self) -> bool {
        matches!(self, Value::Clauses(clauses) if clauses.cut != Cut::No)
    }

    /// The canonical spelling: equal for values that mean the same, whatever the order of a set in the source.
    pub fn canonical(&self) -> String {
        match self {
            Value::Materials(items) if items.is_empty() => "无需提交材料".to_owned(),
            Value::Materials(items) => {
                let mut names: Vec<String> = items.iter().map(ToString::to_string).collect();
                names.sort_unstable();
                names.dedup();
                names.join("；")
            }
            Value::Citations(items) => {
                // The same article with and without a document number is one basis.
                let mut cited: Vec<String> = items.iter().map(ToString::to_string).collect();
                cited.dedup();
                cited.join("；")
            }
            _ => self.spelling(),
        }
    }

    /// The spelling for guides: the normal form, in the order of the source where that helps the reader.
    pub fn spelling(&self) -> String {
        fn list<T: Display>(items: &[T], separator: &str) -> String {
            items
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(separator)
        }
        match self {
            Value::Empty => String::new(),
            Value::Unknown(_, text) | Value::Text(text) => text.clone(),
            Value::Name(name) => name.to_string(),
            Value::Code(code) => code.basic().to_owned(),
            Value::Choice(choice) => choice.name.clone(),
            Value::Choices(choices) => choices.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("、"),
            Value::Citations(items) => list(items, "；"),
            Value::Clauses(clauses) => clauses.spelling(),
            Value::Materials(items) if items.is_empty() => self.canonical(),
            Value::Materials(items) => list(items, "；"),
            Value::Steps(steps) => steps
                .iter()
                .map(|step| match &step.days {
                    Some(days) => format!("{}（{days}）", step.name),
                    None => step.name.clone(),
                })
                .collect::<Vec<_>>()
                .join("→"),
            Value::Duration(duration) => duration.to_string(),
            Value::Fees(Fees::None) => "不收费".to_owned(),
            Value::Fees(Fees::Charged(items)) if items.is_empty() => "收费".to_owned(),
            Value::Fees(Fees::Charged(items)) => list(items, "；"),
            Value::Outcomes(items) => list(items, "；"),
            Value::Count(n) => n.to_string(),
            Value::Several(values) => values.iter().map(Value::spelling).collect::<Vec<_>>().join(" ｜ "),
        }
    }
}

impl Clauses {
    fn spelling(&self) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_spell_back() {
        for (text, spelt) in [
            ("20", "20"),
            ("0.50", "0.5"),
            ("1,000.00", "1000"),
            ("0007", "7"),
            ("3.1415", "3.1415"),
        ] {
            assert_eq!(
                Amount::parse(text).map(|a| a.to_string()).as_deref(),
                Some(spelt),
                "{text}"
            );
        }
        for text in ["", ".", "x", "1.23456", "99999999999999", "-1", "1.2.3"] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }
}

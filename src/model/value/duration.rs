//! The normal form of a time limit (时限).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

use super::Span;

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

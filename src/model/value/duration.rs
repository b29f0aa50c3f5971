//! The normal form of a time limit (时限).
//!
//! Must not know how it is read or compared.

use std::fmt::{self, Display};

use super::{Amount, Span};

/// The unit of a time limit. Units are never converted into each other: 60 calendar days are not 60 working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// 工作日.
    WorkingDay,
    /// 自然日.
    CalendarDay,
    /// A bare 天 or 日: the source does not say which (行政许可法 art. 82 reads working days for permits).
    Day,
    /// 当日: within the day of the application. Neither 即办 nor a day counted from the next (民法典 art. 201).
    SameDay,
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
            TimeUnit::SameDay => "当日",
            TimeUnit::Week => "周",
            TimeUnit::Month => "个月",
            TimeUnit::Year => "年",
            TimeUnit::Hour => "小时",
            TimeUnit::Minute => "分钟",
        }
    }
}

/// A time limit (时限). Amounts have one form: years are months (民法典 art. 202), minutes that make whole hours are hours and other
/// parts of an hour are minutes; what is done on the spot is 0 working days. Nothing else is converted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duration {
    /// How much; `None` means that there is no limit (无期限).
    pub span: Option<Span>,
    /// Of what.
    pub unit: TimeUnit,
    /// The event it runs from, where it is another than the acceptance of the application (受理之日).
    pub start: Option<String>,
    /// What is not counted although the law would count it (公示, 制证 …), sorted.
    pub excludes: Vec<String>,
    /// What is not counted by law either (听证, 检验, 专家评审 …: 行政许可法 art. 45; 补正: art. 32), sorted. Naming it changes nothing.
    pub uncounted: Vec<String>,
    /// That it may be made longer, and by how much where said (行政许可法 art. 42). The limit itself stays what it is.
    pub extension: Option<Option<(Span, TimeUnit)>>,
    /// That the source says beside it that the papers must be complete (材料齐全).
    pub complete: bool,
}

impl Duration {
    /// A limit from the acceptance on that leaves nothing out, its amount in its one form.
    pub fn of(span: Span, unit: TimeUnit) -> Self {
        let by = |n| Span {
            low: span.low.times(n),
            high: span.high.times(n),
        };
        let (span, unit) = match unit {
            _ if span.high.is_zero() => (span, TimeUnit::WorkingDay),
            TimeUnit::Year => (by(12), TimeUnit::Month),
            TimeUnit::Hour | TimeUnit::Minute => {
                let minutes = if unit == TimeUnit::Hour { by(60) } else { span };
                let hours = |amount: Amount| amount.whole_part_of(60);
                match (hours(minutes.low), hours(minutes.high)) {
                    (Some(low), Some(high)) => (Span { low, high }, TimeUnit::Hour),
                    _ => (minutes, TimeUnit::Minute),
                }
            }
            _ => (span, unit),
        };
        Duration {
            span: Some(span),
            unit,
            start: None,
            excludes: Vec::new(),
            uncounted: Vec::new(),
            extension: None,
            complete: false,
        }
    }

    /// No limit (无期限).
    pub fn unlimited() -> Self {
        Duration {
            span: None,
            ..Duration::of(Span::exactly(Amount::whole(0)), TimeUnit::WorkingDay)
        }
    }

    /// The amount, of hours in minutes; nothing (0) where there is no limit.
    pub fn minutes(&self) -> Span {
        let span = self.span.unwrap_or(Span::exactly(Amount::whole(0)));
        let n = if self.unit == TimeUnit::Hour { 60 } else { 1 };
        Span {
            low: span.low.times(n),
            high: span.high.times(n),
        }
    }

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
            None => f.write_str("无期限")?,
            Some(_) if self.immediate() => f.write_str("即办")?,
            Some(_) if self.unit == TimeUnit::SameDay => f.write_str("当日")?,
            Some(span) => write!(f, "{span}{}", self.unit.spelling())?,
        }
        if !self.excludes.is_empty() {
            write!(f, "（不含{}）", self.excludes.join("、"))?;
        }
        Ok(())
    }
}

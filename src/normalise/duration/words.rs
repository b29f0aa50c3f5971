//! The words of time limits: units, marks, and the vocabulary of what is done at once or never ends.
//!
//! Must not know how a sentence is put together.

use std::borrow::Cow;
use std::collections::HashSet;

use super::compact;
use crate::model::TimeUnit;
use crate::normalise::scan::{Words, words};
use crate::normalise::{fold, vocabulary};

static UNITS: [(TimeUnit, Words); 9] = [
    (TimeUnit::WorkingDay, words!("法定工作日 工作日 工作天")),
    (TimeUnit::CalendarDay, words!("自然日 自然天 日历日 日历天")),
    (TimeUnit::Day, words!("天 日")),
    (TimeUnit::SameDay, words!("当日")),
    (TimeUnit::Week, words!("星期 礼拜 周")),
    (TimeUnit::Month, words!("自然月 月")),
    (TimeUnit::Year, words!("年")),
    (TimeUnit::Hour, words!("小时")),
    (TimeUnit::Minute, words!("分钟")),
];
/// What begins like a unit and is none.
static NO_UNIT: Words = words!(
    "周岁 周年 周边 周末 周长 周期 周一 周二 周三 周四 周五 周六 周日 年度 年龄 年级 年检 年审 年报 年代 月份 月底 \
     月初 月末 月中 日常 日期 日报 天然"
);
static UNIT_BEFORE: Words = words!("( 时限单位 单位 : 均 按照 按 以 指 为 是 个");
static UNIT_AFTER: Words = words!(") 计算 计 算 内");
static WITHIN: Words = words!("内 以内");

/// Words beside a number that change nothing about it.
pub(super) static GLUE: Words = words!(
    "不得超过 不能超过 不超过 应当 最长 最多 最迟 至迟 时限 期限 时间 法定 承诺 审批 办结 办理 完成 以内 之内 内 应 须 在 于 为 共 \
     个 ≤ <"
);
/// What turns a word that follows it.
static NOT: Words = words!("不能 不能够 不可 不可以 不属于 不得 不是 不 非 未能 未 无法");
/// What shows that a word for "at once" says when it is done, not how.
static DONE: Words = words!("办 作出 决定 审批 发证 发放 颁 领取 取证");

/// Whether a text is divided here into the pieces that are looked at one by one.
pub(super) fn breaks(c: char) -> bool {
    ends_sentence(c) || closes(c) || matches!(c, ',' | ':' | '|' | '(' | '[' | '【')
}

/// Whether a sentence ends here.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '\n' | '。' | ';' | '!' | '?')
}

/// Whether a bracket closes here.
pub(super) fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '】')
}

/// A word that stands for an amount of time.
#[derive(Clone, Debug)]
struct Spot {
    word: String,
    /// The same without words that change nothing.
    bare: String,
    /// What it is read as.
    means: &'static str,
}

impl AsRef<str> for Spot {
    fn as_ref(&self) -> &str {
        &self.word
    }
}

/// The vocabulary of time limits.
#[derive(Clone, Debug)]
pub struct TimeWords {
    spots: Words<Spot>,
    unlimited: HashSet<String>,
    uncounted: HashSet<String>,
}

impl Default for TimeWords {
    fn default() -> Self {
        TimeWords::new(&[], &[], &[], &[])
    }
}

impl TimeWords {
    /// Words for "on the spot", for "within the same day", for "without limit", and for what the law never counts.
    pub fn new(immediate: &[String], same_day: &[String], unlimited: &[String], uncounted: &[String]) -> TimeWords {
        let folded = |word: &String| compact(&fold::half(word));
        let spot = |word: String, means| Spot {
            bare: GLUE.off(&word).to_owned(),
            word,
            means,
        };
        let immediate = immediate.iter().map(|word| spot(folded(word), "|0工作日"));
        let same_day = same_day.iter().map(|word| spot(folded(word), "|1当日"));
        // What normal forms are spelt with is always known.
        let own = [("即办", "|0工作日"), ("当日", "|1当日")].map(|(word, means)| spot(word.to_owned(), means));
        let mut unlimited: HashSet<String> = unlimited.iter().map(folded).collect();
        unlimited.insert("无期限".to_owned());
        TimeWords {
            spots: Words::owned(own.into_iter().chain(immediate).chain(same_day).collect()),
            unlimited,
            uncounted: uncounted.iter().map(|word| vocabulary::key(word)).collect(),
        }
    }

    /// Whether a whole text is a word for "on the spot" or "within the same day".
    pub(in crate::normalise) fn is_spot(&self, text: &str) -> bool {
        let text = compact(&fold::half(text));
        matches!(self.spots.find(&text), Some((0, spot)) if spot.word == text)
    }

    /// Whether a piece says that there is no limit.
    pub(super) fn endless(&self, piece: &str) -> bool {
        self.unlimited.contains(piece)
    }

    /// Whether the law itself does not count this.
    pub(super) fn uncounted(&self, what: &str) -> bool {
        self.uncounted.contains(&vocabulary::key(what))
    }

    /// Writes what is done at once as an amount. Most words for it, and 现场办理, also say where or how something else is done, so
    /// inside a longer text only what follows makes them clear.
    pub(super) fn spell<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.spots.within(text) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for piece in text.split_inclusive(breaks) {
            let bare = GLUE.off(piece.trim_end_matches(breaks));
            let mut at = 0;
            while let Some((skip, spot)) = self.spots.find(&piece[at..]) {
                let (before, rest) = piece[at..].split_at(skip);
                let after = &rest[spot.word.len()..];
                // 现场办理, 现场办结 and the like also say where.
                let long = spot.word.chars().nth(3).is_some() && !spot.word.starts_with("现场");
                let clear = (long || spot.word == "即办" || DONE.begins(after) || bare == spot.bare)
                    && !NOT.ends(&piece[..at + skip])
                    && !after.starts_with('起');
                out += before;
                out += if clear { spot.means } else { &spot.word };
                at += skip + spot.word.len();
            }
            out += &piece[at..];
        }
        Cow::Owned(out)
    }
}

/// Whether days of this unit say which days are meant.
pub(super) fn counts_days(unit: TimeUnit) -> bool {
    matches!(unit, TimeUnit::WorkingDay | TimeUnit::CalendarDay)
}

/// The unit that a piece names: 工作日, 均指工作日, 按工作日计算.
pub(super) fn unit_word(text: &str) -> Option<TimeUnit> {
    let text = UNIT_AFTER.off_end(UNIT_BEFORE.off_start(text));
    let named = UNITS
        .iter()
        .find(|(_, words)| words.first(text).is_some_and(|word| word.len() == text.len()));
    named.map(|unit| unit.0)
}

/// The unit that follows a number, and where it ends.
pub(super) fn unit_at(text: &str, at: usize) -> Option<(TimeUnit, usize)> {
    let rest = text[at..].strip_prefix('个').unwrap_or(&text[at..]);
    let open = rest.strip_prefix(['(', '[', '【']);
    let rest = open.or(rest.strip_prefix('/')).unwrap_or(rest);
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    let named = UNITS
        .iter()
        .find_map(|(unit, words)| Some((*unit, words.first(rest)?.len())));
    // 24时 alone is a time of day.
    let clock = || rest.strip_prefix('时').filter(|after| WITHIN.begins(after));
    let (unit, len) = named.or_else(|| clock().map(|after| (TimeUnit::Hour, rest.len() - after.len())))?;
    if NO_UNIT.begins(rest) {
        return None;
    }
    let rest = &rest[len..];
    let close = rest.strip_prefix('内').unwrap_or(rest);
    let close = close.strip_prefix(closes).or(close.starts_with('\n').then_some(close));
    let rest = if open.is_some() { close? } else { rest };
    Some((unit, text.len() - rest.len()))
}

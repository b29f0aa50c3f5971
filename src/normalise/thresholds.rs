//! Thresholds in running text: 年满18周岁, 18周岁以上 and 不低于18周岁 are one interval of ages. 以上, 以下, 以内 and 满 include the number,
//! 超过, 不满, 以外 do not (民法典 art. 1259).
//!
//! Must not know whether a wider interval is better. What is measured is the unit and the rest of the text, which must be the same words.

use std::borrow::Cow;

use super::numerals::{Measures, Quantity};

/// One end of an interval: the number in ten-thousandths, and whether it belongs to it.
pub type End = (i128, bool);

/// An interval that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
    /// The unit: 周岁, 元, 平方米.
    pub unit: String,
    /// Whether the upper end is that of a distance, which is spelt 以内: a place 100米以下 lies low.
    pub within: bool,
}

/// How two intervals lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// They are one.
    Same,
    /// The second lies inside the first.
    Inside,
    /// The first lies inside the second.
    Outside,
    /// Each has numbers that the other has not.
    Across,
}

impl Threshold {
    /// The same interval in the smaller unit, where one is so many of another whatever the calendar: a year is 12 months.
    fn in_months(&self) -> Cow<'_, Threshold> {
        if self.unit != "年" {
            return Cow::Borrowed(self);
        }
        let months = |end: Option<End>| end.map(|(n, closed)| (n.saturating_mul(12), closed));
        Cow::Owned(Threshold {
            low: months(self.low),
            high: months(self.high),
            unit: "个月".to_owned(),
            within: self.within,
        })
    }

    /// How another interval lies to this one; `None` where the units differ and none is so many of the other.
    pub fn lie(&self, other: &Threshold) -> Option<Lie> {
        if self.unit != other.unit {
            let (this, other) = (self.in_months(), other.in_months());
            return if this.unit == other.unit {
                this.lie(&other)
            } else {
                None
            };
        }
        // An open end is a little further in than a closed one: twice the number leaves room for that.
        let low = |end: Option<End>| end.map_or(i128::MIN, |(n, closed)| n.saturating_mul(2) + i128::from(!closed));
        let high = |end: Option<End>| end.map_or(i128::MAX, |(n, closed)| n.saturating_mul(2) - i128::from(!closed));
        let (here, there) = ((low(self.low), high(self.high)), (low(other.low), high(other.high)));
        Some(if here == there {
            Lie::Same
        } else if here.0 <= there.0 && there.1 <= here.1 {
            Lie::Inside
        } else if there.0 <= here.0 && here.1 <= there.1 {
            Lie::Outside
        } else {
            Lie::Across
        })
    }
}

impl std::fmt::Display for Threshold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = |n| super::numerals::spell(n, true);
        let unit = &self.unit;
        match (self.low, self.high) {
            (Some((low, true)), Some((high, true))) => write!(f, "{}至{}{unit}", number(low), number(high)),
            (low, high) => {
                match low {
                    Some((low, true)) => write!(f, "{}{unit}以上", number(low))?,
                    Some((low, false)) => write!(f, "超过{}{unit}", number(low))?,
                    None => {}
                }
                if matches!(low, Some((_, false))) && high.is_some() {
                    f.write_str("、")?;
                }
                match high {
                    Some((high, true)) if self.within => write!(f, "{}{unit}以内", number(high)),
                    Some((high, true)) => write!(f, "{}{unit}以下", number(high)),
                    Some((high, false)) => write!(f, "不满{}{unit}", number(high)),
                    None => Ok(()),
                }
            }
        }
    }
}

/// Stands where a threshold was taken out of a text.
pub const HOLE: char = '▢';

/// The text with its thresholds of years in months, in which texts of the one and the other unit can be held against each other.
pub fn in_months<'a>(text: &'a str, measures: &Measures) -> Cow<'a, str> {
    if !text.contains('年') {
        return Cow::Borrowed(text);
    }
    written(text, &find(text, measures), |threshold| {
        threshold.in_months().to_string()
    })
}

/// The text without its thresholds ([`HOLE`] in their place), and the thresholds in their order. The text is one that
/// [`super::numerals::fold`] has been through.
pub fn split(text: &str, measures: &Measures) -> (String, Vec<Threshold>) {
    let found = find(text, measures);
    let mut rest = String::new();
    let mut copied = 0;
    for (start, end, _) in &found {
        rest.push_str(&text[copied..*start]);
        rest.push(HOLE);
        copied = *end;
    }
    rest.push_str(&text[copied..]);
    (rest, found.into_iter().map(|(_, _, threshold)| threshold).collect())
}

/// The text with its thresholds in their canonical spelling.
pub fn fold<'a>(text: &'a str, measures: &Measures) -> Cow<'a, str> {
    written(text, &find(text, measures), Threshold::to_string)
}

/// The text with its thresholds written in another way.
fn written<'a>(
    text: &'a str,
    found: &[(usize, usize, Threshold)],
    write: impl Fn(&Threshold) -> String,
) -> Cow<'a, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut copied = 0;
    for (start, end, threshold) in found {
        out.push_str(&text[copied..*start]);
        out.push_str(&write(threshold));
        copied = *end;
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

/// Words before a number, the longer before the shorter they end in.
const BEFORE: [(&str, Side, bool); 33] = [
    ("大于或等于", Side::Low, true),
    ("大于等于", Side::Low, true),
    ("小于或等于", Side::High, true),
    ("小于等于", Side::High, true),
    ("不少于", Side::Low, true),
    ("不低于", Side::Low, true),
    ("不小于", Side::Low, true),
    ("不超过", Side::High, true),
    ("不高于", Side::High, true),
    ("不多于", Side::High, true),
    ("不大于", Side::High, true),
    ("至少", Side::Low, true),
    ("最少", Side::Low, true),
    ("最低", Side::Low, true),
    ("至多", Side::High, true),
    ("最多", Side::High, true),
    ("最高", Side::High, true),
    ("年满", Side::Low, true),
    ("已满", Side::Low, true),
    ("不满", Side::High, false),
    ("未满", Side::High, false),
    ("不足", Side::High, false),
    ("小于", Side::High, false),
    ("低于", Side::High, false),
    ("少于", Side::High, false),
    ("超过", Side::Low, false),
    ("大于", Side::Low, false),
    ("高于", Side::Low, false),
    ("多于", Side::Low, false),
    ("≥", Side::Low, true),
    ("≤", Side::High, true),
    ("〉", Side::Low, false),
    ("〈", Side::High, false),
];
const AFTER: [(&str, Side); 5] = [
    ("及以上", Side::Low),
    ("及以下", Side::High),
    ("以上", Side::Low),
    ("以下", Side::High),
    ("以内", Side::High),
];
/// What turns the word that follows: 不得超过 forbids. Such a limit is left as it is written.
const TURNS: [&str; 13] = [
    "不得", "不应", "不能", "不可", "不准", "禁止", "严禁", "未", "没有", "无", "不", "不会", "不曾",
];
/// What is measured in so many words, after which 为 and 在 say nothing: 年龄在18周岁以上.
const MEASURED: [&str; 16] = [
    "年龄", "面积", "资本", "资金", "资产", "人数", "比例", "金额", "总额", "年限", "距离", "高度", "长度", "宽度",
    "数量", "规模",
];
/// Units of time limits: 30日以内 is a term, not a condition on a number.
const TERMS: [&str; 9] = [
    "日",
    "天",
    "个工作日",
    "个自然日",
    "个日历日",
    "小时",
    "分钟",
    "周",
    "个月",
];

/// Units of distances.
const LENGTHS: [&str; 2] = ["米", "海里"];

fn find(text: &str, measures: &Measures) -> Vec<(usize, usize, Threshold)> {
    let mut found: Vec<(usize, usize, Threshold)> = Vec::new();
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return found;
    }
    let mut from = 0;
    for quantity in super::numerals::quantities(text, measures) {
        // The number in （含18周岁） went with the threshold before it.
        if quantity.start < from {
            continue;
        }
        let Some((start, end, threshold)) = one(text, from, &quantity) else {
            from = quantity.end;
            continue;
        };
        from = end;
        // 18周岁以上60周岁以下 is one interval.
        if let Some((_, last_end, last)) = found.last_mut()
            && matches!(
                &text[*last_end..start],
                "" | "、" | "，" | "且" | "至" | "，且" | "并" | "但" | "，但" | "和"
            )
            && last.unit == threshold.unit
            && last.high.is_none()
            && threshold.low.is_none()
            && last.low.zip(threshold.high).is_some_and(|(low, high)| low.0 < high.0)
        {
            last.high = threshold.high;
            last.within = threshold.within;
            *last_end = end;
            continue;
        }
        found.push((start, end, threshold));
    }
    found
}

/// The threshold of one quantity: where it starts and ends with its words.
fn one(text: &str, from: usize, quantity: &Quantity) -> Option<(usize, usize, Threshold)> {
    let threshold = |low, high| Threshold {
        low,
        high,
        unit: quantity.unit.clone(),
        within: false,
    };
    let before = &text[from..quantity.start];
    let after = &text[quantity.end..];
    if let Some(to) = quantity.to {
        let end = quantity.end + if after.starts_with("之间") { "之间".len() } else { 0 };
        // 18至60周岁以上 says nothing clear.
        let clear = !AFTER.iter().any(|(word, _)| after.starts_with(word))
            && !BEFORE.iter().any(|(word, ..)| before.ends_with(word));
        return clear.then(|| {
            (
                linked(text, from, quantity.start),
                end,
                threshold(Some((quantity.value, true)), Some((to, true))),
            )
        });
    }
    let word = BEFORE.iter().find(|(word, ..)| before.ends_with(word)).copied();
    // 期满3年 is no number that is reached, but a term that is over.
    let word = word.or_else(|| {
        let rest = before.strip_suffix('满')?;
        (!rest.ends_with(['期', '届', '刑', '任', '充', '圆', '美'])).then_some(("满", Side::Low, true))
    });
    let suffix = AFTER.iter().find(|(word, _)| after.starts_with(word)).copied();
    if suffix.is_some_and(|(word, _)| word == "以内") && TERMS.contains(&quantity.unit.as_str()) {
        return None;
    }
    let (side, closed) = match (word, suffix) {
        (Some((_, side, closed)), None) => (side, closed),
        (None, Some((_, side))) => (side, true),
        (Some((_, side, true)), Some((_, other))) if side == other => (side, true),
        _ => return None,
    };
    let start = quantity.start - word.map_or(0, |(word, ..)| word.len());
    let mut end = quantity.end + suffix.map_or(0, |(word, _)| word.len());
    let turned = word.is_some() && {
        let before = &text[from..start];
        TURNS.iter().any(|turn| before.ends_with(turn))
    };
    // 满3年后 is a point in time.
    let moment = text[end..].starts_with(['后', '前', '时', '起', '之', '内', '外']);
    if turned || moment {
        return None;
    }
    let start = linked(text, from, start);
    let mut closed = closed;
    while closed && let Some((len, with)) = included(&text[end..], &text[quantity.start..quantity.end]) {
        end += len;
        closed = with;
    }
    let bound = Some((quantity.value, closed));
    Some(match side {
        Side::Low => (start, end, threshold(bound, None)),
        Side::High => {
            let distance = suffix.is_some_and(|(word, _)| word == "以内") || text[from..start].ends_with("距离");
            let within = distance && LENGTHS.contains(&quantity.unit.as_str());
            let threshold = threshold(None, bound);
            (start, end, Threshold { within, ..threshold })
        }
    })
}

/// Where a threshold starts with the 为 or 在 before it, which goes with it.
fn linked(text: &str, from: usize, start: usize) -> usize {
    let before = &text[from..start];
    let link = ["应为", "应在", "为", "在"]
        .iter()
        .find(|link| before.ends_with(**link));
    match link {
        Some(link)
            if MEASURED
                .iter()
                .any(|noun| before[..before.len() - link.len()].ends_with(noun)) =>
        {
            start - link.len()
        }
        _ => start,
    }
}

/// （含本数）, （不含60周岁）: its length, and whether the number belongs to it.
fn included(text: &str, number: &str) -> Option<(usize, bool)> {
    let inner = text.strip_prefix('（')?;
    let close = inner.char_indices().take(16).find(|&(_, c)| c == '）')?.0;
    let says = &inner[..close];
    let (rest, with) = match says.strip_prefix("不") {
        Some(rest) => (rest, false),
        None => (says, true),
    };
    let rest = rest
        .strip_prefix("包含")
        .or_else(|| rest.strip_prefix("包括"))
        .or_else(|| rest.strip_prefix('含'))?;
    (rest.is_empty() || rest == "本数" || rest == number).then_some(('（'.len_utf8() * 2 + close, with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::{fold::spelling, numerals};
    use crate::profile::Profile;

    fn measures() -> Measures {
        Profile::load("national-12")
            .expect("shipped profile")
            .vocabulary
            .measures
    }

    #[test]
    fn one_interval_one_spelling() {
        let measures = measures();
        let spelt = |text: &str| fold(&numerals::fold(&spelling(text), &measures), &measures).into_owned();
        for (normal, texts) in [
            (
                "18周岁以上",
                vec![
                    "年满十八周岁",
                    "满18周岁",
                    "已满18周岁",
                    "不低于18周岁",
                    "18周岁以上（含18周岁）",
                    "18周岁及以上",
                    "≥18周岁",
                    "至少18周岁",
                ],
            ),
            (
                "不满18周岁",
                vec!["未满十八周岁", "小于18周岁", "18周岁以下（不含本数）", "<18周岁"],
            ),
            ("超过60周岁", vec!["大于60周岁", ">60周岁"]),
            ("60周岁以下", vec!["不超过60周岁", "至多60周岁"]),
            (
                "18至60周岁",
                vec![
                    "18周岁以上60周岁以下",
                    "18-60周岁",
                    "18周岁至60周岁之间",
                    "年满18周岁、不超过60周岁",
                    "18周岁以上，60周岁以下",
                ],
            ),
            ("18周岁以上不满60周岁", vec!["年满18周岁不满60周岁"]),
            ("超过18周岁、不满60周岁", vec!["大于18周岁，小于60周岁"]),
            (
                "具有3年以上工作经验",
                vec!["具有不少于3年工作经验", "具有三年以上工作经验"],
            ),
            (
                "注册资本5000万元以上",
                vec!["注册资本不低于五千万元", "注册资本不少于50,000,000元"],
            ),
            ("面积5万至10万平方米", vec!["面积5公顷以上10公顷以下"]),
            ("持股30%以上", vec!["持股不低于百分之三十"]),
            ("学校周边200米以内", vec!["学校周边二百米以内", "学校周边0.2公里以内"]),
            ("距离100米以内", vec!["距离不超过100米", "距离在一百米以内"]),
            ("高度100米以下", vec!["高度不超过100米"]),
        ] {
            for text in texts {
                assert_eq!(spelt(text), normal, "{text}");
            }
            assert_eq!(spelt(normal), normal, "twice");
        }
        // Left as they are.
        for text in [
            "不得超过3人",
            "期满3年",
            "有效期届满30日前",
            "满1年后",
            "30日以内提出",
            "县级以上",
            "3级以上",
            "3年",
            "低于3年以上",
            "未超过3次",
        ] {
            assert_eq!(spelt(text), text);
        }
    }

    #[test]
    fn intervals_lie() {
        let measures = measures();
        let threshold = |text: &str| split(text, &measures).1.remove(0);
        for (left, right, lie) in [
            ("18周岁以上", "20周岁以上", Some(Lie::Inside)),
            ("18周岁以上", "超过18周岁", Some(Lie::Inside)),
            ("60周岁以下", "65周岁以下", Some(Lie::Outside)),
            ("18至60周岁", "20至65周岁", Some(Lie::Across)),
            ("18周岁以上", "18周岁以下", Some(Lie::Across)),
            ("18至60周岁", "18周岁以上60周岁以下", Some(Lie::Same)),
            ("18周岁以上", "18岁以上", None),
            ("12个月以上", "12年以上", Some(Lie::Inside)),
            ("24个月以上", "2年以上", Some(Lie::Same)),
            ("18个月以上", "1年以上", Some(Lie::Outside)),
            ("30个工作日以上", "1年以上", None),
        ] {
            assert_eq!(threshold(left).lie(&threshold(right)), lie, "{left} {right}");
        }
        assert_eq!(split("具有3年以上工作经验", &measures).0, "具有▢工作经验");
    }
}

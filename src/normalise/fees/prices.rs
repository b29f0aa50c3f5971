//! Sums of money in a text: 50元, 每件五十元, 1-2万元, 2元5角, and what they are charged per.
//!
//! Must not know what is charged for.

use super::super::fold;
use super::super::scan::{Words, numeral_at, words};
use crate::model::{Amount, Span};

/// Words for no charge; longer ones stand before those that they begin with.
const FREE: &str = "不收取任何费用 不收任何费用 不收取费用 不收取 不收费用 不收费 免收费用 免收费 免收 免费 免征 停止征收 暂停征收 停征 \
                    零收费 无收费 无需缴费 不需缴费";
/// Before such a word they say the contrary, or leave it open.
static NOT: Words = words!("非 未 不 可 以");
static SYMBOL: Words = words!("￥ ¥ RMB rmb CNY 人民币");
/// What makes a sum the end of a range: no price.
static LIMIT: Words = words!("超过 满 不足 低于 高于 大于 小于 少于 达到 至少 约");
/// But these say what is charged at most.
static AT_MOST: Words = words!("不超过 不得超过");
static VAGUE: Words = words!("以上 以下 以内 及以上 (含) 的部分 左右 起");
static FOREIGN: Words = words!("港币 美元 美金 港元 欧元 日元 $ 第 - + /");
/// What 分 and 角 are the beginning of when they are no money.
static NO_CHANGE: Words = words!("之 钟 制 数 度 形 落 色 公 局 店");
/// What 元 is the beginning of when it is no money.
static NO_YUAN: Words = words!("素 件 旦 月");
static PER: Words = words!("每 /");
static MEASURED: Words = words!("收取 计收 收费 计算 计 标准 执行");
/// What such a word begins with.
const FREE_STARTS: [char; 6] = ['不', '免', '停', '暂', '零', '无'];
/// Longer words stand before the words that they begin with.
pub(super) const MEASURES: &str = "平方米 平米 m² m³ 立方米 件次 车次 辆次 车辆 人次 人科 公里 公斤 小时 工作日 件 证 本 份 张 次 人 户 宗 车 辆 台 \
                        套 年 月 日 天 个 页 项 吨 米 亩 册 枚 副 块 科 株 具 艘 处 批 卡";
/// Written form and canonical form of what is charged per.
const SAME_MEASURE: [(&str, &str); 7] = [
    ("天", "日"),
    ("m² 平方公尺 平方 平米 建筑平方米", "平方米"),
    ("m³ ㎥ 立方", "立方米"),
    ("km 千米", "公里"),
    ("kg 千克", "公斤"),
    ("t", "吨"),
    ("m 延米 延长米", "米"),
];

/// A sum in a text, or a word for none.
pub(super) struct Price {
    /// Where it begins, in bytes.
    pub(super) from: usize,
    /// Where it ends, with what it is charged per.
    pub(super) to: usize,
    /// `None`: a sum that is no price, or none that can be read.
    pub(super) span: Option<Span>,
    /// What it is charged per.
    pub(super) per: String,
}

/// All sums of money in a clause, and the words for no charge.
pub(super) fn prices(text: &str) -> Vec<Price> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (from, lead) = (at, &text[..at]);
        let free = FREE_STARTS.contains(&first);
        if let Some(word) = FREE.split(' ').find(|word| free && text[at..].starts_with(word)) {
            at += word.len();
            if !NOT.ends(lead) {
                let (span, per) = (Some(Span::exactly(Amount::default())), String::new());
                found.push(Price {
                    from,
                    to: at,
                    span,
                    per,
                });
            }
            continue;
        }
        let Some((low, end)) = numeral_at(text, at) else {
            at += first.len_utf8();
            continue;
        };
        if text[at..end].chars().all(|c| "百千万亿".contains(c)) {
            at = end;
            continue;
        }
        let (mut factor, mut yuan, mut to) = scale(text, end);
        let (mut low, mut high) = (low, None);
        let connector = "-- - ~ 至 到".split(' ').find(|word| text[to..].starts_with(word));
        if let Some((second, end)) = connector.and_then(|word| numeral_at(text, to + word.len())) {
            let (next, named, end) = scale(text, end);
            if factor == 1 && !yuan {
                factor = next;
            }
            (low, high, yuan, to) = (
                low.map(|low| low.times(factor)),
                Some(second.map(|second| second.times(next))),
                named,
                end,
            );
        } else {
            low = low.map(|low| low.times(factor));
            let (small, end) = small_change(text, if yuan { to } else { at }, yuan);
            if end > at {
                low = if yuan {
                    low.zip(small).map(|(low, small)| low.plus(small))
                } else {
                    small
                };
                (yuan, to) = (true, end.max(to));
            }
        }
        at = to;
        let symbol = SYMBOL.ends(lead);
        if !yuan && !symbol {
            continue;
        }
        let high = high.unwrap_or(low);
        let limit = LIMIT.ends(lead) && !AT_MOST.ends(lead);
        let rest = &text[to..];
        let vague = VAGUE.begins(rest) || rest.starts_with(|c: char| c.is_ascii_digit());
        let foreign = FOREIGN.ends(lead);
        let span = match (low, high) {
            (Some(low), Some(high)) if low <= high && !limit && !vague && !foreign => Some(Span { low, high }),
            _ => None,
        };
        let (per, end) = per_at(text, to);
        let span = span.filter(|_| per.is_some());
        at = end;
        found.push(Price {
            from,
            to: end,
            span,
            per: per.unwrap_or_default(),
        });
    }
    found
}

/// The 角 and 分 that stand here, and where they end: 5角 is half a yuan. Nothing ends at 0.
fn small_change(text: &str, at: usize, behind_yuan: bool) -> (Option<Amount>, usize) {
    let (mut sum, mut at, mut found) = (Some(Amount::default()), at, 0);
    for (unit, parts) in [('角', 10), ('分', 100)] {
        // 80分 alone is a mark.
        if unit == '分' && found == 0 && !behind_yuan {
            break;
        }
        let Some((number, end)) = numeral_at(text, at) else {
            break;
        };
        let Some(rest) = text[end..].strip_prefix(unit).filter(|rest| !NO_CHANGE.begins(rest)) else {
            continue;
        };
        sum = sum.zip(number).map(|(sum, number)| sum.plus(number.over(parts)));
        at = text.len() - rest.strip_prefix('整').unwrap_or(rest).len();
        found = at;
    }
    (sum, found)
}

/// What follows a number: 万 and the like, whether it is yuan, and where that ends.
fn scale(text: &str, at: usize) -> (i64, bool, usize) {
    let rest = &text[at..];
    let scales = [("百", 100), ("千", 1000), ("万", 10_000), ("亿", 100_000_000)];
    let (rest, factor) = scales
        .iter()
        .find_map(|&(word, n)| Some((rest.strip_prefix(word)?, n)))
        .unwrap_or((rest, 1));
    let yuan = "元人民币 元整 元 圆 块钱"
        .split(' ')
        .find_map(|word| rest.strip_prefix(word));
    let yuan = yuan.filter(|rest| !NO_YUAN.begins(rest));
    (factor, yuan.is_some(), text.len() - yuan.unwrap_or(rest).len())
}

/// What a sum is charged per, and where that ends. `None` where it cannot be told.
fn per_at(text: &str, at: usize) -> (Option<String>, usize) {
    let rest = &text[at..];
    let open = rest.strip_prefix('(').filter(|rest| PER.begins(rest));
    let Some(body) = open.unwrap_or(rest).strip_prefix(['/', '每']) else {
        return (Some(String::new()), at);
    };
    // 100元/(平方米·月)
    if open.is_none()
        && let Some((inner, after)) = body.strip_prefix('(').and_then(closed)
        && !inner.contains(|c: char| ",;:。、( \n+".contains(c) || c.is_ascii_digit())
    {
        return (measure(inner), text.len() - after.len());
    }
    let start = text.len() - body.len();
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let stop = |(i, c): (usize, char)| ",;:。、() \n+".contains(c) || (i >= digits && c.is_ascii_digit());
    let mut end = body.char_indices().find(|&at| stop(at)).map_or(body.len(), |(i, _)| i);
    let mut per = &body[..end];
    if body[end..].starts_with(|c: char| c.is_ascii_digit()) {
        // 50元/件加急100元/件
        let known = MEASURES.split_whitespace().find(|word| per.starts_with(word));
        let Some(word) = known else { return (None, start + end) };
        (per, end) = (word, word.len());
    }
    let close = body[end..].strip_prefix('(').and_then(|rest| {
        let at = rest.char_indices().take(3).find(|&(_, c)| c == ')')?.0;
        rest.get(..at)
    });
    let mut case = String::new();
    if open.is_some() {
        end += usize::from(body[end..].starts_with(')'));
    } else if let Some(inner) = close {
        // 元/件(次)
        case = format!("（{inner}）");
        end += inner.len() + 2;
    }
    let per = measure(per);
    (per.map(|per| per + &case), start + end)
}

/// What stands before a bracket that closes soon, and what behind it.
fn closed(text: &str) -> Option<(&str, &str)> {
    let at = text.char_indices().take(16).find(|&(_, c)| c == ')')?.0;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The canonical form of what a sum is charged per: 人·次 and 次/人 are 人次.
pub(super) fn measure(text: &str) -> Option<String> {
    let one = |part: &str| {
        let part = MEASURED.off_end(part.trim());
        let part = part
            .strip_prefix(['一', '1'])
            .filter(|rest| !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap_or(part);
        let same = SAME_MEASURE
            .iter()
            .find(|(words, _)| words.split(' ').any(|word| word == part));
        same.map_or_else(|| fold::spelling(part), |same| same.1.to_owned())
    };
    let mut parts: Vec<String> = text
        .split(['/', '·', '.', '每', '*', '×'])
        .map(one)
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort_unstable();
    parts.dedup();
    let joined = parts.join("·");
    let joined = if joined == "人·次" {
        "人次".to_owned()
    } else {
        joined
    };
    (!joined.is_empty() && joined.chars().count() <= 12).then_some(joined)
}

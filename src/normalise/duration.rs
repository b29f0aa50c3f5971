//! Time limits (时限): reads 20(工作日), 自受理之日起二十日内, 即办, 无期限 … into their normal form.
//!
//! Must not know elements, columns or rules: the words that mean "on the spot" and the unit that a header names are
//! handed in. Never guesses: a text with two limits of which neither is clearly the main one has none. Lists of words are
//! separated by spaces.

use std::cmp::Reverse;

use super::scan::{begins, ends, holds, numeral_at, strip};
use super::{Parts, Role, enumerate, fold};
use crate::model::{Amount, Duration, Span, TimeUnit, UnknownWhy, Value};

/// A longer text is an essay; the limit on its length also keeps the time linear.
const LONGEST: usize = 8192;

const UNITS: [(TimeUnit, &str); 8] = [
    (TimeUnit::WorkingDay, "法定工作日 工作日 工作天"),
    (TimeUnit::CalendarDay, "自然日 自然天 日历日 日历天"),
    (TimeUnit::Day, "天 日"),
    (TimeUnit::Week, "星期 礼拜 周"),
    (TimeUnit::Month, "自然月 月"),
    (TimeUnit::Year, "年"),
    (TimeUnit::Hour, "小时"),
    (TimeUnit::Minute, "分钟"),
];
const NO_UNIT: &str = "周岁 周年 周边 周末 周长 周期 周一 周二 周三 周四 周五 周六 周日 年度 年龄 年级 年检 年审 年报 年代 月份 月底 \
                       月初 月末 月中 日常 日期 日报 天然";

/// The marks between which a text is looked at piece by piece.
const BREAKS: [char; 14] = ['\n', '。', ';', '!', '?', ',', ':', '|', '(', '[', '【', ')', ']', '】'];
const SENTENCE: &[char] = BREAKS.split_at(5).0;
const CLOSE: &[char] = BREAKS.split_at(11).1;

/// Words beside a number that change nothing about it.
const GLUE: &str = "不得超过 不能超过 不超过 应当 最长 最多 最迟 至迟 时限 期限 时间 法定 承诺 审批 办结 办理 完成 \
                    以内 之内 内 应 须 在 于 为 共 个 ≤ <";
const ENDLESS: &str = "无期限 无时限 无限期 长期 不限 不限期 不限时 不限时间 不设时限 不设期限 没有时限 没有期限 无办结时限 \
                       无办理时限 无承诺时限 无法定时限 无法定期限 无法定办结时限 法定无时限 无时间限制 无规定 未规定 \
                       无明确规定 法律无规定 法律未规定";
/// The steps of a procedure: what takes 5 days in each of two of them takes ten.
const STEPS: &str =
    "受理 初审 复审 审查 审核 审批 核准 决定 办结 制证 颁证 发证 颁发 送达 公示 公告 勘查 勘验 评审 签发 补正";
/// By which the limit may be made longer. 延期 alone may be the name of a case.
const PERMITS: &str = "可以 可延 可再 可适当 批准 负责人 同意 确需 需要延 需延 不能 特殊情况 情况复杂";
const NOT: &str = "不能 不能够 不可 不可以 不属于 不得 不是 不 非 未能 未 无法";
const EXCLUDING: &str = "不含 不包括 不包含";
const EXCLUDED: &str = "除外 不计 不包含在 不包括在 不含在 另计 另行计算";

/// A number with or without a unit.
struct Limit {
    from: usize,
    to: usize,
    /// `None`: the digits make no one number.
    span: Option<Span>,
    unit: Option<TimeUnit>,
}

/// A limit with what the words around it say.
struct Found {
    amount: (Span, TimeUnit),
    /// The event it runs from, if said: `Some(None)` is the acceptance.
    start: Option<Option<String>>,
    step: Option<&'static str>,
}

/// The unit that a word or a code of a unit column names: 工作日, 个工作日, （工作日）, 单位：工作日, 1.
pub fn unit(text: &str) -> Option<TimeUnit> {
    let text = compact(&fold::half(text));
    match text.as_str() {
        "1" | "01" => Some(TimeUnit::WorkingDay),
        // Unverified: a system may mean another unit by it.
        "2" | "02" => Some(TimeUnit::CalendarDay),
        "时" => Some(TimeUnit::Hour),
        _ => unit_word(&text),
    }
}

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    let Some(text) = parts.text(Role::Value) else {
        return Value::Empty;
    };
    if vocabulary.only_refers(text) {
        return Value::Unknown(UnknownWhy::Refers, fold::spelling(text));
    }
    parse(text, parts.text(Role::Unit), &vocabulary.immediate).map_or_else(
        || Value::Unknown(UnknownWhy::Unreadable, fold::spelling(text)),
        Value::Duration,
    )
}

/// Reads a time limit. `unit_hint` comes from a unit column or a header and counts where the text names no unit or only a
/// bare 天 or 日; `immediate` are the words that mean "on the spot". `None` where the text holds no limit, or several.
pub fn parse(text: &str, unit_hint: Option<&str>, immediate: &[String]) -> Option<Duration> {
    let duration = parse_once(text, unit_hint, immediate)?;
    if duration.start.is_some() {
        // A start that does not read back holds a word that means something else.
        let mut again = parse_once(&duration.to_string(), None, immediate)?;
        again.excludes.extend_from_slice(&duration.excludes);
        return (again == duration).then_some(duration);
    }
    Some(duration)
}

fn parse_once(text: &str, unit_hint: Option<&str>, immediate: &[String]) -> Option<Duration> {
    let half = fold::half(text);
    if half.len() > LONGEST {
        return None;
    }
    let mut text = String::new();
    for entry in enumerate::entries(&half) {
        // 20、30个工作日 is no list that starts at 20.
        if text.is_empty() && entry.number > 1 && entry.text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        text += &(compact(entry.text) + "\n");
    }
    let text = spell_immediate(&text, immediate);
    let pieces: Vec<&str> = text.split(BREAKS).filter(|piece| !piece.is_empty()).collect();
    let limits = scan(&text);
    let mut duration = Duration {
        span: None,
        unit: TimeUnit::WorkingDay,
        start: None,
        excludes: Vec::new(),
    };
    if limits.is_empty() {
        let endless = pieces.iter().any(|piece| ENDLESS.split(' ').any(|word| word == *piece));
        return (endless && pieces.len() < 4 && !text.contains("有效")).then_some(duration);
    }
    let words = pieces.iter().filter_map(|piece| unit_word(piece));
    let mut stated = words.filter(|&unit| counts_days(unit));
    let hints = (stated.next(), unit_hint.and_then(self::unit));
    let found = counted(&text, &limits, hints)?;
    let first = found.first()?;
    let mut starts = found.iter().filter_map(|found| found.start.as_ref());
    let start = starts.next();
    // 受理5个工作日，审查5个工作日 makes ten.
    let agree = |next: &Found| (next.amount, next.step) == (first.amount, first.step);
    let differ = stated.any(|unit| Some(unit) != hints.0) || starts.any(|next| Some(next) != start);
    if differ || !found.iter().all(agree) {
        return None;
    }
    (duration.span, duration.unit) = (Some(first.amount.0), first.amount.1);
    // What is done on the spot has one normal form.
    if !duration.immediate() {
        (duration.start, duration.excludes) = (start.cloned().flatten(), excluded(&pieces));
    }
    Some(duration)
}

/// Sorts out which limits count, with the unit that the text states for all and that of the column. `None` where one of
/// them cannot be read.
fn counted(text: &str, limits: &[Limit], hints: (Option<TimeUnit>, Option<TimeUnit>)) -> Option<Vec<Found>> {
    let (mut found, mut deliveries, mut end) = (Vec::new(), Vec::new(), 0);
    for (i, limit) in limits.iter().enumerate() {
        let sentence = text[..limit.from].rsplit(SENTENCE).next().unwrap_or("");
        let before = end.max(limit.from - sentence.len());
        end = limit.to;
        let mut back = text[before..limit.from].rsplit(BREAKS);
        let lead = back.next().unwrap_or("");
        let bare = trim_glue(lead).is_empty();
        let previous = back.find(|piece| !piece.is_empty()).unwrap_or("");
        let asked = if bare { previous } else { lead };
        let tail = &text[limit.to..limits.get(i + 1).map_or(text.len(), |next| next.from)];
        let mut pieces = tail.split(BREAKS);
        let after = pieces.next().unwrap_or("");
        let mut open = sentence.rsplit(CLOSE).next().unwrap_or("").split(BREAKS);
        let part = open.any(|piece| piece.contains("其中") || begins(piece, "含 包括 包含 内含"));
        let longer = split_at(lead, "延长 顺延").is_some_and(|(_, rest)| strip(rest, "期限 至 到", GLUE).is_empty());
        let permitted = holds(sentence, PERMITS) && holds(sentence, "延长 顺延 延期 展期 延至");
        let next = pieces.find(|piece| !piece.is_empty()).unwrap_or("");
        let next_says = split_at(next, EXCLUDED).is_some_and(|(list, _)| item(list).is_empty());
        if (part || longer || permitted)
            || (next_says || holds(lead, EXCLUDING) || holds(after, EXCLUDED))
            || holds(asked, "有效期 届满 期满 任期 学制")
            || ends(lead, "前 每 提前 提前至少")
            || begins(after, "前 之前 以前")
        {
            continue;
        }
        if (ends(lead, "超过") && !ends(lead, "不超过 不得超过 不能超过 不会超过 不可超过 不应超过 未超过"))
            || ends(lead, "至少 少于 低于 多于 高于 大于 不足 不到 满 约 大概 ≥ + 加")
            || begins(tail, "以上 及以上 (含)以上 左右 上下 多 余 开外 +")
        {
            return None;
        }
        let day = limit.unit == Some(TimeUnit::Day);
        let unit = match (limit.unit, hints.0) {
            (Some(unit), Some(stated)) if counts_days(unit) && unit != stated => return None,
            // Where the text itself says 自然日, the column of units beside it is not asked.
            (Some(unit), _) if !day => unit,
            (unit, stated) => stated.or(hints.1.filter(|&hint| !day || counts_days(hint))).or(unit)?,
        };
        let amount = canonical(limit.span?, unit);
        let own = event(asked);
        if limit.unit.is_none() && limits.len() == 1 && own.is_none() && !bare {
            return None;
        }
        let named = [after, if own.is_some() { "" } else { asked }];
        let step = named
            .iter()
            .find_map(|text| STEPS.split(' ').find(|step| text.contains(step)));
        let start = own.or_else(|| start_after(tail, i + 1 < limits.len()));
        // By 行政许可法 arts. 42, 44 the limit runs to the decision, delivery comes on top.
        let delivery = matches!(&start, Some(Some(event)) if holds(event, "决定 批准 办结"));
        let list = if delivery { &mut deliveries } else { &mut found };
        list.push(Found { amount, start, step });
    }
    Some(if found.is_empty() { deliveries } else { found })
}

/// What a time limit runs from, if the text says so: `Some(None)` is the acceptance of the application.
fn event(text: &str) -> Option<Option<String>> {
    let mark = |mark: &str| text.rfind(mark).map(|at| at + mark.len() - '起'.len_utf8());
    let end = ["日起", "时起", "后起"].into_iter().filter_map(mark).max();
    let event = trim_glue(end.map_or(text, |end| &text[..end]));
    if end.is_none() && (!ends(event, "后 之日") || ends(event, "最后 今后 先后")) {
        return None;
    }
    // 自然人, 从业人员.
    let opens = |rest: &&str| !begins(rest, "然 行 主 动 愿 助 治 由 业 事");
    let mut from = event
        .rmatch_indices(['自', '从'])
        .map(|(at, word)| &event[at + word.len()..]);
    let subject = |word| event.rsplit_once(word).map(|(_, rest)| rest);
    let event = from
        .find(opens)
        .or_else(|| subject("应当"))
        .or_else(|| subject("可以"))
        .unwrap_or(event);
    let event = strip(event, "应 在 于 由 按 以", "");
    let (base, end) = match event.strip_suffix(['日', '后', '时']) {
        Some(base) if event.ends_with('时') => (base.strip_suffix('之').unwrap_or(base), "之时"),
        Some(base) if !ends(base, "次 翌 工作 自然 第二") => {
            (base.strip_suffix(['之', '当', '以']).unwrap_or(base), "之日")
        }
        _ => (event, ""),
    };
    let base = fold::spelling(base);
    let accepted = base.contains("受理") && !holds(&base, "收到 不予 次日 翌日 前");
    (!base.is_empty()).then(|| (!accepted).then(|| base + end))
}

/// The start behind the number: 20个工作日（自收到申请之日起计算）.
fn start_after(tail: &str, followed: bool) -> Option<Option<String>> {
    let tail = tail.split(SENTENCE).next().unwrap_or("");
    let tail = if followed { tail.rsplit_once(BREAKS)?.0 } else { tail };
    let pieces = tail.split(BREAKS).map(|piece| strip(piece, "", "开始计算 计算 算"));
    pieces.filter(|piece| piece.ends_with('起')).find_map(event)
}

/// Without spaces, titles and quotation marks. A space between two digits stays: `2 0` is not 20.
fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut space, mut title) = (false, false);
    let last = text.rfind('》').unwrap_or(0);
    for (at, c) in text.char_indices() {
        match c {
            '》' => title = false,
            _ if title => {}
            '《' => title = at < last,
            ' ' => space = true,
            '"' | '\'' | '*' => {}
            _ => {
                let digits = c.is_ascii_digit() && out.ends_with(|c: char| c.is_ascii_digit());
                out.extend((space && digits).then_some(' '));
                // 工作曰 is a frequent slip.
                out.push(if c == '曰' { '日' } else { c });
                space = false;
            }
        }
    }
    out
}

fn split_at<'a>(text: &'a str, words: &str) -> Option<(&'a str, &'a str)> {
    words.split(' ').find_map(|word| text.split_once(word))
}

fn trim_glue(text: &str) -> &str {
    strip(text, GLUE, GLUE)
}

fn counts_days(unit: TimeUnit) -> bool {
    matches!(unit, TimeUnit::WorkingDay | TimeUnit::CalendarDay)
}

fn unit_word(text: &str) -> Option<TimeUnit> {
    let text = strip(text, "( 时限单位 单位 : 均 按照 按 以 指 为 是 个", ") 计算 计 算 内");
    let named = UNITS
        .iter()
        .find(|(_, words)| words.split(' ').any(|word| word == text));
    named.map(|unit| unit.0)
}

/// Writes what is done on the spot as an amount of nothing. Most words for it, and 现场办理, also say where or how something
/// else is done, so inside a longer text only what follows makes them clear.
fn spell_immediate(text: &str, words: &[String]) -> String {
    let mut words: Vec<String> = words.iter().map(|word| compact(&fold::half(word))).collect();
    words.push("即办".to_owned());
    words.sort_by_key(|word| Reverse(word.len()));
    let mut out = String::new();
    for piece in text.split_inclusive(BREAKS) {
        let whole = words
            .iter()
            .any(|word| trim_glue(piece.trim_end_matches(BREAKS)) == trim_glue(word));
        let mut rest = piece;
        while let Some(c) = rest.chars().next() {
            let word = words
                .iter()
                .find(|word| !word.is_empty() && rest.starts_with(word.as_str()));
            let clear = word.is_some_and(|word| {
                let (after, long) = (
                    &rest[word.len()..],
                    word.chars().count() > 3 && !word.starts_with("现场"),
                );
                let done = begins(after, "办 作出 决定 审批 发证 发放 颁 领取 取证");
                (whole || long || done || word == "即办") && !ends(&out, NOT) && !after.starts_with('起')
            });
            let len = word.filter(|_| clear).map_or(c.len_utf8(), String::len);
            out += if clear { "|0工作日" } else { &rest[..len] };
            rest = &rest[len..];
        }
    }
    out
}

/// What is not counted.
fn excluded(pieces: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let list = match split_at(piece, EXCLUDED) {
            // 依法需要听证的，所需时间不计算在内
            Some((list, _)) if item(list).is_empty() => i.checked_sub(1).map_or("", |i| pieces[i]),
            Some((list, _)) => list,
            None => split_at(piece, EXCLUDING).map_or("", |(_, list)| list),
        };
        let items = list
            .split(['、', '/', '和', '及', '与', '或'])
            .map(|text| fold::spelling(item(text)));
        found.extend(items.filter(|text| !text.is_empty()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// One thing that is not counted: 依法需要专家评审等环节所需时间 is 专家评审.
fn item(text: &str) -> &str {
    let after = "时间 时限 期限 所需 所用 的 均 都 等环节 等程序 等特殊环节 等特别程序 等 以";
    strip(text, "其中 依法 需要 所需 需 因 但 如 进行 组织 的", after)
}

/// A year has twelve months (民法典 arts. 200, 202). Nothing of anything is done on the spot.
fn canonical(span: Span, unit: TimeUnit) -> (Span, TimeUnit) {
    let (low, high) = (span.low.times(12), span.high.times(12));
    match unit {
        _ if high.is_zero() => (span, TimeUnit::WorkingDay),
        TimeUnit::Year => (Span { low, high }, TimeUnit::Month),
        _ => (span, unit),
    }
}

/// All numbers that may be a time limit.
fn scan(text: &str) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (from, before) = (at, text[..at].chars().next_back().unwrap_or('\n'));
        let half = first == '半' && !"上下一过多大".contains(before);
        let half_end = half.then_some((Some(Amount::HALF), at + first.len_utf8()));
        let Some((low, mut to)) = half_end.or_else(|| numeral_at(text, at)) else {
            at += first.len_utf8();
            continue;
        };
        let mut span = low.map(Span::exactly);
        while let Some((high, end)) = connector(text, to).and_then(|next| numeral_at(text, next)) {
            (span, to) = (join(span, high.map(Span::exactly)), end);
        }
        // 二十（20）个
        let again = text[to..].strip_prefix('(').and_then(|_| numeral_at(text, to + 1));
        if let Some((again, end)) = again.filter(|&(_, end)| text[end..].starts_with(')')) {
            (span, to) = (span.filter(|span| Some(span.high) == again), end + 1);
        }
        let more = text[to..]
            .starts_with("个半")
            .then(|| unit_at(text, to + "个半".len()))
            .flatten();
        let named = more.or_else(|| unit_at(text, to));
        at = named.map_or(to, |(_, end)| end);
        if matches!(before, '第' | '每') {
            continue;
        }
        let mut unit = named.map(|(unit, _)| unit);
        let late = !half && text[at..].starts_with('半') && unit.is_some();
        if late || more.is_some() {
            at += if late { '半'.len_utf8() } else { 0 };
            span = span
                .filter(|span| span.low == span.high)
                .map(|span| Span::exactly(span.low.plus(Amount::HALF)));
        }
        // -5, 2021年, the day in 3月1日; 1.20 may be a number 1 and twenty.
        let negative = before == '-' && text[..from - 1].chars().next_back().is_none_or(|c| BREAKS.contains(&c));
        let year = unit == Some(TimeUnit::Year);
        let calendar =
            matches!(before, '年' | '月') || (year && span.is_some_and(|span| span.high >= Amount::whole(1900)));
        let some = |text: &str| text.contains(|c| matches!(c, '1'..='9'));
        let risky = |(whole, rest): (&str, &str)| some(rest) && rest.len() > 1 && (year || some(whole));
        let mut numbers = text[from..to].split(|c: char| !c.is_ascii_digit() && c != '.');
        let point = numbers.any(|number| number.split_once('.').is_some_and(risky));
        span = span.filter(|_| !negative && !calendar && !point);
        if unit == Some(TimeUnit::Day) {
            // 20天工作日
            unit = unit_at(text, at)
                .map(|(unit, _)| unit)
                .filter(|&unit| counts_days(unit))
                .or(unit);
        }
        let ends = || strip(&text[to..], GLUE, "").starts_with(BREAKS) && !"件表类级号".contains(before);
        let known = || first.is_ascii_digit() || (span.is_some() && text[from..to].chars().nth(1).is_some());
        let small = span.is_none_or(|span| span.high < Amount::whole(1000));
        if unit.is_none() && (half || !small || !known() || !ends()) {
            continue;
        }
        match limits.last_mut() {
            // 5日至10日; two numbers that touch in another way make none.
            Some(last) if connector(text, last.to) == Some(from) || last.to == from => {
                let range = last.to != from && last.unit == unit;
                last.span = if range { join(last.span, span) } else { None };
                (last.to, last.unit) = (at, last.unit.or(unit));
            }
            _ => limits.push(Limit {
                from,
                to: at,
                span,
                unit,
            }),
        }
    }
    limits
}

fn join(low: Option<Span>, high: Option<Span>) -> Option<Span> {
    let (low, high) = (low?, high?);
    let rises = low.low == low.high && high.low == high.high && low.low <= high.low;
    rises.then_some(Span { high: high.high, ..low })
}

/// Where the second number starts, if the first ends here and a range follows.
fn connector(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix('个').unwrap_or(&text[at..]);
    let rest = "-- - ~~ ~ 至 到".split(' ').find_map(|word| rest.strip_prefix(word))?;
    Some(text.len() - rest.len())
}

/// The unit that follows a number, and where it ends.
fn unit_at(text: &str, at: usize) -> Option<(TimeUnit, usize)> {
    let rest = text[at..].strip_prefix('个').unwrap_or(&text[at..]);
    let open = rest.strip_prefix(['(', '[', '【']);
    let rest = open.or(rest.strip_prefix('/')).unwrap_or(rest);
    let rest = rest.strip_prefix('个').unwrap_or(rest);
    let after = |words: &str| words.split(' ').find_map(|word| rest.strip_prefix(word));
    // 24时 alone is a time of day.
    let clock = after("时")
        .filter(|rest| begins(rest, "内 以内"))
        .map(|rest| (TimeUnit::Hour, rest));
    let (unit, rest) = UNITS
        .iter()
        .find_map(|&(unit, words)| Some((unit, after(words)?)))
        .or(clock)?;
    let close = rest.strip_prefix('内').unwrap_or(rest);
    let close = close.strip_prefix(CLOSE).or(close.starts_with('\n').then_some(close));
    let rest = if open.is_some() { close? } else { rest };
    (!NO_UNIT.split(' ').any(|word| after(word).is_some())).then_some((unit, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn immediate() -> Vec<String> {
        let words = "即办 即办件 即时 即时办理 即时办结 即办即结 即来即办 当场 当场办理 当场办结 当场审批 现场办结 现场办理 立等可取 立即办结 随到随办 马上办 秒批";
        words.split(' ').map(str::to_owned).collect()
    }

    fn spelt(text: &str, hint: Option<&str>) -> String {
        parse(text, hint, &immediate()).map_or_else(|| "?".to_owned(), |duration| duration.to_string())
    }

    #[test]
    fn limits() {
        for (text, want) in [
            ("20(工作日)", "20工作日"),
            ("90(自然日)", "90自然日"),
            ("20（工作日）", "20工作日"),
            ("20工作日", "20工作日"),
            ("20个(工作日)", "20工作日"),
            ("20（个工作日）", "20工作日"),
            ("20[工作日]", "20工作日"),
            ("20（工作日", "20工作日"),
            ("20/工作日", "20工作日"),
            ("二十个工作日", "20工作日"),
            ("贰拾个工作日", "20工作日"),
            ("廿个工作日", "20工作日"),
            ("一百二十个工作日", "120工作日"),
            ("20 个 工 作 日", "20工作日"),
            ("20\u{200b}个工作日", "20工作日"),
            ("２０个工作日", "20工作日"),
            ("20个工作曰", "20工作日"),
            ("二十（20）个工作日", "20工作日"),
            ("20（二十）个工作日", "20工作日"),
            ("自受理之日起20个工作日内", "20工作日"),
            ("受理之日起二十日内", "20日"),
            ("自受理之日起，20个工作日内办结。", "20工作日"),
            ("正式受理后20个工作日", "20工作日"),
            ("20个工作日（自受理之日起计算）", "20工作日"),
            (
                "行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定。二十日内不能作出决定的，经本行政机关负责人批准，可以延长十日，并应当将延长期限的理由告知申请人。",
                "20日",
            ),
            ("7天", "7日"),
            ("1个月", "1个月"),
            ("三个月", "3个月"),
            ("3月内", "3个月"),
            ("一年半", "18个月"),
            ("一个半月", "1.5个月"),
            ("半年", "6个月"),
            ("半个月", "0.5个月"),
            ("1年", "12个月"),
            ("半年至一年", "6-12个月"),
            ("半个工作日", "0.5工作日"),
            ("0.5个工作日", "0.5工作日"),
            ("1.5个工作日", "1.5工作日"),
            ("30个自然日", "30自然日"),
            ("30日（自然日）", "30自然日"),
            ("30日历天", "30自然日"),
            ("20天（按工作日计算）", "20工作日"),
            ("20日，均指工作日", "20工作日"),
            ("20天工作日", "20工作日"),
            ("工作日：20", "20工作日"),
            ("2周", "2周"),
            ("两个星期", "2周"),
            ("1小时", "1小时"),
            ("2个小时", "2小时"),
            ("24时内", "24小时"),
            ("30分钟", "30分钟"),
            ("5-10个工作日", "5-10工作日"),
            ("5至10个工作日", "5-10工作日"),
            ("1.5-20个工作日", "1.5-20工作日"),
            ("5～10个工作日", "5-10工作日"),
            ("5—10个工作日", "5-10工作日"),
            ("5——10个工作日", "5-10工作日"),
            ("5个工作日至10个工作日", "5-10工作日"),
            ("三至五个工作日", "3-5工作日"),
            ("20个工作日（不含听证、检测、专家评审时间）", "20工作日"),
            ("20个工作日不含听证时间", "20工作日"),
            ("20个工作日（不含公示7个工作日）", "20工作日"),
            ("20个工作日，专家评审15个工作日（不计入时限）", "20工作日"),
            ("不超过20个工作日", "20工作日"),
            ("20个工作日以内", "20工作日"),
            ("20工作日内办结", "20工作日"),
            ("法定办结时限：20个工作日", "20工作日"),
            ("法定办结时限:20(工作日)", "20工作日"),
            ("①20个工作日", "20工作日"),
            ("1、20个工作日", "20工作日"),
            ("1. 20个工作日", "20工作日"),
            ("（一）受理之日起20个工作日。", "20工作日"),
            ("①20个工作日②20个工作日", "20工作日"),
            ("法定20个工作日，承诺20个工作日", "20工作日"),
            ("20个工作日，经批准可以延长10个工作日", "20工作日"),
            ("20个工作日，情况复杂的，经批准可延期，最长不超过10个工作日", "20工作日"),
            ("20个工作日（可延长10个工作日）", "20工作日"),
            ("20个工作日，延长期限不超过10个工作日", "20工作日"),
            ("20个工作日，其中受理5个工作日，审查15个工作日", "20工作日"),
            ("20个工作日（含公示7日）", "20工作日"),
            ("20个工作日，遇节假日顺延", "20工作日"),
            ("20个工作日，许可证有效期5年", "20工作日"),
            ("有效期届满30日前提出申请的，20个工作日内办结", "20工作日"),
            (
                "自受理之日起20个工作日内作出决定，自作出决定之日起10日内送达",
                "20工作日",
            ),
            ("根据《20日办结办法》，15个工作日", "15工作日"),
            ("按照第3条规定，15个工作日", "15工作日"),
            ("由3名专家审查，15个工作日", "15工作日"),
            ("收到申请之日起5个工作日", "自收到申请之日起5工作日"),
            ("自收到申请材料之日起，5个工作日内", "自收到申请材料之日起5工作日"),
            ("5个工作日，自收到申请之日起计算", "自收到申请之日起5工作日"),
            ("材料齐全后5个工作日内办结", "自材料齐全之日起5工作日"),
            (
                "审批部门应当在接到申请书之日起二十日内作出审批决定",
                "自接到申请书之日起20日",
            ),
            ("自收到申请之时起24小时内", "自收到申请之时起24小时"),
            ("市级部门应当自收到申请之日起20日内", "自收到申请之日起20日"),
            ("自作出决定之日起10日内送达", "自作出决定之日起10日"),
        ] {
            assert_eq!(spelt(text, None), want, "{text}");
        }
    }

    #[test]
    fn on_the_spot_and_without_limit() {
        for (text, want) in [
            ("即办", "即办"),
            ("即办件", "即办"),
            ("当场办结", "即办"),
            ("承诺办结时限：即时办结", "即办"),
            ("受理后当场办结", "即办"),
            ("0个工作日", "即办"),
            ("0（工作日）", "即办"),
            ("0天", "即办"),
            ("0个工作日（即办）", "即办"),
            ("自收到申请之日起即办", "即办"),
            ("非即办件，20个工作日", "20工作日"),
            ("当场受理，20个工作日内办结", "20工作日"),
            ("不能即时办结的，应当在一个工作日内办结", "1工作日"),
            ("需到现场办理，5个工作日", "5工作日"),
            ("无期限", "无期限"),
            ("长期", "无期限"),
            ("不限", "无期限"),
            ("无法定办结时限", "无期限"),
            ("法定办结时限：无期限", "无期限"),
            ("有效期：长期", "?"),
            ("即办（1个工作日）", "?"),
            ("当场作出决定；其他的，20个工作日", "?"),
            ("能即办的即办，其余5个工作日", "?"),
        ] {
            assert_eq!(spelt(text, None), want, "{text}");
        }
        assert_eq!(parse("0小时", None, &[]), parse("即办", None, &[]));
    }

    #[test]
    fn never_guessed() {
        for text in [
            "",
            "无",
            "20",
            "0",
            "个工作日",
            "工作日",
            "几天",
            "数日",
            "20多天",
            "十余日",
            "约20个工作日",
            "20个工作日左右",
            "20个工作日以上",
            "不少于7日",
            "公告时间不得少于三十日",
            "超过20个工作日",
            "5～10",
            "10-5个工作日",
            "1-3-5个工作日",
            "3/5个工作日",
            "20,30个工作日",
            "20、30个工作日",
            "2 0个工作日",
            "20(30)个工作日",
            "20即办",
            "二十即办",
            "1.5,200个工作日",
            "三五天",
            "十五六天",
            "5+10个工作日",
            "5个工作日+5个工作日",
            "-5个工作日",
            "1.23456个工作日",
            "1.20个工作日",
            "2、5个工作日",
            "99999999999999999999个工作日",
            "受理5个工作日，决定10个工作日",
            "受理5个工作日，审查5个工作日",
            "受理：5个工作日；审查：5个工作日",
            "5个工作日受理，5个工作日审查",
            "一般20个工作日，复杂30个工作日",
            "普通程序20个工作日，简易程序5个工作日",
            "一般20，复杂30个工作日",
            "法定20个工作日（承诺10个工作日）",
            "20个工作日（自然日）",
            "30日或20个工作日",
            "20个工作日30个工作日",
            "1个月零5天",
            "1周至1个月",
            "自受理之日起20日，自收到申请之日起20日",
            "新办：30个工作日，延期：20个工作日",
            "因特殊情况可以延长10个工作日",
            "2021年",
            "2021年3月1日",
            "每年3月1日至31日",
            "有效期5年",
            "提前3个工作日预约",
            "举办前20日",
            "第20个工作日",
            "周一至周五 9:00-12:00",
            "18周岁",
            "8:30-17:30",
            "2个工作小时",
            "见附件",
            "0755-12345678",
            "《20个工作日》",
            "20个(工作",
            "①②③",
            "1、",
            "半",
            "24时",
            "一般",
            "百万",
        ] {
            assert_eq!(spelt(text, None), "?", "{text}");
        }
    }

    #[test]
    fn hints() {
        for (text, hint, want) in [
            ("20", "工作日", "20工作日"),
            ("20", "1", "20工作日"),
            ("20", "2", "20自然日"),
            ("20", "个工作日", "20工作日"),
            ("20", "（工作日）", "20工作日"),
            ("20", "月", "20个月"),
            ("20个", "工作日", "20工作日"),
            ("二十", "工作日", "20工作日"),
            ("5～10", "工作日", "5-10工作日"),
            ("不超过20", "工作日", "20工作日"),
            ("承诺时限：20", "工作日", "20工作日"),
            ("①20", "工作日", "20工作日"),
            ("20（不含听证时间）", "工作日", "20工作日"),
            ("0", "1", "即办"),
            ("0（即办）", "1", "即办"),
            ("20天", "工作日", "20工作日"),
            ("20天", "天", "20日"),
            ("20天", "小时", "20日"),
            ("20自然日", "工作日", "20自然日"),
            ("1个月", "工作日", "1个月"),
            ("20", "不知", "?"),
            ("20", "", "?"),
            ("20；30", "工作日", "?"),
            ("一般20，复杂30个工作日", "工作日", "?"),
            ("见20楼", "工作日", "?"),
            ("", "工作日", "?"),
        ] {
            assert_eq!(spelt(text, Some(hint)), want, "{text} {hint}");
        }
        for (text, want) in [
            ("工作日", Some(TimeUnit::WorkingDay)),
            ("个工作日", Some(TimeUnit::WorkingDay)),
            ("工作天", Some(TimeUnit::WorkingDay)),
            ("1", Some(TimeUnit::WorkingDay)),
            ("单位：工作日", Some(TimeUnit::WorkingDay)),
            ("自然日", Some(TimeUnit::CalendarDay)),
            ("日历日", Some(TimeUnit::CalendarDay)),
            ("日历天", Some(TimeUnit::CalendarDay)),
            ("天", Some(TimeUnit::Day)),
            ("日", Some(TimeUnit::Day)),
            ("周", Some(TimeUnit::Week)),
            ("星期", Some(TimeUnit::Week)),
            ("月", Some(TimeUnit::Month)),
            ("个月", Some(TimeUnit::Month)),
            ("年", Some(TimeUnit::Year)),
            ("小时", Some(TimeUnit::Hour)),
            ("时", Some(TimeUnit::Hour)),
            ("分钟", Some(TimeUnit::Minute)),
            ("3", None),
            ("", None),
            ("个", None),
        ] {
            assert_eq!(unit(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_not_counted() {
        for (text, want) in [
            ("20个工作日（不含听证、检测、专家评审时间）", "专家评审 听证 检测"),
            ("20个工作日（听证、检测和专家评审除外）", "专家评审 听证 检测"),
            ("20个工作日（听证、招标等所需时间不计入）", "听证 招标"),
            (
                "20个工作日，依法需要听证、检验的，所需时间不计算在规定的期限内",
                "听证 检验",
            ),
            ("20个工作日（法定节假日除外）", "法定节假日"),
            ("20个工作日（不包含在办结时限内）", ""),
            ("20个工作日，不包括补正材料时间。", "补正材料"),
            ("20个工作日", ""),
        ] {
            let excludes = parse(text, None, &[]).map(|duration| duration.excludes.join(" "));
            assert_eq!(excludes.unwrap_or_default(), want, "{text}");
        }
    }

    #[test]
    fn spelling_reads_back() {
        let parts = [
            "20",
            "5",
            "0",
            "半",
            "二十",
            "1.5",
            "工作日",
            "个工作日",
            "自然日",
            "日",
            "天",
            "周",
            "个月",
            "年",
            "小时",
            "分钟",
            "(",
            ")",
            "（",
            "）",
            "，",
            "；",
            "。",
            "、",
            "：",
            "-",
            "至",
            "自",
            "收到申请",
            "受理",
            "之日起",
            "日起",
            "后",
            "时",
            "内",
            "不含",
            "听证",
            "除外",
            "不计入",
            "延长",
            "可以",
            "即办",
            "当场",
            "其中",
            "长期",
            "无期限",
            "\n",
            "①",
            "1、",
            " ",
            "《",
            "》",
            "材料",
            "决定",
            "前",
            "每",
            "第",
            "约",
            "次日",
            "从",
            "以",
            "按",
            "\"",
            "!",
        ];
        let mut seed = 1_u64;
        let mut read = 0;
        for round in 0..20_000 {
            let mut text = String::new();
            for _ in 0..2 + round % 9 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(parts[usize::try_from(seed >> 33).unwrap_or(0) % parts.len()]);
            }
            let hint = (round % 3 == 0).then_some("工作日");
            let Some(mut duration) = parse(&text, hint, &immediate()) else {
                continue;
            };
            read += 1;
            duration.excludes.clear();
            assert_eq!(
                parse(&duration.to_string(), None, &[]),
                Some(duration.clone()),
                "{text:?} {duration}"
            );
            assert_eq!(
                parse(&duration.to_string(), Some("2"), &[]).map(|again| again.span),
                Some(duration.span),
                "{text:?}"
            );
        }
        assert!(read > 500, "{read}");
    }

    #[test]
    fn linear_on_hostile_text() {
        let parts = [
            "20个工作日",
            "1",
            "一",
            "半",
            "(",
            "（1",
            "1-",
            "1(1",
            "1个",
            "即办",
            "不含",
            "、",
            "不计入",
            "自",
            "之日起",
            "《",
            "其中",
            "可以延长",
            ",",
            "1,000,",
            "受理5个工作日，",
            "个",
            "不超过",
            "20",
            "1.",
            "\n",
            "20日（",
            "）",
            "①",
            "后",
            "有效期",
        ];
        let started = std::time::Instant::now();
        for part in parts {
            let text = part.repeat(1_048_576 / part.len());
            let _ = parse(&text, Some("工作日"), &immediate());
            let _ = parse(&format!("20个工作日{text}"), Some(&text), &immediate());
        }
        // A megabyte squared would take hours.
        assert!(started.elapsed().as_secs() < 300, "{:?}", started.elapsed());
    }

    #[test]
    fn real_lists() {
        let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/guangdong"));
        let (mut read, mut empty) = (0, 0);
        for file in ["440000.jsonl", "440100.jsonl"] {
            let Ok(lines) = std::fs::read_to_string(folder.join(file)) else {
                return;
            };
            for field in ["\"handle_time\": \"", "\"handle_time_limit\": \""] {
                for (at, _) in lines.match_indices(field) {
                    let rest = &lines[at + field.len()..];
                    let text = &rest[..rest.find('"').unwrap_or(0)];
                    match parse(text, None, &[]) {
                        Some(duration) => {
                            read += 1;
                            assert_eq!(duration.to_string(), text.replace(['(', ')'], ""));
                        }
                        None => {
                            empty += 1;
                            assert_eq!(text, "无");
                        }
                    }
                }
            }
        }
        assert_eq!((read, empty), (1579, 609));
    }
}

//! Numerals in running text: 十八周岁, 18周岁 and １８周岁 are one number. A numeral is written in digits where it is a quantity (before
//! a measure word), a rank (between 第 and such a word), a share (百分之三十) or a year; everywhere else it is part of a word and stays.
//!
//! Must not know what the text is about. One pass: a run of digits is looked at once, so a megabyte of 一 costs a megabyte of work.

use foldhash::HashMap;
use std::borrow::Cow;

use super::number::{digit, is_chinese_digit};

/// A word that a quantity may stand before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// As texts write it: 公顷.
    pub word: String,
    /// As the canonical spelling writes it: 平方米.
    pub unit: String,
    /// How many of the unit it is: 10,000.
    pub times: u32,
    /// Whether a numeral before it may be a rank (二级, 三月), where 两 is not 二.
    pub rank: bool,
}

/// The measure words, looked up by their first character.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    /// What may follow a quantity, the longest first.
    measures: HashMap<char, Vec<Measure>>,
    /// What may follow a rank: 条 in 第三条, the longest first.
    ranks: HashMap<char, Vec<String>>,
    /// Words that begin with a numeral and count nothing: 一次性.
    never: HashMap<char, Vec<String>>,
    /// Characters that a lone 一 belongs to: 统一, 同一个.
    not_after: String,
}

impl Measures {
    /// Puts the words in order.
    pub fn new(mut measures: Vec<Measure>, mut ranks: Vec<String>, never: Vec<String>, not_after: String) -> Self {
        measures.sort_by_key(|measure| std::cmp::Reverse(measure.word.len()));
        ranks.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut all = Measures {
            not_after,
            ..Measures::default()
        };
        for measure in measures {
            if let Some(first) = measure.word.chars().next() {
                all.measures.entry(first).or_default().push(measure);
            }
        }
        for (words, table) in [(ranks, &mut all.ranks), (never, &mut all.never)] {
            for word in words {
                if let Some(first) = word.chars().next() {
                    table.entry(first).or_default().push(word);
                }
            }
        }
        all
    }

    /// The measure word that a text begins with.
    fn measure(&self, text: &str) -> Option<&Measure> {
        let words = self.measures.get(&text.chars().next()?)?;
        words.iter().find(|measure| text.starts_with(&measure.word))
    }

    fn starts(table: &HashMap<char, Vec<String>>, text: &str) -> bool {
        let words = text.chars().next().and_then(|first| table.get(&first));
        words.is_some_and(|words| words.iter().any(|word| text.starts_with(word.as_str())))
    }
}

/// The canonical form of a text that has its canonical spelling ([`super::fold::spelling`]). Doing it again changes nothing.
pub fn fold<'a>(text: &'a str, measures: &Measures) -> Cow<'a, str> {
    // What was written in digits may be the neighbour that another numeral was waiting for (二十至百分之三十).
    let mut folded = once(text, measures);
    for _ in 0..3 {
        let Cow::Owned(text) = &folded else { return folded };
        let Cow::Owned(again) = once(text, measures) else {
            return folded;
        };
        if again == *text {
            break;
        }
        folded = Cow::Owned(again);
    }
    folded
}

fn once<'a>(text: &'a str, measures: &Measures) -> Cow<'a, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut before = None;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            before = Some(c);
            continue;
        }
        let found = match c {
            '第' => rank(text, at, measures),
            '0'..='9' => quantity(text, at, before, measures),
            c if is_chinese_digit(c) => quantity(text, at, before, measures),
            '〔' => bracketed_year(text, at),
            _ => {
                before = Some(c);
                continue;
            }
        };
        skip = found.end;
        // What is written so already is left alone: nearly every number.
        if let Some(written) = found.written.filter(|written| *written != text[at..found.end]) {
            out.push_str(&text[copied..at]);
            out.push_str(&written);
            copied = found.end;
        }
        before = Some(c);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// A quantity in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Where its number starts.
    pub start: usize,
    /// Where its measure word ends.
    pub end: usize,
    /// The number, in ten-thousandths.
    pub value: i128,
    /// The other end of a range.
    pub to: Option<i128>,
    /// The measure word.
    pub unit: String,
}

/// The quantities of a text that [`fold`] has been through, in their order; ranks (3级) are none.
pub(super) fn quantities(text: &str, measures: &Measures) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut skip = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let own = before.replace(c);
        if at < skip || !c.is_ascii_digit() {
            continue;
        }
        let first = arabic(text, at);
        skip = first.end;
        let Some(value) = first.value else { continue };
        if own.is_some_and(|c| c.is_ascii_alphanumeric() || "-./,_~第".contains(c)) {
            continue;
        }
        let (mut end, mut to) = (first.end, None);
        if text[end..].starts_with('至')
            && let Some(next) = number(text, end + '至'.len_utf8())
        {
            end = next.end;
            to = next.value;
        }
        if let Some(measure) = measures
            .measure(&text[end..])
            .filter(|measure| !measure.rank || measure.word == "%")
        {
            // 500万以上 has no measure word, only its limit.
            let limit = measure.word.starts_with('以');
            end += if limit { 0 } else { measure.word.len() };
            found.push(Quantity {
                start: at,
                end,
                value,
                to,
                unit: if limit { String::new() } else { measure.unit.clone() },
            });
            skip = end;
        }
    }
    found
}

/// What was made of the text from some place on.
struct Found {
    /// Where to go on.
    end: usize,
    /// What to write instead; `None` to leave the text as it is.
    written: Option<String>,
}

impl Found {
    fn nothing(end: usize) -> Self {
        Found { end, written: None }
    }
}

/// A numeral.
#[derive(Clone, Copy, Debug)]
struct Number {
    /// Its value in ten-thousandths; `None` where the digits make no one number (三五, 十三五, 007).
    value: Option<i128>,
    /// Where it ends.
    end: usize,
    /// Whether it is a lone 一.
    one: bool,
    /// Whether it is a lone 两.
    two: bool,
    /// Whether 万 or 亿 stands at its end, which may hold for a number before it too (3至5万元).
    large: bool,
}

/// One in ten-thousandths.
const ONE: i128 = 10_000;
/// Numerals longer than this are no numbers anyone counts with.
const LONGEST: usize = 24;

/// The numeral that starts here.
fn number(text: &str, at: usize) -> Option<Number> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    if first.is_ascii_digit() {
        Some(arabic(text, at))
    } else if is_chinese_digit(first) {
        Some(chinese(text, at))
    } else {
        None
    }
}

fn run(text: &str, at: usize, of: impl Fn(char) -> bool) -> usize {
    text[at..]
        .char_indices()
        .find(|&(_, c)| !of(c))
        .map_or(text.len(), |(len, _)| at + len)
}

/// Digits with groups and decimals, and 万 and the like behind them: 1,000, 3.5, 5千万.
fn arabic(text: &str, at: usize) -> Number {
    let mut end = run(text, at, |c| c.is_ascii_digit());
    let mut whole = text[at..end].to_owned();
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let is_group = |end: usize| {
        let group = text.as_bytes().get(end..end + 4);
        group.is_some_and(|group| group[0] == b',' && group[1..].iter().all(u8::is_ascii_digit))
            && !text.as_bytes().get(end + 4).is_some_and(u8::is_ascii_digit)
    };
    if whole.len() <= 3 && !leading_zero {
        while is_group(end) && whole.len() < LONGEST {
            whole.push_str(&text[end + 1..end + 4]);
            end += 4;
        }
    }
    let mut decimals = "";
    if text[end..].starts_with('.') {
        let stop = run(text, end + 1, |c| c.is_ascii_digit());
        if stop > end + 1 {
            decimals = &text[end + 1..stop];
            end = stop;
        }
    }
    let mut value = if leading_zero { None } else { parse(&whole, decimals) };
    let units = run(text, end, is_chinese_digit);
    let large = units > end;
    if large {
        value = value.and_then(|value| value.checked_mul(power(&text[end..units])?));
        end = units;
    }
    Number {
        value,
        end,
        one: false,
        two: false,
        large,
    }
}

/// Whole and decimal digits in ten-thousandths.
fn parse(whole: &str, decimals: &str) -> Option<i128> {
    let decimals = decimals.trim_end_matches('0');
    if whole.len() > 15 || decimals.len() > 4 {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let decimals: i128 = format!("{decimals:0<4}").parse().ok()?;
    Some(whole * ONE + decimals)
}

/// 百, 千万, 亿 behind digits.
fn power(units: &str) -> Option<i128> {
    Some(match units {
        "十" => 10,
        "百" => 100,
        "千" => 1000,
        "万" => 10_000,
        "十万" => 100_000,
        "百万" => 1_000_000,
        "千万" => 10_000_000,
        "亿" => 100_000_000,
        "十亿" => 1_000_000_000,
        "百亿" => 10_000_000_000,
        "千亿" => 100_000_000_000,
        "万亿" => 1_000_000_000_000,
        _ => return None,
    })
}

fn chinese(text: &str, at: usize) -> Number {
    let mut end = run(text, at, is_chinese_digit);
    // 三十百分之五: the 百 begins a share.
    let share = text[at..end].ends_with(['百', '千']) && end - at > 3 && text[end..].starts_with("分之");
    if share && spoken(&text[at..end]).is_none() {
        end -= '百'.len_utf8();
    }
    let digits = &text[at..end];
    let mut value = if digits.len() > LONGEST * 3 {
        None
    } else {
        spoken(digits)
    };
    let mut large = digits.ends_with(['万', '亿']);
    // 三点五, 一点二亿
    if text[end..].starts_with('点') {
        let start = end + '点'.len_utf8();
        let stop = run(text, start, |c| digit(c).is_some());
        let units = run(text, stop, |c| c == '万' || c == '亿');
        if stop > start && stop - start <= 12 {
            let decimals: String = text[start..stop]
                .chars()
                .filter_map(digit)
                .filter_map(|d| char::from_digit(d, 10))
                .collect();
            let part = parse("0", &decimals);
            let times = if units > stop {
                power(&text[stop..units])
            } else {
                Some(1)
            };
            value = value.and_then(|value| (value + part?).checked_mul(times?));
            large = units > stop;
            end = units;
        }
    }
    Number {
        value,
        end,
        one: digits == "一",
        two: digits == "两",
        large,
    }
}

/// A numeral as it is spoken (三百零五, 十八, 廿五, 五千万), or digit by digit with a zero or as a year (二〇一八). Two digits side by
/// side (三五, 十五六) are an estimate, a 百 without a digit (百货) is a word: no number.
fn spoken(text: &str) -> Option<i128> {
    let mut digits = 0_i128;
    let mut plain = true;
    for c in text.chars() {
        match digit(c) {
            Some(digit) => digits = digits.checked_mul(10)?.checked_add(i128::from(digit))?,
            None => plain = false,
        }
    }
    let count = text.chars().count();
    if plain && count > 1 {
        let zero_first = text.starts_with(['零', '〇', '○']);
        let positional = !zero_first && (count == 4 || text.contains(['零', '〇', '○'])) && !text.contains('两');
        return positional.then(|| digits * ONE);
    }
    if plain {
        return Some(digits * ONE);
    }
    let (mut total, mut part) = (0_i128, 0_i128);
    let mut pending: Option<i128> = None;
    let mut zero = false;
    // The next place must be smaller: 二十百 is no number.
    let (mut place, mut myriad) = (10_000_i128, i128::MAX);
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            if pending.is_some() {
                return None;
            }
            match digit {
                0 => zero = true,
                digit => pending = Some(i128::from(digit)),
            }
            continue;
        }
        match c {
            '十' | '拾' | '百' | '佰' | '千' | '仟' | '廿' | '卅' => {
                let (unit, alone) = match c {
                    '十' | '拾' => (10, Some(1)),
                    '廿' => (10, Some(2)),
                    '卅' => (10, Some(3)),
                    '百' | '佰' => (100, None),
                    _ => (1000, None),
                };
                if unit >= place || matches!(c, '廿' | '卅') && pending.is_some() {
                    return None;
                }
                part += pending.take().or(alone)? * unit;
                place = unit;
            }
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                let times = part + pending.take().unwrap_or(0);
                if times == 0 || unit >= myriad {
                    return None;
                }
                total += times * unit;
                (part, place, myriad) = (0, 10_000, unit);
            }
            _ => return None,
        }
        zero = false;
    }
    // 三千五 may be 3005 or 3500.
    let last = match pending {
        Some(digit) if zero || place == 10 => digit,
        Some(_) => return None,
        None if zero => return None,
        None => 0,
    };
    Some((total + part + last) * ONE)
}

/// The number (in ten-thousandths) in digits, whole ten thousands as 万 and 亿 where it is a quantity.
pub(super) fn spell(value: i128, quantity: bool) -> String {
    let (whole, decimals) = (value / ONE, value % ONE);
    if decimals != 0 {
        let decimals = format!("{decimals:04}");
        return format!("{whole}.{}", decimals.trim_end_matches('0'));
    }
    match whole {
        whole if !quantity || whole == 0 || whole % 10_000 != 0 => whole.to_string(),
        whole if whole % 100_000_000 == 0 => format!("{}亿", whole / 100_000_000),
        whole => format!("{}万", whole / 10_000),
    }
}

/// What joins two numbers: from … to, or one and the other.
fn joiner(c: char) -> Option<bool> {
    match c {
        '至' | '到' | '-' | '~' => Some(true),
        '、' | '或' | '和' => Some(false),
        _ => None,
    }
}

/// What 上一 and 下一 stand before where they mean the last and the next.
const NEIGHBOURS: [&str; 13] = [
    "年",
    "个年度",
    "个会计年度",
    "季度",
    "个季度",
    "个月",
    "月",
    "周",
    "学年",
    "学期",
    "个学期",
    "级",
    "届",
];

/// A quantity: 三年, 三至五年, 三、四级, 百分之三十, 三分之二.
fn quantity(text: &str, at: usize, before: Option<char>, measures: &Measures) -> Found {
    if text[at..].starts_with("百分之") || text[at..].starts_with("千分之") {
        return share(text, at);
    }
    let Some(first) = number(text, at) else {
        return Found::nothing(at + 1);
    };
    let alone = Found::nothing(first.end);
    let Some(value) = first.value else { return alone };
    if text[first.end..].starts_with("分之") {
        return fraction(text, value, first.end);
    }
    let belongs = match before {
        // A-3, 2.5.1 and version3 are names.
        Some(c) if text.as_bytes()[at].is_ascii_digit() => c.is_ascii_alphanumeric() || "-./,_~".contains(c),
        // 周三, 几十, 数十; 统一, 同一个.
        Some('周' | '几' | '点') => true,
        Some('期') if text[..at].ends_with("星期") => true,
        Some('数') => text[at..].starts_with('十'),
        // 上一年度, 下一级 name a neighbour; 本科以上一年 counts.
        Some('上' | '下') => {
            let counts = ["以上", "以下", "地上", "地下"]
                .iter()
                .any(|word| text[..at].ends_with(word));
            first.one && !counts && NEIGHBOURS.iter().any(|word| text[first.end..].starts_with(word))
        }
        Some(c) => first.one && measures.not_after.contains(c),
        None => false,
    };
    if belongs || Measures::starts(&measures.never, &text[at..]) {
        return alone;
    }
    let mut numbers = vec![(value, '\0')];
    let mut last = first;
    let mut measure = measures.measure(&text[last.end..]);
    let mut end = measure.map_or(last.end, |measure| last.end + measure.word.len());
    // The rest of a list that is counted by the measure word at its end; a range may say its measure word twice.
    while let Some(mark) = text[end..].chars().next()
        && let Some(range) = joiner(mark)
        && (range && numbers.len() == 1
            || !range && measure.is_none() && at > 0 && numbers.last().is_some_and(|n| joiner(n.1) != Some(true)))
        && let Some(next) = number(text, end + mark.len_utf8())
        && let Some(to) = next.value
    {
        let own = measures.measure(&text[next.end..]);
        let fits = match (measure, own) {
            (Some(measure), Some(own)) => measure == own,
            (Some(_), None) => false,
            (None, _) => true,
        };
        // 2020-1-5 is a date, 3至5万 says 万 once for both.
        let goes_on = text[next.end..].starts_with(['-', '~', '.']);
        if range && (!fits || own.is_none() || goes_on || value >= to) || next.large && !last.large || next.two {
            if measure.is_none() {
                return Found::nothing(next.end);
            }
            break;
        }
        numbers.push((to, if range { '至' } else { mark }));
        last = next;
        measure = own;
        end = own.map_or(next.end, |own| next.end + own.word.len());
        if range {
            break;
        }
    }
    let Some(measure) = measure else {
        return Found::nothing(last.end);
    };
    if first.two && measure.rank {
        return Found::nothing(last.end);
    }
    let mut written = String::new();
    for (value, mark) in numbers {
        let Some(value) = value.checked_mul(i128::from(measure.times)) else {
            return Found::nothing(last.end);
        };
        if mark != '\0' {
            written.push(mark);
        }
        written.push_str(&spell(value, !measure.rank));
    }
    written.push_str(&measure.unit);
    Found {
        end: last.end + measure.word.len(),
        written: Some(written),
    }
}

/// 百分之三十 is 30%.
fn share(text: &str, at: usize) -> Found {
    let start = at + "百分之".len();
    let sign = if text[at..].starts_with('百') { '%' } else { '‰' };
    if text[start..].starts_with("百") && sign == '%' && !text[start + 3..].starts_with(is_chinese_digit) {
        return Found {
            end: start + 3,
            written: Some("100%".to_owned()),
        };
    }
    match number(text, start) {
        Some(Number {
            value: Some(value),
            end,
            ..
        }) if !text[end..].starts_with(['多', '几', '余']) => Found {
            end,
            written: Some(format!("{}{sign}", spell(value, false))),
        },
        Some(Number { end, .. }) => Found::nothing(end),
        None => Found::nothing(start),
    }
}

/// 三分之二 is 2/3.
fn fraction(text: &str, of: i128, at: usize) -> Found {
    let start = at + "分之".len();
    match number(text, start) {
        Some(Number {
            value: Some(value),
            end,
            ..
        }) if of % ONE == 0 && value % ONE == 0 && !text[end..].starts_with("分之") => Found {
            end,
            written: Some(format!("{}/{}", spell(value, false), spell(of, false))),
        },
        Some(Number { end, .. }) => Found::nothing(end),
        None => Found::nothing(start),
    }
}

/// A rank: 第十二条, 第（三）项, 第五、六条.
fn rank(text: &str, at: usize, measures: &Measures) -> Found {
    let mut start = at + '第'.len_utf8();
    let bracket = text[start..].starts_with('（');
    if bracket {
        start += '（'.len_utf8();
    }
    let mut written = String::from("第");
    loop {
        let Some(number) = number(text, start) else {
            return Found::nothing(start);
        };
        let Some(value) = number.value.filter(|value| value % ONE == 0 && !number.two) else {
            return Found::nothing(number.end);
        };
        written.push_str(&spell(value, false));
        let mut end = number.end;
        if bracket {
            if !text[end..].starts_with('）') {
                return Found::nothing(end);
            }
            end += '）'.len_utf8();
        }
        let rest = &text[end..];
        if Measures::starts(&measures.ranks, rest) {
            return Found {
                end,
                written: Some(written),
            };
        }
        match rest.chars().next() {
            Some(mark) if joiner(mark).is_some() && !bracket => {
                written.push(if joiner(mark) == Some(true) { '至' } else { mark });
                start = end + mark.len_utf8();
            }
            _ => return Found::nothing(end),
        }
    }
}

/// The year of a document number: 〔二〇一八〕.
fn bracketed_year(text: &str, at: usize) -> Found {
    let start = at + '〔'.len_utf8();
    match number(text, start) {
        Some(Number {
            value: Some(value),
            end,
            ..
        }) if text[end..].starts_with('〕') && (1000 * ONE..3000 * ONE).contains(&value) && value % ONE == 0 => {
            Found {
                end,
                written: Some(format!("〔{}", spell(value, false))),
            }
        }
        _ => Found::nothing(start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::fold::spelling;
    use crate::profile::Profile;

    fn measures() -> Measures {
        Profile::load("national-12")
            .expect("shipped profile")
            .vocabulary
            .measures
    }

    #[test]
    fn one_number_one_spelling() {
        let measures = measures();
        for (spelt, texts) in [
            ("18周岁以上", vec!["十八周岁以上", "１８周岁以上", "18 周岁以上"]),
            ("年满18岁", vec!["年满十八岁"]),
            ("20名", vec!["二十名", "廿名"]),
            ("25名", vec!["廿五名", "二十五名"]),
            ("3年以上", vec!["三年以上"]),
            (
                "5000万元",
                vec!["五千万元", "5千万元", "5000万元", "50,000,000元", "50000000元"],
            ),
            ("35000元", vec!["3.5万元", "三点五万元", "三万五千元", "35,000元"]),
            ("1亿元", vec!["一亿元", "10000万元"]),
            ("30%", vec!["百分之三十", "百分之30", "30％", "30.0%"]),
            ("3‰", vec!["千分之三"]),
            ("100%", vec!["百分之百", "百分之一百"]),
            (
                "1000平方米",
                vec!["1,000平方米", "1000㎡", "一千平方米", "1000m²", "1000平米"],
            ),
            ("2万平方米", vec!["2公顷", "两公顷", "20000平方米"]),
            ("5000米", vec!["5公里", "五千米", "5千米", "5000米", "五公里"]),
            ("5000克", vec!["五千克", "5公斤"]),
            ("第12条", vec!["第十二条", "第１２条"]),
            (
                "第12条第3款第1项",
                vec!["第十二条第三款第（一）项", "第12条第三款第1项"],
            ),
            ("第307条之一", vec!["第三百零七条之一"]),
            ("第5、6条", vec!["第五、六条"]),
            ("第8至10条", vec!["第八至十条", "第八-十条"]),
            ("2018年", vec!["二〇一八年", "二零一八年", "2018 年"]),
            ("国发〔2018〕11号", vec!["国发〔二〇一八〕十一号"]),
            ("1寸", vec!["一寸"]),
            ("2份", vec!["两份", "二份", "贰份"]),
            (
                "3至5年",
                vec!["三至五年", "3-5年", "三年至五年", "3~5年", "3年-5年", "三到五年"],
            ),
            ("限1、2级", vec!["限一、二级"]),
            ("2/3以上", vec!["三分之二以上"]),
            ("20个工作日", vec!["二十个工作日", "20工作日", "二十工作日"]),
            ("103人", vec!["一百零三人", "一〇三人"]),
            ("12月31日", vec!["十二月三十一日"]),
            ("500万以上", vec!["五百万以上"]),
            ("3级甲等", vec!["三级甲等"]),
        ] {
            for text in texts {
                assert_eq!(fold(&spelling(text), &measures), spelt, "{text}");
            }
            assert_eq!(fold(spelt, &measures), spelt, "twice");
        }
    }

    #[test]
    fn words_are_left_alone() {
        let measures = measures();
        for text in [
            "一次性告知",
            "一般",
            "十三五规划",
            "统一社会信用代码",
            "万一",
            "五险一金",
            "三证合一",
            "百货",
            "千斤顶",
            "一律",
            "一定",
            "唯一",
            "两者",
            "之一",
            "同一个",
            "任一项",
            "同一项目",
            "第三方",
            "第一时间",
            "三五个",
            "十几人",
            "数十人",
            "几十万元",
            "二十余人",
            "十五六岁",
            "进一步",
            "另一名",
            "周三次日",
            "百分之几",
            "三千五元",
            "一人有限责任公司",
            "两级",
            "两类",
            "两月",
            "十字路口",
            "多证合一",
            "一致",
            "A3级",
            "2020-1-5日",
            "3-5万元",
            "V2.5个",
            "007号",
            "三至五万元",
            "四至范围",
            "两侧",
            "百年",
        ] {
            let spelt = spelling(text);
            assert_eq!(fold(&spelt, &measures), spelt);
        }
        // Two that must not meet.
        for (left, right) in [
            ("两级", "二级"),
            ("第三方", "三方"),
            ("数十人", "10人"),
            ("3-5万元", "3万元-5万元"),
            ("三月", "三个月"),
        ] {
            assert_ne!(fold(left, &measures), fold(right, &measures), "{left} {right}");
        }
    }

    #[test]
    fn folding_twice_is_once() {
        let measures = measures();
        // Anything glued together, the same on every run.
        let pieces = [
            "一",
            "二",
            "两",
            "十",
            "百",
            "千",
            "万",
            "亿",
            "零",
            "廿",
            "点",
            "五",
            "18",
            "3.50",
            "1,000",
            "007",
            "年",
            "级",
            "个",
            "公顷",
            "公里",
            "元",
            "第",
            "条",
            "（",
            "）",
            "、",
            "至",
            "-",
            "或",
            "分之",
            "百分之",
            "%",
            "〔",
            "〕",
            "以上",
            "统",
            "周",
            "几",
            "多",
            "。",
            "甲",
            "A",
            "米",
            "项",
        ];
        let mut seed = 7_u64;
        for _ in 0..100_000 {
            let mut text = String::new();
            for _ in 0..8 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let text = spelling(&text);
            let once = fold(&text, &measures);
            assert_eq!(fold(&once, &measures), once, "{text}");
        }
    }
}

//! Fees: whether something is charged, and how much for what (收费).
//!
//! Must not know which fees are lawful.

use crate::model::{Amount, FeeItem, Fees, Span, UnknownWhy, Value};

use super::{enumerate, fold, number};

/// The columns that speak of fees.
pub(super) struct Parts<'a> {
    /// 是否收费, or everything in one text.
    pub(super) value: Option<&'a str>,
    /// 收费标准.
    pub(super) standard: Option<&'a str>,
    /// 收费项目名称.
    pub(super) name: Option<&'a str>,
    /// Records of the fields name, standard, basis ….
    pub(super) records: &'a [Vec<(String, String)>],
}

/// Words of a yes/no column that say yes.
const YES: [&str; 9] = ["是", "收费", "有", "收取", "需要", "需收费", "1", "true", "y"];

/// Reads all columns together. `none` are words that say that nothing is charged, `refers` texts that only point elsewhere.
/// Columns that contradict each other are unknown: nothing is guessed.
pub(super) fn parse(parts: &Parts<'_>, none: &[String], refers: &[String], empty: &dyn Fn(&str) -> bool) -> Value {
    let key = |text: &str| fold::spelling(text).to_lowercase();
    let says_none = |text: &str| none.contains(&key(text));
    let mut items: Vec<FeeItem> = Vec::new();
    for record in parts.records {
        let field = |name: &str| {
            record
                .iter()
                .find(|(field, _)| field == name)
                .map_or("", |(_, text)| text.as_str())
        };
        let standard = field("standard");
        if !says_none(standard) && !(empty(standard) && empty(field("name"))) {
            items.extend(charges(standard, field("name")));
        }
    }
    let standard = parts.standard.filter(|text| !empty(text) && !says_none(text));
    if let Some(standard) = standard {
        items.extend(charges(standard, parts.name.unwrap_or_default()));
    }
    let standard_says_none = parts.standard.is_some_and(says_none);
    match parts.value.map(key).as_deref() {
        Some(value) if none.iter().any(|word| word == value) => {
            if items
                .iter()
                .all(|item| item.amount.is_none_or(|amount| amount.high.is_zero()))
            {
                return Value::Fees(Fees::None);
            }
            let both = format!("{value}；{}", standard.map(fold::spelling).unwrap_or_default());
            return Value::Unknown(UnknownWhy::Unreadable, both);
        }
        Some(value) if YES.contains(&value) => {
            if items.is_empty() && standard_says_none {
                let both = format!("{value}；{}", parts.standard.map(fold::spelling).unwrap_or_default());
                return Value::Unknown(UnknownWhy::Unreadable, both);
            }
        }
        Some("") | None => {
            if items.is_empty() {
                return if standard_says_none {
                    Value::Fees(Fees::None)
                } else {
                    Value::Empty
                };
            }
        }
        Some(value) if refers.iter().any(|word| word == value) => {
            if items.is_empty() {
                return Value::Unknown(UnknownWhy::Refers, value.to_owned());
            }
        }
        Some(_) => {
            let text = parts.value.unwrap_or_default();
            if !empty(text) {
                items.extend(charges(text, parts.name.unwrap_or_default()));
                let yes = items.iter().any(|item| YES.contains(&item.text.as_str()));
                items.retain(|item| !says_none(&item.text) && !YES.contains(&item.text.as_str()));
                if items.is_empty() {
                    return Value::Fees(if yes { Fees::Charged(Vec::new()) } else { Fees::None });
                }
            } else if items.is_empty() {
                return Value::Empty;
            }
        }
    }
    let free = |item: &FeeItem| item.amount.is_some_and(|amount| amount.high.is_zero());
    if !items.is_empty() && items.iter().all(free) {
        return Value::Fees(Fees::None);
    }
    items.sort();
    items.dedup();
    Value::Fees(Fees::Charged(items))
}

/// The charges of one text: numbered or separated entries, each with its amount where one can be read.
fn charges(text: &str, name: &str) -> Vec<FeeItem> {
    let half = fold::half(text);
    let mut items = Vec::new();
    for entry in enumerate::entries(&half) {
        for piece in fold::split_outside(entry.text, &['；', ';', '。']) {
            let piece = enumerate::bare(piece);
            if !piece.is_empty() {
                items.push(charge(&piece, &fold::spelling(name)));
            }
        }
    }
    if items.is_empty() && !name.trim().is_empty() {
        items.push(FeeItem {
            name: fold::spelling(name),
            amount: None,
            per: String::new(),
            text: String::new(),
        });
    }
    items
}

/// One charge: `工本费10元/证`, `每件50元`, `首次申领：20元`, `50-200元/m²`, `1万元`, `￥50`.
fn charge(text: &str, name: &str) -> FeeItem {
    let whole = || FeeItem {
        name: name.to_owned(),
        amount: None,
        per: String::new(),
        text: text.to_owned(),
    };
    let Some(found) = amount(text) else { return whole() };
    // Two amounts in one sentence are a scale: it is kept as text, not guessed at.
    if amount(&text[found.end..]).is_some() {
        return whole();
    }
    let before = text[..found.start].trim_end_matches(['：', '，', '（', '、', '为']);
    let after = text[found.end..].trim_start_matches(['）', '，']);
    let (before, per_before) = match before.rfind('每') {
        Some(at) if before[at..].chars().count() <= 6 => (&before[..at], unit(&before[at + '每'.len_utf8()..])),
        _ => (before, String::new()),
    };
    let (per_after, rest) = match after.strip_prefix('/').or_else(|| after.strip_prefix('每')) {
        Some(unit_text) => {
            let end = unit_text
                .find(['，', '（', '；', '。', '、'])
                .unwrap_or(unit_text.len());
            (unit(&unit_text[..end]), &unit_text[end..])
        }
        None => (String::new(), after),
    };
    let stem = before
        .trim_end_matches(['：', '，', '（', '、'])
        .trim_end_matches("人民币")
        .trim_end_matches("收费标准")
        .trim_end_matches("按")
        .trim_end_matches(['：', '，']);
    let stem = stem
        .strip_prefix("收费标准")
        .unwrap_or(stem)
        .trim_start_matches(['：', '，']);
    let own = [stem, rest.trim_matches(['，', '（', '）', '、'])].concat();
    let own = enumerate::bare(&own);
    let name = match (name.is_empty(), own.is_empty()) {
        (_, true) => name.to_owned(),
        (true, false) => own,
        (false, false) if own == name => own,
        (false, false) => format!("{name}（{own}）"),
    };
    let per = if per_after.is_empty() { per_before } else { per_after };
    FeeItem {
        name,
        amount: Some(found.span),
        per,
        text: String::new(),
    }
}

struct Found {
    start: usize,
    end: usize,
    span: Span,
}

/// The first amount of money in a text, with where it begins and ends.
fn amount(text: &str) -> Option<Found> {
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit() || number::is_chinese_digit(c)) {
        let start = at + offset;
        let rest = &text[start..];
        let end = numeral(rest);
        let (low, mut unit_at) = (value(&rest[..end]), end);
        let mut high = low;
        let tail = rest[end..].trim_start_matches('元');
        if let Some(range) = tail.strip_prefix(['-', '~', '至', '到']) {
            let end = numeral(range);
            if let Some(upper) = value(&range[..end]) {
                high = Some(upper);
                unit_at = rest.len() - range.len() + end;
            }
        }
        let signed = text[..start].ends_with(['¥', '￥']);
        let after = &rest[unit_at..];
        let unit = [("亿元", 100_000_000), ("万元", 10_000), ("元", 1)]
            .iter()
            .find(|(word, _)| after.starts_with(word));
        if let (Some(low), Some(high)) = (low, high)
            && (unit.is_some() || signed)
        {
            let (word, factor) = unit.map_or(("", 1), |&(word, factor)| (word, factor));
            let begin = text[..start].trim_end_matches(['¥', '￥']).len();
            let span = Span {
                low: low.times(factor),
                high: high.times(factor),
            };
            return Some(Found {
                start: begin,
                end: start + unit_at + word.len(),
                span,
            });
        }
        at = start + end.max(1);
    }
    None
}

/// How far a number at the start of a text goes: digits, or Chinese numerals. In 1万元 it is the 1, in 五万元 the 五万.
fn numeral(text: &str) -> usize {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let goes_on = |c: char| {
        if digits {
            c.is_ascii_digit() || matches!(c, '.' | ',')
        } else {
            number::is_chinese_digit(c)
        }
    };
    text.find(|c: char| !goes_on(c)).unwrap_or(text.len())
}

fn value(text: &str) -> Option<Amount> {
    let text = text.trim_end_matches([',', '.']);
    Amount::parse(text).or_else(|| i64::try_from(number::chinese(text)?).ok().map(Amount::whole))
}

/// The canonical unit: ㎡, m² and 平米 are 平方米.
fn unit(text: &str) -> String {
    let unit = fold::spelling(text.trim_start_matches('1'));
    match unit.as_str() {
        "m²" | "m2" | "平米" | "平方" => "平方米".to_owned(),
        "m³" | "m3" | "立方" | "方" => "立方米".to_owned(),
        "人·次" | "人/次" => "人次".to_owned(),
        _ => unit.trim_start_matches('每').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Option<&str>, standard: Option<&str>, name: Option<&str>) -> String {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
        let none = words(&["不收费", "免费", "否", "无", "0元", "0", "不收取费用"]);
        let refers = words(&["按规定收费", "详见收费标准"]);
        let parts = Parts {
            value,
            standard,
            name,
            records: &[],
        };
        match parse(&parts, &none, &refers, &|text| {
            matches!(text.trim(), "" | "-" | "无" | "/")
        }) {
            Value::Unknown(why, text) => format!("{why:?} {text}"),
            value => value.canonical(),
        }
    }

    #[test]
    fn one_text() {
        for (text, expected) in [
            ("不收费", "不收费"),
            ("免费", "不收费"),
            ("否", "不收费"),
            ("无", "不收费"),
            ("0元", "不收费"),
            ("0.00元", "不收费"),
            ("-", ""),
            ("", ""),
            ("是", "收费"),
            ("收费", "收费"),
            ("1.是", "收费"),
            ("每件50元", "50元/件"),
            ("50元/件", "50元/件"),
            ("50.00元/件", "50元/件"),
            ("人民币50元/件", "50元/件"),
            ("￥50", "50元"),
            ("五十元", "50元"),
            ("五万元", "50000元"),
            ("1.5万元/宗", "15000元/宗"),
            ("1万元", "10000元"),
            ("1,200元", "1200元"),
            ("50—200元/㎡", "50-200元/平方米"),
            ("50-200元/m²", "50-200元/平方米"),
            ("50至200元/平方米", "50-200元/平方米"),
            ("工本费10元/证", "工本费：10元/证"),
            ("工本费：10元/证", "工本费：10元/证"),
            ("首次申领：20元；补领：40元", "补领：40元；首次申领：20元"),
            ("1.甲费 10元/本 2.乙费 5元/份", "乙费：5元/份；甲费：10元/本"),
            ("按价格主管部门文件执行", "按价格主管部门文件执行"),
            ("按规定收费", "Refers 按规定收费"),
        ] {
            assert_eq!(read(Some(text), None, None), expected, "{text}");
        }
    }

    #[test]
    fn columns_together() {
        for (value, standard, name, expected) in [
            (Some("是"), Some("10元/本"), Some("工本费"), "工本费：10元/本"),
            (Some("1"), Some("每件50元"), None, "50元/件"),
            (Some("是"), None, None, "收费"),
            (Some("是"), None, Some("-"), "收费"),
            (Some("否"), Some("无"), None, "不收费"),
            (Some("否"), None, None, "不收费"),
            (Some("0"), Some("不收费"), None, "不收费"),
            (None, Some("不收费"), None, "不收费"),
            (None, Some("无"), None, "不收费"),
            (None, Some("20元"), None, "20元"),
            (Some("否"), Some("20元/件"), None, "Unreadable 否；20元/件"),
            (Some("是"), Some("不收费"), None, "Unreadable 是；不收费"),
        ] {
            assert_eq!(read(value, standard, name), expected, "{value:?} {standard:?} {name:?}");
        }
    }
}

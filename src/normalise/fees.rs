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
                items.retain(|item| !says_none(&item.text));
            }
            if items.is_empty() {
                return if empty(text) {
                    Value::Empty
                } else {
                    Value::Fees(Fees::None)
                };
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
    let numeral = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut at = 0;
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit() || number::is_chinese_digit(c)) {
        let start = at + offset;
        let rest = &text[start..];
        let end = rest
            .find(|c: char| !(numeral(c) || number::is_chinese_digit(c)))
            .unwrap_or(rest.len());
        let (low, mut unit_at) = (value(&rest[..end]), end);
        let mut high = low;
        let tail = rest[end..].trim_start_matches('元');
        if let Some(range) = tail.strip_prefix(['-', '~', '至', '到']) {
            let end = range
                .find(|c: char| !(numeral(c) || number::is_chinese_digit(c)))
                .unwrap_or(range.len());
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

fn value(text: &str) -> Option<Amount> {
    // 五十 is a number; 50万 has its unit behind it.
    let text = text.trim_end_matches(['万', '亿', ',', '.']);
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

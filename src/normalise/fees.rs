//! Charges (收费): reads 不收费, 每件50元, 50-200元/㎡, 首次申领：20元；补领：40元 … into their normal form.
//!
//! Must not know elements, columns or rules: which words mean "nothing is charged" and which texts only point elsewhere is
//! handed in. Never guesses: what contradicts itself, and sums that are no price (thresholds, other currencies, rates),
//! stay text. The legal basis is no part of what a charge is. Lists of words are separated by spaces.

use super::scan::{begins, ends, holds, numeral_at, strip};
use super::{Parts, Role, enumerate, fold};
use crate::model::{Amount, FeeItem, Fees, Span, UnknownWhy, Value};

/// A longer text is an essay; the limit on its length also keeps the time linear.
const LONGEST: usize = 16_384;

const YES: &str = "是 1 收费 true yes y 有 收取 有收费 需收费 需要收费 涉及收费";
const NO: &str = "否 0 不收费 免费 无 没有 false no n";
/// What says nothing beside the answer; 无 in the column of the standard is no answer.
const MISSING: &str = "无 没有 暂无 不涉及 不适用 0 null none n/a - -- / 无收费标准 无收费项目 是 有 收费 收取 有收费 \
                       需收费 需要收费 涉及收费";
const FREE: &str = "不收取任何费用 不收任何费用 不收取费用 不收取 不收费用 不收费 免收费用 免收费 免收 免费 免征 停止征收 暂停征收 停征 \
                    零收费 无收费 无需缴费 不需缴费";
/// Words by which a text without an amount still speaks of a charge.
const CHARGE: &str = "元 按 依 根据 执行 标准 规定 文件 收取 收费 费 缴 征 % ‰ 价";
const BASIS: &str = "根据 依据 按照 依照 参照 按《 收费依据 文件依据";
/// What a charge that costs nothing may be called without meaning only some cases.
const GENERAL: &str =
    "本 该 此 事项 业务 项目 行政 许可 服务 申请 办理 全程 均 一律 目前 现 暂时 暂 的 已 全部 费用 工本费 费 按规定";
const NAME_BEFORE: &str = "收费标准 收费项目 收费： 收费， 收费为 标准： 标准为 人民币 ￥ ¥ ： ， 、 ） 为 按 其中 ；";
const NAME_AFTER: &str =
    "收费标准 收费项目 标准 收费 收取 计收 缴纳 交纳 征收 人民币 RMB rmb CNY ￥ ¥ ： ， 、 （ 为 按 共 每次收 收 ；";
/// Longer words stand before the words that they begin with.
const MEASURES: &str = "平方米 平米 m² m³ 立方米 件次 车次 辆次 车辆 人次 人科 公里 公斤 小时 工作日 件 证 本 份 张 次 人 户 宗 车 辆 台 \
                        套 年 月 日 天 个 页 项 吨 米 亩 册 枚 副 块 科 株 具 艘 处 批 卡";
/// Written form and canonical form of what is charged per.
const SAME_MEASURE: [(&str, &str); 6] = [
    ("m² 平方公尺 平方 平米 建筑平方米", "平方米"),
    ("m³ ㎥ 立方", "立方米"),
    ("km 千米", "公里"),
    ("kg 千克", "公斤"),
    ("t", "吨"),
    ("m 延米 延长米", "米"),
];

/// The columns of one row that speak of charges.
struct Columns<'a> {
    /// 是否收费, or everything in one text.
    value: Option<&'a str>,
    /// 收费标准.
    standard: Option<&'a str>,
    /// 收费项目.
    name: Option<&'a str>,
    /// Records of the fields name, standard, basis, reducible, reduce_basis.
    records: &'a [Vec<(String, String)>],
}

/// The words of the vocabulary, folded.
struct Words<'a> {
    none: &'a [String],
    refers: &'a [String],
    empty: &'a dyn Fn(&str) -> bool,
}

/// What the texts say together.
#[derive(Default)]
struct Said {
    items: Vec<FeeItem>,
    free: bool,
    refers: bool,
    unreadable: bool,
}

/// A sum in a text, or a word for none.
struct Price {
    from: usize,
    to: usize,
    /// `None`: a sum that is no price, or none that can be read.
    span: Option<Span>,
    per: String,
}

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    parse(
        &Columns {
            value: parts.raw(Role::Value),
            standard: parts.raw(Role::Standard),
            name: parts.text(Role::Name),
            records: &parts.records(),
        },
        &vocabulary.no_fee,
        &vocabulary.refers,
        &|text| vocabulary.is_empty_word(text),
    )
}

/// Reads the charges. `none` are the words for no charge, `refers` the texts that only point elsewhere, `empty` knows the
/// texts that say nothing.
fn parse(parts: &Columns<'_>, none: &[String], refers: &[String], empty: &dyn Fn(&str) -> bool) -> Value {
    let none: Vec<String> = none.iter().map(|word| key(word)).collect();
    let refers: Vec<String> = refers.iter().map(|word| key(word)).collect();
    let words = Words {
        none: &none,
        refers: &refers,
        empty,
    };
    let value = understood(parts, &words);
    if let Value::Fees(Fees::Charged(_)) = value {
        // What does not read back holds a word that means something else.
        let spelt = value.spelling();
        let again = Columns {
            value: Some(&spelt),
            standard: None,
            name: None,
            records: &[],
        };
        if understood(&again, &words) != value {
            return Value::Unknown(UnknownWhy::Unreadable, texts(parts).join("；"));
        }
    }
    value
}

/// Everything that is said, for a value that cannot be known.
fn texts(parts: &Columns<'_>) -> Vec<String> {
    let mut texts = vec![parts.value, parts.name, parts.standard];
    texts.extend(
        parts
            .records
            .iter()
            .flat_map(|record| [field(record, "name"), field(record, "standard")]),
    );
    let mut texts: Vec<String> = texts.into_iter().flatten().map(fold::spelling).collect();
    texts.retain(|text| !text.is_empty());
    texts.dedup();
    texts
}

fn understood(parts: &Columns<'_>, words: &Words<'_>) -> Value {
    let texts = texts(parts);
    let unknown = |why| Value::Unknown(why, texts.join("；"));
    if texts.iter().any(|text| text.len() > LONGEST) {
        return unknown(UnknownWhy::Unreadable);
    }
    let value = fold::half(parts.value.unwrap_or(""));
    let (answer, rest) = answer(&value, words.none);
    // A lone number is a price in the column of standards; in the column of answers it may be a code.
    let unreadable = is_number(rest) && rest.contains(|c: char| c.is_ascii_digit());
    let mut said = Said {
        unreadable,
        ..Said::default()
    };
    let rest = if unreadable { "" } else { rest };
    let column = (vec![rest, parts.standard.unwrap_or("")], parts.name);
    let records = parts.records.iter();
    let records = records.map(|record| (vec![field(record, "standard").unwrap_or("")], field(record, "name")));
    for (texts, name) in std::iter::once(column).chain(records) {
        let (names, before) = (names(name.unwrap_or(""), words), said.items.len());
        for text in texts {
            said.add(text, &names, answer, words);
        }
        if said.items.len() == before && !said.free {
            said.items.extend(names.into_iter().map(named));
        }
    }
    said.settle(answer).unwrap_or_else(unknown)
}

impl Said {
    /// Reads one text; `names` are what it speaks of.
    fn add(&mut self, text: &str, names: &[String], answer: Option<bool>, words: &Words<'_>) {
        let said = key(text);
        if said.is_empty() || is(&said, MISSING) || (words.empty)(text) {
            return;
        }
        if words.none.contains(&said) {
            self.free = true;
            return;
        }
        let mut items = items(text);
        let priced = items.iter().any(|item| item.amount.is_some());
        if !priced && (words.refers.contains(&said) || begins(&said, "详见 参见 请见 见附件 见附表")) {
            self.refers = true;
            return;
        }
        let odd = |item: &FeeItem| item.name.is_empty() && item.amount.is_none() && !holds(&item.text, CHARGE);
        if !priced && items.iter().any(odd) {
            self.unreadable |= answer.is_none();
            return;
        }
        let unnamed = items.iter().all(|item| item.name.is_empty());
        if names.len() > 1 && names.len() == items.len() && unnamed {
            for (item, name) in items.iter_mut().zip(names) {
                item.name.clone_from(name);
            }
        } else if !names.is_empty() {
            let name = names.join("，");
            for item in items.iter_mut().filter(|item| !item.name.starts_with(&name)) {
                item.name = within(&name, &item.name);
            }
        }
        self.items.append(&mut items);
    }

    /// The value, if the texts do not contradict each other.
    fn settle(mut self, answer: Option<bool>) -> Result<Value, UnknownWhy> {
        self.items.sort_unstable();
        self.items.dedup();
        let items = &self.items;
        let zero = |item: &FeeItem| item.amount.is_some_and(|amount| amount.high.is_zero());
        let charged = items.iter().any(|item| !zero(item));
        let free = self.free || items.iter().any(|item| zero(item) && item.name.is_empty());
        let general = items.len() > 1
            || items
                .iter()
                .all(|item| item.name.ends_with('费') || strip(&item.name, GENERAL, GENERAL).is_empty());
        match answer {
            Some(false) => {
                let claims = |item: &FeeItem| {
                    (item.amount.is_some() && !zero(item))
                        || holds(&item.text, "收费 收取 缴 征收")
                        || item.text.is_empty()
                };
                if items.iter().any(|item| claims(item) && !zero(item)) {
                    Err(UnknownWhy::Unreadable)
                } else {
                    Ok(Value::Fees(Fees::None))
                }
            }
            _ if self.unreadable || (free && charged) => Err(UnknownWhy::Unreadable),
            Some(true) if free || (!items.is_empty() && !charged) => Err(UnknownWhy::Unreadable),
            Some(true) if items.is_empty() => Ok(Value::Fees(Fees::Charged(Vec::new()))),
            _ if charged => Ok(Value::Fees(Fees::Charged(self.items))),
            _ if !items.is_empty() && !general => Err(UnknownWhy::Unreadable),
            _ if free || !items.is_empty() => Ok(Value::Fees(Fees::None)),
            _ if self.refers => Err(UnknownWhy::Refers),
            _ => Ok(Value::Empty),
        }
    }
}

fn field<'a>(record: &'a [(String, String)], name: &str) -> Option<&'a str> {
    record
        .iter()
        .find(|(field, _)| field == name)
        .map(|(_, text)| text.as_str())
}

fn is(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| word == text)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".,-~".contains(c))
}

fn key(text: &str) -> String {
    fold::spelling(text).to_ascii_lowercase()
}

/// The answer of a yes/no column, and what else it says.
fn answer<'a>(value: &'a str, none: &[String]) -> (Option<bool>, &'a str) {
    let value = strip(value, "是否收费 收费情况 : ;", "");
    let said = key(value);
    let after = |word: char| {
        value
            .strip_prefix(word)
            .filter(|rest| rest.starts_with([',', ':', ';', '。', '(', ' ', '\n']))
    };
    match (after('是'), after('否')) {
        _ if is(&said, YES) => (Some(true), ""),
        _ if is(&said, NO) || none.contains(&said) => (Some(false), ""),
        (Some(rest), _) => (Some(true), rest),
        (_, Some(rest)) => (Some(false), rest),
        _ => (None, value),
    }
}

/// What is charged for, as a column of its own says it.
fn names(text: &str, words: &Words<'_>) -> Vec<String> {
    let said = key(text);
    if words.none.contains(&said) || is(&said, MISSING) || (words.empty)(text) {
        return Vec::new();
    }
    let half = fold::half(text);
    let entries = enumerate::entries(&half);
    let names = entries.iter().flat_map(|entry| entry.text.split([';', '。'])).map(name);
    names.filter(|name| !name.is_empty()).collect()
}

/// A charge of which only the name is known.
fn named(name: String) -> FeeItem {
    FeeItem {
        name,
        amount: None,
        per: String::new(),
        text: String::new(),
    }
}

/// A charge without an amount: a short 工本费 is a name, anything else a text.
fn worded(text: String) -> FeeItem {
    let text = plain(text);
    let short = name(&text);
    if short.ends_with('费') && short.chars().count() < 20 && !begins(&short, CHARGE) {
        return named(short);
    }
    match text.rsplit_once('：') {
        Some((left, right)) if !right.is_empty() && !name(left).is_empty() => FeeItem {
            text: right.to_owned(),
            ..named(name(left))
        },
        _ => FeeItem {
            text,
            ..named(String::new())
        },
    }
}

/// The spelling without numbering.
fn plain(mut text: String) -> String {
    loop {
        let next = fold::spelling(enumerate::strip(&text));
        if next == text {
            return text;
        }
        text = next;
    }
}

/// The charges of one text, in its order.
fn items(text: &str) -> Vec<FeeItem> {
    let mut half = fold::half(text);
    for (spaced, joined) in [
        (" 元", "元"),
        (" 万", "万"),
        (" /", "/"),
        ("/ ", "/"),
        ("m2", "m²"),
        ("m3", "m³"),
    ] {
        half = half.replace(spaced, joined);
    }
    if is_number(&half) {
        half.push('元');
    }
    let (mut found, mut heading) = (Vec::new(), String::new());
    let (mut count, mut numbered) = (0, true);
    let entries = enumerate::entries(&half);
    for (i, entry) in entries.iter().enumerate() {
        if entry.style.is_none() {
            heading.clear();
        }
        for clause in clauses(entry.text) {
            let prices = prices(&clause);
            for price in &prices {
                count += 1;
                numbered &= clause[price.from..].starts_with(&format!("{count}."));
            }
            let sound = !prices.is_empty() && prices.iter().all(|price| price.span.is_some());
            let listed = entries.get(i + 1).is_some_and(|next| next.style.is_some());
            if let Some(items) = priced(&clause, &prices, &heading).filter(|_| sound) {
                found.extend(items);
            } else if prices.is_empty() && clause.trim_end().ends_with(':') {
                heading = name(&clause);
                let alone = !listed && !heading.is_empty();
                found.extend(alone.then(|| named(std::mem::take(&mut heading))));
            } else if !key(&clause).is_empty() && !is(&key(&clause), MISSING) {
                found.push(worded(fold::spelling(&clause)));
            }
        }
    }
    if numbered && count > 1 {
        // 1.10元/本 2.5元/份 may be two prices or two numbers with a price each.
        return vec![worded(fold::spelling(text).replace('；', "，"))];
    }
    if found.iter().any(|item| item.amount.is_some()) {
        found.retain(|item| item.amount.is_some() || !begins(&item.text, BASIS));
    }
    found
}

/// Splits at ； and 。, but not inside of brackets.
fn clauses(text: &str) -> Vec<String> {
    let (balanced, mut depth) = (fold::balanced(text), 0_usize);
    let mut out = vec![String::new()];
    for c in text.chars() {
        match c {
            '(' if balanced => depth += 1,
            ')' if balanced => depth = depth.saturating_sub(1),
            _ => {}
        }
        match c {
            ';' | '。' if depth == 0 => out.push(String::new()),
            ';' | '。' => out.last_mut().into_iter().for_each(|last| last.push(',')),
            _ => out.last_mut().into_iter().for_each(|last| last.push(c)),
        }
    }
    out
}

/// The charges of one clause in which every sum is a price. What stands between two prices names the second, up to a mark
/// what stands behind the first.
fn priced(clause: &str, prices: &[Price], heading: &str) -> Option<Vec<FeeItem>> {
    let (mut heading, mut from, mut found) = (heading.to_owned(), 0, Vec::new());
    for (i, price) in prices.iter().enumerate() {
        let mut lead = &clause[from..price.from];
        if let Some((left, right)) = lead.split_once(':')
            && !(name(left).is_empty() || name(right).is_empty())
        {
            (heading, lead) = (name(left), right);
        }
        let (mut own, mut per) = (name(lead), price.per.clone());
        for _ in 0..3 {
            let Some((left, right)) = own.rsplit_once('每') else {
                break;
            };
            let start = right.trim_start_matches(|c: char| c.is_ascii_digit());
            let Some(rest) = MEASURES.split_whitespace().find_map(|word| start.strip_prefix(word)) else {
                break;
            };
            let one = &right[..right.len() - rest.len()];
            per = measure(&format!("{per}·{one}"))?;
            own = name(&format!("{left}{rest}"));
        }
        let next = prices.get(i + 1).map_or(clause.len(), |next| next.from);
        let behind = &clause[price.to..next];
        let bracket = behind.strip_prefix('(').and_then(|rest| rest.find(')'));
        let close = bracket.map_or(0, |at| at + 2);
        let mark = behind[close..].find([',', '、', ' ']).map_or(close, |at| close + at);
        let end = if next == clause.len() { behind.len() } else { mark };
        from = price.to + end;
        let said = "收取 计收 收费 缴纳 标准 执行 的";
        let note = name(strip(behind[..end].trim(), said, said));
        let name = within(&within(&heading, &own), &note);
        let item = FeeItem {
            amount: price.span,
            per,
            ..named(name)
        };
        found.extend((!note.contains('每')).then_some(item));
    }
    (found.len() == prices.len()).then_some(found)
}

/// A part of what is charged for, or a case of it.
fn within(outer: &str, inner: &str) -> String {
    if outer.is_empty() || inner.is_empty() {
        return format!("{outer}{inner}");
    }
    format!("{outer}（{inner}）")
}

/// The canonical name of what is charged for; 甲：乙 is 甲（乙）.
fn name(text: &str) -> String {
    let mut text = fold::spelling(text);
    for _ in 0..8 {
        let kept: Vec<&str> = text.split('，').filter(|piece| !begins(piece, BASIS)).collect();
        let kept = kept.join("，");
        let short = strip(enumerate::strip(&kept), NAME_BEFORE, NAME_AFTER);
        let short = fold::unwrap_brackets(short);
        let next = match short.split_once('：') {
            Some((left, right)) => format!("{left}（{}）", right.replace('：', "，")),
            None => short.to_owned(),
        };
        let next = fold::spelling(&next);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// All sums of money in a clause, and the words for no charge.
fn prices(text: &str) -> Vec<Price> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (from, lead) = (at, &text[..at]);
        if let Some(word) = FREE.split(' ').find(|word| text[at..].starts_with(word)) {
            at += word.len();
            if !ends(lead, "非 未 不 可 以") {
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
        let Some((low, end)) =
            numeral_at(text, at).filter(|&(_, end)| text[at..end].contains(|c| !"百千万亿".contains(c)))
        else {
            at += first.len_utf8();
            continue;
        };
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
        }
        at = to;
        let symbol = ends(lead, "￥ ¥ RMB rmb CNY 人民币");
        if !yuan && !symbol {
            continue;
        }
        let high = high.unwrap_or(low);
        let limit = ends(lead, "超过 满 不足 低于 高于 大于 小于 少于 达到 至少 约") && !ends(lead, "不超过 不得超过");
        let rest = &text[to..];
        let vague =
            begins(rest, "以上 以下 以内 及以上 (含) 的部分 左右 起") || rest.starts_with(|c: char| c.is_ascii_digit());
        let foreign = ends(lead, "港币 美元 美金 港元 欧元 日元 $ 第 - + /");
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
    let yuan = yuan.filter(|rest| !begins(rest, "素 件 旦 月"));
    (factor, yuan.is_some(), text.len() - yuan.unwrap_or(rest).len())
}

/// What a sum is charged per, and where that ends. `None` where it cannot be told.
fn per_at(text: &str, at: usize) -> (Option<String>, usize) {
    let rest = &text[at..];
    let open = rest.strip_prefix('(').filter(|rest| begins(rest, "每 /"));
    let Some(body) = open.unwrap_or(rest).strip_prefix(['/', '每']) else {
        return (Some(String::new()), at);
    };
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
    let close = body[end..].strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let mut case = String::new();
    if open.is_some() {
        end += usize::from(body[end..].starts_with(')'));
    } else if let Some((inner, _)) = close.filter(|(inner, _)| inner.chars().count() < 3) {
        // 元/件(次)
        case = format!("（{inner}）");
        end += inner.len() + 2;
    }
    let per = measure(strip(per, "", "收取 计收 收费 计算 计 标准 执行"));
    (per.map(|per| per + &case), start + end)
}

/// The canonical form of what a sum is charged per: 人·次 and 次/人 are 人次.
fn measure(text: &str) -> Option<String> {
    let one = |part: &str| {
        let part = part.trim();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn read(
        value: Option<&str>,
        standard: Option<&str>,
        name: Option<&str>,
        records: &[Vec<(String, String)>],
    ) -> Value {
        let none = words("不收费 不收 免费 否 无 没有 0 0元 零 零收费 不收取费用 不涉及 免收 免征 无需缴费 n no false");
        let refers = words("见附件 详见附件 详见文件 按规定 按规定收费 同上");
        parse(
            &Columns {
                value,
                standard,
                name,
                records,
            },
            &none,
            &refers,
            &|text| matches!(text, "-" | "/"),
        )
    }

    fn spelt(value: &Value) -> String {
        match value {
            Value::Empty => "-".to_owned(),
            Value::Unknown(UnknownWhy::Refers, text) => format!("→{text}"),
            Value::Unknown(UnknownWhy::Unreadable, text) => format!("?{text}"),
            Value::Fees(Fees::Charged(items)) if items.is_empty() => "收费".to_owned(),
            Value::Fees(_) => value.spelling(),
            _ => "!".to_owned(),
        }
    }

    const ONE_TEXT: [(&str, &str); 103] = [
        ("", "-"),
        (" ", "-"),
        ("-", "-"),
        ("无", "不收费"),
        ("否", "不收费"),
        ("0", "不收费"),
        ("不收费", "不收费"),
        ("不收费。", "不收费"),
        ("免费", "不收费"),
        ("免收", "不收费"),
        ("暂不收费", "不收费"),
        ("本事项不收费", "不收费"),
        ("办理本事项不收取任何费用", "不收费"),
        ("根据《行政许可法》第五十八条，不收费", "不收费"),
        ("0元", "不收费"),
        ("0.00元", "不收费"),
        ("工本费0元", "不收费"),
        ("首次免费；补领免费", "不收费"),
        ("false", "不收费"),
        ("是", "收费"),
        ("1", "收费"),
        ("收费", "收费"),
        ("TRUE", "收费"),
        ("是否收费：是", "收费"),
        ("是否收费：否", "不收费"),
        ("工本费10元（含邮费）", "工本费（含邮费）：10元"),
        ("每件50元", "50元/件"),
        ("50元/件", "50元/件"),
        ("５０元／件", "50元/件"),
        ("50.00元/件", "50元/件"),
        ("50 元 / 件", "50元/件"),
        ("50元每件", "50元/件"),
        ("50元（每件）", "50元/件"),
        ("五十元/件", "50元/件"),
        ("每件收费50元", "50元/件"),
        ("按每件50元收取", "50元/件"),
        ("50元/件收取", "50元/件"),
        ("收费标准：50元/件", "50元/件"),
        ("是，每件50元", "50元/件"),
        ("收费，50元/件", "50元/件"),
        ("是（50元/件）", "50元/件"),
        ("人民币50元", "50元"),
        ("50元人民币", "50元"),
        ("50元整", "50元"),
        ("￥50", "50元"),
        ("￥50元", "50元"),
        ("￥1,000.00", "1000元"),
        ("1,000元", "1000元"),
        ("1万元", "10000元"),
        ("一万元", "10000元"),
        ("0.5万元/宗", "5000元/宗"),
        ("1-2万元", "10000-20000元"),
        ("1万-2万元", "10000-20000元"),
        ("1万元至2万元", "10000-20000元"),
        ("50—200元/㎡", "50-200元/平方米"),
        ("50-200元/m²", "50-200元/平方米"),
        ("50～200元/平方米", "50-200元/平方米"),
        ("50元-200元/平方米", "50-200元/平方米"),
        ("50元至200元每平方米", "50-200元/平方米"),
        ("每平方米50至200元", "50-200元/平方米"),
        ("5元/平方米·月", "5元/平方米·月"),
        ("5元/月·m2", "5元/平方米·月"),
        ("每月每平方米5元", "5元/平方米·月"),
        ("20元/人·次", "20元/人次"),
        ("20元/人次", "20元/人次"),
        ("每人每次20元", "20元/人次"),
        ("20元/件（次）", "20元/件（次）"),
        ("每100平方米50元", "50元/100平方米"),
        ("工本费10元/证", "工本费：10元/证"),
        ("工本费：10元/证", "工本费：10元/证"),
        ("工本费（10元/证）", "工本费：10元/证"),
        ("工本费每证10元", "工本费：10元/证"),
        ("每证工本费10元", "工本费：10元/证"),
        ("10元/证（工本费）", "工本费：10元/证"),
        ("根据发改价格〔2003〕2322号，工本费10元/证", "工本费：10元/证"),
        ("首次申领：20元；补领：40元", "补领：40元；首次申领：20元"),
        ("首次申领20元，补领40元", "补领：40元；首次申领：20元"),
        ("首次申领20元补领40元", "补领：40元；首次申领：20元"),
        ("20元（首次申领），40元（补领）", "补领：40元；首次申领：20元"),
        (
            "工本费：首次申领20元，补领40元",
            "工本费（补领）：40元；工本费（首次申领）：20元",
        ),
        (
            "工本费：\n1.首次申领20元\n2.补领40元",
            "工本费（补领）：40元；工本费（首次申领）：20元",
        ),
        ("首次申领免费，补领40元", "补领：40元；首次申领：0元"),
        ("1.甲费 10元/本 2.乙费 5元/份", "乙费：5元/份；甲费：10元/本"),
        ("1、甲费：10元/本；2、乙费：5元/份。", "乙费：5元/份；甲费：10元/本"),
        ("甲费10元/本、乙费5元/份", "乙费：5元/份；甲费：10元/本"),
        ("甲费10元/本；甲费10元/本", "甲费：10元/本"),
        ("普通50元/件加急100元/件", "加急：100元/件；普通：50元/件"),
        ("工本费", "工本费："),
        ("按XX文件执行", "按XX文件执行"),
        ("按粤价〔2013〕1号文件执行。", "按粤价〔2013〕1号文件执行"),
        ("按工程造价的0.5‰收取", "按工程造价的0.5‰收取"),
        ("工本费：按规定标准收取", "工本费：按规定标准收取"),
        ("注册资本100万元以上的，收费500元", "注册资本100万元以上的，收费500元"),
        ("收费3/10元", "收费3/10元"),
        ("1.10元/本 2.5元/份", "1.10元/本2.5元/份"),
        ("收费50港元", "收费50港元"),
        ("详见附件", "→详见附件"),
        ("详见《收费目录》", "→详见《收费目录》"),
        ("首次申领免费", "?首次申领免费"),
        ("不收费，工本费10元", "?不收费，工本费10元"),
        ("现金", "?现金"),
        ("2", "?2"),
        ("50-60", "?50-60"),
    ];

    #[test]
    fn one_text() {
        for (text, want) in ONE_TEXT {
            assert_eq!(spelt(&read(Some(text), None, None, &[])), want, "{text}");
        }
    }

    #[test]
    fn answer_and_standard() {
        for (value, standard, name, want) in [
            ("是", "50元/件", "", "50元/件"),
            ("1", "50元/件", "", "50元/件"),
            ("收费", "50元/件", "", "50元/件"),
            ("", "50元/件", "", "50元/件"),
            ("", "50", "", "50元"),
            ("是", "50.00", "工本费", "工本费：50元"),
            ("是", "", "", "收费"),
            ("是", "无", "", "收费"),
            ("是", "", "工本费", "工本费："),
            ("是", "10元/证", "工本费", "工本费：10元/证"),
            ("是", "工本费10元/证", "工本费", "工本费：10元/证"),
            (
                "是",
                "首次20元；补领40元",
                "工本费",
                "工本费（补领）：40元；工本费（首次）：20元",
            ),
            (
                "是",
                "1、10元/本 2、5元/份",
                "1.甲费 2.乙费",
                "乙费：5元/份；甲费：10元/本",
            ),
            ("是", "按XX文件执行", "", "按XX文件执行"),
            ("是", "详见附件", "", "收费"),
            ("是", "详见附件", "工本费", "工本费："),
            ("是", "现金", "", "收费"),
            ("50元/件", "50元/件", "", "50元/件"),
            ("否", "", "", "不收费"),
            ("否", "无", "", "不收费"),
            ("0", "不收费", "", "不收费"),
            ("否", "0元", "", "不收费"),
            ("否", "财税〔2014〕101号", "", "不收费"),
            ("", "无", "", "-"),
            ("", "不收费", "", "不收费"),
            ("", "", "无", "-"),
            ("", "详见附件", "", "→详见附件"),
            ("否", "50元/件", "", "?否；50元/件"),
            ("否", "按规定标准收取", "", "?否；按规定标准收取"),
            ("否", "", "工本费", "?否；工本费"),
            ("是", "不收费", "", "?是；不收费"),
            ("是", "0元", "", "?是；0元"),
        ] {
            assert_eq!(
                spelt(&read(Some(value), Some(standard), Some(name), &[])),
                want,
                "{value} {standard} {name}"
            );
        }
        assert_eq!(read(None, None, None, &[]), Value::Empty);
    }

    #[test]
    fn records() {
        let record = |name: &str, standard: &str| {
            let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
            vec![
                field("name", name),
                field("standard", standard),
                field("basis", "发改价格〔2003〕2322号"),
                field("reducible", "否"),
            ]
        };
        for (value, records, want) in [
            (
                "是",
                vec![record("甲费", "10元/本"), record("乙费", "每份5元")],
                "乙费：5元/份；甲费：10元/本",
            ),
            ("", vec![record("1.甲费", "10元/本")], "甲费：10元/本"),
            ("是", vec![record("甲费", "")], "甲费："),
            (
                "是",
                vec![record("甲费", "首次：20元；补领：40元")],
                "甲费（补领）：40元；甲费（首次）：20元",
            ),
            ("是", vec![record("甲费", "按规定收费")], "甲费："),
            ("是", vec![record("", ""), record("无", "无")], "收费"),
            (
                "是",
                vec![record("甲费", "20"), record("甲费", "20.00元")],
                "甲费：20元",
            ),
            ("否", vec![record("", "")], "不收费"),
            ("", vec![], "-"),
            ("否", vec![record("甲费", "10元/本")], "?否；甲费；10元/本"),
        ] {
            assert_eq!(
                spelt(&read(Some(value), None, None, &records)),
                want,
                "{value} {records:?}"
            );
        }
    }

    #[test]
    fn spelling_reads_back() {
        for (text, _) in ONE_TEXT {
            let value = read(Some(text), None, None, &[]);
            if let Value::Fees(_) = value {
                assert_eq!(
                    read(Some(&value.spelling()), None, None, &[]),
                    value,
                    "{text}: {}",
                    value.spelling()
                );
            }
        }
        let parts = [
            "10",
            "50.00",
            "1-2",
            "万",
            "元",
            "元",
            "元/件",
            "元/㎡",
            "每",
            "件",
            "工本费",
            "首次申领",
            "补领",
            "：",
            "；",
            "，",
            "。",
            "（",
            "）",
            "、",
            " ",
            "1.",
            "2.",
            "\n",
            "免费",
            "不收费",
            "按",
            "文件",
            "执行",
            "收费标准",
            "￥",
            "人民币",
            "·",
            "次",
            "/",
            "人",
            "超过",
            "以上",
            "是",
            "否",
            "根据",
            "甲",
            "乙",
            "-",
            "至",
            "0",
            "一百",
        ];
        let mut seed = 1_u64;
        let mut charged = 0;
        for round in 0..20_000 {
            let mut text = String::new();
            for _ in 0..2 + round % 9 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(parts[usize::try_from(seed >> 33).unwrap_or(0) % parts.len()]);
            }
            let value = read(Some(&text), None, None, &[]);
            if let Value::Fees(_) = value {
                charged += 1;
                assert_eq!(
                    read(Some(&value.spelling()), None, None, &[]),
                    value,
                    "{text:?}: {}",
                    value.spelling()
                );
            }
        }
        assert!(charged > 500, "{charged}");
    }

    #[test]
    fn linear_on_hostile_text() {
        let parts = [
            "50元/件",
            "1",
            "一",
            "(",
            ")",
            "（1",
            "1-",
            "1元(",
            "每",
            "每件",
            "：",
            "；",
            "，",
            "1元，",
            "免费",
            "/",
            "1元/",
            "￥",
            "1.",
            "\n",
            "①",
            "甲：",
            "1万",
        ];
        let started = std::time::Instant::now();
        for part in parts {
            for size in [1_048_576, LONGEST / 4] {
                let text = part.repeat(size / part.len());
                let _ = read(Some(&text), Some(&text), Some(&text), &[]);
                let _ = read(Some("50元/件"), None, Some(&text), &[]);
                let _ = read(
                    Some(&format!(
                        "{}50元",
                        &text[..part.len() * (text.len() / part.len() - 20 / part.len() - 1)]
                    )),
                    None,
                    None,
                    &[],
                );
            }
        }
        assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    }
}

//! The charges that a text names: what is charged for, how much, who pays less, on what basis.
//!
//! Must not know which column a text stands in.

use super::super::citations;
use super::super::scan::{Words, words};
use super::super::vocabulary::key;
use super::super::{enumerate, fold};
use super::prices::{MEASURES, Price, measure, prices};
use super::reductions::reduction;
use super::{MISSING, is, is_number};
use crate::model::{Citation, FeeItem, Reduction};

/// Words by which a text without an amount still speaks of a charge.
pub(super) static CHARGE: Words = words!("元 按 依 根据 执行 标准 规定 文件 收取 收费 费 缴 征 % ‰ 价");
static BASIS: Words = words!("根据 依据 按照 依照 参照 按《 收费依据 文件依据");
static NAME_BEFORE: Words =
    words!("收费标准 收费项目 收费： 收费， 收费为 标准： 标准为 人民币 ￥ ¥ ： ， 、 ） 为 按 其中 ；");
static NAME_AFTER: Words = words!(
    "收费标准 收费项目 标准 收费 收取 计收 缴纳 交纳 征收 人民币 RMB rmb CNY ￥ ¥ ： ， 、 （ 为 按 共 每次收 收 ；"
);
/// What stands around a case behind a price.
static NOTE: Words = words!("收取 计收 收费 缴纳 标准 执行 的");
/// What stands around the document that sets the standard: 按粤价〔2013〕1号文件规定执行.
static FOLLOWS: Words = words!(
    "收费标准 标准 收费 严格 按照 依照 参照 根据 依据 依 按 执行 文件 规定 有关 相关 的 等 中 ： ， 、 ） （ 收取 计收 缴纳 征收 确定 进行 通知 要求"
);
/// What says that a sum is a cap; longer words stand before those that they end with.
static CAPS: Words = words!("最高不得超过 最高不超过 不得超过 不超过 最高限额 最高 最多 上限");
/// What is longer names no charge; the limit also keeps a name from being repeated at every price of a long text.
const LONGEST_NAME: usize = 600;
/// No charge has more reductions or documents; the limit keeps them from being repeated at every price of a long text.
const MOST: usize = 32;
const REDUCED: &str = "【减免:";
const RESTS_ON: &str = "【依据:";

/// What one text says.
#[derive(Default)]
pub(super) struct Items {
    /// The charges, in the order of the text.
    pub(super) found: Vec<FeeItem>,
    /// Reductions that stand alone: of every charge.
    pub(super) reductions: Vec<Reduction>,
    /// Documents that stand alone: the basis of every charge.
    pub(super) basis: Vec<Citation>,
}

/// The documents that a text names, without what it quotes from them; sorted.
pub(super) fn documents(text: &str) -> Vec<Citation> {
    if !text.contains(['《', '号']) {
        return Vec::new();
    }
    let mut found = citations::parse(text);
    for citation in &mut found {
        (citation.quote, citation.label) = (None, None);
    }
    found.sort();
    found.dedup();
    found
}

/// The charges of one text. `entitled` are the words by which a person or body is known to pay less, `charged` the words that only
/// say that something is charged.
pub(super) fn items(text: &str, entitled: &[String], charged: &[String]) -> Items {
    let mut half = fold::half(text);
    for (spaced, joined) in [
        (" 元", "元"),
        (" 万", "万"),
        (" /", "/"),
        ("/ ", "/"),
        ("m2", "m²"),
        ("m3", "m³"),
    ] {
        if half.contains(spaced) {
            half = half.replace(spaced, joined);
        }
    }
    if is_number(&half) {
        half.push('元');
    }
    let (mut all, mut heading) = (Items::default(), String::new());
    let (mut count, mut numbered) = (0, true);
    let entries = enumerate::entries(&half);
    for (i, entry) in entries.iter().enumerate() {
        if entry.style.is_none() {
            heading.clear();
        }
        for clause in clauses(entry.text) {
            let (clause, reductions, basis) = taken_apart(clause, entitled);
            let mut found = Vec::new();
            let prices = prices(&clause);
            for price in &prices {
                count += 1;
                numbered &= clause[price.from..].starts_with(&format!("{count}."));
            }
            let sound = !prices.is_empty() && prices.iter().all(|price| price.span.is_some());
            let listed = entries.get(i + 1).is_some_and(|next| next.style.is_some());
            let said = key(&clause);
            if let Some(items) = priced(&clause, &prices, &heading).filter(|_| sound) {
                found = items;
            } else if prices.is_empty() && clause.trim_end().ends_with(':') {
                heading = name(&clause);
                if heading.len() > LONGEST_NAME {
                    found.push(worded(fold::spelling(&clause)));
                    heading.clear();
                }
                let alone = !listed && !heading.is_empty();
                found.extend(alone.then(|| named(std::mem::take(&mut heading))));
            } else if charged.contains(&said) && (!reductions.is_empty() || !basis.is_empty()) {
                found.push(FeeItem::default());
            } else if !said.is_empty() && !is(&said, MISSING) {
                found.push(worded(fold::spelling(&clause)));
            }
            if found.is_empty() {
                all.reductions.extend(reductions);
                all.basis.extend(basis);
            } else {
                for item in &mut found {
                    enrich(item, &reductions, &basis);
                }
                all.found.append(&mut found);
            }
        }
    }
    if numbered && count > 1 {
        // 1.10元/本 2.5元/份 may be two prices or two numbers with a price each.
        let found = vec![worded(fold::spelling(text).replace('；', "，"))];
        return Items {
            found,
            ..Items::default()
        };
    }
    if all.found.iter().any(|item| item.amount.is_some()) {
        let is_basis = |item: &FeeItem| item.amount.is_none() && BASIS.begins(&item.text);
        for item in all.found.iter().filter(|item| is_basis(item)) {
            all.basis.extend(item.basis.iter().cloned());
        }
        all.found.retain(|item| !is_basis(item));
        // 按件收费。10元/件
        let measures: Vec<String> = all
            .found
            .iter()
            .filter(|item| item.amount.is_some())
            .map(|item| item.per.clone())
            .collect();
        let said_again = |item: &FeeItem| {
            let by = charged_by(&item.text).filter(|(front, _)| front.is_empty());
            item.amount.is_none() && by.is_some_and(|(_, measure)| measures.iter().all(|per| per == measure))
        };
        all.found.retain(|item| !said_again(item));
    }
    all
}

/// Adds who pays less and the basis to a charge; where nothing is charged nothing can be less.
pub(super) fn enrich(item: &mut FeeItem, reductions: &[Reduction], basis: &[Citation]) {
    let zero = item.amount.is_some_and(|amount| amount.high.is_zero());
    if !zero {
        item.reductions.extend_from_slice(reductions);
        item.reductions.sort_unstable();
        item.reductions.dedup();
    }
    let follows = item.follows_document();
    for document in basis {
        if !item.basis.contains(document) {
            item.basis.push(document.clone());
        }
    }
    item.basis.sort_unstable();
    if follows {
        item.text = FeeItem::following(&item.basis);
    }
}

/// A clause without the parts that say who pays less and what the charge rests on, and what they say.
fn taken_apart(clause: String, entitled: &[String]) -> (String, Vec<Reduction>, Vec<Citation>) {
    let (mut reductions, mut basis) = (Vec::new(), Vec::new());
    let mut rest = clause.as_str();
    for mark in [RESTS_ON, REDUCED] {
        let Some((front, inner)) = rest.strip_suffix('】').and_then(|front| front.rsplit_once(mark)) else {
            continue;
        };
        if mark == RESTS_ON {
            basis = documents(inner);
        } else {
            let pieces = fold::split_outside(inner, &[',']);
            reductions = pieces.into_iter().flat_map(|piece| reduction(piece, None)).collect();
        }
        rest = front;
    }
    let speaks_of_money = rest.contains(['元', '￥', '¥', '角']);
    let cited = |piece| {
        if speaks_of_money && rests_on(piece) {
            documents(piece)
        } else {
            Vec::new()
        }
    };
    // 10元/证（低保户免收）, 10元/证（发改价格〔2003〕2322号）
    while let Some((front, inner)) = last_bracket(rest) {
        let said: Vec<Reduction> = pieces(inner)
            .flat_map(|piece| reduction(piece, Some(entitled)))
            .collect();
        let cited = cited(inner);
        if said.is_empty() && cited.is_empty() {
            break;
        }
        reductions.extend(said);
        basis.extend(cited);
        rest = front;
    }
    let mut kept: Vec<&str> = Vec::new();
    for piece in fold::split_outside(rest, &[',']) {
        let (said, cited) = (reduction(piece, Some(entitled)), cited(piece));
        if said.is_empty() && cited.is_empty() {
            kept.push(piece);
        }
        reductions.extend(said);
        basis.extend(cited);
    }
    reductions.sort_unstable();
    reductions.dedup();
    basis.sort_unstable();
    basis.dedup();
    if reductions.len() > MOST || basis.len() > MOST {
        return (clause, Vec::new(), Vec::new());
    }
    (kept.join(","), reductions, basis)
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '。']).filter(|piece| !piece.trim().is_empty())
}

/// Whether a part of a text only says what the charge rests on.
fn rests_on(piece: &str) -> bool {
    let piece = piece.trim();
    (BASIS.begins(piece) || piece.starts_with('《') || piece.ends_with('号'))
        && !piece.contains(['元', '￥', '¥', '%', '‰'])
}

/// What stands before the bracket at the end, and what is in it.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix(')')?;
    let open = inner.rfind('(')?;
    (!inner[open..].contains(')') && open > 0).then(|| (&inner[..open], &inner[open + 1..]))
}

/// Splits at ； and 。, but not inside of brackets.
fn clauses(text: &str) -> Vec<String> {
    let (balanced, mut depth) = (fold::balanced(text), 0_usize);
    let mut out = vec![String::new()];
    for c in text.chars() {
        match c {
            '(' | '【' if balanced => depth += 1,
            ')' | '】' if balanced => depth = depth.saturating_sub(1),
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
        // 10元/证（首次免费）: the bracket is around the second price and no part of its name.
        if let Some((front, inner)) = lead.rsplit_once('(').filter(|(_, inner)| !inner.contains(')')) {
            lead = if name(front).is_empty() { inner } else { lead };
        }
        let mut per = price.per.clone();
        // 按件收费，10元/件 says twice what it is charged by, and 按件收费，10元 once.
        let (said, each) = lead.split_at(lead.rfind('每').unwrap_or(lead.len()));
        let by = charged_by(said).filter(|(_, measure)| match each.strip_prefix('每') {
            Some(each) => each.trim() == *measure,
            None => per.is_empty() || per == *measure,
        });
        if let Some((front, measure)) = by {
            (lead, per) = (front, measure.to_owned());
        }
        let mut own = capped(&name(lead));
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
        let note = name(NOTE.off(behind[..end].trim()));
        let name = within(&within(&heading, &own), &note);
        if name.len() > LONGEST_NAME {
            return None;
        }
        let item = FeeItem {
            amount: price.span,
            per,
            ..named(name)
        };
        found.extend((!note.contains('每')).then_some(item));
    }
    (found.len() == prices.len()).then_some(found)
}

/// What stands before the words that say what is charged by (按件收费), and the measure that they name.
fn charged_by(text: &str) -> Option<(&str, &'static str)> {
    let text = text.trim_end_matches([',', '，', '、', ':', '：', ' ']);
    let text = ["收费", "计收", "计费", "收取", "征收"]
        .iter()
        .find_map(|word| text.strip_suffix(word))?;
    let (front, measure) = text.rsplit_once('按')?;
    Some((front, MEASURES.split_whitespace().find(|word| *word == measure)?))
}

/// The name in front of a sum that is a cap: 工本费最高 is 工本费（不超过).
fn capped(name: &str) -> String {
    let end = CAPS.last(name).and_then(|word| name.strip_suffix(word));
    end.map_or_else(|| name.to_owned(), |front| within(&self::name(front), "不超过"))
}

/// A charge of which only the name is known.
pub(super) fn named(name: String) -> FeeItem {
    FeeItem {
        name,
        ..FeeItem::default()
    }
}

/// A charge without an amount: a short 工本费 is a name, anything else a text.
fn worded(text: String) -> FeeItem {
    let text = plain(text);
    if let Some(basis) = followed(&text) {
        return FeeItem {
            text: FeeItem::following(&basis),
            basis,
            ..FeeItem::default()
        };
    }
    let short = name(&text);
    if short.ends_with('费') && short.chars().count() < 20 && !CHARGE.begins(&short) {
        return named(short);
    }
    match text.rsplit_once('：') {
        Some((left, right)) if !right.is_empty() && !name(left).is_empty() => match followed(right) {
            Some(basis) => FeeItem {
                text: FeeItem::following(&basis),
                basis,
                ..named(name(left))
            },
            None => FeeItem {
                text: right.to_owned(),
                ..named(name(left))
            },
        },
        _ => FeeItem {
            text,
            ..named(String::new())
        },
    }
}

/// The spelling without numbering.
fn plain(mut text: String) -> String {
    // Few numbers stand before each other; more stay, and keep the work linear.
    for _ in 0..8 {
        let next = fold::spelling(enumerate::strip(&text));
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// The documents of a text that says no more than that they are followed (按粤价〔2013〕1号文件执行).
fn followed(text: &str) -> Option<Vec<Citation>> {
    let basis = documents(text);
    if basis.is_empty() || !text.contains("按") && !text.contains("执行") && !text.contains("照") {
        return None;
    }
    // Without the titles and numbers only words for following are left.
    let (mut left, mut rest) = (String::new(), text);
    while let Some((before, (_, after))) = rest
        .split_once('《')
        .and_then(|(before, rest)| Some((before, rest.split_once('》')?)))
    {
        left.push_str(before);
        left.push('、');
        rest = after;
    }
    left.push_str(rest);
    let bare = |piece: &str| FOLLOWS.off(piece).is_empty();
    let number = |piece: &str| {
        let piece = FOLLOWS.off(piece).replace(['[', '（'], "〔").replace([']', '）'], "〕");
        piece.is_empty()
            || citations::document_number(&format!("{piece}号"))
                .is_some_and(|number| number.trim_end_matches('号') == piece)
    };
    let mut pieces: Vec<&str> = left.split('号').collect();
    let last = pieces.pop().unwrap_or_default();
    (bare(last) && pieces.into_iter().all(number)).then_some(basis)
}

/// A part of what is charged for, or a case of it.
pub(super) fn within(outer: &str, inner: &str) -> String {
    if outer.is_empty() || inner.is_empty() {
        return format!("{outer}{inner}");
    }
    format!("{outer}（{inner}）")
}

/// The canonical name of what is charged for; 甲：乙 is 甲（乙）.
pub(super) fn name(text: &str) -> String {
    let mut text = fold::spelling(text);
    for _ in 0..8 {
        let kept: Vec<&str> = text.split('，').filter(|piece| !BASIS.begins(piece)).collect();
        let kept = kept.join("，");
        let short = NAME_AFTER.off_end(NAME_BEFORE.off_start(enumerate::strip(&kept)));
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

//! The notations: ways to write the same. Only what surely means the same is here; whoever doubts one takes it out and says why.
//!
//! Must not know what is planted.

use super::generator::{chinese, full_width};
use super::hand::*;
use super::items::*;
use super::{AUDIENCE, BASIS, CODE, CONDITIONS, FEES, MATERIALS, NAME, PROCEDURE, PROMISED, RESULT, STATUTORY, TYPE};

/// One way to write the same.
pub(crate) struct Notation {
    /// The element whose cell it changes.
    pub(crate) element: usize,
    /// What it decides: two notations of one slot cannot both hold.
    pub(super) slot: &'static str,
    /// Its name, as failures are grouped.
    pub(crate) name: &'static str,
    /// Writes it; false where the item has nothing that it could change.
    pub(super) set: fn(&mut Hand, &Item) -> bool,
    /// Only where the format has lists and records.
    pub(crate) lists: bool,
}

pub(super) const fn n(
    element: usize,
    slot: &'static str,
    name: &'static str,
    set: fn(&mut Hand, &Item) -> bool,
) -> Notation {
    Notation {
        element,
        slot,
        name,
        set,
        lists: false,
    }
}

/// A notation of formats that have lists and records.
pub(super) const fn r(
    element: usize,
    slot: &'static str,
    name: &'static str,
    set: fn(&mut Hand, &Item) -> bool,
) -> Notation {
    Notation {
        element,
        slot,
        name,
        set,
        lists: true,
    }
}

/// What is done to the finished text of an element.
macro_rules! over {
    ($element:expr, $name:expr, $fold:expr) => {
        n($element, "over", $name, |hand, _| {
            hand.over.push(($element, $fold));
            true
        })
    };
}

/// The way entries are numbered and divided.
macro_rules! layout {
    ($element:expr, $name:expr, $number:expr, $between:expr, $end:expr) => {
        n($element, "layout", $name, |hand, _| {
            let list = hand.list($element);
            (list.number, list.between, list.end) = ($number, $between, $end);
            true
        })
    };
}

macro_rules! order {
    ($element:expr, $name:expr, $turn:expr, $len:expr) => {
        n($element, "order", $name, |hand, item| {
            hand.list($element).turn = $turn;
            let len: fn(&Item) -> usize = $len;
            len(item) > 1
        })
    };
}

macro_rules! as_list {
    ($element:expr, $name:expr) => {
        r($element, "layout", $name, |hand, _| {
            hand.list($element).list = true;
            true
        })
    };
}

/// A time limit of either element, written from the limit; `None` where it cannot be.
macro_rules! time {
    ($element:expr, $name:expr, $fits:expr, $write:expr) => {
        n($element, "way", $name, |hand, item| {
            let fits: fn(Limit) -> bool = $fits;
            hand.time[$element - STATUTORY] = $write;
            fits(item.times[$element - STATUTORY])
        })
    };
}

pub(super) fn days(limit: Limit) -> bool {
    limit.n > 0 && matches!(limit.unit, Unit::Working | Unit::Calendar)
}

pub(super) fn charged(item: &Item) -> bool {
    !item.fees.is_empty()
}

pub(super) fn free(item: &Item) -> bool {
    item.fees.is_empty()
}

pub(super) fn unnamed(item: &Item) -> bool {
    charged(item) && item.fees.iter().all(|fee| fee.name.is_empty())
}

pub(super) fn alias(name: &str, pool: &[(&'static str, &'static [&'static str])], at: usize) -> String {
    match pool.iter().find(|(canonical, _)| *canonical == name) {
        Some((_, others)) if !others.is_empty() => others[at % others.len()].to_owned(),
        _ => name.to_owned(),
    }
}

pub(super) fn has_alias(name: &str, pool: &[(&'static str, &'static [&'static str])]) -> bool {
    pool.iter()
        .any(|(canonical, others)| *canonical == name && !others.is_empty())
}

pub(super) fn paper_record(paper: &Paper, need: [&str; 3]) -> Record {
    let mut record = vec![("材料名称", paper.name.clone())];
    let kind = match (paper.originals, paper.copies) {
        (0, 0) => "",
        (_, 0) => "原件",
        (0, _) => "复印件",
        _ => "原件和复印件",
    };
    record.push(("材料类型", kind.to_owned()));
    let count = |n: u32| if n > 0 { n.to_string() } else { String::new() };
    record.push(("原件份数", count(paper.originals)));
    record.push(("复印件份数", count(paper.copies)));
    record.push(("材料必要性", need[paper.need].to_owned()));
    record
}

pub(super) fn texts(words: [&str; 3]) -> [String; 3] {
    words.map(str::to_owned)
}

// What is done to a finished text.

fn by_char(text: &str, fold: impl Fn(char) -> char) -> String {
    text.chars().map(fold).collect()
}

fn half_punctuation(text: &str) -> String {
    by_char(text, |c| match c {
        '（' => '(',
        '）' => ')',
        '；' => ';',
        '：' => ':',
        '，' => ',',
        _ => c,
    })
}

/// The ideographs that PDF copies turn into Kangxi radicals.
fn radicals(text: &str) -> String {
    by_char(text, |c| match c {
        '人' => '⼈',
        '水' => '⽔',
        '日' => '⽇',
        '月' => '⽉',
        '工' => '⼯',
        '行' => '⾏',
        '用' => '⽤',
        '文' => '⽂',
        '食' => '⾷',
        '入' => '⼊',
        '大' => '⼤',
        '小' => '⼩',
        '力' => '⼒',
        '土' => '⼟',
        '生' => '⽣',
        '方' => '⽅',
        '自' => '⾃',
        '口' => '⼝',
        '户' => '⼾',
        '米' => '⽶',
        _ => c,
    })
}

/// A character after the second one.
fn inside(text: &str, what: char) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        out.push(c);
        if at == 1 {
            out.push(what);
        }
    }
    out
}

/// A blank between any two ideographs beside each other, as justified text has.
fn spaced(text: &str, blank: char) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in text.chars() {
        if is_han(c) && is_han(last) {
            out.push(blank);
        }
        out.push(c);
        last = c;
    }
    out
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// The numerals of banks, below 1000.
fn formal(n: u32) -> String {
    let text = by_char(&chinese(n), |c| match c {
        '一' => '壹',
        '二' => '贰',
        '三' => '叁',
        '四' => '肆',
        '五' => '伍',
        '六' => '陆',
        '七' => '柒',
        '八' => '捌',
        '九' => '玖',
        '十' => '拾',
        '百' => '佰',
        _ => c,
    });
    // Banks write 壹拾, never 拾 alone.
    if text.starts_with('拾') {
        format!("壹{text}")
    } else {
        text
    }
}

fn thousands(n: u32) -> String {
    if n < 1000 {
        n.to_string()
    } else {
        format!("{},{:03}", n / 1000, n % 1000)
    }
}

fn numeral(n: u32) -> String {
    n.to_string()
}

fn circled(n: usize) -> String {
    char::from_u32('①' as u32 + n as u32 - 1).map_or_else(String::new, String::from)
}

/// All ways to write the same that are proven. Whoever doubts one takes it out and says why.
#[rustfmt::skip]
pub(crate) const NOTATIONS: &[Notation] = &[
    // name
    n(NAME, "brackets", "half-width brackets", |hand, item| {
        hand.over.push((NAME, half_punctuation));
        item.stem.contains('（')
    }),
    over!(NAME, "blanks between the characters", |text| spaced(text, ' ')),
    over!(NAME, "ideographic blanks at both ends", |text| format!("\u{3000}{text}\u{3000}")),
    over!(NAME, "zero-width space inside", |text| inside(text, '\u{200B}')),
    over!(NAME, "soft hyphen inside", |text| inside(text, '\u{AD}')),
    over!(NAME, "byte order mark in front", |text| format!("\u{FEFF}{text}")),
    over!(NAME, "non-breaking space inside", |text| inside(text, '\u{A0}')),
    over!(NAME, "Kangxi radicals", radicals),
    over!(NAME, "line break of a narrow cell", |text| inside(text, '\n')),
    n(NAME, "brackets", "doubled brackets", |hand, item| {
        hand.over.push((NAME, |text| text.replace('（', "（（").replace('）', "））")));
        item.stem.contains('（')
    }),
    n(NAME, "case", "the case in brackets behind the name and in its column", |hand, item| {
        hand.name = |item| {
            let case = item.case.unwrap_or_default();
            [format!("{}（{case}）", item.stem), case.to_owned()]
        };
        item.case.is_some()
    }),
    n(NAME, "case", "the case in brackets in its column", |hand, item| {
        hand.name = |item| [item.stem.clone(), format!("（{}）", item.case.unwrap_or_default())];
        item.case.is_some()
    }),
    n(NAME, "case", "the whole name in the column of the case", |hand, item| {
        hand.name = |item| [item.stem.clone(), format!("{}（{}）", item.stem, item.case.unwrap_or_default())];
        item.case.is_some()
    }),
    n(NAME, "title", "blanks around title marks", |hand, item| {
        hand.over.push((NAME, |text| text.replace('《', " 《 ").replace('》', " 》 ")));
        item.stem.contains('《')
    }),
    // code
    over!(CODE, "full-width digits", full_width),
    over!(CODE, "blanks in groups", |text| text
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect::<Vec<_>>()
        .join(" ")),
    over!(CODE, "zero-width space inside", |text| inside(text, '\u{200B}')),
    over!(CODE, "tab at the end", |text| format!("{text}\t")),
    n(CODE, "way", "implementation code alone", |hand, _| {
        hand.code = |item| [String::new(), format!("11450721MB155808114{}", item.code)];
        true
    }),
    n(CODE, "way", "implementation code beside it", |hand, _| {
        hand.code = |item| [item.code.clone(), format!("11450721MB155808114{}", item.code)];
        true
    }),
    // type
    n(TYPE, "way", "code of the list", |hand, _| {
        hand.kind = |item| [KINDS[item.kind].0.to_owned(), String::new()];
        true
    }),
    n(TYPE, "way", "other word", |hand, _| {
        hand.kind = |item| [KINDS[item.kind].2.to_owned(), String::new()];
        true
    }),
    n(TYPE, "way", "code and name in two columns", |hand, _| {
        hand.kind = |item| [KINDS[item.kind].0.to_owned(), KINDS[item.kind].1.to_owned()];
        true
    }),
    over!(TYPE, "blanks between the characters", |text| spaced(text, ' ')),
    over!(TYPE, "Kangxi radicals", radicals),
    // basis
    n(BASIS, "number", "Arabic numerals", |hand, _| {
        hand.number = numeral;
        true
    }),
    n(BASIS, "number", "full-width numerals", |hand, _| {
        hand.number = |n| full_width(&n.to_string());
        true
    }),
    n(BASIS, "number", "blanks around numerals", |hand, _| {
        hand.number = |n| format!(" {n} ");
        true
    }),
    n(BASIS, "title", "without 中华人民共和国", |hand, item| {
        hand.title = |law| LAWS[law].0.trim_start_matches("中华人民共和国").to_owned();
        item.basis.iter().any(|cited| cited.law < 12)
    }),
    n(BASIS, "document", "half-width brackets of the document", |hand, item| {
        hand.document = |number| format!("({number})");
        item.basis.iter().any(|cited| !LAWS[cited.law].1.is_empty())
    }),
    n(BASIS, "document", "square brackets of the year", |hand, item| {
        hand.document = |number| format!("（{}）", number.replace('〔', "[").replace('〕', "]"));
        item.basis.iter().any(|cited| LAWS[cited.law].1.contains('〔'))
    }),
    n(BASIS, "document", "round brackets of the year", |hand, item| {
        hand.document = |number| format!("（{}）", number.replace('〔', "（").replace('〕', "）"));
        item.basis.iter().any(|cited| LAWS[cited.law].1.contains('〔'))
    }),
    n(BASIS, "document", "full name of the State Council", |hand, item| {
        hand.document = |number| format!("（{}）", number.replace("国务院令", "中华人民共和国国务院令"));
        item.basis.iter().any(|cited| LAWS[cited.law].1.contains('令'))
    }),
    n(BASIS, "document", "a blank before the number of the order", |hand, item| {
        hand.document = |number| format!("（{}）", number.replace("令第", "令 第 "));
        item.basis.iter().any(|cited| LAWS[cited.law].1.contains('令'))
    }),
    n(BASIS, "item", "subparagraph without brackets", |hand, item| {
        hand.subparagraph = |n| format!("第{}项", chinese(n));
        item.basis.iter().any(|cited| cited.item > 0)
    }),
    n(BASIS, "item", "subparagraph in half-width brackets", |hand, item| {
        hand.subparagraph = |n| format!("第({})项", chinese(n));
        item.basis.iter().any(|cited| cited.item > 0)
    }),
    n(BASIS, "item", "subparagraph in Arabic numerals", |hand, item| {
        hand.subparagraph = |n| format!("第（{n}）项");
        item.basis.iter().any(|cited| cited.item > 0)
    }),
    n(BASIS, "cite", "label in front", |hand, _| {
        hand.cite = |hand, cited| format!("【{}】{}", LAWS[cited.law].2, house_cite(hand, cited));
        true
    }),
    n(BASIS, "cite", "quotation behind", |hand, _| {
        hand.cite = |hand, cited| format!("{}：“申请人应当依法提出申请。”", house_cite(hand, cited));
        true
    }),
    n(BASIS, "cite", "year of the revision in brackets", |hand, item| {
        hand.cite = |hand, cited| {
            let note = if cited.law < 12 { "（2018年修正）" } else { "" };
            format!("{}{note}{}", head(hand, cited.law), clause(hand, cited))
        };
        item.basis.iter().any(|cited| cited.law < 12)
    }),
    n(BASIS, "cite", "根据 … 的规定", |hand, _| {
        hand.cite = |hand, cited| format!("根据{}的规定", house_cite(hand, cited));
        true
    }),
    n(BASIS, "cite", "chapter named too", |hand, _| {
        hand.cite = |hand, cited| format!("{}第二章{}", head(hand, cited.law), clause(hand, cited));
        true
    }),
    n(BASIS, "cite", "the title said once for two articles", |hand, item| {
        hand.carry = true;
        item.basis.windows(2).any(|two| two[0].law == two[1].law)
    }),
    n(BASIS, "cite", "laws without title marks", |hand, item| {
        hand.cite = |hand, cited| match cited.law {
            law @ 0..12 => format!("{}{}", (hand.title)(law), clause(hand, cited)),
            _ => house_cite(hand, cited),
        };
        item.basis.iter().any(|cited| cited.law < 12)
    }),
    r(BASIS, "cite", "records of title, number, article, text", |hand, _| {
        hand.cite_table = true;
        true
    }),
    layout!(BASIS, "a line for each", nothing, "\n", ""),
    layout!(BASIS, "lines with carriage returns", nothing, "\r\n", "\r\n"),
    layout!(BASIS, "numbered 1.", |n| format!("{n}."), "\n", ""),
    layout!(BASIS, "numbered ①", circled, "", ""),
    layout!(BASIS, "divided by commas", nothing, "，", ""),
    layout!(BASIS, "divided by half-width semicolons", nothing, ";", ";"),
    order!(BASIS, "other order", 1, |item| item.basis.len()),
    // audience
    n(AUDIENCE, "words", "codes of the list", |hand, _| {
        hand.audience = |at| AUDIENCE_WORDS[at].0.to_owned();
        hand.list(AUDIENCE).between = ",";
        true
    }),
    n(AUDIENCE, "words", "other words", |hand, _| {
        hand.audience = |at| AUDIENCE_WORDS[at].2.to_owned();
        true
    }),
    n(AUDIENCE, "words", "法人 for its three kinds", |hand, item| {
        hand.audience_all = |item| {
            let rest = item.audience.iter().filter(|at| !(1..=3).contains(*at));
            let rest = rest.map(|&at| AUDIENCE_WORDS[at].1.to_owned());
            Some(std::iter::once("法人".to_owned()).chain(rest).collect())
        };
        [1, 2, 3].iter().all(|at| item.audience.contains(at))
    }),
    layout!(AUDIENCE, "divided by ,", nothing, ",", ""),
    layout!(AUDIENCE, "divided by ；", nothing, "；", "；"),
    layout!(AUDIENCE, "divided by |", nothing, "|", ""),
    layout!(AUDIENCE, "divided by ^", nothing, "^", ""),
    layout!(AUDIENCE, "divided by /", nothing, "/", ""),
    layout!(AUDIENCE, "divided by line breaks", nothing, "\n", ""),
    layout!(AUDIENCE, "divided by blanks", nothing, " ", ""),
    // Of one slot with the codes: nobody numbers codes.
    n(AUDIENCE, "words", "numbered （1）", |hand, _| {
        let list = hand.list(AUDIENCE);
        (list.number, list.between) = (|n| format!("（{n}）"), "");
        true
    }),
    as_list!(AUDIENCE, "list"),
    order!(AUDIENCE, "other order", usize::MAX, |item| item.audience.len()),
    over!(AUDIENCE, "blanks between the characters", |text| match text.contains(' ') {
        // Blanks that divide would be lost among the others.
        true => text.to_owned(),
        false => spaced(text, ' '),
    }),
    over!(AUDIENCE, "Kangxi radicals", radicals),
    // conditions
    layout!(CONDITIONS, "numbered 1、", |n| format!("{n}、"), "；", "。"),
    layout!(CONDITIONS, "numbered （1）", |n| format!("（{n}）"), "；", "。"),
    layout!(CONDITIONS, "numbered (1)", |n| format!("({n})"), ";", ""),
    layout!(CONDITIONS, "numbered 1）", |n| format!("{n}）"), "；\n", "。"),
    layout!(CONDITIONS, "numbered （一）", |n| format!("（{}）", chinese(n as u32)), "；\n", "。"),
    layout!(CONDITIONS, "numbered 一、", |n| format!("{}、", chinese(n as u32)), "。\n", "。"),
    layout!(CONDITIONS, "numbered ①", circled, "", ""),
    layout!(CONDITIONS, "numbered 1. with blanks", |n| format!("{n}. "), " ", ""),
    layout!(CONDITIONS, "bullets ●", |_| "●".to_owned(), "\n", ""),
    layout!(CONDITIONS, "bullets -", |_| "- ".to_owned(), "\n", ""),
    layout!(CONDITIONS, "not numbered, semicolons", nothing, "；", "。"),
    layout!(CONDITIONS, "not numbered, a line for each", nothing, "\n", ""),
    layout!(CONDITIONS, "lines with carriage returns", |n| format!("{n}."), "\r\n", "\r\n"),
    as_list!(CONDITIONS, "list"),
    n(CONDITIONS, "intro", "introduction in front", |hand, item| {
        hand.list(CONDITIONS).intro = "申请人应当符合下列条件：";
        !item.any
    }),
    order!(CONDITIONS, "other order", 1, |item| item.conditions.len()),
    n(CONDITIONS, "number", "Chinese numerals", |hand, item| {
        hand.condition = |condition| match condition.number {
            n @ 1..=999 if !condition.text.contains('%') => condition.text.replace("{}", &chinese(n)),
            _ => house_condition(condition),
        };
        item.conditions.iter().any(|condition| (1..=999).contains(&condition.number) && !condition.text.contains('%'))
    }),
    n(CONDITIONS, "number", "full-width numerals", |hand, item| {
        hand.condition = |condition| condition.text.replace("{}", &full_width(&condition.number.to_string()));
        item.conditions.iter().any(|condition| condition.number > 0)
    }),
    n(CONDITIONS, "number", "thousands divided", |hand, item| {
        hand.condition = |condition| condition.text.replace("{}", &thousands(condition.number));
        item.conditions.iter().any(|condition| condition.number >= 1000)
    }),
    n(CONDITIONS, "number", "blanks around numerals", |hand, item| {
        hand.condition = |condition| condition.text.replace("{}", &format!(" {} ", condition.number));
        item.conditions.iter().any(|condition| condition.number > 0)
    }),
    n(CONDITIONS, "number", "百分之", |hand, item| {
        hand.condition = |condition| match condition.text.contains("{}%") {
            true => condition.text.replace("{}%", &format!("百分之{}", chinese(condition.number))),
            false => house_condition(condition),
        };
        item.conditions.iter().any(|condition| condition.text.contains("{}%"))
    }),
    n(CONDITIONS, "number", "以上 for 不少于", |hand, item| {
        hand.condition = |condition| match condition.text.as_str() {
            "自有车辆不少于{}辆" => format!("自有车辆{}辆以上", condition.number),
            _ => house_condition(condition),
        };
        item.conditions.iter().any(|condition| condition.text == "自有车辆不少于{}辆")
    }),
    n(CONDITIONS, "words", "㎡ for 平方米", |hand, item| {
        hand.over.push((CONDITIONS, |text| text.replace("平方米", "㎡")));
        item.conditions.iter().any(|condition| condition.text.contains("平方米"))
    }),
    n(CONDITIONS, "words", "corner brackets for quotation marks", |hand, item| {
        hand.over.push((CONDITIONS, |text| text.replace('“', "「").replace('”', "」")));
        item.conditions.iter().any(|condition| condition.text.contains('“'))
    }),
    over!(CONDITIONS, "half-width punctuation", half_punctuation),
    over!(CONDITIONS, "Kangxi radicals", radicals),
    over!(CONDITIONS, "blanks between the characters", |text| spaced(text, ' ')),
    over!(CONDITIONS, "ideographic blanks between the characters", |text| spaced(text, '\u{3000}')),
    over!(CONDITIONS, "zero-width space inside", |text| inside(text, '\u{200B}')),
    over!(CONDITIONS, "word joiner and direction marks", |text| format!("\u{2060}{text}\u{200E}")),
    // materials
    layout!(MATERIALS, "numbered 1、", |n| format!("{n}、"), "；", "。"),
    layout!(MATERIALS, "numbered （1）", |n| format!("（{n}）"), "；", "。"),
    layout!(MATERIALS, "numbered （一）", |n| format!("（{}）", chinese(n as u32)), "\n", ""),
    layout!(MATERIALS, "numbered ①", circled, "", ""),
    layout!(MATERIALS, "numbered ⑴", |n| {
        char::from_u32('⑴' as u32 + n as u32 - 1).map_or_else(String::new, String::from)
    }, "；", ""),
    layout!(MATERIALS, "numbered 1. with blanks", |n| format!("{n}. "), "  ", ""),
    layout!(MATERIALS, "bullets ■", |_| "■".to_owned(), "\n", ""),
    layout!(MATERIALS, "not numbered, a line for each", nothing, "\n", ""),
    layout!(MATERIALS, "not numbered, semicolons", nothing, "；", ""),
    layout!(MATERIALS, "lines with carriage returns", |n| format!("{n}、"), "；\r\n", "。\r\n"),
    as_list!(MATERIALS, "list"),
    n(MATERIALS, "intro", "introduction in front", |hand, _| {
        hand.list(MATERIALS).intro = "申请人应提交以下材料：\n";
        true
    }),
    order!(MATERIALS, "other order", 1, |item| item.materials.len()),
    order!(MATERIALS, "reversed order", usize::MAX, |item| item.materials.len()),
    n(MATERIALS, "name", "other names of the same paper", |hand, item| {
        hand.paper_name = |paper, at| alias(&paper.name, &PAPERS, at);
        item.materials.iter().any(|paper| has_alias(&paper.name, &PAPERS))
    }),
    n(MATERIALS, "name", "title marks", |hand, _| {
        hand.paper_name = |paper, _| format!("《{}》", paper.name);
        true
    }),
    n(MATERIALS, "paper", "half-width brackets", |hand, item| {
        hand.paper = |hand, paper, at| half_punctuation(&house_paper(hand, paper, at));
        item.materials.iter().any(|paper| paper.originals + paper.copies > 0)
    }),
    n(MATERIALS, "paper", "forms divided by 、", |hand, item| {
        hand.paper = |hand, paper, at| house_paper(hand, paper, at).replace('，', "、");
        item.materials.iter().any(|paper| paper.originals > 0 && paper.copies > 0)
    }),
    n(MATERIALS, "paper", "the form behind the name without brackets", |hand, item| {
        hand.paper = |hand, paper, at| match (paper.originals, paper.copies, paper.need) {
            (n, 0, 0) if n > 0 => format!("{}原件{}份", (hand.paper_name)(paper, at), (hand.copies)(n)),
            (0, n, 0) if n > 0 => format!("{}复印件{}份", (hand.paper_name)(paper, at), (hand.copies)(n)),
            _ => house_paper(hand, paper, at),
        };
        item.materials.iter().any(|paper| paper.need == 0 && (paper.originals == 0) != (paper.copies == 0))
    }),
    n(MATERIALS, "paper", "一式 … 份", |hand, item| {
        hand.paper = |hand, paper, at| match (paper.originals, paper.copies, paper.need) {
            (0, n, 0) if n > 0 => format!("{}复印件一式{}份", (hand.paper_name)(paper, at), chinese(n).replace('二', "两")),
            (n, 0, 0) if n > 0 => format!("{}原件一式{}份", (hand.paper_name)(paper, at), chinese(n).replace('二', "两")),
            _ => house_paper(hand, paper, at),
        };
        item.materials.iter().any(|paper| paper.need == 0 && (paper.originals == 0) != (paper.copies == 0))
    }),
    n(MATERIALS, "paper", "the number before the form", |hand, item| {
        hand.paper = |hand, paper, at| {
            let mut said = Vec::new();
            if paper.originals > 0 {
                said.push(format!("{}份原件", paper.originals));
            }
            if paper.copies > 0 {
                said.push(format!("{}份复印件", paper.copies));
            }
            if said.is_empty() || paper.need > 0 {
                house_paper(hand, paper, at)
            } else {
                format!("{}（{}）", (hand.paper_name)(paper, at), said.join("，"))
            }
        };
        item.materials.iter().any(|paper| paper.need == 0 && paper.originals + paper.copies > 0)
    }),
    n(MATERIALS, "paper", "必要 said", |hand, item| {
        hand.paper = |hand, paper, at| {
            if paper.need > 0 {
                return house_paper(hand, paper, at);
            }
            let said = said(hand, paper, "，");
            let between = if said.is_empty() { "" } else { "，" };
            format!("{}（{said}{between}必要）", (hand.paper_name)(paper, at))
        };
        item.materials.iter().any(|paper| paper.need == 0)
    }),
    n(MATERIALS, "paper", "two pairs of brackets", |hand, item| {
        hand.paper = |hand, paper, at| house_paper(hand, paper, at).replace('，', "）（");
        item.materials.iter().any(|paper| paper.originals > 0 && paper.copies > 0)
    }),
    n(MATERIALS, "copies", "Chinese numerals", |hand, item| {
        hand.copies = chinese;
        item.materials.iter().any(|paper| paper.originals + paper.copies > 0)
    }),
    n(MATERIALS, "copies", "formal numerals", |hand, item| {
        hand.copies = formal;
        item.materials.iter().any(|paper| paper.originals + paper.copies > 0)
    }),
    n(MATERIALS, "copies", "full-width numerals", |hand, item| {
        hand.copies = |n| full_width(&n.to_string());
        item.materials.iter().any(|paper| paper.originals + paper.copies > 0)
    }),
    r(MATERIALS, "layout", "records with words", |hand, _| {
        hand.paper_table = Some(|paper| paper_record(paper, ["必要", "非必要", "容缺后补"]));
        true
    }),
    r(MATERIALS, "layout", "records with codes", |hand, _| {
        hand.paper_table = Some(|paper| {
            let mut record = paper_record(paper, ["1", "2", "3"]);
            for (key, text) in &mut record {
                if *key == "材料类型" {
                    *text = match text.as_str() {
                        "原件" => "1",
                        "复印件" => "2",
                        "" => "",
                        _ => "3",
                    }
                    .to_owned();
                }
            }
            record
        });
        true
    }),
    r(MATERIALS, "layout", "records with 是 and 否", |hand, item| {
        hand.paper_table = Some(|paper| paper_record(paper, ["是", "否", "容缺后补"]));
        item.materials.iter().any(|paper| paper.need < 2)
    }),
    over!(MATERIALS, "Kangxi radicals", radicals),
    over!(MATERIALS, "zero-width space inside", |text| inside(text, '\u{200B}')),
    over!(MATERIALS, "non-breaking space inside", |text| inside(text, '\u{A0}')),
    // procedure
    layout!(PROCEDURE, "arrow ->", nothing, "->", ""),
    layout!(PROCEDURE, "arrow —>", nothing, " —> ", ""),
    layout!(PROCEDURE, "arrow =>", nothing, "=>", ""),
    layout!(PROCEDURE, "arrow ➔", nothing, "➔", ""),
    layout!(PROCEDURE, "arrow ↓", nothing, "\n↓\n", ""),
    layout!(PROCEDURE, "double dash", nothing, "——", ""),
    layout!(PROCEDURE, "divided by 、", nothing, "、", "。"),
    layout!(PROCEDURE, "divided by ；", nothing, "；", "。"),
    layout!(PROCEDURE, "a line for each", nothing, "\n", ""),
    layout!(PROCEDURE, "lines with carriage returns", |n| format!("{n}、"), "\r\n", ""),
    layout!(PROCEDURE, "numbered 1.", |n| format!("{n}."), " ", ""),
    layout!(PROCEDURE, "numbered ①", circled, "", ""),
    layout!(PROCEDURE, "numbered （一）", |n| format!("（{}）", chinese(n as u32)), "；", "。"),
    layout!(PROCEDURE, "numbered and arrows", |n| format!("{n}."), "→", ""),
    layout!(PROCEDURE, "第一步：", |n| format!("第{}步：", chinese(n as u32)), "；", ""),
    layout!(PROCEDURE, "步骤一：", |n| format!("步骤{}：", chinese(n as u32)), "\n", ""),
    as_list!(PROCEDURE, "list"),
    n(PROCEDURE, "name", "other names of the same step", |hand, _| {
        hand.step_name = |step| alias(step.name, &STEPS, 0);
        true
    }),
    n(PROCEDURE, "name", "again other names of the same step", |hand, _| {
        hand.step_name = |step| alias(step.name, &STEPS, 1);
        true
    }),
    n(PROCEDURE, "days", "days behind a colon", |hand, item| {
        hand.step = |hand, step| match step.days {
            0 => house_step(hand, step),
            days => format!("{}：{days}个工作日", (hand.step_name)(step)),
        };
        item.steps.iter().any(|step| step.days > 0)
    }),
    n(PROCEDURE, "days", "days in half-width brackets", |hand, item| {
        hand.step = |hand, step| half_punctuation(&house_step(hand, step)).replace('个', "");
        item.steps.iter().any(|step| step.days > 0)
    }),
    n(PROCEDURE, "days", "days in Chinese numerals", |hand, item| {
        hand.step = |hand, step| match step.days {
            0 => house_step(hand, step),
            days => format!("{}（{}个工作日内）", (hand.step_name)(step), chinese(days)),
        };
        item.steps.iter().any(|step| step.days > 0)
    }),
    n(PROCEDURE, "days", "days in full width", |hand, item| {
        hand.step = |hand, step| full_width(&house_step(hand, step));
        item.steps.iter().any(|step| step.days > 0)
    }),
    r(PROCEDURE, "layout", "records with unit", |hand, _| {
        hand.step_table = Some(|step| {
            let days = if step.days > 0 { step.days.to_string() } else { String::new() };
            let unit = if step.days > 0 { "工作日" } else { "" };
            vec![("环节名称", step.name.to_owned()), ("办理时限", days), ("办理时限单位", unit.to_owned())]
        });
        true
    }),
    r(PROCEDURE, "layout", "records with the days in one text", |hand, _| {
        hand.step_table = Some(|step| {
            let days = if step.days > 0 { format!("{}个工作日", step.days) } else { String::new() };
            vec![("环节名称", step.name.to_owned()), ("办理时限", days)]
        });
        true
    }),
    over!(PROCEDURE, "zero-width space inside", |text| inside(text, '\u{200B}')),
    over!(PROCEDURE, "Kangxi radicals", radicals),
    // statutory time
    time!(STATUTORY, "20(工作日)", days, |t| [format!("{}({})", t.n, t.unit.word()), String::new()]),
    time!(STATUTORY, "20工作日", days, |t| [format!("{}{}", t.n, t.unit.word()), String::new()]),
    time!(STATUTORY, "二十个工作日", |t| t.n > 0, |t| [format!("{}{}", chinese(t.n), t.unit.counted()), String::new()]),
    time!(STATUTORY, "贰拾个工作日", |t| t.n > 0, |t| [format!("{}{}", formal(t.n), t.unit.counted()), String::new()]),
    time!(STATUTORY, "自受理之日起20个工作日内", |t| t.n > 0, |t| [
        format!("自受理之日起{}{}内", t.n, t.unit.counted()),
        String::new()
    ]),
    time!(STATUTORY, "受理之日起二十个工作日以内", |t| t.n > 0, |t| [
        format!("受理之日起{}{}以内", chinese(t.n), t.unit.counted()),
        String::new()
    ]),
    time!(STATUTORY, "不超过20个工作日", |t| t.n > 0, |t| [format!("不超过{}{}", t.n, t.unit.counted()), String::new()]),
    time!(STATUTORY, "法定办结时限：20个工作日", |t| t.n > 0, |t| [
        format!("法定办结时限：{}{}", t.n, t.unit.counted()),
        String::new()
    ]),
    time!(STATUTORY, "exclusions named", |t| t.n > 0, |t| [
        format!("{}{}（不含听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间）", t.n, t.unit.counted()),
        String::new()
    ]),
    time!(STATUTORY, "number and unit in two columns", |t| t.n > 0, |t| [t.n.to_string(), t.unit.word().to_owned()]),
    time!(STATUTORY, "number and code of the unit in two columns", days, |t| [
        t.n.to_string(),
        if t.unit == Unit::Working { "1" } else { "2" }.to_owned()
    ]),
    time!(STATUTORY, "20.0 and unit", days, |t| [format!("{}.0", t.n), t.unit.word().to_owned()]),
    n(STATUTORY, "way", "12个月 and 1年", |hand, item| {
        hand.time[0] = |limit| match limit.unit {
            Unit::Year => [format!("{}个月", 12 * limit.n), String::new()],
            _ => house_time(limit),
        };
        item.times[0].unit == Unit::Year
    }),
    over!(STATUTORY, "full-width digits", full_width),
    over!(STATUTORY, "blanks inside", |text| spaced(text, ' ')),
    time!(STATUTORY, "stop at the end", |t| t.n > 0, |t| [format!("{}{}。", t.n, t.unit.counted()), String::new()]),
    over!(STATUTORY, "Kangxi radicals", radicals),
    over!(STATUTORY, "zero-width space inside", |text| inside(text, '\u{200B}')),
    // promised time
    time!(PROMISED, "20(工作日)", |t| days(t), |t| [format!("{}({})", t.n, t.unit.word()), String::new()]),
    time!(PROMISED, "二十个工作日", |t| t.n > 0, |t| [format!("{}{}", chinese(t.n), t.unit.counted()), String::new()]),
    time!(PROMISED, "自受理之日起20个工作日内", |t| t.n > 0, |t| [
        format!("自受理之日起{}{}内", t.n, t.unit.counted()),
        String::new()
    ]),
    time!(PROMISED, "承诺20个工作日内办结", |t| t.n > 0, |t| [
        format!("承诺{}{}内办结", t.n, t.unit.counted()),
        String::new()
    ]),
    time!(PROMISED, "number and unit in two columns", |t| t.n > 0, |t| [t.n.to_string(), t.unit.word().to_owned()]),
    time!(PROMISED, "number and code of the unit in two columns", days, |t| [t.n.to_string(), "1".to_owned()]),
    time!(PROMISED, "minutes for hours", |t| t.unit == Unit::Hour, |t| [format!("{}分钟", 60 * t.n), String::new()]),
    time!(PROMISED, "当场办结", |t| t.n == 0, |_| ["当场办结".to_owned(), String::new()]),
    time!(PROMISED, "即时办理", |t| t.n == 0, |_| ["即时办理".to_owned(), String::new()]),
    time!(PROMISED, "立等可取", |t| t.n == 0, |_| ["立等可取".to_owned(), String::new()]),
    time!(PROMISED, "0个工作日", |t| t.n == 0, |_| ["0个工作日".to_owned(), String::new()]),
    time!(PROMISED, "0 and a unit", |t| t.n == 0, |_| ["0".to_owned(), "工作日".to_owned()]),
    time!(PROMISED, "即办件（当场办结）", |t| t.n == 0, |_| ["即办件（当场办结）".to_owned(), String::new()]),
    over!(PROMISED, "full-width digits", full_width),
    over!(PROMISED, "blanks at both ends", |text| format!(" {text}\u{A0}")),
    // fees
    n(FEES, "way", "否", |hand, item| {
        hand.fees = |_, _| texts(["否", "", ""]);
        free(item)
    }),
    n(FEES, "way", "免费", |hand, item| {
        hand.fees = |_, _| texts(["免费", "", ""]);
        free(item)
    }),
    n(FEES, "way", "无", |hand, item| {
        hand.fees = |_, _| texts(["无", "", ""]);
        free(item)
    }),
    n(FEES, "way", "0元", |hand, item| {
        hand.fees = |_, _| texts(["0元", "", ""]);
        free(item)
    }),
    n(FEES, "way", "不收取任何费用", |hand, item| {
        hand.fees = |_, _| texts(["办理本事项不收取任何费用。", "", ""]);
        free(item)
    }),
    n(FEES, "way", "否 and 无 in two columns", |hand, item| {
        hand.fees = |_, _| texts(["否", "无", ""]);
        free(item)
    }),
    n(FEES, "way", "0 in the yes and no column", |hand, item| {
        hand.fees = |_, _| texts(["0", "", ""]);
        free(item)
    }),
    n(FEES, "way", "yes and the standard in two columns", |hand, item| {
        hand.fees = |hand, item| texts(["是", &house_fees(hand, item)[0], ""]);
        charged(item)
    }),
    n(FEES, "way", "1 and the standard in two columns", |hand, item| {
        hand.fees = |hand, item| texts(["1", &house_fees(hand, item)[0], ""]);
        charged(item)
    }),
    n(FEES, "way", "yes, standard and name in three columns", |hand, item| {
        hand.fees = |_, item| match item.fees.as_slice() {
            [fee] => texts(["是", &format!("{}元/{}", fee.yuan, fee.per), fee.name]),
            _ => texts(["否", "", ""]),
        };
        item.fees.len() == 1 && !unnamed(item)
    }),
    r(FEES, "way", "yes and records", |hand, item| {
        hand.fee_table = true;
        charged(item)
    }),
    n(FEES, "way", "是，50元/件", |hand, item| {
        hand.fees = |hand, item| texts([&format!("是，{}", house_fees(hand, item)[0]), "", ""]);
        unnamed(item)
    }),
    n(FEES, "fee", "每件50元", |hand, item| {
        hand.fee = |fee| {
            let price = format!("每{}{}元", fee.per, fee.yuan);
            if fee.name.is_empty() { price } else { format!("{}：{price}", fee.name) }
        };
        charged(item)
    }),
    n(FEES, "fee", "50.00元／件", |hand, item| {
        hand.fee = |fee| house_fee(fee).replace('元', ".00元").replace('/', "／");
        charged(item)
    }),
    n(FEES, "fee", "人民币50元/件", |hand, item| {
        hand.fee = |fee| format!("人民币{}元/{}", fee.yuan, fee.per);
        unnamed(item)
    }),
    n(FEES, "fee", "伍拾元/件", |hand, item| {
        hand.fee = |fee| {
            let yuan = if fee.yuan < 1000 { formal(fee.yuan) } else { fee.yuan.to_string() };
            house_fee(fee).replace(&fee.yuan.to_string(), &yuan)
        };
        item.fees.iter().any(|fee| fee.yuan < 1000)
    }),
    n(FEES, "fee", "五十元/件", |hand, item| {
        hand.fee = |fee| {
            let yuan = if fee.yuan < 1000 { chinese(fee.yuan) } else { fee.yuan.to_string() };
            house_fee(fee).replace(&fee.yuan.to_string(), &yuan)
        };
        item.fees.iter().any(|fee| fee.yuan < 1000)
    }),
    n(FEES, "fee", "50元每件", |hand, item| {
        hand.fee = |fee| house_fee(fee).replace('/', "每");
        charged(item)
    }),
    n(FEES, "fee", "1,000元/件", |hand, item| {
        hand.fee = |fee| house_fee(fee).replace(&fee.yuan.to_string(), &thousands(fee.yuan));
        item.fees.iter().any(|fee| fee.yuan >= 1000)
    }),
    n(FEES, "fee", "0.1万元/件", |hand, item| {
        hand.fee = |fee| match fee.yuan {
            1000 => house_fee(fee).replace("1000", "0.1万"),
            2000 => house_fee(fee).replace("2000", "0.2万"),
            _ => house_fee(fee),
        };
        item.fees.iter().any(|fee| fee.yuan >= 1000)
    }),
    n(FEES, "fee", "元/㎡", |hand, item| {
        hand.fee = |fee| house_fee(fee).replace("平方米", "㎡");
        item.fees.iter().any(|fee| fee.per == "平方米")
    }),
    n(FEES, "fee", "工本费10元/证 without a colon", |hand, item| {
        hand.fee = |fee| format!("{}{}元/{}", fee.name, fee.yuan, fee.per);
        item.fees.iter().any(|fee| !fee.name.is_empty())
    }),
    n(FEES, "fee", "10元/证（工本费）", |hand, item| {
        hand.fee = |fee| format!("{}元/{}（{}）", fee.yuan, fee.per, fee.name);
        item.fees.len() == 1 && !unnamed(item)
    }),
    n(FEES, "layout", "numbered and a line for each", |hand, item| {
        let list = hand.list(FEES);
        (list.number, list.between) = (|n| format!("{n}、"), "\n");
        item.fees.len() > 1
    }),
    order!(FEES, "other order", 1, |item| item.fees.len()),
    over!(FEES, "full-width digits", full_width),
    over!(FEES, "zero-width space in front", |text| format!("\u{200B}{text}")),
    // result
    n(RESULT, "name", "title marks", |hand, _| {
        hand.result = |name| format!("《{name}》");
        true
    }),
    n(RESULT, "type", "code of the type", |hand, _| {
        hand.result_type = |at| RESULT_TYPES[at].0.to_owned();
        true
    }),
    n(RESULT, "type", "other word of the type", |hand, _| {
        hand.result_type = |at| RESULT_TYPES[at].2.to_owned();
        true
    }),
    layout!(RESULT, "numbered 1.", |n| format!("{n}."), "\n", ""),
    layout!(RESULT, "divided by 、", nothing, "、", "。"),
    as_list!(RESULT, "list"),
    order!(RESULT, "other order", 1, |item| item.results.len()),
    over!(RESULT, "blanks between the characters", |text| spaced(text, ' ')),
    over!(RESULT, "Kangxi radicals", radicals),
    over!(RESULT, "soft hyphen inside", |text| inside(text, '\u{AD}')),
];

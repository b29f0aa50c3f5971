//! Document numbers in their canonical spelling: 国发〔2006〕28号, 国务院令第426号, 国家发改委令2016年第44号.
//!
//! Must not know titles and clauses.

use foldhash::HashMap;

use crate::normalise::{fold, number};

use super::unmarked::ISSUER_ENDS;
use super::words::{behind, last_number, tail};
use super::{COUNTRY, LONGEST_RUN, MOST_NUMBERS, VERBS};

/// Words in front of an issuer that tell of another act.
const EVENTS: &str = "公布 发布 颁布 修订 修正 修改 通过 批准 施行 的";

/// The canonical document number: 国发[2006]28号 is 国发〔2006〕28号, 2016年国家发改委令第44号 is 国家发改委令2016年第44号.
pub fn document_number(text: &str) -> Option<String> {
    first_docno(&fold::half(text)).map(|found| found.spelt)
}

/// The number with its issuers as the vocabulary names them; `None` where they stay as they are.
pub(super) fn with_issuers(docno: &str, issuers: &HashMap<String, String>) -> Option<String> {
    let kind = ["令", "公告", "通告"]
        .iter()
        .filter_map(|kind| docno.rfind(kind))
        .max()?;
    let (names, rest) = docno.split_at(kind);
    let named = |name| issuers.get(name).map_or(name, String::as_str);
    let names: Vec<&str> = names.split('、').map(named).collect();
    Some(format!("{}{rest}", names.join("、"))).filter(|other| other != docno)
}

pub(super) fn first_docno(half: &str) -> Option<Numbered<'_>> {
    half.match_indices('号').find_map(|(at, _)| number_at(half, at))
}

/// A document number in a text.
pub(super) struct Numbered<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    /// Whether it names its issuer, so that it stands for a document by itself.
    pub(super) alone: bool,
    pub(super) spelt: String,
}

/// The document number whose 号 stands here.
pub(super) fn number_at(half: &str, hao: usize) -> Option<Numbered<'_>> {
    let (before, after) = (half.get(..hao)?, half.get(hao..)?.strip_prefix('号')?);
    let (before, n) = last_number(before)?;
    let before = before.strip_suffix('第').unwrap_or(before).trim_end();
    let (before, mut after) = match (before.strip_suffix('('), after.strip_prefix(')')) {
        (Some(before), Some(after)) => (before.trim_end(), after),
        _ => (before, after),
    };
    if let Some((before, year)) = bracketed_year(before) {
        let (before, prefix) = issuer(before);
        return Some(Numbered {
            before,
            after,
            alone: !prefix.is_empty(),
            spelt: format!("{prefix}〔{year}〕{n}号"),
        });
    }
    let (mut before, mut year) = last_year(before);
    let kinds = ["令", "公告", "通告"];
    let kind = match kinds.iter().find_map(|kind| Some((kind, before.strip_suffix(kind)?))) {
        Some((kind, rest)) => {
            before = rest;
            kind
        }
        None => {
            let (kind, rest) = kinds.iter().find_map(|kind| Some((kind, after.strip_prefix(kind)?)))?;
            after = rest;
            kind
        }
    };
    let issuers;
    (before, issuers) = issuers_at_end(before);
    if year.is_none() {
        (before, year) = last_year(before);
    }
    // The orders of these two number on through the years, so that the year says nothing.
    let year = year
        .filter(|_| issuers != "国务院" && issuers != "主席")
        .map_or(String::new(), |year| format!("{year}年"));
    Some(Numbered {
        before,
        after,
        alone: !issuers.is_empty(),
        spelt: format!("{issuers}{kind}{year}第{n}号"),
    })
}

/// The year at the end, as 2016年.
fn last_year(text: &str) -> (&str, Option<u32>) {
    let year = text
        .strip_suffix('年')
        .and_then(last_number)
        .filter(|(_, year)| (1949..2100).contains(year));
    year.map_or((text, None), |(before, year)| (before, Some(year)))
}

/// The year at the end, as 〔2016〕.
fn bracketed_year(text: &str) -> Option<(&str, u32)> {
    let (before, year) = last_number(text.strip_suffix([')', ']', '〕', '】', '﹞', '>'])?)?;
    let before = before.strip_suffix(['(', '[', '〔', '【', '﹝', '<'])?;
    (1949..2100).contains(&year).then(|| (before.trim_end(), year))
}

/// The issuer at the end, without the words and the date in front of it.
fn issuer(text: &str) -> (&str, &str) {
    let (front, run) = tail(text, LONGEST_RUN, fold::is_han);
    let (mut dated, mut before) = (run, front.chars().next_back());
    for (at, c) in run.char_indices() {
        if matches!(c, '年' | '月' | '日') && before.is_some_and(|c| c.is_ascii_digit() || number::is_chinese_digit(c))
        {
            dated = run.get(at + c.len_utf8()..).unwrap_or_default();
        }
        before = Some(c);
    }
    let own = behind(behind(dated, VERBS), EVENTS).trim_start_matches(['和', '及', '与', '见', '由', '按']);
    let own = own.strip_prefix(COUNTRY).unwrap_or(own);
    (text.split_at(text.len() - own.len()).0, own)
}

/// The issuers of an order at the end, several with a space or 、 between them.
fn issuers_at_end(text: &str) -> (&str, String) {
    let (mut before, first) = issuer(text.trim_end());
    let mut issuers = vec![if first == "国家主席" { "主席" } else { first }];
    while let Some(rest) = before
        .strip_suffix([' ', '、'])
        .filter(|_| !first.is_empty() && issuers.len() < MOST_NUMBERS)
    {
        let (rest, next) = issuer(rest);
        if !next.ends_with(ISSUER_ENDS) {
            break;
        }
        issuers.push(next);
        before = rest;
    }
    issuers.reverse();
    (before, issuers.join("、"))
}

//! Titles and document numbers in their canonical spelling, and the reading of words from both ends that they need.
//!
//! Must not know clauses, nor which laws exist.

use crate::normalise::{fold, number};

use super::{COUNTRY, EVENTS, ISSUER_ENDS, LONGEST_RUN, MOST_NUMBERS, VERBS};

/// The canonical title: without 《》, without 中华人民共和国 in front (of an inner title, too), folded, inner titles in 〈〉,
/// without a note of its state behind it such as （2018年修订）. （试行） and （暂行） belong to a title and stay.
pub fn title(text: &str) -> String {
    let mut title = fold::spelling(&fold::half(text).replace('《', "<").replace('》', ">"));
    for _ in 0..MOST_NUMBERS {
        let kept = without_country(&title)
            .or_else(|| unmarked(&title))
            .or_else(|| without_state(&title));
        if let Some(kept) = kept {
            title = fold::spelling(kept);
            continue;
        }
        let mut inner = title.match_indices('〈').map(|(at, mark)| at + mark.len());
        match inner.find(|&at| without_country(title.get(at..).unwrap_or_default()).is_some()) {
            Some(at) => title.replace_range(at..at + COUNTRY.len(), ""),
            None => break,
        }
    }
    title
}

/// The title without the country, which a treaty (中华人民共和国和…) needs.
fn without_country(title: &str) -> Option<&str> {
    title
        .strip_prefix(COUNTRY)
        .filter(|own| !own.is_empty() && !own.starts_with(['和', '与']))
}

/// The text between the title marks around a title; a note behind them goes.
fn unmarked(title: &str) -> Option<&str> {
    let inner = title.strip_prefix('〈')?;
    let mut depth = 1_usize;
    for (at, c) in inner.char_indices() {
        match c {
            '〈' => depth += 1,
            '〉' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let behind = inner.get(at..)?.strip_prefix('〉')?;
            let note = behind.is_empty() || (behind.starts_with('（') && behind.ends_with('）'));
            return inner.get(..at).filter(|_| note);
        }
    }
    None
}

/// The title without the bracket at its end, if that only tells of its state: amended, issued, a document number.
fn without_state(title: &str) -> Option<&str> {
    let (kept, note) = title
        .strip_suffix('）')?
        .rsplit_once('（')
        .filter(|(kept, _)| !kept.is_empty())?;
    let says = |words: &str| words.split(' ').any(|word| note.contains(word));
    let dated = note.contains('年') || note.contains(|c: char| c.is_ascii_digit());
    let amended = says("修订 修正 修改") && !note.contains("草案");
    let issued = dated && says("公布 发布 颁布 施行 实施 通过");
    (amended || issued || document_number(note).is_some()).then_some(kept)
}

/// The canonical document number: 国发[2006]28号 is 国发〔2006〕28号, 2016年国家发改委令第44号 is 国家发改委令2016年第44号.
pub fn document_number(text: &str) -> Option<String> {
    first_docno(&fold::half(text)).map(|found| found.spelt)
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

/// Splits at most so many characters of a kind off the end.
pub(super) fn tail(text: &str, most: usize, is: impl Fn(char) -> bool) -> (&str, &str) {
    let len: usize = text
        .chars()
        .rev()
        .take(most)
        .take_while(|&c| is(c))
        .map(char::len_utf8)
        .sum();
    text.split_at(text.len() - len)
}

/// Splits at most so many characters of a kind off the start.
pub(super) fn head(text: &str, most: usize, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.chars().take(most).take_while(|&c| is(c)).map(char::len_utf8).sum())
}

/// The number at the end, Arabic or Chinese; none of a document, article or year is longer.
fn last_number(text: &str) -> Option<(&str, u32)> {
    let text = text.trim_end();
    let (before, digits) = match tail(text, 9, |c| c.is_ascii_digit()) {
        (_, "") => tail(text, 9, number::is_chinese_digit),
        arabic => arabic,
    };
    Some((before.trim_end(), value(digits)?))
}

pub(super) fn value(digits: &str) -> Option<u32> {
    number::whole(digits)
        .and_then(|n| u32::try_from(n).ok())
        .filter(|&n| n > 0)
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

pub(super) fn trim(text: &str) -> &str {
    text.trim_start_matches(' ')
}

/// What follows the last of the words.
pub(super) fn behind<'a>(text: &'a str, words: &str) -> &'a str {
    let cut = words
        .split(' ')
        .filter_map(|word| Some(text.rfind(word)? + word.len()))
        .max();
    cut.and_then(|cut| text.get(cut..)).unwrap_or(text)
}

/// What follows the first of the words that the text starts with.
pub(super) fn eat<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    words.split(' ').find_map(|word| text.strip_prefix(word))
}

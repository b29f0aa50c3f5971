//! The numbers of a text that may be time limits: with their units, as ranges, written twice (二十（20）个).
//!
//! Must not know the words around them.

use super::words::{GLUE, breaks, counts_days, unit_at};
use crate::model::{Amount, Span, TimeUnit};
use crate::normalise::number;
use crate::normalise::scan::{Words, numeral_at, words};

static RANGE: Words = words!("-- - ~~ ~ 至 到");

/// A number with or without a unit.
pub(super) struct Limit {
    pub from: usize,
    pub to: usize,
    /// `None`: the digits make no one number.
    pub span: Option<Span>,
    pub unit: Option<TimeUnit>,
}

/// All numbers that may be a time limit.
pub(super) fn scan(text: &str) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    let (mut at, mut last) = (0, '\n');
    while let Some(first) = text[at..].chars().next() {
        let (from, before) = (at, last);
        last = first;
        let half = first == '半' && !"上下一过多大".contains(before);
        let numeral = match first {
            '半' if half => Some((Some(Amount::HALF), at + first.len_utf8())),
            _ if first.is_ascii_digit() || number::is_chinese_digit(first) => numeral_at(text, at),
            _ => None,
        };
        let Some((low, mut to)) = numeral else {
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
        last = text[..at].chars().next_back().unwrap_or(first);
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
        span = span.filter(|&span| counts(text, from, to, before, unit, span));
        if unit == Some(TimeUnit::Day) {
            // 20天工作日
            unit = unit_at(text, at)
                .map(|(unit, _)| unit)
                .filter(|&unit| counts_days(unit))
                .or(unit);
        }
        if unit.is_none() && (half || !stands_alone(text, from, to, before, span)) {
            continue;
        }
        match limits.last_mut() {
            // 5日至10日; two numbers that touch in another way make none.
            Some(last) if last.to == from || connector(text, last.to) == Some(from) => {
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

/// Whether the digits are an amount: not -5, not 2021年, not the day in 3月1日; 1.20 may be a number 1 and twenty.
fn counts(text: &str, from: usize, to: usize, before: char, unit: Option<TimeUnit>, span: Span) -> bool {
    let negative = before == '-' && text[..from - 1].chars().next_back().is_none_or(breaks);
    let year = unit == Some(TimeUnit::Year);
    let calendar = matches!(before, '年' | '月') || (year && span.high >= Amount::whole(1900));
    let some = |text: &str| text.contains(|c| matches!(c, '1'..='9'));
    let risky = |(whole, rest): (&str, &str)| some(rest) && rest.len() > 1 && (year || some(whole));
    let mut numbers = text[from..to].split(|c: char| !c.is_ascii_digit() && c != '.');
    !negative && !calendar && !numbers.any(|number| number.split_once('.').is_some_and(risky))
}

/// Whether a number without a unit may be one whose unit stands elsewhere: nothing else follows it.
fn stands_alone(text: &str, from: usize, to: usize, before: char, span: Option<Span>) -> bool {
    let digits = &text[from..to];
    // 五 is a number only where nothing else stands beside it.
    let whole = text.trim_end_matches('\n') == digits;
    let written = span.is_some() && (whole || digits.chars().nth(1).is_some());
    let known = digits.starts_with(|c: char| c.is_ascii_digit()) || written;
    let small = span.is_none_or(|span| span.high < Amount::whole(1000));
    known && small && !"件表类级号".contains(before) && GLUE.off_start(&text[to..]).starts_with(breaks)
}

fn join(low: Option<Span>, high: Option<Span>) -> Option<Span> {
    let (low, high) = (low?, high?);
    let rises = low.low == low.high && high.low == high.high && low.low <= high.low;
    rises.then_some(Span { high: high.high, ..low })
}

/// Where the second number starts, if the first ends here and a range follows.
fn connector(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix('个').unwrap_or(&text[at..]);
    let word = RANGE.first(rest)?;
    Some(text.len() - rest.len() + word.len())
}

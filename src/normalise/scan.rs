//! Scanning: words at the ends of a text, and the numeral that starts at a place. What durations and fees share.
//!
//! Must not know units.

use super::number;
use crate::model::Amount;

/// Whether a text begins with one of the words (divided by spaces).
pub(super) fn begins(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| text.starts_with(word))
}

/// Whether a text ends with one of the words.
pub(super) fn ends(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| text.ends_with(word))
}

/// Whether a text holds one of the words.
pub(super) fn holds(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| text.contains(word))
}

/// Takes off words at the start and at the end until none is left.
pub(super) fn strip<'a>(mut text: &'a str, before: &str, after: &str) -> &'a str {
    loop {
        let first = before.split(' ').find_map(|word| text.strip_prefix(word));
        let last = || after.split(' ').find_map(|word| text.strip_suffix(word));
        match first.filter(|rest| rest.len() < text.len()).or_else(last) {
            Some(rest) if rest.len() < text.len() => text = rest,
            _ => return text,
        }
    }
}

/// The numeral that starts here, and where it ends. Its amount is `None` where the digits make no one number: 3/5, 三五.
pub(super) fn numeral_at(text: &str, at: usize) -> Option<(Option<Amount>, usize)> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let mark = |c: char| ".,、/+*× ".contains(c);
    let other = |c: char| match first {
        '0'..='9' => !c.is_ascii_digit() && !mark(c),
        _ => !number::is_chinese_digit(c),
    };
    let run = rest.split(other).next().unwrap_or("").trim_end_matches(mark);
    let next = rest[run.len()..].chars().next().unwrap_or(' ');
    let amount = if first.is_ascii_digit() {
        let (whole, rest) = run.split_once('.').unwrap_or((run, ""));
        let groups = whole.split(',').skip(1).all(|group| group.len() == 3) && !rest.contains(',');
        let mixed = number::is_chinese_digit(next) && !"百千万亿".contains(next);
        Amount::parse(run).filter(|_| groups && !mixed)
    } else {
        let digit = |c: char| "一二三四五六七八九两".contains(c);
        let vague = run.chars().zip(run.chars().skip(1)).any(|(a, b)| digit(a) && digit(b));
        let twice = ['十', '百', '千', '万']
            .iter()
            .any(|&place| run.matches(place).count() > 1);
        let whole = number::chinese(run).and_then(|whole| i64::try_from(whole).ok());
        whole.map(Amount::whole).filter(|_| !vague && !twice)
    };
    (!run.is_empty()).then_some((amount.filter(|_| !"多余几来".contains(next)), at + run.len()))
}

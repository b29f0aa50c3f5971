//! Reading words and numbers from both ends of a text, never further than a greatest length.
//!
//! Must not know what they mean.

use crate::normalise::number;

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
    // Nearly every text begins with none of them, and that is seen without taking the words apart.
    let first = text.chars().next().filter(|&first| words.contains(first));
    first.and_then(|_| words.split(' ').find_map(|word| text.strip_prefix(word)))
}

/// Whether a text ends with one of the words.
pub(super) fn ends(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| text.ends_with(word))
}

pub(super) fn value(digits: &str) -> Option<u32> {
    number::whole(digits)
        .and_then(|n| u32::try_from(n).ok())
        .filter(|&n| n > 0)
}

/// The number at the end, Arabic or Chinese; none of a document, article or year is longer.
pub(super) fn last_number(text: &str) -> Option<(&str, u32)> {
    let text = text.trim_end();
    let (before, digits) = match tail(text, 9, |c| c.is_ascii_digit()) {
        (_, "") => tail(text, 9, number::is_chinese_digit),
        arabic => arabic,
    };
    Some((before.trim_end(), value(digits)?))
}

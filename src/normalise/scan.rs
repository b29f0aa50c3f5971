//! Scanning: words at the ends of a text and inside it, and the numeral that starts at a place. What durations, steps and fees share.
//!
//! Must not know units.

use std::borrow::Cow;

use super::number;
use crate::model::Amount;

/// A list of words that texts are searched for, all in one pass: two masks tell which characters begin or end one of them, so that
/// nearly every place of a text costs one look. Words of the grammar are written with [`words!`], which divides them at compile
/// time; words of a vocabulary are owned.
#[derive(Clone, Debug)]
pub(super) struct Words<S: Clone + 'static = &'static str> {
    list: Cow<'static, [S]>,
    firsts: u64,
    lasts: u64,
}

/// How many bytes the character takes that begins with this byte.
const fn width(first: u8) -> usize {
    match first {
        0..=0xDF => 1 + (first >= 0xC0) as usize,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// The bit of the character that ends with this byte.
const fn bit(last: u8) -> u64 {
    1 << (last & 63)
}

/// The number of words in a text that divides them by single spaces.
pub(super) const fn count(text: &str) -> usize {
    let (bytes, mut at, mut count) = (text.as_bytes(), 0, 1);
    while at < bytes.len() {
        count += (bytes[at] == b' ') as usize;
        at += 1;
    }
    count
}

/// The words of a text that divides them by single spaces.
pub(super) const fn divide<const N: usize>(text: &'static str) -> [&'static str; N] {
    let (mut words, mut rest, mut word) = ([""; N], text, 0);
    while word < N {
        let mut end = 0;
        while end < rest.len() && rest.as_bytes()[end] != b' ' {
            end += 1;
        }
        let (one, more) = rest.split_at(end);
        words[word] = one;
        rest = if more.is_empty() { more } else { more.split_at(1).1 };
        word += 1;
    }
    words
}

/// Words, written with single spaces between them.
macro_rules! words {
    ($text:literal) => {{
        static LIST: [&str; $crate::normalise::scan::count($text)] = $crate::normalise::scan::divide($text);
        $crate::normalise::scan::Words::of(&LIST)
    }};
}
pub(super) use words;

impl Words {
    /// What [`words!`] makes.
    pub(super) const fn of(list: &'static [&'static str]) -> Words {
        let (mut firsts, mut lasts, mut at) = (0, 0, 0);
        while at < list.len() {
            let bytes = list[at].as_bytes();
            firsts |= bit(bytes[width(bytes[0]) - 1]);
            lasts |= bit(bytes[bytes.len() - 1]);
            at += 1;
        }
        Words {
            list: Cow::Borrowed(list),
            firsts,
            lasts,
        }
    }
}

impl<S: AsRef<str> + Clone> Words<S> {
    /// Words of a vocabulary, the longest first. Empty ones are left out.
    pub(super) fn owned(mut list: Vec<S>) -> Words<S> {
        list.retain(|word| !word.as_ref().is_empty());
        list.sort_by(|a, b| {
            let (a, b) = (a.as_ref(), b.as_ref());
            b.len().cmp(&a.len()).then_with(|| a.cmp(b))
        });
        let (mut firsts, mut lasts) = (0, 0);
        for word in &list {
            let bytes = word.as_ref().as_bytes();
            firsts |= bit(bytes[width(bytes[0]) - 1]);
            lasts |= bit(bytes[bytes.len() - 1]);
        }
        Words {
            list: Cow::Owned(list),
            firsts,
            lasts,
        }
    }

    /// The word that the text begins with; of several that which stands first in the list.
    pub(super) fn first(&self, text: &str) -> Option<&S> {
        let bytes = text.as_bytes();
        let last = *bytes.get(width(*bytes.first()?) - 1)?;
        let here = self.firsts & bit(last) != 0;
        here.then(|| self.list.iter().find(|word| text.starts_with(word.as_ref())))?
    }

    /// Whether the text begins with one of the words.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// The word that the text ends with.
    pub(super) fn last(&self, text: &str) -> Option<&S> {
        let here = self.lasts & bit(text.bytes().next_back()?) != 0;
        here.then(|| self.list.iter().find(|word| text.ends_with(word.as_ref())))?
    }

    /// The longest word that the text ends with.
    pub(super) fn longest_last(&self, text: &str) -> Option<&S> {
        let here = self.lasts & bit(text.bytes().next_back()?) != 0;
        let ends = self.list.iter().filter(|word| here && text.ends_with(word.as_ref()));
        ends.max_by_key(|word| word.as_ref().len())
    }

    /// Whether the text ends with one of the words.
    pub(super) fn ends(&self, text: &str) -> bool {
        self.last(text).is_some()
    }

    /// The first word in the text, and where it stands.
    pub(super) fn find(&self, text: &str) -> Option<(usize, &S)> {
        let mut at = 0;
        while let Some(&byte) = text.as_bytes().get(at) {
            if let Some(word) = self.first(&text[at..]) {
                return Some((at, word));
            }
            at += width(byte);
        }
        None
    }

    /// Whether one of the words is in the text.
    pub(super) fn within(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// What stands before and behind the first word in the text.
    pub(super) fn split<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let (at, word) = self.find(text)?;
        Some((&text[..at], &text[at + word.as_ref().len()..]))
    }

    /// Whether the whole text is one of the words.
    pub(super) fn has(&self, text: &str) -> bool {
        self.list.iter().any(|word| word.as_ref() == text)
    }

    /// Takes the words off the start until none is left.
    pub(super) fn off_start<'a>(&self, mut text: &'a str) -> &'a str {
        while let Some(word) = self.first(text) {
            text = &text[word.as_ref().len()..];
        }
        text
    }

    /// Takes the words off the end until none is left.
    pub(super) fn off_end<'a>(&self, mut text: &'a str) -> &'a str {
        while let Some(word) = self.last(text) {
            text = &text[..text.len() - word.as_ref().len()];
        }
        text
    }

    /// Takes the words off both ends.
    pub(super) fn off<'a>(&self, text: &'a str) -> &'a str {
        self.off_end(self.off_start(text))
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

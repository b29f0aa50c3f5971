//! The words of a law as they are compared: characters and numbers, whatever the width, the punctuation and the notation of numbers.
//!
//! Must not know articles, nor what a difference means.

use crate::law::similar::Prepared;
use crate::normalise::{fold, number};

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Nothing, or only a bracket or a blank.
    None,
    /// A comma.
    Comma,
    /// What ends an entry of a list, or leads to it.
    Stop,
    /// What ends a sentence or a line.
    Full,
    /// Something is left out (……).
    Gap,
}

/// A text as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// A character is itself; a number is its value with [`NUMBER`] set, so that 20 does not stand within 120, and 二十 is 20.
    pub(super) words: Vec<u32>,
    /// What stands in front of each word, and behind the last.
    pub(super) marks: Vec<Mark>,
}

const NUMBER: u32 = 0x8000_0000;

impl Words {
    /// Reads a text. Numbers of entries（（一）, 1.）are no words: quotations leave them out, or write them otherwise.
    pub(super) fn of(text: &str) -> Words {
        let half = fold::half(text);
        let mut reader = Reader {
            out: Words {
                words: Vec::with_capacity(half.len() / 3),
                marks: Vec::with_capacity(half.len() / 3 + 1),
            },
            mark: Mark::Stop,
        };
        let mut rest = half.as_str();
        while let Some(c) = rest.chars().next() {
            rest = reader.read(rest, c);
        }
        reader.out.marks.push(reader.mark.max(Mark::Stop));
        reader.out
    }

    /// Takes a number off the end: where a text was cut off, it may be half of one.
    pub(super) fn drop_last_number(&mut self) {
        while self.words.pop_if(|word| *word & NUMBER != 0).is_some() {
            let end = self.marks.pop().unwrap_or(Mark::Stop);
            if let Some(last) = self.marks.last_mut() {
                *last = end;
            }
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// A part of the text, prepared for comparing.
    pub(super) fn prepared(&self, part: std::ops::Range<usize>) -> Prepared {
        Prepared::of_words(self.words.get(part).unwrap_or_default().iter().copied())
    }

    /// The parts between marks of a rank and above: sentences and entries, or the pieces between gaps.
    pub(super) fn parts(&self, mark: Mark) -> Vec<std::ops::Range<usize>> {
        let mut parts = Vec::new();
        let mut from = 0;
        for at in 1..=self.len() {
            if at == self.len() || self.marks[at] >= mark {
                parts.push(from..at);
                from = at;
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// How many words at `from` are the number of an article (第三条, 第三条之一), which a quotation may carry.
    pub(super) fn head(&self, from: usize) -> usize {
        let is = |at: usize, c: char| self.words.get(from + at) == Some(&u32::from(c));
        let numbered = |at: usize| self.words.get(from + at).is_some_and(|word| word & NUMBER != 0);
        match is(0, '第') && numbered(1) && is(2, '条') {
            true if is(3, '之') && numbered(4) => 5,
            true => 3,
            false => 0,
        }
    }

    /// Where some words stand in it.
    pub(super) fn find(&self, wanted: &[u32]) -> Vec<usize> {
        let Some((&first, others)) = wanted.split_first() else {
            return Vec::new();
        };
        let last = self.len().saturating_sub(others.len());
        let starts = self.words.get(..last).unwrap_or_default().iter().enumerate();
        let here = |at: usize| self.words.get(at + 1..at + wanted.len()) == Some(others);
        starts
            .filter(|&(at, &word)| word == first && here(at))
            .map(|(at, _)| at)
            .collect()
    }
}

struct Reader {
    out: Words,
    /// What was read since the last word.
    mark: Mark,
}

impl Reader {
    fn push(&mut self, word: u32) {
        self.out.words.push(word);
        self.out.marks.push(self.mark);
        self.mark = Mark::None;
    }

    /// Reads what stands at the start of `rest`, and returns what follows.
    fn read<'a>(&mut self, rest: &'a str, c: char) -> &'a str {
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        if let Some(after) = self.entry(rest) {
            self.mark = self.mark.max(Mark::Stop);
            return after;
        }
        if c.is_ascii_digit() || number::is_chinese_digit(c) {
            return self.number(rest);
        }
        if rest.starts_with("...") || c == '…' {
            self.mark = Mark::Gap;
            return rest.trim_start_matches(['.', '…']);
        }
        match c {
            '。' | '!' | '?' | '\n' => self.mark = self.mark.max(Mark::Full),
            ';' | ':' => self.mark = self.mark.max(Mark::Stop),
            ',' | '、' => self.mark = self.mark.max(Mark::Comma),
            '%' => self.push(u32::from(c)),
            _ if c.is_alphanumeric() => self.push(u32::from(c)),
            _ => {}
        }
        behind
    }

    /// What follows the number of an entry: （三）, or 3. where a sentence begins. 第（三）项 names one, and is none.
    fn entry<'a>(&self, rest: &'a str) -> Option<&'a str> {
        let named = self.mark == Mark::None && self.out.words.last() == Some(&u32::from('第'));
        if let Some(inner) = rest.strip_prefix('(') {
            let (digits, after) = inner.split_at(inner.find(')').filter(|&at| at <= 12)?);
            return number::whole(digits)
                .filter(|_| !named)
                .and_then(|_| after.strip_prefix(')'));
        }
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = rest.split_at(len);
        let after = after
            .strip_prefix(['.', '、'])
            .filter(|_| (1..=2).contains(&digits.len()))?;
        (self.mark >= Mark::Stop && !after.starts_with(|c: char| c.is_ascii_digit() || c == '.')).then_some(after)
    }

    /// Reads a number, and returns what follows.
    fn number<'a>(&mut self, rest: &'a str) -> &'a str {
        // 百分之三十 is 30%.
        if let Some(share) = rest.strip_prefix("百分之")
            && share.starts_with(|c: char| c.is_ascii_digit() || number::is_chinese_digit(c))
        {
            let after = self.number(share);
            self.push(u32::from('%'));
            return after;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            return self.arabic(rest, digits);
        }
        let end = rest.find(|c| !number::is_chinese_digit(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match number::chinese(run).filter(|_| well_formed(run)) {
            Some(value) => self.push(value_word(value)),
            None => run.chars().for_each(|c| self.push(u32::from(c))),
        }
        after
    }

    /// 20, 1,000, 1.5, 5万.
    fn arabic<'a>(&mut self, rest: &'a str, digits: usize) -> &'a str {
        let (whole, mut after) = rest.split_at(digits);
        let mut value = whole.to_owned();
        while let Some(group) = after.strip_prefix(',') {
            if group.bytes().take_while(u8::is_ascii_digit).count() != 3 {
                break;
            }
            let (thousands, behind) = group.split_at(3);
            value.push_str(thousands);
            after = behind;
        }
        let part = after
            .strip_prefix('.')
            .map_or(0, |part| part.bytes().take_while(u8::is_ascii_digit).count());
        let decimals = after.get(1..=part).filter(|_| part > 0).unwrap_or_default();
        let behind = after.get(if part > 0 { part + 1 } else { 0 }..).unwrap_or_default();
        let unit = match behind.chars().next() {
            Some('百') => 100,
            Some('千') => 1000,
            Some('万') => 10_000,
            Some('亿') => 100_000_000,
            _ => 1_u64,
        };
        let scaled = format!("{value}{decimals}")
            .parse::<u64>()
            .ok()
            .and_then(|n| n.checked_mul(unit));
        let scale = u32::try_from(part).ok().and_then(|part| 10_u64.checked_pow(part));
        let (Some(scaled), Some(scale)) = (scaled, scale) else {
            whole.chars().for_each(|c| self.push(u32::from(c)));
            return after;
        };
        self.push(value_word(scaled / scale));
        if scaled % scale != 0 {
            self.push(u32::from('.'));
            self.push(value_word(scaled % scale));
        }
        behind.get(if unit > 1 { 3 } else { 0 }..).unwrap_or_default()
    }
}

fn value_word(value: u64) -> u32 {
    NUMBER | (value % u64::from(NUMBER)) as u32
}

/// Whether a run of Chinese digits is one number: in 十三五 and 二三十 digits follow each other although there are units.
fn well_formed(run: &str) -> bool {
    let digit = |c: char| {
        !matches!(
            c,
            '十' | '百' | '千' | '万' | '亿' | '廿' | '卅' | '拾' | '佰' | '仟' | '零' | '〇' | '○'
        )
    };
    let chars: Vec<char> = run.chars().collect();
    let units = chars.iter().any(|&c| !digit(c) && !matches!(c, '零' | '〇' | '○'));
    !units || chars.windows(2).all(|two| !(digit(two[0]) && digit(two[1])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words() {
        for (a, b) in [
            ("二十日内", "20日内"),
            ("（一）国家实行许可；", "1.国家实行许可。"),
            ("处一千元以上五万元以下罚款", "处1,000元以上5万元以下罚款"),
            ("百分之三十", "30％"),
            ("第（三）项", "第三项"),
            ("一万五千元", "1.5万元"),
            ("（以下称申请人），应当", "（以下称申请人）应当"),
            ("ＡＢ“甲”", "AB甲"),
        ] {
            assert_eq!(Words::of(a).words, Words::of(b).words, "{a} {b}");
        }
        for (a, b) in [
            ("二十日", "一百二十日"),
            ("1.5倍", "15倍"),
            ("十三五", "十五"),
            ("应当", "可以"),
            ("第三项", "第四项"),
        ] {
            assert_ne!(Words::of(a).words, Words::of(b).words, "{a} {b}");
        }
    }

    #[test]
    fn parts_and_heads() {
        let text = Words::of("第三条　甲乙丙，丁。戊己……庚");
        assert_eq!(text.parts(Mark::Stop), vec![0..7, 7..9, 9..10]);
        assert_eq!(text.parts(Mark::Gap), vec![0..9, 9..10]);
        assert_eq!(text.head(0), 3);
        assert_eq!(text.head(1), 0);
        assert_eq!(text.find(&Words::of("乙丙丁").words), vec![4]);
        assert!(Words::of("").parts(Mark::Stop).is_empty());
    }
}

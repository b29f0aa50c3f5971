//! Names held against each other: what is left of a name without the words that say nothing, and how alike two names are. Words that
//! make another item are never bridged.
//!
//! Must not know rows, codes nor how pairs are chosen.

use foldhash::HashMap;

use crate::compare::level;
use crate::normalise::{Vocabulary, fold};

/// Groups of level words that say only whose list it is (全省性, 本市). 跨省 and 省内 are other items, 省级 and 县级 may be.
const FOLDED: [&str; 4] = ["extent", "own", "whole", "own-level"];

/// What becomes of a word of a name.
#[derive(Clone, Copy)]
enum Becomes<'a> {
    Itself,
    Nothing,
    Word(&'a str),
}

/// Words by their first character, the longest first.
type Words<'a, T> = HashMap<char, Vec<(&'a str, T)>>;

fn by_first<'a, T: Copy>(words: impl Iterator<Item = (&'a str, T)>) -> Words<'a, T> {
    let mut words: Vec<(&str, T)> = words.collect();
    // Of two that are as long the first one told stays first.
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let mut out: Words<'a, T> = HashMap::default();
    for (word, told) in words {
        if let Some(first) = word.chars().next() {
            out.entry(first).or_default().push((word, told));
        }
    }
    out
}

/// The longest word that a text begins with.
fn starting<'t, T: Copy>(words: &Words<'_, T>, text: &'t str) -> Option<(T, &'t str, &'t str)> {
    let here = words.get(&text.chars().next()?)?;
    let (word, told) = here.iter().find(|(word, _)| text.starts_with(word))?;
    let (word, rest) = text.split_at(word.len());
    Some((*told, word, rest))
}

/// Folds names of items.
pub(super) struct Wording<'a> {
    words: Words<'a, Becomes<'a>>,
    idle_first: &'a [String],
    /// Words that make another item, and words that hold one of them and do not.
    turning: Words<'a, bool>,
    near: &'a [Vec<String>],
    /// The names by which each side calls itself.
    own: Vec<Vec<String>>,
}

/// A name as it is held against others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Loose {
    /// What names of one item have in common; empty where nothing is left.
    pub text: String,
    /// The words and figures in it that make another item, sorted.
    pub turning: Vec<String>,
}

impl<'a> Wording<'a> {
    /// `names`: how each side is called.
    pub(super) fn new(vocabulary: &'a Vocabulary, names: impl Iterator<Item = Vec<&'a str>>) -> Self {
        let names_of = &vocabulary.names;
        let text = String::as_str;
        let never = vocabulary.never_level.iter().map(|word| (text(word), Becomes::Itself));
        let levels = vocabulary.levels.iter();
        let levels = levels
            .filter(|(_, group)| FOLDED.contains(&group.as_str()))
            .map(|(word, _)| (text(word), Becomes::Nothing));
        let alike = names_of
            .alike
            .iter()
            .map(|(word, stands)| (text(word), Becomes::Word(stands)));
        let turning = names_of.turning.iter().map(|word| (text(word), Becomes::Itself));
        let idle = names_of.idle.iter().map(|word| (text(word), Becomes::Nothing));
        let harmless = vocabulary.not_negation.iter().map(|word| (text(word), false));
        Wording {
            words: by_first(never.chain(levels).chain(alike).chain(turning).chain(idle)),
            idle_first: &names_of.idle_first,
            turning: by_first(names_of.turning.iter().map(|word| (text(word), true)).chain(harmless)),
            near: &names_of.near,
            own: names.map(|names| level::own_names(names.into_iter())).collect(),
        }
    }

    /// A name of a side (`None`: of the directory) without what says nothing.
    pub(super) fn loose(&self, name: &str, side: Option<usize>) -> Loose {
        let own = side.and_then(|side| self.own.get(side)).map_or(&[][..], Vec::as_slice);
        let spelt = fold::spelling(name);
        let mut outer = String::with_capacity(spelt.len());
        let mut inner: Vec<String> = Vec::new();
        for (text, bracket) in brackets(&spelt) {
            let folded = self.fold(text, own, outer.is_empty() && !bracket);
            if bracket {
                // Their order says nothing: （变更、延续） is （延续、变更）.
                inner.extend(folded.split(['及', '，', '；', '/']).map(str::to_owned));
            } else {
                outer.push_str(&folded);
            }
        }
        inner.sort_unstable();
        inner.dedup();
        outer.extend(inner);
        outer.retain(char::is_alphanumeric);
        outer.make_ascii_lowercase();
        Loose {
            turning: self.turning(&outer),
            text: outer,
        }
    }

    /// One piece of a name: level words and the place's own name go, words of one meaning become one word.
    fn fold(&self, text: &str, own: &[String], first: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        if first {
            let mut idle = self.idle_first.iter();
            rest = idle.find_map(|word| rest.strip_prefix(word.as_str())).unwrap_or(rest);
        }
        while let Some(c) = rest.chars().next() {
            if let Some(after) = own.iter().find_map(|name| rest.strip_prefix(name.as_str())) {
                rest = after;
                continue;
            }
            match starting(&self.words, rest) {
                Some((becomes, word, after)) => {
                    match becomes {
                        Becomes::Itself => out.push_str(word),
                        Becomes::Nothing => {}
                        Becomes::Word(stands) => out.push_str(stands),
                    }
                    rest = after;
                }
                None => {
                    let after = &rest[c.len_utf8()..];
                    out.push(figure(c, out.chars().next_back(), after.chars().next()));
                    rest = after;
                }
            }
        }
        out
    }

    /// The words of a folded name that make another item, and its figures.
    pub(super) fn turning(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            match starting(&self.turning, rest) {
                Some((turns, word, after)) => {
                    found.extend(turns.then(|| word.to_owned()));
                    rest = after;
                }
                None => {
                    if c.is_ascii_alphanumeric() || FIGURES.contains(c) {
                        found.push(c.to_string());
                    }
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The same of a handling item, where steps that may be called one for the other are one.
    pub(super) fn steps(&self, text: &str) -> Vec<String> {
        let mut found = self.turning(text);
        for word in &mut found {
            let group = self.near.iter().find(|group| group.contains(word));
            if let Some(first) = group.and_then(|group| group.first()) {
                word.clone_from(first);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What tells one of a kind from the next: 一类, 乙级, 第三方.
const FIGURES: &str = "〇零一二三四五六七八九十百千万甲乙丙丁戊己";

/// A figure that stands alone as its ideograph: 2类 is 二类; those of a number stay.
fn figure(c: char, before: Option<char>, after: Option<char>) -> char {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    match c.to_digit(10) {
        Some(at) if !digit(before) && !digit(after) => "〇一二三四五六七八九".chars().nth(at as usize).unwrap_or(c),
        _ => c,
    }
}

/// The pieces of a name outside and inside of brackets; brackets in brackets are part of theirs.
fn brackets(text: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        let opens = matches!(c, '（' | '【' | '〔' | '[');
        let closes = matches!(c, '）' | '】' | '〕' | ']');
        if opens {
            if depth == 0 {
                out.push((&text[start..at], false));
                start = at + c.len_utf8();
            }
            depth += 1;
        } else if closes && depth > 0 {
            depth -= 1;
            if depth == 0 {
                out.push((&text[start..at], true));
                start = at + c.len_utf8();
            }
        }
    }
    out.push((&text[start..], depth > 0));
    out
}

/// The pairs of neighbouring characters of a folded name, sorted.
pub(super) fn pairs(text: &str) -> Vec<(char, char)> {
    level::pairs(text)
}

/// The share of pairs that two names have in common, from 0 to 1 (Dice).
pub(super) fn alike(left: &[(char, char)], right: &[(char, char)]) -> f64 {
    level::alike(left, right)
}

/// Whether all words of one name are among those of the other, each as often; both sorted.
pub(super) fn within(few: &[String], many: &[String]) -> bool {
    let mut many = many.iter();
    few.iter().all(|word| many.any(|other| other == word))
}

/// The characters of two names that stand on one side only, by their longest common part (LCS).
pub(super) fn apart(left: &str, right: &str) -> (String, String) {
    let (l, r): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let width = r.len() + 1;
    let mut longest = vec![0_u16; (l.len() + 1) * width];
    for i in (0..l.len()).rev() {
        for j in (0..r.len()).rev() {
            longest[i * width + j] = if l[i] == r[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut only_left, mut only_right) = (String::new(), String::new());
    while i < l.len() || j < r.len() {
        if i < l.len() && j < r.len() && l[i] == r[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == r.len() || (i < l.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            only_left.push(l[i]);
            i += 1;
        } else {
            only_right.push(r[j]);
            j += 1;
        }
    }
    (only_left, only_right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn wording_goes_and_meaning_stays() {
        let profile = Profile::load("national-12").expect("shipped profile");
        let wording = Wording::new(&profile.vocabulary, [vec!["广东省"], vec!["广东省广州市"]].into_iter());
        let same = |left: &str, right: &str| wording.loose(left, Some(0)) == wording.loose(right, Some(1));
        for (left, right) in [
            ("全省性宗教团体设立许可", "全市性宗教团体设立审批"),
            ("取水许可（变更、延续）", "取水许可(延续，变更)"),
            ("取水许可（变更）", "取水许可变更"),
            ("对见义勇为人员的奖励", "见义勇为人员奖励"),
            ("第2类精神药品经营审批", "第二类精神药品经营许可"),
            ("食盐和碘盐批发许可", "食盐、碘盐批发许可"),
            ("广东省科学技术奖", "广州市科学技术奖"),
        ] {
            assert!(same(left, right), "{left} {right}");
        }
        for (left, right) in [
            ("律师事务所设立许可", "律师事务所变更许可"),
            ("律师事务所设立许可", "律师事务所设立备案"),
            ("甲级测绘资质审批", "乙级测绘资质审批"),
            ("第二类精神药品经营审批", "第三类精神药品经营审批"),
            ("跨省运输审批", "省内运输审批"),
            ("县级以上文物审批", "文物审批"),
            ("不动产登记", "动产登记"),
            ("营业执照补发", "营业执照换发"),
            ("12周岁以上入学", "2周岁以上入学"),
        ] {
            assert!(!same(left, right), "{left} {right}");
        }
        assert_eq!(
            apart("道路运输经营", "道路旅客运输"),
            ("经营".to_owned(), "旅客".to_owned())
        );
        assert_eq!(brackets("甲（乙（丙））丁").len(), 3);
    }
}

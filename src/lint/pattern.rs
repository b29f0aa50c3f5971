//! Patterns: regular expressions that are compiled when a text first has what each of their matches must have.
//!
//! Must not know what is looked for. To compile a pattern costs as much as to lint a hundred rows, and most lists have a match of few:
//! the words that a match cannot do without are read off the pattern itself, and a text without them is passed over.

use std::borrow::Cow;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use regex::{Captures, Match, Regex};
use regex_syntax::hir::{Hir, HirKind};

/// A class of so many characters at most is told as words of one character each.
const FEW: usize = 8;

/// A pattern, compiled on demand.
pub(super) struct Pattern {
    text: Cow<'static, str>,
    needs: OnceLock<Vec<Need>>,
    regex: OnceLock<Option<Regex>>,
}

/// Words of which a text with a match has one at least.
type Need = Vec<Finder<'static>>;

impl Pattern {
    /// A pattern of the program's own.
    pub(super) const fn of(text: &'static str) -> Pattern {
        Pattern::new(Cow::Borrowed(text))
    }

    pub(super) const fn new(text: Cow<'static, str>) -> Pattern {
        Pattern {
            text,
            needs: OnceLock::new(),
            regex: OnceLock::new(),
        }
    }

    /// Whether the text can have a match: `false` is certain.
    pub(super) fn may(&self, text: &str) -> bool {
        let needs = self.needs.get_or_init(|| {
            let needs = needs(&self.text).into_iter();
            let finder = |word: &String| Finder::new(word.as_bytes()).into_owned();
            needs.map(|words| words.iter().map(finder).collect()).collect()
        });
        let has = |word: &Finder<'_>| word.find(text.as_bytes()).is_some();
        needs.iter().all(|words| words.iter().any(has))
    }

    /// The compiled pattern, for a text that can have a match.
    fn regex(&self, text: &str) -> Option<&Regex> {
        if !self.may(text) {
            return None;
        }
        let regex = self.regex.get_or_init(|| Regex::new(&self.text).ok()).as_ref();
        debug_assert!(regex.is_some(), "not a pattern: {}", self.text);
        regex
    }

    /// Whether it is a pattern at all.
    #[cfg(test)]
    pub(super) fn compiles(&self) -> bool {
        Regex::new(&self.text).is_ok()
    }

    /// Whether there is a match in the text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex(text).is_some_and(|regex| regex.is_match(text))
    }

    /// The first match in the text.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.regex(text)?.find(text)
    }

    /// All matches in the text.
    pub(super) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.regex(text)
            .into_iter()
            .flat_map(move |regex| regex.find_iter(text))
    }

    /// The groups of the first match in the text.
    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex(text)?.captures(text)
    }

    /// The groups of all matches in the text.
    pub(super) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.regex(text)
            .into_iter()
            .flat_map(move |regex| regex.captures_iter(text))
    }

    /// The text with all matches replaced.
    pub(super) fn replace_all<'t>(&self, text: &'t str, with: impl FnMut(&Captures<'_>) -> String) -> Cow<'t, str> {
        match self.regex(text) {
            Some(regex) => regex.replace_all(text, with),
            None => Cow::Borrowed(text),
        }
    }
}

/// What passes over a text that can have a match of none of many patterns.
pub(super) struct Any(Option<Regex>);

impl Any {
    /// Of some patterns. Where one of them needs no word, no text is passed over.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Any {
        let words: Option<Vec<Vec<String>>> = patterns.map(|pattern| best(needs(&pattern.text))).collect();
        let mut words = words.unwrap_or_default().concat();
        words.sort_unstable();
        words.dedup();
        // A word that holds another one is found with it.
        let all = words.clone();
        words.retain(|word| !all.iter().any(|part| part != word && word.contains(part.as_str())));
        let words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        Any((!words.is_empty()).then(|| Regex::new(&words.join("|")).ok()).flatten())
    }

    /// Whether the text can have a match of one of them: `false` is certain.
    pub(super) fn may(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|words| words.is_match(text))
    }

    /// Whether there is a text that is passed over.
    #[cfg(test)]
    pub(super) fn tells(&self) -> bool {
        self.0.is_some()
    }
}

/// Sets of words of which every match of a pattern has one at least, each; none where nothing is certain.
fn needs(pattern: &str) -> Vec<Vec<String>> {
    let mut needs = regex_syntax::parse(pattern).map_or_else(|_| Vec::new(), |hir| of(&hir));
    // The sets that tell most come first.
    needs.sort_by_key(|words| (std::cmp::Reverse(shortest(words)), words.len()));
    needs
}

/// The set of words that tells most: long words, and few of them.
fn best(needs: Vec<Vec<String>>) -> Option<Vec<String>> {
    needs
        .into_iter()
        .min_by_key(|words| (std::cmp::Reverse(shortest(words)), words.len()))
}

fn shortest(words: &[String]) -> usize {
    words.iter().map(String::len).min().unwrap_or(0)
}

fn of(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(word) => vec![vec![word.to_owned()]],
            Err(_) => Vec::new(),
        },
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            let many = class.iter().map(|range| range.len()).sum::<usize>() > FEW;
            let letters = || class.iter().flat_map(|range| range.start()..=range.end());
            match many {
                true => Vec::new(),
                false => vec![letters().map(String::from).collect()],
            }
        }
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(of).collect(),
        HirKind::Alternation(ways) => {
            let words: Option<Vec<Vec<String>>> = ways.iter().map(|way| best(of(way))).collect();
            words.map(|words| vec![words.concat()]).unwrap_or_default()
        }
        HirKind::Empty | HirKind::Look(_) | HirKind::Repetition(_) | HirKind::Class(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_match_needs() {
        for (pattern, sets) in [
            ("其他材料", vec![vec!["其他材料"]]),
            ("(其他|其它)的?材料", vec![vec!["材料"], vec!["其他", "其它"]]),
            ("等[^。]{0,4}(材料|文件)?$", vec![vec!["等"]]),
            ("(甲|.)乙", vec![vec!["乙"]]),
            ("[对错]{2}", vec![vec!["对", "错"]]),
            ("(甲乙|丙?丁)+", vec![vec!["丁", "甲乙"]]),
            (r"\d+", vec![]),
            ("(甲|)", vec![]),
            ("", vec![]),
        ] {
            let mut found = needs(pattern);
            found.iter_mut().for_each(|words| words.sort_unstable());
            assert_eq!(found, sets, "{pattern}");
        }
    }

    /// Patterns of the shapes that ours have.
    const PATTERNS: [&str; 8] = [
        "(其他|其它)(的|有关){0,2}(材料|文件)?[）。]?$",
        "[与同][^，同]{1,3}(有关|相关)的?(工程|活动)",
        "(^|[^合协])同等|等同",
        "等([）)]|$|变更)",
        "(?i)a+b|[Xx]{2,}有",
        "(甲|乙丙)+[^丁]?(丁|$)",
        r"第\s*([0-9一二]{1,3})\s*条(?:之([一二]))?",
        "(有关|相关)*规定|规[则定]?程",
    ];

    proptest! {
        #[test]
        fn nothing_is_passed_over(pieces in prop::collection::vec(
            prop::sample::select(vec![
                "其他", "其它", "的", "有关", "相关", "材料", "文件", "）", "。", "与", "同", "，", "工程", "合", "等", "变更", "a", "A",
                "b", "X", "x", "有", "甲", "乙丙", "丁", "第", " ", "1", "一", "条", "之", "规定", "规", "程", "则",
            ]), 0..9,
        )) {
            let text = pieces.concat();
            for pattern in PATTERNS {
                let regex = Regex::new(pattern).expect("a pattern");
                let own = Pattern::of(pattern);
                prop_assert_eq!(own.is_match(&text), regex.is_match(&text), "{} in {}", pattern, text);
                let all: Vec<_> = regex.find_iter(&text).map(|found| found.range()).collect();
                let found: Vec<_> = own.find_iter(&text).map(|found| found.range()).collect();
                prop_assert_eq!(found, all);
            }
        }
    }
}

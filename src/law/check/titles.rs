//! Which law of the library a title means.
//!
//! Must not know articles, nor catalogues.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::law::{Library, Prepared, heading};
use crate::model::{Happened, Law};
use crate::normalise::number;

/// Where a list is at home: the names of its place and of those above it, the nearest first. A short title means the own law.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Home {
    /// 广州市, 广东省.
    pub names: Vec<String>,
}

/// What a title means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// This law.
    Law(usize),
    /// One of several.
    Several(Vec<String>),
    /// Not what it says, but certainly this.
    Instead(String),
    /// No law of the library; titles that look alike.
    Unknown(Vec<String>),
}

/// The titles of a library.
pub(super) struct Titles<'l> {
    library: &'l Library,
    /// Each title, prepared, by the number of its law.
    prepared: Vec<Prepared>,
    /// Numbers of documents that made a law or wrote it anew, and the laws.
    numbers: HashMap<String, Vec<usize>>,
    at: HashMap<&'l str, usize>,
}

/// From how many characters on a title tells enough to be corrected.
const LONG: usize = 6;
/// How many like titles are named.
const NEAREST: usize = 3;
/// From which similarity on titles look alike.
const ALIKE: f64 = 0.55;
/// Words of a title that do not say what a law is about.
const GENERIC: [&str; 14] = [
    "实施", "管理", "暂行", "试行", "若干", "条例", "办法", "规定", "细则", "规则", "决定", "法", "（", "）",
];

impl<'l> Titles<'l> {
    pub(super) fn of(library: &'l Library) -> Titles<'l> {
        let laws = library.laws();
        let mut numbers: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, law) in laws.iter().enumerate() {
            let made = |what| matches!(what, Happened::Made | Happened::Revised);
            for event in law.versions.iter().flat_map(|version| &version.history) {
                if let Some(number) = event.number.as_ref().filter(|_| made(event.what)) {
                    let known = numbers.entry(number_key(number).to_owned()).or_default();
                    if known.last() != Some(&at) {
                        known.push(at);
                    }
                }
            }
        }
        Titles {
            library,
            prepared: laws.par_iter().map(|law| Prepared::of(&law.title)).collect(),
            numbers,
            at: laws
                .iter()
                .enumerate()
                .map(|(at, law)| (law.title.as_str(), at))
                .collect(),
        }
    }

    fn law(&self, at: usize) -> &'l Law {
        &self.library.laws()[at]
    }

    /// The number of a law by its canonical title.
    pub(super) fn exact(&self, title: &str) -> Option<usize> {
        self.at.get(title).copied()
    }

    /// The laws that a document made, or wrote anew.
    pub(super) fn numbered(&self, number: &str) -> &[usize] {
        self.numbers.get(number_key(number)).map_or(&[], Vec::as_slice)
    }

    /// What a title means, with the document number that stands with it.
    pub(super) fn meant(&self, title: &str, number: Option<&str>, home: &Home) -> Meant {
        // A title that a law has means that law; else it may be short for the place's own.
        let own = || home.names.iter().find_map(|name| self.exact(&format!("{name}{title}")));
        if let Some(at) = self.exact(title).or_else(own) {
            return Meant::Law(at);
        }
        let by_number = match number.map(|number| self.numbered(number)) {
            Some(&[at]) => Some(at),
            _ => None,
        };
        // 国务院令第426号 stands for the law.
        if let Some(at) = by_number.filter(|_| number == Some(title)) {
            return Meant::Law(at);
        }
        // 《条例》 alone goes back to a law that was named elsewhere.
        if title.chars().count() <= 2 {
            return Meant::Unknown(Vec::new());
        }
        let subject = GENERIC
            .iter()
            .fold(title.to_owned(), |rest, word| rest.replace(word, ""));
        if subject.chars().count() < 3 {
            let ends = |law: &&Law| law.title.ends_with(title);
            let titles: Vec<String> = self
                .library
                .laws()
                .iter()
                .filter(ends)
                .map(|law| law.title.clone())
                .collect();
            if titles.len() > 1 {
                return Meant::Several(titles);
            }
        }
        let prepared = Prepared::of(title);
        if let Some(at) =
            by_number.filter(|&at| prepared.similarity(&self.prepared[at]) >= ALIKE && self.is_slip(title, at))
        {
            return Meant::Instead(self.law(at).title.clone());
        }
        if let Some(at) = self.mistyped(title) {
            return Meant::Instead(self.law(at).title.clone());
        }
        Meant::Unknown(self.nearest(&prepared))
    }

    /// The titles that look most alike.
    fn nearest(&self, title: &Prepared) -> Vec<String> {
        let mut alike: Vec<(f64, &str)> = self
            .prepared
            .iter()
            .enumerate()
            .map(|(at, other)| (title.similarity(other), self.law(at).title.as_str()))
            .filter(|(similarity, _)| *similarity >= ALIKE)
            .collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        alike.truncate(NEAREST);
        alike.into_iter().map(|(_, title)| title.to_owned()).collect()
    }

    /// How alike a title is to that of a law.
    pub(super) fn similarity(&self, title: &str, at: usize) -> f64 {
        Prepared::of(title).similarity(&self.prepared[at])
    }

    /// Whether a title may be a slip for that of a law: of the same sort, place and state. 暂行办法 and 办法, 实施细则 and 条例,
    /// 河南省 and 湖南省 are laws of their own.
    pub(super) fn is_slip(&self, title: &str, at: usize) -> bool {
        let own = &self.law(at).title;
        let sort = |title: &str| {
            let title = title.trim_end_matches("（试行）").trim_end_matches("（暂行）");
            title
                .chars()
                .rev()
                .take(if title.ends_with('法') { 1 } else { 2 })
                .collect::<String>()
        };
        let turns = ["暂行", "试行", "实施", "修改", "废止", "补充", "细则"];
        sort(title) == sort(own)
            && heading::region(title, "") == heading::region(own, "")
            && turns.iter().all(|turn| title.contains(turn) == own.contains(turn))
    }

    /// The one law of which a title is a mistyped form: one slip away, and what the slip wrote stands nowhere else, in no title and no
    /// text. So 河南省 is none of 湖南省, and 安全适用许可 is one of 安全使用许可.
    fn mistyped(&self, title: &str) -> Option<usize> {
        let typed: Vec<char> = title.chars().collect();
        if typed.len() + 1 < LONG {
            return None;
        }
        let mut one: Option<usize> = None;
        for (at, law) in self.library.laws().iter().enumerate() {
            let own: Vec<char> = law.title.chars().collect();
            if own.len() < LONG || !one_slip(&typed, &own) {
                continue;
            }
            if one.replace(at).is_some() {
                return None;
            }
        }
        let at = one?;
        let own = &self.law(at).title;
        let pairs = typed.windows(2).map(|pair| pair.iter().collect::<String>());
        let new: Vec<String> = pairs.filter(|pair| !own.contains(pair.as_str())).collect();
        let digits = |c: char| c.is_ascii_digit() || number::is_chinese_digit(c);
        let plain = !new.is_empty() && !new.iter().any(|pair| pair.contains(digits)) && self.is_slip(title, at);
        (plain && !self.written_elsewhere(&new)).then_some(at)
    }

    /// Whether a title or a text of the library has one of these words.
    fn written_elsewhere(&self, words: &[String]) -> bool {
        let has = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
        let laws = self.library.laws();
        laws.iter().any(|law| has(&law.title))
            || laws.par_iter().any(|law| {
                let texts = law.versions.iter().filter_map(|version| version.text.as_deref());
                texts.flat_map(|text| &text.articles).any(|article| has(&article.text))
            })
    }
}

/// A number without the state in front: 中华人民共和国国务院令第426号 is 国务院令第426号.
pub(super) fn number_key(number: &str) -> &str {
    number.strip_prefix("中华人民共和国").unwrap_or(number)
}

/// Whether one character was changed, left out, added, or two changed places.
fn one_slip(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([_], [_]) | ([_], []) | ([], [_]) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

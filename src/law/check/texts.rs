//! The texts of a law, prepared when they are first asked for; and all sentences of a library, to find one whose law is not known.
//!
//! Must not know citations.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::law::Library;
use crate::model::{Article, Day, Law, LawText, Version};

use super::quote::{Prep, TELLING};
use super::words::Mark;

/// The versions of a law.
pub(super) struct Texts<'l> {
    law: &'l Law,
    prepared: Vec<OnceLock<Vec<Prep>>>,
}

impl<'l> Texts<'l> {
    pub(super) fn of(law: &'l Law) -> Texts<'l> {
        let prepared = law.versions.iter().map(|_| OnceLock::new()).collect();
        Texts { law, prepared }
    }

    pub(super) fn version(&self, at: usize) -> &'l Version {
        &self.law.versions[at]
    }

    pub(super) fn count(&self) -> usize {
        self.law.versions.len()
    }

    /// The version in force on a day, else the newest. One whose day is not known counts as older than all others.
    pub(super) fn in_force(&self, day: Option<Day>) -> Option<usize> {
        let then = |version: &Version| day.is_none_or(|day| version.since().is_none_or(|since| since <= day));
        self.law.versions.iter().rposition(then)
    }

    /// The newest version of a year: made, amended or in force in it.
    pub(super) fn of_year(&self, year: u32) -> Option<usize> {
        let of = |day: Option<Day>| day.is_some_and(|day| u32::from(day.year) == year);
        let versions = || self.law.versions.iter();
        let made = versions().rposition(|version| of(version.day));
        made.or_else(|| versions().rposition(|version| of(version.in_force)))
    }

    pub(super) fn text(&self, version: usize) -> Option<&'l LawText> {
        self.law.versions[version].text.as_deref()
    }

    /// The articles of a version, prepared, in the order of its text.
    pub(super) fn prepared(&self, version: usize) -> &[Prep] {
        self.prepared[version].get_or_init(|| {
            let articles = self.text(version).map_or(&[][..], |text| &text.articles);
            articles.iter().map(|one| Prep::of(&one.text)).collect()
        })
    }

    /// The articles of a number in a version. More than one only where the text has it twice.
    pub(super) fn numbered(&self, version: usize, article: Article) -> impl Iterator<Item = (usize, &Prep)> {
        let articles = self.text(version).map_or(&[][..], |text| &text.articles);
        let all = articles
            .iter()
            .enumerate()
            .filter(move |(_, one)| one.article == article);
        let prepared = self.prepared(version);
        all.filter_map(|(at, _)| Some((at, prepared.get(at)?)))
    }

    /// The number of an article of a version.
    pub(super) fn number(&self, version: usize, at: usize) -> Option<Article> {
        Some(self.text(version)?.articles.get(at)?.article)
    }

    /// The text of an article of a version; empty where there is none.
    pub(super) fn words_of(&self, version: usize, article: Article) -> String {
        let found = self.text(version).and_then(|text| text.article(article));
        found.map(|one| one.text.clone()).unwrap_or_default()
    }

    /// The article of a version that is most like an older one, and how much. One that has all its words, as a paragraph among others, is
    /// as like as can be.
    pub(super) fn most_like(&self, version: usize, old: &Prep) -> Option<(Article, f64)> {
        let mut best: Option<(bool, f64, usize)> = None;
        for (at, one) in self.prepared(version).iter().enumerate() {
            let whole = old.words.len() >= TELLING && !one.words.find(&old.words.words).is_empty();
            let here = (whole, old.pairs.similarity(&one.pairs));
            if best.is_none_or(|(whole, most, _)| here > (whole, most)) {
                best = Some((here.0, here.1, at));
            }
        }
        let (whole, similarity, at) = best?;
        Some((self.number(version, at)?, if whole { 1.0 } else { similarity }))
    }
}

/// All sentences of the newest versions of a library.
pub(super) struct Passages {
    /// A sentence's hash, its law, the place of its article in the text; sorted.
    sentences: Vec<(u64, u32, u32)>,
}

impl Passages {
    pub(super) fn of(library: &Library) -> Passages {
        let of_law = |(number, law): (usize, &Law)| -> Vec<(u64, u32, u32)> {
            let mut sentences = Vec::new();
            let text = law.versions.last().and_then(|version| version.text.as_deref());
            for (at, article) in text.map_or(&[][..], |text| &text.articles).iter().enumerate() {
                let words = super::words::Words::of(&article.text);
                let parts = words.parts(Mark::Stop);
                let telling = parts.into_iter().filter(|part: &Range<usize>| part.len() >= TELLING);
                let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                sentences.extend(telling.map(|part| (hash(&words.words[part]), short(number), short(at))));
            }
            sentences
        };
        let mut sentences: Vec<(u64, u32, u32)> = library.laws().par_iter().enumerate().flat_map_iter(of_law).collect();
        sentences.par_sort_unstable();
        sentences.dedup();
        Passages { sentences }
    }

    /// The law and the place of the article of every sentence that has these words.
    pub(super) fn of_sentence(&self, words: &[u32]) -> impl Iterator<Item = (usize, usize)> {
        let wanted = hash(words);
        let from = self.sentences.partition_point(|one| one.0 < wanted);
        let same = self.sentences[from..].iter().take_while(move |one| one.0 == wanted);
        same.map(|one| (one.1 as usize, one.2 as usize))
    }
}

fn hash(words: &[u32]) -> u64 {
    FixedState::default().hash_one(words)
}

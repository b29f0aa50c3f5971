//! Where a quotation stands: fingerprints of all texts of a library, and the look-up by them.
//!
//! Of each text every run of [`RUN`] characters is hashed, and of each [`WINDOW`] neighbouring hashes the least is kept (winnowing,
//! Schleimer, Wilkerson, Aiken 2003): a quotation of at least [`SHORTEST`] characters shares a kept hash with every text that it
//! stands in word for word. Punctuation, white space and width do not count.
//!
//! Must not know where the fingerprints are kept: in memory here, in a file in `store::laws`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::Range;

use rayon::prelude::*;

use crate::model::{Article, Day, LawText};

use super::Library;
use super::similar::letters;

/// Characters under one hash.
const RUN: usize = 8;
/// Hashes of which one is kept.
const WINDOW: usize = 9;
/// Characters, punctuation apart, from which on a quotation is found.
pub const SHORTEST: usize = RUN + WINDOW - 1;
/// What stands in more texts than this (构成犯罪的，依法追究刑事责任) does not tell where a quotation is from.
const COMMON: usize = 200;
/// Texts that are looked at closely for one quotation.
const CANDIDATES: usize = 32;
/// The least part of a quotation that a text must have to be named.
const LEAST_SHARE: f64 = 0.5;
/// Of the polynomial under the hash; odd, and otherwise of no meaning.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Where a quotation stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The canonical title.
    pub title: String,
    /// The version.
    pub day: Option<Day>,
    /// The article.
    pub article: Article,
    /// How much of the quotation stands there, from 0.5 to 1: of its runs of eight characters, those that the text has.
    pub share: f64,
}

/// A place of a library, without what stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The canonical title.
    pub title: String,
    /// The version.
    pub day: Option<Day>,
    /// The article.
    pub article: Article,
}

/// What the look-up asks of a library. A text that several articles of one law have in common is one text.
pub trait Texts {
    /// Why a question has no answer.
    type Error;

    /// The texts that have a fingerprint, in order.
    ///
    /// # Errors
    /// When it cannot be looked up.
    fn having(&self, print: u64) -> Result<Vec<u32>, Self::Error>;

    /// A text.
    ///
    /// # Errors
    /// The same.
    fn text(&self, id: u32) -> Result<Cow<'_, str>, Self::Error>;

    /// Where it stands.
    ///
    /// # Errors
    /// The same.
    fn spots(&self, id: u32) -> Result<Vec<Spot>, Self::Error>;
}

/// Where a quotation stands, the closest places first, then by title, day and article. Empty where it is shorter than
/// [`SHORTEST`], and where it stands in so many laws that it says nothing.
///
/// # Errors
/// When the texts cannot be asked.
pub fn find_text<T: Texts>(texts: &T, quote: &str) -> Result<Vec<Found>, T::Error> {
    let mut runs = runs(quote);
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for print in kept(&runs) {
        for id in texts.having(print)? {
            *counts.entry(id).or_default() += 1;
        }
    }
    let mut ids: Vec<(usize, u32)> = counts.into_iter().map(|(id, count)| (count, id)).collect();
    ids.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    ids.truncate(CANDIDATES);
    runs.sort_unstable();
    runs.dedup();
    let mut found = Vec::new();
    for (_, id) in ids {
        let share = share(&runs, &texts.text(id)?);
        if share >= LEAST_SHARE {
            found.extend(texts.spots(id)?.into_iter().map(|spot| Found {
                title: spot.title,
                day: spot.day,
                article: spot.article,
                share,
            }));
        }
    }
    found.sort_by(|a: &Found, b: &Found| {
        let place = |one: &Found| (one.day, one.article);
        let by_share = b.share.total_cmp(&a.share);
        by_share
            .then_with(|| a.title.cmp(&b.title))
            .then_with(|| place(a).cmp(&place(b)))
    });
    found.dedup();
    Ok(found)
}

/// How many of these runs, sorted, a text has.
fn share(wanted: &[u64], text: &str) -> f64 {
    let mut has = vec![false; wanted.len()];
    for run in runs(text) {
        if let Ok(at) = wanted.binary_search(&run) {
            has[at] = true;
        }
    }
    let count = has.iter().filter(|&&has| has).count();
    count as f64 / wanted.len().max(1) as f64
}

/// The hashes of all runs of a text, in order.
fn runs(text: &str) -> Vec<u64> {
    let letters: Vec<u64> = letters(text).into_iter().map(|c| u64::from(u32::from(c))).collect();
    let first = BASE.wrapping_pow(RUN as u32);
    let mut rolling = 0_u64;
    let mut runs = Vec::with_capacity(letters.len());
    for (at, &letter) in letters.iter().enumerate() {
        rolling = rolling.wrapping_mul(BASE).wrapping_add(letter);
        if let Some(before) = at.checked_sub(RUN) {
            rolling = rolling.wrapping_sub(letters[before].wrapping_mul(first));
        }
        if at + 1 >= RUN {
            runs.push(mixed(rolling));
        }
    }
    runs
}

/// Spreads a number over all bits (splitmix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// The hashes that are kept: the least of each window, sorted.
fn kept(runs: &[u64]) -> Vec<u64> {
    let mut kept = Vec::new();
    let mut least: Option<usize> = None;
    for start in 0..(runs.len() + 1).saturating_sub(WINDOW) {
        let end = start + WINDOW;
        let least_of = |range: Range<usize>| range.min_by_key(|&at| (runs[at], std::cmp::Reverse(at)));
        let now = match least {
            // The window moved by one: only a new hash can be less than one that is still in it.
            Some(least) if least >= start => match runs[end - 1] <= runs[least] {
                true => Some(end - 1),
                false => Some(least),
            },
            _ => least_of(start..end),
        };
        if now != least {
            kept.extend(now.map(|at| runs[at]));
            least = now;
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// A place in a library, by numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The law, from 0.
    pub law: u32,
    /// The version of it, from 0.
    pub version: u32,
    /// The article in its text, from 0.
    pub article: u32,
}

/// The fingerprints of a library: its texts have numbers, in the order of titles, versions and articles.
pub struct Prints {
    kept: Vec<(u64, u32)>,
    positions: Vec<Position>,
    /// Where the positions of each text begin, and the end of the last.
    starts: Vec<usize>,
}

impl Prints {
    /// Of those laws whose texts are loaded.
    pub fn of(library: &Library) -> Prints {
        let mut prints = Prints {
            kept: Vec::new(),
            positions: Vec::new(),
            starts: vec![0],
        };
        for (law, one) in (0..).zip(library.laws()) {
            let mut ids: HashMap<&str, usize> = HashMap::new();
            let mut own: Vec<Vec<Position>> = Vec::new();
            for (version, text) in (0..).zip(&one.versions) {
                for (article, text) in (0..).zip(articles(text.text.as_deref())) {
                    let id = *ids.entry(&text.text).or_insert(own.len());
                    if id == own.len() {
                        own.push(Vec::new());
                    }
                    own[id].push(Position { law, version, article });
                }
            }
            for mut positions in own {
                prints.positions.append(&mut positions);
                prints.starts.push(prints.positions.len());
            }
        }
        let of_text = |id: u32| {
            let text = prints.text(library, id);
            kept(&runs(text)).into_iter().map(move |print| (print, id))
        };
        let mut all: Vec<(u64, u32)> = (0..prints.count()).into_par_iter().flat_map_iter(of_text).collect();
        all.par_sort_unstable();
        prints.kept = all
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|same| same.len() <= COMMON)
            .flatten()
            .copied()
            .collect();
        prints
    }

    /// How many texts there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// The fingerprints and the texts that have them, sorted.
    pub fn kept(&self) -> &[(u64, u32)] {
        &self.kept
    }

    /// Where a text stands, all in one law.
    pub fn positions(&self, id: u32) -> &[Position] {
        let id = id as usize;
        let range = self.starts.get(id).zip(self.starts.get(id + 1));
        range.map_or(&[], |(&start, &end)| &self.positions[start..end])
    }

    /// A text.
    pub fn text<'l>(&self, library: &'l Library, id: u32) -> &'l str {
        let at = self.positions(id).first();
        let text = at.and_then(|at| {
            let version = library.laws().get(at.law as usize)?.versions.get(at.version as usize)?;
            version.text.as_ref()?.articles.get(at.article as usize)
        });
        text.map_or("", |article| &article.text)
    }
}

fn articles(text: Option<&LawText>) -> &[crate::model::ArticleText] {
    text.map_or(&[], |text| &text.articles)
}

/// A library whose texts are all in memory.
pub struct InMemory<'l> {
    /// The laws.
    pub library: &'l Library,
    /// Their fingerprints.
    pub prints: &'l Prints,
}

impl Texts for InMemory<'_> {
    type Error = Infallible;

    fn having(&self, print: u64) -> Result<Vec<u32>, Infallible> {
        let kept = &self.prints.kept;
        let from = kept.partition_point(|one| one.0 < print);
        let same = kept[from..].iter().take_while(|one| one.0 == print);
        Ok(same.map(|one| one.1).collect())
    }

    fn text(&self, id: u32) -> Result<Cow<'_, str>, Infallible> {
        Ok(Cow::Borrowed(self.prints.text(self.library, id)))
    }

    fn spots(&self, id: u32) -> Result<Vec<Spot>, Infallible> {
        let spot = |at: &Position| {
            let law = self.library.laws().get(at.law as usize)?;
            let version = law.versions.get(at.version as usize)?;
            let article = version.text.as_ref()?.articles.get(at.article as usize)?.article;
            let (title, day) = (law.title.clone(), version.day);
            Some(Spot { title, day, article })
        };
        Ok(self.prints.positions(id).iter().filter_map(spot).collect())
    }
}

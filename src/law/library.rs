//! The library: texts that were read, put together by title.
//!
//! Must not know files, nor what is done with a law.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Article, Day, Happened, Lack, Law, LawText, Level, Repeal, Version};
use crate::normalise::citations;

use super::similar::{Prepared, letters};
use super::text::Read;
use super::{heading, text};

/// All laws, by title. Equal whatever the order in which the texts were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    laws: Vec<Law>,
    titles: HashMap<String, usize>,
    repeals: BTreeMap<String, Repeal>,
}

impl Library {
    /// The library of texts. Texts of one title and one day are one version: parts of a code in files of their own are put
    /// together, and of two editions of the same text the more complete one counts.
    pub fn of(texts: impl IntoIterator<Item = Read>) -> Library {
        let mut by_title: HashMap<String, Vec<Edition>> = HashMap::new();
        for edition in editions(texts) {
            by_title.entry(edition.title.clone()).or_default().push(edition);
        }
        Library::of_laws(by_title.into_values().map(law))
    }

    /// The library of laws, each title once.
    pub fn of_laws(laws: impl IntoIterator<Item = Law>) -> Library {
        let mut laws: Vec<Law> = laws.into_iter().collect();
        laws.sort_by(|a, b| a.title.cmp(&b.title));
        let titles: HashMap<String, usize> = laws
            .iter()
            .enumerate()
            .map(|(at, law)| (law.title.clone(), at))
            .collect();
        // Who repeals whom stands in the other law. The first that says so did it: later versions repeat the words.
        let mut repeals: BTreeMap<String, Repeal> = BTreeMap::new();
        for by in &laws {
            for version in &by.versions {
                // A new text of a law that ends the old one of the same title is no repeal; and a place that names a law without its
                // own name in front means no law of the country.
                let means = |title: &&String| {
                    **title != by.title && (by.region.is_none() || heading::region(title, "").is_some())
                };
                for title in version.repeals.iter().filter(means) {
                    let day = version.in_force.or_else(|| written(version));
                    let repeal = Repeal {
                        day,
                        by: by.title.clone(),
                    };
                    let known = repeals.entry(title.clone()).or_insert_with(|| repeal.clone());
                    // One that names a day is better than one without.
                    let order = |repeal: &Repeal| (repeal.day.is_none(), repeal.day, repeal.by.clone());
                    if order(&repeal) < order(known) {
                        *known = repeal;
                    }
                }
            }
        }
        for (title, repeal) in &repeals {
            if let Some(law) = titles.get(title).and_then(|&at| laws.get_mut(at)) {
                // A law that was written anew after that day lives on.
                let anew = law.versions.iter().filter_map(written).max();
                if anew.is_none() || repeal.day.is_none() || anew <= repeal.day {
                    law.repealed = Some(repeal.clone());
                }
            }
        }
        repeals.retain(|title, _| {
            let law = titles.get(title).and_then(|&at| laws.get(at));
            law.is_none_or(|law| law.repealed.is_some())
        });
        Library { laws, titles, repeals }
    }

    /// The laws, by title.
    pub fn laws(&self) -> &[Law] {
        &self.laws
    }

    /// The law of a title in any spelling.
    pub fn law(&self, title: &str) -> Option<&Law> {
        let at = self
            .titles
            .get(title)
            .or_else(|| self.titles.get(&citations::title(title)))?;
        self.laws.get(*at)
    }

    /// Who repealed the law of a title in any spelling, also where the library has no text of it.
    pub fn repeal_of(&self, title: &str) -> Option<&Repeal> {
        self.repeals
            .get(title)
            .or_else(|| self.repeals.get(&citations::title(title)))
    }

    /// The titles that are most like one, the most alike first, at most [`NEAREST`]; laws of which only the repeal is known are
    /// among them.
    pub fn near(&self, title: &str) -> Vec<&str> {
        let title = citations::title(title);
        let wanted = Prepared::of(&title);
        let count = letters(&title).len();
        let repealed = self.repeals.keys().filter(|title| !self.titles.contains_key(*title));
        let mut near: Vec<(f64, &str)> = self
            .laws
            .iter()
            .map(|law| &law.title)
            .chain(repealed)
            .filter(|other| {
                let len = other.len() / '法'.len_utf8();
                len <= 4 * count + 4 && count <= 4 * len + 4
            })
            .map(|other| (wanted.similarity(&Prepared::of(other)), other.as_str()))
            .filter(|(similarity, _)| *similarity >= ALIKE)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        near.truncate(NEAREST);
        near.into_iter().map(|(_, title)| title).collect()
    }
}

/// How many titles are named for one that is not known, and how alike they are at least.
pub const NEAREST: usize = 5;
const ALIKE: f64 = 0.4;

/// When the text of a version was written as a whole: made or revised. Single changes leave its closing words as they were.
fn written(version: &Version) -> Option<Day> {
    let whole = |what| matches!(what, Happened::Made | Happened::Revised);
    let days = version
        .history
        .iter()
        .filter(|event| whole(event.what))
        .map(|event| event.day);
    days.max().or(version.day)
}

/// One text of a version, whole or nearly so.
#[derive(Clone)]
struct Edition {
    title: String,
    full: String,
    level: Option<Level>,
    region: Option<String>,
    version: Version,
}

impl Edition {
    fn of(read: Read) -> Edition {
        Edition {
            title: read.title,
            full: read.full,
            level: read.level,
            region: read.region,
            version: Version {
                day: read.day,
                in_force: read.in_force,
                history: read.history,
                lacks: read.lacks,
                repeals: read.repeals,
                files: vec![read.file],
                text: Some(Arc::new(read.text)),
            },
        }
    }
}

/// The texts, the parts of a code that are files of one folder put together. Its title and history stand in the index page of
/// the folder, or in each part. Parts of which nobody says what they are parts of are left out.
fn editions(texts: impl IntoIterator<Item = Read>) -> Vec<Edition> {
    let folder = |file: &str| file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let (parts, whole): (Vec<Read>, Vec<Read>) = texts.into_iter().partition(|read| read.part);
    let mut codes: BTreeMap<String, Vec<Read>> = BTreeMap::new();
    for part in parts {
        codes.entry(folder(&part.file)).or_default().push(part);
    }
    let mut editions = Vec::new();
    let mut heads: HashMap<String, Read> = HashMap::new();
    for read in whole {
        let folder = folder(&read.file);
        match text::is_index_page(&read.file) && codes.contains_key(&folder) {
            true => drop(heads.insert(folder, read)),
            false => editions.push(Edition::of(read)),
        }
    }
    for (folder, parts) in codes {
        let head = heads.remove(&folder);
        let mut by_title: BTreeMap<String, Vec<Read>> = BTreeMap::new();
        for part in parts {
            let title = match (part.title.is_empty(), &head) {
                (true, Some(head)) => head.title.clone(),
                _ => part.title.clone(),
            };
            by_title.entry(title).or_default().push(part);
        }
        by_title.remove("");
        let mut head = head;
        for (title, parts) in by_title {
            let own = head.take_if(|head| head.title == title);
            editions.extend(code(own, parts));
        }
        editions.extend(head.map(Edition::of));
    }
    editions
}

/// A code of its parts.
fn code(head: Option<Read>, mut parts: Vec<Read>) -> Option<Edition> {
    parts.sort_by(|a, b| a.file.cmp(&b.file));
    let first = head.as_ref().or_else(|| parts.first())?;
    let mut edition = Edition::of(Read {
        text: LawText::default(),
        ..first.clone()
    });
    let reads = || head.iter().chain(&parts);
    let mut articles: Vec<_> = parts.iter().flat_map(|part| &part.text.articles).cloned().collect();
    articles.sort_by_key(|one| one.article);
    // The same file may stand in two libraries.
    articles.dedup_by(|a, b| a.article == b.article && a.text == b.text);
    let text = LawText { articles };
    let closing = heading::closing(&text);
    edition.version.files = reads().map(|read| read.file.clone()).collect();
    edition.version.day = reads().filter_map(|read| read.day).max();
    edition.version.in_force = reads().filter_map(|read| read.in_force).max().or(closing.in_force);
    edition.version.lacks = text::lacks(&text, closing.ends, &edition.title);
    edition.version.repeals = closing.repeals;
    edition.level = reads().find_map(|read| read.level);
    edition.version.text = Some(Arc::new(text));
    Some(edition)
}

/// The versions of one title.
fn law(mut editions: Vec<Edition>) -> Law {
    editions.sort_by(|a, b| (a.version.day, &a.version.files).cmp(&(b.version.day, &b.version.files)));
    let level = editions.iter().find_map(|edition| edition.level);
    let region = editions.iter().find_map(|edition| edition.region.clone());
    let (title, full) = editions
        .first()
        .map(|edition| (edition.title.clone(), edition.full.clone()))
        .unwrap_or_default();
    let mut versions: Vec<Version> = Vec::new();
    let mut same_text: HashMap<String, usize> = HashMap::new();
    let several = editions.len() > 1;
    for edition in editions {
        let version = edition.version;
        let words = several.then(|| words(&version)).flatten();
        let same_day = versions.iter().rposition(|known| known.day == version.day);
        let same = same_day.or_else(|| words.as_ref().and_then(|words| same_text.get(words)).copied());
        let at = match same {
            Some(at) => {
                if let Some(known) = versions.get_mut(at) {
                    *known = together(known.clone(), version);
                }
                at
            }
            None => {
                versions.push(version);
                versions.len() - 1
            }
        };
        if let Some(words) = words {
            same_text.entry(words).or_insert(at);
        }
    }
    versions.sort_by_key(|version| version.day);
    Law {
        title,
        full,
        level,
        region,
        versions,
        repealed: None,
    }
}

/// The characters of a whole text: two versions never have the same.
fn words(version: &Version) -> Option<String> {
    let text = version.text.as_ref().filter(|_| version.is_whole())?;
    Some(text.articles.iter().flat_map(|one| letters(&one.text)).collect())
}

/// Two editions of one version: the more complete text counts, what either knows is kept.
fn together(mut a: Version, mut b: Version) -> Version {
    // Two editions that end alike were not cut off, however they end; two copies of one file may well be.
    let end = |version: &Version| -> Option<Article> { Some(version.text.as_ref()?.articles.last()?.article) };
    if a.text != b.text && end(&a).is_some() && end(&a) == end(&b) {
        for version in [&mut a, &mut b] {
            version.lacks.retain(|lack| *lack != Lack::CutOff);
        }
    }
    let worth = |version: &Version| {
        let text = version.text.as_ref();
        let articles: HashSet<Article> = text
            .map(|text| text.articles.iter().map(|one| one.article).collect())
            .unwrap_or_default();
        (articles.len(), std::cmp::Reverse(version.lacks.len()))
    };
    if worth(&b) > worth(&a) {
        std::mem::swap(&mut a, &mut b);
    }
    for file in b.files {
        if !a.files.contains(&file) {
            a.files.push(file);
        }
    }
    a.day = a.day.max(b.day);
    a.in_force = a.in_force.or(b.in_force);
    if a.history.len() < b.history.len() {
        a.history = b.history;
    }
    for title in b.repeals {
        if !a.repeals.contains(&title) {
            a.repeals.push(title);
        }
    }
    a
}

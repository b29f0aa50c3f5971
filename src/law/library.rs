//! The library: texts that were read, put together by title.
//!
//! Must not know files, nor what is done with a law.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Day, Law, LawText, Repeal, Version};
use crate::normalise::citations;

use super::text::Read;

/// All laws, by title. Equal whatever the order in which the texts were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    laws: Vec<Law>,
    titles: HashMap<String, usize>,
}

impl Library {
    /// The library of texts. Texts of one title and one day are one version: parts of a code in files of their own are put
    /// together, and of two editions of the same text the more complete one counts.
    pub fn of(texts: impl IntoIterator<Item = Read>) -> Library {
        let mut by_title: HashMap<String, Vec<Read>> = HashMap::new();
        for read in texts {
            by_title.entry(read.title.clone()).or_default().push(read);
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
        // Who repeals whom stands in the other law.
        let mut repeals: Vec<(usize, Repeal)> = Vec::new();
        for by in &laws {
            for version in &by.versions {
                for title in &version.repeals {
                    if let Some(&at) = titles.get(title).filter(|_| *title != by.title) {
                        let (day, by) = (version.since(), by.title.clone());
                        repeals.push((at, Repeal { day, by }));
                    }
                }
            }
        }
        repeals.sort_by(|a, b| (a.0, a.1.day, &a.1.by).cmp(&(b.0, b.1.day, &b.1.by)));
        for (at, repeal) in repeals {
            laws[at].repealed.get_or_insert(repeal);
        }
        Library { laws, titles }
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
}

/// The versions of one title.
fn law(mut reads: Vec<Read>) -> Law {
    reads.sort_by(|a, b| (a.day, &a.file).cmp(&(b.day, &b.file)));
    let mut versions: Vec<Version> = Vec::new();
    let mut days: Vec<Option<Day>> = Vec::new();
    let level = reads.iter().find_map(|read| read.level);
    let region = reads.iter().find_map(|read| read.region.clone());
    let (title, full) = reads
        .first()
        .map(|read| (read.title.clone(), read.full.clone()))
        .unwrap_or_default();
    for read in reads {
        let day = read.day;
        let version = Version {
            day,
            in_force: read.in_force,
            history: read.history,
            lacks: read.lacks,
            repeals: read.repeals,
            files: vec![read.file],
            text: Some(Arc::new(read.text)),
        };
        match versions.last_mut().filter(|_| days.last() == Some(&day)) {
            Some(same) => *same = together(same.clone(), version),
            None => {
                days.push(day);
                versions.push(version);
            }
        }
    }
    Law {
        title,
        full,
        level,
        region,
        versions,
        repealed: None,
    }
}

/// Two texts of one title and day. Where they share no article they are parts of one text; else the one with more articles counts.
fn together(mut a: Version, mut b: Version) -> Version {
    let count = |version: &Version| version.text.as_ref().map_or(0, |text| text.articles.len());
    let shares = |a: &LawText, b: &LawText| b.articles.iter().any(|one| a.article(one.article).is_some());
    let parts = match (&a.text, &b.text) {
        (Some(a), Some(b)) => !a.articles.is_empty() && !b.articles.is_empty() && !shares(a, b),
        _ => false,
    };
    if count(&b) > count(&a) && !parts {
        std::mem::swap(&mut a, &mut b);
    }
    a.files.append(&mut b.files);
    a.in_force = a.in_force.or(b.in_force);
    if parts && let (Some(first), Some(second)) = (&a.text, &b.text) {
        let mut articles = first.articles.clone();
        articles.extend(second.articles.iter().cloned());
        articles.sort_by_key(|one| one.article);
        let text = LawText { articles };
        let ends = !(a.lacks.contains(&crate::model::Lack::CutOff) && b.lacks.contains(&crate::model::Lack::CutOff));
        a.lacks = super::text::lacks(&text, ends);
        a.repeals.append(&mut b.repeals);
        a.text = Some(Arc::new(text));
    }
    a
}

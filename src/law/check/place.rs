//! A citation without a quotation: does the place exist, and did its number change.
//!
//! Must not know quotations.

use crate::model::{Article, Citation, Lack, Ruling, Unverifiable};
use crate::normalise::number;

use super::Checker;
use super::quote::Prep;
use super::texts::Texts;

/// From which similarity on an article is the old one, changed or not. Held by `tests/law_truth.rs`: articles that moved are found, articles
/// that were changed in their place are not taken for moved ones.
pub(super) const SAME: f64 = 0.6;
/// From which similarity on it was not changed at all, but for notation.
const UNCHANGED: f64 = 0.97;
/// By how much another article must be more like the old one than that of the same number, to say that it is the old one.
pub(super) const MORE: f64 = 0.15;

impl Checker<'_> {
    /// What is said of a citation without a quotation.
    pub(super) fn unquoted(&self, law: usize, base: usize, citation: &Citation) -> Ruling {
        let texts = &self.texts[law];
        let Some(article) = citation.article else {
            return Ruling::Unverifiable(Unverifiable::NoPlace);
        };
        match citation.version.map(|year| texts.of_year(year)) {
            // The number is that of a version that the library does not have.
            Some(None) => Ruling::Unverifiable(Unverifiable::NoVersion),
            Some(Some(named)) if named < base => self.since_then(law, named, base, citation, article),
            _ => self.exists(law, base, citation, article),
        }
    }

    /// Whether the place exists in a version.
    pub(super) fn exists(&self, law: usize, base: usize, citation: &Citation, article: Article) -> Ruling {
        let texts = &self.texts[law];
        let Some(missing) = missing(texts, base, article, citation.to) else {
            return below(texts, base, citation, article).unwrap_or(Ruling::Confirmed);
        };
        if !texts.version(base).is_whole() {
            return Ruling::Unverifiable(Unverifiable::Incomplete);
        }
        // What stood there once, and where it is now.
        for older in (0..base).rev() {
            let Some((_, old)) = texts.numbered(older, missing).next() else {
                continue;
            };
            match texts.most_like(base, old).filter(|(_, similarity)| *similarity >= SAME) {
                Some((to, similarity)) => return renumbered(texts, base, older, to, similarity),
                None => break,
            }
        }
        no_such_article(texts, base)
    }

    /// A citation of an older version, by name: what its article became.
    fn since_then(&self, law: usize, named: usize, base: usize, citation: &Citation, article: Article) -> Ruling {
        let texts = &self.texts[law];
        let Some((_, old)) = texts.numbered(named, article).next() else {
            return match texts.version(named).is_whole() {
                true => no_such_article(texts, named),
                false => Ruling::Unverifiable(Unverifiable::Incomplete),
            };
        };
        let same = texts
            .numbered(base, article)
            .map(|(_, new)| old.pairs.similarity(&new.pairs))
            .fold(0.0, f64::max);
        if same >= UNCHANGED {
            return below(texts, base, citation, article).unwrap_or(Ruling::Confirmed);
        }
        self.became(law, named, base, article, old, same)
    }

    /// What an article of an older version became, of which the one of the same number is not the same any more.
    pub(super) fn became(
        &self,
        law: usize,
        old: usize,
        base: usize,
        article: Article,
        was: &Prep,
        same: f64,
    ) -> Ruling {
        let texts = &self.texts[law];
        let best = texts.most_like(base, was);
        if let Some((to, similarity)) = best.filter(|(to, best)| *to != article && *best >= SAME && *best > same + MORE)
        {
            return renumbered(texts, base, old, to, similarity);
        }
        if texts.numbered(base, article).next().is_none() {
            return match texts.version(base).is_whole() {
                true => no_such_article(texts, base),
                false => Ruling::Unverifiable(Unverifiable::Incomplete),
            };
        }
        Ruling::Changed {
            since: texts.version(base).day,
            similarity: same,
            text: texts.words_of(base, article),
        }
    }
}

pub(super) fn renumbered(texts: &Texts<'_>, base: usize, from: usize, to: Article, similarity: f64) -> Ruling {
    Ruling::Renumbered {
        to,
        version: texts.version(base).day,
        from: texts.version(from).day,
        similarity,
    }
}

pub(super) fn no_such_article(texts: &Texts<'_>, version: usize) -> Ruling {
    let articles = texts.text(version).map_or(&[][..], |text| &text.articles);
    let last = articles.iter().map(|one| one.article).max();
    Ruling::NoSuchPlace {
        last: last.unwrap_or(Article { number: 0, of: 0 }),
        rank: "article",
    }
}

/// The first article of a place that a version does not have.
fn missing(texts: &Texts<'_>, version: usize, from: Article, to: Option<Article>) -> Option<Article> {
    let has = |article: Article| texts.text(version).is_some_and(|text| text.article(article).is_some());
    if !has(from) {
        return Some(from);
    }
    let to = to?;
    // The ends of a range may carry 之一; in between every whole number must be there. No law has more.
    let last = to.number.min(from.number.saturating_add(2000));
    let between = (from.number + 1..last).map(|number| Article { number, of: 0 });
    between.chain([to]).find(|&article| !has(article))
}

/// That the article has no such paragraph or subparagraph, in any version: sources divide lines in their own way.
pub(super) fn below(texts: &Texts<'_>, base: usize, citation: &Citation, article: Article) -> Option<Ruling> {
    if citation.to.is_some() || (citation.paragraph.is_none() && citation.item.is_none()) {
        return None;
    }
    let twice = |lack: &Lack| matches!(lack, Lack::Twice(articles) if articles.contains(&article));
    if texts.version(base).lacks.iter().any(twice) {
        return None;
    }
    let mut all = (0..texts.count()).filter_map(|version| texts.text(version)?.article(article));
    if all.any(|one| lacks(&one.text, citation).is_none()) {
        return None;
    }
    Some(match lacks(&texts.text(base)?.article(article)?.text, citation)? {
        Lacking::Rank(rank, number) => Ruling::NoSuchPlace {
            last: Article { number, of: 0 },
            rank,
        },
        Lacking::Unclear => Ruling::Unverifiable(Unverifiable::Incomplete),
    })
}

/// What a text of an article lacks of a place.
enum Lacking {
    /// The rank, and the highest number that it has there.
    Rank(&'static str, u32),
    /// Perhaps nothing: sources run paragraphs together and lose the numbers of entries (of the places that laws cite in themselves,
    /// 1 in 250 below an article).
    Unclear,
}

/// What a text of an article lacks of the place.
fn lacks(text: &str, citation: &Citation) -> Option<Lacking> {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in text.lines() {
        match paragraphs.last_mut().filter(|_| entry(line).is_some()) {
            Some(paragraph) => {
                paragraph.push('\n');
                paragraph.push_str(line);
            }
            None => paragraphs.push(line.to_owned()),
        }
    }
    let count = u32::try_from(paragraphs.len()).unwrap_or(u32::MAX);
    let sentences = u32::try_from(text.matches('。').count()).unwrap_or(u32::MAX);
    let scope = match citation.paragraph {
        // Every paragraph ends a sentence.
        Some(n) if n > count.max(sentences) => return Some(Lacking::Rank("paragraph", count)),
        Some(n) if n > count => return Some(Lacking::Unclear),
        Some(n) => paragraphs.get(n as usize - 1)?.as_str(),
        None => text,
    };
    let wanted = citation.item?;
    let all = entries(text);
    let here = entries(scope);
    if here.contains(&wanted) {
        return None;
    }
    // A list that was read whole has every number from the first.
    let last = all.iter().copied().max().unwrap_or(0);
    let listed = (1..=last).all(|n| all.contains(&n)) && (last > 0 || !text.contains("：\n"));
    Some(match listed && wanted > last {
        true => Lacking::Rank("item", here.iter().copied().max().unwrap_or(0)),
        false => Lacking::Unclear,
    })
}

/// The numbers of the entries in a text; they may follow each other in one line.
fn entries(text: &str) -> Vec<u32> {
    text.match_indices(['（', '('])
        .filter_map(|(at, _)| entry(&text[at..]))
        .collect()
}

/// The number of the entry that a text opens: （三）.
fn entry(text: &str) -> Option<u32> {
    let inner = text.strip_prefix(['（', '('])?;
    let (digits, _) = inner.split_once(['）', ')']).filter(|(digits, _)| digits.len() <= 12)?;
    u32::try_from(number::whole(digits)?).ok()
}

//! A citation without a quotation: does the place exist, and did its number change.
//!
//! Must not know quotations.

use crate::law::places::{Spot, spot, spots};
use crate::law::{Prepared, changes};
use crate::model::{Article, Citation, Day, Lack, Ruling, Unverifiable};
use crate::normalise::number;

use super::Checker;
use super::quote::{Prep, Quote, Standing, TELLING};
use super::texts::Texts;

/// From which similarity on an article is the old one, changed or not. Held by `tests/laws/law_truth.rs`: articles that moved are found, articles
/// that were changed in their place are not taken for moved ones.
pub(super) const SAME: f64 = 0.6;
/// From which similarity on it was not changed at all, but for notation.
const UNCHANGED: f64 = 0.97;
/// Below it an article of the same number may have nothing to do with the old one.
const UNLIKE: f64 = 0.4;
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
        let changed = |text: String| Ruling::Changed {
            since: changed_in(texts, old, base, article, was),
            similarity: same,
            text,
        };
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
        // What has the number now may be another matter altogether.
        match self.aligned(law, old, base, article).filter(|_| same < UNLIKE) {
            Some(None) => changed(String::new()),
            Some(Some((to, similarity))) if to != article => renumbered(texts, base, old, to, similarity),
            _ => changed(texts.words_of(base, article)),
        }
    }

    /// What the alignment of two versions has for an article of the older one: the article most like it, or none that is the same matter.
    /// Nothing where a text is not whole.
    fn aligned(&self, law: usize, old: usize, base: usize, article: Article) -> Option<Option<(Article, f64)>> {
        let texts = &self.texts[law];
        if !texts.version(old).is_whole() || !texts.version(base).is_whole() {
            return None;
        }
        let changes = changes(texts.text(old)?, texts.text(base)?);
        let change = changes
            .iter()
            .find(|change| change.old.iter().any(|one| one.article == article))?;
        let was = Prepared::of(&texts.text(old)?.article(article)?.text);
        let like = change
            .new
            .iter()
            .map(|one| (one.article, was.similarity(&Prepared::of(&one.text))));
        Some(like.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))))
    }
}

/// From which day on an article is not any more what it was in a version: the first one after it that has other words.
pub(super) fn changed_in(texts: &Texts<'_>, was: usize, base: usize, article: Article, old: &Prep) -> Option<Day> {
    let kept = |version: usize| {
        texts
            .numbered(version, article)
            .any(|(_, one)| one.words.words == old.words.words)
    };
    let first = (was + 1..=base).find(|&version| !kept(version)).unwrap_or(base);
    texts.version(first).since()
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

/// That the quotation is of another paragraph or subparagraph of the article, of exactly one. Subparagraphs carry their numbers. Those of
/// paragraphs are counted, and sources run some together: only a number that is wrong however the sentences were divided is wrong. Where
/// another version has the text at the cited place, nothing is said.
pub(super) fn other_part(texts: &Texts<'_>, base: usize, citation: &Citation, quote: &Quote) -> Option<Ruling> {
    let article = citation.article?;
    if citation.to.is_some() || (citation.paragraph.is_none() && citation.item.is_none()) {
        return None;
    }
    if quote.words.len() < TELLING || !texts.version(base).is_whole() {
        return None;
    }
    let there = |spot: &Spot<'_>| matches!(quote.stands(&[&Prep::of(spot.text)]), Standing::There | Standing::Begun);
    let rank = |spot: &&Spot<'_>| spot.item.is_some() == citation.item.is_some();
    let as_cited = |version: usize| {
        let one = texts.text(version).and_then(|text| text.article(article))?;
        let spots = spots(one);
        Some(spot(&spots, citation.paragraph, citation.item).is_some_and(|spot| there(&spot)))
    };
    if (0..texts.count()).any(|version| as_cited(version) == Some(true)) {
        return None;
    }
    let one = texts.text(base)?.article(article)?;
    let spots = spots(one);
    spot(&spots, citation.paragraph, citation.item)?;
    let mut found = spots.iter().filter(rank).filter(|spot| there(spot));
    let (Some(found), None) = (found.next(), found.next()) else {
        return None;
    };
    let sure = match (citation.item, citation.paragraph) {
        // Several entries may stand in one line.
        (Some(item), _) => !entries(found.text).contains(&item),
        (None, Some(paragraph)) => {
            let sentences = |spot: &Spot<'_>| spot.text.matches('。').count().max(1);
            let before = spots
                .iter()
                .filter(rank)
                .take_while(|spot| spot.paragraph < found.paragraph);
            let start = quote.words.head(0);
            let begins = quote.words.words.get(start..start + TELLING);
            let own = match begins.is_some_and(|begins| Prep::of(found.text).words.words.starts_with(begins)) {
                true => 1,
                false => sentences(found),
            };
            let most = before.map(sentences).sum::<usize>() + own;
            let whole = spots
                .iter()
                .filter(rank)
                .all(|spot| spot.text.trim_end().ends_with(['。', '；', '：']));
            whole && (paragraph < found.paragraph || paragraph as usize > most)
        }
        (None, None) => false,
    };
    sure.then_some(Ruling::OtherArticle {
        article,
        paragraph: Some(found.paragraph),
        item: found.item,
        similarity: 1.0,
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

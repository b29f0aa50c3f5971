//! A citation with a quotation: the text decides.
//!
//! The order of proof: it stands in the cited article; in another one of the same version; in an older version; it is near to the cited
//! article; it stands in another law.
//!
//! Must not know how texts are compared (`quote`).

use crate::model::{Article, Citation, Ruling, Unverifiable};

use super::Checker;
use super::place::{MORE, below, changed_in, other_part, renumbered};
use super::quote::{Prep, Quote, Standing, TELLING};
use super::texts::{Passages, Texts};

/// From how many words on a quotation stands in another law by more than chance, and from how many even under another number.
const LONG: usize = 20;
const VERY_LONG: usize = 40;
/// From which share on a quotation of an older version stands in another article now, with some words changed.
const MOVED: f64 = 0.75;

impl Checker<'_> {
    pub(super) fn quoted(
        &self,
        law: usize,
        base: usize,
        citation: &Citation,
        quote: &str,
        beside: &[Article],
    ) -> Ruling {
        let texts = &self.texts[law];
        let Some(article) = citation.article else {
            return Ruling::Unverifiable(Unverifiable::NoPlace);
        };
        let quote = Quote::of(quote);
        let cited = cited(article, citation.to, beside);
        let here = stands(texts, base, &cited, &quote);
        if here == Standing::There {
            let part = || other_part(texts, base, citation, &quote).filter(|_| beside.is_empty());
            return below(texts, base, citation, article)
                .or_else(part)
                .unwrap_or(Ruling::Confirmed);
        }
        // So few words are no quotation that proves anything.
        if quote.words.len() < TELLING {
            return self.unquoted(law, base, citation);
        }
        let older: Vec<(usize, Standing)> = (0..base)
            .rev()
            .map(|version| (version, stands(texts, version, &cited, &quote)))
            .collect();
        let was = older
            .iter()
            .find(|(_, standing)| *standing == Standing::There)
            .map(|(version, _)| *version);
        let found = elsewhere(texts, base, &quote);
        // Of an article that may only be missing in the text nothing is said, unless its words were there before and are elsewhere now.
        let missing = !texts.version(base).is_whole() && texts.numbered(base, article).next().is_none();
        if missing && (found.is_none() || was.is_none()) {
            return Ruling::Unverifiable(Unverifiable::Incomplete);
        }
        if let Some(to) = found {
            return match was {
                Some(was) => renumbered(texts, base, was, to, 1.0),
                None => Ruling::OtherArticle {
                    article: to,
                    paragraph: None,
                    item: None,
                    similarity: 1.0,
                },
            };
        }
        if let Some(was) = was {
            let same = share(texts, base, &cited, &quote);
            return match texts.numbered(was, article).next() {
                Some((_, old)) => self.became_of(law, was, base, (article, old), &quote, same),
                None => Ruling::Unverifiable(Unverifiable::NoSuchText),
            };
        }
        if here == Standing::Begun {
            return below(texts, base, citation, article).unwrap_or(Ruling::Confirmed);
        }
        if let Some(ruling) = self.near(law, base, &cited, &quote, here, &older) {
            return ruling;
        }
        if let Some(wrong) = self.of_another(Some(law), citation, &quote) {
            return wrong;
        }
        match self.exists(law, base, citation, article) {
            // Nothing is said against the place; the text stands nowhere.
            Ruling::Confirmed => Ruling::Unverifiable(Unverifiable::NoSuchText),
            other => other,
        }
    }

    /// What an article became of which an older version was quoted; `same` is how much of the quotation the article of the same number
    /// still has.
    fn became_of(
        &self,
        law: usize,
        was: usize,
        base: usize,
        (article, old): (Article, &Prep),
        quote: &Quote,
        same: f64,
    ) -> Ruling {
        let texts = &self.texts[law];
        let whole = texts
            .numbered(base, article)
            .map(|(_, new)| old.pairs.similarity(&new.pairs))
            .fold(0.0, f64::max);
        let ruling = match self.became(law, was, base, article, old, whole) {
            Ruling::Changed { since, text, .. } => Ruling::Changed {
                since,
                similarity: same,
                text,
            },
            // The words were there, and are not any more.
            Ruling::NoSuchPlace { .. } => Ruling::Changed {
                since: changed_in(texts, was, base, article, old),
                similarity: same,
                text: String::new(),
            },
            other => return other,
        };
        // Of an article that was taken apart, the part that is quoted may have gone elsewhere, with other words.
        let much = |share: f64| share >= MOVED && share > same + MORE;
        match nearest(texts, base, quote).filter(|(to, share)| *to != article && much(*share)) {
            Some((to, share)) if quote.words.len() >= LONG => renumbered(texts, base, was, to, share),
            _ => ruling,
        }
    }

    /// A quotation that stands nowhere, but nearly in the cited article, in that of an older version, or in another one.
    fn near(
        &self,
        law: usize,
        base: usize,
        cited: &[Article],
        quote: &Quote,
        here: Standing,
        older: &[(usize, Standing)],
    ) -> Option<Ruling> {
        let article = *cited.first()?;
        let texts = &self.texts[law];
        let much = |standing: Standing| match standing {
            Standing::Nearly(share) => share,
            Standing::There | Standing::Begun => 1.0,
            Standing::Not => 0.0,
        };
        let then = older
            .iter()
            .copied()
            .max_by(|a, b| much(a.1).total_cmp(&much(b.1)).then(a.0.cmp(&b.0)));
        let before = then.map_or(0.0, |(_, standing)| much(standing));
        let now = much(here);
        // Another article is meant only where it is clearly nearer.
        let other = nearest(texts, base, quote).filter(|(at, share)| !cited.contains(at) && *share > now + 0.2);
        if let Some((article, similarity)) = other.filter(|(_, share)| *share >= 0.8 && *share >= before) {
            return Some(Ruling::OtherArticle {
                article,
                paragraph: None,
                item: None,
                similarity,
            });
        }
        if let Some((was, _)) = then.filter(|_| before > now + 0.02 && before > 0.0) {
            let old = texts.numbered(was, article).next().map(|(_, old)| old)?;
            return Some(self.became_of(law, was, base, (article, old), quote, now));
        }
        (now > 0.0).then(|| Ruling::Misquoted {
            similarity: now,
            text: texts.words_of(base, article),
        })
    }

    /// What is said of a title that the library does not have, by the text that is quoted under it.
    pub(super) fn by_text(&self, citation: &Citation, mut nearest: Vec<String>) -> Ruling {
        let quote = citation.quote.as_deref().map(Quote::of);
        let wrong = quote.as_ref().and_then(|quote| self.of_another(None, citation, quote));
        if let Some(wrong) = wrong {
            return wrong;
        }
        if let Some(quote) = &quote {
            for (law, _) in self.everywhere(quote).into_iter().take(1) {
                let title = self.law(law).title.clone();
                nearest.retain(|other| *other != title);
                nearest.insert(0, title);
            }
        }
        Ruling::Unverifiable(Unverifiable::NotInLibrary(nearest))
    }

    /// That the quotation is one other law's, word for word. Under a title that the library does not have this is proof only where the
    /// title may be a slip of that law's: laws of one kind share many sentences.
    fn of_another(&self, law: Option<usize>, citation: &Citation, quote: &Quote) -> Option<Ruling> {
        if quote.words.len() < LONG {
            return None;
        }
        let found = self.everywhere(quote);
        let &[(other, article)] = found.as_slice() else {
            return None;
        };
        let number = self.texts[other].number(self.law(other).versions.len().checked_sub(1)?, article)?;
        let same_number = citation.article == Some(number);
        let proven = match law {
            Some(own) => own != other && (same_number || quote.words.len() >= VERY_LONG),
            None => {
                same_number
                    && self.titles.is_slip(&citation.title, other)
                    && self.titles.similarity(&citation.title, other) >= 0.5
            }
        };
        proven.then(|| Ruling::WrongTitle {
            nearest: vec![self.law(other).title.clone()],
            found: Some(number),
            exists: law.is_some(),
        })
    }

    /// The laws and articles of the whole library in which a quotation stands: each law once.
    fn everywhere(&self, quote: &Quote) -> Vec<(usize, usize)> {
        let passages = self.passages.get_or_init(|| Passages::of(self.library));
        let mut found: Vec<(usize, usize)> = Vec::new();
        for sentence in quote.sentences() {
            for (law, at) in passages.of_sentence(sentence).take(200) {
                let known = found.iter().any(|(known, _)| *known == law);
                let texts = &self.texts[law];
                let there = || {
                    let newest = texts.count().checked_sub(1)?;
                    let one = texts.prepared(newest).get(at)?;
                    matches!(quote.stands(&[one]), Standing::There | Standing::Begun).then_some(())
                };
                if !known && there().is_some() {
                    found.push((law, at));
                }
            }
        }
        found.sort_unstable();
        found
    }
}

/// The articles that a quotation may be of.
fn cited(article: Article, to: Option<Article>, beside: &[Article]) -> Vec<Article> {
    let mut cited = vec![article];
    cited.extend(beside.iter().filter(|other| **other != article));
    if let Some(to) = to {
        let last = to.number.min(article.number.saturating_add(200));
        cited.extend((article.number + 1..=last).map(|number| Article { number, of: 0 }));
    }
    cited
}

fn stands(texts: &Texts<'_>, version: usize, cited: &[Article], quote: &Quote) -> Standing {
    let articles: Vec<&Prep> = cited
        .iter()
        .flat_map(|&article| texts.numbered(version, article).map(|(_, one)| one))
        .collect();
    quote.stands(&articles)
}

/// How much of a quotation the cited articles have.
fn share(texts: &Texts<'_>, version: usize, cited: &[Article], quote: &Quote) -> f64 {
    let articles = cited.iter().flat_map(|&article| texts.numbered(version, article));
    articles
        .map(|(_, one)| quote.pairs.within(&one.pairs))
        .fold(0.0, f64::max)
}

/// The article of a version in which a quotation stands.
fn elsewhere(texts: &Texts<'_>, version: usize, quote: &Quote) -> Option<Article> {
    let prepared = texts.prepared(version);
    let at = prepared
        .iter()
        .position(|one| quote.pairs.within(&one.pairs) > 0.5 && quote.stands(&[one]) == Standing::There)?;
    texts.number(version, at)
}

/// The article of a version that has most of a quotation, and how much.
fn nearest(texts: &Texts<'_>, version: usize, quote: &Quote) -> Option<(Article, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, one) in texts.prepared(version).iter().enumerate() {
        let share = quote.pairs.within(&one.pairs);
        if best.is_none_or(|(_, most)| share > most) {
            best = Some((at, share));
        }
    }
    let (at, share) = best?;
    Some((texts.number(version, at)?, share))
}

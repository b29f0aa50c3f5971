//! How a quotation stands against articles: all of it there, nearly, or not.
//!
//! A quotation may be a part of an article, leave parts out, stop anywhere, carry the article's number, or go over into the next article
//! that is cited with it. It is therefore looked for in the article, never held against it as a whole.
//!
//! Must not know laws, versions or rulings.

use std::ops::Range;

use crate::law::similar::Prepared;

use super::words::{Mark, Words};

/// An article, prepared.
pub(super) struct Prep {
    pub(super) words: Words,
    pub(super) pairs: Prepared,
}

impl Prep {
    pub(super) fn of(text: &str) -> Prep {
        let words = Words::of(text);
        let pairs = words.prepared(0..words.len());
        Prep { words, pairs }
    }
}

/// A part of a quotation that ought to stand somewhere in one piece.
struct Part {
    range: Range<usize>,
    /// How many of its first words are the number of an article.
    head: usize,
    /// Whether it may begin, and end, in the middle of a sentence: at the ends of the quotation and beside a gap.
    open: [bool; 2],
    pairs: Prepared,
}

/// A quotation, prepared.
pub(super) struct Quote {
    pub(super) words: Words,
    parts: Vec<Part>,
    pub(super) pairs: Prepared,
}

/// How a quotation stands against articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// It stands there.
    There,
    /// It begins there, and goes on with what is nothing of the articles: words of the item behind the sentence that was quoted.
    Begun,
    /// It stands nearly there: so much of it, 0 to 1.
    Nearly(f64),
    /// It does not.
    Not,
}

/// From which share of neighbouring words on a part of a quotation is meant to be the article's text. Held by `tests/laws/law_truth.rs`: with it
/// all planted misquotations of real articles are told as such, and no quotation of a neighbour, of another law or of an article as it
/// is.
const NEAR: f64 = 0.6;
/// Below it the text behind a quotation is not the article's any more.
const FOREIGN: f64 = 0.45;
/// So many words are no accident.
pub(super) const TELLING: usize = 8;
/// So many words behind a semicolon say something of their own.
const SENTENCE: usize = 6;

impl Quote {
    /// Prepares a quotation.
    pub(super) fn of(text: &str) -> Quote {
        let mut words = Words::of(text);
        words.drop_last_number();
        let mut parts = Vec::new();
        let stops = words.parts(Mark::Stop);
        for (at, range) in stops.iter().enumerate() {
            let gap = |at: usize| words.marks.get(at) == Some(&Mark::Gap);
            let open = [at == 0 || gap(range.start), at + 1 == stops.len() || gap(range.end)];
            let head = words.head(range.start);
            if head < range.len() || stops.len() == 1 {
                parts.push(Part {
                    pairs: words.prepared(range.start + head..range.end),
                    range: range.clone(),
                    head,
                    open,
                });
            }
        }
        let pairs = words.prepared(words.head(0)..words.len());
        Quote { words, parts, pairs }
    }

    /// How it stands against articles that are cited together.
    pub(super) fn stands(&self, articles: &[&Prep]) -> Standing {
        if self.words.len() == 0 || articles.is_empty() {
            return Standing::Not;
        }
        let places: Vec<Vec<Place>> = self.parts.iter().map(|part| self.places(part, articles)).collect();
        if fits(&self.parts, &places, articles) {
            return Standing::There;
        }
        let shares: Vec<f64> = self
            .parts
            .iter()
            .zip(&places)
            .map(|(part, places)| match places.is_empty() {
                true => articles
                    .iter()
                    .map(|one| part.pairs.within(&one.pairs))
                    .fold(0.0, f64::max),
                false => 1.0,
            })
            .collect();
        let quoted = shares
            .iter()
            .rposition(|&share| share >= FOREIGN)
            .map_or(0, |last| last + 1);
        let words: usize = self.parts[..quoted]
            .iter()
            .map(|part| part.range.len() - part.head)
            .sum();
        if quoted < self.parts.len()
            && words >= TELLING
            && self.ended(&self.parts[quoted])
            && fits(&self.parts[..quoted], &places[..quoted], articles)
        {
            return Standing::Begun;
        }
        // Near is what has a telling part that is near; how near, all of them say.
        let near = self
            .parts
            .iter()
            .zip(&shares)
            .any(|(part, &share)| share >= NEAR && part.range.len() - part.head >= TELLING.min(self.words.len()));
        let weighed: f64 = self
            .parts
            .iter()
            .zip(&shares)
            .map(|(part, share)| part.range.len() as f64 * share)
            .sum();
        let all: usize = self.parts.iter().map(|part| part.range.len()).sum();
        match near {
            true => Standing::Nearly(weighed / all.max(1) as f64),
            false => Standing::Not,
        }
    }

    /// Whether a quotation may have ended before a part: behind a whole sentence. Behind a semicolon a sentence goes on, and what does not
    /// stand in the law was put into it; few words are no sentence.
    fn ended(&self, part: &Part) -> bool {
        let mark = self.words.marks.get(part.range.start);
        part.range.len() < SENTENCE || mark.is_none_or(|mark| *mark >= Mark::Full)
    }

    /// Where a part stands in articles: with its number of an article, else without.
    fn places(&self, part: &Part, articles: &[&Prep]) -> Vec<Place> {
        let mut places = Vec::new();
        for skipped in [0, part.head] {
            let words = &self.words.words[part.range.start + skipped..part.range.end];
            for (article, one) in articles.iter().enumerate() {
                let found = one.words.find(words).into_iter();
                places.extend(found.map(|at| Place {
                    article,
                    range: at..at + words.len(),
                }));
            }
            if !places.is_empty() || part.head == 0 {
                break;
            }
        }
        places
    }

    /// The telling sentences of the quotation, each without the number of an article: what a whole library is searched for.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &[u32]> {
        self.parts
            .iter()
            .map(|part| &self.words.words[part.range.start + part.head..part.range.end])
            .filter(|words| words.len() >= TELLING)
    }
}

/// Where a part of a quotation stands.
struct Place {
    article: usize,
    range: Range<usize>,
}

/// Whether all parts have a place, so that what was left out between two of them is whole sentences. What follows each other in the
/// quotation may so drop a sentence or an entry, but not the second half of one.
fn fits(parts: &[Part], places: &[Vec<Place>], articles: &[&Prep]) -> bool {
    let stop = |place: &Place, at: usize| {
        articles[place.article]
            .words
            .marks
            .get(at)
            .is_some_and(|mark| *mark >= Mark::Stop)
    };
    let mut before: Vec<&Place> = Vec::new();
    for (number, (part, here)) in parts.iter().zip(places).enumerate() {
        let free = |place: &Place| part.open[0] || stop(place, place.range.start);
        let joins = |place: &&Place| {
            let follows = before
                .iter()
                .any(|last| last.article == place.article && last.range.end == place.range.start);
            let after_stop = || {
                let left = parts[number - 1].open[1] || before.iter().any(|last| stop(last, last.range.end));
                left && free(place)
            };
            number == 0 || follows || after_stop()
        };
        before = here.iter().filter(joins).collect();
        if before.is_empty() {
            return false;
        }
    }
    !parts.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "申请人应当向县级主管部门提出申请，并提交下列材料：\n（一）申请书；\n（二）身份证明；\n（三）场地的使用权证明。\n\
                           主管部门应当自收到申请之日起二十日内作出决定，但是情况复杂的除外。\n决定应当书面告知申请人。";

    fn stands(quote: &str) -> Standing {
        Quote::of(quote).stands(&[&Prep::of(ARTICLE)])
    }

    #[test]
    fn what_stands_there() {
        for quote in [
            ARTICLE,
            "主管部门应当自收到申请之日起20日内作出决定，但是情况复杂的除外",
            "第三条　申请人应当向县级主管部门提出申请，并提交下列材料：……（三）场地的使用权证明",
            "第三条 申请人应当向县级主管部门提出申请，并提交下列材料：1.申请书；2.身份证明；3.场地的使用权证明。",
            // Cut off, entries and sentences left out.
            "申请人应当向县级主管部门提出申请，并提交下列材",
            "申请人应当向县级主管部门提出申请，并提交下列材料：（二）身份证明；决定应当书面告知申请人",
            "……自收到申请之日起二十日内作出决定",
            // Cut off within a number.
            "主管部门应当自收到申请之日起二",
        ] {
            assert_eq!(stands(quote), Standing::There, "{quote}");
        }
        let on = "决定应当书面告知申请人。咨询电话由窗口公布，周末照常接听";
        assert_eq!(stands(on), Standing::Begun);
        let into = "决定应当书面告知申请人；咨询电话由窗口公布，周末照常接听";
        assert!(matches!(stands(into), Standing::Nearly(_)), "{:?}", stands(into));
    }

    #[test]
    fn what_does_not() {
        for quote in [
            // A number, a duty, a proviso, words in the middle.
            "主管部门应当自收到申请之日起三十日内作出决定，但是情况复杂的除外",
            "主管部门可以自收到申请之日起二十日内作出决定，但是情况复杂的除外",
            "主管部门应当自收到申请之日起二十日内作出决定。决定应当书面告知申请人",
            "申请人应当提出申请，并提交下列材料：（一）申请书；（二）身份证明",
        ] {
            assert!(
                matches!(stands(quote), Standing::Nearly(share) if share > 0.7),
                "{quote} {:?}",
                stands(quote)
            );
        }
        assert_eq!(stands("机动车驾驶人应当依法取得驾驶证，并随身携带"), Standing::Not);
        assert_eq!(stands(""), Standing::Not);
    }

    #[test]
    fn articles_that_are_cited_together() {
        let (a, b) = (
            Prep::of("国家实行取水许可制度。"),
            Prep::of("取水应当计量，并按照规定缴费。"),
        );
        let quote = Quote::of("第三条 国家实行取水许可制度。第四条 取水应当计量，并按照规定缴费。");
        assert_eq!(quote.stands(&[&a, &b]), Standing::There);
        assert_ne!(quote.stands(&[&b]), Standing::Nearly(1.0));
    }
}

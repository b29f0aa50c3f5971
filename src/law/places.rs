//! The numbered places of an article, as citations name them.
//!
//! Must not know laws or versions.

use super::similar::{Prepared, letters};
use super::structure::paragraphs;
use crate::model::{Article, ArticleText};

/// So much nearer than the second nearest is the place that is meant; and so much is it worth to stand in an article that is known to
/// have become of the old one.
const CLEARLY: f64 = 0.1;
/// What has fewer letters is found again only in an article that is known to have become of the old one.
const SHORTEST_ELSEWHERE: usize = 12;

/// A place in an article, and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    /// The paragraph (款), from 1.
    pub paragraph: u32,
    /// The subparagraph (项), by its own number; none for the paragraph with all that belongs to it.
    pub item: Option<u32>,
    /// The lines.
    pub text: &'a str,
}

/// All places of an article, in order: each paragraph, then its subparagraphs.
pub(super) fn spots(article: &ArticleText) -> Vec<Spot<'_>> {
    let mut spots = Vec::new();
    for (paragraph, one) in (1..).zip(paragraphs(article)) {
        spots.push(Spot {
            paragraph,
            item: None,
            text: one.text,
        });
        spots.extend(one.items().into_iter().map(|item| Spot {
            paragraph,
            item: Some(item.number),
            text: item.text,
        }));
    }
    spots
}

/// The place that a citation names within an article. A subparagraph without its paragraph is that of the first one that has it.
pub(super) fn spot<'a>(spots: &[Spot<'a>], paragraph: Option<u32>, item: Option<u32>) -> Option<Spot<'a>> {
    let wanted = |spot: &&Spot<'a>| paragraph.is_none_or(|wanted| spot.paragraph == wanted) && spot.item == item;
    spots.iter().find(wanted).copied()
}

impl<'a> Spot<'a> {
    /// What stands there without its own number: （三） counts for nothing.
    pub(super) fn words(&self) -> &'a str {
        let numbered = self.item.and_then(|_| self.text.split_once(['）', ')']));
        numbered.map_or(self.text, |(_, rest)| rest)
    }
}

/// A place of a version, ready to be held against texts.
pub(super) struct Place<'a> {
    pub(super) article: Article,
    pub(super) spot: Spot<'a>,
    prepared: Prepared,
}

/// How a text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A whole paragraph: what is alike.
    Paragraph,
    /// A whole subparagraph: what is alike.
    Item,
    /// A part of a paragraph, as quotations are.
    Part,
}

/// All places of a version.
pub(super) struct Places<'a> {
    places: Vec<Place<'a>>,
}

impl<'a> Places<'a> {
    pub(super) fn of(articles: impl Iterator<Item = &'a ArticleText>) -> Places<'a> {
        let places = articles.flat_map(|one| {
            spots(one).into_iter().map(|spot| Place {
                article: one.article,
                spot,
                prepared: Prepared::of(spot.words()),
            })
        });
        Places {
            places: places.collect(),
        }
    }

    /// The one place that has a text, with how much of it, from `least` on: none where another one is nearly as near. Those of `own`
    /// articles go before others; a subparagraph is looked for in them alone, for many laws have the same one in several lists.
    pub(super) fn find(
        &self,
        text: &str,
        wanted: Wanted,
        least: f64,
        own: impl Fn(Article) -> bool,
    ) -> Option<(&Place<'a>, f64)> {
        let long = letters(text).len() >= SHORTEST_ELSEWHERE;
        let text = Prepared::of(text);
        let mut best: Option<(&Place<'a>, f64, f64)> = None;
        let mut second = 0.0_f64;
        for place in &self.places {
            let own = own(place.article);
            let fits = place.spot.item.is_some() == (wanted == Wanted::Item);
            if !fits || !own && (wanted == Wanted::Item || !long) {
                continue;
            }
            let share = match wanted {
                Wanted::Part => text.within(&place.prepared),
                Wanted::Paragraph | Wanted::Item => text.similarity(&place.prepared),
            };
            let worth = share + if own { CLEARLY } else { 0.0 };
            match best {
                Some((_, _, most)) if worth <= most => second = second.max(worth),
                _ => {
                    second = best.map_or(second, |(_, _, most)| most);
                    best = Some((place, share, worth));
                }
            }
        }
        best.filter(|(_, share, worth)| *share >= least && worth - second >= CLEARLY)
            .map(|(place, share, _)| (place, share))
    }

    /// Whether an article has paragraphs that can be told apart by their numbers.
    pub(super) fn has_several(&self, article: Article) -> bool {
        let second = |place: &Place<'_>| place.article == article && place.spot.paragraph > 1;
        self.places.iter().any(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    #[test]
    fn paragraphs_and_their_items() {
        let article = ArticleText {
            article: Article { number: 1, of: 0 },
            line: 1,
            text: "有下列情形之一的：\n（一）甲；\n（二）乙。\n前款规定不适用于丙：\n（一）丁。".to_owned(),
        };
        let spots = spots(&article);
        let at = |paragraph, item| spot(&spots, paragraph, item).map(|spot| spot.text);
        assert_eq!(at(Some(1), Some(2)), Some("（二）乙。"));
        assert_eq!(at(None, Some(2)), Some("（二）乙。"));
        assert_eq!(at(Some(2), None), Some("前款规定不适用于丙：\n（一）丁。"));
        assert_eq!(at(Some(3), None), None);
        assert_eq!(at(Some(1), Some(3)), None);
    }
}

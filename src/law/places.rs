//! The numbered places of an article, as citations name them.
//!
//! Must not know laws or versions.

use super::structure::paragraphs;
use crate::model::ArticleText;

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

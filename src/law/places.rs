//! Paragraphs (款) and subparagraphs (项) of an article.
//!
//! Must not know laws or versions.

use crate::normalise::number;

/// A place in an article, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    /// The paragraph (款), from 1.
    pub paragraph: u32,
    /// The subparagraph (项), by its own number; none for the paragraph with all that belongs to it.
    pub item: Option<u32>,
    /// The lines.
    pub lines: Vec<&'a str>,
}

/// All places of an article, in order: each paragraph, then its subparagraphs.
pub(super) fn spots(text: &str) -> Vec<Spot<'_>> {
    let mut spots: Vec<Spot<'_>> = Vec::new();
    // The paragraph that a subparagraph belongs to.
    let mut open = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (item(line), open) {
            (Some(item), Some(at)) => {
                let owner: &mut Spot<'_> = &mut spots[at];
                owner.lines.push(line);
                let paragraph = owner.paragraph;
                spots.push(Spot {
                    paragraph,
                    item: Some(item),
                    lines: vec![line],
                });
            }
            _ => {
                let paragraph = open.map_or(1, |at: usize| spots[at].paragraph + 1);
                open = Some(spots.len());
                spots.push(Spot {
                    paragraph,
                    item: None,
                    lines: vec![line],
                });
            }
        }
    }
    spots
}

/// The number of a subparagraph, as in （三）.
fn item(line: &str) -> Option<u32> {
    let (number, _) = line.strip_prefix(['（', '('])?.split_once(['）', ')'])?;
    u32::try_from(number::whole(number.trim())?).ok()
}

/// The place that a citation names within an article. A subparagraph without its paragraph is that of the first one that has it.
pub(super) fn spot<'s, 'a>(spots: &'s [Spot<'a>], paragraph: Option<u32>, item: Option<u32>) -> Option<&'s Spot<'a>> {
    spots
        .iter()
        .find(|spot| paragraph.is_none_or(|wanted| spot.paragraph == wanted) && spot.item == item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_their_items() {
        let text = "有下列情形之一的：\n（一）甲；\n（二）乙。\n前款规定不适用于丙：\n（一）丁。";
        let spots = spots(text);
        let at = |paragraph, item| spot(&spots, paragraph, item).map(|spot| spot.lines.join(""));
        assert_eq!(at(Some(1), Some(2)).as_deref(), Some("（二）乙。"));
        assert_eq!(at(None, Some(2)).as_deref(), Some("（二）乙。"));
        assert_eq!(at(Some(2), None).as_deref(), Some("前款规定不适用于丙：（一）丁。"));
        assert_eq!(at(Some(3), None), None);
        assert_eq!(at(Some(1), Some(3)), None);
        assert!(super::spots("").is_empty());
    }
}

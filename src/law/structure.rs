//! The parts of an article: paragraphs (款), subparagraphs (项), points (目).
//!
//! Must not know which law the article is of.

use crate::model::ArticleText;
use crate::normalise::number;

/// A paragraph (款) of an article, with its subparagraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    /// Its lines, divided by `\n`: the first its own, each other one of a subparagraph or a point.
    pub text: &'a str,
}

/// A subparagraph (项), with its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Its number: 二 for （二）.
    pub number: u32,
    /// Its lines, divided by `\n`, with the number.
    pub text: &'a str,
}

/// The paragraphs of an article, in order: a line that has no number in front begins one (立法法 art. 65: 款 are not numbered), and
/// what is numbered belongs to the paragraph before it.
pub fn paragraphs(article: &ArticleText) -> Vec<Paragraph<'_>> {
    let text = article.text.as_str();
    runs(text, |line| item_number(line).is_none() && point_number(line).is_none())
        .into_iter()
        .map(|(_, text)| Paragraph { text })
        .collect()
}

impl<'a> Paragraph<'a> {
    /// The subparagraphs, in order.
    pub fn items(&self) -> Vec<Item<'a>> {
        runs(self.text, |line| item_number(line).is_some())
            .into_iter()
            .filter_map(|(line, text)| {
                let number = item_number(line)?;
                Some(Item { number, text })
            })
            .collect()
    }

    /// A subparagraph by its number.
    pub fn item(&self, number: u32) -> Option<Item<'a>> {
        self.items().into_iter().find(|item| item.number == number)
    }
}

impl<'a> Item<'a> {
    /// A point (目) by its number, with the number.
    pub fn point(&self, number: u32) -> Option<&'a str> {
        self.text.lines().find(|line| point_number(line) == Some(number))
    }
}

/// Runs of lines, each from a line that begins one; what stands before the first is a run of its own.
fn runs(text: &str, begins: impl Fn(&str) -> bool) -> Vec<(&str, &str)> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at == 0 || begins(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(&from, to)| {
            let run = text.get(from..to)?.trim_end_matches('\n');
            Some((run.lines().next().unwrap_or_default(), run))
        })
        .collect()
}

/// The number of a subparagraph: `（二）…`, `(二)…`.
pub fn item_number(line: &str) -> Option<u32> {
    let inner = line.trim_start().strip_prefix(['（', '('])?;
    let (digits, _) = inner.split_once(['）', ')'])?;
    (digits.chars().count() <= 5 && digits.chars().all(number::is_chinese_digit))
        .then(|| u32::try_from(number::whole(digits)?).ok())
        .flatten()
}

/// The number of a point: `1.…`, `2．…`, `3、…`.
pub fn point_number(line: &str) -> Option<u32> {
    let line = line.trim_start();
    let len = line.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, behind) = line.split_at(len);
    (len <= 3 && behind.starts_with(['.', '．', '、']))
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    fn article(text: &str) -> ArticleText {
        ArticleText {
            article: Article { number: 1, of: 0 },
            line: 1,
            text: text.to_owned(),
        }
    }

    #[test]
    fn parts() {
        let one = article(
            "申请人应当提交下列材料：\n（一）申请书；\n（二）证明：\n1.甲；\n2．乙；\n（十一）其他。\n材料齐全的，当场受理。",
        );
        let found = paragraphs(&one);
        assert_eq!(found.len(), 2);
        let numbers: Vec<u32> = found[0].items().iter().map(|item| item.number).collect();
        assert_eq!(numbers, [1, 2, 11]);
        assert_eq!(found[0].item(2).unwrap().text, "（二）证明：\n1.甲；\n2．乙；");
        assert_eq!(found[0].item(2).unwrap().point(2), Some("2．乙；"));
        assert_eq!(found[0].item(2).unwrap().point(3), None);
        assert_eq!(found[0].item(3), None);
        assert_eq!(found[1].text, "材料齐全的，当场受理。");
        assert!(found[1].items().is_empty());
        assert_eq!(paragraphs(&article("")).len(), 0);
    }

    #[test]
    fn numbers() {
        assert_eq!(item_number("(三)丙"), Some(3));
        assert_eq!(item_number("（试行）"), None);
        assert_eq!(item_number("（2004年）"), None);
        assert_eq!(point_number("3、丙"), Some(3));
        assert_eq!(point_number("2019年"), None);
        assert_eq!(point_number("1998.5"), None);
    }
}

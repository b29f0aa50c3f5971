//! What the law library says of citations, as findings: one rule for each kind of ruling and remark (`law::check`).
//!
//! Must not look anything up: rulings come in as data.

use super::{LONGEST, Told, start_of};
use crate::model::{Article, Cited, Remark, Ruling};
use crate::normalise::citations::{article_in_words, place_in_words};
use crate::normalise::fold;
use crate::normalise::number::in_chinese;

/// How many characters are shown on both sides of the first place that differs.
const AROUND: usize = 8;

/// The beginning of every message: the law and the place as they are cited.
fn cited(cited: &Cited) -> Vec<(&'static str, String)> {
    let citation = &cited.citation;
    vec![("law", citation.named()), ("place", place_in_words(citation))]
}

fn told(of: &Cited, more: impl IntoIterator<Item = (&'static str, String)>) -> Told {
    let mut args = cited(of);
    args.extend(more);
    Some(args)
}

fn percent(similarity: f64) -> String {
    format!("{:.0}", (similarity * 100.0).floor())
}

fn day(day: Option<crate::model::Day>) -> String {
    day.map_or_else(|| "?".to_owned(), |day| day.to_string())
}

/// The first place in which two texts differ, with what stands around it in each. Punctuation, blanks and width do not count.
fn differing(quoted: &str, text: &str) -> (String, String) {
    let quoted = Letters::of(quoted);
    let text = Letters::of(text);
    // A quotation may begin in the middle of the article, and its first words may be what is wrong: the first run of letters that both
    // have tells where it stands, and of several places the one that goes on longest.
    let run = AROUND.min(quoted.known.len()).max(1);
    let alike = |at: usize, there: usize| {
        let pairs = quoted.known.iter().skip(at).zip(text.known.iter().skip(there));
        pairs.take_while(|((a, _), (b, _))| a == b).count()
    };
    let same = |a: &[(char, usize)], b: &[(char, usize)]| a.iter().zip(b).all(|((a, _), (b, _))| a == b);
    let common = quoted.known.windows(run).enumerate().find_map(|(at, key)| {
        let windows = text.known.windows(run).enumerate();
        let there = windows.filter(|(_, window)| same(window, key)).map(|(there, _)| there);
        let best = there.max_by_key(|&there| (alike(at, there), std::cmp::Reverse(there)))?;
        Some((at, best))
    });
    let (at, there) = common.unwrap_or_default();
    // What is wrong stands before the run, or behind it.
    let go = match at {
        0 => alike(at, there),
        _ => 0,
    };
    let before = |at: usize| if go == 0 { at.saturating_sub(1) } else { at + go };
    (quoted.around(before(at)), text.around(before(there)))
}

/// The characters of a text, and those of them that count, half-width, with their places.
struct Letters {
    all: Vec<char>,
    known: Vec<(char, usize)>,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let half = |c: char| fold::half(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c);
        let known = all.iter().enumerate().map(|(at, &c)| (half(c), at));
        let known = known.filter(|(c, _)| c.is_alphanumeric()).collect();
        Letters { all, known }
    }

    /// What stands around a letter that counts.
    fn around(&self, letter: usize) -> String {
        let at = self.known.get(letter).map_or(self.all.len(), |&(_, at)| at);
        let end = self.all.len().min(at + AROUND);
        self.all
            .get(at.saturating_sub(AROUND)..end)
            .unwrap_or_default()
            .iter()
            .collect()
    }
}

/// BAS011: the law has no such article, paragraph or subparagraph.
pub(super) fn no_such_place(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::NoSuchPlace { last, rank } => told(of, [("rank", (*rank).to_owned()), ("last", last_of(*last, rank))]),
        _ => None,
    }
}

fn last_of(last: Article, rank: &str) -> String {
    match rank {
        "article" => article_in_words(last),
        _ => last.number.to_string(),
    }
}

/// BAS012: the text now stands in another article.
pub(super) fn renumbered(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::Renumbered {
            to,
            version,
            similarity,
            ..
        } => told(
            of,
            [
                ("to", article_in_words(*to)),
                ("version", day(*version)),
                ("similarity", percent(*similarity)),
            ],
        ),
        _ => None,
    }
}

/// BAS013: the quotation is that of an older version.
pub(super) fn changed(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::Changed { since, text, .. } => {
            let quoted = of.citation.quote.as_deref().unwrap_or_default();
            let (old, new) = differing(quoted, text);
            let new = if text.is_empty() { "no".to_owned() } else { new };
            told(of, [("since", day(*since)), ("old", old), ("new", new)])
        }
        _ => None,
    }
}

/// BAS014: the quotation is not word for word.
pub(super) fn misquoted(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::Misquoted { similarity, text } => {
            let quoted = of.citation.quote.as_deref().unwrap_or_default();
            let (wrong, right) = differing(quoted, text);
            told(
                of,
                [("wrong", wrong), ("right", right), ("similarity", percent(*similarity))],
            )
        }
        _ => None,
    }
}

/// BAS015: the quotation stands in another article.
pub(super) fn other_article(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::OtherArticle {
            article,
            paragraph,
            item,
            similarity,
        } => {
            let paragraph = paragraph.map(|n| format!("第{}款", in_chinese(n))).unwrap_or_default();
            let item = item.map(|n| format!("第（{}）项", in_chinese(n))).unwrap_or_default();
            told(
                of,
                [
                    ("article", format!("{}{paragraph}{item}", article_in_words(*article))),
                    ("similarity", percent(*similarity)),
                ],
            )
        }
        _ => None,
    }
}

/// BAS016: the law is no longer in force.
pub(super) fn repealed(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::Repealed { day: since, by } => {
            let by = by.as_ref().map_or_else(|| "no".to_owned(), |by| format!("《{by}》"));
            told(of, [("day", day(*since)), ("by", by)])
        }
        _ => None,
    }
}

fn titles(titles: &[String]) -> String {
    let marked: Vec<String> = titles.iter().take(5).map(|title| format!("《{title}》")).collect();
    start_of(&marked.join("、"), LONGEST)
}

/// BAS017: another law is meant.
pub(super) fn wrong_title(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::WrongTitle { nearest, found, exists } => {
            let found = found.map(|found| found.to_string()).unwrap_or_default();
            let exists = if *exists { "yes" } else { "no" };
            told(
                of,
                [
                    ("titles", titles(nearest)),
                    ("found", found),
                    ("exists", exists.to_owned()),
                ],
            )
        }
        _ => None,
    }
}

/// BAS018: several laws may be meant.
pub(super) fn ambiguous(of: &Cited) -> Told {
    match &of.ruling {
        Ruling::Ambiguous { titles: all } => told(of, [("titles", titles(all)), ("count", all.len().to_string())]),
        _ => None,
    }
}

/// BAS019: the document number is not that of the law.
pub(super) fn number_contradicts(of: &Cited) -> Told {
    of.remarks.iter().find_map(|remark| match remark {
        Remark::NumberContradicts { given, known } => told(
            of,
            [
                ("given", given.clone()),
                ("known", start_of(&known.join("、"), LONGEST)),
            ],
        ),
        _ => None,
    })
}

/// BAS020: the label is not the law's rank.
pub(super) fn level_wrong(of: &Cited) -> Told {
    of.remarks.iter().find_map(|remark| match remark {
        Remark::LevelWrong { said, is } => told(of, [("said", said.clone()), ("is", is.word().to_owned())]),
        _ => None,
    })
}

/// BAS021: a permit rests on what may not set one up.
pub(super) fn may_not_set_up(of: &Cited) -> Told {
    of.remarks.iter().find_map(|remark| match remark {
        Remark::MayNotSetUp { level } => told(of, [("level", level.word().to_owned())]),
        _ => None,
    })
}

/// BAS022: a local regulation of another place.
pub(super) fn other_region(of: &Cited) -> Told {
    of.remarks.iter().find_map(|remark| match remark {
        Remark::OtherRegion { place } => told(of, [("region", place.clone())]),
        _ => None,
    })
}

/// BAS023: one law in two versions within the catalogue.
pub(super) fn other_version(of: &Cited) -> Told {
    of.remarks.iter().find_map(|remark| match remark {
        Remark::OtherVersion { years } => {
            let years: Vec<String> = years.iter().map(u32::to_string).collect();
            told(of, [("years", years.join("、"))])
        }
        _ => None,
    })
}

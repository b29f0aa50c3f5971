//! What became of each article from one version of a law to the next.
//!
//! Equal texts are found first, wherever they stand; then texts that are alike, those before others that stand between the same
//! neighbours; then parts of articles that were split or merged. Seen from the other side it comes out the other way round: no step
//! prefers the old version or the new one.
//!
//! Must not know items, nor who cites what.

use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::similar::{Prepared, letters};
use crate::model::{ArticleChange, ArticleText, Fate, LawText};
use crate::normalise::number;

/// So alike are two versions of an article, wherever they stand.
const ALIKE: f64 = 0.5;
/// The same between the same neighbours.
const ALIKE_IN_PLACE: f64 = 0.3;
/// What standing between the same neighbours is worth, seen from either side.
const IN_PLACE: f64 = 0.03;
/// So much of an article stands in another one that it was cut out of.
const PART: f64 = 0.6;
/// The same where nothing else is known of the two.
const PART_ALONE: f64 = 0.75;
/// So much more alike must the two sides be with the part than without it.
const GAIN: f64 = 0.03;
/// What has fewer letters is no part of its own: 删除, 附则.
const SHORTEST_PART: usize = 12;
/// A run of three characters that stands in so many articles tells nothing.
const COMMON: usize = 120;
/// The least share of such runs of two texts that are looked at.
const FEWEST: f64 = 0.12;

/// The alignment of two versions: every article of either stands in exactly one change. In the order of the old articles; new ones
/// stand behind the article that they follow.
pub fn changes(old: &LawText, new: &LawText) -> Vec<ArticleChange> {
    let (old, new) = (Side::of(&old.articles), Side::of(&new.articles));
    let mut links = Links {
        of_old: vec![Vec::new(); old.articles.len()],
        of_new: vec![Vec::new(); new.articles.len()],
    };
    equal(&old, &new, &mut links);
    let pairs = candidates(&old, &new, &links);
    alike(&old, &new, &pairs, &mut links);
    parts(&old, &new, &pairs, &mut links);
    written(&old, &new, &links)
}

/// One version.
struct Side<'a> {
    articles: &'a [ArticleText],
    /// The characters of each article that count.
    letters: Vec<String>,
    prepared: Vec<Prepared>,
}

impl<'a> Side<'a> {
    fn of(articles: &'a [ArticleText]) -> Side<'a> {
        Side {
            articles,
            letters: articles
                .iter()
                .map(|one| letters(&one.text).into_iter().collect())
                .collect(),
            prepared: articles.iter().map(|one| Prepared::of(&one.text)).collect(),
        }
    }

    fn text(&self, at: &[usize]) -> String {
        let texts: Vec<&str> = at.iter().map(|&at| self.articles[at].text.as_str()).collect();
        texts.join("\n")
    }
}

/// Which articles belong together.
struct Links {
    of_old: Vec<Vec<usize>>,
    of_new: Vec<Vec<usize>>,
}

impl Links {
    fn join(&mut self, old: usize, new: usize) {
        self.of_old[old].push(new);
        self.of_new[new].push(old);
        self.of_old[old].sort_unstable();
        self.of_new[new].sort_unstable();
    }

    fn both_free(&self, old: usize, new: usize) -> bool {
        self.of_old[old].is_empty() && self.of_new[new].is_empty()
    }
}

/// Links articles with equal texts: first those of one number, the others in their order.
fn equal(old: &Side<'_>, new: &Side<'_>, links: &mut Links) {
    let mut same: HashMap<&str, [Vec<usize>; 2], FixedState> = HashMap::default();
    for (side, letters) in [(0, &old.letters), (1, &new.letters)] {
        for (at, text) in letters.iter().enumerate() {
            same.entry(text).or_default()[side].push(at);
        }
    }
    for [olds, news] in same.into_values() {
        let number = |side: &Side<'_>, at: usize| side.articles[at].article;
        for &one in &olds {
            let numbered =
                |other: &&usize| number(new, **other) == number(old, one) && links.of_new[**other].is_empty();
            if let Some(&other) = news.iter().find(numbered) {
                links.join(one, other);
            }
        }
        let rest_old: Vec<usize> = olds.into_iter().filter(|&at| links.of_old[at].is_empty()).collect();
        let rest_new: Vec<usize> = news.into_iter().filter(|&at| links.of_new[at].is_empty()).collect();
        for (one, other) in rest_old.into_iter().zip(rest_new) {
            links.join(one, other);
        }
    }
}

/// Two articles that may belong together.
struct Pair {
    old: usize,
    new: usize,
    similarity: f64,
}

/// Pairs of articles without an equal one that share enough runs of three characters.
fn candidates(old: &Side<'_>, new: &Side<'_>, links: &Links) -> Vec<Pair> {
    let runs = |letters: &str| {
        let letters: Vec<char> = letters.chars().collect();
        let mut runs: Vec<[char; 3]> = letters.windows(3).map(|run| [run[0], run[1], run[2]]).collect();
        runs.sort_unstable();
        runs.dedup();
        runs
    };
    let of = |side: &Side<'_>, links: &[Vec<usize>]| -> Vec<Vec<[char; 3]>> {
        let all = side.letters.iter().zip(links);
        all.map(|(letters, links)| if links.is_empty() { runs(letters) } else { Vec::new() })
            .collect()
    };
    let (olds, news) = (of(old, &links.of_old), of(new, &links.of_new));
    let mut holders: HashMap<[char; 3], [Vec<u32>; 2], FixedState> = HashMap::default();
    for (side, all) in [(0, &olds), (1, &news)] {
        for (at, runs) in all.iter().enumerate() {
            for &run in runs {
                holders.entry(run).or_default()[side].push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
    }
    let mut pairs = Vec::new();
    let mut shared = vec![0_usize; news.len()];
    for (at, runs) in olds.iter().enumerate() {
        let mut met: Vec<usize> = Vec::new();
        for run in runs {
            let Some([mine, theirs]) = holders.get(run) else {
                continue;
            };
            if mine.len() + theirs.len() > COMMON {
                continue;
            }
            for &other in theirs {
                let other = other as usize;
                if shared[other] == 0 {
                    met.push(other);
                }
                shared[other] += 1;
            }
        }
        for other in met {
            let fewer = runs.len().min(news[other].len());
            if shared[other] as f64 >= FEWEST * fewer as f64 {
                pairs.push(Pair {
                    old: at,
                    new: other,
                    similarity: old.prepared[at].similarity(&new.prepared[other]),
                });
            }
            shared[other] = 0;
        }
    }
    pairs
}

/// The best first. Where two are equally good the texts decide, and not which side they are of.
fn by_worth(worth: &[(f64, &Pair)], old: &Side<'_>, new: &Side<'_>) -> Vec<usize> {
    let texts = |pair: &Pair| {
        let (a, b) = (&old.letters[pair.old], &new.letters[pair.new]);
        if a <= b {
            (a.as_str(), b.as_str())
        } else {
            (b.as_str(), a.as_str())
        }
    };
    let place = |pair: &Pair| (pair.old.abs_diff(pair.new), pair.old + pair.new);
    let mut order: Vec<usize> = (0..worth.len()).collect();
    order.sort_by(|&a, &b| {
        let ((one, a), (other, b)) = (worth[a], worth[b]);
        let better = other.partial_cmp(&one).unwrap_or(Ordering::Equal);
        better
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| texts(a).cmp(&texts(b)))
    });
    order
}

/// Links articles that are alike, the most alike first.
fn alike(old: &Side<'_>, new: &Side<'_>, pairs: &[Pair], links: &mut Links) {
    let (old_gaps, new_gaps) = (gaps(&links.of_old), gaps(&links.of_new));
    let between = |at: usize, (after, before): (Option<usize>, Option<usize>)| {
        after.is_none_or(|after| at > after) && before.is_none_or(|before| at < before)
    };
    let worth: Vec<(f64, &Pair)> = pairs
        .iter()
        .filter_map(|pair| {
            let seen = [
                between(pair.new, old_gaps[pair.old]),
                between(pair.old, new_gaps[pair.new]),
            ];
            let in_place = seen.iter().filter(|in_place| **in_place).count();
            let least = if in_place == 2 { ALIKE_IN_PLACE } else { ALIKE };
            (pair.similarity >= least).then_some((pair.similarity + IN_PLACE * in_place as f64, pair))
        })
        .collect();
    for at in by_worth(&worth, old, new) {
        let pair = worth[at].1;
        if links.both_free(pair.old, pair.new) {
            links.join(pair.old, pair.new);
        }
    }
}

/// For each article the partners of the nearest linked articles before and behind it.
fn gaps(links: &[Vec<usize>]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut gaps = vec![(None, None); links.len()];
    let mut last = None;
    for (gap, links) in gaps.iter_mut().zip(links) {
        gap.0 = last;
        last = links.first().copied().or(last);
    }
    last = None;
    for (gap, links) in gaps.iter_mut().zip(links).rev() {
        gap.1 = last;
        last = links.first().copied().or(last);
    }
    gaps
}

/// Links what is left over to the articles that it was cut out of, or put into.
fn parts(old: &Side<'_>, new: &Side<'_>, pairs: &[Pair], links: &mut Links) {
    let long = |letters: &String| letters.chars().count() >= SHORTEST_PART;
    let worth: Vec<(f64, &Pair)> = pairs
        .iter()
        .filter_map(|pair| {
            let (a, b) = (&old.prepared[pair.old], &new.prepared[pair.new]);
            let cut_out = match links.of_new[pair.new].is_empty() && long(&new.letters[pair.new]) {
                true => b.within(a),
                false => 0.0,
            };
            let put_in = match links.of_old[pair.old].is_empty() && long(&old.letters[pair.old]) {
                true => a.within(b),
                false => 0.0,
            };
            let share = cut_out.max(put_in);
            (share >= PART).then_some((share, pair))
        })
        .collect();
    for at in by_worth(&worth, old, new) {
        let (
            share,
            &Pair {
                old: one, new: other, ..
            },
        ) = worth[at];
        let (news, olds) = (&links.of_old[one], &links.of_new[other]);
        let fits = match (news.is_empty(), olds.is_empty()) {
            (true, true) => share >= PART_ALONE,
            // The new article is a further part of the old one, which is not itself one of several that were merged.
            (false, true) => {
                let alone = news.iter().all(|&at| links.of_new[at].len() == 1);
                alone && gains(&old.prepared[one], new, news, other)
            }
            (true, false) => {
                let alone = olds.iter().all(|&at| links.of_old[at].len() == 1);
                alone && gains(&new.prepared[other], old, olds, one)
            }
            (false, false) => false,
        };
        if fits {
            links.join(one, other);
        }
    }
}

/// Whether a whole is more alike to its parts with one more.
fn gains(whole: &Prepared, side: &Side<'_>, parts: &[usize], more: usize) -> bool {
    let mut with: Vec<usize> = parts.to_vec();
    with.push(more);
    with.sort_unstable();
    let alike = |at: &[usize]| whole.similarity(&Prepared::of(&side.text(at)));
    alike(&with) >= alike(parts) + GAIN
}

/// The links as changes.
fn written(old: &Side<'_>, new: &Side<'_>, links: &Links) -> Vec<ArticleChange> {
    let texts = |side: &Side<'_>, at: &[usize]| at.iter().map(|&at| side.articles[at].clone()).collect::<Vec<_>>();
    // Behind which old article a change stands, and the place of its first new one.
    let mut changes: Vec<((usize, usize), ArticleChange)> = Vec::new();
    let mut follows = 0;
    for (at, olds) in links.of_new.iter().enumerate() {
        match olds.first() {
            Some(&first) => follows = first + 1,
            None => changes.push((
                (follows, at + 1),
                ArticleChange {
                    fate: Fate::New,
                    old: Vec::new(),
                    new: texts(new, &[at]),
                    similarity: 0.0,
                    references_only: false,
                },
            )),
        }
    }
    for (at, news) in links.of_old.iter().enumerate() {
        let olds = match news.first() {
            Some(&first) => links.of_new[first].as_slice(),
            None => &[at],
        };
        // Several that were merged are told with the first of them.
        if olds.first() != Some(&at) {
            continue;
        }
        let numbers =
            |side: &Side<'_>, at: &[usize]| at.iter().map(|&at| side.articles[at].article).collect::<Vec<_>>();
        let is_equal = matches!((olds, news.as_slice()), ([a], [b]) if old.letters[*a] == new.letters[*b]);
        let fate = match (olds.len(), news.len()) {
            (_, 0) => Fate::Gone,
            (1, 1) if is_equal && numbers(old, olds) == numbers(new, news) => Fate::Same,
            (1, 1) if is_equal => Fate::Renumbered,
            (1, 1) => Fate::Changed,
            (1, _) => Fate::Split,
            _ => Fate::Merged,
        };
        let (before, after) = (old.text(olds), new.text(news));
        changes.push((
            (at + 1, 0),
            ArticleChange {
                fate,
                old: texts(old, olds),
                new: texts(new, news),
                similarity: match news.is_empty() {
                    true => 0.0,
                    false => Prepared::of(&before).similarity(&Prepared::of(&after)),
                },
                references_only: fate == Fate::Changed && without_references(&before) == without_references(&after),
            },
        ));
    }
    changes.sort_by_key(|(place, _)| *place);
    changes.into_iter().map(|(_, change)| change).collect()
}

/// The letters of a text, with every 第X条 the same.
fn without_references(text: &str) -> String {
    let letters = letters(text);
    let digits = |from: usize| {
        let rest = letters.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(|c| c.is_ascii_digit() || number::is_chinese_digit(**c))
            .count()
    };
    let (mut out, mut at) = (String::new(), 0);
    while let Some(&c) = letters.get(at) {
        at += 1;
        out.push(c);
        let end = at + digits(at);
        if c == '第' && end > at && letters.get(end) == Some(&'条') {
            at = end;
            if letters.get(end + 1) == Some(&'之') && digits(end + 2) > 0 {
                out.push('条');
                at = end + 2 + digits(end + 2);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Article;

    fn law(texts: &[(u32, &str)]) -> LawText {
        let article = |&(number, text): &(u32, &str)| ArticleText {
            article: Article { number, of: 0 },
            line: 0,
            text: text.to_owned(),
        };
        LawText {
            articles: texts.iter().map(article).collect(),
        }
    }

    fn told(changes: &[ArticleChange]) -> Vec<String> {
        let numbers = |side: &[ArticleText]| {
            let numbers = side.iter().map(|one| one.article.number.to_string());
            numbers.collect::<Vec<_>>().join("+")
        };
        let line = |change: &ArticleChange| {
            let word = change.fate.word();
            format!("{word} {}>{}", numbers(&change.old), numbers(&change.new))
        };
        changes.iter().map(line).collect()
    }

    #[test]
    fn references_alone() {
        let old = law(&[(1, "依照本法第三十条、第三十一条之一的规定处理。")]);
        let new = law(&[(1, "依照本法第四十条、第4条的规定处理。")]);
        assert!(changes(&old, &new)[0].references_only);
        let new = law(&[(1, "依照本法第四十条、第四十一条的规定处罚。")]);
        assert!(!changes(&old, &new)[0].references_only);
    }

    #[test]
    fn equal_texts_go_in_pairs() {
        let old = law(&[(1, "甲"), (2, "略。"), (3, "略"), (4, "乙")]);
        let new = law(&[(1, "略"), (2, "略"), (3, "甲"), (4, "乙。")]);
        let told = told(&changes(&old, &new));
        assert_eq!(told, ["renumbered 1>3", "same 2>2", "renumbered 3>1", "same 4>4"]);
    }
}

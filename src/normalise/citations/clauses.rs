//! Clauses: 第四章第二十一条第一款第（三）（五）项 and lists of them, as places in a law.
//!
//! Must not know where in a text a clause may stand.

use crate::model::{Article, Citation};
use crate::normalise::number;

use super::words::{eat, head, trim, value};
use super::{MOST_NUMBERS, law};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// 编 章 节: where the article stands, which its number says already.
    Part,
    Article,
    Paragraph,
    Item,
    Point,
}

/// The place with one unit set and the units below it cleared.
fn set(place: &Citation, unit: Unit, n: u32, of: u32) -> Citation {
    let mut place = Citation {
        to: None,
        part: place.part.clone().filter(|part| part.starts_with('附')),
        ..place.clone()
    };
    if unit == Unit::Article {
        place.article = Some(Article { number: n, of });
    }
    let below = [
        (Unit::Paragraph, &mut place.paragraph),
        (Unit::Item, &mut place.item),
        (Unit::Point, &mut place.point),
    ];
    for (at, slot) in below {
        if at >= unit && unit > Unit::Part {
            *slot = Some(n).filter(|_| at == unit);
        }
    }
    place
}

pub(super) fn first_number(text: &str) -> Option<(u32, &str)> {
    let text = trim(text);
    let (digits, rest) = match head(text, 9, |c| c.is_ascii_digit()) {
        ("", _) => head(text, 9, number::is_chinese_digit),
        arabic => arabic,
    };
    Some((value(digits)?, trim(rest)))
}

/// A number in brackets or a circle.
pub(super) fn enclosed(text: &str) -> Option<(u32, &str)> {
    let text = trim(text);
    if let Some(inner) = text.strip_prefix('(') {
        let (n, rest) = first_number(inner)?;
        return Some((n, trim(rest.strip_prefix(')')?)));
    }
    let c = text.chars().next()?;
    let (first, _) = [('㈠', '㈩'), ('①', '⑳'), ('⑴', '⒇')]
        .into_iter()
        .find(|&(first, last)| (first..=last).contains(&c))?;
    Some((c as u32 - first as u32 + 1, text.get(c.len_utf8()..)?))
}

/// What joins two references, and whether it makes a range of them.
pub(super) fn joint(text: &str) -> Option<(&str, bool)> {
    let text = trim(text);
    let (rest, range) = match eat(text, "至 到 -- - ~") {
        Some(rest) => (rest, true),
        None => (eat(text, "、 以及 或者 和 与 及 或 并 , ; /")?, false),
    };
    Some((
        eat(rest, "和 及 以及").unwrap_or(rest).trim_start_matches([' ', '\n']),
        range,
    ))
}

fn unit(text: &str) -> Option<(Unit, &str)> {
    let units = [
        (Unit::Article, "条"),
        (Unit::Paragraph, "款"),
        (Unit::Item, "项"),
        (Unit::Point, "目"),
        (Unit::Part, "编 章 节 点 分编 部分"),
    ];
    let (unit, rest) = units
        .into_iter()
        .find_map(|(unit, words)| Some((unit, eat(text, words)?)))?;
    let project = (unit == Unit::Item && rest.starts_with('目')) || (unit == Unit::Point && rest.starts_with('录'));
    (!project).then_some((unit, rest))
}

/// One 第…条 or 第…项, with all its numbers; the flag says that a number ends a range.
struct Reference {
    unit: Unit,
    numbers: Vec<(u32, bool)>,
    of: u32,
}

/// The reference here. Without 第 only a number in brackets counts, below an article, or one that carries a list on.
fn reference(text: &str, above: Unit, carries: bool) -> Option<(Reference, &str)> {
    let text = trim(text);
    let ordinal = text.strip_prefix('第');
    let from = ordinal.unwrap_or(text);
    let bracketed = enclosed(from).is_some();
    if ordinal.is_none() && !carries && (!bracketed || above < Unit::Article) {
        return None;
    }
    let figure = |text| if bracketed { enclosed(text) } else { first_number(text) };
    let (n, mut rest) = figure(from)?;
    let mut numbers = vec![(n, false)];
    while unit(rest).is_none() && numbers.len() < MOST_NUMBERS {
        let (next, range) = joint(rest).unwrap_or((rest, false));
        let next = next.strip_prefix('第').unwrap_or(next);
        let Some((n, after)) = figure(next).filter(|_| bracketed || next.len() < rest.len()) else {
            break;
        };
        numbers.push((n, range));
        rest = after;
    }
    let Some((unit, mut rest)) = unit(rest) else {
        // 第九条（一） names a subparagraph only where no text follows: that would be the quoted list.
        let stops = rest.is_empty() || rest.starts_with(['、', ',', ';', '。', ')', '\n', ':', '的', '规']);
        let item = Reference {
            unit: Unit::Item,
            numbers,
            of: 0,
        };
        return (bracketed && stops && above >= Unit::Article).then_some((item, rest));
    };
    let mut of = 0;
    if unit == Unit::Article
        && let Some((n, after)) = trim(rest).strip_prefix('之').and_then(first_number)
    {
        (of, rest) = (n, after);
    }
    Some((Reference { unit, numbers, of }, rest))
}

/// One clause, as 第四章第二十一条第一款第（三）（五）项: its places in the law of `base` and its lowest unit. A clause that does not
/// start with an article keeps that of `base`.
pub(super) fn clause<'a>(text: &'a str, base: &Citation, carries: bool) -> Option<(Vec<Citation>, Unit, &'a str)> {
    let mut places = vec![base.clone()];
    let (mut last, mut rest, mut parts) = (Unit::Part, text, 0);
    loop {
        let above = if names_place(base) {
            last.max(Unit::Article)
        } else {
            last
        };
        let next = if parts > 0 && last == Unit::Part {
            rest.trim_start_matches([' ', '、', ','])
        } else {
            rest
        };
        let Some((reference, after)) = reference(next, above, carries && parts == 0) else {
            break;
        };
        if parts > 0 && reference.unit <= last && (last > Unit::Part || parts > 4) {
            break;
        }
        (last, rest, parts) = (reference.unit, after, parts + 1);
        let base = places.pop()?;
        for &(n, range) in &reference.numbers {
            join(&mut places, last, set(&base, last, n, reference.of), range);
        }
    }
    (last > Unit::Part).then_some((places, last, rest))
}

/// Whether an article stands here without 第 (7条, 7条第2款), and not a number of articles (20条意见).
fn bare_article(text: &str) -> bool {
    let (digits, rest) = head(trim(text), 4, |c| c.is_ascii_digit());
    let behind = rest.strip_prefix('条').filter(|_| !digits.is_empty());
    behind.is_some_and(|behind| {
        behind.is_empty()
            || behind.starts_with(['第', '之', '规', '的', '、', ',', ';', '。', '(', ')', '\n', ':', '《'])
    })
}

/// The parts and chapters that are named here where no article follows: 第二编第三章 is 第2编第3章.
pub(super) fn chapters(text: &str) -> Option<(String, &str)> {
    let (mut found, mut rest) = (String::new(), text);
    for _ in 0..MOST_NUMBERS {
        let (next, range) = joint(rest).filter(|_| !found.is_empty()).unwrap_or((rest, false));
        let joined = next.len() < rest.len();
        let Some((n, after)) = next.strip_prefix('第').and_then(first_number) else {
            break;
        };
        let Some(unit) = ["分编", "编", "章", "节", "部分"]
            .into_iter()
            .find(|unit| after.starts_with(unit))
        else {
            break;
        };
        found += if range {
            "至"
        } else if joined {
            "、"
        } else {
            ""
        };
        found += &format!("第{n}{unit}");
        rest = after.get(unit.len()..)?;
    }
    (!found.is_empty()).then_some((found, rest))
}

/// Clauses joined to a list. A later one keeps what it does not say: in 第三条第一款、第二款 the article.
pub(super) fn clauses<'a>(text: &'a str, base: &Citation) -> Option<(Vec<Citation>, &'a str)> {
    // 《建筑法》7条: behind a title the 第 may be left out.
    let bare = !base.title.is_empty() && bare_article(text);
    let (mut places, _, mut rest) = clause(text, base, bare)?;
    // A longer list is read on as clauses that follow without a title.
    for _ in 0..MOST_NUMBERS {
        let (next, range) = joint(rest).unwrap_or((rest, false));
        let carries = range || rest.starts_with('、');
        let Some((more, unit, after)) = clause(next, places.last()?, carries) else {
            break;
        };
        for (i, place) in more.into_iter().enumerate() {
            join(&mut places, unit, place, range && i == 0);
        }
        rest = after;
    }
    Some((places, rest))
}

/// Adds a place. A range is written out, so that 第三条至第五条 is 第三条、第四条、第五条; only a range of articles too long for
/// that stays one place from … to ….
fn join(places: &mut Vec<Citation>, unit: Unit, place: Citation, range: bool) {
    if let Some(first) = places.last_mut().filter(|_| range) {
        if let Some(between) = between(first, &place, unit) {
            places.extend(between);
        } else if first.article < place.article && first.article.is_some() {
            let law = law(&first.title, first.number.take());
            *first = Citation {
                article: first.article,
                to: place.article,
                label: first.label.take(),
                ..law
            };
            return;
        }
    }
    places.push(place);
}

/// What lies between the ends of a range: nothing where it runs backwards, `None` where it is too long or runs from one article to
/// the part of another (第五条第二款至第七条).
fn between(first: &Citation, last: &Citation, unit: Unit) -> Option<Vec<Citation>> {
    let most = MOST_NUMBERS as u32;
    if unit == Unit::Article {
        let (from, to) = (first.article?, last.article?);
        let bare = first.paragraph.is_none() && first.item.is_none();
        // 第一百二十条之一至之六; which articles 之… a longer range has, only the law itself knows.
        let (numbers, of): (_, fn(Article, u32) -> Article) = match (from.of, to.of) {
            (0, 0) => (from.number + 1..to.number, |_, n| Article { number: n, of: 0 }),
            (1.., 1..) if from.number == to.number => (from.of + 1..to.of, |from, n| Article { of: n, ..from }),
            _ => return None,
        };
        let article = |n| Citation {
            article: Some(of(from, n)),
            ..first.clone()
        };
        return (bare && numbers.len() < MOST_NUMBERS).then(|| numbers.map(article).collect());
    }
    let number = |place: &Citation| match unit {
        Unit::Part | Unit::Article => None,
        Unit::Paragraph => place.paragraph,
        Unit::Item => place.item,
        Unit::Point => place.point,
    };
    let (from, to) = (number(first)?, number(last)?);
    Some(
        (from + 1..to.min(from.saturating_add(most)))
            .map(|n| set(first, unit, n, 0))
            .collect(),
    )
}

/// Whether a place within the law is named.
pub(super) fn names_place(citation: &Citation) -> bool {
    let annex = citation.part.as_ref().is_some_and(|part| part.starts_with('附'));
    annex || citation.article.is_some() || citation.paragraph.is_some() || citation.item.is_some()
}

//! Two sets of legal bases.
//!
//! Must not know the laws themselves.
//!
//! One law at a time, and in it one article at a time, each looked up by its key: ten thousand bases cost no more than sorting them.
//! A basis that only one side gives is added or removed; more or fewer bases are neither better nor worse for anybody, so there is
//! no relation.

use std::collections::{BTreeMap, BTreeSet};

use super::{alike, change, judgement};
use crate::model::{Article, Citation, Detail, Judgement, Verdict, Why};

/// What one side cites of one law.
#[derive(Default)]
struct Law<'a> {
    numbers: BTreeSet<&'a str>,
    versions: BTreeSet<u32>,
    /// Each place once, in the order of the law.
    places: BTreeMap<Place<'a>, &'a Citation>,
}

/// Article, the last of a range, paragraph, subparagraph, point; the annex or chapter; what is said of it.
type Place<'a> = (
    Option<Article>,
    Option<Article>,
    Option<u32>,
    Option<u32>,
    Option<u32>,
    Option<&'a str>,
    Option<&'a str>,
);

type Laws<'a> = BTreeMap<&'a str, Law<'a>>;

/// A document number, a paragraph or the title of a numbered document that only one side gives is more detail; two different ones
/// contradict each other.
pub(super) fn compare(left: &[Citation], right: &[Citation]) -> Judgement {
    let (mut l, mut r) = (laws(left), laws(right));
    let (mut detail, mut finer) = (Detail::default(), false);
    let shared: Vec<&str> = l.keys().filter(|title| r.contains_key(*title)).copied().collect();
    let mut pairs: Vec<(&str, &str)> = shared.into_iter().map(|title| (title, title)).collect();
    pairs.extend(same_number(&l, &r));
    for (from, to) in pairs {
        let (Some(mut left), Some(mut right)) = (l.remove(from), r.remove(to)) else {
            continue;
        };
        finer |= left.numbers.is_empty() != right.numbers.is_empty();
        if let (Some(a), Some(b)) = (left.numbers.first(), right.numbers.first())
            && left.numbers.is_disjoint(&right.numbers)
        {
            detail.changed.push(change(marked(from), a, b));
        }
        finer |= left.versions.is_empty() != right.versions.is_empty();
        if let (Some(a), Some(b)) = (left.versions.first(), right.versions.first())
            && left.versions.is_disjoint(&right.versions)
        {
            detail
                .changed
                .push(change(marked(from), format!("{a}年"), format!("{b}年")));
        }
        finer |= open_parts(&mut left.places, &mut right.places);
        if from != to && (left.numbers.contains(from) || right.numbers.contains(to)) {
            // 国发〔2018〕3号 against 《国务院关于…的决定》（国发〔2018〕3号）.
            finer = true;
        } else if from != to {
            let number = left.numbers.intersection(&right.numbers).next().unwrap_or(&"");
            detail.changed.push(change(number, marked(from), marked(to)));
        }
        finer |= drop_alike(&mut left.places, &mut right.places);
        what_is_left(from, left.places, right.places, &mut detail);
    }
    let all = |laws: Laws<'_>| -> Vec<String> {
        let places = laws.into_values().flat_map(|law| law.places.into_values());
        places.map(ToString::to_string).collect()
    };
    detail.removed.extend(all(l));
    detail.added.extend(all(r));
    if detail != Detail::default() {
        return judgement(Verdict::Substantive, Why::Plain, detail);
    }
    alike(if finer { Why::MoreDetail } else { Why::Plain })
}

fn marked(title: &str) -> String {
    format!("《{title}》")
}

fn laws(citations: &[Citation]) -> Laws<'_> {
    let mut laws = Laws::new();
    for one in citations {
        let law = laws.entry(&one.title).or_default();
        law.numbers.extend(one.number.as_deref());
        law.versions.extend(one.version);
        let (part, said) = (one.part.as_deref(), one.said.as_deref());
        law.places.insert(
            (one.article, one.to, one.paragraph, one.item, one.point, part, said),
            one,
        );
    }
    laws
}

/// Laws that only one side names so, but that bear the same number. A number without its issuer may be anybody's.
fn same_number<'a>(left: &Laws<'a>, right: &Laws<'a>) -> Vec<(&'a str, &'a str)> {
    let numbered = |laws: &Laws<'a>, others: &Laws<'a>| -> BTreeMap<&'a str, &'a str> {
        let own = laws.iter().filter(|(title, _)| !others.contains_key(*title));
        own.flat_map(|(title, law)| law.numbers.iter().map(|&number| (number, *title)))
            .filter(|(number, _)| !number.starts_with(['令', '公', '通', '〔']))
            .collect()
    };
    let (l, r) = (numbered(left, right), numbered(right, left));
    l.into_iter()
        .filter_map(|(number, title)| Some((title, *r.get(number)?)))
        .collect()
}

/// Where only one side names annexes or chapters at all, that is more detail: they are left out of the places. Returns whether it is so.
fn open_parts<'a>(left: &mut BTreeMap<Place<'a>, &'a Citation>, right: &mut BTreeMap<Place<'a>, &'a Citation>) -> bool {
    let parts = |places: &BTreeMap<Place<'_>, &Citation>| places.keys().any(|place| place.5.is_some());
    let (l, r) = (parts(left), parts(right));
    if l == r || left.is_empty() || right.is_empty() {
        return false;
    }
    let places = if l { left } else { right };
    for (place, one) in std::mem::take(places) {
        let (a, to, p, i, point, _, said) = place;
        let open = (a, to, p, i, point, None, said);
        // The same article of two annexes is two places still.
        places.insert(if places.contains_key(&open) { place } else { open }, one);
    }
    true
}

/// Takes out the places that both sides give, and articles of which one side names no paragraph and the other does: that is the same
/// place said more exactly. Returns whether there were such.
fn drop_alike<'a>(left: &mut BTreeMap<Place<'a>, &'a Citation>, right: &mut BTreeMap<Place<'a>, &'a Citation>) -> bool {
    let mut finer = false;
    let articles: BTreeSet<_> = left.keys().filter_map(|place| Some((place.0?, place.1))).collect();
    let of = |places: &BTreeMap<Place<'a>, &Citation>, (article, to)| -> BTreeSet<Place<'a>> {
        let first = (Some(article), to, None, None, None, None, None);
        let found = places.range(first..).map(|(place, _)| *place);
        found.take_while(|place| (place.0, place.1) == (first.0, to)).collect()
    };
    for article in articles {
        let (l, r) = (of(left, article), of(right, article));
        if l != r && !r.is_empty() && (says_less(&l, &r) || says_less(&r, &l)) {
            finer = true;
            for place in l {
                left.remove(&place);
            }
            for place in r {
                right.remove(&place);
            }
        }
    }
    let both: Vec<Place<'_>> = left.keys().filter(|place| right.contains_key(place)).copied().collect();
    for place in both {
        left.remove(&place);
        right.remove(&place);
    }
    finer
}

/// Whether one side says no paragraph of an article, and nothing else than the other.
fn says_less(less: &BTreeSet<Place<'_>>, more: &BTreeSet<Place<'_>>) -> bool {
    // An annulled article or its proviso is another thing than the article.
    if less.iter().chain(more).any(|place| place.6.is_some()) {
        return false;
    }
    let whole = |place: &Place<'_>| place.2.is_none() && place.3.is_none();
    let open: BTreeSet<Place<'_>> = more
        .iter()
        .map(|&(a, to, _, item, point, part, said)| (a, to, None, item, point, part, said))
        .collect();
    (less.iter().all(whole) && !more.iter().any(whole)) || (less.iter().all(|place| place.2.is_none()) && *less == open)
}

/// Tells what only one side gives of a law: as changes as far as both sides have something, places of one article first.
fn what_is_left(
    title: &str,
    mut left: BTreeMap<Place<'_>, &Citation>,
    mut right: BTreeMap<Place<'_>, &Citation>,
    detail: &mut Detail,
) {
    let spelt = |one: &Citation| match one.place() {
        place if place.is_empty() => marked(title),
        place => place,
    };
    let mut tell = |from: &Citation, to: &Citation| {
        detail.changed.push(change(marked(title), spelt(from), spelt(to)));
    };
    let mut waiting: BTreeMap<Option<Article>, Vec<Place<'_>>> = BTreeMap::new();
    for place in right.keys().rev() {
        waiting.entry(place.0).or_default().push(*place);
    }
    left.retain(|place, from| {
        let to = waiting
            .get_mut(&place.0)
            .and_then(Vec::pop)
            .and_then(|to| right.remove(&to));
        to.is_none_or(|to| {
            tell(from, to);
            false
        })
    });
    let (mut from, mut to) = (left.into_values(), right.into_values());
    loop {
        match (from.next(), to.next()) {
            (Some(from), Some(to)) => tell(from, to),
            (Some(from), None) => detail.removed.push(from.to_string()),
            (None, Some(to)) => detail.added.push(to.to_string()),
            (None, None) => return,
        }
    }
}

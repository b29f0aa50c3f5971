//! Which citations an amendment touches: each citation of a law is held against the alignment of two of its versions.
//!
//! A citation counts as one of the old version unless it shows that it is of the new one: by its quotation, by the year that it names,
//! or by a number that only the new version has.
//!
//! Must not know where texts and lists come from.

use std::collections::{BTreeSet, HashMap};

use super::changes::changes;
use super::cited::{self, Lists};
use super::places::{self, Place, Places, Spot, Wanted};
use super::similar::{Prepared, letters};
use crate::model::{
    Article, ArticleChange, ArticleText, Citation, Edition, Fate, Happened, LawImpact, Touch, Touched, Version,
    has_gaps,
};
use crate::normalise::citations;

/// A quotation with fewer letters proves nothing.
const SHORTEST_QUOTE: usize = 8;
/// From this share on a quotation is of an article, and a paragraph is another one's successor.
const NEAR: f64 = 0.6;
/// So much nearer to the new article of the cited number is a quotation of the new version.
const CLEARLY_NEWER: f64 = 0.2;
/// Articles that are less alike are shown beside each other, but the new one is not to be cited unread.
const ALIKE: f64 = 0.5;
/// From this share on a paragraph is the successor of an article that stood between the same neighbours.
const ALIKE_IN_PLACE: f64 = 0.3;

/// A law that was amended.
pub struct Amendment<'a> {
    /// The titles that it is cited by, in any spelling; the first one names it.
    pub titles: Vec<String>,
    /// The title as the new version has it.
    pub full: String,
    /// The old version.
    pub old: &'a Version,
    /// The new version.
    pub new: &'a Version,
}

/// The alignment of both versions and, with lists, what cites the touched articles.
pub fn impact(amendment: &Amendment<'_>, lists: Option<Lists<'_>>) -> LawImpact {
    let (old, new) = (amendment.old, amendment.new);
    let text = |version: &'_ Version| version.text.clone().unwrap_or_default();
    let (old_text, new_text) = (text(old), text(new));
    let changes = changes(&old_text, &new_text);
    let titles: BTreeSet<String> = amendment.titles.iter().map(|title| citations::title(title)).collect();
    let numbers: BTreeSet<String> = [old, new].into_iter().flat_map(own_numbers).collect();
    let cited = lists.map_or_else(Vec::new, |lists| {
        let of_law = |citation: &Citation, _: bool| {
            // A document number that stands for the title; beside another title it may be a slip of the pen.
            titles.contains(&citation.title)
                || (citation.number.as_ref() == Some(&citation.title) && numbers.contains(&citation.title))
        };
        let held = Held::of(&changes, old, new);
        let mut known: HashMap<Citation, Vec<Verdict>> = HashMap::new();
        let mut cited: Vec<Touched> = Vec::new();
        for found in lists.cited(&of_law) {
            let verdicts = known
                .entry(found.citation.clone())
                .or_insert_with(|| held.verdicts(&found.citation));
            let passage = lists.passage(found);
            cited.extend(verdicts.iter().map(|verdict| Touched {
                passage: passage.clone(),
                touch: verdict.touch,
                change: verdict.change,
                instead: verdict.instead.clone(),
                old: verdict.old.clone(),
                new: verdict.new.clone(),
            }));
        }
        cited.sort_by(|a, b| {
            let touch = rank(a.touch).cmp(&rank(b.touch));
            touch
                .then_with(|| cited::order(&a.passage, &b.passage))
                .then_with(|| a.change.cmp(&b.change))
        });
        cited
    });
    LawImpact {
        title: titles_first(&amendment.titles),
        full: amendment.full.clone(),
        old: edition(old),
        new: edition(new),
        changes,
        rows: lists.map(|lists| lists.catalogue.rows.len()),
        cited,
    }
}

fn titles_first(titles: &[String]) -> String {
    titles.first().map(|title| citations::title(title)).unwrap_or_default()
}

fn rank(touch: Touch) -> usize {
    Touch::ALL
        .iter()
        .position(|known| *known == touch)
        .unwrap_or(Touch::ALL.len())
}

fn edition(version: &Version) -> Edition {
    Edition {
        day: version.day,
        in_force: version.in_force,
        file: version.files.first().map(|file| file.to_string()).unwrap_or_default(),
        articles: version.text.as_ref().map_or(0, |text| text.articles.len()),
        lacks: version.lacks.clone(),
    }
}

/// The document numbers under which a law itself was made or written anew. One that only amended it amended others, too.
fn own_numbers(version: &Version) -> Vec<String> {
    let own = version
        .history
        .iter()
        .filter(|event| matches!(event.what, Happened::Made | Happened::Revised));
    own.filter_map(|event| event.number.clone()).collect()
}

/// What became of one cited article.
#[derive(Clone)]
struct Verdict {
    touch: Touch,
    change: Option<usize>,
    instead: Vec<Citation>,
    old: String,
    new: String,
}

impl Verdict {
    fn of(touch: Touch) -> Verdict {
        Verdict {
            touch,
            change: None,
            instead: Vec::new(),
            old: String::new(),
            new: String::new(),
        }
    }
}

/// The alignment, ready to be asked.
struct Held<'a> {
    changes: &'a [ArticleChange],
    /// Article → the change that it stands in, with its text; of two with one number the first counts.
    old: HashMap<Article, (usize, &'a ArticleText)>,
    new: HashMap<Article, &'a ArticleText>,
    /// The places of the new version.
    places: Places<'a>,
    years: [Option<u32>; 2],
    /// Whether articles are missing in the old text, in the new one.
    gaps: [bool; 2],
}

impl<'a> Held<'a> {
    fn of(changes: &'a [ArticleChange], old: &Version, new: &Version) -> Held<'a> {
        let mut held = Held {
            changes,
            old: HashMap::new(),
            new: HashMap::new(),
            places: Places::of(changes.iter().flat_map(|change| &change.new)),
            years: [old, new].map(|version| version.day.map(|day| u32::from(day.year))),
            gaps: [old, new].map(|version| has_gaps(&version.lacks)),
        };
        for (at, change) in changes.iter().enumerate() {
            for article in &change.old {
                held.old.entry(article.article).or_insert((at, article));
            }
            for article in &change.new {
                held.new.entry(article.article).or_insert(article);
            }
        }
        held
    }

    /// What became of each article that a citation names.
    fn verdicts(&self, citation: &Citation) -> Vec<Verdict> {
        let Some(first) = citation.article else {
            return vec![Verdict::of(Touch::Whole)];
        };
        if self.is_current(citation) {
            return vec![Verdict::of(Touch::Current)];
        }
        let mut articles: Vec<Article> = match citation.to {
            Some(to) => self
                .old
                .keys()
                .copied()
                .filter(|one| (first..=to).contains(one))
                .collect(),
            None => vec![first],
        };
        articles.sort_unstable();
        if articles.is_empty() {
            articles.push(first);
        }
        articles
            .into_iter()
            .map(|article| self.verdict(citation, article))
            .collect()
    }

    /// Whether a citation shows that it is of the new version.
    fn is_current(&self, citation: &Citation) -> bool {
        if let ([_, Some(new)], Some(year)) = (self.years, citation.version)
            && self.years[0] != Some(year)
        {
            return year >= new;
        }
        let (Some(article), Some(quote)) = (citation.article, &citation.quote) else {
            return false;
        };
        if letters(quote).len() < SHORTEST_QUOTE {
            return false;
        }
        let words: String = letters(quote).into_iter().collect();
        let says = |text: &str| letters(text).into_iter().collect::<String>().contains(&words);
        let (Some(new), old) = (self.new.get(&article), self.old.get(&article)) else {
            return false;
        };
        let old = old.map_or("", |(_, old)| old.text.as_str());
        match (says(old), says(&new.text)) {
            (false, true) => true,
            (true, _) => false,
            // Words were left out, or are a little off.
            (false, false) => {
                let quote = Prepared::of(quote);
                let [old, new] = [old, &new.text].map(|text| quote.within(&Prepared::of(text)));
                new >= NEAR && new >= old + CLEARLY_NEWER
            }
        }
    }

    fn verdict(&self, citation: &Citation, article: Article) -> Verdict {
        let Some(&(at, old)) = self.old.get(&article) else {
            return Verdict::of(match (self.new.contains_key(&article), self.gaps) {
                (true, [false, _]) => Touch::Current,
                (false, [false, false]) => Touch::NoSuchPlace,
                _ => Touch::Unknown,
            });
        };
        let change = &self.changes[at];
        let spots = places::spots(old);
        let exact = citation.to.is_none() && (citation.paragraph.is_some() || citation.item.is_some());
        let cited = match exact {
            true => places::spot(&spots, citation.paragraph, citation.item),
            false => None,
        };
        let nowhere = exact && cited.is_none();
        let verdict = |touch, instead, new: &str| Verdict {
            touch,
            change: Some(at),
            instead,
            old: cited.map_or_else(|| old.text.clone(), |spot| spot.text.to_owned()),
            new: new.to_owned(),
        };
        let all = || {
            let texts: Vec<&str> = change.new.iter().map(|one| one.text.as_str()).collect();
            texts.join("\n")
        };
        let whole = |touch| {
            let same = change.new.len() == 1 && change.new[0].article == article;
            // What is hardly alike may be another matter in the old place: it is shown, not proposed.
            let instead = match same || change.similarity < ALIKE {
                true => Vec::new(),
                false => change
                    .new
                    .iter()
                    .map(|one| self.placed(citation, one.article, None))
                    .collect(),
            };
            verdict(touch, instead, &all())
        };
        // What stands at one place of the new version now.
        let at_place = |now: Article, spot: &Spot<'_>, same: Touch, other: Touch| {
            let stays = match cited {
                Some(cited) => now == article && (spot.paragraph, spot.item) == (cited.paragraph, cited.item),
                None => now == article,
            };
            match stays {
                true => verdict(same, Vec::new(), spot.text),
                false => verdict(other, vec![self.placed(citation, now, Some(spot))], spot.text),
            }
        };
        if nowhere {
            let here = self.new.get(&article).map(|new| places::spots(new));
            let here = here.and_then(|spots| places::spot(&spots, citation.paragraph, citation.item).map(drop));
            return verdict(
                match (here, self.gaps) {
                    (Some(()), [false, _]) => Touch::Current,
                    (None, [false, false]) => Touch::NoSuchPlace,
                    _ => Touch::Unknown,
                },
                Vec::new(),
                "",
            );
        }
        match change.fate {
            Fate::Same => verdict(Touch::Same, Vec::new(), &old.text),
            Fate::Gone => match self.absorbed(citation, at, old, cited) {
                Some((place, share)) if share >= ALIKE => {
                    at_place(place.article, &place.spot, Touch::Merged, Touch::Merged)
                }
                Some((place, _)) => verdict(Touch::Changed, Vec::new(), place.spot.text),
                None if self.gaps[1] => verdict(Touch::Unknown, Vec::new(), ""),
                None => verdict(Touch::Gone, Vec::new(), ""),
            },
            // The places within an article that only moved moved with it.
            Fate::Renumbered => {
                let moved = change.new.iter().map(|one| Citation {
                    article: Some(one.article),
                    to: None,
                    quote: None,
                    version: None,
                    ..citation.clone()
                });
                verdict(Touch::Renumbered, moved.collect(), &all())
            }
            Fate::New => Verdict::of(Touch::Current),
            Fate::Changed | Fate::Split | Fate::Merged => {
                let own = |article: Article| change.new.iter().any(|one| one.article == article);
                let Some(cited) = cited else {
                    let quote = self.quoted(citation, old).map(|quote| (quote, Wanted::Part));
                    // An article of one paragraph may be a paragraph among others now.
                    let text = || {
                        let alone = change.similarity < ALIKE && spots.iter().all(|spot| spot.paragraph == 1);
                        alone.then_some((old.text.as_str(), Wanted::Paragraph))
                    };
                    let found = quote
                        .or_else(text)
                        .and_then(|(text, wanted)| self.places.find(text, wanted, NEAR, own));
                    return match found {
                        Some((place, _)) => at_place(place.article, &place.spot, Touch::Changed, Touch::Changed),
                        None => whole(touch(change.fate)),
                    };
                };
                // The paragraph may live on as it was.
                let lives_on = |one: &'a ArticleText| {
                    let spots = places::spots(one);
                    let same: Vec<Spot<'a>> = spots.into_iter().filter(|spot| same_words(spot, &cited)).collect();
                    let here = same.iter().position(|spot| spot.paragraph == cited.paragraph);
                    same.into_iter().nth(here.unwrap_or(0)).map(|spot| (one.article, spot))
                };
                if let Some((now, spot)) = change.new.iter().find_map(lives_on) {
                    return at_place(now, &spot, Touch::Elsewhere, Touch::Renumbered);
                }
                let wanted = match cited.item {
                    Some(_) => Wanted::Item,
                    None => Wanted::Paragraph,
                };
                match self.places.find(cited.words(), wanted, NEAR, own) {
                    Some((place, _)) if same_words(&place.spot, &cited) => {
                        at_place(place.article, &place.spot, Touch::Elsewhere, Touch::Renumbered)
                    }
                    Some((place, _)) => at_place(place.article, &place.spot, Touch::Changed, Touch::Changed),
                    None => whole(touch(change.fate)),
                }
            }
        }
    }

    /// The quotation of a citation, where it is one of the old article.
    fn quoted<'q>(&self, citation: &'q Citation, old: &ArticleText) -> Option<&'q str> {
        let quote = citation.quote.as_deref().filter(|_| citation.to.is_none())?;
        let of_old = || Prepared::of(quote).within(&Prepared::of(&old.text)) >= NEAR;
        (letters(quote).len() >= SHORTEST_QUOTE && of_old()).then_some(quote)
    }

    /// The paragraph of the new version that an article without a successor went into, or what is cited of it; and how alike they are.
    fn absorbed(
        &self,
        citation: &Citation,
        at: usize,
        old: &'a ArticleText,
        cited: Option<Spot<'a>>,
    ) -> Option<(&Place<'a>, f64)> {
        let (text, wanted) = match (cited, self.quoted(citation, old)) {
            (Some(cited), _) if cited.item.is_none() => (cited.text, Wanted::Paragraph),
            (None, Some(quote)) => (quote, Wanted::Part),
            (None, None) => (old.text.as_str(), Wanted::Paragraph),
            // A subparagraph alone says too little.
            _ => return None,
        };
        let (before, behind) = (self.changes.get(..at)?, self.changes.get(at + 1..)?);
        let both = |change: &&ArticleChange| !change.old.is_empty() && !change.new.is_empty();
        let from = before.iter().rfind(both).and_then(|change| change.new.last());
        let to = behind.iter().find(both).and_then(|change| change.new.first());
        let between = |article: Article| {
            from.is_none_or(|from| from.article <= article) && to.is_none_or(|to| article <= to.article)
        };
        let found = self.places.find(text, wanted, ALIKE_IN_PLACE, between)?;
        let in_place = wanted == Wanted::Paragraph && between(found.0.article);
        (in_place || found.1 >= NEAR).then_some(found)
    }

    /// The same law cited at another place. Where only the article is known, nothing is said of the paragraph.
    fn placed(&self, citation: &Citation, article: Article, spot: Option<&Spot<'_>>) -> Citation {
        Citation {
            article: Some(article),
            to: None,
            // A subparagraph is cited without its paragraph where it was before, and stands in the first. The only paragraph of an article
            // has no number.
            paragraph: spot.and_then(|spot| match (citation.paragraph, spot.item, spot.paragraph) {
                (None, Some(_), 1) => None,
                _ if !self.places.has_several(article) => None,
                _ => Some(spot.paragraph),
            }),
            item: spot.and_then(|spot| spot.item),
            point: spot.and(citation.point),
            quote: None,
            version: None,
            ..citation.clone()
        }
    }
}

fn touch(fate: Fate) -> Touch {
    match fate {
        Fate::Split => Touch::Split,
        Fate::Merged => Touch::Merged,
        _ => Touch::Changed,
    }
}

/// Whether two places say the same, whatever their number: （三） counts for nothing.
fn same_words(a: &Spot<'_>, b: &Spot<'_>) -> bool {
    a.item.is_some() == b.item.is_some() && letters(a.words()) == letters(b.words())
}

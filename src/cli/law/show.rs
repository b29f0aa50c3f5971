//! `tongban law show`: an article, or what is known of a law.
//!
//! Must not know files.

use std::path::Path;

use super::super::args::LawShowArgs;
use super::super::workspace::Workspace;
use super::super::{Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::law::{Library, paragraphs};
use crate::model::{ArticleText, Citation, Day, Lack, Law, Repeal, Version};
use crate::normalise::citations;
use crate::report::escape::terminal;

pub(super) fn run(session: &Session, args: &LawShowArgs) -> Result<Outcome> {
    let workspace = Workspace::settings(Path::new("."))?;
    let canonical = citations::title(&args.title);
    let wanted = |title: &str| title == args.title || title == canonical;
    let base = super::library(session, &workspace, &args.laws, wanted)?;
    let library = &base.library;
    let lines = match library.law(&args.title) {
        Some(law) => match &args.place {
            Some(place) => article(session, law, place, args.laws.as_of)?,
            None => overview(session, law, args.laws.as_of),
        },
        None => vec![gone(session, library, &args.title)?],
    };
    session.write_out(None, &[], false, |out| {
        for line in &lines {
            writeln!(out, "{}", terminal(line))?;
        }
        Ok(())
    })?;
    Ok(match base.incomplete {
        true => Outcome::Failed,
        false => Outcome::Clean,
    })
}

/// What is said of a law that the library has no text of: who repealed it, else the titles that are like it.
fn gone(session: &Session, library: &Library, title: &str) -> Result<String> {
    if let Some(repeal) = library.repeal_of(title) {
        let text = session.messages.text("law-no-text");
        return Ok(format!(
            "{}: {text}{}",
            citations::title(title),
            repealed(session, repeal)
        ));
    }
    let near = library.near(title);
    let first = near.first().copied();
    let named = match near.is_empty() {
        true => title.to_owned(),
        false => {
            let args = [("title", title.to_owned()), ("near", near.join(" "))];
            session.messages.with("law-near", &args)
        }
    };
    Err(Error::plain(Kind::UnknownName, named).meant(title, first))
}

fn repealed(session: &Session, repeal: &Repeal) -> String {
    let args = [
        ("dated", yes(repeal.day.is_some())),
        ("day", repeal.day.map(|day| day.to_string()).unwrap_or_default()),
        ("by", format!("《{}》", repeal.by)),
    ];
    session.messages.with("law-repealed", &args)
}

/// A word that messages tell cases apart by.
fn yes(so: bool) -> String {
    if so { "yes" } else { "no" }.to_owned()
}

/// Title, rank, end and all versions.
fn overview(session: &Session, law: &Law, as_of: Option<Day>) -> Vec<String> {
    let mut lines = head(session, law, as_of);
    let counts = law.as_of(as_of);
    for version in &law.versions {
        let mark = match counts == Some(version) {
            true => "*",
            false => " ",
        };
        lines.push(format!("{mark} {}", described(session, version)));
        for lack in &version.lacks {
            lines.push(format!("    {}", lacking(session, lack)));
        }
        lines.extend(version.files.iter().map(|file| format!("    {file}")));
        lines.extend(version.history.iter().map(|event| format!("    {}", event.text)));
    }
    lines
}

fn head(session: &Session, law: &Law, as_of: Option<Day>) -> Vec<String> {
    let level = law
        .level
        .map(|level| session.messages.text(&format!("level-{}", level.word())));
    let known: Vec<String> = level.into_iter().chain(law.region.clone()).collect();
    let mut lines = vec![match known.is_empty() {
        true => law.full.clone(),
        false => format!("{} ({})", law.full, known.join(", ")),
    }];
    if let Some(repeal) = law.repealed.as_ref().filter(|_| law.is_repealed(as_of)) {
        lines.push(repealed(session, repeal));
    }
    lines
}

/// `2019-04-23 …`: the day, from when it is in force, how many articles.
fn described(session: &Session, version: &Version) -> String {
    let day = version.day.map(|day| day.to_string());
    let count = version.text.as_ref().map_or(0, |text| text.articles.len());
    let args = [
        ("day", day.unwrap_or_else(|| session.messages.text("law-no-day"))),
        ("dated", yes(version.since().is_some())),
        ("since", version.since().map(|day| day.to_string()).unwrap_or_default()),
        ("count", count.to_string()),
    ];
    session.messages.with("law-version", &args)
}

fn lacking(session: &Session, lack: &Lack) -> String {
    let (word, list) = match lack {
        Lack::NoArticles => ("no-articles", String::new()),
        Lack::Gap(numbers) => ("gap", runs(numbers)),
        Lack::CutOff => ("cut-off", String::new()),
        Lack::Twice(articles) => {
            let articles: Vec<String> = articles.iter().map(ToString::to_string).collect();
            ("twice", articles.join(" "))
        }
    };
    session.messages.with(&format!("law-lack-{word}"), &[("list", list)])
}

/// Numbers in order, those that follow each other as one run: `2-50 53`.
fn runs(numbers: &[u32]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        })
    });
    runs.collect::<Vec<_>>().join(" ")
}

/// An article, or the paragraph or subparagraph of it that is asked for.
fn article(session: &Session, law: &Law, place: &str, as_of: Option<Day>) -> Result<Vec<String>> {
    let no = |reason, args| Error::why(Kind::UnknownName, Path::new(""), reason, args);
    let wanted = citations::parse(&format!("《{}》{place}", law.title));
    let asked = wanted
        .first()
        .and_then(|wanted| Some((wanted, wanted.article?)))
        .ok_or_else(|| no("law-place", vec![("place", place.to_owned())]));
    let (wanted, number) = asked?;
    let version = law.as_of(as_of).ok_or_else(|| {
        let days = law.versions.iter().filter_map(|version| version.since());
        no(
            "law-no-version",
            vec![("day", days.min().map(|day| day.to_string()).unwrap_or_default())],
        )
    })?;
    let text = version.text.as_ref();
    let found = text.and_then(|text| text.article(number)).ok_or_else(|| {
        let last = text.and_then(|text| text.articles.iter().map(|one| one.article).max());
        let args = vec![
            ("place", citations::article_in_words(number)),
            ("last", last.map(citations::article_in_words).unwrap_or_default()),
            ("whole", yes(version.is_whole())),
        ];
        no("law-no-article", args)
    })?;
    let mut lines = head(session, law, as_of);
    lines.push(described(session, version));
    lines.extend(version.lacks.iter().map(|lack| lacking(session, lack)));
    lines.push(String::new());
    lines.push(citations::place_in_words(wanted));
    let parts = part(found, wanted).ok_or_else(|| {
        let args = vec![
            ("place", citations::place_in_words(wanted)),
            ("count", paragraphs(found).len().to_string()),
        ];
        no("law-no-paragraph", args)
    })?;
    lines.extend(parts);
    Ok(lines)
}

/// The lines of an article that are asked for. A subparagraph without a paragraph is one of the first paragraph that has any.
fn part(article: &ArticleText, wanted: &Citation) -> Option<Vec<String>> {
    let all = paragraphs(article);
    let lines = |text: &str| text.lines().map(|line| format!("　　{line}")).collect();
    let at = |n: u32| all.get(usize::try_from(n).ok()?.checked_sub(1)?);
    let paragraph = match (wanted.paragraph, wanted.item) {
        (None, None) => return Some(lines(&article.text)),
        (None, Some(item)) => all.iter().find(|paragraph| paragraph.item(item).is_some())?,
        (Some(n), None) => return at(n).map(|paragraph| lines(paragraph.text)),
        (Some(n), Some(_)) => at(n)?,
    };
    let item = paragraph.item(wanted.item?)?;
    match wanted.point {
        Some(point) => item.point(point).map(lines),
        None => Some(lines(item.text)),
    }
}

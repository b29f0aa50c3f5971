//! Laws as bytes. What is written is taken apart field by field, so that a field that is new in the model cannot be forgotten here.
//!
//! Must not know where the bytes are kept.

use crate::model::{Article, Day, Event, Happened, Lack, Law, Level, Repeal, Version};

use super::bytes::{Reader, Writer};

const LEVELS: [Level; 9] = [
    Level::Constitution,
    Level::Law,
    Level::AdministrativeRegulation,
    Level::StateCouncilDecision,
    Level::LocalRegulation,
    Level::DepartmentRule,
    Level::LocalRule,
    Level::Interpretation,
    Level::Normative,
];

const HAPPENED: [Happened; 5] = [
    Happened::Made,
    Happened::Amended,
    Happened::Revised,
    Happened::InForce,
    Happened::Repealed,
];

/// An article of a version: its number, its line, and which of the law's texts it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outlined {
    pub article: Article,
    pub line: u32,
    pub text: u32,
}

/// The articles of each version of a law; none where the text of a version is not there.
pub(super) type Outline = Vec<Option<Vec<Outlined>>>;

/// A law without its texts, and the number of the first of them.
pub(super) fn law(law: &Law, first: u32) -> Vec<u8> {
    let Law {
        title,
        full,
        level,
        region,
        versions,
        repealed,
    } = law;
    let mut out = Writer::default();
    out.number(first);
    out.text(title);
    out.text(full);
    out.option(*level, |out, level| word(out, &LEVELS, level));
    out.option(region.as_deref(), Writer::text);
    out.all(versions, version);
    out.option(repealed.as_ref(), |out, Repeal { day, by }| {
        out.option(*day, write_day);
        out.text(by);
    });
    out.0
}

/// Reads [`law`].
pub(super) fn read_law(bytes: &[u8]) -> Option<(Law, u32)> {
    let mut from = Reader(bytes);
    let first = from.number()?;
    let law = Law {
        title: from.text()?.to_owned(),
        full: from.text()?.to_owned(),
        level: from.option(|from| read_word(from, &LEVELS))?,
        region: from.option(read_text)?,
        versions: from.all(read_version)?,
        repealed: from.option(|from| {
            let (day, by) = (from.option(read_day)?, read_text(from)?);
            Some(Repeal { day, by })
        })?,
    };
    from.0.is_empty().then_some((law, first))
}

/// The articles of all versions of a law.
pub(super) fn outline(outline: &Outline) -> Vec<u8> {
    let mut out = Writer::default();
    out.all(outline, |out, version| {
        out.option(version.as_deref(), |out, articles| {
            out.all(articles, |out, one| {
                let Outlined { article, line, text } = *one;
                write_article(out, article);
                out.number(line);
                out.number(text);
            });
        });
    });
    out.0
}

/// Reads [`outline`].
pub(super) fn read_outline(bytes: &[u8]) -> Option<Outline> {
    let mut from = Reader(bytes);
    let read_one = |from: &mut Reader<'_>| {
        let (article, line, text) = (read_article(from)?, from.number()?, from.number()?);
        Some(Outlined { article, line, text })
    };
    let outline = from.all(|from| from.option(|from| from.all(read_one)))?;
    from.0.is_empty().then_some(outline)
}

fn version(out: &mut Writer, version: &Version) {
    let Version {
        day,
        in_force,
        history,
        lacks,
        repeals,
        files,
        text: _,
    } = version;
    out.option(*day, write_day);
    out.option(*in_force, write_day);
    out.all(
        history,
        |out,
         Event {
             day,
             what,
             number,
             text,
         }| {
            write_day(out, *day);
            word(out, &HAPPENED, *what);
            out.option(number.as_deref(), Writer::text);
            out.text(text);
        },
    );
    out.all(lacks, |out, lack| match lack {
        Lack::NoArticles => out.number(0),
        Lack::Gap(numbers) => {
            out.number(1);
            out.all(numbers, |out, &number| out.number(number));
        }
        Lack::CutOff => out.number(2),
        Lack::Twice(articles) => {
            out.number(3);
            out.all(articles, |out, &article| write_article(out, article));
        }
    });
    out.all(repeals, |out, title| out.text(title));
    out.all(files, |out, file| out.text(file));
}

fn read_version(from: &mut Reader<'_>) -> Option<Version> {
    Some(Version {
        day: from.option(read_day)?,
        in_force: from.option(read_day)?,
        history: from.all(|from| {
            Some(Event {
                day: read_day(from)?,
                what: read_word(from, &HAPPENED)?,
                number: from.option(read_text)?,
                text: read_text(from)?,
            })
        })?,
        lacks: from.all(|from| {
            Some(match from.number()? {
                0 => Lack::NoArticles,
                1 => Lack::Gap(from.all(Reader::number)?),
                2 => Lack::CutOff,
                3 => Lack::Twice(from.all(read_article)?),
                _ => return None,
            })
        })?,
        repeals: from.all(read_text)?,
        files: from.all(|from| Some(from.text()?.into()))?,
        text: None,
    })
}

fn read_text(from: &mut Reader<'_>) -> Option<String> {
    from.text().map(str::to_owned)
}

fn write_day(out: &mut Writer, day: Day) {
    let Day { year, month, day } = day;
    out.number((u32::from(year) * 100 + u32::from(month)) * 100 + u32::from(day));
}

fn read_day(from: &mut Reader<'_>) -> Option<Day> {
    let number = from.number()?;
    let part = |number: u32| u8::try_from(number % 100).ok();
    Day::new(u16::try_from(number / 10_000).ok()?, part(number / 100)?, part(number)?)
}

fn write_article(out: &mut Writer, article: Article) {
    let Article { number, of } = article;
    out.number(number);
    out.number(of);
}

fn read_article(from: &mut Reader<'_>) -> Option<Article> {
    let (number, of) = (from.number()?, from.number()?);
    Some(Article { number, of })
}

/// One of a fixed list, by its place in it.
fn word<T: PartialEq>(out: &mut Writer, known: &[T], one: T) {
    let at = known.iter().position(|known| *known == one);
    out.number(at.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX));
}

fn read_word<T: Copy>(from: &mut Reader<'_>, known: &[T]) -> Option<T> {
    known.get(from.number()? as usize).copied()
}

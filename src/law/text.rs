//! One law text in Markdown: its title, the lines under it, its articles.
//!
//! Two shapes are read: `第一条 …` (LawRefBook; lines of history end at `<!-- INFO END -->`) and `**第一条**　…` (just-laws).
//! What belongs to no article: headings, what stands between a heading and the next article, and annexes (附件, 附表), even if
//! they have articles of their own.
//!
//! Must not know other texts of the same law.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Article, ArticleText, Day, Event, Happened, Lack, LawText, Level};
use crate::normalise::citations;
use crate::normalise::fold;
use crate::normalise::number;

use super::heading;

/// What one file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The canonical title; empty for a part of a code whose title stands in another file of the folder.
    pub title: String,
    /// The title as the text has it.
    pub full: String,
    /// Whether it is one part (第二编) of a code whose other parts are files of the same folder.
    pub part: bool,
    /// Its rank, where title, history or folder tell it.
    pub level: Option<Level>,
    /// The place that a local law is of.
    pub region: Option<String>,
    /// The day of the file's name, else of the last amendment under the title.
    pub day: Option<Day>,
    /// The day from which it is in force, as its text says.
    pub in_force: Option<Day>,
    /// The lines under the title.
    pub history: Vec<Event>,
    /// Titles that its last articles repeal.
    pub repeals: Vec<String>,
    /// The articles.
    pub text: LawText,
    /// What is missing.
    pub lacks: Vec<Lack>,
    /// The file.
    pub file: Arc<str>,
}

/// Reads a law text. `file` is its path below the library's folder, with `/`: names of files carry the day, names of folders the
/// level. None for a text that is no law (an index page, a readme, a template).
pub fn read(markdown: &str, file: &str) -> Option<Read> {
    let mut reader = Reader::default();
    let mut in_front = matches!(markdown.trim_start_matches('\u{FEFF}').lines().next(), Some("---"));
    for (at, line) in markdown.lines().enumerate() {
        let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'));
        if in_front {
            in_front = at == 0 || line != "---";
            // Pages that a site does not show are no laws.
            if in_front && line == "bookHidden: true" {
                return None;
            }
            continue;
        }
        reader.line(line, u32::try_from(at + 1).unwrap_or(u32::MAX));
    }
    reader.finish(file)
}

/// Where in a text a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    /// Before the first article.
    #[default]
    Head,
    /// In an article.
    Article,
    /// Behind a heading, before its first article.
    Heading,
    /// In an annex.
    Annex,
}

#[derive(Default)]
struct Reader {
    at: At,
    titles: Vec<String>,
    /// What stands before the first article.
    lines: Vec<String>,
    /// How many of these stand before the mark that ends the history.
    history: Option<usize>,
    articles: Vec<ArticleText>,
    /// Quotation marks that are open in the article.
    quotes: i32,
}

impl Reader {
    fn line(&mut self, line: &str, number: u32) {
        if line.starts_with("<!--") {
            if line.contains("INFO END") && self.articles.is_empty() {
                self.history.get_or_insert(self.lines.len());
            }
            return;
        }
        if line.is_empty() || line.starts_with("![") {
            return;
        }
        if let Some(title) = line.strip_prefix('#') {
            return self.heading(title);
        }
        if let Some((article, rest)) = opening(line)
            .filter(|opening| self.opens(opening))
            .map(|it| (it.article, it.rest))
        {
            self.quotes = quotes(rest);
            self.at = At::Article;
            let text = rest.to_owned();
            return self.articles.push(ArticleText {
                article,
                line: number,
                text,
            });
        }
        match self.at {
            At::Head => self.lines.push(line.to_owned()),
            At::Article if is_annex(line) => self.at = At::Annex,
            At::Article => {
                if let Some(article) = self.articles.last_mut() {
                    if !goes_on(&article.text, line) {
                        article.text.push('\n');
                    }
                    article.text.push_str(line);
                    self.quotes += quotes(line);
                }
            }
            At::Heading | At::Annex => {}
        }
    }

    fn heading(&mut self, title: &str) {
        let deeper = title.starts_with('#');
        let title = title.trim_start_matches('#');
        let title = title.split("<!--").next().unwrap_or(title).trim();
        if self.at != At::Head {
            self.at = match is_division(title) || title.is_empty() {
                true if self.at != At::Annex => At::Heading,
                _ => At::Annex,
            };
        } else if !deeper {
            self.titles.push(title.to_owned());
        } else {
            // A text without articles has its numbered headings here: 一、
            self.history.get_or_insert(self.lines.len());
            self.lines.push(title.to_owned());
        }
    }

    /// Whether what looks like the head of an article is one here: not what an amendment quotes, not the articles of an annex.
    fn opens(&self, opening: &Opening<'_>) -> bool {
        let next = match self.articles.last() {
            Some(last) if opening.article.of > 0 => {
                opening.article.number == last.article.number && opening.article.of == last.article.of + 1
            }
            Some(last) => opening.article.of == 0 && opening.article.number == last.article.number + 1,
            None => opening.article.number == 1,
        };
        // What an amendment adds stands in it under the numbers of the law that it changes.
        let amends = || self.titles.first().is_some_and(|title| is_amendment(title)) && !self.articles.is_empty();
        next || (opening.sure && self.at != At::Annex && self.quotes <= 0 && !amends())
    }

    fn finish(self, file: &str) -> Option<Read> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let (stem, named) = heading::dated(stem);
        let lines = heading::joined(&self.lines, self.history);
        let events: Vec<Vec<Event>> = lines.iter().map(|line| heading::events(line)).collect();
        // Without a mark, the history is what begins with a day.
        let told = match self.history {
            Some(_) => events.len(),
            None => lines.iter().take_while(|line| heading::is_history(line)).count(),
        };
        let history: Vec<Event> = events.into_iter().take(told).flatten().collect();
        let first = self.titles.first().map(String::as_str).unwrap_or(stem);
        let own = is_division(first);
        // 序言, 修正案: they stand beside the articles of a code.
        if own && self.articles.is_empty() || first == "修正案" {
            return None;
        }
        let part = own || self.titles.get(1).is_some_and(|second| is_book(second));
        let full = if own { String::new() } else { first.to_owned() };
        let title = citations::title(&full);
        let marked = named.is_some() || self.history.is_some() && !is_index(stem);
        if (title.is_empty() && !own) || (self.articles.is_empty() && history.is_empty() && !marked) {
            return None;
        }
        let text = LawText {
            articles: self.articles,
        };
        let closing = match text.articles.is_empty() {
            true => heading::closing_of_lines(&title, &self.lines),
            false => heading::closing(&text),
        };
        let region = heading::region(&full, file);
        let told = |wanted: fn(Happened) -> bool| {
            let days = history.iter().filter(|event| wanted(event.what)).map(|event| event.day);
            days.max()
        };
        Some(Read {
            level: heading::level(&full, region.as_deref(), &history, file),
            region,
            day: named.or_else(|| told(|what| matches!(what, Happened::Made | Happened::Amended | Happened::Revised))),
            in_force: told(|what| what == Happened::InForce).or(closing.in_force),
            lacks: lacks(&text, closing.ends, &title),
            repeals: closing.repeals,
            history,
            title,
            full,
            part,
            text,
            file: file.into(),
        })
    }
}

/// 刑法修正案, 关于修改…的决定: see [`crate::model::Law::amends`].
fn is_amendment(title: &str) -> bool {
    title.contains("修正案") || (title.contains("关于修改") && title.ends_with("决定"))
}

/// Names of pages that list others.
fn is_index(stem: &str) -> bool {
    ["README", "index", "_index"].contains(&stem)
}

/// 第二编　物权, 第一章, 附则: a part of a law and no title.
fn is_division(title: &str) -> bool {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    if ["总则", "附则", "序言"].contains(&plain.as_str()) {
        return true;
    }
    let rest = plain.strip_prefix('第').unwrap_or_default();
    let unit = rest.trim_start_matches(|c: char| number::is_chinese_digit(c) || c.is_ascii_digit());
    unit.len() < rest.len()
        && ["编", "章", "节", "分编", "部分", "卷", "篇"]
            .iter()
            .any(|word| unit.starts_with(word))
}

/// 合同编 under 民法典.
fn is_book(title: &str) -> bool {
    is_division(title) || title.ends_with('编')
}

/// 附件, 附表一, 附：…: what stands behind the last article.
fn is_annex(line: &str) -> bool {
    let plain = line.trim_start_matches('*');
    let rest = ["附件", "附表", "附录", "附图"]
        .iter()
        .find_map(|word| plain.strip_prefix(word));
    match (rest, plain.strip_prefix('附')) {
        (Some(rest), _) => {
            !rest.starts_with(|c: char| !c.is_numeric() && c.is_alphabetic() && !number::is_chinese_digit(c))
        }
        (None, Some(rest)) => rest.is_empty() || rest.starts_with([':', '：']),
        _ => false,
    }
}

/// How many more quotation marks a text opens than it closes.
fn quotes(text: &str) -> i32 {
    text.chars().fold(0, |open, c| match c {
        '“' => open + 1,
        '”' => open - 1,
        _ => open,
    })
}

/// The least length, in bytes, of a line that was broken by its width.
const BROKEN: usize = 3 * 18;

/// Whether a line is the rest of a sentence that the file breaks in two. Looks at the end of what stands before, for an article may
/// be long.
fn goes_on(before: &str, line: &str) -> bool {
    let from = before.len().saturating_sub(2 * BROKEN);
    let tail = (from..before.len()).find_map(|at| before.get(at..)).unwrap_or_default();
    let last = tail.rsplit('\n').next().unwrap_or(tail);
    let word = |c: char| c.is_alphabetic() && !c.is_ascii();
    last.len() >= BROKEN
        && last.ends_with(word)
        && !last.contains(['=', '＝', '|', '<'])
        && !numbered(line)
        && line.starts_with(word)
}

/// Whether a line begins with a number of any kind: 一、 （一） 1. ①
fn numbered(line: &str) -> bool {
    let inner = line.trim_start_matches(['(', '（', '第']);
    let behind = inner.trim_start_matches(|c: char| number::is_chinese_digit(c) || c.is_numeric());
    behind.len() < inner.len()
        && behind.starts_with(['、', '.', '．', ')', '）', '，', ' ', '\u{3000}', '条', '款', '项'])
}

/// What looks like the head of an article.
struct Opening<'a> {
    article: Article,
    rest: &'a str,
    /// Whether it is written as heads are, with a space or in bold; else it counts only where it is the next number.
    sure: bool,
}

/// The article that a line opens, and the text behind its number: `第十条之一 …`, `**第一条**　…`. 第三条规定的 opens none.
fn opening(line: &str) -> Option<Opening<'_>> {
    let bold = line.strip_prefix("**");
    let inner = bold.unwrap_or(line).trim_start();
    // 笫 is the same sign, misread.
    let rest = inner.strip_prefix(['第', '笫'])?;
    let (digits, rest) = rest.split_once('条').filter(|(digits, _)| digits.len() <= 36)?;
    let whole = |text: &str| {
        // 五十－: a dash for 一.
        let text = text.trim().replace(['－', '—', '─'], "一");
        u32::try_from(number::whole(&text)?).ok().filter(|&n| n > 0)
    };
    let article = whole(digits)?;
    let (of, rest) = match rest.strip_prefix('之') {
        Some(behind) => {
            let end = behind.find(|c| !number::is_chinese_digit(c)).unwrap_or(behind.len());
            (whole(behind.get(..end)?)?, behind.get(end..)?)
        }
        None => (0, rest),
    };
    let rest = match bold {
        Some(_) => rest.trim_start().strip_prefix("**")?,
        None => rest,
    };
    let sure = bold.is_some() || rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace());
    let cited = |c: char| "规的、和或至到，。；所第中与及之款项》）)”".contains(c);
    let article = Article { number: article, of };
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || c == '\u{200B}');
    (sure || !rest.starts_with(cited)).then_some(Opening { article, rest, sure })
}

/// What a text lacks. `ends`: whether its last articles are such as end laws.
pub(super) fn lacks(text: &LawText, ends: bool, title: &str) -> Vec<Lack> {
    if text.articles.is_empty() {
        return vec![Lack::NoArticles];
    }
    let mut lacks = Vec::new();
    let numbers: HashSet<u32> = text.articles.iter().map(|one| one.article.number).collect();
    let last = numbers.iter().max().copied().unwrap_or_default();
    // The amendments of the constitution are numbered through.
    let amends = is_amendment(title);
    let first = match amends {
        true => numbers.iter().min().copied().unwrap_or(1),
        false => 1,
    };
    // A number that no law has is a slip of the text, and no reason to list thousands.
    let missing: Vec<u32> = (first..=last)
        .filter(|n| !numbers.contains(n))
        .take(MOST_MISSING)
        .collect();
    if !missing.is_empty() {
        lacks.push(Lack::Gap(missing));
    }
    if !ends && !amends {
        lacks.push(Lack::CutOff);
    }
    let mut seen: HashMap<Article, &str> = HashMap::new();
    let mut twice: Vec<Article> = Vec::new();
    for one in &text.articles {
        match seen.get(&one.article) {
            Some(first) if fold::spelling(first) != fold::spelling(&one.text) => twice.push(one.article),
            Some(_) => {}
            None => drop(seen.insert(one.article, &one.text)),
        }
    }
    twice.sort();
    twice.dedup();
    twice.truncate(MOST_MISSING);
    if !twice.is_empty() {
        lacks.push(Lack::Twice(twice));
    }
    lacks
}

/// The most numbers that are listed as missing or doubled.
const MOST_MISSING: usize = 50;

//! One law text in Markdown: its title, the lines under it, its articles.
//!
//! Two shapes are read: `第一条 …` (LawRefBook; lines of history end at `<!-- INFO END -->`) and `**第一条**　…` (just-laws).
//!
//! Must not know other texts of the same law.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Article, ArticleText, Day, Event, Happened, Lack, LawText, Level};
use crate::normalise::citations;
use crate::normalise::fold;
use crate::normalise::number;

use super::heading;

/// What one file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The canonical title.
    pub title: String,
    /// The title as the text has it.
    pub full: String,
    /// Its rank, where title, history or folder tell it.
    pub level: Option<Level>,
    /// The place that a local law is of.
    pub region: Option<String>,
    /// The day of the file's name, else of the last amendment under the title.
    pub day: Option<Day>,
    /// The day from which it is in force.
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
/// level. None for a text that is no law (an index page, a readme): it has no article, nor a line of history under its title.
pub fn read(markdown: &str, file: &str) -> Option<Read> {
    let mut head = Head::default();
    let mut articles: Vec<ArticleText> = Vec::new();
    let mut in_front = matches!(markdown.trim_start_matches('\u{FEFF}').lines().next(), Some("---"));
    for (at, line) in markdown.lines().enumerate() {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if in_front {
            in_front = at == 0 || line != "---";
            continue;
        }
        if line.is_empty() || line.starts_with("<!--") || line.starts_with("![") {
            continue;
        }
        if let Some(title) = line.strip_prefix('#') {
            // A heading of a part stands between articles and belongs to none.
            let deeper = title.starts_with('#');
            let title = title.trim_start_matches('#').trim();
            if !deeper && articles.is_empty() {
                head.titles.push(without_comment(title));
            }
            continue;
        }
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        match opening(line) {
            Some((article, rest)) => articles.push(ArticleText {
                article,
                line: number,
                text: rest.to_owned(),
            }),
            None => match articles.last_mut() {
                Some(article) => {
                    article.text.push('\n');
                    article.text.push_str(line);
                }
                None => head.lines.push(line.to_owned()),
            },
        }
    }
    finish(head, articles, file)
}

/// What stands before the first article.
#[derive(Default)]
struct Head {
    titles: Vec<String>,
    lines: Vec<String>,
}

fn finish(head: Head, articles: Vec<ArticleText>, file: &str) -> Option<Read> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let (stem, day) = heading::dated(stem);
    let full = head.titles.first().cloned().unwrap_or_else(|| stem.to_owned());
    let title = citations::title(&full);
    let history: Vec<Event> = head.lines.iter().flat_map(|line| heading::events(line)).collect();
    if title.is_empty() || (articles.is_empty() && history.is_empty()) {
        return None;
    }
    let text = LawText { articles };
    let last_event = |wanted: fn(Happened) -> bool| {
        let days = history.iter().filter(|event| wanted(event.what)).map(|event| event.day);
        days.max()
    };
    let closing = heading::closing(&text);
    let region = heading::region(&full);
    Some(Read {
        level: heading::level(&full, region.as_deref(), &history, file),
        region,
        day: day.or_else(|| last_event(|what| matches!(what, Happened::Made | Happened::Amended | Happened::Revised))),
        in_force: last_event(|what| what == Happened::InForce).or(closing.in_force),
        lacks: lacks(&text, closing.ends),
        repeals: closing.repeals,
        history,
        title,
        full,
        text,
        file: file.into(),
    })
}

fn without_comment(title: &str) -> String {
    title.split("<!--").next().unwrap_or(title).trim().to_owned()
}

/// The article that a line opens, and the text behind its number: `第十条之一 …`, `**第一条**　…`. 第三条规定的 opens none.
fn opening(line: &str) -> Option<(Article, &str)> {
    let bold = line.strip_prefix("**");
    let rest = bold.unwrap_or(line).trim_start().strip_prefix('第')?;
    let (digits, rest) = rest.split_once('条').filter(|(digits, _)| digits.len() <= 36)?;
    let whole = |text: &str| u32::try_from(number::whole(text.trim())?).ok().filter(|&n| n > 0);
    let article = whole(digits)?;
    let (of, rest) = match rest.strip_prefix('之') {
        Some(behind) => {
            let end = behind.find(|c| !number::is_chinese_digit(c)).unwrap_or(behind.len());
            (whole(&behind[..end])?, &behind[end..])
        }
        None => (0, rest),
    };
    let rest = match bold {
        Some(_) => rest.trim_start().strip_prefix("**")?,
        None => rest,
    };
    let spaced = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace());
    spaced.then(|| (Article { number: article, of }, rest.trim()))
}

/// What a text lacks.
pub(super) fn lacks(text: &LawText, ends: bool) -> Vec<Lack> {
    if text.articles.is_empty() {
        return vec![Lack::NoArticles];
    }
    let mut lacks = Vec::new();
    let mut numbers: Vec<u32> = text.articles.iter().map(|one| one.article.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let last = numbers.last().copied().unwrap_or_default();
    let missing: Vec<u32> = match last as usize - numbers.len() {
        0 => Vec::new(),
        // A number that no law has is a slip of the text, and no reason to list thousands.
        _ => (1..=last)
            .filter(|n| numbers.binary_search(n).is_err())
            .take(50)
            .collect(),
    };
    if !missing.is_empty() {
        lacks.push(Lack::Gap(missing));
    }
    if !ends {
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
    twice.dedup();
    if !twice.is_empty() {
        lacks.push(Lack::Twice(twice));
    }
    lacks
}

//! What an amendment of a law touches (`tongban law impact`), in the formats that take it.
//!
//! Must not compute: alignment and verdicts come in. Which characters of two texts differ is shown by `similar`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use super::super::escape::markdown;
use super::super::{Style, csv, md, show, table};
use super::{PASSAGE_HEADERS, item, passage_cells, region};
use crate::model::{Article, ArticleChange, ArticleText, Edition, Fate, LawImpact, Touch, Touched};
use crate::normalise::{citations, number};

/// Texts with more characters are not held against each other character by character.
const LONGEST: usize = 4000;
/// So many characters stand before and behind what differs.
const CONTEXT: usize = 8;

/// What differs between two texts: pieces that both have, that only the old or only the new one has. None where they are too long.
pub(super) fn pieces(old: &str, new: &str) -> Option<Vec<(ChangeTag, String)>> {
    if old.chars().count().max(new.chars().count()) > LONGEST {
        return None;
    }
    let diff = TextDiff::from_chars(old, new);
    let mut pieces: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut().filter(|(tag, _)| *tag == change.tag()) {
            Some((_, text)) => text.push_str(change.value()),
            None => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    Some(pieces)
}

/// What differs, with a little around it: `…起[-三十-][+二十+]日内…`.
fn differing(old: &str, new: &str) -> String {
    let Some(pieces) = pieces(old, new) else {
        return String::new();
    };
    let last = pieces.len().saturating_sub(1);
    let mut out = String::new();
    for (at, (tag, text)) in pieces.iter().enumerate() {
        match tag {
            ChangeTag::Delete => out.push_str(&format!("[-{text}-]")),
            ChangeTag::Insert => out.push_str(&format!("[+{text}+]")),
            ChangeTag::Equal => {
                let count = text.chars().count();
                let (front, behind) = (if at == 0 { 0 } else { CONTEXT }, if at == last { 0 } else { CONTEXT });
                if count <= front + behind + 2 {
                    out.push_str(text);
                } else {
                    out.extend(text.chars().take(front));
                    out.push('…');
                    out.extend(text.chars().skip(count - behind));
                }
            }
        }
    }
    out
}

fn article(article: Article) -> String {
    let of = match article.of {
        0 => String::new(),
        of => format!("之{}", number::in_chinese(of)),
    };
    format!("第{}条{of}", number::in_chinese(article.number))
}

fn numbers(articles: &[ArticleText]) -> String {
    let numbers: Vec<String> = articles.iter().map(|one| article(one.article)).collect();
    numbers.join("、")
}

pub(super) fn texts(articles: &[ArticleText]) -> String {
    let texts: Vec<&str> = articles.iter().map(|one| one.text.as_str()).collect();
    texts.join("\n")
}

fn percent(change: &ArticleChange) -> String {
    match change.old.is_empty() || change.new.is_empty() {
        true => String::new(),
        false => format!("{:.0}%", change.similarity * 100.0),
    }
}

/// What happened to an article, in words.
fn fate(change: &ArticleChange, style: &Style<'_>) -> String {
    let word = style.text(&format!("fate-{}", change.fate.word()));
    match (change.references_only, change.fate == Fate::Changed && change.moved()) {
        (true, _) => format!("{word}{}", style.text("fate-references-only")),
        (_, true) => format!("{word}{}", style.text("fate-and-renumbered")),
        _ => word,
    }
}

fn edition(edition: &Edition, style: &Style<'_>) -> String {
    let day = |day: Option<crate::model::Day>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
    style.with(
        "impact-edition",
        &[
            ("day", day(edition.day)),
            ("in_force", day(edition.in_force)),
            ("articles", edition.articles.to_string()),
            ("file", edition.file.clone()),
            ("gaps", if edition.has_gaps() { "yes" } else { "no" }.to_owned()),
        ],
    )
}

fn summary(impact: &LawImpact, style: &Style<'_>) -> Vec<(String, String)> {
    let mut lines = vec![
        (style.text("impact-law"), impact.full.clone()),
        (style.text("impact-old"), edition(&impact.old, style)),
        (style.text("impact-new"), edition(&impact.new, style)),
    ];
    let counted = |prefix: &str, list: Vec<(&str, usize)>| {
        let words = list.into_iter().filter(|(_, count)| *count > 0);
        let words: Vec<String> = words
            .map(|(word, count)| format!("{} {count}", style.text(&format!("{prefix}-{word}"))))
            .collect();
        words.join(&style.text("impact-comma"))
    };
    let fates = Fate::ALL.into_iter().map(|fate| (fate.word(), impact.count(fate)));
    lines.push((style.text("impact-articles"), counted("fate", fates.collect())));
    if let Some(rows) = impact.rows {
        let touched = || impact.cited.iter().filter(|cited| cited.touch.is_touched());
        let items: BTreeSet<(&str, &str)> = touched()
            .map(|one| (one.passage.code.as_str(), one.passage.name.as_str()))
            .collect();
        let regions: BTreeSet<&str> = touched().map(|one| one.passage.region.as_str()).collect();
        let touches = Touch::ALL
            .into_iter()
            .map(|touch| (touch.word(), impact.touched(touch)));
        let count = style.with(
            "impact-citations-value",
            &[
                ("touched", touched().count().to_string()),
                ("items", items.len().to_string()),
                ("regions", regions.len().to_string()),
                ("rows", rows.to_string()),
            ],
        );
        lines.push((style.text("impact-citations"), count));
        let list = counted("touch", touches.collect());
        if !list.is_empty() {
            lines.push((String::new(), list));
        }
    }
    lines
}

/// Citations that somebody must look at, those that only want checking, and those of which there is nothing to say.
fn split(impact: &LawImpact) -> [Vec<&Touched>; 2] {
    let (touched, rest): (Vec<&Touched>, Vec<&Touched>) =
        impact.cited.iter().partition(|cited| cited.touch.is_touched());
    let check = |cited: &&Touched| !matches!(cited.touch, Touch::Same | Touch::Current);
    [touched, rest.into_iter().filter(check).collect()]
}

/// What to cite instead, in words.
fn instead(cited: &Touched) -> String {
    let list: Vec<String> = cited.instead.iter().map(citations::in_words).collect();
    list.join("、")
}

/// How a citation is touched; of a changed article that has another number now, that, too.
fn touch(cited: &Touched, style: &Style<'_>) -> String {
    style.text(&format!("touch-{}", cited.touch.word()))
}

const CHANGE_HEADS: [&str; 5] = ["col-old", "col-new", "col-change", "col-alike", "col-difference"];
const CITED_HEADS: [&str; 6] = [
    "col-region",
    "col-item",
    "col-element",
    "col-citation",
    "col-change",
    "col-instead",
];

fn change_cells(change: &ArticleChange, style: &Style<'_>) -> [String; 5] {
    let (old, new) = (texts(&change.old), texts(&change.new));
    let text = match change.fate {
        Fate::Gone | Fate::Renumbered => show::shorten(&old, 40),
        Fate::New => show::shorten(&new, 40),
        _ => show::shorten(&differing(&old, &new), 240),
    };
    [
        numbers(&change.old),
        numbers(&change.new),
        fate(change, style),
        percent(change),
        text,
    ]
}

fn cited_cells(cited: &Touched, style: &Style<'_>) -> [String; 6] {
    let passage = &cited.passage;
    [
        region(&passage.region, &passage.region_name).to_owned(),
        item(&passage.code, &passage.name, passage.handling.as_deref()),
        style.element(&passage.element).to_owned(),
        format!(
            "{}\n{}",
            passage.written.replace('\n', " "),
            show::place(&passage.place)
        ),
        touch(cited, style),
        instead(cited),
    ]
}

/// The steps that are listed: what stayed as it was is counted.
fn moved(impact: &LawImpact) -> Vec<&ArticleChange> {
    impact
        .changes
        .iter()
        .filter(|change| change.fate != Fate::Same)
        .collect()
}

/// As table.
pub(in crate::report) fn table(impact: &LawImpact, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    table::write_summary(&summary(impact, style), style, out)?;
    let [touched, rest] = split(impact);
    for (key, list) in [("impact-touched", touched), ("impact-rest", rest)] {
        if list.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", table::heading(&style.text(key), style))?;
        let mut rows = table::table(style, &CITED_HEADS);
        for cited in list.iter().take(style.top) {
            rows.add_row(cited_cells(cited, style).map(|text| table::plain(&text)));
        }
        writeln!(out, "{}", rows.trim_fmt())?;
        table::more(list.len(), style, out)?;
    }
    let changes = moved(impact);
    if changes.is_empty() {
        return writeln!(out, "\n{}", style.text("impact-nothing"));
    }
    writeln!(out, "\n{}", table::heading(&style.text("impact-changes"), style))?;
    let mut rows = table::table(style, &CHANGE_HEADS);
    for change in changes.iter().take(style.top) {
        rows.add_row(change_cells(change, style).map(|text| table::plain(&text)));
    }
    writeln!(out, "{}", rows.trim_fmt())?;
    table::more(changes.len(), style, out)
}

/// As csv: a row for each citation; without lists one for each step of the alignment.
pub(in crate::report) fn csv(impact: &LawImpact, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    if impact.rows.is_none() {
        let headers = ["旧条", "新条", "变化", "相似度", "旧条文", "新条文"];
        let mut rows = csv::Rows::new(out, &headers, style.raw_csv)?;
        for change in moved(impact) {
            rows.row(&[
                numbers(&change.old),
                numbers(&change.new),
                fate(change, style),
                percent(change),
                texts(&change.old),
                texts(&change.new),
            ])?;
        }
        return rows.finish();
    }
    let mut headers = PASSAGE_HEADERS.to_vec();
    headers.extend(["影响", "改为", "旧条", "新条", "条文变化", "相似度", "旧条文", "新条文"]);
    let mut rows = csv::Rows::new(out, &headers, style.raw_csv)?;
    for cited in &impact.cited {
        let change = cited.change.and_then(|at| impact.changes.get(at));
        let of = |text: fn(&ArticleChange) -> String| change.map_or_else(String::new, text);
        let mut row = passage_cells(&cited.passage, style);
        row.extend([
            touch(cited, style),
            instead(cited),
            of(|change| numbers(&change.old)),
            of(|change| numbers(&change.new)),
            change.map_or_else(String::new, |change| fate(change, style)),
            of(percent),
            cited.old.clone(),
            cited.new.clone(),
        ]);
        rows.row(&row)?;
    }
    rows.finish()
}

/// Old and new text with what differs struck out and set in bold.
fn marked(old: &str, new: &str) -> String {
    let Some(pieces) = pieces(old, new) else {
        return markdown(&show::shorten(new, LONGEST));
    };
    let mark = |(tag, text): &(ChangeTag, String)| {
        let text = markdown(text);
        // Markdown sets only what stands without spaces at its ends.
        let (inner, blank) = (text.trim(), text.trim().is_empty());
        match tag {
            _ if blank => text.clone(),
            ChangeTag::Equal => text.clone(),
            ChangeTag::Delete => format!("<del>{inner}</del>"),
            ChangeTag::Insert => format!("<ins>{inner}</ins>"),
        }
    };
    pieces.iter().map(mark).collect()
}

/// As md.
pub(in crate::report) fn md(impact: &LawImpact, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# {}\n",
        markdown(&style.with("impact-title", &[("title", impact.full.clone())]))
    )?;
    for (name, value) in summary(impact, style).into_iter().skip(1) {
        match name.is_empty() {
            true => writeln!(out, "  - {}", markdown(&value))?,
            false => writeln!(out, "- **{name}**：{}", markdown(&value))?,
        }
    }
    let [touched, rest] = split(impact);
    for (key, list) in [("impact-touched", touched), ("impact-rest", rest)] {
        if list.is_empty() {
            continue;
        }
        writeln!(out, "\n## {}\n", style.text(key))?;
        md::header(style, &CITED_HEADS, out)?;
        for cited in list.iter().take(style.top) {
            md::row(&cited_cells(cited, style).map(|cell| markdown(&cell)), out)?;
        }
        md::more(list.len(), "and-more", style, out)?;
    }
    let changes = moved(impact);
    if changes.is_empty() {
        return writeln!(out, "\n{}", style.text("impact-nothing"));
    }
    writeln!(out, "\n## {}\n", style.text("impact-changes"))?;
    md::header(
        style,
        &["col-old", "col-new", "col-change", "col-alike", "col-text"],
        out,
    )?;
    for change in changes.iter().take(style.top) {
        let (old, new) = (texts(&change.old), texts(&change.new));
        let text = match change.fate {
            Fate::Gone | Fate::Renumbered => markdown(&old),
            Fate::New => markdown(&new),
            _ => marked(&old, &new),
        };
        let cells = [
            numbers(&change.old),
            numbers(&change.new),
            fate(change, style),
            percent(change),
        ];
        let mut cells: Vec<String> = cells.iter().map(|cell| markdown(cell)).collect();
        cells.push(text);
        md::row(&cells, out)?;
    }
    md::more(changes.len(), "and-more", style, out)
}

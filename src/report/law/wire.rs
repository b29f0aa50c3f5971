//! The wire format of what an amendment touches: `tongban-law-impact/1`. Fields are added, never changed; no word of it depends on the
//! language.
//!
//! Must not compute.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use similar::ChangeTag;

use super::super::{Style, json};
use super::impact::{pieces, texts};
use super::{WireArticle, WireCitation, WirePassage, wire_citation, wire_passage};
use crate::model::{ArticleChange, ArticleText, Edition, Fate, Lack, LawImpact, Touch};

/// `tongban law impact --format json`: what an amendment touches.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Wire<'a> {
    #[schemars(extend("const" = "tongban-law-impact/1"))]
    format: &'static str,
    title: &'a str,
    full: &'a str,
    old: WireEdition<'a>,
    new: WireEdition<'a>,
    summary: WireSummary,
    changes: Vec<WireChange<'a>>,
    citations: Vec<WireCited<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireEdition<'a> {
    day: Option<String>,
    in_force: Option<String>,
    file: &'a str,
    articles: usize,
    whole: bool,
    /// Numbers that are missing between the first and the last article.
    missing: Vec<u32>,
}

#[derive(Serialize, JsonSchema)]
struct WireSummary {
    articles: BTreeMap<&'static str, usize>,
    rows: Option<usize>,
    citations: BTreeMap<&'static str, usize>,
    touched: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireText<'a> {
    article: WireArticle,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireChange<'a> {
    #[schemars(extend("enum" = Fate::ALL.map(Fate::word)))]
    change: &'static str,
    old: Vec<WireText<'a>>,
    new: Vec<WireText<'a>>,
    similarity: f64,
    references_only: bool,
    /// What differs, piece by piece; empty where nothing does, or the texts are too long.
    differs: Vec<WirePiece>,
}

#[derive(Serialize, JsonSchema)]
struct WirePiece {
    #[schemars(extend("enum" = ["equal", "delete", "insert"]))]
    op: &'static str,
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct WireCited<'a> {
    #[serde(flatten)]
    passage: WirePassage<'a>,
    #[schemars(extend("enum" = Touch::ALL.map(Touch::word)))]
    impact: &'static str,
    touched: bool,
    change: Option<usize>,
    instead: Vec<WireCitation<'a>>,
    old: &'a str,
    new: &'a str,
}

fn wire_edition(edition: &Edition) -> WireEdition<'_> {
    let gaps = edition.lacks.iter().flat_map(|lack| match lack {
        Lack::Gap(missing) => missing.as_slice(),
        _ => &[],
    });
    WireEdition {
        day: edition.day.map(|day| day.to_string()),
        in_force: edition.in_force.map(|day| day.to_string()),
        file: &edition.file,
        articles: edition.articles,
        whole: edition.lacks.is_empty(),
        missing: gaps.copied().collect(),
    }
}

fn wire_texts(articles: &[ArticleText]) -> Vec<WireText<'_>> {
    let wire = |one: &'_ ArticleText| WireArticle {
        number: one.article.number,
        of: one.article.of,
    };
    let texts = articles.iter().map(|one| WireText {
        article: wire(one),
        text: &one.text,
    });
    texts.collect()
}

fn wire_change(change: &ArticleChange) -> WireChange<'_> {
    let both = matches!(change.fate, Fate::Changed | Fate::Split | Fate::Merged);
    let found = both.then(|| pieces(&texts(&change.old), &texts(&change.new))).flatten();
    let piece = |(tag, text): (ChangeTag, String)| WirePiece {
        op: match tag {
            ChangeTag::Equal => "equal",
            ChangeTag::Delete => "delete",
            ChangeTag::Insert => "insert",
        },
        text,
    };
    WireChange {
        change: change.fate.word(),
        old: wire_texts(&change.old),
        new: wire_texts(&change.new),
        // Six digits are enough, and the same on every machine.
        similarity: (change.similarity * 1e6).round() / 1e6,
        references_only: change.references_only,
        differs: found.unwrap_or_default().into_iter().map(piece).collect(),
    }
}

/// As json (`tongban-law-impact/1`).
pub(in crate::report) fn impact(impact: &LawImpact, _: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let wire = Wire {
        format: "tongban-law-impact/1",
        title: &impact.title,
        full: &impact.full,
        old: wire_edition(&impact.old),
        new: wire_edition(&impact.new),
        summary: WireSummary {
            articles: Fate::ALL
                .into_iter()
                .map(|fate| (fate.word(), impact.count(fate)))
                .collect(),
            rows: impact.rows,
            citations: Touch::ALL
                .into_iter()
                .map(|touch| (touch.word(), impact.touched(touch)))
                .collect(),
            touched: impact.cited.iter().filter(|cited| cited.touch.is_touched()).count(),
        },
        changes: impact.changes.iter().map(wire_change).collect(),
        citations: impact
            .cited
            .iter()
            .map(|cited| WireCited {
                passage: wire_passage(&cited.passage),
                impact: cited.touch.word(),
                touched: cited.touch.is_touched(),
                change: cited.change,
                instead: cited.instead.iter().map(wire_citation).collect(),
                old: &cited.old,
                new: &cited.new,
            })
            .collect(),
    };
    json::emit(&wire, out)
}

//! Showing a difference: what was added, dropped and changed, in lines of words; and why two texts were read as they were.
//!
//! Must not know a format.

use similar::{ChangeTag, TextDiff};

use super::super::Style;
use super::shorten;
use crate::model::{Detail, DiffSide, Difference, Folded, Judgement, Relation, SEVERAL, Verdict, Why};

/// How much of a value is shown beside another.
const QUOTED: usize = 120;
/// Beyond this length texts are not compared character by character: the result would help no one.
const INLINE: usize = 4_000;

/// A piece of an inline difference.
pub(in crate::report) enum Piece {
    Kept(String),
    Dropped(String),
    Added(String),
}

/// What was dropped and added from one text to another, in the order of the text.
fn inline(from: &str, to: &str) -> Vec<Piece> {
    if from.chars().count() > INLINE || to.chars().count() > INLINE {
        return vec![Piece::Dropped(shorten(from, 60)), Piece::Added(shorten(to, 60))];
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let (from, to) = (tokens(from), tokens(to));
    for change in TextDiff::from_slices(&from, &to).iter_all_changes() {
        let text = change.value();
        match (pieces.last_mut(), change.tag()) {
            (Some(Piece::Kept(last)), ChangeTag::Equal)
            | (Some(Piece::Dropped(last)), ChangeTag::Delete)
            | (Some(Piece::Added(last)), ChangeTag::Insert) => last.push_str(text),
            (_, ChangeTag::Equal) => pieces.push(Piece::Kept(text.to_owned())),
            (_, ChangeTag::Delete) => pieces.push(Piece::Dropped(text.to_owned())),
            (_, ChangeTag::Insert) => pieces.push(Piece::Added(text.to_owned())),
        }
    }
    pieces
}

/// The characters of a text, with a number as one: 0.3 against 0.5 is not a 3 against a 5.
fn tokens(text: &str) -> Vec<&str> {
    let of_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match of_number(first) {
            true => rest.find(|c| !of_number(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// The pieces of an inline difference as they are best read, long stretches without change cut; `None` where the two texts are better
/// read one after the other: short ones, and those with little in common.
pub(in crate::report) fn pieces(from: &str, to: &str) -> Option<Vec<Piece>> {
    let longest = from.chars().count().max(to.chars().count());
    // Short texts are quicker read whole than mended in the mind.
    if longest <= 16 {
        return None;
    }
    let mut pieces = inline(from, to);
    let kept: usize = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.chars().count(),
            _ => 0,
        })
        .sum();
    if kept * 3 < longest {
        return None;
    }
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.iter_mut().enumerate() {
        let Piece::Kept(text) = piece else { continue };
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > 24 {
            let head = if at > 0 { &chars[..10] } else { &[] };
            let tail = if at < last { &chars[chars.len() - 10..] } else { &[] };
            *text = head.iter().chain(&['…']).chain(tail).collect();
        }
    }
    Some(pieces)
}

/// The inline difference in plain characters: `[-dropped-]` and `{+added+}`; long stretches without change are cut.
pub(in crate::report) fn inline_text(from: &str, to: &str) -> String {
    let Some(pieces) = pieces(from, to) else {
        return format!("{from} → {to}");
    };
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(text) => text.clone(),
            Piece::Dropped(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        })
        .collect()
}

/// A difference in words, a line for each thing.
pub(in crate::report) fn detail(judgement: &Judgement, style: &Style<'_>) -> Vec<String> {
    let Detail {
        added,
        removed,
        changed,
    } = &judgement.detail;
    let mut lines = Vec::new();
    for change in changed {
        let mut text = inline_text(&change.from, &change.to);
        text.push_str(&relation(change.relation, change.by.as_deref(), style));
        lines.push(match change.what.as_str() {
            "" => text,
            "level" => format!("{}{text}", style.text("mark-level")),
            what if change.from.contains(what) => text,
            what => format!("{what}：{text}"),
        });
    }
    lines.extend(added.iter().map(|text| format!("+ {text}")));
    lines.extend(removed.iter().map(|text| format!("- {text}")));
    if changed.iter().all(|change| change.relation.is_none()) && judgement.relation.is_some() {
        lines.push(relation(judgement.relation, None, style).trim().to_owned());
    }
    match judgement.why {
        Why::Plain | Why::LevelWords => {}
        why => lines.push(format!("({})", style.text(&format!("why-{}", why.word())))),
    }
    lines
}

/// The same between two sides that are known: the answers of several handling items or bodies that are taken together are alternatives, of
/// which none is added to the others (`+ 12工作日` would read as twelve days longer), so that both are shown.
pub(in crate::report) fn between(
    judgement: &Judgement,
    [left, right]: [&DiffSide; 2],
    style: &Style<'_>,
) -> Vec<String> {
    let several = [left, right].iter().any(|side| side.normal.contains(SEVERAL));
    match several && judgement.verdict == Verdict::Substantive {
        true => vec![format!(
            "{} → {}",
            shorten(&left.normal, QUOTED),
            shorten(&right.normal, QUOTED)
        )],
        false => detail(judgement, style),
    }
}

/// Of a difference of which one side says nothing: what is written there all the same (无, -), which may mean that there is none or that
/// nobody filled it in.
pub(in crate::report) fn unsaid(difference: &Difference, style: &Style<'_>) -> Option<String> {
    let written = |side: &DiffSide| {
        (side.normal.is_empty() && !side.raw.raw.trim().is_empty()).then(|| side.raw.shown().to_owned())
    };
    let missing = difference.judgement.verdict == Verdict::Missing;
    let sides = [("left", &difference.left), ("right", &difference.right)];
    let found = sides.into_iter().find_map(|(at, side)| Some((at, written(side)?)));
    found.filter(|_| missing).map(|(side, text)| {
        let args = [("side", side.to_owned()), ("text", shorten(&text, REPEATED))];
        style.with("diff-unsaid", &args)
    })
}

/// The longest text that an explanation repeats: longer ones stand beside it.
const REPEATED: usize = 30;

/// Why two texts were read as they were: both sides in quotation marks with what they mean, where they are short, and what was folded on
/// either side or on both; of texts that mean the same only what the sides do not share.
pub(in crate::report) fn explanation(difference: &Difference, style: &Style<'_>) -> Vec<String> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = |text: &str| shorten(&line(text), REPEATED);
    let (left, right) = (&difference.left, &difference.right);
    let short = [left.raw.shown(), right.raw.shown(), &left.normal, &right.normal]
        .iter()
        .all(|text| text.chars().count() <= REPEATED);
    let args = [
        ("left", line(left.raw.shown())),
        ("right", line(right.raw.shown())),
        ("left_normal", left.normal.clone()),
        ("right_normal", right.normal.clone()),
    ];
    let notation = difference.judgement.verdict == Verdict::Notation;
    let mut lines: Vec<String> = Vec::new();
    if short && notation && left.normal == right.normal {
        lines.push(style.with("explain-both", &args));
    } else if short {
        lines.push(style.with("explain-each", &args));
    }
    let [left, right] = &difference.folds;
    let only = |own: &'_ [Folded], other: &[Folded]| -> Vec<Folded> {
        own.iter().filter(|folded| !other.contains(folded)).cloned().collect()
    };
    let shared = left
        .iter()
        .filter(|folded| right.contains(folded) && !notation)
        .cloned()
        .collect();
    for (key, folds) in [
        ("explain-left", only(left, right)),
        ("explain-right", only(right, left)),
        ("explain-shared", shared),
    ] {
        let folds: Vec<String> = folds
            .iter()
            .map(|folded| {
                let args = [
                    ("what", style.text(&format!("fold-{}", folded.fold.word()))),
                    ("from", quoted(&folded.from)),
                    ("to", quoted(&folded.to)),
                    ("left_out", if folded.to.is_empty() { "yes" } else { "no" }.to_owned()),
                ];
                style.with("explain-fold", &args)
            })
            .collect();
        if !folds.is_empty() {
            lines.push(style.with(key, &[("folds", folds.join(&style.text("explain-joint")))]));
        }
    }
    lines
}

/// How the right side stands to the left, in brackets: （短10个工作日）, （要求更严）; nothing where that is not known.
pub(in crate::report) fn relation(relation: Option<Relation>, by: Option<&str>, style: &Style<'_>) -> String {
    relation.map_or_else(String::new, |relation| {
        let by = by.unwrap_or("");
        let args = [
            ("by", by.to_owned()),
            ("known", if by.is_empty() { "no" } else { "yes" }.to_owned()),
        ];
        style.with(&format!("relation-{}", relation.word()), &args)
    })
}

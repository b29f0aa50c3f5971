//! Folds: says what was folded between a raw text and its normal form, one example of each kind of writing.
//!
//! Must not decide what two texts mean (the kinds do): it only explains what they did, so it looks at the text and at the value that
//! came out. Only `diff --explain` asks, for the cells that it lists, so it need not be fast.

use super::{Kind, Parts, Role, enumerate, fold, number, vocabulary};
use crate::model::{Fees, Fold, Folded, Shape, Value, decode_list, decode_table};

/// What was folded in one element of one row, sorted, each kind of fold once. Empty where the raw text is the canonical spelling.
pub fn folded(kind: Kind, parts: &Parts<'_>, value: &Value) -> Vec<Folded> {
    let canonical = value.canonical();
    let mut found: Vec<Folded> = Vec::new();
    for part in parts.parts {
        for text in texts(part.shape, part.text) {
            if text != canonical {
                written(&text, &canonical, &mut found);
                if part.shape == Shape::Text && matches!(part.role, Role::Value | Role::Name) {
                    entries(kind, &text, &canonical, &mut found);
                }
            }
        }
    }
    words(kind, parts, value, &canonical, &mut found);
    meaning(parts, value, &canonical, &mut found);
    found.retain(|folded| folded.from != folded.to && !folded.from.is_empty());
    if let Some(text) = parts.text(Role::Value).filter(|text| *text != canonical)
        && found.is_empty()
        && parts.parts.len() == 1
        && value.speaks()
    {
        push(&mut found, Fold::Spelling, text, &canonical);
    }
    found.sort();
    found.dedup_by(|a, b| a.fold == b.fold && a.fold != Fold::Words && a.fold != Fold::Codes);
    found
}

fn texts(shape: Shape, text: &str) -> Vec<String> {
    match shape {
        Shape::Text => vec![text.to_owned()],
        Shape::List => decode_list(text),
        Shape::Table => decode_table(text).into_iter().flatten().map(|(_, text)| text).collect(),
    }
}

fn push(found: &mut Vec<Folded>, fold: Fold, from: &str, to: &str) {
    found.push(Folded {
        fold,
        from: from.trim().to_owned(),
        to: to.trim().to_owned(),
    });
}

/// The first run of characters that a test accepts.
fn run(text: &str, accepts: impl Fn(char) -> bool) -> Option<&str> {
    let start = text.find(&accepts)?;
    let rest = &text[start..];
    Some(&rest[..rest.find(|c| !accepts(c)).unwrap_or(rest.len())])
}

/// What the characters themselves show.
fn written(text: &str, canonical: &str, found: &mut Vec<Folded>) {
    if let Some(c) = text.chars().find(|&c| fold::is_invisible(c)) {
        push(found, Fold::Invisible, &format!("U+{:04X}", u32::from(c)), "");
    }
    if let Some(wide) = run(text, |c| matches!(c, '\u{FF01}'..='\u{FF5E}') && c.is_alphanumeric()) {
        push(found, Fold::Width, wide, &fold::half(wide));
    }
    let radical = |c: char| matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    if let Some(radicals) = run(text, radical) {
        push(found, Fold::Radicals, radicals, &fold::half(radicals));
    }
    // A space between two characters of which one is Chinese means nothing.
    let chars: Vec<char> = text.trim().chars().collect();
    let spaced = chars.windows(3).find(|three| {
        let blank = |c: char| c == ' ' || c == '\u{3000}' || c == '\u{A0}' || c == '\t';
        blank(three[1]) && (fold::is_han(three[0]) || fold::is_han(three[2]))
    });
    if let Some(three) = spaced {
        push(
            found,
            Fold::Spaces,
            &three.iter().collect::<String>(),
            &format!("{}{}", three[0], three[2]),
        );
    }
    let numeral = run(text, number::is_chinese_digit).and_then(|run| Some((run, number::chinese(run)?.to_string())));
    if let Some((numeral, digits)) = numeral
        && canonical.contains(&digits)
        && !canonical.contains(numeral)
    {
        push(found, Fold::Numerals, numeral, &digits);
    }
    let brackets = text
        .chars()
        .zip(text.chars().skip(1))
        .find(|pair| matches!(pair, ('（' | '(', '（' | '(')) && !canonical.contains("（（"));
    if brackets.is_some() {
        push(found, Fold::Brackets, "（（…））", "（…）");
    } else if text.contains('(') && canonical.contains('（') {
        push(found, Fold::Width, "()", "（）");
    } else if let Some(inner) = between(text, ['(', '（'], [')', '）'])
        && !inner.is_empty()
        && canonical.contains(inner)
        && !canonical.contains('（')
    {
        push(found, Fold::Brackets, &format!("({inner})"), inner);
    }
    if let Some(inner) = between(text, ['《', '《'], ['》', '》'])
        && canonical.contains(inner)
        && !canonical.contains('《')
    {
        push(found, Fold::Marks, &format!("《{inner}》"), inner);
    }
    let bare = text.trim().trim_end_matches(['。', '；', ';', '，', ',', '.', '、']);
    let end = &text.trim()[bare.len()..];
    if !end.is_empty() && !canonical.ends_with(end) {
        push(found, Fold::Ends, end, "");
    }
}

/// What stands between the first pair of marks.
fn between(text: &str, open: [char; 2], close: [char; 2]) -> Option<&str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inner, _)| inner)
}

/// How the entries of a list were marked.
fn entries(kind: Kind, text: &str, canonical: &str, found: &mut Vec<Folded>) {
    let listed = matches!(
        kind,
        Kind::Materials | Kind::Clauses | Kind::Steps | Kind::Outcomes | Kind::Choices | Kind::Citations
    );
    if !listed && kind != Kind::Duration {
        return;
    }
    // What stands inside of names too divides only where no name kept it.
    let marks = match kind {
        Kind::Choices => "；;\n、,|^/",
        Kind::Steps => "；;\n→|",
        Kind::Materials | Kind::Outcomes if !canonical.contains('、') => "；;\n、",
        _ => "；;\n",
    };
    let half = fold::half(text);
    let numbered = enumerate::entries(&half).iter().any(|entry| entry.style.is_some());
    let token = half.char_indices().find_map(|(at, _)| {
        let (_, _, len) = enumerate::leading(&half[at..])?;
        Some(&half[at..at + len])
    });
    if numbered && let Some(token) = token {
        push(found, Fold::Numbering, token, "");
    } else if listed && let Some(mark) = half.chars().find(|c| marks.contains(*c)) {
        let mark = if mark == ';' && text.contains('；') {
            '；'
        } else {
            mark
        };
        let mark = if mark == '\n' {
            "↵".to_owned()
        } else {
            mark.to_string()
        };
        let to = match kind {
            Kind::Steps => "→",
            Kind::Choices => "、",
            _ => "；",
        };
        push(found, Fold::Separators, &mark, to);
    }
}

/// Words and codes that stand for others.
fn words(kind: Kind, parts: &Parts<'_>, value: &Value, canonical: &str, found: &mut Vec<Folded>) {
    let raw: Vec<String> = parts
        .parts
        .iter()
        .flat_map(|part| texts(part.shape, part.text))
        .collect();
    let keyed = raw
        .iter()
        .map(|text| vocabulary::key(text))
        .collect::<Vec<_>>()
        .join("\n");
    // 居民身份证 holds 身份证: only what stands there without being part of the canonical name was replaced.
    let stands = |alias: &str, own: &str| match own.contains(alias) {
        true => alias != own && keyed.replace(own, "").contains(alias),
        false => keyed.contains(alias),
    };
    let mut replaced: Vec<(&str, &str)> = Vec::new();
    match value {
        Value::Materials(items) => {
            let aliases = parts.vocabulary.materials.iter();
            let said = aliases.filter(|(_, name)| items.iter().any(|item| item.names().any(|said| said == *name)));
            replaced.extend(said.map(|(alias, name)| (alias.as_str(), name.as_str())));
        }
        Value::Steps(items) => {
            let aliases = parts.vocabulary.steps.iter().filter(|(_, names)| names.len() == 1);
            let known = aliases.filter_map(|(alias, names)| Some((alias.as_str(), names.first()?.as_str())));
            replaced.extend(known.filter(|(_, name)| items.iter().any(|item| item.name == *name)));
        }
        _ => {}
    }
    replaced.retain(|(alias, name)| stands(alias, &vocabulary::key(name)));
    // The longest alias of a name is the one that was read; of several the same one on every run.
    replaced.sort_by_key(|&(alias, name)| (name, std::cmp::Reverse(alias.len()), alias));
    replaced.dedup_by_key(|&mut (_, name)| name);
    for (from, to) in replaced {
        push(found, Fold::Words, from, to);
    }
    if let (Kind::Choice | Kind::Choices, Some(list)) = (kind, parts.list) {
        for text in &raw {
            for piece in text.split(['、', ',', '，', ';', '；', '|', '^', '/', '\n', ' ']) {
                let piece = enumerate::bare(piece);
                if piece.is_empty() || canonical.split('、').any(|name| name == piece) {
                    continue;
                }
                if let Some(at) = list.find(&piece, parts.dialect) {
                    push(found, Fold::Codes, &piece, &list.values[at].1);
                } else if let Some(members) = list.groups.get(&vocabulary::key(&piece)) {
                    let names: Vec<&str> = members.iter().map(|&at| list.values[at].1.as_str()).collect();
                    push(found, Fold::Codes, &piece, &names.join("、"));
                }
            }
        }
    }
}

/// What the typed value shows.
fn meaning(parts: &Parts<'_>, value: &Value, canonical: &str, found: &mut Vec<Folded>) {
    let raw = parts.text(Role::Value).unwrap_or("");
    match value {
        Value::Duration(duration) => {
            if duration.immediate() && raw.trim() != canonical {
                push(found, Fold::Words, raw, canonical);
            }
            if duration.start.is_none()
                && let Some(at) = raw.find("受理")
                && let Some(end) = raw[at..].find(['起', '后'])
            {
                let start = raw[..at].rfind(['自', '从']).unwrap_or(at);
                push(found, Fold::Start, &raw[start..at + end + '起'.len_utf8()], "");
            }
            // What else is not counted (公示) stays part of the value.
            if !duration.uncounted.is_empty() {
                push(found, Fold::Exclusions, &duration.uncounted.join("、"), "");
            }
            if let Some(unit) = parts.text(Role::Unit)
                && !canonical.is_empty()
                && unit != duration.unit.spelling()
            {
                push(found, Fold::Codes, unit, duration.unit.spelling());
            }
        }
        Value::Fees(Fees::None) => {
            let said = parts.raw(Role::Value).or(parts.raw(Role::Standard)).unwrap_or("");
            push(found, Fold::Words, said, canonical);
        }
        Value::Citations(citations) => {
            if raw.contains("中华人民共和国") && !canonical.contains("中华人民共和国") {
                push(found, Fold::Country, "中华人民共和国", "");
            }
            let numbers = citations.iter().filter_map(|citation| citation.number.as_deref());
            for number in numbers {
                let year = number.split(['〔', '〕']).nth(1).unwrap_or("");
                let from = (!year.is_empty() && !raw.contains(number))
                    .then(|| raw.find(year))
                    .flatten()
                    .and_then(|at| {
                        let start = raw[..at].char_indices().next_back()?.0;
                        let end = at + raw[at..].find('号')? + '号'.len_utf8();
                        Some(&raw[start..end])
                    });
                if let Some(from) = from {
                    push(
                        found,
                        Fold::DocumentNumber,
                        from,
                        &number[number.find('〔').unwrap_or(0)..],
                    );
                }
            }
            if let Some(quote) = citations.iter().find_map(|citation| citation.quote.as_deref()) {
                let head: String = quote.chars().take(12).collect();
                push(found, Fold::Quote, &format!("{head}…"), "");
            }
        }
        _ => {}
    }
}

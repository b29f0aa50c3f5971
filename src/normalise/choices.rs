//! Choices: values of a code list, one or several, in the dialects of regional systems.
//!
//! Must not know which list belongs to which element.

use std::borrow::Cow;

use crate::model::{Choice, Shape, UnknownWhy, Value, decode_list};

use super::vocabulary::CodeList;
use super::{Parts, Role, enumerate, fold};

fn choice(list: &CodeList, at: usize) -> Choice {
    let (code, name) = &list.values[at];
    Choice {
        code: code.clone(),
        name: name.clone(),
    }
}

/// Reads one choice from the columns of one row. The written-out text wins over the code, for codes differ between systems. A text
/// that is on no list is kept and reported, never dropped.
pub(super) fn read_one(parts: &Parts<'_>) -> Value {
    let (value, text) = (parts.raw(Role::Value), parts.raw(Role::Text));
    if let Some(list) = parts.list {
        for (candidate, dialect) in [(text, None), (value, parts.dialect)] {
            if let Some(at) = candidate.and_then(|candidate| list.find(candidate, dialect)) {
                return Value::Choice(choice(list, at));
            }
        }
    }
    let said = |text: &&str| !parts.vocabulary.is_empty_word(text);
    let (value, text) = (value.filter(said), text.filter(said));
    match (value.or(text), text.or(value)) {
        (Some(first), _) if parts.list.is_some() && parts.vocabulary.only_refers(first) => {
            Value::Unknown(UnknownWhy::Refers, fold::spelling(first))
        }
        (Some(first), _) if parts.list.is_some() => Value::Unknown(UnknownWhy::Unreadable, fold::spelling(first)),
        (_, Some(text)) => Value::Text(fold::spelling(text)),
        _ => Value::Empty,
    }
}

/// What stands between two choices.
pub(super) const SEPARATORS: [char; 10] = ['、', ',', '，', ';', '；', '。', '|', '^', '/', '\n'];
/// What a program leaves around a value.
const MARKS: [char; 5] = ['[', ']', '"', '“', '”'];
/// Words between two choices: 公民、法人和其他组织, 自然人或法人.
const JOINTS: [char; 4] = ['和', '及', '与', '或'];

/// Reads several choices from the columns of one row: a list, or one text with any separator. A whole text that is one entry is not
/// split, so 镇（乡、街道）级 stays one.
pub(super) fn read_several(parts: &Parts<'_>) -> Value {
    let Some(part) = parts.parts.iter().find(|part| part.role == Role::Value) else {
        return Value::Empty;
    };
    let entries: Vec<Cow<'_, str>> = match part.shape {
        Shape::List => decode_list(part.text).into_iter().map(Cow::Owned).collect(),
        Shape::Text => vec![Cow::Borrowed(part.text)],
        Shape::Table => parts.entries(Role::Value).into_iter().map(Cow::Owned).collect(),
    };
    let mut found = Found::default();
    for entry in &entries {
        found.read(entry, parts);
    }
    found.value(parts)
}

/// What several texts name.
#[derive(Default)]
struct Found {
    known: Vec<usize>,
    /// What is on no list, folded.
    other: Vec<String>,
}

impl Found {
    fn read(&mut self, text: &str, parts: &Parts<'_>) {
        if self.take(text, parts) || parts.vocabulary.is_empty_word(text) {
            return;
        }
        let half = fold::half(text);
        let entries = enumerate::entries(&half);
        // 1、2 are two codes, 1、自然人 is one numbered entry; a 20 alone that is no code of the list numbers nothing.
        let codes = |text: &str| {
            let mut chars = text.chars();
            chars.all(|c| c.is_ascii_digit() || SEPARATORS.contains(&c) || c == ' ')
        };
        let opens = entries.first().is_some_and(|first| {
            let number = first.number.to_string();
            let several = entries.len() > 1 || parts.list.is_some_and(|list| list.find(&number, None).is_some());
            first.style.is_some() && several
        });
        let numbered = opens && !entries.iter().any(|entry| codes(entry.text));
        let texts: Vec<&str> = if numbered {
            entries.iter().map(|entry| entry.text).collect()
        } else {
            vec![half.as_str()]
        };
        for piece in texts
            .into_iter()
            .flat_map(|text| fold::split_outside(text, &SEPARATORS))
        {
            self.piece(piece, parts);
        }
    }

    /// One piece between separators.
    fn piece(&mut self, text: &str, parts: &Parts<'_>) {
        // What a program left of a list: ["1","2"].
        let mut piece = enumerate::bare(text);
        for _ in 0..4 {
            let inner = enumerate::bare(piece.trim_matches(MARKS));
            if inner == piece {
                break;
            }
            piece = inner;
        }
        let piece = piece.as_str();
        if piece.is_empty() || self.take(piece, parts) || parts.vocabulary.is_empty_word(piece) {
            return;
        }
        let known = |piece: &String| {
            parts
                .list
                .is_some_and(|list| !list.positions(piece, parts.dialect).is_empty())
        };
        // Divided only where every part is known.
        let joined: Vec<String> = piece
            .split(JOINTS)
            .map(|part| part.trim_start_matches('者').trim_end_matches('以').to_owned())
            .collect();
        let spaced: Vec<String> = text
            .split_whitespace()
            .map(|part| enumerate::bare(part.trim_matches(MARKS)))
            .filter(|part| !part.is_empty())
            .collect();
        let facing: Vec<String> = piece.strip_prefix("面向").map(str::to_owned).into_iter().collect();
        let divided = [joined, spaced, facing]
            .into_iter()
            .find(|all| !all.is_empty() && all.iter().all(known));
        match divided {
            Some(all) => all.into_iter().for_each(|part| {
                self.take(&part, parts);
            }),
            None => self.other.push(piece.to_owned()),
        }
    }

    /// Takes a text that is an entry or a group of the list.
    fn take(&mut self, text: &str, parts: &Parts<'_>) -> bool {
        let Some(list) = parts.list else { return false };
        let members = list.positions(text, parts.dialect);
        let found = !members.is_empty();
        self.known.extend(members);
        found
    }

    fn value(mut self, parts: &Parts<'_>) -> Value {
        if let (true, [only]) = (self.known.is_empty(), self.other.as_slice())
            && parts.vocabulary.only_refers(only)
        {
            return Value::Unknown(UnknownWhy::Refers, only.clone());
        }
        self.known.sort_unstable();
        self.known.dedup();
        self.other.sort_unstable();
        self.other.dedup();
        let known = parts
            .list
            .into_iter()
            .flat_map(|list| self.known.iter().map(|&at| choice(list, at)));
        let other = self.other.into_iter().map(|name| Choice {
            code: String::new(),
            name,
        });
        let all: Vec<Choice> = known.chain(other).collect();
        if all.is_empty() {
            Value::Empty
        } else {
            Value::Choices(all)
        }
    }
}

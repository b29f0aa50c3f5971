//! Where the texts of records stand in JSON and TOML, and how they are written.
//!
//! Must not know what they mean. The places come from the readers themselves, so that no second way of reading can come to
//! another result.

use std::ops::Range;

use super::super::records::{self, Leaf};
use super::super::sheet::Context;
use super::super::table::Loaded;
use super::super::{json, toml};
use super::lists::List;
use super::{Asker, Left, Spot, is_number};
use crate::model::Shape;

/// The texts that are to be written otherwise, in the order of the file.
pub(super) fn spots(context: Context<'_>, text: &str, is_toml: bool, asker: &mut Asker<'_>) -> Vec<Spot> {
    let mut loaded = Loaded::default();
    loaded.leaves = Some(Vec::new());
    if is_toml {
        toml::read(context, text, &mut loaded);
    } else {
        json::read(context, text, &mut loaded);
    }
    let mut spots: Vec<Spot> = Vec::new();
    for Leaf {
        at,
        place,
        offset,
        text: old,
        items,
    } in loaded.leaves.unwrap_or_default()
    {
        if let Some(items) = items {
            let Some((field, shape, contents, change)) = asker.ask_list(at, &place) else {
                continue;
            };
            let table = context.profile.nested_table(field);
            let id = |key: &str| match shape {
                Shape::List => (records::lookup(context, key).1 == Some(field)).then(String::new),
                _ => table.and_then(|table| context.profile.nested(table, key).map(str::to_owned)),
            };
            let list = List {
                text,
                offset,
                items: &items,
                is_toml,
                shape,
                contents: (&contents.0, &contents.1),
                key: &id,
            };
            match list.literal() {
                Some((range, literal)) => spots.push(Spot { range, literal, change }),
                None => asker.leave(Left::Notation),
            }
            continue;
        }
        let Some(change) = asker.ask(None, at, &place, &old) else {
            continue;
        };
        // A number stays one.
        if !text.get(offset..).is_some_and(|rest| rest.starts_with(['"', '\''])) {
            let range = offset..offset.saturating_add(old.len());
            if is_number(&old) && is_number(&change.new) && text.get(range.clone()) == Some(&*old) {
                let literal = change.new.clone();
                spots.push(Spot { range, literal, change });
            }
            continue;
        }
        let written = if is_toml {
            toml_literal(text, offset, &old, &change.new)
        } else {
            json_literal(text, offset, &old, &change.new)
        };
        match written {
            Some((range, literal)) => spots.push(Spot { range, literal, change }),
            None => asker.leave(Left::Notation),
        }
    }
    spots.sort_by_key(|spot| spot.range.start);
    spots
}

/// A JSON string in the place of another; one that was written in ASCII stays so.
fn json_literal(text: &str, offset: usize, old: &str, new: &str) -> Option<(Range<usize>, String)> {
    let mut stream = serde_json::Deserializer::from_str(text.get(offset..)?).into_iter::<String>();
    if stream.next()?.ok()? != old {
        return None;
    }
    let range = offset..offset + stream.byte_offset();
    let ascii = text[range.clone()].is_ascii() && !old.is_ascii();
    Some((range, json_string(new, ascii)))
}

/// A text as a JSON string, in ASCII alone if need be.
pub(super) fn json_string(text: &str, ascii: bool) -> String {
    let escape = |c: char| -> String {
        if c.is_ascii() {
            return c.into();
        }
        c.encode_utf16(&mut [0; 2])
            .iter()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect()
    };
    let literal = serde_json::Value::from(text).to_string();
    if ascii {
        literal.chars().map(escape).collect()
    } else {
        literal
    }
}

/// A TOML string in the place of another, with the same quotes. Texts over several lines only where they hold no escapes.
fn toml_literal(text: &str, offset: usize, old: &str, new: &str) -> Option<(Range<usize>, String)> {
    let rest = text.get(offset..)?;
    let odd = |c: char| c.is_control();
    for quotes in ["\"\"\"", "'''"] {
        let Some(inside) = rest.strip_prefix(quotes) else {
            continue;
        };
        let inside = &inside[..inside.find(quotes)?];
        let lead = inside.len()
            - inside
                .strip_prefix("\r\n")
                .or_else(|| inside.strip_prefix('\n'))
                .unwrap_or(inside)
                .len();
        let odd = |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\\' | '"' | '\'');
        if inside[lead..] != *old || old.contains(odd) || new.contains(odd) {
            return None;
        }
        let start = offset + quotes.len() + lead;
        return Some((start..start + old.len(), new.to_owned()));
    }
    if let Some(inside) = rest.strip_prefix('\'') {
        let inside = &inside[..inside.find('\'')?];
        let fits = inside == old && !new.contains(odd) && !new.contains('\'');
        return fits.then(|| (offset + 1..offset + 1 + inside.len(), new.to_owned()));
    }
    let inside = rest.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.find(|c: char| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some((offset + 1..offset + 1 + end, toml_string(new)))
}

/// A text as it stands between the quotes of a TOML string.
pub(super) fn toml_string(text: &str) -> String {
    let mut literal = String::new();
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() => literal.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(text: &str, found: Option<(Range<usize>, String)>) -> Option<String> {
        let (range, literal) = found?;
        Some(format!("{}{literal}{}", &text[..range.start], &text[range.end..]))
    }

    #[test]
    fn strings_of_json() {
        for (text, old, new, after) in [
            (r#"["甲"]"#, "甲", "乙\"", Some(r#"["乙\""]"#)),
            (r#"["\u7532 "]"#, "甲 ", "甲", Some(r#"["\u7532"]"#)),
            (r#"["a\/b"]"#, "a/b", "c", Some(r#"["c"]"#)),
            (r#"["a"]"#, "b", "c", None),
        ] {
            assert_eq!(put(text, json_literal(text, 1, old, new)).as_deref(), after, "{text}");
        }
    }

    #[test]
    fn strings_of_toml() {
        for (text, old, new, after) in [
            ("a=\"甲\" # x", "甲", "乙\"\n", Some("a=\"乙\\\"\\n\" # x")),
            ("a=\"x\\\"y\"", "x\"y", "z", Some("a=\"z\"")),
            ("a='甲'", "甲", "乙", Some("a='乙'")),
            ("a='甲'", "甲", "'", None),
            (
                "a=\"\"\"\n甲\n乙 \"\"\"",
                "甲\n乙 ",
                "甲\n乙",
                Some("a=\"\"\"\n甲\n乙\"\"\""),
            ),
            ("a=\"\"\"甲\\n\"\"\"", "甲\n", "甲", None),
            ("a='''甲'''", "甲", "乙", Some("a='''乙'''")),
        ] {
            assert_eq!(put(text, toml_literal(text, 2, old, new)).as_deref(), after, "{text}");
        }
    }
}

//! Where the fields of a CSV stand in its text, and how they are written.
//!
//! Must not know what they mean.

use std::borrow::Cow;

use memchr::{memchr, memchr3};

use super::super::csv::lines;
use super::super::delimiter;
use super::super::outline::Outline;
use super::{Asker, Left, Spot, Where};
use crate::model::At;

/// The fields that are to be written otherwise.
pub(super) fn spots(text: &str, asker: &mut Asker<'_>) -> Vec<Spot> {
    let delimiter = delimiter(text.as_bytes());
    let mut outline = Outline::new(text.as_bytes(), delimiter);
    let mut spots = Vec::new();
    // Reading from memory cannot fail.
    while let Ok(Some(chunk)) = outline.next() {
        let offset = usize::try_from(chunk.offset).unwrap_or(usize::MAX);
        let Some(whole) = text.get(offset..offset.saturating_add(chunk.bytes.len())) else {
            break;
        };
        let bytes = whole.as_bytes();
        let mut at = At {
            row: chunk.before.row.saturating_add(1),
            line: chunk.before.line,
        };
        let mut pos = 0;
        while pos < bytes.len() {
            let first = pos;
            let mut column = 0;
            loop {
                let field = Field::at(whole, pos, delimiter);
                if !field.text.is_empty()
                    && let Some(change) = asker.ask(None, at, &Where::Column(column), &field.text)
                {
                    match field.literal(&change.new, delimiter) {
                        Some(literal) => spots.push(Spot {
                            range: offset + pos..offset + field.end,
                            literal,
                            change,
                        }),
                        None => asker.leave(Left::Notation),
                    }
                }
                column += 1;
                let end = field.end;
                pos = end + 1;
                match bytes.get(end) {
                    Some(&byte) if byte == delimiter => {}
                    Some(b'\r') if bytes.get(pos) == Some(&b'\n') => {
                        pos += 1;
                        break;
                    }
                    _ => break,
                }
            }
            at.row = at.row.saturating_add(1);
            at.line = at.line.saturating_add(lines(&bytes[first..pos.min(bytes.len())]));
        }
    }
    spots
}

/// One field as it stands.
struct Field<'t> {
    /// The byte behind it: a separator, a line end, or the end of the text.
    end: usize,
    text: Cow<'t, str>,
    quoted: bool,
    /// Whether nothing stands behind its closing quote.
    sound: bool,
}

impl<'t> Field<'t> {
    /// The field that begins at a byte, as the reader takes it: a quote in the middle of a field is a letter.
    fn at(whole: &'t str, start: usize, delimiter: u8) -> Field<'t> {
        let bytes = whole.as_bytes();
        let behind = |from: usize| memchr3(delimiter, b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |at| from + at);
        if bytes.get(start) != Some(&b'"') {
            let end = behind(start);
            return Field {
                end,
                text: Cow::Borrowed(&whole[start..end]),
                quoted: false,
                sound: true,
            };
        }
        let mut close = start + 1;
        while let Some(found) = memchr(b'"', &bytes[close.min(bytes.len())..]) {
            close += found;
            if bytes.get(close + 1) != Some(&b'"') {
                break;
            }
            close += 2;
        }
        let closed = bytes.get(close) == Some(&b'"');
        let close = if closed { close } else { bytes.len() };
        let end = behind((close + 1).min(bytes.len()));
        let inside = &whole[start + 1..close];
        Field {
            end,
            text: if inside.contains('"') {
                Cow::Owned(inside.replace("\"\"", "\""))
            } else {
                Cow::Borrowed(inside)
            },
            quoted: true,
            sound: closed && close + 1 == end,
        }
    }

    /// Another text in the way of this field.
    fn literal(&self, new: &str, delimiter: u8) -> Option<String> {
        if !self.sound {
            return None;
        }
        let needs = new.bytes().any(|b| b == delimiter || matches!(b, b'"' | b'\n' | b'\r'));
        Some(if self.quoted || needs {
            format!("\"{}\"", new.replace('"', "\"\""))
        } else {
            new.to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_their_literals() {
        for (text, end, value, literal) in [
            ("a,b", 1, "a", Some("x")),
            ("\"a,b\",c", 5, "a,b", Some("\"x\"")),
            ("\"a\"\"b\"\n", 6, "a\"b", Some("\"x\"")),
            ("\"\",", 2, "", Some("\"x\"")),
            ("\"a\"b,c", 4, "a", None),
            ("", 0, "", Some("x")),
        ] {
            let field = Field::at(text, 0, b',');
            assert_eq!((field.end, &*field.text), (end, value), "{text}");
            assert_eq!(field.literal("x", b',').as_deref(), literal, "{text}");
        }
        let plain = Field::at("a;b", 0, b';');
        assert_eq!(plain.literal("x;\"y\"", b';').as_deref(), Some("\"x;\"\"y\"\"\""));
    }
}

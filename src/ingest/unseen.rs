//! Characters that nobody sees: every text of every file is looked through for them once.
//!
//! Must not know where a text stands.

use crate::model::Shape;
use crate::normalise::fold;

/// The characters that a reader would not see, each once in the order of the text, as `U+001B、U+202E`. In records and lists our own
/// separators are passed over.
pub(super) fn unseen(text: &str, shape: Shape) -> Option<String> {
    // How their UTF-8 begins. The first look is at all bytes and the one behind each, which is faster than stopping at the first that is
    // found; what it finds besides (“, …, ①) is sorted out in the second.
    let may = |byte: u8, next: u8| {
        (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')
            | (byte == 0x7F)
            | (byte == 0xC2) & (next <= 0xAD)
            | (byte == 0xD8)
            // U+200B to U+2069, not ①, ≥ or ■.
            | (byte == 0xE2) & (next <= 0x81)
            | (byte == 0xEE)
            // Private use, U+FEFF and U+FFF9 to U+FFFB, not the ，；（ of every text.
            | (byte == 0xEF) & ((next <= 0xA3) | (next == 0xBB) | (next == 0xBF))
            | (byte >= 0xF3)
    };
    let bytes = text.as_bytes();
    let last = bytes.last().is_some_and(|&byte| may(byte, 0));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    if !pairs.fold(last, |found, (&byte, &next)| found | may(byte, next)) {
        return None;
    }
    let own = |c: char| shape != Shape::Text && matches!(c, '\u{1C}'..='\u{1F}');
    let mut found: Vec<char> = Vec::new();
    for c in text.chars().filter(|&c| fold::is_unseen(c) && !own(c)) {
        if !found.contains(&c) && found.len() < MOST_UNSEEN {
            found.push(c);
        }
    }
    let names: Vec<String> = found.iter().map(|&c| format!("U+{:04X}", u32::from(c))).collect();
    (!names.is_empty()).then(|| names.join("、"))
}

/// How many characters of one text are named.
const MOST_UNSEEN: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the first look passes over, every character that nobody sees is found, wherever it stands, and no other.
    #[test]
    fn every_character() {
        for c in '\0'..=char::MAX {
            let code = format!("U+{:04X}", u32::from(c));
            let expected = fold::is_unseen(c).then_some(code);
            for text in [format!("甲，{c}乙"), format!("“{c}")] {
                assert_eq!(unseen(&text, Shape::Text), expected, "{text:?}");
            }
        }
    }
}

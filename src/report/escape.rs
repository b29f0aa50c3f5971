//! Escaping: what is in the data must not act in the output.
//!
//! Must not know formats beyond how they are attacked (threats, rows 16 to 19).

use std::borrow::Cow;

use crate::normalise::fold::{is_unseen, looks_like_formula};

pub use crate::normalise::fold::unguard;

/// For a terminal and for running text: control characters, direction marks and other invisible characters are shown as
/// `⟨U+202E⟩`; line breaks become ` ⏎ `, tabs a space. Nothing is dropped.
pub fn terminal(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() || is_unseen(c);
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push_str(" ⏎ "),
            '\r' => {}
            '\t' => out.push(' '),
            c if odd(c) => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// For a cell that a spreadsheet may open: what could start a formula gets a `'` in front. [`unguard`] takes it off.
pub fn guard(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// For a cell of a Markdown table.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in terminal(text).chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// For text and attributes of XML: its marks, and what XML 1.0 forbids (control characters, U+FFFE) in words.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in terminal(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::fold::LEADS;

    #[test]
    fn nothing_acts_and_nothing_is_lost() {
        assert_eq!(terminal("a\u{1b}[2Jb\u{202e}c\u{9b}"), "a⟨U+001B⟩[2Jb⟨U+202E⟩c⟨U+009B⟩");
        assert_eq!(terminal("甲\n乙"), "甲 ⏎ 乙");
        for text in [
            "=1+1", " =1", "'=1", "'", "''=1", "-", "甲", "\"=1", "＝A1", "'甲", "", "\t=",
        ] {
            let guarded = guard(text);
            assert_eq!(unguard(&guarded), text, "{text:?}");
            assert!(!guarded.starts_with(LEADS), "{text:?}");
        }
        assert_eq!(markdown("a|b<script>"), "a\\|b&lt;script&gt;");
    }

    proptest::proptest! {
        #[test]
        fn guarding_can_be_undone(text in "[ =+'\"@\\-a-c\\t]{0,8}") {
            let guarded = guard(&text);
            proptest::prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}

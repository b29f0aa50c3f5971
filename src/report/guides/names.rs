//! Names of files made from codes and names of items: such as every system takes (Windows above all), and each its own.
//!
//! Must not know what is in the files.

use std::collections::HashSet;
use std::fmt::Write;

/// Bytes of a name without its ending: file systems of Linux take 255 of them, Windows as many units of UTF-16; encrypted folders take
/// fewer (143).
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, with any ending.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The names of files that were given, each its own also where small and capital letters are one.
#[derive(Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// Keeps a name for something else.
    pub fn keep(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// A name of a file with an ending, as near as possible to what is wanted. Told again, the same is wanted gives another: `甲(2).md`.
    pub fn name(&mut self, wanted: &str, ending: &str) -> String {
        let plain = plain(wanted);
        let mut at = 1_usize;
        loop {
            let behind = if at > 1 { format!("({at})") } else { String::new() };
            let stem = cut(&plain, LONGEST - behind.len());
            let name = format!("{stem}{behind}.{ending}");
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
            at += 1;
        }
    }
}

/// A name without what Windows, macOS or a shell does not take, and without what nobody sees.
fn plain(wanted: &str) -> String {
    let unseen = |c: char| c.is_control() || crate::normalise::fold::is_unseen(c);
    let mut out = String::with_capacity(wanted.len());
    for c in wanted.chars() {
        match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => out.push('_'),
            c if c.is_whitespace() => out.push(' '),
            c if unseen(c) => {}
            c => out.push(c),
        }
    }
    // A dot in front hides a file; a leading hyphen or ~ is an option or a home to a shell; Windows drops dots and blanks at the end.
    let bare = out.trim_start_matches(|c: char| matches!(c, '.' | '-' | '~') || c.is_whitespace());
    let bare = cut(bare, LONGEST);
    if bare.is_empty() {
        return "_".to_owned();
    }
    let stem = bare.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |word: &str| {
        let rest = stem.strip_prefix(word).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(rest.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    match RESERVED.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        true => format!("_{bare}"),
        false => bare.to_owned(),
    }
}

/// The beginning of a text that is at most so many bytes long.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end_matches(|c: char| c == '.' || c.is_whitespace())
}

/// A name of a file as it stands in a link.
pub fn url(name: &str) -> String {
    let mut out = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => {
                write!(out, "%{byte:02X}").ok();
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_windows_takes() {
        let mut names = Names::default();
        let wanted = [
            ("000104002000 取水许可", "000104002000 取水许可.md"),
            ("000104002000 取水许可", "000104002000 取水许可(2).md"),
            ("a/b:c*d?e<f>g\\h|i\"", "a_b_c_d_e_f_g_h_i_.md"),
            ("ABC", "ABC.md"),
            ("abc", "abc(2).md"),
            ("con", "_con.md"),
            ("Com1.许可", "_Com1.许可.md"),
            ("LPT³", "_LPT³.md"),
            ("com", "com.md"),
            ("../../etc/passwd", "_.._etc_passwd.md"),
            ("~root", "root.md"),
            ("", "_.md"),
            (" . ", "_(2).md"),
            ("甲\u{202e}乙\u{0}", "甲乙.md"),
            ("尾. . ", "尾.md"),
        ];
        for (name, told) in wanted {
            assert_eq!(names.name(name, "md"), told);
        }
        let long = "很长的事项名称".repeat(40);
        let (first, second) = (names.name(&long, "html"), names.name(&long, "html"));
        assert!(
            first.len() <= LONGEST + 5 && second.ends_with("(2).html"),
            "{first} {second}"
        );
        assert_eq!(url("甲 (2).md"), "%E7%94%B2%20%282%29.md");
    }

    proptest::proptest! {
        #[test]
        fn no_name_leaves_its_folder(wanted in proptest::collection::vec("[\\PC./\\\\: conCON\\t\\r]{0,30}", 1..8)) {
            let mut names = Names::default();
            let mut seen = HashSet::new();
            for wanted in &wanted {
                let name = names.name(wanted, "md");
                proptest::prop_assert!(!name.contains(['/', '\\', ':', '\0', '\n']) && !name.starts_with('.'));
                proptest::prop_assert!(name.len() <= LONGEST + 3 && std::path::Path::new(&name).components().count() == 1);
                proptest::prop_assert!(seen.insert(name.to_lowercase()));
            }
        }
    }
}

//! The table of divisions (GB/T 2260 since 1981), embedded, and read when it is first asked for.
//!
//! Must not know what a division is asked for.

use std::sync::LazyLock;

use super::Profile;
use crate::normalise::divisions::{Division, Divisions};

const DIVISIONS: &str = include_str!("../../catalogs/codes/divisions.csv");

static TABLE: LazyLock<Divisions> = LazyLock::new(|| {
    let lines = DIVISIONS.lines().filter(|line| !line.starts_with('#'));
    Divisions::new(lines.filter_map(division).collect())
});

/// `code,name,since,until,successors`; what is empty at the end is left out.
fn division(line: &'static str) -> Option<Division> {
    let mut fields = line.split(',');
    let (code, name) = (fields.next()?, fields.next()?);
    let mut year = || fields.next().and_then(|year| year.parse().ok());
    let (since, until) = (year(), year());
    Some(Division {
        code,
        name,
        since,
        until,
        successors: fields.next().unwrap_or_default().split_whitespace().collect(),
    })
}

impl Profile {
    /// All divisions since 1981.
    pub fn divisions(&self) -> &'static Divisions {
        &TABLE
    }

    /// What the division of a code (2, 4, 6, 9 or 12 digits) is called, with the one above it in front where the name alone
    /// could mean another. `None` for towns and villages, and for what is no known code.
    pub fn division_name(&self, code: &str) -> Option<String> {
        TABLE.name(code)
    }

    /// The codes of the divisions that a text is the name of: none, one, or several where it could mean each of them.
    pub fn division_by_name(&self, text: &str) -> Vec<&'static str> {
        TABLE.by_name(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reader passes over what it cannot read, so nothing may be.
    #[test]
    fn every_line_is_read() {
        let lines: Vec<&str> = DIVISIONS.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(TABLE.entries().len(), lines.len());
        assert!(DIVISIONS.len() < 300_000);
        for (line, entry) in lines.iter().zip(TABLE.entries()) {
            let year = |year: Option<u16>| year.map_or_else(String::new, |year| year.to_string());
            let fields = [
                entry.code,
                entry.name,
                &year(entry.since),
                &year(entry.until),
                &entry.successors.join(" "),
            ];
            assert_eq!(fields.join(",").trim_end_matches(','), *line);
            assert!(
                entry.code.len() == 6 && entry.code.bytes().all(|b| b.is_ascii_digit()),
                "{line}"
            );
            for code in &entry.successors {
                assert!(!TABLE.names_of(code).is_empty(), "{line}");
            }
        }
        let sorted = |pair: &[Division]| (pair[0].code, pair[0].since) <= (pair[1].code, pair[1].since);
        assert!(TABLE.entries().windows(2).all(sorted));
    }
}

//! CSV: comma, tab or semicolon, with titles above the header allowed.
//!
//! Must not know what columns mean.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::limits;
use super::table::{Builder, Loaded, header_score};
use crate::model::{Place, Severity, Shape};
use crate::profile::Profile;

/// The separator that the first lines use most, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(64 << 10) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ => {
                for (separator, count) in &mut counts {
                    *count += usize::from(byte == *separator);
                }
            }
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |&(separator, _)| separator)
}

/// The lines on which records begin. The reader's own count is one behind after CR LF, and blank lines before a record are
/// counted into it.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a record; records must come in their order.
    fn of(&mut self, record: &StringRecord) -> u32 {
        let start = record
            .position()
            .map_or(self.at, |at| usize::try_from(at.byte()).unwrap_or(self.at));
        while self.at < self.text.len() {
            let byte = self.text[self.at];
            if self.at >= start && byte != b'\n' && byte != b'\r' {
                break;
            }
            // A CR alone ends a line too; before an LF it does not count twice.
            let ends = byte == b'\n' || (byte == b'\r' && self.text.get(self.at + 1) != Some(&b'\n'));
            self.line = self.line.saturating_add(u32::from(ends));
            self.at += 1;
        }
        self.line
    }
}

/// Reads the rows of a text.
pub(super) fn read(
    profile: &Profile,
    overrides: &BTreeMap<String, String>,
    file: &str,
    text: &str,
    loaded: &mut Loaded,
) {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut lines = Lines {
        text: text.as_bytes(),
        at: 0,
        line: 1,
    };
    let mut head: Vec<(u32, StringRecord)> = Vec::new();
    let mut record = StringRecord::new();
    while head.len() < limits::HEADER_ROWS && matches!(reader.read_record(&mut record), Ok(true)) {
        head.push((lines.of(&record), record.clone()));
    }
    let best = head
        .iter()
        .map(|(_, row)| header_score(profile, overrides, &row.iter().map(str::to_owned).collect::<Vec<_>>()))
        .enumerate()
        // The first of the best: data may repeat header words.
        .max_by_key(|&(at, score)| (score, usize::MAX - at));
    let Some((at, _)) = best.filter(|&(_, score)| score > 0) else {
        let first = head
            .first()
            .map(|(_, row)| row.iter().take(8).collect::<Vec<_>>().join("，"))
            .unwrap_or_default();
        let place = Place {
            file: file.to_owned(),
            row: head.first().map_or(0, |(line, _)| *line),
            ..Place::default()
        };
        loaded.refuse("FIL001", place, vec![("header", first.chars().take(80).collect())]);
        return;
    };
    let headers: Vec<String> = head[at].1.iter().take(limits::COLUMNS).map(str::to_owned).collect();
    let mut table = Builder::new(profile, overrides, file, None, head[at].0, headers);
    let mut last_line = 0;
    let mut add = |table: &mut Builder<'_>, loaded: &mut Loaded, number: u32, record: &StringRecord| {
        last_line = number;
        if record.iter().all(|field| field.trim().is_empty()) {
            return;
        }
        let filled = record
            .iter()
            .enumerate()
            .filter(|(_, field)| !field.trim().is_empty())
            .last()
            .map_or(0, |(at, _)| at + 1);
        if filled > table.width() || (record.len() < table.width() && record.len() > 1) {
            let args = vec![
                ("found", record.len().to_string()),
                ("expected", table.width().to_string()),
            ];
            let place = table.place(number, None);
            loaded.report("FIL003", Severity::Error, place, args);
        }
        table.row(
            loaded,
            number,
            record
                .iter()
                .enumerate()
                .map(|(at, text)| (at, Shape::Text, Cow::Borrowed(text), false)),
        );
    };
    for (number, record) in &head[at + 1..] {
        add(&mut table, loaded, *number, record);
    }
    while matches!(reader.read_record(&mut record), Ok(true)) {
        add(&mut table, loaded, lines.of(&record), &record);
    }
    // An odd number of quotes means that one was opened and never closed, and swallowed what follows.
    if text.bytes().filter(|&b| b == b'"').count() % 2 == 1 {
        let place = table.place(last_line, None);
        loaded.refuse("FIL008", place, Vec::new());
    }
    table.finish(loaded);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(text: &str) -> Vec<u32> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut lines = Lines {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        };
        let mut record = StringRecord::new();
        let mut found = Vec::new();
        while matches!(reader.read_record(&mut record), Ok(true)) {
            found.push(lines.of(&record));
        }
        found
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        assert_eq!(lines_of("a\nb\nc\n"), [1, 2, 3]);
        assert_eq!(lines_of("a\r\nb\r\nc"), [1, 2, 3]);
        assert_eq!(lines_of("a\rb\rc"), [1, 2, 3]);
        assert_eq!(lines_of("a\r\n\r\n\nb\n"), [1, 4]);
        assert_eq!(lines_of("\"a\nx\"\r\nb"), [1, 3]);
    }
}

//! CSV: comma, tab or semicolon, with titles above the header allowed.
//!
//! Must not know what columns mean.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::limits;
use super::table::{Builder, Loaded, header_score};
use crate::model::{At, Place, Severity, Shape};
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

/// The rows and lines on which records begin. The reader's own count of lines is one behind after CR LF, and it passes over
/// blank lines, which a spreadsheet shows as rows.
struct Counter<'a> {
    text: &'a [u8],
    byte: usize,
    at: At,
}

impl<'a> Counter<'a> {
    fn new(text: &'a str) -> Self {
        Counter {
            text: text.as_bytes(),
            byte: 0,
            at: At { row: 0, line: 1 },
        }
    }

    /// Whether a line ends at a byte: at LF, and at a CR that no LF follows.
    fn ends(&self, byte: usize) -> bool {
        match self.text.get(byte) {
            Some(b'\n') => true,
            Some(b'\r') => self.text.get(byte + 1) != Some(&b'\n'),
            _ => false,
        }
    }

    /// Where a record stands; records must come in their order.
    fn of(&mut self, record: &StringRecord) -> At {
        let start = record
            .position()
            .map_or(self.byte, |at| usize::try_from(at.byte()).unwrap_or(self.byte));
        while self.byte < start.min(self.text.len()) {
            self.at.line = self.at.line.saturating_add(u32::from(self.ends(self.byte)));
            self.byte += 1;
        }
        // The reader begins a record at the LF of the CR LF before it: that ends the row before, all others are blank rows.
        let leftover = start > 0 && self.text.get(start - 1) == Some(&b'\r') && self.text.get(start) == Some(&b'\n');
        let mut blank = 0_u32;
        while matches!(self.text.get(self.byte), Some(b'\n' | b'\r')) {
            blank = blank.saturating_add(u32::from(self.ends(self.byte)));
            self.byte += 1;
        }
        self.at.line = self.at.line.saturating_add(blank);
        self.at.row = self.at.row.saturating_add(1 + blank - u32::from(leftover).min(blank));
        self.at
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
    let mut counter = Counter::new(text);
    let mut head: Vec<(At, StringRecord)> = Vec::new();
    let mut record = StringRecord::new();
    while head.len() < limits::HEADER_ROWS && matches!(reader.read_record(&mut record), Ok(true)) {
        head.push((counter.of(&record), record.clone()));
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
            row: head.first().map_or(0, |(at, _)| at.row),
            line: head.first().map_or(0, |(at, _)| at.line),
            ..Place::default()
        };
        loaded.refuse("FIL001", place, vec![("header", first.chars().take(80).collect())]);
        return;
    };
    let headers: Vec<String> = head[at].1.iter().take(limits::COLUMNS).map(str::to_owned).collect();
    let mut table = Builder::new(profile, overrides, file, None, head[at].0, headers);
    let mut last = At::default();
    let mut add = |table: &mut Builder<'_>, loaded: &mut Loaded, position: At, record: &StringRecord| {
        last = position;
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
            let place = table.place(position, None);
            loaded.report("FIL003", Severity::Error, place, args);
        }
        table.row(
            loaded,
            position,
            record
                .iter()
                .enumerate()
                .map(|(at, text)| (at, Shape::Text, Cow::Borrowed(text), false)),
        );
    };
    for (position, record) in &head[at + 1..] {
        add(&mut table, loaded, *position, record);
    }
    while matches!(reader.read_record(&mut record), Ok(true)) {
        add(&mut table, loaded, counter.of(&record), &record);
    }
    // An odd number of quotes means that one was opened and never closed, and swallowed what follows.
    if text.bytes().filter(|&b| b == b'"').count() % 2 == 1 {
        let place = table.place(last, None);
        loaded.refuse("FIL008", place, Vec::new());
    }
    table.finish(loaded);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(text: &str) -> Vec<(u32, u32)> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut counter = Counter::new(text);
        let mut record = StringRecord::new();
        let mut found = Vec::new();
        while matches!(reader.read_record(&mut record), Ok(true)) {
            let at = counter.of(&record);
            found.push((at.row, at.line));
        }
        found
    }

    #[test]
    fn rows_of_a_spreadsheet_and_lines_of_an_editor() {
        assert_eq!(positions("a\nb\nc\n"), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(positions("a\r\nb\r\nc"), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(positions("a\rb\rc"), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(positions("a\r\n\r\n\nb\n"), [(1, 1), (4, 4)]);
        assert_eq!(positions("a\n\n\nb\n"), [(1, 1), (4, 4)]);
        assert_eq!(positions("\n\na\n"), [(3, 3)]);
        assert_eq!(positions("\"a\nx\"\r\nb\r\nc"), [(1, 1), (2, 3), (3, 4)]);
        assert_eq!(positions("\"a\nx\"\n\nb"), [(1, 1), (3, 4)]);
    }
}

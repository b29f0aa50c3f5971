//! CSV: comma, tab or semicolon, with titles above the header allowed.
//!
//! Must not know what columns mean.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::sheet::{Came, Context, RawCell, Sheet};
use super::table::Loaded;
use crate::model::{At, Place};

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
pub(super) fn read(context: Context<'_>, text: &str, loaded: &mut Loaded) {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut counter = Counter::new(text);
    let mut sheet = Sheet::new(context, None, Vec::new());
    let mut record = StringRecord::new();
    let mut last = At::default();
    while matches!(reader.read_record(&mut record), Ok(true)) {
        last = counter.of(&record);
        let cells: Vec<RawCell<'_>> = record
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(column, text)| RawCell {
                column,
                text: Cow::Borrowed(text),
                came: Came::Text,
            })
            .collect();
        if !cells.is_empty() {
            sheet.row(loaded, last, record.len(), &cells);
        }
    }
    let place = |at: At| Place {
        file: context.file.to_owned(),
        row: at.row,
        line: at.line,
        ..Place::default()
    };
    // An odd number of quotes means that one was opened and never closed, and swallowed what follows.
    if text.bytes().filter(|&b| b == b'"').count() % 2 == 1 {
        loaded.refuse("FIL008", place(last), Vec::new());
    }
    if let Err(header) = sheet.finish(loaded) {
        loaded.refuse("FIL001", place(At { row: 1, line: 1 }), vec![("header", header)]);
    }
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

//! CSV: comma, tab, semicolon or bar, with titles above the header allowed. Read as a stream in two threads: one finds the
//! records, the other puts them into the table.
//!
//! Must not know what columns mean.

use std::borrow::Cow;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use hashbrown::HashTable;
use memchr::{memchr, memchr_iter, memchr3};

use super::limits;
use super::outline::{Chunk, Endings, Fault, FaultKind, Outline};
use super::sheet::{Came, Context, RawCell, Sheet, is_blank};
use super::table::Loaded;
use crate::model::{At, Place, Severity, TextHash};

/// How many batches of records may wait.
const WAITING: usize = 4;

/// Why a CSV could not be read to its end.
pub(super) enum Broken {
    /// The bytes from this one on are not UTF-8.
    NotUtf8(u64),
    /// What the system said.
    Io(std::io::Error),
}

/// Some records, and where they stand. Its memory is used again and again.
#[derive(Default)]
struct Batch {
    text: String,
    rows: Vec<Record>,
    fields: Vec<Field>,
    /// Fields with doubled quotes, without them.
    undoubled: Vec<String>,
    /// The distinct texts of the fields, by their hash.
    index: HashTable<u32>,
    distinct: Vec<(usize, usize)>,
    hashes: Vec<TextHash>,
    faults: Vec<Fault>,
}

/// One record: its place, how many fields it has, and where those that are not blank end in [`Batch::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Record {
    at: At,
    fields: usize,
    end: usize,
}

/// A field that is not blank: its column, and its part of the text, or, with `start` beyond all texts, its number among those
/// with doubled quotes.
#[derive(Clone, Copy)]
struct Field {
    column: usize,
    start: usize,
    end: usize,
    /// Its number among the distinct texts, from 1; 0 where it was not looked for.
    again: u32,
}

/// No text of a batch is so long.
const UNDOUBLED: usize = usize::MAX;

impl Batch {
    fn clear(&mut self) {
        self.text.clear();
        self.rows.clear();
        self.fields.clear();
        self.undoubled.clear();
        self.index.clear();
        self.distinct.clear();
        self.hashes.clear();
        self.faults.clear();
    }

    fn text(&self, field: Field) -> &str {
        if field.start == UNDOUBLED {
            &self.undoubled[field.end]
        } else {
            &self.text[field.start..field.end]
        }
    }

    /// Reads the records of a chunk.
    fn fill(&mut self, chunk: Chunk<'_>, delimiter: u8) -> Result<(), Broken> {
        self.clear();
        let Ok(text) = simdutf8::basic::from_utf8(chunk.bytes) else {
            let valid = std::str::from_utf8(chunk.bytes).map_or_else(|error| error.valid_up_to(), str::len);
            return Err(Broken::NotUtf8(chunk.offset + valid as u64));
        };
        self.text.push_str(text);
        self.faults = chunk.faults;
        let mut at = At {
            row: chunk.before.row.saturating_add(1),
            line: chunk.before.line,
        };
        let bytes = chunk.bytes;
        let mut pos = 0;
        while pos < bytes.len() {
            let first = pos;
            let mut fields = 0;
            loop {
                let end = self.field(bytes, pos, delimiter, fields);
                fields += 1;
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
            let end = self.fields.len();
            if self.rows.last().map_or(0, |row| row.end) < end {
                self.rows.push(Record { at, fields, end });
            }
            at.row = at.row.saturating_add(1);
            at.line = at.line.saturating_add(lines(&bytes[first..pos.min(bytes.len())]));
        }
        Ok(())
    }

    /// Reads the field that begins at a byte, and gives the byte behind it: a separator, a line end, or the end of the text. A
    /// quote in the middle of a field is a letter.
    fn field(&mut self, bytes: &[u8], start: usize, delimiter: u8, column: usize) -> usize {
        let behind = |from: usize| memchr3(delimiter, b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |at| from + at);
        if bytes.get(start) != Some(&b'"') {
            let end = behind(start);
            self.push(column, start, end);
            return end;
        }
        let mut close = start + 1;
        let mut doubled = false;
        loop {
            match memchr(b'"', &bytes[close.min(bytes.len())..]) {
                None => {
                    close = bytes.len();
                    break;
                }
                Some(found) => close += found,
            }
            if bytes.get(close + 1) != Some(&b'"') {
                break;
            }
            doubled = true;
            close += 2;
        }
        let end = behind((close + 1).min(bytes.len()));
        // What follows a closing quote belongs to the field, though it should not be there.
        if !doubled && close + 1 >= end {
            self.push(column, start + 1, close);
            return end;
        }
        let inside = self.text[start + 1..close].replace("\"\"", "\"");
        let after = &self.text[(close + 1).min(end)..end];
        let whole = inside + after;
        if !is_blank(&whole) {
            self.fields.push(Field {
                column,
                start: UNDOUBLED,
                end: self.undoubled.len(),
                again: 0,
            });
            self.undoubled.push(whole);
        }
        end
    }

    fn push(&mut self, column: usize, start: usize, end: usize) {
        if is_blank(&self.text[start..end]) {
            return;
        }
        let (bytes, distinct, hashes) = (self.text.as_bytes(), &self.distinct, &self.hashes);
        let hash = TextHash::of(&bytes[start..end]);
        let same = |&number: &u32| {
            let (from, to) = distinct[number as usize];
            hashes[number as usize] == hash && bytes[from..to] == bytes[start..end]
        };
        let number = match self.index.find(hash.spread(), same) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
                self.distinct.push((start, end));
                self.hashes.push(hash);
                let hashes = &self.hashes;
                self.index
                    .insert_unique(hash.spread(), number, |&number| hashes[number as usize].spread());
                number
            }
        };
        self.fields.push(Field {
            column,
            start,
            end,
            again: number.saturating_add(1),
        });
    }

    /// Puts the records into the sheet.
    fn take(&mut self, context: Context<'_>, sheet: &mut Sheet<'_>, loaded: &mut Loaded) {
        for fault in self.faults.drain(..) {
            let place = Place {
                file: context.file.into(),
                row: fault.at.row,
                line: fault.at.line,
                ..Place::default()
            };
            match fault.kind {
                FaultKind::Quote => loaded.refuse("FIL008", place, vec![("lost", lost(fault.lost))]),
                FaultKind::TooLong => {
                    loaded.refuse("FIL009", place, vec![("bytes", format!("> {}", limits::FIELD_BYTES))]);
                }
            }
        }
        loaded.again(&self.hashes);
        let mut start = 0;
        for row in &self.rows {
            let cells: Vec<RawCell<'_>> = self.fields[start..row.end]
                .iter()
                .map(|&field| RawCell {
                    column: field.column,
                    text: Cow::Borrowed(self.text(field)),
                    came: Came::Text,
                    again: field.again,
                })
                .collect();
            start = row.end;
            sheet.row(loaded, row.at, row.fields, &cells);
        }
    }
}

/// How many lines end in a text: at LF, and at a CR that no LF follows.
pub(super) fn lines(bytes: &[u8]) -> u32 {
    let mut count = memchr_iter(b'\n', bytes).count();
    if memchr(b'\r', bytes).is_some() {
        let lone = |&at: &usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        count += memchr_iter(b'\r', bytes).filter(lone).count();
    }
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Reads the rows of a text in UTF-8, as far as it goes.
pub(super) fn read(
    context: Context<'_>,
    input: impl Read + Send,
    delimiter: u8,
    loaded: &mut Loaded,
) -> Result<(), Broken> {
    let mut sheet = Sheet::new(context, None, Vec::new());
    let endings = std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Batch>(WAITING);
        let (give_back, used) = sync_channel::<Batch>(WAITING + 2);
        let finder = scope.spawn(move || find(input, delimiter, &send, &used));
        while let Ok(mut batch) = receive.recv() {
            batch.take(context, &mut sheet, loaded);
            // Only for its memory; when nobody wants it any more, the end is near.
            let _ = give_back.try_send(batch);
        }
        finder
            .join()
            .unwrap_or_else(|_| Err(Broken::Io(std::io::Error::other("internal"))))
    })?;
    let place = |at: At| Place {
        file: context.file.into(),
        row: at.row,
        line: at.line,
        ..Place::default()
    };
    if let Some(line) = endings.mixed_from() {
        let Endings { crlf, lf, cr, .. } = endings;
        let args = vec![
            ("crlf", crlf.to_string()),
            ("lf", lf.to_string()),
            ("cr", cr.to_string()),
        ];
        loaded.report("FIL021", Severity::Warning, place(At { row: line, line }), args);
    }
    if let Err(header) = sheet.finish(loaded) {
        loaded.refuse("FIL001", place(At { row: 1, line: 1 }), vec![("header", header)]);
    }
    Ok(())
}

/// The word that messages ask for.
fn lost(lost: bool) -> String {
    if lost { "yes" } else { "no" }.to_owned()
}

/// Finds the records and sends them on. Gives the line ends that were met.
fn find(input: impl Read, delimiter: u8, send: &SyncSender<Batch>, used: &Receiver<Batch>) -> Result<Endings, Broken> {
    let mut outline = Outline::new(input, delimiter);
    while let Some(chunk) = outline.next().map_err(Broken::Io)? {
        let mut batch = used.try_recv().unwrap_or_default();
        batch.fill(chunk, delimiter)?;
        if send.send(batch).is_err() {
            break;
        }
    }
    Ok(outline.endings)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record as it is read: its place, its number of fields, and those that are not blank.
    type Row = (At, usize, Vec<(usize, String)>);

    fn read_all(text: &str) -> Vec<Row> {
        let mut outline = Outline::new(text.as_bytes(), b',');
        let mut found = Vec::new();
        while let Ok(Some(chunk)) = outline.next() {
            let mut batch = Batch::default();
            assert!(batch.fill(chunk, b',').is_ok());
            let mut start = 0;
            for row in &batch.rows {
                let fields = batch.fields[start..row.end].iter();
                let fields = fields
                    .map(|&field| (field.column, batch.text(field).to_owned()))
                    .collect();
                found.push((row.at, row.fields, fields));
                start = row.end;
            }
        }
        found
    }

    fn positions(text: &str) -> Vec<(u32, u32)> {
        read_all(text).iter().map(|(at, ..)| (at.row, at.line)).collect()
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
        assert_eq!(positions("a\n,,\nb"), [(1, 1), (3, 3)]);
    }

    /// The `csv` crate is the judge: whatever a text is, the fields are those that it finds. It passes over blank lines and leaves
    /// out nothing else.
    #[test]
    fn fields_are_those_of_the_crate() {
        use proptest::prelude::*;
        let pieces = prop::collection::vec(
            prop::sample::select(vec![
                "a",
                "水",
                ",",
                ",",
                "\n",
                "\r\n",
                "\"",
                "\"\"",
                " ",
                "\"x,y\"",
                "\"x\ny\"",
                "\"x\"\"y\"",
            ]),
            0..40,
        );
        let mut runner = proptest::test_runner::TestRunner::new(proptest::test_runner::Config {
            cases: 3_000,
            failure_persistence: None,
            ..Default::default()
        });
        let result = runner.run(&pieces, |pieces| {
            let text = pieces.concat();
            let mut outline = Outline::new(text.as_bytes(), b',');
            let mut kept = String::new();
            while let Ok(Some(chunk)) = outline.next() {
                kept.push_str(std::str::from_utf8(chunk.bytes).expect("text"));
            }
            // Lines that were given up are not there for the crate either.
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(kept.as_bytes());
            let expected: Vec<Vec<(usize, String)>> = reader
                .records()
                .map(|record| {
                    let record = record.expect("a record");
                    let fields = record.iter().enumerate().filter(|(_, text)| !is_blank(text));
                    fields.map(|(at, text)| (at, text.to_owned())).collect()
                })
                .filter(|fields: &Vec<_>| !fields.is_empty())
                .collect();
            let found: Vec<Vec<(usize, String)>> = read_all(&text).into_iter().map(|(.., fields)| fields).collect();
            prop_assert_eq!(found, expected, "{:?}", text);
            Ok(())
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    }

    #[test]
    fn rows_and_lines_do_not_depend_on_chunks() {
        let mut text = String::from("a,b\r\n\r\n");
        let mut expected = vec![(1, 1)];
        let (mut row, mut line) = (3, 3);
        for at in 0..60_000 {
            expected.push((row, line));
            let quoted = at % 7 == 0;
            text.push_str(if quoted {
                "\"x\ny\",1\r\n"
            } else {
                "甲,乙乙乙乙乙乙乙乙\n"
            });
            line += 1 + u32::from(quoted);
            row += 1;
            if at % 11 == 0 {
                text.push_str("\n\r\n");
                (row, line) = (row + 2, line + 2);
            }
        }
        assert!(text.len() > 1 << 20);
        assert_eq!(positions(&text), expected);
    }
}

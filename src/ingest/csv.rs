//! CSV: comma, tab, semicolon or bar, with titles above the header allowed. Read as a stream in two threads: one finds the
//! records, the other puts them into the table.
//!
//! Must not know what columns mean.

use std::borrow::Cow;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use csv::{ReaderBuilder, StringRecord};
use memchr::memchr2_iter;

use super::limits;
use super::outline::{Chunk, Endings, Fault, FaultKind, Outline};
use super::sheet::{Came, Context, RawCell, Sheet, is_blank};
use super::table::Loaded;
use crate::model::{At, Place, Severity};

/// How many batches of records may wait.
const WAITING: usize = 4;

/// Why a CSV could not be read to its end.
pub(super) enum Broken {
    /// The bytes from this one on are not UTF-8.
    NotUtf8(u64),
    /// What the system said.
    Io(std::io::Error),
}

/// Some records, and where they stand.
struct Batch {
    rows: Vec<(At, StringRecord)>,
    /// How many of them are filled; the others are kept for their memory.
    filled: usize,
    faults: Vec<Fault>,
}

/// The rows and lines on which records begin. The reader's own count of lines is one behind after CR LF, and it passes over
/// blank lines, which a spreadsheet shows as rows.
struct Counter<'a> {
    text: &'a [u8],
    byte: usize,
    at: At,
}

impl<'a> Counter<'a> {
    /// A text of which so many rows end before it, and that begins on such a line.
    fn new(text: &'a [u8], before: At) -> Self {
        Counter {
            text,
            byte: 0,
            at: before,
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
            .map_or(self.byte, |at| usize::try_from(at.byte()).unwrap_or(self.byte))
            .min(self.text.len());
        if self.byte < start {
            let lines = memchr2_iter(b'\n', b'\r', &self.text[self.byte..start])
                .filter(|at| self.ends(self.byte + at))
                .count();
            self.at.line = self.at.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            self.byte = start;
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
            take(context, &mut batch, &mut sheet, loaded);
            // Only for its memory; when nobody wants it any more, the end is near.
            let _ = give_back.try_send(batch);
        }
        finder
            .join()
            .unwrap_or_else(|_| Err(Broken::Io(std::io::Error::other("internal"))))
    })?;
    let place = |at: At| Place {
        file: context.file.to_owned(),
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

/// Puts a batch into the sheet.
fn take(context: Context<'_>, batch: &mut Batch, sheet: &mut Sheet<'_>, loaded: &mut Loaded) {
    for fault in batch.faults.drain(..) {
        let place = Place {
            file: context.file.to_owned(),
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
    for (at, record) in &batch.rows[..batch.filled] {
        let mut cells: Vec<RawCell<'_>> = Vec::with_capacity(record.len());
        for (column, text) in record.iter().enumerate().filter(|(_, text)| !is_blank(text)) {
            cells.push(RawCell {
                column,
                text: Cow::Borrowed(text),
                came: Came::Text,
            });
        }
        if !cells.is_empty() {
            sheet.row(loaded, *at, record.len(), &cells);
        }
    }
}

/// The word that messages ask for.
fn lost(lost: bool) -> String {
    if lost { "yes" } else { "no" }.to_owned()
}

/// Finds the records and sends them on. Gives the line ends that were met.
fn find(input: impl Read, delimiter: u8, send: &SyncSender<Batch>, used: &Receiver<Batch>) -> Result<Endings, Broken> {
    let mut outline = Outline::new(input, delimiter);
    while let Some(chunk) = outline.next().map_err(Broken::Io)? {
        let mut batch = used.try_recv().unwrap_or_else(|_| Batch {
            rows: Vec::new(),
            filled: 0,
            faults: Vec::new(),
        });
        records(chunk, delimiter, &mut batch)?;
        if send.send(batch).is_err() {
            break;
        }
    }
    Ok(outline.endings)
}

fn records(chunk: Chunk<'_>, delimiter: u8, batch: &mut Batch) -> Result<(), Broken> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(chunk.bytes);
    let mut counter = Counter::new(chunk.bytes, chunk.before);
    batch.filled = 0;
    batch.faults = chunk.faults;
    loop {
        if batch.filled == batch.rows.len() {
            batch.rows.push((At::default(), StringRecord::new()));
        }
        let (at, record) = &mut batch.rows[batch.filled];
        match reader.read_record(record) {
            Ok(true) => *at = counter.of(record),
            Ok(false) => return Ok(()),
            // Reading from memory, nothing else can be wrong than the text.
            Err(_) => {
                let valid = std::str::from_utf8(chunk.bytes).map_or_else(|error| error.valid_up_to(), str::len);
                return Err(Broken::NotUtf8(chunk.offset + valid as u64));
            }
        }
        batch.filled += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_lines_do_not_depend_on_chunks() {
        let mut text = String::from("a,b\r\n\r\n");
        for at in 0..60_000 {
            text.push_str(if at % 7 == 0 {
                "\"x\ny\",1\r\n"
            } else {
                "甲,乙乙乙乙乙乙乙乙\n"
            });
            text.push_str(if at % 11 == 0 { "\n\r\n" } else { "" });
        }
        assert!(text.len() > 1 << 20);
        let mut outline = Outline::new(text.as_bytes(), b',');
        let mut found = Vec::new();
        while let Ok(Some(chunk)) = outline.next() {
            let mut batch = Batch {
                rows: Vec::new(),
                filled: 0,
                faults: Vec::new(),
            };
            assert!(records(chunk, b',', &mut batch).is_ok());
            found.extend(batch.rows[..batch.filled].iter().map(|(at, _)| (at.row, at.line)));
        }
        assert_eq!(found, positions(&text));
    }

    fn positions(text: &str) -> Vec<(u32, u32)> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut counter = Counter::new(text.as_bytes(), At { row: 0, line: 1 });
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

//! The outline of a CSV: where its records end, and where its quotes are wrong. The reader behind it always finds some way to read
//! a text and never says that a stray quote swallowed half of it, so the quotes are judged here first.
//!
//! Must not know what cells hold.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memchr3};

use super::limits;
use crate::model::At;

/// How much is read at a time, in bytes.
const BLOCK: usize = 256 << 10;

/// Whole records, and where they stand.
pub(super) struct Chunk<'b> {
    pub bytes: &'b [u8],
    /// How many rows end before it, and the line on which it begins.
    pub before: At,
    /// Its first byte in the text.
    pub offset: u64,
    pub faults: Vec<Fault>,
}

/// Something wrong with the quotes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: At,
    pub kind: FaultKind,
    /// Whether the line could not be read.
    pub lost: bool,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// A quote that opens or closes nothing.
    Quote,
    /// A cell or a line without end.
    TooLong,
}

/// Line ends outside quotes, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Endings {
    pub crlf: usize,
    pub lf: usize,
    pub cr: usize,
    /// The line on which each kind is met first.
    first: [u32; 3],
}

impl Endings {
    fn add(&mut self, other: Endings) {
        self.crlf += other.crlf;
        self.lf += other.lf;
        self.cr += other.cr;
        for (mine, its) in self.first.iter_mut().zip(other.first) {
            *mine = if *mine == 0 { its } else { *mine };
        }
    }

    fn count(&mut self, kind: usize, line: u32) {
        *[&mut self.crlf, &mut self.lf, &mut self.cr][kind] += 1;
        if self.first[kind] == 0 {
            self.first[kind] = line;
        }
    }

    /// The first line that ends otherwise than those before it; `None` where all end alike.
    pub(super) fn mixed_from(&self) -> Option<u32> {
        let mut first: Vec<u32> = self.first.into_iter().filter(|&line| line > 0).collect();
        first.sort_unstable();
        first.get(1).copied()
    }
}

/// Cuts a text into chunks of whole records.
pub(super) struct Outline<R> {
    input: R,
    delimiter: u8,
    buffer: Vec<u8>,
    /// How much of the buffer was handed out: its memory is used again.
    done: usize,
    eof: bool,
    /// The rest of the line is passed over before anything else.
    skip_line: bool,
    before: At,
    offset: u64,
    pub endings: Endings,
}

/// How far the buffer was understood.
struct Scan {
    /// Up to here it is whole records.
    end: usize,
    /// Rows and lines up to there.
    at: At,
    /// What of the rest is to be passed over: up to here, or up to the next line end that is still to come.
    skip: Option<Option<usize>>,
    faults: Vec<Fault>,
    endings: Endings,
}

impl<R: Read> Outline<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Outline {
            input,
            delimiter,
            buffer: Vec::new(),
            done: 0,
            eof: false,
            skip_line: false,
            before: At { row: 0, line: 1 },
            offset: 0,
            endings: Endings::default(),
        }
    }

    /// The next records; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Chunk<'_>>> {
        self.buffer.drain(..self.done);
        self.done = 0;
        if self.skip_line {
            self.pass_line()?;
        }
        let mut wanted = BLOCK;
        loop {
            self.fill(wanted)?;
            if self.buffer.is_empty() {
                return Ok(None);
            }
            let scan = scan(&self.buffer, self.delimiter, self.eof, self.before);
            if scan.end == 0 && scan.skip.is_none() {
                // One record is longer than what was read so far.
                wanted = self.buffer.len() * 2;
                continue;
            }
            self.endings.add(scan.endings);
            let (before, offset) = (self.before, self.offset);
            self.before = scan.at;
            self.done = scan.end;
            match scan.skip {
                Some(Some(end)) => self.done = end,
                Some(None) => self.skip_line = true,
                None => {}
            }
            self.offset += self.done as u64;
            if scan.skip.is_some() {
                self.before.row = self.before.row.saturating_add(1);
                self.before.line = self.before.line.saturating_add(1);
            }
            return Ok(Some(Chunk {
                bytes: &self.buffer[..scan.end],
                before,
                offset,
                faults: scan.faults,
            }));
        }
    }

    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        while !self.eof && self.buffer.len() < wanted {
            let missing = (wanted - self.buffer.len()) as u64;
            let read = self.input.by_ref().take(missing).read_to_end(&mut self.buffer)?;
            self.eof = read == 0;
        }
        Ok(())
    }

    fn pass(&mut self, bytes: usize) {
        self.buffer.drain(..bytes);
        self.offset += bytes as u64;
    }

    /// Passes over everything up to the next line end, however far it is.
    fn pass_line(&mut self) -> io::Result<()> {
        self.skip_line = false;
        loop {
            if let Some(end) = line_end(&self.buffer, 0, self.eof) {
                self.pass(end);
                return Ok(());
            }
            self.pass(self.buffer.len().saturating_sub(1));
            if self.eof {
                self.pass(self.buffer.len());
                return Ok(());
            }
            self.fill(BLOCK)?;
        }
    }
}

/// The first byte behind the next line end; none if it may still come.
fn line_end(bytes: &[u8], from: usize, eof: bool) -> Option<usize> {
    let at = from + memchr2(b'\n', b'\r', &bytes[from..])?;
    match (bytes[at], bytes.get(at + 1)) {
        (b'\r', Some(b'\n')) => Some(at + 2),
        (b'\r', None) if !eof => None,
        _ => Some(at + 1),
    }
}

/// How many lines end in a text.
fn lines(bytes: &[u8]) -> u32 {
    let ends = memchr2_iter(b'\n', b'\r', bytes).filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

fn scan(bytes: &[u8], delimiter: u8, eof: bool, before: At) -> Scan {
    let mut scan = Scan {
        end: 0,
        at: before,
        skip: None,
        faults: Vec::new(),
        endings: Endings::default(),
    };
    let mut line = before.line;
    let mut pos = 0;
    while let Some(found) = memchr3(b'"', b'\n', b'\r', &bytes[pos..]) {
        let at = pos + found;
        if bytes[at] != b'"' {
            let Some(end) = line_end(bytes, at, eof) else { break };
            let kind = match (bytes[at], end - at) {
                (b'\n', _) => 1,
                (_, 2) => 0,
                _ => 2,
            };
            scan.endings.count(kind, line);
            line = line.saturating_add(1);
            scan.at = At {
                row: scan.at.row.saturating_add(1),
                line,
            };
            (pos, scan.end) = (end, end);
            continue;
        }
        let opens = at == scan.end || bytes[at - 1] == delimiter;
        let next = if opens {
            quoted(bytes, at, delimiter, eof)
        } else {
            literal(bytes, at, delimiter, eof)
        };
        match next {
            Quotes::Good(end) => {
                line = line.saturating_add(lines(&bytes[at..end]));
                pos = end;
            }
            Quotes::Odd(end) => {
                fault(&mut scan, line, FaultKind::Quote, false);
                pos = end;
            }
            Quotes::Lost(kind) => {
                fault(&mut scan, line, kind, true);
                scan.at.line = line;
                scan.skip = Some(line_end(bytes, at, eof).or(eof.then_some(bytes.len())));
                return scan;
            }
            Quotes::More => break,
        }
    }
    if eof {
        scan.end = bytes.len();
    } else if bytes.len() - scan.end > limits::LINE_BYTES {
        fault(&mut scan, line, FaultKind::TooLong, true);
        scan.at.line = line;
        scan.skip = Some(line_end(bytes, scan.end, eof));
    }
    scan
}

/// One fault a line: what follows a wrong quote is wrong because of it.
fn fault(scan: &mut Scan, line: u32, kind: FaultKind, lost: bool) {
    let at = At {
        row: scan.at.row.saturating_add(1),
        line,
    };
    match scan.faults.last_mut() {
        Some(last) if last.at.line == line => last.lost |= lost,
        _ => scan.faults.push(Fault { at, kind, lost }),
    }
}

enum Quotes {
    /// Right up to here.
    Good(usize),
    /// Wrong, but it ends on its line: what it holds is clear.
    Odd(usize),
    /// Wrong, and what it holds is not known.
    Lost(FaultKind),
    /// Not known before more is read.
    More,
}

/// A field that begins with a quote.
fn quoted(bytes: &[u8], open: usize, delimiter: u8, eof: bool) -> Quotes {
    let mut from = open + 1;
    loop {
        let found = memchr(b'"', &bytes[from.min(bytes.len())..]);
        let end = found.map_or(bytes.len(), |found| from + found);
        if end - open > limits::FIELD_BYTES + 2 {
            return Quotes::Lost(FaultKind::TooLong);
        }
        if found.is_none() || (end + 1 == bytes.len() && !eof) {
            return if eof && found.is_none() {
                Quotes::Lost(FaultKind::Quote)
            } else {
                Quotes::More
            };
        }
        match bytes.get(end + 1) {
            Some(b'"') => from = end + 2,
            None | Some(b'\n' | b'\r') => return Quotes::Good(end + 1),
            Some(&next) if next == delimiter => return Quotes::Good(end + 1),
            _ if memchr2(b'\n', b'\r', &bytes[open..end]).is_some() => return Quotes::Lost(FaultKind::Quote),
            _ => return Quotes::Odd(end + 1),
        }
    }
}

/// Quotes in the middle of a field are letters like others; an odd one is not.
fn literal(bytes: &[u8], at: usize, delimiter: u8, eof: bool) -> Quotes {
    let end = match memchr3(delimiter, b'\n', b'\r', &bytes[at..]) {
        Some(found) => at + found,
        None if eof => bytes.len(),
        None => return Quotes::More,
    };
    // A blank in front of the quote makes it a letter too, which nobody means.
    let before = bytes[..at]
        .iter()
        .rposition(|&b| b == delimiter || matches!(b, b'\n' | b'\r'));
    let blank = bytes[before.map_or(0, |before| before + 1)..at]
        .iter()
        .all(|&b| b == b' ');
    if blank || memchr_iter(b'"', &bytes[at..end]).count() % 2 == 1 {
        Quotes::Odd(end)
    } else {
        Quotes::Good(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads in small pieces, so that every place is once the end of what was read.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(out.len()).min(self.0.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn outline(text: &str) -> (String, Vec<(u32, bool)>) {
        let mut results = Vec::new();
        for eof in [true, false] {
            let mut outline = Outline::new(Pieces(text.as_bytes(), 3), b',');
            // The scan must come to the same with a part of the text in hand.
            if !eof {
                for cut in 0..text.len() {
                    let scan = scan(&text.as_bytes()[..cut], b',', false, At { row: 0, line: 1 });
                    assert!(scan.end <= cut);
                }
            }
            let (mut read, mut faults) = (String::new(), Vec::new());
            while let Some(chunk) = outline.next().expect("no error") {
                read.push_str(std::str::from_utf8(chunk.bytes).expect("text"));
                faults.extend(chunk.faults.iter().map(|fault| (fault.at.line, fault.lost)));
            }
            results.push((read, faults));
        }
        assert_eq!(results[0], results[1]);
        results.remove(0)
    }

    #[test]
    fn right_quotes_are_left_alone() {
        for text in [
            "a,b\n1,2\n",
            "a,\"b\nc\"\n\"\",\"x\"\"y\"\n",
            "a,\"b\"\r\nc,d",
            "关于\"放管服\"改革,1\n",
            "",
            "\n\n",
            "\"a\"",
        ] {
            assert_eq!(outline(text), (text.to_owned(), vec![]), "{text:?}");
        }
    }

    #[test]
    fn a_stray_quote_costs_its_line() {
        for (text, read, faults) in [
            ("a,b\n1,\"2\n3,4\n", "a,b\n3,4\n", vec![(2, true)]),
            ("a,b\n1,\"2\n3,\"4\"\n5,6\n", "a,b\n3,\"4\"\n5,6\n", vec![(2, true)]),
            ("a,b\n1,2\"\n3,4\n", "a,b\n1,2\"\n3,4\n", vec![(2, false)]),
            ("a,b\n1,\"2\"x\n3,4\n", "a,b\n1,\"2\"x\n3,4\n", vec![(2, false)]),
            ("a,\"b\nc\"\n1,\"2\n3,4\r\n", "a,\"b\nc\"\n3,4\r\n", vec![(3, true)]),
            ("1,\"", "", vec![(1, true)]),
            ("1,\"2\"\",3\n4,5\n", "4,5\n", vec![(1, true)]),
        ] {
            assert_eq!(outline(text), (read.to_owned(), faults), "{text:?}");
        }
    }

    #[test]
    fn a_cell_without_end_is_given_up() {
        let text = format!("a,b\n1,\"{}\",3\n4,5\n", "x".repeat(3 * limits::FIELD_BYTES));
        let mut outline = Outline::new(text.as_bytes(), b',');
        let mut read: Vec<u8> = Vec::new();
        let mut faults = Vec::new();
        while let Some(chunk) = outline.next().expect("no error") {
            read.extend(chunk.bytes);
            faults.extend(chunk.faults);
        }
        assert_eq!(read, b"a,b\n4,5\n");
        assert_eq!(
            faults,
            [Fault {
                at: At { row: 2, line: 2 },
                kind: FaultKind::TooLong,
                lost: true
            }]
        );
    }
}

//! JSON: objects one after the other (JSON Lines, on lines of their own or not), an array, an array of arrays, and the envelopes that
//! interfaces wrap them in (`{"data":{"list":[{"AUDIT_ITEM":{…},"AUDIT_MATERIAL":[…]}]}}`). What is broken is said, and the rest is read.
//!
//! Must not know what keys mean, nor how records become rows.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::limits;
use super::records::{self, Candidate, Entries, Form, Node, Records, SAMPLE, Value};
use super::sheet::Context;
use super::table::Loaded;

/// Reads all that a text holds.
pub(super) fn read(context: Context<'_>, text: &str, loaded: &mut Loaded) {
    let mut reader = Reader {
        context,
        text,
        records: Records::new(context, text),
    };
    let mut stream = Stream::new(text);
    let mut lines_of_records = None;
    while let Some(piece) = stream.next() {
        match piece {
            Piece::Value(raw) => {
                let is_object = raw.get().starts_with('{');
                let plain =
                    *lines_of_records.get_or_insert_with(|| is_object && reader.is_record(raw, stream.at_end()));
                if plain && is_object {
                    reader.record(loaded, raw, 1);
                } else {
                    reader.document(loaded, raw, plain);
                }
            }
            Piece::Broken(offset, error) => {
                let place = reader.records.place(offset, "");
                records::broken(loaded, place, "JSON", error);
            }
        }
    }
    reader.records.finish(loaded);
}

struct Reader<'a, 't> {
    context: Context<'a>,
    text: &'t str,
    records: Records<'a, 't>,
}

impl<'a, 't> Reader<'a, 't> {
    fn parser(&self) -> Parser<'t> {
        Parser {
            text: self.text,
            most: usize::MAX,
            deep: Vec::new(),
            wrong: Vec::new(),
        }
    }

    /// Whether the first object is a record and not an envelope. One that stands alone must name an item to be one.
    fn is_record(&self, raw: &'t RawValue, alone: bool) -> bool {
        let candidates = self.candidates(raw, &mut Vec::new());
        match records::choose(self.context, &candidates) {
            Some((best, _)) => candidates[best].form == Form::One && candidates[best].path.is_empty(),
            None => !alone,
        }
    }

    /// Opens a value and says what in it could not be.
    fn open(&mut self, loaded: &mut Loaded, raw: &'t RawValue, depth: usize) -> Node<'t> {
        let mut parser = self.parser();
        let node = parser.node(raw, depth);
        for offset in parser.deep {
            let place = self.records.place(offset, "");
            records::too_deep(loaded, place);
        }
        for (offset, error) in parser.wrong {
            let place = self.records.place(offset, "");
            records::broken(loaded, place, "JSON", error);
        }
        node
    }

    fn record(&mut self, loaded: &mut Loaded, raw: &'t RawValue, depth: usize) {
        let node = self.open(loaded, raw, depth);
        match node.value {
            Value::Record(entries) => self.records.record(loaded, node.offset, entries),
            Value::Null => {}
            _ => {
                let place = self.records.place(node.offset, "");
                records::broken(loaded, place, "JSON", "not-a-record".to_owned());
            }
        }
    }

    /// Reads the list that a document holds. `among_records`: where only records are expected.
    fn document(&mut self, loaded: &mut Loaded, raw: &'t RawValue, among_records: bool) {
        let mut repeated = Vec::new();
        let candidates = self.candidates(raw, &mut repeated);
        for (path, key, offset, same) in repeated {
            let place = self.records.place(offset, &path);
            records::duplicate(loaded, place, &key, same);
        }
        // An array is a list by itself, whatever its headers.
        let plain = candidates
            .first()
            .filter(|one| one.path.is_empty() && one.form != Form::One)
            .map(|_| (0, Vec::new()));
        let plain = plain.filter(|_| !among_records);
        let Some((best, others)) = plain.or_else(|| records::choose(self.context, &candidates)) else {
            let offset = start(self.text, raw);
            let mut parser = self.parser();
            parser.most = SAMPLE;
            let node = parser.node(raw, 1);
            let place = self.records.place(offset, "");
            if !parser.deep.is_empty() {
                records::too_deep(loaded, place);
                return;
            }
            match node.value {
                _ if among_records => records::broken(loaded, place, "JSON", "not-a-record".to_owned()),
                Value::Record(entries) => records::no_list(loaded, place, &entries),
                _ => records::no_list(
                    loaded,
                    place,
                    &vec![(
                        Cow::Borrowed("[]"),
                        Node {
                            value: Value::Null,
                            offset,
                        },
                    )],
                ),
            }
            return;
        };
        let chosen = &candidates[best];
        let depth = chosen.rows.depth;
        self.records.beside(loaded, chosen.beside.clone());
        match chosen.form {
            Form::Grid => {
                let mut parser = self.parser();
                let rows: Vec<Node<'t>> = chosen.rows.values.iter().map(|raw| parser.node(raw, depth)).collect();
                for offset in parser.deep {
                    let place = self.records.place(offset, "");
                    records::too_deep(loaded, place);
                }
                records::grid(self.context, &mut self.records, loaded, rows.into_iter());
            }
            Form::Records | Form::One => {
                for raw in &chosen.rows.values {
                    self.record(loaded, raw, depth);
                }
            }
        }
        let others: Vec<&Candidate<'_, Rows<'_>>> = others.into_iter().map(|at| &candidates[at]).collect();
        records::passed_over(loaded, &mut self.records, &others, &chosen.path);
    }

    /// All that may be the list of a document; keys that repeat on the way to it are given back.
    fn candidates(&self, raw: &'t RawValue, repeated: &mut Repeated) -> Vec<Candidate<'t, Rows<'t>>> {
        let mut found = Vec::new();
        let mut parser = self.parser();
        parser.most = SAMPLE;
        let sample = parser.node(raw, 1);
        self.walk((raw, &sample), 1, String::new(), &Vec::new(), repeated, &mut found);
        found
    }

    fn walk(
        &self,
        (raw, sample): (&'t RawValue, &Node<'t>),
        depth: usize,
        path: String,
        beside: &Entries<'t>,
        repeated: &mut Repeated,
        found: &mut Vec<Candidate<'t, Rows<'t>>>,
    ) {
        if depth >= limits::JSON_DEPTH {
            return;
        }
        let offset = start(self.text, raw);
        let mut parser = self.parser();
        parser.most = SAMPLE;
        let mut add = |form, path, beside, sample: Vec<Node<'t>>, values: Vec<&'t RawValue>, depth| {
            found.push(Candidate {
                form,
                path,
                offset,
                sample,
                len: values.len(),
                rows: Rows { values, depth },
                beside,
            });
        };
        if raw.get().starts_with('[') {
            let Ok(List(items)) = serde_json::from_str::<List<'t>>(raw.get()) else {
                return;
            };
            let objects = items.iter().take(SAMPLE).any(|item| item.get().starts_with('{'));
            let arrays = items.iter().take(SAMPLE).all(|item| item.get().starts_with('['));
            if objects {
                let sample = items
                    .iter()
                    .take(SAMPLE)
                    .map(|item| parser.node(item, depth + 1))
                    .collect();
                add(Form::Records, path, beside.clone(), sample, items, depth + 1);
            } else if arrays && !items.is_empty() {
                parser.most = limits::COLUMNS;
                let head = items.iter().take(limits::HEADER_ROWS);
                let sample = head.map(|item| parser.node(item, depth + 1)).collect();
                add(Form::Grid, path, beside.clone(), sample, items, depth + 1);
            }
            return;
        }
        if !raw.get().starts_with('{') {
            return;
        }
        let (Ok(Object(entries)), Value::Record(samples)) =
            (serde_json::from_str::<Object<'t>>(raw.get()), &sample.value)
        else {
            return;
        };
        let sample = vec![sample.clone()];
        add(Form::One, path.clone(), beside.clone(), sample, vec![raw], depth);
        let mut all = beside.clone();
        for (key, node) in samples {
            if node.is_scalar() && records::said_for_all(self.context, key, false) {
                all.push((key.clone(), node.clone()));
            }
        }
        for (at, (key, value)) in entries.iter().enumerate() {
            let inner = if path.is_empty() {
                key.clone().into_owned()
            } else {
                format!("{path}.{key}")
            };
            // Of a key that repeats, the last one decides for all.
            let mut twins = entries[..at].iter().filter(|(other, _)| other == key).peekable();
            if twins.peek().is_some() {
                let same = twins.all(|(_, other)| self.same(other, value, depth));
                repeated.push((inner, key.clone().into_owned(), start(self.text, value), same));
                continue;
            }
            let differs = entries[at + 1..]
                .iter()
                .any(|(other, twin)| other == key && !self.same(twin, value, depth));
            let list = value.get().starts_with('[');
            let may_hold = match list {
                true => records::may_be_list(self.context, key),
                false => !records::stands_beside(self.context, key),
            };
            if !differs && may_hold {
                self.walk((value, &samples[at].1), depth + 1, inner, &all, repeated, found);
            }
        }
    }

    fn same(&self, one: &'t RawValue, other: &'t RawValue, depth: usize) -> bool {
        one.get() == other.get() || self.parser().node(one, depth) == self.parser().node(other, depth)
    }
}

/// (path, key, offset, whether the values are the same)
type Repeated = Vec<(String, String, usize, bool)>;

/// The records or rows of a candidate, not opened yet, and how deep they stand.
struct Rows<'t> {
    values: Vec<&'t RawValue>,
    depth: usize,
}

/// Where a value begins in the text that it was read from.
fn start(text: &str, raw: &RawValue) -> usize {
    (raw.get().as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}

/// Opens values down to the limit of depth.
struct Parser<'t> {
    text: &'t str,
    /// How many values of each list are opened.
    most: usize,
    /// Where the limit was met.
    deep: Vec<usize>,
    /// What is no text or number after all.
    wrong: Vec<(usize, String)>,
}

impl<'t> Parser<'t> {
    /// `depth`: how deep the value stands, from 1.
    fn node(&mut self, raw: &'t RawValue, depth: usize) -> Node<'t> {
        let text = raw.get();
        let offset = start(self.text, raw);
        let nests = text.starts_with(['[', '{']);
        if nests && depth > limits::JSON_DEPTH {
            self.deep.push(offset);
            return Node {
                value: Value::Null,
                offset,
            };
        }
        let value = match text.as_bytes().first() {
            Some(b'{') => serde_json::from_str::<Object<'t>>(text).map(|Object(entries)| {
                let entries = entries.into_iter();
                Value::Record(entries.map(|(key, raw)| (key, self.node(raw, depth + 1))).collect())
            }),
            Some(b'[') => serde_json::from_str::<List<'t>>(text).map(|List(items)| {
                let items = items.into_iter().take(self.most);
                Value::List(items.map(|raw| self.node(raw, depth + 1)).collect())
            }),
            Some(b'"') => serde_json::from_str::<Text<'t>>(text).map(|Text(text)| Value::Text(text)),
            Some(b't') => Ok(Value::Bool(true)),
            Some(b'f') => Ok(Value::Bool(false)),
            Some(b'n') => Ok(Value::Null),
            _ => Ok(Value::Number(Cow::Borrowed(text))),
        };
        let value = value.unwrap_or_else(|error| {
            self.wrong.push((offset, message(&error)));
            Value::Null
        });
        Node { value, offset }
    }
}

/// The entries of an object as they stand, with all keys that repeat.
struct Object<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

/// The values of an array as they stand.
struct List<'t>(Vec<&'t RawValue>);

/// A text, copied only if it has escapes.
struct Text<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((Text(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(All)
    }
}

impl<'de> Deserialize<'de> for List<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = List<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<'de>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(List(items))
            }
        }
        deserializer.deserialize_seq(All)
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(One)
    }
}

/// The reader's own words without its line, which counts from where it began.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// What a text holds next.
enum Piece<'t> {
    Value(&'t RawValue),
    /// Something else, and where.
    Broken(usize, String),
}

/// The values of a text, one after the other, whatever stands between them.
struct Stream<'t> {
    text: &'t str,
    at: usize,
    /// Inside an array that is broken somewhere: its values are read one by one.
    inside: bool,
    /// Bytes that may still be read in vain. Beyond it, values must end on their line.
    budget: usize,
    /// Where the last broken place was.
    said: Option<usize>,
}

impl<'t> Stream<'t> {
    fn new(text: &'t str) -> Self {
        Stream {
            text,
            at: 0,
            inside: false,
            budget: text.len().saturating_mul(4).saturating_add(1 << 20),
            said: None,
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn at_end(&self) -> bool {
        self.rest().trim().is_empty()
    }

    /// The end of the line that holds a byte.
    fn line_end(&self, from: usize) -> usize {
        self.text[from..].find('\n').map_or(self.text.len(), |end| from + end)
    }

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            let rest = self.rest().trim_start();
            self.at = self.text.len() - rest.len();
            let from = self.at;
            let first = rest.chars().next()?;
            match first {
                '{' | '[' => {
                    if let Some(piece) = self.value() {
                        return Some(piece);
                    }
                }
                ',' | ']' if self.inside => self.at += 1,
                '<' => {
                    self.at = self.end_of_page(from);
                    return Some(Piece::Broken(from, "html".to_owned()));
                }
                '\u{FEFF}' => {
                    self.at += first.len_utf8();
                    return Some(Piece::Broken(from, "bom".to_owned()));
                }
                ',' => {
                    self.at += 1;
                    return Some(Piece::Broken(from, "comma".to_owned()));
                }
                _ => {
                    let end = self.line_end(from);
                    let line = &self.text[from..end];
                    self.at = line.find(['{', '[']).map_or(end, |next| from + next);
                    let junk: String = self.text[from..self.at].trim_end().chars().take(40).collect();
                    return Some(Piece::Broken(from, junk));
                }
            }
        }
    }

    /// The value that begins here; `None` where a broken place was passed that is said already.
    fn value(&mut self) -> Option<Piece<'t>> {
        let from = self.at;
        let whole = self.budget > 0;
        let rest = if whole {
            self.rest()
        } else {
            &self.text[from..self.line_end(from)]
        };
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&'t RawValue>();
        let error = match values.next() {
            Some(Ok(raw)) => {
                self.at += values.byte_offset();
                return Some(Piece::Value(raw));
            }
            Some(Err(error)) => error,
            None => return None,
        };
        let broken_at = from + position(rest, error.line(), error.column());
        self.budget = self.budget.saturating_sub(broken_at - from);
        // A broken array is read on from inside, its values one by one.
        let opens = rest.starts_with('[') && rest[1..].trim_start().starts_with('{');
        let next = if opens && !self.inside {
            self.inside = true;
            from + 1
        } else {
            self.resume(from)
        };
        self.at = next;
        // Where the reader ran on into what follows, the fault is where it began.
        let place = if broken_at >= next && next > from + 1 {
            from
        } else {
            broken_at
        };
        let line = self.text[..place].rfind('\n').map_or(0, |end| end + 1);
        if self.said == Some(line) {
            return None;
        }
        self.said = Some(line);
        Some(Piece::Broken(place, message(&error)))
    }

    /// Where reading goes on behind a broken value: behind its own last line, or at the next line that begins one and stands no
    /// deeper.
    fn resume(&self, from: usize) -> usize {
        let line = self.text[..from].rfind('\n').map_or(0, |end| end + 1);
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let own = indent(&self.text[line..]);
        let mut at = self.line_end(from);
        while at < self.text.len() {
            at += 1;
            let end = self.line_end(at);
            let line = &self.text[at..end];
            if indent(line) <= own && line.trim_start().starts_with(['{', '<', '\u{FEFF}']) {
                return at;
            }
            // The end of the broken object itself, where its lines are indented.
            if indent(line) == own && line.trim_start().starts_with('}') {
                return at + own + 1;
            }
            at = end;
        }
        self.text.len()
    }

    /// The end of a web page among the values: its last tag, or the next line that begins an object.
    fn end_of_page(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let find = |tag: &[u8], from: usize| {
            bytes[from..]
                .windows(tag.len())
                .position(|at| at.eq_ignore_ascii_case(tag))
                .map(|at| from + at)
        };
        let end = find(b"</html>", from).map(|end| end + b"</html>".len());
        let end = end.filter(|&end| {
            let page = &bytes[from..end];
            page.windows(5).filter(|at| at.eq_ignore_ascii_case(b"<html")).count() <= 1
        });
        end.unwrap_or_else(|| {
            let mut at = self.line_end(from);
            while at < self.text.len() {
                at += 1;
                if self.text[at..].trim_start_matches([' ', '\t']).starts_with('{') {
                    return at;
                }
                at = self.line_end(at);
            }
            self.text.len()
        })
    }
}

/// The byte of a line and column (both from 1) as the reader counts them.
fn position(text: &str, line: usize, column: usize) -> usize {
    let mut at = 0;
    for _ in 1..line {
        at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
    }
    let mut at = (at + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

//! TOML lists: catalogues that are kept by hand, `[[item]]` after `[[item]]`.
//!
//! Must not know what keys mean, nor how records become rows. The tables are put together here and not by the crate `toml`: that
//! one drops all but the first of a key that repeats.

use std::borrow::Cow;
use std::collections::HashSet;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span};

use super::limits;
use super::records::{self, Candidate, Entries, Form, Node, Records, SAMPLE, Value};
use super::sheet::Context;
use super::table::Loaded;

/// Reads the list that a document holds.
pub(super) fn read(context: Context<'_>, text: &str, loaded: &mut Loaded) {
    let mut records = Records::new(context, text);
    let mut document = Document::new(text);
    let mut errors: Vec<ParseError> = Vec::new();
    let tokens = Source::new(text).lex().into_vec();
    parse_document(&tokens, &mut document, &mut errors);
    let mut line = 0;
    for error in errors.iter().chain(&document.errors) {
        let at = error.unexpected().or(error.context()).map_or(0, |span| span.start());
        let place = records.place(at, "");
        // One fault of a line makes several.
        if place.line != line {
            line = place.line;
            records::broken(loaded, place, "TOML", error.description().to_owned());
        }
    }
    for &offset in &document.deep {
        let place = records.place(offset, "");
        records::too_deep(loaded, place);
    }
    let mut root = document.root;
    // The list itself is settled record by record.
    records.settle_around(loaded, &mut root, &mut String::new());
    let mut candidates = Vec::new();
    walk(context, root, String::new(), &Vec::new(), &mut candidates);
    let Some((best, others)) = records::choose(context, &candidates) else {
        let held = candidates.swap_remove(0).sample.swap_remove(0);
        let place = records.place(0, "");
        let none = Vec::new();
        let entries = if let Value::Record(entries) = &held.value {
            entries
        } else {
            &none
        };
        records::no_list(loaded, place, entries);
        return;
    };
    let others: Vec<&Candidate<'_, Vec<Node<'_>>>> = others.into_iter().map(|at| &candidates[at]).collect();
    records::passed_over(loaded, &mut records, &others, &candidates[best].path);
    if candidates[best].form != Form::One
        && let Some(Value::Record(around)) = candidates[0].sample.first().map(|root| &root.value)
    {
        records::not_used(context, loaded, &mut records, around);
    }
    let chosen = candidates.swap_remove(best);
    records.beside(loaded, chosen.beside);
    if chosen.form == Form::Grid {
        records::grid(context, &mut records, loaded, chosen.rows.into_iter());
        return;
    }
    for node in chosen.rows {
        if let Value::Record(entries) = node.value {
            records.record(loaded, node.offset, entries);
        } else {
            let place = records.place(node.offset, "");
            records::broken(loaded, place, "TOML", "not-a-record".to_owned());
        }
    }
    records.finish(loaded);
}

/// Whether a text begins as TOML does: with `[words]`, `[[words]]` or `key = value`, remarks before it passed over.
pub(super) fn opens(text: &str) -> bool {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = line else { return false };
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let keys = |text: &str| {
        let mut keys = text.split('.').map(|key| key.trim().trim_matches(['"', '\'']));
        keys.all(|key| !key.is_empty() && key.chars().all(word))
    };
    let remark = |rest: &str| rest.trim_start().is_empty() || rest.trim_start().starts_with('#');
    if let Some(inner) = line.strip_prefix('[') {
        let (inner, close) = inner.strip_prefix('[').map_or((inner, "]"), |inner| (inner, "]]"));
        // [1] and ["事项名称"] are JSON.
        return inner.split_once(close).is_some_and(|(name, rest)| {
            let number = name.starts_with(|c: char| c.is_ascii_digit() || c == '"');
            keys(name) && remark(rest) && !number && !["true", "false", "null"].contains(&name)
        });
    }
    line.split_once('=').is_some_and(|(key, value)| {
        let value = value.trim_start();
        let begins = |c: char| matches!(c, '"' | '\'' | '[' | '{' | '+' | '-') || c.is_ascii_digit();
        keys(key) && (value.starts_with(begins) || value.starts_with("true") || value.starts_with("false"))
    })
}

/// All that may be the list. The rows of a list are taken out of the document; the document itself stays as a sample.
fn walk<'t>(
    context: Context<'_>,
    entries: Entries<'t>,
    path: String,
    beside: &Entries<'t>,
    found: &mut Vec<Candidate<'t, Vec<Node<'t>>>>,
) {
    let at = found.len();
    let mut all = beside.clone();
    for (key, node) in &entries {
        if node.is_scalar() && records::said_for_all(context, key, true) {
            all.push((key.clone(), node.clone()));
        }
    }
    let mut own = Vec::new();
    let mut inner = Vec::new();
    for (key, node) in entries {
        let path = if path.is_empty() {
            key.clone().into_owned()
        } else {
            format!("{path}.{key}")
        };
        match node.value {
            Value::Record(entries) => {
                own.push((
                    key,
                    Node {
                        value: Value::Record(entries.clone()),
                        offset: node.offset,
                    },
                ));
                walk(context, entries, path, &all, &mut inner);
            }
            Value::List(items) if records::may_be_list(context, &key) => {
                let is = |record: bool| {
                    let fits = |item: &Node<'_>| match item.value {
                        Value::Record(_) => record,
                        Value::List(_) => !record,
                        _ => false,
                    };
                    items.iter().any(fits)
                };
                let form = if is(true) { Form::Records } else { Form::Grid };
                let most = if form == Form::Grid {
                    limits::HEADER_ROWS
                } else {
                    SAMPLE
                };
                let sample: Vec<Node<'t>> = items.iter().take(most).cloned().collect();
                own.push((
                    key,
                    Node {
                        value: Value::List(sample.clone()),
                        offset: node.offset,
                    },
                ));
                if is(true) || is(false) {
                    inner.push(Candidate {
                        form,
                        path,
                        offset: node.offset,
                        sample,
                        len: items.len(),
                        rows: items,
                        beside: all.clone(),
                    });
                }
            }
            value => own.push((
                key,
                Node {
                    value,
                    offset: node.offset,
                },
            )),
        }
    }
    let whole = Node {
        value: Value::Record(own),
        offset: 0,
    };
    found.insert(
        at,
        Candidate {
            form: Form::One,
            path,
            offset: 0,
            sample: vec![whole.clone()],
            len: 1,
            rows: vec![whole],
            beside: beside.clone(),
        },
    );
    found.extend(inner);
}

/// A key and where it stands.
type Key<'t> = (Cow<'t, str>, usize);

/// A list or an inline table that is not closed yet.
enum Open<'t> {
    List(usize, Vec<Node<'t>>),
    Table(usize, Entries<'t>),
    /// Deeper than is read.
    Deep(usize),
}

/// The document as it is put together.
struct Document<'t> {
    source: Source<'t>,
    root: Entries<'t>,
    /// The path of the table that keys belong to; `None` behind a header that could not be read.
    here: Option<Vec<Key<'t>>>,
    /// The keys read last: of a header, or before a value.
    keys: Vec<Key<'t>>,
    /// The keys that wait for values, one path for each open table.
    pending: Vec<Vec<Key<'t>>>,
    open: Vec<Open<'t>>,
    /// Tables that have a header of their own.
    defined: HashSet<usize>,
    errors: Vec<ParseError>,
    deep: Vec<usize>,
}

impl<'t> Document<'t> {
    fn new(text: &'t str) -> Self {
        Document {
            source: Source::new(text),
            root: Vec::new(),
            here: Some(Vec::new()),
            keys: Vec::new(),
            pending: Vec::new(),
            open: Vec::new(),
            defined: HashSet::new(),
            errors: Vec::new(),
            deep: Vec::new(),
        }
    }

    /// Opens the table of a header.
    fn header(&mut self, array: bool) {
        let keys = std::mem::take(&mut self.keys);
        self.here = None;
        self.open.clear();
        self.pending.clear();
        let Some(((key, offset), path)) = keys.split_last() else {
            return;
        };
        if keys.len() >= limits::JSON_DEPTH {
            self.deep.push(*offset);
            return;
        }
        let parent = descend(&mut self.root, path);
        let last = parent
            .iter_mut()
            .rev()
            .find(|(own, _)| own == key)
            .map(|(_, node)| node);
        let table = Node {
            value: Value::Record(Vec::new()),
            offset: *offset,
        };
        match last.map(|node| (node.offset, &mut node.value)) {
            Some((_, Value::List(items))) if array => items.push(table),
            // A table that a longer header made before: [a.b], then [a].
            Some((at, Value::Record(_))) if !array && !self.defined.contains(&at) => {
                self.defined.insert(at);
            }
            _ => {
                self.defined.insert(*offset);
                let value = if array { Value::List(vec![table]) } else { table.value };
                parent.push((key.clone(), Node { value, offset: *offset }));
            }
        }
        self.here = Some(keys);
    }

    /// A value is whole: it goes into the list or the table that is open.
    fn value(&mut self, node: Node<'t>) {
        match self.open.last_mut() {
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Table(_, entries)) => {
                if let Some(keys) = self.pending.pop() {
                    put(entries, &keys, node);
                }
            }
            Some(Open::Deep(_)) => {}
            None => {
                let keys = self.pending.pop().unwrap_or_default();
                if let Some(here) = &self.here {
                    put(descend(&mut self.root, here), &keys, node);
                }
            }
        }
    }

    /// How deep the next value stands: the document, the keys that lead to it, and the lists.
    fn above(&self) -> usize {
        let keys = self.here.as_ref().map_or(0, Vec::len) + self.pending.iter().map(Vec::len).sum::<usize>();
        let lists = self.open.iter().filter(|open| matches!(open, Open::List(..))).count();
        1 + keys + lists
    }

    /// Opens a list or a table, unless it stands too deep.
    fn enter(&mut self, open: Open<'t>, offset: usize) -> bool {
        let fits = self.above() < limits::JSON_DEPTH;
        if fits {
            self.open.push(open);
        } else {
            self.deep.push(offset);
            self.open.push(Open::Deep(offset));
        }
        fits
    }

    fn leave(&mut self) {
        let node = match self.open.pop() {
            Some(Open::List(offset, items)) => Node {
                value: Value::List(items),
                offset,
            },
            Some(Open::Table(offset, entries)) => Node {
                value: Value::Record(entries),
                offset,
            },
            Some(Open::Deep(offset)) => Node {
                value: Value::Null,
                offset,
            },
            None => return,
        };
        self.value(node);
    }
}

/// The table at the end of a path: of a list of tables the last one. What is in the way is left, as a key that repeats.
fn descend<'n, 't>(mut entries: &'n mut Entries<'t>, path: &[Key<'t>]) -> &'n mut Entries<'t> {
    for (key, offset) in path {
        let at = entries.iter().rposition(|(own, node)| {
            own == key
                && match &node.value {
                    Value::Record(_) => true,
                    Value::List(items) => items.last().is_some_and(|item| matches!(item.value, Value::Record(_))),
                    _ => false,
                }
        });
        let at = at.unwrap_or_else(|| {
            entries.push((
                key.clone(),
                Node {
                    value: Value::Record(Vec::new()),
                    offset: *offset,
                },
            ));
            entries.len() - 1
        });
        let value = match &mut entries[at].1.value {
            Value::List(items) => {
                let last = items.len() - 1;
                &mut items[last].value
            }
            value => value,
        };
        let Value::Record(inner) = value else {
            unreachable!("only tables are looked for")
        };
        entries = inner;
    }
    entries
}

fn put<'t>(entries: &mut Entries<'t>, keys: &[Key<'t>], node: Node<'t>) {
    if let Some(((key, _), path)) = keys.split_last() {
        descend(entries, path).push((key.clone(), node));
    }
}

impl EventReceiver for Document<'_> {
    fn std_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
    }

    fn std_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.header(false);
    }

    fn array_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
    }

    fn array_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.header(true);
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        let Some(raw) = self.source.get(span) else { return };
        let mut key = Cow::Borrowed("");
        if encoding.is_some() {
            let raw = toml_parser::Raw::new_unchecked(raw.as_str(), encoding, span);
            raw.decode_key(&mut key, &mut self.errors);
        } else {
            // The standard wants quotes round 事项名称; whoever keeps a list by hand does not write them.
            key = Cow::Borrowed(raw.as_str());
            if key.is_empty()
                || !key
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '（' | '）'))
            {
                self.errors.push(ParseError::new("invalid key").with_unexpected(span));
            }
        }
        self.keys.push((key, span.start()));
    }

    fn key_val_sep(&mut self, _: Span, _: &mut dyn ErrorSink) {
        if self.open.is_empty() {
            self.pending.clear();
        }
        let mut keys = std::mem::take(&mut self.keys);
        if self.above() + keys.len() > limits::JSON_DEPTH {
            self.deep.extend(keys.first().map(|(_, offset)| *offset));
            keys.clear();
        }
        self.pending.push(keys);
    }

    fn newline(&mut self, _: Span, _: &mut dyn ErrorSink) {
        if self.open.is_empty() {
            self.keys.clear();
        }
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.enter(Open::Table(span.start(), Vec::new()), span.start())
    }

    fn inline_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.leave();
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.enter(Open::List(span.start(), Vec::new()), span.start())
    }

    fn array_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.leave();
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        let Some(text) = self.source.get(span).map(|raw| raw.as_str()) else {
            return;
        };
        let before = self.errors.len();
        let mut decoded = Cow::Borrowed("");
        let raw = toml_parser::Raw::new_unchecked(text, encoding, span);
        let kind = raw.decode_scalar(&mut decoded, &mut self.errors);
        let value = if self.errors.len() > before {
            Value::Null
        } else {
            match kind {
                ScalarKind::String => Value::Text(decoded),
                ScalarKind::Boolean(yes) => Value::Bool(yes),
                ScalarKind::DateTime => Value::Date(Cow::Borrowed(text)),
                ScalarKind::Float | ScalarKind::Integer(_) => Value::Number(Cow::Borrowed(text)),
            }
        };
        self.value(Node {
            value,
            offset: span.start(),
        });
    }
}

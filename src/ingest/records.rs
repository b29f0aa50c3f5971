//! Records: what JSON and TOML have in common. Values with their keys in order, repeated keys included, become rows; the list of
//! items is found among whatever an envelope holds.
//!
//! Must not know how either format is written, nor what keys mean beyond asking the profile.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::edit::{Item, Where};
use super::limits;
use super::sheet::{Came, Context, RawCell, Sheet};
use super::table::{Builder, Header, Loaded};
use crate::model::{At, FieldId, Place, Severity, Shape, Understood, encode_list, encode_table};
use crate::normalise::{Kind, Role};
use crate::profile::{Profile, headers};

/// A value, and where it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Node<'t> {
    pub value: Value<'t>,
    /// Its first byte.
    pub offset: usize,
}

/// The kinds of values. Numbers and dates keep the digits that the file has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'t> {
    Null,
    Bool(bool),
    Number(Cow<'t, str>),
    Date(Cow<'t, str>),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Record(Entries<'t>),
}

/// The keys and values of a record, in the order of the file, with all that repeat.
pub(super) type Entries<'t> = Vec<(Cow<'t, str>, Node<'t>)>;

/// Two values are the same wherever they stand.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Node<'_> {
    /// Whether it is neither a list nor a record.
    pub(super) fn is_scalar(&self) -> bool {
        !matches!(self.value, Value::List(_) | Value::Record(_))
    }

    /// All its texts: those of lists and records one after the other.
    fn text(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Null => Cow::Borrowed(""),
            Value::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Value::Number(text) | Value::Date(text) | Value::Text(text) => Cow::Borrowed(text),
            Value::List(items) => join(items.iter(), "、"),
            Value::Record(entries) => join(entries.iter().map(|(_, node)| node), "，"),
        }
    }

    fn came(&self) -> Came {
        match self.value {
            Value::Number(_) => Came::Number,
            Value::Date(_) => Came::Date,
            _ => Came::Text,
        }
    }

    /// The values of a list, also of one that was written as a record with the keys 0, 1, 2 …
    fn items(&self) -> Option<Vec<&Self>> {
        match &self.value {
            Value::List(items) => Some(items.iter().collect()),
            Value::Record(entries) => {
                let numbered = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
                let all = !entries.is_empty() && entries.iter().all(|(key, _)| numbered(key));
                all.then(|| entries.iter().map(|(_, node)| node).collect())
            }
            _ => None,
        }
    }
}

fn join<'n>(nodes: impl Iterator<Item = &'n Node<'n>>, between: &str) -> Cow<'n, str> {
    let texts: Vec<Cow<'n, str>> = nodes.map(Node::text).filter(|text| !text.trim().is_empty()).collect();
    match <[Cow<'n, str>; 1]>::try_from(texts) {
        Ok([only]) => only,
        Err(texts) => Cow::Owned(texts.join(between)),
    }
}

/// A text or a number of a record, and where it stands: for whoever writes it otherwise.
pub(super) struct Leaf {
    /// The row that its record became.
    pub at: At,
    /// Its key, or its column.
    pub place: Where,
    /// The first byte of its literal.
    pub offset: usize,
    pub text: String,
    /// Of a list its values; a text has none.
    pub items: Option<Vec<Item>>,
}

/// Keeps the texts below a value, with the keys that lead to them.
fn keep_leaves(leaves: &mut Vec<Leaf>, at: At, path: &mut String, node: &Node<'_>) {
    match &node.value {
        Value::Text(text) | Value::Number(text) => leaves.push(Leaf {
            at,
            place: Where::Path(path.clone()),
            offset: node.offset,
            text: text.clone().into_owned(),
            items: None,
        }),
        Value::List(items) => {
            let item = |node: &Node<'_>| match &node.value {
                Value::Null => Item::Null,
                Value::Record(entries) => Item::Record(entries.iter().map(|(key, _)| key.to_string()).collect()),
                _ => Item::Other,
            };
            leaves.push(Leaf {
                at,
                place: Where::Path(path.clone()),
                offset: node.offset,
                text: String::new(),
                items: Some(items.iter().map(item).collect()),
            });
            items.iter().for_each(|item| keep_leaves(leaves, at, path, item));
        }
        Value::Record(entries) => {
            for (key, node) in entries {
                let end = push(path, key);
                keep_leaves(leaves, at, path, node);
                path.truncate(end);
            }
        }
        _ => {}
    }
}

/// The lines of offsets; cheap while they grow.
pub(super) struct Lines<'t> {
    text: &'t str,
    offset: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Lines {
            text,
            offset: 0,
            line: 1,
        }
    }

    /// The line of a byte, from 1.
    pub(super) fn of(&mut self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let count = |from: usize, to: usize| {
            let breaks = self.text.as_bytes()[from..to].iter().filter(|&&b| b == b'\n').count();
            u32::try_from(breaks).unwrap_or(u32::MAX)
        };
        self.line = if offset >= self.offset {
            self.line.saturating_add(count(self.offset, offset))
        } else {
            self.line.saturating_sub(count(offset, self.offset))
        };
        self.offset = offset;
        self.line
    }
}

/// Turns records into the rows of one table.
pub(super) struct Records<'a, 't> {
    context: Context<'a>,
    lines: Lines<'t>,
    columns: Columns<'a>,
    /// The first records: which source their keys belong to is only known when they have been seen together.
    waiting: Vec<(At, Entries<'t>)>,
    learnt: bool,
    last: At,
    first: At,
    /// What the envelope says once for all its records, by field.
    beside: Vec<(FieldId, Cow<'t, str>, Node<'t>)>,
}

impl<'a, 't> Records<'a, 't> {
    pub(super) fn new(context: Context<'a>, text: &'t str) -> Self {
        Records {
            context,
            lines: Lines::new(text),
            columns: Columns::new(context),
            waiting: Vec::new(),
            learnt: false,
            last: At::default(),
            first: At::default(),
            beside: Vec::new(),
        }
    }

    /// Where something stands that belongs to no row.
    pub(super) fn place(&mut self, offset: usize, path: &str) -> Place {
        let line = self.lines.of(offset);
        Place {
            file: self.context.file.into(),
            row: line,
            line,
            column: path.into(),
            ..Place::default()
        }
    }

    /// Sets what the envelope says of all records that follow.
    pub(super) fn beside(&mut self, loaded: &mut Loaded, said: Entries<'t>) {
        let nothing = said.is_empty() && self.beside.is_empty();
        if !self.waiting.is_empty() && !nothing {
            self.learn(loaded);
        }
        let context = self.context;
        let field = |(key, node): (Cow<'t, str>, Node<'t>)| Some((lookup(context, &key).1?, key, node));
        self.beside = said.into_iter().filter_map(field).collect();
    }

    /// Where the next row stands: those that share a line are told apart by counting on.
    fn next(&mut self, offset: usize) -> At {
        let line = self.lines.of(offset);
        let row = if line == self.last.line {
            self.last.row.saturating_add(1)
        } else {
            line
        };
        self.last = At { row, line };
        self.last
    }

    /// Takes a record.
    pub(super) fn record(&mut self, loaded: &mut Loaded, offset: usize, mut entries: Entries<'t>) {
        let at = self.next(offset);
        if self.first.row == 0 {
            self.first = at;
        }
        if let Some(leaves) = &mut loaded.leaves {
            for (key, node) in &entries {
                keep_leaves(leaves, at, &mut key.clone().into_owned(), node);
            }
        }
        self.settle(loaded, at, &mut entries, &mut String::new());
        if self.learnt {
            self.add(loaded, at, &entries);
            return;
        }
        self.waiting.push((at, entries));
        if self.waiting.len() >= limits::HEADER_ROWS {
            self.learn(loaded);
        }
    }

    /// Reports keys that are there more than once, at any depth. The same value twice is used, two values never.
    fn settle(&mut self, loaded: &mut Loaded, at: At, entries: &mut Entries<'t>, path: &mut String) {
        for (key, node) in entries.iter_mut().filter(|(_, node)| !node.is_scalar()) {
            let end = push(path, key);
            self.settle_inside(loaded, at, node, path);
            path.truncate(end);
        }
        self.settle_keys(loaded, Some(at), entries, path);
    }

    fn settle_inside(&mut self, loaded: &mut Loaded, at: At, node: &mut Node<'t>, path: &mut String) {
        match &mut node.value {
            Value::Record(entries) => self.settle(loaded, at, entries, path),
            Value::List(items) => {
                for (number, item) in items.iter_mut().enumerate().filter(|(_, item)| !item.is_scalar()) {
                    let end = path.len();
                    path.push_str(&format!("[{}]", number + 1));
                    self.settle_inside(loaded, at, item, path);
                    path.truncate(end);
                }
            }
            _ => {}
        }
    }

    /// The same for a document around its list; what is in lists is settled record by record.
    pub(super) fn settle_around(&mut self, loaded: &mut Loaded, entries: &mut Entries<'t>, path: &mut String) {
        for (key, node) in entries.iter_mut() {
            if let Value::Record(inner) = &mut node.value {
                let end = push(path, key);
                self.settle_around(loaded, inner, path);
                path.truncate(end);
            }
        }
        self.settle_keys(loaded, None, entries, path);
    }

    fn settle_keys(&mut self, loaded: &mut Loaded, at: Option<At>, entries: &mut Entries<'t>, path: &mut String) {
        let repeated = repeated(entries);
        for &(first, again, same) in &repeated {
            let (key, node) = &entries[again];
            let end = push(path, key);
            let mut place = self.place(node.offset, path);
            place.row = at.map_or(place.row, |at| at.row);
            duplicate(loaded, place, key, same);
            path.truncate(end);
            if !same {
                entries[first].1.value = Value::Null;
            }
        }
        for &(_, again, _) in repeated.iter().rev() {
            entries.remove(again);
        }
    }

    /// Makes the columns of the first records, and adds these.
    fn learn(&mut self, loaded: &mut Loaded) {
        self.learnt = true;
        let waiting = std::mem::take(&mut self.waiting);
        // A key of the record itself comes before one of an object inside it, wherever it stands: dept.name is not the item's name.
        let mut found: Vec<(usize, String, String)> = Vec::new();
        for (_, entries) in &waiting {
            self.columns.paths(entries, &mut String::new(), 0, &mut found);
        }
        found.sort_by_key(|&(depth, ..)| depth);
        for (_, path, key) in found {
            self.columns.of(loaded, &path, &key);
        }
        for (at, entries) in &waiting {
            self.add(loaded, *at, entries);
        }
    }

    fn add(&mut self, loaded: &mut Loaded, at: At, entries: &Entries<'t>) {
        let mut cells = Vec::new();
        self.columns.cells(loaded, at, entries, &mut String::new(), &mut cells);
        for (field, key, node) in &self.beside {
            let own = (0..self.columns.table.width()).find(|&column| self.columns.table.field(column) == Some(*field));
            let Some(column) = own.or_else(|| self.columns.of(loaded, key, key)) else {
                continue;
            };
            let said = |cell: &RowCell<'_>| cell.0 == column && !cell.2.trim().is_empty();
            if !cells.iter().any(said) && self.columns.table.field(column) == Some(*field) {
                cells.push((column, Shape::Text, node.text(), node.came()));
            }
        }
        self.columns.table.row(loaded, at, cells.into_iter());
    }

    /// Closes the table.
    pub(super) fn finish(mut self, loaded: &mut Loaded) {
        if !self.learnt {
            self.learn(loaded);
        }
        if self.first.row == 0 {
            return;
        }
        let table = self.columns.table;
        if table.understood() < 2 {
            let place = Place {
                file: self.context.file.into(),
                row: self.first.row,
                line: self.first.line,
                ..Place::default()
            };
            let keys: Vec<String> = (0..table.width().min(8))
                .map(|at| table.place(At::default(), Some(at)).column.to_string())
                .collect();
            loaded.refuse("FIL001", place, vec![("header", keys.join("，"))]);
            return;
        }
        table.finish(loaded);
    }
}

/// Adds a key to a path; gives the length to cut it back to.
fn push(path: &mut String, key: &str) -> usize {
    let end = path.len();
    if end > 0 {
        path.push('.');
    }
    path.push_str(key);
    end
}

/// Keys that are there again: (the first, the last, whether all have the same value), by position.
fn repeated(entries: &Entries<'_>) -> Vec<(usize, usize, bool)> {
    // Comparing all with all is the fastest for what real records have.
    if entries.len() <= 64 {
        let again = |at: usize| entries[..at].iter().any(|(key, _)| *key == entries[at].0);
        if !(1..entries.len()).any(again) {
            return Vec::new();
        }
    }
    let mut first: HashMap<&str, usize, foldhash::fast::FixedState> = HashMap::default();
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    for (at, (key, node)) in entries.iter().enumerate() {
        let Some(&at_first) = first.get(key.as_ref()) else {
            first.insert(key, at);
            continue;
        };
        let same = entries[at_first].1 == *node;
        found.push((at_first, at, same));
    }
    // Where one differs, none of that key counts.
    let differ: Vec<usize> = found.iter().filter(|found| !found.2).map(|found| found.0).collect();
    if !differ.is_empty() {
        for found in &mut found {
            found.2 &= !differ.contains(&found.0);
        }
    }
    found
}

/// Reports a key that is there again.
pub(super) fn duplicate(loaded: &mut Loaded, place: Place, key: &str, same: bool) {
    let args = vec![
        ("key", key.to_owned()),
        ("path", place.column.to_string()),
        ("values", if same { "same" } else { "differ" }.to_owned()),
    ];
    if same {
        loaded.report("FIL017", Severity::Warning, place, args);
    } else {
        loaded.refuse("FIL017", place, args);
    }
}

/// Reports what nests deeper than is read.
pub(super) fn too_deep(loaded: &mut Loaded, place: Place) {
    let args = vec![("limit", limits::JSON_DEPTH.to_string())];
    loaded.refuse("FIL026", place, args);
}

/// Reports a place where a text is not what its format wants. `error` is a word that the message knows, or the reader's own text.
pub(super) fn broken(loaded: &mut Loaded, place: Place, format: &str, error: String) {
    loaded.refuse("FIL002", place, vec![("format", format.to_owned()), ("error", error)]);
}

/// How one key by itself is understood: whether at all, and its field.
pub(super) fn lookup(context: Context<'_>, key: &str) -> (bool, Option<FieldId>) {
    let mapping = headers::map(context.profile, &[vec![key.to_owned()]], context.overrides);
    mapping.columns.first().map_or((false, None), |column| {
        (column.understood != Understood::No, column.field)
    })
}

type RowCell<'n> = (usize, Shape, Cow<'n, str>, Came);

/// The columns of a table of records: a key, or the path of a key inside.
struct Columns<'a> {
    context: Context<'a>,
    table: Builder<'a>,
    /// Path → column; `None` beyond the limit.
    known: HashMap<String, Option<usize>, foldhash::fast::FixedState>,
    /// Path of an object → whether its key is understood, so that the object is a value and not a part of the record.
    values: HashMap<String, bool, foldhash::fast::FixedState>,
    /// Per field: whether it may hold several texts.
    several: Vec<bool>,
}

impl<'a> Columns<'a> {
    fn new(context: Context<'a>) -> Self {
        let profile = context.profile;
        let several = (0..profile.fields.len())
            .map(|at| takes_several(profile, FieldId::of(at)))
            .collect();
        Columns {
            context,
            table: Builder::new(
                context,
                None,
                Header {
                    at: At::default(),
                    rows: 0,
                    paths: Vec::new(),
                },
            ),
            known: HashMap::default(),
            values: HashMap::default(),
            several,
        }
    }

    /// The column of a path; a new one is added.
    fn of(&mut self, loaded: &mut Loaded, path: &str, key: &str) -> Option<usize> {
        if let Some(&column) = self.known.get(path) {
            return column;
        }
        let column = self.table.column(path, key);
        self.known.insert(path.to_owned(), column);
        if column.is_none() {
            let mut place = self.table.place(At::default(), None);
            place.column = path.into();
            loaded.refuse("FIL015", place, vec![("header", path.to_owned())]);
        }
        column
    }

    /// Whether an object is opened: its own key says nothing, its keys do (AUDIT_ITEM, AUDIT_ITEM_EXTEND).
    fn opens(&mut self, path: &str, key: &str, node: &Node<'_>) -> bool {
        if !matches!(node.value, Value::Record(_)) || node.items().is_some() {
            return false;
        }
        if let Some(&value) = self.values.get(path) {
            return !value;
        }
        let override_of = |name: &str| {
            let name = headers::fold(name);
            self.context.overrides.keys().any(|own| headers::fold(own) == name)
        };
        let value = lookup(self.context, key).0 || override_of(path);
        self.values.insert(path.to_owned(), value);
        !value
    }

    /// All paths of a record that are columns, with their depth.
    fn paths(
        &mut self,
        entries: &Entries<'_>,
        path: &mut String,
        depth: usize,
        found: &mut Vec<(usize, String, String)>,
    ) {
        for (key, node) in entries {
            let end = push(path, key);
            match &node.value {
                Value::Record(inner) if self.opens(path, key, node) => self.paths(inner, path, depth + 1, found),
                // Of two columns for one field a text says more than a list beside it: transact_addr, AUDIT_ITEM_WINDOW.
                _ => {
                    let depth = depth + usize::from(!node.is_scalar());
                    found.push((depth, path.clone(), key.clone().into_owned()));
                }
            }
            path.truncate(end);
        }
    }

    fn cells<'n>(
        &mut self,
        loaded: &mut Loaded,
        at: At,
        entries: &'n Entries<'_>,
        path: &mut String,
        cells: &mut Vec<RowCell<'n>>,
    ) {
        for (key, node) in entries {
            let end = push(path, key);
            match &node.value {
                Value::Record(inner) if self.opens(path, key, node) => self.cells(loaded, at, inner, path, cells),
                value => {
                    if let Some(column) = self.of(loaded, path, key) {
                        match self.table.field(column) {
                            Some(field) => {
                                let several = self.several.get(field.index()).copied().unwrap_or(false);
                                let (shape, text, came) = cell(self.context.profile, field, several, node);
                                let records = self.context.profile.nested_table(field).is_some();
                                let single = node.items().is_some_and(|items| items.len() < 2);
                                if !node.is_scalar() && !records && !single && shape == Shape::Text {
                                    let place = self.table.place(at, Some(column));
                                    let args = vec![("text", text.chars().take(80).collect())];
                                    loaded.report("FIL033", Severity::Warning, place, args);
                                }
                                cells.push((column, shape, text, came));
                            }
                            // Said to be unknown, so that an empty row can be told from one that is not understood.
                            None if *value != Value::Null => {
                                cells.push((column, Shape::Text, Cow::Borrowed("?"), Came::Text));
                            }
                            None => {}
                        }
                    }
                }
            }
            path.truncate(end);
        }
    }
}

/// Whether a field may hold several texts; one that belongs to no element may.
fn takes_several(profile: &Profile, field: FieldId) -> bool {
    let mut uses = profile
        .elements
        .iter()
        .flat_map(|element| element.fields.iter().map(move |&(role, of)| (element.kind, role, of)))
        .filter(|&(_, _, of)| of == field)
        .peekable();
    uses.peek().is_none()
        || uses.any(|(kind, role, _)| {
            matches!(role, Role::Value | Role::Table | Role::Special)
                && matches!(
                    kind,
                    Kind::Choices
                        | Kind::Citations
                        | Kind::Clauses
                        | Kind::Materials
                        | Kind::Steps
                        | Kind::Outcomes
                        | Kind::Text
                )
        })
}

/// The cell that a value becomes: a text, a list of texts, or records with named fields.
fn cell<'n>(profile: &Profile, field: FieldId, several: bool, node: &'n Node<'_>) -> (Shape, Cow<'n, str>, Came) {
    let table = profile.nested_table(field);
    let whole = || (Shape::Text, node.text(), node.came());
    let Some(items) = node.items() else {
        return match (&node.value, table) {
            // A list of one that was written without the list, or a list inside an object of its own.
            (Value::Record(entries), Some(table)) => match entries.as_slice() {
                [(_, inner)] if !inner.is_scalar() => cell(profile, field, several, inner),
                _ => (Shape::Table, encode(profile, Some(table), &[node]), Came::Text),
            },
            _ => whole(),
        };
    };
    let is_record = |item: &&Node<'_>| matches!(item.value, Value::Record(_));
    if items.iter().any(is_record) {
        let clauses = |kind: Kind| kind == Kind::Clauses;
        let is_clauses = profile
            .elements
            .iter()
            .any(|element| clauses(element.kind) && element.fields.contains(&(Role::Value, field)));
        // [{"accept_name": "…"}]: the records say which of their keys holds the text.
        if is_clauses && let Some(texts) = named_texts(profile, field, &items) {
            return (Shape::List, Cow::Owned(encode_list(&texts)), Came::Text);
        }
        if table.is_some() || several {
            return (Shape::Table, encode(profile, table, &items), Came::Text);
        }
        return whole();
    }
    let texts: Vec<Cow<'_, str>> = items
        .iter()
        .filter(|item| item.value != Value::Null)
        .map(|item| item.text())
        .collect();
    if texts.is_empty() {
        (Shape::Text, Cow::Borrowed(""), Came::Text)
    } else if several {
        (Shape::List, Cow::Owned(encode_list(&texts)), Came::Text)
    } else if let ([_], [only]) = (texts.as_slice(), items.as_slice()) {
        (Shape::Text, only.text(), only.came())
    } else {
        whole()
    }
}

/// The texts of the key that means the field itself, if every record has it.
fn named_texts<'n>(profile: &Profile, field: FieldId, items: &[&'n Node<'_>]) -> Option<Vec<Cow<'n, str>>> {
    let none = std::collections::BTreeMap::new();
    let context = Context {
        profile,
        overrides: &none,
        file: "",
    };
    items
        .iter()
        .map(|item| match &item.value {
            Value::Record(entries) => entries
                .iter()
                .find(|(key, _)| lookup(context, key).1 == Some(field))
                .map(|(_, node)| node.text()),
            _ => None,
        })
        .collect()
}

fn encode(profile: &Profile, table: Option<&str>, items: &[&Node<'_>]) -> Cow<'static, str> {
    let records: Vec<Vec<(String, String)>> = items
        .iter()
        .filter(|item| item.value != Value::Null)
        .map(|item| {
            let mut record = Vec::new();
            match &item.value {
                Value::Record(entries) => members(profile, table, entries, &mut String::new(), &mut record),
                // A text among records names what they name.
                _ => {
                    let name = if table == Some("law") { "title" } else { "name" };
                    record.push((name.to_owned(), item.text().into_owned()));
                }
            }
            record
        })
        .collect();
    Cow::Owned(encode_table(&records))
}

fn members(
    profile: &Profile,
    table: Option<&str>,
    entries: &Entries<'_>,
    path: &mut String,
    record: &mut Vec<(String, String)>,
) {
    for (key, node) in entries.iter().filter(|(_, node)| node.value != Value::Null) {
        let id = table.and_then(|table| profile.nested(table, key));
        let end = push(path, key);
        match (&node.value, id) {
            (Value::Record(inner), None) if node.items().is_none() => members(profile, table, inner, path, record),
            (_, id) => record.push((id.unwrap_or(path).to_owned(), node.text().into_owned())),
        }
        path.truncate(end);
    }
}

/// What a document may hold as its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Records one after the other.
    Records,
    /// Rows of cells, a header among them.
    Grid,
    /// One record: the object itself.
    One,
}

/// A part of a document that may be the list.
pub(super) struct Candidate<'t, T> {
    pub form: Form,
    /// Where it stands in the document.
    pub path: String,
    pub offset: usize,
    /// Its first records or rows.
    pub sample: Vec<Node<'t>>,
    pub rows: T,
    pub len: usize,
    /// What stands beside it, and beside what it is in.
    pub beside: Entries<'t>,
}

/// How many records of a list are looked at to see whether it is one of items.
pub(super) const SAMPLE: usize = 4;

/// Whether an array under this key may be the list: not if the key names a part of an item (AUDIT_MATERIAL, charges).
pub(super) fn may_be_list(context: Context<'_>, key: &str) -> bool {
    match lookup(context, key) {
        (true, Some(field)) => {
            let id = context.profile.fields[field.index()].id.as_str();
            ["name", "main_name", "sub_name", "handling_name"].contains(&id)
        }
        (known, None) => !known,
        (false, Some(_)) => true,
    }
}

/// Whether an object under this key is known and nothing that is judged: what is in it stands beside an item (`typed` of our own guides).
pub(super) fn stands_beside(context: Context<'_>, key: &str) -> bool {
    matches!(lookup(context, key), (true, None))
}

/// Which candidate is the list, and which others look like lists too. `None`: none of them names items.
pub(super) fn choose<T>(context: Context<'_>, candidates: &[Candidate<'_, T>]) -> Option<(usize, Vec<usize>)> {
    // An object that is the value of an element ({"实施主体": {"name": …, "code": …}}) is no item, whatever its keys are called.
    let is_value = |one: &Candidate<'_, T>| {
        let key = one.path.rsplit('.').next().unwrap_or_default();
        let mapping = headers::map(context.profile, &[vec![key.to_owned()]], context.overrides);
        one.form == Form::One && mapping.columns.iter().any(|column| column.field.is_some())
    };
    let scores: Vec<Option<(usize, usize)>> = candidates
        .iter()
        .map(|one| score(context, one, true).filter(|_| !is_value(one)))
        .collect();
    let inside = |outer: &str, inner: &str| {
        outer.is_empty() && !inner.is_empty() || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
    };
    let key = |at: usize| {
        let one = &candidates[at];
        let (mut elements, mut understood) = scores[at]?;
        if one.form == Form::One {
            // What only the words around an item say (code, msg, title of an answer) does not make it a part of the item.
            let wraps = (0..candidates.len()).any(|other| {
                candidates[other].form == Form::One
                    && scores[other].is_some()
                    && inside(&one.path, &candidates[other].path)
            });
            if wraps {
                (elements, understood) = score(context, one, false)?;
            }
        }
        let depth = one.path.matches('.').count() + usize::from(!one.path.is_empty());
        Some((elements, one.form != Form::One, understood, depth, one.len, Reverse(at)))
    };
    let best = (0..candidates.len())
        .filter(|&at| scores[at].is_some())
        .max_by_key(|&at| key(at))?;
    let others = (0..candidates.len())
        .filter(|&at| {
            let one = &candidates[at];
            let within = candidates[best].form == Form::One && inside(&candidates[best].path, &one.path);
            at != best && one.form != Form::One && scores[at].is_some() && !within
        })
        .collect();
    Some((best, others))
}

/// How many compared elements and how many columns would be understood; `None` if that names no items.
fn score<T>(context: Context<'_>, candidate: &Candidate<'_, T>, scalars: bool) -> Option<(usize, usize)> {
    if candidate.form == Form::Grid {
        let rows = candidate.sample.iter().filter_map(|row| match &row.value {
            Value::List(cells) => Some(cells.iter().map(|cell| cell.text().into_owned()).collect()),
            _ => None,
        });
        return rows.filter_map(|row: Vec<String>| header(context, &row)).max();
    }
    let mut columns = Columns::new(context);
    let mut found = Vec::new();
    for record in &candidate.sample {
        if let Value::Record(entries) = &record.value {
            columns.paths(entries, &mut String::new(), 0, &mut found);
            if !scalars {
                let scalar = |key: &str| entries.iter().any(|(own, node)| own == key && node.is_scalar());
                found.retain(|(depth, _, key)| *depth > 0 || !scalar(key));
            }
        }
    }
    found.sort_by_key(|&(depth, ..)| depth);
    let mut keys: Vec<String> = Vec::new();
    for (_, _, key) in found {
        if !keys.contains(&key) && keys.len() < limits::COLUMNS {
            keys.push(key);
        }
    }
    header(context, &keys)
}

fn header(context: Context<'_>, keys: &[String]) -> Option<(usize, usize)> {
    let profile = context.profile;
    let mapping = headers::map(
        profile,
        &keys.iter().map(|key| vec![key.clone()]).collect::<Vec<_>>(),
        context.overrides,
    );
    let fields: Vec<FieldId> = mapping.columns.iter().filter_map(|column| column.field).collect();
    let elements = |compared: bool| {
        let touched = |element: &&crate::profile::Element| {
            (element.compare || !compared) && element.fields.iter().any(|(_, field)| fields.contains(field))
        };
        profile.elements.iter().filter(touched).count()
    };
    let naming = [
        "name",
        "main_name",
        "sub_name",
        "handling_name",
        "code",
        "impl_code",
        "handling_code",
    ];
    let named = fields
        .iter()
        .any(|field| naming.contains(&profile.fields[field.index()].id.as_str()));
    (named && elements(false) >= 2).then(|| (elements(true), fields.len()))
}

/// Says which parts of a document look like lists too and were not read.
pub(super) fn passed_over<T>(
    loaded: &mut Loaded,
    records: &mut Records<'_, '_>,
    candidates: &[&Candidate<'_, T>],
    read: &str,
) {
    for one in candidates {
        let place = records.place(one.offset, &one.path);
        let args = vec![
            ("path", one.path.clone()),
            ("rows", one.len.to_string()),
            ("read", read.to_owned()),
        ];
        loaded.refuse("FIL032", place, args);
    }
}

/// Says that a document holds no list, and what it holds.
pub(super) fn no_list(loaded: &mut Loaded, place: Place, entries: &Entries<'_>) {
    let held: Vec<String> = entries
        .iter()
        .take(8)
        .map(|(key, node)| match node.is_scalar() && node.value != Value::Null {
            true => format!("{key}={}", node.text().chars().take(40).collect::<String>()),
            false => key.clone().into_owned(),
        })
        .collect();
    loaded.refuse("FIL001", place, vec![("header", held.join("，"))]);
}

/// What an envelope says for all its records: where they are, and whose; with `all`, anything that does not name an item.
pub(super) fn said_for_all(context: Context<'_>, key: &str, all: bool) -> bool {
    let Some(field) = lookup(context, key).1 else {
        return false;
    };
    let id = context.profile.fields[field.index()].id.as_str();
    if all {
        // A title or a number of the file is not the name or the code of each item in it.
        let names_one = id.ends_with("name") || id.ends_with("code");
        !names_one || ["region_name", "region_code", "body_code"].contains(&id)
    } else {
        ["region_code", "region_name", "body", "body_code"].contains(&id)
    }
}

/// Says what stands beside a list and applies to none of its records.
pub(super) fn not_used(
    context: Context<'_>,
    loaded: &mut Loaded,
    records: &mut Records<'_, '_>,
    entries: &Entries<'_>,
) {
    for (key, node) in entries {
        if node.is_scalar() && node.value != Value::Null && !said_for_all(context, key, true) {
            let place = records.place(node.offset, key);
            loaded.report(
                "FIL015",
                Severity::Info,
                place,
                vec![("header", key.clone().into_owned())],
            );
        }
    }
}

/// Reads rows of cells.
pub(super) fn grid<'t>(
    context: Context<'_>,
    records: &mut Records<'_, 't>,
    loaded: &mut Loaded,
    rows: impl Iterator<Item = Node<'t>>,
) {
    let mut sheet = Sheet::new(context, None, Vec::new());
    let mut first = At::default();
    for node in rows {
        let at = records.next(node.offset);
        if first.row == 0 {
            first = at;
        }
        let Value::List(items) = &node.value else {
            broken(loaded, records.place(node.offset, ""), "JSON", "not-a-row".to_owned());
            continue;
        };
        if let Some(leaves) = &mut loaded.leaves {
            leaves.extend(items.iter().enumerate().filter_map(|(column, item)| match &item.value {
                Value::Text(text) | Value::Number(text) => Some(Leaf {
                    at,
                    place: Where::Column(column),
                    offset: item.offset,
                    text: text.clone().into_owned(),
                    items: None,
                }),
                _ => None,
            }));
        }
        let cells: Vec<RawCell<'_>> = items
            .iter()
            .enumerate()
            .map(|(column, item)| RawCell {
                column,
                text: item.text(),
                came: item.came(),
                again: 0,
            })
            .filter(|cell| !cell.text.trim().is_empty())
            .collect();
        if !cells.is_empty() {
            sheet.row(loaded, at, items.len(), &cells);
        }
    }
    if let Err(header) = sheet.finish(loaded) {
        let place = Place {
            file: context.file.into(),
            row: first.row,
            line: first.line,
            ..Place::default()
        };
        loaded.refuse("FIL001", place, vec![("header", header)]);
    }
}

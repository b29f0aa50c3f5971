//! Normal forms on demand: worked out when they are asked for and kept no longer than they are of use. For whoever looks at a row
//! once (lint): the trees of a million conditions would take gigabytes.
//!
//! Must not know who asks, nor how any kind is parsed.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::mem::Discriminant;
use std::rc::Rc;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use rayon::prelude::*;

use super::{Plan, dialect_of, read, with_parts};
use crate::model::{self, Catalogue, ElementId, FieldId, RowId, Table, Value};
use crate::normalise::{self, Memo};
use crate::profile::Profile;

/// The normal forms of a catalogue, on demand.
pub struct OnDemand<'c> {
    catalogue: &'c Catalogue,
    profile: &'c Profile,
    plan: Plan,
    /// Table → the first table of its dialect, see [`dialect_of`].
    dialects: Vec<u32>,
    /// Table → a number for what can be said in it, see [`OnDemand::kind`].
    kinds: Vec<u32>,
    /// Table → whether any of its rows says anything in a field.
    said_in: Vec<Vec<bool>>,
    /// Table → whether any of its rows says anything of an element.
    carried: Vec<Vec<bool>>,
    columns: Vec<OnceLock<Column>>,
}

/// One element of all rows; equal values are kept once.
struct Column {
    rows: Vec<u32>,
    values: Vec<Value>,
    /// Value → the first value that means the same.
    meanings: OnceLock<Vec<u32>>,
}

impl Column {
    fn get(&self, row: RowId) -> &Value {
        &self.values[self.rows[row.index()] as usize]
    }

    fn meaning(&self, row: RowId) -> u32 {
        let meanings = self.meanings.get_or_init(|| {
            let mut first: HashMap<(Discriminant<Value>, Box<str>), u32, FixedState> = HashMap::default();
            let of = |(at, value): (usize, &Value)| {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                let meaning = value.meaning().0.into_boxed_str();
                *first.entry((std::mem::discriminant(value), meaning)).or_insert(at)
            };
            self.values.iter().enumerate().map(of).collect()
        });
        meanings[self.rows[row.index()] as usize]
    }
}

/// How many rows a column is worked out for at once: what is kept twice for a moment.
const WAVE: usize = 1 << 17;

impl<'c> OnDemand<'c> {
    /// Nothing is normalised yet.
    pub fn of(catalogue: &'c Catalogue, profile: &'c Profile) -> OnDemand<'c> {
        let dialects: Vec<u32> = (0..catalogue.tables.len())
            .map(|table| dialect_of(catalogue, u32::try_from(table).unwrap_or(u32::MAX)))
            .collect();
        let said_in = said_in(catalogue, profile);
        OnDemand {
            catalogue,
            profile,
            plan: Plan::of(profile),
            kinds: kinds(catalogue, &dialects, &said_in),
            carried: said_in.iter().map(|fields| carried(fields, profile)).collect(),
            dialects,
            said_in,
            columns: profile.elements.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Normalises elements in all rows, in parallel: for whoever goes from row to row.
    pub fn warm(&self, elements: impl IntoIterator<Item = ElementId>) {
        for element in elements {
            self.columns[element.index()].get_or_init(|| self.column(element, true));
        }
    }

    /// The normal form of an element of any row. Of an element that was not warmed the first call normalises all rows.
    pub fn any(&self, row: RowId, element: ElementId) -> &Value {
        self.asked(element).get(row)
    }

    /// A number for what an element of any row means: the same for rows that mean the same.
    pub fn meaning(&self, row: RowId, element: ElementId) -> u32 {
        self.asked(element).meaning(row)
    }

    fn asked(&self, element: ElementId) -> &Column {
        // Not in parallel: the thread could take up work that waits for this very column.
        self.columns[element.index()].get_or_init(|| self.column(element, false))
    }

    /// The forms of some rows, best of such as repeat each other.
    pub fn batch<'f>(&'f self, rows: &'f [RowId]) -> Batch<'f> {
        Batch {
            forms: self,
            rows,
            said: vec![OnceCell::new(); rows.len() * self.columns.len()],
            met: RefCell::default(),
            memo: RefCell::new(Memo::of_many()),
        }
    }

    /// The raw parts of an element of a row.
    fn parts(&self, row: RowId, element: ElementId, parts: &mut Vec<u64>) {
        let fields = &self.profile.elements[element.index()].fields;
        for cell in self.catalogue.cells(row) {
            for &(role, field) in fields {
                if field == cell.field {
                    parts.push(self.plan.pack(role, cell));
                }
            }
        }
    }

    /// The table whose dialect an element of a row is written in.
    fn dialect(&self, row: RowId, element: ElementId) -> u32 {
        match self.profile.elements[element.index()].list {
            Some(_) => self.dialects[self.catalogue.rows[row.index()].table.index()],
            None => 0,
        }
    }

    fn read(&self, element: ElementId, dialect: u32, parts: &[u64], memo: &mut Memo) -> Value {
        read(
            self.catalogue,
            self.profile,
            &self.plan,
            element.index(),
            dialect,
            parts,
            memo,
        )
    }

    fn column(&self, element: ElementId, parallel: bool) -> Column {
        let hasher = FixedState::default();
        let rows: Vec<RowId> = self.catalogue.row_ids().collect();
        let mut column = Column {
            rows: Vec::with_capacity(rows.len()),
            values: Vec::new(),
            meanings: OnceLock::new(),
        };
        let mut index: HashTable<u32> = HashTable::new();
        let mut known = Texts::default();
        // What each of them is: the number of its value.
        let mut numbers: Vec<u32> = Vec::new();
        for wave in rows.chunks(WAVE) {
            let piece = |rows: &[RowId]| self.piece(element, rows);
            let pieces: Vec<(Vec<u32>, Texts)> = match parallel {
                true => wave.par_chunks(WAVE / 32).map(piece).collect(),
                false => wave.chunks(WAVE / 32).map(piece).collect(),
            };
            let of_before = known.texts.len();
            let place = |(rows, texts): (Vec<u32>, Texts)| {
                let places = texts.texts.into_iter().map(|text| known.place(text));
                (rows, places.collect())
            };
            let pieces: Vec<(Vec<u32>, Vec<u32>)> = pieces.into_iter().map(place).collect();
            let read = |memo: &mut Memo, text: &Text| match &*text.parts {
                [] => Value::Empty,
                parts => self.read(element, text.dialect, parts, memo),
            };
            let new = known.texts.get(of_before..).unwrap_or_default();
            let values: Vec<Value> = match parallel {
                true => new.par_iter().with_min_len(64).map_init(Memo::of_many, read).collect(),
                false => {
                    let mut memo = Memo::of_many();
                    new.iter().map(|text| read(&mut memo, text)).collect()
                }
            };
            let values = values.into_iter();
            numbers.extend(values.map(|value| number(&mut index, &mut column.values, value, &hasher)));
            for (rows, places) in pieces {
                let of = |at: u32| numbers[places[at as usize] as usize];
                column.rows.extend(rows.into_iter().map(of));
            }
            // Texts that hardly repeat are not worth the memory to know them by.
            if (known.texts.len() - of_before) * 2 > wave.len() {
                known = Texts::default();
                numbers.clear();
            }
        }
        column
    }

    /// A piece of a column: its texts, and for each row which of them it is.
    fn piece(&self, element: ElementId, rows: &[RowId]) -> (Vec<u32>, Texts) {
        let mut met = Texts::default();
        let mut parts = Vec::new();
        let places = rows.iter().map(|&row| {
            parts.clear();
            self.parts(row, element, &mut parts);
            met.place_of(self.dialect(row, element), &parts)
        });
        (places.collect(), met)
    }
}

/// What rows say of one element, in the same letters.
struct Text {
    dialect: u32,
    parts: Box<[u64]>,
}

/// Such texts, each once.
#[derive(Default)]
struct Texts {
    texts: Vec<Text>,
    index: HashTable<u32>,
    hasher: FixedState,
}

impl Texts {
    /// The place of a text, the next one if it is new.
    fn place(&mut self, text: Text) -> u32 {
        match self.find(text.dialect, &text.parts) {
            Ok(at) => at,
            Err(hash) => self.insert(hash, text),
        }
    }

    /// The same, of a text that is copied only if it is new.
    fn place_of(&mut self, dialect: u32, parts: &[u64]) -> u32 {
        let new = |parts: &[u64]| Text {
            dialect,
            parts: parts.into(),
        };
        match self.find(dialect, parts) {
            Ok(at) => at,
            Err(hash) => self.insert(hash, new(parts)),
        }
    }

    fn find(&self, dialect: u32, parts: &[u64]) -> Result<u32, u64> {
        let hash = self.hasher.hash_one((dialect, parts));
        let same = |&at: &u32| {
            let text = &self.texts[at as usize];
            text.dialect == dialect && *text.parts == *parts
        };
        self.index.find(hash, same).copied().ok_or(hash)
    }

    fn insert(&mut self, hash: u64, text: Text) -> u32 {
        let at = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text);
        let (texts, hasher) = (&self.texts, &self.hasher);
        self.index.insert_unique(hash, at, |&at| {
            let text = &texts[at as usize];
            hasher.hash_one((text.dialect, &*text.parts))
        });
        at
    }
}

/// The number of a value among those that were met, the next one if it is new.
fn number(index: &mut HashTable<u32>, values: &mut Vec<Value>, value: Value, hasher: &FixedState) -> u32 {
    let hash = hasher.hash_one(&value);
    if let Some(&at) = index.find(hash, |&at| values[at as usize] == value) {
        return at;
    }
    let at = u32::try_from(values.len()).unwrap_or(u32::MAX);
    values.push(value);
    index.insert_unique(hash, at, |&at| hasher.hash_one(&values[at as usize]));
    at
}

/// Table → whether any of its rows says anything in a field.
fn said_in(catalogue: &Catalogue, profile: &Profile) -> Vec<Vec<bool>> {
    let mut fields = vec![vec![false; profile.fields.len()]; catalogue.tables.len()];
    for row in catalogue.row_ids() {
        let fields = &mut fields[catalogue.rows[row.index()].table.index()];
        for cell in catalogue.cells(row) {
            fields[cell.field.index()] = true;
        }
    }
    fields
}

/// Whether any of the rows of a table says anything of an element.
fn carried(said_in: &[bool], profile: &Profile) -> Vec<bool> {
    let elements = profile.elements.iter();
    let carried = elements.map(|element| element.fields.iter().any(|(_, field)| said_in[field.index()]));
    carried.collect()
}

/// Table → the first table with the same dialect, columns and fields that say anything.
fn kinds<'c>(catalogue: &'c Catalogue, dialects: &[u32], said_in: &[Vec<bool>]) -> Vec<u32> {
    let mut first: HashMap<_, u32, FixedState> = HashMap::default();
    let of = |(at, table): (u32, &'c Table)| {
        let column = |column: &'c model::Column| Some((column.field?, column.nested.as_deref()));
        let mut columns: Vec<_> = table.columns.iter().filter_map(column).collect();
        columns.sort_unstable();
        columns.dedup();
        let key = (dialects[at as usize], columns, &said_in[at as usize]);
        *first.entry(key).or_insert(at)
    };
    (0..).zip(&catalogue.tables).map(of).collect()
}

/// The normal forms of some rows: each text is normalised at most once, and only if it is asked for.
pub struct Batch<'f> {
    forms: &'f OnDemand<'f>,
    rows: &'f [RowId],
    /// Row by row, what stands in each element; nothing where the row does not say anything of it.
    said: Vec<OnceCell<Option<Rc<Said>>>>,
    met: RefCell<HashTable<Rc<Said>>>,
    memo: RefCell<Memo>,
}

/// What some rows say of an element, in the same letters.
struct Said {
    element: ElementId,
    kind: u32,
    dialect: u32,
    parts: Box<[u64]>,
    value: OnceCell<Value>,
    marks: Cell<u64>,
}

impl Batch<'_> {
    /// The normal form of an element of one of the rows, by its place among them.
    pub fn get(&self, nth: usize, element: ElementId) -> &Value {
        let forms = self.forms;
        if let Some(column) = forms.columns[element.index()].get() {
            return column.get(self.rows[nth]);
        }
        self.said(nth, element).map_or(&Value::Empty, |said| {
            said.value
                .get_or_init(|| forms.read(element, said.dialect, &said.parts, &mut self.memo.borrow_mut()))
        })
    }

    /// Whether an element of one of the rows says something that can be compared: for whoever asks of few texts what they say. Nothing
    /// is kept.
    pub fn speaks(&self, nth: usize, element: ElementId) -> bool {
        let (forms, row) = (self.forms, self.rows[nth]);
        let mut parts = Vec::new();
        forms.parts(row, element, &mut parts);
        let (catalogue, profile, dialect) = (forms.catalogue, forms.profile, forms.dialect(row, element));
        !parts.is_empty()
            && with_parts(
                catalogue,
                profile,
                &forms.plan,
                element.index(),
                dialect,
                &parts,
                |kind, parts| normalise::speaks(kind, parts, &mut self.memo.borrow_mut()),
            )
    }

    /// Whether the same letters mean the same in an element of two of the rows.
    pub fn one_dialect(&self, nth: usize, other: usize, element: ElementId) -> bool {
        let dialect = |nth: usize| self.forms.dialect(self.rows[nth], element);
        dialect(nth) == dialect(other)
    }

    /// The marks (64 bits) that were set for what one of the rows says of an element.
    pub fn marks(&self, nth: usize, element: ElementId) -> u64 {
        self.said(nth, element).map_or(0, |said| said.marks.get())
    }

    /// Sets marks for what one of the rows says of an element: for all rows of such tables that say it in the same letters.
    pub fn mark(&self, nth: usize, element: ElementId, marks: u64) {
        if let Some(said) = self.said(nth, element) {
            said.marks.set(said.marks.get() | marks);
        }
    }

    /// A number for what the table of one of the rows can say: the same for tables of the same columns, of which the same ones
    /// say anything, in the same dialect.
    pub fn kind(&self, nth: usize) -> u32 {
        self.forms.kinds[self.table(nth)]
    }

    /// Whether any row of the table of one of the rows says anything in a field.
    pub fn says_in(&self, nth: usize, field: FieldId) -> bool {
        self.forms.said_in[self.table(nth)][field.index()]
    }

    /// Whether any row of the table of one of the rows says anything of an element.
    pub fn says_of(&self, nth: usize, element: ElementId) -> bool {
        self.forms.carried[self.table(nth)][element.index()]
    }

    fn table(&self, nth: usize) -> usize {
        self.forms.catalogue.rows[self.rows[nth].index()].table.index()
    }

    fn said(&self, nth: usize, element: ElementId) -> Option<&Said> {
        if !self.says_of(nth, element) {
            return None;
        }
        self.said[nth * self.forms.columns.len() + element.index()]
            .get_or_init(|| self.meet(nth, element))
            .as_deref()
    }

    fn meet(&self, nth: usize, element: ElementId) -> Option<Rc<Said>> {
        let (row, kind) = (self.rows[nth], self.kind(nth));
        let hasher = FixedState::default();
        let mut parts = Vec::new();
        self.forms.parts(row, element, &mut parts);
        if parts.is_empty() {
            return None;
        }
        let hash = hasher.hash_one((element, kind, parts.as_slice()));
        let mut met = self.met.borrow_mut();
        let same = |said: &Rc<Said>| (said.element, said.kind) == (element, kind) && *said.parts == *parts;
        if let Some(said) = met.find(hash, same) {
            return Some(Rc::clone(said));
        }
        let said = Rc::new(Said {
            element,
            kind,
            dialect: self.forms.dialect(row, element),
            parts: parts.into(),
            value: OnceCell::new(),
            marks: Cell::new(0),
        });
        met.insert_unique(hash, Rc::clone(&said), |said| {
            hasher.hash_one((said.element, said.kind, &*said.parts))
        });
        Some(said)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::forms::Forms;
    use crate::model::{At, Cell, Column, Region, RegionId, Shape, SourceFile, TableId, Understood};

    const HEADERS: [&str; 4] = ["name", "code", "conditions", "statutory_time"];

    /// A list of rows by field; what is empty has no cell.
    fn catalogue(profile: &Profile, rows: &[[String; 4]]) -> Catalogue {
        let fields = HEADERS.map(|id| profile.field(id).expect("the profile has it"));
        let column = |field: FieldId| Column {
            header: "".into(),
            field: Some(field),
            nested: None,
            understood: Understood::No,
        };
        let mut catalogue = Catalogue {
            files: vec![SourceFile {
                name: "list.csv".into(),
                reading: crate::model::Reading {
                    format: "csv",
                    encoding: "UTF-8",
                    guessed: false,
                },
            }],
            tables: vec![Table {
                file: 0,
                sheet: None,
                header_row: 1,
                header_rows: 1,
                last_row: 1,
                columns: fields.map(column).into(),
                dialect: None,
                rows: rows.len(),
                sample: Vec::new(),
            }],
            regions: vec![Region {
                id: "list".into(),
                name: String::new(),
                directory: false,
                side: 0,
            }],
            ..Catalogue::default()
        };
        for (number, row) in (2..).zip(rows) {
            let mut cells = Vec::new();
            for (at, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                cells.push(Cell {
                    field: fields[at],
                    column: at as u16,
                    shape: Shape::Text,
                    up: 0,
                    text: catalogue.texts.intern(text),
                });
            }
            let len = cells.len();
            let start = catalogue.adopt(cells);
            let at = At {
                row: number,
                line: number,
            };
            catalogue.push_row(RegionId(0), TableId(0), at, start..start + len);
        }
        catalogue
    }

    fn rows(count: usize, distinct: usize) -> Vec<[String; 4]> {
        let row = |n: usize| {
            let item = n % distinct;
            [
                format!("取水许可第{item}类"),
                format!("0001190{:02}{:03}", item / 900, item % 900 + 1),
                match item % 5 {
                    0 => String::new(),
                    1 => "见附件".to_owned(),
                    _ => format!("1.有{item}处取水地点；2.符合规划。"),
                },
                format!("{}个工作日", item % 7),
            ]
        };
        (0..count).map(row).collect()
    }

    #[test]
    fn on_demand_is_as_ahead() {
        let profile = Profile::load("national-12").expect("the profile ships");
        let catalogue = catalogue(&profile, &rows(300, 200));
        let ahead = Forms::of(&catalogue, &profile);
        let (catalogue, profile) = (Arc::new(catalogue), Arc::new(profile));
        let name = profile.element("name").expect("the profile has it");
        let asked = Forms::as_asked(&catalogue, &profile, &[name]);
        // A hundred conditions in three hundred rows are not often the same.
        let conditions = profile.element("conditions").expect("the profile has it");
        assert!(asked.ready(name) && !asked.ready(conditions));
        let forms = OnDemand::of(&catalogue, &profile);
        let warmed = OnDemand::of(&catalogue, &profile);
        warmed.warm(profile.element("name"));
        let ids: Vec<RowId> = catalogue.row_ids().collect();
        for ids in ids.chunks(64) {
            let (batch, warm) = (forms.batch(ids), warmed.batch(ids));
            for (nth, &row) in ids.iter().enumerate() {
                for element in (0..profile.elements.len()).map(ElementId::of) {
                    let value = ahead.get(row, element);
                    assert_eq!(asked.get(row, element), value);
                    assert_eq!(batch.get(nth, element), value);
                    assert_eq!(warm.get(nth, element), value);
                    assert_eq!(warmed.any(row, element), value);
                }
            }
        }
    }

    /// What is worked out grows with what is said, not with the rows that say it, and nothing is worked out unasked.
    #[test]
    fn each_text_once_and_only_if_asked() {
        let profile = Profile::load("national-12").expect("the profile ships");
        let conditions = profile.element("conditions").expect("the profile has it");
        for (count, distinct) in [(200, 20), (400, 20), (800, 20), (800, 800)] {
            let catalogue = catalogue(&profile, &rows(count, distinct));
            let forms = OnDemand::of(&catalogue, &profile);
            let ids: Vec<RowId> = catalogue.row_ids().collect();
            let batch = forms.batch(&ids);
            let worked_out = || {
                let met = batch.met.borrow();
                met.iter().filter(|said| said.value.get().is_some()).count()
            };
            assert_eq!(worked_out(), 0);
            for nth in 0..ids.len() {
                batch.get(nth, conditions);
            }
            // A fifth says nothing, a fifth says the same.
            assert_eq!(worked_out(), distinct / 5 * 3 + 1);
        }
    }

    #[test]
    fn marks_are_of_what_is_said() {
        let profile = Profile::load("national-12").expect("the profile ships");
        let [name, conditions] = ["name", "conditions"].map(|id| profile.element(id).expect("the profile has it"));
        let catalogue = catalogue(&profile, &rows(20, 10));
        let forms = OnDemand::of(&catalogue, &profile);
        let ids: Vec<RowId> = catalogue.row_ids().collect();
        let batch = forms.batch(&ids);
        batch.mark(2, conditions, 1 << 63);
        batch.mark(0, conditions, 1 << 63);
        assert_eq!(batch.marks(12, conditions), 1 << 63);
        assert_eq!((batch.marks(12, name), batch.marks(3, conditions)), (0, 0));
        assert_eq!(
            batch.marks(0, conditions),
            0,
            "where nothing is said there is nothing to mark"
        );
    }
}

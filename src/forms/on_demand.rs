//! Normal forms on demand: worked out when they are asked for and kept no longer than they are of use. For whoever looks at a row
//! once (lint): the trees of a million conditions would take gigabytes.
//!
//! Must not know who asks, nor how any kind is parsed.

use std::cell::{OnceCell, RefCell};
use std::hash::BuildHasher;
use std::rc::Rc;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use rayon::prelude::*;

use super::{Plan, dialect_of, read};
use crate::model::{Catalogue, ElementId, RowId, Value};
use crate::profile::Profile;

/// The normal forms of a catalogue, on demand.
pub struct OnDemand<'c> {
    catalogue: &'c Catalogue,
    profile: &'c Profile,
    plan: Plan,
    /// Table → the first table of its dialect, see [`dialect_of`].
    dialects: Vec<u32>,
    columns: Vec<OnceLock<Column>>,
}

/// One element of all rows; equal values are kept once.
struct Column {
    rows: Vec<u32>,
    values: Vec<Value>,
}

impl Column {
    fn get(&self, row: RowId) -> &Value {
        &self.values[self.rows[row.index()] as usize]
    }
}

/// How many rows a column is worked out for at once: what is kept twice for a moment.
const WAVE: usize = 1 << 17;

impl<'c> OnDemand<'c> {
    /// Nothing is normalised yet.
    pub fn of(catalogue: &'c Catalogue, profile: &'c Profile) -> OnDemand<'c> {
        OnDemand {
            catalogue,
            profile,
            plan: Plan::of(profile),
            dialects: (0..catalogue.tables.len())
                .map(|table| dialect_of(catalogue, u32::try_from(table).unwrap_or(u32::MAX)))
                .collect(),
            columns: profile.elements.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The normal form of an element of any row. The first call normalises the element in all rows, in parallel, for whoever goes
    /// from row to row: it must not come out of a parallel run.
    pub fn any(&self, row: RowId, element: ElementId) -> &Value {
        self.columns[element.index()]
            .get_or_init(|| self.column(element))
            .get(row)
    }

    /// The forms of some rows, best of such as repeat each other.
    pub fn batch<'f>(&'f self, rows: &'f [RowId]) -> Batch<'f> {
        Batch {
            forms: self,
            rows,
            values: vec![OnceCell::new(); rows.len() * self.columns.len()],
            met: RefCell::default(),
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

    fn read(&self, element: ElementId, dialect: u32, parts: &[u64]) -> Value {
        read(
            self.catalogue,
            self.profile,
            &self.plan,
            element.index(),
            dialect,
            parts,
        )
    }

    fn column(&self, element: ElementId) -> Column {
        let hasher = FixedState::default();
        let rows: Vec<RowId> = self.catalogue.row_ids().collect();
        let mut column = Column {
            rows: Vec::with_capacity(rows.len()),
            values: vec![Value::Empty],
        };
        let mut index: HashTable<u32> = HashTable::new();
        index.insert_unique(hasher.hash_one(&Value::Empty), 0, |_| 0);
        for wave in rows.chunks(WAVE) {
            let pieces: Vec<(Vec<u32>, Vec<Value>)> = wave
                .par_chunks(WAVE / 32)
                .map(|rows| self.piece(element, rows))
                .collect();
            for (rows, values) in pieces {
                let numbers: Vec<u32> = values
                    .into_iter()
                    .map(|value| number(&mut index, &mut column.values, value, &hasher))
                    .collect();
                column.rows.extend(rows.into_iter().map(|at| numbers[at as usize]));
            }
        }
        column
    }

    /// A piece of a column: for each row the number of its value.
    fn piece(&self, element: ElementId, rows: &[RowId]) -> (Vec<u32>, Vec<Value>) {
        let hasher = FixedState::default();
        let mut met: HashTable<(u32, Box<[u64]>, u32)> = HashTable::new();
        let mut index: HashTable<u32> = HashTable::new();
        let mut values = Vec::new();
        let mut parts = Vec::new();
        let numbers = rows.iter().map(|&row| {
            parts.clear();
            self.parts(row, element, &mut parts);
            let dialect = self.dialect(row, element);
            let hash = hasher.hash_one((dialect, parts.as_slice()));
            if let Some((_, _, at)) = met.find(hash, |(d, p, _)| *d == dialect && **p == *parts) {
                return *at;
            }
            let value = self.read(element, dialect, &parts);
            let at = number(&mut index, &mut values, value, &hasher);
            met.insert_unique(hash, (dialect, parts.as_slice().into(), at), |(d, p, _)| {
                hasher.hash_one((*d, &**p))
            });
            at
        });
        (numbers.collect(), values)
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

/// The normal forms of some rows: each text is normalised at most once, and only if it is asked for.
pub struct Batch<'f> {
    forms: &'f OnDemand<'f>,
    rows: &'f [RowId],
    values: Vec<OnceCell<Rc<Value>>>,
    met: RefCell<HashTable<Met>>,
}

/// Raw parts that were met: the element, the dialect, the parts, and what they are.
type Met = (ElementId, u32, Box<[u64]>, Rc<Value>);

impl Batch<'_> {
    /// The normal form of an element of one of the rows, by its place among them.
    pub fn get(&self, nth: usize, element: ElementId) -> &Value {
        match self.forms.columns[element.index()].get() {
            Some(column) => column.get(self.rows[nth]),
            None => self.values[nth * self.forms.columns.len() + element.index()]
                .get_or_init(|| self.work_out(self.rows[nth], element)),
        }
    }
    fn work_out(&self, row: RowId, element: ElementId) -> Rc<Value> {
        let hasher = FixedState::default();
        let mut parts = Vec::new();
        self.forms.parts(row, element, &mut parts);
        let dialect = self.forms.dialect(row, element);
        let hash = hasher.hash_one((element, dialect, parts.as_slice()));
        let mut met = self.met.borrow_mut();
        let same = |(e, d, p, _): &Met| (*e, *d) == (element, dialect) && **p == *parts;
        if let Some((.., value)) = met.find(hash, same) {
            return Rc::clone(value);
        }
        let value = Rc::new(self.forms.read(element, dialect, &parts));
        let new = (element, dialect, parts.as_slice().into(), Rc::clone(&value));
        met.insert_unique(hash, new, |(e, d, p, _)| hasher.hash_one((e, d, &**p)));
        value
    }
}

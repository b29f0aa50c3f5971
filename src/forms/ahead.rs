//! Normal forms ahead: an element of all rows is a column, worked out as a whole.
//!
//! Must not know who asks, nor how any kind is parsed.

use std::hash::BuildHasher;
use std::mem::{Discriminant, discriminant};

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use rayon::prelude::*;

use super::{Plan, dialect_of, read};
use crate::model::{Catalogue, ElementId, RowId, Value};
use crate::normalise::Memo;
use crate::profile::Profile;

/// A value and what it means.
pub(super) struct Form {
    pub value: Value,
    /// The same for values of the column that mean the same.
    pub meaning: u32,
}

/// One element of all rows. Value 0 is the empty one.
pub(super) struct Column {
    /// For each row the number of its value; empty where no row says anything.
    rows: Vec<u32>,
    forms: Vec<Form>,
}

impl Default for Column {
    /// Of an element that nobody says anything of.
    fn default() -> Self {
        let empty = Form {
            value: Value::Empty,
            meaning: 0,
        };
        Column {
            rows: Vec::new(),
            forms: vec![empty],
        }
    }
}

impl Column {
    pub(super) fn number(&self, row: RowId) -> u32 {
        self.rows.get(row.index()).copied().unwrap_or(0)
    }

    pub(super) fn form(&self, number: u32) -> &Form {
        &self.forms[number as usize]
    }
}

/// What the rows of a catalogue say of an element, to the letter: the distinct ones, each as its packed raw parts.
#[derive(Default)]
struct Said {
    parts: Vec<u64>,
    /// Where the parts of each end, and the table whose dialect they are in.
    ends: Vec<(usize, u32)>,
}

impl Said {
    fn get(&self, at: usize) -> (&[u64], u32) {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before].0);
        let (end, dialect) = self.ends[at];
        (&self.parts[start..end], dialect)
    }

    fn add(&mut self, parts: &[u64], dialect: u32) -> u32 {
        let at = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.parts.extend_from_slice(parts);
        self.ends.push((self.parts.len(), dialect));
        at
    }
}

/// The columns of all elements, side by side; `wanted` says by how many distinct texts an element has whether it is worked out.
pub(super) fn columns(
    catalogue: &Catalogue,
    profile: &Profile,
    wanted: impl Fn(ElementId, usize) -> bool + Sync,
) -> Vec<Option<Column>> {
    let mut carried = vec![false; profile.fields.len()];
    for cell in &catalogue.cells {
        carried[cell.field.index()] = true;
    }
    let plan = Plan::of(profile);
    let of = |at: usize| {
        let (element, mut fields) = (ElementId::of(at), profile.elements[at].fields.iter());
        if !fields.any(|(_, field)| carried[field.index()]) {
            return Some(Column::default());
        }
        let (rows, said) = said(catalogue, profile, &plan, element);
        wanted(element, said.ends.len()).then(|| normalised(catalogue, profile, &plan, element, rows, &said, true))
    };
    // One at a time where nobody waits: the largest take most of the work, and they are divided themselves.
    (0..profile.elements.len())
        .into_par_iter()
        .with_max_len(1)
        .map(of)
        .collect()
}

/// The column of an element. Not in parallel: the thread could take up work that waits for this very column.
pub(super) fn column(catalogue: &Catalogue, profile: &Profile, element: ElementId) -> Column {
    let plan = Plan::of(profile);
    let (rows, said) = said(catalogue, profile, &plan, element);
    normalised(catalogue, profile, &plan, element, rows, &said, false)
}

/// The column of what was said; `rows` has for each row its number.
fn normalised(
    catalogue: &Catalogue,
    profile: &Profile,
    plan: &Plan,
    element: ElementId,
    mut rows: Vec<u32>,
    said: &Said,
    parallel: bool,
) -> Column {
    let hasher = FixedState::default();
    let value = |memo: &mut Memo, at| {
        let (parts, dialect) = said.get(at);
        let value = read(catalogue, profile, plan, element.index(), dialect, parts, memo);
        (hasher.hash_one(&value), value)
    };
    let all = 0..said.ends.len();
    let values: Vec<(u64, Value)> = if parallel {
        all.into_par_iter().map_init(Memo::of_many, value).collect()
    } else {
        let mut memo = Memo::of_many();
        all.map(|at| value(&mut memo, at)).collect()
    };
    let Column { mut forms, .. } = Column::default();
    let mut index: HashTable<(u64, u32)> = HashTable::new();
    index.insert_unique(
        hasher.hash_one(Value::Empty),
        (hasher.hash_one(Value::Empty), 0),
        |(hash, _)| *hash,
    );
    let mut numbers: Vec<u32> = Vec::with_capacity(values.len() + 1);
    numbers.push(0);
    for (hash, value) in values {
        let known = index.find(hash, |&(own, at)| own == hash && forms[at as usize].value == value);
        numbers.push(match known {
            Some(&(_, at)) => at,
            None => {
                let at = u32::try_from(forms.len()).unwrap_or(u32::MAX);
                forms.push(Form { value, meaning: 0 });
                index.insert_unique(hash, (hash, at), |(hash, _)| *hash);
                at
            }
        });
    }
    drop(index);
    forms.shrink_to_fit();
    mean(&mut forms, parallel);
    for row in &mut rows {
        *row = numbers[*row as usize];
    }
    Column { rows, forms }
}

/// For each row the number of what it says, from 1 on in the order of the rows, 0 for nothing; and what was said.
fn said(catalogue: &Catalogue, profile: &Profile, plan: &Plan, element: ElementId) -> (Vec<u32>, Said) {
    let element = &profile.elements[element.index()];
    let dialects: Vec<u32> = (0..catalogue.tables.len())
        // Only code lists have dialects; everything else means the same in every table.
        .map(|table| match element.list {
            Some(_) => dialect_of(catalogue, u32::try_from(table).unwrap_or(u32::MAX)),
            None => 0,
        })
        .collect();
    let hasher = FixedState::default();
    let mut said = Said::default();
    // Most rows say an element in one cell, and its text has a number already: what was said is found by that, without a search.
    let mut alone: Vec<u32> = vec![0; catalogue.texts.len()];
    let mut usual: Option<u64> = None;
    let mut index: HashTable<(u64, u32)> = HashTable::new();
    let mut parts: Vec<u64> = Vec::new();
    let number = |row: RowId| {
        parts.clear();
        for cell in catalogue.cells(row) {
            for &(role, field) in &element.fields {
                if field == cell.field {
                    parts.push(plan.pack(role, cell));
                }
            }
        }
        if parts.is_empty() {
            return 0;
        }
        let dialect = dialects[catalogue.rows[row.index()].table.index()];
        if let (&[part], 0) = (parts.as_slice(), dialect)
            && *usual.get_or_insert(part >> 32) == part >> 32
        {
            let known = &mut alone[(part & 0xFFFF_FFFF) as usize];
            if *known == 0 {
                *known = said.add(&parts, dialect) + 1;
            }
            return *known;
        }
        let hash = hasher.hash_one((dialect, parts.as_slice()));
        let same = |&(own, at): &(u64, u32)| own == hash && said.get(at as usize) == (parts.as_slice(), dialect);
        if let Some(&(_, at)) = index.find(hash, same) {
            return at + 1;
        }
        let at = said.add(&parts, dialect);
        index.insert_unique(hash, (hash, at), |(hash, _)| *hash);
        at + 1
    };
    let rows = catalogue.row_ids().map(number).collect();
    (rows, said)
}

/// Gives values that mean the same the same number.
fn mean(forms: &mut [Form], parallel: bool) {
    let hasher = FixedState::default();
    let meaning = |Form { value, .. }: &Form| {
        let (kind, meaning) = (discriminant(value), value.meaning().0);
        (hasher.hash_one((kind, &meaning)), kind, meaning)
    };
    let meanings: Vec<(u64, Discriminant<Value>, String)> = match parallel {
        true => forms.par_iter().map(meaning).collect(),
        false => forms.iter().map(meaning).collect(),
    };
    let mut first: HashTable<u32> = HashTable::with_capacity(forms.len());
    for (at, form) in forms.iter_mut().enumerate() {
        let hash = meanings[at].0;
        let known = first.find(hash, |&other| meanings[other as usize] == meanings[at]);
        form.meaning = match known {
            Some(&other) => other,
            None => {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                first.insert_unique(hash, at, |&at| meanings[at as usize].0);
                at
            }
        };
    }
}

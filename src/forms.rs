//! Forms: the normal forms of all rows. Each distinct raw text of an element is normalised once, in parallel, and equal
//! values are kept once; a row is a line of numbers.
//!
//! Must not know how values compare, nor how any kind is parsed.

mod on_demand;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::model::{Catalogue, Cell, ElementId, FieldId, Folded, RowId, Shape, Table, TextId, Value, ValueId};
use crate::normalise::{self, CodeList, Kind, Part, Parts, Role, normalise};
use crate::profile::{Element, Profile};

pub use on_demand::{Batch, OnDemand};

/// A value with its canonical spelling.
#[derive(Clone, Debug)]
struct Form {
    value: Value,
    meaning: u32,
}

/// The normal forms of a catalogue.
pub struct Forms {
    forms: Vec<Form>,
    canonical: Vec<Box<str>>,
    rows: Vec<ValueId>,
    width: usize,
}

/// The raw parts of one element of one row, packed: role, shape and text in one number each, so that equal parts are found
/// by one look-up.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    One(u64),
    Many(Box<[u64]>),
}

impl Key {
    fn of(parts: &[u64]) -> Option<Key> {
        match parts {
            [] => None,
            [one] => Some(Key::One(*one)),
            many => Some(Key::Many(many.into())),
        }
    }

    fn parts(&self) -> &[u64] {
        match self {
            Key::One(one) => std::slice::from_ref(one),
            Key::Many(many) => many,
        }
    }
}

const SHAPES: [Shape; 3] = [Shape::Text, Shape::List, Shape::Table];

/// The way from fields to elements, worked out once.
struct Plan {
    /// Field → (element, role)s that it contributes to.
    uses: Vec<Vec<(u16, Role)>>,
    roles: Vec<Role>,
}

impl Plan {
    fn of(profile: &Profile) -> Plan {
        let mut uses = vec![Vec::new(); profile.fields.len()];
        let mut roles = Vec::new();
        for (at, element) in profile.elements.iter().enumerate() {
            for &(role, field) in &element.fields {
                if let Some(uses) = uses.get_mut(field.index()) {
                    uses.push((u16::try_from(at).unwrap_or(u16::MAX), role));
                }
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        Plan { uses, roles }
    }

    fn pack(&self, role: Role, cell: &Cell) -> u64 {
        let role = self.roles.iter().position(|&r| r == role).unwrap_or(0) as u64;
        role << 40 | (cell.shape as u64) << 32 | cell.text.index() as u64
    }
}

impl Forms {
    /// Normalises all elements of all rows.
    pub fn of(catalogue: &Catalogue, profile: &Profile) -> Forms {
        let plan = Plan::of(profile);
        let width = profile.elements.len();
        let mut index: Vec<HashMap<(u32, Key), u32, foldhash::fast::FixedState>> = vec![HashMap::default(); width];
        let mut work: Vec<(u16, u32, Key)> = Vec::new();
        let mut rows: Vec<u32> = vec![0; catalogue.rows.len() * width];
        let mut parts: Vec<Vec<u64>> = vec![Vec::new(); width];
        for row in catalogue.row_ids() {
            for cell in catalogue.cells(row) {
                for &(element, role) in plan.uses.get(cell.field.index()).map_or(&[][..], Vec::as_slice) {
                    parts[usize::from(element)].push(plan.pack(role, cell));
                }
            }
            let table = catalogue.rows[row.index()].table.0;
            for (element, parts) in parts.iter_mut().enumerate() {
                let Some(key) = Key::of(parts) else { continue };
                parts.clear();
                // Only code lists have dialects; everything else means the same in every table.
                let table = if profile.elements[element].list.is_some() {
                    self::dialect_of(catalogue, table)
                } else {
                    0
                };
                let next = u32::try_from(work.len()).unwrap_or(u32::MAX);
                let id = *index[element].entry((table, key)).or_insert_with_key(|(table, key)| {
                    work.push((u16::try_from(element).unwrap_or(u16::MAX), *table, key.clone()));
                    next
                });
                // 0 is kept for elements of which nothing is there.
                rows[row.index() * width + element] = id + 1;
            }
        }
        drop(index);
        let values: Vec<(Value, (String, usize))> = work
            .par_iter()
            .map(|(element, table, key)| {
                let value = read(catalogue, profile, &plan, usize::from(*element), *table, key.parts());
                let meaning = value.meaning();
                (value, meaning)
            })
            .collect();
        let mut forms = Forms {
            forms: vec![Form {
                value: Value::Empty,
                meaning: 0,
            }],
            canonical: vec!["".into()],
            rows: Vec::with_capacity(rows.len()),
            width,
        };
        let mut known: HashMap<Value, ValueId, foldhash::fast::FixedState> = HashMap::default();
        known.insert(Value::Empty, ValueId(0));
        let mut meanings: HashMap<(std::mem::Discriminant<Value>, Box<str>), u32, foldhash::fast::FixedState> =
            HashMap::default();
        meanings.insert((std::mem::discriminant(&Value::Empty), "".into()), 0);
        let mut ids: Vec<ValueId> = vec![ValueId(0)];
        for (value, (meaning, canonical)) in values {
            if let Some(&id) = known.get(&value) {
                ids.push(id);
                continue;
            }
            let canonical: Box<str> = meaning[..canonical].into();
            let meaning = *meanings
                .entry((std::mem::discriminant(&value), meaning.into()))
                .or_insert_with(|| {
                    forms.canonical.push(canonical);
                    u32::try_from(forms.canonical.len() - 1).unwrap_or(u32::MAX)
                });
            let id = ValueId::of(forms.forms.len());
            forms.forms.push(Form {
                value: value.clone(),
                meaning,
            });
            known.insert(value, id);
            ids.push(id);
        }
        forms.rows.extend(rows.into_iter().map(|at| ids[at as usize]));
        forms
    }

    /// The number of the normal form of an element of a row.
    pub fn id(&self, row: RowId, element: ElementId) -> ValueId {
        self.rows[row.index() * self.width + element.index()]
    }

    /// The normal form of an element of a row.
    pub fn get(&self, row: RowId, element: ElementId) -> &Value {
        self.value(self.id(row, element))
    }

    /// The normal form of a number.
    pub fn value(&self, id: ValueId) -> &Value {
        &self.forms[id.index()].value
    }

    /// A number that is equal for values that mean the same.
    pub fn meaning(&self, id: ValueId) -> u32 {
        self.forms[id.index()].meaning
    }

    /// The canonical spelling.
    pub fn canonical(&self, id: ValueId) -> &str {
        &self.canonical[self.forms[id.index()].meaning as usize]
    }
}

/// One table for all tables of a dialect: the first of them; 0 stands for no dialect.
fn dialect_of(catalogue: &Catalogue, table: u32) -> u32 {
    let dialect = &catalogue.tables[table as usize].dialect;
    if dialect.is_none() {
        return 0;
    }
    let first = catalogue
        .tables
        .iter()
        .position(|other| other.dialect == *dialect)
        .unwrap_or(0);
    u32::try_from(first + 1).unwrap_or(0)
}

fn read(catalogue: &Catalogue, profile: &Profile, plan: &Plan, element: usize, table: u32, parts: &[u64]) -> Value {
    let element = &profile.elements[element];
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|packed| Part {
            role: plan.roles[(packed >> 40) as usize],
            shape: SHAPES[((packed >> 32) & 0xFF) as usize],
            text: catalogue.texts.get(TextId::at(packed & 0xFFFF_FFFF)),
        })
        .collect();
    let table = table
        .checked_sub(1)
        .and_then(|table| catalogue.tables.get(table as usize));
    let (list, dialect) = lists(profile, element, table);
    normalise(
        element.kind,
        &Parts {
            parts: &parts,
            vocabulary: &profile.vocabulary,
            list,
            dialect,
        },
    )
}

/// The code list of an element, and the dialect of it that a table is written in.
pub fn lists<'p>(
    profile: &'p Profile,
    element: &Element,
    table: Option<&Table>,
) -> (Option<&'p CodeList>, Option<&'p str>) {
    let list = element
        .list
        .as_deref()
        .and_then(|list| profile.vocabulary.lists.get(list));
    let dialect = table
        .and_then(|table| table.dialect.as_deref())
        .and_then(|id| profile.dialects.iter().find(|dialect| dialect.id == id));
    let dialect = dialect
        .and_then(|dialect| dialect.lists.get(list?.id.as_str()))
        .map(String::as_str);
    (list, dialect)
}

/// The normal form that an element of a row would have with other texts in some of its fields, each in the shape of its cell.
pub fn reread(
    catalogue: &Catalogue,
    profile: &Profile,
    row: RowId,
    element: ElementId,
    new: &[(FieldId, String)],
) -> Value {
    let element = &profile.elements[element.index()];
    let mut parts: Vec<Part<'_>> = Vec::new();
    for cell in catalogue.cells(row) {
        let text = new.iter().find(|(field, _)| *field == cell.field);
        let text = text.map_or_else(|| catalogue.texts.get(cell.text), |(_, text)| text);
        let roles = element.fields.iter().filter(|(_, field)| *field == cell.field);
        parts.extend(roles.map(|&(role, _)| Part {
            role,
            shape: cell.shape,
            text,
        }));
    }
    let table = catalogue.tables.get(catalogue.rows[row.index()].table.index());
    let (list, dialect) = lists(profile, element, table);
    let parts = Parts {
        parts: &parts,
        vocabulary: &profile.vocabulary,
        list,
        dialect,
    };
    normalise(element.kind, &parts)
}

/// What was folded between the raw texts of an element of a row and its normal form.
pub fn folded(catalogue: &Catalogue, profile: &Profile, row: RowId, element: ElementId, value: &Value) -> Vec<Folded> {
    let element = &profile.elements[element.index()];
    let mut parts: Vec<Part<'_>> = Vec::new();
    for cell in catalogue.cells(row) {
        let roles = element.fields.iter().filter(|(_, field)| *field == cell.field);
        parts.extend(roles.map(|&(role, _)| Part {
            role,
            shape: cell.shape,
            text: catalogue.texts.get(cell.text),
        }));
    }
    let table = catalogue.tables.get(catalogue.rows[row.index()].table.index());
    let (list, dialect) = lists(profile, element, table);
    let parts = Parts {
        parts: &parts,
        vocabulary: &profile.vocabulary,
        list,
        dialect,
    };
    normalise::folded(element.kind, &parts, value)
}

/// The cell that an element of a row is quoted from: its value, else its table, else whatever there is.
pub fn main_cell<'c>(catalogue: &'c Catalogue, profile: &Profile, row: RowId, element: ElementId) -> Option<&'c Cell> {
    let fields = &profile.elements[element.index()].fields;
    let cells = catalogue.cells(row);
    let of = |wanted: Role| {
        fields
            .iter()
            .filter(|(role, _)| *role == wanted)
            .find_map(|(_, field)| cells.iter().find(|cell| cell.field == *field))
    };
    [
        Role::Value,
        Role::Table,
        Role::Text,
        Role::Standard,
        Role::Impl,
        Role::Handling,
    ]
    .into_iter()
    .find_map(of)
    .or_else(|| {
        fields
            .iter()
            .find_map(|(_, field)| cells.iter().find(|cell| cell.field == *field))
    })
}

/// The raw text of an element of a row as it is quoted: with the unit, the standard or the type beside it where they stand in
/// columns of their own.
pub fn quote(catalogue: &Catalogue, profile: &Profile, row: RowId, element: ElementId) -> String {
    let info = &profile.elements[element.index()];
    let beside: &[Role] = match info.kind {
        Kind::Duration => &[Role::Unit],
        Kind::Fees => &[Role::Name, Role::Standard],
        Kind::Outcomes => &[Role::Type],
        _ => &[],
    };
    let Some(main) = main_cell(catalogue, profile, row, element) else {
        return String::new();
    };
    let mut out = catalogue.quote(main);
    for role in beside {
        let cell = info
            .fields
            .iter()
            .filter(|(r, _)| r == role)
            .find_map(|(_, field)| catalogue.cells(row).iter().find(|cell| cell.field == *field));
        if let Some(cell) = cell.filter(|cell| cell.field != main.field) {
            out.push_str(" | ");
            out.push_str(&catalogue.quote(cell));
        }
    }
    out
}

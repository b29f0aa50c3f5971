//! Forms: the normal forms of all rows. Each distinct raw text of an element is normalised once, in parallel, and equal
//! values are kept once; a row is a line of numbers.
//!
//! Must not know how values compare, nor how any kind is parsed.

mod ahead;
mod guides;
mod on_demand;

use std::sync::{Arc, OnceLock};

use crate::model::{Catalogue, Cell, ElementId, FieldId, Folded, Quote, RowId, Shape, Table, TextId, Value, ValueId};
use crate::normalise::{self, CodeList, Kind, Memo, Part, Parts, Role, fold, normalise_with};
use crate::profile::{Element, Profile};

pub use guides::{guide_element, guides};
pub use on_demand::{Batch, OnDemand};

/// The normal forms of a catalogue, element by element.
pub struct Forms {
    columns: Vec<OnceLock<ahead::Column>>,
    /// Where columns come from that are not there yet.
    lists: Option<(Arc<Catalogue>, Arc<Profile>)>,
}

/// How often a text stands on average in the rows of an element that is worth its memory: two sides that say the same are two of them.
const OFTEN: usize = 4;

const SHAPES: [Shape; 3] = [Shape::Text, Shape::List, Shape::Table];

/// How raw parts are packed into numbers: role, shape and text in one.
struct Plan {
    roles: Vec<Role>,
}

impl Plan {
    fn of(profile: &Profile) -> Plan {
        let mut roles = Vec::new();
        for &(role, _) in profile.elements.iter().flat_map(|element| &element.fields) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        Plan { roles }
    }

    fn pack(&self, role: Role, cell: &Cell) -> u64 {
        let role = self.roles.iter().position(|&r| r == role).unwrap_or(0) as u64;
        role << 40 | (cell.shape as u64) << 32 | cell.text.index() as u64
    }
}

impl Forms {
    /// Normalises all elements of all rows.
    pub fn of(catalogue: &Catalogue, profile: &Profile) -> Forms {
        let columns = ahead::columns(catalogue, profile, |_, _| true);
        Forms {
            columns: columns.into_iter().flatten().map(OnceLock::from).collect(),
            lists: None,
        }
    }

    /// Normalises some elements of all rows, those whose texts repeat each other, and any other one when it is first asked for: for
    /// whoever needs the others in few rows and looks at them with [`OnDemand`].
    pub fn as_asked(catalogue: &Arc<Catalogue>, profile: &Arc<Profile>, first: &[ElementId]) -> Forms {
        let often = |distinct: usize| distinct * OFTEN <= catalogue.rows.len();
        let wanted = |element, distinct| first.contains(&element) || often(distinct);
        let columns = ahead::columns(catalogue, profile, wanted).into_iter();
        Forms {
            columns: columns
                .map(|column| column.map_or_else(OnceLock::new, OnceLock::from))
                .collect(),
            lists: Some((Arc::clone(catalogue), Arc::clone(profile))),
        }
    }

    /// Whether an element is normalised in all rows.
    pub fn ready(&self, element: ElementId) -> bool {
        self.columns[element.index()].get().is_some()
    }

    fn column(&self, element: usize) -> &ahead::Column {
        self.columns[element].get_or_init(|| match &self.lists {
            Some((catalogue, profile)) => ahead::column(catalogue, profile, ElementId::of(element)),
            None => ahead::Column::default(),
        })
    }

    /// The number of the normal form of an element of a row.
    pub fn id(&self, row: RowId, element: ElementId) -> ValueId {
        let own = self.column(element.index()).number(row);
        ValueId((element.index() as u64) << 32 | u64::from(own))
    }

    /// The normal form of an element of a row.
    pub fn get(&self, row: RowId, element: ElementId) -> &Value {
        self.value(self.id(row, element))
    }

    /// The normal form of a number.
    pub fn value(&self, id: ValueId) -> &Value {
        &self.form(id).value
    }

    /// A number that is equal for values of an element that mean the same.
    pub fn meaning(&self, id: ValueId) -> u32 {
        self.form(id).meaning
    }

    fn form(&self, id: ValueId) -> &ahead::Form {
        self.column((id.0 >> 32) as usize).form(id.0 as u32)
    }
}

/// What a cell says: without the mark that only keeps a spreadsheet from taking it for a formula.
fn said(shape: Shape, text: &str) -> &str {
    match shape {
        Shape::Text => fold::unguard(text),
        _ => text,
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

fn read(
    catalogue: &Catalogue,
    profile: &Profile,
    plan: &Plan,
    element: usize,
    table: u32,
    parts: &[u64],
    memo: &mut Memo,
) -> Value {
    with_parts(catalogue, profile, plan, element, table, parts, |kind, parts| {
        normalise_with(kind, parts, memo)
    })
}

/// Hands on the kind of an element and its packed raw parts, spelt out.
fn with_parts<T>(
    catalogue: &Catalogue,
    profile: &Profile,
    plan: &Plan,
    element: usize,
    table: u32,
    parts: &[u64],
    take: impl FnOnce(Kind, &Parts<'_>) -> T,
) -> T {
    let element = &profile.elements[element];
    let parts: Vec<Part<'_>> = parts
        .iter()
        .map(|packed| Part {
            role: plan.roles[(packed >> 40) as usize],
            shape: SHAPES[((packed >> 32) & 0xFF) as usize],
            text: said(
                SHAPES[((packed >> 32) & 0xFF) as usize],
                catalogue.texts.get(TextId::at(packed & 0xFFFF_FFFF)),
            ),
        })
        .collect();
    let table = table
        .checked_sub(1)
        .and_then(|table| catalogue.tables.get(table as usize));
    let (list, dialect) = lists(profile, element, table);
    let parts = Parts {
        parts: &parts,
        vocabulary: &profile.vocabulary,
        list,
        dialect,
    };
    take(element.kind, &parts)
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
        let text = said(cell.shape, text);
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
    normalise::normalise(element.kind, &parts)
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
            text: said(cell.shape, catalogue.texts.get(cell.text)),
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

/// The fields that an element is quoted from, the first that says anything: its value, else its table, else whatever there is.
pub fn main_fields(element: &Element) -> impl Iterator<Item = FieldId> {
    const FIRST: [Role; 6] = [
        Role::Value,
        Role::Table,
        Role::Text,
        Role::Standard,
        Role::Impl,
        Role::Handling,
    ];
    let of = |wanted: Role| element.fields.iter().filter(move |(role, _)| *role == wanted);
    FIRST
        .into_iter()
        .flat_map(of)
        .chain(&element.fields)
        .map(|(_, field)| *field)
}

/// The cell that an element of a row is quoted from, see [`main_fields`].
pub fn main_cell<'c>(catalogue: &'c Catalogue, profile: &Profile, row: RowId, element: ElementId) -> Option<&'c Cell> {
    let cells = catalogue.cells(row);
    main_fields(&profile.elements[element.index()]).find_map(|field| cells.iter().find(|cell| cell.field == field))
}

/// The raw text of an element of a row as it is quoted: with the unit, the standard or the type beside it where they stand in
/// columns of their own.
pub fn quote(catalogue: &Catalogue, profile: &Profile, row: RowId, element: ElementId) -> String {
    quotation(catalogue, profile, row, element).raw
}

/// The same, and what people read in its place.
pub fn quotation(catalogue: &Catalogue, profile: &Profile, row: RowId, element: ElementId) -> Quote {
    let info = &profile.elements[element.index()];
    let beside: &[Role] = match info.kind {
        Kind::Duration => &[Role::Unit],
        Kind::Fees => &[Role::Name, Role::Standard],
        Kind::Outcomes => &[Role::Type],
        _ => &[],
    };
    let Some(main) = main_cell(catalogue, profile, row, element) else {
        return Quote::default();
    };
    let mut out = catalogue.quotation(main);
    for role in beside {
        let cell = info
            .fields
            .iter()
            .filter(|(r, _)| r == role)
            .find_map(|(_, field)| catalogue.cells(row).iter().find(|cell| cell.field == *field));
        if let Some(cell) = cell.filter(|cell| cell.field != main.field) {
            out.push(" | ", &catalogue.quotation(cell));
        }
    }
    out
}

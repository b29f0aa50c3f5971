//! Notation: which texts of a catalogue are written otherwise in the canonical notation, and whether what was written says what it
//! said before. For `tongban fmt`, and the latter for `tongban lint --fix` too.
//!
//! Must not know files, nor how any kind is spelt.

use std::collections::HashMap;
use std::rc::Rc;

use crate::forms::{Forms, lists};
use crate::model::{Catalogue, ElementId, FieldId, RowId, Shape, TableId, TextId};
use crate::normalise::canonical::{self, Reach};
use crate::normalise::{Part, Parts, Role};
use crate::profile::{Element, Profile};

/// The texts of a catalogue that are to be written otherwise.
pub struct Notation {
    /// By row: field, text as it stands, text as it is to stand; `None` where two elements want it differently.
    rows: Vec<Vec<New>>,
}

/// A text of a field, and how it is to be written.
type New = (FieldId, Rc<str>, Option<Rc<str>>);

/// What an element of a row is read from; equal keys are worked out once.
type Key = (usize, TableId, Vec<(Role, FieldId, Shape, TextId)>);

impl Notation {
    /// Works out the texts of all elements that are compared; others are nobody's business.
    pub fn of(catalogue: &Catalogue, profile: &Profile, reach: Reach) -> Notation {
        let mut known: HashMap<Key, Rc<[New]>, foldhash::fast::FixedState> = HashMap::default();
        let mut rows = Vec::with_capacity(catalogue.rows.len());
        for row in catalogue.row_ids() {
            let mut news: Vec<New> = Vec::new();
            let table = catalogue.rows[row.index()].table;
            for (at, element) in profile
                .elements
                .iter()
                .enumerate()
                .filter(|(_, element)| element.compare)
            {
                let parts: Vec<(Role, FieldId, Shape, TextId)> = catalogue
                    .cells(row)
                    .iter()
                    .flat_map(|cell| {
                        let own = element.fields.iter().filter(|(_, field)| *field == cell.field);
                        own.map(|&(role, _)| (role, cell.field, cell.shape, cell.text))
                    })
                    .collect();
                if parts.is_empty() {
                    continue;
                }
                let found = known
                    .entry((at, table, parts))
                    .or_insert_with_key(|(at, table, parts)| {
                        texts(catalogue, profile, *at, *table, parts, reach).into()
                    });
                for new in found.iter() {
                    match news.iter_mut().find(|(field, old, _)| *field == new.0 && *old == new.1) {
                        Some(known) if known.2 != new.2 => known.2 = None,
                        Some(_) => {}
                        None => news.push(new.clone()),
                    }
                }
            }
            news.retain(|(_, old, new)| new.as_ref().is_none_or(|new| new != old));
            rows.push(news);
        }
        Notation { rows }
    }

    /// Whether everything stays as it is.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(Vec::is_empty)
    }

    /// How a text of a field of a row is to be written, if otherwise.
    pub fn of_text(&self, row: RowId, field: FieldId, text: &str) -> Option<&str> {
        self.rows
            .get(row.index())?
            .iter()
            .find(|(own, old, _)| *own == field && **old == *text)?
            .2
            .as_deref()
    }
}

/// What becomes of the texts of one element: all of its single texts, those that stay too, so that another element that wants one
/// of them otherwise is heard.
fn texts(
    catalogue: &Catalogue,
    profile: &Profile,
    element: usize,
    table: TableId,
    cells: &[(Role, FieldId, Shape, TextId)],
    reach: Reach,
) -> Vec<New> {
    let element = &profile.elements[element];
    let parts: Vec<Part<'_>> = cells
        .iter()
        .map(|&(role, _, shape, text)| Part {
            role,
            shape,
            text: catalogue.texts.get(text),
        })
        .collect();
    let (list, dialect) = lists(profile, element, catalogue.tables.get(table.index()));
    let parts = Parts {
        parts: &parts,
        vocabulary: &profile.vocabulary,
        list,
        dialect,
    };
    let mut found: Vec<New> = Vec::new();
    for rewrite in canonical::rewrite(element.kind, &parts, reach) {
        let field = cells[rewrite.part].1;
        for (old, new) in rewrite.texts {
            found.push((field, old.into(), Some(new.into())));
        }
    }
    // A part that stays holds on to its texts.
    for &(_, field, _, text) in cells.iter().filter(|cell| cell.2 == Shape::Text) {
        let text = catalogue.texts.get(text);
        if !found.iter().any(|(own, old, _)| *own == field && **old == *text) {
            found.push((field, text.into(), Some(text.into())));
        }
    }
    found
}

/// Whether two readings of one list say the same: the same rows at the same places, and every element of every row with an equal
/// normal form.
pub fn says_the_same(before: (&Catalogue, &Forms), after: (&Catalogue, &Forms), profile: &Profile) -> bool {
    rows_that_differ(before, after, profile, &|_, _| false).is_some_and(|rows| rows.is_empty())
}

/// The rows that say something else in the second of two readings of one list, but for elements that may; `None` where it is not
/// the same rows at the same places.
pub fn rows_that_differ(
    before: (&Catalogue, &Forms),
    after: (&Catalogue, &Forms),
    profile: &Profile,
    may: &dyn Fn(RowId, &Element) -> bool,
) -> Option<Vec<RowId>> {
    let ((old, old_forms), (new, new_forms)) = (before, after);
    let mut places = old
        .rows
        .iter()
        .zip(&new.rows)
        // A cell with another number of lines moves the lines below it, and no row; records are numbered by their lines.
        .map(|(a, b)| {
            let by_line = old
                .tables
                .get(a.table.index())
                .is_some_and(|table| table.header_row == 0);
            a.table == b.table && (by_line || a.at.row == b.at.row)
        });
    if old.tables.len() != new.tables.len() || old.rows.len() != new.rows.len() || places.any(|same| !same) {
        return None;
    }
    let differs = |row: &RowId| {
        profile.elements.iter().enumerate().any(|(at, element)| {
            let id = ElementId::of(at);
            old_forms.get(*row, id) != new_forms.get(*row, id) && !may(*row, element)
        })
    };
    Some(old.row_ids().filter(differs).collect())
}

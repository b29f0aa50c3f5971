//! What one side says in one element: one row's value, or the union over the handling items of a divided item.
//!
//! Must not know how values compare.

use std::collections::HashSet;
use std::hash::Hash;

use crate::forms::{self, Forms};
use crate::model::{Catalogue, Clauses, DiffSide, ElementId, Fees, Folded, Name, Place, Quote, RowId, Value};
use crate::normalise::Role;
use crate::profile::Profile;

/// The value of several rows together. Sets are united; anything else is one value where the rows agree, and
/// [`Value::Several`] where they do not. Rows that say nothing do not count beside rows that do.
pub(super) fn union(forms: &Forms, rows: &[RowId], element: ElementId, whole_item: bool) -> Value {
    union_of(rows.iter().map(|&row| forms.get(row, element)), whole_item)
}

/// The same of values, one for each row.
pub(super) fn union_of<'v>(said: impl Iterator<Item = &'v Value>, whole_item: bool) -> Value {
    let mut values: Vec<&Value> = Vec::new();
    for value in said {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if values.len() > 1 {
        values.retain(|value| !matches!(value, Value::Empty));
    }
    if let Some(Value::Name(first)) = values.first()
        && whole_item
    {
        // The cases are what divides the item: its own name is what is compared.
        let items: Vec<&Name> = values
            .iter()
            .filter_map(|value| {
                if let Value::Name(name) = value {
                    Some(name)
                } else {
                    None
                }
            })
            .collect();
        if items.iter().all(|name| name.item == first.item) {
            let same_level = items.iter().all(|name| name.level == first.level);
            return Value::Name(Name {
                case: None,
                level: first.level.clone().filter(|_| same_level),
                ..first.clone()
            });
        }
    }
    match values.as_slice() {
        [] => Value::Empty,
        [one] => (*one).clone(),
        _ => unite(&values).unwrap_or_else(|| {
            let mut distinct: Vec<Value> = values.iter().map(|value| (*value).clone()).collect();
            distinct.sort();
            distinct.dedup_by(|a, b| a.canonical() == b.canonical());
            match distinct.len() {
                1 => distinct.remove(0),
                _ => Value::Several(distinct),
            }
        }),
    }
}

fn unite(values: &[&Value]) -> Option<Value> {
    fn all<'a, T: Clone + Eq + Hash + 'a>(
        values: &[&'a Value],
        pick: impl Fn(&'a Value) -> Option<&'a Vec<T>>,
    ) -> Option<Vec<T>> {
        let mut seen = HashSet::new();
        let mut out: Vec<T> = Vec::new();
        for value in values {
            for item in pick(value)? {
                if seen.insert(item) {
                    out.push(item.clone());
                }
            }
        }
        Some(out)
    }
    match values.first()? {
        Value::Materials(_) => all(values, |value| {
            if let Value::Materials(items) = value {
                Some(items)
            } else {
                None
            }
        })
        .map(Value::Materials),
        Value::Choices(_) => {
            let mut items = all(values, |value| {
                if let Value::Choices(items) = value {
                    Some(items)
                } else {
                    None
                }
            })?;
            items.sort();
            Some(Value::Choices(items))
        }
        Value::Citations(_) => {
            let mut items = all(values, |value| {
                if let Value::Citations(items) = value {
                    Some(items)
                } else {
                    None
                }
            })?;
            items.sort();
            Some(Value::Citations(items))
        }
        Value::Outcomes(_) => {
            let mut items = all(values, |value| {
                if let Value::Outcomes(items) = value {
                    Some(items)
                } else {
                    None
                }
            })?;
            items.sort();
            Some(Value::Outcomes(items))
        }
        Value::Fees(Fees::Charged(_)) => {
            let mut items = all(values, |value| {
                if let Value::Fees(Fees::Charged(items)) = value {
                    Some(items)
                } else {
                    None
                }
            })?;
            items.sort();
            Some(Value::Fees(Fees::Charged(items)))
        }
        Value::Clauses(first) => {
            let items = all(values, |value| match value {
                Value::Clauses(clauses) if clauses.connector == first.connector => Some(&clauses.items),
                _ => None,
            })?;
            let cut = values
                .iter()
                .filter_map(|value| {
                    if let Value::Clauses(c) = value {
                        Some(c.cut)
                    } else {
                        None
                    }
                })
                .max()?;
            Some(Value::Clauses(Clauses {
                items,
                connector: first.connector,
                cut,
            }))
        }
        _ => None,
    }
}

/// The place of an element of a row: of its main cell, or of the row where it has none. Of charges that all who speak (`values`) make, it is
/// no news that they are made: that of the standard, or where only the documents behind it differ, of these.
pub(super) fn place(
    catalogue: &Catalogue,
    profile: &Profile,
    row: RowId,
    element: ElementId,
    values: &[&Value],
) -> Place {
    let fields = &profile.elements[element.index()].fields;
    let cell = parts(values).iter().find_map(|part| {
        let mut fields = fields.iter().filter(|(role, _)| role == part);
        let mut cells = catalogue.cells(row).iter();
        fields.find_map(|&(_, field)| cells.find(|cell| cell.field == field))
    });
    catalogue.place(row, cell.or_else(|| forms::main_cell(catalogue, profile, row, element)))
}

/// The parts of an element in which values may differ, the likeliest first; nothing where that is its main one.
fn parts(values: &[&Value]) -> &'static [Role] {
    let charged = |value: &&Value| match value {
        Value::Fees(Fees::Charged(items)) => Some(items.clone()),
        _ => None,
    };
    let Some(mut charged) = values.iter().map(charged).collect::<Option<Vec<_>>>() else {
        return &[];
    };
    charged.iter_mut().flatten().for_each(|item| item.basis.clear());
    match charged.as_slice() {
        [first, others @ ..] if !others.is_empty() && others.iter().all(|other| other == first) => {
            &[Role::Basis, Role::Standard, Role::Table]
        }
        [] | [_] => &[],
        _ => &[Role::Standard, Role::Table],
    }
}

/// What was folded in the rows of one side, each fold once.
pub(super) fn folded<'v>(
    catalogue: &Catalogue,
    profile: &Profile,
    rows: &[RowId],
    element: ElementId,
    value: impl Fn(RowId) -> &'v Value,
) -> Vec<Folded> {
    let folds = rows
        .iter()
        .flat_map(|&row| forms::folded(catalogue, profile, row, element, value(row)));
    let mut folds: Vec<Folded> = folds.collect();
    folds.sort();
    folds.dedup();
    folds
}

/// Raw text, normal form and place of one side of a difference: that of the first of the values, beside the others.
pub(super) fn shown(
    catalogue: &Catalogue,
    profile: &Profile,
    rows: &[RowId],
    element: ElementId,
    values: &[&Value],
) -> DiffSide {
    let mut raw: Vec<Quote> = Vec::new();
    for &row in rows {
        let text = forms::quotation(catalogue, profile, row, element);
        if !text.raw.is_empty() && !raw.contains(&text) {
            raw.push(text);
        }
    }
    let place = rows
        .first()
        .map(|&row| place(catalogue, profile, row, element, values))
        .unwrap_or_default();
    let joined = raw.into_iter().reduce(|mut all, next| {
        all.push("\n", &next);
        all
    });
    DiffSide {
        raw: joined.unwrap_or_default(),
        normal: values.first().map(|value| value.canonical()).unwrap_or_default(),
        place,
    }
}

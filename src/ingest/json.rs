//! JSON Lines, JSON arrays, and the envelopes that interfaces wrap them in (`{"data":{"list":[{"AUDIT_ITEM":{…},
//! "AUDIT_MATERIAL":[…]}]}}`). Nested arrays of objects stay records.
//!
//! Must not know what keys mean, beyond asking the profile.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::limits;
use super::sheet::{Came, Context};
use super::table::{Builder, Header, Loaded};
use crate::model::{At, Place, Shape, encode_list, encode_table};
use crate::profile::Profile;

/// Reads one object per line. A broken line is reported and the others are read.
pub(super) fn read_lines(context: Context<'_>, text: &str, loaded: &mut Loaded) {
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    read_rows(context, rows.map(|(at, line)| (at + 1, line)), loaded);
}

/// Reads an array or an envelope.
pub(super) fn read_document(context: Context<'_>, text: &str, loaded: &mut Loaded) {
    let raw: &RawValue = match serde_json::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let place = Place {
                file: context.file.to_owned(),
                row: line_of(&error),
                line: line_of(&error),
                ..Place::default()
            };
            loaded.refuse("FIL002", place, vec![("error", error.to_string())]);
            return;
        }
    };
    let rows = find_rows(raw, 0).unwrap_or_else(|| vec![raw]);
    // The slices point into the text, so their lines can be counted in one pass.
    let (mut line, mut at) = (1_usize, 0_usize);
    let rows: Vec<(usize, &str)> = rows
        .into_iter()
        .map(|row| {
            let offset = (row.get().as_ptr() as usize)
                .saturating_sub(text.as_ptr() as usize)
                .min(text.len());
            if offset > at {
                line += text.as_bytes()[at..offset].iter().filter(|&&b| b == b'\n').count();
                at = offset;
            }
            (line, row.get())
        })
        .collect();
    read_rows(context, rows.into_iter(), loaded);
}

fn line_of(error: &serde_json::Error) -> u32 {
    u32::try_from(error.line()).unwrap_or(u32::MAX)
}

/// The largest array of objects, wherever the envelope keeps it.
fn find_rows(raw: &RawValue, depth: usize) -> Option<Vec<&RawValue>> {
    if depth > limits::JSON_DEPTH {
        return None;
    }
    let text = raw.get().trim_start();
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
        return items
            .first()
            .is_some_and(|first| first.get().trim_start().starts_with('{'))
            .then_some(items);
    }
    if !text.starts_with('{') {
        return None;
    }
    let fields: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(raw.get()).ok()?;
    // One item by itself has nested arrays too: materials, laws. It is an item if its own keys say so.
    if fields
        .keys()
        .any(|key| ["AUDIT_ITEM", "TASK_NAME", "task_name", "taskName", "事项名称"].contains(&key.as_ref()))
    {
        return None;
    }
    fields
        .values()
        .filter_map(|value| find_rows(value, depth + 1))
        .max_by_key(Vec::len)
}

fn read_rows<'t>(context: Context<'_>, rows: impl Iterator<Item = (usize, &'t str)>, loaded: &mut Loaded) {
    let rows: Vec<(usize, &str)> = rows.collect();
    let mut table = Builder::new(
        context,
        None,
        Header {
            at: At::default(),
            rows: 0,
            paths: Vec::new(),
        },
    );
    // Which source the headers belong to is only known when they have been seen together.
    for (_, text) in rows.iter().take(limits::HEADER_ROWS) {
        if let Ok(object) = serde_json::from_str::<Map<String, Value>>(text) {
            flatten(&object, 0, &mut |key, _| {
                table.column(key);
            });
        }
    }
    let mut first_line = 0;
    let mut last = At::default();
    let mut objects = 0_usize;
    for (line, text) in rows {
        let number = u32::try_from(line).unwrap_or(u32::MAX);
        // Records of an array that share a line are told apart by counting on.
        let row = if number == last.line {
            last.row.saturating_add(1)
        } else {
            number
        };
        let at = At { row, line: number };
        last = at;
        if first_line == 0 {
            first_line = number;
        }
        let object: Map<String, Value> = match serde_json::from_str(text) {
            Ok(object) => object,
            Err(error) => {
                let place = table.place(at, None);
                loaded.refuse("FIL002", place, vec![("error", error.to_string())]);
                continue;
            }
        };
        objects += 1;
        let mut cells: Vec<(usize, Shape, Cow<'_, str>, Came)> = Vec::new();
        flatten(&object, 0, &mut |key, value| {
            let Some(column) = table.column(key) else { return };
            let Some(field) = table.field(column) else {
                // Said to be unknown, so that an empty row can be told from one that is not understood.
                if !value.is_null() {
                    cells.push((column, Shape::Text, Cow::Borrowed("?"), Came::Text));
                }
                return;
            };
            let (shape, text, came) = cell(table.profile(), table.profile().nested_table(field), value);
            cells.push((column, shape, text, came));
        });
        table.row(loaded, at, cells.into_iter());
    }
    if objects > 0 && table.understood() < 2 {
        let place = Place {
            file: context.file.to_owned(),
            row: first_line,
            line: first_line,
            ..Place::default()
        };
        let keys = (0..table.width().min(8))
            .map(|at| table.place(At::default(), Some(at)).column)
            .collect::<Vec<_>>()
            .join("，");
        loaded.refuse("FIL001", place, vec![("header", keys)]);
        return;
    }
    table.finish(loaded);
}

/// Visits the keys of an object; objects inside (AUDIT_ITEM, AUDIT_ITEM_EXTEND) are opened.
fn flatten<'v>(object: &'v Map<String, Value>, depth: usize, visit: &mut impl FnMut(&'v str, &'v Value)) {
    for (key, value) in object {
        match value {
            Value::Object(inner) if depth < 3 && !inner.keys().any(|key| key.starts_with('$')) => {
                flatten(inner, depth + 1, visit);
            }
            _ => visit(key, value),
        }
    }
}

fn scalar(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

fn cell<'v>(profile: &Profile, nested: Option<&str>, value: &'v Value) -> (Shape, Cow<'v, str>, Came) {
    match value {
        Value::Array(items) if items.is_empty() => (Shape::Text, Cow::Borrowed(""), Came::Text),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let records: Vec<Vec<(String, String)>> = items
                .iter()
                .filter_map(Value::as_object)
                .map(|object| {
                    object
                        .iter()
                        .filter(|(_, value)| !value.is_null())
                        .map(|(key, value)| {
                            let id = nested.and_then(|table| profile.nested(table, key)).unwrap_or(key);
                            (id.to_owned(), scalar(value).into_owned())
                        })
                        .collect()
                })
                .collect();
            (Shape::Table, Cow::Owned(encode_table(&records)), Came::Text)
        }
        Value::Array(items) => {
            let items: Vec<Cow<'_, str>> = items.iter().map(scalar).collect();
            (Shape::List, Cow::Owned(encode_list(&items)), Came::Text)
        }
        other => {
            let came = if other.is_number() { Came::Number } else { Came::Text };
            (Shape::Text, scalar(other), came)
        }
    }
}

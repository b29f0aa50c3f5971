//! Files of settings as people write them: TOML, with the line of everything that is wrong and the word that was probably meant.
//!
//! Must not know what any key means.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::error::{Error, Kind, Result};

/// How many known words are listed for whoever wrote another one: all families of rules, or a dozen of regions with their names.
const LISTED: usize = 30;

/// The text of a file of settings.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    path: &'a Path,
    text: &'a str,
}

impl<'a> Written<'a> {
    /// A file and its text.
    pub fn new(path: &'a Path, text: &'a str) -> Written<'a> {
        Written { path, text }
    }

    /// The file.
    pub fn path(&self) -> &'a Path {
        self.path
    }

    /// The line of a place in it, from 1.
    pub fn line(&self, span: &Range<usize>) -> u32 {
        let before = self.text.get(..span.start).unwrap_or("");
        u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
    }

    /// What the file says.
    ///
    /// # Errors
    /// The first thing that is wrong in it, with its line: what is no TOML, a key that is not known (and the one that is nearest), a
    /// key that is missing, a value of another type.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(self.text).map_err(|error| {
            let line = error.span().map_or(0, |span| self.line(&span));
            self.explained(error.message()).at(line)
        })
    }

    /// An error at a place, whose wording is `reason-…` and `advice-…`.
    pub fn wrong(&self, span: &Range<usize>, reason: &'static str, args: Vec<(&'static str, String)>) -> Error {
        Error::why(Kind::BadSettings, self.path, reason, args).at(self.line(span))
    }

    /// The error of a value that is none of those that are known; a few of them are listed.
    pub fn unknown<'k, S: AsRef<str>>(
        &self,
        key: &str,
        word: &Spanned<S>,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Error {
        let typed = word.get_ref().as_ref();
        // A region that was read stands in the manifest too.
        let mut seen = HashSet::new();
        let known: Vec<&str> = known.into_iter().filter(|name| seen.insert(*name)).collect();
        let mut listed = known[..known.len().min(LISTED)].join(", ");
        if known.len() > LISTED {
            listed.push_str(" …");
        }
        let args = vec![("key", key.to_owned()), ("word", typed.to_owned()), ("known", listed)];
        let reason = match known.len() > LISTED {
            true => "unknown-word",
            false => "unknown-choice",
        };
        self.wrong(&word.span(), reason, args).meant(typed, known)
    }

    /// The error of a key that is none of those that are known.
    fn unknown_key<'k>(&self, key: &str, known: impl Iterator<Item = &'k str>) -> Error {
        let known: Vec<&str> = known.collect();
        let args = vec![("key", key.to_owned()), ("known", known.join(", "))];
        Error::why(Kind::BadSettings, self.path, "unknown-key", args).meant(key, known)
    }

    /// Holds what the file says against a file of the same shape, key by key and type by type.
    ///
    /// # Errors
    /// The first key in the file that stands nowhere in the same place of the model, or value of another type, with its line.
    pub(super) fn fits(&self, model: &Table) -> Result<()> {
        // That it is TOML has been seen.
        match DeTable::parse(self.text) {
            Ok(table) => self.table_fits(table.get_ref(), model),
            Err(_) => Ok(()),
        }
    }

    fn table_fits(&self, table: &DeTable<'_>, model: &Table) -> Result<()> {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name: &str = key.get_ref();
            match model.get(name) {
                None => {
                    let error = self.unknown_key(name, model.keys().map(String::as_str));
                    return Err(error.at(self.line(&key.span())));
                }
                // What a code means in a dialect is named by the codes themselves.
                Some(Value::Table(_)) if name == "map" => {}
                Some(model) => self.value_fits(value, model)?,
            }
        }
        Ok(())
    }

    fn value_fits(&self, value: &Spanned<DeValue<'_>>, model: &Value) -> Result<()> {
        match (value.get_ref(), model) {
            (DeValue::Table(table), Value::Table(model)) => self.table_fits(table, model),
            (DeValue::Array(entries), Value::Array(models)) => {
                let Some(model) = entry_model(models) else {
                    return Ok(());
                };
                entries.iter().try_for_each(|entry| self.value_fits(entry, &model))
            }
            (value_type, model) if value_type.type_str() == model.type_str() => Ok(()),
            (found, model) => {
                let kinds = [("found", kind(found.type_str())), ("wanted", kind(model.type_str()))];
                Err(self.wrong(&value.span(), "wrong-type", kinds.into()))
            }
        }
    }

    /// What serde says, in words that can be said in both languages; anything else as it is.
    fn explained(&self, message: &str) -> Error {
        let quoted = || message.split('`').skip(1).step_by(2);
        let reason = |reason, args| Error::why(Kind::BadSettings, self.path, reason, args);
        if let (true, Some(key)) = (message.starts_with("unknown field"), quoted().next()) {
            return self.unknown_key(key, quoted().skip(1));
        }
        if let (true, Some(key)) = (message.starts_with("missing field"), quoted().next()) {
            return reason("missing-key", vec![("key", key.to_owned())]);
        }
        if let (true, Some(word)) = (message.starts_with("unknown variant"), quoted().next()) {
            let known: Vec<&str> = quoted().skip(1).collect();
            let args = vec![
                ("key", "value".to_owned()),
                ("word", word.to_owned()),
                ("known", known.join(", ")),
            ];
            return reason("unknown-choice", args).meant(word, known);
        }
        let number = message.starts_with("invalid value: integer") || message.starts_with("invalid type: floating");
        if let (true, true, Some(found)) = (number, message.ends_with("expected u32"), quoted().next()) {
            return reason("whole-number", vec![("found", found.to_owned())]);
        }
        let wrong = message.strip_prefix("invalid type: ");
        if let Some((found, wanted)) = wrong.and_then(|wrong| wrong.split_once(", expected ")) {
            let found = found.split('`').next().unwrap_or(found).trim();
            // A text may hold any of the words.
            let found = found.split('"').next().unwrap_or(found);
            return reason("wrong-type", vec![("found", kind(found)), ("wanted", kind(wanted))]);
        }
        Error::file(Kind::BadSettings, self.path, message)
    }
}

/// The kind of a value, as `reason-wrong-type` says it, from what serde or the reader of TOML calls it.
fn kind(text: &str) -> String {
    let kinds = [
        ("struct", "table"),
        ("str", "text"),
        ("float", "number"),
        ("f64", "number"),
        ("int", "number"),
        ("u32", "number"),
        ("sequence", "list"),
        ("array", "list"),
        ("map", "table"),
        ("table", "table"),
        ("bool", "boolean"),
        ("datetime", "date"),
    ];
    let known = kinds.iter().find(|(word, _)| text.contains(word));
    known.map_or_else(|| text.to_owned(), |(_, kind)| (*kind).to_owned())
}

/// What the entries of a list look like: of tables all their keys, else the first of them. `None`: the list is empty.
pub(super) fn entry_model(models: &[Value]) -> Option<Value> {
    let mut all = Table::new();
    for entry in models.iter().filter_map(Value::as_table) {
        merge(&mut all, entry.clone());
    }
    match models.first()? {
        Value::Table(_) => Some(Value::Table(all)),
        model => Some(model.clone()),
    }
}

/// Adds one table to another: lists grow, tables are joined, single values replaced.
pub(super) fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Array(all)), Value::Array(more)) => all.extend(more),
            (Some(Value::Table(all)), Value::Table(more)) => merge(all, more),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

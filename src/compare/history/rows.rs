//! Rows of several states put together as one catalogue, a side for each state; and the words by which rows are found again.
//!
//! Must not know how values compare.

use std::sync::Arc;

use crate::model::{Catalogue, Cell, Name, Region, RegionId, RowId, Table, TableId};
use crate::normalise::{codes, names};
use crate::profile::Profile;

/// The fields of an item's own codes, the first that says anything counts (as in `identity`).
const CODES: [&str; 5] = ["code", "impl_code", "handling_code", "local_code", "supervision_code"];

/// The words by which the item of a row is known: its codes, reduced to the item's own and as they stand, and its name. They are what
/// snapshots are searched by.
pub fn words(catalogue: &Catalogue, profile: &Profile, row: RowId) -> Vec<String> {
    let said = |id: &str| said(catalogue, profile, row, id);
    let mut words: Vec<String> = Vec::new();
    for text in CODES.iter().chain(&["national_code"]).filter_map(|id| said(id)) {
        words.extend([codes::parse(text).basic().to_owned(), text.to_owned()]);
    }
    words.extend(parsed(catalogue, profile, row).map(|name| name.item));
    words.sort_unstable();
    words.dedup();
    words
}

/// The same of what a user asks for: a code or a name.
pub fn words_of(profile: &Profile, asked: &str) -> Vec<String> {
    let mut words = vec![asked.to_owned(), codes::parse(asked).basic().to_owned()];
    words.extend(names::parse(&profile.vocabulary, Some(asked), None, None, None).map(|name| name.item));
    words.sort_unstable();
    words.dedup();
    words
}

fn said<'c>(catalogue: &'c Catalogue, profile: &Profile, row: RowId, id: &str) -> Option<&'c str> {
    let text = catalogue.text(row, profile.field(id)?)?;
    (!profile.vocabulary.is_empty_word(text)).then_some(text)
}

fn parsed(catalogue: &Catalogue, profile: &Profile, row: RowId) -> Option<Name> {
    let [name, main, sub, case] =
        ["name", "main_name", "sub_name", "handling_name"].map(|id| said(catalogue, profile, row, id));
    names::parse(&profile.vocabulary, name, main, sub, case)
}

/// The item's own code; empty where it has none.
pub(super) fn code(catalogue: &Catalogue, profile: &Profile, row: RowId) -> String {
    let text = CODES.iter().find_map(|id| said(catalogue, profile, row, id));
    text.map_or_else(String::new, |text| codes::parse(text).basic().to_owned())
}

/// By what an item is known again that has another code: its name and its body.
pub(super) fn again(catalogue: &Catalogue, profile: &Profile, rows: &[RowId]) -> Option<(String, String)> {
    let row = *rows.first()?;
    let body = ["body_code", "body"]
        .iter()
        .find_map(|id| said(catalogue, profile, row, id));
    Some((
        parsed(catalogue, profile, row)?.item_at_level(),
        body.unwrap_or_default().to_owned(),
    ))
}

/// Puts rows together.
#[derive(Default)]
pub(super) struct Together {
    pub catalogue: Catalogue,
}

impl Together {
    /// Takes over the files and tables of a catalogue. Gives the number of its first table.
    pub(super) fn tables_of(&mut self, from: &Catalogue) -> usize {
        let (files, tables) = (self.catalogue.files.len(), self.catalogue.tables.len());
        self.catalogue.files.extend(from.files.iter().cloned());
        self.catalogue.tables.extend(from.tables.iter().map(|table| Table {
            file: table.file + files,
            ..table.clone()
        }));
        tables
    }

    /// Adds a state of a region as a side of its own, with the number of the first table of the catalogue that its rows are of.
    pub(super) fn state(&mut self, from: &Catalogue, tables: usize, region: &Region, rows: &[RowId]) -> usize {
        let side = self.catalogue.regions.len();
        self.catalogue.regions.push(Region {
            id: Arc::clone(&region.id),
            name: region.name.clone(),
            directory: false,
            side: 0,
        });
        for &row in rows {
            let start = self.catalogue.cells.len();
            for cell in from.cells(row) {
                let text = self.catalogue.texts.intern(from.texts.get(cell.text));
                self.catalogue.cells.push(Cell { text, ..*cell });
            }
            let (end, own) = (self.catalogue.cells.len(), &from.rows[row.index()]);
            let table = TableId::of(own.table.index() + tables);
            self.catalogue.push_row(RegionId::of(side), table, own.at, start..end);
        }
        side
    }
}

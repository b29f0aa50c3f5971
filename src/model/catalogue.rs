//! The catalogue: rows of raw cells, each with its place. Raw text is never changed after ingest.
//!
//! Must not know how files are read nor what a cell means beyond the field it belongs to.

use std::collections::HashMap;
use std::sync::Arc;

use super::finding::Finding;
use super::text::{TextId, TextPool};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $int:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub $int);
        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
            /// The number of an index; saturates far above every limit of ingest.
            pub fn of(index: usize) -> Self {
                Self(<$int>::try_from(index).unwrap_or(<$int>::MAX))
            }
        }
    };
}

number!(
    /// A field (a meaning that a column can have) in the order of the profile's field list.
    FieldId, u16);
number!(
    /// An element in the order of the profile.
    ElementId, u16);
number!(
    /// A region in the order of the catalogue.
    RegionId, u16);
number!(
    /// A table (one per file, or one per sheet of a workbook).
    TableId, u32);
number!(
    /// A row in the order of the catalogue.
    RowId, u32);
number!(
    /// A normal form: the number of its element, and its own among those of the element.
    ValueId, u64);

/// How the text of a cell is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// One text.
    Text,
    /// Several texts, see [`encode_list`].
    List,
    /// Records of named texts, see [`encode_table`].
    Table,
}

/// One raw value of one row.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// What the column means.
    pub field: FieldId,
    /// The column's number in its table, from 0.
    pub column: u16,
    /// How to read the text.
    pub shape: Shape,
    /// How many rows above its row the text stands: in the first row of a merged block.
    pub up: u16,
    /// The text as it stands in the file.
    pub text: TextId,
}

/// Where a row stands in its file. A cell of a CSV may hold several lines, so the two numbers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct At {
    /// The row that a spreadsheet shows, from 1; for JSON the line.
    pub row: u32,
    /// The line that an editor shows, from 1; 0 in a workbook.
    pub line: u32,
}

/// One row of a list: an item, or a handling item of it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Whose list it is.
    pub region: RegionId,
    /// Where it stands.
    pub table: TableId,
    /// Its number in the file.
    pub at: At,
    pub(crate) start: u32,
    pub(crate) len: u16,
}

/// A region (区域) or, with `directory` set, the basic directory itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The division code where known, else the name of the file.
    pub id: Arc<str>,
    /// The name for people.
    pub name: String,
    /// Whether these rows are the basic directory (基本目录) and not a list.
    pub directory: bool,
    /// The side of a comparison that it was read for; 0 where there are no sides.
    pub side: u16,
}

/// Why a column got its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// The user's `[region.columns]` says so.
    Override,
    /// No column: the sheet, or a heading between the rows, is named after it.
    Sheet,
    /// The header is a known name of the field.
    Alias(String),
    /// The header means this only together with others of the same source.
    Dialect(String),
    /// Known, but nothing that tongban judges.
    Extra,
    /// Could mean several fields (their ids): not used.
    Ambiguous(Vec<String>),
    /// Another column already gives this field (its id): not used.
    Second(String),
    /// Not understood: not used.
    No,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The header as it stands in the file.
    pub header: Arc<str>,
    /// The field it was taken for, if any.
    pub field: Option<FieldId>,
    /// Which property of a record it holds, where several rows or lines make the records of one field (材料名称: `name`).
    pub nested: Option<String>,
    /// Why.
    pub understood: Understood,
}

/// One table of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file's number in [`Catalogue::files`].
    pub file: usize,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The first row of the header, from 1; 0 where every row names its own fields (JSON).
    pub header_row: u32,
    /// How many rows the header has.
    pub header_rows: u32,
    /// The last row that was read.
    pub last_row: u32,
    /// The columns.
    pub columns: Vec<Column>,
    /// The dialect (a known source of files) that the headers belong to.
    pub dialect: Option<String>,
    /// Data rows read from it.
    pub rows: usize,
    /// The first rows as they stand, by column: for people to check the columns by.
    pub sample: Vec<Vec<String>>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// `csv`, `jsonl`, `json`, `xlsx` …
    pub format: &'static str,
    /// `UTF-8`, `GB18030` …; empty where the format fixes it.
    pub encoding: &'static str,
    /// Whether the encoding was concluded from the bytes alone, with nothing in the file that says so.
    pub guessed: bool,
}

/// One file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as the user gave it, with `/`.
    pub name: Arc<str>,
    /// How it was read.
    pub reading: Reading,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file's name.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The row that a spreadsheet shows, from 1 (for JSON the line); 0 for the whole file.
    pub row: u32,
    /// The line that an editor shows, from 1; 0 in a workbook and for the whole file.
    pub line: u32,
    /// The header of the column; empty for the whole row.
    pub column: Arc<str>,
}

/// All rows of all lists, with the texts and places they came from.
#[derive(Default)]
pub struct Catalogue {
    /// The texts.
    pub texts: TextPool,
    /// The files, in the order given.
    pub files: Vec<SourceFile>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The regions.
    pub regions: Vec<Region>,
    /// The rows, in the order of files, tables and lines.
    pub rows: Vec<Row>,
    /// The cells of all rows, one after the other.
    pub cells: Vec<Cell>,
    /// What reading itself found (family FIL).
    pub findings: Vec<Finding>,
    /// The Chinese names of the keys of records, by field and key (profile: the titles of nested fields).
    pub labels: Labels,
}

/// The Chinese names of the keys of records, by field and key.
pub type Labels = HashMap<FieldId, HashMap<String, String>>;

/// A text of the data as it is quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// To the letter; records under the keys that tongban knows them by.
    pub raw: String,
    /// The same with the Chinese names of these keys, where there are any.
    labelled: Option<Box<str>>,
}

impl Quote {
    /// The text for people.
    pub fn shown(&self) -> &str {
        self.labelled.as_deref().unwrap_or(&self.raw)
    }

    /// Takes another one behind, after a separator.
    pub fn push(&mut self, between: &str, other: &Quote) {
        if self.labelled.is_some() || other.labelled.is_some() {
            self.labelled = Some(format!("{}{between}{}", self.shown(), other.shown()).into());
        }
        self.raw.push_str(between);
        self.raw.push_str(&other.raw);
    }
}

impl From<String> for Quote {
    fn from(raw: String) -> Quote {
        Quote { raw, labelled: None }
    }
}

impl Catalogue {
    /// The cells of a row, in the order of its columns.
    pub fn cells(&self, row: RowId) -> &[Cell] {
        let row = &self.rows[row.index()];
        &self.cells[row.start as usize..row.start as usize + row.len as usize]
    }

    /// The cell of a row that belongs to a field.
    pub fn cell(&self, row: RowId, field: FieldId) -> Option<&Cell> {
        self.cells(row).iter().find(|cell| cell.field == field)
    }

    /// The text of a field of a row, trimmed; `None` where it is not there or blank.
    pub fn text(&self, row: RowId, field: FieldId) -> Option<&str> {
        let text = self.texts.get(self.cell(row, field)?.text).trim();
        (!text.is_empty()).then_some(text)
    }

    /// Takes over cells that are interned in this catalogue's pool. Gives the number of the first.
    pub fn adopt(&mut self, cells: Vec<Cell>) -> usize {
        let start = self.cells.len();
        if self.cells.is_empty() {
            self.cells = cells;
        } else {
            self.cells.extend_from_slice(&cells);
        }
        start
    }

    /// Takes over another catalogue, whose regions are all of one side: regions that are there already get more rows.
    pub fn append(&mut self, other: Catalogue, side: u16) {
        let first = self.files.is_empty() && self.regions.is_empty() && self.findings.is_empty();
        let sided = |region: Region| Region { side, ..region };
        if first {
            *self = other;
            self.regions = std::mem::take(&mut self.regions).into_iter().map(sided).collect();
            return;
        }
        let texts = self.texts.absorb(&other.texts);
        let (files, tables, rows) = (self.files.len(), self.tables.len(), self.rows.len());
        let regions: Vec<RegionId> = (other.regions.into_iter().map(sided))
            .map(|region| {
                let key = |region: &Region| (region.id.clone(), region.directory, region.side);
                let known = self.regions.iter().position(|known| key(known) == key(&region));
                RegionId::of(known.unwrap_or_else(|| {
                    self.regions.push(region);
                    self.regions.len() - 1
                }))
            })
            .collect();
        self.files.extend(other.files);
        self.tables.extend(other.tables.into_iter().map(|table| Table {
            file: table.file + files,
            ..table
        }));
        let cells = other.cells.into_iter().map(|cell| Cell {
            text: texts[cell.text.index()],
            ..cell
        });
        let start = u32::try_from(self.adopt(cells.collect())).unwrap_or(u32::MAX);
        self.rows.extend(other.rows.into_iter().map(|row| Row {
            region: regions[row.region.index()],
            table: TableId::of(row.table.index() + tables),
            start: row.start.saturating_add(start),
            ..row
        }));
        self.findings.extend(other.findings.into_iter().map(|finding| {
            Finding {
                cell: finding
                    .cell
                    .map(|(row, column)| (RowId::of(row.index() + rows), column)),
                ..finding
            }
        }));
    }

    /// The rows of some regions, with all files and tables, and without findings.
    pub fn part(&self, of: impl Fn(RegionId) -> bool) -> Catalogue {
        let mut part = Catalogue {
            files: self.files.clone(),
            tables: self.tables.clone(),
            regions: self.regions.clone(),
            labels: self.labels.clone(),
            ..Catalogue::default()
        };
        let mut known: HashMap<TextId, TextId> = HashMap::new();
        for id in self.row_ids() {
            let row = &self.rows[id.index()];
            if !of(row.region) {
                continue;
            }
            let start = part.cells.len();
            for cell in self.cells(id) {
                let text = known.entry(cell.text);
                let text = *text.or_insert_with(|| part.texts.intern(self.texts.get(cell.text)));
                part.cells.push(Cell { text, ..*cell });
            }
            part.push_row(row.region, row.table, row.at, start..part.cells.len());
        }
        part
    }

    /// Adds a row of cells that were taken over.
    pub fn push_row(&mut self, region: RegionId, table: TableId, at: At, cells: std::ops::Range<usize>) {
        self.rows.push(Row {
            region,
            table,
            at,
            start: u32::try_from(cells.start).unwrap_or(u32::MAX),
            len: u16::try_from(cells.len()).unwrap_or(u16::MAX),
        });
    }

    /// All row numbers in order.
    pub fn row_ids(&self) -> impl Iterator<Item = RowId> + use<> {
        (0..self.rows.len()).map(RowId::of)
    }

    /// Where a row stands, or, with a cell, where that cell stands.
    pub fn place(&self, row: RowId, cell: Option<&Cell>) -> Place {
        let row = &self.rows[row.index()];
        let table = &self.tables[row.table.index()];
        let at = match cell.map_or(0, |cell| cell.up) {
            0 => row.at,
            up => self.row_above(row, row.at.row.saturating_sub(u32::from(up))),
        };
        Place {
            file: self.files[table.file].name.clone(),
            sheet: table.sheet.clone(),
            row: at.row,
            line: at.line,
            column: cell
                .and_then(|cell| table.columns.get(cell.column as usize))
                .map(|column| column.header.clone())
                .unwrap_or_default(),
        }
    }

    /// Where the row of a number stands that is above a row in the same table.
    fn row_above(&self, row: &Row, number: u32) -> At {
        let key = |row: &Row| (row.table, row.at.row);
        let found = self.rows.binary_search_by_key(&(row.table, number), key);
        found.map_or(At { row: number, line: 0 }, |found| self.rows[found].at)
    }

    /// The raw text of a cell as it is quoted: lists line by line, records as `name：text`.
    pub fn quote(&self, cell: &Cell) -> String {
        quoted(cell.shape, self.texts.get(cell.text))
    }

    /// The same, and what people read in its place: records under the names that the profile has for their keys.
    pub fn quotation(&self, cell: &Cell) -> Quote {
        self.quotation_of(cell.field, cell.shape, self.texts.get(cell.text))
    }

    /// The same of a text that is to stand in a field.
    pub fn quotation_of(&self, field: FieldId, shape: Shape, text: &str) -> Quote {
        let labels = self.labels.get(&field).filter(|_| shape == Shape::Table);
        let label = |labels: &HashMap<String, String>| {
            let name = |key: &str| labels.get(key).cloned();
            quoted_as(shape, text, &|key| name(key).unwrap_or_else(|| key.to_owned())).into()
        };
        Quote {
            raw: quoted(shape, text),
            labelled: labels.map(label),
        }
    }
}

/// The text of a cell of a shape as it is quoted: lists line by line, records as `name：text`.
pub fn quoted(shape: Shape, text: &str) -> String {
    quoted_as(shape, text, &str::to_owned)
}

/// The same with other names of the keys of records.
fn quoted_as(shape: Shape, text: &str, name: &dyn Fn(&str) -> String) -> String {
    match shape {
        Shape::Text => text.to_owned(),
        Shape::List => decode_list(text).join("\n"),
        Shape::Table => decode_table(text)
            .iter()
            .map(|record| {
                record
                    .iter()
                    .map(|(key, text)| format!("{}：{text}", name(key)))
                    .collect::<Vec<_>>()
                    .join("，")
            })
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

// Lists and records are kept as one text so that they intern, compare and store like any other. The four ASCII
// separators were made for this; where they occur in the data itself they are escaped.
const ESCAPE: char = '\u{1C}';
const FIELD: char = '\u{1D}';
const RECORD: char = '\u{1E}';
const NAME: char = '\u{1F}';

fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        if matches!(c, ESCAPE | FIELD | RECORD | NAME) {
            out.push(ESCAPE);
        }
        out.push(c);
    }
}

fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == ESCAPE {
            escaped = true;
        } else if c == separator {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unescape(text: &str) -> String {
    let (mut out, mut escaped) = (String::with_capacity(text.len()), false);
    for c in text.chars() {
        if c == ESCAPE && !escaped {
            escaped = true;
        } else {
            escaped = false;
            out.push(c);
        }
    }
    out
}

/// Several texts as one; [`decode_list`] gives them back unchanged.
pub fn encode_list<S: AsRef<str>>(items: &[S]) -> String {
    let mut out = String::new();
    for item in items {
        escape_into(&mut out, item.as_ref());
        out.push(RECORD);
    }
    out
}

/// The texts that [`encode_list`] put together.
pub fn decode_list(text: &str) -> Vec<String> {
    let mut items = split(text, RECORD);
    items.pop();
    items.into_iter().map(unescape).collect()
}

/// The single texts of a cell that differ from those of another content of it, old and new: the one text, or those of its list or
/// records. `None` where the two have not as many texts, or where a text stands twice in the old and only one of the two differs.
pub fn texts_that_differ(shape: Shape, old: &str, new: &str) -> Option<Vec<(String, String)>> {
    let texts = |text: &str| -> Vec<String> {
        match shape {
            Shape::Text => vec![text.to_owned()],
            Shape::List => decode_list(text),
            Shape::Table => decode_table(text).into_iter().flatten().map(|(_, text)| text).collect(),
        }
    };
    let (old, new) = (texts(old), texts(new));
    if old.len() != new.len() {
        return None;
    }
    let pairs: Vec<(String, String)> = old.into_iter().zip(new).collect();
    let mut wanted: HashMap<&str, &str> = HashMap::new();
    for (old, new) in &pairs {
        if *wanted.entry(old).or_insert(new) != new {
            return None;
        }
    }
    let mut differing: Vec<(String, String)> = pairs.into_iter().filter(|(old, new)| old != new).collect();
    differing.sort_unstable();
    differing.dedup();
    Some(differing)
}

/// Records of (name, text) as one text; [`decode_table`] gives them back unchanged.
pub fn encode_table(records: &[Vec<(String, String)>]) -> String {
    let mut out = String::new();
    for record in records {
        for (name, text) in record {
            escape_into(&mut out, name);
            out.push(NAME);
            escape_into(&mut out, text);
            out.push(FIELD);
        }
        out.push(RECORD);
    }
    out
}

/// The records that [`encode_table`] put together.
pub fn decode_table(text: &str) -> Vec<Vec<(String, String)>> {
    let mut records = split(text, RECORD);
    records.pop();
    records
        .into_iter()
        .map(|record| {
            let mut fields = split(record, FIELD);
            fields.pop();
            fields
                .into_iter()
                .map(|field| match split(field, NAME).as_slice() {
                    [name, text, ..] => (unescape(name), unescape(text)),
                    _ => (String::new(), unescape(field)),
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_records_one_by_one() {
        let record = |name: &str, note: &str| {
            vec![
                ("name".to_owned(), name.to_owned()),
                ("note".to_owned(), note.to_owned()),
            ]
        };
        let old = encode_table(&[record("章程；", "一份"), record("申请书", "一份")]);
        let new = encode_table(&[record("章程", "一份"), record("申请书", "一份")]);
        let pair = ("章程；".to_owned(), "章程".to_owned());
        assert_eq!(texts_that_differ(Shape::Table, &old, &new), Some(vec![pair]));
        let (old, new) = (
            encode_table(&[record("章程；", "章程；")]),
            encode_table(&[record("章程", "章程；")]),
        );
        assert_eq!(texts_that_differ(Shape::Table, &old, &new), None);
        assert_eq!(
            texts_that_differ(Shape::List, &encode_list(&["甲", "乙"]), &encode_list(&["甲"])),
            None
        );
    }

    #[test]
    fn lists_and_tables_survive_their_own_separators() {
        let list = vec!["a\u{1E}b".to_owned(), String::new(), "\u{1C}".to_owned()];
        assert_eq!(decode_list(&encode_list(&list)), list);
        assert!(decode_list(&encode_list::<&str>(&[])).is_empty());
        let table = vec![
            vec![
                ("名称".to_owned(), "x\u{1F}y".to_owned()),
                ("\u{1D}".to_owned(), String::new()),
            ],
            vec![],
        ];
        assert_eq!(decode_table(&encode_table(&table)), table);
    }
}

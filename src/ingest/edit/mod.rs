//! Editing: puts other texts into the bytes of a list, at the cells that they came from, and leaves every other byte as it is. For
//! `tongban fmt`, `tongban lint --fix` and `tongban align --apply`.
//!
//! Must not know why a text is to be written otherwise, and writes no file.

mod csv;
mod lists;
mod records;

pub(super) use self::lists::Item;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::decode::{self, Text};
use super::sheet::Context;
use super::sniff::Content;
use super::workbook::{self, Format};
use super::{Source, TEXT_FORMATS};
use crate::error::{Error, Kind, Result};
use crate::model::{At, Catalogue, FieldId, RowId, Shape, decode_table, quoted};
use crate::profile::{Profile, headers};

/// Why a cell stays as it is though its text could be written otherwise; the words that messages ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// The encoding of the file has no such character.
    Encoding,
    /// It is computed by a formula.
    Formula,
    /// Parts of it are written in different ways (bold, coloured).
    Rich,
    /// The sheet lets only texts of a list stand there.
    Validated,
    /// The sheet is protected.
    Protected,
    /// Its notation in the file is one that is not written (quotes out of place, a text over several lines in TOML).
    Notation,
}

impl Left {
    /// Its word in the messages.
    pub fn word(self) -> &'static str {
        match self {
            Left::Encoding => "encoding",
            Left::Formula => "formula",
            Left::Rich => "rich",
            Left::Validated => "validated",
            Left::Protected => "protected",
            Left::Notation => "notation",
        }
    }
}

/// One cell that is written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Where its row stands.
    pub at: At,
    /// The header of its column, or the path of its key.
    pub column: String,
    /// The text as it was.
    pub old: String,
    /// The text as it is now.
    pub new: String,
}

/// The bytes of a list with other texts in it.
#[derive(Debug, Default)]
pub struct Edited {
    /// The bytes; `None` where nothing changed.
    pub bytes: Option<Vec<u8>>,
    /// What changed, in the order of the file.
    pub changes: Vec<Change>,
    /// How many cells stay, and why.
    pub left: BTreeMap<Left, usize>,
}

/// Where a text stands in its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// In a column, from 0.
    Column(usize),
    /// Under a key.
    Path(String),
}

/// Puts other texts into a list. `catalogue` is what was read of these bytes; `new` gives the text that is to stand in a field of a
/// row in place of another, if any; `lists` gives the content that a field of a row is to have which is a list or records and gets other
/// entries (see [`crate::model::encode_list`]); only JSON and TOML hold such fields in one place.
///
/// # Errors
/// When the format or the encoding of the file cannot be written.
pub fn edit(
    source: &Source,
    bytes: &[u8],
    profile: &Profile,
    catalogue: &Catalogue,
    new: &dyn Fn(RowId, FieldId, &str) -> Option<String>,
    lists: &dyn Fn(RowId, FieldId) -> Option<String>,
) -> Result<Edited> {
    let name = super::path_name(&source.path);
    let path = Path::new(&name);
    let why = |reason: &'static str| Error::why(Kind::Unwritable, path, reason, Vec::new());
    let asker = Asker::of(catalogue, new, lists);
    match super::content(&name, bytes)? {
        Content::Workbook(Format::Xlsx | Format::Xlsm) => {
            workbook::rewrite::edit(bytes, asker).map_err(|error| match error {
                workbook::rewrite::Refusal::Signed => why("fmt-signed"),
                workbook::rewrite::Refusal::Other(error) => Error::file(Kind::Unwritable, path, error),
            })
        }
        Content::Workbook(_) => Err(why("fmt-workbook")),
        Content::Archive => Err(why("fmt-archive")),
        Content::Text => {
            let context = Context {
                profile,
                overrides: &source.columns,
                file: &name,
            };
            text(source, bytes, context, asker).ok_or_else(|| why("fmt-encoding"))
        }
    }
}

/// `None` where the bytes do not come out of the text again.
fn text(source: &Source, bytes: &[u8], context: Context<'_>, mut asker: Asker<'_>) -> Option<Edited> {
    let decoded = decode::decode(bytes, source.encoding).ok()?;
    let coder = Coder::of(&decoded, bytes)?;
    let format = match source.format {
        Some(told) if TEXT_FORMATS.contains(&told) => told,
        _ => super::sniff::text(&decoded.text).ok()?,
    };
    let spots = match format {
        "json" | "jsonl" | "toml" => records::spots(context, &decoded.text, format == "toml", &mut asker),
        _ => csv::spots(&decoded.text, &mut asker),
    };
    let mut edited = String::with_capacity(decoded.text.len());
    let mut end = 0;
    for Spot { range, literal, change } in spots {
        // Nothing overlaps; and what could not be encoded stays.
        if range.start < end {
            continue;
        }
        if coder.encode(&literal).is_none() {
            asker.leave(Left::Encoding);
            continue;
        }
        edited.push_str(&decoded.text[end..range.start]);
        edited.push_str(&literal);
        end = range.end;
        asker.edited.changes.push(change);
    }
    edited.push_str(&decoded.text[end..]);
    if !asker.edited.changes.is_empty() {
        asker.edited.bytes = Some([&bytes[..coder.mark], &coder.encode(&edited)?].concat());
    }
    Some(asker.edited)
}

/// Whether a text is a number as every format writes it: 20, 1.5. What a number stands for in a file stays a number.
pub(super) fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'))
}

/// A piece of a text, what is to stand there, and what that changes.
struct Spot {
    range: Range<usize>,
    literal: String,
    change: Change,
}

/// Writes text as the file has it.
struct Coder {
    encoding: &'static str,
    /// Bytes before the text.
    mark: usize,
}

impl Coder {
    /// `None` where the bytes of the file do not come out again, so that others than those that change would change.
    fn of(text: &Text<'_>, bytes: &[u8]) -> Option<Coder> {
        let utf8 = text.encoding.starts_with("UTF-8");
        let mark = match text.encoding {
            _ if utf8 => bytes.len().checked_sub(text.text.len())?,
            "UTF-16LE" | "UTF-16BE" if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") => 2,
            _ => 0,
        };
        let coder = Coder {
            encoding: if utf8 { "UTF-8" } else { text.encoding },
            mark,
        };
        (utf8 || coder.encode(&text.text)? == bytes[mark..]).then_some(coder)
    }

    /// `None` for a text with a character that the encoding does not have.
    fn encode(&self, text: &str) -> Option<Vec<u8>> {
        if self.encoding == "UTF-8" {
            return Some(text.as_bytes().to_vec());
        }
        let encoding = encoding_rs::Encoding::for_label(self.encoding.as_bytes())?;
        if encoding == UTF_16LE || encoding == UTF_16BE {
            let bytes = |unit: u16| {
                if encoding == UTF_16LE {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            };
            return Some(text.encode_utf16().flat_map(bytes).collect());
        }
        let (bytes, _, lost) = encoding.encode(text);
        (!lost).then(|| bytes.into_owned())
    }
}

/// Finds the row and the field of a place in the file, and asks for the text that is to stand there.
pub(super) struct Asker<'a> {
    catalogue: &'a Catalogue,
    new: &'a dyn Fn(RowId, FieldId, &str) -> Option<String>,
    lists: &'a dyn Fn(RowId, FieldId) -> Option<String>,
    /// Fields whose list has been asked for: lists inside its entries are others.
    asked: HashSet<(RowId, FieldId), foldhash::fast::FixedState>,
    /// The rows of each table by their row number.
    rows: Vec<Vec<(u32, RowId)>>,
    /// Rows that take a text from a merged block, by the table, the row and the column of its first cell.
    merged: HashMap<(usize, u32, usize), Vec<RowId>, foldhash::fast::FixedState>,
    /// The column of a path.
    paths: HashMap<String, Option<usize>, foldhash::fast::FixedState>,
    pub edited: Edited,
}

impl<'a> Asker<'a> {
    fn of(
        catalogue: &'a Catalogue,
        new: &'a dyn Fn(RowId, FieldId, &str) -> Option<String>,
        lists: &'a dyn Fn(RowId, FieldId) -> Option<String>,
    ) -> Asker<'a> {
        let mut rows = vec![Vec::new(); catalogue.tables.len()];
        let mut merged: HashMap<_, Vec<RowId>, foldhash::fast::FixedState> = HashMap::default();
        for id in catalogue.row_ids() {
            let row = &catalogue.rows[id.index()];
            rows[row.table.index()].push((row.at.row, id));
            for cell in catalogue.cells(id).iter().filter(|cell| cell.up > 0) {
                let first = row.at.row.saturating_sub(u32::from(cell.up));
                let key = (row.table.index(), first, usize::from(cell.column));
                merged.entry(key).or_default().push(id);
            }
        }
        Asker {
            catalogue,
            new,
            lists,
            asked: HashSet::default(),
            rows,
            merged,
            paths: HashMap::default(),
            edited: Edited::default(),
        }
    }

    /// Whether a sheet has rows at all.
    pub(super) fn knows(&self, sheet: &str) -> bool {
        let own = |table: &crate::model::Table| table.sheet.as_deref() == Some(sheet);
        self.catalogue.tables.iter().any(own)
    }

    /// Counts a cell that stays.
    pub(super) fn leave(&mut self, left: Left) {
        *self.edited.left.entry(left).or_default() += 1;
    }

    /// The table, the column, the row and the field of a place.
    fn find(&mut self, sheet: Option<&str>, at: At, place: &Where) -> Option<(usize, usize, RowId, FieldId)> {
        let found =
            |table: &crate::model::Table| table.header_row <= at.row && at.row <= table.last_row.max(table.header_row);
        let mut tables = self.catalogue.tables.iter().enumerate();
        // Of several tables on a sheet the last one that begins above.
        let (number, table) =
            tables.rfind(|(_, table)| table.sheet.as_deref() == sheet && (table.header_row == 0 || found(table)))?;
        let column = match place {
            Where::Column(column) => *column,
            Where::Path(path) => self.column(number, path)?,
        };
        let field = table.columns.get(column)?.field?;
        let rows = &self.rows[number];
        let owner = match place {
            // An item may go on over the rows below its first.
            Where::Column(_) => rows.partition_point(|(row, _)| *row <= at.row).checked_sub(1)?,
            Where::Path(_) => rows.partition_point(|(row, _)| *row < at.row),
        };
        let (row, id) = *rows.get(owner)?;
        (row == at.row || matches!(place, Where::Column(_))).then_some((number, column, id, field))
    }

    /// What is to stand at a place in place of a text.
    pub(super) fn ask(&mut self, sheet: Option<&str>, at: At, place: &Where, text: &str) -> Option<Change> {
        let (number, column, id, field) = self.find(sheet, at, place)?;
        let new = self.of_record(id, field, at, (number, column), text);
        let new = new.or_else(|| (self.new)(id, field, text))?;
        // All rows of a merged block must want the same.
        let others = self
            .merged
            .get(&(number, at.row, column))
            .map_or(&[][..], Vec::as_slice);
        if others
            .iter()
            .any(|&other| (self.new)(other, field, text).as_ref() != Some(&new))
        {
            return None;
        }
        let info = self.catalogue.tables.get(number)?.columns.get(column)?;
        Some(Change {
            sheet: sheet.map(str::to_owned),
            at,
            column: match place {
                Where::Column(_) => info.header.to_string(),
                Where::Path(path) => path.clone(),
            },
            old: text.to_owned(),
            new,
        })
    }

    /// What is to stand in a column that holds one property of one record in each row (材料名称, 原件份数), where the records change: the one
    /// record of this row is meant, whatever texts the others have. `None` where the rows are not surely one record each.
    fn of_record(
        &self,
        id: RowId,
        field: FieldId,
        at: At,
        (number, column): (usize, usize),
        text: &str,
    ) -> Option<String> {
        let key = self
            .catalogue
            .tables
            .get(number)?
            .columns
            .get(column)?
            .nested
            .as_deref()?;
        let new = decode_table(&(self.lists)(id, field)?);
        let old = decode_table(self.catalogue.texts.get(self.catalogue.cell(id, field)?.text));
        let record = usize::try_from(at.row.checked_sub(self.catalogue.rows[id.index()].at.row)?).ok()?;
        let of = |records: &[Vec<(String, String)>]| {
            let found = records.get(record)?.iter().find(|(own, _)| own == key);
            found.map(|(_, text)| text.clone())
        };
        let (before, after) = (of(&old)?, of(&new)?);
        (old.len() == new.len() && before == text && before != after).then_some(after)
    }

    /// What a list at a place is to hold: its field, what its cell is, its old and new content, and the change. Of the lists under one
    /// key only the outermost is asked for.
    fn ask_list(&mut self, at: At, place: &Where) -> Option<(FieldId, Shape, (String, String), Change)> {
        let (_, _, id, field) = self.find(None, at, place)?;
        if !self.asked.insert((id, field)) {
            return None;
        }
        let new = (self.lists)(id, field)?;
        let cell = self.catalogue.cell(id, field)?;
        let old = self.catalogue.texts.get(cell.text).to_owned();
        let change = Change {
            sheet: None,
            at,
            column: match place {
                Where::Column(_) => String::new(),
                Where::Path(path) => path.clone(),
            },
            old: quoted(cell.shape, &old),
            new: quoted(cell.shape, &new),
        };
        Some((field, cell.shape, (old, new), change))
    }

    /// The column of a path: that of its own name, or of the nearest path that it is inside of.
    fn column(&mut self, table: usize, path: &str) -> Option<usize> {
        if let Some(known) = self.paths.get(path) {
            return *known;
        }
        let columns = &self.catalogue.tables.get(table)?.columns;
        let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
        let found = ends
            .filter_map(|end| {
                let title = headers::title(&[path[..end].to_owned()]);
                columns.iter().position(|column| *column.header == title)
            })
            .next_back();
        self.paths.insert(path.to_owned(), found);
        found
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};

    use super::super::Encoding;
    use super::*;

    fn coder(bytes: &[u8], told: Option<&str>) -> Option<Coder> {
        let text = decode::decode(bytes, told.and_then(Encoding::named)).expect("text");
        Coder::of(&text, bytes)
    }

    #[test]
    fn what_is_written_is_in_the_encoding_of_the_file() {
        let big5 = BIG5.encode("許可").0;
        let coder = self::coder(&big5, Some("big5")).expect("it comes out again");
        assert_eq!(coder.encode("許可"), Some(big5.to_vec()));
        // 许 is not in Big5.
        assert_eq!(coder.encode("许可"), None);
        for (bytes, mark) in [
            (&b"\xFF\xFEa\0"[..], 2),
            (b"\xEF\xBB\xBFa", 3),
            (b"a", 0),
            (&GB18030.encode("甲").0, 0),
        ] {
            assert_eq!(
                self::coder(bytes, None).map(|coder| coder.mark),
                Some(mark),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn bytes_that_would_not_come_out_again_are_refused() {
        // Two ways to write ︐; only the other one would be written.
        assert!(coder(b"\x84\x31\x82\x36\xD0\xED", None).is_none());
        assert!(coder(b"\xA6\xD9\xD0\xED", None).is_some());
    }
}

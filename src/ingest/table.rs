//! A table under construction: raw cells with their fields, in a pool of its own, so that files are read in parallel and
//! put together in a fixed order.
//!
//! Must not know file formats.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::gather::{Open, Ready};
use super::limits;
use super::records::Leaf;
use super::sheet::{Came, Context, RawCell, is_blank};
use super::unseen::unseen;
use crate::model::{
    At, Cell, Code, Column, FieldId, Finding, Place, Severity, Shape, Table, TextHash, TextId, TextPool, Understood,
    decode_list, decode_table,
};
use crate::normalise::{Kind, codes};
use crate::profile::Profile;
use crate::profile::headers::{self, Mapping};

/// First rows of a table that are kept to be shown.
const SAMPLE_ROWS: usize = 3;
/// Bytes of a cell that is kept to be shown.
const SAMPLE_BYTES: usize = 200;

/// What one file gave.
#[derive(Default)]
pub(super) struct Loaded {
    pub texts: TextPool,
    pub tables: Vec<LoadedTable>,
    pub findings: Vec<Finding>,
    pub incomplete: bool,
    /// Where the texts of records stand, if anybody wants to know.
    pub leaves: Option<Vec<Leaf>>,
    /// Texts with characters that nobody sees.
    odd: BTreeSet<TextId>,
    /// The texts of the batch that is being read: their hashes, and their numbers as far as they were met, for most of them come again
    /// and again.
    met: Vec<(TextHash, Option<TextId>)>,
    counts: BTreeMap<&'static str, usize>,
}

/// One table with its rows.
pub(super) struct LoadedTable {
    pub table: Table,
    pub rows: Vec<LoadedRow>,
    pub cells: Vec<Cell>,
    /// How many rows go on with the item above them, how many items that makes, and where the first of those stands.
    gathered: (usize, usize),
    gathered_at: At,
}

/// One row: its number in the file, and where its cells are.
pub(super) struct LoadedRow {
    pub at: At,
    pub start: usize,
    pub len: usize,
}

impl Loaded {
    /// Reports something about reading. Beyond a limit of one kind the rest is only counted.
    pub(super) fn report(
        &mut self,
        rule: &'static str,
        severity: Severity,
        place: Place,
        args: Vec<(&'static str, String)>,
    ) {
        let count = self.counts.entry(rule).or_default();
        *count += 1;
        if *count <= limits::FINDINGS {
            self.findings.push(Finding {
                cell: None,
                rule: rule.into(),
                severity,
                args,
                place,
                region: "".into(),
                item: "".into(),
                element: "".into(),
                fix: None,
            });
        }
    }

    /// The same for what means that part of the input was not read.
    pub(super) fn refuse(&mut self, rule: &'static str, place: Place, args: Vec<(&'static str, String)>) {
        self.incomplete = true;
        self.report(rule, Severity::Error, place, args);
    }

    /// Begins a batch of distinct texts of these hashes, which cells name by their numbers from 1 on ([`RawCell::again`]).
    pub(super) fn again(&mut self, hashes: &[TextHash]) {
        self.met.clear();
        self.met.extend(hashes.iter().map(|&hash| (hash, None)));
    }

    /// Says how many findings of a kind were left out.
    pub(super) fn finish(&mut self, file: &str) {
        let over: Vec<(&'static str, usize)> = self
            .counts
            .iter()
            .filter(|&(_, &count)| count > limits::FINDINGS)
            .map(|(&rule, &count)| (rule, count - limits::FINDINGS))
            .collect();
        for (rule, count) in over {
            let place = Place {
                file: file.into(),
                ..Place::default()
            };
            self.report(
                "FIL010",
                Severity::Warning,
                place,
                vec![("rule", rule.to_owned()), ("count", count.to_string())],
            );
        }
    }
}

/// The header of a table: where it stands, and the texts over each column from top to bottom.
pub(super) struct Header {
    pub at: At,
    pub rows: u32,
    pub paths: Vec<Vec<String>>,
}

/// A value that a cell takes from the merged block it lies in, and how many rows above the block's first cell stands.
pub(super) struct Covered<'t> {
    pub column: usize,
    pub text: &'t str,
    pub up: u16,
}

/// Fills one table.
pub(super) struct Builder<'a> {
    context: Context<'a>,
    sheet: Option<Arc<str>>,
    header_at: At,
    headers: Vec<Vec<String>>,
    /// The paths of records' columns, by which they are shown.
    shown: Vec<String>,
    mapping: Mapping,
    roles: Roles,
    open: Option<Open>,
    /// Values that stand above the rows and not in them: (field, column, text).
    given: Vec<(FieldId, u16, String)>,
    last: At,
    loaded: LoadedTable,
}

/// What the fields of a table are to its rows.
struct Roles {
    code: Vec<FieldId>,
    /// Names and codes: a row that has none of them is no item.
    named: Vec<FieldId>,
    /// What an item is called, and what a sub-item or a case below it is called.
    upper: Vec<FieldId>,
    lower: Vec<FieldId>,
    /// Columns whose value may go on over the rows below.
    lists: Vec<bool>,
    nested: bool,
    /// The field of each column and what it is to its row, for the millions of rows that are nothing special.
    plain: Vec<Plain>,
}

/// A column as most rows need it.
#[derive(Clone, Copy, Default)]
struct Plain {
    field: Option<FieldId>,
    upper: bool,
    code: bool,
    /// Whether a date may stand there.
    dated: bool,
}

impl Roles {
    fn of(profile: &Profile) -> Self {
        let fields = |ids: &[&str]| ids.iter().filter_map(|id| profile.field(id)).collect::<Vec<FieldId>>();
        Roles {
            code: fields(&[
                "code",
                "impl_code",
                "handling_code",
                "national_code",
                "body_code",
                "local_code",
            ]),
            named: fields(&["name", "main_name", "sub_name", "code", "impl_code", "handling_code"]),
            upper: fields(&["name", "main_name"]),
            lower: fields(&["sub_name", "handling_name"]),
            lists: Vec::new(),
            nested: false,
            plain: Vec::new(),
        }
    }

    fn columns(&mut self, profile: &Profile, mapping: &Mapping) {
        self.nested = mapping.columns.iter().any(|column| column.nested.is_some());
        self.lists = mapping
            .columns
            .iter()
            .map(|column| column.nested.is_some() || column.field.is_none_or(|field| is_list(profile, field)))
            .collect();
        let is = |fields: &[FieldId], column: &Column| column.field.is_some_and(|field| fields.contains(&field));
        self.plain = mapping
            .columns
            .iter()
            .map(|column| Plain {
                field: column.field,
                upper: is(&self.upper, column),
                code: is(&self.code, column),
                dated: column.field.is_none_or(|field| is_dated(profile, field)),
            })
            .collect();
    }
}

/// Whether the field belongs to an element that is a list of something.
fn is_list(profile: &Profile, field: FieldId) -> bool {
    let of = |element: &&crate::profile::Element| element.fields.iter().any(|(_, own)| *own == field);
    profile.elements.iter().find(of).is_some_and(|element| {
        matches!(
            element.kind,
            Kind::Choices
                | Kind::Citations
                | Kind::Clauses
                | Kind::Fees
                | Kind::Materials
                | Kind::Outcomes
                | Kind::Steps
        )
    })
}

/// Whether a date may stand in the field: not where a number, a code or a word of a list belongs.
fn is_dated(profile: &Profile, field: FieldId) -> bool {
    let of = |element: &&crate::profile::Element| element.fields.iter().any(|(_, own)| *own == field);
    profile.elements.iter().find(of).is_none_or(|element| {
        !matches!(
            element.kind,
            Kind::Choice | Kind::Choices | Kind::Code | Kind::Count | Kind::Duration | Kind::Fees | Kind::Name
        )
    })
}

impl<'a> Builder<'a> {
    /// A table with this header.
    pub(super) fn new(context: Context<'a>, sheet: Option<Arc<str>>, header: Header) -> Self {
        let mapping = headers::map(context.profile, &header.paths, context.overrides);
        let mut roles = Roles::of(context.profile);
        roles.columns(context.profile, &mapping);
        Builder {
            context,
            header_at: header.at,
            mapping,
            headers: header.paths,
            shown: Vec::new(),
            roles,
            open: None,
            given: Vec::new(),
            last: header.at,
            loaded: LoadedTable {
                table: Table {
                    file: 0,
                    sheet: sheet.clone(),
                    header_row: header.at.row,
                    header_rows: header.rows,
                    last_row: header.at.row,
                    columns: Vec::new(),
                    dialect: None,
                    rows: 0,
                    sample: Vec::new(),
                },
                rows: Vec::new(),
                cells: Vec::new(),
                gathered: (0, 0),
                gathered_at: At::default(),
            },
            sheet,
        }
    }

    /// How many columns have a field.
    pub(super) fn understood(&self) -> usize {
        self.mapping.understood()
    }

    /// Where a column of a row stands.
    pub(super) fn place(&self, at: At, column: Option<usize>) -> Place {
        Place {
            file: self.context.file.into(),
            sheet: self.sheet.clone(),
            row: at.row,
            line: at.line,
            column: column
                .and_then(|column| self.mapping.columns.get(column))
                .map(|column| column.header.clone())
                .unwrap_or_default(),
        }
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.headers.len()
    }

    /// A new column of records: shown by its path, looked up by its key unless the user names the path. `None` beyond the limit of
    /// columns.
    pub(super) fn column(&mut self, path: &str, key: &str) -> Option<usize> {
        if self.headers.len() >= limits::COLUMNS {
            return None;
        }
        let folded = headers::fold(path);
        let own = self
            .context
            .overrides
            .keys()
            .any(|header| headers::fold(header) == folded);
        self.shown.push(headers::title(&[path.to_owned()]));
        self.headers.push(vec![if own { path } else { key }.to_owned()]);
        self.mapping = headers::map(self.context.profile, &self.headers, self.context.overrides);
        for (column, shown) in self.mapping.columns.iter_mut().zip(&self.shown) {
            column.header = shown.as_str().into();
        }
        self.roles.columns(self.context.profile, &self.mapping);
        Some(self.headers.len() - 1)
    }

    /// The field of a column.
    pub(super) fn field(&self, column: usize) -> Option<FieldId> {
        self.roles.plain.get(column)?.field
    }

    /// Whether a column's values may go on over the rows below.
    pub(super) fn is_list(&self, column: usize) -> bool {
        self.field(column).is_some() && self.roles.lists.get(column).copied().unwrap_or(false)
    }

    /// Whether a row repeats the header, as printed lists do on every page.
    pub(super) fn repeats_header(&self, cells: &[RawCell<'_>]) -> bool {
        cells.len() > 1
            && cells.iter().all(|cell| {
                let path = self.headers.get(cell.column);
                path.and_then(|path| path.last())
                    .is_some_and(|header| header.trim() == cell.text.trim())
            })
    }

    /// A value for all rows that follow and do not say otherwise: the body that a sheet or a section is named after.
    pub(super) fn give(&mut self, field: FieldId, text: &str) {
        let known = |column: &Column| column.understood == Understood::Sheet && column.field == Some(field);
        let column = match self.mapping.columns.iter().position(known) {
            Some(at) => at,
            None => {
                // Beyond the headers, so that no cell of the sheet can stand there.
                self.mapping.columns.push(Column {
                    header: "".into(),
                    field: Some(field),
                    nested: None,
                    understood: Understood::Sheet,
                });
                self.mapping.columns.len() - 1
            }
        };
        self.given.retain(|(other, _, _)| *other != field);
        self.given
            .push((field, u16::try_from(column).unwrap_or(u16::MAX), text.to_owned()));
    }

    /// The text of a cell if it can be used; what cannot is reported.
    fn accept<'t>(
        &self,
        loaded: &mut Loaded,
        at: At,
        column: usize,
        text: Cow<'t, str>,
        came: Came,
    ) -> Option<Cow<'t, str>> {
        if text.len() > limits::FIELD_BYTES {
            let place = self.place(at, Some(column));
            loaded.refuse("FIL009", place, vec![("bytes", text.len().to_string())]);
            return None;
        }
        let plain = self.roles.plain.get(column).copied().unwrap_or_default();
        let text = if plain.code { unwrapped(text) } else { text };
        if plain.code && (came == Came::Number || is_scientific(&text)) {
            let place = self.place(at, Some(column));
            let args = vec![("text", text.to_string())];
            // Twelve digits are all there: a number of a spreadsheet keeps fifteen.
            let whole = text.len() <= 15
                && text.bytes().all(|b| b.is_ascii_digit())
                && !matches!(codes::parse(&text), Code::Opaque(_));
            if !whole {
                loaded.refuse("FIL006", place, args);
                return None;
            }
            loaded.report("FIL031", Severity::Warning, place, args);
        }
        if came == Came::Date && !plain.dated {
            let place = self.place(at, Some(column));
            loaded.refuse("FIL024", place, vec![("text", text.to_string())]);
            return None;
        }
        Some(text)
    }

    /// Adds a row of (column, shape, text, how it came). Rows that name no item are reported and left out.
    pub(super) fn row<'t>(
        &mut self,
        loaded: &mut Loaded,
        at: At,
        cells: impl Iterator<Item = (usize, Shape, Cow<'t, str>, Came)>,
    ) {
        let start = self.loaded.cells.len();
        let mut filled = 0_usize;
        let sampled = self.loaded.table.sample.len() < SAMPLE_ROWS;
        let mut sample: Vec<String> = Vec::new();
        // Keys of one record of a field that stand among the keys of the item (materialName beside taskName).
        let mut record: Vec<(usize, FieldId, String, String)> = Vec::new();
        for (column, shape, text, came) in cells {
            if is_blank(&text) {
                continue;
            }
            filled += 1;
            if sampled && column < limits::COLUMNS {
                sample.resize(sample.len().max(column + 1), String::new());
                sample[column] = shown(shape, &text);
            }
            let Some(field) = self.field(column) else { continue };
            let Some(text) = self.accept(loaded, at, column, text, came) else {
                continue;
            };
            if let (Some(nested), Shape::Text) = (&self.mapping.columns[column].nested, shape) {
                record.push((column, field, nested.clone(), text.into_owned()));
                continue;
            }
            let text = self.store(loaded, at, column, shape, &text);
            self.loaded.cells.push(Cell {
                field,
                column: u16::try_from(column).unwrap_or(u16::MAX),
                shape,
                up: 0,
                text,
            });
        }
        if !record.is_empty() {
            self.push_record(loaded, at, record);
        }
        if sampled {
            self.loaded.table.sample.push(sample);
        }
        self.close_row(loaded, at, start, filled);
    }

    /// Adds a row that is nothing special: its cells as they stand.
    fn plain_row(&mut self, loaded: &mut Loaded, at: At, cells: &[RawCell<'_>]) {
        let start = self.loaded.cells.len();
        for cell in cells {
            let Some(&Plain { field, code, .. }) = self.roles.plain.get(cell.column) else {
                continue;
            };
            let Some(field) = field else { continue };
            let mut text = Cow::Borrowed(&*cell.text);
            if code || cell.came != Came::Text || text.len() > limits::FIELD_BYTES {
                match self.accept(loaded, at, cell.column, text, cell.came) {
                    Some(accepted) => text = accepted,
                    None => continue,
                }
            }
            // Its number in the batch is that of the text as it stands.
            let met = (cell.again as usize)
                .checked_sub(1)
                .filter(|_| text.len() == cell.text.len());
            let text = match met.and_then(|at| loaded.met.get(at).copied()) {
                Some((_, Some(id))) if loaded.odd.is_empty() => id,
                Some((hash, _)) => self.intern(loaded, at, cell.column, Shape::Text, &text, hash),
                None => self.store(loaded, at, cell.column, Shape::Text, &text),
            };
            if let Some(met) = met.and_then(|at| loaded.met.get_mut(at)) {
                met.1 = Some(text);
            }
            self.loaded.cells.push(Cell {
                field,
                column: u16::try_from(cell.column).unwrap_or(u16::MAX),
                shape: Shape::Text,
                up: 0,
                text,
            });
        }
        self.close_row(loaded, at, start, cells.len());
    }

    fn push_record(&mut self, loaded: &mut Loaded, at: At, record: Vec<(usize, FieldId, String, String)>) {
        let mut open = Open::new(at);
        let mut owners: Vec<FieldId> = record.iter().map(|(_, field, ..)| *field).collect();
        owners.dedup();
        for owner in owners {
            let name = self
                .context
                .profile
                .nested_table(owner)
                .map_or("name", headers::record_name);
            let own = || record.iter().filter(|(_, field, ..)| *field == owner);
            let column = own()
                .next()
                .map_or(0, |(column, ..)| u16::try_from(*column).unwrap_or(u16::MAX));
            let texts = own()
                .map(|(_, _, nested, text)| (nested.clone(), text.clone()))
                .collect();
            open.record(owner, column, name, texts);
        }
        let (cells, unjoined) = open.into_cells();
        self.unjoined(loaded, at, &unjoined);
        self.push_cells(loaded, at, cells);
    }

    /// Stores a text. Characters in it that nobody sees are said, wherever it stands; each text is looked through once.
    fn store(&self, loaded: &mut Loaded, at: At, column: usize, shape: Shape, text: &str) -> TextId {
        self.intern(loaded, at, column, shape, text, TextHash::of(text.as_bytes()))
    }

    /// The same for a text whose hash is known.
    fn intern(&self, loaded: &mut Loaded, at: At, column: usize, shape: Shape, text: &str, hash: TextHash) -> TextId {
        let known = loaded.texts.len();
        let id = loaded.texts.intern_hashed(hash, text);
        if id.index() == known && unseen(text, shape).is_some() {
            loaded.odd.insert(id);
        }
        if !loaded.odd.is_empty()
            && loaded.odd.contains(&id)
            && let Some(characters) = unseen(text, shape)
        {
            let args = vec![("character", characters)];
            loaded.report("FIL020", Severity::Warning, self.place(at, Some(column)), args);
        }
        id
    }

    fn push_cells(&mut self, loaded: &mut Loaded, at: At, cells: Vec<Ready>) {
        for (field, column, shape, up, text) in cells {
            let text = self.store(loaded, at, usize::from(column), shape, &text);
            self.loaded.cells.push(Cell {
                field,
                column,
                shape,
                up,
                text,
            });
        }
    }

    fn unjoined(&self, loaded: &mut Loaded, at: At, columns: &[u16]) {
        for column in columns {
            let place = self.place(at, Some(usize::from(*column)));
            let args = vec![("column", place.column.to_string())];
            loaded.report("FIL029", Severity::Warning, place, args);
        }
    }

    /// Adds a row of a sheet: its own cells, and what merged blocks give to others. It may go on with the item above it.
    pub(super) fn sheet_row(&mut self, loaded: &mut Loaded, at: At, cells: &[RawCell<'_>], covered: &[Covered<'_>]) {
        let next = at.row == self.last.row.saturating_add(1);
        self.last = at;
        let named = |cell: &RawCell<'_>| self.roles.plain.get(cell.column).is_some_and(|column| column.upper);
        let usual = !self.roles.nested && covered.is_empty() && cells.iter().any(named);
        let kind = if usual && !self.is_footer(cells) {
            RowKind::Own
        } else {
            self.kind_of(loaded, cells, covered, next)
        };
        match kind {
            RowKind::Own if !self.roles.nested && covered.is_empty() => {
                self.close_item(loaded);
                self.sample(cells);
                self.plain_row(loaded, at, cells);
            }
            RowKind::Own => {
                self.close_item(loaded);
                self.sample(cells);
                self.open = Some(Open::new(at));
                self.gather(loaded, at, cells, covered);
            }
            RowKind::Part => {
                let coded = cells.iter().any(|cell| {
                    self.field(cell.column)
                        .is_some_and(|field| self.roles.code.contains(&field))
                });
                let upper = self.upper_of_last(loaded, at, coded);
                self.close_item(loaded);
                let mut open = Open::new(at);
                open.inherited = true;
                for (field, column, text, up) in upper {
                    open.value(field, column, up, Cow::Owned(text));
                }
                self.open = Some(open);
                self.gather(loaded, at, cells, covered);
            }
            RowKind::More => {
                self.reopen(loaded);
                if let Some(open) = &mut self.open {
                    open.rows += 1;
                }
                self.gather(loaded, at, cells, covered);
            }
            RowKind::NoItem => {
                self.close_item(loaded);
                let mapped = cells.iter().filter(|cell| self.field(cell.column).is_some()).count();
                let footer = cells.first().is_some_and(|cell| is_label(&cell.text));
                self.no_item(loaded, at, !footer && (cells.len() > 3 || mapped > 1));
            }
        }
    }

    fn sample(&mut self, cells: &[RawCell<'_>]) {
        if self.loaded.table.sample.len() < SAMPLE_ROWS {
            let mut row = vec![String::new(); self.width()];
            for cell in cells {
                if let Some(slot) = row.get_mut(cell.column) {
                    *slot = shown(Shape::Text, &cell.text);
                }
            }
            self.loaded.table.sample.push(row);
        }
    }

    fn kind_of(&self, loaded: &Loaded, cells: &[RawCell<'_>], covered: &[Covered<'_>], next: bool) -> RowKind {
        let field = |column: usize| self.field(column).filter(|_| !self.is_nested(column));
        let own: Vec<(FieldId, &RawCell<'_>)> = cells
            .iter()
            .filter_map(|cell| Some((field(cell.column)?, cell)))
            .collect();
        let named = own
            .iter()
            .any(|(field, _)| self.roles.named.contains(field) || self.roles.lower.contains(field));
        let above = self.open.is_some() || !self.loaded.rows.is_empty();
        if named {
            if self.is_footer(cells) {
                return RowKind::NoItem;
            }
            if self.roles.nested && self.repeats_item(&own, covered) {
                return RowKind::More;
            }
            if above && next && self.is_part(loaded, &own, covered) {
                return RowKind::Part;
            }
            return RowKind::Own;
        }
        if cells.is_empty() {
            return RowKind::More;
        }
        let lists = cells
            .iter()
            .all(|cell| self.roles.lists.get(cell.column).copied().unwrap_or(true));
        let known = cells.iter().any(|cell| self.field(cell.column).is_some());
        let named_by_cover = covered
            .iter()
            .filter_map(|covered| field(covered.column))
            .any(|field| self.roles.named.contains(&field));
        if named_by_cover && above {
            // Time limits of its own under a merged name: another case of the item, never a second value of one.
            return if lists || self.adds_nothing(&own) {
                RowKind::More
            } else {
                RowKind::Own
            };
        }
        let footer = cells.first().is_some_and(|cell| is_label(&cell.text));
        if above && next && lists && known && !footer {
            RowKind::More
        } else {
            RowKind::NoItem
        }
    }

    /// A sub-item or a case under a name that stands only in the first of its rows. One that has a code of another item is not.
    fn is_part(&self, loaded: &Loaded, own: &[(FieldId, &RawCell<'_>)], covered: &[Covered<'_>]) -> bool {
        let names = &self.roles.upper;
        let columns = |field: &FieldId| self.mapping.columns.iter().any(|column| column.field == Some(*field));
        let said = |field: &FieldId| {
            own.iter().any(|(own, _)| own == field)
                || covered.iter().any(|covered| self.field(covered.column) == Some(*field))
        };
        let lower = own.iter().any(|(field, _)| self.roles.lower.contains(field));
        if !lower || names.iter().any(said) || !names.iter().any(columns) {
            return false;
        }
        let basic = |text: &str| codes::parse(text).basic().to_owned();
        own.iter()
            .filter(|(field, _)| self.roles.code.contains(field))
            .all(|(field, cell)| {
                self.said_above(loaded, *field)
                    .is_none_or(|text| basic(text) == basic(&cell.text))
            })
    }

    /// What the item above says of a field.
    fn said_above<'s>(&'s self, loaded: &'s Loaded, field: FieldId) -> Option<&'s str> {
        if let Some(open) = &self.open {
            let value = open.values.iter().find(|value| value.field == field)?;
            return value.texts.first().map(String::as_str);
        }
        let row = self.loaded.rows.last()?;
        let cell = self.loaded.cells[row.start..].iter().find(|cell| cell.field == field)?;
        Some(loaded.texts.get(cell.text))
    }

    fn is_nested(&self, column: usize) -> bool {
        self.mapping
            .columns
            .get(column)
            .is_some_and(|column| column.nested.is_some())
    }

    /// Whether everything that the row says of the item was said by the rows above: only its records are new.
    fn repeats_item(&self, own: &[(FieldId, &RawCell<'_>)], covered: &[Covered<'_>]) -> bool {
        let Some(open) = &self.open else { return false };
        own.iter().all(|(field, cell)| open.says(*field, cell.text.trim()))
            && covered.iter().all(|covered| {
                self.is_nested(covered.column)
                    || self
                        .field(covered.column)
                        .is_none_or(|field| open.says(field, covered.text.trim()))
            })
    }

    fn adds_nothing(&self, own: &[(FieldId, &RawCell<'_>)]) -> bool {
        let lists = |cell: &RawCell<'_>| self.roles.lists.get(cell.column).copied().unwrap_or(true);
        self.open.as_ref().is_some_and(|open| {
            own.iter()
                .all(|(field, cell)| lists(cell) || open.says(*field, cell.text.trim()))
        })
    }

    /// The name of the item above, and its code unless there is one: (field, column, text, rows above).
    fn upper_of_last(&mut self, loaded: &Loaded, at: At, coded: bool) -> Vec<(FieldId, u16, String, u16)> {
        self.reopen(loaded);
        let Some(open) = &self.open else { return Vec::new() };
        let rows = u16::try_from(at.row.saturating_sub(open.at.row)).unwrap_or(u16::MAX);
        open.values
            .iter()
            .filter(|value| {
                self.roles.upper.contains(&value.field) || (!coded && self.roles.code.contains(&value.field))
            })
            .filter_map(|value| {
                let text = value.texts.first()?.clone();
                Some((value.field, value.column, text, rows.saturating_add(value.up)))
            })
            .collect()
    }

    /// Puts cells into the open item.
    fn gather(&mut self, loaded: &mut Loaded, at: At, cells: &[RawCell<'_>], covered: &[Covered<'_>]) {
        let Some(mut open) = self.open.take() else { return };
        let first_row = open.rows == 1;
        let mut record: Vec<(FieldId, u16, String, String, bool)> = Vec::new();
        for cell in cells {
            let Some(field) = self.field(cell.column) else { continue };
            let Some(text) = self.accept(loaded, at, cell.column, Cow::Borrowed(&*cell.text), cell.came) else {
                continue;
            };
            let column = u16::try_from(cell.column).unwrap_or(u16::MAX);
            match &self.mapping.columns[cell.column].nested {
                Some(nested) => record.push((field, column, nested.clone(), text.into_owned(), true)),
                None => open.value(field, column, 0, text),
            }
        }
        for covered in covered {
            let Some(field) = self.field(covered.column) else {
                continue;
            };
            let column = u16::try_from(covered.column).unwrap_or(u16::MAX);
            match &self.mapping.columns[covered.column].nested {
                Some(nested) => record.push((field, column, nested.clone(), covered.text.to_owned(), false)),
                None if first_row => open.value(field, column, covered.up, Cow::Borrowed(covered.text)),
                None => {}
            }
        }
        record.sort_by_key(|(_, column, ..)| *column);
        for (field, ..) in record.clone() {
            let own: Vec<_> = record.iter().filter(|(other, ..)| *other == field).collect();
            // What only repeats the block above is no record of its own.
            if own.iter().any(|(.., own)| *own) {
                let name = self
                    .context
                    .profile
                    .nested_table(field)
                    .map_or("name", headers::record_name);
                let column = own.first().map_or(0, |(_, column, ..)| *column);
                let texts = own
                    .iter()
                    .map(|(_, _, nested, text, _)| (nested.clone(), text.clone()))
                    .collect();
                open.record(field, column, name, texts);
            }
            record.retain(|(other, ..)| *other != field);
        }
        self.open = Some(open);
        // The last item too may go on over several rows.
        self.loaded.table.last_row = at.row;
    }

    /// Takes the last row up again, to go on with it.
    fn reopen(&mut self, loaded: &Loaded) {
        if self.open.is_some() {
            return;
        }
        let Some(row) = self.loaded.rows.pop() else { return };
        let mut open = Open::new(row.at);
        for cell in self.loaded.cells.drain(row.start..) {
            let unit = self
                .mapping
                .units
                .iter()
                .any(|(column, field, _)| *field == cell.field && *column == usize::from(cell.column));
            let given = self.given.iter().any(|(field, ..)| *field == cell.field);
            if !unit && !given {
                open.value(
                    cell.field,
                    cell.column,
                    cell.up,
                    Cow::Borrowed(loaded.texts.get(cell.text)),
                );
            }
        }
        self.open = Some(open);
    }

    /// Writes the open item.
    fn close_item(&mut self, loaded: &mut Loaded) {
        let Some(open) = self.open.take() else { return };
        if open.rows > 1 || open.inherited {
            self.loaded.gathered.0 += open.rows - 1 + usize::from(open.inherited);
            self.loaded.gathered.1 += 1;
            if self.loaded.gathered.1 == 1 {
                self.loaded.gathered_at = open.at;
            }
        }
        let start = self.loaded.cells.len();
        let at = open.at;
        let filled = open.values.len() + open.records.len();
        let (cells, unjoined) = open.into_cells();
        self.unjoined(loaded, at, &unjoined);
        self.push_cells(loaded, at, cells);
        self.close_row(loaded, at, start, filled);
    }

    /// Ends a row whose cells stand from `start` on: adds what headers and sections give, or takes it back.
    fn close_row(&mut self, loaded: &mut Loaded, at: At, start: usize, filled: usize) {
        if filled == 0 {
            self.loaded.cells.truncate(start);
            return;
        }
        let named = self.loaded.cells[start..]
            .iter()
            .any(|cell| self.roles.named.contains(&cell.field));
        if !named {
            self.loaded.cells.truncate(start);
            self.no_item(loaded, at, filled > 3);
            return;
        }
        if self.loaded.rows.len() >= limits::ROWS {
            self.loaded.cells.truncate(start);
            if !loaded.findings.iter().any(|finding| finding.rule == "FIL011") {
                let place = self.place(at, None);
                loaded.refuse("FIL011", place, vec![("limit", limits::ROWS.to_string())]);
            }
            return;
        }
        for (column, field, unit) in &self.mapping.units {
            let said = self.loaded.cells[start..]
                .iter()
                .any(|cell| usize::from(cell.column) == *column);
            if said {
                let text = loaded.texts.intern(unit);
                self.loaded.cells.push(Cell {
                    field: *field,
                    column: u16::try_from(*column).unwrap_or(u16::MAX),
                    shape: Shape::Text,
                    up: 0,
                    text,
                });
            }
        }
        for (field, column, text) in &self.given {
            if self.loaded.cells[start..].iter().all(|cell| cell.field != *field) {
                let text = loaded.texts.intern(text);
                self.loaded.cells.push(Cell {
                    field: *field,
                    column: *column,
                    shape: Shape::Text,
                    up: 0,
                    text,
                });
            }
        }
        let len = self.loaded.cells.len() - start;
        self.loaded.table.last_row = self.loaded.table.last_row.max(at.row);
        self.loaded.rows.push(LoadedRow { at, start, len });
    }

    /// A footer fills a cell or two; a row full of values that names no item is one that is lost.
    fn no_item(&self, loaded: &mut Loaded, at: At, lost: bool) {
        let place = self.place(at, None);
        if lost {
            loaded.refuse("FIL007", place, Vec::new());
        } else {
            loaded.report("FIL007", Severity::Warning, place, Vec::new());
        }
    }

    /// Whether a row is a total, a stamp or a remark under the table. A row with a code is an item, whatever it is called.
    pub(super) fn is_footer(&self, cells: &[RawCell<'_>]) -> bool {
        let Some(first) = cells.first().filter(|first| is_label(&first.text)) else {
            return false;
        };
        let coded = cells.iter().any(|cell| {
            let column = self.roles.plain.get(cell.column).copied().unwrap_or_default();
            column.code && cell.column != first.column && looks_like_code(&cell.text)
        });
        !coded
    }

    /// Closes the table and reports what was odd about its headers.
    pub(super) fn finish(mut self, loaded: &mut Loaded) {
        self.close_item(loaded);
        for (at, column) in self.mapping.columns.iter().enumerate() {
            let place = self.place(self.header_at, Some(at));
            if let Some(characters) = unseen(&column.header, Shape::Text) {
                loaded.report(
                    "FIL020",
                    Severity::Warning,
                    place.clone(),
                    vec![("character", characters)],
                );
            }
            match &column.understood {
                Understood::Ambiguous(could_be) => {
                    let names: Vec<String> = could_be.iter().map(|id| self.title(id)).collect();
                    let args = vec![("header", column.header.to_string()), ("fields", names.join("、"))];
                    loaded.report("FIL004", Severity::Warning, place, args);
                }
                Understood::Second(first) => {
                    let args = vec![("header", column.header.to_string()), ("first", first.clone())];
                    loaded.report("FIL005", Severity::Warning, place, args);
                }
                Understood::No if !column.header.trim().is_empty() => {
                    loaded.report(
                        "FIL015",
                        Severity::Info,
                        place,
                        vec![("header", column.header.to_string())],
                    );
                }
                _ => {}
            }
        }
        let (rows, items) = self.loaded.gathered;
        if items > 0 {
            let place = self.place(self.loaded.gathered_at, None);
            let args = vec![("rows", rows.to_string()), ("items", items.to_string())];
            loaded.report("FIL025", Severity::Info, place, args);
        }
        self.loaded.table.columns = self.mapping.columns;
        self.loaded.table.dialect = self.mapping.dialect;
        self.loaded.table.rows = self.loaded.rows.len();
        loaded.tables.push(self.loaded);
    }

    fn title(&self, id: &str) -> String {
        let profile = self.context.profile;
        profile
            .field(id)
            .map_or_else(|| id.to_owned(), |field| profile.fields[field.index()].title.clone())
    }
}

/// What a row is to the item above it.
enum RowKind {
    /// An item of its own.
    Own,
    /// A case of the item above, whose name it does not repeat.
    Part,
    /// More of the item above: its next material, step, law.
    More,
    /// No item at all.
    NoItem,
}

/// Words that totals, stamps and remarks under a table begin with.
const FOOTERS: [&str; 28] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "备注",
    "注",
    "说明",
    "填表说明",
    "填表人",
    "填报人",
    "填报单位",
    "填表单位",
    "填报日期",
    "填表日期",
    "制表",
    "制表人",
    "审核",
    "审核人",
    "复核人",
    "审批人",
    "负责人",
    "单位负责人",
    "联系人",
    "联系电话",
    "单位盖章",
    "盖章",
    "附",
];

/// Whether a cell is one of these words, alone or with something behind a colon.
fn is_label(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['（', '(', '*', '※']);
    if !text.starts_with([
        '合', '总', '小', '共', '备', '注', '说', '填', '制', '审', '复', '负', '单', '联', '盖', '附',
    ]) {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).take(60).collect();
    FOOTERS.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['）', ')']);
            rest.is_empty() || rest.starts_with(['：', ':', '（', '('])
        })
    })
}

/// Whether a text may be a code: not 3项, not 张三.
fn looks_like_code(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_alphanumeric).count() >= 6
}

/// As much of a cell as is shown in a sample.
fn shown(shape: Shape, text: &str) -> String {
    let text = match shape {
        Shape::Text => Cow::Borrowed(text),
        Shape::List => Cow::Owned(decode_list(text).join("；")),
        Shape::Table => {
            let first = decode_table(text).into_iter().next().unwrap_or_default();
            Cow::Owned(first.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("，"))
        }
    };
    let end = (0..=SAMPLE_BYTES.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    text[..end.unwrap_or(0)].to_owned()
}

/// A code without what keeps spreadsheets from taking it for a number: `="000119001000"`, `'000119001000`.
fn unwrapped(text: Cow<'_, str>) -> Cow<'_, str> {
    let inner = |text: &str| {
        let trimmed = text.trim();
        let formula = trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
        formula.or_else(|| trimmed.strip_prefix('\'')).map(str::to_owned)
    };
    match inner(&text) {
        Some(inner) => Cow::Owned(inner),
        None => text,
    }
}

/// Whether a code was turned into `1.19E+08` by a spreadsheet: its digits are gone.
fn is_scientific(text: &str) -> bool {
    if memchr::memchr(b'+', text.as_bytes()).is_none() {
        return false;
    }
    let text = text.trim();
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let Some(exponent) = exponent.strip_prefix('+') else {
        return false;
    };
    !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && (1..=3).contains(&exponent.len())
        && exponent.bytes().all(|b| b.is_ascii_digit())
}

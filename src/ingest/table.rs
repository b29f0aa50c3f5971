//! A table under construction: raw cells with their fields, in a pool of its own, so that files are read in parallel and
//! put together in a fixed order.
//!
//! Must not know file formats.

use std::collections::BTreeMap;

use super::limits;
use super::sheet::Came;
use crate::model::{At, Cell, Column, FieldId, Finding, Place, Severity, Shape, Table, TextPool, Understood};
use crate::profile::Profile;
use crate::profile::headers::{self, Mapping};

/// What one file gave.
#[derive(Default)]
pub(super) struct Loaded {
    pub texts: TextPool,
    pub tables: Vec<LoadedTable>,
    pub findings: Vec<Finding>,
    pub incomplete: bool,
    counts: BTreeMap<&'static str, usize>,
}

/// One table with its rows.
pub(super) struct LoadedTable {
    pub table: Table,
    pub rows: Vec<LoadedRow>,
    pub cells: Vec<Cell>,
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
                rule,
                severity,
                args,
                place,
                region: String::new(),
                item: String::new(),
                element: String::new(),
                fix: None,
            });
        }
    }

    /// The same for what means that part of the input was not read.
    pub(super) fn refuse(&mut self, rule: &'static str, place: Place, args: Vec<(&'static str, String)>) {
        self.incomplete = true;
        self.report(rule, Severity::Error, place, args);
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
                file: file.to_owned(),
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

/// Fills one table.
pub(super) struct Builder<'a> {
    profile: &'a Profile,
    overrides: &'a BTreeMap<String, String>,
    file: &'a str,
    sheet: Option<String>,
    header_at: At,
    headers: Vec<String>,
    /// What is looked up for each column: the header, or the last key of a path.
    keys: Vec<String>,
    mapping: Mapping,
    code_fields: Vec<FieldId>,
    name_fields: Vec<FieldId>,
    loaded: LoadedTable,
}

impl<'a> Builder<'a> {
    /// A table with these headers.
    pub(super) fn new(
        profile: &'a Profile,
        overrides: &'a BTreeMap<String, String>,
        file: &'a str,
        sheet: Option<String>,
        header_at: At,
        headers: Vec<String>,
    ) -> Self {
        let mapping = headers::map(profile, &headers, overrides);
        let fields = |ids: &[&str]| ids.iter().filter_map(|id| profile.field(id)).collect::<Vec<FieldId>>();
        Builder {
            profile,
            overrides,
            file,
            header_at,
            mapping,
            keys: headers.clone(),
            headers,
            code_fields: fields(&[
                "code",
                "impl_code",
                "handling_code",
                "national_code",
                "body_code",
                "local_code",
            ]),
            name_fields: fields(&["name", "main_name", "sub_name", "code", "impl_code", "handling_code"]),
            loaded: LoadedTable {
                table: Table {
                    file: 0,
                    sheet: sheet.clone(),
                    header_row: header_at.row,
                    columns: Vec::new(),
                    dialect: None,
                    rows: 0,
                },
                rows: Vec::new(),
                cells: Vec::new(),
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
            file: self.file.to_owned(),
            sheet: self.sheet.clone(),
            row: at.row,
            line: at.line,
            column: column
                .and_then(|column| self.headers.get(column))
                .cloned()
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
        let own = self.overrides.keys().any(|header| headers::fold(header) == folded);
        self.headers.push(path.to_owned());
        self.keys.push(if own { path } else { key }.to_owned());
        self.mapping = headers::map(self.profile, &self.keys, self.overrides);
        for (column, header) in self.mapping.columns.iter_mut().zip(&self.headers) {
            header.clone_into(&mut column.header);
        }
        Some(self.headers.len() - 1)
    }

    /// The field of a column.
    pub(super) fn field(&self, column: usize) -> Option<FieldId> {
        self.mapping.columns.get(column)?.field
    }

    /// Adds a row of (column, shape, text, how it came). Rows that name no item are reported and left out.
    pub(super) fn row<'t>(
        &mut self,
        loaded: &mut Loaded,
        at: At,
        cells: impl Iterator<Item = (usize, Shape, std::borrow::Cow<'t, str>, Came)>,
    ) {
        let start = self.loaded.cells.len();
        let mut filled = 0_usize;
        for (column, shape, text, came) in cells {
            if text.trim().is_empty() {
                continue;
            }
            filled += 1;
            let Some(field) = self.field(column) else { continue };
            if text.len() > limits::FIELD_BYTES {
                let place = self.place(at, Some(column));
                loaded.refuse("FIL009", place, vec![("bytes", text.len().to_string())]);
                continue;
            }
            if self.code_fields.contains(&field) && (came == Came::Number || is_scientific(&text)) {
                let place = self.place(at, Some(column));
                loaded.refuse("FIL006", place, vec![("text", text.to_string())]);
                continue;
            }
            let text = loaded.texts.intern(&text);
            self.loaded.cells.push(Cell {
                field,
                column: u16::try_from(column).unwrap_or(u16::MAX),
                shape,
                text,
            });
        }
        for (column, field, unit) in &self.mapping.units {
            let said = self.loaded.cells[start..]
                .iter()
                .any(|cell| usize::from(cell.column) == *column);
            if said {
                let text = loaded.texts.intern(unit);
                let column = u16::try_from(*column).unwrap_or(u16::MAX);
                self.loaded.cells.push(Cell {
                    field: *field,
                    column,
                    shape: Shape::Text,
                    text,
                });
            }
        }
        if filled == 0 {
            self.loaded.cells.truncate(start);
            return;
        }
        let named = self.loaded.cells[start..]
            .iter()
            .any(|cell| self.name_fields.contains(&cell.field));
        if !named {
            self.loaded.cells.truncate(start);
            let place = self.place(at, None);
            // A footer fills a cell or two; a row full of values that names no item was lost to merged cells.
            if filled > 3 {
                loaded.refuse("FIL007", place, Vec::new());
            } else {
                loaded.report("FIL007", Severity::Warning, place, Vec::new());
            }
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
        let len = self.loaded.cells.len() - start;
        self.loaded.rows.push(LoadedRow { at, start, len });
    }

    /// Closes the table and reports what was odd about its headers.
    pub(super) fn finish(mut self, loaded: &mut Loaded) {
        for (at, column) in self.mapping.columns.iter().enumerate() {
            let place = self.place(self.header_at, Some(at));
            match &column.understood {
                Understood::Ambiguous(could_be) => {
                    let names: Vec<String> = could_be.iter().map(|id| self.title(id)).collect();
                    let args = vec![("header", column.header.clone()), ("fields", names.join("、"))];
                    loaded.report("FIL004", Severity::Warning, place, args);
                }
                Understood::Second(first) => {
                    let args = vec![("header", column.header.clone()), ("first", first.clone())];
                    loaded.report("FIL005", Severity::Warning, place, args);
                }
                Understood::No if !column.header.trim().is_empty() => {
                    loaded.report("FIL015", Severity::Info, place, vec![("header", column.header.clone())]);
                }
                _ => {}
            }
        }
        self.loaded.table.columns = self.mapping.columns;
        self.loaded.table.dialect = self.mapping.dialect;
        self.loaded.table.rows = self.loaded.rows.len();
        loaded.tables.push(self.loaded);
    }

    fn title(&self, id: &str) -> String {
        self.profile.field(id).map_or_else(
            || id.to_owned(),
            |field| self.profile.fields[field.index()].title.clone(),
        )
    }
}

/// Whether a code was turned into `1.19E+08` by a spreadsheet: its digits are gone.
fn is_scientific(text: &str) -> bool {
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

/// How much a row looks like the header of a list: the columns that would be understood, none if it names no item.
pub(super) fn header_score(profile: &Profile, overrides: &BTreeMap<String, String>, row: &[String]) -> usize {
    let mapping = headers::map(profile, row, overrides);
    let names: Vec<FieldId> = [
        "name",
        "code",
        "impl_code",
        "handling_code",
        "sub_name",
        "main_name",
        "handling_name",
    ]
    .iter()
    .filter_map(|id| profile.field(id))
    .collect();
    let named = |column: &Column| column.field.is_some_and(|field| names.contains(&field));
    if mapping.columns.iter().any(named) && mapping.understood() >= 2 {
        mapping.understood()
    } else {
        0
    }
}

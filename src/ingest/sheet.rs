//! A sheet: rows of cells, from any format that has rows and columns. Finds where its tables stand and which rows are their
//! headers, gives merged cells their value, and hands the rows on to [`Builder`].
//!
//! Must not know file formats, nor what columns mean beyond asking the profile.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::header::{self, Waiting};
use super::limits;
use super::table::{Builder, Covered, Loaded};
use crate::model::{At, Place, Severity};
use crate::profile::Profile;

/// What every reader of a format is given.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub profile: &'a Profile,
    pub overrides: &'a BTreeMap<String, String>,
    /// The file's name in reports.
    pub file: &'a str,
}

/// How a cell came: what its format knows beyond the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    Text,
    /// As a number: a code has lost its zeros.
    Number,
    /// As a date, written here as `2024-05-10`.
    Date,
}

/// One cell that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawCell<'t> {
    /// From 0.
    pub column: usize,
    pub text: Cow<'t, str>,
    pub came: Came,
    /// Its number among the texts of a batch, from 1, where the reader knows which are the same; else 0. See [`Loaded::again`].
    pub again: u32,
}

/// A block of merged cells; its value stands in its first cell. Rows from 1, columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// A merged block that reaches down to rows not read yet, and its value.
struct Reaching {
    merge: Merge,
    text: String,
}

/// Reads the rows of one sheet, in their order.
pub(super) struct Sheet<'a> {
    context: Context<'a>,
    name: Option<Arc<str>>,
    /// By their first row.
    merges: Vec<Merge>,
    next_merge: usize,
    reaching: Vec<Reaching>,
    /// Rows that wait for a header to be found.
    head: Vec<Waiting>,
    table: Option<Builder<'a>>,
    /// A row of one cell, which is a title if a header follows.
    lonely: Option<(At, usize, RawCell<'static>)>,
    /// The body that the heading above the next table names.
    section: Option<String>,
    last_row: u32,
    understood: bool,
    /// No header where one has to be: nothing more is looked at.
    given_up: bool,
    first: Option<String>,
    /// Cells beyond the last column that is read: how many, and the first.
    outside: (usize, Option<(At, usize)>),
}

impl<'a> Sheet<'a> {
    /// A sheet of this name, with all its merged blocks; no name where the format has no sheets.
    pub(super) fn new(context: Context<'a>, name: Option<Arc<str>>, mut merges: Vec<Merge>) -> Self {
        merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
        Sheet {
            context,
            name,
            merges,
            next_merge: 0,
            reaching: Vec::new(),
            head: Vec::new(),
            table: None,
            lonely: None,
            section: None,
            last_row: 0,
            understood: false,
            given_up: false,
            first: None,
            outside: (0, None),
        }
    }

    /// Takes the next row: its cells that are not blank, by column. `fields` is how many the row has where its format writes
    /// them all (CSV), else 0.
    pub(super) fn row(&mut self, loaded: &mut Loaded, at: At, fields: usize, cells: &[RawCell<'_>]) {
        if let Some(cell) = cells.iter().find(|cell| cell.column >= limits::COLUMNS) {
            self.outside.0 += cells.iter().filter(|cell| cell.column >= limits::COLUMNS).count();
            self.outside.1.get_or_insert((at, cell.column));
        }
        let gap = at.row > self.last_row.saturating_add(1);
        self.last_row = at.row;
        let Some(table) = &mut self.table else {
            self.wait(loaded, at, fields, cells);
            return;
        };
        if let [only] = cells
            && table.width() > 2
        {
            self.settle_lonely(loaded);
            self.lonely = Some((at, fields, own(only)));
            return;
        }
        let repeats = table.repeats_header(cells);
        if repeats || ((gap || self.lonely.is_some()) && header::is_header(self.context, cells)) {
            let title = self.lonely.take();
            if repeats {
                let place = table.place(at, None);
                loaded.report("FIL028", Severity::Info, place, Vec::new());
                self.section = title
                    .and_then(|(_, _, cell)| body_name(&cell.text))
                    .or(self.section.take());
                self.give_section();
                return;
            }
            if let Some(table) = self.table.take() {
                table.finish(loaded);
            }
            self.section = title.and_then(|(_, _, cell)| body_name(&cell.text));
            self.wait(loaded, at, fields, cells);
            return;
        }
        self.settle_lonely(loaded);
        self.add(loaded, at, fields, cells);
    }

    /// Ends the sheet. `Err` holds the first row's text when no header was understood; it is empty when there is no row.
    pub(super) fn finish(mut self, loaded: &mut Loaded) -> Result<(), String> {
        // Rows that waited may hold the header of a further table, which waits in its turn.
        while !self.head.is_empty() {
            self.start(loaded);
        }
        self.settle_lonely(loaded);
        if let Some(table) = self.table.take() {
            table.finish(loaded);
        }
        if let (count, Some((at, column))) = self.outside {
            let place = Place {
                file: self.context.file.into(),
                sheet: self.name.clone(),
                row: at.row,
                line: at.line,
                ..Place::default()
            };
            let args = vec![
                ("count", count.to_string()),
                ("cell", format!("R{}C{}", at.row, column + 1)),
            ];
            loaded.refuse("FIL022", place, args);
        }
        if self.understood {
            Ok(())
        } else {
            Err(self.first.unwrap_or_default())
        }
    }

    fn wait(&mut self, loaded: &mut Loaded, at: At, fields: usize, cells: &[RawCell<'_>]) {
        if self.given_up {
            return;
        }
        if self.first.is_none() {
            let texts: Vec<&str> = cells.iter().map(|cell| &*cell.text).collect();
            self.first = Some(texts.join("，").chars().take(80).collect());
        }
        self.head.push(Waiting {
            at,
            fields,
            cells: cells.iter().map(own).collect(),
        });
        if self.head.len() >= limits::HEADER_ROWS {
            self.start(loaded);
        }
    }

    /// Looks for a header in the rows that wait, and reads those below it.
    fn start(&mut self, loaded: &mut Loaded) {
        let rows = std::mem::take(&mut self.head);
        let Some(found) = header::find(self.context, &rows, &self.merges) else {
            if self.understood {
                self.leave(loaded, &rows);
            }
            self.given_up = !self.understood;
            return;
        };
        let mut section = self.section.take();
        for row in &rows[..found.first] {
            if let [only] = row.cells.as_slice() {
                section = body_name(&only.text).or(section);
            }
        }
        let table = Builder::new(self.context, self.name.clone(), found.header);
        self.understood = true;
        self.table = Some(table);
        self.section = section.or_else(|| self.name.as_deref().and_then(body_name));
        self.give_section();
        for row in &rows[found.first..found.data] {
            // The blocks of the header end with it.
            self.cover(row.at.row, &row.cells);
        }
        self.reaching.clear();
        for row in &rows[found.header_end..found.data] {
            if let Some(table) = &self.table {
                let place = table.place(row.at, None);
                loaded.report("FIL028", Severity::Info, place, Vec::new());
            }
        }
        for row in &rows[found.data..] {
            self.row(loaded, row.at, row.fields, &row.cells);
        }
    }

    /// Rows after a table that are neither its own nor have a header.
    fn leave(&self, loaded: &mut Loaded, rows: &[Waiting]) {
        for row in rows {
            let place = Place {
                file: self.context.file.into(),
                sheet: self.name.clone(),
                row: row.at.row,
                line: row.at.line,
                ..Place::default()
            };
            loaded.report("FIL007", Severity::Warning, place, Vec::new());
        }
    }

    /// A row of one cell that no header followed: a heading between the rows, or a row like others.
    fn settle_lonely(&mut self, loaded: &mut Loaded) {
        let Some((at, fields, cell)) = self.lonely.take() else {
            return;
        };
        let across = self.merges.iter().any(|merge| {
            merge.first_row == at.row && merge.first_column == cell.column && merge.last_column > cell.column + 1
        });
        if let Some(table) = &self.table
            && (across || (is_heading(&cell.text) && !table.is_list(cell.column)))
        {
            let place = table.place(at, None);
            loaded.report("FIL028", Severity::Info, place, Vec::new());
            self.section = body_name(&cell.text).or(self.section.take());
            self.give_section();
            return;
        }
        self.add(loaded, at, fields, &[cell]);
    }

    fn give_section(&mut self) {
        let Some(field) = self.context.profile.field("body") else {
            return;
        };
        if let (Some(table), Some(section)) = (&mut self.table, &self.section) {
            table.give(field, section);
        }
    }

    fn add(&mut self, loaded: &mut Loaded, at: At, fields: usize, cells: &[RawCell<'_>]) {
        let filled = cells.last().map_or(0, |cell| cell.column + 1);
        self.cover(at.row, cells);
        let Some(table) = &mut self.table else { return };
        let footer = table.is_footer(cells);
        if fields > 0 && !footer && (filled > table.width() || fields < table.width()) {
            let args = vec![("found", fields.to_string()), ("expected", table.width().to_string())];
            let place = table.place(at, None);
            // With cells beyond the last header every value may stand under the wrong one: nothing of the row is used.
            if filled > table.width() {
                loaded.refuse("FIL003", place, args);
                return;
            }
            loaded.report("FIL003", Severity::Error, place, args);
        }
        for reaching in &self.reaching {
            let Merge {
                first_row,
                first_column,
                last_column,
                ..
            } = reaching.merge;
            let columns =
                (first_column..=last_column.min(table.width())).filter(|&column| table.field(column).is_some());
            if first_row == at.row && columns.count() > 1 {
                let place = table.place(at, Some(first_column));
                let args = vec![("column", place.column.to_string())];
                loaded.report("FIL023", Severity::Warning, place, args);
            }
        }
        let covered: Vec<Covered<'_>> = self
            .reaching
            .iter()
            .filter(|reaching| reaching.merge.first_row < at.row)
            .filter(|reaching| cells.iter().all(|cell| cell.column != reaching.merge.first_column))
            .map(|reaching| Covered {
                column: reaching.merge.first_column,
                text: &reaching.text,
                up: u16::try_from(at.row - reaching.merge.first_row).unwrap_or(u16::MAX),
            })
            .collect();
        table.sheet_row(loaded, at, cells, &covered);
    }

    /// Keeps the blocks that reach this row, with their values.
    fn cover(&mut self, row: u32, cells: &[RawCell<'_>]) {
        self.reaching.retain(|reaching| reaching.merge.last_row >= row);
        while let Some(merge) = self.merges.get(self.next_merge).filter(|merge| merge.first_row <= row) {
            self.next_merge += 1;
            let first = cells.iter().find(|cell| cell.column == merge.first_column);
            // A block that began in a blank row has no value.
            if let Some(cell) = first.filter(|_| merge.first_row == row) {
                self.reaching.push(Reaching {
                    merge: *merge,
                    text: cell.text.clone().into_owned(),
                });
            }
        }
    }
}

/// Whether nothing can be seen in a text. Most texts show something at once.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn own(cell: &RawCell<'_>) -> RawCell<'static> {
    RawCell {
        text: Cow::Owned(cell.text.clone().into_owned()),
        // It may be read when its batch is gone.
        again: 0,
        ..*cell
    }
}

/// Whether a row of one cell is a heading between rows: 一、行政许可; （二）市公安局（12项）.
fn is_heading(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['（', '(']);
    let digits: String = text
        .chars()
        .take_while(|c| "一二三四五六七八九十百".contains(*c))
        .collect();
    let Some(rest) = text[digits.len()..].strip_prefix(['、', '）', ')', '.', '．']) else {
        return false;
    };
    // 一、二级保护动物猎捕审批 is an item.
    let rest = rest.trim();
    let names = ["行政", "公共服务", "其他", "事项", "类"]
        .iter()
        .any(|word| rest.contains(word));
    !digits.is_empty() && (names || rest.ends_with(['）', ')']) || is_body(rest))
}

fn is_body(name: &str) -> bool {
    BODIES.iter().any(|end| name.ends_with(end))
}

/// Ends of the names of bodies.
const BODIES: [&str; 18] = [
    "局",
    "委",
    "委员会",
    "厅",
    "办",
    "办公室",
    "部",
    "署",
    "政府",
    "中心",
    "处",
    "院",
    "所",
    "大队",
    "支队",
    "总队",
    "公司",
    "联合会",
];

/// The body that a heading or a sheet is named after: 二、市公安局（12项） is 市公安局.
fn body_name(text: &str) -> Option<String> {
    let mut name = text.trim();
    if is_heading(name) {
        name = name
            .split_once(['、', '）', ')', '.', '．'])
            .map_or(name, |(_, rest)| rest)
            .trim();
    }
    if let Some((before, _)) = name.split_once(['（', '(']) {
        name = before.trim();
    }
    // 填报单位：天河区公安局
    if let Some((before, after)) = name.split_once(['：', ':']) {
        let label = ["单位", "部门", "主体", "机关", "机构"]
            .iter()
            .any(|word| before.trim().ends_with(word));
        name = if label { after.trim() } else { "" };
    }
    let length = name.chars().count();
    (is_body(name) && (2..=30).contains(&length)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_bodies() {
        for (text, heading, body) in [
            ("一、市公安局（12项）", true, Some("市公安局")),
            ("（二）行政许可", true, None),
            ("天河区卫生健康局", false, Some("天河区卫生健康局")),
            ("填报单位：天河区公安局", false, Some("天河区公安局")),
            ("Sheet1", false, None),
            ("取水许可", false, None),
        ] {
            assert_eq!(
                (is_heading(text), body_name(text).as_deref()),
                (heading, body),
                "{text}"
            );
        }
    }
}

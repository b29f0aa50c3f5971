//! `tongban snapshot export`: the lists of a snapshot as plain files, so that nothing depends on tongban.
//!
//! Must not know how snapshots are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::super::args::SnapshotExportArgs;
use super::super::taken::Taken;
use super::super::{Outcome, Session, say};
use crate::error::{Error, Kind, Result, path_name};
use crate::model::{Catalogue, Cell, RowId, Shape, decode_list, decode_table};
use crate::profile::Profile;
use crate::report::{csv_list, escape::terminal, save_as};

pub(super) fn run(session: &Session, args: &SnapshotExportArgs) -> Result<Outcome> {
    let (path, which) = super::named(&args.snapshot, args.db.as_ref())?;
    let profile = session.load_profile(&super::settings(&path)?)?;
    let taken = Taken { path, which, side: 0 };
    let (catalogue, entry) = taken.read(&profile)?;
    let lists = Lists {
        catalogue: &catalogue,
        profile: &profile,
    };
    let inputs = [taken.path];
    if args.output.extension().is_some_and(|ending| ending == "json") {
        let regions = catalogue.regions.iter().map(|region| WireRegion {
            id: &region.id,
            name: &region.name,
            directory: region.directory,
        });
        let whole = Whole {
            format: "tongban-snapshot/1",
            number: entry.number,
            time: entry.about.moment(),
            message: &entry.about.message,
            digest: entry.digest.to_string(),
            regions: regions.collect(),
            lists: &lists,
        };
        save_as(&args.output, &inputs, |out| {
            serde_json::to_writer_pretty(&mut *out, &whole)?;
            writeln!(out)
        })?;
        said(session, &args.output);
        return Ok(Outcome::Clean);
    }
    let fail = |error: io::Error| Error::file(Kind::Unwritable, &args.output, error.to_string());
    // Lists of today may be called the same.
    if std::fs::read_dir(&args.output).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::why(Kind::Exists, &args.output, "folder-filled", Vec::new()));
    }
    std::fs::create_dir_all(&args.output).map_err(fail)?;
    let mut taken = BTreeSet::new();
    for (table, rows) in lists.all() {
        let path = args.output.join(lists.name(table, &args.format, &mut taken));
        save_as(&path, &inputs, |out| match args.format.as_str() {
            "jsonl" => rows.iter().try_for_each(|&row| {
                serde_json::to_writer(&mut *out, &lists.record(row))?;
                writeln!(out)
            }),
            _ => lists.csv(table, &rows, out),
        })?;
        said(session, &path);
    }
    Ok(Outcome::Clean)
}

fn said(session: &Session, path: &Path) {
    say(&terminal(&session.messages.with("saved", &[("path", path_name(path))])));
}

/// The snapshot as one document.
#[derive(Serialize)]
struct Whole<'a> {
    format: &'static str,
    number: u32,
    time: String,
    message: &'a str,
    digest: String,
    regions: Vec<WireRegion<'a>>,
    lists: &'a Lists<'a>,
}

#[derive(Serialize)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
    directory: bool,
}

#[derive(Serialize)]
struct WireList<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    rows: WireRows<'a>,
}

/// Rows, made one by one as they are written: all of them would be the lists a second time.
struct WireRows<'a>(&'a Lists<'a>, Vec<RowId>);

/// A row with its place and its region.
#[derive(Serialize)]
struct WireRow<'a> {
    row: u32,
    line: u32,
    region: &'a str,
    values: Map<String, Value>,
}

impl Serialize for Lists<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.all().map(|(table, rows)| WireList {
            file: self.file(table),
            sheet: self.catalogue.tables[table].sheet.as_deref(),
            rows: WireRows(self, rows),
        }))
    }
}

impl Serialize for WireRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let WireRows(lists, rows) = self;
        serializer.collect_seq(rows.iter().map(|&row| {
            let at = &lists.catalogue.rows[row.index()];
            WireRow {
                row: at.at.row,
                line: at.at.line,
                region: &lists.catalogue.regions[at.region.index()].id,
                values: lists.record(row),
            }
        }))
    }
}

struct Lists<'a> {
    catalogue: &'a Catalogue,
    profile: &'a Profile,
}

impl Lists<'_> {
    /// The tables that have rows, with these.
    fn all(&self) -> impl Iterator<Item = (usize, Vec<RowId>)> {
        let mut rows: BTreeMap<usize, Vec<RowId>> = BTreeMap::new();
        for row in self.catalogue.row_ids() {
            rows.entry(self.catalogue.rows[row.index()].table.index())
                .or_default()
                .push(row);
        }
        rows.into_iter()
    }

    fn file(&self, table: usize) -> &str {
        &self.catalogue.files[self.catalogue.tables[table].file].name
    }

    /// The name of a file for a table: that of the file it was in, without folders, and no other's.
    fn name(&self, table: usize, format: &str, taken: &mut BTreeSet<String>) -> String {
        let file = self.file(table).rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let sheet = self.catalogue.tables[table].sheet.as_deref();
        let sheet = sheet.map(|sheet| format!(" {sheet}")).unwrap_or_default();
        let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
        let stem = format!("{stem}{sheet}").replace(forbidden, "_");
        let stem: String = stem.trim_matches(['.', ' ']).chars().take(60).collect();
        let mut name = format!("{stem}.{format}");
        let mut number = 1;
        // Windows takes letters of both sizes for one.
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{stem} {number}.{format}");
        }
        name
    }

    /// What the column of a cell is called.
    fn header(&self, table: usize, cell: &Cell) -> String {
        let column = self.catalogue.tables[table].columns.get(cell.column as usize);
        match column.map(|column| &*column.header) {
            Some(header) if !header.trim().is_empty() && !header.contains('\n') => header.to_owned(),
            _ => self.profile.fields[cell.field.index()].title.clone(),
        }
    }

    fn record(&self, row: RowId) -> Map<String, Value> {
        let table = self.catalogue.rows[row.index()].table.index();
        let mut record = Map::new();
        for cell in self.catalogue.cells(row) {
            let text = self.catalogue.texts.get(cell.text);
            let value = match cell.shape {
                Shape::Text => Value::String(text.to_owned()),
                Shape::List => decode_list(text).into(),
                Shape::Table => {
                    let record = |record: Vec<(String, String)>| -> Value {
                        let pairs = record.into_iter().map(|(name, text)| (name, Value::String(text)));
                        Value::Object(pairs.collect())
                    };
                    decode_table(text).into_iter().map(record).collect()
                }
            };
            let mut name = self.header(table, cell);
            if record.contains_key(&name) {
                name = self.profile.fields[cell.field.index()].title.clone();
            }
            record.insert(name, value);
        }
        record
    }

    /// As a spreadsheet shows it: lists and records in one cell, line by line.
    fn csv(&self, table: usize, rows: &[RowId], out: &mut dyn Write) -> io::Result<()> {
        let mut columns: BTreeMap<(u16, u16), String> = BTreeMap::new();
        for cell in rows.iter().flat_map(|&row| self.catalogue.cells(row)) {
            let header = || self.header(table, cell);
            columns.entry((cell.column, cell.field.0)).or_insert_with(header);
        }
        out.write_all(b"\xEF\xBB\xBF")?;
        let headers: Vec<&str> = columns.values().map(String::as_str).collect();
        csv_list(
            &headers,
            rows.iter().map(|&row| {
                let cells = self.catalogue.cells(row);
                let text = |&(column, field): &(u16, u16)| {
                    let mut same = cells
                        .iter()
                        .filter(|cell| (cell.column, cell.field.0) == (column, field));
                    same.next().map(|cell| self.catalogue.quote(cell)).unwrap_or_default()
                };
                columns.keys().map(text).collect()
            }),
            true,
            out,
        )
    }
}

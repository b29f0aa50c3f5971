//! `tongban snapshot export`: the lists of a snapshot as plain files, so that nothing depends on tongban.
//!
//! Must not know how snapshots are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::super::args::SnapshotExportArgs;
use super::super::taken::Taken;
use super::super::{Outcome, Session, say};
use crate::error::{Error, Kind, Result, path_name};
use crate::model::{Catalogue, Cell, RowId, Shape, decode_list, decode_table};
use crate::profile::Profile;
use crate::report::{escape::terminal, rows_csv, save_as};

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
        let whole = json!({
            "format": "tongban-snapshot/1",
            "number": entry.number,
            "time": entry.about.moment(),
            "message": entry.about.message,
            "digest": entry.digest.to_string(),
            "regions": catalogue.regions.iter().map(|region| json!({
                "id": &*region.id, "name": region.name, "directory": region.directory,
            })).collect::<Vec<_>>(),
            "lists": lists.all().map(|(table, rows)| json!({
                "file": lists.file(table),
                "sheet": catalogue.tables[table].sheet.as_deref(),
                "rows": rows.iter().map(|&row| lists.told(row)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        });
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

    /// A row with its place and its region.
    fn told(&self, row: RowId) -> Value {
        let at = &self.catalogue.rows[row.index()];
        json!({
            "row": at.at.row,
            "line": at.at.line,
            "region": &*self.catalogue.regions[at.region.index()].id,
            "values": self.record(row),
        })
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
        rows_csv(
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
            out,
        )
    }
}

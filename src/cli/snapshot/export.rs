//! `tongban snapshot export`: the lists of a snapshot as plain files, so that nothing depends on tongban, with the manifest and the settings
//! that make a workspace of them.
//!
//! Must not know how snapshots are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::super::args::SnapshotExportArgs;
use super::super::manifest::{InForce, MANIFEST};
use super::super::taken::Taken;
use super::super::variances::VARIANCES;
use super::super::workspace::{MATCHES, SETTINGS};
use super::super::{Outcome, Session, say};
use crate::error::{Error, Kind, Result, path_name};
use crate::ingest::{is_list_name, limits, read_file};
use crate::model::{Catalogue, Cell, FieldId, RegionId, RowId, Shape, decode_list, decode_table};
use crate::profile::{Profile, headers, profile_ids};
use crate::report::{csv_list, escape::terminal, save, save_as};

pub(super) fn run(session: &Session, args: &SnapshotExportArgs) -> Result<Outcome> {
    let (path, which) = super::named(&args.snapshot, args.db.as_ref())?;
    let workspace = super::settings(&path)?;
    let profile = session.load_profile(&workspace)?;
    let taken = Taken { path, which, side: 0 };
    let (catalogue, entry) = taken.read(&profile)?;
    let lists = Lists {
        catalogue: &catalogue,
        profile: &profile,
    };
    let there = std::fs::metadata(&args.output);
    let name = args.output.file_name().unwrap_or_default().to_string_lossy();
    let named_as_list = args.output.extension().is_some() && is_list_name(&name);
    if there.as_ref().map_or(named_as_list, |meta| !meta.is_dir()) {
        return Err(Error::why(
            Kind::Unwritable,
            &args.output,
            "snapshot-folder",
            Vec::new(),
        ));
    }
    // Lists of today may be called the same.
    if std::fs::read_dir(&args.output).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::why(Kind::Exists, &args.output, "folder-filled", Vec::new()));
    }
    let fail = |error: io::Error| Error::file(Kind::Unwritable, &args.output, error.to_string());
    std::fs::create_dir_all(&args.output).map_err(fail)?;
    let inputs = [taken.path.clone()];
    // Names that are kept for settings.
    let mut names = BTreeSet::from([MANIFEST, MATCHES, VARIANCES].map(str::to_owned));
    let mut written = Vec::new();
    for ((table, region), rows) in lists.all() {
        let file = lists.name(table, region, &args.format, &mut names);
        let path = args.output.join(&file);
        let mut headers = Vec::new();
        save_as(&path, &inputs, |out| match args.format.as_str() {
            "jsonl" => rows.iter().try_for_each(|&row| {
                let (record, fields) = lists.record(row);
                headers.extend(
                    fields
                        .into_iter()
                        .filter(|one| !headers.contains(one))
                        .collect::<Vec<_>>(),
                );
                serde_json::to_writer(&mut *out, &record)?;
                writeln!(out)
            }),
            _ => {
                headers = lists.headers(table, &rows);
                lists.csv(&headers, &rows, out)
            }
        })?;
        said(session, &path);
        let headers = headers
            .into_iter()
            .map(|((_, field), header)| (header, field))
            .collect();
        written.push(List { file, region, headers });
    }
    let folder = taken.folder();
    // Those of today stand in where there are some, as everywhere a snapshot is read.
    let of_today = workspace.manifests.first().map(InForce::text);
    let settings = of_today.or(entry.about.manifest.as_deref());
    let manifest = lists.manifest(settings, &entry.about.profile, &written);
    save(&args.output.join(MANIFEST), manifest.as_bytes(), &inputs)?;
    said(session, &args.output.join(MANIFEST));
    for file in settings_of(folder, settings) {
        let path = args.output.join(&file);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(fail)?;
        }
        save(&path, &read_file(&folder.join(&file), limits::SETTINGS_BYTES)?, &inputs)?;
        said(session, &path);
    }
    Ok(Outcome::Clean)
}

/// The files by which the lists of a workspace are read and compared beside its manifest: decisions, words and codes, a profile of its own.
fn settings_of(folder: &Path, manifest: Option<&str>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = [MATCHES, VARIANCES].map(PathBuf::from).to_vec();
    let manifest: Option<toml::Table> = manifest.and_then(|text| text.parse().ok());
    let profile = manifest.as_ref().and_then(|table| table.get("profile")?.as_str());
    files.extend(profile.map(PathBuf::from));
    // Rules judge lists and do not read them; told twice, here and in the workspace, they would be in each other's way.
    for name in SETTINGS.iter().filter(|name| **name != "rules") {
        let entries = std::fs::read_dir(folder.join(name)).into_iter().flatten().flatten();
        files.extend(entries.map(|entry| Path::new(name).join(entry.file_name())));
    }
    // What stands elsewhere is not of the workspace.
    let inside = |file: &PathBuf| file.components().all(|part| matches!(part, Component::Normal(_)));
    files.retain(|file| inside(file) && folder.join(file).is_file());
    files.sort();
    files
}

fn said(session: &Session, path: &Path) {
    say(&terminal(&session.messages.with("saved", &[("path", path_name(path))])));
}

struct Lists<'a> {
    catalogue: &'a Catalogue,
    profile: &'a Profile,
}

impl Lists<'_> {
    /// The tables that have rows, by region, with these.
    fn all(&self) -> impl Iterator<Item = ((usize, RegionId), Vec<RowId>)> {
        let mut rows: BTreeMap<(usize, RegionId), Vec<RowId>> = BTreeMap::new();
        for row in self.catalogue.row_ids() {
            let of = &self.catalogue.rows[row.index()];
            rows.entry((of.table.index(), of.region)).or_default().push(row);
        }
        rows.into_iter()
    }

    /// The name of a file for the rows of a region in a table: that of the file they were in, without folders, and no other's.
    fn name(&self, table: usize, region: RegionId, format: &str, taken: &mut BTreeSet<String>) -> String {
        let file = &self.catalogue.files[self.catalogue.tables[table].file].name;
        let file = file.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let sheet = self.catalogue.tables[table].sheet.as_deref();
        let sheet = sheet.map(|sheet| format!(" {sheet}")).unwrap_or_default();
        let others = self
            .catalogue
            .rows
            .iter()
            .any(|row| row.table.index() == table && row.region != region);
        let region = match others {
            true => format!(" {}", self.catalogue.regions[region.index()].name),
            false => String::new(),
        };
        let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
        let stem = format!("{stem}{sheet}{region}").replace(forbidden, "_");
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

    /// The manifest of the lists that were written, with the settings that hold for them.
    fn manifest(&self, settings: Option<&str>, profile: &str, lists: &[List]) -> String {
        let mut all: toml::Table = settings.and_then(|text| text.parse().ok()).unwrap_or_default();
        for of_files in [
            "directory",
            "directory_columns",
            "directory_encoding",
            "columns",
            "region",
            "laws",
            "lint",
        ] {
            all.remove(of_files);
        }
        if !all.contains_key("profile") && profile_ids().contains(&profile) {
            all.insert("profile".to_owned(), profile.into());
        }
        let (mut directory, mut regions) = (Vec::new(), Vec::new());
        let mut directory_columns = toml::Table::new();
        for list in lists {
            let region = &self.catalogue.regions[list.region.index()];
            let columns = list.told(self.profile);
            if region.directory {
                directory.push(toml::Value::from(list.file.as_str()));
                directory_columns.extend(columns);
                continue;
            }
            let mut told = toml::Table::new();
            told.insert("id".to_owned(), (*region.id).into());
            told.insert("name".to_owned(), region.name.as_str().into());
            told.insert("files".to_owned(), vec![toml::Value::from(list.file.as_str())].into());
            if !columns.is_empty() {
                told.insert("columns".to_owned(), columns.into());
            }
            regions.push(toml::Value::from(told));
        }
        if !directory.is_empty() {
            all.insert("directory".to_owned(), directory.into());
        }
        if !directory_columns.is_empty() {
            all.insert("directory_columns".to_owned(), directory_columns.into());
        }
        all.insert("region".to_owned(), regions.into());
        all.to_string()
    }

    /// What the column of a cell is called.
    fn header(&self, table: usize, cell: &Cell) -> String {
        let column = self.catalogue.tables[table].columns.get(cell.column as usize);
        match column.map(|column| &*column.header) {
            Some(header) if !header.trim().is_empty() && !header.contains('\n') => header.to_owned(),
            _ => self.profile.fields[cell.field.index()].title.clone(),
        }
    }

    /// A row, and what its keys mean.
    fn record(&self, row: RowId) -> (Map<String, Value>, Vec<Header>) {
        let table = self.catalogue.rows[row.index()].table.index();
        let (mut record, mut headers) = (Map::new(), Vec::new());
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
            headers.push(((cell.column, cell.field), name.clone()));
            record.insert(name, value);
        }
        (record, headers)
    }

    /// The columns of a table, each with a header of its own.
    fn headers(&self, table: usize, rows: &[RowId]) -> Vec<Header> {
        let mut columns: BTreeMap<(u16, FieldId), String> = BTreeMap::new();
        for cell in rows.iter().flat_map(|&row| self.catalogue.cells(row)) {
            let header = || self.header(table, cell);
            columns.entry((cell.column, cell.field)).or_insert_with(header);
        }
        let mut seen = BTreeSet::new();
        let own = |((column, field), header): Header| match seen.insert(header.clone()) {
            true => ((column, field), header),
            false => ((column, field), self.profile.fields[field.index()].title.clone()),
        };
        columns.into_iter().map(own).collect()
    }

    /// As a spreadsheet shows it: lists and records in one cell, line by line.
    fn csv(&self, headers: &[Header], rows: &[RowId], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\xEF\xBB\xBF")?;
        let titles: Vec<&str> = headers.iter().map(|(_, header)| header.as_str()).collect();
        csv_list(
            &titles,
            rows.iter().map(|&row| {
                let cells = self.catalogue.cells(row);
                let text = |(place, _): &Header| {
                    let mut same = cells.iter().filter(|cell| (cell.column, cell.field) == *place);
                    same.next().map(|cell| self.catalogue.quote(cell)).unwrap_or_default()
                };
                headers.iter().map(text).collect()
            }),
            true,
            out,
        )
    }
}

/// A column: its number, what it means, and its header.
type Header = ((u16, FieldId), String);

/// A list that was written.
struct List {
    file: String,
    region: RegionId,
    headers: Vec<(String, FieldId)>,
}

impl List {
    /// What of its headers must be told to be understood as it was.
    fn told(&self, profile: &Profile) -> toml::Table {
        // Each column with its one line of headers.
        let headers: Vec<Vec<String>> = self.headers.iter().map(|(header, _)| vec![header.clone()]).collect();
        let read = headers::map(profile, &headers, &Default::default());
        let understood = |at: usize| read.columns.get(at).and_then(|column| column.field);
        let other = self
            .headers
            .iter()
            .enumerate()
            .filter(|(at, (_, field))| understood(*at) != Some(*field));
        let told = |(_, (header, field)): (usize, &(String, FieldId))| {
            (header.clone(), profile.fields[field.index()].id.as_str().into())
        };
        other.map(told).collect()
    }
}

//! Ingest: bytes to [`Catalogue`]. One road for every format: bytes → table with places → fields by header → rows.
//!
//! Must not know what values mean. Nothing is left out in silence: what is not read is a finding or an error.

mod csv;
mod decode;
mod guard;
mod json;
pub mod limits;
mod records;
mod sheet;
mod table;
mod toml;
mod xlsx;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::{Error, Kind, Result};
use crate::model::{Catalogue, Cell, Reading, Region, RegionId, SourceFile, TableId, TextId};
use crate::profile::Profile;
use sheet::Context;
use table::Loaded;

/// One file to read, and whose it is.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// The region's id and name; `None`: the file says itself, else its name is taken.
    pub region: Option<(String, String)>,
    /// Whether it is the basic directory.
    pub directory: bool,
    /// Sides of a comparison are kept apart even if they name the same region.
    pub side: u16,
    /// The user's own meaning of headers.
    pub columns: BTreeMap<String, String>,
}

impl Source {
    /// A list of which nothing is known but its path.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Source {
            path: path.into(),
            region: None,
            directory: false,
            side: 0,
            columns: BTreeMap::new(),
        }
    }
}

/// All that could be read, and what could not.
pub struct Intake {
    /// The rows.
    pub catalogue: Catalogue,
    /// Files that were not read at all.
    pub errors: Vec<Error>,
    /// Whether anything of the input was not judged: exit code 2.
    pub incomplete: bool,
}

/// Reads all sources, in parallel, and puts them together in the order given.
pub fn read(sources: &[Source], profile: &Profile) -> Intake {
    let loaded: Vec<Result<(Loaded, Reading)>> = sources.par_iter().map(|source| load(source, profile)).collect();
    let mut intake = Intake {
        catalogue: Catalogue::default(),
        errors: Vec::new(),
        incomplete: false,
    };
    let mut regions: BTreeMap<(u16, bool, String), RegionId> = BTreeMap::new();
    let names = fallback_names(sources);
    for ((source, loaded), name) in sources.iter().zip(loaded).zip(names) {
        match loaded {
            Ok((loaded, reading)) => {
                intake.incomplete |= loaded.incomplete;
                append(
                    &mut intake.catalogue,
                    &mut regions,
                    source,
                    (loaded, reading),
                    &name,
                    profile,
                );
            }
            Err(error) => {
                intake.incomplete = true;
                intake.errors.push(error);
            }
        }
    }
    intake
}

/// The name of a path in reports: as given, with `/`.
pub fn path_name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Reads the bytes of a regular file.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    let io = |error: std::io::Error| {
        let kind = if error.kind() == std::io::ErrorKind::NotFound {
            Kind::NotFound
        } else {
            Kind::Unreadable
        };
        Error::file(kind, path, error.to_string())
    };
    let meta = std::fs::metadata(path).map_err(io)?;
    if !meta.is_file() {
        return Err(Error::file(Kind::NotAFile, path, ""));
    }
    if meta.len() > limits::FILE_BYTES {
        return Err(Error::file(
            Kind::Unreadable,
            path,
            format!("{} > {} bytes", meta.len(), limits::FILE_BYTES),
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // The file may grow while it is read; it is not followed beyond the limit.
    File::open(path)
        .map_err(io)?
        .take(limits::FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    Ok(bytes)
}

fn load(source: &Source, profile: &Profile) -> Result<(Loaded, Reading)> {
    let path = &source.path;
    let bytes = bytes(path)?;
    let name = path_name(path);
    let context = Context {
        profile,
        overrides: &source.columns,
        file: &name,
    };
    let mut loaded = Loaded::default();
    let reading = if bytes.starts_with(b"PK\x03\x04") {
        guard::check(&bytes).map_err(|error| Error::file(Kind::UnknownFormat, path, error))?;
        // The reader of the format is not ours: a panic in it must stay that file's trouble.
        let read = std::panic::catch_unwind(|| {
            let mut loaded = Loaded::default();
            xlsx::read(context, &bytes, &mut loaded).map(|()| loaded)
        });
        loaded = match read {
            Ok(Ok(loaded)) => loaded,
            Ok(Err(error)) => return Err(Error::file(Kind::UnknownFormat, path, error)),
            Err(_) => return Err(Error::file(Kind::UnknownFormat, path, "internal")),
        };
        Reading {
            format: "xlsx",
            encoding: "",
        }
    } else if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xEF\xBB\xBF" {
        return Err(Error::file(Kind::UnknownFormat, path, "empty"));
    } else {
        let (text, encoding) = decode::decode(&bytes)
            .map_err(|offset| Error::file(Kind::UnknownFormat, path, format!("byte {offset}")))?;
        let format = text_format(&text);
        match format {
            "jsonl" | "json" => json::read(context, &text, &mut loaded),
            "toml" => toml::read(context, &text, &mut loaded),
            _ if binary(&text) => return Err(Error::file(Kind::UnknownFormat, path, "binary")),
            _ => csv::read(context, &text, &mut loaded),
        }
        Reading { format, encoding }
    };
    loaded.finish(&name);
    Ok((loaded, reading))
}

/// Whether a text is full of control characters, as a program or a picture is.
fn binary(text: &str) -> bool {
    let head: Vec<char> = text.chars().take(4096).collect();
    let odd = head.iter().filter(|c| c.is_control() && !c.is_whitespace()).count();
    odd * 20 > head.len()
}

/// By content: JSON Lines has an object that ends on its first line, a document has not; TOML opens with a table or a key.
fn text_format(text: &str) -> &'static str {
    let start = text.trim_start();
    if toml::opens(start) {
        return "toml";
    }
    if start.starts_with('[') {
        return "json";
    }
    if !start.starts_with('{') {
        return "csv";
    }
    let mut lines = start.lines().filter(|line| !line.trim().is_empty());
    let whole = |line: &str| line.trim_start().starts_with('{') && line.trim_end().ends_with('}');
    match (lines.next(), lines.next()) {
        (Some(first), Some(second)) if whole(first) || second.trim_start().starts_with('{') => "jsonl",
        (Some(first), None) if whole(first) && !first.contains("[{") => "jsonl",
        _ => "json",
    }
}

fn append(
    catalogue: &mut Catalogue,
    regions: &mut BTreeMap<(u16, bool, String), RegionId>,
    source: &Source,
    (loaded, reading): (Loaded, Reading),
    stem: &str,
    profile: &Profile,
) {
    let file = catalogue.files.len();
    catalogue.files.push(SourceFile {
        name: path_name(&source.path),
        reading,
    });
    let translate = catalogue.texts.absorb(&loaded.texts);
    catalogue.findings.extend(loaded.findings);
    let (code_field, name_field) = (profile.field("region_code"), profile.field("region_name"));
    for mut loaded in loaded.tables {
        let table = TableId::of(catalogue.tables.len());
        loaded.table.file = file;
        catalogue.tables.push(loaded.table);
        let mut seen: Option<(Option<TextId>, RegionId)> = None;
        for row in &loaded.rows {
            let cells: Vec<Cell> = loaded.cells[row.start..row.start + row.len]
                .iter()
                .map(|cell| Cell {
                    text: translate[cell.text.index()],
                    ..*cell
                })
                .collect();
            let text = |field| {
                cells
                    .iter()
                    .find(|cell| Some(cell.field) == field)
                    .map(|cell| cell.text)
            };
            let code = text(code_field);
            // Rows of one file nearly always name one region.
            let region = match seen {
                Some((last, region)) if last == code || source.region.is_some() => region,
                _ => {
                    let (id, name) = match (&source.region, code) {
                        (Some(region), _) => region.clone(),
                        (None, _) if source.directory => ("directory".to_owned(), "directory".to_owned()),
                        (None, Some(code)) => {
                            let id = division(catalogue.texts.get(code));
                            let name = text(name_field).map(|name| catalogue.texts.get(name).trim().to_owned());
                            (id.clone(), name.unwrap_or(id))
                        }
                        (None, None) => (stem.to_owned(), stem.to_owned()),
                    };
                    *regions
                        .entry((source.side, source.directory, id.clone()))
                        .or_insert_with(|| {
                            catalogue.regions.push(Region {
                                id,
                                name,
                                directory: source.directory,
                                side: source.side,
                            });
                            RegionId::of(catalogue.regions.len() - 1)
                        })
                }
            };
            seen = Some((code, region));
            catalogue.push_row(region, table, row.at, &cells);
        }
    }
}

/// What a list is called that names no region itself: its file's name; with the folder, and with the ending, where several
/// files of one side would be called the same. 甲区/清单.xlsx and 乙区/清单.xlsx are two regions.
fn fallback_names(sources: &[Source]) -> Vec<String> {
    let text =
        |part: Option<&std::ffi::OsStr>| part.map_or_else(String::new, |part| part.to_string_lossy().into_owned());
    let ways: [&dyn Fn(&Path) -> String; 4] = [
        &|path| text(path.file_stem()),
        &|path| {
            format!(
                "{}/{}",
                text(path.parent().and_then(Path::file_name)),
                text(path.file_stem())
            )
        },
        &|path| {
            format!(
                "{}/{}",
                text(path.parent().and_then(Path::file_name)),
                text(path.file_name())
            )
        },
        &|path| path_name(path),
    ];
    sources
        .iter()
        .map(|source| {
            let alone = |way: &&&dyn Fn(&Path) -> String| {
                let mine = way(&source.path);
                !sources.iter().any(|other| {
                    other.side == source.side
                        && other.path != source.path
                        && !other.directory
                        && way(&other.path) == mine
                })
            };
            ways.iter()
                .find(alone)
                .map_or_else(|| path_name(&source.path), |way| way(&source.path))
        })
        .collect()
}

/// A division code without the zeros of lower levels: 511602000000 and 511602 are one district.
fn division(code: &str) -> String {
    let code = code.trim();
    match code.strip_suffix("000000") {
        Some(county) if code.len() == 12 => county.to_owned(),
        _ => code.to_owned(),
    }
}

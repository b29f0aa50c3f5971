//! Ingest: bytes to [`Catalogue`]. One road for every format: bytes → table with places → fields by header → rows.
//!
//! ```text
//! source, sniff, decode      where bytes come from, what they are, text
//! csv (outline) · workbook   rows of cells ─> sheet (header) ─┐
//! json · toml                records ─> records ──────────────┴─> table (gather) ─> assemble: rows with their regions
//! ```
//!
//! Must not know what values mean. Nothing is left out in silence: what is not read is a finding or an error.

mod assemble;
mod csv;
mod decode;
mod edit;
mod gather;
mod header;
mod json;
mod laws;
pub mod limits;
mod outline;
mod records;
mod sheet;
mod sniff;
mod source;
mod table;
mod toml;
mod unseen;
mod workbook;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::error::{Error, Kind, Result};
use crate::model::{Catalogue, Reading};
use crate::profile::Profile;
use assemble::Assembly;
use decode::Refusal;
use sheet::Context;
use sniff::{Content, NoList};
use source::{Archive, Member, TEXT_FORMATS};
use table::Loaded;
use workbook::Format;

pub use crate::error::path_name;
pub use decode::Encoding;
pub use edit::{Change, Edited, Left, edit};
pub use laws::{LawFile, Laws, law_files, read_law_files, read_laws};
pub use source::{FORMATS, STDIN, Source, is_hidden, is_list_name, locate, read_file};
pub use written::is_report;

/// All that could be read, and what could not.
pub struct Intake {
    /// The rows.
    pub catalogue: Catalogue,
    /// Files that were not read at all.
    pub errors: Vec<Error>,
    /// Whether anything of the input was not judged: exit code 2.
    pub incomplete: bool,
}

/// What one file, or one member of a ZIP, gave.
struct Part {
    /// Its name in reports.
    name: String,
    /// What was read, and how; a ZIP itself has findings, but is no list.
    read: Result<(Loaded, Option<Reading>)>,
}

/// The text of a file that is no list, in any encoding that lists are read in: Excel saves in the system's.
///
/// # Errors
/// When it cannot be read, or belongs to none of them.
pub fn read_text(path: &Path) -> Result<String> {
    let bytes = read_file(path, limits::FILE_BYTES)?;
    match decode::decode(&bytes, None) {
        Ok(text) => Ok(text.text.into_owned()),
        Err(_) => Err(Error::file(Kind::BadSettings, path, "UTF-8, GB18030")),
    }
}

/// Whether this thread runs a reader that is not ours: a panic in it is reported as that file's trouble, and needs no other word.
pub fn in_foreign_reader() -> bool {
    workbook::is_foreign()
}

/// Reads all sources, in parallel, and puts them together in the order given.
pub fn read(sources: &[Source], profile: &Profile) -> Intake {
    read_all(sources, profile, true)
}

/// Reads one source by itself, though the mapping of its headers may be that of several.
pub fn read_one(source: &Source, profile: &Profile) -> Intake {
    read_all(std::slice::from_ref(source), profile, false)
}

fn read_all(sources: &[Source], profile: &Profile, mappings: bool) -> Intake {
    let parts: Vec<Vec<Part>> = sources.par_iter().map(|source| parts(source, profile)).collect();
    let parts: Vec<(&Source, Part)> = sources
        .iter()
        .zip(parts)
        .flat_map(|(source, parts)| parts.into_iter().map(move |part| (source, part)))
        .collect();
    let mut intake = Intake {
        catalogue: Catalogue::default(),
        errors: Vec::new(),
        incomplete: false,
    };
    let names = fallback_names(&parts);
    let mut assembly = Assembly::new(profile, parts.iter().map(|(source, part)| (*source, part)));
    for ((source, Part { name, read }), region) in parts.into_iter().zip(names) {
        match read {
            Ok((loaded, reading)) => {
                intake.incomplete |= loaded.incomplete;
                match reading {
                    Some(reading) => assembly.add(source, loaded, name, reading, &region),
                    None => assembly.catalogue.findings.extend(loaded.findings),
                }
            }
            Err(error) => {
                intake.incomplete = true;
                intake.errors.push(error);
            }
        }
    }
    intake.incomplete |= mappings && assembly.check_mappings(sources);
    intake.catalogue = assembly.catalogue;
    intake
}

/// Reads a source: one part, or as many as a ZIP has members.
fn parts(source: &Source, profile: &Profile) -> Vec<Part> {
    let name = path_name(&source.path);
    unpack(source, &name, profile).unwrap_or_else(|error| vec![Part { name, read: Err(error) }])
}

fn unpack(source: &Source, name: &str, profile: &Profile) -> Result<Vec<Part>> {
    if let Some(read) = streamed(source, name, profile) {
        return Ok(vec![Part {
            name: name.to_owned(),
            read,
        }]);
    }
    let bytes = source.bytes()?;
    let (file, only) = source::locate(&source.path);
    let content = content(name, &bytes)?;
    as_told(name, content, source.format)?;
    if content != Content::Archive {
        if only.is_some() {
            return Err(Error::file(Kind::NotFound, &source.path, ""));
        }
        return Ok(vec![Part {
            name: name.to_owned(),
            read: load(name, &bytes, content, source, profile),
        }]);
    }
    let name = path_name(file);
    let mut archive = Archive::open(&name, &bytes, only.as_deref())?;
    let read: Vec<std::result::Result<Result<_>, &'static str>> = archive
        .members
        .par_iter()
        .map(|member| {
            let bytes = archive.inflate(member)?;
            match self::content(&member.name, &bytes) {
                Ok(Content::Archive) => Err("nested"),
                Ok(content) => Ok(load(&member.name, &bytes, content, source, profile)),
                Err(error) => Ok(Err(error)),
            }
        })
        .collect();
    let mut parts = Vec::new();
    for (Member { name, .. }, read) in archive.members.into_iter().zip(read) {
        match read {
            Ok(read) => parts.push(Part { name, read }),
            Err(why) => source::not_read(&mut archive.said, name, why),
        }
    }
    archive.said.finish(&name);
    parts.push(Part {
        name,
        read: Ok((archive.said, None)),
    });
    Ok(parts)
}

/// What bytes are.
fn content(name: &str, bytes: &[u8]) -> Result<Content> {
    sniff::content(bytes).map_err(|word| Error::why(Kind::UnknownFormat, Path::new(name), word, Vec::new()))
}

/// Holds what was found against what the user says it is.
fn as_told(name: &str, content: Content, told: Option<&'static str>) -> Result<()> {
    let found = match content {
        Content::Workbook(format) => format.name(),
        Content::Archive => "zip",
        Content::Text => "text",
    };
    match told {
        Some(told) if found == "text" && TEXT_FORMATS.contains(&told) => Ok(()),
        Some(told) if told != found => {
            let args = vec![("told", told.to_owned()), ("found", found.to_owned())];
            Err(Error::why(Kind::UnknownFormat, Path::new(name), "other-format", args))
        }
        _ => Ok(()),
    }
}

/// Reads the bytes of one list.
fn load(
    name: &str,
    bytes: &[u8],
    content: Content,
    source: &Source,
    profile: &Profile,
) -> Result<(Loaded, Option<Reading>)> {
    let context = Context {
        profile,
        overrides: &source.columns,
        file: name,
    };
    let (mut loaded, reading) = match content {
        Content::Workbook(format) => workbook(context, format, bytes)?,
        Content::Text | Content::Archive => text(context, bytes, source)?,
    };
    loaded.finish(name);
    Ok((loaded, Some(reading)))
}

fn workbook(context: Context<'_>, format: Format, bytes: &[u8]) -> Result<(Loaded, Reading)> {
    let path = Path::new(context.file);
    let mut loaded = Loaded::default();
    workbook::read(context, format, bytes, &mut loaded).map_err(|error| match error.as_str() {
        "internal" => Error::why(Kind::UnknownFormat, path, "internal", Vec::new()),
        _ => Error::file(Kind::UnknownFormat, path, error),
    })?;
    let reading = Reading {
        format: format.name(),
        encoding: "",
        guessed: false,
    };
    Ok((loaded, reading))
}

fn text(context: Context<'_>, bytes: &[u8], source: &Source) -> Result<(Loaded, Reading)> {
    let path = Path::new(context.file);
    let why = |reason, args| Error::why(Kind::UnknownFormat, path, reason, args);
    let byte = |at: usize| vec![("byte", at.to_string())];
    let text = decode::decode(bytes, source.encoding).map_err(|refusal| {
        // Of a page that is no text the user wants to know that it is a page.
        let head: String = bytes.iter().take(4096).map(|&byte| char::from(byte)).collect();
        match (sniff::markup(&head), source.encoding, refusal) {
            (Some(word), ..) => why(word, Vec::new()),
            (None, Some(told), Refusal::Byte(at) | Refusal::Mixed(at)) => {
                let args = [byte(at), vec![("encoding", told.name().to_owned())]].concat();
                why("not-as-told", args)
            }
            (None, None, Refusal::Byte(at)) => why("no-encoding", byte(at)),
            (None, None, Refusal::Mixed(at)) => why("mixed-encodings", byte(at)),
        }
    })?;
    let found = sniff::text(&text.text).map_err(|no| match no {
        NoList::Is(word) => why(word, Vec::new()),
        NoList::Control(at) => why("binary", byte(decode::offset(&text, bytes, at))),
    })?;
    let format = match source.format {
        Some(told) if TEXT_FORMATS.contains(&told) => told,
        _ => found,
    };
    let mut loaded = Loaded::default();
    match format {
        "json" | "jsonl" => json::read(context, &text.text, &mut loaded),
        "toml" => toml::read(context, &text.text, &mut loaded),
        _ => {
            let separator = delimiter(text.text.as_bytes());
            csv::read(context, text.text.as_bytes(), separator, &mut loaded).map_err(|broken| match broken {
                csv::Broken::NotUtf8(at) => why("no-encoding", vec![("byte", at.to_string())]),
                csv::Broken::Io(error) => Error::file(Kind::Unreadable, path, error.to_string()),
            })?;
        }
    }
    let reading = Reading {
        format,
        encoding: text.encoding,
        guessed: text.guessed,
    };
    Ok((loaded, reading))
}

/// Reads a large CSV in UTF-8 straight from its file. `None` for everything else, also for what turns out to be something else.
fn streamed(source: &Source, name: &str, profile: &Profile) -> Option<Result<(Loaded, Option<Reading>)>> {
    if source.encoding.is_some() || !matches!(source.format, None | Some("csv" | "tsv")) {
        return None;
    }
    let (head, rest) = source.head()?;
    let (bytes, encoding) = match head.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, "UTF-8 (BOM)"),
        None => (&head[..], "UTF-8"),
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // Only cut off in the middle of a character.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    if sniff::content(&head) != Ok(Content::Text) || sniff::text(text) != Ok("csv") {
        return None;
    }
    let context = Context {
        profile,
        overrides: &source.columns,
        file: name,
    };
    let mut loaded = Loaded::default();
    match csv::read(context, bytes.chain(rest), delimiter(bytes), &mut loaded) {
        Ok(()) => {
            loaded.finish(name);
            let reading = Reading {
                format: "csv",
                encoding,
                guessed: false,
            };
            Some(Ok((loaded, Some(reading))))
        }
        Err(csv::Broken::NotUtf8(_)) => None,
        Err(csv::Broken::Io(error)) => Some(Err(Error::file(Kind::Unreadable, &source.path, error.to_string()))),
    }
}

/// The separator that the first lines of a text use most, outside quotes.
fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for &byte in text.iter().take(64 << 10) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ => {
                for (separator, count) in &mut counts {
                    *count += usize::from(byte == *separator);
                }
            }
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |&(separator, _)| separator)
}

/// What a list is called that names no region itself: its file's name; with the folder, and with the ending, where several
/// files would be called the same. 甲区/清单.xlsx and 乙区/清单.xlsx are two regions, in a ZIP as in a folder.
fn fallback_names(parts: &[(&Source, Part)]) -> Vec<String> {
    fn split(name: &str) -> (&str, &str, &str) {
        let (folders, last) = name.rsplit_once('/').unwrap_or(("", name));
        let folder = folders.rsplit('/').next().unwrap_or_default();
        let stem = match last.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => last,
        };
        (folder, last, stem)
    }
    let ways: [fn(&str) -> String; 4] = [
        |name| split(name).2.to_owned(),
        |name| format!("{}/{}", split(name).0, split(name).2),
        |name| format!("{}/{}", split(name).0, split(name).1),
        str::to_owned,
    ];
    let lists: BTreeSet<&str> = parts
        .iter()
        .filter(|(source, part)| !source.directory && !matches!(part.read, Ok((_, None))))
        .map(|(_, part)| part.name.as_str())
        .collect();
    // How many lists each way would call the same.
    let taken = ways.map(|way| {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for name in &lists {
            *taken.entry(way(name)).or_default() += 1;
        }
        taken
    });
    parts
        .iter()
        .map(|(_, part)| {
            ways.iter()
                .zip(&taken)
                .map(|(way, taken)| (way(&part.name), taken))
                .find(|(name, taken)| taken.get(name).is_none_or(|&count| count < 2))
                .map_or_else(|| part.name.clone(), |(name, _)| name)
        })
        .collect()
}

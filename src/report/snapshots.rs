//! What is told of snapshots: tables for people, JSON (`tongban-snapshots/1`) for programs.
//!
//! Must not know where they are kept.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::Style;
use super::escape::terminal;
use super::table::{plain, table};

/// One snapshot.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Told<'a> {
    /// Its number.
    pub number: u32,
    /// Day and time, UTC.
    pub time: String,
    /// What the user said of it.
    pub message: &'a str,
    /// Of what is in it.
    pub digest: String,
    /// Rows.
    pub rows: usize,
    /// Regions, without the directory.
    pub regions: usize,
    /// Whether something of the files could not be judged.
    pub incomplete: bool,
    /// The version of tongban that made it.
    pub tongban: &'a str,
    /// The profile.
    pub profile: &'a str,
    /// Digests of profile, vocabularies and rules, each with whether it is that of today.
    pub yardstick: [Yard<'a>; 3],
    /// The files that were read.
    pub inputs: Vec<File<'a>>,
    /// The text of the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest: Option<&'a str>,
}

/// A digest of what lists are read and judged by.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Yard<'a> {
    /// `profile`, `vocabulary`, `rules`.
    pub what: &'static str,
    /// The digest.
    pub digest: &'a str,
    /// Whether it is that of today.
    pub current: bool,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Bytes.
    pub size: u64,
    /// SHA-256.
    pub sha256: &'a str,
}

/// What became of `snapshot save`.
#[derive(Serialize, JsonSchema)]
pub struct Saved {
    /// The number of the snapshot.
    pub number: u32,
    /// Of what is in it.
    pub digest: String,
    /// Rows.
    pub rows: usize,
    /// Pieces of lists that were not there before; none where nothing changed.
    pub new_chunks: usize,
    /// Texts that were not there before.
    pub new_texts: usize,
}

/// What became of `snapshot verify`.
#[derive(Serialize, JsonSchema)]
pub struct Verified {
    /// The numbers of the snapshots that were checked.
    pub checked: Vec<u32>,
    /// Whether there is no fault.
    pub sound: bool,
    /// What is not sound: `@3`, `items`, `texts`, `file: …`.
    pub faults: Vec<String>,
}

/// What became of `snapshot prune`.
#[derive(Serialize, JsonSchema)]
pub struct Pruned {
    /// Nothing was done, only counted.
    pub dry_run: bool,
    /// The numbers of the snapshots that went.
    pub pruned: Vec<u32>,
    /// The numbers of those that are left.
    pub kept: Vec<u32>,
    /// Pieces of lists that went with them.
    pub chunks: usize,
    /// Texts that went with them.
    pub texts: usize,
    /// The size of the file before.
    pub bytes_before: u64,
    /// Its size after.
    pub bytes_after: u64,
}

/// What was asked, of a file.
#[derive(Serialize, JsonSchema)]
pub(super) struct Wire<'a, T> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    /// The file of snapshots.
    file: &'a str,
    #[serde(flatten)]
    what: T,
}

/// All snapshots of a file, the oldest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Listed<'a> {
    snapshots: &'a [Told<'a>],
}

/// Any of the documents, for their schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code)]
pub(super) enum WireSnapshots<'a> {
    List(Wire<'a, Listed<'a>>),
    Show(Wire<'a, Told<'a>>),
    Save(Wire<'a, Saved>),
    Verify(Wire<'a, Verified>),
    Prune(Wire<'a, Pruned>),
}

/// The format's name.
const FORMAT: &str = "tongban-snapshots/1";

/// The list of snapshots of a file, as JSON.
///
/// # Errors
/// When it cannot be written.
pub fn list_json(file: &str, snapshots: &[Told<'_>], out: &mut dyn Write) -> io::Result<()> {
    json(file, Listed { snapshots }, out)
}

/// Anything that is told of a file of snapshots, as JSON.
///
/// # Errors
/// When it cannot be written.
pub fn json(file: &str, what: impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let format = FORMAT;
    serde_json::to_writer_pretty(&mut *out, &Wire { format, file, what })?;
    writeln!(out)
}

/// The list of snapshots of a file, for people.
///
/// # Errors
/// When it cannot be written.
pub fn list(snapshots: &[Told<'_>], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(
        style,
        &["col-snapshot", "col-time", "col-rows", "col-regions", "col-message"],
    );
    for one in snapshots {
        table.add_row(vec![
            plain(&format!("@{}", one.number)),
            plain(&one.time),
            plain(&one.rows.to_string()),
            plain(&one.regions.to_string()),
            plain(one.message),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// One snapshot, for people.
///
/// # Errors
/// When it cannot be written.
pub fn show(one: &Told<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = vec![
        (style.text("col-snapshot"), format!("@{}", one.number)),
        (style.text("col-time"), one.time.clone()),
        (style.text("col-message"), one.message.to_owned()),
        (style.text("col-rows"), one.rows.to_string()),
        (style.text("col-regions"), one.regions.to_string()),
        (style.text("snapshot-digest"), one.digest.clone()),
        ("tongban".to_owned(), one.tongban.to_owned()),
    ];
    if one.incomplete {
        lines.push((style.text("snapshot-incomplete"), style.text("snapshot-incomplete-why")));
    }
    for yard in &one.yardstick {
        let today = match yard.current {
            true => "snapshot-current",
            false => "snapshot-other",
        };
        let digest = yard.digest.get(..16).unwrap_or_default();
        let name = if yard.what == "profile" { one.profile } else { "" };
        let text = format!("{name} {digest} {}", style.text(today)).trim_start().to_owned();
        lines.push((style.text(&format!("snapshot-{}", yard.what)), text));
    }
    super::table::write_summary(&lines, style, out)?;
    let mut files = table(style, &["col-file", "col-bytes", "col-sha"]);
    for file in &one.inputs {
        files.add_row(vec![
            plain(file.name),
            plain(&file.size.to_string()),
            plain(file.sha256),
        ]);
    }
    writeln!(out, "\n{}", files.trim_fmt())?;
    if let Some(manifest) = one.manifest {
        writeln!(out, "\ntongban.toml")?;
        for line in manifest.lines() {
            writeln!(out, "  {}", terminal(line))?;
        }
    }
    Ok(())
}

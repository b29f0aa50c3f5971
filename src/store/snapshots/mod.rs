//! Snapshots (快照): the states of all lists, kept in one file, `tongban.db`.
//!
//! ```text
//! snapshot ─ header, findings            files, tables, regions; what reading found   (part)
//!     └──── snapshot_chunk ─> chunk      rows of one table, about 256, relative to their first
//!                               └─> text every distinct text once
//! item: key of a code or name ─> the rows of chunks that say it
//! ```
//!
//! What is equal is there once. A chunk ends where the text of a row says so, never at a number, so that an inserted row changes the
//! chunk that it falls into and no other. Of every chunk there is a hash of what it says (not of how it is stored), of every snapshot a
//! digest of its chunks in order, and of the list of snapshots a seal: whatever byte changes in the file, it is told.
//!
//! Must not know profiles: the ids of fields are handed in. Must not know how lists are read, nor what time it is.

mod about;
mod hash;
mod pack;
mod parts;
mod prune;
mod read;
mod save;
mod verify;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};

use super::{Shape, damaged, said};
use crate::error::{Error, Kind, Result};
use hash::{Sum, sum_of};

pub use about::{About, Input, Which, Yardstick, civil, days};
pub use hash::{Digest, Hasher};
pub use prune::Pruned;
pub use read::{Lists, Places};
pub use save::{Saved, Saving};
pub use verify::Fault;

/// The name of the file in a workspace.
pub const SNAPSHOTS: &str = "tongban.db";

/// The tables. Numbers of texts and chunks are the file's own; what is the same is told by hash.
const SHAPE: Shape = Shape {
    // "tbSN"
    application: 0x7462_534E,
    version: 1,
    tables: "
        CREATE TABLE state (id INTEGER PRIMARY KEY, next INTEGER NOT NULL, seal BLOB NOT NULL) STRICT;
        CREATE TABLE snapshot (
            number INTEGER PRIMARY KEY, about TEXT NOT NULL, header INTEGER NOT NULL, findings INTEGER NOT NULL,
            digest BLOB NOT NULL, seal BLOB NOT NULL
        ) STRICT;
        CREATE TABLE part (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;
        CREATE TABLE snapshot_chunk (
            snapshot INTEGER NOT NULL, seq INTEGER NOT NULL, chunk INTEGER NOT NULL, placed BLOB NOT NULL,
            PRIMARY KEY (snapshot, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX chunk_snapshot ON snapshot_chunk (chunk, snapshot);
        CREATE TABLE chunk (
            id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, keys BLOB NOT NULL, rows BLOB NOT NULL, sum INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE text (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
        CREATE TABLE text_hash (hash BLOB NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (hash)) STRICT, WITHOUT ROWID;
        CREATE TABLE item (
            key INTEGER NOT NULL, chunk INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, chunk, row)
        ) STRICT, WITHOUT ROWID;
    ",
};

/// One snapshot, as the list of snapshots knows it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number; never given twice in one file.
    pub number: u32,
    /// When, why and by what it was made.
    pub about: About,
    /// Of what is in it: two snapshots of one digest are equal.
    pub digest: Digest,
    header: i64,
    findings: i64,
}

/// A file of snapshots that was opened.
pub struct Snapshots {
    path: PathBuf,
    connection: Connection,
    entries: Vec<Entry>,
}

/// Whether a file is one of snapshots, however damaged.
pub fn is_snapshots(path: &Path) -> bool {
    SHAPE.is_of(path)
}

/// Makes an empty file one of snapshots, without any.
///
/// # Errors
/// When it cannot be written.
pub fn create_snapshots(path: &Path) -> Result<()> {
    let fail = |error: rusqlite::Error| said(path, Kind::Unwritable, &error);
    let connection = SHAPE.create(path)?;
    let seal = seal_of(&[], 1);
    connection
        .execute("INSERT INTO state VALUES (1, 1, ?1)", [seal.as_slice()])
        .map_err(fail)?;
    connection.close().map_err(|(_, error)| fail(error))
}

impl Snapshots {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// When it is none of snapshots, by a newer tongban, damaged, or in use for more than five seconds.
    pub fn open(path: &Path) -> Result<Snapshots> {
        Snapshots::of(path, SHAPE.open_kept(path, false)?)
    }

    /// Opens a file for writing; it must be there.
    ///
    /// # Errors
    /// The same, and when it may not be written.
    pub fn open_to_write(path: &Path) -> Result<Snapshots> {
        Snapshots::of(path, SHAPE.open_kept(path, true)?)
    }

    fn of(path: &Path, connection: Connection) -> Result<Snapshots> {
        let mut opened = Snapshots {
            path: path.to_owned(),
            connection,
            entries: Vec::new(),
        };
        opened.look()?;
        Ok(opened)
    }

    /// Reads the list of snapshots, which is sealed.
    fn look(&mut self) -> Result<()> {
        // In one transaction: between the seal of the list and the list another program may save.
        let read = || match self.connection.is_autocommit() {
            true => {
                let transaction = self.connection.unchecked_transaction()?;
                entries(&transaction)
            }
            false => entries(&self.connection),
        };
        self.entries = read()
            .map_err(|error| said(&self.path, Kind::Unreadable, &error))?
            .ok_or_else(|| damaged(&self.path))?;
        Ok(())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The snapshots, the oldest first.
    pub fn list(&self) -> &[Entry] {
        &self.entries
    }

    /// The snapshot that is meant.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(&self, which: Which) -> Result<&Entry> {
        let entries = &self.entries;
        let found = match which {
            Which::Number(number) => entries.iter().find(|entry| entry.number == number),
            Which::Back(back) => entries.iter().rev().nth(back as usize),
            Which::On(day) => entries.iter().rev().find(|entry| entry.about.day() <= day.to_string()),
        };
        found.ok_or_else(|| {
            let args = match (entries.first(), entries.last()) {
                (Some(first), Some(last)) => vec![
                    ("asked", which.to_string()),
                    ("first", format!("@{}", first.number)),
                    ("last", format!("@{}", last.number)),
                    ("from", first.about.day()),
                ],
                _ => return Error::why(Kind::UnknownName, &self.path, "snapshot-none", Vec::new()),
            };
            Error::why(Kind::UnknownName, &self.path, "snapshot-unknown", args)
        })
    }

    fn fail(&self, error: &rusqlite::Error) -> Error {
        said(&self.path, Kind::Unreadable, error)
    }
}

/// The seal of the list of snapshots: of their seals in order, and of the number that comes next.
fn seal_of(seals: &[(u32, Vec<u8>)], next: u32) -> Digest {
    let mut sum = Sum::default();
    sum.add(&next.to_le_bytes());
    for (number, seal) in seals {
        sum.add(&number.to_le_bytes());
        sum.add(seal);
    }
    sum.digest()
}

/// The seal of one snapshot: of all that stands in its row, but for the numbers that are the file's own.
fn seal_one(number: u32, about: &str, digest: &[u8]) -> Digest {
    let mut sum = sum_of(&number.to_le_bytes());
    sum.add(about.as_bytes());
    sum.add(digest);
    sum.digest()
}

/// The list of snapshots; `None` where it is not as it was sealed.
fn entries(connection: &Connection) -> rusqlite::Result<Option<Vec<Entry>>> {
    let state = connection.query_row("SELECT next, seal FROM state WHERE id = 1", (), |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(1)?))
    });
    let (next, whole) = state?;
    let mut statement =
        connection.prepare("SELECT number, about, digest, seal, header, findings FROM snapshot ORDER BY number")?;
    let mut rows = statement.query(())?;
    let (mut entries, mut seals) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let Some((entry, seal)) = entry(row)? else {
            return Ok(None);
        };
        seals.push((entry.number, seal));
        entries.push(entry);
    }
    Ok((seal_of(&seals, next).as_slice() == whole).then_some(entries))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Option<(Entry, Vec<u8>)>> {
    let (number, seal) = (row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(3)?);
    let (about, digest) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_blob()?);
    if seal_one(number, about, digest).as_slice() != seal {
        return Ok(None);
    }
    let (Some(about), Some(digest)) = (About::read(about), Digest::of(digest)) else {
        return Ok(None);
    };
    let entry = Entry {
        number,
        about,
        digest,
        header: row.get(4)?,
        findings: row.get(5)?,
    };
    Ok(Some((entry, seal)))
}

//! Checking a file: everything in it is held against the hashes that were made when it was saved.
//!
//! Must not put anything right.

use foldhash::{HashMap, HashMapExt};

use super::hash::{Hash, hash};
use super::pack::{Packed, hash_of_keys};
use super::read::Lists;
use super::{Entry, Snapshots};
use crate::model::{FieldId, Labels};
use crate::store::bytes::sum;

/// What is not as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A snapshot, by its number.
    Snapshot(u32),
    /// The index by which the life of one item is found.
    Items,
    /// The index by which texts that are there already are found.
    Texts,
    /// The file itself: SQLite says so.
    File(String),
}

impl Snapshots {
    /// Holds snapshots against their digests; with `all`, the indexes and the file as well. Nothing for what is sound.
    pub fn verify(&self, entries: &[&Entry], all: bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        let field = |_: &str| Some(FieldId(0));
        for entry in entries {
            let lists = Lists {
                field: &field,
                root: "",
                labels: &Labels::new(),
            };
            if self.read(entry, lists).is_err() {
                faults.push(Fault::Snapshot(entry.number));
            }
        }
        if all {
            if self.items_sound() != Ok(true) {
                faults.push(Fault::Items);
            }
            if self.texts_sound() != Ok(true) {
                faults.push(Fault::Texts);
            }
            let said = self
                .connection
                .query_row("PRAGMA integrity_check(1)", (), |row| row.get::<_, String>(0));
            match said {
                Ok(said) if said == "ok" => {}
                Ok(said) => faults.push(Fault::File(said)),
                Err(error) => faults.push(Fault::File(error.to_string())),
            }
        }
        faults
    }

    /// Whether every chunk is found under its keys, and nothing else is; and chunks that no snapshot has are sound too.
    fn items_sound(&self) -> rusqlite::Result<bool> {
        let mut keys: Vec<(i64, i64, u32)> = Vec::new();
        let mut statement = self.connection.prepare("SELECT chunk, key, row FROM item")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            keys.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
        keys.sort_unstable();
        let mut found: HashMap<i64, Hash> = HashMap::new();
        for of_chunk in keys.chunk_by(|one, other| one.0 == other.0) {
            let keys: Vec<(i64, u32)> = of_chunk.iter().map(|&(_, key, row)| (key, row)).collect();
            found.insert(of_chunk[0].0, hash_of_keys(&keys));
        }
        let mut statement = self.connection.prepare("SELECT id, keys, rows, sum, hash FROM chunk")?;
        let mut rows = statement.query(())?;
        let none = hash_of_keys(&[]);
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(2)?.as_blob()?;
            let keys = found.remove(&row.get::<_, i64>(0)?).unwrap_or(none);
            let sound = keys == row.get_ref(1)?.as_blob()?
                && sum(0, bytes) == row.get::<_, i64>(3)?
                && Packed::read(bytes).is_some();
            if !sound {
                return Ok(false);
            }
        }
        Ok(found.is_empty())
    }

    /// Whether every text is found under its hash, and nothing else is.
    fn texts_sound(&self) -> rusqlite::Result<bool> {
        let mut known: HashMap<u32, Hash> = HashMap::new();
        let mut statement = self.connection.prepare("SELECT text, hash FROM text_hash")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let Ok(hash) = row.get_ref(1)?.as_blob()?.try_into() else {
                return Ok(false);
            };
            if known.insert(row.get(0)?, hash).is_some() {
                return Ok(false);
            }
        }
        let mut statement = self.connection.prepare("SELECT id, body FROM text")?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            if known.remove(&row.get(0)?) != Some(hash(row.get_ref(1)?.as_bytes()?)) {
                return Ok(false);
            }
        }
        Ok(known.is_empty())
    }
}

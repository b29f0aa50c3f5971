//! Reading snapshots back: whole, or only the rows of one item.
//!
//! Must not judge what was read.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};
use rusqlite::{Connection, OptionalExtension, Statement};

use super::hash::{Hash, hash, key};
use super::pack::{Packed, Placed};
use super::parts::{self, Header, Root};
use super::save::digest_of;
use super::{Entry, Snapshots};
use crate::error::Result;
use crate::model::{At, Catalogue, Cell, FieldId, Labels, Region, RegionId, TableId, TextId};
use crate::store::bytes::sum;
use crate::store::damaged;

/// How lists are read back.
#[derive(Clone, Copy)]
pub struct Lists<'a> {
    /// The field of an id; what the profile does not know is left out.
    pub field: &'a dyn Fn(&str) -> Option<FieldId>,
    /// How the folder of the database is named from here, with `/` at its end; empty for the current one.
    pub root: &'a str,
    /// The names of the keys of records.
    pub labels: &'a Labels,
}

impl Snapshots {
    /// All rows of a snapshot, as they were read from files. Everything that is read is held against the digest.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn read(&self, entry: &Entry, lists: Lists<'_>) -> Result<Catalogue> {
        let read = || {
            let _at_once = self.connection.unchecked_transaction()?;
            let mut reader = Reader::new(&self.connection, lists)?;
            Ok(match reader.whole(entry)? {
                Some(()) => Some(reader.catalogue),
                None => None,
            })
        };
        read()
            .map_err(|error| self.fail(&error))?
            .ok_or_else(|| damaged(&self.path))
    }

    /// Where the rows stand that say one of some codes or names.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn places(&self, keys: &[&str]) -> Result<Places> {
        let find = || {
            let mut places = Places::default();
            let _at_once = self.connection.unchecked_transaction()?;
            let mut find = self.connection.prepare("SELECT chunk, row FROM item WHERE key = ?1")?;
            for text in keys {
                let mut rows = find.query([key(text)])?;
                while let Some(row) = rows.next()? {
                    let (chunk, row) = (row.get(0)?, row.get::<_, u32>(1)?);
                    places.0.entry(chunk).or_default().insert(row as usize);
                }
            }
            Ok(places)
        };
        find().map_err(|error| self.fail(&error))
    }

    /// The rows of some places in several snapshots, and nothing else: the [side](crate::model::Region::side) of a region is the place
    /// of its snapshot among those that are asked for. Findings of reading are left out.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn item(&self, places: &Places, entries: &[&Entry], lists: Lists<'_>) -> Result<Catalogue> {
        let read = || {
            let _at_once = self.connection.unchecked_transaction()?;
            let mut reader = Reader::new(&self.connection, lists)?;
            Ok(match reader.item(places, entries)? {
                Some(()) => Some(reader.catalogue),
                None => None,
            })
        };
        read()
            .map_err(|error: rusqlite::Error| self.fail(&error))?
            .ok_or_else(|| damaged(&self.path))
    }
}

/// Rows within chunks, both in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<i64, BTreeSet<usize>>);

/// A chunk as it was read, and its hash.
struct Chunk {
    packed: Packed,
    fields: Vec<Option<FieldId>>,
    hash: Hash,
    keys: Hash,
}

struct Reader<'a> {
    lists: Lists<'a>,
    part: Statement<'a>,
    chunk: Statement<'a>,
    text: Statement<'a>,
    connection: &'a Connection,
    catalogue: Catalogue,
    /// The number that a text of the file has in the catalogue.
    texts: HashMap<u32, TextId>,
    /// The hashes of the texts of the catalogue.
    hashes: Vec<Option<Hash>>,
}

impl<'a> Reader<'a> {
    fn new(connection: &'a Connection, lists: Lists<'a>) -> rusqlite::Result<Self> {
        Ok(Reader {
            lists,
            part: connection.prepare("SELECT hash, body FROM part WHERE id = ?1")?,
            chunk: connection.prepare("SELECT hash, keys, rows, sum FROM chunk WHERE id = ?1")?,
            text: connection.prepare("SELECT body FROM text WHERE id = ?1")?,
            connection,
            catalogue: Catalogue {
                labels: lists.labels.clone(),
                ..Catalogue::default()
            },
            texts: HashMap::new(),
            hashes: Vec::new(),
        })
    }

    fn whole(&mut self, entry: &Entry) -> rusqlite::Result<Option<()>> {
        let Some((header_hash, header)) = self.header(entry)? else {
            return Ok(None);
        };
        let Some((findings_hash, findings)) = self.part(entry.findings)? else {
            return Ok(None);
        };
        let Some(findings) = parts::read_findings(&findings, &Root(self.lists.root)) else {
            return Ok(None);
        };
        let tables = header.tables.len();
        self.catalogue.files = header.files;
        self.catalogue.tables = header.tables;
        self.catalogue.regions = header.regions;
        self.catalogue.findings = findings;
        let mut placed: Vec<(Hash, Vec<u8>)> = Vec::new();
        let connection = self.connection;
        let mut statement =
            connection.prepare("SELECT chunk, placed FROM snapshot_chunk WHERE snapshot = ?1 ORDER BY seq")?;
        let mut rows = statement.query([entry.number])?;
        while let Some(row) = rows.next()? {
            let Some(chunk) = self.chunk(row.get(0)?)? else {
                return Ok(None);
            };
            let bytes = row.get_ref(1)?.as_blob()?;
            let Some(at) = Placed::read(bytes).filter(|at| (at.table as usize) < tables) else {
                return Ok(None);
            };
            let all = 0..chunk.packed.rows.len();
            if self.rows(&chunk, &at, 0, 0, all)?.is_none() || !self.sound(&chunk) {
                return Ok(None);
            }
            placed.push((chunk.hash, bytes.to_vec()));
        }
        let chunks = placed.iter().map(|(hash, placed)| (hash, placed.as_slice()));
        let digest = digest_of(&header_hash, &findings_hash, chunks);
        Ok((digest == entry.digest).then_some(()))
    }

    fn item(&mut self, places: &Places, entries: &[&Entry]) -> rusqlite::Result<Option<()>> {
        let Places(wanted) = places;
        let mut chunks: HashMap<i64, Chunk> = HashMap::new();
        for (&id, rows) in wanted {
            let Some(chunk) = self.chunk(id)? else { return Ok(None) };
            if rows.last().is_some_and(|last| *last >= chunk.packed.rows.len()) {
                return Ok(None);
            }
            chunks.insert(id, chunk);
        }
        // Where the chunks stand, in the order of snapshots.
        let mut stand: BTreeMap<(u32, u32), (i64, Vec<u8>)> = BTreeMap::new();
        let mut find = self
            .connection
            .prepare("SELECT s.snapshot, s.seq, s.placed FROM snapshot_chunk s WHERE s.chunk = ?1")?;
        for &id in wanted.keys() {
            let mut rows = find.query([id])?;
            while let Some(row) = rows.next()? {
                stand.insert((row.get(0)?, row.get(1)?), (id, row.get(2)?));
            }
        }
        let mut headers: HashMap<i64, (Range<usize>, Vec<Region>)> = HashMap::new();
        for (side, entry) in entries.iter().enumerate() {
            let mut here = stand.range((entry.number, 0)..=(entry.number, u32::MAX)).peekable();
            if here.peek().is_none() {
                continue;
            }
            // Files and tables are there once for all snapshots that have the same.
            let known = match headers.entry(entry.header) {
                Slot::Occupied(known) => known.into_mut(),
                Slot::Vacant(new) => {
                    let Some((_, header)) = self.header(entry)? else {
                        return Ok(None);
                    };
                    let (files, tables) = (self.catalogue.files.len(), self.catalogue.tables.len());
                    let there = tables..tables + header.tables.len();
                    self.catalogue.files.extend(header.files);
                    self.catalogue.tables.extend(header.tables.into_iter().map(|mut table| {
                        table.file += files;
                        table
                    }));
                    new.insert((there, header.regions))
                }
            };
            let (there, regions) = (known.0.clone(), self.catalogue.regions.len());
            self.catalogue.regions.extend(known.1.iter().map(|region| Region {
                side: u16::try_from(side).unwrap_or(u16::MAX),
                ..region.clone()
            }));
            for (_, (id, placed)) in here {
                let Some(placed) = Placed::read(placed).filter(|at| (at.table as usize) < there.len()) else {
                    return Ok(None);
                };
                let (Some(chunk), Some(only)) = (chunks.get(id), wanted.get(id)) else {
                    return Ok(None);
                };
                if self
                    .rows(chunk, &placed, there.start, regions, only.iter().copied())?
                    .is_none()
                {
                    return Ok(None);
                }
            }
        }
        Ok(Some(()))
    }

    fn header(&mut self, entry: &Entry) -> rusqlite::Result<Option<(Hash, Header)>> {
        let Some((hash, bytes)) = self.part(entry.header)? else {
            return Ok(None);
        };
        let header = parts::read_header(&bytes, self.lists.field, &Root(self.lists.root));
        Ok(header.map(|header| (hash, header)))
    }

    /// A part, if it is what its hash says.
    fn part(&mut self, id: i64) -> rusqlite::Result<Option<(Hash, Vec<u8>)>> {
        let found = self
            .part
            .query_row([id], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?)))
            .optional()?;
        Ok(found.and_then(|(told, body)| {
            let hash = hash(&body);
            (told == hash).then_some((hash, body))
        }))
    }

    /// A chunk, if it is what was written; whether its texts are too is told by [`Reader::sound`].
    fn chunk(&mut self, id: i64) -> rusqlite::Result<Option<Chunk>> {
        let lists = self.lists;
        let found = self.chunk.query_row([id], |row| {
            let bytes = row.get_ref(2)?.as_blob()?;
            let hash = |at| -> rusqlite::Result<Option<Hash>> { Ok(row.get_ref(at)?.as_blob()?.try_into().ok()) };
            let sound = sum(0, bytes) == row.get::<_, i64>(3)?;
            Ok((hash(0)?, hash(1)?, Packed::read(bytes).filter(|_| sound)))
        });
        let Some((Some(hash), Some(keys), Some(packed))) = found.optional()? else {
            return Ok(None);
        };
        Ok(Some(Chunk {
            fields: packed.fields.iter().map(|id| (lists.field)(id)).collect(),
            packed,
            hash,
            keys,
        }))
    }

    /// Adds some rows of a chunk to the catalogue, whose tables and regions begin at these numbers.
    fn rows(
        &mut self,
        chunk: &Chunk,
        placed: &Placed,
        tables: usize,
        regions: usize,
        wanted: impl IntoIterator<Item = usize>,
    ) -> rusqlite::Result<Option<()>> {
        let table = TableId::of(tables + placed.table as usize);
        let mut wanted = wanted.into_iter().peekable();
        let mut at = At {
            row: placed.row,
            line: placed.line,
        };
        for (nth, row) in chunk.packed.rows.iter().enumerate() {
            at.row = at.row.wrapping_add(row.row);
            at.line = at.line.wrapping_add(row.line);
            match wanted.peek() {
                Some(&next) if next == nth => wanted.next(),
                Some(_) => continue,
                None => break,
            };
            let region = placed
                .regions
                .get(row.region as usize)
                .map(|&region| regions + region as usize);
            let Some(region) = region.filter(|region| *region < self.catalogue.regions.len()) else {
                return Ok(None);
            };
            let start = self.catalogue.cells.len();
            for (slot, &text) in chunk.packed.layouts[row.layout].iter().zip(chunk.packed.texts(row)) {
                let Some(text) = self.text(text)? else { return Ok(None) };
                let Some(field) = chunk.fields[slot.field as usize] else {
                    continue;
                };
                self.catalogue.cells.push(Cell {
                    field,
                    column: slot.column,
                    shape: slot.shape,
                    up: slot.up,
                    text,
                });
            }
            let end = self.catalogue.cells.len();
            self.catalogue.push_row(RegionId::of(region), table, at, start..end);
        }
        Ok(Some(()))
    }

    /// The number in the catalogue of a text of the file; `None` where there is none.
    fn text(&mut self, id: u32) -> rusqlite::Result<Option<TextId>> {
        if let Some(&known) = self.texts.get(&id) {
            return Ok(Some(known));
        }
        let mut rows = self.text.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let Ok(body) = row.get_ref(0)?.as_str() else {
            return Ok(None);
        };
        let text = self.catalogue.texts.intern(body);
        self.texts.insert(id, text);
        Ok(Some(text))
    }

    /// Whether a chunk and its texts, all of which were read, are what was saved.
    fn sound(&mut self, chunk: &Chunk) -> bool {
        self.hashes.resize(self.catalogue.texts.len(), None);
        let (texts, hashes, pool) = (&self.texts, &mut self.hashes, &self.catalogue.texts);
        for id in &chunk.packed.texts {
            let Some(text) = texts.get(id) else { return false };
            hashes[text.index()].get_or_insert_with(|| hash(pool.get(*text).as_bytes()));
        }
        let of_text = |id: u32| texts.get(&id).and_then(|text| hashes[text.index()]).unwrap_or_default();
        chunk.packed.hash(of_text, &chunk.keys) == chunk.hash
    }
}

//! Saving: one transaction that adds what is not there yet.
//!
//! Must not know what a row means: the keys under which it is found are handed in.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::hash::{Digest, Hash, Sum, hash, key};
use super::pack::{Packed, cut, hash_of_keys, number};
use super::parts::{self, Root};
use super::{About, Entry, Snapshots, entries, seal_of, seal_one};
use crate::error::{Kind, Result};
use crate::model::{Catalogue, RowId, TextId};
use crate::store::bytes::sum;
use crate::store::{damaged, said};

/// What is saved.
pub struct Saving<'a> {
    /// The rows.
    pub catalogue: &'a Catalogue,
    /// The ids of the fields, by their numbers.
    pub fields: &'a [String],
    /// How the folder of the database is named from here, with `/` at its end; empty for the current one.
    pub root: &'a str,
    /// The codes and names under which the life of the item of a row is found.
    pub keys: &'a (dyn Fn(RowId) -> Vec<String> + Sync),
    /// What is told of it.
    pub about: About,
}

/// What saving did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The number of the snapshot.
    pub number: u32,
    /// Its digest.
    pub digest: Digest,
    /// Its chunks.
    pub chunks: usize,
    /// Chunks that were not there before.
    pub new_chunks: usize,
    /// Texts that were not there before.
    pub new_texts: usize,
}

/// A chunk that is to be there.
struct Wanted {
    rows: Range<usize>,
    hash: Hash,
    keys_hash: Hash,
    placed: Vec<u8>,
}

impl Snapshots {
    /// Adds a snapshot.
    ///
    /// # Errors
    /// When the file is in use for more than five seconds, damaged, or cannot be written: then it is as it was.
    pub fn save(&mut self, saving: &Saving<'_>) -> Result<Saved> {
        let Saving {
            catalogue,
            fields,
            root,
            ..
        } = *saving;
        let pool = &catalogue.texts;
        let texts: Vec<Hash> = (0..pool.len() as u64)
            .into_par_iter()
            .map(|id| hash(pool.get(TextId::at(id)).as_bytes()))
            .collect();
        let root = Root(root);
        let header = parts::header(catalogue, fields, &root);
        let findings = parts::findings(catalogue, &root);
        let chunks: Vec<Wanted> = cut(catalogue, &texts)
            .into_par_iter()
            .map(|rows| {
                let (packed, placed) = Packed::of(catalogue, fields, rows.clone());
                let keys_hash = hash_of_keys(&keys_of(saving, rows.clone()));
                Wanted {
                    hash: packed.hash(|id| texts[id as usize], &keys_hash),
                    rows,
                    keys_hash,
                    placed: placed.write(),
                }
            })
            .collect();
        let digest = digest_of(
            &hash(&header),
            &hash(&findings),
            chunks.iter().map(|chunk| (&chunk.hash, chunk.placed.as_slice())),
        );
        let mut work = Work {
            saving,
            texts: &texts,
            saved: Saved {
                number: 0,
                digest,
                chunks: chunks.len(),
                new_chunks: 0,
                new_texts: 0,
            },
        };
        let path = self.path.clone();
        let fail = |error: &rusqlite::Error| said(&path, Kind::Unwritable, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| fail(&error))?;
        match work.write(&transaction, &[header, findings], &chunks) {
            Ok(true) => transaction.commit().map_err(|error| fail(&error))?,
            Ok(false) => return Err(damaged(&self.path)),
            Err(error) => return Err(fail(&error)),
        }
        self.look()?;
        Ok(work.saved)
    }
}

/// The digest of a snapshot: of its header, its findings, and its chunks in order with their places.
pub(super) fn digest_of<'a>(
    header: &Hash,
    findings: &Hash,
    chunks: impl Iterator<Item = (&'a Hash, &'a [u8])>,
) -> Digest {
    let mut sum = Sum::default();
    sum.add(header);
    sum.add(findings);
    for (hash, placed) in chunks {
        sum.add(hash);
        sum.add(placed);
    }
    sum.digest()
}

/// The keys of the rows of a chunk, each with its row, in order.
fn keys_of(saving: &Saving<'_>, rows: Range<usize>) -> Vec<(i64, u32)> {
    let mut keys: Vec<(i64, u32)> = Vec::new();
    for (at, row) in rows.enumerate() {
        let of_row = (saving.keys)(RowId::of(row));
        keys.extend(of_row.iter().map(|text| (key(text), number(at))));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

struct Work<'a> {
    saving: &'a Saving<'a>,
    texts: &'a [Hash],
    saved: Saved,
}

impl Work<'_> {
    /// Writes all; `false` where the file is not as it should be.
    fn write(&mut self, to: &Connection, parts: &[Vec<u8>; 2], chunks: &[Wanted]) -> rusqlite::Result<bool> {
        let Some(known) = entries(to)? else { return Ok(false) };
        let next: u32 = to.query_row("SELECT next FROM state WHERE id = 1", (), |row| row.get(0))?;
        let mut numbers = [0; 2];
        for (number, part) in numbers.iter_mut().zip(parts) {
            *number = put_part(to, part)?;
        }
        let Some(ids) = self.chunks(to, chunks)? else {
            return Ok(false);
        };
        let mut insert = to.prepare("INSERT INTO snapshot_chunk VALUES (?1, ?2, ?3, ?4)")?;
        for (seq, (chunk, id)) in (0_u32..).zip(chunks.iter().zip(ids)) {
            insert.execute((next, seq, id, &chunk.placed))?;
        }
        let digest = self.saved.digest;
        // A structure of plain fields is JSON.
        let about = serde_json::to_string(&self.saving.about).unwrap_or_default();
        let seal = seal_one(next, &about, digest.as_slice());
        to.execute(
            "INSERT INTO snapshot (number, about, header, findings, digest, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (next, &about, numbers[0], numbers[1], digest.as_slice(), seal.as_slice()),
        )?;
        self.saved.number = next;
        reseal(to, &known, Some((next, seal)), next + 1)?;
        Ok(true)
    }

    /// The numbers of the chunks in the file; adds those that are not there.
    fn chunks(&mut self, to: &Connection, chunks: &[Wanted]) -> rusqlite::Result<Option<Vec<i64>>> {
        let mut ids: Vec<Option<i64>> = Vec::with_capacity(chunks.len());
        let mut find = to.prepare("SELECT id FROM chunk WHERE hash = ?1")?;
        for chunk in chunks {
            ids.push(find.query_row([chunk.hash.as_slice()], |row| row.get(0)).optional()?);
        }
        let new: Vec<&Wanted> = chunks
            .iter()
            .zip(&ids)
            .filter(|(_, id)| id.is_none())
            .map(|(chunk, _)| chunk)
            .collect();
        let Some(texts) = self.texts(to, &new)? else {
            return Ok(None);
        };
        let mut insert = to.prepare("INSERT INTO chunk VALUES (NULL, ?1, ?2, ?3, ?4)")?;
        let mut keys: Vec<(i64, i64, u32)> = Vec::new();
        let mut made: HashMap<Hash, i64> = HashMap::new();
        // A few at a time: packed as bytes they need not all be in memory.
        for some in new.chunks(256) {
            let packed: Vec<_> = some
                .par_iter()
                .map(|chunk| {
                    let (packed, _) = Packed::of(self.saving.catalogue, self.saving.fields, chunk.rows.clone());
                    let bytes = packed.write(|out, id| out.number(texts[id as usize]));
                    (bytes, keys_of(self.saving, chunk.rows.clone()))
                })
                .collect();
            for (chunk, (bytes, found)) in some.iter().zip(packed) {
                if made.contains_key(&chunk.hash) {
                    continue;
                }
                insert.execute((
                    chunk.hash.as_slice(),
                    chunk.keys_hash.as_slice(),
                    &bytes,
                    sum(0, &bytes),
                ))?;
                let id = to.last_insert_rowid();
                made.insert(chunk.hash, id);
                keys.extend(found.iter().map(|&(key, row)| (key, id, row)));
                self.saved.new_chunks += 1;
            }
        }
        // In the order in which they are kept.
        keys.par_sort_unstable();
        let mut insert = to.prepare("INSERT INTO item VALUES (?1, ?2, ?3)")?;
        for key in keys {
            insert.execute(key)?;
        }
        let id = |(chunk, id): (&Wanted, Option<i64>)| id.or_else(|| made.get(&chunk.hash).copied());
        Ok(chunks.iter().zip(ids).map(id).collect())
    }

    /// The numbers that the texts of some chunks have in the file, by their numbers in the catalogue; adds those that are not there.
    /// `None` where a text is not what its hash says.
    fn texts(&mut self, to: &Connection, chunks: &[&Wanted]) -> rusqlite::Result<Option<Vec<u32>>> {
        const UNUSED: u32 = u32::MAX;
        let catalogue = self.saving.catalogue;
        let mut numbers = vec![UNUSED; self.texts.len()];
        let mut used: Vec<usize> = Vec::new();
        for row in chunks.iter().flat_map(|chunk| chunk.rows.clone()) {
            for cell in catalogue.cells(RowId::of(row)) {
                let text = cell.text.index();
                if numbers[text] == UNUSED {
                    numbers[text] = 0;
                    used.push(text);
                }
            }
        }
        let body = |text: usize| catalogue.texts.get(TextId::at(text as u64));
        let last: u32 = to.query_row("SELECT coalesce(max(id), 0) FROM text", (), |row| row.get(0))?;
        let mut new = used;
        if last > 0 {
            let mut find =
                to.prepare("SELECT id, body FROM text_hash JOIN text ON text.id = text_hash.text WHERE hash = ?1")?;
            let mut missing = Vec::new();
            for text in new {
                let mut rows = find.query([self.texts[text].as_slice()])?;
                match rows.next()? {
                    Some(row) if row.get_ref(1)?.as_str()? == body(text) => numbers[text] = row.get(0)?,
                    Some(_) => return Ok(None),
                    None => missing.push(text),
                }
            }
            new = missing;
        }
        let mut insert = to.prepare("INSERT INTO text VALUES (?1, ?2)")?;
        for (id, &text) in (last + 1..).zip(&new) {
            insert.execute((id, body(text)))?;
            numbers[text] = id;
        }
        self.saved.new_texts = new.len();
        // In the order in which they are kept.
        new.par_sort_unstable_by_key(|&text| self.texts[text]);
        let mut insert = to.prepare("INSERT INTO text_hash VALUES (?1, ?2)")?;
        for text in new {
            insert.execute((self.texts[text].as_slice(), numbers[text]))?;
        }
        Ok(Some(numbers))
    }
}

/// The number of a part; adds it where it is not there.
fn put_part(to: &Connection, body: &[u8]) -> rusqlite::Result<i64> {
    let hash = hash(body);
    let found = to.query_row("SELECT id FROM part WHERE hash = ?1", [hash.as_slice()], |row| {
        row.get(0)
    });
    if let Some(id) = found.optional()? {
        return Ok(id);
    }
    to.execute("INSERT INTO part VALUES (NULL, ?1, ?2)", (hash.as_slice(), body))?;
    Ok(to.last_insert_rowid())
}

/// Seals the list of snapshots anew: of those that are known, and one more.
pub(super) fn reseal(to: &Connection, known: &[Entry], more: Option<(u32, Digest)>, next: u32) -> rusqlite::Result<()> {
    let mut find = to.prepare("SELECT seal FROM snapshot WHERE number = ?1")?;
    let mut seals: Vec<(u32, Vec<u8>)> = Vec::new();
    for entry in known {
        seals.push((entry.number, find.query_row([entry.number], |row| row.get(0))?));
    }
    seals.extend(more.map(|(number, seal)| (number, seal.as_slice().to_vec())));
    let seal = seal_of(&seals, next);
    to.execute(
        "UPDATE state SET next = ?1, seal = ?2 WHERE id = 1",
        (next, seal.as_slice()),
    )?;
    Ok(())
}

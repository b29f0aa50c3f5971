//! Taking snapshots out, with all that nobody uses any more; and a copy of the file.
//!
//! Must not choose: which snapshots go is told.

use std::path::Path;

use rusqlite::TransactionBehavior;

use super::pack::Packed;
use super::save::reseal;
use super::{Entry, Snapshots, entries};
use crate::error::{Error, Kind, Result};
use crate::store::{damaged, said};

/// What went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Chunks.
    pub chunks: usize,
    /// Texts.
    pub texts: usize,
    /// Bytes of the file before.
    pub before: u64,
    /// Bytes of the file after.
    pub after: u64,
}

impl Snapshots {
    /// Takes the snapshots of some numbers out, and gives the room back that they alone needed. Numbers are not given again.
    ///
    /// # Errors
    /// When the file is in use for more than five seconds, damaged, or cannot be written: then it is as it was.
    pub fn prune(&mut self, numbers: &[u32]) -> Result<Pruned> {
        let path = self.path.clone();
        let fail = |error: rusqlite::Error| said(&path, Kind::Unwritable, &error);
        let size = || std::fs::metadata(&path).map_or(0, |meta| meta.len());
        let mut pruned = Pruned {
            before: size(),
            ..Pruned::default()
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let work = || {
            let Some(known) = entries(&transaction)? else {
                return Ok(None);
            };
            let next: u32 = transaction.query_row("SELECT next FROM state WHERE id = 1", (), |row| row.get(0))?;
            for number in numbers {
                transaction.execute("DELETE FROM snapshot WHERE number = ?1", [number])?;
                transaction.execute("DELETE FROM snapshot_chunk WHERE snapshot = ?1", [number])?;
            }
            transaction.execute(
                "DELETE FROM part WHERE id NOT IN (SELECT header FROM snapshot UNION SELECT findings FROM snapshot)",
                (),
            )?;
            let chunks = transaction.execute(
                "DELETE FROM chunk WHERE id NOT IN (SELECT chunk FROM snapshot_chunk)",
                (),
            )?;
            transaction.execute("DELETE FROM item WHERE chunk NOT IN (SELECT id FROM chunk)", ())?;
            let ids = "SELECT coalesce(max(id), 0) + 1 FROM text";
            let ids: u32 = transaction.query_row(ids, (), |row| row.get(0))?;
            let mut used = vec![false; ids as usize];
            let mut statement = transaction.prepare("SELECT rows FROM chunk")?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let Some(packed) = Packed::read(row.get_ref(0)?.as_blob()?) else {
                    return Ok(None);
                };
                for text in packed.texts {
                    let Some(used) = used.get_mut(text as usize) else {
                        return Ok(None);
                    };
                    *used = true;
                }
            }
            let mut texts = 0;
            let mut delete = transaction.prepare("DELETE FROM text WHERE id = ?1")?;
            for (id, _) in (0_u32..).zip(&used).filter(|(_, used)| !**used) {
                texts += delete.execute([id])?;
            }
            transaction.execute("DELETE FROM text_hash WHERE text NOT IN (SELECT id FROM text)", ())?;
            let left: Vec<Entry> = known
                .into_iter()
                .filter(|entry| !numbers.contains(&entry.number))
                .collect();
            reseal(&transaction, &left, None, next)?;
            Ok(Some((chunks, texts)))
        };
        let gone: Option<(usize, usize)> = work().map_err(fail)?;
        let Some((chunks, texts)) = gone else {
            return Err(damaged(&path));
        };
        (pruned.chunks, pruned.texts) = (chunks, texts);
        transaction.commit().map_err(fail)?;
        self.connection.execute_batch("VACUUM").map_err(fail)?;
        self.look()?;
        pruned.after = size();
        Ok(pruned)
    }

    /// Copies the snapshots into an empty file, without room that nobody uses.
    ///
    /// # Errors
    /// When the copy cannot be written, or the file is damaged.
    pub fn backup(&self, to: &Path) -> Result<()> {
        // The name of a file is a text for SQLite; what is none cannot be told to it.
        let name = to.to_str().ok_or_else(|| Error::file(Kind::Unwritable, to, "UTF-8"))?;
        self.connection
            .execute("VACUUM INTO ?1", [name])
            .map_err(|error| said(to, Kind::Unwritable, &error))?;
        Ok(())
    }
}

//! The index of a law library: what the folders of law texts gave, so that it need not be read again; and the fingerprints by which a
//! quotation is found.
//!
//! Nothing in it is of its own: it is written anew as a whole, never changed, and thrown away when the texts changed.
//!
//! Must not know folders: which files there are is told.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Row, Statement};

use super::bytes::sum;
use super::law_bytes::{self, Outline, Outlined};
use super::{Shape, damaged, said};
use crate::error::{Error, Kind, Result};
use crate::law::{Library, Prints, READING, Spot, Texts};
use crate::model::{ArticleText, Law, LawText};

/// The tables. Texts are numbered through all laws, so that those of a law stand together: what several versions have in common is
/// there once. `sum` is of the row's number and of what stands before it: SQLite does not notice a changed byte.
const SHAPE: Shape = Shape {
    // "tbLW"
    application: 0x7462_4C57,
    version: 1,
    tables: "
        CREATE TABLE about (made_by TEXT NOT NULL, laws INTEGER NOT NULL) STRICT;
        CREATE TABLE files (
            id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, below TEXT NOT NULL,
            size INTEGER NOT NULL, modified INTEGER NOT NULL, read INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE laws (id INTEGER PRIMARY KEY, law BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
        CREATE TABLE outlines (id INTEGER PRIMARY KEY, outline BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
        CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;
        CREATE TABLE prints (
            print INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (print, text)
        ) STRICT, WITHOUT ROWID;
    ",
};

/// A file that an index was made of, as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Which of the folders, from 0.
    pub folder: u32,
    /// Its path below the folder, with `/`.
    pub below: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub modified: i64,
    /// Whether it could be read.
    pub read: bool,
}

/// What reads the texts: an index by another one is not used.
fn made_by() -> String {
    format!("tongban {} reading {READING}", env!("CARGO_PKG_VERSION"))
}

/// Whether a file is an index of ours, however damaged.
pub fn is_index(path: &Path) -> bool {
    SHAPE.is_of(path)
}

/// Writes the index of a library into an empty file. All texts must be loaded.
///
/// # Errors
/// When it cannot be written.
pub fn write_index(path: &Path, library: &Library, files: &[Stamp]) -> Result<()> {
    let connection = SHAPE.create(path)?;
    let prints = Prints::of(library);
    fill(connection, library, &prints, files).map_err(|error| said(path, Kind::Unwritable, &error))
}

fn fill(mut connection: Connection, library: &Library, prints: &Prints, files: &[Stamp]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    insert(&transaction, library, prints, files)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)
}

fn insert(transaction: &Connection, library: &Library, prints: &Prints, files: &[Stamp]) -> rusqlite::Result<()> {
    transaction.execute("INSERT INTO about VALUES (?1, ?2)", (made_by(), count(library.laws())))?;
    let mut insert = transaction.prepare("INSERT INTO files VALUES (NULL, ?1, ?2, ?3, ?4, ?5)")?;
    for file in files {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        insert.execute((file.folder, &file.below, size, file.modified, file.read))?;
    }
    let mut insert = transaction.prepare("INSERT INTO texts VALUES (?1, ?2, ?3)")?;
    for id in 0..prints.count() {
        let text = prints.text(library, id);
        insert.execute((id, text, sum(id, text.as_bytes())))?;
    }
    let mut insert = transaction.prepare("INSERT INTO laws VALUES (?1, ?2, ?3)")?;
    let mut insert_outline = transaction.prepare("INSERT INTO outlines VALUES (?1, ?2, ?3)")?;
    let mut first = 0;
    for (id, law) in (0_u32..).zip(library.laws()) {
        let bytes = law_bytes::law(law, first);
        insert.execute((id, &bytes, sum(id, &bytes)))?;
        let (outline, next) = outline(law, id, prints, first);
        let bytes = law_bytes::outline(&outline);
        insert_outline.execute((id, &bytes, sum(id, &bytes)))?;
        first = next;
    }
    let mut insert_print = transaction.prepare("INSERT INTO prints VALUES (?1, ?2)")?;
    // In the order in which they are kept, which is that of signed numbers.
    let kept = prints.kept();
    let (low, high) = kept.split_at(kept.partition_point(|one| one.0.cast_signed() >= 0));
    for (print, text) in high.iter().chain(low) {
        insert_print.execute((print.cast_signed(), text))?;
    }
    Ok(())
}

/// The articles of a law by the numbers of their texts within it, and the first number of the next law.
fn outline(law: &Law, number: u32, prints: &Prints, first: u32) -> (Outline, u32) {
    let mut outline: Outline = law
        .versions
        .iter()
        .map(|version| {
            let articles = &version.text.as_ref()?.articles;
            let outlined = articles.iter().map(|one| Outlined {
                article: one.article,
                line: one.line,
                text: 0,
            });
            Some(outlined.collect())
        })
        .collect();
    let mut id = first;
    while let [at, more @ ..] = prints.positions(id)
        && at.law == number
    {
        for at in std::iter::once(at).chain(more) {
            let version = outline.get_mut(at.version as usize).and_then(Option::as_mut);
            if let Some(one) = version.and_then(|articles| articles.get_mut(at.article as usize)) {
                one.text = id - first;
            }
        }
        id += 1;
    }
    (outline, id)
}

/// An index that was opened.
pub struct Index {
    path: PathBuf,
    connection: Mutex<Connection>,
    /// The laws without texts, by title.
    laws: Vec<Law>,
    /// The first text of each law.
    firsts: Vec<u32>,
}

impl Index {
    /// Opens an index of these files, as they are now: whether they were [read](Stamp::read) is taken from the index. `None` where it
    /// is one of other files, of older ones, or by another version of what reads them.
    ///
    /// # Errors
    /// When it is no index, by a newer tongban, damaged, or in use.
    pub fn open(path: &Path, files: &mut [Stamp]) -> Result<Option<Index>> {
        let (connection, version) = SHAPE.open(path)?;
        if version < SHAPE.version {
            return Ok(None);
        }
        let fail = |error: rusqlite::Error| said(path, Kind::Unreadable, &error);
        if !fits(&connection, files).map_err(fail)? {
            return Ok(None);
        }
        let (mut laws, mut firsts) = (Vec::new(), Vec::new());
        {
            let mut statement = connection
                .prepare("SELECT law, sum FROM laws ORDER BY id")
                .map_err(fail)?;
            let mut rows = statement.query(()).map_err(fail)?;
            while let Some(row) = rows.next().map_err(fail)? {
                let law = blob(row, count(&laws)).map_err(fail)?.and_then(law_bytes::read_law);
                let (law, first) = law.ok_or_else(|| damaged(path))?;
                laws.push(law);
                firsts.push(first);
            }
        }
        let whole = connection.query_row("SELECT laws FROM about", (), |row| row.get::<_, u32>(0));
        if whole.map_err(fail)? != count(&laws) {
            return Err(damaged(path));
        }
        Ok(Some(Index {
            path: path.to_owned(),
            connection: Mutex::new(connection),
            laws,
            firsts,
        }))
    }

    /// The laws, with the texts of those whose title is wanted.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn library(&self, wanted: impl Fn(&str) -> bool) -> Result<Library> {
        let mut laws = self.laws.clone();
        let connection = self.lock();
        let mut outlines = self.prepare(&connection, OUTLINE)?;
        let mut texts = self.prepare(
            &connection,
            "SELECT text, sum FROM texts WHERE id >= ?1 ORDER BY id LIMIT ?2",
        )?;
        for (id, law) in (0_u32..).zip(&mut laws) {
            if !wanted(&law.title) {
                continue;
            }
            let outline = self.outline(&mut outlines, id)?;
            if outline.len() != law.versions.len() {
                return Err(damaged(&self.path));
            }
            let texts = self.texts(&mut texts, id, &outline)?;
            for (version, outlined) in law.versions.iter_mut().zip(outline) {
                let article = |one: &Outlined| {
                    Some(ArticleText {
                        article: one.article,
                        line: one.line,
                        text: texts.get(one.text as usize)?.clone(),
                    })
                };
                version.text = match outlined {
                    Some(outlined) => {
                        let articles: Option<Vec<ArticleText>> = outlined.iter().map(article).collect();
                        let articles = articles.ok_or_else(|| damaged(&self.path))?;
                        Some(Arc::new(LawText { articles }))
                    }
                    None => None,
                };
            }
        }
        Ok(Library::of_laws(laws))
    }

    /// The texts of a law.
    fn texts(&self, statement: &mut Statement<'_>, id: u32, outline: &Outline) -> Result<Vec<String>> {
        let outlined = outline.iter().flatten().flatten();
        let count = outlined.map(|one| one.text.saturating_add(1)).max().unwrap_or_default();
        let first = self.firsts.get(id as usize).copied().unwrap_or_default();
        let fail = |error: rusqlite::Error| said(&self.path, Kind::Unreadable, &error);
        let mut rows = statement.query((first, count)).map_err(fail)?;
        let mut texts = Vec::new();
        for id in first.. {
            let Some(row) = rows.next().map_err(fail)? else { break };
            let text = sound_text(row, id).map_err(fail)?;
            texts.push(text.ok_or_else(|| damaged(&self.path))?);
        }
        Ok(texts)
    }

    fn outline(&self, statement: &mut Statement<'_>, id: u32) -> Result<Outline> {
        let outline = statement.query_row([id], |row| Ok(blob(row, id)?.and_then(law_bytes::read_outline)));
        let outline = outline.map_err(|error| said(&self.path, Kind::Unreadable, &error))?;
        outline.ok_or_else(|| damaged(&self.path))
    }

    fn prepare<'c>(&self, connection: &'c Connection, sql: &str) -> Result<Statement<'c>> {
        let statement = connection.prepare(sql);
        statement.map_err(|error| said(&self.path, Kind::Unreadable, &error))
    }

    /// A thread that ended in the middle of reading left nothing half done.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const OUTLINE: &str = "SELECT outline, sum FROM outlines WHERE id = ?1";

/// Whether an index is of these files, by what reads them now.
fn fits(connection: &Connection, files: &mut [Stamp]) -> rusqlite::Result<bool> {
    let by: String = connection.query_row("SELECT made_by FROM about", (), |row| row.get(0))?;
    if by != made_by() {
        return Ok(false);
    }
    let mut statement = connection.prepare("SELECT folder, below, size, modified, read FROM files ORDER BY id")?;
    let mut rows = statement.query(())?;
    for file in files {
        let Some(row) = rows.next()? else { return Ok(false) };
        let same = row.get::<_, u32>(0)? == file.folder
            && row.get_ref(1)?.as_str()? == file.below
            && row.get::<_, i64>(2)? == i64::try_from(file.size).unwrap_or(i64::MAX)
            && row.get::<_, i64>(3)? == file.modified;
        if !same {
            return Ok(false);
        }
        file.read = row.get(4)?;
    }
    Ok(rows.next()?.is_none())
}

/// More laws than this has no library: their files are at most 100,000.
fn count(laws: &[Law]) -> u32 {
    u32::try_from(laws.len()).unwrap_or(u32::MAX)
}

/// The bytes at the front of a row, if they are what was written.
fn blob<'r>(row: &'r Row<'_>, id: u32) -> rusqlite::Result<Option<&'r [u8]>> {
    let bytes = row.get_ref(0)?.as_blob()?;
    Ok((sum(id, bytes) == row.get::<_, i64>(1)?).then_some(bytes))
}

/// The text at the front of a row, if it is what was written.
fn sound_text(row: &Row<'_>, id: u32) -> rusqlite::Result<Option<String>> {
    let text = row.get_ref(0)?.as_str()?;
    Ok((sum(id, text.as_bytes()) == row.get::<_, i64>(1)?).then(|| text.to_owned()))
}

impl Texts for Index {
    type Error = Error;

    fn having(&self, print: u64) -> Result<Vec<u32>> {
        let connection = self.lock();
        let mut statement = self.prepare(&connection, "SELECT text FROM prints WHERE print = ?1 ORDER BY text")?;
        let rows = statement.query_map([print.cast_signed()], |row| row.get(0));
        rows.and_then(Iterator::collect)
            .map_err(|error| said(&self.path, Kind::Unreadable, &error))
    }

    fn text(&self, id: u32) -> Result<Cow<'_, str>> {
        let connection = self.lock();
        let mut statement = self.prepare(&connection, "SELECT text, sum FROM texts WHERE id = ?1")?;
        let text = statement.query_row([id], |row| sound_text(row, id));
        let text = text.map_err(|error| said(&self.path, Kind::Unreadable, &error))?;
        text.map(Cow::Owned).ok_or_else(|| damaged(&self.path))
    }

    fn spots(&self, id: u32) -> Result<Vec<Spot>> {
        // A law without texts has the same first number as the next one.
        let after = self.firsts.partition_point(|&first| first <= id);
        let of_text = |number: usize| {
            let first = self.firsts.get(number)?;
            Some((number, self.laws.get(number)?, id.checked_sub(*first)?))
        };
        let Some((number, law, own)) = after.checked_sub(1).and_then(of_text) else {
            return Err(damaged(&self.path));
        };
        let connection = self.lock();
        let mut statement = self.prepare(&connection, OUTLINE)?;
        let outline = self.outline(&mut statement, u32::try_from(number).unwrap_or(u32::MAX))?;
        let mut spots = Vec::new();
        for (version, outlined) in law.versions.iter().zip(outline) {
            let same = outlined.iter().flatten().filter(|one| one.text == own);
            spots.extend(same.map(|one| Spot {
                title: law.title.clone(),
                day: version.day,
                article: one.article,
            }));
        }
        Ok(spots)
    }
}

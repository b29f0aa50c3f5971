//! Store: what is kept between runs, each in one SQLite file.
//!
//! A file of ours says so in its header (`application_id`) and in which shape it is (`user_version`); nothing else is asked of a file
//! that says otherwise. One file without company: rollback journal, no WAL, so that it can be copied, mailed and kept on a share.
//!
//! An index is written as a whole and moved to its place; the file of snapshots is added to in place, one transaction each time.
//!
//! Must not know folders of lists or laws, nor how a file comes to its place: `report::save` does that.

mod bytes;
mod law_bytes;
mod laws;
mod snapshots;

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, Kind, Result};

pub use laws::{Index, Stamp, is_index, write_index};
pub use snapshots::{
    About, Digest, Entry, Fault, Hasher, Input, Lists, Places, Pruned, SNAPSHOTS, Saved, Saving, Snapshots, Which,
    Yardstick, civil, create_snapshots, days, is_snapshots,
};

/// What a kind of file is.
pub(crate) struct Shape {
    /// Which program and which of its files: kept in the header of the file.
    pub application: i32,
    /// The newest version of its tables that is known.
    pub version: i32,
    /// The tables of that version.
    pub tables: &'static str,
}

/// Where SQLite keeps the number of the application: see its file format, "The Database Header".
const APPLICATION_AT: usize = 68;
/// Where the version of the tables is.
const VERSION_AT: usize = 60;
/// Where it says whether it has a log (write and read version): 1 for a journal.
const WAL_AT: std::ops::Range<usize> = 18..20;
/// The header of a database, in bytes.
const HEAD: usize = 100;
/// What every file of SQLite begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";

impl Shape {
    /// Whether a file says that it is of this kind, however damaged it may be otherwise.
    pub(crate) fn is_of(&self, path: &Path) -> bool {
        use std::io::Read;
        let mut head = [0_u8; APPLICATION_AT + 4];
        let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
        read.is_ok() && head.starts_with(MAGIC) && head.ends_with(&self.application.to_be_bytes())
    }

    /// A new database in an empty file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn create(&self, path: &Path) -> Result<Connection> {
        let open = || {
            let connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
            guard(&connection)?;
            // The file is moved to its place when it is whole: a journal beside it would only be left over.
            connection.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
            connection.pragma_update(None, "application_id", self.application)?;
            connection.pragma_update(None, "user_version", self.version)?;
            connection.execute_batch(self.tables)?;
            Ok(connection)
        };
        open().map_err(|error| said(path, Kind::Unwritable, &error))
    }

    /// Opens a file for reading, and gives the version of its tables: not above the one that is known.
    ///
    /// # Errors
    /// When it is no database, of another program, newer, damaged, or in use for more than five seconds.
    pub(crate) fn open(&self, path: &Path) -> Result<(Connection, i32)> {
        // What is in the way of every other program, SQLite says less clearly.
        std::fs::File::open(path).map_err(|error| {
            let kind = match error.kind() {
                std::io::ErrorKind::NotFound => Kind::NotFound,
                _ => Kind::Unreadable,
            };
            Error::file(kind, path, error.to_string())
        })?;
        let open = || {
            let connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_ONLY))?;
            guard(&connection)?;
            let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
            let (application, version) = (number("application_id")?, number("user_version")?);
            Ok((connection, application, version))
        };
        let (connection, application, version) = open().map_err(|error| said(path, Kind::Unreadable, &error))?;
        if application != self.application {
            return Err(Error::why(Kind::Unreadable, path, "db-foreign", Vec::new()));
        }
        if version > self.version {
            let args = vec![("found", version.to_string()), ("known", self.version.to_string())];
            return Err(Error::why(Kind::Unreadable, path, "db-newer", args));
        }
        Ok((connection, version))
    }
}

impl Shape {
    /// Opens a file that is kept and written to in place, for writing or only for reading. Nothing of it is touched before its header
    /// says that it is of this kind, and nothing is asked of tables that are not those that were made.
    ///
    /// # Errors
    /// As [`Shape::open`], and when it is a link, or no file, or may not be written.
    pub(crate) fn open_kept(&self, path: &Path, write: bool) -> Result<Connection> {
        self.check_head(path)?;
        let kind = if write { Kind::Unwritable } else { Kind::Unreadable };
        let access = |write| match write {
            true => OpenFlags::SQLITE_OPEN_READ_WRITE,
            false => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let connection = match self.look(path, access(write)) {
            // A program that was killed in the middle of writing left its journal: whoever opens the file next puts it back as it was.
            Err(error)
                if !write
                    && error
                        .sqlite_error()
                        .is_some_and(|error| must_write(error.extended_code)) =>
            {
                self.look(path, access(true))
            }
            found => found,
        };
        let (connection, sound) = connection.map_err(|error| said(path, kind, &error))?;
        match sound {
            true => Ok(connection),
            false => Err(damaged(path)),
        }
    }

    /// Opens a file, and tells whether its tables are those that were made.
    fn look(&self, path: &Path, access: OpenFlags) -> rusqlite::Result<(Connection, bool)> {
        let connection = Connection::open_with_flags(path, flags(access))?;
        guard(&connection)?;
        if access == OpenFlags::SQLITE_OPEN_READ_WRITE {
            connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
            // kill -9 is not the loss of power: what was said to be saved must be on the disk.
            connection.pragma_update(None, "synchronous", "FULL")?;
        }
        connection.pragma_update(None, "cache_size", -65_536)?;
        let like = Connection::open_in_memory()?;
        like.execute_batch(self.tables)?;
        let sound = schema(&connection)? == schema(&like)?;
        Ok((connection, sound))
    }

    /// Holds the first bytes of a file against what it should be, before SQLite sees it.
    fn check_head(&self, path: &Path) -> Result<()> {
        use std::io::Read;
        let fail = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::file(Kind::NotFound, path, ""),
            std::io::ErrorKind::UnexpectedEof => Error::why(Kind::Unreadable, path, "db-foreign", Vec::new()),
            _ => Error::file(Kind::Unreadable, path, error.to_string()),
        };
        let meta = std::fs::symlink_metadata(path).map_err(fail)?;
        if !meta.is_file() {
            return Err(Error::file(Kind::NotAFile, path, ""));
        }
        let mut head = [0_u8; HEAD];
        std::fs::File::open(path)
            .and_then(|mut file| file.read_exact(&mut head))
            .map_err(fail)?;
        let number = |at: usize| i32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        if !head.starts_with(MAGIC) || number(APPLICATION_AT) != self.application {
            return Err(Error::why(Kind::Unreadable, path, "db-foreign", Vec::new()));
        }
        if number(VERSION_AT) > self.version {
            let found = number(VERSION_AT).to_string();
            let args = vec![("found", found), ("known", self.version.to_string())];
            return Err(Error::why(Kind::Unreadable, path, "db-newer", args));
        }
        // There is no older version yet: what says so was changed. We never write with a log (WAL) either.
        match number(VERSION_AT) == self.version && head[WAL_AT] == [1, 1] {
            true => Ok(()),
            false => Err(damaged(path)),
        }
    }
}

/// What stands in the schema of a database.
fn schema(connection: &Connection) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")?;
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// Whether SQLite would have to write before it can read.
fn must_write(code: std::ffi::c_int) -> bool {
    const READONLY_ROLLBACK: std::ffi::c_int = 776;
    code == READONLY_ROLLBACK
}

/// One thread at a time uses a connection; it is behind a lock where there are several.
fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// A file may come from anywhere: nothing that stands in its schema is carried out, and its pages are checked as they are read
/// ("Defense Against The Dark Arts" of SQLite's own pages).
fn guard(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection
        .pragma_update_and_check(None, "mmap_size", 0, |_| Ok(()))
        .or_else(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            error => Err(error),
        })
}

/// What SQLite said, in our words.
pub(crate) fn said(path: &Path, kind: Kind, error: &rusqlite::Error) -> Error {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "db-foreign",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "db-locked",
        Some(ErrorCode::DiskFull) => "db-full",
        Some(
            ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory,
        ) => {
            return Error::file(kind, path, error.to_string());
        }
        // Of what is left, a row that is not what its table says, or a table that is not there.
        _ => "db-damaged",
    };
    Error::why(kind, path, reason, Vec::new())
}

/// That a file is not what was written.
pub(crate) fn damaged(path: &Path) -> Error {
    Error::why(Kind::Unreadable, path, "db-damaged", Vec::new())
}

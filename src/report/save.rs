//! Saving: the one place that writes files. Either the old bytes are there or the new ones, never half of them.
//!
//! Must not know what it writes.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};

/// Bytes that are written at once.
const PIECE: usize = 256 << 10;

/// Refuses an output that is one of the inputs, also by another name of the same file.
///
/// # Errors
/// When it is.
pub fn refuse(output: &Path, inputs: &[PathBuf]) -> Result<()> {
    let real = output.canonicalize().ok();
    let same = |input: &PathBuf| input.canonicalize().is_ok_and(|input| Some(input) == real);
    match real.is_some() && inputs.iter().any(same) {
        true => Err(Error::file(Kind::OutputIsInput, output, "")),
        false => Ok(()),
    }
}

/// Writes a file through a temporary one beside it.
///
/// # Errors
/// When the output is one of the inputs (also by another name of the same file), is a folder, or cannot be written.
pub fn save(output: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<()> {
    save_as(output, inputs, |out| out.write_all(bytes))
}

/// The same for what is written piece by piece: a long report is never in memory as a whole.
///
/// # Errors
/// The same, and whatever `write` says.
pub fn save_as(
    output: &Path,
    inputs: &[PathBuf],
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<()> {
    let fail = |error: std::io::Error| Error::file(Kind::Unwritable, output, error.to_string());
    refuse(output, inputs)?;
    let folder = folder_of(output);
    // A device such as /dev/null or /dev/full is written to, not replaced.
    if std::fs::metadata(output).is_ok_and(|meta| !meta.is_file()) {
        let file = std::fs::OpenOptions::new().write(true).open(output).map_err(fail)?;
        let mut out = std::io::BufWriter::with_capacity(PIECE, file);
        return write(&mut out).and_then(|()| out.flush()).map_err(fail);
    }
    let file = beside(folder).map_err(fail)?;
    let mut out = std::io::BufWriter::with_capacity(PIECE, file);
    write(&mut out).map_err(fail)?;
    let file = out.into_inner().map_err(|error| fail(error.into_error()))?;
    file.as_file().sync_all().map_err(fail)?;
    give_mode(file.path(), output).map_err(fail)?;
    file.persist(output).map_err(|error| fail(error.error))?;
    sync(folder);
    Ok(())
}

/// The same for what fills a file by its path, as a database does, and sees to it that its bytes are on the disk. Errors that name
/// the file that is filled are told of the output.
///
/// # Errors
/// When the output is there and no file, or cannot be written; and whatever `write` says.
pub fn save_by(output: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let fail = |error: std::io::Error| Error::file(Kind::Unwritable, output, error.to_string());
    if std::fs::metadata(output).is_ok_and(|meta| !meta.is_file()) {
        return Err(Error::file(Kind::Unwritable, output, ""));
    }
    let folder = folder_of(output);
    let file = beside(folder).map_err(fail)?.into_temp_path();
    write(&file).map_err(|error| error.of(output))?;
    give_mode(&file, output).map_err(fail)?;
    file.persist(output).map_err(|error| fail(error.error))?;
    sync(folder);
    Ok(())
}

/// The same for a file that is made where there is none, and then written in place by what knows how, as a database is: where another
/// program made it meanwhile, it stays as it is.
///
/// # Errors
/// When it cannot be made; and whatever `write` says.
pub fn create_by(output: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let fail = |error: std::io::Error| Error::file(Kind::Unwritable, output, error.to_string());
    let folder = folder_of(output);
    let file = beside(folder).map_err(fail)?.into_temp_path();
    write(&file).map_err(|error| error.of(output))?;
    give_mode(&file, output).map_err(fail)?;
    match file.persist_noclobber(output) {
        Err(error) if error.error.kind() != std::io::ErrorKind::AlreadyExists => return Err(fail(error.error)),
        _ => sync(folder),
    }
    Ok(())
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A temporary file in a folder.
fn beside(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".tongban-").tempfile_in(folder)
}

/// Temporary files are private; what replaces a file keeps its mode, what is new is readable as usual.
fn give_mode(file: &Path, output: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(output).map_or(0o644, |meta| meta.permissions().mode());
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = (file, output);
    Ok(())
}

/// Replaces a file by what was made of its bytes, and nothing else by them: what `tongban fmt` does. Through a temporary file
/// beside it; mode and owner stay. A link is not replaced by a file, and a file with several names would lose all but one, so both
/// are refused, and so is a file that may not be written or that is not what was read any more.
///
/// # Errors
/// When it is one of these, or cannot be written.
pub fn replace(path: &Path, read: &[u8], bytes: &[u8]) -> Result<()> {
    let fail = |error: std::io::Error| Error::file(Kind::Unwritable, path, error.to_string());
    let why = |reason| Error::why(Kind::Unwritable, path, reason, Vec::new());
    let meta = std::fs::symlink_metadata(path).map_err(fail)?;
    if meta.is_symlink() {
        return Err(why("fmt-link"));
    }
    if !meta.is_file() {
        return Err(why("fmt-no-file"));
    }
    if meta.permissions().readonly() {
        return Err(why("fmt-read-only"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if meta.nlink() > 1 {
            return Err(why("fmt-names"));
        }
    }
    let folder = folder_of(path);
    let mut file = beside(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = file.as_file().metadata().map_err(fail)?;
        if (own.uid(), own.gid()) != (meta.uid(), meta.gid()) {
            std::os::unix::fs::fchown(file.as_file(), Some(meta.uid()), Some(meta.gid())).map_err(fail)?;
        }
    }
    file.as_file().set_permissions(meta.permissions()).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    // As late as can be: somebody may have saved the file since it was read.
    if std::fs::read(path).map_err(fail)? != read {
        return Err(why("fmt-changed"));
    }
    file.persist(path).map_err(|error| fail(error.error))?;
    sync(folder);
    Ok(())
}

/// The new name of a file is only safe when its folder is: not all file systems allow it, and then there is no more to do.
fn sync(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder) {
        folder.sync_all().ok();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

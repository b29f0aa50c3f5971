//! Saving: the one place that writes files. Either the old bytes are there or the new ones, never half of them.
//!
//! Must not know what it writes.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};

/// Writes a file through a temporary one beside it.
///
/// # Errors
/// When the output is one of the inputs (also by another name of the same file), is a folder, or cannot be written.
pub fn save(output: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<()> {
    let fail = |error: std::io::Error| Error::file(Kind::Unwritable, output, error.to_string());
    if let Ok(real) = output.canonicalize()
        && inputs
            .iter()
            .any(|input| input.canonicalize().is_ok_and(|input| input == real))
    {
        return Err(Error::file(Kind::OutputIsInput, output, ""));
    }
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // A device such as /dev/null or /dev/full is written to, not replaced.
    if std::fs::metadata(output).is_ok_and(|meta| !meta.is_file()) {
        let mut file = std::fs::OpenOptions::new().write(true).open(output).map_err(fail)?;
        return file.write_all(bytes).and_then(|()| file.flush()).map_err(fail);
    }
    let mut file = tempfile::Builder::new()
        .prefix(".tongban-")
        .tempfile_in(folder)
        .map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private; what replaces a file keeps its mode, what is new is readable as usual.
        let mode = std::fs::metadata(output).map_or(0o644, |meta| meta.permissions().mode());
        file.as_file()
            .set_permissions(std::fs::Permissions::from_mode(mode))
            .map_err(fail)?;
    }
    file.persist(output).map_err(|error| fail(error.error))?;
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder) {
        // The new name is only safe when the folder is: not all file systems allow it, and then there is no more to do.
        folder.sync_all().ok();
    }
    Ok(())
}

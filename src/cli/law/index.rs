//! `tongban law index`: writes the index of the law library.
//!
//! Must not know what stands in it.

use std::path::Path;

use super::super::args::LawIndexArgs;
use super::super::workspace::Workspace;
use super::super::{Outcome, Session};
use super::base;
use crate::error::{Error, Kind, Result};
use crate::ingest::path_name;
use crate::report::{escape::terminal, save_by};
use crate::store::{is_index, write_index};

pub(super) fn run(session: &Session, args: &LawIndexArgs) -> Result<Outcome> {
    let workspace = Workspace::settings(Path::new("."))?;
    let folders = super::folders(&args.laws, &workspace)?;
    let path = args.output.clone().unwrap_or_else(|| base::index_path(&workspace));
    // Whatever else stands there is not ours to replace.
    if std::fs::symlink_metadata(&path).is_ok() && !is_index(&path) {
        return Err(Error::why(Kind::Unwritable, &path, "index-foreign", Vec::new()));
    }
    let laws = super::read(session, &folders)?;
    super::any(&laws, &folders)?;
    let stamps = base::stamps(&laws);
    let complete = laws.errors.is_empty();
    let library = laws.library();
    session.during("progress-index", library.laws().len(), || {
        save_by(&path, |file| write_index(file, &library, &stamps))
    })?;
    let versions: usize = library.laws().iter().map(|law| law.versions.len()).sum();
    let args = [
        ("file", path_name(&path)),
        ("laws", library.laws().len().to_string()),
        ("versions", versions.to_string()),
        ("files", stamps.len().to_string()),
    ];
    let text = session.messages.with("index-written", &args);
    session.write_out(None, &[], false, |out| writeln!(out, "{}", terminal(&text)))?;
    Ok(if complete { Outcome::Clean } else { Outcome::Failed })
}

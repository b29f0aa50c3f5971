//! Where bytes come from: files, members of a ZIP, and what was given (standard input). Nothing but regular files is opened, and
//! nothing is ever written.
//!
//! Must not know formats of lists.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::GB18030;
use zip::ZipArchive;

use super::decode::Encoding;
use super::limits;
use super::table::Loaded;
use crate::error::{Error, Kind, Result, bytes_name, path_name};
use crate::model::{Place, Severity};

/// What standard input is called in reports.
pub const STDIN: &str = "<stdin>";

/// Those of [`FORMATS`] that are text.
pub(super) const TEXT_FORMATS: [&str; 5] = ["csv", "tsv", "json", "jsonl", "toml"];

/// Formats that the user may name.
pub const FORMATS: [&str; 9] = ["csv", "tsv", "json", "jsonl", "toml", "xlsx", "xls", "ods", "zip"];

/// Endings of files that are taken for lists in a folder and in a ZIP. What they hold is told by their content.
const ENDINGS: [&str; 12] = [
    "csv", "tsv", "txt", "json", "jsonl", "ndjson", "toml", "xlsx", "xlsm", "xls", "ods", "zip",
];

/// Files up to this size are read as a whole, in bytes; of larger ones so much is looked at first.
const HEAD: u64 = 64 << 10;

/// One file to read, and whose it is.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// Its bytes, where they did not come from a file.
    pub given: Option<Arc<Vec<u8>>>,
    /// The region's id and name; `None`: the file says itself, else its name is taken.
    pub region: Option<(String, String)>,
    /// Whether it is the basic directory.
    pub directory: bool,
    /// Sides of a comparison are kept apart even if they name the same region.
    pub side: u16,
    /// The user's own meaning of headers.
    pub columns: BTreeMap<String, String>,
    /// The encoding, where the user knows it.
    pub encoding: Option<Encoding>,
    /// The format, one of [`FORMATS`], where the user knows it.
    pub format: Option<&'static str>,
}

impl Source {
    /// A list of which nothing is known but its path.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Source {
            path: path.into(),
            given: None,
            region: None,
            directory: false,
            side: 0,
            columns: BTreeMap::new(),
            encoding: None,
            format: None,
        }
    }

    /// What came over standard input.
    pub fn stdin(bytes: Vec<u8>) -> Self {
        Source {
            given: Some(Arc::new(bytes)),
            ..Self::file(STDIN)
        }
    }

    /// The file that holds it.
    pub fn file_path(&self) -> &Path {
        locate(&self.path).0
    }

    /// The first bytes of a large regular file, and the rest to be read. `None` for what is better read as a whole.
    pub(super) fn head(&self) -> Option<(Vec<u8>, impl Read + Send + use<>)> {
        if self.given.is_some() {
            return None;
        }
        let meta = std::fs::metadata(&self.path).ok()?;
        if !meta.is_file() || meta.len() <= HEAD || meta.len() > limits::FILE_BYTES {
            return None;
        }
        let mut file = File::open(&self.path).ok()?;
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head).ok()?;
        Some((head, file.take(limits::FILE_BYTES)))
    }

    pub(super) fn bytes(&self) -> Result<Cow<'_, [u8]>> {
        match &self.given {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => read_file(self.file_path(), limits::FILE_BYTES).map(Cow::Owned),
        }
    }
}

/// The file of a path, and the name of the member where the path leads into a ZIP: `档案.zip/甲区/清单.csv`, as reports call it.
pub fn locate(path: &Path) -> (&Path, Option<String>) {
    if std::fs::symlink_metadata(path).is_ok() {
        return (path, None);
    }
    let file = path.ancestors().skip(1).find(|file| file.is_file());
    match file.and_then(|file| Some((file, path.strip_prefix(file).ok()?))) {
        Some((file, member)) => (file, Some(path_name(member))),
        None => (path, None),
    }
}

/// Reads a regular file of at most `limit` bytes. Pipes and devices are not even opened: they may never end, or never begin.
///
/// # Errors
/// When it is no regular file, is too large, or cannot be read.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let io = |error: std::io::Error| {
        let kind = if error.kind() == std::io::ErrorKind::NotFound {
            Kind::NotFound
        } else {
            Kind::Unreadable
        };
        Error::file(kind, path, error.to_string())
    };
    let meta = std::fs::metadata(path).map_err(io)?;
    if !meta.is_file() {
        return Err(Error::file(Kind::NotAFile, path, ""));
    }
    let too_large = || Error::why(Kind::Unreadable, path, "too-large", vec![("limit", limit.to_string())]);
    if meta.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // The file may grow while it is read.
    File::open(path)
        .map_err(io)?
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Whether a file of this name is taken for a list where it was not named itself.
pub fn is_list_name(name: &str) -> bool {
    // What tongban keeps beside the lists, as `tongban.baseline.csv`.
    !is_hidden(name)
        && !name.starts_with("tongban.")
        && name
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

/// Whether a file or folder of this name is passed over without a word: hidden ones, the lock files of Office (`~$清单.xlsx`), and
/// what systems put beside one's files.
pub fn is_hidden(name: &str) -> bool {
    (name.starts_with(['.', '~']) && name != "." && name != "..")
        || ["__MACOSX", "Thumbs.db", "desktop.ini"].contains(&name)
}

/// A ZIP of lists.
pub(super) struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What is to be read, by name.
    pub members: Vec<Member>,
    /// What was said of the others.
    pub said: Loaded,
}

/// One member of a ZIP.
pub(super) struct Member {
    /// With the name of the ZIP before it: `档案.zip/甲区/清单.csv`.
    pub name: String,
    index: usize,
    size: u64,
}

impl<'a> Archive<'a> {
    /// Looks at the table of contents, or for one member.
    pub(super) fn open(name: &str, bytes: &'a [u8], only: Option<&str>) -> Result<Archive<'a>> {
        let path = Path::new(name);
        let why = |reason, args| Error::why(Kind::UnknownFormat, path, reason, args);
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Error::file(Kind::UnknownFormat, path, error.to_string()))?;
        if archive.len() > limits::ZIP_MEMBERS {
            let args = vec![
                ("count", archive.len().to_string()),
                ("limit", limits::ZIP_MEMBERS.to_string()),
            ];
            return Err(why("zip-members", args));
        }
        let mut said = Loaded::default();
        if archive.has_duplicate_names() && only.is_none() {
            not_read(&mut said, name.to_owned(), "twice");
        }
        let (mut members, mut total) = (Vec::new(), 0_u64);
        for index in 0..archive.len() {
            let part = archive
                .by_index_raw(index)
                .map_err(|error| Error::file(Kind::UnknownFormat, path, error.to_string()))?;
            let raw = part.name_raw();
            let own = member_name(raw);
            if only.is_some_and(|only| own.as_deref().is_none_or(|own| !same_name(own, only))) {
                continue;
            }
            let Some(own) = own else {
                not_read(&mut said, format!("{name}/{}", bytes_name(raw)), "name");
                continue;
            };
            let last = own.rsplit('/').next().unwrap_or_default();
            if last.is_empty() || own.split('/').any(is_hidden) {
                continue;
            }
            let full = format!("{name}/{own}");
            if !is_list_name(last) || last == "tongban.toml" {
                let place = Place {
                    file: full.into(),
                    ..Place::default()
                };
                said.report("FIL027", Severity::Info, place, vec![("why", "other".to_owned())]);
            } else if last.to_lowercase().ends_with(".zip") {
                not_read(&mut said, full, "nested");
            } else if part.encrypted() {
                not_read(&mut said, full, "encrypted");
            } else if part.size() > limits::XLSX_RATIO_FROM
                && part.size() / part.compressed_size().max(1) > limits::XLSX_RATIO
            {
                not_read(&mut said, full, "ratio");
            } else {
                total = total.saturating_add(part.size());
                let size = part.size();
                members.push(Member {
                    name: full,
                    index,
                    size,
                });
            }
        }
        if total > limits::ZIP_BYTES {
            return Err(why("zip-bytes", vec![("limit", limits::ZIP_BYTES.to_string())]));
        }
        if let Some(only) = only
            && members.is_empty()
            && said.findings.is_empty()
        {
            return Err(Error::file(Kind::NotFound, &path.join(only), ""));
        }
        if members.is_empty() && !said.incomplete {
            return Err(why("zip-no-lists", Vec::new()));
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Archive { archive, members, said })
    }

    /// The bytes of a member. `Err` is the word for why there are none.
    pub(super) fn inflate(&self, member: &Member) -> std::result::Result<Vec<u8>, &'static str> {
        // The table of contents is shared, so that members can be read side by side.
        let mut archive = self.archive.clone();
        let part = archive.by_index(member.index).map_err(|_| "damaged")?;
        // Limits were held against the size that the member claims; it gets no byte more.
        let mut bytes = Vec::new();
        part.take(member.size + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| "damaged")?;
        if bytes.len() as u64 == member.size {
            Ok(bytes)
        } else {
            Err("damaged")
        }
    }
}

/// Reports a member that was not read, with the word for why.
pub(super) fn not_read(loaded: &mut Loaded, file: String, why: &'static str) {
    let place = Place {
        file: file.into(),
        ..Place::default()
    };
    loaded.refuse("FIL027", place, vec![("why", why.to_owned())]);
}

/// The name of a member: UTF-8, else GB18030 as Windows writes it in China. It is a name and nothing more: no file is opened or
/// written by it.
fn member_name(raw: &[u8]) -> Option<String> {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(raw)?,
    };
    Some(name.replace('\\', "/"))
}

/// Whether two names lead to one member: `/etc/x` and `etc/x` do, for a path cannot tell them apart.
fn same_name(one: &str, other: &str) -> bool {
    fn plain(name: &str) -> impl Iterator<Item = &str> {
        name.split('/').filter(|part| !part.is_empty() && *part != ".")
    }
    plain(one).eq(plain(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lists() {
        for name in ["清单.csv", "a.XLSX", "b..toml", "-.json", "x.et.xls"] {
            assert!(is_list_name(name), "{name}");
        }
        for name in [".清单.csv", "~$清单.xlsx", "清单.docx", "csv", "清单.csv~"] {
            assert!(!is_list_name(name), "{name}");
        }
    }

    #[test]
    fn names_of_members() {
        assert_eq!(
            member_name("甲区/清单.csv".as_bytes()).as_deref(),
            Some("甲区/清单.csv")
        );
        assert_eq!(
            member_name(&GB18030.encode("甲区\\清单.csv").0).as_deref(),
            Some("甲区/清单.csv")
        );
        assert_eq!(member_name(b"\xFF\xFF.csv"), None);
    }
}

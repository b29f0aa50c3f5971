//! The one error type: a kind, a place, and what to do about it, as data. Wording is in the message files.
//!
//! Must not know languages, exit codes of single commands, or who shows it.

mod nearest;

use std::path::Path;

use crate::model::Place;

pub use nearest::nearest;

/// Why something could not be done. All kinds end with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}{}", self.place_text(), if self.detail.is_empty() { String::new() } else { format!(": {}", self.detail) })]
pub struct Error {
    kind: Kind,
    place: Place,
    detail: String,
    reason: Option<Box<Reason>>,
    near: Option<Box<str>>,
}

/// A reason that has a wording of its own, and the arguments of that wording.
#[derive(Debug)]
struct Reason {
    word: &'static str,
    args: Vec<(&'static str, String)>,
}

/// The kinds of errors; the text is the key of the message files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Kind {
    /// The file or folder does not exist.
    #[error("not-found")]
    NotFound,
    /// The file could not be opened or read.
    #[error("unreadable")]
    Unreadable,
    /// A folder where a file is wanted, or with nothing to read in it.
    #[error("no-lists-in-folder")]
    NoLists,
    /// Neither a file nor a folder (a pipe, a device).
    #[error("not-a-file")]
    NotAFile,
    /// The bytes belong to no format that can be read.
    #[error("unknown-format")]
    UnknownFormat,
    /// A file of settings has a wrong key or value.
    #[error("bad-settings")]
    BadSettings,
    /// No such profile, element, rule, region, item …
    #[error("unknown-name")]
    UnknownName,
    /// The output would replace an input.
    #[error("output-is-input")]
    OutputIsInput,
    /// The output could not be written.
    #[error("unwritable")]
    Unwritable,
    /// Fewer lists than the command needs.
    #[error("too-few-lists")]
    TooFewLists,
    /// There is no basic directory among the lists.
    #[error("no-directory")]
    NoDirectory,
    /// A region cannot be brought into line with what was asked for.
    #[error("cannot-align")]
    CannotAlign,
    /// The file is there already.
    #[error("exists")]
    Exists,
}

impl Error {
    /// An error about a file as a whole.
    pub fn file(kind: Kind, path: &Path, detail: impl Into<String>) -> Self {
        let place = Place {
            file: path_name(path).into(),
            ..Place::default()
        };
        Error {
            kind,
            place,
            detail: detail.into(),
            reason: None,
            near: None,
        }
    }

    /// An error about a file whose reason has a wording of its own: `reason-…` says what is wrong, `advice-…` what to do, with
    /// these arguments.
    pub fn why(kind: Kind, path: &Path, reason: &'static str, args: Vec<(&'static str, String)>) -> Self {
        let values: Vec<&str> = args.iter().map(|(_, value)| value.as_str()).collect();
        let detail = format!("{reason} {}", values.join(" "));
        Error {
            reason: Some(Box::new(Reason { word: reason, args })),
            ..Self::file(kind, path, detail.trim_end())
        }
    }

    /// An error about a line of a file.
    pub fn line(kind: Kind, path: &Path, line: u32, detail: impl Into<String>) -> Self {
        Self::file(kind, path, detail).at(line)
    }

    /// The same error, about another file: of one that stood in for it.
    #[must_use]
    pub fn of(mut self, path: &Path) -> Self {
        self.place.file = path_name(path).into();
        self
    }

    /// The same error, at a line of its file.
    #[must_use]
    pub fn at(mut self, line: u32) -> Self {
        self.place.row = line;
        self.place.line = line;
        self
    }

    /// The same error, with the known word that is nearest to the one that was written.
    #[must_use]
    pub fn meant<'a>(mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.near = nearest(word, known).map(Into::into);
        self
    }

    /// An error about something that has no file.
    pub fn plain(kind: Kind, detail: impl Into<String>) -> Self {
        Error {
            kind,
            place: Place::default(),
            detail: detail.into(),
            reason: None,
            near: None,
        }
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Where.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Why, where there is a wording for it, and the arguments of that wording.
    pub fn reason(&self) -> Option<(&'static str, &[(&'static str, String)])> {
        self.reason.as_ref().map(|reason| (reason.word, reason.args.as_slice()))
    }

    /// The word that was probably meant, where one that is not known was written.
    pub fn near(&self) -> Option<&str> {
        self.near.as_deref()
    }

    /// The particulars, as another program gave them or as a name.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    fn place_text(&self) -> String {
        match (self.place.file.is_empty(), self.place.row) {
            (true, _) => "tongban".to_owned(),
            (false, 0) => self.place.file.to_string(),
            (false, row) => format!("{}:{row}", self.place.file),
        }
    }
}

/// The name of a path in reports: as given, with `/`.
pub fn path_name(path: &Path) -> String {
    let name = bytes_name(path.as_os_str().as_encoded_bytes());
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name };
    // Servers of continuous integration know files by their path from the top of the repository.
    match name.trim_start_matches("./") {
        "" => name,
        bare => bare.to_owned(),
    }
}

/// A name out of bytes. Those that are no UTF-8 are shown as `\xE4`, so that no two files of a folder have one name.
pub fn bytes_name(bytes: &[u8]) -> String {
    let mut name = String::new();
    for chunk in bytes.utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    name
}

/// A result with the one error type.
pub type Result<T> = std::result::Result<T, Error>;

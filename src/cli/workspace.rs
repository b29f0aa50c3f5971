//! Workspaces: from paths on the command line to the files to read, with or without a `tongban.toml`; `-` is standard input.
//!
//! Must not read lists.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::align::ALIGNED;
use super::manifest::{Columns, InForce, MANIFEST, Manifest, manifest_of, nearest_manifest, read_manifest};
use super::taken::Taken;
use super::variances::VARIANCES;
use super::{Session, matching, say};
use crate::error::{Error, Kind, Result};
use crate::ingest::{
    Encoding, Source, is_hidden, is_list_name, is_report, limits, locate, path_name, read_file, read_text,
};
use crate::report::escape::terminal;

/// What is to be read.
#[derive(Default)]
pub(super) struct Workspace {
    /// The files, in a fixed order.
    pub sources: Vec<Source>,
    /// Snapshots that are read after the files.
    pub snapshots: Vec<Taken>,
    /// The manifests: those of the paths, or those that lint found above them.
    pub manifests: Vec<InForce>,
    /// Whether [`Workspace::lint`] gives none.
    pub isolated: bool,
    /// Folders whose `vocabulary/`, `codes/` and `rules/` add to what ships: those of the manifests.
    pub words: Vec<PathBuf>,
    /// Where `matches.csv` and `variance.toml` are looked for: beside the manifests, and in the folders that are read without one.
    pub folders: Vec<PathBuf>,
    /// Files of decisions and variances that were named among the lists (`*.csv`).
    pub named: Vec<PathBuf>,
    /// What is wanted and not there: patterns of the manifest that match no file, links that lead out of a folder.
    pub errors: Vec<Error>,
}

impl Workspace {
    /// With the files in the order of their names: which of two rows contradicts the other must not depend on the order in which the
    /// files were named.
    pub(super) fn sorted(mut self) -> Workspace {
        self.sources.sort_by(|a, b| a.path.cmp(&b.path));
        self
    }

    /// The files of all paths; the current folder without any.
    pub(super) fn of(paths: &[PathBuf]) -> Result<Workspace> {
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here[..] } else { paths };
        if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(stdin_twice());
        }
        let mut workspace = Workspace::default();
        for path in paths {
            workspace.add(path)?;
        }
        if workspace.sources.len() > limits::LISTS {
            return Err(too_many(&paths[0]));
        }
        if workspace.sources.is_empty() && workspace.snapshots.is_empty() && workspace.errors.is_empty() {
            return Err(Error::plain(Kind::TooFewLists, ""));
        }
        Ok(workspace)
    }

    /// The files of this name (`matches.csv`, `variance.toml`) that hold for what is read: in the folders of the workspace; where files are
    /// named one by one, in the folder in which all of them stand, and then it is said, for nobody named it.
    pub(super) fn kept(&self, name: &str, session: &Session) -> Vec<PathBuf> {
        let beside: Vec<PathBuf> = self.common_folder().into_iter().collect();
        let folders = if self.folders.is_empty() {
            &beside
        } else {
            &self.folders
        };
        let folders: BTreeSet<&PathBuf> = folders.iter().collect();
        let mut files: Vec<PathBuf> = folders.into_iter().map(|folder| folder.join(name)).collect();
        files.retain(|file| file.is_file());
        for named in self
            .named
            .iter()
            .filter(|path| path.file_name().is_some_and(|own| own == name))
        {
            let args = [("file", path_name(named))];
            say(&terminal(&session.messages.with("kept-named", &args)));
            if !files.iter().any(|file| same_file(file, named)) {
                files.push(named.clone());
            }
        }
        for file in files.iter().filter(|_| self.folders.is_empty()) {
            let args = [("file", path_name(file))];
            say(&terminal(&session.messages.with("kept-beside", &args)));
        }
        files
    }

    /// The folder in which all files stand.
    fn common_folder(&self) -> Option<PathBuf> {
        let mut folders = self.sources.iter().map(|source| match source.given {
            Some(_) => None,
            None => source.file_path().parent().map(Path::to_owned),
        });
        let first = folders.next()??;
        let here = |folder: &Path| match folder.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => folder.to_owned(),
        };
        let same = |folder: Option<PathBuf>| {
            folder.is_some_and(|folder| folder == first || same_file(&here(&folder), &here(&first)))
        };
        folders.all(same).then_some(first)
    }

    /// The settings of a folder, without any list: those of its manifest where it has one.
    pub(super) fn settings(folder: &Path) -> Result<Workspace> {
        let mut workspace = Workspace::default();
        match manifest_of(folder) {
            Some(manifest) => {
                let (manifest, in_force) = read_manifest(&manifest)?;
                workspace.add_manifest(&manifest, in_force)?;
            }
            None => workspace.words.push(folder.to_owned()),
        }
        Ok(workspace)
    }

    fn add(&mut self, path: &Path) -> Result<()> {
        if is_stdin(path) {
            self.sources.push(Source::stdin(read_stdin()?));
            return Ok(());
        }
        if let Some(taken) = Taken::named(path, None)? {
            return self.take(taken);
        }
        if let Some(manifest) = manifest_of(path) {
            let (manifest, mut in_force) = read_manifest(&manifest)?;
            in_force.whole = true;
            return self.add_manifest(&manifest, in_force);
        }
        if path.is_dir() {
            let found = lists_in(path)?;
            if found.files.is_empty() && found.errors.is_empty() {
                return Err(Error::file(Kind::NoLists, path, ""));
            }
            self.sources.extend(found.files.into_iter().map(Source::file));
            self.errors.extend(found.errors);
            self.folders.push(path.to_owned());
            // Words and rules of one's own need no manifest beside them.
            if SETTINGS.iter().any(|name| path.join(name).is_dir()) {
                self.words.push(path.to_owned());
            }
            return Ok(());
        }
        match is_decided(path) {
            true => self.named.push(path.to_owned()),
            false => self.sources.push(Source::file(path)),
        }
        Ok(())
    }

    /// A snapshot, with the settings of the workspace that its database stands in.
    pub(super) fn take(&mut self, taken: Taken) -> Result<()> {
        // Named as the current folder is where it is the workspace.
        let folder = match taken.folder().as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => taken.folder().to_owned(),
        };
        match manifest_of(&folder) {
            Some(path) if self.manifests.iter().any(|known| same_file(&known.path, &path)) => {}
            Some(path) => {
                let (_, mut in_force) = read_manifest(&path)?;
                in_force.whole = true;
                self.folders.push(folder.clone());
                self.words.push(folder);
                self.manifests.push(in_force);
            }
            None => {
                if SETTINGS.iter().any(|name| folder.join(name).is_dir()) {
                    self.words.push(folder.clone());
                }
                self.folders.push(folder);
            }
        }
        self.snapshots.push(taken);
        Ok(())
    }

    /// The same for lint: of paths that bring no manifest the nearest one above counts, as far as it tells how their lists are read and
    /// judged; a manifest that is named counts alone; `isolated`: none.
    pub(super) fn of_lint(paths: &[PathBuf], named: Option<&Path>, isolated: bool) -> Result<Workspace> {
        let mut workspace = Workspace::of(paths)?;
        workspace.isolated = isolated;
        if let Some(named) = named {
            let manifest = manifest_of(named).ok_or_else(|| Error::file(Kind::NotFound, &named.join(MANIFEST), ""))?;
            workspace.manifests.clear();
            workspace.words.clear();
            workspace.adopt(&manifest)?;
            return Ok(workspace);
        }
        if isolated {
            return Ok(workspace);
        }
        let here = [PathBuf::from(".")];
        let paths = if paths.is_empty() { &here[..] } else { paths };
        for path in paths.iter().filter(|path| {
            !is_stdin(path) && manifest_of(path).is_none() && matches!(Taken::named(path, None), Ok(None))
        }) {
            let Some(found) = nearest_manifest(path) else { continue };
            let known = |manifest: &InForce| same_file(&manifest.path, &found);
            if !workspace.manifests.iter().any(known) {
                workspace.adopt(&found)?;
            }
        }
        Ok(workspace)
    }

    /// Takes what a manifest says of lists that are read without it, and its settings.
    fn adopt(&mut self, path: &Path) -> Result<()> {
        let (manifest, in_force) = read_manifest(path)?;
        let mut theirs = Workspace::default();
        theirs.add_manifest(&manifest, in_force)?;
        let real = |source: &Source| source.file_path().canonicalize().ok();
        let known: HashMap<PathBuf, Source> = theirs
            .sources
            .into_iter()
            .filter_map(|source| Some((real(&source)?, source)))
            .collect();
        let loose = |source: &&mut Source| source.given.is_none() && source.region.is_none() && !source.directory;
        for source in self.sources.iter_mut().filter(loose) {
            if let Some(same) = real(source).and_then(|path| known.get(&path)) {
                *source = Source {
                    path: std::mem::take(&mut source.path),
                    ..same.clone()
                };
            }
        }
        self.words.append(&mut theirs.words);
        self.manifests.append(&mut theirs.manifests);
        Ok(())
    }

    /// That what is read can be changed.
    ///
    /// # Errors
    /// When a snapshot is among it.
    pub(super) fn changeable(&self) -> Result<()> {
        match self.snapshots.first() {
            Some(taken) => Err(Error::why(Kind::Unwritable, &taken.path, "snapshot-fixed", Vec::new())),
            None => Ok(()),
        }
    }

    /// The profile that the manifests name.
    ///
    /// # Errors
    /// When they name several.
    pub(super) fn profile(&self) -> Result<Option<&str>> {
        let Some(first) = self.manifests.first() else {
            return Ok(None);
        };
        match self.manifests.iter().find(|other| other.profile != first.profile) {
            Some(other) => Err(mixed("profiles-mixed", first, other)),
            None => Ok(first.profile.as_deref()),
        }
    }

    /// The manifest whose settings of lint are in force.
    ///
    /// # Errors
    /// When there are several that do not say the same, or one of several says what holds in its own workspace only: exceptions, a
    /// baseline.
    pub(super) fn lint(&self) -> Result<Option<&InForce>> {
        let Some(first) = self.manifests.first().filter(|_| !self.isolated) else {
            return Ok(None);
        };
        let of_one = !first.lint.exception.is_empty() || first.lint.baseline.is_some();
        match self.manifests[1..]
            .iter()
            .find(|other| of_one || other.lint != first.lint)
        {
            Some(other) => Err(mixed("lint-mixed", first, other)),
            None => Ok(Some(first)),
        }
    }

    /// The files of a manifest.
    fn add_manifest(&mut self, manifest: &Manifest, in_force: InForce) -> Result<()> {
        let root = in_force.root().to_owned();
        let encoding = |name: &Option<Spanned<String>>| match name {
            None => Ok(None),
            Some(name) => Encoding::named(name.get_ref()).map(Some).ok_or_else(|| {
                let args = vec![("name", name.get_ref().clone())];
                in_force.written().wrong(&name.span(), "encoding", args)
            }),
        };
        let directory_encoding = encoding(&manifest.directory_encoding)?;
        for pattern in &manifest.directory {
            for file in self.files(&root, pattern) {
                self.sources.push(Source {
                    directory: true,
                    columns: all_and(&manifest.columns, &manifest.directory_columns),
                    encoding: directory_encoding,
                    ..Source::file(file)
                });
            }
        }
        for (region, names) in manifest.region.iter().zip(&in_force.regions) {
            let encoding = encoding(&region.encoding)?;
            for pattern in &region.files {
                for file in self.files(&root, pattern) {
                    self.sources.push(Source {
                        region: Some(names.clone()),
                        columns: all_and(&manifest.columns, &region.columns),
                        encoding,
                        ..Source::file(file)
                    });
                }
            }
        }
        // A manifest with settings and nothing else: the lists are those of its folder.
        if manifest.directory.is_empty() && manifest.region.is_empty() {
            let found = lists_in(if root.as_os_str().is_empty() {
                Path::new(".")
            } else {
                &root
            })?;
            self.sources.extend(found.files.into_iter().map(|file| Source {
                columns: all_and(&manifest.columns, &Columns::new()),
                ..Source::file(file)
            }));
            self.errors.extend(found.errors);
        }
        self.folders.push(root.clone());
        self.words.push(root);
        self.manifests.push(in_force);
        Ok(())
    }

    /// The files of a pattern, sorted; of a folder all its lists. A pattern that matches none is an error that does not stop the
    /// others.
    fn files(&mut self, root: &Path, pattern: &str) -> Vec<PathBuf> {
        let full = root.join(pattern);
        if full.is_dir() {
            match lists_in(&full) {
                Ok(found) => {
                    self.errors.extend(found.errors);
                    if found.files.is_empty() {
                        self.errors.push(Error::file(Kind::NoLists, &full, ""));
                    }
                    return found.files;
                }
                Err(error) => {
                    self.errors.push(error);
                    return Vec::new();
                }
            }
        }
        // What is no file is said when it is read.
        if full.exists() || locate(&full).1.is_some() {
            return vec![full];
        }
        // Only the pattern is one: brackets and stars in the folder's own name are meant as they are.
        let escaped = glob::Pattern::escape(&root.to_string_lossy());
        let joined = if escaped.is_empty() {
            pattern.to_owned()
        } else {
            format!("{escaped}/{pattern}")
        };
        let mut files: Vec<PathBuf> = glob::glob(&joined)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|path| path.is_file() && !is_ours(path) && !is_aligned(path))
            .collect();
        files.sort();
        if files.is_empty() {
            self.errors.push(Error::file(Kind::NotFound, &full, ""));
        }
        files
    }
}

/// The mapping for all, and what one says for itself.
fn all_and(all: &Columns, own: &Columns) -> BTreeMap<String, String> {
    let both = all.iter().chain(own);
    both.map(|(header, id)| (header.clone(), id.get_ref().clone()))
        .collect()
}

fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(one).is_some() && real(one) == real(other)
}

fn mixed(reason: &'static str, first: &InForce, second: &InForce) -> Error {
    let args = vec![("first", path_name(&first.path)), ("second", path_name(&second.path))];
    Error::why(Kind::BadSettings, &second.path, reason, args)
}

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The error of asking for standard input more than once.
pub(super) fn stdin_twice() -> Error {
    Error::why(Kind::Unreadable, Path::new("-"), "stdin-twice", Vec::new())
}

fn too_many(path: &Path) -> Error {
    let args = vec![("limit", limits::LISTS.to_string())];
    Error::why(Kind::Unreadable, path, "too-many-lists", args)
}

fn read_stdin() -> Result<Vec<u8>> {
    let path = Path::new("-");
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(limits::FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::file(Kind::Unreadable, path, error.to_string()))?;
    if bytes.len() as u64 > limits::FILE_BYTES {
        let args = vec![("limit", limits::FILE_BYTES.to_string())];
        return Err(Error::why(Kind::Unreadable, path, "too-large", args));
    }
    Ok(bytes)
}

/// The lists of a folder.
#[derive(Default)]
pub(super) struct Found {
    /// By path.
    pub files: Vec<PathBuf>,
    /// What may hold lists and was not looked into.
    pub errors: Vec<Error>,
}

/// The lists in a folder and in the folders in it, one per district as often as not.
pub(super) fn lists_in(folder: &Path) -> Result<Found> {
    let mut found = Found::default();
    // What the folder itself is named by may be a link; from there on links are not followed.
    let root = folder
        .canonicalize()
        .map_err(|error| Error::file(Kind::Unreadable, folder, error.to_string()))?;
    descend(folder, &root, 0, &mut found)?;
    found.files.sort();
    Ok(found)
}

fn descend(folder: &Path, root: &Path, depth: usize, found: &mut Found) -> Result<()> {
    let io = |error: std::io::Error| Error::file(Kind::Unreadable, folder, error.to_string());
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        names.push(entry.map_err(io)?.path());
    }
    names.sort();
    for path in names {
        let name = path
            .file_name()
            .map(|name| path_name(Path::new(name)))
            .unwrap_or_default();
        if is_hidden(&name) {
            continue;
        }
        let Ok(meta) = std::fs::symlink_metadata(&path) else {
            found.errors.push(Error::file(Kind::Unreadable, &path, ""));
            continue;
        };
        if meta.is_symlink() {
            // A link to what stands in the folder leads to nothing new, or in a circle.
            let inside = path.canonicalize().is_ok_and(|target| target.starts_with(root));
            if !inside && (is_list_name(&name) || path.is_dir()) {
                found.errors.push(Error::why(Kind::NotAFile, &path, "link", Vec::new()));
            }
        } else if meta.is_dir() {
            if depth >= limits::FOLDER_DEPTH {
                let args = vec![("limit", limits::FOLDER_DEPTH.to_string())];
                found.errors.push(Error::why(Kind::Unreadable, &path, "too-deep", args));
            } else if let Err(error) = descend(&path, root, depth + 1, found) {
                if found.files.len() > limits::LISTS {
                    return Err(error);
                }
                found.errors.push(error);
            }
        } else if !is_list_name(&name) || is_settings(&path, &name) {
            // Beside the lists, and none itself.
        } else if meta.is_file() {
            if is_report(&path) || is_aligned(&path) {
                continue;
            }
            found.files.push(path);
            if found.files.len() > limits::LISTS {
                return Err(too_many(folder));
            }
        } else {
            found.errors.push(Error::file(Kind::NotAFile, &path, ""));
        }
    }
    Ok(())
}

/// Whether a file is what `tongban align --apply` made of a list that stands beside it: whoever names a folder or a pattern means the
/// list as it is, and none of it twice. Named by itself it is read.
fn is_aligned(path: &Path) -> bool {
    let old = || {
        let stem = Path::new(path.file_stem()?);
        let old = (stem.extension()? == ALIGNED).then(|| stem.with_extension(""))?;
        let old = match path.extension() {
            // A name may have dots of its own, so the ending is put behind it as it is.
            Some(ending) => [old.as_os_str(), ending].join(OsStr::new(".")),
            None => old.into_os_string(),
        };
        Some(path.with_file_name(old))
    };
    old().is_some_and(|old| old.is_file())
}

/// The folders of words and rules of one's own.
pub(super) const SETTINGS: [&str; 3] = ["vocabulary", "codes", "rules"];

/// The file of a person's decisions on which items are one.
pub(super) const MATCHES: &str = "matches.csv";

/// Whether a file holds settings of ours: a manifest, decisions, words, or a profile.
fn is_settings(path: &Path, name: &str) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    let words = folder.is_some_and(|folder| SETTINGS.iter().any(|name| folder == *name));
    is_ours(path) || (name.to_lowercase().ends_with(".toml") && (words || is_profile(path)))
}

/// Whether a file that is named holds decisions or variances, by its name and what stands at its head: whoever writes `*.csv` and `*.toml`
/// means the lists.
fn is_decided(path: &Path) -> bool {
    let named = |wanted: &str| path.file_name().is_some_and(|name| name == wanted);
    match named(MATCHES) {
        true => read_text(path).is_ok_and(|text| matching::is_matches(&text)),
        false => named(VARIANCES) && is_profile(path),
    }
}

/// Whether a file is settings of ours by its name.
fn is_ours(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == MANIFEST || name == MATCHES || name == VARIANCES)
}

fn is_profile(path: &Path) -> bool {
    read_file(path, limits::SETTINGS_BYTES)
        .ok()
        .and_then(|bytes| toml::from_str::<toml::Table>(std::str::from_utf8(&bytes).ok()?).ok())
        .is_some_and(|table| {
            ["extends", "element", "rule", "variance"]
                .iter()
                .any(|key| table.contains_key(*key))
        })
}

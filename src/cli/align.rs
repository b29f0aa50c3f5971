//! `tongban align`: the least that must change to bring a region into line, and with `--apply` the lists in which it has changed, as new
//! files. No file that is there is ever written over.
//!
//! Must not compute, nor know formats of files.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{AlignArgs, OutputArgs, QuestionArgs};
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, question, say};
use crate::compare::align::{self, Target};
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{self, Source, limits, path_name};
use crate::model::{Catalogue, FieldId, Patch, PatchLine, RowId};
use crate::notation::rows_that_differ;
use crate::profile::Element;
use crate::report::escape::terminal;
use crate::report::{self, About, Document};

/// What the name of an aligned list has before its ending; of a folder only the list beside it is read.
pub(super) const ALIGNED: &str = "aligned";

pub(super) fn run(session: &Session, args: &AlignArgs) -> Result<Outcome> {
    if args.apply && args.reverse {
        let aligned = vec![("mark", ALIGNED.to_owned())];
        return Err(Error::why(
            Kind::CannotAlign,
            Path::new(""),
            "align-reverse-apply",
            aligned,
        ));
    }
    // A folder is where the lists go, also one that is not there yet; a file is where the patch goes.
    let is_folder = |path: &&Path| args.apply && (path.is_dir() || path.extension().is_none());
    let folder = args.output.output.as_deref().filter(is_folder);
    let output = OutputArgs {
        format: args.output.format.clone(),
        output: args.output.output.clone().filter(|_| folder.is_none()),
        raw_csv: args.output.raw_csv,
    };
    let target = output.target(About::Patch)?;
    let workspace = Workspace::of(&args.paths)?;
    let loaded = session.load(&workspace)?;
    session.complain_findings(&loaded.catalogue);
    let region = region(&loaded, &workspace, &args.region)?;
    let to = to(&loaded, &workspace, &args.to, &region)?;
    let element = args
        .element
        .as_deref()
        .map(|word| question::element(&loaded.profile, word));
    let element = element.transpose()?;
    let question = question::question(
        session,
        &workspace,
        &loaded,
        &QuestionArgs {
            reference: None,
            dedupe: false,
            files: args.files.clone(),
        },
    )?;
    let asked = align::Asked {
        region: &region,
        target: &to,
        element: element.and_then(|id| loaded.profile.element(&id)),
        item: args.item.as_deref(),
        allow_worse: args.allow_worse,
    };
    let patch = align::align(&loaded.catalogue, loaded.forms(), &loaded.profile, &question, &asked);
    if let Some(item) = args.item.as_ref().filter(|_| patch.items == 0) {
        return Err(Error::plain(Kind::UnknownName, item.clone()));
    }
    let patch = if args.reverse { patch.reverse() } else { patch };
    // What cannot be written is told as such, not as a change.
    let lists = if args.apply {
        ready(session, &workspace, &loaded, &patch)?
    } else {
        Vec::new()
    };
    let unapplied = lists.iter().flat_map(|list| &list.unwritten).copied().collect();
    let patch = if args.apply { patch.without(&unapplied) } else { patch };
    session.emit(
        &Document::Patch(&patch),
        &loaded,
        &[target],
        &Asked {
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    // The tables say it themselves.
    let silent = matches!(target.format.name, "csv" | "json");
    let unchanged = patch.values().unchanged;
    if target.format.name == "csv" && unchanged > 0 {
        let count = [("count", unchanged.to_string())];
        say(&session.messages.with("align-refused", &count));
    }
    if let Some(key) = report::nothing_in_patch(&patch) {
        let text = session.messages.text(key);
        match (args.apply, silent) {
            (true, _) => say(&session.messages.with("align-nothing", &[("text", text)])),
            (false, true) => say(&text),
            (false, false) => {}
        }
    }
    let applied = !args.apply || apply(session, &loaded, lists, folder)?;
    Ok(match applied {
        true => session.outcome(false, &loaded),
        false => Outcome::Failed,
    })
}

/// The id of a region by its id or name. One that the manifest names and that has no list is told apart.
fn region(loaded: &Loaded, workspace: &Workspace, wanted: &str) -> Result<String> {
    let unknown = match question::region(loaded, wanted) {
        Ok(id) => return Ok(id),
        Err(unknown) => unknown,
    };
    let read = |id: &str| loaded.catalogue.regions.iter().any(|region| &*region.id == id);
    let mut declared = workspace.manifests.iter().flat_map(|manifest| &manifest.regions);
    if declared.any(|(id, name)| (id == wanted || name == wanted) && !read(id)) {
        let args = vec![("region", wanted.to_owned())];
        return Err(Error::why(Kind::CannotAlign, Path::new(""), "align-no-list", args));
    }
    Err(unknown)
}

/// The target of `--to`.
fn to(loaded: &Loaded, workspace: &Workspace, word: &str, own: &str) -> Result<Target> {
    let why = |reason| {
        let args = vec![("region", own.to_owned())];
        Err(Error::why(Kind::CannotAlign, Path::new(""), reason, args))
    };
    let regions = &loaded.catalogue.regions;
    let target = match (word, word.split_once(':')) {
        ("directory", _) if !regions.iter().any(|region| region.directory) => {
            return why("align-no-directory");
        }
        ("directory", _) => Target::Directory,
        ("majority", _) => Target::Majority,
        ("best", _) => Target::Best,
        (_, Some(("region", id))) => Target::Region(region(loaded, workspace, id)?),
        _ => {
            let known = ["directory", "majority", "best", "region:"];
            let error = Error::plain(Kind::UnknownName, format!("--to {word} ({}ID)", known.join(", ")));
            return Err(error.meant(word, known));
        }
    };
    let alone = regions.iter().all(|region| region.directory || *region.id == *own);
    match target {
        Target::Region(id) if id == own => why("align-self"),
        Target::Majority | Target::Best if alone => why("align-alone"),
        target => Ok(target),
    }
}

/// One list in which the patch changes something.
struct List {
    name: String,
    /// Its file; what stands in an archive has none of its own.
    path: Option<PathBuf>,
    /// What its new file is to hold; `None` where nothing can be written.
    bytes: Result<Option<Vec<u8>>>,
    /// The lines of the patch that are of this list.
    lines: usize,
    /// The numbers of those that cannot be written.
    unwritten: Vec<usize>,
}

/// The lists in which the patch changes something, as they are to be.
fn ready(session: &Session, workspace: &Workspace, loaded: &Loaded, patch: &Patch) -> Result<Vec<List>> {
    let catalogue = &loaded.catalogue;
    let mut first: HashMap<usize, usize> = HashMap::new();
    for (at, row) in catalogue.rows.iter().enumerate() {
        first.entry(catalogue.tables[row.table.index()].file).or_insert(at);
    }
    // By file; rows by their number in it.
    let mut files: BTreeMap<usize, Vec<Line<'_>>> = BTreeMap::new();
    for (at, line) in patch.lines.iter().enumerate() {
        let (row, _) = line.cell;
        let file = catalogue.tables[catalogue.rows[row.index()].table.index()].file;
        let number = row.index() - first.get(&file).copied().unwrap_or(0);
        files.entry(file).or_default().push((at, RowId::of(number), line));
    }
    let sources = session.as_told(workspace, &loaded.profile)?;
    let list = |(file, lines): (usize, Vec<Line<'_>>)| {
        let name = catalogue.files[file].name.to_string();
        let source = sources.iter().find(|source| path_name(&source.path) == name);
        let written = source.map_or(Ok((None, Vec::new())), |source| all_or_none(loaded, source, &lines));
        let all = || lines.iter().map(|(at, ..)| *at).collect::<Vec<_>>();
        let (bytes, unwritten) = match written {
            Ok((Some(bytes), unwritten)) => (Ok(Some(bytes)), unwritten),
            Ok((None, _)) => (Ok(None), all()),
            Err(error) => (Err(error), all()),
        };
        List {
            name,
            path: source.map(|source| source.file_path().to_owned()),
            bytes,
            lines: lines.len(),
            unwritten,
        }
    };
    Ok(files.into_iter().map(list).collect())
}

/// Writes the lists; gives whether all went well.
fn apply(session: &Session, loaded: &Loaded, lists: Vec<List>, folder: Option<&Path>) -> Result<bool> {
    if let Some(folder) = folder {
        let failed = |error: std::io::Error| Error::file(Kind::Unwritable, folder, error.to_string());
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut well = true;
    let mut example: Option<(String, String)> = None;
    for list in lists {
        // What was asked for and not done is no success, also where a person can do it.
        well &= list.unwritten.is_empty();
        match (list.bytes, &list.path) {
            (Err(error), _) => {
                session.complain(&error);
                continue;
            }
            (Ok(Some(bytes)), Some(path)) => {
                let path = new_path(path, folder);
                if let Err(error) = write(&path, &bytes, &loaded.inputs) {
                    session.complain(&error);
                    well = false;
                    continue;
                }
                let cells = (list.lines - list.unwritten.len()).to_string();
                let args = [("path", path_name(&path)), ("cells", cells)];
                say(&terminal(&session.messages.with("align-written", &args)));
                example.get_or_insert((list.name.clone(), path_name(&path)));
            }
            _ => {}
        }
        if !list.unwritten.is_empty() {
            let args = [("file", list.name), ("count", list.unwritten.len().to_string())];
            say(&terminal(&session.messages.with("align-left", &args)));
        }
    }
    if let Some((old, new)) = example {
        let args = [("old", old), ("new", new)];
        say(&terminal(&session.messages.with("align-compare", &args)));
    }
    Ok(well)
}

/// Where the new file stands: `清单.aligned.csv` beside the old one, or in a folder under its own name.
fn new_path(old: &Path, folder: Option<&Path>) -> PathBuf {
    let name = old.file_name().unwrap_or_default();
    if let Some(folder) = folder {
        return folder.join(name);
    }
    let stem = Path::new(name).file_stem().unwrap_or(name).to_owned();
    let mut new = stem;
    new.push(".");
    new.push(ALIGNED);
    if let Some(ending) = old.extension() {
        new.push(".");
        new.push(ending);
    }
    old.with_file_name(new)
}

/// Writes a new file, and only a new one.
fn write(path: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<()> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(Error::why(Kind::Exists, path, "align-exists", Vec::new()));
    }
    report::save(path, bytes, inputs)
}

/// A line of the patch: its number, its row in the file, and the line.
type Line<'p> = (usize, RowId, &'p PatchLine);

/// The bytes of one list with the lines of the patch in it, and the numbers of those that could not be written: of the cells of one
/// element of a row (a number and its unit) all are written or none. `None` where nothing could be written.
fn all_or_none(loaded: &Loaded, source: &Source, lines: &[Line<'_>]) -> Result<(Option<Vec<u8>>, Vec<usize>)> {
    let mut lines = lines.to_vec();
    let mut unwritten: Vec<usize> = Vec::new();
    loop {
        let (bytes, left) = one(loaded, source, &lines)?;
        let lost: HashSet<(RowId, &str)> = lines
            .iter()
            .filter(|(at, ..)| left.contains(at))
            .map(|(_, row, line)| (*row, line.element.as_str()))
            .collect();
        let before = lines.len();
        lines.retain(|(at, row, line)| {
            let stays = !lost.contains(&(*row, line.element.as_str()));
            unwritten.extend((!stays).then_some(*at));
            stays
        });
        // Without them the others are what they would be: only where a cell of them was written is it done anew.
        if before - lines.len() == left.len() || lines.is_empty() {
            let bytes = bytes.filter(|_| !lines.is_empty());
            return Ok((bytes, unwritten));
        }
    }
}

/// The bytes of one list with the lines of the patch in it, and the numbers of those that could not be written. `None` where none could.
fn one(loaded: &Loaded, source: &Source, lines: &[Line<'_>]) -> Result<(Option<Vec<u8>>, Vec<usize>)> {
    let why = |reason: &'static str| Error::why(Kind::Unwritable, &source.path, reason, Vec::new());
    let profile = &loaded.profile;
    if source.given.is_some() {
        return Err(why("fix-stdin"));
    }
    let bytes = Arc::new(ingest::read_file(source.file_path(), limits::FILE_BYTES)?);
    let read = |bytes: &Arc<Vec<u8>>| {
        let held = Source {
            given: Some(Arc::clone(bytes)),
            ..source.clone()
        };
        let intake = ingest::read_one(&held, profile);
        (!intake.incomplete).then_some(intake.catalogue)
    };
    let before = read(&bytes).ok_or_else(|| why("fmt-incomplete"))?;
    let wanted: HashMap<(RowId, FieldId), &[(String, String)]> = lines
        .iter()
        .map(|(_, row, line)| ((*row, line.cell.1), line.texts.as_slice()))
        .collect();
    let new = |row, field, text: &str| {
        let texts = wanted.get(&(row, field))?;
        texts.iter().find(|(old, _)| old == text).map(|(_, new)| new.clone())
    };
    let contents: HashMap<(RowId, FieldId), &(String, String)> = lines
        .iter()
        .filter_map(|(_, row, line)| Some(((*row, line.cell.1), line.content.as_ref()?)))
        .collect();
    let lists = |row, field| {
        let (old, new) = contents.get(&(row, field))?;
        let cell = before.cell(row, field)?;
        (before.texts.get(cell.text) == old).then(|| new.clone())
    };
    let edited = ingest::edit(source, &bytes, profile, &before, &new, &lists)?;
    let Some(written) = edited.bytes.map(Arc::new) else {
        return Ok((None, lines.iter().map(|(at, ..)| *at).collect()));
    };
    let after = read(&written).ok_or_else(|| why("fmt-proof"))?;
    // What the patch names may say something else, and nothing else may.
    let forms = |list: &Catalogue| Forms::of(list, profile);
    let may = |row: RowId, element: &Element| {
        lines
            .iter()
            .any(|(_, own, line)| *own == row && line.element == element.id)
    };
    let differ = rows_that_differ((&before, &forms(&before)), (&after, &forms(&after)), profile, &may);
    if differ.is_none_or(|rows| !rows.is_empty()) {
        return Err(why("fmt-proof"));
    }
    let differs = |(_, row, line): &&Line<'_>| {
        let cell = after.cell(*row, line.cell.1);
        cell.map_or(String::new(), |cell| after.quote(cell)) != line.to.raw
    };
    let unwritten = lines.iter().filter(differs).map(|(at, ..)| *at).collect();
    let written = Arc::try_unwrap(written).unwrap_or_else(|shared| shared.to_vec());
    Ok((Some(written), unwritten))
}

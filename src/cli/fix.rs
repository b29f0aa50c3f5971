//! `tongban lint --fix` and `--diff`: what lint reports and can put right without a decision, written into the lists. Only what it
//! reports: what a baseline, settings or `--since` leave out stays as it is.
//!
//! Must not judge, nor know formats of files: a finding brings its text, `ingest::edit` writes it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::args::LintArgs;
use super::workspace::Workspace;
use super::{Loaded, Outcome, Session, fmt, say};
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{self, Change, Edited, Left, Source, limits};
use crate::lint::{self, Layer, Selector, Settings};
use crate::model::{Catalogue, FieldId, Finding, Fix, RowId, texts_that_differ};
use crate::notation::rows_that_differ;
use crate::profile::{Element, Profile};
use crate::report;

/// How often a list is looked at again: two rules may have something to say of one cell, and one of them waits for the other.
const ROUNDS: usize = 8;

/// What was done, or with `--diff` what would be.
#[derive(Default)]
pub(super) struct Done {
    /// Files that change.
    pub files: usize,
    cells: usize,
    findings: usize,
    left: BTreeMap<Left, usize>,
    /// Findings whose row would say something else than before.
    unproven: usize,
    failed: bool,
}

impl Done {
    /// How a run that only shows what would change ends.
    pub(super) fn outcome(&self, incomplete: bool) -> Outcome {
        match () {
            () if self.failed || incomplete => Outcome::Failed,
            () if self.files > 0 => Outcome::Found,
            () => Outcome::Clean,
        }
    }

    /// The outcome of the lint after it: what was to be written and was not is a failure.
    pub(super) fn and(&self, outcome: Outcome) -> Outcome {
        if self.failed { Outcome::Failed } else { outcome }
    }
}

/// What may be put right in a file: the number of the row in the file, the column, the rule.
type Wanted<'f> = HashSet<(usize, u16, &'f str)>;

/// Puts right what can be of the findings that are reported of the lists of a workspace.
pub(super) fn run(
    session: &Session,
    args: &LintArgs,
    workspace: &Workspace,
    loaded: &Loaded,
    findings: &[Finding],
) -> Result<Done> {
    let wanted = wanted(&loaded.catalogue, findings, args.unsafe_fixes);
    let mut done = Done::default();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    for source in session.as_told(workspace, &loaded.profile)? {
        let Some(wanted) = wanted.get(&*ingest::path_name(&source.path)) else {
            continue;
        };
        // A file that is the list of two regions is one file.
        let path = source.file_path().canonicalize();
        if !seen.insert(path.unwrap_or_else(|_| source.path.clone())) {
            continue;
        }
        if let Err(error) = one(session, args, &loaded.profile, source, wanted, &mut done) {
            session.complain(&error);
            done.failed = true;
        }
    }
    let counts = [
        ("findings", done.findings.to_string()),
        ("files", done.files.to_string()),
        ("cells", done.cells.to_string()),
    ];
    let key = if args.diff { "fix-would" } else { "fix-done" };
    say(&session.messages.with(key, &counts));
    for (left, count) in &done.left {
        let args = [("count", count.to_string()), ("why", left.word().to_owned())];
        say(&session.messages.with("fmt-left", &args));
    }
    if done.unproven > 0 {
        let args = [("count", done.unproven.to_string())];
        say(&session.messages.with("fix-unproven", &args));
    }
    Ok(done)
}

/// What may be put right, by the name of the file.
fn wanted<'f>(catalogue: &Catalogue, findings: &'f [Finding], unsafe_too: bool) -> HashMap<Arc<str>, Wanted<'f>> {
    let mut first: HashMap<usize, usize> = HashMap::new();
    for (at, row) in catalogue.rows.iter().enumerate() {
        first.entry(catalogue.tables[row.table.index()].file).or_insert(at);
    }
    let mut wanted: HashMap<Arc<str>, Wanted<'f>> = HashMap::new();
    for finding in findings {
        let (Some((row, column)), Some(fix)) = (finding.cell, &finding.fix) else {
            continue;
        };
        if fix.safe || unsafe_too {
            let file = catalogue.tables[catalogue.rows[row.index()].table.index()].file;
            let number = row.index() - first.get(&file).copied().unwrap_or(0);
            let name = catalogue.files[file].name.clone();
            wanted.entry(name).or_default().insert((number, column, &finding.rule));
        }
    }
    wanted
}

/// Puts one file right.
fn one(
    session: &Session,
    args: &LintArgs,
    profile: &Profile,
    source: Source,
    wanted: &Wanted<'_>,
    done: &mut Done,
) -> Result<()> {
    let why = |reason: &'static str| Error::why(Kind::Unwritable, &source.path, reason, Vec::new());
    let read = match &source.given {
        Some(_) if !args.diff => return Err(why("fix-stdin")),
        Some(bytes) => Arc::clone(bytes),
        None => Arc::new(ingest::read_file(source.file_path(), limits::FILE_BYTES)?),
    };
    let before = List::of(&source, Arc::clone(&read), profile).ok_or_else(|| why("fmt-incomplete"))?;
    let mut judge = Judge {
        session,
        profile,
        wanted: wanted.clone(),
        unsafe_too: args.unsafe_fixes,
        written: HashMap::new(),
    };
    let mut tried = judge.put_right(&source, &before)?;
    let mut differ = judge.differ(&before, &tried).ok_or_else(|| why("fmt-proof"))?;
    if !differ.is_empty() {
        // Rows are fixed each for itself: without these the others come out as before.
        let all = judge.wanted.len();
        judge.wanted.retain(|(row, ..)| !differ.contains(&RowId::of(*row)));
        done.unproven += all - judge.wanted.len();
        judge.written.clear();
        tried = judge.put_right(&source, &before)?;
        differ = judge.differ(&before, &tried).ok_or_else(|| why("fmt-proof"))?;
    }
    let Tried {
        now,
        changes,
        left,
        findings,
    } = tried;
    for (left, count) in left {
        *done.left.entry(left).or_default() += count;
    }
    let Some(now) = now else { return Ok(()) };
    if !differ.is_empty() {
        return Err(why("fmt-proof"));
    }
    if args.diff {
        let name = ingest::path_name(&source.path);
        session.write_out(None, &[], false, |out| {
            fmt::diff(&name, &changes, session.wants_color(), out)
        })?;
    } else {
        report::replace(source.file_path(), &read, &now.bytes)?;
    }
    done.files += 1;
    done.cells += changes.len();
    done.findings += findings;
    Ok(())
}

/// A list as it is read from bytes.
struct List {
    bytes: Arc<Vec<u8>>,
    catalogue: Catalogue,
    forms: Forms,
}

impl List {
    /// `None` where not all of it can be read.
    fn of(source: &Source, bytes: Arc<Vec<u8>>, profile: &Profile) -> Option<List> {
        let held = Source {
            given: Some(Arc::clone(&bytes)),
            ..source.clone()
        };
        let intake = ingest::read_one(&held, profile);
        let forms = Forms::of(&intake.catalogue, profile);
        (!intake.incomplete).then_some(List {
            bytes,
            catalogue: intake.catalogue,
            forms,
        })
    }

    fn both(&self) -> (&Catalogue, &Forms) {
        (&self.catalogue, &self.forms)
    }
}

/// What became of a list.
struct Tried {
    /// The list as it is now; `None` where nothing changed.
    now: Option<List>,
    changes: Vec<Change>,
    left: BTreeMap<Left, usize>,
    /// How many findings are put right.
    findings: usize,
}

/// What is asked of a list, round by round.
struct Judge<'a> {
    session: &'a Session,
    profile: &'a Profile,
    wanted: Wanted<'a>,
    unsafe_too: bool,
    /// What was written, and whether only the notation changed.
    written: HashMap<(RowId, FieldId), bool>,
}

impl Judge<'_> {
    /// Writes what is wanted, until nothing more can be.
    fn put_right(&mut self, source: &Source, before: &List) -> Result<Tried> {
        let why = |reason: &'static str| Error::why(Kind::Unwritable, &source.path, reason, Vec::new());
        let mut open = self.findings(before);
        let found = open.len();
        let mut tried = Tried {
            now: None,
            changes: Vec::new(),
            left: BTreeMap::new(),
            findings: 0,
        };
        for _ in 0..ROUNDS {
            let edited = self.round(source, tried.now.as_ref().unwrap_or(before), &open)?;
            tried.left = edited.left;
            let Some(bytes) = edited.bytes else { break };
            let next = List::of(source, Arc::new(bytes), self.profile).ok_or_else(|| why("fmt-proof"))?;
            edited
                .changes
                .into_iter()
                .for_each(|change| add(&mut tried.changes, change));
            open = self.findings(&next);
            tried.now = Some(next);
        }
        tried.findings = found.saturating_sub(open.len());
        Ok(tried)
    }

    /// The rows that say something else than before; `None` where it is not the same rows.
    fn differ(&self, before: &List, tried: &Tried) -> Option<HashSet<RowId>> {
        let Some(now) = &tried.now else {
            return Some(HashSet::new());
        };
        let may = |row: RowId, element: &Element| self.may_differ(row, element);
        let rows = rows_that_differ(before.both(), now.both(), self.profile, &may)?;
        Some(rows.into_iter().collect())
    }

    /// Whether what is read from a row may say something else than before: where it was to be changed, and of what was written where
    /// nobody compares it, for the normal form of that is its spelling.
    fn may_differ(&self, row: RowId, element: &Element) -> bool {
        let mut written = element
            .fields
            .iter()
            .filter_map(|(_, field)| self.written.get(&(row, *field)));
        written.any(|safe| !safe || !element.compare)
    }

    /// What is wanted and can be put right.
    fn findings(&self, list: &List) -> Vec<Finding> {
        let rules: BTreeSet<&str> = self.wanted.iter().map(|(_, _, rule)| *rule).collect();
        let select = rules
            .into_iter()
            .filter_map(|code| Selector::named(code, &self.session.rules));
        let layer = Layer {
            select: select.collect(),
            ..Layer::default()
        };
        let settings = Settings {
            layers: vec![layer],
            ..Settings::default()
        };
        let rules = &self.session.rules;
        let mut found = lint::run(&list.catalogue, self.profile, rules, &settings, None);
        found.retain(|finding| {
            let wanted = |(row, column): (RowId, u16)| self.wanted.contains(&(row.index(), column, &*finding.rule));
            let allowed = |fix: &Fix| fix.safe || self.unsafe_too;
            finding.cell.is_some_and(wanted) && finding.fix.as_deref().is_some_and(allowed)
        });
        found
    }

    /// Writes the first text that is wanted for each cell; another rule comes in the next round, when its text holds the first.
    fn round(&mut self, source: &Source, list: &List, findings: &[Finding]) -> Result<Edited> {
        let catalogue = &list.catalogue;
        let mut new: HashMap<(RowId, FieldId), Vec<(String, String)>> = HashMap::new();
        let mut unclear = 0;
        for finding in findings {
            let (Some((row, column)), Some(fix)) = (finding.cell, &finding.fix) else {
                continue;
            };
            let Some(cell) = catalogue.cells(row).iter().find(|cell| cell.column == column) else {
                continue;
            };
            let key = (row, cell.field);
            if new.contains_key(&key) {
                continue;
            }
            match texts_that_differ(cell.shape, catalogue.texts.get(cell.text), &fix.text) {
                Some(texts) => {
                    *self.written.entry(key).or_insert(true) &= fix.safe;
                    new.insert(key, texts);
                }
                None => unclear += 1,
            }
        }
        if new.is_empty() && unclear == 0 {
            return Ok(Edited::default());
        }
        let asked = |row, field, text: &str| {
            let pieces = new.get(&(row, field))?;
            pieces.iter().find(|(old, _)| old == text).map(|(_, new)| new.clone())
        };
        let mut edited = ingest::edit(source, &list.bytes, self.profile, catalogue, &asked, &|_, _| None)?;
        if unclear > 0 {
            *edited.left.entry(Left::Notation).or_default() += unclear;
        }
        Ok(edited)
    }
}

/// Adds a change of a later round to those before: a text that was new then is old now.
fn add(changes: &mut Vec<Change>, change: Change) {
    let same = |known: &&mut Change| {
        (&known.sheet, known.at.row, &known.column, &known.new)
            == (&change.sheet, change.at.row, &change.column, &change.old)
    };
    match changes.iter_mut().find(same) {
        Some(known) => known.new = change.new,
        None => changes.push(change),
    }
}

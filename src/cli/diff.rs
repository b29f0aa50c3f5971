//! `tongban diff A B`: one region against another.
//!
//! Must not compute.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::DiffArgs;
use super::manifest::manifest_of;
use super::taken::Taken;
use super::workspace::{Workspace, is_stdin, stdin_twice};
use super::{Asked, Loaded, Outcome, Session, matching, say};
use crate::compare::{identity, over_time, pair};
use crate::error::{Error, Kind, Result};
use crate::forms::Forms;
use crate::ingest::{Source, locate, path_name};
use crate::model::{Difference, Verdict};
use crate::report::escape::terminal;
use crate::report::{About, Document};

pub(super) fn run(session: &Session, args: &DiffArgs) -> Result<Outcome> {
    let target = args.output.target(About::Diff)?;
    let mut both = Workspace::default();
    if is_stdin(&args.left) && args.right.as_deref().is_some_and(is_stdin) {
        return Err(stdin_twice());
    }
    let folder = args.workspace.as_deref();
    let named = |path: &Path| Ok(Taken::named(path, folder)?.is_some());
    let snapshots = [named(&args.left)?, args.right.as_deref().map_or(Ok(false), named)?];
    let in_time = snapshots.contains(&true);
    let left = side_of(&args.left, folder, in_time)?;
    let right = match &args.right {
        Some(name) => side_of(name, folder, in_time)?,
        None => working(&args.left, &left)?,
    };
    // A list says nothing of the regions of the others.
    let [left_whole, right_whole] = [Some(&args.left), args.right.as_ref()]
        .map(|path| path.is_none_or(|path| !in_time || !path.is_file() || manifest_of(path).is_some()));
    for (side, one) in [(0_u16, left), (1, right)] {
        both.manifests.extend(one.manifests);
        both.errors.extend(one.errors);
        both.words.extend(one.words);
        both.folders.extend(one.folders);
        both.snapshots
            .extend(one.snapshots.into_iter().map(|taken| Taken { side, ..taken }));
        both.sources.extend(
            one.sources
                .into_iter()
                .filter(|s| !s.directory)
                .map(|source| Source { side, ..source }),
        );
    }
    let loaded = session.load(&both)?;
    session.complain_findings(&loaded.catalogue);
    let split: Vec<Option<usize>> = loaded
        .catalogue
        .regions
        .iter()
        .map(|region| Some(usize::from(region.side)))
        .collect();
    let compared = Regions::of(&loaded).compared(session, args, in_time, [left_whole, right_whole])?;
    let right = args.right.as_deref().unwrap_or(Path::new("."));
    let titles = [
        title(&loaded, compared.as_ref(), 0, &path_name(&args.left)),
        title(&loaded, compared.as_ref(), 1, &path_name(right)),
    ];
    let decisions = matching::decisions(session, &both, &loaded, args.matches.as_deref(), matching::Reads::Two)?;
    // Region by region each has forms of its own.
    let forms = compared.is_none().then(|| {
        let needed: Vec<_> = identity::needed(&loaded.profile).collect();
        Forms::as_asked(&loaded.catalogue, &loaded.profile, &needed)
    });
    let diff = match (&forms, &compared) {
        (None, Some(compared)) => over_time::compare(
            &loaded.catalogue,
            &loaded.profile,
            titles,
            &decisions,
            compared,
            args.explain,
        ),
        _ => pair::compare(
            &loaded.catalogue,
            forms.as_ref().unwrap_or_else(|| loaded.forms()),
            &loaded.profile,
            &split,
            titles,
            &decisions,
            args.explain,
        ),
    };
    matching::tell_waiting(session, diff.waiting);
    session.emit(
        &Document::Diff(&diff),
        &loaded,
        &[target],
        &Asked {
            item: args.item.as_deref(),
            explain: args.explain,
            top: args.top,
            raw_csv: args.output.raw_csv,
            ..Asked::default()
        },
    )?;
    let asked: Vec<&Difference> = diff
        .differences
        .iter()
        .filter(|d| {
            args.item
                .as_ref()
                .is_none_or(|item| d.code == *item || d.name.contains(item))
        })
        .collect();
    let found = match args.fail_on.as_str() {
        "substantive" => asked
            .iter()
            .any(|difference| difference.judgement.verdict == Verdict::Substantive),
        "any" => {
            !asked.is_empty() || (args.item.is_none() && !(diff.only_left.is_empty() && diff.only_right.is_empty()))
        }
        _ => false,
    };
    let outcome = session.outcome(found, &loaded);
    // The program ends here: the system takes the memory back at once, and we would take it piece by piece.
    std::mem::forget((diff, forms, loaded));
    Ok(outcome)
}

/// The lists of today, in the workspace that a snapshot is of.
fn working(typed: &Path, left: &Workspace) -> Result<Workspace> {
    match left.snapshots.first() {
        Some(taken) if taken.folder().as_os_str().is_empty() => Workspace::of(&[PathBuf::from(".")]),
        Some(taken) => Workspace::of(&[taken.folder().to_owned()]),
        None => Err(Error::why(Kind::TooFewLists, typed, "diff-one-side", Vec::new())),
    }
}

/// A path, a snapshot, or the id or name of a region of the workspace. `in_time`: lists of a workspace are of the regions that it says.
fn side_of(path: &Path, workspace: Option<&Path>, in_time: bool) -> Result<Workspace> {
    if let Some(taken) = Taken::named(path, workspace)? {
        let mut side = Workspace::default();
        side.take(taken)?;
        return Ok(side);
    }
    let there = path.exists() || locate(path).1.is_some();
    if in_time && there {
        return Workspace::of_lint(&[path.to_owned()], None, false);
    }
    if is_stdin(path) || (there && workspace.is_none()) {
        return Workspace::of(&[path.to_owned()]);
    }
    let root = workspace.unwrap_or(Path::new("."));
    if !root.join(super::manifest::MANIFEST).is_file() {
        return Err(Error::file(Kind::NotFound, path, ""));
    }
    let name = path_name(path);
    let mut whole = Workspace::of(&[root.to_owned()])?;
    let mut known: Vec<String> = Vec::new();
    whole.sources.retain(|source| match &source.region {
        Some((id, title)) => {
            known.push(format!("{id} {title}"));
            *id == name || *title == name
        }
        None => false,
    });
    if whole.sources.is_empty() {
        known.dedup();
        let error = Error::plain(Kind::UnknownName, format!("{name} ({})", known.join(", ")));
        return Err(error.meant(&name, known.iter().flat_map(|region| region.splitn(2, ' '))));
    }
    Ok(whole)
}

/// The regions of the two sides, each with its name and its rows.
struct Regions<'a> {
    sides: [BTreeMap<Arc<str>, (&'a str, usize)>; 2],
    /// Regions that are only known by the name of a file.
    by_file: BTreeSet<Arc<str>>,
}

impl<'a> Regions<'a> {
    fn of(loaded: &'a Loaded) -> Regions<'a> {
        let catalogue = &loaded.catalogue;
        let mut sides = [BTreeMap::new(), BTreeMap::new()];
        for region in catalogue.regions.iter().filter(|region| !region.directory) {
            if let Some(side) = sides.get_mut(usize::from(region.side)) {
                side.insert(Arc::clone(&region.id), (region.name.as_str(), 0));
            }
        }
        for row in &catalogue.rows {
            let region = &catalogue.regions[row.region.index()];
            let side = sides.get_mut(usize::from(region.side));
            if let Some((_, rows)) = side.and_then(|side| side.get_mut(&region.id)) {
                *rows += 1;
            }
        }
        let stems: BTreeSet<&str> = catalogue.files.iter().map(|file| stem(&file.name)).collect();
        let by_file = catalogue.regions.iter().filter(|region| {
            let digits = region.id.bytes().all(|byte| byte.is_ascii_digit());
            *region.id == *region.name && !digits && stems.contains(&*region.id)
        });
        let by_file = by_file.map(|region| Arc::clone(&region.id)).collect();
        Regions { sides, by_file }
    }

    /// The regions that are compared one by one; `None` where the sides are compared as they are.
    fn compared(
        &self,
        session: &Session,
        args: &DiffArgs,
        in_time: bool,
        [left_whole, right_whole]: [bool; 2],
    ) -> Result<Option<BTreeSet<Arc<str>>>> {
        let [left, right] = &self.sides;
        let several = [left.len() > 1, right.len() > 1];
        // Files of one region are no regions.
        let by_file = || left.keys().chain(right.keys()).any(|id| self.by_file.contains(id));
        let empty = left.is_empty() || right.is_empty();
        if !in_time && (empty || several == [false, false] || (several == [true, true] && by_file())) {
            return Ok(None);
        }
        let common: BTreeSet<Arc<str>> = left.keys().filter(|id| right.contains_key(*id)).cloned().collect();
        if !in_time && several != [true, true] {
            let told = if common.is_empty() {
                "diff-pooled"
            } else {
                "diff-one-of-several"
            };
            let names: Vec<String> = common.iter().map(|id| self.name(id)).collect();
            let said = [
                ("left", path_name(&args.left)),
                ("right", path_name(args.right.as_deref().unwrap_or(Path::new(".")))),
                ("region", names.join("、")),
                ("side", if several[0] { "left" } else { "right" }.to_owned()),
            ];
            say(&terminal(&session.messages.with(told, &said)));
            return Ok(Some(common).filter(|common| !common.is_empty()));
        }
        if common.is_empty() && !empty {
            let names = |side: &BTreeMap<Arc<str>, _>| {
                let names: Vec<String> = side.keys().map(|id| self.name(id)).collect();
                names.join("、")
            };
            let said = vec![("left", names(left)), ("right", names(right))];
            return Err(Error::why(Kind::UnknownName, &args.left, "diff-no-region", said));
        }
        let mut compared = common;
        for (side, mine, other, whole) in [("left", left, right, right_whole), ("right", right, left, left_whole)] {
            for (id, (_, rows)) in mine.iter().filter(|(id, _)| whole && !other.contains_key(*id)) {
                let said = [
                    ("side", side.to_owned()),
                    ("region", self.name(id)),
                    ("rows", rows.to_string()),
                ];
                say(&terminal(&session.messages.with("diff-lone-region", &said)));
                compared.insert(Arc::clone(id));
            }
        }
        Ok(Some(compared))
    }

    fn name(&self, id: &Arc<str>) -> String {
        let name = self
            .sides
            .iter()
            .find_map(|side| side.get(id))
            .map_or("", |(name, _)| name);
        match name == &**id {
            true => name.to_owned(),
            false => format!("{id} {name}").trim().to_owned(),
        }
    }
}

/// The name of a file without its folders and its ending.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The id and name of a side: those of its region, or what was typed where several are compared.
fn title(loaded: &Loaded, compared: Option<&BTreeSet<Arc<str>>>, side: usize, typed: &str) -> (String, String) {
    if let Some(entry) = loaded.taken.iter().find(|(of, _)| usize::from(*of) == side) {
        let (number, day) = (entry.1.number, entry.1.about.day());
        return (format!("@{number}"), format!("@{number} {day}"));
    }
    let mut regions = loaded.catalogue.regions.iter().filter(|region| {
        usize::from(region.side) == side && compared.is_none_or(|compared| compared.contains(&region.id))
    });
    match (regions.next(), regions.next()) {
        (Some(region), None) => (region.id.to_string(), region.name.clone()),
        _ => (typed.to_owned(), typed.to_owned()),
    }
}

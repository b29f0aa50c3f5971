//! `tongban log`: what changed from snapshot to snapshot, and whether regions converge.
//!
//! Must not compute.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{LawsArgs, LogArgs};
use super::manifest::InForce;
use super::past::Past;
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, law, matching, variances};
use crate::compare::history;
use crate::compare::identity::Decisions;
use crate::compare::uniformity::{self, Question, Told};
use crate::error::{Error, Kind, Result};
use crate::law::{Known, Lists, outdated};
use crate::model::{
    Catalogue, Changes, Convergence, Day, Fared, History, ItemChange, Life, Log, LogBy, LogEntry, Moment,
    OutdatedBasis, RegionMoment, Stale, StaleBasis, StaleItem, Tally, Uniformity, Variance,
};
use crate::report::{About, Document};
use crate::store::{Entry, Which};

pub(super) fn run(session: &Session, args: &LogArgs) -> Result<Outcome> {
    let target = args.output.target(About::History)?;
    let past = Past::open(session, args.place.as_deref(), args.db.as_deref())?;
    let mut nothing = past.loaded(Catalogue::default(), false);
    let told = match (&args.item, args.between.as_slice(), args.stale) {
        (Some(item), ..) => life(&past, item)?,
        (None, [then, now], _) => Reading::of(session, &past)?.convergence(then, now)?,
        (None, _, Some(day)) => Reading::of(session, &past)?.stale(session, day)?,
        _ if args.stale_basis => {
            let (told, incomplete) = Reading::of(session, &past)?.stale_basis(session, &args.laws)?;
            nothing.incomplete = incomplete;
            told
        }
        _ => {
            let by = match args.by.as_deref() {
                Some("element") => LogBy::Element,
                Some("region") => LogBy::Region,
                Some("item") => LogBy::Item,
                _ => LogBy::All,
            };
            History::Log(Reading::of(session, &past)?.log(session, by)?.0)
        }
    };
    let asked = Asked {
        top: args.top,
        raw_csv: args.output.raw_csv,
        ..Asked::default()
    };
    session.emit(&Document::History(&told), &nothing, &[target], &asked)?;
    Ok(session.outcome(false, &nothing))
}

/// The snapshots for a report: those of the named file, else of the workspace that is reported on.
pub(super) fn trend(session: &Session, workspace: &Workspace, named: Option<&Path>) -> Result<(Log, PathBuf)> {
    let folder = workspace.manifests.first().map(InForce::root);
    let folder = folder.or(workspace.folders.first().map(PathBuf::as_path));
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let past = Past::open(session, folder, named)?;
    let log = Reading::of(session, &past)?.log(session, LogBy::All)?.0;
    Ok((log, past.path))
}

fn life(past: &Past, item: &str) -> Result<History> {
    let (rows, words) = past.rows_of(item)?;
    let moments = past.moments();
    let items = history::life(rows, moments.len(), &past.profile, &words);
    Ok(History::Life(Life { moments, items }))
}

/// How the snapshots are read: what people decided counts for all of them as it stands today.
struct Reading<'a> {
    past: &'a Past,
    last: Loaded,
    decisions: Decisions,
    variances: Vec<Variance>,
}

/// What is kept of the comparison of the regions of a snapshot.
#[derive(Clone)]
struct Figures {
    items: usize,
    index: Option<f64>,
    /// Id, name and index.
    regions: Vec<(String, String, f64)>,
    elements: Vec<Option<f64>>,
}

impl<'a> Reading<'a> {
    fn of(session: &Session, past: &'a Past) -> Result<Reading<'a>> {
        let last = past.read(past.snapshots.find(Which::Back(0))?)?;
        Ok(Reading {
            decisions: matching::decisions(session, &past.workspace, &last, None, matching::Reads::All)?,
            variances: variances::variances(session, &past.workspace, &last, None)?,
            past,
            last,
        })
    }

    fn report(&self, lists: &Loaded) -> Uniformity {
        let question = Question {
            decisions: self.decisions.clone(),
            variances: self.variances.clone(),
            told: Told::Nothing,
            ..Question::default()
        };
        uniformity::compare(&lists.catalogue, lists.forms(), &lists.profile, &question)
    }

    /// All snapshots, and the report on the last one. What is equal is compared once.
    fn log(&self, session: &Session, by: LogBy) -> Result<(Log, Option<Uniformity>)> {
        let entries = self.past.snapshots.list();
        session.during("progress-history", entries.len(), || self.log_of(entries, by))
    }

    fn log_of(&self, entries: &[Entry], by: LogBy) -> Result<(Log, Option<Uniformity>)> {
        let mut known: HashMap<String, Figures> = HashMap::new();
        let mut regions: BTreeMap<String, String> = BTreeMap::new();
        let mut seen: Vec<(&Entry, Figures, Changes)> = Vec::new();
        let mut before: Option<(String, Arc<Catalogue>)> = None;
        let mut report = None;
        for (at, entry) in entries.iter().enumerate() {
            let digest = entry.digest.to_string();
            let mut changes = Changes::default();
            if before.as_ref().is_none_or(|(known, _)| *known != digest) {
                let read;
                let lists = match at + 1 == entries.len() {
                    true => &self.last,
                    false => {
                        read = self.past.read(entry)?;
                        &read
                    }
                };
                if let Some((_, earlier)) = &before {
                    changes = history::changes(earlier, &lists.catalogue, &self.past.profile, &Decisions::default());
                }
                if !known.contains_key(&digest) || at + 1 == entries.len() {
                    let found = self.report(lists);
                    known.insert(digest.clone(), Figures::of(&found));
                    report = Some(found);
                }
                before = Some((digest.clone(), Arc::clone(&lists.catalogue)));
            }
            let Some(figures) = known.get(&digest) else { continue };
            for (id, name, _) in &figures.regions {
                regions.insert(id.clone(), name.clone());
            }
            seen.push((entry, figures.clone(), changes));
        }
        let regions: Vec<(String, String)> = regions.into_iter().collect();
        let compared = self.past.profile.compared();
        let entries = seen
            .into_iter()
            .map(|(entry, figures, changes)| LogEntry {
                moment: self.past.moment(entry),
                rows: entry.about.rows,
                items: figures.items,
                index: figures.index,
                tally: tally(changes.items.iter().filter(|change| !change.directory)),
                directory: tally(changes.items.iter().filter(|change| change.directory)),
                regions: figures
                    .regions
                    .iter()
                    .filter_map(|(id, _, index)| {
                        Some(RegionMoment {
                            region: regions.iter().position(|(known, _)| known == id)?,
                            index: *index,
                            tally: tally(
                                changes
                                    .items
                                    .iter()
                                    .filter(|change| !change.directory && change.region == *id),
                            ),
                        })
                    })
                    .collect(),
                elements: figures.elements,
                changes,
            })
            .collect();
        let log = Log {
            entries,
            regions,
            elements: compared.map(|(_, element)| element.id.clone()).collect(),
            by,
            variances: self.variances.len(),
            decisions: self.decisions.all.len(),
        };
        Ok((log, report))
    }

    fn convergence(&self, then: &str, now: &str) -> Result<History> {
        let find = |word: &str| {
            let which = Which::parse(word.strip_prefix('@').unwrap_or(word));
            let which = which.ok_or_else(|| Error::plain(Kind::UnknownName, word))?;
            self.past.snapshots.find(which)
        };
        let entries = [find(then)?, find(now)?];
        let [before, after] = [
            self.report(&self.past.read(entries[0])?),
            self.report(&self.past.read(entries[1])?),
        ];
        let (items, compared) = history::converged(&before, &after);
        Ok(History::Convergence(Convergence {
            moments: entries.map(|entry| self.past.moment(entry)),
            index: [&before, &after].map(index),
            compared,
            items,
        }))
    }

    /// The snapshots, and when each item of a region last changed or came.
    fn last_changes(&self, session: &Session) -> Result<(Vec<Moment>, Vec<StaleItem>)> {
        let (log, report) = self.log(session, LogBy::All)?;
        let steps: Vec<&Changes> = log.entries.iter().map(|entry| &entry.changes).collect();
        let items = report.map(|report| history::stale(&report, &steps)).unwrap_or_default();
        Ok((log.entries.into_iter().map(|entry| entry.moment).collect(), items))
    }

    /// Also whether part of the law library was not read.
    fn stale_basis(&self, session: &Session, args: &LawsArgs) -> Result<(History, bool)> {
        // What laws say is not asked for, only when they were changed.
        let base = law::library(session, &self.past.workspace, args, |_| false)?;
        let (moments, items) = self.last_changes(session)?;
        let known: HashMap<(&str, &str, &str), Option<usize>> = items
            .iter()
            .map(|item| ((&*item.region, &*item.code, &*item.name), item.since))
            .collect();
        let days: Vec<Option<Day>> = moments.iter().map(|moment| Day::iso(&moment.day)).collect();
        // What was there from the start is at least as old as the first snapshot.
        let touched = |region: &str, code: &str, name: &str| {
            let since = known.get(&(region, code, name))?;
            days.get(since.unwrap_or(0)).copied().flatten()
        };
        let (forms, whose) = law::whose(session, &self.past.workspace, &self.last)?;
        let lists = Lists {
            catalogue: &self.last.catalogue,
            forms: &forms,
            profile: &self.last.profile,
            whose: &whose,
        };
        let laws = Known::of(Some(&base.library), args.as_of);
        let since = |basis: &OutdatedBasis| {
            let since = known.get(&(&*basis.region, &*basis.code, &*basis.name));
            since.copied().flatten()
        };
        let found = outdated(lists, &laws, &touched).into_iter();
        let found = found.map(|basis| (since(&basis), basis)).collect();
        let all = items.len();
        Ok((
            History::StaleBasis(StaleBasis {
                moments,
                all,
                items: found,
            }),
            base.incomplete,
        ))
    }

    fn stale(&self, session: &Session, day: Day) -> Result<History> {
        let (moments, mut items) = self.last_changes(session)?;
        let (all, day) = (items.len(), day.to_string());
        // What was there from the start is at least as old as the first snapshot.
        items.retain(|item| {
            moments
                .get(item.since.unwrap_or(0))
                .is_some_and(|moment| moment.day < day)
        });
        Ok(History::Stale(Stale {
            unknown: moments.first().is_some_and(|first| day <= first.day),
            moments,
            day,
            all,
            items,
        }))
    }
}

fn tally<'a>(changes: impl Iterator<Item = &'a ItemChange>) -> Tally {
    let mut tally = Tally::default();
    for change in changes {
        if let Some(at) = Fared::ALL.iter().position(|fared| *fared == change.fared) {
            tally[at] += 1;
        }
    }
    tally
}

/// The index, where there is something to compare.
fn index(report: &Uniformity) -> Option<f64> {
    (report.items_compared > 0).then_some(report.index)
}

impl Figures {
    fn of(report: &Uniformity) -> Figures {
        let regions = report.regions.iter();
        let elements = report.elements.iter();
        Figures {
            items: report.items_compared,
            index: index(report),
            regions: regions
                .map(|region| (region.id.clone(), region.name.clone(), region.index))
                .collect(),
            elements: elements
                .map(|element| (element.cells > 0).then_some(element.index))
                .collect(),
        }
    }
}

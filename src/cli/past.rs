//! The snapshots of a workspace, as `log` and `blame` look at them: all are read by the profile, the vocabularies and the rules of today,
//! so that one yardstick is laid to all of them.
//!
//! Must not judge what changed: that is `compare::history`.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::taken::{self, with_lists};
use super::workspace::Workspace;
use super::{Loaded, Session, snapshot};
use crate::compare::history;
use crate::error::{Error, Kind, Result};
use crate::model::{Catalogue, Moment};
use crate::profile::Profile;
use crate::store::{Entry, SNAPSHOTS, Snapshots, Which, Yardstick};

/// The snapshots of a workspace.
pub(super) struct Past {
    pub path: PathBuf,
    pub snapshots: Snapshots,
    pub workspace: Workspace,
    pub profile: Arc<Profile>,
    today: Yardstick,
}

impl Past {
    /// Those of the named file, of the workspace in a folder, or of the one in which we are.
    ///
    /// # Errors
    /// When there are none, or the file or the settings cannot be read.
    pub(super) fn open(session: &Session, place: Option<&Path>, db: Option<&Path>) -> Result<Past> {
        let path = match (db, place) {
            (Some(file), _) => file.to_owned(),
            (None, Some(folder)) if folder.is_dir() => folder.join(SNAPSHOTS),
            (None, Some(file)) => file.to_owned(),
            (None, None) => taken::database(),
        };
        let snapshots = Snapshots::open(&path)?;
        let workspace = snapshot::settings(&path)?;
        let past = Past {
            today: snapshot::yardstick(session, &workspace)?,
            profile: Arc::new(session.load_profile(&workspace)?),
            workspace,
            snapshots,
            path,
        };
        // Where there is none, that is said as for any other snapshot.
        past.snapshots.find(Which::Back(0))?;
        Ok(past)
    }

    pub(super) fn moments(&self) -> Vec<Moment> {
        self.snapshots.list().iter().map(|entry| self.moment(entry)).collect()
    }

    pub(super) fn moment(&self, entry: &Entry) -> Moment {
        let (about, then, now) = (&entry.about, &entry.about.yardstick, &self.today);
        let yards = [
            ("profile", &then.profile, &now.profile),
            ("vocabulary", &then.vocabulary, &now.vocabulary),
            ("rules", &then.rules, &now.rules),
        ];
        Moment {
            number: entry.number,
            day: about.day(),
            time: about.moment(),
            message: about.message.clone(),
            other: yards
                .iter()
                .filter(|(_, then, now)| then != now)
                .map(|(what, ..)| *what)
                .collect(),
        }
    }

    /// The lists of a snapshot.
    pub(super) fn read(&self, entry: &Entry) -> Result<Loaded> {
        let lists = with_lists(&self.path, &self.profile, |lists| self.snapshots.read(entry, lists))?;
        Ok(self.loaded(lists, entry.about.incomplete))
    }

    pub(super) fn loaded(&self, lists: Catalogue, incomplete: bool) -> Loaded {
        Loaded {
            profile: Arc::clone(&self.profile),
            catalogue: Arc::new(lists),
            forms: OnceCell::new(),
            taken: Vec::new(),
            unread: false,
            incomplete,
            inputs: self.files(),
        }
    }

    /// The database, and every file that one of its snapshots was made of.
    fn files(&self) -> Vec<PathBuf> {
        let entries = self.snapshots.list().iter();
        let files: BTreeSet<PathBuf> = entries.flat_map(|entry| taken::sources(&self.path, entry)).collect();
        files.into_iter().chain([self.path.clone()]).collect()
    }

    /// The rows of the items of a code or name in all snapshots, the number of a snapshot in the list as the side of its regions; and the
    /// words that were asked for. What has their names under other codes is among them.
    ///
    /// # Errors
    /// When no snapshot has such an item.
    pub(super) fn rows_of(&self, asked: &str) -> Result<(Catalogue, Vec<String>)> {
        let entries: Vec<&Entry> = self.snapshots.list().iter().collect();
        let places = |words: &[String]| {
            let keys: Vec<&str> = words.iter().map(String::as_str).collect();
            self.snapshots.places(&keys)
        };
        let rows = |places| {
            with_lists(&self.path, &self.profile, |lists| {
                self.snapshots.item(places, &entries, lists)
            })
        };
        let wanted = history::words_of(&self.profile, asked.trim());
        let first = places(&wanted)?;
        let found = rows(&first)?;
        if found.rows.is_empty() {
            return Err(self.unknown(asked.trim())?);
        }
        let mut all = wanted.clone();
        all.extend(
            found
                .row_ids()
                .flat_map(|row| history::words(&found, &self.profile, row)),
        );
        all.sort_unstable();
        all.dedup();
        // Other codes and names mostly lead to no other rows.
        let more = places(&all)?;
        let found = if more == first { found } else { rows(&more)? };
        Ok((found, wanted))
    }

    /// That no snapshot has such an item, with the items of the latest one whose name has these words in it.
    fn unknown(&self, asked: &str) -> Result<Error> {
        let last = self.read(self.snapshots.find(Which::Back(0))?)?;
        let lists = &last.catalogue;
        let names = lists
            .row_ids()
            .flat_map(|row| history::words(lists, &self.profile, row));
        let names: BTreeSet<String> = names.collect();
        let near: Vec<&str> = names
            .iter()
            .filter(|name| name.contains(asked))
            .map(String::as_str)
            .collect();
        let shown = near.iter().take(NEAR).copied().collect::<Vec<_>>().join("、");
        let text = match (near.len(), shown) {
            (0, _) => asked.to_owned(),
            (1..=NEAR, shown) => format!("{asked} ({shown})"),
            (_, shown) => format!("{asked} ({shown} …)"),
        };
        Ok(Error::plain(Kind::UnknownName, text).meant(asked, names.iter().map(String::as_str)))
    }
}

/// How many names are proposed for one that is not known.
const NEAR: usize = 8;

//! Items that rest on a law that was changed or repealed after they were last touched.
//!
//! Must not know snapshots: when an item was last touched comes in as a day.

use std::collections::BTreeMap;

use super::cited::Lists;
use super::items::Known;
use crate::model::{Citation, Day, Happened, Law, LawFate, OutdatedBasis};

/// The items of regions whose basis changed after they did, by region, item and law; of each law the last change by `as_of`, or at all.
/// `touched` tells of a region's id, a code and a name when that item was last changed; `None` for what is not asked about.
pub fn outdated(
    lists: Lists<'_>,
    known: &Known<'_>,
    touched: &dyn Fn(&str, &str, &str) -> Option<Day>,
) -> Vec<OutdatedBasis> {
    let basis = |_: &Citation, basis: bool| basis;
    let mut found: BTreeMap<(String, String, String, String), OutdatedBasis> = BTreeMap::new();
    for cited in lists.cited(&basis) {
        let region = &lists.catalogue.regions[lists.catalogue.rows[cited.row.index()].region.index()];
        let (code, name, _) = lists.item(cited.row);
        let Some(touched) = touched(&region.id, code, name).filter(|_| !region.directory) else {
            continue;
        };
        let title = known.title(&cited.citation);
        let Some((fate, day, by)) = known.changed(title).filter(|(_, day, _)| *day > touched) else {
            continue;
        };
        let key = [&*region.id, code, name, title].map(str::to_owned);
        let [id, code, name, title] = key.clone();
        let item = found.entry(key.into()).or_insert_with(|| OutdatedBasis {
            region: id,
            region_name: region.name.clone(),
            code,
            name,
            citations: Vec::new(),
            law: title,
            fate,
            day,
            by,
        });
        let citation = cited.citation.to_string();
        if !item.citations.contains(&citation) {
            item.citations.push(citation);
        }
    }
    found.into_values().collect()
}

impl Known<'_> {
    /// What last became of a law, when, and of a repealed one by which law.
    fn changed(&self, title: &str) -> Option<(LawFate, Day, Option<String>)> {
        let library = self.library?;
        let by_then = |day: &Day| self.as_of.is_none_or(|as_of| *day <= as_of);
        let repeal = library.repeal_of(title);
        let repealed = repeal.and_then(|repeal| Some((repeal.day.filter(by_then)?, repeal)));
        if let Some((day, repeal)) = repealed {
            return Some((LawFate::Repealed, day, Some(repeal.by.clone())));
        }
        let amended = library.law(title).and_then(amendments)?;
        let day = amended.into_iter().filter(by_then).max()?;
        Some((LawFate::Amended, day, None))
    }
}

/// The days from which the versions of a law count that are not the text with which it began.
fn amendments(law: &Law) -> Option<Vec<Day>> {
    let first = law.versions.first()?;
    let changes = |what| matches!(what, Happened::Amended | Happened::Revised);
    let began = !first.history.iter().any(|event| changes(event.what));
    let later = law.versions.iter().skip(usize::from(began));
    Some(later.filter_map(|version| version.since()).collect())
}

//! Two states of the same lists, region by region: what changed in time (`tongban diff @1 @2`).
//!
//! Must not know where the states come from.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::identity::{self, Decisions};
use super::pair;
use crate::forms::Forms;
use crate::model::{Catalogue, DiffItem, ElementId, RegionDiff, Verdict};
use crate::profile::Profile;

/// Compares regions of side 0 with those of side 1 by their ids, each with itself.
pub fn compare(
    catalogue: &Catalogue,
    profile: &Arc<Profile>,
    titles: [(String, String); 2],
    decisions: &Decisions,
    regions: &BTreeSet<Arc<str>>,
    explain: bool,
) -> RegionDiff {
    let mut all = RegionDiff {
        by_region: true,
        ..RegionDiff::between(titles.map(|(id, name)| DiffItem {
            id,
            name,
            rows: 0,
            items: 0,
            duplicates: 0,
        }))
    };
    let needed: Vec<ElementId> = identity::needed(profile).collect();
    for id in regions {
        // The others are not there at all, so that no code or name of theirs joins what does not belong together.
        let sides: Vec<Option<usize>> = (catalogue.regions.iter())
            .map(|region| (region.id == *id && !region.directory).then_some(usize::from(region.side)))
            .collect();
        let part = Arc::new(catalogue.part(|region| sides[region.index()].is_some()));
        let forms = Forms::as_asked(&part, profile, &needed);
        let titles = [(String::new(), String::new()), (String::new(), String::new())];
        let one = pair::compare(&part, &forms, profile, &sides, titles, decisions, explain);
        add(&mut all, one, id);
    }
    all
}

/// Adds what changed in one region. Where bodies of a region differ among themselves is no change.
fn add(all: &mut RegionDiff, one: RegionDiff, region: &str) {
    for (sum, part) in [(&mut all.left, one.left), (&mut all.right, one.right)] {
        sum.rows += part.rows;
        sum.items += part.items;
        sum.duplicates += part.duplicates;
    }
    all.items_compared += one.items_compared;
    all.items_alike += one.items_alike;
    all.both_blank += one.both_blank;
    for (sum, count) in all.verdicts.iter_mut().zip(one.verdicts) {
        *sum += count;
    }
    let (mut differences, mut divided) = (one.differences, one.divided);
    // What cannot be read, but is the same to the letter, did not change.
    let before = differences.len();
    differences.retain(|one| one.judgement.verdict != Verdict::Unknown || one.left.raw != one.right.raw);
    let unchanged = before - differences.len();
    all.verdicts[Verdict::Unknown as usize] -= unchanged;
    all.verdicts[Verdict::Same as usize] += unchanged;
    let (mut only_left, mut only_right) = (one.only_left, one.only_right);
    differences.iter_mut().for_each(|one| one.region = region.to_owned());
    divided.iter_mut().for_each(|one| one.region = region.to_owned());
    for list in [&mut only_left, &mut only_right] {
        list.iter_mut().for_each(|one| one.region = region.to_owned());
    }
    all.differences.extend(differences);
    all.divided.extend(divided);
    all.only_left.extend(only_left);
    all.only_right.extend(only_right);
    all.waiting.other_code += one.waiting.other_code;
    all.waiting.same_grounds += one.waiting.same_grounds;
}

//! Gains: by how much the overall index falls when one region is brought into line on one element.
//!
//! Must not know how values compare.

use std::collections::BTreeMap;

use super::{agrees_with_reference, comparable, is_allowed};
use crate::model::{ElementReport, Gain, ItemReport};
use crate::profile::Element;

/// The gains, the most first; `weight` is that of all cells together, `copied` tells the regions that are not counted.
///
/// Each cell is worked out anew with the region in the group of the reference. A gain may be zero or negative where the directory is in the
/// minority. Gains of several regions do not add up: the first to move may change who is the largest group.
pub(super) fn gains(reports: &[(usize, ItemReport)], elements: &[&Element], weight: f64, copied: &[bool]) -> Vec<Gain> {
    let mut sums: BTreeMap<(usize, usize), (f64, usize)> = BTreeMap::new();
    for (_, report) in reports.iter().filter(|(_, report)| report.counted) {
        let cells = report.elements.iter().zip(elements).enumerate();
        for (at, (cell, element)) in cells.filter(|(_, (cell, _))| comparable(cell, copied)) {
            for &side in cell.deviating.iter().filter(|&&side| !copied[side]) {
                let sum = sums.entry((side, at)).or_default();
                sum.0 += element.weight * delta(cell, side, copied);
                sum.1 += 1;
            }
        }
    }
    let mut gains: Vec<Gain> = sums
        .into_iter()
        .map(|((region, at), (sum, cells))| Gain {
            region,
            element: elements[at].id.clone(),
            delta: if weight > 0.0 { sum / weight } else { 0.0 },
            cells,
        })
        .collect();
    // What makes the index higher is no gain.
    gains.retain(|gain| gain.delta > 0.0);
    // By region and element before: what is equal stays in that order.
    gains.sort_by(|a, b| b.delta.total_cmp(&a.delta));
    gains
}

/// By how much the index of a cell falls when a region moves to the group of the reference.
fn delta(cell: &ElementReport, side: usize, copied: &[bool]) -> f64 {
    let counts = |side: &&usize| !copied[**side] && !is_allowed(cell, **side);
    let mut sizes: Vec<usize> = cell
        .groups
        .iter()
        .map(|group| group.regions.iter().filter(counts).count())
        .collect();
    let speaking: usize = sizes.iter().sum();
    let from = cell.groups.iter().position(|group| group.regions.contains(&side));
    let to = cell
        .groups
        .iter()
        .position(|group| agrees_with_reference(&group.judgement));
    match (from, to) {
        (Some(from), Some(to)) => {
            sizes[from] -= 1;
            sizes[to] += 1;
        }
        // No one says what the directory does: the region is the first.
        (Some(from), None) => {
            sizes[from] -= 1;
            sizes.push(1);
        }
        (None, _) => return 0.0,
    }
    let largest = sizes.into_iter().max().unwrap_or(0);
    cell.index - (1.0 - largest as f64 / speaking as f64)
}

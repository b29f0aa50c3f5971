//! What the law says of the differences of an item: what must be alike, and whether it is under the same law.
//!
//! Must not know how values compare.

use std::sync::Arc;

use super::is_allowed;
use super::variance::differing;
use crate::model::{ElementReport, ReferenceFrom, Relation, Standing, Verdict};
use crate::normalise::Kind;
use crate::profile::{Element, Policy};

/// What the law says of a difference, by the profile's policy.
pub(super) fn standing(policy: Policy) -> Standing {
    match policy {
        Policy::MustEqual => Standing::MustEqual,
        Policy::ShorterOk => Standing::Disparity,
        Policy::Equal | Policy::FewerBetter => Standing::Usual,
    }
}

/// Tells in the cells of an item which regions break what must be alike, and which stand under another law: 法定办结时限 must be
/// equal under the same law only, and where the legal basis (设定依据) of a region is another one than that of the regions it is held
/// against, the basis is what to look at first.
pub(super) fn judge(cells: &mut [Arc<ElementReport>], elements: &[&Element]) {
    let basis = elements.iter().position(|element| element.kind == Kind::Citations);
    for at in 0..cells.len() {
        if standing(elements[at].policy) != Standing::MustEqual || !differs(&cells[at]) {
            continue;
        }
        let (cell, basis) = (&*cells[at], basis.map(|basis| &*cells[basis]));
        let sides = differing(cell).into_iter();
        let (wrong, other) = sides.partition(|&side| same_law(cell, basis, side));
        let cell = Arc::make_mut(&mut cells[at]);
        (cell.must_equal, cell.other_law) = (wrong, other);
    }
}

/// Whether a region stands under the law of what it is held against: of a region that says what the reference does, else of the directory;
/// without a reference of any region that says otherwise. A basis that nobody gives makes no other law.
fn same_law(cell: &ElementReport, basis: Option<&ElementReport>, side: usize) -> bool {
    let Some(basis) = basis else { return true };
    let group_of = |of: &ElementReport, side| of.groups.iter().position(|group| group.regions.contains(&side));
    let Some(own) = group_of(basis, side) else { return true };
    let mine = group_of(cell, side);
    let held_against = |side: &usize| match cell.deviating.is_empty() {
        true => group_of(cell, *side) != mine,
        false => !cell.deviating.contains(side) && !is_allowed(cell, *side),
    };
    let others = cell.groups.iter().flat_map(|group| group.regions.iter().copied());
    let theirs: Vec<usize> = others
        .filter(held_against)
        .filter_map(|side| group_of(basis, side))
        .collect();
    if !theirs.is_empty() {
        return theirs.contains(&own);
    }
    // Nobody says what the directory does: its own basis counts.
    let directory = cell.reference.from == ReferenceFrom::Directory && basis.reference.from == ReferenceFrom::Directory;
    !directory || basis.groups[own].judgement.verdict != Verdict::Substantive
}

/// Whether regions differ in a cell, from each other or from the directory, and no variance allows it.
pub fn differs(cell: &ElementReport) -> bool {
    !cell.deviating.is_empty() || cell.index > 0.0
}

/// The regions whose difference is more than a shorter promise: of what may be shorter only those that are longer than the reference, and
/// none without one (优化营商环境条例 art. 36).
pub fn offending(cell: &ElementReport, standing: Standing) -> Vec<usize> {
    if standing != Standing::Disparity {
        return differing(cell);
    }
    let shorter = |side: &usize| {
        let group = cell.groups.iter().find(|group| group.regions.contains(side));
        group.is_some_and(|group| group.judgement.relation == Some(Relation::Shorter))
    };
    let longer = cell.deviating.iter().filter(|side| !shorter(side));
    longer.copied().collect()
}

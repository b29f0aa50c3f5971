//! What the law says of the differences of an item: what must be alike, and whether it is under the same law.
//!
//! Must not know how values compare.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::is_allowed;
use super::variance::differing;
use crate::model::{ElementReport, ReferenceFrom, Relation, Standing, Value, Verdict};
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

/// The laws that regions and the directory name for an item, by title: the article may be another one, the law is the same (a limit set by
/// 《水法》 holds whichever of its articles a list cites). Nothing where nobody asks, or nothing is named.
#[derive(Default)]
pub(super) struct Laws {
    /// Of each side; of one that gives no basis those of the directory, whose item it handles.
    pub sides: Vec<BTreeSet<String>>,
    pub directory: BTreeSet<String>,
}

/// The titles of the laws in a legal basis.
pub(super) fn titles(value: &Value) -> impl Iterator<Item = String> {
    let citations = match value {
        Value::Citations(citations) => citations.as_slice(),
        _ => &[],
    };
    citations.iter().map(|citation| citation.title.clone())
}

/// Tells in the cells of an item which regions break what must be alike, and which do not stand under the same law for all that is known:
/// 法定办结时限 must be equal under the same law only (domain handbook, section 4: "法定 differing under one law"), and where the legal
/// basis (设定依据) of a region is another one than that of the regions it is held against, or is not told, the basis is what to look at
/// first.
///
/// That two rows share a national basic code is no proof of one law: that such rows must name one basis (四同; handbook, rule 79) is what
/// is wanted of lists, not what is found in them, so where two name different laws the code does not make them one either. It is the
/// rule of CRO008 and CRO009 of `lint`.
pub(super) fn judge(cells: &mut [Arc<ElementReport>], elements: &[&Element], laws: impl Fn(usize) -> Laws) {
    let basis = elements.iter().position(|element| element.kind == Kind::Citations);
    let mut known: Option<Laws> = None;
    for at in 0..cells.len() {
        if standing(elements[at].policy) != Standing::MustEqual || !differs(&cells[at]) {
            continue;
        }
        let sides = differing(&cells[at]).into_iter();
        let (wrong, other) = match basis {
            Some(basis) => {
                let laws = known.get_or_insert_with(|| laws(basis));
                sides.partition(|&side| same_law(&cells[at], &cells[basis], laws, side))
            }
            // Of a profile without legal bases nothing can be asked about them.
            None => (sides.collect(), Vec::new()),
        };
        let cell = Arc::make_mut(&mut cells[at]);
        (cell.must_equal, cell.other_law) = (wrong, other);
    }
}

/// Whether a region is known to stand under the law of what it is held against: of a region that says what the reference does, or of the
/// directory; without a reference of any region that says otherwise.
fn same_law(cell: &ElementReport, basis: &ElementReport, laws: &Laws, side: usize) -> bool {
    let group_of = |of: &ElementReport, side| of.groups.iter().position(|group| group.regions.contains(&side));
    let (mine, own) = (group_of(cell, side), group_of(basis, side));
    let named = |laws: &Laws, side: usize| laws.sides.get(side).filter(|laws| !laws.is_empty()).cloned();
    let titles = named(laws, side);
    let one_law = |other: usize| {
        let same_basis = own.is_some() && own == group_of(basis, other);
        same_basis || titles.is_some() && titles == named(laws, other)
    };
    let held_against = |other: &usize| match cell.deviating.is_empty() {
        true => group_of(cell, *other) != mine,
        false => !cell.deviating.contains(other) && !is_allowed(cell, *other),
    };
    let mut others = cell.groups.iter().flat_map(|group| group.regions.iter().copied());
    if others.any(|other| held_against(&other) && one_law(other)) {
        return true;
    }
    if cell.reference.from != ReferenceFrom::Directory || laws.directory.is_empty() {
        return false;
    }
    let agrees = |own: usize| {
        basis.reference.from == ReferenceFrom::Directory && basis.groups[own].judgement.verdict != Verdict::Substantive
    };
    titles.as_ref() == Some(&laws.directory) || own.is_some_and(agrees)
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

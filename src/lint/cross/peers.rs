//! The rows of one item over all regions, put together so that rules compare only what is the same handling item.
//!
//! Must not know what is compared: a rule picks a number for a row, equal where the rows agree.
//!
//! Care before reach: where it is not certain that two rows are the same handling item, they are not put together. A row without a case
//! stands for the whole item and meets a divided region only where all its handling items agree; cases meet cases of the same name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::{Lists, RowView};
use super::{Item, stem};
use crate::model::{ElementId, RegionId, RowId, Value};
use crate::normalise::names;

/// One row of an item.
struct Member<'a> {
    region: RegionId,
    case: Option<&'a str>,
    row: RowId,
}

/// An item: the same code and the same name, cases in brackets left out.
pub(in crate::lint) struct Group<'a> {
    /// Its basic code.
    pub(super) code: &'a str,
    /// Its name.
    pub(super) name: &'a str,
    /// The row of the directory.
    directory: Option<RowId>,
    rows: Vec<Member<'a>>,
}

/// What a region says of one handling item, all its rows agreeing.
#[derive(Clone, Copy)]
pub(super) struct Side {
    /// The first of its rows.
    pub(super) row: RowId,
    /// The region.
    pub(super) region: RegionId,
    /// The number that the rule picked.
    pub(super) says: u32,
}

/// One handling item, or an item as a whole, with what each region says of it.
pub(super) struct Unit {
    /// What the regions say, each once.
    pub(super) sides: Vec<Side>,
    /// Whether it is the item as a whole: then the directory speaks of the same.
    whole: bool,
}

/// All items that lists of several regions have.
#[derive(Default)]
pub(in crate::lint) struct Peers<'a> {
    /// The items, in the order of their first rows; empty where there is nothing to hold against each other.
    pub(super) groups: Vec<Group<'a>>,
    /// The regions that have rows.
    pub(super) regions: BTreeSet<RegionId>,
}

impl<'a> Peers<'a> {
    /// Puts the rows together. Linear in rows; nothing is done for a single list without a directory.
    pub(in crate::lint) fn of(lists: &Lists<'a>) -> Peers<'a> {
        if lists.catalogue.regions.len() < 2 {
            return Peers::default();
        }
        let mut peers = Peers::default();
        let mut known: HashMap<(&str, &str), usize, foldhash::fast::RandomState> = HashMap::default();
        for view in lists.rows() {
            let directory = view.in_directory();
            let Some(item) = Item::of(&view) else { continue };
            let (row, region) = (item.row, item.region);
            let (code, name) = (item.code.basic(), stem(item.name()));
            let at = *known.entry((code, name)).or_insert_with(|| {
                peers.groups.push(Group {
                    code,
                    name,
                    directory: None,
                    rows: Vec::new(),
                });
                peers.groups.len() - 1
            });
            let Some(group) = peers.groups.get_mut(at) else {
                continue;
            };
            if directory {
                group.directory = group.directory.or(Some(row));
            } else {
                let case = case(&view);
                group.rows.push(Member { region, case, row });
                peers.regions.insert(region);
            }
        }
        peers
    }
}

/// The case of a row: of its own column, or the bracket at the end of its name.
fn case<'a>(view: &RowView<'a>) -> Option<&'a str> {
    let name = view.name()?;
    name.case.as_deref().or_else(|| {
        let (_, bracket) = names::last_bracket(&name.item)?;
        bracket.strip_prefix('（')?.strip_suffix('）')
    })
}

impl Group<'_> {
    /// The regions that have it.
    pub(super) fn regions(&self) -> BTreeSet<RegionId> {
        self.rows.iter().map(|member| member.region).collect()
    }

    /// What the directory says of it.
    pub(super) fn said_in_directory(&self, lists: &Lists<'_>, pick: impl Fn(RowId) -> Option<u32>) -> Option<Side> {
        let row = self.directory?;
        let region = lists.row(row).region();
        Some(Side {
            row,
            region,
            says: pick(row)?,
        })
    }

    /// The handling items that several regions have, with what each of these regions says of it; and the item as a whole that the
    /// directory has too. None where all say the same.
    pub(super) fn units(&self, pick: impl Fn(RowId) -> Option<u32>) -> Vec<Unit> {
        // Most items are handled alike everywhere: that is seen without sorting them.
        let rows = self.rows.iter().map(|member| member.row).chain(self.directory);
        let mut said = rows.filter_map(&pick);
        let first = said.next();
        if said.all(|says| Some(says) == first) {
            return Vec::new();
        }
        let mut regions: BTreeMap<RegionId, BTreeMap<Option<&str>, Vec<RowId>>> = BTreeMap::new();
        for member in &self.rows {
            let cases = regions.entry(member.region).or_default();
            cases.entry(member.case).or_default().push(member.row);
        }
        if regions.len() < 2 && self.directory.is_none() {
            return Vec::new();
        }
        let agreed = |region: RegionId, rows: Vec<RowId>| {
            let &row = rows.first()?;
            let says = pick(row)?;
            let side = Side { row, region, says };
            rows.iter().all(|&row| pick(row) == Some(says)).then_some(side)
        };
        let mut units = Vec::new();
        let plain = |cases: &BTreeMap<Option<&str>, Vec<RowId>>| cases.len() == 1 && cases.contains_key(&None);
        let mut whole: Vec<Side> = Vec::new();
        if regions.values().any(plain) {
            let standing = regions.iter().filter(|(_, cases)| plain(cases) || cases.len() > 1);
            whole = standing
                .filter_map(|(&region, cases)| agreed(region, cases.values().flatten().copied().collect()))
                .collect();
        }
        let mut by_case: BTreeMap<&str, Vec<Side>> = BTreeMap::new();
        let apart = |region: &RegionId| !whole.iter().any(|side| side.region == *region);
        for (&region, cases) in regions.iter().filter(|(region, _)| apart(region)) {
            for (case, rows) in cases {
                if let (Some(case), Some(side)) = (case, agreed(region, rows.clone())) {
                    by_case.entry(case).or_default().push(side);
                }
            }
        }
        units.push(Unit {
            sides: whole,
            whole: true,
        });
        units.extend(by_case.into_values().map(|sides| Unit { sides, whole: false }));
        let measured = |unit: &Unit| unit.whole && !unit.sides.is_empty() && self.directory.is_some();
        units.retain(|unit| unit.sides.len() > 1 || measured(unit));
        units
    }
}

/// The number of what an element of a row says, equal for values that mean the same; none where it says nothing that can be compared.
pub(super) fn meaning(
    lists: &Lists<'_>,
    element: Option<ElementId>,
    wanted: fn(&Value) -> bool,
) -> impl Fn(RowId) -> Option<u32> {
    let forms = lists.forms;
    move |row| {
        let element = element?;
        wanted(forms.any(row, element)).then(|| forms.meaning(row, element))
    }
}

/// The side that the others are held against: what the directory says, else most of them, of equally many the first; and those that
/// say otherwise. Of a single case the directory only speaks where some region agrees with it: a change may have another limit than the
/// item.
pub(super) fn deviants(unit: &Unit, directory: Option<Side>) -> Option<(Side, Vec<Side>)> {
    let Unit { sides, whole } = unit;
    let fits = |directory: &Side| *whole || sides.iter().any(|side| side.says == directory.says);
    let reference = match directory.filter(fits) {
        Some(directory) => directory,
        None => {
            let mut counts: HashMap<u32, usize> = HashMap::new();
            for side in sides {
                *counts.entry(side.says).or_default() += 1;
            }
            let most = counts.values().copied().max()?;
            *sides.iter().find(|side| counts.get(&side.says) == Some(&most))?
        }
    };
    let others: Vec<Side> = sides
        .iter()
        .copied()
        .filter(|side| side.says != reference.says)
        .collect();
    (!others.is_empty()).then_some((reference, others))
}

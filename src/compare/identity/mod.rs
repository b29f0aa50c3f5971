//! Identity: which rows are the same item, and which handling items of it are the same case (design page, section 4).
//!
//! Must not know how values compare. Every row ends up in exactly one place of the account.

mod cases;
mod cases_asked;
mod cores;
mod decisions;
mod group;
mod join;
mod keys;
mod on_cases;
mod parting;
mod reasons;
mod similar;
mod units;
mod wording;

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use crate::forms::Forms;
use crate::model::{Catalogue, ElementId, PairedBy, Pairing, PairingNote, Proposal, RowId, TextId, TextPool};
use crate::normalise::Kind;
use crate::profile::{Element, Profile};

use cases::Naming;
pub use decisions::{Applied, Checked, Decision, Decisions, Told, check};
use group::{Group, Groups};
use join::Pass;
use keys::{DIRECTORY, Key, Keys, Reader};
use similar::by_similarity;
use wording::{Loose, Wording};

/// One item, or one case of an item, as the unit of comparison.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The case; `None` where the item is compared whole.
    pub case: Option<String>,
    /// The rows of each side.
    pub rows: Vec<Vec<RowId>>,
    /// Sides of which the union of several handling items is compared.
    pub union: Vec<bool>,
    /// Whether it is what is left of an item of which other cases paired: cases of several sides that no other side has.
    pub rest: bool,
}

/// One item over all sides.
#[derive(Clone, Debug)]
pub struct Item {
    /// The code; empty where it has none.
    pub code: String,
    /// The name.
    pub name: String,
    /// The rows of each side, without duplicates.
    pub rows: Vec<Vec<RowId>>,
    /// Rows of each side that repeat an earlier row of the same case and body.
    pub duplicates: Vec<Vec<RowId>>,
    /// What is compared.
    pub units: Vec<Unit>,
    /// The row of the directory.
    pub directory: Option<RowId>,
    /// How its rows came together where no common code did it.
    pub pairing: Option<Pairing>,
}

impl Item {
    /// Whether the item is compared whole: some sides divide it into handling items and others do not, or into none that others have.
    pub fn divided(&self) -> bool {
        self.units.iter().any(|unit| !unit.rest && unit.union.contains(&true))
    }

    /// Whether what a unit says is in no other unit: of an item that is compared whole the whole counts, and its cases only inform; of
    /// cases that did not pair what they say together.
    pub fn counts(&self, unit: &Unit) -> bool {
        unit.rest || (self.goes_on(unit) && !self.is_left(unit))
    }

    /// The same over time, where a case that came and one that went are two.
    pub fn goes_on(&self, unit: &Unit) -> bool {
        !unit.rest && (!self.divided() || unit.union.contains(&true))
    }

    /// What is left of the item where some of its cases paired.
    pub fn rest(&self) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.rest)
    }

    /// Whether a unit is a case that did not pair and is compared with what else is left.
    fn is_left(&self, unit: &Unit) -> bool {
        let row = unit.rows.iter().flatten().next();
        let rest = self.rest().filter(|_| !unit.rest);
        row.is_some_and(|row| rest.is_some_and(|rest| rest.rows.iter().flatten().any(|other| other == row)))
    }

    /// Whether a side divides the item into handling items.
    pub fn divides(&self, side: usize) -> bool {
        self.units.iter().any(|unit| unit.union[side])
    }

    /// Whether a side does not have what a unit compares. Of a side that handles the item undivided, or divides it into cases that nobody
    /// else has, it cannot be said that it lacks a case.
    pub fn lacks(&self, unit: &Unit, side: usize) -> bool {
        // What is left over of some sides, the others may do as one of their cases.
        if unit.rest || self.is_left(unit) {
            return false;
        }
        let there = |rows: &Vec<RowId>| !rows.is_empty();
        let shares = |unit: &Unit| {
            unit.case.is_some() && there(&unit.rows[side]) && unit.rows.iter().filter(|rows| there(rows)).count() > 1
        };
        let has_it = unit.case.is_some() && self.divided() && there(&self.rows[side]);
        !there(&unit.rows[side]) && (!has_it || (self.divides(side) && self.units.iter().any(shares)))
    }
}

/// All items of a catalogue.
pub struct Items {
    /// The items, by code and then by name.
    pub items: Vec<Item>,
    /// Whether there is a directory.
    pub has_directory: bool,
    /// Items without a common code that may be one, taken or not.
    pub proposals: Vec<Proposal>,
}

/// What is compared with what.
struct Lists<'a> {
    catalogue: &'a Catalogue,
    profile: &'a Profile,
    /// The side of each region.
    sides: &'a [Option<usize>],
    /// How many sides there are.
    count: usize,
}

impl<'a> Lists<'a> {
    /// How the regions of each side are called.
    fn names(&self) -> Vec<Vec<&'a str>> {
        let mut names = vec![Vec::new(); self.count];
        for (region, side) in self.catalogue.regions.iter().zip(self.sides) {
            if let Some(side) = side {
                names[*side].push(region.name.as_str());
            }
        }
        names
    }
}

/// Works out identity over the sides; `sides` gives the side of each region, `None` for the directory. What a person decided wins.
pub fn items(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    sides: &[Option<usize>],
    count: usize,
    decisions: &Decisions,
) -> Items {
    let lists = Lists {
        catalogue,
        profile,
        sides,
        count,
    };
    let Joined {
        keys,
        groups,
        mut proposals,
        naming,
    } = join(&lists, forms, decisions, false);
    let has_directory = keys.all.iter().any(|key| key.side == DIRECTORY);
    let pool = keys.pool;
    drop(keys.all);
    let compared: Vec<ElementId> = profile.compared().map(|(element, _)| element).collect();
    let agree = |a: RowId, b: RowId| {
        compared
            .iter()
            .all(|&element| forms.meaning(forms.id(a, element)) == forms.meaning(forms.id(b, element)))
    };
    let mut list: Vec<Group> = groups.list.into_iter().flatten().collect();
    list.sort_by_cached_key(|group| {
        let code = group.code(&pool);
        (code.is_empty(), code, group.name(&pool), group.first_side())
    });
    let items = list
        .into_par_iter()
        .map(|group| group.into_item(count, &pool, &naming, &agree))
        .collect();
    tidy(&mut proposals);
    Items {
        items,
        has_directory,
        proposals,
    }
}

/// The elements whose normal forms pairing needs in every row.
pub fn needed(profile: &Profile) -> impl Iterator<Item = ElementId> {
    let needed = |element: &Element| element.kind == Kind::Name || element.id == "level" || element.id == "type";
    let elements = profile.elements.iter().enumerate();
    elements
        .filter(move |(_, element)| needed(element))
        .map(|(at, _)| ElementId::of(at))
}

/// Pairs of items without a common code, the surest first: those that may be one, and with `all` also those of equal names that are taken
/// without a question.
pub fn proposals(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    sides: &[Option<usize>],
    decisions: &Decisions,
    all: bool,
) -> Vec<Proposal> {
    let lists = Lists {
        catalogue,
        profile,
        sides,
        count: sides.iter().flatten().map(|side| side + 1).max().unwrap_or(0),
    };
    let mut proposals = join(&lists, forms, decisions, all).proposals;
    tidy(&mut proposals);
    proposals
}

/// Rows that have come together.
struct Joined<'a> {
    keys: Keys,
    groups: Groups,
    proposals: Vec<Proposal>,
    naming: Naming<'a>,
}

/// Brings rows together: by what a person decided, by code, by name. `all`: pairs of equal names are told of too.
fn join<'a>(lists: &Lists<'a>, forms: &Forms, decisions: &Decisions, all: bool) -> Joined<'a> {
    let mut keys = Reader::new(lists.catalogue, forms, lists.profile).read(lists.sides);
    let mut groups = by_own_code(&mut keys);
    let mut proposals = Vec::new();
    let naming = Naming {
        wording: Wording::new(&lists.profile.vocabulary, lists.names().into_iter()),
        said: on_cases::on_cases(decisions, lists, &mut keys).said,
    };
    decisions::apply(decisions, lists, &mut keys, &mut groups, &mut proposals);
    if !keys.settled {
        let pass = |by, confidence, note, told| Pass {
            by,
            confidence,
            note,
            told,
        };
        join::by_national_code(&mut groups, &keys.pool);
        let equal = pass(PairedBy::Name, 0.99, PairingNote::SameName, all);
        join::by_name(&mut groups, &keys.pool, &equal, &|key| key.name, &mut proposals);
        let level = pass(PairedBy::Name, 0.97, PairingNote::Level, all);
        join::by_name(&mut groups, &keys.pool, &level, &|key| key.bare, &mut proposals);
        let wording = pass(PairedBy::Similarity, 0.95, PairingNote::Wording, true);
        by_wording(lists, &mut keys, &mut groups, &wording, &mut proposals);
    }
    reasons::propose_all(lists, forms, &keys, &groups, &mut proposals);
    settled(&groups, &mut proposals);
    proposals.extend(cases_asked::proposals(&groups, &keys.pool, &naming, lists.count));
    Joined {
        keys,
        groups,
        proposals,
        naming,
    }
}

/// Rows of one code; of rows without any those of one list that have one name and one type.
fn by_own_code(keys: &mut Keys) -> Groups {
    let mut coded: HashMap<TextId, u32> = HashMap::default();
    let mut named: HashMap<(u16, TextId, TextId), u32> = HashMap::default();
    let mut list: Vec<Option<Group>> = Vec::new();
    for key in &mut keys.all {
        let next = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let at = if key.has_code() {
            *coded.entry(key.code).or_insert(next)
        } else {
            *named.entry((key.side, key.name, key.kind)).or_insert(next)
        };
        if at == next {
            list.push(Some(Group::default()));
        }
        key.origin = at;
        if let Some(Some(group)) = list.get_mut(at as usize) {
            group.rows.push(*key);
        }
    }
    let sides: HashSet<u16> = keys.all.iter().map(|key| key.side).collect();
    Groups {
        list,
        every: sides.len(),
        apart: HashSet::default(),
    }
}

/// Names that are equal but for words that say nothing, and names that are alike.
fn by_wording(lists: &Lists<'_>, keys: &mut Keys, groups: &mut Groups, pass: &Pass, proposals: &mut Vec<Proposal>) {
    let open: Vec<usize> = groups
        .each()
        .filter(|(_, group)| group.sides() < groups.every)
        .map(|(at, _)| at)
        .collect();
    let wording = Wording::new(&lists.profile.vocabulary, lists.names().into_iter());
    let mut wanted: Vec<(TextId, u16)> = open
        .iter()
        .filter_map(|&at| groups.get(at))
        .flat_map(|group| group.rows.iter().map(|key| (key.bare, key.side)))
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let loose: Vec<Loose> = wanted
        .par_iter()
        .map(|&(name, side)| wording.loose(keys.pool.get(name), (side != DIRECTORY).then_some(usize::from(side))))
        .collect();
    let ids: Vec<TextId> = loose.iter().map(|loose| keys.pool.intern(&loose.text)).collect();
    let at: HashMap<(TextId, u16), usize> = wanted.into_iter().zip(0..).collect();
    let of = |key: &Key| at.get(&(key.bare, key.side)).copied();
    let text = |key: &Key| of(key).map_or(TextPool::EMPTY, |at| ids[at]);
    join::by_name(groups, &keys.pool, pass, &text, proposals);
    let mut open: Vec<usize> = open
        .into_iter()
        .filter(|&at| groups.get(at).is_some_and(|group| group.sides() < groups.every))
        .collect();
    join::sort(&mut open, groups, &keys.pool);
    by_similarity(
        groups,
        &keys.pool,
        &open,
        &|key| of(key).map(|at| &loose[at]),
        proposals,
    );
}

/// Proposals of pairs that are one item by now are no question any more.
fn settled(groups: &Groups, proposals: &mut Vec<Proposal>) {
    let open = proposals.iter().filter(|proposal| !proposal.taken);
    let mut at: HashMap<RowId, usize> = open
        .flat_map(|proposal| [proposal.left_row, proposal.right_row])
        .map(|row| (row, usize::MAX))
        .collect();
    if at.is_empty() {
        return;
    }
    for (number, group) in groups.each() {
        for key in &group.rows {
            if let Some(at) = at.get_mut(&key.row) {
                *at = number;
            }
        }
    }
    proposals.retain(|proposal| proposal.taken || at.get(&proposal.left_row) != at.get(&proposal.right_row));
}

/// The surest come first; each pair once.
fn tidy(proposals: &mut Vec<Proposal>) {
    proposals.sort_by(|a, b| {
        let key = |p: &Proposal| (p.left_region, p.right_region, p.left.clone(), p.right.clone(), !p.taken);
        b.pairing
            .confidence
            .total_cmp(&a.pairing.confidence)
            .then_with(|| key(a).cmp(&key(b)))
    });
    let mut seen: HashSet<(RowId, RowId)> = HashSet::default();
    proposals.retain(|proposal| seen.insert((proposal.left_row, proposal.right_row)));
}

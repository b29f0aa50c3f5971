//! A person's decisions on which items are one (`matches.csv`): data. They win over everything that is worked out, and are replayed.
//!
//! Must not know files.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashSet};

use super::cores::{self, Atom, Regions};
use super::group::Groups;
use super::keys::{Keys, Reader};
use super::on_cases::{OnCase, OnCases, on_cases};
use super::{Lists, by_own_code, parting};
use crate::forms::Forms;
use crate::model::{Catalogue, PairedBy, Pairing, Place, Proposal, RowId, TextId, TextPool};
use crate::normalise::{Vocabulary, codes, names};
use crate::profile::Profile;

/// One decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The region's id or name on one side; `None` for every region.
    pub left_region: Option<String>,
    /// The item's code or name there, or both: `440102012001 开办外籍人员子女学校审批`.
    pub left: String,
    /// The region's id or name on the other side; `None` for every region.
    pub right_region: Option<String>,
    /// The item's code or name there.
    pub right: String,
    /// Whether they are one item.
    pub same: bool,
    /// What the person wrote about it.
    pub note: String,
    /// For each side whether its region is not among the lists: then the decision holds for its code in any list that is read.
    pub carried: [bool; 2],
    /// Where it is written.
    pub place: Place,
}

/// All decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// In the order of the file.
    pub all: Vec<Decision>,
}

/// Decisions held against the lists; numbers are those of [`Decisions::all`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Those of which a side meets no item.
    pub unmet: Vec<usize>,
    /// Those of which a side meets several items of one region: a code would tell which is meant.
    pub unclear: Vec<usize>,
    /// 是 that changes nothing: both sides are one item by their code, and no handling item of it is called as it is written.
    pub idle: Vec<usize>,
    /// Pairs that cannot both be true: 是, and 否 that contradicts it, also by way of others.
    pub contradictions: Vec<(usize, usize)>,
    /// The first rows that each of them speaks of.
    pub rows: Vec<Option<(RowId, RowId)>>,
    /// What became of those that were applied.
    pub applied: Applied,
}

/// What of decisions could not be done, or only in part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// 是 that together would make one item of several items of one region, of which nobody said that they are one: nothing of them is
    /// applied. The rows are those of the region.
    pub collisions: Vec<Told>,
    /// 是 that take an item from those that carry its code: the rows that do not go with it, for it would then hold two of one region.
    pub left_out: Vec<Told>,
}

/// Decisions, and the rows that are in their way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The numbers of the decisions.
    pub decisions: Vec<usize>,
    /// The first row of each item.
    pub rows: Vec<RowId>,
}

/// Holds decisions against the lists as they are.
pub fn check(catalogue: &Catalogue, forms: &Forms, profile: &Profile, decisions: &Decisions) -> Checked {
    let mut checked = Checked::default();
    if decisions.all.is_empty() {
        return checked;
    }
    let mut side = 0;
    let regions = catalogue.regions.iter();
    let sides: Vec<Option<usize>> = regions
        .map(|region| {
            side += usize::from(!region.directory);
            (!region.directory).then(|| side - 1)
        })
        .collect();
    let mut keys = Reader::new(catalogue, forms, profile).read(&sides);
    let mut groups = by_own_code(&mut keys);
    let lists = Lists {
        catalogue,
        profile,
        sides: &sides,
        count: side,
    };
    let OnCases { met: on_cases, .. } = on_cases(decisions, &lists, &mut keys);
    let met = met(decisions, &lists, &mut keys);
    let row = |atom: Atom| {
        let rows = groups.get(atom.1 as usize)?.rows.iter();
        rows.filter(|key| key.side == atom.0).map(|key| key.row).min()
    };
    checked.rows = met
        .iter()
        .zip(&on_cases)
        .map(|(met, case)| match case {
            OnCase::Rows(left, right) => Some((*left, *right)),
            _ => met
                .pairs()
                .next()
                .and_then(|(left, right)| Some((row(left)?, row(right)?))),
        })
        .collect();
    let mut one = Clusters::default();
    for (at, met) in met.iter().enumerate() {
        match met.how() {
            _ if matches!(on_cases[at], OnCase::Rows(..)) => {}
            _ if matches!(on_cases[at], OnCase::Idle) => checked.idle.push(at),
            How::Unmet => checked.unmet.push(at),
            How::Unclear if decisions.all[at].same => checked.unclear.push(at),
            _ => {}
        }
        for (left, right) in met.same_pairs(decisions.all[at].same) {
            one.join(left, right, at);
        }
    }
    for (at, met) in met.iter().enumerate().filter(|(at, _)| !decisions.all[*at].same) {
        let against = met.pairs().find_map(|(left, right)| one.why(left, right));
        if let Some(against) = against {
            checked.contradictions.push((against.min(at), against.max(at)));
        }
    }
    checked.applied = apply(decisions, &lists, &mut keys, &mut groups, &mut Vec::new());
    checked
}

/// What a decision speaks of.
#[derive(Clone, Default)]
pub(super) struct Met {
    left: Vec<Atom>,
    right: Vec<Atom>,
    /// Whether a region is not among the lists: what is said of other regions says nothing of two items of one.
    carried: bool,
}

enum How {
    Unmet,
    Unclear,
    Clear,
}

impl Met {
    fn how(&self) -> How {
        let twice = |atoms: &[Atom]| atoms.windows(2).any(|pair| pair[0].0 == pair[1].0);
        if self.pairs().next().is_none() {
            How::Unmet
        } else if twice(&self.left) || twice(&self.right) {
            How::Unclear
        } else {
            How::Clear
        }
    }

    /// Every item of the one side with every item of the other.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Atom, Atom)> + '_ {
        let all = self
            .left
            .iter()
            .flat_map(|&left| self.right.iter().map(move |&right| (left, right)));
        all.filter(|(left, right)| left != right && (!self.carried || left.0 != right.0))
    }

    /// The same where the decision makes one item of them.
    fn same_pairs(&self, same: bool) -> impl Iterator<Item = (Atom, Atom)> + '_ {
        let taken = same && matches!(self.how(), How::Clear);
        self.pairs().filter(move |_| taken)
    }
}

/// Atoms that decisions make one, and by which decision.
#[derive(Default)]
struct Clusters {
    next: BTreeMap<Atom, Vec<(Atom, usize)>>,
}

impl Clusters {
    fn join(&mut self, left: Atom, right: Atom, by: usize) {
        self.next.entry(left).or_default().push((right, by));
        self.next.entry(right).or_default().push((left, by));
    }

    /// A decision that makes two atoms one, the last on the way from one to the other.
    fn why(&self, from: Atom, to: Atom) -> Option<usize> {
        let mut seen: HashSet<Atom> = HashSet::default();
        let mut way = vec![from];
        while let Some(at) = way.pop() {
            for &(next, by) in self.next.get(&at).map_or(&[][..], Vec::as_slice) {
                if next == to {
                    return Some(by);
                }
                if seen.insert(next) {
                    way.push(next);
                }
            }
        }
        None
    }
}

/// Which items a text may stand for, the surest first: those of the code, of the name with its level, of the name without.
fn references(text: &str, vocabulary: &Vocabulary, pool: &mut TextPool) -> Vec<(u8, TextId)> {
    let mut found = Vec::new();
    let mut name = |rank: u8, text: &str, pool: &mut TextPool| {
        if let Some(name) = names::parse(vocabulary, Some(text), None, None, None) {
            found.push((rank, pool.intern(&name.item_at_level())));
            found.push((rank + 1, pool.intern(&name.item)));
        }
    };
    name(2, text, pool);
    // Code and name in one cell: a spreadsheet spoils a long code that stands alone.
    if let Some((_, rest)) = text.split_once(' ') {
        name(4, rest, pool);
    }
    let code = text.split_once(' ').map_or(text, |(code, _)| code);
    for (rank, code) in [(0, text), (1, code)] {
        found.push((rank, pool.intern(codes::parse(code).basic())));
    }
    found
}

/// Finds what each decision speaks of.
pub(super) fn met(decisions: &Decisions, lists: &Lists<'_>, keys: &mut Keys) -> Vec<Met> {
    // Text → (decision, whether its right side, how sure).
    let mut wanted: HashMap<TextId, Vec<(usize, bool, u8)>> = HashMap::default();
    for (at, decision) in decisions.all.iter().enumerate() {
        for (right, text) in [(false, &decision.left), (true, &decision.right)] {
            for (rank, id) in references(text, &lists.profile.vocabulary, &mut keys.pool) {
                wanted.entry(id).or_default().push((at, right, rank));
            }
        }
    }
    wanted.remove(&TextPool::EMPTY);
    let region = |at: usize, right: bool| {
        let decision = &decisions.all[at];
        if right {
            &decision.right_region
        } else {
            &decision.left_region
        }
        .as_deref()
        .filter(|_| !decision.carried[usize::from(right)])
    };
    // Of each decision, side of it and side of the comparison the surest.
    let mut best: BTreeMap<(usize, bool, u16), (u8, Vec<u32>)> = BTreeMap::new();
    for key in &keys.all {
        let of = &lists.catalogue.regions[lists.catalogue.rows[key.row.index()].region.index()];
        for (is_code, id) in [(true, key.code), (false, key.name), (false, key.bare)] {
            for &(at, right, rank) in wanted.get(&id).map_or(&[][..], Vec::as_slice) {
                let here = region(at, right).is_none_or(|named| *of.id == *named || of.name == named);
                let carried = decisions.all[at].carried[usize::from(right)];
                if !here || is_code != (rank < 2) || (carried && !is_code) {
                    continue;
                }
                let entry = best.entry((at, right, key.side)).or_insert_with(|| (rank, Vec::new()));
                if rank < entry.0 {
                    *entry = (rank, Vec::new());
                }
                if rank == entry.0 && !entry.1.contains(&key.origin) {
                    entry.1.push(key.origin);
                }
            }
        }
    }
    let carried = decisions.all.iter().map(|decision| Met {
        carried: decision.carried.contains(&true),
        ..Met::default()
    });
    let mut met: Vec<Met> = carried.collect();
    // Where a side is met by its code elsewhere, a name like it means nothing.
    let mut surest: BTreeMap<(usize, bool), u8> = BTreeMap::new();
    for (&(at, right, _), (rank, _)) in &best {
        let known = surest.entry((at, right)).or_insert(*rank);
        *known = (*known).min(*rank);
    }
    for ((at, right, side), (rank, origins)) in best {
        let by_code = surest.get(&(at, right)).is_some_and(|&surest| surest < 2);
        if by_code && rank >= 2 {
            continue;
        }
        let atoms = if right { &mut met[at].right } else { &mut met[at].left };
        atoms.extend(origins.into_iter().map(|origin| (side, origin)));
    }
    for met in &mut met {
        met.left.sort_unstable();
        met.right.sort_unstable();
    }
    met
}

/// Joins and parts groups as a person decided; gives what could not be done, or only in part. What contradicts itself stays apart.
pub(super) fn apply(
    decisions: &Decisions,
    lists: &Lists<'_>,
    keys: &mut Keys,
    groups: &mut Groups,
    proposals: &mut Vec<Proposal>,
) -> Applied {
    if decisions.all.is_empty() {
        return Applied::default();
    }
    keys.settled = false;
    let met = met(decisions, lists, keys);
    let spoken = met.iter().flat_map(|met| met.left.iter().chain(&met.right));
    let spoken: HashSet<u32> = spoken.map(|atom| atom.1).collect();
    let mut regions = Regions::default();
    for key in keys.all.iter().filter(|key| spoken.contains(&key.origin)) {
        let region = lists.catalogue.rows[key.row.index()].region.index();
        regions.entry((key.side, key.origin)).or_default().insert(region);
    }
    let same = decisions.all.iter().zip(&met).enumerate();
    let same = same.flat_map(|(at, (decision, met))| {
        met.same_pairs(decision.same)
            .map(move |(left, right)| (left, right, at))
    });
    let (mut cores, colliding) = cores::of(same, &regions);
    let not = decisions.all.iter().zip(&met);
    let not: Vec<(Atom, Atom)> = not
        .filter(|(decision, _)| !decision.same)
        .flat_map(|(_, met)| met.pairs())
        .collect();
    let against = cores::against(&not, &cores, &regions);
    let moved = parting::part(&against.pairs, &cores, keys, groups, proposals);
    let now = |atom: Atom| moved.get(&atom).copied().unwrap_or(atom.1);
    let implied = against.pairs.iter().flat_map(|(&origin, pairs)| {
        let atoms = pairs
            .iter()
            .map(move |&(left, right)| ((left, origin), (right, origin)));
        atoms.collect::<Vec<_>>()
    });
    for (left, right) in not.iter().copied().chain(implied) {
        let (left, right) = (now(left), now(right));
        if left != right {
            groups.apart.insert((left.min(right), left.max(right)));
        }
    }
    let row = |atom: &Atom| {
        let rows = groups.get(now(*atom) as usize)?.rows.iter();
        rows.filter(|key| key.side == atom.0).map(|key| key.row).min()
    };
    let told = |by: &[usize], atoms: &BTreeSet<Atom>| Told {
        decisions: by.to_vec(),
        rows: atoms.iter().filter_map(row).collect(),
    };
    let mut applied = Applied {
        collisions: colliding.iter().map(|core| told(&core.by, &core.twice)).collect(),
        left_out: Vec::new(),
    };
    let (kept, dropped) = cores::fit(cores, &now, groups, &regions);
    cores = kept;
    applied
        .collisions
        .extend(dropped.iter().map(|core| told(&core.by, &core.twice)));
    for (core, atoms) in &against.left_out {
        if let Some(core) = cores.iter().find(|kept| kept.atoms.contains(core)) {
            applied.left_out.push(told(&core.by, atoms));
        }
    }
    // Where a group went that was taken into another.
    let mut went: HashMap<u32, u32> = HashMap::default();
    let root = |went: &HashMap<u32, u32>, mut at: u32| {
        while let Some(&next) = went.get(&at) {
            at = next;
        }
        at
    };
    let decided = Pairing {
        by: PairedBy::Decision,
        confidence: 1.0,
    };
    for core in &cores {
        let mut atoms = core.atoms.iter();
        let Some(&first) = atoms.next() else { continue };
        for &other in atoms {
            let (left, right) = (root(&went, now(first)), root(&went, now(other)));
            if left != right {
                let (into, from) = (left.min(right), left.max(right));
                groups.merge(into as usize, from as usize, Some(decided));
                went.insert(from, into);
            }
        }
    }
    applied
}

//! A person's decisions on which items are one (`matches.csv`): data. They win over everything that is worked out, and are replayed.
//!
//! Must not know files.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::group::{Group, Groups};
use super::keys::{Key, Keys, Reader};
use super::{Lists, by_own_code, wording};
use crate::forms::Forms;
use crate::model::{Catalogue, PairedBy, Pairing, Place, RowId, TextId, TextPool};
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
    /// Pairs that cannot both be true: 是, and 否 that contradicts it, also by way of others.
    pub contradictions: Vec<(usize, usize)>,
    /// The first rows that each of them speaks of.
    pub rows: Vec<Option<(RowId, RowId)>>,
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
    let groups = by_own_code(&mut keys);
    let lists = Lists {
        catalogue,
        profile,
        sides: &sides,
        count: side,
    };
    let met = met(decisions, &lists, &mut keys);
    let row = |atom: Atom| {
        let rows = groups.get(atom.1 as usize)?.rows.iter();
        rows.filter(|key| key.side == atom.0).map(|key| key.row).min()
    };
    checked.rows = met
        .iter()
        .map(|met| {
            met.pairs()
                .next()
                .and_then(|(left, right)| Some((row(left)?, row(right)?)))
        })
        .collect();
    let mut one = Clusters::default();
    for (at, met) in met.iter().enumerate() {
        match met.how() {
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
    checked
}

/// The rows of one side that were put into one group by their own code or name.
type Atom = (u16, u32);

/// What a decision speaks of.
#[derive(Clone, Default)]
struct Met {
    left: Vec<Atom>,
    right: Vec<Atom>,
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
    fn pairs(&self) -> impl Iterator<Item = (Atom, Atom)> + '_ {
        let all = self
            .left
            .iter()
            .flat_map(|&left| self.right.iter().map(move |&right| (left, right)));
        all.filter(|(left, right)| left != right)
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
fn met(decisions: &Decisions, lists: &Lists<'_>, keys: &mut Keys) -> Vec<Met> {
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
    };
    // Of each decision, side of it and side of the comparison the surest.
    let mut best: BTreeMap<(usize, bool, u16), (u8, Vec<u32>)> = BTreeMap::new();
    for key in &keys.all {
        let of = &lists.catalogue.regions[lists.catalogue.rows[key.row.index()].region.index()];
        for (is_code, id) in [(true, key.code), (false, key.name), (false, key.bare)] {
            for &(at, right, rank) in wanted.get(&id).map_or(&[][..], Vec::as_slice) {
                let here = region(at, right).is_none_or(|named| *of.id == *named || of.name == named);
                if !here || is_code != (rank < 2) {
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
    let mut met = vec![Met::default(); decisions.all.len()];
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

/// Joins and parts groups as a person decided. What contradicts itself stays apart.
pub(super) fn apply(decisions: &Decisions, lists: &Lists<'_>, keys: &mut Keys, groups: &mut Groups) {
    if decisions.all.is_empty() {
        return;
    }
    keys.settled = false;
    let met = met(decisions, lists, keys);
    let mut moved: HashMap<Atom, u32> = HashMap::default();
    part(decisions, &met, keys, groups, &mut moved);
    let now = |moved: &HashMap<Atom, u32>, atom: Atom| moved.get(&atom).copied().unwrap_or(atom.1);
    for (_, met) in decisions.all.iter().zip(&met).filter(|(decision, _)| !decision.same) {
        for (left, right) in met.pairs() {
            let (left, right) = (now(&moved, left), now(&moved, right));
            if left != right {
                groups.apart.insert((left.min(right), left.max(right)));
            }
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
    for (decision, met) in decisions.all.iter().zip(&met) {
        for (left, right) in met.same_pairs(decision.same) {
            let (left, right) = (root(&went, now(&moved, left)), root(&went, now(&moved, right)));
            let held_apart = match (groups.get(left as usize), groups.get(right as usize)) {
                (Some(one), Some(other)) => groups.held_apart([one, other].into_iter()),
                _ => true,
            };
            if left != right && !held_apart {
                let (into, from) = (left.min(right), left.max(right));
                groups.merge(into as usize, from as usize, Some(decided));
                went.insert(from, into);
            }
        }
    }
}

/// Parts what a common code put into one group: its sides are shared out so that no two that are held apart are together. Of the sides that
/// nobody spoke of each goes where it was said to belong, else to those whose names are most like its own.
fn part(decisions: &Decisions, met: &[Met], keys: &Keys, groups: &mut Groups, moved: &mut HashMap<Atom, u32>) {
    let mut against: BTreeMap<u32, Vec<(u16, u16)>> = BTreeMap::new();
    let mut one = Clusters::default();
    for (at, (decision, met)) in decisions.all.iter().zip(met).enumerate() {
        let pairs = met.pairs().filter(|(left, right)| !decision.same && left.1 == right.1);
        for (left, right) in pairs {
            against.entry(left.1).or_default().push((left.0, right.0));
        }
        for (left, right) in met.same_pairs(decision.same) {
            one.join(left, right, at);
        }
    }
    for (origin, against) in against {
        let Some(group) = groups.list[origin as usize].take() else {
            continue;
        };
        let hostile = |one: u16, other: u16| against.contains(&(one, other)) || against.contains(&(other, one));
        let mut sides: Vec<u16> = group.rows.iter().map(|key| key.side).collect();
        // Those that are held apart first, for they make the parts; the directory before others.
        let spoken_of = |side: u16| against.iter().any(|&(left, right)| side == left || side == right);
        sides.sort_unstable_by_key(|&side| (!spoken_of(side), side.wrapping_add(1)));
        sides.dedup();
        let mut parts: Vec<Vec<u16>> = Vec::new();
        for side in sides {
            let together = |part: &[u16]| {
                part.iter()
                    .any(|&other| one.why((side, origin), (other, origin)).is_some())
            };
            let open = parts.iter().enumerate();
            let open = open.filter(|(_, part)| !part.iter().any(|&other| hostile(side, other)));
            let best = open
                .map(|(at, part)| (together(part), likeness(&group, &keys.pool, side, part), at))
                // Of two that are as likely the first.
                .max_by(|a, b| (a.0.cmp(&b.0)).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
            match best {
                Some((.., at)) => parts[at].push(side),
                None => parts.push(vec![side]),
            }
        }
        for (at, part) in parts.into_iter().enumerate() {
            let number = if at == 0 {
                origin
            } else {
                u32::try_from(groups.list.len()).unwrap_or(u32::MAX)
            };
            let mut rows = group.rows.clone();
            rows.retain(|key| part.contains(&key.side));
            for key in &mut rows {
                key.origin = number;
                moved.insert((key.side, origin), number);
            }
            let new = Some(Group { rows, pairing: None });
            if at == 0 {
                groups.list[origin as usize] = new;
            } else {
                groups.list.push(new);
            }
        }
    }
}

/// How like the names of one side of a group are to those of some others, from 0 to 1.
fn likeness(group: &Group, pool: &TextPool, side: u16, others: &[u16]) -> f64 {
    let own = group.rows.iter().filter(|key| key.side == side);
    let of_others = || group.rows.iter().filter(|key| others.contains(&key.side));
    let pairs = |key: &Key| wording::pairs(pool.get(key.name));
    own.flat_map(|key| of_others().map(move |other| (key, other)))
        .map(|(key, other)| match key.name == other.name {
            true => 1.0,
            false => wording::alike(&pairs(key), &pairs(other)),
        })
        .fold(0.0, f64::max)
}

//! Rows that are one item, while they come together, and the item that they make in the end.
//!
//! Must not know why rows are one item.

use foldhash::{HashMap, HashSet};

use super::Item;
use super::cases::{Cases, Naming};
use super::keys::{DIRECTORY, Key, OWN};
use super::units::{rest, units};
use crate::model::{Pairing, RowId, TextId, TextPool};
use crate::normalise::names;

/// Rows that are one item.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub rows: Vec<Key>,
    pub pairing: Option<Pairing>,
}

impl Group {
    /// Takes over the rows of another; the pairing of both is the weaker one.
    pub(super) fn absorb(&mut self, other: Group, pairing: Option<Pairing>) {
        self.rows.extend(other.rows);
        let weaker = |a: Pairing, b: Pairing| if b.confidence < a.confidence { b } else { a };
        for one in [other.pairing, pairing].into_iter().flatten() {
            self.pairing = Some(self.pairing.map_or(one, |mine| weaker(mine, one)));
        }
    }

    /// How many sides have rows of it, the directory among them.
    pub(super) fn sides(&self) -> usize {
        let mut sides: Vec<u16> = self.rows.iter().map(|key| key.side).collect();
        sides.sort_unstable();
        sides.dedup();
        sides.len()
    }

    /// The first side that has rows of it; the directory comes first.
    pub(super) fn first_side(&self) -> u16 {
        self.rows.iter().map(|key| key.side.wrapping_add(1)).min().unwrap_or(0)
    }

    /// Any of its rows on its first side, so that the order of rows changes nothing but which of equal ones it is.
    pub(super) fn first_row(&self, pool: &TextPool) -> Option<&Key> {
        let key = |key: &&Key| {
            (
                key.side.wrapping_add(1),
                name_key(pool.get(key.name)),
                pool.get(key.case),
            )
        };
        self.rows
            .iter()
            .min_by(|a, b| key(a).cmp(&key(b)).then(a.row.cmp(&b.row)))
    }

    /// The smallest code.
    pub(super) fn code<'p>(&self, pool: &'p TextPool) -> &'p str {
        let codes = self.rows.iter().filter(|key| key.has_code());
        codes.map(|key| pool.get(key.code)).min().unwrap_or_default()
    }

    /// The name that the directory or the first side gives it, the shortest of several.
    pub(super) fn name<'p>(&self, pool: &'p TextPool) -> &'p str {
        let named = self.rows.iter().filter(|key| key.name != TextPool::EMPTY);
        let names = named.map(|key| (key.side.wrapping_add(1), name_key(pool.get(key.name))));
        names.min().map(|(_, (_, name))| name).unwrap_or_default()
    }

    /// How its rows call it.
    pub(super) fn names<'p>(&self, pool: &'p TextPool) -> Vec<&'p str> {
        let mut names: Vec<&str> = self.rows.iter().map(|key| pool.get(key.bare)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The item that it makes; `agree` tells whether two rows say the same.
    pub(super) fn into_item(
        mut self,
        sides: usize,
        pool: &TextPool,
        naming: &Naming<'_>,
        agree: &(dyn Fn(RowId, RowId) -> bool + Sync),
    ) -> Item {
        self.rows.sort_unstable_by_key(|key| key.row);
        let (code, name) = (self.code(pool).to_owned(), self.name(pool).to_owned());
        let directory = self.rows.iter().find(|key| key.side == DIRECTORY).map(|key| key.row);
        let mut count = vec![0_usize; sides];
        for key in self.rows.iter().filter(|key| key.side != DIRECTORY) {
            count[usize::from(key.side)] += 1;
        }
        let mut rows = vec![Vec::new(); sides];
        let mut duplicates = vec![Vec::new(); sides];
        let mut cases: Vec<Cases> = vec![Vec::new(); sides];
        let mut seen: HashMap<(u16, Option<String>, TextId), Vec<RowId>> = HashMap::default();
        for key in self.rows.iter().filter(|key| key.side != DIRECTORY) {
            let side = usize::from(key.side);
            let case = case_of(key, count[side] > 1, pool);
            // Only a row that says the same again is a duplicate; one that says otherwise stays and is compared.
            if count[side] > 1 {
                let earlier = seen.entry((key.side, case.clone(), key.body)).or_default();
                if earlier.iter().any(|&first| agree(first, key.row)) {
                    duplicates[side].push(key.row);
                    continue;
                }
                earlier.push(key.row);
            }
            rows[side].push(key.row);
            cases[side].push((key.row, case));
        }
        let names = self.names(pool);
        naming.align(&mut cases, &names);
        let mut units = units(&cases);
        units.extend(rest(&units, naming, &names));
        Item {
            code,
            name,
            rows,
            duplicates,
            units,
            directory,
            pairing: self.pairing,
        }
    }
}

/// The case of a row. Without one of its own, a row among several of its side is known by the bracket at the end of its name, else by the
/// name as a whole where the rows' names differ.
pub(super) fn case_of(key: &Key, several: bool, pool: &TextPool) -> Option<String> {
    let own = (key.case != TextPool::EMPTY).then(|| pool.get(key.case).to_owned());
    own.or_else(|| {
        let name = pool.get(key.name);
        several.then(|| match names::last_bracket(name) {
            Some((_, bracket)) => names::case_name(bracket),
            None => name.to_owned(),
        })
    })
}

/// The order of names: the shortest first.
fn name_key(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// Groups of which some become one; a number stays that of its group, or leads to nothing.
pub(super) struct Groups {
    pub list: Vec<Option<Group>>,
    /// How many sides there are, the directory among them.
    pub every: usize,
    /// Pairs of groups as they were at first (the smaller number first) that a person holds apart.
    pub apart: HashSet<(u32, u32)>,
}

impl Groups {
    /// The groups that are there, with their numbers.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, &Group)> {
        let numbered = self.list.iter().enumerate();
        numbered.filter_map(|(at, group)| group.as_ref().map(|group| (at, group)))
    }

    pub(super) fn get(&self, at: usize) -> Option<&Group> {
        self.list.get(at)?.as_ref()
    }

    /// Whether groups can be one item: no side has two of them, no two carry other codes of one system, and nobody said otherwise.
    pub(super) fn fit<'g>(&self, groups: impl Iterator<Item = &'g Group> + Clone) -> bool {
        self.fit_but_for_decisions(groups.clone()) && !self.held_apart(groups)
    }

    /// The same, whatever a person said.
    pub(super) fn fit_but_for_decisions<'g>(&self, groups: impl Iterator<Item = &'g Group>) -> bool {
        let mut sides: HashMap<u16, usize> = HashMap::default();
        let mut codes: HashMap<u16, (usize, TextId)> = HashMap::default();
        for (at, group) in groups.enumerate() {
            for key in &group.rows {
                if *sides.entry(key.side).or_insert(at) != at {
                    return false;
                }
                if key.system == OWN {
                    continue;
                }
                let (first, code) = *codes.entry(key.system).or_insert((at, key.code));
                if first != at && code != key.code {
                    return false;
                }
            }
        }
        true
    }

    /// Whether a person said of two of the groups that they are not one item.
    pub(super) fn held_apart<'g>(&self, groups: impl Iterator<Item = &'g Group>) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let mut origins: Vec<u32> = groups
            .flat_map(|group| group.rows.iter().map(|key| key.origin))
            .collect();
        origins.sort_unstable();
        origins.dedup();
        let mut pairs = origins
            .iter()
            .enumerate()
            .flat_map(|(at, &one)| origins[at + 1..].iter().map(move |&other| (one, other)));
        pairs.any(|pair| self.apart.contains(&pair))
    }

    /// Makes one group of two.
    pub(super) fn merge(&mut self, into: usize, from: usize, pairing: Option<Pairing>) {
        if into != from
            && let Some(other) = self.list[from].take()
            && let Some(group) = &mut self.list[into]
        {
            group.absorb(other, pairing);
        }
    }
}

//! Who agrees with whom in one cell: which of the values that regions give make a group, and which are set aside.
//!
//! "Does not contradict" is not transitive: 第三条 contradicts neither 第三条第一款 nor 第三条第二款, and these contradict each other. Were
//! values put together one by one, the order would tell who has the majority, and 第三条 would make one out of nothing. So:
//!
//! 1. Values of equal normal form are one value; its regions are its weight.
//! 2. A value that contradicts neither of two others that contradict each other says less than they do and supports neither: it is set
//!    aside and does not deviate. But the most frequent decides: where it is given more often than each of the two it is what most say,
//!    and they add detail to it.
//! 3. Of the values that are left, one that only adds detail to others, or says less, stands with the most frequent of them. There is only
//!    one such: of two that contradict each other rule 2 has taken the value between, and of two that do not the more frequent leads.
//!    Those with one leader make one group as far as they do not contradict each other; where they do (第一款 and 第二款 beside twenty times
//!    第三条) they are groups of their own, and support the leader all the same.
//! 4. What cannot be judged beside another (20日 beside 20工作日) is set aside where the other is more frequent; of two as frequent, the one
//!    that leaves its meaning open.
//! 5. What contradicts the directory, and what does not, are never one group: the one deviates and the other does not. Whoever is set
//!    aside and yet contradicts the directory, or what more than half say, is a group of its own: it deviates whatever it may mean.
//! 6. A text that may be cut off agrees, or is not judged; it decides nothing.
//!
//! Every rule looks at weights and contradictions alone, never at the order of regions or texts; that order only tells which of several
//! equally frequent values lends a group its words. Each pair of different values is judged once.
//!
//! Must not know what values mean.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How two different values stand to each other, from the nearest to the farthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// Two spellings of one thing.
    Equal,
    /// One says more; no contradiction.
    Finer,
    /// It cannot be judged.
    Open,
    /// They contradict each other.
    Against,
}

/// A distinct value, by what tells how it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Voice {
    /// Regions that say so and count.
    pub weight: usize,
    /// How much it says: the longer of two that agree names both.
    pub length: usize,
    /// Its own words may mean one thing or another.
    pub leaves_open: bool,
    pub may_be_cut_off: bool,
    pub against_directory: bool,
    /// All are held against it (`--reference region:ID`): it is never set aside.
    pub is_reference: bool,
}

/// Values that agree, by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The one that lends its words.
    pub leader: usize,
    /// All of them.
    pub values: Vec<usize>,
    /// Values that only add detail to the leader, and are groups of their own for they contradict others that do.
    pub beside: Vec<usize>,
}

/// What becomes of the values of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    pub groups: Vec<Group>,
    /// Those that say less than others that contradict each other.
    pub less: Vec<usize>,
    /// Those that cannot be judged beside others.
    pub open: Vec<usize>,
}

/// Every two of so many, each pair once.
fn each_two(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |left| (left + 1..count).map(move |right| (left, right)))
}

/// Puts the values of a cell together; `judge` tells how two of them stand to each other.
pub(super) fn agree(voices: &[Voice], mut judge: impl FnMut(usize, usize) -> Relation) -> Agreement {
    let count = voices.len();
    let mut pairs = vec![vec![Relation::Equal; count]; count];
    for (left, right) in each_two(count) {
        let found = judge(left, right);
        (pairs[left][right], pairs[right][left]) = (found, found);
    }
    let (cut, whole): (Vec<usize>, Vec<usize>) = (0..count).partition(|&at| voices[at].may_be_cut_off);
    let mut found = if whole.is_empty() {
        let found = settle(voices, &pairs, &cut);
        match found.groups.as_slice() {
            [_] => found,
            _ => Agreement {
                open: cut,
                ..Agreement::default()
            },
        }
    } else {
        let mut found = settle(voices, &pairs, &whole);
        // Only what is whole tells where it belongs: two that may be cut off prove nothing for each other.
        let near = |at: usize| {
            let agrees = |group: &Group| group.values.iter().all(|&other| pairs[at][other] <= Relation::Finer);
            let mut near = (0..found.groups.len()).filter(|&group| agrees(&found.groups[group]));
            near.next().filter(|_| near.next().is_none())
        };
        let places: Vec<(usize, Option<usize>)> = cut.into_iter().map(|at| (at, near(at))).collect();
        for (at, place) in places {
            match place {
                Some(group) => found.groups[group].values.push(at),
                None => found.open.push(at),
            }
        }
        found
    };
    for group in &mut found.groups {
        group.values.sort_unstable();
        group.beside.sort_unstable();
    }
    found.less.sort_unstable();
    found.open.sort_unstable();
    found
}

/// The same of values of which none is cut off, or all are.
fn settle(voices: &[Voice], pairs: &[Vec<Relation>], values: &[usize]) -> Agreement {
    let nodes = nodes(voices, pairs, values);
    let related = |a: &Node, b: &Node| {
        let all = a
            .values
            .iter()
            .flat_map(|&a| b.values.iter().map(move |&b| pairs[a][b]));
        all.max().unwrap_or(Relation::Equal)
    };
    let table: Vec<Vec<Relation>> = nodes
        .iter()
        .map(|a| nodes.iter().map(|b| related(a, b)).collect())
        .collect();
    let against = |a: usize, b: usize| table[a][b] == Relation::Against;
    let says_less = |&at: &usize| {
        let near: Vec<usize> = (0..nodes.len())
            .filter(|&other| other != at && !against(at, other))
            .collect();
        let mut heavy = near.iter().filter(|&&one| nodes[one].weight >= nodes[at].weight);
        heavy.any(|&one| near.iter().any(|&other| against(one, other)))
    };
    let (less, mut kept): (Vec<usize>, Vec<usize>) = (0..nodes.len()).partition(says_less);
    let (spared, less): (Vec<usize>, Vec<usize>) = less.into_iter().partition(|&at| nodes[at].is_reference);
    kept.extend(&spared);
    // The strongest first; what is spared leads all that add to it.
    kept.sort_by_key(|&at| (!spared.contains(&at), nodes[at].strength()));
    let mut open = Vec::new();
    let mut clear: Vec<usize> = Vec::new();
    for at in kept {
        let unclear = clear.iter().any(|&other| table[at][other] == Relation::Open);
        match unclear && !nodes[at].is_reference {
            true => open.push(at),
            false => clear.push(at),
        }
    }
    let mut found: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for contrary in [false, true] {
        let part = clear
            .iter()
            .copied()
            .filter(|&at| nodes[at].against_directory == contrary);
        lead(part.collect(), &against, &mut found);
    }
    // Those set aside that deviate whatever they mean.
    let weight = |all: &[usize]| all.iter().map(|&at| nodes[at].weight).sum::<usize>();
    let total = nodes.iter().map(|node| node.weight).sum::<usize>();
    let most = found
        .iter()
        .filter(|(group, beside)| (weight(group) + weight(beside)) * 2 > total)
        .max_by_key(|(group, _)| Reverse(nodes[group[0]].strength()))
        .map(|(group, _)| group[0]);
    let deviates = |at: &usize| nodes[*at].against_directory || most.is_some_and(|most| against(*at, most));
    let (mut own, less): (Vec<usize>, Vec<usize>) = less.into_iter().partition(deviates);
    let (more, open): (Vec<usize>, Vec<usize>) = open.into_iter().partition(deviates);
    own.extend(more);
    found.extend(own.into_iter().map(|at| (vec![at], Vec::new())));
    let spread = |all: &[usize]| -> Vec<usize> { all.iter().flat_map(|&at| nodes[at].values.clone()).collect() };
    Agreement {
        groups: found
            .iter()
            .map(|(group, beside)| Group {
                leader: nodes[group[0]].values[0],
                values: spread(group),
                beside: spread(beside),
            })
            .collect(),
        less: spread(&less),
        open: spread(&open),
    }
}

/// Rule 3: the strongest leads all that do not contradict it. Each group comes with its leader first, and with what stands beside it.
fn lead(mut left: Vec<usize>, against: &impl Fn(usize, usize) -> bool, found: &mut Vec<(Vec<usize>, Vec<usize>)>) {
    while !left.is_empty() {
        let leader = left.remove(0);
        let (far, near): (Vec<usize>, Vec<usize>) = left.into_iter().partition(|&at| against(leader, at));
        left = far;
        let (beside, with): (Vec<usize>, Vec<usize>) = near
            .iter()
            .partition(|&&at| near.iter().any(|&other| against(at, other)));
        found.push((std::iter::once(leader).chain(with).collect(), beside.clone()));
        lead(beside, against, found);
    }
}

/// Values of one meaning in several spellings.
struct Node {
    /// The one that says most first.
    values: Vec<usize>,
    weight: usize,
    length: usize,
    leaves_open: bool,
    against_directory: bool,
    is_reference: bool,
}

impl Node {
    /// Less is stronger. The last two only choose among names.
    fn strength(&self) -> (Reverse<usize>, bool, Reverse<usize>, usize) {
        (
            Reverse(self.weight),
            self.leaves_open,
            Reverse(self.length),
            self.values[0],
        )
    }
}

/// Rule 1. Values are one where they equal each other and all the same others: so it is whatever the order.
fn nodes(voices: &[Voice], pairs: &[Vec<Relation>], values: &[usize]) -> Vec<Node> {
    let mut classes: BTreeMap<(Vec<bool>, bool), Vec<usize>> = BTreeMap::new();
    for &at in values {
        let equals = values
            .iter()
            .map(|&other| pairs[at][other] == Relation::Equal)
            .collect();
        classes
            .entry((equals, voices[at].against_directory))
            .or_default()
            .push(at);
    }
    let node = |((_, against_directory), mut values): (_, Vec<usize>)| {
        values.sort_by_key(|&at| (Reverse(voices[at].weight), Reverse(voices[at].length), at));
        let first = &voices[values[0]];
        Node {
            weight: values.iter().map(|&at| voices[at].weight).sum(),
            length: first.length,
            leaves_open: first.leaves_open,
            against_directory,
            is_reference: values.iter().any(|&at| voices[at].is_reference),
            values,
        }
    };
    classes.into_iter().map(node).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    struct Random(u64);

    impl Random {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) % n as u64) as usize
        }
    }

    fn voice(weight: usize) -> Voice {
        Voice {
            weight,
            length: 1,
            leaves_open: false,
            may_be_cut_off: false,
            against_directory: false,
            is_reference: false,
        }
    }

    type Sets = BTreeSet<(BTreeSet<usize>, BTreeSet<usize>)>;

    /// What becomes of values that come in another order, by their numbers in the first.
    fn in_order(
        order: &[usize],
        voices: &[Voice],
        pairs: &[Vec<Relation>],
    ) -> (Sets, BTreeSet<usize>, BTreeSet<usize>) {
        let shuffled: Vec<Voice> = order.iter().map(|&at| voices[at].clone()).collect();
        let found = agree(&shuffled, |a, b| pairs[order[a]][order[b]]);
        let set = |all: &[usize]| all.iter().map(|&at| order[at]).collect::<BTreeSet<usize>>();
        let groups = found
            .groups
            .iter()
            .map(|group| (set(&group.values), set(&group.beside)));
        (groups.collect(), set(&found.less), set(&found.open))
    }

    /// Over contradictions of any kind: no order changes anything, nobody is lost, no group holds a contradiction, and all of a group
    /// stand alike to every other group.
    #[test]
    fn order_is_nothing() {
        let mut random = Random(7);
        for _ in 0..4_000 {
            let count = 1 + random.below(7);
            let mut voices: Vec<Voice> = (0..count).map(|_| voice(1 + random.below(4))).collect();
            for voice in &mut voices {
                voice.may_be_cut_off = random.below(9) == 0;
                voice.against_directory = random.below(4) == 0;
            }
            let mut pairs = vec![vec![Relation::Equal; count]; count];
            for (left, right) in each_two(count) {
                let one = [Relation::Equal, Relation::Finer, Relation::Finer, Relation::Against][random.below(4)];
                (pairs[left][right], pairs[right][left]) = (one, one);
            }
            let mut order: Vec<usize> = (0..count).collect();
            let first = in_order(&order, &voices, &pairs);
            for at in 0..count {
                let other = random.below(count);
                order.swap(at, other);
            }
            assert_eq!(in_order(&order, &voices, &pairs), first, "{voices:?} {pairs:?}");
            let (groups, less, open) = first;
            let mut all: Vec<usize> = groups.iter().flat_map(|(group, _)| group.clone()).collect();
            all.extend(less.iter().chain(&open));
            all.sort_unstable();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
            for (group, _) in &groups {
                let whole: Vec<usize> = group.iter().copied().filter(|&at| !voices[at].may_be_cut_off).collect();
                for (&a, &b) in whole.iter().flat_map(|a| whole.iter().map(move |b| (a, b))) {
                    assert!(pairs[a][b] != Relation::Against, "{voices:?} {pairs:?}");
                    assert_eq!(voices[a].against_directory, voices[b].against_directory);
                }
            }
        }
    }
}

//! Cases (业务办理项) of one item that the sides call otherwise: 新办食品经营许可 is the case 新办 of 食品经营许可. What a person decided comes
//! first, then equal names, then names that are equal without the item's own name and without words that say nothing of a case. Where a
//! side has two that may be meant, all stay as they are called.
//!
//! Must not know how rows came to be one item.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;

use super::wording::{self, Wording};
use crate::model::RowId;

/// What a case is called by in one list and not in the next.
const SAYS_NOTHING: [&str; 3] = ["申请", "办理", "业务"];
/// Characters of the end of an item's name that are known as such: 许可.
const SHORTEST_END: usize = 2;

/// What a person decided on cases: for each row the other rows, and whether they are one case.
pub(super) type Said = HashMap<RowId, Vec<(RowId, bool)>>;

/// How cases are brought together.
pub(super) struct Naming<'a> {
    pub wording: Wording<'a>,
    pub said: Said,
}

/// The case of each row of a side.
pub(super) type Cases = Vec<(RowId, Option<String>)>;

/// One case of one side.
struct Node {
    side: usize,
    case: String,
    rows: Vec<RowId>,
    /// The number of what it came together to: that of the first of them.
    root: usize,
}

impl Naming<'_> {
    /// Gives what is one case one name, that of the first side. `names`: how the item is called.
    pub(super) fn align(&self, sides: &mut [Cases], names: &[&str]) {
        if sides.iter().all(|rows| rows.len() < 2) || sides.iter().filter(|rows| !rows.is_empty()).count() < 2 {
            return;
        }
        let mut nodes: Vec<Node> = Vec::new();
        for (side, rows) in sides.iter().enumerate() {
            let mut own: BTreeMap<&str, Vec<RowId>> = BTreeMap::new();
            for (row, case) in rows {
                if let Some(case) = case {
                    own.entry(case).or_default().push(*row);
                }
            }
            for (case, rows) in own {
                nodes.push(Node {
                    side,
                    case: case.to_owned(),
                    rows,
                    root: nodes.len(),
                });
            }
        }
        let apart = self.decided(&mut nodes);
        let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            by_text.entry(&node.case).or_default().push(at);
        }
        let by_text: Vec<Vec<usize>> = by_text.into_values().collect();
        for same in by_text {
            for at in 1..same.len() {
                join(&mut nodes, &apart, &same[..=at]);
            }
        }
        self.by_wording(&mut nodes, &apart, names);
        let mut label: BTreeMap<usize, String> = BTreeMap::new();
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (at, node) in nodes.iter().enumerate().filter(|(at, node)| *at == node.root) {
            let mut texts = nodes.iter().filter(|other| other.root == at).map(|other| &other.case);
            let free = texts.find(|text| !used.contains(*text)).cloned();
            let numbered = || {
                (2..)
                    .map(|nth| format!("{}（{nth}）", node.case))
                    .find(|text| !used.contains(text))
            };
            let text = free.or_else(numbered).unwrap_or_default();
            used.insert(text.clone());
            label.insert(at, text);
        }
        for node in &nodes {
            if let Some(text) = label.get(&node.root).filter(|text| **text != node.case) {
                for (_, case) in sides[node.side].iter_mut().filter(|(row, _)| node.rows.contains(row)) {
                    *case = Some(text.clone());
                }
            }
        }
    }

    /// What a person decided: joins what is one, and gives what is not.
    fn decided(&self, nodes: &mut [Node]) -> BTreeSet<(usize, usize)> {
        let mut apart = BTreeSet::new();
        if self.said.is_empty() {
            return apart;
        }
        let of: HashMap<RowId, usize> = nodes
            .iter()
            .enumerate()
            .flat_map(|(at, node)| node.rows.iter().map(move |row| (*row, at)))
            .collect();
        let mut rows: Vec<(&RowId, &usize)> = of.iter().collect();
        rows.sort_unstable_by_key(|(row, _)| **row);
        for (row, &one) in rows {
            for (other, same) in self.said.get(row).into_iter().flatten() {
                let Some(&other) = of.get(other).filter(|other| **other != one) else {
                    continue;
                };
                if *same {
                    let (one, other) = (nodes[one].root, nodes[other].root);
                    let (into, from) = (one.min(other), one.max(other));
                    nodes
                        .iter_mut()
                        .filter(|node| node.root == from)
                        .for_each(|node| node.root = into);
                } else {
                    apart.insert((one.min(other), one.max(other)));
                }
            }
        }
        apart
    }

    fn by_wording(&self, nodes: &mut [Node], apart: &BTreeSet<(usize, usize)>, names: &[&str]) {
        let mut by_form: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            for form in self.forms(&node.case, node.side, names) {
                by_form.entry(form).or_default().push(at);
            }
        }
        // What hangs together by any form is one case, or nobody knows.
        let mut hangs: Vec<usize> = (0..nodes.len()).collect();
        for same in by_form.into_values() {
            let Some(&first) = same.first() else { continue };
            for &other in &same {
                let (into, from) = (hangs[first], hangs[other]);
                hangs
                    .iter_mut()
                    .filter(|root| **root == from)
                    .for_each(|root| *root = into);
            }
        }
        let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, root) in hangs.into_iter().enumerate() {
            together.entry(root).or_default().push(at);
        }
        for same in together.into_values() {
            join(nodes, apart, &same);
        }
    }

    /// A case in as few words as it may be called by.
    pub(super) fn shortest(&self, case: &str, side: usize, names: &[&str]) -> String {
        let forms = self.forms(case, side, names).into_iter();
        forms.min_by_key(|form| form.chars().count()).unwrap_or_default()
    }

    /// The words of a case that make another one of it; those of the item's own name do not.
    pub(super) fn turning(&self, case: &str, side: usize, names: &[&str]) -> Vec<String> {
        let own: BTreeSet<String> = names
            .iter()
            .flat_map(|name| self.wording.loose(name, Some(side)).turning)
            .collect();
        let mut words = self.wording.steps(&self.shortest(case, side, names));
        words.retain(|word| !own.contains(word));
        words
    }

    /// Whether two cases, by their rows and turning words, do not contradict each other, and nobody said that they are two.
    pub(super) fn may_be(&self, one: (&[RowId], &[String]), other: (&[RowId], &[String])) -> bool {
        !self.parted(one.0, other.0) && (wording::within(one.1, other.1) || wording::within(other.1, one.1))
    }

    /// Whether a person said of rows that they are not one case.
    fn parted(&self, one: &[RowId], other: &[RowId]) -> bool {
        let said = one.iter().filter_map(|row| self.said.get(row)).flatten();
        said.into_iter().any(|(row, same)| !same && other.contains(row))
    }

    /// How a case may be called elsewhere: as it is written, and as its words mean.
    fn forms(&self, case: &str, side: usize, names: &[&str]) -> BTreeSet<String> {
        let loose = |text: &str| self.wording.loose(text, Some(side)).text;
        let written = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let mut forms = BTreeSet::new();
        for folded in [&loose as &dyn Fn(&str) -> String, &written] {
            let whole = folded(case);
            for name in names.iter().map(|name| folded(name)).filter(|name| !name.is_empty()) {
                forms.insert(whole.replace(&name, ""));
                forms.extend(without_end(&whole, &name));
            }
            forms.insert(whole);
        }
        let shorter: Vec<String> = forms
            .iter()
            .map(|form| {
                SAYS_NOTHING
                    .iter()
                    .fold(form.clone(), |form, word| form.replace(word, ""))
            })
            .collect();
        forms.extend(shorter);
        forms.retain(|form| !form.is_empty());
        forms
    }
}

/// A case without the longest end of the item's name that stands before or behind it: 变更 of 经营许可变更 under 食品经营许可.
fn without_end(case: &str, name: &str) -> Option<String> {
    let starts = name.char_indices().map(|(at, _)| &name[at..]);
    let mut ends = starts.take_while(|end| end.chars().nth(SHORTEST_END - 1).is_some());
    ends.find_map(|end| case.strip_prefix(end).or_else(|| case.strip_suffix(end)))
        .map(str::to_owned)
}

/// Makes one case of several where no side has two of them and nobody said otherwise.
fn join(nodes: &mut [Node], apart: &BTreeSet<(usize, usize)>, same: &[usize]) {
    let roots: BTreeSet<usize> = same.iter().map(|&at| nodes[at].root).collect();
    let Some(&into) = roots.first().filter(|_| roots.len() > 1) else {
        return;
    };
    let all: Vec<usize> = (0..nodes.len()).filter(|&at| roots.contains(&nodes[at].root)).collect();
    // Two of one side that a person made one are one.
    let mut of_side: BTreeMap<usize, usize> = BTreeMap::new();
    let twice = all
        .iter()
        .any(|&at| *of_side.entry(nodes[at].side).or_insert(nodes[at].root) != nodes[at].root);
    let parted = apart
        .iter()
        .any(|(one, other)| all.contains(one) && all.contains(other));
    if !twice && !parted {
        all.into_iter().for_each(|at| nodes[at].root = into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn aligned(name: &str, left: &[&str], right: &[&str]) -> Vec<Vec<String>> {
        let profile = Profile::load("national-12").expect("shipped profile");
        let naming = Naming {
            wording: Wording::new(&profile.vocabulary, [vec!["甲区"], vec!["乙区"]].into_iter()),
            said: Said::default(),
        };
        let mut at = 0;
        let mut side = |cases: &[&str]| -> Cases {
            let cases = cases.iter().map(|case| {
                at += 1;
                (RowId::of(at), Some((*case).to_owned()))
            });
            cases.collect()
        };
        let mut sides = [side(left), side(right)];
        naming.align(&mut sides, &[name]);
        sides
            .map(|rows| rows.into_iter().filter_map(|(_, case)| case).collect())
            .to_vec()
    }

    #[test]
    fn other_words_of_one_case() {
        for (name, left, right) in [
            (
                "食品经营许可",
                ["新办", "变更"],
                ["新办食品经营许可", "食品经营许可变更"],
            ),
            ("取水许可", ["首次申请", "延续"], ["首次", "延续"]),
            ("食品经营许可", ["新办", "变更"], ["新办业务", "经营审批变更"]),
        ] {
            let [one, other] = aligned(name, &left, &right).try_into().expect("two sides");
            assert_eq!(one, left, "{right:?}");
            assert_eq!(other, left, "{right:?}");
        }
        for (name, left, right) in [
            ("取水许可", ["变更", "延续"], ["注销", "新办"]),
            ("取水许可", ["个人申请", "单位"], ["个体", "机关"]),
            // Two of one side may be meant.
            ("取水许可", ["首次申请", "延续"], ["首次", "首次办理"]),
        ] {
            assert_eq!(aligned(name, &left, &right), [left, right], "{left:?} {right:?}");
        }
    }
}

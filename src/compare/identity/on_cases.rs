//! A person's decisions on handling items (业务办理项) of one item: which rows they speak of.
//!
//! Must not know files, nor how cases come together.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::Lists;
use super::cases::Said;
use super::decisions::{Decisions, Met, met};
use super::keys::{DIRECTORY, Keys};
use crate::model::{RowId, TextId};
use crate::normalise::{codes, names};

/// What a decision says of handling items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnCase {
    /// Nothing.
    No,
    /// It speaks of them: the first row on either side.
    Rows(RowId, RowId),
    /// It speaks of one item, and of no handling item of it that is there.
    Idle,
}

/// What decisions say of handling items.
#[derive(Default)]
pub(super) struct OnCases {
    pub said: Said,
    pub met: Vec<OnCase>,
}

/// A text of a decision in its parts.
struct Spoken {
    /// The whole, and what stands behind the code.
    texts: Vec<String>,
    /// The item's code, where the text begins with one.
    code: Option<TextId>,
}

/// A row that a decision may mean.
#[derive(Clone)]
struct Called {
    row: RowId,
    origin: u32,
    /// Whether only the name of the case was said: 变更 is one of many items.
    case_alone: bool,
}

/// The rows that are meant: those of which the case alone was said where the other side, or nothing else, tells the item.
fn of_the_item(called: &[Vec<Called>; 2]) -> [Vec<RowId>; 2] {
    let all = || called.iter().flatten();
    let mut items: BTreeSet<u32> = all().filter(|row| !row.case_alone).map(|row| row.origin).collect();
    if items.is_empty() {
        items = all().map(|row| row.origin).collect();
    }
    let meant = |row: &&Called| !row.case_alone || (items.len() == 1 && items.contains(&row.origin));
    [0, 1].map(|side| called[side].iter().filter(meant).map(|row| row.row).collect())
}

/// Finds the decisions that speak of handling items of one item: by the code of the handling item, by its name, or by the item's code and
/// the name of the case.
pub(super) fn on_cases(decisions: &Decisions, lists: &Lists<'_>, keys: &mut Keys) -> OnCases {
    let mut out = OnCases::default();
    if decisions.all.is_empty() {
        return out;
    }
    let Lists { catalogue, profile, .. } = lists;
    let [handling_name, handling_code] = ["handling_name", "handling_code"].map(|id| profile.field(id));
    let known: HashSet<TextId> = keys
        .all
        .iter()
        .filter(|key| key.has_code())
        .map(|key| key.code)
        .collect();
    let met = met(decisions, lists, keys);
    let mut spoken = |text: &str| {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let code = Some(keys.pool.intern(codes::parse(first).basic())).filter(|code| known.contains(code));
        let texts = [text, rest].into_iter().filter(|text| !text.is_empty());
        Spoken {
            texts: texts.chain([first]).map(names::canonical).collect(),
            code,
        }
    };
    let of_text: Vec<[Spoken; 2]> = decisions
        .all
        .iter()
        .map(|decision| [spoken(&decision.left), spoken(&decision.right)])
        .collect();
    // How handling items may be written → (decision, whether its right side).
    let mut wanted: HashMap<&str, Vec<(usize, usize)>> = HashMap::default();
    // Whoever speaks of two items says nothing of their cases.
    let one_item = |met: &Met| met.pairs().all(|(left, right)| left.1 == right.1);
    for (at, both) in of_text.iter().enumerate().filter(|(at, _)| one_item(&met[*at])) {
        for (side, spoken) in both.iter().enumerate() {
            for text in &spoken.texts {
                wanted.entry(text).or_default().push((at, side));
            }
        }
    }
    let mut rows: Vec<[Vec<Called>; 2]> = vec![Default::default(); decisions.all.len()];
    // Whether a side says the name of the item.
    let mut named: Vec<[bool; 2]> = vec![[false; 2]; decisions.all.len()];
    if wanted.is_empty() {
        out.met = vec![OnCase::No; decisions.all.len()];
        return out;
    }
    // Rows of one code on one side: where none has a case of its own, their names tell them apart.
    let mut count: HashMap<(u16, u32), usize> = HashMap::default();
    for key in &keys.all {
        *count.entry((key.side, key.origin)).or_default() += 1;
    }
    for key in keys.all.iter().filter(|key| key.side != DIRECTORY) {
        let of = &catalogue.regions[catalogue.rows[key.row.index()].region.index()];
        let [item, bare, case] = [key.name, key.bare, key.case].map(|id| keys.pool.get(id));
        let text = |field: Option<_>| names::canonical(catalogue.text(key.row, field?).unwrap_or_default()).into();
        let code: Option<String> = handling_code.and_then(|field| text(Some(field)));
        let name: Option<String> = handling_name.and_then(|field| text(Some(field)));
        // What it is called, and whether that is only clear beside the item's code or name.
        let by_name = case.is_empty() && count.get(&(key.side, key.origin)).is_some_and(|count| *count > 1);
        let mut called: Vec<(String, bool, bool)> =
            vec![(item.to_owned(), false, by_name), (bare.to_owned(), false, by_name)];
        if !case.is_empty() {
            called.extend(code.map(|code| (code, false, true)));
            called.extend(name.filter(|name| name != case).map(|name| (name, false, true)));
            called.push((format!("{bare}（{case}）"), false, true));
            called.push((case.to_owned(), true, true));
        }
        for (text, with_code, is_case) in called {
            for &(at, side) in wanted.get(text.as_str()).map_or(&[][..], Vec::as_slice) {
                let decision = &decisions.all[at];
                let region = [&decision.left_region, &decision.right_region][side].as_deref();
                let here = region.is_none_or(|named| *of.id == *named || of.name == named);
                let code = of_text[at][side].code;
                if !here || code.is_some_and(|code| code != key.code) {
                    continue;
                }
                if !is_case {
                    named[at][side] = true;
                } else if rows[at][side].iter().all(|known| known.row != key.row) {
                    rows[at][side].push(Called {
                        row: key.row,
                        origin: key.origin,
                        case_alone: code.is_none() && with_code,
                    });
                }
            }
        }
    }
    for (at, (called, named)) in rows.iter().zip(named).enumerate() {
        let [left, right] = &of_the_item(called);
        let decision = &decisions.all[at];
        let several = of_text[at]
            .iter()
            .any(|spoken| spoken.code.is_some() && spoken.texts.len() > 2);
        out.met.push(match (left.first(), right.first()) {
            (Some(&one), Some(&other)) if named == [false; 2] => {
                for &one in left {
                    for &other in right.iter().filter(|other| **other != one) {
                        out.said.entry(one).or_default().push((other, decision.same));
                        out.said.entry(other).or_default().push((one, decision.same));
                    }
                }
                OnCase::Rows(one, other)
            }
            _ if decision.same && one_item(&met[at]) && met[at].pairs().next().is_some() && several => match named {
                [true, true] => OnCase::No,
                _ => OnCase::Idle,
            },
            _ => OnCase::No,
        });
    }
    out
}

//! The truth: what a diff must say about a pair, and everything in which it does not.
//!
//! Must not know how the program compares.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::differences::Told;
use super::hand::{Cell, PLACES};
use super::{DIFFERENCES, ELEMENTS, NOTATIONS, Pair};

/// What a diff of a pair got wrong.
#[derive(Default)]
pub(crate) struct Faults {
    /// Comparisons that were not planted and not `same` or `notation`: item, element, verdict, both raw texts, both normal forms.
    pub(crate) alarms: Vec<Alarm>,
    /// Planted differences that were not told as substantive: kind, both raw texts, verdict.
    pub(crate) missed: Vec<String>,
    /// Planted differences told with another detail: kind, what was expected, what was told.
    pub(crate) misread: Vec<String>,
    /// Found planted differences without the relation that they have.
    pub(crate) unrelated: Vec<String>,
    /// Sums that do not add up.
    pub(crate) sums: Vec<String>,
    /// Planted differences told as they must be.
    pub(crate) found: usize,
}

/// One false alarm.
pub(crate) struct Alarm {
    pub(crate) element: usize,
    pub(crate) verdict: String,
    pub(crate) notations: Vec<usize>,
    pub(crate) text: String,
}

impl Faults {
    /// Whether all is as it must be.
    pub(crate) fn none(&self) -> bool {
        self.alarms.is_empty()
            && self.missed.is_empty()
            && self.misread.is_empty()
            && self.unrelated.is_empty()
            && self.sums.is_empty()
    }

    /// All of it, for people: alarms by notation, and at most `most` of the rest of each kind.
    pub(crate) fn page(&self, most: usize) -> String {
        let mut out = String::new();
        // The alarm with the fewest notations accuses them; alarms that hold all of an accused set are laid to it.
        let mut alarms: Vec<&Alarm> = self.alarms.iter().collect();
        alarms.sort_by_key(|alarm| (alarm.element, alarm.notations.len()));
        let mut accused: Vec<(&Alarm, usize)> = Vec::new();
        for alarm in alarms {
            let known = accused.iter_mut().find(|(first, _)| {
                first.element == alarm.element && first.notations.iter().all(|at| alarm.notations.contains(at))
            });
            match known {
                Some((_, count)) => *count += 1,
                None => accused.push((alarm, 1)),
            }
        }
        for (alarm, count) in accused {
            let names: Vec<&str> = alarm.notations.iter().map(|&at| NOTATIONS[at].name).collect();
            let (element, names) = (ELEMENTS[alarm.element], names.join(" + "));
            let _ = writeln!(
                out,
                "FALSE ALARM {element}, {names}: {} x {count}\n{}",
                alarm.verdict, alarm.text
            );
        }
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for (title, list) in [
            ("MISSED", &self.missed),
            ("OTHER DETAIL", &self.misread),
            ("NO RELATION", &self.unrelated),
            ("SUM", &self.sums),
        ] {
            for text in list {
                let count = kinds
                    .entry(text.split_once(": ").map_or(text, |(kind, _)| kind))
                    .or_default();
                *count += 1;
                if *count <= most {
                    let _ = writeln!(out, "{title} {text}");
                }
            }
        }
        out
    }
}

/// Whether the detail says what was planted, and nothing beside it.
fn tells(detail: &Value, told: &Told) -> bool {
    let list = |key: &str| -> Vec<String> {
        let entries = detail[key].as_array().into_iter().flatten();
        entries
            .map(|entry| entry.as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let (added, removed) = (list("added"), list("removed"));
    let changed: Vec<(String, String)> = detail["changed"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|change| {
            let text = |key: &str| change[key].as_str().unwrap_or_default().to_owned();
            (text("from"), text("to"))
        })
        .collect();
    match told {
        Told::Added(text) => {
            removed.is_empty() && changed.is_empty() && matches!(&added[..], [one] if one.contains(text))
        }
        Told::Removed(text) => {
            added.is_empty() && changed.is_empty() && matches!(&removed[..], [one] if one.contains(text))
        }
        Told::Swap(from, to) => match (&added[..], &removed[..], &changed[..]) {
            ([], [], [(a, b)]) => a.contains(from) && b.contains(to),
            ([b], [a], []) => a.contains(from) && b.contains(to),
            // 原件 for 复印件 changes the form and the number of both.
            ([], [], several) => {
                several.iter().any(|(a, b)| a.contains(from) && b.contains(to))
                    && detail["changed"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .all(|change| change["what"] == detail["changed"][0]["what"])
                    && detail["changed"][0]["what"] != ""
            }
            _ => false,
        },
    }
}

fn relation(detail: &Value) -> Vec<&str> {
    let changed = detail["changed"].as_array().into_iter().flatten();
    std::iter::once(detail)
        .chain(changed)
        .filter_map(|part| part["relation"].as_str())
        .collect()
}

/// Holds what `diff --format json` said against what is known.
pub(crate) fn check(diff: &Value, pair: &Pair) -> Faults {
    let mut faults = Faults::default();
    let items = pair.codes.len();
    let index: BTreeMap<&str, usize> = pair
        .codes
        .iter()
        .enumerate()
        .map(|(at, code)| (code.as_str(), at))
        .collect();
    let summary = &diff["summary"];
    let sum = |key: &str| summary[key].as_u64().unwrap_or_default() as usize;
    let all: usize = ["same", "notation", "substantive", "level", "missing", "unknown"]
        .iter()
        .map(|key| sum(key))
        .sum();
    for (what, is, must) in [
        ("items compared", sum("items_compared"), items),
        ("comparisons", all, 12 * items),
        ("only left", sum("only_left"), 0),
        ("only right", sum("only_right"), 0),
        ("divided", sum("divided"), 0),
    ] {
        if is != must {
            faults.sums.push(format!("{what}: {is} instead of {must}"));
        }
    }
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for difference in diff["differences"].as_array().into_iter().flatten() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let element = ELEMENTS.iter().position(|id| difference["element"] == *id);
        let (Some(&at), Some(element)) = (index.get(text(&difference["code"]).as_str()), element) else {
            faults.sums.push(format!("unknown item or element: {difference}"));
            continue;
        };
        let verdict = text(&difference["verdict"]);
        let [left, right] = ["left", "right"].map(|side| &difference[side]);
        let notations = pair.written.get(&(at, element)).cloned().unwrap_or_default();
        let told = || {
            let names: Vec<&str> = notations.iter().map(|&at| NOTATIONS[at].name).collect();
            format!(
                "    left   {:?}\n    right  {:?}\n    normal {:?}\n       and {:?}\n    detail {}\n    written {names:?}",
                text(&left["raw"]),
                text(&right["raw"]),
                text(&left["normal"]),
                text(&right["normal"]),
                difference["detail"]
            )
        };
        match pair.planted.get(&(at, element)) {
            None if matches!(verdict.as_str(), "same" | "notation") => {}
            None => faults.alarms.push(Alarm {
                element,
                verdict,
                text: told(),
                notations,
            }),
            Some(planted) => {
                let kind = &DIFFERENCES[planted.kind];
                let title = format!("{} {}: {:?}", ELEMENTS[element], kind.name, planted.expected);
                if verdict != "substantive" {
                    continue;
                }
                seen.insert((at, element));
                if !tells(&difference["detail"], &planted.expected.told) {
                    faults.misread.push(format!("{title}\n{}", told()));
                } else if planted
                    .expected
                    .relation
                    .is_some_and(|wanted| !relation(&difference["detail"]).contains(&wanted))
                {
                    faults.unrelated.push(format!("{title}\n{}", told()));
                } else {
                    faults.found += 1;
                }
            }
        }
    }
    for (&(at, element), planted) in &pair.planted {
        if !seen.contains(&(at, element)) {
            let cells = |row: &[Cell]| {
                let (first, count) = PLACES[element];
                row[first..first + count]
                    .iter()
                    .map(|cell| format!("{cell:?}"))
                    .collect::<Vec<_>>()
                    .join(" | ")
            };
            faults.missed.push(format!(
                "{} {}: {:?}\n    left  {}\n    right {}",
                ELEMENTS[element],
                DIFFERENCES[planted.kind].name,
                planted.expected,
                cells(&pair.left[at]),
                cells(&pair.right[at])
            ));
        }
    }
    faults
}

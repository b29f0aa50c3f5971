//! Materials at large: the real lists split, papers that must stay apart, a user's own papers, and long lists.
//! The single cases are in `tests/cases/elements/materials.toml`, the laws in `tests/forms/properties.rs`.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::Instant;

use crate::support::real;
use serde::Deserialize;
use tongban::compare::{Context, judge};
use tongban::model::{Judgement, Shape, Value, Verdict, encode_list};
use tongban::normalise::{Kind, Part, Parts, Role, enumerate, normalise};
use tongban::profile::Profile;

fn read(profile: &Profile, shape: Shape, text: &str) -> Value {
    let part = Part {
        role: Role::Value,
        shape,
        text,
    };
    let parts = Parts {
        parts: &[part],
        vocabulary: &profile.vocabulary,
        list: None,
        dialect: None,
    };
    normalise(Kind::Materials, &parts)
}

fn text(profile: &Profile, text: &str) -> Value {
    read(profile, Shape::Text, text)
}

fn judged(profile: &Profile, left: &Value, right: &Value) -> Judgement {
    let context = Context {
        vocabulary: &profile.vocabulary,
        left: &[],
        right: &[],
        one_level: false,
    };
    judge(left, right, &context)
}

fn shipped() -> Profile {
    Profile::load("national-12").unwrap()
}

/// What numbering and punctuation leave at a name that was not split or stripped as it should be.
fn leftover(name: &str) -> bool {
    let ends = |c: char| "；;，,。、：:．.！!·•●■◆-—".contains(c);
    enumerate::leading(name).is_some()
        || name.starts_with(ends)
        || name.ends_with(ends)
        || name.starts_with(['）', ')', '》', '”'])
        || name.contains(['；', ';', '\n', '\t'])
        || !tongban::normalise::fold::balanced(name)
}

/// The figure of the issue: at least 99 of 100 names of the real lists carry no leftover. `SHOW=1 cargo test --test forms materials:: real -- --nocapture`
/// shows what was read.
#[test]
fn the_real_lists_split() {
    let profile = shipped();
    let (mut names, mut wrong) = (0_u32, Vec::new());
    for file in ["guangdong/440000.jsonl", "guangdong/440100.jsonl"] {
        let Some(path) = real(file) else { return };
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let Some(list) = row["material_intro"].as_array() else {
                continue;
            };
            let list: Vec<String> = list.iter().map(|entry| entry.as_str().unwrap().to_owned()).collect();
            let value = read(&profile, Shape::List, &encode_list(&list));
            if list.is_empty() {
                continue;
            }
            let Value::Materials(materials) = value else {
                panic!("{list:?}: {value:?}")
            };
            assert!(!materials.is_empty(), "{list:?}");
            for material in &materials {
                for name in material.names() {
                    names += 1;
                    if leftover(name) {
                        wrong.push(name.clone());
                    }
                }
            }
            if std::env::var_os("SHOW").is_some() {
                let mut out = String::new();
                for entry in &list {
                    let _ = writeln!(out, "{entry} ⇒ {}", text(&profile, entry).spelling());
                }
                eprint!("{out}");
            }
        }
    }
    assert!(names > 1_500, "{names}");
    eprintln!("{names} names, {} with a leftover: {wrong:?}", wrong.len());
    assert!(wrong.len() as f64 <= f64::from(names) * 0.01, "{wrong:?}");
}

#[derive(Deserialize)]
struct Vocabulary {
    material: Vec<Entry>,
    distinct: Vec<Distinct>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct Distinct {
    names: Vec<String>,
}

fn vocabulary() -> Vocabulary {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogs/vocabulary/materials.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// `[[distinct]]` of the vocabulary: papers that are easily confused never share an entry, and never pass as notation.
#[test]
fn papers_that_sound_alike_stay_apart() {
    let profile = shipped();
    let mut wrong = Vec::new();
    for group in vocabulary().distinct {
        assert!(group.names.len() > 1);
        for (at, left) in group.names.iter().enumerate() {
            for right in &group.names[at + 1..] {
                let verdict = judged(&profile, &text(&profile, left), &text(&profile, right)).verdict;
                if verdict != Verdict::Substantive {
                    wrong.push(format!("{left} {right}: {}", verdict.word()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Every name and alias is read as one paper, the canonical one; no alias belongs to two.
#[test]
fn every_alias_is_read_as_its_paper() {
    let profile = shipped();
    let vocabulary = vocabulary();
    assert!(vocabulary.material.len() >= 300, "{}", vocabulary.material.len());
    let (mut seen, mut wrong) = (HashMap::new(), Vec::new());
    for entry in &vocabulary.material {
        for alias in entry.aliases.iter().chain([&entry.name]) {
            if let Some(other) = seen.insert(alias, &entry.name) {
                wrong.push(format!("{alias} is in {other} and {}", entry.name));
            }
            for written in [
                alias.clone(),
                format!("1.《{alias}》；"),
                format!("{alias}（复印件1份）"),
                format!("本人{alias}"),
            ] {
                let value = text(&profile, &written);
                let name = match &value {
                    Value::Materials(items) if items.len() == 1 && items[0].or.is_empty() => items[0].name.as_str(),
                    _ => "",
                };
                if name != entry.name {
                    wrong.push(format!("{written} is {}", value.spelling()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Ten thousand materials in one cell against ten thousand others.
#[test]
fn long_lists_compare_fast() {
    let profile = shipped();
    let list = |from: usize, end: &str| {
        (from..from + 10_000)
            .map(|n| format!("第{n}号图纸{end}"))
            .collect::<Vec<_>>()
            .join("；")
    };
    let (left, right) = (text(&profile, &list(0, "复印件")), text(&profile, &list(5_000, "原件")));
    let started = Instant::now();
    let judgement = judged(&profile, &left, &right);
    let seconds = started.elapsed().as_secs_f64();
    assert_eq!(
        (
            judgement.detail.added.len(),
            judgement.detail.removed.len(),
            judgement.detail.changed.len()
        ),
        (5_000, 5_000, 5_000)
    );
    assert!(seconds < 5.0, "{seconds} s");
}

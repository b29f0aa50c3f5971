//! Materials at large: the real lists split, papers that must stay apart, a user's own papers, a hundred thousand generated lists, and texts
//! made to be slow. The single cases are in `tests/cases/elements/materials.toml`.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

mod support;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::Instant;

use serde::Deserialize;
use support::real;
use tongban::compare::{Context, judge};
use tongban::model::{Judgement, Material, Relation, Shape, Value, Verdict, encode_list};
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

/// The figure of the issue: at least 99 of 100 names of the real lists carry no leftover. `SHOW=1 cargo test --test materials real -- --nocapture`
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

/// Numbers that are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

/// One entry as somebody may write it: a paper, a bundle or a choice, with or without attributes and remarks.
fn entry(dice: &mut Dice, names: &[String]) -> String {
    let paper = |dice: &mut Dice| {
        let name = &names[dice.roll(names.len())];
        let before = dice.pick(&["", "", "", "", "申请人", "本人的", "有效的", "法定代表人的"]);
        format!("{before}{name}")
    };
    let mut text = paper(dice);
    match dice.roll(8) {
        0 => text = format!("{text}、{}和{}", paper(dice), paper(dice)),
        1 => text = format!("{text}或{}", paper(dice)),
        2 => text = format!("{text}、{}等", paper(dice)),
        3 => text = format!("《{text}》"),
        _ => {}
    }
    for _ in 0..dice.roll(3) {
        text.push_str(dice.pick(&[
            "复印件",
            "原件",
            "原件及复印件",
            "2份",
            "一式三份",
            "（原件1份，复印件2份）",
            "（加盖公章）",
            "（变更时提供）",
            "（容缺后补）",
            "（非必要）",
            "（正反面）",
            "（电子版）",
            "（原件核验后退回）",
            "（内容包括基本情况等）",
            "，内容包括基本情况",
            "（2016年以后毕业的）",
            "（副本）",
            "原件或复印件各1份",
            "扫描件",
            "（来源：中介机构）",
            "（本人到场）",
            "（A4）",
            "等",
            "（甲（乙））",
        ]));
    }
    text
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in vocabulary().material {
        names.push(entry.name);
        names.extend(entry.aliases);
    }
    for own in [
        "立项批复",
        "施工单位营业执照",
        "特异性、一致性、稳定性测试报告",
        "场地平面图",
        "村委会意见",
        "1寸照片",
        "免冠二寸彩照",
        "甲乙丙",
        "丁",
    ] {
        names.push(own.to_owned());
    }
    names
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

/// A hundred thousand lists: the spelling reads back as itself and as the same value, the order never matters.
#[test]
fn spelling_reads_back() {
    let (profile, names, mut dice) = (shipped(), names(), Dice(7));
    let (mut lists, mut wrong) = (0, Vec::new());
    while lists < 100_000 {
        let entries: Vec<String> = (0..=dice.roll(3)).map(|_| entry(&mut dice, &names)).collect();
        let once = read(&profile, Shape::List, &encode_list(&entries));
        let Value::Materials(materials) = &once else {
            panic!("{entries:?}")
        };
        lists += 1;
        let twice = text(&profile, &once.spelling());
        let set = |value: &Value| {
            let Value::Materials(materials) = value else {
                return Vec::new();
            };
            let mut materials: Vec<Material> = materials.clone();
            materials.sort();
            materials
        };
        if set(&twice) != set(&once) {
            wrong.push(format!("{entries:?}: {} ⇒ {}", once.spelling(), twice.spelling()));
        }
        let mut turned = entries.clone();
        turned.rotate_left(1);
        let turned = read(&profile, Shape::List, &encode_list(&turned));
        assert_eq!(turned.canonical(), once.canonical(), "{entries:?}");
        assert!(!materials.is_empty());
    }
    assert!(
        wrong.is_empty(),
        "{}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(30)].join("\n")
    );
}

/// Seen from the other side everything is turned round.
#[test]
fn comparing_back() {
    let (profile, names, mut dice) = (shipped(), names(), Dice(11));
    // Few names, so that papers meet.
    let few: Vec<String> = names.iter().step_by(60).cloned().collect();
    for _ in 0..20_000 {
        let mut side = || {
            let entries: Vec<String> = (0..=dice.roll(4)).map(|_| entry(&mut dice, &few)).collect();
            read(&profile, Shape::List, &encode_list(&entries))
        };
        let (left, right) = (side(), side());
        let (there, back) = (judged(&profile, &left, &right), judged(&profile, &right, &left));
        let about = format!("{} ⇄ {}", left.spelling(), right.spelling());
        assert_eq!(there.verdict, back.verdict, "{about}");
        assert_eq!(there.why, back.why, "{about}");
        assert_eq!(there.relation, back.relation.map(Relation::back), "{about}");
        assert_eq!(sorted(there.detail.added), sorted(back.detail.removed), "{about}");
        assert_eq!(sorted(there.detail.removed), sorted(back.detail.added), "{about}");
        let changes = |judgement: &[tongban::model::Change], turn: bool| {
            let say = |c: &tongban::model::Change| {
                let (from, to) = if turn { (&c.to, &c.from) } else { (&c.from, &c.to) };
                let relation = if turn {
                    c.relation.map(Relation::back)
                } else {
                    c.relation
                };
                format!("{}|{from}|{to}|{relation:?}|{:?}", c.what, c.by)
            };
            sorted(judgement.iter().map(say).collect())
        };
        assert_eq!(
            changes(&there.detail.changed, false),
            changes(&back.detail.changed, true),
            "{about}"
        );
        assert_eq!(judged(&profile, &left, &left).verdict, Verdict::Notation, "{about}");
    }
}

/// A mebibyte of anything takes as long as it is: sixteen times the text never takes near 256 times as long.
#[test]
fn hostile_texts_stay_linear() {
    let profile = shipped();
    for piece in [
        "证",
        "（",
        "）",
        "（a）",
        "（（a））",
        "、",
        "身份证、",
        "身份证和",
        "身份证或",
        "/",
        "之一",
        "身份证之一、",
        "等",
        "复印件",
        "原件及",
        "各1份",
        "的",
        "委托的，提交",
        "1.",
        "；",
        "下列之一：1.",
        "《",
        "加盖",
        "，",
        "：",
        "2份",
        "寸照片",
        "免冠",
        "（原件）",
        "（甲的）",
        "申请人",
        "\n1.甲或乙",
    ] {
        let whole = piece.repeat((1 << 20) / piece.len());
        let started = Instant::now();
        text(&profile, &whole);
        let seconds = started.elapsed().as_secs_f64();
        assert!(seconds < 20.0, "{seconds} s for 1 MiB of {piece:?}");
    }
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

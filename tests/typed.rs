//! The kinds with few words: charges, choices, names, results, codes, texts. Everything in the real lists is read to a typed value or a
//! named placeholder, and the laws of the normal forms hold on 100,000 generated texts of each kind.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeMap;

use support::real;
use tongban::compare::{Context, judge};
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{Code, ElementId, Relation, Shape, Value};
use tongban::normalise::{Kind, Part, Parts, Role, normalise};
use tongban::profile::Profile;

/// What of an element of a real list is not typed, with how often.
fn untyped(files: &[&str], elements: &[&str]) -> Option<BTreeMap<String, usize>> {
    let files: Option<Vec<_>> = files.iter().map(|file| real(file)).collect();
    let sources: Vec<Source> = files?.iter().map(Source::file).collect();
    let profile = Profile::load("national-12").unwrap();
    let catalogue = ingest::read(&sources, &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    assert!(catalogue.rows.len() > 1_000, "{}", catalogue.rows.len());
    let mut untyped = BTreeMap::new();
    for id in elements {
        let at = profile.elements.iter().position(|element| element.id == *id).unwrap();
        let mut said = 0;
        for row in catalogue.row_ids() {
            let value = forms.get(row, ElementId::of(at));
            let typed = match value {
                // Only what the vocabulary names as a placeholder is empty.
                Value::Empty => true,
                Value::Choice(choice) => !choice.code.is_empty(),
                Value::Choices(choices) => choices.iter().all(|choice| !choice.code.is_empty()),
                Value::Code(code) => !matches!(code, Code::Opaque(_)),
                Value::Name(name) => !name.item.is_empty(),
                _ => false,
            };
            said += usize::from(typed && *value != Value::Empty);
            if !typed {
                *untyped.entry(format!("{id}: {}", value.canonical())).or_default() += 1;
            }
        }
        assert_eq!(
            said + untyped.values().sum::<usize>(),
            catalogue.rows.len(),
            "{id}: rows that say nothing"
        );
    }
    Some(untyped)
}

#[test]
fn all_of_guangdong_is_typed() {
    let files = ["guangdong/440000.jsonl", "guangdong/440100.jsonl"];
    let Some(untyped) = untyped(&files, &["audience", "type", "code", "name"]) else {
        return;
    };
    assert!(untyped.is_empty(), "{untyped:#?}");
}

#[test]
fn all_of_sichuan_is_typed() {
    let Some(untyped) = untyped(&["sichuan/guangan_511602.csv"], &["code", "name"]) else {
        return;
    };
    assert!(untyped.is_empty(), "{untyped:#?}");
}

/// Numbers that are the same on every run and machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..=self.roll(most)).map(|_| pieces[self.roll(pieces.len())]).collect()
    }
}

struct Reader {
    profile: Profile,
    kind: Kind,
    list: Option<&'static str>,
}

impl Reader {
    fn read(&self, text: &str) -> Value {
        let part = Part {
            role: Role::Value,
            shape: Shape::Text,
            text,
        };
        normalise(
            self.kind,
            &Parts {
                parts: &[part],
                vocabulary: &self.profile.vocabulary,
                list: self.list.map(|list| &self.profile.vocabulary.lists[list]),
                dialect: None,
            },
        )
    }
}

const ROUNDS: usize = 100_000;

/// Brackets are closed where they divide: what an unclosed one means there is anyone's guess. Normalising twice is normalising once, and a comparison with the text before is the same from both sides.
fn laws(kind: Kind, list: Option<&'static str>, pieces: &[&str], speaks_at_least: usize) {
    let profile = Profile::load("national-12").unwrap();
    let reader = Reader { profile, kind, list };
    let context = Context {
        vocabulary: &reader.profile.vocabulary,
        left: &[],
        right: &[],
    };
    let (mut dice, mut spoke, mut before) = (Dice(7), 0, Value::Empty);
    for _ in 0..ROUNDS {
        let text = dice.text(pieces, 8);
        let value = reader.read(&text);
        if value.speaks() {
            spoke += 1;
            let again = reader.read(&value.spelling());
            assert_eq!(again.canonical(), value.canonical(), "{kind:?} {text:?}");
        }
        let (there, back) = (judge(&before, &value, &context), judge(&value, &before, &context));
        assert_eq!(there.verdict, back.verdict, "{text:?}");
        assert_eq!(there.relation.map(Relation::back), back.relation, "{text:?}");
        let sorted = |mut list: Vec<String>| {
            list.sort();
            list
        };
        assert_eq!(sorted(there.detail.added), sorted(back.detail.removed), "{text:?}");
        before = value;
    }
    assert!(spoke >= speaks_at_least, "{kind:?}: {spoke}");
}

#[test]
fn laws_of_fees() {
    let pieces = [
        "50元/件",
        "10元",
        "5角",
        "工本费",
        "补领",
        "首次",
        "：",
        "；",
        "，",
        "（",
        "）",
        "不收费",
        "免费",
        "低保户免收",
        "残疾人减半",
        "《甲办法》",
        "粤价〔2013〕1号",
        "按",
        "执行",
        "是，",
        "收费",
        "1.",
        "\n",
        " ",
        "至",
        "-",
        "万元",
        "每本",
        "20",
        "伍拾元整",
        "根据",
    ];
    laws(Kind::Fees, None, &pieces, 20_000);
}

#[test]
fn laws_of_choices() {
    let pieces = [
        "自然人",
        "法人",
        "企业法人",
        "企业",
        "机关",
        "其他组织",
        "个体工商户",
        "1",
        "2",
        "9",
        "20",
        "、",
        "，",
        "/",
        "^",
        "\n",
        " ",
        "和",
        "或者",
        "（1）",
        "2.",
        "面向",
        "无",
        "[",
        "]",
        "\"",
    ];
    laws(Kind::Choices, Some("audience"), &pieces, 50_000);
}

#[test]
fn laws_of_one_choice() {
    let pieces = [
        "行政", "许可", "确认", "公共", "服务", "01", "1", "20", " ", "其他", "权力", "（", "）", "类", "无", "XK",
    ];
    laws(Kind::Choice, Some("item-type"), &pieces, 1_000);
}

#[test]
fn laws_of_names() {
    let pieces = [
        "取水许可",
        "变更",
        "（",
        "）",
        "(",
        ")",
        "（变更）",
        "（县级）",
        "(市级权限）",
        "（据省政府令第349号）",
        "-",
        "—",
        "·",
        "审批",
        "《水法》",
        "县级",
        "以上",
        "、",
        "，",
        "：",
        " ",
        "。",
        "1.",
        "未分类",
    ];
    laws(Kind::Name, None, &pieces, 80_000);
}

#[test]
fn laws_of_outcomes() {
    let pieces = [
        "取水许可证",
        "准予许可决定书",
        "批复",
        "证照",
        "10",
        "和",
        "或",
        "、",
        "；",
        "，",
        "《取水许可证》",
        "（正本、副本）",
        "（证照）",
        "1.",
        "2.",
        "①",
        "\n",
        " ",
        "无",
        "（副本）",
    ];
    laws(Kind::Outcomes, Some("result-type"), &pieces, 80_000);
}

#[test]
fn laws_of_codes_and_texts() {
    let pieces = [
        "000104002000",
        "11450721MB155808114",
        "511A0138000000",
        "-",
        "—",
        "00",
        "000",
        "511602000000",
        "许可",
        "00757",
        "Ａ",
        "a",
        " ",
        "XK",
        "、",
        "（",
        "W01",
    ];
    laws(Kind::Code, None, &pieces, 80_000);
    laws(
        Kind::Text,
        None,
        &[
            "甲", "乙", "（", "）", " ", "。", "，", "本区", "本县", "1", ":", "/", "\"",
        ],
        50_000,
    );
}

/// The order of several values never matters, whatever stands between them.
#[test]
fn order_of_several_values() {
    type Set<'a> = (Kind, Option<&'static str>, &'a [&'a str], &'a [&'a str]);
    let sets: [Set<'_>; 3] = [
        (
            Kind::Choices,
            Some("audience"),
            &[
                "自然人",
                "企业",
                "事业单位",
                "社会组织",
                "机关",
                "其他组织",
                "个体工商户",
                "法人",
            ],
            &["、", "，", ",", ";", "/", "|", "^", "\n", " 、"],
        ),
        (
            Kind::Outcomes,
            Some("result-type"),
            &["取水许可证", "准予许可决定书", "营业执照", "批复"],
            &["、", "；", "\n", "和"],
        ),
        (
            Kind::Fees,
            None,
            &[
                "工本费10元/证",
                "补领费20元/本",
                "公告费：1万元",
                "检测费按《甲办法》执行",
            ],
            &["；", "\n"],
        ),
    ];
    for (kind, list, values, separators) in sets {
        let profile = Profile::load("national-12").unwrap();
        let reader = Reader { profile, kind, list };
        let mut dice = Dice(3);
        for _ in 0..10_000 {
            let count = 1 + dice.roll(values.len());
            let first = dice.roll(values.len());
            let mut chosen: Vec<&str> = (0..count).map(|at| values[(first + at) % values.len()]).collect();
            let one = reader.read(&chosen.join(separators[dice.roll(separators.len())]));
            chosen.rotate_left(dice.roll(count));
            if dice.roll(2) == 0 {
                chosen.reverse();
            }
            let other = reader.read(&chosen.join(separators[dice.roll(separators.len())]));
            assert_eq!(one.canonical(), other.canonical(), "{kind:?} {chosen:?}");
            assert!(one.speaks(), "{chosen:?}");
        }
    }
}

/// A quarter of a megabyte of anything stays a moment's work.
#[test]
fn hostile_texts_stay_linear() {
    let kinds = [
        (Kind::Choices, Some("audience")),
        (Kind::Choice, Some("item-type")),
        (Kind::Name, None),
        (Kind::Outcomes, Some("result-type")),
        (Kind::Code, None),
        (Kind::Text, None),
    ];
    let pieces = [
        "（",
        "）",
        "（县级）",
        "（甲）",
        "-",
        "-变更",
        "、",
        "和",
        "或",
        "自然人和",
        "自然人 ",
        "1、",
        "（1）",
        "《",
        "《甲》或",
        "证或",
        "证和",
        "[",
        "\"",
        "证（",
        "据令",
        "（据令）",
        "县级/",
        "\n",
        "，",
    ];
    for (kind, list) in kinds {
        let profile = Profile::load("national-12").unwrap();
        let reader = Reader { profile, kind, list };
        for piece in pieces {
            let text = piece.repeat(262_144 / piece.len());
            let started = std::time::Instant::now();
            reader.read(&text);
            let long = started.elapsed().as_secs();
            assert!(
                long < 20,
                "{kind:?} took {long} s for a quarter of a megabyte of {piece:?}"
            );
        }
    }
}

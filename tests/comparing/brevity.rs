//! What is left out to save time and memory changes nothing: whether a text says anything is told as by its normal form, and a comparison
//! that tells less of cells in which regions agree tells the same of all else.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::PathBuf;
use std::sync::Arc;

use crate::support::{real, root};
use proptest::prelude::*;
use tongban::compare::uniformity::{self, Question, ReferenceChoice, Told};
use tongban::forms::{Forms, OnDemand};
use tongban::ingest::{self, Source};
use tongban::model::{ElementReport, Place, RowId, Shape, Uniformity, encode_list};
use tongban::normalise::{Kind, Memo, Part, Parts, Role, normalise, speaks};
use tongban::profile::Profile;

/// Pieces that texts of conditions and results are made of: what counts, what says nothing, what cuts off, what points elsewhere.
const PIECES: [&str; 44] = [
    "申请人具备资格",
    "取水许可证",
    "批复",
    "正本",
    "无",
    "见附件",
    "详见办事指南",
    "不限",
    "无条件",
    "或者",
    "且",
    "以及",
    "或",
    "者",
    "符合下列条件之一",
    "符合以下条件",
    "具备下列条件：",
    "之一",
    "1.",
    "2.",
    "（一）",
    "①",
    "一、",
    "；",
    ";",
    "。",
    "，",
    "、",
    "：",
    "\n",
    " ",
    "…",
    "...",
    "（",
    "）",
    "《",
    "》",
    "\"",
    "-",
    "/",
    "和",
    "30",
    "年以上（含）",
    "三十",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..9).prop_map(|pieces| pieces.concat())
}

/// Whether both ways agree on one text or several entries of each kind, with a column of the type or without.
fn agree(profile: &Profile, texts: &[String], kind_of: Option<&str>) {
    let vocabulary = &profile.vocabulary;
    let list = vocabulary.lists.values().next();
    let (text, shape) = match texts {
        [one] => (one.clone(), Shape::Text),
        several => (encode_list(several), Shape::List),
    };
    let part = |role, text, shape| Part { role, shape, text };
    let mut own = vec![part(Role::Value, text.as_str(), shape)];
    own.extend(kind_of.map(|kind| part(Role::Type, kind, Shape::Text)));
    let parts = Parts {
        parts: &own,
        vocabulary,
        list,
        dialect: None,
    };
    for kind in [
        Kind::Clauses,
        Kind::Outcomes,
        Kind::Materials,
        Kind::Steps,
        Kind::Duration,
        Kind::Text,
    ] {
        let right = normalise(kind, &parts);
        for mut memo in [Memo::default(), Memo::of_many()] {
            assert_eq!(
                speaks(kind, &parts, &mut memo),
                right.speaks(),
                "{kind:?} {texts:?} {kind_of:?}: {right:?}"
            );
        }
    }
}

#[test]
fn says_something_as_its_normal_form_does() {
    let profile = Profile::load("national-12").expect("a shipped profile");
    let kinds = prop::option::of(prop::sample::select(vec!["证照", "批文", "见附件", "无", ""]));
    let texts = prop::collection::vec(text(), 1..3);
    let config = ProptestConfig {
        cases: 1_500,
        ..ProptestConfig::default()
    };
    proptest!(config, |(texts in texts, kind in kinds)| agree(&profile, &texts, kind));
}

/// The same over all rows and elements of lists.
fn agree_in(paths: Vec<PathBuf>) -> usize {
    let profile = Profile::load("national-12").expect("a shipped profile");
    let sources: Vec<Source> = paths.into_iter().map(Source::file).collect();
    let catalogue = ingest::read(&sources, &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    let rows: Vec<RowId> = catalogue.row_ids().collect();
    let demand = OnDemand::of(&catalogue, &profile);
    let mut asked = 0;
    for rows in rows.chunks(256) {
        let batch = demand.batch(rows);
        for (nth, &row) in rows.iter().enumerate() {
            for (element, info) in profile.compared() {
                let right = forms.get(row, element);
                assert_eq!(batch.speaks(nth, element), right.speaks(), "{} {right:?}", info.id);
                asked += 1;
            }
        }
    }
    asked
}

#[test]
fn says_something_in_the_example_as_its_normal_form_does() {
    let lists = ["dongling.csv", "nanping.xlsx", "xihe.csv"];
    let lists = lists.map(|name| root().join("examples/three-districts").join(name));
    assert!(agree_in(lists.into()) > 300);
}

#[test]
fn says_something_in_guangdong_as_its_normal_form_does() {
    let lists = ["guangdong/440000.jsonl", "guangdong/440100.jsonl"];
    let lists: Vec<PathBuf> = lists.into_iter().filter_map(real).collect();
    if lists.len() == 2 {
        assert!(agree_in(lists) > 10_000);
    }
}

/// What lists say in these columns: the same in another notation, something else, nothing, what is not understood, what is cut off.
const HEADERS: &str = "事项名称,基本编码,设定依据,受理条件,申请材料,法定办结时限,承诺办结时限";
const TEXTS: [[&str; 5]; 5] = [
    [
        "《行政许可法》第十二条",
        "《中华人民共和国行政许可法》第12条",
        "《消防法》第五条",
        "",
        "见附件",
    ],
    ["1.甲；2.乙。", "①甲 ②乙", "甲", "", "申请人（"],
    ["申请书；身份证", "1.申请书 2.身份证", "申请书", "", "详见附件"],
    ["20个工作日", "二十个工作日", "10个工作日", "", "20日"],
    ["5个工作日", "5 工作日", "即办", "无", "见附件"],
];

/// A list of items by the number of what it says; where it says nothing at all it has no such item.
fn list(items: &[[usize; 5]]) -> String {
    let mut csv = format!("{HEADERS}\n");
    for (at, item) in items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.iter().sum::<usize>() > 0)
    {
        let texts: Vec<&str> = item.iter().zip(TEXTS).map(|(&text, of)| of[text % 5]).collect();
        csv.push_str(&format!("第{at}号许可,000104{at:03}000,{}\n", texts.join(",")));
    }
    csv
}

/// Nearly always the same, as regions do.
fn said() -> impl Strategy<Value = [usize; 5]> {
    let one = prop::sample::select(vec![0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4]);
    prop::array::uniform5(one)
}

/// The report without what need not be told: of cells in which no region differs where they say it, and what.
fn without(report: &Uniformity, values: bool) -> Uniformity {
    let mut report = report.clone();
    for item in &mut report.items {
        let cells = item.elements.iter().map(|cell| {
            let mut cell: ElementReport = cell.clone();
            if cell.groups.len() < 2 && cell.deviating.is_empty() {
                for group in &mut cell.groups {
                    group.place = Place::default();
                    group.places = Vec::new();
                    if values {
                        group.normal = String::new();
                    }
                }
                cell.reference.normal = cell.reference.normal.filter(|_| !values);
            }
            cell
        });
        item.elements = cells.collect::<Vec<_>>().into();
    }
    report
}

#[test]
fn what_is_not_told_changes_nothing_else() {
    let items = prop::collection::vec(said(), 6..7);
    let lists = (prop::collection::vec(items, 2..5), any::<bool>(), 0_usize..4);
    let config = ProptestConfig {
        cases: 48,
        ..ProptestConfig::default()
    };
    proptest!(config, |((lists, directory, reference) in lists)| {
        let profile = Profile::load("national-12").expect("a shipped profile");
        let sources: Vec<Source> = lists.iter().enumerate().map(|(at, items)| Source {
            given: Some(Arc::new(list(items).into_bytes())),
            region: Some((format!("{at}"), String::new())),
            directory: directory && at == 0,
            ..Source::file(format!("{at}.csv"))
        }).collect();
        let catalogue = ingest::read(&sources, &profile).catalogue;
        let forms = Forms::of(&catalogue, &profile);
        let compare = |told| {
            let reference = match reference {
                0 => ReferenceChoice::Usual,
                1 => ReferenceChoice::Directory,
                2 => ReferenceChoice::Majority,
                _ => ReferenceChoice::Region("1".to_owned()),
            };
            let question = Question { reference, told, ..Question::default() };
            uniformity::compare(&catalogue, &forms, &profile, &question)
        };
        let all = compare(Told::All);
        prop_assert_eq!(&compare(Told::Values), &without(&all, false));
        prop_assert_eq!(&compare(Told::Nothing), &without(&all, true));
        prop_assert_eq!(&compare(Told::Item("许可".to_owned())), &all);
        prop_assert_eq!(&compare(Told::Item("没有".to_owned())), &without(&all, true));
    });
}

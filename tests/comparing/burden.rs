//! What an applicant bears: counted as the cases say, whatever the other regions do, and never guessed.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use crate::support::lists::report;
use crate::support::{real, run, snapshot};
use tongban::model::{Burden, Measure, Uniformity};

/// Header and rows of `tests/cases/burden.csv`; headers with `=` are what is expected.
fn cases() -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(include_str!("../cases/burden.csv").as_bytes());
    let own = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let heads = own(reader.headers().unwrap());
    (heads, reader.records().map(|record| own(&record.unwrap())).collect())
}

/// A list of one item of which only some columns are told.
fn list(heads: &[String], rows: &[&Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let told = |heads: &[String], row: &[String]| -> Vec<String> {
        let cells = heads.iter().zip(row).skip(1);
        cells
            .filter(|(head, _)| !head.starts_with('='))
            .map(|(_, cell)| cell.clone())
            .collect()
    };
    let mut header = vec!["事项名称".to_owned(), "基本编码".to_owned()];
    header.extend(told(heads, heads));
    writer.write_record(&header).unwrap();
    for row in rows {
        let mut cells = vec!["甲许可".to_owned(), "000104002000".to_owned()];
        cells.extend(told(heads, row));
        writer.write_record(&cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn numbers(burden: &Burden) -> Vec<String> {
    let number = |measure| burden.get(measure).map_or_else(String::new, |n: u64| n.to_string());
    Measure::ALL.into_iter().map(number).collect()
}

fn first(report: &Uniformity, side: usize) -> Burden {
    report.items[0].burdens[side].expect("the region has the item")
}

#[test]
fn every_case_counts_as_it_says() {
    let (heads, rows) = cases();
    let mut wrong = Vec::new();
    for row in &rows {
        let report = report(&[("a", list(&heads, &[row]))]);
        let expected: Vec<&String> = row
            .iter()
            .zip(&heads)
            .filter(|(_, head)| head.starts_with('='))
            .map(|(cell, _)| cell)
            .collect();
        let found = numbers(&first(&report, 0));
        if found.iter().collect::<Vec<_>>() != expected {
            wrong.push(format!("{}: {found:?}, expected {expected:?}", row[0]));
        }
    }
    assert!(rows.len() > 15);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each case beside every other: what one region bears does not depend on what another does.
#[test]
fn other_regions_change_nothing() {
    let (heads, rows) = cases();
    for (at, row) in rows.iter().enumerate() {
        let alone = first(&report(&[("m", list(&heads, &[row]))]), 0);
        let (before, after) = (&rows[(at + 3) % rows.len()], &rows[(at + 7) % rows.len()]);
        let lists = [
            ("a", list(&heads, &[before])),
            ("m", list(&heads, &[row])),
            ("z", list(&heads, &[after])),
        ];
        let together = report(&lists);
        assert_eq!(first(&together, 1), alone, "{}", row[0]);
        // Nor does the order in which they are given.
        let mut turned = lists.clone();
        turned.reverse();
        let turned = report(&turned);
        assert_eq!(turned.items[0].burdens, together.items[0].burdens);
        assert_eq!(turned.items[0].best, together.items[0].best);
        assert_eq!(turned.regions, together.regions);
    }
}

const HEAD: &str = "事项名称,基本编码,业务办理项名称,申请材料,承诺办结时限,到办事现场次数,实施主体\n";

fn items(rows: &[(&str, &str, &str, &str, &str, &str)]) -> String {
    let mut out = HEAD.to_owned();
    for (code, case, materials, days, visits, body) in rows {
        out.push_str(&format!(
            "许可{code},0001040{code},{case},{materials},{days},{visits},{body}\n"
        ));
    }
    out
}

#[test]
fn the_best_is_nowhere_worse() {
    let best = |lists: &[(&str, String)]| report(lists).items[0].best.clone();
    let one = |materials: &str, days: &str, visits: &str| items(&[("02000", "", materials, days, visits, "")]);
    // Lighter in all.
    assert_eq!(
        best(&[
            ("a", one("甲表；乙表", "5个工作日", "1")),
            ("b", one("甲表", "3个工作日", "0"))
        ]),
        [1]
    );
    // One here, the other there: none.
    assert!(
        best(&[
            ("a", one("甲表；乙表", "3个工作日", "1")),
            ("b", one("甲表", "5个工作日", "1"))
        ])
        .is_empty()
    );
    // Alike: both.
    assert_eq!(
        best(&[
            ("a", one("甲表", "3个工作日", "1")),
            ("b", one("甲表", "3个工作日", "1"))
        ]),
        [0, 1]
    );
    // Who is silent in what two others say is not the best.
    let silent = [
        ("a", one("甲表", "3个工作日", "")),
        ("b", one("甲表", "3个工作日", "1")),
        ("c", one("甲表；乙表", "3个工作日", "1")),
    ];
    assert_eq!(best(&silent), [1]);
    // What only one says is not held against the others.
    assert_eq!(
        best(&[("a", one("甲表", "", "")), ("b", one("甲表", "3个工作日", ""))]),
        [0, 1]
    );
    assert!(best(&[("a", one("甲表", "", "")), ("b", one("", "3个工作日", ""))]).is_empty());
}

/// Three rows of one paper are the three papers of one row elsewhere; days count by the heaviest.
#[test]
fn a_divided_item_counts_as_it_is_compared() {
    let divided = items(&[
        ("02000", "新办", "甲表", "3个工作日", "0", ""),
        ("02000", "变更", "乙表", "5个工作日", "1", ""),
        ("02000", "注销", "丙表", "4个工作日", "1", ""),
    ]);
    let report = report(&[
        ("a", divided),
        ("b", items(&[("02000", "", "甲表；乙表；丙表", "5个工作日", "1", "")])),
    ]);
    let whole = report
        .items
        .iter()
        .find(|item| !item.divided.is_empty())
        .expect("compared whole");
    assert_eq!(whole.burdens[0], whole.burdens[1]);
    assert_eq!(whole.best, [0, 1]);
    // The item counts once in the sums, not once more for its cases.
    for region in &report.regions {
        assert_eq!(region.burden.get(Measure::Materials), Some(3), "{}", region.id);
        assert_eq!(region.saving.get(Measure::Materials), Some(0), "{}", region.id);
    }
}

/// Of several bodies the heaviest counts: an applicant meets one of them.
#[test]
fn several_bodies_count_by_the_heaviest() {
    let bodies = items(&[
        ("02000", "", "甲表", "3个工作日", "0", "甲局"),
        ("02000", "", "乙表", "5个工作日", "", "乙局"),
    ]);
    let report = report(&[("a", bodies)]);
    let burden = first(&report, 0);
    assert_eq!(burden.get(Measure::Materials), Some(1));
    assert_eq!(burden.get(Measure::Days), Some(5));
    assert_eq!(burden.get(Measure::Visits), Some(0));
}

#[test]
fn savings_are_what_is_above_the_best_region() {
    let a = items(&[
        ("02000", "", "甲表；乙表", "5个工作日", "1", ""),
        ("03000", "", "甲表", "9个工作日", "", ""),
        ("04000", "", "甲表；乙表；丙表", "9个工作日", "", ""),
    ]);
    let b = items(&[
        ("02000", "", "甲表", "8个工作日", "", ""),
        ("03000", "", "甲表；乙表", "2个工作日", "", ""),
    ]);
    let report = report(&[("a", a), ("b", b)]);
    let saving = |side: usize, measure| report.regions[side].saving.get(measure);
    let burden = |side: usize, measure| report.regions[side].burden.get(measure);
    // What only one region handles is in no sum.
    assert_eq!(
        (burden(0, Measure::Materials), burden(1, Measure::Materials)),
        (Some(3), Some(3))
    );
    // At the first each is lighter in one thing and heavier in another; at the second as well: nobody is best.
    assert_eq!(
        (saving(0, Measure::Materials), saving(1, Measure::Materials)),
        (Some(0), Some(0))
    );
    assert_eq!((saving(0, Measure::Days), saving(1, Measure::Days)), (Some(0), Some(0)));
    // Visits are told by one alone: a burden, but nothing to save.
    assert_eq!(
        (burden(0, Measure::Visits), saving(0, Measure::Visits)),
        (Some(1), None)
    );
    assert_eq!(burden(1, Measure::Visits), None);
    for region in &report.regions {
        for measure in Measure::ALL {
            assert!(region.saving.get(measure) <= region.burden.get(measure), "{measure:?}");
        }
    }
}

#[test]
fn savings_ask_for_nothing_worse() {
    let a = items(&[("02000", "", "甲表；乙表", "5个工作日", "", "")]);
    let b = items(&[("02000", "", "甲表", "5个工作日", "", "")]);
    let report = report(&[("a", a), ("b", b)]);
    let saving = |side: usize| report.regions[side].saving.get(Measure::Materials);
    assert_eq!((saving(0), saving(1)), (Some(1), Some(0)));
}

#[test]
fn it_is_shown_with_its_units() {
    let shown = run(&[
        "report",
        "examples/three-districts",
        "--item",
        "000119001000",
        "--format",
        "md",
    ]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    snapshot("report-item.md", &shown.stdout);
}

/// Guangdong: the list names its papers and no form, so papers are counted, and originals are not guessed.
#[test]
fn guangdong_is_counted() {
    let (Some(left), Some(right)) = (real("guangdong/440000.jsonl"), real("guangdong/440100.jsonl")) else {
        return;
    };
    let read = |path: std::path::PathBuf| {
        let profile = tongban::profile::Profile::load("national-12").unwrap();
        (tongban::ingest::Source::file(path), profile)
    };
    let ((left, profile), (right, _)) = (read(left), read(right));
    let catalogue = tongban::ingest::read(&[left, right], &profile).catalogue;
    let forms = tongban::forms::Forms::of(&catalogue, &profile);
    let report = tongban::compare::uniformity::compare(&catalogue, &forms, &profile, &Default::default());
    let burdens: BTreeMap<&str, Vec<Vec<String>>> = report
        .items
        .iter()
        .filter(|item| item.present.len() == 2 && item.handling.is_none())
        .map(|item| (item.code.as_str(), item.burdens.iter().flatten().map(numbers).collect()))
        .collect();
    let of = |code: &str, measure: Measure| -> Vec<&str> {
        burdens[code]
            .iter()
            .map(|numbers| numbers[measure as usize].as_str())
            .collect()
    };
    assert_eq!(of("440102012001", Measure::Materials), ["5", "12"]);
    assert_eq!(of("440102012001", Measure::Days), ["12", "8"]);
    assert_eq!(of("440104012003", Measure::Days), ["10", "1"]);
    assert_eq!(of("440109001001", Measure::Days), ["15", "6"]);
    // The papers that are asked for are the same, whether in one row or in five.
    let religious = of("440105008001", Measure::Materials);
    assert_eq!(religious[0], religious[1]);
    assert!(report.within.is_empty(), "no case of an item has two bodies there");
}

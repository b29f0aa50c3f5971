//! Bodies of one region that handle the same case of the same item are held against each other.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support::lists::report;
use crate::support::run_in;
use serde_json::Value;

const HEAD: &str = "事项名称,基本编码,业务办理项名称,实施主体,申请材料,承诺办结时限,受理条件\n";

/// Case, body, materials, days, conditions.
fn list(rows: &[[&str; 5]]) -> String {
    let rows = rows
        .iter()
        .map(|row| format!("甲许可,000104002000,{}\n", row.join(",")));
    HEAD.to_owned() + &rows.collect::<String>()
}

/// Element and groups of bodies of what is found in the first region.
fn found(rows: &[[&str; 5]]) -> Vec<(String, Vec<Vec<String>>)> {
    let report = report(&[("a", list(rows))]);
    assert_eq!(report.regions[0].within, report.within.len());
    let groups = report.within.into_iter();
    groups
        .map(|within| {
            (
                within.element,
                within.groups.into_iter().map(|group| group.bodies).collect(),
            )
        })
        .collect()
}

#[test]
fn bodies_that_differ_are_told() {
    let rows = [
        ["", "甲局", "甲表；乙表", "5个工作日", "年满十八周岁"],
        ["", "乙局", "甲表", "5个工作日", "年满18周岁"],
        ["", "丙局", "甲表", "5(工作日)", "年满18周岁"],
    ];
    // Written otherwise is not differently; the most frequent stands first.
    let expected = vec![vec!["丙局".to_owned(), "乙局".to_owned()], vec!["甲局".to_owned()]];
    assert_eq!(found(&rows), [("materials".to_owned(), expected)]);
    // In whatever order they stand.
    let mut turned = rows;
    turned.reverse();
    assert_eq!(found(&turned), found(&rows));
}

#[test]
fn what_is_no_difference_between_bodies() {
    // One body that contradicts itself is for lint.
    assert!(
        found(&[
            ["", "甲局", "甲表", "5个工作日", ""],
            ["", "甲局", "乙表", "6个工作日", ""]
        ])
        .is_empty()
    );
    // Other cases.
    assert!(
        found(&[
            ["新办", "甲局", "甲表", "5个工作日", ""],
            ["注销", "乙局", "乙表", "6个工作日", ""]
        ])
        .is_empty()
    );
    // What is not said, or cannot be judged, is no difference.
    assert!(
        found(&[
            ["", "甲局", "甲表", "", "条件如下："],
            ["", "乙局", "", "5个工作日", "有场所"]
        ])
        .is_empty()
    );
    assert!(found(&[["", "甲局", "甲表", "5天", ""], ["", "乙局", "甲表", "5个工作日", ""]]).is_empty());
}

#[test]
fn cases_are_held_against_each_other_one_by_one() {
    let rows = [
        ["新办", "甲局", "甲表", "5个工作日", ""],
        ["新办", "乙局", "甲表", "6个工作日", ""],
        ["注销", "甲局", "甲表", "3个工作日", ""],
        ["注销", "乙局", "甲表", "3个工作日", ""],
    ];
    let lists = [
        ("a", list(&rows)),
        ("b", list(&[["", "丁局", "甲表", "3个工作日", ""]])),
    ];
    let report = report(&lists);
    let told: Vec<_> = report
        .within
        .iter()
        .map(|within| (within.handling.as_deref(), within.element.as_str()))
        .collect();
    assert_eq!(told, [(Some("新办"), "promised_time")]);
    assert_eq!((report.regions[0].within, report.regions[1].within), (1, 0));
}

/// On the wire and in words, of a report and of a difference, where the union of the two is the other side's value.
#[test]
fn it_is_told_in_every_output() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &[[&str; 5]]| std::fs::write(folder.path().join(name), list(rows)).unwrap();
    write(
        "甲.csv",
        &[
            ["", "一局", "甲表", "5个工作日", ""],
            ["", "二局", "甲表；乙表", "5个工作日", ""],
        ],
    );
    write("乙.csv", &[["", "三局", "甲表；乙表", "5个工作日", ""]]);
    let report = run_in(folder.path(), &["report", ".", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(report["within"][0]["region"], "甲", "{report}");
    assert_eq!(report["within"][0]["groups"][0]["place"]["row"], 2);
    assert_eq!(report["within"][0]["groups"][1]["bodies"], serde_json::json!(["二局"]));
    let diff = run_in(folder.path(), &["diff", "甲.csv", "乙.csv", "--format", "json"]);
    let diff: Value = serde_json::from_str(&diff.stdout).unwrap();
    assert_eq!(diff["within"][0]["region"], "left");
    assert_eq!(diff["within"][0]["element"], "materials");
    assert_eq!(
        diff["differences"],
        serde_json::json!([]),
        "together they ask for what the right asks for"
    );
    for args in [["report", ".", "-f", "table"], ["report", ".", "-f", "md"]] {
        let told = run_in(folder.path(), &args).stdout;
        assert!(told.contains("区内差异") && told.contains("二局"), "{told}");
    }
    for format in ["table", "md"] {
        let told = run_in(folder.path(), &["diff", "甲.csv", "乙.csv", "-f", format]).stdout;
        assert!(told.contains("区内差异") && told.contains("二局"), "{told}");
    }
}

/// What two bodies ask for is not asked for together: nothing is called stricter or added for it.
#[test]
fn bodies_that_differ_give_no_direction() {
    let both = [
        ["", "甲局", "甲表", "5个工作日", "年满18周岁"],
        ["", "乙局", "甲表", "5个工作日", "年满16周岁"],
    ];
    let one = [["", "丙局", "甲表", "5个工作日", "年满18周岁"]];
    let report = report(&[("a", list(&both)), ("b", list(&one)), ("c", list(&one))]);
    let cell = report.items[0]
        .elements
        .iter()
        .find(|cell| cell.element == "conditions")
        .unwrap();
    assert_eq!((&cell.deviating, &cell.bodies_differ), (&vec![0], &vec![0]));
    let group = cell.groups.iter().find(|group| group.regions == [0]).unwrap();
    assert_eq!(
        (group.judgement.relation, &group.judgement.detail),
        (None, &Default::default())
    );
}

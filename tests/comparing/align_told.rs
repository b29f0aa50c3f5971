//! `tongban align`: what it tells people: records under the names of the profile, why something cannot be done, and where a result is
//! not written.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use crate::support::align::json as asked;
use crate::support::run_in;
use serde_json::{Value as Json, json};

/// A region's list of one item, as JSON.
fn list(folder: &Path, name: &str, more: &Json) {
    let mut record = json!({"基本编码": "000119001000", "事项名称": "取水许可"});
    record
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let text = serde_json::to_string_pretty(&json!([record])).unwrap();
    fs::write(folder.join(format!("{name}.json")), text).unwrap();
}

/// Records are shown under the names that the profile has for their keys; the JSON keeps the keys.
#[test]
fn records_have_chinese_names() {
    let folder = tempfile::tempdir().unwrap();
    let paper = |originals: u32| json!({"申请材料": [{"name": "申请书", "originalnum": originals}], "收费项目信息": [{"收费项目名称": "工本费", "收费标准": "5元/证"}]});
    list(folder.path(), "450101", &paper(3));
    for other in ["450102", "450103"] {
        list(folder.path(), other, &paper(2));
    }
    let raw = asked(folder.path(), &["align", "450101", "."]);
    assert_eq!(raw["lines"][0]["from"], "name：申请书，originals：3");
    for args in [
        ["align", "450101", ".", "-f", "csv"],
        ["align", "450101", ".", "-f", "md"],
        ["diff", "450101.json", "450102.json", "-f", "csv"],
    ] {
        let run = run_in(folder.path(), &args);
        for told in ["材料名称：申请书，原件份数：3", "材料名称：申请书，原件份数：2"] {
            assert!(run.stdout.contains(told), "{args:?} {}", run.stdout);
        }
        assert!(!run.stdout.contains("originals"), "{args:?} {}", run.stdout);
    }
}

/// Why a region cannot be brought into line is in the head of the message, with what to do.
#[test]
fn the_head_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["450101", "450102"] {
        list(folder.path(), name, &json!({"承诺办结时限": "5个工作日"}));
    }
    for (args, head, more) in [
        (vec!["align", "450109", "."], "没有这个名称", "450101"),
        (vec!["align", "450101", "450101.json"], "不能这样看齐", "别的区域"),
        (
            vec!["align", "450101", ".", "--to", "directory"],
            "不能这样看齐",
            "directory = [",
        ),
        (
            vec!["align", "450101", ".", "--to", "region:450101"],
            "不能这样看齐",
            "不能与自己看齐",
        ),
        (
            vec!["align", "450101", ".", "--to", "region:450112"],
            "没有这个名称",
            "450102",
        ),
    ] {
        let run = run_in(folder.path(), &args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(head) && run.stderr.contains(more), "{}", run.stderr);
        assert!(!run.stderr.contains("至少要有一份清单"), "{}", run.stderr);
    }
}

/// A file with an ending of no format is not written with a table in it.
#[test]
fn an_unknown_ending_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["450101", "450102"] {
        list(folder.path(), name, &json!({"承诺办结时限": "5个工作日"}));
    }
    for args in [
        vec!["align", "450101", "."],
        vec!["report", "."],
        vec!["report", ".", "--pairwise"],
        vec!["diff", "450101.json", "450102.json"],
        vec!["lint", "."],
        vec!["match", "."],
    ] {
        let path = folder.path().join("x.pdf");
        let run = run_in(folder.path(), &[&args[..], &["-o", "x.pdf"]].concat());
        assert_eq!((run.code, path.exists()), (2, false), "{args:?}");
        assert!(
            run.stderr.contains(".pdf") && run.stderr.contains(".csv"),
            "{}",
            run.stderr
        );
        for name in ["plain", "x.txt"] {
            let run = run_in(folder.path(), &[&args[..], &["-o", name]].concat());
            assert!(folder.path().join(name).exists(), "{args:?} {}", run.stderr);
            fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
    let run = run_in(folder.path(), &["report", ".", "-o", "x.pdf", "-f", "csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// Two lists, `甲区` and `乙区`, as CSV.
fn two(folder: &Path, header: &str, [mine, theirs]: [&[&str]; 2]) {
    for (name, rows) in [("甲区", mine), ("乙区", theirs)] {
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("取水许可,000119001000,行政许可,{row}"))
            .collect();
        let text = format!("事项名称,基本编码,事项类型,{header}\n{}\n", rows.join("\n"));
        fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

/// Bodies of the reference that do not say the same: what they say together none of them says.
#[test]
fn a_divided_reference_is_nothing_to_follow() {
    let folder = tempfile::tempdir().unwrap();
    two(
        folder.path(),
        "实施主体,受理条件,承诺办结时限",
        [
            &["甲区局,年满20周岁,10个工作日"],
            &["乙区A局,年满18周岁,10个工作日", "乙区B局,年满16周岁,5个工作日"],
        ],
    );
    for to in ["region:乙区", "best"] {
        let patch = asked(
            folder.path(),
            &[
                "align",
                "甲区",
                ".",
                "--to",
                to,
                "--allow-worse",
                "--element",
                "受理条件",
            ],
        );
        assert_eq!(patch["lines"], json!([]), "{to} {patch}");
    }
    for element in ["受理条件", "承诺办结时限"] {
        let args = [
            "align",
            "甲区",
            ".",
            "--to",
            "region:乙区",
            "--allow-worse",
            "--element",
            element,
        ];
        let patch = asked(folder.path(), &args);
        assert_eq!(patch["lines"], json!([]), "{patch}");
        assert_eq!(patch["refused"][0]["reason"], "reference-divided", "{patch}");
    }
    // The same where several regions are divided in the same way.
    fs::copy(folder.path().join("乙区.csv"), folder.path().join("丙区.csv")).unwrap();
    let patch = asked(
        folder.path(),
        &["align", "甲区", ".", "--allow-worse", "--element", "受理条件"],
    );
    assert_eq!(patch["lines"], json!([]), "{patch}");
    assert_eq!(patch["refused"][0]["reason"], "reference-divided", "{patch}");
}

/// What none of the bodies of a divided reference asks for can fall away all the same.
#[test]
fn what_no_row_of_a_divided_reference_asks_for_falls_away() {
    let folder = tempfile::tempdir().unwrap();
    two(
        folder.path(),
        "实施主体,申请材料",
        [
            &["甲区局,1.申请表；2.身份证；3.户口本；4.学历证书"],
            &["乙区A局,1.申请表；2.身份证", "乙区B局,1.申请表；2.户口本"],
        ],
    );
    let patch = asked(folder.path(), &["align", "甲区", ".", "--to", "region:乙区"]);
    assert_eq!(patch["lines"][0]["to"], "1.申请表；2.身份证；3.户口本", "{patch}");
}

/// What nobody is charged for any more has no basis of a charge; one value in three cells is one change.
#[test]
fn the_basis_of_a_charge_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let header = "是否收费,收费标准,收费依据";
    two(folder.path(), header, [&["是,5元/件,某发〔2018〕11号"], &["否,,"]]);
    let patch = asked(folder.path(), &["align", "甲区", ".", "--to", "region:乙区"]);
    let summary = &patch["summary"];
    assert_eq!(
        [&summary["lines"], &summary["changed"]],
        [&json!(3), &json!(1)],
        "{patch}"
    );
    let run = run_in(folder.path(), &["align", "甲区", ".", "--to", "region:乙区", "--apply"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let new = fs::read_to_string(folder.path().join("甲区.aligned.csv")).unwrap();
    assert!(new.contains("行政许可,否,,\n"), "{new}");
    fs::remove_file(folder.path().join("甲区.aligned.csv")).unwrap();
    // The other way round there is no cell for the fee: what cannot be written is not offered.
    for more in [&[][..], &["--allow-worse"]] {
        let patch = asked(
            folder.path(),
            &[&["align", "乙区", ".", "--to", "region:甲区"], more].concat(),
        );
        assert_eq!(patch["refused"][0]["reason"], "unwritten", "{patch}");
    }
}

/// Entries numbered within one line go one by one.
#[test]
fn entries_in_one_line_go_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    two(
        folder.path(),
        "申请材料",
        [
            &["1.申请表（原件1份）2.学历证书（复印件1份）3.本市户口本（复印件1份）"],
            &["申请表 原件1份；本市户口本 复印件1份"],
        ],
    );
    let patch = asked(folder.path(), &["align", "甲区", ".", "--to", "region:乙区"]);
    let line = &patch["lines"][0];
    assert_eq!(line["to"], "1.申请表（原件1份）2.本市户口本（复印件1份）", "{patch}");
    assert_eq!(line["whole"], false);
}

/// Another law in the place of ours may lay down anything; and nothing must be alike under two laws.
#[test]
fn another_law_is_no_equal_change() {
    let folder = tempfile::tempdir().unwrap();
    two(
        folder.path(),
        "设定依据,法定办结时限",
        [&["《另一法》第三条,30个工作日"], &["《某某法》第十条,20个工作日"]],
    );
    let patch = asked(folder.path(), &["align", "甲区", ".", "--to", "region:乙区"]);
    assert_eq!(patch["lines"], json!([]), "{patch}");
    for line in patch["refused"].as_array().unwrap() {
        let told = [&line["reason"], &line["effect"], &line["standing"]].map(|told| told.as_str().unwrap());
        assert_eq!(told, ["unclear", "unclear", "usual"], "{line}");
    }
    assert_eq!(patch["refused"].as_array().unwrap().len(), 2);
    // Where one side names no law nothing is known of another one.
    two(
        folder.path(),
        "设定依据,法定办结时限",
        [&["《另一法》第三条,30个工作日"], &[",20个工作日"]],
    );
    let patch = asked(folder.path(), &["align", "甲区", ".", "--to", "region:乙区"]);
    let told = [&patch["lines"][0]["element"], &patch["lines"][0]["effect"]];
    assert_eq!(told, [&json!("statutory_time"), &json!("better")], "{patch}");
}

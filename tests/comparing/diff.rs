//! `tongban diff`: what only one side has is in every format, what neither side says is counted apart, and codes of two systems are no
//! difference.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use crate::support::run_in;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn what_only_one_side_has_is_in_every_format() {
    let head = "事项名称,基本编码,承诺办结时限\n";
    let made = folder(&[
        (
            "440100.csv",
            &format!("{head}取水许可,440119001000,5个工作日\n=养犬登记|,440109001000,5个工作日\n"),
        ),
        (
            "440300.csv",
            &format!("{head}取水许可,440119001000,5个工作日\n教师资格认定,440105022000,5个工作日\n"),
        ),
    ]);
    let diff = |args: &[&str]| {
        let all = [&["diff", "440100.csv", "440300.csv"], args].concat();
        let run = run_in(made.path(), &all);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let mut reader = csv::Reader::from_reader(std::io::Cursor::new(diff(&["-f", "csv"])));
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let told: Vec<[&str; 3]> = rows.iter().map(|row| [&*row[0], &*row[2], &*row[4]]).collect();
    assert_eq!(
        told,
        [
            ["440109001000", "'=养犬登记|", "仅左方有"],
            ["440105022000", "教师资格认定", "仅右方有"]
        ]
    );
    let md = diff(&["-f", "md"]);
    let at = |text: &str| md.find(text).unwrap_or_else(|| panic!("{text}: {md}"));
    assert!(
        at("仅左方有") < at("440109001000") && at("440109001000") < at("仅右方有"),
        "{md}"
    );
    assert!(at("仅右方有") < at("教师资格认定"), "{md}");
    assert!(!md.contains("登记|"), "{md}");
    let json: serde_json::Value = serde_json::from_str(&diff(&["-f", "json"])).unwrap();
    assert_eq!(json["only_left"][0]["code"], "440109001000");
    assert_eq!(json["only_right"][0]["code"], "440105022000");
    // Who asks for one item is told of that one.
    for format in ["csv", "md"] {
        let asked = diff(&["-f", format, "--item", "教师资格认定"]);
        assert!(
            asked.contains("440105022000") && !asked.contains("440109001000"),
            "{asked}"
        );
    }
}

#[test]
fn what_neither_side_says_is_counted_apart() {
    let head = "事项名称,基本编码,承诺办结时限,服务对象,办理流程\n";
    let made = folder(&[
        (
            "440100.csv",
            &format!("{head}取水许可,440119001000,5个工作日,无,\n养犬登记,440109001000,,,\n"),
        ),
        (
            "440300.csv",
            &format!("{head}取水许可,440119001000,5个工作日,,\n养犬登记,440109001000,3个工作日,企业,\n"),
        ),
    ]);
    let run = run_in(made.path(), &["diff", "440100.csv", "440300.csv", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let summary = &json["summary"];
    // 12 elements of 2 items: name and code of both and one limit are said by both; two are said by one side, and one is 无 on one.
    let [same, missing, blank] = ["same", "missing", "both_blank"].map(|key| summary[key].as_u64().unwrap());
    assert_eq!((same, missing, blank), (21, 2, 16), "{summary}");
    assert_eq!(summary["notation"], 1, "无 against nothing");
    let said = run_in(made.path(), &["diff", "440100.csv", "440300.csv"]);
    assert!(said.stdout.contains("其中双方都没有写 16"), "{}", said.stdout);
}

#[test]
fn codes_of_two_systems_are_no_deviation() {
    let list = |code: &str| format!("事项名称,基本编码,事项类型,承诺办结时限\n取水许可,{code},行政许可,5个工作日\n");
    let made = folder(&[
        ("440100.csv", &list("440119001000")),
        ("440300.csv", &list("11440300MB2C94128A3440119001000")),
        ("510100.csv", &list("000119001000")),
        ("510200.csv", &list("SL-2020-7")),
    ]);
    for (other, verdict, told) in [
        ("510100.csv", "unknown", "编码体系不同"),
        ("510200.csv", "unknown", "编码体系不同"),
        ("440300.csv", "notation", ""),
    ] {
        let run = run_in(made.path(), &["diff", "440100.csv", other, "-f", "json"]);
        assert_eq!(run.code, 0, "{other} {}", run.stderr);
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(json["summary"]["items_compared"], 1, "{other}");
        let mut all = json["differences"].as_array().unwrap().iter();
        let code = all.find(|difference| difference["element"] == "code").unwrap();
        assert_eq!(code["verdict"], verdict, "{other}");
        let text = run_in(made.path(), &["diff", "440100.csv", other, "-f", "csv"]).stdout;
        assert!(text.contains(told), "{text}");
    }
    let run = run_in(made.path(), &["report", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["summary"]["cells_deviating"], 0, "{}", run.stdout);
    let elements = json["items"][0]["elements"].as_array().unwrap();
    let code = elements.iter().find(|element| element["element"] == "code").unwrap();
    assert_eq!(code["unknown"], serde_json::json!(["510100", "510200"]));
    for format in ["csv", "md", "table"] {
        let run = run_in(made.path(), &["report", "-f", format, "--item", "取水许可"]);
        assert!(run.stdout.contains("编码体系不同"), "{format}: {}", run.stdout);
    }
}

/// Files of several regions are held against each other region by region, and against one region in that region.
#[test]
fn several_regions_are_compared_one_by_one() {
    let head = "事项名称,基本编码,承诺办结时限,区域代码,区域名称\n";
    let row = |code: &str, days: u8, region: &str| format!("取水许可,{code},{days}个工作日,{region}\n");
    let (first, second) = ("000119001000", "000119002000");
    let made = folder(&[
        (
            "旧.csv",
            &format!(
                "{head}{}{}",
                row(first, 5, "519901,东岭区"),
                row(second, 3, "519902,西河区")
            ),
        ),
        (
            "新.csv",
            &format!(
                "{head}{}{}",
                row(first, 3, "519901,东岭区"),
                row(first, 5, "519923,南屏县")
            ),
        ),
        ("一.csv", &format!("{head}{}", row(first, 3, "519901,东岭区"))),
        ("他.csv", &format!("{head}{}", row(first, 3, "510000,四川省"))),
        (
            "异.csv",
            &format!(
                "{head}{}{}",
                row(first, 3, "510000,四川省"),
                row(first, 5, "440000,广东省")
            ),
        ),
    ]);
    let diff = |left: &str, right: &str| {
        let run = run_in(made.path(), &["diff", left, right, "-f", "json"]);
        assert!(run.code < 2, "{}", run.stderr);
        (
            serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap(),
            run.stderr,
        )
    };
    let (json, said) = diff("旧.csv", "新.csv");
    assert_eq!(json["differences"].as_array().unwrap().len(), 1, "{json}");
    assert_eq!(json["differences"][0]["region"], "519901");
    assert_eq!(json["only_left"][0]["region"], "519902");
    assert_eq!(json["only_right"][0]["region"], "519923");
    for lone in [
        "仅左边有的地区：519902 西河区，1 行",
        "仅右边有的地区：519923 南屏县，1 行",
    ] {
        assert!(said.replace(['\u{2068}', '\u{2069}'], "").contains(lone), "{said}");
    }
    for [left, right] in [["旧.csv", "一.csv"], ["一.csv", "旧.csv"]] {
        let (json, said) = diff(left, right);
        assert!(said.contains("519901 东岭区"), "{said}");
        let summary = &json["summary"];
        assert_eq!(
            (&summary["items_compared"], &summary["substantive"]),
            (&1.into(), &1.into()),
            "{json}"
        );
        assert!(json["only_left"] == json["only_right"], "{json}");
    }
    let (json, said) = diff("旧.csv", "他.csv");
    assert!(said.contains("合在一起比较"), "{said}");
    assert_eq!(json["summary"]["items_compared"], 1);
    let run = run_in(made.path(), &["diff", "旧.csv", "异.csv"]);
    assert!(run.code == 2 && run.stdout.is_empty(), "{}", run.stdout);
    for name in ["519901 东岭区", "519902 西河区", "510000 四川省", "440000 广东省"] {
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
}

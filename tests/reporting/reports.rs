//! What a report of N regions says, in every format that can hold it: what bodies of one region say differently, what was not compared,
//! where each region says it, and the order that was asked for.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{run_in, snapshot};
use calamine::{Reader, Xlsx};
use serde_json::Value;
use tempfile::TempDir;

const HEAD: &str = "事项名称,基本编码,实施主体,申请材料,承诺办结时限,收费标准\n";

/// Four regions: bodies of the first differ; one item is missing in the last, one is only in the second, one row stands twice.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lists = [
        (
            "东区.csv",
            "甲许可,000104002000,一局,甲表,5个工作日,不收费\n甲许可,000104002000,二局,甲表；乙表,5个工作日,不收费\n\
             乙许可,000104003000,一局,甲表,9个工作日,每件5元\n",
        ),
        (
            "南区.csv",
            "甲许可,000104002000,三局,甲表；乙表,5个工作日,不收费\n乙许可,000104003000,三局,甲表,3个工作日,不收费\n\
             丙许可,000104004000,三局,甲表,3个工作日,不收费\n",
        ),
        (
            "西区.csv",
            "甲许可,000104002000,四局,甲表；乙表,4个工作日,不收费\n乙许可,000104003000,四局,甲表,3个工作日,不收费\n\
             乙许可,000104003000,四局,甲表,3个工作日,不收费\n",
        ),
        ("北区.csv", "甲许可,000104002000,五局,甲表；乙表,4个工作日,不收费\n"),
    ];
    for (name, rows) in lists {
        std::fs::write(folder.path().join(name), HEAD.to_owned() + rows).unwrap();
    }
    folder
}

fn report(folder: &Path, args: &[&str]) -> String {
    let all = ["report", "东区.csv", "南区.csv", "西区.csv", "北区.csv"];
    let args: Vec<&str> = all.iter().chain(args).copied().collect();
    let run = run_in(folder, &args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// The rows of a CSV, each by its headers.
fn csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.trim_start_matches('\u{feff}');
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

/// The rows of a sheet of a workbook that is written.
fn sheet(folder: &Path, args: &[&str], name: &str) -> Vec<Vec<String>> {
    let path = folder.join("out.xlsx");
    let _ = std::fs::remove_file(&path);
    let args: Vec<&str> = args.iter().chain(&["-o", "out.xlsx"]).copied().collect();
    report(folder, &args);
    let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let text = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
    range.rows().map(text).collect()
}

#[test]
fn bodies_that_differ_stand_in_every_format() {
    let folder = folder();
    let folder = folder.path();
    for format in ["table", "md", "html"] {
        let text = report(folder, &["-f", format]);
        assert!(text.contains("区内差异"), "{format}");
        let at = text.find("区内差异").unwrap();
        let section = &text[at..];
        for body in ["一局", "二局"] {
            assert!(section.contains(body), "{format} {body}");
        }
    }
    let json: Value = serde_json::from_str(&report(folder, &["-f", "json"])).unwrap();
    assert_eq!(json["within"].as_array().unwrap().len(), 1);
    assert_eq!(json["within"][0]["groups"][1]["place"]["file"], "东区.csv");

    let rows = csv(&report(folder, &["-f", "csv"]));
    let within: Vec<_> = rows.iter().filter(|row| row["类别"] == "区内差异").collect();
    let told: Vec<[&str; 5]> = within
        .iter()
        .map(|row| ["区域名称", "要素", "实施主体", "文件", "行"].map(|name| row[name].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ["东区", "申请材料", "一局", "东区.csv", "2"],
            ["东区", "申请材料", "二局", "东区.csv", "3"]
        ]
    );
    let in_sheet = sheet(folder, &[], "区内差异");
    let told: Vec<[&str; 4]> = in_sheet
        .iter()
        .map(|row| [4, 3, 6, 10].map(|at| row[at].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ["区域", "要素", "实施主体", "行"],
            ["东区", "申请材料", "一局", "2"],
            ["东区", "申请材料", "二局", "3"]
        ]
    );

    // What is asked for is asked of them, too.
    for (args, found) in [
        (["--element", "materials"], 1),
        (["--element", "fees"], 0),
        (["--region", "东区"], 1),
        (["--region", "南区"], 0),
        (["--item", "甲许可"], 1),
        (["--item", "乙许可"], 0),
    ] {
        let [flag, value] = args;
        let rows = csv(&report(folder, &["-f", "csv", flag, value]));
        let count = rows.iter().filter(|row| row["类别"] == "区内差异").count();
        assert_eq!(count, 2 * found, "{args:?}");
        let html = report(folder, &["-f", "html", flag, value]);
        assert_eq!(html.contains("id=\"within\""), found > 0, "{args:?}");
    }
}

/// A diff has two sides in a row: its CSV says what it leaves out.
#[test]
fn the_csv_of_a_diff_says_what_it_leaves_out() {
    let folder = folder();
    let diff = |format| {
        run_in(
            folder.path(),
            &["diff", "东区.csv", "南区.csv", "-f", format, "--fail-on", "never"],
        )
    };
    assert!(
        diff("csv").stderr.contains("没有 1 处区内差异"),
        "{}",
        diff("csv").stderr
    );
    assert!(!diff("md").stderr.contains("区内差异"));
    assert!(diff("md").stdout.contains("区内差异"));
}

#[test]
fn what_was_not_compared_stands_in_every_format() {
    let folder = folder();
    let folder = folder.path();
    for format in ["table", "md", "html"] {
        let text = report(folder, &["-f", format]);
        for wanted in [
            "已比较：有的区域没有、只在其余区域之间比较的事项（1）",
            "没有比较：只有一个区域有、没有可比对象的事项（1）",
        ] {
            assert!(text.contains(wanted), "{format}: {wanted}");
        }
    }
    let told = sheet(folder, &[], "范围与未比较");
    let told: Vec<[&str; 5]> = told
        .iter()
        .map(|row| [0, 1, 3, 4, 5].map(|at| row[at].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ["情形", "事项编码", "事项名称", "区域名称", "区域数"],
            ["已比较：这些区域没有", "000104003000", "乙许可", "北区", "1"],
            ["没有比较：只有这个区域有", "000104004000", "丙许可", "南区", "1"]
        ]
    );
    let summary = sheet(folder, &[], "汇总");
    assert!(
        summary
            .iter()
            .any(|row| row[0] == "已比较：有的区域没有、只在其余区域之间比较的事项（1）")
    );
    // Every row of a region is accounted for, and says the same in every format.
    let json: Value = serde_json::from_str(&report(folder, &["-f", "json"])).unwrap();
    let md = report(folder, &["-f", "md"]);
    for region in json["regions"].as_array().unwrap() {
        let rows = &region["rows"];
        let count = |name: &str| rows[name].as_u64().unwrap();
        let parts = ["compared", "divided", "only_here", "duplicate"].map(count);
        assert_eq!(parts.iter().sum::<u64>(), count("read"), "{region}");
        let line = md
            .lines()
            .find(|line| line.starts_with(&format!("| {} ", region["id"].as_str().unwrap())) && line.contains("| "))
            .unwrap();
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let shown: Vec<u64> = cells[4..9].iter().map(|cell| cell.parse().unwrap()).collect();
        assert_eq!(shown, [&[count("read")], &parts[..]].concat(), "{line}");
        let line = summary
            .iter()
            .rfind(|row| row[0] == region["id"].as_str().unwrap())
            .unwrap();
        let shown: Vec<u64> = line[5..10].iter().map(|cell| cell.parse().unwrap()).collect();
        assert_eq!(shown, [&[count("read")], &parts[..]].concat(), "{line:?}");
    }
    let west = &json["regions"].as_array().unwrap()[3];
    assert_eq!((&west["id"], &west["rows"]["duplicate"]), (&"西区".into(), &1.into()));
    let absent = json["items"].as_array().unwrap().iter();
    let absent: Vec<&Value> = absent
        .filter(|item| item["name"] == "乙许可")
        .map(|item| &item["absent"])
        .collect();
    assert_eq!(absent, [&serde_json::json!(["北区"])]);
}

/// Every region has its own place: the file in which it says so.
#[test]
fn every_region_has_its_place() {
    let folder = folder();
    let folder = folder.path();
    for args in [
        &["-f", "csv"][..],
        &["-f", "csv", "--by", "region"],
        &["-f", "csv", "--by", "element"],
    ] {
        let rows = csv(&report(folder, args));
        let rows: Vec<_> = rows
            .iter()
            .filter(|row| !["区内差异", "未比较"].contains(&row["类别"].as_str()))
            .collect();
        let mut seen = BTreeSet::new();
        for row in &rows {
            let region = &row["区域"];
            assert!(seen.insert((&row["事项编码"], &row["要素"], region)), "{row:?}");
            if row["规范值"] != "（没有写）" {
                assert_eq!(row["文件"], format!("{region}.csv"), "{row:?}");
                assert!(row["行"].parse::<u32>().is_ok_and(|n| n > 1), "{row:?}");
            }
        }
        // Four regions say what they promise for the first item, three for the second.
        assert_eq!(seen.len(), rows.len());
        let promised = |row: &&&BTreeMap<String, String>| row["要素"] == "承诺办结时限";
        assert_eq!(rows.iter().filter(promised).count(), 7, "{args:?}");
        let group: Vec<&str> = rows
            .iter()
            .filter(|row| row["规范值"] == "4工作日")
            .map(|row| row["区域数"].as_str())
            .collect();
        assert_eq!(group, ["2", "2"]);
    }
    let html = report(folder, &["-f", "html"]);
    for place in ["北区 北区.csv:2 承诺办结时限", "西区 西区.csv:2 承诺办结时限"] {
        assert!(html.contains(place), "{place}");
    }
}

/// Of an item that is asked for everything is listed, with the place of every region, also where all say the same.
#[test]
fn an_item_that_is_asked_for_has_all_its_places() {
    let folder = folder();
    let rows = csv(&report(folder.path(), &["-f", "csv", "--item", "乙许可"]));
    let alike: Vec<_> = rows.iter().filter(|row| row["要素"] == "申请材料").collect();
    let places: Vec<[&str; 2]> = alike
        .iter()
        .map(|row| ["文件", "行"].map(|name| row[name].as_str()))
        .collect();
    assert_eq!(places, [["东区.csv", "4"], ["南区.csv", "3"], ["西区.csv", "3"]]);
}

/// Maps count alike in every format: what a variance allows is no deviation, and has its sign.
#[test]
fn what_is_allowed_has_its_sign_in_every_map() {
    let folder = folder();
    let folder = folder.path();
    let row = |sheet: &[Vec<String>]| sheet.iter().find(|row| row[2] == "乙许可").unwrap()[4..8].to_vec();
    let before = row(&sheet(folder, &[], "矩阵"));
    // The regions of the report: 东区, 北区, 南区, 西区.
    assert_eq!(before, ["2", "-", "0", "0"]);
    std::fs::write(
        folder.join("allowed.toml"),
        "[[variance]]\nregion = \"东区\"\nitem = \"乙许可\"\nelement = \"fees\"\nground = \"某条例第九条\"\nowner = \"某局\"\n\
         [[variance]]\nregion = \"东区\"\nitem = \"甲许可\"\nelement = \"promised_time\"\nground = \"某条例第九条\"\nowner = \"某局\"\n",
    )
    .unwrap();
    let args = ["--variances", "allowed.toml"];
    let whole = sheet(folder, &args, "矩阵");
    assert_eq!(row(&whole), ["1", "-", "0", "0"]);
    let table = report(folder, &args);
    let html = report(folder, &[&args[..], &["-f", "html"]].concat());
    let md = report(folder, &[&args[..], &["-f", "md"]].concat());
    // Of the fees the first region differs only where it may.
    let of_fees = |line: &str| line.trim_start().starts_with("收费 ") && line.matches('○').count() == 1;
    assert!(table.lines().any(of_fees), "{table}");
    assert!(md.contains("| 收费 | ○ |"), "{md}");
    let of_fees = "<th scope=\"row\">收费</th><td class=\"n\">0.000</td><td>○</td>";
    assert!(html.contains(of_fees), "{html}");
}

/// The same rows, whatever the order.
#[test]
fn the_order_that_is_asked_for() {
    let folder = folder();
    let folder = folder.path();
    let rows = |by: &str| csv(&report(folder, &["-f", "csv", "--by", by]));
    let item = rows("item");
    let by_element = rows("element");
    let by_region = rows("region");
    for other in [&by_element, &by_region] {
        let set = |rows: &[BTreeMap<String, String>]| rows.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(set(&item), set(other));
        assert_ne!(&item, other);
    }
    // Each element, each region in one stretch.
    for (rows, column) in [(&by_element, "要素"), (&by_region, "区域")] {
        let mut stretches: Vec<&String> = rows
            .iter()
            .filter(|row| !["区内差异", "未比较"].contains(&row["类别"].as_str()))
            .map(|row| &row[column])
            .collect();
        stretches.dedup();
        let distinct: BTreeSet<&String> = stretches.iter().copied().collect();
        assert_eq!(stretches.len(), distinct.len(), "{stretches:?}");
    }
    // The worst first, as in a terminal.
    let json: Value = serde_json::from_str(&report(folder, &["-f", "json"])).unwrap();
    let index = |list: &str, key: &str, name: &str| {
        let list = json[list].as_array().unwrap();
        let found = list.iter().find(|entry| entry[key] == name);
        found.unwrap()["index"].as_f64().unwrap()
    };
    let indexes: Vec<f64> = by_region
        .iter()
        .filter(|row| !["区内差异", "未比较"].contains(&row["类别"].as_str()))
        .map(|row| index("regions", "id", &row["区域"]))
        .collect();
    assert!(indexes.is_sorted_by(|a, b| a >= b), "{indexes:?}");
    // The workbook follows: by region a row for each region.
    let differences = sheet(folder, &["--by", "region"], "差异");
    assert!(
        differences[1..].iter().all(|row| !row[9].contains('、')),
        "{differences:?}"
    );
    let mut stretches: Vec<&str> = differences[1..].iter().map(|row| row[9].as_str()).collect();
    stretches.dedup();
    assert_eq!(stretches.len(), stretches.iter().collect::<BTreeSet<_>>().len());
    // Where there is no order, it is said.
    for format in ["json", "html"] {
        let args = ["report", "东区.csv", "南区.csv", "-f", format, "--by", "region"];
        let run = run_in(folder, &args);
        assert!(run.stderr.contains("不按 --by 排"), "{}", run.stderr);
        let plain = run_in(folder, &args[..5]);
        assert!(!plain.stderr.contains("--by"), "{}", plain.stderr);
        assert_eq!(run.stdout, plain.stdout);
    }
}

#[test]
fn markdown_in_every_order() {
    let folder = folder();
    let folder = folder.path();
    snapshot("report-by-region.md", &report(folder, &["-f", "md", "--by", "region"]));
    snapshot(
        "report-by-element.md",
        &report(folder, &["-f", "md", "--by", "element"]),
    );
}

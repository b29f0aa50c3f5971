//! What a report tells beside its figures: blanks are no agreement, a filter changes no verdict, alternatives are neither added nor
//! dropped, all formats have the same signs, and our own files among the lists are none.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

use crate::support::run_in;

const HEADER: &str = "事项名称,基本编码,业务办理项名称,受理条件,承诺办结时限,收费情况\n";

/// Three regions: 丙区 leaves a time limit blank; 甲区 and 乙区 disagree on the fee with nobody else saying anything; 乙区 divides an item.
fn lists(folder: &Path) {
    let write = |name: &str, rows: &str| std::fs::write(folder.join(name), format!("{HEADER}{rows}")).unwrap();
    write(
        "甲区.csv",
        "占道审批,000117048000,,有场所,10个工作日,10元/件\n食品许可,000131013000,,有场所,10个工作日,不收费\n",
    );
    write(
        "乙区.csv",
        "占道审批,000117048000,,有场所,5个工作日,20元/件\n\
         食品许可,000131013000,新办,有场所,10个工作日,不收费\n食品许可,000131013000,变更,有场所,3个工作日,不收费\n",
    );
    write(
        "丙区.csv",
        "占道审批,000117048000,,有人员,,\n食品许可,000131013000,,有场所,10个工作日,不收费\n",
    );
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    lists(folder.path());
    folder
}

fn text(folder: &Path, args: &[&str]) -> String {
    let run = run_in(folder, args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        cell => cell.to_string(),
    };
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

/// A region that says nothing where others do is in the sheet of differences and is asked in its own; no map shows it as agreeing.
#[test]
fn a_blank_is_no_agreement() {
    let folder = workspace();
    text(folder.path(), &["report", "-o", "r.xlsx"]);
    let bytes = std::fs::read(folder.path().join("r.xlsx")).unwrap();
    let blank = |row: &&Vec<String>| row[2] == "占道审批" && row[3] == "承诺办结时限";
    let differences = sheet(&bytes, "差异");
    let own = differences.iter().find(|row| row[9] == "丙区" && blank(row)).unwrap();
    assert_eq!(
        (own[4].as_str(), own[11].contains("没有写")),
        ("各不相同", true),
        "{own:?}"
    );
    let asked = sheet(&bytes, "丙区");
    assert_eq!(asked.iter().filter(blank).count(), 1, "{asked:?}");
    assert_eq!(asked.iter().find(blank).unwrap()[4], "");

    let only = ["report", "--element", "承诺办结时限", "--format"];
    for format in ["table", "html"] {
        let told = text(folder.path(), &[&only[..], &[format]].concat());
        // Once in the legend.
        assert!(told.matches("∅1").count() > 1, "{format}: {told}");
    }
    text(folder.path(), &["report", "--element", "承诺办结时限", "-o", "e.xlsx"]);
    let bytes = std::fs::read(folder.path().join("e.xlsx")).unwrap();
    let matrix = sheet(&bytes, "矩阵");
    assert!(matrix.iter().skip(2).flatten().any(|cell| cell == "∅1"), "{matrix:?}");
}

/// What is listed changes no verdict.
#[test]
fn an_element_only_filters_pairs() {
    let folder = workspace();
    let pairs = |more: &[&str]| {
        let args = [&["report", "--pairwise", "--format", "json"][..], more].concat();
        serde_json::from_str::<serde_json::Value>(&text(folder.path(), &args)).unwrap()
    };
    let (all, one) = (pairs(&[]), pairs(&["--element", "收费"]));
    assert_eq!(all["pairs"], one["pairs"]);
    assert!(all["pairs"].as_array().unwrap().iter().any(|pair| pair["blocked"] != 0));
    let listed = |report: &serde_json::Value| -> usize {
        let items = report["items"].as_array().unwrap().iter();
        items.map(|item| item["pairs"].as_array().unwrap().len()).sum()
    };
    assert!(listed(&one) < listed(&all), "{one}");
    assert_eq!(
        (&one["element"], &all["element"]),
        (&"fees".into(), &serde_json::Value::Null)
    );
}

/// Without a reference nobody adds, drops, or is dearer; the answers of several handling items are alternatives.
#[test]
fn alternatives_are_not_added() {
    let folder = workspace();
    for element in ["承诺办结时限", "收费"] {
        for format in ["table", "md"] {
            let told = text(folder.path(), &["report", "--format", format, "--element", element]);
            assert!(!told.contains("+ ") && !told.contains("- 1"), "{told}");
            assert!(
                !told.contains("更贵") && !told.contains("更高") && !told.contains("更长"),
                "{told}"
            );
        }
    }
    let told = text(folder.path(), &["report", "--element", "承诺办结时限"]);
    assert!(told.contains("3工作日 ｜ 10工作日"), "{told}");
}

/// The decisions of a person, named with the lists, are decisions.
#[test]
fn our_own_files_are_no_lists() {
    let folder = workspace();
    std::fs::write(
        folder.path().join("matches.csv"),
        "左区域,左事项,右区域,右事项,是否同一\n,占道审批,,食品许可,否\n",
    )
    .unwrap();
    let run = run_in(
        folder.path(),
        &["report", "乙区.csv", "matches.csv", "甲区.csv", "丙区.csv"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("FIL001"), "{}", run.stderr);
    assert!(run.stderr.contains("不当清单读"), "{}", run.stderr);
    // A list that only has the name is a list.
    std::fs::rename(folder.path().join("丙区.csv"), folder.path().join("matches.csv")).unwrap();
    let run = run_in(
        folder.path(),
        &["report", "乙区.csv", "matches.csv", "甲区.csv", "--matches", "none.csv"],
    );
    assert!(!run.stderr.contains("不当清单读"), "{}", run.stderr);
}

#[test]
fn a_wrong_index_is_said_in_words() {
    let folder = workspace();
    for wrong in ["2", "-1", "x"] {
        let run = run_in(folder.path(), &["report", "--min-index", wrong]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("不是 0 到 1 之间的数"), "{}", run.stderr);
    }
}

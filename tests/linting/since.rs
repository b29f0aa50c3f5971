//! `tongban lint --since`: only findings of rows that changed against an earlier version of the lists.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{Run, run_in};

const HEAD: &str = "事项名称,基本编码,法定办结时限,承诺办结时限\n";
const ONE: &str = "甲许可,000104002000,20个工作日,25个工作日\n";
const TWO: &str = "乙许可,000105002000,20个工作日,30个工作日\n";
const THREE: &str = "丙许可,000106002000,20个工作日,30个工作日\n";

fn write(path: &Path, rows: &[&str]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("{HEAD}{}", rows.concat())).unwrap();
}

/// The findings: rule and row.
fn lint(folder: &Path, args: &[&str]) -> (Run, BTreeSet<(String, u64)>) {
    let run = run_in(
        folder,
        &[&["lint", "--format", "json", "--fail-on", "info"], args].concat(),
    );
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let of = |finding: &serde_json::Value| {
        let code = finding["code"].as_str().unwrap().to_owned();
        (code, finding["place"]["row"].as_u64().unwrap_or(0))
    };
    (run, findings.iter().map(of).collect())
}

fn rows(found: &[(&str, u64)]) -> BTreeSet<(String, u64)> {
    found.iter().map(|(code, row)| ((*code).to_owned(), *row)).collect()
}

#[test]
fn only_rows_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(&folder.join("以前.csv"), &[ONE, TWO]);
    let since = |now: &[&str]| {
        write(&folder.join("清单.csv"), now);
        lint(folder, &["清单.csv", "--since", "以前.csv", "--select", "TIM001,CRO"])
    };
    let (run, found) = since(&[ONE, TWO]);
    assert_eq!((run.code, found), (0, rows(&[])), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("2 行中 0 行有变化或新增；没有变化的行上的 2 条问题不列"),
        "{}",
        run.stderr
    );
    for (now, found) in [
        // Rows may move, and go.
        (&[TWO, ONE][..], rows(&[])),
        (&[TWO], rows(&[])),
        (&[THREE, TWO, ONE], rows(&[("TIM001", 2)])),
        // Another text of any cell, even one that the finding is not about.
        (&[ONE, &TWO.replace("乙", "丁")], rows(&[("TIM001", 3)])),
        (&[&ONE.replace("25", "26"), TWO], rows(&[("TIM001", 2)])),
        // Put right, and a fault of another kind.
        (&[&ONE.replace("25", "5"), TWO], rows(&[])),
        // A row that is there twice now: one of the two is new, and so is what is found of both.
        (&[ONE, TWO, ONE], rows(&[("CRO001", 4), ("TIM001", 4)])),
    ] {
        let (run, is) = since(now);
        assert_eq!(is, found, "{now:?}: {}", run.stderr);
        assert_eq!(run.code, i32::from(!found.is_empty()), "{}", run.stderr);
    }
}

/// Columns may move and be named otherwise; a column that was added asks every row.
#[test]
fn columns_may_move() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(&folder.join("以前.csv"), &[ONE]);
    let args = &["清单.csv", "--since", "以前.csv", "--select", "TIM001,MAT003"];
    for (list, found) in [
        (
            "项目编码说明,承诺时限,法定时限,基本编码,事项名称\n,25个工作日,20个工作日,000104002000,甲许可\n",
            rows(&[]),
        ),
        (
            "事项名称,基本编码,法定办结时限,承诺办结时限,申请材料\n甲许可,000104002000,20个工作日,25个工作日,\n",
            rows(&[("TIM001", 2)]),
        ),
    ] {
        fs::write(folder.join("清单.csv"), list).unwrap();
        let (run, is) = lint(folder, args);
        assert_eq!(is, found, "{list}: {}", run.stderr);
    }
}

/// Regions are told apart, by their ids, in folders and workspaces.
#[test]
fn regions_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let manifest = "[[region]]\nid = \"510101\"\nname = \"甲县\"\nfiles = [\"甲.csv\"]\n\
                    [[region]]\nid = \"510102\"\nname = \"乙县\"\nfiles = [\"乙.csv\"]\n";
    for version in ["前", "今"] {
        write(&folder.join(version).join("甲.csv"), &[ONE]);
        write(&folder.join(version).join("乙.csv"), &[TWO]);
    }
    let args = &["今", "--since", "前", "--select", "TIM001"];
    assert_eq!(lint(folder, args).1, rows(&[]));
    // The rows of the other region are new in this one: folder against folder, and workspace against workspace or folder.
    write(&folder.join("今/甲.csv"), &[ONE, TWO]);
    let (run, found) = lint(folder, args);
    assert_eq!(found, rows(&[("TIM001", 3)]), "{}", run.stderr);
    fs::write(folder.join("今/tongban.toml"), manifest).unwrap();
    let (run, found) = lint(folder, args);
    assert_eq!(found, rows(&[("TIM001", 3)]), "{}", run.stderr);
    fs::write(folder.join("前/tongban.toml"), manifest).unwrap();
    let (run, found) = lint(folder, args);
    assert_eq!(found, rows(&[("TIM001", 3)]), "{}", run.stderr);
}

/// What a manifest says of columns holds for an earlier file too.
#[test]
fn the_earlier_file_is_read_as_the_one_of_today() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let list =
        |promise: &str| format!("事项名称,基本编码,法定办结时限,说好的\n甲许可,000104002000,20个工作日,{promise}\n");
    fs::create_dir(folder.join("今")).unwrap();
    let manifest = "[[region]]\nid = \"510101\"\nfiles = [\"甲.csv\"]\ncolumns = { \"说好的\" = \"promised_time\" }\n";
    fs::write(folder.join("今/tongban.toml"), manifest).unwrap();
    fs::write(folder.join("今/甲.csv"), list("25个工作日")).unwrap();
    fs::write(folder.join("以前的.csv"), list("25个工作日")).unwrap();
    let args = &["今", "--since", "以前的.csv", "--select", "TIM001"];
    let (run, found) = lint(folder, args);
    assert_eq!((run.code, found), (0, rows(&[])), "{}", run.stderr);
    fs::write(folder.join("以前的.csv"), list("26个工作日")).unwrap();
    assert_eq!(lint(folder, args).1, rows(&[("TIM001", 2)]));
}

/// Findings about a whole file stay; those of a row that has no cell for them go with their row.
#[test]
fn findings_of_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let list = "事项名称,基本编码,法定办结时限,申请材料,事项类型,莫名\n取水许可,000119001000,20个工作日,,行政许可,某\n";
    fs::write(folder.join("以前.csv"), list).unwrap();
    fs::write(folder.join("清单.csv"), list).unwrap();
    // A column that nobody knows is about the file; materials that are missing are about a row, which has no cell for them.
    let args = &["清单.csv", "--select", "FIL015,MAT003"];
    assert_eq!(lint(folder, args).1, rows(&[("FIL015", 1), ("MAT003", 2)]));
    let (run, found) = lint(folder, &[&args[..], &["--since", "以前.csv"]].concat());
    assert_eq!(found, rows(&[("FIL015", 1)]), "{}", run.stderr);
}

/// The baseline is held against all that is found, so that nothing looks put right that is only left out.
#[test]
fn with_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(&folder.join("以前.csv"), &[ONE]);
    write(&folder.join("清单.csv"), &[ONE]);
    run_in(folder, &["baseline", "write", "清单.csv"]);
    write(&folder.join("清单.csv"), &[ONE, TWO]);
    write(&folder.join("以前.csv"), &[ONE, THREE]);
    let args = &[
        "清单.csv",
        "--since",
        "以前.csv",
        "--select",
        "TIM001",
        "--baseline",
        "tongban.baseline.csv",
    ];
    let (run, found) = lint(folder, args);
    assert_eq!((run.code, found), (1, rows(&[("TIM001", 3)])), "{}", run.stderr);
    assert!(
        run.stderr.contains("已知 1 条不计，新问题 1 条") && run.stderr.contains("可以用 baseline prune 去掉的 0 条"),
        "{}",
        run.stderr
    );
}

/// With --fix only rows that changed are written.
#[test]
fn with_fixes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (old, new) = (
        ONE.replace("甲许可", "甲许可(变更)"),
        TWO.replace("乙许可", "乙许可(变更)"),
    );
    write(&folder.join("以前.csv"), &[&old]);
    write(&folder.join("清单.csv"), &[&old, &new]);
    let (run, _) = lint(folder, &["清单.csv", "--since", "以前.csv", "--fix"]);
    assert!(run.stderr.contains("1 个文件的 1 个单元格"), "{}", run.stderr);
    let right = new.replace('(', "（").replace(')', "）");
    assert_eq!(
        fs::read_to_string(folder.join("清单.csv")).unwrap(),
        format!("{HEAD}{old}{right}")
    );
}

#[test]
fn what_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(&folder.join("清单.csv"), &[ONE]);
    let (run, _) = lint(folder, &["清单.csv", "--since", "没有.csv"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("没有.csv"), "{}", run.stderr);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
}

/// What regions lack stands in no row: unless something changed it is left out too. A folder without lists is a version before the first.
#[test]
fn nothing_changed_nothing_told() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["old", "new"] {
        let to = folder.path().join(name);
        std::fs::create_dir(&to).unwrap();
        for (list, rows) in [
            ("甲", "取水许可,000119001000\n河道采砂许可,000119002000\n"),
            ("乙", "取水许可,000119001000\n河道采砂许可,000119002000\n"),
            ("丙", "取水许可,000119001000\n河道采砂许可,000119002000\n"),
            ("丁", "取水许可,000119001000\n"),
        ] {
            std::fs::write(to.join(format!("{list}.csv")), format!("事项名称,基本编码\n{rows}")).unwrap();
        }
    }
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let codes = |args: &[&str]| {
        let args = [
            &["lint", "new", "-f", "json", "--fail-on", "never", "--select", "CRO"],
            args,
        ]
        .concat();
        let run = run_in(folder.path(), &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let lint: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        lint["findings"].as_array().unwrap().len()
    };
    assert_eq!(codes(&[]), 1);
    assert_eq!(codes(&["--since", "old"]), 0);
    assert_eq!(codes(&["--since", "empty"]), 1);
    assert_eq!(run_in(folder.path(), &["lint", "new", "--since", "nowhere"]).code, 2);
}

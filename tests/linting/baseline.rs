//! The baseline of known findings: lint does not fail on them, rows may move, an expired one counts again, what people wrote stays.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use crate::support::run_in;

const HEAD: &str = "事项名称,基本编码,法定办结时限,承诺办结时限\n";
const ONE: &str = "甲许可,000104002000,20个工作日,25个工作日\n";
const TWO: &str = "乙许可,000105002000,20个工作日,30个工作日\n";
const FILE: &str = "tongban.baseline.csv";

fn list(folder: &Path, rows: &[&str]) {
    fs::write(folder.join("清单.csv"), format!("{HEAD}{}", rows.concat())).unwrap();
}

fn lint(folder: &Path) -> i32 {
    run_in(folder, &["lint", ".", "--baseline", FILE, "--select", "TIM001"]).code
}

#[test]
fn known_findings_do_not_fail() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    list(folder, &[ONE]);
    assert_eq!(run_in(folder, &["lint", ".", "--select", "TIM001"]).code, 1);
    let written = run_in(folder, &["baseline", "write", "."]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    // The file beside the lists is no list.
    assert_eq!(lint(folder), 0);
    list(folder, &[TWO, ONE]);
    assert_eq!(lint(folder), 1, "a new fault");
    list(folder, &["丙许可,000106002000,20个工作日,5个工作日\n", ONE]);
    assert_eq!(lint(folder), 0, "the row moved");
    list(folder, &[&ONE.replace("25", "26")]);
    assert_eq!(lint(folder), 1, "another value of the same cell is another fault");
}

#[test]
fn people_write_into_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    list(folder, &[ONE, TWO]);
    run_in(folder, &["baseline", "write", "."]);
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    let owned = |expires: &str| {
        let lines =
            text.lines().map(
                |line| match line.strip_prefix("TIM001").filter(|_| line.contains("000104002000")) {
                    Some(_) => line.replace(",1,,,,", &format!(",1,张三,等省里答复,{expires},")),
                    None => line.to_owned(),
                },
            );
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_ne!(owned("2999-12-31"), text.trim_end());
    fs::write(folder.join(FILE), owned("2999-12-31")).unwrap();
    assert_eq!(lint(folder), 0);
    fs::write(folder.join(FILE), owned("2001-01-01")).unwrap();
    assert_eq!(lint(folder), 1, "its day has passed");
    // Written anew, what was written by hand stays; put right, it goes.
    run_in(folder, &["baseline", "write", "."]);
    assert!(
        fs::read_to_string(folder.join(FILE))
            .unwrap()
            .contains("张三,等省里答复,2001-01-01")
    );
    list(folder, &[TWO]);
    let pruned = run_in(folder, &["baseline", "prune", "."]);
    assert_eq!(pruned.code, 0, "{}", pruned.stderr);
    let left = fs::read_to_string(folder.join(FILE)).unwrap();
    assert!(
        !left.contains("000104002000") && left.contains("000105002000"),
        "{left}"
    );
}

/// A repeated item names the row that it repeats; neither where that row stands nor where the command is run from is part of what is known.
#[test]
fn places_are_no_part_of_what_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let lists = root.join("lists");
    fs::create_dir(&lists).unwrap();
    list(&lists, &[ONE, ONE]);
    run_in(&lists, &["baseline", "write", "."]);
    let known =
        |cwd: &Path, path: &str, file: &str| run_in(cwd, &["lint", path, "--baseline", file, "--fail-on", "info"]);
    assert_eq!(known(&lists, ".", FILE).code, 0);
    let outside = known(root, "lists", &format!("lists/{FILE}"));
    assert_eq!(outside.code, 0, "{}{}", outside.stdout, outside.stderr);
    list(&lists, &["丙许可,000106002000,20个工作日,5个工作日\n", ONE, ONE]);
    let moved = run_in(
        &lists,
        &[
            "lint",
            ".",
            "--baseline",
            FILE,
            "--select",
            "CRO001",
            "--fail-on",
            "info",
        ],
    );
    assert_eq!(moved.code, 0, "{}", moved.stdout);
}

/// Excel writes the file back in the encoding of the system, and its dates in its own form.
#[test]
fn excel_may_save_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    list(folder, &[ONE]);
    run_in(folder, &["baseline", "write", "."]);
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    let text = text.replace(",1,,,,", ",1,张三,等答复,2099/1/5,");
    let (bytes, _, _) = encoding_rs::GBK.encode(text.trim_start_matches('\u{FEFF}'));
    fs::write(folder.join(FILE), bytes).unwrap();
    assert_eq!(lint(folder), 0);
}

#[test]
fn a_wrong_file_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    list(folder, &[ONE]);
    run_in(folder, &["baseline", "write", "."]);
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    for (wrong, place, said) in [
        (text.replace(",1,,,,", ",many,,,,"), ":2", "“次数”一列里不能是“many”"),
        (text.replace(",1,,,,", ",1,,,2026-13-40,"), ":2", "写成 2027-06-30"),
        (text.replace(",1,,,,", ",1,,,明年,"), ":2", "“明年”不是日期"),
        (text.replacen("指纹", "别的", 1), ":1", "没有“指纹”这一列"),
        (format!("{HEAD}{ONE}"), ":1", "不是 tongban 的存量基线文件"),
        (String::new(), ":1", "tongban baseline write"),
        (format!("{text}一,二\n"), ":", "格数与第一行不同"),
        (format!("{text}{}", text.lines().nth(1).unwrap()), ":", "与别的行重复"),
    ] {
        fs::write(folder.join(FILE), wrong).unwrap();
        let run = run_in(folder, &["lint", ".", "--baseline", FILE]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains(&format!("{FILE}{place}")), "{}", run.stderr);
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    fs::write(
        folder.join("tongban.toml"),
        "[[region]]\nid = \"1\"\nfiles = [\"清单.csv\"]\n[lint]\nbaseline = \"nowhere.csv\"\n",
    )
    .unwrap();
    for (args, said) in [
        (&["lint", "."][..], "tongban.toml 的 [lint] 里写的"),
        (&["baseline", "stats", "."], "tongban.toml 的 [lint] 里写的"),
        (&["lint", ".", "--baseline", "none.csv"], "没有这个存量基线文件"),
    ] {
        let run = run_in(folder, args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(
            run.stderr.contains(said) && run.stderr.contains("tongban baseline write"),
            "{args:?}: {}",
            run.stderr
        );
    }
}

//! Where findings go: several outputs at once, none over an input or over another, the formats that only lint has, counts by rule, and
//! the marks in full output.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::laws_of_rules::held;
use crate::support::{root, run, run_in, snapshot};
use serde_json::Value;
use tongban::ingest::{self, Source};
use tongban::lint::{self, Settings};
use tongban::profile::{self, Profile};

const EXAMPLE: &str = "examples/three-districts";
const LIST: &str = "事项名称,基本编码,法定办结时限,承诺办结时限\n占道(施工许可,000117024000,20个工作日,25个工作日\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("甲.csv"), LIST).unwrap();
    folder
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn lint_outputs_are_as_read() {
    for (name, args) in [
        ("lint-full.txt", vec!["lint", EXAMPLE]),
        ("lint-full.en.txt", vec!["lint", EXAMPLE, "--lang", "en", "--top", "12"]),
        (
            "lint-concise.txt",
            vec!["lint", EXAMPLE, "-f", "concise", "--top", "20"],
        ),
        ("lint-statistics.txt", vec!["lint", EXAMPLE, "--statistics"]),
        (
            "lint.csv",
            vec!["lint", EXAMPLE, "-f", "csv", "--select", "NAM001,COD002"],
        ),
        ("lint.md", vec!["lint", EXAMPLE, "-f", "md", "--top", "5"]),
        ("help-lint.txt", vec!["lint", "--help"]),
        ("help-lint.en.txt", vec!["lint", "--help", "--lang", "en"]),
    ] {
        let run = run(&args);
        assert!(run.code < 2, "{name}: {}", run.stderr);
        snapshot(name, &run.stdout);
    }
}

/// Each file holds what standard output would; standard output has nothing unless a format is named for it.
#[test]
fn several_outputs_at_once() {
    let home = folder();
    let run = |args: &[&str]| run_in(home.path(), &[&["lint", "甲.csv"], args].concat());
    let all = run(&[
        "-o",
        "sarif:a.sarif",
        "-o",
        "b.json",
        "-o",
        "junit:c.txt",
        "-o",
        "d.xml",
        "--output",
        "e.xlsx",
    ]);
    assert_eq!((all.code, all.stdout.as_str()), (1, ""), "{}", all.stderr);
    for (file, format) in [
        ("a.sarif", "sarif"),
        ("b.json", "json"),
        ("c.txt", "junit"),
        ("d.xml", "junit"),
    ] {
        let text = std::fs::read_to_string(home.path().join(file)).unwrap();
        assert_eq!(text, run(&["-f", format]).stdout, "{file}");
    }
    assert!(std::fs::read(home.path().join("e.xlsx")).unwrap().starts_with(b"PK"));
    let both = run(&["-o", "sarif:f.sarif", "-f", "github"]);
    assert!(both.stdout.starts_with("::error file="), "{}", both.stdout);
    assert_eq!(
        std::fs::read(home.path().join("a.sarif")).unwrap(),
        std::fs::read(home.path().join("f.sarif")).unwrap()
    );
    // Of several files each goes by its own name, and the format is of standard output; of one it is of the file.
    let several = run(&["-o", "sarif:g.sarif", "-o", "h.json", "-f", "concise"]);
    assert!(several.stdout.starts_with("甲.csv:2:"), "{}", several.stdout);
    assert_eq!(
        std::fs::read(home.path().join("b.json")).unwrap(),
        std::fs::read(home.path().join("h.json")).unwrap()
    );
    let one = run(&["-o", "i.txt", "-f", "concise"]);
    assert_eq!(one.stdout, "");
    assert_eq!(
        std::fs::read_to_string(home.path().join("i.txt")).unwrap(),
        several.stdout
    );
    // A file without a format is written in full, and one with a colon in its name is named by its path.
    run(&["-o", "./j:k.txt"]);
    let text = std::fs::read_to_string(home.path().join("j:k.txt")).unwrap();
    assert_eq!(text, run(&[]).stdout);
    assert!(text.contains("^^^"), "{text}");
}

/// Refused, with nothing written: an input, the manifest, two outputs that are one file, a format that is not there, a workbook on
/// standard output, and forms that only findings have.
#[test]
fn wrong_outputs_are_refused() {
    let home = folder();
    std::fs::create_dir(home.path().join("夹")).unwrap();
    let before = names(home.path());
    let list = std::fs::read(home.path().join("甲.csv")).unwrap();
    for args in [
        &["lint", "甲.csv", "-o", "json:甲.csv"][..],
        &["lint", "甲.csv", "-o", "a.json", "-o", "夹/../甲.csv"],
        &["lint", "甲.csv", "-o", "a.json", "-o", "json:tongban.toml"],
        &["lint", "甲.csv", "-o", "a.json", "-o", "sarif:./a.json"],
        &["lint", "甲.csv", "-o", "a.json", "-o", "夹/../a.json"],
        &["lint", "甲.csv", "-o", "sarf:a.sarif"],
        &["lint", "甲.csv", "-f", "xlsx"],
        &["lint", "甲.csv", "-o", "json:a.json", "-f", "xlsx"],
        &["lint", "甲.csv", "-f", "sarif", "--statistics"],
        &["lint", "甲.csv", "-o", "a.xlsx", "--statistics"],
        &["report", "甲.csv", "-o", "a.sarif"],
        &["diff", "甲.csv", "甲.csv", "-o", "a.xlsx"],
        &["report", "甲.csv", "-f", "full"],
        &["diff", "甲.csv", "甲.csv", "-o", "a.xml"],
        &["diff", "甲.csv", "甲.csv", "-f", "sarif"],
        &["export", "甲.csv", "-f", "github"],
    ] {
        let run = run_in(home.path(), args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(!run.stderr.is_empty(), "{args:?}");
        assert_eq!(names(home.path()), before, "{args:?}");
        assert_eq!(std::fs::read(home.path().join("甲.csv")).unwrap(), list, "{args:?}");
    }
}

#[test]
fn counts_by_rule() {
    let run = |args: &[&str]| run(&[&["lint", EXAMPLE], args].concat());
    let json = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let counted = json(&run(&["--statistics", "-f", "json"]).stdout);
    let whole = json(&run(&["-f", "json"]).stdout);
    assert_eq!(counted["format"], "tongban-lint-statistics/1");
    assert_eq!(counted["summary"], whole["summary"]);
    let findings = whole["findings"].as_array().unwrap();
    let mut last = u64::MAX;
    for rule in counted["rules"].as_array().unwrap() {
        let of = |finding: &&Value| finding["code"] == rule["code"];
        let fixes = findings
            .iter()
            .filter(of)
            .filter(|finding| !finding["fix"].is_null())
            .count() as u64;
        let count = rule["count"].as_u64().unwrap();
        assert_eq!(findings.iter().filter(of).count() as u64, count);
        assert_eq!(
            rule["fixable"].as_u64().unwrap() + rule["fixable_unsafe"].as_u64().unwrap(),
            fixes
        );
        assert!(count <= last, "sorted");
        last = count;
    }
    assert_eq!(run(&["--statistics"]).code, 1);
    assert_eq!(run(&["--statistics", "--fail-on", "never"]).code, 0);
}

/// What only a person may let through is told apart from what `--fix` does by itself.
#[test]
fn fixes_are_told_under_the_findings() {
    let lint = |args: &[&str]| {
        run(&[
            &["lint", "tests/lint/TIM005/bad.csv", "--isolated", "--select", "TIM005"],
            args,
        ]
        .concat())
    };
    let counted: Value = serde_json::from_str(&lint(&["--statistics", "-f", "json"]).stdout).unwrap();
    let count = counted["rules"][0]["fixable_unsafe"].as_u64().unwrap();
    assert!(count > 0, "{counted}");
    for (lang, said) in [
        ("zh", format!("{count} 条可用 --fix --unsafe-fixes 改正")),
        ("en", format!("{count} can be put right by --fix --unsafe-fixes")),
    ] {
        for form in [&["-f", "table"][..], &["-f", "full"], &["--statistics"]] {
            let text = lint(&[form, &["--lang", lang]].concat()).stdout;
            assert!(text.contains(&said), "{form:?}: {text}");
        }
    }
}

/// Which summary stands beside a list of one item is said in the file.
#[test]
fn summaries_say_what_they_count() {
    let item = "000119001000";
    let json = |args: &[&str]| -> Value { serde_json::from_str(&run(args).stdout).unwrap() };
    let whole = json(&["report", EXAMPLE, "-f", "json"]);
    let one = json(&["report", EXAMPLE, "-f", "json", "--item", item]);
    assert_eq!(whole["summary"], one["summary"]);
    assert_eq!(
        (&one["summary"]["scope"], &one["item"]),
        (&Value::from("all"), &Value::from(item))
    );
    assert!(whole.get("item").is_none());
    let diff = json(&[
        "diff",
        "519901",
        "519923",
        "--workspace",
        EXAMPLE,
        "-f",
        "json",
        "--item",
        item,
    ]);
    assert_eq!(
        (&diff["summary"]["scope"], &diff["item"]),
        (&Value::from("all"), &Value::from(item))
    );
}

/// What a rule marks is a value of its message, and stands in the cell, in at least one of its bad cases.
#[test]
fn marks_stand_in_their_cells() {
    let profile = Profile::load("national-12").unwrap();
    let rules = profile::rules().unwrap();
    let infos: Vec<_> = rules.iter().map(|(rule, _)| rule.clone()).collect();
    let mut wrong = Vec::new();
    for (rule, [message, _]) in rules.iter().filter(|(rule, _)| !rule.mark.is_empty()) {
        assert!(
            message.contains(&format!("${}", rule.mark)),
            "{}: {}",
            rule.code,
            rule.mark
        );
        let folder = root().join("tests/lint").join(&rule.code);
        let bad = ["csv", "json", "jsonl"].map(|end| folder.join(format!("bad.{end}")));
        let Some(bad) = bad.into_iter().find(|path| path.exists()) else {
            assert!(rule.code.starts_with("FIL"), "{} has no cases", rule.code);
            continue;
        };
        let catalogue = ingest::read(&[Source::file(bad)], &profile).catalogue;
        let laws = held(&catalogue, &profile);
        let findings = lint::run(&catalogue, &profile, &infos, &Settings::default(), Some(&laws));
        let found = findings
            .iter()
            .filter(|finding| finding.rule == rule.code)
            .any(|finding| {
                let Some((row, column)) = finding.cell else {
                    return false;
                };
                let cell = catalogue.cells(row).iter().find(|cell| cell.column == column).unwrap();
                let value = finding.args.iter().find(|(name, _)| *name == rule.mark);
                let text = catalogue.quote(cell);
                value.is_some_and(|(_, value)| {
                    value
                        .trim_end_matches('…')
                        .split('、')
                        .any(|part| !part.is_empty() && text.contains(part))
                })
            });
        if !found {
            wrong.push(rule.code.as_str());
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Threats, row 23: whoever reads only the beginning closes the pipe; that is nobody's fault, in whatever format.
#[test]
fn a_closed_pipe_is_no_error() {
    let example = "examples/three-districts";
    let laws = format!("{example}/laws");
    let commands: [(&[&str], &[&str]); 7] = [
        (&["export", example], &["csv", "md", "html", "json", "jsonl"]),
        (&["export", example, "--directory"], &["csv", "json"]),
        (&["report", example], &["table", "csv", "json", "html"]),
        (&["report", example, "--pairwise"], &["table", "csv", "json"]),
        (
            &["diff", "519901", "519923", "--workspace", example],
            &["table", "csv", "json"],
        ),
        (&["lint", example, "--fail-on", "never"], &["full", "csv", "json"]),
        (&["law", "check", example, "--laws", &laws], &["table", "csv", "json"]),
    ];
    for (args, formats) in commands {
        for format in formats {
            let run = |stdout: Stdio| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_tongban"));
                command.current_dir(root()).env_clear().env("TONGBAN_LANG", "zh");
                command.args(args).args(["-f", format]).stdout(stdout).output().unwrap()
            };
            let read = run(Stdio::piped());
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let closed = run(writer.into());
            assert!(!read.stdout.is_empty(), "{args:?} {format}");
            assert_eq!(closed.status.code(), read.status.code(), "{args:?} {format}");
            // What is said is what is said anyway.
            let [read, closed] = [read, closed].map(|run| String::from_utf8(run.stderr).unwrap());
            assert_eq!(closed, read, "{args:?} {format}");
        }
    }
}

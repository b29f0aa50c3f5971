//! Settings of lint in `tongban.toml` and in profiles: names, families, severities, exceptions; where they come from; and what is
//! said of mistyped ones (threats, rows 35 and 36).
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{Run, run_in};
use serde_json::Value;

const LIST: &str = "事项名称,基本编码,事项类型,法定办结时限,承诺办结时限\n\
    甲许可,000104002000,行政许可,60个工作日,70个工作日\n\
    乙（许可),000105002000,行政许可,60个工作日,5个工作日\n";

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A workspace of one region with these settings.
fn workspace(folder: &Path, settings: &str) {
    put(folder, "lists/甲区.csv", LIST);
    let region = "[[region]]\nid = \"440101\"\nname = \"甲区\"\nfiles = [\"lists/甲区.csv\"]\n";
    put(folder, "tongban.toml", &format!("{region}{settings}"));
}

fn lint(folder: &Path, args: &[&str]) -> Run {
    let mut all = vec!["lint", "--format", "json", "--fail-on", "never"];
    all.extend(args);
    run_in(folder, &all)
}

/// The findings as `TIM004 440101 000104002000 warning`.
fn findings(run: &Run) -> Vec<String> {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or("").to_owned();
    let all = report["findings"].as_array().unwrap().iter();
    all.map(|finding| {
        let words = ["code", "region", "item", "severity"].map(|key| text(finding, key));
        words.join(" ")
    })
    .collect()
}

fn codes(run: &Run) -> BTreeSet<String> {
    findings(run).iter().map(|line| line[..6].to_owned()).collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn rules_are_selected_and_ignored_in_every_way() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, "");
    let all = codes(&lint(folder, &[]));
    assert!(
        all.contains("TIM001") && all.contains("TIM004") && all.contains("NAM001"),
        "{all:?}"
    );
    let times: BTreeSet<String> = all.iter().filter(|code| code.starts_with("TIM")).cloned().collect();
    let others: BTreeSet<String> = all.difference(&times).cloned().collect();
    for (settings, expected) in [
        ("select = [\"TIME\"]", &times),
        ("select = [\"tim\"]", &times),
        ("ignore = [\"Time\"]", &others),
        ("select = [\"permit-over-45-days\"]", &set(&["TIM004"])),
        ("select = [\"TIM\", \"NAM001\"]\nignore = [\"TIM003\", \"TIM004\"]", &{
            let mut some = times.clone();
            some.remove("TIM003");
            some.remove("TIM004");
            some.insert("NAM001".to_owned());
            some
        }),
        ("select = [\"TIM004\"]\nignore = [\"TIM\"]", &set(&["TIM004"])),
        ("select = [\"TIM\"]\nseverity = { TIME = \"off\" }", &set(&[])),
    ] {
        workspace(folder, &format!("[lint]\n{settings}\n"));
        assert_eq!(&codes(&lint(folder, &[])), expected, "{settings}");
    }
    // The command line counts more.
    let names: BTreeSet<String> = all.iter().filter(|code| code.starts_with("NAM")).cloned().collect();
    assert_eq!(codes(&lint(folder, &["--select", "NAME"])), names);
    workspace(folder, "[lint]\nselect = [\"TIM004\", \"NAM001\"]\n");
    assert_eq!(codes(&lint(folder, &["--ignore", "name"])), set(&["TIM004"]));
    assert_eq!(codes(&lint(folder, &["--isolated"])), all);
}

#[test]
fn severities_are_set() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(
        folder,
        "[lint]\nselect = [\"TIM\"]\n[lint.severity]\nTIM = \"info\"\npermit-over-45-days = \"error\"\n",
    );
    let found = findings(&lint(folder, &[]));
    assert!(found.len() > 2, "{found:?}");
    for finding in &found {
        let expected = if finding.starts_with("TIM004") { "error" } else { "info" };
        assert!(finding.ends_with(expected), "{finding}");
    }
    let failed = |level: &str| run_in(folder, &["lint", ".", "--fail-on", level, "--ignore", "TIM004"]).code;
    assert_eq!((failed("warning"), failed("info")), (0, 1));
}

/// Every rule that compares with a number takes another one; no other does.
#[test]
fn only_rules_with_numbers_take_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let rules = tongban::profile::rules().unwrap().into_iter().map(|(rule, _)| rule);
    // Of the rules without a number one of each family.
    for rule in rules.filter(|rule| rule.threshold.is_some() || rule.code.ends_with("001")) {
        workspace(folder, &format!("[lint.thresholds]\n{} = 7\n", rule.code));
        let run = lint(folder, &["--select", "SET"]);
        assert_eq!(run.code, if rule.threshold.is_some() { 0 } else { 2 }, "{}", rule.code);
        if run.code == 2 {
            assert!(
                run.stderr.contains("tongban.toml:6") && run.stderr.contains(&rule.code),
                "{}",
                run.stderr
            );
        }
    }
}

const EXCEPTION: &str = "[[lint.exception]]\nrules = [\"TIM004\"]\nreason = \"等省里答复\"\n";

#[test]
fn exceptions_hide_what_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let select = "[lint]\nselect = [\"TIM004\", \"SET\"]\n";
    let [first, second] = ["000104002000", "000105002000"].map(|item| format!("TIM004 440101 {item} warning"));
    let both = vec![first.clone(), second.clone()];
    let unused = |mut lines: Vec<String>| {
        lines.push("SET002   warning".to_owned());
        lines
    };
    for (limits, left, hidden) in [
        ("", vec![], "2"),
        ("file = \"lists/*.csv\"", vec![], "2"),
        ("file = \"**/甲区.csv\"", vec![], "2"),
        ("file = \"甲区.csv\"", vec![], "2"),
        ("file = \"*/甲区.csv\"", vec![], "2"),
        ("file = \"lists\"", unused(both.clone()), ""),
        ("region = \"440101\"", vec![], "2"),
        ("region = \"甲区\"", vec![], "2"),
        ("item = \"000104002000\"", vec![second.clone()], "1"),
        ("item = \"甲许可\"", vec![second.clone()], "1"),
        ("item = \"丙许可\"", unused(both.clone()), ""),
        ("element = \"statutory_time\"", vec![], "2"),
        ("element = \"法定办结时限\"", vec![], "2"),
        ("element = \"promised_time\"", unused(both.clone()), ""),
        ("expires = 2999-12-31", vec![], "2"),
        (
            "expires = \"2999-12-31\"\nregion = \"甲区\"\nitem = \"甲许可\"",
            vec![second.clone()],
            "1",
        ),
    ] {
        workspace(folder, &format!("{select}{EXCEPTION}{limits}\n"));
        let run = lint(folder, &[]);
        let mut found = findings(&run);
        found.sort_by_key(|line| std::cmp::Reverse(line.starts_with("TIM")));
        assert_eq!(found, left, "{limits}: {}", run.stderr);
        let told = format!("遮住了 {hidden} 条");
        assert_eq!(
            run.stderr.contains(&told),
            !hidden.is_empty(),
            "{limits}: {}",
            run.stderr
        );
        assert!(
            hidden.is_empty() != run.stderr.contains("遮住了"),
            "{limits}: {}",
            run.stderr
        );
        // With other rules on the command line nothing is said to be unused.
        assert!(codes(&lint(folder, &["--select", "SET"])).is_empty(), "{limits}");
    }
}

/// An exception past its day hides nothing and is a finding at its line, in every format.
#[test]
fn expired_exceptions_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(
        folder,
        &format!("[lint]\nselect = [\"TIM004\", \"SET\"]\n{EXCEPTION}expires = 2020-06-30\n"),
    );
    let run = lint(folder, &[]);
    assert_eq!(codes(&run), set(&["TIM004", "SET001"]));
    assert_eq!(findings(&run).len(), 3);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let found = report["findings"].as_array().unwrap();
    let expired = found.iter().find(|finding| finding["code"] == "SET001").unwrap();
    assert!(expired.to_string().contains("tongban.toml"), "{expired}");
    // A workbook is no text.
    let formats = tongban::report::formats_of(tongban::report::About::Lint).map(|format| format.name);
    for format in formats.filter(|format| *format != "xlsx") {
        let run = run_in(folder, &["lint", "--format", format, "--fail-on", "warning"]);
        let text = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(run.code, 1, "{format}");
        assert!(
            run.stdout.contains("SET001") && run.stdout.contains("tongban.toml"),
            "{format}: {text}"
        );
    }
    let table = run_in(folder, &["lint", "--format", "table", "--fail-on", "never"]).stdout;
    assert!(
        table.contains("tongban.toml:7") && table.contains("2020-06-30") && table.contains("等省里答复"),
        "{table}"
    );
}

#[test]
fn wrong_exceptions_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (settings, line, said) in [
        ("[[lint.exception]]\nrules = [\"TIM004\"]\n", 5, "缺少“reason”"),
        ("[[lint.exception]]\nreason = \"x\"\n", 5, "缺少“rules”"),
        ("[[lint.exception]]\nrules = []\nreason = \"x\"\n", 5, "没有写规则"),
        (
            "[[lint.exception]]\nrules = [\"TIM004\"]\nreason = \" \"\n",
            7,
            "没有写理由",
        ),
        (&format!("{EXCEPTION}expires = \"明年\"\n"), 8, "不是日期"),
        (&format!("{EXCEPTION}expires = 2027\n"), 8, "不是日期"),
        (&format!("{EXCEPTION}file = \"[\"\n"), 8, "不是文件的写法"),
        ("[lint]\nselect = \"TIM\"\n", 6, "应当是列表"),
        ("[lint.thresholds]\nTIM004 = \"30\"\n", 6, "应当是整数"),
        (
            "[lint.severity]\nTIM004 = \"info\"\npermit-over-45-days = \"error\"\n",
            0,
            "写了两次",
        ),
    ] {
        workspace(folder, settings);
        let run = lint(folder, &[]);
        assert_eq!(run.code, 2, "{settings}");
        assert!(run.stderr.contains(said), "{settings}: {}", run.stderr);
        let place = if line == 0 {
            "tongban.toml:".to_owned()
        } else {
            format!("tongban.toml:{line} ")
        };
        assert!(run.stderr.contains(&place), "{settings}: {}", run.stderr);
    }
}

/// What can be written is listed where little can be; numbers are asked for in our own words, in both languages.
#[test]
fn what_can_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let whole = ["0 到 4294967295 的整数", "a whole number from 0 to 4294967295"];
    for (settings, [zh, en]) in [
        (
            "[lint.severity]\nTIM001 = \"fatal\"\n",
            ["可写：error, warning, info, off", "known: error, warning, info, off"],
        ),
        (
            &format!("{EXCEPTION}region = \"nowhere\"\n"),
            ["可写：440101, 甲区)", "known: 440101, 甲区)"],
        ),
        (
            "[lint]\nselect = [\"NOPE\"]\n",
            ["可写：all, FIL, FILE,", "known: all, FIL, FILE,"],
        ),
        ("[lint.thresholds]\nTIM004 = -5\n", whole),
        ("[lint.thresholds]\nTIM004 = 60.5\n", whole),
        ("[lint.thresholds]\nTIM004 = 99999999999\n", whole),
    ] {
        workspace(folder, settings);
        for (lang, said) in [("zh", zh), ("en", en)] {
            let run = lint(folder, &["--lang", lang]);
            assert_eq!(run.code, 2, "{settings}");
            assert!(run.stderr.contains(said), "{settings}: {}", run.stderr);
            assert!(!run.stderr.contains("u32"), "{settings}: {}", run.stderr);
        }
    }
    workspace(folder, "");
    for args in [&["lint", "--select", "NOPE"][..], &["explain", "NOPE"]] {
        let run = run_in(folder, args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(
            run.stderr.contains("TIM, TIME,") && run.stderr.contains("TIM001 …"),
            "{args:?}: {}",
            run.stderr
        );
    }
    put(
        folder,
        "rules/own.toml",
        "[[rule]]\ncode = \"GZ001\"\nname = \"own\"\nseverity = \"eror\"\ntitle = \"甲\"\n",
    );
    let run = lint(folder, &[]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("own.toml:4 ") && run.stderr.contains("“error”？"),
        "{}",
        run.stderr
    );
}

/// A family is explained by its rules, by its letters as by its word; a rule with a number says it, and how another one is set.
#[test]
fn families_and_numbers_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, "");
    put(
        folder,
        "rules/own.toml",
        "[[rule]]\ncode = \"GZ001\"\nname = \"own\"\nseverity = \"info\"\ntitle = \"甲\"\n\
         on = \"name\"\nforbidden = \"乙\"\nmessage = \"有乙\"\n",
    );
    let explain = |args: &[&str]| {
        let run = run_in(folder, &[&["explain"], args].concat());
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
        run.stdout
    };
    let times = explain(&["TIM"]);
    let rules = tongban::profile::rules().unwrap();
    let codes: Vec<&str> = rules.iter().map(|(rule, _)| rule.code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().filter(|code| code.starts_with("TIM")).collect();
    assert_eq!(times.lines().map(|line| &line[..6]).collect::<Vec<_>>(), codes);
    assert_eq!(explain(&["TIME"]), times);
    assert!(explain(&["gz"]).starts_with("GZ001"));
    assert!(explain(&["materials"]).contains("申请材料"), "elements come first");
    let listed = run_in(folder.parent().unwrap(), &["rules", &folder.to_string_lossy()]).stdout;
    assert!(listed.contains("TIM001") && listed.contains("GZ001"), "{listed}");
    for (args, said) in [
        (&["rules", "tset", "."][..], "“test”？"),
        (&["rules", "tset"], "“test”？"),
        (&["rules", "nowhere"], "找不到"),
    ] {
        let run = run_in(folder, args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
    }
    let (rule, _) = rules.iter().find(|(rule, _)| rule.threshold.is_some()).unwrap();
    let number = rule.threshold.as_ref().unwrap();
    for (lang, unit) in [("zh", &number.unit[0]), ("en", &number.unit[1])] {
        let text = explain(&[&rule.code, "--lang", lang]);
        assert!(text.contains(&format!(": {} {unit}", number.value)), "{text}");
        assert!(text.contains(&format!("{} = {}", rule.code, number.value)), "{text}");
    }
}

/// Threats, row 36: 30 misspellings, 30 right suggestions, each with its file and line.
#[test]
fn thirty_misspellings_thirty_suggestions() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let own = "id = \"own\"\ntitle = \"本市\"\nextends = \"national-12\"\n";
    // Where it is written, what is written, the line, what was meant.
    let manifest = "tongban.toml";
    let cases: [(&str, String, u32, &str); 30] = [
        (manifest, "[lints]\n".into(), 5, "lint"),
        (manifest, "[lint]\nselects = []\n".into(), 6, "select"),
        (manifest, "[lint]\nignroe = []\n".into(), 6, "ignore"),
        (manifest, "[lint]\nIgnore = []\n".into(), 6, "ignore"),
        (manifest, "[lint]\nbase_line = \"x\"\n".into(), 6, "baseline"),
        (manifest, "[lint.serverity]\nTIM004 = \"info\"\n".into(), 5, "severity"),
        (manifest, "[lint.threshold]\nTIM004 = 3\n".into(), 5, "thresholds"),
        (manifest, "[[lint.exceptions]]\n".into(), 5, "exception"),
        (manifest, format!("{EXCEPTION}expire = 2999-01-01\n"), 8, "expires"),
        (manifest, format!("{EXCEPTION}elements = \"fees\"\n"), 8, "element"),
        (manifest, format!("{EXCEPTION}regoin = \"x\"\n"), 8, "region"),
        (manifest, format!("{EXCEPTION}element = \"matrials\"\n"), 8, "materials"),
        (manifest, format!("{EXCEPTION}element = \"申请材科\"\n"), 8, "申请材料"),
        (manifest, format!("{EXCEPTION}region = \"440110\"\n"), 8, "440101"),
        (manifest, "[lint]\nselect = [\"TIM04\"]\n".into(), 6, "TIM004"),
        (
            manifest,
            "[lint]\nignore = [\n  \"MAT001\",\n  \"MAT0O2\"]\n".into(),
            8,
            "MAT002",
        ),
        (
            manifest,
            "[lint]\nignore = [\"permit_over_45_day\"]\n".into(),
            6,
            "permit-over-45-days",
        ),
        (
            manifest,
            "[lint]\nignore = [\"promise-longer-than-statuory\"]\n".into(),
            6,
            "promise-longer-than-statutory",
        ),
        (manifest, "[lint]\nselect = [\"MATERIAL\"]\n".into(), 6, "MATERIALS"),
        (manifest, "[lint.severity]\nTIM0004 = \"info\"\n".into(), 6, "TIM004"),
        (manifest, "[lint.severity]\nTIM004 = \"warn\"\n".into(), 6, "warning"),
        (manifest, "[lint.severity]\nTIM004 = \"eror\"\n".into(), 6, "error"),
        (manifest, "filse = [\"x\"]\n".into(), 5, "files"),
        (
            manifest,
            "[region.columns]\n\"经办期限\" = \"statutory_tme\"\n".into(),
            6,
            "statutory_time",
        ),
        ("own.toml", format!("{own}drops = []\n"), 4, "drop"),
        (
            "own.toml",
            format!("{own}keep = [\"basis\", \"condition\"]\n"),
            4,
            "conditions",
        ),
        (
            "own.toml",
            "id = \"own\"\ntitle = \"本市\"\nextends = \"national12\"\n".into(),
            3,
            "national-12",
        ),
        (
            "own.toml",
            format!("{own}[[element]]\nid = \"fees\"\npolicy = \"fewer-beter\"\n"),
            6,
            "fewer-better",
        ),
        (
            "own.toml",
            format!("{own}[lint]\nignore = [\"FEE\", \"TIM01\"]\n"),
            5,
            "TIM001",
        ),
        (
            "vocabulary/materials.toml",
            "[[material]]\nname = \"甲\"\nalias = [\"乙\"]\n".into(),
            3,
            "aliases",
        ),
    ];
    for (file, text, line, meant) in cases {
        workspace(folder, if file == manifest { &text } else { "" });
        if file != manifest {
            put(folder, file, &text);
        }
        let run = match file {
            "own.toml" => lint(folder, &["--profile", "own.toml"]),
            _ => lint(folder, &[]),
        };
        assert_eq!(run.code, 2, "{text}");
        assert!(
            run.stderr.contains(&format!("{file}:{line} ")) && run.stderr.contains(&format!("“{meant}”？")),
            "{text}: wanted {file}:{line} and {meant}, got {}",
            run.stderr
        );
    }
}

/// The same on the command line.
#[test]
fn mistyped_names_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, "");
    for (args, meant) in [
        (&["lint", "--select", "TIM04"][..], "TIM004"),
        (&["lint", "--ignore", "TIMES"], "TIME"),
        (&["lint", "--profile", "nationl-12"], "national-12"),
        (&["explain", "TIM0O4"], "TIM004"),
        (&["explain", "permit-over-45"], "permit-over-45-days"),
        (&["explain", "matreials"], "materials"),
        (&["explain", "hubei8"], "hubei-8"),
        (&["explain", "limit"], "limits"),
        (&["export", "--region", "44010"], "440101"),
        (&["diff", "甲去", "440101", "--workspace", "."], "甲区"),
    ] {
        let run = run_in(folder, args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(&format!("“{meant}”？")), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn profiles_switch_rules() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, "");
    let own = |extends: &str, lint: &str| {
        format!("id = \"own\"\ntitle = \"本市\"\nextends = \"{extends}\"\n[lint]\n{lint}\n")
    };
    put(folder, "base.toml", &own("national-12", "ignore = [\"TIME\"]"));
    put(folder, "own.toml", &own("base.toml", "ignore = [\"NAM001\"]"));
    let all = codes(&lint(folder, &[]));
    let with = |args: &[&str]| codes(&lint(folder, args));
    let left: BTreeSet<String> = all.iter().filter(|code| !code.starts_with("TIM")).cloned().collect();
    assert_eq!(with(&["--profile", "base.toml"]), left);
    let mut less = left.clone();
    assert!(less.remove("NAM001"));
    assert_eq!(with(&["--profile", "own.toml"]), less);
    assert_eq!(with(&["--profile", "own.toml", "--select", "TIM004"]), set(&["TIM004"]));
    workspace(folder, "[lint]\nselect = [\"all\"]\n");
    assert_eq!(with(&["--profile", "own.toml"]), all, "the manifest counts more");
    let said = run_in(folder, &["explain", "own.toml"]).stdout;
    assert!(said.contains("TIME") && said.contains("NAM001"), "{said}");
    let shipped = run_in(folder, &["explain", "supervision-15"]).stdout;
    assert!(
        shipped.contains("检查时不用的规则") && shipped.contains("TIM"),
        "{shipped}"
    );
    workspace(folder, "");
    let supervised = with(&["--profile", "supervision-15"]);
    assert!(supervised.iter().all(|code| !code.starts_with("TIM")), "{supervised:?}");
}

/// A list alone is judged by the manifest above it, as it is read in the workspace, and that is said.
#[test]
fn the_nearest_manifest_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let settings = format!("[lint]\nselect = [\"TIM004\", \"SET\"]\n{EXCEPTION}item = \"甲许可\"\n");
    workspace(home, &settings);
    let second = ["TIM004 440101 000105002000 warning"];
    let said = |run: &Run, manifest: &str| {
        let told = format!("检查按 {manifest} 的设置进行");
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    };
    for (here, path, manifest) in [
        ("", "lists/甲区.csv", "tongban.toml"),
        ("", "./lists", "tongban.toml"),
        ("lists", "甲区.csv", "../tongban.toml"),
        ("lists", ".", "../tongban.toml"),
    ] {
        let run = lint(&home.join(here), &[path]);
        assert_eq!(findings(&run), second, "{path}");
        said(&run, manifest);
        let isolated = lint(&home.join(here), &[path, "--isolated"]);
        assert!(codes(&isolated).contains("TIM001"), "{path}");
        assert!(!isolated.stderr.contains("tongban.toml"), "{}", isolated.stderr);
    }
    // A mistake in what only stands above is told too, and `..` is followed.
    let run = lint(&home.join("lists"), &["../lists/甲区.csv"]);
    assert_eq!(findings(&run), second);
    // A workspace that is named counts alone, and an unused exception of it is not told where its lists are not read.
    put(
        home,
        "other/tongban.toml",
        &format!("[lint]\nselect = [\"NAM\", \"SET\"]\n{EXCEPTION}"),
    );
    let run = lint(home, &["lists/甲区.csv", "--workspace", "other"]);
    let names = codes(&run);
    assert!(
        names.contains("NAM001") && names.iter().all(|code| code.starts_with("NAM")),
        "{names:?}"
    );
    said(&run, "other/tongban.toml");
    let run = run_in(home, &["lint", "lists/甲区.csv", "--workspace", "lists"]);
    assert_eq!(run.code, 2);
    // Without settings and found nowhere above, nothing is said.
    workspace(home, "");
    assert!(!lint(home, &[]).stderr.contains("设置"));
}

#[test]
fn several_manifests_do_not_overrule_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let same = "[lint]\nselect = [\"TIM004\"]\n";
    workspace(&home.join("a"), same);
    workspace(&home.join("b"), same);
    assert_eq!(codes(&lint(home, &["a", "b"])), set(&["TIM004"]));
    for settings in ["", "[lint]\nselect = [\"TIM003\"]\n", &format!("{same}{EXCEPTION}")] {
        workspace(&home.join("b"), settings);
        for paths in [["a", "b"], ["b", "a"], ["a/lists/甲区.csv", "b"]] {
            let run = lint(home, &paths);
            assert_eq!(run.code, 2, "{settings}");
            assert!(
                run.stderr.contains("a/tongban.toml") && run.stderr.contains("b/tongban.toml"),
                "{}",
                run.stderr
            );
        }
        assert_eq!(codes(&lint(home, &["a", "b", "--workspace", "a"])), set(&["TIM004"]));
        assert_eq!(lint(home, &["a", "b", "--isolated"]).code, 0);
    }
    // Profiles are no better.
    put(
        home,
        "c/tongban.toml",
        "profile = \"hubei-8\"\n[[region]]\nid = \"1\"\nfiles = [\"甲.csv\"]\n",
    );
    put(home, "c/甲.csv", LIST);
    let run = run_in(home, &["report", "a", "c"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(run_in(home, &["report", "a", "c", "--profile", "hubei-8"]).code, 0);
}

/// Threats, row 35: codes are for ever. (How `explain` and settings take a retired one is tested where it is done.)
#[test]
fn retired_codes_are_not_used_again() {
    let retired = tongban::profile::retired_rules().unwrap();
    let rules = tongban::profile::rules().unwrap();
    for old in &retired {
        let used = |(rule, _): &(tongban::model::RuleInfo, _)| rule.code == old.code || rule.name == old.name;
        assert!(!rules.iter().any(used), "{}", old.code);
    }
}

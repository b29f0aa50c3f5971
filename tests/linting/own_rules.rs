//! A workspace's own rules (`rules/*.toml`), through the program. In `tests/cases/rules/` each folder is a workspace: the column 期望 of
//! its lists names the own rules that must find a row, and no others may; `broken/` has files that are refused, with place and word.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{root, run_in};
use serde_json::Value;

fn cases() -> PathBuf {
    root().join("tests/cases/rules")
}

fn findings(folder: &Path, more: &[&str]) -> Vec<Value> {
    let args = [&["lint", ".", "--format", "json", "--top", "0"], more].concat();
    let run = run_in(folder, &args);
    assert!(run.code < 2, "{}: {}", folder.display(), run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).expect("findings are JSON");
    report["findings"].as_array().expect("findings").clone()
}

fn codes(findings: &[Value]) -> BTreeSet<&str> {
    findings.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

fn is_own(code: &str) -> bool {
    code.chars().take_while(char::is_ascii_alphabetic).count() != 3
}

#[test]
fn rows_are_found_as_they_say() {
    for name in ["texts", "values", "lists"] {
        let folder = cases().join(name);
        let tested = run_in(&folder, &["rules", "test"]);
        assert_eq!(tested.code, 0, "{name}: {}{}", tested.stdout, tested.stderr);
        assert_eq!(tested.stdout.lines().count(), 1, "{}", tested.stdout);
        let mut expected: BTreeMap<(String, u64), BTreeSet<String>> = BTreeMap::new();
        let mut all = BTreeSet::new();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "csv") {
                continue;
            }
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let mut reader = csv::Reader::from_path(&path).unwrap();
            let at = reader.headers().unwrap().iter().position(|h| h == "期望").unwrap();
            for (row, record) in (2..).zip(reader.records()) {
                let record = record.unwrap();
                let codes: BTreeSet<String> = record[at].split_whitespace().map(str::to_owned).collect();
                all.extend(codes.iter().cloned());
                if !codes.is_empty() {
                    expected.insert((file.clone(), row), codes);
                }
            }
        }
        let mut found: BTreeMap<(String, u64), BTreeSet<String>> = BTreeMap::new();
        for finding in findings(&folder, &[]) {
            let code = finding["code"].as_str().unwrap();
            if is_own(code) {
                let place = &finding["place"];
                let key = (
                    place["file"].as_str().unwrap().to_owned(),
                    place["row"].as_u64().unwrap(),
                );
                found.entry(key).or_default().insert(code.to_owned());
            }
        }
        assert_eq!(found, expected, "{name}");
        // Every rule of the workspace is needed somewhere.
        let listed = run_in(&folder, &["rules"]).stdout;
        let own: BTreeSet<String> = listed
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .filter(|code| is_own(code))
            .map(str::to_owned)
            .collect();
        assert_eq!(own, all, "{name}");
    }
}

#[test]
fn failing_examples_are_named_by_line() {
    let run = run_in(&cases(), &["rules", "test", "failing"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let told = "\
failing/rules/own.toml:12: FA001 finds-too-little 没有查出这条反例
failing/rules/own.toml:27: FA002 finds-too-much 误查了这条正例
failing/rules/own.toml:30: 警告：FA003 no-examples 没有反例（bad）
failing/rules/own.toml:30: 警告：FA003 no-examples 没有正例（good）
failing/rules/own.toml:47: FA004 no-row 的这个例子读不成清单里的一行
自己的规则 4 条，例子 8 个，不对的 3 个
";
    assert_eq!(run.stdout, told);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let mut count = 0;
    for entry in fs::read_dir(cases().join("broken")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let expected = text.lines().next().unwrap().strip_prefix("# expected: ").unwrap();
        let (line, word) = expected.split_once(' ').unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("rules")).unwrap();
        fs::write(folder.path().join("rules/b.toml"), &text).unwrap();
        for command in ["list", "test"] {
            let run = run_in(folder.path(), &["rules", command]);
            let place = format!("rules/b.toml{line} (");
            let fine = run.code == 2 && run.stderr.contains(&place) && run.stderr.contains(word);
            assert!(fine, "{}: {} {}", path.display(), run.code, run.stderr);
            assert!(run.stdout.is_empty());
        }
        count += 1;
    }
    assert_eq!(count, 24);
}

#[test]
fn own_rules_are_chosen_like_others() {
    let folder = cases().join("texts");
    let chosen = |args: &[&str]| -> BTreeSet<String> {
        let found = findings(&folder, args);
        codes(&found).into_iter().map(str::to_owned).collect()
    };
    let set = |codes: &[&str]| -> BTreeSet<String> { codes.iter().map(|code| (*code).to_owned()).collect() };
    let own = set(&["TX001", "TX002", "TX003", "TX004", "TX005", "TX006"]);
    assert_eq!(chosen(&["--select", "TX"]), own);
    assert_eq!(chosen(&["--select", "TX001,name-length"]), set(&["TX001", "TX005"]));
    assert_eq!(
        chosen(&["--select", "TX", "--ignore", "TX001,name-length"]),
        &own - &set(&["TX001", "TX005"])
    );
    assert!(chosen(&["--ignore", "TX"]).is_disjoint(&own));
    assert_eq!(run_in(&folder, &["lint", ".", "--select", "T"]).code, 2);
}

#[test]
fn own_rules_are_spoken_of_like_others() {
    let folder = cases().join("texts");
    let found = findings(&folder, &["--select", "TX001"]);
    assert_eq!(found[0]["message"], "材料里有“居委会出具的居住证明”");
    assert_eq!(
        found[0]["message_en"],
        "居委会出具的居住证明 among 申请表；居委会出具的居住证明"
    );
    assert_eq!(found[0]["severity"], "error");
    for name in ["TX001", "committee-proof", "tx001"] {
        let run = run_in(&folder, &["explain", name]);
        assert!(
            run.stdout.starts_with("TX001 committee-proof — 居委会证明\n"),
            "{}",
            run.stdout
        );
        assert!(
            run.stdout.contains("申请材料：申请表；居委会开的证明"),
            "{}",
            run.stdout
        );
    }
    let run = run_in(&folder, &["lint", ".", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&run.stdout).unwrap();
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == "TX004").unwrap();
    let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(
        (&rule["id"], &rule["properties"]["tags"][0]),
        (&"TX004".into(), &"TX".into())
    );
    // The table of all rules is the shipped one and the own ones behind it.
    let list = run_in(&folder, &["rules"]).stdout;
    let shipped = run_in(Path::new("/"), &["rules"]).stdout;
    assert_eq!(list.lines().count(), shipped.lines().count() + 6);
    assert!(list.contains("TX004   警告  telephone-needed"), "{list}");
}

/// The rule counts for the baseline as a shipped one does.
#[test]
fn a_baseline_holds_them() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let from = cases().join("texts");
    fs::create_dir(folder.join("rules")).unwrap();
    for file in ["tongban.toml", "a.csv", "rules/own.toml"] {
        fs::copy(from.join(file), folder.join(file)).unwrap();
    }
    assert_eq!(run_in(folder, &["baseline", "write", "."]).code, 0);
    let held = run_in(
        folder,
        &["lint", ".", "--baseline", "tongban.baseline.csv", "--select", "TX"],
    );
    assert_eq!(held.code, 0, "{}{}", held.stdout, held.stderr);
    // Another wording of the rule is no new finding; another fault is.
    let reword = |file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from));
        fs::write(folder.join(file), text.replace(from, to)).unwrap();
    };
    reword("rules/own.toml", "材料里有“{found}”", "不得要求{found}");
    let held = run_in(
        folder,
        &["lint", ".", "--baseline", "tongban.baseline.csv", "--select", "TX"],
    );
    assert_eq!(held.code, 0, "{}{}", held.stdout, held.stderr);
    reword("a.csv", "居委会决议", "居委会收入证明");
    let held = run_in(
        folder,
        &["lint", ".", "--baseline", "tongban.baseline.csv", "--select", "TX"],
    );
    assert_eq!(held.code, 1, "{}{}", held.stdout, held.stderr);
    assert!(held.stdout.contains("不得要求居委会收入证明"), "{}", held.stdout);
}

/// Rules stand beside the manifest, beside a profile, or in files that a profile names; reached twice, they count once.
#[test]
fn a_profile_brings_rules() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("more")).unwrap();
    fs::write(
        folder.join("a.csv"),
        "事项名称,基本编码,申请材料\n甲许可,000119001000,甲表\n",
    )
    .unwrap();
    let rule = "\u{FEFF}[[rule]]\r\ncode = \"OWN1234\"\r\nname = \"no-a\"\r\nseverity = \"error\"\r\ntitle = \"甲\"\r\n\
                message = \"甲\"\r\non = \"materials\"\r\nforbidden = \"甲\"\r\n";
    // Three letters are kept for the shipped families.
    fs::write(folder.join("more/a.toml"), rule).unwrap();
    fs::write(
        folder.join("own.toml"),
        "id = \"own\"\ntitle = \"本市\"\nextends = \"national-12\"\nrule_files = [\"more/a.toml\", \"./more/a.toml\"]\n",
    )
    .unwrap();
    fs::write(
        folder.join("city.toml"),
        "id = \"city\"\ntitle = \"区\"\nextends = \"own.toml\"\n",
    )
    .unwrap();
    let refused = run_in(folder, &["lint", "a.csv", "--profile", "city.toml"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("more/a.toml:2"), "{}", refused.stderr);
    fs::write(folder.join("more/a.toml"), rule.replace("OWN1234", "OWNS1234")).unwrap();
    let run = run_in(folder, &["lint", "a.csv", "--profile", "city.toml", "--select", "OWNS"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.stdout.matches("OWNS1234 no-a").count(), 1, "{}", run.stdout);
    // Without the profile the rule is not there, and its file is no list.
    assert_eq!(run_in(folder, &["lint", "a.csv", "--select", "OWNS"]).code, 2);
    let folders = run_in(folder, &["lint", ".", "--fail-on", "never"]);
    assert_eq!(folders.code, 0, "{}", folders.stderr);
    fs::rename(folder.join("more"), folder.join("rules")).unwrap();
    fs::write(
        folder.join("tongban.toml"),
        "[[region]]\nid = \"1\"\nfiles = [\"a.csv\"]\n",
    )
    .unwrap();
    let run = run_in(folder, &["lint", ".", "--select", "OWNS"]);
    assert_eq!(
        (run.code, run.stdout.matches("OWNS1234 no-a").count()),
        (1, 1),
        "{}",
        run.stderr
    );
    fs::write(folder.join("rules/gone.toml"), "[[rule]]\n").unwrap();
    assert_eq!(run_in(folder, &["lint", "."]).code, 2);
}

#[test]
fn the_example_has_rules() {
    let run = run_in(&root(), &["rules", "test", "examples/three-districts"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "自己的规则 3 条，例子 14 个，不对的 0 个\n"),
        "{}",
        run.stderr
    );
}

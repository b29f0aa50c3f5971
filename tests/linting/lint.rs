//! The rules of lint, each against its cases in `tests/lint/<CODE>/`: `bad` must be found, `good` is the same put right, `near`
//! looks like the fault and is none. A `directory` in the folder is the basic directory of all three.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::laws_of_rules::held;
use tongban::ingest::{self, Source};
use tongban::lint::{self, Run, Settings};
use tongban::messages::{Lang, Messages};
use tongban::model::{Confidence, Finding, RuleInfo, Severity};
use tongban::profile::{self, Profile};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

fn rules() -> Vec<(RuleInfo, [String; 2])> {
    profile::rules().expect("catalogs/rules can be read")
}

/// The file of a case, whatever its format.
fn file(folder: &Path, stem: &str) -> Option<PathBuf> {
    ["csv", "json", "jsonl"]
        .iter()
        .map(|end| folder.join(format!("{stem}.{end}")))
        .find(|path| path.exists())
}

fn findings(folder: &Path, stem: &str, profile: &Profile, rules: &[RuleInfo]) -> Vec<Finding> {
    let case = file(folder, stem).unwrap_or_else(|| panic!("{}: no {stem}", folder.display()));
    let directory = file(folder, "directory").map(|path| Source {
        directory: true,
        ..Source::file(path)
    });
    let sources: Vec<Source> = directory.into_iter().chain([Source::file(case)]).collect();
    let intake = ingest::read(&sources, profile);
    assert!(
        intake.errors.is_empty() && !intake.incomplete,
        "{}/{stem} was not read: {:?}",
        folder.display(),
        intake.errors
    );
    let unread = intake
        .catalogue
        .findings
        .iter()
        .find(|finding| finding.rule != "FIL004");
    assert!(unread.is_none(), "{}/{stem}: {unread:?}", folder.display());
    let laws = held(&intake.catalogue, profile);
    lint::run(&intake.catalogue, profile, rules, &Settings::default(), Some(&laws))
}

fn checked() -> Vec<&'static str> {
    lint::RULES
        .iter()
        .filter(|rule| !matches!(rule.run, Run::Ingest))
        .map(|rule| rule.code)
        .collect()
}

#[test]
fn every_rule_finds_its_cases_and_nothing_near_them() {
    let profile = Profile::load("national-12").expect("the profile ships");
    let rules = rules();
    let infos: Vec<RuleInfo> = rules.iter().map(|(rule, _)| rule.clone()).collect();
    let languages = [Messages::new(Lang::Zh, &rules), Messages::new(Lang::En, &rules)];
    let mut wrong = Vec::new();
    for code in checked() {
        let folder = folder().join(code);
        assert!(folder.is_dir(), "{code} has no cases in tests/lint/{code}");
        let of = |stem: &str| -> Vec<Finding> {
            let all = findings(&folder, stem, &profile, &infos);
            all.into_iter().filter(|finding| finding.rule == code).collect()
        };
        let rows =
            |findings: &[Finding]| -> BTreeSet<u32> { findings.iter().map(|finding| finding.place.row).collect() };
        let bad = of("bad");
        if bad.is_empty() {
            wrong.push(format!("{code}: nothing found in bad"));
        }
        for stem in ["good", "near"] {
            let found = of(stem);
            if !found.is_empty() {
                wrong.push(format!(
                    "{code}: found in {stem}, rows {:?}: {:?}",
                    rows(&found),
                    found[0].args
                ));
            }
        }
        for finding in &bad {
            for messages in &languages {
                let text = messages.with(code, &finding.args);
                assert!(!text.is_empty() && !text.contains(['{', '$']), "{code}: {text}");
            }
        }
        let info = infos.iter().find(|rule| rule.code == code).expect("the rule has texts");
        assert!(bad.iter().all(|finding| finding.severity == info.severity));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every row of these is another way to be wrong, so every row must be found.
#[test]
fn every_bad_row_is_found() {
    let profile = Profile::load("national-12").expect("the profile ships");
    let infos: Vec<RuleInfo> = rules().into_iter().map(|(rule, _)| rule).collect();
    let mut wrong = Vec::new();
    // What is wrong between rows is told at one of them.
    let between = |code: &str| code.starts_with("CRO") || code == "MAT017";
    for code in checked().into_iter().filter(|code| !between(code)) {
        let folder = folder().join(code);
        let path = file(&folder, "bad").expect("a bad case");
        let text = std::fs::read_to_string(&path).expect("a case can be read");
        let lines = match path.extension().and_then(|end| end.to_str()) {
            Some("json") => match serde_json::from_str(&text).expect("a case is JSON") {
                serde_json::Value::Array(rows) => rows.len(),
                _ => continue,
            },
            Some("jsonl") => text.lines().count(),
            _ => text.lines().count() - 1,
        };
        let found = findings(&folder, "bad", &profile, &infos);
        let rows: BTreeSet<u32> = found
            .iter()
            .filter(|finding| finding.rule == code)
            .map(|finding| finding.place.row)
            .collect();
        if rows.len() != lines {
            wrong.push(format!("{code}: only rows {rows:?} of {lines}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of what only several rows show, one row is told, and the right one: that of the region that stands alone, or the older version.
#[test]
fn the_right_row_is_told() {
    let profile = Profile::load("national-12").expect("the profile ships");
    let infos: Vec<RuleInfo> = rules().into_iter().map(|(rule, _)| rule).collect();
    // Row 0 is the whole file: what a list does not have stands in no row.
    let told: [(&str, &[u32], &str); 11] = [
        ("CRO007", &[2, 4], "511602"),
        ("CRO008", &[4], "511621"),
        ("CRO009", &[3], "511603"),
        ("CRO010", &[3, 5], "5116"),
        ("CRO011", &[3], "511603"),
        ("CRO012", &[0], "511621"),
        ("CRO013", &[4], "511621"),
        ("CRO014", &[4], "511621"),
        ("CRO015", &[5], "511622"),
        ("CRO016", &[5], "511622"),
        ("CRO017", &[5], "511622"),
    ];
    for (code, rows, region) in told {
        let found = findings(&folder().join(code), "bad", &profile, &infos);
        let found: Vec<&Finding> = found.iter().filter(|finding| finding.rule == code).collect();
        let places: Vec<u32> = found.iter().map(|finding| finding.place.row).collect();
        assert_eq!(places, rows, "{code}");
        assert!(found.iter().all(|finding| finding.region.starts_with(region)), "{code}");
    }
}

/// The row and what is said of it, without what may name other rows.
fn said(finding: &Finding) -> (String, u32, String, String, Vec<(String, String)>) {
    let values = finding
        .values()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    (
        finding.place.file.to_string(),
        finding.place.row,
        finding.rule.to_string(),
        finding.element.to_string(),
        values.collect(),
    )
}

/// Rows that say the same in an element are looked at together: what is found in a row must not depend on which rows it is read with, nor
/// on how many work on them.
#[test]
fn rows_are_judged_for_themselves() {
    let profile = Profile::load("national-12").expect("the profile ships");
    let infos: Vec<RuleInfo> = rules().into_iter().map(|(rule, _)| rule).collect();
    let files: Vec<PathBuf> = checked()
        .into_iter()
        .flat_map(|code| ["bad", "good", "near"].map(|stem| file(&folder().join(code), stem).expect("a case")))
        .collect();
    let lint = |files: &[PathBuf]| {
        let sources: Vec<Source> = files.iter().map(Source::file).collect();
        let catalogue = ingest::read(&sources, &profile).catalogue;
        lint::run(&catalogue, &profile, &infos, &Settings::default(), None)
    };
    let of_rows = |findings: &[Finding]| -> BTreeSet<_> {
        let of_rows = findings
            .iter()
            .filter(|finding| !["CRO", "FIL"].contains(&&finding.rule[..3]));
        of_rows.map(said).collect()
    };
    let alone: BTreeSet<_> = files
        .iter()
        .flat_map(|file| of_rows(&lint(std::slice::from_ref(file))))
        .collect();
    assert!(alone.len() > 100, "{}", alone.len());
    let together = lint(&files);
    assert_eq!(of_rows(&together), alone);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        assert!(
            pool.expect("a pool").install(|| lint(&files)) == together,
            "{threads} threads"
        );
    }
}

#[test]
fn every_folder_has_a_rule() {
    for entry in std::fs::read_dir(folder()).expect("tests/lint is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            assert!(checked().contains(&name), "tests/lint/{name} has no rule");
        }
    }
}

/// What a message asks for: the names behind `$`.
fn placeholders(message: &str) -> BTreeSet<&str> {
    message
        .split('$')
        .skip(1)
        .map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
        })
        .collect()
}

#[test]
fn rules_and_texts_belong_together() {
    let rules = rules();
    let codes: Vec<&str> = rules.iter().map(|(rule, _)| rule.code.as_str()).collect();
    let mut listed: Vec<&str> = lint::RULES.iter().map(|rule| rule.code).collect();
    listed.sort_unstable();
    assert_eq!(codes, listed, "catalogs/rules and lint::RULES");
    let names: BTreeSet<&str> = rules.iter().map(|(rule, _)| rule.name.as_str()).collect();
    let distinct: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(
        (names.len(), distinct.len()),
        (rules.len(), rules.len()),
        "names and codes are unique"
    );
    for (rule, [zh, en]) in &rules {
        let code = &rule.code;
        assert_eq!(placeholders(zh), placeholders(en), "{code}");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(rule.name.chars().all(kebab), "{code}: {}", rule.name);
        let texts = [&rule.title, &rule.doc, &rule.todo];
        assert!(
            texts.iter().all(|pair| pair.iter().all(|text| !text.trim().is_empty())),
            "{code}: a text is missing"
        );
        if !code.starts_with("FIL") {
            assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{code}: no examples");
        }
    }
}

/// Codes are for ever: other people's baselines and settings name them. `UPDATE=1` writes the list.
#[test]
fn codes_stay() {
    let path = folder().join("codes.txt");
    let mut text = String::new();
    for (rule, _) in rules() {
        let confidence = match rule.confidence {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        };
        assert!(matches!(
            rule.severity,
            Severity::Error | Severity::Warning | Severity::Info
        ));
        text.push_str(&format!(
            "{} {} {} {confidence}\n",
            rule.code,
            rule.name,
            rule.severity.word()
        ));
    }
    for rule in profile::retired_rules().expect("catalogs/rules can be read") {
        text.push_str(&format!("{} {} retired\n", rule.code, rule.name));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).expect("codes.txt can be written");
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        text,
        "UPDATE=1 accepts"
    );
}

/// A message says what stands in the cell, not how it was read; a document number is no title.
#[test]
fn messages_quote_the_cell() {
    let profile = Profile::load("national-12").expect("the profile ships");
    let (infos, texts): (Vec<RuleInfo>, Vec<_>) = rules().into_iter().unzip();
    for (code, said) in [
        ("BAS005", "如发改价格〔2015〕1299号"),
        ("CON005", "年满18周岁且品行良好"),
        ("FEE009", "“发改价格〔2015〕1299号第3条”"),
        ("MAT006", "：身份证"),
        ("NAM003", "法定名称里的除外"),
        ("NAM005", "“取水许可␣”"),
    ] {
        let at = infos
            .iter()
            .position(|rule| rule.code == code)
            .expect("the rule has texts");
        let [chinese, _] = &texts[at];
        let shown: Vec<String> = findings(&folder().join(code), "bad", &profile, &infos)
            .iter()
            .filter(|finding| finding.rule == code)
            .map(|finding| {
                finding.args.iter().fold(chinese.clone(), |text, (name, value)| {
                    text.replace(&format!("{{ ${name} }}"), value)
                })
            })
            .collect();
        assert!(shown.iter().any(|text| text.contains(said)), "{code}: {shown:?}");
    }
}

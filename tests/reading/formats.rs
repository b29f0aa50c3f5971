//! The formats of findings for servers of continuous integration: each holds every finding, and hostile names stay data.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use crate::support::{run, run_in};
use serde_json::Value;

const EXAMPLE: &str = "examples/three-districts";

fn lint(format: &str) -> String {
    let run = run(&["lint", EXAMPLE, "--format", format, "--top", "0"]);
    assert!(run.code < 2, "{}", run.stderr);
    run.stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// All formats have the same number of findings of each rule.
#[test]
fn counts_agree() {
    let wire = json(&lint("json"));
    let count = |codes: Vec<String>| {
        let mut counts = std::collections::BTreeMap::new();
        for code in codes {
            *counts.entry(code).or_insert(0_usize) += 1;
        }
        counts
    };
    let codes = |list: &Value, key: &str| -> Vec<String> {
        let entries = list.as_array().unwrap().iter();
        entries.map(|entry| entry[key].as_str().unwrap().to_owned()).collect()
    };
    let wanted = count(codes(&wire["findings"], "code"));
    assert!(!wanted.is_empty());
    assert_eq!(
        count(codes(&json(&lint("sarif"))["runs"][0]["results"], "ruleId")),
        wanted
    );
    assert_eq!(count(codes(&json(&lint("gitlab")), "check_name")), wanted);
    let annotations = lint("github");
    let of = |line: &str| {
        line.split("title=")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(count(annotations.lines().map(of).collect()), wanted);
    let junit = lint("junit");
    assert_eq!(junit.matches("<testcase ").count(), wanted.values().sum::<usize>());
    let severe = wire["summary"]["error"].as_u64().unwrap() + wire["summary"]["warning"].as_u64().unwrap();
    assert_eq!(junit.matches("<failure ").count() as u64, severe);
}

/// What the SARIF of a run must hold by the schema, as far as readers depend on it.
#[test]
fn sarif_is_whole() {
    let log = json(&lint("sarif"));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[key]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
    }
    let mut prints = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        assert_eq!(
            ids[result["ruleIndex"].as_u64().unwrap() as usize],
            result["ruleId"].as_str().unwrap()
        );
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
        assert!(prints.insert(result["partialFingerprints"]["tongban/v1"].as_str().unwrap().to_owned()));
    }
}

/// The same faults have the same fingerprints when their rows move.
#[test]
fn fingerprints_follow_the_row() {
    let folder = tempfile::tempdir().unwrap();
    let head = "事项名称,基本编码,法定办结时限,承诺办结时限\n";
    let (one, two) = (
        "甲许可,000104002000,20个工作日,25个工作日\n",
        "乙许可,000105002000,20个工作日,30个工作日\n",
    );
    let prints = |text: String| -> BTreeSet<String> {
        std::fs::write(folder.path().join("a.csv"), text).unwrap();
        let run = run_in(
            folder.path(),
            &["lint", "a.csv", "--format", "gitlab", "--select", "TIM001"],
        );
        let issues = json(&run.stdout);
        issues
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| issue["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = prints(format!("{head}{one}{two}"));
    assert_eq!(before.len(), 2);
    assert_eq!(before, prints(format!("{head}{two}{one}")));
    let changed = prints(format!("{head}{two}{}", one.replace("25", "26")));
    assert_eq!(before.intersection(&changed).count(), 1);
}

/// Names that try to be markup, commands or new lines stay data in every format.
#[test]
fn hostile_names_stay_data() {
    let folder = tempfile::tempdir().unwrap();
    let name = "\"x<script>&,::error file=a::\n##vso[a]%0A\u{1b}[2J\u{202e}]]>许可（\"";
    let text = format!(
        "事项名称,基本编码,法定办结时限,承诺办结时限\n\"{}\",,20个工作日,25个工作日\n",
        name.replace('"', "\"\"")
    );
    std::fs::write(folder.path().join("甲,乙:%.csv"), text).unwrap();
    for format in ["sarif", "github", "gitlab", "junit"] {
        let run = run_in(folder.path(), &["lint", "甲,乙:%.csv", "--format", format]);
        assert!(run.code < 2, "{format}: {}", run.stderr);
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{format}");
        match format {
            "github" => {
                assert!(run.stdout.lines().all(|line| {
                    ["::error file=", "::warning file=", "::notice file="]
                        .iter()
                        .any(|head| line.starts_with(head))
                }));
                let properties = run.stdout.lines().map(|line| line[2..].split("::").next().unwrap());
                assert!(
                    properties
                        .into_iter()
                        .all(|head| head.matches(',').count() == 2 && head.matches(':').count() == 0)
                );
            }
            "junit" => {
                let mut open = 0;
                let mut reader = quick_xml::Reader::from_str(&run.stdout);
                loop {
                    match reader.read_event().expect("it is XML") {
                        quick_xml::events::Event::Start(_) => open += 1,
                        quick_xml::events::Event::End(_) => open -= 1,
                        quick_xml::events::Event::Eof => break,
                        _ => {}
                    }
                }
                assert_eq!(open, 0);
            }
            _ => _ = json(&run.stdout),
        }
    }
}

//! The reading of the findings on the real lists (`tests/lint/judged.toml`): what a person agreed with is still found, what the rules were
//! tuned for does not come back, and of every hundred findings that were read at least 95 are right. Skipped, by name, where the lists
//! are not there. Must not know what a rule looks for.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{real, root, run};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Judged {
    sample: Vec<Sample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    name: String,
    /// How it was drawn.
    how: String,
    findings: Vec<Read>,
}

/// One finding, as it was read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    file: String,
    row: u64,
    code: String,
    element: String,
    verdict: Verdict,
    why: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// Right, and right at its severity.
    Agree,
    /// Not wanted, and still found.
    Disagree,
    /// Not wanted, and found no more.
    Tuned,
}

/// Where a finding stands: file, row, rule and element.
type Spot = (String, u64, String, String);

impl Read {
    fn spot(&self) -> Spot {
        (self.file.clone(), self.row, self.code.clone(), self.element.clone())
    }
}

fn samples() -> Vec<Sample> {
    let text = std::fs::read_to_string(root().join("tests/lint/judged.toml")).unwrap();
    toml::from_str::<Judged>(&text).unwrap().sample
}

/// The lists as they were linted for the reading: the two of Guangdong together.
const RUNS: [&[&str]; 2] = [
    &["guangdong/440000.jsonl", "guangdong/440100.jsonl"],
    &["sichuan/guangan_511602.csv"],
];

/// How often something is found at each spot of the real lists.
fn found() -> Option<BTreeMap<Spot, usize>> {
    let mut found = BTreeMap::new();
    for files in RUNS {
        let paths: Vec<String> = files
            .iter()
            .map(|file| real(file).map(|path| path.to_string_lossy().into_owned()))
            .collect::<Option<_>>()?;
        let mut args = vec![
            "lint",
            "--isolated",
            "--format",
            "json",
            "--top",
            "0",
            "--fail-on",
            "never",
        ];
        args.extend(paths.iter().map(String::as_str));
        let lint = run(&args);
        assert_eq!(lint.code, 0, "{}", lint.stderr);
        let lint: Value = serde_json::from_str(&lint.stdout).unwrap();
        for finding in lint["findings"].as_array().unwrap() {
            let place = &finding["place"];
            let path = place["file"].as_str().unwrap();
            let file = files.iter().find(|file| path.ends_with(*file)).unwrap();
            let spot = (
                (*file).to_owned(),
                place["row"].as_u64().unwrap_or_default(),
                finding["code"].as_str().unwrap().to_owned(),
                finding["element"].as_str().unwrap_or_default().to_owned(),
            );
            *found.entry(spot).or_default() += 1;
        }
    }
    Some(found)
}

#[test]
fn of_a_hundred_findings_at_least_95_are_right() {
    let samples = samples();
    let names: BTreeSet<&str> = samples.iter().map(|sample| sample.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["after", "even", "plain"]));
    for sample in &samples {
        let count = |verdict| sample.findings.iter().filter(|read| read.verdict == verdict).count();
        let (agree, disagree) = (count(Verdict::Agree), count(Verdict::Disagree));
        assert_eq!(agree + disagree, 100, "{}: a hundred stand", sample.name);
        assert!(agree >= 95, "{}: {agree}", sample.name);
        assert!(
            sample.how.contains("Random("),
            "{}: drawn by a generator with its seed",
            sample.name
        );
        assert!(
            sample.findings.iter().all(|read| !read.why.is_empty()),
            "{}",
            sample.name
        );
    }
}

#[test]
fn verdicts_stand() {
    let Some(found) = found() else { return };
    let mut lost = Vec::new();
    for sample in samples() {
        let mut read: BTreeMap<(Spot, Verdict), usize> = BTreeMap::new();
        for finding in &sample.findings {
            *read.entry((finding.spot(), finding.verdict)).or_default() += 1;
        }
        for ((spot, verdict), count) in read {
            let now = found.get(&spot).copied().unwrap_or_default();
            let holds = match verdict {
                Verdict::Agree | Verdict::Disagree => now >= count,
                Verdict::Tuned => now == 0,
            };
            if !holds {
                lost.push(format!("{}: {spot:?} {verdict:?}, found {now} times", sample.name));
            }
        }
    }
    // A disagree that is found no more has been tuned: say so in the list.
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

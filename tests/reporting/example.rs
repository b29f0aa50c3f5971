//! The shipped example: every cell of its report against an answer that was worked out beside the tool, and its outputs as read
//! snapshots.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support::{run, snapshot};
use serde_json::Value;

const EXAMPLE: &str = "examples/three-districts";

fn strings(value: &Value) -> Vec<String> {
    let mut list: Vec<String> = value
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    list.sort();
    list
}

fn groups(value: &Value, key: Option<&str>) -> Vec<Vec<String>> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut groups: Vec<Vec<String>> = list
        .iter()
        .map(|group| strings(key.map_or(group, |key| &group[key])))
        .collect();
    groups.sort();
    groups
}

/// `tests/cases/three-districts.json` comes from the values that the lists were written from, not from the tool.
#[test]
fn every_cell_is_as_planted() {
    let report = run(&["report", EXAMPLE, "--format", "json"]);
    assert_eq!(report.code, 0, "{}", report.stderr);
    let report: Value = serde_json::from_str(&report.stdout).expect("report is JSON");
    let expected: Value =
        serde_json::from_str(include_str!("../cases/three-districts.json")).expect("expectation is JSON");
    let cells = expected["cells"].as_array().expect("cells");
    assert!(cells.len() > 400);
    let mut wrong = Vec::new();
    for cell in cells {
        let items = report["items"].as_array().expect("items");
        let same = |item: &&Value| item["code"] == cell["code"] && item["handling"] == cell["case"];
        let Some(item) = items.iter().find(same) else {
            wrong.push(format!("no item {} {}", cell["code"], cell["case"]));
            continue;
        };
        let elements = item["elements"].as_array().expect("elements");
        let found = elements
            .iter()
            .find(|element| element["element"] == cell["element"])
            .expect("element");
        // What a variance allows differs all the same.
        let mut deviating = strings(&found["deviating"]);
        let allowed = found["allowed"].as_array().expect("allowed");
        deviating.extend(
            allowed
                .iter()
                .filter_map(|cell| cell["region"].as_str())
                .map(str::to_owned),
        );
        deviating.sort();
        let told = format!(
            "{} {:?} missing {:?} unknown {:?} deviating {:?} from {}",
            found["class"],
            groups(&found["groups"], Some("regions")),
            strings(&found["missing"]),
            strings(&found["unknown"]),
            deviating,
            found["reference"]["from"],
        );
        let planted = format!(
            "{} {:?} missing {:?} unknown {:?} deviating {:?} from {}",
            cell["class"],
            groups(&cell["groups"], None),
            strings(&cell["missing"]),
            strings(&cell["unknown"]),
            strings(&cell["deviating_from_reference"]),
            cell["reference_from"],
        );
        if told != planted {
            wrong.push(format!(
                "{} {} {}:\n    told    {told}\n    planted {planted}",
                cell["code"], cell["case"], cell["element"]
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cells:\n{}",
        wrong.len(),
        cells.len(),
        wrong.join("\n")
    );
}

/// Every row of the lists is somewhere in the account.
#[test]
fn every_row_is_accounted_for() {
    let report = run(&["report", EXAMPLE, "--format", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).expect("report is JSON");
    for region in report["regions"].as_array().expect("regions") {
        let rows = &region["rows"];
        let sum: u64 = ["compared", "divided", "only_here", "duplicate"]
            .iter()
            .filter_map(|key| rows[*key].as_u64())
            .sum();
        assert_eq!(Some(sum), rows["read"].as_u64(), "{region}");
    }
}

#[test]
fn outputs_are_as_read() {
    for (name, args) in [
        ("report.txt", vec!["report", EXAMPLE]),
        ("report.en.txt", vec!["report", EXAMPLE, "--lang", "en"]),
        (
            "report-item.csv",
            vec!["report", EXAMPLE, "--format", "csv", "--item", "000141005000"],
        ),
        (
            "report-item.json",
            vec!["report", EXAMPLE, "--format", "json", "--item", "000119001000"],
        ),
        ("report.md", vec!["report", EXAMPLE, "--format", "md"]),
        ("report-item.txt", vec!["report", EXAMPLE, "--item", "000119001000"]),
        ("diff.txt", vec!["diff", "东岭区", "西河区", "--workspace", EXAMPLE]),
        (
            "diff-item.json",
            vec![
                "diff",
                "519901",
                "519923",
                "--workspace",
                EXAMPLE,
                "--format",
                "json",
                "--item",
                "000117048000",
            ],
        ),
        (
            "diff-item.csv",
            vec![
                "diff",
                "519901",
                "519923",
                "--workspace",
                EXAMPLE,
                "--format",
                "csv",
                "--item",
                "000117048000",
            ],
        ),
        (
            "diff-explain.txt",
            vec![
                "diff",
                "519901",
                "519923",
                "--workspace",
                EXAMPLE,
                "--explain",
                "--item",
                "000117048000",
            ],
        ),
        (
            "diff-explain.json",
            vec![
                "diff",
                "519901",
                "519923",
                "--workspace",
                EXAMPLE,
                "--explain",
                "--format",
                "json",
                "--item",
                "000141005000",
            ],
        ),
        ("lint.txt", vec!["lint", EXAMPLE, "-f", "table"]),
        (
            "lint.json",
            vec!["lint", EXAMPLE, "--format", "json", "--select", "TIM001,COD002"],
        ),
        ("export.csv", vec!["export", EXAMPLE]),
        ("explain-materials.txt", vec!["explain", "materials"]),
        ("explain-profile.txt", vec!["explain", "supervision-15"]),
        ("explain-limits.txt", vec!["explain", "limits"]),
        ("help.txt", vec!["--help"]),
        ("help-report.txt", vec!["report", "--help"]),
        ("help-report.en.txt", vec!["report", "--help", "--lang", "en"]),
    ] {
        let run = run(&args);
        assert!(run.code < 2, "{name}: {}", run.stderr);
        snapshot(name, &run.stdout);
    }
}

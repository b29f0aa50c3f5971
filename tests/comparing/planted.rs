//! Generated lists that all say the same, each region in its own notation, with real differences planted: all of them are found, each in
//! its element, and nothing else. The benchmark does the same with 31 regions × 3,000 items.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::generator;
use std::collections::BTreeSet;

use crate::support::run_in;
use serde_json::Value;

fn write(folder: &std::path::Path, items: usize, regions: usize, percent: usize, seed: u64) -> generator::Planted {
    let (lists, planted) = generator::lists(items, regions, percent, seed);
    for list in &lists {
        std::fs::write(folder.join(format!("{}.csv", list.id)), &list.csv).unwrap();
    }
    planted
}

fn report(folder: &std::path::Path, files: &[String]) -> (String, Value) {
    let mut args = vec!["report", "--format", "json"];
    args.extend(files.iter().map(String::as_str));
    let run = run_in(folder, &args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let value = serde_json::from_str(&run.stdout).unwrap();
    (run.stdout, value)
}

#[test]
fn planted_differences_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let planted = write(folder.path(), 150, 9, 4, 3);
    assert!(planted.len() > 30);
    let (_, report) = report(folder.path(), &[]);
    assert_eq!(report["summary"]["items_compared"], 150);
    let mut found = BTreeSet::new();
    for item in report["items"].as_array().unwrap() {
        for cell in item["elements"].as_array().unwrap() {
            for region in cell["deviating"].as_array().unwrap() {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                found.insert((text(&item["code"]), text(region), text(&cell["element"])));
            }
        }
    }
    let missed: Vec<_> = planted.difference(&found).collect();
    let wrong: Vec<_> = found.difference(&planted).collect();
    assert!(
        missed.is_empty() && wrong.is_empty(),
        "missed {missed:?}\nwrong {wrong:?}"
    );
}

/// The order in which files are named changes nothing.
#[test]
fn order_of_inputs_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 40, 4, 10, 5);
    let files: Vec<String> = (0..4).map(|r| format!("{:06}.csv", 450_100 + r)).collect();
    let (first, _) = report(folder.path(), &files);
    let mut order = files;
    for _ in 0..3 {
        order.rotate_left(1);
        order.swap(0, 2);
        let (other, _) = report(folder.path(), &order);
        assert_eq!(first, other);
    }
}

/// What lint says of one region against the others is planted too; nothing is said of mere notation.
#[test]
fn lint_tells_regions_apart_by_what_is_planted() {
    let folder = tempfile::tempdir().unwrap();
    let planted = write(folder.path(), 300, 9, 6, 7);
    let rules = "CRO008,CRO009,CRO010,CRO011,CRO012,CRO013,CRO014,CRO015,CRO016,CRO017";
    let run = run_in(
        folder.path(),
        &[
            "lint",
            ".",
            "--select",
            rules,
            "--format",
            "json",
            "--top",
            "0",
            "--fail-on",
            "never",
        ],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lint: Value = serde_json::from_str(&run.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = lint["findings"].as_array().unwrap();
    let found: BTreeSet<(String, String, String)> = findings
        .iter()
        .map(|finding| {
            (
                text(&finding["item"]),
                text(&finding["region"]),
                text(&finding["element"]),
            )
        })
        .collect();
    let wrong: Vec<_> = found.difference(&planted).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    // Every planted limit and every planted type is told.
    for element in ["statutory_time", "type"] {
        let of = |set: &BTreeSet<(String, String, String)>| -> Vec<(String, String, String)> {
            set.iter().filter(|(_, _, own)| own == element).cloned().collect()
        };
        assert!(of(&planted).len() > 5, "{element}");
        assert_eq!(of(&found), of(&planted));
    }
    for element in ["materials", "conditions"] {
        assert!(found.iter().any(|(_, _, own)| own == element), "{element}");
    }
}

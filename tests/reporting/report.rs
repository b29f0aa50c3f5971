//! How regions are grouped: what cannot be judged agrees with none and differs from none; what contradicts is not one group.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support::run_in;
use serde_json::Value;

fn cell(element: &str, header: &str, texts: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    for (at, text) in texts.iter().enumerate() {
        let list = format!("事项名称,基本编码,{header}\n甲许可,000104002000,{text}\n");
        std::fs::write(folder.path().join(format!("{}.csv", (b'a' + at as u8) as char)), list).unwrap();
    }
    let run = run_in(folder.path(), &["report", ".", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let elements = report["items"][0]["elements"].as_array().unwrap().clone();
    elements.into_iter().find(|cell| cell["element"] == element).unwrap()
}

#[test]
fn what_cannot_be_judged_is_not_counted() {
    let cell = cell("statutory_time", "法定办结时限", &["20个工作日", "20(工作日)", "20天"]);
    assert_eq!(cell["class"], "uniform", "{cell}");
    assert_eq!(cell["unknown"], serde_json::json!(["c"]));
    assert_eq!(cell["index"], 0.0);
}

#[test]
fn numbers_that_contradict_are_two_groups() {
    let cell = cell(
        "basis",
        "设定依据",
        &[
            "《甲条例》（国务院令第1号）第三条",
            "《甲条例》第三条",
            "《甲条例》（国务院令第2号）第三条",
            "《甲条例》（国务院令第2号）第3条",
        ],
    );
    assert_eq!(cell["groups"].as_array().unwrap().len(), 2, "{cell}");
    assert_ne!(cell["class"], "uniform", "{cell}");
}

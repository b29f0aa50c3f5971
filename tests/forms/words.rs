//! Words of a workspace's own: files in `vocabulary/` and `codes/` beside `tongban.toml` or a profile add to those that ship.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use crate::support::run_in;
use serde_json::Value;

const HEAD: &str = "事项名称,基本编码,服务对象,申请材料,办理流程,承诺办结时限\n";

fn workspace(folder: &Path) {
    fs::write(
        folder.join("tongban.toml"),
        "[[region]]\nid = \"1\"\nname = \"甲区\"\nfiles = [\"a.csv\"]\n[[region]]\nid = \"2\"\nname = \"乙区\"\nfiles = [\"b.csv\"]\n",
    )
    .unwrap();
    fs::write(
        folder.join("a.csv"),
        format!("{HEAD}甲许可,000104002000,自然人,优粤卡；申请表,受理→联席会商→决定,即办\n"),
    )
    .unwrap();
    fs::write(
        folder.join("b.csv"),
        format!("{HEAD}甲许可,000104002000,群众,人才卡；申请表,受理→会商→决定,立马就办\n"),
    )
    .unwrap();
    fs::create_dir_all(folder.join("vocabulary")).unwrap();
    fs::create_dir_all(folder.join("codes")).unwrap();
}

fn words(folder: &Path) {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write(
        "vocabulary/materials.toml",
        "[[material]]\nname = \"优粤卡\"\naliases = [\"人才卡\"]\n",
    );
    write(
        "vocabulary/steps.toml",
        "[[step]]\nname = \"联席会商\"\naliases = [\"会商\"]\n",
    );
    write(
        "vocabulary/placeholders.toml",
        "[duration]\nimmediate = [\"立马就办\"]\n",
    );
    write(
        "codes/audience.toml",
        "[[value]]\ncode = \"1\"\nname = \"自然人\"\naliases = [\"群众\"]\n",
    );
}

fn verdicts(folder: &Path) -> Vec<(String, String)> {
    let run = run_in(
        folder,
        &["diff", "甲区", "乙区", "--workspace", ".", "--format", "json"],
    );
    assert!(run.code < 2, "{}", run.stderr);
    let diff: Value = serde_json::from_str(&run.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let differences = diff["differences"].as_array().unwrap().iter();
    differences
        .map(|one| (text(&one["element"]), text(&one["verdict"])))
        .collect()
}

#[test]
fn a_workspace_adds_words() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    let before = verdicts(folder.path());
    for element in ["audience", "materials", "procedure", "promised_time"] {
        let told = before
            .iter()
            .any(|(id, verdict)| id == element && verdict != "notation");
        assert!(told, "{element}: {before:?}");
    }
    words(folder.path());
    let after = verdicts(folder.path());
    assert!(after.iter().all(|(_, verdict)| verdict == "notation"), "{after:?}");
    assert_eq!(after.len(), 4);
    // The files of words are no lists.
    let listed = tempfile::tempdir().unwrap();
    for name in ["a.csv", "b.csv"] {
        fs::copy(folder.path().join(name), listed.path().join(name)).unwrap();
    }
    fs::create_dir_all(listed.path().join("vocabulary")).unwrap();
    fs::create_dir_all(listed.path().join("codes")).unwrap();
    words(listed.path());
    assert_eq!(run_in(listed.path(), &["report", "."]).code, 0);
}

#[test]
fn a_profile_brings_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder);
    fs::remove_file(folder.join("tongban.toml")).unwrap();
    words(folder);
    fs::write(
        folder.join("own.toml"),
        "id = \"own\"\ntitle = \"本市\"\nextends = \"national-12\"\n",
    )
    .unwrap();
    let run = run_in(folder, &["diff", "a.csv", "b.csv", "--profile", "own.toml"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(run_in(folder, &["diff", "a.csv", "b.csv"]).code, 1);
}

#[test]
fn what_is_wrong_in_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder);
    for (name, text, told) in [
        (
            "vocabulary/materials.toml",
            "[[material]]\nname = \"甲\"\nalias = [\"乙\"]\n",
            "materials.toml:3",
        ),
        (
            "vocabulary/material.toml",
            "[[material]]\nname = \"甲\"\n",
            "materials.toml",
        ),
        ("vocabulary/steps.toml", "[[step]\n", "steps.toml:1"),
        (
            "vocabulary/flips.toml",
            "[[flip]]\na = \"可以\"\nb = [\"应当\"]\n",
            "flips.toml",
        ),
        ("codes/audience.toml", "[[values]]\ncode = \"1\"\n", "audience.toml:1"),
    ] {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        let run = run_in(folder, &["report", "."]);
        assert_eq!(run.code, 2, "{name}");
        assert!(run.stderr.contains(told), "{name}: {}", run.stderr);
        fs::remove_file(&path).unwrap();
    }
}

//! What a person meets who puts items together: a 否 that parts what a code joined, proposals and their reasons, where decisions and
//! variances are looked for, and what is said of them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::run_in;

const HEAD: &str = "左区域,左事项,右区域,右事项,是否同一,说明\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn report(folder: &Path, args: &[&str]) -> (serde_json::Value, String) {
    let run = run_in(folder, &[&["report", "--format", "json"], args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    (serde_json::from_str(&run.stdout).unwrap(), run.stderr)
}

/// The regions of each item of a report: name, regions that have it.
fn items(report: &serde_json::Value) -> BTreeSet<(String, Vec<String>)> {
    let all: Vec<&str> = report["regions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|region| region["id"].as_str().unwrap())
        .collect();
    let absent = |item: &serde_json::Value| -> Vec<String> {
        let absent: Vec<&str> = item["absent"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        all.iter()
            .filter(|id| !absent.contains(id))
            .map(|id| (*id).to_owned())
            .collect()
    };
    let list = report["items"].as_array().unwrap().iter();
    list.map(|item| (item["name"].as_str().unwrap().to_owned(), absent(item)))
        .collect()
}

fn set(items: &[(&str, &[&str])]) -> BTreeSet<(String, Vec<String>)> {
    let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    items.iter().map(|(name, ids)| ((*name).to_owned(), own(ids))).collect()
}

/// 否 on a code that several regions share leaves those together that have one name, whichever region comes first.
#[test]
fn no_parts_the_right_region() {
    let list = |name: &str| format!("事项名称,基本编码,承诺办结时限\n{name},440119001000,5个工作日\n");
    let (well, other) = (list("取水许可"), list("律师事务所设立"));
    for odd in ["440100", "440300", "440500"] {
        let files =
            ["440100", "440300", "440500"].map(|id| (format!("{id}.csv"), if id == odd { &other } else { &well }));
        let rest: Vec<&str> = ["440100", "440300", "440500"]
            .into_iter()
            .filter(|id| *id != odd)
            .collect();
        for (left, right) in [(rest[0], odd), (odd, rest[0]), (rest[1], odd)] {
            let matches = format!("{HEAD}{left},440119001000,{right},440119001000,否,\n");
            let mut files: Vec<(&str, &str)> = files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            files.push(("matches.csv", &matches));
            let made = folder(&files);
            let (found, _) = report(made.path(), &[]);
            let mut expected = set(&[("取水许可", &rest)]);
            expected.extend(set(&[("律师事务所设立", &[odd])]));
            assert_eq!(items(&found), expected, "{left} {right}");
        }
    }
    // What a person says of the third region wins over its name.
    let matches =
        format!("{HEAD}440100,440119001000,440300,440119001000,否,\n440500,440119001000,440300,440119001000,是,\n");
    let made = folder(&[
        ("440100.csv", &well),
        ("440300.csv", &other),
        ("440500.csv", &well),
        ("matches.csv", &matches),
    ]);
    let (found, _) = report(made.path(), &[]);
    let together: BTreeSet<Vec<String>> = items(&found).into_iter().map(|(_, ids)| ids).collect();
    let expected = [vec!["440100"], vec!["440300", "440500"]];
    assert_eq!(
        together,
        expected.map(|ids| ids.into_iter().map(str::to_owned).collect()).into()
    );
}

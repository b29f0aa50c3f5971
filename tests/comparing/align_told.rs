//! `tongban align`: what it tells people: records under the names of the profile, why something cannot be done, and where a result is
//! not written.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use crate::support::align::json as asked;
use crate::support::run_in;
use serde_json::{Value as Json, json};

/// A region's list of one item, as JSON.
fn list(folder: &Path, name: &str, more: &Json) {
    let mut record = json!({"基本编码": "000119001000", "事项名称": "取水许可"});
    record
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let text = serde_json::to_string_pretty(&json!([record])).unwrap();
    fs::write(folder.join(format!("{name}.json")), text).unwrap();
}

/// Records are shown under the names that the profile has for their keys; the JSON keeps the keys.
#[test]
fn records_have_chinese_names() {
    let folder = tempfile::tempdir().unwrap();
    let paper = |originals: u32| json!({"申请材料": [{"name": "申请书", "originalnum": originals}], "收费项目信息": [{"收费项目名称": "工本费", "收费标准": "5元/证"}]});
    list(folder.path(), "450101", &paper(3));
    for other in ["450102", "450103"] {
        list(folder.path(), other, &paper(2));
    }
    let raw = asked(folder.path(), &["align", "450101", "."]);
    assert_eq!(raw["lines"][0]["from"], "name：申请书，originals：3");
    for args in [
        ["align", "450101", ".", "-f", "csv"],
        ["align", "450101", ".", "-f", "md"],
        ["diff", "450101.json", "450102.json", "-f", "csv"],
    ] {
        let run = run_in(folder.path(), &args);
        for told in ["材料名称：申请书，原件份数：3", "材料名称：申请书，原件份数：2"] {
            assert!(run.stdout.contains(told), "{args:?} {}", run.stdout);
        }
        assert!(!run.stdout.contains("originals"), "{args:?} {}", run.stdout);
    }
}

/// Why a region cannot be brought into line is in the head of the message, with what to do.
#[test]
fn the_head_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["450101", "450102"] {
        list(folder.path(), name, &json!({"承诺办结时限": "5个工作日"}));
    }
    for (args, head, more) in [
        (vec!["align", "450109", "."], "没有这个名称", "450101"),
        (vec!["align", "450101", "450101.json"], "不能这样看齐", "别的区域"),
        (
            vec!["align", "450101", ".", "--to", "directory"],
            "不能这样看齐",
            "directory = [",
        ),
        (
            vec!["align", "450101", ".", "--to", "region:450101"],
            "不能这样看齐",
            "不能与自己看齐",
        ),
        (
            vec!["align", "450101", ".", "--to", "region:450112"],
            "没有这个名称",
            "450102",
        ),
    ] {
        let run = run_in(folder.path(), &args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains(head) && run.stderr.contains(more), "{}", run.stderr);
        assert!(!run.stderr.contains("至少要有一份清单"), "{}", run.stderr);
    }
}

/// A file with an ending of no format is not written with a table in it.
#[test]
fn an_unknown_ending_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["450101", "450102"] {
        list(folder.path(), name, &json!({"承诺办结时限": "5个工作日"}));
    }
    for args in [
        vec!["align", "450101", "."],
        vec!["report", "."],
        vec!["report", ".", "--pairwise"],
        vec!["diff", "450101.json", "450102.json"],
        vec!["lint", "."],
        vec!["match", "."],
    ] {
        let path = folder.path().join("x.pdf");
        let run = run_in(folder.path(), &[&args[..], &["-o", "x.pdf"]].concat());
        assert_eq!((run.code, path.exists()), (2, false), "{args:?}");
        assert!(
            run.stderr.contains(".pdf") && run.stderr.contains(".csv"),
            "{}",
            run.stderr
        );
        for name in ["plain", "x.txt"] {
            let run = run_in(folder.path(), &[&args[..], &["-o", name]].concat());
            assert!(folder.path().join(name).exists(), "{args:?} {}", run.stderr);
            fs::remove_file(folder.path().join(name)).unwrap();
        }
    }
    let run = run_in(folder.path(), &["report", ".", "-o", "x.pdf", "-f", "csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

//! The real lists beside the project (`../shared/data`): what is known of them must come out, whatever the code path. Skipped, by name,
//! where they are not there.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{real, run};
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{self, Code, ElementId};
use tongban::normalise::duration;
use tongban::profile::Profile;

fn diff() -> Option<Value> {
    let (left, right) = (real("guangdong/440000.jsonl")?, real("guangdong/440100.jsonl")?);
    let run = run(&[
        "diff",
        &left.to_string_lossy(),
        &right.to_string_lossy(),
        "--format",
        "json",
    ]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    Some(serde_json::from_str(&run.stdout).expect("diff is JSON"))
}

fn of<'a>(diff: &'a Value, code: &str) -> Vec<&'a Value> {
    diff["differences"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| d["code"] == code)
        .collect()
}

fn normals(difference: &Value) -> (&str, &str) {
    (
        difference["left"]["normal"].as_str().unwrap(),
        difference["right"]["normal"].as_str().unwrap(),
    )
}

fn substantive<'a>(diff: &'a Value, code: &str) -> Vec<(&'a str, (&'a str, &'a str))> {
    of(diff, code)
        .into_iter()
        .filter(|d| d["verdict"] == "substantive")
        .map(|d| (d["element"].as_str().unwrap(), normals(d)))
        .collect()
}

#[test]
fn guangdong_is_compared_as_it_is() {
    let Some(diff) = diff() else { return };
    assert_eq!(
        (diff["left"]["id"].as_str(), diff["right"]["id"].as_str()),
        (Some("440000"), Some("440100"))
    );
    assert_eq!(diff["left"]["rows"], 998);
    assert_eq!(diff["right"]["rows"], 96);
    assert_eq!(diff["summary"]["items_compared"], 17);
    assert_eq!(diff["format"], "tongban-diff/1");

    // 开办外籍人员子女学校审批: statutory 150 against 20, promised 12 against 8, materials 5 against 12.
    let found = substantive(&diff, "440102012001");
    assert!(
        found.contains(&("statutory_time", ("150工作日", "20工作日"))),
        "{found:?}"
    );
    assert!(found.contains(&("promised_time", ("12工作日", "8工作日"))), "{found:?}");
    assert_eq!(found.len(), 3, "{found:?}");
    let materials = of(&diff, "440102012001")
        .into_iter()
        .find(|d| d["element"] == "materials")
        .unwrap();
    assert_eq!(materials["detail"]["added"].as_array().unwrap().len(), 7);
    assert_eq!(materials["detail"]["removed"].as_array().unwrap().len(), 0);

    // 无线电频率使用许可: statutory 30 against 20 in all five, promised 10 against 1 only in …003.
    for last in 1..=5 {
        let code = format!("44010401200{last}");
        let found = substantive(&diff, &code);
        assert!(
            found.contains(&("statutory_time", ("30工作日", "20工作日"))),
            "{code} {found:?}"
        );
        assert_eq!(
            found.contains(&("promised_time", ("10工作日", "1工作日"))),
            last == 3,
            "{code} {found:?}"
        );
        assert_eq!(found.len(), if last == 3 { 2 } else { 1 }, "{code} {found:?}");
    }

    // 律师事务所设立: promised 15 against 6, everything else equal.
    assert_eq!(of(&diff, "440109001001").len(), 1);
    assert_eq!(
        substantive(&diff, "440109001001"),
        [("promised_time", ("15工作日", "6工作日"))]
    );

    // 弩的制造审批: equal, not reported.
    assert!(of(&diff, "440106013001").is_empty());

    // Cut off, and different only as the level makes it: never substantive.
    for code in ["440105008001", "440105008004"] {
        assert!(substantive(&diff, code).is_empty(), "{code}");
        let found = of(&diff, code);
        assert!(
            found
                .iter()
                .all(|d| d["verdict"] == "unknown" || d["verdict"] == "level"),
            "{code} {found:?}"
        );
        assert!(found.iter().any(|d| d["element"] == "conditions"), "{code}");
    }
    let divided: Vec<&str> = diff["divided"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|d| d["code"].as_str())
        .collect();
    assert!(divided.contains(&"440105008001"), "{divided:?}");

    // A form for transport between provinces on one side, within the province on the other.
    let found = of(&diff, "440106011000");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0]["element"].as_str(), found[0]["verdict"].as_str()),
        (Some("materials"), Some("level"))
    );
    assert_eq!(found[0]["reason"], "level-scope");
}

#[test]
fn eight_handling_items_are_paired_by_name() {
    let Some(diff) = diff() else { return };
    let lawyers = of(&diff, "440109002001");
    let mut cases: Vec<(&str, &str)> = lawyers
        .iter()
        .filter(|d| d["element"] == "promised_time")
        .map(|d| (d["handling"].as_str().unwrap(), d["right"]["normal"].as_str().unwrap()))
        .collect();
    cases.sort_unstable();
    cases.dedup();
    assert_eq!(cases.len(), 8, "{cases:?}");
    assert!(
        lawyers
            .iter()
            .filter(|d| d["element"] == "promised_time")
            .all(|d| d["left"]["normal"] == "13工作日")
    );
    let days: Vec<&str> = cases.iter().map(|(_, days)| *days).collect();
    assert_eq!(days.iter().filter(|days| **days == "1工作日").count(), 4, "{cases:?}");
    assert_eq!(days.iter().filter(|days| **days == "10工作日").count(), 4, "{cases:?}");
    // One name differs only by doubled brackets.
    let names: Vec<&Value> = lawyers.into_iter().filter(|d| d["element"] == "name").collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0]["verdict"], "notation");
    for list in ["only_left", "only_right"] {
        assert!(
            diff[list]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| one["code"] != "440109002001"),
            "{list}"
        );
    }
}

/// `无` means that nothing is said: never zero, never a difference of substance.
#[test]
fn nothing_said_is_not_zero() {
    let Some(diff) = diff() else { return };
    for difference in diff["differences"].as_array().unwrap() {
        for side in ["left", "right"] {
            if difference[side]["raw"] == "无" {
                assert_eq!(difference[side]["normal"], "");
                assert_eq!(difference["verdict"], "missing");
            }
        }
    }
}

/// Every place that a difference quotes holds what it quotes.
#[test]
fn places_can_be_looked_up() {
    let Some(diff) = diff() else { return };
    for difference in diff["differences"].as_array().unwrap() {
        for side in ["left", "right"] {
            let place = &difference[side]["place"];
            let file = std::fs::read_to_string(place["file"].as_str().unwrap()).unwrap();
            let line = file.lines().nth(place["row"].as_u64().unwrap() as usize - 1).unwrap();
            let row: Value = serde_json::from_str(line).unwrap();
            let value = &row[place["column"].as_str().unwrap()];
            let raw = difference[side]["raw"].as_str().unwrap();
            if let Some(text) = value.as_str() {
                assert!(raw.contains(text), "{raw} {text}");
            }
            for entry in value.as_array().map(Vec::as_slice).unwrap_or_default() {
                assert!(raw.contains(entry.as_str().unwrap()), "{raw} {entry}");
            }
        }
    }
}

#[test]
fn report_and_lint_run_on_all_real_lists() {
    let Some(left) = real("guangdong/440000.jsonl") else {
        return;
    };
    let Some(right) = real("guangdong/440100.jsonl") else {
        return;
    };
    let Some(sichuan) = real("sichuan/guangan_511602.csv") else {
        return;
    };
    let (left, right, sichuan) = (
        left.to_string_lossy(),
        right.to_string_lossy(),
        sichuan.to_string_lossy(),
    );
    let report = run(&["report", &left, &right, "--format", "json"]);
    assert_eq!(report.code, 0, "{}", report.stderr);
    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(report["format"], "tongban-report/1");
    assert_eq!(report["summary"]["items_compared"], 17);
    for region in report["regions"].as_array().unwrap() {
        let sum: u64 = ["compared", "divided", "only_here", "duplicate"]
            .iter()
            .filter_map(|key| region["rows"][*key].as_u64())
            .sum();
        assert_eq!(Some(sum), region["rows"]["read"].as_u64());
    }
    for (file, rows) in [(&left, 998), (&right, 96), (&sichuan, 1135)] {
        let lint = run(&["lint", file, "--format", "json", "--fail-on", "never"]);
        assert_eq!(lint.code, 0, "{}", lint.stderr);
        let lint: Value = serde_json::from_str(&lint.stdout).unwrap();
        assert_eq!(lint["format"], "tongban-lint/1");
        assert_eq!(lint["summary"]["rows"], rows);
    }
}

/// Telephones for inquiries and complaints that are the same: counted here by the letters of the two cells alone. And what two regions
/// say otherwise of one item, as the README of the data has it.
#[test]
fn telephones_and_limits_of_guangdong_are_found() {
    let files = ["guangdong/440000.jsonl", "guangdong/440100.jsonl"];
    let Some(paths) = files.iter().map(|file| real(file)).collect::<Option<Vec<_>>>() else {
        return;
    };
    let (mut same, mut missing) = (Vec::new(), 0);
    for path in &paths {
        let file = path.to_string_lossy().into_owned();
        for (at, line) in std::fs::read_to_string(path).unwrap().lines().enumerate() {
            let row: Value = serde_json::from_str(line).unwrap();
            let phones = ["consult_phone", "complain_phone"].map(|key| row[key].as_str().unwrap().trim());
            missing += phones.iter().filter(|phone| **phone == "无").count();
            if phones[0] == phones[1] && phones[0] != "无" {
                same.push((file.clone(), at as u64 + 1));
            }
        }
    }
    assert_eq!((same.len(), missing), (106, 94));
    let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let run = run(&[
        "lint",
        &paths[0],
        &paths[1],
        "--select",
        "ONL,FEE,RES,CTC,CRO",
        "--format",
        "json",
        "--top",
        "0",
        "--fail-on",
        "never",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let lint: Value = serde_json::from_str(&run.stdout).unwrap();
    let found = |codes: &[&str]| -> Vec<(String, u64)> {
        let findings = lint["findings"].as_array().unwrap().iter();
        let of = findings.filter(|finding| codes.contains(&finding["code"].as_str().unwrap()));
        let mut places: Vec<(String, u64)> = of
            .map(|finding| {
                let place = &finding["place"];
                (
                    place["file"].as_str().unwrap().to_owned(),
                    place["row"].as_u64().unwrap(),
                )
            })
            .collect();
        places.sort();
        places
    };
    same.sort();
    assert_eq!(found(&["CTC001", "CTC003"]), same);
    assert_eq!(found(&["CTC004"]).len(), missing);
    // 开办外籍人员子女学校审批, and 无线电频率使用许可 five times; the type and everything else is the same.
    let limits: Vec<&str> = lint["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"].as_str().unwrap().starts_with("CRO"))
        .map(|finding| {
            assert_eq!(finding["code"], "CRO009", "{finding}");
            finding["item"].as_str().unwrap()
        })
        .collect();
    let radio = (1..=5).map(|last| format!("44010401200{last}"));
    let mut expected: Vec<String> = radio.chain(["440102012001".to_owned()]).collect();
    expected.sort();
    let mut limits: Vec<String> = limits.into_iter().map(str::to_owned).collect();
    limits.sort();
    assert_eq!(limits, expected);
}

/// Workbook templates without rows: their headers are understood, their cells are none.
#[test]
fn headers_of_a_real_template_are_understood() {
    let Some(template) = real("templates/jon2180_template.xlsx") else {
        return;
    };
    let inspect = run(&["inspect", &template.to_string_lossy()]);
    assert!(
        inspect.stdout.contains("篇扩承诺办结时限/pkcommitmentTime"),
        "{}",
        inspect.stdout
    );
    assert!(inspect.stdout.contains("promised_time"), "{}", inspect.stdout);
}

/// The same lists as CSV in two encodings and as a workbook give the same report, to the byte.
#[test]
fn guangdong_is_the_same_in_every_format() {
    let Some(folder) = real("guangdong") else { return };
    let out = tempfile::tempdir().unwrap();
    for format in ["gb18030", "utf-16", "xlsx"] {
        std::fs::create_dir(out.path().join(format)).unwrap();
    }
    for name in ["440000", "440100"] {
        let table = as_table(&std::fs::read_to_string(folder.join(format!("{name}.jsonl"))).unwrap());
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let (gb, _, lossy) = encoding_rs::GB18030.encode(&text);
        assert!(!lossy);
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        std::fs::write(out.path().join(format!("gb18030/{name}.csv")), gb).unwrap();
        std::fs::write(out.path().join(format!("utf-16/{name}.csv")), utf16).unwrap();
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, texts) in table.iter().enumerate() {
            for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet
                    .write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text)
                    .unwrap();
            }
        }
        book.save(out.path().join(format!("xlsx/{name}.xlsx"))).unwrap();
    }
    let report = |folder: &std::path::Path, ending: &str| {
        let files = ["440000", "440100"].map(|name| folder.join(format!("{name}.{ending}")));
        let run = run(&[
            "report",
            &files[0].to_string_lossy(),
            &files[1].to_string_lossy(),
            "--format",
            "json",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let expected = report(&folder, "jsonl");
    for (format, ending) in [("gb18030", "csv"), ("utf-16", "csv"), ("xlsx", "xlsx")] {
        let found = report(&out.path().join(format), ending);
        assert!(found == expected, "{format} differs from JSON Lines");
    }
}

/// Every time limit of both lists is read, and its spelling is that of the source without the brackets; 无 says nothing.
#[test]
fn every_limit_is_read() {
    let profile = Profile::load("national-12").unwrap();
    let (mut read, mut empty) = (0, 0);
    for file in ["guangdong/440000.jsonl", "guangdong/440100.jsonl"] {
        let Some(path) = real(file) else { return };
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            for field in ["handle_time", "handle_time_limit"] {
                let text = row[field].as_str().unwrap();
                match duration::parse(text, None, &profile.vocabulary.time) {
                    Some(limit) => {
                        read += 1;
                        assert_eq!(limit.to_string(), text.replace(['(', ')'], ""));
                    }
                    None => {
                        empty += 1;
                        assert_eq!(text, "无");
                    }
                }
            }
        }
    }
    assert_eq!((read, empty), (1579, 609));
}

/// The keys of all objects as headers, lists line by line.
fn as_table(jsonl: &str) -> Vec<Vec<String>> {
    let rows: Vec<serde_json::Map<String, Value>> =
        jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut keys: Vec<&String> = Vec::new();
    for key in rows.iter().flat_map(|row| row.keys()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join("\n"),
        Some(other) => other.to_string(),
    };
    let mut table = vec![keys.iter().map(|key| (*key).clone()).collect::<Vec<String>>()];
    table.extend(
        rows.iter()
            .map(|row| keys.iter().map(|key| text(row.get(*key))).collect()),
    );
    table
}

/// What of an element of a real list is not typed, with how often.
fn untyped(files: &[&str], elements: &[&str]) -> Option<BTreeMap<String, usize>> {
    let files: Option<Vec<_>> = files.iter().map(|file| real(file)).collect();
    let sources: Vec<Source> = files?.iter().map(Source::file).collect();
    let profile = Profile::load("national-12").unwrap();
    let catalogue = ingest::read(&sources, &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    assert!(catalogue.rows.len() > 1_000, "{}", catalogue.rows.len());
    let mut untyped = BTreeMap::new();
    for id in elements {
        let at = profile.elements.iter().position(|element| element.id == *id).unwrap();
        let mut said = 0;
        for row in catalogue.row_ids() {
            let value = forms.get(row, ElementId::of(at));
            let typed = match value {
                // Only what the vocabulary names as a placeholder is empty.
                model::Value::Empty => true,
                model::Value::Choice(choice) => !choice.code.is_empty(),
                model::Value::Choices(choices) => choices.iter().all(|choice| !choice.code.is_empty()),
                model::Value::Code(code) => !matches!(code, Code::Opaque(_)),
                model::Value::Name(name) => !name.item.is_empty(),
                _ => false,
            };
            said += usize::from(typed && *value != model::Value::Empty);
            if !typed {
                *untyped.entry(format!("{id}: {}", value.canonical())).or_default() += 1;
            }
        }
        assert_eq!(
            said + untyped.values().sum::<usize>(),
            catalogue.rows.len(),
            "{id}: rows that say nothing"
        );
    }
    Some(untyped)
}

#[test]
fn all_of_guangdong_is_typed() {
    let files = ["guangdong/440000.jsonl", "guangdong/440100.jsonl"];
    let Some(untyped) = untyped(&files, &["audience", "type", "code", "name"]) else {
        return;
    };
    assert!(untyped.is_empty(), "{untyped:#?}");
}

#[test]
fn all_of_sichuan_is_typed() {
    let Some(untyped) = untyped(&["sichuan/guangan_511602.csv"], &["code", "name"]) else {
        return;
    };
    assert!(untyped.is_empty(), "{untyped:#?}");
}

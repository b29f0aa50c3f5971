//! The real lists beside the project (`../shared/data`): what is known of them must come out, whatever the code path. Skipped, by name,
//! where they are not there.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use crate::support::{real, run};
use serde_json::Value;
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{self, Code, ElementId};
use tongban::normalise::{codes, duration};
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

/// The findings of a real list: of each rule the rows, each as often as it is found there, and the messages.
struct Found(BTreeMap<String, Vec<(u64, String)>>);

impl Found {
    fn of(file: &str) -> Option<Found> {
        let path = real(file)?;
        let lint = run(&[
            "lint",
            &path.to_string_lossy(),
            "--format",
            "json",
            "--fail-on",
            "never",
        ]);
        assert_eq!(lint.code, 0, "{}", lint.stderr);
        let lint: Value = serde_json::from_str(&lint.stdout).unwrap();
        let mut found: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
        for finding in lint["findings"].as_array().unwrap() {
            let rule = found.entry(finding["code"].as_str().unwrap().to_owned()).or_default();
            let message = finding["message"].as_str().unwrap().to_owned();
            rule.push((finding["place"]["row"].as_u64().unwrap(), message));
        }
        Some(Found(found))
    }

    fn rows(&self, rule: &str) -> Vec<u64> {
        self.messages(rule).iter().map(|(row, _)| *row).collect()
    }

    fn messages(&self, rule: &str) -> &[(u64, String)] {
        self.0.get(rule).map_or(&[], Vec::as_slice)
    }
}

const GUANGAN: &str = "sichuan/guangan_511602.csv";

/// The rows of 广安 as the file has them, with their numbers.
fn guangan() -> Option<Vec<(u64, BTreeMap<String, String>)>> {
    let mut reader = csv::Reader::from_path(real(GUANGAN)?).unwrap();
    let rows = reader.deserialize().zip(2_u64..);
    Some(rows.map(|(row, at)| (at, row.unwrap())).collect())
}

/// A valid credit code by GB 32100-2015, counted here once more, in another way than the tool does.
fn is_credit_code(code: &str) -> bool {
    let values: Option<Vec<usize>> = code
        .chars()
        .map(|c| "0123456789ABCDEFGHJKLMNPQRTUWXY".find(c))
        .collect();
    values.is_some_and(|values| {
        let weighted = values.iter().scan(1, |weight, value| {
            let sum = value * *weight;
            *weight = *weight * 3 % 31;
            Some(sum)
        });
        values.len() == 18 && (weighted.take(17).sum::<usize>() + values[17]) % 31 == 0
    })
}

#[test]
fn bodies_of_guangan_fail_the_check() {
    let (Some(list), Some(found)) = (guangan(), Found::of(GUANGAN)) else {
        return;
    };
    let wrong: Vec<u64> = list
        .iter()
        .filter(|(_, row)| !is_credit_code(&row["deptCode"]))
        .map(|(at, _)| *at)
        .collect();
    assert_eq!((list.len(), wrong.len()), (1135, 884));
    let codes: BTreeMap<&str, bool> = list
        .iter()
        .map(|(_, row)| (row["deptCode"].as_str(), is_credit_code(&row["deptCode"])))
        .collect();
    assert_eq!((codes.len(), codes.values().filter(|valid| **valid).count()), (39, 9));
    assert_eq!(found.rows("COD002"), wrong);
}

#[test]
fn names_of_guangan_are_judged() {
    let (Some(list), Some(found)) = (guangan(), Found::of(GUANGAN)) else {
        return;
    };
    let with = |is: &dyn Fn(&str) -> bool| -> Vec<u64> {
        list.iter()
            .filter(|(_, row)| is(&row["name"]))
            .map(|(at, _)| *at)
            .collect()
    };
    // Opened in one width and closed in the other, or not closed at all: as many of each width, but not in pairs.
    let count = |name: &str, c: char| name.matches(c).count();
    let mixed = with(&|name| count(name, '(') != count(name, ')') || count(name, '（') != count(name, '）'));
    assert_eq!(mixed.len(), 8);
    assert_eq!(found.rows("NAM001"), mixed);
    let half = with(&|name| name.contains(['(', ')']));
    assert_eq!(half.len(), 47);
    assert_eq!(found.rows("NAM002"), half);
    let level = with(&|name| name.contains("县级") || name.contains("市级"));
    assert_eq!(level.len(), 173);
    assert_eq!(found.rows("NAM003"), level);
    let typo = with(&|name| name.contains("岸线安全适用许可"));
    assert_eq!(typo.len(), 1);
    assert_eq!(found.rows("NAM007"), typo);
    // Two names stand under two codes.
    let twice = found.messages("CRO002");
    assert_eq!(twice.len(), 2);
    for (name, code, other) in [
        ("求职创业补贴申领", "512014025002", "512B0159000000"),
        (
            "城市建筑物、设施上张挂、张贴宣传品审批",
            "511A0188100004",
            "511A17033003",
        ),
    ] {
        let said = twice
            .iter()
            .any(|(_, message)| [name, code, other].iter().all(|part| message.contains(part)));
        assert!(said, "{name}: {twice:?}");
    }
}

/// One code was given out for the province; the old shapes are read as what they are.
#[test]
fn codes_of_guangan_are_read_as_they_are() {
    let (Some(list), Some(found)) = (guangan(), Found::of(GUANGAN)) else {
        return;
    };
    let elsewhere = found.messages("COD007");
    let other: Vec<u64> = list
        .iter()
        .filter(|(_, row)| row["itemCode"].contains("-510000000000-"))
        .map(|(at, _)| *at)
        .collect();
    assert_eq!(other.len(), 1);
    assert_eq!(found.rows("COD007"), other);
    assert!(elsewhere[0].1.contains("510000000000"), "{elsewhere:?}");
    let mut old = 0;
    for (at, row) in &list {
        let code = row["itemCode"].as_str();
        let head = code.split('-').next().unwrap();
        let read = codes::parse(code);
        if head.len() < 12 {
            old += 1;
            assert!(matches!(read, Code::Old { .. }), "row {at}: {code}: {read:?}");
        } else {
            assert!(matches!(read, Code::Sichuan { .. }), "row {at}: {code}: {read:?}");
        }
    }
    assert_eq!(old, 21);
    for rule in ["COD001", "COD009", "COD010", "COD011", "COD012", "COD014"] {
        assert_eq!(found.messages(rule), [], "{rule}");
    }
    // 511Z and 9: the only contradiction of types that the code of Sichuan proves.
    assert_eq!(found.rows("COD003").len(), 1);
    // The body inside stands behind -000-, or at the end of what is shorter.
    let differ = list.iter().filter(|(_, row)| {
        let code = row["itemCode"].as_str();
        let inside = match code.split_once("-000-") {
            Some((_, rest)) => rest.split('-').next(),
            None => code.rsplit('-').next(),
        };
        is_credit_code(&row["deptCode"]) && inside != Some(row["deptCode"].as_str())
    });
    let differ: Vec<u64> = differ.map(|(at, _)| *at).collect();
    assert_eq!(differ.len(), 20);
    assert_eq!(found.rows("COD005"), differ);
}

/// Bodies' codes, types against the national code, and brackets, counted in the files themselves.
#[test]
fn codes_and_names_of_guangdong_are_judged() {
    let national = [
        ("01", "行政许可"),
        ("07", "行政确认"),
        ("08", "行政奖励"),
        ("10", "其他行政权力"),
        ("20", "公共服务"),
    ];
    for (file, counts) in [
        ("guangdong/440000.jsonl", [1, 8, 3, 133, 49]),
        ("guangdong/440100.jsonl", [0, 0, 1, 46, 25]),
    ] {
        let (Some(path), Some(found)) = (real(file), Found::of(file)) else {
            return;
        };
        let text = std::fs::read_to_string(path).unwrap();
        let list: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let with = |is: &dyn Fn(&Value) -> bool| -> Vec<u64> {
            let rows = list.iter().zip(1_u64..);
            rows.filter(|(row, _)| is(row)).map(|(_, at)| at).collect()
        };
        let name = |row: &Value| row["TASK_NAME"].as_str().unwrap().to_owned();
        let bodies = with(&|row| !is_credit_code(&row["TASK_CODE"].as_str().unwrap()[..18]));
        let types = with(&|row| {
            // Body 18, level 1, region of the directory 2, type 2; 21 is no type of the national list.
            let code = row["matter_code"].as_str().unwrap();
            let digits = code.get(21..23).unwrap_or_default();
            let said = national.iter().find(|(code, _)| *code == digits);
            said.is_some_and(|(_, said)| row["TASK_TYPE_TEXT"] != *said)
        });
        let count = |text: &str, c: char| text.matches(c).count();
        let unpaired = with(&|row| {
            let name = name(row);
            count(&name, '(') != count(&name, ')') || count(&name, '（') != count(&name, '）')
        });
        let half = with(&|row| name(row).contains(['(', ')']));
        let both = with(&|row| name(row).contains(['(', ')']) && name(row).contains(['（', '）']));
        let counted = [bodies.len(), types.len(), unpaired.len(), half.len(), both.len()];
        assert_eq!(counted, counts, "{file}");
        for (rule, expected) in [
            ("COD002", &bodies),
            ("COD003", &types),
            ("NAM001", &unpaired),
            ("NAM002", &half),
        ] {
            assert_eq!(found.rows(rule), *expected, "{file}: {rule}");
        }
        // Every name with brackets of both widths is among those with half-width ones.
        assert!(both.iter().all(|row| half.contains(row)), "{file}");
        // Sub-items and parents agree, and nobody comes from another province.
        for rule in ["COD004", "COD013", "COD014", "COD015"] {
            assert_eq!(found.messages(rule), [], "{file}: {rule}");
        }
    }
}

/// What lint must find in these lists, counted beside the tool by a few lines of Python: the materials that hold 其他, 有关, 相关, 等 or
/// 规定的, each read and judged; names of materials whose last character is a mark; permits whose number of working days is over 45;
/// permits whose materials are 无; conditions that end in a colon, or in a semicolon after a first number without a second.
#[test]
fn facts_about_materials_and_limits_are_found() {
    let rules = ["MAT001", "MAT002", "MAT003", "TIM004", "CON003"];
    for (file, counts) in [
        ("guangdong/440000.jsonl", [26, 4, 3, 9, 85]),
        ("guangdong/440100.jsonl", [2, 10, 1, 33, 51]),
    ] {
        let Some(found) = Found::of(file) else { return };
        for (rule, count) in rules.iter().zip(counts) {
            assert_eq!(found.rows(rule).len(), count, "{file} {rule}");
        }
    }
    let rows = |file: &str, rule: &str| Found::of(file).map(|found| found.rows(rule));
    let materials = rows("guangdong/440000.jsonl", "MAT003").unwrap();
    assert_eq!(materials, [36, 134, 135]);
    assert_eq!(rows("guangdong/440100.jsonl", "MAT003").unwrap(), [11]);
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

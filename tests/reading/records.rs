//! Records: JSON in all the ways it comes, and TOML. Every file of `tests/cases/records` is a case: beside it stands what was read and what
//! was said (`UPDATE=1` writes it; read it before you accept it).
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use crate::support::root;
use tongban::ingest::{self, Intake, Source, limits};
use tongban::profile::Profile;

fn profile() -> Profile {
    Profile::load("national-12").expect("the profile ships")
}

fn read_with(path: &Path, columns: &[(&str, &str)]) -> (Intake, Profile) {
    let profile = profile();
    let columns = columns.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
    let source = Source {
        columns,
        ..Source::file(path)
    };
    (ingest::read(&[source], &profile), profile)
}

/// Reads a text as a file of this name.
fn read(name: &str, text: &str) -> (Intake, Profile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    read_with(&path, &[])
}

/// The findings as `code line column`.
fn said(intake: &Intake) -> Vec<String> {
    let findings = intake.catalogue.findings.iter();
    findings
        .map(|finding| {
            let place = &finding.place;
            format!("{} {} {}", finding.rule, place.line, place.column)
                .trim()
                .to_owned()
        })
        .collect()
}

/// The texts of a field in all rows.
fn texts(intake: &Intake, profile: &Profile, field: &str) -> Vec<String> {
    let field = profile.field(field).unwrap();
    let catalogue = &intake.catalogue;
    catalogue
        .row_ids()
        .map(|row| {
            catalogue
                .cell(row, field)
                .map_or_else(String::new, |cell| catalogue.quote(cell))
        })
        .collect()
}

fn describe(intake: &Intake, profile: &Profile) -> String {
    let mut out = String::new();
    let catalogue = &intake.catalogue;
    for error in &intake.errors {
        writeln!(out, "error {:?} {}", error.kind(), error.detail()).unwrap();
    }
    if let Some(file) = catalogue.files.first() {
        writeln!(out, "{} incomplete={}", file.reading.format, intake.incomplete).unwrap();
    }
    for row in catalogue.row_ids() {
        let (at, region) = {
            let row = &catalogue.rows[row.index()];
            (row.at, &catalogue.regions[row.region.index()])
        };
        writeln!(
            out,
            "row {} line {} region {} {}",
            at.row, at.line, region.id, region.name
        )
        .unwrap();
        for cell in catalogue.cells(row) {
            let field = &profile.fields[cell.field.index()].id;
            let column = catalogue.place(row, Some(cell)).column;
            let text = catalogue.quote(cell).replace('\n', " / ");
            writeln!(out, "  {field} {:?} [{column}] {text}", cell.shape).unwrap();
        }
    }
    for finding in &catalogue.findings {
        let place = &finding.place;
        let args: Vec<String> = finding
            .args
            .iter()
            .map(|(name, text)| format!("{name}={text}"))
            .collect();
        writeln!(
            out,
            "{} {:?} row {} line {} [{}] {}",
            finding.rule,
            finding.severity,
            place.row,
            place.line,
            place.column,
            args.join(" ")
        )
        .unwrap();
    }
    out
}

#[test]
fn every_case_is_read_as_it_was() {
    let folder = root().join("tests/cases/records");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|path| path.extension().is_none_or(|end| end != "read"));
    cases.sort();
    assert!(cases.len() >= 11, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let (intake, profile) = read_with(&case, &[]);
        let found = describe(&intake, &profile);
        let expected = case.with_extension(format!("{}.read", case.extension().unwrap().to_string_lossy()));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        if wanted != found {
            wrong.push(format!("{}:\n{found}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
}

/// Twenty files with a key that repeats, at various depths: twenty findings.
#[test]
fn a_key_that_repeats_is_always_found() {
    let item = r#""task_name":"取水许可","catalog_code":"000119001000""#;
    let cases = [
        // In the record.
        (r#"{@,"promise_day":"5","promise_day":"20"}"#, "promise_day", false),
        (r#"{@,"promise_day":"5","promise_day":"5"}"#, "promise_day", true),
        (r#"{@,"promise_day":5,"promise_day":5.0}"#, "promise_day", false),
        (r#"{@,"promise_day":"5","promise_d\u0061y":"6"}"#, "promise_day", false),
        (r#"{@,"promise_day":null,"promise_day":"6"}"#, "promise_day", false),
        (r#"{@,"x":{"a":1},"x":{"a":1}}"#, "x", true),
        // In an object inside, and in one inside that.
        (
            r#"{@,"EXT":{"promise_day":"5","promise_day":"6"}}"#,
            "EXT.promise_day",
            false,
        ),
        (r#"{@,"EXT":{"E":{"E":{"day":"5","day":"5"}}}}"#, "EXT.E.E.day", true),
        // In nested records.
        (
            r#"{@,"itemMaterials":[{"material_name":"a","material_name":"b"}]}"#,
            "itemMaterials[1].material_name",
            false,
        ),
        (
            r#"{@,"itemMaterials":[{"material_name":"a"},{"is_need":"1","is_need":"1"}]}"#,
            "itemMaterials[2].is_need",
            true,
        ),
        (
            r#"{@,"byLaws":[{"law":{"law_name":"a","law_name":"b"}}]}"#,
            "byLaws[1].law.law_name",
            false,
        ),
        (r#"{@,"unknown":[[{"a":1,"a":2}]]}"#, "unknown[1][1].a", false),
        (
            r#"{@,"itemMaterials":[],"itemMaterials":[{"material_name":"a"}]}"#,
            "itemMaterials",
            false,
        ),
        // In lists and envelopes.
        (r#"[{@,"promise_day":"5","promise_day":"6"}]"#, "promise_day", false),
        (r#"{"code":200,"code":200,"data":[{@}]}"#, "code", true),
        (r#"{"code":200,"code":500,"data":[{@}]}"#, "code", false),
        (r#"{"data":{"total":1,"list":[{@}],"total":2}}"#, "data.total", false),
        (r#"{"data":{"list":[{@}]},"x":{"y":{"y":1}},"x":{"y":2}}"#, "x", false),
        (
            r#"{"data":{"list":[{"I":{@,"promise_day":"5","promise_day":"6"}}]}}"#,
            "I.promise_day",
            false,
        ),
        (r#"{"data":{"list":[{@}]},"data":{"list":[{@}]}}"#, "data", true),
    ];
    assert_eq!(cases.len(), 20);
    let mut wrong = Vec::new();
    for (text, path, same) in cases {
        let (intake, profile) = read("list.json", &text.replace('@', item));
        let found: Vec<String> = said(&intake)
            .into_iter()
            .filter(|said| said.starts_with("FIL017"))
            .collect();
        let names = texts(&intake, &profile, "name");
        let days = texts(&intake, &profile, "promised_time").concat();
        let fine = found == [format!("FIL017 1 {path}")]
            && intake.incomplete != same
            && names == ["取水许可"]
            && days == if path == "promise_day" && same { "5" } else { "" };
        if !fine {
            wrong.push(format!("{text}: {found:?} {names:?} {days:?} {}", intake.incomplete));
        }
    }
    // Two envelopes that contradict each other: neither is the list.
    let (intake, _) = read(
        "list.json",
        r#"{"data":[{"task_name":"甲","catalog_code":"1"}],"data":[]}"#,
    );
    assert!(
        said(&intake).contains(&"FIL017 1 data".to_owned()),
        "{:?}",
        said(&intake)
    );
    assert_eq!(intake.catalogue.rows.len(), 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}1{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn sixty_four_levels_pass_and_one_more_is_refused() {
    let item = r#"{"task_name":"取水许可","catalog_code":"000119001000","x":@}"#;
    let toml = "[[item]]\nname = \"取水许可\"\ncode = \"000119001000\"\nx = @\n";
    // What stands around the value: its record, and in TOML the root and the header.
    for (name, form, open, close, around) in [
        ("l.jsonl", item, "[", "]", 1),
        ("l.jsonl", item, "{\"a\":", "}", 1),
        ("l.toml", toml, "[", "]", 3),
        ("l.toml", toml, "{a=", "}", 3),
    ] {
        let fits = limits::JSON_DEPTH - around;
        for (levels, deep) in [(fits, false), (fits + 1, true)] {
            let text = form.replace('@', &nested(open, close, levels)) + &form.replace('@', "1");
            let (intake, profile) = read(name, &text);
            let found = said(&intake).iter().any(|said| said.starts_with("FIL026"));
            assert_eq!(
                (found, intake.incomplete),
                (deep, deep),
                "{name} {open} {levels} {:?}",
                said(&intake)
            );
            assert_eq!(
                texts(&intake, &profile, "name"),
                ["取水许可", "取水许可"],
                "{name} {open} {levels}"
            );
        }
    }
}

#[test]
fn a_hundred_thousand_levels_are_refused() {
    let deep = 100_000;
    let item = r#"{"task_name":"取水许可","catalog_code":"000119001000","x":@}"#;
    for (name, text) in [
        ("l.json", "[".repeat(deep)),
        ("l.json", nested("[", "]", deep)),
        ("l.json", "{\"a\":".repeat(deep)),
        ("l.json", nested("{\"a\":", "}", deep)),
        ("l.json", nested("[{\"a\":", "}]", deep)),
        ("l.jsonl", item.replace('@', &nested("[", "]", deep)) + "\n" + item),
        ("l.toml", format!("a = {}", "[".repeat(deep))),
        ("l.toml", format!("a = {}", nested("[", "]", deep))),
        ("l.toml", format!("a = {}", nested("{a=", "}", deep))),
        ("l.toml", format!("[{}a]\nb = 1", "a.".repeat(deep))),
        ("l.toml", format!("{}a = 1", "a.".repeat(deep))),
    ] {
        let start = text.chars().take(12).collect::<String>();
        let (intake, _) = read(name, &text);
        assert!(intake.incomplete && intake.errors.is_empty(), "{name} {start}");
    }
}

/// A user names the path or the key.
#[test]
fn the_user_names_columns_inside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.json");
    let text = r#"[{"A":{"task_name":"取水许可","catalog_code":"1","天数":"5"},"B":{"天数":"20"}}]"#;
    std::fs::write(&path, text).unwrap();
    let columns = [("A.天数", "promised_time"), ("B.天数", "statutory_time")];
    let (intake, profile) = read_with(&path, &columns);
    assert_eq!(texts(&intake, &profile, "promised_time"), ["5"]);
    assert_eq!(texts(&intake, &profile, "statutory_time"), ["20"]);
    std::fs::write(&path, text.replace(r#","B":{"天数":"20"}"#, "")).unwrap();
    let (intake, profile) = read_with(&path, &[("天数", "promised_time")]);
    assert_eq!(texts(&intake, &profile, "promised_time"), ["5"]);
}

/// What begins like TOML and is not.
#[test]
fn toml_is_told_from_json_and_csv() {
    for (text, format) in [
        ("[[item]]\nname = \"取水许可\"", "toml"),
        ("# 目录\n\n[[事项]] # 一\nname = \"取水许可\"", "toml"),
        (
            "region_code = \"440000\"\n[[item]]\nname=\"甲\"\ncode=\"000119001000\"",
            "toml",
        ),
        ("[[\"事项名称\",\"基本编码\"],[\"取水许可\",\"000119001000\"]]", "json"),
        ("[{\"task_name\":\"a\"}]", "json"),
        ("[1]", "json"),
        ("事项名称,基本编码\n取水许可,000119001000", "csv"),
        ("清单（a=b）,,\n事项名称,基本编码\n取水许可,000119001000", "csv"),
    ] {
        let (intake, _) = read("list", text);
        let found = intake.catalogue.files.first().map(|file| file.reading.format);
        assert_eq!(found, Some(format), "{text}");
    }
}

/// Broken objects line by line do not make reading slow: each is tried to the end of the text at most a few times.
#[test]
fn broken_streams_end_soon() {
    let lines = 60_000;
    let text = "{\"a\":[1,\n".repeat(lines);
    let start = std::time::Instant::now();
    let (intake, _) = read("l.jsonl", &text);
    assert!(intake.incomplete);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

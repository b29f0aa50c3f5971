//! Sheets as offices draw them: every file of `tests/cases/sheets` is a sheet (rows, merged cells) with the rows that must be read
//! from it and the findings that must be said. Each is read as a workbook, and as CSV where it says so.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::Path;

use crate::support::root;
use rust_xlsxwriter::{Format, Workbook};
use serde::Deserialize;
use tongban::ingest::{Source, read};
use tongban::profile::Profile;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why the case is there.
    #[serde(rename = "what")]
    _what: String,
    #[serde(default)]
    sheet: Option<String>,
    rows: Vec<Vec<String>>,
    /// First row, first column, last row, last column, all from 1.
    #[serde(default)]
    merges: Vec<[u32; 4]>,
    expect: String,
    /// What is expected of the same rows in a CSV; none: not read as CSV.
    #[serde(default)]
    expect_csv: Option<String>,
}

#[test]
fn sheets_are_read_as_they_are_meant() {
    let profile = Profile::load("national-12").expect("profile");
    let folder = tempfile::tempdir().unwrap();
    let mut cases: Vec<_> = std::fs::read_dir(root().join("tests/cases/sheets"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 10, "{} cases", cases.len());
    let mut wrong = String::new();
    for path in cases {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&std::fs::read_to_string(&path).unwrap()).expect("a case");
        let xlsx = folder.path().join(format!("{name}.xlsx"));
        write_xlsx(&case, &xlsx);
        let mut compare = |kind: &str, file: &Path, expect: &str| {
            let found = dump(file, &profile);
            if found.trim() != expect.trim() {
                let _ = writeln!(wrong, "== {name} as {kind}:\n{found}\n-- expected:\n{expect}");
            }
        };
        compare("xlsx", &xlsx, &case.expect);
        if let Some(expect) = &case.expect_csv {
            let csv = folder.path().join(format!("{name}.csv"));
            let mut writer = csv::WriterBuilder::new().flexible(true).from_path(&csv).unwrap();
            let width = case.rows.iter().map(Vec::len).max().unwrap_or(0);
            for row in &case.rows {
                let mut row = row.clone();
                row.resize(width, String::new());
                writer.write_record(&row).unwrap();
            }
            drop(writer);
            compare("csv", &csv, if expect == "same" { &case.expect } else { expect });
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn write_xlsx(case: &Case, path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    if let Some(name) = &case.sheet {
        sheet.set_name(name).unwrap();
    }
    for (row, texts) in case.rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row as u32, column as u16, text).unwrap();
        }
    }
    for [r1, c1, r2, c2] in &case.merges {
        let text = &case.rows[*r1 as usize - 1][*c1 as usize - 1];
        sheet
            .merge_range(r1 - 1, *c1 as u16 - 1, r2 - 1, *c2 as u16 - 1, text, &Format::new())
            .unwrap();
    }
    book.save(path).unwrap();
}

/// Every row with its fields as `id=text@row`, then every finding with its row.
fn dump(path: &Path, profile: &Profile) -> String {
    let intake = read(&[Source::file(path)], profile);
    let catalogue = &intake.catalogue;
    let mut out = String::new();
    for id in catalogue.row_ids() {
        let row = &catalogue.rows[id.index()];
        let _ = write!(out, "{}:", row.at.row);
        for cell in catalogue.cells(id) {
            let text = catalogue.quote(cell).replace('\n', "↵");
            let field = &profile.fields[cell.field.index()].id;
            let at = catalogue.place(id, Some(cell)).row;
            let up = if at == row.at.row {
                String::new()
            } else {
                format!("@{at}")
            };
            let _ = write!(out, " {field}={text}{up}");
        }
        out.push('\n');
    }
    for finding in &catalogue.findings {
        let _ = writeln!(out, "{} {} {}", finding.rule, finding.place.row, finding.place.column);
    }
    if intake.incomplete {
        out.push_str("incomplete\n");
    }
    for error in &intake.errors {
        let _ = writeln!(out, "{error}");
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// A sheet, or a column, may be named after the district whose list it is.
#[test]
fn districts_are_known_by_their_names() {
    let profile = Profile::load("national-12").expect("profile");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("各区清单.xlsx");
    let mut book = Workbook::new();
    for name in ["广州市天河区", "广州市越秀区", "说明"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        if name != "说明" {
            for (column, texts) in [["事项名称", "取水许可"], ["基本编码", "000119001000"]]
                .iter()
                .enumerate()
            {
                sheet.write_string(0, column as u16, texts[0]).unwrap();
                sheet.write_string(1, column as u16, texts[1]).unwrap();
            }
        }
    }
    book.save(&path).unwrap();
    let csv = folder.path().join("list.csv");
    std::fs::write(
        &csv,
        "区域,事项名称,基本编码\n天河区,取水许可,000119001000\n某新区,取水许可,000119001000\n",
    )
    .unwrap();
    let regions = |path: &Path| -> Vec<(String, String)> {
        let regions = read(&[Source::file(path)], &profile).catalogue.regions;
        regions
            .into_iter()
            .map(|region| (region.id.to_string(), region.name))
            .collect()
    };
    let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
    assert_eq!(
        regions(&path),
        [pair("440106", "广州市天河区"), pair("440104", "广州市越秀区")]
    );
    assert_eq!(regions(&csv), [pair("440106", "天河区"), pair("某新区", "某新区")]);
}

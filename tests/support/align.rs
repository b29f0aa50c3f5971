//! The laws of `tongban align`, held on whatever lists a folder has.
//!
//! Must not know how these lists came to be.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{Catalogue, Fees, FieldId, Patch, RowId, Value};
use tongban::profile::Profile;

use super::run_in;

/// A copy of the lists of a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let new = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&new).unwrap();
            copy(&path, &new);
        } else {
            fs::copy(&path, &new).unwrap();
        }
    }
}

pub(crate) fn json(folder: &Path, args: &[&str]) -> Json {
    let run = run_in(folder, &[args, &["--format", "json"]].concat());
    assert_eq!(run.code, 0, "{args:?} {}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

pub(crate) fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Code, case and element of a cell.
pub(crate) type Cell = (String, String, String);

/// What a report says of each cell: the region's own standing, and that of all others.
pub(crate) fn deviations(report: &Json) -> BTreeMap<String, BTreeSet<Cell>> {
    let mut found: BTreeMap<String, BTreeSet<Cell>> = BTreeMap::new();
    for item in report["items"].as_array().unwrap() {
        for cell in item["elements"].as_array().unwrap() {
            for region in cell["deviating"].as_array().unwrap() {
                let place = (text(&item["code"]), text(&item["handling"]), text(&cell["element"]));
                found.entry(text(region)).or_default().insert(place);
            }
        }
    }
    found
}

/// Aligns a region in a folder, puts the new lists in the place of the old, and holds the laws. Gives how many lines the patch has.
pub(crate) fn laws(folder: &Path, region: &str, to: &str, worse: bool) -> usize {
    let about = format!("{region} --to {to} {worse}");
    let mut asked = vec!["align", region, ".", "--to", to];
    if worse {
        asked.push("--allow-worse");
    }
    let patch = json(folder, &asked);
    let lines = patch["lines"].as_array().unwrap().clone();
    for line in &lines {
        assert_ne!(line["from"], line["to"], "{about}");
        if !worse {
            let saving = line["saving"].as_object().unwrap();
            assert!(
                saving.values().all(|count| count.as_i64().unwrap() > 0),
                "{about} {line}"
            );
            let papers = ["materials", "procedure"].contains(&line["element"].as_str().unwrap());
            assert!(
                !papers || line["detail"]["added"] == Json::from(Vec::<Json>::new()),
                "{about} {line}"
            );
        }
    }
    let before = deviations(&json(folder, &["report", "."]));
    let burdens = burdens(folder);
    let new = tempfile::tempdir().unwrap();
    let into = new.path().to_string_lossy().into_owned();
    let run = run_in(folder, &[&asked[..], &["--apply", "-o", &into]].concat());
    assert_eq!(run.code, 0, "{about} {}", run.stderr);
    assert!(!run.stderr.contains("没有写进文件"), "{about} {}", run.stderr);
    copy(new.path(), folder);
    let after = deviations(&json(folder, &["report", "."]));
    let again = json(folder, &asked);
    // What can be brought into line is, and stays so.
    assert_eq!(again["lines"], Json::from(Vec::<Json>::new()), "{about}");
    let none = BTreeSet::new();
    for (other, cells) in &after {
        let known = before.get(other).unwrap_or(&none);
        let more: Vec<_> = cells.difference(known).collect();
        assert!(
            more.is_empty() || to == "best" || to.starts_with("region:"),
            "{about}: new {other} {more:?}"
        );
        if other != region && !to.starts_with("region:") && to != "best" {
            assert_eq!(cells, known, "{about}: {other}");
        }
    }
    // The report holds regions against the directory, else against the majority.
    let own = after.get(region).unwrap_or(&none);
    for line in lines.iter().filter(|line| line["reason"] == "align") {
        let cell = (text(&line["code"]), text(&line["handling"]), text(&line["element"]));
        let same_reference = to == "directory" || to == "majority";
        assert!(!same_reference || !own.contains(&cell), "{about}: still there {cell:?}");
    }
    // What is still there is what the patch said that it leaves.
    let place = |line: &Json| (text(&line["code"]), text(&line["handling"]), text(&line["element"]));
    let left: BTreeSet<Cell> = patch["refused"].as_array().unwrap().iter().map(place).collect();
    if to == "majority" && !folder.join("directory.csv").exists() {
        let more: Vec<_> = own.difference(&left).collect();
        assert!(more.is_empty(), "{about}: left without a word {more:?}");
    }
    if !worse {
        for (row, (old, new)) in burdens.iter().zip(self::burdens(folder)).enumerate() {
            for (old, new) in old.iter().zip(new) {
                assert!(new <= *old, "{about}: row {row}: {old} → {new}");
            }
        }
    }
    lines.len()
}

/// The lines of a patch written into the bytes of one file, of which the first row has this number.
pub(crate) fn applied(source: &Source, bytes: &[u8], profile: &Profile, first: usize, patch: &Patch) -> Vec<u8> {
    let held = Source {
        given: Some(std::sync::Arc::new(bytes.to_vec())),
        ..source.clone()
    };
    let list = ingest::read_one(&held, profile).catalogue;
    let lines = |row: RowId, field: FieldId| {
        let own =
            move |line: &&tongban::model::PatchLine| (line.cell.0.index(), line.cell.1) == (row.index() + first, field);
        patch.lines.iter().filter(own)
    };
    let new = |row: RowId, field: FieldId, text: &str| {
        let mut texts = lines(row, field).flat_map(|line| &line.texts);
        texts.find(|(old, _)| old == text).map(|(_, new)| new.clone())
    };
    let lists = |row: RowId, field: FieldId| {
        let line = lines(row, field).find_map(|line| line.content.as_ref());
        line.map(|(_, new)| new.clone())
    };
    let edited = ingest::edit(source, bytes, profile, &list, &new, &lists).unwrap();
    edited.bytes.unwrap_or_else(|| bytes.to_vec())
}

pub(crate) fn catalogue(folder: &Path) -> (Profile, Catalogue) {
    let profile = Profile::load("national-12").unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|ending| ["csv", "xlsx", "json"].iter().any(|known| ending == *known))
            || path.extension().is_some_and(|ending| ending == "toml")
                && !path.ends_with("tongban.toml")
                && !path.ends_with("variance.toml")
    });
    files.sort_by_key(|path| path.file_stem().map(std::ffi::OsStr::to_os_string));
    let sources: Vec<Source> = files.iter().map(Source::file).collect();
    let intake = ingest::read(&sources, &profile);
    (profile, intake.catalogue)
}

/// Papers, steps, promised days and fees of each row, counted beside the tool; what is not said counts as before.
pub(crate) fn burdens(folder: &Path) -> Vec<[f64; 4]> {
    let (profile, catalogue) = catalogue(folder);
    let forms = Forms::of(&catalogue, &profile);
    let value = |row: RowId, id: &str| forms.get(row, profile.element(id).unwrap());
    let number = |text: String| text.parse::<f64>().unwrap();
    let rows = catalogue.row_ids().map(|row| {
        let papers = match value(row, "materials") {
            Value::Materials(items) => items.len() as f64,
            _ => 0.0,
        };
        let steps = match value(row, "procedure") {
            Value::Steps(steps) => steps.len() as f64,
            _ => 0.0,
        };
        let days = match value(row, "promised_time") {
            Value::Duration(days) => days.span.map_or(0.0, |span| number(span.high.to_string())),
            _ => 0.0,
        };
        let fee = match value(row, "fees") {
            Value::Fees(Fees::Charged(items)) => items
                .iter()
                .filter_map(|item| item.amount)
                .map(|amount| number(amount.high.to_string()))
                .sum(),
            _ => 0.0,
        };
        [papers, steps, days, fee]
    });
    rows.collect()
}

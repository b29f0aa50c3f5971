//! Snapshots: what is saved is read back as it was read from files, whatever happens to the file in between is told, and nothing is
//! lost when a program is killed, a disk is full or two programs write at once.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use crate::support;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support::{Run, root, run_in};
use tongban::ingest::{self, Source};
use tongban::model::{Catalogue, RowId};
use tongban::profile::Profile;
use tongban::report::save_by;
use tongban::store::{About, Lists, Places, SNAPSHOTS, Saved, Saving, Snapshots, Which, create_snapshots};

fn fields(profile: &Profile) -> Vec<String> {
    profile.fields.iter().map(|field| field.id.clone()).collect()
}

/// A new file of snapshots.
fn database(folder: &Path) -> PathBuf {
    let path = folder.join("tongban.db");
    save_by(&path, create_snapshots).unwrap();
    path
}

fn save(to: &mut Snapshots, catalogue: &Catalogue, profile: &Profile, root: &str) -> Saved {
    let keys = |row: RowId| {
        let text = |id| catalogue.text(row, profile.field(id)?).map(str::to_owned);
        ["code", "impl_code", "name"].into_iter().filter_map(text).collect()
    };
    to.save(&Saving {
        catalogue,
        fields: &fields(profile),
        root,
        keys: &keys,
        about: About::default(),
    })
    .unwrap()
}

fn read(from: &Snapshots, which: Which, profile: &Profile, root: &str) -> Catalogue {
    let field = |id: &str| profile.field(id);
    let labels = &profile.labels();
    let lists = Lists {
        field: &field,
        root,
        labels,
    };
    from.read(from.find(which).unwrap(), lists).unwrap()
}

/// Two catalogues say the same of every row, cell and place.
fn assert_equal(one: &Catalogue, other: &Catalogue) {
    assert_eq!(one.files, other.files);
    assert_eq!(one.tables, other.tables);
    assert_eq!(one.regions, other.regions);
    assert_eq!(one.findings, other.findings);
    assert_eq!(one.rows.len(), other.rows.len());
    for row in one.row_ids() {
        let (left, right) = (&one.rows[row.index()], &other.rows[row.index()]);
        assert_eq!(
            (left.region, left.table, left.at),
            (right.region, right.table, right.at)
        );
        assert_eq!(one.cells(row).len(), other.cells(row).len());
        for (left, right) in one.cells(row).iter().zip(other.cells(row)) {
            assert_eq!(
                (left.field, left.column, left.shape, left.up, one.texts.get(left.text)),
                (
                    right.field,
                    right.column,
                    right.shape,
                    right.up,
                    other.texts.get(right.text)
                )
            );
            assert_eq!(one.place(row, Some(left)), other.place(row, Some(right)));
        }
    }
}

/// Every list that the tests have, of every format.
fn all_lists() -> Vec<PathBuf> {
    let mut lists = Vec::new();
    for folder in [
        "examples/three-districts",
        "examples/legal-bases",
        "tests/workbooks",
        "tests/hostile",
        "tests/cases",
    ] {
        collect(&root().join(folder), &mut lists);
    }
    for folder in ["guangdong", "sichuan"] {
        if let Some(path) = support::real(folder) {
            let mut real = Vec::new();
            collect(&path, &mut real);
            real.sort();
            real.retain(|list| std::fs::metadata(list).is_ok_and(|meta| meta.len() < 1 << 20));
            lists.extend(real.into_iter().take(4));
        }
    }
    lists.sort();
    lists
}

fn collect(folder: &Path, lists: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, lists);
        } else if ingest::is_list_name(&path.file_name().unwrap().to_string_lossy()) && lists.len() < 2_000 {
            lists.push(path);
        }
    }
}

#[test]
fn what_was_saved_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let profile = Profile::load("national-12").unwrap();
    let mut snapshots = Snapshots::open_to_write(&path).unwrap();
    let lists = all_lists();
    assert!(lists.len() > 50, "{}", lists.len());
    let (mut rows, mut findings) = (0, 0);
    for list in lists.chunks(20) {
        let sources: Vec<Source> = list.iter().map(Source::file).collect();
        let catalogue = ingest::read(&sources, &profile).catalogue;
        let saved = save(&mut snapshots, &catalogue, &profile, "");
        let back = read(&snapshots, Which::Number(saved.number), &profile, "");
        assert_equal(&catalogue, &back);
        rows += catalogue.rows.len();
        findings += catalogue.findings.len();
        // The same again is nothing new.
        let again = save(&mut snapshots, &back, &profile, "");
        assert_eq!((again.digest, again.new_chunks, again.new_texts), (saved.digest, 0, 0));
    }
    assert!(rows > 500 && findings > 50, "{rows} {findings}");
}

/// A workspace of one region and one list of some rows; the codes are of 12 to 31 digits, some with zeros before them.
fn workspace(rows: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("tongban.toml"),
        "[[region]]\nid = \"519901\"\nname = \"甲区\"\nfiles = [\"甲.csv\"]\n",
    )
    .unwrap();
    fs::write(folder.path().join("甲.csv"), list(0..rows)).unwrap();
    folder
}

fn code(row: usize) -> String {
    match row % 5 {
        0 => format!("{:012}", row + 1),
        _ => format!("{:0width$}", 510_000_000_000_u64 + row as u64, width = 12 + row % 20),
    }
}

fn list(rows: impl Iterator<Item = usize>) -> String {
    let mut text = String::from("事项名称,基本编码,受理条件,法定办结时限,承诺办结时限\n");
    for row in rows {
        let (code, law, days) = (code(row), row % 30 + 1, row % 20 + 1);
        text.push_str(&format!(
            "第{row}项许可,{code},有第{row}号场所；有健全的管理制度,{law}个工作日,{days}个工作日\n"
        ));
    }
    text
}

fn tongban(folder: &Path, args: &[&str]) -> Run {
    run_in(folder, args)
}

fn saved(folder: &Path) -> Run {
    let run = tongban(folder, &["snapshot", "save", "--date", "2026-11-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

fn json(folder: &Path, args: &[&str]) -> serde_json::Value {
    let run = tongban(folder, &[args, &["-f", "json"]].concat());
    assert_eq!(run.code, 0, "{args:?} {}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn size(folder: &Path) -> u64 {
    fs::metadata(folder.join(SNAPSHOTS)).unwrap().len()
}

fn numbers(folder: &Path) -> Vec<u64> {
    let list = json(folder, &["snapshot", "list"]);
    let snapshots = list["snapshots"].as_array().unwrap();
    snapshots.iter().map(|one| one["number"].as_u64().unwrap()).collect()
}

/// What SQLite or we may leave beside the file.
fn left_over(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(".tongban-") || (name.starts_with(SNAPSHOTS) && name != SNAPSHOTS))
        .collect()
}

#[test]
fn commands_say_of_a_snapshot_what_they_say_of_the_files() {
    for (example, commands) in [("three-districts", &["report", "lint"][..]), ("legal-bases", &["lint"])] {
        let folder = tempfile::tempdir().unwrap();
        support::copy_folder(&root().join("examples"), folder.path());
        fs::rename(folder.path().join(example), folder.path().join("工作区")).unwrap();
        // Its laws stand in the other example.
        if example != "three-districts" {
            assert!(folder.path().join("three-districts/laws").is_dir());
        }
        let folder = folder.path().join("工作区");
        saved(&folder);
        for command in commands {
            let ways = [
                (
                    folder.clone(),
                    vec![command, "-f", "json"],
                    vec![command, "@1", "-f", "json"],
                ),
                // Named from elsewhere, the files are called as they are from there.
                (
                    folder.parent().unwrap().to_owned(),
                    vec![command, "工作区", "-f", "json"],
                    vec![command, "工作区/tongban.db@latest", "-f", "json"],
                ),
            ];
            for (here, files, snapshot) in ways {
                let (files, snapshot) = (tongban(&here, &files), tongban(&here, &snapshot));
                assert!(!files.stdout.is_empty(), "{}", files.stderr);
                assert_eq!(
                    (files.code, files.stdout),
                    (snapshot.code, snapshot.stdout),
                    "{command}"
                );
            }
        }
    }
}

#[test]
fn real_lists_read_back_say_the_same() {
    let Some(real) = support::real("guangdong") else { return };
    let mut lists = Vec::new();
    collect(&real, &mut lists);
    lists.sort();
    lists.retain(|list| fs::metadata(list).is_ok_and(|meta| meta.len() < 1 << 20));
    let folder = tempfile::tempdir().unwrap();
    for list in lists.iter().take(2) {
        fs::copy(list, folder.path().join(list.file_name().unwrap())).unwrap();
    }
    let run = tongban(folder.path(), &["snapshot", "save"]);
    for command in ["report", "lint"] {
        let files = tongban(folder.path(), &[command, "-f", "json", "--fail-on", "never"]);
        let snapshot = tongban(folder.path(), &[command, "@1", "-f", "json", "--fail-on", "never"]);
        assert_eq!(
            (files.code, &files.stdout),
            (snapshot.code, &snapshot.stdout),
            "{command}"
        );
        assert_eq!(run.code, files.code);
    }
}

#[test]
fn what_did_not_change_costs_next_to_nothing() {
    let folder = workspace(10_000);
    let folder = folder.path();
    saved(folder);
    let first = size(folder);
    saved(folder);
    let second = size(folder);
    assert!(second - first <= first / 50, "{first} {second}");
    // A row at the top moves all the others.
    fs::write(folder.join("甲.csv"), list((20_000..20_001).chain(0..10_000))).unwrap();
    saved(folder);
    let third = size(folder);
    assert!(third - second <= first / 25, "{second} {third}");
    let diff = json(folder, &["diff", "@2", "@3"]);
    assert_eq!(diff["only_right"].as_array().unwrap().len(), 1);
    assert_eq!(diff["only_right"][0]["region"], "519901");
    assert_eq!(diff["differences"].as_array().unwrap().len(), 0);
    assert_eq!(diff["summary"]["items_compared"], 10_000);
}

#[test]
fn a_change_is_told_in_its_region() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for name in ["甲", "乙"] {
        fs::write(folder.join(format!("{name}.csv")), list(0..10)).unwrap();
    }
    saved(folder);
    let changed = list(0..10).replace(",4个工作日,4个工作日", ",4个工作日,2个工作日");
    fs::write(folder.join("乙.csv"), changed).unwrap();
    for args in [&["diff", "@1"][..], &["diff", "@1", "乙.csv"], &["diff", "@1", "."]] {
        let run = tongban(folder, &[args, &["-f", "json"]].concat());
        assert_eq!(run.code, 1, "{}", run.stderr);
        let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let told = diff["differences"].as_array().unwrap();
        assert_eq!(told.len(), 1, "{args:?} {}", run.stdout);
        assert_eq!(told[0]["region"], "乙");
        assert_eq!(told[0]["element"], "promised_time");
        assert_eq!(diff["only_left"].as_array().unwrap().len(), 0);
    }
    let run = tongban(folder, &["diff", "@1"]);
    assert!(run.stdout.contains("[乙] "), "{}", run.stdout);
    // A region that is no more, and one that is new.
    fs::rename(folder.join("甲.csv"), folder.join("丙.csv")).unwrap();
    saved(folder);
    let run = tongban(folder, &["diff", "@1", "@2", "-f", "json"]);
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let count = |side: &str, region: &str| {
        let items = diff[side].as_array().unwrap().iter();
        items.filter(|item| item["region"] == region).count()
    };
    assert_eq!((count("only_left", "甲"), count("only_right", "丙")), (10, 10));
    // `lint --since` knows snapshots too.
    let run = tongban(folder, &["lint", "--since", "@latest"]);
    assert!(run.stderr.contains("20 行中 0 行有变化或新增"), "{}", run.stderr);
}

#[test]
fn snapshots_are_named() {
    let folder = workspace(3);
    let folder = folder.path();
    for (date, message) in [("2026-10-01", "一"), ("2026-11-01", "二"), ("2026-12-01", "三")] {
        let run = tongban(folder, &["snapshot", "save", "--date", date, "-m", message]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    fs::create_dir(folder.join("里面")).unwrap();
    let shown = |name: &str| {
        json(folder, &["snapshot", "show", name])["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for (name, message) in [
        ("@1", "一"),
        ("1", "一"),
        ("@latest", "三"),
        ("@-1", "二"),
        ("@-2", "一"),
        ("@2026-11-01", "二"),
        ("@2026-11-30", "二"),
        ("@2027-01-01", "三"),
        ("tongban.db@2", "二"),
    ] {
        assert_eq!(shown(name), message, "{name}");
        let typed = if name.contains('@') {
            name.to_owned()
        } else {
            format!("@{name}")
        };
        assert_eq!(tongban(folder, &["report", &typed]).code, 0, "{name}");
    }
    // The workspace is found from below it.
    assert_eq!(tongban(&folder.join("里面"), &["report", "@1"]).code, 0);
    for name in ["@0", "@4", "@-3", "@2026-09-30", "@last", "nein.db@1", "@"] {
        let run = tongban(folder, &["report", name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        assert_eq!(tongban(folder, &["snapshot", "show", name]).code, 2, "{name}");
    }
    // Both languages, and what a file of that name is.
    let run = run_in(folder, &["snapshot", "list", "--lang", "en"]);
    assert!(
        run.stdout.contains("@3  ") && run.stdout.contains("2026-12-01 00:00:00Z"),
        "{}",
        run.stdout
    );
    fs::copy(folder.join("甲.csv"), folder.join("@1")).unwrap();
    let run = tongban(folder, &["report", "@1", "-f", "json"]);
    assert!(run.stdout.contains("\"id\": \"@1\""), "{}", run.stdout);
}

#[test]
fn codes_keep_their_digits() {
    let folder = workspace(100);
    let folder = folder.path();
    saved(folder);
    assert_eq!(tongban(folder, &["snapshot", "export", "@1", "-o", "出"]).code, 0);
    assert_eq!(
        tongban(folder, &["snapshot", "export", "@1", "-o", "行", "-f", "jsonl"]).code,
        0
    );
    for file in ["全.json", "./全.json", "甲.csv"] {
        let run = tongban(folder, &["snapshot", "export", "@1", "-o", file]);
        assert!(run.code == 2 && run.stderr.contains("-o 要写文件夹"), "{}", run.stderr);
    }
    let csv = fs::read_to_string(folder.join("出/甲.csv")).unwrap();
    assert_eq!(csv.trim_start_matches('\u{FEFF}').replace("\r\n", "\n"), list(0..100));
    let lines = fs::read_to_string(folder.join("行/甲.jsonl")).unwrap();
    for (row, line) in lines.lines().enumerate() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["基本编码"], code(row));
    }
    // What was written is a list again, and the same.
    let diff = tongban(folder, &["diff", "行/甲.jsonl", "甲.csv", "-f", "json"]);
    assert_eq!(diff.code, 0, "{}", diff.stdout);
    // Nothing is written where something is.
    assert_eq!(tongban(folder, &["snapshot", "export", "@1", "-o", "."]).code, 2);
    assert_eq!(
        tongban(folder, &["snapshot", "export", "@1", "-o", "tongban.db"]).code,
        2
    );
}

/// A report without the places in files.
fn placeless(value: &mut serde_json::Value) {
    if let Some(map) = value.as_object_mut() {
        for key in ["file", "files", "sheet", "row", "line", "cell", "column", "place"] {
            map.remove(key);
        }
        map.values_mut().for_each(placeless);
    }
    value.as_array_mut().into_iter().flatten().for_each(placeless);
}

#[test]
fn an_exported_snapshot_is_the_workspace_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    support::copy_folder(&support::root().join("examples/three-districts"), folder);
    saved(folder);
    let report = |what: &str| {
        let run = tongban(folder, &["report", what, "-f", "json"]);
        assert!(run.code < 2, "{}", run.stderr);
        let mut report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        placeless(&mut report);
        serde_json::to_string_pretty(&report).unwrap()
    };
    for format in ["csv", "jsonl"] {
        let run = tongban(folder, &["snapshot", "export", "@1", "-o", format, "-f", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(report(format) == report("@1"), "{format}");
        let diff = tongban(folder, &["diff", "@1", format, "-f", "json"]);
        let diff: serde_json::Value = serde_json::from_str(&diff.stdout).unwrap();
        assert_eq!(diff["differences"], serde_json::json!([]), "{format}");
        assert!(
            diff["summary"]["items_compared"].as_u64() > Some(90),
            "{}",
            diff["summary"]
        );
    }
    for args in [&["lint", "@1", "--fix"][..], &["fmt", "@1"]] {
        let run = tongban(folder, args);
        assert!(
            run.code == 2 && run.stderr.contains("快照不能改"),
            "{args:?} {}",
            run.stderr
        );
    }
}

/// A list of a workspace is of the region that the manifest says, for `diff` with a snapshot and for `snapshot save`.
#[test]
fn a_list_of_a_workspace_is_of_its_region() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    support::copy_folder(&support::root().join("examples/three-districts"), folder);
    saved(folder);
    for sides in [["@1", "dongling.csv"], ["dongling.csv", "@1"]] {
        let run = tongban(folder, &["diff", sides[0], sides[1], "-f", "json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(diff["differences"], serde_json::json!([]));
        let [left, right, compared] = [
            &diff["left"]["items"],
            &diff["right"]["items"],
            &diff["summary"]["items_compared"],
        ];
        assert!(
            left == right && left == compared && left.as_u64() > Some(20),
            "{left} {right}"
        );
    }
    let args = [
        "snapshot",
        "save",
        "xihe.csv",
        "--db",
        "tongban.db",
        "--date",
        "2026-11-02",
    ];
    let run = tongban(folder, &args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("只有 1 个地区") && run.stderr.contains("@1 有 3 个"),
        "{}",
        run.stderr
    );
    let run = tongban(folder, &["diff", "@1", "@2", "-f", "json"]);
    for lone in ["519901 东岭区", "519923 南屏县"] {
        assert!(
            run.stderr.contains("仅左边有的地区") && run.stderr.contains(lone),
            "{}",
            run.stderr
        );
    }
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(diff["differences"], serde_json::json!([]));
    assert!(
        diff["only_left"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["region"] != "519902")
    );
    // Where no region is on both sides there is nothing to compare.
    fs::create_dir(folder.join("别处")).unwrap();
    fs::copy(folder.join("dongling.csv"), folder.join("别处/甲区.csv")).unwrap();
    fs::write(
        folder.join("别处/tongban.toml"),
        "profile = \"national-12\"\n[[region]]\nid = \"甲区\"\nfiles = [\"甲区.csv\"]\n",
    )
    .unwrap();
    let run = tongban(folder, &["diff", "@1", "别处"]);
    assert!(run.code == 2 && run.stdout.is_empty(), "{}", run.stdout);
    assert!(
        run.stderr.contains("519901 东岭区") && run.stderr.contains("甲区"),
        "{}",
        run.stderr
    );
}

#[test]
fn nothing_is_saved_of_lists_that_cannot_be_read() {
    let folder = workspace(5);
    let folder = folder.path();
    saved(folder);
    let before = fs::read(folder.join(SNAPSHOTS)).unwrap();
    fs::write(folder.join("甲.csv"), b"\x89PNG\r\n\x1a\n\0\0\0\0").unwrap();
    let run = tongban(folder, &["snapshot", "save"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("没有保存"), "{}", run.stderr);
    assert_eq!(fs::read(folder.join(SNAPSHOTS)).unwrap(), before);
}

#[test]
fn saving_the_same_twice_makes_the_same_file() {
    let one = workspace(300);
    let two = workspace(300);
    for folder in [&one, &two] {
        saved(folder.path());
        saved(folder.path());
    }
    let [one, two] = [one, two].map(|folder| fs::read(folder.path().join(SNAPSHOTS)).unwrap());
    assert!(one == two);
}

#[test]
fn what_is_pruned_is_gone_and_the_rest_is_whole() {
    let folder = workspace(2_000);
    let folder = folder.path();
    for (month, rows) in [(1, 0..2_000), (2, 1_000..3_000), (3, 2_000..4_000), (4, 0..2_000)] {
        fs::write(folder.join("甲.csv"), list(rows)).unwrap();
        let date = format!("2026-{month:02}-01");
        assert_eq!(tongban(folder, &["snapshot", "save", "--date", &date]).code, 0);
    }
    let before = size(folder);
    let dry = json(folder, &["snapshot", "prune", "--keep", "1", "--dry-run"]);
    assert_eq!(dry["pruned"], serde_json::json!([1, 2, 3]));
    assert_eq!(size(folder), before);
    let reports: Vec<String> = ["@3", "@4"]
        .map(|name| tongban(folder, &["report", name, "-f", "json"]).stdout)
        .into();
    let pruned = json(folder, &["snapshot", "prune", "--before", "2026-03-01"]);
    assert_eq!(pruned["pruned"], serde_json::json!([1, 2]));
    assert!(size(folder) < before, "{} {before}", size(folder));
    assert_eq!(tongban(folder, &["snapshot", "verify"]).code, 0);
    let after: Vec<String> = ["@3", "@4"]
        .map(|name| tongban(folder, &["report", name, "-f", "json"]).stdout)
        .into();
    assert_eq!(reports, after);
    assert_eq!(tongban(folder, &["report", "@2"]).code, 2);
    // The newest stays, and no number comes twice.
    assert_eq!(
        json(folder, &["snapshot", "prune", "--before", "2030-01-01"])["kept"],
        serde_json::json!([4])
    );
    saved(folder);
    assert_eq!(numbers(folder), [4, 5]);
    // Nothing is left of what nobody has.
    let alone = workspace(2_000);
    saved(alone.path());
    assert!(
        size(folder) <= size(alone.path()) * 11 / 10,
        "{} {}",
        size(folder),
        size(alone.path())
    );
    assert_eq!(left_over(folder), [""; 0]);
}

#[test]
fn a_backup_is_whole() {
    let folder = workspace(500);
    let folder = folder.path();
    saved(folder);
    saved(folder);
    assert_eq!(tongban(folder, &["snapshot", "backup", "副本.db"]).code, 0);
    assert_eq!(tongban(folder, &["snapshot", "verify", "--db", "副本.db"]).code, 0);
    let report = |name: &str| tongban(folder, &["report", name, "-f", "json"]).stdout;
    assert_eq!(report("副本.db@2"), report("@2"));
    assert_eq!(tongban(folder, &["snapshot", "backup", "副本.db"]).code, 2);
    assert_eq!(tongban(folder, &["snapshot", "backup", "tongban.db"]).code, 2);
    // A snapshot is an input: nothing is written over it.
    assert_eq!(
        tongban(folder, &["report", "@1", "-f", "csv", "-o", "tongban.db"]).code,
        2
    );
    assert_eq!(tongban(folder, &["snapshot", "verify"]).code, 0);
}

/// The life of one item is read without reading snapshots whole.
#[test]
fn rows_of_one_item() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let profile = Profile::load("national-12").unwrap();
    let mut snapshots = Snapshots::open_to_write(&path).unwrap();
    for round in 0..3 {
        let file = folder.path().join("甲.csv");
        let rows = list(0..3_000).replace("第7号场所", &format!("第7号场所{round}"));
        fs::write(&file, rows).unwrap();
        let catalogue = ingest::read(&[Source::file(&file)], &profile).catalogue;
        save(&mut snapshots, &catalogue, &profile, "");
    }
    let field = |id: &str| profile.field(id);
    let lists = Lists {
        field: &field,
        root: "",
        labels: &profile.labels(),
    };
    let entries: Vec<_> = snapshots.list().iter().collect();
    let (code, name) = (code(7), "第8项许可");
    let found = {
        let places = snapshots.places(&[&code, name]).unwrap();
        snapshots.item(&places, &entries, lists).unwrap()
    };
    let told: Vec<(u16, u32, &str)> = found
        .row_ids()
        .map(|row| {
            let at = found.rows[row.index()];
            let text = found.text(row, profile.field("conditions").unwrap()).unwrap();
            (found.regions[at.region.index()].side, at.at.row, text)
        })
        .collect();
    let eight = "有第8号场所；有健全的管理制度";
    assert_eq!(
        told,
        [
            (0, 9, "有第7号场所0；有健全的管理制度"),
            (0, 10, eight),
            (1, 9, "有第7号场所1；有健全的管理制度"),
            (1, 10, eight),
            (2, 9, "有第7号场所2；有健全的管理制度"),
            (2, 10, eight),
        ]
    );
    let place = found.place(found.row_ids().next().unwrap(), None);
    assert!(place.file.ends_with("甲.csv") && place.line == 9);
    assert_eq!(snapshots.places(&["nein"]).unwrap(), Places::default());
    assert_eq!(
        snapshots.item(&Places::default(), &entries, lists).unwrap().rows.len(),
        0
    );
}

/// Files that are none of ours, or were made to harm: refused, and not one byte of the folder is changed.
#[test]
fn hostile_files_are_refused_and_left_alone() {
    let sound = workspace(300);
    saved(sound.path());
    let bytes = fs::read(sound.path().join(SNAPSHOTS)).unwrap();
    let sql = |path: &Path, bytes: &[u8], sql: &str| {
        fs::write(path, bytes).unwrap();
        let connection = rusqlite::Connection::open(path).unwrap();
        connection.execute_batch(sql).unwrap();
    };
    type Make<'a> = Box<dyn Fn(&Path) + 'a>;
    let cases: [(&str, Make<'_>); 16] = [
        ("text", Box::new(|path| fs::write(path, "事项名称,基本编码\n").unwrap())),
        ("empty", Box::new(|path| fs::write(path, "").unwrap())),
        (
            "cut",
            Box::new(|path| fs::write(path, &bytes[..bytes.len() / 2]).unwrap()),
        ),
        (
            "cut in its head",
            Box::new(|path| fs::write(path, &bytes[..60]).unwrap()),
        ),
        ("newer", Box::new(|path| sql(path, &bytes, "PRAGMA user_version = 2"))),
        ("older", Box::new(|path| sql(path, &bytes, "PRAGMA user_version = 0"))),
        (
            "view for a table",
            Box::new(|path| {
                sql(
                    path,
                    &bytes,
                    "ALTER TABLE part RENAME TO parts; CREATE VIEW part AS SELECT id, hash, body FROM parts",
                );
            }),
        ),
        (
            "trigger",
            Box::new(|path| {
                sql(
                    path,
                    &bytes,
                    "CREATE TRIGGER t AFTER INSERT ON snapshot BEGIN DELETE FROM text; END",
                );
            }),
        ),
        (
            "generated column",
            Box::new(|path| sql(path, &bytes, "ALTER TABLE text ADD COLUMN more TEXT AS (body || body)")),
        ),
        (
            "other program",
            Box::new(|path| {
                sql(
                    path,
                    &[],
                    "PRAGMA application_id = 252006673; CREATE TABLE snapshot (number INTEGER)",
                )
            }),
        ),
        (
            "no program",
            Box::new(|path| sql(path, &[], "CREATE TABLE snapshot (number INTEGER)")),
        ),
        (
            "hot journal of another",
            Box::new(|path| {
                sql(path, &[], "CREATE TABLE t (a)");
                fs::write(path.with_extension("db-journal"), vec![0xD9; 4096]).unwrap();
            }),
        ),
        (
            "log without its file",
            Box::new(|path| {
                let mut bytes = bytes.clone();
                bytes[18..20].copy_from_slice(&[2, 2]);
                fs::write(path, bytes).unwrap();
            }),
        ),
        (
            "huge blob",
            Box::new(|path| {
                // The length in the head of a record, as large as it can be.
                let mut bytes = bytes.clone();
                let at = bytes
                    .windows(10)
                    .position(|window| window == "{\"time\":17".as_bytes())
                    .unwrap();
                bytes[at - 12..at - 3].fill(0xFF);
                fs::write(path, bytes).unwrap();
            }),
        ),
        #[cfg(unix)]
        (
            "link",
            Box::new(|path| {
                let other = path.with_file_name("anderswo");
                fs::write(&other, &bytes).unwrap();
                std::os::unix::fs::symlink(other, path).unwrap();
            }),
        ),
        #[cfg(not(unix))]
        ("link", Box::new(|path| fs::create_dir(path).unwrap())),
        ("folder", Box::new(|path| fs::create_dir(path).unwrap())),
    ];
    for (what, make) in cases {
        let folder = workspace(5);
        let folder = folder.path();
        make(&folder.join(SNAPSHOTS));
        let state = || -> Vec<(String, Option<Vec<u8>>)> {
            let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
            let mut state: Vec<_> = entries
                .map(|entry| {
                    (
                        entry.file_name().to_string_lossy().into_owned(),
                        fs::read(entry.path()).ok(),
                    )
                })
                .collect();
            state.sort();
            state
        };
        let before = state();
        for args in [
            &["snapshot", "save"][..],
            &["snapshot", "list"],
            &["snapshot", "verify"],
            &["snapshot", "prune", "--keep", "1"],
            &["snapshot", "export", "@1", "-o", "x"],
            &["snapshot", "backup", "x.db"],
            &["diff", "@1"],
            &["report", "@1"],
        ] {
            let run = tongban(folder, args);
            assert_eq!(run.code, 2, "{what} {args:?} {} {}", run.stdout, run.stderr);
            assert!(
                run.stdout.is_empty() || args[1] == "verify",
                "{what} {args:?} {}",
                run.stdout
            );
            assert!(state() == before, "{what} {args:?} changed the folder");
        }
    }
}

/// Changes one bit at each of some places; whatever is not told must be as it was.
fn flips(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let profile = Profile::load("national-12").unwrap();
    let mut snapshots = Snapshots::open_to_write(&path).unwrap();
    for rows in [0..400, 100..500] {
        let file = folder.path().join("甲.csv");
        fs::write(&file, list(rows)).unwrap();
        let catalogue = ingest::read(&[Source::file(&file)], &profile).catalogue;
        save(&mut snapshots, &catalogue, &profile, "");
    }
    let field = |id: &str| profile.field(id);
    let lists = Lists {
        field: &field,
        root: "",
        labels: &profile.labels(),
    };
    type Told = (Vec<(u32, About)>, Vec<Catalogue>, Vec<usize>);
    let told = |snapshots: &Snapshots| -> Option<Told> {
        let entries: Vec<_> = snapshots.list().iter().collect();
        let abouts = entries
            .iter()
            .map(|entry| (entry.number, entry.about.clone()))
            .collect();
        let catalogues = entries
            .iter()
            .map(|entry| snapshots.read(entry, lists).ok())
            .collect::<Option<_>>()?;
        let found = |row: usize| {
            let places = snapshots.places(&[&code(row)]).ok()?;
            Some(snapshots.item(&places, &entries, lists).ok()?.rows.len())
        };
        let found = [0, 123, 150, 450, 499].into_iter().map(found).collect::<Option<_>>()?;
        Some((abouts, catalogues, found))
    };
    let (abouts, catalogues, found) = told(&snapshots).unwrap();
    drop(snapshots);
    let bytes = fs::read(&path).unwrap();
    let copy = folder.path().join("kopie.db");
    let (mut told_of, mut harmless) = (0, 0);
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..count {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 20) as usize % (bytes.len() * 8);
        let mut flipped = bytes.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        fs::write(&copy, flipped).unwrap();
        let sound = Snapshots::open(&copy).is_ok_and(|snapshots| {
            let entries: Vec<_> = snapshots.list().iter().collect();
            let sound = snapshots.verify(&entries, true).is_empty();
            if sound {
                let now = told(&snapshots).expect("what is sound can be read");
                assert_eq!((&now.0, &now.2), (&abouts, &found), "bit {at}");
                now.1
                    .iter()
                    .zip(&catalogues)
                    .for_each(|(now, then)| assert_equal(now, then));
            }
            sound
        });
        match sound {
            true => harmless += 1,
            false => told_of += 1,
        }
    }
    assert!(told_of > harmless, "{told_of} {harmless}");
    println!("{count} bits: {told_of} told of, {harmless} harmless");
}

#[test]
fn a_bit_that_changed_is_told() {
    flips(100);
}

#[test]
#[ignore = "a thousand bits, before a release"]
fn a_thousand_bits_that_changed_are_told() {
    flips(1_000);
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongban"));
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("TONGBAN_LANG", "zh")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Kills a program that saves, at moments spread over 1.1 times the time that it takes.
fn kills(count: u32, rows: usize) {
    let folder = workspace(rows);
    let folder = folder.path();
    saved(folder);
    let started = Instant::now();
    fs::write(folder.join("甲.csv"), list(1..rows)).unwrap();
    saved(folder);
    let whole = started.elapsed();
    let report = tongban(folder, &["report", "@1", "-f", "json"]).stdout;
    let mut before = numbers(folder);
    let mut torn = 0;
    for kill in 0..count {
        // Every time other rows, so that there is something to write.
        fs::write(
            folder.join("甲.csv"),
            list((kill as usize * 7)..(kill as usize * 7 + rows)),
        )
        .unwrap();
        let mut child = command(folder, &["snapshot", "save", "--date", "2026-11-01"])
            .spawn()
            .unwrap();
        std::thread::sleep(whole * 11 / 10 * kill / count);
        child.kill().ok();
        torn += u32::from(!child.wait().unwrap().success());
        let after = numbers(folder);
        assert!(
            after == before || after[..after.len() - 1] == before,
            "{before:?} {after:?}"
        );
        before = after;
        if kill % 10 == 9 {
            assert_eq!(tongban(folder, &["snapshot", "verify"]).code, 0);
        }
    }
    assert!(torn > count / 3, "{torn} of {count} were killed");
    saved(folder);
    assert_eq!(tongban(folder, &["snapshot", "verify"]).code, 0);
    assert_eq!(tongban(folder, &["report", "@1", "-f", "json"]).stdout, report);
    assert_eq!(left_over(folder), [""; 0]);
    println!(
        "{torn} of {count} were killed before they were done, {} snapshots",
        before.len()
    );
}

#[test]
fn a_save_that_is_killed_leaves_nothing() {
    kills(20, 1_000);
}

#[test]
#[ignore = "500 kills, before a release"]
fn five_hundred_saves_that_are_killed_leave_nothing() {
    kills(500, 3_000);
}

/// Several programs save at once, while another one reads.
fn writers(processes: usize, each: usize) {
    let folder = workspace(50);
    let folder = folder.path();
    saved(folder);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..processes)
            .map(|_| {
                scope.spawn(move || {
                    (0..each)
                        .filter(|_| {
                            let run = tongban(folder, &["snapshot", "save", "--date", "2026-11-01"]);
                            assert_eq!(run.code, 0, "{}", run.stderr);
                            true
                        })
                        .count()
                })
            })
            .collect();
        let mut seen = 1;
        while !writers.iter().all(|writer| writer.is_finished()) {
            let now = numbers(folder);
            // Whole snapshots only, one after the other.
            assert!(
                now.len() >= seen && now.iter().copied().eq(1..=now.len() as u64),
                "{now:?}"
            );
            seen = now.len();
            assert_eq!(tongban(folder, &["report", "@latest"]).code, 0);
        }
        let all: usize = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
        assert_eq!(all, processes * each);
    });
    assert_eq!(numbers(folder).len(), processes * each + 1);
    assert_eq!(tongban(folder, &["snapshot", "verify"]).code, 0);
    assert_eq!(left_over(folder), [""; 0]);
}

#[test]
fn several_programs_save_at_once() {
    writers(8, 5);
}

#[test]
#[ignore = "8 x 100 saves, before a release"]
fn eight_programs_save_a_hundred_times() {
    writers(8, 100);
}

/// Two programs that make the file at once make one.
#[test]
fn the_first_snapshots_of_several_programs() {
    for _ in 0..3 {
        let folder = workspace(20);
        let folder = folder.path();
        let mut children: Vec<_> = (0..6)
            .map(|_| {
                command(folder, &["snapshot", "save", "--date", "2026-11-01"])
                    .spawn()
                    .unwrap()
            })
            .collect();
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(numbers(folder), [1, 2, 3, 4, 5, 6]);
        assert_eq!(left_over(folder), [""; 0]);
    }
}

/// The disk is full, at many sizes: files may be no larger than that.
#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let folder = workspace(300);
    let folder = folder.path();
    saved(folder);
    let (first, report) = (size(folder), tongban(folder, &["report", "@1", "-f", "json"]).stdout);
    fs::write(folder.join("甲.csv"), list(0..2_000)).unwrap();
    let mut refused = 0;
    for step in 0..20 {
        // In blocks of 512 bytes.
        let blocks = first / 512 + step * 20;
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{}' snapshot save --date 2026-11-01",
            env!("CARGO_BIN_EXE_tongban")
        );
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder)
            .env("TONGBAN_LANG", "zh")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{blocks} {said}");
        assert!(said.contains("错误"), "{said}");
        refused += 1;
        assert_eq!(numbers(folder), [1]);
    }
    assert_eq!(refused, 20);
    assert_eq!(tongban(folder, &["report", "@1", "-f", "json"]).stdout, report);
    saved(folder);
    assert_eq!(tongban(folder, &["snapshot", "verify"]).code, 0);
    assert_eq!(numbers(folder), [1, 2]);
    assert_eq!(left_over(folder), [""; 0]);
}

#[test]
#[ignore = "waits for five seconds"]
fn a_file_that_is_in_use_is_told_after_five_seconds() {
    let folder = workspace(5);
    let folder = folder.path();
    saved(folder);
    let before = fs::read(folder.join(SNAPSHOTS)).unwrap();
    let other = rusqlite::Connection::open(folder.join(SNAPSHOTS)).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    for args in [
        &["snapshot", "save"][..],
        &["report", "@1"],
        &["snapshot", "prune", "--keep", "1"],
    ] {
        let started = Instant::now();
        let run = tongban(folder, args);
        let took = started.elapsed();
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains("正被另一个程序占用"), "{}", run.stderr);
        assert!((5.0..7.0).contains(&took.as_secs_f64()), "{args:?} {took:?}");
    }
    drop(other);
    assert!(fs::read(folder.join(SNAPSHOTS)).unwrap() == before);
    saved(folder);
}

/// Snapshots can be read where nothing can be written.
#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace(50);
    let folder = folder.path();
    saved(folder);
    let mode = |mode| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let writable = fs::write(folder.join("probe"), "").is_ok();
    let report = tongban(folder, &["report", "@1"]).code;
    let save = tongban(folder, &["snapshot", "save"]).code;
    mode(0o755);
    assert_eq!(report, 0);
    match writable {
        true => println!("skipped: this user may write into every folder"),
        false => {
            assert_eq!(save, 2);
            assert_eq!(numbers(folder), [1]);
        }
    }
}

/// Before 3.51.3 a fault of SQLite's log could lose what was written.
#[test]
fn sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

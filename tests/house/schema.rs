//! `tongban schema`: what is written fits its schema and says no more; the settings that ship fit theirs; a misspelled key does not.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use crate::support::json_schema::Judge;
use crate::support::{copy_folder, real, root, run, run_in, snapshot};
use serde_json::Value;

const EXAMPLE: &str = "examples/three-districts";

/// The names that `tongban schema` lists, with the files or format beside them.
fn names() -> Vec<(String, String)> {
    let list = run(&["schema"]);
    assert_eq!(list.code, 0, "{}", list.stderr);
    let rows = list.stdout.lines().filter_map(|line| line.strip_prefix("  "));
    let rows = rows.filter_map(|row| row.split_once(' '));
    rows.map(|(name, of)| (name.to_owned(), of.trim().to_owned())).collect()
}

fn schema(name: &str) -> Value {
    let run = run(&["schema", name]);
    assert_eq!(run.code, 0, "{name}: {}", run.stderr);
    serde_json::from_str(&run.stdout).expect("a schema is JSON")
}

fn toml(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    json(&toml::Value::Table(table))
}

/// TOML as editors show it to a schema: a date is a text.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect())
        }
        toml::Value::Array(values) => values.iter().map(json).collect(),
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn toml_files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    assert!(!files.is_empty(), "{folder}");
    files
}

fn fits(name: &str, document: &Value, what: &str) {
    let schema = schema(name);
    let judge = Judge {
        root: &schema,
        open: false,
    };
    let faults = judge.faults(document);
    assert!(
        faults.is_empty(),
        "{what} against {name}:\n{}",
        faults[..faults.len().min(20)].join("\n")
    );
}

/// A change of a schema is a change of a promise: it is read before it is accepted.
#[test]
fn schemas_are_as_read() {
    snapshot("schema.txt", &run(&["schema"]).stdout);
    for (name, of) in names() {
        let text = run(&["schema", &name]);
        let schema: Value = serde_json::from_str(&text.stdout).unwrap();
        assert_eq!(
            schema["$schema"], "https://json-schema.org/draft/2020-12/schema",
            "{name}"
        );
        assert_eq!(schema["title"], of.as_str());
        // What it is of names it too.
        assert_eq!(run(&["schema", &of]).stdout, text.stdout, "{of}");
        // Vocabularies are what the shipped files are, and change with them.
        if !name.starts_with("vocabulary/") || name == "vocabulary/materials" {
            snapshot(&format!("schema-{}.json", name.replace('/', "-")), &text.stdout);
        }
    }
}

#[test]
fn what_is_no_name_is_said_with_the_nearest() {
    let run = run(&["schema", "repot", "--lang", "en"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("did you mean `report`?"), "{}", run.stderr);
}

#[test]
fn a_schema_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let written = run_in(folder.path(), &["schema", "tongban", "-o", "tongban.schema.json"]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
    let text = std::fs::read_to_string(folder.path().join("tongban.schema.json")).unwrap();
    assert_eq!(text, run(&["schema", "tongban"]).stdout);
}

/// What is asked of a workspace with snapshots.
const KEPT: [(&str, &[&str]); 15] = [
    ("log", &["log"]),
    ("life", &["log", "--item", "000119001000"]),
    ("life", &["log", "--item", "000141005000"]),
    ("blame", &["blame", "000119001000", "materials"]),
    ("blame", &["blame", "000141005000", "promised_time"]),
    ("convergence", &["log", "--between", "@1", "@3"]),
    ("stale", &["log", "--stale", "2026-02-15"]),
    ("stale-basis", &["log", "--stale-basis"]),
    ("guides", &["export", "."]),
    ("directory", &["export", ".", "--directory"]),
    ("snapshots", &["snapshot", "list"]),
    ("snapshots", &["snapshot", "show", "@2"]),
    ("snapshots", &["snapshot", "verify"]),
    ("snapshots", &["snapshot", "prune", "--keep", "2", "--dry-run"]),
    ("snapshots", &["snapshot", "save", "--date", "2026-04-01"]),
];

/// The table of contents of guides that are files of their own.
const INDEX: &str = "guide-index";

/// The example in three states: as it is, with another code of an item, and with that code again and other periods.
fn kept() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join(EXAMPLE), folder.path());
    let save = |day: &str| {
        let run = run_in(folder.path(), &["snapshot", "save", "--date", day, "-m", "一"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    };
    save("2026-01-01");
    let dongling = folder.path().join("dongling.csv");
    let text = std::fs::read_to_string(&dongling).unwrap();
    std::fs::write(&dongling, text.replace("000119001000", "000119009000")).unwrap();
    save("2026-02-01");
    std::fs::write(&dongling, text.replace("工作日", "日")).unwrap();
    save("2026-03-01");
    // A law that was revised after that.
    for (day, what) in [("2010-03-01", "2010年3月1日通过"), ("2026-03-10", "2026年3月10日修订")] {
        let text = format!("# 烟草专卖法\n\n{what}\n\n<!-- INFO END -->\n\n第一条 管烟草。\n");
        std::fs::write(folder.path().join(format!("laws/烟草专卖法({day}).md")), text).unwrap();
    }
    folder
}

/// Whatever a command writes as JSON fits its schema, and has no key that the schema does not name.
#[test]
fn outputs_fit_their_schemas() {
    let mut runs: Vec<(&str, Vec<String>)> = Vec::new();
    let laws = format!("{EXAMPLE}/laws");
    for (name, args) in [
        ("lint", vec!["lint", EXAMPLE]),
        ("lint-statistics", vec!["lint", EXAMPLE, "--statistics"]),
        ("diff", vec!["diff", "519901", "519923", "--workspace", EXAMPLE]),
        (
            "diff",
            vec![
                "diff",
                "519901",
                "519923",
                "--workspace",
                EXAMPLE,
                "--explain",
                "--item",
                "000141005000",
            ],
        ),
        ("report", vec!["report", EXAMPLE]),
        (
            "report",
            vec!["report", EXAMPLE, "--item", "000119001000", "--dedupe-sources"],
        ),
        (
            "report",
            vec![
                "report",
                EXAMPLE,
                "--element",
                "materials",
                "--reference",
                "region:519901",
            ],
        ),
        ("pairwise", vec!["report", EXAMPLE, "--pairwise"]),
        (
            "pairwise",
            vec!["report", EXAMPLE, "--pairwise", "--item", "000119001000"],
        ),
        ("patch", vec!["align", "519901", EXAMPLE]),
        (
            "patch",
            vec!["align", "519923", EXAMPLE, "--to", "best", "--reverse", "--allow-worse"],
        ),
        ("law-check", vec!["law", "check", EXAMPLE, "--all"]),
        (
            "law-check",
            vec![
                "law",
                "check",
                "examples/legal-bases",
                "--as-of",
                "2020-01-01",
                "--laws",
                &laws,
            ],
        ),
        ("law-items", vec!["law", "items", EXAMPLE]),
        (
            "law-items",
            vec!["law", "items", EXAMPLE, "--law", "动物防疫法", "--article", "54"],
        ),
        ("law-items", vec!["law", "items", EXAMPLE, "--none"]),
        ("law-items", vec!["law", "items", EXAMPLE, "--differing"]),
        ("law-impact", vec!["law", "impact", EXAMPLE, "--law", "动物防疫法"]),
    ] {
        runs.push((name, args.into_iter().map(str::to_owned).collect()));
    }
    if let (Some(left), Some(right)) = (real("guangdong/440000.jsonl"), real("guangdong/440100.jsonl")) {
        let [left, right] = [left, right].map(|path| path.to_string_lossy().into_owned());
        let both = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .chain([left.clone(), right.clone()])
                .collect()
        };
        runs.push(("diff", both(&["diff"])));
        runs.push(("report", both(&["report"])));
        runs.push(("pairwise", both(&["report", "--pairwise"])));
        runs.push(("lint", both(&["lint"])));
        runs.push(("lint-statistics", both(&["lint", "--statistics"])));
        runs.push(("patch", both(&["align", "440100"])));
        runs.push(("law-items", both(&["law", "items", "--differing"])));
        runs.push(("law-check", both(&["law", "check", "--laws", &laws])));
    }
    let kept = kept();
    let wire = names().into_iter().filter(|(_, of)| of.starts_with("tongban-"));
    for (name, _) in wire {
        let held = runs.iter().any(|(of, _)| *of == name) || KEPT.iter().any(|(of, _)| *of == name) || name == INDEX;
        assert!(held, "{name} is held against nothing");
    }
    let words = |args: &[&str]| args.iter().map(|&word| word.to_owned()).collect();
    let of_kept = KEPT.iter().map(|(name, args)| (kept.path(), *name, words(args)));
    let home = root();
    let runs = runs.into_iter().map(|(name, args)| (home.as_path(), name, args));
    for (folder, name, mut args) in runs.chain(of_kept) {
        args.extend(["-f", "json"].map(str::to_owned));
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = run_in(folder, &words);
        assert!(run.code < 2, "{args:?}: {}", run.stderr);
        let document: Value = serde_json::from_str(&run.stdout).expect("output is JSON");
        fits(name, &document, &args.join(" "));
        let said = ["items", "guides"].into_iter().find_map(|key| document[key].as_array());
        assert!(
            folder == home || said.is_none_or(|all| !all.is_empty()),
            "{args:?} says nothing"
        );
        if name == "guides" {
            // One guide per line is the same guides.
            let lines = run_in(folder, &["export", ".", "-f", "jsonl"]).stdout;
            let lines: Value = lines
                .lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap())
                .collect();
            assert_eq!(lines, document["guides"]);
        }
    }
    let pages = ["export", ".", "-f", "json", "--one-file-per-item", "-o", "指南"];
    assert_eq!(run_in(kept.path(), &pages).code, 0);
    let page = |name: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(kept.path().join("指南").join(name)).unwrap()).unwrap()
    };
    let index = page("目录.json");
    fits(INDEX, &index, "目录.json");
    for file in index["files"].as_array().unwrap().iter().take(3) {
        let name = file["file"].as_str().unwrap();
        fits("guides", &page(name), name);
    }
}

/// A wrong document is told: a word that there is none of, a key that is gone, a number of another kind.
#[test]
fn the_schemas_refuse() {
    let report: Value = serde_json::from_str(&run(&["report", EXAMPLE, "-f", "json"]).stdout).unwrap();
    let schema = schema("report");
    let judge = Judge {
        root: &schema,
        open: true,
    };
    assert!(judge.faults(&report).is_empty());
    let changes: [(&str, Value); 6] = [
        ("/format", "tongban-report/2".into()),
        ("/summary/index", 1.5.into()),
        ("/items/0/elements/0/class", "mostly".into()),
        ("/items/0/burdens/519901", "0".into()),
        ("/items/0/elements/0/reference/support", "most".into()),
        ("/regions/0/items", (-1).into()),
    ];
    for (path, value) in changes {
        let mut report = report.clone();
        *report.pointer_mut(path).expect(path) = value;
        let faults = judge.faults(&report);
        assert!(faults.iter().any(|fault| fault.starts_with(path)), "{path}: {faults:?}");
    }
    let mut short = report.clone();
    short["summary"].as_object_mut().unwrap().remove("cells");
    assert!(!judge.faults(&short).is_empty());
    // Fields are added: whoever has an older schema goes on reading.
    let mut more = report;
    more["summary"]["new"] = 1.into();
    assert!(judge.faults(&more).is_empty());
}

#[test]
fn shipped_settings_fit_their_schemas() {
    for path in toml_files("catalogs/profiles") {
        fits("profile", &toml(&path), &path.to_string_lossy());
    }
    for path in toml_files("catalogs/codes") {
        fits("codes", &toml(&path), &path.to_string_lossy());
    }
    for (name, of) in names().iter().filter(|(name, _)| name.starts_with("vocabulary/")) {
        fits(name, &toml(&root().join("catalogs").join(of)), of);
    }
    for folder in [
        EXAMPLE,
        "examples/legal-bases",
        "tests/cases/rules/values",
        "tests/cases/rules/lists",
    ] {
        fits("tongban", &toml(&root().join(folder).join("tongban.toml")), folder);
    }
    fits("variance", &toml(&root().join(EXAMPLE).join("variance.toml")), EXAMPLE);
    for folder in [
        "examples/three-districts/rules",
        "tests/cases/rules/values/rules",
        "tests/cases/rules/lists/rules",
    ] {
        for path in toml_files(folder) {
            fits("rules", &toml(&path), &path.to_string_lossy());
        }
    }
}

/// Files that use every key: what the schema must let through.
const WHOLE: [(&str, &str); 4] = [
    (
        "tongban",
        r#"
profile = "national-12"
directory = ["目录.csv"]
columns = { "办事条件" = "conditions" }
directory_columns = { "名称" = "name" }
directory_encoding = "gb18030"
laws = ["laws", "more"]
[[region]]
id = "519901"
name = "东岭区"
files = ["东岭.csv"]
columns = { "窗口" = "place" }
encoding = "utf-8"
[lint]
select = ["TIM", "FEE004"]
ignore = ["TIM001"]
severity = { FEE004 = "off" }
thresholds = { TIM007 = 30 }
baseline = "known.json"
[[lint.exception]]
rules = ["TIM001"]
file = "*.csv"
region = "519901"
item = "000119001000"
element = "fees"
reason = "试点"
expires = 2030-01-01
"#,
    ),
    (
        "variance",
        r#"
[[variance]]
region = "519901"
item = "000119001000"
element = "fees"
ground = "省条例第三条"
owner = "政务办"
expires = 2030-01-01
"#,
    ),
    (
        "profile",
        r#"
id = "own"
title = "本市要素"
en = "ours"
status = "试行"
source = "某文件"
extends = "national-12"
keep = ["name", "fees"]
drop = ["fees"]
rule_files = ["rules/own.toml"]
[[element]]
id = "quota"
title = "数量限制"
en = "quota"
kind = "text"
policy = "equal"
weight = 2.0
compare = true
pairwise = "informs"
draft = true
fields = { value = "quota" }
code_list = "item-type"
ground = "某文件"
doc = "数量"
doc_en = "how many"
aliases = ["名额"]
[lint]
select = ["TIM"]
ignore = ["TIM001"]
"#,
    ),
    (
        "rules",
        r#"
[[rule]]
code = "GZ001"
name = "no-copies"
severity = "warning"
confidence = "low"
title = "不收复印件"
title_en = "no copies"
doc = "说明"
doc_en = "why"
ground = "某文件"
todo = "删去"
todo_en = "drop it"
message = "写了复印件"
message_en = "asks for copies"
on = "materials"
text = "raw"
forbidden = "复印件"
pattern = "."
required = true
allowed = ["甲"]
unique = true
min_length = 1
max_length = 9
bad = [{ materials = "复印件", promised_time = 3 }]
good = [{ materials = "原件", promised_time = 0.5 }]
consistent_with = { if = "收费", on = "fees", pattern = "元", forbidden = "免" }
compare = { is = "<=", with = "statutory_time", value = 20 }
[rule.when]
region = "519901"
type = ["行政许可", "行政确认"]
name = { pattern = "许可" }
fees = { forbidden = "免" }
result = { said = true }
"#,
    ),
];

/// Every place of a document that has keys which a schema knows: not the tables whose keys are codes, rules, headers or elements.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    let free = [
        "columns",
        "directory_columns",
        "severity",
        "thresholds",
        "fields",
        "when",
        "bad",
        "good",
    ];
    match value {
        Value::Object(keys) => {
            let name = at.trim_end_matches("/0").rsplit('/').next().unwrap();
            if !free.contains(&name) {
                places.extend(keys.keys().map(|key| format!("{at}/{key}")));
            }
            keys.iter()
                .for_each(|(key, value)| self::places(value, &format!("{at}/{key}"), places));
        }
        Value::Array(values) => {
            if let Some(first) = values.first() {
                self::places(first, &format!("{at}/0"), places);
            }
        }
        _ => {}
    }
}

#[test]
fn a_misspelled_key_and_another_type_are_refused() {
    let mut tried = 0;
    for (name, text) in WHOLE {
        let schema = schema(name);
        let judge = Judge {
            root: &schema,
            open: true,
        };
        let table: toml::Table = toml::from_str(text).unwrap();
        let whole = json(&toml::Value::Table(table));
        assert_eq!(judge.faults(&whole), Vec::<String>::new(), "{name}");
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in &all {
            let (parent, key) = place.rsplit_once('/').unwrap();
            let mut wrong = whole.clone();
            let keys = wrong.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            let value = keys.remove(key).unwrap();
            keys.insert(format!("{key}x"), value);
            assert!(!judge.faults(&wrong).is_empty(), "{name}: {place}x is let through");
            let mut wrong = whole.clone();
            *wrong.pointer_mut(place).unwrap() = serde_json::json!([[1]]);
            assert!(!judge.faults(&wrong).is_empty(), "{name}: {place} may be anything");
            tried += 1;
        }
        // Every key that the schema knows is in the document above: none is let through untried.
        let seen: Vec<&str> = all.iter().filter_map(|place| place.rsplit('/').next()).collect();
        for shape in schema["$defs"]
            .as_object()
            .into_iter()
            .flat_map(|defs| defs.values())
            .chain([&schema])
        {
            let known = shape["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
            let left: Vec<&String> = known
                .filter(|key| !seen.contains(&key.as_str()) && *key != "said")
                .collect();
            assert!(left.is_empty(), "{name}: {left:?}");
        }
    }
    assert!(tried > 70, "{tried}");
}

/// The schema of `tongban.toml` and the reader of it say the same: whichever key is misspelled or missing.
#[test]
fn the_reader_and_the_schema_agree() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("tests/cases/rules/values"), folder.path());
    let schema = schema("tongban");
    let judge = Judge {
        root: &schema,
        open: true,
    };
    let (_, text) = WHOLE[0];
    let lines: Vec<&str> = text.lines().collect();
    let mut refused = 0;
    for at in 0..lines.len() {
        let Some((key, rest)) = lines[at].split_once(" = ") else {
            continue;
        };
        for written in [format!("{key}x = {rest}"), String::new(), lines[at].to_owned()] {
            let mut lines = lines.clone();
            lines[at] = &written;
            let text = lines.join("\n");
            let table: toml::Table = toml::from_str(&text).unwrap();
            let valid = judge.faults(&json(&toml::Value::Table(table))).is_empty();
            std::fs::write(folder.path().join("tongban.toml"), &text).unwrap();
            let run = run_in(folder.path(), &["rules", "list", "."]);
            assert_eq!(valid, run.code == 0, "{text}\n{}", run.stderr);
            refused += usize::from(!valid);
        }
    }
    assert!(refused > 20, "{refused}");
}

/// `ALL` of an enum of the model, from which schemas take their words, has all of them.
#[test]
fn lists_of_words_are_whole() {
    let mut checked = 0;
    for entry in std::fs::read_dir(root().join("src/model")).unwrap() {
        let path = entry.unwrap().path();
        let text = if path.is_file() {
            std::fs::read_to_string(&path).unwrap()
        } else {
            continue;
        };
        for rest in text.split("pub const ALL: [").skip(1) {
            let name = rest.split(';').next().unwrap();
            let Some(body) = text.split(&format!("pub enum {name} {{")).nth(1) else {
                continue;
            };
            let body = body.split("\n}").next().unwrap();
            let variants = body
                .lines()
                .filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_uppercase()));
            let mut variants: Vec<&str> = variants.map(|line| line.trim().trim_end_matches(',')).collect();
            let list = rest.split("];").next().unwrap();
            let mut listed: Vec<&str> = list
                .split(&format!("{name}::"))
                .skip(1)
                .map(|word| word.split(',').next().unwrap().trim())
                .collect();
            variants.sort_unstable();
            listed.sort_unstable();
            assert_eq!(variants, listed, "{name}");
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked}");
}

//! `tongban align`: what the patch names is gone from the report once it is applied, and nothing else has changed; nobody is worse off
//! unless that was asked for; there and back again is where it began; and no file that is there is written over.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::generator;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::support::align::{applied, catalogue, copy, deviations, json, laws, text};
use crate::support::{real, root, run, run_in, snapshot};
use serde_json::Value as Json;
use tongban::compare::align::{Asked, Target, align};
use tongban::compare::uniformity::Question;
use tongban::forms::Forms;
use tongban::ingest::Source;

const EXAMPLE: &str = "examples/three-districts";

fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join(EXAMPLE), folder.path());
    folder
}

#[test]
fn applied_to_the_example_the_differences_are_gone() {
    let mut lines = 0;
    for region in ["519901", "519902", "519923"] {
        for to in ["majority", "directory", "best", "region:519901"] {
            if to.ends_with(region) {
                continue;
            }
            // Running the program is what takes the time.
            let worse = region != "519901";
            let folder = example();
            lines += laws(folder.path(), region, to, worse);
            if to == "majority" {
                let folder = example();
                lines += laws(folder.path(), region, to, !worse);
            }
        }
    }
    assert!(lines > 20, "{lines}");
}

#[test]
fn applied_to_generated_lists_the_differences_are_gone() {
    for seed in [7] {
        let (lists, planted) = generator::lists(40, 4, 12, seed);
        for worse in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            for list in &lists {
                fs::write(folder.path().join(format!("{}.csv", list.id)), &list.csv).unwrap();
            }
            for list in &lists {
                // What type an item is of is not voted on.
                let voted = |(_, region, element): &&(String, String, String)| *region == list.id && element != "type";
                let own = planted.iter().filter(voted).count();
                let lines = laws(folder.path(), &list.id, "majority", worse);
                match worse {
                    // Everything that was planted comes to light and goes.
                    true => assert_eq!(lines, own, "{seed} {}", list.id),
                    false => assert!(lines <= own, "{seed} {}", list.id),
                }
            }
            let left: usize = deviations(&json(folder.path(), &["report", "."]))
                .values()
                .map(|cells| cells.iter().filter(|(_, _, element)| element != "type").count())
                .sum();
            assert_eq!(left == 0, worse, "{seed}: {left} left");
        }
    }
}

#[test]
fn there_and_back_again() {
    let (lists, _) = generator::lists(30, 4, 15, 3);
    let folder = tempfile::tempdir().unwrap();
    for list in &lists {
        fs::write(folder.path().join(format!("{}.csv", list.id)), &list.csv).unwrap();
    }
    let (profile, catalogue) = catalogue(folder.path());
    let forms = Forms::of(&catalogue, &profile);
    for (at, list) in lists.iter().enumerate() {
        let asked = Asked {
            region: &list.id,
            target: &Target::Majority,
            element: None,
            item: None,
            allow_worse: true,
        };
        let patch = align(&catalogue, &forms, &profile, &Question::default(), &asked);
        let source = Source::file(folder.path().join(format!("{}.csv", list.id)));
        let there = applied(&source, &list.csv, &profile, at * 30, &patch);
        assert_eq!(there == list.csv, patch.lines.is_empty());
        assert_eq!(patch.clone().reverse().reverse().lines.len(), patch.lines.len());
        let back = applied(&source, &there, &profile, at * 30, &patch.clone().reverse());
        // A text that needed quotes keeps them on the way back: the cells are what they were. All else is as it was, byte for byte.
        let quotes = |text: &str| text.contains([',', '"', '\n']);
        let quoted = patch
            .lines
            .iter()
            .any(|line| quotes(&line.to.raw) && !quotes(&line.from.raw));
        assert!(quoted || back == list.csv, "{}", list.id);
        assert_eq!(records(&back), records(&list.csv), "{}", list.id);
    }
}

fn records(csv: &[u8]) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn new_files_beside_the_old_ones() {
    let folder = example();
    let before: BTreeSet<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    let old: Vec<Vec<u8>> = before
        .iter()
        .filter(|path| path.is_file())
        .map(|path| fs::read(path).unwrap())
        .collect();
    let report = run_in(folder.path(), &["report", "."]);
    for region in ["519901", "519902", "519923"] {
        let run = run_in(
            folder.path(),
            &["align", region, ".", "--to", "majority", "--allow-worse", "--apply"],
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let now: Vec<Vec<u8>> = before
        .iter()
        .filter(|path| path.is_file())
        .map(|path| fs::read(path).unwrap())
        .collect();
    assert_eq!(now, old);
    let new: BTreeSet<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    let names: Vec<_> = new
        .difference(&before)
        .map(|path| path.file_name().unwrap().to_string_lossy())
        .collect();
    assert_eq!(
        names,
        ["dongling.aligned.csv", "nanping.aligned.xlsx", "xihe.aligned.csv"]
    );
    // They are not counted beside the old ones, with a manifest or without.
    assert_eq!(run_in(folder.path(), &["report", "."]).stdout, report.stdout);
    // Without the manifest regions are called otherwise: what is allowed there goes with it.
    fs::remove_file(folder.path().join("tongban.toml")).unwrap();
    fs::remove_file(folder.path().join("variance.toml")).unwrap();
    let loose = json(folder.path(), &["report", "."]);
    assert_eq!(
        loose["regions"].as_array().unwrap().len(),
        4,
        "the directory is a list here"
    );
    // Once more there is a file.
    let run = run_in(
        folder.path(),
        &["align", "dongling", ".", "--to", "majority", "--allow-worse", "--apply"],
    );
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("dongling.aligned.csv"), "{}", run.stderr);
}

/// Entries of a list in one cell go, stay and come in the notation of that cell.
#[test]
fn lists_keep_their_notation() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, materials: &str, audience: &str, basis: &str| {
        let text = format!(
            "基本编码,事项名称,申请材料,服务对象,设定依据\r\n000119001000,取水许可,\"{materials}\",{audience},{basis}\r\n"
        );
        fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    };
    list(
        "450101",
        "1、申请表；\n2、营业执照（复印件2份）；\n3、章程。",
        "自然人，企业法人",
        "《水法》第七条；《行政许可法》第十二条",
    );
    for other in ["450102", "450103"] {
        list(
            other,
            "申请表;营业执照(复印件1份)",
            "自然人;企业法人;事业法人",
            "《水法》第48条；《行政许可法》第12条",
        );
    }
    let patch = json(folder.path(), &["align", "450101", "."]);
    let told: BTreeMap<String, String> = patch["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(&line["element"]), text(&line["to"])))
        .collect();
    assert_eq!(told["materials"], "1、申请表；\n2、营业执照(复印件1份)。");
    assert_eq!(told["audience"], "自然人，企业法人，事业法人");
    assert_eq!(told["basis"], "《水法》第四十八条；《行政许可法》第十二条");
    assert_eq!(told.len(), 3);
}

/// One paper fewer and one more: the one goes, the other is refused; where it may be the same paper, nothing goes.
#[test]
fn only_the_harmless_part() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, materials: &str, days: &str| {
        let text = format!("基本编码,事项名称,申请材料,承诺办结时限\r\n000119001000,取水许可,{materials},{days}\r\n");
        fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    };
    list("450101", "申请表；无犯罪记录", "5个工作日");
    for other in ["450102", "450103"] {
        list(other, "申请表；营业执照", "10个工作日");
    }
    let patch = json(folder.path(), &["align", "450101", "."]);
    assert_eq!(patch["lines"][0]["to"], "申请表");
    assert_eq!(patch["lines"][0]["reason"], "part");
    assert_eq!(patch["lines"].as_array().unwrap().len(), 1);
    let refused: Vec<String> = patch["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| text(&line["reason"]))
        .collect();
    assert_eq!(refused, ["worse", "worse"]);
    let patch = json(folder.path(), &["align", "450101", ".", "--allow-worse"]);
    assert_eq!(patch["lines"][0]["to"], "申请表；营业执照");
    assert_eq!(patch["lines"][1]["to"], "10个工作日");
    assert_eq!(patch["lines"][1]["saving"]["days"], -5);
    list("450101", "申请表；企业的执照", "5个工作日");
    let patch = json(folder.path(), &["align", "450101", "."]);
    assert_eq!(patch["summary"]["lines"], 0, "{patch}");
}

/// What the region does not say is not invented, and what could not be read is not touched.
#[test]
fn nothing_is_invented() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, conditions: &str, days: &str| {
        let text = format!("基本编码,事项名称,受理条件,承诺办结时限\r\n000119001000,取水许可,{conditions},{days}\r\n");
        fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    };
    list("450101", "应当符合下列条件：", "");
    for other in ["450102", "450103"] {
        list(other, "有固定的场所。", "10个工作日");
    }
    let patch = json(folder.path(), &["align", "450101", ".", "--allow-worse"]);
    assert_eq!(patch["lines"], Json::from(Vec::<Json>::new()));
    assert_eq!(patch["summary"]["missing"], 1);
    assert_eq!(patch["summary"]["unknown"], 1);
}

/// Entries of a list in JSON are texts of their own.
#[test]
fn lists_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, materials: &str| {
        let text = format!(
            "[\n {{\"基本编码\": \"000119001000\", \"事项名称\": \"取水许可\",\n  \"申请材料\": [{materials}]}}\n]\n"
        );
        fs::write(folder.path().join(format!("{name}.json")), text).unwrap();
    };
    list("450101", "\"申请表\", \"营业执照（复印件2份）\"");
    for other in ["450102", "450103"] {
        list(other, "\"申请表\", \"营业执照（复印件1份）\"");
    }
    let run = run_in(folder.path(), &["align", "450101", ".", "--apply"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let old = fs::read_to_string(folder.path().join("450101.json")).unwrap();
    let new = fs::read_to_string(folder.path().join("450101.aligned.json")).unwrap();
    assert_eq!(new, old.replace("2份", "1份"));
}

#[test]
fn what_cannot_be_asked_is_said() {
    for (args, words) in [
        (vec!["align", "519909", EXAMPLE], vec!["519909", "519901"]),
        (vec!["align", "东岭", EXAMPLE], vec!["东岭区"]),
        (
            vec!["align", "519901", EXAMPLE, "--to", "region:519901"],
            vec!["519901", "不能与自己看齐"],
        ),
        (
            vec!["align", "519901", EXAMPLE, "--to", "region:519999"],
            vec!["519999"],
        ),
        (vec!["align", "519901", EXAMPLE, "--to", "majorty"], vec!["majority"]),
        (
            vec!["align", "519901", EXAMPLE, "--element", "material"],
            vec!["materials"],
        ),
        (
            vec!["align", "519901", EXAMPLE, "--item", "没有的事项"],
            vec!["没有的事项"],
        ),
        (
            vec!["align", "dongling", "examples/three-districts/dongling.csv"],
            vec![],
        ),
        (
            vec![
                "align",
                "dongling",
                "examples/three-districts/dongling.csv",
                "--to",
                "directory",
            ],
            vec!["没有基本目录"],
        ),
        (
            vec!["align", "519901", EXAMPLE, "--apply", "--reverse"],
            vec!["--apply", "--reverse"],
        ),
    ] {
        let run = run(&args);
        assert_eq!(run.code, 2, "{args:?} {}", run.stdout);
        assert_eq!(run.stdout, "", "{args:?}");
        for word in words {
            assert!(run.stderr.contains(word), "{args:?} {}", run.stderr);
        }
    }
}

#[test]
fn outputs_are_as_read() {
    for (name, args) in [
        ("align.txt", vec!["align", "519902", EXAMPLE]),
        ("align.en.txt", vec!["align", "519902", EXAMPLE, "--lang", "en"]),
        (
            "align.csv",
            vec![
                "align",
                "519902",
                EXAMPLE,
                "--to",
                "directory",
                "--allow-worse",
                "--format",
                "csv",
            ],
        ),
        (
            "align-reverse.csv",
            vec!["align", "519902", EXAMPLE, "--reverse", "--format", "csv"],
        ),
        (
            "align.json",
            vec!["align", "南屏县", EXAMPLE, "--to", "best", "--format", "json"],
        ),
        (
            "align.md",
            vec!["align", "519923", EXAMPLE, "--to", "region:519901", "--format", "md"],
        ),
    ] {
        let run = run(&args);
        assert_eq!(run.code, 0, "{args:?} {}", run.stderr);
        snapshot(name, &run.stdout);
    }
}

/// A limit is not made shorter than the promise that stands beside it (优化营商环境条例 art. 36), and spares nobody a day; a copy in the place of
/// an original asks for less. Regions go by the division that the file's name gives.
#[test]
fn a_limit_keeps_its_promise() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, statutory: u32, promised: u32, form: &str| {
        let text = format!(
            "基本编码,事项名称,法定办结时限,承诺办结时限,申请材料\r\n000119001000,取水许可,{statutory}个工作日,{promised}个工作日,营业执照（{form}1份）\r\n"
        );
        fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    };
    list("440303罗湖区", 10, 5, "复印件");
    list("440304福田区", 10, 8, "复印件");
    list("440306宝安区", 20, 15, "原件");
    let elements = |patch: &Json, key: &str| -> Vec<(String, String)> {
        let lines = patch[key].as_array().unwrap().iter();
        lines
            .map(|line| (text(&line["element"]), text(&line["reason"])))
            .collect()
    };
    let pair = |element: &str, reason: &str| (element.to_owned(), reason.to_owned());
    let patch = json(folder.path(), &["align", "宝安区", "."]);
    assert_eq!(elements(&patch, "lines"), [pair("materials", "align")], "{patch}");
    assert_eq!(
        elements(&patch, "refused"),
        [pair("statutory_time", "limit")],
        "{patch}"
    );
    // Where the promise goes along, both change.
    let patch = json(folder.path(), &["align", "440306", ".", "--to", "region:440304"]);
    let wanted = ["materials", "statutory_time", "promised_time"].map(|element| pair(element, "align"));
    assert_eq!(elements(&patch, "lines"), wanted, "{patch}");
    assert_eq!(patch["summary"]["saving"]["days"], 7, "{patch}");
}

/// Guangzhou against the province, on the lists as they are: the patch is made, is never worse, and holds what it says.
#[test]
fn real_lists() {
    let (Some(province), Some(city)) = (real("guangdong/440000.jsonl"), real("guangdong/440100.jsonl")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for path in [&province, &city] {
        fs::copy(path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let asked = ["align", "440100", ".", "--to", "region:440000"];
    let patch = json(folder.path(), &asked);
    for line in patch["lines"].as_array().unwrap() {
        let saving = line["saving"].as_object().unwrap();
        assert!(saving.values().all(|count| count.as_i64().unwrap() > 0), "{line}");
    }
    let run = run_in(folder.path(), &[&asked[..], &["--apply"]].concat());
    // What could not be written is no success.
    let left = run.stderr.contains("没有写进文件");
    assert_eq!(run.code, if left { 2 } else { 0 }, "{}", run.stderr);
    let old = fs::read_to_string(&city).unwrap();
    // Where nothing could be written, that is said, and there is no file.
    let new = fs::read_to_string(folder.path().join("440100.aligned.jsonl")).unwrap_or_else(|_| {
        assert!(run.stderr.contains("没有写进文件"), "{}", run.stderr);
        old.clone()
    });
    assert_eq!(new.lines().count(), old.lines().count());
    let touched: BTreeSet<u64> = patch["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["place"]["line"].as_u64().unwrap())
        .collect();
    for (at, (old, new)) in old.lines().zip(new.lines()).enumerate() {
        assert!(old == new || touched.contains(&(at as u64 + 1)), "line {}", at + 1);
    }
}

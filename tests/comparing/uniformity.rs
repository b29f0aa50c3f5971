//! What is said of N regions: the reference that they are held against, what is allowed, what must be alike, which lists are copies, what it
//! would bring to bring one into line.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Run, run_in};
use serde_json::{Value, json};

/// The columns of the lists here; the first two name the item.
const HEADERS: &str = "事项名称,基本编码,设定依据,受理条件,申请材料,法定办结时限,承诺办结时限";
const ELEMENTS: [&str; 5] = ["basis", "conditions", "materials", "statutory_time", "promised_time"];

/// Items × elements of one list; an empty text where it says nothing.
type List = Vec<[String; 5]>;

/// A list of one item.
fn one(texts: [&str; 5]) -> List {
    vec![texts.map(str::to_owned)]
}

fn write(folder: &Path, name: &str, list: &List) {
    let mut text = format!("{HEADERS}\n");
    for (at, texts) in list.iter().enumerate() {
        text.push_str(&format!("第{at}号许可,000104{at:03}000,{}\n", texts.join(",")));
    }
    std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
}

/// Lists a, b, c … in a folder; with a directory, that too, and a manifest.
fn workspace(lists: &[List], directory: Option<&List>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut manifest = String::new();
    if let Some(directory) = directory {
        write(folder.path(), "dir", directory);
        manifest.push_str("directory = [\"dir.csv\"]\n");
    }
    for (at, list) in lists.iter().enumerate() {
        let name = char::from(b'a' + at as u8);
        write(folder.path(), &name.to_string(), list);
        manifest.push_str(&format!(
            "[[region]]\nid = \"{name}\"\nname = \"区{name}\"\nfiles = [\"{name}.csv\"]\n"
        ));
    }
    if directory.is_some() {
        std::fs::write(folder.path().join("tongban.toml"), manifest).unwrap();
    }
    folder
}

fn run(folder: &Path, more: &[&str]) -> Run {
    let args: Vec<&str> = ["report", ".", "--format", "json"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    run_in(folder, &args)
}

fn report(folder: &Path, more: &[&str]) -> Value {
    let run = run(folder, more);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn cell<'a>(report: &'a Value, element: &str) -> &'a Value {
    let cells = report["items"][0]["elements"].as_array().unwrap();
    cells.iter().find(|cell| cell["element"] == element).unwrap()
}

fn region<'a>(report: &'a Value, id: &str) -> &'a Value {
    let regions = report["regions"].as_array().unwrap();
    regions.iter().find(|region| region["id"] == id).unwrap()
}

fn close(a: &Value, b: f64) -> bool {
    (a.as_f64().unwrap() - b).abs() < 2e-6
}

const LAW: &str = "《中华人民共和国水法》第七条";

/// Numbers that are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    /// What one of the elements may say; the first most often.
    fn text(&mut self, element: usize) -> String {
        let n = [0, 0, 0, 0, 1, 1, 2][self.below(7)];
        let texts = [
            [
                LAW,
                "《中华人民共和国水法》第八条",
                "《中华人民共和国土地管理法》第九条",
            ],
            ["有固定的经营场所", "有三名以上专职人员", ""],
            ["营业执照", "营业执照；公司章程", "场地证明"],
            ["20个工作日", "30个工作日", ""],
            ["5个工作日", "3个工作日", "8个工作日"],
        ];
        texts[element][n].to_owned()
    }

    fn list(&mut self, items: usize) -> List {
        (0..items)
            .map(|_| std::array::from_fn(|element| self.text(element)))
            .collect()
    }
}

/// Every gain that a report names is what comes out when the list is really changed and compared again.
#[test]
fn gains_are_what_a_real_change_brings() {
    let mut checked = 0;
    for seed in 0..4 {
        let mut random = Random(seed);
        let lists: Vec<List> = (0..4).map(|_| random.list(12)).collect();
        let directory = (seed % 2 == 1).then(|| random.list(12));
        let before = workspace(&lists, directory.as_ref());
        let before = report(before.path(), &[]);
        let gains = before["gains"].as_array().unwrap();
        assert!(gains.len() > 5, "{gains:?}");
        let deltas: Vec<f64> = gains.iter().map(|gain| gain["delta"].as_f64().unwrap()).collect();
        assert!(deltas.is_sorted_by(|a, b| a >= b), "{deltas:?}");
        // The largest and the smallest: each costs a run.
        for gain in gains.iter().take(5).chain(gains.last()) {
            let at = usize::from(gain["region"].as_str().unwrap().as_bytes()[0] - b'a');
            let element = ELEMENTS.iter().position(|id| gain["element"] == **id).unwrap();
            let mut changed = lists.clone();
            let mut cells = 0;
            for item in before["items"].as_array().unwrap() {
                let number: usize = item["code"].as_str().unwrap()[6..9].parse().unwrap();
                let all = item["elements"].as_array().unwrap();
                let cell = all.iter().find(|cell| cell["element"] == gain["element"]).unwrap();
                if cell["class"] == "single" || !cell["deviating"].as_array().unwrap().contains(&gain["region"]) {
                    continue;
                }
                cells += 1;
                // The text that has the reference: the directory's, else that of a region in its group.
                changed[at][number][element] = match cell["reference"]["from"].as_str().unwrap() {
                    "directory" => directory.as_ref().unwrap()[number][element].clone(),
                    _ => {
                        let groups = cell["groups"].as_array().unwrap();
                        let group = groups
                            .iter()
                            .find(|g| g["normal"] == cell["reference"]["normal"])
                            .unwrap();
                        let other = usize::from(group["regions"][0].as_str().unwrap().as_bytes()[0] - b'a');
                        lists[other][number][element].clone()
                    }
                };
            }
            assert_eq!(gain["cells"], cells, "{gain}");
            let after = workspace(&changed, directory.as_ref());
            let after = report(after.path(), &[]);
            let fell = before["summary"]["index"].as_f64().unwrap() - after["summary"]["index"].as_f64().unwrap();
            assert!(close(&gain["delta"], fell), "{gain}: fell by {fell}");
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}

/// Nothing but the choice of the reference makes who deviates.
#[test]
fn references_are_as_chosen() {
    let lists = ["10个工作日", "10个工作日", "15个工作日"].map(|time| one([LAW, "", "", time, ""]));
    let directory = one([LAW, "", "", "15个工作日", ""]);
    let folder = workspace(&lists, Some(&directory));
    for (reference, from, deviating, support) in [
        (None, "directory", json!(["a", "b"]), "1/3"),
        (Some("directory"), "directory", json!(["a", "b"]), "1/3"),
        (Some("majority"), "majority", json!(["c"]), "2/3"),
        (Some("region:c"), "region", json!(["a", "b"]), "1/3"),
        (Some("region:区a"), "region", json!(["c"]), "2/3"),
    ] {
        let args: Vec<&str> = reference.into_iter().flat_map(|word| ["--reference", word]).collect();
        let report = report(folder.path(), &args);
        let cell = cell(&report, "statutory_time");
        assert_eq!(cell["reference"]["from"], from, "{reference:?}");
        assert_eq!(cell["deviating"], deviating, "{reference:?}");
        assert_eq!(cell["reference"]["support"], support, "{reference:?}");
        // What regions say of each other does not hang on it.
        assert!(close(&cell["index"], 1.0 / 3.0));
        assert_eq!(cell["class"], "outliers");
    }
    for (word, hint) in [
        ("majorty", "majority"),
        ("region:区aa", "区a"),
        ("directories", "directory"),
    ] {
        let run = run(folder.path(), &["--reference", word]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(hint), "{}", run.stderr);
    }
    // Where the directory is silent, the directory alone is no reference.
    let silent = workspace(&lists, Some(&one([LAW, "", "", "", ""])));
    let report_of = report(silent.path(), &["--reference", "directory"]);
    assert_eq!(cell(&report_of, "statutory_time")["reference"]["from"], "none");
    // Without any directory it is an error, for nothing could be held against it.
    let none = workspace(&lists, None);
    let run = run(none.path(), &["--reference", "directory"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("基本目录"), "{}", run.stderr);
}

/// All agree with each other and none with the directory: the index is 0, and it is told all the same.
#[test]
fn all_against_the_directory_is_told() {
    let lists = ["10个工作日", "10(工作日)"].map(|time| one([LAW, "", "", time, ""]));
    let folder = workspace(&lists, Some(&one([LAW, "", "", "15个工作日", ""])));
    let report = report(folder.path(), &[]);
    let cell = cell(&report, "statutory_time");
    assert_eq!(
        (&cell["class"], &cell["deviating"]),
        (&json!("uniform"), &json!(["a", "b"]))
    );
    assert_eq!(cell["index"], 0.0);
    assert_eq!(report["summary"]["items_uniform"], 0);
    assert_eq!(report["summary"]["cells_deviating"], 1);
    assert_eq!(report["summary"]["cells_must_equal"], 1);
    assert_eq!(cell["against_directory"], true);
    assert!(self::cell(&report, "basis").get("against_directory").is_none());
    for format in ["table", "md", "csv"] {
        let run = run_in(folder.path(), &["report", ".", "--format", format]);
        assert!(run.stdout.contains("0/2"), "{format}: {}", run.stdout);
        assert!(run.stdout.contains("各地一致、与目录不同"), "{format}: {}", run.stdout);
        if format != "csv" {
            assert!(
                run.stdout.contains("各地一致、与基本目录不同的事项（1）"),
                "{format}: {}",
                run.stdout
            );
            assert!(
                run.stdout.contains("1 项事项的 1 个要素值各地一致"),
                "{format}: {}",
                run.stdout
            );
        }
    }
    assert_eq!(run(folder.path(), &["--fail-on", "must-equal"]).code, 1);
}

/// The same where a list that repeats another is counted once: fewer than two count, and both speak.
#[test]
fn copies_against_the_directory_are_told() {
    let list = |time: &str| -> List {
        let row = |at: usize| {
            ["", "有固定的场所", "", time, ""].map(|text| {
                if text.contains("场所") {
                    format!("{text}{at}处")
                } else {
                    text.to_owned()
                }
            })
        };
        (0..24).map(row).collect()
    };
    let folder = workspace(&[list("10个工作日"), list("10个工作日")], Some(&list("15个工作日")));
    for (more, class) in [(&[][..], "uniform"), (&["--dedupe-sources"], "single")] {
        let report = report(folder.path(), more);
        let cell = cell(&report, "statutory_time");
        assert_eq!(
            (&cell["class"], &cell["against_directory"]),
            (&json!(class), &json!(true)),
            "{cell:#}"
        );
        assert_eq!(report["summary"]["cells_against_directory"], 24);
    }
}

/// A tie has no reference: nobody deviates, but nobody is in line either, and it is counted as such.
#[test]
fn ties_are_named() {
    let lists =
        ["3个工作日", "3个工作日", "5个工作日", "5个工作日", "8个工作日"].map(|time| one([LAW, "", "", "", time]));
    let folder = workspace(&lists, None);
    let report = report(folder.path(), &[]);
    let cell = cell(&report, "promised_time");
    assert_eq!((&cell["tied"], &cell["reference"]["from"]), (&json!(2), &json!("none")));
    assert_eq!(cell["deviating"], json!([]));
    assert_eq!(report["summary"]["cells_open"], 1);
    let a = region(&report, "a");
    assert_eq!((&a["cells_open"], &a["index"]), (&json!(1), &json!(0.0)));
    assert_eq!(report["gains"], json!([]));
}

fn variances(folder: &Path, text: &str) {
    std::fs::write(folder.join("variance.toml"), text).unwrap();
}

/// Three regions of which one asks for more.
fn outlier() -> tempfile::TempDir {
    workspace(
        &["营业执照", "营业执照", "营业执照；公司章程"].map(|paper| one([LAW, "", paper, "20个工作日", ""])),
        None,
    )
}

#[test]
fn variances_take_cells_out_until_they_expire() {
    let folder = outlier();
    let before = report(folder.path(), &[]);
    assert_eq!(cell(&before, "materials")["deviating"], json!(["c"]));
    for who in [
        "region = \"c\"",
        "item = \"000104000000\"",
        "item = \"第0号许可\"\nregion = \"c\"\nelement = \"申请材料\"",
        "element = \"materials\"\nexpires = \"2099-01-01\"",
        "element = \"materials\"\nexpires = 2099-01-01",
    ] {
        variances(
            folder.path(),
            &format!("[[variance]]\n{who}\nground = \"某条例第一条\"\nowner = \"张三\"\n"),
        );
        let report = report(folder.path(), &["--fail-on", "substantive"]);
        let cell = cell(&report, "materials");
        assert_eq!(cell["allowed"], json!([{"region": "c", "variance": 0}]), "{who}");
        assert_eq!((&cell["deviating"], &cell["index"]), (&json!([]), &json!(0.0)), "{who}");
        // It still stands in its group.
        assert_eq!(cell["groups"][1]["regions"], json!(["c"]));
        assert_eq!(report["summary"]["index"], 0.0);
        assert_eq!(report["summary"]["items_uniform"], 1);
        assert_eq!(region(&report, "c")["index"], 0.0);
        assert_eq!(report["variances"][0]["cells"], 1);
        assert_eq!(report["variances"][0]["ground"], "某条例第一条");
        assert_eq!(report["gains"], json!([]));
        // It is no list.
        assert_eq!(report["regions"].as_array().unwrap().len(), 3);
    }
    let ground = "ground = \"某条例第一条\"\nowner = \"张三\"\n";
    variances(
        folder.path(),
        &format!("[[variance]]\nregion = \"c\"\n{ground}expires = 2020-12-31\n"),
    );
    let run_of = run(folder.path(), &["--fail-on", "substantive"]);
    assert_eq!(run_of.code, 1);
    assert!(
        run_of.stderr.contains("variance.toml:1") && run_of.stderr.contains("2020-12-31"),
        "{}",
        run_of.stderr
    );
    let report_of: Value = serde_json::from_str(&run_of.stdout).unwrap();
    assert_eq!(report_of["summary"], before["summary"]);
    assert_eq!(report_of["variances"][0]["expired"], true);
    assert_eq!(report_of["variances"][0]["cells"], 1);
    let table = run_in(folder.path(), &["report", "."]);
    assert!(table.stdout.contains("已过期（2020-12-31）"), "{}", table.stdout);
    // What meets nothing is told, and nothing else changes.
    variances(
        folder.path(),
        &format!("\n[[variance]]\nitem = \"没有的事项\"\n{ground}"),
    );
    let run_of = run(folder.path(), &[]);
    assert!(run_of.stderr.contains("variance.toml:2"), "{}", run_of.stderr);
    let report_of: Value = serde_json::from_str(&run_of.stdout).unwrap();
    assert_eq!(report_of["summary"], before["summary"]);
    // A named file counts alone, and is no list either, wherever it stands.
    let ours = format!("[[variance]]\nregion = \"c\"\n{ground}");
    std::fs::write(folder.path().join("ours.toml"), ours).unwrap();
    let named = report(folder.path(), &["--variances", "ours.toml"]);
    assert_eq!(named["variances"].as_array().unwrap().len(), 1);
    assert_eq!(cell(&named, "materials")["deviating"], json!([]));
}

/// In a tie each region may be the one that is allowed to differ.
#[test]
fn variances_hold_in_ties() {
    let lists = ["3个工作日", "5个工作日", "5个工作日", "3个工作日"].map(|time| one([LAW, "", "", "", time]));
    let folder = workspace(&lists, None);
    variances(
        folder.path(),
        "[[variance]]\nregion = \"d\"\nground = \"某条例\"\nowner = \"李四\"\n",
    );
    let report = report(folder.path(), &[]);
    let cell = cell(&report, "promised_time");
    assert_eq!(cell["allowed"], json!([{"region": "d", "variance": 0}]));
    // Two of the three that count say five days.
    assert_eq!(
        (&cell["reference"]["from"], &cell["deviating"]),
        (&json!("majority"), &json!(["a"]))
    );
    assert!(close(&cell["index"], 1.0 / 3.0));
}

/// An item may be named with one of its cases: the other cases count.
#[test]
fn a_variance_may_mean_one_case() {
    let folder = tempfile::tempdir().unwrap();
    for (name, days) in [("a", 5), ("b", 5), ("c", 8)] {
        let row = |case: &str| format!("甲许可（{case}）,000104002000,{days}个工作日\n");
        let list = format!("事项名称,基本编码,承诺办结时限\n{}{}", row("新办"), row("变更"));
        std::fs::write(folder.path().join(format!("{name}.csv")), list).unwrap();
    }
    for (item, allowed) in [
        ("甲许可（新办）", 1),
        ("甲许可(新办)", 1),
        ("甲许可", 2),
        ("000104002000", 2),
        ("甲许可（注销）", 0),
    ] {
        variances(
            folder.path(),
            &format!("[[variance]]\nitem = \"{item}\"\nground = \"某条例\"\nowner = \"赵六\"\n"),
        );
        let report = report(folder.path(), &[]);
        assert_eq!(report["variances"][0]["cells"], allowed, "{item}");
        assert_eq!(report["summary"]["cells_deviating"], 2 - allowed, "{item}");
    }
}

#[test]
fn wrong_variances_are_errors_with_their_line() {
    let folder = outlier();
    for (text, line, said) in [
        ("[[variance]]\nregion = \"c\"\nowner = \"张三\"\n", 1, "ground"),
        ("[[variance]]\nregion = \"c\"\nground = \"某条例\"\n", 1, "owner"),
        (
            "[[variance]]\nregion = \"c\"\nground = \" \"\nowner = \"张三\"\n",
            3,
            "ground",
        ),
        ("[[variance]]\nground = \"某条例\"\nowner = \"张三\"\n", 1, "region"),
        (
            "[[variance]]\nregoin = \"c\"\nground = \"某条例\"\nowner = \"张三\"\n",
            2,
            "region",
        ),
        (
            "[[variance]]\nelement = \"material\"\nground = \"某条例\"\nowner = \"张三\"\n",
            2,
            "materials",
        ),
        (
            "[[variance]]\nregion = \"c\"\nground = \"某条例\"\nowner = \"张三\"\nexpires = \"下个月\"\n",
            5,
            "下个月",
        ),
        ("[[variance]\n", 1, ""),
    ] {
        variances(folder.path(), text);
        let run = run(folder.path(), &[]);
        assert_eq!(run.code, 2, "{text}");
        let place = format!("variance.toml:{line}");
        assert!(
            run.stderr.contains(&place) && run.stderr.contains(said),
            "{text}{}",
            run.stderr
        );
    }
    std::fs::remove_file(folder.path().join("variance.toml")).unwrap();
    let run_of = run(folder.path(), &["--variances", "none.toml"]);
    assert_eq!(run_of.code, 2);
    // It is never written over.
    variances(folder.path(), "");
    let run_of = run(folder.path(), &["-o", "variance.toml"]);
    assert_eq!(run_of.code, 2, "{}", run_of.stderr);
    std::fs::write(folder.path().join("ours.json"), "").unwrap();
    let run_of = run(folder.path(), &["--variances", "ours.json", "-o", "ours.json"]);
    assert_eq!(run_of.code, 2, "{}", run_of.stderr);
}

/// Exit codes: what must be equal by law, what is merely different, and what may be.
#[test]
fn exit_codes_follow_the_law() {
    let other = "《中华人民共和国土地管理法》第九条";
    for (lists, substantive, must_equal) in [
        // The same everywhere.
        ([[LAW, "", "", "20个工作日", "5个工作日"]; 3], 0, 0),
        // Another time under the same law.
        (
            [
                [LAW, "", "", "20个工作日", ""],
                [LAW, "", "", "20(工作日)", ""],
                [LAW, "", "", "30个工作日", ""],
            ],
            1,
            1,
        ),
        // Another time under another law: the basis differs, and is what to look at.
        (
            [
                [LAW, "", "", "20个工作日", ""],
                [LAW, "", "", "20个工作日", ""],
                [other, "", "", "30个工作日", ""],
            ],
            1,
            0,
        ),
        // Whose law is not told may stand under another one.
        (
            [
                [LAW, "", "", "20个工作日", ""],
                [LAW, "", "", "20个工作日", ""],
                ["", "", "", "30个工作日", ""],
            ],
            1,
            0,
        ),
        // The same law, by other articles.
        (
            [
                ["《水法》第十条", "", "", "20个工作日", ""],
                ["《水法》第十条", "", "", "20个工作日", ""],
                ["《中华人民共和国水法》第十二条", "", "", "30个工作日", ""],
            ],
            1,
            1,
        ),
        // A shorter promise is a disparity.
        (
            [
                [LAW, "", "", "20个工作日", "5个工作日"],
                [LAW, "", "", "20个工作日", "5个工作日"],
                [LAW, "", "", "20个工作日", "3个工作日"],
            ],
            0,
            0,
        ),
        // A longer one is more than that, and still no breach.
        (
            [
                [LAW, "", "", "20个工作日", "5个工作日"],
                [LAW, "", "", "20个工作日", "5个工作日"],
                [LAW, "", "", "20个工作日", "8个工作日"],
            ],
            1,
            0,
        ),
        // A tie of three under one law: at least two of them are wrong.
        (
            [
                [LAW, "", "", "20个工作日", ""],
                [LAW, "", "", "30个工作日", ""],
                [LAW, "", "", "45个工作日", ""],
            ],
            1,
            1,
        ),
        // A tie under three laws.
        (
            [
                [LAW, "", "", "20个工作日", ""],
                [other, "", "", "30个工作日", ""],
                ["《城市道路管理条例》第三条", "", "", "45个工作日", ""],
            ],
            1,
            0,
        ),
        // Another paper.
        (
            [
                [LAW, "", "营业执照", "", ""],
                [LAW, "", "营业执照", "", ""],
                [LAW, "", "公司章程", "", ""],
            ],
            1,
            0,
        ),
    ] {
        let folder = workspace(&lists.map(one), None);
        let code = |on: &str| run(folder.path(), &["--fail-on", on]).code;
        assert_eq!(code("substantive"), substantive, "{lists:?}");
        assert_eq!(code("must-equal"), must_equal, "{lists:?}");
        assert_eq!(code("never"), 0);
        assert_eq!(run(folder.path(), &[]).code, 0);
    }
}

/// Headline, table of items and list say the same of a difference under another law, or under one that is not told.
#[test]
fn another_law_is_told_alike_everywhere() {
    for other in ["《土地法》第十条", ""] {
        let lists = [
            ["《水法》第十条", "", "", "20个工作日", ""],
            [other, "", "", "30个工作日", ""],
        ];
        let folder = workspace(&lists.map(one), None);
        assert_eq!(
            self::cell(&report(folder.path(), &[]), "statutory_time")["other_law"],
            json!(["a", "b"])
        );
        for format in ["table", "md", "csv", "html"] {
            let told = run_in(
                folder.path(),
                &["report", ".", "-f", format, "--element", "法定办结时限"],
            )
            .stdout;
            assert!(told.contains("先核对"), "{format} {told}");
            assert!(
                !told.contains("应当一致") && !told.contains("个要素值依法必须一致"),
                "{format} {told}"
            );
        }
    }
    // A directory tells the law of whom is silent.
    let list = |basis, days| one([basis, "", "", days, ""]);
    let folder = workspace(
        &[list("", "30个工作日"), list("", "20个工作日")],
        Some(&list(LAW, "20个工作日")),
    );
    assert_eq!(
        self::cell(&report(folder.path(), &[]), "statutory_time")["must_equal"],
        json!(["a"])
    );
}

/// With a named region as the reference, no tie is told.
#[test]
fn a_tie_is_told_only_without_a_reference() {
    let lists = ["甲表", "甲表", "乙表", "乙表"].map(|papers| one(["", "", papers, "", ""]));
    let folder = workspace(&lists, None);
    assert_eq!(self::cell(&report(folder.path(), &[]), "materials")["tied"], 2);
    assert_eq!(
        self::cell(&report(folder.path(), &["--reference", "region:a"]), "materials")["tied"],
        0
    );
}

#[test]
fn must_equal_and_another_law_are_told_apart() {
    let lists = [
        [LAW, "", "", "20个工作日", ""],
        [LAW, "", "", "20个工作日", ""],
        [LAW, "", "", "15个工作日", ""],
        ["《中华人民共和国土地管理法》第九条", "", "", "30个工作日", ""],
        [LAW, "", "", "20个工作日", ""],
        [LAW, "", "", "20个工作日", ""],
    ];
    let folder = workspace(&lists.map(one), None);
    let report = report(folder.path(), &[]);
    let cell = cell(&report, "statutory_time");
    assert_eq!(cell["deviating"], json!(["c", "d"]));
    assert_eq!(
        (&cell["must_equal"], &cell["other_law"]),
        (&json!(["c"]), &json!(["d"]))
    );
    assert_eq!(report["summary"]["cells_must_equal"], 1);
    assert_eq!(region(&report, "c")["must_equal"], 1);
    assert_eq!(region(&report, "d")["must_equal"], 0);
    let standing = |id: &str| {
        let elements = report["elements"].as_array().unwrap();
        elements.iter().find(|element| element["element"] == id).unwrap()["standing"].clone()
    };
    assert_eq!(standing("statutory_time"), "must-equal");
    assert_eq!(standing("promised_time"), "disparity");
    assert_eq!(standing("materials"), "usual");
    // Only where it is asked for.
    let fail = |more: &[&str]| run(folder.path(), &[&["--fail-on", "must-equal"], more].concat()).code;
    assert_eq!(fail(&["--region", "c"]), 1);
    assert_eq!(fail(&["--region", "d"]), 0);
    assert_eq!(fail(&["--element", "materials"]), 0);
    assert_eq!(fail(&["--element", "法定办结时限"]), 1);
    let wrong = run(folder.path(), &["--element", "matrials"]);
    assert!(
        wrong.code == 2 && wrong.stderr.contains("materials"),
        "{}",
        wrong.stderr
    );
}

/// A list that says something of its own in each item.
fn own(items: usize, mark: &str) -> List {
    let text = |at: usize| {
        [
            LAW.to_owned(),
            format!("有{mark}第{at}号场所"),
            format!("{mark}第{at}号申请表"),
            "20个工作日".to_owned(),
            "5个工作日".to_owned(),
        ]
    };
    (0..items).map(text).collect()
}

#[test]
fn copies_are_hinted_at_and_counted_once() {
    let (city, other) = (own(40, "甲"), own(40, "乙"));
    // Two of forty items are the county's own: 95 %.
    let mut county = city.clone();
    county[0][1] = "有县里的场所".to_owned();
    county[1][2] = "县里的申请表".to_owned();
    let lists = [city.clone(), county.clone(), other.clone()];
    let folder = workspace(&lists, None);
    let plain = run(folder.path(), &[]);
    assert!(plain.stderr.contains("--dedupe-sources"), "{}", plain.stderr);
    let plain: Value = serde_json::from_str(&plain.stdout).unwrap();
    assert_eq!(region(&plain, "b")["looks_like"], "a");
    assert_eq!(region(&plain, "b")["copy_of"], Value::Null);
    assert_eq!(region(&plain, "c")["looks_like"], Value::Null);
    let once = report(folder.path(), &["--dedupe-sources"]);
    assert_eq!(region(&once, "b")["copy_of"], "a");
    // What is counted is what the other two say.
    let without = workspace(&[city.clone(), Vec::new(), other.clone()], None);
    std::fs::remove_file(without.path().join("b.csv")).unwrap();
    let without = report(without.path(), &[]);
    for key in ["index", "items_compared", "cells"] {
        assert_eq!(once["summary"][key], without["summary"][key], "{key}");
    }
    assert!(once["summary"]["index"].as_f64() > plain["summary"]["index"].as_f64());
    // Two alike and one other are no majority, where one of the two is a copy.
    let item = |report: &Value| {
        let items = report["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["code"] == "000104009000").unwrap();
        item["elements"]
            .as_array()
            .unwrap()
            .iter()
            .find(|cell| cell["element"] == "conditions")
            .unwrap()
            .clone()
    };
    assert_eq!(item(&plain)["reference"]["from"], "majority");
    assert_eq!(item(&once)["reference"]["from"], "none");
    assert_eq!(item(&once)["reference"]["support"], "1/2");
    assert_eq!(item(&once)["groups"][0]["regions"], json!(["a", "b"]));
    // One more item of its own, and it is a list like any other.
    county[2][1] = "有县里的另一场所".to_owned();
    let folder = workspace(&[city, county, other], None);
    assert_eq!(region(&report(folder.path(), &[]), "b")["looks_like"], Value::Null);
    // Few items prove nothing.
    let folder = workspace(&[own(19, "甲"), own(19, "甲")], None);
    assert_eq!(region(&report(folder.path(), &[]), "b")["looks_like"], Value::Null);
    let folder = workspace(&[own(20, "甲"), own(20, "甲")], None);
    assert_eq!(region(&report(folder.path(), &[]), "b")["looks_like"], "a");
}

/// The order in which files are named changes nothing, with copies and variances neither.
#[test]
fn order_of_inputs_changes_nothing() {
    let mut random = Random(11);
    let mut lists: Vec<List> = (0..4).map(|_| random.list(30)).collect();
    lists.push(lists[1].clone());
    let folder = workspace(&lists, None);
    std::fs::write(
        folder.path().join("ours.toml"),
        "[[variance]]\nregion = \"c\"\nelement = \"materials\"\nground = \"某条例\"\nowner = \"王五\"\n",
    )
    .unwrap();
    let mut files = ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv"];
    let mut seen = BTreeSet::new();
    for _ in 0..4 {
        files.rotate_left(1);
        files.swap(0, 3);
        let args = [
            &[
                "report",
                "--format",
                "json",
                "--dedupe-sources",
                "--variances",
                "ours.toml",
            ],
            &files[..],
        ]
        .concat();
        let run = run_in(folder.path(), &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        seen.insert(run.stdout);
    }
    assert_eq!(seen.len(), 1);
    let report: Value = serde_json::from_str(seen.first().unwrap()).unwrap();
    assert_eq!(region(&report, "e")["copy_of"], "b");
    assert!(report["variances"][0]["cells"].as_u64() > Some(0));
}

/// Lists of different years are said to be so.
#[test]
fn years_are_told_where_they_differ() {
    let folder = tempfile::tempdir().unwrap();
    let list = |date: &str| {
        format!(
            "事项名称,基本编码,更新时间,承诺办结时限\n甲许可,000104002000,{date},5个工作日\n乙许可,000104003000,2019-01-02,5个工作日\n"
        )
    };
    let write = |name: &str, date: &str| std::fs::write(folder.path().join(name), list(date)).unwrap();
    write("a2021年.csv", "2024-05-01");
    write("b.csv", "2023/5/1 10:00");
    write("c.csv", "不详");
    let report_of = report(folder.path(), &[]);
    let years = report_of["years"].as_array().unwrap();
    let said: Vec<&Value> = years.iter().map(|region| &region["years"]).collect();
    assert_eq!(said, [&json!([2021]), &json!([2023]), &json!([2019])]);
    let table = run_in(folder.path(), &["report", "."]);
    assert!(table.stdout.contains("年份不同"), "{}", table.stdout);
    std::fs::remove_file(folder.path().join("a2021年.csv")).unwrap();
    write("c.csv", "2023-12-31");
    let table = run_in(folder.path(), &["report", "."]);
    assert!(!table.stdout.contains("年份不同"), "{}", table.stdout);
}

/// Regions with one column of what they say, in every order of three: what the report says of that element, the same each time.
fn in_every_order(headers: &str, texts: [&str; 3], element: &str) -> Value {
    let mut seen = BTreeSet::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let folder = tempfile::tempdir().unwrap();
        let regions = ["甲区", "乙区", "丙县"];
        for (at, name) in regions.iter().enumerate() {
            let text = format!(
                "行政区划名称,事项名称,基本编码,{headers}\n{name},种子许可,000402000002,{}\n",
                texts[at]
            );
            std::fs::write(folder.path().join(format!("{}.csv", order[at])), text).unwrap();
        }
        let report = report(folder.path(), &[]);
        let mut ids = vec![String::new(); 3];
        for (at, region) in report["regions"].as_array().unwrap().iter().enumerate() {
            ids[at] = region["name"].as_str().unwrap().to_owned();
        }
        let mut cell = cell(&report, element).clone();
        for group in cell["groups"].as_array_mut().unwrap() {
            // Where it stands is another file each time.
            group
                .as_object_mut()
                .unwrap()
                .retain(|key, _| !key.starts_with("place"));
        }
        seen.insert(format!("{ids:?}{cell}"));
    }
    assert_eq!(seen.len(), 1, "{seen:#?}");
    let text = seen.first().unwrap();
    serde_json::from_str(&text[text.find('{').unwrap()..]).unwrap()
}

/// A region that says that there is a charge, and not which, supports no amount.
#[test]
fn who_names_no_amount_decides_nothing() {
    for texts in [["是,50元", "是,80元", "是,"], ["是,", "是,50元", "是,80元"]] {
        let cell = in_every_order("是否收费,收费标准", texts, "fees");
        assert_eq!(cell["class"], "split", "{cell:#}");
        assert_eq!(cell["groups"].as_array().unwrap().len(), 2, "{cell:#}");
        assert_eq!(cell["missing"].as_array().unwrap().len(), 1, "{cell:#}");
    }
}

/// Regions by what they say of one element, in the order of their ids; the files come in several orders, and the answer is the same.
fn in_any_order(element: usize, texts: &[&str], directory: Option<&str>, more: &[&str]) -> Value {
    let row = |text: &str| {
        let mut row: [String; 5] = Default::default();
        row[element] = text.to_owned();
        format!("种子许可,000104000000,{}\n", row.join(","))
    };
    let mut seen: Vec<(Vec<BTreeSet<String>>, Value)> = Vec::new();
    for turn in 0..texts.len().min(3) {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = String::new();
        if let Some(directory) = directory {
            std::fs::write(folder.path().join("dir.csv"), format!("{HEADERS}\n{}", row(directory))).unwrap();
            manifest.push_str("directory = [\"dir.csv\"]\n");
        }
        for at in 0..texts.len() {
            // Who says what stays; its id, and so its place, turns.
            let id = format!("{:02}", (at + turn) % texts.len());
            std::fs::write(
                folder.path().join(format!("{id}.csv")),
                format!("{HEADERS}\n{}", row(texts[at])),
            )
            .unwrap();
            manifest.push_str(&format!(
                "[[region]]\nid = \"{id}\"\nname = \"区{at:02}\"\nfiles = [\"{id}.csv\"]\n"
            ));
        }
        std::fs::write(folder.path().join("tongban.toml"), manifest).unwrap();
        let report = report(folder.path(), more);
        let mut cell = cell(&report, ELEMENTS[element]).clone();
        // By name, which goes with the text.
        let named = |ids: &Value| -> BTreeSet<String> {
            let ids = ids.as_array().unwrap().iter();
            ids.map(|id| {
                region(&report, id.as_str().unwrap())["name"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect()
        };
        let mut lists: Vec<BTreeSet<String>> = cell["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| named(&group["regions"]))
            .collect();
        lists.sort();
        lists.extend(["deviating", "unknown", "says_less", "must_equal", "other_law"].map(|list| named(&cell[list])));
        for list in ["deviating", "unknown", "says_less", "must_equal", "other_law", "groups"] {
            let count = cell[list].as_array().unwrap().len();
            cell[list] = json!(count);
        }
        seen.push((lists, cell));
    }
    assert!(seen.windows(2).all(|two| two[0] == two[1]), "{seen:#?}");
    seen.swap_remove(0).1
}

/// "Does not contradict" is not transitive: who says less makes no majority among those that contradict each other, and sets none aside
/// where it is what most say.
#[test]
fn who_says_less_makes_no_majority() {
    let [whole, first, second] = ["", "第一款", "第二款"].map(|part| format!("《中华人民共和国水法》第七条{part}"));
    let (whole, first, second) = (whole.as_str(), first.as_str(), second.as_str());
    let other = "《中华人民共和国土地管理法》第九条";
    let told = |cell: &Value| {
        let numbers = ["groups", "deviating", "says_less"].map(|list| cell[list].as_u64().unwrap());
        let reference = &cell["reference"];
        let from = reference["from"].as_str().unwrap().to_owned();
        (
            cell["class"].as_str().unwrap().to_owned(),
            numbers,
            from,
            reference["support"].as_str().unwrap().to_owned(),
        )
    };
    let many = |often: usize, more: &[&'static str]| -> Vec<String> {
        let mut texts = vec![whole.to_owned(); often];
        texts.extend(more.iter().map(|part| format!("{whole}{part}")));
        texts
    };
    type Told<'a> = (Vec<String>, Option<&'a str>, &'a str, [u64; 3], &'a str, &'a str);
    let cases: [Told<'_>; 11] = [
        // The three-way case: nobody has a majority, and 第七条 supports nobody.
        (many(1, &["第一款", "第二款"]), None, "split", [2, 0, 1], "none", "1/2"),
        (
            vec![first.into(), first.into(), whole.into(), second.into()],
            None,
            "outliers",
            [2, 1, 1],
            "majority",
            "2/3",
        ),
        // What most say decides, and others add detail to it, also such that contradict each other.
        (many(20, &["第一款"]), None, "uniform", [1, 0, 0], "majority", "21/21"),
        (
            many(20, &["第一款", "第二款"]),
            None,
            "outliers",
            [3, 0, 0],
            "majority",
            "22/22",
        ),
        (
            many(2, &["第一款", "第二款"]),
            None,
            "outliers",
            [3, 0, 0],
            "majority",
            "4/4",
        ),
        (
            many(2, &["第一款", "第一款", "第二款"]),
            None,
            "outliers",
            [2, 1, 2],
            "majority",
            "2/3",
        ),
        (many(1, &["第一款"]), None, "uniform", [1, 0, 0], "majority", "2/2"),
        // Whatever it may mean, it is not what most say.
        (
            vec![
                other.into(),
                other.into(),
                other.into(),
                other.into(),
                whole.into(),
                first.into(),
                second.into(),
            ],
            None,
            "outliers",
            [4, 3, 0],
            "majority",
            "4/7",
        ),
        // The directory: each is held against it by what it says itself.
        (
            many(1, &["第二款"]),
            Some(first),
            "split",
            [2, 1, 0],
            "directory",
            "1/2",
        ),
        (
            many(1, &["第一款", "第二款"]),
            Some(first),
            "split",
            [2, 1, 1],
            "directory",
            "1/2",
        ),
        (
            many(20, &["第一款"]),
            Some(second),
            "outliers",
            [2, 1, 0],
            "directory",
            "20/21",
        ),
    ];
    for (texts, directory, class, numbers, from, support) in cases {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let cell = in_any_order(0, &texts, directory, &[]);
        assert_eq!(
            told(&cell),
            (class.to_owned(), numbers, from.to_owned(), support.to_owned()),
            "{texts:?}: {cell:#}"
        );
    }
    let papers = ["身份证（原件及复印件）", "身份证", "身份证（仅原件）"];
    let cell = in_any_order(2, &papers, None, &[]);
    assert_eq!(told(&cell).1, [2, 0, 1], "{cell:#}");
    // A bare day may mean either of two, and supports neither.
    let cell = in_any_order(3, &["20工作日", "20日", "20自然日"], None, &[]);
    assert_eq!(
        (&cell["class"], &cell["groups"], &cell["unknown"]),
        (&json!("split"), &json!(2), &json!(1)),
        "{cell:#}"
    );
    // The region that all are held against is never set aside.
    let cell = in_any_order(0, &[whole, first, second], None, &["--reference", "region:区00"]);
    assert_eq!(
        told(&cell),
        ("outliers".to_owned(), [3, 0, 0], "region".to_owned(), "1/3".to_owned()),
        "{cell:#}"
    );
}

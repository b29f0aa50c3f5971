//! Handling for each other: every two regions as they are by themselves, whatever the others do; what blocks, and what is only told.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use crate::support::lists::{pairs, pairs_under};
use crate::support::{real, run, run_in, snapshot};
use calamine::{Reader, Xlsx};
use serde_json::Value;
use tongban::compare::pairwise::Among;
use tongban::model::{Pairwise, Variance};

const EXAMPLE: &str = "examples/three-districts";
const HEAD: &str = "事项名称,基本编码,受理条件,申请材料,承诺办结时限,收费标准\n";

/// Conditions, materials, days, fees of one item.
fn list(cells: [&str; 4]) -> String {
    format!("{HEAD}甲许可,000104002000,{}\n", cells.join(","))
}

type Told = (String, Vec<String>, Vec<String>, Vec<String>);

/// Every pair and item: regions, code and case → word, blocked, unknown, informs.
fn told(report: &Pairwise) -> BTreeMap<(String, String, String), Told> {
    let names = |list: &[usize]| {
        list.iter()
            .map(|&at| report.elements[at].id.clone())
            .collect::<Vec<_>>()
    };
    let mut told = BTreeMap::new();
    for item in &report.items {
        for pair in report.between(item) {
            let id = |at: usize| report.regions[at].0.clone();
            let key = (
                id(pair.regions.0),
                id(pair.regions.1),
                format!("{} {}", item.code, item.handling.as_deref().unwrap_or_default()),
            );
            let value = (
                pair.word().to_owned(),
                names(&pair.blocked),
                names(&pair.unknown),
                names(&pair.informs),
            );
            assert!(told.insert(key, value).is_none(), "a pair is told twice");
        }
    }
    told
}

fn one(left: [&str; 4], right: [&str; 4]) -> Told {
    let report = pairs(&[("a", list(left)), ("b", list(right))], &Among::default());
    let mut told = told(&report);
    let key = told.keys().next().expect("one pair").clone();
    told.remove(&key).unwrap()
}

#[test]
fn what_blocks_and_what_is_only_told() {
    let usual = ["有场所", "甲表；乙表", "5个工作日", "不收费"];
    let (word, blocked, _, informs) = one(usual, usual);
    assert_eq!((word.as_str(), blocked.len(), informs.len()), ("possible", 0, 0));
    // Other conditions, other papers.
    for (other, element) in [
        (["有仓库", "甲表；乙表", "5个工作日", "不收费"], "conditions"),
        (["有场所", "甲表；丙证", "5个工作日", "不收费"], "materials"),
    ] {
        let (word, blocked, ..) = one(usual, other);
        assert_eq!((word.as_str(), blocked), ("blocked", vec![element.to_owned()]));
    }
    // A shorter promise, a fee, and one list of papers that holds the other.
    for (other, element) in [
        (["有场所", "甲表；乙表", "3个工作日", "不收费"], "promised_time"),
        (["有场所", "甲表；乙表", "5个工作日", "每件5元"], "fees"),
        (["有场所", "甲表", "5个工作日", "不收费"], "materials"),
    ] {
        let (word, _, _, informs) = one(usual, other);
        assert_eq!((word.as_str(), informs), ("possible", vec![element.to_owned()]));
    }
    // Nothing is taken to be equal that is not said; what is only told is not missed.
    let (word, _, unknown, _) = one(usual, ["", "甲表；乙表", "", "不收费"]);
    assert_eq!((word.as_str(), unknown), ("unknown", vec!["conditions".to_owned()]));
    let (word, _, unknown, _) = one(usual, ["有场所，且：", "甲表；乙表", "5个工作日", "不收费"]);
    assert_eq!((word.as_str(), unknown), ("unknown", vec!["conditions".to_owned()]));
    // Both silent, in a place where others speak: not equal either.
    let lists = [
        ("a", list(["", "甲表", "", ""])),
        ("b", list(["", "甲表", "", ""])),
        ("c", list(["有场所", "甲表", "", ""])),
    ];
    let told = told(&pairs(&lists, &Among::default()));
    assert!(told.values().all(|(word, ..)| word == "unknown"), "{told:?}");
}

/// A difference that a variance in force allows is told apart and does not block; one that has expired, of another element or of a third
/// region changes nothing.
#[test]
fn a_variance_in_force_does_not_block() {
    let lists = [
        ("a", list(["有场所", "甲表", "5个工作日", "不收费"])),
        ("b", list(["有仓库", "丙证", "5个工作日", "不收费"])),
        ("c", list(["有场所", "丙证", "3个工作日", "不收费"])),
    ];
    let variance = |region: &str, element: &str, expired: bool| Variance {
        region: Some(region.to_owned()),
        item: Some("000104002000".to_owned()),
        element: Some(element.to_owned()),
        ground: "某条例第九条".to_owned(),
        expired,
        ..Variance::default()
    };
    let told = |variances: &[Variance]| {
        let report = pairs_under(&lists, variances, &Among::default());
        let named = |list: &[usize]| -> Vec<String> { list.iter().map(|&at| report.elements[at].id.clone()).collect() };
        let item = &report.items[0];
        let all: Vec<_> = report
            .between(item)
            .map(|pair| (pair.regions, pair.word(), named(&pair.blocked), named(&pair.allowed)))
            .collect();
        let possible: usize = report.pairs.iter().map(|pair| pair.possible).sum();
        assert_eq!(possible, all.iter().filter(|(_, word, ..)| *word == "possible").count());
        assert_eq!(
            report.allowed_by.iter().sum::<usize>(),
            all.iter().map(|(.., allowed)| allowed.len()).sum::<usize>()
        );
        (all, report.variances)
    };
    let element = |id: &str| vec![id.to_owned()];
    let both = vec!["conditions".to_owned(), "materials".to_owned()];
    let plain = [
        ((0, 1), "blocked", both.clone(), vec![]),
        ((0, 2), "blocked", element("materials"), vec![]),
        ((1, 2), "blocked", element("conditions"), vec![]),
    ];
    assert_eq!(told(&[]), (plain.to_vec(), (0, 0)));
    let allowed = [
        ((0, 1), "blocked", element("materials"), element("conditions")),
        ((0, 2), "blocked", element("materials"), vec![]),
        ((1, 2), "possible", vec![], element("conditions")),
    ];
    assert_eq!(told(&[variance("b", "conditions", false)]), (allowed.to_vec(), (1, 0)));
    assert_eq!(told(&[variance("b", "conditions", true)]), (plain.to_vec(), (0, 1)));
    assert_eq!(told(&[variance("b", "fees", false)]), (plain.to_vec(), (1, 0)));
    // A variance of a whole item is of all its elements.
    let whole = Variance {
        element: None,
        ..variance("a", "", false)
    };
    let (all, _) = told(&[whole]);
    assert_eq!(all[0], ((0, 1), "possible", vec![], both));
}

/// The workbook has what the CSV has, and a matrix that is the same on both sides.
#[test]
fn a_workbook_of_pairs() {
    let folder = tempfile::tempdir().unwrap();
    for (name, cells) in [
        ("甲区", ["有场所", "甲表", "5个工作日", "不收费"]),
        ("乙区", ["有仓库", "甲表", "5个工作日", "不收费"]),
        ("丙区", ["有仓库", "甲表；乙表", "3个工作日", "不收费"]),
        ("丁区", ["有场所，且：", "=1+1", "3个工作日", "不收费"]),
    ] {
        std::fs::write(folder.path().join(format!("{name}.csv")), list(cells)).unwrap();
    }
    std::fs::write(
        folder.path().join("variance.toml"),
        "[[variance]]\nregion = \"甲区\"\nelement = \"conditions\"\nground = \"某条例第九条\"\nowner = \"某局\"\n",
    )
    .unwrap();
    let told = run_in(folder.path(), &["report", ".", "--pairwise", "-f", "csv"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    let run = run_in(folder.path(), &["report", ".", "--pairwise", "-o", "out.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut book: Xlsx<_> = calamine::open_workbook(folder.path().join("out.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["汇总", "矩阵", "区域对", "不能通办"]);
    let mut sheet = |name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        let text = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
        range.rows().map(text).collect()
    };
    let matrix = sheet("矩阵");
    assert_eq!(matrix.len(), 5);
    for (at, row) in matrix.iter().enumerate().skip(1) {
        let turned: Vec<&String> = matrix.iter().skip(1).map(|other| &other[at]).collect();
        assert_eq!(row[1..].iter().collect::<Vec<_>>(), turned);
        assert_eq!(row[at], "—");
    }
    let mut reader = csv::Reader::from_reader(told.stdout.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let wanted: Vec<[&str; 5]> = rows
        .iter()
        .filter(|row| &row[7] != "可以通办" || !row[11].is_empty())
        .map(|row| [&row[0], &row[2], &row[7], &row[8], &row[11]])
        .collect();
    let shown = sheet("不能通办");
    let shown: Vec<[&str; 5]> = shown[1..]
        .iter()
        .map(|row| [3, 5, 7, 8, 10].map(|at| row[at].as_str()))
        .collect();
    assert_eq!(shown, wanted);
    // 甲区's condition is allowed to differ; one list of papers holds the other.
    assert!(
        shown.contains(&["丙区", "甲区", "可以通办", "", "受理条件"]),
        "{shown:?}"
    );
    let pairs = sheet("区域对");
    assert_eq!(pairs.len(), 1 + 6);
    let summary = sheet("汇总");
    let rule = |name: &str| summary.iter().find(|row| row[0] == name).map(|row| row[1].clone());
    assert!(rule("判断规则").unwrap().contains("基本目录"));
    assert!(rule("一方要的另一方全都要").unwrap().contains("申请材料"));
    assert!(
        rule("合理差异").unwrap().contains("1 条在有效期内"),
        "{:?}",
        rule("合理差异")
    );
}

/// What no list has an element of is left out and told.
#[test]
fn what_no_list_has_leaves_nothing_open() {
    let usual = ["有场所", "甲表", "", ""];
    let report = pairs(&[("a", list(usual)), ("b", list(usual))], &Among::default());
    let unsaid: Vec<&str> = report
        .elements
        .iter()
        .filter(|e| !e.said)
        .map(|e| e.id.as_str())
        .collect();
    assert!(unsaid.contains(&"basis") && unsaid.contains(&"result"), "{unsaid:?}");
    assert_eq!(told(&report).into_values().next().unwrap().0, "possible");
}

/// A list of many items and notations for a region, out of a few values.
fn many(seed: u64) -> String {
    let mut state = seed;
    let mut pick = move |values: &[&'static str]| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        values[(state >> 33) as usize % values.len()]
    };
    let mut out = HEAD.to_owned();
    for item in 0..40 {
        let row = [
            pick(&["有场所", "有场所。", "有仓库", "有场所；有仓库", "", "有场所，且："]),
            pick(&["甲表；乙表", "1.甲表 2.乙表", "甲表", "丙证", ""]),
            pick(&["5个工作日", "5(工作日)", "3个工作日", "5天"]),
            pick(&["不收费", "每件5元"]),
        ];
        out.push_str(&format!("许可{item},0001040{item:02}000,{}\n", row.join(",")));
    }
    out
}

/// Each pair as if the two were alone; and the same whatever the order of inputs.
#[test]
fn every_pair_is_as_it_is_alone() {
    let ids = ["a", "b", "c", "d", "e", "f"];
    let lists: Vec<(&str, String)> = ids.iter().zip(1..).map(|(id, seed)| (*id, many(seed))).collect();
    let together = pairs(&lists, &Among::default());
    let all = told(&together);
    assert_eq!(all.len(), 15 * 40);
    let words: BTreeSet<&str> = all.values().map(|(word, ..)| word.as_str()).collect();
    assert_eq!(words.len(), 3, "{words:?}");
    for (at, left) in lists.iter().enumerate() {
        for right in &lists[at + 1..] {
            let alone = told(&pairs(&[left.clone(), right.clone()], &Among::default()));
            for (key, value) in alone {
                assert_eq!(all[&key], value, "{key:?}");
            }
        }
    }
    let mut turned = lists.clone();
    turned.reverse();
    assert_eq!(pairs(&turned, &Among::default()), together);
    // Sums are those of the pairs.
    for pair in &together.pairs {
        let ids = (
            together.regions[pair.regions.0].0.clone(),
            together.regions[pair.regions.1].0.clone(),
        );
        let count = |word: &str| {
            let own = all.iter().filter(|(key, _)| (&key.0, &key.1) == (&ids.0, &ids.1));
            own.filter(|(_, value)| value.0 == word).count()
        };
        assert_eq!(
            (pair.possible, pair.blocked, pair.unknown),
            (count("possible"), count("blocked"), count("unknown"))
        );
        assert_eq!(pair.both, 40);
    }
    // One region against the others.
    let only = pairs(
        &lists,
        &Among {
            region: Some("c".to_owned()),
            ..Among::default()
        },
    );
    let mine: BTreeMap<_, _> = all
        .into_iter()
        .filter(|(key, _)| key.0 == "c" || key.1 == "c")
        .collect();
    assert_eq!(told(&only), mine);
}

/// A region that divides an item is held against one that does not as a whole, and against one that divides it alike case by case.
#[test]
fn divided_items_are_told_once_for_each_pair() {
    let head = "事项名称,基本编码,业务办理项名称,申请材料\n";
    let divided = |second: &str| format!("{head}甲许可,000104002000,新办,甲表\n甲许可,000104002000,变更,{second}\n");
    let lists = [
        ("a", divided("乙表")),
        ("b", divided("丙证")),
        ("c", format!("{head}甲许可,000104002000,,甲表；乙表\n")),
    ];
    let told = told(&pairs(&lists, &Among::default()));
    let words: Vec<_> = told
        .iter()
        .map(|((l, r, item), told)| (l.as_str(), r.as_str(), item.as_str(), told.0.as_str()))
        .collect();
    let code = "000104002000";
    assert_eq!(
        words,
        [
            ("a", "b", format!("{code} 变更").as_str(), "blocked"),
            ("a", "b", format!("{code} 新办").as_str(), "possible"),
            ("a", "c", format!("{code} ").as_str(), "possible"),
            ("b", "c", format!("{code} ").as_str(), "blocked"),
        ]
    );
}

/// What the report finds in two groups blocks; what it finds in one does not.
#[test]
fn it_agrees_with_the_report() {
    let json = |args: &[&str]| -> Value {
        let run = run(args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let report = json(&["report", EXAMPLE, "-f", "json"]);
    let pairwise = json(&["report", EXAMPLE, "--pairwise", "-f", "json"]);
    assert_eq!(pairwise["format"], "tongban-pairwise/1");
    let mut looked = 0;
    for item in pairwise["items"].as_array().unwrap() {
        let same = |other: &&Value| other["code"] == item["code"] && other["handling"] == item["handling"];
        let cells = report["items"].as_array().unwrap().iter().find(same).unwrap();
        for pair in item["pairs"].as_array().unwrap() {
            for cell in cells["elements"].as_array().unwrap() {
                let element = &cell["element"];
                let group = |region: &Value| {
                    let groups = cell["groups"].as_array().unwrap();
                    groups
                        .iter()
                        .position(|group| group["regions"].as_array().unwrap().contains(region))
                };
                let (left, right) = (group(&pair["regions"][0]), group(&pair["regions"][1]));
                let says = |list: &str| pair[list].as_array().unwrap().contains(element);
                match (left, right) {
                    (Some(left), Some(right)) if left == right => assert!(!says("blocked"), "{item} {element}"),
                    (Some(_), Some(_)) => assert!(says("blocked") || says("informs"), "{item} {element}"),
                    _ => assert!(!says("blocked") && !says("informs"), "{item} {element}"),
                }
                looked += 1;
            }
        }
    }
    assert!(looked > 100, "{looked}");
}

#[test]
fn outputs_are_as_read() {
    for (name, args) in [
        ("pairwise.txt", vec!["report", EXAMPLE, "--pairwise"]),
        ("pairwise.en.txt", vec!["report", EXAMPLE, "--pairwise", "--lang", "en"]),
        ("pairwise.md", vec!["report", EXAMPLE, "--pairwise", "-f", "md"]),
        ("pairwise.csv", vec!["report", EXAMPLE, "--pairwise", "-f", "csv"]),
        (
            "pairwise-item.json",
            vec!["report", EXAMPLE, "--pairwise", "-f", "json", "--item", "000119001000"],
        ),
        (
            "pairwise-region.txt",
            vec![
                "report",
                EXAMPLE,
                "--pairwise",
                "--region",
                "西河区",
                "--element",
                "申请材料",
                "--top",
                "2",
            ],
        ),
    ] {
        let run = run(&args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        snapshot(name, &run.stdout);
    }
}

#[test]
fn wrong_names_are_said() {
    for (flag, name) in [("--region", "西河"), ("--element", "材料"), ("--item", "没有这一项")] {
        let run = run(&["report", EXAMPLE, "--pairwise", flag, name]);
        assert_eq!(run.code, 2, "{flag}");
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
}

/// A profile of one's own says what blocks.
#[test]
fn what_blocks_is_in_the_profile() {
    let folder = tempfile::tempdir().unwrap();
    let usual = ["有场所", "甲表", "5个工作日", "不收费"];
    std::fs::write(folder.path().join("甲.csv"), list(usual)).unwrap();
    std::fs::write(
        folder.path().join("乙.csv"),
        list(["有场所", "甲表", "3个工作日", "不收费"]),
    )
    .unwrap();
    let own = |word: &str| {
        let element = format!("[[element]]\nid = \"promised_time\"\npairwise = \"{word}\"\n");
        let text = format!("id = \"own\"\ntitle = \"本地\"\nextends = \"national-12\"\n{element}");
        std::fs::write(folder.path().join("own.toml"), text).unwrap();
        run_in(
            folder.path(),
            &[
                "report",
                "甲.csv",
                "乙.csv",
                "--pairwise",
                "--profile",
                "own.toml",
                "--fail-on",
                "substantive",
            ],
        )
    };
    assert_eq!(own("informs").code, 0);
    assert_eq!(own("blocks").code, 1);
    let wrong = own("block");
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("blocks"), "{}", wrong.stderr);
}

/// Guangdong: 17 items in common, of which the lists say neither basis nor procedure, fees or result.
#[test]
fn guangdong_two_by_two() {
    let (Some(left), Some(right)) = (real("guangdong/440000.jsonl"), real("guangdong/440100.jsonl")) else {
        return;
    };
    let (left, right) = (left.to_string_lossy(), right.to_string_lossy());
    let run = run(&["report", &left, &right, "--pairwise", "-f", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let of = |code: &str| {
        let items = report["items"].as_array().unwrap().iter();
        items.filter(|item| item["code"] == code).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of("440106013001")[0]["possible"], 1, "弩的制造审批 is equal");
    // Five papers that are all among the other's twelve.
    assert_eq!(of("440102012001")[0]["possible"], 1);
    let spectrum = &of("440104012001")[0]["pairs"][0];
    assert_eq!(spectrum["stand"], "unknown", "the conditions are cut off: {spectrum}");
    assert_eq!(spectrum["unknown"], serde_json::json!(["conditions"]));
    assert!(
        report["elements"]
            .as_array()
            .unwrap()
            .iter()
            .any(|e| e["element"] == "basis" && e["said"] == false)
    );
}

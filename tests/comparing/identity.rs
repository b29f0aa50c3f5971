//! Identity without a common code: names alone give the pairs that codes give, near misses are never bridged, a person's decisions win and
//! are replayed, and the order of inputs changes nothing.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::{real, run_in};
use tongban::compare::identity::{self, Decisions, Items};
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{Catalogue, PairedBy};
use tongban::profile::Profile;

struct Lists {
    catalogue: Catalogue,
    forms: Forms,
    profile: Profile,
    sides: Vec<Option<usize>>,
}

impl Lists {
    fn of(files: &[PathBuf]) -> Lists {
        let profile = Profile::load("national-12").unwrap();
        let sources: Vec<Source> = files
            .iter()
            .map(|file| Source {
                directory: file.file_stem().is_some_and(|stem| stem == "directory"),
                ..Source::file(file)
            })
            .collect();
        let intake = ingest::read(&sources, &profile);
        assert!(intake.errors.is_empty(), "{:?}", intake.errors);
        let catalogue = intake.catalogue;
        let mut ids: Vec<String> = catalogue.regions.iter().map(|region| region.id.to_string()).collect();
        ids.sort();
        let mut lists = ids.clone();
        lists.retain(|id| {
            catalogue
                .regions
                .iter()
                .any(|region| *region.id == **id && !region.directory)
        });
        let sides = catalogue.regions.iter();
        let sides = sides
            .map(|region| lists.iter().position(|id| **id == *region.id && !region.directory))
            .collect();
        Lists {
            forms: Forms::of(&catalogue, &profile),
            catalogue,
            profile,
            sides,
        }
    }

    fn items(&self) -> Items {
        let count = self.sides.iter().flatten().count();
        let decisions = Decisions::default();
        identity::items(
            &self.catalogue,
            &self.forms,
            &self.profile,
            &self.sides,
            count,
            &decisions,
        )
    }

    /// Where a row stands, as its list and row.
    fn at(&self, row: tongban::model::RowId) -> (String, u32) {
        let place = self.catalogue.place(row, None);
        let file = Path::new(&*place.file)
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        (file, place.row)
    }

    /// Pairs of rows of two lists that are one item, and that are one unit of comparison.
    fn pairs(&self, items: &Items) -> [BTreeSet<(u32, u32)>; 2] {
        let mut found = [BTreeSet::new(), BTreeSet::new()];
        let cross = |rows: &[Vec<tongban::model::RowId>], into: &mut BTreeSet<(u32, u32)>| {
            for left in &rows[0] {
                for right in &rows[1] {
                    into.insert((self.at(*left).1, self.at(*right).1));
                }
            }
        };
        for item in &items.items {
            cross(&item.rows, &mut found[0]);
            for unit in item.units.iter().filter(|unit| !unit.union.contains(&true)) {
                cross(&unit.rows, &mut found[1]);
            }
        }
        found
    }
}

/// Precision, recall and F1.
fn measure(found: &BTreeSet<(u32, u32)>, true_ones: &BTreeSet<(u32, u32)>) -> [f64; 3] {
    let right = found.intersection(true_ones).count() as f64;
    let share = |of: usize| if of == 0 { 1.0 } else { right / of as f64 };
    let (precision, recall) = (share(found.len()), share(true_ones.len()));
    [
        precision,
        recall,
        2.0 * precision * recall / (precision + recall).max(1e-9),
    ]
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// The two lists of Guangdong with every code blanked give the pairs that the codes give.
#[test]
fn guangdong_pairs_by_name_alone() {
    let (Some(left), Some(right)) = (real("guangdong/440000.jsonl"), real("guangdong/440100.jsonl")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let codes = [
        "_id",
        "TASK_CODE",
        "ORGCODE",
        "CATAID",
        "parentCatalogId",
        "matter_code",
        "URL",
        "TASK_TAG",
    ];
    let bare = |path: &Path, name: &str, drop: bool| {
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().map(|line| {
            let mut row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
            for code in codes {
                match drop {
                    true => _ = row.remove(code),
                    false => _ = row.insert(code.to_owned(), "".into()),
                }
            }
            serde_json::to_string(&row).unwrap() + "\n"
        });
        write(folder.path(), name, &lines.collect::<String>())
    };
    let coded = Lists::of(&[left.clone(), right.clone()]);
    let [items, rows] = coded.pairs(&coded.items());
    assert!(items.len() >= 80 && rows.len() >= 20, "{} {}", items.len(), rows.len());
    for drop in [false, true] {
        let named = Lists::of(&[bare(&left, "440000.jsonl", drop), bare(&right, "440100.jsonl", drop)]);
        let [by_item, by_row] = named.pairs(&named.items());
        for (what, found, true_ones) in [("items", &by_item, &items), ("rows", &by_row, &rows)] {
            let [precision, recall, f1] = measure(found, true_ones);
            println!(
                "guangdong, codes {}, {what}: {} pairs, precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}",
                if drop { "not there" } else { "blank" },
                true_ones.len()
            );
            assert!(precision >= 0.995 && f1 >= 0.98, "{what}: {precision} {recall} {f1}");
        }
    }
}

/// A name as another region may write it.
fn otherwise(name: &str, at: usize) -> String {
    let mut name = name.to_owned();
    // The order of the words in a bracket.
    if at.is_multiple_of(2)
        && let (Some(open), Some(close)) = (name.find(['（', '(']), name.rfind(['）', ')']))
        && open < close
    {
        let inner = &name[open..close];
        let inner = &inner[inner.chars().next().map_or(0, char::len_utf8)..];
        if inner.contains('、') && !inner.contains(['（', '(', '）', ')', '，', '；', '《']) {
            let turned: Vec<&str> = inner.split('、').rev().collect();
            name = name.replace(inner, &turned.join("、"));
        }
    }
    if at.is_multiple_of(3) {
        name = name.replace('的', "");
    }
    if at % 3 == 1 {
        for (from, to) in [
            ("许可", "审批"),
            ("补发", "补办"),
            ("其他", "其它"),
            ("以及", "及"),
            ("延期", "延续"),
        ] {
            name = name.replace(from, to);
        }
    }
    if at % 4 == 1 {
        name = name.replace('、', "和").replace("或者", "或");
    }
    if at % 4 == 2 {
        name = name.replace('（', "(").replace('）', ")").replace('，', ",");
    }
    if at % 4 == 3 {
        name = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    char::from_u32(c as u32 + 0xFEE0).unwrap()
                } else {
                    c
                }
            })
            .collect();
        name = format!(" {name}　");
    }
    if at % 5 == 1 {
        name = name
            .replace("全省", "全市")
            .replace("省本级", "市本级")
            .replace("我省", "我市");
    }
    if at % 5 == 4 && !name.contains('级') {
        name.push_str("（市级）");
    }
    name
}

/// A name that looks alike and is another item; `None` where nothing in it can be turned.
fn turned(name: &str) -> Option<String> {
    for (from, to) in [
        ("设立", "变更"),
        ("变更", "注销"),
        ("注销", "变更"),
        ("延续", "注销"),
        ("补发", "换发"),
        ("补领", "换领"),
        ("第一类", "第二类"),
        ("第二类", "第三类"),
        ("一级", "二级"),
        ("甲级", "乙级"),
        ("乙级", "丙级"),
        ("跨省", "省内"),
        ("境外", "境内"),
        ("临时", "长期"),
        ("许可", "备案"),
        ("备案", "许可"),
        ("审批", "备案"),
        ("登记", "认定"),
        ("认定", "登记"),
        ("申领", "查询"),
        ("查询", "申报"),
        ("个人", "单位"),
        ("企业", "个人"),
        ("职工", "居民"),
        ("高中", "初中"),
        ("生产", "经营"),
    ] {
        if name.contains(from) {
            return Some(name.replacen(from, to, 1));
        }
    }
    None
}

/// The province's own items again: in another notation, without codes, among near misses of which half stand where the item itself is
/// missing.
#[test]
fn other_notation_is_one_item_and_near_misses_are_none() {
    let Some(path) = real("guangdong/440000.jsonl") else {
        return;
    };
    let mut names: BTreeMap<String, (String, String)> = BTreeMap::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        names.insert(text("subCatalogName"), (text("CATAID"), text("TASK_TYPE_TEXT")));
    }
    let known: BTreeSet<String> = names.keys().cloned().collect();
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let folder = tempfile::tempdir().unwrap();
    for with_codes in [true, false] {
        let mut left = "事项名称,基本编码,事项类型\n".to_owned();
        let mut right = "事项名称,事项类型\n".to_owned();
        let mut true_ones = BTreeSet::new();
        let mut decoys = 0;
        let mut row = 1;
        for (at, (name, (code, kind))) in names.iter().enumerate() {
            let code = if with_codes { code.as_str() } else { "" };
            left.push_str(&format!("{},{code},{kind}\n", cell(name)));
            let decoy = turned(name).filter(|decoy| at % 3 == 0 && !known.contains(decoy));
            let missing = decoy.is_some() && at % 2 == 0;
            if !missing {
                row += 1;
                right.push_str(&format!("{},{kind}\n", cell(&otherwise(name, at))));
                true_ones.insert((u32::try_from(at).unwrap() + 2, row));
            }
            if let Some(decoy) = decoy {
                row += 1;
                decoys += 1;
                right.push_str(&format!("{},{kind}\n", cell(&otherwise(&decoy, at + 1))));
            }
        }
        let files = [
            write(folder.path(), "440000.csv", &left),
            write(folder.path(), "440300.csv", &right),
        ];
        let lists = Lists::of(&files);
        let [found, _] = lists.pairs(&lists.items());
        let [precision, recall, _] = measure(&found, &true_ones);
        println!(
            "other notation, codes {with_codes}: {} items, {decoys} near misses, precision {precision:.4}, recall {recall:.4}",
            true_ones.len()
        );
        let wrong: Vec<_> = found.difference(&true_ones).collect();
        assert!(decoys > 100, "{decoys}");
        assert!(precision >= 0.995, "{precision} {wrong:?}");
        let missed: Vec<_> = true_ones.difference(&found).collect();
        assert!(recall >= 0.95, "{recall} {missed:?}");
    }
}

/// What came together, without the numbers of rows.
fn shape(lists: &Lists, items: &Items, names: &BTreeMap<(String, u32), String>) -> Vec<String> {
    let mut out: Vec<String> = items
        .items
        .iter()
        .map(|item| {
            let mut rows: Vec<String> = item
                .rows
                .iter()
                .chain(&item.duplicates)
                .flatten()
                .chain(&item.directory)
                .map(|row| {
                    let at = lists.at(*row);
                    format!("{}:{}", at.0, names[&at])
                })
                .collect();
            rows.sort();
            format!("{} {} {:?} {rows:?}", item.code, item.name, item.pairing)
        })
        .collect();
    out.extend(items.proposals.iter().map(|proposal| {
        format!(
            "{:?} {:?} {:?} {:?} {}",
            proposal.left, proposal.right, proposal.pairing, proposal.notes, proposal.taken
        )
    }));
    out.sort();
    out
}

const NAMES: [&str; 14] = [
    "取水许可",
    "取水审批",
    "取水许可（变更）",
    "取水许可变更",
    "律师事务所设立许可",
    "律师事务所的设立许可",
    "律师事务所变更许可",
    "教师资格认定",
    "对教师资格的认定",
    "教师资格证补发",
    "教师资格证补办",
    "在公路上增设平面交叉道口审批",
    "在公路增设平面交叉道口审批",
    "全省性宗教团体设立",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]

    /// Neither the order of files nor that of rows changes what comes together.
    #[test]
    fn order_changes_nothing(
        rows in proptest::collection::vec((0..3_usize, 0..NAMES.len(), 0..3_usize, 0..4_usize), 1..24),
        seed in 0..1000_usize,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let kinds = ["", "行政许可", "公共服务"];
        let codes = ["", "440102012001", "510102012001", "440104012001"];
        let mut shapes = Vec::new();
        for turn in [0, seed] {
            let mut files = Vec::new();
            let mut names = BTreeMap::new();
            for region in 0..3 {
                let stem = format!("44010{region}");
                let mut lines: Vec<String> = rows
                    .iter()
                    .filter(|row| row.0 == region)
                    .map(|&(_, name, kind, code)| format!("{},{},{}", NAMES[name], codes[code], kinds[kind]))
                    .collect();
                let by = turn % lines.len().max(1);
                lines.rotate_left(by);
                if turn % 2 == 1 {
                    lines.reverse();
                }
                if lines.is_empty() {
                    continue;
                }
                for (at, line) in lines.iter().enumerate() {
                    names.insert((stem.clone(), u32::try_from(at).unwrap() + 2), line.clone());
                }
                let text = format!("事项名称,基本编码,事项类型\n{}\n", lines.join("\n"));
                files.push(write(folder.path(), &format!("{stem}.csv"), &text));
            }
            let by = turn % files.len();
            files.rotate_left(by);
            let lists = Lists::of(&files);
            let items = lists.items();
            let all: usize = items.items.iter().map(|item| {
                item.rows.iter().chain(&item.duplicates).map(Vec::len).sum::<usize>()
            }).sum();
            assert_eq!(all, rows.len());
            shapes.push(shape(&lists, &items, &names));
        }
        assert_eq!(shapes[0], shapes[1]);
    }
}

/// The items of lists as the names of their rows, by list.
fn together(folder: &Path, files: &[(&str, &str)]) -> Vec<(Vec<String>, Option<PairedBy>)> {
    let paths: Vec<PathBuf> = files.iter().map(|(name, text)| write(folder, name, text)).collect();
    let lists = Lists::of(&paths);
    let rows: usize = files.iter().map(|(_, text)| text.lines().count() - 1).sum();
    assert_eq!(lists.catalogue.rows.len(), rows, "every row is read");
    let line = |row: tongban::model::RowId| {
        let (file, at) = lists.at(row);
        let (name, text) = files.iter().find(|(name, _)| name.starts_with(&file)).unwrap();
        let stem = name.split('.').next().unwrap();
        format!("{stem}:{}", text.lines().nth(at as usize - 1).unwrap())
    };
    let mut out: Vec<(Vec<String>, Option<PairedBy>)> = lists
        .items()
        .items
        .iter()
        .map(|item| {
            let rows = item.directory.iter().chain(item.rows.iter().flatten());
            (
                rows.map(|row| line(*row)).collect(),
                item.pairing.map(|pairing| pairing.by),
            )
        })
        .filter(|(rows, _): &(Vec<String>, _)| rows.len() > 1)
        .collect();
    out.sort();
    out
}

fn pair(rows: &[&str], by: Option<PairedBy>) -> (Vec<String>, Option<PairedBy>) {
    (rows.iter().map(|row| (*row).to_owned()).collect(), by)
}

#[test]
fn what_comes_together() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let name = Some(PairedBy::Name);
    // Several items of one name are told apart by type; the one whose type fits none stays alone.
    let found = together(
        folder,
        &[
            (
                "440000.csv",
                "事项名称,基本编码,事项类型\n求职补贴申领,440514001000,行政给付\n求职补贴申领,442014002000,公共服务\n",
            ),
            ("440100.csv", "事项名称,事项类型\n求职补贴申领,公共服务\n"),
            ("440300.csv", "事项名称,事项类型\n求职补贴申领,行政奖励\n"),
        ],
    );
    assert_eq!(
        found,
        [pair(
            &[
                "440000:求职补贴申领,442014002000,公共服务",
                "440100:求职补贴申领,公共服务"
            ],
            name
        )]
    );
    // Two of one name in a list without anything to tell them apart: neither is taken.
    let found = together(
        folder,
        &[
            (
                "440000.csv",
                "事项名称,基本编码\n电话咨询,442014001000\n电话咨询,442015001000\n",
            ),
            ("440100.csv", "事项名称,咨询电话\n电话咨询,12345\n"),
        ],
    );
    assert_eq!(found, []);
    // Codes of one system that differ are two items, whatever their names; of two provinces the name decides.
    let found = together(
        folder,
        &[
            ("440000.csv", "事项名称,基本编码\n电话咨询,442014001000\n"),
            ("440100.csv", "事项名称,基本编码\n电话咨询,442015001000\n"),
            ("510000.csv", "事项名称,基本编码\n取水许可,510119001000\n"),
            ("450000.csv", "事项名称,基本编码\n取水许可,450119003000\n"),
        ],
    );
    assert_eq!(
        found,
        [pair(
            &["450000:取水许可,450119003000", "510000:取水许可,510119001000"],
            name
        )]
    );
    // Three lists without codes, each with its own wording.
    let found = together(
        folder,
        &[
            (
                "440000.csv",
                "事项名称,事项类型\n全省性宗教团体设立许可,行政许可\n取水许可（变更、延续）,行政许可\n甲级测绘资质审批,行政许可\n",
            ),
            (
                "440100.csv",
                "事项名称,事项类型\n全市性宗教团体设立审批,行政许可\n取水许可(延续、变更),行政许可\n乙级测绘资质审批,行政许可\n",
            ),
            (
                "440300.csv",
                "事项名称,事项类型\n全市性宗教团体的设立许可,行政许可\n取水许可（变更）,行政许可\n测绘资质审批,行政许可\n",
            ),
        ],
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found.iter().all(|(_, by)| *by == Some(PairedBy::Similarity)),
        "{found:#?}"
    );
    assert_eq!(found.iter().map(|(rows, _)| rows.len()).sum::<usize>(), 5, "{found:#?}");
    // Item and case in one text are a case of the item where another list knows it.
    let found = together(
        folder,
        &[
            (
                "440000.csv",
                "事项名称,业务办理项名称,基本编码\n取水许可,新办,440119001000\n取水许可,变更,440119001000\n",
            ),
            (
                "440100.csv",
                "事项名称,咨询电话\n取水许可（新办）,12345\n取水许可（变更）,12345\n",
            ),
        ],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].0.len(), 4, "{found:#?}");
    // The national code joins provinces; two of one national code on one side are told apart by name.
    let found = together(
        folder,
        &[
            (
                "440000.csv",
                "事项名称,基本编码,国家目录编码\n取水许可（大型）,440119001001,000119001000\n取水许可（小型）,440119001002,000119001000\n教师资格认定,440105001000,000105022000\n",
            ),
            (
                "510000.csv",
                "事项名称,基本编码,国家目录编码\n取水许可（小型）,510119005000,000119001000\n教师资格的审定,510105009000,000105022000\n",
            ),
        ],
    );
    assert_eq!(
        found,
        [
            pair(
                &[
                    "440000:取水许可（小型）,440119001002,000119001000",
                    "510000:取水许可（小型）,510119005000,000119001000"
                ],
                None
            ),
            pair(
                &[
                    "440000:教师资格认定,440105001000,000105022000",
                    "510000:教师资格的审定,510105009000,000105022000"
                ],
                None
            ),
        ]
    );
    // The directory has the codes, the lists have none.
    let found = together(
        folder,
        &[
            ("directory.csv", "事项名称,基本编码\n取水许可,000119001000\n"),
            ("440000.csv", "事项名称,咨询电话\n取水许可,12345\n"),
            ("440100.csv", "事项名称,咨询电话\n取水审批（县级）,12345\n"),
        ],
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].0.len(), 3, "{found:#?}");
}

const LEFT: &str = "事项名称,基本编码,承诺办结时限\n取水许可,440119001000,5个工作日\n教师资格认定,440105022000,5个工作日\n律师事务所设立,440112001000,5个工作日\n";
const RIGHT: &str = "事项名称,基本编码,承诺办结时限\n取水许可,440119001000,9个工作日\n教师资格的审定,510105022000,9个工作日\n律所开办,510112001000,9个工作日\n";

fn workspace(matches: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "440100.csv", LEFT);
    write(folder.path(), "440300.csv", RIGHT);
    if let Some(matches) = matches {
        write(folder.path(), "matches.csv", matches);
    }
    folder
}

/// The names of the items that both regions handle, as `report` has them.
fn compared(folder: &Path) -> BTreeSet<String> {
    let run = run_in(folder, &["report", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let regions = report["regions"].as_array().unwrap();
    assert_eq!(regions.len(), 2, "matches.csv is no list");
    let items = report["items"].as_array().unwrap().iter();
    items
        .filter(|item| item["absent"].as_array().is_some_and(Vec::is_empty))
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_decision_wins() {
    let head = "左区域,左事项,右区域,右事项,是否同一,说明\n";
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(compared(workspace(None).path()), set(&["取水许可"]));
    // By name, by code, by both in one cell; an empty region is every region.
    for yes in [
        "440100,律师事务所设立,440300,律所开办,是,两边核对过\n",
        ",律师事务所设立,,律所开办,是\n",
        ",440112001000,,510112001000,是,\n",
        ",440112001000 律师事务所设立,440300,510112001000 律所开办,同一,\n",
        "440300,律所开办,440100,律师事务所设立,1,\n",
    ] {
        let folder = workspace(Some(&format!("{head}{yes}")));
        assert_eq!(compared(folder.path()), set(&["取水许可", "律师事务所设立"]), "{yes}");
    }
    // It parts what a code joined.
    let folder = workspace(Some(&format!("{head}440100,取水许可,440300,取水许可,否,\n")));
    assert_eq!(compared(folder.path()), set(&[]));
    let run = run_in(
        folder.path(),
        &[
            "diff",
            "440100.csv",
            "440300.csv",
            "--matches",
            "matches.csv",
            "--format",
            "json",
        ],
    );
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(diff["summary"]["items_compared"], 0, "{}", run.stderr);
    // The difference says by what its item came together.
    let folder = workspace(Some(&format!("{head},律师事务所设立,,律所开办,是,\n")));
    let run = run_in(
        folder.path(),
        &[
            "diff",
            "440100.csv",
            "440300.csv",
            "--matches",
            "matches.csv",
            "--format",
            "json",
        ],
    );
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let of = |code: &str| {
        let mut all = diff["differences"].as_array().unwrap().iter();
        all.find(|difference| difference["code"] == code).unwrap()["pairing"].clone()
    };
    assert_eq!(
        of("440112001000"),
        serde_json::json!({"by": "decision", "confidence": 1.0})
    );
    assert!(of("440119001000").is_null());
    // Saved by Excel in the system's encoding, parted by semicolons.
    let folder = workspace(None);
    let text = format!("{head}440100,律师事务所设立,440300,律所开办,是,\n").replace(',', ";");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    std::fs::write(folder.path().join("matches.csv"), bytes).unwrap();
    assert_eq!(compared(folder.path()), set(&["取水许可", "律师事务所设立"]));
}

#[test]
fn decisions_that_are_wrong_are_told() {
    let head = "左区域,左事项,右区域,右事项,是否同一,说明\n";
    let run = |rows: &str| {
        let folder = workspace(Some(&format!("{head}{rows}")));
        run_in(folder.path(), &["report", "--format", "json"])
    };
    let unmet = run(",取水许可,,没有的事项,是,\n");
    assert_eq!(unmet.code, 0, "{}", unmet.stderr);
    assert!(
        unmet.stderr.contains("matches.csv:2") && unmet.stderr.contains("没有的事项"),
        "{}",
        unmet.stderr
    );
    let yes = ",律师事务所设立,,律所开办,是,\n";
    for (rows, told) in [
        (
            format!("{yes}440300,律所开办,440100,律师事务所设立,否,\n"),
            vec!["matches.csv:2", "matches.csv:3"],
        ),
        (
            format!("{yes},律所开办,440100,教师资格认定,是,\n,教师资格认定,,440112001000,否,\n"),
            vec!["matches.csv:4", "matches.csv"],
        ),
        (",取水许可,,律所开办,也许,\n".to_owned(), vec!["matches.csv:2", "也许"]),
        (",取水许可,,,是,\n".to_owned(), vec!["matches.csv:2", "右事项"]),
        (",取水,许可,,律所开办,是,,,\n".to_owned(), vec!["matches.csv:2"]),
    ] {
        let run = run(&rows);
        assert_eq!(run.code, 2, "{rows} {}", run.stderr);
        assert!(
            told.iter().all(|word| run.stderr.contains(word)),
            "{rows} {}",
            run.stderr
        );
    }
    let folder = workspace(Some("甲,乙\n1,2\n"));
    let headless = run_in(folder.path(), &["report"]);
    assert_eq!(headless.code, 2);
    assert!(headless.stderr.contains("左事项"), "{}", headless.stderr);
    let missing = run_in(workspace(None).path(), &["report", "--matches", "none.csv"]);
    assert_eq!(missing.code, 2);
}

/// What `tongban match` writes can be filled in, kept and used again, and says the same again.
#[test]
fn proposals_go_round() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(
        folder,
        "440100.csv",
        "事项名称,事项类型\n政府采购投诉处理,行政裁决\n民办非企业单位的成立登记,行政许可\n=甲乙丙丁戊己取水凭证延续,行政许可\n电话咨询,公共服务\n",
    );
    write(
        folder,
        "440300.csv",
        "事项名称,事项类型\n政府采购供应商投诉处理,行政裁决\n民办非企业单位成立登记,行政许可\n=甲乙丙丁戊己取水证书延续,行政许可\n电话咨询,公共服务\n",
    );
    let first = run_in(folder, &["match"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let rows = |text: &str| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect::<Vec<Vec<String>>>()
    };
    let found = rows(&first.stdout);
    assert_eq!(found.len(), 3, "{}", first.stdout);
    assert!(
        first
            .stdout
            .starts_with("左区域,左事项,右区域,右事项,是否同一,说明,把握,理由")
    );
    assert!(!first.stdout.contains(",="), "{}", first.stdout);
    assert!(found.iter().all(|row| row[4].is_empty()));
    assert_eq!(rows(&run_in(folder, &["match", "--all"]).stdout).len(), 4);
    // A person fills it in.
    let saved = run_in(folder, &["match", "-o", "matches.csv"]);
    assert_eq!(saved.code, 0, "{}", saved.stderr);
    let text = std::fs::read_to_string(folder.join("matches.csv")).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(text.trim_start_matches('\u{FEFF}').lines().next().unwrap().split(','))
        .unwrap();
    for (at, mut row) in rows(text.trim_start_matches('\u{FEFF}')).into_iter().enumerate() {
        row[4] = if at % 2 == 0 { "是" } else { "否" }.to_owned();
        row[5] = format!("第{at}条");
        writer.write_record(row).unwrap();
    }
    std::fs::write(folder.join("matches.csv"), writer.into_inner().unwrap()).unwrap();
    let again = run_in(folder, &["match"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(!again.stderr.contains("matches.csv:"), "{}", again.stderr);
    let kept = rows(&again.stdout);
    let answers: Vec<&str> = kept.iter().map(|row| row[4].as_str()).collect();
    assert_eq!(answers, ["是", "否", "是"], "{}", again.stdout);
    for (row, first) in kept.iter().zip(&found) {
        assert_eq!(row[..4], first[..4]);
        assert!(row[5].starts_with('第'));
    }
    // Once more onto the same file: nothing is lost.
    let over = run_in(folder, &["match", "-o", "matches.csv"]);
    assert_eq!(over.code, 0, "{}", over.stderr);
    let text = std::fs::read_to_string(folder.join("matches.csv")).unwrap();
    assert_eq!(rows(text.trim_start_matches('\u{FEFF}')), kept);
}

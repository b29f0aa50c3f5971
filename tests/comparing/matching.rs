//! A person's decisions (`matches.csv`) where more than two rows are concerned: what hangs on them by a code or a name goes with them where it
//! is clear with whom, never by chance or by order, and never so that one region is in an item with two of its own by the way.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Run, run_in};
use tongban::compare::identity::{self, Decision, Decisions};
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::RowId;
use tongban::profile::Profile;

const HEAD: &str = "行政区划名称,事项名称,基本编码,事项类型\n";
const MATCHES: &str = "左区域,左事项,右区域,右事项,是否同一\n";

/// A folder of lists, one for each region; rows as `甲 取水许可 440119001000 行政许可`.
fn folder(rows: &[&str], matches: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let regions: BTreeSet<&str> = rows.iter().map(|row| row.split(' ').next().unwrap()).collect();
    for region in regions {
        let own = rows.iter().filter(|row| row.split(' ').next() == Some(region));
        let lines = own.map(|row| {
            let mut cells: Vec<&str> = row.split(' ').map(|cell| cell.trim_matches('-')).collect();
            cells.resize(4, "");
            cells.join(",") + "\n"
        });
        let text = HEAD.to_owned() + &lines.collect::<String>();
        std::fs::write(folder.path().join(format!("{region}.csv")), text).unwrap();
    }
    if !matches.is_empty() {
        let lines: String = matches
            .iter()
            .map(|row| row.split(' ').collect::<Vec<_>>().join(",") + "\n")
            .collect();
        std::fs::write(folder.path().join("matches.csv"), MATCHES.to_owned() + &lines).unwrap();
    }
    folder
}

struct Seen {
    /// The regions of each item, as `甲乙`, sorted.
    items: Vec<String>,
    /// Pairs that wait for a person, as `甲-丙`, sorted.
    open: Vec<String>,
    /// How many wait, as `report` says.
    waiting: u64,
    report: Run,
    matching: Run,
}

fn seen(folder: &Path) -> Seen {
    let report = run_in(folder, &["report", "--format", "json"]);
    assert_eq!(report.code, 0, "{}", report.stderr);
    let json: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
    let all: BTreeSet<&str> = json["regions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|region| region["id"].as_str().unwrap())
        .collect();
    let mut items: Vec<String> = json["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["counted"] == true)
        .map(|item| {
            let absent = item["absent"].as_array().unwrap().iter().map(|id| id.as_str().unwrap());
            let absent: BTreeSet<&str> = absent.collect();
            all.difference(&absent).copied().collect::<String>()
        })
        .filter(|regions| regions.chars().count() > 1)
        .collect();
    items.sort();
    let waiting = json["summary"]["waiting"]["open"].as_u64().unwrap();
    let matching = run_in(folder, &["match"]);
    assert_eq!(matching.code, 0, "{}", matching.stderr);
    let mut reader = csv::Reader::from_reader(matching.stdout.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    let mut open: Vec<String> = rows
        .filter(|row| row[4].is_empty())
        .map(|row| {
            let mut pair = [row[0].to_owned(), row[2].to_owned()];
            pair.sort();
            pair.join("-")
        })
        .collect();
    open.sort();
    Seen {
        items,
        open,
        waiting,
        report,
        matching,
    }
}

/// What comes together, and what is asked. Regions are told in the order of their characters: 丁丙乙甲.
#[test]
fn a_third_goes_with_nobody_by_chance() {
    let code = "440119001000 行政许可";
    let plain = "- 行政许可";
    let all = |regions: &[&str], rest: &str| {
        let rows = regions.iter().map(|region| format!("{region} 取水许可 {rest}"));
        rows.collect::<Vec<_>>()
    };
    let no = "甲 取水许可 乙 取水许可 否";
    for rest in [plain, code] {
        for (regions, matches, items, open) in [
            // One 否 tells nothing of the third: it waits.
            (&["甲", "乙", "丙"][..], vec![no], vec![], vec!["丙-乙", "丙-甲"]),
            // Those of whom nothing is said stay together.
            (
                &["甲", "乙", "丙", "丁"],
                vec![no],
                vec!["丁丙"],
                vec!["丁-乙", "丁-甲"],
            ),
            // Whom both are held apart from is alone, and they are one.
            (
                &["甲", "乙", "丙"],
                vec![no, "丙 取水许可 乙 取水许可 否"],
                vec!["丙甲"],
                vec![],
            ),
            // The third is told to go with one.
            (
                &["甲", "乙", "丙"],
                vec![no, "甲 取水许可 丙 取水许可 是"],
                vec!["丙甲"],
                vec![],
            ),
        ] {
            let rows = all(regions, rest);
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let folder = folder(&rows, &matches);
            let seen = seen(folder.path());
            assert_eq!(seen.items, items, "{rows:?} {matches:?}");
            assert_eq!(seen.open, open, "{rows:?} {matches:?} {}", seen.matching.stdout);
            assert_eq!(seen.waiting, open.len() as u64, "{rows:?}");
            assert_eq!(
                seen.report.stderr.contains("tongban match"),
                !open.is_empty(),
                "{}",
                seen.report.stderr
            );
        }
    }
}

/// More speaks for one than for the other: a name, a type.
#[test]
fn a_third_goes_where_more_speaks_for_it() {
    for (rows, no, items) in [
        (
            [
                "甲 养犬登记 440119001000",
                "丙 养犬登记 440119001000",
                "乙 取水许可 440119001000",
            ],
            "甲 养犬登记 乙 取水许可 否",
            vec!["丙甲"],
        ),
        (
            [
                "甲 取水许可 440119001000 行政许可",
                "丙 取水许可 440119001000 行政确认",
                "乙 取水许可 440119001000 行政确认",
            ],
            "甲 取水许可 乙 取水许可 否",
            vec!["丙乙"],
        ),
        // Those of one name are held apart: the one of another name goes with neither.
        (
            [
                "甲 养犬登记 440119001000",
                "丙 养犬登记 440119001000",
                "乙 取水许可 440119001000",
            ],
            "甲 养犬登记 丙 养犬登记 否",
            vec![],
        ),
    ] {
        let folder = folder(&rows, &[no]);
        assert_eq!(seen(folder.path()).items, items, "{rows:?}");
    }
}

/// 是 over two items that have partners: what it says, and what hangs on it without contradiction.
#[test]
fn a_yes_joins_what_it_says() {
    let yes = "甲 养犬登记 乙 取水许可 是";
    // Nothing contradicts: all of both codes are one.
    let one = folder(
        &[
            "甲 养犬登记 440119001000",
            "丙 养犬登记 440119001000",
            "乙 取水许可 440119002000",
            "丁 取水许可 440119002000",
        ],
        &[yes],
    );
    let found = seen(one.path());
    assert_eq!(found.items, ["丁丙乙甲"]);
    assert!(
        !found.report.stderr.contains("matches.csv:2"),
        "{}",
        found.report.stderr
    );
    // Each has a partner in the region of the other: these stay out, and it is said.
    let two = folder(
        &[
            "甲 养犬登记 440119001000",
            "甲 取水许可 440119002000",
            "乙 养犬登记 440119001000",
            "乙 取水许可 440119002000",
        ],
        &[yes],
    );
    let found = seen(two.path());
    assert_eq!(found.items, ["乙甲"]);
    for run in [&found.report, &found.matching] {
        for told in ["matches.csv:2", "甲.csv:3", "乙.csv:2"] {
            assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
        }
        assert!(!run.stderr.contains("甲.csv:2"), "{}", run.stderr);
    }
    // Without codes the partners by name stay out too.
    let three = folder(&["甲 养犬登记", "甲 取水许可", "乙 养犬登记", "乙 取水许可"], &[yes]);
    assert_eq!(seen(three.path()).items, ["乙甲"]);
    // A 否 against what hangs on it: that one stays out.
    let four = folder(
        &[
            "甲 养犬登记 440119001000",
            "丙 养犬登记 440119001000",
            "乙 取水许可 440119002000",
        ],
        &[yes, "丙 养犬登记 乙 取水许可 否"],
    );
    let found = seen(four.path());
    assert_eq!(found.items, ["乙甲"]);
    assert!(found.report.stderr.contains("丙.csv:2"), "{}", found.report.stderr);
}

/// Two 是 that make one item of two rows of one region by way of another are not applied, and the rows and lines are named; a 是 that names
/// both rows is.
#[test]
fn two_rows_of_one_region_are_one_only_where_it_is_said() {
    let rows = [
        "甲 养犬登记 440119001000",
        "甲 取水许可 440119002000",
        "乙 教师资格认定 440119003000",
    ];
    let yes = ["甲 养犬登记 乙 教师资格认定 是", "甲 取水许可 乙 教师资格认定 是"];
    let found = seen(folder(&rows, &yes).path());
    assert_eq!(found.items, Vec::<String>::new());
    for told in ["matches.csv:2", "matches.csv:3", "甲.csv:2", "甲.csv:3"] {
        assert!(found.report.stderr.contains(told), "{told}: {}", found.report.stderr);
    }
    let said = [yes[0], yes[1], "甲 养犬登记 甲 取水许可 是"];
    let found = seen(folder(&rows, &said).path());
    assert_eq!(found.items, ["乙甲"]);
    assert!(!found.report.stderr.contains("matches.csv:"), "{}", found.report.stderr);
}

/// Equal names give their reason, and what was never read is not told of in `diff`.
#[test]
fn what_is_told() {
    let folder = folder(
        &[
            "甲 取水许可 - 行政许可",
            "乙 取水许可 - 行政许可",
            "丙 取水许可 - 行政许可",
        ],
        &["甲 取水许可 乙 取水许可 否", "甲 取水许可 丙 取水许可 否"],
    );
    let both = run_in(folder.path(), &["diff", "乙.csv", "丙.csv", "--format", "json"]);
    assert!(!both.stderr.contains("matches.csv:"), "{}", both.stderr);
    assert!(!both.stderr.contains("tongban match"), "{}", both.stderr);
    // A region that is nearly one that is read is a slip.
    let near = "左区域,左事项,右区域,右事项,是否同一\n甲区市,取水许可,乙,取水许可,否\n";
    std::fs::write(folder.path().join("near.csv"), near).unwrap();
    std::fs::write(
        folder.path().join("甲.csv"),
        HEAD.to_owned() + "甲区县,取水许可,,行政许可\n",
    )
    .unwrap();
    let run = run_in(folder.path(), &["match", ".", "--matches", "near.csv"]);
    assert!(
        run.stderr.contains("near.csv:2") && run.stderr.contains("甲区县"),
        "{}",
        run.stderr
    );
    // No reason is empty.
    let run = run_in(folder.path(), &["match", "--all"]);
    assert!(!run.stdout.contains("“”"), "{}", run.stdout);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    /// Neither the order of rows nor that of decisions changes what comes together; no 否 is broken; no region has two items of its own in
    /// one that no 是 names together.
    #[test]
    fn order_changes_nothing_and_no_is_no(
        rows in proptest::collection::vec((0..4_usize, 0..3_usize, 0..3_usize), 3..10),
        decisions in proptest::collection::vec((0..10_usize, 0..10_usize, proptest::bool::weighted(0.5)), 0..5),
        turn in 0..10_usize,
    ) {
        let regions = ["甲", "乙", "丙", "丁"];
        let names = ["取水许可", "养犬登记", "教师资格认定"];
        let codes = ["-", "440119001000", "440119002000"];
        let mut rows: Vec<(usize, usize, usize)> = rows;
        rows.sort_unstable();
        rows.dedup();
        let text = |row: &(usize, usize, usize)| format!("{} {} {}", regions[row.0], names[row.1], codes[row.2]);
        let told = |row: &(usize, usize, usize)| match row.2 {
            0 => format!("{} {}", regions[row.0], names[row.1]),
            code => format!("{} {}", regions[row.0], codes[code]),
        };
        let said: Vec<String> = decisions.iter().map(|(left, right, same)| {
            let (left, right) = (&rows[left % rows.len()], &rows[right % rows.len()]);
            format!("{} {} {}", told(left), told(right), if *same { "是" } else { "否" })
        }).collect();
        let mut found = Vec::new();
        for by in [0, turn] {
            let mut lines: Vec<String> = rows.iter().map(text).collect();
            let mut answers = said.clone();
            let length = lines.len();
            lines.rotate_left(by % length);
            if !answers.is_empty() {
                let length = answers.len();
                answers.rotate_left(by % length);
            }
            if by % 2 == 1 {
                lines.reverse();
                answers.reverse();
            }
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let folder = folder(&lines, &[]);
            found.push(together(folder.path(), &answers)?);
        }
        proptest::prop_assert_eq!(&found[0], &found[1], "{:?} {:?}", rows, said);
        for item in found.iter().flat_map(|found| found.iter().flatten()) {
            for answer in &said {
                let words: Vec<&str> = answer.split(' ').collect();
                let atoms = [format!("{} {}", words[0], words[1]), format!("{} {}", words[2], words[3])];
                let both = atoms.iter().all(|atom| item.contains(atom));
                proptest::prop_assert!(words[4] == "是" || atoms[0] == atoms[1] || !both, "{answer}: {item:?}");
            }
            for region in regions {
                let own = item.iter().filter(|atom| atom.starts_with(region)).count();
                let by_word = said.iter().any(|answer| answer.ends_with('是') && answer.matches(region).count() == 2);
                proptest::prop_assert!(own < 2 || by_word, "{said:?}: {item:?}");
            }
        }
    }
}

/// What is one item, as regions with the code or the name of their rows; `None` where the decisions contradict themselves.
fn together(
    folder: &Path,
    answers: &[String],
) -> Result<Option<Vec<BTreeSet<String>>>, proptest::test_runner::TestCaseError> {
    let profile = Profile::load("national-12").unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let sources: Vec<Source> = files.iter().map(Source::file).collect();
    let catalogue = ingest::read(&sources, &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    let mut ids: Vec<String> = catalogue.regions.iter().map(|region| region.id.to_string()).collect();
    ids.sort();
    let regions = catalogue.regions.iter();
    let sides: Vec<Option<usize>> = regions
        .map(|region| ids.iter().position(|id| **id == *region.id))
        .collect();
    let all = answers.iter().map(|answer| {
        let words: Vec<String> = answer.split(' ').map(str::to_owned).collect();
        Decision {
            left_region: Some(words[0].clone()),
            left: words[1].clone(),
            right_region: Some(words[2].clone()),
            right: words[3].clone(),
            same: words[4] == "是",
            ..Decision::default()
        }
    });
    let decisions = Decisions { all: all.collect() };
    if !identity::check(&catalogue, &forms, &profile, &decisions)
        .contradictions
        .is_empty()
    {
        return Ok(None);
    }
    let items = identity::items(&catalogue, &forms, &profile, &sides, ids.len(), &decisions).items;
    let atom = |row: RowId| {
        let region = &catalogue.regions[catalogue.rows[row.index()].region.index()].id;
        let said = |field: &str| {
            catalogue
                .text(row, profile.field(field)?)
                .filter(|text| !text.is_empty())
        };
        format!("{region} {}", said("code").or_else(|| said("name")).unwrap_or_default())
    };
    let mut found: Vec<BTreeSet<String>> = items
        .iter()
        .map(|item| {
            item.rows
                .iter()
                .chain(&item.duplicates)
                .flatten()
                .map(|row| atom(*row))
                .collect()
        })
        .collect();
    found.sort();
    let rows: usize = items
        .iter()
        .flat_map(|item| item.rows.iter().chain(&item.duplicates))
        .map(Vec::len)
        .sum();
    proptest::prop_assert_eq!(rows, catalogue.rows.len());
    Ok(Some(found))
}

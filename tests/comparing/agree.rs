//! Threats, rows 20, 24, 25 and 34, with their numbers: SARIF says what JSON says and holds to its schema, the same input gives the same
//! bytes, the numbers of all formats agree, and a rule that cries wolf or goes quiet shows in a snapshot.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::generator::Random;
use crate::support::{copy_folder, real, root, run, run_in, snapshot};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;
use tongban::ingest::{self, Source};
use tongban::lint::{self, Settings};
use tongban::messages::{Lang, Messages};
use tongban::model::Severity;
use tongban::profile::{self, Profile};
use tongban::report::{self, Document, Format, LintReport, Style};

const EXAMPLE: &str = "examples/three-districts";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

// ----------------------------------------------------------------------------------------------------------------------- row 20

/// Rows that promise more days than the law allows: a finding each.
fn late(count: usize) -> String {
    let mut text = "事项名称,基本编码,法定办结时限,承诺办结时限\n".to_owned();
    for n in 0..count {
        writeln!(text, "占道许可{n},,20个工作日,{}个工作日", 21 + n % 40).unwrap();
    }
    text
}

/// What readers rely on in a log, by sarif-schema-2.1.0: required properties, enumerations, and where numbers begin.
fn assert_sarif(log: &Value) {
    let keys = |value: &Value| -> BTreeSet<String> { value.as_object().unwrap().keys().cloned().collect() };
    let of = |names: &[&str]| -> BTreeSet<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    assert_eq!(keys(log), of(&["$schema", "version", "runs"]));
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let run = &log["runs"][0];
    assert_eq!(
        keys(run),
        of(&["tool", "columnKind", "invocations", "properties", "results"])
    );
    assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let driver = &run["tool"]["driver"];
    assert_eq!(keys(driver), of(&["name", "semanticVersion", "rules"]));
    let rules = driver["rules"].as_array().unwrap();
    let mut ids = Vec::new();
    for rule in rules {
        let texts = ["shortDescription", "fullDescription", "help"];
        assert_eq!(
            keys(rule),
            of(&[
                "id",
                "name",
                texts[0],
                texts[1],
                texts[2],
                "defaultConfiguration",
                "properties"
            ])
        );
        assert!(
            texts.iter().all(|key| !rule[*key]["text"].as_str().unwrap().is_empty()),
            "{rule}"
        );
        assert!(
            ["none", "note", "warning", "error"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
        ids.push(rule["id"].as_str().unwrap());
    }
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids repeat");
    let mut prints = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        assert_eq!(
            keys(result),
            of(&[
                "ruleId",
                "ruleIndex",
                "level",
                "message",
                "locations",
                "partialFingerprints"
            ])
        );
        assert_eq!(
            ids[result["ruleIndex"].as_u64().unwrap() as usize],
            result["ruleId"].as_str().unwrap()
        );
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(keys(place), of(&["artifactLocation", "region"]));
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let marks = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
        assert!(
            !uri.is_empty() && !uri.starts_with('/') && uri.bytes().all(marks),
            "{uri}"
        );
        assert_eq!(keys(&place["region"]), of(&["startLine"]));
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        let print = result["partialFingerprints"]["tongban/v1"].as_str().unwrap();
        assert!(prints.insert(print.to_owned()), "{print} repeats");
    }
}

/// 500 findings: the same rule, level, file and line as in JSON, one by one; the address of a file with a blank and Chinese letters.
#[test]
fn sarif_says_what_json_says() {
    let folder = tempfile::tempdir().unwrap();
    // Cells of several lines, so that rows are not lines.
    let text = late(500).replace("占道许可7,", "\"占道\n许可7\",");
    std::fs::write(folder.path().join("目录 1.csv"), text).unwrap();
    let run = run_in(
        folder.path(),
        &[
            "lint",
            "目录 1.csv",
            "--select",
            "TIM001",
            "-o",
            "sarif:a.sarif",
            "-o",
            "json:a.json",
        ],
    );
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    let read = |name: &str| json(&std::fs::read_to_string(folder.path().join(name)).unwrap());
    let (log, wire) = (read("a.sarif"), read("a.json"));
    assert_sarif(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let findings = wire["findings"].as_array().unwrap();
    assert_eq!((results.len(), findings.len()), (500, 500));
    let mut moved = 0;
    for (result, finding) in results.iter().zip(findings) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(result["ruleId"], finding["code"]);
        assert_eq!(result["level"], finding["severity"]);
        assert_eq!(place["region"]["startLine"], finding["place"]["line"]);
        assert_eq!(place["artifactLocation"]["uri"], "%E7%9B%AE%E5%BD%95%201.csv");
        moved += usize::from(finding["place"]["line"] != finding["place"]["row"]);
    }
    assert!(moved > 400);
    assert_sarif(&json(&run_in(&root(), &["lint", EXAMPLE, "-f", "sarif"]).stdout));
}

/// GitHub refuses more than 25,000: what is cut is said on standard error and in the log.
#[test]
fn sarif_is_cut_aloud() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), late(25_001)).unwrap();
    let run = run_in(
        folder.path(),
        &[
            "lint",
            "a.csv",
            "--select",
            "TIM001",
            "-o",
            "a.sarif",
            "-o",
            "concise:a.txt",
            "--top",
            "0",
        ],
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("25001") && run.stderr.contains("25000"),
        "{}",
        run.stderr
    );
    let log = json(&std::fs::read_to_string(folder.path().join("a.sarif")).unwrap());
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    assert_eq!(run["properties"]["findings"], 25_001);
    assert_eq!(run["properties"]["findingsWritten"], 25_000);
    let notice = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notice["level"], "warning");
    assert!(notice["message"]["text"].as_str().unwrap().contains("25001"));
    let lines = std::fs::read_to_string(folder.path().join("a.txt")).unwrap();
    assert_eq!(lines.lines().count(), 25_002);
}

// ----------------------------------------------------------------------------------------------------------------------- row 24

/// A copy of the example in a folder of its own.
fn copy_of_example(folder: &Path) {
    copy_folder(&root().join(EXAMPLE), folder);
}

/// 24 runs: {1, 2, 8} threads × 4 environments × 2, from different folders: the same bytes in every format. No clock, host, user or
/// absolute path is in them.
#[test]
fn runs_give_the_same_bytes() {
    let environments: [&[(&str, &str)]; 4] = [
        &[],
        &[("TZ", "Asia/Shanghai"), ("COLUMNS", "40"), ("HOME", "/nowhere")],
        &[
            ("TZ", "America/St_Johns"),
            ("LANG", "C"),
            ("LC_ALL", "C"),
            ("COLUMNS", "300"),
        ],
        &[
            ("LANG", "de_DE.UTF-8"),
            ("USER", "somebody"),
            ("TERM", "dumb"),
            ("HOSTNAME", "somewhere"),
        ],
    ];
    let mut first: Option<BTreeMap<&str, Vec<u8>>> = None;
    for round in 0..2 {
        for threads in ["1", "2", "8"] {
            for environment in environments {
                let folder = tempfile::tempdir().unwrap();
                copy_of_example(folder.path());
                let out = tempfile::tempdir_in(folder.path()).unwrap();
                let mut command = Command::new(env!("CARGO_BIN_EXE_tongban"));
                command.args(["lint", ".", "-f", "table"]);
                for format in report::formats_of(report::About::Lint) {
                    let path = out.path().join(format.name);
                    command.arg("-o").arg(format!("{}:{}", format.name, path.display()));
                }
                let output = command
                    .current_dir(folder.path())
                    .env_clear()
                    .env("TONGBAN_LANG", "zh")
                    .env("RAYON_NUM_THREADS", threads)
                    .envs(environment.iter().copied())
                    .stdin(Stdio::null())
                    .output()
                    .unwrap();
                assert_eq!(
                    output.status.code(),
                    Some(1),
                    "{}",
                    String::from_utf8_lossy(&output.stderr)
                );
                let mut given: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
                given.insert("stdout", output.stdout);
                for format in report::formats_of(report::About::Lint) {
                    let bytes = std::fs::read(out.path().join(format.name)).unwrap();
                    given.insert(format.name, bytes);
                }
                let tell_tale = folder.path().to_string_lossy().into_owned();
                for (format, bytes) in &given {
                    let text = match *format {
                        "xlsx" => support::workbook::unpack(bytes)
                            .into_iter()
                            .map(|(_, part)| String::from_utf8_lossy(&part).into_owned())
                            .collect(),
                        _ => String::from_utf8_lossy(bytes).into_owned(),
                    };
                    for word in [tell_tale.as_str(), "somebody", "somewhere", "/nowhere"] {
                        assert!(!text.contains(word), "{format} tells {word}");
                    }
                }
                match &first {
                    None => first = Some(given),
                    Some(first) => {
                        for (format, bytes) in &given {
                            assert!(
                                first[format] == *bytes,
                                "{format}: round {round}, {threads} threads, {environment:?}"
                            );
                        }
                    }
                }
            }
        }
    }
}

/// 24 orders of 4 inputs: the same findings.
#[test]
fn the_order_of_inputs_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    copy_of_example(folder.path());
    let files = ["directory.csv", "dongling.csv", "nanping.xlsx", "xihe.csv"];
    let mut orders: Vec<Vec<&str>> = vec![Vec::new()];
    for file in files {
        orders = orders
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(|at| {
                    let mut order = order.clone();
                    order.insert(at, file);
                    order
                })
            })
            .collect();
    }
    assert_eq!(orders.len(), 24);
    let mut wanted: Option<Vec<String>> = None;
    for order in orders {
        let mut args = vec!["lint", "-f", "json"];
        args.extend(order);
        let run = run_in(folder.path(), &args);
        let mut found: Vec<String> = json(&run.stdout)["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| format!("{} {}", finding["code"], finding["place"]))
            .collect();
        found.sort();
        assert!(!found.is_empty());
        assert_eq!(*wanted.get_or_insert_with(|| found.clone()), found, "{args:?}");
    }
}

// ----------------------------------------------------------------------------------------------------------------------- row 25

/// A list of a few rows, each cell sound or faulty at random.
fn random_list(random: &mut Random) -> String {
    let columns: [(&str, &[&str]); 9] = [
        (
            "事项名称",
            &[
                "占道施工许可",
                "取水(许可",
                "设置广告(变更)许可",
                "县级养犬登记",
                "“甲”<乙>|丙,许可",
            ],
        ),
        (
            "基本编码",
            &["000117024000", "00011702400", "000105022000", "", "000117024001"],
        ),
        ("事项类型", &["行政许可", "行政确认", "别的"]),
        (
            "设定依据",
            &[
                "《城市道路管理条例》第三十条",
                "《城市道路管理条例》",
                "",
                "国办发[2018]45号",
            ],
        ),
        ("受理条件", &["有施工方案", "其他条件", "", "应当具备下列条件："]),
        (
            "申请材料",
            &[
                "申请书（原件1份）",
                "其他有关材料",
                "居民身份证（复印件1份）",
                "",
                "=1+1",
            ],
        ),
        ("法定办结时限", &["20个工作日", "60个工作日", "30天", "不详", "-5"]),
        ("承诺办结时限", &["5个工作日", "90个工作日", "", "即办"]),
        ("咨询电话", &["0800-5510101", "12345", "5510101"]),
    ];
    let mut text = columns.map(|(header, _)| header).join(",");
    text.push('\n');
    for _ in 0..random.below(9) {
        let cells = columns.map(|(_, values)| format!("\"{}\"", values[random.below(values.len())]));
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

/// Errors, warnings, hints.
type Counts = [usize; 3];

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// The numbers of a text, where a line says how many findings there are.
fn summary_of(text: &str) -> Counts {
    let line = text
        .lines()
        .find(|line| line.contains("错误 ") && line.contains("提示 "))
        .unwrap();
    ["错误 ", "警告 ", "提示 "].map(|word| {
        let digits = line.split(word).nth(1).unwrap();
        digits
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap()
            .parse()
            .unwrap()
    })
}

fn counted<'a>(words: impl Iterator<Item = &'a str>, names: [&str; 3]) -> Counts {
    let mut counts = [0; 3];
    for word in words {
        counts[names
            .iter()
            .position(|name| *name == word)
            .unwrap_or_else(|| panic!("{word}"))] += 1;
    }
    counts
}

fn list<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry[key].as_str().unwrap())
        .collect()
}

/// How many findings of each severity a format tells of; text formats are counted by what they list and by what they sum up.
fn counts(format: &str, bytes: &[u8]) -> Vec<Counts> {
    let words = ["错误", "警告", "提示"];
    if format == "xlsx" {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let text = |cell: &Data| cell.to_string();
        let findings = book.worksheet_range("问题").unwrap();
        let of: Vec<String> = findings.rows().skip(1).map(|row| text(&row[6])).collect();
        let totals = book.worksheet_range("汇总").unwrap();
        let mut sums = [0; 3];
        let mut last = String::new();
        for row in totals.rows().skip(1) {
            match words.iter().position(|word| *word == text(&row[2])) {
                Some(at) => sums[at] += text(&row[3]).parse::<usize>().unwrap(),
                None => last.push_str(&format!("{}\n", text(&row[0]))),
            }
        }
        return vec![counted(of.iter().map(String::as_str), words), sums, summary_of(&last)];
    }
    let text = std::str::from_utf8(bytes).unwrap();
    let lines = || text.lines().map(str::trim_start);
    match format {
        "json" => {
            let wire = json(text);
            let summary = ["error", "warning", "info"].map(|word| wire["summary"][word].as_u64().unwrap() as usize);
            let listed = counted(
                list(&wire["findings"], "severity").into_iter(),
                ["error", "warning", "info"],
            );
            vec![listed, summary]
        }
        "sarif" => {
            let levels = list(&json(text)["runs"][0]["results"], "level").join(" ");
            vec![counted(levels.split_whitespace(), ["error", "warning", "note"])]
        }
        "gitlab" => {
            let levels = list(&json(text), "severity").join(" ");
            vec![counted(levels.split_whitespace(), ["major", "minor", "info"])]
        }
        "github" => {
            let commands = text.lines().map(|line| line[2..].split(' ').next().unwrap());
            vec![counted(commands, ["error", "warning", "notice"])]
        }
        "junit" => {
            let count = |mark: &str| text.matches(mark).count();
            let failures = [
                count("type=\"error\""),
                count("type=\"warning\""),
                count("<system-out>"),
            ];
            let tests = text.split("tests=\"").nth(1).unwrap().split('"').next().unwrap();
            assert_eq!(tests.parse::<usize>().unwrap(), failures.iter().sum::<usize>());
            vec![failures]
        }
        "csv" => {
            let mut reader = csv::Reader::from_reader(bytes);
            let of: Vec<String> = reader.records().map(|row| row.unwrap()[6].to_owned()).collect();
            vec![counted(of.iter().map(String::as_str), words)]
        }
        "md" => {
            let rows = lines().filter(|line| line.starts_with("| ")).skip(1);
            let rows = rows.filter_map(|line| line.split(" | ").find(|cell| words.contains(cell)));
            vec![counted(rows, words), summary_of(text)]
        }
        // A finding is a line that names its rule beside its severity; the table of rules has no colon.
        "full" => {
            let heads = text.lines().filter(|line| line.contains(": "));
            let heads =
                heads.filter_map(|line| words.iter().find(|word| line.starts_with(&format!("{word} "))).copied());
            vec![counted(heads, words), summary_of(text)]
        }
        "concise" | "table" => {
            let heads = text.lines().filter_map(|line| {
                let word = |word: &&&str| match format {
                    "table" => line.contains(&format!(": {word} ")),
                    _ => line.contains("列表.csv") && line.contains(&format!(" {word} ")),
                };
                words.iter().find(word).copied()
            });
            vec![counted(heads, words), summary_of(text)]
        }
        other => panic!("nobody counts {other}"),
    }
}

/// 200 random catalogues × all formats: every number of every format is the same. What is cut short says how much.
#[test]
fn numbers_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("列表.csv");
    let profile = Profile::load("national-12").unwrap();
    let rules = profile::rules().unwrap();
    let infos: Vec<_> = rules.iter().map(|(rule, _)| rule.clone()).collect();
    let (zh, en) = (Messages::new(Lang::Zh, &rules), Messages::new(Lang::En, &rules));
    let elements = HashMap::new();
    let mut random = Random::new(25);
    let (mut total, mut cut) = (0, 0);
    for _ in 0..200 {
        std::fs::write(&path, random_list(&mut random)).unwrap();
        let intake = ingest::read(&[Source::file(path.clone())], &profile);
        let findings = lint::run(&intake.catalogue, &profile, &infos, &Settings::default(), None);
        let report = LintReport {
            files: intake.catalogue.files.len(),
            rows: intake.catalogue.rows.len(),
            incomplete: false,
            findings,
            rules: infos.clone(),
            catalogue: &intake.catalogue,
            names: profile.field("name").into_iter().collect(),
        };
        let wanted = SEVERITIES.map(|severity| report.count(severity));
        let sum: usize = wanted.iter().sum();
        assert_eq!(sum, report.findings.len());
        total += sum;
        let write = |format: Format, document: &Document<'_>, top: usize| {
            let style = Style {
                messages: &zh,
                both: [&zh, &en],
                color: false,
                width: 120,
                blocks: true,
                profile: "national-12",
                elements: &elements,
                item: None,
                only: report::Only::default(),
                by: report::By::Item,
                explain: false,
                top,
                raw_csv: false,
                trend: None,
            };
            let mut bytes = Vec::new();
            report::write(format, document, &style, &mut bytes).unwrap();
            bytes
        };
        for format in report::formats_of(report::About::Lint) {
            let bytes = write(format, &Document::Lint(&report), usize::MAX);
            for told in counts(format.name, &bytes) {
                assert_eq!(told, wanted, "{}:\n{}", format.name, String::from_utf8_lossy(&bytes));
            }
            if !["table", "full", "concise", "md"].contains(&format.name) || sum <= 3 {
                continue;
            }
            let text = String::from_utf8(write(format, &Document::Lint(&report), 3)).unwrap();
            assert!(
                text.contains(&format!("另有 {} 项", sum - 3)),
                "{}: {text}",
                format.name
            );
            assert_eq!(summary_of(&text), wanted, "{}", format.name);
            cut += 1;
        }
        for format in ["table", "md", "json", "csv"] {
            let text =
                String::from_utf8(write(Format::named(format).unwrap(), &Document::Statistics(&report), 3)).unwrap();
            let told: usize = match format {
                "json" => json(&text)["rules"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|rule| rule["count"].as_u64().unwrap() as usize)
                    .sum(),
                "csv" => {
                    let mut reader = csv::Reader::from_reader(text.as_bytes());
                    reader
                        .records()
                        .map(|row| row.unwrap()[3].parse::<usize>().unwrap())
                        .sum()
                }
                _ => summary_of(&text).iter().sum(),
            };
            assert_eq!(told, sum, "--statistics -f {format}: {text}");
        }
    }
    assert!(total > 2_000 && cut > 500, "{total} {cut}");
}

// ----------------------------------------------------------------------------------------------------------------------- row 34

/// How many findings each rule has in each file.
fn by_rule(args: &[&str]) -> String {
    let mut all = vec!["lint", "-f", "json", "--fail-on", "never"];
    all.extend(args);
    let run = run(&all);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for finding in json(&run.stdout)["findings"].as_array().unwrap() {
        let file = finding["place"]["file"].as_str().unwrap();
        // Real lists stand elsewhere on every machine.
        let file = file.split_once("/data/").map_or(file, |(_, file)| file);
        *counts
            .entry((file.to_owned(), finding["code"].as_str().unwrap().to_owned()))
            .or_default() += 1;
    }
    let lines = counts
        .iter()
        .map(|((file, code), count)| format!("{file} {code} {count}\n"));
    lines.collect()
}

/// A change here is explained in its commit.
#[test]
fn rules_find_as_much_as_before() {
    snapshot("counts.txt", &by_rule(&[EXAMPLE]));
    let files = [
        "guangdong/440000.jsonl",
        "guangdong/440100.jsonl",
        "sichuan/guangan_511602.csv",
    ];
    let paths: Option<Vec<_>> = files.iter().map(|file| real(file)).collect();
    let Some(paths) = paths else { return };
    let text: String = paths.iter().map(|path| by_rule(&[&path.to_string_lossy()])).collect();
    snapshot("counts-real.txt", &text);
}

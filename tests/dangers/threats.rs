//! Threats, rows 2 to 5 and 12 to 14, with their numbers: how the program answers what row by row may be wrong with a file.
//! Findings are read from `tongban lint FILE --format json`.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::generator::Random;
use crate::support::guarded::{Guarded, guarded, guarded_for};
use crate::support::run_in;
use crate::support::workbook::{Cell, xlsx};
use rayon::prelude::*;
use serde_json::Value;

/// A finding, as far as these tests look at it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    code: String,
    row: u64,
    line: u64,
    message: String,
}

struct Lint {
    code: i32,
    rows: u64,
    findings: Vec<Found>,
    text: String,
}

impl Lint {
    fn of(&self, code: &str) -> Vec<&Found> {
        self.findings.iter().filter(|found| found.code == code).collect()
    }

    fn lines(&self, code: &str) -> Vec<u64> {
        self.of(code).iter().map(|found| found.line).collect()
    }
}

fn read_lint(code: i32, stdout: &str, stderr: &str) -> Lint {
    let json: Value = serde_json::from_str(stdout).unwrap_or_else(|error| panic!("{error}: {stdout}\n{stderr}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = json["findings"].as_array().unwrap().iter();
    let findings = findings.map(|finding| Found {
        code: text(&finding["code"]),
        row: finding["place"]["row"].as_u64().unwrap(),
        line: finding["place"]["line"].as_u64().unwrap(),
        message: text(&finding["message"]),
    });
    Lint {
        code,
        rows: json["summary"]["rows"].as_u64().unwrap(),
        findings: findings.collect(),
        text: format!("{stdout}\n{stderr}"),
    }
}

fn lint(folder: &Path, name: &str, bytes: &[u8]) -> Lint {
    std::fs::write(folder.join(name), bytes).unwrap();
    let run = run_in(folder, &["lint", name, "--format", "json"]);
    read_lint(run.code, &run.stdout, &run.stderr)
}

const HEADER: &str = "事项名称,基本编码,事项类型,受理条件,承诺办结时限";

fn code(n: usize) -> String {
    // Never 000 at the end: that is a main item.
    format!("00011{:04}{:03}", 9_000 + n / 900, 1 + n % 900)
}

/// A row in which nothing is quoted.
fn plain(n: usize) -> String {
    format!("取水许可第{n}类,{},行政许可,有合法的取水地点,10个工作日", code(n))
}

/// A row whose conditions take three lines of the file and quote something.
fn quoted(n: usize) -> String {
    format!(
        "取水许可第{n}类,{},行政许可,\"1.有合法的取水地点；\n2.有“计量”设施，即\"\"水表\"\"；\n3.符合规划\",10个工作日",
        code(n)
    )
}

/// 1,000 rows, every seventh with a quoted field of three lines.
fn thousand() -> String {
    let mut text = format!("{HEADER}\n");
    for n in 0..1_000 {
        text.push_str(&if n % 7 == 3 { quoted(n) } else { plain(n) });
        text.push('\n');
    }
    text
}

/// The line on which a byte stands, as an editor counts.
fn line_at(text: &str, byte: usize) -> u64 {
    text.as_bytes()[..byte].iter().filter(|&&b| b == b'\n').count() as u64 + 1
}

// ------------------------------------------------------------------------------------------------------------------------ row 2

/// Where a quote may be put in, and what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    FieldStart,
    FieldMiddle,
    FieldEnd,
    BesideQuote,
    InQuotedField,
}

/// All places where a stray quote can be told from any quote that belongs: (byte, what, the line on which the field begins).
///
/// Left out are places inside a quoted field before a comma or a line end: there a quote closes the field as a right one would, and
/// nobody can say from the bytes which of the two was meant.
fn spots(text: &str) -> Vec<(usize, Spot, u64)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut inside, mut field) = (false, 0);
    for (at, c) in text.char_indices() {
        let before = at.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        let break_before = before == b',' || before == b'\n';
        if !inside && break_before {
            field = at;
        }
        let begins = line_at(text, field);
        // A file has hundreds of kilobytes of such places; the header's are left to the hostile corpus.
        if begins > 1 {
            match (inside, c) {
                (_, '"') => found.push((at, Spot::BesideQuote, begins)),
                (true, '\n' | ',') => {}
                (true, _) if before != b'"' => found.push((at, Spot::InQuotedField, begins)),
                (false, ',' | '\n') if before != b'"' => found.push((at, Spot::FieldEnd, begins)),
                (false, _) if break_before => found.push((at, Spot::FieldStart, begins)),
                (false, _) if before != b'"' => found.push((at, Spot::FieldMiddle, begins)),
                _ => {}
            }
        }
        inside ^= c == '"';
    }
    found
}

/// 200 of 200 stray quotes are said, on the line where they stand or where the field begins that they broke, and the file is never
/// called clean.
#[test]
fn stray_quotes_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let good = thousand();
    let control = lint(folder.path(), "control.csv", good.as_bytes());
    assert_eq!((control.rows, control.code), (1_000, 0), "{}", control.text);
    assert!(control.findings.is_empty(), "{:?}", control.findings);
    let spots = spots(&good);
    let mut random = Random::new(2);
    let kinds = [
        Spot::FieldStart,
        Spot::FieldMiddle,
        Spot::FieldEnd,
        Spot::BesideQuote,
        Spot::InQuotedField,
    ];
    let mut chosen = BTreeSet::new();
    for kind in kinds {
        let of_kind: Vec<_> = spots.iter().filter(|spot| spot.1 == kind).collect();
        let wanted = chosen.len() + 40;
        while chosen.len() < wanted {
            chosen.insert(*of_kind[random.below(of_kind.len())]);
        }
    }
    assert_eq!(chosen.len(), 200);
    let wrong: Vec<String> = chosen
        .par_iter()
        .filter_map(|&(at, kind, begins)| {
            let mut bad = good.clone();
            bad.insert(at, '"');
            let stands = line_at(&good, at);
            let answer = lint(folder.path(), &format!("{at}.csv"), bad.as_bytes());
            let lines = answer.lines("FIL008");
            let right = answer.code == 2 && lines.iter().any(|&line| line == stands || line == begins);
            (!right).then(|| {
                format!(
                    "{kind:?} on line {stands} (field begins on {begins}): exit code {}, FIL008 on {lines:?}",
                    answer.code
                )
            })
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of 200 not found:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

// ------------------------------------------------------------------------------------------------------------------------ row 3

/// 50 ragged rows are 50 findings with their numbers, and the other 950 rows are still checked.
#[test]
fn ragged_rows_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(3);
    let mut ragged = BTreeSet::new();
    while ragged.len() < 50 {
        ragged.insert(random.below(1_000));
    }
    let mut text = format!("{HEADER}\n");
    for n in 0..1_000 {
        let row = plain(n);
        text.push_str(&match ragged.iter().position(|&at| at == n) {
            None => row,
            // Too many cells by one or three, too few by one, two or four.
            Some(at) if at % 5 == 0 => format!("{row},多出"),
            Some(at) if at % 5 == 1 => format!("{row},,,多出"),
            Some(at) if at % 5 == 2 => row.rsplit_once(',').unwrap().0.to_owned(),
            Some(at) if at % 5 == 3 => row.splitn(4, ',').take(3).collect::<Vec<_>>().join(","),
            Some(_) => row.split(',').next().unwrap().to_owned(),
        });
        text.push('\n');
    }
    // A fault in a row that is not ragged, to see that the others are checked.
    let sound = (0..1_000).find(|n| !ragged.contains(n)).unwrap();
    let text = text.replace(&code(sound), "00011900000");
    let answer = lint(folder.path(), "ragged.csv", text.as_bytes());
    let rows: Vec<u64> = answer.of("FIL003").iter().map(|found| found.row).collect();
    let expected: Vec<u64> = ragged.iter().map(|&n| n as u64 + 2).collect();
    assert_eq!(rows, expected);
    assert!(answer.code > 0);
    let row = sound as u64 + 2;
    assert!(
        answer
            .findings
            .iter()
            .any(|found| found.row == row && !found.code.starts_with("FIL")),
        "nothing is said of row {row}: {}",
        answer.text
    );
}

// ------------------------------------------------------------------------------------------------------------------------ row 4

/// A code of eleven digits, so that lint says something of the row: its line is where the test looks.
const MARKED: &str = "占道施工许可,00011702400,行政许可,有施工方案,5个工作日";

/// 12 files: what lines and bytes may be wrong with, the finding that says so on its line, and the marked row on its own.
#[test]
fn bytes_and_lines() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (plain(1), plain(2));
    let join = |rows: &[&str], end: &str| rows.iter().map(|row| format!("{row}{end}")).collect::<String>();
    let nul = one.replacen("取水", "取\0水", 1);
    let twice = |row: &str, more: &str| format!("{row},{more}");
    let multi = quoted(3).replace('\n', "\r\n");
    // name, text, (finding, line) that must be there, line of the marked row
    type Case<'a> = (&'a str, String, Option<(&'a str, u64)>, u64);
    let cases: [Case<'_>; 12] = [
        ("plain", join(&[HEADER, &one, &two, MARKED], "\n"), None, 4),
        ("crlf", join(&[HEADER, &one, &two, MARKED], "\r\n"), None, 4),
        ("lone-cr", join(&[HEADER, &one, &two, MARKED], "\r"), None, 4),
        (
            "bom",
            format!("\u{FEFF}{}", join(&[HEADER, &one, &two, MARKED], "\n")),
            None,
            4,
        ),
        (
            "blank-lines",
            format!("\n\n{HEADER}\n\n\n{one}\n\n{MARKED}\n\n"),
            None,
            8,
        ),
        (
            "blank-lines-crlf",
            format!("\r\n{HEADER}\r\n\r\n{one}\r\n\r\n\r\n{MARKED}\r\n"),
            None,
            7,
        ),
        ("quoted-lines", join(&[HEADER, &quoted(3), MARKED], "\n"), None, 5),
        ("quoted-lines-crlf", join(&[HEADER, &multi, MARKED], "\r\n"), None, 5),
        ("nul", join(&[HEADER, &two, &nul, MARKED], "\n"), Some(("FIL020", 3)), 4),
        (
            "mixed-endings",
            format!("{HEADER}\r\n{one}\r\n{two}\n{MARKED}\r\n"),
            Some(("FIL021", 3)),
            4,
        ),
        (
            "mixed-with-lone-cr",
            format!("{HEADER}\n{one}\n{two}\n{MARKED}\r{one}\n"),
            Some(("FIL021", 4)),
            4,
        ),
        (
            "header-twice",
            join(
                &[
                    &twice(HEADER, "基本编码"),
                    &twice(&one, &code(1)),
                    &twice(MARKED, "00011702400"),
                ],
                "\n",
            ),
            Some(("FIL005", 1)),
            3,
        ),
    ];
    let mut wrong = Vec::new();
    for (name, text, expected, marked) in cases {
        let answer = lint(folder.path(), &format!("{name}.csv"), text.as_bytes());
        let files: BTreeSet<(&str, u64)> = answer
            .findings
            .iter()
            .filter(|found| found.code.starts_with("FIL"))
            .map(|found| (found.code.as_str(), found.line))
            .collect();
        if files != expected.into_iter().collect() {
            wrong.push(format!("{name}: {files:?} instead of {expected:?}"));
        }
        let lines: BTreeSet<u64> = answer
            .findings
            .iter()
            .filter(|f| f.code.starts_with("COD"))
            .map(|f| f.line)
            .collect();
        if lines != BTreeSet::from([marked]) {
            wrong.push(format!(
                "{name}: the marked row is said to stand on {lines:?} instead of {marked}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ------------------------------------------------------------------------------------------------------------------------ row 5

/// Writes a list whose third line begins a quoted field of so many bytes; `closed` says whether it ends.
fn long_field(path: &Path, bytes: usize, closed: bool) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    write!(file, "{HEADER}\n{}\n取水许可,{},行政许可,\"", plain(1), code(2)).unwrap();
    let block = vec![b'x'; 1 << 20];
    let mut left = bytes;
    while left > 0 {
        let now = left.min(block.len());
        file.write_all(&block[..now]).unwrap();
        left -= now;
    }
    let end = if closed { "\",10个工作日\n" } else { "" };
    write!(file, "{end}").unwrap();
    file.flush().unwrap();
}

fn refused_in_little_memory(mebibytes: usize, closed: bool) {
    let folder = tempfile::tempdir().unwrap();
    long_field(&folder.path().join("list.csv"), mebibytes << 20, closed);
    let run: Guarded = guarded(folder.path(), &["lint", "list.csv", "--format", "json"]);
    assert!(run.sins().is_empty(), "{:?}", run.sins());
    let stdout = String::from_utf8(run.stdout.clone()).unwrap();
    let answer = read_lint(run.code.unwrap(), &stdout, &run.said());
    let lines = [answer.lines("FIL008"), answer.lines("FIL009")].concat();
    println!(
        "{mebibytes} MiB, closed {closed}: {} KiB at most, {:?}",
        run.peak, run.took
    );
    assert_eq!((answer.code, lines), (2, vec![3]), "{}", answer.text);
    assert!(run.peak <= 64 << 10, "{} KiB", run.peak);
}

/// A field of 64 MiB is refused at the line where it begins, in little memory.
#[test]
fn huge_field() {
    refused_in_little_memory(64, true);
}

/// The same where its quote is never closed.
#[test]
fn huge_field_that_never_ends() {
    refused_in_little_memory(64, false);
}

/// The same with 512 MiB (before a release).
#[test]
#[ignore = "512 MiB; before a release"]
fn huge_field_of_half_a_gibibyte() {
    refused_in_little_memory(512, true);
    refused_in_little_memory(512, false);
}

// ------------------------------------------------------------------------------------------------------------------------ row 6

/// A million rows in the memory they may take. Minutes without `--release`; the seconds are told, not judged: `cargo bench --bench reading`
/// has the ratios.
#[test]
#[ignore = "a million rows; before a release, with --release"]
fn a_million_rows() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: std::ops::Range<usize>| {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        let mut out = std::io::BufWriter::new(file);
        writeln!(
            out,
            "事项名称,基本编码,事项类型,实施主体,设定依据,服务对象,受理条件,申请材料,法定办结时限,承诺办结时限,收费,办理结果"
        )
        .unwrap();
        for n in rows {
            let (item, region) = (n % 3_000, n / 3_000);
            writeln!(
                out,
                "第{item}项许可,0001{:02}{:03}{:03},行政许可,第{region}区水务局,《中华人民共和国水法》第{}条,自然人；企业法人,年满18周岁；面积不少于{}平方米,\
                 申请书；居民身份证；营业执照,20个工作日,{}个工作日,不收费,第{item}号许可证",
                item % 80,
                item / 10,
                item % 10,
                item % 40 + 1,
                region % 5 * 10 + item,
                5 + region % 5
            )
            .unwrap();
        }
    };
    write("all.csv", 0..1_000_000);
    let names = ["0.csv", "1.csv", "2.csv", "3.csv"];
    for (at, name) in names.iter().enumerate() {
        write(name, at * 250_000..(at + 1) * 250_000);
    }
    let report = [&["report"][..], &names].concat();
    for (args, most) in [(&["lint", "all.csv"][..], 768), (&report, 1_024)] {
        let run = guarded_for(folder.path(), args, 50);
        println!(
            "{} of a million rows: {:.1?}, {} MiB",
            args[0],
            run.took,
            run.peak >> 10
        );
        assert_eq!(run.sins(), Vec::<String>::new());
        assert_eq!(run.code, Some(0), "{}", run.said());
        assert!(run.peak >> 10 <= most, "{} takes {} MiB", args[0], run.peak >> 10);
    }
}

/// A field of exactly 1 MiB passes; one byte more is refused, and the row is still there.
#[test]
fn field_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    for (more, exit, lines) in [(0, 0, vec![]), (1, 2, vec![3])] {
        let path = folder.path().join("list.csv");
        long_field(&path, (1 << 20) + more, true);
        let run = run_in(
            folder.path(),
            &["lint", "list.csv", "--format", "json", "--select", "FIL"],
        );
        let answer = read_lint(run.code, &run.stdout, &run.stderr);
        assert_eq!(
            (answer.lines("FIL009"), answer.code),
            (lines, exit),
            "1 MiB + {more}: {}",
            answer.text
        );
        assert_eq!(answer.rows, 2);
    }
}

// ----------------------------------------------------------------------------------------------------------------------- row 12

/// 100 codes of 12 to 31 digits; the first 20 begin with zeros.
fn codes() -> Vec<String> {
    let mut random = Random::new(12);
    (0..100)
        .map(|n| {
            let length = 12 + n % 20;
            let zeros = if n < 20 { 1 + random.below(5) } else { 0 };
            let digits = (zeros..length).map(|at| {
                if at == zeros {
                    1 + random.below(9)
                } else {
                    random.below(10)
                }
            });
            "0".repeat(zeros) + &digits.map(|digit| digit.to_string()).collect::<String>()
        })
        .collect()
}

/// A list of these codes in one format; `twist` makes two lists that differ in every item.
fn list_of(format: &str, codes: &[String], twist: bool) -> Vec<u8> {
    let days = if twist { "20个工作日" } else { "10个工作日" };
    let name = |n: usize| format!("许可第{n}项");
    let rows = codes.iter().enumerate();
    match format {
        "csv" => rows
            .fold(
                "事项名称,基本编码,承诺办结时限\n".to_owned(),
                |text, (n, code)| text + &format!("{},{code},{days}\n", name(n)),
            )
            .into_bytes(),
        "json" => {
            let rows: Vec<Value> = rows
                .map(|(n, code)| serde_json::json!({"事项名称": name(n), "基本编码": code, "承诺办结时限": days}))
                .collect();
            serde_json::to_vec(&rows).unwrap()
        }
        "toml" => rows
            .fold(String::new(), |text, (n, code)| {
                text + &format!(
                    "[[item]]\n\"事项名称\" = \"{}\"\n\"基本编码\" = \"{code}\"\n\"承诺办结时限\" = \"{days}\"\n",
                    name(n)
                )
            })
            .into_bytes(),
        _ => {
            let names: Vec<String> = rows.clone().map(|(n, _)| name(n)).collect();
            let mut cells = vec![vec![
                Cell::Text("事项名称"),
                Cell::Text("基本编码"),
                Cell::Text("承诺办结时限"),
            ]];
            cells.extend(rows.map(|(n, code)| vec![Cell::Text(&names[n]), Cell::Text(code), Cell::Text(days)]));
            xlsx(&cells)
        }
    }
}

/// Which of the codes an output lacks. A code counts only as a whole: no digit may stand beside it. Of an implementation code of 31
/// digits a report may show the basic code that it carries (design, section 4), which is its last twelve.
fn lacking(codes: &[String], output: &str) -> Vec<String> {
    let runs: BTreeSet<&str> = output.split(|c: char| !c.is_ascii_digit()).collect();
    codes
        .iter()
        .filter(|code| {
            let carried = code.len() == 31 && runs.contains(&code[19..]);
            !carried && !runs.contains(code.as_str())
        })
        .cloned()
        .collect()
}

/// 100 of 100 codes come out as they went in: four formats in, every format of every command out.
#[test]
fn codes_keep_their_digits() {
    let codes = codes();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 100);
    assert!(codes.iter().all(|code| (12..=31).contains(&code.len())));
    let mut wrong = Vec::new();
    for format in ["csv", "xlsx", "json", "toml"] {
        let folder = tempfile::tempdir().unwrap();
        let (left, right) = (format!("left.{format}"), format!("right.{format}"));
        std::fs::write(folder.path().join(&left), list_of(format, &codes, false)).unwrap();
        std::fs::write(folder.path().join(&right), list_of(format, &codes, true)).unwrap();
        for out in ["table", "csv", "json", "md"] {
            for command in [
                vec!["report", &left, &right, "--top", "0"],
                vec!["diff", &left, &right, "--top", "0"],
                vec!["lint", &left, "--top", "0", "--fail-on", "never", "--select", "COD"],
                vec!["export", &left],
            ] {
                // Export writes CSV alone, and lint names only the codes it has something to say of.
                if command[0] == "export" && out != "csv" {
                    continue;
                }
                let mut args = command.clone();
                args.extend(["--format", out]);
                let run = run_in(folder.path(), &args);
                if run.code == 2 {
                    wrong.push(format!("{format}: {} --format {out}: {}", command[0], run.stderr));
                    continue;
                }
                let lacks = lacking(&codes, &run.stdout);
                if command[0] == "lint" {
                    // No code in a finding may be another than one of ours, or the body's or the item's within it.
                    let carried = codes
                        .iter()
                        .filter(|code| code.len() == 31)
                        .flat_map(|code| [&code[..18], &code[19..]]);
                    let ours: BTreeSet<&str> = codes.iter().map(String::as_str).chain(carried).collect();
                    let foreign = run
                        .stdout
                        .split(|c: char| !c.is_ascii_digit())
                        .find(|run| run.len() > 11 && !ours.contains(run));
                    if let Some(foreign) = foreign {
                        wrong.push(format!("{format}: lint --format {out} says {foreign}"));
                    }
                } else if !lacks.is_empty() {
                    wrong.push(format!(
                        "{format}: {} --format {out} lacks {} of 100: {:?} …",
                        command[0],
                        lacks.len(),
                        lacks.first()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A code that comes as a number is a finding that shows it as the file spells it.
#[test]
fn codes_as_numbers_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let literals = [
        "119001000",
        "110101199003069990000001",
        "1.1010119900306999e+23",
        "11450721155808114000104002000",
        "1E+30",
    ];
    let mut wrong = Vec::new();
    for (n, literal) in literals.iter().enumerate() {
        let json = format!("[{{\"事项名称\":\"取水许可\",\"基本编码\":{literal},\"承诺办结时限\":\"10个工作日\"}}]");
        let header = ["事项名称", "基本编码", "承诺办结时限"].map(Cell::Text).into();
        let book = xlsx(&[
            header,
            vec![Cell::Text("取水许可"), Cell::Number(literal), Cell::Text("10个工作日")],
        ]);
        for (name, bytes) in [(format!("{n}.json"), json.into_bytes()), (format!("{n}.xlsx"), book)] {
            let answer = lint(folder.path(), &name, &bytes);
            let found = answer.of("FIL006");
            // Whether the exponent is written with e or E is no digit.
            let shows = |found: &Found| found.message.to_lowercase().contains(&literal.to_lowercase());
            if found.len() != 1 || !shows(found[0]) {
                wrong.push(format!("{name}, {literal}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ----------------------------------------------------------------------------------------------------------------------- row 13

/// 20 JSON files with a key said twice, at various depths: a finding in each, on its line; the same without it has none.
#[test]
fn duplicate_keys_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let item = "\"事项名称\":\"取水许可\",\"基本编码\":\"000119001000\",\"承诺办结时限\":\"10个工作日\"";
    let list = |inside: &str| format!("[\n{{{item},\n{inside}}}\n]");
    let nested = |depth: usize, inside: &str| format!("{}{inside}{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let mut cases: Vec<(String, u64)> = vec![
        (list("\"基本编码\":\"000119001999\""), 3),
        (list("\"基本编码\":\"000119001000\""), 3),
        (list("\"\\u57fa\\u672c编码\":\"000119001999\""), 3),
        (list("\"备注\":1,\"备注\":2"), 3),
        (list("\"\":1,\"\":2"), 3),
        (list("\"申请材料\":[{\"材料名称\":\"甲\",\"材料名称\":\"乙\"}]"), 3),
        (
            list("\"申请材料\":[{\"材料名称\":\"甲\"},{\"材料名称\":\"乙\",\"x\":[{\"y\":1,\"y\":2}]}]"),
            3,
        ),
        (list("\"x\":[[[{\"y\":1,\"y\":1}]]]"), 3),
        (list("\"x\":{\"y\":null,\"y\":null}"), 3),
        (list("\"x\":1,\"x\":2,\"x\":3"), 3),
        (format!("{{\"data\":\n[{{{item}}}],\"data\":[]}}"), 2),
        (format!("{{\"code\":1,\"code\":2,\"data\":\n[{{{item}}}]}}"), 1),
        (
            format!("{{\"data\":{{\"page\":1,\n\"page\":2,\"list\":[{{{item}}}]}}}}"),
            2,
        ),
        (format!("{{{item}}}\n{{{item},\"基本编码\":\"2\"}}\n"), 2),
        (
            format!("{{{item}}}\n\n{{{item},\"x\":{{\"y\":1,\"y\":2}}}}\n{{{item}}}\n"),
            3,
        ),
    ];
    for depth in [1, 2, 5, 20, 50] {
        cases.push((list(&format!("\"deep\":{}", nested(depth, "{\"k\":1,\"k\":2}"))), 3));
    }
    assert_eq!(cases.len(), 20);
    let mut wrong = Vec::new();
    for (n, (text, line)) in cases.iter().enumerate() {
        let answer = lint(folder.path(), &format!("{n}.json"), text.as_bytes());
        let lines = answer.lines("FIL017");
        if lines.is_empty() || lines.iter().any(|found| found != line) {
            wrong.push(format!("case {n}: FIL017 on {lines:?} instead of {line}: {text}"));
        }
    }
    let control = format!(
        "[{{{item},\"x\":{{\"a\":1,\"b\":{{\"a\":1}}}},\"申请材料\":[{{\"材料名称\":\"甲\"}},{{\"材料名称\":\"乙\"}}]}}]"
    );
    let control = lint(folder.path(), "control.json", control.as_bytes());
    assert!(control.of("FIL017").is_empty() && control.code < 2, "{}", control.text);
    assert!(wrong.is_empty(), "{} of 20:\n{}", wrong.len(), wrong.join("\n"));
}

// ----------------------------------------------------------------------------------------------------------------------- row 14

/// A depth of 100,000 ends with exit code 2 and no overflow, in a moment.
#[test]
fn depth_of_100000() {
    let folder = tempfile::tempdir().unwrap();
    let deep = 100_000;
    let (open, close) = ("[".repeat(deep), "]".repeat(deep));
    let item = "\"事项名称\":\"取水许可\",\"基本编码\":\"000119001000\"";
    let cases = [
        ("arrays.json", format!("{open}{close}")),
        (
            "objects.json",
            format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        ),
        ("value.json", format!("[{{{item},\"x\":{open}{close}}}]")),
        (
            "line.jsonl",
            format!("{{{item}}}\n{{{item},\"x\":{open}{close}}}\n{{{item}}}\n"),
        ),
        ("arrays.toml", format!("a = {open}{close}\n")),
        (
            "tables.toml",
            format!("a = {}1{}\n", "{a = ".repeat(deep), "}".repeat(deep)),
        ),
        ("keys.toml", format!("a{} = 1\n", ".a".repeat(deep))),
        ("headers.toml", format!("[a{}]\nb = 1\n", ".a".repeat(deep))),
    ];
    for (name, text) in cases {
        std::fs::write(folder.path().join(name), text).unwrap();
        let run = guarded(folder.path(), &["lint", name]);
        assert!(run.sins().is_empty(), "{name}: {:?}", run.sins());
        assert_eq!(run.code, Some(2), "{name}: {}", run.said());
        assert!(run.took < Duration::from_secs(5), "{name}: {:?}", run.took);
    }
}

/// Depth 64 passes, 65 is refused (FIL026), and the records beside it are read. The depth of a value is the number of brackets
/// that are open where it stands.
#[test]
fn depth_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let item = |n: usize| {
        format!(
            "\"事项名称\":\"取水许可第{n}类\",\"基本编码\":\"{}\",\"承诺办结时限\":\"10个工作日\"",
            code(n)
        )
    };
    for (depth, exit, refused) in [(64, 0, 0), (65, 2, 1)] {
        // The array of rows and the object of the row are the first two.
        let arrays = format!("{}1{}", "[".repeat(depth - 2), "]".repeat(depth - 2));
        let objects = format!("{}1{}", "{\"k\":".repeat(depth - 2), "}".repeat(depth - 2));
        for value in [arrays, objects] {
            let text = format!(
                "[\n{{{}}},\n{{{},\"x\":{value}}},\n{{{}}}\n]",
                item(1),
                item(2),
                item(3)
            );
            let answer = lint(folder.path(), "deep.json", text.as_bytes());
            assert_eq!(
                (answer.code, answer.of("FIL026").len()),
                (exit, refused),
                "depth {depth}: {}",
                answer.text
            );
            if refused > 0 {
                assert_eq!(answer.lines("FIL026"), [3]);
            }
            assert!(answer.rows >= 2, "depth {depth}: {} rows", answer.rows);
        }
    }
}

//! Threats, rows 16 to 18, with their numbers: characters that nobody sees are found and shown, nothing in the data acts on a terminal,
//! and no cell of a CSV begins a formula.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::generator::Random;
use crate::support::workbook::{self, Cell};
use crate::support::{Run, run_in};
use serde_json::Value;
use tongban::report::escape::{guard, unguard};
use unicode_width::UnicodeWidthStr;

/// Directions of writing: those that rustc denies (Trojan Source, CVE-2021-42574), and the three that are older.
const MARKS: [char; 12] = [
    '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
    '\u{061C}', '\u{200E}', '\u{200F}',
];

/// C0, DEL and C1.
fn controls() -> Vec<char> {
    ('\0'..='\u{1F}').chain('\u{7F}'..='\u{9F}').collect()
}

/// Clear the screen, set the title, a link (OSC 8), the clipboard (OSC 52), a device string (DCS), cursor up.
const SEQUENCES: [&str; 6] = [
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;改了标题\u{7}",
    "\u{1b}]8;;http://a.invalid\u{1b}\\点\u{1b}]8;;\u{1b}\\",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}[9A\u{9b}2K",
];

fn shown(c: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(c))
}

/// The text of a CSV cell.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

// ----------------------------------------------------------------------------------------------------------------------- row 16

/// The twelve elements, by a header of each, and a sound value in two halves between which a character is put.
const ELEMENTS: [(&str, &str, &str); 12] = [
    ("事项名称", "占道", "施工许可"),
    ("基本编码", "000117", "024000"),
    ("事项类型", "行政", "许可"),
    ("设定依据", "《城市道路", "管理条例》第三十条"),
    ("服务对象", "自然", "人"),
    ("受理条件", "有施工", "方案"),
    ("申请材料", "申请书（原件", "1份）"),
    ("办理流程", "受理→审查", "→办结"),
    ("法定办结时限", "20个", "工作日"),
    ("承诺办结时限", "5个", "工作日"),
    ("收费标准", "不收", "费"),
    ("办理结果", "占道施工", "许可证"),
];

fn invisible() -> Vec<char> {
    let mut all: Vec<char> = MARKS.to_vec();
    all.extend('\u{200B}'..='\u{200D}');
    all.extend(['\u{2060}', '\u{FEFF}', '\u{2028}', '\u{2029}']);
    all.extend('\u{FFF9}'..='\u{FFFB}');
    all.extend('\u{E0000}'..='\u{E007F}');
    all.extend(controls().into_iter().filter(|c| !matches!(c, '\t' | '\n' | '\r')));
    // Private use: the first and the last of each area, and some between.
    all.extend([
        '\u{E000}',
        '\u{E5E5}',
        '\u{F8FF}',
        '\u{F0000}',
        '\u{FFFFD}',
        '\u{100000}',
        '\u{10FFFD}',
    ]);
    all
}

fn list(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("{}\n", header.join(","));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&format!("{}\n", cells.join(",")));
    }
    text
}

/// 219 characters × 12 elements: every pair is found in its cell, and shown by its number wherever people read.
#[test]
fn what_nobody_sees_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let characters = invisible();
    assert_eq!(characters.len(), 12 + 3 + 4 + 3 + 128 + 62 + 7);
    let header: Vec<&str> = ELEMENTS.iter().map(|(header, ..)| *header).collect();
    for (at, (name, ..)) in ELEMENTS.iter().enumerate() {
        let rows: Vec<Vec<String>> = characters
            .iter()
            .map(|c| {
                let cells = ELEMENTS.iter().enumerate();
                let cell = |(n, (_, a, b)): (usize, &(&str, &str, &str))| match n == at {
                    true => format!("{a}{c}{b}"),
                    false => format!("{a}{b}"),
                };
                cells.map(cell).collect()
            })
            .collect();
        std::fs::write(folder.path().join(format!("{name}.csv")), list(&header, &rows)).unwrap();
    }
    let run = run_in(folder.path(), &["lint", ".", "--select", "FIL020", "-f", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut found: BTreeSet<(String, String, String)> = BTreeSet::new();
    for finding in json["findings"].as_array().unwrap() {
        let place = &finding["place"];
        let file = place["file"]
            .as_str()
            .unwrap()
            .trim_start_matches("./")
            .trim_end_matches(".csv")
            .to_owned();
        let message = finding["message"].as_str().unwrap();
        let character = message.split("U+").nth(1).unwrap().to_owned();
        assert_eq!(message.matches("U+").count(), 1, "{message}");
        assert!(
            found.insert((file, place["column"].as_str().unwrap().to_owned(), character)),
            "{finding}"
        );
    }
    let wanted: BTreeSet<_> = ELEMENTS
        .iter()
        .flat_map(|(name, ..)| {
            let of = |c: &char| ((*name).to_owned(), (*name).to_owned(), format!("{:04X}", u32::from(*c)));
            characters.iter().map(of)
        })
        .collect();
    assert_eq!(found.len(), 219 * 12);
    let wrong: Vec<_> = found.symmetric_difference(&wanted).take(5).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for format in ["full", "concise", "table", "md", "github"] {
        let run = run_in(
            folder.path(),
            &["lint", ".", "--select", "FIL020", "-f", format, "--top", "0"],
        );
        let unseen = run.stdout.chars().find(|&c| c != '\n' && characters.contains(&c));
        assert_eq!(unseen, None, "{format}");
        for &c in &characters {
            let times = run.stdout.matches(&format!("U+{:04X}", u32::from(c))).count();
            assert!(times >= 12, "{format}: U+{:04X} is shown {times} times", u32::from(c));
        }
        if format == "full" {
            marked(&run.stdout, 219 * 12);
        }
    }
}

/// In full output the carets stand under what is meant, whatever is before it on the line.
fn marked(output: &str, count: usize) {
    let lines: Vec<&str> = output.lines().collect();
    let mut seen = 0;
    for pair in lines.windows(2) {
        let Some(start) = pair[1].find('^') else { continue };
        let width = pair[1].trim_end().len() - start;
        let (mut column, mut over) = (0, String::new());
        for c in pair[0].chars() {
            if column >= start && column < start + width {
                over.push(c);
            }
            column += c.to_string().width();
        }
        assert!(
            over.starts_with("⟨U+") && over.ends_with('⟩'),
            "{}\n{}",
            pair[0],
            pair[1]
        );
        seen += 1;
    }
    assert_eq!(seen, count);
}

/// Ideographs of names with their variation selectors (U+E0100 and on) are honest.
#[test]
fn names_with_variants_are_honest() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "葛\u{E0100}城区公园占道许可",
        "葛\u{E0101}洲坝通航许可",
        "辻\u{E0100}家桥占道许可",
        "辻\u{E0101}口施工许可",
        "邉\u{E0102}家渡渡口许可",
        "邉\u{E010E}氏祠修缮许可",
        "祇\u{E0100}园寺修缮许可",
        "榊\u{E0101}原码头许可",
        "芦\u{E0102}荡取水许可",
        "龍\u{E01EF}泉取水许可",
    ];
    let rows: Vec<Vec<String>> = names
        .iter()
        .enumerate()
        .map(|(at, name)| vec![(*name).to_owned(), format!("00011702{at}000"), "行政许可".to_owned()])
        .collect();
    std::fs::write(
        folder.path().join("名.csv"),
        list(&["事项名称", "基本编码", "事项类型"], &rows),
    )
    .unwrap();
    let run = run_in(folder.path(), &["lint", "名.csv", "-f", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["summary"]["rows"], 10);
    let odd: Vec<&Value> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| ["FIL", "NAM"].contains(&&finding["code"].as_str().unwrap()[..3]))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

// ----------------------------------------------------------------------------------------------------------------------- row 17

/// 65 controls, 12 marks, 6 sequences.
fn payloads() -> Vec<String> {
    let single = controls().into_iter().chain(MARKS).map(String::from);
    let all: Vec<String> = single.chain(SEQUENCES.map(str::to_owned)).collect();
    assert_eq!(all.len(), 65 + 12 + 6);
    all
}

/// What is written to a terminal holds no control but line ends, no mark, and no escape but our own colours.
fn assert_tame(sink: &str, text: &str) {
    let mut rest = text;
    let mut plain = String::new();
    while let Some(at) = rest.find("\u{1b}[") {
        let body = &rest[at + 2..];
        let end = body
            .find(|c: char| !(c.is_ascii_digit() || c == ';'))
            .unwrap_or(body.len());
        assert!(
            body[end..].starts_with('m'),
            "{sink}: {:?}",
            &rest[at..].chars().take(20).collect::<String>()
        );
        plain.push_str(&rest[..at]);
        rest = &body[end + 1..];
    }
    plain.push_str(rest);
    let bad = plain
        .chars()
        .find(|&c| (c.is_control() && c != '\n') || MARKS.contains(&c));
    assert_eq!(bad, None, "{sink}");
}

fn tame(sink: &str, run: &Run) {
    assert_tame(sink, &run.stdout);
    assert_tame(sink, &run.stderr);
}

/// Every control and mark of the payloads is shown by its number. Line ends and tabs are shown as such.
fn tells_all(sink: &str, text: &str, left_out: &[char]) {
    for c in controls().into_iter().chain(MARKS) {
        if !left_out.contains(&c) {
            assert!(text.contains(&shown(c)), "{sink}: {} is not shown", shown(c));
        }
    }
}

/// Two lists whose conditions differ, and begin alike; the payload is in the name and in the conditions.
fn hostile_lists(folder: &Path) {
    for (file, end) in [("甲.csv", "一份"), ("乙.csv", "两份")] {
        let rows: Vec<Vec<String>> = payloads()
            .iter()
            .enumerate()
            .map(|(at, payload)| {
                vec![
                    format!("占道{payload}施工(许可"),
                    format!("0001170{at:02}001"),
                    "行政许可".to_owned(),
                    format!("方案{payload}{end}"),
                    format!("{payload}20个工作日"),
                    "25个工作日".to_owned(),
                ]
            })
            .collect();
        let header = [
            "事项名称",
            "基本编码",
            "事项类型",
            "受理条件",
            "法定办结时限",
            "承诺办结时限",
        ];
        std::fs::write(folder.join(file), list(&header, &rows)).unwrap();
    }
}

const SHOWN_OTHERWISE: [char; 3] = ['\t', '\n', '\r'];

#[test]
fn data_does_not_act_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    hostile_lists(folder.path());
    for color in ["always", "never"] {
        let sinks: [(&str, Vec<&str>); 9] = [
            ("table", vec!["lint", ".", "-f", "table", "--top", "0"]),
            ("full", vec!["lint", ".", "--top", "0"]),
            ("concise", vec!["lint", ".", "-f", "concise", "--top", "0"]),
            ("markdown", vec!["lint", ".", "-f", "md", "--top", "0"]),
            ("annotations", vec!["lint", ".", "-f", "github"]),
            ("diff", vec!["diff", "甲.csv", "乙.csv", "--top", "0"]),
            (
                "diff --explain",
                vec!["diff", "甲.csv", "乙.csv", "--top", "0", "--explain"],
            ),
            ("summary", vec!["report", ".", "--top", "0"]),
            ("inspect", vec!["inspect", "甲.csv"]),
        ];
        for (sink, args) in sinks {
            let args: Vec<&str> = args.into_iter().chain(["--color", color]).collect();
            let run = run_in(folder.path(), &args);
            assert!(run.code < 2, "{sink}: {}", run.stderr);
            tame(sink, &run);
            // A comparison tells normal forms, and these have none of it.
            if args[0] == "lint" {
                tells_all(sink, &run.stdout, &SHOWN_OTHERWISE);
            }
        }
    }
}

/// What is said of files and arguments: each payload in a name that is not there, that is there, and in a wrong argument.
#[test]
fn names_do_not_act_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let payloads: Vec<String> = payloads()
        .into_iter()
        .filter(|payload| !payload.contains('\0'))
        .collect();
    assert_eq!(payloads.len(), 82);
    let mut named = BTreeMap::new();
    for (at, payload) in payloads.iter().enumerate() {
        // A name of a file has no slash; an address has.
        let name = format!("{at}{}.csv", payload.replace('/', "_"));
        std::fs::write(
            folder.path().join(&name),
            "事项名称,基本编码\n占道施工(许可,00011702400\n",
        )
        .unwrap();
        named.insert(at, name);
    }
    for (at, payload) in payloads.iter().enumerate().step_by(9) {
        let missing = format!("没有{payload}.csv");
        for args in [
            vec!["lint", missing.as_str()],
            vec!["lint", &named[&at], "--select", &missing],
            vec!["lint", &named[&at], "--top", &missing],
            vec!["lint", &named[&at], "-o", &missing, "-f", payload],
            vec!["lint", &named[&at], "--encoding", &missing],
            vec!["explain", &missing],
            vec!["report", &named[&at], &named[&at], "--item", &missing],
            vec![payload.as_str()],
        ] {
            let run = run_in(folder.path(), &args);
            assert_eq!(run.code, 2, "{args:?}");
            tame("error", &run);
        }
    }
    for format in ["full", "concise", "table", "github", "md"] {
        let run = run_in(folder.path(), &["lint", ".", "-f", format, "--top", "0"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        tame("file name", &run);
        // A name with a tab or a line end is one line of output.
        tells_all("file name", &run.stdout, &['\0', '\t', '\n', '\r']);
    }
    let output = format!("{}.json", payloads.last().unwrap().replace('/', "_"));
    let run = run_in(folder.path(), &["lint", &named[&0], "-o", &output]);
    tame("saved", &run);
    assert!(folder.path().join(&output).exists());
}

/// A workbook whose sheet is called so. What XML forbids in a name may be refused; it does not act either way.
#[test]
fn sheets_do_not_act_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        vec![Cell::Text("事项名称"), Cell::Text("基本编码")],
        vec![Cell::Text("占道施工(许可"), Cell::Text("00011702400")],
    ];
    let book = workbook::xlsx(&rows);
    for (at, payload) in payloads().iter().enumerate() {
        let name: String = payload
            .chars()
            .map(|c| {
                if c.is_control() {
                    format!("&#{};", u32::from(c))
                } else {
                    c.to_string()
                }
            })
            .collect();
        let mut parts = workbook::unpack(&book);
        for (part, bytes) in &mut parts {
            if part == "xl/workbook.xml" {
                *bytes = String::from_utf8(bytes.clone())
                    .unwrap()
                    .replace("清单", &format!("清{name}单"))
                    .into_bytes();
            }
        }
        let bytes = workbook::pack(&parts, zip::CompressionMethod::Deflated);
        std::fs::write(folder.path().join(format!("{at}.xlsx")), bytes).unwrap();
    }
    for format in ["full", "concise", "table", "github", "md"] {
        let run = run_in(folder.path(), &["lint", ".", "-f", format, "--top", "0"]);
        tame("sheet name", &run);
        for mark in MARKS {
            assert!(
                run.stdout.contains(&format!("清{}单", shown(mark))),
                "{format}: {}",
                shown(mark)
            );
        }
    }
}

// ----------------------------------------------------------------------------------------------------------------------- row 18

const LEADS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The cells of a CSV as a spreadsheet takes them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// 11 leads × 4 columns × 4 shapes.
#[test]
fn no_cell_begins_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let header = ["事项名称", "基本编码", "申请材料", "办理结果", "办理地点"];
    let mut rows = Vec::new();
    for column in [0, 2, 3, 4] {
        for (at, lead) in LEADS.iter().enumerate() {
            for shape in ["", " ", "\"", "甲,"] {
                let mut row: Vec<String> = ["占道施工(许可", "", "其他材料", "许可证", "窗口"]
                    .map(str::to_owned)
                    .to_vec();
                row[1] = format!("0001170{at:02}00{column}");
                row[column] = format!("{shape}{lead}1+1(");
                rows.push(row);
            }
        }
    }
    assert_eq!(rows.len(), 11 * 4 * 4);
    std::fs::write(folder.path().join("=1+1.csv"), list(&header, &rows)).unwrap();
    let commands: [&[&str]; 4] = [
        &["lint", "=1+1.csv", "-f", "csv"],
        &["export", "=1+1.csv"],
        &["report", "=1+1.csv", "=1+1.csv", "-f", "csv", "--item", ""],
        &["lint", "=1+1.csv", "-f", "csv", "--statistics"],
    ];
    for command in commands {
        let run = run_in(folder.path(), command);
        assert!(run.code < 2, "{}", run.stderr);
        let cells = cells(&run.stdout);
        assert!(cells.len() > 1, "{command:?}");
        for cell in cells.iter().flatten() {
            let inner = cell.trim_start_matches([' ', '"', '\u{3000}']);
            assert!(
                !cell.starts_with(LEADS) && !inner.starts_with(LEADS),
                "{command:?}: {cell:?}"
            );
        }
    }
    // As it is only when that is asked for.
    let run = run_in(folder.path(), &["lint", "=1+1.csv", "-f", "csv", "--raw-csv"]);
    let raw = cells(&run.stdout);
    let formulas = raw.iter().flatten().filter(|cell| cell.starts_with('=')).count();
    assert!(formulas > 11, "{formulas}");
    let guarded = cells(&run_in(folder.path(), &["lint", "=1+1.csv", "-f", "csv"]).stdout);
    let unguarded: Vec<Vec<String>> = guarded
        .iter()
        .map(|row| row.iter().map(|cell| unguard(cell).to_owned()).collect())
        .collect();
    assert_eq!(unguarded, raw);
}

/// What the guard puts in front can be taken off: 10,000 random texts of what matters to it.
#[test]
fn the_guard_can_be_taken_off() {
    let mut random = Random::new(18);
    let letters: Vec<char> = LEADS
        .into_iter()
        .chain([' ', '\'', '"', '\u{3000}', '甲', '1', ',', ';'])
        .collect();
    let mut guarded = 0;
    for _ in 0..10_000 {
        let text: String = (0..random.below(7))
            .map(|_| letters[random.below(letters.len())])
            .collect();
        let safe = guard(&text);
        assert_eq!(unguard(&safe), text, "{text:?}");
        assert!(!safe.starts_with(LEADS), "{text:?}");
        guarded += usize::from(*safe != *text);
    }
    assert!(guarded > 5_000);
}

//! The hostile corpus (threats, rows 2 to 14): every file of `tests/hostile/files`, and the large ones that are built here, through
//! `inspect`, `lint` and `report`, with 2 GiB of address space and 5 s of processor time. What is to come of each stands in
//! `tests/hostile/expect.toml`; how the files came about, in `tests/hostile/make.py`.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::guarded::{Guarded, guarded};
use crate::support::root;
use crate::support::workbook::{pack, xlsx_of};
use rayon::prelude::*;
use serde::Deserialize;
use zip::CompressionMethod;

/// What may come of a file.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Fate {
    /// It is read whole: exit code 0, or 1 for what lint finds in it.
    Read,
    /// It is read, and something is found: exit code 1, or 2 if that means that a part is not used.
    Told,
    /// A part of it, or all, is not read: exit code 2.
    Refused,
    /// Nothing is laid down but that it does no harm: 0, 1 or 2.
    Harmless,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Expect {
    fate: Fate,
    /// What `lint` must say, on either stream; `a|b` is one or the other.
    #[serde(default)]
    says: Vec<String>,
    /// What no command may say.
    #[serde(default)]
    never: Vec<String>,
}

const GOOD: &str = "second.csv";
const HEADER: &str = "事项名称,基本编码,事项类型,承诺办结时限\n";
const ROW: &str = "取水许可,000119001000,行政许可,10个工作日\n";

fn expectations() -> BTreeMap<String, Expect> {
    let text = std::fs::read_to_string(root().join("tests/hostile/expect.toml")).unwrap();
    toml::from_str(&text).expect("expect.toml")
}

/// Files of more than 100 kB, which are not committed.
fn large() -> Vec<(&'static str, Vec<u8>)> {
    let many = |text: &str, times: usize| text.repeat(times);
    let json =
        |value: &str| format!("[{{\"事项名称\":\"取水许可\",\"基本编码\":\"000119001000\",\"申请材料\":{value}}}]");
    let deep = 100_000;
    let members = |count: usize| -> Vec<u8> {
        let parts: Vec<_> = (0..count)
            .map(|n| (format!("{n}.csv"), format!("{HEADER}{ROW}").into_bytes()))
            .collect();
        pack(&parts, CompressionMethod::Stored)
    };
    let mut made: Vec<(&'static str, String)> = vec![
        ("large-blank-lines.csv", many("\n", 100_000)),
        (
            "large-blank-lines-between.csv",
            format!("{HEADER}{}{ROW}", many("\r\n", 100_000)),
        ),
        (
            "large-rows-of-commas.csv",
            format!("{HEADER}{}{ROW}", many(",,,\n", 100_000)),
        ),
        ("large-no-header.csv", many("甲,乙,丙\n", 100_000)),
        ("large-one-line.csv", many("取水许可", 500_000)),
        (
            "large-one-row-of-commas.csv",
            format!("{HEADER}{}\n{ROW}", many(",", 3_000_000)),
        ),
        ("large-header-of-commas.csv", format!("{}\n{ROW}", many("甲,", 300_000))),
        (
            "large-quotes-paired.csv",
            format!("{HEADER}\"{}\",000119001000,行政许可,\n", many("\"\"", 400_000)),
        ),
        ("large-quote-swallows.csv", format!("{HEADER}\"{}", many(ROW, 40_000))),
        (
            "large-ragged-rows.csv",
            format!("{HEADER}{}", many("取水许可,000119001000\n", 50_000)),
        ),
        (
            "large-nuls.csv",
            format!("{HEADER}{}", many("取\0水,000119001000,行政许可,\n", 20_000)),
        ),
        ("large-json-arrays.json", many("[", deep)),
        ("large-json-arrays-closed.json", many("[", deep) + &many("]", deep)),
        ("large-json-objects.json", many("{\"a\":", deep)),
        (
            "large-json-value-deep.json",
            json(&(many("[", deep) + &many("]", deep))),
        ),
        (
            "large-json-objects-in-a-value.json",
            json(&(many("{\"a\":", deep) + "1" + &many("}", deep))),
        ),
        (
            "large-json-line-deep.jsonl",
            format!(
                "{{\"事项名称\":\"取水许可\",\"基本编码\":\"000119001000\"}}\n{{\"a\":{}\n",
                many("[", deep)
            ),
        ),
        (
            "large-json-key-of-a-mebibyte.json",
            json(&format!("1,\"{}\":1", many("k", 1 << 20))),
        ),
        (
            "large-json-text-over-a-mebibyte.json",
            json(&format!("\"{}\"", many("x", (1 << 20) + 1))),
        ),
        (
            "large-json-duplicate-keys.json",
            json(&format!("1{}", many(",\"k\":1", 100_000))),
        ),
        ("large-json-digits.json", json(&many("9", 1_000_000))),
        ("large-json-list.json", json(&format!("[{}1]", many("1,", 500_000)))),
        ("large-toml-arrays.toml", format!("a = {}", many("[", deep))),
        (
            "large-toml-arrays-closed.toml",
            format!("a = {}{}", many("[", deep), many("]", deep)),
        ),
        (
            "large-toml-tables.toml",
            format!("a = {}1{}", many("{a=", deep), many("}", deep)),
        ),
        ("large-toml-dotted-key.toml", format!("a{} = 1\n", many(".a", deep))),
        (
            "large-toml-dotted-header.toml",
            format!("[a{}]\nx = 1\n", many(".a", deep)),
        ),
        (
            "large-toml-array-of-headers.toml",
            format!("[[a{}]]\nx = 1\n", many(".a", deep)),
        ),
        (
            "large-toml-keys-that-grow.toml",
            (0..400).map(|n| format!("[a{}]\n", many(".a", n))).collect(),
        ),
    ];
    let mut files: Vec<(&'static str, Vec<u8>)> =
        made.drain(..).map(|(name, text)| (name, text.into_bytes())).collect();
    let text = |size: usize| {
        let long = many("x", size);
        xlsx_of(&format!(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{long}</t></is></c></row>"
        ))
    };
    files.extend([
        ("large-xlsx-one-text-of-2-mib.xlsx", text(2 << 20)),
        ("large-xlsx-one-text-of-64-mib.xlsx", text(64 << 20)),
        (
            "large-xlsx-elements-nested.xlsx",
            xlsx_of(&(many("<x>", 500_000) + &many("</x>", 500_000))),
        ),
        ("large-xlsx-empty-rows.xlsx", xlsx_of(&many("<row/>", 1_100_000))),
        (
            "large-xlsx-empty-cells.xlsx",
            xlsx_of(&format!("<row r=\"1\">{}</row>", many("<c/>", 500_000))),
        ),
        ("large-zip-10000-members.zip", members(10_000)),
        (
            "large-zip-bomb-in-members.zip",
            pack(
                &(0..8)
                    .map(|n| (format!("{n}.csv"), vec![b'0'; 32 << 20]))
                    .collect::<Vec<_>>(),
                CompressionMethod::Deflated,
            ),
        ),
    ]);
    files
}

/// All files of the corpus: name and path.
fn corpus(built: &Path) -> Vec<(String, PathBuf)> {
    let committed = std::fs::read_dir(root().join("tests/hostile/files")).unwrap();
    let mut files: Vec<(String, PathBuf)> = committed
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    for (name, bytes) in large() {
        let path = built.join(name);
        std::fs::write(&path, bytes).unwrap();
        files.push((name.to_owned(), path));
    }
    files.sort();
    files
}

/// What is wrong with what one command made of one file.
fn wrong(command: &str, run: &Guarded, expect: &Expect, name: &str) -> Vec<String> {
    let mut wrong = run.sins();
    let lint = command == "lint";
    let allowed: &[i32] = match (expect.fate, lint) {
        (Fate::Read, true) => &[0, 1],
        (Fate::Read, false) => &[0],
        (Fate::Told, true) => &[1, 2],
        (Fate::Told, false) => &[0, 2],
        (Fate::Refused, _) => &[2],
        (Fate::Harmless, true) => &[0, 1, 2],
        (Fate::Harmless, false) => &[0, 2],
    };
    if let Some(code) = run.code.filter(|code| !allowed.contains(code)) {
        wrong.push(format!("exit code {code} instead of one of {allowed:?}"));
    }
    let said = run.said();
    if lint {
        wrong.extend(
            expect
                .says
                .iter()
                .filter(|word| !word.split('|').any(|word| said.contains(word)))
                .map(|word| format!("does not say {word:?}")),
        );
        // Whoever gives many files must learn which of them it was.
        if run.code == Some(2) && !said.contains(name) {
            wrong.push("does not name the file".to_owned());
        }
    }
    let outside = ["root:x:", "root:*:"].map(str::to_owned);
    let never = expect.never.iter().chain(&outside);
    wrong.extend(
        never
            .filter(|word| said.contains(*word))
            .map(|word| format!("says {word:?}")),
    );
    wrong
}

#[test]
fn every_hostile_file_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let expectations = expectations();
    std::fs::write(folder.path().join(GOOD), format!("{HEADER}{ROW}")).unwrap();
    let files = corpus(folder.path());
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        expectations.keys().collect::<Vec<_>>(),
        "a file without expectation, or the other way round"
    );
    // `ONLY=xlsx-` looks at some.
    let only = std::env::var("ONLY").unwrap_or_default();
    let before = listing(folder.path());
    let faults: Vec<String> = files
        .par_iter()
        .filter(|(name, _)| name.contains(&only))
        .flat_map_iter(|(name, path)| {
            let expect = expectations.get(name).expect("an expectation");
            let path = path.to_string_lossy();
            let runs = [
                ("inspect", guarded(folder.path(), &["inspect", &path])),
                ("lint", guarded(folder.path(), &["lint", &path])),
                ("report", guarded(folder.path(), &["report", &path, GOOD])),
            ];
            runs.into_iter().filter_map(move |(command, run)| {
                let mut wrong = wrong(command, &run, expect, name);
                // The other file is read, whatever became of this one.
                if command == "report" && run.code.is_some() && !String::from_utf8_lossy(&run.stdout).contains("second")
                {
                    wrong.push("the good file beside it is not in the report".to_owned());
                }
                let head: String = run.said().chars().take(300).collect();
                (!wrong.is_empty()).then(|| {
                    format!(
                        "{name}: {command}: {} ({} KiB, {:?})\n    {}",
                        wrong.join("; "),
                        run.peak,
                        run.took,
                        head.replace('\n', "\n    ")
                    )
                })
            })
        })
        .collect();
    assert_eq!(before, listing(folder.path()), "the folder changed");
    let climbed = folder.path().parent().unwrap().join("tongban-climbed.csv");
    assert!(
        !climbed.exists() && !Path::new("/tmp/tongban-climbed.csv").exists(),
        "an archive wrote outside"
    );
    assert!(
        faults.is_empty(),
        "{} faults in {} runs:\n{}",
        faults.len(),
        files.len() * 3,
        faults.join("\n")
    );
}

fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut list: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.path(), entry.metadata().unwrap().len()))
        .collect();
    list.sort();
    list
}

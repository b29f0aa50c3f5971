//! Random edits of small good files (threats, row 11): whatever is done to a file, reading it ends, panics nowhere, and gives the
//! same twice. Archives are edited inside and packed again, so that their checksums are right; a part of the edits goes to the
//! outer bytes.
//!
//! 2,000 edits per format on every run; before a release `SEED=7 COUNT=250000 cargo test --test mutations -- --ignored`
//! (those are the defaults but for the seed). `FORMAT=xls FROM=1234 COUNT=1` does one case again.
//!
//! All edits of a format are read in one child with 2 GiB of address space. A case that fails is kept in the temporary folder.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "../benches/support/generator.rs"]
#[allow(dead_code)]
mod generator;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use generator::Random;
use rayon::prelude::*;
use support::guarded::limited;
use support::root;
use support::workbook::{Parts, pack, unpack};
use tongban::ingest::{Source, read};
use tongban::profile::Profile;
use zip::CompressionMethod;

const FORMATS: [&str; 9] = ["csv", "tsv", "json", "jsonl", "toml", "xlsx", "xls", "ods", "zip"];
/// A case of a few kilobytes that takes longer grows with more than its size.
const SLOW: Duration = Duration::from_secs(3);
/// A child that says nothing for so long hangs.
const HANGS: Duration = Duration::from_secs(30);
/// How often a child that was aborted is started again behind its case.
const RESTARTS: usize = 5;

// ------------------------------------------------------------------------------------------------------------------------ edits

/// Pieces that mean something to one reader or another.
const PIECES: [&[u8]; 46] = [
    b"\"",
    b"\"\"",
    b",",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\x1b[31m",
    b"\xEF\xBB\xBF",
    b"\xFF",
    b"\xE4\xBA",
    b"[",
    b"]",
    b"{",
    b"}",
    b"[[[[[[[[",
    b"{\"a\":",
    b":",
    b"\\ud800",
    b"\\u0000",
    b"1e999999",
    b"-1",
    b"0",
    b"4294967295",
    b"4294967296",
    b"18446744073709551616",
    b"99999999999999999999",
    b"null",
    b"NaN",
    b"<",
    b">",
    b"</",
    b"/>",
    b"&x;",
    b"&#0;",
    b"<!--",
    b"<![CDATA[",
    b"<!DOCTYPE x [",
    b"A1:XFD1048576",
    b"XFE1048577",
    b"A0",
    b"'''",
    b"\"\"\"",
    b"1979-05-27T99:99:99",
    b"..",
];
/// Numbers at which something turns over.
const NUMBERS: [u64; 14] = [
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFF_FFFF,
    0x8000_0000,
    0xFFFF_FFFE,
    0xFFFF_FFFF,
    u64::MAX,
];

/// One to four edits.
fn edit(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            bytes.push(u8::try_from(random.below(256)).unwrap());
        }
        let (at, other) = (random.below(bytes.len()), random.below(bytes.len()));
        let most = 1 << random.below(7);
        let length = (1 + random.below(most)).min(bytes.len() - at);
        match random.below(12) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            2 | 3 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at + length, piece.iter().copied());
            }
            5 => drop(bytes.drain(at..at + length)),
            6 => {
                let block = bytes[at..at + length].to_vec();
                let block = block.repeat(1 + random.below(20));
                bytes.splice(at..at, block);
            }
            7 => bytes.truncate(at),
            8 => {
                let end = (other + length).min(bytes.len());
                let block = bytes[other..end].to_vec();
                bytes.splice(at..at, block);
            }
            9 => {
                let number = NUMBERS[random.below(NUMBERS.len())].to_le_bytes();
                let width = [1, 2, 4, 8][random.below(4)].min(bytes.len() - at);
                bytes[at..at + width].copy_from_slice(&number[..width]);
            }
            10 => number_in_text(random, bytes, at),
            _ => bytes.swap(at, other),
        }
    }
}

/// Replaces the next number that is written out in digits by another.
fn number_in_text(random: &mut Random, bytes: &mut Vec<u8>, from: usize) {
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else {
        return;
    };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = NUMBERS[random.below(NUMBERS.len())].to_string();
    bytes.splice(start..start + length, number.bytes());
}

/// A good file that is edited, taken apart where it is an archive.
struct Base {
    whole: Vec<u8>,
    parts: Option<Parts>,
}

impl Base {
    fn of(format: &str) -> Base {
        let whole = std::fs::read(root().join(format!("tests/hostile/base/good.{format}"))).unwrap();
        let parts = matches!(format, "xlsx" | "ods" | "zip").then(|| unpack(&whole));
        Base { whole, parts }
    }

    /// The edited file number `case` of a seed.
    fn case(&self, seed: u64, case: u64) -> Vec<u8> {
        let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(case));
        random.below(2);
        let Some(parts) = &self.parts else {
            let mut bytes = self.whole.clone();
            edit(&mut random, &mut bytes);
            return bytes;
        };
        if random.below(8) == 0 {
            let mut bytes = self.whole.clone();
            edit(&mut random, &mut bytes);
            return bytes;
        }
        let mut parts = parts.clone();
        let at = random.below(parts.len());
        match random.below(12) {
            0 => drop(parts.remove(at)),
            1 => {
                // Two parts change places: a sheet where the strings should be.
                let other = random.below(parts.len());
                let data = std::mem::take(&mut parts[at].1);
                parts[at].1 = std::mem::replace(&mut parts[other].1, data);
            }
            _ => edit(&mut random, &mut parts[at].1),
        }
        pack(&parts, CompressionMethod::Stored)
    }
}

// ------------------------------------------------------------------------------------------------------------------------ child

/// Where panics were, whoever caught them.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What one reading gave, as a number.
fn reading(path: &Path, profile: &Profile) -> (u64, bool) {
    let intake = read(&[Source::file(path)], profile);
    let mut hasher = DefaultHasher::new();
    let catalogue = &intake.catalogue;
    format!(
        "{:?}{:?}{:?}{:?}",
        catalogue.files, catalogue.tables, catalogue.regions, catalogue.rows
    )
    .hash(&mut hasher);
    format!("{:?}", catalogue.findings).hash(&mut hasher);
    for cell in &catalogue.cells {
        (cell.field, cell.column, cell.shape, catalogue.texts.get(cell.text)).hash(&mut hasher);
    }
    for error in &intake.errors {
        error.to_string().hash(&mut hasher);
    }
    intake.incomplete.hash(&mut hasher);
    // What was not read at all is not whole either.
    (hasher.finish(), intake.errors.is_empty() || intake.incomplete)
}

/// Reads the cases of one format; the others start it in a process of its own. Prints what fails, one line each.
#[test]
#[ignore = "the child that the other tests start"]
fn child() {
    let Ok(task) = std::env::var("TONGBAN_MUTATE") else {
        return;
    };
    let task: Vec<&str> = task.split_whitespace().collect();
    let [format, seed, from, to, folder] = task[..] else {
        panic!("{task:?}")
    };
    let (seed, from, to): (u64, u64, u64) = (seed.parse().unwrap(), from.parse().unwrap(), to.parse().unwrap());
    let (path, progress) = (
        Path::new(folder).join(format!("case.{format}")),
        Path::new(folder).join("case"),
    );
    let profile = Profile::load("national-12").unwrap();
    let base = Base::of(format);
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        let what = info.payload_as_str().unwrap_or_default();
        PANICS
            .lock()
            .unwrap()
            .push(format!("{place}: {what}").replace('\n', " "));
    }));
    let mut said: BTreeSet<String> = BTreeSet::new();
    for case in from..to {
        std::fs::write(&path, base.case(seed, case)).unwrap();
        std::fs::write(&progress, case.to_string()).unwrap();
        let started = Instant::now();
        let both = std::panic::catch_unwind(|| (reading(&path, &profile), reading(&path, &profile)));
        let took = started.elapsed();
        let panics = std::mem::take(&mut *PANICS.lock().unwrap());
        let fault = match (both, panics.first()) {
            (Err(_), at) => format!("panics, uncaught: {}", at.cloned().unwrap_or_default()),
            (Ok(_), Some(at)) => format!("panics: {at}"),
            (Ok((first, second)), None) if first != second => "reads differently the second time".to_owned(),
            (Ok(((_, false), _)), None) => "not read, and yet called complete".to_owned(),
            _ if took > SLOW => "slow".to_owned(),
            _ => continue,
        };
        // Each fault once: its numbers do not make it another.
        let kind: String = fault.chars().filter(|c| !c.is_ascii_digit()).collect();
        if said.insert(kind) {
            println!("FAULT {case} {fault}");
        }
    }
    println!("DONE");
}

// ----------------------------------------------------------------------------------------------------------------------- parent

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Reads so many edits of one format in children, and says what failed: case, fault, and where the file is kept.
fn mutate(format: &str, count: u64) -> Vec<String> {
    let (seed, first) = (number("SEED").unwrap_or(7), number("FROM").unwrap_or(0));
    let folder = tempfile::tempdir().unwrap();
    let kept: PathBuf = std::env::temp_dir().join("tongban-mutations");
    let base = Base::of(format);
    let mut faults: BTreeMap<u64, String> = BTreeMap::new();
    let (mut from, to) = (first, first + count);
    for _ in 0..=RESTARTS {
        let (ended, stdout) = run_child(format, seed, from, to, folder.path());
        for line in stdout.lines().filter_map(|line| line.split("FAULT ").nth(1)) {
            let (case, fault) = line.split_once(' ').unwrap();
            faults.insert(case.parse().unwrap(), fault.to_owned());
        }
        let Some(ended) = ended else { break };
        let case: u64 = std::fs::read_to_string(folder.path().join("case"))
            .unwrap_or_default()
            .parse()
            .unwrap_or(from);
        faults.insert(case, ended);
        from = case + 1;
    }
    let keep = |(case, fault): (u64, String)| {
        std::fs::create_dir_all(&kept).unwrap();
        let path = kept.join(format!("{seed}-{case}.{format}"));
        std::fs::write(&path, base.case(seed, case)).unwrap();
        format!("{format}, case {case}: {fault}\n    {}", path.display())
    };
    faults.into_iter().map(keep).collect()
}

/// Runs one child. `None`: it came to its end; else how it was stopped.
fn run_child(format: &str, seed: u64, from: u64, to: u64, folder: &Path) -> (Option<String>, String) {
    let output = folder.join("output");
    let progress = folder.join("case");
    let mut child = limited(&std::env::current_exe().unwrap(), 3_600)
        .args(["--ignored", "--exact", "child", "--nocapture"])
        .env(
            "TONGBAN_MUTATE",
            format!("{format} {seed} {from} {to} {}", folder.display()),
        )
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&output).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut last, mut since) = (String::new(), Instant::now());
    let ended = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break match (status.code(), status.signal()) {
                (Some(0), _) => None,
                (_, Some(signal)) => Some(format!("ended by signal {signal}")),
                (code, _) => Some(format!("ended with exit code {code:?}")),
            };
        }
        let now = std::fs::read_to_string(&progress).unwrap_or_default();
        if now != last {
            (last, since) = (now, Instant::now());
        } else if since.elapsed() > HANGS {
            child.kill().unwrap();
            child.wait().unwrap();
            break Some(format!("hangs for {HANGS:?}"));
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let stdout = std::fs::read_to_string(&output).unwrap_or_default();
    let ended = if ended.is_none() && !stdout.contains("DONE") {
        Some("stopped before its end".to_owned())
    } else {
        ended
    };
    (ended, stdout)
}

fn all_formats(count: u64) {
    let only = std::env::var("FORMAT").ok();
    let formats: Vec<&str> = FORMATS
        .into_iter()
        .filter(|format| only.as_deref().is_none_or(|only| only == *format))
        .collect();
    assert!(!formats.is_empty(), "no such format: {only:?}");
    let faults: Vec<String> = formats
        .par_iter()
        .flat_map_iter(|format| {
            let started = Instant::now();
            let faults = mutate(format, count);
            println!(
                "{format}: {count} edits in {:.1} s, {} faults",
                started.elapsed().as_secs_f64(),
                faults.len()
            );
            faults
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// 2,000 edits of each format.
#[test]
fn edits_do_no_harm() {
    all_formats(number("COUNT").unwrap_or(2_000));
}

/// 250,000 edits of each format (before a release).
#[test]
#[ignore = "about an hour; before a release"]
fn many_edits_do_no_harm() {
    all_formats(number("COUNT").unwrap_or(250_000));
}

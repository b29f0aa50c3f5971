//! The noise pair in full: 10,000 items whose second list says the same in other notation, and the same with 1,000 real differences
//! planted. The first must give no difference, the second all of them and no other. Time is told as a ratio to counting the records of
//! both files with `csv`; nothing fails on time.
//!
//! `cargo bench --bench noise` (or with `-- ITEMS DIFFERENCES`).
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

// The tests use what is left: single notations, workbooks.
#[allow(dead_code)]
#[path = "support/noise.rs"]
mod noise;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use noise::{DIFFERENCES, NOTATIONS, Noise};

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let items = numbers.first().copied().unwrap_or(10_000);
    let differences = numbers.get(1).copied().unwrap_or(1_000);
    println!(
        "{} notations, {} kinds of differences",
        NOTATIONS.len(),
        DIFFERENCES.len()
    );
    let mut right = true;
    for (name, lists) in [("right.csv", false), ("right.jsonl", true)] {
        for (planted, seed) in [(0, 15), (differences, 16)] {
            right &= one(name, &noise::pair(items, planted, Noise::Much, lists, seed));
        }
    }
    assert!(right, "the truth is not met");
}

/// Writes one pair, lets the program compare it and prints what came of it; whether all is as it must be.
fn one(name: &str, pair: &noise::Pair) -> bool {
    let folder = tempfile::tempdir().expect("a folder for the lists");
    let (left, right) = (folder.path().join("left.csv"), folder.path().join(name));
    let written = if name.ends_with(".csv") {
        noise::right_csv(pair)
    } else {
        noise::right_jsonl(pair)
    };
    std::fs::write(&left, noise::left_csv(pair)).expect("list written");
    std::fs::write(&right, &written).expect("list written");

    let started = Instant::now();
    let records = [&left, &right].map(|path| count(path));
    let counting = started.elapsed();
    assert_eq!(records, [pair.codes.len(); 2]);

    let started = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_tongban"))
        .args(["diff", "left.csv", name, "--format", "json"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .output()
        .expect("the program starts");
    let took = started.elapsed();
    let diff = serde_json::from_slice(&output.stdout).expect("the diff is JSON");
    let faults = noise::check(&diff, pair);
    let (notations, kinds) = noise::counts(pair);
    let lists = name.ends_with(".jsonl");
    let possible = NOTATIONS
        .iter()
        .zip(&notations)
        .filter(|(notation, _)| lists || !notation.lists);
    println!(
        "{name}: {} items, {} notations written (each at least {} times), {} differences planted (each kind at least {} times)",
        pair.codes.len(),
        notations.iter().sum::<usize>(),
        possible.map(|(_, count)| *count).min().unwrap_or_default(),
        pair.planted.len(),
        kinds.iter().min().copied().unwrap_or_default(),
    );
    println!(
        "    found {}, false alarms {}, missed {}, with another detail {}, without their relation {}; {:.2} s, {:.1} x counting",
        faults.found,
        faults.alarms.len(),
        faults.missed.len(),
        faults.misread.len(),
        faults.unrelated.len(),
        took.as_secs_f64(),
        took.as_secs_f64() / counting.as_secs_f64(),
    );
    print!("{}", faults.page(1));
    faults.none() && faults.found == pair.planted.len()
}

/// The records of a file, as plainly as they can be read.
fn count(path: &Path) -> usize {
    if path.extension().is_some_and(|end| end == "csv") {
        let mut reader = csv::Reader::from_path(path).expect("list opens");
        let mut record = csv::ByteRecord::new();
        let mut rows = 0;
        while reader.read_byte_record(&mut record).expect("list reads") {
            rows += 1;
        }
        return rows;
    }
    let text = std::fs::read(path).expect("list reads");
    let records = serde_json::Deserializer::from_slice(&text).into_iter::<serde_json::Value>();
    records.filter(Result::is_ok).count()
}

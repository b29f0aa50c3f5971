//! Speed and memory of comparing as a whole program: `diff` of two states of a list of 100,000 rows, and `report` of four regions of
//! 250,000 rows each (and of half and a quarter of that, to see how it grows). Figures are ratios against counting the records of the
//! same files with the `csv` crate in the same run; where `qsv` is found, `qsv diff` of the same files is measured beside.
//!
//! `cargo bench --bench comparing` (or with `-- ROWS-OF-DIFF ROWS-OF-A-REGION`). Linux tells the peak of memory.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "support/states.rs"]
mod states;
#[path = "support/watched.rs"]
mod watched;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use watched::{best, counting, tongban};

fn main() {
    let numbers: Vec<u32> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let rows = numbers.first().copied().unwrap_or(100_000);
    let of_region = numbers.get(1).copied().unwrap_or(250_000);
    diff(rows);
    for rows in [of_region / 4, of_region / 2, of_region] {
        report(rows);
    }
}

fn diff(rows: u32) {
    let folder = tempfile::tempdir().expect("a folder for the lists");
    let files: Vec<PathBuf> = [("old", false), ("new", true)]
        .map(|(name, second)| {
            let path = folder.path().join(format!("{name}.csv"));
            std::fs::write(&path, states::state(rows, second)).expect("list written");
            path
        })
        .into();
    let output = folder.path().join("diff.json");
    let (fastest, peak) = tongban(
        3,
        &[
            "diff",
            text(&files[0]),
            text(&files[1]),
            "-f",
            "json",
            "-o",
            text(&output),
        ],
    );
    let found: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&output).expect("diff read")).expect("diff is JSON");
    let different = found["summary"]["items_different"].as_u64();
    assert_eq!(different, Some(u64::from(states::changed(rows))), "planted differences");
    let counted = counting(&files, rows as usize * 2);
    println!("diff of 2 x {rows} rows, {:.0} MB", megabytes(&files));
    told(fastest, counted, peak);
    let qsv = || Command::new("qsv").arg("diff").args(&files).args(["-k", "1"]).output();
    match qsv() {
        Ok(_) => {
            let qsv = best(3, || _ = qsv());
            println!(
                "  qsv diff: {:.3} s; tongban {:.2} x",
                qsv.as_secs_f64(),
                fastest.as_secs_f64() / qsv.as_secs_f64()
            );
        }
        Err(_) => println!("  qsv was not found: no ratio to it"),
    }
}

fn report(rows: u32) {
    let folder = tempfile::tempdir().expect("a folder for the lists");
    let files: Vec<PathBuf> = (0..4)
        .map(|region| {
            let path = folder.path().join(format!("{}.csv", 450_100 + region));
            std::fs::write(&path, states::state(rows, region == 3)).expect("list written");
            path
        })
        .collect();
    let (fastest, peak) = tongban(1, &["report", text(folder.path())]);
    let counted = counting(&files, rows as usize * 4);
    println!("report of 4 x {rows} rows, {:.0} MB", megabytes(&files));
    told(fastest, counted, peak);
}

fn told(fastest: Duration, counted: Duration, peak: u64) {
    println!(
        "  csv counts the records in {:.3} s; tongban {:.3} s, {:.1} x counting; peak of memory {:.0} MB",
        counted.as_secs_f64(),
        fastest.as_secs_f64(),
        fastest.as_secs_f64() / counted.as_secs_f64(),
        peak as f64 / 1024.0
    );
}

fn megabytes(files: &[PathBuf]) -> f64 {
    let bytes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
    bytes.map(|meta| meta.len()).sum::<u64>() as f64 / 1e6
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}

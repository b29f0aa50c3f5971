//! Speed of `tongban export`: guides of 100,000 handling items in each format, the whole run of the program with reading and normalising,
//! against a run that only reads and normalises (`--columns code`).
//!
//! The lists are made up: 20 regions say of the same items what lists say, one in ten otherwise. `cargo bench --bench exporting`, or with
//! `-- ROWS` for another size.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "support/generator.rs"]
#[allow(dead_code)]
mod generator;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How many regions.
const REGIONS: usize = 20;

/// Seconds that the run may take (issue 8, point 5).
const LIMITS: [(&str, f64); 6] = [
    ("csv", 2.0),
    ("xlsx", 15.0),
    ("jsonl", f64::INFINITY),
    ("json", f64::INFINITY),
    ("md", f64::INFINITY),
    ("html", f64::INFINITY),
];

fn main() {
    let rows = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let home = tempfile::tempdir().expect("a folder for the lists");
    let (lists, _) = generator::lists(rows / REGIONS, REGIONS, 10, 7);
    for list in &lists {
        std::fs::write(home.path().join(format!("{}.csv", list.id)), &list.csv).expect("a list is written");
    }
    drop(lists);
    let (reading, _) = best(home.path(), &["--columns", "code", "-f", "csv"], "code.txt");
    println!("{rows} guides; only reading, and writing codes: {reading:.2?}");
    println!("format    seconds      MB  within");
    for (format, limit) in LIMITS {
        let (time, size) = best(home.path(), &["-f", format], &format!("out.{format}"));
        let mb = size as f64 / 1e6;
        let within = if time.as_secs_f64() <= limit { "yes" } else { "NO" };
        println!(
            "{format:<8} {:>8.2} {mb:>7.1}  {within} ({limit} s)",
            time.as_secs_f64()
        );
    }
}

/// The best of three runs, and the size of what was written; outside of the folder that is read.
fn best(lists: &Path, args: &[&str], name: &str) -> (Duration, u64) {
    let out = tempfile::tempdir().expect("a folder for the guides");
    let file = out.path().join(name);
    let run = || {
        let began = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_tongban"))
            .arg("export")
            .arg(lists)
            .args(args)
            .arg("-o")
            .arg(&file)
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        began.elapsed()
    };
    let time = (0..3).map(|_| run()).min().unwrap_or_default();
    (time, std::fs::metadata(&file).expect("the guides are there").len())
}

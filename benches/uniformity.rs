//! Speed and memory of the main job: `report` over 31 regions × 3,000 items, each region in its own notation. Figures are ratios
//! against counting the records of the same files with `csv` in the same run.
//!
//! `cargo bench --bench uniformity` (or with `-- ITEMS REGIONS`). Linux tells the peak of memory; elsewhere it is left out.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

#[path = "support/generator.rs"]
mod generator;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let (items, regions) = (
        numbers.first().copied().unwrap_or(3_000),
        numbers.get(1).copied().unwrap_or(31),
    );
    let folder = tempfile::tempdir().expect("a folder for the lists");
    let (lists, planted) = generator::lists(items, regions, 2, 7);
    let mut bytes = 0;
    for list in &lists {
        bytes += list.csv.len();
        std::fs::write(folder.path().join(format!("{}.csv", list.id)), &list.csv).expect("list written");
    }
    println!(
        "{regions} regions x {items} items, {:.1} MB, {} planted differences",
        bytes as f64 / 1e6,
        planted.len()
    );

    let counting = best(3, || {
        let mut rows = 0;
        for list in &lists {
            let path = folder.path().join(format!("{}.csv", list.id));
            let mut reader = csv::ReaderBuilder::new()
                .flexible(true)
                .from_path(path)
                .expect("list opens");
            let mut record = csv::ByteRecord::new();
            while reader.read_byte_record(&mut record).expect("list reads") {
                rows += 1;
            }
        }
        assert_eq!(rows, items * regions);
    });
    drop(lists);

    let output = folder.path().join("report.json");
    let (mut fastest, mut peak) = (Duration::MAX, 0_u64);
    for _ in 0..3 {
        let started = Instant::now();
        let (ok, memory) = watched(&[
            "report",
            &folder.path().to_string_lossy(),
            "--format",
            "json",
            "-o",
            &output.to_string_lossy(),
        ]);
        assert!(ok, "report failed");
        fastest = fastest.min(started.elapsed());
        peak = peak.max(memory);
        std::fs::rename(&output, folder.path().join("report.done")).expect("report written");
    }
    check(&folder.path().join("report.done"), &planted);

    let start_up = best(20, || {
        watched(&["explain", "limits"]);
    });
    println!("csv counts the records:  {:>8.3} s", counting.as_secs_f64());
    println!(
        "report:                  {:>8.3} s   {:.1} x counting",
        fastest.as_secs_f64(),
        fastest.as_secs_f64() / counting.as_secs_f64()
    );
    println!("peak of memory:          {:>8.1} MB", peak as f64 / 1024.0);
    println!("start-up:                {:>8.1} ms", start_up.as_secs_f64() * 1e3);
}

fn best(times: usize, mut work: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// Runs the program and gives its peak of memory in KiB, as far as the system tells it while it runs.
fn watched(args: &[&str]) -> (bool, u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tongban"))
        .args(args)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok());
            peak = peak.max(kib.unwrap_or(0));
        }
        match child.try_wait().expect("the program is waited for") {
            Some(status) => return (status.success(), peak),
            None => std::thread::sleep(Duration::from_micros(500)),
        }
    }
}

/// Every planted difference is reported, and nothing else.
fn check(report: &Path, planted: &generator::Planted) {
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(report).expect("report read")).expect("report is JSON");
    let mut found = BTreeSet::new();
    for item in report["items"].as_array().expect("items") {
        for cell in item["elements"].as_array().expect("elements") {
            for region in cell["deviating"].as_array().expect("deviating") {
                let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
                found.insert((text(&item["code"]), text(region), text(&cell["element"])));
            }
        }
    }
    let right = found.intersection(planted).count();
    println!(
        "planted truth: precision {:.4}, recall {:.4}",
        right as f64 / found.len().max(1) as f64,
        right as f64 / planted.len().max(1) as f64
    );
    for (kind, list) in [
        ("missed", planted.difference(&found)),
        ("wrong", found.difference(planted)),
    ] {
        for entry in list.take(5) {
            println!("  {kind}: {entry:?}");
        }
    }
}

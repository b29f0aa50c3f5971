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
#[path = "support/watched.rs"]
mod watched;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use watched::{best, counting, tongban, watched};

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

    let files: Vec<PathBuf> = lists
        .iter()
        .map(|list| folder.path().join(format!("{}.csv", list.id)))
        .collect();
    let counting = counting(&files, items * regions);
    drop(lists);

    let output = folder.path().join("report.json");
    let inputs: Vec<&str> = files.iter().filter_map(|file| file.to_str()).collect();
    let to = output.to_string_lossy();
    let (fastest, peak) = tongban(3, &[&["report", "-f", "json", "-o", &to], inputs.as_slice()].concat());
    let (shown, _) = tongban(3, &[&["report"], inputs.as_slice()].concat());
    check(&output, &planted);

    let start_up = best(20, || {
        watched(&["explain", "limits"]);
    });
    println!("csv counts the records:  {:>8.3} s", counting.as_secs_f64());
    println!(
        "report:                  {:>8.3} s   {:.1} x counting",
        fastest.as_secs_f64(),
        fastest.as_secs_f64() / counting.as_secs_f64()
    );
    println!("report, as a table:      {:>8.3} s", shown.as_secs_f64());
    consensus(folder.path(), fastest);
    println!("peak of memory:          {:>8.1} MB", peak as f64 / 1024.0);
    println!("start-up:                {:>8.1} ms", start_up.as_secs_f64() * 1e3);
}

/// What DuckDB needs for the consensus of the plain texts of the same files, on as many cores: the most frequent text of each column
/// by code, and how many rows say otherwise. Through Python, where both are found; the start of Python is not counted.
fn consensus(folder: &Path, report: Duration) {
    const SCRIPT: &str = r#"
import duckdb, glob, sys, time
started = time.perf_counter()
columns = [f'c{n}' for n in range(14)]
files = sorted(glob.glob(sys.argv[1] + '/*.csv'))
types = {column: 'VARCHAR' for column in columns}
said = [c for c in columns if c != 'c1']
lists = f'SELECT * FROM read_csv({files}, header=true, auto_detect=false, columns={types})'
modes = ', '.join(f'mode({c}) AS m_{c}' for c in said)
others = ', '.join(f'sum((a.{c} IS DISTINCT FROM m.m_{c})::INT)' for c in said)
query = f'WITH a AS ({lists}), m AS (SELECT c1, {modes} FROM a GROUP BY c1) SELECT count(*), {others} FROM a JOIN m USING (c1)'
rows = duckdb.connect().execute(query).fetchall()
print(time.perf_counter() - started)
"#;
    let run = || {
        let run = Command::new("python3").args(["-c", SCRIPT]).arg(folder).output().ok()?;
        String::from_utf8(run.stdout).ok()?.trim().parse::<f64>().ok()
    };
    let Some(duckdb) = (0..3).filter_map(|_| run()).reduce(f64::min) else {
        println!("DuckDB was not found: no ratio to it");
        return;
    };
    println!(
        "DuckDB, mode() in SQL:   {duckdb:>8.3} s   report {:.2} x",
        report.as_secs_f64() / duckdb
    );
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

//! Runs the program and its measure: time, and the peak of memory where the system tells it.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// The least time of several runs.
pub(crate) fn best(times: usize, mut work: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// What the `csv` crate needs to count the records of files.
pub(crate) fn counting(files: &[PathBuf], expected: usize) -> Duration {
    best(3, || {
        let mut rows = 0;
        for file in files {
            let mut reader = csv::ReaderBuilder::new()
                .flexible(true)
                .from_path(file)
                .expect("list opens");
            let mut record = csv::ByteRecord::new();
            while reader.read_byte_record(&mut record).expect("list reads") {
                rows += 1;
            }
        }
        assert_eq!(rows, expected);
    })
}

/// Runs the program several times: the least time, and the peak of memory in KiB. Finding differences is no failure.
pub(crate) fn tongban(times: usize, args: &[&str]) -> (Duration, u64) {
    let mut peak = 0;
    let fastest = best(times, || {
        let (code, memory) = watched(args);
        assert!(matches!(code, Some(0 | 1)), "tongban {args:?} failed");
        peak = peak.max(memory);
    });
    (fastest, peak)
}

/// Runs the program and gives its exit code and its peak of memory in KiB, as far as the system tells it while it runs.
pub(crate) fn watched(args: &[&str]) -> (Option<i32>, u64) {
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
            Some(status) => return (status.code(), peak),
            None => std::thread::sleep(Duration::from_micros(500)),
        }
    }
}

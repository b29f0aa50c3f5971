//! A browser without a window, where one is found: what it makes of a page. Where there is none, tests say so by name.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the browser gave.
pub(crate) struct Shown {
    /// The page as it stands after loading and running what it runs.
    pub dom: String,
    /// What it said on its console: refused scripts and styles, errors.
    pub console: Vec<String>,
    /// From start to end, the browser's own start with it.
    pub took: Duration,
}

/// The browser of this machine; `None`, said by name, where there is none.
pub(crate) fn chromium(test: &str) -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|candidate| candidate.is_file());
    if found.is_none() {
        println!("skipped: no chromium, chromium-browser or google-chrome on PATH for {test}");
    }
    found
}

/// Opens a file, with a fragment (`#…`).
pub(crate) fn open(browser: &Path, page: &Path, fragment: &str) -> Shown {
    let home = tempfile::tempdir().expect("a folder for the browser");
    let started = Instant::now();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        .args(["--enable-logging=stderr", "--v=0", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.path().display()))
        .arg(format!("file://{}{fragment}", page.display()))
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .expect("the browser starts");
    let took = started.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    Shown {
        dom: String::from_utf8(output.stdout).expect("the page is UTF-8"),
        console: said
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .map(str::to_owned)
            .collect(),
        took,
    }
}

//! What tests share: running the program, snapshots, and the real lists where they are there.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

pub(crate) mod align;
pub(crate) mod browser;
pub(crate) mod digest;
#[cfg(target_os = "linux")]
pub(crate) mod guarded;
pub(crate) mod json_schema;
pub(crate) mod laws_of_rules;
pub(crate) mod lists;
pub(crate) mod page;
pub(crate) mod workbook;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program gave.
pub(crate) struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The root of the project; tests run there, so that paths in outputs are the same everywhere.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies the files of a folder, and those of the folders in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let copy = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy_folder(&path, &copy),
            false => drop(std::fs::copy(&path, copy).expect("a file can be copied")),
        }
    }
}

/// Runs the program in a folder, in a language, without anything of the machine's environment that could change its output.
pub(crate) fn run_in(folder: &Path, args: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_tongban"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("TONGBAN_LANG", "zh")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("talk is UTF-8"),
    }
}

/// Runs the program in the root of the project.
pub(crate) fn run(args: &[&str]) -> Run {
    run_in(&root(), args)
}

/// Holds a text against `tests/snapshots/NAME`; `UPDATE=1` writes it. Read what it wrote before you accept it.
pub(crate) fn snapshot(name: &str, actual: &str) {
    let path = root().join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).expect("snapshot can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected == actual {
        return;
    }
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    panic!(
        "{name} differs (UPDATE=1 accepts):\n{}",
        diff.unified_diff().context_radius(2)
    );
}

/// The real lists beside the project; `None`, said by name, where they are not there.
pub(crate) fn real(relative: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(relative);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no real data at ../shared/data/{relative}");
    None
}

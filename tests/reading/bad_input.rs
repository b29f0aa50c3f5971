//! Bad input: every folder of `tests/cases/bad-input` is a case: its files, and `cmd.toml` with the arguments, the exit code, and what
//! must and must not be said. A clear message with file and line, the rest processed, exit code 2, no panic.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use crate::support::{root, run_in};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    code: i32,
    #[serde(default)]
    stdout: Vec<String>,
    #[serde(default)]
    stderr: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

#[test]
fn every_case_is_answered() {
    let folder = root().join("tests/cases/bad-input");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 20, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(case.join("cmd.toml")).expect("cmd.toml");
        let Case {
            args,
            code,
            stdout,
            stderr,
            never,
        } = toml::from_str(&text).expect("cmd.toml is a case");
        // Cases run in their own folder; nothing may be written there.
        let before = listing(&case);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = run_in(&case, &args);
        let mut say = |what: String| wrong.push(format!("{name}: {what}\n{}\n{}", run.stdout, run.stderr));
        if run.code != code {
            say(format!("exit code {} instead of {code}", run.code));
        }
        for text in stdout.iter().filter(|text| !run.stdout.contains(*text)) {
            say(format!("stdout lacks {text:?}"));
        }
        for text in stderr.iter().filter(|text| !run.stderr.contains(*text)) {
            say(format!("stderr lacks {text:?}"));
        }
        for text in never
            .iter()
            .filter(|text| run.stdout.contains(*text) || run.stderr.contains(*text))
        {
            say(format!("says {text:?}"));
        }
        if run.stderr.contains("panicked") || run.stdout.contains('\u{FFFD}') {
            say("panic or replacement character".to_owned());
        }
        if before != listing(&case) {
            say("the folder changed".to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
}

fn listing(folder: &std::path::Path) -> Vec<(String, u64)> {
    let mut list: Vec<(String, u64)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.metadata().unwrap().len(),
            )
        })
        .collect();
    list.sort();
    list
}

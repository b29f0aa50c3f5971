//! The files for continuous integration (`examples/ci`, `.pre-commit-hooks.yaml`) stay true: they have the shape of YAML and the keys
//! that the servers look for, and every command line of tongban in them is run on the example.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{copy_folder, root, run_in};

const HOOKS: &str = ".pre-commit-hooks.yaml";

fn files() -> Vec<PathBuf> {
    let ci = fs::read_dir(root().join("examples/ci")).unwrap();
    let files = ci.map(|entry| entry.unwrap().path());
    let yaml = |path: &PathBuf| path.extension().is_some_and(|end| end == "yml");
    let mut files: Vec<PathBuf> = files.filter(yaml).collect();
    files.push(root().join(HOOKS));
    files.sort();
    files
}

/// The lines that say something, with how far they are indented.
fn lines(text: &str) -> Vec<(usize, &str)> {
    text.lines()
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The command lines of tongban: in hooks, in steps, and in scripts of several lines.
fn commands(text: &str) -> Vec<String> {
    let bare = |line: &str| -> String {
        let mut line = line;
        for lead in ["- ", "entry: ", "run: "] {
            line = line.strip_prefix(lead).unwrap_or(line).trim();
        }
        line.to_owned()
    };
    lines(text)
        .into_iter()
        .map(|(_, line)| bare(line))
        .filter(|line| line.starts_with("tongban "))
        .collect()
}

#[test]
fn they_have_the_shape_of_yaml() {
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains('\t') && text.ends_with('\n'), "{file:?}");
        let mut script: Option<usize> = None;
        for (indent, line) in lines(&text) {
            // What is indented deeper than its key is the text of a script.
            if script.is_some_and(|key| indent > key) {
                continue;
            }
            script = (line.ends_with(": |") || line == "- |").then_some(indent);
            assert_eq!(indent % 2, 0, "{file:?}: {line}");
            let line = line.strip_prefix("- ").unwrap_or(line);
            let key = line.split(':').next().unwrap();
            let is_key = line.contains(": ") || line.ends_with(':');
            let plain = line == "|" || line.starts_with("cargo ") || line.starts_with("tongban ");
            assert!(is_key || plain, "{file:?}: {line}");
            assert!(!is_key || !key.contains(['"', '{', '[']), "{file:?}: {line}");
        }
    }
}

#[test]
fn they_have_the_keys_that_servers_look_for() {
    let of = |name: &str| fs::read_to_string(root().join(name)).unwrap();
    for (file, keys) in [
        (
            HOOKS,
            &["- id:", "name:", "entry:", "language:", "files:", "pass_filenames:"][..],
        ),
        (
            "examples/ci/github-action.yml",
            &[
                "on:",
                "permissions:",
                "security-events: write",
                "jobs:",
                "runs-on:",
                "steps:",
                "sarif_file: tongban.sarif",
            ],
        ),
        (
            "examples/ci/gitlab-ci.yml",
            &[
                "script:",
                "artifacts:",
                "reports:",
                "codequality: gl-code-quality-report.json",
                "junit: tongban-junit.xml",
            ],
        ),
    ] {
        let text = of(file);
        for key in keys {
            let found = lines(&text).iter().any(|(_, line)| {
                line.strip_prefix("- ")
                    .unwrap_or(line)
                    .starts_with(key.trim_start_matches("- "))
            });
            assert!(found, "{file}: no {key}");
        }
    }
    // Every hook has all of its keys.
    let hooks = of(HOOKS);
    for hook in hooks.split("\n- id: ").skip(1) {
        for key in [
            "name: ",
            "entry: tongban lint",
            "language: ",
            "files: ",
            "pass_filenames: ",
        ] {
            assert!(hook.contains(&format!("\n  {key}")), "{key} in {hook}");
        }
    }
}

/// Which files a hook looks at: all that lists are read from.
#[test]
fn hooks_look_at_all_lists() {
    let hooks = fs::read_to_string(root().join(HOOKS)).unwrap();
    for pattern in hooks.lines().filter_map(|line| line.strip_prefix("  files: ")) {
        let pattern = regex::Regex::new(pattern).unwrap();
        for name in [
            "清单/甲.csv",
            "a.xlsx",
            "a.xls",
            "a.ods",
            "a.json",
            "a.jsonl",
            "tongban.toml",
        ] {
            assert!(pattern.is_match(name), "{name}");
        }
        assert!(!pattern.is_match("README.md"));
    }
}

/// The example as a folder of lists, and as it was before.
fn lists(folder: &Path) {
    for to in ["清单", "before/清单"] {
        let to = folder.join(to);
        fs::create_dir_all(&to).unwrap();
        copy_folder(&root().join("examples/three-districts"), &to);
    }
}

#[test]
fn every_command_line_runs() {
    let mut ran = 0;
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let commands = commands(&text);
        assert!(!commands.is_empty(), "{file:?} has no command line of tongban");
        for command in commands {
            let folder = tempfile::tempdir().unwrap();
            lists(folder.path());
            run_in(
                folder.path(),
                &["baseline", "write", "清单", "--baseline", "tongban.baseline.csv"],
            );
            let before = folder.path().join("before").to_string_lossy().into_owned();
            let mut args: Vec<String> = command
                .split(' ')
                .skip(1)
                .map(|arg| arg.trim_matches('"').replace("$RUNNER_TEMP/before", &before))
                .collect();
            if file.ends_with(HOOKS) {
                // What a user's own settings add to the hook.
                args.push("清单".to_owned());
            }
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let run = run_in(folder.path(), &args);
            // The example has errors of its own: 1. Wrong usage and lists that are not read would be 2.
            let never = command.contains("--fail-on never");
            let quiet = never || command.contains("--since") || command.contains("--baseline");
            assert_eq!(run.code, i32::from(!quiet), "{command}: {}", run.stderr);
            if let Some(at) = args.iter().position(|arg| *arg == "--output") {
                let path = folder.path().join(args[at + 1]);
                assert!(
                    text.contains(&format!(": {}", args[at + 1])),
                    "{command}: nobody takes its file"
                );
                let written = fs::read_to_string(&path).unwrap();
                assert!(written.len() > 100, "{command}: {written}");
            }
            ran += 1;
        }
    }
    assert!(ran >= 10, "{ran} command lines");
}

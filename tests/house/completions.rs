//! `tongban completions` and `tongban man`: every command in them, in both languages, in a form that their readers take.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{run, run_in};

/// The commands that a help lists.
fn commands(of: &[&str]) -> Vec<String> {
    let mut args = of.to_vec();
    args.extend(["--help", "--lang", "en"]);
    let help = run(&args).stdout;
    let list = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let list = list.split("\n\n").next().unwrap_or_default();
    // What is wrapped stands further in.
    let names = list.lines().filter_map(|line| line.strip_prefix("  "));
    let names = names.filter(|line| !line.starts_with(' '));
    names
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_shell_completes_every_command() {
    let commands = commands(&[]);
    assert!(commands.len() > 12, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let chinese = run(&["completions", shell]);
        let english = run(&["completions", shell, "--lang", "en"]);
        assert_eq!((chinese.code, chinese.stderr.as_str()), (0, ""), "{shell}");
        for command in &commands {
            assert!(chinese.stdout.contains(command.as_str()), "{shell}: {command}");
        }
        // Bash shows no texts beside what it completes.
        if shell != "bash" {
            assert!(chinese.stdout.contains("多地比较"), "{shell}");
            assert!(english.stdout.contains("N regions"), "{shell}");
        }
    }
    assert_eq!(run(&["completions", "tcsh"]).code, 2);
}

/// `bash -n` reads the script, and bash completes with it.
#[test]
fn bash_takes_the_script() {
    let script = run(&["completions", "bash"]).stdout;
    let ask = "\nCOMP_WORDS=(tongban repo); COMP_CWORD=1; _tongban tongban repo tongban; echo \"${COMPREPLY[@]}\"\n";
    for (args, text, wanted) in [(["-n"], script.clone(), ""), (["-s"], script + ask, "report\n")] {
        let bash = Command::new("bash")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut bash) = bash else {
            println!("skipped: no bash");
            return;
        };
        bash.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let out = bash.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success(), "{said}");
        assert_eq!(
            (String::from_utf8_lossy(&out.stdout).as_ref(), said.as_str()),
            (wanted, "")
        );
    }
}

/// PowerShell of Windows reads a file without a mark in the old code page; a shell of Unix stumbles over one.
#[test]
fn only_powershell_gets_a_mark() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, marked) in [("powershell", true), ("bash", false)] {
        let written = run_in(folder.path(), &["completions", shell, "-o", "script"]);
        assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
        let bytes = std::fs::read(folder.path().join("script")).unwrap();
        assert_eq!(bytes.starts_with(b"\xEF\xBB\xBF"), marked, "{shell}");
    }
}

#[test]
fn every_command_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, text) in [("zh", "多地比较"), ("en", "N regions")] {
        let written = run_in(folder.path(), &["man", "-o", lang, "--lang", lang]);
        assert_eq!((written.code, written.stdout.as_str()), (0, ""), "{}", written.stderr);
        let entries = std::fs::read_dir(folder.path().join(lang)).unwrap();
        let pages: BTreeSet<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let mut wanted = BTreeSet::from(["tongban.1".to_owned()]);
        for command in commands(&[]) {
            let inner = commands(&[&command]);
            wanted.extend(inner.iter().map(|inner| format!("tongban-{command}-{inner}.1")));
            wanted.insert(format!("tongban-{command}.1"));
        }
        assert_eq!(pages, wanted);
        let page = std::fs::read_to_string(folder.path().join(lang).join("tongban-report.1")).unwrap();
        assert!(page.contains(text), "{lang}");
        // The whole page as it goes to standard output.
        let main = std::fs::read_to_string(folder.path().join(lang).join("tongban.1")).unwrap();
        assert_eq!(run(&["man", "--lang", lang]).stdout, main);
    }
}

/// `man --warnings` says nothing of any page; of a page wide enough for lines of Chinese, which man cannot break.
#[test]
fn man_takes_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        assert_eq!(run_in(folder.path(), &["man", "-o", lang, "--lang", lang]).code, 0);
        for entry in std::fs::read_dir(folder.path().join(lang)).unwrap() {
            let path = entry.unwrap().path();
            let man = Command::new("man")
                .args(["--warnings", "-l"])
                .arg(&path)
                .env("LC_ALL", "C.UTF-8")
                .env("MANWIDTH", "1000")
                .output();
            let Some(out) = man.ok().filter(|out| out.status.success() && !out.stdout.is_empty()) else {
                println!("skipped: no man");
                return;
            };
            let said = String::from_utf8_lossy(&out.stderr).into_owned();
            assert!(said.is_empty(), "{}: {said}", path.display());
            let text = String::from_utf8_lossy(&out.stdout).into_owned();
            assert!(text.contains("--lang"), "{}: {text}", path.display());
        }
    }
}

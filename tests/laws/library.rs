//! Law texts: every folder of `tests/cases/law-texts` is a library, and `expected.txt` what it is read as (`UPDATE=1` writes it: read
//! it before you accept it). Then what holds for any library, bad input, and the real laws where they are there.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::support::{root, run_in};
use tongban::ingest::{Laws, read_laws};
use tongban::law::{Library, read};
use tongban::model::{Article, Day, Level};

fn cases() -> PathBuf {
    root().join("tests/cases/law-texts")
}

/// A library in a few lines: each law, its versions, what is missing; then the repeals of laws without a text, and other files.
fn described(laws: Laws) -> String {
    let mut out = String::new();
    let mut others: Vec<String> = laws
        .others
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    others.sort();
    let errors: Vec<String> = laws.errors.iter().map(ToString::to_string).collect();
    let library = laws.library();
    let mut ended = Vec::new();
    for law in library.laws() {
        let level = law.level.map_or("-", Level::word);
        writeln!(
            out,
            "{} | {level} | {}",
            law.title,
            law.region.as_deref().unwrap_or("-")
        )
        .unwrap();
        if let Some(repeal) = &law.repealed {
            writeln!(
                out,
                "  repealed by {} {:?}",
                repeal.by,
                repeal.day.map(|day| day.to_string())
            )
            .unwrap();
        }
        for version in &law.versions {
            let day = |day: Option<Day>| day.map_or("-".to_owned(), |day| day.to_string());
            writeln!(
                out,
                "  {} since {} {:?}",
                day(version.day),
                day(version.since()),
                version.files
            )
            .unwrap();
            for event in &version.history {
                writeln!(out, "    {} {:?} {:?}", event.day, event.what, event.number).unwrap();
            }
            for one in &version.text.as_ref().unwrap().articles {
                writeln!(out, "    {}: {}", one.article, one.text.replace('\n', " / ")).unwrap();
            }
            if !version.lacks.is_empty() {
                writeln!(out, "    lacks {:?}", version.lacks).unwrap();
            }
            ended.extend(version.repeals.iter().cloned());
        }
    }
    ended.sort();
    ended.dedup();
    for title in ended.iter().filter(|title| library.law(title).is_none()) {
        match library.repeal_of(title) {
            Some(repeal) => writeln!(
                out,
                "{title} <- {} {:?}",
                repeal.by,
                repeal.day.map(|day| day.to_string())
            )
            .unwrap(),
            None => writeln!(out, "{title} <- nobody").unwrap(),
        }
    }
    writeln!(out, "others {others:?}").unwrap();
    writeln!(out, "errors {errors:?}").unwrap();
    out
}

#[test]
fn libraries_are_read_as_expected() {
    let mut names: Vec<PathBuf> = std::fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() >= 5);
    let mut wrong = Vec::new();
    for case in names {
        let actual = described(read_laws(std::slice::from_ref(&case)).unwrap());
        let path = case.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &actual).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if actual != expected {
            wrong.push(format!(
                "{}\n{}",
                case.display(),
                similar::TextDiff::from_lines(expected.as_str(), actual.as_str()).unified_diff()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_order_of_texts_changes_nothing() {
    let folders: Vec<PathBuf> = std::fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let read = read_laws(&folders).unwrap();
    let forward = Library::of(read.texts.clone());
    let backward = Library::of(read.texts.iter().rev().cloned());
    assert_eq!(forward, backward);
    // Nor does a library that is named twice add anything but its files.
    let twice = Library::of(read.texts.iter().chain(&read.texts).cloned());
    assert_eq!(forward.laws().len(), twice.laws().len());
    for (one, two) in forward.laws().iter().zip(twice.laws()) {
        let texts = |law: &tongban::model::Law| {
            let versions = law.versions.iter();
            versions
                .map(|version| (version.day, version.text.clone(), version.lacks.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(one), texts(two), "{}", one.title);
    }
}

fn library(case: &str) -> Library {
    read_laws(&[cases().join(case)]).unwrap().library()
}

#[test]
fn the_version_in_force_on_a_day() {
    let library = library("editions");
    let law = library.law("甲法").unwrap();
    let version = |day: &str| {
        law.as_of(Day::iso(day))
            .and_then(|version| version.day)
            .map(|day| day.to_string())
    };
    // 2010-03-04 in force from 2010-10-01; 2020-05-01 in force from 2020-09-01.
    assert_eq!(version("2010-09-30"), None);
    assert_eq!(version("2010-10-01").as_deref(), Some("2010-03-04"));
    assert_eq!(version("2020-08-31").as_deref(), Some("2010-03-04"));
    assert_eq!(version("2020-09-01").as_deref(), Some("2020-05-01"));
    assert_eq!(law.as_of(None).unwrap().day, Day::iso("2020-05-01"));
}

#[test]
fn titles_in_any_spelling_and_near_ones() {
    let library = library("editions");
    for title in [
        "甲法",
        "《甲法》",
        "中华人民共和国甲法",
        "《中华人民共和国甲法》",
        "甲法（2020年修订）",
        "甲法(2020修订)",
    ] {
        assert_eq!(
            library.law(title).map(|law| law.title.as_str()),
            Some("甲法"),
            "{title}"
        );
    }
    assert!(library.law("甲法实施条例").is_none());
    assert!(library.law("").is_none());
    assert_eq!(library.near("甲法实施条例"), ["甲法"]);
    assert!(library.near("丙").is_empty() && library.near("").is_empty());
    assert_eq!(library.near("甲事管理条例"), ["甲事管理暂行条例"]);
}

#[test]
fn a_law_that_is_repealed_by_one_that_is_not_there_stays() {
    // A new text of a law ends the old one of the same title: no repeal.
    assert!(library("editions").law("甲法").unwrap().repealed.is_none());
    assert!(library("editions").repeal_of("甲法").is_none());
}

/// A folder of its own that goes when the test is over.
fn scratch(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let laws = folder.path().join(name);
    std::fs::create_dir(&laws).unwrap();
    (folder, laws)
}

#[test]
fn bad_folders_and_files_are_named() {
    let (folder, laws) = scratch("laws");
    std::fs::write(
        laws.join("甲法.md"),
        "# 甲法\n\n<!-- INFO END -->\n\n第一条 自2020年1月1日起施行。\n",
    )
    .unwrap();
    let file = laws.join("甲法.md");
    let text = |path: &Path| path.to_string_lossy().into_owned();
    // A file is no folder, and neither is what is not there.
    for missing in [&file, &laws.join("none")] {
        let run = run_in(folder.path(), &["law", "show", "甲法", "--laws", &text(missing)]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(
            run.stderr.contains("甲法.md") || run.stderr.contains("none"),
            "{}",
            run.stderr
        );
    }
    // What cannot be read is named; the rest is read.
    std::fs::write(laws.join("坏.md"), [0xFF_u8, 0xFE, 0x00, 0xD8, 0xFF, 0xFF, 0x81]).unwrap();
    #[cfg(unix)]
    {
        let other = folder.path().join("outside");
        std::fs::create_dir(&other).unwrap();
        std::os::unix::fs::symlink(&laws, laws.join("loop")).unwrap();
        std::os::unix::fs::symlink(&other, laws.join("out")).unwrap();
        std::os::unix::fs::symlink("nowhere.md", laws.join("broken.md")).unwrap();
    }
    let run = run_in(folder.path(), &["law", "show", "甲法", "--laws", &text(&laws)]);
    assert!(run.stdout.starts_with("甲法"), "{} {}", run.stdout, run.stderr);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("坏.md"), "{}", run.stderr);
    #[cfg(unix)]
    {
        assert!(
            run.stderr.contains("out") && run.stderr.contains("broken.md"),
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("loop"), "{}", run.stderr);
    }
}

/// How long a text takes, the best of three.
fn time(markdown: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        let read = read(markdown, "大法(2020-01-01).md").unwrap();
        let library = Library::of([read.clone(), read]);
        assert_eq!(library.laws().len(), 1);
        start.elapsed()
    };
    run().min(run()).min(run())
}

#[test]
fn long_texts_cost_no_more_than_their_length() {
    let head = "# 大法\n\n<!-- INFO END -->\n\n";
    let many = |count: usize| {
        let mut text = head.to_owned();
        for n in 1..=count {
            writeln!(text, "第{n}条 第{n}条的内容，由县级以上人民政府负责。\n").unwrap();
        }
        text
    };
    let one_line = |bytes: usize| format!("{head}第一条 {}\n", "甲乙“丙丁”《戊》，".repeat(bytes / 27));
    let broken = |bytes: usize| {
        format!(
            "{head}第一条 始\n{}\n",
            "这一行没有句号因为它在行中间被折断了所以接着写\n".repeat(bytes / 70)
        )
    };
    let dated = |bytes: usize| format!("# 大法\n\n{}\n", "2019年1月1日《甲》《乙》修正".repeat(bytes / 37));
    let open = |bytes: usize| format!("# 大法\n\n2019年1月1日公布\n\n{}\n", "《〈甲\n".repeat(bytes / 10));
    let twice = |count: usize| format!("{head}{}", "第一条 甲\n第一条 乙\n".repeat(count));
    let shapes: [(&str, String, String); 6] = [
        ("many articles", many(2_500), many(20_000)),
        ("one long line", one_line(50_000), one_line(400_000)),
        ("broken lines", broken(50_000), broken(400_000)),
        ("many days", dated(50_000), dated(400_000)),
        ("open titles", open(50_000), open(400_000)),
        ("doubled", twice(2_500), twice(20_000)),
    ];
    for (name, small, large) in shapes {
        // Eight times the length; quadratic would be 64 times, in every round. A busy machine makes single rounds worse.
        let mut rounds = (0..6).map(|_| (time(&small), time(&large)));
        let linear = rounds.find(|(small, large)| *large < *small * 24);
        println!("{name}: {linear:?}");
        assert!(linear.is_some(), "{name}: never less than 24 times as long");
    }
}

/// A library of as many small laws, in folders of a thousand.
fn generated(count: usize) -> (tempfile::TempDir, PathBuf) {
    let (folder, laws) = scratch("laws");
    for n in 0..count {
        let inner = laws.join(format!("{:02}", n / 1000));
        if n % 1000 == 0 {
            std::fs::create_dir(&inner).unwrap();
        }
        let (law, year) = (n / 2, 2000 + n % 2);
        let text = format!(
            "# 第{law}号事项管理条例\n\n{year}年1月1日 国务院令第{n}号公布\n\n<!-- INFO END -->\n\n第一条 管理第{law}号事项。\n\n第二条 {year}年的第{n}个文本。\n\n第三条 本条例自{year}年3月1日起施行。\n"
        );
        std::fs::write(inner.join(format!("第{law}号事项管理条例({year}-01-01).md")), text).unwrap();
    }
    (folder, laws)
}

fn reads_generated(count: usize) {
    let (_folder, laws) = generated(count);
    let start = Instant::now();
    let read = read_laws(&[laws]).unwrap();
    assert!(read.errors.is_empty());
    let library = read.library();
    println!("{count} files: {:?}", start.elapsed());
    assert_eq!(library.laws().len(), count / 2);
    assert!(library.laws().iter().all(|law| law.versions.len() == 2));
    assert_eq!(library.near("第7号事项管理办法").first(), Some(&"第7号事项管理条例"));
}

#[test]
fn a_library_of_many_files() {
    reads_generated(2_000);
}

#[test]
#[ignore = "a library of 30,000 files: on demand"]
fn a_library_of_30_000_files() {
    reads_generated(30_000);
}

#[test]
#[ignore = "10 MB and 100,000 articles: on demand"]
fn texts_of_10_mb() {
    let head = "# 大法\n\n<!-- INFO END -->\n\n";
    let start = Instant::now();
    let long = format!("{head}第一条 {}", "长".repeat(10_000_000 / 3));
    assert_eq!(read(&long, "大法.md").unwrap().text.articles.len(), 1);
    let many: String = (1..=100_000).map(|n| format!("第{n}条 第{n}条的内容。\n")).collect();
    let read = read(&format!("{head}{many}"), "大法.md").unwrap();
    assert_eq!(read.text.articles.len(), 100_000);
    let library = Library::of([read.clone(), read]);
    assert_eq!(library.laws()[0].versions.len(), 1);
    println!("{:?}", start.elapsed());
}

/// The real laws; none where they are not.
fn real() -> Option<Laws> {
    let folder = root().join("../shared/data/laws");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(read_laws(&[folder]).unwrap())
}

#[test]
fn the_real_laws() {
    let Some(laws) = real() else { return };
    assert!(laws.errors.is_empty());
    assert_eq!(laws.texts.len() + laws.others.len(), 3_355);
    let library = laws.library();
    let count = |title: &str| {
        let law = library.law(title).unwrap_or_else(|| panic!("{title}"));
        let version = law.as_of(None).unwrap();
        (version.text.as_ref().unwrap().articles.len(), version.is_whole())
    };
    // Codes in several files are one law.
    assert_eq!(count("民法典"), (1260, true));
    assert_eq!(count("生态环境法典"), (1242, true));
    assert_eq!(count("宪法"), (143, true));
    assert_eq!(count("民事诉讼法"), (306, true));
    assert_eq!(count("刑事诉讼法"), (308, true));
    assert_eq!(count("行政许可法"), (83, true));
    assert_eq!(library.law("民法典").unwrap().versions.len(), 1);
    assert!(library.law("刑法修正案（七）").unwrap().amends());
    // Texts that stop in the middle are known to.
    for title in [
        "麻醉药品和精神药品管理条例",
        "进出口商品检验法实施条例",
        "飞行基本规则",
        "浙江省广告管理条例",
        "山东省中医药条例",
        "杭州市公路条例",
    ] {
        assert!(!count(title).1, "{title}");
    }
    let broken = library.laws().iter().flat_map(|law| &law.versions);
    let broken = broken.filter(|version| !version.is_whole()).count();
    assert!((150..=230).contains(&broken), "{broken} versions are not whole");
    // What everybody knows: 民法典 art. 1260; also of laws that are not there.
    for title in [
        "婚姻法",
        "继承法",
        "民法通则",
        "收养法",
        "担保法",
        "合同法",
        "物权法",
        "侵权责任法",
        "民法总则",
    ] {
        let repeal = library.repeal_of(title).unwrap_or_else(|| panic!("{title}"));
        assert_eq!(
            (repeal.by.as_str(), repeal.day),
            ("民法典", Day::iso("2021-01-01")),
            "{title}"
        );
    }
    assert_eq!(library.repeal_of("中华人民共和国执业医师法").unwrap().by, "医师法");
    for title in ["行政许可法", "食品安全法", "审计法", "道路交通安全法", "反倾销条例"] {
        assert!(library.repeal_of(title).is_none(), "{title}");
    }
    // Two editions of one version are one.
    let law = library.law("文物保护法").unwrap();
    let days: Vec<String> = law
        .versions
        .iter()
        .map(|version| version.day.unwrap().to_string())
        .collect();
    assert_eq!(days, ["2017-11-04", "2024-11-08"]);
    assert_eq!(law.versions[1].files.len(), 2);
    assert_eq!(law.as_of(Day::iso("2025-02-28")).unwrap().day, Day::iso("2017-11-04"));
    // Ranks, by what the folders say.
    let (mut levels, mut unknown) = (0, Vec::new());
    for law in library.laws() {
        let in_folder = |name: &str| {
            law.versions
                .iter()
                .flat_map(|version| &version.files)
                .any(|file| file.contains(name))
        };
        let right = match law.level {
            None => false,
            Some(Level::LocalRegulation | Level::LocalRule) => in_folder("/地方性法规/") && law.region.is_some(),
            Some(_) => !in_folder("/地方性法规/") && law.region.is_none(),
        };
        match right {
            true => levels += 1,
            false => unknown.push(law.title.clone()),
        }
    }
    assert!(unknown.len() <= 2, "{unknown:?}");
    println!("{levels} laws of known rank");
    // An article that was added between two.
    let article = Article { number: 307, of: 1 };
    let criminal = library.law("刑法").unwrap();
    assert!(
        criminal
            .as_of(None)
            .unwrap()
            .text
            .as_ref()
            .unwrap()
            .article(article)
            .is_some()
    );
}

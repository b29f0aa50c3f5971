//! The index of a law library: it gives what the folders give, whatever happened to its file; and a quotation is found where it stands.
//!
//! The law texts are of our own making.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::support::{Run, real, run_in};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tongban::ingest::{law_files, read_laws};
use tongban::law::{InMemory, Library, Prints, SHORTEST, find_text};
use tongban::model::{Article, ArticleText, Day, Event, Happened, Lack, Law, LawText, Level, Version};
use tongban::report::save_by;
use tongban::store::{Index, Stamp, is_index, write_index};

const NAME: &str = "tongban-laws.db";

/// Three laws: one of two versions that is repealed by another, one of a region, one with a gap and another ending.
const TEXTS: [(&str, &str); 5] = [
    (
        "行政法/甲法(2010-03-01).md",
        "# 中华人民共和国甲法\n\n2010年3月1日第一届全国人民代表大会常务委员会第二次会议通过\n\n<!-- INFO END -->\n\n\
         第一条 为了试验索引，制定本法。\n\n第二条 申请人应当向所在地的主管部门提交书面申请和下列材料：\n\n（一）申请书；\n\n（二）身份证明。\n\n\
         第三条 本法自2010年5月1日起施行。\n",
    ),
    (
        "行政法/甲法(2019-04-23).md",
        "# 中华人民共和国甲法\n\n2010年3月1日第一届全国人民代表大会常务委员会第二次会议通过 根据2019年4月23日第三次会议《关于修改甲法的决定》修正\n\n\
         <!-- INFO END -->\n\n第一条 为了试验索引，制定本法。\n\n第二条 主管部门应当自受理之日起五个工作日内作出决定。\n\n\
         第三条 申请人应当向所在地的主管部门提交书面申请和下列材料：\n\n（一）申请书；\n\n（二）身份证明。\n\n第四条 本法自2010年5月1日起施行。\n",
    ),
    (
        "行政法/乙法(2022-01-01).md",
        "# 中华人民共和国乙法\n\n2022年1月1日全国人民代表大会常务委员会第一次会议通过\n\n<!-- INFO END -->\n\n\
         **第一条**　主管部门应当对从业人员每年进行两次培训，并保存培训记录三年。\n\n\
         **第二条**　本法自2022年3月1日起施行。《中华人民共和国甲法》同时废止。\n",
    ),
    (
        "地方性法规/某省丙条例.md",
        "# 某某省丙条例\n\n2015年6月1日某某省人民代表大会常务委员会第一次会议通过\n\n<!-- INFO END -->\n\n\
         第一条 县级以上人民政府应当把试验经费列入本级预算。\n\n第四条 违反本条例规定的，处一千元罚款。\n",
    ),
    ("说明.md", "只是一页说明，没有条文。\n"),
];

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A folder with a library in `laws/` and a manifest that names it.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "tongban.toml", "laws = \"laws\"\n");
    for (name, text) in TEXTS {
        write(&folder.path().join("laws"), name, text);
    }
    folder
}

fn stamps(folder: &Path) -> Vec<Stamp> {
    let (files, _) = law_files(&[folder.join("laws")]).unwrap();
    let stamp = |file: tongban::ingest::LawFile| Stamp {
        folder: file.folder,
        below: file.below,
        size: file.size,
        modified: file.modified,
        read: true,
    };
    files.into_iter().map(stamp).collect()
}

fn library(folder: &Path) -> Library {
    read_laws(&[folder.join("laws")]).unwrap().library()
}

fn without_texts(library: &Library, but: &str) -> Vec<Law> {
    let mut laws = library.laws().to_vec();
    for law in laws.iter_mut().filter(|law| law.title != but) {
        law.versions.iter_mut().for_each(|version| version.text = None);
    }
    laws
}

fn law(folder: &Path, args: &[&str]) -> Run {
    run_in(folder, &[&["law"], args].concat())
}

/// What a command gives, with its talk but for what is said of the index.
fn result(folder: &Path, args: &[&str]) -> (i32, String, Vec<String>) {
    let run = law(folder, args);
    let talk = run.stderr.lines().filter(|line| !line.contains(NAME));
    (run.code, run.stdout, talk.map(str::to_owned).collect())
}

const QUOTE: &str = "申请人应当向所在地的主管部门，提交书面申请和下列材料";

#[test]
fn an_index_gives_what_the_folders_give() {
    let folder = workspace();
    let library = library(folder.path());
    assert_eq!(library.laws().len(), 3);
    let path = folder.path().join(NAME);
    save_by(&path, |file| write_index(file, &library, &stamps(folder.path()))).unwrap();
    assert!(is_index(&path));
    let index = Index::open(&path, &mut stamps(folder.path())).unwrap().unwrap();
    assert_eq!(index.library(|_| true).unwrap(), library);
    assert_eq!(index.library(|_| false).unwrap().laws(), without_texts(&library, ""));
    assert_eq!(
        index.library(|title| title == "甲法").unwrap().laws(),
        without_texts(&library, "甲法")
    );
}

#[test]
fn commands_give_the_same_with_and_without() {
    let folder = workspace();
    let commands = [vec!["show", "甲法"], vec!["show", "丁法"], vec!["find", QUOTE]];
    let before: Vec<_> = commands.iter().map(|args| result(folder.path(), args)).collect();
    let run = law(folder.path(), &["index"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "tongban-laws.db：5 个文件，3 部法律，4 个版本\n"),
        "{}",
        run.stderr
    );
    let after: Vec<_> = commands.iter().map(|args| result(folder.path(), args)).collect();
    assert_eq!(before, after);
    assert_eq!(
        after[2].1,
        "100% 《甲法》2010-03-01 第二条\n100% 《甲法》2019-04-23 第三条\n"
    );
    // The same laws make the same file.
    let bytes = std::fs::read(folder.path().join(NAME)).unwrap();
    assert_eq!(law(folder.path(), &["index"]).code, 0);
    assert_eq!(std::fs::read(folder.path().join(NAME)).unwrap(), bytes);
}

#[test]
fn an_index_of_other_texts_is_not_used() {
    let folder = workspace();
    assert_eq!(law(folder.path(), &["index"]).code, 0);
    let said = |what: &str| {
        let run = law(folder.path(), &["show", "甲法"]);
        assert!(run.stderr.contains("law index"), "{what}: {}", run.stderr);
        assert_eq!(run.code, 0);
        assert_eq!(law(folder.path(), &["index"]).code, 0);
        let run = law(folder.path(), &["show", "甲法"]);
        assert_eq!((run.stderr.as_str(), run.code), ("", 0), "{what}");
        run.stdout
    };
    let laws = folder.path().join("laws");
    write(
        &laws,
        "甲法(2023-01-01).md",
        "# 甲法\n\n第一条 新的。\n\n第二条 本法自2023年1月1日起施行。\n",
    );
    assert!(said("added").contains("2023-01-01"));
    // As long as before.
    write(
        &laws,
        "甲法(2023-01-01).md",
        "# 甲法\n\n第一条 旧的。\n\n第二条 本法自2023年1月1日起施行。\n",
    );
    said("changed");
    std::fs::remove_file(laws.join("甲法(2023-01-01).md")).unwrap();
    assert!(!said("removed").contains("2023-01-01"));
    // An index of the folder of the manifest is none of another folder.
    let other = workspace();
    write(&other.path().join("laws"), "戊法.md", "# 戊法\n\n第一条 另一个。\n");
    let theirs = other.path().join("laws");
    let run = law(folder.path(), &["show", "戊法", "--laws", &theirs.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains(NAME), "{}", run.stderr);
}

/// What cannot be read is said whether or not there is an index, and is read again when it can be.
#[test]
fn files_that_cannot_be_read_are_said_each_time() {
    let folder = workspace();
    write(&folder.path().join("laws"), "坏.md", b"# \xFF\xFF\xFF\x00\x81");
    let before = result(folder.path(), &["show", "甲法"]);
    assert!(before.2.concat().contains("坏.md"), "{before:?}");
    assert_eq!(law(folder.path(), &["index"]).code, 2);
    assert_eq!(result(folder.path(), &["show", "甲法"]), before);
    write(
        &folder.path().join("laws"),
        "坏.md",
        "# 己法\n\n第一条 好了。\n\n第二条 自2020年1月1日起施行。\n",
    );
    let after = law(folder.path(), &["show", "己法"]);
    assert_eq!(after.code, 0, "{}", after.stderr);
}

/// A database by SQLite itself.
fn database(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
}

/// Whatever stands where the index should be: the result is the same, why it is not used is said, and it stays as it is.
#[test]
fn no_file_at_its_place_does_harm() {
    let folder = workspace();
    let path = folder.path().join(NAME);
    let commands = [vec!["show", "甲法"], vec!["find", QUOTE]];
    let wanted: Vec<_> = commands.iter().map(|args| result(folder.path(), args)).collect();
    assert_eq!(law(folder.path(), &["index"]).code, 0);
    let good = std::fs::read(&path).unwrap();
    let newer = |path: &Path| database(path, "PRAGMA user_version = 99");
    let older = |path: &Path| database(path, "PRAGMA user_version = 0");
    let view = |path: &Path| {
        database(
            path,
            "DROP TABLE laws; CREATE VIEW laws AS SELECT 1 AS id, x'00' AS law, 0 AS sum",
        )
    };
    let missing = |path: &Path| database(path, "DROP TABLE outlines");
    let foreign = |path: &Path| {
        std::fs::remove_file(path).unwrap();
        database(path, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    };
    type Harm<'a> = (&'a str, Box<dyn Fn(&Path) + 'a>, bool);
    let bytes = |bytes: &[u8]| {
        let bytes = bytes.to_vec();
        Box::new(move |path: &Path| std::fs::write(path, &bytes).unwrap())
    };
    let harms: Vec<Harm<'_>> = vec![
        ("empty", bytes(b""), false),
        ("text", bytes("不是数据库\n".repeat(200).as_bytes()), false),
        ("header only", bytes(&good[..100]), true),
        ("cut", bytes(&good[..good.len() / 2]), true),
        ("a page short", bytes(&good[..good.len() - 4096]), true),
        (
            "zeros behind the first page",
            bytes(&[&good[..4096], &vec![0; good.len() - 4096][..]].concat()),
            true,
        ),
        ("newer", Box::new(newer), true),
        ("older", Box::new(older), true),
        ("a view for a table", Box::new(view), true),
        ("a table short", Box::new(missing), true),
        ("another program's", Box::new(foreign), false),
        (
            "a folder",
            Box::new(|path: &Path| {
                std::fs::remove_file(path).unwrap();
                std::fs::create_dir(path).unwrap();
            }),
            false,
        ),
    ];
    for (what, harm, ours) in harms {
        std::fs::write(&path, &good).unwrap();
        harm(&path);
        let before = std::fs::read(&path).ok();
        for (args, wanted) in commands.iter().zip(&wanted) {
            let run = law(folder.path(), args);
            assert!(run.stderr.contains(NAME), "{what}: {}", run.stderr);
            assert_eq!(&result(folder.path(), args), wanted, "{what}");
        }
        assert_eq!(std::fs::read(&path).ok(), before, "{what}");
        let run = law(folder.path(), &["index"]);
        assert_eq!(run.code, if ours { 0 } else { 2 }, "{what}: {}", run.stderr);
        match ours {
            true => assert_eq!(std::fs::read(&path).unwrap(), good, "{what}"),
            false => assert_eq!(std::fs::read(&path).ok(), before, "{what}"),
        }
        if path.is_dir() {
            std::fs::remove_dir(&path).unwrap();
        }
    }
    assert_eq!(left_over(folder.path()), Vec::<String>::new());
}

/// What stands in a folder besides the manifest, the laws and the index.
fn left_over(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names
        .filter(|name| !["tongban.toml", "laws", NAME].contains(&name.as_str()))
        .collect()
}

/// A changed bit is noticed, or changes nothing of what the index gives.
#[test]
fn no_changed_bit_changes_the_laws() {
    let folder = workspace();
    let library = library(folder.path());
    let path = folder.path().join(NAME);
    save_by(&path, |file| write_index(file, &library, &stamps(folder.path()))).unwrap();
    let good = std::fs::read(&path).unwrap();
    let (mut noticed, mut harmless) = (0, 0);
    let mut state = 7_u64;
    for _ in 0..3_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let at = (state >> 20) as usize % good.len();
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (state >> 60 & 7);
        std::fs::write(&path, &bytes).unwrap();
        let opened = Index::open(&path, &mut stamps(folder.path()));
        match opened.and_then(|index| index.map(|index| index.library(|_| true)).transpose()) {
            Ok(Some(read)) => {
                assert_eq!(read, library, "byte {at}");
                harmless += 1;
            }
            Ok(None) | Err(_) => noticed += 1,
        }
    }
    // Most of a page is empty in so small a library; that anything is noticed at all is what is asked here.
    assert!(noticed > 100 && harmless > 100, "{noticed} {harmless}");
}

#[test]
fn an_index_in_use_is_not_waited_for_forever() {
    let folder = workspace();
    let wanted = result(folder.path(), &["show", "甲法"]);
    assert_eq!(law(folder.path(), &["index"]).code, 0);
    let holder = rusqlite::Connection::open(folder.path().join(NAME)).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(result(folder.path(), &["show", "甲法"]), wanted);
    assert!(law(folder.path(), &["show", "甲法"]).stderr.contains("占用"));
}

/// Whoever ends last wins; everybody's index is whole.
#[test]
fn several_may_write_at_once() {
    let folder = workspace();
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_tongban"))
            .args(["law", "index"])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut children: Vec<_> = (0..6).map(|_| start()).collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    let run = law(folder.path(), &["show", "甲法"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(left_over(folder.path()), Vec::<String>::new());
}

/// Where there is no room, nothing is left over and the old index stays.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_index() {
    let folder = workspace();
    assert_eq!(law(folder.path(), &["index"]).code, 0);
    let good = std::fs::read(folder.path().join(NAME)).unwrap();
    // `ulimit -f` counts blocks of 512 or 1,024 bytes, as the shell has it.
    for blocks in [0, 1, 8, 16, 24] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" law index");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_tongban")])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {output:?}");
        assert_eq!(std::fs::read(folder.path().join(NAME)).unwrap(), good, "{blocks}");
        assert_eq!(left_over(folder.path()), Vec::<String>::new(), "{blocks}");
    }
    let run = law(folder.path(), &["index", "-o", "no/such/folder.db"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

/// Held against [`tongban::law::READING`]: when this fails because law texts are read otherwise now, raise it, and write down the new
/// digest.
#[test]
fn reading_is_what_its_number_says() {
    let folder = workspace();
    let said = format!("{:#?}", library(folder.path()).laws());
    let digest = support::digest::sha256(said.as_bytes());
    let digest: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((tongban::law::READING, digest.as_str()), (1, "46e4f24ba7d3"));
}

fn day() -> impl Strategy<Value = Option<Day>> {
    prop::option::of((1900_u16..2200, 1_u8..13, 1_u8..29).prop_map(|(year, month, day)| Day { year, month, day }))
}

fn article() -> impl Strategy<Value = Article> {
    (1_u32..2_000, 0_u32..3).prop_map(|(number, of)| Article { number, of })
}

/// Few characters, so that texts are alike; and any.
fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[甲乙丙丁，。\n]{0,60}", "\\PC{0,40}", any::<String>()]
}

fn event() -> impl Strategy<Value = Event> {
    let what = prop::sample::select(vec![
        Happened::Made,
        Happened::Amended,
        Happened::Revised,
        Happened::InForce,
        Happened::Repealed,
    ]);
    let day = day().prop_map(|day| day.unwrap_or(Day::new(2000, 2, 29).unwrap()));
    (day, what, prop::option::of(words()), words()).prop_map(|(day, what, number, text)| Event {
        day,
        what,
        number,
        text,
    })
}

fn lack() -> impl Strategy<Value = Lack> {
    prop_oneof![
        Just(Lack::NoArticles),
        prop::collection::vec(any::<u32>(), 0..4).prop_map(Lack::Gap),
        Just(Lack::CutOff),
        prop::collection::vec(article(), 0..4).prop_map(Lack::Twice),
    ]
}

fn version() -> impl Strategy<Value = Version> {
    let one = (article(), any::<u32>(), words()).prop_map(|(article, line, text)| ArticleText { article, line, text });
    let text = prop::collection::vec(one, 0..8).prop_map(|articles| Some(Arc::new(LawText { articles })));
    (
        (day(), day()),
        prop::collection::vec(event(), 0..3),
        prop::collection::vec(lack(), 0..3),
        prop::collection::vec("[甲乙丙]{1,2}法", 0..3),
        prop::collection::vec(words().prop_map(Arc::from), 0..3),
        text,
    )
        .prop_map(|((day, in_force), history, lacks, repeals, files, text)| Version {
            day,
            in_force,
            history,
            lacks,
            repeals,
            files,
            text,
        })
}

fn laws() -> impl Strategy<Value = Vec<Law>> {
    let level = prop::option::of(prop::sample::select(vec![
        Level::Constitution,
        Level::Law,
        Level::AdministrativeRegulation,
        Level::StateCouncilDecision,
        Level::LocalRegulation,
        Level::DepartmentRule,
        Level::LocalRule,
        Level::Interpretation,
        Level::Normative,
    ]));
    let versions = prop::collection::vec(version(), 0..4);
    let law = (words(), level, prop::option::of(words()), versions);
    prop::collection::btree_map("[甲乙丙]{1,2}法", law, 0..6).prop_map(|laws| {
        let law = |(title, (full, level, region, versions))| Law {
            title,
            full,
            level,
            region,
            versions,
            repealed: None,
        };
        laws.into_iter().map(law).collect()
    })
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(150))]

    /// An index read back is the library, and finds what the library finds.
    #[test]
    fn an_index_is_its_library(laws in laws()) {
        let library = Library::of_laws(laws);
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join(NAME);
        save_by(&path, |file| write_index(file, &library, &[])).unwrap();
        let index = Index::open(&path, &mut []).unwrap().unwrap();
        prop_assert_eq!(&index.library(|_| true).unwrap(), &library);
        let prints = Prints::of(&library);
        let memory = InMemory { library: &library, prints: &prints };
        for id in 0..prints.count() {
            let text = prints.text(&library, id);
            let Ok(found) = find_text(&memory, text);
            prop_assert_eq!(&find_text(&index, text).unwrap(), &found);
        }
    }

    /// A quotation of enough characters is found in the text that it was cut from, whatever its punctuation.
    #[test]
    fn a_quotation_is_found(texts in prop::collection::vec("[一-龥，。；]{30,120}", 1..12), pick in any::<u32>(), from in 0_usize..100, more in 0_usize..20) {
        let articles: Vec<ArticleText> = (1..).zip(&texts).map(|(number, text)| ArticleText {
            article: Article { number, of: 0 },
            line: number,
            text: text.clone(),
        }).collect();
        let at = pick as usize % articles.len();
        let letters: Vec<char> = articles[at].text.chars().filter(|c| c.is_alphanumeric()).collect();
        prop_assume!(letters.len() >= SHORTEST);
        let from = from % (letters.len() - SHORTEST + 1);
        let quote: String = letters[from..].iter().take(SHORTEST + more).flat_map(|&c| [c, '、']).collect();
        let version = Version {
            day: None, in_force: None, history: Vec::new(), lacks: Vec::new(), repeals: Vec::new(), files: Vec::new(),
            text: Some(Arc::new(LawText { articles })),
        };
        let law = Law { title: "甲法".into(), full: "甲法".into(), level: None, region: None, versions: vec![version], repealed: None };
        let library = Library::of_laws([law]);
        let prints = Prints::of(&library);
        let Ok(found) = find_text(&InMemory { library: &library, prints: &prints }, &quote);
        let here = found.iter().find(|one| one.article.number as usize == at + 1);
        prop_assert_eq!(here.map(|one| one.share), Some(1.0), "{}", quote);
        let short: String = letters.iter().take(SHORTEST - 1).collect();
        let Ok(found) = find_text(&InMemory { library: &library, prints: &prints }, &short);
        prop_assert!(found.is_empty());
    }
}

/// The real laws: an index gives them as the folders do, and finds a quotation in the law that it is from.
#[test]
fn real_laws_are_the_same_by_the_index() {
    let Some(laws) = real("laws/just-laws") else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(NAME);
    let library = read_laws(&[laws]).unwrap().library();
    save_by(&path, |file| write_index(file, &library, &[])).unwrap();
    let index = Index::open(&path, &mut []).unwrap().unwrap();
    assert_eq!(index.library(|_| true).unwrap(), library);
    let prints = Prints::of(&library);
    let memory = InMemory {
        library: &library,
        prints: &prints,
    };
    let mut looked = 0;
    for id in (0..prints.count()).step_by(500) {
        let quote: String = prints.text(&library, id).chars().take(60).collect();
        let Ok(found) = find_text(&memory, &quote);
        assert_eq!(find_text(&index, &quote).unwrap(), found);
        let law = &library.laws()[prints.positions(id)[0].law as usize];
        if quote.chars().count() == 60 {
            assert!(
                found.iter().any(|one| one.title == law.title && one.share == 1.0),
                "{quote}"
            );
            looked += 1;
        }
    }
    assert!(looked > 10, "{looked}");
}

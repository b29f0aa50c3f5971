//! `tongban fmt`: every folder of `tests/cases/fmt` is a case: `input`, what it is after `fmt` (`expected`), and what after
//! `fmt --unsafe` (`unsafe`), byte by byte. What is written says what it said; nothing else is touched; twice is once.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::support;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::workbook::unpack;
use crate::support::{Run, real, root, run_in};
use calamine::{Reader, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook};
use tongban::model::Shape;
use tongban::normalise::canonical::{Reach, rewrite};
use tongban::normalise::{KINDS, Part, Parts, Role, normalise};
use tongban::profile::Profile;

/// A copy of a file in a folder of its own.
fn copied(from: &Path) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let name = from.file_name().unwrap().to_string_lossy().into_owned();
    std::fs::write(folder.path().join(&name), std::fs::read(from).unwrap()).unwrap();
    (folder, name)
}

fn fmt(folder: &Path, args: &[&str]) -> Run {
    run_in(folder, &[&["fmt"], args].concat())
}

/// Whether two lists say the same: nothing that `diff` finds is more than notation.
fn same_meaning(before: &Path, after: &Path) {
    let (before, after) = (before.to_string_lossy(), after.to_string_lossy());
    let run = run_in(&root(), &["diff", &before, &after, "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(diff["summary"]["items_compared"].as_u64().unwrap() > 0, "{before}");
    for difference in diff["differences"].as_array().unwrap() {
        let verdict = difference["verdict"].as_str().unwrap();
        assert!(["notation", "unknown"].contains(&verdict), "{difference}");
    }
}

#[test]
fn cases() {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(root().join("tests/cases/fmt"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 9, "{} cases", cases.len());
    for case in cases {
        let files = std::fs::read_dir(&case).unwrap().map(|entry| entry.unwrap().path());
        let find = |stem: &str, files: &[PathBuf]| {
            files
                .iter()
                .find(|file| file.file_stem().unwrap() == stem)
                .cloned()
                .unwrap()
        };
        let files: Vec<PathBuf> = files.collect();
        let input = find("input", &files);
        let before = std::fs::read(&input).unwrap();
        for (args, stem) in [(&[][..], "expected"), (&["--unsafe"][..], "unsafe")] {
            let expected = std::fs::read(find(stem, &files)).unwrap();
            let (folder, name) = copied(&input);
            let at = folder.path().join(&name);
            // Looking changes nothing, and says that something would.
            for look in ["--check", "--diff"] {
                let run = fmt(folder.path(), &[args, &[look, &name]].concat());
                assert_eq!(run.code, 1, "{case:?} {}", run.stderr);
                assert_eq!(std::fs::read(&at).unwrap(), before, "{case:?}");
                assert_eq!(run.stdout.is_empty(), look == "--check", "{case:?}");
            }
            let run = fmt(folder.path(), &[args, &[&name]].concat());
            assert_eq!(run.code, 0, "{case:?} {}", run.stderr);
            let after = std::fs::read(&at).unwrap();
            let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(shown(&after), shown(&expected), "{case:?} {args:?}");
            assert_eq!(after, expected, "{case:?} {args:?}");
            // Twice is once.
            let run = fmt(folder.path(), &[args, &["--check", &name]].concat());
            assert_eq!(run.code, 0, "{case:?} {}", run.stderr);
            same_meaning(&input, &at);
            // Nothing is left beside it.
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }
}

#[test]
fn standard_input_goes_to_standard_output() {
    let case = root().join("tests/cases/fmt/csv-comma");
    for (args, code, stdout) in [
        (&["fmt", "-"][..], 0, Some("expected.csv")),
        (&["fmt", "--unsafe", "-"][..], 0, Some("unsafe.csv")),
        (&["fmt", "--check", "-"][..], 1, None),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tongban"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = std::fs::read(case.join("input.csv")).unwrap();
        child.stdin.take().unwrap().write_all(&input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        let expected = stdout.map_or(Vec::new(), |name| std::fs::read(case.join(name)).unwrap());
        assert_eq!(output.stdout, expected, "{args:?}");
    }
}

#[test]
fn an_encoding_that_is_named_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("清单.csv");
    let list = LIST.replace("取水", "取水（甲）");
    let (before, _, lost) = encoding_rs::GBK.encode(&list);
    assert!(!lost);
    std::fs::write(&path, before).unwrap();
    let run = fmt(folder.path(), &["--encoding", "gbk", "清单.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = list.replace("20(工作日)", "20工作日");
    assert_eq!(
        std::fs::read(&path).unwrap(),
        encoding_rs::GBK.encode(&text).0.into_owned()
    );
}

/// Two sheets and all that stands round a list in a real workbook.
fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet().set_name("清单").unwrap();
    sheet.merge_range(0, 0, 0, 5, "办事清单(2024年)", &bold).unwrap();
    let headers = [
        "事项名称",
        "基本编码",
        "法定办结时限",
        "承诺办结时限",
        "服务对象",
        "咨询电话",
        "申请材料",
    ];
    for (column, header) in (0..).zip(headers) {
        sheet.write_with_format(1, column, header, &bold).unwrap();
    }
    for (row, cells) in (2..).zip([
        [
            "取水(变更)许可",
            "000119001000",
            "20(工作日)",
            "",
            "个人",
            "(0２0)1",
            "身份证",
        ],
        [
            "乙许可&<丙>",
            "000119002000",
            "20(工作日)",
            "５个工作日",
            "个人",
            "20(工作日)",
            "申请表(原件)",
        ],
    ]) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_with_format(row, column, text, &bold).unwrap();
        }
    }
    sheet
        .write_formula(2, 3, Formula::new("\"20(\"&\"工作日)\"").set_result("20(工作日)"))
        .unwrap();
    let (plain, red) = (Format::new(), Format::new().set_italic());
    sheet
        .write_rich_string(4, 0, &[(&plain, "丙(富文本)"), (&red, "许可")])
        .unwrap();
    sheet.write(4, 1, "000119003000").unwrap();
    let list = DataValidation::new()
        .allow_list_strings(&["20(工作日)", "10(工作日)"])
        .unwrap();
    sheet.write(5, 0, "丁 许可").unwrap();
    sheet.write(5, 1, "000119004000").unwrap();
    sheet.write(5, 2, "20(工作日)").unwrap();
    sheet.add_data_validation(5, 2, 9, 2, &list).unwrap();
    let other = book.add_worksheet().set_name("说明").unwrap();
    other.write(0, 0, "20(工作日)").unwrap();
    other.set_hidden(true);
    book.define_name("取水", "=清单!$A$3").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_keeps_all_but_the_cells_that_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("清单.xlsx");
    let bytes = book();
    std::fs::write(&path, &bytes).unwrap();
    std::fs::write(folder.path().join("原.xlsx"), &bytes).unwrap();
    let run = fmt(folder.path(), &["清单.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for why in ["公式", "字体", "下拉"] {
        assert!(run.stderr.contains(why), "{why}: {}", run.stderr);
    }
    let after = std::fs::read(&path).unwrap();
    let (old, new) = (unpack(&bytes), unpack(&after));
    assert_eq!(old.len(), new.len());
    let sheet = "xl/worksheets/sheet1.xml";
    for ((old_name, old), (new_name, new)) in old.iter().zip(&new) {
        assert_eq!(old_name, new_name);
        assert_eq!(old == new, old_name != sheet, "{old_name}");
    }
    // In the sheet only these cells are other than they were.
    let text = |parts: &[(String, Vec<u8>)]| {
        String::from_utf8(parts.iter().find(|part| part.0 == sheet).unwrap().1.clone()).unwrap()
    };
    let cells = |xml: &str| -> Vec<String> {
        xml.split("<c ")
            .map(|cell| cell.split_inclusive("</c>").next().unwrap().to_owned())
            .collect()
    };
    let (old, new) = (text(&old), text(&new));
    let changed: Vec<String> = cells(&old)
        .iter()
        .zip(cells(&new))
        .filter(|(old, new)| *old != new)
        .map(|(_, new)| new.split('"').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(changed, ["A3", "C3", "C4", "D4", "G4", "A6"]);
    assert!(
        cells(&old)
            .iter()
            .zip(cells(&new))
            .all(|(old, new)| style(old) == style(&new))
    );
    // Other readers read it as it is meant.
    let mut read: Xlsx<_> = Xlsx::new(std::io::Cursor::new(after)).unwrap();
    let mut at = |sheet: &str, row, column| {
        let range = read.worksheet_range(sheet).unwrap();
        range.get_value((row, column)).unwrap().to_string()
    };
    for (row, column, text) in [
        (0, 0, "办事清单(2024年)"),
        (2, 0, "取水（变更）许可"),
        (2, 2, "20工作日"),
        (2, 3, "20(工作日)"),
        (2, 5, "(0２0)1"),
        (3, 0, "乙许可&<丙>"),
        (3, 3, "5工作日"),
        (3, 5, "20(工作日)"),
        (3, 6, "申请表（原件）"),
        (4, 0, "丙(富文本)许可"),
        (5, 0, "丁许可"),
        (5, 2, "20(工作日)"),
    ] {
        assert_eq!(at("清单", row, column), text, "{row} {column}");
    }
    assert_eq!(at("说明", 0, 0), "20(工作日)");
    same_meaning(&folder.path().join("原.xlsx"), &path);
    assert_eq!(fmt(folder.path(), &["--check", "清单.xlsx"]).code, 0);
    let run = fmt(folder.path(), &["--unsafe", "--diff", "清单.xlsx"]);
    assert!(
        run.stdout.contains("+居民身份证") && run.stdout.contains("+自然人"),
        "{}",
        run.stdout
    );
}

#[test]
fn sheets_that_are_protected_and_books_that_are_signed_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.protect();
    for (row, cells) in (0..).zip(LIST.lines()) {
        for (column, text) in (0..).zip(cells.split(',')) {
            sheet.write(row, column, text).unwrap();
        }
    }
    let locked = book.save_to_buffer().unwrap();
    std::fs::write(folder.path().join("锁.xlsx"), &locked).unwrap();
    let run = fmt(folder.path(), &["锁.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("受保护"), "{}", run.stderr);
    assert_eq!(std::fs::read(folder.path().join("锁.xlsx")).unwrap(), locked);
    let mut parts = unpack(&self::book());
    parts.push(("_xmlsignatures/sig1.xml".to_owned(), b"<Signature/>".to_vec()));
    let signed = support::workbook::pack(&parts, zip::CompressionMethod::Deflated);
    std::fs::write(folder.path().join("签.xlsx"), &signed).unwrap();
    let run = fmt(folder.path(), &["签.xlsx"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("签名"), "{}", run.stderr);
    assert_eq!(std::fs::read(folder.path().join("签.xlsx")).unwrap(), signed);
}

fn style(cell: &str) -> Option<&str> {
    cell.split_once(" s=\"").and_then(|(_, rest)| rest.split('"').next())
}

/// A list that would change.
const LIST: &str = "事项名称,基本编码,法定办结时限\n取水许可,000119001000,20(工作日)\n";

#[test]
fn what_was_not_read_to_its_end_stays() {
    for (name, text) in [
        (
            "引号.csv",
            format!("{LIST}乙\"许可,000119002000,20(工作日)\n\"丙许可,000119003000,20(工作日)\n"),
        ),
        (
            "坏.jsonl",
            "{\"事项名称\":\"甲\",\"基本编码\":\"000119001000\",\"法定办结时限\":\"20(工作日)\"}\n{\"事项名称\":\n"
                .to_owned(),
        ),
        ("无表头.csv", "甲,乙\n1,20(工作日)\n".to_owned()),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), &text).unwrap();
        std::fs::write(folder.path().join("好.csv"), LIST).unwrap();
        let run = fmt(folder.path(), &["."]);
        assert_eq!(run.code, 2, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(name), "{}", run.stderr);
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), text);
        // The others are written all the same.
        assert!(
            std::fs::read_to_string(folder.path().join("好.csv"))
                .unwrap()
                .contains(",20工作日")
        );
    }
}

#[cfg(unix)]
#[test]
fn files_that_are_not_plainly_files_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("里")).unwrap();
    std::fs::write(at("里/真.csv"), LIST).unwrap();
    symlink("里/真.csv", at("链接.csv")).unwrap();
    std::fs::write(at("两名.csv"), LIST).unwrap();
    std::fs::hard_link(at("两名.csv"), at("又名.txt")).unwrap();
    std::fs::write(at("只读.csv"), LIST).unwrap();
    std::fs::set_permissions(at("只读.csv"), std::fs::Permissions::from_mode(0o444)).unwrap();
    for name in ["链接.csv", "两名.csv", "只读.csv"] {
        let run = fmt(folder.path(), &[name]);
        assert_eq!(run.code, 2, "{name}: {}", run.stderr);
        assert!(
            run.stderr.contains(name) && run.stderr.contains("怎么办"),
            "{}",
            run.stderr
        );
        assert_eq!(std::fs::read_to_string(at(name)).unwrap(), LIST);
        assert_eq!(fmt(folder.path(), &["--check", name]).code, 1);
    }
    assert!(std::fs::symlink_metadata(at("链接.csv")).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(at("两名.csv")).unwrap().nlink(), 2);
    // What is written keeps its mode.
    std::fs::write(at("自己.csv"), LIST).unwrap();
    std::fs::set_permissions(at("自己.csv"), std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(fmt(folder.path(), &["自己.csv"]).code, 0);
    assert_eq!(std::fs::metadata(at("自己.csv")).unwrap().mode() & 0o777, 0o640);
    assert!(std::fs::read_to_string(at("自己.csv")).unwrap().contains(",20工作日"));
    // Nothing to change: nothing is touched, and a link is nothing to complain of.
    let before = std::fs::metadata(at("自己.csv")).unwrap().ino();
    assert_eq!(fmt(folder.path(), &["自己.csv"]).code, 0);
    assert_eq!(std::fs::metadata(at("自己.csv")).unwrap().ino(), before);
}

#[test]
fn a_file_that_changed_since_it_was_read_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("清单.csv");
    std::fs::write(&path, "newer").unwrap();
    let error = tongban::report::replace(&path, b"older", b"ours").unwrap_err();
    assert_eq!(error.reason().map(|reason| reason.0), Some("fmt-changed"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "newer");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn formats_that_are_not_written_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let parts = [("清单.csv".to_owned(), LIST.as_bytes().to_vec())];
    let bytes = support::workbook::pack(&parts, zip::CompressionMethod::Deflated);
    std::fs::write(folder.path().join("档案.zip"), &bytes).unwrap();
    let run = fmt(folder.path(), &["档案.zip"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("压缩包") && run.stderr.contains("解压"),
        "{}",
        run.stderr
    );
    assert_eq!(std::fs::read(folder.path().join("档案.zip")).unwrap(), bytes);
}

#[test]
fn a_workspace_is_written_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let manifest = "[columns]\n\"期限X\" = \"statutory_time\"\n[[region]]\nid = \"a\"\nfiles = [\"甲.csv\"]\n[[region]]\nid = \"b\"\nfiles = [\"乙.csv\", \"甲.csv\"]\n";
    std::fs::write(at("tongban.toml"), manifest).unwrap();
    std::fs::write(
        at("甲.csv"),
        "事项名称,基本编码,期限X\n取水许可,000119001000,20(工作日)\n",
    )
    .unwrap();
    std::fs::write(at("乙.csv"), LIST).unwrap();
    std::fs::write(at("别的.csv"), LIST).unwrap();
    let run = fmt(folder.path(), &["."]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = |name: &str| std::fs::read_to_string(at(name)).unwrap();
    assert_eq!(
        text("甲.csv"),
        "事项名称,基本编码,期限X\n取水许可,000119001000,20工作日\n"
    );
    assert!(text("乙.csv").contains(",20工作日"));
    assert_eq!(
        (text("别的.csv"), text("tongban.toml")),
        (LIST.to_owned(), manifest.to_owned())
    );
}

/// Texts as they are found and worse.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "20",
        "２０",
        "二十",
        "个",
        "工作日",
        "天",
        "(",
        "（",
        ")",
        "）",
        " ",
        "　",
        "\u{200B}",
        "\n",
        "\r\n",
        "\t",
        "1.",
        "1、",
        "2、",
        "①",
        "②",
        "（一）",
        "（二）",
        "身份证",
        "复印件",
        "申请表",
        "个人",
        "企业法人",
        "受理",
        "→",
        "审查",
        "；",
        ";",
        "，",
        ",",
        "。",
        "：",
        ":",
        "《水法》",
        "第三条",
        "〔2018〕11号",
        "国发[2018]11号",
        "免费",
        "即办",
        "无",
        "见附件",
        "第（1）项",
        "\"",
        "“",
        "=",
        "-",
        "＝",
        "&amp;",
        "http://a",
        "⽉",
        "甲",
        "乙",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Written again nothing changes any more, and no text comes out that a spreadsheet takes for a formula and that was none.
    #[test]
    fn notation_is_settled_at_once(text in odd_text(), kind in 0..KINDS.len(), reach in 0..3_usize) {
        let kind = KINDS[kind].1;
        let reach = [Reach::Characters, Reach::Safe, Reach::Vocabulary][reach];
        let profile = profile();
        let list = profile.vocabulary.lists.get("audience");
        let of = |text: &str| {
            let part = Part { role: Role::Value, shape: Shape::Text, text };
            let parts = Parts { parts: &[part], vocabulary: &profile.vocabulary, list, dialect: None };
            (normalise(kind, &parts), rewrite(kind, &parts, reach))
        };
        let (value, found) = of(&text);
        if let [one] = found.as_slice() {
            let (old, new) = &one.texts[0];
            prop_assert_eq!(old, &text);
            let (again, more) = of(new);
            prop_assert_eq!(&again, &value);
            prop_assert!(more.is_empty(), "{:?} -> {:?} -> {:?}", old, new, more);
            let leads = |text: &str| text.starts_with(['=', '+', '-', '@']);
            prop_assert!(!leads(new) || leads(old));
        }
    }
}

/// Writing a long text costs a few readings of it, and no more.
#[test]
fn long_texts_cost_a_few_readings() {
    let profile = profile();
    for (_, kind) in KINDS {
        for piece in [
            "（",
            "第1",
            "&a",
            "甲 ",
            "1、甲\n",
            "[2018]",
            " ",
            "①",
            "一",
            "\u{200B}(",
            "；1.",
        ] {
            let text = piece.repeat((100 << 10) / piece.len());
            let part = Part {
                role: Role::Value,
                shape: Shape::Text,
                text: &text,
            };
            let parts = Parts {
                parts: &[part],
                vocabulary: &profile.vocabulary,
                list: None,
                dialect: None,
            };
            let start = std::time::Instant::now();
            let value = normalise(kind, &parts);
            let reading = start.elapsed();
            rewrite(kind, &parts, Reach::Vocabulary);
            let whole = start.elapsed();
            // Eight people share two cores where this was written.
            assert!(
                whole.as_millis() < 12 * reading.as_millis() + 1_500,
                "{kind:?} {piece:?} {reading:?} {whole:?}"
            );
            drop(value);
        }
    }
}

fn profile() -> &'static Profile {
    static PROFILE: std::sync::OnceLock<Profile> = std::sync::OnceLock::new();
    PROFILE.get_or_init(|| Profile::load("national-12").unwrap())
}

/// The real lists and the shipped example, written and written again.
#[test]
fn real_lists_keep_their_meaning() {
    let example = Some(root().join("examples/three-districts"));
    for list in [real("guangdong"), real("sichuan"), example].into_iter().flatten() {
        for reach in [&[][..], &["--unsafe"][..]] {
            let files: Vec<PathBuf> = std::fs::read_dir(&list)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| {
                    let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
                    ["csv", "jsonl", "json", "xlsx"].contains(&ending.as_str())
                })
                .collect();
            assert!(!files.is_empty(), "{list:?}");
            for file in files {
                let (folder, name) = copied(&file);
                let run = fmt(folder.path(), &[reach, &[&name]].concat());
                assert_eq!(run.code, 0, "{file:?} {}", run.stderr);
                let run = fmt(folder.path(), &[reach, &["--check", &name]].concat());
                assert_eq!(run.code, 0, "{file:?} {}", run.stderr);
                same_meaning(&file, &folder.path().join(&name));
            }
        }
    }
}

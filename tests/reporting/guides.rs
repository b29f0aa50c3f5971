//! `tongban export`: guides in every format say what the lists say, are read back as the same, and hold nothing that acts; templates, files
//! of their own, and drafts of a directory. Cases of templates are in `tests/cases/guides`.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::page::{Part, parts};
use crate::support::{copy_folder, digest, real, root, run, run_in, snapshot};
use serde::Deserialize;
use serde_json::Value;

const EXAMPLE: &str = "examples/three-districts";

/// A list with what is hard: nothing said, what cannot be read, what is cut off, an item without materials, one with its own steps.
const ODD: &str = "\u{feff}事项名称,基本编码,实施主体,受理条件,申请材料,办理流程,法定办结时限,是否收费,办理结果,办理地点
取水许可,000119001000,水务局,（一）有水源；（二）有方案。,1.申请书（原件1份）；2.身份证或者护照（复印件2份，容缺后补）,受理→审查（3个工作日）→决定,20个工作日,否,取水许可证,
养犬登记,000109001000,,符合下列条件的：,无需提交材料,见流程图,视情况而定,按规定收费,,一楼
,000109002000,公安局,,,,,,,
";

fn json(args: &[&str], folder: &Path) -> Value {
    let run = run_in(folder, args);
    assert!(run.code < 2, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// Exports a list in every format that is read back, and holds each against the list.
fn comes_back(list: &Path, formats: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let list = list.to_string_lossy();
    for format in formats {
        let file = format!("指南.{format}");
        let run = run_in(home.path(), &["export", &list, "-o", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let diff = json(&["diff", &list, &file, "-f", "json"], home.path());
        let summary = &diff["summary"];
        for word in ["substantive", "level", "missing", "only_left", "only_right", "divided"] {
            assert_eq!(summary[word], 0, "{list} {format}: {summary} {}", diff["differences"]);
        }
        assert!(summary["items_compared"].as_u64().unwrap() > 0);
        assert_eq!(diff["left"]["rows"], diff["right"]["rows"], "{list} {format}");
        // What cannot be read or is cut off stays what it is.
        for difference in diff["differences"].as_array().unwrap() {
            let unknown = difference["verdict"] == "unknown";
            let [left, right] = ["left", "right"].map(|side| difference[side]["normal"].clone());
            assert!(!unknown || left == right, "{difference}");
        }
        let lint = json(
            &["lint", &file, "--select", "FIL", "-f", "json", "--fail-on", "never"],
            home.path(),
        );
        assert_eq!(lint["findings"].as_array().unwrap().len(), 0, "{}", lint["findings"][0]);
        // Every element, also those in which regions are not compared: what is exported again is the same.
        let columns = columns(&list);
        let once = run_in(home.path(), &["export", &list, "--columns", &columns]).stdout;
        let twice = run_in(home.path(), &["export", &file, "--columns", &columns]).stdout;
        assert!(!once.is_empty());
        assert_eq!(lines(&twice), lines(&once), "{list} {format}");
    }
}

fn lines(text: &str) -> BTreeSet<&str> {
    text.lines().collect()
}

/// All columns but those that say where a row stands.
fn columns(list: &str) -> String {
    let run = run(&["export", list]);
    let header = run.stdout.lines().next().unwrap_or_default().to_owned();
    let wanted = |column: &&str| !["来源文件", "工作表", "来源行", "区域代码", "区域名称"].contains(column);
    // The code as a whole: JSON has that, and not the column of the basic code.
    let header = header.replace(",基本编码,", ",事项编码,");
    header.split(',').filter(wanted).collect::<Vec<_>>().join(",")
}

#[test]
fn the_example_comes_back() {
    for list in ["dongling.csv", "xihe.csv", "nanping.xlsx"] {
        comes_back(&root().join(EXAMPLE).join(list), &["csv", "xlsx", "json", "jsonl"]);
    }
}

#[test]
fn odd_lists_come_back() {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("清单.csv");
    std::fs::write(&list, ODD).unwrap();
    comes_back(&list, &["csv", "xlsx", "json", "jsonl"]);
}

#[test]
fn guangdong_comes_back() {
    for (name, formats) in [("440100", &["csv", "xlsx", "json", "jsonl"][..]), ("440000", &["csv"])] {
        if let Some(list) = real(&format!("guangdong/{name}.jsonl")) {
            comes_back(&list, formats);
        }
    }
}

#[test]
fn sichuan_comes_back() {
    if let Some(list) = real("sichuan/guangan_511602.csv") {
        comes_back(&list, &["csv", "jsonl"]);
    }
}

/// What a report says that must not depend on whether it reads lists or what was exported from them.
fn reported(home: &Path, lists: &str) -> (Vec<Value>, BTreeMap<String, Value>) {
    let report = json(&["report", lists, "-f", "json"], home);
    let of = |value: &Value, keys: &[&str]| -> Value { keys.iter().map(|key| value[key].clone()).collect() };
    let summary = of(
        &report["summary"],
        &[
            "items_compared",
            "units_compared",
            "units_deviating",
            "cells",
            "cells_deviating",
            "index",
        ],
    );
    let mut items = BTreeMap::new();
    for item in report["items"].as_array().unwrap() {
        for element in item["elements"].as_array().unwrap() {
            let key = of(item, &["code", "name", "handling"]).to_string() + &element["element"].to_string();
            let said = of(element, &["class", "index", "deviating", "missing", "unknown"]);
            items.insert(key, said);
        }
    }
    (vec![summary, report["regions"].clone()], items)
}

/// A report of what was exported is the report of the lists.
fn reported_alike(lists: &[(&Path, &str)], manifest: &str) {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("清单")).unwrap();
    for (path, name) in lists {
        std::fs::copy(path, home.path().join("清单").join(name)).unwrap();
    }
    if !manifest.is_empty() {
        std::fs::write(home.path().join("清单/tongban.toml"), manifest).unwrap();
    }
    let source = reported(home.path(), "清单");
    assert!(source.1.len() > 100, "{}", source.1.len());
    for format in ["csv", "xlsx", "json", "jsonl"] {
        let file = format!("指南.{format}");
        let run = run_in(home.path(), &["export", "清单", "-o", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(reported(home.path(), &file), source, "{format}");
    }
}

#[test]
fn the_example_is_reported_alike() {
    let folder = root().join(EXAMPLE);
    let manifest = std::fs::read_to_string(folder.join("tongban.toml")).unwrap();
    let lists = |line: &&str| !line.starts_with("directory") && !line.starts_with("laws");
    let manifest: Vec<&str> = manifest.lines().filter(lists).collect();
    let files = ["dongling.csv", "xihe.csv", "nanping.xlsx"].map(|name| (folder.join(name), name));
    let files: Vec<(&Path, &str)> = files.iter().map(|(path, name)| (path.as_path(), *name)).collect();
    reported_alike(&files, &manifest.join("\n"));
}

#[test]
fn guangdong_is_reported_alike() {
    let [Some(province), Some(city)] = ["440000", "440100"].map(|name| real(&format!("guangdong/{name}.jsonl"))) else {
        return;
    };
    reported_alike(&[(&province, "440000.jsonl"), (&city, "440100.jsonl")], "");
}

/// Cases, names with levels and remarks and codes of all kinds stand in columns of their own.
#[test]
fn names_and_codes_have_columns_of_their_own() {
    let home = tempfile::tempdir().unwrap();
    let head = "主项名称,子项名称,事项名称,业务办理项名称,实施编码,业务办理项编码";
    let code = "11519901MB9910019N4000119001000";
    let list = format!("{head}\n取水,取水许可,取水许可（变更）（县级权限）,取水许可（变更）,{code},{code}01\n");
    std::fs::write(home.path().join("清单.csv"), list).unwrap();
    let columns = "事项名称,主项名称,子项名称,业务办理项名称,基本编码,实施编码,业务办理项编码";
    let row = format!("取水许可（县级）,取水,取水许可,变更,,{code},{code}01");
    let run = run_in(home.path(), &["export", "清单.csv"]);
    let lines: Vec<&str> = run.stdout.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].starts_with(columns) && lines[1].starts_with(&row), "{lines:?}");
    // Alone, a name tells its case.
    let run = run_in(home.path(), &["export", "清单.csv", "--columns", "name,code"]);
    assert!(run.stdout.contains("取水许可（变更）（县级）"), "{}", run.stdout);
    let guide = json(&["export", "清单.csv", "-f", "jsonl"], home.path());
    assert_eq!(guide["name"], "取水许可（变更）（县级）");
    assert_eq!(guide["handling_name"], "变更");
}

/// Nothing is lost and nothing is invented: read it before you accept it.
#[test]
fn odd_guides_say_what_is_there() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("清单.csv"), ODD).unwrap();
    for format in ["md", "html", "csv", "jsonl"] {
        let run = run_in(home.path(), &["export", "清单.csv", "-f", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        if format != "csv" {
            for kept in ["符合下列条件的：", "见流程图", "视情况而定", "按规定收费"] {
                assert!(run.stdout.contains(kept), "{format}: {kept}");
            }
        }
        snapshot(&format!("guides.{format}"), &run.stdout);
    }
}

/// The page has one style, named by its hash, and nothing that leads out of it; and it is well-formed.
#[test]
fn nothing_leaves_the_page() {
    let page = run(&["export", EXAMPLE, "-f", "html"]).stdout;
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
    let style = between("<style>", "</style>");
    let policy = between("Content-Security-Policy\" content=\"", "\"");
    let hash = digest::base64(&digest::sha256(style.as_bytes()));
    assert!(
        policy.starts_with("default-src 'none'; ") && policy.contains(&format!("'sha256-{hash}'")),
        "sha256-{hash}"
    );
    assert!(!style.contains("url(") && !style.contains("@import") && !page.contains("<script"));
    let (mut ids, mut links) = (BTreeSet::new(), BTreeSet::new());
    for part in parts(&page) {
        let Part::Start(tag, attributes) = part else { continue };
        for (name, value) in attributes {
            assert!(
                !name.starts_with("on") && name != "style" && name != "src",
                "{tag} {name}"
            );
            match name.as_str() {
                "id" => assert!(ids.insert(value)),
                "href" => drop(links.insert(value.strip_prefix('#').expect("a place on the page").to_owned())),
                _ => {}
            }
        }
    }
    assert_eq!(ids, links);
    assert_eq!(ids.len(), 116);
}

/// Texts that would act where they are not escaped (threats, rows 18 and 19).
const PAYLOADS: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><script>1</script>",
    "javascript:alert(1)",
    "]]><!--",
    "&#60;b&#62;",
    "[甲](javascript:alert(1))",
    "![甲](http://a.invalid/x.png)",
    "`code` **b** | c | <br>",
    "\u{202e}甲\u{7}",
    "{{ 7*7 }}{% raw %}",
];

/// A list with a row for each text, which stands in every kind of element.
fn planted(texts: &[&str]) -> String {
    let mut list = "事项名称,基本编码,实施主体,受理条件,申请材料,办理地点,常见问题\n".to_owned();
    for text in texts {
        let cell = format!("\"甲{}\"", text.replace('"', "\"\""));
        list.push_str(&format!("{cell},000119001000,{cell},{cell},{cell},{cell},{cell}\n"));
    }
    list
}

/// The tags of a page, with the names of their attributes.
fn shapes(page: &str) -> Vec<String> {
    let shape = |part: Part| match part {
        Part::Start(tag, attributes) => {
            let names: Vec<String> = attributes.into_iter().map(|(name, _)| name).collect();
            Some(format!("<{tag} {}", names.join(" ")))
        }
        Part::End(tag) => Some(format!("/{tag}")),
        _ => None,
    };
    parts(page).into_iter().filter_map(shape).collect()
}

#[test]
fn payloads_are_texts_on_the_page() {
    let home = tempfile::tempdir().unwrap();
    let text = "<p title='{{ guide.name }}' class=\"{{ guide.body }}\">{{ guide.place }}{{ guide.materials }}</p>\n";
    std::fs::write(home.path().join("版式.html.j2"), text).unwrap();
    std::fs::write(home.path().join("odd.csv"), ODD).unwrap();
    let page = |texts: &[&str], args: &[&str]| {
        std::fs::write(home.path().join("清单.csv"), planted(texts)).unwrap();
        let run = run_in(home.path(), &[&["export", "清单.csv"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    // What is odd in a text may be shown otherwise, but only by tags that a page has anyway.
    let odd = run_in(home.path(), &["export", "odd.csv", "-f", "html"]).stdout;
    let own: BTreeSet<String> = shapes(&odd).into_iter().collect();
    assert!(own.contains("<table ") && own.contains("<div class") && own.contains("<a href"));
    let tags: BTreeSet<String> = shapes(&page(&PAYLOADS, &["-f", "html"])).into_iter().collect();
    assert!(tags.is_subset(&own), "{:?}", tags.difference(&own));
    let template = page(&PAYLOADS, &["--template", "版式.html.j2"]);
    assert_eq!(template.lines().count(), PAYLOADS.len());
    for line in template.lines() {
        assert_eq!(shapes(line), ["<p title class", "/p"], "{line}");
    }
}

/// In Markdown no text of the data makes a tag, a link or a line of a table.
#[test]
fn payloads_are_texts_in_markdown() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(
        home.path().join("版式.md.j2"),
        "# {{ guide.name }}\n\n| {{ guide.place }} |\n",
    )
    .unwrap();
    std::fs::write(home.path().join("清单.csv"), planted(&PAYLOADS)).unwrap();
    for args in [&["-f", "md"][..], &["--template", "版式.md.j2"]] {
        let text = run_in(home.path(), &[&["export", "清单.csv"], args].concat()).stdout;
        // The links of the table of contents are our own, and so are the places that they lead to.
        let own = |line: &&str| !line.contains("](#g") && !line.starts_with("<a id=\"g");
        for line in text.lines().filter(own) {
            let plain = ["\\[", "\\]", "\\|", "\\`"]
                .iter()
                .fold(line.to_owned(), |line, mark| line.replace(mark, ""));
            assert!(
                !plain.contains(['<', '`', '\u{202e}', '\u{7}']) || plain.starts_with("> "),
                "{line}"
            );
            assert!(
                !plain.contains("](") && !plain.contains("<s") && !plain.contains("<i"),
                "{line}"
            );
            assert!(!line.starts_with('|') || line.ends_with('|'), "{line}");
        }
    }
}

/// No cell of a CSV starts a formula unless that is asked for, and what is guarded is read back as it was.
#[test]
fn no_cell_is_a_formula() {
    let home = tempfile::tempdir().unwrap();
    let leads = ["=", "+", "-", "@", "＝", "＋", "－", "＠"];
    let mut list = "事项名称,基本编码,办理地点,咨询方式\n".to_owned();
    for (at, lead) in leads.iter().enumerate() {
        for (nth, shape) in [format!("{lead}1+1"), format!(" {lead}1+1"), format!("\"\"{lead}1+1")]
            .iter()
            .enumerate()
        {
            list.push_str(&format!("取水许可,0001190{at}{nth}000,\"{shape}\",\"{shape}\"\n"));
        }
    }
    std::fs::write(home.path().join("清单.csv"), list).unwrap();
    let columns = ["--columns", "name,code,place,consult"];
    run_in(
        home.path(),
        &[&["export", "清单.csv", "-o", "指南.csv"], &columns[..]].concat(),
    );
    let guarded = std::fs::read_to_string(home.path().join("指南.csv")).unwrap();
    let mut rows = csv::ReaderBuilder::new().from_reader(guarded.as_bytes());
    let mut cells = 0;
    for row in rows.records() {
        for cell in row.unwrap().iter() {
            assert!(
                !cell
                    .trim_start_matches([' ', '"'])
                    .starts_with(leads.map(|lead| lead.chars().next().unwrap())),
                "{cell}"
            );
            cells += 1;
        }
    }
    assert_eq!(cells, 24 * 4);
    let raw = |list: &str| run_in(home.path(), &[&["export", list, "--raw-csv"], &columns[..]].concat()).stdout;
    assert_eq!(raw("指南.csv"), raw("清单.csv"));
    assert!(raw("清单.csv").contains(",=1+1,"), "{}", raw("清单.csv"));
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    gives: Option<String>,
    #[serde(default)]
    line: u32,
    #[serde(default)]
    says: Vec<String>,
}

#[test]
fn templates_of_ones_own() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("清单.csv"), ODD).unwrap();
    std::fs::write(home.path().join("秘密.txt"), "秘密").unwrap();
    let cases: Cases = toml::from_str(include_str!("../cases/guides/templates.toml")).unwrap();
    assert!(cases.case.len() > 12);
    for case in cases.case {
        std::fs::write(home.path().join(&case.name), &case.text).unwrap();
        let run = run_in(
            home.path(),
            &["export", "清单.csv", "--template", &case.name, "--item", "000119001000"],
        );
        match &case.gives {
            Some(text) => assert_eq!((run.stdout.as_str(), run.code), (text.as_str(), 0), "{}", run.stderr),
            None => {
                let at = match case.line {
                    0 => format!("{} ", case.name),
                    line => format!("{}:{line} ", case.name),
                };
                assert_eq!(run.code, 2, "{}: {}", case.text, run.stdout);
                assert!(run.stdout.is_empty(), "{}", run.stdout);
                assert!(run.stderr.contains(&at), "{}", run.stderr);
                for says in &case.says {
                    assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
                }
            }
        }
    }
}

/// The templates that ship work, at once and one by one, for every profile's guides of the example.
#[test]
fn shipped_templates_work() {
    let home = tempfile::tempdir().unwrap();
    copy_folder(&root().join(EXAMPLE), &home.path().join("区县"));
    copy_folder(&root().join("examples/templates"), &home.path().join("版式"));
    for ending in ["md", "html"] {
        let template = format!("版式/办事指南.{ending}.j2");
        let run = run_in(home.path(), &["export", "区县", "--template", &template]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            run.stdout.contains("教师资格认定") && !run.stdout.contains("none"),
            "{}",
            run.stdout
        );
        let args = [
            "export",
            "区县",
            "--template",
            &template,
            "--one-file-per-item",
            "-o",
            ending,
        ];
        let run = run_in(home.path(), &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let names = std::fs::read_dir(home.path().join(ending)).unwrap();
        let names: BTreeSet<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(names.len(), 117);
        // Of several regions each name tells its own.
        assert!(
            names.contains(&format!("西河区 000105022000 教师资格认定.{ending}")),
            "{names:?}"
        );
        if ending == "html" {
            for entry in std::fs::read_dir(home.path().join(ending)).unwrap() {
                let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
                assert!(
                    text.starts_with("<!DOCTYPE html>") && text.trim_end().ends_with("</html>"),
                    "{text}"
                );
            }
        }
    }
}

/// Each guide a file: every name is one that Windows takes, none is given twice, nothing leaves the folder, the index names them all.
#[test]
fn a_file_for_each_guide() {
    let home = tempfile::tempdir().unwrap();
    let hostile = [
        "../../上",
        "CON",
        "con",
        "a/b\\c:d*e?f",
        "尾.",
        "取水许可",
        "取水许可",
        "\u{202e}反",
    ];
    let mut list = "事项名称,基本编码\n".to_owned();
    for name in hostile {
        list.push_str(&format!("{name},\n"));
    }
    list.push_str(&format!("{},\n", "很长的名称".repeat(60)));
    std::fs::write(home.path().join("清单.csv"), list).unwrap();
    for format in ["md", "html", "json"] {
        let run = run_in(
            home.path(),
            &[
                "export",
                "清单.csv",
                "-f",
                format,
                "--one-file-per-item",
                "-o",
                &format!("出/{format}"),
            ],
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        let folder = home.path().join("出").join(format);
        // What stands in a folder already is not mixed with what is written.
        let again = format!("出/{format}");
        let args = ["export", "清单.csv", "-f", format, "--one-file-per-item", "-o", &again];
        assert_eq!(run_in(home.path(), &args).code, 2);
        let names = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names: BTreeSet<String> = names.filter(|name| name.ends_with(format)).collect();
        assert_eq!(names.len(), 10, "{names:?}");
        assert_eq!(
            names
                .iter()
                .map(|name| name.to_lowercase())
                .collect::<BTreeSet<_>>()
                .len(),
            10
        );
        for name in &names {
            assert!(
                !name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*', '\u{202e}']),
                "{name}"
            );
            assert!(name.len() <= 130 && !name.to_lowercase().starts_with("con."), "{name}");
        }
        let index = std::fs::read_to_string(folder.join(format!("目录.{format}"))).unwrap();
        assert_eq!(index.matches(&format!(".{format}")).count(), 9, "{index}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 2);
    let run = run_in(home.path(), &["export", "清单.csv", "-f", "md", "--one-file-per-item"]);
    assert_eq!(run.code, 2);
    let run = run_in(
        home.path(),
        &["export", "清单.csv", "-f", "xlsx", "--one-file-per-item", "-o", "x"],
    );
    assert!(
        run.code == 2 && run.stderr.contains("md、html、json") && !home.path().join("x").exists(),
        "{}",
        run.stderr
    );
}

/// An input is never written over, also not by a guide that is called as it, and then no other file is written either.
#[test]
fn no_input_is_written_over() {
    let home = tempfile::tempdir().unwrap();
    let list = r#"[{"事项名称":"甲","基本编码":"000119001000"},{"事项名称":"乙","基本编码":"000119002000"}]"#;
    let path = home.path().join("000119002000 乙.json");
    std::fs::write(&path, list).unwrap();
    let args = [
        "export",
        "000119002000 乙.json",
        "-f",
        "json",
        "--one-file-per-item",
        "-o",
        ".",
    ];
    let run = run_in(home.path(), &args);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), list);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
    std::fs::write(home.path().join("a.md"), "{{ guide.name }}").unwrap();
    let run = run_in(
        home.path(),
        &["export", "000119002000 乙.json", "--template", "a.md", "-o", "a.md"],
    );
    assert_eq!(run.code, 2);
    assert_eq!(
        std::fs::read_to_string(home.path().join("a.md")).unwrap(),
        "{{ guide.name }}"
    );
}

/// Words of the command line that name nothing are errors with the nearest that is known.
#[test]
fn what_is_asked_for() {
    let out = |args: &[&str]| run(&[&["export", EXAMPLE], args].concat());
    let asked = out(&[
        "--columns",
        "code,事项名称,region_name",
        "--region",
        "519901,西河区",
        "--item",
        "教师资格",
    ]);
    let rows: Vec<&str> = asked.stdout.lines().collect();
    assert_eq!(
        rows,
        [
            "事项编码,事项名称,区域名称",
            "000105022000,教师资格认定,东岭区",
            "000105022000,教师资格认定,西河区"
        ]
    );
    let asked = out(&[
        "--columns",
        "consult",
        "--item",
        "000105022000",
        "--region",
        "519923",
        "-f",
        "jsonl",
    ]);
    let guide: Value = serde_json::from_str(&asked.stdout).unwrap();
    assert_eq!(guide["typed"].as_object().unwrap().len(), 1);
    for (args, near) in [
        (["--columns", "code,materia1s"], "materials"),
        (["--columns", "申清材料"], "申请材料"),
        (["--region", "519909"], "51990"),
        (["--item", "教师资格认走"], "教师资格认定"),
    ] {
        let run = out(&args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(
            run.stdout.is_empty() && run.stderr.contains(near),
            "{args:?}: {}",
            run.stderr
        );
    }
}

/// A draft read as the directory changes nothing: whoever was in line still is, and who was not, is not.
fn draft_is_a_directory(home: &Path, regions: &str) {
    let cells = |manifest: &str| {
        std::fs::write(home.join("tongban.toml"), manifest).unwrap();
        let report = json(&["report", ".", "-f", "json"], home);
        let mut cells: BTreeMap<String, (Value, Value)> = BTreeMap::new();
        for item in report["items"].as_array().unwrap() {
            for cell in item["elements"].as_array().unwrap() {
                let key = format!(
                    "{} {} {} {}",
                    item["code"], item["name"], item["handling"], cell["element"]
                );
                cells.insert(key, (cell["class"].clone(), cell["deviating"].clone()));
            }
        }
        (report["summary"].clone(), cells)
    };
    let (summary, before) = cells(regions);
    let drafts = ["csv", "xlsx", "json"].map(|format| {
        let file = format!("draft.{format}");
        let run = run_in(home, &["export", ".", "--directory", "-o", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        file
    });
    for draft in drafts {
        let (with, after) = cells(&format!("directory = [\"{draft}\"]\n{regions}"));
        for (key, cell) in &before {
            assert_eq!(after.get(key), Some(cell), "{draft}: {key}");
        }
        for word in [
            "items_compared",
            "items_uniform",
            "cells",
            "cells_deviating",
            "index",
            "cells_open",
        ] {
            assert_eq!(with[word], summary[word], "{draft}: {word}");
        }
        let lint = json(
            &[
                "lint",
                &draft,
                "--select",
                "FIL",
                "-f",
                "json",
                "--fail-on",
                "never",
                "--isolated",
            ],
            home,
        );
        assert_eq!(lint["findings"].as_array().unwrap().len(), 0, "{}", lint["findings"][0]);
    }
}

#[test]
fn a_draft_is_a_directory() {
    let home = tempfile::tempdir().unwrap();
    let mut regions = String::new();
    for (id, file) in [
        ("519901", "dongling.csv"),
        ("519902", "xihe.csv"),
        ("519923", "nanping.xlsx"),
    ] {
        std::fs::copy(root().join(EXAMPLE).join(file), home.path().join(file)).unwrap();
        regions.push_str(&format!("[[region]]\nid = \"{id}\"\nfiles = [\"{file}\"]\n"));
    }
    draft_is_a_directory(home.path(), &regions);
    std::fs::write(home.path().join("tongban.toml"), &regions).unwrap();
    let run = run_in(home.path(), &["export", ".", "--directory"]);
    snapshot("guides-directory.csv", &run.stdout);
}

#[test]
fn a_draft_of_guangdong_is_a_directory() {
    let home = tempfile::tempdir().unwrap();
    let mut regions = String::new();
    for id in ["440000", "440100"] {
        let Some(list) = real(&format!("guangdong/{id}.jsonl")) else {
            return;
        };
        std::fs::copy(list, home.path().join(format!("{id}.jsonl"))).unwrap();
        regions.push_str(&format!("[[region]]\nid = \"{id}\"\nfiles = [\"{id}.jsonl\"]\n"));
    }
    draft_is_a_directory(home.path(), &regions);
}

/// The same bytes whatever the number of threads.
#[test]
fn the_same_on_every_machine() {
    let home = tempfile::tempdir().unwrap();
    for format in ["csv", "xlsx", "md", "html", "json", "jsonl"] {
        let bytes = ["1", "4"].map(|threads| {
            let file = home.path().join(format!("{threads}.{format}"));
            let status = std::process::Command::new(env!("CARGO_BIN_EXE_tongban"))
                .args(["export", EXAMPLE, "-o", &file.to_string_lossy()])
                .current_dir(root())
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap();
            assert!(status.status.success());
            std::fs::read(file).unwrap()
        });
        assert!(bytes[0] == bytes[1], "{format}");
    }
}

/// Whoever writes `-o x.pdf` does not want a CSV in it.
#[test]
fn an_unknown_ending_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), ODD).unwrap();
    let path = folder.path().join("x.pdf");
    for args in [&["export", "a.csv"][..], &["export", "a.csv", "--directory"]] {
        let run = run_in(folder.path(), &[args, &["-o", "x.pdf"]].concat());
        assert_eq!(run.code, 2, "{args:?}");
        assert!(
            run.stderr.contains(".pdf") && run.stderr.contains(".xlsx"),
            "{}",
            run.stderr
        );
        assert!(!path.exists());
        // With a format told, and without an ending.
        for more in [&["-o", "x.pdf", "-f", "csv"][..], &["-o", "x"], &["-o", "X.CSV"]] {
            let run = run_in(folder.path(), &[args, more].concat());
            assert_eq!(run.code, 0, "{}", run.stderr);
        }
        std::fs::remove_file(&path).unwrap();
    }
}

/// Guides are lists: whoever gets them puts them into a folder and compares them. Beside the lists that they were made of they would be read
/// twice, which is said.
#[test]
fn guides_in_a_folder_are_lists() {
    let folder = tempfile::tempdir().unwrap();
    let list = "事项名称,基本编码,承诺办结时限\n取水许可,000119001000,10个工作日\n";
    std::fs::write(folder.path().join("甲区.csv"), list).unwrap();
    for name in ["g.xlsx", "g.json", "g.csv", "g.jsonl"] {
        let other = tempfile::tempdir().unwrap();
        let path = other.path().join(name);
        let run = run_in(folder.path(), &["export", "甲区.csv", "-o", path.to_str().unwrap()]);
        assert!(
            run.code == 0 && !run.stderr.contains("同一个文件夹"),
            "{name}: {}",
            run.stderr
        );
        let run = run_in(other.path(), &["lint", ".", "-f", "json"]);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(found["summary"]["rows"], 1, "{name}: {}{}", run.stdout, run.stderr);
    }
    let run = run_in(folder.path(), &["export", "甲区.csv", "-o", "g.xlsx"]);
    assert!(run.stderr.contains("g.xlsx 与清单在同一个文件夹"), "{}", run.stderr);
}

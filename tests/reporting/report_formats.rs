//! `report` in the formats for people: a terminal, Markdown, CSV, a workbook. All of them show the same, as wide as there is room, and
//! nothing in the data acts in them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::made;
use crate::support;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Cursor;

use crate::generator::Random;
use crate::made::{ELEMENTS, cell, group, item, region, uniformity};
use crate::support::{run, run_in, snapshot};
use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use tongban::messages::{Lang, Messages};
use tongban::model::{
    BodyGroup, Burden, Gain, Measure, PairedBy, Pairing, Place, Uniformity, Variance, VarianceUse, Within,
};
use tongban::report::{self, By, Document, Format, Only, Style};
use unicode_width::UnicodeWidthStr;

const EXAMPLE: &str = "examples/three-districts";

/// What is asked of a format.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    lang: Lang,
    width: u16,
    color: bool,
    top: usize,
    item: Option<&'a str>,
    only: Only<'a>,
    by: By,
}

const ALL: Wanted<'static> = Wanted {
    lang: Lang::Zh,
    width: 120,
    color: false,
    top: usize::MAX,
    item: None,
    only: Only {
        element: None,
        region: None,
        min_index: 0.0,
    },
    by: By::Item,
};

thread_local! {
    /// Chinese and English: to load them takes longer than to write a report.
    static BOTH: [Messages; 2] = [Lang::Zh, Lang::En].map(|lang| Messages::new(lang, &[]));
}

fn write(format: &str, report: &Uniformity, wanted: Wanted<'_>) -> Vec<u8> {
    let elements: HashMap<String, [String; 2]> = ELEMENTS
        .iter()
        .map(|(id, names)| ((*id).to_owned(), names.map(str::to_owned)))
        .collect();
    BOTH.with(|[zh, en]| {
        let style = Style {
            messages: if wanted.lang == Lang::Zh { zh } else { en },
            both: [zh, en],
            color: wanted.color,
            width: wanted.width,
            blocks: true,
            profile: "national-12",
            elements: &elements,
            item: wanted.item,
            only: wanted.only,
            by: wanted.by,
            explain: false,
            top: wanted.top,
            raw_csv: false,
            trend: None,
        };
        let mut bytes = Vec::new();
        let format = Format::named(format).unwrap();
        report::write(format, &Document::Report(report), &style, &mut bytes).unwrap();
        bytes
    })
}

fn text(format: &str, report: &Uniformity, wanted: Wanted<'_>) -> String {
    String::from_utf8(write(format, report, wanted)).unwrap()
}

fn sheets(bytes: Vec<u8>) -> BTreeMap<String, Vec<Vec<Data>>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names().clone();
    let rows = |book: &mut Xlsx<_>, name: &str| {
        assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name} has formulas");
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    };
    names.iter().map(|name| (name.clone(), rows(&mut book, name))).collect()
}

fn random(seed: u64, regions: usize, items: usize) -> Uniformity {
    let mut random = Random::new(seed);
    made::random(regions, items, &mut |n| random.below(n))
}

// ------------------------------------------------------------------------------------------------------------- the example

#[test]
fn outputs_are_as_read() {
    for (name, args) in [
        ("report-by-region.txt", vec!["--by", "region"]),
        ("report-by-element.en.txt", vec!["--by", "element", "--lang", "en"]),
        (
            "report-filtered.txt",
            vec!["--element", "承诺办结时限", "--region", "东岭区"],
        ),
        ("report-top.txt", vec!["--top", "2"]),
        ("report.csv", vec!["-f", "csv"]),
    ] {
        let run = run(&[&["report", EXAMPLE], args.as_slice()].concat());
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        snapshot(name, &run.stdout);
    }
}

/// The workbook of the example against its JSON, and the same bytes twice.
#[test]
fn the_workbook_says_what_json_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for name in ["a.xlsx", "b.xlsx"] {
        let run = run(&["report", EXAMPLE, "-o", &path(name)]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let bytes = std::fs::read(path("a.xlsx")).unwrap();
    assert_eq!(bytes, std::fs::read(path("b.xlsx")).unwrap());
    let json: Value = serde_json::from_str(&run(&["report", EXAMPLE, "-f", "json"]).stdout).unwrap();
    let book = sheets(bytes);
    let names: Vec<&str> = book.keys().map(String::as_str).collect();
    let regions = ["东岭区", "南屏县", "西河区"];
    assert_eq!(
        names,
        [
            "东岭区",
            "区内差异",
            "南屏县",
            "差异",
            "汇总",
            "矩阵",
            "范围与未比较",
            "西河区"
        ]
    );
    let cells: Vec<&Value> = json["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|item| item["elements"].as_array().unwrap())
        .collect();
    // Each deviating region has its row in its own sheet; where there is no reference, all three.
    let deviating: usize = cells
        .iter()
        .map(|cell| cell["deviating"].as_array().unwrap().len())
        .sum();
    let open = cells.iter().filter(|cell| cell["class"] == "split").count() * 3;
    let rows: usize = regions.iter().map(|name| book[*name].len() - 1).sum();
    assert_eq!(rows, deviating + open);
    // The map counts the same, those without a reference behind a sign.
    let count = |cell: &Data| -> f64 {
        match cell {
            Data::Float(n) => *n,
            Data::String(text) if text.contains('≠') => {
                let parts = text.split('≠').filter(|part| !part.is_empty());
                parts.map(|part| part.parse::<f64>().unwrap()).sum()
            }
            _ => 0.0,
        }
    };
    let counted = |row: &Vec<Data>| -> f64 { row[4..].iter().map(count).sum() };
    assert_eq!(book["矩阵"][2..].iter().map(counted).sum::<f64>() as usize, rows);
}

/// A name that is not there is refused with the nearest one; the filters stand in the report.
#[test]
fn filters_are_looked_up() {
    for (args, near) in [
        (["--element", "申请料"], "申请材料"),
        (["--element", "material"], "materials"),
        (["--region", "南屏"], "南屏县"),
        (["--region", "51992"], "519923"),
    ] {
        let run = run(&[&["report", EXAMPLE][..], &args].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(
            run.stderr.contains(near) || args[1] == "51992",
            "{args:?}: {}",
            run.stderr
        );
    }
    for wrong in ["2", "-1", "NaN", "x"] {
        let run = run(&["report", EXAMPLE, &format!("--min-index={wrong}")]);
        assert_eq!(run.code, 2, "{wrong}");
    }
    // Two regions of one name: the name stands for neither.
    let folder = tempfile::tempdir().unwrap();
    let list = "事项名称,基本编码,收费\n甲许可,000104002000,不收费\n";
    for name in ["a.csv", "b.csv"] {
        std::fs::write(folder.path().join(name), list).unwrap();
    }
    let manifest = "[[region]]\nid = \"1\"\nname = \"城关\"\nfiles = [\"a.csv\"]\n[[region]]\nid = \"2\"\nname = \"城关\"\nfiles = [\"b.csv\"]\n";
    std::fs::write(folder.path().join("tongban.toml"), manifest).unwrap();
    let told = run_in(folder.path(), &["report", ".", "--region", "城关"]);
    assert_eq!(told.code, 2);
    assert!(told.stderr.contains("1、2"), "{}", told.stderr);
    assert_eq!(run_in(folder.path(), &["report", ".", "--region", "2"]).code, 0);
}

// ------------------------------------------------------------------------------------------------------------------ widths

/// The lines of the heat maps: the header under the title, the rows, until the blank line.
fn maps(text: &str, title: &str) -> Vec<Vec<String>> {
    let mut maps = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.ends_with(title) {
            maps.push(
                lines
                    .by_ref()
                    .take_while(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect(),
            );
        }
    }
    maps
}

/// Where the words of a line end, in columns of the terminal.
fn ends(line: &str) -> BTreeSet<usize> {
    let mut ends = BTreeSet::new();
    let mut used = 0;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        used += UnicodeWidthStr::width(c.to_string().as_str());
        if c != ' ' && chars.peek().is_none_or(|next| *next == ' ') {
            ends.insert(used);
        }
    }
    ends
}

#[test]
fn as_wide_as_there_is_room() {
    let mut seen = 0;
    for (regions, items) in [(2, 12), (3, 9), (9, 5), (31, 12)] {
        let report = random(regions as u64, regions, items);
        assert!(report.cells_deviating > 0);
        for width in [60, 80, 120, 200] {
            for lang in [Lang::Zh, Lang::En] {
                for by in [By::Item, By::Region, By::Element] {
                    let told = text("table", &report, Wanted { width, lang, by, ..ALL });
                    let title = if lang == Lang::Zh { "× 区域" } else { "× region" };
                    let maps = maps(&told, title);
                    assert!(!maps.is_empty());
                    for map in maps {
                        let header = &map[0];
                        let columns = ends(header);
                        assert!(!columns.is_empty());
                        // Rows have an index; what follows are the legend and the names.
                        let rows = map
                            .iter()
                            .skip(1)
                            .filter(|line| line.contains("0.") && !line.contains('%'));
                        for row in rows {
                            let ends = ends(row);
                            assert!(columns.is_subset(&ends), "{width} {header}\n{row}");
                            seen += 1;
                        }
                        for line in &map {
                            assert!(
                                line.width() <= usize::from(width) || line.contains("另有") || line.contains("more"),
                                "{width}: {line}"
                            );
                        }
                    }
                    let tables = told.lines().filter(|line| line.contains('─'));
                    for line in tables {
                        assert!(line.width() <= usize::from(width), "{width}: {line}");
                    }
                    assert!(!told.contains('\u{1b}'));
                }
            }
        }
    }
    assert!(seen > 400, "{seen}");
}

/// Regions that do not fit are counted, and the ones shown are those that deviate most.
#[test]
fn regions_that_do_not_fit_are_counted() {
    let mut report = random(5, 31, 4);
    for (at, region) in report.regions.iter_mut().enumerate() {
        region.index = at as f64 / 100.0;
    }
    let told = text("table", &report, Wanted { width: 60, ..ALL });
    let map = &maps(&told, "事项 × 区域")[0];
    let shown: Vec<usize> = map[0]
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    assert!(shown.len() < 31 && !shown.is_empty());
    let last: Vec<usize> = (32 - shown.len()..=31).collect();
    assert_eq!(shown, last);
    assert!(told.contains(&format!("另有 {} 个区域", 31 - shown.len())), "{told}");
}

/// Without colour no escape is written; with it only our own.
#[test]
fn colours_are_only_where_they_are_wanted() {
    let report = random(1, 5, 6);
    for by in [By::Item, By::Region, By::Element] {
        let plain = text("table", &report, Wanted { by, ..ALL });
        let colored = text("table", &report, Wanted { by, color: true, ..ALL });
        assert!(!plain.contains('\u{1b}') && colored.contains('\u{1b}'));
        let mut rest = colored.as_str();
        while let Some((_, after)) = rest.split_once('\u{1b}') {
            let (code, after) = after.split_once('m').unwrap();
            assert!(
                code.starts_with('[') && code[1..].chars().all(|c| c.is_ascii_digit() || c == ';'),
                "{code}"
            );
            rest = after;
        }
    }
}

// ---------------------------------------------------------------------------------------------------------- threats 17 and 18

/// Texts of the data do nothing in any format, wherever they stand.
#[test]
fn texts_do_not_act() {
    let hostile = [
        "\u{1b}[2J甲",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "+1",
        "-1",
        "\u{202e}乙",
        "a|b\nc\u{9b}d",
        "<script>alert(1)</script>",
        "http://a.invalid",
        "'甲",
        "[]:*?/\\",
        "",
    ];
    for evil in hostile {
        let groups = vec![group(evil, &[0, 1], &[]), group(&format!("{evil}二"), &[2], &[evil])];
        let mut odd = cell("materials", groups);
        odd.groups[1].place.file = evil.into();
        odd.groups[1].place.sheet = Some(evil.into());
        odd.groups[1].place.column = evil.into();
        odd.allowed = vec![(2, 0)];
        let mut one = item(evil, evil, 3, vec![odd]);
        one.handling = Some(evil.to_owned());
        let regions = ["1", "2", evil].map(|id| region(id, evil, 0.5)).to_vec();
        let mut report = uniformity(regions, vec![one.clone(), one]);
        report.variances = vec![VarianceUse {
            variance: Variance {
                item: Some(evil.to_owned()),
                ground: evil.to_owned(),
                owner: evil.to_owned(),
                expires: Some(evil.to_owned()),
                ..Variance::default()
            },
            cells: 1,
        }];
        report.within = vec![Within {
            region: 2,
            code: evil.to_owned(),
            handling: Some(evil.to_owned()),
            name: evil.to_owned(),
            element: "materials".to_owned(),
            groups: vec![BodyGroup {
                bodies: vec![evil.to_owned()],
                normal: evil.to_owned(),
                place: report.items[0].elements.iter().next().unwrap().groups[1].place.clone(),
            }],
        }];
        report.unhandled = vec![(evil.to_owned(), evil.to_owned())];
        for by in [By::Item, By::Region, By::Element] {
            for format in ["table", "md"] {
                let told = text(format, &report, Wanted { by, ..ALL });
                let bad = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
                assert!(!told.contains(bad), "{format} {evil:?}: {told}");
                assert!(format != "md" || !told.contains("<script"), "{told}");
            }
        }
        let told = write("csv", &report, ALL);
        for row in csv::Reader::from_reader(told.as_slice()).records() {
            for cell in &row.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
            }
        }
        let book = sheets(write("xlsx", &report, ALL));
        assert_eq!(book.len(), 8, "{evil:?}: {:?}", book.keys());
        let bad = |c: char| c.is_control() || c == '\u{202e}';
        for (name, rows) in &book {
            assert!(!name.contains(bad));
            for cell in rows.iter().flatten() {
                assert!(
                    matches!(cell, Data::Empty | Data::String(_) | Data::Float(_)),
                    "{cell:?}"
                );
                assert!(!cell.to_string().contains(bad), "{cell:?}");
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------------------------ threat 25

type Pairs = BTreeSet<(String, String)>;

/// Which element of which item differs, as each format tells it.
fn pairs(format: &str, report: &Uniformity, wanted: Wanted<'_>) -> Pairs {
    let names: BTreeMap<&str, &str> = ELEMENTS.iter().map(|(id, names)| (names[0], *id)).collect();
    let element = |name: &str| names.get(name).map(|id| (*id).to_owned());
    match format {
        "json" => {
            let json: Value = serde_json::from_slice(&write("json", report, wanted)).unwrap();
            let mut pairs = Pairs::new();
            for item in json["items"].as_array().unwrap() {
                for cell in item["elements"].as_array().unwrap() {
                    if cell["groups"].as_array().unwrap().len() > 1 {
                        let text = |value: &Value| value.as_str().unwrap().to_owned();
                        pairs.insert((text(&item["code"]), text(&cell["element"])));
                    }
                }
            }
            pairs
        }
        "csv" => {
            let bytes = write("csv", report, wanted);
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let rows = reader.records().map(|row| row.unwrap());
            let cells = rows.filter(|row| !["区内差异", "未比较"].contains(&&row[4]));
            cells
                .map(|row| (row[0].to_owned(), element(&row[3]).unwrap()))
                .collect()
        }
        "xlsx" => {
            let book = sheets(write("xlsx", report, wanted));
            let rows = book["差异"].iter().skip(1);
            rows.map(|row| (row[0].to_string(), element(&row[3].to_string()).unwrap()))
                .collect()
        }
        // Headings carry the code, rows begin with the element.
        "table" | "md" => {
            let (mark, separator) = if format == "md" { ("## ", '|') } else { ("■ ", ' ') };
            let mut pairs = Pairs::new();
            let mut code = None;
            for line in text(format, report, wanted).lines() {
                let word = line.trim_start_matches(mark).split(' ').next().unwrap();
                if line.starts_with(mark) {
                    code = word.parse::<u64>().is_ok().then(|| word.to_owned());
                    continue;
                }
                // The title of what follows the items.
                if !line.is_empty() && !line.starts_with([' ', '|', '─', '-']) {
                    code = None;
                }
                let first = line.trim_start_matches(['|', ' ']).split(separator).next().unwrap();
                if let (Some(code), Some(element)) = (&code, element(first.trim())) {
                    pairs.insert((code.clone(), element));
                }
            }
            pairs
        }
        other => panic!("nobody counts {other}"),
    }
}

/// 100 random comparisons × 5 formats × filters: all of them list the same cells, and without a filter as many as the summary says.
#[test]
fn all_formats_list_the_same() {
    let mut total = 0;
    for seed in 0..100 {
        let report = random(seed, 2 + seed as usize % 7, 1 + seed as usize % 5);
        let only = |element, region, min_index| Only {
            element,
            region,
            min_index,
        };
        for (at, only) in [
            Only::default(),
            only(Some("fees"), None, 0.0),
            only(None, Some(1), 0.0),
            only(Some("materials"), Some(0), 0.1),
            only(None, None, 0.15),
        ]
        .into_iter()
        .enumerate()
        {
            let wanted = Wanted { only, ..ALL };
            let expected = pairs("json", &report, wanted);
            for format in ["table", "csv", "md", "xlsx"] {
                assert_eq!(pairs(format, &report, wanted), expected, "{seed} {only:?} {format}");
            }
            if at == 0 {
                assert_eq!(expected.len(), report.cells_deviating);
            }
            total += expected.len();
        }
    }
    assert!(total > 500, "{total}");
}

/// What the bodies of a region say differently, by the formats that list it one by one.
fn bodies(format: &str, report: &Uniformity, wanted: Wanted<'_>) -> BTreeSet<(String, String)> {
    let pair = |code: &str, says: &str| (code.to_owned(), says.to_owned());
    match format {
        "json" => {
            let json: Value = serde_json::from_slice(&write("json", report, wanted)).unwrap();
            let within = json["within"].as_array().unwrap().iter();
            let groups = within.flat_map(|within| {
                let groups = within["groups"].as_array().unwrap().iter();
                groups.map(|group| pair(within["code"].as_str().unwrap(), group["normal"].as_str().unwrap()))
            });
            groups.collect()
        }
        "csv" => {
            let bytes = write("csv", report, wanted);
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let rows = reader.records().map(|row| row.unwrap());
            let rows = rows.filter(|row| &row[4] == "区内差异");
            rows.map(|row| pair(&row[0], &row[11])).collect()
        }
        "xlsx" => {
            let book = sheets(write("xlsx", report, wanted));
            let rows = book["区内差异"].iter().skip(1);
            rows.map(|row| pair(&row[0].to_string(), &row[7].to_string())).collect()
        }
        text => {
            let told = self::text(text, report, wanted);
            let said = report.within.iter().flat_map(|within| {
                let groups = within.groups.iter();
                groups.map(|group| pair(&within.code, &group.normal))
            });
            said.filter(|(_, says)| told.contains(says.as_str())).collect()
        }
    }
}

/// Every filter holds alike in every format: the cells and the differences between bodies that JSON lists, the rows of the CSV and the
/// rows of the sheet.
#[test]
fn every_filter_holds_in_every_format() {
    let mut seen = [0; 3];
    for seed in 0..10 {
        let mut report = random(seed, 4, 6);
        // Two bodies against one (index 1/3), and one against one (1/2).
        for (at, bodies) in [vec!["甲局", "乙局"], vec!["甲局"]].into_iter().enumerate() {
            let group = |bodies: &[&str], says: &str| BodyGroup {
                bodies: bodies.iter().map(|body| (*body).to_owned()).collect(),
                normal: format!("局说{says}{at}"),
                place: Place::default(),
            };
            report.within.push(Within {
                region: at,
                code: report.items[at].code.clone(),
                handling: None,
                name: report.items[at].name.clone(),
                element: if at == 0 { "fees" } else { "materials" }.to_owned(),
                groups: vec![group(&bodies, "一"), group(&["丙局"], "二")],
            });
        }
        let code = report.items[1].code.clone();
        let only = |element, region, min_index| Only {
            element,
            region,
            min_index,
        };
        for (only, item) in [
            (only(Some("fees"), None, 0.0), None),
            (only(None, Some(1), 0.0), None),
            (only(None, None, 0.1), None),
            (only(None, None, 0.4), None),
            (only(None, None, 0.6), None),
            (only(Some("fees"), Some(0), 0.4), None),
            (Only::default(), Some(code.as_str())),
            (only(Some("materials"), None, 0.0), Some(code.as_str())),
        ] {
            let wanted = Wanted { only, item, ..ALL };
            let json: Value = serde_json::from_slice(&write("json", &report, wanted)).unwrap();
            let mut cells = Pairs::new();
            for item in json["items"].as_array().unwrap() {
                let elements = item["elements"].as_array().unwrap();
                assert!(!elements.is_empty(), "{seed} {only:?}: an item without a cell");
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                cells.extend(
                    elements
                        .iter()
                        .map(|cell| (text(&item["code"]), text(&cell["element"]))),
                );
            }
            seen[0] += cells.len();
            for format in ["csv", "xlsx", "table", "md"] {
                assert_eq!(
                    pairs(format, &report, wanted),
                    cells,
                    "{seed} {only:?} {item:?} {format}"
                );
            }
            let within = bodies("json", &report, wanted);
            seen[1] += within.len();
            for format in ["csv", "xlsx", "table", "md", "html"] {
                assert_eq!(
                    bodies(format, &report, wanted),
                    within,
                    "{seed} {only:?} {item:?} {format}"
                );
            }
            for (expected, within) in [(0.4, 2), (0.6, 0)] {
                if only == self::only_index(expected) && item.is_none() {
                    assert_eq!(bodies("json", &report, wanted).len(), within, "{expected}");
                }
            }
            // The sheet has the rows of the CSV in which a region differs, and of an item that was asked for all of them.
            let bytes = write("csv", &report, wanted);
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let csv = reader.records().map(|row| row.unwrap());
            let csv = csv.filter(|row| &row[4] != "区内差异");
            let csv: Vec<Vec<String>> = csv.map(|row| row.iter().map(str::to_owned).collect()).collect();
            let sheet = sheets(write("xlsx", &report, wanted))["差异"].clone();
            let texts = |row: &Vec<Data>| row.iter().map(ToString::to_string).collect::<Vec<_>>();
            let sheet: Vec<Vec<String>> = sheet.iter().skip(1).map(texts).collect();
            // A number is a number there.
            let same = |row: &Vec<String>, other: &Vec<String>| {
                let number = |text: &String| text.parse::<f64>().ok();
                row.iter()
                    .zip(other)
                    .all(|(a, b)| a == b || number(a).is_some() && number(a) == number(b))
            };
            let wanted: Vec<&Vec<String>> = csv
                .iter()
                .filter(|row| item.is_some() || row[12] == "是" || row[7] == "无" && !row[19].is_empty())
                .collect();
            seen[2] += sheet.len();
            for row in &sheet {
                assert!(
                    csv.iter().any(|known| same(known, row)),
                    "{seed} {only:?} {item:?}: {row:?}"
                );
                assert!(!row[9].contains('、'), "{row:?}");
            }
            assert!(sheet.len() >= wanted.len(), "{seed} {only:?} {item:?}");
            if item.is_some() {
                assert_eq!(sheet.len(), csv.len());
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 80), "{seen:?}");
}

fn only_index(min_index: f64) -> Only<'static> {
    Only {
        min_index,
        ..Only::default()
    }
}

/// What was not compared stands in the CSV too, a row for each region, with the reason of the sheet; how much it is, is said.
#[test]
fn the_csv_says_what_was_not_compared() {
    let run = run(&["report", EXAMPLE, "-f", "csv"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let rows: Vec<&csv::StringRecord> = rows.iter().filter(|row| &row[4] == "未比较").collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    support::run(&["report", EXAMPLE, "-o", &path.to_string_lossy()]);
    let sheet = sheets(std::fs::read(&path).unwrap())["范围与未比较"].clone();
    // The sheet has more: what was compared, only not with all.
    let sheet: Vec<_> = sheet
        .iter()
        .filter(|row| row[0].to_string().starts_with("没有比较"))
        .collect();
    assert!(sheet.len() >= 3, "{sheet:?}");
    assert!(
        run.stderr.contains(&format!("{} 个事项没有比较", sheet.len())),
        "{}",
        run.stderr
    );
    let mut told = 0;
    for entry in &sheet {
        let [why, code, handling, name, regions, _] = [0, 1, 2, 3, 4, 5].map(|at| entry[at].to_string());
        let of = rows
            .iter()
            .filter(|row| row[0] == code && row[1] == handling && row[11] == why);
        let of: Vec<&&csv::StringRecord> = of.collect();
        let names: Vec<&str> = of.iter().map(|row| &row[20]).collect();
        assert_eq!(names.join("、"), regions, "{name}");
        told += of.len();
    }
    assert_eq!(told, rows.len());
    // With a filter it is not asked for.
    let filtered = support::run(&["report", EXAMPLE, "-f", "csv", "--element", "fees"]);
    assert!(!filtered.stdout.contains("未比较") && !filtered.stderr.contains("没有比较"));
}

/// Every list that is cut says how many more there are.
#[test]
fn what_is_cut_is_counted() {
    let mut report = random(11, 12, 40);
    let listed = |report: &Uniformity| {
        report
            .items
            .iter()
            .filter(|item| item.elements.iter().any(|cell| cell.groups.len() > 1))
            .count()
    };
    let items = listed(&report);
    assert!(items > 10);
    let gain = |at: usize| Gain {
        region: at,
        element: "fees".to_owned(),
        delta: 0.01,
        cells: 1,
    };
    report.gains = (0..5).map(gain).collect();
    report.unhandled = (0..7).map(|at| (format!("{at}"), "某事项".to_owned())).collect();
    let wanted = Wanted { top: 2, ..ALL };
    // Which regions there are is no list of items: it is never cut.
    for format in ["table", "md"] {
        let told = text(format, &report, wanted);
        let summary = told.split("按区域").nth(1).unwrap();
        for region in &report.regions {
            assert!(summary.contains(&region.name), "{format}: {}", region.name);
        }
    }
    let told = text("table", &report, wanted);
    for rest in [
        format!("另有 {} 个事项未列出", items - 2),
        format!("另有 {} 项", items - 2),
        "另有 3 项".to_owned(),
        "另有 5 项".to_owned(),
    ] {
        assert!(told.contains(&rest), "{rest}\n{told}");
    }
    let told = text("md", &report, wanted);
    for rest in [format!("另有 {} 个事项未列出", items - 2), "另有 3 项".to_owned()] {
        assert!(told.contains(&rest), "{rest}\n{told}");
    }
    // Each block of a region or an element, and the blocks themselves.
    let told = text(
        "table",
        &report,
        Wanted {
            by: By::Region,
            ..wanted
        },
    );
    assert_eq!(told.matches("\n■ ").count(), 2);
    assert!(told.contains("另有 10 项"), "{told}");
    let mut differing = 0;
    for block in told.split("\n■ ").skip(1) {
        let items: usize = block
            .split("：")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap_or(0);
        let items = if items == 0 {
            block
                .split("不同：")
                .nth(1)
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
                .parse()
                .unwrap()
        } else {
            items
        };
        assert!(
            items <= 2 || block.contains(&format!("另有 {} 项", items - 2)),
            "{block}"
        );
        differing += items;
    }
    assert!(differing > 2);
    let told = text(
        "table",
        &report,
        Wanted {
            by: By::Element,
            ..wanted
        },
    );
    assert!(told.contains("另有 1 项"), "{told}");
    // Groups of many regions.
    let told = text("table", &report, ALL);
    assert!(told.contains("等，另有"), "{told}");
    let whole = text(
        "table",
        &report,
        Wanted {
            item: Some(&report.items[0].code),
            ..ALL
        },
    );
    assert!(!whole.contains("等，另有"), "{whole}");
}

// ---------------------------------------------------------------------------------------------------- what stands beside

/// Gains, ties, burdens, pairings, what is allowed, what the law wants: told where they are there, in words; not a word where not.
#[test]
fn what_stands_beside_is_told() {
    let plain = random(3, 4, 4);
    let silent = [
        "看齐的收益",
        "一样多",
        "负担",
        "对上的依据",
        "依法须一致而不一致",
        "可省",
    ];
    for format in ["table", "md"] {
        for by in [By::Item, By::Region] {
            let told = text(format, &plain, Wanted { by, ..ALL });
            for word in silent {
                let tied = word == "一样多"
                    && plain
                        .items
                        .iter()
                        .flat_map(|item| &item.elements)
                        .any(|cell| cell.tied > 0);
                assert!(!told.contains(word) || tied, "{word}: {told}");
            }
        }
    }

    let mut tied = cell("fees", vec![group("甲", &[0, 1], &[]), group("乙", &[2, 3], &["丙"])]);
    assert_eq!(tied.tied, 2);
    tied.allowed = vec![(3, 1)];
    let mut time = cell(
        "statutory_time",
        vec![group("10工作日", &[0, 1, 2], &[]), group("20工作日", &[3], &["长"])],
    );
    time.must_equal = vec![3];
    let mut one = item("000104002000", "某许可", 4, vec![tied, time]);
    let burden = |materials, fee| {
        let mut burden = Burden::default();
        burden.set(Measure::Materials, Some(materials));
        burden.set(Measure::Steps, Some(3));
        burden.set(Measure::Fee, fee);
        Some(burden)
    };
    one.burdens = vec![burden(3, None), burden(5, Some(1050)), burden(4, Some(0)), None];
    one.best = vec![0];
    one.pairing = Some(Pairing {
        by: PairedBy::Similarity,
        confidence: 0.93,
    });
    let mut regions: Vec<_> = ["东", "西", "南", "北"]
        .iter()
        .zip(1..)
        .map(|(name, id)| region(&format!("{id}"), name, 0.1))
        .collect();
    regions[3].must_equal = 1;
    regions[3].saving.set(Measure::Materials, Some(2));
    let mut report = uniformity(regions, vec![one]);
    report.gains = vec![Gain {
        region: 3,
        element: "statutory_time".to_owned(),
        delta: 0.000_4,
        cells: 1,
    }];
    let variance = |ground: &str, expired| VarianceUse {
        variance: Variance {
            region: Some("北".to_owned()),
            ground: ground.to_owned(),
            expires: Some("2026-01-01".to_owned()),
            expired,
            ..Variance::default()
        },
        cells: 1,
    };
    report.variances = vec![variance("某规定第一条", false), variance("某条例第三条", true)];
    let wanted = [
        "2 种说法一样多",
        "（合理差异：某条例第三条）",
        "申请人负担不同：材料 3 份 – 5 份，收费 0 元 – 10.50 元；最轻：东",
        "名称相近（93%）",
        "依法必须一致",
        "把北在法定办结时限上对齐（1 个要素值），总指数降 0.000400",
    ];
    for format in ["table", "md"] {
        let told = text(format, &report, Wanted { width: 200, ..ALL });
        for text in wanted {
            assert!(told.contains(text), "{format}: {text}\n{told}");
        }
        assert!(!text(format, &report, Wanted { lang: Lang::En, ..ALL }).contains("{$"));
    }
    let told = text("table", &report, Wanted { by: By::Region, ..ALL });
    assert!(
        told.contains("必须一致而不一致的 1 个") && told.contains("可省：材料 2 份"),
        "{told}"
    );

    let bytes = write("csv", &report, ALL);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let of = |name: &str| rows.iter().map(|row| row[at(name)].to_owned()).collect::<Vec<_>>();
    // A row for each region; what a variance allows stands in the row of the region that it allows it.
    assert_eq!(of("并列"), ["2", "2", "2", "2", "", "", "", ""]);
    let law = "依法必须一致";
    assert_eq!(of("依法要求"), ["", "", "", "", law, law, law, law]);
    let allowed: Vec<(String, String)> = of("合理差异")
        .into_iter()
        .zip(of("区域名称"))
        .filter(|(ground, _)| !ground.is_empty())
        .collect();
    assert_eq!(allowed, [("某条例第三条".to_owned(), "北".to_owned())]);
    let summary: Vec<String> = sheets(write("xlsx", &report, ALL))["汇总"]
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    for text in &wanted[5..] {
        assert!(summary.iter().any(|cell| cell == text), "{text}: {summary:?}");
    }
}

//! The numbers of a report are the same in every format: regions, items, what differs in them, and what must be alike by law.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::Path;

use crate::generator::Random;
use crate::support::{copy_folder, root, run_in};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;

/// What a format says of a report. Nothing where a format does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    regions: Option<usize>,
    items: Option<usize>,
    uniform: Option<usize>,
    deviating: Option<usize>,
    units: Option<usize>,
    cells: Option<usize>,
    differences: Option<usize>,
    must_equal: Option<usize>,
}

impl Told {
    /// Whether both say the same where both say something.
    fn agrees(&self, other: &Told) -> bool {
        let numbers = |told: &Told| {
            let Told {
                regions,
                items,
                uniform,
                deviating,
                units,
                cells,
                differences,
                must_equal,
            } = *told;
            [
                regions,
                items,
                uniform,
                deviating,
                units,
                cells,
                differences,
                must_equal,
            ]
        };
        numbers(self)
            .iter()
            .zip(numbers(other))
            .all(|(one, other)| one.is_none() || other.is_none() || *one == other)
    }
}

/// The numbers of a text, in their order.
fn numbers(text: &str) -> Vec<usize> {
    let parts = text.split(|c: char| !c.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// Of the lines that a report begins with.
fn of_summary(lines: &[(String, String)]) -> Told {
    let line = |name: &str| {
        let found = lines.iter().find(|(own, _)| own == name);
        let (_, text) = found.unwrap_or_else(|| panic!("{name}: {lines:?}"));
        (text.clone(), numbers(text))
    };
    let (law, of_law) = line("依法一致");
    let (compared, deviating) = (line("比较").1, line("不统一").1);
    Told {
        regions: Some(line("区域").1[0]),
        items: Some(compared[0]),
        uniform: Some(line("统一").1[0]),
        deviating: Some(deviating[0]),
        units: Some(deviating[1]),
        cells: Some(compared[2]),
        differences: Some(deviating[2]),
        must_equal: Some(if law.contains("而不一致") { of_law[0] } else { 0 }),
    }
}

fn pair(line: &str, between: &str) -> Option<(String, String)> {
    let (name, text) = line.split_once(between)?;
    Some((name.trim().to_owned(), text.trim().to_owned()))
}

/// Of a list of differences: code, handling item, name and element tell a cell.
fn of_list(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> Told {
    let at = |head: &str| heads.iter().position(|own| own == head).unwrap();
    let key = ["事项编码", "业务办理项", "事项名称", "要素"].map(at);
    let (class, law, counted) = (at("类别"), at("依法要求"), at("计入统计"));
    let [mut odd, mut bound, mut units, mut items] = [const { BTreeSet::<Vec<String>>::new() }; 4];
    for row in rows {
        let cell: Vec<String> = key.iter().map(|&at| row[at].clone()).collect();
        if row[counted] != "是" || !["个别不同", "各不相同"].contains(&row[class].as_str()) {
            continue;
        }
        units.insert(cell[..3].to_vec());
        items.insert(vec![cell[0].clone(), cell[2].clone()]);
        if row[law] == "依法必须一致" {
            bound.insert(cell.clone());
        }
        odd.insert(cell);
    }
    Told {
        deviating: Some(items.len()),
        units: Some(units.len()),
        differences: Some(odd.len()),
        must_equal: Some(bound.len()),
        ..Told::default()
    }
}

/// Of the table of elements, whose columns stand behind the name: those that are told of, and those that differ.
fn of_elements(rows: &[Vec<String>]) -> Told {
    assert_eq!(rows.len(), 12, "{rows:?}");
    let sum = |at: usize| rows.iter().map(|row| row[at].parse::<usize>().unwrap()).sum();
    Told {
        cells: Some(sum(0)),
        differences: Some(sum(1)),
        ..Told::default()
    }
}

fn of_json(text: &str) -> Vec<Told> {
    let wire: Value = serde_json::from_str(text).unwrap();
    let number = |key: &str| wire["summary"][key].as_u64().unwrap() as usize;
    let items = wire["items"].as_array().unwrap().iter();
    let cells: Vec<&Value> = items
        .filter(|item| item["counted"] == true)
        .flat_map(|item| item["elements"].as_array().unwrap())
        .collect();
    let bound = cells
        .iter()
        .filter(|cell| cell["must_equal"] != Value::Array(Vec::new()));
    let summary = Told {
        regions: Some(wire["regions"].as_array().unwrap().len()),
        items: Some(number("items_compared")),
        uniform: Some(number("items_uniform")),
        deviating: Some(number("items_compared") - number("items_uniform")),
        units: Some(number("units_deviating")),
        cells: Some(number("cells")),
        differences: Some(number("cells_deviating")),
        must_equal: Some(number("cells_must_equal")),
    };
    let listed = Told {
        must_equal: Some(bound.count()),
        ..Told::default()
    };
    let rows = wire["elements"].as_array().unwrap().iter();
    let rows: Vec<Vec<String>> = rows
        .map(|row| ["cells", "deviating"].map(|key| row[key].to_string()).to_vec())
        .collect();
    vec![summary, listed, of_elements(&rows)]
}

fn of_html(text: &str) -> Vec<Told> {
    let between = |text: &str, from: &str, to: &str| {
        let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from}"));
        rest.split_once(to).unwrap().0.to_owned()
    };
    let cards = between(text, "<ul class=\"cards\">", "</ul>");
    let cards: Vec<Vec<usize>> = cards
        .split("<b>")
        .skip(1)
        .map(|card| numbers(card.split_once("</b>").unwrap().0))
        .collect();
    let cards = Told {
        items: Some(cards[0][1]),
        deviating: Some(cards[0][0]),
        cells: Some(cards[1][1]),
        differences: Some(cards[1][0]),
        must_equal: cards.get(3).map(|card| card[0]),
        ..Told::default()
    };
    let summary = between(text, "<dl class=\"sum\">", "</dl>");
    let summary: Vec<(String, String)> = summary
        .split("<dt>")
        .filter_map(|line| pair(&line.replace("</dd>", ""), "</dt><dd>"))
        .collect();
    let rows = |id: &str| -> Vec<Vec<String>> {
        let table = between(text, &format!("<h2 id=\"{id}\">"), "</table>");
        let rows = table.split("<tr>").skip(2);
        rows.map(|row| {
            let cells = row.split("<td class=\"n\">").skip(1);
            cells.map(|cell| cell.split_once('<').unwrap().0.to_owned()).collect()
        })
        .collect()
    };
    let elements: Vec<Vec<String>> = rows("elements-table").iter().map(|row| row[1..].to_vec()).collect();
    let regions = Told {
        regions: Some(rows("regions").len()),
        ..Told::default()
    };
    vec![cards, of_summary(&summary), of_elements(&elements), regions]
}

/// The rows of a table in Markdown under a heading.
fn md_rows(text: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, rest) = text.split_once(&format!("## {heading}\n")).unwrap();
    let rows = rest.trim_start().lines().take_while(|line| line.starts_with('|'));
    rows.skip(2)
        .map(|row| {
            row.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect()
        })
        .collect()
}

fn of_md(text: &str) -> Vec<Told> {
    let summary: Vec<(String, String)> = text
        .lines()
        .filter_map(|line| pair(line.strip_prefix("- **")?, "**："))
        .collect();
    let elements: Vec<Vec<String>> = md_rows(text, "按要素").iter().map(|row| row[2..4].to_vec()).collect();
    let regions = Told {
        regions: Some(md_rows(text, "按区域").len()),
        ..Told::default()
    };
    vec![of_summary(&summary), of_elements(&elements), regions]
}

fn of_table(text: &str) -> Vec<Told> {
    let summary: Vec<(String, String)> = text.lines().filter_map(|line| pair(line, "  ")).collect();
    let (_, rest) = text.split_once("\n按要素\n").unwrap();
    let elements: Vec<Vec<String>> = rest
        .lines()
        .skip(2)
        .take_while(|line| !line.trim().is_empty())
        .map(|line| line.split_whitespace().skip(2).take(2).map(str::to_owned).collect())
        .collect();
    vec![of_summary(&summary), of_elements(&elements)]
}

fn of_csv(bytes: &[u8]) -> Vec<Told> {
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    vec![of_list(&heads, rows)]
}

fn of_xlsx(bytes: &[u8]) -> Vec<Told> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut sheet = |name: &str| -> Vec<Vec<String>> {
        let text = |cell: &Data| match cell {
            Data::Empty => String::new(),
            cell => cell.to_string(),
        };
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(|row| row.iter().map(text).collect()).collect()
    };
    let summary = sheet("汇总");
    let lines: Vec<(String, String)> = summary.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let under = |title: &str| {
        let rows = summary.iter().skip_while(|row| row[0] != title).skip(2);
        rows.take_while(|row| !row[0].is_empty()).cloned().collect::<Vec<_>>()
    };
    let elements: Vec<Vec<String>> = under("按要素").iter().map(|row| row[3..5].to_vec()).collect();
    let regions = Told {
        regions: Some(under("按区域").len()),
        ..Told::default()
    };
    let mut told = vec![of_summary(&lines), of_elements(&elements), regions];
    let mut differences = sheet("差异").into_iter();
    // Nothing differs: the sheet says so in a line.
    if let Some(heads) = differences.next().filter(|heads| heads.len() > 1) {
        told.push(of_list(&heads, differences));
    }
    told
}

/// What a report on a folder says, after it was found to say the same in all formats.
fn same_in_all(folder: &Path) -> Told {
    let out = tempfile::tempdir().unwrap();
    let bytes = |format: &str| {
        let file = out.path().join(format);
        let target = file.display().to_string();
        let run = run_in(folder, &["report", ".", "--lang", "zh", "-f", format, "-o", &target]);
        assert!(run.code < 2, "{}", run.stderr);
        std::fs::read(file).unwrap()
    };
    let text = |format: &str| String::from_utf8(bytes(format)).unwrap();
    let json = of_json(&text("json"));
    let wanted = json[0].clone();
    let all = [
        ("json", json),
        ("table", of_table(&text("table"))),
        ("md", of_md(&text("md"))),
        ("html", of_html(&text("html"))),
        ("csv", of_csv(&bytes("csv"))),
        ("xlsx", of_xlsx(&bytes("xlsx"))),
    ];
    for (format, told) in all {
        for told in told {
            assert!(
                told.agrees(&wanted),
                "{format}: {told:?}\njson: {wanted:?}\n{}",
                text("table")
            );
        }
    }
    wanted
}

#[test]
fn of_the_example() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("examples/three-districts"), folder.path());
    let told = same_in_all(folder.path());
    assert_eq!(
        (told.regions, told.items, told.must_equal),
        (Some(3), Some(31), Some(2))
    );
}

/// Lists of one row each, of regions that name the same law, different ones or none; and that differ in what no element tells.
#[test]
fn of_laws_and_burdens() {
    for (laws, must_equal) in [
        (["《水法》第十条", "《水法》第十二条"], 1),
        (["《水法》第十条", "《土地法》第十条"], 0),
        (["《水法》第十条", ""], 0),
        (["", ""], 0),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (name, law, days, visits) in [("甲区", laws[0], 20, 1), ("乙区", laws[1], 30, 3)] {
            let text = format!(
                "事项名称,基本编码,设定依据,法定办结时限,到办事现场次数\n取水许可,000119001000,{law},{days}个工作日,{visits}\n\
                 占道许可,000117048000,{law},5个工作日,{visits}\n"
            );
            std::fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
        }
        let told = same_in_all(folder.path());
        assert_eq!((told.items, told.must_equal), (Some(2), Some(must_equal)), "{laws:?}");
    }
}

/// A list of a few rows, with blanks, several handling items and several bodies.
fn random_list(random: &mut Random) -> String {
    let columns: [(&str, &[&str]); 9] = [
        ("事项名称", &["占道许可", "取水许可", "养犬登记"]),
        ("业务办理项名称", &["", "", "新办", "变更"]),
        ("实施主体", &["甲局", "乙局"]),
        (
            "设定依据",
            &["《水法》第十条", "《水法》第十二条", "《土地法》第一条", ""],
        ),
        ("受理条件", &["年满18周岁", "年满16周岁", "", "有场所"]),
        (
            "申请材料",
            &["申请书（原件1份）", "申请书（复印件1份）；身份证", "", "其他有关材料"],
        ),
        ("法定办结时限", &["20个工作日", "30个工作日", "", "不详"]),
        ("承诺办结时限", &["5个工作日", "10个工作日", ""]),
        ("收费情况", &["不收费", "10元/件", ""]),
    ];
    let mut text = columns.map(|(header, _)| header).join(",");
    text.push('\n');
    for _ in 0..=random.below(5) {
        let cells = columns.map(|(_, values)| values[random.below(values.len())]);
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

/// Random sets of lists.
#[test]
fn of_random_lists() {
    let mut random = Random::new(31);
    let (mut differences, mut must_equal) = (0, 0);
    for _ in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        for name in &["甲区", "乙区", "丙区", "丁区"][..2 + random.below(3)] {
            std::fs::write(folder.path().join(format!("{name}.csv")), random_list(&mut random)).unwrap();
        }
        let told = same_in_all(folder.path());
        differences += told.differences.unwrap();
        must_equal += told.must_equal.unwrap();
    }
    assert!(differences > 12 && must_equal > 0, "{differences} {must_equal}");
}

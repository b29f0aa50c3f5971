//! Headers: every name of the domain handbook 3.2 and what provinces call their columns besides, each in the ways in which it is
//! written, from `tests/cases/headers.toml`; and the headers of real templates, where they are there.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{real, root, run};
use serde::Deserialize;
use tongban::model::Understood;
use tongban::profile::{Profile, headers};

#[derive(Deserialize)]
struct Cases {
    header: Vec<Header>,
    seen: Vec<Header>,
    ambiguous: Vec<Ambiguous>,
    unknown: Unknown,
    template: Template,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default = "item")]
    table: String,
    field: String,
    chinese: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    extra: bool,
}

fn item() -> String {
    "item".to_owned()
}

#[derive(Deserialize)]
struct Ambiguous {
    header: String,
    could_be: Vec<String>,
}

#[derive(Deserialize)]
struct Unknown {
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct Template {
    headers: Vec<(String, String)>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../cases/headers.toml")).expect("the cases can be read")
}

/// What one header alone is taken for.
fn taken_for(profile: &Profile, header: &str) -> (Option<String>, Understood) {
    let mapping = headers::map(profile, &[vec![header.to_owned()]], &BTreeMap::new());
    let column = mapping.columns.into_iter().next().unwrap();
    let field = column.field.map(|field| profile.fields[field.index()].id.clone());
    (field, column.understood)
}

/// The field of a header in a table, whether of columns or of records.
fn field(profile: &Profile, table: &str, header: &str) -> Option<String> {
    match table {
        "item" => taken_for(profile, header).0,
        table => profile.nested(table, header).map(str::to_owned),
    }
}

/// The ways in which a Chinese header is written.
fn chinese_ways(header: &str) -> Vec<String> {
    let middle = header.char_indices().nth(header.chars().count() / 2).unwrap().0;
    let (before, after) = header.split_at(middle);
    let wide: String = header
        .chars()
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            c => c,
        })
        .collect();
    let mut ways = vec![
        header.to_owned(),
        wide,
        format!("*{header}"),
        format!("{header}＊"),
        format!(" {header}\u{3000}"),
        format!("{before} {after}"),
        format!("{before}\n{after}"),
        format!("{before}\r\n{after}"),
        format!("\u{feff}{header}"),
        format!("{header}/pkSomethingElse"),
        format!("篇扩{header}/pkSomethingElse"),
    ];
    if !header.contains(['(', '（']) {
        ways.push(format!("{header}（必填）"));
        ways.push(format!("{header}(必填)"));
    }
    ways
}

/// The ways in which the name of a field is written.
fn name_ways(name: &str) -> Vec<String> {
    vec![
        name.to_owned(),
        name.to_uppercase(),
        name.to_lowercase(),
        name.replace('_', ""),
        format!("{name}*"),
        format!("说不清/{name}"),
    ]
}

#[test]
fn every_name_of_the_handbook_is_known_in_every_way_of_writing_it() {
    let profile = Profile::load("national-12").unwrap();
    let (mut names, mut wrong) = (0, Vec::new());
    for case in &cases().header {
        let ways = case.chinese.iter().map(|name| chinese_ways(name));
        for ways in ways.chain(case.names.iter().map(|name| name_ways(name))) {
            names += 1;
            for way in ways {
                let found = field(&profile, &case.table, &way);
                if found.as_ref() != Some(&case.field) {
                    wrong.push(format!("{} {way:?}: {found:?}, not {}", case.table, case.field));
                }
            }
        }
        // 事项名称/task_name: two names of one field.
        if let (Some(chinese), Some(name)) = (case.chinese.first(), case.names.first()) {
            let both = format!("{chinese}/{name}");
            assert_eq!(
                field(&profile, &case.table, &both).as_ref(),
                Some(&case.field),
                "{both}"
            );
        }
    }
    assert!(names >= 350, "{names}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_provinces_call_their_columns() {
    let profile = Profile::load("national-12").unwrap();
    let mut wrong = Vec::new();
    for case in &cases().seen {
        for way in case.chinese.iter().flat_map(|name| chinese_ways(name)) {
            let (found, understood) = taken_for(&profile, &way);
            let right = match case.extra {
                true => found.is_none() && understood == Understood::Extra,
                false => found.as_ref() == Some(&case.field),
            };
            if !right {
                wrong.push(format!("{way:?}: {found:?} {understood:?}, not {}", case.field));
            }
        }
        assert_eq!(
            profile.fields[profile.field(&case.field).unwrap().index()].extra,
            case.extra,
            "{}",
            case.field
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_could_mean_two_things_is_not_guessed() {
    let profile = Profile::load("national-12").unwrap();
    for case in &cases().ambiguous {
        for way in chinese_ways(&case.header) {
            let (found, understood) = taken_for(&profile, &way);
            assert_eq!(found, None, "{way:?}");
            assert_eq!(understood, Understood::Ambiguous(case.could_be.clone()), "{way:?}");
        }
    }
    for header in &cases().unknown.headers {
        assert_eq!(taken_for(&profile, header), (None, Understood::No), "{header}");
    }
}

/// A unit in the header is the unit of the numbers below it, unless a column of its own says so.
#[test]
fn units_stand_in_headers() {
    let profile = Profile::load("national-12").unwrap();
    let unit = |headers: &[&str]| -> Vec<(String, String)> {
        let headers: Vec<Vec<String>> = headers.iter().map(|&header| vec![header.to_owned()]).collect();
        let mapping = headers::map(&profile, &headers, &BTreeMap::new());
        let id = |(_, field, unit): &(usize, tongban::model::FieldId, String)| {
            (profile.fields[field.index()].id.clone(), unit.clone())
        };
        mapping.units.iter().map(id).collect()
    };
    let pair = |field: &str, unit: &str| vec![(field.to_owned(), unit.to_owned())];
    for header in [
        "法定时限（工作日）",
        "法定办结时限(工作日)",
        "*法定审批期限（工作日）",
        "法定办理时限\n(工作日)",
    ] {
        assert_eq!(unit(&[header]), pair("statutory_unit", "工作日"), "{header}");
    }
    for (header, word) in [
        ("承诺时限（工作日）", "工作日"),
        ("承诺办结时限（自然日）", "自然日"),
        ("承诺期限（小时）", "小时"),
    ] {
        assert_eq!(unit(&[header]), pair("promised_unit", word), "{header}");
    }
    assert_eq!(unit(&["法定时限（工作日）", "法定办结时限单位"]), vec![]);
    assert_eq!(unit(&["法定办结时限（必填）"]), vec![]);
}

/// What the head of `catalogs/fields.toml` says: within one table no two fields answer to the same header, and no header is
/// both known and ambiguous.
#[test]
fn no_header_has_two_meanings() {
    let text = std::fs::read_to_string(root().join("catalogs/fields.toml")).unwrap();
    let file: toml::Value = toml::from_str(&text).unwrap();
    let text = |value: &toml::Value, key: &str| value.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let mut owners: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for field in file["field"].as_array().unwrap() {
        let (id, table) = (text(field, "id").unwrap(), text(field, "table").unwrap());
        let aliases = field.get("aliases").and_then(toml::Value::as_array);
        let aliases: Vec<String> = aliases
            .into_iter()
            .flatten()
            .map(|alias| alias.as_str().unwrap().to_owned())
            .collect();
        let folded: BTreeSet<String> = aliases.iter().map(|alias| headers::fold(alias)).collect();
        if folded.len() != aliases.len() {
            wrong.push(format!("{table} {id}: an alias stands twice"));
        }
        let own = [Some(id.clone()), text(field, "title"), text(field, "en")];
        for name in own.into_iter().flatten().chain(aliases) {
            let key = (table.clone(), headers::fold(&name));
            if let Some(other) = owners.insert(key, id.clone()).filter(|other| *other != id) {
                wrong.push(format!("{table} {name}: {other} and {id}"));
            }
        }
    }
    let ids: BTreeSet<&String> = owners.values().collect();
    for ambiguous in file["ambiguous"].as_array().unwrap() {
        let header = text(ambiguous, "header").unwrap();
        if owners.contains_key(&("item".to_owned(), headers::fold(&header))) {
            wrong.push(format!("{header}: ambiguous and known"));
        }
        for id in ambiguous["could_be"].as_array().unwrap() {
            if !ids.contains(&id.as_str().unwrap().to_owned()) {
                wrong.push(format!("{header}: no field {id}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headers_of_the_template_are_what_they_should_be() {
    let profile = Profile::load("national-12").unwrap();
    let expected = cases().template.headers;
    assert_eq!(expected.len(), 56);
    let names: Vec<Vec<String>> = expected.iter().map(|(header, _)| vec![header.clone()]).collect();
    let mapping = headers::map(&profile, &names, &BTreeMap::new());
    for (column, (header, field)) in mapping.columns.iter().zip(&expected) {
        match column.field {
            Some(found) => assert_eq!(&profile.fields[found.index()].id, field, "{header}"),
            None => assert_eq!(
                (&column.understood, field.as_str()),
                (&Understood::Extra, "extra"),
                "{header}"
            ),
        }
    }
    assert_eq!(mapping.understood(), 36);
}

/// The same, through the program and the workbook itself.
#[test]
fn the_template_itself_is_understood() {
    let Some(template) = real("templates/jon2180_template.xlsx") else {
        return;
    };
    let inspect = run(&["inspect", &template.to_string_lossy()]);
    let lines: BTreeMap<&str, &str> = inspect
        .stdout
        .lines()
        .filter_map(|line| line.trim().split_once(char::is_whitespace))
        // The second row says some of the headers in Chinese: libNum/资源库编号.
        .map(|(header, rest)| match header.split_once('/') {
            Some((english, _)) if english.is_ascii() => (english, rest.trim()),
            _ => (header, rest.trim()),
        })
        .collect();
    for (header, field) in cases().template.headers {
        let line = lines
            .get(header.as_str())
            .unwrap_or_else(|| panic!("{header}: {}", inspect.stdout));
        match field.as_str() {
            "extra" => assert!(line.starts_with('—') && line.contains("不参与比较"), "{header}: {line}"),
            field => assert!(line.split_whitespace().any(|word| word == field), "{header}: {line}"),
        }
    }
}

/// Workbooks of other trades are refused with what is wrong, not read as lists.
#[test]
fn workbooks_of_other_trades_are_refused() {
    for (name, sheets) in [
        ("业务表模板.xlsx", ["业务表清单", "业务表字段"]),
        ("数据资源目录导入模板.xlsx", ["数据资源目录导入", "信息项导入"]),
    ] {
        let Some(workbook) = real(&format!("templates/{name}")) else {
            continue;
        };
        let inspect = run(&["inspect", &workbook.to_string_lossy()]);
        assert_eq!(inspect.code, 2, "{name}: {}", inspect.stdout);
        for sheet in sheets {
            let said = inspect.stderr.lines().any(|line| line.contains(&format!("[{sheet}]")));
            assert!(said, "{name} [{sheet}]: {}", inspect.stderr);
        }
        for field in ["statutory_time", "事项名称 name", "materials", "impl_code"] {
            assert!(!inspect.stdout.contains(field), "{name}: {}", inspect.stdout);
        }
    }
}

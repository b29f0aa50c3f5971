//! `tongban align` on lists of all formats: entries come and go where they are written, and what is better or worse for the applicant is
//! told by what it asks.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use crate::generator;
use std::fs;
use std::path::Path;

use crate::support::align::{applied as put, catalogue, json as asked, laws, text};
use crate::support::{run_in, workbook};
use serde_json::{Value as Json, json};
use tongban::compare::align::{Asked, Target, align};
use tongban::compare::uniformity::Question;
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{RowId, Value};

/// A list of one item, as CSV.
fn list(folder: &Path, name: &str, headers: &str, cells: &[&str]) {
    let mut writer = csv::Writer::from_path(folder.join(format!("{name}.csv"))).unwrap();
    let own = ["基本编码", "事项名称"].into_iter();
    writer.write_record(own.chain(headers.split(','))).unwrap();
    let own = ["000119001000", "取水许可"].into_iter();
    writer.write_record(own.chain(cells.iter().copied())).unwrap();
    writer.flush().unwrap();
}

/// The patch of the first region, which two others differ from.
fn patch(headers: &str, mine: &[&str], theirs: &[&str], more: &[&str]) -> Json {
    let folder = tempfile::tempdir().unwrap();
    list(folder.path(), "450101", headers, mine);
    for other in ["450102", "450103"] {
        list(folder.path(), other, headers, theirs);
    }
    asked(folder.path(), &[&["align", "450101", "."], more].concat())
}

/// What the first line changes to, or else why it is refused.
fn told(patch: &Json) -> String {
    match patch["lines"].get(0) {
        Some(line) => text(&line["to"]),
        None => format!("({})", text(&patch["refused"][0]["reason"])),
    }
}

#[test]
fn alternatives_are_milder() {
    for (header, mine, theirs, result) in [
        ("申请材料", "身份证；护照", "身份证或护照", "身份证或护照"),
        ("申请材料", "身份证", "身份证或护照", "身份证或护照"),
        ("申请材料", "身份证或护照", "身份证；护照", "(worse)"),
        ("申请材料", "身份证或护照", "身份证", "(worse)"),
        (
            "申请材料",
            "申请表；身份证；护照",
            "身份证或护照；营业执照",
            "身份证或护照",
        ),
        ("受理条件", "有固定场所和仓库", "有固定场所或仓库", "有固定场所或仓库"),
        ("受理条件", "有固定场所或仓库", "有固定场所和仓库", "(worse)"),
        (
            "受理条件",
            "没有违法行为和犯罪记录",
            "没有违法行为或犯罪记录",
            "(unclear)",
        ),
    ] {
        assert_eq!(
            told(&patch(header, &[mine], &[theirs], &[])),
            result,
            "{mine} → {theirs}"
        );
    }
}

#[test]
fn a_column_that_asks_gets_its_own_words() {
    for (headers, mine, theirs, result) in [
        ("是否收费", &["是"][..], &["否"][..], "否"),
        ("是否收费", &["有"], &["不收费"], "无"),
        ("is_fee", &["1"], &["不收费"], "0"),
        ("收费", &["50元/件"], &["不收费"], "不收费"),
        ("是否收费", &["否"], &["50元/件"], "(unwritten)"),
        ("是否收费,收费标准", &["是", "80元/件"], &["是", "50元/件"], "50元/件"),
        ("是否收费,收费标准", &["是", "80元/件"], &["否", "无"], "否"),
    ] {
        let patch = patch(headers, mine, theirs, &["--allow-worse"]);
        assert_eq!(told(&patch), result, "{headers} {mine:?} → {theirs:?}: {patch}");
    }
    let both = patch(
        "是否收费,收费标准",
        &["否", "无"],
        &["是", "50元/件"],
        &["--allow-worse"],
    );
    let to: Vec<String> = both["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| text(&line["to"]))
        .collect();
    assert_eq!(to, ["是", "50元/件"], "{both}");
    assert_eq!(both["summary"]["saving"]["fee"], -5000, "{both}");
}

#[test]
fn a_step_at_a_time() {
    for (mine, theirs, result, whole) in [
        ("申请→受理→审查→决定", "申请 受理 决定", "申请→受理→决定", false),
        ("1.受理\n2.专家评审\n3.决定", "受理→决定", "1.受理\n2.决定", false),
        (
            "受理（2个工作日）→审查（10个工作日）→决定（1个工作日）",
            "受理（2个工作日）→审查（5个工作日）→决定（1个工作日）",
            "受理（2个工作日）→审查（5个工作日）→决定（1个工作日）",
            false,
        ),
        ("受理→决定", "1.受理\n2.审查\n3.决定", "受理→审查→决定", false),
        ("受理→决定→审查", "受理→审查→决定", "受理→审查→决定", true),
    ] {
        let patch = patch("办理流程", &[mine], &[theirs], &["--allow-worse"]);
        assert_eq!(told(&patch), result, "{mine} → {theirs}: {patch}");
        assert_eq!(patch["lines"][0]["whole"], whole, "{mine} → {theirs}");
    }
    // Nobody is worse off by a step less.
    assert_eq!(
        told(&patch("办理流程", &["受理→审查→决定"], &["受理→决定"], &[])),
        "受理→决定"
    );
    assert_eq!(
        told(&patch("办理流程", &["受理→决定"], &["受理→审查→决定"], &[])),
        "(worse)"
    );
}

#[test]
fn refused_lines_show_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |name: &str, rows: &[(&str, &str)]| {
        let mut out = "基本编码,事项名称,业务办理项名称,承诺办结时限\r\n".to_owned();
        for (case, days) in rows {
            out.push_str(&format!("000119001000,取水许可,{case},{days}\r\n"));
        }
        fs::write(folder.path().join(format!("{name}.csv")), out).unwrap();
    };
    rows(
        "450101",
        &[("取水许可（新办）", "10个工作日"), ("取水许可（变更）", "20个工作日")],
    );
    rows("450102", &[("", "10个工作日")]);
    rows("450103", &[("", "10个工作日")]);
    let patch = asked(folder.path(), &["align", "450101", "."]);
    let refused = patch["refused"].as_array().unwrap();
    assert!(!refused.is_empty(), "{patch}");
    for line in refused {
        assert_ne!(line["from"], line["to"], "{line}");
    }
}

#[test]
fn nothing_to_do_and_nothing_done_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let run = |mine: &str, more: &[&str]| {
        list(folder.path(), "450101", "承诺办结时限", &[mine]);
        for other in ["450102", "450103"] {
            list(folder.path(), other, "承诺办结时限", &["10个工作日"]);
        }
        run_in(folder.path(), &[&["align", "450101", "."], more].concat())
    };
    let alike = run("10个工作日", &[]);
    assert_eq!(
        (alike.code, alike.stdout.contains("没有要改的")),
        (0, true),
        "{}",
        alike.stdout
    );
    let apply = run("10个工作日", &["--apply", "-f", "csv"]);
    assert_eq!(
        (apply.code, apply.stderr.contains("没有写文件")),
        (0, true),
        "{}",
        apply.stderr
    );
    let refused = run("5个工作日", &[]);
    assert_eq!(refused.code, 0);
    assert!(
        refused.stdout.contains("一处都没有改") && refused.stdout.contains("--allow-worse"),
        "{}",
        refused.stdout
    );
    let worse = run("5个工作日", &["--allow-worse"]);
    assert!(
        worse.stdout.contains("申请人多负担") && worse.stdout.contains("多等 5 个工作日"),
        "{}",
        worse.stdout
    );
    assert!(!worse.stdout.contains("给申请人省下"), "{}", worse.stdout);
}

/// Texts of a list, and records of which one key is the name, come and go in JSON and TOML; where no key is, that is said.
#[test]
fn entries_of_lists_come_and_go() {
    let texts = |names: &[&str]| json!(names);
    let records = |names: &[&str]| {
        let record = |name: &&str| json!({"材料名称": name, "份数": 1});
        Json::Array(names.iter().map(record).collect())
    };
    let nameless = |names: &[&str]| {
        let record = |name: &&str| json!({"甲": name, "份数": 1});
        Json::Array(names.iter().map(record).collect())
    };
    type Shape<'a> = &'a dyn Fn(&[&str]) -> Json;
    let (mine, theirs) = (["申请表", "身份证", "章程"], ["申请表", "章程", "营业执照"]);
    for (ending, shape, after) in [
        ("json", &texts as Shape<'_>, Some(json!(["申请表", "章程", "营业执照"]))),
        ("toml", &texts, Some(json!(["申请表", "章程", "营业执照"]))),
        (
            "json",
            &records,
            Some(json!([{"材料名称": "申请表", "份数": 1}, {"材料名称": "章程", "份数": 1}, {"材料名称": "营业执照"}])),
        ),
        (
            "toml",
            &records,
            Some(json!([{"材料名称": "申请表", "份数": 1}, {"材料名称": "章程", "份数": 1}, {"材料名称": "营业执照"}])),
        ),
        ("json", &nameless, None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, materials: Json| {
            let (path, out) = write(
                ending,
                &[json!({"基本编码": "000119001000", "事项名称": "取水许可", "申请材料": materials})],
            );
            fs::write(folder.path().join(format!("{name}.{path}")), out).unwrap();
        };
        file("450101", shape(&mine));
        for other in ["450102", "450103"] {
            file(other, texts(&theirs));
        }
        let run = run_in(folder.path(), &["align", "450101", ".", "--allow-worse", "--apply"]);
        let new = fs::read_to_string(folder.path().join(format!("450101.aligned.{ending}"))).ok();
        let Some(after) = after else {
            assert_eq!(new, None, "{}", run.stdout);
            continue;
        };
        assert_eq!(run.code, 0, "{ending} {}", run.stderr);
        let new = new.expect("a new file");
        let read: Json = match ending {
            "json" => serde_json::from_str(&new).unwrap(),
            _ => serde_json::to_value(toml::from_str::<toml::Value>(&new).unwrap()).unwrap()["items"].clone(),
        };
        assert_eq!(read[0]["申请材料"], after, "{new}");
    }
}

/// Three lists of records, the first aligned with the others: its new file, if there is one, and the patch.
fn applied(ending: &str, mine: &Json, theirs: &Json) -> (Option<Json>, Json) {
    let folder = tempfile::tempdir().unwrap();
    let own = json!({"基本编码": "000119001000", "事项名称": "取水许可"});
    let file = |name: &str, ending: &str, more: &Json| {
        let mut record = own.as_object().unwrap().clone();
        record.extend(more.as_object().unwrap().clone());
        fs::write(
            folder.path().join(format!("{name}.{ending}")),
            write(ending, &[Json::Object(record)]).1,
        )
        .unwrap();
    };
    file("450101", ending, mine);
    for other in ["450102", "450103"] {
        file(other, "json", theirs);
    }
    let args = ["align", "450101", ".", "--allow-worse", "--apply", "--format", "json"];
    let run = run_in(folder.path(), &args);
    let new = fs::read_to_string(folder.path().join(format!("450101.aligned.{ending}")));
    let read = |new: String| -> Json {
        match ending {
            "json" => serde_json::from_str::<Json>(&new).unwrap()[0].clone(),
            _ => serde_json::to_value(toml::from_str::<toml::Value>(&new).unwrap()).unwrap()["items"][0].clone(),
        }
    };
    (new.ok().map(read), serde_json::from_str(&run.stdout).unwrap())
}

/// A number and its unit go together, and a number stays one; where the one cannot be written, the other is not, and that is told.
#[test]
fn numbers_stay_numbers() {
    for ending in ["json", "toml"] {
        let limit = |days: Json, unit: &str| json!({"承诺办结时限": days, "承诺办结时限单位": unit});
        let theirs = limit(json!(10), "工作日");
        for (mine, after) in [
            (limit(json!(15), "工作日"), Some(limit(json!(10), "工作日"))),
            (limit(json!(2), "小时"), Some(limit(json!(10), "工作日"))),
            (limit(json!("2"), "小时"), Some(limit(json!("10"), "工作日"))),
        ] {
            let (new, patch) = applied(ending, &mine, &theirs);
            let said = |record: Json| {
                limit(
                    record["承诺办结时限"].clone(),
                    record["承诺办结时限单位"].as_str().unwrap(),
                )
            };
            assert_eq!(new.map(said), after, "{ending} {mine} {patch}");
        }
    }
}

/// Where a number is computed its unit stays, too; a number that is none takes the other's place as a number.
#[test]
fn a_number_and_its_unit_go_together() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let texts = |texts: &[&str]| texts.iter().map(|text| cell(text)).collect::<String>();
    let headers = ["基本编码", "事项名称", "承诺办结时限单位", "承诺办结时限"];
    for (number, written) in [("<c><f>1+1</f><v>2</v></c>", false), ("<c><v>2</v></c>", true)] {
        let folder = tempfile::tempdir().unwrap();
        let own = texts(&["000119001000", "取水许可", "小时"]);
        let rows = format!("<row>{}</row><row>{own}{number}</row>", texts(&headers));
        fs::write(folder.path().join("450101.xlsx"), workbook::xlsx_of(&rows)).unwrap();
        for other in ["450102", "450103"] {
            list(folder.path(), other, "承诺办结时限,承诺办结时限单位", &["10", "工作日"]);
        }
        let args = ["align", "450101", ".", "--allow-worse", "--apply", "--format", "json"];
        let run = run_in(folder.path(), &args);
        let patch: Json = serde_json::from_str(&run.stdout).unwrap();
        let counts = (&patch["summary"]["lines"], &patch["summary"]["refused"]);
        let wanted = if written {
            (json!(2), json!(0))
        } else {
            (json!(0), json!(2))
        };
        assert_eq!(counts, (&wanted.0, &wanted.1), "{patch}");
        let new = folder.path().join("450101.aligned.xlsx");
        assert_eq!(
            (new.exists(), run.code),
            (written, if written { 0 } else { 2 }),
            "{}",
            run.stderr
        );
    }
}

/// Of records only the numbers that differ change, never their names, and nothing is lost.
#[test]
fn records_keep_what_they_say() {
    let paper = |name: &str, originals: u32, number: u32| json!({"材料名称": name, "原件份数": originals, "来源": "自备", "备用": number});
    let all = |papers: &[Json]| json!({"申请材料": papers});
    for ending in ["json", "toml"] {
        let theirs = all(&[paper("申请书", 2, 0), paper("章程", 1, 0)]);
        let (new, patch) = applied(ending, &all(&[paper("申请书", 3, 7), paper("章程", 1, 8)]), &theirs);
        let wanted = json!([paper("申请书", 2, 7), paper("章程", 1, 8)]);
        assert_eq!(new.map(|new| new["申请材料"].clone()), Some(wanted), "{patch}");
        // A paper with an original is no name alone: its number goes under the key that the others have for it.
        let (new, patch) = applied(ending, &all(&[paper("申请书", 2, 0)]), &theirs);
        let wanted = json!([paper("申请书", 2, 0), {"材料名称": "章程", "原件份数": 1}]);
        assert_eq!(new.map(|new| new["申请材料"].clone()), Some(wanted), "{patch}");
        // Where they have none, that is told.
        let (new, patch) = applied(ending, &all(&[json!({"材料名称": "申请书", "来源": "自备"})]), &theirs);
        let refused = &patch["refused"].as_array().unwrap().last().unwrap()["reason"];
        assert_eq!((new, refused), (None, &json!("entries")), "{patch}");
        // The same number stands for two things: the one in the record that is meant changes.
        let (new, patch) = applied(ending, &all(&[paper("申请书", 1, 0), paper("章程", 1, 1)]), &theirs);
        let wanted = json!([paper("申请书", 2, 0), paper("章程", 1, 1)]);
        assert_eq!(new.map(|new| new["申请材料"].clone()), Some(wanted), "{patch}");
    }
}

/// What type an item is of is not voted on.
#[test]
fn the_type_is_no_matter_of_majority() {
    let of = |more: &[&str]| told(&patch("事项类型", &["行政确认"], &["行政许可"], more));
    assert_eq!(of(&[]), "(type)");
    assert_eq!(of(&["--allow-worse"]), "(type)");
    assert_eq!(of(&["--to", "region:450102"]), "行政许可");
}

/// Records as a file: its ending and its text.
fn write(ending: &str, records: &[Json]) -> (&'static str, String) {
    match ending {
        "json" => ("json", serde_json::to_string_pretty(records).unwrap()),
        _ => {
            let mut out = String::new();
            for record in records {
                out.push_str("[[items]]\n");
                for (key, value) in record.as_object().unwrap() {
                    out.push_str(&format!("\"{key}\" = {}\n", inline(value)));
                }
            }
            ("toml", out)
        }
    }
}

fn inline(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Json::Object(entries) => {
            let members: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("\"{key}\" = {}", inline(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        value => value.to_string(),
    }
}

/// Four regions, each in a format of its own: after all of them have been brought into line, nothing is left; and without leave nobody
/// is worse off.
#[test]
fn the_laws_hold_in_every_format() {
    let (lists, planted) = generator::lists(24, 4, 15, 11);
    for worse in [false, true] {
        let folder = mixed(&lists);
        for list in &lists {
            // What type an item is of is not voted on.
            let voted = |(_, region, element): &&(String, String, String)| *region == list.id && element != "type";
            let own = planted.iter().filter(voted).count();
            let lines = laws(folder.path(), &list.id, "majority", worse);
            assert!(
                if worse { lines == own } else { lines <= own },
                "{}: {lines} of {own}",
                list.id
            );
        }
    }
}

/// Four lists, each in a format of its own.
fn mixed(lists: &[generator::List]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (list, ending) in lists.iter().zip(["csv", "xlsx", "json", "toml"]) {
        let path = folder.path().join(format!("{}.{ending}", list.id));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(list.csv.as_slice());
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|row| {
                row.unwrap()
                    .iter()
                    .map(|cell| cell.trim_start_matches('\u{FEFF}').to_owned())
                    .collect()
            })
            .collect();
        match ending {
            "csv" => fs::write(path, &list.csv).unwrap(),
            "xlsx" => fs::write(path, sheet(&rows)).unwrap(),
            _ => fs::write(path, write(ending, &records(&list.id, &list.csv, &rows)).1).unwrap(),
        }
    }
    folder
}

/// The patch written into a copy, and the way back into that: what was there before, in every format.
#[test]
fn there_and_back_again_in_every_format() {
    let mut changed = 0;
    for seed in [3, 11, 19] {
        let (lists, _) = generator::lists(24, 4, 15, seed);
        let folder = mixed(&lists);
        let (profile, catalogue) = catalogue(folder.path());
        let forms = Forms::of(&catalogue, &profile);
        for (at, (list, ending)) in lists.iter().zip(["csv", "xlsx", "json", "toml"]).enumerate() {
            let asked = Asked {
                region: &list.id,
                target: &Target::Majority,
                element: None,
                item: None,
                allow_worse: true,
            };
            let patch = align(&catalogue, &forms, &profile, &Question::default(), &asked);
            changed += patch.lines.len();
            let source = Source::file(folder.path().join(format!("{}.{ending}", list.id)));
            let before = fs::read(source.file_path()).unwrap();
            let there = put(&source, &before, &profile, at * 24, &patch);
            assert_eq!(there == before, patch.lines.is_empty(), "{ending}");
            let back = put(&source, &there, &profile, at * 24, &patch.reverse());
            assert_eq!(
                cells(&source, &back, &profile),
                cells(&source, &before, &profile),
                "{ending}"
            );
            if ending == "json" {
                assert_eq!(String::from_utf8(back).unwrap(), String::from_utf8(before).unwrap());
            }
        }
    }
    assert!(changed > 20, "{changed}");
}

/// The texts of all cells.
fn cells(source: &Source, bytes: &[u8], profile: &tongban::profile::Profile) -> Vec<String> {
    let held = Source {
        given: Some(std::sync::Arc::new(bytes.to_vec())),
        ..source.clone()
    };
    let list = ingest::read_one(&held, profile).catalogue;
    list.cells.iter().map(|cell| list.quote(cell)).collect()
}

/// Of legal bases only the places that differ change, in the figures of the text.
#[test]
fn a_legal_basis_at_a_time() {
    for (mine, theirs, result, whole) in [
        (
            "《水法》第七条；《行政许可法》第十二条",
            "《水法》第7条、第48条；《行政许可法》第12条",
            "《水法》第七条、第四十八条；《行政许可法》第十二条",
            false,
        ),
        (
            "《水法》第七条、第八条；《行政许可法》第十二条",
            "《水法》第七条；《行政许可法》第十二条",
            "《水法》第七条；《行政许可法》第十二条",
            false,
        ),
        (
            "依据《水法》第7条、第9条和《行政许可法》第12条的规定",
            "《水法》第八条、第九条；《行政许可法》第十二条",
            "依据《水法》第8条、第9条和《行政许可法》第12条的规定",
            false,
        ),
        (
            "依据《水法》第七条和《行政许可法》第十二条的规定",
            "《水法》第七条",
            "依据《水法》第七条的规定",
            false,
        ),
        (
            "依据《水法》第七条的规定",
            "《水法》第七条、《行政许可法》第十二条第二款",
            "依据《水法》第七条的规定；《行政许可法》第十二条第二款",
            false,
        ),
        (
            "《民法典》；《水法》第七条",
            "《民法典》第1046条；《水法》第七条",
            "《民法典》第一千零四十六条；《水法》第七条",
            false,
        ),
        // The words of an article go with it.
        (
            "1.《水法》第七条：“甲甲甲甲。”\n2.《行政许可法》第十二条：“乙乙乙乙。”",
            "《水法》第七条；《行政许可法》第十三条",
            "1.《水法》第七条：“甲甲甲甲。”\n2.《行政许可法》第十三条",
            false,
        ),
    ] {
        let patch = patch("设定依据", &[mine], &[theirs], &[]);
        assert_eq!(told(&patch), result, "{mine} → {theirs}: {patch}");
        assert_eq!(patch["lines"][0]["whole"], whole, "{mine} → {theirs}");
    }
}

/// What a change does to the applicant is always said; what cannot be told is not done without leave.
#[test]
fn what_the_applicant_feels() {
    for (header, mine, theirs, effect) in [
        ("受理条件", "1.年满十八周岁；2.有固定场所", "年满十八周岁", "better"),
        ("受理条件", "年满十八周岁", "1.年满十八周岁；2.有固定场所", "worse"),
        ("受理条件", "年满十六周岁", "年满十八周岁", "worse"),
        ("受理条件", "符合规划", "从事相关经营活动", "unclear"),
        ("设定依据", "《水法》第七条", "《水法》第八条", "equal"),
        ("申请材料", "申请书；身份证", "申请书", "better"),
        ("申请材料", "申请书", "申请书；身份证", "worse"),
        ("申请材料", "项目申请报告", "项目申请书", "unclear"),
        ("承诺办结时限", "10个工作日", "5个工作日", "better"),
        ("服务对象", "自然人", "企业法人", "worse"),
        ("办理流程", "受理→决定→审查", "受理→审查→决定", "equal"),
    ] {
        let free = patch(header, &[mine], &[theirs], &[]);
        let found: Vec<&Json> = ["lines", "refused"]
            .iter()
            .flat_map(|key| free[key].as_array().unwrap())
            .collect();
        assert!(!found.is_empty(), "{mine} → {theirs}");
        let harmless = |line: &Json| ["better", "equal"].contains(&line["effect"].as_str().unwrap());
        assert!(free["lines"].as_array().unwrap().iter().all(harmless), "{free}");
        let left = found.iter().any(|line| line["effect"] == effect);
        assert!(left, "{mine} → {theirs}: {free}");
        let all = patch(header, &[mine], &[theirs], &["--allow-worse"]);
        if header != "服务对象" {
            assert_eq!(all["lines"][0]["effect"], effect, "{mine} → {theirs}");
        }
    }
}

/// Where each row holds one record, the number in the row of the record that is meant changes, also where it stands twice.
#[test]
fn a_number_in_the_row_of_its_record() {
    let rows = |number: u32| {
        let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
        vec![
            row(["基本编码", "事项名称", "材料名称", "原件份数", "复印件份数"]),
            row(["000119001000", "取水许可", "申请书", &number.to_string(), "1"]),
            row(["", "", "章程", "1", "1"]),
        ]
    };
    let csv = |rows: &[Vec<String>]| rows.iter().map(|row| row.join(",") + "\r\n").collect::<String>();
    for ending in ["csv", "xlsx"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("450101.{ending}"));
        match ending {
            "csv" => fs::write(&path, csv(&rows(1))).unwrap(),
            _ => fs::write(&path, sheet(&rows(1))).unwrap(),
        }
        for other in ["450102", "450103"] {
            fs::write(folder.path().join(format!("{other}.csv")), csv(&rows(2))).unwrap();
        }
        let run = run_in(
            folder.path(),
            &["align", "450101", ".", "--apply", "--allow-worse", "-f", "csv"],
        );
        assert_eq!(run.code, 0, "{ending} {}", run.stderr);
        let new = folder.path().join(format!("450101.aligned.{ending}"));
        if ending == "csv" {
            assert_eq!(fs::read_to_string(&new).unwrap(), csv(&rows(2)));
        }
        let profile = tongban::profile::Profile::load("national-12").unwrap();
        let (new, other) = (Source::file(new), Source::file(folder.path().join("450102.csv")));
        let read = |source: &Source| cells(source, &fs::read(source.file_path()).unwrap(), &profile);
        assert_eq!(read(&new), read(&other), "{ending}");
    }
}

fn sheet(rows: &[Vec<String>]) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let cell = |text: &String| {
        format!(
            "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escape(text)
        )
    };
    let row = |cells: &Vec<String>| format!("<row>{}</row>", cells.iter().map(cell).collect::<String>());
    workbook::xlsx_of(&rows.iter().map(row).collect::<String>())
}

/// The rows as records, their materials as lists of texts.
fn records(id: &str, csv: &[u8], rows: &[Vec<String>]) -> Vec<Json> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("{id}.csv")), csv).unwrap();
    let (profile, list) = catalogue(folder.path());
    let forms = Forms::of(&list, &profile);
    let materials = profile.element("materials").unwrap();
    let record = |(at, row): (usize, &Vec<String>)| {
        let mut entries = serde_json::Map::new();
        for (header, cell) in rows[0].iter().zip(row) {
            let value = match (header.contains("材料"), forms.get(RowId::of(at), materials)) {
                (true, Value::Materials(items)) => items.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
                _ => Json::from(cell.as_str()),
            };
            entries.insert(header.clone(), value);
        }
        Json::Object(entries)
    };
    rows[1..].iter().enumerate().map(record).collect()
}

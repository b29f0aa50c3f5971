//! What a person meets who puts items together: a 否 that parts what a code joined, proposals and their reasons, where decisions and
//! variances are looked for, and what is said of them.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::run_in;

const HEAD: &str = "左区域,左事项,右区域,右事项,是否同一,说明\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn report(folder: &Path, args: &[&str]) -> (serde_json::Value, String) {
    let run = run_in(folder, &[&["report", "--format", "json"], args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    (serde_json::from_str(&run.stdout).unwrap(), run.stderr)
}

/// The regions of each item of a report: name, regions that have it.
fn items(report: &serde_json::Value) -> BTreeSet<(String, Vec<String>)> {
    let all: Vec<&str> = report["regions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|region| region["id"].as_str().unwrap())
        .collect();
    let absent = |item: &serde_json::Value| -> Vec<String> {
        let absent: Vec<&str> = item["absent"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        all.iter()
            .filter(|id| !absent.contains(id))
            .map(|id| (*id).to_owned())
            .collect()
    };
    let list = report["items"].as_array().unwrap().iter();
    list.map(|item| (item["name"].as_str().unwrap().to_owned(), absent(item)))
        .collect()
}

fn set(items: &[(&str, &[&str])]) -> BTreeSet<(String, Vec<String>)> {
    let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    items.iter().map(|(name, ids)| ((*name).to_owned(), own(ids))).collect()
}

/// 否 on a code that several regions share leaves those together that have one name, whichever region comes first.
#[test]
fn no_parts_the_right_region() {
    let list = |name: &str| format!("事项名称,基本编码,承诺办结时限\n{name},440119001000,5个工作日\n");
    let (well, other) = (list("取水许可"), list("律师事务所设立"));
    for odd in ["440100", "440300", "440500"] {
        let files =
            ["440100", "440300", "440500"].map(|id| (format!("{id}.csv"), if id == odd { &other } else { &well }));
        let rest: Vec<&str> = ["440100", "440300", "440500"]
            .into_iter()
            .filter(|id| *id != odd)
            .collect();
        for (left, right) in [(rest[0], odd), (odd, rest[0]), (rest[1], odd)] {
            let matches = format!("{HEAD}{left},440119001000,{right},440119001000,否,\n");
            let mut files: Vec<(&str, &str)> = files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            files.push(("matches.csv", &matches));
            let made = folder(&files);
            let (found, _) = report(made.path(), &[]);
            let mut expected = set(&[("取水许可", &rest)]);
            expected.extend(set(&[("律师事务所设立", &[odd])]));
            assert_eq!(items(&found), expected, "{left} {right}");
        }
    }
    // What a person says of the third region wins over its name.
    let matches =
        format!("{HEAD}440100,440119001000,440300,440119001000,否,\n440500,440119001000,440300,440119001000,是,\n");
    let made = folder(&[
        ("440100.csv", &well),
        ("440300.csv", &other),
        ("440500.csv", &well),
        ("matches.csv", &matches),
    ]);
    let (found, _) = report(made.path(), &[]);
    let together: BTreeSet<Vec<String>> = items(&found).into_iter().map(|(_, ids)| ids).collect();
    let expected = [vec!["440100"], vec!["440300", "440500"]];
    assert_eq!(
        together,
        expected.map(|ids| ids.into_iter().map(str::to_owned).collect()).into()
    );
}

fn matched(folder: &Path) -> Vec<Vec<String>> {
    let run = run_in(folder, &["match"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// One name under two codes of one system is two items until a person says otherwise: it is proposed, and told of.
#[test]
fn one_name_under_other_codes_is_asked_about() {
    let list =
        |code: &str, kind: &str| format!("事项名称,基本编码,事项类型,承诺办结时限\n取水许可,{code},{kind},5个工作日\n");
    let (left, right) = (list("440119001000", "行政许可"), list("440119002000", "行政许可"));
    let made = folder(&[("440100.csv", &left), ("440300.csv", &right)]);
    let asked = matched(made.path());
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(
        asked[0][..5],
        ["440100", "440119001000 取水许可", "440300", "440119002000 取水许可", ""]
    );
    assert!(
        asked[0][7].contains("名称相同") && asked[0][7].contains("编码不同"),
        "{}",
        asked[0][7]
    );
    let (found, said) = report(made.path(), &[]);
    assert_eq!(found["summary"]["items_compared"], 0);
    assert_eq!(found["summary"]["waiting"]["other_code"], 1);
    let told: Vec<&str> = said.lines().filter(|line| line.contains("tongban match")).collect();
    assert_eq!(told.len(), 1, "{said}");
    assert!(told[0].contains('1'), "{said}");
    // In English, and of two regions.
    let run = run_in(made.path(), &["diff", "440100.csv", "440300.csv", "--lang", "en"]);
    assert!(run.stderr.contains("tongban match"), "{}", run.stderr);
    // A person's answer ends the question, whichever it is.
    for (answer, compared) in [("是", 1), ("否", 0)] {
        let matches = format!("{HEAD}440100,440119001000,440300,440119002000,{answer},\n");
        std::fs::write(made.path().join("matches.csv"), matches).unwrap();
        let (found, said) = report(made.path(), &[]);
        assert_eq!(found["summary"]["items_compared"], compared, "{answer}");
        assert_eq!(found["summary"]["waiting"]["other_code"], 0, "{answer}");
        assert!(!said.contains("tongban match"), "{said}");
    }
    // Another type is another item, and what one region has under both codes is two items for certain.
    let other = list("440119002000", "公共服务");
    assert!(matched(folder(&[("440100.csv", &left), ("440300.csv", &other)]).path()).is_empty());
    let both = format!("{left}取水许可,440119002000,行政许可,5个工作日\n");
    assert!(matched(folder(&[("440100.csv", &both), ("440300.csv", &right)]).path()).is_empty());
    // Three regions, each with its own code: nothing makes one pair less likely than the other.
    let third = list("440119003000", "行政许可");
    let three = matched(folder(&[("440100.csv", &left), ("440300.csv", &right), ("440500.csv", &third)]).path());
    assert_eq!(three.len(), 3, "{three:?}");
    assert!(three.iter().all(|row| !row[7].contains("不止一个")), "{three:?}");
}

const GROUNDS: &str = "事项名称,事项类型,设定依据,申请材料\n";

/// The same law and article and the same papers speak for one item whatever it is called, and join nothing.
#[test]
fn the_same_basis_and_papers_are_a_reason_to_ask() {
    let basis = "《中华人民共和国药品管理法》第五十一条";
    let papers = "药品经营许可证申请表；执业药师注册证复印件；营业场所平面图";
    let left = format!("{GROUNDS}药品零售企业许可,行政许可,{basis},{papers}\n");
    let other = "《药品管理法》第51条";
    let turned = "营业场所平面图；药品经营许可证申请表；执业药师注册证复印件";
    let right = format!("{GROUNDS}药品零售企业经营许可证核发,行政许可,{other},{turned}\n");
    let made = folder(&[("440100.csv", &left), ("440300.csv", &right)]);
    let asked = matched(made.path());
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(
        asked[0][7].contains("设定依据") && asked[0][7].contains("待定"),
        "{asked:?}"
    );
    assert!((0.5..0.95).contains(&asked[0][6].parse::<f64>().unwrap()), "{asked:?}");
    let (found, said) = report(made.path(), &[]);
    assert_eq!(found["summary"]["items_compared"], 0);
    assert_eq!(found["summary"]["waiting"]["same_grounds"], 1);
    assert!(said.contains("tongban match"), "{said}");
    // Another article, other papers, no papers, another type, a name that says another thing: no reason.
    for row in [
        format!("药品零售企业经营许可证核发,行政许可,《药品管理法》第52条,{papers}"),
        format!("药品零售企业经营许可证核发,行政许可,{basis},{papers}；身份证"),
        format!("药品零售企业经营许可证核发,行政许可,{basis},"),
        format!("药品零售企业经营许可证核发,公共服务,{basis},{papers}"),
        format!("药品批发备案,行政许可,{basis},{papers}"),
    ] {
        let right = format!("{GROUNDS}{row}\n");
        let asked = matched(folder(&[("440100.csv", &left), ("440300.csv", &right)]).path());
        assert!(!asked.iter().any(|row| row[7].contains("设定依据")), "{row} {asked:?}");
    }
    // Of one article another paragraph is a weaker reason, where the names are of one thing.
    for (name, asked) in [("药品零售企业经营许可证核发", true), ("零售企业药品许可", false)] {
        let right = format!("{GROUNDS}{name},行政许可,{basis}第一款,{papers}\n");
        let found = matched(folder(&[("440100.csv", &left), ("440300.csv", &right)]).path());
        let found = found.iter().find(|row| row[7].contains("设定依据"));
        assert_eq!(found.is_some(), asked, "{name} {found:?}");
        assert!(
            found.is_none_or(|row| row[6].parse::<f64>().unwrap() < 0.7),
            "{found:?}"
        );
    }
    // Two that are as likely: both are asked about, and it is said.
    let two = format!("{right}药品零售经营企业许可证核发,行政许可,{basis},{papers}\n");
    let asked = matched(folder(&[("440100.csv", &left), ("440300.csv", &two)]).path());
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked.iter().all(|row| row[7].contains("不止一个")), "{asked:?}");
}

const NAMED: &str = "事项名称,基本编码,承诺办结时限\n";

/// Decisions and variances beside files that are named one by one hold where all files stand in one folder, and it is said.
#[test]
fn decisions_are_found_beside_the_files() {
    let left = format!("{NAMED}取水许可,440119001000,5个工作日\n");
    let right = format!("{NAMED}用水审批,510119001000,9个工作日\n");
    let matches = format!("{HEAD}440100,取水许可,440300,用水审批,是,\n");
    let variance = "[[variance]]\nregion = \"440300\"\nelement = \"promised_time\"\nground = \"《条例》第三条\"\nowner = \"张三\"\n";
    let made = folder(&[
        ("a/440100.csv", &left),
        ("a/440300.csv", &right),
        ("a/matches.csv", &matches),
        ("a/variance.toml", variance),
        ("b/440300.csv", &right),
    ]);
    let (found, said) = report(made.path(), &["a/440100.csv", "a/440300.csv"]);
    assert_eq!(found["summary"]["items_compared"], 1, "{said}");
    assert_eq!(found["variances"].as_array().unwrap().len(), 1, "{said}");
    for file in ["a/matches.csv", "a/variance.toml"] {
        assert_eq!(said.matches(file).count(), 1, "{said}");
    }
    let run = run_in(
        &made.path().join("a"),
        &["diff", "440100.csv", "./440300.csv", "--format", "json"],
    );
    let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(diff["summary"]["items_compared"], 1, "{}", run.stderr);
    // Of two folders neither is meant; a folder needs no word about it; a file that is named is the one.
    let (found, said) = report(made.path(), &["a/440100.csv", "b/440300.csv"]);
    assert_eq!(found["summary"]["items_compared"], 0);
    assert!(!said.contains("matches.csv"), "{said}");
    let (found, said) = report(made.path(), &["a"]);
    assert_eq!(found["summary"]["items_compared"], 1);
    assert!(!said.contains("使用 "), "{said}");
}

/// A variance of a region that takes no part in a run is told of once and stops nothing; one of a region that is nowhere is told of
/// with its line and the name that is nearest.
#[test]
fn variances_of_regions_elsewhere_are_told_once() {
    let list = |days: u8| format!("{NAMED}取水许可,440119001000,{days}个工作日\n");
    let variance = |regions: &[&str]| -> String {
        let one = |region: &&str| {
            format!(
                "[[variance]]\nregion = \"{region}\"\nelement = \"promised_time\"\nground = \"《条例》\"\nowner = \"张三\"\n"
            )
        };
        regions.iter().map(one).collect()
    };
    let manifest = ["440100", "440300", "440500"]
        .map(|id| format!("[[region]]\nid = \"{id}\"\nname = \"区{id}\"\nfiles = [\"{id}.csv\"]\n"))
        .concat();
    let (first, second, third) = (list(5), list(6), list(7));
    let made = folder(&[
        ("440100.csv", &first),
        ("440300.csv", &second),
        ("440500.csv", &third),
        ("tongban.toml", &manifest),
        ("variance.toml", &variance(&["440500", "区440500", "440300"])),
    ]);
    let (found, said) = report(made.path(), &["440100.csv", "440300.csv"]);
    assert_eq!(found["summary"]["items_compared"], 1, "{said}");
    let told: Vec<&str> = said.lines().filter(|line| line.contains("440500")).collect();
    assert_eq!(told.len(), 1, "{said}");
    assert!(told[0].contains("警告") && told[0].contains('2'), "{said}");
    assert!(!said.contains("没有对上任何差异"), "{said}");
    // The whole workspace has nothing to tell.
    let (_, said) = report(made.path(), &["."]);
    assert!(!said.contains("没有读入"), "{said}");
    std::fs::write(made.path().join("variance.toml"), variance(&["440505"])).unwrap();
    let run = run_in(made.path(), &["report", "440100.csv", "440300.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told = run.stderr.lines().find(|line| line.contains("variance.toml:2"));
    assert!(
        told.is_some_and(|line| line.contains("警告") && line.contains("440505") && line.contains("“440500”")),
        "{}",
        run.stderr
    );
}

/// Lists too short to tell whether one repeats another are said to be so.
#[test]
fn short_lists_are_not_taken_for_copies_in_silence() {
    let list = |rows: usize| -> String {
        let row = |at: usize| format!("事项{at}许可,4401{:08},材料{at}；申请表\n", at * 1000);
        format!(
            "事项名称,基本编码,申请材料\n{}",
            (1..=rows).map(row).collect::<String>()
        )
    };
    for (rows, told) in [(19, true), (20, false)] {
        let list = list(rows);
        let made = folder(&[("440100.csv", &list), ("440300.csv", &list)]);
        let (_, said) = report(made.path(), &["--dedupe-sources"]);
        let line = said.lines().find(|line| line.starts_with("--dedupe-sources"));
        assert_eq!(line.is_some(), told, "{rows} {said}");
        assert!(line.is_none_or(|line| line.contains("20")), "{said}");
        assert!(said.contains("照抄"), "{said}");
        let (_, said) = report(made.path(), &[]);
        assert!(!said.contains("不到"), "{said}");
    }
}

/// Where one region does not divide an item that others divide, the item counts once, as a whole; its cases inform.
#[test]
fn no_cell_counts_twice() {
    let head = "事项名称,基本编码,业务办理项名称,业务办理项编码,申请材料,承诺办结时限\n";
    let divided = |papers: &str| {
        format!(
            "{head}取水许可,440119001000,新办,N01,{papers},5个工作日\n取水许可,440119001000,变更,N02,变更申请表,5个工作日\n"
        )
    };
    let (one, two) = (divided("申请表；论证报告"), divided("申请表"));
    let whole = format!("{head}取水许可,440119001000,,,申请表；论证报告；变更申请表,5个工作日\n");
    let made = folder(&[("440100.csv", &one), ("440300.csv", &two), ("440500.csv", &whole)]);
    let (found, _) = report(made.path(), &[]);
    let summary = &found["summary"];
    assert_eq!(
        (&summary["items_compared"], &summary["units_compared"]),
        (&1.into(), &1.into())
    );
    for element in found["elements"].as_array().unwrap() {
        assert!(element["cells"].as_u64().unwrap() <= 1, "{element}");
    }
    assert_eq!(
        (&summary["units_deviating"], &summary["cells_deviating"]),
        (&1.into(), &1.into())
    );
    let counted: Vec<(&serde_json::Value, &serde_json::Value)> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (&item["handling"], &item["counted"]))
        .collect();
    let expected = [(&serde_json::Value::Null, &true.into())];
    assert!(counted.contains(&expected[0]) && counted.len() == 3, "{counted:?}");
    assert_eq!(
        counted.iter().filter(|(_, counted)| **counted == true).count(),
        1,
        "{counted:?}"
    );
    for region in found["regions"].as_array().unwrap() {
        let rows = &region["rows"];
        assert_eq!(rows["compared"], 0, "{region}");
        assert_eq!(rows["divided"], rows["read"], "{region}");
    }
    let run = run_in(made.path(), &["report"]);
    assert!(run.stdout.contains("取水许可（新办） N01"), "{}", run.stdout);
    assert!(run.stdout.contains("不计入统计"), "{}", run.stdout);
    // Where all divide it the cases count, each by its own code.
    let made = folder(&[("440100.csv", &one), ("440300.csv", &two)]);
    let (found, _) = report(made.path(), &[]);
    assert_eq!(
        (&found["summary"]["items_compared"], &found["summary"]["units_compared"]),
        (&1.into(), &2.into())
    );
    let codes: BTreeSet<&str> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|item| item["handling_code"].as_str())
        .collect();
    assert_eq!(codes, ["N01", "N02"].into());
}

/// One numbered condition is a whole text, so one that another region adds is told.
#[test]
fn one_numbered_condition_is_whole() {
    let list = |conditions: &str| format!("事项名称,基本编码,受理条件\n取水许可,440119001000,{conditions}\n");
    let element = |left: &str, right: &str| {
        let made = folder(&[("440100.csv", &list(left)), ("440300.csv", &list(right))]);
        let run = run_in(made.path(), &["diff", "440100.csv", "440300.csv", "--format", "json"]);
        let diff: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let mut all = diff["differences"].as_array().unwrap().iter();
        let found = all.find(|difference| difference["element"] == "conditions");
        found.map(|difference| difference["verdict"].as_str().unwrap().to_owned())
    };
    let substantive = Some("substantive".to_owned());
    assert_eq!(element("1.年满18周岁", "1.年满18周岁；2.有住所"), substantive);
    assert_eq!(element("1.年满18周岁", "年满18周岁"), Some("notation".to_owned()));
    let unknown = Some("unknown".to_owned());
    assert_eq!(element("（一）年满18周岁", "（一）年满18周岁；（二）有住所"), unknown);
    assert_eq!(element("符合下列条件：1.年满18周岁", "1.年满18周岁；2.有住所"), unknown);
    assert_eq!(element("1.年满18周岁；", "1.年满18周岁；2.有住所"), unknown);
}

/// A bare 无 says nothing; that it may mean none, or not filled in, is said where it stands against something.
#[test]
fn a_bare_none_is_said_to_be_one() {
    let list = |papers: &str| format!("事项名称,基本编码,申请材料\n取水许可,440119001000,{papers}\n");
    let told = |left: &str, right: &str, format: &str| {
        let made = folder(&[("440100.csv", &list(left)), ("440300.csv", &list(right))]);
        let run = run_in(made.path(), &["diff", "440100.csv", "440300.csv", "--format", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    for format in ["table", "csv", "md"] {
        let out: String = told("无", "身份证", format).split_whitespace().collect();
        assert!(
            out.contains("左边只写“无”") || out.contains("只写“无”："),
            "{format} {out}"
        );
        assert!(!told("", "身份证", format).contains("只写"), "{format}");
        assert!(!told("无", "", format).contains("只写"), "{format}");
    }
    let made = folder(&[("440100.csv", &list("无")), ("440300.csv", &list("身份证"))]);
    let run = run_in(made.path(), &["report", "--item", "取水许可"]);
    assert!(run.stdout.contains("没有写或只写“无”"), "{}", run.stdout);
}

const DIVIDED: &str = "事项名称,基本编码,业务办理项名称,业务办理项编码,事项类型,承诺办结时限\n";

fn divided(left: [&str; 2], right: [&str; 2], matches: &str) -> tempfile::TempDir {
    let list = |cases: [&str; 2], days: [u8; 2], code: u8| {
        let rows = (0..2).map(|at| {
            let (case, days) = (cases[at], days[at]);
            format!("食品经营许可,000131013000,{case},000131013000{code}{at},行政许可,{days}个工作日\n")
        });
        DIVIDED.to_owned() + &rows.collect::<String>()
    };
    let (left, right) = (list(left, [10, 5], 0), list(right, [10, 3], 1));
    let matches = format!("左区域,左事项,右区域,右事项,是否同一\n{matches}");
    folder(&[
        ("甲区.csv", left.as_str()),
        ("乙区.csv", right.as_str()),
        ("matches.csv", matches.as_str()),
    ])
}

/// The cases of the differences that `diff` tells, how many rows are on one side only, how many items are divided otherwise, and what it
/// says.
fn diffed(folder: &Path) -> (Vec<Option<String>>, usize, usize, String) {
    let run = run_in(folder, &["diff", "甲区.csv", "乙区.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let list = |key: &str| json[key].as_array().unwrap().clone();
    let days = list("differences")
        .into_iter()
        .filter(|difference| difference["element"] == "promised_time" && difference["verdict"] == "substantive");
    let cases = days.map(|difference| difference["handling"].as_str().map(str::to_owned));
    let alone = list("only_left").len() + list("only_right").len();
    (cases.collect(), alone, list("divided").len(), run.stderr)
}

/// Handling items of one code that are worded otherwise are compared: as one case where only the item's own name or words that say nothing
/// are added, else as a whole; a person pairs them by name or by code, and a row that does nothing is told.
#[test]
fn handling_items_that_are_worded_otherwise() {
    let named = ["食品经营许可（新办）", "食品经营许可（变更）"];
    let change = || vec![Some("变更".to_owned())];
    let (cases, alone, whole, _) = diffed(divided(named, ["新办食品经营许可", "食品经营许可变更"], "").path());
    assert_eq!((cases, alone, whole), (change(), 0, 0));
    let (cases, alone, whole, _) = diffed(divided(["首次申请", "变更"], ["首次", "变更"], "").path());
    assert_eq!((cases, alone, whole), (change(), 0, 0));
    // Nothing in common: compared whole, and told.
    let other = ["开办", "事后调整"];
    let (cases, alone, whole, _) = diffed(divided(named, other, "").path());
    assert_eq!((cases, alone, whole), (vec![None], 0, 1));
    for decision in [
        "甲区,000131013000 食品经营许可（变更）,乙区,000131013000 事后调整,是\n",
        "甲区,食品经营许可（变更）,乙区,事后调整,是\n",
        "甲区,00013101300001,乙区,00013101300011,是\n",
    ] {
        let (cases, alone, whole, told) = diffed(divided(named, other, decision).path());
        // What the person did not pair is compared all the same.
        assert_eq!((cases, alone, whole), (change(), 0, 1), "{decision}");
        assert!(!told.contains("matches.csv:2"), "{told}");
    }
    // A case alone is not said of any item.
    let (cases, ..) = diffed(divided(named, other, "甲区,变更,乙区,别的事项,是\n").path());
    assert_eq!(cases, [None]);
    let idle = "甲区,000131013000 食品经营许可（变更）,乙区,000131013000 没有这一项,是\n";
    let (_, _, _, told) = diffed(divided(named, other, idle).path());
    assert!(told.contains("matches.csv:2") && told.contains("没有作用"), "{told}");
}

/// One pair of handling items does not make the rest of the item vanish: what did not pair on two sides is compared together, told as
/// such and asked about; cases that contradict each other, or that a person held apart, stay on their side.
#[test]
fn what_is_left_of_an_item_is_compared() {
    let cases = |left, right, matches: &str| diffed(divided(left, right, matches).path());
    let (left, right) = (["补发", "首次申请"], ["补发食品经营许可", "食品经营许可证首次申领"]);
    let (found, alone, whole, _) = cases(left, right, "");
    assert_eq!((found, alone, whole), (vec![None], 0, 1));
    let apart = "甲区,食品经营许可（首次申请）,乙区,食品经营许可证首次申领,否\n";
    let named = ["补发", "食品经营许可（首次申请）"];
    assert_eq!(cases(named, right, apart).1, 2);
    assert_eq!(cases(["补发", "变更"], ["补发", "注销"], "").1, 2);
    // Who has nothing left lacks nothing, and who has is compared once.
    let folder = divided(left, right, "");
    std::fs::remove_file(folder.path().join("matches.csv")).unwrap();
    let third = DIVIDED.to_owned() + "食品经营许可,000131013000,补发,00013101300020,行政许可,10个工作日\n";
    std::fs::write(folder.path().join("丙区.csv"), third).unwrap();
    let run = run_in(folder.path(), &["report", ".", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["summary"]["items_uniform"], 0, "{json}");
    let items = json["items"].as_array().unwrap();
    assert!(
        items.iter().all(|item| item["absent"] == serde_json::json!([])),
        "{json}"
    );
    let rest = items.iter().find(|item| item["rest"] == true).unwrap();
    let rows: Vec<&serde_json::Value> = rest["divided"]
        .as_array()
        .unwrap()
        .iter()
        .map(|side| &side["rows"])
        .collect();
    assert_eq!(
        (rest["counted"].as_bool(), rows),
        (Some(true), vec![&serde_json::json!(1); 2])
    );
    let told = run_in(folder.path(), &["report", "."]).stdout;
    assert!(told.contains("没有配上的办理项："), "{told}");
    let asked = run_in(folder.path(), &["match", "."]).stdout;
    assert_eq!(asked.matches("同一事项的办理项").count(), 1, "{asked}");
    let pairs = run_in(folder.path(), &["diff", "甲区.csv", "乙区.csv"]).stdout;
    assert!(
        pairs.contains("没有配上的办理项：") && !pairs.contains("仅左"),
        "{pairs}"
    );
}

/// What the law wants alike is counted where cases contradict each other and the whole hides it: the headline says what the exit code does.
#[test]
fn what_cases_contradict_each_other_in_by_law_is_counted() {
    let list = |cases: [&str; 2], days: [u8; 2]| {
        let rows = (0..2).map(|at| {
            let (case, days) = (cases[at], days[at]);
            format!("食品经营许可,000131013000,{case},行政许可,《食品安全法》第三十五条,{days}个工作日\n")
        });
        "事项名称,基本编码,业务办理项名称,事项类型,设定依据,法定办结时限\n".to_owned() + &rows.collect::<String>()
    };
    for (days, cells) in [([30, 20], 2_u64), ([20, 30], 0)] {
        let folder = folder(&[
            ("甲区.csv", list(["新办", "变更"], [20, 30]).as_str()),
            ("乙区.csv", list(["新办", "变更"], days).as_str()),
            ("丙区.csv", list(["食品摊贩登记", "小餐饮"], [20, 30]).as_str()),
        ]);
        let run = |format| {
            run_in(
                folder.path(),
                &["report", ".", "--fail-on", "must-equal", "--format", format],
            )
        };
        let json = run("json");
        let report: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(report["summary"]["cells_must_equal"], cells, "{}", json.stdout);
        let regions = report["regions"].as_array().unwrap().iter();
        let sum: u64 = regions.filter_map(|region| region["must_equal"].as_u64()).sum();
        assert_eq!(sum, cells * 2);
        assert_eq!(json.code, i32::from(cells > 0));
        for format in ["table", "md"] {
            let told = run(format).stdout;
            assert_eq!(told.contains("2 个要素值依法必须一致"), cells > 0, "{told}");
        }
    }
}

/// Handling items of one item that stay apart are asked about, as decisions find them again; what contradicts itself is not.
#[test]
fn handling_items_that_may_be_one_are_asked_about() {
    let ask = |left, right| {
        let folder = divided(left, right, "");
        std::fs::remove_file(folder.path().join("matches.csv")).unwrap();
        let run = run_in(folder.path(), &["match", "."]);
        (folder, run.stdout)
    };
    let (folder, asked) = ask(["新办", "营业地址改动"], ["新办", "地址改动"]);
    assert_eq!(asked.matches("同一事项的办理项").count(), 1, "{asked}");
    std::fs::write(folder.path().join("matches.csv"), asked.replacen(",,,", ",是,,", 1)).unwrap();
    let (cases, alone, whole, _) = diffed(folder.path());
    assert_eq!((cases.len(), alone, whole), (1, 0, 0));
    let (_, asked) = ask(["新办", "注销"], ["新办", "变更"]);
    assert_eq!(asked.lines().count(), 1, "{asked}");
}

/// The hint that pairs wait counts each under what is so: equal names are no other names, whatever else is equal.
#[test]
fn pairs_that_wait_are_counted_under_what_is_so() {
    let head = "事项名称,基本编码,事项类型,设定依据,申请材料\n";
    let list =
        |code: &str, papers: &str| format!("{head}动物诊疗许可,{code},行政许可,《动物防疫法》第六十一条,{papers}\n");
    let folder = folder(&[
        ("甲区.csv", list("000120027000", "1.申请表").as_str()),
        ("乙区.csv", list("000120027000", "1.诊疗申请表").as_str()),
        ("丙县.csv", list("", "1.申请表").as_str()),
        ("丁区.csv", list("", "1.申请表").as_str()),
        (
            "matches.csv",
            "左区域,左事项,右区域,右事项,是否同一\n丁区,动物诊疗许可,甲区,000120027000,否\n",
        ),
    ]);
    let run = run_in(folder.path(), &["report", "."]);
    let told = "名称相同而编码不同 0 对，依据和材料相同而名称不同 0 对，其余 2 对";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

/// What a person decided of a code of a list that is not read holds for the code in those that are read.
#[test]
fn a_decision_holds_for_its_code_elsewhere() {
    let head = "事项名称,基本编码,事项类型\n";
    let list = |name: &str, code: &str| format!("{head}{name},{code},行政许可\n");
    let folder = folder(&[
        ("甲区.csv", list("医师执业注册", "000123013000").as_str()),
        ("丁区.csv", list("医师注册", "000123999000").as_str()),
        ("丙县.csv", list("医师执业注册", "000123013000").as_str()),
        (
            "matches.csv",
            "左区域,左事项,右区域,右事项,是否同一\n丁区,000123999000 医师注册,丙县,000123013000 医师执业注册,是\n",
        ),
    ]);
    let run = run_in(folder.path(), &["diff", "甲区.csv", "丁区.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for side in ["only_left", "only_right"] {
        assert_eq!(json[side].as_array().map(Vec::len), Some(0), "{json}");
    }
    assert!(run.stderr.contains("丙县"), "{}", run.stderr);
}

//! History: what `log` and `blame` tell of a workspace that is edited step by step and saved in between.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use crate::support::{Run, root, run_in};
use serde_json::{Value, json};

/// A workspace of three regions that grows as the tests say. Lists are ours.
struct Lists {
    folder: tempfile::TempDir,
}

const HEAD: &str = "事项名称,基本编码,实施主体,法定办结时限,承诺办结时限,申请材料\n";

const MANIFEST: &str = "profile = \"national-12\"\n\
    [[region]]\nid = \"519901\"\nname = \"甲区\"\nfiles = [\"a.csv\"]\n\
    [[region]]\nid = \"519902\"\nname = \"乙区\"\nfiles = [\"b.csv\"]\n\
    [[region]]\nid = \"519903\"\nname = \"丙区\"\nfiles = [\"c.csv\"]\n";

fn row(name: &str, code: &str, promised: &str, papers: &str) -> String {
    format!("{name},{code},本区水务局,20个工作日,{promised},{papers}\n")
}

impl Lists {
    fn new() -> Lists {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("tongban.toml"), MANIFEST).unwrap();
        Lists { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, file: &str, rows: &[String]) {
        fs::write(self.path().join(file), format!("{HEAD}{}", rows.concat())).unwrap();
    }

    fn save(&self, day: &str, message: &str) {
        let run = run_in(self.path(), &["snapshot", "save", "--date", day, "-m", message]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    fn run(&self, args: &[&str]) -> Run {
        run_in(self.path(), args)
    }

    fn json(&self, args: &[&str]) -> Value {
        let run = self.run(&[args, &["-f", "json"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    }
}

const WATER: &str = "000119001000";
const TREES: &str = "000164105000";
const FISH: &str = "000120003000";

/// Six snapshots: as it was; faster in one region; written otherwise; an item that goes and one that comes; another code, and a paper
/// more; back again.
fn six() -> Lists {
    let lists = Lists::new();
    let water = |promised: &str| row("取水许可", WATER, promised, "申请书；取水方案");
    let trees = |code: &str, papers: &str| row("林木采伐许可", code, "10个工作日", papers);
    let fish = || row("养殖许可", FISH, "15个工作日", "申请书");
    for file in ["a.csv", "b.csv", "c.csv"] {
        lists.write(file, &[water("10个工作日"), trees(TREES, "申请书")]);
    }
    lists.save("2026-01-01", "初始");
    lists.write("a.csv", &[water("5个工作日"), trees(TREES, "申请书")]);
    lists.save("2026-02-01", "提速");
    lists.write("b.csv", &[water("十个工作日"), trees(TREES, "申请书")]);
    lists.save("2026-03-01", "写法");
    // The order of rows is no change.
    lists.write("b.csv", &[trees(TREES, "申请书"), water("十个工作日")]);
    lists.write("c.csv", &[fish(), water("10个工作日")]);
    lists.save("2026-04-01", "一去一来");
    lists.write(
        "b.csv",
        &[trees("000164109000", "申请书；身份证明"), water("十个工作日")],
    );
    lists.save("2026-05-01", "换码");
    lists.write("a.csv", &[water("10个工作日"), trees(TREES, "申请书")]);
    lists.save("2026-06-01", "改回");
    lists
}

/// What came, went, was recoded, changed, was written otherwise.
fn tallies(log: &Value) -> Vec<[u64; 5]> {
    let words = ["added", "dropped", "recoded", "changed", "notation"];
    let of = |snapshot: &Value| words.map(|word| snapshot["items"][word].as_u64().unwrap());
    log["snapshots"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn what_changed_from_snapshot_to_snapshot() {
    let lists = six();
    let log = lists.json(&["log"]);
    assert_eq!(
        tallies(&log),
        [
            [0, 0, 0, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1],
            [1, 1, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0]
        ]
    );
    assert_eq!(
        log["snapshots"][1]["changes"],
        json!([{
            "region": "519901", "directory": false, "code": WATER, "name": "取水许可", "handling": null, "what": "changed", "from": null,
            "elements": ["promised_time"]
        }])
    );
    assert_eq!(
        log["snapshots"][4]["changes"],
        json!([{
            "region": "519902", "directory": false, "code": "000164109000", "name": "林木采伐许可", "handling": null, "what": "recoded",
            "from": TREES, "elements": ["code", "materials"]
        }])
    );
    assert_eq!(log["snapshots"][1]["time"], "2026-02-01 00:00:00Z");
    // The newest first; nothing in it starts a formula.
    let csv = lists.run(&["log", "-f", "csv"]).stdout;
    let (head, rows) = csv.split_once("\r\n").unwrap();
    assert_eq!(head, "快照,时间,说明,新增,取消,换码,变化,仅写法,指数");
    assert!(rows.starts_with("6,2026-06-01 00:00:00Z,改回,,,,1,,0."), "{csv}");
    assert!(!csv.contains('\''), "{csv}");
    // One sign for each snapshot.
    let table = lists.run(&["--lang", "zh", "log"]).stdout;
    let chart = table.lines().find(|line| line.starts_with("差异指数")).unwrap();
    let signs: String = chart.chars().filter(|c| ('▁'..='█').contains(c)).collect();
    assert_eq!(signs.chars().count(), 6, "{chart}");
    assert!(signs.starts_with('▁'), "{chart}");
}

#[test]
fn the_index_is_that_of_the_report() {
    let lists = six();
    let log = lists.json(&["log"]);
    let mut seen = Vec::new();
    for snapshot in log["snapshots"].as_array().unwrap() {
        let name = format!("@{}", snapshot["snapshot"]);
        let report = lists.json(&["report", &name]);
        assert_eq!(snapshot["index"], report["summary"]["index"], "{name}");
        for (ours, theirs) in snapshot["elements"]
            .as_array()
            .unwrap()
            .iter()
            .zip(report["elements"].as_array().unwrap())
        {
            assert_eq!(ours["element"], theirs["element"], "{name}");
            assert_eq!(
                ours["index"].as_f64().unwrap_or(0.0),
                theirs["index"].as_f64().unwrap(),
                "{name} {ours}"
            );
        }
        seen.push(snapshot["index"].as_f64().unwrap());
    }
    assert!(seen[1] > seen[0] && seen[5] < seen[4], "{seen:?}");
}

/// Snapshot, what, element or codes.
fn events(life: &Value, region: &str) -> Vec<(u64, String, String)> {
    let regions = life["items"][0]["regions"].as_array().unwrap();
    let Some(region) = regions.iter().find(|one| one["region"] == region) else {
        return Vec::new();
    };
    let of = |event: &Value| {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let verdict = event["difference"]["verdict"].as_str().unwrap_or_default();
        let more = [text("element"), verdict.to_owned(), text("from"), text("to")];
        let more: Vec<String> = more.into_iter().filter(|text| !text.is_empty()).collect();
        (event["snapshot"].as_u64().unwrap(), text("what"), more.join(" "))
    };
    region["events"].as_array().unwrap().iter().map(of).collect()
}

fn event(snapshot: u64, what: &str, more: &str) -> (u64, String, String) {
    (snapshot, what.to_owned(), more.to_owned())
}

#[test]
fn the_life_of_an_item() {
    let lists = six();
    let water = lists.json(&["log", "--item", WATER]);
    assert_eq!(water["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        events(&water, "519901"),
        [
            event(1, "came", ""),
            event(2, "changed", "promised_time substantive"),
            event(6, "changed", "promised_time substantive")
        ]
    );
    assert_eq!(
        events(&water, "519902"),
        [event(1, "came", ""), event(3, "changed", "promised_time notation")]
    );
    let shorter = &water["items"][0]["regions"][0]["events"][1];
    assert_eq!(shorter["difference"]["detail"]["changed"][0]["relation"], "shorter");
    assert_eq!(
        (&shorter["before"]["normal"], &shorter["now"]["normal"]),
        (&json!("10工作日"), &json!("5工作日"))
    );
    // By its name it is the same.
    assert_eq!(lists.json(&["log", "--item", "取水许可"])["items"], water["items"]);
    let trees = lists.json(&["log", "--item", TREES]);
    assert_eq!(events(&trees, "519903"), [event(1, "came", ""), event(4, "went", "")]);
    assert_eq!(
        events(&trees, "519902"),
        [
            event(1, "came", ""),
            event(5, "recoded", &format!("{TREES} 000164109000")),
            event(5, "changed", "materials substantive")
        ]
    );
    // Asked for by the new code, it is told from the start.
    let recoded = lists.json(&["log", "--item", "000164109000"]);
    assert_eq!(events(&recoded, "519902"), events(&trees, "519902"));
    assert_eq!(
        events(&lists.json(&["log", "--item", FISH]), "519903"),
        [event(4, "came", "")]
    );
}

#[test]
fn who_says_what_since_when() {
    let lists = six();
    let blame = lists.json(&["blame", WATER, "promised_time"]);
    let item = &blame["items"][0];
    assert_eq!(item["reference"], json!({"from": "majority", "normal": "10工作日"}));
    let phases: Vec<_> = item["phases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phase| json!([phase["accord"], phase["from"], phase["to"], phase["by"]]))
        .collect();
    assert_eq!(
        phases,
        [
            json!(["uniform", 1, 1, []]),
            json!(["split", 2, 5, ["519901"]]),
            json!(["uniform", 6, 6, []])
        ]
    );
    let first = &item["regions"][0];
    assert_eq!(
        (&first["since"], &first["before"]["normal"]),
        (&json!(6), &json!("5工作日"))
    );
    // Another notation is no change.
    assert_eq!(item["regions"][1]["since"], 1);
    let said = lists.run(&["--lang", "zh", "blame", WATER, "承诺办结时限"]).stdout;
    let line =
        "到 @1 2026-01-01 为止一致；@2 2026-02-01 起不一致（甲区），到 @5 2026-05-01 为止；@6 2026-06-01 起恢复一致";
    assert!(said.contains(line), "{said}");
    let said = lists.run(&["--lang", "en", "blame", WATER, "promised_time"]).stdout;
    let line = "uniform until @1 2026-01-01; split since @2 2026-02-01 by 甲区 until @5 2026-05-01; uniform again since @6 2026-06-01";
    assert!(said.contains(line), "{said}");
    // Where a region does not have the item any more.
    let trees = lists.json(&["blame", TREES, "materials"]);
    let regions = trees["items"][0]["regions"].as_array().unwrap();
    let gone = regions.iter().find(|region| region["region"] == "519903").unwrap();
    assert_eq!((&gone["now"], &gone["since"]), (&Value::Null, &json!(4)));
}

#[test]
fn what_converged_and_what_was_left_alone() {
    let lists = six();
    let apart = lists.json(&["log", "--between", "@1", "@2"]);
    assert_eq!(apart["items"][0]["code"], WATER);
    assert_eq!(apart["items"][0]["diverged"], json!(["promised_time"]));
    let together = lists.json(&["log", "--between", "@2", "@latest"]);
    let water = together["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["code"] == WATER)
        .unwrap();
    assert_eq!(water["converged"], json!(["promised_time"]));
    let stale = lists.json(&["log", "--stale", "2026-04-15"]);
    let items: Vec<_> = stale["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!([item["region"], item["code"], item["since"]]))
        .collect();
    assert_eq!(
        items,
        [
            json!(["519901", TREES, 1]),
            json!(["519902", WATER, 1]),
            json!(["519903", WATER, 1]),
            json!(["519903", FISH, 4])
        ]
    );
    // Nothing is known of the time before the first snapshot.
    assert_eq!(lists.json(&["log", "--stale", "2025-12-31"])["items"], json!([]));
}

/// Two regions of which one divides the item into two cases, later into one; a directory that changes; a region that goes and one that
/// comes.
fn divided() -> Lists {
    let lists = Lists::new();
    let head = "事项名称,业务办理项名称,基本编码,承诺办结时限,申请材料\n";
    let manifest = |regions: &[(&str, &str)]| {
        let listed: Vec<String> = regions
            .iter()
            .map(|(id, file)| format!("[[region]]\nid = \"{id}\"\nname = \"{file}区\"\nfiles = [\"{file}.csv\"]\n"))
            .collect();
        let text = format!(
            "profile = \"national-12\"\ndirectory = [\"base.csv\"]\n{}",
            listed.concat()
        );
        fs::write(lists.path().join("tongban.toml"), text).unwrap();
    };
    let write = |file: &str, rows: &[[&str; 3]]| {
        let rows = rows
            .iter()
            .map(|[case, days, papers]| format!("取水许可,{case},{WATER},{days}个工作日,{papers}\n"));
        fs::write(lists.path().join(file), format!("{head}{}", rows.collect::<String>())).unwrap();
    };
    manifest(&[("519901", "a"), ("519902", "b"), ("519903", "c")]);
    write("base.csv", &[["", "10", "申请书"]]);
    write(
        "a.csv",
        &[["新办", "10", "申请书；取水方案"], ["变更", "5", "变更说明"]],
    );
    write("b.csv", &[["", "10", "申请书"]]);
    write("c.csv", &[["", "10", "申请书"]]);
    lists.save("2026-01-01", "初始");
    write("a.csv", &[["新办", "10", "申请书；取水方案"]]);
    lists.save("2026-02-01", "取消变更");
    write("base.csv", &[["", "8", "申请书"]]);
    lists.save("2026-03-01", "目录改了");
    manifest(&[("519901", "a"), ("519902", "b"), ("519904", "c")]);
    lists.save("2026-04-01", "换了一区");
    lists
}

#[test]
fn a_case_that_went_is_no_easing() {
    let lists = divided();
    let log = lists.json(&["log"]);
    assert_eq!(tallies(&log)[1], [0, 1, 0, 0, 0], "{}", log["snapshots"][1]);
    let change = &log["snapshots"][1]["changes"][0];
    assert_eq!(
        (&change["what"], &change["handling"]),
        (&json!("dropped"), &json!("变更"))
    );
    // As `diff` says it.
    let diff = lists.json(&["diff", "@1", "@2"]);
    assert_eq!(diff["only_left"][0]["handling"], "变更", "{diff}");
    // Another region does not divide the item, so that it is looked at whole; the case is told as a case all the same.
    let life = lists.json(&["log", "--item", WATER]);
    assert_eq!(
        events(&life, "519901"),
        [event(1, "came", ""), event(2, "case_went", "")]
    );
    let blame = lists.json(&["blame", WATER, "materials"]);
    let region = &blame["items"][0]["regions"][1];
    assert_eq!(region["region"], "519901");
    assert_eq!(
        (&region["since"], &region["cases_went"], &region["difference"]),
        (&json!(2), &json!(["变更"]), &Value::Null)
    );
    let table = lists.run(&["--lang", "zh", "log", "--item", WATER]).stdout;
    assert!(table.contains("取消办理项“变更”"), "{table}");
}

#[test]
fn answers_of_several_bodies_are_alternatives() {
    let lists = Lists::new();
    let list = |days: u8| {
        let of = |body: &str, days: u8| format!("取水许可,{WATER},{body},20个工作日,{days}个工作日,申请书\n");
        lists.write("a.csv", &[of("甲局", 10), of("乙局", days)]);
        lists.write("b.csv", &[of("甲局", 10)]);
        lists.write("c.csv", &[of("甲局", 10)]);
    };
    list(10);
    lists.save("2026-01-01", "一");
    list(12);
    lists.save("2026-02-01", "二");
    for args in [
        &["log", "--item", WATER][..],
        &["blame", WATER, "promised_time"],
        &["diff", "@1", "@2"],
    ] {
        let said = lists.run(&[&["--lang", "zh"], args].concat()).stdout;
        assert!(
            said.contains("10工作日 → 10工作日 ｜ 12工作日") && !said.contains("+ 12"),
            "{args:?} {said}"
        );
    }
}

#[test]
fn the_directory_and_regions_are_told_apart() {
    let lists = divided();
    let log = lists.json(&["log"]);
    let third = &log["snapshots"][2];
    assert_eq!(
        (&third["directory"]["changed"], tallies(&log)[2]),
        (&json!(1), [0; 5]),
        "{third}"
    );
    let fourth = &log["snapshots"][3];
    assert_eq!(tallies(&log)[3], [0; 5], "{fourth}");
    assert_eq!(
        fourth["region_changes"],
        json!([
            {"region": "519903", "name": "c区", "what": "went", "rows": 1},
            {"region": "519904", "name": "c区", "what": "came", "rows": 1}
        ])
    );
    let table = lists.run(&["--lang", "zh", "log"]).stdout;
    for said in [
        "基本目录改动",
        "@4 2026-04-01 起不再有c区（原有 1 行）",
        "@4 2026-04-01 新加入c区",
    ] {
        assert!(table.contains(said), "{said}: {table}");
    }
    // What a region brought with it is as old as that.
    let stale = lists.json(&["log", "--stale", "2026-03-15"]);
    let items: Vec<_> = stale["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["region"].clone())
        .collect();
    assert_eq!(items, ["519902", "519901"], "{stale}");
    let csv = lists.run(&["log", "--by", "region", "-f", "csv"]);
    assert!(
        csv.code == 0 && csv.stdout.lines().count() > 4,
        "{}{}",
        csv.stdout,
        csv.stderr
    );
    // What is told of the lists is not written over them, though only the snapshots were read.
    let before = fs::read(lists.path().join("a.csv")).unwrap();
    for args in [
        &["log", "--by", "item"][..],
        &["log", "--item", WATER],
        &["blame", WATER, "materials"],
        &["report", "@1"],
        &["export", "@1"],
        &["diff", "@1", "@2"],
    ] {
        let run = lists.run(&[args, &["-o", "a.csv"]].concat());
        assert_eq!(run.code, 2, "{args:?} {}", run.stderr);
        assert_eq!(fs::read(lists.path().join("a.csv")).unwrap(), before, "{args:?}");
    }
    let unknown = lists.run(&["--lang", "zh", "log", "--stale", "2025-12-01"]).stdout;
    assert!(
        unknown.contains("2025-12-01 早于首个快照（@1 2026-01-01）"),
        "{unknown}"
    );
}

#[test]
fn which_items_changed() {
    let lists = six();
    let late = lists.run(&["snapshot", "save", "--date", "2026-05-05", "--db", "late.db"]);
    let earlier = lists.run(&["snapshot", "save", "--date", "2026-05-04", "--db", "late.db"]);
    assert!(!late.stderr.contains("日期早于") && earlier.stderr.contains("日期早于上一个快照 @1（2026-05-05）"));
    let table = lists.run(&["--lang", "zh", "log"]).stdout;
    assert!(table.contains("最近一次改动的事项：@6 2026-06-01"), "{table}");
    let csv = lists.run(&["log", "--by", "item", "-f", "csv"]).stdout;
    let mut lines = csv.lines();
    assert_eq!(lines.next().unwrap(), "快照,区域,事项编码,事项,业务办理项,发生,要素");
    assert_eq!(
        lines.next().unwrap(),
        format!("6,甲区,{WATER},取水许可,,变化,承诺办结时限")
    );
    assert_eq!(csv.lines().count(), 1 + 6, "{csv}");
    // The regions of `--by region` are told apart in one table.
    let csv = lists.run(&["log", "--by", "region", "-f", "csv"]).stdout;
    assert!(csv.starts_with("区域,快照,"), "{csv}");
    assert!(csv.contains("\r\n甲区,6,") && csv.contains("\r\n各地合计,6,"), "{csv}");
    // A name that is not there: those that have it in them.
    let run = lists.run(&["--lang", "zh", "log", "--item", "采伐"]);
    assert!(run.code == 2 && run.stderr.contains("林木采伐许可"), "{}", run.stderr);
}

/// Three snapshots of items that rest on laws, of which one was amended, one repealed and one is as it was.
fn with_laws() -> Lists {
    let lists = Lists::new();
    let law = |name: &str, text: &str| {
        fs::create_dir_all(lists.path().join("laws")).unwrap();
        let text = format!("# {name}\n\n{text}\n\n<!-- INFO END -->\n\n第一条 管水。\n\n第二条 取水须经许可。\n");
        let first = text.lines().nth(2).unwrap().split('日').next().unwrap();
        fs::write(lists.path().join(format!("laws/{name}-{first}.md")), text).unwrap();
    };
    law("河湖管理法", "2010年3月1日通过");
    law("河湖管理法", "2026年2月10日修订");
    law("渔场管理法", "2011年5月1日通过");
    law("林场管理法", "2012年6月1日通过");
    fs::write(
        lists.path().join("laws/水产管理法.md"),
        "# 水产管理法\n\n2026年1月20日通过\n\n<!-- INFO END -->\n\n第一条 管水产。\n\n\
         第二条 本法自2026年3月1日起施行。《渔场管理法》同时废止。\n",
    )
    .unwrap();
    fs::write(
        lists.path().join("tongban.toml"),
        format!("laws = \"laws\"\n{MANIFEST}"),
    )
    .unwrap();
    let row = |name: &str, code: &str, basis: &str, days: u8| {
        format!("{name},{code},本区水务局,{days}个工作日,《{basis}》第二条\n")
    };
    let write = |file: &str, [water, fish]: [u8; 2]| {
        let rows = [
            row("取水许可", WATER, "河湖管理法", water),
            row("养殖许可", FISH, "渔场管理法", fish),
            row("林木采伐许可", TREES, "林场管理法", 10),
        ];
        let head = "事项名称,基本编码,实施主体,承诺办结时限,设定依据\n";
        fs::write(lists.path().join(file), format!("{head}{}", rows.concat())).unwrap();
    };
    for file in ["a.csv", "b.csv", "c.csv"] {
        write(file, [10, 10]);
    }
    lists.save("2026-01-01", "一");
    write("b.csv", [5, 10]);
    lists.save("2026-02-05", "二");
    // After both laws were changed.
    write("c.csv", [5, 5]);
    lists.save("2026-03-15", "三");
    lists
}

#[test]
fn what_was_left_alone_when_its_basis_changed() {
    let lists = with_laws();
    let told = |args: &[&str]| -> Vec<Value> {
        let found = lists.json(&[&["log", "--stale-basis"], args].concat());
        assert_eq!(found["items_all"], 9);
        let items = found["items"].as_array().unwrap().iter();
        items
            .map(|item| {
                json!([
                    item["region"],
                    item["code"],
                    item["what"],
                    item["day"],
                    item["since"],
                    item["from_start"]
                ])
            })
            .collect()
    };
    let water = |region: &str, since: u32| json!([region, WATER, "amended", "2026-02-10", since, since == 1]);
    let fish = |region: &str| json!([region, FISH, "repealed", "2026-03-01", 1, true]);
    assert_eq!(
        told(&[]),
        [water("519901", 1), fish("519901"), water("519902", 2), fish("519902")]
    );
    assert_eq!(told(&["--laws", "laws"]), told(&[]));
    // What did not count on that day is not told yet.
    assert_eq!(
        told(&["--as-of", "2026-02-28"]),
        [water("519901", 1), water("519902", 2)]
    );
    assert_eq!(told(&["--as-of", "2026-02-09"]), [] as [Value; 0]);
    let found = lists.json(&["log", "--stale-basis"]);
    let first = &found["items"][1];
    assert_eq!(
        (&first["law"], &first["citations"], &first["by"]),
        (
            &json!("渔场管理法"),
            &json!(["《渔场管理法》第2条"]),
            &json!("水产管理法")
        )
    );
    let csv = lists.run(&["log", "--stale-basis", "-f", "csv"]).stdout;
    let mut lines = csv.lines();
    assert_eq!(
        lines.next().unwrap(),
        "区域,事项编码,事项,引用,法律,依据的变化,变化日期,自"
    );
    assert!(lines.next().unwrap().contains(",已修改,2026-02-10,"), "{csv}");
    let table = lists.run(&["--lang", "zh", "log", "--stale-basis"]).stdout;
    assert!(table.contains("共 9 项，其中 4 项的依据"), "{table}");
    // Folded by its column.
    assert!(table.contains("已由《水产管理法"), "{table}");
    for format in ["md", "html"] {
        let run = lists.run(&["--lang", "en", "log", "--stale-basis", "-f", format]);
        assert!(
            run.code == 0 && run.stdout.contains("repealed by"),
            "{}{}",
            run.stdout,
            run.stderr
        );
    }
    // Laws are asked for nothing else, and there must be some.
    assert_eq!(lists.run(&["log", "--laws", "laws"]).code, 2);
    fs::write(lists.path().join("tongban.toml"), MANIFEST).unwrap();
    assert_eq!(lists.run(&["log", "--stale-basis"]).code, 2);
}

#[test]
fn the_trend_in_a_report() {
    let lists = six();
    let page = |args: &[&str]| {
        let run = lists.run(&[&["--lang", "zh", "report", "-f", "html"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    // Nobody named the snapshots: they are not in it.
    let without = page(&[]);
    assert!(!without.contains("<svg") && !without.contains("趋势"), "{without}");
    let with = page(&["--history"]);
    assert_eq!(with.matches("<svg").count(), 1);
    assert_eq!(with.matches("<circle").count(), 6);
    assert!(
        with.contains("<h2 id=\"trend\">趋势</h2>") && with.contains("<td>改回</td>"),
        "{with}"
    );
    let policy = |page: &str| {
        page.split("Content-Security-Policy")
            .nth(1)
            .unwrap()
            .split('>')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(policy(&with), policy(&without));
    let place = lists.path().join("tongban.db");
    assert_eq!(page(&[&format!("--history={}", place.display())]), with);
    // From elsewhere it is the database of the workspace that is reported on.
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = lists.path().to_str().unwrap();
    let run = run_in(
        elsewhere.path(),
        &["--lang", "zh", "report", "-f", "html", "--history", folder],
    );
    assert_eq!(run.stdout.matches("<circle").count(), 6, "{}", run.stderr);
    let run = lists.run(&["report", "-f", "json", "--history"]);
    assert!(run.code == 2 && run.stderr.contains("--history"), "{}", run.stderr);
    fs::remove_file(place).unwrap();
    assert_eq!(lists.run(&["report", "-f", "html", "--history"]).code, 2);
}

#[test]
fn equal_snapshots_and_another_yardstick() {
    let lists = six();
    lists.save("2026-07-01", "无变化");
    let log = lists.json(&["log"]);
    let (last, before) = (&log["snapshots"][6], &log["snapshots"][5]);
    assert_eq!((&last["index"], &last["changes"]), (&before["index"], &json!([])));
    assert_eq!(last["other"], json!([]));
    // A word of the workspace's own: older snapshots were saved without it, and are read with it.
    fs::create_dir(lists.path().join("vocabulary")).unwrap();
    fs::write(
        lists.path().join("vocabulary/placeholders.toml"),
        "empty = [\"5个工作日\"]\n",
    )
    .unwrap();
    let run = lists.run(&["--lang", "zh", "log"]);
    let told = "保存时用的词表与现在不同：@1 @2 @3 @4 @5 @6 @7";
    assert!(run.stdout.contains(told), "{}{}", run.stdout, run.stderr);
    let blame = lists.json(&["blame", WATER, "promised_time"]);
    assert_eq!(blame["items"][0]["regions"][0]["before"]["normal"], "");
}

#[test]
fn all_formats_and_both_languages() {
    let lists = six();
    for question in [
        &["log"][..],
        &["log", "--by", "element"],
        &["log", "--by", "region"],
        &["log", "--item", WATER],
        &["log", "--between", "@1", "@-1"],
        &["log", "--stale", "2026-06-30"],
        &["blame", WATER, "promised_time"],
    ] {
        let run = |lang: &str, format: &str| {
            let run = lists.run(&[&["--lang", lang], question, &["-f", format]].concat());
            assert_eq!(run.code, 0, "{question:?} {format}: {}", run.stderr);
            run.stdout
        };
        assert_eq!(run("zh", "json"), run("en", "json"), "{question:?}");
        // CSV is Chinese in every language.
        assert_eq!(run("zh", "csv"), run("en", "csv"), "{question:?}");
        let csv = run("zh", "csv");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert!(
            reader.records().filter(|row| row.as_ref().unwrap().len() > 1).count() > 0,
            "{question:?}: {csv}"
        );
        for (lang, format) in [("zh", "table"), ("en", "table"), ("zh", "md"), ("en", "html")] {
            let text = run(lang, format);
            assert!(!text.contains("{ $") && !text.trim().is_empty(), "{text}");
            if format == "html" {
                assert!(
                    text.contains("default-src 'none'") && !text.contains("<script"),
                    "{text}"
                );
                let drawn = question[0] == "log" && question.get(1).is_none_or(|word| *word == "--by");
                assert_eq!(text.contains("<svg"), drawn, "{question:?}");
            }
        }
    }
}

#[test]
fn what_a_list_says_is_escaped() {
    let lists = Lists::new();
    let odd = |papers: &str| row("<b>取水</b>许可", WATER, "10个工作日", papers);
    for file in ["a.csv", "b.csv", "c.csv"] {
        lists.write(file, &[odd("申请书")]);
    }
    lists.save("2026-01-01", "<script>alert(1)</script>\u{1b}[31m");
    lists.write("a.csv", &[odd("申请书；<img src=x>")]);
    lists.save("2026-02-01", "二");
    for question in [&["log"][..], &["log", "--item", WATER], &["blame", WATER, "materials"]] {
        let page = lists.run(&[question, &["-f", "html"]].concat()).stdout;
        assert!(!page.is_empty());
        for mark in ["<script>", "<b>取", "<img"] {
            assert!(!page.contains(mark), "{mark}: {page}");
        }
        assert!(!lists.run(question).stdout.contains('\u{1b}'));
    }
}

#[test]
fn what_there_is_not() {
    let lists = Lists::new();
    let none = lists.run(&["log"]);
    assert_eq!(none.code, 2, "{}", none.stdout);
    for file in ["a.csv", "b.csv", "c.csv"] {
        lists.write(file, &[row("取水许可", WATER, "10个工作日", "申请书")]);
    }
    lists.save("2026-01-01", "");
    for args in [
        &["log", "--item", "000999001000"][..],
        &["blame", WATER, "没有的要素"],
        &["blame", "没有的事项", "promised_time"],
        &["log", "--between", "@1", "@9"],
        &["log", "nowhere"],
    ] {
        let run = lists.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {}", run.stderr);
        assert!(
            !run.stderr.is_empty() && !run.stderr.contains("panicked"),
            "{args:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn findings_of_what_changed_since_a_snapshot() {
    let lists = six();
    lists.write(
        "c.csv",
        &[
            row("养殖许可", FISH, "15个工作日", "申请书"),
            row("取水许可", WATER, "30个工作日", "申请书；取水方案"),
        ],
    );
    let lint = |since: &[&str]| {
        let run = lists.run(
            &[
                &["lint", ".", "--select", "TIM001", "-f", "json", "--fail-on", "never"],
                since,
            ]
            .concat(),
        );
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        report["findings"].as_array().unwrap().len()
    };
    // Promised later than the law allows, by the row that was changed just now.
    assert_eq!(lint(&[]), 1);
    assert_eq!(lint(&["--since", "@latest"]), 1);
    lists.save("2026-08-01", "超期");
    assert_eq!(lint(&["--since", "@latest"]), 0);
}

/// The example of the house, of which one list is edited.
#[test]
fn three_districts() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "tongban.toml",
        "variance.toml",
        "directory.csv",
        "dongling.csv",
        "xihe.csv",
        "nanping.xlsx",
    ] {
        fs::copy(
            root().join("examples/three-districts").join(name),
            folder.path().join(name),
        )
        .unwrap();
    }
    let save = |day: &str| {
        let run = run_in(folder.path(), &["snapshot", "save", "--date", day]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    };
    save("2026-01-01");
    let list = folder.path().join("dongling.csv");
    let text = fs::read_to_string(&list).unwrap();
    let code = "11519901MB9910019N4000104002000";
    assert!(text.contains("10个工作日") && text.contains(code));
    fs::write(&list, text.replacen("10个工作日", "4个工作日", 1)).unwrap();
    save("2026-02-01");
    let json = |args: &[&str]| -> Value {
        let run = run_in(folder.path(), &[args, &["-f", "json"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let log = json(&["log"]);
    assert_eq!(tallies(&log), [[0; 5], [0, 0, 0, 1, 0]]);
    // By the code of the body's list too, which holds the basic code.
    let life = json(&["log", "--item", code]);
    assert_eq!(life["items"][0]["code"], "000104002000");
    let regions = life["items"][0]["regions"].as_array().unwrap();
    // The directory stands first.
    assert_eq!((regions.len(), &regions[0]["directory"]), (4, &json!(true)));
    let blame = json(&["blame", "000104002000", "promised_time"]);
    assert_eq!(
        blame["items"][0]["phases"][1],
        json!({"accord": "split", "from": 2, "to": 2, "by": ["519901"]})
    );
}

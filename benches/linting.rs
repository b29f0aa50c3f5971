//! Speed and memory of lint: all rules over lists of 100,000 to 1,000,000 rows and 14 columns, against only reading the same file.
//!
//! Two lists: in `repeated` 31 regions say the same of 32,000 items, three in ten rows in another notation; in `distinct`, the worst that
//! can come, no two rows have the same conditions or materials. In both, faults are planted and counted.
//!
//! `cargo bench --bench linting`, or with `-- ROWS` for one size, or with `-- rules` for what each rule costs by itself.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tongban::ingest::{self, Source};
use tongban::lint::{self, Layer, RULES, Run, Selector, Settings};
use tongban::model::{Finding, RuleInfo};
use tongban::profile::{self, Profile};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Repeated,
    Distinct,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--one") {
        return one(Path::new(&args[at + 1]));
    }
    let folder = tempfile::tempdir().expect("a folder for the lists");
    let path = folder.path().join("list.csv");
    if args.iter().any(|arg| arg == "rules") {
        write(&path, Kind::Distinct, 20_000);
        return each_rule(&path);
    }
    let asked: Vec<u32> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if asked.is_empty() {
        vec![100_000, 200_000, 400_000, 1_000_000]
    } else {
        asked
    };
    println!("list          rows     MB   read s   lint s  rows/s of both  lint / read  peak MiB  findings");
    for kind in [Kind::Repeated, Kind::Distinct] {
        for &rows in &sizes {
            write(&path, kind, rows);
            measure(&path, kind, rows);
        }
    }
    write(&path, Kind::Repeated, 100);
    let list = path.to_string_lossy();
    let lint = best(20, || run(&["lint", &list]));
    let nothing = best(20, || run(&["--version"]));
    println!("the program on 100 rows: {lint:.1?}; on nothing: {nothing:.1?}");
}

fn run(args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_tongban")).args(args).output();
    assert_ne!(output.expect("the program starts").status.code(), Some(2));
}

/// What is planted on row n of every thousand.
const PLANTED: [(u32, &str); 9] = [
    (1, "TIM001"),
    (2, "NAM002"),
    (3, "CON001"),
    (4, "MAT001"),
    (5, "COD002"),
    (6, "MAT003"),
    (7, "CON003"),
    (8, "TIM004"),
    (9, "BAS002"),
];

const ACTS: [&str; 6] = ["设立审批", "变更许可", "注销登记", "备案", "延续审批", "核准"];
const OBJECTS: [&str; 12] = [
    "食品生产",
    "取水",
    "建筑工程施工",
    "道路运输经营",
    "民办学校",
    "医疗机构",
    "药品经营",
    "烟草专卖零售",
    "特种设备使用",
    "林木采伐",
    "危险化学品经营",
    "娱乐场所",
];
const MATERIALS: [&str; 10] = [
    "申请书",
    "身份证",
    "营业执照",
    "法定代表人身份证明",
    "场所使用证明",
    "章程",
    "验资报告",
    "可行性研究报告",
    "授权委托书",
    "设计图纸",
];
const CONDITIONS: [&str; 6] = [
    "注册资本达到规定数额",
    "有固定的经营场所",
    "有健全的管理制度",
    "法定代表人无犯罪记录",
    "有与经营规模相适应的专业技术人员",
    "符合城乡规划",
];

/// A credit code with its right check character (GB 32100-2015).
fn credit_code(area: u32, number: u32) -> String {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("11{area:06}{number:09}");
    let mut weight = 1;
    let mut sum = 0;
    for letter in body.bytes() {
        sum += LETTERS
            .iter()
            .position(|&known| known == letter)
            .expect("of the alphabet")
            * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(LETTERS[(31 - sum % 31) % 31]))
}

fn write(path: &Path, kind: Kind, rows: u32) {
    let mut out = BufWriter::new(File::create(path).expect("a file for the list"));
    writeln!(
        out,
        "事项名称,基本编码,实施编码,事项类型,设定依据,服务对象,受理条件,申请材料,办理流程,法定办结时限,承诺办结时限,是否收费,结果名称,实施主体编码"
    )
    .expect("written");
    let items = (rows / 31).max(1);
    for row in 0..rows {
        let (item, region) = (row % items, row / items);
        let fault = row % 1_000;
        let object = OBJECTS[item as usize % 12];
        let mut name = format!("{object}{}（第{item}类）", ACTS[item as usize / 12 % 6]);
        if fault == 2 {
            name = name.replace('（', "(").replace('）', ")");
        }
        let code = format!(
            "0001{:02}{:03}{:03}",
            4 + item % 70,
            item / 70 % 999 + 1,
            item / 70 / 999 + 1
        );
        let body = credit_code(440_100 + region, 1_000 + item % 37);
        let article = match fault {
            9 => String::new(),
            _ => format!("第{}条第{}款", item % 80 + 1, item % 3 + 1),
        };
        let (which, other) = match kind {
            Kind::Repeated => (item, (item * 7 + region * 3) % 10 < 3),
            Kind::Distinct => (row, false),
        };
        let mut conditions: Vec<String> = (0..4)
            .map(|n| format!("{}{which}号", CONDITIONS[(item as usize + n) % 6]))
            .collect();
        match fault {
            3 => conditions.push("法律、行政法规规定的其他条件".to_owned()),
            7 => conditions.push("提交下列材料：".to_owned()),
            _ => {}
        }
        let numbered = |n: usize, text: &str| match other {
            true => format!("（{}）{text}", ["一", "二", "三", "四", "五"][n]),
            false => format!("{}．{text}", n + 1),
        };
        let conditions: Vec<String> = conditions
            .iter()
            .enumerate()
            .map(|(n, text)| numbered(n, text))
            .collect();
        let mut materials: Vec<String> = (0..4)
            .map(|n| format!("{}{which}", MATERIALS[(item as usize + n) % 10]))
            .collect();
        match fault {
            4 => materials.push("其他有关材料".to_owned()),
            6 => materials.clear(),
            _ => {}
        }
        let statutory = if fault == 8 { 60 } else { 5 + item % 4 * 5 };
        let promised = if fault == 1 { statutory + 1 } else { statutory / 2 };
        // 1 and Y never both check.
        let wrong = |body: &str| format!("{}{}", &body[..17], if body.ends_with('1') { 'Y' } else { '1' });
        writeln!(
            out,
            "{name},{code},{body}4{code},行政许可,《中华人民共和国{object}管理法》（{}年修订）{article},自然人；企业法人,{}{},{},受理；审查；决定；制证；送达,\
             {statutory}个工作日,{promised}个工作日,否,{object}许可证,{}",
            1_990 + item % 30,
            conditions.join("；"),
            if fault == 7 { "" } else { "。" },
            materials.join(if other { "；\u{3000}" } else { "；" }),
            if fault == 5 { wrong(&body) } else { body.clone() },
        )
        .expect("written");
    }
    out.flush().expect("written");
}

/// Reads and lints in a process of its own, so that its peak of memory is its own too.
fn measure(path: &Path, kind: Kind, rows: u32) {
    let output = Command::new(std::env::current_exe().expect("this program"))
        .arg("--one")
        .arg(path)
        .output()
        .expect("this program starts again");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: BTreeMap<&str, f64> = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, figure)| (name, figure.parse().expect("a figure")))
        .collect();
    let figure = |name: &str| figures.get(name).copied().unwrap_or(0.0);
    let megabytes = std::fs::metadata(path).expect("is there").len() as f64 / 1e6;
    println!(
        "{:9} {rows:>8} {megabytes:>6.0} {:>8.2} {:>8.2} {:>15.0} {:>12.2} {:>9.0} {:>9.0}",
        match kind {
            Kind::Repeated => "repeated",
            Kind::Distinct => "distinct",
        },
        figure("read"),
        figure("lint"),
        f64::from(rows) / (figure("read") + figure("lint")),
        figure("lint") / figure("read"),
        figure("peak") / 1_024.0,
        figure("findings"),
    );
    for (nth, code) in PLANTED {
        let planted = (0..rows).filter(|row| row % 1_000 == nth).count();
        assert_eq!(figure(code), planted as f64, "{code} of {rows} rows");
    }
}

struct Rules(Vec<RuleInfo>);

impl Rules {
    fn shipped() -> Rules {
        let rules = profile::rules().expect("the rules ship");
        Rules(rules.into_iter().map(|(rule, _)| rule).collect())
    }

    fn run(&self, catalogue: &tongban::model::Catalogue, profile: &Profile, settings: &Settings) -> Vec<Finding> {
        lint::run(catalogue, profile, &self.0, settings, None)
    }
}

fn one(path: &Path) {
    let profile = Profile::load("national-12").expect("the profile ships");
    let rules = Rules::shipped();
    let started = Instant::now();
    let intake = ingest::read(&[Source::file(path)], &profile);
    assert!(intake.errors.is_empty() && !intake.incomplete);
    println!("read {}", started.elapsed().as_secs_f64());
    println!("read-peak {}", memory("VmHWM:"));
    let started = Instant::now();
    let findings = rules.run(&intake.catalogue, &profile, &Settings::default());
    println!("lint {}", started.elapsed().as_secs_f64());
    println!("peak {}", memory("VmHWM:"));
    println!("findings {}", findings.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &findings {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    for (code, count) in counts {
        println!("{code} {count}");
    }
}

/// What each rule takes by itself, with the normal forms that it asks for: microseconds a row.
fn each_rule(path: &Path) {
    let profile = Profile::load("national-12").expect("the profile ships");
    let rules = Rules::shipped();
    let intake = ingest::read(&[Source::file(path)], &profile);
    let rows = intake.catalogue.rows.len() as u32;
    let cost = |settings: &Settings| {
        let took = best(3, || {
            rules.run(&intake.catalogue, &profile, settings);
        });
        took.as_secs_f64() * 1e6 / f64::from(rows)
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool of one");
    pool.install(|| {
        println!("{:>8.2} us a row: all rules", cost(&Settings::default()));
        let layer = |layer: Layer| Settings {
            layers: vec![layer],
            ..Settings::default()
        };
        let named = |code: &str| Selector::named(code, &rules.0).into_iter().collect::<Vec<_>>();
        let none = cost(&layer(Layer {
            ignore: named("all"),
            ..Layer::default()
        }));
        println!("{none:>8.2} us a row: none");
        let mut costs: Vec<(f64, &str)> = RULES
            .iter()
            .filter(|rule| !matches!(rule.run, Run::Ingest))
            .map(|rule| {
                let settings = layer(Layer {
                    select: named(rule.code),
                    ..Layer::default()
                });
                (cost(&settings) - none, rule.code)
            })
            .collect();
        costs.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (cost, code) in costs {
            println!("{cost:>8.2} us a row: {code}");
        }
    });
}

/// A figure of this process in KiB, where the system gives it; else 0.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let figure = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    figure.unwrap_or(0)
}

fn best(times: usize, mut run: impl FnMut()) -> Duration {
    let once = |_| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}

//! A generator of lists: N items × R regions that all say the same, each region in its own notation, with real differences
//! planted and written down. The same seed gives the same bytes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What is planted: (code of the item, id of the region, id of the element).
pub(crate) type Planted = BTreeSet<(String, String, String)>;

/// A small generator of numbers (PCG), so that the lists are the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(
            seed.wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let word = (((self.0 >> 18) ^ self.0) >> 27) as u32;
        (u64::from(word.rotate_right((self.0 >> 59) as u32)) as usize) % n
    }
}

#[derive(Clone)]
struct Item {
    code: String,
    name: String,
    kind: usize,
    basis: Vec<(usize, u32)>,
    audience: Vec<usize>,
    conditions: Vec<String>,
    materials: Vec<(String, u32)>,
    steps: Vec<&'static str>,
    statutory: u32,
    promised: u32,
    fee: Option<(u32, &'static str)>,
    result: String,
}

const THINGS: [&str; 12] = [
    "取水",
    "占道",
    "排污",
    "食品经营",
    "道路货运",
    "烟草零售",
    "林木采伐",
    "出版物零售",
    "公共场所卫生",
    "民办学校",
    "户外广告",
    "特种设备",
];
const ACTS: [&str; 6] = ["许可", "审批", "登记", "核准", "备案", "认定"];
const KINDS: [(&str, &str, &str); 4] = [
    ("01", "行政许可", "许可"),
    ("07", "行政确认", "确认"),
    ("05", "行政给付", "给付"),
    ("20", "公共服务", "服务"),
];
const LAWS: [&str; 6] = [
    "中华人民共和国水法",
    "中华人民共和国行政许可法",
    "中华人民共和国食品安全法",
    "城市道路管理条例",
    "公共场所卫生管理条例",
    "中华人民共和国森林法",
];
const AUDIENCE: [(&str, &str); 4] = [
    ("1", "自然人"),
    ("2", "企业法人"),
    ("3", "事业法人"),
    ("4", "社会组织法人"),
];
const PAPERS: [[&str; 3]; 8] = [
    ["居民身份证", "身份证", "中华人民共和国居民身份证"],
    ["营业执照", "营业执照", "企业法人营业执照"],
    ["申请表", "申请表", "《申请表》"],
    ["法定代表人授权委托书", "法定代表人授权委托书", "法定代表人授权委托书"],
    ["场地使用证明", "场地使用证明", "场地使用证明"],
    ["设备清单", "设备清单", "设备清单"],
    ["管理制度文本", "管理制度文本", "管理制度文本"],
    ["环境影响评价报告书", "环境影响评价报告书", "环境影响评价报告书"],
];
const STEPS: [&str; 6] = ["受理", "审查", "现场踏勘", "决定", "制证", "送达"];
const PER: [&str; 3] = ["件", "平方米", "人次"];

pub(crate) fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut out = String::new();
    if n >= 100 {
        out.push_str(DIGITS[(n / 100) as usize % 10]);
        out.push('百');
        if !n.is_multiple_of(100) && n % 100 < 10 {
            out.push('零');
        }
    }
    if n % 100 >= 10 {
        if n >= 20 {
            out.push_str(if n >= 100 || n / 10 % 10 > 1 {
                DIGITS[(n / 10) as usize % 10]
            } else {
                ""
            });
        }
        out.push('十');
    }
    out.push_str(DIGITS[(n % 10) as usize]);
    out
}

pub(crate) fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_digit() {
                char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)
            } else {
                c
            }
        })
        .collect()
}

fn item(at: usize, random: &mut Random) -> Item {
    let kind = random.below(KINDS.len());
    let thing = THINGS[random.below(THINGS.len())];
    let act = ACTS[random.below(ACTS.len())];
    let code = format!(
        "00{}{:02}{:03}{:03}",
        KINDS[kind].0,
        10 + at % 60,
        1 + at / 60 % 999,
        at % 7
    );
    let code = format!("{}{:03}", &code[..9], at % 1000);
    let many = |random: &mut Random, least: usize, most: usize| least + random.below(most - least + 1);
    let papers = many(random, 3, 6);
    let first = random.below(PAPERS.len());
    let statutory = [10, 15, 20, 30, 45, 60][random.below(6)];
    Item {
        name: format!("{thing}{act}（第{}类）", chinese(1 + at as u32 % 99)),
        kind,
        basis: vec![
            (random.below(3), 3 + random.below(60) as u32),
            (3 + random.below(3), 5 + random.below(40) as u32),
        ],
        audience: (0..AUDIENCE.len()).filter(|a| *a == 0 || (at >> a) & 1 == 1).collect(),
        conditions: (0..many(random, 2, 5))
            .map(|n| {
                format!(
                    "有符合第{}号标准的{}{}处以上",
                    at * 10 + n,
                    ["场所", "设备", "人员", "仓库"][n % 4],
                    chinese(2 + n as u32)
                )
            })
            .collect(),
        materials: (0..papers)
            .map(|n| (format!("{}", (first + n) % PAPERS.len()), 1 + random.below(2) as u32))
            .collect(),
        steps: STEPS[..many(random, 3, 6)].to_vec(),
        statutory,
        promised: 1 + random.below(statutory as usize - 1) as u32,
        fee: (random.below(4) == 0).then(|| (10 * (1 + random.below(40) as u32), PER[random.below(3)])),
        result: format!("{thing}{act}证"),
        code,
    }
}

/// Changes one element of an item for real, and names it. `n` chooses which.
fn plant(item: &mut Item, n: usize) -> &'static str {
    match n % 12 {
        0 => {
            item.statutory += 5;
            "statutory_time"
        }
        1 => {
            item.promised = if item.promised > 1 { item.promised - 1 } else { 2 };
            "promised_time"
        }
        2 => {
            item.materials.push(("近期年度审计报告".to_owned(), 1));
            "materials"
        }
        3 => {
            item.materials.remove(0);
            "materials"
        }
        4 => {
            item.conditions.push("近三年内没有违法记录".to_owned());
            "conditions"
        }
        5 => {
            item.conditions[0] = item.conditions[0].replace("以上", "以下");
            "conditions"
        }
        6 => {
            item.steps.insert(1, "专家评审");
            "procedure"
        }
        7 => {
            item.fee = match item.fee {
                Some((yuan, per)) => Some((yuan + 5, per)),
                None => Some((5, "件")),
            };
            "fees"
        }
        8 => {
            item.audience = if item.audience == [0] { vec![0, 1] } else { vec![0] };
            "audience"
        }
        9 => {
            item.basis[0].1 += 1;
            "basis"
        }
        10 => {
            item.result = item.result.replace('证', "批准书");
            "result"
        }
        _ => {
            item.kind = (item.kind + 1) % KINDS.len();
            "type"
        }
    }
}

fn numbered(entries: &[String], style: usize, end: &str) -> String {
    let mut out = String::new();
    for (at, entry) in entries.iter().enumerate() {
        let n = at + 1;
        match style % 5 {
            0 => writeln!(out, "{n}.{entry}{end}"),
            1 => write!(out, "（{}）{entry}{end}", chinese(n as u32)),
            2 => write!(
                out,
                "{}{entry}{end}",
                char::from_u32('①' as u32 + at as u32).unwrap_or('①')
            ),
            3 => write!(out, "{n}、{entry}{end} "),
            _ => writeln!(out, "({n}) {entry}{end}"),
        }
        .unwrap_or_default();
    }
    out.trim().to_owned()
}

fn duration(n: u32, style: usize) -> String {
    match style % 8 {
        0 => format!("{n}个工作日"),
        1 => format!("{n}(工作日)"),
        2 => format!("{}个工作日", chinese(n)),
        3 => format!("{n} 个 工 作 日"),
        4 => format!("{}个工作日", full_width(&n.to_string())),
        5 => format!("自受理之日起{n}个工作日内"),
        6 => format!("{n}工作日"),
        _ => format!("受理之日起{}个工作日", chinese(n)),
    }
}

/// The cells of one row, in the notation of a region.
fn cells(item: &Item, r: usize, random: &mut Random) -> Vec<String> {
    let rotate = |mut list: Vec<String>| {
        let by = r % list.len().max(1);
        list.rotate_left(by);
        list
    };
    let name = match r % 3 {
        0 => item.name.clone(),
        1 => item.name.replace('（', "(").replace('）', ")"),
        _ => item.name.replace('（', " （"),
    };
    let kind = KINDS[item.kind];
    let basis: Vec<String> = item
        .basis
        .iter()
        .map(|&(law, article)| {
            let title = if r.is_multiple_of(2) {
                LAWS[law]
            } else {
                LAWS[law].trim_start_matches("中华人民共和国")
            };
            let article = if r.is_multiple_of(3) {
                article.to_string()
            } else {
                chinese(article)
            };
            format!("《{title}》第{article}条")
        })
        .collect();
    let basis = if r % 4 == 1 {
        basis.iter().rev().cloned().collect()
    } else {
        basis
    };
    let audience: Vec<String> = rotate(
        item.audience
            .iter()
            .map(|&a| (if r % 5 == 3 { AUDIENCE[a].0 } else { AUDIENCE[a].1 }).to_owned())
            .collect(),
    );
    let materials: Vec<String> = rotate(
        item.materials
            .iter()
            .map(|(paper, copies)| {
                let name = match paper.parse::<usize>() {
                    Ok(at) => PAPERS[at][if at == 1 { 0 } else { r % 3 }].to_owned(),
                    Err(_) => paper.clone(),
                };
                match r % 4 {
                    0 => format!("{name}（复印件{copies}份）"),
                    1 => format!("{name}(复印件{copies}份)"),
                    2 => format!("{name}复印件{copies}份"),
                    _ => format!("{name}（复印件{}份）", full_width(&copies.to_string())),
                }
            })
            .collect(),
    );
    let steps = match r % 5 {
        0 => item.steps.join("→"),
        1 => item.steps.join("、"),
        2 => item.steps.join(" -> "),
        3 => numbered(&item.steps.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>(), 0, ""),
        _ => item.steps.join("—>"),
    };
    let fee = match item.fee {
        None => ["不收费", "免费", "否", "不收取费用", "0元"][r % 5].to_owned(),
        Some((yuan, per)) => {
            let per = if per == "平方米" && r.is_multiple_of(2) {
                "㎡"
            } else {
                per
            };
            match r % 3 {
                0 => format!("{yuan}元/{per}"),
                1 => format!("每{per}{yuan}元"),
                _ => format!("{yuan}.00元/{per}"),
            }
        }
    };
    vec![
        name,
        item.code.clone(),
        [kind.0, kind.1, kind.2][r % 3].to_owned(),
        basis.join(["；", "\n", "；"][r % 3]),
        audience.join(["、", ",", ";", "，", "|"][r % 5]),
        numbered(&item.conditions, r, "；").trim_end_matches('；').to_owned() + "。",
        numbered(&materials, r + random.below(2), ["；", ";", "。"][r % 3]),
        steps,
        duration(item.statutory, r),
        duration(item.promised, r + 3),
        fee,
        if r.is_multiple_of(2) {
            item.result.clone()
        } else {
            format!("《{}》", item.result)
        },
        format!("第{}区政务服务局", r + 1),
        format!("0771-{:07}", 1_000_000 + r),
    ]
}

/// The header of region `r`: official names or synonyms.
fn header(r: usize) -> [&'static str; 14] {
    if r.is_multiple_of(2) {
        [
            "事项名称",
            "基本编码",
            "事项类型",
            "设定依据",
            "服务对象",
            "受理条件",
            "申请材料",
            "办理流程",
            "法定办结时限",
            "承诺办结时限",
            "是否收费",
            "结果名称",
            "实施主体",
            "咨询电话",
        ]
    } else {
        [
            "task_name",
            "catalog_code",
            "task_type",
            "by_law",
            "server_type",
            "accept_condition",
            "办理材料",
            "handle_flow",
            "法定时限",
            "承诺时限",
            "is_fee",
            "result_name",
            "dept_name",
            "link_way",
        ]
    }
}

/// One region's list.
pub(crate) struct List {
    pub id: String,
    pub csv: Vec<u8>,
}

/// Lists of `items` × `regions`. In every hundred pairs of an item and a region, `percent` get one real difference, never two in one
/// element of an item, so that the majority stands.
pub(crate) fn lists(items: usize, regions: usize, percent: usize, seed: u64) -> (Vec<List>, Planted) {
    let mut random = Random::new(seed);
    let base: Vec<Item> = (0..items).map(|at| item(at, &mut random)).collect();
    let mut planted = Planted::new();
    let mut taken: BTreeSet<(usize, &'static str)> = BTreeSet::new();
    let mut lists = Vec::new();
    for r in 0..regions {
        let id = format!("{:06}", 450_100 + r);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header(r)).unwrap_or_default();
        for (at, item) in base.iter().enumerate() {
            let mut item = item.clone();
            if random.below(100) < percent {
                let n = random.below(12);
                let mut other = item.clone();
                let element = plant(&mut other, n);
                if taken.insert((at, element)) {
                    item = other;
                    planted.insert((item.code.clone(), id.clone(), element.to_owned()));
                }
            }
            writer.write_record(cells(&item, r, &mut random)).unwrap_or_default();
        }
        lists.push(List {
            id,
            csv: writer.into_inner().unwrap_or_default(),
        });
    }
    (lists, planted)
}

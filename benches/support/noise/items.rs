//! What is said: items over the 12 elements, drawn from pools of facts.
//!
//! Must not know how an item is written.

use super::generator::{Random, chinese};

/// One item: what a list says about it, however it is written.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) code: String,
    pub(super) stem: String,
    pub(super) case: Option<&'static str>,
    pub(super) kind: usize,
    pub(super) basis: Vec<Cited>,
    pub(super) audience: Vec<usize>,
    pub(super) conditions: Vec<Condition>,
    /// One of the conditions is enough (之一).
    pub(super) any: bool,
    pub(super) materials: Vec<Paper>,
    pub(super) steps: Vec<Step>,
    pub(super) times: [Limit; 2],
    pub(super) fees: Vec<Fee>,
    pub(super) results: Vec<String>,
    pub(super) result_type: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cited {
    pub(super) law: usize,
    pub(super) article: u32,
    pub(super) paragraph: u32,
    pub(super) item: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    /// With `{}` where the number stands.
    pub(super) text: String,
    pub(super) number: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paper {
    /// The canonical name.
    pub(super) name: String,
    pub(super) originals: u32,
    pub(super) copies: u32,
    /// 0 必要, 1 非必要, 2 容缺后补.
    pub(super) need: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) name: &'static str,
    /// Working days; 0 where the list says nothing.
    pub(super) days: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    pub(super) n: u32,
    pub(super) unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Working,
    Calendar,
    Month,
    Year,
    Hour,
}

impl Unit {
    pub(super) fn word(self) -> &'static str {
        match self {
            Unit::Working => "工作日",
            Unit::Calendar => "自然日",
            Unit::Month => "月",
            Unit::Year => "年",
            Unit::Hour => "小时",
        }
    }

    /// The word behind a number, with its counter.
    pub(super) fn counted(self) -> &'static str {
        match self {
            Unit::Working => "个工作日",
            Unit::Calendar => "个自然日",
            Unit::Month => "个月",
            Unit::Year => "年",
            Unit::Hour => "小时",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fee {
    pub(super) name: &'static str,
    pub(super) yuan: u32,
    pub(super) per: &'static str,
}

// The pools: facts (titles of laws, names of papers and steps), and sentences of our own.

pub(super) const THINGS: [&str; 40] = [
    "取水",
    "占用城市道路",
    "排放污染物",
    "食品经营",
    "道路货物运输经营",
    "烟草专卖零售",
    "林木采伐",
    "出版物零售",
    "公共场所卫生",
    "民办学校设立",
    "户外广告设置",
    "特种设备使用",
    "药品零售",
    "医疗器械经营",
    "河道采砂",
    "文物保护工程",
    "建筑施工",
    "城镇污水排入排水管网",
    "危险化学品经营",
    "烟花爆竹零售",
    "旅馆业特种行业",
    "公章刻制业",
    "互联网上网服务营业场所",
    "营业性演出",
    "电影放映",
    "饲料生产",
    "种子生产经营",
    "动物防疫条件",
    "水产苗种生产",
    "渔业捕捞",
    "土地复垦",
    "采矿",
    "测绘作业",
    "气象探测",
    "防雷装置设计",
    "人力资源服务",
    "劳务派遣经营",
    "消毒产品生产",
    "放射诊疗",
    "校车使用",
];
pub(super) const ACTS: [&str; 6] = ["许可", "审批", "登记", "核准", "备案", "认定"];
pub(super) const CASES: [&str; 6] = ["首次申请", "变更", "延续", "注销", "补办", "增项"];
/// Code, name, another word for the same.
pub(super) const KINDS: [(&str, &str, &str); 5] = [
    ("01", "行政许可", "许可"),
    ("07", "行政确认", "确认"),
    ("05", "行政给付", "给付"),
    ("20", "公共服务", "公共服务事项"),
    ("10", "其他行政权力", "其他权力"),
];
/// Title, number in brackets behind it (with 〔〕), label.
pub(super) const LAWS: [(&str, &str, &str); 24] = [
    ("中华人民共和国水法", "", "法律"),
    ("中华人民共和国行政许可法", "", "法律"),
    ("中华人民共和国食品安全法", "", "法律"),
    ("中华人民共和国森林法", "", "法律"),
    ("中华人民共和国药品管理法", "", "法律"),
    ("中华人民共和国文物保护法", "", "法律"),
    ("中华人民共和国建筑法", "", "法律"),
    ("中华人民共和国渔业法", "", "法律"),
    ("中华人民共和国种子法", "", "法律"),
    ("中华人民共和国测绘法", "", "法律"),
    ("中华人民共和国劳动合同法", "", "法律"),
    ("中华人民共和国烟草专卖法", "", "法律"),
    ("取水许可和水资源费征收管理条例", "国务院令第460号", "行政法规"),
    ("城市道路管理条例", "国务院令第198号", "行政法规"),
    ("公共场所卫生管理条例", "", "行政法规"),
    ("医疗器械监督管理条例", "国务院令第739号", "行政法规"),
    ("危险化学品安全管理条例", "国务院令第591号", "行政法规"),
    ("特种设备安全监察条例", "国务院令第549号", "行政法规"),
    ("烟花爆竹安全管理条例", "国务院令第455号", "行政法规"),
    ("宗教事务条例", "国务院令第686号", "行政法规"),
    ("营业性演出管理条例", "国务院令第439号", "行政法规"),
    (
        "国务院关于深化“证照分离”改革进一步激发市场主体发展活力的通知",
        "国发〔2021〕7号",
        "国务院文件",
    ),
    (
        "国务院关于加快推进政务服务标准化规范化便利化的指导意见",
        "国发〔2022〕5号",
        "国务院文件",
    ),
    (
        "国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见",
        "国办发〔2020〕42号",
        "国务院文件",
    ),
];
/// Code, name, other words.
pub(super) const AUDIENCE_WORDS: [(&str, &str, &str); 7] = [
    ("1", "自然人", "个人"),
    ("2", "企业法人", "企业"),
    ("3", "事业法人", "事业单位法人"),
    ("4", "社会组织法人", "社会组织"),
    ("5", "非法人企业", "非法人企业"),
    ("6", "行政机关", "机关"),
    ("9", "其他组织", "其它组织"),
];
/// Name and the other names of the same paper.
pub(super) const PAPERS: [(&str, &[&str]); 34] = [
    ("居民身份证", &["身份证", "中华人民共和国居民身份证", "二代身份证"]),
    ("居民户口簿", &["户口簿", "户口本"]),
    ("结婚证", &["结婚证书"]),
    ("出生医学证明", &["出生证明"]),
    ("无犯罪记录证明", &["无刑事犯罪记录证明"]),
    ("营业执照", &["工商营业执照"]),
    ("企业法人营业执照", &["法人营业执照"]),
    ("事业单位法人证书", &["事业法人证书"]),
    ("统一社会信用代码证书", &["统一社会信用代码证"]),
    ("开户许可证", &["银行开户许可证"]),
    ("验资报告", &["验资报告书"]),
    ("审计报告", &["审计报告书"]),
    ("授权委托书", &["委托授权书", "委托书"]),
    ("介绍信", &["单位介绍信"]),
    ("学历证书", &["毕业证书", "毕业证"]),
    ("学位证书", &["学位证"]),
    ("健康证明", &["健康证"]),
    ("不动产权证书", &["不动产权证"]),
    ("房屋租赁合同", &["租赁合同", "房屋租赁协议"]),
    ("教师资格证书", &["教师资格证"]),
    ("公司章程", &[]),
    ("环境影响评价报告书", &[]),
    ("场地使用证明", &[]),
    ("设备清单", &[]),
    ("从业人员名册", &[]),
    ("管理制度文本", &[]),
    ("消防验收意见书", &[]),
    ("工艺流程图", &[]),
    ("厂区平面布置图", &[]),
    ("产品检验报告", &[]),
    ("安全评价报告", &[]),
    ("应急预案", &[]),
    ("可行性研究报告", &[]),
    ("水资源论证报告书", &[]),
];
/// Name and the other names of the same step.
pub(super) const STEPS: [(&str, &[&str]); 14] = [
    ("申请", &["提出申请", "提交申请"]),
    ("收件", &["接件", "窗口收件"]),
    ("受理", &["窗口受理", "予以受理"]),
    ("审查", &["材料审查", "书面审查"]),
    ("审核", &["材料审核", "业务审核"]),
    ("征求意见", &["征求部门意见"]),
    ("公示", &["社会公示"]),
    ("决定", &["作出决定", "审批决定"]),
    ("签发", &["领导签发"]),
    ("制证", &["制作证照", "证件制作"]),
    ("颁证", &["发证", "颁发证照"]),
    ("送达", &["结果送达", "文书送达"]),
    ("办结", &["窗口办结", "事项办结"]),
    ("归档", &["存档", "材料归档"]),
];
/// Sentences with `{}` for a number, and the numbers that fit.
pub(super) const CONDITION_TEXTS: [(&str, &[u32]); 34] = [
    ("申请人年满{}周岁，具有完全民事行为能力", &[18, 20, 22]),
    ("有{}名以上取得职业资格证书的专业技术人员", &[2, 3, 5, 8, 12]),
    ("注册资本{}万元以上", &[30, 50, 100, 200, 500, 1000]),
    ("营业场所使用面积在{}平方米以上", &[20, 40, 60, 120, 300, 1500]),
    ("主要负责人应当具有{}年以上的从业经历", &[2, 3, 5, 10]),
    ("最近{}年内没有因违法经营受过行政处罚", &[1, 2, 3, 5]),
    ("有与经营规模相适应的仓库或者委托储存协议", &[]),
    ("从业人员应当经培训并考核合格", &[]),
    ("建设项目应当符合国土空间规划", &[]),
    ("生产设备经检验合格且在有效期内", &[]),
    ("有健全的安全生产管理制度", &[]),
    ("有完善的质量控制流程和追溯办法", &[]),
    ("营业场所与中小学校的距离不少于{}米", &[50, 100, 200]),
    ("法定代表人未被列入严重违法失信名单", &[]),
    ("在中华人民共和国境内依法设立", &[]),
    ("自有车辆不少于{}辆", &[5, 10, 20, 50]),
    ("取水口位置符合“水功能区划”的要求", &[]),
    ("有{}个以上固定的营业网点", &[2, 3, 6]),
    ("持证上岗人员的比例达到{}%以上", &[50, 60, 80, 90]),
    ("连续稳定经营满{}年", &[1, 2, 3]),
    ("具有大学本科以上学历", &[]),
    ("持有有效的《特种设备使用登记证》", &[]),
    ("办公用房的剩余租期在{}个月以上", &[6, 12, 24]),
    ("废水经处理后达标排放", &[]),
    ("有符合要求的消防设施和安全通道", &[]),
    ("出资人为中国公民或者境内企业", &[]),
    ("已缴清上一年度的水资源费", &[]),
    ("不妨碍公共交通和行人安全", &[]),
    ("采伐地点的林木权属清楚", &[]),
    ("配备{}台以上的检测仪器", &[2, 4, 6]),
    ("拟聘用的驾驶员安全驾驶里程在{}公里以上", &[5000, 10000, 30000]),
    ("举办者提供的开办资金不低于{}万元", &[10, 20, 80]),
    ("申请人可以自行办理或者委托他人办理", &[]),
    ("作业区域的噪声昼间不超过{}分贝", &[55, 60, 65]),
];
pub(super) const PER: [&str; 5] = ["件", "平方米", "人次", "证", "本"];
pub(super) const RESULTS: [(&str, usize); 5] = [
    ("许可证", 0),
    ("登记证书", 0),
    ("备案凭证", 0),
    ("批复", 1),
    ("准予决定书", 1),
];
/// Code, name, another word.
pub(super) const RESULT_TYPES: [(&str, &str, &str); 2] = [("10", "证照", "证件"), ("20", "批文", "批复文件")];

pub(super) fn pick<'a, T>(random: &mut Random, pool: &'a [T]) -> &'a T {
    &pool[random.below(pool.len())]
}

/// `n` different indices below `most`.
pub(super) fn some(random: &mut Random, n: usize, most: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..most).collect();
    (0..n.min(most)).map(|_| all.remove(random.below(all.len()))).collect()
}

pub(super) fn item(at: usize, random: &mut Random) -> Item {
    let kind = random.below(KINDS.len());
    let thing = *pick(random, &THINGS);
    let act = *pick(random, &ACTS);
    let code = format!(
        "00{}{:02}{:03}{:03}",
        KINDS[kind].0,
        10 + at % 60,
        1 + at / 60 % 999,
        at % 7
    );
    let bracket = random.below(3);
    let stem = match bracket {
        0 => format!("{thing}{act}"),
        1 => format!("{thing}（第{}类）{act}", chinese(1 + at as u32 % 20)),
        _ => format!("《{thing}证》{act}"),
    };
    let count = 2 + random.below(3);
    let mut basis: Vec<Cited> = some(random, count, LAWS.len())
        .into_iter()
        .map(|law| {
            let article = 3 + random.below(90) as u32;
            let paragraph = random.below(3) as u32;
            let item = if random.below(3) == 0 {
                1 + random.below(6) as u32
            } else {
                0
            };
            Cited {
                law,
                article,
                paragraph,
                item,
            }
        })
        .collect();
    if random.below(4) == 0 {
        let article = basis[0].article + 11;
        basis.insert(
            1,
            Cited {
                law: basis[0].law,
                article,
                paragraph: 0,
                item: 0,
            },
        );
    }
    let count = 1 + random.below(4);
    let mut audience = some(random, count, AUDIENCE_WORDS.len());
    // All three kinds of 法人, which one word may stand for.
    if random.below(4) == 0 {
        audience.retain(|at| !(1..=3).contains(at));
        audience.extend(1..=3);
    }
    audience.sort_unstable();
    let count = 2 + random.below(5);
    let mut conditions: Vec<Condition> = some(random, count, CONDITION_TEXTS.len())
        .into_iter()
        .map(|text| {
            let (text, numbers) = CONDITION_TEXTS[text];
            let number = if numbers.is_empty() { 0 } else { *pick(random, numbers) };
            Condition {
                text: text.to_owned(),
                number,
            }
        })
        .collect();
    if random.below(3) == 0 {
        conditions.push(Condition {
            text: format!("{thing}活动符合第{{}}号技术规范"),
            number: 100 + at as u32 % 800,
        });
    }
    let count = 2 + random.below(6);
    let mut materials: Vec<Paper> = some(random, count, PAPERS.len())
        .into_iter()
        .map(|paper| PAPERS[paper].0.to_owned())
        .chain(std::iter::once(format!("{thing}{act}申请表")))
        .map(|name| {
            let (originals, copies) = [(1, 0), (2, 0), (0, 1), (0, 2), (1, 1), (1, 2), (0, 0), (3, 0)][random.below(8)];
            let need = [0, 0, 0, 1, 2][random.below(5)];
            Paper {
                name,
                originals,
                copies,
                need,
            }
        })
        .collect();
    let last = materials.len() - 1;
    let first = random.below(materials.len());
    materials.swap(first, last);
    let count = 3 + random.below(4);
    let mut chosen = some(random, count, STEPS.len());
    chosen.sort_unstable();
    let timed = random.below(2) == 0;
    let steps = chosen
        .into_iter()
        .map(|step| Step {
            name: STEPS[step].0,
            days: if timed { 1 + random.below(9) as u32 } else { 0 },
        })
        .collect();
    let statutory = match random.below(8) {
        0 => Limit {
            n: [30, 45, 60, 90][random.below(4)],
            unit: Unit::Calendar,
        },
        1 => Limit {
            n: [1, 2, 3, 6][random.below(4)],
            unit: Unit::Month,
        },
        2 => Limit {
            n: 1 + random.below(2) as u32,
            unit: Unit::Year,
        },
        _ => Limit {
            n: [5, 7, 10, 15, 20, 30, 45, 60][random.below(8)],
            unit: Unit::Working,
        },
    };
    let promised = match random.below(8) {
        0 | 1 => Limit {
            n: 0,
            unit: Unit::Working,
        },
        2 => Limit {
            n: [4, 12, 24, 48][random.below(4)],
            unit: Unit::Hour,
        },
        _ => Limit {
            n: 1 + random.below(29) as u32,
            unit: Unit::Working,
        },
    };
    let yuan = |random: &mut Random| [5, 10, 20, 35, 50, 80, 100, 120, 200, 300, 1000, 2000][random.below(12)];
    let fees = match random.below(6) {
        0 => vec![Fee {
            name: "工本费",
            yuan: yuan(random),
            per: "证",
        }],
        1 => vec![
            Fee {
                name: "首次申领",
                yuan: yuan(random),
                per: "证",
            },
            Fee {
                name: "遗失补领",
                yuan: yuan(random),
                per: "证",
            },
        ],
        2 | 3 => vec![Fee {
            name: "",
            yuan: yuan(random),
            per: PER[random.below(PER.len())],
        }],
        _ => Vec::new(),
    };
    let (word, result_type) = *pick(random, &RESULTS);
    let mut results = vec![format!("{thing}{word}")];
    if random.below(4) == 0 {
        results.push(format!("{thing}{}", if result_type == 0 { "副证" } else { "告知函" }));
    }
    Item {
        code,
        stem,
        case: (random.below(2) == 0).then(|| *pick(random, &CASES)),
        kind,
        basis,
        audience,
        any: random.below(6) == 0,
        conditions,
        materials,
        steps,
        times: [statutory, promised],
        fees,
        results,
        result_type,
    }
}

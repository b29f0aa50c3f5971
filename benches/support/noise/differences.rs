//! The differences: changes of what an item says, each with the detail that must be reported.
//!
//! Must not know how the item will be written.

use super::generator::Random;
use super::items::*;
use super::{AUDIENCE, BASIS, CONDITIONS, FEES, MATERIALS, NAME, PROCEDURE, PROMISED, RESULT, STATUTORY, TYPE};

/// What must be told of a planted difference, and nothing beside it. Texts are looked for inside what is told.
#[derive(Clone, Debug)]
pub(super) enum Told {
    Added(String),
    Removed(String),
    /// One thing changed, or one went and one came.
    Swap(String, String),
}

/// What must be reported of a planted difference.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) told: Told,
    /// How the right side stands to the left, where the brief of the element says so.
    pub(super) relation: Option<&'static str>,
}

/// One kind of real difference.
pub(crate) struct Difference {
    pub(crate) element: usize,
    pub(crate) name: &'static str,
    /// Changes the item; `None` where the item has nothing to change in this way.
    pub(super) plant: fn(&mut Item, &mut Random) -> Option<Expected>,
}

pub(super) const fn d(
    element: usize,
    name: &'static str,
    plant: fn(&mut Item, &mut Random) -> Option<Expected>,
) -> Difference {
    Difference { element, name, plant }
}

pub(super) fn added(text: impl ToString, relation: Option<&'static str>) -> Option<Expected> {
    Some(Expected {
        told: Told::Added(text.to_string()),
        relation,
    })
}

pub(super) fn removed(text: impl ToString, relation: Option<&'static str>) -> Option<Expected> {
    Some(Expected {
        told: Told::Removed(text.to_string()),
        relation,
    })
}

pub(super) fn swapped(from: impl ToString, to: impl ToString, relation: Option<&'static str>) -> Option<Expected> {
    Some(Expected {
        told: Told::Swap(from.to_string(), to.to_string()),
        relation,
    })
}

/// Replaces a word in the first condition that has it.
pub(super) fn reword(item: &mut Item, from: &str, to: &str, relation: Option<&'static str>) -> Option<Expected> {
    let condition = item
        .conditions
        .iter_mut()
        .find(|condition| condition.text.contains(from))?;
    condition.text = condition.text.replacen(from, to, 1);
    let number = condition.number.to_string();
    swapped(from.replace("{}", &number), to.replace("{}", &number), relation)
}

/// Changes the number in the first condition that has a word.
pub(super) fn renumber(
    item: &mut Item,
    word: &str,
    to: fn(u32) -> u32,
    relation: Option<&'static str>,
) -> Option<Expected> {
    let condition = item
        .conditions
        .iter_mut()
        .find(|condition| condition.number > 0 && condition.text.contains(word))?;
    let from = condition.number;
    condition.number = to(from);
    (condition.number != from).then_some(())?;
    swapped(from, condition.number, relation)
}

pub(super) fn retime(item: &mut Item, at: usize, to: Limit, relation: Option<&'static str>) -> Option<Expected> {
    let from = item.times[at];
    item.times[at] = to;
    // A year is twelve months.
    let spelt = |limit: Limit| match (limit.n, limit.unit) {
        (0, _) => "即办".to_owned(),
        (n, Unit::Year) => (12 * n).to_string(),
        (n, _) => n.to_string(),
    };
    (from != to).then_some(())?;
    swapped(spelt(from), spelt(to), relation)
}

pub(super) fn restep(item: &mut Item, from: &str, to: &'static str) -> Option<Expected> {
    if item.steps.iter().any(|step| step.name == to) {
        return None;
    }
    let step = item.steps.iter_mut().find(|step| step.name == from)?;
    step.name = to;
    swapped(from, to, None)
}

pub(super) fn repaper(item: &mut Item, from: &str, to: &str) -> Option<Expected> {
    if item.materials.iter().any(|paper| paper.name == to) {
        return None;
    }
    let paper = item.materials.iter_mut().find(|paper| paper.name.ends_with(from))?;
    paper.name = paper.name.replace(from, to);
    swapped(from, to, None)
}

pub(super) fn paper_with(item: &mut Item, fits: fn(&Paper) -> bool) -> Option<&mut Paper> {
    item.materials.iter_mut().find(|paper| fits(paper))
}

/// All kinds of real differences, over every element but the code: a changed code is another item.
#[rustfmt::skip]
pub(crate) const DIFFERENCES: &[Difference] = &[
    // name
    d(NAME, "a word of the name", |item, _| {
        let (from, to) = [("许可", "备案"), ("审批", "备案"), ("登记", "注销登记"), ("核准", "审核"), ("认定", "确认")]
            .into_iter()
            .find(|(from, _)| item.stem.ends_with(from))?;
        item.stem = format!("{}{to}", item.stem.strip_suffix(from)?);
        swapped(from, to, None)
    }),
    d(NAME, "the class in brackets", |item, _| {
        let from = item.stem.find("（第")?;
        item.stem.insert_str(from + "（第".len(), "二十");
        item.stem = item.stem.replace("第二十二十", "第三十").replace("第二十十", "第三十");
        swapped("（第", "（第", None)
    }),
    d(NAME, "what the item is about", |item, _| {
        let (from, to) = THINGS.iter().find_map(|thing| item.stem.contains(thing).then_some((*thing, "再生资源回收")))?;
        item.stem = item.stem.replace(from, to);
        swapped(from, to, None)
    }),
    d(NAME, "the case", |item, _| {
        let from = item.case?;
        let to = if from == "变更" { "注销" } else { "变更" };
        item.case = Some(to);
        swapped(from, to, None)
    }),
    // type
    d(TYPE, "another type", |item, random| {
        let from = item.kind;
        item.kind = (item.kind + 1 + random.below(KINDS.len() - 1)) % KINDS.len();
        swapped(KINDS[from].1, KINDS[item.kind].1, None)
    }),
    // basis
    d(BASIS, "another article", |item, _| {
        let from = item.basis[0].article;
        item.basis[0].article += 1;
        swapped(format!("第{from}条"), format!("第{}条", from + 1), None)
    }),
    d(BASIS, "another paragraph", |item, _| {
        let cited = item.basis.iter_mut().find(|cited| cited.paragraph > 0)?;
        cited.paragraph += 2;
        swapped(format!("第{}款", cited.paragraph - 2), format!("第{}款", cited.paragraph), None)
    }),
    d(BASIS, "another subparagraph", |item, _| {
        let cited = item.basis.iter_mut().find(|cited| cited.item > 0)?;
        cited.item += 1;
        swapped(format!("第（{}）项", cited.item - 1), format!("第（{}）项", cited.item), None)
    }),
    d(BASIS, "another law", |item, random| {
        let cited = item.basis.last()?.clone();
        let from = cited.law;
        let to = random.below(LAWS.len());
        if from == to || item.basis.iter().filter(|cited| cited.law == from || cited.law == to).count() > 1 {
            return None;
        }
        item.basis.last_mut()?.law = to;
        let title = |law: usize| LAWS[law].0.trim_start_matches("中华人民共和国");
        swapped(title(from), title(to), None)
    }),
    d(BASIS, "one more law", |item, random| {
        let law = random.below(LAWS.len());
        if item.basis.iter().any(|cited| cited.law == law) {
            return None;
        }
        item.basis.push(Cited { law, article: 7, paragraph: 0, item: 0 });
        added("第7条", None)
    }),
    d(BASIS, "one law less", |item, _| {
        let cited = (item.basis.len() > 2).then(|| item.basis.pop())??;
        removed(LAWS[cited.law].0.trim_start_matches("中华人民共和国"), None)
    }),
    d(BASIS, "one more article of the same law", |item, _| {
        let cited = item.basis[0].clone();
        item.basis.insert(1, Cited { article: cited.article + 2, ..cited });
        added(format!("第{}条", cited.article + 2), None)
    }),
    // audience
    d(AUDIENCE, "one more", |item, random| {
        let more = random.below(AUDIENCE_WORDS.len());
        if item.audience.contains(&more) {
            return None;
        }
        item.audience.push(more);
        added(AUDIENCE_WORDS[more].1, Some("looser"))
    }),
    d(AUDIENCE, "one less", |item, _| {
        let less = (item.audience.len() > 1).then(|| item.audience.remove(0))?;
        removed(AUDIENCE_WORDS[less].1, Some("stricter"))
    }),
    d(AUDIENCE, "another", |item, random| {
        let to = random.below(AUDIENCE_WORDS.len());
        if item.audience.contains(&to) {
            return None;
        }
        let from = std::mem::replace(&mut item.audience[0], to);
        swapped(AUDIENCE_WORDS[from].1, AUDIENCE_WORDS[to].1, Some("overlapping"))
    }),
    // conditions
    d(CONDITIONS, "one more", |item, _| {
        item.conditions.push(Condition { text: "已取得环境影响评价批准文件".to_owned(), number: 0 });
        added("环境影响评价", Some(if item.any { "looser" } else { "stricter" }))
    }),
    d(CONDITIONS, "one less", |item, _| {
        let less = (item.conditions.len() > 2).then(|| item.conditions.remove(1))?;
        // No more of it: 年满 before a number is not spelt (申请人年满18周岁 is told as 申请人18周岁以上).
        let words: String = less.text.chars().take(3).take_while(|c| *c != '{').collect();
        // A permission (可以 … 委托他人办理) demands nothing, so whoever drops it does not ask for less: no direction is told
        // (`[direction]` of flips.toml).
        let demand = !less.text.contains("可以");
        removed(words, demand.then_some(if item.any { "stricter" } else { "looser" }))
    }),
    d(CONDITIONS, "one of them or all", |item, _| {
        item.any = !item.any;
        let (from, to) = if item.any { ("全部", "之一") } else { ("之一", "全部") };
        swapped(from, to, Some(if item.any { "looser" } else { "stricter" }))
    }),
    d(CONDITIONS, "没有 and 有", |item, _| reword(item, "没有因违法经营受过", "有因违法经营受过", None)),
    d(CONDITIONS, "未被 and 被", |item, _| reword(item, "未被列入", "被列入", None)),
    d(CONDITIONS, "应当 and 可以", |item, _| reword(item, "应当", "可以", None)),
    d(CONDITIONS, "或者 and 和", |item, _| reword(item, "仓库或者委托", "仓库和委托", None)),
    d(CONDITIONS, "和 and 或者", |item, _| reword(item, "消防设施和安全", "消防设施或者安全", None)),
    d(CONDITIONS, "且 and 或", |item, _| reword(item, "检验合格且在", "检验合格或在", None)),
    d(CONDITIONS, "以上 and 以下", |item, _| reword(item, "平方米以上", "平方米以下", None)),
    d(CONDITIONS, "以上 and 超过", |item, _| reword(item, "资本{}万元以上", "资本超过{}万元", Some("stricter"))),
    d(CONDITIONS, "不少于 and 不超过", |item, _| {
        reword(item, "不少于{}辆", "不超过{}辆", None)?;
        let number = item.conditions.iter().find(|condition| condition.text.contains("不超过{}辆"))?.number;
        // 不少于 and 以上 are one word in the normal form, whichever it is.
        swapped(format!("{number}辆"), format!("{number}辆"), None)
    }),
    d(CONDITIONS, "境内 and 境外", |item, _| reword(item, "境内", "境外", None)),
    d(CONDITIONS, "a lower age", |item, _| renumber(item, "周岁", |_| 16, Some("looser"))),
    d(CONDITIONS, "a higher amount", |item, _| renumber(item, "注册资本", |n| n * 2, Some("stricter"))),
    d(CONDITIONS, "fewer people", |item, _| renumber(item, "名以上", |n| n - 1, Some("looser"))),
    d(CONDITIONS, "another share", |item, _| renumber(item, "%以上", |n| n + 5, Some("stricter"))),
    d(CONDITIONS, "another unit", |item, _| reword(item, "{}平方米", "{}亩", None)),
    d(CONDITIONS, "月 and 年", |item, _| reword(item, "{}个月以上", "{}年以上", Some("stricter"))),
    d(CONDITIONS, "another degree", |item, _| reword(item, "大学本科", "大学专科", None)),
    d(CONDITIONS, "a number of a standard", |item, _| renumber(item, "技术规范", |n| n + 1, None)),
    // materials
    d(MATERIALS, "one more", |item, _| {
        item.materials.push(Paper { name: "完税证明".to_owned(), originals: 1, copies: 0, need: 0 });
        added("完税证明", Some("more"))
    }),
    d(MATERIALS, "one less", |item, _| {
        let less = (item.materials.len() > 2).then(|| item.materials.remove(1))?;
        removed(less.name, Some("fewer"))
    }),
    d(MATERIALS, "original and copy", |item, _| {
        let paper = paper_with(item, |paper| paper.originals == 0 && paper.copies > 0)?;
        (paper.originals, paper.copies) = (paper.copies, 0);
        swapped("复印件", "原件", Some("stricter"))
    }),
    d(MATERIALS, "more copies", |item, _| {
        let paper = paper_with(item, |paper| paper.copies > 0)?;
        paper.copies += 3;
        swapped(paper.copies - 3, paper.copies, Some("more"))
    }),
    d(MATERIALS, "fewer originals", |item, _| {
        let paper = paper_with(item, |paper| paper.originals > 1)?;
        paper.originals -= 1;
        swapped(paper.originals + 1, paper.originals, Some("fewer"))
    }),
    d(MATERIALS, "no longer necessary", |item, _| {
        paper_with(item, |paper| paper.need == 0)?.need = 1;
        swapped("必要", "非必要", Some("looser"))
    }),
    d(MATERIALS, "may follow later", |item, _| {
        paper_with(item, |paper| paper.need == 0)?.need = 2;
        swapped("必要", "容缺后补", Some("looser"))
    }),
    d(MATERIALS, "now necessary", |item, _| {
        paper_with(item, |paper| paper.need == 1)?.need = 0;
        swapped("非必要", "必要", Some("stricter"))
    }),
    d(MATERIALS, "申请表 and 申请书", |item, _| repaper(item, "申请表", "申请书")),
    d(MATERIALS, "identity card and proof of identity", |item, _| repaper(item, "居民身份证", "身份证明")),
    d(MATERIALS, "certificate and proof of education", |item, _| repaper(item, "学历证书", "学历证明")),
    d(MATERIALS, "articles of association and their amendment", |item, _| repaper(item, "公司章程", "公司章程修正案")),
    // procedure
    d(PROCEDURE, "one more", |item, _| {
        item.steps.insert(1, Step { name: "专家评审", days: if item.steps[0].days > 0 { 5 } else { 0 } });
        added("专家评审", Some("more"))
    }),
    d(PROCEDURE, "one less", |item, _| {
        let less = (item.steps.len() > 3).then(|| item.steps.remove(1))?;
        removed(less.name, Some("fewer"))
    }),
    d(PROCEDURE, "other order", |item, _| {
        item.steps.swap(1, 2);
        swapped(item.steps[1].name, item.steps[2].name, None)
    }),
    d(PROCEDURE, "审查 and 审核", |item, _| restep(item, "审查", "审核")),
    d(PROCEDURE, "决定 and 核准", |item, _| restep(item, "决定", "核准")),
    d(PROCEDURE, "more days in a step", |item, _| {
        let step = item.steps.iter_mut().find(|step| step.days > 0)?;
        step.days += 10;
        swapped(step.days - 10, step.days, Some("longer"))
    }),
    d(PROCEDURE, "fewer days in a step", |item, _| {
        let step = item.steps.iter_mut().find(|step| step.days > 1)?;
        step.days -= 1;
        swapped(step.days + 1, step.days, Some("shorter"))
    }),
    // times
    d(STATUTORY, "longer", |item, _| {
        let limit = item.times[0];
        retime(item, 0, Limit { n: limit.n + 5, ..limit }, Some("longer"))
    }),
    d(STATUTORY, "shorter", |item, _| {
        let limit = item.times[0];
        (limit.n > 4).then_some(())?;
        retime(item, 0, Limit { n: limit.n - 3, ..limit }, Some("shorter"))
    }),
    d(STATUTORY, "工作日 and 自然日", |item, _| {
        let limit = item.times[0];
        (limit.unit == Unit::Working).then_some(())?;
        retime(item, 0, Limit { unit: Unit::Calendar, ..limit }, None)
    }),
    d(STATUTORY, "个月 and 工作日", |item, _| {
        let limit = item.times[0];
        (limit.unit == Unit::Month).then_some(())?;
        retime(item, 0, Limit { n: limit.n * 20, unit: Unit::Working }, None)
    }),
    d(PROMISED, "longer", |item, _| {
        let limit = item.times[1];
        (limit.n > 0).then_some(())?;
        retime(item, 1, Limit { n: limit.n + 2, ..limit }, Some("longer"))
    }),
    d(PROMISED, "shorter", |item, _| {
        let limit = item.times[1];
        (limit.n > 2).then_some(())?;
        retime(item, 1, Limit { n: limit.n - 1, ..limit }, Some("shorter"))
    }),
    d(PROMISED, "no longer on the spot", |item, _| {
        (item.times[1].n == 0).then_some(())?;
        retime(item, 1, Limit { n: 3, unit: Unit::Working }, Some("longer"))
    }),
    d(PROMISED, "on the spot", |item, _| {
        (item.times[1].n > 0).then_some(())?;
        retime(item, 1, Limit { n: 0, unit: Unit::Working }, Some("shorter"))
    }),
    d(PROMISED, "工作日 and 小时", |item, _| {
        let limit = item.times[1];
        (limit.unit == Unit::Working && limit.n > 0).then_some(())?;
        retime(item, 1, Limit { unit: Unit::Hour, ..limit }, None)
    }),
    // fees
    d(FEES, "dearer", |item, _| {
        let fee = item.fees.first_mut()?;
        fee.yuan += 15;
        swapped(fee.yuan - 15, fee.yuan, Some("dearer"))
    }),
    d(FEES, "cheaper", |item, _| {
        let fee = item.fees.last_mut().filter(|fee| fee.yuan > 5)?;
        fee.yuan -= 4;
        swapped(fee.yuan + 4, fee.yuan, Some("cheaper"))
    }),
    d(FEES, "per something else", |item, _| {
        let fee = item.fees.first_mut()?;
        let from = std::mem::replace(&mut fee.per, "台");
        swapped(from, "台", None)
    }),
    d(FEES, "free and charged", |item, _| {
        item.fees.is_empty().then(|| item.fees.push(Fee { name: "", yuan: 25, per: "件" }))?;
        swapped("不收费", "25", Some("dearer"))
    }),
    d(FEES, "charged and free", |item, _| {
        (!item.fees.is_empty()).then(|| item.fees.clear())?;
        swapped("元", "不收费", Some("cheaper"))
    }),
    d(FEES, "charged for something else", |item, _| {
        let fee = item.fees.first_mut().filter(|fee| !fee.name.is_empty())?;
        let from = std::mem::replace(&mut fee.name, "检验费");
        swapped(from, "检验费", None)
    }),
    d(FEES, "one more charge", |item, _| {
        (item.fees.len() == 1 && !item.fees[0].name.is_empty())
            .then(|| item.fees.push(Fee { name: "检验费", yuan: 60, per: "件" }))?;
        added("检验费", Some("dearer"))
    }),
    // result
    d(RESULT, "another paper", |item, _| {
        let from = item.results[0].clone();
        item.results[0] = format!("{from}附件");
        swapped(from, "附件", None)
    }),
    d(RESULT, "another type", |item, _| {
        let from = item.result_type;
        item.result_type = 1 - from;
        (item.results.len() == 1).then_some(())?;
        swapped(RESULT_TYPES[from].1, RESULT_TYPES[1 - from].1, None)
    }),
    d(RESULT, "one more", |item, _| {
        item.results.push("年度检验标识".to_owned());
        added("年度检验标识", None)
    }),
    d(RESULT, "one less", |item, _| {
        let less = (item.results.len() > 1).then(|| item.results.remove(1))?;
        removed(less, None)
    }),
];

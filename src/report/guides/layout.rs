//! How a guide is laid out, whatever it is written in: which elements, in which order, and what of a value is a list, numbered or a
//! table.
//!
//! Must not know a format.

use crate::model::{Citation, Clauses, Connector, Cut, Fees, Guide, GuideValue, Material, Necessity, Step, Value};

/// The elements in the order in which a guide is printed, and whether one says so where nothing is said of it (京办法 6, domain handbook
/// section 4; what is not in a profile is not in its guides).
pub const ORDER: [(&str, bool); 36] = [
    ("name", true),
    ("code", true),
    ("type", true),
    ("body", true),
    ("body_code", false),
    ("level", false),
    ("guide_dept", false),
    ("audience", true),
    ("basis", true),
    ("conditions", true),
    ("quota", false),
    ("materials", true),
    ("tolerance", false),
    ("procedure", true),
    ("review_std", false),
    ("statutory_time", true),
    ("promised_time", true),
    ("case_type", false),
    ("fees", true),
    ("pay_online", false),
    ("result", true),
    ("result_sample", false),
    ("result_delivery", false),
    ("channel", true),
    ("visits", false),
    ("online_depth", false),
    ("online_url", false),
    ("express", false),
    ("schedule", false),
    ("area", false),
    ("place", true),
    ("time", true),
    ("consult", true),
    ("complain", true),
    ("link_url", false),
    ("qa", false),
];

/// What is written where nothing is said.
pub(super) const UNSAID: &str = "未载明";

/// What is written before a text that has no normal form.
pub(super) const AS_IT_STANDS: &str = "未能归一，照录原文";

/// What is written before a text that stops before its end.
pub(super) const CUT_OFF: &str = "原文不完整，照录";

/// A piece of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Nothing is said.
    Unsaid,
    /// A line.
    Line(String),
    /// Entries without an order, each with how deep it stands.
    List(Vec<(u8, String)>),
    /// Entries one after the other.
    Steps(Vec<String>),
    /// Headers and rows.
    Table(Vec<&'static str>, Vec<Vec<String>>),
    /// What is said of the raw text, and the text.
    Raw(&'static str, String),
}

/// The columns of materials; those in which no material says anything are left out.
const MATERIALS: [&str; 7] = ["序号", "材料名称", "形式", "份数", "必要性", "来源", "说明"];

/// What is written of an element; nothing where it is left out.
pub(super) fn blocks(said: &GuideValue<'_>, always: bool) -> Vec<Block> {
    let mut blocks = match said.value {
        Value::Empty if !always => return Vec::new(),
        Value::Empty => vec![Block::Unsaid],
        Value::Unknown(_, text) => {
            let raw = said.raw.clone().unwrap_or_else(|| text.clone());
            return vec![Block::Raw(AS_IT_STANDS, raw)];
        }
        Value::Citations(items) => vec![Block::List(items.iter().map(|item| (0, cited(item))).collect())],
        Value::Clauses(clauses) => of_clauses(clauses),
        Value::Materials(items) if !items.is_empty() => vec![of_materials(items)],
        Value::Steps(steps) => of_steps(steps),
        Value::Fees(Fees::Charged(items)) if !items.is_empty() => {
            vec![Block::List(items.iter().map(|item| (0, item.to_string())).collect())]
        }
        Value::Outcomes(items) if items.len() > 1 => {
            vec![Block::List(items.iter().map(|item| (0, item.to_string())).collect())]
        }
        value => value
            .spelling()
            .lines()
            .map(|line| Block::Line(line.to_owned()))
            .collect(),
    };
    if let Some(raw) = &said.raw {
        blocks.push(Block::Raw(CUT_OFF, raw.clone()));
    }
    blocks
}

/// A legal basis with its document number: 《办法》（国发〔2018〕1号）第3条.
fn cited(citation: &Citation) -> String {
    let number = citation.number.as_ref().filter(|number| **number != citation.title);
    let number = number.map_or(String::new(), |number| format!("（{number}）"));
    format!("{}{number}{}", citation.named(), citation.place())
}

fn of_clauses(clauses: &Clauses) -> Vec<Block> {
    let mut blocks = Vec::new();
    match clauses.connector {
        Connector::All => {}
        Connector::Any => blocks.push(Block::Line("符合下列条件之一：".to_owned())),
        Connector::AtLeast(n) => blocks.push(Block::Line(format!("符合下列条件中的{n}项以上："))),
    }
    if clauses.items.is_empty() && clauses.cut == Cut::No {
        blocks.push(Block::Line("无条件".to_owned()));
    } else {
        let items = clauses.items.iter().map(|clause| (clause.depth, clause.text.clone()));
        blocks.push(Block::List(items.collect()));
    }
    blocks
}

fn of_materials(items: &[Material]) -> Block {
    let rows: Vec<Vec<String>> = (1..).zip(items).map(|(at, item)| material(at, item)).collect();
    let told = |column: &usize| *column < 2 || rows.iter().any(|row| !row[*column].is_empty());
    let columns: Vec<usize> = (0..MATERIALS.len()).filter(told).collect();
    let pick = |row: &Vec<String>| columns.iter().map(|&at| row[at].clone()).collect();
    Block::Table(
        columns.iter().map(|&at| MATERIALS[at]).collect(),
        rows.iter().map(pick).collect(),
    )
}

fn material(at: usize, item: &Material) -> Vec<String> {
    let (form, measure) = (&item.form, item.measure());
    let said = |marks: &[(bool, &str)]| {
        let words = marks.iter().filter(|(on, _)| *on).map(|(_, word)| *word);
        words.collect::<Vec<_>>().join("、")
    };
    let kind = if form.either {
        "原件或复印件".to_owned()
    } else {
        said(&[(form.original, "原件"), (form.copy, "复印件")])
    };
    let medium = match (form.paper, form.electronic) {
        (true, true) => "纸质或电子件",
        (true, false) => "纸质",
        (false, true) => "电子件",
        (false, false) => "",
    };
    let forms: Vec<&str> = [kind.as_str(), medium]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let counts = [("原件", item.originals), ("复印件", item.copies), ("", item.sheets)];
    let counts = counts
        .iter()
        .filter_map(|(word, n)| n.map(|n| format!("{word}{n}{measure}")));
    let marks = said(&[
        (form.shown, "原件核验"),
        (form.kept, "收原件"),
        (form.sealed, "盖章"),
        (form.signed, "签字"),
        (item.in_person == Some(true), "本人到场"),
    ]);
    let mut remarks: Vec<String> = Vec::new();
    remarks.extend((!marks.is_empty()).then_some(marks));
    remarks.extend(item.when.iter().map(|when| format!("仅限{when}")));
    remarks.extend(item.remark.clone());
    vec![
        at.to_string(),
        item.title(),
        forms.join("，"),
        counts.collect::<Vec<_>>().join("，"),
        match item.necessity {
            // What is not said to be otherwise is required; it is not said where nothing is said of any.
            Necessity::Required => String::new(),
            other => other.word().to_owned(),
        },
        item.source.clone().unwrap_or_default(),
        remarks.join("；"),
    ]
}

fn of_steps(steps: &[Step]) -> Vec<Block> {
    let spelt = |apart: bool| -> Vec<String> {
        let own = steps.iter().filter(|step| step.apart == apart);
        let spell = |step: &Step| match step.special && !apart {
            true => format!("{step}（特别程序）"),
            false => step.to_string(),
        };
        own.map(spell).collect()
    };
    let (steps, apart) = (spelt(false), spelt(true));
    let mut blocks = Vec::new();
    if !steps.is_empty() {
        blocks.push(Block::Steps(steps));
    }
    if !apart.is_empty() {
        blocks.push(Block::Line(format!("特别程序：{}", apart.join("、"))));
    }
    blocks
}

/// The heading of a guide.
pub(super) fn heading<'g>(guide: &'g Guide<'_>) -> &'g str {
    match guide.name.as_str() {
        "" if guide.code.is_empty() => UNSAID,
        "" => &guide.code,
        name => name,
    }
}

/// How a region is called.
pub(super) fn region<'g>(guide: &'g Guide<'_>) -> &'g str {
    match guide.region.name.as_str() {
        "" => &guide.region.id,
        name => name,
    }
}

/// What is said of a guide as a whole: where it comes from, and its other codes.
pub(super) fn about(guide: &Guide<'_>) -> Vec<String> {
    let (id, name) = (&*guide.region.id, guide.region.name.as_str());
    // A region that is only known by its file has no name of its own.
    let region = match name == id {
        true => name.to_owned(),
        false => format!("{id} {name}").trim().to_owned(),
    };
    let mut lines = vec![region];
    lines.extend(guide.codes.iter().map(|(_, title, text)| format!("{title} {text}")));
    lines
}

/// Where the text of a guide stands.
pub(super) fn source(guide: &Guide<'_>) -> String {
    let place = &guide.place;
    let sheet = place.sheet.as_ref().map_or(String::new(), |sheet| format!("[{sheet}]"));
    format!("来源：{}{sheet} 第{}行", place.file, place.row)
}

/// How wide a column is, in characters.
pub(super) fn width(header: &str) -> f64 {
    match header {
        "事项名称" | "设定依据" | "受理条件" | "申请材料" | "办理流程" | "审查标准" | "常见问题" => {
            40.0
        }
        "办理地点" | "办理时间" | "咨询方式" | "监督投诉方式" | "办理结果" | "收费" | "实施主体" => {
            24.0
        }
        "工作表" | "来源行" | "事项类型" | "行使层级" | "区域代码" => 10.0,
        _ => 16.0,
    }
}

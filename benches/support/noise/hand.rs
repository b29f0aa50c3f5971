//! How an item is written: the hand of the left list, and what of it a notation may change.
//!
//! Must not know the notations.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::generator::chinese;
use super::items::{AUDIENCE_WORDS, Cited, Condition, Fee, Item, KINDS, LAWS, Limit, Paper, RESULT_TYPES, Step};
use super::{AUDIENCE, BASIS, CONDITIONS, FEES, MATERIALS, PROCEDURE, RESULT};

/// Named fields, as formats with records have them.
pub(super) type Record = Vec<(&'static str, String)>;

/// What is done to a finished text.
pub(super) type Over = fn(&str) -> String;

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(String),
    /// Only where a format has lists.
    List(Vec<String>),
    /// Only where a format has records.
    Table(Vec<Record>),
}

/// The columns of a list: the header of the left list, of the right table, and the key of the right records.
pub(super) const COLUMNS: [(&str, &str, &str); 20] = [
    ("事项名称", "政务服务事项名称", "task_name"),
    ("业务办理项名称", "办理项名称", "ywblxmc"),
    ("基本编码", "目录编码", "catalog_code"),
    ("实施编码", "事项实施编码", "task_code"),
    ("事项类型", "事项类别", "task_type"),
    ("事项类型名称", "事项类型文本", "TASK_TYPE_TEXT"),
    ("设定依据", "法律依据", "by_law"),
    ("服务对象", "办理对象", "server_type"),
    ("受理条件", "办理条件", "accept_condition"),
    ("申请材料", "所需材料", "itemMaterials"),
    ("办理流程", "办理程序", "activitys"),
    ("法定办结时限", "法定时限", "anticipate_day"),
    ("法定办结时限单位", "法定时限单位", "anticipate_type"),
    ("承诺办结时限", "承诺时限", "promise_day"),
    ("承诺办结时限单位", "承诺时限单位", "promise_type"),
    ("是否收费", "收费情况", "is_fee"),
    ("收费标准", "收费金额", "fee_stand"),
    ("收费项目名称", "收费项目", "sfxmmc"),
    ("结果名称", "办理结果名称", "result_name"),
    ("结果类型", "办理结果类型", "result_type"),
];
/// The first column of each element, and how many are its.
pub(super) const PLACES: [(usize, usize); 12] = [
    (0, 2),
    (2, 2),
    (4, 2),
    (6, 1),
    (7, 1),
    (8, 1),
    (9, 1),
    (10, 1),
    (11, 2),
    (13, 2),
    (15, 3),
    (18, 2),
];

/// How the entries of a list are put into one cell.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) number: fn(usize) -> String,
    pub(super) between: &'static str,
    pub(super) intro: &'static str,
    pub(super) end: &'static str,
    /// A list of the format, where it has lists.
    pub(super) list: bool,
    /// How far the order is turned; `usize::MAX` is reversed.
    pub(super) turn: usize,
}

/// How an item is written: the way of each element, and what is done to the finished text.
pub(super) struct Hand {
    pub(super) name: fn(&Item) -> [String; 2],
    pub(super) code: fn(&Item) -> [String; 2],
    pub(super) kind: fn(&Item) -> [String; 2],
    pub(super) cite: fn(&Hand, &Cited) -> String,
    pub(super) number: fn(u32) -> String,
    pub(super) title: fn(usize) -> String,
    pub(super) document: fn(&str) -> String,
    pub(super) subparagraph: fn(u32) -> String,
    pub(super) cite_table: bool,
    /// The title of a law is not said again for its next article.
    pub(super) carry: bool,
    pub(super) audience: fn(usize) -> String,
    pub(super) audience_all: fn(&Item) -> Option<Vec<String>>,
    pub(super) condition: fn(&Condition) -> String,
    pub(super) paper_name: fn(&Paper, usize) -> String,
    pub(super) paper: fn(&Hand, &Paper, usize) -> String,
    pub(super) copies: fn(u32) -> String,
    pub(super) paper_table: Option<fn(&Paper) -> Record>,
    pub(super) step_name: fn(&Step) -> String,
    pub(super) step: fn(&Hand, &Step) -> String,
    pub(super) step_table: Option<fn(&Step) -> Record>,
    pub(super) time: [fn(Limit) -> [String; 2]; 2],
    pub(super) fee: fn(&Fee) -> String,
    pub(super) fees: fn(&Hand, &Item) -> [String; 3],
    pub(super) fee_table: bool,
    pub(super) result: fn(&str) -> String,
    pub(super) result_type: fn(usize) -> String,
    pub(super) lists: BTreeMap<usize, Layout>,
    pub(super) over: Vec<(usize, Over)>,
}

pub(super) fn nothing(_: usize) -> String {
    String::new()
}

pub(super) const PLAIN: Layout = Layout {
    number: nothing,
    between: "、",
    intro: "",
    end: "",
    list: false,
    turn: 0,
};
pub(super) const NUMBERED: Layout = Layout {
    number: |n| format!("{n}."),
    between: "；",
    end: "。",
    ..PLAIN
};

pub(super) fn house_cite(hand: &Hand, cited: &Cited) -> String {
    format!("{}{}", head(hand, cited.law), clause(hand, cited))
}

/// Title and document number.
pub(super) fn head(hand: &Hand, law: usize) -> String {
    let number = match LAWS[law].1 {
        "" => String::new(),
        number => (hand.document)(number),
    };
    format!("《{}》{number}", (hand.title)(law))
}

pub(super) fn clause(hand: &Hand, cited: &Cited) -> String {
    let mut out = format!("第{}条", (hand.number)(cited.article));
    if cited.paragraph > 0 {
        let _ = write!(out, "第{}款", (hand.number)(cited.paragraph));
    }
    if cited.item > 0 {
        out.push_str(&(hand.subparagraph)(cited.item));
    }
    out
}

pub(super) fn said(hand: &Hand, paper: &Paper, between: &str) -> String {
    let mut said = Vec::new();
    if paper.originals > 0 {
        said.push(format!("原件{}份", (hand.copies)(paper.originals)));
    }
    if paper.copies > 0 {
        said.push(format!("复印件{}份", (hand.copies)(paper.copies)));
    }
    if paper.need > 0 {
        said.push(["", "非必要", "容缺后补"][paper.need].to_owned());
    }
    said.join(between)
}

pub(super) fn house_paper(hand: &Hand, paper: &Paper, at: usize) -> String {
    let name = (hand.paper_name)(paper, at);
    match said(hand, paper, "，") {
        said if said.is_empty() => name,
        said => format!("{name}（{said}）"),
    }
}

pub(super) fn house_step(hand: &Hand, step: &Step) -> String {
    let name = (hand.step_name)(step);
    match step.days {
        0 => name,
        days => format!("{name}（{days}个工作日）"),
    }
}

pub(super) fn house_time(limit: Limit) -> [String; 2] {
    let text = match limit.n {
        0 => "即办".to_owned(),
        n => format!("{n}{}", limit.unit.counted()),
    };
    [text, String::new()]
}

pub(super) fn house_fee(fee: &Fee) -> String {
    let price = format!("{}元/{}", fee.yuan, fee.per);
    if fee.name.is_empty() {
        price
    } else {
        format!("{}：{price}", fee.name)
    }
}

pub(super) fn house_fees(hand: &Hand, item: &Item) -> [String; 3] {
    let fees: Vec<String> = item.fees.iter().map(|fee| (hand.fee)(fee)).collect();
    let text = if fees.is_empty() {
        "不收费".to_owned()
    } else {
        hand.join(FEES, fees)
    };
    [text, String::new(), String::new()]
}

pub(super) fn house_condition(condition: &Condition) -> String {
    condition.text.replace("{}", &condition.number.to_string())
}

impl Hand {
    /// The hand of the left list.
    pub(super) fn house() -> Hand {
        let lists = [
            (
                BASIS,
                Layout {
                    between: "；", ..PLAIN
                },
            ),
            (AUDIENCE, PLAIN),
            (CONDITIONS, NUMBERED),
            (MATERIALS, NUMBERED),
            (
                PROCEDURE,
                Layout {
                    between: "→", ..PLAIN
                },
            ),
            (
                FEES,
                Layout {
                    between: "；", ..PLAIN
                },
            ),
            (
                RESULT,
                Layout {
                    between: "；", ..PLAIN
                },
            ),
        ];
        Hand {
            name: |item| [item.stem.clone(), item.case.unwrap_or_default().to_owned()],
            code: |item| [item.code.clone(), String::new()],
            kind: |item| [KINDS[item.kind].1.to_owned(), String::new()],
            cite: house_cite,
            number: chinese,
            title: |law| LAWS[law].0.to_owned(),
            document: |number| format!("（{number}）"),
            subparagraph: |n| format!("第（{}）项", chinese(n)),
            cite_table: false,
            carry: false,
            audience: |at| AUDIENCE_WORDS[at].1.to_owned(),
            audience_all: |_| None,
            condition: house_condition,
            paper_name: |paper, _| paper.name.clone(),
            paper: house_paper,
            copies: |n| n.to_string(),
            paper_table: None,
            step_name: |step| step.name.to_owned(),
            step: house_step,
            step_table: None,
            time: [house_time; 2],
            fee: house_fee,
            fees: house_fees,
            fee_table: false,
            result: str::to_owned,
            result_type: |at| RESULT_TYPES[at].1.to_owned(),
            lists: lists.into_iter().collect(),
            over: Vec::new(),
        }
    }

    pub(super) fn list(&mut self, element: usize) -> &mut Layout {
        self.lists.entry(element).or_insert(PLAIN)
    }

    fn ordered(&self, element: usize, mut entries: Vec<String>) -> Vec<String> {
        match self.lists[&element].turn {
            usize::MAX => entries.reverse(),
            turn => {
                let by = turn % entries.len().max(1);
                entries.rotate_left(by);
            }
        }
        entries
    }

    fn join(&self, element: usize, entries: Vec<String>) -> String {
        let layout = self.lists[&element];
        let numbered: Vec<String> = self
            .ordered(element, entries)
            .iter()
            .enumerate()
            .map(|(at, entry)| format!("{}{entry}", (layout.number)(at + 1)))
            .collect();
        format!("{}{}{}", layout.intro, numbered.join(layout.between), layout.end)
    }

    fn cell(&self, element: usize, entries: Vec<String>, lists: bool) -> Cell {
        if lists && self.lists[&element].list {
            Cell::List(self.ordered(element, entries))
        } else {
            Cell::Text(self.join(element, entries))
        }
    }

    /// The cells of one row, in the order of [`COLUMNS`]. `lists` says whether the format has lists and records.
    pub(super) fn write(&self, item: &Item, lists: bool) -> Vec<Cell> {
        let text = |[a, b]: [String; 2]| [Cell::Text(a), Cell::Text(b)];
        let mut row: Vec<Cell> = Vec::with_capacity(COLUMNS.len());
        row.extend(text((self.name)(item)));
        row.extend(text((self.code)(item)));
        row.extend(text((self.kind)(item)));
        row.push(if lists && self.cite_table {
            Cell::Table(item.basis.iter().map(|cited| cite_record(self, cited)).collect())
        } else {
            let mut entries: Vec<String> = Vec::new();
            let mut last = None;
            for cited in &item.basis {
                match entries.last_mut() {
                    Some(entry) if self.carry && last == Some(cited.law) => {
                        let _ = write!(entry, "、{}", clause(self, cited));
                    }
                    _ => entries.push((self.cite)(self, cited)),
                }
                last = Some(cited.law);
            }
            self.cell(BASIS, entries, lists)
        });
        let audience =
            (self.audience_all)(item).unwrap_or_else(|| item.audience.iter().map(|&at| (self.audience)(at)).collect());
        row.push(self.cell(AUDIENCE, audience, lists));
        let mut conditions = self.cell(CONDITIONS, item.conditions.iter().map(self.condition).collect(), lists);
        if item.any {
            // Where one is enough, the introduction says so: it is no matter of notation.
            match &mut conditions {
                Cell::Text(text) => {
                    let list = text.strip_prefix(self.lists[&CONDITIONS].intro).unwrap_or(text);
                    *text = format!("符合下列条件之一：{list}");
                }
                Cell::List(entries) => entries.insert(0, "符合下列条件之一：".to_owned()),
                Cell::Table(_) => {}
            }
        }
        row.push(conditions);
        row.push(match self.paper_table {
            Some(record) if lists => Cell::Table(item.materials.iter().map(record).collect()),
            _ => {
                let papers = item.materials.iter().enumerate();
                self.cell(
                    MATERIALS,
                    papers.map(|(at, paper)| (self.paper)(self, paper, at)).collect(),
                    lists,
                )
            }
        });
        row.push(match self.step_table {
            Some(record) if lists => Cell::Table(item.steps.iter().map(record).collect()),
            _ => self.cell(
                PROCEDURE,
                item.steps.iter().map(|step| (self.step)(self, step)).collect(),
                lists,
            ),
        });
        for at in 0..2 {
            row.extend(text((self.time[at])(item.times[at])));
        }
        if lists && self.fee_table {
            let record = |fee: &Fee| {
                vec![
                    ("收费项目", fee.name.to_owned()),
                    ("收费标准", format!("{}元/{}", fee.yuan, fee.per)),
                ]
            };
            row.extend(text(["1".to_owned(), String::new()]));
            row.push(Cell::Table(item.fees.iter().map(record).collect()));
        } else {
            row.extend((self.fees)(self, item).map(Cell::Text));
        }
        row.push(self.cell(
            RESULT,
            item.results.iter().map(|name| (self.result)(name)).collect(),
            lists,
        ));
        row.push(Cell::Text((self.result_type)(item.result_type)));
        for &(element, over) in &self.over {
            let (first, count) = PLACES[element];
            for cell in &mut row[first..first + count] {
                match cell {
                    Cell::Text(text) if !text.is_empty() => *text = over(text),
                    Cell::List(entries) => entries.iter_mut().for_each(|entry| *entry = over(entry)),
                    _ => {}
                }
            }
        }
        row
    }
}

pub(super) fn cite_record(hand: &Hand, cited: &Cited) -> Record {
    let (_, number, _) = LAWS[cited.law];
    vec![
        ("law_name", format!("《{}》", (hand.title)(cited.law))),
        ("law_number", number.to_owned()),
        ("clause_number", clause(hand, cited)),
        (
            "clause_content",
            format!("{}：申请人应当依法提出申请。", clause(hand, cited)),
        ),
    ]
}

//! Materials: a list of what the applicant hands in, each with canonical name, form, copies, necessity (申请材料).
//!
//! Must not know which materials an item may ask for. What one text says of a paper (原件, 盖章, A4 …) is looked up in the vocabulary.

use foldhash::{HashSet, HashSetExt};

use crate::model::{Form, Material, Necessity, Shape, UnknownWhy, Value};

use super::memo::Memo;
use super::vocabulary::{MaterialWord, Vocabulary, key};
use super::{Parts, Role, enumerate, fold, names, number};

/// The words for a paper that end in this character, the longest first; a name that ends in the character and in none of the words is
/// no paper.
fn paper_words(last: char) -> &'static [&'static str] {
    match last {
        '证' => &["登记证", "许可证", "资格证", "身份证", "凭证", "证"],
        '书' => &["登记证书", "资格证书", "证书", "证明书", "申请书", "报告书", "书"],
        '明' => &["证明", "说明"],
        '表' => &["申请表", "登记表", "表"],
        '照' => &["执照", "护照", "牌照", "驾照"],
        '簿' => &["簿"],
        '本' => &["户口本", "文本", "样本", "副本", "正本"],
        '单' => &["清单", "名单", "单"],
        '函' => &["保函", "函"],
        '图' => &["图"],
        '纸' => &["图纸"],
        '告' => &["报告"],
        '同' => &["合同"],
        '议' => &["协议", "决议"],
        '程' => &["章程"],
        '案' => &["方案", "预案", "档案"],
        '历' => &["简历"],
        '片' => &["照片", "相片"],
        '据' => &["票据", "收据"],
        '票' => &["发票"],
        '复' => &["批复"],
        '执' => &["回执"],
        '信' => &["介绍信"],
        '诺' => &["承诺"],
        '件' => &["证件", "文件"],
        '料' => &["材料", "资料"],
        '见' => &["意见"],
        '定' => &["决定"],
        '度' => &["制度"],
        '录' => &["目录", "记录"],
        '知' => &["通知"],
        _ => &[],
    }
}

/// Ends that look like papers and are none.
const NO_PAPER: [&str; 18] = [
    "论证", "保证", "认证", "验证", "公证", "求证", "查证", "佐证", "签证", "代表", "发表", "填表", "秘书", "图书",
    "简单", "意图", "企图", "制图",
];

/// Marks of the attributes that a table states in columns of their own and a text in brackets.
const SEPARATORS: [char; 9] = ['、', '/', '和', '及', '与', '或', '并', '且', '＋'];

/// Ends that leave open what else is asked: 身份证、户口簿等材料.
const OPEN: [&str; 9] = [
    "等",
    "等等",
    "等材料",
    "等资料",
    "等文件",
    "等证明材料",
    "等证明文件",
    "等相关材料",
    "等有关材料",
];

/// The canonical name of what is not named: whatever else the office may want.
const CATCH_ALL: &str = "其他材料";

/// The two copies of a certificate that the issuer gives out: part of the name.
const EDITIONS: [&str; 2] = ["副本", "正本"];

/// Words for a copy of both sides of a card, the canonical first.
const BOTH_SIDES: [&str; 2] = ["正反面", "正反两面"];

/// Characters that make another word of 时: 同时 and 及时 are no cases.
const NO_CASE: [char; 12] = ['同', '及', '随', '届', '临', '暂', '小', '平', '按', '准', '定', '实'];

/// Ends that ask for one of several papers.
const ONE_OF: [&str; 10] = [
    "任选其中之一",
    "其中之一",
    "任选其一",
    "任选一种",
    "任选一项",
    "任意一项",
    "任一种",
    "二选一",
    "三选一",
    "之一",
];

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>, memo: &mut Memo) -> Value {
    let vocabulary = parts.vocabulary;
    let records = parts.records();
    if !records.is_empty() {
        return from_records(&records, vocabulary, memo);
    }
    let Some(part) = parts.parts.iter().find(|part| part.role == Role::Value) else {
        return Value::Empty;
    };
    let entries = parts.entries(Role::Value);
    match entries.as_slice() {
        [] => Value::Empty,
        [only] if vocabulary.no_materials.holds(only) => Value::Materials(Vec::new()),
        entries if entries.iter().any(|entry| fold::left_open(entry).is_some()) => {
            Value::Unknown(UnknownWhy::Unreadable, fold::spelling(&entries.join("；")))
        }
        entries => parts.refers(entries).unwrap_or_else(|| {
            let whole = part.shape == Shape::Text && entries.len() == 1;
            let mut out = Vec::new();
            for text in enumerate::with_introduced(entries) {
                read_text(&text, whole, vocabulary, memo, &mut out);
            }
            finish(out)
        }),
    }
}

/// Reads one text: an entry of a list, or (`whole`) a cell that holds the whole list.
fn read_text(text: &str, whole: bool, vocabulary: &Vocabulary, memo: &mut Memo, out: &mut Vec<Material>) {
    let half = fold::half(text);
    let half = enumerate::spread(&half, |entry| entry.ends_with([')', '）']) || ends_in_paper(entry));
    let entries = enumerate::entries(&half);
    let numbered = entries.iter().any(|entry| entry.style.is_some());
    // 下列材料之一：1.… 2.…: what follows, as far as it is numbered deeper or the list ends, is one material.
    let mut choice: Option<(u8, bool, Vec<Material>)> = None;
    let mut count = 0_usize;
    for (at, entry) in entries.iter().enumerate() {
        let heading = entry.text.ends_with([':', '：']);
        if let Some((depth, styled, papers)) = &mut choice {
            let inside = if *styled {
                entry.depth > *depth
            } else {
                entry.style.is_some() || !numbered && !heading
            };
            if inside {
                for piece in fold::split_outside(entry.text, &['；', ';', '。']) {
                    papers.extend(material(piece, vocabulary));
                }
                continue;
            }
            out.extend(one_of(std::mem::take(papers)));
            choice = None;
        }
        let mut text = entry.text;
        if heading {
            let said = entry.text.trim_end_matches([':', '：']);
            if ONE_OF.iter().any(|end| said.ends_with(end)) {
                choice = Some((entry.depth, entry.style.is_some(), Vec::new()));
                continue;
            }
            // An introduction in front of a list (申请人应提交以下材料：) is no material.
            if entry.style.is_none() && (numbered || at + 1 < entries.len() && introduction(said)) {
                continue;
            }
        } else if entry.style.is_none()
            && let Some((said, rest)) = text.split_once([':', '：'])
            && introduction(said)
        {
            text = rest;
        }
        for piece in fold::split_outside(text, &['；', ';', '。']) {
            if !piece.trim().is_empty() {
                count += 1;
                papers(piece, vocabulary, memo, out);
            }
        }
    }
    if let Some((_, _, papers)) = choice {
        out.extend(one_of(papers));
    }
    // One line that holds the whole list may be divided by commas alone.
    if whole && count == 1 && out.len() == 1 {
        let pieces = fold::split_outside(&half, &['，', ',']);
        if pieces.len() > 1
            && pieces
                .iter()
                .all(|piece| ends_in_paper(untailed(&fold::spelling(piece), vocabulary)))
        {
            out.clear();
            for piece in pieces {
                papers(piece, vocabulary, memo, out);
            }
        }
    }
}

/// Words that introductions of a list of materials consist of.
const INTRODUCTION: [&str; 38] = [
    "申请人",
    "申请者",
    "申请单位",
    "申请",
    "办理",
    "应当",
    "应该",
    "应",
    "需要",
    "需",
    "须",
    "必须",
    "提交",
    "提供",
    "递交",
    "报送",
    "携带",
    "出示",
    "下列",
    "以下",
    "如下",
    "全部",
    "所有",
    "相关",
    "有关",
    "申报",
    "书面",
    "材料",
    "资料",
    "文件",
    "证件",
    "清单",
    "时",
    "的",
    "请",
    "，",
    "：",
    " ",
];

/// Whether a heading says nothing but that materials follow; of a case (变更时提交以下材料) or a choice it says more.
fn introduction(said: &str) -> bool {
    let spelt = fold::spelling(said);
    let mut rest = spelt.as_str();
    let list = ["下列", "以下", "如下"].iter().any(|word| rest.contains(word));
    if !list && !rest.ends_with(['料', '件', '单']) {
        return false;
    }
    while let Some(after) = INTRODUCTION.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest.is_empty()
}

/// Reads records of the fields name, form, need, originals, copies, source, case …. What only helps to fill in or to find a paper
/// (blank_form, sample, fill_note, code, size), what the office examines (standard) and why it may ask (basis) change nothing in what
/// is asked and are left alone.
fn from_records(records: &[Vec<(String, String)>], vocabulary: &Vocabulary, memo: &mut Memo) -> Value {
    let mut out = Vec::new();
    for record in records {
        let field = |name: &str| {
            let (_, text) = record.iter().find(|(field, _)| field == name)?;
            (!vocabulary.is_empty_word(text)).then_some(text.as_str())
        };
        let listed = |list: &str, text: &str| {
            let list = vocabulary.lists.get(list)?;
            list.find(text, None).map(|at| list.values[at].1.as_str())
        };
        let Some(name) = field("name") else { continue };
        let first = out.len();
        papers(name, vocabulary, memo, &mut out);
        for material in &mut out[first..] {
            let count = |name: &str| {
                let text = fold::half(field(name)?);
                let digits = text.trim_end_matches(['份', '张', '套', ' ']);
                let n = number::whole(digits).and_then(|n| u32::try_from(n).ok());
                n.filter(|&n| n > 0)
            };
            let said = material.form;
            // 原件 and 复印件 stand under 材料形式 and under 份数 as often as under 材料类型.
            let kind = field("type").map(|kind| listed("material-type", kind).unwrap_or(kind));
            let elsewhere = ["form", "originals", "copies"].into_iter().filter_map(field);
            for word in kind.into_iter().chain(elsewhere) {
                // 原件和/或复印件: one of them is enough.
                let both = word.contains("原件") && word.contains("复印件");
                material.form.either |= both && word.contains(['或', '/']) && !said.original && !said.copy;
                material.form.original |= word.contains("原件");
                material.form.copy |= word.contains("复印件");
            }
            if let Some(form) = field("form") {
                let form = listed("material-form", form).unwrap_or(form);
                material.form.paper |= form.contains("纸质");
                material.form.electronic |= form.contains("电子");
            }
            let (originals, copies) = (count("originals"), count("copies"));
            let sets = |name: &str| field(name).is_some_and(|text| text.trim_end().ends_with('套'));
            material.sets |= ["originals", "copies", "pages"].into_iter().any(sets);
            material.form.original |= originals.is_some();
            material.form.copy |= copies.is_some();
            material.form.either &= originals.is_none() || copies.is_none();
            material.originals = originals.or(material.originals);
            material.copies = copies.or(material.copies);
            // 份数 alone counts what the material is said to be.
            if let Some(pages) = count("pages").filter(|_| originals.is_none() && copies.is_none()) {
                match (material.form.original, material.form.copy) {
                    (true, false) => material.originals = material.originals.or(Some(pages)),
                    (false, true) => material.copies = material.copies.or(Some(pages)),
                    (true, true) => {}
                    (false, false) => material.sheets = material.sheets.or(Some(pages)),
                }
            }
            if let Some(need) = field("need") {
                match necessity(need, vocabulary) {
                    Some(necessity) => material.necessity = necessity,
                    // 变更时必须提供: a condition in the wrong column.
                    None => material.when = condition(&fold::spelling(need)),
                }
            }
            let source = |text: &str| {
                let name = listed("source", text).map_or_else(|| fold::spelling(text), str::to_owned);
                (name != "其他").then_some(name)
            };
            let note = || field("source_note").and_then(source);
            material.source = field("source")
                .and_then(source)
                .or_else(note)
                .or(material.source.take());
            material.in_person = match field("in_person").map(fold::half).as_deref() {
                Some("1" | "是" | "需要" | "需") => Some(true),
                Some("0" | "2" | "否" | "不需要" | "无需") => Some(false),
                _ => material.in_person,
            };
            if let Some(note) = field("copy_note") {
                let note = fold::spelling(note);
                let mut remarks = Vec::new();
                said_of(&note, material, &mut remarks, vocabulary);
                append(&mut material.remark, remarks);
            }
            if let Some(when) = field("case") {
                material.when = condition(&fold::spelling(when)).or(material.when.take());
            }
        }
    }
    finish(out)
}

/// The list without repetitions, in its order.
fn finish(mut materials: Vec<Material>) -> Value {
    if materials.is_empty() {
        return Value::Empty;
    }
    if materials.len() > 1 {
        let mut seen = HashSet::with_capacity(materials.len());
        let first: Vec<bool> = materials.iter().map(|material| seen.insert(material)).collect();
        let mut first = first.into_iter();
        materials.retain(|_| first.next().unwrap_or(true));
    }
    Value::Materials(materials)
}

fn necessity(text: &str, vocabulary: &Vocabulary) -> Option<Necessity> {
    let list = vocabulary.lists.get("necessity");
    let name = list.and_then(|list| list.find(text, None).map(|at| list.values[at].1.as_str()));
    match name {
        Some("容缺后补") => Some(Necessity::Later),
        Some("非必要") => Some(Necessity::Optional),
        Some("必要") => Some(Necessity::Required),
        Some("信息免交、信用后补") => Some(Necessity::Waived),
        _ => None,
    }
}

/// What is in the brackets behind a condition: 变更 of 变更时提供, 仅限变更, 变更的. `None` where nothing is left.
fn condition(text: &str) -> Option<String> {
    let mut text = text;
    loop {
        let before = text;
        for start in ["仅限于", "仅限", "适用于", "只限", "限于"] {
            text = text.strip_prefix(start).unwrap_or(text);
        }
        for end in [
            "提供",
            "提交",
            "填写",
            "适用",
            "必须",
            "需要",
            "需",
            "须",
            "应",
            "的情形",
            "情形",
            "情况下",
            "时",
            "的",
        ] {
            text = text.strip_suffix(end).filter(|rest| !rest.is_empty()).unwrap_or(text);
        }
        if let Some(rest) = text.strip_prefix('仅').filter(|_| text.len() < before.len()) {
            text = rest;
        }
        if text == before {
            break;
        }
    }
    let spelt = fold::spelling(text);
    (!spelt.is_empty()).then_some(spelt)
}

/// The case that a remark speaks of, where it is a condition: 变更时提供, 委托办理的, 如有.
fn is_condition(text: &str) -> Option<String> {
    if matches!(text, "如有" | "若有" | "如有的" | "如有请提供" | "如有需提供") {
        return Some("已有".to_owned());
    }
    let start = ["仅限", "只限", "适用于"].iter().any(|start| text.starts_with(start));
    let end = [
        "时提供",
        "时提交",
        "时需提供",
        "时须提供",
        "时填写",
        "的提供",
        "的提交",
        "的需提供",
        "的须提供",
        "的情形",
        "情况下提供",
    ];
    let end = end.iter().any(|end| text.ends_with(end))
        || text.starts_with('仅') && (text.ends_with("提供") || text.ends_with("适用") || text.ends_with("提交"));
    let clause = text.ends_with('的') && text.chars().count() >= 4;
    (start || end || clause).then(|| condition(text)).flatten()
}

/// `委托他人办理的，还需提交委托书`: the case in front, and what is asked in it.
fn case_in_front(text: &str) -> (Option<&str>, &str) {
    const ASK: [&str; 8] = ["提交", "提供", "交验", "报送", "递交", "出示", "附送", "应附"];
    for (at, c) in text.char_indices().take(60) {
        if !matches!(c, '的' | '时') || at < 6 || c == '时' && text[..at].ends_with(NO_CASE) {
            continue;
        }
        let after = &text[at + c.len_utf8()..];
        let mut rest = after.trim_start_matches(['，', ',', ' ']);
        loop {
            let before = rest;
            for word in ["还", "另", "应当", "应", "需要", "需", "须", "必须", "同时", "要", "并"] {
                rest = rest.strip_prefix(word).unwrap_or(rest);
            }
            if rest == before {
                break;
            }
        }
        let asked = ASK.iter().find_map(|word| rest.strip_prefix(word));
        if let Some(asked) = asked
            && asked.chars().count() >= 2
            && !asked.starts_with(['的', '人', '者', '单', '）', '，'])
            && fold::balanced(&text[..at])
        {
            return (Some(&text[..at]), asked);
        }
    }
    (None, text)
}

/// Whether a name ends in a word for a paper.
fn ends_in_paper(name: &str) -> bool {
    let name = name.trim_end_matches(['》', '”']);
    head(name).is_some()
}

/// Where the word for a paper at the end of a name begins.
fn head(name: &str) -> Option<usize> {
    let last = name.chars().next_back()?;
    let word = paper_words(last).iter().find(|word| name.ends_with(**word))?;
    let lone = name.len() == last.len_utf8();
    let none = NO_PAPER.iter().any(|no| no.len() > word.len() && name.ends_with(no));
    (!lone && !none).then(|| name.len() - word.len())
}

/// Whether a piece of a bundle is surely a paper of its own: one that the vocabulary knows, or a name that ends in the word for a
/// paper, names none before it (`方案审查意见` is about a plan) and leans on nothing in front.
fn own_paper(piece: &str, last: bool, joined: bool, vocabulary: &Vocabulary) -> bool {
    let bare = untailed(piece.trim(), vocabulary);
    let edition = EDITIONS.iter().find_map(|edition| bare.strip_suffix(edition));
    let bare = edition.filter(|paper| ends_in_paper(paper)).unwrap_or(bare);
    if known(bare, vocabulary).is_some() {
        return true;
    }
    let bare = bare.trim_start_matches('《').trim_end_matches('》');
    let Some(head) = head(bare) else { return false };
    let before = &bare[..head];
    let lone = before.is_empty() && bare.chars().count() < 3;
    if lone
        || bare.starts_with("原件")
        || bare.starts_with("复印件")
        || bare.starts_with(['其', '该', '等', '与', '及', '和', '的', '或', '对'])
        || bare.chars().count() < 3
    {
        return false;
    }
    let weak = [
        "意见", "说明", "承诺", "制度", "目录", "记录", "通知", "决定", "档案", "样本", "材料", "资料", "文件", "证件",
        "文本",
    ];
    if weak.contains(&&bare[head..]) && (joined || bare.chars().count() < 4) {
        return false;
    }
    // 华侨交验因私护照: who must show it is said of what follows too.
    let leans = before.contains('的') || ["交验", "提交", "提供"].iter().any(|word| before.contains(word));
    let about = before.contains(['证', '书', '表', '图', '簿', '照', '函'])
        || ["报告", "合同", "方案", "协议", "章程", "发票", "户口", "档案"]
            .iter()
            .any(|word| before.contains(word));
    match last {
        true => !about && (!leans || !joined),
        false => !leans,
    }
}

/// The papers that one entry names: lists ask for the same papers in the same words.
fn papers(text: &str, vocabulary: &Vocabulary, memo: &mut Memo, out: &mut Vec<Material>) {
    let read = || {
        let mut papers = Vec::new();
        bundle(text, vocabulary, &mut papers);
        papers
    };
    memo.papers.read(text, read, |papers| out.extend_from_slice(papers));
}

/// Divides a bundle (`身份证、户口簿复印件`) into its papers, where each is surely one of its own; alternatives stay together.
fn bundle(text: &str, vocabulary: &Vocabulary, out: &mut Vec<Material>) {
    let joints: &[char] = &['、', '和', '及', '与', '，', ',', '等'];
    if !text.contains(joints) {
        out.extend(material(text, vocabulary));
        return;
    }
    let spelt = spelling(text, vocabulary);
    let (case, asked) = case_in_front(&spelt);
    // 甲、乙或丙 is one of three; 甲或乙、丙 could be read in two ways and stays as it is.
    let known_whole = known(asked, vocabulary).is_some();
    let one_of = asked.contains("或") || ONE_OF.iter().any(|end| asked.ends_with(end));
    if known_whole || one_of {
        out.extend(material_spelt(&spelt, vocabulary));
        return;
    }
    // What stands behind the last paper does not hide that there are several: 甲和乙（原件及复印件）.
    let whole = divide_open(asked, vocabulary).map(|(pieces, open)| (pieces, open, ""));
    let divided = whole.or_else(|| {
        let name = untailed(asked, vocabulary);
        let (pieces, open) = divide_open(name, vocabulary)?;
        Some((pieces, open, &asked[name.len()..]))
    });
    let Some((pieces, open, behind)) = divided else {
        out.extend(material_spelt(&spelt, vocabulary));
        return;
    };
    let when = case.and_then(condition);
    let first = out.len();
    let last = pieces.len() - 1;
    for piece in &pieces[..last] {
        out.extend(material(piece, vocabulary));
    }
    // 各1份 at the end is said of each.
    if let Some(n) = each(asked) {
        let sets = asked.trim_end_matches('）').ends_with('套');
        for material in &mut out[first..] {
            if !other_measure(material, sets) {
                material.sets = sets;
                count_of(n, material);
            }
        }
    }
    out.extend(material(&format!("{}{behind}", pieces[last]), vocabulary));
    if open {
        out.push(Material::named(CATCH_ALL));
    }
    if when.is_some() {
        for material in &mut out[first..] {
            material.when = when.clone();
        }
    }
}

/// The papers of a bundle, and whether 等 leaves it open.
fn divide_open<'a>(text: &'a str, vocabulary: &Vocabulary) -> Option<(Vec<&'a str>, bool)> {
    let open = OPEN
        .iter()
        .filter(|end| text.ends_with(**end))
        .max_by_key(|end| end.len());
    let closed = open.map_or(text, |end| &text[..text.len() - end.len()]);
    let lone = || (open.is_some() && own_paper(closed, true, false, vocabulary)).then(|| vec![closed]);
    Some((divide(closed, vocabulary).or_else(lone)?, open.is_some()))
}

/// The number in `各1份` at the end.
fn each(text: &str) -> Option<u32> {
    let text = text.trim_end_matches('）');
    let (rest, n) = counted(text)?;
    rest.ends_with('各').then_some(n)
}

/// The papers of a bundle; `None` where it is not surely one.
fn divide<'a>(text: &'a str, vocabulary: &Vocabulary) -> Option<Vec<&'a str>> {
    let mut pieces = Vec::new();
    let mut joined = false;
    for piece in fold::split_outside(text, &['、', '，']) {
        // 原件、复印件 and 电子版 belong to the paper before.
        if says_form(piece, vocabulary) {
            return None;
        }
        pieces.push(piece);
    }
    // 和, 及, 与 join inside names too (法定代表人及股东身份证): they divide only between papers.
    let mut divided: Vec<&str> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let mut rest = *piece;
        let joints: &[char] = if rest.contains("共和国") {
            &[]
        } else {
            &['和', '及', '与']
        };
        let parts = fold::split_outside(rest, joints);
        let is_last = at + 1 == pieces.len();
        let lone = pieces.len() == 1;
        let mut whole = parts.len() == 1;
        if !whole {
            let parts: Vec<&str> = parts
                .iter()
                .map(|part| part.strip_suffix('以').unwrap_or(part))
                .collect();
            let n = parts.len();
            let papers = parts.iter().enumerate().all(|(i, part)| {
                !says_form(part, vocabulary) && own_paper(part, i + 1 == n && (is_last || lone), true, vocabulary)
            });
            if papers {
                joined = true;
                divided.extend(parts);
            } else if known(untailed(rest, vocabulary), vocabulary).is_some() {
                whole = true;
            } else {
                return None;
            }
        }
        if whole {
            rest = rest.trim();
            divided.push(rest);
        }
    }
    let n = divided.len();
    let papers = n > 1
        && divided
            .iter()
            .enumerate()
            .all(|(at, piece)| own_paper(piece, at + 1 == n, joined && at + 1 == n, vocabulary));
    papers.then_some(divided)
}

/// Whether a piece only says in which form a paper is wanted.
fn says_form(piece: &str, vocabulary: &Vocabulary) -> bool {
    let mut scratch = Material::named(String::new());
    attributes(piece.trim(), &mut scratch, vocabulary)
}

/// The entry of the vocabulary, for a name without attributes; the words in front that say nothing of the paper are taken off.
fn known<'a>(name: &str, vocabulary: &'a Vocabulary) -> Option<&'a str> {
    // No paper has so long a name; looking no further keeps the work linear.
    if name.is_empty() || name.len() > 200 {
        return None;
    }
    let find = |name: &str| {
        let plain = name.chars().all(fold::is_han);
        let found = if plain {
            vocabulary.materials.get(name)
        } else {
            vocabulary.materials.get(&key(name))
        };
        found.map(String::as_str)
    };
    find(name).or_else(|| {
        let mut rest = name;
        for _ in 0..3 {
            let words = vocabulary.material_idle.iter();
            rest = words.filter_map(|word| rest.strip_prefix(word.as_str())).next()?;
            if let Some(found) = find(rest) {
                return Some(found);
            }
        }
        None
    })
}

/// A name without the brackets, counts and forms at its end.
fn untailed<'a>(name: &'a str, vocabulary: &Vocabulary) -> &'a str {
    let mut scratch = Material::named(String::new());
    tail(name, &mut scratch, &mut Vec::new(), vocabulary)
}

/// The spelling of one entry, without its numbering.
fn spelling(text: &str, vocabulary: &Vocabulary) -> String {
    let spelt = fold::single_brackets(enumerate::bare(text));
    // 身份证[原件1份]: any bracket that says a form.
    let squared = spelt.strip_suffix([']', '】', '〕']).and_then(|text| {
        let (name, inner) = text.rsplit_once(['[', '【', '〔'])?;
        (!name.is_empty() && says_form(inner, vocabulary)).then(|| format!("{name}（{inner}）"))
    });
    squared.unwrap_or(spelt)
}

/// One material from its text; `None` where nothing is left after the numbering.
fn material(text: &str, vocabulary: &Vocabulary) -> Option<Material> {
    material_spelt(&spelling(text, vocabulary), vocabulary)
}

/// The same of a text in canonical spelling.
fn material_spelt(text: &str, vocabulary: &Vocabulary) -> Option<Material> {
    if text.is_empty() || vocabulary.is_empty_word(text) {
        return None;
    }
    let mut material = Material::named(String::new());
    if let Some(name) = known(text, vocabulary) {
        name.clone_into(&mut material.name);
        return Some(material);
    }
    let whole = text;
    let (case, text) = case_in_front(text);
    material.when = case.and_then(condition);
    let text = stamped(text, &mut material, vocabulary);
    let mut remarks: Vec<String> = Vec::new();
    let mut name = tail(text, &mut material, &mut remarks, vocabulary);
    let forms = |name: &str| name.contains("原件") || name.contains("复印件");
    if name.contains(['或', '/'])
        && let Some(choice) = alternatives(if forms(name) { text } else { name }, vocabulary)
    {
        if forms(name) {
            return Some(Material {
                when: material.when,
                ..choice
            });
        }
        let plain = choice.form == Form::default() && choice.originals.is_none() && choice.copies.is_none();
        if plain && choice.or.is_empty() {
            // 毕业证书或学历证书 is one paper under two names.
            return Some(titled(&choice.name, whole, material, remarks, vocabulary));
        }
        if plain {
            append(&mut material.remark, remarks);
            return Some(Material {
                name: choice.name,
                or: choice.or,
                ..material
            });
        }
        remarks = Vec::new();
        material = Material {
            when: material.when,
            ..Material::named(String::new())
        };
        name = tail(text, &mut material, &mut remarks, vocabulary);
    }
    if let Some(end) = ONE_OF.iter().find(|end| name.ends_with(**end)) {
        let pieces = fold::split_outside(&name[..name.len() - end.len()], &['、', '，', '和', '及']);
        if pieces.len() > 1 && pieces.iter().all(|piece| own_paper(piece, true, true, vocabulary)) {
            let papers = pieces
                .iter()
                .filter_map(|piece| self::material(piece, vocabulary))
                .collect();
            append(&mut material.remark, remarks);
            let choice = one_of(papers)?;
            return Some(Material {
                name: choice.name,
                or: choice.or,
                ..material
            });
        }
    }
    // A piece of a canonical spelling is one, but for the marks at its ends.
    let ends = ['，', '；', '。', '、', '：', '！', '.', ' '];
    let bare = name.trim_matches(ends);
    let bare = match bare.strip_prefix('《').and_then(|inner| inner.strip_suffix('》')) {
        Some(inner) if !inner.contains('《') => inner.trim_matches(ends),
        _ => bare,
    };
    let mut material = titled(bare, whole, material, remarks, vocabulary);
    if material.name.is_empty() {
        material.name = material.remark.take()?;
    }
    Some(material)
}

/// The material under its canonical name, with the remarks that are left. `unknown` was looked up before, in vain.
fn titled(
    bare: &str,
    unknown: &str,
    mut material: Material,
    mut remarks: Vec<String>,
    vocabulary: &Vocabulary,
) -> Material {
    // 营业执照（副本） is the 营业执照副本.
    let (paper, mut edition) = EDITIONS
        .iter()
        .find_map(|edition| Some((bare.strip_suffix(edition)?, *edition)))
        .filter(|(paper, _)| ends_in_paper(paper) || known(paper, vocabulary).is_some())
        .filter(|_| known(bare, vocabulary).is_none())
        .unwrap_or((bare, ""));
    let name = match paper == unknown {
        true => None,
        false => known(paper, vocabulary),
    };
    material.name = match name {
        Some(name) => name.to_owned(),
        None => photograph(paper, vocabulary).unwrap_or_else(|| paper.to_owned()),
    };
    if ends_in_paper(&material.name) {
        remarks.retain(|remark| {
            let said = EDITIONS.iter().find(|edition| *edition == remark);
            let first = said.filter(|_| edition.is_empty());
            edition = first.unwrap_or(&edition);
            said.is_none_or(|said| *said != edition)
        });
    }
    material.name.push_str(edition);
    remarks.retain(|remark| !remark.is_empty());
    append(&mut material.remark, remarks);
    material
}

/// `加盖公章的营业执照复印件`: the stamp in front.
fn stamped<'a>(text: &'a str, material: &mut Material, vocabulary: &Vocabulary) -> &'a str {
    match text.split_once('的').filter(|_| text.starts_with(['加', '盖'])) {
        Some((stamp, rest)) if !rest.is_empty() && attributes(stamp, material, vocabulary) => rest,
        _ => text,
    }
}

fn append(remark: &mut Option<String>, more: Vec<String>) {
    let said: Vec<String> = remark
        .take()
        .into_iter()
        .chain(more)
        .filter(|said| !said.is_empty())
        .collect();
    if !said.is_empty() {
        *remark = Some(said.join("，"));
    }
}

/// `身份证或护照`, `甲、乙或丙`, `毕业证/学位证`: one material, if all are papers.
fn alternatives(text: &str, vocabulary: &Vocabulary) -> Option<Material> {
    let mut pieces: Vec<&str> = fold::split_outside(text, &['或', '/']);
    // 甲、乙或丙: the marks before the last 或 divide alternatives too.
    if pieces.len() == 2 && pieces[0].contains('、') && known(pieces[0], vocabulary).is_none() {
        let last = pieces[1];
        pieces = fold::split_outside(pieces[0], &['、']);
        pieces.push(last);
    }
    let pieces: Vec<&str> = pieces
        .iter()
        .map(|piece| piece.strip_prefix('者').unwrap_or(piece).trim_matches(['，', ' ']))
        .collect();
    // Each must stand alone as the last of a bundle would, so that their order does not matter.
    let papers = pieces.len() > 1
        && pieces.iter().all(|piece| {
            (!piece.contains(['和', '及', '、']) || known(piece, vocabulary).is_some())
                && own_paper(piece, true, true, vocabulary)
        });
    if !papers {
        return None;
    }
    one_of(pieces.iter().filter_map(|piece| material(piece, vocabulary)).collect())
}

/// One material of several that will do alike. Where they are asked for in different forms, their spellings make one name.
fn one_of(mut papers: Vec<Material>) -> Option<Material> {
    papers.sort();
    papers.dedup();
    let mut names: Vec<String> = Vec::new();
    let blank = |paper: &Material| Material {
        name: String::new(),
        or: Vec::new(),
        ..paper.clone()
    };
    let first = blank(papers.first()?);
    let alike = papers.iter().all(|paper| blank(paper) == first);
    for paper in &papers {
        if alike {
            names.extend(paper.names().cloned());
        } else {
            names.push(paper.to_string());
        }
    }
    names.sort();
    names.dedup();
    let mut chosen = if alike { first } else { Material::named(String::new()) };
    chosen.name = names.remove(0);
    chosen.or = names;
    Some(chosen)
}

/// The canonical name of a photograph whose words are all known: `免冠二寸彩色照片` and `2寸彩色免冠相片` are one.
fn photograph(name: &str, vocabulary: &Vocabulary) -> Option<String> {
    let mut rest = ["照片", "相片", "彩照"].iter().find_map(|end| name.strip_suffix(end))?;
    let mut found: Vec<usize> = Vec::new();
    if name.ends_with("彩照") {
        found.extend(
            vocabulary
                .photo_words
                .iter()
                .position(|words| words.iter().any(|word| word == "彩色")),
        );
    }
    while !rest.is_empty() {
        rest = rest.trim_start_matches(['的', '、', '，']);
        if rest.is_empty() {
            break;
        }
        let (at, word) = vocabulary
            .photo_words
            .iter()
            .enumerate()
            .flat_map(|(at, words)| words.iter().map(move |word| (at, word)))
            .filter(|(_, word)| rest.starts_with(word.as_str()))
            .max_by_key(|(_, word)| word.len())?;
        found.push(at);
        rest = &rest[word.len()..];
    }
    found.sort_unstable();
    found.dedup();
    let mut canonical: String = found
        .iter()
        .filter_map(|&at| vocabulary.photo_words[at].first().cloned())
        .collect();
    canonical.push_str("照片");
    Some(canonical)
}

/// Reads what stands at the end of a name (brackets, `复印件`, `2份`, `，内容包括…`); the rest is the name.
fn tail<'a>(text: &'a str, material: &mut Material, remarks: &mut Vec<String>, vocabulary: &Vocabulary) -> &'a str {
    let mut name = text;
    // Every round takes at least one character off; a name has few of them, and a hostile one is cut short.
    for _ in 0..6 {
        let before_round = name;
        while let Some((before, bracket)) = names::last_bracket(name) {
            let inner = fold::unwrap_brackets(bracket);
            if known(name, vocabulary).is_some() {
                break;
            }
            let mut said = Vec::new();
            said_of(inner, material, &mut said, vocabulary);
            remarks.extend(said.into_iter().rev());
            name = before.trim_end();
        }
        if let Some(at) = name.find(['，', '：'])
            && ends_in_paper(untailed(&name[..at], vocabulary))
        {
            let after = name[at..].trim_start_matches(['，', '：']);
            let mut said = Vec::new();
            said_of(after, material, &mut said, vocabulary);
            remarks.extend(said.into_iter().rev());
            name = &name[..at];
        }
        name = worded(name, material, vocabulary);
        if material.form.copy
            && let Some(paper) = BOTH_SIDES.iter().find_map(|sides| name.strip_suffix(sides))
            && ends_in_paper(paper)
        {
            remarks.push(BOTH_SIDES[0].to_owned());
            name = paper;
        }
        if name == before_round {
            break;
        }
    }
    remarks.reverse();
    // 复印件（2份）: the number is that of the one thing that is wanted.
    if material.form.original != material.form.copy
        && let Some(n) = material.sheets.take()
    {
        count_of(n, material);
    }
    name
}

/// Takes a remark apart: what it says of form, number, need, source and case becomes typed, the rest stays text.
fn said_of(inner: &str, material: &mut Material, remarks: &mut Vec<String>, vocabulary: &Vocabulary) {
    if attributes(inner, material, vocabulary) {
        return;
    }
    for piece in fold::split_outside(inner, &['，', '；', '。']) {
        let piece = fold::spelling(piece);
        if piece.is_empty() || attributes(&piece, material, vocabulary) {
            continue;
        }
        // 正反面复印件: a copy, of both sides.
        if let Some(form) = BOTH_SIDES.iter().find_map(|sides| piece.strip_prefix(sides))
            && attributes(form, material, vocabulary)
        {
            remarks.push(BOTH_SIDES[0].to_owned());
            continue;
        }
        if let Some(source) = piece.strip_prefix("来源：").filter(|source| !source.is_empty()) {
            material.source = Some(source.to_owned());
        } else if let Some(when) = is_condition(&piece).filter(|_| material.when.is_none()) {
            material.when = Some(when);
        } else {
            remarks.push(contents(&piece));
        }
    }
}

/// `应包括：甲` and `内容包括甲` are one remark.
fn contents(remark: &str) -> String {
    let rest = ["内容应当", "内容应", "内容需", "内容", "应当", "应", "需", "须"]
        .iter()
        .find_map(|start| remark.strip_prefix(start))
        .unwrap_or(remark);
    match ["包括", "包含", "载明"].iter().find_map(|word| rest.strip_prefix(word)) {
        Some(what) if !what.is_empty() && !what.starts_with(['但', '在']) => {
            format!("内容包括{}", what.trim_start_matches('：'))
        }
        _ => remark.to_owned(),
    }
}

/// What a remark may say: `原件1份，复印件2份`, `容缺`, `电子版`, `加盖公章`. False, and nothing read, where it says anything else besides.
fn attributes(inner: &str, material: &mut Material, vocabulary: &Vocabulary) -> bool {
    // Longer texts are sentences; looking no further keeps the work linear.
    if inner.len() > 120 || inner.is_empty() {
        return false;
    }
    let mut found = material.clone();
    if !attribute(inner, &mut found, vocabulary) {
        let (before, after) = (found.form, inner.contains(['或', '/']));
        let mut all = None;
        for piece in inner.split(|c| matches!(c, '，' | '；') || SEPARATORS.contains(&c)) {
            let piece = piece.strip_suffix('以').unwrap_or(piece);
            // 和/或 leaves nothing between.
            if piece.is_empty() {
                continue;
            }
            if !attribute(piece, &mut found, vocabulary) {
                return false;
            }
            if piece.contains('各') {
                all = counted(piece).map(|(_, n)| n);
            }
        }
        if after && !(before.original || before.copy) && found.form.original && found.form.copy {
            found.form.either = true;
        }
        if let Some(n) = all {
            found.sheets = None;
            count_of(n, &mut found);
        }
    }
    *material = found;
    true
}

/// Counts whatever the material is said to be.
fn count_of(n: u32, material: &mut Material) {
    if material.form.original {
        material.originals = Some(n);
    }
    if material.form.copy {
        material.copies = Some(n);
    }
    if !material.form.original && !material.form.copy {
        material.sheets = Some(n);
    }
}

/// Whether the material is counted in the other measure already.
fn other_measure(material: &Material, sets: bool) -> bool {
    material.originals.or(material.copies).or(material.sheets).is_some() && material.sets != sets
}

/// One attribute: a word of the vocabulary, with a number before or behind it.
fn attribute(piece: &str, material: &mut Material, vocabulary: &Vocabulary) -> bool {
    let piece = piece.trim_matches([' ', '：']);
    if let Some(&word) = vocabulary.material_words.get(piece) {
        apply(word, None, material);
        return word != MaterialWord::Spared;
    }
    let mut rest = piece;
    for start in ["提供", "需", "须", "提交", "各", "均", "仅", "一式"] {
        rest = rest.strip_prefix(start).unwrap_or(rest);
    }
    // 原件1份, 1份原件, 原件：一式三份, 2张.
    let digit = |c: char| c.is_ascii_digit() || number::is_chinese_digit(c);
    let from = rest.find("一式").map_or(0, |at| at + "一式".len());
    let Some(start) = rest[from..].find(digit).map(|at| from + at) else {
        let word = vocabulary.material_words.get(rest).copied();
        let word = word.filter(|&word| word != MaterialWord::Spared);
        return word.map(|word| apply(word, None, material)).is_some();
    };
    let end = rest[start..].find(|c| !digit(c)).map_or(rest.len(), |len| start + len);
    // 原件1 and 原件：1 are forms with the measure word left out.
    let behind = &rest[end..];
    let Some(after) = behind
        .strip_prefix(['份', '张', '套'])
        .or(Some(behind).filter(|behind| behind.is_empty() && start > 0))
    else {
        return false;
    };
    let sets = behind.starts_with('套');
    let Some(n) = number::whole(&rest[start..end]).and_then(|n| u32::try_from(n).ok()) else {
        return false;
    };
    let before = rest[..start].trim_end_matches(['：', '各', ' ']);
    let before = before.strip_suffix("一式").unwrap_or(before);
    // 原件1份，复印件1套: two measures of one paper are not folded.
    if other_measure(material, sets) {
        return false;
    }
    let n = Some(n).filter(|&n| n > 0);
    match (before, after.trim_start_matches('的')) {
        ("", "") => material.sheets = n.or(material.sheets),
        ("", word) | (word, "") => match vocabulary.material_words.get(word) {
            // 复印件：0 asks for none.
            Some(MaterialWord::Original | MaterialWord::Copy) if n.is_none() => {}
            Some(&word) if word != MaterialWord::Spared => apply(word, n, material),
            _ => return false,
        },
        _ => return false,
    }
    material.sets = sets || material.sets;
    true
}

fn apply(word: MaterialWord, n: Option<u32>, material: &mut Material) {
    let form = &mut material.form;
    match word {
        MaterialWord::Original => form.original = true,
        MaterialWord::Copy => form.copy = true,
        MaterialWord::Shown => (form.original, form.shown, form.kept) = (true, true, false),
        MaterialWord::Kept => (form.original, form.kept) = (true, !form.shown),
        MaterialWord::Paper => form.paper = true,
        MaterialWord::Electronic => form.electronic = true,
        MaterialWord::Sealed => form.sealed = true,
        MaterialWord::Signed => form.signed = true,
        MaterialWord::SealedCopy => (form.copy, form.sealed) = (true, true),
        MaterialWord::ShownCopy => (form.original, form.copy, form.shown) = (true, true, true),
        MaterialWord::Required => material.necessity = Necessity::Required,
        MaterialWord::Optional => material.necessity = Necessity::Optional,
        MaterialWord::Later => material.necessity = Necessity::Later,
        MaterialWord::Waived => material.necessity = Necessity::Waived,
        MaterialWord::SelfMade => material.source = Some("申请人自备".to_owned()),
        MaterialWord::Issued => material.source = Some("政府部门核发".to_owned()),
        MaterialWord::InPerson => material.in_person = Some(true),
        MaterialWord::Spared | MaterialWord::Idle => {}
    }
    if n.is_some() {
        match word {
            MaterialWord::Original | MaterialWord::Shown | MaterialWord::Kept => material.originals = n,
            MaterialWord::Copy | MaterialWord::SealedCopy | MaterialWord::ShownCopy => material.copies = n,
            _ => material.sheets = n,
        }
    }
}

/// `身份证2份` is `身份证` and 2. The text must end in a number of 份, 张 or 套.
fn counted(text: &str) -> Option<(&str, u32)> {
    let before = text.strip_suffix(['份', '张', '套'])?;
    let digits = before
        .char_indices()
        .rev()
        .take(12)
        .take_while(|&(_, c)| c.is_ascii_digit() || number::is_chinese_digit(c));
    let at = digits.last().map(|(at, _)| at)?;
    let n = number::whole(&before[at..]).and_then(|n| u32::try_from(n).ok())?;
    let rest = before[..at].trim_end();
    let rest = rest
        .strip_suffix("一式")
        .unwrap_or(rest)
        .trim_end_matches(['，', ' ', '：']);
    (n > 0 && !rest.is_empty()).then_some((rest, n))
}

/// Takes words of form and number off the end of a name (`原件及复印件各1份`), unless the rest speaks of forms too.
fn worded<'a>(name: &'a str, material: &mut Material, vocabulary: &Vocabulary) -> &'a str {
    let mut found = material.clone();
    let mut rest = name;
    let (mut either, mut joint) = (false, false);
    for _ in 0..6 {
        let (before, n) = match counted(rest) {
            Some((before, n)) => (before, Some(n)),
            None => (rest, None),
        };
        if n.is_some() {
            let sets = rest.ends_with('套');
            if other_measure(&found, sets) {
                return name;
            }
            found.sets = sets;
        }
        let each = before.ends_with('各');
        let before = before.trim_end_matches('各');
        let word = vocabulary.material_tails.iter().find_map(|(word, kind)| {
            let rest = before.strip_suffix(word.as_str())?;
            (!rest.is_empty()).then_some((rest, *kind))
        });
        match word {
            Some((before, kind)) => {
                apply(kind, n.filter(|_| !each), &mut found);
                if each {
                    found.sheets = n;
                }
                let trimmed = before.trim_end_matches(['的', ' ', '：', '，']);
                let open = trimmed
                    .strip_suffix('其')
                    .unwrap_or(trimmed)
                    .strip_suffix(['及', '和', '与', '、', '或', '/', '加', '+'])
                    .map(|rest| rest.strip_suffix('以').unwrap_or(rest));
                match open {
                    Some(open) if !open.is_empty() => {
                        either |= trimmed.ends_with(['或', '/']);
                        joint = true;
                        rest = open;
                    }
                    _ => {
                        rest = trimmed;
                        joint = false;
                    }
                }
            }
            None => {
                if let Some(n) = n {
                    found.sheets = Some(n);
                    rest = before;
                }
                break;
            }
        }
    }
    if rest == name || rest.is_empty() {
        return name;
    }
    // 身份证及复印件: the paper itself and a copy. 身份证或复印件 stays open to both.
    if joint {
        found.form.original = true;
    }
    found.form.either |= either && found.form.original && found.form.copy;
    if found.form.original && found.form.copy && found.sheets.is_some() && name.contains('各') {
        let n = found.sheets.take();
        (found.originals, found.copies) = (n, n);
    } else if name.contains('各')
        && let Some(n) = found.sheets.take()
    {
        count_of(n, &mut found);
    }
    if rest.contains("复印件") || rest.contains("原件") {
        return name;
    }
    *material = found;
    rest
}

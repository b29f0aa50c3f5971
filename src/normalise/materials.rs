//! Materials: a list of what the applicant hands in, each with canonical name, form, copies, necessity (申请材料).
//!
//! Must not know which materials an item may ask for.

use crate::model::{Form, Material, Necessity, Shape, Value};

use super::vocabulary::{Vocabulary, key};
use super::{Parts, Role, enumerate, fold, names, number};

/// Ends of words that name a paper: a text is split at 、 only if every piece ends in one.
const PAPER: [&str; 58] = [
    "证",
    "书",
    "表",
    "件",
    "照",
    "簿",
    "本",
    "单",
    "函",
    "报告",
    "证明",
    "材料",
    "图",
    "协议",
    "合同",
    "方案",
    "章程",
    "资料",
    "执照",
    "名单",
    "简历",
    "照片",
    "票据",
    "决定",
    "文件",
    "批复",
    "清单",
    "制度",
    "图纸",
    "意见",
    "凭证",
    "护照",
    "档案",
    "户口",
    "账户",
    "文本",
    "发票",
    "说明",
    "承诺",
    "记录",
    "决议",
    "样本",
    "目录",
    "副本",
    "正本",
    "原件",
    "通知",
    "公函",
    "申请",
    "登记证",
    "保单",
    "影像",
    "扫描件",
    "介绍信",
    "计划",
    "公告",
    "报表",
    "细则",
];

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    let records = parts.records();
    if !records.is_empty() {
        return from_records(&records, vocabulary);
    }
    let Some(part) = parts.parts.iter().find(|part| part.role == Role::Value) else {
        return Value::Empty;
    };
    let entries = parts.entries(Role::Value);
    match entries.as_slice() {
        [] => Value::Empty,
        [only] if vocabulary.no_materials.contains(&fold::spelling(only)) => Value::Materials(Vec::new()),
        entries => parts.refers(entries).unwrap_or_else(|| match entries {
            [only] if part.shape == Shape::Text => from_text(only, vocabulary),
            entries => from_entries(entries, vocabulary),
        }),
    }
}

/// Reads a list whose entries the source separates itself.
fn from_entries(entries: &[String], vocabulary: &Vocabulary) -> Value {
    finish(
        entries
            .iter()
            .flat_map(|entry| {
                let half = fold::half(entry);
                // One entry may bundle several: 界至图；承包经营合同.
                enumerate::entries(&half)
                    .into_iter()
                    .flat_map(|entry| fold::split_outside(entry.text, &['；', ';']))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .filter_map(|entry| material(&entry, vocabulary)),
    )
}

/// Reads one text that holds the whole list.
fn from_text(text: &str, vocabulary: &Vocabulary) -> Value {
    let half = fold::half(text);
    let entries = enumerate::entries(&half);
    let numbered = entries.iter().any(|entry| entry.style.is_some());
    let mut pieces: Vec<&str> = Vec::new();
    for entry in &entries {
        // An introduction in front of a numbered list (申请人应提交以下材料：) is no material.
        if numbered && entry.style.is_none() && entry.text.ends_with([':', '：']) {
            continue;
        }
        pieces.extend(fold::split_outside(entry.text, &['；', ';', '。']));
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    if let [only] = pieces.as_slice() {
        for separators in [['、', '、'], ['，', ',']] {
            let split = fold::split_outside(only, &separators);
            if split.len() > 1 && split.iter().all(|piece| is_paper(piece)) {
                pieces = split;
                break;
            }
        }
    }
    finish(pieces.into_iter().filter_map(|piece| material(piece, vocabulary)))
}

/// Reads records of the fields name, form, need, originals, copies, source, case ….
fn from_records(records: &[Vec<(String, String)>], vocabulary: &Vocabulary) -> Value {
    finish(records.iter().filter_map(|record| {
        let field = |name: &str| {
            let (_, text) = record.iter().find(|(field, _)| field == name)?;
            (!vocabulary.is_empty_word(text)).then_some(text.as_str())
        };
        let mut material = material(field("name")?, vocabulary)?;
        let count = |name: &str| field(name).and_then(|text| u32::try_from(number::whole(&fold::half(text))?).ok());
        material.originals = count("originals").or(material.originals);
        material.copies = count("copies").or(material.copies);
        if let Some(need) = field("need") {
            material.necessity = necessity(need, vocabulary);
        }
        if let Some(source) = field("source") {
            let list = vocabulary.lists.get("source");
            let known = list.and_then(|list| list.find(source, None).map(|at| list.values[at].1.clone()));
            material.source = Some(known.unwrap_or_else(|| fold::spelling(source)));
        }
        if let Some(kind) = field("type").and_then(|kind| {
            let list = vocabulary.lists.get("material-type")?;
            list.find(kind, None).map(|at| list.values[at].1.clone())
        }) {
            material.form.original |= kind.contains("原件");
            material.form.copy |= kind.contains("复印件");
        }
        if let Some(form) = field("form") {
            let list = vocabulary.lists.get("material-form");
            let known = list.and_then(|list| list.find(form, None).map(|at| list.values[at].1.clone()));
            material.form.electronic |= known.as_deref().unwrap_or(form).contains("电子");
        }
        // 原件 and 复印件 stand under 材料形式 and under 原件/复印件 as often as under 材料类型.
        for said in ["form", "originals"].iter().filter_map(|name| field(name)) {
            material.form.original |= said.contains("原件");
            material.form.copy |= said.contains("复印件");
        }
        // 份数 alone counts what the material is said to be.
        if let Some(pages) = count("pages") {
            match (material.form.original, material.form.copy) {
                (true, false) => material.originals = material.originals.or(Some(pages)),
                (false, true) => material.copies = material.copies.or(Some(pages)),
                _ => {}
            }
        }
        if let Some(when) = field("case") {
            material.when = Some(fold::spelling(when));
        }
        Some(material)
    }))
}

fn finish(materials: impl Iterator<Item = Material>) -> Value {
    let mut out: Vec<Material> = Vec::new();
    for material in materials {
        if !out.contains(&material) {
            out.push(material);
        }
    }
    if out.is_empty() {
        Value::Empty
    } else {
        Value::Materials(out)
    }
}

fn necessity(text: &str, vocabulary: &Vocabulary) -> Option<Necessity> {
    let list = vocabulary.lists.get("necessity");
    let name = list.and_then(|list| list.find(text, None).map(|at| list.values[at].1.clone()));
    let name = name.unwrap_or_else(|| fold::spelling(text));
    if name.contains("容缺") {
        Some(Necessity::Later)
    } else if name.contains("非必要") || name == "否" {
        Some(Necessity::Optional)
    } else if name.contains("必要") || name == "是" {
        Some(Necessity::Required)
    } else {
        None
    }
}

fn is_paper(piece: &str) -> bool {
    let name = fold::spelling(piece);
    let name = names::last_bracket(&name).map_or(name.as_str(), |(before, _)| before);
    let name = counted(name, &mut Material::named(String::new()));
    name.chars().count() >= 2 && PAPER.iter().any(|end| name.trim_end_matches('》').ends_with(end))
}

/// One material from its text; `None` where nothing is left after the numbering.
fn material(text: &str, vocabulary: &Vocabulary) -> Option<Material> {
    let text = names::canonical(&enumerate::bare(text));
    if text.is_empty() || vocabulary.is_empty_word(&text) {
        return None;
    }
    let mut material = Material::named(String::new());
    let mut remarks: Vec<String> = Vec::new();
    let mut name = text.as_str();
    // From the end: brackets say form, number, necessity, or anything else; behind and before them the same stands in words.
    for _ in 0..4 {
        let before_round = name;
        while let Some((before, bracket)) = names::last_bracket(name) {
            let inner = fold::unwrap_brackets(bracket);
            if !attributes(inner, &mut material) {
                remarks.insert(0, fold::spelling(inner));
            }
            name = before.trim_end();
        }
        if let Some((before, after)) = name.split_once('，')
            && is_paper(before)
        {
            remarks.insert(0, fold::spelling(after));
            name = before;
        }
        name = counted(name, &mut material);
        name = formed(name, &mut material);
        if name == before_round {
            break;
        }
    }
    let bare = fold::spelling(name);
    let bare = match bare.strip_prefix('《').and_then(|inner| inner.strip_suffix('》')) {
        Some(inner) if !inner.contains('《') => inner.to_owned(),
        _ => bare,
    };
    material.name = vocabulary.materials.get(&key(&bare)).cloned().unwrap_or(bare);
    remarks.retain(|remark| !remark.is_empty());
    if !remarks.is_empty() {
        material.remark = Some(remarks.join("，"));
    }
    if material.name.is_empty() {
        material.name = material.remark.take()?;
    }
    Some(material)
}

/// What a bracket may say: `原件1份，复印件2份`, `必要`, `容缺`, `电子版`. False where it says anything else besides.
fn attributes(inner: &str, material: &mut Material) -> bool {
    let mut found = material.clone();
    for piece in inner.split(['，', '、', '；', '/', '和', '及', '与', '或']) {
        let piece = fold::spelling(piece);
        let piece = piece
            .trim_start_matches("各")
            .trim_start_matches("提供")
            .trim_start_matches("需");
        let digits: String = piece
            .chars()
            .filter(|c| c.is_ascii_digit() || number::is_chinese_digit(*c))
            .collect();
        let count = number::whole(&digits).and_then(|n| u32::try_from(n).ok());
        let words: String = piece
            .chars()
            .filter(|c| {
                !c.is_ascii_digit() && !number::is_chinese_digit(*c) && !matches!(c, '份' | '张' | '式' | '：' | ' ')
            })
            .collect();
        match words.as_str() {
            "原件" | "正本" | "验原件" => {
                found.form.original = true;
                found.originals = count.or(found.originals);
            }
            "复印件" | "影印件" | "复制件" => {
                found.form.copy = true;
                found.copies = count.or(found.copies);
            }
            "原件复印件" => {
                found.form.original = true;
                found.form.copy = true;
            }
            "电子件" | "电子版" | "电子文件" | "电子档" | "扫描件" => found.form.electronic = true,
            "纸质" | "纸质版" | "纸质件" => {}
            "必要" | "必须提供" | "必需" => found.necessity = Some(Necessity::Required),
            "非必要" | "选填" => found.necessity = Some(Necessity::Optional),
            "容缺" | "容缺后补" | "可容缺" | "容缺材料" => found.necessity = Some(Necessity::Later),
            "" if count.is_some() && piece.contains(['份', '张']) => found.originals = count,
            _ => return false,
        }
    }
    *material = found;
    true
}

/// Takes `一式两份`, `2份` off the end.
fn counted<'a>(name: &'a str, material: &mut Material) -> &'a str {
    let Some(before) = name.strip_suffix('份') else {
        return name;
    };
    let digits_at = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c.is_ascii_digit() || number::is_chinese_digit(c))
        .last()
        .map(|(at, _)| at);
    let Some(at) = digits_at else { return name };
    let Some(count) = number::whole(&before[at..]).and_then(|n| u32::try_from(n).ok()) else {
        return name;
    };
    let rest = before[..at].trim_end();
    let rest = rest
        .strip_suffix("一式")
        .unwrap_or(rest)
        .trim_end_matches(['，', ' ', '各']);
    if rest.is_empty() {
        return name;
    }
    if rest.ends_with("复印件") {
        material.copies = Some(count)
    } else {
        material.originals = Some(count)
    }
    rest
}

/// Takes `原件及复印件`, `复印件`, `原件` off the end, unless the rest speaks of forms too.
fn formed<'a>(name: &'a str, material: &mut Material) -> &'a str {
    let both = [
        "原件及复印件",
        "原件和复印件",
        "原件、复印件",
        "原件与复印件",
        "原件以及复印件",
        "正本及复印件",
        "及复印件",
        "和复印件",
    ];
    let found = both
        .iter()
        .find_map(|end| {
            Some((
                name.strip_suffix(end)?,
                Form {
                    original: true,
                    copy: true,
                    electronic: false,
                },
            ))
        })
        .or_else(|| {
            Some((
                name.strip_suffix("复印件")?,
                Form {
                    copy: true,
                    ..Form::default()
                },
            ))
        })
        .or_else(|| {
            Some((
                name.strip_suffix("原件")?,
                Form {
                    original: true,
                    ..Form::default()
                },
            ))
        });
    match found {
        Some((rest, form)) if !rest.is_empty() && !rest.contains("复印件") && !rest.contains("原件") => {
            material.form.original |= form.original;
            material.form.copy |= form.copy;
            rest.trim_end_matches(['的', '（', ' ', '：'])
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(text: &str) -> Vec<String> {
        match from_text(text, &Vocabulary::default()) {
            Value::Materials(items) => items.iter().map(ToString::to_string).collect(),
            other => vec![format!("{other:?}")],
        }
    }

    #[test]
    fn lists_split() {
        let expected = ["申请表", "营业执照"];
        for text in [
            "1.申请表；2.营业执照。",
            "①申请表②营业执照",
            "申请表\n营业执照",
            "申请表、营业执照",
            "（一）申请表；（二）营业执照",
            "申请人应提交以下材料：1、申请表 2、营业执照",
        ] {
            assert_eq!(names_of(text), expected, "{text}");
        }
        assert_eq!(
            names_of("经办人、押运人身份证明原件及复印件"),
            ["经办人、押运人身份证明（原件，复印件）"]
        );
    }

    #[test]
    fn names_and_attributes() {
        for (text, expected) in [
            ("《律师事务所设立申请登记表》", "律师事务所设立申请登记表"),
            ("资产证明。", "资产证明"),
            ("《无线电频率使用申请表》(txt格式)", "无线电频率使用申请表（txt格式）"),
            ("身份证（原件1份，复印件2份）", "身份证（原件1份，复印件2份）"),
            ("身份证复印件2份", "身份证（复印件2份）"),
            ("申请书一式三份", "申请书（原件3份）"),
            ("申请书，内容包括基本情况", "申请书（内容包括基本情况）"),
            ("申请书（内容包括基本情况等）", "申请书（内容包括基本情况等）"),
            ("退休证复印件或军官转业证书复印件；", "退休证复印件或军官转业证书复印件"),
        ] {
            assert_eq!(names_of(text), [expected], "{text}");
        }
    }
}

//! Names: an item's name in its parts, item and case (事项名称, 业务办理项名称).
//!
//! Must not know how rows are paired.

use super::vocabulary::LONGEST_EMPTY;
use super::{Parts, Role, Vocabulary, fold};
use crate::model::{Name, Value};

/// The canonical spelling of a name: folded, doubled brackets made single, no space beside 《》.
pub fn canonical(text: &str) -> String {
    let spelt = fold::single_brackets(fold::spelling(text));
    // 取水许可【新办】: a case in other brackets.
    let case = spelt.strip_suffix('】').and_then(|text| text.rsplit_once('【'));
    match case {
        Some((name, case)) if !name.is_empty() && !case.is_empty() => format!("{name}（{case}）"),
        _ => spelt,
    }
}

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    parse(
        parts.vocabulary,
        parts.text(Role::Value),
        parts.text(Role::Main),
        parts.text(Role::Sub),
        parts.text(Role::Case),
    )
    .filter(|name| {
        fold::says_more_than(&name.item, LONGEST_EMPTY) || !parts.vocabulary.is_empty_word(&name.to_string())
    })
    .map_or(Value::Empty, Value::Name)
}

/// What stands between an item's name and its case where no bracket does: 取水许可-变更, 取水许可·变更.
const DASHES: [char; 3] = ['-', '·', '：'];

/// Puts a name together from its columns. The whole name may carry the case in brackets at its end
/// (`专职律师执业许可(申请专职执业)`); `sub` or `main`, where a column gives them, say where the item's own name ends. Levels and remarks
/// in brackets at the end of any of them are kept apart.
pub fn parse(
    vocabulary: &Vocabulary,
    whole: Option<&str>,
    main: Option<&str>,
    sub: Option<&str>,
    case: Option<&str>,
) -> Option<Name> {
    let mut behind = Name::default();
    let mut clean = |text: Option<&str>| {
        let text = take_behind(canonical(text?), vocabulary, &mut behind);
        (!text.is_empty()).then_some(text)
    };
    let (whole, sub) = (clean(whole), clean(sub));
    let main = clean(main).filter(|main| !vocabulary.unsorted.contains(main));
    let case = clean(case.map(fold::unwrap_brackets));
    let stem = sub.as_deref().or(main.as_deref());
    let whole = whole.or_else(|| sub.clone()).or_else(|| main.clone())?;
    // The column of the case may repeat the item's name: 取水许可（变更）, 取水许可变更 and 变更取水许可 under 取水许可.
    let is_case = |rest: &str| vocabulary.cases.iter().any(|word| rest.starts_with(word.as_str()));
    let given = case.map(|case| {
        let bare = [Some(whole.as_str()), stem].into_iter().flatten().find_map(|name| {
            let behind = case.strip_prefix(name);
            let behind = behind.filter(|rest| rest.starts_with('（') || rest.starts_with(DASHES) || is_case(rest));
            behind.or_else(|| case.strip_suffix(name).filter(|rest| is_case(rest)))
        });
        case_name(bare.unwrap_or(&case).trim_start_matches(DASHES))
    });
    let given = given.filter(|case| !case.is_empty());
    if let Some(stem) = stem
        && let Some(rest) = whole.strip_prefix(stem)
    {
        let opens = rest.starts_with('（') || rest.starts_with(DASHES);
        let found = Some(case_name(rest.trim_start_matches(DASHES))).filter(|case| opens && !case.is_empty());
        if rest.is_empty() || found.is_some() {
            return Some(Name {
                item: stem.to_owned(),
                main,
                case: given.or(found),
                ..behind
            });
        }
    }
    // Without a stem the case of its own column tells how much of the end is case.
    if let Some(case) = &given
        && let Some((item, last)) = last_bracket(&whole)
        && case_name(last) == *case
    {
        return Some(Name {
            item: item.to_owned(),
            main,
            case: given,
            ..behind
        });
    }
    let case = given.filter(|case| *case != whole);
    Some(Name {
        item: whole,
        main,
        case,
        ..behind
    })
}

/// Takes levels and remarks out of the brackets at the end of a name, or out of a text that is nothing else.
fn take_behind(name: String, vocabulary: &Vocabulary, behind: &mut Name) -> String {
    let mut put = |inner: &str| {
        if let Some(level) = level(inner, vocabulary) {
            // Two levels contradict each other: the second stays where it is.
            let fits = behind.level.as_ref().is_none_or(|other| *other == level);
            if fits {
                behind.level = Some(level);
            }
            return fits;
        }
        let found = is_remark(inner);
        if found && !behind.remarks.iter().any(|other| other == inner) {
            behind.remarks.push(inner.to_owned());
            behind.remarks.sort_unstable();
        }
        found
    };
    // A column of its own.
    if !name.ends_with('）') && put(&name) {
        return String::new();
    }
    let (mut front, mut kept) = (name.as_str(), Vec::new());
    // A name has a few; more brackets are no name.
    while kept.len() < 8 {
        if let Some((before, bracket)) = last_bracket(front) {
            if !put(&case_name(bracket)) {
                kept.push(bracket.to_owned());
            }
            front = before;
        } else if let Some((before, case)) = dashed(front, vocabulary) {
            kept.push(format!("（{case}）"));
            front = before;
        } else {
            break;
        }
    }
    let mut out = front.to_owned();
    out.extend(kept.into_iter().rev());
    out
}

/// What may follow a level: （县级行使）, （县级权限）.
const LEVEL_ENDS: [&str; 10] = [
    "权限内",
    "权限",
    "行使",
    "实施",
    "办理",
    "审批",
    "发证",
    "承办",
    "受理",
    "事项",
];

/// The level that a bracket names: 县级 of 县级权限; 县级以上 is somebody else's level and none.
fn level(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    if !text.contains('级') || text.len() > 60 {
        return None;
    }
    let text = LEVEL_ENDS.iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let is_level = |text: &str| {
        let mut levels = vocabulary
            .levels
            .iter()
            .filter(|(_, group)| group == "level" || group == "own-level");
        levels.any(|(word, _)| word == text)
    };
    if is_level(text) {
        return Some(text.to_owned());
    }
    let mut each: Vec<&str> = fold::split_outside(text, &['/', '、', '，', '和', '或']);
    each.sort_unstable();
    each.dedup();
    each.iter().all(|text| is_level(text)).then(|| each.join("、"))
}

/// A remark on policy: 据省政府令第349号，部分省级权限下放成都等8市.
fn is_remark(text: &str) -> bool {
    let starts = ["据", "根据", "依据", "按照", "依照"];
    let holds = ["令", "号", "通知", "决定", "文件", "下放", "委托"];
    starts.iter().any(|word| text.starts_with(word)) && holds.iter().any(|word| text.contains(word))
}

/// Item and case of 取水许可-变更, where what stands behind the dash is a case.
fn dashed<'a>(name: &'a str, vocabulary: &Vocabulary) -> Option<(&'a str, &'a str)> {
    let (front, case) = name.rsplit_once(['-', '·'])?;
    let front = front.trim_end_matches(['-', '·']);
    let mut cases = vocabulary.cases.iter();
    let is_case = cases.any(|word| case.starts_with(word.as_str()) || case.ends_with(word.as_str()));
    let fits = case.chars().count() <= 20 && front.chars().count() >= 4;
    (is_case && fits && fold::balanced(front) && fold::balanced(case)).then_some((front, case))
}

/// The canonical name of a case: folded, without the brackets around it.
pub fn case_name(text: &str) -> String {
    fold::spelling(fold::unwrap_brackets(&canonical(text)))
}

/// A name without the remarks in brackets behind it and the marks of a title around it: `《甲》（原件）（正本）` gives `甲`.
pub fn without_remarks(name: &str) -> &str {
    let mut name = name.trim();
    while let Some((before, _)) = last_bracket(name) {
        name = before.trim_end();
    }
    name.trim_matches(['《', '》'])
}

/// Splits off the last bracket that ends a name: `甲（乙）` gives `甲` and `（乙）`.
pub fn last_bracket(name: &str) -> Option<(&str, &str)> {
    if !name.ends_with('）') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in name.char_indices().rev() {
        match c {
            '）' => depth += 1,
            '（' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return (at > 0).then(|| name.split_at(at));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(whole: &str, sub: Option<&str>, case: Option<&str>) -> (String, Option<String>) {
        parse(&Vocabulary::default(), Some(whole), None, sub, case)
            .map(|name| (name.item, name.case))
            .unwrap_or_default()
    }

    #[test]
    fn item_and_case() {
        let case = Some("国资律师事务所占编人员申请执业（材料依据同申请专职执业）".to_owned());
        for whole in [
            "专职律师执业许可(国资律师事务所占编人员申请执业（材料依据同申请专职执业）)",
            "专职律师执业许可(（国资律师事务所占编人员申请执业（材料依据同申请专职执业）））",
        ] {
            assert_eq!(
                parts(whole, Some("专职律师执业许可"), None),
                ("专职律师执业许可".to_owned(), case.clone())
            );
        }
        let name = "无线电频率使用许可（新申请）";
        assert_eq!(parts(name, Some(name), None), (name.to_owned(), None));
        assert_eq!(parts(name, None, None), (name.to_owned(), None));
        assert_eq!(
            parts(name, None, Some("（新申请）")),
            ("无线电频率使用许可".to_owned(), Some("新申请".to_owned()))
        );
        assert_eq!(
            parts("甲许可", None, Some("变更")),
            ("甲许可".to_owned(), Some("变更".to_owned()))
        );
        assert_eq!(parts("甲许可", None, Some("甲许可")), ("甲许可".to_owned(), None));
        assert_eq!(
            parts("甲许可", None, Some("甲许可(变更)")),
            ("甲许可".to_owned(), Some("变更".to_owned()))
        );
        let vocabulary = Vocabulary {
            cases: vec!["变更".to_owned()],
            ..Vocabulary::default()
        };
        for (case, bare) in [
            ("甲许可变更", "变更"),
            ("变更甲许可", "变更"),
            ("变更地址甲许可", "变更地址"),
            ("甲许可证变更", "甲许可证变更"),
            ("个人甲许可", "个人甲许可"),
        ] {
            let name = parse(&vocabulary, Some("甲许可"), None, None, Some(case)).unwrap_or_default();
            assert_eq!(name.case.as_deref(), Some(bare));
        }
        assert_eq!(last_bracket("甲（乙）（丙（丁））"), Some(("甲（乙）", "（丙（丁））")));
        assert_eq!(last_bracket("（甲）"), None);
    }
}

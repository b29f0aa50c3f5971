//! Names: an item's name in its parts, item and case (事项名称, 业务办理项名称).
//!
//! Must not know how rows are paired.

use super::{Parts, Role, fold};
use crate::model::{Name, Value};

/// The canonical spelling of a name: folded, doubled brackets made single, no space beside 《》.
pub fn canonical(text: &str) -> String {
    fold::single_brackets(&fold::spelling(text))
}

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    parse(
        parts.text(Role::Value),
        parts.text(Role::Main),
        parts.text(Role::Sub),
        parts.text(Role::Case),
    )
    .map_or(Value::Empty, Value::Name)
}

/// Puts a name together from its columns. The whole name may carry the case in brackets at its end
/// (`专职律师执业许可(申请专职执业)`); `sub` or `main`, where a column gives them, say where the item's own name ends.
pub fn parse(whole: Option<&str>, main: Option<&str>, sub: Option<&str>, case: Option<&str>) -> Option<Name> {
    let clean = |text: Option<&str>| text.map(canonical).filter(|text| !text.is_empty());
    let (whole, main, sub) = (clean(whole), clean(main), clean(sub));
    let stem = sub.as_deref().or(main.as_deref());
    let whole = whole.or_else(|| sub.clone()).or_else(|| main.clone())?;
    // The column of the case may repeat the item's name in front: 取水许可（变更） under 取水许可.
    let given = clean(case).map(|case| {
        let bare = [Some(whole.as_str()), stem].into_iter().flatten().find_map(|name| {
            case.strip_prefix(name)
                .filter(|rest| rest.starts_with(['（', '-', '—', '：']))
        });
        case_name(bare.unwrap_or(&case).trim_start_matches(['-', '—', '：']))
    });
    let given = given.filter(|case| !case.is_empty());
    if let Some(stem) = stem
        && let Some(rest) = whole.strip_prefix(stem)
    {
        let found = Some(case_name(rest)).filter(|case| !case.is_empty() && rest.starts_with('（'));
        if rest.is_empty() || found.is_some() {
            return Some(Name {
                item: stem.to_owned(),
                main,
                case: given.or(found),
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
        });
    }
    let case = given.filter(|case| *case != whole);
    Some(Name {
        item: whole,
        main,
        case,
    })
}

/// The canonical name of a case: folded, without the brackets around it.
pub fn case_name(text: &str) -> String {
    fold::spelling(fold::unwrap_brackets(&canonical(text)))
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
        parse(Some(whole), None, sub, case)
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
        assert_eq!(last_bracket("甲（乙）（丙（丁））"), Some(("甲（乙）", "（丙（丁））")));
        assert_eq!(last_bracket("（甲）"), None);
    }
}

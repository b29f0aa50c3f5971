//! Clauses: conditions as a list of sentences without their numbering (受理条件).
//!
//! Must not know what a condition means: two clauses are the same only if they say the same words.

use crate::model::{Clause, Clauses, Connector, Cut, Value};

use super::enumerate::{self, Style};
use super::{Parts, Role, Vocabulary, fold, numerals};

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    let entries = parts.entries(Role::Value);
    match entries.as_slice() {
        [only] if vocabulary.no_conditions.contains(&fold::spelling(only)) => Value::Clauses(Clauses::default()),
        entries => parts.refers(entries).unwrap_or_else(|| parse(entries, vocabulary)),
    }
}

/// Reads one text, or several entries that the source separates itself.
fn parse(texts: &[String], vocabulary: &Vocabulary) -> Value {
    let mut clauses = Clauses::default();
    for text in texts {
        let half = fold::half(text);
        let entries = enumerate::entries(&half);
        clauses.cut = clauses.cut.max(cut(&half, &entries));
        for entry in &entries {
            for sentence in fold::split_outside(entry.text, &['；', ';', '。']) {
                let spelt = enumerate::bare(sentence);
                match boilerplate(&spelt) {
                    Some(connector) if sentence.trim_end().ends_with([':', '：']) => {
                        clauses.connector = clauses.connector.max(connector);
                    }
                    _ if spelt.is_empty() || vocabulary.is_empty_word(&spelt) => {}
                    _ => clauses.items.push(Clause {
                        depth: entry.depth,
                        text: numerals::fold(&spelt, &vocabulary.measures).into_owned(),
                    }),
                }
            }
        }
    }
    // All that is left of a text may be its introduction: then that is what can be shown.
    if clauses.items.is_empty() && clauses.cut != Cut::No {
        let seen = texts
            .iter()
            .map(|text| numerals::fold(&fold::spelling(text), &vocabulary.measures).into_owned())
            .filter(|text| !text.is_empty());
        clauses.items = seen.map(|text| Clause { depth: 0, text }).collect();
    }
    if clauses.items.is_empty() && clauses.cut == Cut::No {
        Value::Empty
    } else {
        Value::Clauses(clauses)
    }
}

/// Whether, and how surely, the text stops before its end.
fn cut(half: &str, entries: &[enumerate::Entry<'_>]) -> Cut {
    let end = half.trim_end().chars().next_back();
    if matches!(end, Some('：' | ':' | '，' | ',' | '、' | '（' | '(' | '《')) || unclosed(half) {
        return Cut::Certain;
    }
    // A semicolon after the only entry of a list announces the next one.
    match (lone_first(entries), matches!(end, Some('；' | ';'))) {
        (true, true) => Cut::Certain,
        (true, false) => Cut::Suspected,
        (false, _) => Cut::No,
    }
}

/// An opening bracket in the last sentence that is never closed.
fn unclosed(text: &str) -> bool {
    let ends = ['。', '；', ';', '\n'];
    let text = text.trim_end_matches(|c: char| ends.contains(&c) || c == ' ');
    let last = text.rsplit(ends).next().unwrap_or(text);
    let count = |set: [char; 2]| last.chars().filter(|c| set.contains(c)).count();
    count(['（', '(']) > count(['）', ')']) || count(['《', '《']) > count(['》', '》'])
}

/// A list whose first number is there and whose second is not, as in （一） without （二）, at the outermost numbered level.
fn lone_first(entries: &[enumerate::Entry<'_>]) -> bool {
    let outer: Option<Style> = entries
        .iter()
        .find_map(|entry| entry.style.filter(|&style| style != Style::Bullet));
    outer.is_some_and(|style| {
        let mut numbers = entries
            .iter()
            .filter(|entry| entry.style == Some(style))
            .map(|entry| entry.number);
        numbers.next() == Some(1) && numbers.next().is_none()
    })
}

/// Words that introductions consist of. An introduction made of nothing else says only "all of the following", or, with 之一,
/// "one of the following".
const INTRODUCTION: [&str; 39] = [
    "本行政许可",
    "可以提出申请",
    "可提出申请",
    "方可申请",
    "申请人",
    "申请",
    "应当",
    "必须",
    "应该",
    "符合",
    "具备",
    "具有",
    "满足",
    "以下",
    "下列",
    "如下",
    "全部",
    "所有",
    "条件",
    "要求",
    "情形",
    "之一",
    "可以",
    "提出",
    "受理",
    "办理",
    "许可",
    "同时",
    "的",
    "应",
    "须",
    "需",
    "可",
    "，",
    "：",
    "为",
    "者",
    "时",
    "且",
];

fn boilerplate(spelt: &str) -> Option<Connector> {
    let mut rest = spelt;
    if rest.is_empty() {
        return None;
    }
    'words: while !rest.is_empty() {
        for word in INTRODUCTION {
            if let Some(after) = rest.strip_prefix(word) {
                rest = after;
                continue 'words;
            }
        }
        return None;
    }
    let says = |word: &str| spelt.contains(word);
    if !(says("以下") || says("下列") || says("如下")) {
        return None;
    }
    Some(if says("之一") { Connector::Any } else { Connector::All })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Clauses {
        match parse(&[text.to_owned()], &Vocabulary::default()) {
            Value::Clauses(clauses) => clauses,
            other => panic!("{other:?}"),
        }
    }

    fn texts(text: &str) -> Vec<String> {
        read(text).items.into_iter().map(|clause| clause.text).collect()
    }

    #[test]
    fn numbering_does_not_matter() {
        for text in [
            "1.有场所；2.有人员。",
            "（一）有场所；（二）有人员",
            "有场所；有人员。",
            "申请人应当符合下列条件：①有场所；②有人员。",
            "有场所。\n有人员。",
        ] {
            assert_eq!(texts(text), ["有场所", "有人员"], "{text}");
        }
        assert_eq!(
            read("符合下列情形之一的，可以提出申请：1.甲情况；2.乙情况。").connector,
            Connector::Any
        );
    }

    #[test]
    fn cut_off_texts_are_known() {
        for (text, cut) in [
            ("符合以下全部条件的全省性宗教团体可以提出申请：", Cut::Certain),
            (
                "（一）申请律师执业，应当具备下列所有条件：   1、拥护中华人民共和国宪法；   2、取得法律职业资格证书；",
                Cut::Certain,
            ),
            ("第十二条 应当符合下列规定： （一）年龄条件：", Cut::Certain),
            ("1.要符合以下全部条件：（1）有名称；（2）有负责人。", Cut::Suspected),
            ("1.有场所；2.有人员；", Cut::No),
            ("有场所（含仓库", Cut::Certain),
            ("符合条件的即可申请", Cut::No),
        ] {
            assert_eq!(read(text).cut, cut, "{text}");
        }
    }
}

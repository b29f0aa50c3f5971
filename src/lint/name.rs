//! Family NAM: names of items.
//!
//! Must not know which names the law gives.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::pattern::{Any, Pattern};
use super::vague::{self, Spot};
use super::{RowView, Sink};
use crate::model::Fix;
use crate::normalise::{fold, names};
use crate::profile::{Typo, Typos};

/// How the brackets of a name stand.
#[derive(PartialEq, Eq)]
enum Brackets {
    Right,
    /// All closed, but one opens in full width and closes in half width, or the other way round.
    Mixed,
    Open,
}

fn brackets(name: &str) -> Brackets {
    let mut open = Vec::new();
    let mut mixed = false;
    for c in name.chars() {
        let closes = match c {
            '(' | '（' | '[' | '［' | '《' | '〔' | '【' => {
                open.push(c);
                continue;
            }
            ')' => ['(', '（'],
            '）' => ['（', '('],
            ']' => ['[', '［'],
            '］' => ['［', '['],
            '》' => ['《'; 2],
            '〕' => ['〔'; 2],
            '】' => ['【'; 2],
            _ => continue,
        };
        match open.pop() {
            Some(c) if c == closes[0] => {}
            Some(c) if c == closes[1] => mixed = true,
            _ => return Brackets::Open,
        }
    }
    match (open.is_empty(), mixed) {
        (false, _) => Brackets::Open,
        (true, true) => Brackets::Mixed,
        (true, false) => Brackets::Right,
    }
}

fn full_width(name: &str) -> Fix {
    let text = name.replace('(', "（").replace(')', "）");
    Fix { text, safe: true }
}

/// NAM001: a bracket is not closed, or closed in another width than it was opened.
pub(super) fn unbalanced(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names() {
        let found = brackets(name);
        if found != Brackets::Right {
            let fix = (found == Brackets::Mixed).then(|| full_width(name));
            let fix = fix.filter(|fix| brackets(&fix.text) == Brackets::Right);
            sink.report_with(view, field, vec![("name", name.trim().to_owned())], fix);
        }
    }
}

/// NAM002: half-width brackets.
pub(super) fn half_width(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names().filter(|(_, name)| name.contains(['(', ')'])) {
        let fix = (brackets(name) != Brackets::Open).then(|| full_width(name));
        sink.report_with(view, field, vec![("name", name.trim().to_owned())], fix);
    }
}

static LEVEL_IN_BRACKETS: Pattern =
    Pattern::of("[（(][^（）()]{0,6}(国家|省|市|州|县|区|旗|乡|镇|街道|村|社区)级[^（）()]{0,6}[）)]");

static LEVEL: Pattern = Pattern::of("(区县|县区|市|县|区|旗|乡镇|镇|乡)级");

/// 县级以上 says who is meant, not who handles it.
const RANGES: [&str; 4] = ["以上", "及以上", "以下", "及以下"];

fn level_words<'a>(name: &'a str, pattern: &Pattern) -> Option<&'a str> {
    let found = pattern.find_iter(name).find(|found| {
        let after = name.get(found.end()..).unwrap_or_default();
        let before = name.get(..found.start()).unwrap_or_default();
        // 省、市、县级 goes through the levels: it says which ones are meant.
        !before.ends_with('、')
            && !RANGES
                .iter()
                .any(|range| found.as_str().contains(range) || after.starts_with(range))
    })?;
    Some(found.as_str())
}

/// NAM003: the name carries the level of the body; names are the same from the state down to the village (四级四同).
pub(super) fn level(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names().filter(|(_, name)| name.contains('级')) {
        if let Some(words) = level_words(name, &LEVEL_IN_BRACKETS).or_else(|| level_words(name, &LEVEL)) {
            sink.report(
                view,
                field,
                vec![("words", words.to_owned()), ("name", name.trim().to_owned())],
            );
        }
    }
}

/// NAM004: the name leaves open what it covers.
pub(super) fn vague(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names() {
        let spelt = names::canonical(name);
        if let Some(words) = vague::find(Spot::Name, &spelt, &vague::OPEN) {
            sink.report(
                view,
                field,
                vec![("words", words.to_owned()), ("name", name.trim().to_owned())],
            );
        }
    }
}

/// NAM005: blanks in or around the name, or punctuation at its end.
pub(super) fn untidy(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names().filter(|(_, name)| !is_tidy(name)) {
        let tidy = tidy(name);
        if tidy != name {
            let fix = Fix { text: tidy, safe: true };
            // What cannot be seen is what is wrong.
            let unseen = |c: char| c.is_whitespace() || fold::is_invisible(c);
            let shown = name.chars().map(|c| if unseen(c) { '␣' } else { c }).collect();
            sink.report_with(view, field, vec![("name", shown)], Some(fix));
        }
    }
}

/// Whether a name is tidy, as far as that is seen at a glance: nearly every name is.
fn is_tidy(name: &str) -> bool {
    name.chars()
        .all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}' | '（' | '）' | '0'..='9' | 'A'..='Z'))
}

/// Without what cannot be seen, without blanks beside Chinese characters and at the ends, without punctuation at the end.
fn tidy(name: &str) -> String {
    let chinese = |c: char| fold::is_han(c) || "（）()《》、，。".contains(c);
    let mut out = String::with_capacity(name.len());
    let mut blanks = String::new();
    for c in name.chars().filter(|&c| !fold::is_invisible(c)) {
        if c.is_whitespace() {
            blanks.push(c);
            continue;
        }
        if !chinese(c) && out.chars().next_back().is_some_and(|last| !chinese(last)) {
            out.push_str(&blanks);
        }
        blanks.clear();
        out.push(c);
    }
    out.truncate(
        out.trim_end_matches(['。', '；', ';', '，', ',', '、', '：', ':', '．'])
            .len(),
    );
    out
}

static REMARK: Pattern =
    Pattern::of("[（(](据|根据|依据|按照|依照)[^（）()]{0,40}(令|号|通知|决定|文件|下放|委托)[^（）()]*[）)]");

/// NAM006: a remark on policy stands in the name.
pub(super) fn remark(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names() {
        if let Some(found) = REMARK.find(name) {
            sink.report(
                view,
                field,
                vec![("words", found.as_str().to_owned()), ("name", name.trim().to_owned())],
            );
        }
    }
}

/// The mistakes of writing that the vocabulary knows: what to look for, the wrong word in it, the right one.
static TYPOS: LazyLock<Vec<(Pattern, Typo)>> = LazyLock::new(|| {
    // The shipped file is held against these types by a test.
    let typos = Typos::shipped().map(|typos| typos.typo).unwrap_or_default();
    let patterns = typos.into_iter().map(|typo| {
        let within = typo.within.clone().unwrap_or_else(|| regex::escape(&typo.wrong));
        (Pattern::new(Cow::Owned(within)), typo)
    });
    patterns.collect()
});

/// All mistakes at once: nearly every name has none of them.
static ANY_TYPO: LazyLock<Any> = LazyLock::new(|| Any::of(TYPOS.iter().map(|(pattern, _)| pattern)));

/// NAM007: a word of the name is written with a wrong character. Only what can mean nothing else.
pub(super) fn typo(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (field, name) in view.raw_names().filter(|(_, name)| ANY_TYPO.may(name)) {
        for (_, typo) in TYPOS.iter().filter(|(pattern, _)| pattern.is_match(name)) {
            let args = vec![
                ("words", typo.wrong.clone()),
                ("right", typo.right.clone()),
                ("name", name.trim().to_owned()),
            ];
            sink.report(view, field, args);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_right() {
        for (name, right) in [
            ("取水许可 （新办）。", "取水许可（新办）"),
            (" 取水\u{200B}许可", "取水许可"),
            ("APEC Card 申领", "APEC Card申领"),
            ("取水许可", "取水许可"),
            ("　", ""),
        ] {
            assert_eq!(tidy(name), right, "{name}");
            assert_eq!(tidy(&tidy(name)), right, "twice: {name}");
            assert!(!is_tidy(name) || name == right, "{name}");
        }
        assert_eq!(full_width("停业登记(县级）").text, "停业登记（县级）");
    }

    #[test]
    fn shipped_typos_compile() {
        let shipped = Typos::shipped().map(|typos| typos.typo.len());
        assert_eq!(shipped.ok(), Some(TYPOS.len()));
        assert!(ANY_TYPO.tells() && TYPOS.iter().all(|(pattern, _)| pattern.compiles()));
    }

    #[test]
    fn brackets_pair() {
        for (name, right) in [
            ("甲（乙(丙)）", true),
            ("《甲》（乙）", true),
            ("甲（乙)", false),
            ("甲）", false),
            ("甲（乙", false),
            ("（乙］", false),
        ] {
            assert_eq!(brackets(name) == Brackets::Right, right, "{name}");
        }
    }
}

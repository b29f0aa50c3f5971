//! What a time limit does not count (不含听证、检测、专家评审时间).
//!
//! Must not know what the law counts: that is in the vocabulary.

use super::words::unit_at;
use crate::normalise::fold;
use crate::normalise::number;
use crate::normalise::scan::{Words, numeral_at, words};

pub(super) static EXCLUDING: Words = words!("不含 不包括 不包含");
pub(super) static EXCLUDED: Words = words!("除外 不计 不包含在 不包括在 不含在 另计 另行计算");
static BEFORE: Words = words!("其中 依法 需要 所需 需 因 但 如 进行 组织 的");
static AFTER: Words = words!("时间 时限 期限 所需 所用 的 均 都 等环节 等程序 等特殊环节 等特别程序 等 以");

/// Whether this only says that something is not counted, and what is stands before it.
pub(super) fn says_only(piece: &str) -> bool {
    EXCLUDED.split(piece).is_some_and(|(list, _)| item(list).is_empty())
}

/// What is not counted, sorted.
pub(super) fn excluded<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<String> {
    let (mut found, mut previous) = (Vec::new(), "");
    for piece in pieces {
        let list = match EXCLUDED.split(piece) {
            // 依法需要听证的，所需时间不计算在内
            Some((list, _)) if item(list).is_empty() => previous,
            Some((list, _)) => list,
            None => EXCLUDING.split(piece).map_or("", |(_, list)| list),
        };
        let items = list
            .split(['、', '/', '和', '及', '与', '或'])
            .map(|text| fold::spelling(item(text)));
        found.extend(items.filter(|text| !text.is_empty()));
        previous = piece;
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Words that end like the time of something (公示期) and are no such.
static PERIODS: Words = words!("延期 展期 假期 工期 周期 学期 定期 有效期 任期 分期 过渡期");

/// One thing that is not counted: 依法需要专家评审等环节所需时间 is 专家评审, and so is 专家评审15个工作日.
fn item(text: &str) -> &str {
    let text = BEFORE.off_start(AFTER.off_end(text));
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let number = (c.is_ascii_digit() || number::is_chinese_digit(c)).then(|| numeral_at(text, at));
        let end = number.flatten().map_or(at + c.len_utf8(), |(_, end)| end);
        if number.is_some() && unit_at(text, end).is_some() {
            return AFTER.off_end(&text[..at]);
        }
        at = end;
    }
    match text.strip_suffix('期') {
        Some(what) if !PERIODS.ends(text) => AFTER.off_end(what),
        _ => text,
    }
}

//! The event that a time limit runs from (自收到申请之日起).
//!
//! Must not know amounts.

use super::words::{GLUE, breaks, ends_sentence};
use crate::normalise::fold;
use crate::normalise::scan::{Words, words};

static AFTER: Words = words!("后 之日");
static NO_AFTER: Words = words!("最后 今后 先后");
/// 自然人, 从业人员 …: no 自 or 从 that opens an event.
static NO_OPENING: Words = words!("然 行 主 动 愿 助 治 由 业 事");
static LEADING: Words = words!("应 在 于 由 按 以");
/// 次日 and the like are another day than that of the event.
static OTHER_DAY: Words = words!("次 翌 即 工作 自然 第二");
static NOT_ACCEPTED: Words = words!("收到 不予 次日 翌日 前");
static COUNTED: Words = words!("开始计算 计算 算");

/// What a time limit runs from, if the text says so: `Some(None)` is the acceptance of the application.
pub(super) fn event(text: &str) -> Option<Option<String>> {
    if text.is_empty() {
        return None;
    }
    let mark = |mark: &str| text.rfind(mark).map(|at| at + mark.len() - '起'.len_utf8());
    let end = text
        .contains('起')
        .then(|| ["日起", "时起", "后起"].into_iter().filter_map(mark).max())
        .flatten();
    let event = GLUE.off(end.map_or(text, |end| &text[..end]));
    if end.is_none() && (!AFTER.ends(event) || NO_AFTER.ends(event)) {
        return None;
    }
    let mut from = event
        .rmatch_indices(['自', '从'])
        .map(|(at, word)| &event[at + word.len()..]);
    let subject = |word| event.rsplit_once(word).map(|(_, rest)| rest);
    let event = from
        .find(|rest| !NO_OPENING.begins(rest))
        .or_else(|| subject("应当"))
        .or_else(|| subject("可以"))
        .unwrap_or(event);
    let event = LEADING.off_start(event);
    let (base, end) = match event.strip_suffix(['日', '后', '时']) {
        Some(base) if event.ends_with('时') => (base.strip_suffix('之').unwrap_or(base), "之时"),
        Some(base) if !OTHER_DAY.ends(base) => (base.strip_suffix(['之', '当', '以']).unwrap_or(base), "之日"),
        _ => (event, ""),
    };
    let base = fold::spelling(base);
    let accepted = base.contains("受理") && !NOT_ACCEPTED.within(&base);
    (!base.is_empty()).then(|| (!accepted).then(|| base + end))
}

/// The start behind the number: 20个工作日（自收到申请之日起计算）.
pub(super) fn start_after(tail: &str, followed: bool) -> Option<Option<String>> {
    let tail = tail.split(ends_sentence).next().unwrap_or("");
    let tail = if followed { tail.rsplit_once(breaks)?.0 } else { tail };
    let pieces = tail.split(breaks).map(|piece| COUNTED.off_end(piece));
    pieces.filter(|piece| piece.ends_with('起')).find_map(event)
}

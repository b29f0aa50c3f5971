//! Counts: how often, how many (到办事现场次数).
//!
//! Must not know what is counted. 最多跑一次 is no number: it may be none, and is left unknown.

use super::{Parts, Role, fold, number};
use crate::model::{UnknownWhy, Value};

/// Reads the value of a row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let Some(text) = parts.text(Role::Value) else {
        return Value::Empty;
    };
    if let Some(count) = count(text) {
        return Value::Count(count);
    }
    let spelling = fold::spelling(text);
    if parts.vocabulary.no_visit.contains(&spelling) {
        return Value::Count(0);
    }
    Value::Unknown(UnknownWhy::Unreadable, spelling)
}

/// `0`, `0次`, `１次`, `一次`, `共2次`.
fn count(text: &str) -> Option<u32> {
    let half = fold::half(text);
    let bare = half
        .trim_end_matches(['次', '个', '份', '项', ' ', '。'])
        .trim_start_matches('共');
    u32::try_from(number::whole(bare)?).ok()
}

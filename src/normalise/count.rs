//! Counts: how often, how many (到办事现场次数).
//!
//! Must not know what is counted.

use super::{Parts, Role, fold, number};
use crate::model::{UnknownWhy, Value};

/// Reads the value of a row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    match parts.text(Role::Value) {
        None => Value::Empty,
        Some(text) => count(text).map_or_else(
            || Value::Unknown(UnknownWhy::Unreadable, fold::spelling(text)),
            Value::Count,
        ),
    }
}

/// `0`, `0次`, `１次`, `一次`.
fn count(text: &str) -> Option<u32> {
    let half = fold::half(text);
    let bare = half.trim_end_matches(['次', '个', '份', '项', ' ']);
    u32::try_from(number::whole(bare)?).ok()
}

//! Family TIM: time limits.
//!
//! Must not convert units into each other: that is never certain.

use super::{RowView, Sink};

/// TIM001: the promised limit is longer than the statutory one, in the same unit (优化营商环境条例 art. 36).
pub(super) fn promise_longer(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let (Some(statutory), Some(promised)) =
        (view.duration(view.known.statutory_time), view.duration(view.known.promised_time))
    else {
        return;
    };
    let (Some(law), Some(promise)) = (statutory.span, promised.span) else { return };
    if statutory.unit == promised.unit && promise.high > law.high && !statutory.immediate() {
        let args = vec![("promised", promised.to_string()), ("statutory", statutory.to_string())];
        sink.report(view, "promised_time", args);
    }
}

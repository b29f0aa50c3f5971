//! Family RES: what an applicant receives (办理结果).
//!
//! Must not know which result goes with which item.

use super::{RowView, Sink};
use crate::model::Value;

/// RES001: a permit without a result: it ends in a document (行政许可法 art. 38, 39).
pub(super) fn none(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if view.is_permit() && view.has_column(view.known.field.result) && *view.value(view.known.result) == Value::Empty {
        sink.report(view, "result", Vec::new());
    }
}

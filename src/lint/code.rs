//! Family COD: codes of items and bodies.
//!
//! Must not know which region or body exists.

use super::{RowView, Sink};
use crate::model::Code;
use crate::normalise::codes::{BodyFault, check_body};

/// COD002: the body's code is not a valid unified social credit code.
pub(super) fn body_code(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let in_column = view.said("body_code").map(str::to_owned);
    let in_code = view.code().and_then(Code::body).map(str::to_owned);
    let Some((body, element)) = in_column.map(|body| (body, "body_code")).or_else(|| in_code.map(|body| (body, "code"))) else {
        return;
    };
    let reason = match check_body(&body) {
        Ok(()) => return,
        Err(BodyFault::Length) => "length".to_owned(),
        Err(BodyFault::Alphabet) => "alphabet".to_owned(),
        Err(BodyFault::LowerCase) => "lower-case".to_owned(),
        Err(BodyFault::Placeholder) => "placeholder".to_owned(),
        Err(BodyFault::Check(right)) => format!("check-{right}"),
    };
    sink.report(view, element, vec![("code", body), ("reason", reason)]);
}

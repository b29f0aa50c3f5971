//! Family FEE: charges (收费).
//!
//! Must not know what may be charged by law.

use std::sync::LazyLock;

use regex::Regex;

use super::{RowView, Sink, start_of};
use crate::model::{Amount, FeeItem, Fees, UnknownWhy, Value};
use crate::normalise::fold;

/// FEE001: a fee is charged and no standard is given, in a list that has room for one.
pub(super) fn no_standard(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    if let Value::Fees(Fees::Charged(items)) = view.value(view.known.fees)
        && items.iter().all(FeeItem::is_bare)
        && view.said(fields.fee_standard).is_none()
        && (view.has_column(fields.fee_standard) || view.has_column(fields.fee_items))
    {
        sink.report(view, "fees", Vec::new());
    }
}

static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(\d[\d,]*(?:\.\d+)?)\s*(?:万|亿)?元").ok());

/// Words that say that an amount is not charged any more.
const WAIVED: [&str; 6] = ["免", "停征", "停收", "取消", "不收", "不再"];

/// FEE002: nothing is charged, and yet an amount is named.
pub(super) fn contradiction(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let Some(said) = view.text(fields.fees) else { return };
    if view.profile.vocabulary.charges(said) != Some(false) {
        return;
    }
    let records = view.records(fields.fee_items).into_iter().flatten();
    let standards = records.filter(|(name, _)| name == "standard").map(|(_, text)| text);
    for standard in view
        .said(fields.fee_standard)
        .map(str::to_owned)
        .into_iter()
        .chain(standards)
    {
        let half = fold::half(&standard);
        let Some(pattern) = AMOUNT.as_ref() else { return };
        let charged = pattern
            .captures_iter(&half)
            .filter_map(|found| Amount::parse(found.get(1)?.as_str()))
            .any(|amount| !amount.is_zero());
        if charged && !WAIVED.iter().any(|word| half.contains(word)) {
            let args = vec![("said", said.to_owned()), ("standard", start_of(&standard, 40))];
            sink.report(view, "fees", args);
            return;
        }
    }
}

/// FEE003: a fee is charged, and the standard names no amount (按规定收费).
pub(super) fn no_amount(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let text = match view.value(view.known.fees) {
        Value::Fees(Fees::Charged(items)) => {
            let open = items.iter().find(|item| item.amount.is_none() && !item.is_bare());
            let open = open.map(|item| {
                if item.text.is_empty() {
                    item.name.as_str()
                } else {
                    item.text.as_str()
                }
            });
            // A standard that only points elsewhere (按规定收费) leaves no charge to be read.
            let refers = view
                .said(view.known.field.fee_standard)
                .filter(|_| items.iter().all(FeeItem::is_bare));
            let Some(text) = open.or(refers) else { return };
            text
        }
        Value::Unknown(UnknownWhy::Refers, text) => text.as_str(),
        _ => return,
    };
    sink.report(view, "fees", vec![("text", start_of(text, 40))]);
}

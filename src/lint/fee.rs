//! Family FEE: charges (收费).
//!
//! Must not know what may be charged by law.

use super::pattern::Pattern;
use super::{RowView, Sink, start_of};
use crate::model::{Amount, Citation, FeeItem, Fees, FieldId, UnknownWhy, Value};
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

static AMOUNT: Pattern = Pattern::of(r"(\d[\d,]*(?:\.\d+)?)\s*(?:万|亿)?元");

/// Whether a text says that an amount is not charged any more.
fn is_waived(view: &RowView<'_>, text: &str) -> bool {
    let waived = &view.profile.vocabulary.guide.waived;
    waived.iter().any(|word| text.contains(word.as_str()))
}

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
        let charged = AMOUNT
            .captures_iter(&half)
            .filter_map(|found| Amount::parse(found.get(1)?.as_str()))
            .any(|amount| !amount.is_zero());
        if charged && !is_waived(view, &half) {
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

/// What is charged, where something is.
fn charged<'a>(view: &RowView<'a>) -> Option<&'a [FeeItem]> {
    match view.value(view.known.fees) {
        Value::Fees(Fees::Charged(items)) => Some(items),
        _ => None,
    }
}

/// What the list says of one property of its charges: in a column of its own, and in the records of the charges; `None` where it
/// has room for it in neither.
fn said_of<'r>(
    view: &'r RowView<'_>,
    column: Option<FieldId>,
    records: &'r [Vec<(String, String)>],
    property: &str,
) -> Option<Vec<&'r str>> {
    let nested = records.iter().flatten().filter(|(name, _)| name == property);
    let nested: Vec<&str> = nested.map(|(_, text)| text.as_str()).collect();
    if !view.has_column(column) && nested.is_empty() {
        return None;
    }
    let says = |text: &&str| !text.trim().is_empty() && !view.profile.vocabulary.is_empty_word(text);
    Some(nested.into_iter().chain(view.said(column)).filter(says).collect())
}

/// FEE004: a fee is charged and nothing says by what right (许可法 59; domain handbook 67).
pub(super) fn no_basis(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(items) = charged(view) else { return };
    let fields = &view.known.field;
    let records = view.records(fields.fee_items);
    // 收费标准及依据 in one column: the document stands in the standard.
    let cited = said_of(view, fields.fee_standard, &records, "standard")
        .is_some_and(|said| said.iter().any(|text| text.contains(['《', '〔'])));
    if !cited
        && items.iter().all(|item| item.basis.is_empty())
        && said_of(view, fields.fee_basis, &records, "basis").is_some_and(|said| said.is_empty())
    {
        sink.report(view, "fees", Vec::new());
    }
}

/// FEE005: a fee is charged and nothing says for what (domain handbook 67).
pub(super) fn no_item(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(items) = charged(view) else { return };
    let fields = &view.known.field;
    let records = view.records(fields.fee_items);
    if items.iter().all(|item| item.name.is_empty())
        && said_of(view, fields.fee_name, &records, "name").is_some_and(|said| said.is_empty())
    {
        sink.report(view, "fees", Vec::new());
    }
}

/// FEE006: a fee that cannot be paid online, or of which it is not said (domain handbook 67).
pub(super) fn no_online_payment(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let field = view.known.field.pay_online;
    if charged(view).is_some()
        && view.has_column(field)
        && view.answer(field) != Some(true)
        && (view.said(field).is_none() || view.answer(field) == Some(false))
    {
        sink.report(view, "pay_online", Vec::new());
    }
}

/// FEE007: nothing is charged, and yet it can be paid online (domain handbook 67).
pub(super) fn nothing_to_pay(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    if view.answer(fields.pay_online) == Some(true)
        && let Some(said) = view.text(fields.fees)
        && view.profile.vocabulary.charges(said) == Some(false)
    {
        sink.report(view, "pay_online", vec![("said", said.to_owned())]);
    }
}

/// FEE008: nothing is charged, and yet an item of charges is named (domain handbook 67). Amounts are FEE002's.
pub(super) fn no_fee_but_item(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let words = &view.profile.vocabulary;
    let Some(said) = view.text(fields.fees).filter(|said| words.charges(said) == Some(false)) else {
        return;
    };
    let records = view.records(fields.fee_items);
    let names = said_of(view, fields.fee_name, &records, "name").unwrap_or_default();
    let is_charge =
        |name: &&&str| words.charges(name) != Some(false) && words.answers(name).is_none() && !is_waived(view, name);
    // What is waived is mostly told in the standard beside it.
    let standards = said_of(view, fields.fee_standard, &records, "standard").unwrap_or_default();
    let waived = standards
        .iter()
        .any(|text| is_waived(view, text) || words.charges(text) == Some(false));
    if let Some(name) = names.iter().find(is_charge).filter(|_| !waived) {
        let args = vec![("said", said.to_owned()), ("item", start_of(name, 40))];
        sink.report(view, "fees", args);
    }
}

/// Whether the title is certainly that of a regulation of a province or one of its divisions.
pub(super) fn is_local(title: &str) -> bool {
    let start: String = title.chars().take(8).collect();
    let places = [
        "省",
        "自治区",
        "自治州",
        "自治县",
        "北京市",
        "上海市",
        "天津市",
        "重庆市",
        "经济特区",
    ];
    places.iter().any(|place| start.contains(place))
}

/// Whether a citation may be of a law or of an administrative regulation (行政法规). Local regulations are neither.
fn may_charge(citation: &Citation) -> bool {
    let title = citation.title.split('（').next().unwrap_or_default();
    let law = title.ends_with('法') && !["办法", "方法", "做法"].iter().any(|end| title.ends_with(end));
    let order = citation
        .number
        .as_ref()
        .is_some_and(|number| number.starts_with("国务院令"));
    law || order || (title.contains("条例") && !is_local(title))
}

/// FEE009: the charge of a permit rests on no law and no administrative regulation (许可法 58, 59; domain handbook 68).
pub(super) fn permit_without_law(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(items) = charged(view).filter(|_| view.is_permit()) else {
        return;
    };
    let bases: Vec<&Citation> = items.iter().flat_map(|item| &item.basis).collect();
    let free = |item: &FeeItem| item.amount.is_some_and(|amount| amount.high.is_zero());
    if let Some(first) = bases.first()
        && !bases.iter().any(|citation| may_charge(citation))
        && !items.iter().all(free)
    {
        sink.report(view, "fees", vec![("basis", first.named() + &first.place())]);
    }
}

/// A document number without its year or its number: 粤价〔2013〕号, 粤价〔〕12号, 粤价〔2013〕XX号.
static INCOMPLETE: Pattern = Pattern::of(
    r"\p{Han}{1,12}\s*(?:[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]\s*第?\s*[XxＸ×*＊_＿]*\s*号|[〔\[［【]\s*[XxＸ×*＊_＿]*\s*[〕\]］】]\s*第?\s*\d*\s*号)",
);

/// FEE010: the document number of the basis of a fee lacks its year or its number (domain handbook 70).
pub(super) fn number_incomplete(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let records = view.records(fields.fee_items);
    let texts = said_of(view, fields.fee_basis, &records, "basis").unwrap_or_default();
    if let Some(found) = texts.iter().find_map(|text| INCOMPLETE.find(text)) {
        sink.report(view, "fees", vec![("number", found.as_str().to_owned())]);
    }
}

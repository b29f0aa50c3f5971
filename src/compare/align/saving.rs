//! What an applicant saves where one value of an element takes the place of another, in numbers.
//!
//! Must not know rows or regions. What a value does not say is not known, and never zero.

use crate::model::{Amount, Fees, Material, Measure, Necessity, TimeUnit, Value};

/// What is saved from one value to the other, by measure; what it costs more is negative. Only what both say, in the same unit.
pub(super) fn saving(from: &Value, to: &Value) -> Vec<(Measure, i64)> {
    let counts = |value: &Value| Measure::ALL.map(|measure| count(value, measure));
    let both = counts(from).into_iter().zip(counts(to)).zip(Measure::ALL);
    both.filter_map(|((from, to), measure)| {
        let saved = from?.saturating_sub(to?);
        (saved != 0).then_some((measure, saved))
    })
    .collect()
}

fn count(value: &Value, measure: Measure) -> Option<i64> {
    match (value, measure) {
        (Value::Materials(items), Measure::Materials) => {
            let asked = items.iter().filter(|item| item.necessity == Necessity::Required);
            i64::try_from(asked.count()).ok()
        }
        (Value::Materials(items), Measure::Originals) => {
            let each = |item: &Material| item.originals.or(item.form.original.then_some(1)).unwrap_or(0);
            Some(items.iter().map(|item| i64::from(each(item))).sum())
        }
        (Value::Materials(items), Measure::Copies) => {
            let each = |item: &Material| item.copies.or(item.form.copy.then_some(1)).unwrap_or(0);
            Some(items.iter().map(|item| i64::from(each(item))).sum())
        }
        (Value::Materials(items), Measure::Issued) => {
            let issued = |source: &Option<String>| source.as_ref().is_some_and(|source| source.contains("政府部门"));
            i64::try_from(items.iter().filter(|item| issued(&item.source)).count()).ok()
        }
        (Value::Steps(steps), Measure::Steps) => i64::try_from(steps.iter().filter(|step| !step.special).count()).ok(),
        (Value::Duration(limit), Measure::Days) if limit.unit == TimeUnit::WorkingDay => whole(limit.span?.high),
        (Value::Count(visits), Measure::Visits) => Some(i64::from(*visits)),
        (Value::Fees(Fees::None), Measure::Fee) => Some(0),
        (Value::Fees(Fees::Charged(items)), Measure::Fee) if !items.is_empty() => {
            items.iter().try_fold(0_i64, |sum, item| {
                let amount = item.amount.filter(|amount| amount.low == amount.high)?;
                sum.checked_add(whole(amount.high.times(100))?)
            })
        }
        _ => None,
    }
}

/// A number without a fraction.
fn whole(amount: Amount) -> Option<i64> {
    amount.to_string().parse().ok()
}

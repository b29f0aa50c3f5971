//! Family CTC: telephones for inquiries and complaints.
//!
//! Must not know who answers.

use std::collections::BTreeSet;

use super::pattern::Pattern;
use super::{RowView, Sink};
use crate::model::Fix;

/// A run of digits with what may stand between them. Brackets only around an area code: (020)87654321.
static NUMBERS: Pattern = Pattern::of(r"[（(]?\d{3,}[)）]?(?:\s*[-—–－‐−―]+\s*\d+|\s?\d{3,})*(?:转\d+)?");

/// The text in which nothing but ASCII digits stands for digits.
fn digits_of(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn numbers(text: &str) -> Vec<String> {
    let text = digits_of(text);
    NUMBERS
        .find_iter(&text)
        .map(|found| found.as_str().trim().to_owned())
        .collect()
}

fn bare(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Whether it is a line that serves everybody for everything (12345, 020-12333-9): the same number is meant to be.
fn is_hotline(number: &str) -> bool {
    let own = number
        .split(['-', '—', '–', '－', '‐', '−', '―'])
        .find(|part| !part.starts_with('0'))
        .unwrap_or(number);
    let digits = bare(own);
    matches!(digits.len(), 5 | 6) && (digits.starts_with('1') || digits.starts_with("95"))
}

/// The digits of a text that are part of no number: office hours, or the end of a second extension (020-12333-9-1、2-3).
fn other_digits(text: &str, numbers: &[String]) -> String {
    let mut rest = digits_of(text);
    for number in numbers {
        rest = rest.replacen(number.as_str(), "", 1);
    }
    bare(&rest)
}

/// The numbers that both ways of contact name, if they name nothing else.
fn shared(view: &RowView<'_>) -> Option<Vec<String>> {
    let fields = &view.known.field;
    let (consult_text, complain_text) = (view.said(fields.consult)?, view.said(fields.complain)?);
    let (consult, complain) = (numbers(consult_text), numbers(complain_text));
    let set = |numbers: &[String]| numbers.iter().map(|number| bare(number)).collect::<BTreeSet<String>>();
    if consult.is_empty() || set(&consult) != set(&complain) {
        return None;
    }
    let rest = [
        other_digits(consult_text, &consult),
        other_digits(complain_text, &complain),
    ];
    let same = rest[0] == rest[1] || rest.contains(&String::new());
    same.then_some(complain)
}

/// CTC001: complaints go to the number that inquiries go to.
pub(super) fn same_number(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some(numbers) = shared(view)
        && !numbers.iter().all(|number| is_hotline(number))
    {
        sink.report(view, "complain", vec![("number", numbers.join("、"))]);
    }
}

/// CTC003: the same public line for inquiries and complaints.
pub(super) fn same_hotline(view: &RowView<'_>, sink: &mut Sink<'_>) {
    if let Some(numbers) = shared(view)
        && numbers.iter().all(|number| is_hotline(number))
    {
        sink.report(view, "complain", vec![("number", numbers.join("、"))]);
    }
}

/// Whether a number is a landline without its area code: seven or eight digits that begin neither with 0 nor with 1.
fn without_area(number: &str) -> bool {
    let own: String = number.split(['-', '转']).next().unwrap_or_default().to_owned();
    let digits = bare(&own);
    let whole = bare(number.split('转').next().unwrap_or_default());
    matches!(digits.len(), 7 | 8) && !digits.starts_with(['0', '1']) && whole.len() < 10 && !whole.starts_with("400")
}

/// Whether something else than one hyphen stands between digits.
fn odd_dash(number: &str) -> bool {
    number.contains(['—', '–', '－', '‐', '−', '―']) || number.contains("--")
}

/// CTC002: a telephone without its area code, or written with odd dashes.
pub(super) fn written(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    for (id, field) in [("consult", fields.consult), ("complain", fields.complain)] {
        let Some(text) = view.said(field) else { continue };
        let numbers = numbers(text);
        // Several numbers may share the area code of the first: 020-83521111、83522222.
        let coded = numbers.iter().any(|number| number.starts_with(['0', '(', '（']));
        let wrong = numbers
            .iter()
            .find(|number| odd_dash(number) || (!coded && without_area(number)));
        if let Some(number) = wrong {
            let right = view
                .raw(field)
                .map(with_hyphens)
                .filter(|right| view.raw(field) != Some(right));
            let fix = right.map(|text| Fix { text, safe: true });
            sink.report_with(view, id, vec![("number", number.clone())], fix);
        }
    }
}

/// An area code, a number of seven or eight digits and perhaps an extension, with odd dashes between them. Two whole numbers are
/// from one to the other.
static ODD_DASHES: Pattern =
    Pattern::of(r"\b(0[0-9]{2,3})\s*[-—–－‐−―]+\s*([0-9]{7,8})(?:\s*[-—–－‐−―]+\s*([0-9]{1,6}))?\b");

/// The text with one hyphen between the parts of each number.
fn with_hyphens(text: &str) -> String {
    let joined = |found: &regex::Captures<'_>| {
        let parts = found.iter().skip(1).flatten().map(|part| part.as_str());
        parts.collect::<Vec<_>>().join("-")
    };
    ODD_DASHES.replace_all(text, joined).into_owned()
}

/// CTC004: no telephone for inquiries or for complaints, in a list that has a column for it (domain handbook 74).
pub(super) fn no_number(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    for (id, field) in [("consult", fields.consult), ("complain", fields.complain)] {
        if view.has_column(field) && view.said(field).is_none() {
            let title = field.and_then(|field| view.profile.fields.get(field.index()));
            let title = title.map_or_else(String::new, |field| field.title.clone());
            sink.report(view, id, vec![("way", title)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_dashes_become_hyphens() {
        for (text, right) in [
            ("0777—6428820", "0777-6428820"),
            ("020 －－ 87654321—12、0777--6428820", "020-87654321-12、0777-6428820"),
            // From one number to the other, and years.
            ("87654321—87654325", "87654321—87654325"),
            ("020-87654321——87654325", "020-87654321——87654325"),
            ("2019—2020", "2019—2020"),
        ] {
            assert_eq!(with_hyphens(text), right);
        }
    }

    #[test]
    fn numbers_in_running_text() {
        assert_eq!(numbers("（020）83882222，转8号"), ["（020）83882222"]);
        assert_eq!(numbers("020-38356454转1"), ["020-38356454转1"]);
        assert_eq!(
            numbers("020-12366-2-4；０７７７—6428820"),
            ["020-12366-2-4", "0777—6428820"]
        );
        assert_eq!(numbers("周一至周五8:30-12:00"), Vec::<String>::new());
        for (number, hotline) in [
            ("020-12345", true),
            ("12333-9-0", true),
            ("95598", true),
            ("020-87351468", false),
            ("400-7000-690", false),
        ] {
            assert_eq!(is_hotline(number), hotline, "{number}");
        }
        for (number, without) in [
            ("37885230", true),
            ("020-37885230", false),
            ("12345", false),
            ("13800000000", false),
            ("400-7000-690", false),
        ] {
            assert_eq!(without_area(number), without, "{number}");
        }
    }
}

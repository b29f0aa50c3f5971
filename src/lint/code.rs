//! Family COD: codes of items and bodies, and values of code lists.
//!
//! Must not know which region or body exists.

use std::borrow::Cow;

use super::{RowView, Sink};
use crate::model::{Code, FieldId, Fix, UnknownWhy, Value};
use crate::normalise::Kind;
use crate::normalise::codes::{self, BodyFault, CodeFault, check_body};
use crate::normalise::divisions::Standing;

/// The code columns: id, and how long a national code in it may be.
const COLUMNS: [(&str, &[usize]); 4] = [
    ("code", &[12]),
    ("impl_code", &[31, 33]),
    ("handling_code", &[33, 31]),
    ("national_code", &[12, 31, 33]),
];

fn field(view: &RowView<'_>, id: &str) -> Option<FieldId> {
    let fields = &view.known.field;
    match id {
        "code" => fields.code,
        "impl_code" => fields.impl_code,
        "handling_code" => fields.handling_code,
        _ => fields.national_code,
    }
}

fn column<'a>(view: &RowView<'a>, id: &str) -> Option<&'a str> {
    view.said(field(view, id))
}

fn fault(view: &RowView<'_>, id: &str, right: &[usize], text: &str) -> Option<CodeFault> {
    let judge = |code: &Code| match codes::fault(code, text, right) {
        // The column of implementation codes is often headed 事项编码 and then holds what codes there are.
        Some(CodeFault::Length(12)) if id == "impl_code" && !view.has_column(view.known.field.code) => {
            codes::fault(code, text, &[12])
        }
        fault => fault,
    };
    view.code_fault(field(view, id), judge)
}

/// The faults of the codes of a row: the column, the lengths that are right there, the text, and the fault.
fn faults<'a>(view: &RowView<'a>) -> impl Iterator<Item = (&'static str, &'static [usize], &'a str, CodeFault)> {
    COLUMNS.into_iter().filter_map(|(id, right)| {
        let text = column(view, id)?;
        Some((id, right, text, fault(view, id, right, text)?))
    })
}

/// COD001: a code has not the length of its column (GB/T 39554.1-2020).
pub(super) fn length(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, right, text, fault) in faults(view) {
        if let CodeFault::Length(length) = fault {
            let right: Vec<String> = right.iter().map(usize::to_string).collect();
            let args = vec![
                ("code", text.to_owned()),
                ("length", length.to_string()),
                ("right", right.join("/")),
            ];
            sink.report(view, id, args);
        }
    }
}

/// COD009: a code belongs to no known system.
pub(super) fn system(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, _, text, fault) in faults(view) {
        if fault == CodeFault::System {
            sink.report(view, id, vec![("code", text.to_owned())]);
        }
    }
}

/// COD010: a code has a letter that it may not have (GB/T 39554.1-2020).
pub(super) fn letter(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, _, text, fault) in faults(view) {
        let raw = view
            .raw(view.profile.field(id))
            .filter(|_| fault == CodeFault::LowerCase);
        let fix = raw.map(upper_case);
        let (reason, at, letter) = match fault {
            CodeFault::Digit(at, letter) => ("digit", at.to_string(), letter.to_string()),
            CodeFault::Letter(at, letter) => ("unused", at.to_string(), letter.to_string()),
            CodeFault::LowerCase => ("lower-case", String::new(), String::new()),
            CodeFault::Null => ("null", String::new(), String::new()),
            CodeFault::Length(_) | CodeFault::System => continue,
        };
        let args = vec![
            ("code", text.to_owned()),
            ("reason", reason.to_owned()),
            ("at", at),
            ("letter", letter),
        ];
        sink.report_with(view, id, args, fix);
    }
}

/// The text with its letters in upper case, as codes are written (GB/T 39554.1-2020, GB 32100-2015).
fn upper_case(text: &str) -> Fix {
    Fix {
        text: text.to_ascii_uppercase(),
        safe: true,
    }
}

/// The columns that may hold a code with a body inside, first the one whose code is the item's.
const WITH_BODY: [&str; 4] = ["code", "impl_code", "handling_code", "national_code"];

/// The body inside the codes of a row, as it is written there, with the column that it stands in.
fn body_in_columns(view: &RowView<'_>) -> Option<(&'static str, String)> {
    WITH_BODY.into_iter().find_map(|id| {
        // A basic code has no body, and most codes are basic codes.
        let raw = column(view, id).filter(|raw| raw.len() > 12)?;
        let code = view.code_in(field(view, id))?;
        let body = code.body()?;
        // Parsing folds the case away, but the case of the text counts here.
        let at = raw.to_ascii_uppercase().find(body);
        let written = at.and_then(|at| raw.get(at..at + body.len())).unwrap_or(body);
        Some((id, written.to_owned()))
    })
}

/// COD002: the body's code is not a valid unified social credit code.
pub(super) fn body_code(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let in_column = view.said(view.known.field.body_code);
    let Some((element, body)) = in_column
        .map(|body| ("body_code", body.to_owned()))
        .or_else(|| body_in_columns(view))
    else {
        return;
    };
    let (reason, detail) = match check_body(&body) {
        Ok(()) => return,
        Err(BodyFault::Length) => ("length", body.chars().count().to_string()),
        Err(BodyFault::Organisation) => ("organisation", String::new()),
        Err(BodyFault::Alphabet) => ("alphabet", String::new()),
        Err(BodyFault::LowerCase) => ("lower-case", body.to_ascii_uppercase()),
        Err(BodyFault::Placeholder) => ("placeholder", String::new()),
        Err(BodyFault::Check(right)) => ("check", right.to_string()),
    };
    let fix = (reason == "lower-case").then(|| match element {
        "body_code" => view.raw(view.known.field.body_code).map(upper_case),
        // Around the body stand parts that have lower case of their own (null).
        _ => Some(view.quote(view.known.code))
            .filter(|raw| raw.contains(&body))
            .map(|raw| Fix {
                text: raw.replacen(&body, &detail, 1),
                safe: true,
            }),
    });
    sink.report_with(
        view,
        element,
        vec![("code", body), ("reason", reason.to_owned()), ("detail", detail)],
        fix.flatten(),
    );
}

/// Types that regional codes number in their own way (in Guangdong 20 is 其他行政权力 and 21 is 公共服务).
const NUMBERED_LOCALLY: [&str; 3] = ["10", "20", "21"];

/// COD003: the type digits of the code are not those of the type (GB/T 39554.1-2020). A national code beside the
/// region's own is asked first: its digits mean the same everywhere.
pub(super) fn type_digits(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(kind) = view.choice(view.known.kind) else {
        return;
    };
    let Some(list) = view.profile.vocabulary.lists.get("item-type") else {
        return;
    };
    let name = |at: usize| list.values.get(at).map(|(code, name)| (code.as_str(), name.as_str()));
    let national = view.code_in(view.known.field.national_code);
    for code in national
        .into_iter()
        .filter(|code| code.is_national())
        .chain(view.code())
    {
        let said = match code {
            Code::Sichuan { head, .. } => match head.get(2..4) {
                Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => list.find(digits, None),
                Some(letter) => list
                    .dialects
                    .get("sichuan-head")
                    .and_then(|map| map.get(&letter.to_ascii_lowercase()))
                    .and_then(|code| list.find(code, None)),
                None => None,
            },
            _ => code.type_digits().and_then(|digits| list.find(digits, None)),
        };
        let Some((digits, said)) = said.and_then(name) else {
            continue;
        };
        let local = !code.is_national()
            && NUMBERED_LOCALLY.contains(&digits)
            && NUMBERED_LOCALLY.contains(&kind.code.as_str())
            && !matches!(code, Code::Sichuan { .. });
        if digits != kind.code && !local {
            let args = vec![
                ("code", code.basic().to_owned()),
                ("said", said.to_owned()),
                ("type", kind.name.clone()),
            ];
            sink.report(view, "type", args);
        }
        return;
    }
}

fn same_system(a: &Code, b: &Code) -> bool {
    let national = |code: &Code| code.type_digits().is_some();
    (national(a) && national(b)) || a.system() == b.system()
}

/// COD004: the codes of one row name different items: the basic code is not the last twelve characters of the
/// implementation code, or the handling code does not begin with it (GB/T 39554.1-2020).
pub(super) fn parts(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let codes = [
        ("code", fields.code),
        ("impl_code", fields.impl_code),
        ("handling_code", fields.handling_code),
    ];
    let mut first: Option<&Code> = None;
    for (id, field) in codes {
        let Some(code) = view.code_in(field).filter(|code| !matches!(code, Code::Opaque(_))) else {
            continue;
        };
        match first {
            Some(first) if same_system(first, code) && first.basic() != code.basic() => {
                sink.report(
                    view,
                    id,
                    vec![("code", code.basic().to_owned()), ("other", first.basic().to_owned())],
                );
                return;
            }
            Some(_) => {}
            None => first = Some(code),
        }
    }
}

/// COD005: the body's code is not the one inside the implementation code (GB/T 39554.1-2020). A code that is broken
/// itself is COD002's.
pub(super) fn body_in_code(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let Some(body) = view.said(fields.body_code).filter(|body| check_body(body).is_ok()) else {
        return;
    };
    for (id, field) in [
        ("impl_code", fields.impl_code),
        ("handling_code", fields.handling_code),
        ("code", fields.code),
    ] {
        let Some(code) = view.code_in(field) else { continue };
        let Some(inside) = code.body() else { continue };
        // In some old codes more than the body stands behind the division.
        if !inside.eq_ignore_ascii_case(body) && !inside.contains('-') {
            sink.report(view, id, vec![("body", body.to_owned()), ("inside", inside.to_owned())]);
            return;
        }
    }
}

/// COD006: the level digit of the implementation code is not the level in its column.
pub(super) fn level_digit(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let fields = &view.known.field;
    let Some(level) = view.choice(view.known.level) else {
        return;
    };
    let codes = [
        ("impl_code", fields.impl_code),
        ("handling_code", fields.handling_code),
        ("code", fields.code),
    ];
    for (id, field) in codes {
        let Some(Code::Implementation(code) | Code::Handling(code)) = view.code_in(field) else {
            continue;
        };
        let digit = code.get(18..19).unwrap_or_default();
        // 分级管理 is no level of its own, and some systems write 6 for it.
        let graded = |code: &str| matches!(code, "6" | "7");
        if digit != level.code && !(graded(digit) && graded(&level.code)) {
            sink.report(
                view,
                id,
                vec![("digit", digit.to_owned()), ("level", level.name.clone())],
            );
        }
        return;
    }
}

/// The digits of the region that a row's list is of; `None` where it has none.
fn region<'a>(view: &RowView<'a>) -> Option<Cow<'a, str>> {
    let region = view
        .said(view.known.field.region_code)
        .unwrap_or_else(|| view.region_id());
    let region = match region.contains(char::is_whitespace) {
        true => Cow::Owned(region.chars().filter(|c| !c.is_whitespace()).collect::<String>()),
        false => Cow::Borrowed(region),
    };
    (matches!(region.len(), 6 | 9 | 12) && region.bytes().all(|b| b.is_ascii_digit())).then_some(region)
}

/// COD007: the code was given out for another area than the list's.
pub(super) fn division(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(region) = region(view) else { return };
    let division = match view.code() {
        Some(Code::Sichuan { division, .. }) if !division.is_empty() => division.as_str(),
        Some(Code::Hubei(code)) => code.get(..6).unwrap_or_default(),
        _ => return,
    };
    // A district's list may hold codes of its towns, never those of the city or the province.
    let own = area(&region);
    if !own.is_empty() && !division.starts_with(own) {
        sink.report(
            view,
            "code",
            vec![("division", division.to_owned()), ("region", region.to_string())],
        );
    }
}

/// The divisions of a row: the column that they stand in, and their codes.
fn divisions<'a>(view: &RowView<'a>) -> impl Iterator<Item = (&'static str, &'a str)> {
    let list = view.said(view.known.field.region_code);
    let parts = view.code().map(Code::parts).unwrap_or_default();
    let in_code = parts.division.or(parts.region);
    // What the list says of itself is said once.
    let again = |code: &str| list.is_some_and(|list| list.starts_with(code.trim_end_matches('0')));
    let in_code = in_code.filter(|code| !again(code));
    let list = list.map(|code| ("region_code", code));
    list.into_iter().chain(in_code.map(|code| ("code", code)))
}

/// COD011: a division that GB/T 2260 never had.
pub(super) fn division_unknown(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for (id, code) in divisions(view) {
        if view.profile.divisions().standing(code) == Some(Standing::Unknown) {
            sink.report(view, id, vec![("division", code.to_owned())]);
        }
    }
}

/// COD012: a division that was abolished or has another name now (GB/T 2260).
pub(super) fn division_gone(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let table = view.profile.divisions();
    let mut report = |id: &'static str, reason: &str, code: &str, name: &str, year: u16, now: String| {
        let args = vec![
            ("reason", reason.to_owned()),
            ("division", code.to_owned()),
            ("name", name.to_owned()),
            ("year", year.to_string()),
            ("now", now),
        ];
        sink.report(view, id, args);
    };
    for (id, code) in divisions(view) {
        match table.standing(code) {
            Some(Standing::Gone(gone)) => {
                let heirs = table.heirs(gone);
                let now: Vec<String> = heirs
                    .iter()
                    .map(|heir| format!("{}({})", table.name(heir.code).unwrap_or_default(), heir.code))
                    .collect();
                let reason = if now.is_empty() { "abolished" } else { "replaced" };
                let year = gone.until.unwrap_or_default();
                report(id, reason, code, gone.name, year, now.join("、"));
            }
            Some(Standing::Live(live)) if id == "region_code" => {
                let said = view.said(view.known.field.region_name).unwrap_or_default();
                let old = table.names_of(live.code).iter().rev().find(|old| old.name != live.name);
                if let Some(old) = old.filter(|old| said.ends_with(old.name) && !said.ends_with(live.name)) {
                    let year = old.until.unwrap_or_default();
                    report("region_name", "renamed", code, old.name, year, live.name.to_owned());
                }
            }
            _ => {}
        }
    }
}

/// Bodies that handle the items of every department: 行政审批局, 政务服务中心, 街道办事处, 乡镇人民政府.
const ALL_DEPARTMENTS: [&str; 5] = ["审批", "政务", "人民政府", "街道", "办事处"];

/// Pieces of the names of departments that say nothing of which one it is.
const OF_ANY_BODY: [&str; 12] = [
    "国家", "中国", "管理", "理局", "总局", "监督", "督管", "委员", "员会", "办公", "公室", "事务",
];

/// COD013: digits 5 and 6 of the code name another department than the body belongs to (a hint: handbook 1.3). Only where the
/// digits are those of the national table: the codes of the national directory, and Sichuan's of twelve characters.
pub(super) fn department(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(body) = view.said(view.known.field.body) else {
        return;
    };
    let Some(list) = view.profile.vocabulary.lists.get("department") else {
        return;
    };
    let national = view
        .code_in(view.known.field.national_code)
        .filter(|code| code.is_national())
        .or_else(|| view.code().filter(|code| is_of_national_table(code)));
    let Some(code) = national else { return };
    let Some(digits) = code.parts().department else { return };
    let named = |digits: &str| {
        let at = list.find(digits, None)?;
        Some((at, list.values.get(at)?.1.clone()))
    };
    let Some((at, said)) = named(digits) else { return };
    // Departments that most places have merged, and numbers that counties use in another sense.
    let also = ["merged", "county-local"].map(|dialect| list.find(list.dialects.get(dialect)?.get(digits)?, None));
    let fits = |other: usize| other == at || also.contains(&Some(other));
    let of_body = |wanted: &dyn Fn(usize) -> bool, says: &dyn Fn(&str) -> bool| {
        let mut words = list.index.iter().filter(|(word, at)| wanted(**at) && !word.is_ascii());
        words.any(|(word, _)| says(word))
    };
    let of_all = ALL_DEPARTMENTS.iter().any(|word| body.contains(word));
    // 文化体育和旅游局 is 文化和旅游 and more: two letters in a row will do.
    let has_some = |word: &str| {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        let pieces = letters.windows(2).filter_map(|pair| {
            let (from, (last, c)) = (pair[0].0, pair[1]);
            word.get(from..last + c.len_utf8())
        });
        pieces
            .filter(|piece| !OF_ANY_BODY.contains(piece))
            .any(|piece| body.contains(piece))
    };
    let other = |word: &str| word.chars().count() > 1 && body.contains(word);
    if of_all || of_body(&fits, &has_some) || !of_body(&|at| !fits(at), &other) {
        return;
    }
    let args = vec![
        ("code", code.basic().to_owned()),
        ("said", said),
        ("body", body.to_owned()),
    ];
    sink.report(view, "code", args);
}

fn is_of_national_table(code: &Code) -> bool {
    code.is_national() || matches!(code, Code::Sichuan { head, .. } if head.len() == 12)
}

/// COD014: the body was registered in another province than the list is of (a hint: digits 3 to 8 of a credit code do not change
/// when a division does, so only the province is compared). Bodies of the state are registered under 10.
pub(super) fn body_elsewhere(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(region) = region(view) else { return };
    let in_column = view.said(view.known.field.body_code);
    let Some((element, body)) = in_column
        .map(|body| ("body_code", body.to_owned()))
        .or_else(|| body_in_columns(view))
        // Companies may be registered anywhere; offices (机构编制) may not.
        .filter(|(_, body)| body.starts_with('1') && check_body(body).is_ok())
    else {
        return;
    };
    let (Some(registered), Some(own)) = (body.get(2..4), region.get(..2)) else {
        return;
    };
    if registered != own && registered != "10" && !region.starts_with("00") {
        let of = |digits: &str| {
            view.profile
                .divisions()
                .name(digits)
                .unwrap_or_else(|| digits.to_owned())
        };
        let (registered, own) = (of(registered), of(own));
        sink.report(
            view,
            element,
            vec![("code", body), ("registered", registered), ("region", own)],
        );
    }
}

/// COD015: the code is not one of its parent's (GB/T 39554.1-2020): sub-items share the first nine characters.
pub(super) fn parent(view: &RowView<'_>, sink: &mut Sink<'_>) {
    let Some(parent) = view
        .code_in(view.known.field.parent_id)
        .filter(|code| code.is_standard())
    else {
        return;
    };
    let Some(code) = view.code().filter(|code| code.is_standard()) else {
        return;
    };
    if parent.basic().get(..9) != code.basic().get(..9) {
        let args = vec![("code", code.basic().to_owned()), ("parent", parent.basic().to_owned())];
        sink.report(view, "parent_id", args);
    }
}

/// The digits that name the area: 510000 is 51, 511600 is 5116, 511602000000 is 511602.
fn area(code: &str) -> &str {
    let mut end = code.len();
    for part in [9..12, 6..9, 4..6, 2..4] {
        match code.get(part.clone()) {
            Some(digits) if digits.bytes().all(|b| b == b'0') => end = part.start,
            Some(_) => break,
            None => {}
        }
    }
    &code[..end]
}

const SEPARATORS: [char; 8] = ['^', ',', '，', ';', '；', '|', '、', '/'];

/// COD008: a value is not on its code list.
pub(super) fn off_list(view: &RowView<'_>, sink: &mut Sink<'_>) {
    for &at in &view.known.listed {
        let element = &view.profile.elements[at.index()];
        let Some(list) = &element.list else { continue };
        let value = view.value(Some(at));
        // Nearly all values.
        if matches!(value, Value::Empty | Value::Choice(_)) {
            continue;
        }
        let Some(list) = view.profile.vocabulary.lists.get(list) else {
            continue;
        };
        let wrong: Vec<&str> = match (element.kind, value) {
            // Several values in a column for one are still values of the list.
            (Kind::Choice, Value::Unknown(UnknownWhy::Unreadable, text)) => text
                .split(SEPARATORS)
                .map(str::trim)
                .filter(|piece| !piece.is_empty() && list.find(piece, None).is_none())
                .collect(),
            (Kind::Choices, Value::Choices(choices)) => choices
                .iter()
                .filter(|choice| choice.code.is_empty())
                .map(|choice| choice.name.as_str())
                .collect(),
            _ => continue,
        };
        if !wrong.is_empty() {
            sink.report(
                view,
                element.id.clone(),
                vec![("element", element.title.clone()), ("value", wrong.join("、"))],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::area;

    #[test]
    fn areas_of_divisions() {
        for (code, digits) in [
            ("510000", "51"),
            ("511600", "5116"),
            ("511602", "511602"),
            ("511602000000", "511602"),
            ("511921101000", "511921101"),
            ("441900000000", "4419"),
            ("511602101", "511602101"),
        ] {
            assert_eq!(area(code), digits);
        }
    }
}

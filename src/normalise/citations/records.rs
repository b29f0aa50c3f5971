//! Records of legal bases (nested JSON tables): title, docno, clause, text, issuer, date, level.
//!
//! Must not know how a text is read, only what to give to the reader of texts.

use crate::model::Citation;
use crate::normalise::{fold, number};

use super::clauses::names_place;
use super::numbers::document_number;
use super::{finish, parse};

/// The same from records of the fields title, docno, clause, text, issuer, date, level (nested JSON tables).
pub fn from_records(records: &[Vec<(String, String)>]) -> Vec<Citation> {
    finish(records.iter().flat_map(|record| from_record(record)).collect())
}

fn from_record(record: &[(String, String)]) -> Vec<Citation> {
    let field = |key: &str| {
        record
            .iter()
            .find(|(k, _)| k == key)
            .map_or("", |(_, value)| value.trim())
    };
    let name = field("title");
    let marked = if name.is_empty() || name.contains(['《', '》']) {
        name.to_owned()
    } else {
        format!("《{name}》")
    };
    let (named, number, version) = match parse(&marked).as_slice() {
        [law] if !names_place(law) => (format!("《{}》", law.title), law.number.clone(), law.version),
        _ => (marked, None, None),
    };
    let mut docno = document_number(field("docno")).or(number).unwrap_or_default();
    if docno.starts_with("令第") {
        docno = document_number(&format!("{}{docno}", field("issuer"))).unwrap_or(docno);
    }
    let docno = if named.is_empty() || docno.is_empty() {
        docno
    } else {
        format!("（{docno}）")
    };
    let bare = number::whole(&fold::half(field("clause"))).is_some();
    let clause = if bare {
        format!("第{}条", field("clause"))
    } else {
        field("clause").to_owned()
    };
    let mut found = parse(&format!("{named}{docno}{clause}"));
    if found.is_empty() {
        return parse(field("text"));
    }
    let said = |key: &str| Some(fold::spelling(field(key))).filter(|text| text.chars().any(fold::is_han));
    for citation in &mut found {
        citation.version = citation.version.or(version);
        citation.label = citation.label.take().or_else(|| said("level"));
    }
    if let Some(first) = found.first_mut() {
        first.quote = said("text").or(first.quote.take());
    }
    found
}

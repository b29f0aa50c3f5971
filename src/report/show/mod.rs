//! Showing: the pieces of text that every format for people shares: a difference in words, a shortened value, an inline
//! difference.
//!
//! Must not know a format.

mod difference;
mod findings;
mod regions;

use crate::model::{ItemReport, Place};

pub(super) use difference::{Piece, between, detail, explanation, inline_text, pieces, relation, unsaid};
pub use findings::rule_help;
pub(super) use findings::{LINT_HEADERS, line, lint_fixable, lint_row, lint_summary, message_with_place};
pub(super) use regions::{
    deviates, differing, differs, group_lines, index, neutral, reference, region, regions, summary, tells_difference,
};

/// The first characters of a text, and how many there are in all.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    format!("{head}…（{count}）")
}

/// The name of an item with its case.
pub(super) fn item_name(name: &str, handling: Option<&str>) -> String {
    match handling {
        Some(case) => format!("{name}（{case}）"),
        None => name.to_owned(),
    }
}

/// The code and name of an item with its case, and the code of the handling item where regions share one.
pub(super) fn item_title(item: &ItemReport) -> String {
    let name = item_name(&item.name, item.handling.as_deref());
    let handling = item.handling_code.as_deref().filter(|code| *code != item.code);
    let parts = [Some(item.code.as_str()), Some(&name), handling];
    let said = parts.into_iter().flatten().filter(|text| !text.is_empty());
    said.collect::<Vec<_>>().join(" ")
}

/// Where something stands: `file:row [sheet] column`.
pub(super) fn place(place: &Place) -> String {
    let mut out = place.file.to_string();
    if let Some(sheet) = &place.sheet {
        out.push_str(&format!("[{sheet}]"));
    }
    if place.row > 0 {
        out.push_str(&format!(":{}", place.row));
    }
    if !place.column.is_empty() {
        out.push_str(&format!(" {}", place.column));
    }
    out
}

/// The longest text of a cell that stands in a row of findings: a list of a megabyte may have many.
const QUOTED: usize = 300;

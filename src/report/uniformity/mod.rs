//! N regions side by side (`tongban report`), in the formats for people: a terminal, Markdown, CSV, a workbook. JSON is in `json`, HTML
//! in `html`.
//!
//! Must not compute beyond counting what is listed.

mod by;
pub(super) mod coverage;
pub(super) mod heat;
mod md;
pub(super) mod notes;
mod order;
mod rows;
mod table;
mod xlsx;

pub(super) use md::write as md;
pub(super) use rows::{csv, csv_uncompared};
pub(super) use table::write as table;
pub(super) use xlsx::{left_out as xlsx_left_out, write as xlsx};

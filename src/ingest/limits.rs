//! Limits of what is read, in one place. Each is said when it is met, never silently.
//!
//! Must not know formats.

/// A file, in bytes: above any catalogue seen.
pub const FILE_BYTES: u64 = 2 << 30;
/// One field, in bytes. Excel's own limit is 32,767 characters.
pub const FIELD_BYTES: usize = 1 << 20;
/// Columns of one table.
pub const COLUMNS: usize = 1_024;
/// Rows of one file.
pub const ROWS: usize = 10_000_000;
/// Rows in which the header is looked for.
pub const HEADER_ROWS: usize = 30;
/// How deep JSON and TOML may nest: lists and records in each other, the outermost counted.
pub const JSON_DEPTH: usize = 64;
/// Parts of a workbook.
pub const XLSX_PARTS: usize = 2_000;
/// What all parts of a workbook inflate to, in bytes.
pub const XLSX_BYTES: u64 = 1 << 30;
/// What the shared strings of a workbook inflate to, in bytes: the reader keeps them all.
pub const XLSX_STRINGS_BYTES: u64 = 256 << 20;
/// Shared strings that a workbook may claim, besides one for every five bytes (`<si/>`).
pub const XLSX_STRINGS: u64 = 10_000_000;
/// How far a part may be packed, once it is larger than [`XLSX_RATIO_FROM`]. An honest sheet of ten million cells is 10:1.
pub const XLSX_RATIO: u64 = 200;
/// From what size on the ratio counts, in bytes.
pub const XLSX_RATIO_FROM: u64 = 10 << 20;
/// Findings of one kind that reading reports per file; the rest is counted.
pub const FINDINGS: usize = 1_000;

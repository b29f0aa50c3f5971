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
/// How deep JSON may nest before its rows are found.
pub const JSON_DEPTH: usize = 16;
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
/// Parts that a workbook's reader keeps in memory as a whole (styles, colours, the list of sheets), in bytes and in elements.
pub const XLSX_KEPT_BYTES: u64 = 64 << 20;
/// See [`XLSX_KEPT_BYTES`].
pub const XLSX_KEPT_ELEMENTS: usize = 2_000_000;
/// Rows of a sheet: where the grid of spreadsheets ends.
pub const SHEET_ROWS: u32 = 1_048_576;
/// Merged blocks of a sheet.
pub const MERGES: usize = 1_000_000;
/// Cells of the rectangles that an old workbook (XLS) is laid out in: an honest sheet has at most 65,536 rows and 256 columns.
pub const XLS_CELLS: u64 = 10_000_000;
/// Cells of a workbook that are there only because a cell or a row says it is repeated (ODS).
pub const REPEATED_CELLS: usize = 10_000_000;
/// Findings of one kind that reading reports per file; the rest is counted.
pub const FINDINGS: usize = 1_000;

//! Limits of what is read, in one place. Each is said when it is met, never silently. A new one is a constant, a line in
//! [`ALL`], and its two messages: `limit-…` says what it is and `limit-…-why` why.
//!
//! Must not know formats.

/// A file, in bytes: above any catalogue seen.
pub const FILE_BYTES: u64 = 2 << 30;
/// One field, in bytes. Excel's own limit is 32,767 characters.
pub const FIELD_BYTES: usize = 1 << 20;
/// One line of a CSV, in bytes: more than all columns of the longest honest row.
pub const LINE_BYTES: usize = 16 << 20;
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
pub const REPEATED_CELLS: usize = 1_000_000;
/// Findings of one kind that reading reports per file; the rest is counted.
pub const FINDINGS: usize = 1_000;
/// Members of a ZIP.
pub const ZIP_MEMBERS: usize = 2_000;
/// What all lists in a ZIP inflate to, in bytes.
pub const ZIP_BYTES: u64 = 1 << 30;
/// `tongban.toml`, in bytes.
pub const SETTINGS_BYTES: u64 = 1 << 20;
/// How deep folders are descended.
pub const FOLDER_DEPTH: usize = 16;
/// Lists of one run: the country has about 3,000 counties.
pub const LISTS: usize = 4_096;

/// One law text, in bytes: the longest code is below one MiB.
pub const LAW_BYTES: u64 = 16 << 20;
/// Law texts of one library: all that are in force in the country, with their older versions.
pub const LAWS: usize = 100_000;

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes, shown as KiB, MiB, GiB.
    Bytes,
    /// Things, which the limit's own message names.
    Count,
    /// So much to one.
    Ratio,
}

/// One limit, as `tongban explain limits` shows it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// `limit-<key>` and `limit-<key>-why` are its messages.
    pub key: &'static str,
    /// The last value that passes.
    pub value: u64,
    /// What it counts.
    pub unit: Unit,
    /// What is said when it is met: the code of a finding, or the word of an error's reason.
    pub said: &'static str,
}

const fn limit(key: &'static str, value: u64, unit: Unit, said: &'static str) -> Limit {
    Limit { key, value, unit, said }
}

/// All limits.
pub const ALL: [Limit; 27] = [
    limit("file", FILE_BYTES, Unit::Bytes, "too-large"),
    limit("field", FIELD_BYTES as u64, Unit::Bytes, "FIL009"),
    limit("line", LINE_BYTES as u64, Unit::Bytes, "FIL009"),
    limit("columns", COLUMNS as u64, Unit::Count, "FIL022"),
    limit("rows", ROWS as u64, Unit::Count, "FIL011"),
    limit("header", HEADER_ROWS as u64, Unit::Count, "FIL001"),
    limit("json", JSON_DEPTH as u64, Unit::Count, "FIL001"),
    limit("xlsx-parts", XLSX_PARTS as u64, Unit::Count, "unknown-format"),
    limit("xlsx-bytes", XLSX_BYTES, Unit::Bytes, "unknown-format"),
    limit("xlsx-strings-bytes", XLSX_STRINGS_BYTES, Unit::Bytes, "unknown-format"),
    limit("xlsx-strings", XLSX_STRINGS, Unit::Count, "unknown-format"),
    limit("xlsx-kept-bytes", XLSX_KEPT_BYTES, Unit::Bytes, "unknown-format"),
    limit(
        "xlsx-kept-elements",
        XLSX_KEPT_ELEMENTS as u64,
        Unit::Count,
        "unknown-format",
    ),
    limit("sheet-rows", SHEET_ROWS as u64, Unit::Count, "FIL022"),
    limit("merges", MERGES as u64, Unit::Count, "FIL012"),
    limit("xls-cells", XLS_CELLS, Unit::Count, "unknown-format"),
    limit("repeated-cells", REPEATED_CELLS as u64, Unit::Count, "unknown-format"),
    limit("ratio", XLSX_RATIO, Unit::Ratio, "FIL027"),
    limit("ratio-from", XLSX_RATIO_FROM, Unit::Bytes, "FIL027"),
    limit("zip-members", ZIP_MEMBERS as u64, Unit::Count, "zip-members"),
    limit("zip-bytes", ZIP_BYTES, Unit::Bytes, "zip-bytes"),
    limit("folders", FOLDER_DEPTH as u64, Unit::Count, "too-deep"),
    limit("lists", LISTS as u64, Unit::Count, "too-many-lists"),
    limit("law", LAW_BYTES, Unit::Bytes, "too-large"),
    limit("laws", LAWS as u64, Unit::Count, "too-many-laws"),
    limit("settings", SETTINGS_BYTES, Unit::Bytes, "too-large"),
    limit("findings", FINDINGS as u64, Unit::Count, "FIL010"),
];

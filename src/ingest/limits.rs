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
/// Findings of one kind that reading reports per file; the rest is counted.
pub const FINDINGS: usize = 1_000;

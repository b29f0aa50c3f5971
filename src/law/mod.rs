//! Law: what laws there are, what they say, which version was in force when, and how a citation stands against them.
//!
//! Pure: texts come in as strings, nothing is opened. `ingest::laws` reads the files, `store::laws` keeps an index of them.
//!
//! ```text
//! Markdown ─ text (articles) + heading (history, level, region) ─> Read ─ library (versions of one title, repeals) ─> Library
//! ```
//!
//! `structure` tells paragraphs and subparagraphs of an article apart.
//!
//! Must not know rules, reports or files.

mod heading;
mod library;
mod similar;
mod structure;
mod text;

pub use library::{Library, NEAREST};
pub use similar::{Prepared, similarity};
pub use structure::{Item, Paragraph, item_number, paragraphs, point_number};
pub use text::{Read, read};

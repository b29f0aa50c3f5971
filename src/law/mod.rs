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

mod changes;
mod check;
mod cited;
mod heading;
mod impact;
mod items;
mod library;
mod outdated;
mod places;
mod prints;
mod similar;
mod structure;
mod text;

pub use changes::changes;
pub use check::{Checker, Home, check};
pub use cited::{Lists, Whose};
pub use impact::{Amendment, impact};
pub use items::{Known, items};
pub use library::{Library, NEAREST};
pub use outdated::outdated;
pub use prints::{Found, InMemory, Position, Prints, SHORTEST, Spot, Texts, find_text};
pub use similar::{Prepared, similarity};
pub use structure::{Item, Paragraph, item_number, paragraphs, point_number};
pub use text::{Read, read};

/// What is read from a law text has changed when this has: raised with every change of what [`read`] or [`Library::of`] give, so that
/// an index of older reading is not used (`tests/laws/law_index.rs` holds what they give against it).
pub const READING: u32 = 1;

//! Law: what laws there are, what they say, which version was in force when, and how a citation stands against them.
//!
//! Pure: texts come in as strings, nothing is opened. `ingest::laws` reads the files, `store::laws` keeps an index of them.
//!
//! ```text
//! Markdown ─ text (articles) + heading (history, level, region) ─> Read ─ library (versions of one title, repeals) ─> Library
//! ```
//!
//! Must not know rules, reports or files.

mod changes;
mod cited;
mod heading;
mod impact;
mod items;
mod library;
mod places;
mod similar;
mod structure;
mod text;

pub use changes::changes;
pub use cited::{Lists, Whose};
pub use impact::{Amendment, impact};
pub use items::{Known, items};
pub use library::{Library, NEAREST};
pub use similar::{Prepared, similarity};
pub use structure::{Item, Paragraph, item_number, paragraphs, point_number};
pub use text::{Read, read};

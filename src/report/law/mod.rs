//! Reports of the law library.
//!
//! Must not compute: rulings come in as data.

pub(super) mod check;

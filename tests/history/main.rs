//! Snapshots in one file, and what `log` and `blame` tell of them.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../support/mod.rs"]
mod support;

mod history;
mod snapshots_db;

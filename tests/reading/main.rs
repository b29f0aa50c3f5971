//! Files and settings become a catalogue: encodings, workbooks, sheets, headers, records, what bad input is told.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod encodings;
mod formats;
mod headers;
mod records;
mod settings;
mod sheets;
mod sources;
mod workbooks;

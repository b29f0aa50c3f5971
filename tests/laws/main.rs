//! The library of laws: `tongban law`, and what is said of citations.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../support/mod.rs"]
mod support;

mod law_check;
mod law_guangdong;
mod law_impact;
mod law_index;
mod law_truth;
mod library;

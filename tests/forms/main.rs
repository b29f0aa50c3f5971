//! The normal forms of elements, codes and citations, and `fmt`, which writes them.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../support/mod.rs"]
mod support;

mod citations;
mod codes;
mod elements;
mod fmt;
mod folds;
mod materials;
mod properties;
mod words;

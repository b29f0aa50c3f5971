//! The project itself: its layout, its READMEs, its schemas and manuals.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../support/mod.rs"]
mod support;

mod completions;
mod house;
mod readme;
mod schema;

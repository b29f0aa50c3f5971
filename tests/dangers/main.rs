//! Files that lie, bombs, killed runs, and the real lists: what must not go wrong.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../../benches/support/generator.rs"]
#[allow(dead_code)]
mod generator;
#[path = "../support/mod.rs"]
mod support;

#[cfg(target_os = "linux")]
mod hostile;
#[cfg(unix)]
mod lying;
mod real;
#[cfg(target_os = "linux")]
mod threats;

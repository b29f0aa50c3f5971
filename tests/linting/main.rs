//! `lint`: its rules, our own rules, fixes, baselines, and what CI reads.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../support/mod.rs"]
mod support;

mod baseline;
mod ci;
mod fixes;
mod judged;
mod lint;
mod own_rules;
mod since;

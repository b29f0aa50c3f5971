//! Regions beside each other: who is the same item, who deviates, what `align` proposes.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../../benches/support/noise.rs"]
#[allow(dead_code)]
mod noise;
#[path = "../support/mod.rs"]
mod support;

use noise::generator;

mod agree;
mod agree_reports;
mod align;
mod align_lists;
mod align_told;
mod bodies;
mod brevity;
mod burden;
mod diff;
mod identity;
mod matching;
mod notations;
mod pairing;
mod pairwise;
mod planted;
mod uniformity;

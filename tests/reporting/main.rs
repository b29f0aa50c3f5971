//! What is shown of a comparison, in every format, and the guides.
//!
//! One program for all of it: a program for each file would fill the disk of a small machine with copies of ours.

#[path = "../../benches/support/generator.rs"]
#[allow(dead_code)]
mod generator;
#[path = "../support/uniformity.rs"]
#[allow(dead_code)]
mod made;
#[path = "../support/mod.rs"]
mod support;

mod example;
mod guides;
mod html;
mod outputs;
mod report;
mod report_formats;
mod reports;
mod told;

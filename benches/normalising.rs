//! Speed of the normal forms: all elements of the real Guangdong rows, on one core, against reading the same file.
//!
//! `cold`: every cell of every row is normalised anew, repeated texts too. `memory`: through [`Forms`], which normalises each distinct
//! text once. The list is other people's data: without it the benchmark measures the shipped example instead and says so.
//!
//! `cargo bench --bench normalising`
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::Catalogue;
use tongban::normalise::{Part, Parts, normalise};
use tongban::profile::Profile;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let real = root.join("../shared/data/guangdong/440000.jsonl");
    let files: Vec<PathBuf> = if real.is_file() {
        vec![real, root.join("../shared/data/guangdong/440100.jsonl")]
    } else {
        println!("skipped: ../shared/data is not there; measuring the shipped example");
        vec![root.join("examples/three-districts/xihe.csv")]
    };
    let profile = Profile::load("national-12").expect("the profile ships");
    let sources: Vec<Source> = files.iter().map(Source::file).collect();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool of one");
    let mut catalogue = None;
    let reading = pool.install(|| {
        best(7, || {
            catalogue = Some(ingest::read(&sources, &profile).catalogue);
        })
    });
    let catalogue = catalogue.expect("it was read");
    let rows = catalogue.rows.len() as u32;
    let mut values = 0;
    let cold = best(7, || values = cold(&catalogue, &profile, None));
    let memory = pool.install(|| {
        best(7, || {
            std::hint::black_box(Forms::of(&catalogue, &profile));
        })
    });
    println!("{rows} rows, {values} values; reading {:.2?} a row", reading / rows);
    for (at, element) in profile.elements.iter().enumerate() {
        let one = best(7, || {
            cold_one(&catalogue, &profile, at);
        });
        println!("{:>20} {:>9.2?} a row", element.id, one / rows);
    }
    println!(
        "cold:   {:.2?} a row, {:.2} of reading it",
        cold / rows,
        cold.as_secs_f64() / reading.as_secs_f64()
    );
    println!(
        "memory: {:.2?} a row, {:.2} of reading it",
        memory / rows,
        memory.as_secs_f64() / reading.as_secs_f64()
    );
}

fn cold_one(catalogue: &Catalogue, profile: &Profile, element: usize) -> usize {
    cold(catalogue, profile, Some(element))
}

/// Normalises every element of every row without any memory; the number of values.
fn cold(catalogue: &Catalogue, profile: &Profile, only: Option<usize>) -> usize {
    let mut values = 0;
    for row in catalogue.row_ids() {
        let cells = catalogue.cells(row);
        for (at, element) in profile.elements.iter().enumerate() {
            // The 12 key elements; the others are loaded for lint and guides.
            if !element.compare || only.is_some_and(|only| only != at) {
                continue;
            }
            let mut parts: Vec<Part<'_>> = Vec::new();
            for cell in cells {
                for &(role, field) in &element.fields {
                    if field == cell.field {
                        parts.push(Part {
                            role,
                            shape: cell.shape,
                            text: catalogue.texts.get(cell.text),
                        });
                    }
                }
            }
            if parts.is_empty() {
                continue;
            }
            let value = normalise(
                element.kind,
                &Parts {
                    parts: &parts,
                    vocabulary: &profile.vocabulary,
                    list: element
                        .list
                        .as_deref()
                        .and_then(|list| profile.vocabulary.lists.get(list)),
                    dialect: None,
                },
            );
            std::hint::black_box(value);
            values += 1;
        }
    }
    values
}

fn best(times: u32, mut run: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

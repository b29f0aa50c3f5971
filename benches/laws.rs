//! Speed of the law library: reading its folders, building the index, opening it, looking up titles with articles, and finding where
//! quotations stand.
//!
//! `cargo bench --bench laws -- [DIR…]`: folders of law texts; without any, those beside the project where they are there.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tongban::ingest::{self, LawFile};
use tongban::law::{InMemory, Library, Prints, find_text};
use tongban::model::Article;
use tongban::report::save_by;
use tongban::store::{Index, Stamp, write_index};

/// Citations of a province's catalogue.
const CITATIONS: usize = 65_000;
/// Quotations that are looked for.
const QUOTES: usize = 2_000;

fn main() {
    // Cargo itself adds `--bench`.
    let named = std::env::args().skip(1).filter(|arg| !arg.starts_with('-'));
    let mut folders: Vec<PathBuf> = named.map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/laws"));
    }
    let Ok((files, _)) = ingest::law_files(&folders) else {
        println!("skipped: no law texts in {folders:?}");
        return;
    };
    let bytes: u64 = files.iter().map(|file| file.size).sum();
    println!("{} files, {:.1} MB", files.len(), bytes as f64 / 1e6);
    let read = best(3, || drop(ingest::read_law_files(files.clone())));
    let laws = ingest::read_law_files(files.clone());
    let stamps: Vec<Stamp> = laws.files.iter().map(|(file, read)| stamp(file, *read)).collect();
    let library = laws.library();
    println!("read from the folders {read:.2?}");

    let folder = tempfile::tempdir().expect("a folder for the index");
    let path = folder.path().join("laws.db");
    let build = best(3, || {
        save_by(&path, |file| write_index(file, &library, &stamps)).expect("written")
    });
    let size = std::fs::metadata(&path).expect("is there").len();
    println!("index built {build:.2?} beyond reading, {:.1} MB", size as f64 / 1e6);
    let open = best(5, || {
        let (files, _) = ingest::law_files(&folders).expect("is there");
        let index = opened(&path, &files);
        drop(index.library(|_| false).expect("sound"));
    });
    let index = opened(&path, &files);
    let all = best(3, || assert_eq!(index.library(|_| true).expect("sound"), library));
    println!("index opened, with a look at every file {open:.2?}; all texts loaded and compared {all:.2?}");

    look_up(&library);
    find(&library, &index);
}

/// 65,000 look-ups of a title and an article.
fn look_up(library: &Library) {
    let places: Vec<(&str, Article)> = library
        .laws()
        .iter()
        .flat_map(|law| {
            let text = law.versions.last().and_then(|version| version.text.as_ref());
            let articles = text.map_or(&[][..], |text| &text.articles);
            articles.iter().map(move |one| (law.title.as_str(), one.article))
        })
        .collect();
    let took = best(3, || {
        for at in 0..CITATIONS {
            let (title, article) = places[at.wrapping_mul(7_919) % places.len()];
            let law = library.law(title).expect("is there");
            let text = law.versions.last().and_then(|version| version.text.as_ref());
            assert!(text.and_then(|text| text.article(article)).is_some());
        }
    });
    println!("{CITATIONS} look-ups of title and article {took:.2?}");
}

/// Quotations of 40 characters, from anywhere in the library.
fn find(library: &Library, index: &Index) {
    let started = Instant::now();
    let prints = Prints::of(library);
    println!(
        "fingerprints in memory {:.2?}: {} of {} texts",
        started.elapsed(),
        prints.kept().len(),
        prints.count()
    );
    let step = (prints.count() as usize / QUOTES).max(1);
    let texts = (0..prints.count()).step_by(step).map(|id| prints.text(library, id));
    let quotes: Vec<String> = texts
        .map(|text| text.chars().skip(5).take(40).collect::<String>())
        .filter(|quote| quote.chars().count() == 40)
        .collect();
    let memory = InMemory {
        library,
        prints: &prints,
    };
    let (mut sum, mut worst, mut nowhere) = (Duration::ZERO, Duration::ZERO, 0);
    for quote in &quotes {
        let started = Instant::now();
        let found = find_text(index, quote).expect("sound");
        let took = started.elapsed();
        (sum, worst) = (sum + took, worst.max(took));
        nowhere += usize::from(found.is_empty());
        let Ok(same) = find_text(&memory, quote);
        assert_eq!(found, same);
    }
    let mean = sum / u32::try_from(quotes.len()).expect("few");
    println!(
        "{} quotations found by the index: {mean:.2?} each, {worst:.2?} at worst; {nowhere} in too many laws",
        quotes.len()
    );
}

fn opened(path: &Path, files: &[LawFile]) -> Index {
    let mut stamps: Vec<Stamp> = files.iter().map(|file| stamp(file, true)).collect();
    let index = Index::open(path, &mut stamps).expect("sound");
    index.expect("it is of these files")
}

fn stamp(file: &LawFile, read: bool) -> Stamp {
    Stamp {
        folder: file.folder,
        below: file.below.clone(),
        size: file.size,
        modified: file.modified,
        read,
    }
}

fn best(times: usize, mut run: impl FnMut()) -> Duration {
    let once = |_| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}

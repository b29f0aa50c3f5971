//! Lists made of texts, and what the core says of them without the command line.

use std::collections::BTreeMap;
use std::sync::Arc;

use tongban::compare::identity::Decisions;
use tongban::compare::pairwise::{self, Among};
use tongban::compare::uniformity::{self, Question};
use tongban::forms::Forms;
use tongban::ingest::{self, Source};
use tongban::model::{Catalogue, Pairwise, Uniformity, Variance};
use tongban::profile::Profile;

/// Lists of regions: id and CSV.
pub(crate) fn read(lists: &[(&str, String)]) -> (Catalogue, Forms, Profile) {
    let profile = Profile::load("national-12").expect("a shipped profile");
    let source = |(id, csv): &(&str, String)| Source {
        given: Some(Arc::new(csv.clone().into_bytes())),
        region: Some(((*id).to_owned(), String::new())),
        columns: BTreeMap::new(),
        ..Source::file(format!("{id}.csv"))
    };
    let sources: Vec<Source> = lists.iter().map(source).collect();
    let intake = ingest::read(&sources, &profile);
    assert!(intake.errors.is_empty(), "{:?}", intake.errors);
    let forms = Forms::of(&intake.catalogue, &profile);
    (intake.catalogue, forms, profile)
}

/// The regions side by side.
pub(crate) fn report(lists: &[(&str, String)]) -> Uniformity {
    let (catalogue, forms, profile) = read(lists);
    uniformity::compare(&catalogue, &forms, &profile, &Question::default())
}

/// The regions two by two.
pub(crate) fn pairs(lists: &[(&str, String)], among: &Among) -> Pairwise {
    pairs_under(lists, &[], among)
}

/// The same where differences are allowed.
pub(crate) fn pairs_under(lists: &[(&str, String)], variances: &[Variance], among: &Among) -> Pairwise {
    let (catalogue, forms, profile) = read(lists);
    pairwise::compare(&catalogue, &forms, &profile, &Decisions::default(), variances, among)
}

//! The citations in the conditions and materials of two real lists (`../shared/data/guangdong`), each read by a person: what the check
//! says of them, and whether that is right (`tests/law_guangdong.toml`). Skipped, by name, where the data are not there.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use std::collections::BTreeSet;

use crate::support::{real, root};
use tongban::forms::{Forms, quote};
use tongban::ingest::{self, Source, read_laws};
use tongban::law::check;
use tongban::profile::Profile;

#[test]
fn every_ruling_on_guangdong_was_read() {
    let (Some(province), Some(city), Some(laws)) = (
        real("guangdong/440000.jsonl"),
        real("guangdong/440100.jsonl"),
        real("laws"),
    ) else {
        return;
    };
    let library = read_laws(&[laws]).unwrap().library();
    let profile = Profile::load("national-12").unwrap();
    let catalogue = ingest::read(&[Source::file(province), Source::file(city)], &profile).catalogue;
    let forms = Forms::of(&catalogue, &profile);
    let check = check(&catalogue, &forms, &profile, &library, None);
    let code = profile.element("code").unwrap();
    let mut found = BTreeSet::new();
    for cited in &check.cited {
        let code = quote(&catalogue, &profile, cited.row, code);
        if std::env::var_os("SHOW").is_some() {
            println!(
                "{code} {} {:?} {:?}\n    {:?}",
                cited.citation, cited.ruling, cited.remarks, cited.citation.quote
            );
        }
        found.insert((code, cited.citation.to_string(), cited.ruling.word().to_owned()));
    }
    let text = std::fs::read_to_string(root().join("tests/law_guangdong.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let field = |one: &toml::Value, name: &str| one[name].as_str().unwrap().to_owned();
    let read: BTreeSet<(String, String, String)> = table["read"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            assert!(
                ["right", "silent"].contains(&one["judgement"].as_str().unwrap()),
                "{one}"
            );
            (field(one, "code"), field(one, "citation"), field(one, "ruling"))
        })
        .collect();
    assert_eq!(found, read);
}

//! Snapshots: what is saved is read back as it was read from files, whatever happens to the file in between is told, and nothing is
//! lost when a program is killed, a disk is full or two programs write at once.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::path::{Path, PathBuf};

use support::root;
use tongban::ingest::{self, Source};
use tongban::model::{Catalogue, RowId};
use tongban::profile::Profile;
use tongban::report::save_by;
use tongban::store::{About, Lists, Saved, Saving, Snapshots, Which, create_snapshots};

fn fields(profile: &Profile) -> Vec<String> {
    profile.fields.iter().map(|field| field.id.clone()).collect()
}

/// A new file of snapshots.
fn database(folder: &Path) -> PathBuf {
    let path = folder.join("tongban.db");
    save_by(&path, create_snapshots).unwrap();
    path
}

fn save(to: &mut Snapshots, catalogue: &Catalogue, profile: &Profile, root: &str) -> Saved {
    let keys = |row: RowId| {
        let text = |id| catalogue.text(row, profile.field(id)?).map(str::to_owned);
        ["code", "impl_code", "name"].into_iter().filter_map(text).collect()
    };
    to.save(&Saving {
        catalogue,
        fields: &fields(profile),
        root,
        keys: &keys,
        about: About::default(),
    })
    .unwrap()
}

fn read(from: &Snapshots, which: Which, profile: &Profile, root: &str) -> Catalogue {
    let field = |id: &str| profile.field(id);
    let lists = Lists { field: &field, root };
    from.read(from.find(which).unwrap(), lists).unwrap()
}

/// Two catalogues say the same of every row, cell and place.
fn assert_equal(one: &Catalogue, other: &Catalogue) {
    assert_eq!(one.files, other.files);
    assert_eq!(one.tables, other.tables);
    assert_eq!(one.regions, other.regions);
    assert_eq!(one.findings, other.findings);
    assert_eq!(one.rows.len(), other.rows.len());
    for row in one.row_ids() {
        let (left, right) = (&one.rows[row.index()], &other.rows[row.index()]);
        assert_eq!(
            (left.region, left.table, left.at),
            (right.region, right.table, right.at)
        );
        assert_eq!(one.cells(row).len(), other.cells(row).len());
        for (left, right) in one.cells(row).iter().zip(other.cells(row)) {
            assert_eq!(
                (left.field, left.column, left.shape, left.up, one.texts.get(left.text)),
                (
                    right.field,
                    right.column,
                    right.shape,
                    right.up,
                    other.texts.get(right.text)
                )
            );
            assert_eq!(one.place(row, Some(left)), other.place(row, Some(right)));
        }
    }
}

/// Every list that the tests have, of every format.
fn all_lists() -> Vec<PathBuf> {
    let mut lists = Vec::new();
    for folder in [
        "examples/three-districts",
        "examples/legal-bases",
        "tests/workbooks",
        "tests/hostile",
        "tests/cases",
    ] {
        collect(&root().join(folder), &mut lists);
    }
    for folder in ["guangdong", "sichuan"] {
        if let Some(path) = support::real(folder) {
            let mut real = Vec::new();
            collect(&path, &mut real);
            real.sort();
            real.retain(|list| std::fs::metadata(list).is_ok_and(|meta| meta.len() < 1 << 20));
            lists.extend(real.into_iter().take(4));
        }
    }
    lists.sort();
    lists
}

fn collect(folder: &Path, lists: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, lists);
        } else if ingest::is_list_name(&path.file_name().unwrap().to_string_lossy()) && lists.len() < 2_000 {
            lists.push(path);
        }
    }
}

#[test]
fn what_was_saved_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let profile = Profile::load("national-12").unwrap();
    let mut snapshots = Snapshots::open_to_write(&path).unwrap();
    let lists = all_lists();
    assert!(lists.len() > 50, "{}", lists.len());
    let (mut rows, mut findings) = (0, 0);
    for list in lists.chunks(20) {
        let sources: Vec<Source> = list.iter().map(Source::file).collect();
        let catalogue = ingest::read(&sources, &profile).catalogue;
        let saved = save(&mut snapshots, &catalogue, &profile, "");
        let back = read(&snapshots, Which::Number(saved.number), &profile, "");
        assert_equal(&catalogue, &back);
        rows += catalogue.rows.len();
        findings += catalogue.findings.len();
        // The same again is nothing new.
        let again = save(&mut snapshots, &back, &profile, "");
        assert_eq!((again.digest, again.new_chunks, again.new_texts), (saved.digest, 0, 0));
    }
    assert!(rows > 500 && findings > 50, "{rows} {findings}");
}

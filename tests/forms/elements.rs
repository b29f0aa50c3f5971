//! The kinds of elements, as cases in files (`tests/cases/elements/*.toml`): texts that mean the same, texts that mean nothing or
//! cannot be read, and pairs with the verdict, detail and relation that they must get.
//!
//! A file names its `kind` and, where it has one, its code `list`. Its entries:
//! * `[[same]]` `normal`, `texts`: each text alone in the column of the value has this canonical spelling, which reads back as itself;
//! * `[[read]]` `normal` and columns by role (`value`, `unit`, `standard` …; a string is text, an array of strings a list, an array
//!   of tables a table);
//! * `[[not]]` `why` (`empty`, `refers`, `unreadable`, `cut`), `texts`;
//! * `[[pair]]` `left`, `right` (a text, or columns), `verdict`, and where given exactly: `why`, `relation`, `by` (of the changes, in
//!   order), `added`, `removed`, `changed` (`from → to`, with `what：` in front where something is named).
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tongban::compare::{Context, judge};
use tongban::model::{Cut, Judgement, Relation, Shape, UnknownWhy, Value, encode_list, encode_table};
use tongban::normalise::{KINDS, Kind, Part, Parts, ROLES, Role, normalise};
use tongban::profile::Profile;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    kind: String,
    list: Option<String>,
    #[serde(default)]
    same: Vec<Same>,
    #[serde(default)]
    read: Vec<BTreeMap<String, toml::Value>>,
    #[serde(default, rename = "not")]
    nots: Vec<Not>,
    #[serde(default)]
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Same {
    normal: String,
    texts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Not {
    why: String,
    texts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    left: toml::Value,
    right: toml::Value,
    verdict: String,
    why: Option<String>,
    relation: Option<String>,
    by: Option<Vec<String>>,
    added: Option<Vec<String>>,
    removed: Option<Vec<String>>,
    changed: Option<Vec<String>>,
}

struct Reader<'a> {
    profile: &'a Profile,
    kind: Kind,
    list: Option<String>,
}

impl Reader<'_> {
    fn read(&self, columns: &[(Role, Shape, String)]) -> Value {
        let parts: Vec<Part<'_>> = columns
            .iter()
            .map(|(role, shape, text)| Part {
                role: *role,
                shape: *shape,
                text,
            })
            .collect();
        let list = self.list.as_deref().map(|list| &self.profile.vocabulary.lists[list]);
        normalise(
            self.kind,
            &Parts {
                parts: &parts,
                vocabulary: &self.profile.vocabulary,
                list,
                dialect: None,
            },
        )
    }

    fn text(&self, text: &str) -> Value {
        self.read(&[(Role::Value, Shape::Text, text.to_owned())])
    }

    fn side(&self, side: &toml::Value) -> Value {
        match side {
            toml::Value::Table(columns) => self.read(
                &columns
                    .iter()
                    .map(|(role, cell)| column(role, cell))
                    .collect::<Vec<_>>(),
            ),
            cell => self.read(&[column("value", cell)]),
        }
    }
}

fn column(role: &str, cell: &toml::Value) -> (Role, Shape, String) {
    let role = ROLES
        .iter()
        .find(|(word, _)| *word == role)
        .unwrap_or_else(|| panic!("no role {role}"))
        .1;
    match cell {
        toml::Value::Array(entries) if entries.iter().all(toml::Value::is_table) && !entries.is_empty() => {
            let records: Vec<Vec<(String, String)>> = entries
                .iter()
                .map(|record| {
                    let fields = record.as_table().unwrap().iter();
                    fields
                        .map(|(field, text)| (field.clone(), text.as_str().unwrap().to_owned()))
                        .collect()
                })
                .collect();
            (role, Shape::Table, encode_table(&records))
        }
        toml::Value::Array(entries) => {
            let entries: Vec<String> = entries.iter().map(|entry| entry.as_str().unwrap().to_owned()).collect();
            (role, Shape::List, encode_list(&entries))
        }
        cell => (role, Shape::Text, cell.as_str().unwrap().to_owned()),
    }
}

/// What a value that is not there or not understood is.
fn state(value: &Value) -> &'static str {
    match value {
        Value::Empty => "empty",
        Value::Unknown(UnknownWhy::Refers, _) => "refers",
        Value::Unknown(UnknownWhy::Unreadable, _) => "unreadable",
        Value::Clauses(clauses) if clauses.cut != Cut::No => "cut",
        _ => "read",
    }
}

fn changes(judgement: &Judgement) -> Vec<String> {
    let changes = judgement.detail.changed.iter();
    changes
        .map(|change| match change.what.as_str() {
            "" => format!("{} → {}", change.from, change.to),
            what => format!("{what}：{} → {}", change.from, change.to),
        })
        .collect()
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

fn run(path: &Path, profile: &Profile, wrong: &mut Vec<String>) {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let cases: Cases =
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let reader = Reader {
        profile,
        kind: KINDS.iter().find(|(word, _)| *word == cases.kind).expect("a kind").1,
        list: cases.list,
    };
    let mut complain = |what: String| wrong.push(format!("{name}: {what}"));
    for case in &cases.same {
        for text in &case.texts {
            let value = reader.text(text);
            if value.canonical() != case.normal || state(&value) != "read" {
                complain(format!(
                    "{text:?} is {} {:?}, not {:?}",
                    state(&value),
                    value.canonical(),
                    case.normal
                ));
            }
        }
        let again = reader.text(&case.normal).canonical();
        if again != case.normal {
            complain(format!("the normal form {:?} reads back as {again:?}", case.normal));
        }
    }
    for case in &cases.read {
        let normal = case["normal"].as_str().unwrap();
        let columns: Vec<_> = case
            .iter()
            .filter(|(role, _)| *role != "normal")
            .map(|(role, cell)| column(role, cell))
            .collect();
        let value = reader.read(&columns).canonical();
        if value != normal {
            complain(format!("{columns:?} is {value:?}, not {normal:?}"));
        }
    }
    for case in &cases.nots {
        for text in &case.texts {
            let value = reader.text(text);
            if state(&value) != case.why {
                complain(format!(
                    "{text:?} is {} {:?}, not {}",
                    state(&value),
                    value.canonical(),
                    case.why
                ));
            }
        }
    }
    let context = Context {
        vocabulary: &profile.vocabulary,
        left: &[],
        right: &[],
        one_level: false,
    };
    for case in &cases.pair {
        let (left, right) = (reader.side(&case.left), reader.side(&case.right));
        let there = judge(&left, &right, &context);
        let about = format!("{} ⇄ {}", case.left, case.right);
        let mut hold = |what: &str, is: &dyn std::fmt::Debug, wanted: &dyn std::fmt::Debug| {
            let (is, wanted) = (format!("{is:?}"), format!("{wanted:?}"));
            if is != wanted {
                complain(format!("{about}: {what} is {is}, not {wanted}"));
            }
        };
        hold("the verdict", &there.verdict.word(), &case.verdict.as_str());
        if let Some(why) = &case.why {
            hold("why", &there.why.word(), &why.as_str());
        }
        if let Some(relation) = &case.relation {
            hold(
                "the relation",
                &there.relation.map_or("none", Relation::word),
                &relation.as_str(),
            );
        }
        if let Some(by) = &case.by {
            let said: Vec<&str> = there
                .detail
                .changed
                .iter()
                .map(|change| change.by.as_deref().unwrap_or(""))
                .collect();
            hold("by", &said, by);
        }
        if let Some(added) = &case.added {
            hold("added", &there.detail.added, added);
        }
        if let Some(removed) = &case.removed {
            hold("removed", &there.detail.removed, removed);
        }
        if let Some(changed) = &case.changed {
            hold("changed", &changes(&there), changed);
        }
        // The same from the other side.
        let back = judge(&right, &left, &context);
        hold("the verdict seen from the right", &back.verdict, &there.verdict);
        hold(
            "the relation seen from the right",
            &back.relation,
            &there.relation.map(Relation::back),
        );
        hold(
            "what was added, seen from the right",
            &sorted(back.detail.removed.clone()),
            &sorted(there.detail.added.clone()),
        );
    }
}

#[test]
fn every_case_of_every_kind() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/elements");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let profile = Profile::load("national-12").unwrap();
    let mut wrong = Vec::new();
    for file in &files {
        run(file, &profile, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

//! Family CRO: a list against the basic directory.
//!
//! Must not know how rows of lists differ from each other.

use foldhash::{HashSet, HashSetExt};

use super::super::{Lists, Sink};
use super::{Item, stem};
use crate::model::{Code, RegionId};

fn is_national(code: &str) -> bool {
    code.len() == 12
}

/// The codes that a row answers to: its own, and the national one beside it.
fn answers<'a>(item: &Item<'a>, lists: &Lists<'a>) -> Vec<String> {
    let view = item.view(lists);
    let national = view.code_in(view.known.field.national_code);
    let mut codes = vec![item.code.basic().to_owned()];
    codes.extend(
        national
            .filter(|code| !matches!(code, Code::Opaque(_)))
            .map(|code| code.basic().to_owned()),
    );
    codes
}

/// The code of the main item that a national code belongs to.
fn main_of(code: &str) -> Option<String> {
    code.get(..9)
        .filter(|_| is_national(code))
        .map(|main| format!("{main}000"))
}

/// Without a directory there is nothing to hold the lists against.
fn has_directory(lists: &Lists<'_>) -> bool {
    lists.catalogue.regions.iter().any(|region| region.directory)
}

/// CRO004: an item is handled that the directory does not have (京办法 5, 豫28).
pub(in crate::lint) fn outside_directory(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    if !has_directory(lists) {
        return;
    }
    let directory = Item::of_directory(lists);
    let known: HashSet<&str> = directory.iter().map(|item| item.code.basic()).collect();
    let names: HashSet<&str> = directory.iter().map(|item| stem(item.name())).collect();
    let systems: HashSet<bool> = directory.iter().map(|item| item.code.type_digits().is_some()).collect();
    let mut told: HashSet<(RegionId, &str)> = HashSet::new();
    for item in lists.items() {
        // Codes of another system than the directory's say nothing about it.
        if !systems.contains(&item.code.type_digits().is_some()) {
            continue;
        }
        let answers = answers(item, lists);
        let found = answers.iter().any(|code| {
            known.contains(code.as_str()) || main_of(code).is_some_and(|main| known.contains(main.as_str()))
        });
        if !found && !names.contains(stem(item.name())) && told.insert((item.region, item.code.basic())) {
            let args = vec![("code", item.code.basic().to_owned()), ("name", item.name().to_owned())];
            sink.report(&item.view(lists), "code", args);
        }
    }
}

/// CRO005: nobody handles an item of the directory.
pub(in crate::lint) fn nobody_handles(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    if !has_directory(lists) {
        return;
    }
    let items = lists.items();
    if items.is_empty() {
        return;
    }
    let mut handled: HashSet<String> = HashSet::new();
    for item in items {
        for code in answers(item, lists) {
            handled.extend(main_of(&code));
            handled.insert(code);
        }
    }
    let names: HashSet<&str> = items.iter().map(|item| stem(item.name())).collect();
    for item in Item::of_directory(lists) {
        if !handled.contains(item.code.basic()) && !names.contains(stem(item.name())) {
            let args = vec![("code", item.code.basic().to_owned()), ("name", item.name().to_owned())];
            sink.report(&item.view(lists), "code", args);
        }
    }
}

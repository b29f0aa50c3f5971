//! Family CRO: what only several rows, lists or the directory together show.
//!
//! Must not know how elements differ between regions: that is compare's.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::{Lists, RowView, Sink};
use crate::model::{Code, RegionId};
use crate::normalise::names;

/// The row of a list with the code that names its item, unless the code is of no known system.
struct Item<'a> {
    view: RowView<'a>,
    code: &'a Code,
}

impl<'a> Item<'a> {
    fn of(view: RowView<'a>) -> Option<Item<'a>> {
        let code = view.code().filter(|code| !matches!(code, Code::Opaque(_)))?;
        view.is_live().then_some(Item { view, code })
    }

    fn name(&self) -> &'a str {
        self.view.name().map_or("", |name| name.item.as_str())
    }

    /// Its case and its level, which tell it apart from others of its name.
    fn case(&self) -> [Option<&'a str>; 2] {
        let name = self.view.name();
        [
            name.and_then(|name| name.case.as_deref()),
            name.and_then(|name| name.level.as_deref()),
        ]
    }
}

fn items<'a>(lists: &Lists<'a>) -> Vec<Item<'a>> {
    lists
        .rows()
        .filter(|view| !view.in_directory())
        .filter_map(Item::of)
        .collect()
}

/// Where another row stands.
fn place(view: &RowView<'_>) -> [(&'static str, String); 2] {
    let (place, _) = view.place("");
    [("file", place.file.to_string()), ("row", place.row.to_string())]
}

/// CRO001: the same handling item of the same body twice.
pub(super) fn duplicate(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let items = items(lists);
    let mut seen = HashMap::new();
    for item in &items {
        let fields = &item.view.known.field;
        let body = (
            item.view.text(fields.body),
            item.view.text(fields.body_code).or(item.code.body()),
        );
        let key = (item.view.region(), item.code.basic(), item.name(), item.case(), body);
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(item);
            }
            Entry::Occupied(first) => {
                let [file, row] = place(&first.get().view);
                sink.report(&item.view, "name", vec![("name", shown(item)), file, row]);
            }
        }
    }
}

fn shown(item: &Item<'_>) -> String {
    item.view.name().map_or_else(String::new, ToString::to_string)
}

/// CRO002: one name stands under several codes in a region.
pub(super) fn several_codes(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let items = items(lists);
    let mut first: HashMap<(RegionId, &str, [Option<&str>; 2]), &Item<'_>> = HashMap::new();
    let mut told: HashSet<(RegionId, &str, [Option<&str>; 2], &str)> = HashSet::new();
    for item in items.iter().filter(|item| !item.name().is_empty()) {
        let (region, name, case) = (item.view.region(), item.name(), item.case());
        let first = *first.entry((region, name, case)).or_insert(item);
        let code = item.code.basic();
        if first.code.basic() != code && told.insert((region, name, case, code)) {
            let [file, row] = place(&first.view);
            let other = first.code.basic().to_owned();
            let args = vec![
                ("name", shown(item)),
                ("code", code.to_owned()),
                ("other", other),
                file,
                row,
            ];
            sink.report(&item.view, "code", args);
        }
    }
}

/// The name without the brackets at its end: what stands there is mostly the case.
fn stem(name: &str) -> &str {
    let mut name = name;
    while let Some((before, _)) = names::last_bracket(name) {
        name = before;
    }
    name
}

/// Whether two names may be of one item: one is the other with something behind it.
fn may_be_same(a: &str, b: &str) -> bool {
    let (a, b) = (stem(a), stem(b));
    a.starts_with(b) || b.starts_with(a)
}

/// How many names of one code are told apart: more help nobody.
const NAMES: usize = 20;

/// CRO003: one code stands for items of several names, in a region or between regions (四级四同).
pub(super) fn several_names(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let items = items(lists);
    let directory: Vec<Item<'_>> = lists
        .rows()
        .filter(RowView::in_directory)
        .filter_map(Item::of)
        .collect();
    let mut names: HashMap<&str, Vec<&Item<'_>>> = HashMap::new();
    let mut told: HashSet<(RegionId, &str, &str)> = HashSet::new();
    for item in directory.iter().chain(&items).filter(|item| !item.name().is_empty()) {
        let known = names.entry(item.code.basic()).or_default();
        if known.len() >= NAMES || known.iter().any(|other| may_be_same(other.name(), item.name())) {
            continue;
        }
        if let Some(first) = known.first()
            && told.insert((item.view.region(), item.code.basic(), stem(item.name())))
        {
            let [file, row] = place(&first.view);
            let args = vec![
                ("code", item.code.basic().to_owned()),
                ("name", item.name().to_owned()),
                ("other", first.name().to_owned()),
                file,
                row,
            ];
            sink.report(&item.view, "name", args);
        }
        // What the directory says stays the measure; between lists every name is told once.
        if known.len() < NAMES && !known.first().is_some_and(|first| first.view.in_directory()) {
            known.push(item);
        }
    }
}

fn is_national(code: &str) -> bool {
    code.len() == 12
}

/// The codes that a row answers to: its own, and the national one beside it.
fn answers(item: &Item<'_>) -> Vec<String> {
    let national = item.view.code_in(item.view.known.field.national_code);
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

/// CRO004: an item is handled that the directory does not have (京办法 5, 豫28).
pub(super) fn outside_directory(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let directory: Vec<Item<'_>> = lists
        .rows()
        .filter(RowView::in_directory)
        .filter_map(Item::of)
        .collect();
    let known: HashSet<&str> = directory.iter().map(|item| item.code.basic()).collect();
    let names: HashSet<&str> = directory.iter().map(|item| stem(item.name())).collect();
    let systems: HashSet<bool> = directory.iter().map(|item| item.code.type_digits().is_some()).collect();
    let mut told: HashSet<(RegionId, &str)> = HashSet::new();
    let items = items(lists);
    for item in &items {
        // Codes of another system than the directory's say nothing about it.
        if !systems.contains(&item.code.type_digits().is_some()) {
            continue;
        }
        let answers = answers(item);
        let found = answers.iter().any(|code| {
            known.contains(code.as_str()) || main_of(code).is_some_and(|main| known.contains(main.as_str()))
        });
        if !found && !names.contains(stem(item.name())) && told.insert((item.view.region(), item.code.basic())) {
            let args = vec![("code", item.code.basic().to_owned()), ("name", item.name().to_owned())];
            sink.report(&item.view, "code", args);
        }
    }
}

/// CRO005: nobody handles an item of the directory.
pub(super) fn nobody_handles(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let items = items(lists);
    if items.is_empty() {
        return;
    }
    let mut handled: HashSet<String> = HashSet::new();
    for item in &items {
        for code in answers(item) {
            handled.extend(main_of(&code));
            handled.insert(code);
        }
    }
    let names: HashSet<&str> = items.iter().map(|item| stem(item.name())).collect();
    for item in lists.rows().filter(RowView::in_directory).filter_map(Item::of) {
        if !handled.contains(item.code.basic()) && !names.contains(stem(item.name())) {
            let args = vec![("code", item.code.basic().to_owned()), ("name", item.name().to_owned())];
            sink.report(&item.view, "code", args);
        }
    }
}

/// CRO006: a row stands under sub-item 000 though its main item is divided into sub-items.
pub(super) fn undivided(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let items = items(lists);
    let codes = || items.iter().filter(|item| item.code.type_digits().is_some());
    let mut divided: HashMap<(RegionId, &str), &str> = HashMap::new();
    for item in codes() {
        let code = item.code.basic();
        if let (Some(main), Some(sub)) = (code.get(..9), code.get(9..))
            && sub != "000"
        {
            divided.entry((item.view.region(), main)).or_insert(code);
        }
    }
    let mut told: HashSet<(RegionId, &str)> = HashSet::new();
    for item in codes() {
        let code = item.code.basic();
        if let Some(main) = code.strip_suffix("000")
            && let Some(sibling) = divided.get(&(item.view.region(), main))
            && told.insert((item.view.region(), code))
        {
            sink.report(
                &item.view,
                "code",
                vec![("code", code.to_owned()), ("sibling", (*sibling).to_owned())],
            );
        }
    }
}

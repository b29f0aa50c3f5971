//! Family CRO: what only several rows, lists or the directory together show. Here: within one list.
//!
//! Must not know how elements differ between regions: that is compare's.

pub(super) mod directory;
pub(super) mod outliers;
mod peers;
pub(super) mod regions;

use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::{Lists, RowView, Sink};
use crate::model::{Code, Column, Name, RegionId, RowId};
use crate::normalise::names;

pub(super) use peers::Peers;

/// The row of a list with the code that names its item, unless the code is of no known system.
pub(super) struct Item<'a> {
    row: RowId,
    region: RegionId,
    code: &'a Code,
    named: Option<&'a Name>,
}

impl<'a> Item<'a> {
    fn of(view: &RowView<'a>) -> Option<Item<'a>> {
        let code = view.code().filter(|code| !matches!(code, Code::Opaque(_)))?;
        view.is_live().then(|| Item {
            row: view.row(),
            region: view.region(),
            code,
            named: view.name(),
        })
    }

    /// The items of the lists, the directory's left out: see [`Lists::items`].
    pub(super) fn listed(lists: &Lists<'a>) -> Vec<Item<'a>> {
        let rows = lists.rows().filter(|view| !view.in_directory());
        rows.filter_map(|view| Item::of(&view)).collect()
    }

    /// Those of the directory.
    fn of_directory(lists: &Lists<'a>) -> Vec<Item<'a>> {
        let rows = lists.rows().filter(RowView::in_directory);
        rows.filter_map(|view| Item::of(&view)).collect()
    }

    fn view(&self, lists: &Lists<'a>) -> RowView<'a> {
        lists.row(self.row)
    }

    fn name(&self) -> &'a str {
        self.named.map_or("", |name| name.item.as_str())
    }

    /// Its case and its level, which tell it apart from others of its name.
    fn case(&self) -> [Option<&'a str>; 2] {
        [
            self.named.and_then(|name| name.case.as_deref()),
            self.named.and_then(|name| name.level.as_deref()),
        ]
    }
}

/// Where another row stands.
fn place(view: &RowView<'_>) -> [(&'static str, String); 2] {
    let (place, _) = view.place("");
    [("file", place.file.to_string()), ("row", place.row.to_string())]
}

/// CRO001: the same handling item of the same body twice.
pub(super) fn duplicate(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let mut seen = HashMap::new();
    for item in lists.items() {
        let view = item.view(lists);
        let fields = &view.known.field;
        let body = (view.text(fields.body), view.text(fields.body_code).or(item.code.body()));
        // Versions of one item are CRO007's.
        let version = view.text(fields.version);
        let key = (item.region, item.code.basic(), item.name(), item.case(), body, version);
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(item);
            }
            Entry::Occupied(first) => {
                let [file, row] = place(&first.get().view(lists));
                sink.report(&view, "name", vec![("name", shown(item)), file, row]);
            }
        }
    }
}

fn shown(item: &Item<'_>) -> String {
    item.named.map_or_else(String::new, ToString::to_string)
}

/// CRO002: one name stands under several codes in a region.
pub(super) fn several_codes(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let mut first: HashMap<(RegionId, &str, [Option<&str>; 2]), &Item<'_>> = HashMap::new();
    let mut told: HashSet<(RegionId, &str, [Option<&str>; 2], &str)> = HashSet::new();
    for item in lists.items().iter().filter(|item| !item.name().is_empty()) {
        let (region, name, case) = (item.region, item.name(), item.case());
        let first = *first.entry((region, name, case)).or_insert(item);
        let code = item.code.basic();
        if first.code.basic() != code && told.insert((region, name, case, code)) {
            let [file, row] = place(&first.view(lists));
            let other = first.code.basic().to_owned();
            let args = vec![
                ("name", shown(item)),
                ("code", code.to_owned()),
                ("other", other),
                file,
                row,
            ];
            sink.report(&item.view(lists), "code", args);
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

/// CRO006: a row stands under sub-item 000 though its main item is divided into sub-items.
pub(super) fn undivided(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let codes = || lists.items().iter().filter(|item| item.code.type_digits().is_some());
    let mut divided: HashMap<(RegionId, &str), &str> = HashMap::new();
    for item in codes() {
        let code = item.code.basic();
        if let (Some(main), Some(sub)) = (code.get(..9), code.get(9..))
            && sub != "000"
        {
            divided.entry((item.region, main)).or_insert(code);
        }
    }
    let mut told: HashSet<(RegionId, &str)> = HashSet::new();
    for item in codes() {
        let code = item.code.basic();
        if let Some(main) = code.strip_suffix("000")
            && let Some(sibling) = divided.get(&(item.region, main))
            && told.insert((item.region, code))
        {
            sink.report(
                &item.view(lists),
                "code",
                vec![("code", code.to_owned()), ("sibling", (*sibling).to_owned())],
            );
        }
    }
}

/// The numbers in the text of a version, so that 12 is above 9 and 2.1 above 2; the text itself where there are none.
fn version<'a>(view: &RowView<'a>) -> (Vec<u32>, &'a str) {
    let text = view.said(view.known.field.version).unwrap_or_default();
    let numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok());
    (numbers.collect(), text)
}

/// The elements in which two rows say otherwise, by their titles.
fn differing(lists: &Lists<'_>, a: &RowView<'_>, b: &RowView<'_>) -> String {
    let meaning = |view: &RowView<'_>, element| lists.forms.meaning(view.row(), element);
    let titles = lists
        .profile
        .compared()
        .filter(|&(element, _)| meaning(a, element) != meaning(b, element))
        .map(|(_, element)| element.title.as_str());
    let titles: Vec<&str> = titles.collect();
    if titles.is_empty() {
        "—".to_owned()
    } else {
        titles.join("、")
    }
}

/// CRO007: several versions of one handling item are in use (domain handbook 78).
pub(super) fn versions(lists: &Lists<'_>, sink: &mut Sink<'_>) {
    let tables = &lists.catalogue.tables;
    let field = lists.known.field.version;
    let carried = |column: &Column| column.field.is_some() && column.field == field;
    if !tables.iter().any(|table| table.columns.iter().any(carried)) {
        return;
    }
    let mut groups: HashMap<_, Vec<&Item<'_>>> = HashMap::new();
    for item in lists.items().iter().filter(|item| !item.name().is_empty()) {
        let view = item.view(lists);
        let body = view.text(view.known.field.body_code).or(item.code.body());
        let key = (item.region, item.code.basic(), item.name(), item.case(), body);
        groups.entry(key).or_default().push(item);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let versions = group.iter().map(|item| (item, item.view(lists)));
        let versions: Vec<_> = versions.collect();
        let Some((_, newest)) = versions.iter().max_by_key(|(item, view)| (version(view), item.row)) else {
            continue;
        };
        let kept = version(newest);
        for (older, view) in versions.iter().filter(|(_, view)| version(view) != kept) {
            let [file, row] = place(newest);
            let args = vec![
                ("name", shown(older)),
                ("version", version(view).1.to_owned()),
                ("newest", kept.1.to_owned()),
                ("differs", differing(lists, view, newest)),
                file,
                row,
            ];
            sink.report(view, "version", args);
        }
    }
}

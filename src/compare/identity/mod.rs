//! Identity: which rows are the same item, and which handling items of it are the same case (design page, section 4).
//!
//! Must not know how values compare. Every row ends up in exactly one place of the account.

mod decisions;

use std::collections::{BTreeMap, BTreeSet};

use crate::forms::Forms;
use crate::model::{Catalogue, Code, ElementId, Pairing, Proposal, RowId, Value};
use crate::normalise::{Kind, codes, names};
use crate::profile::{Element, Profile};

pub use decisions::{Decision, Decisions};

/// What identity needs of one row.
#[derive(Clone, Debug)]
pub struct RowKey {
    /// The item's own code; empty where the row has none.
    pub code: String,
    /// The code of the national directory, where the row gives one.
    pub national: Option<String>,
    /// The item's canonical name without the case, with its level.
    pub name: String,
    /// The same without the level.
    pub bare: String,
    /// The canonical name of the case.
    pub case: Option<String>,
    /// The body, by its code or name; tells rows of two bodies from duplicates.
    pub body: String,
}

/// One item, or one case of an item, as the unit of comparison.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The case; `None` where the item is compared whole.
    pub case: Option<String>,
    /// The rows of each side.
    pub rows: Vec<Vec<RowId>>,
    /// Sides of which the union of several handling items is compared.
    pub union: Vec<bool>,
}

/// One item over all sides.
#[derive(Clone, Debug)]
pub struct Item {
    /// The code; empty where it has none.
    pub code: String,
    /// The name.
    pub name: String,
    /// The rows of each side, without duplicates.
    pub rows: Vec<Vec<RowId>>,
    /// Rows of each side that repeat an earlier row of the same case and body.
    pub duplicates: Vec<Vec<RowId>>,
    /// What is compared.
    pub units: Vec<Unit>,
    /// The row of the directory.
    pub directory: Option<RowId>,
    /// How its rows came together where no common code did it.
    pub pairing: Option<Pairing>,
}

impl Item {
    /// Whether some sides divide the item into handling items and others do not.
    pub fn divided(&self) -> bool {
        self.units.iter().any(|unit| unit.union.contains(&true))
    }

    /// Whether a side divides the item into handling items.
    pub fn divides(&self, side: usize) -> bool {
        self.units.iter().any(|unit| unit.union[side])
    }
}

/// All items of a catalogue.
pub struct Items {
    /// The items, by code and then by name.
    pub items: Vec<Item>,
    /// Whether there is a directory.
    pub has_directory: bool,
    /// Items without a common code that may be one, taken or not.
    pub proposals: Vec<Proposal>,
}

/// Works out identity over the sides; `sides` gives the side of each region, `None` for the directory. What a person decided wins.
pub fn items(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    sides: &[Option<usize>],
    count: usize,
    _decisions: &Decisions,
) -> Items {
    let reader = KeyReader::of(profile);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut has_directory = false;
    for row in catalogue.row_ids() {
        let key = reader.key(catalogue, forms, row);
        let side = sides[catalogue.rows[row.index()].region.index()];
        has_directory |= side.is_none();
        let id = if key.code.is_empty() {
            format!("\u{FFFF}{}", key.name)
        } else {
            key.code.clone()
        };
        groups
            .entry(id)
            .or_insert_with(|| Group::new(count))
            .push(side, row, key);
    }
    join_by_national_code(&mut groups);
    join_by_name(&mut groups);
    let compared: Vec<ElementId> = profile.compared().map(|(element, _)| element).collect();
    let agree = |a: RowId, b: RowId| {
        compared
            .iter()
            .all(|&element| forms.meaning(forms.id(a, element)) == forms.meaning(forms.id(b, element)))
    };
    let items = groups.into_values().map(|group| group.into_item(&agree)).collect();
    Items {
        items,
        has_directory,
        proposals: Vec::new(),
    }
}

/// The elements whose normal forms pairing needs in every row.
pub fn needed(profile: &Profile) -> impl Iterator<Item = ElementId> {
    let needed = |element: &Element| element.kind == Kind::Name || element.id == "level";
    let elements = profile.elements.iter().enumerate();
    elements
        .filter(move |(_, element)| needed(element))
        .map(|(at, _)| ElementId::of(at))
}

struct KeyReader<'a> {
    profile: &'a Profile,
    codes: Vec<crate::model::FieldId>,
    national: Option<crate::model::FieldId>,
    body: Vec<crate::model::FieldId>,
    name: Option<crate::model::ElementId>,
    names: [Option<crate::model::FieldId>; 4],
}

impl<'a> KeyReader<'a> {
    fn of(profile: &'a Profile) -> Self {
        let fields = |ids: &[&str]| ids.iter().filter_map(|id| profile.field(id)).collect();
        KeyReader {
            profile,
            codes: fields(&["code", "impl_code", "handling_code", "local_code", "supervision_code"]),
            national: profile.field("national_code"),
            body: fields(&["body_code", "body"]),
            name: profile
                .elements
                .iter()
                .position(|e| e.kind == Kind::Name)
                .map(crate::model::ElementId::of),
            names: ["name", "main_name", "sub_name", "handling_name"].map(|id| profile.field(id)),
        }
    }

    fn key(&self, catalogue: &Catalogue, forms: &Forms, row: RowId) -> RowKey {
        let said = |field| {
            catalogue
                .text(row, field)
                .filter(|text| !self.profile.vocabulary.is_empty_word(text))
        };
        let code = self.codes.iter().find_map(|&field| said(field)).map(codes::parse);
        let national = self.national.and_then(said).map(codes::parse).filter(Code::is_national);
        let national = national
            .as_ref()
            .or(code.as_ref().filter(|code| code.is_national()))
            .map(|code| code.basic().to_owned());
        let in_code = code.as_ref().and_then(|code| code.body().map(str::to_owned));
        let body = in_code
            .or_else(|| self.body.iter().find_map(|&field| said(field)).map(str::to_owned))
            .unwrap_or_default();
        let name = match self.name.map(|element| forms.get(row, element)) {
            Some(Value::Name(name)) => Some(name.clone()),
            Some(_) => None,
            None => {
                let [name, main, sub, case] = self.names.map(|field| field.and_then(said));
                names::parse(&self.profile.vocabulary, name, main, sub, case)
            }
        };
        let name = name.unwrap_or_default();
        RowKey {
            code: code.map(|code| code.basic().to_owned()).unwrap_or_default(),
            national,
            name: name.item_at_level(),
            bare: name.item,
            case: name.case,
            body,
        }
    }
}

/// Rows that are one item.
struct Group {
    rows: Vec<Vec<(RowId, RowKey)>>,
    directory: Vec<(RowId, RowKey)>,
}

impl Group {
    fn new(sides: usize) -> Self {
        Group {
            rows: vec![Vec::new(); sides],
            directory: Vec::new(),
        }
    }

    fn push(&mut self, side: Option<usize>, row: RowId, key: RowKey) {
        match side {
            Some(side) => self.rows[side].push((row, key)),
            None => self.directory.push((row, key)),
        }
    }

    fn all(&self) -> impl Iterator<Item = &(RowId, RowKey)> {
        self.directory.iter().chain(self.rows.iter().flatten())
    }

    fn name(&self) -> &str {
        self.all()
            .map(|(_, key)| key.name.as_str())
            .find(|name| !name.is_empty())
            .unwrap_or_default()
    }

    /// Whether no side has rows in both.
    fn disjoint(&self, other: &Group) -> bool {
        (self.directory.is_empty() || other.directory.is_empty())
            && self
                .rows
                .iter()
                .zip(&other.rows)
                .all(|(a, b)| a.is_empty() || b.is_empty())
    }

    fn absorb(&mut self, other: Group) {
        for (mine, theirs) in self.rows.iter_mut().zip(other.rows) {
            mine.extend(theirs);
        }
        self.directory.extend(other.directory);
    }

    fn into_item(mut self, agree: &dyn Fn(RowId, RowId) -> bool) -> Item {
        self.directory.sort_by_key(|(row, _)| *row);
        let directory = self.directory.first().map(|(row, _)| *row);
        let code = self
            .all()
            .map(|(_, key)| key.code.as_str())
            .filter(|code| !code.is_empty())
            .min()
            .unwrap_or_default();
        let (code, name) = (code.to_owned(), self.name().to_owned());
        let sides = self.rows.len();
        let mut rows = vec![Vec::new(); sides];
        let mut duplicates = vec![Vec::new(); sides];
        let mut cases: Vec<Vec<(RowId, Option<String>)>> = vec![Vec::new(); sides];
        for (side, keyed) in self.rows.into_iter().enumerate() {
            let several = keyed.len() > 1;
            let mut seen: BTreeMap<(Option<String>, String), Vec<RowId>> = BTreeMap::new();
            for (row, key) in keyed {
                // Without a case of its own, a row among several is known by the bracket at the end of its name, else by the
                // name as a whole where the rows' names differ.
                let case = key.case.or_else(|| {
                    several.then(|| match names::last_bracket(&key.name) {
                        Some((_, bracket)) => names::case_name(bracket),
                        None => key.name.clone(),
                    })
                });
                // Only a row that says the same again is a duplicate; one that says otherwise stays and is compared.
                let earlier = seen.entry((case.clone(), key.body)).or_default();
                if earlier.iter().any(|&first| agree(first, row)) {
                    duplicates[side].push(row);
                } else {
                    earlier.push(row);
                    rows[side].push(row);
                    cases[side].push((row, case));
                }
            }
        }
        let units = units(&cases);
        Item {
            code,
            name,
            rows,
            duplicates,
            units,
            directory,
            pairing: None,
        }
    }
}

/// The units of comparison: the whole item where no side divides it; else one per case, and one over the whole item where some
/// sides divide it and others do not.
fn units(cases: &[Vec<(RowId, Option<String>)>]) -> Vec<Unit> {
    let sides = cases.len();
    let distinct = |rows: &[(RowId, Option<String>)]| rows.iter().map(|(_, case)| case).collect::<BTreeSet<_>>().len();
    let divides: Vec<bool> = cases.iter().map(|rows| distinct(rows) > 1).collect();
    let whole = |union: Vec<bool>| Unit {
        case: None,
        rows: cases
            .iter()
            .map(|rows| rows.iter().map(|(row, _)| *row).collect())
            .collect(),
        union,
    };
    if !divides.contains(&true) {
        // The case is only named where all rows are of the same one; one row pairs with one row whatever they are called.
        let mut names = cases.iter().flatten().map(|(_, case)| case);
        let first = names.next().cloned().flatten();
        let case = first.filter(|first| names.all(|case| case.as_ref() == Some(first)));
        return vec![Unit {
            case,
            ..whole(vec![false; sides])
        }];
    }
    let mut by_case: BTreeMap<&str, Unit> = BTreeMap::new();
    for (side, rows) in cases.iter().enumerate().filter(|(side, _)| divides[*side]) {
        for (row, case) in rows {
            let unit = by_case
                .entry(case.as_deref().unwrap_or_default())
                .or_insert_with_key(|case| Unit {
                    case: (!case.is_empty()).then(|| (*case).to_owned()),
                    rows: vec![Vec::new(); sides],
                    union: vec![false; sides],
                });
            unit.rows[side].push(*row);
        }
    }
    // A side with one row that is one of the cases has that case only; any other single row stands for the whole item.
    let mut undivided = false;
    for (side, rows) in cases
        .iter()
        .enumerate()
        .filter(|(side, rows)| !divides[*side] && !rows.is_empty())
    {
        let case = rows.first().and_then(|(_, case)| case.as_deref());
        match case.and_then(|case| by_case.get_mut(case)) {
            Some(unit) => unit.rows[side].extend(rows.iter().map(|(row, _)| *row)),
            None => undivided = true,
        }
    }
    let mut units: Vec<Unit> = Vec::new();
    if undivided {
        units.push(whole(divides));
    }
    units.extend(by_case.into_values());
    units
}

/// Lists of different provinces meet at the code of the national directory. Only where the codes are of different systems (the
/// first two digits differ) and no side would get the item twice; several items under one national code are told apart by name.
fn join_by_national_code(groups: &mut BTreeMap<String, Group>) {
    let mut by_national: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, group) in groups.iter() {
        let nationals: BTreeSet<&String> = group.all().filter_map(|(_, key)| key.national.as_ref()).collect();
        for national in nationals {
            by_national.entry(national.clone()).or_default().push(id.clone());
        }
    }
    for ids in by_national.into_values().filter(|ids| ids.len() > 1) {
        let ids: Vec<String> = ids.into_iter().filter(|id| groups.contains_key(id)).collect();
        for (at, id) in ids.iter().enumerate() {
            let partners: Vec<&String> = ids[at + 1..]
                .iter()
                .filter(|other| other.get(..2) != id.get(..2))
                .filter(|other| match (groups.get(id), groups.get(*other)) {
                    (Some(a), Some(b)) => a.disjoint(b) && (ids.len() == 2 || a.name() == b.name()),
                    _ => false,
                })
                .collect();
            for partner in partners {
                let fits = match (groups.get(id), groups.get(partner)) {
                    (Some(a), Some(b)) => a.disjoint(b),
                    _ => false,
                };
                if fits
                    && let Some(other) = groups.remove(partner)
                    && let Some(group) = groups.get_mut(id)
                {
                    group.absorb(other);
                }
            }
        }
    }
}

/// Rows without a code join the one item of the same canonical name, if there is just one and no side would get it twice; first by the
/// name with its level, then without, for lists of two levels name the level each in its own way.
fn join_by_name(groups: &mut BTreeMap<String, Group>) {
    join_by(groups, false, |key| &key.name);
    join_by(groups, true, |key| &key.bare);
}

/// `codeless`: rows without a code also join each other.
fn join_by(groups: &mut BTreeMap<String, Group>, codeless: bool, name: impl Fn(&RowKey) -> &String) {
    let has_no_code = |id: &str| id.starts_with('\u{FFFF}');
    let nameless: Vec<String> = groups
        .keys()
        .filter(|id| has_no_code(id) && id.len() > 3)
        .cloned()
        .collect();
    if nameless.is_empty() || (nameless.len() == groups.len() && !codeless) {
        return;
    }
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, group) in groups.iter().filter(|(id, _)| codeless || !has_no_code(id)) {
        let names: BTreeSet<&String> = group.all().map(|(_, key)| name(key)).collect();
        for name in names {
            by_name.entry(name.clone()).or_default().push(id.clone());
        }
    }
    for id in nameless {
        let Some(own) = groups
            .get(&id)
            .and_then(|group| group.all().next())
            .map(|(_, key)| name(key).clone())
        else {
            continue;
        };
        let others = by_name.get(&own).into_iter().flatten();
        let others: Vec<(&String, &Group)> = others
            .filter(|other| **other != id)
            .filter_map(|other| Some((other, groups.get(other)?)))
            .collect();
        // One, or the same item of several lists without codes.
        let one_item = match others.as_slice() {
            [_] => true,
            several => {
                let mut pairs = several
                    .iter()
                    .enumerate()
                    .flat_map(|(at, one)| several[at + 1..].iter().map(move |other| (one, other)));
                several.iter().all(|(other, _)| has_no_code(other)) && pairs.all(|(one, other)| one.1.disjoint(other.1))
            }
        };
        let Some((partner, _)) = others.first().filter(|_| one_item) else {
            continue;
        };
        let fits = groups
            .get(&id)
            .is_some_and(|group| others.iter().all(|(_, other)| group.disjoint(other)));
        let partner = *partner;
        if fits
            && let Some(other) = groups.remove(&id)
            && let Some(group) = groups.get_mut(partner)
        {
            group.absorb(other);
        }
    }
}

//! A draft of the unified directory: what the regions agree on, item by item, and what they leave open.
//!
//! Must not know files or output, nor judge anew: groups, majorities and ties are those of [`uniformity`](super::uniformity).

use std::collections::BTreeMap;

use crate::forms::guide_element;
use crate::model::{
    Class, Dispute, Disputed, Draft, DraftItem, ElementReport, GuideElement, ItemReport, ReferenceFrom, Uniformity,
};
use crate::normalise::Kind;
use crate::profile::Profile;

/// The draft of what a comparison found. Its cells must tell what is said, see [`Told::Values`](super::uniformity::Told).
pub fn draft(report: &Uniformity, profile: &Profile) -> Draft {
    let compared: Vec<_> = profile.compared().collect();
    let elements: Vec<GuideElement> = compared
        .iter()
        .map(|(id, _)| guide_element(profile, *id, true))
        .collect();
    let kinds: Vec<Kind> = compared.iter().map(|(_, element)| element.kind).collect();
    let mut items: BTreeMap<(&str, &str), Vec<&ItemReport>> = BTreeMap::new();
    for item in &report.items {
        items.entry((&item.code, &item.name)).or_default().push(item);
    }
    let regions = report
        .regions
        .iter()
        .map(|region| (region.id.clone(), region.name.clone()));
    let mut items: Vec<DraftItem> = items
        .into_values()
        .map(|mut units| {
            units.sort_by(|a, b| a.handling.cmp(&b.handling));
            item(&units, &elements, &kinds)
        })
        .collect();
    items.sort_by(|a, b| (&a.code, &a.name).cmp(&(&b.code, &b.name)));
    Draft {
        profile: profile.id.clone(),
        regions: regions.collect(),
        elements,
        items,
    }
}

fn item(units: &[&ItemReport], elements: &[GuideElement], kinds: &[Kind]) -> DraftItem {
    let mut disputes = Vec::new();
    let mut values = Vec::new();
    for (at, (element, kind)) in elements.iter().zip(kinds).enumerate() {
        let cells = units.iter().filter_map(|unit| {
            let cell = unit.elements.iter().find(|cell| cell.element == element.id)?;
            Some((*unit, cell))
        });
        let cells: Vec<(&ItemReport, &ElementReport)> = cells.collect();
        values.push(value(&cells, at, *kind, units, &mut disputes));
    }
    let mut present: Vec<usize> = units.iter().flat_map(|unit| unit.present.iter().copied()).collect();
    present.sort_unstable();
    present.dedup();
    let first = units.first();
    DraftItem {
        code: first.map_or(String::new(), |unit| unit.code.clone()),
        name: first.map_or(String::new(), |unit| unit.name.clone()),
        values,
        present,
        disputes,
    }
}

/// What is taken of one element of an item, over all its cases.
fn value(
    cells: &[(&ItemReport, &ElementReport)],
    element: usize,
    kind: Kind,
    units: &[&ItemReport],
    disputes: &mut Vec<Dispute>,
) -> String {
    // The item is known by its code, and must have a name; of both the first region's is taken where the regions are not of one mind.
    let fallback = match (kind, units.first()) {
        (Kind::Code, Some(unit)) => unit.code.as_str(),
        (Kind::Name, Some(unit)) => unit.name.as_str(),
        _ => "",
    };
    let mut taken: Vec<String> = Vec::new();
    let mut open = false;
    for (unit, cell) in cells {
        let case = unit.handling.as_deref();
        let dispute = |why| Dispute {
            element,
            why,
            case: case.map(str::to_owned),
            says: cell
                .groups
                .iter()
                .map(|group| (group.normal.clone(), group.regions.clone()))
                .collect(),
        };
        if cell.groups.is_empty() {
            // Nobody says anything that can be read: there is nothing to take, and nothing that it stands against.
            continue;
        }
        let why = match (cell.class, cell.reference.from) {
            (Class::Uniform, _) => None,
            (Class::Single, _) => Some(Disputed::Single),
            (_, ReferenceFrom::None) => Some(Disputed::Tied),
            _ => Some(Disputed::Outvoted),
        };
        let said = match (&cell.reference.normal, cell.groups.as_slice()) {
            _ if why == Some(Disputed::Tied) => None,
            (Some(normal), _) => Some(normal.clone()),
            (None, [only]) => Some(only.normal.clone()),
            (None, _) => None,
        };
        // The cases of an item that some regions handle as a whole are in the whole already; but the one row of a directory holds for each
        // of them, too.
        disputes.extend(why.filter(|_| unit.counted).map(dispute));
        match said {
            Some(said) => taken.push(without_case(said, kind, case)),
            None => open |= unit.counted,
        }
    }
    taken.sort();
    taken.dedup();
    match taken.as_slice() {
        _ if open => fallback.to_owned(),
        [] => fallback.to_owned(),
        [one] => one.clone(),
        _ => {
            disputes.push(Dispute {
                element,
                why: Disputed::Cases,
                case: None,
                says: taken.into_iter().map(|said| (said, Vec::new())).collect(),
            });
            fallback.to_owned()
        }
    }
}

/// The directory names the item, not its cases.
fn without_case(said: String, kind: Kind, case: Option<&str>) -> String {
    match case {
        Some(case) if kind == Kind::Name => said.replacen(&format!("（{case}）"), "", 1),
        _ => said,
    }
}

//! Guides: what one row says of each element, in normal form, with the raw text beside it where the normal form does not hold it.
//!
//! Must not know how a guide is written, nor which elements are asked for.

use super::{Forms, quote};
use crate::model::{Catalogue, ElementId, FieldId, Guide, GuideElement, GuideValue, Guides, RowId, Value};
use crate::normalise::{Kind, codes};
use crate::profile::{Profile, headers};

/// The fields that hold other codes of an item than its own.
const CODES: [&str; 3] = ["impl_code", "handling_code", "national_code"];

/// The fields of which names and codes are put together, and that are told as they stand.
const PARTS: [&str; 4] = ["main_name", "sub_name", "code", "supervision_code"];

/// The guides of some rows, with some elements, each with whether a printed guide always names it.
pub fn guides<'a>(
    catalogue: &'a Catalogue,
    profile: &'a Profile,
    forms: &'a Forms,
    rows: Vec<RowId>,
    elements: &[(ElementId, bool)],
) -> Guides<'a> {
    let ids: Vec<ElementId> = elements.iter().map(|(element, _)| *element).collect();
    // Guides are made by several threads; what is not normalised yet is so by the first that asks, for all of them.
    if let Some(&row) = rows.first() {
        for &element in &ids {
            forms.id(row, element);
        }
    }
    let name = profile.elements.iter().position(|element| element.kind == Kind::Name);
    let code = profile.elements.iter().position(|element| element.kind == Kind::Code);
    let others: Vec<(&'static str, &'a str, FieldId)> = CODES
        .iter()
        .filter_map(|id| {
            profile
                .field(id)
                .map(|field| (*id, profile.fields[field.index()].title.as_str(), field))
        })
        .collect();
    let parts: Vec<(&'static str, FieldId)> = PARTS
        .iter()
        .filter_map(|id| profile.field(id).map(|field| (*id, field)))
        .collect();
    let guide_elements = elements
        .iter()
        .map(|&(element, always)| guide_element(profile, element, always))
        .collect();
    let count = rows.len();
    let make = move |at: usize| {
        let row = rows[at];
        let said = |element: Option<usize>| {
            element.map_or(String::new(), |at| {
                value(catalogue, profile, forms, row, ElementId::of(at)).spelling()
            })
        };
        let other = |&(id, title, field): &(&'static str, &'a str, FieldId)| {
            let text = catalogue.text(row, field)?;
            (!profile.vocabulary.is_empty_word(text)).then_some((id, title, text))
        };
        let part = |&(id, field): &(&'static str, FieldId)| {
            let text = catalogue.text(row, field)?;
            let text = match id {
                "code" => Value::Code(codes::parse(text)).spelling(),
                _ => text.to_owned(),
            };
            (!profile.vocabulary.is_empty_word(&text)).then_some((id, text))
        };
        let case = || match forms.get(row, ElementId::of(name?)) {
            Value::Name(name) => Some(("handling_name", name.case.clone()?)),
            _ => None,
        };
        Guide {
            parts: parts.iter().filter_map(part).chain(case()).collect(),
            code: said(code),
            name: said(name),
            codes: others.iter().filter_map(other).collect(),
            region: &catalogue.regions[catalogue.rows[row.index()].region.index()],
            place: catalogue.place(row, None),
            values: ids
                .iter()
                .map(|&element| value(catalogue, profile, forms, row, element))
                .collect(),
        }
    };
    Guides {
        profile: &profile.id,
        elements: guide_elements,
        count,
        make: Box::new(make),
    }
}

fn value<'a>(
    catalogue: &Catalogue,
    profile: &Profile,
    forms: &'a Forms,
    row: RowId,
    element: ElementId,
) -> GuideValue<'a> {
    let value = forms.get(row, element);
    let lost = matches!(value, Value::Unknown(..)) || value.may_be_cut_off();
    let raw = || quote(catalogue, profile, row, element).trim().to_owned();
    GuideValue {
        value,
        raw: lost.then(raw).filter(|raw| !raw.is_empty()),
    }
}

/// An element as guides name it. Its header must be one by which tongban knows it again.
pub fn guide_element(profile: &Profile, id: ElementId, always: bool) -> GuideElement {
    let element = &profile.elements[id.index()];
    let known = headers::map(profile, &[vec![element.title.clone()]], &Default::default());
    let field = known.columns.first().and_then(|column| column.field);
    let own = element.fields.iter().any(|(_, own)| Some(*own) == field);
    let title = match super::main_fields(element).next() {
        Some(main) if !own => profile.fields[main.index()].title.clone(),
        _ => element.title.clone(),
    };
    GuideElement {
        id: element.id.clone(),
        title,
        en: element.en.clone(),
        always,
    }
}

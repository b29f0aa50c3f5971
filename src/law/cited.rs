//! Which citations stand where in lists: in the elements that hold legal bases, and in the text of every other element.
//!
//! Must not know laws, nor what is said of a citation.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::forms::{self, Forms};
use crate::model::{Catalogue, Cell, Citation, ElementId, FieldId, Passage, RowId, Shape, TextId, Value};
use crate::normalise::{Kind, citations, number};
use crate::profile::Profile;

/// Which item each row is of, as identity tells.
#[derive(Clone, Debug, Default)]
pub struct Whose {
    /// The items: code, name.
    pub items: Vec<(String, String)>,
    /// For each row its item and its case.
    pub rows: Vec<Option<(usize, Option<Arc<str>>)>>,
}

/// Lists that are looked through.
#[derive(Clone, Copy)]
pub struct Lists<'a> {
    /// The rows.
    pub catalogue: &'a Catalogue,
    /// Their normal forms.
    pub forms: &'a Forms,
    /// The elements.
    pub profile: &'a Profile,
    /// Whose rows they are.
    pub whose: &'a Whose,
}

/// A citation and where it stands.
pub(super) struct Found<'a> {
    pub row: RowId,
    pub element: ElementId,
    pub cell: Option<&'a Cell>,
    pub citation: Citation,
}

impl<'a> Lists<'a> {
    /// The elements that hold legal bases and nothing else.
    pub(super) fn bases(&self) -> impl Iterator<Item = ElementId> + use<'a> {
        let elements = self.profile.elements.iter().enumerate();
        let bases = elements.filter(|(_, element)| element.kind == Kind::Citations);
        bases.map(|(at, _)| ElementId::of(at))
    }

    /// The citations of an element that holds legal bases, also of a text that stops in the middle.
    pub(super) fn basis(&self, row: RowId, element: ElementId) -> Vec<Citation> {
        match self.forms.get(row, element) {
            Value::Citations(all) => all.clone(),
            Value::Unknown(_, text) => citations::parse(text),
            _ => Vec::new(),
        }
    }

    /// The citations that are wanted, in the order of rows, fields and texts. `wanted` is told whether it stands in a legal basis.
    pub(super) fn cited(&self, wanted: &(dyn Fn(&Citation, bool) -> bool + Sync)) -> Vec<Found<'a>> {
        let bases: Vec<ElementId> = self.bases().collect();
        let running = self.running();
        let parsed = self.parsed(&running, wanted);
        let mut found = Vec::new();
        for row in self.catalogue.row_ids() {
            for &element in &bases {
                let all = self.basis(row, element).into_iter();
                found.extend(all.filter(|citation| wanted(citation, true)).map(|citation| Found {
                    row,
                    element,
                    cell: self.cell(row, element, &citation),
                    citation,
                }));
            }
            for cell in self.catalogue.cells(row) {
                let Some(&element) = running.get(&cell.field) else {
                    continue;
                };
                let all = parsed.get(&(cell.text, cell.shape)).into_iter().flatten();
                found.extend(all.map(|citation| Found {
                    row,
                    element,
                    cell: Some(cell),
                    citation: citation.clone(),
                }));
            }
        }
        found
    }

    /// The fields that hold running text, each with the element that it belongs to.
    fn running(&self) -> HashMap<FieldId, ElementId> {
        let mut running: HashMap<FieldId, ElementId> = HashMap::new();
        let elements = self.profile.elements.iter().enumerate();
        for (at, element) in elements.filter(|(_, element)| element.kind != Kind::Citations) {
            for &(_, field) in &element.fields {
                running.entry(field).or_insert(ElementId::of(at));
            }
        }
        for base in self.bases() {
            for (_, field) in &self.profile.elements[base.index()].fields {
                running.remove(field);
            }
        }
        running
    }

    /// The wanted citations of each distinct text.
    fn parsed(
        &self,
        running: &HashMap<FieldId, ElementId>,
        wanted: &(dyn Fn(&Citation, bool) -> bool + Sync),
    ) -> HashMap<(TextId, Shape), Vec<Citation>> {
        let mut texts: HashMap<(TextId, Shape), &Cell> = HashMap::new();
        for cell in &self.catalogue.cells {
            // Nothing is cited without a title or a number.
            let names = |text: &str| text.contains(['《', '<', '〈', '号']) || text.contains("法第");
            if running.contains_key(&cell.field) && names(self.catalogue.texts.get(cell.text)) {
                texts.entry((cell.text, cell.shape)).or_insert(cell);
            }
        }
        texts
            .into_par_iter()
            .map(|(key, cell)| {
                let mut all = citations::parse(&self.catalogue.quote(cell));
                all.retain(|citation| wanted(citation, false));
                (key, all)
            })
            .filter(|(_, all)| !all.is_empty())
            .collect()
    }

    /// The cell of a legal basis that has a citation: the one with its title, else the main one.
    fn cell(&self, row: RowId, element: ElementId, citation: &Citation) -> Option<&'a Cell> {
        let fields = &self.profile.elements[element.index()].fields;
        let cells = self.catalogue.cells(row).iter();
        let mut own = cells.filter(|cell| fields.iter().any(|(_, field)| *field == cell.field));
        let has = |cell: &&Cell| self.catalogue.texts.get(cell.text).contains(&citation.title);
        own.find(has)
            .or_else(|| forms::main_cell(self.catalogue, self.profile, row, element))
    }

    /// A text of a row by the id of its field.
    pub(super) fn text(&self, row: RowId, field: &str) -> &'a str {
        let field = self.profile.field(field);
        field
            .and_then(|field| self.catalogue.text(row, field))
            .unwrap_or_default()
    }

    /// Code, name and case of a row.
    pub(super) fn item(&self, row: RowId) -> (&'a str, &'a str, Option<String>) {
        let whose: &'a Whose = self.whose;
        match whose.rows.get(row.index()).and_then(Option::as_ref) {
            Some((item, case)) => {
                let (code, name) = &whose.items[*item];
                (code, name, case.as_deref().map(str::to_owned))
            }
            None => ("", self.text(row, "name"), None),
        }
    }

    /// What is told of a place that cites.
    pub(super) fn passage(&self, found: Found<'_>) -> Passage {
        let region = &self.catalogue.regions[self.catalogue.rows[found.row.index()].region.index()];
        let (code, name, handling) = self.item(found.row);
        let quote = found.cell.map(|cell| self.catalogue.quote(cell)).unwrap_or_default();
        Passage {
            region: region.id.to_string(),
            region_name: region.name.clone(),
            body: self.text(found.row, "body").to_owned(),
            code: code.to_owned(),
            name: name.to_owned(),
            handling,
            element: self.profile.elements[found.element.index()].id.clone(),
            place: self.catalogue.place(found.row, found.cell),
            written: written(&quote, &found.citation),
            citation: found.citation,
        }
    }
}

/// The order in which places are listed, whatever the order in which lists were read.
pub(super) fn order(a: &Passage, b: &Passage) -> std::cmp::Ordering {
    fn key(p: &Passage) -> (&str, &str, &str, &Option<String>, &crate::model::Place, &str, &Citation) {
        (
            &p.region,
            &p.code,
            &p.name,
            &p.handling,
            &p.place,
            &p.element,
            &p.citation,
        )
    }
    key(a).cmp(&key(b))
}

/// So far apart may title and article stand in words that are quoted together, in bytes.
const NEAR: usize = 240;
/// What stands in the way of an article's place.
const PLACE: &str = "第条款项目之至（）()、";

/// The words of a text that cite: from the title to the article. Where the text names them in another way the citation is spelled out.
fn written(text: &str, citation: &Citation) -> String {
    let spelled = || citations::in_words(citation);
    let Some(title) = text.find(&citation.title) else {
        return spelled();
    };
    let before = &text[..title];
    let start = before.strip_suffix("中华人民共和国").unwrap_or(before);
    let start = start.strip_suffix(['《', '<', '〈']).unwrap_or(start).len();
    let title_end = title + citation.title.len();
    let end_of_title = title_end
        + text[title_end..]
            .chars()
            .next()
            .filter(|c| "》>〉".contains(*c))
            .map_or(0, char::len_utf8);
    let Some(article) = citation.article else {
        return text[start..end_of_title].to_owned();
    };
    let of = match article.of {
        0 => [String::new(), String::new()],
        of => [format!("之{}", number::in_chinese(of)), format!("之{of}")],
    };
    let [chinese, digits] = of;
    let wanted = [
        format!("第{}条{chinese}", number::in_chinese(article.number)),
        format!("第{}条{digits}", article.number),
    ];
    let rest = &text[end_of_title..];
    let at = wanted
        .iter()
        .filter_map(|wanted| Some((rest.find(wanted)?, wanted.len())))
        .min();
    let Some((at, len)) = at else { return spelled() };
    let place = end_of_title + at;
    let behind = &text[place + len..];
    let more = behind
        .find(|c: char| !PLACE.contains(c) && !number::is_chinese_digit(c) && !c.is_ascii_digit())
        .unwrap_or(behind.len());
    let end = place + len + behind[..more].trim_end_matches(['、', '（', '(', '第', '至']).len();
    match at <= NEAR {
        true => text[start..end].to_owned(),
        false => format!("{} … {}", &text[start..end_of_title], &text[place..end]),
    }
}

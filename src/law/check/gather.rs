//! All citations of a catalogue, each distinct one judged once.
//!
//! Must not know how a citation is judged.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::forms::Forms;
use crate::law::Library;
use crate::model::{
    Article, Catalogue, Citation, Cited, Day, ElementId, FieldId, Law, LawCheck, Region, RegionId, Remark, RowId,
    Ruling, TextId, Value,
};
use crate::normalise::{Kind, citations, divisions};
use crate::profile::Profile;

use super::titles::Meant;
use super::{Checker, Home, remarks};

/// A citation as it is judged: with the articles that are cited beside it, by the region's number.
type Key<'a> = (&'a Citation, Vec<Article>, RegionId);

/// What is said of a distinct citation, whatever its row.
struct Judged {
    ruling: Ruling,
    version: Option<Day>,
    law: Option<usize>,
    remarks: Vec<Remark>,
}

/// A citation with its place in the catalogue.
struct Found<'a> {
    row: RowId,
    field: FieldId,
    citation: &'a Citation,
    /// The number of its [`Judged`].
    judged: usize,
    /// Whether the field is a basis, and not a text that happens to cite.
    basis: bool,
}

/// Holds all citations of a catalogue against a library: those of the basis, and those of conditions and materials that name an article.
/// For the versions in force on a day; without one, for the newest.
pub fn check(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    library: &Library,
    as_of: Option<Day>,
) -> LawCheck {
    let checker = Checker::new(library, as_of);
    let places: Vec<Option<String>> = catalogue
        .regions
        .iter()
        .map(|region| code_of(region, profile))
        .collect();
    let homes: Vec<Home> = places.iter().map(|code| home(code.as_deref(), profile)).collect();
    let running = running(catalogue, profile);
    let mut keys: Vec<Key<'_>> = Vec::new();
    let mut known: HashMap<Key<'_>, usize, foldhash::fast::RandomState> = HashMap::default();
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut without = 0;
    for row in catalogue.row_ids() {
        let region = catalogue.rows[row.index()].region;
        let before = found.len();
        for (field, citations, basis) in of_row(catalogue, forms, profile, &running, row) {
            for (at, citation) in citations.iter().enumerate() {
                // Regions of one place judge alike.
                let same = homes.iter().position(|home| *home == homes[region.index()]);
                let judge = same.map_or(region, RegionId::of);
                let key = (citation, beside(citations, at), judge);
                let judged = *known.entry(key.clone()).or_insert_with(|| {
                    keys.push(key);
                    keys.len() - 1
                });
                found.push(Found {
                    row,
                    field,
                    citation,
                    judged,
                    basis,
                });
            }
        }
        without += usize::from(found.len() == before);
    }
    let meant = titles(&checker, &keys, &homes);
    let judged: Vec<Judged> = keys
        .par_iter()
        .map(|key @ (citation, beside, region)| {
            let place = places[region.index()].as_deref();
            judge(&checker, profile, citation, beside, &meant[&title_of(key)], place)
        })
        .collect();
    LawCheck {
        laws: library.laws().len(),
        as_of,
        cited: rows(catalogue, forms, profile, library, &found, &judged),
        without,
    }
}

/// What a title is looked up by: itself, the number that stands with it, the region.
type Title<'a> = (&'a str, Option<&'a str>, RegionId);

fn title_of<'a>((citation, _, region): &Key<'a>) -> Title<'a> {
    (&citation.title, citation.number.as_deref(), *region)
}

/// What each distinct title means.
fn titles<'a>(checker: &Checker<'_>, keys: &[Key<'a>], homes: &[Home]) -> HashMap<Title<'a>, Meant> {
    let distinct: BTreeMap<Title<'_>, &Citation> = keys.iter().map(|key| (title_of(key), key.0)).collect();
    let distinct: Vec<(Title<'_>, &Citation)> = distinct.into_iter().collect();
    let meant = |(title, citation): (Title<'a>, &Citation)| (title, checker.meant(citation, &homes[title.2.index()]));
    distinct.into_par_iter().map(meant).collect()
}

/// The articles that a quotation may be of, too: those that follow without one of their own, of the same law.
fn beside(citations: &[Citation], at: usize) -> Vec<Article> {
    let first = &citations[at];
    if first.quote.is_none() {
        return Vec::new();
    }
    let same = |other: &&Citation| other.title == first.title && other.quote.is_none();
    citations[at + 1..]
        .iter()
        .take_while(same)
        .filter_map(|other| other.article)
        .collect()
}

/// The citations of a row, by field: of the basis as the normal form has them, of other texts those with an article.
fn of_row<'a>(
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &Profile,
    running: &'a HashMap<TextId, Vec<Citation>>,
    row: RowId,
) -> Vec<(FieldId, &'a [Citation], bool)> {
    let mut all: Vec<(FieldId, &[Citation], bool)> = Vec::new();
    for (at, element) in profile.elements.iter().enumerate() {
        let id = ElementId::of(at);
        match element.kind {
            Kind::Citations => {
                let cell = crate::forms::main_cell(catalogue, profile, row, id);
                if let (Some(cell), Value::Citations(citations)) = (cell, forms.get(row, id)) {
                    all.push((cell.field, citations, true));
                }
            }
            Kind::Clauses | Kind::Materials => {
                for (_, field) in &element.fields {
                    let cell = catalogue.cell(row, *field);
                    let told = cell.and_then(|cell| running.get(&cell.text));
                    if let Some(citations) = told.filter(|_| all.iter().all(|(known, ..)| known != field)) {
                        all.push((*field, citations, false));
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// The citations in conditions and materials, by text: only those that name an article, for a title alone is often that of a form.
fn running(catalogue: &Catalogue, profile: &Profile) -> HashMap<TextId, Vec<Citation>> {
    let elements = profile
        .elements
        .iter()
        .filter(|element| matches!(element.kind, Kind::Clauses | Kind::Materials));
    let fields: BTreeSet<FieldId> = elements
        .flat_map(|element| &element.fields)
        .map(|(_, field)| *field)
        .collect();
    let mut texts: Vec<_> = catalogue
        .cells
        .iter()
        .filter(|cell| fields.contains(&cell.field))
        .collect();
    texts.sort_by_key(|cell| cell.text.index());
    texts.dedup_by_key(|cell| cell.text.index());
    let read = |cell: &&crate::model::Cell| {
        let raw = catalogue.texts.get(cell.text);
        if !raw.contains('》') || !raw.contains('条') {
            return None;
        }
        let mut found = citations::parse(&catalogue.quote(cell));
        found.retain(|citation| citation.article.is_some());
        (!found.is_empty()).then_some((cell.text, found))
    };
    texts.par_iter().filter_map(read).collect()
}

/// What is said of a citation, whatever its row.
fn judge(
    checker: &Checker<'_>,
    profile: &Profile,
    citation: &Citation,
    beside: &[Article],
    meant: &Meant,
    place: Option<&str>,
) -> Judged {
    let (ruling, version) = checker.of(meant, citation, beside);
    let at = match meant {
        Meant::Law(at) => Some(*at),
        _ => None,
    };
    let law = at.map(|at| checker.law(at));
    let mut said: Vec<Remark> = Vec::new();
    said.extend(remarks::number(citation, at.zip(law), &checker.titles));
    said.extend(remarks::label(citation, remarks::level(citation, law)));
    said.extend(names_nothing(citation).then_some(Remark::NoArticle));
    said.extend(remarks::region(law, place, profile.divisions()));
    Judged {
        ruling,
        version,
        law: at,
        remarks: said,
    }
}

/// Whether a citation names a law and nothing in it.
fn names_nothing(citation: &Citation) -> bool {
    citation.article.is_none() && citation.part.is_none() && citation.item.is_none() && citation.paragraph.is_none()
}

/// The citations with what their rows and the whole catalogue add.
fn rows(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    library: &Library,
    found: &[Found<'_>],
    judged: &[Judged],
) -> Vec<Cited> {
    let kind = profile.element("type");
    let permit = |row: RowId| {
        kind.is_some_and(|kind| matches!(forms.get(row, kind), Value::Choice(choice) if choice.code == "01"))
    };
    let law = |one: &Found<'_>| -> Option<&Law> { judged[one.judged].law.map(|at| &library.laws()[at]) };
    let mut years: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for one in found {
        if let Some(year) = one.citation.version {
            years.entry(one.citation.title.as_str()).or_default().insert(year);
        }
    }
    let mut out = Vec::with_capacity(found.len());
    for row in found.chunk_by(|a, b| a.row == b.row) {
        let levels = || {
            row.iter()
                .filter(|one| one.basis)
                .map(|one| remarks::level(one.citation, law(one)))
        };
        let low = permit(row[0].row) && levels().all(|level| level.is_some_and(|level| !remarks::may_set_up(level)));
        for one in row {
            let said = &judged[one.judged];
            let mut remarks = said.remarks.clone();
            if let Some(level) = remarks::level(one.citation, law(one)).filter(|_| low && one.basis) {
                remarks.push(Remark::MayNotSetUp { level });
            }
            let several = years.get(one.citation.title.as_str()).filter(|years| years.len() > 1);
            if let Some(years) = several.filter(|_| one.citation.version.is_some()) {
                remarks.push(Remark::OtherVersion {
                    years: years.iter().copied().collect(),
                });
            }
            out.push(Cited {
                row: one.row,
                field: one.field,
                region: catalogue.rows[one.row.index()].region,
                citation: one.citation.clone(),
                version: said.version,
                ruling: said.ruling.clone(),
                remarks,
            });
        }
    }
    out
}

/// The full code of a region's place, by its id, else by its name; none for the directory, which is of no place.
fn code_of(region: &Region, profile: &Profile) -> Option<String> {
    if region.directory {
        return None;
    }
    let known = |code: &String| profile.divisions().standing(code).is_some();
    divisions::padded(&region.id)
        .filter(known)
        .or_else(|| remarks::code_of(&region.name, profile.divisions()))
}

/// The names of a place and of those above it.
fn home(code: Option<&str>, profile: &Profile) -> Home {
    let table = profile.divisions();
    let Some(entry) = code.and_then(|code| table.names_of(code).last()) else {
        return Home::default();
    };
    let above = table.above(entry).into_iter().map(|above| above.name.to_owned());
    Home {
        names: std::iter::once(entry.name.to_owned()).chain(above).collect(),
    }
}

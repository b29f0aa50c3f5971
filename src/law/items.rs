//! Which items rest on which law: laws by what rests on them, who cites a law, items without a basis, items that regions base on
//! different laws.
//!
//! Must not know where laws and lists come from. Most of it needs no library; with one, document numbers find their titles and
//! repealed laws are told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cited::{self, Lists};
use super::{Library, heading};
use crate::forms;
use crate::model::{
    Baseless, BasisGroup, Citation, Day, DifferingBasis, Happened, LawItems, LawQuestion, LawUse, Level, Repeal, RowId,
};
use crate::normalise::{Role, citations};

/// What is known of laws.
pub struct Known<'a> {
    pub(super) library: Option<&'a Library>,
    pub(super) as_of: Option<Day>,
    /// Document number → the one law that was made or written anew by it.
    numbers: HashMap<&'a str, Option<&'a str>>,
}

impl<'a> Known<'a> {
    /// What a library tells on a day; nothing without one.
    pub fn of(library: Option<&'a Library>, as_of: Option<Day>) -> Known<'a> {
        let mut numbers: HashMap<&str, Option<&str>> = HashMap::new();
        for law in library.iter().flat_map(|library| library.laws()) {
            let events = law.versions.iter().flat_map(|version| &version.history);
            for event in events.filter(|event| matches!(event.what, Happened::Made | Happened::Revised)) {
                let Some(number) = &event.number else { continue };
                let known = numbers.entry(number).or_insert(Some(&law.title));
                if *known != Some(&law.title) {
                    *known = None;
                }
            }
        }
        Known {
            library,
            as_of,
            numbers,
        }
    }

    /// The title of the law that is cited: that of a document number, where one law has it.
    pub(super) fn title<'c>(&'c self, citation: &'c Citation) -> &'c str {
        match citation.number.as_ref() == Some(&citation.title) {
            true => self
                .numbers
                .get(citation.title.as_str())
                .copied()
                .flatten()
                .unwrap_or(&citation.title),
            false => &citation.title,
        }
    }

    /// Whether a law is of one place and not of the country.
    fn is_local(&self, title: &str) -> bool {
        match self.library.and_then(|library| library.law(title)) {
            Some(law) => law.region.is_some() || matches!(law.level, Some(Level::LocalRegulation | Level::LocalRule)),
            None => heading::region(title, "").is_some(),
        }
    }

    fn used(&self, title: String) -> LawUse {
        let law = self.library.map(|library| library.law(&title));
        let repeal = self.library.and_then(|library| library.repeal_of(&title));
        let by_then = |repeal: &&Repeal| self.as_of.is_none() || repeal.day <= self.as_of;
        LawUse {
            level: law.flatten().and_then(|law| law.level),
            known: law.map(|law| law.is_some()),
            repealed: repeal.filter(by_then).map(|repeal| repeal.by.clone()),
            items: 0,
            regions: Vec::new(),
            citations: 0,
            title,
        }
    }
}

/// Looks at the basis of all items. `sides` gives the number of each region of the catalogue among `regions`, `None` for the directory.
pub fn items(
    lists: Lists<'_>,
    known: &Known<'_>,
    question: LawQuestion,
    regions: Vec<(String, String)>,
    sides: &[Option<usize>],
) -> LawItems {
    let work = Work { lists, known, sides };
    let mut out = LawItems {
        silent: work.silent(regions.len()),
        regions,
        rows: lists.catalogue.rows.len(),
        items: lists.whose.items.len(),
        ..LawItems::default()
    };
    match &question {
        LawQuestion::Laws => out.laws = work.laws(),
        LawQuestion::Law { title, place } => out.cited = work.of_law(title, place),
        LawQuestion::None => out.none = work.none(),
        LawQuestion::Differing => out.differing = work.differing(&out.silent),
    }
    out.question = question;
    out
}

struct Work<'a> {
    lists: Lists<'a>,
    known: &'a Known<'a>,
    sides: &'a [Option<usize>],
}

impl Work<'_> {
    fn side(&self, row: RowId) -> Option<usize> {
        self.sides[self.lists.catalogue.rows[row.index()].region.index()]
    }

    /// Whether the table of a row has a column of legal bases.
    fn carries(&self, row: RowId) -> bool {
        let table = self.lists.catalogue.rows[row.index()].table;
        let columns = &self.lists.catalogue.tables[table.index()].columns;
        let elements = self
            .lists
            .bases()
            .map(|base| &self.lists.profile.elements[base.index()]);
        let mut fields = elements.flat_map(|element| &element.fields);
        fields.any(|&(role, field)| {
            matches!(role, Role::Value | Role::Text | Role::Table)
                && columns.iter().any(|column| column.field == Some(field))
        })
    }

    /// Regions of which no list has such a column.
    fn silent(&self, regions: usize) -> Vec<usize> {
        let mut speaks = vec![false; regions];
        for row in self.lists.catalogue.row_ids() {
            if let Some(side) = self.side(row).filter(|&side| !speaks[side]) {
                speaks[side] = self.carries(row);
            }
        }
        let silent = speaks.iter().enumerate().filter(|(_, speaks)| !**speaks);
        silent.map(|(side, _)| side).collect()
    }

    /// Laws by what rests on them. Running text names forms and certificates in the same marks: there only what names an article is
    /// taken for a law.
    fn laws(&self) -> Vec<LawUse> {
        let wanted = |citation: &Citation, basis: bool| basis || citation.article.is_some();
        let mut used: BTreeMap<String, (usize, BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
        for found in self.lists.cited(&wanted) {
            let (citations, items, sides) = used.entry(self.known.title(&found.citation).to_owned()).or_default();
            *citations += 1;
            items.extend(
                self.lists
                    .whose
                    .rows
                    .get(found.row.index())
                    .iter()
                    .filter_map(|whose| Some(whose.as_ref()?.0)),
            );
            sides.extend(self.side(found.row));
        }
        let law = |(title, (citations, items, sides)): (String, (usize, BTreeSet<usize>, BTreeSet<usize>))| LawUse {
            items: items.len(),
            regions: sides.into_iter().collect(),
            citations,
            ..self.known.used(title)
        };
        let mut laws: Vec<LawUse> = used.into_iter().map(law).collect();
        laws.sort_by_key(|law| (Reverse(law.items), Reverse(law.regions.len()), Reverse(law.citations)));
        laws
    }

    /// What rests on a law, or on a place in it. Who cites an article as a whole rests on its paragraphs, too.
    fn of_law(&self, title: &str, place: &str) -> Vec<crate::model::Passage> {
        let asked = citations::parse(&format!("《{title}》{place}")).into_iter().next();
        let asked = asked.filter(|asked| asked.article.is_some());
        let wanted = |citation: &Citation, _: bool| {
            self.known.title(citation) == title && asked.as_ref().is_none_or(|asked| rests_on(citation, asked))
        };
        let found = self.lists.cited(&wanted).into_iter();
        let mut cited: Vec<_> = found.map(|found| self.lists.passage(found)).collect();
        cited.sort_by(cited::order);
        cited
    }

    /// Rows that name no law, in lists that have a column for it.
    fn none(&self) -> Vec<Baseless> {
        let catalogue = self.lists.catalogue;
        let mut none = Vec::new();
        for row in catalogue.row_ids() {
            let Some(region) = self.side(row).filter(|_| self.carries(row)) else {
                continue;
            };
            if self.lists.bases().any(|base| !self.lists.basis(row, base).is_empty()) {
                continue;
            }
            let cell = self
                .lists
                .bases()
                .find_map(|base| forms::main_cell(catalogue, self.lists.profile, row, base));
            let (code, name, handling) = self.lists.item(row);
            none.push(Baseless {
                region,
                body: self.lists.text(row, "body").to_owned(),
                code: code.to_owned(),
                name: name.to_owned(),
                handling,
                place: catalogue.place(row, cell),
                text: cell
                    .map(|cell| catalogue.quote(cell).trim().to_owned())
                    .unwrap_or_default(),
            });
        }
        none.sort_by(|a, b| {
            let key = |one: &Baseless| {
                (
                    one.region,
                    one.code.clone(),
                    one.name.clone(),
                    one.handling.clone(),
                    one.place.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        none
    }

    /// Items that regions base on different laws.
    fn differing(&self, silent: &[usize]) -> Vec<DifferingBasis> {
        // Item → side → titles.
        let mut cited: BTreeMap<usize, BTreeMap<usize, BTreeSet<String>>> = BTreeMap::new();
        for row in self.lists.catalogue.row_ids() {
            let whose = self.lists.whose.rows.get(row.index()).and_then(Option::as_ref);
            let (Some(side), Some((item, _))) = (self.side(row), whose) else {
                continue;
            };
            if silent.contains(&side) {
                continue;
            }
            for base in self.lists.bases() {
                for citation in self.lists.basis(row, base) {
                    let titles = cited.entry(*item).or_default().entry(side).or_default();
                    titles.insert(self.known.title(&citation).to_owned());
                }
            }
        }
        let mut differing: Vec<DifferingBasis> = cited
            .into_iter()
            .filter(|(_, sides)| sides.len() > 1)
            .map(|(item, sides)| self.groups(item, sides))
            .filter(|differing| differing.is_national() || !differing.local.is_empty())
            .collect();
        differing.sort_by(|a, b| {
            let key = |one: &DifferingBasis| {
                (
                    !one.is_national(),
                    one.code.is_empty(),
                    one.code.clone(),
                    one.name.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        differing
    }

    fn groups(&self, item: usize, sides: BTreeMap<usize, BTreeSet<String>>) -> DifferingBasis {
        let count = sides.len();
        let mut local: Vec<(usize, String)> = Vec::new();
        let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (side, titles) in sides {
            let (own, national): (Vec<String>, Vec<String>) =
                titles.into_iter().partition(|title| self.known.is_local(title));
            local.extend(own.into_iter().map(|title| (side, title)));
            // Who cites only what is of a place says nothing of the laws of the country.
            if !national.is_empty() {
                groups.entry(national).or_default().push(side);
            }
        }
        // What all of them cite is no difference: cities of one province under its regulation.
        let all: Vec<(usize, String)> = local.clone();
        local.retain(|(_, title)| all.iter().filter(|(_, other)| other == title).count() < count);
        let mut groups: Vec<BasisGroup> = groups
            .into_iter()
            .map(|(laws, regions)| BasisGroup { laws, regions })
            .collect();
        groups.sort_by_key(|group| Reverse(group.regions.len()));
        let (code, name) = self.lists.whose.items[item].clone();
        DifferingBasis {
            code,
            name,
            groups,
            local,
        }
    }
}

/// Whether what a citation names holds the place that is asked for, or is held by it.
fn rests_on(citation: &Citation, asked: &Citation) -> bool {
    let (Some(first), Some(article)) = (citation.article, asked.article) else {
        return false;
    };
    let last = asked.to.unwrap_or(article);
    let meets = first <= last && article <= citation.to.unwrap_or(first);
    let agrees = |cited: Option<u32>, asked: Option<u32>| cited.is_none() || asked.is_none() || cited == asked;
    meets && agrees(citation.paragraph, asked.paragraph) && agrees(citation.item, asked.item)
}

//! From what each file gave to one catalogue: the rows in the order of the files, each with its region.
//!
//! Must not know file formats.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use super::source::Source;
use super::table::{Loaded, LoadedTable};
use crate::model::{
    Catalogue, Cell, FieldId, Finding, Place, Reading, Region, RegionId, Severity, SourceFile, TableId, TextId,
    Understood,
};
use crate::profile::Profile;
use crate::profile::headers::fold;

/// A catalogue that is being put together.
pub(super) struct Assembly<'a> {
    pub catalogue: Catalogue,
    profile: &'a Profile,
    regions: BTreeMap<(u16, bool, String), RegionId>,
    /// Regions that the user gives a file to, by file: a file of several regions is shared out by what its rows say.
    owners: BTreeMap<(u16, String), BTreeSet<String>>,
    code: Option<FieldId>,
    name: Option<FieldId>,
}

/// Whose a row is: id and name.
type Owner = (String, String);

/// The texts by which a row names its region: code and name.
type Said = (Option<TextId>, Option<TextId>);

impl<'a> Assembly<'a> {
    pub(super) fn new<'s>(profile: &'a Profile, parts: impl Iterator<Item = (&'s Source, &'s Part)>) -> Self {
        let mut owners: BTreeMap<(u16, String), BTreeSet<String>> = BTreeMap::new();
        for (source, part) in parts {
            if let Some((id, _)) = &source.region {
                owners
                    .entry((source.side, part.name.clone()))
                    .or_default()
                    .insert(id.clone());
            }
        }
        Assembly {
            catalogue: Catalogue {
                labels: profile.labels(),
                ..Catalogue::default()
            },
            profile,
            regions: BTreeMap::new(),
            owners,
            code: profile.field("region_code"),
            name: profile.field("region_name"),
        }
    }

    /// Adds what a file gave. `fallback`: the region's name where neither the user nor the list says one.
    pub(super) fn add(&mut self, source: &Source, loaded: Loaded, name: String, reading: Reading, fallback: &str) {
        let file = self.catalogue.files.len();
        let owners = self.owners.get(&(source.side, name.clone())).cloned();
        self.catalogue.files.push(SourceFile {
            name: name.into(),
            reading,
        });
        self.catalogue.findings.extend(loaded.findings);
        // The first texts are taken over as they are; only further files must be brought into the same numbers.
        let translate = if self.catalogue.texts.is_empty() {
            self.catalogue.texts = loaded.texts;
            None
        } else {
            Some(self.catalogue.texts.absorb(&loaded.texts))
        };
        for mut table in loaded.tables {
            table.table.file = file;
            if let Some(translate) = &translate {
                for cell in &mut table.cells {
                    cell.text = translate[cell.text.index()];
                }
            }
            self.table(source, table, fallback, owners.as_ref());
        }
    }

    fn table(&mut self, source: &Source, loaded: LoadedTable, fallback: &str, owners: Option<&BTreeSet<String>>) {
        let table = TableId::of(self.catalogue.tables.len());
        let of_sheet = loaded.table.sheet.as_deref().and_then(|sheet| self.named(bare(sheet)));
        self.catalogue.tables.push(loaded.table);
        let start = self.catalogue.adopt(loaded.cells);
        let mut seen: Option<(Said, Option<RegionId>)> = None;
        for row in &loaded.rows {
            let cells = start + row.start..start + row.start + row.len;
            let text = |field: Option<FieldId>| {
                let of = |cell: &&Cell| Some(cell.field) == field;
                self.catalogue.cells[cells.clone()]
                    .iter()
                    .find(of)
                    .map(|cell| cell.text)
            };
            let said = (text(self.code), text(self.name));
            // Rows of one file nearly always name one region.
            let region = match seen {
                Some((last, region)) if last == said => region,
                _ => {
                    let own = self.said(said).or_else(|| of_sheet.clone());
                    let region = self.owner(source, own, fallback, owners);
                    region.map(|owner| self.region(source, owner))
                }
            };
            seen = Some((said, region));
            if let Some(region) = region {
                self.catalogue.push_row(region, table, row.at, cells);
            }
        }
    }

    /// The region that a row names by its code or its name.
    fn said(&self, (code, name): Said) -> Option<Owner> {
        let text = |id: TextId| self.catalogue.texts.get(id).trim().to_owned();
        let name = name.map(text);
        match code {
            Some(code) => {
                let id = division(&text(code));
                let name = name.or_else(|| self.profile.division_name(&id));
                Some((id.clone(), name.unwrap_or(id)))
            }
            None => {
                let name = name?;
                Some(self.named(&name).unwrap_or((name.clone(), name)))
            }
        }
    }

    /// The region of a name; one of a name that several have goes by its name.
    fn named(&self, name: &str) -> Option<Owner> {
        let name = name.trim();
        match self.profile.division_by_name(name).as_slice() {
            [] => None,
            [code] => Some((division(code), name.to_owned())),
            _ => Some((name.to_owned(), name.to_owned())),
        }
    }

    /// Whose a row is; `None` where the user gives the file to several regions and the row is another's.
    fn owner(
        &self,
        source: &Source,
        own: Option<Owner>,
        fallback: &str,
        owners: Option<&BTreeSet<String>>,
    ) -> Option<Owner> {
        match &source.region {
            Some(region) => {
                let others = owners.is_some_and(|owners| owners.len() > 1);
                let another =
                    own.is_some_and(|(id, _)| id != region.0 && owners.is_some_and(|owners| owners.contains(&id)));
                (!(others && another)).then(|| region.clone())
            }
            None if source.directory => Some(("directory".to_owned(), "directory".to_owned())),
            None => {
                let own = own.or_else(|| self.in_file_name(fallback));
                Some(own.unwrap_or_else(|| (fallback.to_owned(), fallback.to_owned())))
            }
        }
    }

    /// The division that a file's name gives by its code and its name: 440306宝安区.
    fn in_file_name(&self, name: &str) -> Option<Owner> {
        let (code, rest) = name.split_at_checked(6)?;
        let rest = rest.trim_matches([' ', '-', '_', '　']);
        let known = self.profile.division_name(code)?;
        (rest == known).then(|| (code.to_owned(), known))
    }

    fn region(&mut self, source: &Source, (id, name): Owner) -> RegionId {
        let key = (source.side, source.directory, id.clone());
        if let Some(&known) = self.regions.get(&key) {
            return known;
        }
        let new = RegionId::of(self.catalogue.regions.len());
        self.catalogue.regions.push(Region {
            id: id.into(),
            name,
            directory: source.directory,
            side: source.side,
        });
        self.regions.insert(key, new);
        new
    }

    /// Says which headers of an accepted mapping are in none of the region's files any more. Gives whether there are any.
    pub(super) fn check_mappings(&mut self, sources: &[Source]) -> bool {
        type Mapping<'s> = (u16, bool, &'s Option<Owner>, &'s BTreeMap<String, String>);
        let mut mappings: Vec<(Mapping<'_>, Vec<String>)> = Vec::new();
        for source in sources.iter().filter(|source| !source.columns.is_empty()) {
            let key = (source.side, source.directory, &source.region, &source.columns);
            let file = super::path_name(&source.path);
            match mappings.iter_mut().find(|(other, _)| *other == key) {
                Some((_, files)) => files.push(file),
                None => mappings.push((key, vec![file])),
            }
        }
        let mut gone = Vec::new();
        for ((_, _, _, columns), files) in &mappings {
            let read: Vec<usize> = (0..self.catalogue.files.len())
                .filter(|&at| files.iter().any(|file| **file == *self.catalogue.files[at].name))
                .collect();
            // Where a file could not be read at all, that is what is said.
            if read.len() < files.len() {
                continue;
            }
            for header in columns.keys() {
                let key = fold(header);
                let here = self
                    .catalogue
                    .tables
                    .iter()
                    .filter(|table| read.contains(&table.file))
                    .any(|table| {
                        table.columns.iter().any(|column| {
                            let leaf = column.header.rsplit(['/', '.']).next().unwrap_or_default();
                            column.understood == Understood::Override
                                && (fold(&column.header) == key || fold(leaf) == key)
                        })
                    });
                if !here {
                    gone.push((files[0].clone(), header.clone()));
                }
            }
        }
        for (file, header) in &gone {
            self.catalogue.findings.push(Finding {
                cell: None,
                rule: "FIL016".into(),
                severity: Severity::Error,
                args: vec![("header", header.clone())],
                place: Place {
                    file: file.clone().into(),
                    ..Place::default()
                },
                region: "".into(),
                item: "".into(),
                element: "".into(),
                fix: None,
            });
        }
        !gone.is_empty()
    }
}

/// The name of a sheet without its number and its remark: 1.越秀区, 天河区（报）.
fn bare(sheet: &str) -> &str {
    let name = sheet.split(['（', '(']).next().unwrap_or(sheet);
    name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | '-' | '_' | ' '))
        .trim()
}

/// A division code without the zeros of lower levels: 511602000000 and 511602 are one district.
fn division(code: &str) -> String {
    let code = code.trim();
    match code.strip_suffix("000000") {
        Some(county) if code.len() == 12 => county.to_owned(),
        _ => code.to_owned(),
    }
}

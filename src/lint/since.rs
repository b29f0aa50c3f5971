//! What changed since an earlier version of the lists (`tongban lint --since`): a row is unchanged where the earlier lists of its
//! region have a row of equal raw cells, each of which stands for one. Linear in rows.
//!
//! Must not know where the earlier version comes from: a file today, a snapshot in a store later.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

use crate::model::{Catalogue, Cell, FieldId, Finding, Region, Row, RowId, Shape, TableId};

/// Findings held against an earlier version of the lists.
#[derive(Clone, Debug, Default)]
pub struct Since {
    /// Those of rows that changed or are new, and those about whole files.
    pub kept: Vec<Finding>,
    /// How many are left out, for their rows are as they were.
    pub left_out: usize,
    /// How many rows changed or are new.
    pub changed: usize,
}

/// Leaves out the findings of rows that did not change. A row that was taken out changes no other row: only a finding about the
/// whole of a file or list can come of it.
pub fn since(catalogue: &Catalogue, earlier: &Catalogue, findings: Vec<Finding>) -> Since {
    let changed = changed(catalogue, earlier);
    let rows = Rows::of(catalogue);
    let mut since = Since {
        changed: changed.iter().filter(|changed| **changed).count(),
        ..Since::default()
    };
    let same = since.changed == 0 && catalogue.rows.len() == earlier.rows.len();
    for finding in findings {
        // What regions lack is told of no row; what reading and settings report is told in any case.
        let of_rules = !["FIL", "SET"].iter().any(|family| finding.rule.starts_with(family));
        if same && of_rules {
            since.left_out += 1;
            continue;
        }
        let kept = match finding.cell {
            Some((row, _)) => changed[row.index()],
            None => rows
                .of_finding(&finding)
                .is_none_or(|range| changed[range].contains(&true)),
        };
        if kept {
            since.kept.push(finding);
        } else {
            since.left_out += 1;
        }
    }
    since
}

/// By row: whether it changed, or is new.
fn changed(catalogue: &Catalogue, earlier: &Catalogue) -> Vec<bool> {
    let regions = Regions::of(catalogue, earlier);
    let mut known: HashMap<u64, Vec<RowId>, FixedState> = HashMap::default();
    for row in earlier.row_ids() {
        let key = hash(regions.earlier[earlier.rows[row.index()].region.index()], earlier, row);
        known.entry(key).or_default().push(row);
    }
    // A column that was added asks something new of every row, also of those that leave it empty.
    let mut columns: BTreeSet<(Key, FieldId)> = BTreeSet::new();
    for (table, key) in tables(earlier, &regions.earlier) {
        columns.extend(fields(earlier, table).map(|field| (key, field)));
    }
    let wider: HashSet<(TableId, Key)> = tables(catalogue, &regions.today)
        .into_iter()
        .filter(|&(table, key)| fields(catalogue, table).any(|field| !columns.contains(&(key, field))))
        .collect();
    let mut changed = Vec::with_capacity(catalogue.rows.len());
    for row in catalogue.row_ids() {
        let own = &catalogue.rows[row.index()];
        let key = regions.today[own.region.index()];
        let candidates = known.get_mut(&hash(key, catalogue, row));
        let found = candidates.and_then(|rows| {
            let at = rows
                .iter()
                .rposition(|&old| cells(catalogue, row).eq(cells(earlier, old)))?;
            Some(rows.swap_remove(at))
        });
        changed.push(found.is_none() || wider.contains(&(own.table, key)));
    }
    changed
}

/// The tables of a catalogue with the regions that have rows in them.
fn tables(catalogue: &Catalogue, keys: &[Key]) -> BTreeSet<(TableId, Key)> {
    let of = |row: &Row| (row.table, keys[row.region.index()]);
    catalogue.rows.iter().map(of).collect()
}

fn fields(catalogue: &Catalogue, table: TableId) -> impl Iterator<Item = FieldId> {
    let columns = &catalogue.tables[table.index()].columns;
    columns.iter().filter_map(|column| column.field)
}

/// The cells of a row by field: columns may have moved.
fn cells(catalogue: &Catalogue, row: RowId) -> impl Iterator<Item = (FieldId, Shape, &str)> {
    let mut cells: Vec<&Cell> = catalogue.cells(row).iter().collect();
    cells.sort_by_key(|cell| cell.field);
    cells
        .into_iter()
        .map(|cell| (cell.field, cell.shape, catalogue.texts.get(cell.text)))
        .filter(|(_, _, text)| !text.trim().is_empty())
}

fn hash(key: Key, catalogue: &Catalogue, row: RowId) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    key.hash(&mut hasher);
    for cell in cells(catalogue, row) {
        cell.hash(&mut hasher);
    }
    hasher.finish()
}

/// What a region is known by in both versions: its number in the catalogue of today; none where only one of the two knows it, for a
/// region without a code is called after its file, and an earlier version has another name. And whether it is the directory.
type Key = (Option<usize>, bool);

struct Regions {
    today: Vec<Key>,
    earlier: Vec<Key>,
}

impl Regions {
    fn of(catalogue: &Catalogue, earlier: &Catalogue) -> Regions {
        let id = |region: &Region| (region.id.clone(), region.directory);
        let numbers: HashMap<_, usize> = catalogue.regions.iter().map(id).zip(0..).collect();
        let before: HashSet<_> = earlier.regions.iter().map(id).collect();
        let key = |region: &Region| {
            let number = numbers.get(&id(region)).copied();
            (number.filter(|_| before.contains(&id(region))), region.directory)
        };
        Regions {
            today: catalogue.regions.iter().map(key).collect(),
            earlier: earlier.regions.iter().map(key).collect(),
        }
    }
}

/// The rows by where they stand, for findings about a row as a whole.
struct Rows<'a> {
    catalogue: &'a Catalogue,
    tables: HashMap<(&'a str, Option<&'a str>), Vec<usize>>,
}

impl<'a> Rows<'a> {
    fn of(catalogue: &'a Catalogue) -> Rows<'a> {
        let mut tables: HashMap<(&str, Option<&str>), Vec<usize>> = HashMap::new();
        for (at, table) in catalogue.tables.iter().enumerate() {
            let key = (&*catalogue.files[table.file].name, table.sheet.as_deref());
            tables.entry(key).or_default().push(at);
        }
        Rows { catalogue, tables }
    }

    /// The rows that a finding is about; `None` where it is about none, or about what is no row of a list. Records that stand in one
    /// line are not told apart.
    fn of_finding(&self, finding: &Finding) -> Option<std::ops::Range<usize>> {
        let place = &finding.place;
        let tables = self.tables.get(&(&*place.file, place.sheet.as_deref()))?;
        let rows = &self.catalogue.rows;
        let key = |row: &Row| (row.table.index(), row.at.row);
        tables.iter().find_map(|&table| {
            let start = rows.partition_point(|row| key(row) < (table, place.row));
            let end = rows.partition_point(|row| key(row) <= (table, place.row));
            (place.row > 0 && start < end).then_some(start..end)
        })
    }
}

//! One region against another: every difference of every item that both handle (`tongban diff`).
//!
//! Must not know files or output.

use rayon::prelude::*;

use super::difference::{Context, judge};
use super::identity::{self, Decisions, Item, Items, Unit};
use super::{Names, bodies, side};
use crate::forms::{self, Batch, Forms, OnDemand};
use crate::model::{
    Catalogue, DiffItem, Difference, Divided, ElementId, OneSided, RegionDiff, RowId, Value, Verdict, Waiting,
};
use crate::profile::{Element, Profile};

/// Compares two sides. `sides[region]` is 0 or 1, or `None` for rows that take no part; with `explain` each difference also says
/// what was folded on either side.
pub fn compare(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    sides: &[Option<usize>],
    titles: [(String, String); 2],
    decisions: &Decisions,
    explain: bool,
) -> RegionDiff {
    let Items { items, proposals, .. } = identity::items(catalogue, forms, profile, sides, 2, decisions);
    let names = Names::of(catalogue, forms, profile, sides, 2);
    let elements: Vec<(ElementId, &Element)> = profile.compared().collect();
    let summary = |at: usize| {
        let (id, name) = titles[at].clone();
        let mine = |item: &&Item| !item.rows[at].is_empty();
        DiffItem {
            id,
            name,
            rows: items
                .iter()
                .map(|item| item.rows[at].len() + item.duplicates[at].len())
                .sum(),
            items: items.iter().filter(mine).count(),
            duplicates: items.iter().map(|item| item.duplicates[at].len()).sum(),
        }
    };
    let mut diff = RegionDiff {
        within: bodies::within(catalogue, forms, profile, &names, &items),
        waiting: Waiting::of(&proposals),
        ..RegionDiff::between([summary(0), summary(1)])
    };
    let work = Work {
        catalogue,
        forms,
        others: OnDemand::of(catalogue, profile),
        profile,
        context: Context {
            vocabulary: &profile.vocabulary,
            left: names.of_side(0),
            right: names.of_side(1),
            one_level: names.one_level(0, 1),
        },
        elements: &elements,
        explain,
    };
    let found: Vec<Found> = items
        .par_chunks(AT_ONCE)
        .map(|items| {
            let units = items.iter().flat_map(|item| &item.units);
            let mut rows: Vec<RowId> = units.flat_map(|unit| unit.rows.concat()).collect();
            rows.sort_unstable();
            rows.dedup();
            let said = Said {
                work: &work,
                batch: work.others.batch(&rows),
                rows: &rows,
            };
            let mut found = Found::default();
            for item in items {
                said.item(item, &mut found);
            }
            found
        })
        .collect();
    for found in found {
        diff.items_compared += found.compared;
        diff.items_alike += found.alike;
        for (sum, count) in diff.verdicts.iter_mut().zip(found.verdicts) {
            *sum += count;
        }
        diff.both_blank += found.both_blank;
        diff.differences.extend(found.differences);
        diff.only_left.extend(found.only_left);
        diff.only_right.extend(found.only_right);
        diff.divided.extend(found.divided);
    }
    diff
}

/// Items that one thread compares before it looks for more.
const AT_ONCE: usize = 256;

/// What the comparison of some items found.
#[derive(Default)]
struct Found {
    compared: usize,
    alike: usize,
    verdicts: [usize; 6],
    both_blank: usize,
    differences: Vec<Difference>,
    only_left: Vec<OneSided>,
    only_right: Vec<OneSided>,
    divided: Vec<Divided>,
}

struct Work<'a> {
    catalogue: &'a Catalogue,
    /// What identity needs of all rows.
    forms: &'a Forms,
    /// The rest: most rows of two states of a list are equal, and of each text one only asks whether it says anything.
    others: OnDemand<'a>,
    profile: &'a Profile,
    context: Context<'a>,
    elements: &'a [(ElementId, &'a Element)],
    explain: bool,
}

/// What the rows of some items say.
struct Said<'a> {
    work: &'a Work<'a>,
    batch: Batch<'a>,
    /// The rows of the batch, sorted.
    rows: &'a [RowId],
}

/// One row of each side.
struct Pair {
    rows: [RowId; 2],
    /// Their places in the batch.
    places: [Option<usize>; 2],
    /// Whether the rows are equal in all fields, to the letter.
    equal: bool,
}

impl Pair {
    fn of(said: &Said<'_>, left: RowId, right: RowId) -> Pair {
        let catalogue = said.work.catalogue;
        let cells = |row| {
            catalogue
                .cells(row)
                .iter()
                .map(|cell| (cell.field, cell.shape, cell.text))
        };
        Pair {
            rows: [left, right],
            places: [left, right].map(|row| said.rows.binary_search(&row).ok()),
            equal: cells(left).eq(cells(right)),
        }
    }
}

impl Said<'_> {
    fn value(&self, row: RowId, element: ElementId) -> &Value {
        match self.rows.binary_search(&row) {
            Ok(nth) if !self.work.forms.ready(element) => self.batch.get(nth, element),
            _ => self.work.forms.get(row, element),
        }
    }

    /// Whether two rows whose texts of an element are equal say something, and the same.
    fn say_the_same(&self, pair: &Pair, element: ElementId) -> bool {
        if let [Some(left), Some(right)] = pair.places
            && pair.equal
            && self.batch.one_dialect(left, right, element)
        {
            // Equal parts of one dialect have one normal form.
            return match self.work.forms.ready(element) {
                true => self.work.forms.get(pair.rows[0], element).speaks(),
                false => self.batch.speaks(left, element),
            };
        }
        let [left, right] = pair.rows.map(|row| self.value(row, element));
        (std::ptr::eq(left, right) || left == right) && left.speaks()
    }

    fn item(&self, item: &Item, found: &mut Found) {
        let one_sided = |rows: usize, handling: Option<String>| OneSided {
            region: String::new(),
            code: item.code.clone(),
            handling,
            name: item.name.clone(),
            rows,
        };
        match (item.rows[0].len(), item.rows[1].len()) {
            (0, 0) => return,
            (rows, 0) => return found.only_left.push(one_sided(rows, None)),
            (0, rows) => return found.only_right.push(one_sided(rows, None)),
            (left_rows, right_rows) => {
                found.compared += 1;
                let rest = item.rest();
                if rest.is_some() || item.divided() {
                    let [left_rows, right_rows] = match rest {
                        Some(rest) => [0, 1].map(|side: usize| rest.rows[side].len()),
                        None => [left_rows, right_rows],
                    };
                    found.divided.push(Divided {
                        region: String::new(),
                        code: item.code.clone(),
                        name: item.name.clone(),
                        left_rows,
                        right_rows,
                        rest: rest.is_some(),
                    });
                }
            }
        }
        let mut alike = true;
        // Where the item, or what is left of it, is compared whole, its cases are only on one side by definition.
        let whole = item.divided();
        for unit in item.units.iter().filter(|unit| match whole {
            true => unit.case.is_none() || unit.rows.iter().all(|r| !r.is_empty()),
            false => item.counts(unit),
        }) {
            let [left, right] = unit.rows.as_slice() else { continue };
            if left.is_empty() || right.is_empty() {
                let list = if right.is_empty() {
                    &mut found.only_left
                } else {
                    &mut found.only_right
                };
                list.push(one_sided(left.len() + right.len(), unit.case.clone()));
                continue;
            }
            if whole && unit.case.is_some() {
                continue;
            }
            let one_row = match (left.as_slice(), right.as_slice()) {
                (&[left], &[right]) => Some(Pair::of(self, left, right)),
                _ => None,
            };
            for &(element, info) in self.work.elements {
                alike &= self.element(item, unit, one_row.as_ref(), (element, info), found);
            }
        }
        found.alike += usize::from(alike);
    }

    /// Compares an element of a unit that both sides have. Gives whether they do not contradict.
    fn element(
        &self,
        item: &Item,
        unit: &Unit,
        one_row: Option<&Pair>,
        (element, info): (ElementId, &Element),
        found: &mut Found,
    ) -> bool {
        let Work { catalogue, profile, .. } = *self.work;
        let (left, right) = (&unit.rows[0], &unit.rows[1]);
        let equal = one_row.is_some_and(|pair| pair.equal || raw_equal(catalogue, profile, left[0], right[0], element));
        if equal && one_row.is_some_and(|pair| self.say_the_same(pair, element)) {
            found.verdicts[Verdict::Same as usize] += 1;
            return true;
        }
        let whole_item = unit.union.contains(&true);
        let union = |rows: &[RowId]| side::union_of(rows.iter().map(|&row| self.value(row, element)), whole_item);
        let (l, r) = (union(left), union(right));
        let mut judgement = judge(&l, &r, &self.work.context);
        if judgement.verdict == Verdict::Notation && (l == r && (one_row.is_none() || equal)) {
            judgement.verdict = Verdict::Same;
        }
        found.verdicts[judgement.verdict as usize] += 1;
        if judgement.verdict == Verdict::Same {
            found.both_blank += usize::from(l == Value::Empty);
            return true;
        }
        let alike = judgement.verdict != Verdict::Substantive;
        let folds = if self.work.explain {
            let value = |row| self.value(row, element);
            let folded = |rows| side::folded(catalogue, profile, rows, element, value);
            [folded(left), folded(right)]
        } else {
            Default::default()
        };
        found.differences.push(Difference {
            pairing: item.pairing,
            region: String::new(),
            code: item.code.clone(),
            handling: unit.case.clone(),
            name: item.name.clone(),
            element: info.id.clone(),
            judgement,
            left: side::shown(catalogue, profile, left, element, &[&l, &r]),
            right: side::shown(catalogue, profile, right, element, &[&r, &l]),
            folds,
        });
        alike
    }
}

/// Whether the raw texts of an element are the same to the letter.
fn raw_equal(catalogue: &Catalogue, profile: &Profile, left: RowId, right: RowId, element: ElementId) -> bool {
    // Codes of one item are the same item's code, however each list writes it.
    let main = |row| forms::main_cell(catalogue, profile, row, element).map(|cell| (cell.shape, cell.text));
    if main(left) != main(right) {
        return false;
    }
    // What may stand beside the main cell, letter by letter: nearly always the same.
    let fields = &profile.elements[element.index()].fields;
    let beside = |row| {
        let cells = catalogue.cells(row).iter();
        let own = cells.filter(|cell| fields.iter().any(|(_, field)| *field == cell.field));
        own.map(|cell| (cell.field, cell.shape, cell.text))
    };
    beside(left).eq(beside(right))
        || forms::quote(catalogue, profile, left, element) == forms::quote(catalogue, profile, right, element)
}

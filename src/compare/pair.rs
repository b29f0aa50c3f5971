//! One region against another: every difference of every item that both handle (`tongban diff`).
//!
//! Must not know files or output.

use super::difference::{Context, judge};
use super::identity::{self, Decisions, Item, Items};
use super::{Names, bodies, side};
use crate::forms::{self, Forms};
use crate::model::{Catalogue, DiffItem, Difference, Divided, ElementId, OneSided, RegionDiff, RowId, Verdict};
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
    let Items { items, .. } = identity::items(catalogue, forms, profile, sides, 2, decisions);
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
        left: summary(0),
        right: summary(1),
        items_compared: 0,
        items_alike: 0,
        verdicts: [0; 6],
        differences: Vec::new(),
        only_left: Vec::new(),
        only_right: Vec::new(),
        divided: Vec::new(),
        within: bodies::within(catalogue, forms, profile, &names, &items),
    };
    for item in &items {
        let one_sided = |rows: usize, handling: Option<String>| OneSided {
            code: item.code.clone(),
            handling,
            name: item.name.clone(),
            rows,
        };
        match (item.rows[0].len(), item.rows[1].len()) {
            (0, 0) => continue,
            (rows, 0) => {
                diff.only_left.push(one_sided(rows, None));
                continue;
            }
            (0, rows) => {
                diff.only_right.push(one_sided(rows, None));
                continue;
            }
            (left_rows, right_rows) => {
                diff.items_compared += 1;
                if item.divided() {
                    diff.divided.push(Divided {
                        code: item.code.clone(),
                        name: item.name.clone(),
                        left_rows,
                        right_rows,
                    });
                }
            }
        }
        let mut alike = true;
        // Where the item is compared whole, its cases are only on one side by definition.
        let whole = item.divided();
        for unit in item
            .units
            .iter()
            .filter(|unit| !whole || unit.case.is_none() || unit.rows.iter().all(|r| !r.is_empty()))
        {
            let [left, right] = unit.rows.as_slice() else { continue };
            if left.is_empty() || right.is_empty() {
                let list = if right.is_empty() {
                    &mut diff.only_left
                } else {
                    &mut diff.only_right
                };
                list.push(one_sided(left.len() + right.len(), unit.case.clone()));
                continue;
            }
            if whole && unit.case.is_some() {
                continue;
            }
            let context = Context {
                vocabulary: &profile.vocabulary,
                left: names.of_side(0),
                right: names.of_side(1),
                one_level: names.one_level(0, 1),
            };
            for &(element, info) in &elements {
                let one_row = left.len() == 1 && right.len() == 1;
                let (l, r) = (left[0], right[0]);
                let quick = one_row && forms.id(l, element) == forms.id(r, element) && forms.get(l, element).speaks();
                if quick && raw_equal(catalogue, profile, l, r, element) {
                    diff.verdicts[Verdict::Same as usize] += 1;
                    continue;
                }
                let whole_item = unit.union.contains(&true);
                let (l, r) = (
                    side::union(forms, left, element, whole_item),
                    side::union(forms, right, element, whole_item),
                );
                let mut judgement = judge(&l, &r, &context);
                if judgement.verdict == Verdict::Notation
                    && (l == r && (!one_row || raw_equal(catalogue, profile, left[0], right[0], element)))
                {
                    judgement.verdict = Verdict::Same;
                }
                diff.verdicts[judgement.verdict as usize] += 1;
                if judgement.verdict == Verdict::Same {
                    continue;
                }
                alike &= judgement.verdict != Verdict::Substantive;
                let folds = if explain {
                    let folded = |rows| side::folded(catalogue, forms, profile, rows, element);
                    [folded(left), folded(right)]
                } else {
                    Default::default()
                };
                diff.differences.push(Difference {
                    code: item.code.clone(),
                    handling: unit.case.clone(),
                    name: item.name.clone(),
                    element: info.id.clone(),
                    judgement,
                    left: side::shown(catalogue, profile, left, element, &l),
                    right: side::shown(catalogue, profile, right, element, &r),
                    folds,
                });
            }
        }
        diff.items_alike += usize::from(alike);
    }
    diff
}

/// Whether the raw texts of an element are the same to the letter.
fn raw_equal(catalogue: &Catalogue, profile: &Profile, left: RowId, right: RowId, element: ElementId) -> bool {
    // Codes of one item are the same item's code, however each list writes it.
    let cells = |row| forms::main_cell(catalogue, profile, row, element).map(|cell| (cell.shape, cell.text));
    cells(left) == cells(right)
        && forms::quote(catalogue, profile, left, element) == forms::quote(catalogue, profile, right, element)
}

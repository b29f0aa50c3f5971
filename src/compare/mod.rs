//! Comparing: which rows are the same item, how two values stand to each other, and how uniform N regions are.
//!
//! Reads no file and no clock, and cannot fail: odd data is a verdict, not an error.

pub mod align;
mod bodies;
mod burden;
mod difference;
pub mod draft;
pub mod history;
pub mod identity;
mod level;
pub mod over_time;
pub mod pair;
pub mod pairwise;
mod side;
pub mod uniformity;

use std::collections::BTreeSet;

pub use difference::{Context, judge};
pub use level::similarity;

use crate::forms::Forms;
use crate::model::{Catalogue, TextId, Value};
use crate::profile::Profile;

/// The names by which the regions and bodies of each side call themselves, and the level that they are of.
pub(crate) struct Names(Vec<(Vec<String>, Option<String>)>);

impl Names {
    fn of(catalogue: &Catalogue, forms: &Forms, profile: &Profile, sides: &[Option<usize>], count: usize) -> Names {
        let fields: Vec<_> = ["body", "region_name"]
            .iter()
            .filter_map(|id| profile.field(id))
            .collect();
        // Most rows of a list name the same few bodies.
        let mut said: Vec<BTreeSet<TextId>> = vec![BTreeSet::new(); count];
        for row in catalogue.row_ids() {
            let Some(side) = sides[catalogue.rows[row.index()].region.index()] else {
                continue;
            };
            let cells = fields.iter().filter_map(|&field| catalogue.cell(row, field));
            said[side].extend(cells.map(|cell| cell.text));
        }
        let texts = |said: BTreeSet<TextId>| {
            let texts = said.into_iter().map(|text| catalogue.texts.get(text).trim());
            texts.filter(|text| !text.is_empty()).collect()
        };
        let mut names: Vec<BTreeSet<&str>> = said.into_iter().map(texts).collect();
        for (region, side) in catalogue.regions.iter().zip(sides) {
            if let Some(side) = side {
                names[*side].insert(&region.name);
            }
        }
        let levels = levels(catalogue, forms, profile, sides, count);
        let names = names.into_iter().map(|names| level::own_names(names.into_iter()));
        Names(names.zip(levels).collect())
    }

    fn of_side(&self, side: usize) -> &[String] {
        &self.0[side].0
    }

    /// Whether both sides are known to be of one level.
    fn one_level(&self, left: usize, right: usize) -> bool {
        matches!((&self.0[left].1, &self.0[right].1), (Some(left), Some(right)) if left == right)
    }
}

/// The regions in the order of their ids, so that the order of inputs changes nothing; and the side of each region of the catalogue,
/// `None` for the directory.
pub(crate) fn sides(catalogue: &Catalogue) -> (Vec<usize>, Vec<Option<usize>>) {
    let mut order: Vec<usize> = (0..catalogue.regions.len())
        .filter(|&at| !catalogue.regions[at].directory)
        .collect();
    order.sort_by(|&a, &b| {
        let key = |at: usize| (&catalogue.regions[at].id, &catalogue.regions[at].name);
        key(a).cmp(&key(b)).then(a.cmp(&b))
    });
    let mut sides = vec![None; catalogue.regions.len()];
    for (side, &region) in order.iter().enumerate() {
        sides[region] = Some(side);
    }
    (order, sides)
}

/// The level of each side by the code list of levels (行使层级): what its rows say, where they agree, else what the code of its
/// region shows (GB/T 2260: 440000 is a province, 440100 a city, 440103 a county).
fn levels(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    sides: &[Option<usize>],
    count: usize,
) -> Vec<Option<String>> {
    let mut said: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); count];
    if let Some(element) = profile.element("level") {
        for row in catalogue.row_ids() {
            if let Some(side) = sides[catalogue.rows[row.index()].region.index()] {
                match forms.get(row, element) {
                    Value::Choice(choice) => _ = said[side].insert(&choice.code),
                    Value::Choices(choices) => said[side].extend(choices.iter().map(|choice| choice.code.as_str())),
                    _ => {}
                }
            }
        }
    }
    let mut shown: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); count];
    for (region, side) in catalogue.regions.iter().zip(sides) {
        if let Some(side) = side {
            let digits = region.id.len() == 6 && region.id.bytes().all(|byte| byte.is_ascii_digit());
            let zeros = region.id.len() - region.id.trim_end_matches('0').len();
            shown[*side].insert(match zeros {
                _ if !digits => "",
                4.. => "2",
                2..4 => "3",
                _ => "4",
            });
        }
    }
    let one = |levels: &BTreeSet<&str>| match levels.iter().next() {
        Some(level) if levels.len() == 1 && !level.is_empty() => Some((*level).to_owned()),
        _ => None,
    };
    let both = said.iter().zip(&shown);
    both.map(|(said, shown)| if said.is_empty() { one(shown) } else { one(said) })
        .collect()
}

//! Comparing: which rows are the same item, how two values stand to each other, and how uniform N regions are.
//!
//! Reads no file and no clock, and cannot fail: odd data is a verdict, not an error.

mod difference;
pub mod identity;
mod level;
pub mod pair;
mod side;
pub mod uniformity;

use std::collections::BTreeSet;

pub use difference::{Context, judge};
pub use level::similarity;

use crate::model::Catalogue;
use crate::profile::Profile;

/// The names by which the regions and bodies of each side call themselves.
pub(crate) struct Names(Vec<Vec<String>>);

impl Names {
    fn of(catalogue: &Catalogue, profile: &Profile, sides: &[Option<usize>], count: usize) -> Names {
        let mut names: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); count];
        for (region, side) in catalogue.regions.iter().zip(sides) {
            if let Some(side) = side {
                names[*side].insert(&region.name);
            }
        }
        let fields: Vec<_> = ["body", "region_name"]
            .iter()
            .filter_map(|id| profile.field(id))
            .collect();
        for row in catalogue.row_ids() {
            let Some(side) = sides[catalogue.rows[row.index()].region.index()] else {
                continue;
            };
            for &field in &fields {
                if let Some(text) = catalogue.text(row, field) {
                    names[side].insert(text);
                }
            }
        }
        Names(
            names
                .into_iter()
                .map(|names| level::own_names(names.into_iter()))
                .collect(),
        )
    }

    fn of_side(&self, side: usize) -> &[String] {
        &self.0[side]
    }
}

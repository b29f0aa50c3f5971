//! The reference of a cell: what regions are held against, where it comes from, and how many say so.
//!
//! Must not know how values compare.

use std::cmp::Reverse;

use super::{ReferenceChoice, Said};
use crate::model::{Class, Reference, ReferenceFrom, Value};

/// Which of the sources of a reference count, with the named region as a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Usual,
    Directory,
    Majority,
    /// `None`: no region of the comparison is called so.
    Region(Option<usize>),
}

impl Choice {
    /// The choice over the sides, whose ids are given in their order.
    pub(super) fn of<'a>(choice: &ReferenceChoice, mut ids: impl Iterator<Item = &'a str>) -> Choice {
        match choice {
            ReferenceChoice::Usual => Choice::Usual,
            ReferenceChoice::Directory => Choice::Directory,
            ReferenceChoice::Majority => Choice::Majority,
            ReferenceChoice::Region(id) => Choice::Region(ids.position(|known| known == id)),
        }
    }
}

/// A cell, held against its reference.
pub(super) struct Held<'a> {
    pub reference: Reference,
    /// The value of the reference.
    pub against: Option<&'a Value>,
    /// The side whose names stand for the reference; none for the directory, which is read with the names of whoever is held against it.
    pub named: Option<usize>,
    /// Regions in the largest group, and regions that speak; of those that count.
    pub largest: usize,
    pub speaking: usize,
    /// How many groups share the first place, where that leaves no reference; 0 where there is one.
    pub tied: usize,
    pub class: Class,
}

impl Held<'_> {
    /// 1 − largest group ÷ regions that speak; 0 where fewer than two speak.
    pub(super) fn index(&self) -> f64 {
        if self.speaking > 1 {
            1.0 - self.largest as f64 / self.speaking as f64
        } else {
            0.0
        }
    }
}

/// Finds the reference of what is said. `counts` tells the sides that are counted; `agrees` whether a group says what the directory does.
pub(super) fn hold<'a>(
    choice: Choice,
    said: &'a [Said],
    directory: Option<&'a Value>,
    counts: impl Fn(usize) -> bool,
    agrees: impl Fn(&Value, &Said) -> bool,
) -> Held<'a> {
    let size = |group: &Said| group.regions.iter().filter(|&&side| counts(side)).count();
    let sizes: Vec<usize> = said.iter().map(size).collect();
    let speaking: usize = sizes.iter().sum();
    let largest = sizes.iter().copied().max().unwrap_or(0);
    let places = sizes.iter().filter(|&&size| size == largest).count();
    // Who only adds detail supports it, also from beside.
    let backed = |at: usize| sizes[at] + said[at].beside.iter().filter(|&&side| counts(side)).count();
    let most = (0..said.len()).max_by_key(|&at| (backed(at), sizes[at], Reverse(at)));
    let most = most.filter(|&at| backed(at) * 2 > speaking && speaking > 1);
    let majority = most.is_some();
    let class = match (speaking, sizes.iter().filter(|&&size| size > 0).count(), majority) {
        (0 | 1, _, _) => Class::Single,
        (_, 1, _) => Class::Uniform,
        (_, _, true) => Class::Outliers,
        _ => Class::Split,
    };
    let directory = directory.filter(|_| matches!(choice, Choice::Usual | Choice::Directory));
    let of_majority = most.filter(|_| matches!(choice, Choice::Usual | Choice::Majority));
    let of_region = match choice {
        Choice::Region(Some(side)) => said.iter().position(|group| group.regions.contains(&side)),
        _ => None,
    };
    let (from, against, support, named) = match (directory, of_majority, of_region) {
        (Some(value), ..) => {
            let support = said.iter().zip(&sizes).filter(|(group, _)| agrees(value, group));
            let support = support.map(|(_, size)| size).sum();
            (ReferenceFrom::Directory, Some(value), support, None)
        }
        (None, Some(at), _) => (ReferenceFrom::Majority, Some(&said[at].value), backed(at), said.get(at)),
        (None, None, Some(at)) => (ReferenceFrom::Region, Some(&said[at].value), sizes[at], said.get(at)),
        (None, None, None) => (ReferenceFrom::None, None, largest, said.first()),
    };
    Held {
        reference: Reference {
            // Spelt out where it is told.
            normal: None,
            from,
            side: named.filter(|_| against.is_some()).map(|group| group.named),
            support: (support, speaking),
        },
        against,
        named: named.map(|group| group.named),
        largest,
        speaking,
        tied: if places > 1 && speaking > 1 && !majority && against.is_none() {
            places
        } else {
            0
        },
        class,
    }
}

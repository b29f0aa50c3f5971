//! Which regions can handle which item for each other, as JSON (`tongban-pairwise/1`).
//!
//! Must not compute: how two regions stand in an item is asked of the model.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::super::{Style, json};
use crate::model::Pairwise;

/// `tongban report --pairwise --format json`: which regions can handle which item for each other.
#[derive(Serialize, JsonSchema)]
struct Wire<'a, P: Serialize> {
    #[schemars(extend("const" = "tongban-pairwise/1"))]
    format: &'static str,
    profile: &'a str,
    regions: Vec<WireRegion<'a>>,
    elements: Vec<WireElement<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    /// The one element whose pairs are listed in `items`; all counts are of all elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<&'a str>,
    variances: WireVariances,
    pairs: Vec<WirePair<'a>>,
    items: P,
}

/// How many variances are in force, and how many have expired.
#[derive(Serialize, JsonSchema)]
struct WireVariances {
    in_force: usize,
    expired: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireElement<'a> {
    element: &'a str,
    #[schemars(extend("enum" = ["blocks", "informs"]))]
    pairwise: &'static str,
    said: bool,
    blocked: usize,
    unknown: usize,
    /// How many pairs it would block, had a variance not allowed the difference.
    allowed: usize,
}

#[derive(Serialize, JsonSchema)]
struct WirePair<'a> {
    regions: [&'a str; 2],
    both: usize,
    possible: usize,
    blocked: usize,
    unknown: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireItem<'a, P: Serialize> {
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    both: usize,
    possible: usize,
    /// Only pairs that cannot handle it for each other, or of which it cannot be told: the others are `possible`.
    pairs: P,
}

#[derive(Serialize, JsonSchema)]
struct WireStand<'a> {
    regions: [&'a str; 2],
    #[schemars(extend("enum" = ["blocked", "unknown"]))]
    stand: &'static str,
    blocked: Vec<&'a str>,
    unknown: Vec<&'a str>,
    informs: Vec<&'a str>,
    allowed: Vec<&'a str>,
}

/// The schema of the format: its lists are worked out while they are written, and are lists all the same.
pub(in crate::report) fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Wire<'_, Vec<WireItem<'_, Vec<WireStand<'_>>>>>>()
}

/// A list that is worked out while it is written.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Writes it.
pub(in crate::report) fn write(report: &Pairwise, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let id = |at: usize| report.regions.get(at).map_or("", |(id, _)| id.as_str());
    let ids = |list: &[usize]| {
        let ids = list.iter().filter_map(|&at| report.elements.get(at));
        ids.map(|element| element.id.as_str()).collect::<Vec<_>>()
    };
    let stands = |item| {
        let pairs = report.listed(item).filter(|pair| pair.word() != "possible");
        pairs.map(|pair| WireStand {
            regions: [id(pair.regions.0), id(pair.regions.1)],
            stand: pair.word(),
            blocked: ids(&pair.blocked),
            unknown: ids(&pair.unknown),
            informs: ids(&pair.informs),
            allowed: ids(&pair.allowed),
        })
    };
    let items = || {
        report.items.iter().map(|item| {
            let tally = report.tally(item);
            WireItem {
                code: &item.code,
                handling: item.handling.as_deref(),
                name: &item.name,
                both: tally.both,
                possible: tally.possible,
                pairs: Each(move || stands(item)),
            }
        })
    };
    let wire = Wire {
        format: "tongban-pairwise/1",
        profile: style.profile,
        regions: report
            .regions
            .iter()
            .map(|(id, name)| WireRegion { id, name })
            .collect(),
        elements: report
            .elements
            .iter()
            .enumerate()
            .map(|(at, element)| WireElement {
                element: &element.id,
                pairwise: if element.blocks { "blocks" } else { "informs" },
                said: element.said,
                blocked: report.blocked_by[at],
                unknown: report.unknown_by[at],
                allowed: report.allowed_by[at],
            })
            .collect(),
        item: style.item,
        element: report
            .element
            .and_then(|at| report.elements.get(at))
            .map(|element| element.id.as_str()),
        variances: WireVariances {
            in_force: report.variances.0,
            expired: report.variances.1,
        },
        pairs: report
            .pairs
            .iter()
            .map(|pair| WirePair {
                regions: [id(pair.regions.0), id(pair.regions.1)],
                both: pair.both,
                possible: pair.possible,
                blocked: pair.blocked,
                unknown: pair.unknown,
            })
            .collect(),
        items: Each(items),
    };
    json::emit(&wire, out)
}

//! N regions, as JSON: `tongban-report/1`.
//!
//! Must not compute.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::super::within::{self, WireWithin};
use super::super::{Only, Style};
use super::{SCOPE, WireDetail, WirePlace, detail, place, round};
use crate::model::{
    Accounting, Burden, Class, ElementReport, Group, ItemReport, Measure, PairedBy, ReferenceFrom, RegionIndex,
    Standing, Uniformity, VarianceUse, Waiting,
};

/// `tongban report --format json`: N regions, item by item.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireReport<'a> {
    #[schemars(extend("const" = "tongban-report/1"))]
    format: &'static str,
    /// The profile's id.
    profile: &'a str,
    regions: Vec<WireRegion<'a>>,
    directory: WireDirectory<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// The item that was asked for (`--item`).
    item: Option<&'a str>,
    summary: WireReportSummary,
    #[schemars(with = "Vec<WireItem<'a>>")]
    items: WireItems<'a>,
    elements: Vec<WireElementIndex<'a>>,
    variances: Vec<WireVariance<'a>>,
    /// By how much the index would fall, were a region brought into line on an element.
    gains: Vec<WireGain<'a>>,
    /// The years that lists name, where they are not the same.
    years: Vec<WireYears<'a>>,
    /// Differences between the bodies of one region.
    within: Vec<WireWithin<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
    items: usize,
    #[schemars(range(min = 0, max = 1))]
    index: f64,
    rows: WireRows,
    /// Cells in which it is held against a reference, and cells that differ without one.
    cells: usize,
    cells_open: usize,
    must_equal: usize,
    copy_of: Option<&'a str>,
    looks_like: Option<&'a str>,
    burden: WireBurden<'a>,
    saving: WireBurden<'a>,
}

/// An object by measure word; `null` for what the list does not say.
struct WireBurden<'a>(&'a Burden);

impl JsonSchema for WireBurden<'_> {
    fn schema_name() -> Cow<'static, str> {
        "WireBurden".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = Measure::ALL.map(Measure::word);
        let measures = words.map(|word| (word.to_owned(), json!({ "type": ["integer", "null"], "minimum": 0 })));
        json_schema!({
            "description": "By measure; null for what the list does not say. The fee is in fen (分).",
            "type": "object",
            "properties": measures.into_iter().collect::<Map<String, Value>>(),
            "required": words,
        })
    }
}

impl Serialize for WireBurden<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Measure::ALL.map(|measure| (measure.word(), self.0.get(measure))))
    }
}

#[derive(Serialize, JsonSchema)]
struct WireRows {
    read: usize,
    compared: usize,
    divided: usize,
    only_here: usize,
    duplicate: usize,
}

fn rows(read: usize, rows: Accounting) -> WireRows {
    WireRows {
        read,
        compared: rows.compared,
        divided: rows.divided,
        only_here: rows.only_here,
        duplicate: rows.duplicate,
    }
}

#[derive(Serialize, JsonSchema)]
struct WireDirectory<'a> {
    items: usize,
    unhandled: Vec<WireName<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireName<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct WireReportSummary {
    #[schemars(extend("const" = SCOPE))]
    scope: &'static str,
    items_compared: usize,
    items_uniform: usize,
    units_compared: usize,
    units_deviating: usize,
    cells: usize,
    cells_deviating: usize,
    #[schemars(range(min = 0, max = 1))]
    index: f64,
    notation: usize,
    level: usize,
    cells_open: usize,
    cells_must_equal: usize,
    cells_against_directory: usize,
    waiting: WireWaiting,
}

/// Pairs of items that may be one and wait for a person.
#[derive(Serialize, JsonSchema)]
struct WireWaiting {
    open: usize,
    other_code: usize,
    same_grounds: usize,
}

fn waiting(waiting: Waiting) -> WireWaiting {
    WireWaiting {
        open: waiting.open,
        other_code: waiting.other_code,
        same_grounds: waiting.same_grounds,
    }
}

#[derive(Serialize, JsonSchema)]
struct WireItem<'a> {
    code: &'a str,
    handling: Option<&'a str>,
    handling_code: Option<&'a str>,
    name: &'a str,
    counted: bool,
    #[schemars(range(min = 0, max = 1))]
    index: f64,
    in_directory: Option<bool>,
    /// Regions that do not have the item.
    absent: Vec<&'a str>,
    divided: Vec<WireDividedRegion<'a>>,
    /// Other handling items of it paired, and what is compared is those that did not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rest: bool,
    elements: Vec<WireElement<'a>>,
    pairing: Option<WirePairing>,
    /// By region; null for one that does not have the item.
    #[schemars(with = "BTreeMap<String, Option<WireBurden<'_>>>")]
    burdens: WireBurdens<'a>,
    /// Regions where an applicant bears least.
    best: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct WirePairing {
    #[schemars(extend("enum" = PairedBy::ALL.map(PairedBy::word)))]
    by: &'static str,
    #[schemars(range(min = 0, max = 1))]
    confidence: f64,
}

/// An object by region; `null` for one that does not have the item.
struct WireBurdens<'a>(&'a [Option<Burden>], &'a [RegionIndex]);

impl Serialize for WireBurdens<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let regions = self.1.iter().zip(self.0);
        serializer.collect_map(regions.map(|(region, burden)| (&region.id, burden.as_ref().map(WireBurden))))
    }
}

#[derive(Serialize, JsonSchema)]
struct WireDividedRegion<'a> {
    region: &'a str,
    rows: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireElement<'a> {
    element: &'a str,
    #[schemars(extend("enum" = Class::ALL.map(Class::word)))]
    class: &'static str,
    #[schemars(range(min = 0, max = 1))]
    index: f64,
    reference: WireReference<'a>,
    groups: Vec<WireGroup<'a>>,
    /// Regions that have the item and say nothing of the element.
    missing: Vec<&'a str>,
    /// Regions whose text could not be read as the kind of the element.
    unknown: Vec<&'a str>,
    /// Regions whose text says less than others and contradicts none of them: part of `unknown`, they do not deviate.
    says_less: Vec<&'a str>,
    /// Whether the regions are alike, and not as the directory.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    against_directory: bool,
    /// Regions that differ from the reference.
    deviating: Vec<&'a str>,
    notation: usize,
    level: usize,
    tied: usize,
    allowed: Vec<WireAllowed<'a>>,
    must_equal: Vec<&'a str>,
    /// Regions whose legal basis is another one or is not told, so that it is not known whether the same law holds.
    other_law: Vec<&'a str>,
    /// Regions whose bodies contradict each other in the element (see `within`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bodies_differ: Vec<&'a str>,
}

/// A region that may differ, and the number of the variance that says so, from 0.
#[derive(Serialize, JsonSchema)]
struct WireAllowed<'a> {
    region: &'a str,
    variance: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireVariance<'a> {
    region: Option<&'a str>,
    item: Option<&'a str>,
    element: Option<&'a str>,
    ground: &'a str,
    owner: &'a str,
    expires: Option<&'a str>,
    expired: bool,
    cells: usize,
    place: WirePlace<'a>,
}

fn variance(used: &VarianceUse) -> WireVariance<'_> {
    let variance = &used.variance;
    WireVariance {
        region: variance.region.as_deref(),
        item: variance.item.as_deref(),
        element: variance.element.as_deref(),
        ground: &variance.ground,
        owner: &variance.owner,
        expires: variance.expires.as_deref(),
        expired: variance.expired,
        cells: used.cells,
        place: place(&variance.place),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireGain<'a> {
    region: &'a str,
    element: &'a str,
    delta: f64,
    cells: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireYears<'a> {
    region: &'a str,
    years: &'a [u16],
}

#[derive(Serialize, JsonSchema)]
struct WireReference<'a> {
    normal: Option<&'a str>,
    #[schemars(extend("enum" = ReferenceFrom::ALL.map(ReferenceFrom::word)))]
    from: &'static str,
    /// How many regions of how many say so: `6/8`.
    #[schemars(regex(pattern = r"^[0-9]+/[0-9]+$"))]
    support: String,
}

#[derive(Serialize, JsonSchema)]
struct WireGroup<'a> {
    normal: &'a str,
    regions: Vec<&'a str>,
    detail: WireDetail<'a>,
}

#[derive(Serialize, JsonSchema)]
struct WireElementIndex<'a> {
    element: &'a str,
    #[schemars(range(min = 0, max = 1))]
    index: f64,
    cells: usize,
    deviating: usize,
    #[schemars(extend("enum" = Standing::ALL.map(Standing::word)))]
    standing: &'static str,
}

/// N regions on the wire.
pub(super) fn wire<'a>(report: &'a Uniformity, style: &Style<'a>) -> WireReport<'a> {
    let id = |side: usize| report.regions[side].id.as_str();
    WireReport {
        format: "tongban-report/1",
        profile: style.profile,
        regions: report
            .regions
            .iter()
            .map(|region| WireRegion {
                id: &region.id,
                name: &region.name,
                items: region.items,
                index: round(region.index),
                rows: rows(region.rows, region.accounting),
                cells: region.cells,
                cells_open: region.open,
                must_equal: region.must_equal,
                copy_of: region.copy_of.map(id),
                looks_like: region.looks_like.map(id),
                burden: WireBurden(&region.burden),
                saving: WireBurden(&region.saving),
            })
            .collect(),
        directory: WireDirectory {
            items: report.directory_rows,
            unhandled: report
                .unhandled
                .iter()
                .map(|(code, name)| WireName { code, name })
                .collect(),
        },
        item: style.item,
        summary: WireReportSummary {
            scope: SCOPE,
            items_compared: report.items_compared,
            items_uniform: report.items_uniform,
            units_compared: report.units_compared,
            units_deviating: report.units_deviating,
            cells: report.cells,
            cells_deviating: report.cells_deviating,
            index: round(report.index),
            notation: report.notation,
            level: report.level,
            cells_open: report.cells_open,
            cells_must_equal: report.cells_must_equal,
            cells_against_directory: report.against_directory().map(|(_, cells)| cells.len()).sum(),
            waiting: waiting(report.waiting),
        },
        items: WireItems {
            report,
            shown: match style.only.any() {
                // What is asked for is where regions differ, as in every format.
                true => style.items(report),
                false => report.items.iter().filter(|item| style.shows(item)).collect(),
            },
            only: style.only,
            by_name: style.item.is_some(),
        },
        elements: report
            .elements
            .iter()
            .map(|element| WireElementIndex {
                element: &element.element,
                index: round(element.index),
                cells: element.cells,
                deviating: element.deviating,
                standing: element.standing.word(),
            })
            .collect(),
        within: within::wire(&report.within, |region| &report.regions[region].id, style),
        variances: report.variances.iter().map(variance).collect(),
        gains: report
            .gains
            .iter()
            .map(|gain| WireGain {
                region: id(gain.region),
                element: &gain.element,
                delta: round(gain.delta),
                cells: gain.cells,
            })
            .collect(),
        years: report
            .years
            .iter()
            .map(|(side, years)| WireYears {
                region: id(*side),
                years,
            })
            .collect(),
    }
}

/// Items are spelt out one by one while they are written: a province has many.
struct WireItems<'a> {
    report: &'a Uniformity,
    shown: Vec<&'a ItemReport>,
    /// What of them is asked for, and whether they were asked for by name.
    only: Only<'a>,
    by_name: bool,
}

impl Serialize for WireItems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.shown.iter().map(|item| wire_item(item, self)))
    }
}

fn wire_item<'a>(item: &'a ItemReport, items: &WireItems<'a>) -> WireItem<'a> {
    let report = items.report;
    let ids = |sides: &[usize]| {
        sides
            .iter()
            .map(|&side| report.regions[side].id.as_str())
            .collect::<Vec<_>>()
    };
    WireItem {
        code: &item.code,
        handling: item.handling.as_deref(),
        handling_code: item.handling_code.as_deref(),
        name: &item.name,
        counted: item.counted,
        index: round(item.index),
        in_directory: item.in_directory,
        absent: ids(&item.absent),
        divided: item
            .divided
            .iter()
            .map(|&(side, rows)| WireDividedRegion {
                region: &report.regions[side].id,
                rows,
            })
            .collect(),
        rest: item.rest,
        elements: item
            .elements
            .iter()
            .filter(|cell| !items.only.any() || items.only.lists(items.by_name, cell))
            .map(|cell| element(cell, report))
            .collect(),
        pairing: item.pairing.map(|pairing| WirePairing {
            by: pairing.by.word(),
            confidence: round(pairing.confidence),
        }),
        burdens: WireBurdens(&item.burdens, &report.regions),
        best: ids(&item.best),
    }
}

fn element<'a>(cell: &'a ElementReport, report: &'a Uniformity) -> WireElement<'a> {
    let id = |side: usize| report.regions[side].id.as_str();
    let ids = |sides: &[usize]| sides.iter().map(|&side| id(side)).collect::<Vec<_>>();
    let group = |group: &'a Group| WireGroup {
        normal: &group.normal,
        regions: ids(&group.regions),
        detail: detail(&group.judgement),
    };
    let allowed = |&(side, variance): &(usize, usize)| WireAllowed {
        region: id(side),
        variance,
    };
    WireElement {
        element: &cell.element,
        class: cell.class.word(),
        index: round(cell.index),
        reference: WireReference {
            normal: cell.reference.normal.as_deref(),
            from: cell.reference.from.word(),
            support: format!("{}/{}", cell.reference.support.0, cell.reference.support.1),
        },
        groups: cell.groups.iter().map(group).collect(),
        missing: ids(&cell.missing),
        unknown: ids(&cell.unknown),
        says_less: ids(&cell.less),
        against_directory: cell.against_directory(),
        deviating: ids(&cell.deviating),
        notation: cell.notation,
        level: cell.level,
        tied: cell.tied,
        allowed: cell.allowed.iter().map(allowed).collect(),
        must_equal: ids(&cell.must_equal),
        other_law: ids(&cell.other_law),
        bodies_differ: ids(&cell.bodies_differ),
    }
}

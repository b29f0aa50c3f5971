//! One region against another, as JSON: `tongban-diff/1`.
//!
//! Must not compute.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::within::{self, WireWithin};
use super::super::{Style, show};
use super::{SCOPE, WireDetail, WirePlace, detail, place, round};
use crate::model::{
    DiffItem, DiffSide, Difference, Divided, Fold, Folded, OneSided, PairedBy, RegionDiff, Verdict, Why,
};

/// `tongban diff --format json`: one region against another, element by element.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireDiff<'a> {
    #[schemars(extend("const" = "tongban-diff/1"))]
    format: &'static str,
    /// The profile's id.
    profile: &'a str,
    left: WireSideInfo<'a>,
    right: WireSideInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// The item that was asked for (`--item`).
    item: Option<&'a str>,
    summary: WireDiffSummary,
    differences: Vec<WireDifference<'a>>,
    only_left: Vec<WireOneSided<'a>>,
    only_right: Vec<WireOneSided<'a>>,
    /// Items that one side divides into several handling items and the other does not.
    divided: Vec<WireDivided<'a>>,
    /// Differences between the bodies of one region.
    within: Vec<WireWithin<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireSideInfo<'a> {
    id: &'a str,
    name: &'a str,
    items: usize,
    rows: usize,
    duplicates: usize,
}

fn side_info(item: &DiffItem) -> WireSideInfo<'_> {
    WireSideInfo {
        id: &item.id,
        name: &item.name,
        items: item.items,
        rows: item.rows,
        duplicates: item.duplicates,
    }
}

#[derive(Serialize, JsonSchema)]
struct WireDiffSummary {
    #[schemars(extend("const" = SCOPE))]
    scope: &'static str,
    items_compared: usize,
    same: usize,
    notation: usize,
    substantive: usize,
    level: usize,
    missing: usize,
    unknown: usize,
    both_blank: usize,
    items_alike: usize,
    items_different: usize,
    only_left: usize,
    only_right: usize,
    divided: usize,
}

#[derive(Serialize, JsonSchema)]
struct WireDifference<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    region: &'a str,
    code: &'a str,
    /// The case of a handling item.
    handling: Option<&'a str>,
    name: &'a str,
    /// The element's id in the profile.
    element: &'a str,
    #[schemars(extend("enum" = Verdict::ALL.map(Verdict::word)))]
    verdict: &'static str,
    #[schemars(extend("enum" = Why::ALL.map(Why::word)))]
    reason: &'static str,
    left: WireSide<'a>,
    right: WireSide<'a>,
    detail: WireDetail<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<WireExplanation<'a>>,
    /// How the item came together where no common code did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pairing: Option<WireDiffPairing>,
}

#[derive(Serialize, JsonSchema)]
struct WireDiffPairing {
    #[schemars(extend("enum" = PairedBy::ALL.map(PairedBy::word)))]
    by: &'static str,
    #[schemars(range(min = 0, max = 1))]
    confidence: f64,
}

#[derive(Serialize, JsonSchema)]
struct WireExplanation<'a> {
    text: String,
    left: Vec<WireFolded<'a>>,
    right: Vec<WireFolded<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireFolded<'a> {
    #[schemars(extend("enum" = Fold::ALL.map(Fold::word)))]
    fold: &'static str,
    from: &'a str,
    to: &'a str,
}

fn explanation<'a>(difference: &'a Difference, style: &Style<'a>) -> WireExplanation<'a> {
    let folded = |side: &'a [Folded]| {
        let folds = side.iter().map(|folded| WireFolded {
            fold: folded.fold.word(),
            from: &folded.from,
            to: &folded.to,
        });
        folds.collect()
    };
    let [left, right] = &difference.folds;
    WireExplanation {
        text: show::explanation(difference, &style.chinese()).join("\n"),
        left: folded(left),
        right: folded(right),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireSide<'a> {
    /// The text of the list.
    raw: &'a str,
    /// The canonical spelling of what it means.
    normal: &'a str,
    place: WirePlace<'a>,
}

fn side(side: &DiffSide) -> WireSide<'_> {
    WireSide {
        raw: &side.raw.raw,
        normal: &side.normal,
        place: place(&side.place),
    }
}

#[derive(Serialize, JsonSchema)]
struct WireOneSided<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    region: &'a str,
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    rows: usize,
}

fn one_sided(item: &OneSided) -> WireOneSided<'_> {
    WireOneSided {
        region: &item.region,
        code: &item.code,
        handling: item.handling.as_deref(),
        name: &item.name,
        rows: item.rows,
    }
}

#[derive(Serialize, JsonSchema)]
struct WireDivided<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    region: &'a str,
    code: &'a str,
    name: &'a str,
    left_rows: usize,
    right_rows: usize,
    /// Other handling items of it paired, and the rows are those that did not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rest: bool,
}

fn divided(item: &Divided) -> WireDivided<'_> {
    WireDivided {
        region: &item.region,
        code: &item.code,
        name: &item.name,
        left_rows: item.left_rows,
        right_rows: item.right_rows,
        rest: item.rest,
    }
}

/// A diff on the wire.
pub(super) fn wire<'a>(diff: &'a RegionDiff, style: &Style<'a>) -> WireDiff<'a> {
    let count = |verdict: Verdict| diff.verdicts[verdict as usize];
    WireDiff {
        format: "tongban-diff/1",
        profile: style.profile,
        left: side_info(&diff.left),
        right: side_info(&diff.right),
        item: style.item,
        summary: WireDiffSummary {
            scope: SCOPE,
            items_compared: diff.items_compared,
            same: count(Verdict::Same),
            notation: count(Verdict::Notation),
            substantive: count(Verdict::Substantive),
            level: count(Verdict::Level),
            missing: count(Verdict::Missing),
            unknown: count(Verdict::Unknown),
            both_blank: diff.both_blank,
            items_alike: diff.items_alike,
            items_different: diff.items_compared - diff.items_alike,
            only_left: diff.only_left.len(),
            only_right: diff.only_right.len(),
            divided: diff.divided.len(),
        },
        differences: diff
            .differences
            .iter()
            .filter(|difference| style.shows_difference(difference))
            .map(|difference| WireDifference {
                region: &difference.region,
                code: &difference.code,
                handling: difference.handling.as_deref(),
                name: &difference.name,
                element: &difference.element,
                verdict: difference.judgement.verdict.word(),
                reason: difference.judgement.why.word(),
                left: side(&difference.left),
                right: side(&difference.right),
                detail: detail(&difference.judgement),
                explanation: style.explain.then(|| explanation(difference, style)),
                pairing: difference.pairing.map(|pairing| WireDiffPairing {
                    by: pairing.by.word(),
                    confidence: round(pairing.confidence),
                }),
            })
            .collect(),
        only_left: diff.only_left.iter().map(one_sided).collect(),
        only_right: diff.only_right.iter().map(one_sided).collect(),
        divided: diff.divided.iter().map(divided).collect(),
        within: within::wire(&diff.within, |side| if side == 0 { "left" } else { "right" }, style),
    }
}

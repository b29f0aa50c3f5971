//! JSON: the wire formats `tongban-diff/1`, `tongban-report/1` and `tongban-lint/1` (design page, section 7). Others parse them:
//! fields are added, never changed. They do not depend on the language.
//!
//! Must not compute.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::mpsc::{SyncSender, sync_channel};

use serde::{Serialize, Serializer};

use super::within::{self, WireWithin};
use super::{Document, LintReport, Only, Style, law, pairwise, patch, show, statistics};
use crate::messages::Messages;
use crate::model::{
    Accounting, Burden, DiffItem, DiffSide, Difference, Divided, ElementReport, Folded, Group, ItemReport, Judgement,
    Measure, OneSided, Place, RegionDiff, RegionIndex, Relation, RuleInfo, Severity, Uniformity, VarianceUse, Verdict,
};

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => emit_beside(&wire_diff(diff, style), out),
        Document::Report(report) => emit_beside(&wire_report(report, style), out),
        Document::Lint(report) => emit(&wire_lint(report, style), out),
        Document::Statistics(report) => emit(&statistics::wire(report), out),
        Document::Patch(report) => patch::json(report, style, out),
        Document::Pairwise(report) => pairwise::json(report, style, out),
        Document::LawImpact(report) => law::wire::impact(report, style, out),
        Document::LawItems(report) => law::items::json(report, style, out),
    }
}

pub(super) fn emit(wire: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, wire).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The same for long documents: one thread spells them out while the other waits for the disk.
fn emit_beside(wire: &(impl Serialize + Sync), out: &mut dyn Write) -> io::Result<()> {
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<u8>>(2);
        let spelling = scope.spawn(move || {
            let mut pieces = io::BufWriter::with_capacity(PIECE, Pieces(send));
            emit(wire, &mut pieces)?;
            pieces.flush()
        });
        // Where writing fails, the receiver goes away, and with it the other thread.
        let written = receive.into_iter().try_for_each(|piece| out.write_all(&piece));
        let spelt = spelling.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(spelt)
    })
}

/// Bytes that are handed over at once.
const PIECE: usize = 256 << 10;

/// Hands on what is written.
struct Pieces(SyncSender<Vec<u8>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.send(bytes.to_vec());
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a summary counts: everything that was compared, also where `item` says that only one item is listed.
const SCOPE: &str = "all";

#[derive(Serialize)]
pub(super) struct WirePlace<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
    line: u32,
    column: &'a str,
}

pub(super) fn place(place: &Place) -> WirePlace<'_> {
    WirePlace {
        file: &place.file,
        sheet: place.sheet.as_deref(),
        row: place.row,
        line: place.line,
        column: &place.column,
    }
}

#[derive(Serialize)]
struct WireChange<'a> {
    what: &'a str,
    from: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct WireDetail<'a> {
    added: &'a [String],
    removed: &'a [String],
    changed: Vec<WireChange<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
}

pub(super) fn detail(judgement: &Judgement) -> WireDetail<'_> {
    let detail = &judgement.detail;
    WireDetail {
        relation: judgement.relation.map(Relation::word),
        added: &detail.added,
        removed: &detail.removed,
        changed: detail
            .changed
            .iter()
            .map(|change| WireChange {
                what: &change.what,
                from: &change.from,
                to: &change.to,
                relation: change.relation.map(Relation::word),
                by: change.by.as_deref(),
            })
            .collect(),
    }
}

#[derive(Serialize)]
struct WireDiff<'a> {
    format: &'static str,
    profile: &'a str,
    left: WireSideInfo<'a>,
    right: WireSideInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    summary: WireDiffSummary,
    differences: Vec<WireDifference<'a>>,
    only_left: Vec<WireOneSided<'a>>,
    only_right: Vec<WireOneSided<'a>>,
    divided: Vec<WireDivided<'a>>,
    within: Vec<WireWithin<'a>>,
}

#[derive(Serialize)]
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

#[derive(Serialize)]
struct WireDiffSummary {
    scope: &'static str,
    items_compared: usize,
    same: usize,
    notation: usize,
    substantive: usize,
    level: usize,
    missing: usize,
    unknown: usize,
    items_alike: usize,
    items_different: usize,
    only_left: usize,
    only_right: usize,
    divided: usize,
}

#[derive(Serialize)]
struct WireDifference<'a> {
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    element: &'a str,
    verdict: &'static str,
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

#[derive(Serialize)]
struct WireDiffPairing {
    by: &'static str,
    confidence: f64,
}

#[derive(Serialize)]
struct WireExplanation<'a> {
    text: String,
    left: Vec<WireFolded<'a>>,
    right: Vec<WireFolded<'a>>,
}

#[derive(Serialize)]
struct WireFolded<'a> {
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

#[derive(Serialize)]
struct WireSide<'a> {
    raw: &'a str,
    normal: &'a str,
    place: WirePlace<'a>,
}

fn side(side: &DiffSide) -> WireSide<'_> {
    WireSide {
        raw: &side.raw,
        normal: &side.normal,
        place: place(&side.place),
    }
}

#[derive(Serialize)]
struct WireOneSided<'a> {
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    rows: usize,
}

fn one_sided(item: &OneSided) -> WireOneSided<'_> {
    WireOneSided {
        code: &item.code,
        handling: item.handling.as_deref(),
        name: &item.name,
        rows: item.rows,
    }
}

#[derive(Serialize)]
struct WireDivided<'a> {
    code: &'a str,
    name: &'a str,
    left_rows: usize,
    right_rows: usize,
}

fn divided(item: &Divided) -> WireDivided<'_> {
    WireDivided {
        code: &item.code,
        name: &item.name,
        left_rows: item.left_rows,
        right_rows: item.right_rows,
    }
}

fn wire_diff<'a>(diff: &'a RegionDiff, style: &Style<'a>) -> WireDiff<'a> {
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

#[derive(Serialize)]
struct WireReport<'a> {
    format: &'static str,
    profile: &'a str,
    regions: Vec<WireRegion<'a>>,
    directory: WireDirectory<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    summary: WireReportSummary,
    items: WireItems<'a>,
    elements: Vec<WireElementIndex<'a>>,
    variances: Vec<WireVariance<'a>>,
    gains: Vec<WireGain<'a>>,
    years: Vec<WireYears<'a>>,
    within: Vec<WireWithin<'a>>,
}

#[derive(Serialize)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
    items: usize,
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

impl Serialize for WireBurden<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Measure::ALL.map(|measure| (measure.word(), self.0.get(measure))))
    }
}

#[derive(Serialize)]
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

#[derive(Serialize)]
struct WireDirectory<'a> {
    items: usize,
    unhandled: Vec<WireName<'a>>,
}

#[derive(Serialize)]
struct WireName<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct WireReportSummary {
    scope: &'static str,
    items_compared: usize,
    items_uniform: usize,
    cells: usize,
    cells_deviating: usize,
    index: f64,
    notation: usize,
    level: usize,
    cells_open: usize,
    cells_must_equal: usize,
}

#[derive(Serialize)]
struct WireItem<'a> {
    code: &'a str,
    handling: Option<&'a str>,
    name: &'a str,
    index: f64,
    in_directory: Option<bool>,
    absent: Vec<&'a str>,
    divided: Vec<WireDividedRegion<'a>>,
    elements: Vec<WireElement<'a>>,
    pairing: Option<WirePairing>,
    burdens: WireBurdens<'a>,
    best: Vec<&'a str>,
}

#[derive(Serialize)]
struct WirePairing {
    by: &'static str,
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

#[derive(Serialize)]
struct WireDividedRegion<'a> {
    region: &'a str,
    rows: usize,
}

#[derive(Serialize)]
struct WireElement<'a> {
    element: &'a str,
    class: &'static str,
    index: f64,
    reference: WireReference<'a>,
    groups: Vec<WireGroup<'a>>,
    missing: Vec<&'a str>,
    unknown: Vec<&'a str>,
    deviating: Vec<&'a str>,
    notation: usize,
    level: usize,
    tied: usize,
    allowed: Vec<WireAllowed<'a>>,
    must_equal: Vec<&'a str>,
    other_law: Vec<&'a str>,
}

/// A region that may differ, and the number of the variance that says so, from 0.
#[derive(Serialize)]
struct WireAllowed<'a> {
    region: &'a str,
    variance: usize,
}

#[derive(Serialize)]
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

#[derive(Serialize)]
struct WireGain<'a> {
    region: &'a str,
    element: &'a str,
    delta: f64,
    cells: usize,
}

#[derive(Serialize)]
struct WireYears<'a> {
    region: &'a str,
    years: &'a [u16],
}

#[derive(Serialize)]
struct WireReference<'a> {
    normal: Option<&'a str>,
    from: &'static str,
    support: String,
}

#[derive(Serialize)]
struct WireGroup<'a> {
    normal: &'a str,
    regions: Vec<&'a str>,
    detail: WireDetail<'a>,
}

#[derive(Serialize)]
struct WireElementIndex<'a> {
    element: &'a str,
    index: f64,
    cells: usize,
    deviating: usize,
    standing: &'static str,
}

/// Six decimals: more would be the noise of the processor.
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn wire_report<'a>(report: &'a Uniformity, style: &Style<'a>) -> WireReport<'a> {
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
            cells: report.cells,
            cells_deviating: report.cells_deviating,
            index: round(report.index),
            notation: report.notation,
            level: report.level,
            cells_open: report.cells_open,
            cells_must_equal: report.cells_must_equal,
        },
        items: WireItems {
            report,
            shown: report.items.iter().filter(|item| style.shows(item)).collect(),
            asked: style.only,
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
    /// Whether a cell of them is asked for.
    asked: Only<'a>,
}

impl Serialize for WireItems<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.shown.iter().map(|item| wire_item(item, self.report, &self.asked)))
    }
}

fn wire_item<'a>(item: &'a ItemReport, report: &'a Uniformity, asked: &Only<'_>) -> WireItem<'a> {
    let ids = |sides: &[usize]| {
        sides
            .iter()
            .map(|&side| report.regions[side].id.as_str())
            .collect::<Vec<_>>()
    };
    WireItem {
        code: &item.code,
        handling: item.handling.as_deref(),
        name: &item.name,
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
        elements: item
            .elements
            .iter()
            .filter(|cell| asked.takes(cell))
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
        deviating: ids(&cell.deviating),
        notation: cell.notation,
        level: cell.level,
        tied: cell.tied,
        allowed: cell.allowed.iter().map(allowed).collect(),
        must_equal: ids(&cell.must_equal),
        other_law: ids(&cell.other_law),
    }
}

#[derive(Serialize)]
struct WireLint<'a> {
    format: &'static str,
    summary: WireLintSummary,
    findings: WireFindings<'a>,
}

/// Findings are spelt out one by one while they are written: there may be millions.
struct WireFindings<'a> {
    report: &'a LintReport<'a>,
    both: [&'a Messages; 2],
}

impl Serialize for WireFindings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.report.rules.iter().map(|rule| (rule.code.as_str(), rule));
        let rules: HashMap<&str, &RuleInfo> = rules.collect();
        let [chinese, english] = self.both;
        serializer.collect_seq(self.report.findings.iter().map(|finding| {
            let rule = rules.get(&*finding.rule);
            WireFinding {
                code: &finding.rule,
                name: rule.map_or("", |rule| &rule.name),
                severity: finding.severity.word(),
                confidence: rule.map_or("high", |rule| rule.confidence.word()),
                message: chinese.finding(finding),
                message_en: english.finding(finding),
                place: place(&finding.place),
                region: &finding.region,
                item: &finding.item,
                element: &finding.element,
                fix: finding.fix.as_ref().map(|fix| fix.text.as_str()),
            }
        }))
    }
}

#[derive(Serialize)]
pub(super) struct WireLintSummary {
    files: usize,
    rows: usize,
    error: usize,
    warning: usize,
    info: usize,
    incomplete: bool,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'static str,
    confidence: &'static str,
    message: String,
    message_en: String,
    place: WirePlace<'a>,
    region: &'a str,
    item: &'a str,
    element: &'a str,
    fix: Option<&'a str>,
}

pub(super) fn lint_summary(report: &LintReport<'_>) -> WireLintSummary {
    let count = |severity| report.count(severity);
    WireLintSummary {
        files: report.files,
        rows: report.rows,
        error: count(Severity::Error),
        warning: count(Severity::Warning),
        info: count(Severity::Info),
        incomplete: report.incomplete,
    }
}

fn wire_lint<'a>(report: &'a LintReport<'a>, style: &Style<'a>) -> WireLint<'a> {
    WireLint {
        format: "tongban-lint/1",
        summary: lint_summary(report),
        findings: WireFindings {
            report,
            both: style.both,
        },
    }
}

//! Notes on N regions: what stands beside the differences, in lines of words: what the law wants, ties, burdens, gains.
//!
//! Must not know a format: whoever shows a line escapes it.

use super::super::{Style, burden, show};
use crate::model::{ElementReport, Gain, ItemReport, Measure, Standing, Uniformity};

/// What the law says of a difference in an element.
pub(super) fn standing(report: &Uniformity, element: &str) -> Standing {
    let known = report.elements.iter().find(|known| known.element == element);
    known.map_or(Standing::Usual, |known| known.standing)
}

/// What the law says of a difference in an element, where it says anything.
pub(super) fn standing_text(standing: Standing, style: &Style<'_>) -> String {
    match standing {
        Standing::Usual => String::new(),
        standing => style.text(&format!("standing-{}", standing.word())),
    }
}

/// The class of a cell, and under it what the law says of a difference where there is one.
pub(super) fn class(cell: &ElementReport, report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let mut lines = vec![style.text(&format!("class-{}", cell.class.word()))];
    if show::deviates(cell) {
        lines.push(standing_text(standing(report, &cell.element), style));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The reference, and how many say as much as each other where that is why there is none.
pub(super) fn reference(cell: &ElementReport, style: &Style<'_>) -> Vec<String> {
    let mut lines = vec![show::reference(&cell.reference, style)];
    if cell.tied > 1 {
        lines.push(style.with("note-tied", &[("count", cell.tied.to_string())]));
    }
    lines
}

/// What is to be said of regions beside what they say: nothing written, not understood, allowed and on what ground.
pub(super) fn besides(cell: &ElementReport, report: &Uniformity, style: &Style<'_>) -> Vec<(String, Vec<usize>)> {
    let mut all = vec![
        (style.text("says-missing"), cell.missing.clone()),
        (style.text(show::says_unknown(cell)), cell.unknown.clone()),
    ];
    for (at, allowed) in report.variances.iter().enumerate() {
        let sides = cell.allowed.iter().filter(|(_, variance)| *variance == at);
        let args = [("ground", allowed.variance.ground.clone())];
        all.push((
            style.with("says-allowed", &args),
            sides.map(|(side, _)| *side).collect(),
        ));
    }
    all.retain(|(_, sides)| !sides.is_empty());
    all
}

/// What is to be said of an item as a whole.
pub(in crate::report) fn item(item: &ItemReport, report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if !item.divided.is_empty() {
        let region = |&(side, rows): &(usize, usize)| {
            let args = [
                ("region", show::region(&report.regions[side])),
                ("rows", rows.to_string()),
            ];
            style.with("note-divided-region", &args)
        };
        let list = item.divided.iter().map(region).collect::<Vec<_>>().join("、");
        notes.push(style.with("note-divided", &[("list", list)]));
    }
    if !item.counted {
        notes.push(style.text("note-informs"));
    }
    if item.in_directory == Some(false) {
        notes.push(style.text("note-outside-directory"));
    }
    if !item.absent.is_empty() && item.present.len() > 1 {
        notes.push(style.with("note-absent", &[("list", regions(&item.absent, report, style))]));
    }
    if let Some(pairing) = item.pairing {
        let args = [
            ("why", style.text(&format!("paired-{}", pairing.by.word()))),
            ("percent", format!("{:.0}", pairing.confidence * 100.0)),
        ];
        notes.push(style.with("note-paired", &args));
    }
    notes
}

/// What an applicant bears, as far as it is not the same everywhere, and where it is least.
pub(super) fn burden(item: &ItemReport, report: &Uniformity, style: &Style<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for measure in Measure::ALL {
        let known = item.burdens.iter().flatten().filter_map(|burden| burden.get(measure));
        let (Some(least), Some(most)) = (known.clone().min(), known.max()) else {
            continue;
        };
        if least < most {
            let number = |n: u64| burden::text(measure, Some(n), style);
            let name = burden::name(measure, style);
            parts.push(format!("{name} {} – {}", number(least), number(most)));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let mut text = style.with("note-burden", &[("list", parts.join(&style.text("note-joint")))]);
    if !item.best.is_empty() {
        let best = regions(&item.best, report, style);
        text.push_str(&style.with("note-best", &[("regions", best)]));
    }
    Some(text)
}

/// What it would bring to put a region into line on an element.
pub(super) fn gain(gain: &Gain, report: &Uniformity, style: &Style<'_>) -> String {
    let args = [
        ("region", show::region(&report.regions[gain.region])),
        ("element", style.element(&gain.element).to_owned()),
        ("cells", gain.cells.to_string()),
        ("delta", small(gain.delta)),
    ];
    style.with("gain", &args)
}

/// A small number with enough places to say something: 31 × 3,000 cells make every one of them small.
pub(super) fn small(value: f64) -> String {
    if value.abs() >= 0.001 {
        format!("{value:.3}")
    } else {
        format!("{value:.6}")
    }
}

/// In how many cells something was folded together, could not be read or is not said.
pub(in crate::report) fn folded(report: &Uniformity, style: &Style<'_>) -> String {
    let count = |wanted: fn(&ElementReport) -> bool| {
        let counted = report.items.iter().filter(|item| item.counted);
        let cells = counted.flat_map(|item| &item.elements);
        cells.filter(|cell| wanted(cell)).count().to_string()
    };
    let args = [
        ("unknown", count(|cell| !cell.unknown.is_empty())),
        ("missing", count(|cell| !cell.missing.is_empty())),
    ];
    style.with("report-folded", &args)
}

/// What is left out of the lists below, in words; `None` where everything is listed.
pub(super) fn only(report: &Uniformity, style: &Style<'_>) -> Option<String> {
    let only = &style.only;
    let mut parts = Vec::new();
    if let Some(item) = style.item {
        parts.push(style.with("only-item", &[("item", item.to_owned())]));
    }
    if let Some(element) = only.element {
        parts.push(style.with("only-element", &[("element", style.element(element).to_owned())]));
    }
    if let Some(side) = only.region {
        let args = [("region", show::region(&report.regions[side]))];
        parts.push(style.with("only-region", &args));
    }
    if only.min_index > 0.0 {
        parts.push(style.with("only-index", &[("index", only.min_index.to_string())]));
    }
    let list = parts.join(&style.text("note-joint"));
    (!parts.is_empty()).then(|| style.with("report-only", &[("list", list)]))
}

/// How many regions of a group are named at most, and how many of a larger one.
const NAMED: usize = 6;
const FIRST: usize = 4;

/// The names of regions: of many the first and how many there are, but of an item that was asked for by name all.
pub(super) fn regions(sides: &[usize], report: &Uniformity, style: &Style<'_>) -> String {
    if sides.len() <= NAMED || style.item.is_some() {
        return show::regions(sides, report);
    }
    let first = sides.get(..FIRST).unwrap_or(sides);
    let args = [
        ("list", show::regions(first, report)),
        ("count", (sides.len() - first.len()).to_string()),
    ];
    style.with("regions-more", &args)
}

/// That so many more are not listed; `None` where all are.
pub(super) fn more(count: usize, shown: usize, style: &Style<'_>) -> Option<String> {
    let rest = count.saturating_sub(shown);
    (rest > 0).then(|| style.with("and-more", &[("count", rest.to_string())]))
}

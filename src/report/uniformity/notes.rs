//! Notes on N regions: what stands beside the differences, in lines of words: what the law wants, ties, burdens, gains.
//!
//! Must not know a format: whoever shows a line escapes it.

use super::super::{Style, burden, show};
use crate::model::{ElementReport, Gain, ItemReport, Standing, Uniformity};

/// What the law says of a difference in an element.
fn standing(report: &Uniformity, element: &str) -> Standing {
    let known = report.elements.iter().find(|known| known.element == element);
    known.map_or(Standing::Usual, |known| known.standing)
}

/// What the law says of a difference in an element, where it says anything.
pub(in crate::report) fn standing_text(standing: Standing, style: &Style<'_>) -> String {
    match standing {
        Standing::Usual => String::new(),
        standing => style.text(&format!("standing-{}", standing.word())),
    }
}

/// What the law says of a difference in a cell, in words: nothing where there is none, and where it must be alike only of those regions
/// that stand under one law.
pub(in crate::report) fn law(cell: &ElementReport, report: &Uniformity, style: &Style<'_>) -> String {
    if !show::deviates(cell) {
        return String::new();
    }
    match standing(report, &cell.element) {
        Standing::MustEqual if !cell.must_equal.is_empty() => standing_text(Standing::MustEqual, style),
        Standing::MustEqual if !cell.other_law.is_empty() => style.text("standing-other-law"),
        Standing::MustEqual => String::new(),
        standing => standing_text(standing, style),
    }
}

/// The same where one region is told of.
pub(super) fn law_of(cell: &ElementReport, side: usize, report: &Uniformity, style: &Style<'_>) -> String {
    match cell.other_law.contains(&side) && show::deviates(cell) {
        true => style.text("standing-other-law"),
        false => law(cell, report, style),
    }
}

/// The class of a cell, and under it what the law says of a difference where there is one.
pub(super) fn class(cell: &ElementReport, report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let mut lines = vec![style.text(&format!("class-{}", cell.class_word()))];
    lines.push(law(cell, report, style));
    lines.retain(|line| !line.is_empty());
    lines
}

/// The items in which all regions say the same and the directory does not, each with the elements.
pub(in crate::report) fn against_directory(report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let line = |(item, cells): (&ItemReport, Vec<&ElementReport>)| {
        let name = show::item_name(&item.name, item.handling.as_deref());
        let elements: Vec<&str> = cells.iter().map(|cell| style.element(&cell.element)).collect();
        format!("{} {name}（{}）", item.code, elements.join("、"))
    };
    report.against_directory().map(line).collect()
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
    let silent = cell.silent().into_iter();
    let mut all: Vec<(String, Vec<usize>)> = silent.map(|(sides, key)| (style.text(key), sides)).collect();
    all.push((style.text("class-within"), cell.bodies_differ.clone()));
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
            match item.rest {
                true => style.with("note-rest-region", &args),
                false => style.with("note-divided-region", &args),
            }
        };
        let list = item.divided.iter().map(region).collect::<Vec<_>>().join("、");
        let key = match item.rest {
            true => "note-rest",
            false => "note-divided",
        };
        notes.push(style.with(key, &[("list", list)]));
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
    let parts = burden::differing(item, style);
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

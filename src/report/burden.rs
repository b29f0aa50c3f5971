//! An applicant's burden (办事负担) in words: names of measures, numbers with their units, and the regions of one item side by side.
//!
//! Must not compute.

use std::io::{self, Write};

use super::escape::markdown;
use super::{Style, md, show, table};
use crate::model::{ItemReport, Measure, Uniformity};

/// The name of a measure.
pub(super) fn name(measure: Measure, style: &Style<'_>) -> String {
    style.text(&format!("burden-{}", measure.word()))
}

/// A number of a measure with its unit; a dash where it is not known.
pub(super) fn text(measure: Measure, value: Option<u64>, style: &Style<'_>) -> String {
    let Some(value) = value else {
        return "—".to_owned();
    };
    let number = match (measure, value % 100) {
        (Measure::Fee, 0) => (value / 100).to_string(),
        (Measure::Fee, fen) => format!("{}.{fen:02}", value / 100),
        _ => value.to_string(),
    };
    style.with(&format!("burden-{}-value", measure.word()), &[("n", number)])
}

/// The measures in which what an applicant bears for an item is not the same everywhere, each with the least and the most.
pub(super) fn differing(item: &ItemReport, style: &Style<'_>) -> Vec<String> {
    let part = |measure: Measure| {
        let known = item.burdens.iter().flatten().filter_map(|burden| burden.get(measure));
        let (least, most) = (known.clone().min()?, known.max()?);
        let number = |n: u64| text(measure, Some(n), style);
        (least < most).then(|| format!("{} {} – {}", name(measure, style), number(least), number(most)))
    };
    Measure::ALL.into_iter().filter_map(part).collect()
}

/// The regions that have an item by what an applicant bears there, under the measures that any of them gives. Empty where none does, or
/// where one region alone has it.
struct Side {
    measures: Vec<Measure>,
    /// Name of the region, its numbers.
    rows: Vec<(String, Vec<String>)>,
    /// That these are the lightest, in words.
    best: Option<String>,
}

fn side_by_side(item: &ItemReport, report: &Uniformity, style: &Style<'_>) -> Side {
    let given = |measure: &Measure| {
        item.burdens
            .iter()
            .flatten()
            .any(|burden| burden.get(*measure).is_some())
    };
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(given).collect();
    let rows = item.burdens.iter().zip(&report.regions).filter_map(|(burden, region)| {
        let burden = burden.as_ref()?;
        let numbers = measures
            .iter()
            .map(|&measure| text(measure, burden.get(measure), style));
        Some((show::region(region), numbers.collect()))
    });
    let rows = match measures.is_empty() || item.present.len() < 2 {
        true => Vec::new(),
        false => rows.collect(),
    };
    let list = show::regions(&item.best, report);
    let best = (!item.best.is_empty()).then(|| style.with("burden-best", &[("list", list)]));
    Side { measures, rows, best }
}

/// As table, below an item.
pub(super) fn table(item: &ItemReport, report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Side { measures, rows, best } = side_by_side(item, report, style);
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", table::heading(&style.text("burden-title"), style))?;
    let mut table = table::table(style, &["col-region"]);
    let names = std::iter::once(style.text("col-region")).chain(measures.iter().map(|&measure| name(measure, style)));
    table.set_header(names.map(|name| table::bold(&name, style)));
    for (region, numbers) in rows {
        table.add_row(std::iter::once(region).chain(numbers).map(|text| table::plain(&text)));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    match best {
        Some(best) => writeln!(out, "{}", super::escape::terminal(&best)),
        None => Ok(()),
    }
}

/// As md, below an item.
pub(super) fn markdown_table(
    item: &ItemReport,
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Side { measures, rows, best } = side_by_side(item, report, style);
    if rows.is_empty() {
        return Ok(());
    }
    let mut heads = vec![style.text("burden-title")];
    heads.extend(measures.iter().map(|&measure| name(measure, style)));
    writeln!(out)?;
    md::row(&heads, out)?;
    writeln!(out, "|{}", " --- |".repeat(heads.len()))?;
    for (region, numbers) in rows {
        let cells: Vec<String> = std::iter::once(markdown(&region)).chain(numbers).collect();
        md::row(&cells, out)?;
    }
    match best {
        Some(best) => writeln!(out, "\n{}", markdown(&best)),
        None => Ok(()),
    }
}

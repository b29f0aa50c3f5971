//! Heat maps: where regions differ, at a glance: item × region and element × region. Every spot has its number beside the shade, so that
//! it can be read without colour, through a pipe and aloud.
//!
//! Must not know what stands above and below them.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::escape::terminal;
use super::super::{Style, show};
use super::notes;
use crate::model::{Heat, ItemReport, Mark, Uniformity};

/// One spot of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Spot {
    /// There is nothing to compare.
    Nothing,
    /// The region has the item undivided: it is compared as a whole.
    Whole,
    /// What the region says in it; and how dark that is, from 0 (it deviates nowhere) to 4.
    Heat(Heat, usize),
}

impl Spot {
    /// As a text that needs no shade; `nowhere` where nothing differs.
    pub(in super::super) fn text(self, nowhere: &str) -> String {
        match self {
            Spot::Nothing => "-".to_owned(),
            Spot::Whole => "∪".to_owned(),
            Spot::Heat(heat, _) => heat.sign(nowhere),
        }
    }
}

/// In how many elements each region differs in an item, by the regions of the report.
pub(in super::super) fn of_item(item: &ItemReport, report: &Uniformity, style: &Style<'_>) -> Vec<Spot> {
    let heat = item.heat(report.regions.len(), |cell| style.shows_cell(cell));
    let spot = |(side, heat): (usize, Heat)| match item.present.contains(&side) {
        true => Spot::Heat(heat, darkness_of_elements(heat.deviating)),
        false if item.absent.contains(&side) => Spot::Nothing,
        false => Spot::Whole,
    };
    heat.into_iter().enumerate().map(spot).collect()
}

/// How dark a number of elements is: the whole item has a dozen.
fn darkness_of_elements(count: usize) -> usize {
    match count {
        0..=2 => count,
        3 | 4 => 3,
        _ => 4,
    }
}

/// An element over all items: its id, and in how many items each region differs in it.
pub(in super::super) struct ElementHeat<'r> {
    pub(in super::super) element: &'r str,
    pub(in super::super) index: f64,
    pub(in super::super) spots: Vec<Spot>,
}

/// In how many items each region differs in each element; darker where it is a larger share of the items in which it is compared.
pub(in super::super) fn of_elements<'r>(report: &'r Uniformity, style: &Style<'_>) -> Vec<ElementHeat<'r>> {
    let spot = |heat: Heat| match (heat.compared(), heat.missing) {
        (0, 0) => Spot::Nothing,
        (all, _) => Spot::Heat(heat, darkness_of_share(heat.deviating, all)),
    };
    let heat = report.heat(|item| style.takes(item));
    let rows = report.elements.iter().zip(heat);
    rows.filter(|(element, _)| style.only.element.is_none_or(|only| only == element.element))
        .map(|(element, regions)| ElementHeat {
            element: &element.element,
            index: element.index,
            spots: regions.into_iter().map(spot).collect(),
        })
        .collect()
}

/// How dark a share of items is: below 5 %, 15 %, 30 %, and above.
fn darkness_of_share(count: usize, all: usize) -> usize {
    match count * 100 {
        0 => 0,
        share if share < 5 * all => 1,
        share if share < 15 * all => 2,
        share if share < 30 * all => 3,
        _ => 4,
    }
}

/// The shades, from nowhere to everywhere.
const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];

/// A row of a map.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) index: f64,
    pub(super) spots: Vec<Spot>,
}

/// Draws a map as wide as the terminal. Regions are named by their names where those fit, else by numbers with a list of them; where even
/// the numbers do not fit, by those that deviate most, and how many more there are is said.
pub(super) fn draw(
    rows: &[Row],
    report: &Uniformity,
    legend: &str,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sides = style.sides(report);
    let width = usize::from(style.width);
    let digits = |n: usize| n.to_string().len();
    let figures = rows
        .iter()
        .flat_map(|row| &row.spots)
        .map(|spot| spot.text(".").width());
    let spot_width = 1 + figures.max().unwrap_or(1);
    let longest = rows.iter().map(|row| row.label.width()).max().unwrap_or(0);
    let label_width = longest.min((width * 2 / 5).max(16));
    // Two before the label, two and five for the index.
    let left = width.saturating_sub(2 + label_width + 7);
    let names: Vec<String> = sides
        .iter()
        .map(|&side| terminal(&show::region(&report.regions[side])).into_owned())
        .collect();
    let name_width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let named = (spot_width.max(name_width) + 2) * sides.len() <= left;
    let gap = if named { 2 } else { 1 };
    let column = gap + spot_width.max(if named { name_width } else { digits(sides.len()) });
    let shown = worst(&sides, left / column, report);
    // What the regions do not need is the labels'.
    let label_width = longest.min(width.saturating_sub(9 + column * shown.len()).max(label_width));
    let header = |at: usize| if named { names[at].clone() } else { (at + 1).to_string() };

    let blank = " ".repeat(2 + label_width + 7);
    let heads: String = shown.iter().map(|&at| before(&header(at), column)).collect();
    writeln!(out, "{blank}{heads}")?;
    for row in rows {
        let label = cut(&terminal(&row.label), label_width);
        write!(out, "  {label}  {}", show::index(row.index))?;
        let mut line = String::new();
        for &at in &shown {
            line.push_str(&spot(row.spots[sides[at]], column, style));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    for line in lines(legend, width.saturating_sub(2)) {
        writeln!(out, "  {line}")?;
    }
    if !named {
        let numbered: Vec<String> = shown.iter().map(|&at| format!("{} {}", at + 1, names[at])).collect();
        wrapped(&numbered, width, out)?;
    }
    match sides.len() - shown.len() {
        0 => Ok(()),
        rest => writeln!(
            out,
            "  {}",
            style.with("heat-more-regions", &[("count", rest.to_string())])
        ),
    }
}

/// The places (in `sides`) of as many regions as fit: those that deviate most, in the order of the report.
fn worst(sides: &[usize], fit: usize, report: &Uniformity) -> Vec<usize> {
    let mut all: Vec<usize> = (0..sides.len()).collect();
    if sides.len() > fit {
        let index = |at: &usize| report.regions[sides[*at]].index;
        all.sort_by(|a, b| index(b).total_cmp(&index(a)).then(a.cmp(b)));
        all.truncate(fit);
        all.sort_unstable();
    }
    all
}

fn spot(spot: Spot, column: usize, style: &Style<'_>) -> String {
    match spot {
        Spot::Heat(heat, dark) if heat.mark() == Mark::Differs => {
            let text = format!("{}{}", SHADES[dark.min(4)], heat.figure());
            let gap = column.saturating_sub(text.width());
            let color = if dark > 2 { 31 } else { 33 };
            match style.color {
                true => format!("{}\u{1b}[{color}m{text}\u{1b}[0m", " ".repeat(gap)),
                false => format!("{}{text}", " ".repeat(gap)),
            }
        }
        spot => before(&spot.text("."), column),
    }
}

/// A text at the right of a column.
fn before(text: &str, column: usize) -> String {
    format!("{}{text}", " ".repeat(column.saturating_sub(text.width())))
}

/// A text exactly so wide: what is too wide is cut and says so.
fn cut(text: &str, wanted: usize) -> String {
    if text.width() <= wanted {
        return format!("{text}{}", " ".repeat(wanted - text.width()));
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > wanted {
            break;
        }
        used += wide;
        out.push(c);
    }
    format!("{out}…{}", " ".repeat(wanted.saturating_sub(used + 1)))
}

/// A text in lines no wider than that. Its entries, two blanks apart, stay together where they can.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in text.split("  ").flat_map(|part| part.split('\u{3000}')) {
        match lines.last_mut() {
            Some(line) if line.width() + 2 + entry.width() <= width => {
                line.push_str("  ");
                line.push_str(entry);
            }
            _ => lines.extend(broken(entry, width)),
        }
    }
    lines
}

/// A line broken where it is too wide: at blanks and after wide characters.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut word = String::new();
    let mut put = |word: &mut String| {
        let full = lines
            .last()
            .is_some_and(|line| line.width() + word.trim_end().width() > width);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { word.trim_start() } else { word });
        }
        word.clear();
    };
    for c in text.chars() {
        word.push(c);
        if c.is_whitespace() || c.width() == Some(2) {
            put(&mut word);
        }
    }
    put(&mut word);
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Entries one after the other, in lines no wider than the terminal.
fn wrapped(entries: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && line.width() + entry.width() + 4 > width {
            writeln!(out, "{line}")?;
            line.clear();
        }
        line.push_str("  ");
        line.push_str(entry);
    }
    writeln!(out, "{line}")
}

/// The map item × region of the listed items.
pub(super) fn items(
    items: &[&ItemReport],
    report: &Uniformity,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<Row> = items
        .iter()
        .take(style.top)
        .map(|item| Row {
            label: show::item_name(&item.name, item.handling.as_deref()),
            index: item.index,
            spots: of_item(item, report, style),
        })
        .collect();
    draw(&rows, report, &style.text("heat-items"), style, out)?;
    match notes::more(items.len(), style.top, style) {
        Some(more) => writeln!(out, "  {more}"),
        None => Ok(()),
    }
}

/// The map element × region.
pub(super) fn elements(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row> = of_elements(report, style)
        .into_iter()
        .map(|heat| Row {
            label: style.element(heat.element).to_owned(),
            index: heat.index,
            spots: heat.spots,
        })
        .collect();
    draw(&rows, report, &style.text("heat-elements"), style, out)
}

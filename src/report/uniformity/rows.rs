//! Rows of a spreadsheet (CSV, a sheet of the workbook): what N regions say where they differ, a row for each region. Chinese in every
//! language.
//!
//! Must not know files.

use std::io::{self, Write};

use super::super::csv::{Rows, detail};
use super::super::sheet::Column;
use super::super::{By, Style, show, within};
use super::coverage::{Uncovered, compared, coverage};
use super::{notes, order};
use crate::model::{BodyGroup, ElementReport, Group, ItemReport, Place, ReferenceFrom, Uniformity, Within};

/// The columns. Programs read them: a new one comes at the end.
pub(super) const COLUMNS: [Column; 28] = [
    Column::text("事项编码", 16.0),
    Column::text("业务办理项", 12.0),
    Column::text("事项名称", 26.0),
    Column::text("要素", 12.0),
    Column::text("类别", 10.0),
    Column::number("不统一指数", 10.0),
    Column::text("参照值", 40.0),
    Column::text("参照来源", 10.0),
    Column::text("支持", 8.0),
    Column::text("区域", 20.0),
    Column::number("区域数", 8.0),
    Column::text("规范值", 40.0),
    Column::text("与参照不同", 10.0),
    Column::text("增加", 24.0),
    Column::text("减少", 24.0),
    Column::text("变化", 30.0),
    Column::text("文件", 18.0),
    Column::text("工作表", 10.0),
    Column::number("行", 6.0),
    Column::text("列", 12.0),
    Column::text("区域名称", 24.0),
    Column::text("依法要求", 14.0),
    Column::number("并列", 6.0),
    Column::text("合理差异", 24.0),
    Column::number("事项指数", 10.0),
    Column::text("实施主体", 24.0),
    Column::text("业务办理项编码", 16.0),
    Column::text("计入统计", 10.0),
];

/// Which of [`COLUMNS`] come behind what is said of a group: the regions' names and all that follows.
const NAMES: usize = 20;

/// Which of [`COLUMNS`] names the bodies of a region.
const BODIES: usize = 25;

/// Whether a group differs from what the others should say: from what most say or the directory; without a reference, all do.
pub(super) fn is_odd(cell: &ElementReport, group: &Group) -> bool {
    match cell.reference.from {
        ReferenceFrom::None => cell.groups.len() > 1,
        // Where groups stand apart though each agrees with the reference, none of them is what the others should say.
        _ => {
            let odd = show::differing(cell);
            odd.is_empty() && show::deviates(cell) || group.regions.iter().any(|side| odd.contains(side))
        }
    }
}

/// Which rows are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those of all regions that have the item.
    All,
    /// Those of regions that differ or say nothing where others do; of an item that was asked for by name all.
    Odd,
}

/// A row: what a region says in a cell.
#[derive(Clone, Copy)]
struct Said<'r> {
    item: &'r ItemReport,
    cell: &'r ElementReport,
    side: usize,
    says: Says<'r>,
}

/// What it says.
#[derive(Clone, Copy)]
enum Says<'r> {
    /// What a group says, in which it is the region with this number.
    Group(&'r Group, usize),
    /// Nothing that is there or was understood, in words of the message files; with how many others.
    Silent(&'static str, usize),
}

/// The rows of everything that is listed, in the order of `--by`, one for each region.
fn said<'r>(report: &'r Uniformity, wanted: Wanted, style: &Style<'_>) -> Vec<Said<'r>> {
    let all = wanted == Wanted::All || style.item.is_some();
    let mut rows = Vec::new();
    for (item, cell) in order::cells(report, style) {
        let groups = cell.groups.iter().filter(|group| all || is_odd(cell, group));
        for group in groups {
            let sides = group.regions.iter().enumerate();
            rows.extend(sides.map(|(at, &side)| Said {
                item,
                cell,
                side,
                says: Says::Group(group, at),
            }));
        }
        for (silent, key) in cell.silent() {
            // Whoever says nothing where others do is asked to; what could not be read is none of its own blanks.
            let sides = silent.iter().filter(|side| all || cell.missing.contains(side));
            rows.extend(sides.map(|&side| Said {
                item,
                cell,
                side,
                says: Says::Silent(key, silent.len()),
            }));
        }
    }
    if style.by == By::Region {
        let order = order::regions(report, style);
        let place = |said: &Said<'_>| order.iter().position(|&side| side == said.side);
        rows.retain(|said| place(said).is_some());
        rows.sort_by_key(place);
    }
    rows
}

/// How many rows [`each`] gives.
pub(super) fn count(report: &Uniformity, wanted: Wanted, style: &Style<'_>) -> usize {
    said(report, wanted, style).len()
}

/// Gives the rows of everything that is listed under [`COLUMNS`].
///
/// # Errors
/// What `take` says.
pub(super) fn each<E>(
    report: &Uniformity,
    wanted: Wanted,
    style: &Style<'_>,
    take: &mut dyn FnMut(Vec<String>) -> Result<(), E>,
) -> Result<(), E> {
    let mut rows = said(report, wanted, style).into_iter();
    rows.try_for_each(|said| take(cells_of(&said, report, style)))
}

/// The cells of one row.
fn cells_of(said: &Said<'_>, report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let Said { item, cell, side, says } = *said;
    let sides = &[side];
    let many = match says {
        Says::Group(group, _) => group.regions.len(),
        Says::Silent(_, many) => many,
    };
    let mut cells = start([&item.code, item.handling.as_deref().unwrap_or_default(), &item.name]);
    cells.extend([
        style.element(&cell.element).to_owned(),
        style.text(&format!("class-{}", cell.class_word())),
        show::index(cell.index),
        cell.reference.normal.clone().unwrap_or_default(),
        style.text(&format!("from-{}", cell.reference.from.word())),
        format!("{}/{}", cell.reference.support.0, cell.reference.support.1),
        ids(sides, report),
        many.to_string(),
    ]);
    match says {
        Says::Group(group, at) => {
            cells.push(group.normal.clone());
            cells.push(if cell.deviating.contains(&side) { "是" } else { "" }.to_owned());
            cells.extend(detail(&group.judgement, style));
            // Where nobody asks for the places of all, only that of the first is known.
            cells.extend(place(group.places.get(at).or((at == 0).then_some(&group.place))));
        }
        Says::Silent(key, _) => {
            cells.push(style.text(key));
            cells.resize(NAMES, String::new());
        }
    }
    let grounds = cell.allowed.iter().filter(|(allowed, _)| *allowed == side);
    let mut grounds: Vec<&str> = grounds
        .filter_map(|&(_, at)| Some(report.variances.get(at)?.variance.ground.as_str()))
        .collect();
    grounds.dedup();
    cells.extend([
        show::regions(sides, report),
        match says {
            Says::Group(..) => notes::law_of(cell, side, report, style),
            Says::Silent(..) => String::new(),
        },
        if cell.tied > 1 {
            cell.tied.to_string()
        } else {
            String::new()
        },
        grounds.join("；"),
        show::index(item.index),
        String::new(),
        item.handling_code.clone().unwrap_or_default(),
        if item.counted { "是" } else { "否" }.to_owned(),
    ]);
    cells
}

fn start(texts: [&str; 3]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn ids(sides: &[usize], report: &Uniformity) -> String {
    let ids: Vec<&str> = sides.iter().map(|&side| report.regions[side].id.as_str()).collect();
    ids.join("、")
}

/// File, sheet, row and column.
pub(super) fn place(place: Option<&Place>) -> [String; 4] {
    place.map_or_else(Default::default, |place| {
        [
            place.file.to_string(),
            place.sheet.as_deref().unwrap_or_default().to_owned(),
            place.row.to_string(),
            place.column.to_string(),
        ]
    })
}

/// A row for what the bodies of a region say where they do not say the same: under the same columns, with a class of its own.
fn of_bodies(within: &Within, group: &BodyGroup, report: &Uniformity, style: &Style<'_>) -> Vec<String> {
    let mut cells = start([
        &within.code,
        within.handling.as_deref().unwrap_or_default(),
        &within.name,
    ]);
    cells.push(style.element(&within.element).to_owned());
    cells.push(style.text("class-within"));
    cells.resize(9, String::new());
    cells.push(ids(&[within.region], report));
    cells.push("1".to_owned());
    cells.push(group.normal.clone());
    cells.resize(16, String::new());
    cells.extend(place(Some(&group.place)));
    cells.push(show::regions(&[within.region], report));
    cells.resize(BODIES, String::new());
    cells.push(group.bodies.join("、"));
    cells.resize(COLUMNS.len(), String::new());
    cells
}

/// The rows of an item that was not compared: a row for each region that it is told of, or one for an item of the directory
/// that no region handles. The class says that it was not compared, what stands for the value says why.
fn of_uncovered(key: &str, entry: &Uncovered<'_>, report: &Uniformity, style: &Style<'_>) -> Vec<Vec<String>> {
    let row = |sides: &[usize]| {
        let mut cells = start([entry.code, entry.handling.unwrap_or_default(), entry.name]);
        cells.push(String::new());
        cells.push(style.text("class-uncompared"));
        cells.resize(9, String::new());
        cells.push(ids(sides, report));
        cells.push(entry.sides.len().to_string());
        cells.push(style.text(&format!("covered-{key}")));
        cells.resize(NAMES, String::new());
        cells.push(show::regions(sides, report));
        cells.resize(COLUMNS.len(), String::new());
        cells
    };
    match entry.sides {
        [] => vec![row(&[])],
        sides => sides.chunks(1).map(row).collect(),
    }
}

/// What was not compared, where it is asked for: with a filter it is not.
fn uncovered<'r>(report: &'r Uniformity, style: &Style<'_>) -> Vec<(&'static str, Vec<Uncovered<'r>>)> {
    let mut lists = match style.item.is_some() || style.only.any() {
        true => Vec::new(),
        false => coverage(report),
    };
    lists.retain(|(key, _)| !compared(key));
    lists
}

/// How many rows of the CSV are of items that were not compared, in words.
pub(in super::super) fn csv_uncompared(report: &Uniformity, style: &Style<'_>) -> Option<String> {
    let lists = uncovered(report, style);
    let count: usize = lists.iter().map(|(_, entries)| entries.len()).sum();
    (count > 0).then(|| style.with("csv-uncompared", &[("count", count.to_string())]))
}

/// Writes the rows as CSV: the cells that differ, and of an item that was asked for by name all; then what bodies of one region say
/// differently, and what was not compared.
pub(in super::super) fn csv(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut rows = Rows::new(out, &COLUMNS.map(|column| column.name), style.raw_csv)?;
    each(report, Wanted::All, style, &mut |row| rows.row(&row))?;
    for within in within::shown(&report.within, style) {
        for group in &within.groups {
            rows.row(&of_bodies(within, group, report, style))?;
        }
    }
    for (key, entries) in uncovered(report, style) {
        for entry in &entries {
            for cells in of_uncovered(key, entry, report, style) {
                rows.row(&cells)?;
            }
        }
    }
    rows.finish()
}

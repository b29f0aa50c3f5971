//! Rows of a spreadsheet: what N regions say where they differ, a row for each region (CSV) or for each group of regions that say the
//! same (a sheet of the workbook). Chinese in every language.
//!
//! Must not know files.

use std::io::{self, Write};

use super::super::csv::{Rows, detail};
use super::super::sheet::Column;
use super::super::{By, Style, show, within};
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

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// What most say, or the directory.
    Reference,
    /// What differs from it; without a reference, whatever is said.
    Odd,
    /// What is missing or not understood.
    Silent,
}

/// A row under [`HEADERS`].
pub(super) struct Row {
    pub(super) about: About,
    pub(super) cells: Vec<String>,
}

/// What a group is.
pub(super) fn about(cell: &ElementReport, group: &Group) -> About {
    let odd = match cell.reference.from {
        ReferenceFrom::None => cell.groups.len() > 1,
        // Where groups stand apart though each agrees with the reference, none of them is what the others should say.
        _ => {
            let odd = show::differing(cell);
            odd.is_empty() && show::deviates(cell) || group.regions.iter().any(|side| odd.contains(side))
        }
    };
    if odd { About::Odd } else { About::Reference }
}

/// Of which regions a cell's rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Split {
    /// A row for each group of regions that say the same, with the place of its first.
    Groups,
    /// A row for each region, with its own place.
    Regions,
    /// The row of one region.
    One(usize),
}

impl Split {
    /// The regions of each row that a group makes, by their places in the group.
    fn of(self, sides: &[usize]) -> Vec<(usize, &[usize])> {
        match self {
            Split::Groups => vec![(0, sides)],
            Split::Regions => sides.chunks(1).enumerate().collect(),
            Split::One(wanted) => sides
                .chunks(1)
                .enumerate()
                .filter(|(_, side)| side.contains(&wanted))
                .collect(),
        }
    }
}

/// The rows of everything that is listed, in the order of `--by`. A row is of a group of regions that say the same, or with `apart`
/// (and always by region) of one region.
///
/// # Errors
/// What `take` says.
pub(super) fn each<E>(
    report: &Uniformity,
    style: &Style<'_>,
    apart: bool,
    take: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let cells = order::cells(report, style);
    let splits = match style.by {
        By::Region => order::regions(report, style).into_iter().map(Split::One).collect(),
        By::Item | By::Element if apart => vec![Split::Regions],
        By::Item | By::Element => vec![Split::Groups],
    };
    for split in splits {
        for &(item, cell) in &cells {
            of_cell(item, cell, split, report, style)
                .into_iter()
                .try_for_each(&mut *take)?;
        }
    }
    Ok(())
}

/// The rows of one cell.
fn of_cell(item: &ItemReport, cell: &ElementReport, split: Split, report: &Uniformity, style: &Style<'_>) -> Vec<Row> {
    // What stands before what is said: `all` are the regions that say so, `sides` those of the row.
    let head = |sides: &[usize], all: &[usize]| {
        let mut cells = start([&item.code, item.handling.as_deref().unwrap_or_default(), &item.name]);
        cells.extend([
            style.element(&cell.element).to_owned(),
            style.text(&format!("class-{}", cell.class.word())),
            show::index(cell.index),
            cell.reference.normal.clone().unwrap_or_default(),
            style.text(&format!("from-{}", cell.reference.from.word())),
            format!("{}/{}", cell.reference.support.0, cell.reference.support.1),
            ids(sides, report),
            all.len().to_string(),
        ]);
        cells
    };
    let standing = notes::standing_text(notes::standing(report, &cell.element), style);
    let tail = |sides: &[usize], deviates: bool| {
        let grounds = cell.allowed.iter().filter(|(side, _)| sides.contains(side));
        let mut grounds: Vec<&str> = grounds
            .filter_map(|&(_, at)| Some(report.variances.get(at)?.variance.ground.as_str()))
            .collect();
        grounds.dedup();
        [
            show::regions(sides, report),
            if deviates { standing.clone() } else { String::new() },
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
        ]
    };
    let mut rows = Vec::new();
    for group in &cell.groups {
        for (at, sides) in split.of(&group.regions) {
            let odd = sides.iter().any(|side| cell.deviating.contains(side));
            let mut cells = head(sides, &group.regions);
            cells.push(group.normal.clone());
            cells.push(if odd { "是" } else { "" }.to_owned());
            cells.extend(detail(&group.judgement, style));
            // Where nobody asks for the places of all, only that of the first is known.
            cells.extend(place(group.places.get(at).or((at == 0).then_some(&group.place))));
            cells.extend(tail(sides, show::deviates(cell)));
            rows.push(Row {
                about: about(cell, group),
                cells,
            });
        }
    }
    for (silent, key) in [
        (&cell.missing, "says-missing"),
        (&cell.unknown, show::says_unknown(cell)),
    ] {
        for (_, sides) in split.of(silent).into_iter().filter(|(_, sides)| !sides.is_empty()) {
            let mut cells = head(sides, silent);
            cells.push(style.text(key));
            cells.resize(NAMES, String::new());
            cells.extend(tail(sides, false));
            rows.push(Row {
                about: About::Silent,
                cells,
            });
        }
    }
    rows
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

/// Writes the rows as CSV, one for each region: the cells that differ, and of an item that was asked for by name all; then what bodies of
/// one region say differently.
pub(in super::super) fn csv(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut rows = Rows::new(out, &COLUMNS.map(|column| column.name), style.raw_csv)?;
    each(report, style, true, &mut |row| rows.row(&row.cells))?;
    for within in within::shown(&report.within, style) {
        for group in &within.groups {
            rows.row(&of_bodies(within, group, report, style))?;
        }
    }
    rows.finish()
}

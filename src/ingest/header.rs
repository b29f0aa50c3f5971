//! Finding the header of a table: which rows it is, under titles and instructions, with up to three levels of merged cells.
//!
//! Must not know file formats, nor what headers mean beyond asking the profile.

use super::limits;
use super::sheet::{Context, Merge, RawCell};
use super::table::Header;
use crate::model::{At, Column, Understood};
use crate::profile::headers;

/// A row that waits for a header to be found.
pub(super) struct Waiting {
    pub at: At,
    pub fields: usize,
    pub cells: Vec<RawCell<'static>>,
}

/// A header among waiting rows, by their numbers in the list.
pub(super) struct Found {
    pub first: usize,
    /// The first row behind the header.
    pub header_end: usize,
    /// The first row of data: instructions may stand between.
    pub data: usize,
    pub header: Header,
}

/// Levels that a header may have.
const LEVELS: usize = 3;
/// Characters of the longest text that is still a header.
const LONGEST: usize = 60;
/// Columns that name an item: a list has at least one.
const NAMES: [&str; 7] = [
    "name",
    "code",
    "impl_code",
    "handling_code",
    "sub_name",
    "main_name",
    "handling_name",
];
/// What the rows between header and data say: how to fill in the form.
const INSTRUCTIONS: [&str; 16] = [
    "必填",
    "选填",
    "非必填",
    "填写",
    "示例",
    "例：",
    "例如",
    "如：",
    "下拉",
    "请",
    "单选",
    "多选",
    "文本",
    "字符",
    "varchar",
    "说明：",
];

/// The best header in the first rows of a table. The first of equals: data may repeat header words.
pub(super) fn find(context: Context<'_>, rows: &[Waiting], merges: &[Merge]) -> Option<Found> {
    let window = &rows[..rows.len().min(limits::HEADER_ROWS)];
    let mut best: Option<(usize, usize, usize)> = None;
    for first in 0..window.len() {
        let single = score(context, &paths(&window[first..=first], merges));
        for levels in 1..=LEVELS.min(window.len() - first) {
            let rows = &window[first..first + levels];
            if !rows.iter().all(could_be_level) && levels > 1 {
                break;
            }
            // Under a row that is a header by itself only what merged cells or its own words make a second level.
            if levels > 1 && single > 0 && !goes_on(context, &rows[levels - 2], &rows[levels - 1], merges) {
                break;
            }
            let score = score(context, &paths(rows, merges));
            // A line above that adds nothing (填报单位 …) is no part of the header.
            let better = |(known, _, known_levels): (usize, usize, usize)| {
                score > known || (score == known && levels < known_levels)
            };
            if score > 0 && best.is_none_or(better) {
                best = Some((score, first, levels));
            }
        }
    }
    let (_, first, levels) = best?;
    // A form of one item has its labels on the left: what would be the items are headers too.
    let label = |row: &Waiting| row.cells.first().is_some_and(|cell| is_known(context, &cell.text));
    let below = &window[(first + levels).min(window.len())..];
    let labels = below.iter().take(LABELS).filter(|row| label(row)).count();
    if labels * 3 >= below.len().min(LABELS) * 2 && labels > 1 {
        return None;
    }
    let mut end = first + levels;
    // A second line with the same names in English adds nothing, and is no item either.
    while end < window.len() && end - first < LEVELS && is_header(context, &window[end].cells) {
        end += 1;
    }
    let rows_of_header = &window[first..end];
    let header = Header {
        at: rows_of_header[0].at,
        rows: u32::try_from(end - first).unwrap_or(1),
        paths: paths(rows_of_header, merges),
    };
    let mut data = end;
    while data < window.len() && data - end < LEVELS && is_instruction(&window[data].cells) {
        data += 1;
    }
    Some(Found {
        first,
        header_end: end,
        data,
        header,
    })
}

/// Rows below a header that are looked at for labels.
const LABELS: usize = 5;

/// Whether a text is a known header by itself.
fn is_known(context: Context<'_>, text: &str) -> bool {
    let mapping = headers::map(context.profile, &[vec![text.to_owned()]], context.overrides);
    mapping.columns.iter().any(|column| column.field.is_some())
}

/// Whether most cells of a row are known headers.
pub(super) fn is_header(context: Context<'_>, cells: &[RawCell<'_>]) -> bool {
    if cells.len() < 2 || cells.iter().any(|cell| cell.text.chars().nth(LONGEST).is_some()) {
        return false;
    }
    let single: Vec<Vec<String>> = cells.iter().map(|cell| vec![cell.text.clone().into_owned()]).collect();
    let mapping = headers::map(context.profile, &single, context.overrides);
    let known = mapping
        .columns
        .iter()
        .filter(|column| !matches!(column.understood, Understood::No | Understood::Second(_)))
        .count();
    known >= 2 && known * 10 >= cells.len() * 6
}

/// How much a header tells: the columns that would be understood, none if it names no item.
fn score(context: Context<'_>, paths: &[Vec<String>]) -> usize {
    let mapping = headers::map(context.profile, paths, context.overrides);
    let named = |column: &Column| {
        column
            .field
            .is_some_and(|field| NAMES.iter().any(|id| context.profile.field(id) == Some(field)))
    };
    if mapping.columns.iter().any(named) && mapping.understood() >= 2 {
        mapping.understood()
    } else {
        0
    }
}

fn could_be_level(row: &Waiting) -> bool {
    row.cells.len() > 1 && row.cells.iter().all(|cell| cell.text.chars().nth(LONGEST).is_none())
}

/// Whether a row is a further level of the header above it: merged cells reach into it, it says the same in other words, or it
/// stands only under what is blank or wide above, and leaves blank what names an item.
fn goes_on(context: Context<'_>, above: &Waiting, row: &Waiting, merges: &[Merge]) -> bool {
    let reaches = |merge: &Merge| {
        merge.first_row <= above.at.row
            && merge.last_row >= row.at.row
            && above.cells.iter().any(|cell| cell.column == merge.first_column)
    };
    if merges.iter().any(reaches) || is_header(context, &row.cells) {
        return true;
    }
    let single: Vec<Vec<String>> = texts(above, above.cells.last().map_or(0, |cell| cell.column + 1));
    let mapping = headers::map(context.profile, &single, context.overrides);
    let blank_under_names = mapping.columns.iter().enumerate().all(|(at, column)| {
        let names = column
            .field
            .is_some_and(|field| NAMES.iter().any(|id| context.profile.field(id) == Some(field)));
        !names || row.cells.iter().all(|cell| cell.column != at)
    });
    let both = paths_of(&[above, row], merges);
    blank_under_names && score(context, &both) > score(context, &single)
}

fn texts(row: &Waiting, width: usize) -> Vec<Vec<String>> {
    let mut texts = vec![vec![String::new()]; width.min(limits::COLUMNS)];
    for cell in &row.cells {
        if let Some(slot) = texts.get_mut(cell.column) {
            slot[0] = cell.text.clone().into_owned();
        }
    }
    texts
}

fn paths(rows: &[Waiting], merges: &[Merge]) -> Vec<Vec<String>> {
    paths_of(&rows.iter().collect::<Vec<_>>(), merges)
}

/// The texts over each column. A text stands over the columns of its merged block; without blocks (CSV), over the blank cells
/// to its right as far as something stands below them.
fn paths_of(rows: &[&Waiting], merges: &[Merge]) -> Vec<Vec<String>> {
    let width = rows
        .iter()
        .filter_map(|row| Some(row.cells.last()?.column + 1))
        .max()
        .unwrap_or(0)
        .min(limits::COLUMNS);
    let mut grid: Vec<Vec<String>> = vec![vec![String::new(); width]; rows.len()];
    for (level, row) in rows.iter().enumerate() {
        for cell in &row.cells {
            if let Some(slot) = grid[level].get_mut(cell.column) {
                slot.push_str(&cell.text);
            }
        }
    }
    for level in 0..rows.len().saturating_sub(1) {
        let mut left: Option<usize> = None;
        for column in 0..width {
            if !grid[level][column].trim().is_empty() {
                left = Some(column);
                continue;
            }
            let below = grid[level + 1..].iter().any(|row| !row[column].trim().is_empty());
            let row = rows[level].at.row;
            let merged = |column: usize| {
                merges.iter().find(|merge| {
                    (merge.first_row..=merge.last_row).contains(&row)
                        && (merge.first_column..=merge.last_column).contains(&column)
                })
            };
            match left {
                // A block that ends before this column ends what its text stands over.
                Some(from) if below && merged(from).is_none_or(|merge| merge.last_column >= column) => {
                    grid[level][column] = grid[level][from].clone();
                }
                _ => left = None,
            }
        }
    }
    (0..width)
        .map(|column| {
            grid.iter()
                .map(|row| row[column].clone())
                .filter(|text| !text.trim().is_empty())
                .collect()
        })
        .collect()
}

/// Whether a row only tells how to fill in the form, or numbers the columns.
fn is_instruction(cells: &[RawCell<'_>]) -> bool {
    if cells.len() < 2 {
        return false;
    }
    let numbers = cells
        .iter()
        .enumerate()
        .all(|(at, cell)| cell.text.trim().trim_matches(['(', ')', '（', '）']) == (at + 1).to_string());
    let told = cells
        .iter()
        .filter(|cell| {
            let text = cell.text.trim().trim_start_matches(['（', '(', '*', '【']);
            INSTRUCTIONS.iter().any(|word| text.starts_with(word))
        })
        .count();
    // 1, 2, 3 … may also be the first cells of data; a row of nothing else is not.
    (numbers && cells.len() > 2) || told * 2 > cells.len()
}

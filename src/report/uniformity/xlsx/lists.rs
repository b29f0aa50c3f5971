//! The sheets of N regions that are lists: 差异, 区内差异, 范围与未比较, and one for each region with room for its answer.
//!
//! Must not compute beyond counting what is listed.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::super::super::csv::detail;
use super::super::super::sheet::{Column, List};
use super::super::super::{Style, sheet, show, within};
use super::super::coverage;
use super::super::rows::{self, Wanted};
use super::super::{notes, order};
use crate::model::Uniformity;

/// What a region can answer.
const ANSWERS: [&str; 3] = ["采纳", "不采纳", "说明"];

/// The columns of a region's sheet; the last two are for its answer.
const OF_REGION: [Column; 17] = [
    Column::text("事项编码", 16.0),
    Column::text("业务办理项", 12.0),
    Column::text("事项名称", 26.0),
    Column::text("要素", 12.0),
    Column::text("本地说法", 40.0),
    Column::text("参照值", 40.0),
    Column::text("参照来源", 10.0),
    Column::text("支持", 8.0),
    Column::text("增加", 24.0),
    Column::text("减少", 24.0),
    Column::text("变化", 30.0),
    Column::text("依法要求", 14.0),
    Column::text("文件", 18.0),
    Column::text("工作表", 10.0),
    Column::number("行", 6.0),
    Column::answer("区域答复", 12.0),
    Column::answer("答复说明", 40.0),
];

/// The columns of 区内差异.
const WITHIN: [Column; 12] = [
    Column::text("事项编码", 16.0),
    Column::text("业务办理项", 12.0),
    Column::text("事项名称", 26.0),
    Column::text("要素", 12.0),
    Column::text("区域", 12.0),
    Column::text("区域名称", 24.0),
    Column::text("实施主体", 30.0),
    Column::text("规范值", 50.0),
    Column::text("文件", 18.0),
    Column::text("工作表", 10.0),
    Column::number("行", 6.0),
    Column::text("列", 12.0),
];

/// The columns of 范围与未比较.
const COVERAGE: [Column; 6] = [
    Column::text("情形", 24.0),
    Column::text("事项编码", 16.0),
    Column::text("业务办理项", 16.0),
    Column::text("事项名称", 36.0),
    Column::text("区域名称", 60.0),
    Column::number("区域数", 8.0),
];

/// The sheet 差异: a row for each region that differs or says nothing where others do, under the columns of the CSV; of an item that was asked for by name, of all.
pub(super) fn differences(
    sheet: &mut Worksheet,
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    let mut list = List::new(sheet, &rows::COLUMNS, 3, most)?;
    rows::each(report, Wanted::Odd, style, &mut |cells| list.row(&cells))?;
    list.finish(style)?;
    Ok(())
}

/// The sheet 区内差异: what bodies of one region say where they do not say the same, a row for each group of bodies.
pub(super) fn within(
    sheet: &mut Worksheet,
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    let mut list = List::new(sheet, &WITHIN, 3, most)?;
    for within in within::shown(&report.within, style) {
        let region = &report.regions[within.region];
        for group in &within.groups {
            let mut cells = vec![
                within.code.clone(),
                within.handling.clone().unwrap_or_default(),
                within.name.clone(),
                style.element(&within.element).to_owned(),
                region.id.clone(),
                region.name.clone(),
                group.bodies.join("、"),
                group.normal.clone(),
            ];
            cells.extend(rows::place(Some(&group.place)));
            list.row(&cells)?;
        }
    }
    list.finish(style)?;
    Ok(())
}

/// The sheet 范围与未比较: what was compared among some only, then what was not compared. With a filter they are not asked for.
pub(super) fn coverage(
    sheet: &mut Worksheet,
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    let mut list = List::new(sheet, &COVERAGE, 4, most)?;
    let asked = style.item.is_none() && !style.only.any();
    for (key, entries) in coverage::coverage(report).into_iter().filter(|_| asked) {
        let why = style.text(&format!("covered-{key}"));
        for entry in entries {
            let (regions, count) = (show::regions(entry.sides, report), entry.sides.len().to_string());
            let handling = entry.handling.unwrap_or_default();
            list.row(&[&why, entry.code, handling, entry.name, &regions, &count])?;
        }
    }
    list.finish(style)?;
    Ok(())
}

/// The sheet of a region: where it differs or says nothing though others do, and room for its answer.
pub(super) fn region(
    sheet: &mut Worksheet,
    side: usize,
    report: &Uniformity,
    style: &Style<'_>,
    most: usize,
) -> Result<(), XlsxError> {
    let mut list = List::new(sheet, &OF_REGION, 3, most)?;
    for (item, cell) in order::cells(report, style) {
        let group = cell.groups.iter().find(|group| group.regions.contains(&side));
        let (says, details, place) = match group {
            Some(group) if show::differs(cell, side) => {
                let own = group.regions.iter().position(|region| *region == side);
                let place = own.and_then(|at| group.places.get(at));
                (group.normal.clone(), detail(&group.judgement, style), place)
            }
            // It says nothing where others do: what is to be filled in.
            None if cell.missing.contains(&side) => (String::new(), Default::default(), None),
            _ => continue,
        };
        let [added, removed, changed] = details;
        let mut cells = vec![
            item.code.clone(),
            item.handling.clone().unwrap_or_default(),
            item.name.clone(),
            style.element(&cell.element).to_owned(),
            says,
            cell.reference.normal.clone().unwrap_or_default(),
            style.text(&format!("from-{}", cell.reference.from.word())),
            format!("{}/{}", cell.reference.support.0, cell.reference.support.1),
            added,
            removed,
            changed,
            match group {
                Some(_) => notes::law_of(cell, side, report, style),
                None => String::new(),
            },
        ];
        // File, sheet and row: the element stands in a column of its own already.
        cells.extend(rows::place(place).into_iter().take(3));
        list.row(&cells)?;
    }
    let (sheet, last) = list.finish(style)?;
    if last > 0 {
        let answers = DataValidation::new()
            .allow_list_strings(&ANSWERS)?
            .set_error_message(style.text("region-answer"))?;
        let column = sheet::column(OF_REGION.len() - 2);
        sheet.add_data_validation(1, column, last, column, &answers)?;
    }
    Ok(())
}

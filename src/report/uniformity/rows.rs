//! Rows of a spreadsheet: what N regions say where they differ, a row for each group of regions. Chinese in every language. The CSV is
//! these rows; the workbook has them in a sheet.
//!
//! Must not know files.

use std::io::{self, Write};

use super::super::csv::{Rows, detail};
use super::super::{Style, show};
use super::notes;
use crate::model::{ElementReport, Group, ItemReport, ReferenceFrom, Uniformity};

/// The headers. Programs read them: a new one comes at the end.
pub(super) const HEADERS: [&str; 27] = [
    "事项编码",
    "业务办理项",
    "事项名称",
    "要素",
    "类别",
    "不统一指数",
    "参照值",
    "参照来源",
    "支持",
    "区域",
    "区域数",
    "规范值",
    "与参照不同",
    "增加",
    "减少",
    "变化",
    "文件",
    "工作表",
    "行",
    "列",
    "区域名称",
    "依法要求",
    "并列",
    "合理差异",
    "事项指数",
    "业务办理项编码",
    "计入统计",
];

/// Which of [`HEADERS`] are numbers.
pub(super) const NUMBERS: [usize; 5] = [5, 10, 18, 22, 24];

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

/// The rows of one cell.
pub(super) fn of_cell(item: &ItemReport, cell: &ElementReport, report: &Uniformity, style: &Style<'_>) -> Vec<Row> {
    let ids = |sides: &[usize]| {
        let ids: Vec<&str> = sides.iter().map(|&side| report.regions[side].id.as_str()).collect();
        ids.join("、")
    };
    let head = |sides: &[usize]| {
        vec![
            item.code.clone(),
            item.handling.clone().unwrap_or_default(),
            item.name.clone(),
            style.element(&cell.element).to_owned(),
            style.text(&format!("class-{}", cell.class.word())),
            show::index(cell.index),
            cell.reference.normal.clone().unwrap_or_default(),
            style.text(&format!("from-{}", cell.reference.from.word())),
            format!("{}/{}", cell.reference.support.0, cell.reference.support.1),
            ids(sides),
            sides.len().to_string(),
        ]
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
            item.handling_code.clone().unwrap_or_default(),
            if item.counted { "是" } else { "否" }.to_owned(),
        ]
    };
    let mut rows = Vec::new();
    for group in &cell.groups {
        let odd = group.regions.iter().any(|side| cell.deviating.contains(side));
        let mut cells = head(&group.regions);
        cells.push(group.normal.clone());
        cells.push(if odd { "是" } else { "" }.to_owned());
        cells.extend(detail(&group.judgement, style));
        cells.push(group.place.file.to_string());
        cells.push(group.place.sheet.as_deref().unwrap_or_default().to_owned());
        cells.push(group.place.row.to_string());
        cells.push(group.place.column.to_string());
        cells.extend(tail(&group.regions, show::deviates(cell)));
        let about = about(cell, group);
        rows.push(Row { about, cells });
    }
    for (sides, key) in [(&cell.missing, "says-missing"), (&cell.unknown, "says-unknown")] {
        if !sides.is_empty() {
            let mut cells = head(sides);
            cells.push(style.text(key));
            cells.resize(20, String::new());
            cells.extend(tail(sides, false));
            let about = About::Silent;
            rows.push(Row { about, cells });
        }
    }
    rows
}

/// Writes the rows as CSV: the cells that differ, and of an item that was asked for by name all.
pub(in super::super) fn csv(report: &Uniformity, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let style = &style.chinese();
    let mut rows = Rows::new(out, &HEADERS, style.raw_csv)?;
    for item in style.items(report) {
        for cell in style.listed(item) {
            for row in of_cell(item, cell, report, style) {
                rows.row(&row.cells)?;
            }
        }
    }
    rows.finish()
}

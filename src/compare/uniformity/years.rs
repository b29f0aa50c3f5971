//! Years of lists: where lists are of different years, a difference between them is a difference and no proof of non-uniformity.
//!
//! Must not know how lists are compared.

use std::collections::BTreeSet;

use crate::model::{Catalogue, FieldId, RowId};
use crate::profile::Profile;

/// Years that are taken for one: earlier there was no list to be read by a machine.
const PLAUSIBLE: std::ops::RangeInclusive<u16> = 1990..=2100;

/// Fields that say of when a row is; the first that a table has counts.
const DATES: [&str; 2] = ["updated", "plan_from"];

/// The years of each side that says some: of each table the years in the name of its file and sheet, else the latest of its rows.
pub(super) fn years(
    catalogue: &Catalogue,
    profile: &Profile,
    sides: &[Option<usize>],
    count: usize,
) -> Vec<(usize, Vec<u16>)> {
    let dates: Vec<FieldId> = DATES.iter().filter_map(|id| profile.field(id)).collect();
    // Of each table what its name says, else the field that dates its rows.
    let mut named: Vec<(BTreeSet<u16>, Option<FieldId>)> = Vec::new();
    for table in &catalogue.tables {
        let path: &str = &catalogue.files[table.file].name;
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let mut said = in_text(stem);
        said.extend(in_text(table.sheet.as_deref().unwrap_or_default()));
        let has = |field: &&FieldId| table.columns.iter().any(|column| column.field == Some(**field));
        let field = dates.iter().find(has).copied().filter(|_| said.is_empty());
        named.push((said, field));
    }
    let mut latest: Vec<BTreeSet<u16>> = vec![BTreeSet::new(); count];
    let rows = &catalogue.rows;
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        // Rows of one table and region stand together.
        let same = |row: &crate::model::Row| row.table == first.table && row.region == first.region;
        let end = at + rows[at..].iter().take_while(|row| same(row)).count();
        if let Some(side) = sides[first.region.index()] {
            let (said, field) = &named[first.table.index()];
            latest[side].extend(said);
            if let Some(field) = *field {
                let texts = (at..end).filter_map(|row| catalogue.text(RowId::of(row), field));
                latest[side].extend(texts.filter_map(at_start).max());
            }
        }
        at = end;
    }
    let said = latest.into_iter().enumerate().filter(|(_, years)| !years.is_empty());
    said.map(|(side, years)| (side, years.into_iter().collect())).collect()
}

/// The years in a name: four digits that stand alone, or begin a date (20230715, 202307).
fn in_text(text: &str) -> BTreeSet<u16> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter_map(at_start).collect()
}

/// The year that a date begins with.
fn at_start(text: &str) -> Option<u16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let year: u16 = text.get(..4)?.parse().ok()?;
    let part = |range: std::ops::Range<usize>, most: u8| {
        let number: u8 = text.get(range)?.parse().ok()?;
        (1..=most).contains(&number).then_some(())
    };
    match digits {
        4 => {}
        6 => part(4..6, 12)?,
        // With the time behind it: 20230715093000.
        8 | 14 => part(4..6, 12).and_then(|()| part(6..8, 31))?,
        _ => return None,
    }
    PLAUSIBLE.contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_alone_or_begin_a_date() {
        for (text, years) in [
            ("2023年事项清单", &[2023][..]),
            ("items_2021-2024", &[2021, 2024]),
            ("清单20230715", &[2023]),
            ("清单202307", &[2023]),
            ("519901", &[]),
            ("450100", &[]),
            ("国发〔1985〕5号", &[]),
            ("20231399", &[]),
            ("12024", &[]),
        ] {
            assert_eq!(in_text(text).into_iter().collect::<Vec<_>>(), years, "{text}");
        }
        assert_eq!(at_start("2020-07-08 10:00:00"), Some(2020));
        assert_eq!(at_start("2020/7/8"), Some(2020));
        assert_eq!(at_start("2020年"), Some(2020));
        assert_eq!(at_start("44020"), None);
        assert_eq!(at_start("二〇二〇年"), None);
    }
}

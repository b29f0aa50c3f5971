//! Columns that ask (是否收费) and hold yes or no: what may stand in them, in their own words.
//!
//! Must not know why an answer is to be written.

use std::collections::HashMap;

use crate::model::{Catalogue, FieldId, RowId, TableId};
use crate::normalise::{Kind, Role};
use crate::profile::Profile;

/// No and yes, as they are written together.
const PAIRS: [[&str; 2]; 9] = [
    ["否", "是"],
    ["无", "有"],
    ["0", "1"],
    ["N", "Y"],
    ["n", "y"],
    ["no", "yes"],
    ["No", "Yes"],
    ["false", "true"],
    ["FALSE", "TRUE"],
];

/// What a column of charges may hold without asking anything: 无, and a sum of nothing.
const EMPTY: [&str; 2] = ["无", "0"];

/// What was seen of a column that holds nothing but answers: whether it surely asks, and its first words.
type Seen = (bool, Option<[&'static str; 2]>);

/// The columns of one region that hold yes or no, each with its words for no and yes.
pub(super) struct Answers(HashMap<(TableId, FieldId), [&'static str; 2]>);

impl Answers {
    /// Looks through the rows of a region. A column asks where its header does, or where a text of it is nothing but yes or no; one that
    /// holds any other text is none of these.
    pub(super) fn of(catalogue: &Catalogue, profile: &Profile, region: usize) -> Answers {
        let fees = profile.elements.iter().filter(|element| element.kind == Kind::Fees);
        let roles = fees.flat_map(|element| &element.fields);
        let fields: Vec<FieldId> = roles
            .filter(|(role, _)| *role == Role::Value)
            .map(|(_, of)| *of)
            .collect();
        let mut found: HashMap<(TableId, FieldId), Option<Seen>> = HashMap::new();
        let rows = catalogue
            .row_ids()
            .filter(|row| catalogue.rows[row.index()].region.index() == region);
        for row in rows {
            let table = catalogue.rows[row.index()].table;
            for cell in fields.iter().filter_map(|&field| catalogue.cell(row, field)) {
                let text = catalogue.texts.get(cell.text).trim();
                let known = found.entry((table, cell.field)).or_insert_with(|| {
                    let header = catalogue.tables[table.index()].columns.get(usize::from(cell.column));
                    Some((header.is_some_and(|column| asks(&column.header)), None))
                });
                match known {
                    _ if text.is_empty() => {}
                    Some(_) if profile.vocabulary.charges(text).is_none() => *known = None,
                    Some((sure, words)) => {
                        let pair = PAIRS.into_iter().find(|pair| pair.contains(&text));
                        *sure |= pair.is_some() && !EMPTY.contains(&text);
                        *words = words.or(pair);
                    }
                    None => {}
                }
            }
        }
        let sure = |(key, found): (_, Option<(bool, Option<_>)>)| match found? {
            (true, words) => Some((key, words.unwrap_or(PAIRS[0]))),
            _ => None,
        };
        Answers(found.into_iter().filter_map(sure).collect())
    }

    /// What stands for no and for yes in the column of a field of a row; `None` where that column takes any text.
    pub(super) fn words(&self, catalogue: &Catalogue, row: RowId, field: FieldId) -> Option<[&'static str; 2]> {
        let words = self.0.get(&(catalogue.rows[row.index()].table, field))?;
        let own = catalogue
            .cell(row, field)
            .map_or("", |cell| catalogue.texts.get(cell.text).trim());
        let pair = PAIRS.into_iter().find(|pair| pair.contains(&own));
        Some(pair.unwrap_or(*words))
    }
}

/// Whether a header is a question.
fn asks(header: &str) -> bool {
    ["是否", "有无", "与否"].iter().any(|word| header.contains(word))
}

//! An item that is spread over several rows: its values, and the records (materials, steps, laws) that its rows add.
//!
//! Must not know where rows come from, nor which columns mean what.

use std::borrow::Cow;

use crate::model::{At, FieldId, Shape, encode_list, encode_table};

/// One item under construction.
pub(super) struct Open {
    /// Its first row.
    pub at: At,
    /// How many rows it has so far.
    pub rows: usize,
    /// Whether its name stands in a row above.
    pub inherited: bool,
    pub values: Vec<OpenValue>,
    pub records: Vec<OpenRecords>,
}

/// The value of a field: one text for every row that says another.
pub(super) struct OpenValue {
    pub field: FieldId,
    pub column: u16,
    pub up: u16,
    pub texts: Vec<String>,
}

/// The records of a field.
pub(super) struct OpenRecords {
    field: FieldId,
    column: u16,
    name: &'static str,
    records: Vec<Vec<(String, String)>>,
}

/// A cell that is ready: field, column, shape, rows above, text.
pub(super) type Ready = (FieldId, u16, Shape, u16, String);

impl Open {
    pub(super) fn new(at: At) -> Self {
        Open {
            at,
            rows: 1,
            inherited: false,
            values: Vec::new(),
            records: Vec::new(),
        }
    }

    /// Whether a field has said this text.
    pub(super) fn says(&self, field: FieldId, text: &str) -> bool {
        self.values
            .iter()
            .any(|value| value.field == field && value.texts.iter().any(|said| said.trim() == text))
    }

    /// Adds a text to a field, unless it is there already.
    pub(super) fn value(&mut self, field: FieldId, column: u16, up: u16, text: Cow<'_, str>) {
        match self.values.iter_mut().find(|value| value.field == field) {
            Some(value) if value.texts.iter().any(|said| said.trim() == text.trim()) => {}
            Some(value) => value.texts.push(text.into_owned()),
            None => self.values.push(OpenValue {
                field,
                column,
                up,
                texts: vec![text.into_owned()],
            }),
        }
    }

    /// Adds a record. Without a name it goes on with the record before it.
    pub(super) fn record(&mut self, field: FieldId, column: u16, name: &'static str, texts: Vec<(String, String)>) {
        let at = match self.records.iter().position(|records| records.field == field) {
            Some(at) => at,
            None => {
                self.records.push(OpenRecords {
                    field,
                    column,
                    name,
                    records: Vec::new(),
                });
                self.records.len() - 1
            }
        };
        let records = &mut self.records[at].records;
        let named = texts.iter().any(|(nested, _)| nested == name);
        match records.last_mut() {
            Some(last) if !named => {
                for (nested, text) in texts {
                    match last.iter_mut().find(|(known, _)| *known == nested) {
                        Some((_, known)) if known.trim() == text.trim() => {}
                        Some((_, known)) => {
                            known.push('\n');
                            known.push_str(&text);
                        }
                        None => last.push((nested, text)),
                    }
                }
            }
            _ => records.push(texts),
        }
    }

    /// The cells in the order of their columns, and the columns that could not be joined to the lines of their names.
    pub(super) fn into_cells(self) -> (Vec<Ready>, Vec<u16>) {
        let mut unjoined = Vec::new();
        let mut cells: Vec<Ready> = self
            .values
            .into_iter()
            .filter_map(|mut value| match value.texts.len() {
                0 => None,
                1 => Some((value.field, value.column, Shape::Text, value.up, value.texts.remove(0))),
                _ => Some((
                    value.field,
                    value.column,
                    Shape::List,
                    value.up,
                    encode_list(&value.texts),
                )),
            })
            .collect();
        for OpenRecords {
            field,
            column,
            name,
            records,
        } in self.records
        {
            cells.push(match lines(&records, name) {
                Lines::Records(records) => (field, column, Shape::Table, 0, encode_table(&records)),
                Lines::Text(text, lost) => {
                    if lost {
                        unjoined.push(column);
                    }
                    (field, column, Shape::Text, 0, text)
                }
            });
        }
        cells.sort_by_key(|(_, column, ..)| *column);
        (cells, unjoined)
    }
}

enum Lines {
    Records(Vec<Vec<(String, String)>>),
    /// The list as one text, and whether other columns were left out.
    Text(String, bool),
}

/// One row may hold the whole list, line by line: 材料名称 with three lines beside 材料形式 with three lines.
fn lines(records: &[Vec<(String, String)>], name: &str) -> Lines {
    let [record] = records else {
        return Lines::Records(records.to_vec());
    };
    let split = |text: &str| -> Vec<String> {
        text.split(['\n', '\r', '；', ';'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let Some((_, names)) = record.iter().find(|(nested, _)| nested == name) else {
        return Lines::Records(records.to_vec());
    };
    let count = split(names).len();
    if record.len() == 1 {
        return Lines::Text(names.clone(), false);
    }
    if count < 2 {
        return Lines::Records(records.to_vec());
    }
    let columns: Vec<(&String, Vec<String>)> = record.iter().map(|(nested, text)| (nested, split(text))).collect();
    if columns.iter().any(|(_, lines)| lines.len() != count) {
        return Lines::Text(names.clone(), true);
    }
    let record = |at: usize| {
        columns
            .iter()
            .map(|(nested, lines)| ((*nested).clone(), lines[at].clone()))
            .collect()
    };
    Lines::Records((0..count).map(record).collect())
}

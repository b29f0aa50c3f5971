//! The header of a snapshot (files, tables, regions) and the findings of reading, as bytes. What is written is taken apart field by
//! field, so that a field that is new in the model cannot be forgotten here.
//!
//! Must not know where the bytes are kept.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::{
    Catalogue, Column, FieldId, Finding, Fix, Place, Reading, Region, RowId, Severity, SourceFile, Table, Understood,
};
use crate::store::bytes::{Reader, Writer};

const SEVERITIES: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Error];

/// The names of files as seen from the folder of the database: a workspace is known under another path from elsewhere.
pub(super) struct Root<'a>(pub &'a str);

impl Root<'_> {
    /// A name below the folder, without it; every other one as it is.
    fn write(&self, out: &mut Writer, name: &str) {
        let below = name.strip_prefix(self.0).filter(|_| self.is_above(name));
        out.number(u32::from(below.is_some()));
        out.text(below.unwrap_or(name));
    }

    fn is_above(&self, name: &str) -> bool {
        // From the current folder every other name that does not lead out of it.
        let outside = name.starts_with(['/', '<']) || name.starts_with("..") || name.get(1..2) == Some(":");
        !self.0.is_empty() || !(name.is_empty() || outside)
    }

    fn read(&self, from: &mut Reader<'_>) -> Option<String> {
        let below = from.number()?;
        let name = from.text()?;
        match below {
            0 => Some(name.to_owned()),
            1 => Some(format!("{}{name}", self.0)),
            _ => None,
        }
    }
}

/// Files, tables and regions.
pub(super) fn header(catalogue: &Catalogue, fields: &[String], root: &Root<'_>) -> Vec<u8> {
    let mut out = Writer::default();
    out.all(&catalogue.files, |out, file| {
        let SourceFile { name, reading } = file;
        let Reading {
            format,
            encoding,
            guessed,
        } = reading;
        root.write(out, name);
        out.text(format);
        out.text(encoding);
        out.number(u32::from(*guessed));
    });
    out.all(&catalogue.tables, |out, table| {
        let Table {
            file,
            sheet,
            header_row,
            header_rows,
            last_row,
            columns,
            dialect,
            rows,
            sample,
        } = table;
        out.number(super::pack::number(*file));
        out.option(sheet.as_deref(), Writer::text);
        [*header_row, *header_rows, *last_row, super::pack::number(*rows)]
            .into_iter()
            .for_each(|number| out.number(number));
        out.option(dialect.as_deref(), Writer::text);
        out.all(columns, |out, column| write_column(out, column, fields));
        out.all(sample, |out, row| out.all(row, |out, text| out.text(text)));
    });
    out.all(&catalogue.regions, |out, region| {
        let Region {
            id,
            name,
            directory,
            side: _,
        } = region;
        out.text(id);
        out.text(name);
        out.number(u32::from(*directory));
    });
    out.0
}

/// Files, tables and regions that were read.
pub(super) struct Header {
    pub files: Vec<SourceFile>,
    pub tables: Vec<Table>,
    pub regions: Vec<Region>,
}

/// Reads [`header`]; of fields that the profile does not know nothing is left.
pub(super) fn read_header(bytes: &[u8], field: impl Fn(&str) -> Option<FieldId>, root: &Root<'_>) -> Option<Header> {
    let mut from = Reader(bytes);
    let files = from.all(|from| {
        Some(SourceFile {
            name: root.read(from)?.into(),
            reading: Reading {
                format: lasting(from.text()?)?,
                encoding: lasting(from.text()?)?,
                guessed: flag(from)?,
            },
        })
    })?;
    let tables = from.all(|from| {
        let file = from.number()? as usize;
        let sheet = from.option(|from| from.text().map(Arc::from))?;
        let (header_row, header_rows, last_row) = (from.number()?, from.number()?, from.number()?);
        (file < files.len()).then_some(())?;
        Some(Table {
            file,
            sheet,
            header_row,
            header_rows,
            last_row,
            rows: from.number()? as usize,
            dialect: from.option(text)?,
            columns: from.all(|from| read_column(from, &field))?,
            sample: from.all(|from| from.all(text))?,
        })
    })?;
    let regions = from.all(|from| {
        Some(Region {
            id: from.text()?.into(),
            name: text(from)?,
            directory: flag(from)?,
            side: 0,
        })
    })?;
    from.0.is_empty().then_some(Header { files, tables, regions })
}

fn write_column(out: &mut Writer, column: &Column, fields: &[String]) {
    let Column {
        header,
        field,
        nested,
        understood,
    } = column;
    out.text(header);
    let field = field.and_then(|field| fields.get(field.index()));
    out.option(field, |out, field| out.text(field));
    out.option(nested.as_deref(), Writer::text);
    let (word, texts): (u32, &[String]) = match understood {
        Understood::Override => (0, &[]),
        Understood::Sheet => (1, &[]),
        Understood::Alias(text) => (2, std::slice::from_ref(text)),
        Understood::Dialect(text) => (3, std::slice::from_ref(text)),
        Understood::Extra => (4, &[]),
        Understood::Ambiguous(texts) => (5, texts),
        Understood::Second(text) => (6, std::slice::from_ref(text)),
        Understood::No => (7, &[]),
    };
    out.number(word);
    out.all(texts, |out, text| out.text(text));
}

fn read_column(from: &mut Reader<'_>, field: impl Fn(&str) -> Option<FieldId>) -> Option<Column> {
    let header = from.text()?.into();
    let field = from.option(Reader::text)?.and_then(field);
    let nested = from.option(text)?;
    let (word, mut texts) = (from.number()?, from.all(text)?);
    let understood = match word {
        0 => Understood::Override,
        1 => Understood::Sheet,
        2 => Understood::Alias(texts.pop()?),
        3 => Understood::Dialect(texts.pop()?),
        4 => Understood::Extra,
        5 => Understood::Ambiguous(std::mem::take(&mut texts)),
        6 => Understood::Second(texts.pop()?),
        7 => Understood::No,
        _ => return None,
    };
    texts.is_empty().then_some(Column {
        header,
        field,
        nested,
        understood,
    })
}

/// The findings of reading.
pub(super) fn findings(catalogue: &Catalogue, root: &Root<'_>) -> Vec<u8> {
    let files: BTreeSet<&str> = catalogue
        .files
        .iter()
        .map(|file| &*file.name)
        .chain(catalogue.findings.iter().map(|finding| &*finding.place.file))
        .collect();
    let mut out = Writer::default();
    out.all(&catalogue.findings, |out, finding| {
        let Finding {
            rule,
            severity,
            args,
            place,
            cell,
            region,
            item,
            element,
            fix,
        } = finding;
        out.text(rule);
        let severity = SEVERITIES
            .iter()
            .position(|known| known == severity)
            .unwrap_or_default();
        out.number(super::pack::number(severity));
        out.all(args, |out, (name, value)| {
            out.text(name);
            let is_file = files.contains(value.as_str());
            out.number(u32::from(is_file));
            match is_file {
                true => root.write(out, value),
                false => out.text(value),
            }
        });
        let Place {
            file,
            sheet,
            row,
            line,
            column,
        } = place;
        root.write(out, file);
        out.option(sheet.as_deref(), Writer::text);
        out.number(*row);
        out.number(*line);
        out.text(column);
        out.option(*cell, |out, (row, column)| {
            out.number(row.0);
            out.number(u32::from(column));
        });
        [region, item].into_iter().for_each(|text| out.text(text));
        out.text(element);
        out.option(fix.as_deref(), |out, fix| {
            let Fix { text, safe } = fix;
            out.text(text);
            out.number(u32::from(*safe));
        });
    });
    out.0
}

/// Reads [`findings`].
pub(super) fn read_findings(bytes: &[u8], root: &Root<'_>) -> Option<Vec<Finding>> {
    let mut from = Reader(bytes);
    let findings = from.all(|from| {
        Some(Finding {
            rule: Cow::Owned(text(from)?),
            severity: *SEVERITIES.get(from.number()? as usize)?,
            args: from.all(|from| {
                let name = lasting(from.text()?)?;
                let value = if flag(from)? { root.read(from)? } else { text(from)? };
                Some((name, value))
            })?,
            place: Place {
                file: root.read(from)?.into(),
                sheet: from.option(|from| from.text().map(Arc::from))?,
                row: from.number()?,
                line: from.number()?,
                column: from.text()?.into(),
            },
            cell: from.option(|from| Some((RowId(from.number()?), u16::try_from(from.number()?).ok()?)))?,
            region: from.text()?.into(),
            item: from.text()?.into(),
            element: Cow::Owned(text(from)?),
            fix: from.option(|from| {
                Some(Box::new(Fix {
                    text: text(from)?,
                    safe: flag(from)?,
                }))
            })?,
        })
    })?;
    from.0.is_empty().then_some(findings)
}

fn text(from: &mut Reader<'_>) -> Option<String> {
    from.text().map(str::to_owned)
}

fn flag(from: &mut Reader<'_>) -> Option<bool> {
    match from.number()? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Names of formats, encodings and values of messages: a few dozen in all of tongban. They last as long as the program, as those that
/// stand in its source do; a file that brings more than that, or longer ones, is not of ours.
fn lasting(text: &str) -> Option<&'static str> {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    const MOST: usize = 512;
    const LONGEST: usize = 40;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(&same) = known.get(text) {
        return Some(same);
    }
    if known.len() >= MOST || text.len() > LONGEST {
        return None;
    }
    let lasting: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(lasting);
    Some(lasting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_folder() {
        let there_and_back = |at: &str, name: &str, later: &str| {
            let mut out = Writer::default();
            Root(at).write(&mut out, name);
            Root(later).read(&mut Reader(&out.0))
        };
        for (at, name, later, expected) in [
            ("甲/", "甲/清单.csv", "", "清单.csv"),
            ("", "清单.csv", "甲/", "甲/清单.csv"),
            ("", "../清单.csv", "甲/", "../清单.csv"),
            ("", "/清单.csv", "甲/", "/清单.csv"),
            ("甲/", "乙/清单.csv", "", "乙/清单.csv"),
            ("", "<stdin>", "甲/", "<stdin>"),
            ("", "", "甲/", ""),
            ("甲/", "", "", ""),
        ] {
            assert_eq!(
                there_and_back(at, name, later).as_deref(),
                Some(expected),
                "{at} {name}"
            );
        }
    }
}

//! Writing texts back into an XLSX: only the cells that change, in the parts of their sheets; every other part of the package is
//! copied as it is, packed. The shared strings stay too: what is written is written in the cell.
//!
//! Must not know why a text is to be written otherwise.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use quick_xml::escape::{escape, unescape};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::edit::{Asker, Change, Edited, Left, Where, is_number};
use super::super::limits;
use super::tags::{Does, Tag, spans};
use crate::model::At;

/// Why a workbook is not written.
pub(in super::super) enum Refusal {
    /// It is signed, and would not be any more.
    Signed,
    /// What is wrong with it.
    Other(String),
}

impl From<String> for Refusal {
    fn from(error: String) -> Self {
        Refusal::Other(error)
    }
}

/// Puts other texts into a workbook that was read before: its limits were held then.
pub(in super::super) fn edit(bytes: &[u8], mut asker: Asker<'_>) -> Result<Edited, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive
        .file_names()
        .any(|name| name.is_ok_and(|name| name.starts_with("_xmlsignatures/")))
    {
        return Err(Refusal::Signed);
    }
    let book = Book::of(&mut archive)?;
    let mut rewritten: BTreeMap<String, String> = BTreeMap::new();
    for (name, part) in &book.sheets {
        if !asker.knows(name) {
            continue;
        }
        let xml = read(&mut archive, part)?;
        if let Some(new) = sheet(name, &xml, &book.strings, &mut asker) {
            rewritten.insert(part.clone(), new);
        }
    }
    if rewritten.is_empty() {
        return Ok(asker.edited);
    }
    asker.edited.bytes = Some(repack(archive, &rewritten).map_err(|error| error.to_string())?);
    Ok(asker.edited)
}

/// The package with other parts of these names; all others are copied without being unpacked.
fn repack(
    mut archive: ZipArchive<Cursor<&[u8]>>,
    rewritten: &BTreeMap<String, String>,
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    out.set_raw_comment(archive.comment().into())?;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at)?;
        let Some(xml) = rewritten.get(&*part.name()?) else {
            out.raw_copy_file(part)?;
            continue;
        };
        let mut options = SimpleFileOptions::default()
            .compression_method(part.compression())
            .large_file(xml.len() as u64 > u64::from(u32::MAX));
        if let Some(time) = part.last_modified() {
            options = options.last_modified_time(time);
        }
        out.start_file(part.name()?.into_owned(), options)?;
        out.write_all(xml.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

/// What must be known of a workbook to find a text in it.
struct Book {
    /// Name and part of each sheet.
    sheets: Vec<(String, String)>,
    /// The shared strings.
    strings: Vec<Plain>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

impl Book {
    fn of(archive: &mut Archive<'_>) -> Result<Book, String> {
        let office = relations(&read(archive, "_rels/.rels")?)
            .into_iter()
            .find(|(_, kind, _)| kind.ends_with("/relationships/officeDocument"));
        let path = office.map(|(_, _, target)| target.trim_start_matches('/').to_owned());
        let path = path.ok_or("no workbook in it")?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let inside = |target: &str| match (target.strip_prefix('/'), folder) {
            (Some(whole), _) => whole.to_owned(),
            (None, "") => target.to_owned(),
            (None, folder) => format!("{folder}/{target}"),
        };
        let targets = relations(&read(archive, &inside(&format!("_rels/{file}.rels")))?);
        let mut sheets = Vec::new();
        for (_, tag) in spans(&read(archive, &path)?).filter(|(_, tag)| tag.name == b"sheet" && tag.opens()) {
            let id = text(&tag, "id");
            let target = targets.iter().find(|(own, ..)| *own == id);
            if let Some((_, _, target)) = target {
                sheets.push((text(&tag, "name"), inside(target)));
            }
        }
        let strings = targets
            .iter()
            .find(|(_, kind, _)| kind.ends_with("/relationships/sharedStrings"));
        let strings = match strings {
            Some((_, _, target)) => self::strings(&read(archive, &inside(target))?),
            None => Vec::new(),
        };
        Ok(Book { sheets, strings })
    }
}

/// A part as text. It was counted and looked through when the workbook was read.
fn read(archive: &mut Archive<'_>, name: &str) -> Result<String, String> {
    let error = |error: &dyn std::fmt::Display| format!("{name}: {error}");
    let part = archive.by_name(name).map_err(|found| error(&found))?;
    let mut text = String::new();
    part.take(limits::XLSX_BYTES)
        .read_to_string(&mut text)
        .map_err(|found| error(&found))?;
    Ok(text)
}

/// Id, type and target of relations.
fn relations(xml: &str) -> Vec<(String, String, String)> {
    spans(xml)
        .filter(|(_, tag)| tag.name == b"Relationship" && tag.opens())
        .map(|(_, tag)| (text(&tag, "Id"), text(&tag, "Type"), text(&tag, "Target")))
        .collect()
}

fn text(tag: &Tag<'_>, name: &str) -> String {
    let raw = String::from_utf8_lossy(tag.attribute(name).unwrap_or_default());
    unescape(&raw).map_or_else(|_| raw.to_string(), |text| text.into_owned())
}

/// The shared strings.
fn strings(xml: &str) -> Vec<Plain> {
    let mut strings = Vec::new();
    let mut plain = Plain::default();
    for (range, tag) in spans(xml) {
        match (tag.name, tag.does) {
            (b"si", Does::Both) => strings.push(Plain::default()),
            (b"si", Does::Open) => plain = Plain::default(),
            (b"si", Does::Close) => strings.push(std::mem::take(&mut plain)),
            _ => plain.take(xml, range, &tag),
        }
    }
    strings
}

/// The text of a string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Plain {
    text: String,
    /// Where the piece begins that is open.
    open: Option<usize>,
    /// Inside of the reading of a word, which is no part of the text.
    reading: bool,
    /// Whether it is more than one text: runs of its own look (`<r>`), readings (`<rPh>`), escapes that are not written here.
    odd: bool,
}

impl Plain {
    fn take(&mut self, xml: &str, range: Range<usize>, tag: &Tag<'_>) {
        match (tag.name, tag.does) {
            (b"t", Does::Open) => self.open = Some(range.end),
            (b"t", Does::Close) => {
                let raw = self.open.take().map_or("", |start| &xml[start..range.start]);
                // Comments and literal text are not written by anybody, and _x000D_ is another character.
                self.odd |= raw.contains(['<', '\r']) || raw.contains("_x");
                match unescape(raw) {
                    Ok(text) if !self.reading => self.text.push_str(&text),
                    Ok(_) => {}
                    Err(_) => self.odd = true,
                }
            }
            (b"rPh", does) => {
                self.reading = does == Does::Open;
                self.odd = true;
            }
            (b"r" | b"phoneticPr", _) => self.odd = true,
            _ => {}
        }
    }
}

/// One cell of a sheet.
struct Cell {
    row: u32,
    column: u32,
    range: Range<usize>,
    /// Its opening tag.
    tag: Range<usize>,
    /// As its type says: `s`, `inlineStr`, `str` …
    kind: Vec<u8>,
    /// What stands in `<v>`.
    value: Option<String>,
    plain: Plain,
    formula: bool,
    /// Whether it is more than a text with a style (an image in a cell, a dynamic array).
    special: bool,
}

impl Cell {
    fn number(&self) -> bool {
        matches!(self.kind.as_slice(), b"" | b"n")
    }

    /// Whether its text is more than one plain text.
    fn rich(&self, strings: &[Plain]) -> bool {
        let shared = || {
            self.value
                .as_deref()?
                .trim()
                .parse()
                .ok()
                .and_then(|number: usize| strings.get(number))
        };
        match self.kind.as_slice() {
            b"s" => shared().is_none_or(|string| string.odd),
            _ => self.plain.odd,
        }
    }
}

/// Cells from … to …, both included: first row, first column, last row, last column.
type Block = (u32, u32, u32, u32);

/// A sheet with other texts in it; `None` where nothing changes.
fn sheet(name: &str, xml: &str, strings: &[Plain], asker: &mut Asker<'_>) -> Option<String> {
    let mut found: Vec<(Cell, Change)> = Vec::new();
    let mut validated: Vec<Block> = Vec::new();
    let mut protected = false;
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut cell: Option<Cell> = None;
    let mut open = 0;
    // Whether the stream is inside of a validation by a list, and where its cells are named.
    let mut list = false;
    for (range, tag) in spans(xml) {
        match (tag.name, tag.does) {
            (b"row", Does::Open | Does::Both) => {
                row = tag.number("r").unwrap_or(row.saturating_add(1));
                column = 0;
            }
            (b"c", Does::Open | Does::Both) => {
                let own = tag.attribute("r").and_then(at);
                let (own_row, own_column) = own.unwrap_or((row, column.saturating_add(1)));
                column = own_column;
                let special = ["cm", "vm", "ph"].iter().any(|name| tag.attribute(name).is_some());
                cell = (tag.does == Does::Open).then(|| Cell {
                    row: own_row,
                    column: own_column,
                    range: range.clone(),
                    tag: range.clone(),
                    kind: tag.attribute("t").unwrap_or_default().to_vec(),
                    value: None,
                    plain: Plain::default(),
                    formula: false,
                    special,
                });
            }
            (b"c", Does::Close) => {
                if let Some(mut cell) = cell.take() {
                    cell.range.end = range.end;
                    if let Some(change) = asked(name, &cell, strings, asker) {
                        found.push((cell, change));
                    }
                }
            }
            (b"f", _) => cell.iter_mut().for_each(|cell| cell.formula = true),
            (b"v", Does::Open) => open = range.end,
            (b"v", Does::Close) => {
                if let Some(cell) = &mut cell {
                    cell.value = xml.get(open..range.start).map(str::to_owned);
                }
            }
            (b"sheetProtection", does) if does != Does::Close => protected |= tag.says("sheet"),
            (b"dataValidation", Does::Close) => list = false,
            (b"dataValidation", does) => {
                let own = tag.attribute("type") == Some(b"list");
                list = own && does == Does::Open;
                if own {
                    validated.extend(blocks(&text(&tag, "sqref")));
                }
            }
            (b"sqref", Does::Open) => open = range.end,
            (b"sqref", Does::Close) if list => validated.extend(blocks(xml.get(open..range.start).unwrap_or_default())),
            _ => {
                if let Some(cell) = &mut cell {
                    cell.plain.take(xml, range, &tag);
                }
            }
        }
    }
    let mut out = String::with_capacity(xml.len());
    let mut end = 0;
    for (cell, change) in found {
        let inside =
            |block: &Block| (block.0..=block.2).contains(&cell.row) && (block.1..=block.3).contains(&cell.column);
        let left = match () {
            () if protected => Some(Left::Protected),
            () if cell.formula || cell.kind == b"str" => Some(Left::Formula),
            () if cell.special || cell.rich(strings) => Some(Left::Rich),
            () if validated.iter().any(inside) => Some(Left::Validated),
            () => None,
        };
        if let Some(left) = left {
            asker.leave(left);
            continue;
        }
        let Some(literal) = literal(&xml[cell.tag.clone()], &change.new, cell.number()) else {
            asker.leave(Left::Notation);
            continue;
        };
        out.push_str(&xml[end..cell.range.start]);
        out.push_str(&literal);
        end = cell.range.end;
        asker.edited.changes.push(change);
    }
    out.push_str(&xml[end..]);
    (end > 0).then_some(out)
}

/// What is to stand in a cell, if it holds one plain text.
fn asked(sheet: &str, cell: &Cell, strings: &[Plain], asker: &mut Asker<'_>) -> Option<Change> {
    let text = match cell.kind.as_slice() {
        b"s" => {
            let number: usize = cell.value.as_deref()?.trim().parse().ok()?;
            Cow::Borrowed(strings.get(number)?.text.as_str())
        }
        b"inlineStr" => Cow::Borrowed(cell.plain.text.as_str()),
        // What a formula gave; also where an array reaches a cell that has none of its own.
        b"str" => unescape(cell.value.as_deref()?).ok()?,
        // A number; days of the calendar are read as other texts than they stand here.
        b"" | b"n" => Cow::Borrowed(cell.value.as_deref().filter(|value| is_number(value))?),
        _ => return None,
    };
    let at = At { row: cell.row, line: 0 };
    let column = usize::try_from(cell.column).ok()?.checked_sub(1)?;
    let change = asker.ask(Some(sheet), at, &Where::Column(column), &text)?;
    // A number stays one.
    (!cell.number() || is_number(&change.new)).then_some(change)
}

/// A cell with a text or a number of its own, its other attributes as they stand.
fn literal(tag: &str, new: &str, number: bool) -> Option<String> {
    // Control characters are no XML, and a carriage return would be read as another line end.
    if new.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) || new.contains("_x") {
        return None;
    }
    let inside = tag
        .strip_prefix('<')?
        .strip_suffix('>')?
        .trim_end_matches('/')
        .trim_end();
    let name = inside.split(char::is_whitespace).next()?;
    let prefix = name.strip_suffix('c')?;
    let mut out = format!("<{name}");
    let mut rest = inside[name.len()..].trim_start();
    while let Some((key, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let end = value[1..].find(quote)? + 2;
        if key.trim() != "t" {
            out.push_str(&format!(" {}={}", key.trim(), &value[..end]));
        }
        rest = value[end..].trim_start();
    }
    if number {
        out.push_str(&format!("><{prefix}v>{new}</{prefix}v></{name}>"));
        return Some(out);
    }
    let text = escape(new);
    out.push_str(&format!(
        " t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{name}>"
    ));
    Some(out)
}

/// Row and column of `B5`, both from 1.
fn at(reference: &[u8]) -> Option<(u32, u32)> {
    let letters = reference.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = reference[..letters].iter().fold(0_u32, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row = std::str::from_utf8(&reference[letters..]).ok()?.parse().ok()?;
    Some((row, column))
}

/// The blocks of `A1:B9 D3`; whole rows and columns (`A:A`) reach to the end of every sheet.
fn blocks(references: &str) -> Vec<Block> {
    let one = |reference: &str| {
        let reference = reference.replace('$', "");
        let (first, last) = reference.split_once(':').unwrap_or((&reference, &reference));
        match (at(first.as_bytes()), at(last.as_bytes())) {
            (Some(first), Some(last)) => (first.0, first.1, last.0, last.1),
            // Not understood: to be safe, everywhere.
            _ => (0, 0, u32::MAX, u32::MAX),
        }
    };
    references.split_whitespace().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_what_else_they_say() {
        for (tag, cell) in [
            (
                r#"<c r="B5" s="3" t="s">"#,
                r#"<c r="B5" s="3" t="inlineStr"><is><t xml:space="preserve">甲&amp;乙</t></is></c>"#,
            ),
            (
                r#"<x:c t='s' r='B5'>"#,
                r#"<x:c r='B5' t="inlineStr"><x:is><x:t xml:space="preserve">甲&amp;乙</x:t></x:is></x:c>"#,
            ),
        ] {
            assert_eq!(literal(tag, "甲&乙", false).as_deref(), Some(cell));
        }
        assert_eq!(literal("<c>", "\u{1}", false), None);
        assert_eq!(
            literal(r#"<c r="B5" s="3" t="n">"#, "10", true).as_deref(),
            Some(r#"<c r="B5" s="3"><v>10</v></c>"#)
        );
    }

    #[test]
    fn references() {
        assert_eq!(at(b"B5"), Some((5, 2)));
        assert_eq!(at(b"XFD1048576"), Some((1_048_576, 16_384)));
        assert_eq!(at(b"5"), None);
        assert_eq!(blocks("A1:B9 $D$3"), [(1, 1, 9, 2), (3, 4, 3, 4)]);
        assert_eq!(blocks("A:A"), [(0, 0, u32::MAX, u32::MAX)]);
    }

    #[test]
    fn strings_that_are_one_text() {
        let xml = "<sst><si><t>a&lt;b</t></si><si/><si><r><t>c</t></r></si><si><t>d_x000D_</t></si><si><t/></si></sst>";
        let found: Vec<(String, bool)> = strings(xml).into_iter().map(|one| (one.text, one.odd)).collect();
        let expected = [
            ("a<b", false),
            ("", false),
            ("c", true),
            ("d_x000D_", true),
            ("", false),
        ];
        assert_eq!(found, expected.map(|(text, odd)| (text.to_owned(), odd)));
    }
}

//! The parts of an XLSX, looked through before its reader opens it: what it would have to hold in memory is limited, and of
//! every sheet it is learnt what must be known before its rows are read.
//!
//! Must not know values of cells.

use std::collections::BTreeMap;
use std::io::Read;

use super::super::limits;
use super::super::sheet::Merge;
use super::package;
use super::survey::Survey;
use super::tags::{Does, Tag, tags, xml};

/// Looks through the whole workbook; gives what is known of each sheet, in the order of the workbook, and what `open` gives: the
/// workbook, opened by its reader. Where everything stands in its usual place, that is done while the sheets are looked through,
/// for then they are nothing that opening reads.
pub(super) fn surveys<T: Send>(
    bytes: &[u8],
    open: impl FnOnce() -> Result<T, String> + Send,
) -> Result<(Vec<Option<Survey>>, T), String> {
    let mut parts = package::parts(bytes, |name| !is_sheet(name), look)?;
    let usual = |relation: &Relation| {
        !relation.kind.ends_with("/relationships/officeDocument")
            || relation.target.trim_start_matches('/') == "xl/workbook.xml"
    };
    let usual = parts.iter().all(|(name, part)| match part {
        Part::Relations(list) if name == "_rels/.rels" => list.iter().all(usual),
        _ => true,
    });
    let sheets = || package::parts(bytes, is_sheet, look);
    let (sheets, opened) = if usual {
        rayon::join(sheets, open)
    } else {
        let sheets = sheets();
        let opened = if sheets.is_ok() { open() } else { Err(String::new()) };
        (sheets, opened)
    };
    // What the look at the parts says is said first: it is the reason for what the reader says.
    parts.extend(sheets?);
    Ok((order(parts)?, opened?))
}

/// Whether a part is a sheet where sheets usually stand. Opening a workbook in its usual place reads none of these.
fn is_sheet(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.strip_prefix("xl/worksheets/sheet")
        .is_some_and(|rest| rest.ends_with(".xml"))
}

/// Brings what was found in the order of the workbook.
fn order(parts: Vec<(String, Part)>) -> Result<Vec<Option<Survey>>, String> {
    let mut workbook: Option<(String, Vec<String>)> = None;
    let mut relations: BTreeMap<String, Vec<Relation>> = BTreeMap::new();
    let mut books: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut sheets: BTreeMap<String, Survey> = BTreeMap::new();
    for (name, part) in parts {
        // As the reader looks parts up.
        let name = name.replace('\\', "/").to_ascii_lowercase();
        match part {
            Part::Relations(list) => _ = relations.insert(name, list),
            Part::Workbook(ids) => _ = books.insert(name, ids),
            Part::Sheet(sheet) => _ = sheets.insert(name, sheet.survey),
            Part::Strings { .. } | Part::Kept { .. } | Part::Other => {}
        }
    }
    let office = |relation: &&Relation| relation.kind.ends_with("/relationships/officeDocument");
    if let Some(document) = relations.get("_rels/.rels").and_then(|list| list.iter().rfind(office)) {
        let path = document.target.trim_start_matches('/').to_ascii_lowercase();
        workbook = books.remove(&path).map(|ids| (path, ids));
    }
    let Some((path, ids)) = workbook else {
        return Err("no workbook in it".to_owned());
    };
    let (folder, file) = path
        .rsplit_once('/')
        .map_or(("", &*path), |(folder, file)| (folder, file));
    let inside = |name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let targets = relations
        .remove(&inside(&format!("_rels/{file}.rels")))
        .unwrap_or_default();
    let survey = |id: &String| {
        let target = &targets.iter().find(|relation| relation.id == *id)?.target;
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_ascii_lowercase(),
            None => inside(&target.to_ascii_lowercase()),
        };
        sheets.get(&path).cloned()
    };
    Ok(ids.iter().map(survey).collect())
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

enum Part {
    /// Nothing that the reader opens.
    Other,
    Sheet(Box<SheetPart>),
    Strings {
        bytes: u64,
        /// Bytes of text in the string so far.
        joined: usize,
    },
    /// Read into memory as a whole: styles, colours. Counts its elements.
    Kept {
        elements: usize,
    },
    Relations(Vec<Relation>),
    /// The relations of its sheets.
    Workbook(Vec<String>),
}

fn look(size: u64, reader: &mut dyn Read) -> Result<Part, String> {
    let Some(reader) = xml(reader)? else {
        return Ok(Part::Other);
    };
    let mut part: Option<Part> = None;
    tags(reader, |tag| match &mut part {
        Some(part) => part.take(tag),
        None => {
            part = Some(Part::of(tag, size)?);
            Ok(())
        }
    })?;
    Ok(part.unwrap_or(Part::Other))
}

impl Part {
    /// What a part is, by its first tag.
    fn of(root: &Tag<'_>, size: u64) -> Result<Part, String> {
        Ok(match root.name {
            b"worksheet" => Part::Sheet(Box::default()),
            b"sst" => {
                if size > limits::XLSX_STRINGS_BYTES {
                    return Err(format!("more than {} bytes of strings", limits::XLSX_STRINGS_BYTES));
                }
                claimed_strings(root, size)?;
                Part::Strings { bytes: size, joined: 0 }
            }
            b"styleSheet" | b"theme" | b"workbook" | b"Relationships" if size > limits::XLSX_KEPT_BYTES => {
                return Err(format!("more than {} bytes", limits::XLSX_KEPT_BYTES));
            }
            b"styleSheet" | b"theme" => Part::Kept { elements: 0 },
            b"workbook" => Part::Workbook(Vec::new()),
            b"Relationships" => Part::Relations(Vec::new()),
            _ => Part::Other,
        })
    }

    fn take(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        match self {
            Part::Other => {}
            Part::Sheet(sheet) => return sheet.take(tag),
            Part::Strings { bytes, joined } => {
                match tag.name {
                    b"si" if tag.opens() => *joined = 0,
                    // The reader takes the first that it comes to, wherever it stands.
                    b"sst" if tag.opens() => claimed_strings(tag, *bytes)?,
                    _ => {}
                }
                return join(joined, tag);
            }
            Part::Kept { elements } => {
                *elements += 1;
                if *elements > limits::XLSX_KEPT_ELEMENTS {
                    return Err(format!("more than {} elements", limits::XLSX_KEPT_ELEMENTS));
                }
            }
            Part::Relations(list) if tag.name == b"Relationship" && tag.opens() => {
                let text = |name| text(tag.attribute(name).unwrap_or_default());
                list.push(Relation {
                    id: text("Id"),
                    kind: text("Type"),
                    target: text("Target"),
                });
            }
            Part::Workbook(ids) if tag.name == b"sheet" && tag.opens() => {
                ids.push(text(tag.attribute("id").unwrap_or_default()));
            }
            Part::Relations(_) | Part::Workbook(_) => {}
        }
        Ok(())
    }
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// Adds up the text of a string that is made of several pieces.
pub(super) fn join(joined: &mut usize, tag: &Tag<'_>) -> Result<(), String> {
    *joined = joined.saturating_add(tag.text);
    if *joined > limits::FIELD_BYTES {
        return Err(format!("a text of more than {} bytes", limits::FIELD_BYTES));
    }
    Ok(())
}

/// The reader makes room for as many strings as a start tag claims. Only `uniqueCount` is reserved for; `count` may honestly be
/// larger than the part is long.
fn claimed_strings(tag: &Tag<'_>, bytes: u64) -> Result<(), String> {
    let Some(claimed) = tag.attribute("uniqueCount") else {
        return Ok(());
    };
    // What cannot be read is no number to the reader either, or one too large.
    let claimed = match tag.number("uniqueCount") {
        None if claimed.iter().any(u8::is_ascii_digit) => u64::MAX,
        claimed => claimed.unwrap_or(0),
    };
    if claimed > limits::XLSX_STRINGS || claimed > bytes / 5 {
        return Err(format!("claims {claimed} strings in {bytes} bytes"));
    }
    Ok(())
}

/// Digits that a number keeps.
const EXACT: usize = 15;

#[derive(Default)]
struct SheetPart {
    survey: Survey,
    row: u32,
    /// How many cells the row has so far.
    nth: u32,
    /// How the cell names itself.
    reference: [u8; 16],
    reference_len: usize,
    has_formula: bool,
    has_value: bool,
    is_text: bool,
    /// Whether it is a number, or the number of a shared string.
    is_number: bool,
    is_shared: bool,
    joined: usize,
}

impl SheetPart {
    fn take(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        join(&mut self.joined, tag)?;
        match tag.name {
            b"v" if tag.does == Does::Close => {
                self.has_value |= tag.text > 0;
                self.value(tag);
            }
            b"c" => {
                if tag.opens() {
                    self.cell(tag);
                }
                if tag.does != Does::Open && self.has_formula {
                    self.formula();
                }
            }
            b"f" => self.has_formula |= tag.opens(),
            b"row" if tag.opens() => {
                self.row = match tag.attribute("r") {
                    Some(value) if value.len() > 9 || !value.iter().all(u8::is_ascii_digit) => {
                        self.unreadable(value);
                        0
                    }
                    Some(_) => tag.number("r").unwrap_or(0),
                    None => self.row.saturating_add(1),
                };
                self.nth = 0;
                if tag.says("hidden") {
                    self.survey.hide_rows(self.row, self.row);
                }
            }
            b"col" if tag.opens() && tag.says("hidden") => {
                if let (Some(first @ 1..), Some(last @ 1..)) = (tag.number::<u32>("min"), tag.number::<u32>("max")) {
                    self.survey.hidden_columns.push((first - 1, last - 1));
                }
            }
            b"mergeCell" if tag.opens() => {
                let Some(reference) = tag.attribute("ref") else {
                    return Ok(());
                };
                let Some(((first_row, first_column), (last_row, last_column))) = block(reference) else {
                    return Err(format!("merged block {}", text(reference)));
                };
                self.survey.merge(Merge {
                    first_row,
                    last_row,
                    first_column: first_column as usize,
                    last_column: last_column as usize,
                })?;
            }
            b"dimension" if tag.opens() => {
                // The reader takes the one from the other without looking.
                if let Some(reference) = tag.attribute("ref")
                    && block(reference).is_none()
                {
                    self.unreadable(reference);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, tag: &Tag<'_>) {
        self.nth = self.nth.saturating_add(1);
        (self.has_formula, self.has_value, self.is_text, self.joined) = (false, false, false, 0);
        (self.is_number, self.is_shared) = (true, false);
        self.reference_len = 0;
        for (name, value) in tag.attributes() {
            match name {
                b"r" => {
                    // Six letters and nine digits still fit the reader's numbers, and so does all that is shorter.
                    if value.len() > 6 && cell_at(value).is_none() {
                        self.unreadable(value);
                    }
                    if let Some(slot) = self.reference.get_mut(..value.len()) {
                        slot.copy_from_slice(value);
                        self.reference_len = value.len();
                    }
                }
                b"t" => {
                    self.is_text = value == b"str";
                    self.is_shared = value == b"s";
                    self.is_number = value == b"n";
                }
                _ => {}
            }
        }
    }

    /// The cell that is being looked at: row from 1, column from 0.
    fn at(&self) -> (u32, u32) {
        cell_at(&self.reference[..self.reference_len]).unwrap_or((self.row, self.nth.saturating_sub(1)))
    }

    /// The reader gives numbers as such: of a long one only what is written shows which digits it had. And a string that is not
    /// there is nothing to it.
    fn value(&mut self, tag: &Tag<'_>) {
        if self.is_number && tag.text > EXACT && self.survey.long_numbers.len() < limits::FINDINGS {
            self.survey.long_numbers.insert(self.at(), text(tag.words));
        }
        let number = tag.text < 10 && tag.words.trim_ascii().iter().all(u8::is_ascii_digit);
        if self.is_shared && !number {
            let (row, column) = self.at();
            self.survey.no_string.add(row, column);
        }
    }

    fn formula(&mut self) {
        let (row, column) = self.at();
        self.survey.formulas.add(row, column);
        if !self.has_value && !self.is_text {
            self.survey.valueless.add(row, column);
        }
        self.has_formula = false;
    }

    fn unreadable(&mut self, reference: &[u8]) {
        let why = || format!("reference {}", text(&reference[..reference.len().min(40)]));
        self.survey.unreadable.get_or_insert_with(why);
    }
}

/// Row (from 1) and column (from 0) of `B12`; `None` for what is none or does not fit the reader's numbers.
fn cell_at(reference: &[u8]) -> Option<(u32, u32)> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = reference.split_at(letters);
    if !(1..=6).contains(&letters.len()) || !(1..=9).contains(&digits.len()) {
        return None;
    }
    let column = letters.iter().fold(0, |sum, letter| {
        sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (row > 0).then_some((row, column - 1))
}

/// The first and the last cell of `A1:B2` or `A1`.
fn block(reference: &[u8]) -> Option<((u32, u32), (u32, u32))> {
    let mut ends = reference.split(|byte| *byte == b':');
    let first = cell_at(ends.next()?)?;
    let last = ends.next().map_or(Some(first), cell_at)?;
    (ends.next().is_none() && first.0 <= last.0 && first.1 <= last.1).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(xml: &str) -> Result<Survey, String> {
        match look(xml.len() as u64, &mut xml.as_bytes())? {
            Part::Sheet(sheet) => Ok(sheet.survey),
            _ => Err("no sheet".to_owned()),
        }
    }

    #[test]
    fn claims_are_held_against_the_size() {
        let look = |xml: &str| look(100, &mut xml.as_bytes()).map(|_| ());
        assert!(look("<?xml?><sst count=\"3\" uniqueCount=\"20\"><si/></sst>").is_ok());
        assert!(look("<x:sst xmlns:x='y' uniqueCount='21'/>").is_err());
        assert!(look("<sst uniqueCount='99999999999999999999999'/>").is_err());
        assert!(look("<sst count=\"300\"/>").is_ok());
        assert!(look("<a/><sst uniqueCount='1'/>").is_ok());
    }

    #[test]
    fn a_sheet_is_surveyed() {
        let survey = sheet(
            "<x:worksheet xmlns:x='m'><x:dimension ref=\"A1:C4\"/><cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData>\
             <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\" hidden=\"true\"/><row hidden=\"1\"><c><v>1</v></c><c><f>A1</f><v/></c></row>\
             <row r=\"9\" hidden=\"0\"><x:c r=\"C9\" t=\"str\"><x:f>A2</x:f><x:v></x:v></x:c><c r=\"D9\"><f>1</f><v>1</v></c></row>\
             </sheetData><mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"C3\"/></mergeCells></x:worksheet>",
        )
        .unwrap();
        assert_eq!(survey.hidden_rows, [(2, 3)]);
        assert_eq!(survey.hidden_columns, [(1, 2)]);
        assert_eq!((survey.formulas.count, survey.formulas.first), (3, (3, 1)));
        assert_eq!((survey.valueless.count, survey.valueless.first), (1, (3, 1)));
        let merge = Merge {
            first_row: 1,
            last_row: 2,
            first_column: 0,
            last_column: 1,
        };
        assert_eq!(survey.merges, [merge]);
        assert_eq!(survey.unreadable, None);
    }

    #[test]
    fn references_that_would_overflow_are_noticed() {
        for cell in ["AAAAAAA1", "A9999999999", "XFD10485760000"] {
            let survey = sheet(&format!(
                "<worksheet><sheetData><row><c r=\"{cell}\"/></row></sheetData></worksheet>"
            ));
            assert!(survey.unwrap().unreadable.is_some(), "{cell}");
        }
        assert!(
            sheet("<worksheet><dimension ref=\"B2:A1\"/></worksheet>")
                .unwrap()
                .unreadable
                .is_some()
        );
        assert!(
            sheet("<worksheet><row r=\"99999999999\"/></worksheet>")
                .unwrap()
                .unreadable
                .is_some()
        );
        assert_eq!(cell_at(b"XFD1048576"), Some((1_048_576, 16_383)));
        assert_eq!(cell_at(b"ZZZZ1"), Some((1, 475_253)));
        assert_eq!(cell_at(b"A0"), None);
    }

    #[test]
    fn a_string_of_many_pieces_has_a_limit() {
        let piece = format!("<r><t>{}</t></r>", "a".repeat(limits::FIELD_BYTES / 2));
        let strings = |count: usize| {
            let xml = format!("<sst><si>{}</si></sst>", piece.repeat(count));
            look(xml.len() as u64, &mut xml.as_bytes()).map(|_| ())
        };
        assert!(strings(2).is_ok());
        assert!(strings(3).is_err());
    }
}

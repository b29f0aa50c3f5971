//! ODS: the content is gone through twice, first for what must be known before the rows, then for the rows. Both as a stream: a
//! cell or a row that says it is there a million times is kept once, and what is blank costs nothing.
//!
//! Must not know other formats.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader as Xml;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::limits;
use super::super::sheet::{Came, Context, Merge, RawCell};
use super::super::table::Loaded;
use super::ooxml::join;
use super::survey::{Reading, Survey, say_not_understood};
use super::tags::{Does, Tag, tags, xml};
use super::{clock, iso_date_text, number_text, package, percent_text, yes_no};

/// Reads all sheets.
pub(super) fn read(context: Context<'_>, bytes: &[u8], loaded: &mut Loaded) -> Result<(), String> {
    let mut surveys = None;
    for (name, part) in package::parts(bytes, |_| true, look)? {
        if name == "content.xml" {
            surveys = part;
        }
    }
    let surveys = surveys.ok_or("no content in it")?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let content = archive.by_name("content.xml").map_err(|error| error.to_string())?;
    let mut xml = Xml::from_reader(BufReader::new(content));
    xml.config_mut().expand_empty_elements = true;
    Tables {
        context,
        xml,
        buffer: Vec::new(),
        repeated: 0,
    }
    .read(surveys, loaded)
}

fn look(_size: u64, reader: &mut dyn Read) -> Result<Option<Vec<Survey>>, String> {
    let Some(reader) = xml(reader)? else {
        return Ok(None);
    };
    let mut content: Option<Content> = None;
    tags(reader, |tag| {
        match (tag.name, &mut content) {
            (b"document-content", None) => content = Some(Content::default()),
            (b"encryption-data", None) => return Err("password".to_owned()),
            (_, Some(content)) => return content.take(tag),
            (_, None) => {}
        }
        Ok(())
    })?;
    Ok(content.map(|content| content.sheets))
}

/// What is learnt of the sheets before their rows are read.
#[derive(Default)]
struct Content {
    sheets: Vec<Survey>,
    style: Vec<u8>,
    hidden_styles: BTreeSet<Vec<u8>>,
    /// How many tables the stream is inside of: a cell may hold a table, which is no sheet.
    depth: usize,
    row: u32,
    row_repeated: u32,
    column: u32,
    joined: usize,
}

impl Content {
    fn take(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        join(&mut self.joined, tag)?;
        match tag.name {
            b"style" if tag.opens() => self.style = tag.attribute("name").unwrap_or_default().to_vec(),
            b"table-properties" if tag.attribute("display") == Some(b"false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            b"table" => {
                if tag.opens() {
                    if self.depth == 0 {
                        let style = tag.attribute("style-name").unwrap_or_default();
                        self.sheets.push(Survey {
                            hidden: self.hidden_styles.contains(style),
                            ..Survey::default()
                        });
                        (self.row, self.column) = (0, 0);
                    }
                    self.depth += 1;
                }
                if tag.does != Does::Open {
                    self.depth = self.depth.saturating_sub(1);
                }
            }
            // Spaces may be given by their number.
            b"s" if tag.opens() => {
                self.joined = self.joined.saturating_add(tag.number("c").unwrap_or(1));
                join(&mut self.joined, tag)?;
            }
            _ if self.depth == 1 && tag.opens() => return self.part_of_sheet(tag),
            _ => {}
        }
        Ok(())
    }

    fn part_of_sheet(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        let repeated = |name| tag.number(name).unwrap_or(1_u32).max(1);
        let hidden = || {
            tag.attribute("visibility")
                .is_some_and(|how| how == b"collapse" || how == b"filter")
        };
        match tag.name {
            b"table-column" => {
                let first = self.column;
                self.column = first.saturating_add(repeated("number-columns-repeated"));
                if hidden() {
                    sheet.hidden_columns.push((first, self.column - 1));
                }
            }
            b"table-row" => {
                let first = self.row.saturating_add(1);
                self.row_repeated = repeated("number-rows-repeated");
                self.row = self.row.saturating_add(self.row_repeated);
                self.column = 0;
                if hidden() {
                    sheet.hide_rows(first, self.row);
                }
            }
            b"table-cell" | b"covered-table-cell" => {
                self.joined = 0;
                let (first, columns) = (self.column, repeated("number-columns-repeated"));
                self.column = first.saturating_add(columns);
                let row = self.row.saturating_sub(self.row_repeated).saturating_add(1);
                if tag.attribute("formula").is_some() {
                    sheet.formulas.add(row, first);
                }
                let (down, across) = (repeated("number-rows-spanned"), repeated("number-columns-spanned"));
                // An empty block says nothing, however often it is there.
                if (down, across) == (1, 1) || tag.does == Does::Both {
                    return Ok(());
                }
                for row in row..=self.row {
                    sheet.merge(Merge {
                        first_row: row,
                        last_row: row.saturating_add(down - 1),
                        first_column: first as usize,
                        last_column: first.saturating_add(across - 1) as usize,
                    })?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Reads the tables of the content.
struct Tables<'a, R> {
    context: Context<'a>,
    xml: Xml<R>,
    buffer: Vec<u8>,
    /// Cells given so far only because something is repeated.
    repeated: usize,
}

/// A cell that is not blank: its text, how it came, and how many columns it fills.
struct Value {
    text: String,
    came: Came,
}

impl<R: BufRead> Tables<'_, R> {
    fn read(&mut self, surveys: Vec<Survey>, loaded: &mut Loaded) -> Result<(), String> {
        let (mut understood, mut not_understood) = (false, Vec::new());
        let mut surveys = surveys.into_iter();
        loop {
            let name = match self.next()? {
                Event::Start(tag) if tag.name().as_ref() == "table:table" => {
                    attribute(&tag, "table:name")?.unwrap_or_default()
                }
                Event::Eof => break,
                _ => continue,
            };
            let mut reading = Reading::new(self.context, name, surveys.next().unwrap_or_default());
            let mut row = 0;
            let result = self.table(&mut row, &mut reading, loaded);
            if let Err(error) = &result {
                reading.broken(row, error.clone());
            }
            match reading.finish(loaded) {
                Ok(()) => understood = true,
                Err(sheet) => not_understood.push(*sheet),
            }
            // After broken XML nothing can be trusted.
            if result.is_err() {
                break;
            }
        }
        say_not_understood(loaded, understood, not_understood)
    }

    fn next(&mut self) -> Result<Event<'static>, String> {
        self.buffer.clear();
        self.xml
            .read_event_into(&mut self.buffer)
            .map(Event::into_owned)
            .map_err(|error| error.to_string())
    }

    fn table(&mut self, row: &mut u32, reading: &mut Reading<'_>, loaded: &mut Loaded) -> Result<(), String> {
        loop {
            match self.next()? {
                Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                    let repeated = repeated(&tag, "table:number-rows-repeated")?;
                    let first = row.saturating_add(1);
                    let cells = self.row(first, reading)?;
                    *row = row.saturating_add(repeated);
                    if cells.is_empty() {
                        continue;
                    }
                    for row in first..=*row {
                        if !reading.within(row, 0) {
                            break;
                        }
                        self.count(if row > first { cells.len() } else { 0 })?;
                        reading.row(loaded, row, &mut cells.clone());
                    }
                }
                // Before the rows there may be forms and shapes, with texts of their own.
                Event::Start(tag) if matches!(tag.name().as_ref(), "table:shapes" | "office:forms") => {
                    self.skip(&tag)?
                }
                Event::End(tag) if tag.name().as_ref() == "table:table" => return Ok(()),
                Event::Eof => return Err("XML is cut off".to_owned()),
                _ => {}
            }
        }
    }

    fn row(&mut self, row: u32, reading: &mut Reading<'_>) -> Result<Vec<RawCell<'static>>, String> {
        let mut cells = Vec::new();
        let mut column = 0_u32;
        loop {
            match self.next()? {
                Event::Start(tag) if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                    let first = column;
                    column = first.saturating_add(repeated(&tag, "table:number-columns-repeated")?);
                    let Some(Value { text, came }) = self.cell(&tag, row, first, reading)? else {
                        continue;
                    };
                    for column in first..column {
                        if !reading.within(row, column) {
                            break;
                        }
                        self.count(usize::from(column > first))?;
                        cells.push(RawCell {
                            column: column as usize,
                            text: Cow::Owned(text.clone()),
                            came,
                            again: 0,
                        });
                    }
                }
                Event::End(tag) if tag.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err("XML is cut off".to_owned()),
                _ => {}
            }
        }
    }

    fn count(&mut self, cells: usize) -> Result<(), String> {
        self.repeated += cells;
        if self.repeated > limits::REPEATED_CELLS {
            return Err(format!("more than {} repeated cells", limits::REPEATED_CELLS));
        }
        Ok(())
    }

    /// Reads a cell to its end; `None` for a blank one.
    fn cell(
        &mut self,
        tag: &BytesStart<'_>,
        row: u32,
        column: u32,
        reading: &mut Reading<'_>,
    ) -> Result<Option<Value>, String> {
        let get = |name| attribute(tag, name);
        let shown = self.text(tag)?;
        if get("calcext:value-type")?.as_deref() == Some("error") {
            reading.error(row, column, shown);
            return Ok(None);
        }
        let kind = get("office:value-type")?;
        let number = || -> Result<Option<f64>, String> { Ok(get("office:value")?.and_then(|n| n.trim().parse().ok())) };
        let (text, came) = match kind.as_deref() {
            Some("percentage") => (number()?.map(percent_text), Came::Number),
            Some("float" | "currency") => (number()?.map(number_text), Came::Number),
            Some("date") => (get("office:date-value")?.map(|date| iso_date_text(&date)), Came::Date),
            Some("time") => (get("office:time-value")?.map(|time| time_text(&time)), Came::Date),
            Some("boolean") => {
                let yes = get("office:boolean-value")?.map(|value| yes_no(value == "true").to_owned());
                (yes, Came::Text)
            }
            Some("string") => (get("office:string-value")?, Came::Text),
            _ => (None, Came::Text),
        };
        // What has no value of its own, or one that cannot be read, is what it shows.
        let text = text.unwrap_or(shown);
        if kind.is_none() && text.is_empty() && get("table:formula")?.is_some() {
            reading.valueless(row, column);
        }
        Ok((!text.trim().is_empty()).then_some(Value { text, came }))
    }

    /// The text of a cell: its paragraphs as lines, without remarks, drawings and readings (ruby).
    fn text(&mut self, cell: &BytesStart<'_>) -> Result<String, String> {
        let mut text = String::new();
        let mut paragraphs = 0;
        loop {
            match self.next()? {
                Event::Text(piece) => text.push_str(&piece.xml10_content()),
                Event::CData(piece) => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(c) => text.push(c),
                    None => {
                        let name = entity.xml10_content();
                        let resolved = resolve_predefined_entity(&name).ok_or_else(|| format!("&{name};"))?;
                        text.push_str(resolved);
                    }
                },
                Event::Start(tag) => match tag.name().as_ref() {
                    "text:p" | "text:h" => {
                        // What stands between paragraphs only sets the XML out.
                        if paragraphs == 0 {
                            text.clear();
                        } else {
                            text.truncate(text.trim_end().len());
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" => {
                        let count = attribute(&tag, "text:c")?.and_then(|n| n.parse().ok()).unwrap_or(1);
                        // The first time through it was seen that these are not too many.
                        text.extend(std::iter::repeat_n(' ', count));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "text:ruby-text" | "office:annotation" | "table:table" => self.skip(&tag)?,
                    name if name.starts_with("draw:") => self.skip(&tag)?,
                    _ => {}
                },
                Event::End(tag) if tag.name() == cell.name() => break,
                Event::Eof => return Err("XML is cut off".to_owned()),
                _ => {}
            }
        }
        if paragraphs == 0 || text.ends_with(char::is_whitespace) {
            text.truncate(text.trim_end().len());
        }
        Ok(text)
    }

    fn skip(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        self.buffer.clear();
        self.xml
            .read_to_end_into(tag.name(), &mut self.buffer)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let Some(attribute) = tag.try_get_attribute(name).map_err(|error| error.to_string())? else {
        return Ok(None);
    };
    let value = attribute
        .normalized_value(XmlVersion::Implicit1_0)
        .map_err(|error| error.to_string())?;
    Ok(Some(value.into_owned()))
}

/// Not a number, or none: once, as the survey takes it.
fn repeated(tag: &BytesStart<'_>, name: &str) -> Result<u32, String> {
    let Some(count) = attribute(tag, name)? else {
        return Ok(1);
    };
    let count = count.trim();
    let huge = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    Ok(count.parse().unwrap_or(if huge { u32::MAX } else { 1 }).max(1))
}

/// `PT08H30M00S` as `8:30`; what is none stays as it is.
fn time_text(time: &str) -> String {
    let parts = || -> Option<(u32, u32, u8)> {
        let (hours, rest) = time.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split('.').next()?;
        Some((hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?))
    };
    parts().map_or_else(
        || time.to_owned(),
        |(hours, minutes, seconds)| clock(format!("{hours}:{minutes:02}"), seconds),
    )
}

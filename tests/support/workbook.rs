//! Archives and workbooks made while a test runs: raw parts, so that a test says exactly what is in them.
//!
//! Must not know what cells mean.
#![allow(dead_code, clippy::expect_used, clippy::unwrap_used)]

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Parts of an archive: name and content.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// An archive of these parts, in this order.
pub(crate) fn pack(parts: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, data) in parts {
        archive.start_file(name.as_str(), options).expect("a part is started");
        archive.write_all(data).expect("a part is written");
    }
    archive.finish().expect("the archive is closed").into_inner()
}

/// The parts of an archive.
pub(crate) fn unpack(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut data = Vec::new();
            part.read_to_end(&mut data).expect("a part is read");
            (part.name().expect("a name").into_owned(), data)
        })
        .collect()
}

/// A cell of a sheet that is made here.
pub(crate) enum Cell<'a> {
    /// A text, written where it stands.
    Text(&'a str),
    /// A number, spelt as given.
    Number(&'a str),
}

/// A workbook of one sheet, whose XML is `rows` between the tags of `sheetData`.
pub(crate) fn xlsx_of(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let parts = [
        part(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    pack(&parts, CompressionMethod::Deflated)
}

/// A workbook of one sheet with these rows of cells, from A1.
pub(crate) fn xlsx(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut xml = String::new();
    for (row, cells) in rows.iter().enumerate() {
        xml.push_str(&format!("<row r=\"{}\">", row + 1));
        for (column, cell) in cells.iter().enumerate() {
            let at = format!(
                "{}{}",
                char::from(b'A' + u8::try_from(column).expect("few columns")),
                row + 1
            );
            match cell {
                Cell::Text(text) => {
                    let text = text.replace('&', "&amp;").replace('<', "&lt;");
                    xml.push_str(&format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
                }
                Cell::Number(number) => xml.push_str(&format!("<c r=\"{at}\"><v>{number}</v></c>")),
            }
        }
        xml.push_str("</row>");
    }
    xlsx_of(&xml)
}

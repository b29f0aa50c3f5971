//! Workbooks: what comes out of them, what is said about them, and what hostile ones may take. Made here where that is possible;
//! the old ones (XLS) come from `tests/workbooks/make_xls.py`.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::root;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use tongban::ingest::{self, Intake, Source};
use tongban::profile::Profile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADERS: [&str; 4] = ["事项名称", "基本编码", "法定办结时限", "办理时间"];

/// What was read: one line per row, the cells by their columns.
fn rows(intake: &Intake) -> Vec<String> {
    let catalogue = &intake.catalogue;
    catalogue
        .row_ids()
        .map(|id| {
            let mut cells = catalogue.cells(id).to_vec();
            cells.sort_by_key(|cell| cell.column);
            let texts: Vec<&str> = cells.iter().map(|cell| catalogue.texts.get(cell.text)).collect();
            format!("{} {}", catalogue.place(id, None).row, texts.join("|"))
        })
        .collect()
}

/// What was said: rule, sheet and row, the values of the message; then the errors.
fn said(intake: &Intake) -> Vec<String> {
    let findings = intake.catalogue.findings.iter().map(|finding| {
        let args: Vec<&str> = finding.args.iter().map(|(_, value)| value.as_str()).collect();
        let sheet = finding.place.sheet.clone().unwrap_or_default();
        format!("{} {sheet}:{} {}", finding.rule, finding.place.row, args.join(" "))
            .trim_end()
            .to_owned()
    });
    findings
        .chain(intake.errors.iter().map(|error| error.detail().to_owned()))
        .collect()
}

fn read(name: &str, bytes: &[u8]) -> Intake {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    ingest::read(&[Source::file(path)], &Profile::load("national-12").unwrap())
}

/// A workbook with one sheet that begins with the headers in a row (from 0).
fn written(header_row: u32, fill: impl FnOnce(&mut Worksheet)) -> Intake {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("清单").unwrap();
    headers(sheet, header_row);
    fill(sheet);
    read("list.xlsx", &workbook.save_to_buffer().unwrap())
}

fn headers(sheet: &mut Worksheet, row: u32) {
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write(row, column, header).unwrap();
    }
}

fn item(sheet: &mut Worksheet, row: u32, name: &str) {
    sheet.write(row, 0, name).unwrap();
    sheet.write(row, 1, format!("{:012}", 119_001_000 + row)).unwrap();
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_level(Some(9)))
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet, and parts more.
fn raw(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let relations = |body: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{body}</Relationships>"
        )
    };
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = relations(&format!(
        "<Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>"
    ));
    let book = relations(&format!(
        "<Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    ));
    let workbook =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

fn inline(reference: &str, text: &str) -> String {
    format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// The rows of a sheet as XML, after the headers.
fn sheet(rows: &str) -> Vec<u8> {
    let headers: String = HEADERS
        .iter()
        .zip(["A1", "B1", "C1", "D1"])
        .map(|(header, cell)| inline(cell, header))
        .collect();
    format!("<worksheet><sheetData><row r=\"1\">{headers}</row>{rows}</sheetData></worksheet>").into_bytes()
}

// Escapes of ECMA-376 part 1, 22.9.2.19 `ST_Xstring`, in each of the places where a text can stand: the reader of the format puts the
// characters in (calamine, from 0.38). Doing so again would read `_x005F_x000D_`, the text `_x000D_`, as a line end.

#[test]
fn escapes_are_read_as_the_characters_they_stand_for() {
    let rows_xml = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>119_x005F_x000D_</t></is></c>\
         <c r=\"C2\" t=\"str\"><f>A9</f><v>5_x000A_天</v></c><c r=\"D2\" t=\"inlineStr\"><is><r><t>8:00_x000D_</t></r><r><t>17:00</t></r></is></c></row>\
         <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>乙</t></is></c><c r=\"D3\" t=\"inlineStr\"><is><t>_x000D_</t></is></c></row>";
    let strings = "<sst count=\"1\" uniqueCount=\"1\"><si><t>取水_x000D_\n许可&amp;_x4E59_</t></si></sst>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
    let workbook =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let root = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let bytes = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet(rows_xml)),
    ]);
    // A cell that holds nothing but a line end is blank.
    let expected = ["2 取水\r\n许可&乙|119_x000D_|5\n天|8:00\r17:00", "3 乙"];
    assert_eq!(rows(&read("list.xlsx", &bytes)), expected);
}

/// What the crate that writes workbooks escapes comes back as it was.
#[test]
fn escapes_of_a_writer_come_back() {
    let texts = ["甲\r\n乙", "甲_x000D_乙", "甲\u{1}乙", "_x005F_x000D_"];
    let intake = written(0, |sheet| {
        for (row, text) in (1..).zip(texts) {
            item(sheet, row, text);
        }
    });
    let names: Vec<String> = rows(&intake)
        .iter()
        .map(|row| row.split_once(' ').unwrap().1.split('|').next().unwrap().to_owned())
        .collect();
    assert_eq!(names, texts);
}

// Threats, row 15: twelve workbooks.

#[test]
fn hidden_sheets_are_read_and_said() {
    let mut workbook = Workbook::new();
    let open = workbook.add_worksheet();
    open.set_name("清单").unwrap();
    headers(open, 0);
    item(open, 1, "取水许可");
    for (name, very) in [("旧版", false), ("更旧", true)] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        if very {
            sheet.set_very_hidden(true);
        } else {
            sheet.set_hidden(true);
        }
        headers(sheet, 0);
        item(sheet, 2, name);
    }
    let intake = read("list.xlsx", &workbook.save_to_buffer().unwrap());
    assert_eq!(
        rows(&intake),
        ["2 取水许可|000119001001", "3 旧版|000119001002", "3 更旧|000119001002"]
    );
    assert_eq!(said(&intake), ["FIL018 旧版:0 sheet 1 0", "FIL018 更旧:0 sheet 1 0"]);
    assert!(!intake.incomplete);
}

#[test]
fn hidden_rows_and_columns_are_read_and_said() {
    let intake = written(0, |sheet| {
        for row in 1..=5 {
            item(sheet, row, "取水许可");
        }
        for row in [2, 3, 9] {
            sheet.set_row_hidden(row).unwrap();
        }
        // Everything to the right as well, as people do; only what has something in it counts.
        for column in 1..50 {
            sheet.set_column_hidden(column).unwrap();
        }
    });
    assert_eq!(rows(&intake).len(), 5);
    assert_eq!(said(&intake), ["FIL018 清单:3 rows 2 3", "FIL018 清单:0 columns 3 B"]);
}

#[test]
fn merged_cells_lose_no_row() {
    let intake = written(1, |sheet| {
        sheet.merge_range(0, 0, 0, 3, "某市实施清单", &Format::new()).unwrap();
        sheet.merge_range(2, 2, 3, 2, "20工作日", &Format::new()).unwrap();
        item(sheet, 2, "取水许可");
        item(sheet, 3, "河道采砂许可");
    });
    let rows = rows(&intake);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0], "3 取水许可|000119001002|20工作日");
    assert!(rows[1].starts_with("4 河道采砂许可|000119001003"), "{rows:?}");
}

#[test]
fn formulas_give_their_saved_values() {
    let intake = written(0, |sheet| {
        item(sheet, 1, "取水许可");
        let formula = Formula::new("20&\"工作日\"").set_result("20工作日");
        sheet.write_formula(1, 2, formula).unwrap();
        sheet.write_formula(1, 3, Formula::new("1+1").set_result("2")).unwrap();
    });
    assert_eq!(rows(&intake), ["2 取水许可|000119001001|20工作日|2"]);
    assert_eq!(said(&intake), ["FIL019 清单:2 2 C2"]);
    assert!(!intake.incomplete);
}

#[test]
fn formulas_without_values_are_refused() {
    let row = format!(
        "<row r=\"2\">{}<c r=\"B2\"><f>A1</f></c><c r=\"C2\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"D2\"><f>A1</f><v/></c></row>",
        inline("A2", "取水许可")
    );
    let intake = read("list.xlsx", &raw(&sheet(&row), &[]));
    assert_eq!(rows(&intake), ["2 取水许可"]);
    assert_eq!(said(&intake), ["FIL019 清单:2 3 B2", "FIL030 清单:2 2 B2"]);
    assert!(intake.incomplete);
}

#[test]
fn error_cells_are_refused_by_name() {
    let row = format!(
        "<row r=\"2\">{}<c r=\"C2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"D2\" t=\"e\"><v>#REF!</v></c></row>",
        inline("A2", "取水许可")
    );
    let intake = read("list.xlsx", &raw(&sheet(&row), &[]));
    assert_eq!(rows(&intake), ["2 取水许可"]);
    assert_eq!(
        said(&intake),
        [
            "FIL019 清单:2 1 C2",
            "FIL014 清单:2 #DIV/0! C2",
            "FIL014 清单:2 #REF! D2"
        ]
    );
    assert!(intake.incomplete);
}

#[test]
fn dates_are_dates() {
    let intake = written(0, |sheet| {
        for row in 1..=3 {
            item(sheet, row, "取水许可");
        }
        let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        let time = Format::new().set_num_format("hh:mm");
        let day = ExcelDateTime::from_ymd(2024, 5, 10).unwrap();
        sheet.write_with_format(1, 3, &day, &date).unwrap();
        let moment = day.and_hms(8, 30, 0).unwrap();
        sheet.write_with_format(2, 3, &moment, &date).unwrap();
        sheet.write_with_format(3, 3, 0.375, &time).unwrap();
    });
    let dates: Vec<String> = rows(&intake)
        .iter()
        .map(|row| row.rsplit('|').next().unwrap().to_owned())
        .collect();
    assert_eq!(dates, ["2024-05-10", "2024-05-10 08:30", "9:00"]);
}

#[test]
fn the_calendar_of_1904_is_known() {
    let styles = b"<styleSheet><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let row = format!(
        "<row r=\"2\">{}<c r=\"D2\" s=\"1\"><v>43960</v></c></row>",
        inline("A2", "取水许可")
    );
    let day = |properties: &str| {
        let book = format!(
            "<workbook xmlns:r=\"r\">{properties}<sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        let bytes = raw(&sheet(&row), &[("xl/styles.xml", styles)]);
        // The same workbook with another list of sheets.
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
            std::io::copy(&mut part, &mut bytes).unwrap();
            parts.push((name, bytes));
        }
        for (name, bytes) in &mut parts {
            if name == "xl/workbook.xml" {
                *bytes = book.clone().into_bytes();
            }
        }
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
        rows(&read("list.xlsx", &zipped(&parts)))
    };
    assert_eq!(day("<workbookPr date1904=\"1\"/>"), ["2 取水许可|2024-05-10"]);
    assert_eq!(day(""), ["2 取水许可|2020-05-09"]);
}

#[test]
fn rich_text_is_joined_without_its_readings() {
    let strings = "<sst count=\"1\" uniqueCount=\"1\"><si><r><rPr><b/></rPr><t>取水</t></r><r><t xml:space=\"preserve\"> 许可</t></r>\
                   <rPh sb=\"0\" eb=\"2\"><t>qushui</t></rPh></si></sst>";
    let intake = read(
        "list.xlsx",
        &raw(
            &sheet("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>"),
            &[("xl/sharedStrings.xml", strings.as_bytes())],
        ),
    );
    assert_eq!(rows(&intake), ["2 取水 许可"]);
    assert_eq!(said(&intake), [""; 0]);
}

#[test]
fn the_header_may_stand_on_the_third_row_and_100_000_empty_rows_below() {
    let started = Instant::now();
    let intake = written(2, |sheet| {
        sheet.write(0, 0, "某市实施清单").unwrap();
        item(sheet, 3, "取水许可");
        let bold = Format::new().set_bold();
        for row in 4..100_004 {
            sheet.write_blank(row, 0, &bold).unwrap();
        }
    });
    assert_eq!(rows(&intake), ["4 取水许可|000119001003"]);
    assert_eq!(said(&intake), [""; 0]);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn numbers_are_as_they_are_shown() {
    let intake = written(0, |sheet| {
        item(sheet, 1, "取水许可");
        item(sheet, 2, "河道采砂许可");
        item(sheet, 3, "其他许可");
        let percent = Format::new().set_num_format("0.0%");
        sheet.write_with_format(1, 2, 0.5, &percent).unwrap();
        sheet
            .write_with_format(1, 3, 0.07, &Format::new().set_num_format_index(9))
            .unwrap();
        sheet.write(2, 2, 20).unwrap();
        sheet.write(2, 3, true).unwrap();
        sheet.write(3, 2, 1.10001e30).unwrap();
        sheet.write(3, 3, 0.1 + 0.2).unwrap();
    });
    assert_eq!(
        rows(&intake),
        [
            "2 取水许可|000119001001|50%|7%",
            "3 河道采砂许可|000119001002|20|是",
            // More digits than a number keeps: as it is written in the file.
            "4 其他许可|000119001003|1100010000000000000000000000000|0.3"
        ]
    );
}

// Cells that are not where they should be.

#[test]
fn cells_out_of_order_are_ordered_and_what_contradicts_is_said() {
    let out_of_order = format!(
        "<row r=\"2\">{}{}</row><row r=\"2\">{}</row><row><c t=\"inlineStr\"><is><t>无位置</t></is></c></row>",
        inline("C2", "20工作日"),
        inline("A2", "取水许可"),
        inline("B2", "000119001000")
    );
    let intake = read("list.xlsx", &raw(&sheet(&out_of_order), &[]));
    assert_eq!(rows(&intake), ["2 取水许可|000119001000|20工作日", "3 无位置"]);
    assert_eq!(said(&intake), [""; 0]);

    let twice = format!(
        "<row r=\"2\">{}{}</row>",
        inline("A2", "取水许可"),
        inline("A2", "又一项")
    );
    let intake = read("list.xlsx", &raw(&sheet(&twice), &[]));
    assert_eq!(rows(&intake), ["2 取水许可"]);
    assert_eq!(said(&intake), ["FIL012 清单:2 cell A2 is there twice"]);

    let back = format!(
        "<row r=\"5\">{}</row><row r=\"3\">{}</row>",
        inline("A5", "甲许可"),
        inline("A3", "乙许可")
    );
    let intake = read("list.xlsx", &raw(&sheet(&back), &[]));
    assert_eq!(rows(&intake), ["5 甲许可"]);
    assert_eq!(said(&intake), ["FIL012 清单:3 row 3 stands after row 5"]);
    assert!(intake.incomplete);
}

#[test]
fn cells_outside_the_grid_are_said() {
    for (reference, said_to_be) in [
        ("ZZZZ2", "FIL022 清单:2 1 ZZZZ2"),
        ("A1048577", "FIL022 清单:1048577 1 A1048577"),
        ("AMK2", "FIL022 清单:2 1 AMK2"),
        ("A0", "FIL012"),
        ("AAAAAAAA1", "FIL012 清单:0 reference AAAAAAAA1"),
        ("A99999999999", "FIL012 清单:0 reference A99999999999"),
        ("1", "FIL012"),
    ] {
        let row = format!(
            "<row>{}</row><row>{}</row>",
            inline("A2", "取水许可"),
            inline(reference, "远")
        );
        let intake = read("list.xlsx", &raw(&sheet(&row), &[]));
        assert!(intake.incomplete, "{reference}");
        let said = said(&intake);
        assert!(
            said.iter().any(|said| said.starts_with(said_to_be)),
            "{reference}: {said:?}"
        );
        if said_to_be.starts_with("FIL022") {
            assert_eq!(rows(&intake), ["2 取水许可"], "{reference}");
        }
    }
    // The last column that is read.
    let row = format!("<row>{}{}</row>", inline("A2", "取水许可"), inline("AMJ2", "远"));
    assert!(!read("list.xlsx", &raw(&sheet(&row), &[])).incomplete);
}

#[test]
fn content_tells_the_format_and_what_is_locked_is_said() {
    let list = raw(&sheet(&format!("<row>{}</row>", inline("A2", "取水许可"))), &[]);
    let intake = read("list.csv", &list);
    assert_eq!(intake.catalogue.files[0].reading.format, "xlsx");
    let binary = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"")]);
    assert_eq!(said(&read("list.xlsx", &binary)), ["xlsb"]);
    let letter = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<document/>"),
    ]);
    assert_eq!(said(&read("list.xlsx", &letter)), ["word"]);
    let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    locked
        .create_stream("/EncryptedPackage")
        .unwrap()
        .write_all(b"?")
        .unwrap();
    locked.flush().unwrap();
    assert_eq!(
        said(&read("list.xlsx", &locked.into_inner().into_inner())),
        ["encrypted"]
    );
}

// XLS.

fn kept(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/workbooks").join(name)).unwrap()
}

#[test]
fn an_old_workbook_is_read() {
    let intake = read("list.xls", &kept("plain.xls"));
    let rows = rows(&intake);
    assert_eq!(
        rows[0],
        "4 取水许可|000119001000|行政许可|20工作日|10|2024-05-10|50%|是"
    );
    assert!(rows[1].starts_with("5 河道采砂许可|000119002000|行政许可|"), "{rows:?}");
    assert!(rows[1].ends_with("5.5|2024-05-10 08:30|12.5%|否"), "{rows:?}");
    assert!(
        rows[2].starts_with("6 隐藏的许可|000119003000|行政许可|7工作日|3"),
        "{rows:?}"
    );
    assert_eq!(rows[3], "2 旧的许可|000119009000|行政许可|5工作日|1");
    let said = said(&intake);
    for expected in [
        "FIL018 清单:6 rows 1 6",
        "FIL018 清单:0 columns 1 C",
        "FIL019 清单:6 1 H6",
        "FIL018 旧版:0 sheet 1 0",
    ] {
        assert!(said.iter().any(|said| said == expected), "{expected}: {said:?}");
    }
}

#[test]
fn strings_over_several_records_are_whole() {
    let intake = read("list.xls", &kept("many.xls"));
    let rows = rows(&intake);
    assert_eq!(rows.len(), 80);
    for (at, row) in (1..).zip(&rows) {
        let text = if at % 2 == 1 {
            "许可的长名称"
        } else {
            "A plain name "
        };
        let name = format!("第{at}项{}", text.repeat(at % 40));
        assert!(row.starts_with(&format!("{} {name}|", at + 1)), "{row}");
    }
    assert_eq!(said(&intake), [""; 0]);
}

#[test]
fn an_old_workbook_may_not_ask_for_too_much() {
    assert!(said(&read("list.xls", &kept("spread.xls")))[0].contains("10000000"));
    // Whatever a sheet claims to be in size does not matter.
    let plain = kept("plain.xls");
    let expected = rows(&read("list.xls", &plain));
    let claim = |first: u32, last: u32| {
        let mut bytes = plain.clone();
        let mut changed = 0;
        for at in 0..bytes.len() - 18 {
            if bytes[at..at + 4] == [0, 2, 14, 0] {
                bytes[at + 4..at + 8].copy_from_slice(&first.to_le_bytes());
                bytes[at + 8..at + 12].copy_from_slice(&last.to_le_bytes());
                changed += 1;
            }
        }
        assert_eq!(changed, 2);
        rows(&read("list.xls", &bytes))
    };
    assert_eq!(claim(0, u32::MAX), expected);
    assert_eq!(claim(u32::MAX, 1), expected);
    // Any cut gives an error, never a crash.
    for end in (0..plain.len()).step_by(211) {
        let intake = read("list.xls", &plain[..end]);
        assert!(intake.incomplete || rows(&intake) == expected, "{end}");
    }
}

// ODS.

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:calcext=\"c\">\
         <office:automatic-styles><style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style>\
         <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn text_cells(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        })
        .collect()
}

fn ods_list(style: &str, rows: &str) -> String {
    format!(
        "<table:table table:name=\"清单\" table:style-name=\"{style}\"><table:table-column table:number-columns-repeated=\"2\"/>\
         <table:table-column table:visibility=\"collapse\"/><table:table-column table:number-columns-repeated=\"16381\" table:visibility=\"collapse\"/>\
         <table:table-row>{}</table:table-row>{rows}<table:table-row table:number-rows-repeated=\"1048500\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
        text_cells(&HEADERS)
    )
}

#[test]
fn an_open_document_is_read() {
    let cells = "<table:table-cell office:value-type=\"float\" office:value=\"20\"><text:p>20天</text:p></table:table-cell>\
                 <table:table-cell office:value-type=\"date\" office:date-value=\"2024-05-10T08:30:00\"><text:p>5月10日</text:p></table:table-cell>";
    let rows_of = format!(
        "<table:table-row>{}{cells}</table:table-row><table:table-row table:number-rows-repeated=\"2\" table:visibility=\"filter\">{}\
         <table:table-cell table:formula=\"of:=0.1/2\" office:value-type=\"percentage\" office:value=\"0.05\"><text:p>5%</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/></table:table-row>\
         <table:table-row>{}<table:table-cell table:formula=\"of:=1\"/><table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#REF!</text:p></table:table-cell></table:table-row>",
        text_cells(&[
            "取水<text:s text:c=\"2\"/>许可<office:annotation><text:p>批注</text:p></office:annotation></text:p><text:p>A&amp;B&#x4e00;",
            "000119001000"
        ]),
        text_cells(&["重复的", "000119002000"]),
        text_cells(&["有误的", "000119003000"]),
    );
    let intake = read("list.ods", &ods(&ods_list("ta2", &rows_of)));
    assert_eq!(
        rows(&intake),
        [
            "2 取水  许可\nA&B一|000119001000|20|2024-05-10 08:30",
            "3 重复的|000119002000|5%|是",
            "4 重复的|000119002000|5%|是",
            "5 有误的|000119003000"
        ]
    );
    assert_eq!(
        said(&intake),
        [
            "FIL018 清单:0 sheet 1 0",
            "FIL018 清单:3 rows 2 3",
            "FIL018 清单:0 columns 2 C",
            "FIL019 清单:3 2 C3",
            "FIL014 清单:5 #REF! D5",
            "FIL030 清单:5 1 C5"
        ]
    );
}

#[test]
fn an_open_document_may_not_ask_for_too_much() {
    let many = |rows: u32, columns: u32| {
        let cell = format!(
            "<table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"string\"><text:p>远</text:p></table:table-cell>"
        );
        let row = format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row>");
        said(&read("list.ods", &ods(&ods_list("ta1", &row))))
    };
    assert!(many(1, 2_000).contains(&"FIL022 清单:2 1 AMK2".to_owned()));
    let said_of = many(1_000_000, 1_000);
    assert!(
        said_of.iter().any(|said| said.contains("1000000 repeated")),
        "{said_of:?}"
    );
    let spaces = text_cells(&["<text:s text:c=\"99999999999\"/>"]);
    let said_of = said(&read(
        "list.ods",
        &ods(&ods_list(
            "ta1",
            &format!("<table:table-row>{spaces}</table:table-row>"),
        )),
    ));
    assert!(said_of[0].contains("1048576"), "{said_of:?}");
    let locked = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
        ),
        ("content.xml", b"\x8f\x03"),
    ]);
    assert!(said(&read("list.ods", &locked))[0].ends_with("password"));
}

// Hostile workbooks, each read by a process of its own.

struct Taken {
    code: Option<i32>,
    stderr: String,
    time: Duration,
    /// The peak of memory, in MiB; `None` where the system does not tell.
    memory: Option<u64>,
}

/// Inspects a file under a limit of memory, and watches how much it takes.
fn inspect(folder: &Path, name: &str, bytes: &[u8]) -> Taken {
    let path: PathBuf = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let program = env!("CARGO_BIN_EXE_tongban");
    let mut command = if cfg!(unix) {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 2097152; exec \"$0\" \"$@\"", program]);
        command
    } else {
        Command::new(program)
    };
    let started = Instant::now();
    let mut child = command
        .args(["lint", "--fail-on", "never"])
        .arg(&path)
        .env("TONGBAN_LANG", "en")
        .env("RAYON_NUM_THREADS", "2")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut memory = None;
    while child.try_wait().unwrap().is_none() {
        let said = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<u64>().ok());
        memory = peak.map(|peak| peak >> 10).max(memory);
        std::thread::sleep(Duration::from_millis(1));
    }
    let time = started.elapsed();
    let output = child.wait_with_output().unwrap();
    Taken {
        code: output.status.code(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        time,
        memory,
    }
}

fn refused(files: &[(&str, Vec<u8>, &str)], mebibytes: u64) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, why) in files {
        let taken = inspect(folder.path(), name, bytes);
        assert_eq!(taken.code, Some(2), "{name}: {}", taken.stderr);
        assert!(taken.stderr.contains(why), "{name}: {}", taken.stderr);
        assert!(!taken.stderr.contains("panicked"), "{name}: {}", taken.stderr);
        assert!(taken.time < Duration::from_secs(2), "{name}: {:?}", taken.time);
        assert!(
            taken.memory.is_none_or(|memory| memory <= mebibytes),
            "{name}: {:?} MiB",
            taken.memory
        );
    }
}

/// Threats, row 7.
#[test]
fn bombs_are_refused_before_they_go_off() {
    let long = |count: usize| sheet(&format!("<row>{}</row>", inline("A2", &"a".repeat(count))));
    let many = sheet(&"<row><c t=\"b\"><v>1</v></c></row>".repeat(2 << 20));
    let strings = format!("<sst>{}</sst>", "<si><t>aaaaaaaa</t></si>".repeat(3 << 20));
    let nested = zipped(&[("a", &vec![0; 64 << 20])]);
    let entries: Vec<(String, Vec<u8>)> = (0..100_000).map(|at| (format!("xl/{at}.xml"), Vec::new())).collect();
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    let lying = {
        // A part that claims to be small in the table of contents.
        let mut bytes = raw(&long(64 << 20), &[]);
        let at = (0..bytes.len() - 4)
            .rfind(|&at| bytes[at..].starts_with(b"PK\x01\x02"))
            .unwrap();
        bytes[at + 24..at + 28].copy_from_slice(&4096_u32.to_le_bytes());
        bytes
    };
    refused(
        &[
            ("one-cell.xlsx", raw(&long(64 << 20), &[]), "200:1"),
            ("long-cell.xlsx", raw(&long((1 << 20) + 1), &[]), "1048576"),
            ("many-cells.xlsx", raw(&many, &[]), "200:1"),
            (
                "strings.xlsx",
                raw(&sheet(""), &[("xl/sharedStrings.xml", strings.as_bytes())]),
                "200:1",
            ),
            (
                "nested.xlsx",
                raw(
                    &sheet(""),
                    &[
                        ("xl/a.zip", &zipped(&[("b", &nested)])),
                        ("xl/c.bin", &vec![0; 64 << 20]),
                    ],
                ),
                "200:1",
            ),
            ("entries.xlsx", raw(&sheet(""), &entries), "parts"),
            ("lying.xlsx", lying, "declared"),
        ],
        64,
    );
}

/// Threats, row 8.
#[test]
fn sparse_sheets_cost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let one = |reference: &str| {
        sheet(&format!(
            "<row>{}</row><row>{}</row>",
            inline("A2", "取水许可"),
            inline(reference, "远")
        ))
    };
    let claimed = String::from_utf8(one("D1048576")).unwrap().replacen(
        "<sheetData>",
        "<dimension ref=\"A1:XFD1048576\"/><sheetData>",
        1,
    );
    let merged = String::from_utf8(one("D3")).unwrap().replacen(
        "</sheetData>",
        "</sheetData><mergeCells><mergeCell ref=\"F1:XFD1048576\"/></mergeCells>",
        1,
    );
    for (name, sheet, code) in [
        ("corner.xlsx", one("XFD1048576"), 2),
        ("last-row.xlsx", one("D1048576"), 0),
        ("last-column.xlsx", one("AMJ3"), 0),
        ("beyond.xlsx", one("A16777217"), 2),
        ("claimed.xlsx", claimed.into_bytes(), 0),
        ("merged.xlsx", merged.into_bytes(), 0),
    ] {
        let taken = inspect(folder.path(), name, &raw(&sheet, &[]));
        assert_eq!(taken.code, Some(code), "{name}: {}", taken.stderr);
        assert!(
            taken.memory.is_none_or(|memory| memory <= 32),
            "{name}: {:?} MiB",
            taken.memory
        );
    }
}

/// Threats, row 9.
#[test]
fn claims_of_strings_are_refused() {
    let claim = |attributes: &str| {
        let strings = format!("<sst {attributes}><si><t>a</t></si></sst>");
        raw(&sheet(""), &[("xl/sharedStrings.xml", strings.as_bytes())])
    };
    let far = format!("<!--{}--><sst uniqueCount=\"99999999999\"/>", " ".repeat(100_000));
    refused(
        &[
            ("many.xlsx", claim("uniqueCount=\"99999999999\""), "strings"),
            ("all.xlsx", claim("uniqueCount=\"18446744073709551615\""), "strings"),
            (
                "more.xlsx",
                claim("count='1' uniqueCount = '184467440737095516160'"),
                "strings",
            ),
            (
                "far.xlsx",
                raw(&sheet(""), &[("xl/sharedStrings.xml", far.as_bytes())]),
                "strings",
            ),
        ],
        32,
    );
}

/// Threats, row 10.
#[test]
fn tricks_of_xml_are_refused() {
    let secret = tempfile::tempdir().unwrap();
    let path = secret.path().join("secret");
    std::fs::write(&path, "hunter2").unwrap();
    let with = |doctype: &str, entity: &str| {
        let sheet = String::from_utf8(sheet(&format!("<row>{}</row>", inline("A2", entity)))).unwrap();
        raw(format!("{doctype}{sheet}").as_bytes(), &[])
    };
    let laughs: String = (1..10)
        .map(|at| format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10)))
        .collect();
    let laughs = format!("<!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]>");
    let file = format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"file://{}\">]>", path.display());
    let files = [
        ("laughs.xlsx", with(&laughs, "&a9;"), "DOCTYPE"),
        ("file.xlsx", with(&file, "&a;"), "DOCTYPE"),
        (
            "other.xlsx",
            with("<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\">", "a"),
            "DOCTYPE",
        ),
        ("unknown.xlsx", with("", "&a;"), "not judged"),
        ("utf16.xlsx", raw(b"\xFF\xFE<\0w\0", &[]), "UTF-8"),
    ];
    refused(&files[..3], 32);
    refused(&files[4..], 32);
    let taken = inspect(secret.path(), files[3].0, &files[3].1);
    assert_eq!(taken.code, Some(2), "{}", taken.stderr);
    for (name, bytes, _) in &files {
        assert!(!format!("{:?}", rows(&read(name, bytes))).contains("hunter2"));
    }
}

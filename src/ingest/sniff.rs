//! What bytes are, by their content and never by a name: spreadsheets named .xls are web pages as often as not.
//!
//! Must not read cells, nor know what columns mean.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::workbook::Format;

/// What a file is, from its first bytes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A workbook of this format.
    Workbook(Format),
    /// A ZIP of other files.
    Archive,
    /// Text, as far as it can be told before it is decoded.
    Text,
}

/// Signatures of what is no list, with the word for it in the messages.
const SIGNATURES: [(&[u8], &str); 19] = [
    (b"%PDF-", "pdf"),
    (b"Rar!\x1A\x07", "rar"),
    (b"7z\xBC\xAF\x27\x1C", "seven-zip"),
    (b"\x1F\x8B", "packed"),
    (b"BZh", "packed"),
    (b"\xFD7zXZ\0", "packed"),
    (b"\x28\xB5\x2F\xFD", "packed"),
    (b"\x89PNG\r\n\x1A\n", "image"),
    (b"\xFF\xD8\xFF", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x7FELF", "program"),
    (b"\xCF\xFA\xED\xFE", "program"),
    (b"{\\rtf", "word"),
    (b"PAR1", "parquet"),
    (b"\0\x01\0\0Standard ", "access"),
];

/// What a file is. `Err` is the word for what it is that is no list.
pub(super) fn content(bytes: &[u8]) -> Result<Content, &'static str> {
    if bytes.is_empty() {
        return Err("empty");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return compound(bytes);
    }
    if let Some((_, word)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(word);
    }
    // These begin with letters that a list may begin with too.
    let nul = bytes[..bytes.len().min(4096)].contains(&0);
    if bytes.starts_with(b"BM") && nul || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Err("image");
    }
    if bytes.starts_with(b"MZ") && nul {
        return Err("program");
    }
    if bytes.starts_with(&[0x09, 0x08]) || bytes.starts_with(&[0x09, 0x04]) || bytes.starts_with(&[0x09, 0x02]) {
        // A stream of an Excel of the nineties, without the container around it.
        return Err("ancient-excel");
    }
    Ok(Content::Text)
}

/// A ZIP: a workbook, a document of another kind, or a ZIP of files.
fn zipped(bytes: &[u8]) -> Result<Content, &'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "broken-zip")?;
    let has = |start: &[u8]| {
        archive
            .file_names_raw()
            .any(|name| name.len() >= start.len() && name[..start.len()].eq_ignore_ascii_case(start))
    };
    if has(b"xl/workbook.bin") {
        return Err("xlsb");
    }
    let macros = if has(b"xl/vbaProject.bin") {
        Format::Xlsm
    } else {
        Format::Xlsx
    };
    if has(b"xl/workbook.xml") {
        return Ok(Content::Workbook(macros));
    }
    if has(b"[Content_Types].xml") {
        return match () {
            () if has(b"xl/") => Ok(Content::Workbook(macros)),
            () if has(b"word/") => Err("word"),
            () if has(b"ppt/") => Err("powerpoint"),
            () => Err("office"),
        };
    }
    if has(b"OFD.xml") {
        return Err("ofd");
    }
    if has(b"content.xml") {
        let mut kind = String::new();
        if let Ok(part) = archive.by_name("mimetype") {
            part.take(256).read_to_string(&mut kind).ok();
        }
        return match () {
            () if kind.contains("opendocument.spreadsheet") => Ok(Content::Workbook(Format::Ods)),
            () if kind.contains("opendocument") => Err("word"),
            () => Ok(Content::Archive),
        };
    }
    Ok(Content::Archive)
}

/// An Office file of before 2007, or an encrypted one: the names of its streams say which.
fn compound(bytes: &[u8]) -> Result<Content, &'static str> {
    let streams = streams(bytes);
    let has = |name: &str| streams.iter().any(|stream| stream == name);
    match () {
        () if has("EncryptedPackage") => Err("encrypted"),
        () if has("Workbook") || has("Book") => Ok(Content::Workbook(Format::Xls)),
        () if has("WordDocument") => Err("word"),
        () if has("PowerPoint Document") => Err("powerpoint"),
        () => Err("office"),
    }
}

/// The names of the streams of a compound file. Its directory is a table of entries of 128 bytes, wherever the file keeps it, and
/// an entry is told by its own length of name and by its kind.
fn streams(bytes: &[u8]) -> Vec<String> {
    let entries = bytes.get(512..).unwrap_or_default().chunks_exact(128);
    entries
        .filter_map(|entry| {
            let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
            if !(4..=64).contains(&length) || length % 2 != 0 || !matches!(entry[66], 1 | 2) {
                return None;
            }
            let units: Vec<u16> = entry[..length - 2]
                .chunks_exact(2)
                .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
                .collect();
            let ended = entry[length - 2..length] == [0, 0];
            String::from_utf16(&units).ok().filter(|_| ended)
        })
        .collect()
}

/// What is wrong with a text, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoList {
    /// The word for what it is.
    Is(&'static str),
    /// The first of too many control characters.
    Control(usize),
}

/// The format of a text that may be a list.
pub(super) fn text(text: &str) -> Result<&'static str, NoList> {
    if text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        .is_empty()
    {
        return Err(NoList::Is("blank"));
    }
    if let Some(word) = markup(text) {
        return Err(NoList::Is(word));
    }
    if let Some(at) = controls(text) {
        return Err(NoList::Control(at));
    }
    Ok(format(text))
}

/// HTML and XML, which Chinese systems like to save under the name of a spreadsheet.
pub(super) fn markup(text: &str) -> Option<&'static str> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let head: String = start.chars().take(4096).map(|c| c.to_ascii_lowercase()).collect();
    if head.starts_with("mime-version:") && head.contains("multipart/related") {
        return Some("html");
    }
    if !head.starts_with('<') {
        return None;
    }
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && !head.contains("<html") {
        return Some("excel-xml");
    }
    const TAGS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<style",
        "<script",
        "<table",
        "<div",
        "<tr",
        "<center",
        "<font",
    ];
    if TAGS.iter().any(|tag| head.contains(tag)) {
        return Some("html");
    }
    (head.starts_with("<?xml") || head.ends_with('>') || head.contains("</")).then_some("xml")
}

/// Where the first control character stands in a text that is full of them, as a program or a picture is.
fn controls(text: &str) -> Option<usize> {
    let (mut odd, mut all, mut first) = (0_usize, 0_usize, None);
    for (at, c) in text.char_indices().take(4096) {
        all += 1;
        if c.is_control() && !c.is_whitespace() {
            odd += 1;
            first = first.or(Some(at));
        }
    }
    first.filter(|_| odd * 20 > all)
}

/// JSON Lines has an object that ends on its first line, a document has not; what is neither has columns.
fn format(text: &str) -> &'static str {
    let start = text.trim_start();
    if super::toml::opens(start) {
        return "toml";
    }
    if start.starts_with('[') {
        return "json";
    }
    if !start.starts_with('{') {
        return "csv";
    }
    let mut lines = start.lines().filter(|line| !line.trim().is_empty());
    let whole = |line: &str| line.trim_start().starts_with('{') && line.trim_end().ends_with('}');
    match (lines.next(), lines.next()) {
        (Some(first), Some(second)) if whole(first) || second.trim_start().starts_with('{') => "jsonl",
        (Some(first), None) if whole(first) && !first.contains("[{") => "jsonl",
        _ => "json",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The entry of a stream in the directory of a compound file.
    fn entry(name: &str) -> Vec<u8> {
        let mut entry = vec![0_u8; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = u8::try_from(units.len() + 2).expect("short");
        entry[66] = 2;
        entry
    }

    #[test]
    fn compound_files_are_told_by_their_streams() {
        let file = |names: &[&str]| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.resize(1024, 0);
            names.iter().for_each(|name| bytes.extend(entry(name)));
            bytes
        };
        assert_eq!(content(&file(&["Workbook"])), Ok(Content::Workbook(Format::Xls)));
        assert_eq!(content(&file(&["Book"])), Ok(Content::Workbook(Format::Xls)));
        assert_eq!(content(&file(&["WordDocument"])), Err("word"));
        assert_eq!(content(&file(&["PowerPoint Document"])), Err("powerpoint"));
        assert_eq!(
            content(&file(&["EncryptionInfo", "EncryptedPackage"])),
            Err("encrypted")
        );
        assert_eq!(content(&file(&["Contents"])), Err("office"));
    }

    #[test]
    fn markup_is_told_from_lists() {
        for (text, expected) in [
            (
                "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
                Some("html"),
            ),
            ("\u{FEFF} \n<TABLE border=1><tr><td>事项名称", Some("html")),
            (
                "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Some("excel-xml"),
            ),
            ("<?xml version=\"1.0\"?><list><item/></list>", Some("xml")),
            (
                "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x",
                Some("html"),
            ),
            ("<3天,事项名称,编码\n", None),
            ("事项名称,<html>\n", None),
        ] {
            assert_eq!(markup(text), expected, "{text}");
        }
    }

    #[test]
    fn texts_have_formats() {
        for (given, expected) in [
            ("名称,编码\n", Ok("csv")),
            ("[{}]", Ok("json")),
            ("{\"a\":1}\n{\"a\":2}\n", Ok("jsonl")),
            ("{\n\"a\":[{}]}", Ok("json")),
            (" \u{3000}\r\n\t", Err(NoList::Is("blank"))),
            ("ab\0\0\0", Err(NoList::Control(2))),
        ] {
            assert_eq!(text(given), expected, "{given:?}");
        }
    }
}

//! Bytes to text: BOM, strict UTF-8, strict GB18030, or a refusal with the byte offset; or the encoding that the user names.
//! Never a replacement character.
//!
//! Must not know formats.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// An encoding that the user names: `utf-8`, `gb18030`, `gbk`, `big5`, `utf-16le` …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// By any of the names that the web knows it under, in any case.
    pub fn named(name: &str) -> Option<Encoding> {
        encoding_rs::Encoding::for_label_no_replacement(name.as_bytes()).map(Encoding)
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The byte that belongs to no encoding that is tried.
    Byte(usize),
    /// The byte where UTF-8 ends and another encoding begins, or the other way round.
    Mixed(usize),
}

/// A text, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    pub guessed: bool,
}

/// Decodes a whole file, in the encoding that the user names or else the one that its bytes show.
///
/// # Errors
/// When the bytes do not belong to the encoding from the first to the last.
pub(super) fn decode(bytes: &[u8], told: Option<Encoding>) -> Result<Text<'_>, Refusal> {
    if let Some(Encoding(encoding)) = told {
        return with_bom(encoding, bytes, encoding.name());
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return with_bom(UTF_8, bytes, "UTF-8 (BOM)");
    }
    // What looks like the mark of UTF-16 and a NUL behind it is the mark of UTF-32.
    if bytes.starts_with(b"\xFF\xFE\0\0") {
        return Err(Refusal::Byte(2));
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return with_bom(UTF_16LE, bytes, "UTF-16LE");
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return with_bom(UTF_16BE, bytes, "UTF-16BE");
    }
    let utf8 = match std::str::from_utf8(bytes) {
        Ok(text) => {
            return Ok(Text {
                text: Cow::Borrowed(text),
                encoding: "UTF-8",
                guessed: false,
            });
        }
        Err(error) => error.valid_up_to(),
    };
    // A NUL is in no text of these encodings; UTF-16 and UTF-32 without a BOM are full of them.
    if let Some(nul) = bytes.iter().position(|&b| b == 0) {
        return Err(Refusal::Byte(nul));
    }
    // Half a file of UTF-8 may pass for GB18030 and read as nonsense.
    if let Some(at) = mixed(bytes, utf8) {
        return Err(Refusal::Mixed(at));
    }
    let text = strict(GB18030, bytes).map_err(|gb| Refusal::Byte(gb.max(utf8)))?;
    // The decoder takes a lone 0x80 for the euro sign, as Windows does; in GB18030 that is A2 E3.
    if text.contains('€')
        && let Some(at) = lone_80(bytes)
    {
        return Err(Refusal::Byte(at));
    }
    Ok(Text {
        text,
        encoding: "GB18030",
        guessed: true,
    })
}

/// The byte of the file at which its text begins to differ from what it should be: the offset of a place in the text.
pub(super) fn offset(text: &Text<'_>, bytes: &[u8], at: usize) -> usize {
    let before = &text.text[..at];
    match text.encoding {
        "UTF-16LE" | "UTF-16BE" => {
            let bom = usize::from(bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")) * 2;
            bom + before.chars().map(char::len_utf16).sum::<usize>() * 2
        }
        "UTF-8 (BOM)" => at + 3,
        "UTF-8" => at + bytes.len() - text.text.len(),
        name => {
            encoding_rs::Encoding::for_label(name.as_bytes()).map_or(at, |encoding| encoding.encode(before).0.len())
        }
    }
}

fn with_bom<'a>(
    encoding: &'static encoding_rs::Encoding,
    bytes: &'a [u8],
    name: &'static str,
) -> Result<Text<'a>, Refusal> {
    let mark: &[u8] = match encoding {
        e if e == UTF_8 => b"\xEF\xBB\xBF",
        e if e == UTF_16LE => b"\xFF\xFE",
        e if e == UTF_16BE => b"\xFE\xFF",
        _ => b"",
    };
    let (skipped, rest) = bytes.strip_prefix(mark).map_or((0, bytes), |rest| (mark.len(), rest));
    let text = strict(encoding, rest).map_err(|at| Refusal::Byte(skipped + at))?;
    Ok(Text {
        text,
        encoding: name,
        guessed: false,
    })
}

fn strict<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, usize> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text);
    }
    // Once more, for the place: a block at a time, for the text itself is not wanted.
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut sink = String::with_capacity(64 << 10);
    let mut at = 0;
    loop {
        sink.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut sink, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return Err(bytes.len()),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                return Err(at.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
}

/// Where a file that is not all UTF-8 changes between UTF-8 and something else. A line that is UTF-8 and holds two Chinese
/// characters is no accident of GB18030; `utf8` is the first byte that is not UTF-8.
fn mixed(bytes: &[u8], utf8: usize) -> Option<usize> {
    let mut start = 0;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let chinese = |text: &str| text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).count() >= 2;
        if !line.is_ascii() && std::str::from_utf8(line).is_ok_and(chinese) {
            return Some(if start < utf8 { utf8 } else { start });
        }
        start += line.len();
    }
    None
}

/// Where a byte 0x80 stands that begins a character.
fn lone_80(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match (byte, bytes.get(at + 1)) {
            (0x80, _) => return Some(at),
            (0..=0x7F, _) => 1,
            (_, Some(b'0'..=b'9')) => 4,
            _ => 2,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "事项名称,编码\n甲,1\n";
        let (gb, _, _) = GB18030.encode(text);
        let mut utf16 = vec![0xFF, 0xFE];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut bom = b"\xEF\xBB\xBF".to_vec();
        bom.extend_from_slice(text.as_bytes());
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (bom, "UTF-8 (BOM)"),
            (gb.into_owned(), "GB18030"),
            (utf16, "UTF-16LE"),
        ] {
            let read = decode(&bytes, None).expect("read");
            assert_eq!(
                (&*read.text, read.encoding, read.guessed),
                (text, name, name == "GB18030")
            );
            // A place in the text is a place in the file.
            let jia = text.find('甲').expect("there");
            let second = offset(&read, &bytes, jia);
            let expected = match name {
                "UTF-16LE" => 2 + 2 * 8,
                "GB18030" => 14,
                "UTF-8 (BOM)" => jia + 3,
                _ => jia,
            };
            assert_eq!(second, expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_at_its_byte() {
        let gb = |text: &str| GB18030.encode(text).0.into_owned();
        let line = |parts: &[&[u8]]| parts.concat();
        for (bytes, expected) in [
            (b"a\xFF\xFFb".to_vec(), Refusal::Byte(1)),
            (b"a\0\xFFb".to_vec(), Refusal::Byte(1)),
            (b"ab\x80".to_vec(), Refusal::Byte(2)),
            (line(&[&gb("甲€"), b"\x80,"]), Refusal::Byte(4)),
            (line(&[&gb("甲"), b"\x81\x80\x80,"]), Refusal::Byte(4)),
            (b"\xFF\xFE\0\0a\0\0\0".to_vec(), Refusal::Byte(2)),
            (line(&["事项名称\n".as_bytes(), &gb("名称\n")]), Refusal::Mixed(13)),
            (line(&[&gb("名称\n"), "事项名称\n".as_bytes()]), Refusal::Mixed(5)),
        ] {
            assert_eq!(decode(&bytes, None), Err(expected), "{bytes:02X?}");
        }
        assert_eq!(decode("中\0文".as_bytes(), None).map(|text| text.encoding), Ok("UTF-8"));
        // A character of two bytes may end in 0x80, and the euro sign has a code of its own.
        assert!(decode(b"\x81\x80,\xA2\xE3", None).is_ok());
    }

    #[test]
    fn the_user_knows_better() {
        let big5 = Encoding::named("Big5").expect("known");
        let bytes = encoding_rs::BIG5.encode("事項名稱").0.into_owned();
        assert_eq!(
            decode(&bytes, Some(big5)).map(|text| text.text),
            Ok(Cow::Borrowed("事項名稱"))
        );
        let utf8 = Encoding::named("utf-8").expect("known");
        assert_eq!(decode(&bytes, Some(utf8)), Err(Refusal::Byte(0)));
        assert_eq!(Encoding::named("klingon"), None);
    }
}

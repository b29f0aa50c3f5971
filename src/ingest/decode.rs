//! Bytes to text: BOM, strict UTF-8, strict GB18030, or a refusal with the byte offset. Never a replacement character.
//!
//! Must not know formats.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// Decodes a whole file. Gives the text and the name of the encoding.
///
/// # Errors
/// The offset of the first byte that belongs to no encoding that is tried.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), usize> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok((Cow::Borrowed(text), "UTF-8 (BOM)")),
            Err(error) => Err(3 + error.valid_up_to()),
        };
    }
    for (bom, encoding, name) in [(b"\xFF\xFE", UTF_16LE, "UTF-16LE"), (b"\xFE\xFF", UTF_16BE, "UTF-16BE")] {
        if let Some(rest) = bytes.strip_prefix(bom) {
            return strict(encoding, rest).map(|text| (text, name)).map_err(|at| at + 2);
        }
    }
    let utf8 = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), "UTF-8")),
        Err(error) => error.valid_up_to(),
    };
    // A NUL is in no text of these encodings; UTF-16 and UTF-32 without a BOM are full of them.
    if let Some(nul) = bytes.iter().position(|&b| b == 0) {
        return Err(nul);
    }
    match strict(GB18030, bytes) {
        Ok(text) => Ok((text, "GB18030")),
        Err(gb) => Err(gb.max(utf8)),
    }
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, usize> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut sink = String::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        sink.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut sink, true);
        at += read;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return Err(bytes.len()),
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                return Err(at.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
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
            assert_eq!(decode(&bytes), Ok((Cow::Borrowed(text), name)));
        }
        assert!(decode(b"a\xFF\xFFb").is_err());
        assert!(decode(b"a\0\xFFb").is_err());
        assert_eq!(decode("中\0文".as_bytes()).map(|(_, name)| name), Ok("UTF-8"));
    }
}

//! The tags of an XML part, as a stream in bounded memory: fast enough to look at all parts of a workbook before its reader
//! opens them. Text is measured, not read.
//!
//! Must not know workbooks.

use std::io::{self, Read};

use memchr::{memchr, memmem};

use super::super::limits;

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    Open,
    Close,
    /// `<v/>`.
    Both,
}

/// One tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Its name without the prefix of its namespace.
    pub name: &'a [u8],
    pub does: Does,
    /// How many bytes of text stand between the tag before and this one.
    pub text: usize,
    /// That text, as it is written; only its beginning where it is longer than a number.
    pub words: &'a [u8],
    attributes: &'a [u8],
}

/// As much of a text as is kept, in bytes: the longest code that may stand where a number does.
const WORDS: usize = 64;

impl<'a> Tag<'a> {
    /// From what stands between `<` and `>`.
    fn new(inside: &'a [u8], text: usize, words: &'a [u8]) -> Self {
        let (inside, mut does) = match inside {
            [b'/', rest @ ..] => (rest, Does::Close),
            rest => (rest, Does::Open),
        };
        let inside = match inside {
            [rest @ .., b'/'] => {
                does = Does::Both;
                rest
            }
            rest => rest,
        };
        let (mut start, mut end) = (0, inside.len());
        for (at, byte) in inside.iter().enumerate() {
            if *byte == b':' {
                start = at + 1;
            } else if byte.is_ascii_whitespace() {
                end = at;
                break;
            }
        }
        Tag {
            name: &inside[start..end],
            does,
            text,
            words,
            attributes: &inside[end..],
        }
    }

    /// Whether it opens an element, empty ones included.
    pub(super) fn opens(&self) -> bool {
        self.does != Does::Close
    }

    /// All attributes: names without their prefix, values as they are written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_ascii_start();
            let equals = find(b'=', rest)?;
            let name = local(rest[..equals].trim_ascii_end());
            let value = rest[equals + 1..].trim_ascii_start();
            let quote = *value.first()?;
            let end = find(quote, &value[1..])?;
            rest = &value[end + 2..];
            Some((name, &value[1..=end]))
        })
    }

    /// The value of an attribute, as it is written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a [u8]> {
        self.attributes()
            .find(|(key, _)| *key == name.as_bytes())
            .map(|(_, value)| value)
    }

    /// The value of an attribute that is a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        std::str::from_utf8(self.attribute(name)?).ok()?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        self.attribute(name)
            .is_some_and(|value| value == b"1" || value == b"true")
    }
}

fn local(name: &[u8]) -> &[u8] {
    find(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// Where a byte is that is nearly always near: the start of a fast search costs more than a few steps.
fn find(byte: u8, bytes: &[u8]) -> Option<usize> {
    const NEAR: usize = 24;
    let near = bytes.iter().take(NEAR).position(|&other| other == byte);
    if near.is_some() || bytes.len() <= NEAR {
        return near;
    }
    memchr(byte, &bytes[NEAR..]).map(|far| far + NEAR)
}

/// The part again if it is XML, else `None`. `Err` for XML that is not in UTF-8: nobody writes it, and everything in it would be
/// overlooked.
pub(super) fn xml<'r>(mut reader: &'r mut dyn Read) -> Result<Option<impl Read + use<'r>>, String> {
    let mut head = Vec::new();
    Read::by_ref(&mut reader)
        .take(3)
        .read_to_end(&mut head)
        .map_err(|error| error.to_string())?;
    match head.as_slice() {
        [0xEF, 0xBB, 0xBF] => head.clear(),
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, b'<', ..] | [b'<', 0, ..] => {
            return Err("XML that is not in UTF-8".to_owned());
        }
        [first, ..] if *first == b'<' || first.is_ascii_whitespace() => {}
        _ => return Ok(None),
    }
    Ok(Some(io::Cursor::new(head).chain(reader)))
}

/// Hands every tag to `on` and gives the number of bytes read. `Err` for what is no sound XML, and for any text, tag or comment
/// of more than [`limits::FIELD_BYTES`]: a reader of XML holds each of them in memory as a whole.
pub(super) fn tags(mut reader: impl Read, mut on: impl FnMut(&Tag<'_>) -> Result<(), String>) -> Result<u64, String> {
    let mut buffer = vec![0_u8; 128 << 10];
    let (mut kept, mut total) = (0, 0_u64);
    let mut text = 0;
    // The beginning of a text that was cut by the end of the buffer.
    let mut cut: Vec<u8> = Vec::new();
    // How the comment, instruction or literal text ends that the stream is inside of.
    let mut until: Option<&'static [u8]> = None;
    loop {
        if kept == buffer.len() {
            within_limit(kept)?;
            buffer.resize(kept * 2, 0);
        }
        let read = match reader.read(&mut buffer[kept..]) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read.map_err(|error| error.to_string())?,
        };
        total += read as u64;
        let data = &buffer[..kept + read];
        let mut at = 0;
        while at < data.len() {
            let rest = &data[at..];
            if let Some(end) = until {
                // An end may be cut in two by the end of the buffer.
                let found = memmem::find(rest, end);
                let passed = found.unwrap_or(rest.len().saturating_sub(end.len() - 1));
                text += passed;
                within_limit(text)?;
                at += passed;
                if found.is_none() {
                    break;
                }
                at += end.len();
                until = None;
                continue;
            }
            let found = find(b'<', rest);
            let before = found.unwrap_or(rest.len());
            let mut words = &rest[..before.min(WORDS)];
            if found.is_none() || text > 0 {
                cut.extend_from_slice(&words[..words.len().min(WORDS - cut.len())]);
                words = &cut;
            }
            text += before;
            within_limit(text)?;
            at += before;
            let rest = &rest[before..];
            match rest.get(1) {
                None => break,
                Some(b'?') => until = Some(b"?>"),
                Some(b'!') if rest.starts_with(b"<!--") => {
                    at += 4;
                    until = Some(b"-->");
                }
                Some(b'!') if rest.starts_with(b"<![CDATA[") => {
                    at += 9;
                    until = Some(b"]]>");
                }
                Some(b'!') if rest.len() < 9 && read > 0 => break,
                // A document type can name other files and entities that grow; no workbook has one.
                Some(b'!') => return Err("<!DOCTYPE>".to_owned()),
                Some(_) => {
                    let Some(end) = tag_end(rest) else {
                        // The text before it will be gone when the rest of the tag is there.
                        if cut.is_empty() {
                            cut = words.to_vec();
                        }
                        break;
                    };
                    on(&Tag::new(&rest[1..end], text, words))?;
                    text = 0;
                    cut.clear();
                    at += end + 1;
                }
            }
        }
        if read == 0 {
            return if at == data.len() && until.is_none() {
                Ok(total)
            } else {
                Err("XML is cut off".to_owned())
            };
        }
        let end = data.len();
        buffer.copy_within(at..end, 0);
        kept = end - at;
    }
}

/// The tags of a part that is in memory, each with where it begins and ends. For parts that [`tags`] has gone through.
pub(super) fn spans(xml: &str) -> impl Iterator<Item = (std::ops::Range<usize>, Tag<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr(b'<', xml.as_bytes().get(at..)?)?;
            let rest = &xml[start..];
            let skipped = [("<?", "?>"), ("<!--", "-->"), ("<![CDATA[", "]]>")]
                .into_iter()
                .find(|(open, _)| rest.starts_with(open));
            if let Some((open, close)) = skipped {
                at = start + open.len() + rest[open.len()..].find(close)? + close.len();
                continue;
            }
            let end = tag_end(rest.as_bytes())?;
            at = start + end + 1;
            return Some((start..at, Tag::new(&rest.as_bytes()[1..end], 0, b"")));
        }
    })
}

/// Where the tag ends that the bytes begin with: at the first `>` outside of quotes.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') => at += 2 + find(quote, &bytes[at + 1..])?,
            _ => at += 1,
        }
    }
}

fn within_limit(bytes: usize) -> Result<(), String> {
    if bytes > limits::FIELD_BYTES {
        return Err(format!("a text of more than {} bytes", limits::FIELD_BYTES));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives few bytes at a time, so that everything is cut somewhere.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn said(xml: &[u8], step: usize) -> Result<Vec<String>, String> {
        let mut said = Vec::new();
        let total = tags(Drip(xml, step), |tag| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let attributes: Vec<String> = tag
                .attributes()
                .map(|(name, value)| format!("{}={}", text(name), text(value)))
                .collect();
            said.push(format!(
                "{} {:?} {} {}",
                text(tag.name),
                tag.does,
                tag.text,
                attributes.join(",")
            ));
            Ok(())
        })?;
        assert_eq!(total, xml.len() as u64);
        Ok(said)
    }

    #[test]
    fn tags_are_found_wherever_the_stream_is_cut() {
        let xml = "<?xml version=\"1.0\"?><x:c r=\"A1\" q='a>\"b' ><v>值12</v><!-- <v> --><f/></x:c ><t a = \"2\"><![CDATA[<b>]]]></t>";
        let expected = [
            "c Open 20 r=A1,q=a>\"b",
            "v Open 0 ",
            "v Close 5 ",
            "f Both 5 ",
            "c Close 0 ",
            "t Open 0 a=2",
            "t Close 4 ",
        ];
        for step in [1, 2, 3, 5, 7, 11, 1000] {
            let mut found = said(xml.as_bytes(), step).unwrap();
            // What an instruction at the head counts as text does not matter.
            found[0] = found[0].replace("Open 19", "Open 20").replace("Open 21", "Open 20");
            assert_eq!(found, expected, "{step}");
        }
    }

    #[test]
    fn what_is_no_sound_xml_is_refused() {
        for xml in ["<a", "<a b=\"", "<!-- ", "<!DOCTYPE a><a/>", "<a><!", "<![CDATA[ ]]"] {
            for step in [1, 1000] {
                assert!(said(xml.as_bytes(), step).is_err(), "{xml}");
            }
        }
    }

    #[test]
    fn long_texts_are_refused_and_shorter_ones_not() {
        let long = |count: usize, open: &str, close: &str| format!("{open}{}{close}", "a".repeat(count));
        let limit = limits::FIELD_BYTES;
        assert!(said(long(limit, "<t>", "</t>").as_bytes(), 1 << 16).is_ok());
        for (open, close) in [
            ("<t>", "</t>"),
            ("<!--", "-->"),
            ("<t a=\"", "\"/>"),
            ("<![CDATA[", "]]>"),
        ] {
            // A tag is measured by the buffer it fills.
            let over = if open.ends_with('"') { limit * 2 } else { limit + 1 };
            assert!(said(long(over, open, close).as_bytes(), 1 << 16).is_err(), "{open}");
        }
    }
}

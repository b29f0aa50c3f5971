//! Guides as JSON: `tongban-guides/1`, and as JSON Lines, one guide per line. Keys of a guide are ids of elements with their spelling, so
//! that a guide is a record that tongban reads like any other; the typed normal forms stand beside them in `typed`.
//!
//! Must not compute.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::typed::Said;
use super::{Entry, GuideStyle, in_order};
use crate::model::{Guide, GuideElement, Guides};

/// The format's name.
const FORMAT: &str = "tongban-guides/1";

/// A guide on the wire, and what templates see of it.
pub(super) struct Wire<'g>(pub &'g [GuideElement], pub &'g Guide<'g>);

/// Keys of a guide beside the ids of its elements.
pub(super) const KEYS: [&str; 11] = [
    "main_name",
    "sub_name",
    "handling_name",
    "supervision_code",
    "region_code",
    "region_name",
    "impl_code",
    "handling_code",
    "national_code",
    "typed",
    "source",
];

#[derive(Serialize)]
struct Source<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
    line: u32,
}

impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Wire(elements, guide) = self;
        let mut map = serializer.serialize_map(None)?;
        for (element, said) in elements.iter().zip(&guide.values) {
            let spelling = Some(said.spelling()).filter(|spelling| !spelling.is_empty());
            map.serialize_entry(&element.id, &spelling)?;
        }
        // The code of the item itself is the element `code`, and its name with the case the element `name`.
        for field in [
            "main_name",
            "sub_name",
            "handling_name",
            "impl_code",
            "handling_code",
            "national_code",
            "supervision_code",
        ]
        .into_iter()
        .filter(|field| elements.iter().all(|element| element.id != *field))
        {
            let part = Some(guide.part(field)).filter(|part| !part.is_empty());
            map.serialize_entry(field, &part)?;
        }
        map.serialize_entry("region_code", &*guide.region.id)?;
        map.serialize_entry("region_name", &guide.region.name)?;
        map.serialize_entry("typed", &Values(elements, guide))?;
        let place = &guide.place;
        map.serialize_entry(
            "source",
            &Source {
                file: &place.file,
                sheet: place.sheet.as_deref(),
                row: place.row,
                line: place.line,
            },
        )?;
        map.end()
    }
}

struct Values<'g>(&'g [GuideElement], &'g Guide<'g>);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Values(elements, guide) = self;
        let said = elements.iter().zip(&guide.values);
        serializer.collect_map(said.map(|(element, said)| (&element.id, Said(element, said))))
    }
}

/// Writes guides.
pub(super) fn write(guides: &Guides<'_>, _: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
    let profile = serde_json::to_string(guides.profile)?;
    write!(out, "{{\"format\":\"{FORMAT}\",\"profile\":{profile},\"guides\":[")?;
    let spell = |at: usize, guide: &Guide<'_>, bytes: &mut Vec<u8>| {
        bytes.extend(if at == 0 { "\n".bytes() } else { ",\n".bytes() });
        serde_json::to_writer(bytes, &Wire(&guides.elements, guide)).map_err(io::Error::from)
    };
    in_order(guides, spell, out)?;
    out.write_all(b"\n]}\n")
}

/// Writes guides, one per line.
pub(super) fn write_lines(guides: &Guides<'_>, _: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
    let spell = |_, guide: &Guide<'_>, bytes: &mut Vec<u8>| {
        serde_json::to_writer(&mut *bytes, &Wire(&guides.elements, guide))?;
        bytes.push(b'\n');
        Ok(())
    };
    in_order(guides, spell, out)
}

#[derive(Serialize)]
struct WireEntry<'a> {
    code: &'a str,
    name: &'a str,
    region: &'a str,
    file: &'a str,
}

#[derive(Serialize)]
struct WireIndex<'a> {
    format: &'static str,
    files: Vec<WireEntry<'a>>,
}

/// Writes the table of contents of guides that are files of their own.
pub(super) fn index(entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let files = entries.iter().map(|entry| WireEntry {
        code: &entry.code,
        name: &entry.name,
        region: &entry.region,
        file: &entry.file,
    });
    let wire = WireIndex {
        format: "tongban-guide-index/1",
        files: files.collect(),
    };
    super::super::json::emit(&wire, out)
}

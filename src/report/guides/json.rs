//! Guides as JSON: `tongban-guides/1`, and as JSON Lines, one guide per line. Keys of a guide are ids of elements with their spelling, so
//! that a guide is a record that tongban reads like any other; the typed normal forms stand beside them in `typed`.
//!
//! Must not compute.

use std::borrow::Cow;
use std::io::{self, Write};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::typed::{Said, said};
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

/// Where the row of a guide stands.
#[derive(Serialize, JsonSchema)]
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

impl JsonSchema for Wire<'_> {
    fn schema_name() -> Cow<'static, str> {
        "WireGuide".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Option<&str>>();
        json_schema!({
            "description": "One handling item. Further keys are ids of elements, with what is said of them in its canonical spelling.",
            "type": "object",
            "properties": {
                "region_code": { "type": "string" },
                "region_name": { "type": "string" },
                "main_name": text,
                "sub_name": text,
                "handling_name": text,
                "impl_code": text,
                "handling_code": text,
                "national_code": text,
                "supervision_code": text,
                "typed": {
                    "description": "The same by id of element, with its parts.",
                    "type": "object",
                    "additionalProperties": generator.subschema_for::<Said<'_>>(),
                },
                "source": generator.subschema_for::<Source<'_>>(),
            },
            "additionalProperties": text,
            "required": KEYS,
        })
    }
}

/// The document, for its schema: it is written piece by piece.
#[derive(JsonSchema)]
#[expect(dead_code)]
pub(in crate::report) struct WireGuides<'g> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    /// The profile's id.
    profile: &'g str,
    guides: Vec<Wire<'g>>,
}

struct Values<'g>(&'g [GuideElement], &'g Guide<'g>);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Values(elements, guide) = self;
        let values = elements.iter().zip(&guide.values);
        serializer.collect_map(values.map(|(element, value)| (&element.id, said(element, value))))
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

#[derive(Serialize, JsonSchema)]
struct WireEntry<'a> {
    code: &'a str,
    name: &'a str,
    region: &'a str,
    file: &'a str,
}

/// The table of contents of guides that are files of their own.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireIndex<'a> {
    #[schemars(extend("const" = "tongban-guide-index/1"))]
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

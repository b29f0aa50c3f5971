//! Guides as CSV: one row per handling item, for Excel and for programs.
//!
//! Must not compute.

use std::io::{self, Write};

use super::super::csv::Rows;
use super::super::escape::guard;
use super::{GuideStyle, in_order};
use crate::model::Guides;

/// Writes guides.
pub(super) fn write(guides: &Guides<'_>, style: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
    Rows::new(&mut *out, &style.headers(guides), style.raw_csv)?.finish()?;
    let spell = |_, guide: &crate::model::Guide<'_>, bytes: &mut Vec<u8>| {
        for (at, &column) in style.columns.iter().enumerate() {
            if at > 0 {
                bytes.push(b',');
            }
            let cell = style.cell(guide, column);
            match style.raw_csv {
                true => field(&cell, bytes),
                false => field(&guard(&cell), bytes),
            }
        }
        bytes.extend(b"\r\n");
        Ok(())
    };
    in_order(guides, spell, out)
}

/// A cell as RFC 4180 has it: in quotes only where it must be.
fn field(text: &str, bytes: &mut Vec<u8>) {
    if !text.contains(['"', ',', '\r', '\n']) {
        bytes.extend(text.as_bytes());
        return;
    }
    bytes.push(b'"');
    for part in text.split_inclusive('"') {
        bytes.extend(part.as_bytes());
        if part.ends_with('"') {
            bytes.push(b'"');
        }
    }
    bytes.push(b'"');
}

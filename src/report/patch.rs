//! A patch: the least that must change in one region (`tongban align`), in the formats that take it.
//!
//! Must not compute.

use std::io::{self, Write};

use super::Style;
use crate::model::Patch;

/// As table.
pub(super) fn table(_report: &Patch, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// As csv.
pub(super) fn csv(_report: &Patch, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// As json.
pub(super) fn json(_report: &Patch, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// As md.
pub(super) fn md(_report: &Patch, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

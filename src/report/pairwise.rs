//! Which regions can handle which item for each other (`tongban report --pairwise`), in the formats that take it.
//!
//! Must not compute.

use std::io::{self, Write};

use super::Style;
use crate::model::Pairwise;

/// As table.
pub(super) fn table(_report: &Pairwise, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// As csv.
pub(super) fn csv(_report: &Pairwise, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// As json.
pub(super) fn json(_report: &Pairwise, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

/// As md.
pub(super) fn md(_report: &Pairwise, _style: &Style<'_>, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}

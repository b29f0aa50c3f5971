//! The parts of a zipped workbook: what they inflate to is counted and looked through before its reader opens it. A file of
//! 1.7 kB can ask that reader for terabytes (threats, rows 7 and 9), so nothing is believed before it is counted.
//!
//! Must not know what the parts mean.

use std::io::{self, Cursor, Read};

use rayon::prelude::*;
use zip::ZipArchive;

use super::super::limits;

/// Looks through the parts of such names, in parallel: `look` is given a part's size and its bytes. `Err` says which limit is
/// exceeded, or what `look` said of the first part that it refused.
pub(super) fn parts<P: Send>(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    look: impl Fn(u64, &mut dyn Read) -> Result<P, String> + Sync,
) -> Result<Vec<(String, P)>, String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > limits::XLSX_PARTS {
        return Err(format!("{} parts > {}", archive.len(), limits::XLSX_PARTS));
    }
    let mut total = 0_u64;
    let mut these = Vec::new();
    for at in 0..archive.len() {
        let mut archive = archive.clone();
        let part = archive.by_index_raw(at).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?;
        // The crate stops below where more comes out than is claimed here.
        let (size, packed) = (part.size(), part.compressed_size().max(1));
        total = total.saturating_add(size);
        if total > limits::XLSX_BYTES {
            return Err(format!("inflates to more than {} bytes", limits::XLSX_BYTES));
        }
        if size > limits::XLSX_RATIO_FROM && size / packed > limits::XLSX_RATIO {
            return Err(format!("{name}: packed more than {}:1", limits::XLSX_RATIO));
        }
        if wanted(&name) {
            these.push(at);
        }
    }
    let looked: Vec<Result<(String, P), String>> = these
        .into_par_iter()
        .map(|at| {
            let mut archive = archive.clone();
            let mut part = archive.by_index(at).map_err(|error| error.to_string())?;
            let name = part.name().map_err(|error| error.to_string())?.into_owned();
            let size = part.size();
            let found = look(size, &mut part)
                // What was not looked at is counted all the same.
                .and_then(|found| {
                    io::copy(&mut part, &mut io::sink())
                        .map(|_| found)
                        .map_err(|error| error.to_string())
                })
                .map_err(|error| format!("{name}: {error}"))?;
            Ok((name, found))
        })
        .collect();
    looked.into_iter().collect()
}

//! The guard before a workbook is opened: what its parts inflate to, and what its table of shared strings claims. A file of
//! 1.7 kB can ask the reader for terabytes (threats, rows 7 and 9), so nothing is believed before it is counted.
//!
//! Must not know cells.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::limits;

/// How much of a part is looked at for its start tag: more than any honest part has in front of it.
const HEAD: usize = 1 << 20;

/// Refuses a workbook that would take too much to read. `Err` says what of.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > limits::XLSX_PARTS {
        return Err(format!("{} parts > {}", archive.len(), limits::XLSX_PARTS));
    }
    let mut total = 0_u64;
    let mut buffer = vec![0_u8; 64 << 10];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.to_ascii_lowercase();
        let packed = part.compressed_size().max(1);
        let strings = name.ends_with("sharedstrings.xml");
        let mut head: Vec<u8> = Vec::new();
        let mut size = 0_u64;
        loop {
            let read = part.read(&mut buffer).map_err(|error| format!("{name}: {error}"))?;
            if read == 0 {
                break;
            }
            if head.len() < HEAD {
                head.extend_from_slice(&buffer[..read]);
            }
            size += read as u64;
            total += read as u64;
            if total > limits::XLSX_BYTES {
                return Err(format!("inflates to more than {} bytes", limits::XLSX_BYTES));
            }
            if strings && size > limits::XLSX_STRINGS_BYTES {
                return Err(format!("{name}: more than {} bytes", limits::XLSX_STRINGS_BYTES));
            }
            if size > limits::XLSX_RATIO_FROM && size / packed > limits::XLSX_RATIO {
                return Err(format!("{name}: packed more than {}:1", limits::XLSX_RATIO));
            }
        }
        if let Some(claimed) = claimed_strings(&head)
            && (claimed > limits::XLSX_STRINGS || claimed > size / 5)
        {
            return Err(format!("{name}: claims {claimed} strings in {size} bytes"));
        }
    }
    Ok(())
}

/// How many distinct strings an `<sst …>` start tag claims; a number too large to read is the largest.
fn claimed_strings(head: &[u8]) -> Option<u64> {
    // Only uniqueCount is reserved for; count may honestly be larger than the part is long.
    const NAME: &[u8] = b"uniqueCount";
    let at = head.windows(NAME.len()).position(|window| window == NAME)?;
    let digits: String = head[at + NAME.len()..]
        .iter()
        .map(|&byte| byte as char)
        .skip_while(|c| matches!(c, ' ' | '=' | '"' | '\'' | '\n' | '\r' | '\t'))
        .take_while(char::is_ascii_digit)
        .collect();
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read() {
        assert_eq!(
            claimed_strings(b"<?xml?><sst count=\"3\" uniqueCount=\"2\"><si/>"),
            Some(2)
        );
        assert_eq!(
            claimed_strings(b"<sst uniqueCount='99999999999999999999999'>"),
            Some(u64::MAX)
        );
        assert_eq!(claimed_strings(b"<sst count=\"3\">"), None);
        assert_eq!(claimed_strings(b"<worksheet/>"), None);
    }
}

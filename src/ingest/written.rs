//! Tells files that tongban wrote itself: a report left in the folder of the lists is none of them.
//!
//! Must not know what is done with them, nor how a report is written beyond its first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How many bytes at the beginning of a file tell.
const HEAD: u64 = 4096;

/// The first columns of our CSV reports: lint, its statistics, report, diff, align, and of the decisions on pairs.
const HEADERS: [&str; 6] = [
    "文件,工作表,行,列,规则,",
    "规则,规则名,级别,",
    "事项编码,业务办理项,事项名称,要素,类别,不统一指数,",
    "事项编码,业务办理项,事项名称,要素,结论,",
    "左区域,左事项,右区域,右事项,是否同一,",
    "事项编码,业务办理项,事项名称,要素,现在,",
];

/// Whether a file is a report of ours: `tongban-lint/1` and its like, GitLab's code quality, CSV with the columns of a report, a workbook of
/// findings. What cannot be opened is none, and is told of when it is read.
pub fn is_report(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let mut head = Vec::new();
    if file.take(HEAD).read_to_end(&mut head).is_err() {
        return false;
    }
    if head.starts_with(b"PK") {
        return is_workbook(path);
    }
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.starts_with(['{', '[']) {
        let dense: String = text.chars().filter(|c| !c.is_whitespace()).take(600).collect();
        // Guides are a list.
        let ours = dense.strip_prefix("{\"format\":\"tongban-");
        return ours.is_some_and(|kind| !kind.starts_with("guides/"))
            || (dense.starts_with("[{")
                && dense.contains("\"check_name\":\"")
                && dense.contains("\"fingerprint\":\""));
    }
    // Excel saves a CSV in the encoding of the system.
    let (local, _) = encoding_rs::GB18030.decode_without_bom_handling(&head[..head.len().min(200)]);
    HEADERS
        .iter()
        .any(|header| text.starts_with(header) || local.starts_with(header))
}

fn is_workbook(path: &Path) -> bool {
    let read = || {
        let mut archive = zip::ZipArchive::new(File::open(path).ok()?).ok()?;
        let mut core = String::new();
        let part = archive.by_name("docProps/core.xml").ok()?;
        part.take(HEAD).read_to_string(&mut core).ok()?;
        Some(core)
    };
    read().is_some_and(|core| core.contains("<dc:creator>tongban</dc:creator>"))
}

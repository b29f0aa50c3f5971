//! JSON: the wire formats `tongban-diff/1`, `tongban-report/1` and `tongban-lint/1` (design page, section 7). Others parse them:
//! fields are added, never changed. They do not depend on the language.
//!
//! Must not compute.

mod diff;
mod lint;
mod report;

use std::io::{self, Write};
use std::sync::mpsc::{SyncSender, sync_channel};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Document, Style, history, law, pairwise, patch, statistics};
use crate::model::{Judgement, Place, Relation};

pub(super) use diff::WireDiff;
pub(super) use lint::{WireLint, WireLintSummary, lint_summary};
pub(super) use report::WireReport;

/// Writes any document.
pub(super) fn write(document: &Document<'_>, style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Diff(diff) => emit_beside(&diff::wire(diff, style), out),
        Document::Report(report) => emit_beside(&report::wire(report, style), out),
        Document::Lint(report) => emit(&lint::wire(report, style), out),
        Document::Statistics(report) => emit(&statistics::wire(report), out),
        Document::Patch(report) => patch::json(report, style, out),
        Document::Pairwise(report) => pairwise::json(report, style, out),
        Document::LawImpact(report) => law::wire::impact(report, style, out),
        Document::LawItems(report) => law::items::json(report, style, out),
        Document::History(told) => history::json(told, style, out),
        Document::LawCheck(report) => law::check::json(report, style, out),
    }
}

pub(super) fn emit(wire: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, wire).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// The same for long documents: one thread spells them out while the other waits for the disk.
fn emit_beside(wire: &(impl Serialize + Sync), out: &mut dyn Write) -> io::Result<()> {
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<u8>>(2);
        let spelling = scope.spawn(move || {
            let mut pieces = io::BufWriter::with_capacity(PIECE, Pieces(send));
            emit(wire, &mut pieces)?;
            pieces.flush()
        });
        // Where writing fails, the receiver goes away, and with it the other thread.
        let written = receive.into_iter().try_for_each(|piece| out.write_all(&piece));
        let spelt = spelling.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(spelt)
    })
}

/// Bytes that are handed over at once.
const PIECE: usize = 256 << 10;

/// Hands on what is written.
struct Pieces(SyncSender<Vec<u8>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.send(bytes.to_vec());
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a summary counts: everything that was compared, also where `item` says that only one item is listed.
const SCOPE: &str = "all";

/// Where something stands.
#[derive(Serialize, JsonSchema)]
pub(super) struct WirePlace<'a> {
    /// The file as it was named, with `/`.
    file: &'a str,
    /// The sheet of a workbook.
    sheet: Option<&'a str>,
    /// The row of the table or the number of the record, from 1; 0 for the file as a whole.
    row: u32,
    /// The line of the file, from 1; 0 where there are none.
    line: u32,
    /// The header of the column, or the key of the record.
    column: &'a str,
}

pub(super) fn place(place: &Place) -> WirePlace<'_> {
    WirePlace {
        file: &place.file,
        sheet: place.sheet.as_deref(),
        row: place.row,
        line: place.line,
        column: &place.column,
    }
}

/// What is on both sides, but otherwise.
#[derive(Serialize, JsonSchema)]
struct WireChange<'a> {
    what: &'a str,
    from: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = Relation::ALL.map(Relation::word)))]
    relation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
}

/// The typed difference of two values.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireDetail<'a> {
    /// Only on the right.
    added: &'a [String],
    /// Only on the left.
    removed: &'a [String],
    changed: Vec<WireChange<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// How the right side stands to the left as a whole.
    #[schemars(extend("enum" = Relation::ALL.map(Relation::word)))]
    relation: Option<&'static str>,
}

pub(super) fn detail(judgement: &Judgement) -> WireDetail<'_> {
    let detail = &judgement.detail;
    WireDetail {
        relation: judgement.relation.map(Relation::word),
        added: &detail.added,
        removed: &detail.removed,
        changed: detail
            .changed
            .iter()
            .map(|change| WireChange {
                what: &change.what,
                from: &change.from,
                to: &change.to,
                relation: change.relation.map(Relation::word),
                by: change.by.as_deref(),
            })
            .collect(),
    }
}

/// Six decimals: more would be the noise of the processor.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

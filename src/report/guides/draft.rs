//! The draft of a unified directory (基本目录), as CSV, workbook and JSON: columns by which tongban reads it as a directory again, and
//! beside them what the regions leave open.
//!
//! Must not compute.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use rust_xlsxwriter::XlsxError;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::super::csv::Rows;
use super::super::sheet;
use super::layout::width;
use crate::model::{Dispute, Disputed, Draft, DraftItem};

/// Columns behind those of the elements.
const BEHIND: [&str; 3] = ["有此事项的地区", "未定要素", "争议"];

type WriteDraft = fn(&Draft, bool, &mut dyn Write) -> io::Result<()>;

/// A format of drafts.
#[derive(Clone, Copy)]
pub struct DraftFormat {
    /// The word of `--format`, and the ending of its files.
    pub name: &'static str,
    write: WriteDraft,
}

/// The formats of drafts.
pub const DRAFT_FORMATS: [DraftFormat; 3] = [
    DraftFormat {
        name: "csv",
        write: csv,
    },
    DraftFormat {
        name: "xlsx",
        write: xlsx,
    },
    DraftFormat {
        name: "json",
        write: json,
    },
];

impl DraftFormat {
    /// The format of a name.
    pub fn named(name: &str) -> Option<DraftFormat> {
        DRAFT_FORMATS.into_iter().find(|format| format.name == name)
    }

    /// The format that a file is written in by its name.
    pub fn of_file(path: &Path) -> Option<DraftFormat> {
        DraftFormat::named(&path.extension()?.to_str()?.to_ascii_lowercase())
    }

    /// Writes a draft; `raw_csv` leaves cells as they are, also where a spreadsheet would take them for formulas.
    ///
    /// # Errors
    /// Whatever the output says.
    pub fn write(&self, draft: &Draft, raw_csv: bool, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(draft, raw_csv, out)
    }
}

fn headers(draft: &Draft) -> Vec<&str> {
    let own = draft.elements.iter().map(|element| element.title.as_str());
    own.chain(BEHIND).collect()
}

fn names(regions: &[usize], draft: &Draft) -> String {
    let name = |&at: &usize| match draft.regions[at].1.as_str() {
        "" => draft.regions[at].0.as_str(),
        name => name,
    };
    regions.iter().map(name).collect::<Vec<_>>().join("、")
}

/// One line on what is not settled.
fn dispute(dispute: &Dispute, draft: &Draft) -> String {
    let element = &draft.elements[dispute.element].title;
    let case = dispute
        .case
        .as_ref()
        .map_or(String::new(), |case| format!("（{case}）"));
    let why = match dispute.why {
        Disputed::Outvoted => "多数",
        Disputed::Tied => "未定：没有过半数",
        Disputed::Cases => "未定：各业务办理项不同",
        Disputed::Single => "仅一地写明",
    };
    let says = dispute.says.iter().map(|(said, regions)| match regions.is_empty() {
        true => format!("“{said}”"),
        false => format!("{}“{said}”", names(regions, draft)),
    });
    format!("{element}{case}［{why}］{}", says.collect::<Vec<_>>().join("；"))
}

/// The elements of an item that have no value yet, each once.
fn open<'d>(item: &DraftItem, draft: &'d Draft) -> Vec<&'d str> {
    let mut open: Vec<usize> = item
        .disputes
        .iter()
        .filter(|it| it.why.open())
        .map(|it| it.element)
        .collect();
    open.sort_unstable();
    open.dedup();
    open.into_iter().map(|at| draft.elements[at].title.as_str()).collect()
}

fn cells(item: &DraftItem, draft: &Draft) -> Vec<String> {
    let mut cells = item.values.clone();
    cells.push(names(&item.present, draft));
    cells.push(open(item, draft).join("、"));
    let disputes: Vec<String> = item.disputes.iter().map(|it| dispute(it, draft)).collect();
    cells.push(disputes.join("\n"));
    cells
}

fn csv(draft: &Draft, raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = Rows::new(out, &headers(draft), raw)?;
    for item in &draft.items {
        rows.row(&cells(item, draft))?;
    }
    rows.finish()
}

fn xlsx(draft: &Draft, _: bool, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(draft).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(draft: &Draft) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = sheet::book_of_list()?;
    let (wrapped, bold) = (sheet::wrapped(), sheet::bold().set_text_wrap());
    let page = workbook.add_worksheet();
    page.set_name("基本目录（草案）")?;
    let headers = headers(draft);
    for (at, header) in headers.iter().enumerate() {
        page.write_string_with_format(0, sheet::column(at), *header, &bold)?;
        let wide = if *header == "争议" { 60.0 } else { width(header) };
        page.set_column_width(sheet::column(at), wide)?;
    }
    page.set_freeze_panes(1, 1)?;
    for (row, item) in (1..).zip(draft.items.iter().take(sheet::MOST)) {
        for (at, cell) in cells(item, draft)
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            page.write_string_with_format(row, sheet::column(at), super::xlsx::text(cell), &wrapped)?;
        }
    }
    let last = sheet::row(draft.items.len().min(sheet::MOST));
    page.autofilter(0, 0, last, sheet::column(headers.len() - 1))?;
    workbook.save_to_buffer()
}

/// A draft of the directory.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct WireDraft<'a> {
    #[schemars(extend("const" = "tongban-directory/1"))]
    format: &'static str,
    profile: &'a str,
    regions: Vec<WireRegion<'a>>,
    items: Vec<WireItem<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireRegion<'a> {
    id: &'a str,
    name: &'a str,
}

struct WireItem<'a>(&'a DraftItem, &'a Draft);

impl JsonSchema for WireItem<'_> {
    fn schema_name() -> Cow<'static, str> {
        "WireItem".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An item. Further keys are ids of elements, with the value that is taken; null where there is none yet.",
            "type": "object",
            "properties": {
                "present": { "description": "Regions that have it.", "type": "array", "items": { "type": "string" } },
                "disputes": generator.subschema_for::<Vec<WireDispute<'_>>>(),
            },
            "additionalProperties": { "type": ["string", "null"] },
            "required": ["present", "disputes"],
        })
    }
}

impl Serialize for WireItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let WireItem(item, draft) = self;
        let mut map = serializer.serialize_map(None)?;
        for (element, value) in draft.elements.iter().zip(&item.values) {
            map.serialize_entry(&element.id, &Some(value).filter(|value| !value.is_empty()))?;
        }
        map.serialize_entry("present", &ids(&item.present, draft))?;
        let disputes: Vec<_> = item
            .disputes
            .iter()
            .map(|dispute| wire_dispute(dispute, draft))
            .collect();
        map.serialize_entry("disputes", &disputes)?;
        map.end()
    }
}

#[derive(Serialize, JsonSchema)]
struct WireDispute<'a> {
    element: &'a str,
    #[schemars(extend("enum" = Disputed::ALL.map(Disputed::word)))]
    why: &'static str,
    open: bool,
    handling: Option<&'a str>,
    says: Vec<WireSays<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct WireSays<'a> {
    normal: &'a str,
    regions: Vec<&'a str>,
}

fn ids<'d>(regions: &[usize], draft: &'d Draft) -> Vec<&'d str> {
    regions.iter().map(|&at| draft.regions[at].0.as_str()).collect()
}

fn wire_dispute<'d>(dispute: &'d Dispute, draft: &'d Draft) -> WireDispute<'d> {
    let says = dispute.says.iter().map(|(normal, regions)| WireSays {
        normal,
        regions: ids(regions, draft),
    });
    WireDispute {
        element: &draft.elements[dispute.element].id,
        why: dispute.why.word(),
        open: dispute.why.open(),
        handling: dispute.case.as_deref(),
        says: says.collect(),
    }
}

fn json(draft: &Draft, _: bool, out: &mut dyn Write) -> io::Result<()> {
    let wire = WireDraft {
        format: "tongban-directory/1",
        profile: &draft.profile,
        regions: draft.regions.iter().map(|(id, name)| WireRegion { id, name }).collect(),
        items: draft.items.iter().map(|item| WireItem(item, draft)).collect(),
    };
    super::super::json::emit(&wire, out)
}

//! Guides (办事指南), one file per format; a new format is one file and one line in [`FORMATS`]. Chinese in every language: they are for
//! whoever applies.
//!
//! Must not compute: what is said comes in as normal forms, and is only spelt here.

mod csv;
mod draft;
mod html;
mod json;
mod layout;
mod md;
pub mod names;
mod template;
mod typed;
mod xlsx;

use std::io::{self, Write};
use std::path::Path;

use crate::model::{Guide, Guides};

pub(super) use draft::WireDraft;
pub use draft::{DRAFT_FORMATS, DraftFormat};
pub(super) use json::{WireGuides, WireIndex};
pub use layout::ORDER;
pub use template::{Template, Wrong};

/// What stands in a column beside the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A part of the name or a code of the row, by the id of its field.
    Part(&'static str),
    /// The region's id.
    Region,
    /// The region's name.
    RegionName,
    /// The file that the row stands in.
    File,
    /// Its sheet.
    Sheet,
    /// Its row.
    Row,
}

/// Whether a column is there when nobody asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// It is.
    Always,
    /// It is where the lists have it.
    Had,
    /// It is not.
    Asked,
}

/// What may stand in a column beside the elements: id, header, what it is, whether it is there when nobody asks.
pub const ABOUT: [(&str, &str, About, Usual); 13] = [
    ("main_name", "主项名称", About::Part("main_name"), Usual::Had),
    ("sub_name", "子项名称", About::Part("sub_name"), Usual::Had),
    (CASE, "业务办理项名称", About::Part(CASE), Usual::Always),
    ("basic_code", "基本编码", About::Part("code"), Usual::Always),
    ("impl_code", "实施编码", About::Part("impl_code"), Usual::Had),
    (
        "handling_code",
        "业务办理项编码",
        About::Part("handling_code"),
        Usual::Always,
    ),
    (
        "national_code",
        "国家目录编码",
        About::Part("national_code"),
        Usual::Had,
    ),
    (
        "supervision_code",
        "监管事项目录编码",
        About::Part("supervision_code"),
        Usual::Had,
    ),
    ("region_code", "区域代码", About::Region, Usual::Always),
    ("region_name", "区域名称", About::RegionName, Usual::Always),
    ("source_file", "来源文件", About::File, Usual::Always),
    ("source_sheet", "工作表", About::Sheet, Usual::Always),
    ("source_row", "来源行", About::Row, Usual::Always),
];

/// The field of the case.
const CASE: &str = "handling_name";

/// A column of a list of guides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Which of [`Guides::elements`].
    Element(usize),
    /// Which of [`ABOUT`].
    About(usize),
}

/// How guides are written.
pub struct GuideStyle {
    /// The columns of a list.
    pub columns: Vec<Column>,
    /// Whether the cells of a CSV are left as they are, also where a spreadsheet would take them for formulas.
    pub raw_csv: bool,
}

impl GuideStyle {
    fn headers<'g>(&self, guides: &'g Guides<'_>) -> Vec<&'g str> {
        let header = |column: &Column| match *column {
            Column::Element(at) => guides.elements[at].title.as_str(),
            Column::About(at) => ABOUT[at].1,
        };
        self.columns.iter().map(header).collect()
    }

    /// Whether the case of an item has a column of its own, and its name is told without it.
    fn tells_case(&self) -> bool {
        let is_case = |column: &Column| matches!(*column, Column::About(at) if ABOUT[at].0 == CASE);
        self.columns.iter().any(is_case)
    }

    fn cell(&self, guide: &Guide<'_>, column: Column) -> String {
        match column {
            Column::Element(at) if self.tells_case() => guide.values[at].without_case(),
            Column::Element(at) => guide.values[at].spelling(),
            Column::About(at) => match ABOUT[at].2 {
                About::Part(field) => guide.part(field).to_owned(),
                About::Region => guide.region.id.to_string(),
                About::RegionName => guide.region.name.clone(),
                About::File => guide.place.file.to_string(),
                About::Sheet => guide.place.sheet.as_deref().unwrap_or_default().to_owned(),
                About::Row => guide.place.row.to_string(),
            },
        }
    }
}

type Write1 = fn(&Guides<'_>, &GuideStyle, &mut dyn Write) -> io::Result<()>;
type Index = fn(&[Entry], &mut dyn Write) -> io::Result<()>;

/// A format of guides.
#[derive(Clone, Copy)]
pub struct GuideFormat {
    /// The word of `--format`, and the ending of its files.
    pub name: &'static str,
    write: Write1,
    /// The table of contents where each guide is a file of its own; `None` where that makes no sense.
    index: Option<Index>,
}

/// The formats of guides.
pub const FORMATS: [GuideFormat; 6] = [
    GuideFormat {
        name: "csv",
        write: csv::write,
        index: None,
    },
    GuideFormat {
        name: "xlsx",
        write: xlsx::write,
        index: None,
    },
    GuideFormat {
        name: "md",
        write: md::write,
        index: Some(md::index),
    },
    GuideFormat {
        name: "html",
        write: html::write,
        index: Some(html::index),
    },
    GuideFormat {
        name: "json",
        write: json::write,
        index: Some(json::index),
    },
    GuideFormat {
        name: "jsonl",
        write: json::write_lines,
        index: None,
    },
];

impl GuideFormat {
    /// The format of a name.
    pub fn named(name: &str) -> Option<GuideFormat> {
        FORMATS.into_iter().find(|format| format.name == name)
    }

    /// The format that a file is written in by its name.
    pub fn of_file(path: &Path) -> Option<GuideFormat> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        GuideFormat::named(match ending.as_str() {
            "htm" => "html",
            "markdown" => "md",
            other => other,
        })
    }

    /// Whether each guide can be a file of its own.
    pub fn one_by_one(&self) -> bool {
        self.index.is_some()
    }

    /// Whether it is not for a terminal or a pipe to be read.
    pub fn binary(&self) -> bool {
        self.name == "xlsx"
    }

    /// Writes guides.
    ///
    /// # Errors
    /// Whatever the output says.
    pub fn write(&self, guides: &Guides<'_>, style: &GuideStyle, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(guides, style, out)
    }

    /// Writes the table of contents of guides that are files of their own.
    ///
    /// # Errors
    /// Whatever the output says, and where the format has none.
    pub fn write_index(&self, entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
        match self.index {
            Some(index) => index(entries, out),
            None => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }
}

/// A line of a table of contents (目录).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The item's code.
    pub code: String,
    /// The item's name.
    pub name: String,
    /// Whose list it is of.
    pub region: String,
    /// The file of the guide.
    pub file: String,
}

/// One guide out of many, as guides.
pub fn only<'g>(guides: &'g Guides<'_>, at: usize) -> Guides<'g> {
    Guides {
        profile: guides.profile,
        elements: guides.elements.clone(),
        count: 1,
        make: Box::new(move |_| (guides.make)(at)),
    }
}

/// Guides that are made at once by several threads.
const AT_ONCE: usize = 512;

/// Spells guides out, several at once, and writes them in their order. `spell` also gets the number of the guide.
fn in_order(
    guides: &Guides<'_>,
    spell: impl Fn(usize, &Guide<'_>, &mut Vec<u8>) -> io::Result<()> + Sync,
    out: &mut dyn Write,
) -> io::Result<()> {
    use rayon::prelude::*;
    let pieces = guides.count.div_ceil(AT_ONCE);
    // A few pieces for each thread at a time: all of them would be the whole output in memory.
    let wave = rayon::current_num_threads() * 4;
    for first in (0..pieces).step_by(wave) {
        let last = (first + wave).min(pieces);
        let spelt = (first..last).into_par_iter().map(|piece| {
            let mut bytes = Vec::new();
            for at in piece * AT_ONCE..((piece + 1) * AT_ONCE).min(guides.count) {
                spell(at, &(guides.make)(at), &mut bytes)?;
            }
            Ok(bytes)
        });
        let spelt: Vec<io::Result<Vec<u8>>> = spelt.collect();
        for bytes in spelt {
            out.write_all(&bytes?)?;
        }
    }
    Ok(())
}

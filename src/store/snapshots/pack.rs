//! Chunks: rows of one table, relative to their first.
//!
//! Must not know where they are kept.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::hash::{Hash, Sum, sum_of};
use crate::model::{Catalogue, Cell, FieldId, Row, RowId, Shape};
use crate::store::bytes::{Reader, Writer};

/// How many rows a chunk has on average, a power of two, where nothing ends it before.
const USUAL: u64 = 256;
/// How many it has at most.
const MOST: usize = 1_024;

const SHAPES: [Shape; 3] = [Shape::Text, Shape::List, Shape::Table];

/// A cell without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    /// Which of the fields of the chunk.
    pub field: u32,
    pub column: u16,
    pub shape: Shape,
    pub up: u16,
}

/// A row: what it adds to the place of the row before, whose it is, and its texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedRow {
    pub row: u32,
    pub line: u32,
    /// Which of the regions of the chunk.
    pub region: u32,
    /// Which of the layouts of the chunk.
    pub layout: usize,
    /// Its first text among those of the chunk; it has one for each slot of its layout.
    pub first: usize,
}

/// The rows of a chunk. Texts are numbers: of a catalogue, or of the file.
#[derive(Default)]
pub(super) struct Packed {
    pub fields: Vec<String>,
    pub layouts: Vec<Vec<Slot>>,
    pub rows: Vec<PackedRow>,
    pub texts: Vec<u32>,
}

/// Where a chunk stands in a snapshot.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub table: u32,
    pub row: u32,
    pub line: u32,
    /// The regions of the snapshot that those of the chunk stand for.
    pub regions: Vec<u16>,
}

impl Placed {
    pub(super) fn write(&self) -> Vec<u8> {
        let Placed {
            table,
            row,
            line,
            regions,
        } = self;
        let mut out = Writer::default();
        [*table, *row, *line].into_iter().for_each(|number| out.number(number));
        out.all(regions, |out, &region| out.number(u32::from(region)));
        out.0
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Placed> {
        let mut from = Reader(bytes);
        let placed = Placed {
            table: from.number()?,
            row: from.number()?,
            line: from.number()?,
            regions: from.all(|from| u16::try_from(from.number()?).ok())?,
        };
        from.0.is_empty().then_some(placed)
    }
}

/// Cuts the rows of a catalogue into chunks. `texts` are the hashes of its texts.
pub(super) fn cut(catalogue: &Catalogue, texts: &[Hash]) -> Vec<Range<usize>> {
    let (mut chunks, mut start) = (Vec::new(), 0);
    for (at, row) in catalogue.rows.iter().enumerate() {
        let next = catalogue.rows.get(at + 1);
        let last = next.is_none_or(|next| next.table != row.table);
        if last || at + 1 - start >= MOST || print(catalogue, RowId::of(at), texts).is_multiple_of(USUAL) {
            chunks.push(start..at + 1);
            start = at + 1;
        }
    }
    chunks
}

/// A number that depends on what a row says, and on nothing else.
fn print(catalogue: &Catalogue, row: RowId, texts: &[Hash]) -> u64 {
    let mut print = 0_u64;
    for cell in catalogue.cells(row) {
        let (first, _) = texts[cell.text.index()].split_at(8);
        let word = first.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
        print = (print ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }
    print >> 7
}

impl Packed {
    /// Packs rows of one table; the texts are those of the catalogue.
    pub(super) fn of(catalogue: &Catalogue, fields: &[String], rows: Range<usize>) -> (Packed, Placed) {
        let mut packed = Packed::default();
        let first = &catalogue.rows[rows.start];
        let mut placed = Placed {
            table: first.table.0,
            row: first.at.row,
            line: first.at.line,
            regions: Vec::new(),
        };
        let mut before = first.at;
        let mut field_at: HashMap<FieldId, u32> = HashMap::new();
        let mut layout_at: HashMap<Vec<Slot>, usize> = HashMap::new();
        let mut layout: Vec<Slot> = Vec::new();
        for at in rows {
            let Row { region, at: here, .. } = catalogue.rows[at];
            let first = packed.texts.len();
            layout.clear();
            for cell in catalogue.cells(RowId::of(at)) {
                let Cell {
                    field,
                    column,
                    shape,
                    up,
                    text,
                } = *cell;
                let field = *field_at.entry(field).or_insert_with(|| {
                    packed
                        .fields
                        .push(fields.get(field.index()).cloned().unwrap_or_default());
                    number(packed.fields.len() - 1)
                });
                layout.push(Slot {
                    field,
                    column,
                    shape,
                    up,
                });
                packed.texts.push(number(text.index()));
            }
            let layout = match layout_at.get(&layout) {
                Some(&known) => known,
                None => {
                    packed.layouts.push(layout.clone());
                    layout_at.insert(layout.clone(), packed.layouts.len() - 1);
                    packed.layouts.len() - 1
                }
            };
            let local = placed.regions.iter().position(|known| *known == region.0);
            let local = local.unwrap_or_else(|| {
                placed.regions.push(region.0);
                placed.regions.len() - 1
            });
            packed.rows.push(PackedRow {
                // Rows stand below each other nearly always; where they do not, this wraps round here and back when it is read.
                row: here.row.wrapping_sub(before.row),
                line: here.line.wrapping_sub(before.line),
                region: number(local),
                layout,
                first,
            });
            before = here;
        }
        (packed, placed)
    }

    /// The texts of a row.
    pub(super) fn texts(&self, row: &PackedRow) -> &[u32] {
        let count = self.layouts.get(row.layout).map_or(0, Vec::len);
        self.texts.get(row.first..row.first + count).unwrap_or_default()
    }

    /// As bytes, with each text as `text` writes it.
    pub(super) fn write(&self, mut text: impl FnMut(&mut Writer, u32)) -> Vec<u8> {
        let mut out = Writer::default();
        out.all(&self.fields, |out, field| out.text(field));
        out.all(&self.layouts, |out, layout| {
            out.all(layout, |out, slot| {
                let Slot {
                    field,
                    column,
                    shape,
                    up,
                } = *slot;
                let shape = SHAPES.iter().position(|known| *known == shape).unwrap_or(SHAPES.len());
                let [column, up] = [column, up].map(u32::from);
                [field, column, number(shape), up]
                    .into_iter()
                    .for_each(|number| out.number(number));
            });
        });
        out.all(&self.rows, |out, row| {
            let PackedRow {
                row: down,
                line,
                region,
                layout,
                first: _,
            } = *row;
            [down, line, region, number(layout)]
                .into_iter()
                .for_each(|number| out.number(number));
            self.texts(row).iter().for_each(|&id| text(out, id));
        });
        out.0
    }

    /// Reads what was written with the numbers of texts; `None` for bytes that were not.
    pub(super) fn read(bytes: &[u8]) -> Option<Packed> {
        let mut from = Reader(bytes);
        let fields = from.all(|from| from.text().map(str::to_owned))?;
        let layouts = from.all(|from| {
            from.all(|from| {
                let field = from.number().filter(|field| (*field as usize) < fields.len())?;
                Some(Slot {
                    field,
                    column: u16::try_from(from.number()?).ok()?,
                    shape: *SHAPES.get(from.number()? as usize)?,
                    up: u16::try_from(from.number()?).ok()?,
                })
            })
        })?;
        let mut texts = Vec::new();
        let rows = from.all(|from| {
            let row = PackedRow {
                row: from.number()?,
                line: from.number()?,
                region: from.number()?,
                layout: from.number()? as usize,
                first: texts.len(),
            };
            for _ in layouts.get(row.layout)? {
                texts.push(from.number()?);
            }
            Some(row)
        })?;
        from.0.is_empty().then_some(Packed {
            fields,
            layouts,
            rows,
            texts,
        })
    }

    /// The hash of what it says, and of the keys under which its rows are found.
    pub(super) fn hash(&self, text: impl Fn(u32) -> Hash, keys: &Hash) -> Hash {
        let said = self.write(|out, id| out.0.extend_from_slice(&text(id)));
        let mut sum = Sum::default();
        sum.add(&said);
        sum.add(keys);
        sum.half()
    }
}

/// The hash of keys, each with the row that says it, in order.
pub(super) fn hash_of_keys(keys: &[(i64, u32)]) -> Hash {
    let mut bytes = Vec::with_capacity(keys.len() * 12);
    for (key, row) in keys {
        bytes.extend_from_slice(&key.to_le_bytes());
        bytes.extend_from_slice(&row.to_le_bytes());
    }
    sum_of(&bytes).half()
}

/// Limits of ingest are far below.
pub(super) fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

//! The noise pair: two lists that say the same, the second in other notation, and the same pair with real differences planted and
//! written down. The same seed gives the same bytes.
//!
//! An item (`items`) is what is said; a hand (`hand`) is how it is written. The table of `notations` changes hands, the table of
//! `differences` changes items, and `truth` holds what the program says against what is known.
//!
//! Must not know how the program reads: nothing of `tongban` is used here.

#[path = "noise/differences.rs"]
mod differences;
#[allow(dead_code)]
#[path = "generator.rs"]
pub(crate) mod generator;
#[path = "noise/hand.rs"]
mod hand;
#[path = "noise/items.rs"]
mod items;
#[path = "noise/notations.rs"]
mod notations;
#[path = "noise/truth.rs"]
mod truth;

use std::collections::{BTreeMap, BTreeSet};

use generator::Random;
use serde_json::Value;

pub(crate) use differences::DIFFERENCES;
use differences::Expected;
use hand::{COLUMNS, Cell, Hand};
use items::{Item, item};
pub(crate) use notations::NOTATIONS;
use notations::Notation;
pub(crate) use truth::check;

/// The ids of the elements, in the order of the profile `national-12`.
pub(crate) const ELEMENTS: [&str; 12] = [
    "name",
    "code",
    "type",
    "basis",
    "audience",
    "conditions",
    "materials",
    "procedure",
    "statutory_time",
    "promised_time",
    "fees",
    "result",
];
const NAME: usize = 0;
const CODE: usize = 1;
const TYPE: usize = 2;
const BASIS: usize = 3;
const AUDIENCE: usize = 4;
const CONDITIONS: usize = 5;
const MATERIALS: usize = 6;
const PROCEDURE: usize = 7;
const STATUTORY: usize = 8;
const PROMISED: usize = 9;
const FEES: usize = 10;
const RESULT: usize = 11;

/// How much noise the right list has.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Noise {
    /// None: only the formats and their headers differ.
    None,
    /// One notation an item, each in turn: failures name their notation.
    One,
    /// At least one notation an item, usually many.
    Much,
}

/// A difference that was planted.
pub(crate) struct Planted {
    pub(crate) kind: usize,
    expected: Expected,
}

/// The rows of both lists, and what is known about them.
pub(crate) struct Pair {
    pub(crate) codes: Vec<String>,
    left: Vec<Vec<Cell>>,
    right: Vec<Vec<Cell>>,
    /// Item and element → the notations written there, as positions in [`NOTATIONS`].
    pub(crate) written: BTreeMap<(usize, usize), Vec<usize>>,
    /// Item and element → what was planted there.
    pub(crate) planted: BTreeMap<(usize, usize), Planted>,
}

/// Chooses notations for an item and writes them into a hand.
fn hand(
    item: &Item,
    first: usize,
    noise: Noise,
    lists: bool,
    random: &mut Random,
) -> (Hand, BTreeMap<usize, Vec<usize>>) {
    let mut hand = Hand::house();
    let mut written: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut taken: BTreeSet<(usize, &str)> = BTreeSet::new();
    let fits = |notation: &Notation| (lists || !notation.lists) && (notation.set)(&mut Hand::house(), item);
    let mut put = |at: usize, hand: &mut Hand| {
        let notation = &NOTATIONS[at];
        if fits(notation) && taken.insert((notation.element, notation.slot)) {
            (notation.set)(hand, item);
            written.entry(notation.element).or_default().push(at);
        }
        !taken.is_empty()
    };
    if noise == Noise::None {
        return (hand, BTreeMap::new());
    }
    // The notations take turns, so that each of them is written somewhere.
    let mut at = first % NOTATIONS.len();
    while !put(at, &mut hand) {
        at = (at + 1) % NOTATIONS.len();
    }
    if noise == Noise::Much {
        for _ in 0..8 + random.below(40) {
            put(random.below(NOTATIONS.len()), &mut hand);
        }
    }
    (hand, written)
}

/// Two lists of `items` items with `planted` real differences, at most one in an element of an item.
pub(crate) fn pair(items: usize, planted: usize, noise: Noise, lists: bool, seed: u64) -> Pair {
    let mut random = Random::new(seed);
    let base: Vec<Item> = (0..items).map(|at| item(at, &mut random)).collect();
    let mut right = base.clone();
    let mut plants: BTreeMap<(usize, usize), Planted> = BTreeMap::new();
    let (mut kind, mut tries) = (0, 0);
    while plants.len() < planted && tries < 100 * planted {
        tries += 1;
        let at = random.below(items);
        let difference = &DIFFERENCES[kind % DIFFERENCES.len()];
        if plants.contains_key(&(at, difference.element)) {
            continue;
        }
        let mut changed = right[at].clone();
        if let Some(expected) = (difference.plant)(&mut changed, &mut random) {
            right[at] = changed;
            plants.insert(
                (at, difference.element),
                Planted {
                    kind: kind % DIFFERENCES.len(),
                    expected,
                },
            );
            kind += 1;
        }
    }
    let mut pair = Pair {
        codes: base.iter().map(|item| item.code.clone()).collect(),
        left: base.iter().map(|item| Hand::house().write(item, false)).collect(),
        right: Vec::with_capacity(items),
        written: BTreeMap::new(),
        planted: plants,
    };
    for (at, item) in right.iter().enumerate() {
        let (hand, written) = hand(item, at, noise, lists, &mut random);
        pair.right.push(hand.write(item, lists));
        for (element, notations) in written {
            pair.written.insert((at, element), notations);
        }
    }
    pair
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::List(entries) => entries.join("\n"),
        Cell::Table(_) => String::new(),
    }
}

/// The left list as a CSV file with the official headers.
pub(crate) fn left_csv(pair: &Pair) -> Vec<u8> {
    csv(COLUMNS.iter().map(|column| column.0), &pair.left)
}

/// The right list as a CSV file with other headers and other columns.
pub(crate) fn right_csv(pair: &Pair) -> Vec<u8> {
    csv(COLUMNS.iter().map(|column| column.1), &pair.right)
}

fn csv<'a>(header: impl Iterator<Item = &'a str>, rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.iter().map(plain));
    }
    writer.into_inner().unwrap_or_default()
}

/// The right list as JSON Lines with the field names of exchange tables, lists and records.
pub(crate) fn right_jsonl(pair: &Pair) -> Vec<u8> {
    let mut out = Vec::new();
    for row in &pair.right {
        let mut object = serde_json::Map::new();
        for (cell, (_, _, key)) in row.iter().zip(COLUMNS) {
            // Records stand under keys of their own.
            let key = match (key, cell) {
                ("by_law", Cell::Table(_)) => "byLaws",
                ("sfxmmc", Cell::Table(_)) => "charges",
                _ => key,
            };
            let value = match cell {
                Cell::Text(text) => Value::from(text.as_str()),
                Cell::List(entries) => Value::from(entries.as_slice()),
                Cell::Table(records) => records
                    .iter()
                    .map(|record| {
                        record
                            .iter()
                            .map(|(key, text)| ((*key).to_owned(), Value::from(text.as_str())))
                            .collect()
                    })
                    .map(Value::Object)
                    .collect(),
            };
            object.insert(key.to_owned(), value);
        }
        out.extend_from_slice(Value::Object(object).to_string().as_bytes());
        out.push(b'\n');
    }
    out
}

/// The right list as a workbook; whole numbers of days are numbers.
pub(crate) fn right_xlsx(pair: &Pair) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (_, header, _)) in COLUMNS.iter().enumerate() {
        let _ = sheet.write_string(0, column as u16, *header);
    }
    for (at, row) in pair.right.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let text = plain(cell);
            let (at, column) = (at as u32 + 1, column as u16);
            match text.parse::<u16>() {
                Ok(n) if n.to_string() == text => {
                    let _ = sheet.write_number(at, column, f64::from(n));
                }
                _ if text.is_empty() => {}
                _ => {
                    let _ = sheet.write_string(at, column, text);
                }
            }
        }
    }
    book.save_to_buffer().unwrap_or_default()
}

/// How often each notation and each kind of difference is in a pair.
pub(crate) fn counts(pair: &Pair) -> (Vec<usize>, Vec<usize>) {
    let (mut notations, mut kinds) = (vec![0; NOTATIONS.len()], vec![0; DIFFERENCES.len()]);
    for &at in pair.written.values().flatten() {
        notations[at] += 1;
    }
    for planted in pair.planted.values() {
        kinds[planted.kind] += 1;
    }
    (notations, kinds)
}

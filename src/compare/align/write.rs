//! How a value is written into the cells that an element of a row is read from: with as little change as can be, in the cell's own
//! notation, else as the reference writes it, else in the canonical spelling. Nothing is taken that is not read back as what is meant.
//!
//! Must not know why a value is to be written, nor how files are written.

use super::pieces::{self, Pieces, singles};
use crate::compare::level::similarity;
use crate::compare::{Context, judge};
use crate::forms::{self, Forms};
use crate::model::{
    Catalogue, Cell, ElementId, FieldId, RowId, Shape, Value, Verdict, decode_list, decode_table, encode_list,
    encode_table, quoted, texts_that_differ,
};
use crate::profile::Profile;

/// So many rows that say what the reference says are looked at for its wording.
const DONORS: usize = 8;

/// From this likeness on a text that goes and one that comes are one entry in other words.
const ALIKE: f64 = 0.6;

/// A cell, and what is to stand in it.
pub(super) struct Written {
    /// The cell.
    pub cell: Cell,
    /// Its text as it is quoted, as it is and as it is to be.
    pub from: String,
    /// The same as it is to be.
    pub to: String,
    /// The single texts that change; empty where the number of entries changes.
    pub texts: Vec<(String, String)>,
}

/// The texts of the fields that change, in the shapes of their cells.
type Texts = Vec<(FieldId, String)>;

/// What is to be written where.
pub(super) struct Order<'a> {
    pub catalogue: &'a Catalogue,
    pub forms: &'a Forms,
    pub profile: &'a Profile,
    pub row: RowId,
    pub element: ElementId,
    /// What the row says.
    pub mine: &'a Value,
    /// What it is to say.
    pub wanted: &'a Value,
    /// Rows that say it, or parts of it, in the words of the reference.
    pub donors: &'a [RowId],
    /// For comparing with what is to be said.
    pub context: &'a Context<'a>,
}

impl Order<'_> {
    /// The cells that change; `None` where nothing reads as what is wanted.
    pub(super) fn write(&self) -> Option<Vec<Written>> {
        let ways: [&dyn Fn() -> Vec<Texts>; 4] = [
            &|| self.other_number(),
            &|| self.other_entries(),
            &|| self.as_the_donors(),
            &|| self.spelt(),
        ];
        let texts = ways
            .iter()
            .find_map(|way| way().into_iter().find(|texts| self.reads(texts)))?;
        texts
            .into_iter()
            .map(|(field, text)| self.written(field, &text))
            .collect()
    }

    fn written(&self, field: FieldId, text: &str) -> Option<Written> {
        let cell = *self.catalogue.cell(self.row, field)?;
        let old = self.catalogue.texts.get(cell.text);
        Some(Written {
            cell,
            from: quoted(cell.shape, old),
            to: quoted(cell.shape, text),
            texts: texts_that_differ(cell.shape, old, text).unwrap_or_default(),
        })
    }

    /// Whether the row would say what is wanted, and say the same as before in every other element.
    fn reads(&self, texts: &Texts) -> bool {
        let fits = |texts: &Texts| {
            let value = forms::reread(self.catalogue, self.profile, self.row, self.element, texts);
            let verdict = judge(&value, self.wanted, self.context).verdict;
            value.speaks() && matches!(verdict, Verdict::Same | Verdict::Notation | Verdict::Level)
        };
        let changes = texts.iter().all(|(field, text)| {
            let cell = self.catalogue.cell(self.row, *field);
            cell.is_some_and(|cell| self.catalogue.texts.get(cell.text) != text)
        });
        let others = || {
            let mut elements = self.profile.elements.iter().enumerate();
            elements.all(|(at, element)| {
                let id = ElementId::of(at);
                let touched = |(_, field): &(_, FieldId)| texts.iter().any(|(own, _)| own == field);
                id == self.element
                    || !element.fields.iter().any(touched)
                    || forms::reread(self.catalogue, self.profile, self.row, id, texts) == *self.forms.get(self.row, id)
            })
        };
        !texts.is_empty() && changes && fits(texts) && others()
    }

    fn main(&self) -> Option<(Cell, &str)> {
        let cell = forms::main_cell(self.catalogue, self.profile, self.row, self.element)?;
        Some((*cell, self.catalogue.texts.get(cell.text)))
    }

    /// Another number in the same words: `20(工作日)` becomes `10(工作日)`.
    fn other_number(&self) -> Vec<Texts> {
        let (Value::Duration(mine), Value::Duration(wanted)) = (self.mine, self.wanted) else {
            return Vec::new();
        };
        let (Some((cell, text)), Some(from), Some(to)) = (self.main(), mine.span, wanted.span) else {
            return Vec::new();
        };
        if cell.shape != Shape::Text || mine.unit != wanted.unit {
            return Vec::new();
        }
        let number = from.to_string();
        let whole = |(at, _): &(usize, &str)| {
            let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
            let behind = text[at + number.len()..].chars().next();
            !text[..*at].ends_with(part) && !behind.is_some_and(part)
        };
        let places: Vec<usize> = text.match_indices(&number).filter(whole).map(|(at, _)| at).collect();
        let [at] = places.as_slice() else { return Vec::new() };
        let new = format!("{}{to}{}", &text[..*at], &text[at + number.len()..]);
        vec![vec![(cell.field, new)]]
    }

    /// The same list with other entries.
    fn other_entries(&self) -> Vec<Texts> {
        let (Some((cell, text)), Some(wanted)) = (self.main(), singles(self.wanted)) else {
            return Vec::new();
        };
        let same = |a: &Value, b: &Value| judge(a, b, self.context).verdict != Verdict::Substantive;
        let akin = |a: &Value, b: &Value| self.akin(a, b);
        let spell = |value: &Value| self.words_of(value);
        let read = |text: &str| self.read_alone(self.row, cell, text);
        let new = match cell.shape {
            Shape::Text => {
                let between = if matches!(self.wanted, Value::Choices(_)) {
                    "、"
                } else {
                    "；"
                };
                Pieces::of(text, self.mine, &read)
                    .and_then(|pieces| pieces.edit(&wanted, between, &same, &akin, &spell))
            }
            Shape::List => {
                let entries = decode_list(text);
                let says: Option<Vec<Vec<Value>>> = entries
                    .iter()
                    .map(|entry| said(&read(&encode_list(&[entry]))))
                    .collect();
                says.and_then(|says| {
                    let (stay, added) = pieces::entries(&says, &wanted, &same, &akin)?;
                    let stay = stay.into_iter().map(|(at, with)| match with {
                        Some(with) => spell(&wanted[with]),
                        None => entries[at].clone(),
                    });
                    Some(encode_list(
                        &stay
                            .chain(added.iter().map(|&at| spell(&wanted[at])))
                            .collect::<Vec<_>>(),
                    ))
                })
            }
            Shape::Table => {
                let records = decode_table(text);
                let says: Option<Vec<Vec<Value>>> = records
                    .iter()
                    .map(|record| said(&read(&encode_table(std::slice::from_ref(record)))))
                    .collect();
                says.and_then(|says| {
                    let (stay, added) = pieces::entries(&says, &wanted, &same, &|_, _| false)?;
                    let stay: Vec<_> = stay.into_iter().map(|(at, _)| records[at].clone()).collect();
                    added.is_empty().then(|| encode_table(&stay))
                })
            }
        };
        new.map(|new| vec![(cell.field, new)]).into_iter().collect()
    }

    /// Whether two entries are one in other words.
    fn akin(&self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Citations(a), Value::Citations(b)) => {
                let titles =
                    |list: &[crate::model::Citation]| list.iter().map(|one| one.title.clone()).collect::<Vec<_>>();
                titles(a) == titles(b)
            }
            (Value::Choices(_), _) => false,
            _ => similarity(&one.entries().join("；"), &other.entries().join("；")) >= ALIKE,
        }
    }

    /// What one text of a cell says by itself.
    fn read_alone(&self, row: RowId, cell: Cell, text: &str) -> Value {
        let texts = [(cell.field, text.to_owned())];
        forms::reread(self.catalogue, self.profile, row, self.element, &texts)
    }

    /// An entry in the words of the reference, else as it is spelt.
    fn words_of(&self, wanted: &Value) -> String {
        let same = |value: &Value| value == wanted;
        let found = self.donors.iter().take(DONORS).find_map(|&row| {
            let cell = *forms::main_cell(self.catalogue, self.profile, row, self.element)?;
            let text = self.catalogue.texts.get(cell.text);
            let read = |text: &str| self.read_alone(row, cell, text);
            match cell.shape {
                Shape::Text => Pieces::of(text, self.forms.get(row, self.element), &read)?.text_of(same),
                Shape::List => {
                    let mut entries = decode_list(text).into_iter();
                    let entry = entries.find(|entry| {
                        said(&read(&encode_list(&[entry]))).as_deref() == Some(std::slice::from_ref(wanted))
                    })?;
                    Some(
                        crate::normalise::enumerate::strip(&entry)
                            .trim_end_matches(['；', ';', '。'])
                            .to_owned(),
                    )
                }
                Shape::Table => None,
            }
        });
        found.unwrap_or_else(|| wanted.spelling())
    }

    /// The texts of a row of the reference: in one field, or in all that both have; its list in one text.
    fn as_the_donors(&self) -> Vec<Texts> {
        let fields = &self.profile.elements[self.element.index()].fields;
        let mut ways: Vec<Texts> = Vec::new();
        let mut all: Vec<Texts> = Vec::new();
        for &donor in self.donors.iter().take(DONORS) {
            let mut shared: Texts = Vec::new();
            for cell in self.catalogue.cells(self.row) {
                let theirs = self.catalogue.cell(donor, cell.field);
                let theirs = theirs.filter(|theirs| theirs.shape == cell.shape && theirs.text != cell.text);
                if let Some(theirs) = theirs
                    && fields.iter().any(|(_, field)| *field == cell.field)
                {
                    let text = self.catalogue.texts.get(theirs.text).to_owned();
                    ways.push(vec![(cell.field, text.clone())]);
                    shared.push((cell.field, text));
                }
            }
            if shared.len() > 1 {
                all.push(shared);
            }
            let main = forms::main_cell(self.catalogue, self.profile, donor, self.element);
            if let (Some(theirs), Some((cell, _))) = (main, self.main())
                && (cell.shape, theirs.shape) == (Shape::Text, Shape::List)
            {
                all.push(vec![(
                    cell.field,
                    decode_list(self.catalogue.texts.get(theirs.text)).join("；"),
                )]);
            }
        }
        ways.append(&mut all);
        ways.dedup();
        // A cell of one line stays one where anybody says it in one line.
        let lines = |text: &str| text.contains('\n');
        let breaks = self.main().is_some_and(|(_, text)| lines(text));
        ways.sort_by_key(|texts| !breaks && texts.iter().any(|(_, text)| lines(text)));
        ways
    }

    /// The canonical spelling: in the main cell, or in it alone.
    fn spelt(&self) -> Vec<Texts> {
        let Some((cell, _)) = self.main().filter(|(cell, _)| cell.shape != Shape::Table) else {
            return Vec::new();
        };
        let fields = &self.profile.elements[self.element.index()].fields;
        let beside = self.catalogue.cells(self.row).iter().filter(|other| {
            other.field != cell.field
                && other.shape == Shape::Text
                && fields.iter().any(|(_, field)| *field == other.field)
        });
        let emptied: Texts = beside.map(|cell| (cell.field, String::new())).collect();
        let shaped = |text: String| match cell.shape {
            Shape::List => encode_list(&[text]),
            _ => text,
        };
        let mut ways: Vec<Texts> = Vec::new();
        for text in [self.wanted.spelling(), self.wanted.canonical()] {
            let main = (cell.field, shaped(text));
            ways.push(vec![main.clone()]);
            ways.push([vec![main], emptied.clone()].concat());
        }
        ways
    }
}

/// The entries of a value; none of one that says nothing, `None` of one that is no list.
fn said(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Empty => Some(Vec::new()),
        value => singles(value),
    }
}

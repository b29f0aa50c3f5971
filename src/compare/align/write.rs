//! How a value is written into the cells that an element of a row is read from: with as little change as can be, in the cell's own
//! notation, else as the reference writes it, else in the canonical spelling. Nothing is taken that is not read back as what is meant.
//!
//! Must not know why a value is to be written, nor how files are written.

use super::answers::Answers;
use super::cited;
use super::pieces::{self, Pieces, singles};
use crate::compare::level::similarity;
use crate::compare::{Context, judge};
use crate::forms::{self, Forms};
use crate::model::{
    Catalogue, Cell, Citation, ElementId, Fees, FieldId, Quote, RowId, Shape, Value, Verdict, decode_list,
    decode_table, encode_list, encode_table,
};
use crate::normalise::Role;
use crate::profile::Profile;

/// So many rows that say what the reference says are looked at for its wording.
const DONORS: usize = 8;

/// Above this many pairs of legal bases their places are not looked at one by one.
const PAIRS: usize = 10_000;

/// From this likeness on a text that goes and one that comes are one entry in other words.
const ALIKE: f64 = 0.6;

/// A cell, and what is to stand in it.
pub(super) struct Written {
    /// The cell.
    pub cell: Cell,
    /// Its text as it is quoted, as it is and as it is to be.
    pub from: Quote,
    /// The same as it is to be.
    pub to: Quote,
    /// What it holds and is to hold.
    pub content: (String, String),
    /// Whether a list in one text is written anew.
    pub whole: bool,
}

/// Why nothing can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unwritten {
    /// No text would be read as what is meant.
    Words,
    /// A list of records does not say under which keys an entry goes that is added or changed.
    Entries,
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
    /// Columns that take only yes or no.
    pub answers: &'a Answers,
}

impl Order<'_> {
    /// The cells that change, or why there are none that read as what is wanted.
    pub(super) fn write(&self) -> Result<Vec<Written>, Unwritten> {
        let ways: [(bool, &dyn Fn() -> Vec<Texts>); 7] = [
            (false, &|| self.other_number()),
            (false, &|| self.other_places(false)),
            (false, &|| self.other_entries()),
            (false, &|| self.other_places(true)),
            (false, &|| self.answered()),
            (true, &|| self.as_the_donors()),
            (true, &|| self.spelt()),
        ];
        let found = ways.iter().find_map(|(whole, way)| {
            let texts = way().into_iter().find(|texts| self.reads(texts))?;
            Some((*whole, self.without_charge(texts)))
        });
        let Some((whole, texts)) = found else {
            return Err(if self.is_table() {
                Unwritten::Entries
            } else {
                Unwritten::Words
            });
        };
        let written = texts
            .into_iter()
            .filter_map(|(field, text)| self.written(field, &text, whole));
        Ok(written.collect())
    }

    /// What nobody is charged for any more has no standard, name or basis of a charge beside it.
    fn without_charge(&self, texts: Texts) -> Texts {
        if *self.wanted != Value::Fees(Fees::None) {
            return texts;
        }
        let mut all = texts.clone();
        for (_, field) in &self.profile.elements[self.element.index()].fields {
            let stands = self.catalogue.text(self.row, *field).is_some();
            if stands && !all.iter().any(|(own, _)| own == field) {
                all.push((*field, String::new()));
            }
        }
        if self.reads(&all) { all } else { texts }
    }

    fn written(&self, field: FieldId, text: &str, whole: bool) -> Option<Written> {
        let cell = *self.catalogue.cell(self.row, field)?;
        let old = self.catalogue.texts.get(cell.text);
        let listed = singles(self.mine).is_some_and(|entries| entries.len() > 1);
        Some(Written {
            cell,
            from: self.catalogue.quotation(&cell),
            to: self.catalogue.quotation_of(field, cell.shape, text),
            content: (old.to_owned(), text.to_owned()),
            whole: whole && listed && cell.shape == Shape::Text,
        })
    }

    /// Whether the cell holds records.
    fn is_table(&self) -> bool {
        self.main().is_some_and(|(cell, _)| cell.shape == Shape::Table)
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
        !texts.is_empty() && changes && self.allowed(texts) && fits(texts) && others()
    }

    /// Whether a column that asks gets an answer in its own words.
    fn allowed(&self, texts: &Texts) -> bool {
        texts.iter().all(|(field, text)| {
            let words = self.answers.words(self.catalogue, self.row, *field);
            words.is_none_or(|words| words.contains(&text.as_str()))
        })
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
        let text = other_number(text, &from.to_string(), &to.to_string());
        text.map(|text| vec![(cell.field, text)]).into_iter().collect()
    }

    /// Other places of the laws that are cited, and with `laws` other laws in running text, with everything else as it is; what entries
    /// of their own come and go beside that go as those of any list.
    fn other_places(&self, laws: bool) -> Vec<Texts> {
        let (Value::Citations(mine), Value::Citations(wanted)) = (self.mine, self.wanted) else {
            return Vec::new();
        };
        let Some((cell, text)) = self.main().filter(|(cell, _)| cell.shape == Shape::Text) else {
            return Vec::new();
        };
        if mine.len().saturating_mul(wanted.len()) > PAIRS {
            return Vec::new();
        }
        let value = |one: &Citation| Value::Citations(vec![one.clone()]);
        let same = |a: &Citation, b: &Citation| self.same(&value(a), &value(b));
        let read = |text: &str| match self.read_alone(self.row, cell, text) {
            Value::Citations(list) => <[Citation; 1]>::try_from(list).ok().map(|[one]| one),
            _ => None,
        };
        let Some(edited) = cited::edit(text, [mine, wanted], laws, &same, &read) else {
            return Vec::new();
        };
        let says = self.read_alone(self.row, cell, &edited);
        let listed = self.edited_text(cell, &edited, &says);
        let texts = [Some(edited), listed].into_iter().flatten();
        texts.map(|text| vec![(cell.field, text)]).collect()
    }

    /// Yes or no where the column asks, and the charge itself in the columns beside it.
    fn answered(&self) -> Vec<Texts> {
        let (Value::Fees(wanted), Some((main, old))) = (self.wanted, self.main()) else {
            return Vec::new();
        };
        let Some([no, yes]) = self.answers.words(self.catalogue, self.row, main.field) else {
            return Vec::new();
        };
        let free = *wanted == Fees::None;
        let answer = if free { no } else { yes };
        let mut head: Texts = vec![(main.field, answer.to_owned())];
        // What gives the same answer in other words stays.
        head.retain(|_| self.profile.vocabulary.charges(old) != Some(!free));
        let fields = &self.profile.elements[self.element.index()].fields;
        let of = |row: RowId, wanted: Role| {
            let mut of = fields.iter().filter(move |(role, _)| *role == wanted);
            of.find_map(|(_, field)| {
                self.catalogue
                    .cell(row, *field)
                    .filter(|cell| cell.shape == Shape::Text)
            })
        };
        let mut ways = vec![head.clone()];
        let mut texts = vec![String::new()];
        if !free {
            let donors = self.donors.iter().take(DONORS);
            let said = donors.flat_map(|&row| [Role::Standard, Role::Value].map(|role| of(row, role)));
            texts = said
                .flatten()
                .map(|cell| self.catalogue.texts.get(cell.text).to_owned())
                .collect();
            texts.push(self.wanted.spelling());
        }
        // The basis stands as it is where that can be.
        for roles in [
            &[Role::Standard][..],
            &[Role::Standard, Role::Name],
            &[Role::Standard, Role::Name, Role::Basis],
        ] {
            for text in &texts {
                let beside = roles.iter().filter_map(|&role| {
                    let cell = of(self.row, role)?;
                    let text = if role == Role::Standard { text.as_str() } else { "" };
                    (self.catalogue.texts.get(cell.text) != text).then(|| (cell.field, text.to_owned()))
                });
                ways.push(head.iter().cloned().chain(beside).collect());
            }
        }
        ways
    }

    /// The same list with other entries.
    fn other_entries(&self) -> Vec<Texts> {
        let (Some((cell, text)), Some(wanted)) = (self.main(), singles(self.wanted)) else {
            return Vec::new();
        };
        let same = |a: &Value, b: &Value| self.same(a, b);
        let akin = |a: &Value, b: &Value| self.akin(a, b);
        let read = |text: &str| self.read_alone(self.row, cell, text);
        let new = match cell.shape {
            Shape::Text => self.edited_text(cell, text, self.mine),
            Shape::List => {
                let texts = decode_list(text);
                let alone = texts.iter().map(|text| said(&read(&encode_list(&[text]))));
                alone.collect::<Option<Vec<_>>>().and_then(|says| {
                    let entries = pieces::entries(&says, &wanted, &same, &akin)?.into_iter();
                    let new = entries.filter_map(|entry| {
                        let old = entry.stands.map(|at| (says[at].first(), texts[at].as_str()));
                        let from = old.and_then(|(value, text)| Some((value?, text)));
                        Some(match entry.with {
                            Some(with) => self.spell(&wanted[with], from),
                            None => old?.1.to_owned(),
                        })
                    });
                    Some(encode_list(&new.collect::<Vec<_>>()))
                })
            }
            Shape::Table => self.other_records(&decode_table(text), &wanted, &same, &read),
        };
        new.map(|new| vec![(cell.field, new)]).into_iter().collect()
    }

    /// A list in one text that says `says`, with other entries.
    fn edited_text(&self, cell: Cell, text: &str, says: &Value) -> Option<String> {
        let between = match self.wanted {
            Value::Choices(_) => "、",
            Value::Steps(_) => "→",
            _ => "；",
        };
        let read = |text: &str| self.read_alone(self.row, cell, text);
        let pieces = Pieces::of(text, says, &read)?;
        let (same, akin) = (
            |a: &Value, b: &Value| self.same(a, b),
            |a: &Value, b: &Value| self.akin(a, b),
        );
        let spell = |value: &Value, old: Option<(&Value, &str)>| self.spell(value, old);
        pieces.edit(&singles(self.wanted)?, between, &same, &akin, &spell)
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        judge(one, other, self.context).verdict != Verdict::Substantive
    }

    /// An entry that is to be, in the words of the one in the place of which it stands where only days differ.
    fn spell(&self, value: &Value, old: Option<(&Value, &str)>) -> String {
        old.and_then(|(from, text)| other_days(from, value, text))
            .unwrap_or_else(|| self.words_of(value))
    }

    /// The same records without those that nobody wants, with other numbers where only those differ, and with others that have a name
    /// alone. What has keys of its own is never put into a name.
    fn other_records(
        &self,
        records: &[Vec<(String, String)>],
        wanted: &[Value],
        same: &dyn Fn(&Value, &Value) -> bool,
        read: &dyn Fn(&str) -> Value,
    ) -> Option<String> {
        let alone = |record: &Vec<(String, String)>| said(&read(&encode_table(std::slice::from_ref(record))));
        let says: Vec<Vec<Value>> = records.iter().map(alone).collect::<Option<_>>()?;
        let says_this = |record: &Vec<(String, String)>, wanted: &Value| matches!(alone(record).as_deref(), Some([one]) if same(one, wanted));
        let plain = records.iter().all(|record| record.len() == 1);
        let entries = pieces::entries(&says, wanted, same, &same_paper)?.into_iter();
        let new = entries.map(|entry| match (entry.stands, entry.with) {
            (Some(at), None) => records.get(at).cloned(),
            (Some(at), Some(with)) => {
                let record = other_counts(records.get(at)?, wanted.get(with)?)?;
                says_this(&record, wanted.get(with)?).then_some(record)
            }
            (None, with) => {
                let one = wanted.get(with?)?;
                if plain {
                    return Some(vec![(name_key(records)?.to_owned(), self.words_of(one))]);
                }
                let record = new_record(records, one)?;
                says_this(&record, one).then_some(record)
            }
        });
        Some(encode_table(&new.collect::<Option<Vec<_>>>()?))
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
            // A step under another name is another step.
            (Value::Steps(a), Value::Steps(b)) => a.iter().map(|step| &step.name).eq(b.iter().map(|step| &step.name)),
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
                // Records are never taken over whole: keys that nobody compares would go with them.
                let theirs = theirs.filter(|theirs| {
                    theirs.shape == cell.shape && theirs.text != cell.text && cell.shape != Shape::Table
                });
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

/// A text with another number in it, where the old one stands in it once.
fn other_number(text: &str, from: &str, to: &str) -> Option<String> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let whole = |(at, _): &(usize, &str)| {
        let behind = text[at + from.len()..].chars().next();
        !text[..*at].ends_with(part) && !behind.is_some_and(part)
    };
    let places: Vec<usize> = text.match_indices(from).filter(whole).map(|(at, _)| at).collect();
    let [at] = places.as_slice() else { return None };
    Some(format!("{}{to}{}", &text[..*at], &text[at + from.len()..]))
}

/// A step with other days in the same words: 审查（10个工作日） becomes 审查（5个工作日）.
fn other_days(from: &Value, to: &Value, text: &str) -> Option<String> {
    let days = |value: &Value| match value {
        Value::Steps(steps) => steps.first()?.days.clone(),
        _ => None,
    };
    let (from, to) = (days(from)?, days(to)?);
    let changes = from.unit == to.unit;
    changes.then(|| other_number(text, &from.span?.to_string(), &to.span?.to_string()))?
}

/// The key under which all records of a table have their names.
fn name_key(records: &[Vec<(String, String)>]) -> Option<&'static str> {
    let has = |key: &&str| {
        let named = |record: &Vec<(String, String)>| record.iter().any(|(own, _)| own == key);
        !records.is_empty() && records.iter().all(named)
    };
    ["name", "title"].into_iter().find(has)
}

/// A record of its own for what is added: its name and its numbers, each under the key that the others have for it. `None` where they
/// have none.
fn new_record(records: &[Vec<(String, String)>], wanted: &Value) -> Option<Vec<(String, String)>> {
    let name = name_key(records)?;
    let Value::Materials(papers) = wanted else {
        return Some(vec![(name.to_owned(), wanted.spelling())]);
    };
    let [paper] = papers.as_slice() else { return None };
    let mut record = vec![(name.to_owned(), paper.title())];
    for (key, count) in [("originals", paper.originals), ("copies", paper.copies)] {
        if let Some(count) = count {
            let known = records.iter().any(|record| record.iter().any(|(own, _)| own == key));
            record.push(known.then(|| (key.to_owned(), count.to_string()))?);
        }
    }
    Some(record)
}

/// Whether two single papers are one by their names, whatever is asked of them.
fn same_paper(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Materials(a), Value::Materials(b)) => {
            matches!((a.as_slice(), b.as_slice()), ([a], [b]) if (&a.name, &a.or) == (&b.name, &b.or))
        }
        _ => false,
    }
}

/// The record of a paper with other numbers of originals and copies; every other key stays. `None` where a number that is wanted has no
/// key, or where a key holds more than a number.
fn other_counts(record: &[(String, String)], wanted: &Value) -> Option<Vec<(String, String)>> {
    let Value::Materials(papers) = wanted else { return None };
    let [paper] = papers.as_slice() else { return None };
    let mut record = record.to_vec();
    for (key, count) in [("originals", paper.originals), ("copies", paper.copies)] {
        match record.iter_mut().find(|(own, _)| own == key) {
            Some((_, text)) if text.parse() == Ok(count.unwrap_or(0)) => {}
            Some((_, text)) if text.parse::<u32>().is_ok() => *text = count.unwrap_or(0).to_string(),
            None if count.is_none() => {}
            _ => return None,
        }
    }
    Some(record)
}

/// The entries of a value; none of one that says nothing, `None` of one that is no list.
fn said(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Empty => Some(Vec::new()),
        value => singles(value),
    }
}

//! What identity needs of each row, as numbers: codes, names, case, body and type, every distinct text once.
//!
//! Must not know how rows are joined.

use foldhash::{HashMap, HashSet};

use crate::forms::Forms;
use crate::model::{Catalogue, Code, ElementId, FieldId, Name, RowId, TextId, TextPool, Value, ValueId};
use crate::normalise::{Kind, codes, names};
use crate::profile::Profile;

/// The side of the directory's rows.
pub(super) const DIRECTORY: u16 = u16::MAX;

/// The system of codes that are not known to be given out by one authority: two of them may well be one item.
pub(super) const OWN: u16 = 0;

/// One row. [`TextPool::EMPTY`] stands for what it does not say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub row: RowId,
    /// The side, or [`DIRECTORY`].
    pub side: u16,
    /// The system of the code: within one of them, other codes are other items.
    pub system: u16,
    /// The item's own code.
    pub code: TextId,
    /// The code of the national directory.
    pub national: TextId,
    /// The item's canonical name without the case, with its level.
    pub name: TextId,
    /// The same without the level.
    pub bare: TextId,
    /// The canonical name of the case.
    pub case: TextId,
    /// The body, by its code or name; tells rows of two bodies from duplicates.
    pub body: TextId,
    /// The code of the item type.
    pub kind: TextId,
    /// The group that the row was put into by its own code or name.
    pub origin: u32,
}

impl Key {
    pub(super) fn has_code(&self) -> bool {
        self.code != TextPool::EMPTY
    }
}

/// All rows.
pub(super) struct Keys {
    pub pool: TextPool,
    pub all: Vec<Key>,
    /// Whether all rows have codes of one system: nothing is left for names.
    pub settled: bool,
}

#[derive(Clone, Copy)]
struct CodeSeen {
    code: TextId,
    system: u16,
    national: TextId,
    body: TextId,
}

#[derive(Clone, Copy)]
struct NameSeen {
    name: TextId,
    bare: TextId,
    case: TextId,
}

pub(super) struct Reader<'a> {
    catalogue: &'a Catalogue,
    forms: &'a Forms,
    profile: &'a Profile,
    codes: Vec<FieldId>,
    national: Option<FieldId>,
    body: Vec<FieldId>,
    kind: Option<ElementId>,
    name: Option<ElementId>,
    names: [Option<FieldId>; 4],
    pool: TextPool,
    systems: Vec<String>,
    code_seen: HashMap<TextId, Option<CodeSeen>>,
    name_seen: HashMap<ValueId, NameSeen>,
    kind_seen: HashMap<ValueId, TextId>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, forms: &'a Forms, profile: &'a Profile) -> Self {
        let fields = |ids: &[&str]| ids.iter().filter_map(|id| profile.field(id)).collect();
        let element = profile.elements.iter().position(|element| element.kind == Kind::Name);
        Reader {
            catalogue,
            forms,
            profile,
            codes: fields(&["code", "impl_code", "handling_code", "local_code", "supervision_code"]),
            national: profile.field("national_code"),
            body: fields(&["body_code", "body"]),
            kind: profile.element("type"),
            name: element.map(ElementId::of),
            names: ["name", "main_name", "sub_name", "handling_name"].map(|id| profile.field(id)),
            pool: TextPool::default(),
            systems: vec!["own".to_owned(), "opaque".to_owned()],
            code_seen: HashMap::default(),
            name_seen: HashMap::default(),
            kind_seen: HashMap::default(),
        }
    }

    /// Reads all rows; `sides` gives the side of each region, `None` for the directory.
    pub(super) fn read(mut self, sides: &[Option<usize>]) -> Keys {
        let sides: Vec<u16> = sides
            .iter()
            .map(|side| side.map_or(DIRECTORY, |side| u16::try_from(side).unwrap_or(DIRECTORY - 1)))
            .collect();
        let rows = self.catalogue.row_ids();
        let mut all: Vec<Key> = rows
            .map(|row| self.key(row, sides[self.catalogue.rows[row.index()].region.index()]))
            .collect();
        own_codes(&mut all);
        self.split_cases(&mut all);
        let mut systems: HashSet<u16> = HashSet::default();
        let settled = all.iter().all(|key| {
            key.has_code() && key.system != OWN && {
                systems.insert(key.system);
                systems.len() == 1
            }
        });
        Keys {
            pool: self.pool,
            all,
            settled,
        }
    }

    fn key(&mut self, row: RowId, side: u16) -> Key {
        let own = (0..self.codes.len()).find_map(|at| self.code(row, self.codes[at]));
        let national = self
            .national
            .and_then(|field| self.code(row, field))
            .map(|seen| seen.national)
            .filter(|&national| national != TextPool::EMPTY);
        let national = national.or(own.map(|own| own.national)).unwrap_or(TextPool::EMPTY);
        let in_code = own.map(|own| own.body).filter(|&body| body != TextPool::EMPTY);
        let body = in_code.unwrap_or_else(|| self.body(row));
        let NameSeen { name, bare, case } = self.name(row);
        let kind = self.kind.map_or(TextPool::EMPTY, |kind| {
            let id = self.forms.id(row, kind);
            *self.kind_seen.entry(id).or_insert_with(|| match self.forms.value(id) {
                Value::Choice(choice) => self.pool.intern(&choice.code),
                _ => TextPool::EMPTY,
            })
        });
        Key {
            row,
            side,
            system: own.map_or(OWN, |own| own.system),
            code: own.map_or(TextPool::EMPTY, |own| own.code),
            national,
            name,
            bare,
            case,
            body,
            kind,
            origin: 0,
        }
    }

    /// What a field says as a code; each text is read once.
    fn code(&mut self, row: RowId, field: FieldId) -> Option<CodeSeen> {
        let cell = self.catalogue.cell(row, field)?;
        if let Some(&seen) = self.code_seen.get(&cell.text) {
            return seen;
        }
        let text = self.catalogue.texts.get(cell.text).trim();
        let said = !text.is_empty() && !self.profile.vocabulary.is_empty_word(text);
        let seen = said.then(|| {
            let code = codes::parse(text);
            let national = if code.is_national() { code.basic() } else { "" };
            CodeSeen {
                code: self.pool.intern(code.basic()),
                system: self.system(&code),
                national: self.pool.intern(national),
                body: self.pool.intern(code.body().unwrap_or_default()),
            }
        });
        self.code_seen.insert(cell.text, seen);
        seen
    }

    /// Codes are of one system where they carry the same province, whatever their shape; else where they have the same shape.
    fn system(&mut self, code: &Code) -> u16 {
        let name = match code {
            Code::Opaque(_) => "opaque",
            // They carry the division and the body: the same item has another code in each.
            Code::Hubei(_) | Code::Gansu(_) => "own",
            code => code.parts().region.unwrap_or_else(|| code.system()),
        };
        let at = self.systems.iter().position(|known| known == name).unwrap_or_else(|| {
            self.systems.push(name.to_owned());
            self.systems.len() - 1
        });
        u16::try_from(at).unwrap_or(OWN)
    }

    fn body(&mut self, row: RowId) -> TextId {
        let vocabulary = &self.profile.vocabulary;
        let said = |field: &FieldId| {
            let text = self.catalogue.text(row, *field)?;
            (!vocabulary.is_empty_word(text)).then_some(text)
        };
        let text = self.body.iter().find_map(said).unwrap_or_default();
        self.pool.intern(text)
    }

    fn name(&mut self, row: RowId) -> NameSeen {
        let Some(element) = self.name else {
            let vocabulary = &self.profile.vocabulary;
            let said = |field: Option<FieldId>| {
                self.catalogue
                    .text(row, field?)
                    .filter(|text| !vocabulary.is_empty_word(text))
            };
            let [name, main, sub, case] = self.names.map(said);
            let name = names::parse(vocabulary, name, main, sub, case).unwrap_or_default();
            return self.intern(&name);
        };
        let id = self.forms.id(row, element);
        if let Some(&seen) = self.name_seen.get(&id) {
            return seen;
        }
        let seen = match self.forms.value(id) {
            Value::Name(name) => self.intern(name),
            _ => self.intern(&Name::default()),
        };
        self.name_seen.insert(id, seen);
        seen
    }

    fn intern(&mut self, name: &Name) -> NameSeen {
        NameSeen {
            name: self.pool.intern(&name.item_at_level()),
            bare: self.pool.intern(&name.item),
            case: self.pool.intern(name.case.as_deref().unwrap_or_default()),
        }
    }

    /// A list without codes and without a column of the item's own name may write item and case in one: 取水许可（变更） is the case
    /// 变更 of 取水许可 where another list knows that case of it, and no list knows an item of the whole name.
    fn split_cases(&mut self, keys: &mut [Key]) {
        if keys.iter().all(Key::has_code) {
            return;
        }
        let mut known: HashSet<(TextId, TextId)> = HashSet::default();
        let mut whole: HashSet<TextId> = HashSet::default();
        for key in keys.iter() {
            if key.case != TextPool::EMPTY {
                known.insert((key.bare, key.case));
            }
            if key.has_code() {
                whole.extend([key.name, key.bare]);
            }
        }
        let mut seen: HashMap<TextId, Option<(TextId, TextId)>> = HashMap::default();
        let lone = |key: &&mut Key| !key.has_code() && key.case == TextPool::EMPTY && !whole.contains(&key.name);
        for key in keys.iter_mut().filter(lone) {
            let found = *seen.entry(key.name).or_insert_with(|| {
                let text = self.pool.get(key.name).to_owned();
                let (item, case) = names::last_bracket(&text)?;
                let pair = (self.pool.intern(item), self.pool.intern(&names::case_name(case)));
                known.contains(&pair).then_some(pair)
            });
            if let Some((item, case)) = found {
                (key.name, key.bare, key.case) = (item, item, case);
            }
        }
    }
}

/// Codes of no known system are of one where the sides share some of them; else each list has its own.
fn own_codes(keys: &mut [Key]) {
    const OPAQUE: u16 = 1;
    let mut side_of: HashMap<TextId, u16> = HashMap::default();
    let opaque = keys.iter().filter(|key| key.system == OPAQUE);
    let shared = opaque
        .into_iter()
        .any(|key| *side_of.entry(key.code).or_insert(key.side) != key.side);
    if !shared {
        for key in keys.iter_mut().filter(|key| key.system == OPAQUE) {
            key.system = OWN;
        }
    }
}

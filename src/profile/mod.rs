//! Profiles (要素规范), fields and vocabularies: the data that says what is compared and how the field writes it.
//!
//! Must not know files of lists. Everything shipped is embedded from `catalogs/`; a user's profile is read from a path.

mod catalog;
mod data;
mod divisions;
pub mod headers;
mod own;
pub mod own_rules;
mod words;
mod written;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::error::{Error, Kind as ErrorKind, Result};
use crate::model::{ElementId, FieldId, RuleInfo};
use crate::normalise::{KINDS, Kind, ROLES, Role, Vocabulary};

pub use catalog::{RetiredRule, data, profile_ids, retired_rules, rules};
pub(crate) use catalog::{Typo, Typos, Vague, VaguePattern, VagueWord};
pub use written::Written;

/// What regions owe each other in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// The same value.
    Equal,
    /// The same value, and the law says so: a difference is an error.
    MustEqual,
    /// A shorter one is allowed: a disparity, never a violation (优化营商环境条例 art. 36).
    ShorterOk,
    /// The same set; fewer is better for the applicant.
    FewerBetter,
}

/// The policies, by their words in profiles.
const POLICIES: [(&str, Policy); 7] = [
    ("equal", Policy::Equal),
    ("same-set", Policy::Equal),
    ("same-clauses", Policy::Equal),
    ("same-steps", Policy::Equal),
    ("must-equal", Policy::MustEqual),
    ("shorter-ok", Policy::ShorterOk),
    ("fewer-better", Policy::FewerBetter),
];

/// Whether a difference stands in the way of handling for each other, by its words in profiles.
const PAIRWISE: [(&str, bool); 2] = [("blocks", true), ("informs", false)];

/// The rules that a profile switches on and off, each word with its line, from 1: data, for the rules are not known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    /// The file of the profile.
    pub file: PathBuf,
    /// The rules that run; empty for no change.
    pub select: Vec<(u32, String)>,
    /// The rules that do not run.
    pub ignore: Vec<(u32, String)>,
}

/// One meaning that a column can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// The official header.
    pub title: String,
    /// The English name.
    pub en: String,
    /// Known, but nothing that is judged.
    pub extra: bool,
}

/// One element of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its id.
    pub id: String,
    /// The Chinese name (要素).
    pub title: String,
    /// The English name.
    pub en: String,
    /// Its kind.
    pub kind: Kind,
    /// Between regions.
    pub policy: Policy,
    /// Its weight in the index.
    pub weight: f64,
    /// Whether regions are compared in it; if not, it serves lint rules and guides.
    pub compare: bool,
    /// Whether a difference in it stands in the way of handling for each other (跨省通办); if not, it is only told.
    pub blocks: bool,
    /// Which field contributes what.
    pub fields: Vec<(Role, FieldId)>,
    /// The id of its code list.
    pub list: Option<String>,
    /// The legal ground of the policy.
    pub ground: String,
    /// What it is, in Chinese and in English.
    pub doc: [String; 2],
    /// Not settled by the sources yet.
    pub draft: bool,
}

/// A known source of files: headers that only together mean something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Headers (folded) that must all be there.
    pub requires: Vec<String>,
    /// Folded header → field; `None` for what is known but not used.
    pub columns: HashMap<String, Option<FieldId>>,
    /// Code list → dialect of that list.
    pub lists: HashMap<String, String>,
}

/// A profile with everything that it needs.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// The Chinese name.
    pub title: String,
    /// The English name.
    pub en: String,
    /// `stable` or `draft`.
    pub status: String,
    /// Where its list of elements comes from.
    pub source: String,
    /// All fields.
    pub fields: Vec<Field>,
    /// The elements, in the order of reports.
    pub elements: Vec<Element>,
    /// Known sources of files.
    pub dialects: Vec<Dialect>,
    /// The rules that it switches on and off, those of what it extends first.
    pub switches: Vec<Switches>,
    /// The words.
    pub vocabulary: Vocabulary,
    /// The workspace's own rules, in the order of their files.
    pub rules: Vec<own_rules::OwnRule>,
    /// Folded header → fields that it could mean.
    ambiguous: HashMap<String, Vec<String>>,
    /// Folded header → field.
    aliases: HashMap<String, FieldId>,
    /// Table → folded name of a nested field → its id.
    nested: HashMap<String, HashMap<String, String>>,
    /// Folded header → (table, id) of the nested field that it means without any header above it.
    flat: HashMap<String, (String, String)>,
}

/// The tables of nested fields, and the fields that hold such records; the first is the one that columns fill.
const RECORDS: [(&str, &[&str]); 5] = [
    ("material", &["materials"]),
    ("law", &["legal_bases", "basis"]),
    ("fee", &["fee_items", "fees"]),
    ("step", &["procedure"]),
    ("special", &["special", "specials"]),
];

impl Profile {
    /// A profile that ships with tongban, by id, or a user's own, by path.
    ///
    /// # Errors
    /// When there is no such id or file, or the file is not a profile; with the line where known.
    pub fn load(id_or_path: &str) -> Result<Profile> {
        Profile::load_with(id_or_path, &[])
    }

    /// The same with the words that some folders add: files of the name and shape of those in `catalogs/vocabulary` and `catalogs/codes`,
    /// in their folders `vocabulary/` and `codes/`, and with the rules in their folders `rules/`. A profile's own folder is always
    /// one of them.
    ///
    /// # Errors
    /// As [`Profile::load`], and when one of these files is broken.
    pub fn load_with(id_or_path: &str, words: &[PathBuf]) -> Result<Profile> {
        catalog::load(id_or_path, words)
    }

    /// The field of an id.
    pub fn field(&self, id: &str) -> Option<FieldId> {
        self.fields.iter().position(|field| field.id == id).map(FieldId::of)
    }

    /// The field that an id of a field or of an element stands for.
    pub fn target(&self, id: &str) -> Option<FieldId> {
        self.field(id).or_else(|| {
            let element = self.elements.iter().find(|element| element.id == id)?;
            element
                .fields
                .iter()
                .find(|(role, _)| *role == Role::Value)
                .map(|&(_, field)| field)
        })
    }

    /// The column that an id in `[region.columns]` stands for: a field, an element, or one property of the records of a field
    /// (`materials.form`).
    pub fn target_column(&self, id: &str) -> Option<(FieldId, Option<String>)> {
        if let Some(field) = self.target(id) {
            return Some((field, None));
        }
        let (owner, nested) = id.split_once('.')?;
        let field = self.field(owner)?;
        let known = self.nested.get(self.nested_table(field)?)?;
        known
            .values()
            .any(|own| own == nested)
            .then(|| (field, Some(nested.to_owned())))
    }

    /// The element of an id, a Chinese or an English name.
    pub fn element(&self, name: &str) -> Option<ElementId> {
        self.elements
            .iter()
            .position(|element| element.id == name || element.title == name || element.en.eq_ignore_ascii_case(name))
            .map(ElementId::of)
    }

    /// The elements in which regions are compared.
    pub fn compared(&self) -> impl Iterator<Item = (ElementId, &Element)> {
        self.elements
            .iter()
            .enumerate()
            .filter(|(_, element)| element.compare)
            .map(|(at, element)| (ElementId::of(at), element))
    }

    /// The id of a nested field (of a record inside `materials`, `legal_bases` …) by its name in the file.
    pub fn nested(&self, table: &str, name: &str) -> Option<&str> {
        let names = self.nested.get(table)?;
        let key = headers::fold(name);
        let known = |key: &str| names.get(key).map(String::as_str);
        // 材料名称/materialName, 份数（份）: as in the headers of columns.
        let bare = || key.strip_suffix(')')?.split_once('(').map(|(before, _)| before);
        known(&key)
            .or_else(|| key.split('/').find_map(known))
            .or_else(|| bare().and_then(known))
    }

    /// The table of nested fields that a field holds records of.
    pub fn nested_table(&self, field: FieldId) -> Option<&'static str> {
        let id = self.fields.get(field.index())?.id.as_str();
        RECORDS
            .iter()
            .find(|(_, owners)| owners.contains(&id))
            .map(|(table, _)| *table)
    }

    /// The field whose records are filled by columns of their own (材料名称, 材料形式 …).
    pub fn record_owner(&self, table: &str) -> Option<FieldId> {
        let (_, owners) = RECORDS.iter().find(|(name, _)| *name == table)?;
        owners.iter().find_map(|owner| self.field(owner))
    }

    /// The owner and the nested field of a folded header that means one by itself (材料名称, 环节名称).
    pub(crate) fn flat(&self, key: &str) -> Option<(FieldId, &str)> {
        let (table, id) = self.flat.get(key)?;
        Some((self.record_owner(table)?, id))
    }
}

/// Puts a profile together from parsed data.
fn build(
    written: &Written<'_>,
    file: data::ProfileFile,
    base: Option<Profile>,
    shared: data::Shared,
) -> Result<Profile> {
    let data::ProfileFile {
        id,
        title,
        en,
        status,
        source,
        extends: _,
        keep,
        drop,
        rule_files: _,
        element: elements,
        lint,
    } = file;
    let mut profile = match base {
        Some(base) => base,
        None => Profile {
            id: String::new(),
            title: String::new(),
            en: String::new(),
            status: String::new(),
            source: String::new(),
            fields: shared.fields,
            elements: Vec::new(),
            dialects: Vec::new(),
            switches: Vec::new(),
            vocabulary: shared.vocabulary,
            rules: Vec::new(),
            ambiguous: shared.ambiguous,
            aliases: shared.aliases,
            nested: shared.nested,
            flat: shared.flat,
        },
    };
    (profile.id, profile.title, profile.en) = (id, title, en);
    (profile.status, profile.source) = (status, source);
    for (key, ids) in [("keep", keep.as_deref().unwrap_or_default()), ("drop", &drop)] {
        let known = profile.elements.iter().map(|element| element.id.as_str());
        let unknown = |id: &&Spanned<String>| !known.clone().any(|known| known == id.get_ref());
        if let Some(wrong) = ids.iter().find(unknown) {
            return Err(written.unknown(key, wrong, known));
        }
    }
    let place = |ids: &[Spanned<String>], element: &Element| ids.iter().position(|id| *id.get_ref() == element.id);
    if let Some(keep) = keep {
        // What is not kept still serves rules and guides.
        for element in &mut profile.elements {
            element.compare &= place(&keep, element).is_some();
        }
        profile
            .elements
            .sort_by_key(|element| place(&keep, element).unwrap_or(usize::MAX));
    }
    profile.elements.retain(|element| place(&drop, element).is_none());
    let words = |words: Vec<Spanned<String>>| {
        let place = |word: Spanned<String>| (written.line(&word.span()), word.into_inner());
        words.into_iter().map(place).collect()
    };
    if !(lint.select.is_empty() && lint.ignore.is_empty()) {
        profile.switches.push(Switches {
            file: written.path().to_owned(),
            select: words(lint.select),
            ignore: words(lint.ignore),
        });
    }
    for data in elements {
        add_element(&mut profile, written, data)?;
    }
    if profile.dialects.is_empty() {
        profile.dialects = shared
            .dialects
            .into_iter()
            .map(|dialect| build_dialect(&profile, dialect))
            .collect::<Result<Vec<Dialect>>>()?;
    }
    Ok(profile)
}

fn build_dialect(profile: &Profile, dialect: data::DialectData) -> Result<Dialect> {
    let wrong = |id: &str| Error::plain(ErrorKind::BadSettings, format!("{}: {id}", dialect.id));
    let mut columns = HashMap::new();
    for (header, target) in dialect.columns {
        let field = match target.as_str() {
            "extra" => None,
            id => Some(profile.target(id).ok_or_else(|| wrong(id))?),
        };
        columns.insert(headers::fold(&header), field);
    }
    Ok(Dialect {
        requires: dialect.requires.iter().map(|header| headers::fold(header)).collect(),
        id: dialect.id,
        title: dialect.title,
        columns,
        lists: dialect.code_lists,
    })
}

/// Adds an element, or overrides the one of the same id in what is given.
fn add_element(profile: &mut Profile, written: &Written<'_>, data: data::ElementData) -> Result<()> {
    let kind = |word: &Spanned<String>| {
        let found = KINDS.iter().find(|(name, _)| name == word.get_ref());
        let known = KINDS.iter().map(|(name, _)| *name);
        found
            .map(|&(_, kind)| kind)
            .ok_or_else(|| written.unknown("kind", word, known))
    };
    let policy = |word: &Spanned<String>| {
        let found = POLICIES.iter().find(|(name, _)| name == word.get_ref());
        let known = POLICIES.iter().map(|(name, _)| *name);
        found
            .map(|&(_, policy)| policy)
            .ok_or_else(|| written.unknown("policy", word, known))
    };
    let id = data.id.get_ref();
    let mut element = match profile.elements.iter().find(|element| element.id == *id) {
        Some(element) => element.clone(),
        // An element of somebody's own has a name; without one it is an element of the base, mistyped.
        None if data.title.is_none() => {
            return Err(written.unknown("id", &data.id, profile.elements.iter().map(|e| e.id.as_str())));
        }
        None => Element {
            id: id.clone(),
            title: id.clone(),
            en: id.clone(),
            kind: Kind::Text,
            policy: Policy::Equal,
            weight: 1.0,
            compare: true,
            blocks: true,
            fields: Vec::new(),
            list: None,
            ground: String::new(),
            doc: [String::new(), String::new()],
            draft: false,
        },
    };
    if let Some(title) = data.title {
        element.title = title;
    }
    if let Some(en) = data.en {
        element.en = en;
    }
    if let Some(word) = &data.kind {
        element.kind = kind(word)?;
    }
    if let Some(word) = &data.policy {
        element.policy = policy(word)?;
    }
    if let Some(weight) = data.weight {
        let value = *weight.get_ref();
        if !(value.is_finite() && value >= 0.0) {
            return Err(written.wrong(&weight.span(), "negative-weight", Vec::new()));
        }
        element.weight = value;
    }
    // Whoever names an element wants it compared, unless it says otherwise.
    element.compare = data.compare.unwrap_or(true);
    if let Some(word) = &data.pairwise {
        let found = PAIRWISE.iter().find(|(name, _)| name == word.get_ref());
        let known = PAIRWISE.iter().map(|(name, _)| *name);
        element.blocks = found
            .map(|&(_, blocks)| blocks)
            .ok_or_else(|| written.unknown("pairwise", word, known))?;
    }
    element.draft = data.draft.unwrap_or(element.draft);
    element.ground = data.ground.unwrap_or(element.ground);
    element.doc = [
        data.doc.unwrap_or(element.doc[0].clone()),
        data.doc_en.unwrap_or(element.doc[1].clone()),
    ];
    if let Some(list) = data.code_list {
        if !profile.vocabulary.lists.contains_key(list.get_ref()) {
            let mut known: Vec<&str> = profile.vocabulary.lists.keys().map(String::as_str).collect();
            known.sort_unstable();
            return Err(written.unknown("code_list", &list, known));
        }
        element.list = Some(list.into_inner());
    }
    if let Some(fields) = data.fields {
        element.fields.clear();
        for (role, field) in fields {
            let role = ROLES
                .iter()
                .find(|(name, _)| name == role.get_ref())
                .map(|&(_, role)| role)
                .ok_or_else(|| written.unknown("fields", &role, ROLES.iter().map(|(name, _)| *name)))?;
            let field = match profile.field(&field) {
                Some(field) => field,
                None => add_field(profile, &field, &element),
            };
            element.fields.push((role, field));
        }
    } else if element.fields.is_empty() {
        let field = match profile.field(&element.id) {
            Some(field) => field,
            None => add_field(profile, &element.id.clone(), &element),
        };
        element.fields.push((Role::Value, field));
    }
    element.fields.sort_unstable();
    if let Some(&(_, field)) = element.fields.iter().find(|(role, _)| *role == Role::Value) {
        for alias in data.aliases {
            profile.aliases.insert(headers::fold(&alias), field);
        }
    }
    match profile.elements.iter_mut().find(|old| old.id == element.id) {
        Some(old) => *old = element,
        None => profile.elements.push(element),
    }
    Ok(())
}

/// A new field for an element of the user's own: it answers to its id and to the element's names.
fn add_field(profile: &mut Profile, id: &str, element: &Element) -> FieldId {
    let field = FieldId::of(profile.fields.len());
    profile.fields.push(Field {
        id: id.to_owned(),
        title: element.title.clone(),
        en: element.en.clone(),
        extra: false,
    });
    for name in [id, element.title.as_str(), element.en.as_str()] {
        profile.aliases.entry(headers::fold(name)).or_insert(field);
    }
    field
}

/// What is known of a rule, by code or by name.
pub fn rule<'a>(rules: &'a [RuleInfo], name: &str) -> Option<&'a RuleInfo> {
    rules
        .iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name)
}

fn read_profile_file(path: &Path) -> Result<String> {
    // A pipe would be waited for, a device never ends.
    if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(Error::file(ErrorKind::NotAFile, path, ""));
    }
    std::fs::read_to_string(path).map_err(|error| {
        let kind = if error.kind() == std::io::ErrorKind::NotFound {
            ErrorKind::NotFound
        } else {
            ErrorKind::Unreadable
        };
        Error::file(kind, path, error.to_string())
    })
}

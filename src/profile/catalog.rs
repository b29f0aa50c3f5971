//! The shipped data: the TOML files of `catalogs/`, embedded, and how they become a profile. A new profile, code list or rule
//! file is one line here.
//!
//! Must not hold any fact of the field itself.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::data::{FieldsFile, ListFile, MaterialData, ProfileFile, Shared};
use super::{Field, Profile, build, headers, read_profile_file};
use crate::error::{Error, Kind, Result};
use crate::model::{Confidence, FieldId, RuleInfo, Severity};
use crate::normalise::numerals::{Measure, Measures};
use crate::normalise::vocabulary::{MaterialWord, key};
use crate::normalise::{CodeList, StepWords, TimeWords, Vocabulary, fold};

macro_rules! shipped {
    ($($path:literal),* $(,)?) => { [$(($path, include_str!(concat!("../../catalogs/", $path)))),*] };
}

const PROFILES: [(&str, &str); 4] = shipped![
    "profiles/national-12.toml",
    "profiles/siji-sitong.toml",
    "profiles/hubei-8.toml",
    "profiles/supervision-15.toml",
];

const FIELDS: [(&str, &str); 1] = shipped!["fields.toml"];

const LISTS: [(&str, &str); 18] = shipped![
    "codes/area.toml",
    "codes/audience.toml",
    "codes/body-kind.toml",
    "codes/case-kind.toml",
    "codes/channel.toml",
    "codes/department.toml",
    "codes/item-state.toml",
    "codes/item-type.toml",
    "codes/level.toml",
    "codes/material-form.toml",
    "codes/material-type.toml",
    "codes/necessity.toml",
    "codes/online-depth.toml",
    "codes/power-source.toml",
    "codes/result-type.toml",
    "codes/review-kind.toml",
    "codes/source.toml",
    "codes/time-unit.toml",
];

const PLACEHOLDERS: [(&str, &str); 1] = shipped!["vocabulary/placeholders.toml"];
const MATERIALS: [(&str, &str); 1] = shipped!["vocabulary/materials.toml"];
const STEPS: [(&str, &str); 1] = shipped!["vocabulary/steps.toml"];
const ISSUERS: [(&str, &str); 1] = shipped!["vocabulary/issuers.toml"];
const LEVELS: [(&str, &str); 1] = shipped!["vocabulary/levels.toml"];
const FLIPS: [(&str, &str); 1] = shipped!["vocabulary/flips.toml"];
const MEASURES: [(&str, &str); 1] = shipped!["vocabulary/measures.toml"];
const VAGUE: [(&str, &str); 1] = shipped!["vocabulary/vague.toml"];

const RULES: [(&str, &str); 12] = shipped![
    "rules/BAS.toml",
    "rules/COD.toml",
    "rules/CON.toml",
    "rules/CRO.toml",
    "rules/CTC.toml",
    "rules/FEE.toml",
    "rules/FIL.toml",
    "rules/MAT.toml",
    "rules/NAM.toml",
    "rules/ONL.toml",
    "rules/RES.toml",
    "rules/TIM.toml",
];

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        let line = u32::try_from(line).unwrap_or(0);
        Error::line(Kind::BadSettings, Path::new(name), line, error.message().to_owned())
    })
}

/// The ids of the shipped profiles.
pub fn profile_ids() -> Vec<&'static str> {
    PROFILES.iter().map(|(path, _)| id_of(path)).collect()
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml")
}

pub(super) fn load(id_or_path: &str) -> Result<Profile> {
    load_at(id_or_path, 0)
}

fn load_at(id_or_path: &str, depth: usize) -> Result<Profile> {
    if depth > 8 {
        return Err(Error::plain(Kind::BadSettings, format!("extends: {id_or_path}")));
    }
    let (name, file) = match PROFILES.iter().find(|(path, _)| id_of(path) == id_or_path) {
        Some((path, text)) => ((*path).to_owned(), parse::<ProfileFile>(path, text)?),
        None if id_or_path.ends_with(".toml") => (
            id_or_path.to_owned(),
            parse::<ProfileFile>(id_or_path, &read_profile_file(Path::new(id_or_path))?)?,
        ),
        None => {
            return Err(Error::plain(
                Kind::UnknownName,
                format!("{id_or_path} ({})", profile_ids().join(", ")),
            ));
        }
    };
    let base = match &file.extends {
        // A relative path is meant from where the extending file stands.
        Some(base) if base.ends_with(".toml") => {
            let path = Path::new(&name).parent().unwrap_or(Path::new("")).join(base);
            Some(load_at(&path.to_string_lossy(), depth + 1)?)
        }
        Some(base) => Some(load_at(base, depth + 1)?),
        None => None,
    };
    build(file, base, shared()?)
}

fn shared() -> Result<Shared> {
    let file: FieldsFile = parse(FIELDS[0].0, FIELDS[0].1)?;
    let mut shared = Shared {
        fields: Vec::new(),
        aliases: HashMap::new(),
        ambiguous: HashMap::new(),
        nested: HashMap::new(),
        flat: HashMap::new(),
        dialects: file.dialect,
        vocabulary: vocabulary()?,
    };
    let mut flat: Vec<(String, (String, String))> = Vec::new();
    for field in file.field {
        let names = [&field.id, &field.title, &field.en]
            .into_iter()
            .chain(&field.aliases)
            .map(|name| headers::fold(name));
        if field.table == "item" {
            let id = FieldId::of(shared.fields.len());
            for name in names {
                shared.aliases.entry(name).or_insert(id);
            }
            shared.fields.push(Field {
                id: field.id,
                title: field.title,
                en: field.en,
                extra: field.extra,
            });
        } else {
            if !field.extra {
                for name in std::iter::once(&field.title).chain(&field.aliases) {
                    flat.push((headers::fold(name), (field.table.clone(), field.id.clone())));
                }
            }
            let under = field.under.iter().map(|name| headers::fold(name));
            let table = shared.nested.entry(field.table).or_default();
            for name in names.chain(under) {
                table.entry(name).or_insert_with(|| field.id.clone());
            }
        }
    }
    for ambiguous in file.ambiguous {
        shared
            .ambiguous
            .insert(headers::fold(&ambiguous.header), ambiguous.could_be);
    }
    // A name that means something of the item, or a property in two tables, says nothing by itself.
    for (name, meaning) in &flat {
        let alone = flat.iter().all(|(other, place)| other != name || place == meaning);
        if alone && !shared.aliases.contains_key(name) && !shared.ambiguous.contains_key(name) {
            shared.flat.insert(name.clone(), meaning.clone());
        }
    }
    Ok(shared)
}

#[derive(Deserialize)]
struct PlaceholdersFile {
    empty: Vec<String>,
    refers: Vec<String>,
    refers_start: Vec<String>,
    name: NameWords,
    conditions: Conditions,
    materials: Words,
    fees: FeeWords,
    duration: Times,
    visits: Visits,
}

#[derive(Deserialize)]
struct Conditions {
    none: Vec<String>,
    vacuous: Vec<String>,
}

#[derive(Deserialize)]
struct Visits {
    zero: Vec<String>,
    at_most_one: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    none: Vec<String>,
}

#[derive(Deserialize)]
struct NameWords {
    empty: Vec<String>,
    cases: Vec<String>,
}

#[derive(Deserialize)]
struct FeeWords {
    none: Vec<String>,
    some: Vec<String>,
    pay_less: Vec<String>,
}

#[derive(Deserialize)]
struct Times {
    immediate: Vec<String>,
    same_day: Vec<String>,
    unlimited: Vec<String>,
    uncounted: Vec<String>,
}

#[derive(Deserialize)]
struct MaterialsFile {
    material: Vec<MaterialData>,
    words: BTreeMap<String, Vec<String>>,
    idle_before: Vec<String>,
    photo: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuersFile {
    issuer: Vec<IssuerData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuerData {
    name: String,
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct StepsFile {
    actors: Vec<String>,
    endings: Vec<String>,
    apart: Vec<String>,
    pictures: Vec<String>,
    step: Vec<Named>,
    #[serde(default)]
    compound: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    special: bool,
    #[serde(default)]
    parts: Vec<String>,
}

#[derive(Deserialize)]
struct LevelsFile {
    never: Vec<String>,
    group: Vec<LevelGroup>,
}

#[derive(Deserialize)]
struct LevelGroup {
    id: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct FlipsFile {
    flip: Vec<Flip>,
    negation: Negation,
    direction: Direction,
}

#[derive(Deserialize)]
struct Negation {
    words: Vec<String>,
    not_negation: Vec<String>,
}

#[derive(Deserialize)]
struct Direction {
    unclear: Vec<String>,
    record: Vec<String>,
}

#[derive(Deserialize)]
struct Flip {
    a: Vec<String>,
    b: Vec<String>,
}

#[derive(Deserialize)]
struct MeasuresFile {
    quantities: Vec<String>,
    ordinals: Vec<String>,
    limits: Vec<String>,
    ranks: Vec<String>,
    never: Vec<String>,
    not_after: String,
    alias: Vec<MeasureAlias>,
}

#[derive(Deserialize)]
struct MeasureAlias {
    unit: String,
    #[serde(default = "once")]
    times: u32,
    words: Vec<String>,
}

fn once() -> u32 {
    1
}

fn measures(file: MeasuresFile) -> Measures {
    let own = |rank: bool| {
        move |word: String| Measure {
            unit: word.clone(),
            word,
            times: 1,
            rank,
        }
    };
    let mut all: Vec<Measure> = file.quantities.into_iter().chain(file.limits).map(own(false)).collect();
    all.extend(file.ordinals.into_iter().map(own(true)));
    for alias in file.alias {
        all.extend(alias.words.into_iter().map(|word| Measure {
            word,
            unit: alias.unit.clone(),
            times: alias.times,
            rank: false,
        }));
    }
    Measures::new(all, file.ranks, file.never, file.not_after)
}

/// What leaves open what is asked: words, and whole phrases as regular expressions, with the elements they are looked for in.
#[derive(Deserialize)]
pub(crate) struct Vague {
    /// Words in which a vague word is harmless (其他组织, 等级).
    pub whitelist: Vec<VagueWord>,
    /// Vague words.
    pub word: Vec<VagueWord>,
    /// Catch-all phrases.
    pub catch_all: Vec<VaguePattern>,
}

/// One vague or harmless word.
#[derive(Deserialize)]
pub(crate) struct VagueWord {
    /// The word.
    #[serde(default)]
    pub text: String,
    /// A regular expression instead of a word.
    pub pattern: Option<String>,
    /// The elements it is looked for in; empty for all.
    #[serde(default)]
    pub places: Vec<String>,
    /// What makes it vague.
    #[serde(default)]
    pub kind: String,
}

/// One catch-all phrase.
#[derive(Deserialize)]
pub(crate) struct VaguePattern {
    /// The regular expression.
    pub pattern: String,
    /// The elements it is looked for in.
    pub places: Vec<String>,
    /// What makes it vague; empty: it leaves the list open.
    #[serde(default)]
    pub kind: String,
}

impl Vague {
    /// The shipped words.
    ///
    /// # Errors
    /// When the shipped file is broken, which a test rules out.
    pub(crate) fn shipped() -> Result<Vague> {
        parse(VAGUE[0].0, VAGUE[0].1)
    }
}

fn vocabulary() -> Result<Vocabulary> {
    let placeholders: PlaceholdersFile = parse(PLACEHOLDERS[0].0, PLACEHOLDERS[0].1)?;
    let materials: MaterialsFile = parse(MATERIALS[0].0, MATERIALS[0].1)?;
    let steps: StepsFile = parse(STEPS[0].0, STEPS[0].1)?;
    let issuers: IssuersFile = parse(ISSUERS[0].0, ISSUERS[0].1)?;
    let levels: LevelsFile = parse(LEVELS[0].0, LEVELS[0].1)?;
    let flips: FlipsFile = parse(FLIPS[0].0, FLIPS[0].1)?;
    let spelt = |words: Vec<String>| words.iter().map(|word| fold::spelling(word)).collect::<Vec<_>>();
    let mut vocabulary = Vocabulary {
        empty: placeholders.empty,
        refers: spelt(placeholders.refers),
        refers_start: spelt(placeholders.refers_start),
        unsorted: spelt(placeholders.name.empty),
        cases: spelt(placeholders.name.cases),
        no_fee: placeholders.fees.none.iter().map(|word| key(word)).collect(),
        some_fee: placeholders.fees.some.iter().map(|word| key(word)).collect(),
        pay_less: spelt(placeholders.fees.pay_less),
        no_conditions: spelt(placeholders.conditions.none),
        vacuous_conditions: spelt(placeholders.conditions.vacuous),
        no_visit: spelt(placeholders.visits.zero),
        visit_words: spelt(placeholders.visits.at_most_one),
        no_materials: spelt(placeholders.materials.none),
        never_level: levels.never,
        measures: measures(parse(MEASURES[0].0, MEASURES[0].1)?),
        negation: flips.negation.words,
        not_negation: flips.negation.not_negation,
        unclear_direction: flips.direction.unclear,
        record: flips.direction.record,
        flips: flips.flip.into_iter().map(|flip| (flip.a, flip.b)).collect(),
        ..Vocabulary::default()
    };
    for material in materials.material {
        add_material(&mut vocabulary, material);
    }
    let known = |word: &str| {
        MaterialWord::WORDS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|&(_, word)| word)
    };
    for (name, words) in materials.words {
        let said = known(&name).ok_or_else(|| Error::plain(Kind::BadSettings, name.clone()))?;
        for word in words {
            vocabulary.material_words.insert(fold::spelling(&word), said);
        }
    }
    vocabulary.material_tails = tails(&vocabulary.material_words);
    vocabulary.material_idle = materials.idle_before;
    vocabulary
        .material_idle
        .sort_by_key(|word| std::cmp::Reverse(word.len()));
    vocabulary.photo_words = materials.photo;
    let mut uncounted = placeholders.duration.uncounted.clone();
    for step in steps.step.into_iter().chain(steps.compound) {
        let parts = if step.parts.is_empty() {
            vec![step.name.clone()]
        } else {
            step.parts
        };
        for alias in step.aliases.iter().chain([&step.name]) {
            vocabulary.steps.insert(key(alias), parts.clone());
            uncounted.extend(step.special.then(|| alias.clone()));
        }
        if step.special {
            vocabulary.special_steps.insert(step.name);
        }
    }
    let by_length = |mut words: Vec<String>| {
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.iter().map(|word| key(word)).collect::<Vec<_>>()
    };
    vocabulary.step_words = StepWords {
        actors: by_length(steps.actors),
        endings: by_length(steps.endings),
        apart: by_length(steps.apart),
        pictures: steps.pictures,
    };
    let times = placeholders.duration;
    vocabulary.time = TimeWords::new(&times.immediate, &times.same_day, &times.unlimited, &uncounted);
    for issuer in issuers.issuer {
        for alias in issuer.aliases {
            vocabulary.issuers.insert(alias, issuer.name.clone());
        }
    }
    for group in levels.group {
        vocabulary
            .levels
            .extend(group.words.into_iter().map(|word| (word, group.id.clone())));
    }
    // Longest first, so that 全自治区性 is not taken for 全自治区.
    vocabulary
        .levels
        .sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    for (path, text) in LISTS {
        let mut list = code_list(parse(path, text)?);
        // 无 stands in some lists and is a placeholder first.
        list.index.retain(|name, _| !vocabulary.is_empty_word(name));
        vocabulary.lists.insert(list.id.clone(), list);
    }
    Ok(vocabulary)
}

/// Adds a paper and its other names to what is known. A later entry wins: a user's own list may move an alias.
pub(super) fn add_material(vocabulary: &mut Vocabulary, material: MaterialData) {
    let MaterialData {
        name,
        aliases,
        issued_by_government,
    } = material;
    if issued_by_government {
        vocabulary.government_materials.insert(name.clone());
    }
    // A name that was an alias so far takes its aliases with it.
    for alias in aliases.iter().chain([&name]) {
        vocabulary.materials.insert(key(alias), name.clone());
    }
}

/// The words of form that stand behind a name: 身份证复印件, 申请表电子版.
fn tails(words: &HashMap<String, MaterialWord>) -> Vec<(String, MaterialWord)> {
    let behind = |word: MaterialWord| {
        matches!(
            word,
            MaterialWord::Original
                | MaterialWord::Copy
                | MaterialWord::Shown
                | MaterialWord::Electronic
                | MaterialWord::SealedCopy
        )
    };
    let mut tails: Vec<(String, MaterialWord)> = words
        .iter()
        .filter(|(word, kind)| behind(**kind) && word.chars().count() >= 3 || word.as_str() == "原件")
        .map(|(word, kind)| (word.clone(), *kind))
        .collect();
    tails.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    tails
}

fn code_list(file: ListFile) -> CodeList {
    let mut list = CodeList {
        id: file.id,
        ..CodeList::default()
    };
    for (at, value) in file.value.into_iter().enumerate() {
        list.index.insert(key(&value.code), at);
        // Leading zeros get lost in spreadsheets: 1 is 01.
        let bare = value.code.trim_start_matches('0');
        if !bare.is_empty() {
            list.index.entry(key(bare)).or_insert(at);
        }
        for name in value.aliases.iter().chain([&value.name]) {
            list.index.entry(key(name)).or_insert(at);
        }
        list.values.push((value.code, value.name));
    }
    for group in file.group {
        let members = group
            .members
            .iter()
            .filter_map(|code| list.index.get(&key(code)).copied())
            .collect();
        list.groups.insert(key(&group.name), members);
    }
    for dialect in file.dialect {
        let map = dialect
            .map
            .into_iter()
            .map(|(from, to)| (key(&from), key(&to)))
            .collect();
        list.dialects.insert(dialect.id, map);
    }
    list
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    rule: Vec<RuleData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleData {
    code: String,
    name: String,
    severity: String,
    #[serde(default)]
    confidence: String,
    title: String,
    title_en: String,
    doc: String,
    doc_en: String,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    bad: String,
    #[serde(default)]
    good: String,
    #[serde(default)]
    todo: String,
    #[serde(default)]
    todo_en: String,
    message: String,
    message_en: String,
}

/// What is known of all rules, in the order of their codes, and the wording of their messages in Chinese and in English.
///
/// # Errors
/// When a shipped file is broken, which a test rules out.
pub fn rules() -> Result<Vec<(RuleInfo, [String; 2])>> {
    let mut rules = Vec::new();
    for (path, text) in RULES {
        let file: RulesFile = parse(path, text)?;
        for rule in file.rule {
            let severity = match rule.severity.as_str() {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                _ => Severity::Info,
            };
            let confidence = match rule.confidence.as_str() {
                "low" => Confidence::Low,
                "medium" => Confidence::Medium,
                _ => Confidence::High,
            };
            rules.push((
                RuleInfo {
                    code: rule.code,
                    name: rule.name,
                    severity,
                    confidence,
                    title: [rule.title, rule.title_en],
                    doc: [rule.doc, rule.doc_en],
                    ground: rule.ground,
                    bad: rule.bad,
                    good: rule.good,
                    todo: [rule.todo, rule.todo_en],
                },
                [rule.message, rule.message_en],
            ));
        }
    }
    rules.sort_by(|a, b| a.0.code.cmp(&b.0.code));
    Ok(rules)
}

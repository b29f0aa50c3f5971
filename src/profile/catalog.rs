//! The shipped data: the TOML files of `catalogs/`, embedded, and how they become a profile. A new profile, code list or rule
//! file is one line here.
//!
//! Must not hold any fact of the field itself.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::data::{FieldsFile, ProfileFile, Shared};
use super::own::Own;
use super::{Field, Profile, build, headers, read_profile_file};
use super::{own_rules, words};
use crate::error::{Error, Kind, Result};
use crate::model::{Confidence, FieldId, Fixable, RuleInfo, Severity, Threshold};

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

pub(super) const LISTS: [(&str, &str); 18] = shipped![
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

/// The vocabularies; a workspace may add to each of them.
pub(super) const VOCABULARY: [(&str, &str); 7] = shipped![
    "vocabulary/flips.toml",
    "vocabulary/issuers.toml",
    "vocabulary/levels.toml",
    "vocabulary/materials.toml",
    "vocabulary/measures.toml",
    "vocabulary/placeholders.toml",
    "vocabulary/steps.toml",
];
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

pub(super) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
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

/// Loads a profile; `words` are folders that add to the vocabularies and code lists.
pub(super) fn load(id_or_path: &str, words: &[PathBuf]) -> Result<Profile> {
    let beside = Path::new(id_or_path).parent().filter(|_| id_or_path.ends_with(".toml"));
    let folders: Vec<&Path> = words.iter().map(PathBuf::as_path).chain(beside).collect();
    let own = Own::of(folders.iter().copied())?;
    let mut named = Vec::new();
    let mut profile = load_at(id_or_path, &own, &mut named, 0)?;
    profile.rules = own_rules::load(&folders, &named, &profile)?;
    Ok(profile)
}

/// `named` takes the files of rules that the profile and those that it extends name.
fn load_at(id_or_path: &str, own: &Own, named: &mut Vec<PathBuf>, depth: usize) -> Result<Profile> {
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
            Some(load_at(&path.to_string_lossy(), own, named, depth + 1)?)
        }
        Some(base) => Some(load_at(base, own, named, depth + 1)?),
        None => None,
    };
    let folder = Path::new(&name).parent().unwrap_or(Path::new(""));
    named.extend(file.rule_files.iter().map(|file| folder.join(file)));
    build(file, base, shared(own)?)
}

fn shared(own: &Own) -> Result<Shared> {
    let file: FieldsFile = parse(FIELDS[0].0, FIELDS[0].1)?;
    let mut shared = Shared {
        fields: Vec::new(),
        aliases: HashMap::new(),
        ambiguous: HashMap::new(),
        nested: HashMap::new(),
        flat: HashMap::new(),
        dialects: file.dialect,
        vocabulary: words::vocabulary(own)?,
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
    threshold: Option<u32>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    unit_en: String,
    #[serde(default)]
    mark: String,
    #[serde(default)]
    fix: String,
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
                    threshold: rule.threshold.map(|value| Threshold {
                        value,
                        unit: [rule.unit, rule.unit_en],
                    }),
                    mark: rule.mark,
                    fixable: match rule.fix.as_str() {
                        "safe" => Fixable::Safe,
                        "unsafe" => Fixable::Unsafe,
                        _ => Fixable::No,
                    },
                },
                [rule.message, rule.message_en],
            ));
        }
    }
    rules.sort_by(|a, b| a.0.code.cmp(&b.0.code));
    Ok(rules)
}

//! The shipped data: the TOML files of `catalogs/`, embedded, and how they become a profile. A new profile, code list or rule
//! file is one line here.
//!
//! Must not hold any fact of the field itself.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::data::{FieldsFile, ProfileFile, Shared};
use super::own::{self, Own};
use super::written::Written;
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
pub(super) const VOCABULARY: [(&str, &str); 9] = shipped![
    "vocabulary/flips.toml",
    "vocabulary/guide.toml",
    "vocabulary/issuers.toml",
    "vocabulary/levels.toml",
    "vocabulary/materials.toml",
    "vocabulary/measures.toml",
    "vocabulary/names.toml",
    "vocabulary/placeholders.toml",
    "vocabulary/steps.toml",
];
const VAGUE: [(&str, &str); 1] = shipped!["vocabulary/vague.toml"];
const TYPOS: [(&str, &str); 1] = shipped!["vocabulary/typos.toml"];

const RULES: [(&str, &str); 14] = shipped![
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
    "rules/PRO.toml",
    "rules/RES.toml",
    "rules/SET.toml",
    "rules/TIM.toml",
];

pub(super) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    Written::new(Path::new(name), text).parse()
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

/// The texts of all data that a profile with the words of some folders is made of: profiles and fields, vocabularies and code lists,
/// rules. What differs in two of them may read or judge the same list otherwise.
///
/// # Errors
/// When a file of the user's own cannot be read.
pub fn data(id_or_path: &str, words: &[PathBuf]) -> Result<[String; 3]> {
    let all = |lists: &[&[(&str, &str)]]| -> String { lists.concat().iter().map(|(_, text)| *text).collect() };
    let mut profile = all(&[&PROFILES, &FIELDS]);
    let mut vocabulary = all(&[&LISTS, &VOCABULARY, &VAGUE, &TYPOS]);
    let mut rules = all(&[&RULES]);
    profile.push_str(id_or_path.rsplit(['/', '\\']).next().unwrap_or_default());
    let mut next = Some(PathBuf::from(id_or_path));
    let mut beside = None;
    for _ in 0..8 {
        let Some(path) = next
            .take()
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        else {
            break;
        };
        let text = read_profile_file(&path)?;
        let file: ProfileFile = Written::new(&path, &text).parse()?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        for file in &file.rule_files {
            rules.push_str(&read_profile_file(&folder.join(file))?);
        }
        profile.push_str(&text);
        next = file.extends.map(|base| folder.join(base.get_ref()));
        beside.get_or_insert(folder);
    }
    for folder in words.iter().cloned().chain(beside) {
        for kind in ["codes", "vocabulary", "rules"] {
            let out = if kind == "rules" { &mut rules } else { &mut vocabulary };
            for file in own::toml_files(&folder.join(kind)) {
                out.push_str(&read_profile_file(&file)?);
            }
        }
    }
    Ok([profile, vocabulary, rules])
}

/// `named` takes the files of rules that the profile and those that it extends name.
fn load_at(id_or_path: &str, own: &Own, named: &mut Vec<PathBuf>, depth: usize) -> Result<Profile> {
    if depth > 8 {
        return Err(Error::plain(Kind::BadSettings, format!("extends: {id_or_path}")));
    }
    let shipped = PROFILES.iter().find(|(path, _)| id_of(path) == id_or_path);
    let (name, text) = match shipped {
        Some((path, text)) => (*path, (*text).to_owned()),
        None if id_or_path.ends_with(".toml") => (id_or_path, read_profile_file(Path::new(id_or_path))?),
        None => {
            let known = profile_ids();
            let error = Error::plain(Kind::UnknownName, format!("{id_or_path} ({})", known.join(", ")));
            return Err(error.meant(id_or_path, known));
        }
    };
    let written = Written::new(Path::new(name), &text);
    let file: ProfileFile = written.parse()?;
    let base = match &file.extends {
        // A relative path is meant from where the extending file stands.
        Some(base) if base.get_ref().ends_with(".toml") => {
            let path = Path::new(name).parent().unwrap_or(Path::new("")).join(base.get_ref());
            Some(load_at(&path.to_string_lossy(), own, named, depth + 1)?)
        }
        Some(base) if !profile_ids().contains(&base.get_ref().as_str()) => {
            return Err(written.unknown("extends", base, profile_ids()));
        }
        Some(base) => Some(load_at(base.get_ref(), own, named, depth + 1)?),
        None => None,
    };
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    named.extend(file.rule_files.iter().map(|file| folder.join(file)));
    build(&written, file, base, shared(own)?)
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

/// Words written with a wrong character, of which it is certain that nothing else is meant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typos {
    /// The words.
    pub typo: Vec<Typo>,
}

/// One word written with a wrong character.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typo {
    /// The word as it is written.
    pub wrong: String,
    /// The word that is meant.
    pub right: String,
    /// A regular expression around the word, where it is certain only there.
    pub within: Option<String>,
}

impl Typos {
    /// The shipped words.
    ///
    /// # Errors
    /// When the shipped file is broken, which a test rules out.
    pub(crate) fn shipped() -> Result<Typos> {
        parse(TYPOS[0].0, TYPOS[0].1)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    rule: Vec<RuleData>,
    #[serde(default)]
    retired: Vec<RetiredRule>,
}

/// A rule that there was: its code is never used again, and whoever still names it is told why it went.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct RetiredRule {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Why it went and what took its place, in Chinese.
    pub why: String,
    /// The same in English.
    pub why_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleData {
    code: String,
    name: String,
    severity: Spanned<String>,
    #[serde(default)]
    confidence: Option<Spanned<String>>,
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
    fix: Option<Spanned<String>>,
}

/// What a word of a rule's block stands for.
fn one_of<T: Copy>(written: &Written<'_>, key: &str, word: &Spanned<String>, known: &[(&str, T)]) -> Result<T> {
    let found = known.iter().find(|(name, _)| name == word.get_ref());
    found
        .map(|&(_, value)| value)
        .ok_or_else(|| written.unknown(key, word, known.iter().map(|(name, _)| *name)))
}

const SEVERITIES: [(&str, Severity); 3] = [
    ("error", Severity::Error),
    ("warning", Severity::Warning),
    ("info", Severity::Info),
];
const CONFIDENCES: [(&str, Confidence); 3] = [
    ("high", Confidence::High),
    ("medium", Confidence::Medium),
    ("low", Confidence::Low),
];
const FIXABLE: [(&str, Fixable); 2] = [("safe", Fixable::Safe), ("unsafe", Fixable::Unsafe)];

/// The rules that there were, in the order of their families.
///
/// # Errors
/// When a shipped file is broken, which a test rules out.
pub fn retired_rules() -> Result<Vec<RetiredRule>> {
    let mut retired = Vec::new();
    for (path, text) in RULES {
        retired.extend(parse::<RulesFile>(path, text)?.retired);
    }
    Ok(retired)
}

/// What is known of all rules, in the order of their codes, and the wording of their messages in Chinese and in English.
///
/// # Errors
/// When a shipped file is broken, which a test rules out.
pub fn rules() -> Result<Vec<(RuleInfo, [String; 2])>> {
    let mut rules = Vec::new();
    for (path, text) in RULES {
        let written = Written::new(Path::new(path), text);
        let file: RulesFile = written.parse()?;
        for rule in file.rule {
            let severity = one_of(&written, "severity", &rule.severity, &SEVERITIES)?;
            let confidence = match &rule.confidence {
                Some(word) => one_of(&written, "confidence", word, &CONFIDENCES)?,
                None => Confidence::High,
            };
            let fixable = match &rule.fix {
                Some(word) => one_of(&written, "fix", word, &FIXABLE)?,
                None => Fixable::No,
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
                    fixable,
                },
                [rule.message, rule.message_en],
            ));
        }
    }
    rules.sort_by(|a, b| a.0.code.cmp(&b.0.code));
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retired_rules_have_blocks_of_their_own() {
        let text = "rule = []\n[[retired]]\ncode = \"A1\"\nname = \"a\"\nwhy = \"甲\"\nwhy_en = \"b\"\n";
        let file = parse::<RulesFile>("rules/A.toml", text);
        assert!(file.is_ok_and(|file| file.retired.len() == 1 && file.retired[0].code == "A1"));
        let wrong = parse::<RulesFile>("rules/A.toml", &text.replace("why_en", "why_em"));
        assert!(wrong.is_err_and(|error| error.near() == Some("why_en") && error.place().row == 6));
    }
}

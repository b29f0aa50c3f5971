//! The vocabularies and code lists: from the shapes of their files to what normalising looks words up in.
//!
//! Must not know where the files come from (that is `own`), nor hold any word itself.

use std::collections::BTreeMap;

use foldhash::HashMap;

use serde::Deserialize;

use super::data::{ListFile, MaterialData};
use super::own::Own;
use crate::error::{Error, Kind, Result};
use crate::normalise::numerals::{Measure, Measures};
use crate::normalise::vocabulary::{GuideWords, MaterialWord, PairingWords, PaperWords, key};
use crate::normalise::{CodeList, Stage, StepWords, TimeWords, Vocabulary, fold};

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
    open: Vec<String>,
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
    papers: Vec<String>,
    forms: Vec<String>,
    main_ends: Vec<String>,
    main: Vec<String>,
    proofs: Vec<String>,
    like_original: Vec<String>,
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
    uncounted_by_law: Vec<String>,
    on_site: Vec<String>,
    stage: Vec<StageData>,
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
struct StageData {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    spared: bool,
}

fn stage(data: StageData) -> Stage {
    Stage {
        name: data.name,
        words: data.words,
        spared: data.spared,
    }
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
#[serde(deny_unknown_fields)]
struct NamesFile {
    idle: Vec<String>,
    idle_first: Vec<String>,
    alike: Vec<Vec<String>>,
    turning: Vec<String>,
    near: Vec<Vec<String>>,
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
#[serde(deny_unknown_fields)]
struct GuideFile {
    yes: Vec<String>,
    no: Vec<String>,
    place: PlaceWords,
    hours: HourWords,
    fees: ChargeWords,
    result: ResultWords,
    demand: DemandWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceWords {
    exact: Vec<String>,
    address: Vec<String>,
    nowhere: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HourWords {
    days: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChargeWords {
    waived: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultWords {
    licence: Vec<String>,
    reply: Vec<String>,
    no_licence: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemandWords {
    cites: Vec<String>,
    none: Vec<String>,
}

fn guide(file: GuideFile) -> GuideWords {
    let keys = |words: Vec<String>| words.iter().map(|word| key(word)).collect();
    GuideWords {
        yes: keys(file.yes),
        no: keys(file.no),
        exact_place: file.place.exact,
        address: file.place.address,
        nowhere: file.place.nowhere,
        days: file.hours.days,
        waived: file.fees.waived,
        licence: file.result.licence,
        no_licence: file.result.no_licence,
        reply: file.result.reply,
        cites: file.demand.cites,
        no_demand: file.demand.none,
    }
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

/// The shipped words and code lists with those of a workspace.
///
/// # Errors
/// When a file of the workspace is broken; that a shipped one is, a test rules out.
pub(super) fn vocabulary(own: &Own) -> Result<Vocabulary> {
    let placeholders: PlaceholdersFile = own.file("vocabulary/placeholders.toml")?;
    let materials: MaterialsFile = own.file("vocabulary/materials.toml")?;
    let steps: StepsFile = own.file("vocabulary/steps.toml")?;
    let issuers: IssuersFile = own.file("vocabulary/issuers.toml")?;
    let levels: LevelsFile = own.file("vocabulary/levels.toml")?;
    let flips: FlipsFile = own.file("vocabulary/flips.toml")?;
    let names: NamesFile = own.file("vocabulary/names.toml")?;
    let spelt = |words: Vec<String>| words.iter().map(|word| fold::spelling(word)).collect::<Vec<_>>();
    let mut vocabulary = Vocabulary {
        guide: guide(own.file("vocabulary/guide.toml")?),
        empty: placeholders.empty.into(),
        refers: spelt(placeholders.refers),
        refers_start: spelt(placeholders.refers_start),
        no_fee: placeholders.fees.none.iter().map(|word| key(word)).collect(),
        some_fee: placeholders.fees.some.iter().map(|word| key(word)).collect(),
        pay_less: spelt(placeholders.fees.pay_less),
        no_conditions: spelt(placeholders.conditions.none).into(),
        vacuous_conditions: spelt(placeholders.conditions.vacuous),
        open_conditions: spelt(placeholders.conditions.open),
        no_visit: spelt(placeholders.visits.zero),
        visit_words: spelt(placeholders.visits.at_most_one),
        no_materials: spelt(placeholders.materials.none).into(),
        never_level: levels.never,
        measures: measures(own.file("vocabulary/measures.toml")?),
        unclear_direction: flips.direction.unclear,
        record: flips.direction.record,
        names: pairing_words(names, &flips.flip, &flips.negation, &placeholders.name.cases),
        unsorted: spelt(placeholders.name.empty),
        cases: spelt(placeholders.name.cases),
        negation: flips.negation.words,
        not_negation: flips.negation.not_negation,
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
    vocabulary.papers = PaperWords {
        papers: materials.papers,
        forms: materials.forms,
        main_ends: materials.main_ends,
        main: materials.main,
        proofs: materials.proofs,
        like_original: materials.like_original,
    };
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
        uncounted_by_law: steps.uncounted_by_law,
        on_site: steps.on_site,
        stages: steps.stage.into_iter().map(stage).collect(),
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
    for path in own.lists() {
        let mut list = code_list(own.file(&path)?);
        // 无 stands in some lists and is a placeholder first.
        list.index.retain(|name, _| !vocabulary.is_empty_word(name));
        vocabulary.lists.insert(list.id.clone(), list);
    }
    Ok(vocabulary)
}

/// The words by which names are held against each other, the longest first. Of the words of flips and of negation a name shows only
/// those that can be told apart in it: two characters or more, and the negations.
fn pairing_words(file: NamesFile, flips: &[Flip], negation: &Negation, cases: &[String]) -> PairingWords {
    let longest_first = |words: &mut Vec<String>| {
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
    };
    let long = |word: &&String| word.chars().nth(1).is_some();
    let in_flips = flips.iter().flat_map(|flip| flip.a.iter().chain(&flip.b)).filter(long);
    let mut turning: Vec<String> = in_flips.chain(&negation.words).chain(cases).cloned().collect();
    turning.extend(file.turning);
    longest_first(&mut turning);
    let mut alike: Vec<(String, String)> = Vec::new();
    for group in file.alike {
        if let Some(first) = group.first() {
            alike.extend(group.iter().map(|word| (word.clone(), first.clone())));
        }
    }
    alike.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    let mut idle = file.idle;
    longest_first(&mut idle);
    PairingWords {
        idle,
        idle_first: file.idle_first,
        alike,
        turning,
        near: file.near,
    }
}

/// Adds a paper and its other names to what is known. A later entry wins: a user's own list may move an alias.
fn add_material(vocabulary: &mut Vocabulary, material: MaterialData) {
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
    for value in file.value {
        // A workspace adds other names to an entry by naming its code again.
        let known = list.values.iter().position(|(code, _)| *code == value.code);
        let at = known.unwrap_or(list.values.len());
        list.index.insert(key(&value.code), at);
        // Leading zeros get lost in spreadsheets: 1 is 01.
        let bare = value.code.trim_start_matches('0');
        if !bare.is_empty() {
            list.index.entry(key(bare)).or_insert(at);
        }
        for name in value.aliases.iter().chain([&value.name]) {
            list.index.entry(key(name)).or_insert(at);
        }
        if known.is_none() {
            list.values.push((value.code, value.name));
        }
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

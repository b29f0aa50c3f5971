//! `variance.toml`: the differences that are allowed, with their legal ground.
//!
//! Must not judge what they do: that is told by `compare::uniformity`.

use std::collections::BTreeSet;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::baseline::today;
use super::manifest::{InForce, nearest_manifest, read_manifest, read_settings};
use super::workspace::Workspace;
use super::{Loaded, Session, say};
use crate::error::{Error, Kind, Result, nearest};
use crate::ingest::path_name;
use crate::lint::date;
use crate::model::{Place, Uniformity, Variance, VarianceUse};
use crate::profile::{Profile, SettingsSchema, Written, settings_schema};
use crate::report::escape::terminal;

/// The name of the file, beside `tongban.toml` or in a folder that is read.
pub(super) const VARIANCES: &str = "variance.toml";

/// `variance.toml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenVariances {
    /// The differences that are allowed.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenVariance>")]
    variance: Vec<Spanned<WrittenVariance>>,
}

/// `[[variance]]`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenVariance {
    /// A region's id or name.
    #[schemars(with = "Option<String>")]
    region: Option<Spanned<String>>,
    /// An item's code or name.
    #[schemars(with = "Option<String>")]
    item: Option<Spanned<String>>,
    /// An element's id or name.
    #[schemars(with = "Option<String>")]
    element: Option<Spanned<String>>,
    /// The legal ground.
    #[schemars(with = "String")]
    ground: Spanned<String>,
    /// Who answers for it.
    #[schemars(with = "String")]
    owner: Spanned<String>,
    /// A date, as TOML writes it or as text: the last day.
    #[schemars(with = "Option<String>")]
    expires: Option<Spanned<toml::Value>>,
}

/// What `variance.toml` may hold.
pub(super) fn schema() -> SettingsSchema {
    settings_schema::<WrittenVariances>("variance", VARIANCES)
}

/// The variances of the named file, else of those beside the manifests and in the folders that are read.
///
/// # Errors
/// When the named file is not there, when one cannot be read, or the first thing that is wrong in it, with its line.
pub(super) fn variances(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    named: Option<&Path>,
) -> Result<Vec<Variance>> {
    let files = named.map_or_else(|| workspace.kept(VARIANCES, session), |named| vec![named.to_owned()]);
    let today = today();
    let mut all = Vec::new();
    let mut of_known: Vec<Option<String>> = Vec::new();
    for file in files {
        if !file.exists() {
            return Err(Error::file(Kind::NotFound, &file, ""));
        }
        let text = read_settings(&file)?;
        let written = Written::new(&file, &text);
        let known = known_regions(&file, workspace, loaded);
        for variance in written.parse::<WrittenVariances>()?.variance {
            let variance = read(session, &written, &variance, &known, loaded, &today)?;
            let told = variance.region.as_ref();
            if told.is_none_or(|region| known.iter().flatten().any(|name| name == region)) {
                of_known.push(variance.region.clone());
            }
            all.push(variance);
        }
    }
    tell_elsewhere(session, loaded, of_known.iter().flatten());
    Ok(all)
}

/// Ids and names of the regions that a variance may name: those that are read, and those of the manifests, or of the manifest with which
/// the variances are kept where files are named one by one.
fn known_regions(file: &Path, workspace: &Workspace, loaded: &Loaded) -> Vec<[String; 2]> {
    let mut known: Vec<[String; 2]> = Vec::new();
    let mut add = |manifest: &InForce| {
        let regions = manifest.regions.iter();
        known.extend(regions.map(|(id, name)| [id.clone(), name.clone()]));
    };
    match workspace.manifests.as_slice() {
        // What is wrong in it is said where it is read for itself.
        [] => nearest_manifest(file)
            .and_then(|manifest| read_manifest(&manifest).ok())
            .iter()
            .for_each(|(_, manifest)| add(manifest)),
        manifests => manifests.iter().for_each(add),
    }
    let read = loaded.catalogue.regions.iter().filter(|region| !region.directory);
    known.extend(read.map(|region| [region.id.to_string(), region.name.clone()]));
    known
}

/// Says once which regions variances name that take no part in this run: those variances change nothing.
fn tell_elsewhere<'v>(session: &Session, loaded: &Loaded, named: impl Iterator<Item = &'v String>) {
    let here = |word: &&str| {
        let mut regions = loaded.catalogue.regions.iter().filter(|region| !region.directory);
        regions.any(|region| *region.id == **word || region.name == **word)
    };
    let elsewhere: Vec<&str> = named.map(String::as_str).filter(|word| !here(word)).collect();
    if !elsewhere.is_empty() {
        let regions: BTreeSet<&str> = elsewhere.iter().copied().collect();
        let named: Vec<&str> = regions.iter().copied().take(NAMED).collect();
        let more = regions.len().saturating_sub(NAMED);
        let args = [
            ("count", elsewhere.len().to_string()),
            ("regions", named.join("、")),
            ("more", if more == 0 { "no".to_owned() } else { more.to_string() }),
        ];
        say(&terminal(&session.messages.with("variance-elsewhere", &args)));
    }
}

/// How many regions are named at most that take no part.
const NAMED: usize = 8;

fn read(
    session: &Session,
    written: &Written<'_>,
    told: &Spanned<WrittenVariance>,
    regions: &[[String; 2]],
    loaded: &Loaded,
    today: &str,
) -> Result<Variance> {
    let line = written.line(&told.span());
    let text = |key: &str, text: &Spanned<String>| match text.get_ref().trim() {
        "" => Err(written.wrong(&text.span(), "variance-empty", vec![("key", key.to_owned())])),
        text => Ok(text.to_owned()),
    };
    let some = |key: &str, word: &Option<Spanned<String>>| word.as_ref().map(|word| text(key, word)).transpose();
    let place = Place {
        file: path_name(written.path()).into(),
        row: line,
        line,
        ..Place::default()
    };
    let (told, span) = (told.get_ref(), told.span());
    let mut variance = Variance {
        region: some("region", &told.region)?,
        item: some("item", &told.item)?,
        element: some("element", &told.element)?,
        ground: text("ground", &told.ground)?,
        owner: text("owner", &told.owner)?,
        place,
        ..Variance::default()
    };
    if variance.region.is_none() && variance.item.is_none() && variance.element.is_none() {
        return Err(written.wrong(&span, "variance-everything", Vec::new()));
    }
    if let (Some(known), Some(word)) = (&variance.region, &told.region) {
        let names: Vec<&str> = regions.iter().flatten().map(String::as_str).collect();
        if !names.contains(&known.as_str()) {
            // One file serves several runs, and other regions are read in another.
            let args = [
                ("file", path_name(written.path())),
                ("line", written.line(&word.span()).to_string()),
                ("region", known.clone()),
                ("near", nearest(known, names).unwrap_or("no").to_owned()),
            ];
            say(&terminal(&session.messages.with("variance-region", &args)));
        }
    }
    if let Some(word) = &told.element {
        let known = compared(&loaded.profile, word.get_ref().trim());
        variance.element = Some(known.ok_or_else(|| written.unknown("element", word, elements(&loaded.profile)))?);
    }
    if let Some(day) = &told.expires {
        let text = match day.get_ref() {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let wrong = || written.wrong(&day.span(), "lint-date", vec![("date", text.clone())]);
        let day = date(&text).ok_or_else(wrong)?;
        variance.expired = day.as_str() < today;
        variance.expires = Some(day);
    }
    Ok(variance)
}

/// The id of an element that regions are compared in, by its id or name.
pub(super) fn compared(profile: &Profile, word: &str) -> Option<String> {
    let element = &profile.elements[profile.element(word)?.index()];
    element.compare.then(|| element.id.clone())
}

/// Ids and names of the elements that regions are compared in.
pub(super) fn elements(profile: &Profile) -> Vec<&str> {
    let elements = profile.compared();
    let names = elements.flat_map(|(_, element)| [element.id.as_str(), element.title.as_str()]);
    names.collect()
}

/// Says which variances have expired, and which meet nothing.
pub(super) fn tell(session: &Session, report: &Uniformity) {
    let here = |word: &String| {
        let mut regions = report.regions.iter();
        regions.any(|region| region.id == *word || region.name == *word)
    };
    // Of those of other regions was told.
    let here = |used: &&VarianceUse| used.variance.region.as_ref().is_none_or(here);
    for used in report.variances.iter().filter(here) {
        let variance = &used.variance;
        let key = match (variance.expired, used.cells) {
            (true, _) => "variance-expired",
            (false, 0) => "variance-unused",
            _ => continue,
        };
        let args = [
            ("file", variance.place.file.to_string()),
            ("line", variance.place.line.to_string()),
            ("expires", variance.expires.clone().unwrap_or_default()),
            ("owner", variance.owner.clone()),
            ("cells", used.cells.to_string()),
        ];
        say(&terminal(&session.messages.with(key, &args)));
    }
}

//! `variance.toml`: the differences that are allowed, with their legal ground.
//!
//! Must not judge what they do: that is told by `compare::uniformity`.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::baseline::today;
use super::manifest::read_settings;
use super::workspace::Workspace;
use super::{Loaded, Session, say};
use crate::error::{Error, Kind, Result};
use crate::ingest::path_name;
use crate::lint::date;
use crate::model::{Place, Uniformity, Variance};
use crate::profile::{Profile, Written};
use crate::report::escape::terminal;

/// The name of the file, beside `tongban.toml` or in a folder that is read.
pub(super) const VARIANCES: &str = "variance.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVariances {
    #[serde(default)]
    variance: Vec<Spanned<WrittenVariance>>,
}

/// `[[variance]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVariance {
    /// A region's id or name.
    region: Option<Spanned<String>>,
    /// An item's code or name.
    item: Option<Spanned<String>>,
    /// An element's id or name.
    element: Option<Spanned<String>>,
    ground: Spanned<String>,
    owner: Spanned<String>,
    /// A date, as TOML writes it or as text: the last day.
    expires: Option<Spanned<toml::Value>>,
}

/// The variances of the named file, else of those beside the manifests and in the folders that are read.
///
/// # Errors
/// When the named file is not there, when one cannot be read, or the first thing that is wrong in it, with its line.
pub(super) fn variances(workspace: &Workspace, loaded: &Loaded, named: Option<&Path>) -> Result<Vec<Variance>> {
    let files: Vec<PathBuf> = match named {
        Some(file) => vec![file.to_owned()],
        None => {
            let mut files: Vec<PathBuf> = workspace.folders.iter().map(|root| root.join(VARIANCES)).collect();
            files.retain(|file| file.is_file());
            files.sort();
            files.dedup();
            files
        }
    };
    let today = today();
    let mut all = Vec::new();
    for file in files {
        if !file.exists() {
            return Err(Error::file(Kind::NotFound, &file, ""));
        }
        let text = read_settings(&file)?;
        let written = Written::new(&file, &text);
        for variance in written.parse::<WrittenVariances>()?.variance {
            all.push(read(&written, &variance, workspace, loaded, &today)?);
        }
    }
    Ok(all)
}

fn read(
    written: &Written<'_>,
    told: &Spanned<WrittenVariance>,
    workspace: &Workspace,
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
        let own = workspace.manifests.iter().flat_map(|manifest| &manifest.regions);
        let own = own.map(|(id, name)| (id.as_str(), name.as_str()));
        let read = loaded.catalogue.regions.iter().filter(|region| !region.directory);
        let names: Vec<&str> = own
            .chain(read.map(|region| (&*region.id, region.name.as_str())))
            .flat_map(|(id, name)| [id, name])
            .collect();
        if !names.contains(&known.as_str()) {
            return Err(written.unknown("region", word, names));
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
    for used in &report.variances {
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

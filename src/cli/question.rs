//! What is asked of a comparison of N regions: from arguments, `matches.csv` and `variance.toml` to a [`Question`]; and what is to be said
//! of the answer beside the report.
//!
//! Must not compute.

use super::args::QuestionArgs;
use super::workspace::Workspace;
use super::{Loaded, Session, matching, say, variances};
use crate::compare::uniformity::{COPY_LEAST, COPY_SHARE, Question, ReferenceChoice};
use crate::error::{Error, Kind, Result};
use crate::model::{RegionIndex, Uniformity};
use crate::profile::Profile;
use crate::report::escape::terminal;

/// The question of a command line.
///
/// # Errors
/// When a file of decisions or variances cannot be read or is wrong, or the reference is none.
pub(super) fn question(
    session: &Session,
    workspace: &Workspace,
    loaded: &Loaded,
    args: &QuestionArgs,
) -> Result<Question> {
    Ok(Question {
        reference: match &args.reference {
            None => ReferenceChoice::Usual,
            Some(word) => reference(loaded, word)?,
        },
        decisions: matching::decisions(
            session,
            workspace,
            loaded,
            args.files.matches.as_deref(),
            matching::Reads::All,
        )?,
        variances: variances::variances(session, workspace, loaded, args.files.variances.as_deref())?,
        dedupe: args.dedupe,
        ..Question::default()
    })
}

/// `directory`, `majority`, or `region:` with an id or name.
///
/// # Errors
/// When it is none of them, or there is no directory or no such region.
pub(super) fn reference(loaded: &Loaded, word: &str) -> Result<ReferenceChoice> {
    match word.trim() {
        "directory" if !loaded.catalogue.regions.iter().any(|region| region.directory) => {
            Err(Error::plain(Kind::NoDirectory, ""))
        }
        "directory" => Ok(ReferenceChoice::Directory),
        "majority" => Ok(ReferenceChoice::Majority),
        other => match other.strip_prefix("region:").or_else(|| other.strip_prefix("region：")) {
            Some(name) => Ok(ReferenceChoice::Region(region(loaded, name.trim())?)),
            None => {
                let known = ["directory", "majority", "region:ID"];
                let text = format!("--reference {other} ({})", known.join(", "));
                Err(Error::plain(Kind::UnknownName, text).meant(other, known))
            }
        },
    }
}

/// The id of a region that was read, by its id or name.
///
/// # Errors
/// When there is none.
pub(super) fn region(loaded: &Loaded, word: &str) -> Result<String> {
    let regions = loaded.catalogue.regions.iter().filter(|region| !region.directory);
    let mut known: Vec<(&str, &str)> = regions.map(|region| (&*region.id, region.name.as_str())).collect();
    known.sort_unstable();
    if let Some((id, _)) = known.iter().find(|(id, _)| *id == word) {
        return Ok((*id).to_owned());
    }
    let named: Vec<&str> = known
        .iter()
        .filter(|(_, name)| *name == word)
        .map(|(id, _)| *id)
        .collect();
    match named.as_slice() {
        [id] => Ok((*id).to_owned()),
        // A name that several regions have stands for none of them.
        [_, ..] => Err(Error::plain(Kind::UnknownName, format!("{word}: {}", named.join("、")))),
        [] => {
            let names: Vec<&str> = known.iter().flat_map(|(id, name)| [*id, *name]).collect();
            Err(unknown(word, &names))
        }
    }
}

/// The id of an element that regions are compared in, by its id or name.
///
/// # Errors
/// When there is none.
pub(super) fn element(profile: &Profile, word: &str) -> Result<String> {
    variances::compared(profile, word).ok_or_else(|| unknown(word, &variances::elements(profile)))
}

/// How many known words are listed for whoever wrote another one: the elements of the default profile.
const LISTED: usize = 24;

/// The error of a word that names nothing, with the first known ones.
pub(super) fn unknown(word: &str, known: &[&str]) -> Error {
    let mut names: Vec<&str> = Vec::new();
    for name in known.iter().filter(|name| !name.is_empty()) {
        if names.len() <= LISTED && !names.contains(name) {
            names.push(name);
        }
    }
    let more = if names.len() > LISTED { " …" } else { "" };
    names.truncate(LISTED);
    let listed = format!("{word} ({}{more})", names.join(", "));
    Error::plain(Kind::UnknownName, listed).meant(word, known.iter().copied())
}

/// Says what a reader of the report must know before it: variances that hold no longer or meet nothing, pairs that wait for a person,
/// lists that repeat others, and where that was asked for (`dedupe`) those that are too short to tell.
pub(super) fn tell(session: &Session, report: &Uniformity, dedupe: bool) {
    variances::tell(session, report);
    matching::tell_waiting(session, report.waiting);
    let name = |region: &RegionIndex| match region.name.as_str() {
        "" => region.id.clone(),
        name => name.to_owned(),
    };
    let said = |key: &str, region: &RegionIndex, source: usize| {
        let args = [
            ("region", name(region)),
            ("source", name(&report.regions[source])),
            ("share", COPY_SHARE.to_string()),
            ("least", COPY_LEAST.to_string()),
        ];
        say(&terminal(&session.messages.with(key, &args)));
    };
    let alike = |region: &RegionIndex| region.copy_of.or(region.looks_like);
    let copies = report.regions.iter().filter(|region| alike(region).is_some());
    let count = copies.clone().count();
    for region in copies.take(LISTED) {
        match (region.copy_of, region.looks_like) {
            (Some(source), _) => said("copy-once", region, source),
            (None, Some(source)) => said("copy-hint", region, source),
            (None, None) => {}
        }
    }
    if count > LISTED {
        let more = [("count", (count - LISTED).to_string())];
        say(&session.messages.with("and-more", &more));
    }
    let short: Vec<&RegionIndex> = match dedupe {
        true => short(report).collect(),
        false => Vec::new(),
    };
    if !short.is_empty() {
        let named: Vec<String> = short.iter().take(LISTED).map(|region| name(region)).collect();
        let more = short.len().saturating_sub(LISTED);
        let args = [
            ("regions", named.join("、")),
            ("more", if more == 0 { "no".to_owned() } else { more.to_string() }),
            ("least", COPY_LEAST.to_string()),
        ];
        say(&terminal(&session.messages.with("copy-few", &args)));
    }
}

/// The regions that have too little in common with others to tell whether one list repeats another.
fn short(report: &Uniformity) -> impl Iterator<Item = &RegionIndex> {
    let mut common = vec![0; report.regions.len()];
    for item in report.items.iter().filter(|item| item.present.len() > 1) {
        for &side in &item.present {
            common[side] += 1;
        }
    }
    let regions = report.regions.iter().zip(common);
    regions
        .filter(|(_, common)| *common < COPY_LEAST)
        .map(|(region, _)| region)
}

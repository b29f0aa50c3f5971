//! `tongban rules`: all rules in a table, and the examples of a workspace's own rules against what they find.
//!
//! Must not judge: `lint` does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use super::args::RulesArgs;
use super::manifest::MANIFEST;
use super::workspace::Workspace;
use super::{Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::ingest::{self, Source, path_name};
use crate::lint::{self, Settings};
use crate::model::RuleInfo;
use crate::profile::Profile;
use crate::profile::own_rules::{Check, Example, OwnRule};
use crate::report::escape::terminal;

/// What can be done with rules.
const LIST: &str = "list";
const TEST: &str = "test";

pub(super) fn run(session: &mut Session, args: &RulesArgs) -> Result<Outcome> {
    // `tongban rules 清单`: a folder instead of what to do with it.
    let (what, dir) = match (args.what.to_str(), &args.dir) {
        (Some(what @ (LIST | TEST)), dir) => (what, dir.as_deref().unwrap_or(Path::new("."))),
        (_, None) => (LIST, args.what.as_path()),
        (_, Some(_)) => {
            let word = path_name(&args.what);
            let known = format!("{word} ({LIST}, {TEST})");
            return Err(Error::plain(Kind::UnknownName, known).meant(&word, [LIST, TEST]));
        }
    };
    let dir = match dir.parent() {
        Some(parent) if dir.file_name().is_some_and(|name| name == MANIFEST) => parent,
        _ => dir,
    };
    let dir = if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    };
    if !dir.is_dir() {
        return Err(Error::file(Kind::NotFound, dir, "").meant(&path_name(dir), [LIST, TEST]));
    }
    let profile = session.load_rules(&Workspace::settings(dir)?)?;
    if what == TEST {
        return test(session, &profile);
    }
    let lines = list(session, |_| true);
    session.write_out(None, &[], false, |out| {
        for line in &lines {
            writeln!(out, "{}", terminal(line))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Clean)
}

/// Rules, a line each: code, severity, name, title.
pub(super) fn list(session: &Session, wanted: impl Fn(&RuleInfo) -> bool) -> Vec<String> {
    let lang = session.messages.lang();
    let rows: Vec<[String; 4]> = session
        .rules
        .iter()
        .filter(|rule| wanted(rule))
        .map(|rule| {
            [
                rule.code.clone(),
                session.messages.text(&format!("severity-{}", rule.severity.word())),
                rule.name.clone(),
                lang.pick(&rule.title).to_owned(),
            ]
        })
        .collect();
    let widest = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let widths = [widest(0), widest(1), widest(2)];
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
            }
            line.push_str(&row[3]);
            line
        })
        .collect()
}

/// Runs the examples of all own rules. What fails is said with its line; a rule without examples only with a word of warning.
fn test(session: &Session, profile: &Profile) -> Result<Outcome> {
    let (mut lines, mut failed) = (Vec::new(), 0);
    for rule in &profile.rules {
        let name = [("code", rule.info.code.clone()), ("name", rule.info.name.clone())];
        let say = |line: u32, key: &str| {
            format!(
                "{}:{line}: {}",
                path_name(&rule.file),
                session.messages.with(key, &name)
            )
        };
        for bad in [true, false] {
            let examples: Vec<&Example> = rule.examples.iter().filter(|example| example.bad == bad).collect();
            if examples.is_empty() {
                let key = if bad { "rules-no-bad" } else { "rules-no-good" };
                lines.push(say(rule.line, key));
            }
            // Only together do rows repeat each other.
            let lists: Vec<&[&Example]> = match rule.check {
                Check::Unique if !examples.is_empty() => vec![&examples],
                _ => examples.chunks(1).collect(),
            };
            for list in lists {
                let rows = judged(rule, list, profile)?;
                for (at, example) in list.iter().enumerate() {
                    let key = match rows.get(&at) {
                        Some(found) if *found == bad => continue,
                        Some(true) => "rules-found",
                        Some(false) => "rules-not-found",
                        None => "rules-not-read",
                    };
                    failed += 1;
                    lines.push(say(example.line, key));
                }
            }
        }
    }
    let count: usize = profile.rules.iter().map(|rule| rule.examples.len()).sum();
    let numbers = [
        ("rules", profile.rules.len().to_string()),
        ("count", count.to_string()),
        ("failed", failed.to_string()),
    ];
    lines.push(session.messages.with("rules-tested", &numbers));
    session.write_out(None, &[], false, |out| {
        for line in &lines {
            writeln!(out, "{}", terminal(line))?;
        }
        Ok(())
    })?;
    Ok(if failed > 0 { Outcome::Found } else { Outcome::Clean })
}

/// The examples of a list that were read, each with whether the rule finds it. They go the way of a list in JSON, from the text to
/// the finding.
fn judged(rule: &OwnRule, examples: &[&Example], profile: &Profile) -> Result<BTreeMap<usize, bool>> {
    let mut judged = BTreeMap::new();
    let regions: BTreeSet<Option<&String>> = examples.iter().map(|example| example.region.as_ref()).collect();
    for region in regions {
        let rows: Vec<usize> = (0..examples.len())
            .filter(|&at| examples[at].region.as_ref() == region)
            .collect();
        let mut source = Source::stdin(Vec::new());
        source.format = Some("jsonl");
        source.region = region.map(|region| (region.clone(), region.clone()));
        let mut text = String::new();
        for &at in &rows {
            let mut row = Map::new();
            for (id, cell) in &examples[at].cells {
                row.insert(id.clone(), Value::String(cell.clone()));
                source.columns.insert(id.clone(), id.clone());
            }
            // A list names its items and has at least two columns.
            if !row.contains_key("name") && !row.contains_key("code") {
                row.insert("name".to_owned(), Value::String(rule.info.code.clone()));
            }
            if row.len() < 2 {
                row.insert("place".to_owned(), Value::String("1".to_owned()));
            }
            text.push_str(&Value::Object(row).to_string());
            text.push('\n');
        }
        source.given = Some(text.into_bytes().into());
        let intake = ingest::read(&[source], profile);
        if let Some(error) = intake.errors.into_iter().next() {
            return Err(error);
        }
        let only: [RuleInfo; 1] = [rule.info.clone()];
        let example = |line: u32| {
            let row = usize::try_from(line).unwrap_or(0).checked_sub(1)?;
            rows.get(row).copied()
        };
        judged.extend(
            intake
                .catalogue
                .rows
                .iter()
                .filter_map(|row| Some((example(row.at.row)?, false))),
        );
        for finding in lint::run(&intake.catalogue, profile, &only, &Settings::default(), None) {
            if finding.rule == rule.info.code
                && let Some(at) = example(finding.place.row)
            {
                judged.insert(at, true);
            }
        }
    }
    Ok(judged)
}

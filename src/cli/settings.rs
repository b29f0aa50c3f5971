//! From what people wrote (profile, `tongban.toml`, command line) to the settings of lint: names become rules, and what is no name
//! is an error with its line and the word that was meant.
//!
//! Must not judge: what settings do is told by `lint::Settings`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::manifest::{InForce, ManifestException};
use super::{Loaded, Session, say};
use crate::error::{Error, Kind, Result};
use crate::forms::OnDemand;
use crate::ingest::path_name;
use crate::lint::{Exception, Layer, Selector, Settings, date, items_called};
use crate::model::{Finding, Place, RuleInfo, Severity};
use crate::profile::{Profile, RetiredRule, Switches, Written};
use crate::report::escape::terminal;

/// The words for how grave the findings of a rule are; none for a rule that is switched off.
pub(super) const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("info", Some(Severity::Info)),
    ("off", None),
];

/// What a word in settings names; of a rule that there was, with a word on it. `None`: nothing.
fn named(session: &Session, rules: &[RuleInfo], word: &str) -> Option<Selector> {
    Selector::named(word, rules).or_else(|| {
        let rule = retired_rule(session.retired(), word)?;
        say(&terminal(&retired_notice(session, rule)));
        Some(Selector::Rule(rule.code.clone()))
    })
}

/// The retired rule of a code or name.
pub(super) fn retired_rule<'a>(retired: &'a [RetiredRule], word: &str) -> Option<&'a RetiredRule> {
    let is = |name: &str| name.eq_ignore_ascii_case(word.trim());
    retired.iter().find(|rule| is(&rule.code) || is(&rule.name))
}

/// What is said of a retired rule.
pub(super) fn retired_notice(session: &Session, rule: &RetiredRule) -> String {
    let why = [rule.why.clone(), rule.why_en.clone()];
    let args = [
        ("code", rule.code.clone()),
        ("name", rule.name.clone()),
        ("why", session.messages.lang().pick(&why).to_owned()),
    ];
    session.messages.with("lint-retired", &args)
}

/// The settings in force: the profile's, over them the manifest's, over them those of the command line.
///
/// # Errors
/// When a word names no rule, a severity or number does not fit.
pub(super) fn settings(
    session: &Session,
    rules: &[RuleInfo],
    profile: &Profile,
    manifest: Option<&InForce>,
    [select, ignore]: [&[String]; 2],
) -> Result<Settings> {
    let mut settings = Settings::default();
    for switches in &profile.switches {
        settings.layers.push(of_profile(session, rules, switches)?);
    }
    if let Some(manifest) = manifest {
        let layer = of_manifest(session, rules, manifest, &mut settings)?;
        settings.layers.push(layer);
    }
    let typed = |words: &[String]| {
        let selector = |word: &String| {
            named(session, rules, word).ok_or_else(|| {
                let known = format!("{word} ({}, TIM001 …)", Selector::families(rules).join(", "));
                Error::plain(Kind::UnknownName, known).meant(word, Selector::words(rules))
            })
        };
        words.iter().map(selector).collect::<Result<Vec<Selector>>>()
    };
    settings.layers.push(Layer {
        select: typed(select)?,
        ignore: typed(ignore)?,
    });
    Ok(settings)
}

fn of_profile(session: &Session, rules: &[RuleInfo], switches: &Switches) -> Result<Layer> {
    let all = |key: &str, words: &[(u32, String)]| {
        let selector = |(line, word): &(u32, String)| {
            named(session, rules, word).ok_or_else(|| {
                let written = Written::new(&switches.file, "");
                let error = written.unknown(key, &Spanned::new(0..0, word), Selector::words(rules));
                error.at(*line)
            })
        };
        words.iter().map(selector).collect::<Result<Vec<Selector>>>()
    };
    Ok(Layer {
        select: all("select", &switches.select)?,
        ignore: all("ignore", &switches.ignore)?,
    })
}

/// Names of rules in a manifest.
fn selectors(
    session: &Session,
    rules: &[RuleInfo],
    written: &Written<'_>,
    key: &str,
    words: &[Spanned<String>],
) -> Result<Vec<Selector>> {
    let selector = |word: &Spanned<String>| {
        named(session, rules, word.get_ref()).ok_or_else(|| written.unknown(key, word, Selector::words(rules)))
    };
    words.iter().map(selector).collect()
}

fn of_manifest(session: &Session, rules: &[RuleInfo], manifest: &InForce, settings: &mut Settings) -> Result<Layer> {
    let written = manifest.written();
    let lint = &manifest.lint;
    let all = |key: &str, words: &[Spanned<String>]| selectors(session, rules, &written, key, words);
    let mut layer = Layer {
        select: all("select", &lint.select)?,
        ignore: all("ignore", &lint.ignore)?,
    };
    let one = |key: &str, word: &Spanned<String>| Ok(all(key, std::slice::from_ref(word))?.remove(0));
    let twice = |word: &Spanned<String>| {
        let args = vec![("rule", word.get_ref().clone())];
        written.wrong(&word.span(), "lint-twice", args)
    };
    let mut seen: HashSet<Selector> = HashSet::new();
    for (rule, severity) in &lint.severity {
        let selector = one("severity", rule)?;
        if !seen.insert(selector.clone()) {
            return Err(twice(rule));
        }
        let known = SEVERITIES.iter().find(|(word, _)| word == severity.get_ref());
        let words = SEVERITIES.iter().map(|(word, _)| *word);
        match known.ok_or_else(|| written.unknown("severity", severity, words))?.1 {
            Some(severity) => {
                settings.severity.insert(selector, severity);
            }
            None => layer.ignore.push(selector),
        }
    }
    for (word, number) in &lint.thresholds {
        let selector = one("thresholds", word)?;
        let rule = rules
            .iter()
            .find(|rule| rule.threshold.is_some() && selector == Selector::Rule(rule.code.clone()));
        let Some(rule) = rule else {
            let with = rules.iter().filter(|rule| rule.threshold.is_some());
            let with: Vec<&str> = with.map(|rule| rule.code.as_str()).collect();
            let args = vec![("rule", word.get_ref().clone()), ("known", with.join(", "))];
            return Err(written.wrong(&word.span(), "lint-no-threshold", args));
        };
        if settings.thresholds.insert(rule.code.clone(), *number).is_some() {
            return Err(twice(word));
        }
    }
    Ok(layer)
}

/// Exceptions as far as they are known before lists are read.
pub(super) struct Prepared<'a> {
    manifest: &'a InForce,
    exceptions: Vec<(&'a ManifestException, Exception, Option<glob::Pattern>)>,
}

/// Reads the exceptions of a manifest.
///
/// # Errors
/// When a rule, an element, a pattern or a date is none, or a reason is not given.
pub(super) fn prepare<'a>(
    session: &Session,
    rules: &[RuleInfo],
    profile: &Profile,
    manifest: &'a InForce,
) -> Result<Prepared<'a>> {
    let written = manifest.written();
    let mut exceptions = Vec::new();
    for exception in &manifest.lint.exception {
        let (span, exception) = (exception.span(), exception.get_ref());
        if exception.rules.is_empty() {
            return Err(written.wrong(&span, "lint-no-rules", Vec::new()));
        }
        if exception.reason.get_ref().trim().is_empty() {
            return Err(written.wrong(&exception.reason.span(), "lint-no-reason", Vec::new()));
        }
        let words: Vec<&str> = exception.rules.iter().map(|rule| rule.get_ref().as_str()).collect();
        let expires = match &exception.expires {
            None => None,
            Some(day) => {
                let text = match day.get_ref() {
                    toml::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let wrong = || written.wrong(&day.span(), "lint-date", vec![("date", text.clone())]);
                Some(date(&text).ok_or_else(wrong)?)
            }
        };
        let pattern = match &exception.file {
            None => None,
            Some(file) => {
                let args = vec![("pattern", file.get_ref().clone())];
                let pattern = glob::Pattern::new(&file.get_ref().replace('\\', "/"));
                Some(pattern.map_err(|_| written.wrong(&file.span(), "lint-pattern", args))?)
            }
        };
        let line = written.line(&span);
        let known = Exception {
            place: Place {
                file: path_name(&manifest.path).into(),
                row: line,
                line,
                ..Place::default()
            },
            written: words.join(", "),
            rules: selectors(session, rules, &written, "rules", &exception.rules)?,
            element: match &exception.element {
                None => None,
                Some(word) => Some(element(profile, word).ok_or_else(|| {
                    let elements = profile
                        .elements
                        .iter()
                        .flat_map(|element| [&element.id, &element.title]);
                    let fields = profile.fields.iter().map(|field| &field.id);
                    written.unknown("element", word, elements.chain(fields).map(String::as_str))
                })?),
            },
            reason: exception.reason.get_ref().trim().to_owned(),
            expires,
            ..Exception::default()
        };
        exceptions.push((exception, known, pattern));
    }
    Ok(Prepared { manifest, exceptions })
}

/// The id of an element or a field.
fn element(profile: &Profile, word: &Spanned<String>) -> Option<String> {
    let word = word.get_ref();
    let field = || profile.field(word).map(|_| word.clone());
    let element = profile.element(word);
    element.map(|at| profile.elements[at.index()].id.clone()).or_else(field)
}

impl Prepared<'_> {
    /// The exceptions, with the files, regions and items that they mean among those that were read.
    ///
    /// # Errors
    /// When a region is neither in the manifest nor among the lists.
    pub(super) fn exceptions(self, loaded: &Loaded, findings: &[Finding]) -> Result<Vec<Exception>> {
        let files: HashSet<&Arc<str>> = findings.iter().map(|finding| &finding.place.file).collect();
        let root = real(self.manifest.root());
        let forms = OnDemand::of(&loaded.catalogue, &loaded.profile);
        let mut all = Vec::new();
        for (told, mut exception, pattern) in self.exceptions {
            if let Some(pattern) = pattern {
                let meant = files.iter().filter(|file| covers(&pattern, &root, file));
                exception.files = Some(meant.map(|file| Arc::clone(file)).collect());
            }
            if let Some(region) = &told.region {
                exception.regions = Some(self.manifest.regions_called(loaded, region)?);
            }
            if let Some(item) = &told.item {
                let (catalogue, profile) = (&loaded.catalogue, &loaded.profile);
                exception.items = Some(items_called(catalogue, &forms, profile, item.trim()));
            }
            all.push(exception);
        }
        Ok(all)
    }
}

impl InForce {
    /// The ids of the regions that a word means, an id or a name.
    fn regions_called(&self, loaded: &Loaded, word: &Spanned<String>) -> Result<HashSet<Arc<str>>> {
        let own = self.regions.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        let read = loaded.catalogue.regions.iter();
        let known: Vec<(&str, &str)> = own
            .chain(read.map(|region| (&*region.id, region.name.as_str())))
            .collect();
        let meant = known
            .iter()
            .filter(|(id, name)| id == word.get_ref() || name == word.get_ref());
        let ids: HashSet<Arc<str>> = meant.map(|(id, _)| Arc::from(*id)).collect();
        if ids.is_empty() {
            let names = known.iter().flat_map(|(id, name)| [*id, *name]);
            return Err(self.written().unknown("region", word, names));
        }
        Ok(ids)
    }
}

/// Whether a pattern means a file: as it stands from the manifest, or, without a folder, by its name alone.
fn covers(pattern: &glob::Pattern, root: &Path, file: &str) -> bool {
    let options = glob::MatchOptions {
        require_literal_separator: true,
        ..glob::MatchOptions::new()
    };
    let path = real(Path::new(file));
    let from_root = path.strip_prefix(root).map(path_name);
    let name = file.rsplit('/').next().unwrap_or(file);
    let alone = !pattern.as_str().contains('/') && pattern.matches_with(name, options);
    alone || from_root.is_ok_and(|path| pattern.matches_with(&path, options))
}

/// A path as the system knows it; of what is not there (a list in a ZIP) as far as it is.
fn real(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    path.canonicalize()
        .unwrap_or_else(|_| match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => real(folder).join(name),
            _ => path.to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;

    use super::*;
    use crate::cli::args::ColorChoice;
    use crate::messages::{Lang, Messages};

    /// A session in which there was a rule NAM999.
    fn session() -> Session {
        let rules = crate::profile::rules().unwrap_or_default();
        let old = RetiredRule {
            code: "NAM999".to_owned(),
            name: "old-name".to_owned(),
            why: "并入 NAM001".to_owned(),
            why_en: "now part of NAM001".to_owned(),
        };
        Session {
            messages: Messages::new(Lang::En, &rules),
            other: Messages::new(Lang::Zh, &rules),
            shipped: rules.len(),
            rules: rules.into_iter().map(|(rule, _)| rule).collect(),
            retired: OnceCell::from(vec![old]),
            color: ColorChoice::Never,
            profile: None,
            encoding: None,
            input_format: None,
            started: std::time::Instant::now(),
        }
    }

    /// Threats, row 35: whoever still names it is not stopped, and told; it stands for no rule that runs.
    #[test]
    fn retired_rules_are_still_taken() {
        let session = session();
        for word in ["NAM999", "nam999", "old-name"] {
            let selector = named(&session, &session.rules, word);
            assert_eq!(selector, Some(Selector::Rule("NAM999".to_owned())), "{word}");
        }
        assert_eq!(named(&session, &session.rules, "NAM998"), None);
        let notice = retired_rule(session.retired(), "old-name").map(|rule| retired_notice(&session, rule));
        let notice = notice.unwrap_or_default();
        assert!(
            notice.contains("NAM999") && notice.contains("now part of NAM001"),
            "{notice}"
        );
        // To select it alone is to select nothing, not everything.
        let layer = Layer {
            select: named(&session, &session.rules, "NAM999").into_iter().collect(),
            ignore: Vec::new(),
        };
        let settings = Settings {
            layers: vec![layer],
            ..Settings::default()
        };
        assert!(settings.configured(&session.rules).is_empty());
    }

    #[test]
    fn patterns_mean_files_from_the_manifest() {
        let root = real(Path::new("."));
        let covers = |pattern: &str, file: &str| {
            glob::Pattern::new(pattern).is_ok_and(|pattern| super::covers(&pattern, &root, file))
        };
        for (pattern, file, is) in [
            ("a.csv", "a.csv", true),
            ("a.csv", "lists/a.csv", true),
            ("lists/*.csv", "lists/a.csv", true),
            ("*/a.csv", "lists/deep/a.csv", false),
            ("**/a.csv", "lists/deep/a.csv", true),
            ("lists/**", "lists/deep/a.csv", true),
            ("other/a.csv", "lists/a.csv", false),
            ("a.csv", "b.csv", false),
            ("lists/a.csv", "../lists/a.csv", false),
        ] {
            assert_eq!(covers(pattern, file), is, "{pattern} {file}");
        }
    }
}

//! `tongban explain`: an element, a rule, a profile, or the limits, in words.
//!
//! Must not hold the words: they are in `catalogs/`.

use std::path::Path;

use super::args::ExplainArgs;
use super::rules::list;
use super::settings::retired_rule;
use super::workspace::Workspace;
use super::{Outcome, Session};
use crate::error::{Error, Kind, Result};
use crate::ingest::limits::{self, Unit};
use crate::lint::Selector;
use crate::model::{Fixable, RuleInfo};
use crate::normalise::{KINDS, ROLES};
use crate::profile::{self, Element, Policy, Profile, RetiredRule};
use crate::report::escape::terminal;
use crate::report::rule_help;

pub(super) fn run(session: &mut Session, args: &ExplainArgs) -> Result<Outcome> {
    let name = args.name.trim();
    let lines = if name == "limits" {
        explain_limits(session)
    } else if let Some(rule) = profile::rule(&session.rules, name) {
        explain_rule(session, rule)
    } else if let Some(rule) = retired_rule(session.retired(), name) {
        explain_retired(session, rule)
    } else if profile::profile_ids().contains(&name) || name.ends_with(".toml") {
        explain_profile(session, &Profile::load(name)?)
    } else {
        // A workspace has rules, and may have elements, of its own.
        let profile = session.load_rules(&Workspace::settings(Path::new("."))?)?;
        // An element's id may be the word of a family too.
        let family = Selector::named(name, &session.rules);
        match (profile::rule(&session.rules, name), profile.element(name), family) {
            (Some(rule), ..) => explain_rule(session, rule),
            (None, Some(element), _) => explain_element(session, &profile, &profile.elements[element.index()]),
            (None, None, Some(family)) => list(session, |rule| family.covers(&rule.code)),
            (None, None, None) => {
                let elements: Vec<&str> = profile.compared().map(|(_, element)| element.id.as_str()).collect();
                let known = format!(
                    "{name} ({}, {}, limits, {}, TIM001 …)",
                    elements.join(", "),
                    profile::profile_ids().join(", "),
                    Selector::families(&session.rules).join(", ")
                );
                let ids = profile
                    .elements
                    .iter()
                    .flat_map(|element| [element.id.as_str(), element.title.as_str(), element.en.as_str()]);
                let rules = Selector::words(&session.rules);
                let names = profile::profile_ids().into_iter().chain(ids).chain(rules);
                return Err(Error::plain(Kind::UnknownName, known).meant(name, names.chain(["limits"])));
            }
        }
    };
    session.write_out(None, &[], false, |out| {
        for line in &lines {
            writeln!(out, "{}", terminal(line))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Clean)
}

/// `name: text`, unless there is no text.
fn named(session: &Session, lines: &mut Vec<String>, key: &str, text: &str) {
    if !text.is_empty() {
        lines.push(format!("{}: {text}", session.messages.text(key)));
    }
}

fn explain_rule(session: &Session, rule: &RuleInfo) -> Vec<String> {
    let lang = session.messages.lang();
    let mut lines = vec![
        format!("{} {} — {}", rule.code, rule.name, lang.pick(&rule.title)),
        String::new(),
    ];
    let mut help = rule_help(rule, &session.messages).into_iter();
    lines.extend(help.next());
    lines.push(String::new());
    let severity = session.messages.text(&format!("severity-{}", rule.severity.word()));
    named(session, &mut lines, "explain-severity", &severity);
    let confidence = session.messages.text(&format!("confidence-{}", rule.confidence.word()));
    named(session, &mut lines, "explain-confidence", &confidence);
    let fix = match rule.fixable {
        Fixable::No => String::new(),
        Fixable::Safe => session.messages.text("fixable-safe"),
        Fixable::Unsafe => session.messages.text("fixable-unsafe"),
    };
    named(session, &mut lines, "explain-fix", &fix);
    if let Some(threshold) = &rule.threshold {
        let args = [
            ("code", rule.code.clone()),
            ("value", threshold.value.to_string()),
            ("unit", lang.pick(&threshold.unit).to_owned()),
        ];
        let text = session.messages.with("explain-threshold-set", &args);
        named(session, &mut lines, "explain-threshold", &text);
    }
    lines.extend(help);
    lines
}

fn explain_retired(session: &Session, rule: &RetiredRule) -> Vec<String> {
    let why = [rule.why.clone(), rule.why_en.clone()];
    vec![
        format!("{} {}", rule.code, rule.name),
        String::new(),
        session.messages.text("explain-retired"),
        session.messages.lang().pick(&why).to_owned(),
    ]
}

fn explain_element(session: &Session, profile: &Profile, element: &Element) -> Vec<String> {
    let lang = session.messages.lang();
    let names = [element.title.clone(), element.en.clone()];
    let mut lines = vec![format!("{} — {}", element.id, lang.pick(&names)), String::new()];
    if element.draft {
        lines.push(session.messages.text("explain-draft"));
    }
    let doc = lang.pick(&element.doc);
    if !doc.is_empty() {
        lines.push(doc.to_owned());
        lines.push(String::new());
    }
    let kind = KINDS
        .iter()
        .find(|(_, kind)| *kind == element.kind)
        .map_or("", |(word, _)| word);
    named(session, &mut lines, "explain-kind", kind);
    let policy = match element.policy {
        Policy::Equal => "policy-equal",
        Policy::MustEqual => "policy-must-equal",
        Policy::ShorterOk => "policy-shorter-ok",
        Policy::FewerBetter => "policy-fewer-better",
    };
    named(session, &mut lines, "explain-policy", &session.messages.text(policy));
    if element.compare {
        let key = if element.blocks {
            "policy-blocks"
        } else {
            "policy-informs"
        };
        named(session, &mut lines, "explain-pairwise", &session.messages.text(key));
    }
    named(session, &mut lines, "explain-weight", &element.weight.to_string());
    let fields: Vec<String> = element
        .fields
        .iter()
        .map(|(role, field)| {
            let word = ROLES
                .iter()
                .find(|(_, known)| known == role)
                .map_or("", |(word, _)| word);
            format!(
                "{word} = {} {}",
                profile.fields[field.index()].title,
                profile.fields[field.index()].id
            )
        })
        .collect();
    named(session, &mut lines, "explain-fields", &fields.join("；"));
    if let Some(list) = element
        .list
        .as_ref()
        .and_then(|list| profile.vocabulary.lists.get(list))
    {
        let values: Vec<String> = list
            .values
            .iter()
            .map(|(code, name)| format!("{code} {name}"))
            .collect();
        named(
            session,
            &mut lines,
            "explain-list",
            &format!("{}（{}）", list.id, values.join("、")),
        );
    }
    named(session, &mut lines, "explain-ground", &element.ground);
    lines
}

fn explain_profile(session: &Session, profile: &Profile) -> Vec<String> {
    let lang = session.messages.lang();
    let names = [profile.title.clone(), profile.en.clone()];
    let mut lines = vec![format!("{} — {}", profile.id, lang.pick(&names)), String::new()];
    named(session, &mut lines, "explain-status", &profile.status);
    named(session, &mut lines, "explain-source", &profile.source);
    lines.push(format!("{}:", session.messages.text("explain-profile-elements")));
    for (_, element) in profile.compared() {
        let names = [element.title.clone(), element.en.clone()];
        let draft = if element.draft {
            format!("（{}）", session.messages.text("explain-draft"))
        } else {
            String::new()
        };
        lines.push(format!("  {} — {}{draft}", element.id, lang.pick(&names)));
    }
    let words = |words: &[(u32, String)]| {
        words
            .iter()
            .map(|(_, word)| word.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    for switches in &profile.switches {
        named(session, &mut lines, "explain-lint-select", &words(&switches.select));
        named(session, &mut lines, "explain-lint-ignore", &words(&switches.ignore));
    }
    lines
}

fn explain_limits(session: &Session) -> Vec<String> {
    let mut lines = vec![session.messages.text("explain-limits")];
    for limit in limits::ALL {
        let what = session.messages.text(&format!("limit-{}", limit.key));
        lines.push(String::new());
        lines.push(format!("{what}: {}", amount(limit.value, limit.unit)));
        lines.push(format!(
            "  {}",
            session.messages.text(&format!("limit-{}-why", limit.key))
        ));
        let said = match profile::rule(&session.rules, limit.said) {
            Some(rule) => format!("{} {}", rule.code, session.messages.lang().pick(&rule.title)),
            None => {
                let reason = format!("reason-{}", limit.said);
                let known = session.messages.has(&reason);
                let key = if known { reason } else { format!("error-{}", limit.said) };
                let args = [
                    ("limit", limit.value.to_string()),
                    ("count", (limit.value + 1).to_string()),
                ];
                session.messages.with(&key, &args)
            }
        };
        lines.push(format!("  {}: {said}", session.messages.text("explain-said")));
    }
    lines
}

/// `2 GiB`, `10,000,000`, `200:1`.
fn amount(value: u64, unit: Unit) -> String {
    let digits = value.to_string();
    let grouped = digits.char_indices().fold(String::new(), |mut out, (at, digit)| {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
        out
    });
    match unit {
        Unit::Count => grouped,
        Unit::Ratio => format!("{grouped}:1"),
        Unit::Bytes => [(30, "GiB"), (20, "MiB"), (10, "KiB")]
            .iter()
            .find(|(shift, _)| value >> shift > 0 && (value >> shift) << shift == value)
            .map_or_else(
                || format!("{grouped} B"),
                |(shift, name)| format!("{} {name}", value >> shift),
            ),
    }
}

//! `tongban lint`: lists against the rules.
//!
//! Must not judge.

use super::args::LintArgs;
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, baseline, say};
use crate::error::{Error, Kind, Result};
use crate::lint::{self, Settings};
use crate::model::{Finding, Severity};
use crate::report::{Document, LintReport};

pub(super) fn run(session: &Session, args: &LintArgs) -> Result<Outcome> {
    let workspace = Workspace::of(&args.paths)?;
    let (loaded, mut findings) = self::findings(session, &workspace, &args.select, &args.ignore)?;
    if let Some(path) = baseline::path(args.baseline.as_deref(), &workspace) {
        let held = baseline::read(&path)?.hold(findings, &baseline::today());
        say(&session.messages.with("baseline-stats", &baseline::numbers(&held)));
        findings = held.new;
    }
    let report = LintReport {
        files: loaded.catalogue.files.len(),
        rows: loaded.catalogue.rows.len(),
        findings,
        rules: session.rules.clone(),
    };
    let asked = Asked {
        item: None,
        explain: false,
        top: args.top,
    };
    session.emit(&Document::Lint(&report), &loaded, &args.output, &asked)?;
    let at_least = |severity: Severity| report.findings.iter().any(|finding| finding.severity >= severity);
    let found = match args.fail_on.as_str() {
        "error" => at_least(Severity::Error),
        "warning" => at_least(Severity::Warning),
        "info" => at_least(Severity::Info),
        _ => false,
    };
    Ok(session.outcome(found, &loaded))
}

/// Everything that the rules find in the lists of a workspace; what `select` and `ignore` name counts more than its manifest.
pub(super) fn findings(
    session: &Session,
    workspace: &Workspace,
    select: &[String],
    ignore: &[String],
) -> Result<(Loaded, Vec<Finding>)> {
    let settings = Settings {
        select: if select.is_empty() {
            workspace.lint.select.clone()
        } else {
            select.to_vec()
        },
        ignore: workspace.lint.ignore.iter().chain(ignore).cloned().collect(),
    };
    for word in settings.select.iter().chain(&settings.ignore) {
        let known = |rule: &crate::model::RuleInfo| {
            *word == rule.code || *word == rule.name || (word.len() == 3 && rule.code.starts_with(word.as_str()))
        };
        if !session.rules.iter().any(known) {
            return Err(Error::plain(Kind::UnknownName, word.clone()));
        }
    }
    let loaded = session.load(workspace)?;
    let findings = lint::run(&loaded.catalogue, &loaded.profile, &session.rules, &settings);
    Ok((loaded, findings))
}

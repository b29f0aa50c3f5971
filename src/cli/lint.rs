//! `tongban lint`: lists against the rules.
//!
//! Must not judge.

use super::args::LintArgs;
use super::manifest::{InForce, ManifestLint};
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, baseline, say, settings};
use crate::error::Result;
use crate::ingest::path_name;
use crate::lint;
use crate::model::{Finding, Severity};
use crate::report::escape::terminal;
use crate::report::{Document, LintReport};

pub(super) fn run(session: &Session, args: &LintArgs) -> Result<Outcome> {
    let workspace = Workspace::of_lint(&args.paths, args.workspace.as_deref(), args.isolated)?;
    let manifest = workspace.lint()?;
    let (loaded, mut findings) = self::findings(session, &workspace, [&args.select, &args.ignore])?;
    if let Some(path) = baseline::path(args.baseline.as_deref(), manifest) {
        let mut held = baseline::read(&path)?.hold(findings, &baseline::today());
        if manifest.is_some_and(|manifest| !manifest.whole) {
            // What is known of other lists is not gone.
            held.gone.clear();
        }
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

/// Everything that the rules find in the lists of a workspace and its exceptions do not hide; what `select` and `ignore` name counts
/// more than its manifest.
pub(super) fn findings(
    session: &Session,
    workspace: &Workspace,
    typed: [&[String]; 2],
) -> Result<(Loaded, Vec<Finding>)> {
    let profile = session.load_profile(workspace)?;
    let rules = &session.rules;
    let manifest = workspace.lint()?;
    let settings = settings::settings(session, rules, &profile, manifest, typed)?;
    let prepared = match manifest {
        Some(manifest) => Some(settings::prepare(session, rules, &profile, manifest)?),
        None => None,
    };
    let said = |key: &str, manifest: &InForce, count: usize| {
        let args = [("file", path_name(&manifest.path)), ("count", count.to_string())];
        say(&terminal(&session.messages.with(key, &args)));
    };
    if let Some(manifest) = manifest.filter(|manifest| !manifest.whole || manifest.lint != ManifestLint::default()) {
        said("lint-settings", manifest, 0);
    }
    let loaded = session.read(workspace, profile)?;
    let mut findings = lint::run(&loaded.catalogue, loaded.forms(), &loaded.profile, rules, &settings);
    if let (Some(manifest), Some(prepared)) = (manifest, prepared) {
        let exceptions = prepared.exceptions(&loaded, &findings)?;
        // What was not looked at may be hidden by an exception that seems to hide nothing.
        let whole = manifest.whole && !loaded.incomplete && typed.iter().all(|words| words.is_empty());
        let told = (rules.as_slice(), &settings);
        let excepted = lint::except(findings, &exceptions, told, &baseline::today(), whole);
        findings = excepted.told;
        if excepted.hidden > 0 {
            said("lint-excepted", manifest, excepted.hidden);
        }
    }
    Ok((loaded, findings))
}

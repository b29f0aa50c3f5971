//! `tongban lint`: lists against the rules.
//!
//! Must not judge.

use super::args::LintArgs;
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, baseline, fix, say, since};
use crate::error::{Error, Kind, Result, path_name};
use crate::lint::{self, Settings};
use crate::model::{Finding, Severity};
use crate::report::escape::terminal;
use crate::report::{Document, LintReport};

pub(super) fn run(session: &Session, args: &LintArgs) -> Result<Outcome> {
    let workspace = Workspace::of(&args.paths)?;
    let earlier = match &args.since {
        Some(path) => Some(since::load(session, path, &workspace)?),
        None => None,
    };
    let mut seen = look(session, args, &workspace, earlier.as_ref(), None)?;
    let mut fixed = fix::Done::default();
    if args.fix || args.diff {
        fixed = fix::run(session, args, &workspace, &seen.loaded, &seen.findings)?;
        if args.diff {
            return Ok(fixed.outcome(seen.loaded.incomplete));
        }
        if fixed.files > 0 {
            seen = look(session, args, &workspace, earlier.as_ref(), Some(seen))?;
        }
    }
    let Seen {
        loaded, findings, talk, ..
    } = seen;
    talk.iter().for_each(|line| say(line));
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
    Ok(fixed.and(session.outcome(found, &loaded)))
}

/// What a look at the lists of a workspace gave.
struct Seen {
    loaded: Loaded,
    /// What is reported.
    findings: Vec<Finding>,
    /// What the rules found in all, where a baseline tells some of it as known.
    all: Vec<Finding>,
    /// What is to be said of it.
    talk: Vec<String>,
}

/// Reads the lists and finds what is to be reported: what the baseline does not know, of rows that changed. `before` is what was seen
/// before the lists were put right: what was known of a text is known of the text that it became.
fn look(
    session: &Session,
    args: &LintArgs,
    workspace: &Workspace,
    earlier: Option<&Loaded>,
    before: Option<Seen>,
) -> Result<Seen> {
    let (mut loaded, mut findings) = self::findings(session, workspace, &args.select, &args.ignore, before.is_some())?;
    let (mut talk, mut all) = (Vec::new(), Vec::new());
    if let Some(path) = baseline::path(args.baseline.as_deref(), workspace) {
        let mut known = baseline::read(&path)?;
        let moved = before.map_or(0, |before| known.follow(&before.all, &findings));
        if moved > 0 {
            baseline::write(session, &path, &known, &loaded.inputs)?;
            let counts = [("count", moved.to_string()), ("file", path_name(&path))];
            talk.push(terminal(&session.messages.with("baseline-moved", &counts)).into_owned());
        }
        if args.fix {
            all.clone_from(&findings);
        }
        let held = known.hold(findings, &baseline::today());
        talk.push(session.messages.with("baseline-stats", &baseline::numbers(&held)));
        findings = held.new;
    }
    if let Some(earlier) = earlier {
        let rows = loaded.catalogue.rows.len().to_string();
        let since = lint::since(&loaded.catalogue, &earlier.catalogue, findings);
        let counts = [
            ("changed", since.changed.to_string()),
            ("rows", rows),
            ("left", since.left_out.to_string()),
        ];
        talk.push(session.messages.with("since-done", &counts));
        findings = since.kept;
        // A row of the earlier version that was not read makes a row that did not change look new.
        loaded.incomplete |= earlier.incomplete;
    }
    Ok(Seen {
        loaded,
        findings,
        all,
        talk,
    })
}

/// Everything that the rules find in the lists of a workspace; what `select` and `ignore` name counts more than its manifest.
/// Lists that are looked at `again` were complained of before.
pub(super) fn findings(
    session: &Session,
    workspace: &Workspace,
    select: &[String],
    ignore: &[String],
    again: bool,
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
    let loaded = if again {
        session.load_again(workspace)?.0
    } else {
        session.load(workspace)?
    };
    let findings = lint::run(
        &loaded.catalogue,
        loaded.forms(),
        &loaded.profile,
        &session.rules,
        &settings,
    );
    Ok((loaded, findings))
}

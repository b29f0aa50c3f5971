//! `tongban lint`: lists against the rules.
//!
//! Must not judge.

use super::args::{LawsArgs, LintArgs};
use super::manifest::{InForce, ManifestLint};
use super::workspace::Workspace;
use super::{Asked, Loaded, Outcome, Session, baseline, fix, law, say, settings, since};
use crate::error::{Result, path_name};
use crate::lint;
use crate::model::{Finding, Severity};
use crate::report::escape::terminal;
use crate::report::{Document, LintReport};

pub(super) fn run(session: &mut Session, args: &LintArgs) -> Result<Outcome> {
    let targets = args.output.targets()?;
    let workspace = Workspace::of_lint(&args.paths, args.workspace.as_deref(), args.isolated)?.sorted();
    if args.fix || args.diff {
        workspace.changeable()?;
    }
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
    let fields = ["name", "sub_name", "handling_name", "main_name"];
    let report = LintReport {
        files: loaded.catalogue.files.len(),
        rows: loaded.catalogue.rows.len(),
        incomplete: loaded.incomplete,
        findings,
        rules: session.rules.clone(),
        catalogue: &loaded.catalogue,
        names: fields.iter().filter_map(|id| loaded.profile.field(id)).collect(),
    };
    let asked = Asked {
        top: args.top,
        raw_csv: args.output.raw_csv,
        ..Asked::default()
    };
    let document = match args.output.statistics {
        true => Document::Statistics(&report),
        false => Document::Lint(&report),
    };
    session.emit(&document, &loaded, &targets, &asked)?;
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
    session: &mut Session,
    args: &LintArgs,
    workspace: &Workspace,
    earlier: Option<&Loaded>,
    before: Option<Seen>,
) -> Result<Seen> {
    let (mut loaded, mut findings) = self::findings(
        session,
        workspace,
        &args.laws,
        [&args.select, &args.ignore],
        before.is_some(),
    )?;
    let manifest = workspace.lint()?;
    let (mut talk, mut all) = (Vec::new(), Vec::new());
    if let Some(path) = baseline::path(args.baseline.as_deref(), manifest) {
        let mut known = baseline::read(&path, args.baseline.as_deref(), manifest)?;
        let moved = before.map_or(0, |before| known.follow(&before.all, &findings));
        if moved > 0 {
            baseline::write(session, &path, &known, &loaded.inputs)?;
            let counts = [("count", moved.to_string()), ("file", path_name(&path))];
            talk.push(terminal(&session.messages.with("baseline-moved", &counts)).into_owned());
        }
        if args.fix {
            all.clone_from(&findings);
        }
        let mut held = known.hold(findings, &baseline::today());
        if manifest.is_some_and(|manifest| !manifest.whole) {
            // What is known of other lists is not gone.
            held.gone.clear();
        }
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

/// Everything that the rules find in the lists of a workspace and its exceptions do not hide; what `select` and `ignore` name counts
/// more than its manifest. Lists that are looked at `again` were complained of before.
pub(super) fn findings(
    session: &mut Session,
    workspace: &Workspace,
    laws: &LawsArgs,
    typed: [&[String]; 2],
    again: bool,
) -> Result<(Loaded, Vec<Finding>)> {
    let profile = session.load_rules(workspace)?;
    let session = &*session;
    let rules = &session.rules;
    let manifest = workspace.lint()?;
    let settings = settings::settings(session, rules, &profile, manifest, typed)?;
    let prepared = match manifest {
        Some(manifest) => Some(settings::prepare(session, rules, &profile, manifest)?),
        None => None,
    };
    let said = |key: &str, manifest: &InForce, count: usize| {
        let args = [("file", path_name(&manifest.path)), ("count", count.to_string())];
        if !again {
            say(&terminal(&session.messages.with(key, &args)));
        }
    };
    if let Some(manifest) = manifest.filter(|manifest| !manifest.whole || manifest.lint != ManifestLint::default()) {
        said("lint-settings", manifest, 0);
    }
    let mut loaded = if again {
        session.read_again(workspace, profile)?.0
    } else {
        session.read(workspace, profile)?
    };
    let laws = law::held_for_lint(session, workspace, &mut loaded, laws)?;
    let mut findings = lint::run(&loaded.catalogue, &loaded.profile, rules, &settings, laws.as_ref());
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

//! Lint: what a provincial auditor looks for, row by row and across a list. Judges normal forms, quotes raw text.
//!
//! Reads no file and no clock. A rule is a block in a family file, a line in [`registry::RULES`], its texts in
//! `catalogs/rules/`, and its cases in `tests/lint/`.

mod baseline;
mod basis;
mod code;
mod conditions;
mod contact;
mod cross;
mod fee;
mod guide;
mod materials;
mod name;
mod online;
mod own;
mod papers;
mod procedure;
mod registry;
mod result;
mod settings;
mod since;
mod time;
mod vague;
mod view;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::forms::Forms;
use crate::model::{Catalogue, Finding, Fix, Place, RowId, RuleInfo, Severity};
use crate::profile::Profile;

use own::Own;

pub use baseline::{Baseline, Entry, Held, date};
pub use registry::RULES;
pub use settings::{Excepted, Exception, Layer, Selector, Settings, except, items_called};
pub use since::{Since, since};
pub use view::{Known, Lists, RowView};

/// How a rule looks at the lists.
#[derive(Clone, Copy)]
pub enum Run {
    /// At one row at a time.
    Row(fn(&RowView<'_>, &mut Sink<'_>)),
    /// At all rows together.
    Lists(fn(&Lists<'_>, &mut Sink<'_>)),
    /// Nowhere: reading reports it (family FIL), or the settings do (family SET).
    Ingest,
}

/// One rule: its code, and how it looks. Everything that is said of it is in `catalogs/rules/`.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The code; never reused.
    pub code: &'static str,
    /// The check.
    pub run: Run,
}

/// The longest text that a finding repeats, in characters: a cell may hold a megabyte, and a row many findings.
const LONGEST: usize = 300;

/// The beginning of a text in one line. Other controls stay: whoever shows it shows them.
fn start_of(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let mut start: String = text[..cut]
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
        .collect();
    if cut < text.len() {
        start.push('…');
    }
    start
}

/// Takes the findings of one rule.
pub struct Sink<'a> {
    rule: Cow<'static, str>,
    severity: Severity,
    threshold: u32,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Sink<'a> {
    fn of(rule: &Rule, info: &RuleInfo, findings: &'a mut Vec<Finding>) -> Sink<'a> {
        Sink::named(Cow::Borrowed(rule.code), info, findings)
    }

    fn named(rule: Cow<'static, str>, info: &RuleInfo, findings: &'a mut Vec<Finding>) -> Sink<'a> {
        Sink {
            rule,
            severity: info.severity,
            threshold: info.threshold.as_ref().map_or(0, |threshold| threshold.value),
            findings,
        }
    }

    /// The number that the rule compares with: its own, or the workspace's (`[lint.thresholds]`); 0 for a rule without one.
    pub fn threshold(&self) -> u32 {
        self.threshold
    }

    /// Adds a finding about an element of a row (by the element's id or a field's), or about the whole row with an empty id.
    pub fn report(
        &mut self,
        view: &RowView<'_>,
        element: impl Into<Cow<'static, str>>,
        args: Vec<(&'static str, String)>,
    ) {
        self.report_with(view, element, args, None);
    }

    /// The same, with the text that would put the cell right.
    pub fn report_with(
        &mut self,
        view: &RowView<'_>,
        element: impl Into<Cow<'static, str>>,
        mut args: Vec<(&'static str, String)>,
        fix: Option<Fix>,
    ) {
        for (_, text) in &mut args {
            *text = start_of(text, LONGEST);
            text.shrink_to_fit();
        }
        let element = element.into();
        let (place, cell) = view.place(&element);
        self.findings.push(Finding {
            rule: self.rule.clone(),
            severity: self.severity,
            args,
            place,
            cell,
            region: view.region_id().clone(),
            item: view.item(),
            element,
            fix: fix.map(Box::new),
        });
    }
}

impl Sink<'_> {
    /// Adds a finding about an item that a list does not have: with the file of one row of that list, and no row.
    pub(super) fn report_missing(&mut self, view: &RowView<'_>, item: Arc<str>, args: Vec<(&'static str, String)>) {
        let (place, _) = view.place("");
        self.findings.push(Finding {
            rule: self.rule.clone(),
            severity: self.severity,
            args,
            place: Place {
                row: 0,
                line: 0,
                ..place
            },
            cell: None,
            region: view.region_id().clone(),
            item,
            element: Cow::Borrowed(""),
            fix: None,
        });
    }
}

/// The families that look at the basic directory too: it has codes, names and bases. What is handled how, and how it is told
/// to applicants, is a matter of the lists.
const OF_DIRECTORY: [&str; 3] = ["COD", "NAM", "BAS"];

/// Runs all rules over a catalogue. Findings of reading come along; the order is that of files, rows, columns and codes.
pub fn run(
    catalogue: &Catalogue,
    forms: &Forms,
    profile: &Profile,
    rules: &[RuleInfo],
    settings: &Settings,
) -> Vec<Finding> {
    let known = Known::of(profile);
    let rules = settings.configured(rules);
    let info: HashMap<&str, &RuleInfo> = rules.iter().map(|rule| (rule.code.as_str(), rule)).collect();
    let active: Vec<(&Rule, &RuleInfo)> = RULES
        .iter()
        .filter_map(|rule| Some((rule, *info.get(rule.code)?)))
        .collect();
    let own: Vec<Own<'_>> = profile
        .rules
        .iter()
        .filter_map(|rule| {
            let info = *info.get(rule.info.code.as_str())?;
            Some(Own { rule, info })
        })
        .collect();
    let mut findings: Vec<Finding> = catalogue
        .findings
        .iter()
        .filter(|finding| info.contains_key(&*finding.rule))
        .cloned()
        .collect();
    for finding in &mut findings {
        // What reading reports may be worse than its rule says.
        finding.severity = settings.severity_of(&finding.rule).unwrap_or(finding.severity);
    }
    let rows: Vec<RowId> = catalogue.row_ids().collect();
    let by_row: Vec<Vec<Finding>> = rows
        .par_chunks(1024)
        .map(|rows| {
            let mut findings = Vec::new();
            for &row in rows {
                let view = RowView::new(catalogue, forms, profile, &known, row);
                let directory = view.in_directory();
                for &(rule, info) in &active {
                    if let Run::Row(check) = rule.run
                        && (!directory || OF_DIRECTORY.iter().any(|family| rule.code.starts_with(family)))
                    {
                        check(&view, &mut Sink::of(rule, info, &mut findings));
                    }
                }
                for rule in &own {
                    rule.check_row(&view, &mut findings);
                }
            }
            findings
        })
        .collect();
    findings.extend(by_row.into_iter().flatten());
    let lists = Lists {
        catalogue,
        forms,
        profile,
        known: &known,
        peers: OnceLock::new(),
    };
    for &(rule, info) in &active {
        if let Run::Lists(check) = rule.run {
            check(&lists, &mut Sink::of(rule, info, &mut findings));
        }
    }
    for rule in &own {
        rule.check_lists(&lists, &mut findings);
    }
    findings.sort_by(|a, b| {
        (&a.place.file, &a.place.sheet)
            .cmp(&(&b.place.file, &b.place.sheet))
            .then_with(|| (a.place.row, &a.rule).cmp(&(b.place.row, &b.rule)))
            .then_with(|| (&a.place.column, &a.args).cmp(&(&b.place.column, &b.args)))
    });
    findings
}

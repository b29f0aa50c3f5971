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
mod materials;
mod name;
mod online;
mod registry;
mod result;
mod time;
mod vague;
mod view;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::forms::OnDemand;
use crate::model::{Catalogue, Finding, Fix, RowId, RuleInfo, Severity};
use crate::profile::Profile;

pub use baseline::{Baseline, Entry, Held};
pub use registry::RULES;
use view::Source;
pub use view::{Known, Lists, RowView};

/// How a rule looks at the lists.
#[derive(Clone, Copy)]
pub enum Run {
    /// At one row at a time.
    Row(fn(&RowView<'_>, &mut Sink<'_>)),
    /// At all rows together.
    Lists(fn(&Lists<'_>, &mut Sink<'_>)),
    /// Nowhere: reading reports it (family FIL).
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

/// Which rules run, and how bad their findings are.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Codes, names or families (the letters of a code) that run; empty for all.
    pub select: Vec<String>,
    /// Codes, names or families that do not run.
    pub ignore: Vec<String>,
}

impl Settings {
    fn runs(&self, rule: &RuleInfo) -> bool {
        let means = |word: &String| {
            *word == rule.code || *word == rule.name || (word.len() == 3 && rule.code.starts_with(word.as_str()))
        };
        (self.select.is_empty() || self.select.iter().any(means)) && !self.ignore.iter().any(means)
    }
}

/// The longest text that a finding repeats, in characters: a cell may hold a megabyte, and a row many findings.
const LONGEST: usize = 300;

/// The beginning of a text in one line.
fn start_of(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let mut start: String = text[..cut]
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if cut < text.len() {
        start.push('…');
    }
    start
}

/// Takes the findings of one rule.
pub struct Sink<'a> {
    rule: &'static str,
    severity: Severity,
    threshold: u32,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Sink<'a> {
    fn of(rule: &Rule, info: &RuleInfo, findings: &'a mut Vec<Finding>) -> Sink<'a> {
        Sink {
            rule: rule.code,
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
            rule: Cow::Borrowed(self.rule),
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

/// The families that look at the basic directory too: it has codes, names and bases. What is handled how, and how it is told
/// to applicants, is a matter of the lists.
const OF_DIRECTORY: [&str; 3] = ["COD", "NAM", "BAS"];

/// Runs all rules over a catalogue. Findings of reading come along; the order is that of files, rows, columns and codes.
pub fn run(catalogue: &Catalogue, profile: &Profile, rules: &[RuleInfo], settings: &Settings) -> Vec<Finding> {
    let known = Known::of(profile);
    let info: HashMap<&str, &RuleInfo> = rules.iter().map(|rule| (rule.code.as_str(), rule)).collect();
    let active: Vec<(&Rule, &RuleInfo)> = RULES
        .iter()
        .filter_map(|rule| {
            let info = info.get(rule.code)?;
            settings.runs(info).then_some((rule, *info))
        })
        .collect();
    let mut findings: Vec<Finding> = catalogue
        .findings
        .iter()
        .filter(|finding| info.get(&*finding.rule).is_none_or(|rule| settings.runs(rule)))
        .cloned()
        .collect();
    let forms = OnDemand::of(catalogue, profile);
    let lists = Lists {
        catalogue,
        forms: &forms,
        profile,
        known: &known,
    };
    // First: the columns that they ask for serve the rows too.
    let mut of_lists = Vec::new();
    for &(rule, info) in &active {
        if let Run::Lists(check) = rule.run {
            check(&lists, &mut Sink::of(rule, info, &mut of_lists));
        }
    }
    findings.extend(of_rows(&lists, &active));
    findings.extend(of_lists);
    // Nearly sorted already, and then this is quick.
    findings.sort_by(in_order);
    findings
}

/// By file, row, rule and column.
fn in_order(a: &Finding, b: &Finding) -> Ordering {
    (&a.place.file, &a.place.sheet)
        .cmp(&(&b.place.file, &b.place.sheet))
        .then_with(|| (a.place.row, &a.rule).cmp(&(b.place.row, &b.rule)))
        .then_with(|| (&a.place.column, &a.args).cmp(&(&b.place.column, &b.args)))
}

/// How many rows are looked at together: few enough that their normal forms are small, enough that an item of all regions is among them.
const BATCH: usize = 512;

/// What the rules find that look at one row at a time, in the order of the rows.
fn of_rows(lists: &Lists<'_>, active: &[(&Rule, &RuleInfo)]) -> Vec<Finding> {
    let checks: Vec<(&Rule, &RuleInfo, fn(&RowView<'_>, &mut Sink<'_>), bool)> = active
        .iter()
        .filter_map(|&(rule, info)| match rule.run {
            Run::Row(check) => {
                let everywhere = OF_DIRECTORY.iter().any(|family| rule.code.starts_with(family));
                Some((rule, info, check, everywhere))
            }
            _ => None,
        })
        .collect();
    let rows = by_item(lists);
    let batches = rows.par_chunks(BATCH).map(|rows| {
        let batch = lists.forms.batch(rows);
        let mut found = Vec::new();
        let mut findings = Vec::new();
        for (nth, &row) in rows.iter().enumerate() {
            let view = RowView::new(
                lists.catalogue,
                Source::Batch(&batch, nth),
                lists.profile,
                lists.known,
                row,
            );
            let directory = view.in_directory();
            for &(rule, info, check, everywhere) in &checks {
                if everywhere || !directory {
                    check(&view, &mut Sink::of(rule, info, &mut findings));
                }
            }
            if !findings.is_empty() {
                findings.sort_by(in_order);
                found.push((row, std::mem::take(&mut findings)));
            }
        }
        found
    });
    let mut found: Vec<(RowId, Vec<Finding>)> = batches.flatten_iter().collect();
    found.sort_unstable_by_key(|&(row, _)| row);
    found.into_iter().flat_map(|(_, findings)| findings).collect()
}

/// The rows such that those of one item stand together: regions repeat each other, and what they repeat is normalised once.
fn by_item(lists: &Lists<'_>) -> Vec<RowId> {
    let mut first: HashMap<&str, RowId, FixedState> = HashMap::default();
    let mut rows: Vec<(RowId, RowId)> = lists
        .rows()
        .map(|view| {
            let first = match view.code() {
                Some(code) => *first.entry(code.basic()).or_insert(view.row()),
                None => view.row(),
            };
            (first, view.row())
        })
        .collect();
    rows.par_sort_unstable();
    rows.into_iter().map(|(_, row)| row).collect()
}

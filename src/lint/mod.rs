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
mod law;
mod materials;
mod name;
mod online;
mod own;
mod papers;
mod pattern;
mod procedure;
mod registry;
mod result;
mod settings;
mod since;
mod time;
mod vague;
mod view;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::forms::{Batch, OnDemand};
use crate::model::{Catalogue, Cited, ElementId, Finding, Fix, LawCheck, Place, RowId, RuleInfo, Severity};
use crate::profile::Profile;

use own::Own;

pub use baseline::{Baseline, Entry, Held, Wrong, date};
pub use registry::RULES;
pub use settings::{Excepted, Exception, Layer, Selector, Settings, except, items_called};
pub use since::{Since, since};
use view::Looked;
use view::Source;
pub use view::{Known, Lists, RowView};

/// A check of one row.
pub type Check = fn(&RowView<'_>, &mut Sink<'_>);

/// What a rule has to say, as the arguments of its message; `None` for nothing.
pub type Told = Option<Vec<(&'static str, String)>>;

/// How a rule looks at the lists.
#[derive(Clone, Copy)]
pub enum Run {
    /// At one row at a time.
    Row(Check),
    /// At one row at a time, and there mostly at one element, named by its id: rows that say the same in it are looked at once where
    /// nothing is found, and nothing else was looked at.
    Cell(&'static str, Check),
    /// At all rows together.
    Lists(fn(&Lists<'_>, &mut Sink<'_>)),
    /// At what the law library says of each citation; at nothing where there is no library.
    Laws(fn(&Cited) -> Told),
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
    /// Whether the rule had anything to say, whatever became of it.
    reported: bool,
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
            reported: false,
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
        self.reported = true;
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

/// Runs all rules over a catalogue. Findings of reading come along; the order is that of files, rows, columns and codes. `laws` is what
/// the law library says of its citations; without it the rules that need one are silent.
pub fn run(
    catalogue: &Catalogue,
    profile: &Profile,
    rules: &[RuleInfo],
    settings: &Settings,
    laws: Option<&LawCheck>,
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
    let forms = OnDemand::of(catalogue, profile);
    let lists = Lists {
        catalogue,
        forms: &forms,
        profile,
        known: &known,
        peers: OnceLock::new(),
        listed: OnceLock::new(),
    };
    let columns = [known.code, known.name, known.state];
    // What regions are held against each other in.
    let between = [
        known.kind,
        known.basis,
        known.statutory_time,
        known.promised_time,
        known.fees,
        known.visits,
    ];
    let between = between.into_iter().filter(|_| catalogue.regions.len() > 1);
    forms.warm(columns.into_iter().chain(between).flatten());
    let of_lists = || {
        let rules = active.par_iter().map(|&(rule, info)| {
            let mut found = Vec::new();
            if let Run::Lists(check) = rule.run {
                check(&lists, &mut Sink::of(rule, info, &mut found));
            }
            found
        });
        let own = own.par_iter().map(|rule| {
            let mut found = Vec::new();
            rule.check_lists(&lists, &mut found);
            found
        });
        rules.chain(own).collect::<Vec<_>>()
    };
    let (of_rows, of_lists) = rayon::join(|| of_rows(&lists, &active, &own), of_lists);
    findings.extend(of_rows);
    findings.extend(of_lists.into_iter().flatten());
    if let Some(laws) = laws {
        of_laws(&lists, &active, laws, &mut findings);
    }
    // Nearly sorted already, and then this is quick.
    findings.sort_by(in_order);
    findings
}

/// The rules that have something to say of a citation that was held against the law library, with the arguments of their messages.
pub fn told_of_law(cited: &Cited) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let told = RULES.iter().filter_map(|rule| match rule.run {
        Run::Laws(check) => Some((rule.code, check(cited)?)),
        _ => None,
    });
    told.collect()
}

/// What the rules say of the citations that were held against the law library.
fn of_laws(lists: &Lists<'_>, active: &[(&Rule, &RuleInfo)], laws: &LawCheck, findings: &mut Vec<Finding>) {
    for &(rule, info) in active {
        let Run::Laws(check) = rule.run else { continue };
        let mut sink = Sink::of(rule, info, findings);
        for cited in &laws.cited {
            if let Some(args) = check(cited) {
                let field = lists.profile.fields[cited.field.index()].id.clone();
                sink.report(&lists.row(cited.row), field, args);
            }
        }
    }
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

/// A rule that looks at rows.
struct RowRule<'a> {
    rule: &'a Rule,
    info: &'a RuleInfo,
    check: Check,
    /// Whether it looks at the basic directory too.
    everywhere: bool,
    /// Which mark says that what stands in its one element is sound; 0 where it looks at more than one.
    mark: u64,
}

impl RowRule<'_> {
    /// Runs it on a row; says what it looked at where it has nothing to say.
    fn run(&self, view: &RowView<'_>, element: Option<ElementId>, findings: &mut Vec<Finding>) -> Looked {
        view.watch(element);
        let mut sink = Sink::of(self.rule, self.info, findings);
        (self.check)(view, &mut sink);
        match sink.reported {
            true => Looked::Elsewhere,
            false => view.looked(),
        }
    }
}

/// The rules that look at rows, those together that mostly look at the same element.
#[derive(Clone)]
struct Group<'a> {
    element: Option<ElementId>,
    rules: Vec<&'a RowRule<'a>>,
}

impl<'a> Group<'a> {
    fn all(rules: &'a [(Option<ElementId>, RowRule<'a>)]) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for (element, rule) in rules {
            match groups.iter_mut().find(|group| group.element == *element) {
                Some(group) => group.rules.push(rule),
                None => groups.push(Group {
                    element: *element,
                    rules: vec![rule],
                }),
            }
        }
        groups
    }

    /// Runs the rules on a row. What was found sound is not looked at again in other rows that say it; a rule that looked at nothing
    /// that differs between the rows of such a table will find nothing in any of them, and is left out from then on.
    fn run(&mut self, view: &RowView<'_>, batch: &Batch<'_>, nth: usize, findings: &mut Vec<Finding>) {
        let directory = view.in_directory();
        let element = self.element;
        let marks = element.map_or(0, |element| batch.marks(nth, element));
        let mut sound = marks;
        self.rules.retain(|rule| {
            if rule.mark & marks != 0 || directory && !rule.everywhere {
                return true;
            }
            let looked = rule.run(view, element, findings);
            if looked == Looked::There {
                sound |= rule.mark;
            }
            looked != Looked::Nowhere
        });
        if let Some(element) = element.filter(|_| sound != marks) {
            batch.mark(nth, element, sound);
        }
    }
}

/// The rules that look at rows, each with the one element that it looks at.
fn row_rules<'a>(active: &[(&'a Rule, &'a RuleInfo)], profile: &Profile) -> Vec<(Option<ElementId>, RowRule<'a>)> {
    let mut next: HashMap<ElementId, u64> = HashMap::new();
    let of = |&(rule, info): &(&'a Rule, &'a RuleInfo)| {
        let (check, element) = match rule.run {
            Run::Row(check) => (check, None),
            Run::Cell(element, check) => (check, profile.element(element)),
            Run::Lists(_) | Run::Laws(_) | Run::Ingest => return None,
        };
        let everywhere = OF_DIRECTORY.iter().any(|family| rule.code.starts_with(family));
        // Of one element more than 64 rules have no marks left, and look again.
        let mark = element.map_or(0, |element| {
            let next = next.entry(element).or_insert(1);
            std::mem::replace(next, *next << 1)
        });
        let rule = RowRule {
            rule,
            info,
            check,
            everywhere,
            mark,
        };
        Some((element, rule))
    };
    active.iter().filter_map(of).collect()
}

/// What the rules find that look at one row at a time, in the order of the rows.
fn of_rows(lists: &Lists<'_>, active: &[(&Rule, &RuleInfo)], own: &[Own<'_>]) -> Vec<Finding> {
    let rules = row_rules(active, lists.profile);
    let groups = Group::all(&rules);
    let rows = by_item(lists);
    let batches = rows.par_chunks(BATCH).map(|rows| {
        let batch = lists.forms.batch(rows);
        let mut found = Vec::new();
        let mut findings = Vec::new();
        // The rules that are left for each kind of table.
        let mut left: HashMap<u32, Vec<Group<'_>>, FixedState> = HashMap::default();
        for (nth, &row) in rows.iter().enumerate() {
            let source = Source::Batch(&batch, nth);
            let view = RowView::new(lists.catalogue, source, lists.profile, lists.known, row);
            let groups = left.entry(batch.kind(nth)).or_insert_with(|| groups.clone());
            for group in groups {
                group.run(&view, &batch, nth, &mut findings);
            }
            for rule in own {
                rule.check_row(&view, &mut findings);
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

//! Settings: which rules run, how bad their findings are, what they compare with, and the exceptions to them.
//!
//! Must not read files or the clock: what people wrote is handed in, and today's date.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::view::Source;
use super::view::{Known, RowView};
use crate::forms::OnDemand;
use crate::model::{Catalogue, Finding, Place, RuleInfo, Severity};
use crate::profile::Profile;

/// The families, by the letters of their codes and by their words; a family of a workspace's own has only its letters.
const FAMILIES: [(&str, &str); 14] = [
    ("FIL", "FILE"),
    ("COD", "CODE"),
    ("NAM", "NAME"),
    ("BAS", "BASIS"),
    ("CON", "CONDITIONS"),
    ("MAT", "MATERIALS"),
    ("TIM", "TIME"),
    ("PRO", "PROCEDURE"),
    ("ONL", "ONLINE"),
    ("FEE", "FEES"),
    ("RES", "RESULT"),
    ("CTC", "CONTACT"),
    ("CRO", "CROSS"),
    ("SET", "SETTINGS"),
];

/// What a word in settings names, the widest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Selector {
    /// Every rule.
    All,
    /// The rules of a family, by its letters.
    Family(String),
    /// One rule, by its code.
    Rule(String),
}

impl Selector {
    /// What a word names: `all`, a family by its letters or its word, a rule by its code or its name; small and capital letters are
    /// alike. `None` where it names nothing.
    pub fn named(word: &str, rules: &[RuleInfo]) -> Option<Selector> {
        let word = word.trim();
        let is = |name: &str| name.eq_ignore_ascii_case(word);
        if is("all") {
            return Some(Selector::All);
        }
        if let Some(rule) = rules.iter().find(|rule| is(&rule.code) || is(&rule.name)) {
            return Some(Selector::Rule(rule.code.clone()));
        }
        let family = FAMILIES.iter().find(|(_, name)| is(name));
        let letters = family.map_or_else(|| word.to_ascii_uppercase(), |(letters, _)| (*letters).to_owned());
        let known = rules.iter().any(|rule| family_of(&rule.code) == letters);
        known.then_some(Selector::Family(letters))
    }

    /// Everything that a word can be, for whoever mistyped one; the widest first.
    pub fn words(rules: &[RuleInfo]) -> Vec<&str> {
        let codes = rules.iter().flat_map(|rule| [rule.code.as_str(), rule.name.as_str()]);
        Selector::families(rules).into_iter().chain(codes).collect()
    }

    /// `all`, and the families that have rules, by their letters and their words.
    pub fn families(rules: &[RuleInfo]) -> Vec<&str> {
        let there = |letters: &str| rules.iter().any(|rule| family_of(&rule.code) == letters);
        let families = FAMILIES.iter().filter(|(letters, _)| there(letters));
        let families = families.flat_map(|(letters, name)| [*letters, *name]);
        std::iter::once("all").chain(families).collect()
    }

    /// Whether it names a rule.
    pub fn covers(&self, code: &str) -> bool {
        match self {
            Selector::All => true,
            Selector::Family(letters) => family_of(code) == letters,
            Selector::Rule(own) => own == code,
        }
    }
}

/// The letters of a code: what stands before its digits.
fn family_of(code: &str) -> &str {
    code.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// What one place (a profile, a manifest, the command line) says of which rules run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// What runs and nothing else, whatever was said before; empty where nothing is said of it.
    pub select: Vec<Selector>,
    /// What does not run.
    pub ignore: Vec<Selector>,
}

impl Layer {
    /// Whether a rule runs, where it did so far or not. What names the rule more closely counts; of two alike, `ignore`.
    fn runs(&self, code: &str, before: bool) -> bool {
        let closest = |selectors: &[Selector]| selectors.iter().filter(|one| one.covers(code)).cloned().max();
        let close = |selector: &Selector| match selector {
            Selector::All => 1,
            Selector::Family(_) => 2,
            Selector::Rule(_) => 3,
        };
        let selected = closest(&self.select).as_ref().map_or(0, close);
        let ignored = closest(&self.ignore).as_ref().map_or(0, close);
        match (selected, ignored) {
            (0, 0) => before && self.select.is_empty(),
            (selected, ignored) => selected > ignored,
        }
    }
}

/// Which rules run, how bad their findings are, and what they compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Who says which rules run, each counting more than those before it.
    pub layers: Vec<Layer>,
    /// Severities other than the rules' own; what names a rule more closely counts.
    pub severity: BTreeMap<Selector, Severity>,
    /// Numbers other than the rules' own, by code.
    pub thresholds: BTreeMap<String, u32>,
}

impl Settings {
    /// Whether a rule runs.
    pub fn runs(&self, rule: &RuleInfo) -> bool {
        let layers = self.layers.iter();
        layers.fold(true, |before, layer| layer.runs(&rule.code, before))
    }

    /// The severity that is set for a rule, if any.
    pub fn severity_of(&self, code: &str) -> Option<Severity> {
        // Sorted from the widest to the closest.
        let set = self.severity.iter().rev().find(|(rule, _)| rule.covers(code));
        set.map(|(_, severity)| *severity)
    }

    /// The rules that run, as they are set.
    pub fn configured(&self, rules: &[RuleInfo]) -> Vec<RuleInfo> {
        let mut rules: Vec<RuleInfo> = rules.iter().filter(|rule| self.runs(rule)).cloned().collect();
        for rule in &mut rules {
            rule.severity = self.severity_of(&rule.code).unwrap_or(rule.severity);
            if let (Some(own), Some(&set)) = (&mut rule.threshold, self.thresholds.get(&rule.code)) {
                own.value = set;
            }
        }
        rules
    }
}

/// An exception (例外): findings that are not told, with a reason. What it does not name it does not limit.
#[derive(Clone, Debug, Default)]
pub struct Exception {
    /// Where it is written.
    pub place: Place,
    /// The rules as they are written.
    pub written: String,
    /// The rules.
    pub rules: Vec<Selector>,
    /// The files, by the names in places.
    pub files: Option<HashSet<Arc<str>>>,
    /// The regions, by their ids.
    pub regions: Option<HashSet<Arc<str>>>,
    /// The items, as findings name them: see [`items_called`].
    pub items: Option<HashSet<Arc<str>>>,
    /// The element's id, or a field's.
    pub element: Option<String>,
    /// Why it is one.
    pub reason: String,
    /// The last day on which it hides anything (`2027-06-30`); none: until it is taken out.
    pub expires: Option<String>,
}

impl Exception {
    fn covers(&self, finding: &Finding) -> bool {
        let among = |set: &Option<HashSet<Arc<str>>>, one: &str| set.as_ref().is_none_or(|set| set.contains(one));
        self.rules.iter().any(|rule| rule.covers(&finding.rule))
            && self.element.as_ref().is_none_or(|id| *id == finding.element)
            && among(&self.regions, &finding.region)
            && among(&self.items, &finding.item)
            && among(&self.files, &finding.place.file)
    }

    /// A finding about itself, by the rule `code`; `None` where that rule does not run.
    fn finding(&self, code: &'static str, rules: &[RuleInfo], settings: &Settings) -> Option<Finding> {
        let rule = rules.iter().find(|rule| rule.code == code)?;
        let mut args = vec![("rules", self.written.clone()), ("reason", self.reason.clone())];
        args.extend(self.expires.clone().map(|day| ("expires", day)));
        settings.runs(rule).then(|| Finding {
            rule: code.into(),
            severity: settings.severity_of(code).unwrap_or(rule.severity),
            args,
            place: self.place.clone(),
            cell: None,
            region: "".into(),
            item: "".into(),
            element: "".into(),
            fix: None,
        })
    }
}

/// Findings held against exceptions.
#[derive(Debug, Default)]
pub struct Excepted {
    /// What is still told, with what is found of the exceptions themselves (family SET) behind it.
    pub told: Vec<Finding>,
    /// How many findings are hidden.
    pub hidden: usize,
}

/// Takes out the findings that are excepted, and tells the exceptions that expired before `today` (`2026-11-21`) and, where all lists of
/// the workspace were looked at (`whole`), those that hide nothing. What two exceptions cover both of them hide.
pub fn except(
    findings: Vec<Finding>,
    exceptions: &[Exception],
    (rules, settings): (&[RuleInfo], &Settings),
    today: &str,
    whole: bool,
) -> Excepted {
    let past = |exception: &Exception| exception.expires.as_deref().is_some_and(|day| day < today);
    let mut excepted = Excepted {
        told: Vec::with_capacity(findings.len()),
        hidden: 0,
    };
    let mut used = vec![false; exceptions.len()];
    let in_force: Vec<(usize, &Exception)> = exceptions.iter().enumerate().filter(|(_, one)| !past(one)).collect();
    for finding in findings {
        let mut hidden = false;
        for (at, _) in in_force.iter().filter(|(_, exception)| exception.covers(&finding)) {
            used[*at] = true;
            hidden = true;
        }
        match hidden {
            true => excepted.hidden += 1,
            false => excepted.told.push(finding),
        }
    }
    for (exception, used) in exceptions.iter().zip(used) {
        let code = match used {
            _ if past(exception) => "SET001",
            false if whole => "SET002",
            _ => continue,
        };
        excepted.told.extend(exception.finding(code, rules, settings));
    }
    excepted
}

/// The items that are meant by a word: their code in any of its forms, or their name; as findings name them.
pub fn items_called(catalogue: &Catalogue, forms: &OnDemand<'_>, profile: &Profile, word: &str) -> HashSet<Arc<str>> {
    let known = Known::of(profile);
    let mut items = HashSet::new();
    for row in catalogue.row_ids() {
        let view = RowView::new(catalogue, Source::Columns(forms), profile, &known, row);
        let written = [known.field.code, known.field.name].into_iter().flatten();
        let called = view.code().is_some_and(|code| code.basic() == word)
            || view.name().is_some_and(|name| name.item == word)
            || written
                .filter_map(|field| catalogue.text(row, field))
                .any(|text| text == word);
        if called {
            items.insert(view.item());
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Threshold;

    fn rules() -> Vec<RuleInfo> {
        let (mut rules, mut limited) = (crate::profile::rules().unwrap_or_default(), 0);
        for (rule, _) in &mut rules {
            if rule.code == "TIM004" {
                rule.threshold = Some(Threshold {
                    value: 45,
                    unit: [String::new(), String::new()],
                });
                limited += 1;
            }
        }
        assert_eq!(limited, 1);
        rules.into_iter().map(|(rule, _)| rule).collect()
    }

    fn selectors(words: &[&str]) -> Vec<Selector> {
        let rules = rules();
        words
            .iter()
            .filter_map(|word| Selector::named(word, &rules))
            .collect::<Vec<_>>()
    }

    fn running(layers: &[(&[&str], &[&str])]) -> Vec<String> {
        let layer = |&(select, ignore): &(&[&str], &[&str])| Layer {
            select: selectors(select),
            ignore: selectors(ignore),
        };
        let settings = Settings {
            layers: layers.iter().map(layer).collect(),
            ..Settings::default()
        };
        settings
            .configured(&rules())
            .into_iter()
            .map(|rule| rule.code)
            .collect()
    }

    #[test]
    fn words_name_rules() {
        let rules = rules();
        let rule = |code: &str| Some(Selector::Rule(code.to_owned()));
        assert_eq!(Selector::named("tim004", &rules), rule("TIM004"));
        assert_eq!(Selector::named(" Permit-over-45-days", &rules), rule("TIM004"));
        for word in ["TIM", "tim", "TIME", "Time"] {
            assert_eq!(Selector::named(word, &rules), Some(Selector::Family("TIM".to_owned())));
        }
        for (letters, word) in FAMILIES.iter().filter(|(letters, _)| *letters != "PRO") {
            assert_eq!(Selector::named(word, &rules), Selector::named(letters, &rules));
            assert!(Selector::named(word, &rules).is_some(), "{word}");
        }
        assert_eq!(Selector::named("ALL", &rules), Some(Selector::All));
        for word in ["", "T", "TI", "TIM9", "TIM999", "ABC", "time-"] {
            assert_eq!(Selector::named(word, &rules), None, "{word}");
        }
    }

    #[test]
    fn what_is_nearer_counts_more() {
        let all = running(&[]);
        assert_eq!(all.len(), rules().len());
        assert_eq!(running(&[(&["TIM004"], &[])]), ["TIM004"]);
        let ignored = running(&[(&[], &["TIME"])]);
        assert!(ignored.iter().all(|code| !code.starts_with("TIM")) && ignored.len() > 50);
        // In one place the closer word counts, of two alike `ignore`.
        assert_eq!(running(&[(&["TIM004"], &["TIM"])]), ["TIM004"]);
        assert!(!running(&[(&["TIM"], &["TIM004"])]).contains(&"TIM004".to_owned()));
        assert_eq!(running(&[(&["TIM004"], &["TIM004"])]), [""; 0]);
        // A later place starts over with what it selects, and takes away what it ignores.
        assert_eq!(running(&[(&[], &["TIM"]), (&["TIM004"], &[])]), ["TIM004"]);
        assert_eq!(running(&[(&[], &["TIM"]), (&["all"], &[])]), all);
        assert_eq!(running(&[(&["TIM004", "TIM003"], &[]), (&[], &["TIM003"])]), ["TIM004"]);
    }

    #[test]
    fn severities_and_numbers_are_set() {
        let settings = Settings {
            severity: [
                (Selector::Family("TIM".to_owned()), Severity::Info),
                (Selector::Rule("TIM004".to_owned()), Severity::Error),
            ]
            .into(),
            thresholds: [("TIM004".to_owned(), 60), ("TIM001".to_owned(), 1)].into(),
            ..Settings::default()
        };
        let set = settings.configured(&rules());
        let of = |code: &str| set.iter().find(|rule| rule.code == code).cloned();
        let numbers = |code: &str| of(code).map(|rule| (rule.severity, rule.threshold.map(|t| t.value)));
        assert_eq!(numbers("TIM004"), Some((Severity::Error, Some(60))));
        assert_eq!(numbers("TIM001"), Some((Severity::Info, None)));
        assert_eq!(of("NAM001"), rules().into_iter().find(|rule| rule.code == "NAM001"));
    }

    #[test]
    fn exceptions_hide_what_they_name_until_their_day() {
        let finding = |item: &str, element: &'static str| Finding {
            rule: "TIM004".into(),
            severity: Severity::Warning,
            args: Vec::new(),
            place: Place {
                file: "a.csv".into(),
                ..Place::default()
            },
            cell: None,
            region: "440100".into(),
            item: item.into(),
            element: element.into(),
            fix: None,
        };
        let base = Exception {
            rules: selectors(&["TIM"]),
            expires: Some("2026-11-21".to_owned()),
            ..Exception::default()
        };
        let set = |word: &str| Some(HashSet::from([Arc::from(word)]));
        let (rules, settings) = (rules(), Settings::default());
        let told = |exception: &Exception, today: &str, whole: bool| {
            let findings = vec![finding("甲", "statutory_time"), finding("乙", "promised_time")];
            let exceptions = std::slice::from_ref(exception);
            let excepted = except(findings, exceptions, (&rules, &settings), today, whole);
            let told = excepted.told.iter().map(|finding| match &*finding.item {
                "" => finding.rule.to_string(),
                item => item.to_owned(),
            });
            told.collect::<Vec<_>>()
        };
        let today = "2026-11-21";
        assert_eq!(told(&base, today, true), [""; 0]);
        assert_eq!(told(&base, "2026-11-22", true), ["甲", "乙", "SET001"]);
        let narrower = [
            Exception {
                items: set("甲"),
                ..base.clone()
            },
            Exception {
                element: Some("statutory_time".to_owned()),
                ..base.clone()
            },
        ];
        for exception in narrower {
            assert_eq!(told(&exception, today, true), ["乙"]);
        }
        let nothing = [
            Exception {
                files: set("b.csv"),
                ..base.clone()
            },
            Exception {
                regions: set("440200"),
                ..base.clone()
            },
            Exception {
                rules: selectors(&["MAT"]),
                ..base.clone()
            },
        ];
        for exception in nothing {
            assert_eq!(told(&exception, today, true), ["甲", "乙", "SET002"]);
            assert_eq!(told(&exception, today, false), ["甲", "乙"]);
        }
        // What does not run says nothing.
        let off = Settings {
            layers: vec![Layer {
                select: Vec::new(),
                ignore: selectors(&["SET"]),
            }],
            ..Settings::default()
        };
        let excepted = except(Vec::new(), &[base], (&rules, &off), "2027-01-01", true);
        assert!(excepted.told.is_empty());
    }
}

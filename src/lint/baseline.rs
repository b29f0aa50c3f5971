//! Baseline (存量基线): the known findings that `lint` does not fail on, with an owner, a reason and an expiry.
//!
//! A finding is known by its fingerprint (rule, region, item, element, column, value), so rows may move; a fault that was put right and
//! a new one do not cancel out. Must not read files or the clock: text and today's date are handed in.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::model::{Finding, Place};

/// The columns of the file, in order; Chinese, for it is kept in Excel.
const HEADERS: [&str; 11] = [
    "规则",
    "区域",
    "事项",
    "要素",
    "列",
    "值",
    "次数",
    "负责人",
    "理由",
    "到期",
    "指纹",
];

/// One known finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is known by.
    pub print: u128,
    /// The rule's code.
    pub rule: String,
    /// The region's id.
    pub region: String,
    /// The item's code or name.
    pub item: String,
    /// The element's id.
    pub element: String,
    /// The column.
    pub column: String,
    /// The values of its message, for the reader.
    pub value: String,
    /// How often it is found.
    pub count: usize,
    /// Who takes care of it.
    pub owner: String,
    /// Why it stays for now.
    pub reason: String,
    /// The last day on which it is known (`2027-06-30`); none: until it is put right.
    pub expires: Option<String>,
}

/// The known findings, sorted by rule, region, item, element and fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The entries; a fingerprint stands in one of them.
    pub entries: Vec<Entry>,
}

/// What is wrong in the file of a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// This header is missing: it is no such file.
    Header(&'static str),
    /// The expiry is no date.
    Date(String),
    /// This column holds a text that cannot stand there, or, of fingerprints, stands twice.
    Cell(&'static str, String),
}

/// Findings held against a baseline.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Those that it does not know, or no longer knows.
    pub new: Vec<Finding>,
    /// How many it knows.
    pub known: usize,
    /// Entries whose day has passed and that are still found.
    pub expired: Vec<Entry>,
    /// Entries that are found less often than they say, or not at all.
    pub gone: Vec<Entry>,
}

impl Baseline {
    /// The findings as a baseline; what `earlier` says of owner, reason and expiry is kept.
    pub fn of(findings: &[Finding], earlier: &Baseline) -> Baseline {
        let earlier: HashMap<u128, &Entry> = earlier.entries.iter().map(|entry| (entry.print, entry)).collect();
        let mut entries: BTreeMap<u128, Entry> = BTreeMap::new();
        for finding in findings {
            let print = finding.fingerprint();
            let known = earlier.get(&print);
            let entry = entries.entry(print).or_insert_with(|| Entry {
                print,
                rule: finding.rule.to_string(),
                region: finding.region.to_string(),
                item: finding.item.to_string(),
                element: finding.element.to_string(),
                column: finding.place.column.to_string(),
                value: values(finding),
                count: 0,
                owner: known.map_or_else(String::new, |entry| entry.owner.clone()),
                reason: known.map_or_else(String::new, |entry| entry.reason.clone()),
                expires: known.and_then(|entry| entry.expires.clone()),
            });
            entry.count += 1;
        }
        let mut baseline = Baseline {
            entries: entries.into_values().collect(),
        };
        baseline.sort();
        baseline
    }

    fn sort(&mut self) {
        self.entries.sort_by(|a, b| {
            (&a.rule, &a.region, &a.item, &a.element, a.print).cmp(&(&b.rule, &b.region, &b.item, &b.element, b.print))
        });
    }

    /// Tells new findings from known ones. `today` is a date like `2026-11-21`.
    pub fn hold(&self, findings: Vec<Finding>, today: &str) -> Held {
        let mut held = Held::default();
        let mut left: HashMap<u128, usize> = HashMap::new();
        let mut past: HashSet<u128> = HashSet::new();
        for entry in &self.entries {
            left.insert(entry.print, entry.count);
            if entry.expires.as_deref().is_some_and(|day| day < today) {
                past.insert(entry.print);
            }
        }
        let mut expired: HashSet<u128> = HashSet::new();
        for finding in findings {
            let print = finding.fingerprint();
            match left.get_mut(&print) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    if past.contains(&print) {
                        expired.insert(print);
                        held.new.push(finding);
                    } else {
                        held.known += 1;
                    }
                }
                _ => held.new.push(finding),
            }
        }
        for entry in &self.entries {
            if expired.contains(&entry.print) {
                held.expired.push(entry.clone());
            }
            let left = left.get(&entry.print).copied().unwrap_or(0);
            if left > 0 {
                held.gone.push(Entry {
                    count: left,
                    ..entry.clone()
                });
            }
        }
        held
    }

    /// Follows findings whose text changed for a reason that is none of theirs: what is known of a cell, by one rule, is known of the
    /// text that stands there now, with its owner, reason and expiry. Rows must not have moved. How many were followed.
    pub fn follow(&mut self, before: &[Finding], now: &[Finding]) -> usize {
        let mut by_place: HashMap<_, VecDeque<&Finding>> = HashMap::new();
        for finding in before {
            by_place.entry(spot(finding)).or_default().push_back(finding);
        }
        let mut at: HashMap<u128, usize> = self.entries.iter().map(|entry| entry.print).zip(0..).collect();
        let mut moved = 0;
        for finding in now {
            let old = by_place.get_mut(&spot(finding)).and_then(VecDeque::pop_front);
            let (Some(old), print) = (old.map(Finding::fingerprint), finding.fingerprint()) else {
                continue;
            };
            let Some(&from) = at
                .get(&old)
                .filter(|from| old != print && self.entries[**from].count > 0)
            else {
                continue;
            };
            self.entries[from].count -= 1;
            moved += 1;
            if let Some(&to) = at.get(&print) {
                self.entries[to].count += 1;
                continue;
            }
            at.insert(print, self.entries.len());
            self.entries.push(Entry {
                print,
                item: finding.item.to_string(),
                column: finding.place.column.to_string(),
                value: values(finding),
                count: 1,
                ..self.entries[from].clone()
            });
        }
        self.entries.retain(|entry| entry.count > 0);
        self.sort();
        moved
    }

    /// Without what is no longer found; the number of findings that went.
    pub fn prune(&mut self, gone: &[Entry]) -> usize {
        let less: HashMap<u128, usize> = gone.iter().map(|entry| (entry.print, entry.count)).collect();
        for entry in &mut self.entries {
            entry.count -= less.get(&entry.print).copied().unwrap_or(0).min(entry.count);
        }
        self.entries.retain(|entry| entry.count > 0);
        less.values().sum()
    }

    /// A baseline from the table of its file, each row with its line.
    ///
    /// # Errors
    /// The line (from 1) and what is wrong there.
    pub fn of_rows(headers: &[String], rows: &[(u32, Vec<String>)]) -> Result<Baseline, (u32, Wrong)> {
        let mut at = [0; HEADERS.len()];
        for (place, header) in at.iter_mut().zip(HEADERS) {
            let found = headers.iter().position(|name| name.trim() == header);
            *place = found.ok_or((1, Wrong::Header(header)))?;
        }
        let mut baseline = Baseline::default();
        let mut known: HashSet<u128> = HashSet::new();
        for (line, row) in rows {
            let text = |i: usize| row.get(at[i]).map_or("", |text| text.trim()).to_owned();
            let wrong = |i: usize| (*line, Wrong::Cell(HEADERS[i], text(i)));
            let count = text(6).parse().map_err(|_| wrong(6))?;
            let print = u128::from_str_radix(&text(10), 16).map_err(|_| wrong(10))?;
            let expires = match text(9).as_str() {
                "" => None,
                day => Some(date(day).ok_or_else(|| (*line, Wrong::Date(day.to_owned())))?),
            };
            if !known.insert(print) {
                return Err(wrong(10));
            }
            baseline.entries.push(Entry {
                print,
                rule: text(0),
                region: text(1),
                item: text(2),
                element: text(3),
                column: text(4),
                value: text(5),
                count,
                owner: text(7),
                reason: text(8),
                expires,
            });
        }
        baseline.sort();
        Ok(baseline)
    }

    /// The headers and rows of its file.
    pub fn rows(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let rows = self.entries.iter().map(|entry| {
            vec![
                entry.rule.clone(),
                entry.region.clone(),
                entry.item.clone(),
                entry.element.clone(),
                entry.column.clone(),
                entry.value.clone(),
                entry.count.to_string(),
                entry.owner.clone(),
                entry.reason.clone(),
                entry.expires.clone().unwrap_or_default(),
                format!("{:032x}", entry.print),
            ]
        });
        (HEADERS.to_vec(), rows.collect())
    }
}

/// Where a finding stands, and what it is about.
fn spot(finding: &Finding) -> (&Place, &str, &str) {
    (&finding.place, &finding.rule, &finding.element)
}

fn values(finding: &Finding) -> String {
    let values: Vec<&str> = finding.values().map(|(_, value)| value).collect();
    values.join("；")
}

/// A date in the form `2026-11-21`, from `2026/1/5` and `2026年1月5日` too: as spreadsheets write it back. Dates of this form are ordered as
/// texts.
pub fn date(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('日');
    let mut parts = text.split(['-', '/', '年', '月', '.']).map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let real = (2000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;

    fn finding(item: &str, value: &str, row: u32) -> Finding {
        Finding {
            cell: None,
            rule: "TIM001".into(),
            severity: Severity::Error,
            args: vec![("promised", value.to_owned())],
            place: Place {
                file: "a.csv".into(),
                row,
                ..Place::default()
            },
            region: "440100".into(),
            item: item.into(),
            element: "promised_time".into(),
            fix: None,
        }
    }

    #[test]
    fn rows_may_move_and_faults_do_not_cancel_out() {
        let before = vec![finding("甲", "25", 2), finding("乙", "30", 3), finding("乙", "30", 4)];
        let baseline = Baseline::of(&before, &Baseline::default());
        let held = baseline.hold(
            vec![finding("乙", "30", 9), finding("甲", "25", 8), finding("乙", "30", 7)],
            "2026-11-21",
        );
        assert_eq!((held.new.len(), held.known, held.gone.len()), (0, 3, 0));
        // One of two is put right, another fault is new.
        let held = baseline.hold(vec![finding("乙", "30", 3), finding("甲", "26", 2)], "2026-11-21");
        assert_eq!((held.new.len(), held.known), (1, 1));
        assert_eq!(held.gone.iter().map(|entry| entry.count).collect::<Vec<_>>(), [1, 1]);
        let mut pruned = baseline.clone();
        assert_eq!(pruned.prune(&held.gone), 2);
        assert_eq!(pruned.entries.len(), 1);
    }

    #[test]
    fn the_file_reads_back_and_keeps_what_people_wrote() {
        let mut baseline = Baseline::of(&[finding("甲", "25", 2)], &Baseline::default());
        baseline.entries[0].owner = "张三".to_owned();
        baseline.entries[0].expires = Some("2026-06-30".to_owned());
        let (headers, rows) = baseline.rows();
        let headers: Vec<String> = headers.into_iter().map(str::to_owned).collect();
        let rows: Vec<(u32, Vec<String>)> = rows.into_iter().map(|row| (2, row)).collect();
        assert_eq!(Baseline::of_rows(&headers, &rows), Ok(baseline.clone()));
        assert_eq!(Baseline::of(&[finding("甲", "25", 7)], &baseline), baseline);
        // Its day has passed: it counts again and is told.
        let held = baseline.hold(vec![finding("甲", "25", 2)], "2026-07-01");
        assert_eq!((held.new.len(), held.known, held.expired.len()), (1, 0, 1));
        assert_eq!(baseline.hold(vec![finding("甲", "25", 2)], "2026-06-30").known, 1);
        let wrong = vec![(5, vec![String::new(); 11])];
        assert!(matches!(Baseline::of_rows(&headers, &wrong), Err((5, _))));
    }
}

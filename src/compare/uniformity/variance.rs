//! Variances at work: which cells of a region fall under which allowed difference, and how many each took.
//!
//! Must not know files nor the clock: a variance says itself whether it has expired.

use std::collections::{HashMap, HashSet};

use super::is_allowed;
use crate::compare::identity::Item;
use crate::model::{Catalogue, ElementReport, FieldId, ItemReport, Variance, VarianceUse};
use crate::normalise::{codes, names};
use crate::profile::Profile;

/// A variance with what it names found among what is compared.
struct Rule<'a> {
    variance: &'a Variance,
    /// The sides; `None` for all.
    sides: Option<HashSet<usize>>,
    /// The items by their number; `None` for all.
    items: Option<HashSet<usize>>,
    /// Only this case of them.
    case: Option<String>,
}

/// The variances of a question.
pub(in crate::compare) struct Rules<'a>(Vec<Rule<'a>>);

/// Where a cell stands: the number of its item, its case, its element.
#[derive(Clone, Copy)]
pub(in crate::compare) struct Where<'a> {
    pub item: usize,
    pub case: Option<&'a str>,
    pub element: &'a str,
}

impl<'a> Rules<'a> {
    /// `called` are the id and the name of each side.
    pub(in crate::compare) fn of(
        variances: &'a [Variance],
        catalogue: &Catalogue,
        profile: &Profile,
        items: &[Item],
        called: &[(&str, &str)],
    ) -> Rules<'a> {
        let words: HashSet<&str> = variances
            .iter()
            .filter_map(|variance| variance.item.as_deref())
            .collect();
        let written = written(&words, catalogue, profile, items);
        let rule = |variance: &'a Variance| {
            let sides = variance.region.as_ref().map(|word| {
                let is = |at: &usize| called[*at].0 == word || called[*at].1 == word;
                (0..called.len()).filter(is).collect()
            });
            let (items, case) = match &variance.item {
                None => (None, None),
                Some(word) => {
                    let (items, case) = items_called(word, &written, profile, items);
                    (Some(items), case)
                }
            };
            Rule {
                variance,
                sides,
                items,
                case,
            }
        };
        Rules(variances.iter().map(rule).collect())
    }

    /// The variances that a cell of a region falls under, by their number.
    fn meeting(&self, at: Where<'_>, side: usize) -> impl Iterator<Item = usize> {
        let meets = move |rule: &Rule<'_>| {
            rule.sides.as_ref().is_none_or(|sides| sides.contains(&side))
                && rule.items.as_ref().is_none_or(|items| items.contains(&at.item))
                && (rule.case.is_none() || rule.case.as_deref() == at.case)
                && rule.variance.element.as_ref().is_none_or(|id| id == at.element)
        };
        self.0
            .iter()
            .enumerate()
            .filter(move |(_, rule)| meets(rule))
            .map(|(number, _)| number)
    }

    /// The sides that are allowed to differ, each with the first variance in force that says so.
    pub(in crate::compare) fn allowed(&self, at: Where<'_>, sides: &[usize]) -> Vec<(usize, usize)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let first = |&side: &usize| {
            let number = self.meeting(at, side).find(|&number| !self.0[number].variance.expired);
            Some((side, number?))
        };
        sides.iter().filter_map(first).collect()
    }

    /// The variances with how many cells fell under each: of what was taken out, and, for expired ones, of what deviates.
    pub(super) fn uses(&self, reports: &[(usize, ItemReport)]) -> Vec<VarianceUse> {
        let mut cells = vec![0; self.0.len()];
        if !self.0.is_empty() {
            for (item, report) in reports {
                for cell in &report.elements {
                    let at = Where {
                        item: *item,
                        case: report.handling.as_deref(),
                        element: &cell.element,
                    };
                    let taken = cell.allowed.iter().map(|(side, _)| *side);
                    for number in taken.flat_map(|side| self.meeting(at, side)) {
                        cells[number] += 1;
                    }
                    let open = differing(cell).into_iter();
                    for number in open.flat_map(|side| self.meeting(at, side)) {
                        cells[number] += usize::from(self.0[number].variance.expired);
                    }
                }
            }
        }
        let uses = self.0.iter().zip(cells).map(|(rule, cells)| VarianceUse {
            variance: rule.variance.clone(),
            cells,
        });
        uses.collect()
    }
}

/// The regions that deviate; where regions differ and none of them deviates (a tie) all that speak.
pub(super) fn differing(cell: &ElementReport) -> Vec<usize> {
    if !cell.deviating.is_empty() || cell.index == 0.0 {
        return cell.deviating.clone();
    }
    let all = cell.groups.iter().flat_map(|group| group.regions.iter().copied());
    let mut sides: Vec<usize> = all.filter(|&side| !is_allowed(cell, side)).collect();
    sides.sort_unstable();
    sides
}

/// The items whose rows give a word as their code or name.
fn written<'a>(
    words: &HashSet<&'a str>,
    catalogue: &Catalogue,
    profile: &Profile,
    items: &[Item],
) -> HashMap<&'a str, HashSet<usize>> {
    let ids = [
        "code",
        "impl_code",
        "local_code",
        "national_code",
        "supervision_code",
        "name",
    ];
    let fields: Vec<FieldId> = ids.iter().filter_map(|id| profile.field(id)).collect();
    let mut found: HashMap<&str, HashSet<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate().filter(|_| !words.is_empty()) {
        for &row in item.rows.iter().flatten().chain(&item.directory) {
            let texts = fields.iter().filter_map(|&field| catalogue.text(row, field));
            for word in texts.filter_map(|text| words.get(text)) {
                found.entry(word).or_default().insert(at);
            }
        }
    }
    found
}

/// The items that a word means, by code or name, and the case where it names one: 食品经营许可（新办）.
fn items_called(
    word: &str,
    written: &HashMap<&str, HashSet<usize>>,
    profile: &Profile,
    items: &[Item],
) -> (HashSet<usize>, Option<String>) {
    let found = |called: &dyn Fn(&Item) -> bool| {
        let all = items.iter().enumerate().filter(|(_, item)| called(item));
        all.map(|(at, _)| at).collect::<HashSet<usize>>()
    };
    let keys = |word: &str| {
        let name = names::parse(&profile.vocabulary, Some(word), None, None, None);
        let name = name.map_or_else(|| word.to_owned(), |name| name.item_at_level());
        (codes::parse(word).basic().to_owned(), name)
    };
    let called = |item: &Item, (code, name): &(String, String)| {
        (!item.code.is_empty() && item.code == *code)
            || (item.name.starts_with(name) && (item.name == *name || stem(item) == name))
    };
    // Brackets at the end are a case where the item has it.
    let whole_word = names::canonical(word);
    if let Some((head, inner)) = names::last_bracket(&whole_word) {
        let case = names::case_name(inner);
        let has = |item: &Item| item.units.iter().any(|unit| unit.case.as_ref() == Some(&case));
        let keys = keys(head);
        let cases = found(&|item| called(item, &keys) && has(item));
        if !cases.is_empty() {
            return (cases, Some(case));
        }
    }
    let keys = keys(word);
    let mut whole = found(&|item| called(item, &keys));
    whole.extend(written.get(word).into_iter().flatten());
    (whole, None)
}

/// The name of an item without a case: where names are not parted, it is that of its first row.
fn stem(item: &Item) -> &str {
    let is_case = |inner| {
        let case = names::case_name(inner);
        item.units.iter().any(|unit| unit.case.as_ref() == Some(&case))
    };
    match names::last_bracket(&item.name) {
        Some((head, inner)) if is_case(inner) => head,
        _ => &item.name,
    }
}

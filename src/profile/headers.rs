//! Headers: from what stands at the head of a column to the field it means.
//!
//! Must not know where the headers stand in a file. What could mean two things is said to be so and never guessed.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::Profile;
use crate::model::{Column, FieldId, Understood};
use crate::normalise::{duration, fold as text_fold};

/// The form in which headers are looked up: NFKC, lower case, without `_`, blanks, line breaks, `*`, and the prefix 篇扩.
pub fn fold(header: &str) -> String {
    let folded: String = header
        .nfkc()
        .filter(|&c| !(c.is_whitespace() || matches!(c, '_' | '*' | '＊') || text_fold::is_invisible(c)))
        .collect::<String>()
        .to_lowercase();
    folded.strip_prefix("篇扩").unwrap_or(&folded).to_owned()
}

/// What a table's columns were taken for.
pub struct Mapping {
    /// The columns, as many as headers.
    pub columns: Vec<Column>,
    /// The dialect that the headers belong to.
    pub dialect: Option<String>,
    /// Columns whose header carries the unit of their number: (column, unit field, unit).
    pub units: Vec<(usize, FieldId, String)>,
}

impl Mapping {
    /// How many columns have a field.
    pub fn understood(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_some()).count()
    }
}

/// Maps the headers of one table. `overrides` are the user's own (header → field or element id).
pub fn map(profile: &Profile, headers: &[String], overrides: &BTreeMap<String, String>) -> Mapping {
    let folded: Vec<String> = headers.iter().map(|header| fold(header)).collect();
    let dialect = profile
        .dialects
        .iter()
        .find(|dialect| dialect.requires.iter().all(|need| folded.contains(need)));
    let overrides: BTreeMap<String, &String> = overrides.iter().map(|(header, id)| (fold(header), id)).collect();
    let mut mapping = Mapping {
        columns: Vec::new(),
        dialect: dialect.map(|d| d.id.clone()),
        units: Vec::new(),
    };
    let mut taken: BTreeMap<FieldId, (usize, u8)> = BTreeMap::new();
    for (at, (header, key)) in headers.iter().zip(&folded).enumerate() {
        let mut unit = None;
        let (field, understood) = if let Some(id) = overrides.get(key) {
            (profile.target(id), Understood::Override)
        } else if let Some((dialect, target)) = dialect.and_then(|d| d.columns.get(key).map(|target| (d, target))) {
            match target {
                Some(field) => (Some(*field), Understood::Dialect(dialect.id.clone())),
                None => (None, Understood::Extra),
            }
        } else {
            let found = look_up(profile, key);
            unit = found.2;
            (found.0, found.1)
        };
        let mut column = Column {
            header: header.clone(),
            field,
            understood,
        };
        if let Some(field) = field {
            // The official title says more than an alias, and what the user says more than both.
            let strength = match &column.understood {
                Understood::Override => 3,
                Understood::Dialect(_) => 2,
                _ => u8::from(fold(&profile.fields[field.index()].title) == *key),
            };
            match taken.get(&field) {
                Some(&(first, other)) if strength <= other => {
                    column.field = None;
                    column.understood = Understood::Second(mapping.columns[first].header.clone());
                }
                Some(&(first, _)) => {
                    let loser: &mut Column = &mut mapping.columns[first];
                    loser.field = None;
                    loser.understood = Understood::Second(header.clone());
                    taken.insert(field, (at, strength));
                }
                None => {
                    taken.insert(field, (at, strength));
                }
            }
            if profile.fields[field.index()].extra {
                column.field = None;
                column.understood = Understood::Extra;
            } else if let Some(unit) = unit
                && let Some(unit_field) = unit_field(profile, field)
            {
                mapping.units.push((at, unit_field, unit));
            }
        }
        mapping.columns.push(column);
    }
    mapping.units.retain(|(_, field, _)| !taken.contains_key(field));
    mapping
}

/// The field that holds the unit of a time limit's number.
fn unit_field(profile: &Profile, field: FieldId) -> Option<FieldId> {
    use crate::normalise::Role;
    let element = profile
        .elements
        .iter()
        .find(|element| element.fields.contains(&(Role::Value, field)))?;
    element
        .fields
        .iter()
        .find(|(role, _)| *role == Role::Unit)
        .map(|&(_, field)| field)
}

/// The field of one folded header, why, and the unit that the header carries.
fn look_up(profile: &Profile, key: &str) -> (Option<FieldId>, Understood, Option<String>) {
    if key.is_empty() {
        return (None, Understood::Extra, None);
    }
    let direct = |key: &str| -> Option<(Option<FieldId>, Understood)> {
        if let Some(&field) = profile.aliases.get(key) {
            return Some((Some(field), Understood::Alias(key.to_owned())));
        }
        let could_be = profile.ambiguous.get(key)?;
        Some((None, Understood::Ambiguous(could_be.clone())))
    };
    // The unit may stand in a header that is known as a whole.
    let unit_of = |key: &str| {
        let (_, rest) = key.split_once('(')?;
        let inner = rest.strip_suffix(')')?;
        duration::unit(inner).map(|_| inner.to_owned())
    };
    // 法定时限(工作日), 受理条件(必填): the bracket is a remark, or the unit.
    let named = |key: &str| {
        let before = || key.strip_suffix(')')?.split_once('(').map(|(before, _)| before);
        let (field, understood) = direct(key).or_else(|| before().and_then(direct))?;
        Some((field, understood, unit_of(key)))
    };
    // 篇扩承诺办结时限/pkcommitmentTime: two names of one thing. A certain name beats an ambiguous one.
    let pieces = || {
        let found: Vec<_> = key.split('/').filter_map(named).collect();
        let certain = found.iter().find(|(field, ..)| field.is_some());
        certain.or(found.first()).cloned()
    };
    named(key).or_else(pieces).unwrap_or((None, Understood::No, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_fold() {
        for (header, folded) in [
            ("*事项名称", "事项名称"),
            ("法定办结\n时限", "法定办结时限"),
            ("TASK_NAME", "taskname"),
            ("篇扩承诺办结时限/pkcommitmentTime", "承诺办结时限/pkcommitmenttime"),
            ("法定时限（工作日）", "法定时限(工作日)"),
        ] {
            assert_eq!(fold(header), folded);
        }
    }
}

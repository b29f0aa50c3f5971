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

/// What one header was found to be.
struct Found {
    field: Option<FieldId>,
    /// The nested field, where the column holds one property of one of several records (材料名称, 环节名称).
    nested: Option<String>,
    understood: Understood,
    unit: Option<String>,
}

impl Found {
    fn plain(field: Option<FieldId>, understood: Understood) -> Self {
        Found {
            field,
            nested: None,
            understood,
            unit: None,
        }
    }
}

/// Leaves that only repeat what the header above them says: 承诺办结时限 over 数值 and 单位.
const GENERIC: [&str; 12] = [
    "内容",
    "具体内容",
    "数值",
    "数量",
    "时限",
    "天数",
    "名称",
    "值",
    "时间",
    "期限",
    "情况",
    "明细",
];

/// Maps the headers of one table, each given as the texts over its column from top to bottom. `overrides` are the user's own
/// (header → field or element id); they may name the lowest text or all of them joined by `/`.
pub fn map(profile: &Profile, headers: &[Vec<String>], overrides: &BTreeMap<String, String>) -> Mapping {
    let paths: Vec<Vec<String>> = headers.iter().map(|path| folded_path(path)).collect();
    let leaf = |path: &[String]| path.last().cloned().unwrap_or_default();
    let leaves: Vec<String> = paths.iter().map(|path| leaf(path)).collect();
    let dialect = profile
        .dialects
        .iter()
        .find(|dialect| dialect.requires.iter().all(|need| leaves.contains(need)));
    let overrides: BTreeMap<String, &String> = overrides.iter().map(|(header, id)| (fold(header), id)).collect();
    let mut mapping = Mapping {
        columns: Vec::new(),
        dialect: dialect.map(|d| d.id.clone()),
        units: Vec::new(),
    };
    let mut taken: BTreeMap<(FieldId, Option<String>), (usize, u8)> = BTreeMap::new();
    for (at, (header, path)) in headers.iter().zip(&paths).enumerate() {
        let key = &leaves[at];
        let joined = path.join("/");
        let found = if let Some(id) = overrides.get(&joined).or_else(|| overrides.get(key)) {
            let (field, nested) = profile.target_column(id).unzip();
            Found {
                field,
                nested: nested.flatten(),
                understood: Understood::Override,
                unit: unit_of(key),
            }
        } else if let Some((dialect, target)) = dialect.and_then(|d| d.columns.get(key).map(|target| (d, target))) {
            match target {
                Some(field) => Found::plain(Some(*field), Understood::Dialect(dialect.id.clone())),
                None => Found::plain(None, Understood::Extra),
            }
        } else {
            let group = |level: usize| {
                let same = |other: Option<&Vec<String>>| {
                    other.is_some_and(|other| other.len() > level + 1 && other[..=level] == path[..=level])
                };
                same(paths.get(at + 1)) || at.checked_sub(1).is_some_and(|left| same(paths.get(left)))
            };
            look_up_path(profile, path, &group)
        };
        let twin = (0..at).find(|&other| paths[other] == *path && !path.is_empty());
        let mut column = Column {
            header: title(header).into(),
            field: found.field,
            nested: found.nested,
            understood: found.understood,
        };
        if let Some(field) = found.field {
            // The official title says more than an alias, and what the user says more than both.
            let strength = match &column.understood {
                Understood::Override => 3,
                Understood::Dialect(_) => 2,
                _ => u8::from(fold(&profile.fields[field.index()].title) == *key),
            };
            let slot = (field, column.nested.clone());
            match taken.get(&slot) {
                Some(&(first, other)) if strength <= other => {
                    column.field = None;
                    column.understood = Understood::Second(mapping.columns[first].header.to_string());
                }
                Some(&(first, _)) => {
                    let loser: &mut Column = &mut mapping.columns[first];
                    loser.field = None;
                    loser.understood = Understood::Second(column.header.to_string());
                    taken.insert(slot, (at, strength));
                }
                None => {
                    taken.insert(slot, (at, strength));
                }
            }
            if profile.fields[field.index()].extra {
                column.field = None;
                column.understood = Understood::Extra;
            } else if let Some(unit) = found.unit
                && let Some(unit_field) = unit_field(profile, field)
            {
                mapping.units.push((at, unit_field, unit));
            }
        }
        // The same header twice, even where it means nothing: which of them is meant is not known.
        if let (Understood::No | Understood::Extra, Some(twin)) = (&column.understood, twin) {
            column.understood = Understood::Second(mapping.columns[twin].header.to_string());
        }
        mapping.columns.push(column);
    }
    mapping
        .units
        .retain(|(_, field, _)| !taken.contains_key(&(*field, None)));
    join_records(profile, &mut mapping);
    mapping
}

/// 申请材料 beside 材料形式 and 份数 is the name of the records, unless a 材料名称 is there too: then it only repeats it.
fn join_records(profile: &Profile, mapping: &mut Mapping) {
    let owners: Vec<FieldId> = mapping
        .columns
        .iter()
        .filter(|column| column.nested.is_some())
        .filter_map(|column| column.field)
        .collect();
    for owner in owners {
        let of =
            |column: &Column, nested: Option<&str>| column.field == Some(owner) && column.nested.as_deref() == nested;
        let Some(plain) = mapping.columns.iter().position(|column| of(column, None)) else {
            continue;
        };
        let name = profile.nested_table(owner).map_or("name", |table| record_name(table));
        match mapping.columns.iter().position(|column| of(column, Some(name))) {
            Some(first) => {
                let first = mapping.columns[first].header.clone();
                mapping.columns[plain].field = None;
                mapping.columns[plain].understood = Understood::Second(first.to_string());
            }
            None => mapping.columns[plain].nested = Some(name.to_owned()),
        }
    }
}

/// The field of a record that names it.
pub fn record_name(table: &str) -> &'static str {
    if table == "law" { "title" } else { "name" }
}

/// A header as it is shown: its levels joined, each once; no longer than anyone reads.
pub fn title(path: &[String]) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for part in path.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        if shown.last() != Some(&part) {
            shown.push(part);
        }
    }
    let shown = shown.join("/");
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

/// Characters of a header that are shown.
const LONGEST: usize = 200;

fn folded_path(path: &[String]) -> Vec<String> {
    let mut folded: Vec<String> = path
        .iter()
        .map(|part| fold(part))
        .filter(|part| !part.is_empty())
        .collect();
    folded.dedup();
    folded
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

/// What a column means by all the texts above it. `group` tells whether the text of a level stands over other columns too.
fn look_up_path(profile: &Profile, path: &[String], group: &dyn Fn(usize) -> bool) -> Found {
    let Some((leaf, above)) = path.split_last() else {
        return Found::plain(None, Understood::Extra);
    };
    let (field, understood, unit) = look_up(profile, leaf);
    let own = Found {
        field,
        nested: None,
        understood,
        unit,
    };
    if above.is_empty() {
        return match own.understood {
            Understood::No => profile.flat(leaf).map_or(own, |(owner, nested)| Found {
                field: Some(owner),
                nested: Some(nested.to_owned()),
                understood: Understood::Alias(leaf.clone()),
                unit: None,
            }),
            _ => own,
        };
    }
    let certain = |key: &str| look_up(profile, key).0;
    // 承诺办结时限 over 单位; 办结时限 over 法定; 办结时限 over 法定(工作日): the bracket is a remark, or the unit.
    let bare = |key: &str| key.split_once('(').map_or(key, |(before, _)| before).to_owned();
    for parent in above.iter().rev() {
        let (over, under) = (bare(parent), bare(leaf));
        for joined in [format!("{over}{under}"), format!("{under}{over}")] {
            if let Some(field) = certain(&joined) {
                return Found {
                    field: Some(field),
                    nested: None,
                    understood: Understood::Alias(joined),
                    unit: unit_of(leaf).or_else(|| unit_of(parent)),
                };
            }
        }
    }
    let nested = above.iter().rev().find_map(|parent| {
        let owner = profile.record_owner(profile.nested_table(certain(parent)?)?)?;
        let nested = profile.nested(profile.nested_table(owner)?, leaf)?;
        Some((owner, nested.to_owned()))
    });
    let nearest = above.len() - 1;
    let parent = certain(&above[nearest]);
    if let Some(field) = own.field {
        // Two names of one column (事项名称 over task_name) must agree; a name over several columns only gathers them.
        return match parent {
            Some(parent) if parent != field && !group(nearest) => {
                let ids = [parent, field].map(|field| profile.fields[field.index()].id.clone());
                Found::plain(None, Understood::Ambiguous(ids.to_vec()))
            }
            _ => own,
        };
    }
    if let Some((owner, nested)) = nested {
        return Found {
            field: Some(owner),
            nested: Some(nested),
            understood: Understood::Alias(format!("{}/{leaf}", above[nearest])),
            unit: None,
        };
    }
    let unit = duration::unit(leaf).map(|_| leaf.clone());
    match parent {
        Some(field) if !group(nearest) || GENERIC.contains(&leaf.as_str()) || unit.is_some() => Found {
            field: Some(field),
            nested: None,
            understood: Understood::Alias(above[nearest].clone()),
            unit,
        },
        _ => match own.understood {
            Understood::No => look_up_path(profile, std::slice::from_ref(leaf), group),
            _ => own,
        },
    }
}

/// The unit that stands in brackets behind a header: 法定时限(工作日).
fn unit_of(key: &str) -> Option<String> {
    let (_, rest) = key.split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    duration::unit(inner).map(|_| inner.to_owned())
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

//! What else there is to say of a citation: its document number, its label, its rank, its place.
//!
//! Must not know articles.

use std::collections::BTreeSet;

use crate::model::{Citation, Law, Level, Remark};
use crate::normalise::divisions::{self, Divisions};

use super::titles::{Titles, number_key};

/// The labels of lists, and the ranks that they may stand over. 国务院文件, 党内法规 and others say nothing of a rank of 立法法.
const LABELS: [(&str, &[Level]); 10] = [
    ("法律", &[Level::Constitution, Level::Law]),
    (
        "行政法规",
        &[Level::AdministrativeRegulation, Level::StateCouncilDecision],
    ),
    (
        "国务院决定",
        &[Level::StateCouncilDecision, Level::AdministrativeRegulation],
    ),
    // Whether a local text was made by a congress or a government its history does not always say.
    ("地方性法规", &[Level::LocalRegulation, Level::LocalRule]),
    ("部门规章", &[Level::DepartmentRule]),
    ("地方政府规章", &[Level::LocalRule, Level::LocalRegulation]),
    ("政府规章", &[Level::LocalRule, Level::LocalRegulation]),
    (
        "规章",
        &[Level::DepartmentRule, Level::LocalRule, Level::LocalRegulation],
    ),
    (
        "法规",
        &[
            Level::AdministrativeRegulation,
            Level::StateCouncilDecision,
            Level::LocalRegulation,
            Level::LocalRule,
        ],
    ),
    ("司法解释", &[Level::Interpretation]),
];
/// Labels over what makes no law. A law under one of them is mislabelled, too.
const DOCUMENTS: [&str; 1] = ["规范性文件"];
/// How the title of a mere document ends.
const DOCUMENT_ENDS: [&str; 9] = ["通知", "意见", "通告", "公告", "复函", "批复", "纪要", "方案", "指南"];

/// The rank of what is cited: as the library knows it, else as title and number say it for certain.
pub(super) fn level(citation: &Citation, law: Option<&Law>) -> Option<Level> {
    if let Some(law) = law {
        return law.level;
    }
    let number = citation.number.as_deref().map(number_key).unwrap_or_default();
    let title = citation.title.split('（').next().unwrap_or_default();
    let council = ["国发", "国办", "国函"].iter().any(|start| number.starts_with(start)) || title.contains("国务院");
    let ministry = |issuer: &str| {
        let (ministries, local) = (
            ["部", "委", "委员会", "总局", "局", "署", "银行", "会"],
            ["省", "市", "自治", "人民政府", "国务院"],
        );
        ministries.iter().any(|end| issuer.ends_with(end)) && !local.iter().any(|word| issuer.contains(word))
    };
    if let Some((issuer, _)) = number.split_once('令') {
        return match issuer {
            "国务院" if !title.ends_with("决定") => Some(Level::AdministrativeRegulation),
            _ if ministry(issuer) => Some(Level::DepartmentRule),
            _ if issuer.ends_with("人民政府") => Some(Level::LocalRule),
            _ => None,
        };
    }
    let document = DOCUMENT_ENDS.iter().any(|end| title.ends_with(end)) || number.contains('〔');
    let law_like = title.ends_with("条例") || (title.ends_with('法') && !title.ends_with("办法"));
    (document && !council && !law_like).then_some(Level::Normative)
}

/// That the label is not of the rank.
pub(super) fn label(citation: &Citation, level: Option<Level>) -> Option<Remark> {
    let (said, is) = (citation.label.as_deref()?, level?);
    let known = LABELS
        .iter()
        .find(|(label, _)| *label == said)
        .map(|(_, levels)| *levels);
    let wrong = match known {
        Some(levels) => !levels.contains(&is),
        None => DOCUMENTS.contains(&said) && is != Level::Normative && is != Level::Interpretation,
    };
    wrong.then(|| Remark::LevelWrong {
        said: said.to_owned(),
        is,
    })
}

/// That the document number is not the law's: it made another law, or the whole history of the law has other numbers.
pub(super) fn number(citation: &Citation, law: Option<(usize, &Law)>, titles: &Titles<'_>) -> Option<Remark> {
    let (given, (at, law)) = (citation.number.as_deref()?, law?);
    // A document number that stands for the law in place of a title.
    if citation.title == given {
        return None;
    }
    let events = || law.versions.iter().flat_map(|version| &version.history);
    let known: BTreeSet<&str> = events()
        .filter_map(|event| event.number.as_deref())
        .map(number_key)
        .collect();
    let given_key = number_key(given);
    if known.is_empty() || known.contains(given_key) {
        return None;
    }
    // Only numbers of one series contradict each other: 主席令 and 国务院令 count for themselves.
    let series = |number: &str| number.split_once("第").map(|(series, _)| series.to_owned());
    let same_series =
        series(given_key).is_some_and(|own| known.iter().any(|other| series(other).as_ref() == Some(&own)));
    let of_others = titles.numbered(given);
    let others = !of_others.is_empty() && !of_others.contains(&at);
    // A day may stand twice, once with the vote and once with the order; an amendment without any order could have had this number.
    use crate::model::Happened::{Amended, InForce, Repealed};
    let silent = law.versions.iter().any(|version| {
        let history = &version.history;
        history.iter().any(|event| {
            let near = |other: &&crate::model::Event| other.number.is_some() && other.day.year == event.day.year;
            event.number.is_none()
                && !matches!(event.what, InForce | Repealed)
                && !history.iter().any(|other| near(&other))
        }) || history
            .iter()
            .any(|event| event.what == Amended && event.number.is_none())
    });
    (same_series && (others || !silent)).then(|| Remark::NumberContradicts {
        given: given.to_owned(),
        known: known.into_iter().map(str::to_owned).collect(),
    })
}

/// What may set up a permit (行政许可法 art. 14, 15); a local rule for one year only, which no text tells.
pub(super) fn may_set_up(level: Level) -> bool {
    !matches!(level, Level::DepartmentRule | Level::Normative)
}

/// That a local law is of another place than the list: neither of its own, nor of one above or below it.
pub(super) fn region(law: Option<&Law>, code: Option<&str>, divisions: &Divisions) -> Option<Remark> {
    let (law, own) = (law?, code?);
    let place = law.region.as_deref()?;
    let code = code_of(place, divisions)?;
    let above = |above: &str, below: &str| below.starts_with(significant(above));
    (!above(&code, own) && !above(own, &code)).then(|| Remark::OtherRegion {
        place: place.to_owned(),
    })
}

/// The code of a place as a title names it: 广东省, 汕头经济特区.
pub(super) fn code_of(place: &str, divisions: &Divisions) -> Option<String> {
    let place = place.strip_suffix("经济特区").unwrap_or(place);
    match divisions.by_name(place).as_slice() {
        [code] => divisions::padded(code),
        _ => None,
    }
}

/// The part of a code that its level needs: 44 of 440000000000.
fn significant(padded: &str) -> &str {
    let len = padded.trim_end_matches('0').len();
    let len = match len {
        0..=2 => 2,
        3..=4 => 4,
        5..=6 => 6,
        7..=9 => 9,
        _ => 12,
    };
    padded.get(..len).unwrap_or(padded)
}

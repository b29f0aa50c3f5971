//! The word that somebody meant who wrote another: for wrong keys, names of rules, profiles, regions and elements.
//!
//! Must not know what the words stand for.

use std::cmp::Reverse;

/// The known word that is nearest to one that is not known; `None` where none is near. Small and capital letters, hyphens,
/// underscores and blanks count as alike; a letter too many, too few, wrong or swapped counts one (Damerau); the first letters
/// count most (Jaro-Winkler), for names are cut off behind.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = plain(word);
    if typed.is_empty() {
        return None;
    }
    let may_differ = (typed.chars().count() / 3).max(1);
    let near = known.into_iter().filter_map(|name| {
        let plain = plain(name);
        let apart = strsim::damerau_levenshtein(&typed, &plain);
        // In thousandths: floating-point numbers have no order.
        let alike = (strsim::jaro_winkler(&typed, &plain) * 1000.0) as u32;
        // Two letters of two are no slip of two letters but another word.
        let near = apart <= may_differ && apart < plain.chars().count().max(2) || alike >= 880;
        near.then_some(((apart, Reverse(alike)), name))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

fn plain(word: &str) -> String {
    let word = word.trim().to_lowercase();
    word.chars()
        .map(|c| if matches!(c, '_' | ' ' | '－' | '—') { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_is_near_is_found_and_what_is_far_is_not() {
        let known = [
            "select",
            "ignore",
            "severity",
            "TIM003",
            "TIM004",
            "permit-over-20-days",
            "申请材料",
            "id",
        ];
        for (typed, meant) in [
            ("ignroe", Some("ignore")),
            ("Selects", Some("select")),
            ("TIM03", Some("TIM003")),
            ("tim004", Some("TIM004")),
            ("permit_over_20_days", Some("permit-over-20-days")),
            ("permit-over-20", Some("permit-over-20-days")),
            ("申请材科", Some("申请材料")),
            ("xy", None),
            ("profile", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed}");
        }
    }
}

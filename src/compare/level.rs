//! Words that differ only because the lists belong to bodies of other levels or places (全省性/全市性, 本区/本县, the body's own
//! name), and how alike two texts are.
//!
//! Must not know elements.

use crate::normalise::Vocabulary;

/// Replaces every word that follows the level or the place of the body by the name of its group. Two texts that are equal after
/// this, each folded with its own names, differ by level alone. Words that name another authority (县级以上) are left alone.
pub(super) fn fold(text: &str, names: &[String], vocabulary: &Vocabulary, one_level: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    'text: while let Some(first) = rest.chars().next() {
        for word in &vocabulary.never_level {
            if let Some(after) = rest.strip_prefix(word.as_str()) {
                out.push_str(word);
                rest = after;
                continue 'text;
            }
        }
        for name in names {
            if let Some(after) = rest.strip_prefix(name.as_str()) {
                out.push_str("⟦own⟧");
                rest = after;
                continue 'text;
            }
        }
        for (word, group) in &vocabulary.levels {
            if let Some(after) = rest.strip_prefix(word.as_str()) {
                out.push('⟦');
                out.push_str(group);
                // Between bodies of one level 本区 is 本县, but 省级 is not 市级.
                if one_level {
                    out.push(rank(word));
                }
                out.push('⟧');
                rest = after;
                continue 'text;
            }
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

/// The level that a word speaks of, from 1 (the country) to 6 (villages), as in the code list of levels (行使层级); 0 for none.
fn rank(word: &str) -> char {
    let ranks = [
        ('2', ["省", "自治区", "直辖市"].as_slice()),
        ('3', &["市", "州", "盟", "地级"]),
        ('4', &["县", "区", "旗"]),
        ('5', &["镇", "乡", "街道", "（街）"]),
        ('6', &["村", "社区"]),
        ('1', &["全国", "国家"]),
    ];
    // 社区 holds 区.
    if word.contains("社区") {
        return '6';
    }
    let found = ranks
        .iter()
        .find(|(_, words)| words.iter().any(|part| word.contains(part)));
    found.map_or('0', |(rank, _)| *rank)
}

/// Whether two names are one form for another scope: each carries a word of the group `scope` (跨省, 省内), the words differ,
/// both end alike, and the rest is alike. 跨省运输…审批表 and 省内…运输…审批表 are the form of the province and that of the city.
pub(super) fn same_form_other_scope(left: &str, right: &str, vocabulary: &Vocabulary) -> bool {
    let scope = |text: &str| {
        vocabulary
            .levels
            .iter()
            .filter(|(_, group)| group == "scope")
            .find(|(word, _)| text.contains(word.as_str()))
            .map(|(word, _)| word.clone())
    };
    let (Some(l), Some(r)) = (scope(left), scope(right)) else {
        return false;
    };
    let end = |text: &str| text.chars().rev().take(2).collect::<String>();
    l != r && end(left) == end(right) && similarity(&left.replace(&l, ""), &right.replace(&r, "")) >= 0.5
}

/// How alike two texts are, from 0 to 1: the share of pairs of neighbouring characters that both have (Dice).
pub fn similarity(left: &str, right: &str) -> f64 {
    let (l, r) = (pairs(left), pairs(right));
    if l.is_empty() || r.is_empty() {
        return if left == right { 1.0 } else { 0.0 };
    }
    alike(&l, &r)
}

/// The pairs of neighbouring characters of a text, sorted.
pub(super) fn pairs(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}

/// The share of pairs that two texts have in common.
pub(super) fn alike(l: &[(char, char)], r: &[(char, char)]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while i < l.len() && j < r.len() {
        match l[i].cmp(&r[j]) {
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    2.0 * common as f64 / (l.len() + r.len()).max(1) as f64
}

/// The names by which a region and its bodies may call themselves, the longest first: 广东省广州市 is also 广州市.
pub(super) fn own_names<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        let text = text.trim();
        if text.chars().count() >= 2 {
            names.push(text.to_owned());
        }
        // After a province or a city the rest is a name of its own.
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            if matches!(c, '省' | '市' | '州' | '盟')
                && rest.chars().count() >= 2
                && rest.ends_with(['省', '市', '县', '区', '州', '旗', '盟'])
            {
                names.push(rest.to_owned());
            }
        }
    }
    names.retain(|name| name.chars().any(crate::normalise::fold::is_han));
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn levels_of_the_real_lists() {
        let profile = Profile::load("national-12").expect("shipped profile");
        let words = &profile.vocabulary;
        assert_eq!(
            fold("全省性宗教团体", &[], words, false),
            fold("全市性宗教团体", &[], words, false)
        );
        assert_ne!(
            fold("县级以上机关", &[], words, false),
            fold("省级以上机关", &[], words, false)
        );
        let (left, right) = (
            own_names(["广东省广州市"].into_iter()),
            own_names(["广东省"].into_iter()),
        );
        assert_eq!(
            fold("在广州市内", &left, words, false),
            fold("在广东省内", &right, words, false)
        );
        // Two counties: each has its own place, but neither is a province.
        assert_eq!(fold("本区户籍", &[], words, true), fold("本县户籍", &[], words, true));
        for (one, other) in [
            ("经省级批准", "经县级批准"),
            ("具有本市户籍", "具有本省户籍"),
            ("跨省经营", "跨市经营"),
        ] {
            assert_ne!(fold(one, &[], words, true), fold(other, &[], words, true));
            assert_eq!(fold(one, &[], words, false), fold(other, &[], words, false));
        }
        assert!(same_form_other_scope(
            "跨省运输、配购枪支（弹药）审批表",
            "省内枪支弹药运输、携运申请审批表",
            words
        ));
        assert!(!same_form_other_scope("跨省运输申请表", "省内学校章程", words));
    }
}

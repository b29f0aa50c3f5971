//! Vague words and catch-all phrases: finds them in a text, by the words of `catalogs/vocabulary/vague.toml`.
//!
//! Must not hold a word itself, nor know which rule asks.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::{Any, Pattern};
use crate::profile::{Vague, VaguePattern, VagueWord};

/// Where a text stands.
#[derive(Clone, Copy)]
pub(super) enum Spot {
    Name = 0,
    Conditions = 1,
    Materials = 2,
}

const SPOTS: [&str; 3] = ["name", "conditions", "materials"];

/// The kinds that leave open what is asked.
pub(super) const OPEN: [&str; 4] = ["catch-all", "vague", "discretion", "refers"];

struct Phrase {
    pattern: Pattern,
    kind: String,
}

/// The words of one spot.
struct Words {
    /// All phrases at once: nearly every text has none of them, and is passed over here.
    any: Any,
    phrases: Vec<Phrase>,
    /// What is blotted out before the phrases are looked for.
    harmless: Vec<Pattern>,
}

static WORDS: LazyLock<[Option<Words>; 3]> = LazyLock::new(|| {
    // The shipped file is held against these types by a test.
    let vague = Vague::shipped().ok();
    SPOTS.map(|spot| vague.as_ref().map(|vague| words_of(vague, spot)))
});

fn words_of(vague: &Vague, spot: &str) -> Words {
    let here = |places: &[String]| places.is_empty() || places.iter().any(|place| place == spot);
    let mut words: Vec<&VagueWord> = vague.word.iter().filter(|word| here(&word.places)).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
    let patterns = vague.catch_all.iter().filter(|pattern| here(&pattern.places));
    let patterns = patterns.map(|VaguePattern { pattern, kind, .. }| (pattern.clone(), kind.as_str()));
    let words = words.into_iter().map(|word| {
        let pattern = word.pattern.clone().unwrap_or_else(|| regex::escape(&word.text));
        (pattern, word.kind.as_str())
    });
    let all: Vec<(String, &str)> = patterns.chain(words).collect();
    let phrases = all.into_iter().map(|(pattern, kind)| Phrase {
        pattern: Pattern::new(Cow::Owned(pattern)),
        kind: if kind.is_empty() { "catch-all" } else { kind }.to_owned(),
    });
    let phrases: Vec<Phrase> = phrases.collect();
    let harmless: Vec<&VagueWord> = vague.whitelist.iter().filter(|word| here(&word.places)).collect();
    let mut texts: Vec<&str> = harmless
        .iter()
        .map(|word| word.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let texts = texts.into_iter().map(regex::escape).collect::<Vec<_>>().join("|");
    let patterns = harmless.iter().filter_map(|word| word.pattern.clone());
    let harmless = [texts].into_iter().filter(|texts| !texts.is_empty()).chain(patterns);
    Words {
        any: Any::of(phrases.iter().map(|phrase| &phrase.pattern)),
        phrases,
        harmless: harmless.map(|text| Pattern::new(Cow::Owned(text))).collect(),
    }
}

/// Whether a folded text may have a vague phrase of any kind (`false` is certain): nearly every text has none.
pub(super) fn any(spot: Spot, text: &str) -> bool {
    WORDS[spot as usize].as_ref().is_some_and(|words| words.any.may(text))
}

/// The first vague phrase of one of the kinds in a folded text, as it stands there.
pub(super) fn find<'a>(spot: Spot, text: &'a str, kinds: &[&str]) -> Option<&'a str> {
    let words = WORDS[spot as usize].as_ref()?;
    // What is blotted out makes no phrase of what was none.
    if !words.any.may(text) || !words.phrases.iter().any(|phrase| phrase.pattern.is_match(text)) {
        return None;
    }
    let masked = words.mask(text);
    let mut phrases = words
        .phrases
        .iter()
        .filter(|phrase| kinds.contains(&phrase.kind.as_str()));
    let found = phrases.find_map(|phrase| phrase.pattern.find(&masked))?;
    text.get(found.range())
        .map(|words| words.trim_matches(['、', '，', '；', '。', '：', '（', '）', '-']))
}

impl Words {
    /// The text with harmless words and titles blotted out, byte for byte as long as before.
    fn mask(&self, text: &str) -> String {
        let mut covered: Vec<Range<usize>> = titles(text);
        for pattern in &self.harmless {
            covered.extend(pattern.find_iter(text).map(|found| found.range()));
        }
        covered.sort_by_key(|range| range.start);
        let mut covered = covered.into_iter().peekable();
        let mut until = 0;
        let mut masked = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            while let Some(range) = covered.next_if(|range| range.start <= at) {
                until = until.max(range.end);
            }
            masked.push(match c.len_utf8() {
                _ if at >= until => c,
                1 => '_',
                3 => '□',
                _ => c,
            });
        }
        masked
    }
}

/// What stands between 《 and the next 》.
fn titles(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('《', None) => open = Some(at),
            ('》', Some(start)) => {
                found.push(start..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_words_compile() {
        for words in &*WORDS {
            let words = words.as_ref().expect("the spot has words");
            assert!(words.any.tells(), "every phrase has a word that it needs");
            let all = words.phrases.iter().map(|phrase| &phrase.pattern);
            assert!(all.chain(&words.harmless).all(Pattern::compiles));
        }
    }

    #[test]
    fn vague_and_harmless() {
        for (text, vague, other) in [
            ("法律、行政法规规定的其他条件", true, false),
            ("符合国家有关文物保护管理的规定", true, false),
            ("已办理税务登记等相关手续", true, false),
            ("有必要的场所", false, true),
            ("品行良好", false, true),
            ("建设与航道有关的工程", false, false),
            ("符合《关于企业职工基本养老保险继续缴费有关规定的通知》", false, false),
            ("公民、法人和其他组织", false, false),
            ("具有中等以上学历", false, false),
            ("取得相应准驾车型驾驶证", false, false),
            ("具有三年以上其他法律职业经历", false, false),
            ("提交本人的护照或者其他国际旅行证件以及符合规定的照片", false, false),
        ] {
            assert_eq!(find(Spot::Conditions, text, &OPEN).is_some(), vague, "{text}");
            assert_eq!(
                find(Spot::Conditions, text, &["unmeasurable"]).is_some(),
                other,
                "{text}"
            );
        }
        for (text, found) in [
            ("其他有关材料", Some("其他有关材料")),
            ("主管部门要求的其他材料", Some("主管部门要求的其他材料")),
            ("社保清单、审计报告、合同等材料", Some("等材料")),
            ("同等学力证明", None),
            ("能够证明股权价格的有关材料", Some("有关材料")),
            ("有效护照或者其他国际旅行证件", None),
            ("三年以上其他法律职业经历证明", None),
            ("与经营业务有关的合同", None),
            ("运动员技术等级申请表", None),
        ] {
            assert_eq!(find(Spot::Materials, text, &OPEN), found, "{text}");
        }
    }

    #[test]
    fn masking_keeps_the_length() {
        let words = WORDS[Spot::Name as usize]
            .as_ref()
            .map(|words| words.mask("a《b》其他组织𠀀等级"));
        assert_eq!(words.as_deref(), Some("a□_□□□□□𠀀□□"));
    }
}

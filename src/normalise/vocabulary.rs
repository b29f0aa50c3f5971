//! Vocabularies as plain data: the words that normal forms fold, filled by `profile` from `catalogs/vocabulary/`.
//!
//! Must not know where the words come from.

use std::collections::{HashMap, HashSet};

use super::fold;

/// Everything that normalising and comparing look words up in.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Texts that say nothing: 无, 暂无, - ….
    pub empty: Vec<String>,
    /// Whole texts that only point elsewhere: 见附件, 同上 ….
    pub refers: Vec<String>,
    /// Beginnings of short texts that only point elsewhere: 详见 ….
    pub refers_start: Vec<String>,
    /// Texts that say "nothing is charged".
    pub no_fee: Vec<String>,
    /// Texts that say "there are no conditions".
    pub no_conditions: Vec<String>,
    /// Conditions that only refer to themselves: 符合条件 ….
    pub vacuous_conditions: Vec<String>,
    /// Texts that say "nothing need be handed in".
    pub no_materials: Vec<String>,
    /// Words that stand for a number of visits: 不用跑, 最多跑一次 ….
    pub visit_words: Vec<String>,
    /// Texts that say "done on the spot".
    pub immediate: Vec<String>,
    /// Folded name of a material → canonical name.
    pub materials: HashMap<String, String>,
    /// Canonical names of materials that an authority issues.
    pub government_materials: HashSet<String>,
    /// Folded name of a step → canonical name, or names where it is several steps in one word.
    pub steps: HashMap<String, Vec<String>>,
    /// Canonical names of special procedures (行政许可法 art. 45).
    pub special_steps: Vec<String>,
    /// Name of an issuer of orders → the name that stands for it.
    pub issuers: HashMap<String, String>,
    /// Words that follow the level of the body, each with its group; the longest first.
    pub levels: Vec<(String, String)>,
    /// Words that look like level words and mean another authority (县级以上).
    pub never_level: Vec<String>,
    /// Pairs of groups of words whose swap turns the meaning.
    pub flips: Vec<(Vec<String>, Vec<String>)>,
    /// Code lists by id.
    pub lists: HashMap<String, CodeList>,
}

/// A code list (代码表) with the dialects of regional systems.
#[derive(Clone, Debug, Default)]
pub struct CodeList {
    /// Its id, as in `item-type`.
    pub id: String,
    /// Code and official name, in the list's order.
    pub values: Vec<(String, String)>,
    /// Folded name, alias or code → position in `values`.
    pub index: HashMap<String, usize>,
    /// Folded name of a group (法人) → positions.
    pub groups: HashMap<String, Vec<usize>>,
    /// Dialect → its code → our code.
    pub dialects: HashMap<String, HashMap<String, String>>,
}

impl CodeList {
    /// The position of a code or name, read in a dialect where one is given.
    pub fn find(&self, text: &str, dialect: Option<&str>) -> Option<usize> {
        let key = key(text);
        let key = dialect
            .and_then(|dialect| self.dialects.get(dialect))
            .and_then(|map| map.get(&key))
            .cloned()
            .unwrap_or(key);
        self.index.get(&key).copied()
    }
}

/// The form in which words are looked up: canonical spelling without spaces, in lower case.
pub fn key(text: &str) -> String {
    let mut spelling = fold::spelling(text);
    spelling.make_ascii_lowercase();
    spelling.retain(|c| c != ' ');
    spelling
}

impl Vocabulary {
    /// Whether a text says nothing.
    pub fn is_empty_word(&self, text: &str) -> bool {
        let folded = fold::half(text);
        let trimmed = folded.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '。' | '；' | ';' | '.' | '，' | ',' | '、' | '：' | ':' | '！')
        });
        trimmed.is_empty() || self.empty.iter().any(|word| word.eq_ignore_ascii_case(trimmed))
    }

    /// Whether a short text only points elsewhere.
    pub fn only_refers(&self, text: &str) -> bool {
        let folded = fold::spelling(text);
        self.refers.contains(&folded)
            || (folded.chars().count() <= 40
                && !folded.contains(|c: char| c.is_ascii_digit())
                && self.refers_start.iter().any(|word| folded.starts_with(word.as_str())))
    }
}

//! Vocabularies as plain data: the words that normal forms fold, filled by `profile` from `catalogs/vocabulary/`.
//!
//! Must not know where the words come from.

use foldhash::{HashMap, HashSet};

use super::duration::TimeWords;
use super::fold;
use super::numerals::Measures;
use super::steps::StepWords;

/// More characters than any text has that says nothing.
pub(super) const LONGEST_EMPTY: usize = 24;

/// More characters than any text has that only points elsewhere.
const LONGEST_REFERENCE: usize = 40;

/// Everything that normalising and comparing look words up in.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Texts that say nothing: 无, 暂无, - ….
    pub empty: WholeWords,
    /// Whole texts that only point elsewhere: 见附件, 同上 ….
    pub refers: Vec<String>,
    /// Beginnings of short texts that only point elsewhere: 详见 ….
    pub refers_start: Vec<String>,
    /// Texts that say "nothing is charged", in the form in which words are looked up.
    pub no_fee: Vec<String>,
    /// Texts that only say "something is charged", in the same form.
    pub some_fee: Vec<String>,
    /// Words for those who are known to pay less (低保, 残疾).
    pub pay_less: Vec<String>,
    /// Names of main items that only say that an item was not sorted (未分类).
    pub unsorted: Vec<String>,
    /// Words for the cases of an item (变更, 延续), as they stand behind a dash.
    pub cases: Vec<String>,
    /// Texts that say "there are no conditions".
    pub no_conditions: WholeWords,
    /// Conditions that only refer to themselves: 符合条件 ….
    pub vacuous_conditions: Vec<String>,
    /// Conditions that let everybody apply: 直接申请 ….
    pub open_conditions: Vec<String>,
    /// Texts that say "nothing need be handed in".
    pub no_materials: WholeWords,
    /// Words that stand for a number of visits that is not exactly known: 最多跑一次 ….
    pub visit_words: Vec<String>,
    /// Words that stand for no visit at all: 不用跑.
    pub no_visit: Vec<String>,
    /// The words of time limits.
    pub time: TimeWords,
    /// Folded name of a material → canonical name.
    pub materials: HashMap<String, String>,
    /// Words in brackets or behind the name of a material that say in which form it is wanted → what they say.
    pub material_words: HashMap<String, MaterialWord>,
    /// Those of them that stand behind a name without brackets (身份证复印件), the longest first.
    pub material_tails: Vec<(String, MaterialWord)>,
    /// Words before the name of a material that say nothing of the paper: 申请人, 本人, 有效的.
    pub material_idle: Vec<String>,
    /// Words of photographs, each with its other spellings, in the order of the canonical name.
    pub photo_words: Vec<Vec<String>>,
    /// Words by which lint knows what sort of paper a name is of.
    pub papers: PaperWords,
    /// Canonical names of materials that an authority issues.
    pub government_materials: HashSet<String>,
    /// Folded name of a step → canonical name, or names where it is several steps in one word.
    pub steps: HashMap<String, Vec<String>>,
    /// Canonical names of special procedures (行政许可法 art. 45).
    pub special_steps: HashSet<String>,
    /// The words beside the names of steps.
    pub step_words: StepWords,
    /// Name of an issuer of orders → the name that stands for it.
    pub issuers: HashMap<String, String>,
    /// Words that follow the level of the body, each with its group; the longest first.
    pub levels: Vec<(String, String)>,
    /// Words that look like level words and mean another authority (县级以上).
    pub never_level: Vec<String>,
    /// Pairs of groups of words whose swap turns the meaning.
    pub flips: Vec<(Vec<String>, Vec<String>)>,
    /// Words that turn a sentence where the other side has nothing in their place: 不, 未 ….
    pub negation: Vec<String>,
    /// Words that hold one of them and negate nothing: 不动产.
    pub not_negation: Vec<String>,
    /// Words by which names of items are held against each other where no common code does it.
    pub names: PairingWords,
    /// Words of conditions of which more is not stricter: 除外, 可以 ….
    pub unclear_direction: Vec<String>,
    /// Those of them that tell of a demand where they are denied: 处罚 in 没有受过行政处罚.
    pub record: Vec<String>,
    /// Measure words, before which a numeral is a quantity.
    pub measures: Measures,
    /// Words of the columns beside the elements.
    pub guide: GuideWords,
    /// Code lists by id.
    pub lists: HashMap<String, CodeList>,
}

/// Words by which names of items are held against each other (`catalogs/vocabulary/names.toml`).
#[derive(Clone, Debug, Default)]
pub struct PairingWords {
    /// Words that say nothing of an item, the longest first.
    pub idle: Vec<String>,
    /// The same, at the beginning of a name.
    pub idle_first: Vec<String>,
    /// Words and the word of one meaning that stands for them, the longest first.
    pub alike: Vec<(String, String)>,
    /// Words that make another item where one side has them and the other has not, the longest first.
    pub turning: Vec<String>,
    /// Words for steps that handling items of one item may be called by in one list and the other; of each group the first stands for all.
    pub near: Vec<Vec<String>>,
}

/// Words by which lint knows what sort of paper a name is of.
#[derive(Clone, Debug, Default)]
pub struct PaperWords {
    /// Ends of names that are a paper of their own.
    pub papers: Vec<String>,
    /// Ends of names of forms that the office hands out.
    pub forms: Vec<String>,
    /// Ends of names of papers without which an application is none.
    pub main_ends: Vec<String>,
    /// Whole names of such papers.
    pub main: Vec<String>,
    /// Ends of names of proofs (证明事项).
    pub proofs: Vec<String>,
    /// What a copy that stands for the original is marked with: 与原件无异.
    pub like_original: Vec<String>,
}

/// Words of the columns that stand beside the elements in a guide (`catalogs/vocabulary/guide.toml`).
#[derive(Clone, Debug, Default)]
pub struct GuideWords {
    /// Whole texts that say yes, in the form in which words are looked up.
    pub yes: Vec<String>,
    /// Whole texts that say no, in the same form.
    pub no: Vec<String>,
    /// Words of a place that is told down to the counter or the room.
    pub exact_place: Vec<String>,
    /// Words that make a text an address.
    pub address: Vec<String>,
    /// Words of a text that says that there is no place.
    pub nowhere: Vec<String>,
    /// Words that say on which days an office is open.
    pub days: Vec<String>,
    /// Words that say that a charge is not made any more.
    pub waived: Vec<String>,
    /// How names of licences end.
    pub licence: Vec<String>,
    /// What ends like a licence and is none.
    pub no_licence: Vec<String>,
    /// How names of written replies end.
    pub reply: Vec<String>,
    /// Words with which a text names its ground.
    pub cites: Vec<String>,
    /// Words that say that there is no quota, no intermediary service.
    pub no_demand: Vec<String>,
}

/// What a word says of a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaterialWord {
    /// 原件.
    Original,
    /// 复印件.
    Copy,
    /// 验原件: shown and given back.
    Shown,
    /// 收原件: handed in and kept.
    Kept,
    /// 纸质.
    Paper,
    /// 电子件.
    Electronic,
    /// 加盖公章.
    Sealed,
    /// 签字.
    Signed,
    /// 盖章复印件.
    SealedCopy,
    /// 验原件收复印件.
    ShownCopy,
    /// 必要.
    Required,
    /// 非必要.
    Optional,
    /// 容缺后补.
    Later,
    /// 信息免交、信用后补.
    Waived,
    /// 申请人自备.
    SelfMade,
    /// 政府部门核发.
    Issued,
    /// 本人到场.
    InPerson,
    /// 免提交, 告知承诺, 系统核验: the applicant is spared something. The word itself stays a remark, for no two of them mean the same.
    Spared,
    /// 表格下载, A4: says nothing of what is wanted.
    Idle,
}

impl MaterialWord {
    /// What the lists of `catalogs/vocabulary/materials.toml` are called.
    pub const WORDS: [(&'static str, MaterialWord); 19] = [
        ("original", MaterialWord::Original),
        ("copy", MaterialWord::Copy),
        ("shown", MaterialWord::Shown),
        ("kept", MaterialWord::Kept),
        ("paper", MaterialWord::Paper),
        ("electronic", MaterialWord::Electronic),
        ("sealed", MaterialWord::Sealed),
        ("signed", MaterialWord::Signed),
        ("sealed_copy", MaterialWord::SealedCopy),
        ("shown_copy", MaterialWord::ShownCopy),
        ("required", MaterialWord::Required),
        ("optional", MaterialWord::Optional),
        ("later", MaterialWord::Later),
        ("waived", MaterialWord::Waived),
        ("self_made", MaterialWord::SelfMade),
        ("issued", MaterialWord::Issued),
        ("in_person", MaterialWord::InPerson),
        ("spared", MaterialWord::Spared),
        ("idle", MaterialWord::Idle),
    ];
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
        let map = dialect.and_then(|dialect| self.dialects.get(dialect));
        let known = |key: &str| {
            let ours = map.and_then(|map| map.get(key)).map_or(key, String::as_str);
            self.index.get(ours).copied()
        };
        // Folding changes nothing about what is found unfolded, and most cells are written as the list has it.
        known(text).or_else(|| {
            let key = key(text);
            let code = |code: &str| {
                let digits = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
                let bare = code.trim_start_matches('0');
                // 01 is 1 where the list has no 01.
                known(code).or_else(|| known(bare).filter(|_| digits && !bare.is_empty()))
            };
            // 01-行政许可: the code and its own name.
            let both = || {
                let (number, name) = key.split_once('-')?;
                code(number).filter(|at| known(name) == Some(*at))
            };
            code(&key).or_else(both)
        })
    }

    /// The positions of what a text of the list stands for: one, or those of a group (法人).
    pub fn positions(&self, text: &str, dialect: Option<&str>) -> Vec<usize> {
        match self.find(text, dialect) {
            Some(at) => vec![at],
            None => self
                .groups
                .get(text)
                .or_else(|| self.groups.get(&key(text)))
                .cloned()
                .unwrap_or_default(),
        }
    }
}

/// The form in which words are looked up: canonical spelling without spaces, in lower case.
pub fn key(text: &str) -> String {
    let mut spelling = fold::spelling(text);
    spelling.make_ascii_lowercase();
    spelling.retain(|c| c != ' ');
    spelling
}

/// Words that stand alone, as whole texts: most other texts are told from them by their first character.
#[derive(Clone, Debug, Default)]
pub struct WholeWords {
    words: Vec<String>,
    /// A bit for what each of them begins with, see [`bit`].
    starts: u64,
}

/// The bit of a character, which others share with it.
fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

impl From<Vec<String>> for WholeWords {
    fn from(words: Vec<String>) -> WholeWords {
        let starts = words.iter().filter_map(|word| word.chars().next());
        let starts = starts.fold(0, |starts, first| starts | bit(first));
        WholeWords { words, starts }
    }
}

impl WholeWords {
    /// Whether the canonical spelling of a text is one of them.
    pub(super) fn holds(&self, text: &str) -> bool {
        !self.begins_otherwise(text) && self.words.contains(&fold::spelling(text))
    }

    /// Whether a text begins with a character that folding leaves where it is, and none of the words begins with it: then it is none
    /// of them, however it is folded.
    fn begins_otherwise(&self, text: &str) -> bool {
        let known = |first| self.starts & bit(first) != 0 && self.words.iter().any(|word| word.starts_with(first));
        fold::fixed_start(text).is_some_and(|first| !known(first))
    }
}

impl Vocabulary {
    /// Whether a text says nothing.
    pub fn is_empty_word(&self, text: &str) -> bool {
        // Most texts need not be folded to see that they say more: they begin otherwise than any of the words, or are longer.
        if self.empty.begins_otherwise(text) || fold::says_more_than(text, LONGEST_EMPTY) {
            return false;
        }
        let folded = fold::half_of(text);
        let trimmed = folded.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '。' | '；' | ';' | '.' | '，' | ',' | '、' | '：' | ':' | '！')
        });
        trimmed.is_empty() || self.empty.words.iter().any(|word| word.eq_ignore_ascii_case(trimmed))
    }

    /// What a text that is only an answer says: whether something is charged.
    pub fn charges(&self, text: &str) -> Option<bool> {
        // Longer than any answer, however it is spaced out.
        if text.is_empty() || text.len() > 200 {
            return None;
        }
        let known = |text: &str| {
            let is = |words: &[String]| words.iter().any(|word| word == text);
            if is(&self.no_fee) {
                Some(false)
            } else {
                is(&self.some_fee).then_some(true)
            }
        };
        known(text).or_else(|| known(&key(text)))
    }

    /// What the answer of a column of yes and no says.
    pub fn answers(&self, text: &str) -> Option<bool> {
        // Longer than any answer.
        if text.len() > 60 {
            return None;
        }
        let answer = key(text);
        if self.guide.yes.contains(&answer) {
            Some(true)
        } else {
            self.guide.no.contains(&answer).then_some(false)
        }
    }

    /// Whether a short text only points elsewhere.
    pub fn only_refers(&self, text: &str) -> bool {
        if fold::says_more_than(text, LONGEST_REFERENCE) {
            return false;
        }
        let folded = fold::spelling(text);
        self.refers.contains(&folded)
            || (folded.chars().count() <= LONGEST_REFERENCE
                && !folded.contains(|c: char| c.is_ascii_digit())
                && self.refers_start.iter().any(|word| folded.starts_with(word.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_begins_otherwise_is_no_such_word(pieces in prop::collection::vec(
            prop::sample::select(vec![
                "无", "暂", "没有", "1", "１", "2", "/", "-", "—", "N", "ｎ", "。", "；", "、", " ", "\u{3000}", "\u{200B}", "\n", "⽆", "㎡", "（",
            ]), 0..5,
        )) {
            let words: Vec<String> = ["无", "暂无", "没有", "/", "-", "N", "1", "1；2", "无1"].map(str::to_owned).into();
            let text = pieces.concat();
            if WholeWords::from(words.clone()).begins_otherwise(&text) {
                prop_assert!(!words.contains(&fold::spelling(&text)), "{text:?}");
                let half = fold::half(&text);
                let bare = half.trim_matches(|c: char| c.is_whitespace() || "。；;.，,、：:！".contains(c));
                prop_assert!(!bare.is_empty(), "{text:?}");
                prop_assert!(!words.iter().any(|word| word.eq_ignore_ascii_case(bare)), "{text:?}");
            }
        }
    }
}

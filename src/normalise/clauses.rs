//! Clauses: conditions as a list of sentences without their numbering (受理条件).
//!
//! Must not know what a condition means: two clauses are the same only if they say the same words.

use std::borrow::Cow;

use crate::model::{Clause, Clauses, Connector, Cut, Value};

use super::enumerate::{self, Style};
use super::memo::Memo;
use super::{Parts, Role, Vocabulary, fold, numerals, thresholds};

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>, memo: &mut Memo) -> Value {
    let vocabulary = parts.vocabulary;
    let entries = parts.entries(Role::Value);
    match entries.as_slice() {
        [only] if vocabulary.no_conditions.holds(only) => Value::Clauses(Clauses::default()),
        entries => parts
            .refers(entries)
            .unwrap_or_else(|| parse(entries, vocabulary, memo)),
    }
}

/// Whether the columns of one row are read as something that can be compared. Whether the text stops before its end is seen without
/// reading it, and after the first clause it says something, whatever comes behind.
pub(super) fn speaks(parts: &Parts<'_>, memo: &mut Memo) -> bool {
    let entries = parts.entries(Role::Value);
    if let [only] = entries.as_slice()
        && parts.vocabulary.no_conditions.holds(only)
    {
        return true;
    }
    let mut reader = Reader::new(parts.vocabulary, memo);
    reader.first_only = true;
    parts.refers(&entries).is_none()
        && match reader.texts(&entries) {
            Cut::No => !reader.items.is_empty(),
            Cut::Suspected => true,
            Cut::Certain => false,
        }
}

/// Reads one text, or several entries that the source separates itself.
fn parse(texts: &[String], vocabulary: &Vocabulary, memo: &mut Memo) -> Value {
    let mut clauses = Clauses::default();
    let mut reader = Reader::new(vocabulary, memo);
    clauses.cut = reader.texts(texts);
    (clauses.items, clauses.connector) = reader.finish();
    // All that is left of a text may be its introduction: then that is what can be shown.
    if clauses.items.is_empty() && clauses.cut != Cut::No {
        let seen = texts.iter().map(|text| canonical(&fold::spelling(text), vocabulary));
        clauses.items = seen
            .filter(|text| !text.is_empty())
            .map(|text| Clause {
                depth: 0,
                text,
                of: Connector::All,
            })
            .collect();
    }
    if clauses.items.is_empty() && clauses.cut == Cut::No {
        Value::Empty
    } else {
        Value::Clauses(clauses)
    }
}

/// Without the （含） of 60周岁（含）以上: by 民法典 art. 1259 以上, 以下 and 以内 include the number, whether it is said or not.
fn unsaid(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices("（含") {
        let rest = &text[at..];
        let said = ["（含）", "（含本数）"].into_iter().find(|said| rest.starts_with(said));
        let limit = |said: &&str| {
            ["以上", "以下", "以内"]
                .iter()
                .any(|limit| rest[said.len()..].starts_with(limit))
        };
        if let Some(said) = said.filter(limit)
            && text[..at].ends_with(char::is_alphanumeric)
        {
            out.push_str(&text[from..at]);
            from = at + said.len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The canonical form of a clause: numerals in digits, thresholds in one spelling.
fn canonical(spelt: &str, vocabulary: &Vocabulary) -> String {
    let measures = &vocabulary.measures;
    let mut text = unsaid(spelt);
    // A threshold in its canonical spelling may be what a numeral before it was waiting for (三十、不少于3年).
    for _ in 0..3 {
        let digits = numerals::fold(&text, measures);
        let folded = match (thresholds::fold(&digits, measures), &digits) {
            (Cow::Owned(folded), _) => folded,
            // Nothing was folded, and nothing will be.
            (Cow::Borrowed(_), Cow::Borrowed(_)) => break,
            (Cow::Borrowed(folded), Cow::Owned(_)) => folded.to_owned(),
        };
        if folded == *text {
            break;
        }
        text = Cow::Owned(folded);
    }
    text.into_owned()
}

/// A list whose introduction has been read.
struct Open {
    /// The entry that introduces it.
    entry: usize,
    /// The least level of the entries that belong to it; none reaches `usize::MAX`, where it ends with its own.
    level: usize,
    /// How deep its parts are.
    depth: u8,
    /// Whether it was introduced by a line without a number.
    bare: bool,
}

/// How two neighbours on the outermost level are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Nothing,
    Or,
    And,
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    memo: &'a mut Memo,
    items: Vec<Clause>,
    open: Vec<Open>,
    /// For each item, how it is joined to the one before it, and whether that word stands in its text.
    joints: Vec<(Joint, bool)>,
    /// Whether nothing is read behind the first clause, and that is not spelt out.
    first_only: bool,
}

impl<'a> Reader<'a> {
    fn new(vocabulary: &'a Vocabulary, memo: &'a mut Memo) -> Reader<'a> {
        Reader {
            vocabulary,
            memo,
            items: Vec::new(),
            open: Vec::new(),
            joints: Vec::new(),
            first_only: false,
        }
    }

    /// Reads texts one after the other, and tells whether the last one stops before its end.
    fn texts(&mut self, texts: &[String]) -> Cut {
        let (mut joint, mut end) = (Joint::Nothing, Cut::No);
        for text in enumerate::with_introduced(texts) {
            let half = fold::half(&text);
            let entries = enumerate::entries(&half);
            // Only the last entry can end the whole in the middle.
            end = cut(&half, &entries);
            // One entry of several that has a choice of its own keeps it to itself.
            self.open.clear();
            self.entries(&entries, &mut joint);
        }
        end
    }

    fn entries(&mut self, entries: &[enumerate::Entry<'_>], joint: &mut Joint) {
        let mut numbered = false;
        for (at, entry) in entries.iter().enumerate() {
            numbered |= entry.style.is_some();
            let level = |entry: &enumerate::Entry<'_>| usize::from(entry.depth) * 2 + 2;
            let own = if numbered { level(entry) } else { 0 };
            self.open.retain(|open| own >= open.level);
            let next = entries.get(at + 1);
            let sentences = fold::split_outside(entry.text, &['；', ';', '。']);
            let last = sentences.iter().rposition(|sentence| !sentence.trim().is_empty());
            // 条件之一：甲, and 乙 on the next line: of one part alone nobody could choose.
            let lines = !numbered && last == Some(0) && next.is_some_and(|next| next.style.is_none());
            for (nth, sentence) in sentences.iter().enumerate() {
                if self.first_only && !self.items.is_empty() {
                    return;
                }
                let mut sentence = *sentence;
                while let Some((head, rest)) = inline(sentence) {
                    // 具备下列学历之一：本科、硕士 is whole on its line.
                    let general = boilerplate(&enumerate::bare(head));
                    if general {
                        self.open.retain(|open| !open.bare || open.entry == at);
                    }
                    self.introduce(
                        head,
                        at,
                        (general && lines).then_some(own),
                        entry.style.is_none(),
                        joint,
                    );
                    sentence = rest;
                }
                let at_end = Some(nth) == last;
                let colon = sentence.trim_end().ends_with([':', '：']);
                let lists =
                    next.is_some_and(|next| next.style.is_some_and(|style| style != Style::Bullet) && next.number == 1);
                if at_end && (colon && next.is_some() || lists && below(sentence)) {
                    let bare = entry.style.is_none();
                    if bare {
                        // The next introduction without a number ends the list of the last one.
                        self.open.retain(|open| !open.bare || open.entry == at);
                    }
                    let least = next.map(level).filter(|&next| bare || next > own);
                    // Lines without numbers behind an introduction without one.
                    let least = match next {
                        Some(next) if bare && next.style.is_none() => Some(own),
                        _ => least,
                    };
                    self.introduce(sentence, at, least, bare, joint);
                } else {
                    self.clause(sentence, colon, joint);
                }
            }
        }
    }

    fn depth(&self) -> u8 {
        self.open.last().map_or(0, |open| open.depth)
    }

    /// A sentence that introduces what follows. 符合下列全部条件 says nothing, a mere title (场所要求：) opens nothing.
    fn introduce(&mut self, sentence: &str, entry: usize, level: Option<usize>, bare: bool, joint: &mut Joint) {
        let spelt = enumerate::bare(sentence);
        let of = connector(&spelt, self.vocabulary);
        let depth = self.depth();
        let empty = boilerplate(&spelt);
        // A heading with a list of its own keeps it: what holds for the one case need not hold for the next.
        let opens = of != Connector::All || below(&spelt) && !empty;
        if !(empty && of == Connector::All || self.vocabulary.is_empty_word(&spelt)) {
            self.push(spelt, of, joint);
        }
        if opens {
            self.open.push(Open {
                entry,
                level: level.unwrap_or(usize::MAX),
                depth: depth.saturating_add(1),
                bare,
            });
        }
    }

    fn clause(&mut self, sentence: &str, colon: bool, joint: &mut Joint) {
        let spelt = enumerate::bare(sentence);
        if let Some(own) = lone(&spelt) {
            *joint = own;
        } else if !(spelt.is_empty() || self.vocabulary.is_empty_word(&spelt) || colon && boilerplate(&spelt)) {
            self.push(spelt, Connector::All, joint);
        }
    }

    /// The canonical form of a sentence: regions ask for the same in the same words.
    fn canonical(&mut self, text: &str) -> String {
        if self.first_only {
            return text.to_owned();
        }
        let vocabulary = self.vocabulary;
        let read = || canonical(text, vocabulary);
        self.memo.sentences.read(text, read, String::clone)
    }

    fn push(&mut self, spelt: String, of: Connector, joint: &mut Joint) {
        let before = std::mem::replace(joint, Joint::Nothing);
        let mut text = spelt.as_str();
        // There is nothing that the first clause could be joined to.
        while self.items.is_empty() && joining(text).is_some() {
            text = unjoined(text).trim_start_matches(['，', '、', '：', '；', '。', ' ']);
        }
        // What is left of a number that was written with two points (2..) is no part of the text; .5 is.
        while let Some(rest) = text
            .strip_prefix('.')
            .filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            text = rest.trim_start();
        }
        while let Some((word, next)) = ENDINGS.iter().find(|(word, _)| text.ends_with(word)) {
            (text, *joint) = (
                text[..text.len() - word.len()].trim_end_matches(['，', '：', '、', '。', ' ', '.', '！']),
                *next,
            );
        }
        if text.is_empty() || lone(text).is_some() || self.vocabulary.is_empty_word(text) {
            return;
        }
        let own = match joining(text) {
            Some(joint) => (joint, true),
            None => (before, false),
        };
        self.joints.push(own);
        let (depth, text) = (self.depth(), self.canonical(text.trim_end_matches('…')));
        self.items.push(Clause { depth, text, of });
    }

    /// The clauses and the connector of the outermost list.
    fn finish(mut self) -> (Vec<Clause>, Connector) {
        let mut connector = Connector::All;
        // An introduction with nothing behind it is a clause like any other.
        for at in 0..self.items.len() {
            if self
                .items
                .get(at + 1)
                .is_none_or(|next| next.depth <= self.items[at].depth)
            {
                self.items[at].of = Connector::All;
            }
        }
        // 符合下列条件之一： over the whole text.
        if let Some((first, rest)) = self.items.split_first()
            && first.of != Connector::All
            && boilerplate(&first.text)
            && rest.iter().all(|clause| clause.depth > first.depth)
        {
            connector = first.of;
            self.items.remove(0);
            self.joints.remove(0);
            for clause in &mut self.items {
                clause.depth -= 1;
            }
        }
        // A heading over the whole text with a list of which all must hold is one more of them.
        while let Some((first, rest)) = self.items.split_first()
            && first.of == Connector::All
            && rest.first().is_some_and(|clause| clause.depth > first.depth)
            && rest.iter().all(|clause| clause.depth > first.depth)
        {
            for clause in &mut self.items[1..] {
                clause.depth -= 1;
            }
        }
        self.join(&mut connector);
        (self.items, connector)
    }

    /// 甲；或者乙: a choice, if every neighbour or only the last is joined by 或, and nothing else is said. 甲；且乙 says what a list says.
    fn join(&mut self, connector: &mut Connector) {
        let flat = self.items.iter().all(|clause| clause.depth == 0);
        let joints = self.joints.get(1..).unwrap_or_default();
        let count = |joint: Joint| joints.iter().filter(|own| own.0 == joint).count();
        let (or, and) = (count(Joint::Or), count(Joint::And));
        let choice = or > 0
            && and == 0
            && flat
            && joints.last().is_some_and(|own| own.0 == Joint::Or)
            && (or == joints.len() || or == 1);
        let strip = match connector {
            Connector::All if choice => {
                *connector = Connector::Any;
                Joint::Or
            }
            Connector::Any if choice => Joint::Or,
            Connector::All if or == 0 => Joint::And,
            _ => return self.keep(),
        };
        for (at, (clause, joint)) in self.items.iter_mut().zip(&self.joints).enumerate() {
            if at > 0 && *joint == (strip, true) {
                let text = enumerate::bare(unjoined(&clause.text));
                if joining(&text).is_none() && lone(&text).is_none() && !self.vocabulary.is_empty_word(&text) {
                    clause.text = canonical(&text, self.vocabulary);
                }
            }
        }
    }

    /// Where the joints say nothing clear, each word that was taken off goes back.
    fn keep(&mut self) {
        for (clause, (joint, stands)) in self.items.iter_mut().zip(&self.joints) {
            match (joint, stands) {
                (Joint::Or, false) => clause.text.insert_str(0, "或者"),
                (Joint::And, false) => clause.text.insert_str(0, "并且"),
                _ => {}
            }
        }
    }
}

/// Words at the end of a clause that join the next one to it.
const ENDINGS: [(&str, Joint); 5] = [
    ("或者", Joint::Or),
    ("，或", Joint::Or),
    ("并且", Joint::And),
    ("，且", Joint::And),
    ("以及", Joint::And),
];
const JOINTS: [&str; 5] = ["或者", "或", "并且", "且", "以及"];

/// How a text that is nothing but such a word joins its neighbours.
fn lone(text: &str) -> Option<Joint> {
    match text {
        "或" | "或者" => Some(Joint::Or),
        "且" | "并且" | "以及" => Some(Joint::And),
        _ => None,
    }
}

fn unjoined(text: &str) -> &str {
    JOINTS.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// Whether a clause begins with a word that joins it to the one before it.
fn joining(text: &str) -> Option<Joint> {
    let begins = |word: &str| text.strip_prefix(word).is_some_and(|rest| !rest.is_empty());
    if begins("或者") || begins("或") && !begins("或有") && !begins("或许") {
        Some(Joint::Or)
    } else if begins("且") || begins("并且") || begins("以及") {
        Some(Joint::And)
    } else {
        None
    }
}

/// Whether a sentence says that a list follows. 60周岁以下 says no such thing: 以下 must stand before what is listed, or before how many
/// are (以下3项, but not 60周岁以下3年以上).
fn below(text: &str) -> bool {
    says(text, &["下列", "如下"])
        || text.match_indices("以下").any(|(at, word)| {
            let rest = &text[at + word.len()..];
            let many = rest.strip_prefix(['一', '两', '二', '三', '2', '3']);
            many.map_or_else(
                || rest.starts_with(|c| "全所条情要规任各之其标资几基中材学人单证行项".contains(c)),
                |counted| counted.starts_with(['项', '个', '种', '类', '条', '点', '款', '方']),
            )
        })
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// A sentence that introduces a list and goes on with its first part: 符合下列条件之一：甲.
fn inline(sentence: &str) -> Option<(&str, &str)> {
    let mut sentence = sentence;
    for _ in 0..8 {
        let mark = ['；', '，', ',', '。', '、', '：', ':', ' '];
        let bare = enumerate::strip(sentence.trim_start_matches(mark));
        if bare.len() == sentence.len() {
            break;
        }
        sentence = bare;
    }
    let (head, rest) = sentence.split_once(['：', ':'])?;
    let opens = head.matches(['（', '(', '《']).count();
    let closed = opens == head.matches(['）', ')', '》']).count();
    let bare = enumerate::bare(head);
    (closed && !rest.trim().is_empty() && (below(head) || boilerplate(&bare))).then_some((head, rest))
}

/// How many of the parts that a sentence introduces must hold.
fn connector(spelt: &str, vocabulary: &Vocabulary) -> Connector {
    if !(below(spelt) || says(spelt, &["其中", "之一"])) {
        return Connector::All;
    }
    if says(
        spelt,
        &[
            "之一",
            "任一",
            "任何一项",
            "任意一项",
            "任意一个",
            "其中一项",
            "一项以上",
            "至少一项",
        ],
    ) {
        return Connector::Any;
    }
    let digits = numerals::fold(spelt, &vocabulary.measures);
    let number = |words: &[&str]| {
        words.iter().find_map(|word| {
            let after = digits.split(word).nth(1)?;
            let end = after.find(|c: char| !c.is_ascii_digit())?;
            let counted = after[end..].starts_with(['项', '个', '种', '条']);
            after[..end].parse::<u8>().ok().filter(|_| counted)
        })
    };
    match number(&[
        "其中的",
        "其中",
        "任意",
        "任",
        "中的",
        "中",
        "至少具备",
        "至少符合",
        "至少满足",
        "至少",
    ]) {
        Some(1) => Connector::Any,
        Some(n) if n > 1 => Connector::AtLeast(n),
        _ => Connector::All,
    }
}

/// Whether, and how surely, the text stops before its end.
fn cut(half: &str, entries: &[enumerate::Entry<'_>]) -> Cut {
    let text = half.trim_end();
    let end = text.chars().next_back();
    let stops = [
        "...",
        "。。。",
        "或者",
        "以及",
        "并且",
        ",或",
        ",且",
        ";或",
        ";且",
        "：\"",
    ];
    if matches!(end, Some('：' | ':' | '，' | ',' | '、' | '（' | '(' | '《' | '…'))
        || stops.iter().any(|stop| text.ends_with(stop))
        || unclosed(half)
    {
        return Cut::Certain;
    }
    match lone_first(entries) {
        // A semicolon after the only entry of a list announces the next one.
        Some(_) if matches!(end, Some('；' | ';')) => Cut::Certain,
        Some(at) if announced(entries, at) => Cut::Suspected,
        _ => Cut::No,
    }
}

/// Whether more than the only entry of a list was announced: by the text before it, by its own words, by a list of its own, which a heading
/// has beside others; or it is numbered as laws number the parts of a list: nobody writes （一） of one thing alone. 1.年满18周岁 is whole.
fn announced(entries: &[enumerate::Entry<'_>], at: usize) -> bool {
    let (before, from) = entries.split_at(at);
    let colon = |entry: &enumerate::Entry<'_>| entry.text.trim_end().ends_with([':', '：']);
    before.iter().any(|entry| colon(entry) || below(entry.text))
        || from.iter().any(|entry| below(entry.text))
        || from.iter().skip(1).any(|entry| entry.style.is_some())
        || from
            .first()
            .is_some_and(|entry| entry.style == Some(Style::ChineseBracket))
}

/// An opening bracket in the last sentence that is never closed.
fn unclosed(text: &str) -> bool {
    let ends = ['。', '；', ';', '\n'];
    let text = text.trim_end_matches(|c: char| ends.contains(&c) || c == ' ');
    let last = text.rsplit(ends).next().unwrap_or(text);
    let count = |set: [char; 2]| last.chars().filter(|c| set.contains(c)).count();
    // An inch is no quotation mark.
    let quotes = last.chars().zip(std::iter::once(' ').chain(last.chars()));
    let quotes = quotes
        .filter(|&(c, before)| c == '"' && !before.is_ascii_digit())
        .count();
    count(['（', '(']) > count(['）', ')']) || count(['《', '《']) > count(['》', '》']) || quotes % 2 == 1
}

/// Where a list has its first entry, if it has the first and no second, as in （一） without （二）, at the outermost numbered level.
fn lone_first(entries: &[enumerate::Entry<'_>]) -> Option<usize> {
    let numbered = |entry: &enumerate::Entry<'_>| entry.style.is_some_and(|style| style != Style::Bullet);
    let at = entries.iter().position(numbered)?;
    let outer = entries.iter().filter(|entry| entry.style == entries[at].style);
    (entries[at].number == 1 && outer.count() == 1).then_some(at)
}

/// Words that introductions consist of. An introduction made of nothing else says only "all of the following", or, with 之一,
/// "one of the following".
const INTRODUCTION: [&str; 57] = [
    "其中的",
    "其中",
    "任意",
    "任何",
    "任一",
    "至少",
    "一项",
    "两项",
    "二项",
    "三项",
    "2项",
    "3项",
    "4项",
    "5项",
    "中的",
    "以上",
    "即可",
    "个",
    "本行政许可",
    "可以提出申请",
    "可提出申请",
    "方可申请",
    "申请人",
    "申请",
    "应当",
    "必须",
    "应该",
    "符合",
    "具备",
    "具有",
    "满足",
    "以下",
    "下列",
    "如下",
    "全部",
    "所有",
    "条件",
    "要求",
    "情形",
    "之一",
    "可以",
    "提出",
    "受理",
    "办理",
    "许可",
    "同时",
    "的",
    "应",
    "须",
    "需",
    "可",
    "，",
    "：",
    "为",
    "者",
    "时",
    "且",
];

fn boilerplate(spelt: &str) -> bool {
    let mut rest = spelt;
    'words: while !rest.is_empty() {
        for word in INTRODUCTION {
            if let Some(after) = rest.strip_prefix(word) {
                rest = after;
                continue 'words;
            }
        }
        return false;
    }
    below(spelt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Clauses {
        match parse(&[text.to_owned()], &Vocabulary::default(), &mut Memo::default()) {
            Value::Clauses(clauses) => clauses,
            other => panic!("{other:?}"),
        }
    }

    fn texts(text: &str) -> Vec<String> {
        read(text).items.into_iter().map(|clause| clause.text).collect()
    }

    #[test]
    fn numbering_does_not_matter() {
        for text in [
            "1.有场所；2.有人员。",
            "（一）有场所；（二）有人员",
            "有场所；有人员。",
            "申请人应当符合下列条件：①有场所；②有人员。",
            "有场所。\n有人员。",
        ] {
            assert_eq!(texts(text), ["有场所", "有人员"], "{text}");
        }
        assert_eq!(
            read("符合下列情形之一的，可以提出申请：1.甲情况；2.乙情况。").connector,
            Connector::Any
        );
    }

    #[test]
    fn cut_off_texts_are_known() {
        for (text, cut) in [
            ("符合以下全部条件的全省性宗教团体可以提出申请：", Cut::Certain),
            (
                "（一）申请律师执业，应当具备下列所有条件：   1、拥护中华人民共和国宪法；   2、取得法律职业资格证书；",
                Cut::Certain,
            ),
            ("第十二条 应当符合下列规定： （一）年龄条件：", Cut::Certain),
            ("1.要符合以下全部条件：（1）有名称；（2）有负责人。", Cut::Suspected),
            ("1.有场所；2.有人员；", Cut::No),
            ("1.年满18周岁", Cut::No),
            ("一、年满18周岁。", Cut::No),
            ("申请条件\n1.年满18周岁", Cut::No),
            ("1.年满18周岁；", Cut::Certain),
            ("1.符合下列条件", Cut::Suspected),
            ("符合以下条件的可以申请：\n1.年满18周岁", Cut::Suspected),
            ("（一）年满18周岁", Cut::Suspected),
            ("有场所（含仓库", Cut::Certain),
            ("符合条件的即可申请", Cut::No),
        ] {
            assert_eq!(read(text).cut, cut, "{text}");
        }
    }
}

//! Canonical notation (规范写法): how a text is written back so that it means what it meant, in the same words. For `tongban fmt`.
//!
//! Must not know files, nor what a column is called. What is not certain stays as it is: a text that says nothing, that could not
//! be read, that is cut off or points elsewhere, a quoted law, an address of the web, markup. Whatever is proposed here is read
//! again, and thrown away unless exactly the same normal form comes out.
//!
//! | kind | safe | with the vocabulary too |
//! |---|---|---|
//! | all | invisible characters, width of letters and digits, compatibility characters, Chinese brackets and punctuation, blanks | |
//! | name | doubled brackets, blanks between characters, end punctuation | |
//! | code | as above | |
//! | choice, choices | as above | aliases of the list (个人 is 自然人), one by one, in their order |
//! | citations | brackets of document numbers | |
//! | clauses | numbers of a list that has one level | |
//! | materials | the same; end punctuation of a single paper | synonyms of papers |
//! | steps | the same | synonyms of steps |
//! | duration | numerals and 个: 二十个工作日, 20(工作日) | 即时办结 is 即办, 天 is 日 |
//! | fees | | words for 不收费 |
//! | outcomes | blanks between characters, end punctuation | |
//! | count, text | | |

use std::ops::Range;

use crate::model::{Cut, Shape, Value, decode_list, decode_table, encode_list, encode_table};

use super::enumerate::Style;
use super::vocabulary::key;
use super::{Kind, Part, Parts, Role, enumerate, fold, normalise, number};

/// How far rewriting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Only characters: width, blanks, brackets, punctuation.
    Characters,
    /// Also numerals, numbering and brackets of document numbers: the words stay.
    Safe,
    /// Also words, where the vocabulary knows that they mean the same.
    Vocabulary,
}

/// Texts of one part that are to be written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// Which of the parts.
    pub part: usize,
    /// The text as it stands, and as it is to stand. Of a list or a table its single texts.
    pub texts: Vec<(String, String)>,
}

/// What of an element is to be written otherwise, at most as far as `reach`.
pub fn rewrite(kind: Kind, parts: &Parts<'_>, reach: Reach) -> Vec<Rewrite> {
    let value = normalise(kind, parts);
    if !certain(&value) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // What was accepted so far, so that all of it together is known to mean the same.
    let mut texts: Vec<String> = parts.parts.iter().map(|part| part.text.to_owned()).collect();
    let reaches = [Reach::Vocabulary, Reach::Safe, Reach::Characters];
    for (at, part) in parts.parts.iter().enumerate() {
        for reach in reaches.into_iter().filter(|own| *own <= reach) {
            let pen = Pen {
                kind,
                value: &value,
                parts,
                reach,
            };
            let (text, changed) = pen.part(part);
            if changed.is_empty() {
                // A shorter reach may still find what a longer one gave up: the bare form of a text that it could not change.
                continue;
            }
            let before = std::mem::replace(&mut texts[at], text);
            if reads(kind, parts, &texts) == value {
                found.push(Rewrite {
                    part: at,
                    texts: changed,
                });
                break;
            }
            texts[at] = before;
        }
    }
    found
}

/// The normal form of the parts with other texts.
fn reads(kind: Kind, parts: &Parts<'_>, texts: &[String]) -> Value {
    let parts_now: Vec<Part<'_>> = parts
        .parts
        .iter()
        .zip(texts)
        .map(|(part, text)| Part { text, ..*part })
        .collect();
    normalise(
        kind,
        &Parts {
            parts: &parts_now,
            ..*parts
        },
    )
}

/// Whether it is certain what a value means, and nothing beside it is law text.
fn certain(value: &Value) -> bool {
    match value {
        Value::Empty | Value::Unknown(..) | Value::Several(_) => false,
        Value::Clauses(clauses) => clauses.cut == Cut::No,
        Value::Choices(choices) => choices.iter().all(|choice| !choice.code.is_empty()),
        Value::Citations(items) => items.iter().all(|item| item.quote.is_none()),
        _ => true,
    }
}

/// In what form a paper is handed in, as it is written behind its name.
const FORMS: [&str; 5] = ["原件及复印件", "原件和复印件", "原件", "复印件", "电子件"];

/// What writes one text.
struct Pen<'a> {
    kind: Kind,
    value: &'a Value,
    parts: &'a Parts<'a>,
    reach: Reach,
}

impl Pen<'_> {
    /// The new text of a part, and which texts of it changed.
    fn part(&self, part: &Part<'_>) -> (String, Vec<(String, String)>) {
        let mut changed: Vec<(String, String)> = Vec::new();
        let mut write = |text: &str| {
            let new = self.text(part.role, part.shape, text);
            if let Some(new) = &new
                && !changed.iter().any(|(old, _)| old == text)
            {
                changed.push((text.to_owned(), new.clone()));
            }
            new.unwrap_or_else(|| text.to_owned())
        };
        let text = match part.shape {
            Shape::Text => write(part.text),
            Shape::List => encode_list(
                &decode_list(part.text)
                    .iter()
                    .map(|text| write(text))
                    .collect::<Vec<_>>(),
            ),
            Shape::Table => encode_table(
                &decode_table(part.text)
                    .into_iter()
                    .map(|record| {
                        let texts = record.into_iter().map(|(name, text)| (name, write(&text)));
                        texts.collect()
                    })
                    .collect::<Vec<Vec<(String, String)>>>(),
            ),
        };
        (text, changed)
    }

    /// The new text of one text; `None` where it stays.
    fn text(&self, role: Role, shape: Shape, text: &str) -> Option<String> {
        if is_foreign(text) {
            return None;
        }
        let new = self.spelt(role, shape, text);
        // What a spreadsheet takes for a formula must not come out of a text that was none.
        let leads = |text: &str| text.starts_with(['=', '+', '-', '@']);
        (new != text && !new.is_empty() && (!leads(&new) || leads(text))).then_some(new)
    }

    fn spelt(&self, role: Role, shape: Shape, text: &str) -> String {
        let one = matches!(
            self.kind,
            Kind::Name | Kind::Code | Kind::Choice | Kind::Choices | Kind::Duration | Kind::Outcomes | Kind::Count
        );
        // 自然人,企业法人: other systems read such lists too, by the very comma.
        let coded = matches!(self.kind, Kind::Choice | Kind::Choices);
        let mut new = characters(text, Spelling { one, coded });
        if one || (self.kind == Kind::Materials && self.is_single(shape)) {
            new = without_end(new);
        }
        if self.reach == Reach::Characters {
            return new;
        }
        let words = self.reach == Reach::Vocabulary;
        let vocabulary = self.parts.vocabulary;
        match self.kind {
            Kind::Name => fold::single_brackets(new),
            Kind::Duration if role == Role::Value && shape == Shape::Text => {
                let canonical = self.value.canonical();
                // 3月 may be March.
                let month = canonical.contains("个月") && !new.contains('个');
                let same = |fold: fn(&str) -> String| !month && fold(&new) == fold(&canonical);
                let immediate = || {
                    let immediate = matches!(self.value, Value::Duration(limit) if limit.immediate());
                    immediate && vocabulary.time.is_spot(&new)
                };
                if same(numerals) || (words && (same(numerals_and_days) || immediate())) {
                    canonical
                } else {
                    new
                }
            }
            Kind::Citations => document_numbers(&new),
            Kind::Clauses | Kind::Materials | Kind::Steps if shape == Shape::Text => {
                new = numbering(&new).unwrap_or(new);
                if words { self.words(&new) } else { new }
            }
            Kind::Materials | Kind::Steps | Kind::Choice | Kind::Choices if words => self.words(&new),
            // 否, N and 0 are answers of a column of yes and no: they stay beside its 是.
            Kind::Fees if words && new.contains(['费', '收', '征']) && vocabulary.no_fee.contains(&key(&new)) => {
                "不收费".to_owned()
            }
            _ => new,
        }
    }

    /// Whether the value is a single paper, written as one.
    fn is_single(&self, shape: Shape) -> bool {
        shape != Shape::Text || matches!(self.value, Value::Materials(items) if items.len() == 1)
    }

    /// Words of the vocabulary, one by one.
    fn words(&self, text: &str) -> String {
        let vocabulary = self.parts.vocabulary;
        // A code of a list is no word: what it stands for is for its own system to say.
        let is_code = |word: &str| word.is_ascii();
        match self.kind {
            Kind::Materials => pieces(text, &['\n', '\r', '；', ';'], |word| {
                // What is handed in of the paper is no part of its name.
                let (name, form) = FORMS
                    .iter()
                    .find_map(|form| Some((word.strip_suffix(form)?, *form)))
                    .unwrap_or((word, ""));
                Some(format!("{}{form}", vocabulary.materials.get(&key(name))?))
            }),
            Kind::Steps => pieces(
                text,
                &[
                    '\n', '\r', '；', ';', '、', '，', '。', '→', '➔', '➜', '⇒', '⟶', '➡', '↓', '-', '>', '=', '—', '–',
                ],
                |word| match vocabulary.steps.get(&key(word)).map(Vec::as_slice) {
                    Some([one]) => Some(one.clone()),
                    _ => None,
                },
            ),
            Kind::Choice | Kind::Choices => {
                let Some(list) = self.parts.list else {
                    return text.to_owned();
                };
                let named = |word: &str| {
                    let at = list.find(word, self.parts.dialect).filter(|_| !is_code(word))?;
                    Some(list.values[at].1.clone())
                };
                let separators: &[char] = if self.kind == Kind::Choices {
                    &super::choices::SEPARATORS
                } else {
                    &[]
                };
                named(text).unwrap_or_else(|| pieces(text, separators, named))
            }
            _ => text.to_owned(),
        }
    }
}

/// Whether a text holds an address or markup: in these a character is not only its meaning.
fn is_foreign(text: &str) -> bool {
    let entity = |text: &str| {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('&') {
            let name = after
                .bytes()
                .take(10)
                .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
                .count();
            if name > 0 && after.as_bytes().get(name) == Some(&b';') {
                return true;
            }
            rest = after;
        }
        false
    };
    text.contains(['<', '{', '\\', '@'])
        || ["://", "www.", "WWW.", "；//", "：//"]
            .iter()
            .any(|word| text.contains(word))
        || entity(text)
}

/// What characters mean beyond themselves.
#[derive(Clone, Copy)]
struct Spelling {
    /// The text is one word: blanks between its characters part nothing.
    one: bool,
    /// The text is a list of words that programs read: what parts them stays.
    coded: bool,
}

/// Line ends of all kinds; each stays as it is.
fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The characters of a text: no invisible ones, letters and digits half-width, brackets and punctuation of Chinese lines
/// full-width, blanks only where they part something. Line ends stay.
fn characters(text: &str, spelling: Spelling) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let end = rest.find(is_line_end).unwrap_or(rest.len());
        line(&rest[..end], spelling, &mut out);
        let Some(c) = rest[end..].chars().next() else { break };
        out.push(c);
        rest = &rest[end + c.len_utf8()..];
    }
    let end = out.trim_end().len();
    out.truncate(end);
    let start = out.len() - out.trim_start().len();
    out.drain(..start);
    out
}

fn line(text: &str, spelling: Spelling, out: &mut String) {
    let chars: Vec<char> = text.chars().filter(|&c| !fold::is_invisible(c)).map(plain).collect();
    let chinese = chars.iter().any(|&c| fold::is_han(c));
    let start = out.len();
    let mut blank = false;
    let mut before: Option<char> = None;
    // The next character that is no blank, for each; from the end, so that a megabyte of blanks is looked at once.
    let mut next: Vec<Option<char>> = vec![None; chars.len()];
    for at in (1..chars.len()).rev() {
        next[at - 1] = if chars[at] == ' ' { next[at] } else { Some(chars[at]) };
    }
    for (at, &c) in chars.iter().enumerate() {
        if c == ' ' {
            blank = true;
            continue;
        }
        let marks = chinese && !(spelling.coded && matches!(c, ',' | ';' | ':'));
        let c = if marks { chinese_mark(c, before, next[at]) } else { c };
        if std::mem::take(&mut blank)
            && let Some(before) = before
            && (!chinese || parts(before, c, spelling.one))
        {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    // A tab may part columns; at the end of a line it parts nothing.
    let end = start + out[start..].trim_end().len();
    out.truncate(end);
}

/// Whether a blank between two characters parts them.
fn parts(before: char, after: char, one: bool) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric();
    let chinese = |c: char| c.is_alphanumeric() && !c.is_ascii();
    (word(before) && word(after)) || (!one && chinese(before) && chinese(after))
}

/// The half-width or plain form of a letter, a digit or a blank, and of no other character.
fn plain(c: char) -> char {
    match c {
        '\u{FF10}'..='\u{FF19}'
        | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}'
        | '％'
        | '＋'
        | '－'
        | '．'
        | '／' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        '﹙' => '（',
        '﹚' => '）',
        '｡' => '。',
        '﹔' => '；',
        '﹕' => '：',
        '﹐' => '，',
        _ => fold::compat(c).unwrap_or(c),
    }
}

/// Brackets and punctuation as a Chinese line has them; those inside numbers and times stay.
fn chinese_mark(c: char, before: Option<char>, next: Option<char>) -> char {
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let between = number(before) && number(next);
    match c {
        '(' => '（',
        ')' => '）',
        ',' if !between => '，',
        ';' => '；',
        ':' if !between && next != Some('/') => '：',
        _ => c,
    }
}

/// Without the punctuation that ends an entry and means nothing there.
fn without_end(text: String) -> String {
    let bare = text.trim_end_matches(['；', '，', '。', '、', ' ', '\t']);
    if bare.contains(is_line_end) {
        return text;
    }
    bare.to_owned()
}

/// Numerals as digits, without 个, blanks and brackets: what is left of a time limit are its words.
fn numerals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let settle = |run: &mut String, out: &mut String| {
        match number::chinese(run) {
            Some(n) => out.push_str(&n.to_string()),
            None => out.push_str(run),
        }
        run.clear();
    };
    for c in text.chars() {
        if number::is_chinese_digit(c) {
            run.push(c);
            continue;
        }
        settle(&mut run, &mut out);
        if !matches!(c, '个' | ' ' | '（' | '）' | '(' | ')') {
            out.push(c);
        }
    }
    settle(&mut run, &mut out);
    out
}

/// The same, with 天 for 日, which say the same where no other word stands before them.
fn numerals_and_days(text: &str) -> String {
    numerals(text).replace('天', "日")
}

/// Document numbers in their own brackets: 国发[2018]11号 is 国发〔2018〕11号.
fn document_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(['[', '［', '【', '（', '〔', '(']) {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        match document_number(from).filter(|_| before.ends_with(fold::is_han)) {
            Some(year) => {
                let open = from.chars().next().map_or(0, char::len_utf8);
                let close = from[open + year.len()..].chars().next().map_or(0, char::len_utf8);
                out.push('〔');
                out.push_str(year);
                out.push('〕');
                rest = &from[open + year.len() + close..];
            }
            None => {
                let open = from.chars().next().map_or(0, char::len_utf8);
                out.push_str(&from[..open]);
                rest = &from[open..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The year of the document number that begins with this bracket.
fn document_number(text: &str) -> Option<&str> {
    let inside = &text[text.chars().next()?.len_utf8()..];
    let year = inside.get(..4)?;
    let digits = year.bytes().all(|b| b.is_ascii_digit());
    let after = inside[4..].strip_prefix([']', '］', '】', '）', '〕', ')'])?;
    let number = after.strip_prefix('第').unwrap_or(after);
    let count = number.bytes().take(6).take_while(u8::is_ascii_digit).count();
    let fits = digits && ["19", "20"].iter().any(|century| year.starts_with(century)) && (1..=5).contains(&count);
    (fits && number[count..].starts_with('号')).then_some(year)
}

/// A list of one level, one entry a line, numbered 1. 2. 3.; `None` for anything else, and where a text refers to an entry by its
/// number.
fn numbering(text: &str) -> Option<String> {
    let mut found: Vec<(Range<usize>, u32)> = Vec::new();
    let mut style: Option<Style> = None;
    let mut at = 0;
    for line in text.split_inclusive(is_line_end) {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + line.len() - line.trim_start().len();
            let (own, number, len) = enumerate::leading(body)?;
            let expected = u32::try_from(found.len() + 1).ok()?;
            if *style.get_or_insert(own) != own || number != expected {
                return None;
            }
            // 1、5层以上: no point can stand before a digit. A second number behind the first is a level of its own.
            let entry = &body[len..];
            let next = entry.trim_start();
            if next.is_empty() || next.starts_with(|c: char| c.is_ascii_digit()) || enumerate::leading(next).is_some() {
                return None;
            }
            // （一）不具备的除外: a number inside of an entry may point to one.
            let points = |at: usize| {
                let (inner, number, _) = enumerate::leading(&next[at..])?;
                (number > 0 && (inner == own || inner == Style::ChineseBracket || inner == Style::ArabicBracket))
                    .then_some(())
            };
            let marks = ['(', '（', '㈠', '⑴'];
            if next.match_indices(marks).any(|(at, _)| points(at).is_some()) {
                return None;
            }
            found.push((start..start + body.len() - next.len(), number));
        }
        at += line.len();
    }
    let plain = matches!(
        style?,
        Style::Chinese | Style::ChineseBracket | Style::Arabic | Style::ArabicBracket | Style::Circled
    );
    if !plain || found.len() < 2 || refers(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (range, number) in found {
        out.push_str(&text[end..range.start]);
        out.push_str(&format!("{number}."));
        end = range.end;
    }
    out.push_str(&text[end..]);
    Some(out)
}

/// Whether a text refers to an entry by its number: 符合第（二）项, 第3点, 上述①.
fn refers(text: &str) -> bool {
    let numbered = |rest: &str| {
        let rest = rest.trim_start_matches(['（', '(', ' ']);
        let digits = rest.find(|c: char| !c.is_ascii_digit() && !number::is_chinese_digit(c));
        digits.is_some_and(|at| {
            at > 0
                && rest[at..]
                    .trim_start_matches(['）', ')', ' ', '、', '至'])
                    .starts_with(['项', '点', '款', '目', '种', '类', '（', '('])
        })
    };
    let circled = |c: char| matches!(c, '①'..='⑳');
    text.match_indices('第')
        .any(|(at, word)| numbered(&text[at + word.len()..]))
        || text
            .split(is_line_end)
            .any(|line| line.trim_start().chars().skip(1).any(circled))
        || ["上述", "前述", "以上第", "本项"]
            .iter()
            .any(|word| text.contains(word))
}

/// Writes words otherwise, one by one: what stands between separators, after its number and before its first bracket or colon.
fn pieces(text: &str, separators: &[char], known: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    for piece in fold::split_outside(text, separators) {
        let start = enumerate::leading(piece.trim_start()).map_or(0, |(_, _, len)| len) + piece.len()
            - piece.trim_start().len();
        let start = piece.len() - piece[start..].trim_start().len();
        let head = &piece[start..];
        let end = head.find(['（', '(', '：', ':', '。']).unwrap_or(head.len());
        let word = head[..end].trim_end();
        match known(word).filter(|_| !word.is_empty()) {
            Some(new) => {
                out.push_str(&piece[..start]);
                out.push_str(&new);
                out.push_str(&head[word.len()..]);
            }
            None => out.push_str(piece),
        }
        rest = &rest[piece.len()..];
        if let Some(separator) = rest.chars().next() {
            out.push(separator);
            rest = &rest[separator.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::*;

    /// The text of the value of a kind, written as far as `reach`; `None` where it stays. Without any vocabulary.
    fn written(kind: Kind, text: &str) -> Option<String> {
        let vocabulary = Vocabulary::default();
        let part = Part {
            role: Role::Value,
            shape: Shape::Text,
            text,
        };
        let parts = Parts {
            parts: &[part],
            vocabulary: &vocabulary,
            list: None,
            dialect: None,
        };
        let found = rewrite(kind, &parts, Reach::Safe);
        found.first().map(|one| one.texts[0].1.clone())
    }

    #[test]
    fn characters_are_folded_and_words_stay() {
        for (text, new) in [
            ("许可(（变更）)", Some("许可（变更）")),
            ("取 水　许可。", Some("取水许可")),
            ("ＧＢ１２许可", Some("GB12许可")),
            ("⽉度许可\u{200B}", Some("月度许可")),
            ("Grade A licence", None),
            ("许可 http://a.cn/b;c", None),
            ("许可&nbsp;(甲)", None),
            ("许可<br/>(甲)", None),
            ("＝许可", None),
            ("“甲”与\"乙\"", None),
        ] {
            assert_eq!(written(Kind::Name, text).as_deref(), new, "{text}");
        }
    }

    #[test]
    fn time_limits_keep_their_words() {
        for (text, number) in [("二十个工作日", "20"), ("20 (工作日)", "20"), ("两个月", "2")] {
            let new = written(Kind::Duration, text);
            assert!(
                new.as_ref().is_some_and(|new| new.starts_with(number)),
                "{text} {new:?}"
            );
        }
        // A month of the year, other words, a start, what is not counted: nothing of it is lost.
        for text in [
            "3月",
            "20天",
            "20工作日内",
            "自公示之日起20个工作日",
            "20个工作日（不含公示）",
        ] {
            let new = written(Kind::Duration, text);
            assert!(
                new.as_ref().is_none_or(|new| numerals(new).contains(&numerals(text))),
                "{text} {new:?}"
            );
        }
    }

    #[test]
    fn lists_of_one_level_are_numbered_alike() {
        for (text, new) in [
            ("①甲；\n②乙。", Some("1.甲；\n2.乙。")),
            ("（一）甲\r\n（二）乙", Some("1.甲\r\n2.乙")),
            ("1、甲\n\n 2、乙", Some("1.甲\n\n2.乙")),
            // A second level, a gap, a digit behind the number, a reference, one line.
            ("1、甲\n（1）乙\n2、丙", None),
            ("1、甲\n3、乙", None),
            ("1、5层以上\n2、乙", None),
            ("1、甲\n2、符合第1项", None),
            ("1、甲\n2、符合第（一）（二）项", None),
            ("1、甲\n2、上述材料", None),
            ("1、甲。2、乙", None),
            ("甲\n乙", None),
        ] {
            let new_text = numbering(&characters(
                text,
                Spelling {
                    one: false,
                    coded: false,
                },
            ));
            assert_eq!(new_text.as_deref(), new, "{text}");
        }
    }

    #[test]
    fn document_numbers_have_their_own_brackets() {
        for (text, new) in [
            ("国发[2018]11号", "国发〔2018〕11号"),
            (
                "国发（2018）第11号和粤府【2020】3号",
                "国发〔2018〕第11号和粤府〔2020〕3号",
            ),
            ("《办法》（2018年11号）", "《办法》（2018年11号）"),
            ("甲[1818]11号", "甲[1818]11号"),
            ("（2018）11号", "（2018）11号"),
            ("甲（2018）", "甲（2018）"),
            ("甲（２０１", "甲（２０１"),
        ] {
            assert_eq!(document_numbers(text), new);
        }
    }

    #[test]
    fn words_are_written_one_by_one() {
        let known = |word: &str| (word == "甲").then(|| "甲甲".to_owned());
        for (text, new) in [
            ("1.甲；2. 甲（原件）\n甲乙", "1.甲甲；2. 甲甲（原件）\n甲乙"),
            ("（甲；乙）；甲", "（甲；乙）；甲甲"),
            ("", ""),
        ] {
            assert_eq!(pieces(text, &['；', '\n'], known), new);
        }
    }
}

//! Steps: the procedure as an ordered list of canonical step names with their days (办理流程, 办理环节), and beside it, without a
//! place in the order, the special procedures that a column of their own names (特别程序).
//!
//! Must not know which steps a procedure ought to have. Who takes a step is no part of it: offices are named otherwise everywhere. A
//! description in whole sentences is never cut into steps, unless it is numbered and every entry begins with its step.

use crate::model::{Duration, Shape, Step, UnknownWhy, Value, decode_table};

use super::names::last_bracket;
use super::scan::{Words, words};
use super::vocabulary::{Vocabulary, key};
use super::{Parts, Role, duration, enumerate, fold, number};

/// The words that stand beside the names of steps (`catalogs/vocabulary/steps.toml`).
#[derive(Clone, Debug, Default)]
pub struct StepWords {
    /// Who takes a step, the longest first: 综合窗口, 申请人 ….
    pub actors: Vec<String>,
    /// What a step is called in general: 环节, 阶段 ….
    pub endings: Vec<String>,
    /// What opens a list of special procedures: 特别程序 ….
    pub apart: Vec<String>,
    /// Texts and ends of texts that name a picture: 流程图, .jpg ….
    pub pictures: Vec<String>,
    /// The special procedures that 行政许可法 art. 45 names.
    pub uncounted_by_law: Vec<String>,
    /// Steps for which somebody goes out and looks: 现场踏勘.
    pub on_site: Vec<String>,
    /// What a procedure needs.
    pub stages: Vec<Stage>,
}

/// A part of the way from the application to the result (行政许可法 chapter 4).
#[derive(Clone, Debug)]
pub struct Stage {
    /// What it is called.
    pub name: String,
    /// Pieces of the names of its steps.
    pub words: Vec<String>,
    /// What is decided on the spot does without.
    pub spared: bool,
}

/// One character of an arrow.
const ARROWS: [char; 24] = [
    '→', '➔', '➙', '➜', '➝', '➞', '➡', '➤', '⇒', '⇨', '⟶', '⟹', '►', '▶', '▷', '▸', '▹', '»', '↓', '⇓', '⇩', '▼', '▽',
    '⬇',
];
/// Longer names stand only in a list.
const SHORT: usize = 12;
/// What a name of a step does not hold and a sentence does.
static PROSE: Words = words!("， 。 ； ： 应当 可以 符合 不予 进行 之日 的 后 并 凭");
/// Marks that stand between steps and are left over at the ends of a piece.
const MARKS: [char; 13] = ['：', ':', '-', '=', '~', '/', '+', '>', '〉', '、', ',', '，', ' '];
/// Longer descriptions of a step may speak of other limits than its own.
const BRIEF: usize = 16;

/// Reads the columns of one row.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let vocabulary = parts.vocabulary;
    let table = |role: Role| {
        let part = parts.parts.iter().find(|part| part.role == role);
        let table = part.filter(|part| part.shape == Shape::Table)?;
        Some(from_records(
            &decode_table(table.text),
            role == Role::Special,
            vocabulary,
        ))
    };
    let mut steps = match table(Role::Value).or_else(|| table(Role::Table)) {
        Some(steps) => steps,
        None => {
            let texts = parts.entries(Role::Value);
            let unknown = |why| Value::Unknown(why, fold::spelling(&texts.join("；")));
            if let [only] = texts.as_slice()
                && vocabulary.only_refers(only)
            {
                return unknown(UnknownWhy::Refers);
            }
            match flow(&texts, vocabulary) {
                Ok(steps) => steps,
                Err(why) => return unknown(why),
            }
        }
    };
    steps.extend(table(Role::Special).unwrap_or_else(|| {
        let texts = parts.entries(Role::Special);
        texts.iter().flat_map(|text| apart(text, vocabulary)).collect()
    }));
    if steps.is_empty() {
        return Value::Empty;
    }
    let (mut flow, mut aside): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(|step| !step.apart);
    aside.sort();
    aside.dedup();
    flow.extend(aside);
    Value::Steps(flow)
}

/// Whether a text only names a picture of the procedure.
fn picture(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = bare(text).to_ascii_lowercase();
    let named = |word: &String| text == *word || (word.starts_with('.') && text.ends_with(word.as_str()));
    vocabulary.step_words.pictures.iter().any(named)
}

/// Reads records of the fields name, days, unit, special; of special procedures all are special.
fn from_records(records: &[Vec<(String, String)>], apart: bool, vocabulary: &Vocabulary) -> Vec<Step> {
    let mut steps = Vec::new();
    for record in records {
        let field = |name: &str| {
            let text = record
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, text)| text.as_str());
            text.filter(|text| !vocabulary.is_empty_word(text))
        };
        let days = field("days").and_then(|days| duration::parse(days, field("unit"), &vocabulary.time));
        for step in field("name").map_or_else(Vec::new, |name| named(name, days, vocabulary)) {
            steps.push(Step {
                special: step.special || apart,
                apart,
                ..step
            });
        }
    }
    steps
}

/// The special procedures of a text of their own.
fn apart(text: &str, vocabulary: &Vocabulary) -> Vec<Step> {
    let lines = with_breaks(text);
    let pieces = enumerate::entries(&lines)
        .into_iter()
        .flat_map(|entry| fold::split_outside(entry.text, &['；', ';', '。', '、', '，', ',']));
    let steps = pieces.flat_map(|piece| named(piece, None, vocabulary));
    steps
        .map(|step| Step {
            special: true,
            apart: true,
            ..step
        })
        .collect()
}

/// The steps of one text or of several entries; why there are none where it is a description in sentences or a picture.
fn flow(texts: &[String], vocabulary: &Vocabulary) -> Result<Vec<Step>, UnknownWhy> {
    let lines: Vec<String> = texts.iter().map(|text| with_breaks(text)).collect();
    let (mut pieces, mut aside): (Vec<&str>, Vec<Step>) = (Vec::new(), Vec::new());
    // Arrows, numbers and entries of a list say that these are steps; line breaks and full stops do not.
    let mut listed = texts.len() > 1;
    for (text, lines) in texts.iter().zip(&lines) {
        listed |= fold::half(text).lines().count() < lines.lines().count();
        let entries = enumerate::entries(lines);
        let numbered = entries.iter().filter(|entry| entry.style.is_some()).count() > 1;
        listed |= numbered;
        for entry in entries {
            if let (true, Some(head)) = (numbered, head(entry.text, vocabulary)) {
                pieces.push(head);
                continue;
            }
            for piece in fold::split_outside(entry.text, &['；', ';', '。']) {
                let piece = trimmed(piece);
                match after_apart(piece, vocabulary) {
                    Some(list) => aside.extend(apart(list, vocabulary)),
                    None => pieces.push(piece),
                }
            }
        }
    }
    pieces.retain(|piece| {
        let bare = bare(piece);
        !bare.is_empty() && !vocabulary.is_empty_word(&bare)
    });
    if let [only] = pieces.as_slice() {
        listed = false;
        let weak = |marks: &[char]| {
            let pieces = fold::split_outside(only, marks);
            let some = pieces.len() > 1 && pieces.iter().any(|piece| is_known(piece, vocabulary));
            (some && pieces.iter().all(|piece| plausible(piece, vocabulary))).then_some(pieces)
        };
        // 受理 审查 决定: blanks divide known steps only, for they also stand inside words.
        let blanks = || {
            let pieces: Vec<&str> = only.split(' ').collect();
            (pieces.len() > 1 && pieces.iter().all(|piece| is_known(piece, vocabulary))).then_some(pieces)
        };
        if let Some(found) = blanks().or_else(|| weak(&['、', '，', ',', '/', '-', '～', '~', '+'])) {
            pieces = found;
        }
    }
    if !listed && !pieces.iter().all(|piece| plausible(piece, vocabulary)) {
        return Err(UnknownWhy::Unreadable);
    }
    let mut steps: Vec<Step> = Vec::new();
    let mut several = false;
    for piece in &pieces {
        let found = named(piece, None, vocabulary);
        // 申请与受理→受理 names 受理 once; 审核→审核 is two steps.
        let compound = found.len() > 1;
        let again = (several || compound) && found.first().is_some_and(|step| steps.last() == Some(step));
        several = compound;
        steps.extend(found.into_iter().skip(usize::from(again)));
    }
    // Where of several pieces one step is left, it is read as it would be alone: 受理/审查 may be two.
    if steps.len() == 1 && pieces.len() > 1 {
        let left = Value::Steps(steps.clone()).spelling();
        if left.len() < texts.iter().map(String::len).sum::<usize>() {
            let mut alone = flow(&[left], vocabulary)?;
            alone.extend(aside);
            return Ok(alone);
        }
    }
    if let [only] = steps.as_slice() {
        if picture(&only.name, vocabulary) {
            return Err(UnknownWhy::Refers);
        }
        if !plausible(&only.name, vocabulary) {
            return Err(UnknownWhy::Unreadable);
        }
    }
    steps.extend(aside);
    Ok(steps)
}

/// The text folded to half width with a line break for every arrow and before 第一步, 步骤二.
fn with_breaks(text: &str) -> String {
    let half = fold::half(text);
    let titles = half.contains('《');
    let mut out = String::with_capacity(half.len());
    let mut rest = half.as_str();
    while let Some(c) = rest.chars().next() {
        // Blanks within an arrow say nothing: - > is ->.
        let blanks = |text: &str| text.len() - text.trim_start_matches(' ').len();
        let (mut shaft, mut marks) = (0, 0);
        while rest[shaft..].starts_with(['-', '=', '~']) {
            marks += 1;
            shaft += 1;
            let next = shaft + blanks(&rest[shaft..]);
            if rest[next..].starts_with(['-', '=', '~', '>']) {
                shaft = next;
            }
        }
        let after = &rest[shaft..];
        let beyond = after.trim_start_matches('>');
        let heads = after.len() - beyond.len();
        // 面积>100平方米 is no arrow.
        let points = heads > 0
            && (shaft > 0
                || !beyond
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit() || c == '='));
        let len = if points {
            shaft + heads
        } else if marks > 1 && !rest.starts_with('~') {
            shaft
        } else if ARROWS.contains(&c) || (c == '》' && !titles) {
            c.len_utf8()
        } else {
            0
        };
        if len > 0 {
            out.push('\n');
            rest = rest[len..].trim_start_matches('\u{FE0F}');
            continue;
        }
        if matches!(c, '第' | '步' | '环' | '阶') && ordinal(rest).is_some() && !out.is_empty() {
            out.push('\n');
        }
        let run = if shaft > 0 { shaft } else { c.len_utf8() };
        out.push_str(&rest[..run]);
        rest = &rest[run..];
    }
    out
}

/// Without its number, without 第一步 and marks at its ends.
fn trimmed(mut text: &str) -> &str {
    loop {
        let inner = enumerate::strip(text.trim_matches(MARKS));
        let inner = ordinal(inner).unwrap_or(inner);
        if inner.len() == text.len() {
            return text;
        }
        text = inner;
    }
}

/// The canonical spelling of a piece; empty where no word is in it.
fn bare(text: &str) -> String {
    let text = fold::spelling(trimmed(&enumerate::bare(text)));
    if text.contains(char::is_alphabetic) {
        text
    } else {
        String::new()
    }
}

/// What stands behind 第一步, 第二环节, 步骤三 at the start of a text.
fn ordinal(text: &str) -> Option<&str> {
    const NOUNS: [&str; 3] = ["步骤", "环节", "阶段"];
    let numeral = |text: &str| {
        let digit = |c: char| c.is_ascii_digit() || number::is_chinese_digit(c);
        let len: usize = text.chars().take(3).take_while(|&c| digit(c)).map(char::len_utf8).sum();
        len
    };
    let noun = |text: &str| {
        NOUNS
            .iter()
            .find(|noun| text.starts_with(**noun))
            .map(|noun| noun.len())
    };
    // Blanks within it say nothing.
    let blanks = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let rest = if let Some(rest) = text.strip_prefix('第') {
        let rest = &rest[blanks(rest)..];
        let len = numeral(rest);
        let after = &rest[len..];
        let after = &after[blanks(after)..];
        let noun = noun(after).or_else(|| after.starts_with('步').then_some('步'.len_utf8()))?;
        (len > 0).then(|| &after[noun..])?
    } else {
        let after = &text[noun(text)?..];
        let after = &after[blanks(after)..];
        let len = numeral(after);
        let after = &after[len..];
        let stops = after.starts_with([':', '：', '、', '.', ',', '，', ' ', '(', '（'])
            || after.trim_start_matches(MARKS).starts_with(['(', '（']);
        (len > 0 && stops).then_some(after)?
    };
    Some(rest.trim_start_matches([':', '：', '、', '.', ',', '，', ' ']))
}

/// The list behind 特别程序：.
fn after_apart<'a>(piece: &'a str, vocabulary: &Vocabulary) -> Option<&'a str> {
    let piece = piece.trim();
    let mut words = vocabulary.step_words.apart.iter();
    words.find_map(|word| piece.strip_prefix(word.as_str())?.strip_prefix([':', '：']))
}

/// The step that a numbered entry begins with: 受理：窗口收到材料后……, 受理。…….
fn head<'a>(entry: &'a str, vocabulary: &Vocabulary) -> Option<&'a str> {
    let at = entry.find([':', '：', '。', '，', ','])?;
    let rest = entry[at..].trim_start_matches([':', '：', '。', '，', ',', ' ']);
    let known = is_known(&entry[..at], vocabulary);
    // 受理：1个工作日
    let limit = rest.chars().nth(BRIEF).is_none() && duration::parse(rest, None, &vocabulary.time).is_some();
    known.then_some(if limit { entry } else { &entry[..at] })
}

fn is_known(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = bare(text);
    let (name, _) = without_days(&text, vocabulary);
    known(name, vocabulary).is_some()
}

/// Whether a text may be the name of a step where nothing else says that it is one.
fn plausible(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = bare(text);
    let (name, _) = without_days(&text, vocabulary);
    let name = bare(name);
    (name.chars().nth(SHORT).is_none() && !PROSE.within(&name)) || known(&name, vocabulary).is_some()
}

/// `受理（1个工作日）`, `受理（窗口，1个工作日）`, `受理：1个工作日`, `受理1个工作日`: what stands before the limit, and the limit.
fn without_days<'a>(text: &'a str, vocabulary: &Vocabulary) -> (&'a str, Option<Duration>) {
    let limit = |text: &str| duration::parse(text, None, &vocabulary.time);
    if let Some((before, bracket)) = last_bracket(text) {
        let inner = fold::unwrap_brackets(bracket);
        let one = || {
            fold::split_outside(inner, &['，', '；', '、', '：'])
                .into_iter()
                .find_map(limit)
        };
        return match limit(inner).or_else(one) {
            Some(found) => (before, Some(found)),
            None => (text, None),
        };
    }
    if let Some((before, after)) = text.split_once('：')
        && after.chars().nth(BRIEF).is_none()
        && let Some(found) = limit(after)
    {
        return (before, Some(found));
    }
    let numeral = |c: char| c.is_ascii_digit() || c == '半' || number::is_chinese_digit(c);
    if let Some(at) = text.find(numeral).filter(|&at| at > 0)
        && text[at..].chars().nth(BRIEF).is_none()
        && ends_in_unit(text)
        && let Some(found) = limit(&text[at..])
    {
        return (text[..at].trim_end_matches(['，', '（', '：', ' ']), Some(found));
    }
    (text, None)
}

fn ends_in_unit(text: &str) -> bool {
    static UNITS: Words = words!("工作日 自然日 日 天 月 小时 分钟 内");
    UNITS.ends(text)
}

/// The canonical names of a step, without who takes it and without 环节.
fn known<'v>(name: &str, vocabulary: &'v Vocabulary) -> Option<&'v Vec<String>> {
    let key = key(name);
    // No known name is longer.
    if key.len() > 120 {
        return None;
    }
    let look = |name: &str| vocabulary.steps.get(name);
    let actors = &vocabulary.step_words.actors;
    let ended = without_ending(&key, vocabulary);
    let acted = |name: &str| {
        let mut rests = actors.iter().filter_map(|actor| name.strip_prefix(actor.as_str()));
        rests.find_map(|rest| look(rest.trim_start_matches(['：', '，'])))
    };
    // 受理（综合窗口）
    let by = || {
        let (name, bracket) = last_bracket(&key)?;
        let who = fold::unwrap_brackets(bracket);
        actors
            .iter()
            .any(|actor| actor == who)
            .then(|| look(name).or_else(|| look(without_ending(name, vocabulary))))?
    };
    look(&key)
        .or_else(|| look(ended))
        .or_else(|| acted(&key))
        .or_else(|| acted(ended))
        .or_else(by)
}

fn without_ending<'a>(name: &'a str, vocabulary: &Vocabulary) -> &'a str {
    let endings = &mut vocabulary.step_words.endings.iter();
    let found = endings.find_map(|ending| name.strip_suffix(ending.as_str()));
    found.filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(name)
}

/// The steps that a piece names, with its days.
fn named(text: &str, days: Option<Duration>, vocabulary: &Vocabulary) -> Vec<Step> {
    let text = bare(text);
    if text.is_empty() || vocabulary.is_empty_word(&text) {
        return Vec::new();
    }
    let (name, found) = match days {
        Some(_) => (text.as_str(), None),
        None => without_days(&text, vocabulary),
    };
    let days = days.or(found);
    let name = bare(name);
    if name.is_empty() {
        return Vec::new();
    }
    let parts = known(&name, vocabulary).cloned().unwrap_or_else(|| vec![name]);
    let last = parts.len() - 1;
    parts
        .into_iter()
        .enumerate()
        .map(|(at, name)| Step {
            special: vocabulary.special_steps.contains(&name),
            apart: false,
            name,
            // The time of several steps in one word is that until the last of them.
            days: days.clone().filter(|_| at == last),
        })
        .collect()
}

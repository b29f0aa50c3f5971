//! Numbering: finds and takes off 1. 2、 （一） ① 一、 and bullets, and splits a text into its numbered entries.
//!
//! Must not know what the entries are. Works in one pass, so a megabyte of brackets costs a megabyte of work.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{fold, number};

/// The way an entry is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// 一、
    Chinese,
    /// （一）
    ChineseBracket,
    /// 1. or 1、
    Arabic,
    /// （1） or 1）
    ArabicBracket,
    /// ①
    Circled,
    /// A. or a)
    Letter,
    /// - • ● ■ …
    Bullet,
}

/// One entry of a numbered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// How it is numbered; `None` for text before the first number or without numbering.
    pub style: Option<Style>,
    /// Its number, from 1; 0 for bullets and unnumbered text.
    pub number: u32,
    /// How deep, by the order in which the styles appear.
    pub depth: u8,
    /// The text without the number.
    pub text: &'a str,
}

/// Whether no number begins with this character: most ideographs are no digits.
fn is_word(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '，' | '、' | '。' | '；' | '《' | '》') && !number::is_chinese_digit(c)
}

/// The number at the start of a text: style, number, length in bytes.
pub fn leading(text: &str) -> Option<(Style, u32, usize)> {
    let first = text.chars().next().filter(|&c| !is_word(c))?;
    let len = first.len_utf8();
    let circled = match first {
        '①'..='⑳' => Some(first as u32 - '①' as u32 + 1),
        '❶'..='❿' => Some(first as u32 - '❶' as u32 + 1),
        '➀'..='➉' => Some(first as u32 - '➀' as u32 + 1),
        _ => None,
    };
    if let Some(number) = circled {
        return Some((Style::Circled, number, after_separator(text, len, true)));
    }
    match first {
        '⑴'..='⒇' => return Some((Style::ArabicBracket, first as u32 - '⑴' as u32 + 1, len)),
        '⒈'..='⒛' => return Some((Style::Arabic, first as u32 - '⒈' as u32 + 1, len)),
        '㈠'..='㈩' => return Some((Style::ChineseBracket, first as u32 - '㈠' as u32 + 1, len)),
        '●' | '■' | '◆' | '★' | '▲' | '•' | '○' | '□' | '◇' | '▪' | '➢' | '√' => {
            return Some((Style::Bullet, 0, len));
        }
        '-' | '*' | '·' => {
            let rest = &text[len..];
            let next = rest.chars().next()?;
            return (next == ' ' || (first == '·' && !next.is_ascii_digit())).then_some((Style::Bullet, 0, len));
        }
        '(' | '（' => {
            let rest = &text[len..];
            let close = rest.char_indices().take(8).find(|&(_, c)| c == ')' || c == '）')?;
            let inner = rest[..close.0].trim();
            let end = len + close.0 + close.1.len_utf8();
            if let Some(number) = arabic(inner) {
                return Some((Style::ArabicBracket, number, after_separator(text, end, true)));
            }
            let number = u32::try_from(number::chinese(inner)?).ok()?;
            return (1..=199)
                .contains(&number)
                .then(|| (Style::ChineseBracket, number, after_separator(text, end, true)));
        }
        _ => {}
    }
    if first.is_ascii_digit() {
        // Longer runs of digits are no numbering; looking no further keeps the whole pass linear.
        let digits = text.bytes().take(12).take_while(u8::is_ascii_digit).count();
        let number = arabic(&text[..digits])?;
        let rest = &text[digits..];
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let mark = rest[spaces..].chars().next()?;
        let end = digits + spaces + mark.len_utf8();
        let next = text[end..].chars().next();
        return match mark {
            '、' => Some((Style::Arabic, number, after_separator(text, end, false))),
            '.' | '．' if !next.is_some_and(|c| c.is_ascii_digit()) => {
                Some((Style::Arabic, number, after_separator(text, end, false)))
            }
            ')' | '）' => Some((Style::ArabicBracket, number, after_separator(text, end, true))),
            _ => None,
        };
    }
    if number::is_chinese_digit(first) {
        let end = text
            .char_indices()
            .take(12)
            .find(|&(_, c)| !number::is_chinese_digit(c))
            .map(|(at, _)| at)?;
        let mark = text[end..].chars().next()?;
        if mark == '、' || mark == '.' {
            let number = u32::try_from(number::chinese(&text[..end])?).ok()?;
            return (1..=199)
                .contains(&number)
                .then(|| (Style::Chinese, number, end + mark.len_utf8()));
        }
        return None;
    }
    if first.is_ascii_alphabetic() {
        let mark = text[len..].chars().next()?;
        let next = text[len + mark.len_utf8()..].chars().next();
        let number = u32::from(first.to_ascii_lowercase()) - u32::from('a') + 1;
        return (matches!(mark, '.' | '、' | ')' | '）') && !next.is_some_and(|c| c.is_ascii_alphanumeric()))
            .then(|| (Style::Letter, number, len + mark.len_utf8()));
    }
    None
}

fn arabic(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|&n| n > 0)
}

/// Skips a separator that follows a number in brackets: （一）、 and ①. are written too.
fn after_separator(text: &str, end: usize, also_mark: bool) -> usize {
    let rest = text[end..].trim_start_matches(' ');
    let end = text.len() - rest.len();
    match rest.chars().next() {
        Some(c @ ('、' | '.' | '．')) if also_mark => end + c.len_utf8(),
        _ => end,
    }
}

/// The entries of a source's own list; from the first that only introduces (`材料之一：`) on they are one text, a line each, for what
/// it says holds for those behind it.
pub fn with_introduced(texts: &[String]) -> Vec<Cow<'_, str>> {
    // Nothing stands behind the only one.
    if let [only] = texts {
        return vec![only.into()];
    }
    let introduces = |text: &String| fold::half(text).trim_end().ends_with(['：', ':']);
    match texts.iter().position(introduces) {
        Some(at) if at + 1 < texts.len() => {
            let mut out: Vec<Cow<'_, str>> = texts[..at].iter().map(Cow::from).collect();
            out.push(texts[at..].join("\n").into());
            out
        }
        _ => texts.iter().map(Cow::from).collect(),
    }
}

/// Takes off all numbering at the start, also doubled: `1.（1）甲` gives `甲`.
pub fn strip(text: &str) -> &str {
    let mut text = text.trim();
    for _ in 0..4 {
        match leading(text) {
            Some((_, _, len)) if len < text.len() => text = text[len..].trim_start(),
            _ => break,
        }
    }
    text
}

/// The canonical spelling of an entry without any numbering, such that doing it again changes nothing.
pub fn bare(text: &str) -> String {
    let mut text = fold::spelling(text);
    for _ in 0..8 {
        match leading(&text) {
            // Nearly all texts.
            None => break,
            // A number and nothing behind it.
            Some((_, _, len)) if len == text.len() => return String::new(),
            Some(_) => {}
        }
        // A spelling has no white space at its ends, so a text of the same length is the same text.
        let rest = strip(&text);
        if rest.len() == text.len() {
            break;
        }
        let stripped = fold::spelling(rest);
        if stripped == text {
            break;
        }
        text = stripped;
    }
    text
}

/// Whether a number may stand right after this character: at a start, after the end of an entry, not after 第 or a digit.
fn may_follow(before: Option<char>, style: Style) -> bool {
    match before {
        None => true,
        Some('\n' | '；' | ';' | '。' | '：' | ':' | ' ' | '！' | '？') => true,
        Some('，' | ',' | '、' | '）' | ')' | '》' | '”') => {
            matches!(style, Style::ChineseBracket | Style::ArabicBracket | Style::Circled)
        }
        Some(c) => {
            matches!(style, Style::Circled)
                || (matches!(style, Style::ChineseBracket | Style::ArabicBracket)
                    && !matches!(c, '第' | '条' | '款' | '项' | '、' | '和' | '或' | '及')
                    && !c.is_ascii_alphanumeric())
        }
    }
}

/// The text with a line break before each number of a list that has no mark before it (`1、申请表2、合同`), where `ends` says that the
/// entry before it may end there.
pub fn spread(text: &str, ends: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let opened = ["1、", "1."]
        .iter()
        .find_map(|one| text.strip_prefix(one).map(|rest| (rest, &one[1..])));
    // What a paper is called begins with a word: 1.1.… is no list.
    let begins = |c: char| fold::is_han(c) || c == '《';
    let fits = |rest: &str| rest.starts_with(begins) && !rest.contains('\n');
    let Some((_, mark)) = opened.filter(|(rest, _)| fits(rest)) else {
        return Cow::Borrowed(text);
    };
    let (mut out, mut from, mut next) = (String::new(), 0, 2);
    loop {
        let number = format!("{next}{mark}");
        let mut search = from;
        let at = loop {
            let Some(at) = text[search..].find(&number).map(|at| search + at) else {
                break None;
            };
            let behind = text[at + number.len()..].chars().next();
            // The last characters of an entry tell; looking no further keeps the pass linear.
            let start = text[from..at]
                .char_indices()
                .rev()
                .take(12)
                .last()
                .map_or(at, |(first, _)| from + first);
            if behind.is_some_and(begins) && ends(text[start..at].trim_end()) {
                break Some(at);
            }
            search = at + number.len();
        };
        let Some(at) = at else { break };
        out.push_str(&text[from..at]);
        out.push('\n');
        (from, next) = (at, next + 1);
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Splits a text at its numbering and its line breaks. Only numbers that make a list count: a 1 opens one, the next number
/// carries it on, so `符合第（三）项` and `3.5万元` are left alone.
pub fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut found: Vec<(usize, usize, Option<Style>, u32)> = vec![(0, 0, None, 0)];
    let mut expected: Vec<(Style, u32)> = Vec::new();
    let mut before = None;
    let mut skip_to = 0;
    let mut seconds = HashMap::new();
    let strong = |c: Option<char>| matches!(c, None | Some('\n' | '；' | ';' | '。' | '：' | ':' | ' '));
    for (at, c) in text.char_indices() {
        // Nor does it begin inside a word or a number.
        let inside = c.is_ascii_alphanumeric() && before.is_some_and(|before: char| before.is_ascii_alphanumeric());
        if at < skip_to || is_word(c) || inside {
            debug_assert!(
                !inside || leading(&text[at..]).is_none_or(|(style, ..)| !may_follow(before, style)),
                "a number begins at {at} of {text:?}"
            );
            before = Some(c);
            continue;
        }
        if c == '\n' {
            found.push((at, at + 1, None, 0));
        } else if let Some((style, number, len)) = leading(&text[at..]) {
            let after = text[at + len..].chars().next();
            // 第九条第（三）（五）项 refers; （一）项目… at the start of an entry does not.
            let refers = matches!(style, Style::ChineseBracket | Style::ArabicBracket)
                && matches!(after, Some('项' | '款' | '目' | '条'))
                && !strong(before);
            if may_follow(before, style) && !refers {
                let open = expected.iter().position(|&(s, _)| s == style);
                let accepted = match (style, open) {
                    // 下列条件：- 甲; a minus before a number (温度：- 5℃) is none.
                    (Style::Bullet, _) if matches!(before, Some('：' | ':')) => {
                        let minus = c == '-' && text[at + len..].trim_start().starts_with(|c: char| c.is_ascii_digit());
                        !minus
                    }
                    (Style::Bullet, _) => matches!(before, None | Some('\n' | '；' | ';' | '。' | ' ')),
                    (_, Some(i)) if expected[i].1 == number => {
                        expected.truncate(i + 1);
                        expected[i].1 = number + 1;
                        true
                    }
                    // A list that starts again at 1 below the next number of an outer one.
                    (_, Some(i)) if number == 1 && strong(before) => {
                        expected.truncate(i);
                        expected.push((style, 2));
                        true
                    }
                    (_, None) if number == 1 && (strong(before) || has_second(text, at + len, style, &mut seconds)) => {
                        expected.push((style, 2));
                        true
                    }
                    // A line of its own that starts with a number is an entry whatever the number.
                    (_, _) if matches!(before, None | Some('\n')) => {
                        expected.retain(|&(s, _)| s != style);
                        expected.push((style, number.saturating_add(1)));
                        true
                    }
                    _ => false,
                };
                if accepted {
                    found.push((at, at + len, Some(style), number));
                    skip_to = at + len;
                }
            }
        }
        before = Some(c);
    }
    let mut styles: Vec<Style> = Vec::new();
    let mut out = Vec::new();
    for (i, &(_, start, style, number)) in found.iter().enumerate() {
        let end = found.get(i + 1).map_or(text.len(), |next| next.0);
        let piece = text[start..end].trim();
        let depth = match style {
            Some(style) => match styles.iter().position(|&s| s == style) {
                Some(at) => {
                    styles.truncate(at + 1);
                    at
                }
                None => {
                    styles.push(style);
                    styles.len() - 1
                }
            },
            None => styles.len().saturating_sub(1),
        };
        if !piece.is_empty() || style.is_some() {
            out.push(Entry {
                style,
                number,
                depth: u8::try_from(depth).unwrap_or(u8::MAX),
                text: piece,
            });
        }
    }
    out
}

/// Bytes, of about 2000 characters.
const NEAR: usize = 6000;

/// Whether the second number of a list follows somewhere near, which makes a 1 in running text the start of a list. `next` keeps where
/// each mark stands next, so that a text is searched once however many ones it has.
fn has_second(text: &str, at: usize, style: Style, next: &mut HashMap<&'static str, usize>) -> bool {
    let mark = match style {
        Style::ChineseBracket => ["（二）", "(二)", "(二）", "（二)"],
        Style::ArabicBracket => ["（2）", "(2)", "2）", "2)"],
        Style::Circled => ["②", "❷", "➁", "②"],
        _ => return false,
    };
    mark.into_iter().any(|mark| {
        let next = next.entry(mark).or_insert(0);
        if *next < at {
            *next = text[at..].find(mark).map_or(usize::MAX, |found| at + found);
        }
        *next - at < NEAR
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        entries(text).into_iter().map(|entry| entry.text).collect()
    }

    #[test]
    fn numbered_texts_split() {
        assert_eq!(texts("1.甲；2.乙；"), ["甲；", "乙；"]);
        assert_eq!(texts("条件：（一）甲；（二）乙。"), ["条件：", "甲；", "乙。"]);
        assert_eq!(texts("①20个工作日②30"), ["20个工作日", "30"]);
        assert_eq!(texts("一、甲\n二、乙\n（1）丙"), ["甲", "乙", "丙"]);
        assert_eq!(
            texts("符合第（三）项和第十二条第（一）项规定"),
            ["符合第（三）项和第十二条第（一）项规定"]
        );
        assert_eq!(texts("（一）项目已立项；（二）目录内"), ["项目已立项；", "目录内"]);
        assert_eq!(
            texts("注册资本3.5万元以上，面积1.2亩"),
            ["注册资本3.5万元以上，面积1.2亩"]
        );
        assert_eq!(texts("甲\n乙"), ["甲", "乙"]);
        assert_eq!(texts("条件：- 甲\n- 乙"), ["条件：", "甲", "乙"]);
        assert_eq!(texts("条件：●甲\n●乙"), ["条件：", "甲", "乙"]);
        assert_eq!(texts("温度：- 5℃"), ["温度：- 5℃"]);
        assert_eq!(strip("1、（1）甲"), "甲");
        assert_eq!(strip("2021年报告"), "2021年报告");
        assert_eq!(strip("一寸照片"), "一寸照片");
    }

    #[test]
    fn depth_follows_the_styles() {
        let depths: Vec<u8> = entries("1.甲：（1）a；（2）b。2.乙")
            .iter()
            .map(|entry| entry.depth)
            .collect();
        assert_eq!(depths, [0, 1, 1, 0]);
    }
}

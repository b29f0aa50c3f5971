//! Folding: the one place that knows which characters are written differently without meaning anything different.
//!
//! Must not know elements. NFKC over a whole text is wrong here (`①20个工作日` would become `120个工作日`, 〔2018〕 would
//! stay), so characters fold one by one, and numbering is taken off first (see `enumerate`).

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Whether a character is a Chinese ideograph.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// Whether a character is there but cannot be seen, and means nothing in these texts (zero-width characters, direction marks,
/// BOM). Variation selectors are not among them: they belong to the ideograph before them.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{00AD}'
            | '\u{061C}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    ) || (c.is_control() && !c.is_whitespace())
}

/// Characters that make a spreadsheet take a cell for a formula (OWASP, with their full-width forms).
pub const LEADS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet may take a cell for a formula, or for one that was kept from it by a `'` in front.
pub fn looks_like_formula(text: &str) -> bool {
    let rest = text.trim_start_matches([' ', '\'', '"', '\u{3000}']);
    text.starts_with('\'') || rest.starts_with(LEADS) || text.starts_with(LEADS)
}

/// The text without the `'` that keeps a spreadsheet from taking it for a formula: what our own CSV writes, and others like it. A `'`
/// before anything else is part of the text.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest) => rest,
        _ => text,
    }
}

/// Whether a reader would not see what is there: invisible characters, controls, line and paragraph separators (U+2028, U+2029), and
/// characters for private use (自造字), which every font draws as it likes. Line breaks and tabs are none, nor are the variation
/// selectors of ideographs (U+FE00 and on, U+E0100 and on), which names of persons and places need.
pub fn is_unseen(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// The half-width or plain form of one character; most are their own.
fn plain(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        '﹐' | '､' => ',',
        '﹔' => ';',
        '﹕' | '︰' => ':',
        '﹙' => '(',
        '﹚' => ')',
        '｡' => '。',
        '「' | '『' | '“' | '”' | '„' | '‟' | '」' | '』' | '〝' | '〞' => '"',
        '‘' | '’' | '‛' => '\'',
        '—' | '―' | '–' | '‐' | '‑' | '‒' | '−' | '─' | '━' => '-',
        '〜' | '∼' | '˜' => '~',
        '·' | '•' | '・' | '‧' | '∙' | '⋅' | '●' => '·',
        '﹤' | '〈' | '‹' => '<',
        '﹥' | '〉' | '›' => '>',
        '㎡' => '²',
        _ => c,
    }
}

/// Radicals, each followed by the ideograph that it stands for in simplified texts: Unicode knows only the traditional form of some of
/// them, and none of most of the supplement.
const RADICALS: &str = "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马\
                        ⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⼾户⾒见⾙贝⾞车⾧长\
                        ⾨门⾭青⾱韦⾴页⾵风⾶飞⾺马⿂鱼⿃鸟⿄卤⿆麦⿈黄⿌黾⿑齐⿒齿⿓龙\
                        ⿔龟";

/// The usual ideograph of a compatibility character.
pub(super) fn compat(c: char) -> Option<char> {
    // Kangxi radicals and compatibility ideographs come out of PDF copies; they look and mean the same.
    if !matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}') {
        return None;
    }
    if let Some((_, rest)) = RADICALS.split_once(c) {
        return rest.chars().next();
    }
    let mut folded = std::iter::once(c).nfkc();
    match (folded.next(), folded.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// A character that every folding leaves alone: by far the most frequent ones.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'a'..='z' | 'A'..='Z' | '《' | '》' | '、' | '。' | '〔' | '〕')
}

/// The first character of a text, where it is one that no folding changes and no trimming takes off.
pub(super) fn fixed_start(text: &str) -> Option<char> {
    text.chars()
        .next()
        .filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}' | '0'..='9'))
}

/// Whether a text has more than so many characters that every folding leaves alone; looks no further than it must.
pub fn says_more_than(text: &str, most: usize) -> bool {
    text.chars().filter(|&c| is_plain(c)).nth(most).is_some()
}

/// Whether a text is its own spelling, as far as that is seen at a glance.
fn is_spelt(text: &str) -> bool {
    let mut digit = false;
    let mut mark = false;
    for c in text.chars() {
        match c {
            // Between digits these become half-width.
            '，' | '：' if digit => return false,
            '（' | '）' | '；' | '，' | '：' => mark = true,
            _ if !is_plain(c) || (mark && c.is_ascii_digit()) => return false,
            _ => mark = false,
        }
        digit = c.is_ascii_digit();
    }
    !text.ends_with(is_end) && !text.starts_with(['；', '，', '。', '、', '：', ' '])
}

/// Half-width, no invisible characters, white space as single spaces: the form that parsers read. Line breaks stay, for
/// they separate entries.
pub fn half(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Nearly all of a real text is copied as it stands, many characters at a time.
    while let Some((clean, c)) = rest.char_indices().find(|&(_, c)| !is_plain(c)) {
        out.push_str(&rest[..clean]);
        rest = &rest[clean + c.len_utf8()..];
        match c {
            // Of CR LF the second adds nothing; a CR alone ends a line as well.
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0B}' | '\u{0C}' => {
                while out.ends_with(' ') {
                    out.pop();
                }
                if !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            _ if is_invisible(c) => {}
            '㎡' => out.push_str("平方米"),
            _ => {
                let c = compat(c).unwrap_or_else(|| plain(c));
                if c == ' ' || c == '\t' {
                    if !out.is_empty() && !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                } else {
                    out.push(c);
                }
            }
        }
    }
    out.push_str(rest);
    out.truncate(out.trim_end().len());
    out
}

/// [`half`], without a copy where it changes nothing.
pub(super) fn half_of(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(half(text))
    }
}

/// The canonical spelling of a piece of running text: half-width letters and digits, full-width Chinese punctuation, no
/// spaces beside Chinese characters or punctuation, no end punctuation. Two texts with the same spelling say the same
/// words; folding twice changes nothing.
pub fn spelling(text: &str) -> String {
    if is_spelt(text) {
        return text.to_owned();
    }
    spelt(&half(text))
}

/// The spelling of a text in half width.
fn spelt(half: &str) -> String {
    let mut out = String::with_capacity(half.len());
    let mut pending_space = false;
    let mut quote_open = false;
    let mut chars = half.chars();
    while let Some(c) = chars.next() {
        if c == ' ' || c == '\n' {
            pending_space = true;
            continue;
        }
        // Whatever stands around it, it stays as it is.
        if !pending_space && is_plain(c) {
            out.push(c);
            continue;
        }
        let last = out.chars().next_back();
        // White space beside punctuation goes, so what counts is the next character that stays.
        let next = chars.clone().find(|c| !matches!(c, ' ' | '\n'));
        let between_digits = last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        let c = match c {
            '(' => '（',
            ')' => '）',
            ',' if !between_digits => '，',
            ';' => '；',
            ':' if !between_digits && next != Some('/') => '：',
            '?' if next.is_none_or(is_han) => '？',
            '!' => '！',
            '<' => '〈',
            '>' => '〉',
            '"' => {
                quote_open = !quote_open;
                if quote_open { '“' } else { '”' }
            }
            _ => c,
        };
        if pending_space {
            pending_space = false;
            let joins = |c: char| c.is_ascii_alphanumeric();
            if last.is_some_and(joins) && joins(c) {
                out.push(' ');
            }
        }
        out.push(c);
    }
    let end = out.trim_end_matches(is_end).len();
    out.truncate(end);
    let start = out.len() - out.trim_start_matches(['；', '，', '。', '、', '：', ' ']).len();
    out.drain(..start);
    out
}

/// Punctuation that ends an entry and means nothing there.
fn is_end(c: char) -> bool {
    matches!(c, '；' | '，' | '。' | '、' | '.' | ' ' | '：' | '！')
}

/// Without the brackets that enclose the whole text, however often: `（（执业类别变更））` is `执业类别变更`.
pub fn unwrap_brackets(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let mut depth = 0_usize;
        let mut closes_at = None;
        for (at, c) in text.char_indices() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        closes_at = Some(at + c.len_utf8());
                        break;
                    }
                }
                _ if at == 0 => return text,
                _ => {}
            }
        }
        if closes_at != Some(text.len()) || text.is_empty() {
            return text;
        }
        let inner = &text[text.chars().next().map_or(0, char::len_utf8)..];
        let inner = &inner[..inner.len() - inner.chars().next_back().map_or(0, char::len_utf8)];
        text = inner.trim();
    }
}

/// Doubled brackets around the same content become one pair: `许可(（变更）)` is `许可（变更）`.
pub fn single_brackets(text: String) -> String {
    if !text.contains("（（") {
        return text;
    }
    let chars: Vec<char> = text.chars().collect();
    let (mut opens, mut pairs) = (Vec::new(), Vec::new());
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '（' => opens.push(at),
            '）' => {
                if let Some(open) = opens.pop() {
                    pairs.push((open, at));
                }
            }
            _ => {}
        }
    }
    pairs.sort_unstable();
    let mut drop = vec![false; chars.len()];
    for pair in pairs.windows(2) {
        let ((open, close), (next_open, next_close)) = (pair[0], pair[1]);
        if next_open == open + 1 && next_close + 1 == close {
            drop[open] = true;
            drop[close] = true;
        }
    }
    chars
        .iter()
        .zip(drop)
        .filter_map(|(&c, drop)| (!drop).then_some(c))
        .collect()
}

/// Splits at the separators that stand outside brackets and title marks. Pieces are not trimmed and may be empty.
pub fn split_outside<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let (mut out, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '《' | '【' => depth += 1,
            ')' | '）' | '》' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && separators.contains(&c) {
            out.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    out.push(&text[start..]);
    out
}

/// Whether all brackets and title marks are closed, in the right order. Widths may mix.
pub fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '（' | '(' => open.push(')'),
            '《' => open.push('》'),
            '〔' | '［' | '[' | '【' => open.push(']'),
            '）' | ')' if open.pop() != Some(')') => {
                return false;
            }
            '》' if open.pop() != Some('》') => {
                return false;
            }
            '〕' | '］' | ']' | '】' if open.pop() != Some(']') => {
                return false;
            }
            _ => {}
        }
    }
    open.is_empty()
}

/// Where a bracket or title mark opens that is never closed, with nothing but the rest of one entry behind it: the text stops in the
/// middle.
pub fn left_open(half: &str) -> Option<usize> {
    let mut open: [Vec<usize>; 3] = Default::default();
    for (at, c) in half.char_indices() {
        let (kind, opens) = match c {
            '（' | '(' => (0, true),
            '）' | ')' => (0, false),
            '《' => (1, true),
            '》' => (1, false),
            '[' | '［' | '【' | '〔' => (2, true),
            ']' | '］' | '】' | '〕' => (2, false),
            '\n' | '；' | ';' | '。' => {
                // Where another entry follows, the mark was forgotten and nothing is cut off.
                open.iter_mut().for_each(Vec::clear);
                continue;
            }
            _ => continue,
        };
        if opens {
            open[kind].push(at);
        } else if let Some(from) = open[kind].pop() {
            // What was opened inside the pair and not closed was forgotten too.
            for waiting in &mut open {
                while waiting.pop_if(|inner| *inner > from).is_some() {}
            }
        }
    }
    open.iter().filter_map(|waiting| waiting.first().copied()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_folds_width_space_and_ends() {
        for (text, spelt) in [
            ("枪支(弹药)运输(携运）许可", "枪支（弹药）运输（携运）许可"),
            ("  依据 《通知》  中规定条件。", "依据《通知》中规定条件"),
            ("ＡＢ１２，３", "AB12,3"),
            ("a b  c", "a b c"),
            ("1,000元;", "1,000元"),
            ("“甲”「乙」", "“甲”“乙”"),
            ("8:30-12:00", "8:30-12:00"),
            ("见 http://a.b/c?d=1", "见http://a.b/c?d=1"),
            ("年⽉", "年月"),
            ("⼾⼝簿，⺠⾞⻔", "户口簿，民车门"),
            ("2018\n:1", "2018:1"),
            ("5， 6", "5,6"),
            ("", ""),
            ("。；", ""),
        ] {
            assert_eq!(spelling(text), spelt, "{text}");
            assert_eq!(spelling(&spelling(text)), spelt, "twice: {text}");
        }
    }

    #[test]
    fn what_is_spelt_already_stays() {
        let pieces = [
            "甲", "7", "a", "，", "：", "（", "）", "；", "、", "。", "《", "》", "〔", " ", ",", "“", "\n", ".",
        ];
        let mut seed = 1_u64;
        for _ in 0..50_000 {
            let mut text = String::new();
            for _ in 0..1 + seed % 7 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[usize::try_from(seed >> 33).unwrap_or(0) % pieces.len()]);
            }
            assert_eq!(spelling(&text), spelt(&half(&text)), "{text:?}");
        }
    }

    #[test]
    fn brackets() {
        assert_eq!(unwrap_brackets("（（a（b）））"), "a（b）");
        assert_eq!(unwrap_brackets("（a）b（c）"), "（a）b（c）");
        assert_eq!(unwrap_brackets("（a"), "（a");
        assert_eq!(unwrap_brackets("（）"), "");
        assert_eq!(single_brackets("许可（（变更））".to_owned()), "许可（变更）");
        assert_eq!(single_brackets("许可（（甲）乙）".to_owned()), "许可（（甲）乙）");
        assert!(balanced("《a》（b)"));
        assert!(!balanced("（a"));
        assert!(!balanced("a）"));
    }
}

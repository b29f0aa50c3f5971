//! A piece of a text in one line of a terminal, with what is meant underlined: `…原件1份）；其他有关材料` and `^^^^` under it.
//!
//! Must not know findings. Widths are those of a terminal on which a Chinese character takes two columns.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::escape::terminal;

/// One character as it is shown.
struct Glyph {
    text: String,
    width: usize,
    marked: bool,
}

/// Where a value of a message stands in the text of a cell: all its places, or those of its parts (`居民身份证、户口簿`), or the
/// characters that it names (`U+202E`). Empty where it cannot be found.
pub(super) fn places(text: &str, value: &str) -> Vec<Range<usize>> {
    // Long values are cut when they are put into a message.
    let value = value.trim().trim_end_matches('…');
    let all = |part: &str| -> Vec<Range<usize>> {
        if part.is_empty() {
            return Vec::new();
        }
        text.match_indices(part).map(|(at, part)| at..at + part.len()).collect()
    };
    let mut found = all(value);
    if found.is_empty() {
        found = value.split('、').flat_map(|part| all(part.trim())).collect();
        found.sort_by_key(|range| (range.start, range.end));
    }
    if found.is_empty() && value.starts_with("U+") {
        let names: Vec<String> = value.split('、').map(|name| format!("⟨{name}⟩")).collect();
        let named = |c: char| names.iter().any(|name| *name == terminal(c.encode_utf8(&mut [0; 4])));
        let chars = text.char_indices().filter(|&(_, c)| named(c));
        found = chars.map(|(at, c)| at..at + c.len_utf8()).collect();
    }
    found
}

/// The line and what is to be written under it, neither wider than `room` columns: the first marked place with what is around it. With
/// no marks all that is shown is underlined. `None` for a text in which nothing can be seen.
pub(super) fn lines(text: &str, marks: &[Range<usize>], room: usize) -> Option<(String, String)> {
    let text_end = text.trim_end().len();
    let start = marks
        .first()
        .map_or(text.len() - text.trim_start().len(), |mark| mark.start);
    // No character is narrower than nothing, and few are: further away than this nothing is shown.
    let near = |chars: usize| text[..start].char_indices().rev().nth(chars).map_or(0, |(at, _)| at);
    let from = if marks.is_empty() { start } else { near(room) };
    let to = text[start..]
        .char_indices()
        .nth(2 * room)
        .map_or(text.len(), |(at, _)| start + at);
    let glyphs: Vec<Glyph> = text[from..to]
        .char_indices()
        .map(|(at, c)| {
            let at = from + at;
            let shown = terminal(c.encode_utf8(&mut [0; 4])).into_owned();
            let width = shown.as_str().width();
            let marked = match marks {
                [] => at < text_end,
                marks => marks.iter().any(|mark| mark.contains(&at)),
            };
            Glyph {
                text: shown,
                width,
                marked,
            }
        })
        .collect();
    let first = glyphs.iter().position(|glyph| glyph.marked)?;
    // An ellipsis at either end.
    let room = room.saturating_sub(2);
    let (mut low, mut high, mut used) = (first, first, 0);
    while let Some(glyph) = glyphs.get(high)
        && (high == first || (glyph.marked && used + glyph.width <= room))
    {
        used += glyph.width;
        high += 1;
    }
    let left_most = used + room.saturating_sub(used) / 2;
    let mut left = |used: &mut usize, most: usize| {
        while let Some(glyph) = low.checked_sub(1).and_then(|before| glyphs.get(before))
            && *used + glyph.width <= most
        {
            *used += glyph.width;
            low -= 1;
        }
    };
    left(&mut used, left_most);
    while let Some(glyph) = glyphs.get(high)
        && used + glyph.width <= room
    {
        used += glyph.width;
        high += 1;
    }
    left(&mut used, room);
    let (mut line, mut under) = (String::new(), String::new());
    if low > 0 || !text[..from].trim().is_empty() {
        line.push('…');
        under.push(' ');
    }
    for glyph in &glyphs[low..high] {
        line.push_str(&glyph.text);
        under.push_str(&if glyph.marked { "^" } else { " " }.repeat(glyph.width));
    }
    if high < glyphs.len() || to < text_end {
        line.push('…');
    }
    Some((line.trim_end().to_owned(), under.trim_end().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, value: &str, room: usize) -> (String, String) {
        lines(text, &places(text, value), room).unwrap_or_default()
    }

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(shown("甲乙丙a", "丙", 40), ("甲乙丙a".to_owned(), "    ^^".to_owned()));
        assert_eq!(shown("a甲\u{202e}乙", "U+202E", 40).1, "   ^^^^^^^^");
        assert_eq!(shown("甲、乙丙", "丙、甲", 40).1, "^^    ^^");
        assert_eq!(shown(" 甲乙 ", "丁", 40), ("甲乙".to_owned(), "^^^^".to_owned()));
        assert_eq!(lines(" \n", &[], 40), None);
    }

    #[test]
    fn long_texts_are_cut_around_the_mark() {
        for (before, after) in [(0, 500), (500, 0), (500, 500), (3, 500), (500, 3), (20, 20)] {
            for mark in ["错", "错误的地方", &"错".repeat(300)] {
                let text = format!("{}{mark}{}", "前".repeat(before), "后\n".repeat(after));
                let (line, under) = shown(&text, mark, 60);
                assert!(line.width() <= 60 && under.width() <= 60, "{line}\n{under}");
                let start = under.find('^').unwrap();
                let marks = under.trim_start().len();
                assert!(marks == mark.width() || marks >= 57, "{under}");
                // What stands over the marks is the marked text.
                let mut column = 0;
                for c in line.chars() {
                    let width = c.to_string().width();
                    if column >= start && column + width <= start + marks && c != '…' {
                        assert!(mark.contains(c), "{line}\n{under}");
                    }
                    column += width;
                }
            }
        }
    }

    #[test]
    fn a_megabyte_is_not_laid_out() {
        let text = "甲".repeat(400_000);
        let marks = vec![600_000..600_003, 900_000..900_003];
        let (line, _) = lines(&text, &marks, 60).unwrap();
        assert!(line.width() <= 60);
    }
}

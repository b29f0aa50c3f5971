//! The legal bases in one text, place by place: an article is put in the place of another, taken out or put in, and everything else
//! stays to the letter.
//!
//! Must not know rows or regions, nor how bases are compared: what a text cites comes in as a function, and whoever takes a text from
//! here reads it again.

use std::ops::Range;

use crate::model::Citation;
use crate::normalise::number;

/// What joins two places or two laws in running text.
const JOINS: [&str; 9] = ["以及", "、", "，", ",", "；", ";", "和", "及", "与"];

/// One place of a law in a text.
struct Spot {
    /// From `第` to the end of the place; behind the title where the law is cited as a whole.
    range: Range<usize>,
    /// Where the title of its law begins.
    law: usize,
    says: Citation,
    /// Whether the words of the law stand behind it: they are of this place and of no other.
    quoted: bool,
}

/// The text with other bases in it: places of laws that both cite in the place of each other, and with `laws` whole laws, too. `None`
/// where there is nothing to do, or where that would part a place from the words that are quoted from it.
pub(super) fn edit(
    text: &str,
    [mine, wanted]: [&[Citation]; 2],
    laws: bool,
    same: &dyn Fn(&Citation, &Citation) -> bool,
    read: &dyn Fn(&str) -> Option<Citation>,
) -> Option<String> {
    let spots = spots(text, read);
    let only = |here: &[Citation], there: &[Citation]| -> Vec<Citation> {
        let alone = here.iter().filter(|one| !there.iter().any(|other| same(one, other)));
        alone.cloned().collect()
    };
    let (gone, mut new) = (only(mine, wanted), only(wanted, mine));
    let cited = |title: &str, list: &[Citation]| list.iter().any(|one| one.title == title);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for one in &gone {
        let mut own = spots.iter().filter(|spot| same(&spot.says, one));
        let (Some(spot), None) = (own.next(), own.next()) else {
            continue;
        };
        let instead = new.iter().position(|other| other.title == one.title);
        if spot.quoted || !(laws || cited(&one.title, wanted)) {
            continue;
        }
        match instead {
            Some(at) => edits.push((
                spot.range.clone(),
                spelt(&new.remove(at), &text[spot.range.clone()], text),
            )),
            None if cited(&one.title, wanted) && !spot.range.is_empty() => {
                edits.push((with_join(text, spot.range.clone())?, String::new()));
            }
            // Its places go with it, each found by itself: the title goes with the last.
            None if laws => {
                let all = || spots.iter().filter(|other| other.law == spot.law);
                let whole = all().all(|other| gone.iter().any(|one| same(&other.says, one)) && !other.quoted);
                let (first, last) = (all().next()?, all().next_back()?);
                if whole && first.range == spot.range {
                    edits.push((with_join(text, spot.law..last.range.end)?, String::new()));
                }
            }
            None => {}
        }
    }
    // What comes behind one place comes in the order of the articles.
    new.sort_by_key(|one| (one.article, one.paragraph, one.item));
    for one in &new {
        let of_law = || spots.iter().filter(|spot| spot.says.title == one.title);
        let before = of_law()
            .rfind(|spot| spot.says.article <= one.article)
            .or(of_law().next());
        let (behind, title) = match before {
            Some(spot) => (spot, false),
            None if laws => (spots.last()?, true),
            None => continue,
        };
        if behind.quoted || behind.range.is_empty() && !title {
            continue;
        }
        let title = if title { one.named() } else { String::new() };
        let place = spelt(one, &text[behind.range.clone()], text);
        edits.push((behind.range.end..behind.range.end, format!("、{title}{place}")));
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    if edits.is_empty() || edits.windows(2).any(|two| two[0].0.end > two[1].0.start) {
        return None;
    }
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for (range, new) in edits {
        out.push_str(&text[end..range.start]);
        out.push_str(&new);
        end = range.end;
    }
    out.push_str(&text[end..]);
    Some(out)
}

/// The places of laws in a text, outside of what is quoted.
fn spots(text: &str, read: &dyn Fn(&str) -> Option<Citation>) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    let mut law: Option<Range<usize>> = None;
    let (mut at, mut quotes) = (0, 0_usize);
    let mut put = |law: &Range<usize>, range: Range<usize>| {
        if let Some(says) = read(&format!("{}{}", &text[law.clone()], &text[range.clone()])) {
            let behind = text[range.end..].trim_start();
            let behind = behind.strip_prefix("规定").unwrap_or(behind).trim_start();
            spots.push(Spot {
                quoted: behind.starts_with(['：', ':', '“', '"', '「', '（', '(']) || says.quote.is_some(),
                law: law.start,
                range,
                says,
            });
        }
    };
    while let Some(c) = text[at..].chars().next() {
        match c {
            '“' => quotes += 1,
            '”' => quotes = quotes.saturating_sub(1),
            '《' if quotes == 0 => {
                let Some(len) = text[at..].find('》') else { break };
                let title = at..at + len + '》'.len_utf8();
                at = title.end;
                // The whole law, where no place of it follows.
                if place(&text[at..]).is_none() {
                    put(&title, at..at);
                }
                law = Some(title);
                continue;
            }
            '第' if quotes == 0 => {
                if let (Some(law), Some(len)) = (&law, place(&text[at..])) {
                    put(law, at..at + len);
                    at += len;
                    continue;
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    spots
}

/// How long the place is that a text begins with: 第七条之一第二款第（三）项. It names an article.
fn place(text: &str) -> Option<usize> {
    let figure = |c: char| c.is_ascii_digit() || number::is_chinese_digit(c) || c == '零' || c == '〇';
    let mut end = 0;
    let mut article = false;
    loop {
        let rest = &text[end..];
        let (lead, rest) = match (rest.strip_prefix('第'), rest.strip_prefix('之')) {
            (Some(rest), _) => ('第', rest),
            (None, Some(rest)) if article => ('之', rest),
            _ => break,
        };
        let bare = rest.strip_prefix(['（', '(']).unwrap_or(rest);
        let figures: usize = bare.chars().take_while(|c| figure(*c)).map(char::len_utf8).sum();
        let behind = &bare[figures..];
        let behind = behind.strip_prefix(['）', ')']).unwrap_or(behind);
        let unit = behind.chars().next().filter(|c| matches!(c, '条' | '款' | '项' | '目'));
        let stop = match (lead, unit) {
            _ if figures == 0 => break,
            ('之', _) => behind,
            (_, Some(unit)) => {
                article |= unit == '条';
                &behind[unit.len_utf8()..]
            }
            _ => break,
        };
        end = text.len() - stop.len();
    }
    article.then_some(end)
}

/// A place in the figures of another one, or where that has none, in those that the text uses.
fn spelt(one: &Citation, like: &str, text: &str) -> String {
    let like = if like.is_empty() { text } else { like };
    let place = one.place();
    if like.contains(|c: char| c.is_ascii_digit()) {
        return place;
    }
    let mut out = String::new();
    let mut rest = place.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let len = rest[at..]
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len() - at);
        let figures = &rest[at..at + len];
        out.push_str(&rest[..at]);
        out.push_str(&figures.parse().map_or_else(|_| figures.to_owned(), number::in_chinese));
        rest = &rest[at + len..];
    }
    out + rest
}

/// A range with what joins it to what stands before it, else to what stands behind; `None` where it is joined to nothing.
fn with_join(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let before = text[..range.start].trim_end_matches(' ');
    if let Some(join) = JOINS.iter().find(|join| before.ends_with(*join)) {
        return Some(before.len() - join.len()..range.end);
    }
    let behind = text[range.end..].trim_start_matches(' ');
    let join = JOINS.iter().find(|join| behind.starts_with(*join))?;
    Some(range.start..text.len() - behind.len() + join.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_ends_where_it_ends() {
        for (text, len) in [
            ("第七条、第八条", Some("第七条")),
            ("第12条第2款规定", Some("第12条第2款")),
            ("第一百二十条之一第（三）项的", Some("第一百二十条之一第（三）项")),
            ("第二款", None),
            ("第三方", None),
        ] {
            assert_eq!(place(text).map(|len| &text[..len]), len, "{text}");
        }
    }
}

//! A list in one text, entry by entry: dropped, replaced and added in the text's own notation, with everything else left to the letter.
//!
//! Must not know rows or regions, nor what the entries mean: how a piece reads comes in as a function.

use crate::model::{Clauses, Connector, Cut, Value};
use crate::normalise::enumerate;
use crate::normalise::fold::split_outside;
use crate::normalise::number;

/// What entries are separated by, the most telling first. Arrows stand between steps.
const SEPARATORS: [&[char]; 6] = [
    &['\n'],
    &['→', '⇒', '➔', '➜', '⟶', '↓', '—', '-', '>'],
    &['；', ';'],
    &['。'],
    &['、'],
    &['，', ','],
];

/// What may stand at the end of an entry and is no part of it.
const ENDS: [char; 8] = ['；', ';', '，', ',', '。', '、', ' ', '\r'];

/// Spells an entry: what it says, and the value and the text in the place of which it stands, if any.
pub(super) type Spell<'a> = dyn Fn(&Value, Option<(&Value, &str)>) -> String + 'a;

/// The entries of a value that is a set or a list, each as a value of its own; `None` for anything else. Those of a procedure come one
/// after the other, see [`in_order`].
pub(super) fn singles(value: &Value) -> Option<Vec<Value>> {
    fn each<T: Clone>(items: &[T], wrap: fn(Vec<T>) -> Value) -> Vec<Value> {
        items.iter().map(|item| wrap(vec![item.clone()])).collect()
    }
    Some(match value {
        Value::Materials(items) => each(items, Value::Materials),
        Value::Citations(items) => each(items, Value::Citations),
        Value::Choices(items) => each(items, Value::Choices),
        Value::Outcomes(items) => each(items, Value::Outcomes),
        Value::Steps(steps) => each(steps, Value::Steps),
        Value::Clauses(clauses)
            if clauses.connector == Connector::All
                && clauses.cut == Cut::No
                && !clauses.ordered()
                && clauses
                    .items
                    .iter()
                    .all(|item| item.depth == 0 && item.of == Connector::All) =>
        {
            each(&clauses.items, |items| {
                Value::Clauses(Clauses {
                    items,
                    ..Clauses::default()
                })
            })
        }
        _ => return None,
    })
}

/// Whether the order of the entries says something.
fn in_order(entries: &[Value]) -> bool {
    matches!(entries, [Value::Steps(_), ..])
}

/// The single texts of a list, with what each of them says.
pub(super) struct Pieces<'t> {
    /// Before the first entry.
    lead: &'t str,
    items: Vec<Piece<'t>>,
    /// Between the entries.
    gaps: Vec<&'t str>,
    /// Behind the last.
    tail: &'t str,
}

struct Piece<'t> {
    /// White space and number before it.
    number: &'t str,
    body: &'t str,
    /// Its mark at the end.
    end: &'t str,
    says: Vec<Value>,
}

impl<'t> Pieces<'t> {
    /// The entries of a text that says `whole`; `None` where its entries do not together say just that.
    pub(super) fn of(text: &'t str, whole: &Value, read: &dyn Fn(&str) -> Value) -> Option<Pieces<'t>> {
        let sorted = |mut values: Vec<Value>| {
            if !in_order(&values) {
                values.sort();
                values.dedup();
            }
            values
        };
        let whole = sorted(singles(whole)?);
        SEPARATORS
            .iter()
            .map(|separators| split_outside(text, separators))
            .filter(|parts| parts.len() > 1)
            .map(|parts| (parts, true))
            .chain([(at_numbers(text), false), (vec![text], false)])
            .find_map(|(parts, separated)| {
                let pieces = Pieces::read(text, &parts, separated, read)?;
                let said = pieces.items.iter().flat_map(|piece| piece.says.clone()).collect();
                (sorted(said) == whole).then_some(pieces)
            })
    }

    /// The parts, with one character between them where they are `separated`, and nothing where not.
    fn read(text: &'t str, parts: &[&'t str], separated: bool, read: &dyn Fn(&str) -> Value) -> Option<Pieces<'t>> {
        let (mut items, mut gaps, mut lead, mut at, mut end) = (Vec::new(), Vec::new(), "", 0, 0);
        for part in parts {
            let start = at;
            at += part.len();
            let behind = text[at..]
                .chars()
                .next()
                .filter(|_| separated)
                .map_or(0, char::len_utf8);
            let (number, body, mark) = apart(part);
            // By itself an entry has no number: the first of a list without a second looks cut off.
            let says = match read(body) {
                Value::Empty => Vec::new(),
                // What introduces the list.
                value if value.cut_off() && items.is_empty() && body.ends_with(['：', ':']) => Vec::new(),
                value => singles(&value)?,
            };
            if !says.is_empty() {
                if items.is_empty() {
                    lead = &text[..start];
                } else {
                    gaps.push(&text[end..start]);
                }
                items.push(Piece {
                    number,
                    body,
                    end: mark,
                    says,
                });
                end = at;
            }
            at += behind;
        }
        let words = |gap: &&str| gap.chars().any(char::is_alphanumeric);
        let sound = !items.is_empty() && !gaps.iter().any(words);
        sound.then(|| Pieces {
            lead,
            items,
            gaps,
            tail: &text[end..],
        })
    }

    /// The text of an entry that says what `wanted` says.
    pub(super) fn text_of(&self, same: impl Fn(&Value) -> bool) -> Option<String> {
        let found = self
            .items
            .iter()
            .find(|piece| matches!(piece.says.as_slice(), [one] if same(one)));
        found.map(|piece| piece.body.to_owned())
    }

    /// The text that says what is wanted: entries that say it already stay to the letter, those that nobody wants go, what is `akin` to
    /// one that goes stands in its place, the rest comes behind, or of steps where it belongs. `text` spells an entry, which may stand in
    /// the place of a text. `None` where the text has no room for it.
    pub(super) fn edit(
        &self,
        wanted: &[Value],
        between: &'static str,
        same: &dyn Fn(&Value, &Value) -> bool,
        akin: &dyn Fn(&Value, &Value) -> bool,
        text: &Spell<'_>,
    ) -> Option<String> {
        let says: Vec<Vec<Value>> = self.items.iter().map(|piece| piece.says.clone()).collect();
        let entries = entries(&says, wanted, same, akin)?;
        let gone = entries.iter().filter(|entry| entry.stands.is_some()).count() < self.items.len();
        let renumber = gone || entries.iter().any(|entry| entry.stands.is_none());
        let numbered = self
            .items
            .iter()
            .filter(|piece| !piece.number.trim().is_empty())
            .count();
        if entries.is_empty() || renumber && numbered > 0 && numbered < self.items.len() {
            return None;
        }
        let last_before = self.items.len() - 1;
        let like = self.items.get(1.min(last_before)).map_or("", |piece| piece.number);
        // Number, body, and where it stood before.
        let mut new: Vec<(&str, String, Option<usize>)> = Vec::new();
        for Entry { stands, with } in entries {
            let piece = stands.map(|at| &self.items[at]);
            let old = piece.and_then(|piece| Some((piece.says.first()?, piece.body)));
            let body = match with {
                Some(with) => text(wanted.get(with)?, old),
                None => piece.map_or("", |piece| piece.body).to_owned(),
            };
            new.push((piece.map_or(like, |piece| piece.number), body, stands));
        }
        Some(self.put_together(&new, renumber, between))
    }

    /// The text of entries, each with its number and where it stood before.
    fn put_together(&self, new: &[(&str, String, Option<usize>)], renumber: bool, between: &'static str) -> String {
        let last_before = self.items.len() - 1;
        let inner = if last_before > 0 { self.items[0].end } else { "" };
        let outer = self.items[last_before].end;
        let gap = self.gaps.first().copied().unwrap_or(between);
        let mut out = self.lead.to_owned();
        let last = new.len() - 1;
        for (at, (number, body, before)) in new.iter().enumerate() {
            if renumber {
                out.push_str(&with_number(number, at + 1));
            } else {
                out.push_str(number);
            }
            out.push_str(body);
            let stays = before.filter(|&before| (before == last_before) == (at == last));
            out.push_str(match stays {
                Some(before) => self.items[before].end,
                None if at == last => outer,
                None => inner,
            });
            if at < last {
                let kept = before.filter(|&before| new[at + 1].2 == Some(before + 1));
                out.push_str(kept.map_or(gap, |before| self.gaps[before]));
            }
        }
        out.push_str(self.tail);
        out
    }
}

/// A text cut before each number of a list that nothing else parts: `1.甲（1份）2.乙`. Whether these are its entries is for its reader.
fn at_numbers(text: &str) -> Vec<&str> {
    let first = enumerate::leading(text.trim_start());
    let Some((style, 1, _)) = first else { return Vec::new() };
    let (mut parts, mut from, mut next, mut before) = (Vec::new(), 0, 2, ' ');
    for (at, c) in text.char_indices() {
        let own = |(of, n, len): (_, u32, usize)| {
            let behind = text[at + len..].chars().next();
            of == style && n == next && behind.is_some_and(|c| !c.is_ascii_digit())
        };
        if !before.is_ascii_digit() && before != '第' && enumerate::leading(&text[at..]).is_some_and(own) {
            parts.push(&text[from..at]);
            (from, next) = (at, next + 1);
        }
        before = c;
    }
    parts.push(&text[from..]);
    parts
}

/// An entry in its parts: white space and number, the text, the mark at its end.
fn apart(part: &str) -> (&str, &str, &str) {
    let bare = part.trim_start();
    let number = enumerate::leading(bare).map_or(0, |(_, _, len)| len);
    let (number, rest) = part.split_at(part.len() - bare.len() + number);
    let body = rest.trim_end_matches(ENDS);
    (number, body, &rest[body.len()..])
}

/// One entry of a list as it is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it stands in the old list; `None` for one that is added.
    pub stands: Option<usize>,
    /// Which of the wanted ones it is to say; `None` where it says that already.
    pub with: Option<usize>,
}

/// The entries of a list that says `wanted`: those that stay, those that say something else now in their place, and those that are
/// added: behind, or of steps where they belong. `None` where an entry says several things of which only some are wanted, or where
/// steps would have to change places.
pub(super) fn entries(
    says: &[Vec<Value>],
    wanted: &[Value],
    same: &dyn Fn(&Value, &Value) -> bool,
    akin: &dyn Fn(&Value, &Value) -> bool,
) -> Option<Vec<Entry>> {
    let mut open: Vec<usize> = (0..wanted.len()).collect();
    // Of each entry that stays what it takes in what is wanted: the first of it, and whether that is new.
    let mut stays: Vec<Option<(usize, bool)>> = Vec::new();
    for says in says {
        let mut found = Vec::new();
        for one in says {
            if let Some(at) = open.iter().position(|&at| same(one, &wanted[at])) {
                found.push(open.remove(at));
            }
        }
        match found.as_slice() {
            [] => stays.push(None),
            [first, ..] if found.len() == says.len() => stays.push(Some((*first, false))),
            _ => return None,
        }
    }
    for (says, stays) in says.iter().zip(&mut stays) {
        if let (None, [one]) = (&stays, says.as_slice())
            && let Some(at) = open.iter().position(|&at| akin(one, &wanted[at]))
        {
            *stays = Some((open.remove(at), true));
        }
    }
    let kept = stays
        .into_iter()
        .enumerate()
        .filter_map(|(at, stays)| Some((at, stays?)));
    let mut entries: Vec<(usize, Entry)> = kept
        .map(|(at, (first, new))| {
            let with = new.then_some(first);
            (first, Entry { stands: Some(at), with })
        })
        .collect();
    let ordered = in_order(wanted);
    if ordered && entries.windows(2).any(|two| two[0].0 > two[1].0) {
        return None;
    }
    let added = |at| {
        (
            at,
            Entry {
                stands: None,
                with: Some(at),
            },
        )
    };
    entries.extend(open.into_iter().map(added));
    if ordered {
        entries.sort_by_key(|(place, _)| *place);
    }
    Some(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// The mark of an entry with another number, in the same figures: `（二）` for 3 is `（三）`.
fn with_number(mark: &str, n: usize) -> String {
    let figure =
        |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '①'..='⑳') || "一二三四五六七八九十".contains(c);
    let Some(start) = mark.find(figure) else {
        return mark.to_owned();
    };
    let rest = &mark[start..];
    let end = start + rest.find(|c: char| !figure(c)).unwrap_or(rest.len());
    let spelt: String = match rest.chars().next() {
        Some('①'..='⑳') if n <= 20 => char::from_u32('①' as u32 + n as u32 - 1).into_iter().collect(),
        Some('０'..='９') => {
            let wide = |digit: char| char::from_u32(digit as u32 + 0xFEE0).unwrap_or(digit);
            n.to_string().chars().map(wide).collect()
        }
        Some(c) if !c.is_ascii_digit() && !matches!(c, '①'..='⑳') && n < 100 => {
            number::in_chinese(u32::try_from(n).unwrap_or_default())
        }
        _ => n.to_string(),
    };
    format!("{}{spelt}{}", &mark[..start], &mark[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Material;

    fn read(text: &str) -> Value {
        let name = enumerate::strip(text).trim_end_matches(ENDS).trim();
        if name.is_empty() || name.ends_with('：') {
            return Value::Empty;
        }
        Value::Materials(vec![Material::named(name)])
    }

    fn all(names: &[&str]) -> Value {
        Value::Materials(names.iter().map(|name| Material::named(*name)).collect())
    }

    #[test]
    fn entries_are_dropped_replaced_and_added_in_the_notation_of_the_text() {
        for (text, has, wanted, result) in [
            (
                "1.甲\n2.乙\n3.丙",
                vec!["甲", "乙", "丙"],
                vec!["甲", "丙"],
                "1.甲\n2.丙",
            ),
            (
                "（一）甲；（二）乙。",
                vec!["甲", "乙"],
                vec!["甲", "丁", "乙"],
                "（一）甲；（二）乙；（三）丁。",
            ),
            ("甲、乙、丙", vec!["甲", "乙", "丙"], vec!["乙"], "乙"),
            ("1、甲；\r\n2、乙。", vec!["甲", "乙"], vec!["甲"], "1、甲。"),
            (
                "须交：\n甲；\n乙；\n",
                vec!["甲", "乙"],
                vec!["甲", "甲表"],
                "须交：\n甲；\n甲表；\n",
            ),
            ("甲", vec!["甲"], vec!["甲", "乙"], "甲；乙"),
            ("1.甲2.乙3.丙", vec!["甲", "乙", "丙"], vec!["甲", "丙"], "1.甲2.丙"),
            (
                "（1）甲（2）乙",
                vec!["甲", "乙"],
                vec!["甲", "乙", "丙"],
                "（1）甲（2）乙（3）丙",
            ),
        ] {
            let pieces = Pieces::of(text, &all(&has), &read);
            let wanted = singles(&all(&wanted)).expect("a list");
            let spell = |value: &Value, _: Option<(&Value, &str)>| value.spelling();
            let edited = pieces.and_then(|pieces| {
                pieces.edit(
                    &wanted,
                    "；",
                    &|a, b| a == b,
                    &|a, b| a.spelling() == "乙" && b.spelling() == "甲表",
                    &spell,
                )
            });
            assert_eq!(edited.as_deref(), Some(result), "{text}");
        }
    }

    #[test]
    fn steps_go_where_they_belong() {
        let step = |name: &str| crate::model::Step {
            name: name.trim_matches(['1', '2', '3', '4', '.', ' ']).to_owned(),
            days: None,
            special: false,
            apart: false,
        };
        let read = |text: &str| match text.trim() {
            "" => Value::Empty,
            text => Value::Steps(vec![step(text)]),
        };
        let all = |text: &str| Value::Steps(text.split(' ').map(step).collect());
        for (text, has, wanted, result) in [
            ("受理→审查→决定", "受理 审查 决定", "受理 决定", Some("受理→决定")),
            (
                "受理 -> 决定",
                "受理 决定",
                "受理 审查 决定",
                Some("受理 -> 审查 -> 决定"),
            ),
            (
                "1.受理\n2.决定",
                "受理 决定",
                "申请 受理 决定",
                Some("1.申请\n2.受理\n3.决定"),
            ),
            ("受理→审查", "受理 审查", "审查 受理", None),
        ] {
            let spell = |value: &Value, _: Option<(&Value, &str)>| value.spelling();
            let edited = Pieces::of(text, &all(has), &read).and_then(|pieces| {
                let wanted = singles(&all(wanted))?;
                pieces.edit(&wanted, "→", &|a, b| a == b, &|_, _| false, &spell)
            });
            assert_eq!(edited.as_deref(), result, "{text}");
        }
    }

    #[test]
    fn numbers_in_the_same_figures() {
        for (mark, n, result) in [
            ("1.", 12, "12."),
            ("（二）", 3, "（三）"),
            (" ③", 4, " ④"),
            ("十、", 21, "二十一、"),
            ("１）", 2, "２）"),
            ("- ", 5, "- "),
        ] {
            assert_eq!(with_number(mark, n), result);
        }
    }
}

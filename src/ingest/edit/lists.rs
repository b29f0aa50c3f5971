//! Lists in JSON and TOML that get other entries: what stays keeps its letters, what is added takes the layout of what is there.
//!
//! Must not know what entries mean, nor where lists stand.

use std::ops::Range;

use super::is_number;
use super::records::{json_string, toml_string};
use crate::model::{Shape, decode_list, decode_table};

/// One value of a list as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Item {
    /// Nothing: it is no entry.
    Null,
    /// A record, by its keys.
    Record(Vec<String>),
    /// Anything else.
    Other,
}

/// A list, and what it is to hold.
pub(super) struct List<'a> {
    /// The text of the file.
    pub text: &'a str,
    /// The first byte of the list.
    pub offset: usize,
    /// Its values.
    pub items: &'a [Item],
    pub is_toml: bool,
    /// What its cell is.
    pub shape: Shape,
    /// The old and the new content of the cell.
    pub contents: (&'a str, &'a str),
    /// What a key of its records is in the content of the cell; empty for the text itself of a list of texts.
    pub key: &'a dyn Fn(&str) -> Option<String>,
}

impl List<'_> {
    /// The list as it is to stand, in the place of the old one. `None` where its notation is one that is not written.
    pub(super) fn literal(&self) -> Option<(Range<usize>, String)> {
        let (places, close) = parts(self.text, self.offset, '[')?;
        let texts = |content: &str| -> Vec<Vec<(String, String)>> {
            let text = |text: String| vec![(String::new(), text)];
            match self.shape {
                Shape::Table => decode_table(content),
                _ => decode_list(content).into_iter().map(text).collect(),
            }
        };
        let (old, new) = (texts(self.contents.0), texts(self.contents.1));
        let nothing = self.items.contains(&Item::Null) || new.is_empty();
        if nothing || self.shape == Shape::Text || places.len() != self.items.len() || places.len() != old.len() {
            return None;
        }
        let (first, last) = (places.first()?, places.last()?);
        let lead = &self.text[self.offset + 1..first.start];
        let tail = &self.text[last.end..close];
        let gaps: Vec<&str> = places
            .windows(2)
            .map(|two| &self.text[two[0].end..two[1].start])
            .collect();
        let alone = if lead.contains('\n') {
            format!(",{lead}")
        } else {
            ", ".to_owned()
        };
        let gap = gaps.first().map_or(alone.as_str(), |gap| gap);
        let mut left: Vec<usize> = (0..old.len()).collect();
        let stays = new.iter().map(|entry| {
            let at = left.iter().position(|&at| old[at] == *entry)?;
            Some(left.remove(at))
        });
        let stays: Vec<Option<usize>> = stays.collect();
        let mut literals: Vec<String> = Vec::new();
        for (entry, stays) in new.iter().zip(stays) {
            // Of those that are gone one of the same name says something else now, under the same keys.
            let is_it = |at: &usize| named(&old[*at]).is_some() && named(&old[*at]) == named(entry);
            let changes = || left.iter().position(is_it);
            literals.push(match (stays, changes()) {
                (Some(at), _) => self.text[places[at].clone()].to_owned(),
                (None, Some(at)) => {
                    let at = left.remove(at);
                    self.changed(&old[at], entry, self.items.get(at)?, &places[at])?
                }
                (None, None) => self.added(entry, &places)?,
            });
        }
        let inner = literals.join(gap);
        Some((self.offset..close + 1, format!("[{lead}{inner}{tail}]")))
    }

    /// A record that says something else under the same keys. `None` where its keys cannot be told apart.
    fn changed(
        &self,
        old: &[(String, String)],
        new: &[(String, String)],
        item: &Item,
        place: &Range<usize>,
    ) -> Option<String> {
        let Item::Record(keys) = item else { return None };
        let record = &self.text[place.clone()];
        let members = self.members(record, keys)?;
        if old.len() != new.len() {
            return None;
        }
        let (mut out, mut end) = (String::new(), 0);
        for (key, member) in &members {
            let text = |of: &[(String, String)]| of.iter().find(|(own, _)| own == key).map(|(_, text)| text.clone());
            let (Some(before), Some(after)) = (text(old), text(new)) else {
                continue;
            };
            if before != after {
                let value = self.value(record, member)?..member.end;
                out.push_str(&record[end..value.start]);
                out.push_str(&self.literal_like(&after, &record[value.clone()], record)?);
                end = value.end;
            }
        }
        Some(out + &record[end..])
    }

    /// A new entry: a text, or a record like the last one that has its keys.
    fn added(&self, entry: &[(String, String)], places: &[Range<usize>]) -> Option<String> {
        let (_, text) = entry.first()?;
        let records = self
            .items
            .iter()
            .zip(places)
            .rev()
            .filter_map(|(item, place)| match item {
                Item::Record(keys) => Some((keys, place)),
                _ => None,
            });
        let mut records = records.peekable();
        if records.peek().is_none() {
            let all = &self.text[places.first()?.start..places.last()?.end];
            return (entry.len() == 1).then(|| self.string(text, all));
        }
        records.find_map(|(keys, place)| {
            let record = &self.text[place.clone()];
            let members = self.members(record, keys)?;
            let (first, last) = (members.first()?, members.last()?);
            let gap = members
                .get(1)
                .map_or(", ", |(_, second)| &record[first.1.end..second.start]);
            // What is not said is left out: a null would say that it is known to be nothing.
            let literals = entry.iter().map(|(key, text)| {
                let (_, member) = members.iter().find(|(own, _)| own == key)?;
                let value = self.value(record, member)?;
                let literal = self.literal_like(text, &record[value..member.end], record)?;
                Some(format!("{}{literal}", &record[member.start..value]))
            });
            let inner = literals.collect::<Option<Vec<_>>>()?.join(gap);
            Some(format!("{}{inner}{}", &record[..first.1.start], &record[last.1.end..]))
        })
    }

    /// The members of a record that the cell holds, each with its key there. `None` where the record is not written plainly, or where a
    /// key stands for what another one stands for, too.
    fn members(&self, record: &str, keys: &[String]) -> Option<Vec<(String, Range<usize>)>> {
        let (places, _) = parts(record, 0, '{').filter(|(places, _)| places.len() == keys.len())?;
        // A key that is not known is its own.
        let key = |key: &String| (self.key)(key).unwrap_or_else(|| key.clone());
        let members: Vec<(String, Range<usize>)> = keys.iter().map(key).zip(places).collect();
        let once = |(at, (key, _)): (usize, &(String, _))| members[..at].iter().all(|(other, _)| other != key);
        members.iter().enumerate().all(once).then_some(members)
    }

    /// Where the value of a member begins.
    fn value(&self, record: &str, member: &Range<usize>) -> Option<usize> {
        let text = &record[member.clone()];
        let behind = text.strip_prefix(['"', '\'']).map_or(0, |rest| {
            let quote = text.chars().next();
            rest.find(|c| Some(c) == quote).map_or(0, |at| at + 2)
        });
        let sign = text[behind..].find(if self.is_toml { '=' } else { ':' })? + behind + 1;
        Some(member.start + sign + (text[sign..].len() - text[sign..].trim_start().len()))
    }

    /// A text in the place of a value: a string for a string, a number for a number.
    fn literal_like(&self, text: &str, old: &str, beside: &str) -> Option<String> {
        match old.starts_with(['"', '\'']) {
            true => Some(self.string(text, beside)),
            false => (is_number(old) && is_number(text)).then(|| text.to_owned()),
        }
    }

    fn string(&self, text: &str, beside: &str) -> String {
        if self.is_toml {
            format!("\"{}\"", toml_string(text))
        } else {
            json_string(text, beside.is_ascii() && beside.contains("\\u"))
        }
    }
}

/// The name in a record.
fn named(record: &[(String, String)]) -> Option<&str> {
    let name = |(key, _): &&(String, String)| matches!(key.as_str(), "name" | "title");
    record.iter().find(name).map(|(_, text)| text.as_str())
}

/// The parts of a list or a record between its commas, without the blanks around them, and where it closes. `None` where it does not
/// begin there, does not close or holds a remark.
fn parts(text: &str, offset: usize, open: char) -> Option<(Vec<Range<usize>>, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(offset).copied() != u8::try_from(open).ok() {
        return None;
    }
    let (mut places, mut depth, mut start, mut at) = (Vec::new(), 0_usize, offset + 1, offset);
    let mut put = |from: usize, to: usize| {
        let part = text.get(from..to)?;
        let lead = part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            places.push(from + lead..from + lead + part.trim().len());
        }
        Some(())
    };
    let close = loop {
        match *bytes.get(at)? {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    break at;
                }
            }
            b',' if depth == 1 => {
                put(start, at)?;
                start = at + 1;
            }
            // A remark would come to stand beside another entry.
            b'#' => return None,
            quote @ (b'"' | b'\'') => {
                let long = bytes.get(at..at + 3) == Some(&[quote; 3]);
                let end = if long { 3 } else { 1 };
                at += end;
                while bytes.get(at..at + end)?.iter().any(|&byte| byte != quote) {
                    at += if bytes[at] == b'\\' && quote == b'"' { 2 } else { 1 };
                }
                at += end - 1;
            }
            _ => {}
        }
        at += 1;
    };
    put(start, close)?;
    Some((places, close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{encode_list, encode_table};

    fn edited(text: &str, is_toml: bool, old: &[&str], new: &[&str]) -> Option<String> {
        let offset = text.find('[')?;
        let items = vec![Item::Other; old.len()];
        let list = List {
            text,
            offset,
            items: &items,
            is_toml,
            shape: Shape::List,
            contents: (&encode_list(old), &encode_list(new)),
            key: &|_| None,
        };
        let (range, literal) = list.literal()?;
        Some(format!("{}{literal}{}", &text[..range.start], &text[range.end..]))
    }

    #[test]
    fn texts_come_and_go() {
        for (text, is_toml, old, new, after) in [
            (
                r#"{"a":["甲","乙"]}"#,
                false,
                vec!["甲", "乙"],
                vec!["乙"],
                Some(r#"{"a":["乙"]}"#),
            ),
            (
                r#"{"a": ["甲"]}"#,
                false,
                vec!["甲"],
                vec!["甲", "\"丙\""],
                Some(r#"{"a": ["甲", "\"丙\""]}"#),
            ),
            (
                "[\n  \"a,\",\n  \"b]\"\n]",
                false,
                vec!["a,", "b]"],
                vec!["a,", "c", "b]"],
                Some("[\n  \"a,\",\n  \"c\",\n  \"b]\"\n]"),
            ),
            (
                r#"["\u7532"]"#,
                false,
                vec!["甲"],
                vec!["甲", "乙"],
                Some(r#"["\u7532", "\u4e59"]"#),
            ),
            (
                "a = [\n  '甲',\n  \"乙\",\n]",
                true,
                vec!["甲", "乙"],
                vec!["甲", "丙\\"],
                Some("a = [\n  '甲',\n  \"丙\\\\\",\n]"),
            ),
            ("a = ['甲', # 一\n '乙']", true, vec!["甲", "乙"], vec!["甲"], None),
            (r#"["甲","乙"]"#, false, vec!["甲"], vec!["乙"], None),
            (r#"["甲"]"#, false, vec!["甲"], vec![], None),
        ] {
            assert_eq!(edited(text, is_toml, &old, &new).as_deref(), after, "{text}");
        }
    }

    #[test]
    fn records_come_with_a_name_alone() {
        let record = |name: &str, n: &str| {
            vec![
                ("name".to_owned(), name.to_owned()),
                ("copies".to_owned(), n.to_owned()),
            ]
        };
        let named = |name: &str| vec![("name".to_owned(), name.to_owned())];
        let old = encode_table(&[record("甲", "1"), record("乙", "2")]);
        let new = encode_table(&[record("乙", "2"), named("丙")]);
        for (text, is_toml, after) in [
            (
                r#"[{"份数": 1, "名称": "甲"}, {"份数": 2, "名称": "乙"}]"#,
                false,
                r#"[{"份数": 2, "名称": "乙"}, {"名称": "丙"}]"#,
            ),
            (
                "[{份数 = 1, 名称 = \"甲\"}, { 份数 = 2, 名称 = '乙' }]",
                true,
                "[{ 份数 = 2, 名称 = '乙' }, { 名称 = \"丙\" }]",
            ),
        ] {
            let keys = vec![Item::Record(vec!["份数".to_owned(), "名称".to_owned()]); 2];
            let list = |key: &dyn Fn(&str) -> Option<String>| {
                let list = List {
                    text,
                    offset: 0,
                    items: &keys,
                    is_toml,
                    shape: Shape::Table,
                    contents: (&old, &new),
                    key,
                };
                list.literal().map(|(_, literal)| literal)
            };
            let known = |key: &str| (key == "名称").then(|| "name".to_owned());
            assert_eq!(list(&known).as_deref(), Some(after));
            let both = |_: &str| Some("name".to_owned());
            assert_eq!(list(&both), None, "two keys may be the name");
            assert_eq!(list(&|_| None), None);
        }
    }
}

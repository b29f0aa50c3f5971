//! Notes behind a title or an article: dates, document numbers, short names that the text declares.
//!
//! Must not know what is quoted.

use crate::normalise::fold;

use super::clauses::{clause, enclosed};
use super::numbers::{Numbered, first_docno, number_at};
use super::scan::Scanner;
use super::titles::title;
use super::words::{eat, head, trim};
use super::{LONGEST_NOTE, LONGEST_RUN, OPEN, law};

impl<'a> Scanner<'a> {
    /// Passes over the notes behind a title or clause, and takes the document number from them.
    pub(super) fn notes(&mut self, rest: &'a str, name: &str, number: &mut Option<String>) -> &'a str {
        let mut rest = rest;
        for _ in 0..4 {
            if let Some(plain) = self.number_behind(rest) {
                number.get_or_insert(plain.spelt);
                rest = plain.after;
                continue;
            }
            let kind =
                eat(rest, "的通知 的决定 的意见 的公告 的批复").filter(|rest| rest.trim_start().starts_with('('));
            let open = trim(kind.unwrap_or(rest));
            let Some((note, after)) = self
                .pair(open, LONGEST_NOTE)
                .filter(|(note, _)| open.starts_with('(') && !speaks(open, note))
            else {
                break;
            };
            if let Some(short) = short_name(note) {
                self.short.insert(short, name.to_owned());
            }
            *number = number.take().or_else(|| first_docno(note).map(|found| found.spelt));
            rest = after;
        }
        rest
    }

    /// What is said of a law or an article that changes what is cited: that it is no longer in force, or that only its proviso is meant.
    pub(super) fn said(&self, rest: &'a str) -> Option<(String, &'a str)> {
        let open = trim(rest);
        if let Some(after) = eat(open, "的但书 但书") {
            return Some(("但书".to_owned(), after));
        }
        let (note, after) = self.pair(open, LONGEST_RUN).filter(|_| open.starts_with('('))?;
        let gone = ["已废止", "废止", "已失效", "失效", "现已废止", "已经废止"];
        gone.contains(&note.trim()).then(|| ("（已废止）".to_owned(), after))
    }

    /// A document number that follows without brackets.
    fn number_behind(&self, rest: &'a str) -> Option<Numbered<'a>> {
        let rest = rest.trim_start_matches([' ', ',']);
        // A bracket that is never closed is no note.
        let rest = rest
            .strip_prefix('(')
            .filter(|_| !self.partner.contains_key(&self.at(rest)))
            .unwrap_or(rest);
        let (near, _) = head(rest, LONGEST_RUN, |c| {
            !matches!(c, '\n' | '。' | ';' | '《' | ',' | '、')
        });
        let dated = |before: &str| {
            before
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日'))
        };
        number_at(self.text, self.at(rest) + near.find('号')?)
            .filter(|found| found.before.get(self.at(rest)..).is_some_and(dated))
    }
}

/// Whether a bracket is part of the text rather than a note: （一）, （第三条）, （《海域使用管理法》第三十条）.
fn speaks(open: &str, note: &str) -> bool {
    let cites = note.contains("》第") && !note.contains(['修', '称']);
    cites || enclosed(open).is_some() || clause(note, &law("", None), false).is_some()
}

/// The year of the version that a note names: 2019 of 2019年修正, of several the last.
pub(super) fn version(note: &str) -> Option<u32> {
    let end = ["修订", "修正", "修改"]
        .iter()
        .filter_map(|word| note.rfind(word))
        .max()?;
    let before = note.get(..end)?;
    let mut runs = before.rsplit(|c: char| !c.is_ascii_digit());
    let year = runs.find(|run| run.len() == 4)?.parse().ok()?;
    (1949..2100).contains(&year).then_some(year)
}

/// The short name that a note declares: 以下简称《X》.
pub(super) fn short_name(note: &str) -> Option<String> {
    let rest = eat(note.trim_start(), "以下简称 下简称 简称 以下称 下称")?;
    let (name, _) = head(
        rest.trim_start_matches([' ', ':', '为', '《', '"', OPEN, '<']),
        LONGEST_RUN,
        fold::is_han,
    );
    Some(title(name)).filter(|name| !name.is_empty())
}

//! The one pass over a text: finds where a basis begins, and reads it to its end.
//!
//! Must not know how titles, notes, clauses and quotations are spelt: each has its file.

use crate::model::Citation;
use crate::normalise::{enumerate, fold};

use super::clauses::{chapters, clause, clauses, enclosed, first_number, joint};
use super::notes::{short_name, version};
use super::numbers::{document_number, first_docno, number_at};
use super::titles::title;
use super::unmarked::{Before, is_law, own_name, run_before};
use super::words::{eat, ends, head, tail, trim};
use super::{CLOSE, LONGEST_NOTE, LONGEST_RUN, LONGEST_TITLE, Map, OPEN, law, unmark};

/// Ranks that a source writes in front of a law.
const RANKS: &str = "法律 行政法规 国务院决定 地方性法规 部门规章 地方政府规章 政府规章 规章 规范性文件 国务院文件 法规 党内法规 司法解释";
/// The first characters of the ranks.
const RANK_STARTS: [char; 9] = ['法', '行', '国', '地', '部', '政', '规', '党', '司'];
/// What such a heading says when it names no rank.
const HEADINGS: &str = "法律依据 设定依据 实施依据 政策依据 依据";

/// A numbered entry: its numbering, and where the entry before it ends.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) style: Option<enumerate::Style>,
    pub(super) number: u32,
    pub(super) before: usize,
}

#[derive(Default)]
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    /// The other half of each pair of brackets or marks.
    pub(super) partner: Map<usize, usize>,
    pub(super) entries: Map<usize, Entry>,
    pub(super) found: Vec<Citation>,
    /// The law named last, without a place in it.
    pub(super) law: Option<Citation>,
    /// Titles by the short names that the text declares (以下简称…).
    pub(super) short: Map<String, String>,
    pub(super) label: Option<String>,
    /// A document number, and where the title that it belongs to starts.
    pub(super) ahead: Option<(usize, String)>,
    /// The entry that is being read.
    pub(super) entry: Option<Entry>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Scanner {
            text,
            partner: pairs(text),
            entries: entries(text),
            ..Scanner::default()
        }
    }

    pub(super) fn run(&mut self) {
        let mut rest = self.text;
        while let Some(c) = rest.chars().next() {
            let next = self.step(rest, c).filter(|next| next.len() < rest.len());
            rest = next.or_else(|| rest.get(c.len_utf8()..)).unwrap_or_default();
        }
    }

    pub(super) fn at(&self, rest: &str) -> usize {
        self.text.len() - rest.len()
    }

    pub(super) fn before(&self, rest: &str) -> &'a str {
        self.text.get(..self.at(rest)).unwrap_or_default()
    }

    /// What stands inside and behind the pair that opens here, if that is not too long.
    pub(super) fn pair(&self, rest: &'a str, longest: usize) -> Option<(&'a str, &'a str)> {
        let inner = self.at(rest) + rest.chars().next()?.len_utf8();
        let close = self
            .partner
            .get(&self.at(rest))
            .copied()
            .filter(|&close| close < inner + longest)?;
        let behind = self.text.get(close..)?;
        Some((
            self.text.get(inner..close)?,
            behind.get(behind.chars().next()?.len_utf8()..)?,
        ))
    }

    /// Reads what begins here, if anything does; returns where to go on.
    fn step(&mut self, rest: &'a str, c: char) -> Option<&'a str> {
        if let Some(entry) = self.entries.get(&self.at(rest)) {
            self.entry = Some(*entry);
            // A rank on a line of its own holds for all that follows it.
            if self.label.is_some() && self.found.last().is_some_and(|last| last.label == self.label) {
                self.label = None;
            }
        }
        if let Some((label, after)) = self.label_at(rest) {
            self.label = label;
            return Some(after);
        }
        match c {
            '《' | '<' => self.titled(rest),
            '》' if !self.partner.contains_key(&self.at(rest)) => self.half_titled(rest),
            '第' => self.untitled(rest),
            '号' => self.numbered(rest),
            '(' => self
                .pair(rest, LONGEST_NOTE)
                .filter(|(note, _)| short_name(note).is_some())
                .map(|(_, after)| after),
            _ => None,
        }
    }

    /// A rank of law in front of a basis.
    pub(super) fn label_at(&self, rest: &'a str) -> Option<(Option<String>, &'a str)> {
        let marked = rest.starts_with('【');
        let (label, after) = if rest.starts_with(['【', '[', '(']) {
            self.pair(rest, LONGEST_RUN)?
        } else {
            // Asked at every character: most begin no rank.
            rest.chars().next().filter(|first| RANK_STARTS.contains(first))?;
            let after = eat(rest, RANKS).filter(|after| trim(after).starts_with([':', '《']))?;
            (rest.strip_suffix(after)?, after)
        };
        let label = fold::spelling(label);
        let rank = RANKS.split(' ').any(|rank| rank == label) || (marked && ends(&label, "法 法规 规章 文件 解释"));
        let heading = marked && HEADINGS.split(' ').any(|heading| heading == label);
        let after = after.trim_start_matches([' ', ':']);
        (heading || (rank && (marked || self.begins(rest)))).then(|| (Some(label).filter(|_| rank), after))
    }

    /// Whether an entry or a sentence begins here.
    pub(super) fn begins(&self, rest: &str) -> bool {
        let before = self.before(rest).trim_end_matches(' ');
        let starts = ['\n', '。', ';', ':', '】', '(', ']', '"', OPEN, CLOSE];
        before.is_empty() || before.ends_with(starts) || self.entries.contains_key(&self.at(rest))
    }

    /// A title in 《》, or in 〈〉 where it is one of a law.
    fn titled(&mut self, rest: &'a str) -> Option<&'a str> {
        let ahead = self
            .ahead
            .take()
            .filter(|&(at, _)| at == self.at(rest))
            .map(|(_, number)| number);
        if let Some((raw, after)) = self.pair(rest, LONGEST_TITLE) {
            let name = title(&unmark(raw));
            let known = !name.is_empty() && (rest.starts_with('《') || is_law(&name));
            return known.then(|| self.named(name, ahead.or_else(|| first_docno(raw).map(|n| n.spelt)), rest, after));
        }
        // A title that is never closed, up to the bracket, the article or the line that ends it.
        let raw = rest
            .strip_prefix('《')
            .filter(|_| !self.partner.contains_key(&self.at(rest)))?;
        let (line, _) = head(raw, LONGEST_RUN, |c| {
            !matches!(c, '\n' | '(' | '。' | ';' | ',' | '、' | '《' | ':' | ' ')
        });
        let article = line
            .match_indices('第')
            .find(|&(at, _)| clause(line.get(at..).unwrap_or_default(), &law("", None), false).is_some());
        let name = line.get(..article.map_or(line.len(), |(at, _)| at))?;
        is_law(name).then(|| {
            self.named(
                title(&unmark(name)),
                ahead,
                rest,
                raw.get(name.len()..).unwrap_or_default(),
            )
        })
    }

    /// A title of which only the end is marked.
    fn half_titled(&mut self, rest: &'a str) -> Option<&'a str> {
        let (before, run) = tail(self.before(rest), LONGEST_RUN, |c| {
            fold::is_han(c) || matches!(c, '(' | ')' | '<' | '>')
        });
        let name = title(own_name(run));
        let start = self.text.get(before.len()..)?;
        is_law(&name).then(|| self.named(name, None, start, rest.strip_prefix('》').unwrap_or(rest)))
    }

    /// A law that was named from `start` on; its notes, clauses and quotations follow.
    fn named(&mut self, name: String, mut number: Option<String>, start: &'a str, after: &'a str) -> &'a str {
        // 《甲办法》（试行） is the 《甲办法（试行）》.
        let (name, after) = match ["(试行)", "(暂行)"]
            .iter()
            .find_map(|trial| trim(after).strip_prefix(trial).map(|rest| (trial, rest)))
        {
            Some((trial, rest)) if !name.ends_with('）') => {
                (format!("{name}（{}）", trial.trim_matches(['(', ')'])), rest)
            }
            _ => (name, after),
        };
        let before = after;
        let (said, after) = self
            .said(after)
            .map_or((None, after), |(said, after)| (Some(said), after));
        let after = self.notes(after, &name, &mut number);
        let noted = before.get(..before.len() - after.len()).unwrap_or_default();
        let inside = start.get(..self.at(before) - self.at(start)).unwrap_or_default();
        let version = version(noted).or_else(|| version(inside));
        let title = self.short.get(&name).cloned().unwrap_or(name);
        let number = number.or_else(|| document_number(&title).filter(|number| *number == title));
        self.law = Some(Citation {
            said,
            version,
            ..law(&title, number)
        });
        self.cite(start, after)
    }

    /// A document number in running text: of the title behind it, of the unmarked title before it, or a basis by itself.
    fn numbered(&mut self, rest: &'a str) -> Option<&'a str> {
        let found = number_at(self.text, self.at(rest)).filter(|found| found.alone)?;
        let next = trim(found.after);
        if next.starts_with('《') {
            self.ahead = Some((self.at(next), found.spelt));
            return Some(next);
        }
        let start = self.text.get(found.before.len()..)?;
        let (mut name, mut after) = (found.spelt.clone(), found.after);
        if let (Some(before), Some(behind)) = (found.before.strip_suffix('('), next.strip_prefix(')'))
            && let Before::Law(law) = run_before(before)
        {
            (name, after) = (law, behind);
        }
        self.law = Some(law(&name, Some(found.spelt)));
        Some(self.cite(start, after))
    }

    /// A clause without a title in front of it.
    fn untitled(&mut self, rest: &'a str) -> Option<&'a str> {
        let (places, after) = clauses(rest, &law("", None))?;
        if places.first().is_none_or(|place| place.article.is_none()) {
            return Some(after);
        }
        match self.law_before(rest) {
            Before::Law(title) => {
                let title = self.short.get(&title).cloned().unwrap_or(title);
                let before = self.before(rest).trim_end_matches(' ');
                let noted = before
                    .strip_suffix(')')
                    .and_then(|note| note.rfind('(').and_then(|at| note.get(at..)));
                self.law = Some(Citation {
                    version: noted.and_then(version),
                    ..law(&title, None)
                });
            }
            Before::Same if self.law.is_some() => {}
            Before::Same | Before::Nothing => return Some(after),
        }
        Some(self.cite(rest, rest))
    }

    fn law_before(&self, rest: &str) -> Before {
        let before = self.before(rest).trim_end_matches(' ');
        if let Some(inner) = before.strip_suffix(')') {
            let open = self
                .partner
                .get(&inner.len())
                .copied()
                .filter(|open| inner.len() - open < LONGEST_RUN);
            let noted = open.and_then(|open| Some((run_before(self.text.get(..open)?), before.get(open..)?)));
            return match noted {
                Some((Before::Law(name), note)) => Before::Law(title(&format!("{name}{note}"))),
                _ => Before::Same,
            };
        }
        if before.ends_with(fold::is_han) {
            run_before(before)
        } else {
            Before::Same
        }
    }

    /// Notes the citations of the law at hand from here on, with what they quote; returns where to go on.
    fn cite(&mut self, start: &'a str, mut rest: &'a str) -> &'a str {
        let Some(law) = &self.law else { return rest };
        let of_law = law.said.clone();
        let mut last = Citation {
            label: self.label.clone(),
            ..law.clone()
        };
        let (annex, behind) = annex(rest);
        last.part = annex;
        let mut told = clauses(behind, &last);
        if last.part.is_some() {
            told = told.or_else(|| Some((vec![last.clone()], behind)));
        } else if told.is_none()
            && let Some((part, after)) = chapters(behind)
        {
            last.part = Some(part);
            told = Some((vec![last.clone()], after));
        }
        loop {
            let first = self.found.len();
            let quotable = told.is_some();
            let (mut places, mut after) = told.take().unwrap_or_else(|| (vec![last.clone()], rest));
            if quotable {
                if let Some((said, behind)) = self.said(after) {
                    if let Some(last) = places.last_mut() {
                        last.said = Some(said);
                    }
                    after = behind;
                }
                after = self.notes(after, &last.title, &mut last.number);
            }
            for place in &mut places {
                place.number.clone_from(&last.number);
                last.clone_from(place);
            }
            last.said.clone_from(&of_law);
            self.found.append(&mut places);
            let Some((quote, next)) = self.quote(start, after, quotable) else {
                return after;
            };
            if let Some(citation) = self.found.get_mut(first) {
                citation.quote = Some(fold::spelling(&unmark(quote))).filter(|quote| !quote.is_empty());
            }
            // 第三条：“…”，第二款：“…”
            told = clauses(joint(next).map_or(next, |(next, _)| next), &last);
            rest = next;
            if told.is_none() {
                return rest;
            }
        }
    }
}

fn pairs(text: &str) -> Map<usize, usize> {
    let mut open: Map<char, Vec<usize>> = Map::default();
    let mut partner = Map::default();
    for (at, c) in text.char_indices() {
        let opener = match c {
            '》' => '《',
            ')' => '(',
            '】' => '【',
            '>' => '<',
            ']' => '[',
            CLOSE => OPEN,
            '《' | '(' | '【' | '<' | '[' | OPEN | '"' => c,
            _ => continue,
        };
        let waiting = open.entry(opener).or_default();
        if opener == c && (c != '"' || waiting.is_empty()) {
            waiting.push(at);
        } else if let Some(from) = waiting.pop() {
            partner.extend([(from, at), (at, from)]);
        }
    }
    partner
}

fn entries(text: &str) -> Map<usize, Entry> {
    let mut before = 0;
    let mut found = Map::default();
    for entry in enumerate::entries(text) {
        let start = (entry.text.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        found.insert(
            start,
            Entry {
                style: entry.style,
                number: entry.number,
                before,
            },
        );
        before = start + entry.text.len();
    }
    found
}

/// The annex that stands before a clause, where it is numbered, and what follows it.
fn annex(rest: &str) -> (Option<String>, &str) {
    let marks = [' ', '\n', ',', ':', '、', ')'];
    let open = rest.trim_start_matches(marks);
    let open = eat(open, "中的 中 的 之").unwrap_or(open);
    let named = ["附件", "附表", "附录"]
        .into_iter()
        .find_map(|word| Some((word, open.strip_prefix(word)?)));
    let number = named.and_then(|(word, after)| Some((word, first_number(after)?.0)));
    (number.map(|(word, n)| format!("{word}{n}")), link(rest))
}

/// Passes over what may stand between a title and its clause.
pub(super) fn link(rest: &str) -> &str {
    let marks = [' ', '\n', ',', ':', '、', ')'];
    let rest = rest.trim_start_matches(marks);
    let rest = eat(rest, "中的 中 的 之").unwrap_or(rest);
    let Some(annex) = eat(rest, "附件 附表 附录 所附 目录 清单") else {
        return rest.trim_start_matches(marks);
    };
    let annex = first_number(annex).map_or(annex, |(_, rest)| rest);
    let part = enclosed(annex)
        .map(|(_, rest)| rest)
        .filter(|rest| rest.starts_with('第'));
    part.unwrap_or(annex).trim_start_matches(marks)
}

//! Quoted articles: where the words of a law begin behind its citation, and where they end. What they cite is no basis of the item.
//!
//! Must not know titles and document numbers, only whether one begins.

use crate::normalise::fold;

use super::clauses::{clauses, enclosed};
use super::scan::{Scanner, link};
use super::unmarked::{is_issuer, is_law};
use super::words::{eat, head, tail, trim};
use super::{CLOSE, LONGEST_NOTE, LONGEST_TITLE, OPEN, VERBS, law};

/// What follows an article that is only mentioned: 第三条的规定, 第三条所列, 第三条和….
const MENTIONS: &str = "的 规定 所列 所称 所规定 所指 有关规定 相关规定 之 和 或 与 及 以及 等 以外 外, 中规定 关于 执行 处理 处罚 予以 给予 追究 制定";
/// Words that introduce a quotation behind an article.
const SAYS: &str = "明确规定 规定 明确 指出 要求";

impl<'a> Scanner<'a> {
    /// Whether what starts here opens a sentence, at most behind an issuer: then the article's text may follow at once.
    fn leads(&self, rest: &str) -> bool {
        let (_, run) = tail(self.before(rest), 20, |c| fold::is_han(c) || c == ' ' || c == '、');
        let ends = run.char_indices().map(|(at, _)| at).chain([run.len()]);
        ends.filter_map(|at| run.get(at..)).any(|words| {
            let from = self.text.get(self.at(rest) - words.len()..).unwrap_or_default();
            (words.is_empty() || is_issuer(words)) && self.begins(from)
        })
    }

    /// The text quoted behind a citation that begins at `start`, and where to go on.
    pub(super) fn quote(&self, start: &str, rest: &'a str, told: bool) -> Option<(&'a str, &'a str)> {
        let from = self.quote_start(start, rest, told)?;
        let marked = from
            .starts_with(['"', OPEN])
            .then(|| self.pair(from, self.text.len()))
            .flatten();
        Some(marked.unwrap_or_else(|| self.quote_end(from)))
    }

    fn quote_start(&self, start: &str, rest: &'a str, told: bool) -> Option<&'a str> {
        let spaced = rest.starts_with(' ');
        let rest = trim(rest);
        let said = eat(rest, SAYS).or_else(|| of_rule(rest)).filter(|_| told).map(trim);
        if let Some(text) = said.unwrap_or(rest).strip_prefix(':') {
            let text = text.trim_start_matches([':', ' ', '\n']);
            return (!text.is_empty() && !self.opens(text, true)).then_some(text);
        }
        if let Some(text) = said.map(|said| said.strip_prefix(',').unwrap_or(said))
            && (text.starts_with(['"', OPEN]) || (said != Some(text) && self.leads(start)))
        {
            return Some(text);
        }
        if !told || mentioned(rest, spaced) {
            return None;
        }
        if let Some(line) = rest.strip_prefix('\n') {
            let plain = self
                .entries
                .get(&self.at(line))
                .is_some_and(|entry| entry.style.is_none());
            return (plain && self.leads(start) && !self.opens(line, true)).then_some(line);
        }
        let begins =
            rest.starts_with(|c: char| fold::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '"' | OPEN | '《'));
        let text = begins || enclosed(rest).is_some();
        let opens = rest.starts_with('《') && self.opens(rest, true);
        (text && !opens && (spaced || rest.starts_with(['"', OPEN]) || self.leads(start))).then_some(rest)
    }

    /// Splits where a quotation without marks ends: before the next basis that opens an entry or a sentence, the next rank, or the
    /// next entry of the list that the citation stands in.
    fn quote_end(&self, from: &'a str) -> (&'a str, &'a str) {
        let cut = |text: usize, next: &'a str| (self.text.get(self.at(from)..text).unwrap_or_default(), next);
        let (mut nested, mut sentence) = (false, false);
        for (offset, c) in from.char_indices().skip(1) {
            let rest = from.get(offset..).unwrap_or_default();
            let at = self.at(rest);
            if let Some(entry) = self.entries.get(&at) {
                let outer = self
                    .entry
                    .filter(|outer| outer.style.is_some() && outer.style == entry.style);
                nested |= outer.is_some() && entry.number == 1;
                if outer.is_some_and(|outer| !nested && entry.number == outer.number + 1) || self.opens(rest, true) {
                    return cut(entry.before, rest);
                }
            }
            let outside =
                matches!(c, ')' | CLOSE | '"') && self.partner.get(&at).is_some_and(|&open| open < self.at(from));
            if outside || self.label_at(rest).is_some() || (sentence && self.opens(rest, false)) {
                return cut(at, rest);
            }
            sentence = matches!(c, '。' | ';' | '!') || (sentence && matches!(c, ' ' | '"' | CLOSE | '\n'));
        }
        (from, "")
    }

    /// Whether a basis begins here, rather than words of a quoted article. At the start of an entry an issuer or 根据 may stand
    /// before it.
    fn opens(&self, rest: &'a str, entry: bool) -> bool {
        let mut rest = trim(rest);
        if entry {
            if self.label_at(rest).is_some() {
                return true;
            }
            rest = trim(eat(rest, VERBS).unwrap_or(rest));
            let (words, next) = head(rest, 30, |c| fold::is_han(c) && c != '第');
            let next = trim(next);
            let named = next.starts_with('第') && is_law(words) && !words.contains('本');
            if named || (next.starts_with('《') && is_issuer(words)) {
                rest = next;
            }
        }
        if rest.starts_with('第') {
            return clauses(rest, &law("", None)).is_some_and(|(places, after)| {
                places.iter().any(|place| place.article.is_some()) && !mentioned(after, false)
            });
        }
        let Some((_, mut after)) = self.pair(rest, LONGEST_TITLE).filter(|_| rest.starts_with('《')) else {
            return false;
        };
        while let Some((_, behind)) = self
            .pair(trim(after), LONGEST_NOTE)
            .filter(|_| trim(after).starts_with('('))
        {
            after = behind;
        }
        if let Some((_, after)) = clauses(link(after), &law("", None)) {
            return !mentioned(after, false);
        }
        let next = trim(after);
        next.is_empty() || next.starts_with(['\n', ':', '"', OPEN]) || (entry && next.starts_with(['。', ';']))
    }
}

/// What follows 的规定 where it leads to the text: 第三条的规定：…. Behind a comma follows what rests on it, in words of the item.
fn of_rule(rest: &str) -> Option<&str> {
    let after = trim(eat(rest, "的规定")?);
    after.starts_with(':').then_some(after)
}

/// Whether an article is only mentioned, by what follows it: 第三条规定的, but not 第三条规定：.
fn mentioned(rest: &str, spaced: bool) -> bool {
    let words = trim(rest);
    let said = eat(words, SAYS).map(trim);
    let quotes =
        said.is_some_and(|after| after.is_empty() || after.starts_with([':', ',', '"', OPEN, '\n', '。', ';']));
    // Behind a space, one of the words may be the article's own first (第三条 和…).
    let spaced = spaced || words.len() < rest.len();
    !quotes && eat(words, if spaced { "的 规定" } else { MENTIONS }).is_some()
}

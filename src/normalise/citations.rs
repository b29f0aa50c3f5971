//! Citations: which legal bases (设定依据) a text names: law, document number, article, paragraph, subparagraph, quoted text.
//!
//! Must not know which laws exist, what they say or which are in force (that is `law`), nor judge a basis (that is `lint`).
//!
//! One pass over the folded text; whatever is looked at twice (a title, a note, the words before 第X条) has a greatest length,
//! so that no text costs more than its length. A quoted article is passed over: what it cites is no basis of the item.

use std::collections::HashMap;

use super::{Parts, Role, enumerate, fold, number};

use crate::model::{Citation, UnknownWhy, Value};

mod clauses;
mod titles;

use clauses::{clause, clauses, enclosed, first_number, joint, names_place};
use titles::{Numbered, behind, eat, first_docno, head, number_at, tail, trim};
pub use titles::{document_number, title};

/// The longest title and note, in bytes.
const LONGEST_TITLE: usize = 480;
const LONGEST_NOTE: usize = 3000;
/// The most characters of a run of words before or behind something.
const LONGEST_RUN: usize = 60;
/// The most numbers of one list (第（三）（五）…项) or written-out range.
const MOST_NUMBERS: usize = 40;
/// Quotation marks keep their direction in characters of their own, for `fold::half` makes them all alike.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

const COUNTRY: &str = "中华人民共和国";
/// How the title of a law ends.
const LAW_ENDS: &str =
    "法 条例 规定 办法 决定 细则 规则 通知 意见 目录 法典 通则 规程 规范 准则 解释 决议 公告 清单 方案 章程 标准 批复";
/// Words that end like a law and are none.
const NO_LAW: &str = "方法 做法 违法 合法 执法 司法 依法 非法 守法 无法";
/// The last character of the name of an authority.
const ISSUER_ENDS: [char; 16] = [
    '部', '委', '局', '院', '署', '会', '办', '厅', '府', '行', '席', '团', '省', '市', '室', '组',
];
/// Words in front of a law or issuer that do not belong to its name.
const VERBS: &str = "根据 依据 依照 按照 违反 符合 适用 参照 遵守 遵照 执行 贯彻 具备 属于 履行 涉及";
/// Words in front of an issuer that tell of another act.
const EVENTS: &str = "公布 发布 颁布 修订 修正 修改 通过 批准 施行 的";
/// What follows an article that is only mentioned: 第三条的规定, 第三条所列, 第三条和….
const MENTIONS: &str = "的 规定 所列 所称 所规定 所指 有关规定 相关规定 之 和 或 与 及 以及 等 以外 外, 中规定 关于 执行 处理 处罚 予以 给予 追究 制定";
/// Words that introduce a quotation behind an article.
const SAYS: &str = "明确规定 规定 明确 指出 要求";
/// Ranks that a source writes in front of a law.
const RANKS: &str = "法律 行政法规 国务院决定 地方性法规 部门规章 地方政府规章 政府规章 规章 规范性文件 国务院文件 法规 党内法规 司法解释";
/// What such a heading says when it names no rank.
const HEADINGS: &str = "法律依据 设定依据 实施依据 政策依据 依据";

/// Reads the columns of one row: a set, sorted.
pub(super) fn read(parts: &Parts<'_>) -> Value {
    let records = parts.records();
    let entries = parts.entries(Role::Value);
    let mut found = if records.is_empty() {
        finish(entries.iter().flat_map(|text| parse(text)).collect())
    } else {
        from_records(&records)
    };
    if found.is_empty() {
        let text = entries.join("；");
        return if text.is_empty() {
            Value::Empty
        } else if parts.vocabulary.only_refers(&text) {
            Value::Unknown(UnknownWhy::Refers, fold::spelling(&text))
        } else {
            Value::Unknown(UnknownWhy::Unreadable, fold::spelling(&text))
        };
    }
    found.sort();
    found.dedup();
    Value::Citations(found)
}

/// All legal bases named in a text, in order, duplicates removed. The quoted text of an article stands in `quote` (of articles
/// quoted together, with the first). Left out is what is cited inside a quotation, and a law without an article where the same
/// text also names its article. A document number that is given once holds for the law in the whole text.
pub fn parse(text: &str) -> Vec<Citation> {
    let directed: String = text
        .chars()
        .map(|c| match c {
            '“' | '「' | '『' => OPEN,
            '”' | '」' | '』' => CLOSE,
            _ => c,
        })
        .collect();
    let half = fold::half(&directed);
    let mut scanner = Scanner::new(&half);
    scanner.run();
    finish(scanner.found)
}

/// The same from records of the fields title, docno, clause, text, issuer, date, level (nested JSON tables).
pub fn from_records(records: &[Vec<(String, String)>]) -> Vec<Citation> {
    finish(records.iter().flat_map(|record| from_record(record)).collect())
}

fn from_record(record: &[(String, String)]) -> Vec<Citation> {
    let field = |key: &str| {
        record
            .iter()
            .find(|(k, _)| k == key)
            .map_or("", |(_, value)| value.trim())
    };
    let name = field("title");
    let marked = if name.is_empty() || name.contains(['《', '》']) {
        name.to_owned()
    } else {
        format!("《{name}》")
    };
    let (named, number) = match parse(&marked).as_slice() {
        [law] if !names_place(law) => (format!("《{}》", law.title), law.number.clone()),
        _ => (marked, None),
    };
    let mut docno = document_number(field("docno")).or(number).unwrap_or_default();
    if docno.starts_with("令第") {
        docno = document_number(&format!("{}{docno}", field("issuer"))).unwrap_or(docno);
    }
    let docno = if named.is_empty() || docno.is_empty() {
        docno
    } else {
        format!("（{docno}）")
    };
    let bare = number::whole(&fold::half(field("clause"))).is_some();
    let clause = if bare {
        format!("第{}条", field("clause"))
    } else {
        field("clause").to_owned()
    };
    let mut found = parse(&format!("{named}{docno}{clause}"));
    if found.is_empty() {
        return parse(field("text"));
    }
    let said = |key: &str| Some(fold::spelling(field(key))).filter(|text| text.chars().any(fold::is_han));
    for citation in &mut found {
        citation.label = citation.label.take().or_else(|| said("level"));
    }
    if let Some(first) = found.first_mut() {
        first.quote = said("text").or(first.quote.take());
    }
    found
}

/// Which law stands before 第X条 without title marks.
enum Before {
    Law(String),
    /// The law named last: 同法第五条, ，第五条.
    Same,
    /// The text itself (本办法第五条), or nothing that can be cited.
    Nothing,
}

/// A numbered entry: its numbering, and where the entry before it ends.
#[derive(Clone, Copy)]
struct Entry {
    style: Option<enumerate::Style>,
    number: u32,
    before: usize,
}

#[derive(Default)]
struct Scanner<'a> {
    text: &'a str,
    /// The other half of each pair of brackets or marks.
    partner: HashMap<usize, usize>,
    entries: HashMap<usize, Entry>,
    found: Vec<Citation>,
    /// The law named last, without a place in it.
    law: Option<Citation>,
    /// Titles by the short names that the text declares (以下简称…).
    short: HashMap<String, String>,
    label: Option<String>,
    /// A document number, and where the title that it belongs to starts.
    ahead: Option<(usize, String)>,
    /// The entry that is being read.
    entry: Option<Entry>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Scanner {
            text,
            partner: pairs(text),
            entries: entries(text),
            ..Scanner::default()
        }
    }

    fn run(&mut self) {
        let mut rest = self.text;
        while let Some(c) = rest.chars().next() {
            let next = self.step(rest, c).filter(|next| next.len() < rest.len());
            rest = next.or_else(|| rest.get(c.len_utf8()..)).unwrap_or_default();
        }
    }

    fn at(&self, rest: &str) -> usize {
        self.text.len() - rest.len()
    }

    fn before(&self, rest: &str) -> &'a str {
        self.text.get(..self.at(rest)).unwrap_or_default()
    }

    /// What stands inside and behind the pair that opens here, if that is not too long.
    fn pair(&self, rest: &'a str, longest: usize) -> Option<(&'a str, &'a str)> {
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
    fn label_at(&self, rest: &'a str) -> Option<(Option<String>, &'a str)> {
        let marked = rest.starts_with('【');
        let (label, after) = if rest.starts_with(['【', '[', '(']) {
            self.pair(rest, LONGEST_RUN)?
        } else {
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
    fn begins(&self, rest: &str) -> bool {
        let before = self.before(rest).trim_end_matches(' ');
        let starts = ['\n', '。', ';', ':', '】', '(', ']', '"', OPEN, CLOSE];
        before.is_empty() || before.ends_with(starts) || self.entries.contains_key(&self.at(rest))
    }

    /// Whether what starts here opens a sentence, at most behind an issuer: then the article's text may follow at once.
    fn leads(&self, rest: &str) -> bool {
        let (_, run) = tail(self.before(rest), 20, |c| fold::is_han(c) || c == ' ' || c == '、');
        let ends = run.char_indices().map(|(at, _)| at).chain([run.len()]);
        ends.filter_map(|at| run.get(at..)).any(|words| {
            let from = self.text.get(self.at(rest) - words.len()..).unwrap_or_default();
            (words.is_empty() || is_issuer(words)) && self.begins(from)
        })
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
        let after = self.notes(after, &name, &mut number);
        let title = self.short.get(&name).cloned().unwrap_or(name);
        let number = number.or_else(|| document_number(&title).filter(|number| *number == title));
        self.law = Some(law(&title, number));
        self.cite(start, after)
    }

    /// Passes over the notes behind a title or clause, and takes the document number from them.
    fn notes(&mut self, rest: &'a str, name: &str, number: &mut Option<String>) -> &'a str {
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
                self.law = Some(law(&title, None));
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
        let mut last = Citation {
            label: self.label.clone(),
            ..law.clone()
        };
        let mut told = clauses(link(rest), &last);
        loop {
            let first = self.found.len();
            let quotable = told.is_some();
            let (mut places, mut after) = told.take().unwrap_or_else(|| (vec![last.clone()], rest));
            if quotable {
                after = self.notes(after, &last.title, &mut last.number);
            }
            for place in &mut places {
                place.number.clone_from(&last.number);
                last.clone_from(place);
            }
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

    /// The text quoted behind a citation that begins at `start`, and where to go on.
    fn quote(&self, start: &str, rest: &'a str, told: bool) -> Option<(&'a str, &'a str)> {
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
        let said = eat(rest, SAYS).filter(|_| told).map(trim);
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

/// A law without a place in it.
fn law(title: &str, number: Option<String>) -> Citation {
    let (article, to, paragraph, item, point) = (None, None, None, None, None);
    Citation {
        title: title.to_owned(),
        article,
        to,
        paragraph,
        item,
        point,
        number,
        label: None,
        quote: None,
    }
}

fn unmark(text: &str) -> String {
    text.replace(OPEN, "“").replace(CLOSE, "”")
}

fn pairs(text: &str) -> HashMap<usize, usize> {
    let mut open: HashMap<char, Vec<usize>> = HashMap::new();
    let mut partner = HashMap::new();
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

fn entries(text: &str) -> HashMap<usize, Entry> {
    let mut before = 0;
    let mut found = HashMap::new();
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

/// Passes over what may stand between a title and its clause.
fn link(rest: &str) -> &str {
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

/// Whether a bracket is part of the text rather than a note: （一）, （第三条）, （《海域使用管理法》第三十条）.
fn speaks(open: &str, note: &str) -> bool {
    let cites = note.contains("》第") && !note.contains(['修', '称']);
    cites || enclosed(open).is_some() || clause(note, &law("", None), false).is_some()
}

/// The short name that a note declares: 以下简称《X》.
fn short_name(note: &str) -> Option<String> {
    let rest = eat(note.trim_start(), "以下简称 下简称 简称 以下称 下称")?;
    let (name, _) = head(
        rest.trim_start_matches([' ', ':', '为', '《', '"', OPEN, '<']),
        LONGEST_RUN,
        fold::is_han,
    );
    Some(title(name)).filter(|name| !name.is_empty())
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

fn ends(text: &str, words: &str) -> bool {
    words.split(' ').any(|word| text.ends_with(word))
}

fn is_issuer(words: &str) -> bool {
    words.trim().ends_with(ISSUER_ENDS) && eat(words.trim(), VERBS).is_none()
}

/// Whether a name ends like a law, notes in brackets aside.
fn is_law(name: &str) -> bool {
    let body = name.split(['（', '(']).next().unwrap_or(name);
    ends(body, LAW_ENDS) && (body.ends_with("立法法") || !ends(body, NO_LAW))
}

/// Which law the run of words at the end names.
fn run_before(text: &str) -> Before {
    let (_, run) = tail(text, LONGEST_RUN, fold::is_han);
    if ends(run, "和 及 与 或 或者 附件 附表 修正 修订 公布 发布 施行") {
        return Before::Same;
    }
    let stem = LAW_ENDS
        .split(' ')
        .filter_map(|end| run.strip_suffix(end))
        .min_by_key(|stem| stem.len());
    let Some(stem) = stem.filter(|stem| is_law(run) && (!stem.ends_with('本') || stem.ends_with("基本"))) else {
        return Before::Nothing;
    };
    let name = title(own_name(run));
    if name.starts_with('的') {
        return Before::Nothing;
    }
    let refers = ends(stem, "该 同 此 上述 前述") && !stem.ends_with("合同");
    if refers || LAW_ENDS.split(' ').any(|end| end == name) {
        Before::Same
    } else {
        Before::Law(name)
    }
}

/// A run of words without what introduces the law in it: of 符合中华人民共和国执业医师法 the 执业医师法.
fn own_name(run: &str) -> &str {
    if let Some(at) = run.rfind(COUNTRY) {
        return run.get(at..).unwrap_or(run);
    }
    // Behind 关于 the same words are part of a title: 关于适用法律若干问题的解释.
    let front = run.find("关于").and_then(|at| run.get(..at)).unwrap_or(run);
    let cut = front.len() - behind(front, VERBS).len();
    let own = run.get(cut..).unwrap_or(run);
    behind(own, "法和 条例和 规定和 办法和 法及 条例及 法与")
        .trim_start_matches(['和', '及', '与', '或', '由', '按', '将', '除'])
}

/// Takes duplicates out, and spreads what is said of a law or a place only once.
fn finish(found: Vec<Citation>) -> Vec<Citation> {
    let mut laws: HashMap<String, (Option<String>, bool)> = HashMap::new();
    for citation in &found {
        let known = laws.entry(citation.title.clone()).or_default();
        known.0 = known.0.take().or_else(|| citation.number.clone());
        known.1 |= names_place(citation);
    }
    let mut seen: HashMap<Citation, usize> = HashMap::new();
    let mut out: Vec<Citation> = Vec::new();
    for mut citation in found {
        let (number, named_exactly) = laws.get(&citation.title).cloned().unwrap_or_default();
        if named_exactly && !names_place(&citation) {
            continue;
        }
        citation.number = citation.number.take().or(number);
        let (label, quote) = (citation.label.take(), citation.quote.take());
        let at = *seen.entry(citation.clone()).or_insert(out.len());
        match out.get_mut(at) {
            Some(first) => {
                first.label = first.label.take().or(label);
                first.quote = first.quote.take().or(quote);
            }
            None => out.push(Citation {
                label,
                quote,
                ..citation
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(citations: &[Citation]) -> String {
        citations.iter().map(ToString::to_string).collect::<Vec<_>>().join("；")
    }

    /// The spelling with numbers and labels, for the cases about them.
    fn full(text: &str) -> String {
        let one = |c: &Citation| {
            let label = c.label.as_ref().map_or(String::new(), |label| format!("【{label}】"));
            let number = c.number.as_ref().map_or(String::new(), |number| format!(" {number}"));
            format!("{label}{c}{number}")
        };
        parse(text).iter().map(one).collect::<Vec<_>>().join("；")
    }

    const CLAUSES: &[(&str, &str)] = &[
        ("", ""),
        ("无", ""),
        ("《宗教事务条例》", "《宗教事务条例》"),
        ("《中华人民共和国行政许可法》第四十二条", "《行政许可法》第42条"),
        ("《行政许可法》第12条", "《行政许可法》第12条"),
        ("《行政许可法》第１２条", "《行政许可法》第12条"),
        ("《行政许可法》第 12 条第 1 款", "《行政许可法》第12条第1款"),
        ("《A法》第十条", "《A法》第10条"),
        ("《A法》第一百零三条", "《A法》第103条"),
        ("《A法》第一百一十条", "《A法》第110条"),
        ("《A法》第廿一条", "《A法》第21条"),
        ("《A法》第五条、第六条", "《A法》第5条；《A法》第6条"),
        ("《A法》第五条和第六条", "《A法》第5条；《A法》第6条"),
        ("《A法》第五条、六条", "《A法》第5条；《A法》第6条"),
        ("《A法》第五、六条", "《A法》第5条；《A法》第6条"),
        ("《A法》第三条至第五条", "《A法》第3条至第5条"),
        ("《A法》第三条—第五条", "《A法》第3条至第5条"),
        ("《A法》第三至五条、第七条", "《A法》第3条至第5条；《A法》第7条"),
        (
            "《A法》第九条第（三）（五）项",
            "《A法》第9条第（3）项；《A法》第9条第（5）项",
        ),
        (
            "《A法》第九条第（三）、（五）项",
            "《A法》第9条第（3）项；《A法》第9条第（5）项",
        ),
        (
            "《A法》第九条第（三）项、第（五）项",
            "《A法》第9条第（3）项；《A法》第9条第（5）项",
        ),
        (
            "《A法》第九条第（一）至（三）项",
            "《A法》第9条第（1）项；《A法》第9条第（2）项；《A法》第9条第（3）项",
        ),
        (
            "《A法》第九条第一项至第三项",
            "《A法》第9条第（1）项；《A法》第9条第（2）项；《A法》第9条第（3）项",
        ),
        (
            "《A法》第十二条第一款、第二款",
            "《A法》第12条第1款；《A法》第12条第2款",
        ),
        ("《A法》第十二条第一、二款", "《A法》第12条第1款；《A法》第12条第2款"),
        ("《A法》第十二条第一款第（二）项", "《A法》第12条第1款第（2）项"),
        ("《A法》第十二条第一款第二项第3目", "《A法》第12条第1款第（2）项第3目"),
        (
            "《A法》第三十二条第二项、第三项",
            "《A法》第32条第（2）项；《A法》第32条第（3）项",
        ),
        ("《A法》第十二条（二）项", "《A法》第12条第（2）项"),
        (
            "《A法》第十二条（二）、（三）",
            "《A法》第12条第（2）项；《A法》第12条第（3）项",
        ),
        (
            "《A法》第十二条第一款第一项、第二款",
            "《A法》第12条第1款第（1）项；《A法》第12条第2款",
        ),
        ("《刑法》第三百零七条之一", "《刑法》第307条之1"),
        ("《刑法》第三百零七条之一第一款", "《刑法》第307条之1第1款"),
        ("《A法》第（三）项", "《A法》第（3）项"),
        (
            "《A法》第一条，第三条；第五条",
            "《A法》第1条；《A法》第3条；《A法》第5条",
        ),
        ("《A》第三条，第五条第二款", "《A》第3条；《A》第5条第2款"),
        (
            "《A办法》第九条第（三）（五）项，第十条第（四）项",
            "《A办法》第9条第（3）项；《A办法》第9条第（5）项；《A办法》第10条第（4）项",
        ),
        ("《A办法》第四章第二十一条", "《A办法》第21条"),
        ("《A办法》第二编第一分编第三章、第四节第二十一条", "《A办法》第21条"),
        ("《A办法》第四章", "《A办法》"),
        ("《A决定》第三点第22条", "《A决定》第22条"),
        ("《A决定》附件第378项", "《A决定》第（378）项"),
        ("《A决定》附件2（一）第12项", "《A决定》第（12）项"),
        ("《A决定》附件1第三项", "《A决定》第（3）项"),
        ("《A法》中的第三条", "《A法》第3条"),
        ("《A法》\n第三条", "《A法》第3条"),
        ("《A法》、《B法》第三条", "《A法》；《B法》第3条"),
        ("《A法》第三条、《B法》第五条", "《A法》第3条；《B法》第5条"),
        ("《A法》第三条《B法》第五条", "《A法》第3条；《B法》第5条"),
        (
            "《A法》第三条规定的情形，依照《B法》第五条处理",
            "《A法》第3条；《B法》第5条",
        ),
        ("《A法》第三条，该法第五条", "《A法》第3条；《A法》第5条"),
        ("《A条例》第三条，同条例第五条", "《A条例》第3条；《A条例》第5条"),
        (
            "根据《A条例》第三条和该条例第五条的规定",
            "《A条例》第3条；《A条例》第5条",
        ),
        ("根据《A条例》第三条和本办法第五条的规定", "《A条例》第3条"),
        ("《A法》第三条、《A法》第三条", "《A法》第3条"),
        ("《A法》：《A法》第三条", "《A法》第3条"),
        ("《A法》第三条、第三条", "《A法》第3条"),
        (
            "《A法》第三十条、\n第三十一条至\n第三十三条",
            "《A法》第30条；《A法》第31条至第33条",
        ),
        ("《A法》第52-58条关于证据的规定", "《A法》第52条至第58条"),
        ("《A法》第五条至第三条", "《A法》第5条；《A法》第3条"),
        ("《A法》第零条", "《A法》"),
        ("《A法》第三条款项", "《A法》第3条"),
        ("《A法》第三条第二款目录", "《A法》第3条第2款"),
        ("《A法》第一次修正", "《A法》"),
    ];

    const TITLES: &[(&str, &str)] = &[
        (
            "《河南省＜土地管理法＞实施办法》第四十八条",
            "《河南省〈土地管理法〉实施办法》第48条",
        ),
        (
            "《河南省<土地管理法>实施办法》第48条",
            "《河南省〈土地管理法〉实施办法》第48条",
        ),
        (
            "《河南省《土地管理法》实施办法》第48条",
            "《河南省〈土地管理法〉实施办法》第48条",
        ),
        (
            "《X省实施〈中华人民共和国A法〉办法》第1条",
            "《X省实施〈A法〉办法》第1条",
        ),
        ("《关于印发〈A管理办法〉的通知》", "《关于印发〈A管理办法〉的通知》"),
        ("《高等职业学校设置标准（暂行）》", "《高等职业学校设置标准（暂行）》"),
        ("《A办法(试行)》第三条", "《A办法（试行）》第3条"),
        ("《A法（2018年修订）》第三条", "《A法》第3条"),
        (
            "《海域使用权争议调解处理办法 》 第三条",
            "《海域使用权争议调解处理办法》第3条",
        ),
        ("〈A条例〉第三条", "《A条例》第3条"),
        ("<A条例>第三条", "《A条例》第3条"),
        ("温度<5且>3，第三条", ""),
        ("行政许可法第四十二条", "《行政许可法》第42条"),
        (
            "依据行政许可法第四十二条、第四十三条",
            "《行政许可法》第42条；《行政许可法》第43条",
        ),
        ("符合中华人民共和国执业医师法第二章第九条的要求", "《执业医师法》第9条"),
        ("行政许可法（2019年修正）第四十二条", "《行政许可法》第42条"),
        ("某某管理办法（试行）第四十二条", "《某某管理办法（试行）》第42条"),
        ("行政许可法和行政处罚法第四条", "《行政处罚法》第4条"),
        ("依照合同法第七十三条", "《合同法》第73条"),
        ("香港特别行政区基本法第三条", "《香港特别行政区基本法》第3条"),
        ("对外贸易法第三条", "《对外贸易法》第3条"),
        (
            "最高人民法院关于适用法律若干问题的解释第9条",
            "《最高人民法院关于适用法律若干问题的解释》第9条",
        ),
        ("本条例第四十四条", ""),
        ("本办法第十五条第二款规定人员", ""),
        ("按照这个方法第三条", ""),
        ("第十五条", ""),
        ("根据《条例》第二十九条", "《条例》第29条"),
        (
            "中国公民民族成份登记管理办法》（2015年国家民委 公安部令第2号）第五条",
            "《中国公民民族成份登记管理办法》第5条",
        ),
        (
            "《中国公民民族成份登记管理办法（2015年）第五条",
            "《中国公民民族成份登记管理办法》第5条",
        ),
        ("《A管理办法第五条", "《A管理办法》第5条"),
        (
            "《A法》（以下简称《许可法》）第三条。依照《许可法》第五条",
            "《A法》第3条；《A法》第5条",
        ),
        (
            "《A法》（以下简称“许可法”）第三条，许可法第五条",
            "《A法》第3条；《A法》第5条",
        ),
        (
            "《A法》（根据2018年《全国人民代表大会常务委员会关于修改〈中华人民共和国B法〉的决定》修正）第三条",
            "《A法》第3条",
        ),
        ("《A法》（根据2018年《关于修改〈B法〉第五条的决定》修正）", "《A法》"),
        ("可以收回。（《海域使用管理法》第三十条）", "《海域使用管理法》第30条"),
        ("《A法》（第三条、第五条）", "《A法》第3条；《A法》第5条"),
        (
            "《政府采购质疑和投诉办法》（财政部令第94号）相关规定：第十八条",
            "《政府采购质疑和投诉办法》第18条",
        ),
    ];

    const NUMBERS: &[(&str, &str)] = &[
        (
            "《宗教事务条例》（2004年11月30日国务院令第426号，2017年8月26日修订）第三十三条第一款",
            "《宗教事务条例》第33条第1款 国务院令第426号",
        ),
        (
            "《A规定》（国家民委 公安部令第2号）",
            "《A规定》 国家民委、公安部令第2号",
        ),
        (
            "《A办法》（国宗发〔2018〕11号）第四章第二十一条",
            "《A办法》第21条 国宗发〔2018〕11号",
        ),
        (
            "《A通知》（桂发改投资﹝2013﹞833号",
            "《A通知》 桂发改投资〔2013〕833号",
        ),
        ("【司法解释】《A解释（一）》第三条", "【司法解释】《A解释（一）》第3条"),
        (
            "《A办法》(2016年国家发改委令第44号)第三条",
            "《A办法》第3条 国家发改委令2016年第44号",
        ),
        (
            "《A通知》粤食药监人（2009）119号及其补充意见",
            "《A通知》 粤食药监人〔2009〕119号",
        ),
        (
            "国发[2006]28号《国务院关于A的决定》第三条",
            "《国务院关于A的决定》第3条 国发〔2006〕28号",
        ),
        (
            "《A法》（国务院令第1号）第三条；《A法》第五条",
            "《A法》第3条 国务院令第1号；《A法》第5条 国务院令第1号",
        ),
        ("《A法》第三条（国务院令第1号）", "《A法》第3条 国务院令第1号"),
        (
            "关于印发《A办法（试行）》的通知（粤府〔2018〕96号）",
            "《A办法（试行）》 粤府〔2018〕96号",
        ),
        (
            "根据国务院令第412号第378项",
            "《国务院令第412号》第（378）项 国务院令第412号",
        ),
        ("国务院令第412号", "《国务院令第412号》 国务院令第412号"),
        (
            "符合国人防〔2014〕438号、国人防〔2016〕71号规定",
            "《国人防〔2014〕438号》 国人防〔2014〕438号；《国人防〔2016〕71号》 国人防〔2016〕71号",
        ),
        (
            "国务院关于加强管理的决定（国发〔2018〕3号）第三条",
            "《国务院关于加强管理的决定》第3条 国发〔2018〕3号",
        ),
        ("机动车号牌、第5号窗口", ""),
        ("【法律】《A法》第三条", "【法律】《A法》第3条"),
        (
            "【法律】《A法》第三条\n【部门规章】《B办法》第五条",
            "【法律】《A法》第3条；【部门规章】《B办法》第5条",
        ),
        (
            "【法律】\n1.《A法》第三条\n2.《B法》第五条",
            "【法律】《A法》第3条；《B法》第5条",
        ),
        (
            "法律：《A法》第三条\n行政法规：《B条例》第五条",
            "【法律】《A法》第3条；【行政法规】《B条例》第5条",
        ),
        ("[法律]《A法》第三条", "【法律】《A法》第3条"),
        ("【法律依据】《A法》第三条", "《A法》第3条"),
    ];

    /// Text, citations, the quote of the first.
    const QUOTES: &[(&str, &str, &str)] = &[
        ("《A法》第三条：国家实行许可制度。", "《A法》第3条", "国家实行许可制度"),
        (
            "《A法》第十二条　国家实行许可制度。",
            "《A法》第12条",
            "国家实行许可制度",
        ),
        ("《A法》第三条国家实行许可制度。", "《A法》第3条", "国家实行许可制度"),
        (
            "《A法》第三条规定：“国家（甲）实行“许可”制度。”",
            "《A法》第3条",
            "国家（甲）实行“许可”制度",
        ),
        (
            "《A法》第三条规定,\"国家实行\"，《B法》第五条",
            "《A法》第3条；《B法》第5条",
            "国家实行",
        ),
        (
            "《A法》第三条：“依照本法第四条和《B法》第五条。”",
            "《A法》第3条",
            "依照本法第四条和《B法》第五条",
        ),
        (
            "《A法》第三条 违反本法第四条，依照《B法》第五条处罚。",
            "《A法》第3条",
            "违反本法第四条，依照《B法》第五条处罚",
        ),
        (
            "《A法》第三条 甲。乙依照《B法》第五条。\n《C法》第六条 丁。",
            "《A法》第3条；《C法》第6条",
            "甲。乙依照《B法》第五条",
        ),
        (
            "《A法》第三条 甲。《C法》第六条 丁。",
            "《A法》第3条；《C法》第6条",
            "甲",
        ),
        ("《A法》第三条 甲。第六条 丁。", "《A法》第3条；《A法》第6条", "甲"),
        (
            "《A法》第三条 甲。第六条规定的，丁。",
            "《A法》第3条",
            "甲。第六条规定的，丁",
        ),
        (
            "《A法》第三条 甲。第六条、第七条规定的，丁。",
            "《A法》第3条",
            "甲。第六条、第七条规定的，丁",
        ),
        (
            "1.《A法》第三条：甲：（一）乙；（二）《B法》第五条规定的。2.《C法》第六条",
            "《A法》第3条；《C法》第6条",
            "甲：（一）乙；（二）《B法》第五条规定的",
        ),
        (
            "1.《A法》第三条：甲；\n2.申请人符合《C法》第六条的",
            "《A法》第3条；《C法》第6条",
            "甲",
        ),
        (
            "一、《A法》第三条：甲。\n二、根据《C办法》第六条：乙。",
            "《A法》第3条；《C办法》第6条",
            "甲",
        ),
        (
            "《A法》第三条：甲。\n公安部《C办法》第六条：乙。",
            "《A法》第3条；《C办法》第6条",
            "甲",
        ),
        (
            "【法律】《A法》第三条　甲。【部门规章】《C办法》第六条　乙。",
            "《A法》第3条；《C办法》第6条",
            "甲",
        ),
        (
            "《A法》第三条\n国家实行《B法》第四条的制度。\n第五条\n丙",
            "《A法》第3条；《A法》第5条",
            "国家实行《B法》第四条的制度",
        ),
        (
            "《A法》第三条第一款：“甲”，第二款：“乙”",
            "《A法》第3条第1款；《A法》第3条第2款",
            "甲",
        ),
        ("《A法》第三条：“甲”、第四条：“乙”", "《A法》第3条；《A法》第4条", "甲"),
        (
            "《A法》第九条（一）申请人符合本法；（二）《B法》第五条规定的。",
            "《A法》第9条",
            "（一）申请人符合本法；（二）《B法》第五条规定的",
        ),
        ("（《A法》第三条：甲）《B法》第五条", "《A法》第3条；《B法》第5条", "甲"),
        ("《A法》：“甲依照《B法》第五条”", "《A法》", "甲依照《B法》第五条"),
        (
            "《A法》第六条《B法》所称“资助”，是指甲。",
            "《A法》第6条",
            "《B法》所称“资助”，是指甲",
        ),
        (
            "违反《A法》第三条禁止生产的，依照《B法》第五条处罚",
            "《A法》第3条；《B法》第5条",
            "",
        ),
        (
            "《A法》第三条的规定，依照《B法》第五条处罚",
            "《A法》第3条；《B法》第5条",
            "",
        ),
        ("根据《A法》第三条规定，经批准", "《A法》第3条", ""),
    ];

    #[test]
    fn clauses_and_titles_read() {
        for (text, expected) in CLAUSES.iter().chain(TITLES) {
            assert_eq!(spelt(&parse(text)), *expected, "{text}");
        }
    }

    #[test]
    fn numbers_and_labels_read() {
        for (text, expected) in NUMBERS {
            assert_eq!(full(text), *expected, "{text}");
        }
    }

    #[test]
    fn quotations_are_kept_and_not_read() {
        for (text, expected, quote) in QUOTES {
            let found = parse(text);
            assert_eq!(spelt(&found), *expected, "{text}");
            assert_eq!(
                found.first().and_then(|c| c.quote.as_deref()).unwrap_or_default(),
                *quote,
                "{text}"
            );
        }
    }

    #[test]
    fn the_canonical_spelling_reads_back() {
        let quoted = QUOTES.iter().map(|(text, _, _)| text);
        for text in CLAUSES
            .iter()
            .chain(TITLES)
            .chain(NUMBERS)
            .map(|(text, _)| text)
            .chain(quoted)
        {
            for citation in parse(text) {
                let again = parse(&citation.to_string());
                let number = again.first().and_then(|c| c.number.clone());
                assert_eq!(
                    again,
                    [Citation {
                        number,
                        label: None,
                        quote: None,
                        ..citation
                    }],
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn titles_are_canonical() {
        for (text, expected) in [
            ("《中华人民共和国行政许可法》", "行政许可法"),
            ("行政许可法(2019修正)", "行政许可法"),
            ("《行政许可法》（2019年修正）", "行政许可法"),
            ("《A办法（国务院令第426号）》", "A办法"),
            ("A办法（2018年1月1日公布）（修订）", "A办法"),
            ("A办法（试行）", "A办法（试行）"),
            ("A目录（2019年本）", "A目录（2019年本）"),
            ("A法（修订草案）", "A法（修订草案）"),
            ("宪法修正案（2004年）", "宪法修正案（2004年）"),
            ("X省实施《中华人民共和国A法》办法", "X省实施〈A法〉办法"),
            (
                "《关于修改<节约能源法>等六部法律的决定》",
                "关于修改〈节约能源法〉等六部法律的决定",
            ),
            ("中华人民共和国和大韩民国引渡条约", "中华人民共和国和大韩民国引渡条约"),
            ("《A》和《B》", "〈A〉和〈B〉"),
            ("中华人民共和国", "中华人民共和国"),
            ("《》", ""),
            ("（修订）", "（修订）"),
        ] {
            assert_eq!(title(text), expected, "{text}");
            assert_eq!(title(expected), expected, "twice: {text}");
        }
    }

    #[test]
    fn document_numbers_are_canonical() {
        for (text, expected) in [
            ("国发[2006]28号", "国发〔2006〕28号"),
            ("国发〔2006〕28号", "国发〔2006〕28号"),
            ("国发［１９９５］1号", "国发〔1995〕1号"),
            ("国发 〔2006〕 第28号", "国发〔2006〕28号"),
            ("（2018）366号", "〔2018〕366号"),
            (
                "桂发改投资﹝2013﹞833号,2013年7月9日实施，自治区发展改革委颁布",
                "桂发改投资〔2013〕833号",
            ),
            (
                "国家发展改革委令2014年第7号，2014年3月1日实施",
                "国家发展改革委令2014年第7号",
            ),
            (
                "2016年11月27日国家发展和改革委员会令第44号",
                "国家发展和改革委员会令第44号",
            ),
            ("桂发改环资〔2017〕635号", "桂发改环资〔2017〕635号"),
            ("根据桂宗通〔2006〕5号文件", "桂宗通〔2006〕5号"),
            ("国务院令第426号", "国务院令第426号"),
            ("中华人民共和国国务院令 第426号", "国务院令第426号"),
            ("国务院令（第426号）", "国务院令第426号"),
            ("国务院第412号令", "国务院令第412号"),
            ("1998年国务院令第251号", "国务院令第251号"),
            (
                "2004年11月30日国务院令第426号公布，2017年8月26日国务院令第686号修订",
                "国务院令第426号",
            ),
            ("二〇〇四年十一月三十日国务院令第426号", "国务院令第426号"),
            ("2016年国家发改委令第44号", "国家发改委令2016年第44号"),
            ("国家发改委令2014年第7号", "国家发改委令2014年第7号"),
            ("主席令第七十三号", "主席令第73号"),
            ("中华人民共和国主席令第五十二号", "主席令第52号"),
            ("国家民委 公安部令第2号", "国家民委、公安部令第2号"),
            ("国家民委、公安部令第2号", "国家民委、公安部令第2号"),
            ("2015年6月16日国家民委 公安部令第2号", "国家民委、公安部令第2号"),
            ("2017年修订 公安部令第2号", "公安部令第2号"),
            ("令第406号", "令第406号"),
            ("公告第13号", "公告第13号"),
            ("国家税务总局公告2018年第15号", "国家税务总局公告2018年第15号"),
            ("国家质检总局2014年第38号公告", "国家质检总局公告2014年第38号"),
        ] {
            assert_eq!(document_number(text).as_deref(), Some(expected), "{text}");
            assert_eq!(document_number(expected).as_deref(), Some(expected), "twice: {text}");
        }
        for text in [
            "",
            "号",
            "第5号",
            "机动车号牌",
            "〔18〕5号",
            "令号",
            "2018年",
            "国发〔2006〕号",
        ] {
            assert_eq!(document_number(text), None, "{text}");
        }
    }

    #[test]
    fn records_read() {
        let record = |fields: &[(&str, &str)]| {
            fields
                .iter()
                .map(|&(key, value)| (key.to_owned(), value.to_owned()))
                .collect::<Vec<_>>()
        };
        let found = from_records(&[
            record(&[
                ("title", "中华人民共和国A法(2018修正)"),
                ("docno", "主席令第七十三号"),
                ("clause", "第三条第一款、第二款"),
                ("text", "第三条 甲依照《B法》第五条。"),
                ("level", "法律"),
            ]),
            record(&[
                ("title", "《B办法》"),
                ("docno", "令第2号"),
                ("issuer", "公安部"),
                ("clause", "12"),
            ]),
            record(&[("title", "《C办法》第三条"), ("clause", "")]),
            record(&[("docno", "国发[2006]28号"), ("clause", "第五条")]),
            record(&[("text", "《D法》第七条")]),
            record(&[("title", "E法"), ("clause", "无")]),
            record(&[
                ("title", "《F 的意见》（）三(七)"),
                ("docno", "中发〔2016〕18号，2016年7月5日实施，中共中央、国务院颁布"),
                ("clause", "第三条第七款"),
            ]),
            record(&[]),
        ]);
        assert_eq!(
            spelt(&found),
            "《A法》第3条第1款；《A法》第3条第2款；《B办法》第12条；《C办法》第3条；《国发〔2006〕28号》第5条；《D法》第7条；《E法》；《F的意见》第3条第7款"
        );
        let numbers: Vec<_> = found.iter().map(|c| c.number.as_deref().unwrap_or_default()).collect();
        assert_eq!(
            numbers,
            [
                "主席令第73号",
                "主席令第73号",
                "公安部令第2号",
                "",
                "国发〔2006〕28号",
                "",
                "",
                "中发〔2016〕18号"
            ]
        );
        assert_eq!(found[0].label.as_deref(), Some("法律"));
        assert_eq!(found[0].quote.as_deref(), Some("第三条甲依照《B法》第五条"));
    }

    #[test]
    fn hostile_texts_cost_their_length() {
        let pieces = [
            "第",
            "《",
            "》",
            "（",
            "）",
            "(",
            "“",
            "”",
            "\"",
            "<",
            "<a>",
            "号",
            "令第1号",
            "〔2018〕1号",
            "第一条",
            "第一条、",
            "第1、",
            "《A法》",
            "《A法》第一条",
            "《A法》第一条 ",
            "；第一条",
            "。《A法》（1）",
            "《A法》（",
            "《A法》：",
            "（第一条",
            "（《",
            "。第一条规定的",
            "《A法》第一条：",
            "【法律】",
            "【",
            "法律：",
            "部、",
            "第（一）",
            "（一）",
            "第一条至",
            "1.",
            "\n1.",
            "，",
            " ",
            "一",
            "年",
            "（修订）",
            "中华人民共和国",
            "\n《A法》\n",
            "法第一条",
            "本法第一条、",
            "（以下简称A）",
            "的通知（",
            "《A法》令",
            "\u{E000}",
            "\u{E001}",
            "第一条“",
        ];
        let start = std::time::Instant::now();
        for piece in pieces {
            for text in [
                piece.repeat(1_000),
                format!("《A法》第一条 甲。{}", piece.repeat(1_000)),
            ] {
                let _ = (parse(&text), title(&text), document_number(&text));
            }
        }
        // Generous: only quadratic costs would come near.
        assert!(start.elapsed().as_secs() < 60);
    }

    #[test]
    fn any_pieces_in_any_order() {
        let pieces = [
            "《",
            "》",
            "（",
            "）",
            "〈",
            "〉",
            "“",
            "”",
            "第",
            "三",
            "条",
            "款",
            "项",
            "之一",
            "、",
            "至",
            "。",
            "\n",
            " ",
            "1.",
            "号",
            "令",
            "〔2018〕",
            "《A法》",
            "中华人民共和国",
            "本法",
            "（修订）",
            "法律：",
            "【法律】",
            "规定",
            "：",
            "公告",
            "年",
            "😀",
            "\u{301}",
            "é",
        ];
        let mut seed = 7_u64;
        for _ in 0..5_000 {
            let mut text = String::new();
            for _ in 0..16 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            assert_eq!(title(&title(&text)), title(&text), "{text}");
            for citation in parse(&text) {
                let again = parse(&citation.to_string());
                let number = again.first().and_then(|c| c.number.clone());
                assert_eq!(
                    again,
                    [Citation {
                        number,
                        label: None,
                        quote: None,
                        ..citation
                    }],
                    "{text}"
                );
            }
        }
    }
}

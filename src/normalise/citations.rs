//! Citations: which legal bases (设定依据) a text names: law, document number, article, paragraph, subparagraph, quoted text.
//!
//! Must not know which laws exist, what they say or which are in force (that is `law`), nor judge a basis (that is `lint`).
//!
//! One pass over the folded text. What is looked at again (a title, a note, a word before 第X条) has a greatest length, so
//! that no text costs more than its length. A quoted article is passed over: what it cites is not a basis of the item.

use std::collections::HashMap;

use crate::model::{Article, Citation};

use super::{enumerate, fold, number};

/// The longest title, note in brackets, and run of words that are looked at.
const LONGEST_TITLE: usize = 160;
const LONGEST_NOTE: usize = 400;
const LONGEST_RUN: usize = 60;
/// Numbers in one list (第（三）（五）…项), and in one range that is written out.
const MOST_NUMBERS: usize = 40;
/// Quotation marks keep their direction in characters of their own, for `fold::half` makes them all alike.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// How the title of a law ends.
const LAW_ENDS: [&str; 24] = [
    "法", "条例", "规定", "办法", "决定", "细则", "规则", "通知", "意见", "目录", "法典", "通则", "规程", "规范",
    "准则", "解释", "决议", "公告", "清单", "方案", "章程", "标准", "批复", "公约",
];
/// Words that end like a law and are none.
const NO_LAW: [&str; 14] =
    ["方法", "做法", "用法", "违法", "合法", "执法", "司法", "依法", "非法", "守法", "普法", "无法", "看法", "说法"];
/// Words in front of a law that do not belong to its name.
const VERBS: [&str; 17] = [
    "根据", "依据", "依照", "按照", "违反", "符合", "适用", "参照", "遵守", "遵照", "执行", "贯彻", "属于", "具备",
    "不符", "取得", "落实",
];
/// Words in front of the issuer of an order that do not belong to it.
const EVENTS: [&str; 15] = [
    "根据", "依据", "按照", "依照", "公布", "发布", "颁布", "修订", "修正", "修改", "通过", "批准", "施行", "实施",
    "的",
];
/// How the name of an authority ends.
const ISSUER_ENDS: [&str; 21] = [
    "部", "委", "局", "院", "署", "会", "办", "厅", "府", "行", "席", "公室", "总局", "海关", "民委", "中心", "联",
    "团", "军区", "省", "市",
];
/// What follows an article that is only mentioned: 第三条的规定, 第三条所列, 第三条和….
const MENTIONS: [&str; 26] = [
    "的", "规定", "所列", "所称", "所规定", "所指", "有关规定", "相关规定", "之", "和", "或", "与", "及", "以及", "等", "以外",
    "外,", "中规定", "中的", "执行", "处理", "处罚", "予以", "给予", "追究", "制定",
];
/// Words that introduce a quotation after an article.
const SAYS: [&str; 6] = ["明确规定", "规定", "明确", "指出", "要求", "提出"];
/// Ranks that a source writes in front of a law, without 【】 only before a colon.
const RANKS: [&str; 14] = [
    "法律",
    "行政法规",
    "国务院决定",
    "地方性法规",
    "部门规章",
    "地方政府规章",
    "政府规章",
    "规章",
    "规范性文件",
    "国务院文件",
    "法规",
    "党内法规",
    "司法解释",
    "其他",
];
/// Headings that look like a rank and say nothing.
const NO_RANKS: [&str; 6] = ["法律依据", "设定依据", "实施依据", "依据", "政策依据", "文件依据"];

/// All legal bases named in a text, in order, duplicates removed. The quoted text of an article stands in `quote` (of several
/// articles quoted together, with the first), and what is cited inside a quotation is left out, as is a law named without an
/// article where the same text also names its article. A document number that is given once holds for the law in the whole text.
pub fn parse(text: &str) -> Vec<Citation> {
    let text = Text::new(text);
    let mut scanner = Scanner::new(&text);
    scanner.run();
    finish(scanner.found)
}

/// The same from records of the fields title, docno, clause, text, issuer, date, level (nested JSON tables).
pub fn from_records(records: &[Vec<(String, String)>]) -> Vec<Citation> {
    finish(records.iter().flat_map(|record| from_record(record)).collect())
}

fn from_record(record: &[(String, String)]) -> Vec<Citation> {
    let field =
        |key: &str| record.iter().find(|(k, v)| k == key && !v.trim().is_empty()).map_or("", |(_, v)| v.as_str());
    let named = parse(field("title"));
    let spelt = if field("title").contains(['《', '》']) { String::new() } else { title(field("title")) };
    let mut docno = document_number(field("docno"));
    if let Some(order) = docno.as_ref().filter(|docno| docno.starts_with("令第")) {
        docno = document_number(&format!("{}{order}", field("issuer")));
    }
    let law = Law {
        title: named
            .first()
            .map(|c| c.title.clone())
            .or(Some(spelt).filter(|t| !t.is_empty()))
            .or(docno.clone())
            .unwrap_or_default(),
        number: docno
            .or_else(|| named.iter().find_map(|c| c.number.clone()))
            .or_else(|| document_number(field("title"))),
    };
    if law.title.is_empty() {
        return parse(field("text"));
    }
    let clauses = Text::new(field("clause"));
    let mut scanner = Scanner::new(&clauses);
    scanner.law = Some(law.clone());
    scanner.run();
    let mut found = scanner.found;
    if found.is_empty() {
        found = named.into_iter().filter(|c| c.article.is_some() || c.item.is_some()).collect();
    }
    if found.is_empty() {
        let article =
            number::whole(&fold::half(field("clause"))).and_then(|n| u32::try_from(n).ok()).filter(|&n| n > 0);
        let spot = Spot { article: article.map(|number| Article { number, of: 0 }), ..Spot::default() };
        found = vec![law.at(spot, None)];
    }
    let label = Some(fold::spelling(field("level"))).filter(|label| label.chars().any(fold::is_han));
    for citation in &mut found {
        citation.label = citation.label.take().or_else(|| label.clone());
        if citation.title == law.title {
            citation.number = law.number.clone();
        }
    }
    if let Some(first) = found.first_mut() {
        let quote = fold::spelling(field("text"));
        first.quote = first.quote.take().or(Some(quote).filter(|quote| !quote.is_empty()));
    }
    found
}

/// The canonical title: without 《》, without 中华人民共和国 in front (of an inner title, too), folded, inner titles in 〈〉,
/// without notes of its state behind it such as （2018年修订）. （试行） and （暂行） belong to a title and stay.
pub fn title(text: &str) -> String {
    let half = fold::half(text);
    let mut rest = half.trim();
    while let Some(inner) = unmarked(rest) {
        rest = inner.trim();
    }
    let mut title = fold::spelling(&rest.replace('《', "<").replace('》', ">"));
    loop {
        let before = title.len();
        if let Some(kept) = without_state(&title) {
            title = fold::spelling(kept);
        }
        title = title.replace("〈中华人民共和国", "〈");
        // Treaties (中华人民共和国和…) would lose their subject.
        if let Some(rest) =
            title.strip_prefix("中华人民共和国").filter(|rest| !rest.is_empty() && !rest.starts_with(['和', '与']))
        {
            title = fold::spelling(rest);
        }
        if title.len() == before {
            return title;
        }
    }
}

/// The text inside the title marks around a title, dropping notes behind them.
fn unmarked(text: &str) -> Option<&str> {
    let (open, close) = match text.chars().next()? {
        '《' => ('《', '》'),
        '<' => ('<', '>'),
        _ => return None,
    };
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                let behind = text.get(at + c.len_utf8()..)?.trim();
                let note = behind.is_empty() || (behind.starts_with('(') && behind.ends_with(')'));
                return note.then(|| text.get(open.len_utf8()..at)).flatten();
            }
        }
    }
    None
}

/// The title without the last bracket, if that only tells of its state (修正, 公布, a document number).
fn without_state(title: &str) -> Option<&str> {
    let body = title.strip_suffix('）')?;
    let at = body.rfind('（').filter(|&at| at > 0)?;
    let note = body.get(at + '（'.len_utf8()..)?;
    let dated = note.chars().any(|c| c.is_ascii_digit()) || note.contains('年');
    let changed = ["修订", "修正", "修改"].iter().any(|word| note.contains(word)) && !note.contains("草案");
    let issued = dated && ["公布", "发布", "颁布", "施行", "实施", "通过"].iter().any(|word| note.contains(word));
    (changed || issued || document_number(note).is_some()).then(|| title.get(..at)).flatten()
}

/// The canonical document number: 国发[2006]28号 is 国发〔2006〕28号, 2016年国家发改委令第44号 is 国家发改委令2016年第44号.
pub fn document_number(text: &str) -> Option<String> {
    let chars: Vec<char> = fold::half(text).chars().collect();
    numbers(&chars).next().map(|found| found.spelt)
}

fn numbers(chars: &[char]) -> impl Iterator<Item = Numbered> {
    chars.iter().enumerate().filter(|&(_, &c)| c == '号').filter_map(|(at, _)| number_at(chars, at))
}

/// A document number that was found: where, and its canonical spelling.
struct Numbered {
    start: usize,
    end: usize,
    /// Whether it names its issuer, and so could be looked up.
    whole: bool,
    spelt: String,
}

/// The document number whose 号 stands here.
fn number_at(chars: &[char], hao: usize) -> Option<Numbered> {
    let mut back = Back { chars, at: hao };
    let n = back.number()?;
    back.eat('第');
    let bracketed = back.eat('(');
    let mut end = hao + 1;
    if bracketed && chars.get(end) == Some(&')') {
        end += 1;
    }
    let serial = back.at;
    if let Some(year) = back.bracketed_year().filter(|_| !bracketed) {
        let prefix = back.run(&EVENTS);
        return Some(Numbered {
            start: back.at,
            end,
            whole: !prefix.is_empty(),
            spelt: format!("{prefix}〔{year}〕{n}号"),
        });
    }
    let mut year = back.year();
    let kind = ["令", "公告", "通告"].into_iter().find(|kind| back.eat_word(kind));
    let kind = match kind {
        Some(kind) => kind,
        None => {
            let kind = ["令", "公告", "通告"].into_iter().find(|kind| starts(chars, end, kind))?;
            end += kind.chars().count();
            if year.is_none() {
                back.at = serial;
            }
            kind
        }
    };
    let issuers = back.issuers();
    year = year.or_else(|| back.year());
    let issuer = issuers.join("、");
    // Orders of the two number on through the years, so that the year says nothing.
    let year =
        year.filter(|_| issuer != "国务院" && issuer != "主席").map_or(String::new(), |year| format!("{year}年"));
    Some(Numbered { start: back.at, end, whole: !issuer.is_empty(), spelt: format!("{issuer}{kind}{year}第{n}号") })
}

/// Reads characters backwards.
struct Back<'a> {
    chars: &'a [char],
    at: usize,
}

impl Back<'_> {
    fn last(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        self.spaces();
        let eaten = self.last() == Some(c);
        self.at -= usize::from(eaten);
        eaten
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let from = self.at;
        let eaten = word.chars().rev().all(|c| self.eat(c));
        if !eaten {
            self.at = from;
        }
        eaten
    }

    fn spaces(&mut self) {
        while self.last() == Some(' ') {
            self.at -= 1;
        }
    }

    /// The characters of a kind before here, at most `most` of them, in their order.
    fn take(&mut self, most: usize, is: impl Fn(char) -> bool) -> String {
        let end = self.at;
        while end - self.at < most && self.last().is_some_and(&is) {
            self.at -= 1;
        }
        slice(self.chars, self.at, end)
    }

    fn number(&mut self) -> Option<u32> {
        self.spaces();
        let arabic = self.take(6, |c| c.is_ascii_digit());
        let text = if arabic.is_empty() { self.take(9, number::is_chinese_digit) } else { arabic };
        number::whole(&text).and_then(|n| u32::try_from(n).ok()).filter(|&n| n > 0)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let from = self.at;
        let year = self.number().filter(|year| (1949..2100).contains(year));
        if year.is_none() {
            self.at = from;
        }
        year
    }

    fn bracketed_year(&mut self) -> Option<u32> {
        let from = self.at;
        let year =
            [')', ']', '〕', '】', '>', '}'].into_iter().any(|c| self.eat(c)).then(|| self.four_digits()).flatten();
        let open = ['(', '[', '〔', '【', '<', '{'].into_iter().any(|c| self.eat(c));
        if year.is_none() || !open {
            self.at = from;
            return None;
        }
        year
    }

    fn year(&mut self) -> Option<u32> {
        let from = self.at;
        let year = self.eat('年').then(|| self.four_digits()).flatten();
        if year.is_none() {
            self.at = from;
        }
        year
    }

    /// The run of ideographs before here, without what is only said about it.
    fn run(&mut self, cuts: &[&str]) -> String {
        self.spaces();
        let end = self.at;
        let run = self.take(LONGEST_RUN, fold::is_han);
        let mut cut = cuts.iter().filter_map(|word| run.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
        let dated = self.last().is_some_and(|c| c.is_ascii_digit());
        let mut before = None;
        for (at, c) in run.char_indices() {
            // 2016年国家发改委, 11月30日国务院, and the same in Chinese digits; the year itself is read afterwards.
            let counted = before.map_or(dated, number::is_chinese_digit);
            if counted && matches!(c, '年' | '月' | '日') {
                cut = cut.max(if c == '年' && at == 0 { 0 } else { at + c.len_utf8() });
            }
            before = Some(c);
        }
        let mut kept = run.get(cut..).unwrap_or_default();
        if dated && cut == 0 {
            kept = kept.strip_prefix('年').unwrap_or(kept);
        }
        kept = kept.trim_start_matches(['和', '及', '与', '见', '由', '按']);
        kept = kept.strip_prefix("中华人民共和国").unwrap_or(kept);
        self.at = end - kept.chars().count();
        kept.to_owned()
    }

    /// The issuers of an order, several with a space or 、 between them.
    fn issuers(&mut self) -> Vec<String> {
        let mut issuers: Vec<String> = Vec::new();
        while issuers.len() < 8 {
            let from = self.at;
            let joined = self.eat('、') || self.last() == Some(' ');
            if !issuers.is_empty() && !joined {
                self.at = from;
                break;
            }
            let run = self.run(&EVENTS);
            let authority = ISSUER_ENDS.iter().any(|end| run.ends_with(end));
            if run.is_empty() || (!issuers.is_empty() && !authority) {
                self.at = from;
                break;
            }
            issuers.push(if run == "国家主席" { "主席".to_owned() } else { run });
        }
        issuers.reverse();
        issuers
    }
}

fn slice(chars: &[char], from: usize, to: usize) -> String {
    chars.get(from..to).unwrap_or_default().iter().collect()
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c))
}

/// A law that was named.
#[derive(Clone, Default)]
struct Law {
    title: String,
    number: Option<String>,
}

impl Law {
    fn at(&self, spot: Spot, label: Option<String>) -> Citation {
        Citation {
            title: self.title.clone(),
            article: spot.article,
            to: spot.to,
            paragraph: spot.paragraph,
            item: spot.item,
            point: spot.point,
            number: self.number.clone(),
            label,
            quote: None,
        }
    }
}

/// A place in a law.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Spot {
    article: Option<Article>,
    to: Option<Article>,
    paragraph: Option<u32>,
    item: Option<u32>,
    point: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    /// 编 章 节: where the article stands, which its number says already.
    Part,
    Article,
    Paragraph,
    Item,
    Point,
}

impl Spot {
    /// The place with one part set and what is below it cleared.
    fn with(self, unit: Unit, number: u32, of: u32) -> Self {
        let mut spot = self;
        match unit {
            Unit::Part => {}
            Unit::Article => spot = Spot { article: Some(Article { number, of }), ..Spot::default() },
            Unit::Paragraph => spot = Spot { article: self.article, paragraph: Some(number), ..Spot::default() },
            Unit::Item => spot = Spot { to: None, item: Some(number), point: None, ..self },
            Unit::Point => spot = Spot { to: None, point: Some(number), ..self },
        }
        spot
    }

    fn number(self, unit: Unit) -> u32 {
        let number = match unit {
            Unit::Part => None,
            Unit::Article => self.article.map(|article| article.number),
            Unit::Paragraph => self.paragraph,
            Unit::Item => self.item,
            Unit::Point => self.point,
        };
        number.unwrap_or(0)
    }
}

/// One 第…条 or 第…项, with all its numbers; the flag says that a number ends a range.
struct Reference {
    unit: Unit,
    numbers: Vec<(u32, bool)>,
    of: u32,
    end: usize,
}

/// The folded text, with what brackets, quotation marks and numbered entries it has.
struct Text {
    chars: Vec<char>,
    /// The other half of a pair.
    partner: HashMap<usize, usize>,
    /// By the first character of each entry: its numbering, and where the entry before it ends.
    entries: HashMap<usize, Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    style: Option<enumerate::Style>,
    number: u32,
    before: usize,
}

impl Text {
    fn new(text: &str) -> Self {
        let marked: String = text
            .chars()
            .map(|c| match c {
                '“' | '「' | '『' => OPEN,
                '”' | '」' | '』' => CLOSE,
                _ => c,
            })
            .collect();
        let half = fold::half(&marked);
        let chars: Vec<char> = half.chars().collect();
        let entries = entries(&half);
        let partner = pairs(&chars);
        Text { chars, partner, entries }
    }

    fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The last character before here on the line that is no space.
    fn before(&self, at: usize) -> Option<char> {
        let mut back = Back { chars: &self.chars, at };
        back.spaces();
        back.last()
    }

    fn starts(&self, at: usize, word: &str) -> bool {
        starts(&self.chars, at, word)
    }

    /// The first of the words that stands here; where it ends.
    fn word(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|word| self.starts(at, word)).map(|word| at + word.chars().count())
    }

    fn skip(&self, mut at: usize, marks: &[char]) -> usize {
        while self.get(at).is_some_and(|c| marks.contains(&c)) {
            at += 1;
        }
        at
    }

    fn spaces(&self, at: usize) -> usize {
        self.skip(at, &[' '])
    }

    fn raw(&self, from: usize, to: usize) -> String {
        slice(&self.chars, from, to).replace(OPEN, "“").replace(CLOSE, "”")
    }

    /// Where the pair that opens here closes, if that is near enough.
    fn close(&self, open: usize, longest: usize) -> Option<usize> {
        self.partner.get(&open).copied().filter(|&close| close > open && close - open <= longest)
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let from = self.spaces(at);
        let arabic = self.get(from)?.is_ascii_digit();
        let is = |c: char| {
            if arabic { c.is_ascii_digit() } else { number::is_chinese_digit(c) }
        };
        let len = self.chars.iter().skip(from).take(9).take_while(|&&c| is(c)).count();
        let n = number::whole(&slice(&self.chars, from, from + len))?;
        u32::try_from(n).ok().filter(|n| (1..10_000).contains(n)).map(|n| (n, self.spaces(from + len)))
    }

    /// A number in brackets or a circle.
    fn enclosed(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.spaces(at);
        let first = self.get(at)?;
        let from = |zero: char| Some((first as u32 - zero as u32 + 1, self.spaces(at + 1)));
        match first {
            '(' => self
                .number(at + 1)
                .filter(|&(_, end)| self.get(end) == Some(')'))
                .map(|(n, end)| (n, self.spaces(end + 1))),
            '㈠'..='㈩' => from('㈠'),
            '①'..='⑳' => from('①'),
            '⑴'..='⒇' => from('⑴'),
            _ => None,
        }
    }

    fn any_number(&self, at: usize) -> Option<(u32, usize)> {
        self.enclosed(at).or_else(|| self.number(at))
    }

    /// What joins two references, and whether it makes a range of them.
    fn joint(&self, at: usize) -> Option<(usize, bool)> {
        let at = self.spaces(at);
        if let Some(end) = self.word(at, &["至", "到", "--", "-", "~"]) {
            return Some((self.spaces(end), true));
        }
        let words = ["、", "以及", "或者", "和", "与", "及", "或", "并", ",", ";", "/"];
        self.word(at, &words).map(|end| (self.spaces(self.word(end, &["和", "及", "以及"]).unwrap_or(end)), false))
    }

    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let next = self.get(at + 1);
        let unit = match self.get(at)? {
            '条' => Unit::Article,
            '款' => Unit::Paragraph,
            '项' if next != Some('目') || self.number(at + 2).is_some() => Unit::Item,
            '目' if next != Some('录') => Unit::Point,
            '编' | '章' | '节' | '点' => Unit::Part,
            '分' if next == Some('编') => return Some((Unit::Part, at + 2)),
            '部' if next == Some('分') => return Some((Unit::Part, at + 2)),
            _ => return None,
        };
        Some((unit, at + 1))
    }

    /// One reference. Without 第 only a number in brackets counts, or one that carries a list on.
    fn reference(&self, at: usize, above: Unit, carries: bool) -> Option<Reference> {
        let at = self.spaces(at);
        let ordinal = self.get(at) == Some('第');
        let from = at + usize::from(ordinal);
        let bracketed = self.enclosed(from).is_some();
        if !ordinal && !carries && (!bracketed || above < Unit::Article) {
            return None;
        }
        let (n, mut end) = self.any_number(from)?;
        let mut numbers = vec![(n, false)];
        while self.unit(end).is_none() && numbers.len() < MOST_NUMBERS {
            let (next, range) = match self.joint(end) {
                Some((at, range)) => (self.skip(at, &['第']), range),
                None if bracketed => (end, false),
                None => break,
            };
            let Some((n, after)) = (if bracketed { self.enclosed(next) } else { self.number(next) }) else {
                break;
            };
            numbers.push((n, range));
            end = after;
        }
        let Some((unit, mut end)) = self.unit(end) else {
            // 第九条（一） names a subparagraph only if no text follows: that would be the quoted list.
            let stops = matches!(self.get(end), None | Some('、' | ',' | ';' | '。' | ')' | '\n' | ':' | '的' | '规'));
            return (bracketed && stops && above >= Unit::Article).then_some(Reference {
                unit: Unit::Item,
                numbers,
                of: 0,
                end,
            });
        };
        let mut of = 0;
        if unit == Unit::Article
            && self.get(self.spaces(end)) == Some('之')
            && let Some((n, after)) = self.number(self.spaces(end) + 1)
        {
            (of, end) = (n, after);
        }
        Some(Reference { unit, numbers, of, end })
    }

    /// One clause, as 第四章第二十一条第一款第（三）（五）项: its places, its lowest unit, where it ends.
    fn clause(&self, at: usize, base: Option<Spot>, carries: bool) -> Option<(Vec<Spot>, Unit, usize)> {
        let mut spots = vec![base.unwrap_or_default()];
        let mut last = Unit::Part;
        let mut end = at;
        let mut parts = 0;
        loop {
            let above = if base.is_some() { last.max(Unit::Article) } else { last };
            let from = if last == Unit::Part { self.skip(end, &[' ', '、', ',']) } else { end };
            let Some(reference) = self.reference(if parts > 0 { from } else { end }, above, carries && parts == 0)
            else {
                break;
            };
            if reference.unit <= last && (last > Unit::Part || parts > 4) {
                break;
            }
            parts += 1;
            (last, end) = (reference.unit, reference.end);
            if last > Unit::Part {
                spread(&mut spots, &reference);
            }
        }
        (last > Unit::Part).then_some((spots, last, end))
    }

    /// Clauses joined to a list. A later one keeps what it does not say: in 第三条第一款、第二款 the article.
    fn clauses(&self, at: usize, base: Option<Spot>) -> Option<(Vec<Spot>, usize)> {
        let (mut spots, _, mut end) = self.clause(at, base, false)?;
        loop {
            let (next, range) = self.joint(end).unwrap_or((end, false));
            let carries = range || self.starts(end, "、");
            let Some((mut more, unit, after)) = self.clause(next, spots.last().copied(), carries) else {
                break;
            };
            if range && let Some(first) = more.first().copied() {
                more.remove(0);
                extend(&mut spots, unit, first);
            }
            spots.append(&mut more);
            end = after;
        }
        Some((spots, end))
    }
}

/// Sets the numbers of a reference below the last of the places, one place for each.
fn spread(spots: &mut Vec<Spot>, reference: &Reference) {
    let base = spots.pop().unwrap_or_default();
    for (i, &(n, range)) in reference.numbers.iter().enumerate() {
        let last = i + 1 == reference.numbers.len();
        let spot = base.with(reference.unit, n, if last { reference.of } else { 0 });
        if range { extend(spots, reference.unit, spot) } else { spots.push(spot) }
    }
}

/// Ends a range: articles as one place from … to …, smaller units one by one.
fn extend(spots: &mut Vec<Spot>, unit: Unit, end: Spot) {
    let Some(first) = spots.last_mut() else { return };
    if let (Some(from), Some(to)) = (first.article, end.article)
        && from < to
    {
        *first = Spot { article: first.article, to: end.article, ..Spot::default() };
        return;
    }
    let (from, to) = (first.number(unit), end.number(unit));
    let steps = (from + 1..to).take(MOST_NUMBERS);
    spots.extend(steps.map(|n| end.with(unit, n, 0)));
    spots.push(end);
}

fn pairs(chars: &[char]) -> HashMap<usize, usize> {
    let mut open: HashMap<char, Vec<usize>> = HashMap::new();
    let mut straight = None;
    let mut partner = HashMap::new();
    for (at, &c) in chars.iter().enumerate() {
        let opener = match c {
            '》' => '《',
            ')' => '(',
            '】' => '【',
            '>' => '<',
            ']' => '[',
            CLOSE => OPEN,
            '《' | '(' | '【' | '<' | '[' | OPEN => {
                open.entry(c).or_default().push(at);
                continue;
            }
            '"' => {
                match straight.take() {
                    Some(from) => drop((partner.insert(from, at), partner.insert(at, from))),
                    None => straight = Some(at),
                }
                continue;
            }
            _ => continue,
        };
        if let Some(from) = open.get_mut(&opener).and_then(Vec::pop) {
            partner.insert(from, at);
            partner.insert(at, from);
        }
    }
    partner
}

fn entries(half: &str) -> HashMap<usize, Entry> {
    let mut found = HashMap::new();
    let (mut byte, mut at, mut before) = (0, 0, 0);
    for entry in enumerate::entries(half) {
        let start = (entry.text.as_ptr() as usize).saturating_sub(half.as_ptr() as usize);
        at += half.get(byte..start).map_or(0, |skipped| skipped.chars().count());
        byte = start;
        found.insert(at, Entry { style: entry.style, number: entry.number, before });
        before = at + entry.text.chars().count();
    }
    found
}

/// What stands before 第X条 without title marks.
enum Before {
    /// A law by its name.
    Law(String),
    /// The law named last: 同法第五条, ，第五条.
    Same,
    /// The text itself (本办法第五条), or nothing that could be cited.
    Nothing,
}

struct Scanner<'a> {
    text: &'a Text,
    found: Vec<Citation>,
    law: Option<Law>,
    /// Titles by the short names that the text declares (以下简称…).
    short: HashMap<String, String>,
    label: Option<String>,
    /// A document number and where it ends, for a title that follows it.
    ahead: Option<(usize, String)>,
    /// The numbered entry that is being read.
    entry: Option<Entry>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a Text) -> Self {
        Scanner { text, found: Vec::new(), law: None, short: HashMap::new(), label: None, ahead: None, entry: None }
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.chars.len() {
            at = self.step(at).unwrap_or(0).max(at + 1);
        }
    }

    /// Reads what begins here, if anything does; returns where to go on.
    fn step(&mut self, at: usize) -> Option<usize> {
        if let Some(entry) = self.text.entries.get(&at) {
            self.entry = Some(*entry);
            // A rank on a line of its own holds for all that follows it.
            if self.label.is_some() && self.found.last().is_some_and(|last| last.label == self.label) {
                self.label = None;
            }
        }
        if let Some((label, end)) = self.label_at(at) {
            self.label = label;
            return Some(end);
        }
        match self.text.get(at)? {
            '《' | '<' => self.titled(at),
            '》' if !self.text.partner.contains_key(&at) => self.half_titled(at),
            '第' => self.untitled(at),
            '号' => self.numbered(at),
            '(' if self.short_names(at + 1).is_some() => self.text.close(at, LONGEST_NOTE).map(|close| close + 1),
            _ => None,
        }
    }

    /// A rank of law in front of a basis; the end is behind its colon.
    fn label_at(&self, at: usize) -> Option<(Option<String>, usize)> {
        let text = self.text;
        let (label, end) = match text.get(at)? {
            '【' | '[' | '(' => {
                let close = text.close(at, 20)?;
                (text.raw(at + 1, close), close + 1)
            }
            c if fold::is_han(c) && self.begins(at) => {
                let end = text.word(at, &RANKS)?;
                (slice(&text.chars, at, end), end)
            }
            _ => return None,
        };
        let colon = text.skip(end, &[' ', ':']);
        let label = fold::spelling(&label);
        let open = text.get(at);
        if NO_RANKS.contains(&label.as_str()) && open == Some('【') {
            return Some((None, colon));
        }
        let known = RANKS.contains(&label.as_str());
        let like = ["法律", "法规", "规章", "规范性文件", "条约"].iter().any(|word| label.ends_with(word));
        let said = match open? {
            '【' => known || like,
            '[' | '(' => known && self.begins(at),
            _ => text.starts(text.spaces(end), ":"),
        };
        said.then_some((Some(label), colon))
    }

    /// Whether an entry or a sentence begins here, a title mark or quotation mark aside.
    fn begins(&self, at: usize) -> bool {
        let mut back = Back { chars: &self.text.chars, at };
        back.spaces();
        self.text.entries.contains_key(&at)
            || matches!(back.last(), None | Some('\n' | '。' | ';' | ':' | '】' | '(' | ']' | '"' | OPEN | CLOSE))
    }

    /// Whether a citation that starts here opens its sentence, at most behind its issuer: then its text may follow at once.
    fn leads(&self, at: usize) -> bool {
        let mut back = Back { chars: &self.text.chars, at };
        back.spaces();
        let mut issuer = String::new();
        while issuer.chars().count() < 20 && !self.begins(back.at) {
            match back.last() {
                Some(c) if fold::is_han(c) || c == ' ' || c == '、' => issuer.insert(0, c),
                _ => return false,
            }
            back.at -= 1;
        }
        issuer.is_empty() || self.is_issuer(issuer.trim())
    }

    fn is_issuer(&self, words: &str) -> bool {
        ISSUER_ENDS.iter().any(|end| words.ends_with(end)) && !VERBS.iter().any(|verb| words.starts_with(verb))
    }

    /// A title in 《》, or in 〈〉 where it is one of a law.
    fn titled(&mut self, open: usize) -> Option<usize> {
        let Some(close) = self.text.close(open, LONGEST_TITLE) else {
            return self.unclosed(open);
        };
        let raw = self.text.raw(open + 1, close);
        let name = title(&raw);
        if name.is_empty() || (self.text.get(open) == Some('<') && !is_law(&name)) {
            return None;
        }
        let ahead = self.ahead.take().filter(|&(end, _)| end == open).map(|(_, number)| number);
        let number = ahead.or_else(|| document_number(&raw));
        Some(self.law_named(name, number, open, close + 1))
    }

    /// A title that is never closed: up to the bracket, article or line that ends it.
    fn unclosed(&mut self, open: usize) -> Option<usize> {
        if self.text.get(open) != Some('《') || self.text.partner.contains_key(&open) {
            return None;
        }
        let rest = self.text.chars.get(open + 1..)?.iter().take(LONGEST_RUN);
        let len = rest.enumerate().take_while(|&(i, &c)| {
            let article = c == '第' && self.text.reference(open + 1 + i, Unit::Part, false).is_some();
            !article && !matches!(c, '\n' | '(' | '。' | ';' | ',' | '、' | '《' | ':' | ' ')
        });
        let end = open + 1 + len.count();
        let name = title(&self.text.raw(open + 1, end));
        is_law(&name).then(|| self.law_named(name, None, open, end))
    }

    /// A title of which only the end is marked.
    fn half_titled(&mut self, close: usize) -> Option<usize> {
        let mut back = Back { chars: &self.text.chars, at: close };
        let raw = back.take(LONGEST_RUN, |c| fold::is_han(c) || matches!(c, '(' | ')' | '<' | '>'));
        let name = title(without_verbs(&raw));
        is_law(&name).then(|| self.law_named(name, None, back.at, close + 1))
    }

    fn law_named(&mut self, name: String, mut number: Option<String>, start: usize, end: usize) -> usize {
        let end = self.notes(end, &name, &mut number);
        let title = self.short.get(&name).cloned().unwrap_or(name);
        if number.is_none() && document_number(&title).as_ref() == Some(&title) {
            number = Some(title.clone());
        }
        self.law = Some(Law { title, number });
        self.cite(start, end)
    }

    /// Passes over the notes behind a title or clause, and takes the document number from them.
    fn notes(&mut self, end: usize, name: &str, number: &mut Option<String>) -> usize {
        let text = self.text;
        let mut at = end;
        for _ in 0..4 {
            let words = ["的通知", "的决定", "的意见", "的公告", "的批复", "的函"];
            let open = text.word(at, &words).map_or(at, |end| text.spaces(end));
            let open = if text.get(open) == Some('(') { open } else { text.spaces(at) };
            if let Some(plain) = self.plain_number(open) {
                number.get_or_insert(plain.spelt);
                at = plain.end;
                continue;
            }
            let Some(close) =
                text.close(open, LONGEST_NOTE).filter(|_| text.get(open) == Some('(') && !self.speaks(open))
            else {
                break;
            };
            if let Some(short) = self.short_names(open + 1) {
                self.short.insert(short, name.to_owned());
            }
            if number.is_none() {
                *number =
                    text.chars.get(open + 1..close).and_then(|note| numbers(note).next()).map(|found| found.spelt);
            }
            at = close + 1;
        }
        at
    }

    /// A document number that follows a title without brackets.
    fn plain_number(&self, at: usize) -> Option<Numbered> {
        let at = self.text.skip(at, &[' ', ',']);
        let near = self.text.chars.iter().enumerate().skip(at).take(40);
        let hao =
            near.take_while(|&(_, &c)| !matches!(c, '\n' | '。' | ';' | '《' | ',')).find(|&(_, &c)| c == '号')?.0;
        number_at(&self.text.chars, hao)
            .filter(|found| found.start == at || self.text.raw(at, found.start).ends_with('日'))
    }

    /// Whether a bracket is part of the text rather than a note: （一）, （第三条）, （《海域使用管理法》第三十条）.
    fn speaks(&self, open: usize) -> bool {
        let text = self.text;
        if text.enclosed(open).is_some() || text.clause(open + 1, None, false).is_some() {
            return true;
        }
        let inner =
            text.close(open, LONGEST_NOTE).map_or_else(String::new, |close| slice(&text.chars, open + 1, close));
        inner.contains("》第") && !["修", "决定", "简称", "下称"].iter().any(|word| inner.contains(word))
    }

    /// The short name that a note declares: 以下简称《X》.
    fn short_names(&self, at: usize) -> Option<String> {
        let text = self.text;
        let from = text.word(text.spaces(at), &["以下简称", "下简称", "简称", "以下称", "下称"])?;
        let from = text.skip(from, &[' ', ':', '为', '《', '"', OPEN, '<']);
        let name = text.chars.iter().skip(from).take(40).take_while(|c| fold::is_han(**c));
        Some(title(&name.collect::<String>())).filter(|name| !name.is_empty())
    }

    /// A document number in running text: of the title behind it or of the unmarked title before it, else a basis by itself.
    fn numbered(&mut self, hao: usize) -> Option<usize> {
        let text = self.text;
        let found = number_at(&text.chars, hao).filter(|found| found.whole)?;
        let next = text.spaces(found.end);
        if text.get(next) == Some('《') {
            self.ahead = Some((next, found.spelt));
            return Some(next);
        }
        if text.get(next) == Some(')')
            && let Some(open) =
                text.partner.get(&next).copied().filter(|&open| open < found.start && found.start - open < 30)
            && let Before::Law(name) = self.run_before(open)
        {
            self.law = Some(Law { title: name, number: Some(found.spelt) });
            return Some(self.cite(open, next + 1));
        }
        self.law = Some(Law { title: found.spelt.clone(), number: Some(found.spelt) });
        Some(self.cite(found.start, found.end))
    }

    /// A clause without a title in front of it.
    fn untitled(&mut self, at: usize) -> Option<usize> {
        let (spots, end) = self.text.clauses(at, None)?;
        spots.first().filter(|spot| spot.article.is_some())?;
        let start = match self.before(at) {
            Before::Law(title) => {
                let title = self.short.get(&title).cloned().unwrap_or(title);
                self.law = Some(Law { title, number: None });
                at
            }
            Before::Same if self.law.is_some() => at,
            Before::Same | Before::Nothing => return Some(end),
        };
        Some(self.cite(start, at))
    }

    fn before(&self, at: usize) -> Before {
        let mut back = Back { chars: &self.text.chars, at };
        back.spaces();
        match back.last() {
            Some(')') => match self.text.partner.get(&(back.at - 1)) {
                Some(&open) if back.at - open < LONGEST_RUN => match self.run_before(open) {
                    Before::Law(name) => Before::Law(title(&format!("{name}{}", self.text.raw(open, back.at)))),
                    _ => Before::Same,
                },
                _ => Before::Same,
            },
            Some(c) if fold::is_han(c) => self.run_before(back.at),
            _ => Before::Same,
        }
    }

    /// Which law the run of ideographs before here names.
    fn run_before(&self, end: usize) -> Before {
        let run = Back { chars: &self.text.chars, at: end }.take(LONGEST_RUN, fold::is_han);
        if ["和", "及", "与", "或", "或者", "附件", "附表"].iter().any(|word| run.ends_with(word)) {
            return Before::Same;
        }
        if !is_law(&run) {
            return Before::Nothing;
        }
        let Some(stem) = LAW_ENDS.iter().filter_map(|end| run.strip_suffix(end)).min_by_key(|stem| stem.len()) else {
            return Before::Nothing;
        };
        if stem.ends_with('本') {
            return Before::Nothing;
        }
        let name = title(without_verbs(&run));
        let bare = LAW_ENDS.contains(&name.as_str());
        if bare || ["该", "同", "此", "上述", "前述"].iter().any(|word| stem.ends_with(word)) {
            Before::Same
        } else {
            Before::Law(name)
        }
    }

    /// Notes the citations of the law at hand from here on, with what they quote; returns where to go on.
    fn cite(&mut self, start: usize, end: usize) -> usize {
        let Some(law) = self.law.clone() else { return end };
        let text = self.text;
        let mut last = None;
        let mut end = end;
        loop {
            let from = match last {
                None => self.link(end),
                Some(_) => text.joint(end).map_or(end, |(at, _)| at),
            };
            let clauses = text.clauses(from, last);
            if last.is_some() && clauses.is_none() {
                return end;
            }
            let told = clauses.is_some();
            let (spots, after) = clauses.unwrap_or((vec![Spot::default()], end));
            let first = self.found.len();
            let mut number = law.number.clone();
            let after = if told { self.notes(after, &law.title, &mut number) } else { after };
            let law = Law { title: law.title.clone(), number };
            self.found.extend(spots.iter().map(|&spot| law.at(spot, self.label.clone())));
            last = spots.last().copied();
            end = after;
            let Some((from, to, next)) = self.quote(start, after, told) else {
                return end;
            };
            let quote = fold::spelling(&text.raw(from, to));
            if let Some(citation) = self.found.get_mut(first).filter(|_| !quote.is_empty()) {
                citation.quote = Some(quote);
            }
            end = next;
            if !told {
                return end;
            }
        }
    }

    /// Passes over what may stand between a title and its clause.
    fn link(&self, end: usize) -> usize {
        let text = self.text;
        let marks = [' ', '\n', ',', ':', '、', ')'];
        let mut at = text.skip(end, &marks);
        at = text.word(at, &["中的", "中", "的", "之"]).unwrap_or(at);
        if let Some(annex) = text.word(at, &["附件", "附表", "附录", "所附", "目录", "清单"]) {
            at = text.number(annex).map_or(annex, |(_, end)| end);
        }
        text.skip(at, &marks)
    }

    /// The text quoted behind a citation: from, to, and where to go on.
    fn quote(&self, start: usize, end: usize, told: bool) -> Option<(usize, usize, usize)> {
        let text = self.text;
        let from = self.quote_start(start, end, told)?;
        if matches!(text.get(from), Some('"' | OPEN))
            && let Some(close) = text.partner.get(&from).copied().filter(|&close| close > from)
        {
            return Some((from + 1, close, close + 1));
        }
        let (to, next) = self.quote_end(from);
        Some((from, to, next))
    }

    fn quote_start(&self, start: usize, end: usize, told: bool) -> Option<usize> {
        let text = self.text;
        let marked = |at: usize| matches!(text.get(at), Some('"' | OPEN));
        let at = text.spaces(end);
        if marked(at) {
            return told.then_some(at);
        }
        let intro = text.word(at, &SAYS).filter(|_| told);
        let colon = text.spaces(intro.unwrap_or(at));
        match text.get(colon) {
            Some(':') => {
                let from = text.skip(colon, &[':', ' ', '\n']);
                return text.get(from).filter(|_| !self.opens(from, true)).map(|_| from);
            }
            Some(',') if intro.is_some() => {
                let from = text.spaces(colon + 1);
                return (marked(from) || self.leads(start)).then_some(from);
            }
            Some(_) if intro.is_some() && marked(colon) => return Some(colon),
            _ => {}
        }
        if !told || self.mentioned(end) {
            return None;
        }
        let next = text.get(at)?;
        if next == '\n' {
            let numbered = text.entries.get(&(at + 1)).is_none_or(|entry| entry.style.is_some());
            return (self.leads(start) && !numbered && !self.opens(at + 1, true)).then_some(at + 1);
        }
        let begins = fold::is_han(next) || next.is_ascii_alphanumeric() || text.enclosed(at).is_some();
        (begins && (at > end || self.leads(start))).then_some(at)
    }

    /// Where a quotation without marks ends: before the next citation that opens an entry or a sentence, the next rank, the next
    /// entry of the list that the citation stands in.
    fn quote_end(&self, from: usize) -> (usize, usize) {
        let text = self.text;
        let mut nested = false;
        let mut sentence = false;
        for at in from..text.chars.len() {
            if let Some(entry) = text.entries.get(&at).filter(|_| at > from) {
                let outer = self.entry.filter(|outer| outer.style.is_some() && outer.style == entry.style);
                nested |= outer.is_some() && entry.number == 1;
                let next = outer.is_some_and(|outer| !nested && entry.number == outer.number + 1);
                if next || self.opens(at, true) {
                    return (entry.before, at);
                }
            }
            let Some(c) = text.get(at) else { break };
            let outside = || text.partner.get(&at).is_some_and(|&open| open < from);
            if (at > from && self.label_at(at).is_some()) || (matches!(c, ')' | CLOSE | '"') && outside()) {
                return (at, at);
            }
            if sentence && at > from && self.opens(at, false) {
                return (at, at);
            }
            sentence = matches!(c, '。' | ';') || (sentence && matches!(c, ' ' | '"' | CLOSE | '\n'));
        }
        (text.chars.len(), text.chars.len())
    }

    /// Whether a basis begins here, rather than an article's own words. At the start of an entry an issuer or 根据 may stand
    /// before it.
    fn opens(&self, at: usize, entry: bool) -> bool {
        let text = self.text;
        let mut at = text.spaces(at);
        if entry {
            at = text.word(at, &VERBS).map_or(at, |end| text.spaces(end));
            let run = text.chars.iter().skip(at).take(30).take_while(|&&c| fold::is_han(c) && c != '第').count();
            let words = slice(&text.chars, at, at + run);
            let next = text.spaces(at + run);
            match text.get(next) {
                Some('《') if run == 0 || self.is_issuer(&words) => at = next,
                Some('第') if run > 0 && is_law(&words) && !words.contains('本') => at = next,
                _ => {}
            }
        }
        let end = match text.get(at) {
            Some('《') => match text.close(at, LONGEST_TITLE) {
                Some(close) => close + 1,
                None => return false,
            },
            Some('第') => {
                return text
                    .clause(at, None, false)
                    .is_some_and(|(spots, _, end)| article(&spots) && !self.mentioned(end));
            }
            _ => return false,
        };
        let mut noted = end;
        while text.get(text.spaces(noted)) == Some('(') {
            let Some(close) = text.close(text.spaces(noted), LONGEST_NOTE) else {
                break;
            };
            noted = close + 1;
        }
        if let Some((_, _, end)) = text.clause(self.link(noted), None, false) {
            return !self.mentioned(end);
        }
        let next = text.get(text.spaces(noted));
        matches!(next, None | Some('\n' | ':' | '"' | OPEN)) || (entry && matches!(next, Some('。' | ';')))
    }

    /// Whether the article that ends here is only mentioned: 第三条规定的, but not 第三条规定：.
    fn mentioned(&self, end: usize) -> bool {
        let text = self.text;
        let at = text.spaces(end);
        let said = text.word(at, &SAYS).map(|end| text.get(text.spaces(end)));
        if matches!(said, Some(None | Some(':' | ',' | '"' | OPEN | '\n' | '。' | ';'))) {
            return false;
        }
        // Behind a space, an article's own first word may be one of them (第三条 和…).
        text.word(at, if at > end { &MENTIONS[..2] } else { &MENTIONS }).is_some()
    }
}

fn article(spots: &[Spot]) -> bool {
    spots.iter().any(|spot| spot.article.is_some())
}

/// Whether a name ends like a law, notes in brackets aside.
fn is_law(name: &str) -> bool {
    let body = name.split(['（', '(']).next().unwrap_or(name);
    LAW_ENDS.iter().any(|end| body.ends_with(end))
        && (body.ends_with("立法法") || !NO_LAW.iter().any(|word| body.ends_with(word)))
}

/// A run of words without what introduces the law in it: 符合中华人民共和国执业医师法 is the 执业医师法.
fn without_verbs(run: &str) -> &str {
    if let Some(at) = run.rfind("中华人民共和国") {
        return run.get(at..).unwrap_or(run);
    }
    let after = |word: &str| run.rfind(word).map(|at| at + word.len()).filter(|&end| end < run.len());
    let verb = VERBS.iter().filter_map(|verb| after(verb)).max().unwrap_or(0);
    let joined = ["法和", "法、", "条例和", "规定和", "办法和", "法及", "条例及", "法与"]
        .iter()
        .filter_map(|word| after(word))
        .max()
        .unwrap_or(0);
    run.get(verb.max(joined)..).unwrap_or(run).trim_start_matches(['和', '及', '与', '或', '对', '由', '按'])
}

/// Duplicates out, what is said once of a law or place in everywhere.
fn finish(found: Vec<Citation>) -> Vec<Citation> {
    let mut laws: HashMap<String, (Option<String>, bool)> = HashMap::new();
    for citation in &found {
        let law = laws.entry(citation.title.clone()).or_default();
        law.0 = law.0.take().or_else(|| citation.number.clone());
        law.1 |= !whole_law(citation);
    }
    let mut seen: HashMap<(String, Spot), usize> = HashMap::new();
    let mut out: Vec<Citation> = Vec::new();
    for mut citation in found {
        let (number, exact) = laws.get(&citation.title).cloned().unwrap_or_default();
        citation.number = citation.number.or(number);
        if exact && whole_law(&citation) {
            continue;
        }
        let key = (citation.title.clone(), spot(&citation));
        match seen.get(&key).and_then(|&at| out.get_mut(at)) {
            Some(first) => {
                first.label = first.label.take().or(citation.label);
                first.quote = first.quote.take().or(citation.quote);
            }
            None => {
                seen.insert(key, out.len());
                out.push(citation);
            }
        }
    }
    out
}

fn spot(citation: &Citation) -> Spot {
    let Citation { article, to, paragraph, item, point, .. } = *citation;
    Spot { article, to, paragraph, item, point }
}

fn whole_law(citation: &Citation) -> bool {
    spot(citation) == Spot::default()
}
